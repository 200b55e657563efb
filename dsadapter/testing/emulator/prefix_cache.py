"""The context cache: which tokens of a prompt began an earlier one. Real units are not known."""

from __future__ import annotations

from typing import List, Set

from .completion_request import CompletionRequest, content_text
from .tokens import split

#: Tokens of a unit: a hit is a whole number of them, from the start.
UNIT = 64


class PrefixCache:
    """Every prompt so far, in units; a prompt is there as soon as it was read."""

    def __init__(self) -> None:
        self._prefixes: Set[int] = set()

    def hit_share(self, request: CompletionRequest) -> float:
        """Which share of the prompt, from 0 to 1, an earlier one began with; remembers it."""
        tokens: List[str] = [request.model]
        for message in request.messages:
            tokens += [str(message.get("role")), *split(content_text(message))]
        prefix, hits, is_hit = 0, 0, True
        for end in range(UNIT, len(tokens) + 1, UNIT):
            prefix = hash((prefix, *tokens[end - UNIT : end]))
            is_hit = is_hit and prefix in self._prefixes
            hits += UNIT if is_hit else 0
            self._prefixes.add(prefix)
        return hits / len(tokens)
