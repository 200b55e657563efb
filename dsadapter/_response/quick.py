"""The usual events of a stream, read a packet at a time: parsed, merged and wrapped in one loop.

Most events of an answer differ from the one before in one text alone: of a packet of such events
the texts alone are read. Whatever is not usual (two choices, a finish reason, a tool call, an
error, usage, lines that are no data, bytes that are no UTF-8) goes the careful way of
:mod:`chunks`, event by event; all ways give the same chunks, errors and texts for the same bytes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import repeat
from operator import methodcaller
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple, Type

from .accumulate import Accumulator
from .alike import Template, template_of, unescaped
from .chunk_types import ChatCompletionChunk, ChoiceDelta, ChunkChoice
from .json import has_long_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .types import ResponseType

_START, _BETWEEN, _END = b"data: ", b"\n\ndata: ", b"\n\n"
_decoder: Any = json.JSONDecoder()
_scan_once = _decoder.scan_once
# What parsing an unusual event, or looking into one, comes to.
FAILURES = (ValueError, LookupError, TypeError, AttributeError, RecursionError)

# Reads one event, given as text, appends its chunk, and says whether it was the last.
ReadEvent = Callable[[str, List[Any]], bool]


@lru_cache(maxsize=None)
def _orjson_loads() -> Optional[Callable[[bytes], Any]]:
    try:
        import orjson
    except ImportError:
        return None
    loads: Callable[[bytes], Any] = orjson.loads
    return loads


def payloads_of(packet: bytes) -> Optional[List[Any]]:
    """The data of whole events, each of one line of data and no other, as text, or as bytes for
    orjson; None where there is anything else."""
    if not packet.startswith(_START) or b"\r" in packet:
        return None
    payloads: List[Any] = packet[len(_START) : -len(_END)].split(_BETWEEN)
    if packet.count(b"\n") != len(_END) * len(payloads):
        return None
    if _orjson_loads() is not None and not has_long_number(packet):
        return payloads
    try:
        return packet[len(_START) : -len(_END)].decode().split(_BETWEEN.decode())
    except UnicodeDecodeError:
        return None


def _parsed(payloads: List[Any]) -> Iterator[Any]:
    """((data, end), length) of each, parsed when it is asked for: end and length differ where
    something follows the JSON. Ends early, or raises, at what is no JSON."""
    if type(payloads[0]) is bytes:
        loads: Any = _orjson_loads()
        return zip(zip(map(loads, payloads), _NO_END), _NO_END)
    return zip(map(_scan_once, payloads, _FROM_START), map(len, payloads))


_FROM_START, _NO_END = repeat(0), repeat(0)


# --- chunks whose usual fields are read without a line of Python ----------------------------------


def _ready(cls: Type[Any], *names: str) -> Any:
    """``cls`` for objects whose ``names`` hold nothing that is still to be wrapped, or are absent
    and may be: C code looks them up."""
    fields = {name: property(methodcaller("_get", name)) for name in names}
    namespace = {"__slots__": (), "__module__": cls.__module__, "__qualname__": cls.__qualname__}
    return type(cls.__name__, (cls,), {**namespace, "_get": dict.get, **fields})


_Chunk = _ready(ChatCompletionChunk, "choices", "usage")
_Choice = _ready(ChunkChoice, "delta", "finish_reason", "logprobs")
_Delta = _ready(ChoiceDelta, "content", "reasoning_content", "role", "tool_calls", "function_call")


# --- events alike ---------------------------------------------------------------------------------


class _Alike:
    """Usual events of which one text alone is another, called ``name`` in the delta."""

    def __init__(self, template: Template, data: Dict[str, Any], name: str) -> None:
        """``data``: of one of them."""
        self.name = name
        self._template = template
        self._data = data
        self._choice = data["choices"][0]
        self._delta = self._choice["delta"]

    def texts(self, packet: bytes) -> Tuple[List[str], bytes]:
        """The texts of these events at the beginning of a packet, if they are nothing else up to
        the last one of them; what is behind."""
        end = self._template.end_of_last(packet)
        texts = self._template.texts(packet[:end]) if end else None
        if texts is None:
            return [], packet
        if b"\\" in packet:
            texts = list(map(unescaped, texts))
        return texts, packet[end:]

    def with_texts(self, texts: List[str], to_chunk: Optional[ResponseType]) -> List[Any]:
        """Their chunks."""
        if to_chunk is not None:
            return list(map(to_chunk, self._objects(texts, dict, dict, dict)))
        return self._objects(texts, _Chunk, _Choice, _Delta)

    def _objects(self, texts: List[str], chunk_kind: Any, choice_kind: Any, kind: Any) -> List[Any]:
        objects, name = [], self.name
        for text in texts:
            delta = kind(self._delta)
            delta[name] = text
            choice = choice_kind(self._choice)
            choice["delta"] = delta
            chunk = chunk_kind(self._data)
            chunk["choices"] = [choice]
            objects.append(chunk)
        return objects


def _alike(payload: str, names: Iterable[str]) -> Optional[_Alike]:
    """The events like this one, if it is a usual one that has one text, of these names."""
    parts: Dict[str, List[str]] = {name: [] for name in names}
    found: List[Any] = []
    try:
        _read_usual(_parsed([payload]), parts, found, dict)
    except FAILURES:
        return None
    filled = [name for name, added in parts.items() if added]
    if not found or len(filled) != 1:
        return None
    (data,), (name,) = found, filled
    (choice,) = data["choices"]
    delta = choice["delta"]
    values = [*data.values(), *choice.values(), *delta.values()]
    if sum(isinstance(value, (dict, list)) for value in values) > 2:  # no two chunks share one
        return None
    template = template_of(payload, data, delta, name)
    return None if template is None else _Alike(template, data, name)


# --- reading --------------------------------------------------------------------------------------


_LEARNING = 8  # known events pay for learning them: as many as this
_MAX_CREDIT = 64  # of events; where it is used up, nothing more is learned


class QuickReader:
    """Reads the events of a packet, behind the first chunk of a completion."""

    def __init__(
        self, accumulator: Accumulator, to_chunk: ResponseType, *, learns: bool = True
    ) -> None:
        """``learns``: what most events look like, to read the texts alone."""
        self._accumulator = accumulator
        self._to_chunk = None if to_chunk is ChatCompletionChunk else to_chunk
        self._known: Optional[_Alike] = None
        self._missed = False  # the latest packet was of other events
        self._credit = _MAX_CREDIT if learns else 0

    def read_known(self, packet: bytes, chunks: List[Any]) -> bytes:
        """Append the chunks of events that are like a recent one, at the beginning of a packet;
        what is left of it."""
        if self._known is None and self._credit > 0 and packet.startswith(_START):
            self._known = self._learned(packet[len(_START) : packet.find(_END)])
        known = self._known
        if known is None:
            return packet
        texts, rest = known.texts(packet)
        if not texts:
            return packet
        try:
            chunks += known.with_texts(texts, self._to_chunk)
        except FAILURES:  # it is read again
            return packet
        self._accumulator.open_texts()[known.name].extend(texts)
        self._missed = False
        self._credit = min(self._credit + len(texts), _MAX_CREDIT)
        return rest

    def read(self, payloads: List[Any], chunks: List[Any], careful: ReadEvent) -> None:
        """Append the chunks of these events; raises what ``careful`` raises."""
        last = payloads[-1]
        while payloads:
            texts = self._accumulator.open_texts()  # the first part of one goes the careful way
            parts: Dict[str, List[str]] = {name: [] for name in texts}
            before = len(chunks)
            try:
                _read_usual(_parsed(payloads), parts, chunks, self._to_chunk)
            except FAILURES:  # it is parsed again
                pass
            for name, added in parts.items():
                texts[name].extend(added)
            payloads = payloads[len(chunks) - before :]
            if payloads and careful(_text(payloads[0]), chunks):
                return
            payloads = payloads[1:]
        if self._missed:
            self._known = self._learned(last)
        self._missed = True

    def _learned(self, payload: Any) -> Optional[_Alike]:
        """The events like this one, as long as it pays to know them."""
        names = self._accumulator.open_texts() if self._credit > 0 else None
        if not names:
            return None
        self._credit -= _LEARNING
        return _alike(_text(payload), names)


def _read_usual(
    parsed: Any,
    parts: Dict[str, List[str]],
    chunks: List[Any],
    to_chunk: Optional[ResponseType],
) -> None:
    """Append a chunk for each event up to the first one that is not usual."""
    append = chunks.append
    for (data, end), length in parsed:
        (choice,) = choices = data["choices"]
        delta = choice["delta"]
        if (
            choice["index"] != 0
            or "finish_reason" in choice
            and choice["finish_reason"] is not None
            or "logprobs" in choice
            and choice["logprobs"] is not None
            or "usage" in data
            and data["usage"] is not None
            or "error" in data
            or "text" in choice
            or end != length
        ):
            return
        for name, text in delta.items():
            if text is not None and (type(text) is not str or name not in parts):
                return
        if to_chunk is None:
            choice["delta"] = _Delta(delta)
            choices[0] = _Choice(choice)
            append(_Chunk(data))
        else:
            append(to_chunk(data))
        for name, text in delta.items():
            if text is not None:
                parts[name].append(text)


def _text(payload: Any) -> str:
    return payload if type(payload) is str else payload.decode("utf-8", "replace")
