"""Commands as this machine wants them: the same ``pip install`` is typed differently."""

from __future__ import annotations

import shlex
from typing import Tuple

from .._texts.text import Text, join
from .findings import Command, Fix
from .snapshot import ENVIRONMENT, Python, Snapshot, Variable

DELETE_LINE = Text("Delete line {line} of {file}.", "删除 {file} 的第 {line} 行。")
SPACE = Text(" ", "")


def fix(s: Snapshot, text: Text, *commands: str, steps: bool = False) -> Fix:
    """A fix from commands as people write them; ``pip`` becomes this interpreter's installer."""
    return Fix(text, tuple(command(s.python, c) for c in commands), steps)


def command(python: Python, text: str) -> Command:
    """A command as it is shown, and as ``--fix`` runs it."""
    words = tuple(shlex.split(text, posix=not text.startswith("ren ")))
    if words[:1] == ("pip",):
        arguments = text[len("pip ") :]
        return Command(
            " ".join((*_installer(python), _with_target(python, arguments))), _pip(words)
        )
    if words[:1] == ("python",):
        shown = f"{interpreter(python)} {text[len('python ') :]}"
        return Command(shown, ("{python}", *words[1:]))
    if words[:1] == ("ren",):
        return Command(text, ("cmd", "/c", *words))
    return Command(text, words if words[:1] == ("mv",) else ())


def interpreter(python: Python) -> str:
    """How a person starts this interpreter: ``python`` where PATH finds it."""
    return "python" if python.python.here else _quoted(python.executable)


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _installer(python: Python) -> Tuple[str, ...]:
    if python.has_pip:
        return ("pip",) if python.pip.here else (interpreter(python), "-m", "pip")
    return ("uv", "pip") if python.uv else (interpreter(python), "-m", "pip")


def _with_target(python: Python, arguments: str) -> str:
    """uv works on the active environment; any other is named."""
    verb, _, tail = arguments.partition(" ")
    if python.has_pip or not python.uv or python.python.here:
        return arguments
    return f"{verb} --python {_quoted(python.executable)} {tail}"


def _pip(words: Tuple[str, ...]) -> Tuple[str, ...]:
    verb = words[1]
    return ("{pip}", verb, *(("-y",) if verb == "uninstall" else ()), *words[2:])


def rename(s: Snapshot, old: str, new: str) -> str:
    """The command that renames a file."""
    if s.python.windows:
        name = new.replace("\\", "/").rpartition("/")[2]
        return f"ren {_quoted(old)} {_quoted(name)}"
    return f"mv {_shell_quoted(old)} {_shell_quoted(new)}"


def _shell_quoted(path: str) -> str:
    """Quoted for a shell; a leading ``~/`` stays outside, or it would not be expanded."""
    home = "~/" if path.startswith("~/") else ""
    return home + shlex.quote(path[len(home) :])


def unset(s: Snapshot, variable: Variable, text: Text) -> Fix:
    """How to get rid of a variable, wherever it was set."""
    if variable.source != ENVIRONMENT:
        where = DELETE_LINE(line=variable.line, file=variable.source)
        return Fix(join((text, where), SPACE))
    name = variable.name
    return fix(s, text, f"Remove-Item Env:{name}" if s.python.windows else f"unset {name}")


def set_variable(s: Snapshot, name: str, value: str) -> str:
    """The command that sets a variable for this shell."""
    if s.python.windows:
        return f'$env:{name} = "{value}"'
    return f"export {name}={shlex.quote(value)}"
