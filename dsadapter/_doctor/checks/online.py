"""Group online: what ``--online`` found on the way to the API. Nothing here costs a token."""

from __future__ import annotations

from typing import Callable, Dict, Iterator, Optional

from ..._repairs.table import RETIRED
from ..._settings import providers as _providers
from ..._texts.text import Text, untranslated
from ..check import Check
from ..findings import Finding, Fix, fail, ok, skip, warn
from ..snapshot import OnlineStep, Snapshot

NOT_ASKED = Text("not asked for (--online)", "未要求（--online）")
PLAIN_HTTP = Text("the base URL is plain http", "base URL 是 http")
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
# Status of an answer: what it means, what to do.
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


def _step_named(s: Snapshot, name: str) -> Optional[OnlineStep]:
    return next((step for step in s.online or () if step.name == name), None)


def _absent(s: Snapshot) -> Finding:
    if s.online is None:
        return skip(NOT_ASKED)
    key = _step_named(s, "key")
    return skip(untranslated(key.text) if key else NOT_REACHED)


def _step_check(name: str) -> Callable[[Snapshot], Iterator[Finding]]:
    def run(s: Snapshot) -> Iterator[Finding]:
        step = _step_named(s, name)
        if step is None:
            is_http = name == "tls" and _step_named(s, "models") is not None
            yield skip(PLAIN_HTTP) if is_http else _absent(s)
        elif step.state == "skipped":
            yield skip(THROUGH_PROXY(proxy=step.text))
        elif step.state == "failed":
            host = _providers.host_of(s.settings.base_url)
            yield fail(HELP[name](host=host), untranslated(step.text))
        else:
            yield ok(untranslated(step.text))

    return run


def models(s: Snapshot) -> Iterator[Finding]:
    """Whether the server accepts the key, and which models it offers."""
    step = _step_named(s, "models")
    if step is None:
        yield _absent(s)
    elif step.state == "failed":
        yield _refused(s, step)
    else:
        names = step.data.get("models")
        yield ok(untranslated(", ".join(map(str, names)) if isinstance(names, list) else ""))


def balance(s: Snapshot) -> Iterator[Finding]:
    """Whether the account has a balance."""
    step = _step_named(s, "balance")
    known = _step_named(s, "models")
    if step is None:
        yield _absent(s)
    elif step.state == "failed":
        if known is not None and known.status == step.status:
            yield skip(Text("the same answer as for the models", "与模型列表的回答相同"))
        else:
            yield _refused(s, step)
    elif step.data.get("available") is False:
        yield fail(STATUSES[402][0], _amounts(step), fix=Fix(STATUSES[402][1](**_pages(s))))
    else:
        yield ok(_amounts(step))


def _amounts(step: OnlineStep) -> Text:
    amounts = step.data.get("amounts")
    return untranslated(", ".join(map(str, amounts)) if isinstance(amounts, list) else "")


def _refused(s: Snapshot, step: OnlineStep) -> Finding:
    meaning, advice = STATUSES.get(step.status, OTHER)
    if not step.status:
        meaning = NO_ANSWER
    status_line = Text("HTTP {status}: {text}", "HTTP {status}：{text}")(
        status=step.status, text=step.text
    )
    return fail(
        meaning,
        status_line if step.status else untranslated(step.text),
        fix=Fix(advice(**_pages(s))),
        status=step.status,
    )


def _pages(s: Snapshot) -> Dict[str, str]:
    provider = _providers.BY_NAME.get(s.settings.provider, _providers.DEEPSEEK)
    keys = provider.keys_page or _providers.DEEPSEEK.keys_page or ""
    return {"keys": keys, "top_up": provider.top_up_page or _providers.DEEPSEEK.top_up_page or ""}


def names(s: Snapshot) -> Iterator[Finding]:
    """Retired model names in the scanned code, against what the account is offered."""
    step = _step_named(s, "models")
    if step is None or step.state == "failed":
        yield _absent(s) if step is None else skip(NOT_REACHED)
        return
    listed = step.data.get("models")
    offered = set(map(str, listed)) if isinstance(listed, list) else set()
    hits = s.code.hits if s.code else ()
    used = {str(hit.finding.data.get("model")) for hit in hits if hit.rule == "code-retired-model"}
    for name in sorted((used & set(RETIRED)) - offered):
        yield warn(
            Text(
                "Your code asks for {name}, which the server no longer lists: it may be refused "
                "any day.",
                "你的代码用了 {name}，服务器已不再列出它：随时可能被拒绝。",
            )(name=name),
            fix=Fix(Text("Use deepseek-flash.", "请用 deepseek-flash。")),
        )


CHECKS = (
    Check(
        "online-dns",
        Text("the server's name is known", "域名能解析"),
        _step_check("dns"),
        network=True,
    ),
    Check(
        "online-tcp",
        Text("the server can be reached", "能连上服务器"),
        _step_check("tcp"),
        network=True,
    ),
    Check(
        "online-tls",
        Text("the connection is encrypted", "加密连接正常"),
        _step_check("tls"),
        network=True,
    ),
    Check(
        "online-models", Text("the server accepts the key", "服务器接受 key"), models, network=True
    ),
    Check("online-balance", Text("the account has a balance", "账户有余额"), balance, network=True),
    Check(
        "online-model-names", Text("model names are current", "模型名未过时"), names, network=True
    ),
)
