"""What many requests by requests have in common: a session of our own, URLs, and proxies."""

from __future__ import annotations

import http.client
from functools import lru_cache
from operator import attrgetter
from typing import Any, Dict, Tuple

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool

from ..._settings.providers import is_on_this_machine
from ..base import POOL_SIZE

NO_HOOKS: Dict[str, Any] = {"response": []}
# Files, JSON, cookies, parameters and hooks of a request that has none of them.
USUAL: Tuple[Any, ...] = ([], None, None, {}, NO_HOOKS)

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
ENVIRONMENT = (*_PROXIES, *map(str.upper, _PROXIES), "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")

_NAMES = "method url headers cookies body auth content_length hooks".split()
steps = attrgetter("prepare", *map("prepare_{}".format, _NAMES))  # of preparing a request
# As requests has them; None where the program had put another in its place.
STEPS = tuple(
    step if getattr(step, "__globals__", None) is vars(requests.models) else None
    for step in steps(requests.PreparedRequest)
)


class Session(requests.Session):
    """Our own, whose pools keep POOL_SIZE connections. urllib3 puts as many empty places into a new
    pool, an eighth of what a first answer takes: here a place comes with its connection."""

    def __init__(self) -> None:
        super().__init__()
        is_known = is_on_http_client(HTTPConnectionPool.ConnectionCls)
        for scheme in ("http://", "https://"):
            adapter: Any = HTTPAdapter(pool_maxsize=1 if is_known else POOL_SIZE)
            adapter.pool_size = POOL_SIZE
            self.mount(scheme, adapter)


@lru_cache(maxsize=64)
def is_on_http_client(connection_class: Any) -> bool:
    """Whether the connections of a pool are urllib3's on http.client."""
    return getattr(connection_class, "response_class", None) is http.client.HTTPResponse


def keep_authorization(request: Any) -> Any:
    """An ``auth`` that changes nothing, so that ``~/.netrc`` does not replace the key."""
    return request


def proxy_options(session: Any, url: str) -> Dict[str, Any]:
    """Arguments for a request over a session that is not ours: on the way to this machine neither
    its own proxies nor the environment's count."""
    if not is_on_this_machine(url):
        return {}
    schemes = ("http", "https", "all", *(getattr(session, "proxies", None) or ()))
    return {"proxies": dict.fromkeys(schemes)}


@lru_cache(maxsize=64)
def prepared_url(url: str) -> Any:
    """The URL as requests writes it; raises what requests raises."""
    request = requests.PreparedRequest()
    request.prepare_url(url, {})
    return request.url
