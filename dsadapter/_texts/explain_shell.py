"""What is said about commands that a shell does not find or run."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

EXPLANATIONS: Dict[str, Explanation] = {
    "pip-zsh": Explanation(
        Text(
            "zsh takes the brackets for a pattern of file names.",
            "zsh 把方括号当成了文件名通配符。",
        ),
        Text("Quote the name:", "请给名字加引号："),
    ),
    "openai-command": Explanation(
        Text(
            "The command `openai` comes with the package openai; the shell does not find it. No "
            "program needs it.",
            "openai 命令随 openai 包安装，shell 找不到它。程序本身用不到这个命令。",
        ),
        Text("By module it starts where the package is installed:", "装了包就能用模块方式启动："),
    ),
    "env-powershell": Explanation(
        Text(
            "PowerShell forbids scripts, so Activate.ps1 did not run. Python has no part in it.",
            "PowerShell 禁止运行脚本，所以 Activate.ps1 没有执行；与 Python 无关。",
        ),
        Text(
            "Allow your own scripts, or start .venv\\Scripts\\python.exe directly:",
            "请允许本地脚本，或直接运行 .venv\\Scripts\\python.exe：",
        ),
    ),
    "env-python-home": Explanation(
        Text(
            "Python does not find its own standard library: PYTHONHOME or PYTHONPATH leads to "
            "another Python, or the Python of this virtual environment was removed.",
            "Python 找不到自己的标准库：PYTHONHOME 或 PYTHONPATH 指向了别的 Python，或虚拟环境"
            "所依赖的 "
            "Python 已被删除。",
        ),
        Text(
            "Unset PYTHONHOME and PYTHONPATH; if that does not help, make the environment anew.",
            "请取消 PYTHONHOME 和 PYTHONPATH；仍不行就重建虚拟环境。",
        ),
    ),
    "langchain-moved": Explanation(
        Text(
            "The classes for OpenAI left langchain for a package of their own.",
            "langchain 里的 OpenAI 类已移到单独的包。",
        ),
        Text(
            "Install it and write: from langchain_openai import ChatOpenAI",
            "请安装并改写：from langchain_openai import ChatOpenAI",
        ),
    ),
    "langchain-openai-missing": Explanation(
        Text(
            "The package langchain-openai is not installed in the Python that ran this.",
            "运行程序的这个 Python 没有安装 langchain-openai。",
        ),
        Text(
            "Install it; or use ChatDeepSeek of dsadapter.integrations.langchain in the place of "
            "ChatOpenAI: it needs langchain-core only.",
            "请安装；也可以把 ChatOpenAI 换成 dsadapter.integrations.langchain 的 ChatDeepSeek，"
            "它只需要 langchain-core。",
        ),
    ),
    "pip-path": Explanation(
        Text(
            "The package is installed; its command lies in {name}, where the shell does not look.",
            "包已装好；它的命令在 {name}，而 shell 不会到那里找。",
        ),
        Text(
            "Add that folder to PATH, or start it by module: python -m NAME",
            "请把该目录加入 PATH，或用模块方式启动：python -m 模块名",
        ),
    ),
    "pip-command": Explanation(
        Text(
            "The shell finds no program named pip: Python is not on PATH, or its pip goes by "
            "another name.",
            "shell 找不到 pip：Python 不在 PATH 里，或 pip 用的是别的名字。",
        ),
        Text(
            "Start it through Python (Windows: py -m pip, Linux and macOS: python3 -m pip):",
            "请通过 Python 启动（Windows：py -m pip，Linux 和 macOS：python3 -m pip）：",
        ),
    ),
    "python-command": Explanation(
        Text(
            "The shell finds no program of that name: Python is not installed or not on PATH.",
            "shell 找不到这个程序：没装 Python，或不在 PATH 里。",
        ),
        Text(
            "On Windows write py, on Linux and macOS python3; install it where neither is there.",
            "Windows 上写 py，Linux 和 macOS 上写 python3；都没有就请安装。",
        ),
    ),
    "pip-in-python": Explanation(
        Text(
            "`pip install` is a command of the shell, and was typed into Python.",
            "pip install 是终端命令，却输入到了 Python 里。",
        ),
        Text(
            "Leave Python with exit(), then type it; in a notebook write %pip install ...",
            "请先 exit() 退出 Python 再输入；在 notebook 里写 %pip install ...",
        ),
    ),
}
