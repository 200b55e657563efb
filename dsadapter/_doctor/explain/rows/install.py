"""Texts of pip, of shells that do not find it, and of compiled packages that cannot be loaded."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, POSSIBLE, Row

_TLS = r"(?:SSLError(?![^\n]*module is not)|CERTIFICATE_VERIFY_FAILED)"
_OF_PYTHON = r"_(?:ssl|hashlib|ctypes|sqlite3|bz2|lzma|socket)\b"
_INDEX = r"(?:pypi\.org|files\.pythonhosted\.org|simple/|mirrors?[.\w-]*/|tuna\.tsinghua)"

ROWS: Tuple[Row, ...] = (
    Row("pip-managed", r"externally[- ]managed[- ]environment", ("python3 -m venv .venv",)),
    Row(
        "pip-conflict",
        r"ResolutionImpossible|because these package versions have conflicting dependencies"
        r"|No solution found when resolving dependencies|version solving failed",
    ),
    Row(
        "pip-conflict-after",
        r"pip's dependency resolver does not currently take into account",
        ("python -m pip check",),
    ),
    Row(
        "pip-python",
        r"require a different python version[\s\S]{0,2000}(?:No matching dist|satisfies the req)"
        r"|(?P<name>[\w.-]+)? ?requires a different Python|Ignored the following versions that "
        r"require a different python version|Requires-Python",
        sure=LIKELY,
    ),
    Row(
        "pip-no-match",
        r"No matching distribution found for (?P<name>[\w.-]+)"
        r"|Could not find a version that satisfies the requirement (?P<other>[\w.-]+)",
        sure=LIKELY,
        general=True,
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
        r"Errno 13)\]|\[Errno 13\] Permission denied: '[^'\n]*(?:site|dist)-packages",
        ("python -m venv .venv",),
        LIKELY,
    ),
    Row("pip-locked", r"\[WinError 32\]", sure=LIKELY),
    Row(
        "pip-disk",
        r"\[Errno 28\] No space left on device|There is not enough space on the disk",
    ),
    Row(
        "env-no-ssl",
        r"(?:SSL|ssl) module (?:in Python )?is not available|unknown url type: https\b"
        r"|module 'http\.client' has no attribute 'HTTPSConnection'",
    ),
    Row(
        "pip-certificate",
        rf"(?:{_INDEX}[^\n]*|pip[^\n]*){_TLS}|{_TLS}[^\n]*{_INDEX}",
    ),
    Row(
        "pip-index",
        rf"Retrying \(Retry\(total=\d[^\n]*{_INDEX}|host='(?:pypi\.org|files\.pythonhosted\.org)'"
        r"|Could not fetch URL https?://\S+/simple|Failed to fetch: `https?://"
        r"|request for url \(https?://[^)\s]*/simple",
        sure=LIKELY,
    ),
    Row(
        "pip-missing",
        r"No module named (?:'pip'|pip\b)",
        ("python -m ensurepip --upgrade",),
        checks=("python-pip",),
    ),
    Row("pip-requirement", r"Invalid requirement: '?(?P<name>[^'\n]{1,80})"),
    Row("pip-file", r"Could not open requirements file: [^\n]*"),
    Row(
        "env-dll-python",
        rf"DLL load failed while importing (?P<name>{_OF_PYTHON})",
        sure=LIKELY,
    ),
    Row(
        "env-dll",
        rf"DLL load failed while importing (?P<name>(?!{_OF_PYTHON})\w+)",
        sure=LIKELY,
    ),
    Row("env-dll-unnamed", r"DLL load failed(?! while importing)", sure=LIKELY),
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
    Row(
        "pip-library",
        r"(?P<name>pg_config|mysql_config) ?(?:executable )?not found"
        r"|(?P<other>pg_config) is required to build|fatal error: (?P<third>[\w./-]+\.h)"
        r"|Can not find valid pkg-config name|Package '?(?P<module>[\w.-]+)'?,? (?:was )?"
        r"(?:not found in the pkg-config|required by 'virtual:world')"
        r"|(?P<class>libffi|libxml2|libxslt|portaudio)[\w. -]*not found",
        sure=LIKELY,
    ),
    Row("pip-platform", r"(?P<name>[\w.-]+\.whl) is not a supported wheel on this platform"),
    Row("pip-long-path", r"Windows Long Path support enabled|WinError 206\b"),
    Row(
        "pip-uninstall",
        r"Cannot uninstall '?(?P<name>[\w.-]+)'?[\s\S]{0,20}?(?:\. It is a distutils|[\d.]+\s)"
        r"|uninstall-(?:no-record-file|distutils-installed-package)",
        ('pip install --ignore-installed "{dist}"',),
    ),
    Row("pip-modify", r"To modify pip, please run the following command"),
    Row(
        "pip-memory",
        r"^MemoryError\b[\s\S]{0,400}pip[/\\]_",
        ("pip install --no-cache-dir {dist}",),
        LIKELY,
    ),
    Row(
        "env-shared-library",
        r"(?P<name>[\w.+-]+\.so[.\d]*): cannot open shared object file: No such",
    ),
)
