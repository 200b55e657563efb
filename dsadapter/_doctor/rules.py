"""The rules of ``doctor PATH``: ids and what holds when nothing is found. The scan itself is not
imported where no path was given."""

from __future__ import annotations

from typing import Any, Mapping, Tuple

from .._named_tuple import NamedTuple
from .._texts.rules_topics import TOPICS
from .._texts.text import Text
from .findings import Finding, Fix, Location


class Rule(NamedTuple):
    """One rule; its title states health."""

    id: str
    title: Text


class Violation(NamedTuple):
    """A way to break a rule, and what is said of it; ``facts``: the values that programs get."""

    rule: str
    status: str
    message: Text
    advice: Text
    facts: Tuple[str, ...] = ()

    def finding(self, location: Location, values: Mapping[str, Any]) -> Finding:
        """What was found there; the values fill the fields of both texts."""
        fix = Fix(self.advice(**values))
        data = {name: values[name] for name in self.facts}
        return Finding(self.status, self.message(**values), (), fix, location=location, data=data)


RULES: Tuple[Rule, ...] = tuple(Rule(identity, topic.title) for identity, topic in TOPICS.items())
