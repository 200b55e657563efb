"""``--online``: the way to the API, step by step. Free of charge: no token is spent."""

from __future__ import annotations

import json
import socket
import threading
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple
from urllib.parse import urlsplit

from ..._errors.tree import OpenAIError
from ..._settings import keys as _keys
from ..._settings import providers as _providers
from ..._settings import values
from ..._settings.endpoint import Endpoint, check_key_destination, resolve_endpoint
from ..search_path import Subject
from ..secrets import Secrets, safe_url
from ..snapshot import OnlineStep
from .settings import env_paths, own_reader

LIMIT = 5.0  # seconds for each step
_LONGEST = 200


def collect(subject: Subject, secrets: Secrets) -> Tuple[OnlineStep, ...]:
    """The steps up to the first that fails: resolve, connect, handshake, models, balance."""
    with own_reader(env_paths(subject)):
        end = resolve_endpoint({})
        base = values.base_url(end.base_url, end.base_source)
        try:
            key = _sendable(end.key, end, base) if end.key else None
        except OpenAIError as err:
            return (OnlineStep("key", "failed", 0, secrets.hide(err.message)),)
    parts = urlsplit(base)
    steps = [*_connect(parts.scheme, parts.hostname or "", parts.port)]
    if steps[-1].state != "failed":
        steps += [OnlineStep("key", "skipped")] if key is None else _asked(end, base, key)
    return tuple(answer._replace(text=secrets.hide(answer.text)) for answer in steps)


def _asked(end: Endpoint, base: str, key: str) -> Iterator[OnlineStep]:
    yield _models(base, key)
    if end.provider is _providers.DEEPSEEK or _providers.is_loopback(_providers.host_of(base)):
        yield _balance(base, key)


def _sendable(key: str, end: Endpoint, base: str) -> str:
    """The key, if it may go there; what the client itself would refuse is refused here."""
    host = _providers.host_of(base)
    if _providers.is_loopback(host):
        return _keys.sendable(key)
    _keys.check(key, end.key_source, end.provider)
    check_key_destination(end, host)
    return key


# --- getting there -------------------------------------------------------------------------------


def _connect(scheme: str, host: str, port: Optional[int]) -> List[OnlineStep]:
    from urllib.request import getproxies, proxy_bypass

    proxy = getproxies().get(scheme) or getproxies().get("all")
    if proxy and not proxy_bypass(host) and not _providers.is_loopback(host):
        return [OnlineStep("dns", "skipped", 0, safe_url(proxy))]
    number = port or (443 if scheme == "https" else 80)
    attempts: List[Tuple[str, Callable[[], Any]]] = [
        ("dns", lambda: _resolve(host, number)),
        ("tcp", lambda: socket.create_connection((host, number), LIMIT).close()),
    ]
    if scheme == "https":
        attempts.append(("tls", lambda: _handshake(host, number)))
    results: List[OnlineStep] = []
    for name, step in attempts:
        results.append(_attempt(name, step))
        if results[-1].state == "failed":
            break
    return results


def _attempt(name: str, step: Callable[[], Any]) -> OnlineStep:
    try:
        text = step()
    except Exception as err:
        return OnlineStep(name, "failed", 0, f"{type(err).__name__}: {err}")
    return OnlineStep(name, text=text or "")


def _resolve(host: str, port: int) -> str:
    """In a thread of its own: name resolution knows no time limit."""
    outcome: List[Any] = []

    def look() -> None:
        try:
            outcome.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as err:
            outcome.append(err)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(LIMIT)
    if not outcome:
        raise TimeoutError(f"no answer for {host} within {LIMIT:.0f} s")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return ", ".join(dict.fromkeys(row[4][0] for row in outcome[0]))


def _handshake(host: str, port: int) -> str:
    import ssl

    context = ssl.create_default_context()
    with socket.create_connection((host, port), LIMIT) as sock:
        with context.wrap_socket(sock, server_hostname=host) as tls:
            return tls.version() or ""


# --- asking --------------------------------------------------------------------------------------


def _models(base: str, key: str) -> OnlineStep:
    status, text, body = _get(f"{base}/models", key)
    rows = body.get("data") if isinstance(body, dict) else None
    names = [row.get("id") for row in rows if isinstance(row, dict)] if rows else []
    state = "ok" if status == 200 and names else "failed"
    return OnlineStep("models", state, status, text, {"models": names})


def _balance(base: str, key: str) -> OnlineStep:
    root = base
    for version in ("/v1", "/beta"):
        root = root[: -len(version)] if root.endswith(version) else root
    status, text, body = _get(f"{root}/user/balance", key)
    fields = body if isinstance(body, dict) else {}
    rows = fields.get("balance_infos") or []
    amounts = [f"{r.get('total_balance')} {r.get('currency')}" for r in rows if isinstance(r, dict)]
    data = {"available": fields.get("is_available"), "amounts": amounts}
    return OnlineStep("balance", "ok" if status == 200 and rows else "failed", status, text, data)


def _get(url: str, key: str) -> Tuple[int, str, Any]:
    """Status, the server's words, the parsed body; status 0 when there was no answer."""
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

    class NoRedirects(HTTPRedirectHandler):
        """A redirect would carry the key to another host."""

        def redirect_request(self, *args: Any, **more: Any) -> None:
            return None

    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    direct = [ProxyHandler({})] if _providers.is_on_this_machine(url) else []
    opener = build_opener(NoRedirects, *direct)
    try:
        with opener.open(Request(url, headers=headers), timeout=LIMIT) as reply:
            status, raw = reply.status, reply.read()
    except HTTPError as err:
        status, raw = err.code, err.read()
    except (OSError, ValueError) as err:
        return 0, f"{type(err).__name__}: {err}", None
    return _read(status, raw.decode("utf-8", "replace"))


def _read(status: int, text: str) -> Tuple[int, str, Any]:
    try:
        body: Any = json.loads(text)
    except ValueError:
        body = None
    error: Dict[str, Any] = body.get("error") or {} if isinstance(body, dict) else {}
    message = error.get("message") if isinstance(error, dict) else error
    shown = " ".join(str(message or ("" if body else text)).split())
    return status, shown[:_LONGEST], body
