"""One answer on the screen: asked for, printed as it arrives, and counted."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Dict, List, Optional

from .. import _console
from .conversation import Message, Totals
from .markdown import markdown_writer


def answer(
    client: Any,
    arguments: argparse.Namespace,
    model: str,
    messages: List[Message],
    totals: Optional[Totals] = None,
) -> Message:
    """Print one answer and count it in ``totals``; gives the assistant message for the history."""
    from .raw_exchange import show_raw

    request = {"model": model, "messages": messages}
    if arguments.raw:
        return show_raw(client, {**request, "stream": not arguments.no_stream})
    printer = Printer(markdown=not arguments.plain)
    if arguments.no_stream:
        response = client.chat.completions.create(**request)
        if not arguments.json:
            _print_message(printer, response.choices[0].message)
    else:
        response = _print_stream(client, request, None if arguments.json else printer)
    if arguments.json:
        _console.line(json.dumps(response.to_dict(), indent=2, ensure_ascii=False))
    if arguments.usage:
        print_usage(response, arguments.language)
    if totals is not None:
        totals.add(response)
    return response.choices[0].message.to_dict()


def print_usage(response: Any, language: str) -> None:
    """The tokens of one answer, on stderr."""
    totals = Totals()
    totals.add(response)
    _console.line(_console.dimmed(totals.text().say(language), sys.stderr), sys.stderr)


def _print_message(printer: Printer, message: Any) -> None:
    printer.show(message.reasoning_content, thinking=True)
    printer.show(message.content, thinking=False)
    printer.end()


def _print_stream(client: Any, request: Dict[str, Any], printer: Optional[Printer]) -> Any:
    stream = client.chat.completions.create(**request, stream=True)
    try:
        for chunk in stream:
            if printer is not None:
                _show_chunk(printer, chunk)
    finally:
        stream.close()
        if printer is not None:
            printer.end()
    return stream.get_final_response()


def _show_chunk(printer: Printer, chunk: Any) -> None:
    for choice in chunk.choices:
        printer.show(choice.delta.reasoning_content, thinking=True)
        printer.show(choice.delta.content, thinking=False)
        if choice.finish_reason not in (None, "stop"):
            printer.note(f"[{choice.finish_reason}]")


class Printer:
    """Thinking dimmed, the answer as it is or as Markdown, a blank line between them."""

    def __init__(self, *, markdown: bool) -> None:
        self._colour = _console.has_colour()
        self._thinking: Optional[bool] = None
        self._markdown = markdown_writer() if markdown and self._colour else None

    def show(self, text: Optional[str], *, thinking: bool) -> None:
        """Print a piece of the reasoning or of the answer."""
        if not text:
            return
        if self._thinking is not None and self._thinking != thinking:
            _console.write("\n\n")
        self._thinking = thinking
        if self._markdown is not None and not thinking:
            self._markdown.feed(text)
        else:
            _console.write(_console.paint(text, _console.DIM, self._colour and thinking))

    def note(self, text: str) -> None:
        """Print a remark behind the text."""
        if self._markdown is not None:
            self._markdown.flush()
        _console.write(_console.paint(f" {text}", _console.YELLOW, self._colour))

    def end(self) -> None:
        """End the line, if anything was printed."""
        if self._thinking is None:
            return
        if self._markdown is not None and not self._thinking:
            self._markdown.flush()
        else:
            _console.line()
