"""Texts of shells, of commands that they do not find, and of an interpreter that does not start."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, Row

ROWS: Tuple[Row, ...] = (
    Row(
        "pip-zsh",
        r"no matches found: (?P<name>[\w.-]+\[[\w,-]+\]\S*)",
        ("pip install '{name}'",),
    ),
    Row(
        "openai-command",
        r"(?P<name>\bopenai): (?:command )?not found|command not found: (?P<other>openai)\b"
        r"|'openai' is not recognized as an|term 'openai' is not recognized",
        ("python -m openai --help",),
    ),
    Row(
        "env-powershell",
        r"running scripts is disabled on this system|PSSecurityException|UnauthorizedAccess\b"
        r"|在此系统上禁止运行脚本",
        ("Set-ExecutionPolicy -Scope CurrentUser RemoteSigned",),
        LIKELY,
    ),
    Row(
        "env-python-home",
        r"init_fs_encoding: failed to get the Python codec|No module named 'encodings'",
        checks=("python-path",),
    ),
    Row(
        "langchain-moved",
        r"No module named 'langchain\.(?P<name>chat_models|llms|embeddings|memory|chains)"
        r"|cannot import name '(?P<other>ChatOpenAI|OpenAI|OpenAIEmbeddings|AzureChatOpenAI)' from "
        r"'langchain\.\w+|The class `(?P<third>\w+)` was deprecated in LangChain",
        ("pip install --upgrade langchain-openai",),
    ),
    Row(
        "langchain-openai-missing",
        r"ModuleNotFoundError: No module named 'langchain_openai'",
        ("pip install langchain-openai",),
        LIKELY,
        checks=("python-environment",),
    ),
    Row("pip-path", r"installed in '(?P<name>[^'\n]+)' which is not on PATH"),
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
)
