"""The events of a Responses stream, merged into the response that the last one carries."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from .accumulate import Text

LAST_EVENTS = frozenset({"response.completed", "response.incomplete", "response.failed"})
_ANSWER = "response.output_text.delta"
# Where an output item keeps the text that its deltas bring: the field, the type of a part in it.
_TEXT_FIELDS = {
    "message": ("content", "output_text"),
    "reasoning": ("content", "reasoning_text"),
    "function_call": ("arguments", ""),
    "custom_tool_call": ("input", ""),
}


class EventAccumulator:
    """The same for events as ``Accumulator`` for chunks. ``[DONE]`` never comes here."""

    last_word = "response.completed"

    def __init__(self) -> None:
        self._response: Dict[str, Any] = {}  # of the latest event that has it
        self._items: Dict[int, Dict[str, Any]] = {}
        self._unfinished: Dict[int, Text] = {}  # of the items that are not done
        self._answer = Text()
        self.ended = False

    @property
    def finished(self) -> bool:
        """Whether the last event was seen."""
        return self.ended

    def add(self, event: Mapping[str, Any]) -> None:
        """One more event; raises AttributeError, TypeError or ValueError for what is none."""
        kind, index = str(event.get("type")), event.get("output_index")
        self.ended = self.ended or kind in LAST_EVENTS
        if event.get("response"):
            self._response = {**event["response"]}
        if not isinstance(index, int):
            return
        if event.get("item"):
            self._items[index] = {**event["item"]}
            self._unfinished.pop(index, None)
        elif kind.endswith(".delta") and isinstance(event.get("delta"), str):
            self._unfinished.setdefault(index, Text()).add(event["delta"])
            if kind == _ANSWER:
                self._answer.add(event["delta"])

    def text(self) -> str:
        """The answer so far."""
        return str(self._answer)

    def result(self) -> Dict[str, Any]:
        """The whole response, as far as it has come."""
        if self.ended:
            return dict(self._response)
        return {**self._response, "output": self._output()}

    def _output(self) -> List[Dict[str, Any]]:
        items = {index: dict(self._items[index]) for index in sorted(self._items)}
        for index, text in self._unfinished.items():
            item = items.get(index, {})
            field, part = _TEXT_FIELDS.get(str(item.get("type")), ("", ""))
            if field:
                item[field] = [{"type": part, "text": str(text)}] if part else str(text)
        return list(items.values())
