"""What the backends on httpx share; httpx2 has the same shapes under another name."""

from __future__ import annotations

import socket
from typing import Any, AsyncIterator, Dict, Iterator

from ..._errors.tree import (
    APIConnectionError,
    APITimeoutError,
    LegacyAPIConnectionError,
    ServerDisconnectedError,
)
from ..._headers import Headers
from ..base import Operation


class _Reply:
    def __init__(self, response: Any) -> None:
        self.status = int(response.status_code)
        self.headers = Headers(response.headers.multi_items())
        self._response = response
        if response.is_stream_consumed:  # the SDK reads error bodies, decoded, before it raises
            plain = {k: v for k, v in self.headers.items() if k != "content-encoding"}
            self.headers = Headers(plain)

    def abort(self) -> None:
        stream = self._response.extensions.get("network_stream")
        sock = stream.get_extra_info("socket") if stream is not None else None
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed meanwhile: nobody is waiting
                pass


class HttpxReply(_Reply):
    def chunks(self) -> Iterator[bytes]:
        if self._response.is_stream_consumed:
            yield self._response.content
            return
        try:
            yield from self._response.iter_raw()
        except Exception as err:
            raise translated(err, reading=True) from err

    def close(self) -> None:
        self._response.close()


class AsyncHttpxReply(_Reply):
    async def chunks(self) -> AsyncIterator[bytes]:
        if self._response.is_stream_consumed:
            yield self._response.content
            return
        try:
            async for data in self._response.aiter_raw():
                yield data
        except Exception as err:
            raise translated(err, reading=True) from err

    async def close(self) -> None:
        await self._response.aclose()


class Trace:
    """httpcore's trace hook: notes whether a call opened a connection of its own."""

    def __init__(self) -> None:
        self.fresh = False

    def __call__(self, event: str, info: Any) -> None:
        if event.endswith(("connect_tcp.started", "connect_unix_socket.started")):
            self.fresh = True


class AsyncTrace(Trace):
    async def __call__(self, event: str, info: Any) -> None:  # type: ignore[override]
        super().__call__(event, info)


def translated(
    err: BaseException, *, reading: bool = False, reused: bool = False
) -> APIConnectionError:
    """Our error for one of httpx or httpx2 (or of a transport of the caller's own)."""
    names = {cls.__name__ for cls in type(err).__mro__}
    text = str(err) or type(err).__name__
    if "TimeoutException" in names or isinstance(err, TimeoutError):
        return APITimeoutError(f"Request timed out: {text}")
    if reading:
        return LegacyAPIConnectionError(f"The connection broke: {text}")
    if "RemoteProtocolError" in names and "without sending" not in text:
        broken = LegacyAPIConnectionError(f"The head of the answer cannot be read: {text}")
        broken.answer_began = True
        return broken
    if names & {"RemoteProtocolError", "ReadError", "WriteError"}:
        gone = ServerDisconnectedError("The server closed the connection without an answer.")
        gone.reused = reused
        return gone
    return LegacyAPIConnectionError(f"Connection error: {text}")


def timeout_extension(op: Operation) -> Dict[str, Any]:
    return {"connect": op.connect, "read": op.read, "write": op.read, "pool": op.read}


def request(client: Any, op: Operation, trace: Trace) -> Any:
    extensions = {"timeout": timeout_extension(op), "trace": trace}
    return client.build_request(
        op.method, op.url, headers=op.headers, content=op.body, extensions=extensions
    )


def plain_twin(client: Any, hook: Any) -> Any:
    """A client on the same connections that follows no redirect and has one more response hook."""
    import copy

    twin = copy.copy(client)
    twin.follow_redirects = False
    hooks = client.event_hooks
    twin.event_hooks = {**hooks, "response": [*hooks["response"], hook]}
    return twin


def any_status(response: Any) -> None:
    """A response hook: no status is an error yet. What would read its body then, whatever its
    size, is the SDK."""
    response.raise_for_status = _nothing


async def any_status_async(response: Any) -> None:
    response.raise_for_status = _nothing


def _nothing() -> None:
    pass
