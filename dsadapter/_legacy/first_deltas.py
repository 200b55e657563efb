"""Streams of functions as 0.28's code reads them: it decides by the first delta what follows.

OpenAI's first delta of a function call had role and function_call. DeepSeek sends the role alone,
with empty text, before it says what comes.
"""

from __future__ import annotations

from typing import Any, Dict, List

Chunk = Dict[str, Any]
_OPENING = {"role", "content", "reasoning_content"}


class FirstDeltas:
    """Chunks in, chunks out: one that only names the role waits for its successor."""

    def __init__(self) -> None:
        self._waiting: Dict[Any, Chunk] = {}  # by the index of the choice

    def feed(self, chunk: Chunk) -> List[Chunk]:
        """The chunks that can be handed out now that this one is here."""
        choices = chunk.get("choices")
        if not isinstance(choices, list) or len(choices) != 1 or "delta" not in choices[0]:
            return [*self.flush(), chunk]
        choice = choices[0]
        index, delta = choice.get("index"), choice["delta"]
        held = self._waiting.pop(index, None)
        if "function_call" in delta:
            opening = {} if held is None else held["choices"][0]["delta"]
            choice["delta"] = _without_empty_text({**opening, **delta})
            return [chunk]
        if held is None and _only_opens(choice):
            self._waiting[index] = chunk
            return []
        return [chunk] if held is None else [held, chunk]

    def flush(self) -> List[Chunk]:
        """The chunks that have no successor any more."""
        held, self._waiting = list(self._waiting.values()), {}
        return held


def _only_opens(choice: Chunk) -> bool:
    delta = choice["delta"]
    has_text = delta.get("content") or delta.get("reasoning_content")
    ends = choice.get("finish_reason")
    return "role" in delta and not (has_text or ends) and _OPENING.issuperset(delta)


def _without_empty_text(delta: Chunk) -> Chunk:
    return {key: value for key, value in delta.items() if key != "content" or value}
