"""A conversation in the terminal, until its end or Ctrl-C at an empty prompt."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from .. import _console
from .._errors.tree import OpenAIError
from .._texts import chat as texts
from .._texts.text import Text
from .answers import answer
from .common import fail
from .line_editor import Editor, line_editor
from .pictures import Content, with_pictures
from .problem import Problem
from .slash_commands import FUNCTIONS, Ask, Session, is_command, perform


def converse(client: Any, arguments: argparse.Namespace, session: Session, title: str) -> int:
    """Ask and answer until the end; gives the exit code."""
    editor = line_editor([f"{name} " for name in FUNCTIONS])
    for turn in session.conversation.turns:
        if isinstance(turn.question.get("content"), str):
            editor.remember(turn.question["content"])
    _console.line(_console.dimmed(f"{title}. {texts.BYE.say(arguments.language)}"))
    while not session.over:
        line = _next_line(editor, arguments.language)
        if line is None:
            _console.line()
            break
        if line:
            _handle(client, arguments, session, line)
    return 0


def _next_line(editor: Editor, language: str) -> Any:
    """What was typed, without outer blanks; None at the end of input, or for Ctrl-C where nothing
    was typed yet."""
    try:
        return editor.read("> ").strip()
    except EOFError:
        return None
    except KeyboardInterrupt:
        if not editor.interrupted_line():
            return None
        _console.line()
        return ""
    except Problem as problem:
        _complain(problem, language)
        return ""


def _handle(client: Any, arguments: argparse.Namespace, session: Session, line: str) -> None:
    language = arguments.language
    try:
        if is_command(line) and not line.startswith("//"):
            outcome = perform(session, line)
            if isinstance(outcome, Text):
                _console.line(_console.dimmed(outcome.say(language)))
            if not isinstance(outcome, Ask):
                return
            content = outcome.content
        else:
            text = line[1:] if line.startswith("//") else line
            content = with_pictures(text, session.conversation.pictures)
        _ask(client, arguments, session, content)
    except Problem as problem:
        _complain(problem, language)


def _ask(client: Any, arguments: argparse.Namespace, session: Session, content: Content) -> None:
    """One turn; what failed or was interrupted leaves the conversation as it was."""
    conversation = session.conversation
    messages = conversation.messages(content)
    try:
        message = answer(client, arguments, conversation.model, messages, conversation.totals)
    except KeyboardInterrupt:
        _console.line()
        _console.line(_console.dimmed(texts.INTERRUPTED.say(arguments.language)))
    except OpenAIError as err:
        fail(err, arguments.language, arguments)
    else:
        conversation.add(content, message)
        session.keep()


def _complain(problem: Problem, language: str) -> None:
    _console.line(problem.text.say(language), sys.stderr)
