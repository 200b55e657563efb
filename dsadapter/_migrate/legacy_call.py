"""A call of a class of 0.28, and the kinds of what it gives."""

from __future__ import annotations

import ast
from typing import Any, FrozenSet, Optional

from .resources import ITEM_FIELDS, ITEMS, METHODS, OBJECT, OBJECT_FIELDS, STREAM, STREAMING

Kinds = FrozenSet[str]
NONE: Kinds = frozenset()
# Functions whose result is their first argument's, whoever runs it.
TRANSPARENT = frozenset(
    "asyncio.run asyncio.wait_for asyncio.shield asyncio.create_task asyncio.ensure_future "
    "run_until_complete create_task copy.copy copy.deepcopy deepcopy".split()
)
HANDING = frozenset("map filter sorted min max".split())
COLLECTING = frozenset("list tuple iter reversed sorted aiter".split())
ADDING = frozenset("append appendleft insert add extend put put_nowait setdefault".split())


class LegacyCall:
    """One call of a class of 0.28."""

    def __init__(self, node: ast.Call, cls: str, name: str, is_async: bool) -> None:
        self.node = node
        self.cls = cls
        self.name = name
        self.is_async = is_async
        self.method = METHODS.get((cls, name))

    @property
    def is_spread(self) -> bool:
        """Whether arguments come out of a dict."""
        return any(keyword.arg is None for keyword in self.node.keywords)

    @property
    def streams(self) -> Optional[ast.expr]:
        """The value of ``stream=``."""
        if self.cls not in STREAMING:
            return None
        values = [k.value for k in self.node.keywords if k.arg == "stream"]
        return values[0] if values else None

    @property
    def kinds(self) -> Kinds:
        """What the call gives."""
        streams = self.streams
        if streams is None and self.is_spread and self.cls in STREAMING:
            return frozenset({STREAM, OBJECT})
        if streams is None or (isinstance(streams, ast.Constant) and not streams.value):
            return frozenset({OBJECT}) if self.method and self.method.is_object else NONE
        is_certain = isinstance(streams, ast.Constant)
        return frozenset({STREAM} if is_certain else {STREAM, OBJECT})


def field(name: Any) -> Kinds:
    """The kinds of a field of a reply."""
    if name in OBJECT_FIELDS:
        return frozenset({OBJECT})
    return frozenset({ITEMS}) if name in ITEM_FIELDS else NONE


def element(kinds: Kinds) -> Kinds:
    """What iterating gives."""
    return frozenset({OBJECT}) if kinds & {ITEMS, STREAM} else NONE
