"""One call from its first byte to its answer: attempts, retries, redirects, bounds.

The logic is written once, as a generator that yields what it wants done, and driven twice:
:func:`drive` does the steps blocking, :func:`adrive` on an event loop.
"""

from __future__ import annotations

import random
import threading
import time
from email.utils import parsedate_to_datetime
from typing import Any, Callable, Generator, List, Optional
from urllib.parse import urljoin, urlsplit

from .._backends.base import Operation
from .._errors.tree import (
    APIConnectionError,
    APIError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    OpenAIError,
    ServerBusyError,
    ServerDisconnectedError,
    with_sdk_class,
)
from .._headers import Headers
from .._record import Record
from .._response import content_encoding as _decode
from .._response.info import AdapterInfo, Retry
from .._response.types import Wrap
from .._settings.table import Settings
from . import request as _wire
from .deadlines import AsyncWatch, Bounds, watched

FIRST_WAIT, LONGEST_WAIT, LONGEST_RETRY_AFTER = 0.5, 8.0, 120.0  # seconds, as openai 2.52 and newer
RETRIED = (408, 409, 429)  # and everything from 500 up
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5
MAX_ERROR_BODY = 1024 * 1024
SLACK = 0.25  # seconds that a socket may outlast a bound


class Call:
    """Everything that one call carries through the flow."""

    def __init__(
        self,
        backend: Any,
        op: Operation,
        settings: Settings,
        bounds: Bounds,
        info: AdapterInfo,
        wrap: Wrap,
        whole: Wrap,
        *,
        stream: bool = False,
        resend: Optional[Callable[[OpenAIError], Optional[Operation]]] = None,
    ) -> None:
        self.backend = backend
        self.op = op
        self.settings = settings
        self.bounds = bounds
        self.info = info
        self.wrap = wrap  # dict of one chunk -> what the caller gets
        self.whole = whole  # dict of a whole reply -> what the caller gets
        self.stream = stream
        self.resend = resend  # a repaired operation for a refusal, or None
        self.body: Optional[bytes] = None  # of a whole reply, as it came
        self.observation: Any = None  # told when the call is over
        self.keep: Any = None  # whose end would close the connection under a stream

    def failed(self, err: BaseException) -> None:
        """The last thing done with an error on its way to the caller."""
        if isinstance(err, OpenAIError):
            with_sdk_class(err)
        if self.observation:
            self.observation.end(err)


# --- steps ---------------------------------------------------------------------------------------


class Send:
    """Answers with a reply, opened: status and headers are there."""

    def __init__(self, op: Operation) -> None:
        self.op = op

    def run(self, call: Call) -> Any:
        left = call.bounds.left() if call.bounds.strict else None
        if left is None:
            return call.backend.send(self.op)
        op = _shortened(self.op, left)
        if not call.backend.per_thread:
            return _send_in_thread(call, op, left)
        try:  # the call cannot move to another thread: each read is bounded instead
            return call.backend.send(op)
        except APITimeoutError as err:
            if call.bounds.left():
                raise
            raise call.bounds.error() from err

    async def arun(self, call: Call) -> Any:
        left = call.bounds.left() if call.bounds.strict else None
        if left is None:
            return await call.backend.send(self.op)
        import asyncio

        try:
            return await asyncio.wait_for(call.backend.send(self.op), left)
        except asyncio.TimeoutError as err:
            raise call.bounds.error() from err


class Read:
    """Answers with the whole body, decoded; the reply is closed, whatever happens."""

    def __init__(self, reply: Any, limit: Optional[int] = None) -> None:
        self.reply = reply
        self.limit = limit or _decode.MAX_BODY

    def run(self, call: Call) -> bytes:
        body = _Body(self.reply.headers, call.bounds, self.limit)
        watch = watched(call.bounds, self.reply.abort)
        try:
            for data in self.reply.chunks():
                if not body.feed(data):
                    break
            return body.whole()
        except APIConnectionError as err:
            late = body.failed(err)
            if late is None:
                raise
            raise late from err
        finally:
            if watch:
                watch.cancel()
            self.reply.close()

    async def arun(self, call: Call) -> bytes:
        body = _Body(self.reply.headers, call.bounds, self.limit)
        watch = AsyncWatch(call.bounds, self.reply.abort)
        source = self.reply.chunks()
        try:
            async for data in source:
                if not body.feed(data):
                    break
            return body.whole()
        except APIConnectionError as err:
            late = body.failed(err)
            if late is None:
                raise
            raise late from err
        finally:
            watch.cancel()
            await source.aclose()
            await self.reply.close()


class Sleep:
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def run(self, call: Call) -> None:
        time.sleep(self.seconds)

    async def arun(self, call: Call) -> None:
        import asyncio

        await asyncio.sleep(self.seconds)


class Opened:
    """A stream is open: the drivers stop here and hand its reply on."""

    def __init__(self, reply: Any) -> None:
        self.reply = reply


class _Body:
    """Collects a whole body; keep-alive blanks in front of it are no data."""

    def __init__(self, headers: Headers, bounds: Bounds, limit: int) -> None:
        self._content = _decode.for_encoding(headers.get("content-encoding"))
        self._bounds = bounds
        self._limit = limit
        self._parts: List[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> bool:
        """False when the rest is not wanted (an error page without end)."""
        for piece in self._content.feed(data):
            if not self._size:
                piece = piece.lstrip()
            if piece:
                self._bounds.touch()
                self._parts.append(piece)
                self._size += len(piece)
            if self._size > self._limit:
                if self._limit == MAX_ERROR_BODY:
                    return False
                raise APIResponseError(
                    f"The answer exceeds {self._limit} bytes when unpacked and was dropped."
                )
        return True

    def whole(self) -> bytes:
        if self._bounds.fired:
            raise self._bounds.error()
        if self._size <= self._limit:
            self._content.finish()
        return b"".join(self._parts)

    def failed(self, err: APIConnectionError) -> Optional[APITimeoutError]:
        """Note in ``err`` what had arrived; the error of the bound that caused it, if one did."""
        late = self._bounds.error() if self._bounds.fired else None
        (late or err).partial = b"".join(self._parts).decode("utf-8", "replace")
        return late


def _shortened(op: Operation, left: float) -> Operation:
    """The operation with socket timeouts that end just behind a bound, which so is the one that
    is reported, and behind which nothing waits much longer."""
    longest = left + SLACK
    connect, read = (min(limit or longest, longest) for limit in (op.connect, op.read))
    return op._replace(connect=connect, read=read)


def _send_in_thread(call: Call, op: Operation, left: float) -> Any:
    """Send under a bound: headers that drip in byte by byte defeat every per-read timeout."""
    errand = _Errand(call.backend, op)
    from contextvars import copy_context

    thread = threading.Thread(target=copy_context().run, args=(errand.run,), daemon=True)
    thread.start()
    try:
        thread.join(left)
    except BaseException:  # Ctrl-C
        if errand.give_up():
            errand.drop()
        raise
    if not errand.give_up():
        raise call.bounds.error()
    if isinstance(errand.result, BaseException):
        raise errand.result
    return errand.result


class _Errand:
    """One send in a thread of its own; a reply that nobody waits for any more is closed."""

    def __init__(self, backend: Any, op: Operation) -> None:
        self._backend = backend
        self._op = op
        self._lock = threading.Lock()
        self._abandoned = False
        self.result: Any = None

    def run(self) -> None:
        try:
            result: Any = self._backend.send(self._op)
        except BaseException as err:
            result = err
        with self._lock:
            self.result = result
        if self._abandoned:
            self.drop()

    def give_up(self) -> bool:
        """Wait no longer. Whether there is a result."""
        with self._lock:
            self._abandoned = self.result is None
            return not self._abandoned

    def drop(self) -> None:
        if not isinstance(self.result, BaseException):
            self.result.close()


# --- the drivers ---------------------------------------------------------------------------------


def drive(flow: Any, call: Call, thrown: Optional[BaseException] = None) -> Any:
    """Run the flow to its result, or to the opening of a stream."""
    try:
        step = flow.throw(thrown) if thrown else next(flow)
        while not isinstance(step, Opened):
            try:
                result = step.run(call)
            except BaseException as err:
                step = flow.throw(err)
            else:
                step = flow.send(result)
        return step
    except StopIteration as stop:
        return stop.value
    except BaseException as err:
        call.failed(err)
        raise


async def adrive(flow: Any, call: Call, thrown: Optional[BaseException] = None) -> Any:
    try:
        step = flow.throw(thrown) if thrown else next(flow)
        while not isinstance(step, Opened):
            try:
                result = await step.arun(call)
            except BaseException as err:
                step = flow.throw(err)
            else:
                step = flow.send(result)
        return step
    except StopIteration as stop:
        return stop.value
    except BaseException as err:
        call.failed(err)
        raise


# --- the flow ------------------------------------------------------------------------------------


def exchange(call: Call) -> Generator[Any, Any, Any]:
    """Attempts until an answer, an error that no retry mends, or the end of patience.

    Returns the parsed JSON of a whole reply. For a stream it yields :class:`Opened`; a
    ServerBusyError thrown in there (a blank 200) is retried like any other.
    """
    spare = 1  # for a kept-alive connection that the server had closed
    while True:
        try:
            return (yield from _attempt(call))
        except ServerDisconnectedError as err:
            if err.reused and spare:
                spare = 0
                continue
            wait = _wait(call, err)
        except APIError as err:
            if _resent(call, err):
                continue
            wait = _wait(call, err)
        yield Sleep(wait)


def _attempt(call: Call) -> Generator[Any, Any, Any]:
    op = call.op
    for _ in range(MAX_REDIRECTS + 1):
        reply = yield from _send(op, call)
        if reply.status < 300:
            break
        body = yield from _error_body(reply)
        if reply.status not in REDIRECTS or "location" not in reply.headers:
            raise _status_error(reply, body, op, call)
        op = _redirected(op, reply, body, call)
    else:
        raise _status_error(reply, body, op, call)
    if call.stream:
        yield Opened(reply)
        raise AssertionError("a stream was resumed without an error")
    body = call.body = yield Read(reply)
    call.info.elapsed = call.bounds.elapsed()
    if reply.status == 204:
        return None
    return _wire.parse_reply(
        reply.status, reply.headers, body, call.settings, anything=call.whole is Record
    )


def _send(op: Operation, call: Call) -> Generator[Any, Any, Any]:
    call.bounds.touch()  # each attempt has the whole idle_timeout
    try:
        reply = yield Send(op)
    except APIConnectionError as err:
        err.hint = err.hint or _wire.connection_hint(op)
        err.request = _wire.sent(op, call.settings.api_key)
        err.before_response = not err.answer_began
        raise
    call.info.status, call.info.headers = reply.status, reply.headers
    call.info.elapsed = call.bounds.elapsed()
    return reply


def _error_body(reply: Any) -> Generator[Any, Any, bytes]:
    """What can be had of the body of an error: the status counts, with or without it."""
    try:
        return (yield Read(reply, MAX_ERROR_BODY))
    except (APIConnectionError, APIResponseError) as err:
        if isinstance(err, APITimeoutError) and err.bound != "timeout":
            raise
        return (err.partial or "").encode("utf-8", "replace")


def _status_error(reply: Any, body: bytes, op: Operation, call: Call) -> APIStatusError:
    request = _wire.sent(op, call.settings.api_key)
    return _wire.status_error(reply.status, reply.headers, body, request, call.settings)


def _redirected(op: Operation, reply: Any, body: bytes, call: Call) -> Operation:
    """Where a redirect leads on the same host; elsewhere neither key nor body may follow."""
    here = urlsplit(op.url)
    try:
        target = urljoin(op.url, reply.headers["location"])
        there = urlsplit(target)
    except ValueError:  # no URL at all
        raise _status_error(reply, body, op, call) from None
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        err = _status_error(reply, body, op, call)
        err.hint = (
            f"{here.netloc} redirects to {there.scheme}://{there.netloc}; neither the key nor the "
            f"request was sent there. If you trust it, set base_url to it"
        )
        raise err
    return op._replace(url=target)


def _resent(call: Call, err: APIError) -> bool:
    """The one repair resend of a call: a refusal that says what was missing."""
    if call.resend is None or err.status_code != 400:
        return False
    op, call.resend = call.resend(err), None
    if op is None:
        return False
    call.op = op
    return True


def _wait(call: Call, err: APIError) -> float:
    """How long to wait before the next attempt; raises ``err`` when there is none."""
    tried = len(call.info.retries)
    if tried >= call.settings.max_retries or not _retryable(err, call):
        raise err
    wait = retry_after(err.headers)
    if wait is None:
        wait = min(FIRST_WAIT * 2**tried, LONGEST_WAIT) * (1 - random.random() / 4)
    if wait > LONGEST_RETRY_AFTER:
        raise err
    if not call.bounds.before_deadline(wait):
        raise call.bounds.error_before(wait) from err
    call.info.retries.append(Retry(f"{type(err).__name__}: {err.message}", wait))
    return wait


def _retryable(err: APIError, call: Call) -> bool:
    """Nothing once response headers have arrived (the work may be billed), but for a blank 200."""
    if isinstance(err, ServerBusyError):
        return True
    if isinstance(err, APIStatusError):  # not for an error object inside a 200
        return call.info.status in RETRIED or call.info.status >= 500
    bound_passed = isinstance(err, APITimeoutError) and err.bound != "timeout"
    return isinstance(err, APIConnectionError) and err.before_response and not bound_passed


def retry_after(headers: Any) -> Optional[float]:
    """Seconds from ``retry-after-ms`` or ``Retry-After`` (a number or a date), None without."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.strip().replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):  # not a form the standard knows
        return None
