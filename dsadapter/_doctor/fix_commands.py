"""Commands as this machine wants them: the same ``pip install`` is typed differently."""

from __future__ import annotations

import shlex
from typing import Dict, List, Sequence, Tuple

from .._texts.doctor_fixes import (
    CONDA_PACKAGE,
    DELETE_LINE,
    LOCAL_PACKAGE,
    NEW_ENVIRONMENT,
    SYSTEM_PACKAGE,
)
from .._texts.text import Text, join
from .findings import CREATE, INSTALL, MOVE, SAVE, UNINSTALL, Command, Fix
from .snapshot import ENVIRONMENT, SYSTEM, TARGET, USER, Dist, Python, Snapshot, Variable

SPACE = Text(" ", "")  # between two sentences
RECODE = ("-m", "dsadapter._doctor.recode")


def fix(s: Snapshot, text: Text, *commands: str, steps: bool = False) -> Fix:
    """A fix from commands as people write them; ``pip`` becomes this interpreter's installer, and
    an environment of one's own where the system lets nobody install."""
    if s.python.managed and any(c.startswith("pip install ") for c in commands):
        return _in_new_environment(s, commands if steps else commands[:1])
    return Fix(text, tuple(command(s.python, c) for c in commands), steps)


def command(python: Python, text: str) -> Command:
    """A command as it is shown, and as ``--fix`` runs it."""
    words = tuple(shlex.split(text, posix=not text.startswith("ren ")))
    if words[:1] == ("pip",):
        arguments = text[len("pip ") :]
        shown = " ".join((*_installer(python), _with_target(python, arguments)))
        return Command(shown, _pip(words), UNINSTALL if words[1] == "uninstall" else INSTALL)
    if words[:1] == ("python",):
        return _of_python(f"{interpreter(python)} {text[len('python ') :]}", words[1:])
    if words[:1] == ("mv",):
        return _move(text, *words[1:])
    if words[:1] == ("ren",):
        old, name = (word.strip('"') for word in words[1:])
        return _move(text, old, old[: len(old) - len(_base(old))] + name)
    return Command(text)


def _of_python(shown: str, words: Tuple[str, ...]) -> Command:
    if words[:2] == RECODE:
        return Command(shown, ("save", *words[2:]), SAVE, words[3:], ("move", words[3], words[2]))
    created = words[2:] if words[:2] == ("-m", "venv") else ()
    return Command(shown, ("{python}", *words), CREATE, created)


def _move(shown: str, old: str, new: str) -> Command:
    return Command(shown, ("move", old, new), MOVE, (new,), ("move", new, old))


def _base(path: str) -> str:
    """The name of a file, whichever slash stands before it."""
    return path.replace("\\", "/").rpartition("/")[2]


def interpreter(python: Python) -> str:
    """How a person starts this interpreter: by its name where PATH finds it (Debian: python3)."""
    if not python.python.here:
        return _quoted(python.executable)
    return _base(python.python.path).replace(".exe", "") or "python"


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


def get_pip(python: Python) -> str:
    """The command that brings pip to an interpreter that has none."""
    return f"{interpreter(python)} -m ensurepip --upgrade"


# --- where a distribution lies -------------------------------------------------------------------


def reinstall(s: Snapshot, text: Text, dists: Sequence[Dist], force: bool = True) -> Fix:
    """The fix that installs these anew, each where it lies; by hand what no installer of ours put
    there, or no index has."""
    kinds = {
        "system": [dist for dist in dists if dist.place == SYSTEM],
        "conda": [dist for dist in dists if dist.installer == "conda"],
        "local": [dist for dist in dists if dist.local],
    }
    texts = [text, *(_by_hand(kind, rows) for kind, rows in kinds.items() if rows)]
    others = [dist for dist in dists if not any(dist in rows for rows in kinds.values())]
    commands = _grouped(others, "--force-reinstall --no-deps " if force else "--no-deps ")
    if not commands:
        return Fix(join(texts[1:] or texts, SPACE))
    return fix(s, join(texts, SPACE), *commands, steps=len(commands) > 1)


def _grouped(dists: Sequence[Dist], options: str) -> List[str]:
    by_place: Dict[str, List[str]] = {}
    for dist in dists:
        pin = f'"{dist.name}=={dist.version}"' if dist.version else dist.name
        by_place.setdefault(where(dist), []).append(pin)
    return [f"pip install {place}{options}{' '.join(pins)}" for place, pins in by_place.items()]


def where(dist: Dist) -> str:
    """The options with which pip installs to where a distribution lies."""
    if dist.place == TARGET:
        return f"--target {shlex.quote(dist.folder)} --upgrade "
    return "--user " if dist.place == USER else ""


def _by_hand(kind: str, dists: Sequence[Dist]) -> Text:
    if kind == "local":
        return LOCAL_PACKAGE
    if kind == "conda":
        return CONDA_PACKAGE(package=" ".join(f"{dist.name}={dist.version}" for dist in dists))
    return SYSTEM_PACKAGE(package=" ".join(f"python3-{dist.name}" for dist in dists))


def _in_new_environment(s: Snapshot, commands: Sequence[str]) -> Fix:
    """PEP 668: what pip may not do here it does in an environment of one's own."""
    folder = s.python.unused_venv or ".venv"
    python = f"{folder}\\Scripts\\python" if s.python.windows else f"{folder}/bin/python"
    steps = [] if s.python.unused_venv else [command(s.python, f"python -m venv {folder}")]
    for text in commands:
        if text.startswith("pip install "):
            words = [word for word in shlex.split(text)[2:] if not word.startswith("--")]
            shown = " ".join(_requirement(word) for word in words)
            argv = (python, "-m", "pip", "install", *words)
            steps.append(Command(f"{python} -m pip install {shown}", argv, CREATE))
    return Fix(NEW_ENVIRONMENT, tuple(steps), steps=True)


def _requirement(text: str) -> str:
    return f'"{text}"' if any(char in text for char in "<>=!~[") else text


# --- files and variables -------------------------------------------------------------------------


def rename(s: Snapshot, old: str, new: str) -> str:
    """The command that renames a file."""
    if s.python.windows:
        return f"ren {_quoted(old)} {_quoted(_base(new))}"
    return f"mv {_shell_quoted(old)} {_shell_quoted(new)}"


def move_aside(s: Snapshot, path: str, fallback: str) -> str:
    """The command that gives a file another name, one that nobody has."""
    return rename(s, path, s.packages.aside.get(path, fallback))


def _shell_quoted(path: str) -> str:
    """Quoted for a shell; a leading ``~/`` stays outside, or it would not be expanded."""
    home = "~/" if path.startswith("~/") else ""
    return home + shlex.quote(path[len(home) :])


def unset(s: Snapshot, variable: Variable, text: Text) -> Fix:
    """How to get rid of a variable, wherever it was set."""
    if variable.source != ENVIRONMENT:
        line = DELETE_LINE(line=variable.line, file=variable.source)
        return Fix(join((text, line), SPACE))
    return fix(s, text, unset_command(s, variable.name))


def unset_command(s: Snapshot, name: str) -> str:
    """The command that unsets a variable in this shell."""
    return f"Remove-Item Env:{name}" if s.python.windows else f"unset {name}"


def set_variable(s: Snapshot, name: str, value: str) -> str:
    """The command that sets a variable for this shell."""
    if s.python.windows:
        return f'$env:{name} = "{value}"'
    return f"export {name}={shlex.quote(value)}"
