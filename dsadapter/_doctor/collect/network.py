"""Proxy and certificate variables, and the files they name. Nothing is sent anywhere; a proxy on
this machine is knocked at."""

from __future__ import annotations

import os
from typing import Iterator, Optional, Tuple
from urllib.parse import urlsplit

from ..._settings import providers as _providers
from ..secrets import safe_url, shown
from ..snapshot import FileVariable, Network, Proxy

PROXY_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
FILE_NAMES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSLKEYLOGFILE")
STORES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)
_KNOCK = 0.3  # seconds; on loopback the answer takes none


def collect(base_url: str) -> Network:
    """The proxy and certificate variables; ``base_url`` says whose .netrc entry counts."""
    return Network(
        proxies=tuple(_proxies()),
        no_proxy=_variable("NO_PROXY")[1],
        files=tuple(_files()),
        netrc=_netrc(_providers.host_of(base_url)),
        system_store=_has_system_store(),
    )


def _variable(name: str) -> Tuple[str, str]:
    """Lower case wins, as in requests and httpx (urllib's rule)."""
    for spelling in (name.lower(), name):
        value = os.environ.get(spelling)
        if value:
            return spelling, value
    return name, ""


def _proxies() -> Iterator[Proxy]:
    for name in PROXY_NAMES:
        spelling, value = _variable(name)
        if value:
            yield _proxy(spelling, value)


def _proxy(name: str, value: str) -> Proxy:
    text = value.strip()
    scheme = text.partition("://")[0].lower() if "://" in text else ""
    fault = "blanks" if text != value else ""
    try:
        parts = urlsplit(text if scheme else f"http://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Proxy(name, safe_url(value), scheme, "", "port")
    if not host:
        fault = "unreadable"
    return Proxy(name, safe_url(value), scheme, host, fault, _is_refused(host, port))


def _is_refused(host: str, port: Optional[int]) -> bool:
    if not _providers.is_loopback(host) or port is None:
        return False
    import socket  # 5 ms, of which a machine without such a proxy has no use

    try:
        socket.create_connection((host, port), timeout=_KNOCK).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return False


def _files() -> Iterator[FileVariable]:
    for name in FILE_NAMES:
        value = os.environ.get(name)
        if value:
            yield FileVariable(name, shown(value), _file_state(name, value))


def _file_state(name: str, path: str) -> str:
    if name == "SSLKEYLOGFILE":  # it is written, so its folder counts
        return "ok" if os.path.isdir(os.path.dirname(os.path.abspath(path))) else "missing"
    if os.path.isdir(path):
        return "folder"
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError:
        return "missing"
    return "ok" if b"-----BEGIN" in text else "not-pem"


def _netrc(host: str) -> str:
    """A .netrc whose entry requests would send in place of the key."""
    home = os.path.expanduser("~")
    path = os.environ.get("NETRC") or os.path.join(home, ".netrc")
    windows = os.path.join(home, "_netrc")
    for name in (path, windows):
        try:
            with open(name, encoding="utf-8", errors="replace") as file:
                words = file.read().split()
        except OSError:
            continue
        machines = [after for word, after in zip(words, words[1:]) if word == "machine"]
        if host in machines or "default" in words:
            return shown(name)
    return ""


def _has_system_store() -> bool:
    if os.name == "nt" or os.path.isdir("/System/Library"):
        return True
    return any(map(os.path.exists, STORES))
