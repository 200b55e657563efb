"""pip or uv, whichever reaches an interpreter: run with the user's own index settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import List, NamedTuple, Sequence

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

INDEX_LAGS = Text(
    "The index {index} has no {what}: it may lag behind.",
    "软件源 {index} 没有 {what}：可能同步滞后。",
)
NO_VERSIONS = Text(
    "The index {index} gave no version of {what}: it cannot be reached, or does not have it.",
    "软件源 {index} 没有给出 {what} 的任何版本：无法访问，或根本没有这个包。",
)
UNREACHABLE = Text("The index {index} cannot be reached.", "无法访问软件源 {index}。")
FAILED = Text("The command failed: {last}", "命令失败：{last}")


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
    """A command of a fix with the interpreter and the installer filled in."""
    words = [python if w == "{python}" else os.path.expanduser(w) for w in argv]
    if words[:1] != ["{pip}"]:
        return words
    prefix = install_command(python)
    if prefix[:1] == ["uv"]:
        words_without_yes = [word for word in words[2:] if word != "-y"]
        return [*prefix, words[1], "--python", python, *words_without_yes]
    return [*prefix, *words[1:]]


def run(argv: Sequence[str], interactive: bool = False) -> Outcome:
    """``shown``: the command talks to the terminal itself."""
    try:
        if interactive:
            return Outcome(subprocess.call(argv) == 0)
        process = subprocess.run(argv, capture_output=True, timeout=LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as err:
        return Outcome(False, f"{type(err).__name__}: {err}")
    output = (process.stdout + b"\n" + process.stderr).decode("utf-8", "replace")
    return Outcome(process.returncode == 0, output)


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
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return FAILED(last=hide_shapes(lines[-1] if lines else "?"))
