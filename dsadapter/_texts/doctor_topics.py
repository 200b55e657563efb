"""What is known about each check of the environment, by its id."""

from __future__ import annotations

from typing import Dict

from .text import Text
from .topic import Topic

TOPICS: Dict[str, Topic] = {
    "python-version": Topic(Text("Python is a version that works", "Python 版本合适")),
    "python-end-of-life": Topic(Text("Python still gets fixes", "Python 仍在维护期")),
    "python-environment": Topic(
        Text("the activated environment is the one that runs", "运行的就是激活的环境")
    ),
    "python-pip": Topic(Text("pip installs into this Python", "pip 装到这个 Python")),
    "python-path": Topic(Text("the search path is this Python's", "搜索路径属于这个 Python")),
    "python-console": Topic(Text("the console can print answers", "控制台能输出回答")),
    "sdk-shadow": Topic(
        Text("no file of yours hides the SDK or what it needs", "没有自己的文件遮住 SDK 及其依赖")
    ),
    "sdk-stdlib-shadow": Topic(
        Text("no file of yours hides the standard library", "没有自己的文件遮住标准库")
    ),
    "sdk-duplicates": Topic(Text("each package is registered once", "每个包只登记了一次")),
    "sdk-leftovers": Topic(Text("nothing is left over from removals", "没有卸载残留")),
    "sdk-metadata": Topic(Text("metadata and code agree", "元数据与代码一致")),
    "sdk-files": Topic(
        Text("installed files are as they were installed", "已装的文件与安装时一致")
    ),
    "sdk-stray-install": Topic(
        Text("no package came with a mistyped command", "没有因命令写错而装上的包")
    ),
    "sdk-installed": Topic(Text("the SDK is one that can be used", "SDK 可用")),
    "sdk-python": Topic(
        Text("the SDK and its packages support this Python", "SDK 及其依赖支持这个 Python")
    ),
    "sdk-requirements": Topic(
        Text("what the SDK and dsadapter need is there", "SDK 与 dsadapter 的依赖齐全")
    ),
    "sdk-backend": Topic(Text("a backend was chosen", "已选定后端")),
    "sdk-works": Topic(Text("the SDK answers when called", "SDK 能构造并调用")),
    "conflict-httpx-proxies": Topic(
        Text("httpx accepts the SDK's arguments", "httpx 接受 SDK 传的参数")
    ),
    "conflict-httpx-gone": Topic(Text("code that imports httpx finds it", "import httpx 能找到包")),
    "conflict-http-client": Topic(Text("an httpx2 client fits the SDK", "SDK 接受 httpx2 客户端")),
    "conflict-httpx-prerelease": Topic(
        Text("httpx is a release that the SDK knows", "httpx 是 SDK 支持的版本")
    ),
    "conflict-httpx-cgi": Topic(Text("httpx runs on this Python", "httpx 支持这个 Python")),
    "conflict-httpx2-noise": Topic(Text("async streams end quietly", "异步流能安静结束")),
    "conflict-pydantic": Topic(Text("pydantic is a version the SDK takes", "pydantic 版本合适")),
    "conflict-anyio": Topic(Text("anyio is a version the SDK asks for", "anyio 版本合适")),
    "conflict-aiohttp": Topic(Text("aiohttp runs on this Python", "aiohttp 支持这个 Python")),
    "conflict-urllib3": Topic(Text("urllib3 runs on this Python", "urllib3 支持这个 Python")),
    "conflict-requests-urllib3": Topic(
        Text("requests and urllib3 know each other", "requests 与 urllib3 版本配套")
    ),
    "conflict-sse": Topic(Text("the SDK reads every event stream", "SDK 能读完整的事件流")),
    "conflict-pins": Topic(Text("installed packages agree on versions", "已装的包对版本没有分歧")),
    "conflict-openssl": Topic(Text("urllib3 works with this OpenSSL", "urllib3 与 OpenSSL 配套")),
    "settings-env-trust": Topic(
        Text("the environment alone says whom to trust", "信任谁只由环境变量决定")
    ),
    "settings-base-url": Topic(Text("the base URL is well formed", "base URL 书写正确")),
    "settings-base-spellings": Topic(Text("one base URL per vendor", "base URL 没有互相矛盾")),
    "settings-api-base": Topic(Text("the SDK reads your base URL", "SDK 会读到 base URL")),
    "settings-azure": Topic(Text("no Azure setting is left over", "没有 Azure 残留设置")),
    "settings-vendor-headers": Topic(
        Text("nothing of OpenAI's goes to others", "OpenAI 的设置不会外泄")
    ),
    "settings-key-path": Topic(Text("no key file overrides the key", "没有 key 文件抢先")),
    "settings-own": Topic(Text("DSADAPTER_* values are known", "DSADAPTER_* 的值有效")),
    "settings-key": Topic(Text("an API key was found", "找到了 API key")),
    "settings-key-shape": Topic(Text("the key can be sent", "key 的形状正确")),
    "settings-key-vendor": Topic(Text("the key goes to its vendor", "key 发往它所属的厂商")),
    "settings-key-sources": Topic(Text("the key is the same everywhere", "各处的 key 一致")),
    "settings-key-names": Topic(Text("key variables are spelled right", "key 的变量名正确")),
    "settings-env-file": Topic(Text(".env files can be read", ".env 能读取")),
    "settings-env-encoding": Topic(Text(".env files are UTF-8", ".env 是 UTF-8 编码")),
    "settings-env-name": Topic(Text(".env has its right name", ".env 文件名正确")),
    "network-proxy-url": Topic(Text("proxy variables are well formed", "代理变量书写正确")),
    "network-socks": Topic(Text("SOCKS proxies are supported", "SOCKS 代理可用")),
    "network-proxy-alive": Topic(Text("a local proxy listens", "本机代理在运行")),
    "network-no-proxy": Topic(Text("NO_PROXY can be read", "NO_PROXY 书写正确")),
    "network-async-proxy": Topic(Text("async calls use the proxy", "异步调用也走代理")),
    "network-ca-files": Topic(Text("certificate files exist", "证书文件存在")),
    "network-ca-split": Topic(Text("all HTTP libraries get your CA", "各 HTTP 库用同样的证书")),
    "network-trust-store": Topic(Text("certificates can be verified", "能验证证书")),
    "network-netrc": Topic(Text(".netrc does not replace the key", ".netrc 不会顶替 key")),
    "network-client": Topic(
        Text("the client can be constructed in this environment", "客户端能在当前环境变量下构造")
    ),
    "online-dns": Topic(Text("the server's name is known", "域名能解析")),
    "online-tcp": Topic(Text("the server can be reached", "能连上服务器")),
    "online-tls": Topic(Text("the connection is encrypted", "加密连接正常")),
    "online-models": Topic(Text("the server accepts the key", "服务器接受 key")),
    "online-balance": Topic(Text("the account has a balance", "账户有余额")),
    "online-model-names": Topic(Text("model names are current", "模型名未过时")),
}
