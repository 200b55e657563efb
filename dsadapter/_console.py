"""The terminal: language, colour, and output that no encoding can crash."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import Any, Optional, Sequence, TextIO

from ._texts.text import ENGLISH, LANGUAGES, SIMPLIFIED, TRADITIONAL

DIM, BOLD, RED, GREEN, YELLOW = "2", "1", "31", "32", "33"
_WORD = re.compile("[a-z]+")
# Scripts and regions of a tag or a locale; Windows writes "Chinese (Traditional)_Hong Kong SAR".
_TRADITIONAL_PLACES = {"hant", "tw", "hk", "mo", "traditional", "taiwan", "hong", "macao", "macau"}


def language(explicit: Optional[str] = None) -> str:
    """ "en", "zh" or "zh-TW": what ``--lang`` says, else the locale."""
    named = explicit and language_named(explicit)
    if named in LANGUAGES:
        return str(named)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        value = os.environ.get(name)
        if value:
            return _of_locale(value)
    return _system_language()


def language_named(name: str) -> str:
    """The language that a tag or a locale names ("zh_HK.UTF-8", "zh-Hant", "en-GB"), else the name
    as it is."""
    first, *others = _WORD.findall(name.partition(":")[0].lower()) or [""]
    if first in ("zh", "chinese"):
        traditional = _TRADITIONAL_PLACES.intersection(others) and "hans" not in others
        return TRADITIONAL if traditional else SIMPLIFIED
    return ENGLISH if first == "en" else name


def _of_locale(name: str) -> str:
    named = language_named(name)
    return named if named in LANGUAGES else ENGLISH


def language_argument(argv: Sequence[str]) -> Optional[str]:
    """What ``--lang`` says in these arguments, or None."""
    for index, argument in enumerate(argv):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang":
            return argv[index + 1] if index + 1 < len(argv) else None
    return None


def _system_language() -> str:
    """Windows has no LANG; its locale names begin with the language, too."""
    import locale

    try:
        return _of_locale(locale.getlocale()[0] or "")
    except ValueError:
        return ENGLISH


def write(text: str, stream: Optional[TextIO] = None) -> None:
    """Write and flush; characters that the stream cannot encode are replaced, never fatal."""
    stream = sys.stdout if stream is None else stream
    if stream is None:  # closed by whoever started us
        return
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = getattr(stream, "encoding", None) or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def line(text: str = "", stream: Optional[TextIO] = None) -> None:
    """Write a line, as :func:`write` does."""
    write(f"{text}\n", stream)


def let_go() -> None:
    """Forget what waits for streams that cannot be written: Python would complain once more at the
    end of the process."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):  # ValueError: it is closed
            null = os.open(os.devnull, os.O_WRONLY)
            with suppress(OSError, ValueError):
                os.dup2(null, stream.fileno())
            os.close(null)


def is_terminal(stream: Any = None) -> bool:
    """Whether somebody reads or types there."""
    stream = sys.stdout if stream is None else stream
    return bool(getattr(stream, "isatty", lambda: False)())


def has_colour(stream: Any = None) -> bool:
    """Colour on terminals only; NO_COLOR and FORCE_COLOR are respected."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def paint(text: str, code: str, on: bool) -> str:
    """The text in a colour, where ``on``."""
    return f"\033[{code}m{text}\033[0m" if on and text else text


def dimmed(text: str, stream: Any = None) -> str:
    """The text in the background, where the stream has colours."""
    return paint(text, DIM, has_colour(stream))


def can_print(text: str, stream: Any = None) -> bool:
    """Whether the stream's encoding has these characters (for marks with an ASCII twin)."""
    encoding = getattr(sys.stdout if stream is None else stream, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
