"""Texts of proxies, certificates, addresses and lost connections (sdk-matrix 8, 10)."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

UNSET = Text("Correct the variable, or unset it.", "请改正这个变量，或取消它。")

EXPLANATIONS: Dict[str, Explanation] = {
    "net-socks": Explanation(
        Text(
            "A proxy variable (ALL_PROXY, HTTPS_PROXY) names a SOCKS proxy, and the package that "
            "speaks SOCKS is not installed.",
            "代理变量（ALL_PROXY、HTTPS_PROXY）指定了 SOCKS 代理，但没装支持 SOCKS 的包。",
        ),
        Text("Add it, or unset the variable.", "请安装，或取消变量。"),
    ),
    "net-proxy-scheme": Explanation(
        Text(
            "A proxy variable has a scheme that the SDK does not know, such as socks:// (desktop "
            "proxy tools write it).",
            "代理变量的协议 SDK 不认识，例如 socks://（一些桌面代理工具会这样写）。",
        ),
        Text(
            "Write socks5://host:port or http://host:port.",
            "请写 socks5://主机:端口 或 http://主机:端口。",
        ),
    ),
    "net-no-proxy": Explanation(
        Text(
            "NO_PROXY contains an IPv6 address in a form that httpx cannot read, [::1] for one: "
            "the client cannot be constructed.",
            "NO_PROXY 里有 httpx 读不懂的 IPv6 写法，例如 [::1]：客户端无法构造。",
        ),
        Text("Write plain addresses: ::1", "请写纯地址：::1"),
    ),
    "net-proxy-port": Explanation(
        Text(
            "A proxy variable or base URL has a port that is no number.",
            "代理变量或 base URL 的端口不是数字。",
        ),
        UNSET,
    ),
    "net-proxy-https": Explanation(
        Text(
            "https:// is written in front of a proxy (or server) that speaks plain http.",
            "代理（或服务器）只支持 http，地址却写成了 https://。",
        ),
        Text("Write http:// in the proxy variable.", "请在代理变量里写 http://。"),
    ),
    "net-proxy-dead": Explanation(
        Text(
            "The proxy of the environment variables does not answer.", "环境变量里的代理没有响应。"
        ),
        Text("Start the proxy, or unset the variables.", "请启动代理，或取消变量。"),
    ),
    "net-proxy-old-urllib3": Explanation(
        Text(
            "The proxy's address begins with https://, and an old urllib3 (or the TLS of the "
            "proxy) cannot connect to it that way; nearly every proxy is spoken to in plain http.",
            "代理地址写成了 https://，旧版 urllib3 这样连不上它（或代理本身不支持 TLS）；几乎所有代"
            "理都用普通 http 连接。",
        ),
        Text(
            "Write http://host:port in the proxy variable (HTTPS_PROXY, too); if the proxy does "
            "speak TLS, upgrade:",
            "请在代理变量里写 http://主机:端口（HTTPS_PROXY 也一样）；代理确实支持 TLS 时请升级：",
        ),
    ),
    "net-connect-failed": Explanation(
        Text(
            "No connection to the host was made: nobody listens there, or a firewall, a proxy or "
            "the network in between does not let it through. aiohttp uses proxy variables only if "
            "it is told to.",
            "没能连上主机：那里没有程序在监听，或被防火墙、代理或中间的网络挡住。aiohttp 默认不用"
            "代理变量。",
        ),
        Text(
            "Check host and port; behind a proxy write aiohttp.ClientSession(trust_env=True).",
            "请检查主机和端口；需要代理时写 aiohttp.ClientSession(trust_env=True)。",
        ),
    ),
    "net-connect-timeout": Explanation(
        Text(
            "The connection itself was not made in time; no request was sent yet. A firewall or "
            "proxy that drops the packets, a wrong host or port, or a slow line with a short "
            "limit.",
            "连接没能及时建立，请求还没有发出。可能是防火墙或代理丢弃了数据包、主机或端口写错，或"
            "线路太慢而时限太短。",
        ),
        Text(
            "Check host, port, VPN and proxy variables; a longer limit for the answer does not "
            "help.",
            "请检查主机、端口、VPN 和代理变量；放宽等待回答的时限没有用。",
        ),
    ),
    "net-stalled-elsewhere": Explanation(
        Text("{vendor} gave no answer in time.", "{vendor} 没有及时回答。"),
        Text(
            "Try again, ask for less, or set a longer timeout.",
            "请重试、减少请求的内容，或放宽 timeout。",
        ),
    ),
    "net-url-own": Explanation(
        Text(
            "A URL is written without http:// or https:// in front: {url}{name}",
            "URL 前面没有写 http:// 或 https://：{url}{name}",
        ),
        Text(
            "Write https://{url}{name} (http:// for a server on this machine).",
            "请写 https://{url}{name}（本机的服务写 http://）。",
        ),
    ),
    "net-url-unnamed": Explanation(
        Text(
            "A URL that the program requests is written without http:// or https:// in front.",
            "程序请求的 URL 前面没有写 http:// 或 https://。",
        ),
        Text(
            "Write it whole where the traceback's own line makes it; of a client it can be its "
            "base_url.",
            "请在 traceback 里你自己的那一行写出完整的 URL；也可能是客户端的 base_url。",
        ),
    ),
    "net-ca-bundle": Explanation(
        Text(
            "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names a file that does not exist.",
            "REQUESTS_CA_BUNDLE 或 CURL_CA_BUNDLE 指向的文件不存在。",
        ),
        UNSET,
    ),
    "net-ca-file": Explanation(
        Text(
            "SSL_CERT_FILE names a file that does not exist or holds no certificate.",
            "SSL_CERT_FILE 指向的文件不存在，或里面没有证书。",
        ),
        UNSET,
    ),
    "net-certificate": Explanation(
        Text(
            "The server's certificate is not trusted: mostly a company proxy that inspects TLS. "
            "openai 3 trusts the operating system's list, older ones certifi's.",
            "不信任服务器证书：多半是公司代理在检查 TLS。openai 3 用操作系统的证书，更早的用 "
            "certifi 的。",
        ),
        Text(
            "Name the company's certificate in SSL_CERT_FILE and REQUESTS_CA_BUNDLE; do not turn "
            "verification off.",
            "请把公司证书写进 SSL_CERT_FILE 和 REQUESTS_CA_BUNDLE；不要关闭校验。",
        ),
    ),
    "net-keylog": Explanation(
        Text(
            "SSLKEYLOGFILE names a file in a folder that does not exist.",
            "SSLKEYLOGFILE 指向的目录不存在。",
        ),
        UNSET,
    ),
    "net-url-scheme": Explanation(
        Text(
            "The base URL is written without https:// in front.",
            "base URL 前面没有写 https://。",
        ),
        Text("Write https://api.deepseek.com", "请写 https://api.deepseek.com"),
    ),
    "net-url-break": Explanation(
        Text("The base URL ends in a line break.", "base URL 末尾有换行。"),
        Text("Write it on one line, without blanks.", "请写成一行，不带空格。"),
    ),
    "net-slash": Explanation(
        Text(
            "The base URL ends in a slash, and openai 0.x puts another behind it: 404.",
            "base URL 以斜杠结尾，openai 0.x 又加了一个：404。",
        ),
        Text("Take the last slash away.", "请去掉末尾的斜杠。"),
    ),
    "net-no-slash": Explanation(
        Text(
            "openai.base_url (the module's) needs a slash at its end: the path became "
            "/v1chat/completions.",
            "openai.base_url（模块级）末尾需要斜杠：路径变成了 /v1chat/completions。",
        ),
        Text(
            'Write openai.base_url = "https://.../v1/"', '请写 openai.base_url = "https://.../v1/"'
        ),
    ),
    "net-dns": Explanation(
        Text(
            "The host's name cannot be resolved: no network, a mistyped base URL, or a name "
            "server that blocks it.",
            "域名无法解析：没有网络、base URL 写错，或 DNS 屏蔽了它。",
        ),
        Text("See how far you get:", "看看能走到哪一步："),
    ),
    "net-refused": Explanation(
        Text(
            "Nobody listens at the address: a local proxy or server that is not running, or a "
            "wrong port.",
            "该地址没有程序在监听：本机代理或服务没启动，或端口写错。",
        ),
        Text("Look at the proxy variables and the base URL:", "请检查代理变量和 base URL："),
    ),
    "net-cut": Explanation(
        Text(
            "The server or a proxy dropped the connection in the middle of the answer.",
            "服务器或代理在回答中途断开了连接。",
        ),
        Text(
            "Keep what has arrived and ask again; dsadapter raises StreamTruncatedError with the "
            "part that came (err.partial).",
            "请保留已收到的部分再重试；dsadapter 会抛 StreamTruncatedError，并带上已收到的内容"
            "（err.partial）。",
        ),
    ),
    "net-stalled": Explanation(
        Text(
            "No answer came in time. DeepSeek may queue a request for up to 10 minutes, and "
            "thinking takes long; keep-alive lines hide it from per-read timeouts.",
            "没有及时收到回答。DeepSeek 排队最长可达 10 分钟，思考也很费时；keep-alive 会让按次读"
            "取的超时失效。",
        ),
        Text(
            "Stream, or turn thinking off; where the limit is shorter, allow 600 s (timeout=600).",
            "请用流式输出，或关闭思考；时限更短的话请放宽到 600 秒（timeout=600）。",
        ),
    ),
    "net-reset": Explanation(
        Text(
            "The connection was torn down from the other side: a firewall, a proxy, or the server.",
            "连接被对方断开：可能是防火墙、代理或服务器。",
        ),
        Text("See how far you get:", "看看能走到哪一步："),
    ),
    "net-connection": Explanation(
        Text(
            "The server was not reached. The text says nothing about the cause: that stands in "
            "the exception behind it (`The above exception was the direct cause`).",
            "没有连上服务器。这句话不说明原因：原因在它背后的异常里（The above exception was the "
            "direct cause）。",
        ),
        Text("See how far you get:", "看看能走到哪一步："),
    ),
    "net-proxy-auth": Explanation(
        Text(
            "The proxy asks for a user and a password (407), or refuses those that it got.",
            "代理要求用户名和密码（407），或不接受所给的。",
        ),
        Text(
            "Write http://user:password@host:port, with special characters as %XX.",
            "请写 http://用户名:密码@主机:端口，特殊字符写成 %XX。",
        ),
    ),
    "net-proxy-forbidden": Explanation(
        Text(
            "The proxy runs, and refuses to connect to this host (its rules forbid it).",
            "代理在运行，但拒绝连接这个主机（规则不允许）。",
        ),
        Text(
            "Have the host allowed there, or put it into NO_PROXY.",
            "请在代理里放行该主机，或把它写进 NO_PROXY。",
        ),
    ),
    "net-certificate-date": Explanation(
        Text(
            "The certificate is out of its dates: this machine's clock is wrong, or the server's "
            "(or proxy's) certificate has run out.",
            "证书不在有效期内：本机时间不对，或服务器（或代理）的证书已过期。",
        ),
        Text(
            "Check the clock; an old root list is renewed by: pip install --upgrade certifi",
            "请检查系统时间；根证书太旧时：pip install --upgrade certifi",
        ),
    ),
    "net-certificate-host": Explanation(
        Text(
            "The certificate belongs to another name than the one in the URL: an IP address or a "
            "mistyped host in the base URL, or a proxy in between.",
            "证书的名字与 URL 里的不同：base URL 写了 IP 或写错主机，或中间有代理。",
        ),
        Text("Write the host that the certificate names.", "请写证书上的主机名。"),
    ),
    "net-ssl-eof": Explanation(
        Text(
            "The other side closed the connection while TLS was being set up: mostly a proxy or "
            "firewall, or https:// to a port that speaks plain http.",
            "TLS 握手时对方关闭了连接：多半是代理或防火墙，或用 https:// 连了只支持 http 的端口。",
        ),
        Text("See how far you get; try without the proxy:", "看看能走到哪一步；并不走代理试试："),
    ),
    "net-unreachable": Explanation(
        Text(
            "This machine has no way to that address: it is offline, a VPN ended, a container "
            "has no "
            "network, or the name resolves to an IPv6 address and there is no IPv6.",
            "本机到不了那个地址：没有联网、VPN 断了、容器没有网络，或域名解析成 IPv6 而本机没有 "
            "IPv6。",
        ),
        Text("See how far you get:", "看看能走到哪一步："),
    ),
    "net-blocked": Explanation(
        Text(
            "Windows refused the connection: a firewall or virus scanner forbids it, or the port "
            "is "
            "reserved.",
            "Windows 拒绝了连接：防火墙或杀毒软件禁止，或端口被系统保留。",
        ),
        Text(
            "Allow this Python in the firewall; ports that are reserved: netsh int ipv4 show "
            "excludedportrange tcp",
            "请在防火墙里放行这个 Python；查看保留端口：netsh int ipv4 show excludedportrange tcp",
        ),
    ),
    "net-pool": Explanation(
        Text(
            "Every connection of the pool is in use: more calls run at once than the client has "
            "connections, or streams were left open.",
            "连接池里的连接都被占用：同时进行的请求多于客户端的连接数，或有流没有关闭。",
        ),
        Text(
            "Use one client for all calls, close streams (with client...create(stream=True) as s), "
            "and limit how many run at once with a semaphore.",
            "请全程共用一个客户端，用 with 关闭流，并用信号量限制同时进行的请求数。",
        ),
    ),
    "net-tls-version": Explanation(
        Text(
            "The two sides share no version or cipher of TLS: an old OpenSSL here, or a proxy or "
            "server that only speaks old ones.",
            "双方没有共同的 TLS 版本或加密套件：本机 OpenSSL 太旧，或代理、服务器只支持旧版本。",
        ),
        Text(
            'See which OpenSSL this Python has: python -c "import ssl; '
            'print(ssl.OPENSSL_VERSION)"; '
            "try without the proxy.",
            '查看本机 OpenSSL：python -c "import ssl; print(ssl.OPENSSL_VERSION)"；再不走代理试'
            "试。",
        ),
    ),
    "net-redirects": Explanation(
        Text(
            "The server sends every request on to another address: mostly a base URL that is not "
            "an "
            "API, such as a login page or http:// for https://.",
            "服务器不断重定向：base URL 多半不是 API 地址，例如登录页，或把 https:// 写成了 "
            "http://。",
        ),
        Text("Check the base URL.", "请检查 base URL。"),
    ),
}
