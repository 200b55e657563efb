"""Which proxy a URL is reached through, as httpx reads it from the environment.

For a transport that would ask the environment at every call, which costs more than the call.
"""

from __future__ import annotations

import ipaddress
from typing import Any, Callable, List, Mapping, Optional, Tuple
from urllib.parse import urlsplit
from urllib.request import getproxies

from ..._settings.providers import is_loopback

_SCHEMES = ("http", "https", "all")
# Scheme, host and port: is it reached without a proxy?
Excludes = Callable[[str, str, Optional[int]], bool]


class Proxies:
    """Scheme ("http", "https", "all") to the URL of a proxy, and the hosts that need none."""

    def __init__(self, by_scheme: Mapping[str, str], no_proxy: str = "") -> None:
        """``no_proxy`` as the variable NO_PROXY has it: names, addresses, networks, by commas."""
        self.by_scheme = {
            scheme: url if "://" in url else f"http://{url}"
            for scheme, url in by_scheme.items()
            if scheme in _SCHEMES and url
        }
        entries = [entry.strip().lower() for entry in no_proxy.split(",")]
        if "*" in entries:
            self.by_scheme = {}
        self._excludes: List[Excludes] = [_excludes(entry) for entry in entries if entry]

    @classmethod
    def of_environment(cls) -> Proxies:
        """Those of the variables; on Windows and macOS of the system, too."""
        found = getproxies()
        return cls(found, found.get("no", ""))

    def __bool__(self) -> bool:
        return bool(self.by_scheme)

    def are_all(self, scheme: str) -> bool:
        """Whether each of them is spoken to over ``scheme`` ("http")."""
        return all(url.startswith(f"{scheme}://") for url in self.by_scheme.values())

    def proxy_for(self, url: str) -> Optional[str]:
        """The proxy on the way to ``url``; None for none, as to this machine."""
        if not self.by_scheme:
            return None
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        origin = (parts.scheme, host, parts.port)
        if is_loopback(host) or any(excludes(*origin) for excludes in self._excludes):
            return None
        return self.by_scheme.get(parts.scheme) or self.by_scheme.get("all")


class ElsewhereOnly:
    """A pattern of httpx's that does not match this machine."""

    def __init__(self, pattern: Any) -> None:
        self._pattern = pattern

    def matches(self, url: Any) -> bool:
        """Asked by httpx for each request."""
        return bool(self._pattern.matches(url)) and not is_loopback(url.host)


class ThisMachine:
    """A pattern that matches this machine alone, or nothing."""

    def __init__(self, active: bool) -> None:
        self._active = active

    def matches(self, url: Any) -> bool:
        """Asked by httpx for each request."""
        return self._active and is_loopback(url.host)


def _excludes(entry: str) -> Excludes:
    """An entry of NO_PROXY: a domain and all below it, ``.domain`` only those below, an address, a
    network; with a port, or as a URL, it is meant alone."""
    network = _network(entry)
    if network is not None:
        return lambda scheme, host, port: _is_in(host, network)
    of_scheme, is_url, rest = entry.rpartition("://")
    name, of_port = _host_and_port(rest)
    return lambda scheme, host, port: (
        of_scheme in ("", "all", scheme)
        and of_port in (None, port)
        and (host == name if is_url else _is_named(host, name))
    )


def _network(entry: str) -> Any:
    """The network or single address that an entry is; None for a name."""
    try:
        return ipaddress.ip_network(entry.replace("[", "").replace("]", ""), strict=False)
    except ValueError:
        return None


def _is_in(host: str, network: Any) -> bool:
    try:
        return ipaddress.ip_address(host) in network
    except ValueError:
        return False


def _host_and_port(entry: str) -> Tuple[str, Optional[int]]:
    parts = urlsplit(f"//{entry}")
    try:
        return parts.hostname or "", parts.port
    except ValueError:  # no number
        return parts.hostname or "", None


def _is_named(host: str, name: str) -> bool:
    if _network(name) is not None or name == "localhost":
        return host == name
    if name.startswith("*"):
        name = name[1:]
    if name.startswith("."):
        return host.endswith(name)
    return bool(name) and (host == name or host.endswith(f".{name}"))
