"""Limits and access tokens: argument, else ``DSADAPTER_GATEWAY_*``, else the default.

Environment variables reach every worker process; nothing else is shared between them.
"""

from __future__ import annotations

import os
from typing import Any, Dict, Iterable, Mapping, NamedTuple, Tuple, Union

from dsadapter import InvalidArgumentError

PREFIX = "DSADAPTER_GATEWAY_"
TOKENS = f"{PREFIX}TOKENS"
Tokens = Union[str, Iterable[str], None]


class Limits(NamedTuple):
    """What one worker process allows; numbers above 0, times in seconds."""

    max_body: int = 48 * 1024 * 1024  # bytes of a request: DeepSeek's own limit
    max_streams: int = 1000  # calls at once
    deadline: float = 1800.0  # of one call
    keep_alive: float = 1.0  # silence of a stream before a comment fills it
    blank_after: float = 45.0  # wait for a whole reply before blank lines fill it
    slow_client: float = 60.0  # for sending a request, and for taking one piece of the answer
    grace: float = 30.0  # for running calls when the server is told to stop


def limits(arguments: Mapping[str, Any]) -> Limits:
    """The limits; raises InvalidArgumentError for what is no number above 0."""
    values: Dict[str, Any] = {}
    for name, default in Limits()._asdict().items():
        source, value = name, arguments.get(name)
        if value is None:
            source = f"{PREFIX}{name.upper()}"
            value = os.environ.get(source) or default
        values[name] = _number(source, value, type(default))
    return Limits(**values)


def _number(source: str, value: Any, kind: type) -> Any:
    try:
        number = kind(value)
        if 0 < number < float("inf"):
            return number
    except (TypeError, ValueError):
        pass
    what = "a whole number" if kind is int else "a number"
    raise InvalidArgumentError(f"{source}={value!r} is not {what} above 0.")


def tokens(value: Tokens = None) -> Tuple[str, ...]:
    """The access tokens, without blanks around them; text has commas between them."""
    if value is None:
        value = os.environ.get(TOKENS, "")
    items = value.split(",") if isinstance(value, str) else value
    return tuple(token.strip() for token in items if token.strip())
