"""pip or uv, whichever reaches an interpreter: run with the user's own index settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import Callable, Dict, List, Optional, Sequence

from .._named_tuple import NamedTuple
from .._texts.doctor_fixes import FAILED, INDEX_LAGS, MANAGED, NO_VERSIONS, UNREACHABLE
from .._texts.text import Text
from .secrets import hide_shapes, safe_url

LIMIT = 600.0  # seconds for one installation
INDEXES = ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX")
_MISSING = re.compile(
    r"No matching distribution found for (\S+)|satisfies the requirement (\S+)"
    r"|no versions? of (\S+)"
    r"|there are no versions of (\S+)|(\S+) was not found in the (?:package registry|cache)"
)
_UNREACHABLE = re.compile(
    r"(?i)connection (?:error|refused|broken|reset)|failed to establish|timed out|dns error"
    r"|error sending request|failed to fetch|temporary failure|proxyerror|name or service not known"
)


class Outcome(NamedTuple):
    """How a command ended, and what it printed."""

    ok: bool
    output: str = ""


def install_command(python: str) -> List[str]:
    """The beginning of an install command for an interpreter; [] when there is none."""
    if has_pip(python):
        return [python, "-m", "pip"]
    return ["uv", "pip"] if shutil.which("uv") else []


def has_pip(python: str) -> bool:
    """Whether an interpreter can run pip."""
    return run([python, "-m", "pip", "--version"]).ok


def expand(argv: Sequence[str], python: str) -> List[str]:
    """A command of a fix with the interpreter and the installer filled in; [] without any."""
    words = [python if w == "{python}" else os.path.expanduser(w) for w in argv]
    if words[:1] != ["{pip}"]:
        return words
    prefix = install_command(python)
    if prefix[:1] != ["uv"]:
        return [*prefix, *words[1:]] if prefix else []
    return [*prefix, words[1], "--python", python, *_for_uv(words[2:])]


def _for_uv(words: Sequence[str]) -> List[str]:
    """uv asks nothing, and has ``--reinstall`` for ``--force-reinstall``."""
    names = {"--force-reinstall": "--reinstall"}
    return [names.get(word, word) for word in words if word != "-y"]


def run(argv: Sequence[str], echo: Optional[Callable[[str], None]] = None) -> Outcome:
    """Run a command to its end; ``echo`` is called with each line of output as it comes."""
    if not argv:  # expand() found no installer
        return Outcome(False, "neither pip nor uv")
    if echo is not None:
        return _echoed(argv, echo)
    try:
        process = subprocess.run(
            argv, capture_output=True, timeout=LIMIT, check=False, env=_environment(argv)
        )
    except (OSError, subprocess.TimeoutExpired) as err:
        return Outcome(False, f"{type(err).__name__}: {err}")
    output = (process.stdout + b"\n" + process.stderr).decode("utf-8", "replace")
    return Outcome(process.returncode == 0, output)


def _environment(argv: Sequence[str]) -> Optional[Dict[str, str]]:
    """Without SOCKS proxies for a pip that lacks the package that speaks SOCKS: with them it could
    not install even that. None for this process's own."""
    if "pip" not in argv[:3] or argv[0] == "uv" or find_spec("socks"):
        return None
    return {
        name: value
        for name, value in os.environ.items()
        if not (name.lower().endswith("_proxy") and value.lower().startswith("socks"))
    }


def _echoed(argv: Sequence[str], echo: Callable[[str], None]) -> Outcome:
    lines: List[str] = []
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(
            argv, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, env=_environment(argv)
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.close()
            for raw in process.stdout:
                lines.append(raw.decode("utf-8", "replace").rstrip())
                echo(lines[-1])
    except OSError as err:
        return Outcome(False, f"{type(err).__name__}: {err}")
    return Outcome(process.returncode == 0, "\n".join(lines))


def create_environment(folder: str) -> str:
    """A new environment with this Python; its interpreter, "" when it cannot be made."""
    if shutil.which("uv") and run(["uv", "venv", "-q", "--python", sys.executable, folder]).ok:
        return interpreter_of(folder)
    if run([sys.executable, "-m", "venv", folder]).ok:
        return interpreter_of(folder)
    return ""


def interpreter_of(folder: str) -> str:
    """The interpreter of an environment."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *parts)


def index_url() -> str:
    """The index that pip and uv ask, as far as it can be told; without password."""
    for name in INDEXES:
        if os.environ.get(name):
            return safe_url(os.environ[name])
    outcome = run([sys.executable, "-m", "pip", "config", "get", "global.index-url"])
    url = outcome.output.strip().splitlines()[:1] if outcome.ok else []
    return safe_url(url[0]) if url else "https://pypi.org/simple"


def explain_failure(output: str) -> Text:
    """What a failed installation says, in one sentence."""
    missing = _MISSING.search(output)
    if _UNREACHABLE.search(output):
        return UNREACHABLE(index=index_url())
    if missing:
        text = NO_VERSIONS if "(from versions: none)" in output else INDEX_LAGS
        return text(index=index_url(), what=next(group for group in missing.groups() if group))
    if "externally-managed-environment" in output or "externally managed" in output:
        return MANAGED
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return FAILED(last=hide_shapes(lines[-1] if lines else "?"))
