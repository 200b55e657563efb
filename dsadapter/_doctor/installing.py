"""pip or uv, whichever reaches an interpreter: run with the user's own index settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import List, NamedTuple, Sequence

from .model import Text
from .secrets import hide_shapes, safe_url

LIMIT = 600.0  # seconds for one installation
INDEXES = ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX")
_LAGS = re.compile(
    r"No matching distribution found for (\S+)|satisfies the requirement (\S+)"
    r"|no versions? of (\S+)"
    r"|there are no versions of (\S+)|(\S+) was not found in the (?:package registry|cache)"
)
_CUT_OFF = re.compile(
    r"(?i)connection (?:error|refused|broken|reset)|failed to establish|timed out|dns error"
    r"|error sending request|failed to fetch|temporary failure|proxyerror|name or service not known"
)

LAGS = Text(
    "The index {index} has no {what}: it may lag behind.",
    "软件源 {index} 没有 {what}：可能同步滞后。",
)
NOTHING = Text(
    "The index {index} gave no version of {what}: it cannot be reached, or does not have it.",
    "软件源 {index} 没有给出 {what} 的任何版本：无法访问，或根本没有这个包。",
)
CUT_OFF = Text("The index {index} cannot be reached.", "无法访问软件源 {index}。")
FAILED = Text("The command failed: {last}", "命令失败：{last}")


class Done(NamedTuple):
    ok: bool
    output: str = ""


def installer(python: str) -> List[str]:
    """The beginning of an install command for an interpreter; [] when there is none."""
    if has_pip(python):
        return [python, "-m", "pip"]
    return ["uv", "pip"] if shutil.which("uv") else []


def has_pip(python: str) -> bool:
    return run([python, "-m", "pip", "--version"]).ok


def expanded(argv: Sequence[str], python: str) -> List[str]:
    """A command of a fix with the interpreter and the installer filled in."""
    words = [python if w == "{python}" else os.path.expanduser(w) for w in argv]
    if words[:1] != ["{pip}"]:
        return words
    front = installer(python)
    if front[:1] == ["uv"]:
        rest = [word for word in words[2:] if word != "-y"]
        return [*front, words[1], "--python", python, *rest]
    return [*front, *words[1:]]


def run(argv: Sequence[str], shown: bool = False) -> Done:
    """``shown``: the command talks to the terminal itself."""
    try:
        if shown:
            return Done(subprocess.call(argv) == 0)
        done = subprocess.run(argv, capture_output=True, timeout=LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as err:
        return Done(False, f"{type(err).__name__}: {err}")
    output = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
    return Done(done.returncode == 0, output)


def environment(folder: str) -> str:
    """A new environment with this Python; its interpreter, "" when it cannot be made."""
    if shutil.which("uv") and run(["uv", "venv", "-q", "--python", sys.executable, folder]).ok:
        return interpreter_of(folder)
    if run([sys.executable, "-m", "venv", folder]).ok:
        return interpreter_of(folder)
    return ""


def interpreter_of(folder: str) -> str:
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *place)


def index() -> str:
    """The index that pip and uv ask, as far as it can be told; without password."""
    for name in INDEXES:
        if os.environ.get(name):
            return safe_url(os.environ[name])
    done = run([sys.executable, "-m", "pip", "config", "get", "global.index-url"])
    url = done.output.strip().splitlines()[:1] if done.ok else []
    return safe_url(url[0]) if url else "https://pypi.org/simple"


def why(output: str) -> Text:
    """What a failed installation says, in one sentence."""
    lags = _LAGS.search(output)
    if _CUT_OFF.search(output):
        return CUT_OFF(index=index())
    if lags:
        text = NOTHING if "(from versions: none)" in output else LAGS
        return text(index=index(), what=next(group for group in lags.groups() if group))
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return FAILED(last=hide_shapes(lines[-1] if lines else "?"))
