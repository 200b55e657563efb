"""Connections of aiohttp that note how they end, those of our own sessions and of a caller's.

Much of what is looked at here is aiohttp's own: where that is gone, nothing is noted.
"""

from __future__ import annotations

import asyncio
import select
from contextvars import ContextVar
from functools import lru_cache, partial
from typing import Any, Dict, Optional

import aiohttp

# Of the task that makes a call of the adapter, in which its connections are opened and asked.
_our_call: ContextVar[bool] = ContextVar("_our_call", default=False)


class ConnectionTrace(Dict[str, bool]):
    """Handed along with a request: notes whether it opened a connection of its own."""

    @property
    def opened(self) -> bool:
        """Whether the call did not use a kept-alive connection."""
        return "opened" in self


class _Noting:
    """In front of aiohttp's class of connections: notes in the error which ends one whether a part
    of a head had arrived, and whether the request was still being written; and the read timeout
    holds for that, too. All this for calls of the adapter alone: a session may serve others.
    """

    _on_read_timeout: Any  # aiohttp's
    _noting = _answer_began = _awaiting_head = False
    _unasked = False  # bytes came that no request asked for
    _head_so_far = b""  # its last four bytes
    _stalled: Any = None  # a timer, while the system takes no more bytes

    def pause_writing(self) -> None:
        """The system takes no more."""
        super().pause_writing()  # type: ignore[misc]
        seconds = getattr(self, "_read_timeout", None)
        if self._noting and seconds and hasattr(self, "_on_read_timeout"):
            loop = asyncio.get_running_loop()
            self._stalled = loop.call_later(seconds, self._on_read_timeout)

    def resume_writing(self) -> None:
        """It takes more."""
        super().resume_writing()  # type: ignore[misc]
        self._unstall()

    def close(self) -> None:
        """Close, and not only when all is written that nobody reads any more."""
        transport = getattr(self, "transport", None)
        if self._noting and transport is not None and self._is_stalled():
            transport.abort()
        super().close()  # type: ignore[misc]

    def connection_lost(self, exc: Optional[BaseException]) -> None:
        """It is gone."""
        self._unstall()
        super().connection_lost(exc)  # type: ignore[misc]

    def _is_stalled(self) -> bool:
        return bool(getattr(self, "_paused", False))

    def _unstall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()

    def set_response_params(self, **params: Any) -> None:
        """A new request begins."""
        self._noting = self._is_ours()
        self._answer_began, self._awaiting_head, self._head_so_far = False, True, b""
        super().set_response_params(**params)  # type: ignore[misc]

    def _is_ours(self) -> bool:
        return _our_call.get()

    def data_received(self, data: bytes) -> None:
        """Bytes of an answer."""
        self._unasked = self._unasked or bool(data) and self._is_idle()
        if self._awaiting_head and data:
            self._answer_began = True
        super().data_received(data)  # type: ignore[misc]
        if self._noting and self._awaiting_head and data:
            self._await_head(data)

    def _await_head(self, data: bytes) -> None:
        """What came was no head of an answer, or not all of it; there may be an early hint in it,
        behind which aiohttp waits without a timer, and then the beginning of the answer's."""
        self._head_so_far = (self._head_so_far + data)[-4:]
        self._answer_began = self._head_so_far != b"\r\n\r\n"
        if hasattr(self, "_reschedule_timeout"):
            self._reschedule_timeout()

    def _is_idle(self) -> bool:
        payload = getattr(self, "_payload", None)
        return not self._awaiting_head and (payload is None or payload.is_eof())

    def is_connected(self) -> bool:
        """As aiohttp asks it of a kept-alive connection: one on which something came meanwhile is
        no more, for the next call would take that for its own answer."""
        connected = bool(super().is_connected())  # type: ignore[misc]
        return connected and not (self._unasked and self._is_ours())

    def feed_data(self, data: Any, *size: Any) -> None:
        """A whole head; with a status below 200 it is that of no answer."""
        super().feed_data(data, *size)  # type: ignore[misc]
        self._answer_began = False
        self._awaiting_head = data[0].code < 200

    def set_exception(self, exc: Any, *cause: Any) -> None:
        """The end of the connection."""
        if self._noting and isinstance(exc, BaseException):
            unwritten = self._is_stalled() or not self._awaiting_head  # it had not even begun
            exc._dsadapter_noted = self._answer_began, unwritten  # type: ignore[attr-defined]
        super().set_exception(exc, *cause)  # type: ignore[misc]
        payload = getattr(self, "_payload", None)
        if self._noting and isinstance(exc, BaseException) and payload is not None:
            asyncio.get_running_loop().call_soon(_tell_reader, payload, exc)


def _tell_reader(payload: aiohttp.StreamReader, end: BaseException) -> None:
    """That a body will not go on. aiohttp's parser in C lets go of it without a word, and without
    a timer, where a size of a chunk is none; and a reader that was just woken for the end of the
    chunk before overlooks what it is told in the same turn of the event loop (seen in 3.14.5)."""
    if payload.is_eof():
        return
    failed = payload.exception()
    if failed is None:
        why = (getattr(end, "message", "") or repr(end)).split("\n")[0].rstrip(":")
        failed = aiohttp.ClientPayloadError(f"the body is not whole: {why}")
        failed.__cause__ = end
    payload.set_exception(failed)


def watch(response: Any) -> None:
    """Have the reader of this response told, too, where its connection is aiohttp's own kind, and
    not given back yet."""
    protocol: Any = getattr(getattr(response, "connection", None), "protocol", None)
    is_aiohttps = isinstance(protocol, aiohttp.client_proto.ResponseHandler)
    if not is_aiohttps or isinstance(protocol, _Noting):
        return
    content = response.content

    def set_exception(exc: Any, *cause: Any) -> None:
        type(protocol).set_exception(protocol, exc, *cause)
        asyncio.get_running_loop().call_soon(_tell_reader, content, exc)

    if protocol.exception() is None:
        protocol.set_exception = set_exception
    else:
        _tell_reader(content, protocol.exception())


def answer_began(err: BaseException) -> bool:
    """Whether the connection noted in its error that a part of a head had arrived."""
    return bool(getattr(err, "_dsadapter_noted", (False, False))[0])


def was_unwritten(err: BaseException) -> bool:
    """Whether it noted that the request was not written to its end."""
    return bool(getattr(err, "_dsadapter_noted", (False, False))[1])


@lru_cache(maxsize=16)
def _combined(methods: type, cls: type) -> Any:
    return type(cls.__name__, (methods, cls), {})


def _factory_with(methods: type, connector: Any) -> Any:
    """What makes the connections of a connector, with other methods in front; None for another
    aiohttp, or a connector of the caller's own kind."""
    factory = getattr(connector, "_factory", None)
    cls = getattr(factory, "func", None)
    if not isinstance(factory, partial) or not isinstance(cls, type):
        return None
    return partial(_combined(methods, cls), *factory.args, **factory.keywords)


# --- our own sessions ----------------------------------------------------------------------------

current_trace: ContextVar[Optional[ConnectionTrace]] = ContextVar("current_trace", default=None)


class _Own(_Noting):
    """A connection of a session that serves the adapter alone."""

    _noting = True
    _last_read: Optional[float] = None  # by the event loop's clock; None: nothing is awaited
    _clock: Any = None  # the timer that looks at it

    def _is_ours(self) -> bool:
        return True

    def _reschedule_timeout(self) -> None:
        """The read timeout begins anew. That is noted, and a timer that is set already runs on: to
        set one for each packet would cost more than to read it."""
        now = self._last_read = asyncio.get_running_loop().time()
        seconds = getattr(self, "_read_timeout", None)
        if not seconds:
            self._drop_timeout()
        elif self._clock is None or self._awaiting_head and self._clock.when() > now + seconds:
            self._look_in(seconds)

    def _drop_timeout(self) -> None:
        """Nothing is awaited: the timer runs on, for the next request."""
        self._last_read = None

    def _look_in(self, seconds: float) -> None:
        self._stop_clock()
        self._clock = asyncio.get_running_loop().call_later(seconds, self._look_at_clock)

    def _look_at_clock(self) -> None:
        self._clock, seconds = None, getattr(self, "_read_timeout", None)
        if self._last_read is None or not seconds:
            return
        remaining = self._last_read + seconds - asyncio.get_running_loop().time()
        if remaining > 0:
            self._look_in(remaining)
        else:
            self._on_read_timeout()

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def connection_lost(self, exc: Optional[BaseException]) -> None:
        """It is gone."""
        self._stop_clock()
        super().connection_lost(exc)

    def is_connected(self) -> bool:
        """As aiohttp asks it of a kept-alive connection: one that the server has closed meanwhile
        can be read, though the event loop does not know it yet."""
        return super().is_connected() and not (self._is_idle() and self._is_readable())

    def _is_readable(self) -> bool:
        transport: Any = getattr(self, "transport", None)
        sock = transport.get_extra_info("socket")
        return sock is not None and is_readable(sock.fileno())

    def close(self) -> None:
        """At once, TLS's good-bye included: what is closed has nothing to say any more, and may
        be closed with its event loop."""
        transport = getattr(self, "transport", None)
        if transport is not None:
            transport.abort()
        super().close()


def is_readable(file_number: int) -> bool:
    """Whether a read would not wait: there are bytes, or the end."""
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([file_number], [], [], 0)[0])
    poll = select.poll()
    poll.register(file_number, select.POLLIN)
    return bool(poll.poll(0))


class OwnConnector(aiohttp.TCPConnector):
    """Notes in ``current_trace`` which call opened a connection; the gate limits their number."""

    def __init__(self) -> None:
        super().__init__(limit=0)
        factory = _factory_with(_Own, self)
        if factory is not None:
            self._factory = factory

    async def _create_connection(self, *args: Any, **kwargs: Any) -> Any:
        trace = current_trace.get()
        if trace is not None:
            trace["opened"] = True
        return await super()._create_connection(*args, **kwargs)


# --- a session of the caller's -------------------------------------------------------------------


def _note_ends(connector: Any) -> None:
    """Let the connections of a connector note how they end, where a call of ours opened them."""
    noting = _factory_with(_Noting, connector)
    if noting is not None:
        factory = connector._factory
        connector._factory = lambda: noting() if _our_call.get() else factory()


def _is_ours(context: Any) -> bool:
    """Whether a hook is called for a call of the adapter, on a session that the caller uses too."""
    return isinstance(context.trace_request_ctx, ConnectionTrace)


def _tracing() -> aiohttp.TraceConfig:
    async def note(session: Any, context: Any, params: Any) -> None:
        if _is_ours(context):
            context.trace_request_ctx["opened"] = True

    async def begin(session: Any, context: Any, params: Any) -> None:
        # before it chooses a connection: aiohttp loses that where a later hook is cancelled
        for _ in range(_TURNS if _is_ours(context) else 0):
            await asyncio.sleep(0)
        _our_call.set(_is_ours(context))
        if _is_ours(context) and getattr(session, "_retry_connection", False):
            session._retry_connection = False  # is read next: aiohttp itself asks twice for a GET
            asyncio.get_running_loop().call_soon(setattr, session, "_retry_connection", True)

    async def end(session: Any, context: Any, params: Any) -> None:
        _our_call.set(False)

    config = aiohttp.TraceConfig()
    config.on_request_start.append(begin)
    config.on_request_end.append(end)
    config.on_request_exception.append(end)
    config.on_connection_create_start.append(note)
    config.freeze()
    return config


_TURNS = 3  # of the event loop, after which it knows that a kept-alive connection was closed
_TRACED = "_dsadapter_traced"


def trace_connections(session: aiohttp.ClientSession) -> bool:
    """Let a caller's session note opened connections, too; False where it cannot."""
    configs = getattr(session, "trace_configs", None)
    if not isinstance(configs, list):  # aiohttp before 3.6, or a session of the caller's own kind
        return False
    if not any(getattr(config, _TRACED, False) for config in configs):
        config = _tracing()
        setattr(config, _TRACED, True)
        configs.append(config)
        if session.connector is not None:
            _note_ends(session.connector)
    return True
