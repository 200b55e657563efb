"""The exceptions of requests, and of urllib3 and http.client beneath it: which means what."""

from __future__ import annotations

import http.client
import socket
from typing import Any, List, Optional

import requests
from urllib3.exceptions import InvalidHeader

from ..._errors.tree import APIConnectionError
from .failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD, connection_error

_DROPPED = (http.client.RemoteDisconnected, ConnectionError)
# Before a connection was there. By name: urllib3's are not told from those of its replacements.
_WHILE_CONNECTING = {"ConnectTimeout", "ConnectTimeoutError", "NewConnectionError", "ProxyError"}


def translated(
    err: BaseException, *, stale: bool = False, begun: bool = True
) -> APIConnectionError:
    """Our error for one that requests raised before the response headers were there; ``begun`` says
    that the body of the request may have been written in part."""
    kind = next((kind for applies, kind in EXCEPTIONS if applies(err)), NO_CONNECTION)
    family = _family(err)
    began = any(getattr(item, "answer_began", False) for item in family)
    names = {cls.__name__ for item in family for cls in type(item).__mro__}
    unsent = not names.isdisjoint(_WHILE_CONNECTING) or not begun and "SSLError" in names
    return connection_error(kind, shortest(err), stale=stale, answer_began=began, unsent=unsent)


def is_unwritten(body: Optional[bytes]) -> bool:
    """Whether a part of a body that was to be sent certainly was not."""
    return not getattr(body, "written", True)


def is_begun(body: Optional[bytes]) -> bool:
    """Whether a request may have been written, in part at least."""
    return bool(getattr(body, "begun", True))


def _is_timeout(err: BaseException) -> bool:
    late = (requests.exceptions.Timeout, socket.timeout)  # the latter while the request is written
    return any(isinstance(item, late) for item in _family(err))


def _was_dropped(err: BaseException) -> bool:
    if not isinstance(err, requests.exceptions.ConnectionError):
        return False
    family = _family(err)
    refused = any(isinstance(item, ConnectionRefusedError) for item in family)
    return not refused and any(isinstance(item, _DROPPED) for item in family)


def _is_no_http(err: BaseException) -> bool:
    no_http = (http.client.HTTPException, InvalidHeader)  # the latter for lengths that differ
    return any(isinstance(item, no_http) for item in _family(err))


# Which of its exceptions means what, the first that fits.
EXCEPTIONS = ((_is_timeout, TIMEOUT), (_was_dropped, DISCONNECTED), (_is_no_http, UNREADABLE_HEAD))


def _family(err: BaseException) -> List[BaseException]:
    """``err`` and all that stands behind it: causes, reasons and arguments. Not contexts, as the
    caller may be handling an error of its own, but for the socket's time-out that urllib3 1 makes
    its own of without naming it as the cause."""
    family: List[BaseException] = []
    queue: List[Any] = [err]
    while queue:
        item = queue.pop()
        if isinstance(item, BaseException) and item not in family:
            family.append(item)
            reason = getattr(item, "reason", None)
            queue += [*item.args, reason, item.__cause__]
            if type(item).__name__ == "ReadTimeoutError":
                queue.append(item.__context__)
    return family


def shortest(err: BaseException) -> str:
    """The system's own words where there are any: urllib3 wraps them in object addresses."""
    family = _family(err)
    by_proxy = any("ProxyError" in type(item).__name__ for item in family)
    roots = [item for item in family if isinstance(item, OSError) and item.errno is not None]
    text = str(roots[-1] if roots else err) or type(err).__name__
    return f"proxy: {text}" if by_proxy else text
