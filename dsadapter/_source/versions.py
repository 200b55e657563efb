"""Versions, specifiers and markers by way of ``packaging``: the installed one, else pip's own copy.

Where neither can be imported, whatever compares versions raises :class:`Unavailable`.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from importlib import import_module
from typing import Any, Iterable, List, NamedTuple, Optional, Tuple

_REQUIREMENT = re.compile(
    r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*([^;]*?)\s*(?:;(.*))?$"
)
_CLAUSE = re.compile(r"\s*(===|~=|==|!=|<=|>=|<|>)\s*[^\s,;)<>=!~]+\s*$")
# What nearly all markers are made of; to import packaging's reader of any other takes 50 ms.
_SIMPLE = re.compile(
    r"(python_version|sys_platform|platform_system)\s*(<=?|>=?|==|!=)\s*[\"']([\w.]+)[\"']$"
)
_HIGHEST = "99999"


class Unavailable(Exception):
    """Neither ``packaging`` nor pip's copy of it can be imported: nothing compares versions."""


class Requirement(NamedTuple):
    """``name`` is normalised; ``specifier`` is text; ``marker`` too, "" for none."""

    name: str
    specifier: str = ""
    marker: str = ""
    extras: Tuple[str, ...] = ()
    url: bool = False


# Imported by name: neither is a stranger that a checker should read.
_COPIES = ("packaging", "pip._vendor.packaging")


@lru_cache(maxsize=None)
def _module(name: str) -> Any:
    """A module of ``packaging``, of the first copy that works; None for none."""
    for copy in _COPIES:
        try:
            return import_module(f"{copy}.{name}")
        except (Exception, SystemExit):  # whatever a broken one raises
            continue
    return None


def available() -> bool:
    """Whether versions can be compared."""
    return _module("specifiers") is not None


def forget() -> None:
    """Look for packaging anew where there was none: an installation has changed. Versions that
    one copy has read are none of another's."""
    if not available():
        _module.cache_clear()


def _specifiers() -> Any:
    module = _module("specifiers")
    if module is None:
        raise Unavailable("neither packaging nor pip can be imported")
    return module


def is_version(text: str) -> bool:
    """Whether a text is a version. Raises Unavailable."""
    return _version(text) is not None


@lru_cache(maxsize=None)
def _version(text: str) -> Any:
    module = _specifiers()
    try:
        return module.Version(text)
    except ValueError:
        return None


@lru_cache(maxsize=None)
def _specifier_set(text: str) -> Any:
    """None for what is no specifier."""
    module = _specifiers()
    if not all(_CLAUSE.match(part) for part in text.split(",") if part.strip()):
        return None
    try:
        return module.SpecifierSet(text)
    except ValueError:
        return None


def clauses(specifier: str) -> Tuple[Tuple[str, str], ...]:
    """``">=1,<2"`` -> ``((">=", "1"), ("<", "2"))``; () for what is none. Raises Unavailable."""
    pairs = _specifier_set(specifier) or ()
    return tuple(sorted((clause.operator, clause.version) for clause in pairs))


def contains(specifier: str, version: str) -> bool:
    """Whether an installed ``version`` satisfies ``specifier`` (pre-releases count; nothing is
    claimed of what is none). Raises Unavailable."""
    allowed, installed = _specifier_set(specifier), _version(version)
    if allowed is None:
        return True
    if installed is None:
        return all(op not in ("==", "===") or text == version for op, text in clauses(specifier))
    return bool(allowed.contains(installed, prereleases=True))


def satisfiable(specifiers: Iterable[str]) -> bool:
    """Whether some version can satisfy all of them at once. Raises Unavailable."""
    merged = ",".join(text for text in specifiers if text)
    points: List[str] = ["0", _HIGHEST]
    for _, text in clauses(merged):
        base = text[:-2] if text.endswith(".*") else text
        points += [base, f"{base}.0.0.1", _next(base)]
    return any(is_version(point) and contains(merged, point) for point in points)


def _next(text: str) -> str:
    version = _version(text)
    if version is None:
        return "0"
    return ".".join(map(str, (*version.release[:-1], version.release[-1] + 1)))


def newest(versions: Iterable[str]) -> str:
    """The newest of these; what is no version counts as oldest. Raises Unavailable."""
    lowest = _specifiers().Version("0.dev0")
    return max(versions, key=lambda text: _version(text) or lowest)


def oldest(versions: Iterable[str]) -> str:
    """The oldest of these; what is no version counts as newest. Raises Unavailable."""
    highest = _specifiers().Version(_HIGHEST)
    return min(versions, key=lambda text: _version(text) or highest)


def normalize(name: str) -> str:
    """A name as indexes spell it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parse(text: str) -> Optional[Requirement]:
    """None for what is not a requirement (an option, a path). Compares nothing."""
    match = _REQUIREMENT.match(text)
    if match is None:
        return None
    name, extras, specifier, marker = match.groups()
    url = specifier.startswith("@")
    specifier = "" if url else specifier.strip("()").replace(" ", "")
    if not all(_CLAUSE.match(part) for part in specifier.split(",") if part):
        return None
    names = tuple(part.strip().lower() for part in (extras or "").split(",") if part.strip())
    return Requirement(normalize(name), specifier, (marker or "").strip(), names, url)


@lru_cache(maxsize=None)
def applies(marker: str, extra: str = "") -> bool:
    """Whether a requirement with this marker counts here; yes where it cannot be read. Raises
    Unavailable."""
    if not marker:
        return True
    if not extra and all("extra ==" in part for part in marker.split(" or ")):
        return False
    simple = [_SIMPLE.match(part.strip()) for part in marker.split(" and ")]
    if all(simple):
        return all(_holds(*match.groups()) for match in simple if match)
    module = _module("markers")
    if module is None:
        raise Unavailable("neither packaging nor pip can be imported")
    try:
        return bool(module.Marker(marker).evaluate({"extra": extra}))
    except (ValueError, LookupError):
        return True


def _holds(variable: str, op: str, text: str) -> bool:
    if variable == "python_version":
        return contains(f"{op}{text}", ".".join(map(str, sys.version_info[:2])))
    value = sys.platform
    if variable == "platform_system":
        value = {"win32": "Windows", "darwin": "Darwin"}.get(value, value.capitalize())
    return (value == text) == (op == "==")
