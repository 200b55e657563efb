"""One call from client to upstream and back: nothing is held back, nobody works for no one.

A stream passes chunk by chunk. While it is silent, comments keep the connection alive; when the
client leaves, the upstream call is cancelled; what goes wrong after the first byte is told inside
the stream, which then has no ``[DONE]``.
"""

from __future__ import annotations

import asyncio
import json
from time import monotonic
from typing import Any, Awaitable, Callable, Coroutine, Dict, Mapping, Optional

from starlette.responses import Response

from dsadapter import APIResponseError, AsyncOpenAI

from . import body
from .body import ClientLeft, Receive
from .errors import Failure, Refusal, describe
from .settings import Limits

Send = Callable[[Dict[str, Any]], Awaitable[None]]
REPAIRS = "X-DSAdapter-Repairs"
DONE = b"data: [DONE]\n\n"
COMMENT, BLANK = b": keep-alive\n\n", b"\n"
_TICK = 1.0  # seconds between two looks at a call, at most


class Slots:
    """How many calls run at once in this process; the one state there is."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._in_use = 0

    @property
    def available(self) -> int:
        """How many more calls may run."""
        return self._capacity - self._in_use

    def __enter__(self) -> None:
        if not self.available:
            text = f"All {self._capacity} places of this gateway are taken."
            raise Refusal(429, text, code="too_many_streams", headers={"Retry-After": "1"})
        self._in_use += 1

    def __exit__(self, *_: Any) -> None:
        self._in_use -= 1


class Gateway:
    """What every call shares."""

    def __init__(self, client: AsyncOpenAI, limits: Limits) -> None:
        self.client = client
        self.limits = limits
        self.slots = Slots(limits.max_streams)

    def describe(self, err: BaseException) -> Failure:
        """An error as a client is told it, without the upstream's key."""
        return describe(err, self.client.api_key)


class Relay(Response):
    """The response to a POST: it reads the request, asks the upstream and passes the answer on."""

    def __init__(self, gateway: Gateway, path: str, headers: Mapping[str, str]) -> None:
        super().__init__()
        self._gateway = gateway
        self._path = path
        self._request_headers = headers

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        gateway = self._gateway
        client_stream = ClientStream(send, gateway.limits)
        try:
            with gateway.slots:
                content = await body.read(self._request_headers, receive, gateway.limits)
                request = body.parse(content, self._path)
                await run_while_connected(
                    self._respond(request, client_stream), receive, client_stream
                )
        except ClientLeft:
            return
        except asyncio.CancelledError:  # the server stops and the grace period is over
            stopping = Refusal(503, "The gateway is stopping.", code="gateway_stopping")
            await client_stream.fail(gateway.describe(stopping))
        except Exception as err:
            await client_stream.fail(gateway.describe(err))

    async def _respond(self, request: Dict[str, Any], client_stream: ClientStream) -> None:
        client_stream.streams = stream = bool(request.get("stream"))
        response: Any = await self._gateway.client.post(
            self._path, body=request, stream=stream, deadline=self._gateway.limits.deadline
        )
        is_object = isinstance(response, dict)
        if stream:
            await _relay_stream(response, client_stream)
        elif is_object:
            await client_stream.write_object(response, headers_of(response.adapter))
        else:
            raise APIResponseError("The answer is no JSON object.")


async def _relay_stream(stream: Any, client_stream: ClientStream) -> None:
    client_stream.headers = headers_of(stream.adapter)
    try:
        async for chunk in stream:
            await client_stream.write(_event(chunk))
        await client_stream.write(DONE, last=True)
    finally:
        await stream.close()


def _event(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"data: {text}\n\n".encode("utf-8", "replace")


def json_bytes(data: Any) -> bytes:
    """Data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def headers_of(info: Any) -> Dict[str, str]:
    """What the upstream says about the call, and what was changed on the way there."""
    headers = {name: info.headers[name] for name in ("x-ds-trace-id",) if name in info.headers}
    if info.repairs:
        headers[REPAIRS] = ", ".join(repair.id for repair in info.repairs)
    return headers


class ClientStream:
    """The answer on its way to the client."""

    def __init__(self, send: Send, limits: Limits) -> None:
        self._send = send
        self._limits = limits
        self._lock = asyncio.Lock()
        self._write_started: Optional[float] = None  # when the piece began that is being sent
        self._last_write = monotonic()
        self._started = False
        self.streams = False
        self.headers: Optional[Dict[str, str]] = None  # None: the upstream has not answered yet

    @property
    def tick(self) -> float:
        """Seconds between two looks at a call."""
        return min(_TICK, self._limits.keep_alive)

    async def write(self, data: bytes, *, last: bool = False, status: int = 200) -> None:
        """Send a piece; the first one brings the head."""
        async with self._lock:
            self._write_started = monotonic()
            if not self._started:
                self._started = True
                await self._send(self._head(status, len(data) if last else None))
            await self._send({"type": "http.response.body", "body": data, "more_body": not last})
            self._write_started, self._last_write = None, monotonic()

    async def write_object(self, response: Any, headers: Dict[str, str]) -> None:
        """Send a whole JSON response."""
        self.headers = headers
        await self.write(json_bytes(response), last=True)

    async def fail(self, failure: Failure) -> None:
        """Tell an error: by status while there is none, else inside what was begun.

        A whole reply that was begun with blank lines stays unfinished, so that no client takes
        it for one.
        """
        if not self._started:
            self.streams, self.headers = False, failure.headers
            await self.write(failure.content, last=True, status=failure.status)
        elif self.streams:
            await self.write(_event(failure.body), last=True)
        else:
            await self.write(failure.content)

    def _head(self, status: int, length: Optional[int]) -> Dict[str, Any]:
        kind = b"text/event-stream" if self.streams else b"application/json"
        raw = [(b"content-type", kind), (b"cache-control", b"no-store")]
        if self.streams:
            raw.append((b"x-accel-buffering", b"no"))  # nginx would collect chunks
        elif length is not None:
            raw.append((b"content-length", b"%d" % length))
        for name, value in (self.headers or {}).items():
            raw.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
        return {"type": "http.response.start", "status": status, "headers": raw}

    # while nothing comes

    def is_stalled(self) -> bool:
        """Whether the client has not taken a piece for too long."""
        return (
            self._write_started is not None
            and monotonic() - self._write_started > self._limits.slow_client
        )

    async def keep_alive(self) -> None:
        """Fill a silence that lasted long enough. A stream says nothing before its status is
        known; a whole reply takes 200 for granted when it is slow."""
        silence = monotonic() - self._last_write
        if self._lock.locked():
            return
        if self.streams and self.headers is not None and silence >= self._limits.keep_alive:
            await self.write(COMMENT)
        elif not self.streams and silence >= self._limits.blank_after:
            await self.write(BLANK)


async def run_while_connected(
    call: Coroutine[Any, Any, None], receive: Receive, client_stream: ClientStream
) -> None:
    """Run ``work`` to its end, fill silences, and cancel it when the client leaves or is stuck.

    Raises what it raises, or ClientLeft.
    """
    task = asyncio.ensure_future(call)
    disconnected = asyncio.ensure_future(_disconnected(receive))
    try:
        while not task.done():
            await asyncio.wait(
                {task, disconnected},
                timeout=client_stream.tick,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if task.done():
                break
            if disconnected.done() or client_stream.is_stalled():
                raise ClientLeft
            await client_stream.keep_alive()
        task.result()
    finally:
        disconnected.cancel()
        task.cancel()
        await asyncio.gather(task, disconnected, return_exceptions=True)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
