"""Group python: the interpreter and the environment that ``pip install`` reaches."""

from __future__ import annotations

from typing import Iterator

from ..._texts.text import Text, untranslated
from ..check import Check
from ..findings import Finding, Fix, fail, info, ok, warn
from ..fix_commands import fix, set_variable
from ..snapshot import Snapshot

OLDEST, NEWEST = (3, 8), (3, 14)
# Version: the month in which its last fixes came out (devguide.python.org/versions).
END_OF_LIFE = {
    "3.8": "2024-10",
    "3.9": "2025-10",
    "3.10": "2026-10",
    "3.11": "2027-10",
    "3.12": "2028-10",
    "3.13": "2029-10",
    "3.14": "2030-10",
}
# The newest openai that really installs there (sdk-matrix 5).
NEWEST_SDK = {"3.8": "2.2.0", "3.9": "2.48.0"}
SAMPLE = "你好😊"


def _numbers(s: Snapshot) -> str:
    return ".".join(s.python.version.split(".")[:2])


def version(s: Snapshot) -> Iterator[Finding]:
    """A Python that is too old, or newer than what was tried."""
    number = tuple(int(part) for part in _numbers(s).split("."))
    if number < OLDEST:
        yield fail(
            Text(
                "Python {v} is older than anything dsadapter runs on (3.8).",
                "Python {v} 太旧，dsadapter 需要 3.8 以上。",
            )(v=s.python.version),
            fix=Fix(Text("Install a newer Python.", "请安装新版 Python。")),
        )
    elif number > NEWEST:
        yield info(
            Text(
                "Python {v} is newer than what was tried (3.14).", "Python {v} 比测试过的 3.14 新。"
            )(v=s.python.version)
        )
    else:
        yield ok(untranslated(f"{s.python.implementation} {s.python.version}"))


def end_of_life(s: Snapshot) -> Iterator[Finding]:
    """A Python that gets no security fixes any more."""
    ended = END_OF_LIFE.get(_numbers(s))
    if not ended or s.python.today[:7] <= ended:
        return
    newest = NEWEST_SDK.get(_numbers(s))
    details = [NEWEST_HERE(v=newest, python=_numbers(s))] if newest else []
    yield warn(
        Text(
            "Python {v} had its last security fixes in {ended}; newer SDKs and libraries stop "
            "supporting it.",
            "Python {v} 的安全更新已于 {ended} 停止，新版 SDK 和库将不再支持它。",
        )(v=_numbers(s), ended=ended),
        *details,
        fix=Fix(
            Text(
                "Install Python 3.12 or newer and make a new environment with it.",
                "请安装 Python 3.12 或更新版本，并用它新建虚拟环境。",
            )
        ),
    )


NEWEST_HERE = Text(
    "The newest openai for Python {python} is {v}.", "Python {python} 能装的最新 openai 是 {v}。"
)


def environment(s: Snapshot) -> Iterator[Finding]:
    """An environment that is activated or there, and does not run."""
    python = s.python
    if python.active_venv:
        yield warn(
            Text(
                "The environment {active} is activated, but {exe} runs, which is outside it: what "
                "you install does not reach this interpreter.",
                "当前激活的环境是 {active}，但运行的是它之外的 {exe}：安装的包到不了这个解释器。",
            )(active=python.active_venv, exe=python.executable),
            fix=Fix(
                Text(
                    "Start the program with `python` of that environment.",
                    "请用该环境里的 python 运行程序。",
                )
            ),
        )
    elif python.kind == "system" and python.unused_venv:
        yield warn(
            Text(
                "This folder has an environment {venv}, and it is not the one that runs ({exe}).",
                "本目录有虚拟环境 {venv}，但运行的不是它（而是 {exe}）。",
            )(venv=python.unused_venv, exe=python.executable),
            fix=fix(s, ACTIVATE, _activation(s, python.unused_venv)),
        )
    elif python.managed:
        yield info(
            Text(
                "This Python belongs to the operating system, which forbids pip to install into "
                "it.",
                "这个 Python 归操作系统管理，不允许用 pip 安装包。",
            ),
            fix=fix(s, NEW_VENV, "python -m venv .venv", _activation(s, ".venv"), steps=True),
        )
    else:
        yield ok(untranslated(f"{python.kind}: {python.executable}"))


ACTIVATE = Text("Activate it.", "请激活它。")
NEW_VENV = Text("Make an environment of your own.", "请新建虚拟环境。")


def _activation(s: Snapshot, folder: str) -> str:
    return f"{folder}\\Scripts\\activate" if s.python.windows else f"source {folder}/bin/activate"


def pip(s: Snapshot) -> Iterator[Finding]:
    """A pip that installs into another Python."""
    python = s.python
    if python.python.here and python.pip.here is False:
        yield warn(
            Text(
                "`pip` on PATH ({pip}) belongs to another Python: what it installs does not "
                "arrive here.",
                "PATH 上的 pip（{pip}）属于另一个 Python：它安装的包不会装到这里。",
            )(pip=python.pip.path),
            fix=fix(s, USE_THIS, "pip install ..."),
        )
    elif not python.has_pip and not python.uv:
        yield warn(
            Text("This Python has no pip.", "这个 Python 没有 pip。"),
            fix=fix(s, Text("Bring it in.", "请安装 pip。"), "python -m ensurepip --upgrade"),
        )
    elif not python.python.here:
        yield info(
            Text(
                "`python` on PATH is another one than this: install with the full name.",
                "PATH 上的 python 不是正在运行的这个：安装时请写全。",
            ),
            fix=fix(s, USE_THIS, "pip install ..."),
        )


USE_THIS = Text("This one reaches it:", "这样才能装到这里：")


def path(s: Snapshot) -> Iterator[Finding]:
    """Site folders of another Python on the search path."""
    for folder in s.python.foreign_paths:
        yield fail(
            Text(
                "{folder} on the search path belongs to another Python version: compiled packages "
                "from it cannot be loaded here.",
                "搜索路径里的 {folder} 属于另一个 Python 版本：其中编译过的包在这里无法加载。",
            )(folder=folder),
            fix=fix(
                s,
                Text("Take it out of PYTHONPATH.", "请把它从 PYTHONPATH 去掉。"),
                "Remove-Item Env:PYTHONPATH" if s.python.windows else "unset PYTHONPATH",
            ),
        )


def console(s: Snapshot) -> Iterator[Finding]:
    """A console whose encoding has no emoji."""
    try:
        SAMPLE.encode(s.python.stdout)
    except (UnicodeEncodeError, LookupError):
        yield warn(
            Text(
                "The console's encoding, {encoding}, has no emoji: an answer with one in it ends "
                "the program with UnicodeEncodeError, in print().",
                "控制台编码 {encoding} 没有 emoji：回答里一出现，print() 就会抛 "
                "UnicodeEncodeError 终止程序。",
            )(encoding=s.python.stdout),
            fix=fix(
                s,
                Text("Let Python write UTF-8.", "让 Python 输出 UTF-8。"),
                set_variable(s, "PYTHONUTF8", "1"),
            ),
        )


CHECKS = (
    Check("python-version", Text("Python is a version that works", "Python 版本合适"), version),
    Check("python-end-of-life", Text("Python still gets fixes", "Python 仍在维护期"), end_of_life),
    Check(
        "python-environment",
        Text("the activated environment is the one that runs", "运行的就是激活的环境"),
        environment,
    ),
    Check("python-pip", Text("pip installs into this Python", "pip 装到这个 Python"), pip),
    Check("python-path", Text("the search path is this Python's", "搜索路径属于这个 Python"), path),
    Check("python-console", Text("the console can print answers", "控制台能输出回答"), console),
)
