"""Complaints about the body in the words of the real server's parser (serde_json)."""

from __future__ import annotations

import json
import re
from typing import Any, Iterable, Iterator, NoReturn, Tuple

PARSE = "Failed to parse the request body as JSON: "
TYPE = "Failed to deserialize the JSON body into the target type: "
#: serde_json refuses to go deeper.
DEPTH = 128

_decoder = json.JSONDecoder()


class InvalidJson(Exception):
    """The body is no JSON; the text of the exception is the response's."""


class TypeMismatch(Exception):
    """The body is JSON of the wrong shape; `offset` is where the parser would have noticed."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.offset = offset


def parse(body: bytes) -> Tuple[Any, str]:
    """The value and the decoded text."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise InvalidJson(
            f"{PARSE}invalid unicode code point"
            f"{line_and_column(body.decode('latin-1'), problem.start)}"
        ) from None
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise InvalidJson(
            PARSE + _reason(text, problem) + line_and_column(text, problem.pos)
        ) from None
    except ValueError:
        raise InvalidJson(f"{PARSE}expected value{line_and_column(text, 0)}") from None
    except RecursionError:
        raise InvalidJson(f"{PARSE}recursion limit exceeded at line 1 column {DEPTH}") from None
    _no_lone_surrogates(text)
    return value, text


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity, which Python reads and JSON does not know


def _reason(text: str, problem: json.JSONDecodeError) -> str:
    if problem.pos < len(text):
        return "key must be a string" if "property name" in problem.msg else "expected value"
    inside = text.strip()[:1]
    return "EOF while parsing " + {"{": "an object", "[": "a list", '"': "a string"}.get(
        inside, "a value"
    )


_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


def _no_lone_surrogates(text: str) -> None:
    if not _SURROGATE.search(text):
        return
    leading = None
    for escape in _ESCAPE.finditer(text):
        code = int(escape.group(1) or "0", 16)
        adjacent = leading is not None and leading.end() == escape.start()
        if 0xDC00 <= code < 0xE000 and adjacent:
            leading = None
            continue
        if leading is not None:
            break
        if 0xDC00 <= code < 0xE000:
            raise InvalidJson(
                f"{PARSE}lone leading surrogate in hex escape{line_and_column(text, escape.end())}"
            )
        leading = escape if 0xD800 <= code < 0xDC00 else None
    if leading is not None:
        raise InvalidJson(
            f"{PARSE}unexpected end of hex escape{line_and_column(text, leading.end() + 1)}"
        )


# -- where


def line_and_column(text: str, offset: int) -> str:
    """serde counts bytes; the column is that of the last character consumed."""
    before = text[:offset]
    column = len(before[before.rfind("\n") + 1 :].encode("utf-8", "replace"))
    return f" at line {before.count(chr(10)) + 1} column {column}"


def value_start(text: str, key: str, begin: int = 0) -> int:
    """Where the value of the first `key` after `begin` begins, or the end of the text."""
    match = re.compile(rf'"{re.escape(key)}"\s*:\s*').search(text, begin)
    return match.end() if match else len(text)


def value_end(text: str, start: int) -> int:
    """Where the value that begins at `start` ends."""
    return _decoder.raw_decode(text, start)[1] if start < len(text) else start


def element_starts(text: str, key: str) -> Iterator[int]:
    """Where each element of the array under `key` begins."""
    at = value_start(text, key) + 1
    while True:
        at = next(n for n in range(at, len(text)) if text[n] not in " \t\r\n,")
        if text[at] == "]":
            return
        yield at
        at = value_end(text, at)


def element_start(text: str, key: str, index: int) -> int:
    """Where element `index` of the array under `key` begins."""
    return next(at for number, at in enumerate(element_starts(text, key)) if number == index)


# -- what


def type_name(value: Any) -> str:
    """A value as serde names it in 'invalid type: ...'."""
    if isinstance(value, bool):
        return f"boolean `{str(value).lower()}`"
    if isinstance(value, int):
        return f"integer `{value}`"
    if isinstance(value, float):
        return f"floating point `{value}`"
    if isinstance(value, str):
        return f"string {json.dumps(value, ensure_ascii=False)}"
    return "null" if value is None else "map" if isinstance(value, dict) else "sequence"


def variants(names: Iterable[str]) -> str:
    """Accepted variants as serde lists them: one, two with 'or', more with 'one of'."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 3:
        return "expected " + " or ".join(quoted)
    return "expected one of " + ", ".join(quoted)
