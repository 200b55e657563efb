"""A text as its errors: tracebacks with their frames, and what was the cause of what."""

from __future__ import annotations

import re
from typing import List, Tuple

from ..._named_tuple import NamedTuple
from .row import OWN_CODE

ERROR = re.compile(
    r"^[^\S\n]*(?:[^\n]{0,80}?(?:ERROR|CRITICAL|WARNING|Exception)[^\n]{0,60}?[\s:|-])?"
    r"((?:\w+\.)*\w*(?:Error|Exception|Warning|Timeout|Interrupt|RemovedInV1|Exit|InvalidURL"
    r"|ProtocolError|UnsupportedProtocol|Disconnected|ExceptionGroup|ResolutionImpossible"
    r"|DoesNotExist|NotFound|Refused)\b"
    r"(?=:|\s*$| \().*|(?:[a-z_]\w*\.)+[A-Z]\w+(?=:|\s*$).*"
    r"|(?:ERROR|error|FATAL|fatal|Error)(?: \w+)?: .*"
    r"|[\w./-]*(?:sh|bash|zsh|cmd)?: .*(?:not found|No such file).*|pip : .*|'pip' is not .*)$",
    re.M,
)
# What no Python program printed: other tools, pytest, an answer of a server.
_SUSPICIOUS = re.compile(
    r"^(?:[\w./-]+: (?:error:|.*(?:[Cc]annot|[Cc]ould not|denied|refused|failed|invalid))"
    r"|(?:.*[^\w\n])?(?<!\b[Nn]o )(?<!\b0 )(?:[Ee]rrors?|ERRORS?|[Ff]ail(?:ed|ure)|FAILED|fatal)\b"
    r"(?!=|: ?(?:0|[Nn]one)\b)|E {2,}\S|curl: \(\d+\)|.*[\"']error\w*[\"']: ?[^n ]).*$",
    re.M,
)
_LINK = re.compile(
    r"The above exception was the direct cause|During handling of the above exception"
)
_FRAME = re.compile(
    r"File \"?(?P<file>[^\"\n]+?)\"?(?:, line \d+|:\d+(?=[,\s]))"
    r"|^\s*(?P<boxed>(?:/|~|[A-Z]:\\)\S+(?:\s+\S+)?\.py):\d+\s+in (?=\w)"  # wrapped anywhere
    r"|^\s*(?P<cell>Cell In)\s?\[\d+\], line \d+",
    re.M,
)
_PACKAGE = re.compile(r"(?:site|dist)-packages[/\\](?P<name>\w+)")
_STANDARD = re.compile(r"[/\\][Ll]ib[/\\](?:python3[^/\\]*[/\\])?(?!site-packages)|^<frozen")


class Block(NamedTuple):
    """One exception: what stands between the one before it and the end of its own message.

    ``packages`` are those of its frames, outermost first, "." for the user's own files; the
    standard library is left out. ``chain`` numbers the errors that belong together.
    """

    start: int
    end: int
    chain: int
    packages: Tuple[str, ...]
    error: str

    @property
    def raised_in(self) -> str:
        """The package of the last frame, "" without a traceback."""
        return self.packages[-1] if self.packages else ""


def blocks(text: str) -> List[Block]:
    """The errors of a text, at least one block, in the order of the text."""
    lines = list(ERROR.finditer(text))
    ends = [*(_next_start(text, a.end(), b.start()) for a, b in zip(lines, lines[1:])), len(text)]
    errors: List[Block] = []
    start, chain = 0, 0
    for line, end in zip(lines, ends):
        if errors and not _is_linked(text, errors[-1], line, start):
            chain += 1
        errors.append(
            Block(start, end, chain, _packages(text[start : line.start()]), line.group(1))
        )
        start = end
    return errors or [Block(0, len(text), 0, _packages(text), "")]


def suspicious_line(text: str) -> str:
    """The last line that looks like an error and names no exception, "" for none."""
    return ([match[0].strip() for match in _SUSPICIOUS.finditer(text)] or [""])[-1]


def _is_linked(text: str, before: Block, line: re.Match[str], start: int) -> bool:
    """Whether Python says so, or both are neighbouring lines of one failure of pip's."""
    if _LINK.search(text, start, line.start()):
        return True
    between = text[start : line.start()].strip()
    return not between and before.error.startswith("ERROR:") and line[1].startswith("ERROR:")


def _next_start(text: str, begin: int, end: int) -> int:
    """Where the next error begins: at its traceback, at its first frame, else at its own line."""
    places = [text.find(mark, begin, end) for mark in ("Traceback (most", "The above", "During ")]
    frame = _FRAME.search(text, begin, end)
    return min([place for place in places if place >= 0] + ([frame.start()] if frame else [end]))


def _packages(text: str) -> Tuple[str, ...]:
    return tuple(name for match in _FRAME.finditer(text) if (name := _package(match)))


def _package(match: re.Match[str]) -> str:
    file = match.group("file") or "".join((match.group("boxed") or "").split())
    package = _PACKAGE.search(file)
    if package:
        return package.group("name")
    return "" if _STANDARD.search(file) else OWN_CODE
