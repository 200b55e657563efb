"""One choice of a streamed chat completion: what came so far, and which events that means."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, MutableMapping, Set

from .._record import to_plain
from .output_types import OutputTypes
from .parsed import (
    ParsedChatCompletionMessage,
    ParsedChoice,
    ParsedFunctionToolCall,
    check_finish_reason,
)
from .partial_json import PartialJSON
from .stream_events import (
    ContentDeltaEvent,
    ContentDoneEvent,
    FunctionToolCallArgumentsDeltaEvent,
    FunctionToolCallArgumentsDoneEvent,
    LogprobsContentDeltaEvent,
    LogprobsContentDoneEvent,
    LogprobsRefusalDeltaEvent,
    LogprobsRefusalDoneEvent,
    RefusalDeltaEvent,
    RefusalDoneEvent,
)
from .types import ChoiceLogprobs

_get: Any = dict.get  # of a record, without wrapping what stands in it
_LAST_COUNTS = ("index", "type")
_NOT_REPEATED = ("role", "id", "name")  # some servers send them with every chunk
_LOGPROBS = {
    "content": (LogprobsContentDeltaEvent, LogprobsContentDoneEvent),
    "refusal": (LogprobsRefusalDeltaEvent, LogprobsRefusalDoneEvent),
}


class ChoiceState:
    """``snapshot`` is the choice so far. First :meth:`add` a choice of a chunk, then take its
    :meth:`events`."""

    def __init__(self, choice: Any, types: OutputTypes) -> None:
        """``choice``: the first one of its index that came."""
        self._types = types
        self._calls: Dict[int, ParsedFunctionToolCall] = {}
        self._content_json = PartialJSON()
        self._arguments_json: Dict[int, PartialJSON] = {}
        self._done: Set[Any] = set()  # "content", ..., and the indexes of calls
        self._current_call: Any = None
        self._message: Any = ParsedChatCompletionMessage()
        fields = {key: value for key, value in dict.items(choice) if key != "delta"}
        self.snapshot: Any = ParsedChoice(to_plain(fields), message=self._message)
        self._finished = bool(fields.get("finish_reason"))
        self.add(choice)

    # accumulating

    def add(self, choice: Any) -> None:
        """What one more chunk says of this choice."""
        delta = _get(choice, "delta") or {}
        for key, value in dict.items(delta):
            if key == "tool_calls":
                for call in value or ():
                    self._add_call(call)
            else:
                _add(self._message, key, value)
        if self._types.content_type is not None:
            self._content_json.add(_get(delta, "content") or "")

    def _add_call(self, delta: Any) -> None:
        index = delta.get("index") or 0
        call = self._calls.get(index)
        if call is None:
            call = self._calls[index] = ParsedFunctionToolCall(to_plain(delta))
            self._arguments_json[index] = PartialJSON()
            self._message["tool_calls"] = [self._calls[i] for i in sorted(self._calls)]
        else:
            for key, value in dict.items(delta):
                _add(call, key, value)
        self._arguments_json[index].add((delta.get("function") or {}).get("arguments") or "")

    def after_chunk(self, choice: Any, completion: Any) -> None:
        """What follows from a chunk, the first one of the stream excepted.

        Raises as :meth:`ChatCompletionStreamState.handle_chunk`; plain ValueError for no JSON.
        """
        reason, message = _get(choice, "finish_reason"), self._message
        if reason:
            self.snapshot["finish_reason"] = reason
            self._finished = True
            if self._types.parses:
                check_finish_reason(reason, completion)
        if self._types.content_type is not None:
            message.parsed = None if message.refusal else self._content_json.value()
        for delta in _get(_get(choice, "delta") or {}, "tool_calls") or ():
            index = delta.get("index") or 0
            function = self._calls[index].get("function")  # a custom tool has none
            if function and function.arguments and self._types.is_strict(function.name):
                function.parsed_arguments = self._arguments_json[index].value()
        if _get(choice, "logprobs") is not None:
            self._add_logprobs(_get(choice, "logprobs"))

    def _add_logprobs(self, logprobs: Mapping[str, Any]) -> None:
        merged = self.snapshot.get("logprobs")
        if merged is None:
            self.snapshot["logprobs"] = {name: to_plain(logprobs.get(name)) for name in _LOGPROBS}
            return
        for name in _LOGPROBS:
            if logprobs.get(name):
                merged[name] = [*(merged.get(name) or ()), *to_plain(logprobs[name])]

    # events

    def events(self, choice: Any) -> List[Any]:
        """What the latest chunk means, in the order of openai's own helper."""
        delta, message = _get(choice, "delta") or {}, self._message
        content, refusal = _get(delta, "content"), _get(delta, "refusal")
        calls, logprobs = _get(delta, "tool_calls"), _get(choice, "logprobs")
        events: List[Any] = []
        if content is not None:
            text, parsed = _get(message, "content"), message._parsed
            events.append(
                ContentDeltaEvent(type="content.delta", delta=content, snapshot=text, parsed=parsed)
            )
        if refusal is not None:
            text = _get(message, "refusal")
            events.append(RefusalDeltaEvent(type="refusal.delta", delta=refusal, snapshot=text))
        for call in calls or ():
            events.extend(self._call_delta(call))
        if logprobs:
            events.extend(self._logprobs_deltas(ChoiceLogprobs(logprobs)))
        if calls or self._finished:
            events.extend(self._done_events(calls or ()))
        return events

    def _call_delta(self, delta: Any) -> Iterator[Any]:
        index = delta.get("index") or 0
        if self._calls[index].type != "custom":
            yield FunctionToolCallArgumentsDeltaEvent(
                self._call_fields(index),
                type="tool_calls.function.arguments.delta",
                arguments_delta=(delta.get("function") or {}).get("arguments") or "",
            )

    def _call_fields(self, index: int) -> Dict[str, Any]:
        function = self._calls[index].function
        return {
            "name": function.name if function else None,
            "index": index,
            "arguments": (function and function.arguments) or "",
            "parsed_arguments": function.parsed_arguments if function else None,
        }

    def _logprobs_deltas(self, logprobs: ChoiceLogprobs) -> Iterator[Any]:
        for name, (delta_event, _) in _LOGPROBS.items():
            if logprobs.get(name):
                merged = list(self.snapshot.logprobs[name])
                latest = {name: list(logprobs[name])}
                yield delta_event(type=f"logprobs.{name}.delta", snapshot=merged, **latest)

    def _done_events(self, calls: Any) -> Iterator[Any]:
        if self._finished:
            yield from self._texts_done()
            yield from self._call_done()
        for delta in calls:
            index = delta.get("index") or 0
            if self._current_call != index:
                yield from self._texts_done()
                yield from self._call_done()
            self._current_call = index

    def _texts_done(self) -> Iterator[Any]:
        message, logprobs = self._message, self.snapshot.logprobs
        if message.content and self._first_time("content"):
            message.parsed = self._types.content(message)
            yield ContentDoneEvent(
                type="content.done", content=message.content, parsed=message.parsed
            )
        if message.refusal is not None and self._first_time("refusal"):
            yield RefusalDoneEvent(type="refusal.done", refusal=message.refusal)
        for name, (_, done_event) in _LOGPROBS.items():
            tokens = None if logprobs is None else logprobs.get(name)
            if tokens is not None and self._first_time(f"logprobs.{name}"):
                yield done_event(type=f"logprobs.{name}.done", **{name: list(tokens)})

    def _call_done(self) -> Iterator[Any]:
        index = self._current_call
        if index is None or not self._first_time(index) or self._calls[index].type == "custom":
            return
        function = self._calls[index].function
        function.parsed_arguments = self._types.arguments(function)
        yield FunctionToolCallArgumentsDoneEvent(
            self._call_fields(index), type="tool_calls.function.arguments.done"
        )

    def _first_time(self, name: Any) -> bool:
        first = name not in self._done
        self._done.add(name)
        return first


def _add(merged: MutableMapping[str, Any], key: str, value: Any) -> None:
    """Add ``value`` of a delta to what came before: texts and lists go on, numbers are summed."""
    earlier = merged[key] if key in merged else None  # noqa: SIM401  # get() of records is slower
    if value is None or earlier is None or key in _LAST_COUNTS:
        if value is not None or key not in merged:
            merged[key] = to_plain(value)
    elif isinstance(earlier, str) and isinstance(value, str):
        if earlier != value or key not in _NOT_REPEATED:
            merged[key] = earlier + value
    elif isinstance(earlier, (int, float)) and isinstance(value, (int, float)):
        merged[key] = earlier + value
    elif isinstance(earlier, dict) and isinstance(value, dict):
        for inner, part in value.items():
            _add(earlier, inner, part)
    elif isinstance(earlier, list) and isinstance(value, list):
        _add_items(earlier, value)


def _add_items(merged: List[Any], items: List[Any]) -> None:
    """Objects with an ``index`` go on where it says, all others are new."""
    by_index = {item.get("index"): item for item in merged if isinstance(item, dict)}
    for item in items:
        earlier = by_index.get(item.get("index")) if isinstance(item, dict) else None
        if earlier is None or item.get("index") is None:
            merged.append(to_plain(item))
        else:
            for key, value in item.items():
                _add(earlier, key, value)
