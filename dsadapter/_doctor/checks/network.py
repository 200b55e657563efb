"""Group network: proxy and certificate variables, and which HTTP stack makes what of them.

The facts are those of sdk-matrix section 10.
"""

from __future__ import annotations

from typing import Iterator

from ..._backends.versions import at_least, below
from ..._texts import doctor_network as texts
from ..._texts.text import Text
from ..check import check
from ..findings import Finding, Fix, fail, info, skip, warn
from ..fix_commands import fix, unset_command
from ..snapshot import FileVariable, Proxy, Snapshot

SOCKS = ("socks5", "socks5h")
KNOWN = ("http", "https", *SOCKS, "")


def _stack(s: Snapshot) -> str:
    """The HTTP library of the SDK that runs: requests (0.x, or none), httpx, httpx2."""
    if not s.sdk() or below(s.sdk(), "1"):
        return "requests"
    return "httpx2" if at_least(s.sdk(), "3") else "httpx"


def _fill(text: Text, proxy: Proxy) -> Text:
    return text(name=proxy.name, value=proxy.value)


def proxy_url(s: Snapshot) -> Iterator[Finding]:
    """Proxy variables that no client can use."""
    for proxy in s.network.proxies:
        if proxy.fault in ("port", "unreadable"):
            yield fail(
                _fill(texts.BAD_ADDRESS, proxy),
                fix=fix(s, texts.WRITE, unset_command(s, proxy.name)),
            )
        elif proxy.scheme not in KNOWN:
            yield fail(
                _fill(texts.UNKNOWN_SCHEME, proxy),
                fix=fix(s, texts.SOCKS5, unset_command(s, proxy.name)),
            )
        elif proxy.fault == "blanks" and _stack(s) == "requests":
            yield fail(
                _fill(texts.BLANKS, proxy), fix=fix(s, texts.WRITE, unset_command(s, proxy.name))
            )


def socks(s: Snapshot) -> Iterator[Finding]:
    """SOCKS proxies without the package that speaks SOCKS."""
    stack = _stack(s)
    package = "socks" if stack == "requests" else "socksio"
    for proxy in s.network.proxies:
        if proxy.scheme == "socks5h" and _is_old_httpx(s, stack):
            yield fail(_fill(texts.SOCKS5H, proxy), fix=Fix(texts.USE_SOCKS5))
        elif proxy.scheme in SOCKS and not _has(s, package):
            extra = "requests" if package == "socks" else "httpx"
            command = f'pip install "{extra}[socks]"'
            yield fail(
                _fill(texts.NO_SOCKS, proxy),
                fix=fix(s, texts.ADD, command, unset_command(s, proxy.name)),
            )
            return


def _is_old_httpx(s: Snapshot, stack: str) -> bool:
    version = s.packages.version("httpx")
    return stack == "httpx" and bool(version) and below(version, "0.28")


def _has(s: Snapshot, module: str) -> bool:
    entry = s.packages.modules.get(module)
    return entry is not None and entry.kind != "missing"


def proxy_alive(s: Snapshot) -> Iterator[Finding]:
    """A proxy on this machine where nobody listens."""
    for proxy in s.network.proxies:
        if proxy.refused:
            yield fail(
                _fill(texts.NOT_LISTENING, proxy),
                fix=fix(s, texts.START_PROXY, unset_command(s, proxy.name)),
            )
            return


def no_proxy(s: Snapshot) -> Iterator[Finding]:
    """Entries of NO_PROXY that httpx cannot read."""
    entries = [entry.strip() for entry in s.network.no_proxy.split(",") if entry.strip()]
    if _stack(s) != "httpx":
        return
    for entry in entries:
        if entry.startswith("[") or (entry.count(":") > 1 and "/" in entry):
            yield fail(texts.BAD_NO_PROXY(entry=entry), fix=Fix(texts.PLAIN_ADDRESSES))
        elif "/" in entry:
            yield info(texts.RANGE(entry=entry))


def async_proxy(s: Snapshot) -> Iterator[Finding]:
    """Async calls of openai 0.28, which ignore the proxy."""
    if s.network.proxies and s.sdk() and below(s.sdk(), "1"):
        yield info(
            texts.ASYNC_DIRECT(name=s.network.proxies[0].name), fix=Fix(texts.SET_OPENAI_PROXY)
        )


# --- certificates --------------------------------------------------------------------------------


READERS = {
    "SSL_CERT_FILE": ("httpx", "httpx2"),
    "REQUESTS_CA_BUNDLE": ("requests",),
    "CURL_CA_BUNDLE": ("requests",),
    "SSLKEYLOGFILE": ("requests", "httpx"),
}


def ca_files(s: Snapshot) -> Iterator[Finding]:
    """Certificate variables that name no usable file."""
    for fact in s.network.files:
        if fact.state == "ok" or (fact.name == "REQUESTS_CA_BUNDLE" and fact.state == "folder"):
            continue
        if fact.name == "CURL_CA_BUNDLE" and any(
            f.name == "REQUESTS_CA_BUNDLE" for f in s.network.files
        ):
            continue
        yield _bad_file(s, fact)


def _bad_file(s: Snapshot, fact: FileVariable) -> Finding:
    state = texts.STATES[fact.state]
    if fact.name == "SSLKEYLOGFILE":
        state = texts.NO_FOLDER
    level = fail if _matters(s, fact) else warn
    return level(
        texts.BAD_FILE(
            name=fact.name, file=fact.value, state=state, effect=texts.EFFECTS[fact.name]
        ),
        fix=fix(s, texts.UNSET_FILE, unset_command(s, fact.name)),
    )


def _matters(s: Snapshot, fact: FileVariable) -> bool:
    """Whether this SDK's stack stumbles over it; httpx below 0.28 passes over a missing file."""
    stack = _stack(s)
    readers = READERS[fact.name]
    if stack == "requests" and not s.sdk():
        return True  # the raw backend uses requests and httpx
    if stack == "httpx" and fact.state == "missing" and below(s.packages.version("httpx"), "0.28"):
        return fact.name == "SSLKEYLOGFILE"
    return stack in readers


def ca_split(s: Snapshot) -> Iterator[Finding]:
    """An own CA that only some HTTP stacks are told about."""
    good = {fact.name: fact.value for fact in s.network.files if fact.state == "ok"}
    bundle = good.get("REQUESTS_CA_BUNDLE") or good.get("CURL_CA_BUNDLE")
    own = good.get("SSL_CERT_FILE")
    if bool(own) == bool(bundle):
        return
    have, lack = (
        ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE") if own else ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
    )
    readers = {"SSL_CERT_FILE": "httpx", "REQUESTS_CA_BUNDLE": "requests (openai 0.28)"}
    yield info(texts.ONE_STACK_ONLY(have=have, lack=lack, reader=readers[lack]))


def trust_store(s: Snapshot) -> Iterator[Finding]:
    """openai 3 trusts what the operating system trusts, everything before it certifi's list."""
    if _stack(s) == "httpx2" and not s.network.system_store and not _has_own(s):
        yield warn(texts.NO_STORE(sdk=s.sdk()), fix=Fix(texts.INSTALL_CERTIFICATES))


def _has_own(s: Snapshot) -> bool:
    return any(fact.name == "SSL_CERT_FILE" and fact.state == "ok" for fact in s.network.files)


def netrc(s: Snapshot) -> Iterator[Finding]:
    """A .netrc whose password would replace the key."""
    if s.network.netrc:
        yield warn(texts.NETRC(file=s.network.netrc), fix=Fix(texts.DELETE_ENTRY))


def client(s: Snapshot) -> Iterator[Finding]:
    """What the probe met when it had the environment's variables back."""
    if s.probe is None:
        yield skip(texts.NOT_TRIED)
        return
    failed = s.probe.failed("environment")
    if failed:
        yield fail(texts.NOT_CONSTRUCTED(error=failed.error, text=failed.text))


CHECKS = (
    check("network-proxy-url", proxy_url),
    check("network-socks", socks),
    check("network-proxy-alive", proxy_alive),
    check("network-no-proxy", no_proxy),
    check("network-async-proxy", async_proxy),
    check("network-ca-files", ca_files),
    check("network-ca-split", ca_split),
    check("network-trust-store", trust_store),
    check("network-netrc", netrc),
    check("network-client", client, follows=("python", "sdk", "conflicts", "network"), probe=True),
)
