"""One call from client to upstream and back: nothing is held back, nobody works for no one.

A stream passes as the bytes that came, event by event. While it is silent, comments keep the
connection alive; when the client leaves, the upstream call is cancelled; what goes wrong after the
first byte is told inside the stream, which then has no ``[DONE]``.
"""

from __future__ import annotations

import asyncio
from typing import Any, Awaitable, Dict

from dsadapter import APIResponseError, AsyncOpenAI

from . import body
from .access import Access
from .body import ClientLeft, Receive
from .client_stream import Attendance, ClientStream, Send, json_bytes
from .errors import Failure, Refusal, describe
from .metrics import Metrics
from .settings import Limits

REPAIRS = "X-DSAdapter-Repairs"
DONE = b"data: [DONE]\n\n"


class Slots:
    """How many calls run at once in this process; the one state there is."""

    def __init__(self, capacity: int, metrics: Metrics) -> None:
        self._capacity = capacity
        self._in_use = 0
        self._metrics = metrics

    @property
    def available(self) -> int:
        """How many more calls may run."""
        return self._capacity - self._in_use

    def __enter__(self) -> None:
        if not self.available:
            text = f"All {self._capacity} places of this gateway are taken."
            raise Refusal(429, text, code="too_many_streams", headers={"Retry-After": "1"})
        self._in_use += 1
        self._metrics.calls_in_progress.inc()

    def __exit__(self, *_: Any) -> None:
        self._in_use -= 1
        self._metrics.calls_in_progress.dec()


class Gateway:
    """What every call shares."""

    def __init__(self, client: AsyncOpenAI, limits: Limits, access: Access) -> None:
        self.client = client
        self.raw_post: Any = client.with_raw_response.post
        self.limits = limits
        self.access = access
        self.metrics: Metrics = Metrics()
        self.slots: Slots = Slots(limits.max_streams, self.metrics)

    async def end(self, *, close: bool) -> None:
        """The process ends; with ``close`` the client does, too."""
        self.metrics.forget_process()
        if close:
            await self.client.close()

    def describe(self, err: BaseException) -> Failure:
        """An error as a client is told it, without the upstream's key."""
        described = describe(err, self.client.api_key)
        self.metrics.count_failure(described.code)
        return described

    def without_key(self, content: bytes) -> bytes:
        """A body without the upstream's key, which no answer repeats to a client."""
        key = self.client.api_key.encode()
        return content.replace(key, b"..." + key[-4:]) if key and key in content else content


class Relay:
    """The answer to a POST: it reads the request, asks the upstream and passes the answer on."""

    def __init__(self, gateway: Gateway, path: str) -> None:
        self._gateway = gateway
        self._path = path

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        gateway = self._gateway
        client_stream = ClientStream(send, gateway.limits)
        try:
            gateway.access.check(scope)
            try:
                with gateway.slots, Attendance(client_stream, gateway.limits) as attendance:
                    content = await body.read(scope, receive, gateway.limits)
                    request = body.parse(content, self._path)
                    attendance.request_is_here(receive)
                    await self._respond(request, client_stream)
            except body.TooLarge as err:
                if err.arriving:
                    await body.discard(receive)
                raise
        except ClientLeft:
            return
        except asyncio.CancelledError:  # the server stops and the grace period is over
            stopping = Refusal(503, "The gateway is stopping.", code="gateway_stopping")
            await client_stream.fail(gateway.describe(stopping))
        except Exception as err:
            await client_stream.fail(gateway.describe(err))

    def _respond(self, request: Dict[str, Any], client_stream: ClientStream) -> Awaitable[None]:
        client_stream.streams = bool(request.get("stream"))
        respond = self._pass_stream if client_stream.streams else self._pass_whole
        return respond(request, client_stream)

    async def _pass_stream(self, request: Dict[str, Any], client_stream: ClientStream) -> None:
        deadline = self._gateway.limits.deadline
        stream: Any = await self._gateway.client.post(
            self._path, body=request, stream=True, cast_to=bytes, deadline=deadline
        )
        client_stream.headers = headers_of(stream.adapter)
        try:
            async for events in stream:
                await client_stream.write(events)
            await client_stream.write(DONE, last=True)
        finally:
            await stream.close()

    async def _pass_whole(self, request: Dict[str, Any], client_stream: ClientStream) -> None:
        deadline = self._gateway.limits.deadline
        raw: Any = await self._gateway.raw_post(self._path, body=request, deadline=deadline)
        response = raw.parse()
        if not isinstance(response, dict):
            raise APIResponseError("The answer is no JSON object.")
        info: Any = response.adapter  # type: ignore[attr-defined]
        client_stream.headers = headers_of(info)
        # What is in the old shape again is not what the upstream sent.
        content = raw.content if info.raw is None else json_bytes(response)
        await client_stream.write(self._gateway.without_key(content), last=True)


def headers_of(info: Any) -> Dict[str, str]:
    """What the upstream says about the call, and what was changed on the way there."""
    headers = {name: info.headers[name] for name in ("x-ds-trace-id",) if name in info.headers}
    if info.repairs:
        headers[REPAIRS] = ", ".join(repair.id for repair in info.repairs)
    return headers
