"""Which row is next: retries whose time has come, then rows of the input in their order.

Rows that begin alike are a group. The first of a group goes alone, so that the server's context
cache serves the beginning to the others. The rows are read a window ahead at most.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from itertools import count
from time import monotonic
from typing import Deque, Dict, Iterator, List, Optional, Tuple

from .rows import Row, prefix_of

WINDOW = 1000  # rows that wait for the first of their groups, at most
REMEMBERED_PREFIXES = 10_000


class Item:
    """A row on its way: ``attempts`` and ``refusals`` (429) so far, when it was sent first (by
    the monotonic clock) and last (in seconds since the epoch), and the group that waits for it."""

    __slots__ = ("attempts", "began", "prefix", "refusals", "row", "sent_at")

    def __init__(self, row: Row, prefix: Optional[int] = None) -> None:
        self.row: Row = row
        self.prefix: Optional[int] = prefix
        self.attempts: int = 0
        self.refusals: int = 0
        self.began: Optional[float] = None
        self.sent_at: float = 0.0

    @property
    def is_first(self) -> bool:
        """Whether a group waits for it."""
        return self.prefix is not None


class Schedule:
    """The rows of ``source`` in the order in which they are sent."""

    def __init__(self, source: Iterator[Row], *, group: bool = True) -> None:
        self._source = source
        self._group = group
        self._ready: Deque[Item] = deque()
        self._retries: List[Tuple[float, int, Item]] = []
        self._order = count()
        self._followers: Dict[int, List[Item]] = {}  # of the first rows that are on their way
        self._waiting = 0
        self._warm: OrderedDict[int, None] = OrderedDict()
        self.is_exhausted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be sent, now or later; what is on its way may still come back."""
        return self.is_exhausted and not (self._ready or self._retries or self._waiting)

    def next(self, most_retries: int) -> Optional[Item]:
        """The next row; None where there is none now. While ``most_retries`` rows wait for their
        next attempt no new one begins: each of them has its slot."""
        if self._retries and self._retries[0][0] <= monotonic():
            return heapq.heappop(self._retries)[2]
        if len(self._retries) >= most_retries:
            return None
        if self._ready:
            return self._ready.popleft()
        while self._waiting < WINDOW and not self.is_exhausted:
            item = self._read()
            if item is not None:
                return item
        return None

    def _read(self) -> Optional[Item]:
        """The next row of the source, None where it waits for the first of its group."""
        row = next(self._source, None)
        if row is None:
            self.is_exhausted = True
            return None
        prefix = prefix_of(row.body) if self._group else None
        if prefix is None:
            return Item(row)
        if prefix in self._warm:
            self._warm.move_to_end(prefix)
            return Item(row)
        if prefix in self._followers:
            self._followers[prefix].append(Item(row))
            self._waiting += 1
            return None
        self._followers[prefix] = []
        return Item(row, prefix)

    def retry(self, item: Item, pause: float) -> float:
        """Bring a row again after a pause; gives the seconds."""
        heapq.heappush(self._retries, (monotonic() + pause, next(self._order), item))
        return pause

    def put_back(self, item: Item) -> None:
        """Bring a row again first of all: it was not sent."""
        self._ready.appendleft(item)

    def finished(self, item: Item) -> None:
        """A row has its answer: those that waited for it may go."""
        if item.prefix is None:
            return
        followers = self._followers.pop(item.prefix, [])
        self._ready.extend(followers)
        self._waiting -= len(followers)
        self._warm[item.prefix] = None
        if len(self._warm) > REMEMBERED_PREFIXES:
            self._warm.popitem(last=False)

    def remaining(self) -> Iterator[int]:
        """Numbers of the rows that were read and not sent."""
        for item in (*self._ready, *(item for items in self._followers.values() for item in items)):
            if item.began is None:
                yield item.row.number
