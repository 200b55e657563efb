"""``python -m dsadapter run``: a program, unedited, as plain Python would run it."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .. import _console
from .._errors.tree import OpenAIError
from .._settings import values
from .._settings.table import OFFLINE_URL
from . import program
from .options import MODERN, MODERN_MODE, SWITCH, TRACE

FLAGS = {"--offline": False, "--trace": False}
VALUES = ("--backend", "--modern", "--model-map", "--lang")
USAGE = {
    "en": "usage: python -m dsadapter run [--offline] [--backend NAME] [--modern native|adapter]\n"
    "           [--model-map OLD=NEW,...] [--trace] SCRIPT | -m MODULE | -c CODE  [ARGS ...]\n\n"
    "Run a program written for any generation of openai, unedited.\n\n"
    "  --offline     the emulator answers; nothing leaves this machine\n"
    "  --backend     legacy-openai, modern-openai, raw-requests or auto\n"
    "  --modern      with openai >= 1: adapter puts dsadapter's OpenAI in place of the SDK's\n"
    "  --model-map   names to replace, e.g. gpt-3.5-turbo=deepseek-flash\n"
    "  --trace       one line per call on stderr\n\n"
    "example: python -m dsadapter run --offline script.py\n",
    "zh": "用法:python -m dsadapter run [--offline] [--backend 名称] [--modern native|adapter]\n"
    "           [--model-map 旧名=新名,...] [--trace] 脚本 | -m 模块 | -c 代码  [参数 ...]\n\n"
    "不改代码,运行为任意一代 openai 写的程序。\n\n"
    "  --offline     由本地模拟服务应答,不访问外网\n"
    "  --backend     legacy-openai、modern-openai、raw-requests 或 auto\n"
    "  --modern      openai >= 1 时:adapter 用 dsadapter 的 OpenAI 代替 SDK 的\n"
    "  --model-map   替换模型名,例如 gpt-3.5-turbo=deepseek-flash\n"
    "  --trace       每次调用在 stderr 输出一行\n\n"
    "示例:python -m dsadapter run --offline script.py\n",
}


class UsageError(Exception):
    """The command line cannot be understood."""


class Command(NamedTuple):
    """The command line, read: our options, and the program with its own arguments."""

    options: Dict[str, Any]
    program: program.Program


def main(argv: List[str], command: str = "run") -> int:
    """Run the program and give its exit code; 2 for a command line that cannot be meant."""
    try:
        if not argv or argv[0] in ("-h", "--help"):
            _console.write(USAGE[_console.language(_lang(argv))])
            return 0 if argv else 2
        parsed = parse(argv)
        if parsed is None:
            _console.write(USAGE[_console.language(_lang(argv))])
            return 0
        prepare(parsed.options)
    except (UsageError, OpenAIError, OSError) as err:
        _console.line(f"dsadapter run: {err}", sys.stderr)
        return 2
    return program.run(parsed.program)


def _lang(argv: List[str]) -> Optional[str]:
    return argv[argv.index("--lang") + 1] if "--lang" in argv[:-1] else None


def parse(argv: List[str]) -> Optional[Command]:
    """Our flags up to the program; what follows it is the program's. None for ``--help``."""
    options: Dict[str, Any] = dict(FLAGS)
    arguments = list(argv)
    while arguments:
        flag, equals, value = arguments[0].partition("=")
        if flag in ("-h", "--help"):
            return None
        if flag in FLAGS:
            options[flag] = True
            arguments = arguments[1:]
        elif flag in VALUES:
            if not equals and len(arguments) < 2:
                raise UsageError(f"{flag} needs a value")
            options[flag] = value if equals else arguments[1]
            arguments = arguments[1 if equals else 2 :]
        elif flag == "--":
            arguments = arguments[1:]
            break
        else:
            break
    return Command(options, _program(arguments))


def _program(arguments: List[str]) -> program.Program:
    if not arguments:
        raise UsageError("there is no program to run. Example: python -m dsadapter run script.py")
    first = arguments[0]
    for flag in ("-m", "-c"):
        if first == flag:
            if len(arguments) < 2:
                raise UsageError(f"Argument expected for the {flag} option")
            return program.Program(flag, arguments[1], arguments[2:])
        if first.startswith(flag):
            return program.Program(flag, first[2:], arguments[1:])
    if first.startswith("-") and first != "-":
        raise UsageError(
            f"unknown option {first}. Options stand before the program: "
            f"{', '.join((*FLAGS, *VALUES))}"
        )
    return program.Program("", first, arguments[1:])


# --- the process as it shall be, for this program and for those it starts ------------------------


def prepare(options: Dict[str, Any]) -> None:
    """Check the options, write them into the environment, install."""
    modern = options.get("--modern") or "native"
    if modern not in MODERN:
        raise UsageError(f"--modern {modern!r} is not known. One of: {', '.join(MODERN)}")
    _check_backend(options.get("--backend"))
    values.model_map("--model-map", options.get("--model-map"))
    settings = {
        SWITCH: "1",
        MODERN_MODE: modern,
        "DSADAPTER_BACKEND": options.get("--backend"),
        "DSADAPTER_MODEL_MAP": options.get("--model-map"),
        TRACE: "1" if options["--trace"] else None,
    }
    os.environ.update({name: value for name, value in settings.items() if value})
    _cover_children()
    if options["--offline"]:
        _start_emulator()
    from . import from_environment

    from_environment()


def _check_backend(name: Optional[str]) -> None:
    from .._backends import selection

    if name is not None:
        selection.select(name)


def _cover_children() -> None:
    """Python processes below this one find our sitecustomize first; it calls theirs."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site")
    paths: Tuple[str, ...] = (folder,)
    if os.environ.get("PYTHONPATH"):
        paths += (os.environ["PYTHONPATH"],)
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)


def _start_emulator() -> None:
    """It lives as long as the process: its thread is a daemon."""
    from ..testing.emulator import Emulator

    os.environ[OFFLINE_URL] = Emulator().start().base_url
