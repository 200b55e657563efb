"""What the checks of the group python say."""

from __future__ import annotations

from .text import Text

NEWEST_HERE = Text(
    "The newest openai for Python {python} is {v}.", "Python {python} 能装的最新 openai 是 {v}。"
)
ACTIVATE = Text("Activate that environment.", "请激活这个环境。")
NEW_VENV = Text("Make an environment of your own.", "请新建虚拟环境。")
USE_THIS = Text("This command installs into it:", "用这条命令才能装到这里：")
TOO_OLD = Text(
    "Python {v} is older than anything dsadapter runs on (3.8).",
    "Python {v} 太旧，dsadapter 需要 3.8 以上。",
)
INSTALL_NEWER = Text("Install a newer Python.", "请安装新版 Python。")
UNTRIED = Text("Python {v} is newer than what was tried (3.14).", "Python {v} 比测试过的 3.14 新。")
END_OF_LIFE = Text(
    "Python {v} had its last security fixes in {ended}; newer SDKs and libraries stop "
    "supporting it.",
    "Python {v} 的安全更新已于 {ended} 停止，新版 SDK 和库将不再支持它。",
)
NEW_ENVIRONMENT = Text(
    "Install Python 3.12 or newer and make a new environment with it.",
    "请安装 Python 3.12 或更新版本，并用它新建虚拟环境。",
)
OTHER_ACTIVE = Text(
    "The environment {active} is activated, but {exe} runs, which is outside it: what "
    "you install does not reach this interpreter.",
    "当前激活的环境是 {active}，但运行的是它之外的 {exe}：安装的包到不了这个解释器。",
)
START_THERE = Text(
    "Start the program with `python` of that environment.",
    "请用该环境里的 python 运行程序。",
)
UNUSED_VENV = Text(
    "This folder has an environment {venv}, and it is not the one that runs ({exe}).",
    "本目录有虚拟环境 {venv}，但运行的不是它（而是 {exe}）。",
)
MANAGED = Text(
    "This Python belongs to the operating system, which forbids pip to install into it.",
    "这个 Python 归操作系统管理，不允许用 pip 安装包。",
)
FOREIGN_PIP = Text(
    "`pip` on PATH ({pip}) belongs to another Python: what it installs does not arrive here.",
    "PATH 上的 pip（{pip}）属于另一个 Python：它安装的包不会装到这里。",
)
NO_PIP = Text("This Python has no pip.", "这个 Python 没有 pip。")
INSTALL_PIP = Text(
    "Install pip into this Python (Debian: sudo apt install python3-venv first).",
    "请给这个 Python 装上 pip（Debian：先 sudo apt install python3-venv）。",
)
OTHER_PYTHON = Text(
    "`python` on PATH is another one than this: install with the full name.",
    "PATH 上的 python 不是正在运行的这个：安装时请写全。",
)
FOREIGN_PATH = Text(
    "{folder} on the search path belongs to another Python version: compiled packages "
    "from it cannot be loaded here.",
    "搜索路径里的 {folder} 属于另一个 Python 版本：其中编译过的包在这里无法加载。",
)
LEAVE_PYTHONPATH = Text("Remove the folder from PYTHONPATH.", "请把该目录从 PYTHONPATH 去掉。")
NO_EMOJI = Text(
    "The console's encoding, {encoding}, has no emoji: an answer with one in it ends "
    "the program with UnicodeEncodeError, in print().",
    "控制台编码 {encoding} 没有 emoji：回答里一出现，print() 就会抛 UnicodeEncodeError 终止程序。",
)
WRITE_UTF8 = Text("Let Python write UTF-8.", "让 Python 输出 UTF-8。")
