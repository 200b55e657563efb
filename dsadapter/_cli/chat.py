"""``python -m dsadapter chat``: a conversation in the terminal, streamed as it arrives."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Dict, List, Optional

from .. import _console
from .._errors.tree import OpenAIError
from .common import Parser, client, fail, place

DEFAULT_MODEL = "deepseek-flash"
Message = Dict[str, Any]


def main(argv: List[str], command: str) -> int:
    arguments = _parser(command).parse_intermixed_args(argv)
    language = _console.language(arguments.lang)
    prompt = _prompt(arguments)
    try:
        with place(arguments.offline), client(arguments) as made:
            if prompt is None:
                return _converse(made, arguments, language)
            _answer(made, arguments, _messages(arguments, prompt))
            return 0
    except OpenAIError as err:
        return fail(err, language)


def _parser(command: str) -> Parser:
    parser = Parser(
        command,
        "Talk to the model. Without a prompt: a conversation; the prompt may come from a pipe.",
        "python -m dsadapter chat --offline 你好",
    )
    parser.add_argument("prompt", nargs="*", help="what to ask")
    parser.add_argument("--offline", action="store_true", help="ask the emulator: no key, no net")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    parser.add_argument("--system", metavar="TEXT", help="a system prompt")
    parser.add_argument("--no-stream", action="store_true", help="wait for the whole answer")
    parser.add_argument("--raw", action="store_true", help="show what the wire says")
    parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    parser.add_argument("--usage", action="store_true", help="print the tokens used")
    parser.add_argument("--backend", metavar="NAME", help="instead of the one detected")
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


def _answer(made: Any, arguments: argparse.Namespace, messages: List[Message]) -> Message:
    """Print one answer; gives the assistant message for the history."""
    from .raw import show_raw

    request = {"model": arguments.model, "messages": messages}
    if arguments.raw:
        return show_raw(made, {**request, "stream": not arguments.no_stream})
    if arguments.no_stream:
        response = made.chat.completions.create(**request)
        if not arguments.json:
            _print_whole(response.choices[0].message)
    else:
        response = _print_stream(made, request, quiet=arguments.json)
    if arguments.json:
        _console.line(json.dumps(response.model_dump(), indent=2, ensure_ascii=False))
    if arguments.usage:
        _print_usage(response)
    return response.choices[0].message.model_dump()


def _print_whole(message: Any) -> None:
    printer = Printer()
    printer.show(message.reasoning_content, thinking=True)
    printer.show(message.content, thinking=False)
    printer.end()


def _print_stream(made: Any, request: Dict[str, Any], *, quiet: bool) -> Any:
    printer = Printer()
    stream = made.chat.completions.create(**request, stream=True)
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
    thought = (usage.get("completion_tokens_details") or {}).get("reasoning_tokens")
    text = f"tokens: {usage.get('prompt_tokens')} in, {usage.get('completion_tokens')} out"
    text += f" ({thought} of them thinking)" if thought else ""
    _console.line(_console.paint(text, _console.DIM, _console.has_colour(sys.stderr)), sys.stderr)


class Printer:
    """Thinking dimmed, the answer plain, a blank line between them."""

    def __init__(self) -> None:
        self._colour = _console.has_colour()
        self._thinking: Optional[bool] = None

    def show(self, text: Optional[str], *, thinking: bool) -> None:
        if not text:
            return
        if self._thinking is not None and self._thinking != thinking:
            _console.write("\n\n")
        self._thinking = thinking
        _console.write(_console.paint(text, _console.DIM, self._colour and thinking))

    def note(self, text: str) -> None:
        _console.write(_console.paint(f" {text}", _console.YELLOW, self._colour))

    def end(self) -> None:
        if self._thinking is not None:
            _console.line()


# --- a conversation ------------------------------------------------------------------------------


def _converse(made: Any, arguments: argparse.Namespace, language: str) -> int:
    """Until end of input (Ctrl-D, Ctrl-Z on Windows) or Ctrl-C at the prompt."""
    history = _messages(arguments, "")[:-1]
    bye = "Ctrl-D ends the conversation." if language == "en" else "Ctrl-D 结束对话。"
    if not _console.is_terminal(sys.stdin):
        _console.line("There is no prompt: chat was given neither words nor a pipe.", sys.stderr)
        return 2
    _console.line(_console.paint(f"{arguments.model}. {bye}", _console.DIM, _console.has_colour()))
    while True:
        try:
            words = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            _console.line()
            return 0
        if words:
            history = _turn(made, arguments, history, words, language)


def _turn(
    made: Any, arguments: argparse.Namespace, history: List[Message], words: str, language: str
) -> List[Message]:
    """The history after one turn; unchanged when the turn failed or was interrupted."""
    asked = [*history, {"role": "user", "content": words}]
    try:
        return [*asked, _answer(made, arguments, asked)]
    except KeyboardInterrupt:
        _console.line()
    except OpenAIError as err:
        fail(err, language)
    return history
