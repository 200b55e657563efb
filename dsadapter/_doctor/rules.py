"""The rules of ``doctor PATH``: ids and what holds when nothing is found. The scan itself is not
imported where no path was given."""

from __future__ import annotations

from typing import Tuple

from .._named_tuple import NamedTuple
from .._texts.rules_topics import TOPICS
from .._texts.text import Text


class Rule(NamedTuple):
    """One rule; its title states health."""

    id: str
    title: Text


RULES: Tuple[Rule, ...] = tuple(Rule(identity, topic.title) for identity, topic in TOPICS.items())
