"""Group network: proxy and certificate variables, and which HTTP stack makes what of them.

The facts are those of sdk-matrix section 10.
"""

from __future__ import annotations

from typing import Iterator

from ..._backends.versions import at_least, below
from ..._texts.text import Text
from ..check import Check
from ..findings import Finding, Fix, fail, info, skip, warn
from ..fix_commands import fix
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


def _unset(s: Snapshot, name: str) -> str:
    return f"Remove-Item Env:{name}" if s.python.windows else f"unset {name}"


def proxy_url(s: Snapshot) -> Iterator[Finding]:
    """Proxy variables that no client can use."""
    for proxy in s.network.proxies:
        if proxy.fault in ("port", "unreadable"):
            yield fail(
                _fill(
                    Text(
                        "{name}={value} is not a usable address: the client cannot be constructed "
                        "(InvalidURL) or no request gets out.",
                        "{name}={value} 不是可用的地址：客户端无法构造（InvalidURL），或请求发不出"
                        "去。",
                    ),
                    proxy,
                ),
                fix=fix(s, WRITE, _unset(s, proxy.name)),
            )
        elif proxy.scheme not in KNOWN:
            yield fail(
                _fill(
                    Text(
                        "{name}={value} has a scheme that no SDK knows: ValueError: Unknown "
                        "scheme for proxy URL, at construction.",
                        "{name}={value} 的协议没有 SDK 认识：构造时抛 ValueError: Unknown scheme "
                        "for proxy URL。",
                    ),
                    proxy,
                ),
                fix=fix(s, SOCKS5, _unset(s, proxy.name)),
            )
        elif proxy.fault == "blanks" and _stack(s) == "requests":
            yield fail(
                _fill(
                    Text("{name}='{value}' has blanks around it.", "{name}='{value}' 前后有空格。"),
                    proxy,
                ),
                fix=fix(s, WRITE, _unset(s, proxy.name)),
            )


WRITE = Text("Write http://host:port, or unset it.", "请写成 http://主机:端口，或取消它。")
SOCKS5 = Text("Write socks5://host:port, or unset it.", "请写成 socks5://主机:端口，或取消它。")


def socks(s: Snapshot) -> Iterator[Finding]:
    """SOCKS proxies without the package that speaks SOCKS."""
    stack = _stack(s)
    package = "socks" if stack == "requests" else "socksio"
    for proxy in s.network.proxies:
        if proxy.scheme == "socks5h" and _is_old_httpx(s, stack):
            yield fail(_fill(SOCKS5H, proxy), fix=Fix(Text("Write socks5://.", "请写 socks5://。")))
        elif proxy.scheme in SOCKS and not _has(s, package):
            extra = "requests" if package == "socks" else "httpx"
            command = f'pip install "{extra}[socks]"'
            yield fail(_fill(NO_SOCKS, proxy), fix=fix(s, ADD, command, _unset(s, proxy.name)))
            return


def _is_old_httpx(s: Snapshot, stack: str) -> bool:
    version = s.packages.version("httpx")
    return stack == "httpx" and bool(version) and below(version, "0.28")


def _has(s: Snapshot, module: str) -> bool:
    entry = s.packages.modules.get(module)
    return entry is not None and entry.kind != "missing"


SOCKS5H = Text(
    "{name}={value}: httpx below 0.28 knows socks5://, not socks5h:// (ValueError: Unknown "
    "scheme).",
    "{name}={value}：httpx 0.28 以下认识 socks5://，不认识 socks5h://（ValueError: Unknown "
    "scheme）。",
)
NO_SOCKS = Text(
    "{name}={value} is a SOCKS proxy, and the package that speaks SOCKS is not installed: the "
    "client cannot be constructed (ImportError) or no request gets out.",
    "{name}={value} 是 SOCKS 代理，但没有安装支持 SOCKS 的包：客户端无法构造（ImportError），或请"
    "求发不出去。",
)
ADD = Text("Add it, or unset the variable.", "请安装，或取消这个变量。")


def proxy_alive(s: Snapshot) -> Iterator[Finding]:
    """A proxy on this machine where nobody listens."""
    for proxy in s.network.proxies:
        if proxy.refused:
            yield fail(
                _fill(
                    Text(
                        "{name}={value}: nobody listens there. Every call ends in `Connection "
                        "error.`, which does not say that it is the proxy.",
                        "{name}={value}：那里没有程序在监听。每次调用都会报 Connection error.，而"
                        "且看不出是代理的问题。",
                    ),
                    proxy,
                ),
                fix=fix(
                    s,
                    Text("Start the proxy, or unset the variable.", "请启动代理，或取消这个变量。"),
                    _unset(s, proxy.name),
                ),
            )
            return


def no_proxy(s: Snapshot) -> Iterator[Finding]:
    """Entries of NO_PROXY that httpx cannot read."""
    entries = [entry.strip() for entry in s.network.no_proxy.split(",") if entry.strip()]
    if _stack(s) != "httpx":
        return
    for entry in entries:
        if entry.startswith("[") or (entry.count(":") > 1 and "/" in entry):
            yield fail(
                Text(
                    "NO_PROXY contains {entry}: httpx cannot read it and refuses to construct a "
                    "client (InvalidURL: Invalid port).",
                    "NO_PROXY 里有 {entry}：httpx 读不懂，无法构造客户端（InvalidURL: Invalid "
                    "port）。",
                )(entry=entry),
                fix=Fix(Text("Write plain addresses, such as ::1.", "请写纯地址，例如 ::1。")),
            )
        elif "/" in entry:
            yield info(
                Text(
                    "NO_PROXY contains the range {entry}, which httpx does not understand: it "
                    "uses the proxy there all the same.",
                    "NO_PROXY 里有网段 {entry}，httpx 不支持，仍会走代理。",
                )(entry=entry)
            )


def async_proxy(s: Snapshot) -> Iterator[Finding]:
    """Async calls of openai 0.28, which ignore the proxy."""
    if s.network.proxies and s.sdk() and below(s.sdk(), "1"):
        yield info(
            Text(
                "Async calls of openai 0.28 used by itself (acreate) ignore {name} and go out "
                "directly.",
                "直接用 openai 0.28 的异步调用（acreate）会忽略 {name}，直接连接。",
            )(name=s.network.proxies[0].name),
            fix=Fix(Text("Set openai.proxy there.", "请在代码里设置 openai.proxy。")),
        )


# --- certificates --------------------------------------------------------------------------------

NO_REQUESTS = Text("requests cannot call anything", "requests 因此无法访问任何地址")
READERS = {
    "SSL_CERT_FILE": ("httpx", "httpx2"),
    "REQUESTS_CA_BUNDLE": ("requests",),
    "CURL_CA_BUNDLE": ("requests",),
    "SSLKEYLOGFILE": ("requests", "httpx"),
}
STATES = {
    "missing": Text("which does not exist", "该文件不存在"),
    "not-pem": Text("which holds no certificate", "该文件里没有证书"),
    "folder": Text("which is a folder", "它是一个目录"),
}
EFFECTS = {
    "SSL_CERT_FILE": Text(
        "httpx cannot construct a client then, with an error that names no file",
        "httpx 因此无法构造客户端，而且报错不提文件名",
    ),
    "REQUESTS_CA_BUNDLE": NO_REQUESTS,
    "CURL_CA_BUNDLE": NO_REQUESTS,
    "SSLKEYLOGFILE": Text(
        "`import openai` or the client's construction fails with FileNotFoundError",
        "import openai 或构造客户端会报 FileNotFoundError",
    ),
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
    state = STATES[fact.state]
    if fact.name == "SSLKEYLOGFILE":
        state = Text("in a folder that does not exist", "其目录不存在")
    level = fail if _matters(s, fact) else warn
    return level(
        Text("{name} names {file}, {state}: {effect}.", "{name} 指向 {file}，{state}：{effect}。")(
            name=fact.name, file=fact.value, state=state, effect=EFFECTS[fact.name]
        ),
        fix=fix(
            s,
            Text("Unset it, or name a file.", "请取消它，或改成正确的文件。"),
            _unset(s, fact.name),
        ),
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
    yield info(
        Text(
            "{have} is set and {lack} is not: {reader} does not learn of your certificates.",
            "设置了 {have} 但没有 {lack}：{reader} 不会用到你的证书。",
        )(have=have, lack=lack, reader=readers[lack])
    )


def trust_store(s: Snapshot) -> Iterator[Finding]:
    """openai 3 trusts what the operating system trusts, everything before it certifi's list."""
    if _stack(s) == "httpx2" and not s.network.system_store and not _has_own(s):
        yield warn(
            Text(
                "openai {sdk} takes its certificates from the operating system, and none were "
                "found there: every https call may fail with CERTIFICATE_VERIFY_FAILED.",
                "openai {sdk} 使用操作系统的证书，而这里没有找到：https 调用可能全部报 "
                "CERTIFICATE_VERIFY_FAILED。",
            )(sdk=s.sdk()),
            fix=Fix(
                Text(
                    "Install the package ca-certificates, or set SSL_CERT_FILE to certifi's file.",
                    "请安装系统包 ca-certificates，或把 SSL_CERT_FILE 设为 certifi 的文件。",
                )
            ),
        )


def _has_own(s: Snapshot) -> bool:
    return any(fact.name == "SSL_CERT_FILE" and fact.state == "ok" for fact in s.network.files)


def netrc(s: Snapshot) -> Iterator[Finding]:
    """A .netrc whose password would replace the key."""
    if s.network.netrc:
        yield warn(
            Text(
                "{file} has an entry for the API's host: requests used by itself, and openai "
                "0.28, send that password in place of your key and get 401. (dsadapter does not.)",
                "{file} 里有 API 主机的条目：直接用 requests 或 openai 0.28 会用它代替你的 key，得"
                "到 401。（dsadapter 不会。）",
            )(file=s.network.netrc),
            fix=Fix(Text("Delete the entry.", "请删除该条目。")),
        )


def client(s: Snapshot) -> Iterator[Finding]:
    """What the probe met when it had the environment's variables back."""
    if s.probe is None:
        yield skip(Text("not tried (--no-probe)", "未试运行（--no-probe）"))
        return
    failed = s.probe.failed("environment")
    if failed:
        yield fail(
            Text(
                "With the environment's proxy and certificate variables the client cannot be "
                "constructed: {error}: {text}",
                "在当前代理和证书变量下无法构造客户端：{error}：{text}",
            )(error=failed.error, text=failed.text)
        )


CHECKS = (
    Check(
        "network-proxy-url", Text("proxy variables are well formed", "代理变量书写正确"), proxy_url
    ),
    Check("network-socks", Text("SOCKS proxies are supported", "SOCKS 代理可用"), socks),
    Check("network-proxy-alive", Text("a local proxy listens", "本机代理在运行"), proxy_alive),
    Check("network-no-proxy", Text("NO_PROXY can be read", "NO_PROXY 书写正确"), no_proxy),
    Check(
        "network-async-proxy", Text("async calls use the proxy", "异步调用也走代理"), async_proxy
    ),
    Check("network-ca-files", Text("certificate files exist", "证书文件存在"), ca_files),
    Check(
        "network-ca-split",
        Text("all HTTP libraries get your CA", "各 HTTP 库用同样的证书"),
        ca_split,
    ),
    Check("network-trust-store", Text("certificates can be verified", "能验证证书"), trust_store),
    Check("network-netrc", Text(".netrc does not replace the key", ".netrc 不会顶替 key"), netrc),
    Check(
        "network-client",
        Text("the client can be constructed in this environment", "客户端能在当前环境变量下构造"),
        client,
        follows=("python", "sdk", "conflicts", "network"),
        probe=True,
    ),
)
