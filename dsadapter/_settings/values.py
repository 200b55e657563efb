"""Values of settings: each reader checks one and gives it its type, or raises and says why."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping as MappingABC
from typing import Any, Callable, Dict, Mapping, Optional, Tuple
from urllib.parse import urlsplit

from .._errors.tree import InvalidArgumentError
from .._named_tuple import NamedTuple
from . import keys, providers

DEFAULT_READ, DEFAULT_CONNECT, DEFAULT_IDLE = 600.0, 5.0, 600.0  # seconds
DEFAULT_RETRIES = 2
NO_LIMIT = math.inf  # seconds; None means that nobody has set the limit
FOREVER = 1e9  # seconds; more than that is no limit, and more than sockets and threads take
REPAIR_MODES = ("on", "off", "error")
ENDPOINT_PATHS = ("/chat/completions", "/completions")  # that people paste behind a base URL


class Timeouts(NamedTuple):
    """Seconds to connect, and for each read; None is no limit."""

    connect: Optional[float] = DEFAULT_CONNECT
    read: Optional[float] = DEFAULT_READ


def unchecked(name: str, value: Any) -> Any:
    """Any value; what is wrong with it is found where it is used."""
    return value


def seconds(name: str, value: Any) -> Optional[float]:
    """A number above 0; NO_LIMIT for a very large one, None for None (not set)."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise InvalidArgumentError(
            f"{name}={value!r} is not a number of seconds above 0.",
            hint=f"Write {name}=30, or leave it out for the default",
        )
    return float(value) if value < FOREVER else NO_LIMIT


def timeouts(name: str, value: Any) -> Timeouts:
    """From a number, None (the default), (connect, read), or an httpx / httpx2 Timeout."""
    if value is None:
        return Timeouts()
    if hasattr(value, "connect") and hasattr(value, "read"):
        return Timeouts(_socket_timeout(name, value.connect), _socket_timeout(name, value.read))
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return Timeouts(_socket_timeout(name, value[0]), _socket_timeout(name, value[1]))
    number = _socket_timeout(name, value)
    return Timeouts(number, number)


def _socket_timeout(name: str, value: Any) -> Optional[float]:
    number = seconds(name, value)
    return None if number == NO_LIMIT else number


def retries(name: str, value: Any) -> int:
    """A whole number from 0 up; the default for None."""
    if value is None:
        return DEFAULT_RETRIES
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidArgumentError(
            f"{name}={value!r} is not a whole number from 0 up.", hint=f"Write {name}=2"
        )
    return value


def count(name: str, value: Any) -> Optional[int]:
    """A whole number from 1 up; None for None (the default)."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise InvalidArgumentError(
            f"{name}={value!r} is not a whole number from 1 up.", hint=f"Write {name}=100"
        )
    return value


def concurrency(name: str, value: Any) -> Optional[str]:
    """``"auto"``; None for None and for nothing in a variable."""
    if value in (None, "", "auto"):
        return value or None
    raise InvalidArgumentError(
        f"{name}={value!r} is not 'auto'.",
        hint="A fixed number of calls at once is max_connections=100",
    )


def model_map(name: str, value: Any) -> Dict[str, str]:
    """From a mapping or ``old=new,old=new``; ``gpt-*`` stands for all names that begin so."""
    if isinstance(value, str):
        pairs = [item.partition("=") for item in value.split(",") if item.strip()]
        if not all(old.strip() and new.strip() for old, _, new in pairs):
            raise InvalidArgumentError(
                f"{name} {value!r} is not of the form old=new,old=new.",
                hint="Example: DSADAPTER_MODEL_MAP=gpt-3.5-turbo=deepseek-flash",
            )
        return {old.strip(): new.strip() for old, _, new in pairs}
    if value is not None and not isinstance(value, MappingABC):
        raise InvalidArgumentError(
            f"{name} is a {type(value).__name__}, neither a dict nor text.",
            hint=f'Write {name}={{"gpt-3.5-turbo": "deepseek-flash"}}',
        )
    return dict(value or {})


def mapped_model(names: Mapping[str, str], model: Any) -> Optional[str]:
    """What the map has for this model: the name itself first, then the first pattern with ``*``
    that fits; None where it has nothing."""
    if not isinstance(model, str):
        return None
    if model in names:
        return names[model]
    return next((new for old, new in names.items() if "*" in old and _fits(old, model)), None)


def _fits(pattern: str, name: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name))


class RepairMode(str):
    """ "on", "off" or "error". ``rules`` are those that were switched by their ids; ``resends``
    says whether a refused request is sent once more with what it lacked."""

    rules: Mapping[str, bool] = {}
    resends = False


def repair(name: str, value: Any) -> RepairMode:
    """A mode, or a mapping from rules to True and False: the others are as with "on"."""
    is_choice = isinstance(value, MappingABC)
    mode = RepairMode("on" if is_choice else one_of(REPAIR_MODES)(name, value))
    mode.rules = _switched_rules(name, value) if is_choice else {}
    mode.resends = mode == "on" and (not mode.rules or _resends(mode.rules))
    return mode


def _resends(rules: Mapping[str, bool]) -> bool:
    from .._repairs.table import RESEND  # only who switches rules needs the table

    return rules.get(RESEND.id, True)


def _switched_rules(name: str, value: Mapping[Any, Any]) -> Dict[str, bool]:
    from .._repairs.table import RULE_IDS

    for rule, choice in value.items():
        if rule not in RULE_IDS or not isinstance(choice, bool):
            raise InvalidArgumentError(
                f"{name}={{{rule!r}: {choice!r}}} is not known.",
                hint=f"True or False for each of: {', '.join(RULE_IDS)}",
            )
    return dict(value)


def one_of(choices: Tuple[str, ...]) -> Callable[[str, Any], str]:
    """The reader of a setting that has these values only."""

    def parse(name: str, value: Any) -> str:
        if value not in choices:
            raise InvalidArgumentError(
                f"{name}={value!r} is not known.", hint=f"One of: {', '.join(choices)}"
            )
        return str(value)

    return parse


def mapping(name: str, value: Any) -> Mapping[str, Any]:
    """A dict; an empty one for None."""
    if value is not None and not isinstance(value, MappingABC):
        raise InvalidArgumentError(f"{name} is a {type(value).__name__}, not a dict.")
    return value or {}


# --- base URLs -----------------------------------------------------------------------------------


def base_url(url: str, source: str) -> str:
    """``url`` without trailing slash and pasted endpoint; raises for what is no http(s) URL."""
    text = url.strip().rstrip("/")
    for path in ENDPOINT_PATHS:
        if text.endswith(path):
            text = text[: -len(path)].rstrip("/")
    if not _is_base_url(text):
        raise InvalidArgumentError(
            f"The base URL {shown(url)} from {source} is not usable.",
            hint=f"Write it whole: {providers.DEEPSEEK.base_url}",
        )
    if "@" in urlsplit(text).netloc:
        raise InvalidArgumentError(
            f"The base URL from {source} holds a user name or a password, which would be shown.",
            hint="Write it without them and send them as a header (default_headers)",
        )
    return text


def _is_base_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_host = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a broken IPv6 address
        return False
    # Nothing can be added behind a query or a fragment.
    extendable = not (parts.query or parts.fragment)
    readable = " " not in text and text.isprintable()
    return has_host and extendable and readable and _is_one_host(parts.netloc)


def _is_one_host(netloc: str) -> bool:
    """Whether every library reads the same host in it: with a backslash, a semicolon, a percent
    sign or the like some end the host there. A user name is refused in words of its own."""
    return "@" in netloc or all(char.isalnum() or char in "-._:[]" for char in netloc)


def shown(value: Any) -> str:
    """A value in an error's text; what may be a key in the wrong place only by its end."""
    text = str(value)
    harmless = len(text) <= 20 or "://" in text and "@" not in text
    return repr(value) if harmless else repr(keys.tail(text))
