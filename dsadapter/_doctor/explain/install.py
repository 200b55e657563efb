"""Texts of pip, of shells that do not find it, and of compiled packages that cannot be loaded."""

from __future__ import annotations

from typing import Tuple

from .row import LIKELY, POSSIBLE, Row

_INDEX = r"(?:pypi\.org|files\.pythonhosted\.org|simple/|mirrors?[.\w-]*/|tuna\.tsinghua)"

ROWS: Tuple[Row, ...] = (
    Row("pip-managed", r"externally[- ]managed[- ]environment", ("python3 -m venv .venv",)),
    Row(
        "pip-conflict",
        r"ResolutionImpossible|because these package versions have conflicting dependencies"
        r"|No solution found when resolving dependencies",
    ),
    Row(
        "pip-conflict-after",
        r"pip's dependency resolver does not currently take into account",
        ("python -m pip check",),
    ),
    Row(
        "pip-python",
        r"(?P<name>[\w.-]+)? ?requires a different Python|Ignored the following versions that "
        r"require a different python version|Requires-Python",
        sure=LIKELY,
    ),
    Row(
        "pip-no-match",
        r"No matching distribution found for (?P<name>[\w.-]+)"
        r"|Could not find a version that satisfies the requirement (?P<other>[\w.-]+)",
        sure=LIKELY,
    ),
    Row(
        "pip-compiler",
        r"Microsoft Visual C\+\+ \d|command '(?:gcc|cc|clang|x86_64-linux-gnu-gcc)' failed"
        r"|unable to execute '(?:gcc|cc)'|(?:Cargo|Rust)[^\n]*(?:not installed|not on PATH|"
        r"is not found)|can't find Rust compiler|fatal error: Python\.h",
    ),
    Row(
        "pip-wheel",
        r"Failed (?:building wheel for|to build(?: installable wheels for[^(\n]*\()?) ?"
        r"['\"]?(?P<name>[\w.-]+)"
        r"|subprocess-exited-with-error|metadata-generation-failed|Could not build wheels for",
        sure=LIKELY,
        general=True,
    ),
    Row("pip-hashes", r"DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode"),
    Row(
        "pip-permission",
        r"Could not install packages due to an (?:OSError|EnvironmentError): \[(?:WinError 5|"
        r"Errno 13)\]",
        ("python -m venv .venv",),
    ),
    Row("pip-locked", r"\[WinError 32\]", sure=LIKELY),
    Row(
        "pip-disk",
        r"\[Errno 28\] No space left on device|There is not enough space on the disk",
    ),
    Row(
        "pip-certificate",
        rf"(?:{_INDEX}[^\n]*|pip[^\n]*)(?:SSLError|CERTIFICATE_VERIFY_FAILED)"
        rf"|(?:SSLError|CERTIFICATE_VERIFY_FAILED)[^\n]*{_INDEX}",
    ),
    Row(
        "pip-index",
        rf"Retrying \(Retry\(total=\d[^\n]*{_INDEX}|host='(?:pypi\.org|files\.pythonhosted\.org)'"
        r"|Could not fetch URL https?://\S+/simple",
        sure=LIKELY,
    ),
    Row(
        "pip-missing",
        r"No module named (?:'pip'|pip\b)",
        ("python -m ensurepip --upgrade",),
        checks=("python-pip",),
    ),
    Row(
        "pip-command",
        r"(?P<name>pip3?): (?:command )?not found|command not found: (?P<other>pip3?)\b"
        r"|'pip3?' is not recognized as an|term 'pip3?' is not recognized"
        r"|'pip3?' 不是内部或外部命令|“pip3?”项识别为|Unknown command: pip3?",
        ("python -m pip --version",),
    ),
    Row(
        "python-command",
        r"python3?: (?:command )?not found|command not found: python3?\b"
        r"|'python3?' is not recognized as an|term 'python3?' is not recognized"
        r"|'python3?' 不是内部或外部命令|Python was not found; run without arguments",
    ),
    Row(
        "pip-in-python",
        r"^\s*(?:>>> )?pip3? install [^\n]*\n[\s^]*SyntaxError: invalid syntax",
    ),
    Row("pip-requirement", r"Invalid requirement: '?(?P<name>[^'\n]{1,80})"),
    Row("pip-file", r"Could not open requirements file: [^\n]*"),
    Row(
        "env-dll",
        r"DLL load failed while importing (?P<name>\w+)|ImportError: DLL load failed",
        sure=LIKELY,
    ),
    Row("env-glibc", r"version `(?P<name>(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found"),
    Row(
        "env-architecture",
        r"incompatible architecture \(have '(?P<have>\w+)', need '(?P<need>[\w' ,]+)'\)"
        r"|wrong ELF class|invalid ELF header|cannot open shared object file: Exec format"
        r"|is not a valid Win32 application",
    ),
    Row("env-stdlib-part", r"No module named '(?P<name>_ctypes|_ssl|_sqlite3|_bz2|_lzma)'"),
    Row(
        "env-stdlib-gone",
        r"No module named '(?P<name>distutils|imp|asyncore|asynchat|telnetlib|pipes|"
        r"pkg_resources)'",
        ('pip install "setuptools<81"',),
        LIKELY,
    ),
    Row(
        "env-own-module",
        r"No module named '(?P<name>(?:utils?|config|helpers?|src|app|common|models?|settings|"
        r"tools?|lib|core|agents?|api|main|constants|prompts?|services?|database|db|backend|"
        r"scripts?|my_?\w+)(?:\.\w+)*)'",
        sure=POSSIBLE,
    ),
    Row("env-relative", r"attempted relative import with no known parent package"),
    Row("env-h2", r"the 'h2' package is not installed", ('pip install "httpx[http2]"',)),
)
