"""requests: its session, made strict, and replies as bytes.

http.client takes a head that breaks off for a whole one, and an early hint (103) for the answer.
Sessions may have retries of their own, as openai 0.28 gives them, which ask again after an answer.
"""

from __future__ import annotations

import http.client
import os
import socket
import threading
from functools import lru_cache
from math import inf
from operator import is_
from types import FunctionType, MethodType
from typing import Any, Dict, Iterator, Optional, Tuple
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from ..._headers import Headers
from ..._settings.providers import is_on_this_machine
from ..base import POOL_SIZE, Operation
from . import requests_prepared as fixed
from .blocked import shut_down, socket_of_reply
from .chunked import Dechunker
from .failures import NO_CONNECTION, TIMEOUT, connection_error
from .requests_failures import is_begun, is_unwritten, shortest, translated

READ_SIZE = 16384  # bytes; what a packet of chunks becomes stays in the caches


class Body(bytes):
    """A request body that knows whether it was written: http.client then asks for more."""

    begun = False
    written = False

    def read(self, size: int = -1) -> bytes:
        """All of it, and then nothing; then anew, for a hook may send the request again."""
        self.written, self.begun = self.begun and not self.written, True
        return b"" if self.written else bytes(self)

    def seek(self, position: int) -> None:
        """To the beginning: requests-cache reads a body before it is sent."""
        self.written = self.begun


# --- no half head is an answer, nothing is sent twice unasked ------------------------------------

_LINE_END = (b"\r\n", b"\n")


class _Head:
    """The lines of a head; ``incomplete`` while its first byte is in and its last is not."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.incomplete = False

    def readline(self, limit: int = -1) -> bytes:
        """The next line, as of a file."""
        self.incomplete = self.incomplete or bool(self._file.peek(1))
        line: bytes = self._file.readline(limit)
        if line in _LINE_END:
            self.incomplete = False
        return line

    def close(self) -> None:
        """As of a file."""
        self._file.close()


class StrictResponse(http.client.HTTPResponse):
    """http.client's, for which a head that breaks off is no head and a status below 200 no answer.

    An error while the head is read has ``answer_began``: whether a part of it had arrived.
    """

    def begin(self) -> None:
        """Read the head; raises HTTPException or OSError."""
        file = self.fp
        if not hasattr(file, "peek"):  # a socket of a kind of its own
            super().begin()
            return
        head: Any = _Head(file)
        self.fp = head
        try:
            super().begin()
        except OSError as err:
            err.answer_began = head.incomplete  # type: ignore[attr-defined]
            raise
        finally:
            if self.fp is head:  # not closed
                self.fp = file
        if head.incomplete:
            raise http.client.HTTPException("it breaks off")

    def _read_status(self) -> Any:
        status_line = super()._read_status()  # type: ignore[misc]  # not in typeshed
        while 100 < status_line[1] < 200 and status_line[1] != 101:
            while self.fp.readline(65536) not in (*_LINE_END, b""):
                pass
            status_line = super()._read_status()  # type: ignore[misc]
        return status_line


class _Session:
    """In front of a session's class. What requests works out for each request anew, a third of a
    call, is remembered, or done with less work; what a session's own class does, is left to it."""

    def get_adapter(self, url: Any) -> Any:
        """The session's adapter, strict."""
        return strict_adapter(super().get_adapter(url))  # type: ignore[misc]

    def get_redirect_target(self, response: Any) -> None:
        """Decided above the seam; to know it, requests would read the body, whatever its size."""

    def prepare_request(self, request: Any) -> Any:
        """As requests does it."""
        prepare: Any = super().prepare_request  # type: ignore[misc]
        return _is_requests_own(prepare) and _prepared(self, request) or prepare(request)

    def merge_environment_settings(self, url: Any, *arguments: Any) -> Dict[str, Any]:
        """As requests does it."""
        merge: Any = super().merge_environment_settings  # type: ignore[misc]
        is_own = _is_requests_own(merge)
        return _remembered(self, merge, url, arguments) if is_own else dict(merge(url, *arguments))


class _Adapter:
    """In front of an adapter's class."""

    @property
    def max_retries(self) -> Any:
        """Of the adapter's own retries those where nothing was sent."""
        retries = vars(self).get("max_retries", getattr(super(), "max_retries", None))
        if not hasattr(retries, "new"):  # of a kind that the adapter's own code understands
            return retries
        none = {"other": 0} if hasattr(retries, "other") else {}  # urllib3 before 1.26
        return retries.new(
            read=False, status_forcelist=(), respect_retry_after_header=False, **none
        )

    @max_retries.setter
    def max_retries(self, value: Any) -> None:
        vars(self)["max_retries"] = value

    def get_connection(self, *args: Any, **kwargs: Any) -> Any:
        """The pool for a request, as requests before 2.32 asks for it."""
        pool = super().get_connection(*args, **kwargs)  # type: ignore[misc]
        return strict_pool(pool, vars(self).get("pool_size"))

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """The same since 2.32."""
        pool = super().get_connection_with_tls_context(*args, **kwargs)  # type: ignore[misc]
        return strict_pool(pool, vars(self).get("pool_size"))


class _Pool:
    """In front of a pool's class: a connection is strict while it is out, and as it was when it
    comes back, for others may use the pool, too."""

    def _get_conn(self, *args: Any, **kwargs: Any) -> Any:
        connection = super()._get_conn(*args, **kwargs)  # type: ignore[misc]
        connection.response_class = StrictResponse
        return connection

    def _put_conn(self, connection: Any) -> None:
        if connection is not None:
            vars(connection).pop("response_class", None)
        super()._put_conn(connection)  # type: ignore[misc]


def strict_session(session: Any) -> Any:
    """The session with strict adapters; for what is none of requests', itself."""
    return _in_front(_Session, session) if isinstance(session, requests.Session) else session


def strict_adapter(adapter: Any) -> Any:
    """The adapter with strict heads and without retries once something was sent."""
    return _in_front(_Adapter, adapter) if isinstance(adapter, HTTPAdapter) else adapter


def strict_pool(pool: Any, size: Optional[int] = None) -> Any:
    """The pool, whose connections read heads strictly; ``size``: how many it may keep, from now on.
    One that is not urllib3's on http.client (urllib3-future takes its name) is itself."""
    if not fixed.is_on_http_client(getattr(pool, "ConnectionCls", None)):
        return pool
    if size and pool.pool is not None:  # None: it was closed
        pool.pool.maxsize = size
    return _in_front(_Pool, pool)


def _in_front(methods: type, target: Any) -> Any:
    """``target`` with other methods in front of its own: the state is one and the same."""
    cls: Any = type(target)
    if issubclass(cls, methods):
        return target
    view = object.__new__(_combined(methods, cls))
    view.__dict__ = target.__dict__
    view._behind = target  # a pool that is dropped closes its connections
    return view


@lru_cache(maxsize=128)
def _combined(methods: type, cls: type) -> Any:
    return type(cls.__name__, (methods, cls), {"__slots__": ("_behind",)})


# --- the session, the reply, the backend ----------------------------------------------------------


def _is_requests_own(method: Any) -> bool:
    """Whether a bound method is requests' own: neither a subclass's nor a patch."""
    function = method.__func__ if type(method) is MethodType else None
    return type(function) is FunctionType and function.__globals__ is vars(requests.sessions)


def _prepared(session: Any, request: Any) -> Optional[requests.PreparedRequest]:
    """What ``requests.Session.prepare_request`` makes of a usual request to a usual session; None
    for any other: cookies, hooks, authentication, other bodies."""
    given = (request.files, request.json, request.cookies, request.params, request.hooks)
    if not all(map(is_, fixed.steps(requests.sessions.PreparedRequest), fixed.STEPS)):  # patched
        return None
    own = session.auth or session.params or session.cookies or session.hooks != fixed.NO_HOOKS
    if own or given != fixed.USUAL or request.auth is not fixed.keep_authorization:
        return None
    headers, body = session.headers, request.data
    if type(headers) is not CaseInsensitiveDict or not isinstance(body, bytes) or not body:
        return None
    headers = headers.copy()
    headers.update(request.headers)
    result: Any = requests.PreparedRequest()
    result.method, result.url = request.method.upper(), fixed.prepared_url(request.url)
    for item in headers.items():
        if type(item[0]) is not str or type(item[1]) is not str:  # None takes a header away
            return None
        requests.models.check_header_validity(item)  # type: ignore[attr-defined]  # as patched
    result.headers, result.body = headers, body
    result.headers["Content-Length"] = str(len(body))
    result._cookies = requests.cookies.RequestsCookieJar()
    return result


def _remembered(session: Any, merge: Any, url: Any, arguments: Tuple[Any, ...]) -> Dict[str, Any]:
    """What ``merge`` gives for these, until they, the session or the environment change."""
    given = (dict(arguments[0] or {}), *arguments[1:])  # merging adds to them
    own = (session.trust_env, dict(session.proxies or {}), session.verify, session.cert)
    state = (
        urlsplit(url)[:2],
        given,
        own,
        session.stream,
        [*map(os.environ.get, fixed.ENVIRONMENT)],
    )
    previous, merged = vars(session).get("_merged", (None, {}))
    if state != previous:
        merged = dict(merge(url, *arguments))
        if isinstance(session, fixed.Session) and is_on_this_machine(url):
            merged["proxies"] = {}
        vars(session)["_merged"] = (state, merged)
    return {**merged, "proxies": dict(merged["proxies"] or {})}  # an adapter may change them


# While a body is read. The last two: http.client on a reply that abort() or close() took away
# beneath it; urllib3's own: urllib3-future, which has no http.client.
_BROKEN = (OSError, http.client.HTTPException, HTTPError, ValueError, AttributeError)


class RequestsReply:
    """A reply whose body is read from http.client, below urllib3's bookkeeping.

    ``read1`` gives what is there; urllib3's ``read(n)`` waits for n bytes and so holds back events
    of a stream without chunked framing. Chunked framing is taken off here, many chunks at a time.
    """

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.headers = Headers(response.headers)
        self.content_encoding: str = self.headers.get("content-encoding", "")
        self._response: Any = response
        self._file: Any = getattr(response.raw, "_fp", response.raw)
        self._lock = threading.Lock()  # held while the socket is shut down, or let go of
        self._owned = True  # else the connection may be another call's
        self._read_already = getattr(response, "_content", False) is not False
        if self._read_already:  # decoded, by openai < 1 under openai.log = "debug"; or a test's
            self.content_encoding = ""

    def chunks(self) -> Iterator[bytes]:
        """Raw body bytes."""
        try:
            yield from self._reads()
        except socket.timeout as err:
            raise connection_error(TIMEOUT, "while the answer was read") from err
        except _BROKEN as err:
            raise connection_error(NO_CONNECTION, shortest(err), reading=True) from err
        # What is kept holds the pool, which closes its connections only when it is dropped.
        response, self._response = self._response, None
        if response is None:  # close() took it away, which can look like the end
            raise connection_error(NO_CONNECTION, "it was closed", reading=True)
        self._disown()
        release = getattr(response.raw, "release_conn", None)
        if release:
            release()

    def _reads(self) -> Iterator[bytes]:
        if self._read_already:
            yield self._response.content
            return
        file = self._file
        if isinstance(file, http.client.HTTPResponse) and getattr(file, "chunked", False):
            dechunker, read_wire = Dechunker(), file.fp.read1
            while not dechunker.ended:
                wire = read_wire(READ_SIZE)
                if not wire:
                    raise http.client.IncompleteRead(b"")
                data = dechunker.feed(wire)
                if data:
                    yield data
            file.close()
            return
        read = getattr(file, "read1", None) or file.read
        data = read(READ_SIZE)
        while data:
            yield data
            data = read(READ_SIZE)
        if getattr(file, "length", None):
            raise http.client.IncompleteRead(b"", file.length)
        if isinstance(file, http.client.HTTPResponse):
            file.close()  # else the connection is not ready for another request (before 3.12)

    def close(self) -> None:
        """Let go of the connection; one with unread bytes is torn down."""
        response, self._response = self._response, None
        if response is not None:
            self._disown()
            response.close()

    def _disown(self) -> None:
        with self._lock:
            self._owned = False

    def abort(self) -> None:
        """Shut the socket down beneath a reader, from any thread."""
        with self._lock:
            if self._owned:
                shut_down(socket_of_reply(self._response, self._file))


def connections_opened(session: requests.Session, url: str) -> int:
    """How many connections the session's pools have opened so far."""
    pools: Any = getattr(getattr(session.get_adapter(url), "poolmanager", None), "pools", None)
    if type(pools).__name__ != "RecentlyUsedContainer":  # no urllib3, or another in its place
        return 0
    return sum(getattr(pools.get(key), "num_connections", 0) for key in list(pools.keys()))


class RequestsBackend:
    """A ``requests.Session``, own or the caller's."""

    name = "raw-requests"
    per_thread = False

    def __init__(self, session: Any = None) -> None:
        self.pool_size = float(POOL_SIZE) if session is None else inf
        self._is_own = session is None
        self._session: Any = session or fixed.Session()
        self._strict = strict_session(self._session)

    def send(self, op: Operation) -> RequestsReply:
        """Answers when the response headers are there."""
        opened = connections_opened(self._session, op.url)
        body = op.body and Body(op.body)
        try:
            response = self._strict.request(
                op.method,
                op.url,
                headers=op.headers,
                data=body,
                stream=True,
                timeout=(op.connect, op.read),
                allow_redirects=False,
                auth=self._session.auth or fixed.keep_authorization,
                **({} if self._is_own else fixed.proxy_options(self._session, op.url)),
            )
        except (OSError, ValueError) as err:  # requests' own are OSErrors; urllib3's leak
            reused = opened > 0 and opened == connections_opened(self._session, op.url)
            stale = reused and is_unwritten(body)
            raise translated(err, stale=stale, begun=is_begun(body)) from err
        return RequestsReply(response)

    def close(self) -> None:
        """Close the session."""
        self._session.close()
