"""Limits and access tokens: argument, else ``DSADAPTER_GATEWAY_*``, else the default.

Environment variables reach every worker process; nothing else is shared between them.
"""

from __future__ import annotations

import os
import re
from typing import Any, Dict, Iterable, Mapping, NamedTuple, Optional, Tuple, Union

from dsadapter import InvalidArgumentError

PREFIX = "DSADAPTER_GATEWAY_"
TOKENS = f"{PREFIX}TOKENS"
CORS = f"{PREFIX}CORS"
BACKEND = f"{PREFIX}BACKEND"
ANY_ORIGIN = "*"
Items = Union[str, Iterable[str], None]
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s@]+", re.I)


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


def tokens(value: Items = None) -> Tuple[str, ...]:
    """The access tokens, without blanks around them; text has commas between them."""
    return _items(TOKENS, value)


def origins(value: Items, access_tokens: Tuple[str, ...]) -> Tuple[str, ...]:
    """The origins whose web pages may call; raises InvalidArgumentError for all of them where no
    token is asked for: any page could then use the key."""
    allowed = _items(CORS, value)
    if ANY_ORIGIN in allowed and not access_tokens:
        raise InvalidArgumentError(
            f"cors={ANY_ORIGIN!r} without access tokens would let every web page use this gateway.",
            hint=f"Name the origins, or set {TOKENS}",
        )
    for origin in allowed:
        if origin != ANY_ORIGIN and not _ORIGIN.fullmatch(origin):
            raise InvalidArgumentError(
                f"cors={origin!r} is no origin.", hint='Write "https://example.com", without a path'
            )
    return allowed


def backend(name: Optional[str] = None) -> str:
    """The backend of the upstream client: without a name the one that costs least."""
    return name or os.environ.get(BACKEND) or "raw-requests"


def _items(variable: str, value: Items) -> Tuple[str, ...]:
    if value is None:
        value = os.environ.get(variable, "")
    items = value.split(",") if isinstance(value, str) else value
    return tuple(item.strip() for item in items if item.strip())
