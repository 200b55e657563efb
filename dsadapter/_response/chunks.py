"""Bytes of a streamed reply to chunks; knows when the answer is complete. No I/O."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Union

from .._errors.tree import APIResponseError, OpenAIError, ServerBusyError, StreamTruncatedError
from .._headers import Headers
from .._settings.redaction import hidden
from .._settings.table import Settings
from . import content_encoding, errors
from . import json as json_reader
from .accumulate import Accumulator
from .quick import QuickReader, payloads_of
from .response_events import EventAccumulator, is_response_event
from .sse import EventDecoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .types import ResponseType

_HEAD = 65536  # bytes kept of a body that has not shown an event yet


class ChunkReader:
    """Feed bytes of one reply, get the chunks that they complete.

    ``decoder`` undoes the content encoding block by block, None where there is none.
    """

    _learns = True  # what most events look like, for QuickReader

    def __init__(
        self,
        status: int,
        headers: Headers,
        encoding: str,
        settings: Settings,
        to_chunk: ResponseType,
        *,
        is_completion: bool = True,
    ) -> None:
        """``is_completion``: an answer of a chat or text completion is awaited, whatever its first
        chunk looks like."""
        self._status = status
        self._headers = headers
        self._settings = settings
        self._to_chunk = to_chunk
        self._is_completion = is_completion
        self.decoder: Any = content_encoding.for_encoding(encoding) if encoding else None
        self._events: Optional[EventDecoder] = None
        self._loads = json_reader.reader()
        self._head = b""
        # of the chunks so far
        self._accumulator: Union[Accumulator, EventAccumulator, None] = None
        self._quick: Optional[QuickReader] = None  # behind the first chunk of a completion
        self.done: bool = False  # [DONE], or the last event of a Responses stream, was seen
        self.progressed: bool = False  # the latest bytes held real data, not only keep-alives
        self.deferred: Optional[OpenAIError] = None  # raised once the chunks before it are out

    @property
    def started(self) -> bool:
        """Whether a chunk was seen."""
        return self._accumulator is not None

    @property
    def complete(self) -> bool:
        """Whether the answer has its last word."""
        return self.done or self._accumulator is not None and self._accumulator.finished

    @property
    def _ends_with_body(self) -> bool:
        return self._accumulator is not None and self._accumulator.ends_with_body

    def text(self) -> str:
        """The answer so far (first choice)."""
        return "" if self._accumulator is None else self._accumulator.text()

    def accumulated(self) -> Dict[str, Any]:
        """The chunks so far, merged into what the whole reply would have been."""
        return (self._accumulator or Accumulator()).result()

    def feed(self, data: bytes) -> List[Any]:
        """The chunks that these bytes, decoded, complete.

        Raises what the stream says went wrong; where chunks stand before it, they come first and
        ``deferred`` has the error.
        """
        chunks: List[Any] = []
        try:
            left = data if self._events is None else self._feed_quickly(self._events, data, chunks)
            if left:
                self._feed_carefully(left, chunks)
            if self._events and self._events.held > content_encoding.MAX_BODY:
                raise APIResponseError(
                    f"One event of the stream exceeds {content_encoding.MAX_BODY} bytes."
                )
        except OpenAIError as err:
            if not chunks:
                raise
            self.deferred = err
        return chunks

    def _feed_quickly(self, events: EventDecoder, data: bytes, chunks: List[Any]) -> bytes:
        """Read the usual events, all of a packet at once; the bytes that are left to read."""
        if self.done or not isinstance(self._accumulator, Accumulator):
            return data
        if self._quick is None:
            accumulator, to_chunk = self._accumulator, self._to_chunk
            self._quick = QuickReader(accumulator, to_chunk, learns=self._learns)
        packet, unfinished = events.complete_events(data)
        if not packet:
            return data
        rest = self._quick.read_known(packet, chunks)
        payloads = payloads_of(rest) if rest else []
        is_usual = payloads is not None and (not rest or any(payloads))
        if rest is packet and not is_usual:
            return data
        self.progressed = True
        events.skip_to(unfinished if is_usual else b"")
        if payloads and is_usual:
            self._quick.read(payloads, chunks, self._read_message)
        return b"" if is_usual else rest + unfinished

    def _feed_carefully(self, data: bytes, chunks: List[Any]) -> None:
        events = self._events = self._events or EventDecoder()
        before = events.progress
        complete = events.feed(data)
        if any(text for _, text in complete) or events.progress != before:
            self.progressed = True
        if self._accumulator is None and len(self._head) < _HEAD:
            self._head += data[:_HEAD]
        for kind, text in complete:
            self._read_event(kind, text, chunks)

    def _read_message(self, text: str, chunks: List[Any]) -> bool:
        """An event that is not usual; whether it was the last one."""
        self._read_event("", text, chunks)
        return self.done

    def _read_event(self, kind: str, text: str, chunks: List[Any]) -> None:
        if self.done:
            return
        try:
            data = self._loads(text)
        except (ValueError, RecursionError) as err:
            if text.startswith("[DONE]"):
                self.done = True
                return
            if not text.strip():  # a heartbeat of some gateways: an event without content
                return
            raise self._bad_event(text) from err
        if type(data) is not dict:
            raise self._bad_event(text)
        if data.get("error") or kind == "error":
            raise errors.reply_error(data, self._headers, self._settings)
        if self._accumulator is None:
            is_chunk = "choices" in data or self._is_completion and not is_response_event(data)
            self._accumulator = Accumulator() if is_chunk else EventAccumulator()
        try:
            self._accumulator.add(data)
            chunks.append(self._to_chunk(data))
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as err:
            raise self._bad_event(text) from err  # objects where lists belong ...
        self.done = self._accumulator.ended

    def _bad_event(self, text: str) -> APIResponseError:
        shown = hidden(text, (self._settings.api_key,))
        return APIResponseError(
            f"An event of the stream is no chunk of an answer: {shown[: errors.SHOWN_BYTES]!r}",
            http_body=shown,
            http_status=self._status,
            headers=self._headers,
        )

    def finish(self) -> List[Any]:
        """The body ended: the last chunks. Raises, or defers, where the answer is not complete."""
        if self.decoder is not None:
            self.decoder.finish()
        chunks: List[Any] = []
        for kind, text in self._events.flush() if self._events else ():
            try:
                self._read_event(kind, text, chunks)
            except APIResponseError:  # half an event: cut off below
                break
        else:
            self.done = self.done or self._ends_with_body
        if not self.complete:
            if not chunks:
                raise self._incomplete()
            self.deferred = self._incomplete()
        return chunks

    def raise_deferred(self) -> None:
        """Raise what was deferred, once."""
        if self.deferred is not None:
            raise self._taken_deferred()

    def _taken_deferred(self) -> OpenAIError:
        err, self.deferred = self.deferred, None
        assert err is not None
        return err

    def _incomplete(self) -> OpenAIError:
        """What a body that ended without a last word was."""
        head = self._head.decode("utf-8", "replace").strip()
        if self._accumulator is not None:
            last_word = self._accumulator.last_word
            return truncated(f"The stream ended without {last_word}: the answer is cut off.")
        if not "".join(line for line in head.splitlines() if not line.startswith(":")).strip():
            return ServerBusyError(
                f"The server answered {self._status} and ended the stream without a word: it is "
                "overloaded and gave up.",
                http_status=self._status,
                headers=self._headers,
                partial="",
            )
        return self._no_stream(head)

    def _no_stream(self, head: str) -> OpenAIError:
        try:
            data = json_reader.loads(head.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return errors.not_json(self._status, self._headers, head, self._settings)
        if isinstance(data, dict) and data.get("error"):
            return errors.reply_error(data, self._headers, self._settings)
        err = errors.not_json(self._status, self._headers, head, self._settings)
        err.hint = "A stream was asked for, a whole reply came: try stream=False"
        return err


def truncated(message: str, partial: Optional[str] = None) -> StreamTruncatedError:
    """The error for an answer that is cut off."""
    return StreamTruncatedError(
        message,
        partial=partial,
        hint="What had arrived is in err.partial; ask again for the whole answer",
    )
