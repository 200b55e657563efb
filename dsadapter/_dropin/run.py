"""``python -m dsadapter run``: a program, unedited, as plain Python would run it."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .. import _console
from .._errors.tree import OpenAIError
from .._settings import values
from .._settings.endpoint import resolve_endpoint
from .._settings.sources import explicit_or_variable
from .._settings.table import KEY_PAIRS, OFFLINE_URL
from .._texts import run as texts
from .._texts.errors import sentences
from .._texts.text import Text
from . import program
from .options import MODERN, MODERN_MODE, SWITCH, TRACE

FLAGS = {"--offline": False, "--trace": False}
VALUES = ("--backend", "--modern", "--model-map", "--provider", "--base-url", "--lang")


class UsageError(Exception):
    """The command line cannot be understood; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Command(NamedTuple):
    """The command line, read: our options, and the program with its own arguments."""

    options: Dict[str, Any]
    program: program.Program


def main(argv: List[str], command: str = "run") -> int:
    """Run the program and give its exit code; 2 for a command line that cannot be meant."""
    language = _console.language(_console.language_argument(argv))
    try:
        parsed = parse(argv) if argv else None
        if parsed is None:
            _console.write(texts.USAGE.say(language))
            return 0 if argv else 2
        language = _console.language(parsed.options.get("--lang"))
        prepare(parsed.options)
    except (UsageError, OpenAIError, OSError) as err:
        line = texts.PROBLEM(problem=_problem(err, language)).say(language)
        _console.line(line, sys.stderr)
        return 2
    return program.run(parsed.program)


def _problem(err: Exception, language: str) -> str:
    if isinstance(err, UsageError):
        return err.text.say(language)
    if isinstance(err, OpenAIError):
        return "\n".join(sentences(err.message, err.hint, language))
    return str(err)


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
                raise UsageError(texts.NEEDS_VALUE(flag=flag))
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
        raise UsageError(texts.NO_PROGRAM)
    first = arguments[0]
    for flag in ("-m", "-c"):
        if first == flag:
            if len(arguments) < 2:
                raise UsageError(texts.NEEDS_ARGUMENT(flag=flag))
            return program.Program(flag, arguments[1], arguments[2:])
        if first.startswith(flag):
            return program.Program(flag, first[2:], arguments[1:])
    if first.startswith("-") and first != "-":
        options = ", ".join((*FLAGS, *VALUES))
        raise UsageError(texts.UNKNOWN_OPTION(option=first, options=options))
    return program.Program("", first, arguments[1:])


# --- the process as it shall be, for this program and for those it starts ------------------------


def prepare(options: Dict[str, Any]) -> None:
    """Check the options, write them into the environment, install."""
    modern = options.get("--modern") or "native"
    if modern not in MODERN:
        raise UsageError(texts.UNKNOWN_MODE(mode=modern, modes=", ".join(MODERN)))
    _check_backend(options.get("--backend"))
    values.model_map("--model-map", options.get("--model-map"))
    settings = {
        SWITCH: "1",
        MODERN_MODE: modern,
        "DSADAPTER_BACKEND": options.get("--backend"),
        "DSADAPTER_MODEL_MAP": options.get("--model-map"),
        TRACE: "1" if options["--trace"] else None,
    }
    settings.update(_endpoint(options.get("--provider"), options.get("--base-url")))
    os.environ.update({name: value for name, value in settings.items() if value})
    _cover_children()
    if options["--offline"]:
        _start_emulator()
    from . import from_environment

    from_environment()


def _endpoint(provider: Optional[str], base_url: Optional[str]) -> Dict[str, Optional[str]]:
    """The variables that say where calls go; raises where they cannot be meant."""
    arguments = {"provider": provider} if provider else {}
    preset = resolve_endpoint(arguments).provider  # raises for an unknown one
    if not base_url:
        return {"DSADAPTER_PROVIDER": provider}
    base_url = values.base_url(base_url, "--base-url")
    name, _ = explicit_or_variable("provider", arguments)
    pairs = {key: bases[0] for key, bases in KEY_PAIRS}
    if name and preset.key_env and pairs.keys().isdisjoint(preset.key_env):
        raise UsageError(texts.BASE_OF_PRESET(vendor=preset.title))
    return {"DSADAPTER_PROVIDER": provider, **dict.fromkeys(pairs.values(), base_url)}


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
