"""The slash commands of a conversation: one function and one row each."""

from __future__ import annotations

import os
import re
from typing import Callable, Dict, Optional, Union

from .._texts import chat as texts
from .._texts.text import NOTHING, Text, join, untranslated
from . import conversation_file
from .conversation import Conversation
from .pictures import Content, picture
from .problem import Problem

ALIASES = {"/quit": "/exit", "/?": "/help"}
_COMMAND = re.compile(r"(/[a-z?]+)(?:\s+(.*))?", re.IGNORECASE)


class Session:
    """A conversation in a terminal, and the file it is kept in, if there is one."""

    def __init__(self, conversation: Conversation, path: Optional[str] = None) -> None:
        self.conversation = conversation
        self.path = path
        self.over = False

    def keep(self) -> None:
        """Write the session's file; raises Problem."""
        if self.path is not None:
            conversation_file.write(self.path, self.conversation)


class Ask:
    """What a command wants to be asked of the model."""

    def __init__(self, content: Content) -> None:
        self.content = content


Outcome = Union[Text, Ask, None]


def is_command(line: str) -> bool:
    """Whether a line is meant for us: ``/word ...``, and no path, no pasted text."""
    return "\n" not in line and bool(_COMMAND.fullmatch(line.strip()))


def perform(session: Session, line: str) -> Outcome:
    """What a command has to say, or wants to be asked; raises Problem."""
    match = _COMMAND.fullmatch(line.strip())
    assert match is not None  # is_command said so
    name, argument = match[1].lower(), (match[2] or "").strip()
    name = ALIASES.get(name, name)
    if name not in FUNCTIONS:
        raise Problem(texts.UNKNOWN_COMMAND(command=match[1]))
    needed = texts.COMMANDS[name][0]
    if needed and not needed.startswith("[") and not argument:
        raise Problem(texts.NEEDS(command=name, argument=needed))
    return FUNCTIONS[name](session, argument)


def _help(session: Session, argument: str) -> Outcome:
    rows = [(f"{name} {needed}".strip(), text) for name, (needed, text) in texts.COMMANDS.items()]
    english = [f"  {name:<15} {text.en}" for name, text in rows] + [texts.COMMANDS_NOTE.en]
    chinese = [f"  {name:<15} {text.zh}" for name, text in rows] + [texts.COMMANDS_NOTE.zh]
    return Text("\n".join(english), "\n".join(chinese))


def _exit(session: Session, argument: str) -> Outcome:
    session.over = True
    return None


def _clear(session: Session, argument: str) -> Outcome:
    session.conversation.clear()
    session.keep()
    return texts.CLEARED


def _model(session: Session, argument: str) -> Outcome:
    session.conversation.model = argument or session.conversation.model
    return texts.MODEL_IS(model=session.conversation.model)


def _system(session: Session, argument: str) -> Outcome:
    session.conversation.system = argument or session.conversation.system
    system = session.conversation.system
    return texts.SYSTEM_IS(system=system) if system else texts.NO_SYSTEM


def _image(session: Session, argument: str) -> Outcome:
    path = os.path.expanduser(argument.strip("'\""))
    session.conversation.pictures.append(picture(path))
    return texts.PICTURE_ADDED(path=path)


def _retry(session: Session, argument: str) -> Outcome:
    if not session.conversation.turns:
        return texts.NOTHING_TO_RETRY
    return Ask(session.conversation.turns.pop().question["content"])


def _usage(session: Session, argument: str) -> Outcome:
    totals = session.conversation.totals
    turns, text = texts.TURNS(turns=totals.answers), totals.text()
    return join([turns, text], NOTHING)


def _save(session: Session, argument: str) -> Outcome:
    path = os.path.expanduser(argument)
    conversation_file.write(path, session.conversation)
    return texts.SAVED(path=path)


def _load(session: Session, argument: str) -> Outcome:
    path = os.path.expanduser(argument)
    load(session.conversation, path)
    session.keep()
    return texts.LOADED(path=path, turns=len(session.conversation.turns))


def load(conversation: Conversation, path: str) -> None:
    """Model, system prompt and turns of a file in place of those here; raises Problem."""
    data = conversation_file.read(path)
    conversation.clear()
    conversation.model = data["model"]
    conversation.system = data.get("system")
    conversation.turns = conversation_file.turns_of(data)


def _forget(session: Session, argument: str) -> Outcome:
    if session.path is None:
        return texts.NO_SESSION
    path, session.path = session.path, None
    conversation_file.delete(path)
    session.conversation.clear()
    return texts.FORGOTTEN(path=untranslated(path))


FUNCTIONS: Dict[str, Callable[[Session, str], Outcome]] = {
    "/help": _help,
    "/exit": _exit,
    "/clear": _clear,
    "/model": _model,
    "/system": _system,
    "/image": _image,
    "/retry": _retry,
    "/usage": _usage,
    "/save": _save,
    "/load": _load,
    "/forget": _forget,
}
