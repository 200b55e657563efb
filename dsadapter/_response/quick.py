"""The usual events of a stream, read a packet at a time: parsed, merged and wrapped in one loop.

Whatever is not usual (two choices, a finish reason, a tool call, an error, usage, lines that are no
data, bytes that are no UTF-8) goes the careful way of :mod:`chunks`, event by event; both give the
same chunks, errors and texts for the same bytes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import repeat
from operator import methodcaller
from typing import Any, Callable, Dict, Iterator, List, Optional, Type

from .accumulate import Accumulator
from .json import has_long_number
from .types import ChatCompletionChunk, ChoiceDelta, ChunkChoice, ResponseType

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


# --- reading --------------------------------------------------------------------------------------


class QuickReader:
    """Reads the events of a packet, behind the first chunk of a completion."""

    def __init__(self, accumulator: Accumulator, to_chunk: ResponseType) -> None:
        self._accumulator = accumulator
        self._to_chunk = None if to_chunk is ChatCompletionChunk else to_chunk

    def read(self, payloads: List[Any], chunks: List[Any], careful: ReadEvent) -> None:
        """Append the chunks of these events; raises what ``careful`` raises."""
        while payloads:
            texts = self._accumulator.open_texts()  # the first part of one goes the careful way
            parts: Dict[str, List[str]] = {name: [] for name in texts}
            before = len(chunks)
            try:
                self._read_usual(_parsed(payloads), parts, chunks)
            except FAILURES:  # it is parsed again
                pass
            for name, added in parts.items():
                texts[name].extend(added)
            payloads = payloads[len(chunks) - before :]
            if payloads and careful(_text(payloads[0]), chunks):
                return
            payloads = payloads[1:]

    def _read_usual(self, parsed: Any, parts: Dict[str, List[str]], chunks: List[Any]) -> None:
        """Append a chunk for each event up to the first one that is not usual."""
        append, to_chunk = chunks.append, self._to_chunk
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
