"""Markdown on a terminal, by rich, where it is installed (the extra ``chat``).

A block is printed when the next one begins, so what is on the screen never changes again.
"""

from __future__ import annotations

import re
from typing import Any, List, Optional

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class MarkdownWriter:
    """Text that arrives in pieces, printed block by block."""

    def __init__(self, console: Any, render: Any) -> None:
        self._console = console
        self._render = render
        self._blocks = Blocks()
        self._printed = False

    def feed(self, text: str) -> None:
        """Take a piece; print the blocks that it completes."""
        for block in self._blocks.feed(text):
            self._print(block)

    def flush(self) -> None:
        """Print what is left."""
        for block in self._blocks.flush():
            self._print(block)

    def _print(self, block: str) -> None:
        if self._printed:
            self._console.print()
        self._printed = True
        self._console.print(self._render(block))


class Blocks:
    """The blocks of a Markdown text: parted by blank lines, code inside fences in one."""

    def __init__(self) -> None:
        self._unfinished = ""  # a line without its end
        self._lines: List[str] = []
        self._fence = ""

    def feed(self, text: str) -> List[str]:
        """The blocks that end in this piece."""
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        blocks: List[str] = []
        for line in lines:
            blocks += self._line(line)
        return blocks

    def flush(self) -> List[str]:
        """The last one, if it has any text."""
        self._lines.append(self._unfinished)
        self._unfinished = ""
        return self._block()

    def _line(self, line: str) -> List[str]:
        mark = _FENCE.match(line)
        if mark and not self._fence:
            self._fence = mark[1]
        elif mark and mark[1].startswith(self._fence) and not line.strip(" `~"):
            self._fence = ""
        if line.strip() or self._fence:
            self._lines.append(line)
            return []
        return self._block()

    def _block(self) -> List[str]:
        text, self._lines = "\n".join(self._lines), []
        return [text] if text.strip() else []


def markdown_writer() -> Optional[MarkdownWriter]:
    """A writer for standard output; None without rich."""
    try:
        from rich.console import Console
        from rich.markdown import Markdown
    except ImportError:  # also one that is too old
        return None
    return MarkdownWriter(Console(highlight=False), Markdown)
