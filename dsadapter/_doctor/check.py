"""A check of the registry, and what it gave."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Tuple

from .._named_tuple import NamedTuple
from .._texts.doctor_topics import TOPICS
from .._texts.text import Text
from .findings import Finding
from .snapshot import Snapshot

Run = Callable[[Snapshot], Iterable[Finding]]


class Check(NamedTuple):
    """One row of the registry. Ids are ``group-topic`` and never reused; the title states health.

    ``follows``: ids and groups of the checks whose faults can bring this one about, the likeliest
    first. ``probe``: it reads what the trial of the SDK met. ``versions``: it compares versions,
    and is skipped where nothing can.
    """

    id: str
    title: Text
    run: Run
    network: bool = False
    follows: Tuple[str, ...] = ()
    probe: bool = False
    versions: bool = False

    @property
    def group(self) -> str:
        """The group that the id begins with."""
        prefix = self.id.partition("-")[0]
        return "conflicts" if prefix == "conflict" else prefix


class Result(NamedTuple):
    """A finding and the check it came from."""

    check: Check
    finding: Finding


def check(identity: str, run: Run, **more: Any) -> Check:
    """A row of the registry; its title stands in ``_texts``."""
    return Check(identity, TOPICS[identity].title, run, **more)
