"""``python -m dsadapter chat``: a conversation in the terminal, streamed as it arrives."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Dict, List, Optional

from .. import _console
from .._errors.tree import OpenAIError
from .._texts import commands as texts
from .common import Parser, fail, new_client, upstream

DEFAULT_MODEL = "deepseek-flash"
Message = Dict[str, Any]


def main(argv: List[str], command: str) -> int:
    """Answer one prompt, or hold a conversation; gives the exit code."""
    arguments = _parser(command).parse_intermixed_args(argv)
    language = _console.language(arguments.lang)
    prompt = _prompt(arguments)
    try:
        with upstream(arguments.offline), new_client(arguments) as client:
            if prompt is None:
                return _converse(client, arguments, language)
            _answer(client, arguments, _messages(arguments, prompt))
            return 0
    except OpenAIError as err:
        return fail(err, language)


def _parser(command: str) -> Parser:
    parser = Parser(
        command,
        texts.CHAT.en,
        "python -m dsadapter chat --offline 你好",
    )
    parser.add_argument("prompt", nargs="*", help=texts.CHAT_PROMPT.en)
    parser.add_argument("--offline", action="store_true", help=texts.OFFLINE.en)
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    parser.add_argument("--system", metavar="TEXT", help=texts.CHAT_SYSTEM.en)
    parser.add_argument("--no-stream", action="store_true", help=texts.CHAT_NO_STREAM.en)
    parser.add_argument("--raw", action="store_true", help=texts.CHAT_RAW.en)
    parser.add_argument("--json", action="store_true", help=texts.CHAT_JSON.en)
    parser.add_argument("--usage", action="store_true", help=texts.CHAT_USAGE.en)
    parser.add_argument("--backend", metavar="NAME", help=texts.CHAT_BACKEND.en)
    return parser


def _prompt(arguments: argparse.Namespace) -> Optional[str]:
    """From the arguments, else from a pipe."""
    words = " ".join(arguments.prompt)
    piped = "" if _console.is_terminal(sys.stdin) or words else _read_pipe()
    return words or piped or None


def _read_pipe() -> str:
    if sys.stdin is None or sys.stdin.closed:
        return ""
    raw = sys.stdin.buffer.read()
    try:
        return raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:  # a Chinese Windows console pipes GBK
        return raw.decode(sys.stdin.encoding or "utf-8", "replace").strip()


def _messages(arguments: argparse.Namespace, prompt: str) -> List[Message]:
    system = [{"role": "system", "content": arguments.system}] if arguments.system else []
    return [*system, {"role": "user", "content": prompt}]


# --- one answer ----------------------------------------------------------------------------------


def _answer(client: Any, arguments: argparse.Namespace, messages: List[Message]) -> Message:
    """Print one answer; gives the assistant message for the history."""
    from .raw_exchange import show_raw

    request = {"model": arguments.model, "messages": messages}
    if arguments.raw:
        return show_raw(client, {**request, "stream": not arguments.no_stream})
    if arguments.no_stream:
        response = client.chat.completions.create(**request)
        if not arguments.json:
            _print_message(response.choices[0].message)
    else:
        response = _print_stream(client, request, quiet=arguments.json)
    if arguments.json:
        _console.line(json.dumps(response.to_dict(), indent=2, ensure_ascii=False))
    if arguments.usage:
        _print_usage(response)
    return response.choices[0].message.to_dict()


def _print_message(message: Any) -> None:
    printer = Printer()
    printer.show(message.reasoning_content, thinking=True)
    printer.show(message.content, thinking=False)
    printer.end()


def _print_stream(client: Any, request: Dict[str, Any], *, quiet: bool) -> Any:
    printer = Printer()
    stream = client.chat.completions.create(**request, stream=True)
    try:
        for chunk in stream:
            if not quiet:
                _show_chunk(printer, chunk)
    finally:
        stream.close()
        printer.end()
    return stream.get_final_response()


def _show_chunk(printer: Printer, chunk: Any) -> None:
    for choice in chunk.choices:
        printer.show(choice.delta.reasoning_content, thinking=True)
        printer.show(choice.delta.content, thinking=False)
        if choice.finish_reason not in (None, "stop"):
            printer.note(f"[{choice.finish_reason}]")


def _print_usage(response: Any) -> None:
    usage = response.usage or {}
    reasoning = (usage.get("completion_tokens_details") or {}).get("reasoning_tokens")
    text = texts.CHAT_TOKENS(
        prompt=usage.get("prompt_tokens"), completion=usage.get("completion_tokens")
    ).en
    text += texts.CHAT_THINKING(count=reasoning).en if reasoning else ""
    _console.line(_console.paint(text, _console.DIM, _console.has_colour(sys.stderr)), sys.stderr)


class Printer:
    """Thinking dimmed, the answer as it is, a blank line between them."""

    def __init__(self) -> None:
        self._colour = _console.has_colour()
        self._thinking: Optional[bool] = None

    def show(self, text: Optional[str], *, thinking: bool) -> None:
        """Print a piece of the reasoning or of the answer."""
        if not text:
            return
        if self._thinking is not None and self._thinking != thinking:
            _console.write("\n\n")
        self._thinking = thinking
        _console.write(_console.paint(text, _console.DIM, self._colour and thinking))

    def note(self, text: str) -> None:
        """Print a remark behind the text."""
        _console.write(_console.paint(f" {text}", _console.YELLOW, self._colour))

    def end(self) -> None:
        """End the line, if anything was printed."""
        if self._thinking is not None:
            _console.line()


# --- a conversation ------------------------------------------------------------------------------


def _converse(client: Any, arguments: argparse.Namespace, language: str) -> int:
    """Until end of input (Ctrl-D, Ctrl-Z on Windows) or Ctrl-C at the prompt."""
    history = _messages(arguments, "")[:-1]
    if not _console.is_terminal(sys.stdin):
        _console.line(texts.CHAT_NO_PROMPT.en, sys.stderr)
        return 2
    title = f"{arguments.model}. {texts.CHAT_BYE.say(language)}"
    _console.line(_console.paint(title, _console.DIM, _console.has_colour()))
    while True:
        try:
            words = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            _console.line()
            return 0
        if words:
            history = _turn(client, arguments, history, words, language)


def _turn(
    client: Any, arguments: argparse.Namespace, history: List[Message], words: str, language: str
) -> List[Message]:
    """The history after one turn; unchanged when the turn failed or was interrupted."""
    messages = [*history, {"role": "user", "content": words}]
    try:
        return [*messages, _answer(client, arguments, messages)]
    except KeyboardInterrupt:
        _console.line()
    except OpenAIError as err:
        fail(err, language)
    return history
