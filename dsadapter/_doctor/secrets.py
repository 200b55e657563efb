"""Keys and passwords: taken out where facts are collected, and once more before text is shown."""

from __future__ import annotations

import os
import re
from typing import Dict, Iterable, List
from urllib.parse import urlsplit

from .._settings import keys as _keys

_SHORTEST = 6  # a "key" such as `test` protects nothing, and would blot out words
_STOP = r"\s'\"`,;()\[\]{}<>\\"
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![A-Za-z0-9])sk-(?=[^{_STOP}]*\d)[^{_STOP}]{{12,}}",
        rf"bce-v3/[^{_STOP}]+",
        rf"[^{_STOP}]*T3BlbkFJ[^{_STOP}]*",
    )
)
_BEARER = re.compile(r"(?i)(bearer\s+)(?!<|\.\.\.)[^'\"\n\\]{4,}")
_USERINFO = re.compile(r"(?:(?<=://)[^\s/@'\"]*|(?<=['\"])[\w.%+-]+:[^\s/@'\"]+)@")
_PIECES = re.compile(r"[/?#@\s]")
_ALL_USERINFO = re.compile(r"(?<=://).*@", re.S)


class Secrets:
    """What must not be seen. ``hide`` gives a text without it."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._known: Dict[str, str] = {}  # to what is shown in its place
        for value in values:
            self.add(value)

    def add(self, value: str) -> None:
        """Also its parts: a key with a blank in it shows up in pieces."""
        parts = (value, value.strip(), value.strip("\"'`"), *value.split())
        self._known.update((part, _keys.tail(part)) for part in parts if len(part) >= _SHORTEST)

    def add_url(self, url: str) -> None:
        """What stands before the host, also in the pieces that a parser makes of it."""
        before = url.rpartition("@")[0]
        user = before.partition("://")[2] or before
        parts = (user, *_PIECES.split(user.partition(":")[2]))
        self._known.update((part, "***") for part in parts if len(part) >= _SHORTEST)

    def hide(self, text: str) -> str:
        """The text without any secret, known or by its shape."""
        for value in sorted(self._known, key=len, reverse=True):
            text = text.replace(value, self._known[value])
        return hide_shapes(text)


def hide_shapes(text: str) -> str:
    """Without whatever looks like a key or a password, known or not."""
    text = _USERINFO.sub("***@", text)
    text = _BEARER.sub(r"\1...", text)
    for shape in _SHAPES:
        text = shape.sub(lambda match: _keys.tail(match.group()), text)
    return text


def safe_url(url: str) -> str:
    """A URL as it may be shown: no user, no password (whatever stands in them), no query."""
    text = _ALL_USERINFO.sub("***@", url)
    try:
        query = urlsplit(text).query
    except ValueError:
        return hide_shapes(text)
    return hide_shapes(text.replace(f"?{query}", "?...") if query else text)


def shown(path: str) -> str:
    """A path with the home folder as ``~``."""
    home = _home()
    if home and (path == home or path.startswith(home + os.sep)):
        return "~" + path[len(home) :]
    return path


def _home() -> str:
    try:
        home = os.path.expanduser("~")
    except (KeyError, RuntimeError, OSError):  # no home, no passwd entry
        return ""
    return home.rstrip(os.sep) if home not in ("~", "/", "") else ""


def all_shown(paths: Iterable[str]) -> List[str]:
    """Each path as :func:`shown` gives it."""
    return [shown(path) for path in paths]
