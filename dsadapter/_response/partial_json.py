"""JSON that is still arriving: the values which are complete so far."""

from __future__ import annotations

import json
import re
from typing import Any, List, Match, Optional

_SPACE = re.compile(r"[ \t\n\r]*")
_CHARACTERS = r'[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*'
_STRING = re.compile(f'"{_CHARACTERS}"')
_OPEN_STRING = re.compile(rf'"{_CHARACTERS}(?:\\(?:u[0-9a-fA-F]{{0,3}})?)?\Z')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_OPEN_NUMBER = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?)?\Z")
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
_WORD = re.compile("|".join(_WORDS))

# What may come next.
_VALUE, _FIRST_ITEM, _KEY, _FIRST_KEY, _COLON, _COMMA, _NOTHING = range(7)


class PartialJSON:
    """A JSON text in parts; :meth:`value` gives what is complete, as ``jiter`` does.

    An object or a list that is still open holds its complete items. A string that is still open
    is left out, with its key; a number counts as far as it is one.
    """

    def __init__(self) -> None:
        self._text = ""
        self._position = 0  # of the first token that is not complete
        self._closers: List[str] = []
        self._expected = _VALUE
        self._end = 0  # up to here, with the closers, it is a whole JSON text
        self._end_closers = ""
        self._open_number = 0  # where a number ends that may go on

    def add(self, part: str) -> None:
        """Append a part of the text."""
        self._text += part

    def value(self) -> Any:
        """What is complete so far, new each time; None before anything is.

        Raises ValueError where the text is no JSON. What follows a complete item and is neither
        a comma nor a bracket ends the reading.
        """
        self._open_number = 0
        while self._advance():
            pass
        end = self._open_number or self._end
        return json.loads(self._text[:end] + self._end_closers) if end else None

    def _advance(self) -> bool:
        """Read one token; False where none is complete."""
        space = _SPACE.match(self._text, self._position)
        self._position = space.end() if space else self._position
        if self._position == len(self._text) or self._expected == _NOTHING:
            return False
        char = self._text[self._position]
        if self._closers and char == self._closers[-1] and self._may_close():
            self._closers.pop()
            return self._item_complete(self._position + 1)
        if self._expected in (_KEY, _FIRST_KEY):
            return self._key(char)
        if self._expected == _COLON:
            return self._separator(char == ":", _VALUE, "':'")
        if self._expected == _COMMA:
            return self._comma(char)
        return self._value(char)

    def _may_close(self) -> bool:
        return self._expected in (_FIRST_ITEM, _FIRST_KEY, _COMMA)

    def _separator(self, right: bool, expected: int, name: str) -> bool:
        if not right:
            raise self._error(f"expected {name}")
        self._position += 1
        self._expected = expected
        return True

    def _comma(self, char: str) -> bool:
        if char != ",":
            self._expected = _NOTHING
            return False
        return self._separator(True, _KEY if self._closers[-1] == "}" else _VALUE, "','")

    def _key(self, char: str) -> bool:
        if char != '"':
            raise self._error("expected a key in quotes")
        match = _STRING.match(self._text, self._position)
        if match is None:
            self._check_open(_OPEN_STRING.match(self._text, self._position))
            return False
        self._position = match.end()
        self._expected = _COLON
        return True

    def _value(self, char: str) -> bool:
        if char in "{[":
            self._closers.append("}" if char == "{" else "]")
            self._expected = _FIRST_KEY if char == "{" else _FIRST_ITEM
            self._position += 1
            self._mark(self._position)
            return True
        if char == '"':
            match, begun = _STRING.match(self._text, self._position), _OPEN_STRING
        else:
            match = _WORD.match(self._text, self._position)
            match, begun = match or _NUMBER.match(self._text, self._position), _OPEN_NUMBER
        return self._scalar(match, begun)

    def _scalar(self, match: Optional[Match[str]], begun: Any) -> bool:
        end = match.end() if match else self._position
        number = begun is _OPEN_NUMBER and match is not None and match[0][-1] in "0123456789"
        if match is None or (number and self._text[end : end + 1] in tuple(".eE0123456789")):
            self._check_open(begun.match(self._text, self._position))
            return False
        if number and end == len(self._text):  # it may go on
            self._open_number = end
            return False
        return self._item_complete(end)

    def _item_complete(self, end: int) -> bool:
        self._position = end
        self._expected = _COMMA if self._closers else _NOTHING
        self._mark(end)
        return True

    def _mark(self, end: int) -> None:
        self._end, self._end_closers = end, "".join(reversed(self._closers))

    def _check_open(self, match: Optional[Match[str]]) -> None:
        """Raise where the last token cannot become one."""
        begun = self._text[self._position :]
        if match is None and not any(word.startswith(begun) for word in _WORDS):
            raise self._error("expected a value")

    def _error(self, problem: str) -> ValueError:
        return json.JSONDecodeError(problem, self._text, self._position)
