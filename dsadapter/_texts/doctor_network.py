"""What the checks of the groups network and conflicts say."""

from __future__ import annotations

from .text import Text

WRITE = Text(
    "Write http://host:port, or unset the variable.", "请写成 http://主机:端口，或取消这个变量。"
)
SOCKS5 = Text(
    "Write socks5://host:port, or unset the variable.",
    "请写成 socks5://主机:端口，或取消这个变量。",
)
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
ADD = Text(
    "Install the package while the variable is unset (pip cannot speak SOCKS without it, either), "
    "or leave it unset.",
    "请先取消这个变量再安装这个包（没有它，pip 也不支持 SOCKS），或不再设置这个变量。",
)
NO_REQUESTS = Text("requests cannot call anything", "requests 因此无法访问任何地址")
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
BAD_ADDRESS = Text(
    "{name}={value} is not a usable address: the client cannot be constructed "
    "(InvalidURL) or no request gets out.",
    "{name}={value} 不是可用的地址：客户端无法构造（InvalidURL），或请求发不出去。",
)
UNKNOWN_SCHEME = Text(
    "{name}={value} has a scheme that no SDK knows: ValueError: Unknown "
    "scheme for proxy URL, at construction.",
    "{name}={value} 的协议没有 SDK 认识：构造时抛 ValueError: Unknown scheme for proxy URL。",
)
BLANKS = Text("{name}='{value}' has blanks around it.", "{name}='{value}' 前后有空格。")
USE_SOCKS5 = Text("Write socks5://.", "请写 socks5://。")
NOT_LISTENING = Text(
    "{name}={value}: nobody listens there. Every call ends in `Connection "
    "error.`, which does not say that it is the proxy.",
    "{name}={value}：那里没有程序在监听。每次调用都会报 Connection error.，而"
    "且看不出是代理的问题。",
)
START_PROXY = Text("Start the proxy, or unset the variable.", "请启动代理，或取消这个变量。")
BAD_NO_PROXY = Text(
    "NO_PROXY contains {entry}: httpx cannot read it and refuses to construct a "
    "client (InvalidURL: Invalid port).",
    "NO_PROXY 里有 {entry}：httpx 读不懂，无法构造客户端（InvalidURL: Invalid port）。",
)
PLAIN_ADDRESSES = Text("Write plain addresses, such as ::1.", "请写纯地址，例如 ::1。")
RANGE = Text(
    "NO_PROXY contains the range {entry}, which httpx does not understand: it "
    "uses the proxy there all the same.",
    "NO_PROXY 里有网段 {entry}，httpx 不支持，仍会走代理。",
)
ASYNC_DIRECT = Text(
    "Async calls of openai 0.28 used by itself (acreate) ignore {name} and go out directly.",
    "直接用 openai 0.28 的异步调用（acreate）会忽略 {name}，直接连接。",
)
SET_OPENAI_PROXY = Text("Set openai.proxy in the program.", "请在代码里设置 openai.proxy。")
NO_FOLDER = Text("in a folder that does not exist", "其目录不存在")
BAD_FILE = Text(
    "{name} names {file}, {state}: {effect}.", "{name} 指向 {file}，{state}：{effect}。"
)
UNSET_FILE = Text(
    "Unset the variable, or name a certificate file.", "请取消这个变量，或改成正确的证书文件。"
)
ONE_STACK_ONLY = Text(
    "{have} is set and {lack} is not: {reader} does not learn of your certificates.",
    "设置了 {have} 但没有 {lack}：{reader} 不会用到你的证书。",
)
NO_STORE = Text(
    "openai {sdk} takes its certificates from the operating system, and none were "
    "found there: every https call may fail with CERTIFICATE_VERIFY_FAILED.",
    "openai {sdk} 使用操作系统的证书，而这里没有找到：https 调用可能全部报 "
    "CERTIFICATE_VERIFY_FAILED。",
)
INSTALL_CERTIFICATES = Text(
    "Install the package ca-certificates, or set SSL_CERT_FILE to certifi's file.",
    "请安装系统包 ca-certificates，或把 SSL_CERT_FILE 设为 certifi 的文件。",
)
NETRC = Text(
    "{file} has an entry for the API's host: requests used by itself, and openai "
    "0.28, send that password in place of your key and get 401. (dsadapter does not.)",
    "{file} 里有 API 主机的条目：直接用 requests 或 openai 0.28 会用它代替你的 key，得"
    "到 401。（dsadapter 不会。）",
)
DELETE_ENTRY = Text("Delete the entry from that file.", "请从该文件删除这个条目。")
NOT_TRIED = Text("not tried (--no-probe)", "未试运行（--no-probe）")
NOT_CONSTRUCTED = Text(
    "With the environment's proxy and certificate variables the client cannot be "
    "constructed: {error}: {text}",
    "在当前代理和证书变量下无法构造客户端：{error}：{text}",
)

# --- conflicts -----------------------------------------------------------------------------------

NOT_THAT = Text("Not `{command}`: it would break {needs}.", "不要用 {command}：会破坏 {needs}。")
PROVED = Text("Proved: {what} raised {error} here.", "已验证：在这里{what}确实抛出 {error}。")
CONSTRUCTING = Text("constructing the client", "构造客户端时")
IMPORTING = Text("importing the package", "导入时")
CALLING = Text("calling the API", "调用时")
OTHER_SSL = Text(
    "urllib3 {v} supports OpenSSL only; this Python has {ssl}. It prints a warning.",
    "urllib3 {v} 只支持 OpenSSL，而这个 Python 用的是 {ssl}，会打印警告。",
)
OLD_OPENSSL = Text(
    "urllib3 {v} needs OpenSSL 1.1.1; this Python has {ssl}: `import requests` raises ImportError.",
    "urllib3 {v} 需要 OpenSSL 1.1.1，而这个 Python 用的是 {ssl}：import requests 会抛 "
    "ImportError。",
)
OLDER_URLLIB3 = Text(
    "Install urllib3 1.26, which still supports it.", "请安装 urllib3 1.26，它仍支持这个版本。"
)
