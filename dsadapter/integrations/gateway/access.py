"""Who may call: the bearer of a token, or without tokens this machine only."""

from __future__ import annotations

import hmac
import ipaddress
from functools import lru_cache
from typing import Any, Dict, Optional, Tuple

from starlette.datastructures import Headers, QueryParams

from .errors import Refusal
from .settings import TOKENS

_WRONG_HEADERS = ("x-api-key", "api-key")
_WRONG_QUERY = ("api_key", "api-key", "key", "token", "access_token")


class Access:
    """The door: ``tokens`` open it, without any being on this machine does."""

    def __init__(self, tokens: Tuple[str, ...]) -> None:
        self._known = [token.encode("utf-8") for token in tokens]

    def check(self, scope: Any) -> None:
        """Raises Refusal for a request that is not let in."""
        if not self._known:
            _only_this_machine(scope, header(scope, b"host"))
            return
        presented = _bearer(header(scope, b"authorization"))
        # Every token is compared: how long it takes says nothing about which one is near.
        if sum(hmac.compare_digest(presented, token) for token in self._known) == 0:
            query = QueryParams(scope["query_string"])
            raise _unknown(Headers(scope=scope), query, bool(presented))


def header(scope: Any, name: bytes) -> str:
    """The first header of this name, which is in lower case; "" where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


def _bearer(header: str) -> bytes:
    scheme, _, token = header.partition(" ")
    return token.strip().encode("latin-1") if scheme.lower() == "bearer" else b""


def _unknown(headers: Headers, query: QueryParams, has_token: bool) -> Refusal:
    text = "The access token is not known here." if has_token else "There is no access token."
    text += " Send it as the header `Authorization: Bearer TOKEN`"
    location = _wrong_location(headers, query)
    return Refusal(
        401,
        f"{text}, not in {location}." if location else f"{text}.",
        code="invalid_api_key",
        headers={"WWW-Authenticate": "Bearer"},
    )


def _wrong_location(headers: Headers, query: QueryParams) -> Optional[str]:
    locations = [f"the header {name}" for name in _WRONG_HEADERS if name in headers]
    locations += [f"the query ({name}=)" for name in _WRONG_QUERY if name in query]
    return locations[0] if locations else None


def _only_this_machine(scope: Dict[str, Any], host: str) -> None:
    """The socket must be a loopback one; so must the name in ``Host``, which a web page cannot
    forge (DNS rebinding)."""
    server = (scope.get("server") or ("",))[0]
    if not (is_loopback(server) and is_loopback(_hostname(host))):
        raise Refusal(
            403,
            f"This gateway has no access tokens and serves its own machine only. Set {TOKENS}.",
        )


def _hostname(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


@lru_cache(maxsize=256)  # the names are the clients': few, as a rule, and no more than these stay
def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, or no network address at all (a Unix socket)."""
    if host == "" or host.startswith("/") or host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
