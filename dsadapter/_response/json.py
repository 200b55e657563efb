"""JSON in: by orjson where it is installed (the extra ``fast``), else by json; equal results."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Callable

_raw_decode = json.JSONDecoder().raw_decode  # json.loads without its checks for blanks
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LONG = b"0" * 19  # a run of digits that may be no 64-bit integer: a float to orjson


def loads(text: str) -> Any:
    """What ``json.loads`` gives; raises ValueError or RecursionError as it does."""
    return reader()(text)


def has_long_number(data: bytes) -> bool:
    """Whether JSON may hold an integer beyond 64 bits, of which orjson would make a float."""
    return _LONG in data.translate(_DIGITS)


@lru_cache(maxsize=None)
def reader() -> Callable[[str], Any]:
    """The quickest :func:`loads` there is."""
    try:
        import orjson
    except ImportError:
        return _by_json

    def by_orjson(text: str) -> Any:
        try:
            data = text.encode()
            if not has_long_number(data):
                return orjson.loads(data)
        except ValueError:  # NaN, half characters, 1e400: json takes them
            pass
        return json.loads(text)

    return by_orjson


def _by_json(text: str) -> Any:
    try:
        data, end = _raw_decode(text)
    except ValueError:  # blanks in front, or no JSON
        return json.loads(text)
    return data if end == len(text) else json.loads(text)
