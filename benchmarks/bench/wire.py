"""The bytes of the blasting server, made once, and shapes: what one of its ports answers."""

from __future__ import annotations

import json
import random
from typing import Any, Dict, Iterator, List, NamedTuple, Union

BLOCK = 10_000  # different chunks before they repeat: more than zlib's window
TICK = 0.01  # seconds between two sends of a server that generates
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)


class Shape(NamedTuple):
    """One port: streams of ``chunks`` chunks, whole replies of ``size`` bytes of text.

    ``pause``: seconds of silence after the first chunk. ``barrier``: no stream goes on behind its
    first chunk before so many have come that far. ``rate``: bytes of text a second, 0: at once.
    """

    chunks: int = 1
    size: int = 8
    pause: float = 0.0
    barrier: int = 0
    rate: int = 0


class Barrier:
    """A step of a reply that waits for other streams."""


BARRIER = Barrier()
Step = Union[bytes, memoryview, float, Barrier]


def words(count: int) -> List[str]:
    """Words of a made-up language: frequencies as in a natural one, about 6 bytes each."""
    chance = random.Random(7)
    letters = "etaoinshrdlucmfwypvbgk"
    known = ["".join(chance.choices(letters, k=chance.randint(4, 6))) + " " for _ in range(5000)]
    weights = [1 / (rank + 3) for rank in range(len(known))]
    return chance.choices(known, weights, k=count)


def _object(kind: str, choice: Dict[str, Any]) -> Dict[str, Any]:
    return {
        "id": "65a2bf15-375f-4042-9619-57795f4a1d51",
        "object": kind,
        "created": 1743670685,
        "model": "deepseek-flash",
        "system_fingerprint": "fp_5417b77867_prod0225",
        "choices": [{"index": 0, **choice}],
    }


def _json(data: Any) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


def _event(data: bytes) -> bytes:
    event = b"data: " + data + b"\n\n"
    return b"%x\r\n%s\r\n" % (len(event), event)


def _chunk(text: str, finish: Any = None) -> bytes:
    delta = {"content": text, "reasoning_content": None}
    choice = {"delta": delta, "logprobs": None, "finish_reason": finish}
    return _event(_json(_object("chat.completion.chunk", choice)))


class Bytes:
    """Everything ready-made: a block of chunks with its offsets, the end, whole replies."""

    def __init__(self) -> None:
        self.words = words(BLOCK)
        chunks = [_chunk(word) for word in self.words]
        self.ends = [0]
        for chunk in chunks:
            self.ends.append(self.ends[-1] + len(chunk))
        self.block = memoryview(b"".join(chunks))
        self.tail = _chunk("", "stop") + _event(b"[DONE]") + b"0\r\n\r\n"
        self._wholes: Dict[int, bytes] = {}

    def chunks(self, first: int, count: int) -> Iterator[memoryview]:
        """``count`` chunks from number ``first`` on, as few pieces."""
        while count > 0:
            at = first % BLOCK
            taken = min(count, BLOCK - at)
            yield self.block[self.ends[at] : self.ends[at + taken]]
            first, count = first + taken, count - taken

    def whole(self, size: int) -> bytes:
        if size not in self._wholes:
            text = ("".join(self.words) * (size // (4 * BLOCK) + 1))[:size]
            message = {"role": "assistant", "content": text}
            choice = {"message": message, "logprobs": None, "finish_reason": "stop"}
            reply = _object("chat.completion", choice)
            reply["usage"] = {"prompt_tokens": 7, "completion_tokens": 11, "total_tokens": 18}
            body = _json(reply)
            head = (
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
            )
            self._wholes[size] = head % len(body) + body
        return self._wholes[size]

    def steps(self, shape: Shape, stream: bool) -> Iterator[Step]:
        """What one reply consists of: bytes to send, seconds to wait, the barrier."""
        if stream:
            yield from self._stream(shape)
        else:
            if shape.rate:
                yield shape.size / shape.rate
            yield self.whole(shape.size)

    def _stream(self, shape: Shape) -> Iterator[Step]:
        yield HEAD + bytes(self.block[: self.ends[1]])
        if shape.pause:
            yield shape.pause
        if shape.barrier:
            yield BARRIER
        at_once = shape.chunks
        if shape.rate:
            at_once = max(1, int(shape.rate * TICK * BLOCK / len("".join(self.words))))
        sent = 1
        while sent < shape.chunks:
            count = min(at_once, shape.chunks - sent)
            if shape.rate:
                yield TICK
            yield from self.chunks(sent, count)
            sent += count
        yield self.tail
