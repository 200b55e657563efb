"""What a value has to look like, as small checks: (value, where it stands) -> what is wrong."""

from __future__ import annotations

import re
from typing import Any, Callable, Collection, Dict, Iterator, Optional

Check = Callable[[Any, str], Iterator[str]]


def count(value: Any, where: str) -> Iterator[str]:
    """0, 1, 2 ..."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        yield f"{where} is {value!r}, not a count"


def seconds(value: Any, where: str) -> Iterator[str]:
    """A number that is not negative."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value < 0:
        yield f"{where} is {value!r}, not a number of seconds"


def text(pattern: str = ".*") -> Check:
    """Text that a regular expression matches from end to end."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.S):
            yield f"{where} is {value!r}, not text of the form {pattern}"

    return check


def one_of(values: Collection[Any]) -> Check:
    """One of these, by ``==``."""

    def check(value: Any, where: str) -> Iterator[str]:
        if value not in values:
            known = ", ".join(map(str, values))
            yield f"{where} is {value!r}, which is not known ({known})"

    return check


def mapping(item: Check) -> Check:
    """Names that are free, values that are not."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} is {value!r}, not an object"
            return
        for name, element in value.items():
            yield from item(element, f"{where}.{name}")

    return check


def some(fields: Dict[str, Check]) -> Check:
    """None but these names."""
    return record({}, optional=fields)


def record(fields: Dict[str, Check], optional: Optional[Dict[str, Check]] = None) -> Check:
    """Exactly these names; the optional ones may lack."""
    known = {**fields, **(optional or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where or 'the file'} is {type(value).__name__}, not an object"
            return
        inside = f"{where}." if where else ""
        for name in value:
            if name not in known:
                yield f"{inside}{name} is not known"
        for name, item in known.items():
            if name in value:
                yield from item(value[name], inside + name)
            elif name in fields:
                yield f"{inside}{name} is missing"

    return check
