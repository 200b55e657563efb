"""The bytes of a streamed reply, event by event, for whoever passes them on. No I/O.

Most events of an answer differ from the one before in one text alone. The first is read as a chunk
is; after it whole packets are compared with its bytes, and only the texts are looked at. An event
that differs in anything else is read again. So errors, endings, keys and what is no chunk are
found, or raised, as when chunks are read.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Tuple

from .._errors.tree import OpenAIError
from .._settings.redaction import SHORTEST, hidden
from . import content_encoding
from .alike import SEPARATOR, Template, template_of
from .chunks import ChunkReader
from .sse import BOM

_END = b"\n\n"
_DATA = b"data: "
_MAX_MISSES = 8  # templates that fitted nothing; then no more of them are made


class RawEventReader(ChunkReader):
    """Feed bytes of one reply, get the events that they complete, as bytes: at most one block.

    Events are passed as they came, with ``\\n`` for line ends and without the key; where
    ``to_chunk`` is not ``dict``, as JSON of what it makes. Comments, events without content and
    ``[DONE]`` are left out. Texts are not kept: ``text()`` is empty.
    """

    _learns = False  # done here

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._secrets = (self._settings.api_key,)
        self._at_start = True
        self._after_cr = False
        self._unfinished: List[bytes] = []  # of an event, and how much of it there is
        self._unfinished_size = 0
        self._in_comment = False  # the latest line of it is one
        self._template: Optional[Template] = None
        self._misses = 0

    def text(self) -> str:
        """Empty: a stream of bytes keeps none of them."""
        return ""

    def feed(self, data: bytes) -> List[Any]:
        """The events that these bytes, decoded, complete; raises, or defers, as for chunks."""
        if not (self._unfinished or self._after_cr) and self._looks_alike(data):
            return [data]
        data = self._with_newlines(data)
        end = data.rfind(_END) + 2
        if end < 2:
            if not (
                self._unfinished and self._unfinished[-1].endswith(b"\n") and data[:1] == b"\n"
            ):
                self._hold(data)
                return []
            end = 1
        block, unfinished = data[:end], data[end:]
        if self._unfinished:
            block = b"".join(self._unfinished) + block
            self._unfinished, self._unfinished_size = [], 0
        self._in_comment = False
        events = self._pass(block)
        self._hold(unfinished)
        return [events] if events else []

    def finish(self) -> List[Any]:
        """As :meth:`ChunkReader.finish`."""
        held = self._begun(b"".join(self._unfinished)).strip(b"\n")
        if held:
            super().feed(held)  # which completes no event
        event = self._without_bom(held) + _END
        return [self._passed(event, chunk) for chunk in super().finish()]

    # an event that is not there yet

    def _with_newlines(self, data: bytes) -> bytes:
        if self._after_cr and data:
            self._after_cr = False
            if data.startswith(b"\n"):
                data = data[1:]
        if b"\r" in data:
            self._after_cr = data.endswith(b"\r")
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return data

    def _hold(self, data: bytes) -> None:
        """Keep the beginning of an event; what is no comment is progress."""
        if not data:
            return
        at_line_start = not self._unfinished or self._unfinished[-1].endswith(b"\n")
        for line in data.split(b"\n"):
            if at_line_start:
                self._in_comment = line.startswith(b":")
            if line and not self._in_comment:
                self.progressed = True
            at_line_start = True
        self._unfinished.append(data)
        self._unfinished_size += len(data)
        if self._unfinished_size > content_encoding.MAX_BODY:
            super().feed(b"".join(self._unfinished))  # raises

    def _begun(self, data: bytes) -> bytes:
        """``data``; a mark behind the first line end is none, and whoever reads is told so."""
        if self._at_start and data.startswith(b"\n"):
            self._at_start = False
            super().feed(b"\n")
        return data

    def _without_bom(self, event: bytes) -> bytes:
        """An event that was read without the mark that it is passed without."""
        if self._at_start:
            self._at_start = False
            if event.startswith(BOM):
                return event[len(BOM) :].lstrip(b"\n")
        return event

    # whole events

    def _pass(self, block: bytes) -> bytes:
        """What of these events, ended by a blank line, is passed on."""
        if self._looks_alike(block):
            return block
        passed: List[bytes] = []
        events = (part.strip(b"\n") for part in self._begun(block).split(_END))
        try:
            for event in filter(None, events):
                passed += self._pass_one(event + _END)
        except OpenAIError as err:
            if not passed:
                raise
            self.deferred = err
        return b"".join(passed)

    def _pass_one(self, event: bytes) -> List[bytes]:
        if self._looks_alike(event):
            return [event]
        chunks = super().feed(event)
        event = self._without_bom(event)
        return [self._passed(event, chunk) for chunk in chunks]

    def _looks_alike(self, block: bytes) -> bool:
        """Whether these events say nothing but one text each, and no key in it."""
        texts = None
        if self._template is not None and not self.done:
            texts = self._template.texts(block)
        if texts is None:
            return False
        joined = SEPARATOR.join(texts)
        if len(joined) >= SHORTEST and hidden(joined, self._secrets) is not joined:
            return False
        self._misses = 0
        self.progressed = True
        return True

    def _passed(self, event: bytes, chunk: Any) -> bytes:
        """An event whose chunk was read, as it is passed on; it may be what the next look like."""
        if self._to_chunk is not dict:
            data = json.dumps(chunk, ensure_ascii=False, separators=(",", ":"))
            text = hidden(f"data: {data}\n\n", self._secrets)
            return text.encode("utf-8", "replace")
        text = event.decode("utf-8", "replace")
        clean = hidden(text, self._secrets)
        if clean is text and self._misses < _MAX_MISSES:
            self._misses += 1
            self._template = _template_of(text, chunk)
        return clean.encode("utf-8")


def _template_of(event: str, chunk: Dict[str, Any]) -> Optional[Template]:
    """What the events behind ``event`` may look like; None where they need to be read."""
    varying = _varying_text(chunk)
    payload = event[len(_DATA) : -len(_END)]
    if varying is None or not event.startswith(_DATA.decode()):
        return None
    return template_of(payload, chunk, *varying)


def _varying_text(chunk: Dict[str, Any]) -> Optional[Tuple[Dict[str, Any], str]]:
    """Where in a chunk the text stands that the next one will have another of; None for one that
    says more than that."""
    choices = chunk.get("choices")
    if chunk.get("usage") or not isinstance(choices, list) or len(choices) != 1:
        return None
    choice = choices[0]
    if choice.get("finish_reason") or choice.get("logprobs"):
        return None
    delta = choice.get("delta") or {}
    for holder, key in ((choice, "text"), (delta, "content"), (delta, "reasoning_content")):
        if holder.get(key) and isinstance(holder[key], str):
            return holder, key
    return None
