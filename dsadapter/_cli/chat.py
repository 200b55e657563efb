"""``python -m dsadapter chat``: a conversation in the terminal, streamed as it arrives."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from typing import Any, List, Optional

from .. import _console
from .._errors.tree import OpenAIError
from .._texts import chat as texts
from .._texts import commands
from . import conversation_file
from .answers import answer
from .common import (
    Parser,
    add_backend,
    add_endpoint,
    check_model,
    endpoint_of,
    fail,
    is_another_vendor,
    new_client,
    plain_warnings,
    say_whose_key,
    upstream,
)
from .conversation import Conversation
from .converse import converse
from .pictures import picture, with_pictures
from .problem import Problem
from .slash_commands import Session, load

DEFAULT_MODEL = "deepseek-flash"
_PIPE_IS_SLOW = 2.0  # seconds after which is said what is waited for


def main(argv: List[str], command: str) -> int:
    """Answer one prompt, or hold a conversation; gives the exit code."""
    parser = _parser(command)
    arguments = parser.parse_intermixed_args(argv)
    arguments.language = parser.language
    try:
        session = _session(arguments)
        prompt = _prompt(arguments)
        if prompt is None and not _console.is_terminal(sys.stdin):
            raise Problem(texts.NO_PROMPT)
        with plain_warnings(), upstream(arguments.offline), new_client(arguments) as client:
            say_whose_key(arguments, parser.language)
            if prompt is None:
                return converse(client, arguments, session, _title(arguments, session))
            return _answer_once(client, arguments, session, prompt)
    except OpenAIError as err:
        return fail(err, parser.language, arguments)
    except Problem as problem:
        _console.line(problem.text.say(parser.language), sys.stderr)
        return 2


def _parser(command: str) -> Parser:
    parser = Parser(command, texts.CHAT, "python -m dsadapter chat --offline 你好")
    parser.add_argument("prompt", nargs="*", help=texts.PROMPT)
    parser.add_argument("--offline", action="store_true", help=commands.OFFLINE)
    parser.add_argument("--model", metavar="NAME", help=texts.MODEL(model=DEFAULT_MODEL))
    add_endpoint(parser)
    parser.add_argument("--system", metavar="TEXT", help=texts.SYSTEM)
    parser.add_argument("--image", metavar="PATH", action="append", default=[], help=texts.IMAGE)
    parser.add_argument("--session", metavar="NAME", help=texts.SESSION)
    parser.add_argument("--no-stream", action="store_true", help=texts.NO_STREAM)
    parser.add_argument("--plain", action="store_true", help=texts.PLAIN)
    parser.add_argument("--raw", action="store_true", help=texts.RAW)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
    parser.add_argument("--usage", action="store_true", help=texts.USAGE)
    add_backend(parser, texts.BACKEND)
    return parser


# --- the prompt ----------------------------------------------------------------------------------


def _prompt(arguments: argparse.Namespace) -> Optional[str]:
    """The words of the command line, and behind them what comes from a pipe."""
    words = " ".join(arguments.prompt)
    piped = "" if _console.is_terminal(sys.stdin) else _read_pipe(arguments.language)
    return "\n\n".join(filter(None, (words, piped))) or None


def _read_pipe(language: str) -> str:
    if sys.stdin is None or sys.stdin.closed:
        return ""
    notice = threading.Timer(_PIPE_IS_SLOW, _say_waiting, (language,))
    notice.daemon = True
    notice.start()
    try:
        raw = sys.stdin.buffer.read()
    except OSError:  # a folder, or a descriptor that cannot be read: nothing is piped
        return ""
    finally:
        notice.cancel()
    try:
        return raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:  # a Chinese Windows console pipes GBK
        return raw.decode(sys.stdin.encoding or "utf-8", "replace").strip()


def _say_waiting(language: str) -> None:
    _console.line(_console.dimmed(texts.WAITING.say(language), sys.stderr), sys.stderr)


# --- the conversation ----------------------------------------------------------------------------


def _session(arguments: argparse.Namespace) -> Session:
    """A new conversation, or that of ``--session`` with what the command line changes of it."""
    path = conversation_file.session_path(arguments.session) if arguments.session else None
    conversation = Conversation(arguments.model or DEFAULT_MODEL, arguments.system)
    if path is not None and os.path.exists(path):
        load(conversation, path)
        conversation.model = arguments.model or conversation.model
        conversation.system = arguments.system or conversation.system
    elif not arguments.model:
        check_model(arguments)
    conversation.pictures = [picture(name) for name in arguments.image]
    if path is not None:
        text = texts.SESSION_AT(path=path, turns=len(conversation.turns)).say(arguments.language)
        _console.line(_console.dimmed(text, sys.stderr), sys.stderr)
    return Session(conversation, path)


def _title(arguments: argparse.Namespace, session: Session) -> str:
    provider, model = endpoint_of(arguments).provider, session.conversation.model
    return f"{provider.title}, {model}" if is_another_vendor(provider) else model


def _answer_once(client: Any, arguments: argparse.Namespace, session: Session, prompt: str) -> int:
    conversation = session.conversation
    content = with_pictures(prompt, conversation.pictures)
    messages = conversation.messages(content)
    message = answer(client, arguments, conversation.model, messages)
    if not arguments.raw:  # of which no answer is left to go on with
        conversation.add(content, message)
        session.keep()
    return 0
