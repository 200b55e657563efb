"""What the checks of the group online say."""

from __future__ import annotations

from .text import Text

NOT_ASKED = Text("not asked for (--online)", "未要求（--online）")
PLAIN_HTTP = Text("the base URL is plain http", "base URL 是 http")
NO_KEY = Text(
    "No API key: the way to the server was tested, and nothing was asked.",
    "没有 API key：只测试了到服务器的连接，没有向它发请求。",
)
NOT_REACHED = Text("not reached", "没有走到这一步")
THROUGH_PROXY = Text("goes through the proxy {proxy}", "经过代理 {proxy}")
HELP = {
    "dns": Text(
        "The name {host} cannot be resolved: no network, or a name server that does not know it.",
        "无法解析域名 {host}：没有网络，或 DNS 不认识它。",
    ),
    "tcp": Text(
        "{host} cannot be reached: a firewall, or a proxy that must be set.",
        "连不上 {host}：可能被防火墙拦截，或需要设置代理。",
    ),
    "tls": Text(
        "The encrypted connection to {host} fails: mostly a proxy that inspects TLS, whose "
        "certificate this Python does not know.",
        "与 {host} 的加密连接失败：多半是代理在检查 TLS，而这个 Python 不认识它的证书。",
    ),
}
STATUSES = {
    401: (
        Text("The server does not accept the key.", "服务器不接受这个 key。"),
        Text("Make a new one: {keys}", "请创建新的：{keys}"),
    ),
    402: (
        Text("The key is right, the balance is used up.", "key 没问题，但余额已用完。"),
        Text("Top up: {top_up}", "请充值：{top_up}"),
    ),
    403: (
        Text("The key is not allowed to do this.", "这个 key 没有权限。"),
        Text("Look at the key's rights: {keys}", "请检查 key 的权限：{keys}"),
    ),
    404: (
        Text(
            "There is nothing at that address: the base URL is wrong.",
            "该地址不存在：base URL 不对。",
        ),
        Text("Use https://api.deepseek.com", "请用 https://api.deepseek.com"),
    ),
    429: (
        Text("Too many requests at once.", "并发请求过多。"),
        Text("Wait, or top up: {top_up}", "请稍候，或充值：{top_up}"),
    ),
}
OTHER = (
    Text("The server's answer cannot be used.", "服务器的回答无法使用。"),
    Text(
        "Try again later; status: https://status.deepseek.com/",
        "请稍后再试；状态页：https://status.deepseek.com/",
    ),
)
NO_ANSWER = Text("The server did not answer.", "服务器没有回答。")
SAME_ANSWER = Text("the same answer as for the models", "与模型列表的回答相同")
STATUS_LINE = Text("HTTP {status}: {text}", "HTTP {status}：{text}")
UNLISTED = Text(
    "Your code asks for {name}, which the server no longer lists: it may be refused any day.",
    "你的代码用了 {name}，服务器已不再列出它：随时可能被拒绝。",
)
USE_FLASH = Text("Use deepseek-flash.", "请用 deepseek-flash。")
