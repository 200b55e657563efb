"""Events in, events out: the state behind ``responses.stream``. No I/O."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple

from .._native_class import native_names
from .._record import to_plain
from .output_types import OutputTypes
from .parsed import _WithParsed
from .parsed_response import ParsedResponse, parse_response, parse_text
from .resource_types import ResponseEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._native_class import NativeNames

_TEXT, _TEXT_DONE = "response.output_text.delta", "response.output_text.done"
_ARGUMENTS = "response.function_call_arguments.delta"
_LAST = ("response.completed", "response.incomplete", "response.failed")


def _natives(name: str) -> NativeNames:
    return native_names("_events", name, "openai.lib.streaming.responses")


class ParsedResponseEvent(ResponseEvent, _WithParsed):
    """An event of ``responses.stream``; ``snapshot`` is what a delta is added to, ``parsed`` the
    object that a text became."""

    _own_natives = {
        _TEXT: _natives("ResponseTextDeltaEvent"),
        _TEXT_DONE: _natives("ResponseTextDoneEvent"),
        _ARGUMENTS: _natives("ResponseFunctionCallArgumentsDeltaEvent"),
        "response.completed": _natives("ResponseCompletedEvent"),
    }
    response: ParsedResponse[Any]
    if TYPE_CHECKING:
        parsed: Any
    else:
        parsed = property(lambda self: self._parsed)


class ResponseStreamState:
    """The texts and calls of a response so far, and the events with them."""

    def __init__(self, types: OutputTypes) -> None:
        self._types = types
        self._items: Dict[int, Any] = {}
        self._texts: Dict[Tuple[Any, ...], str] = {}
        self.completed: Optional[ParsedResponse[Any]] = None
        self.last_type: str = ""  # of the latest event

    def handle_event(self, event: Any) -> Any:
        """The event as ``responses.stream`` gives it.

        Raises APIResponseError (a ValueError) for an answer that does not fit.
        """
        kind = self.last_type = str(event.get("type"))
        if kind.startswith("response.output_item."):
            self._items[event.get("output_index") or 0] = event.get("item") or {}
        if kind in (_TEXT, _ARGUMENTS):
            return ParsedResponseEvent(event, snapshot=self._longer_text(event))
        if kind == _TEXT_DONE:
            done = ParsedResponseEvent(event)
            done.parsed = parse_text(event.get("text"), self._phase(event), self._types)
            return done
        if kind in _LAST:
            return self._last(kind, event)
        return event

    def _longer_text(self, event: Mapping[str, Any]) -> str:
        place = (event.get("type"), event.get("output_index"), event.get("content_index"))
        text = self._texts[place] = self._texts.get(place, "") + str(event.get("delta") or "")
        return text

    def _phase(self, event: Mapping[str, Any]) -> Any:
        return (self._items.get(event.get("output_index") or 0) or {}).get("phase")

    def _last(self, kind: str, event: Mapping[str, Any]) -> Any:
        """The last event; some servers leave the items out that they sent before."""
        data = to_plain(event.get("response") or {})
        if not data.get("output"):
            data["output"] = [to_plain(self._items[index]) for index in sorted(self._items)]
        if kind != "response.completed":
            return ParsedResponseEvent({**event, "response": data})
        self.completed = parse_response(data, self._types)
        return ParsedResponseEvent({**event, "response": self.completed})
