"""Group settings, the key: where it was found, its shape, whose it is."""

from __future__ import annotations

from typing import Iterator

from ..._settings import providers as _providers
from ..._settings.table import KEY_PAIRS
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from ..check import Check
from ..findings import Finding, Fix, fail, ok, warn
from ..fix_commands import unset
from ..snapshot import ENVIRONMENT, Key, Snapshot, Variable

IN_ENVIRONMENT = Text("the environment variable {name}", "环境变量 {name}")
IN_FILE = Text("{name} in {file}", "{file} 里的 {name}")
DEEPSEEK = _providers.DEEPSEEK

FAULTS = {
    "non-ascii": Text(
        "has the non-ASCII character {char} at position {position}: a note, a full-width or a "
        "typographic character. Keys are plain ASCII",
        "第 {position} 个字符是非 ASCII 字符 {char}：可能是备注、全角字符或弯引号；key 只含 ASCII "
        "字符",
    ),
    "control": Text(
        "contains a line break or control character at position {position}",
        "第 {position} 个字符是换行或控制字符",
    ),
    "quotes": Text("is wrapped in quotes that belong to it", "自带引号"),
    "bearer": Text("begins with 'Bearer '", "以 'Bearer ' 开头"),
    "blanks": Text("contains a blank at position {position}", "第 {position} 个字符是空格"),
    "placeholder": Text("is a placeholder, not a key", "是占位符，不是真正的 key"),
}
COPY = Text("Copy the key alone, on one line: {page}", "只复制 key 本身，写成一行：{page}")


def where(name: str, source: str) -> Text:
    """Where a variable is set, for people."""
    if source == ENVIRONMENT:
        return IN_ENVIRONMENT(name=name)
    return IN_FILE(name=name, file=source)


def _of(key: Key) -> Text:
    return where(key.variable, key.source)


def _page(s: Snapshot) -> str:
    provider = _providers.BY_NAME.get(s.settings.provider, DEEPSEEK)
    return provider.keys_page or DEEPSEEK.keys_page or ""


def key(s: Snapshot) -> Iterator[Finding]:
    """Whether there is a key, and from where."""
    key_in_use = s.settings.key
    if key_in_use is None:
        yield warn(
            Text("No API key yet.", "还没有 API key。"),
            Text("Looked in: {places}", "查找过：{places}")(places=_searched(s)),
            fix=Fix(
                Text(
                    "Make one: {page}\nWrite it into .env: DEEPSEEK_API_KEY=sk-...\nTo try "
                    "without a key: python -m dsadapter chat --offline",
                    "先创建：{page}\n再写入 .env：DEEPSEEK_API_KEY=sk-...\n没有 key 也能先试："
                    "python -m dsadapter chat --offline",
                )(page=_page(s))
            ),
        )
        return
    hidden = [
        row for row in s.settings.all_of(key_in_use.variable) if row.source != key_in_use.source
    ]
    details = [
        Text("not used: {place}", "未使用：{place}")(place=where(row.name, row.source))
        for row in hidden
    ]
    yield ok(
        Text("{place} ({tail})", "{place}（{tail}）")(place=_of(key_in_use), tail=key_in_use.tail),
        *details,
    )


def _searched(s: Snapshot) -> Text:
    files = [untranslated(file.path) for file in s.settings.files]
    names = ", ".join(name for name, _ in KEY_PAIRS)
    return join([Text("the environment ({n})", "环境变量（{n}）")(n=names), *files], LIST_COMMA)


def key_shape(s: Snapshot) -> Iterator[Finding]:
    """A key that cannot be sent, or is a placeholder."""
    key_in_use = s.settings.key
    if key_in_use is None or key_in_use.fault is None:
        return
    fault = FAULTS[key_in_use.fault.kind](
        position=key_in_use.fault.position, char=key_in_use.fault.char
    )
    yield fail(
        Text("The API key from {place} {fault}.", "{place} 的 API key {fault}。")(
            place=_of(key_in_use), fault=fault
        ),
        fix=Fix(COPY(page=_page(s))),
        kind=key_in_use.fault.kind,
        position=key_in_use.fault.position,
    )


def key_vendor(s: Snapshot) -> Iterator[Finding]:
    """A key that would go to a vendor it does not belong to."""
    key_in_use, settings = s.settings.key, s.settings
    if key_in_use is None or key_in_use.fault or settings.trusted:
        return
    host = _providers.host_of(settings.base_url)
    if not settings.paired:
        yield fail(
            Text(
                "{place} is set with no base URL beside it: it may belong to another vendor, so "
                "dsadapter does not send it to {host}.",
                "设置了{place}，但没有配套的 base URL：它可能属于别的厂商，dsadapter 不会把它发给 "
                "{host}。",
            )(place=_of(key_in_use), host=host),
            fix=Fix(NAME_IT(host=host)),
        )
    elif key_in_use.foreign and settings.provider == "deepseek":
        yield fail(
            Text(
                "The key from {place} has the shape of another vendor's key and would go to "
                "{host}: it is refused there.",
                "{place} 的 key 形状属于别的厂商，却要发往 {host}：会被拒绝。",
            )(place=_of(key_in_use), host=host),
            fix=Fix(COPY(page=_page(s))),
        )


NAME_IT = Text(
    "A DeepSeek key: name it DEEPSEEK_API_KEY. Another vendor's: set OPENAI_BASE_URL to that "
    "vendor. If you mean it: DSADAPTER_TRUST_HOSTS={host}",
    "若是 DeepSeek 的 key：改名为 DEEPSEEK_API_KEY。若是别家的：把 OPENAI_BASE_URL 设为那家的地"
    "址。确实要这样用：DSADAPTER_TRUST_HOSTS={host}",
)


def key_sources(s: Snapshot) -> Iterator[Finding]:
    """A key that has different values in several sources."""
    for name in s.settings.differing:
        rows = s.settings.all_of(name)
        yield warn(
            Text(
                "{name} has different values in {places}: the first one is used.",
                "{name} 在多处的值不同：{places}。用的是第一个。",
            )(name=name, places=join((untranslated(_location(row)) for row in rows), LIST_COMMA)),
            fix=unset(s, rows[0], KEEP_ONE),
        )


KEEP_ONE = Text("Keep one of them.", "请只保留一个。")


def _location(row: Variable) -> str:
    name = "environment" if row.source == ENVIRONMENT else f"{row.source}:{row.line}"
    return f"{name} ({row.tail})" if row.tail else name


def key_names(s: Snapshot) -> Iterator[Finding]:
    """A variable that was meant to be the key and that nobody reads."""
    known = {name for row in _providers.VENDORS for name in row.key_env}
    for row in s.settings.variables:
        squeezed = row.name.upper().replace("_", "").replace("-", "")
        meant = squeezed in ("DEEPSEEKAPIKEY", "DEEPSEEKKEY", "DEEPSEEKTOKEN", "DEEPSEEKAPITOKEN")
        if meant and row.name not in known:
            yield warn(
                Text("{place} is set, but nobody reads it.", "设置了{place}，但没有程序会读它。")(
                    place=where(row.name, row.source)
                ),
                fix=Fix(Text("Name it DEEPSEEK_API_KEY.", "请改名为 DEEPSEEK_API_KEY。")),
            )


CHECKS = (
    Check("settings-key", Text("an API key was found", "找到了 API key"), key),
    Check("settings-key-shape", Text("the key can be sent", "key 的形状正确"), key_shape),
    Check(
        "settings-key-vendor",
        Text("the key goes to its vendor", "key 发往它所属的厂商"),
        key_vendor,
    ),
    Check(
        "settings-key-sources",
        Text("the key is the same everywhere", "各处的 key 一致"),
        key_sources,
    ),
    Check(
        "settings-key-names", Text("key variables are spelled right", "key 的变量名正确"), key_names
    ),
)
