"""requests: its session, replies as bytes, its exceptions."""

from __future__ import annotations

import http.client
import os
import socket
from typing import Any, Dict, Iterator, List, Tuple
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from ..._errors.tree import APIConnectionError
from ..._headers import Headers
from ..._settings.providers import is_on_this_machine
from ..base import POOL_SIZE, Operation
from .chunked import Dechunker
from .failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD, connection_error

READ_SIZE = 65536
_DROPPED = (http.client.RemoteDisconnected, ConnectionError)


class Session(requests.Session):
    """A session that asks the environment for proxies and certificates when it has changed.

    requests asks at every call, which is a fifth of the call.
    """

    def __init__(self) -> None:
        super().__init__()
        for scheme in ("http://", "https://"):
            self.mount(scheme, HTTPAdapter(pool_maxsize=POOL_SIZE))
        self._merged: Tuple[Any, Dict[str, Any]] = (None, {})

    def merge_environment_settings(  # type: ignore[override]  # requests passes them by position
        self, url: Any, *arguments: Any
    ) -> Dict[str, Any]:
        """As requests does it, remembered until the environment changes. No proxy stands between
        this machine and itself."""
        parts, environment = urlsplit(url), os.environ
        values = [environment.get(name) for name in _ENVIRONMENT]
        state = (parts.scheme, parts.netloc, arguments, values, self.trust_env)
        previous, merged = self._merged
        if state != previous:
            merged = dict(super().merge_environment_settings(url, *arguments))
            if is_on_this_machine(url):
                merged["proxies"] = {}
            self._merged = (state, merged)
        return dict(merged)


_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_ENVIRONMENT = (*_PROXIES, *(name.upper() for name in _PROXIES))
_ENVIRONMENT += ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def proxy_options(session: Any, url: str) -> Dict[str, Any]:
    """Arguments for a request over a session that is not ours: on the way to this machine neither
    its own proxies nor the environment's count."""
    if isinstance(session, Session) or not is_on_this_machine(url):
        return {}
    schemes = ("http", "https", "all", *(getattr(session, "proxies", None) or ()))
    return {"proxies": dict.fromkeys(schemes)}


class RequestsReply:
    """A reply whose body is read from http.client, below urllib3's bookkeeping.

    ``read1`` gives what is there; urllib3's ``read(n)`` waits for n bytes and so holds back events
    of a stream without chunked framing. Chunked framing is taken off here, many chunks at a time.
    """

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.headers = Headers(response.headers)
        self.content_encoding: str = self.headers.get("content-encoding", "")
        self._response = response
        self._file: Any = getattr(response.raw, "_fp", response.raw)
        self._ended = False
        self._read_already = getattr(response, "_content", False) is not False
        if self._read_already:  # decoded, by openai < 1 under openai.log = "debug"; or a test's
            self.content_encoding = ""

    def chunks(self) -> Iterator[bytes]:
        """Raw body bytes."""
        try:
            yield from self._reads()
        except socket.timeout as err:
            raise connection_error(TIMEOUT, "while the answer was read") from err
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as err:
            # the last two: http.client on a reply that abort() or close() took away beneath it
            raise connection_error(NO_CONNECTION, _shortest(err), reading=True) from err
        self._ended = True
        release = getattr(self._response.raw, "release_conn", None)
        if release:
            release()

    def _reads(self) -> Iterator[bytes]:
        if self._read_already:
            yield self._response.content
            return
        file = self._file
        if isinstance(file, http.client.HTTPResponse) and file.chunked:
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
        if not self._ended:
            self._ended = True
            self._response.close()

    def abort(self) -> None:
        """Shut the socket down beneath a reader, from any thread."""
        try:
            wrapped = socket.socket(fileno=self._file.fileno())
        except (OSError, ValueError, AttributeError):  # closed meanwhile: nobody is waiting
            return
        try:
            wrapped.shutdown(socket.SHUT_RDWR)
        except OSError:  # the peer was faster
            pass
        finally:
            wrapped.detach()


def translated(err: BaseException, *, reused: bool) -> APIConnectionError:
    """Our error for one that requests raised before the response headers were there."""
    kind = next((kind for applies, kind in EXCEPTIONS if applies(err)), NO_CONNECTION)
    return connection_error(kind, _shortest(err), reused=reused)


def _is_timeout(err: BaseException) -> bool:
    return isinstance(err, requests.exceptions.Timeout)


def _was_dropped(err: BaseException) -> bool:
    if not isinstance(err, requests.exceptions.ConnectionError):
        return False
    family = _family(err)
    refused = any(isinstance(item, ConnectionRefusedError) for item in family)
    return not refused and any(isinstance(item, _DROPPED) for item in family)


def _is_no_http(err: BaseException) -> bool:
    return any(isinstance(item, http.client.HTTPException) for item in _family(err))


# Which of its exceptions means what, the first that fits.
EXCEPTIONS = ((_is_timeout, TIMEOUT), (_was_dropped, DISCONNECTED), (_is_no_http, UNREADABLE_HEAD))


def _family(err: BaseException) -> List[BaseException]:
    """``err`` and all that stands behind it: causes, contexts, reasons and arguments."""
    family: List[BaseException] = []
    queue: List[Any] = [err]
    while queue:
        item = queue.pop()
        if isinstance(item, BaseException) and item not in family:
            family.append(item)
            reason = getattr(item, "reason", None)
            queue += [*item.args, reason, item.__context__, item.__cause__]
    return family


def _shortest(err: BaseException) -> str:
    """The system's own words where there are any: urllib3 wraps them in object addresses."""
    family = _family(err)
    by_proxy = any("ProxyError" in type(item).__name__ for item in family)
    roots = [item for item in family if isinstance(item, OSError) and item.errno is not None]
    text = str(roots[-1] if roots else err) or type(err).__name__
    return f"proxy: {text}" if by_proxy else text


def keep_authorization(request: Any) -> Any:
    """An ``auth`` that changes nothing, so that ``~/.netrc`` does not replace the key."""
    return request


def connections_opened(session: requests.Session, url: str) -> int:
    """How many connections the session's pools have opened so far."""
    pools = getattr(getattr(session.get_adapter(url), "poolmanager", None), "pools", None)
    if pools is None:  # an adapter of the caller's own
        return 0
    return sum(getattr(pools.get(key), "num_connections", 0) for key in list(pools.keys()))


class RequestsBackend:
    """A ``requests.Session``, own or the caller's."""

    name = "raw-requests"
    per_thread = False

    def __init__(self, session: Any = None) -> None:
        self._session: Any = session or Session()

    def send(self, op: Operation) -> RequestsReply:
        """Answers when the response headers are there."""
        opened = connections_opened(self._session, op.url)
        try:
            response = self._session.request(
                op.method,
                op.url,
                headers=op.headers,
                data=op.body,
                stream=True,
                timeout=(op.connect, op.read),
                allow_redirects=False,
                auth=self._session.auth or keep_authorization,
                **proxy_options(self._session, op.url),
            )
        except (OSError, ValueError) as err:  # requests' own are OSErrors; urllib3's leak
            reused = opened > 0 and opened == connections_opened(self._session, op.url)
            raise translated(err, reused=reused) from err
        return RequestsReply(response)

    def close(self) -> None:
        """Close the session."""
        self._session.close()


def multipart(op: Operation, files: Any, fields: Dict[str, Any]) -> Operation:
    """The operation with files and fields as a multipart/form-data body."""
    form = requests.Request("POST", op.url, files=files, data=fields).prepare()
    headers = {name: value for name, value in op.headers.items() if name != "Content-Type"}
    headers["Content-Type"] = str(form.headers["Content-Type"])
    body: Any = form.body
    return op._replace(headers=headers, body=body)
