"""The events of a stream: a Responses stream is merged into the response that its last one carries.

Streams of other events (of images, audio, Anthropic's Messages ...) name no last one for all of
them: such a stream is complete where its body is, and its last event stands for the whole.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from .accumulate import Text

LAST_EVENTS = frozenset({"response.completed", "response.incomplete", "response.failed"})
_ANSWER = "response.output_text.delta"
_OF_RESPONSES = "response."
# Where an output item keeps the text that its deltas bring: the field, the type of a part in it.
_TEXT_FIELDS = {
    "message": ("content", "output_text"),
    "reasoning": ("content", "reasoning_text"),
    "function_call": ("arguments", ""),
    "custom_tool_call": ("input", ""),
}


def is_response_event(data: Mapping[str, Any]) -> bool:
    """Whether an object of a stream belongs to the Responses API."""
    return str(data.get("type")).startswith(_OF_RESPONSES)


class EventAccumulator:
    """The same for events as ``Accumulator`` for chunks. ``[DONE]`` never comes here."""

    def __init__(self) -> None:
        self._latest: Dict[str, Any] = {}  # of other events
        self.ends_with_body = True  # until an event of a Responses stream comes
        self._response: Dict[str, Any] = {}  # of the latest event that has it
        self._items: Dict[int, Dict[str, Any]] = {}
        self._unfinished: Dict[int, Text] = {}  # of the items that are not done
        self._answer = Text()
        self.ended = False

    @property
    def finished(self) -> bool:
        """Whether the last event was seen."""
        return self.ended

    @property
    def last_word(self) -> str:
        """What is missed where the body ends too early."""
        return "the end of an event" if self.ends_with_body else "response.completed"

    def add(self, event: Mapping[str, Any]) -> None:
        """One more event; raises AttributeError, TypeError or ValueError for what is none."""
        kind, index = str(event.get("type")), event.get("output_index")
        if not is_response_event(event):
            self._add_other(kind, event)
            return
        self.ends_with_body = False
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

    def _add_other(self, kind: str, event: Mapping[str, Any]) -> None:
        self._latest = {**event}
        delta = event.get("delta")
        text = delta.get("text") if isinstance(delta, Mapping) else delta  # Anthropic's are objects
        if isinstance(text, str) and kind.endswith((".text.delta", "_delta")):
            self._answer.add(text)

    def text(self) -> str:
        """The answer so far."""
        return str(self._answer)

    def result(self) -> Dict[str, Any]:
        """The whole response, as far as it has come; of other events the latest."""
        if self.ends_with_body:
            return dict(self._latest)
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
