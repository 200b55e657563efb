"""``parse_stream`` and its neighbours in ``openai.api_requestor`` of 0.28, for code that reads raw
answers line by line."""

from __future__ import annotations

from typing import Any, AsyncIterator, Iterable, Iterator, Optional

_DATA = b"data:"


def parse_stream_helper(line: bytes) -> Optional[str]:
    """The data of one line of an event stream; None for comments, blank lines and ``[DONE]``."""
    if not line or not line.startswith(_DATA):
        return None
    data = line[len(_DATA) :]
    data = data[1:] if data.startswith(b" ") else data
    return None if data.strip() == b"[DONE]" else data.decode("utf-8")


def parse_stream(rbody: Iterable[bytes]) -> Iterator[str]:
    """The data of each line that has some."""
    for line in rbody:
        data = parse_stream_helper(line)
        if data is not None:
            yield data


async def parse_stream_async(rbody: Any) -> AsyncIterator[str]:
    """The async twin of :func:`parse_stream`, over an aiohttp reader."""
    async for line in rbody:
        data = parse_stream_helper(line)
        if data is not None:
            yield data
