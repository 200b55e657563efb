"""Group settings, variables: the base URL, and those that do harm."""

from __future__ import annotations

from typing import Iterator
from urllib.parse import urlsplit

from ..._backends.versions import at_least, below
from ..._settings import providers as _providers
from ..._settings.table import KEY_PAIRS
from ..._settings.values import REPAIR_MODES
from ..._texts.text import Text, untranslated
from ..check import Check
from ..findings import Finding, Fix, fail, info, ok, warn
from ..fix_commands import fix, set_variable, unset
from ..snapshot import Snapshot, Variable
from .keys import DEEPSEEK, KEEP_ONE, where

# --- the base URL --------------------------------------------------------------------------------


def base_url(s: Snapshot) -> Iterator[Finding]:
    """A base URL that is malformed, or that an SDK would misread."""
    url, source = s.settings.base_url, s.settings.base_source
    fault = _base_fault(url)
    if fault.en:
        yield fail(
            Text("The base URL {url} ({source}) {fault}.", "base URL {url}（{source}）{fault}。")(
                url=repr(url), source=source, fault=fault
            ),
            fix=Fix(Text("Write it whole: {url}", "请写完整：{url}")(url=DEEPSEEK.base_url)),
        )
        return
    yield from _base_habits(s, url, source)


def _base_fault(url: str) -> Text:
    text = url.strip()
    if any(char.isspace() for char in text):
        return Text("contains a blank or line break", "含有空格或换行")
    if not text.lower().startswith(("http://", "https://")):
        return Text("does not begin with http:// or https://", "不以 http:// 或 https:// 开头")
    try:
        parts = urlsplit(text)
        is_usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    return (
        untranslated("") if is_usable else Text("has no usable host or port", "的主机或端口不可用")
    )


def _base_habits(s: Snapshot, url: str, source: str) -> Iterator[Finding]:
    """What dsadapter puts right, and an SDK used by itself does not."""
    path = urlsplit(url).path
    legacy = bool(s.sdk()) and below(s.sdk(), "1")
    if path.rstrip("/").endswith("/completions"):
        yield warn(SHAPE(url=url, source=source, why=PASTED), fix=Fix(ONLY_BASE))
    elif url != url.strip():
        yield warn(SHAPE(url=repr(url), source=source, why=BLANK), fix=Fix(ONLY_BASE))
    elif legacy and path.endswith("/"):
        yield warn(SHAPE(url=url, source=source, why=SLASH), fix=Fix(ONLY_BASE))
    elif url.startswith("http://") and not _is_near(url):
        yield warn(
            SHAPE(url=url, source=source, why=PLAIN),
            fix=Fix(Text("Write https://.", "请写 https://。")),
        )
    else:
        yield ok(Text("{url} ({source})", "{url}（{source}）")(url=url, source=source))


def _is_near(url: str) -> bool:
    host = _providers.host_of(url)
    private = ("10.", "192.168.", *(f"172.{n}." for n in range(16, 32)))
    return _providers.is_loopback(host) or host.startswith(private) or "." not in host


SHAPE = Text("The base URL {url} ({source}) {why}.", "base URL {url}（{source}）{why}。")
ONLY_BASE = Text("End it before that.", "请去掉多余的部分。")
PASTED = Text(
    "is a whole endpoint: dsadapter cuts it, an SDK used by itself gets 404",
    "是完整的接口地址：dsadapter 会自动截掉，直接用 SDK 会得到 404",
)
BLANK = Text(
    "has blanks around it: an SDK used by itself gets 404", "前后有空格：直接用 SDK 会得到 404"
)
SLASH = Text(
    "ends in a slash: openai 0.28 used by itself asks for `//chat/completions` and gets 404",
    "以斜杠结尾：直接用 openai 0.28 会请求 //chat/completions，得到 404",
)
PLAIN = Text("is not encrypted: the key travels in the open", "没有加密：key 会明文传输")


def base_spellings(s: Snapshot) -> Iterator[Finding]:
    """Two spellings of one base URL that differ."""
    for _, names in KEY_PAIRS:
        rows = [row for row in map(s.settings.get, names) if row]
        if len({row.value.rstrip("/") for row in rows}) > 1:
            yield warn(
                Text(
                    "{one} and {other} are two spellings of one setting and differ: the first is "
                    "used here, another program may take the second.",
                    "{one} 与 {other} 是同一设置的两种写法，值却不同：这里用前者，别的程序可能用后"
                    "者。",
                )(one=rows[0].name, other=rows[1].name),
                *(untranslated(f"{row.name}={row.value}") for row in rows),
                fix=unset(s, rows[1], KEEP_ONE),
            )


def api_base(s: Snapshot) -> Iterator[Finding]:
    """Spellings that the installed SDK, used by itself, does not read."""
    sdk, old = s.sdk(), s.settings.get("OPENAI_API_BASE")
    new = s.settings.get("OPENAI_BASE_URL")
    if sdk and at_least(sdk, "1") and old and not new:
        yield _ignored(s, old, "OPENAI_BASE_URL")
    elif sdk and below(sdk, "1") and new and not old:
        yield _ignored(s, new, "OPENAI_API_BASE")
    elif sdk and at_least(sdk, "1") and below(sdk, "1.3") and new:
        yield _ignored(s, new, "base_url=")


def _ignored(s: Snapshot, row: Variable, other: str) -> Finding:
    return warn(
        Text(
            "openai {sdk} ignores {name}: used by itself it sends requests, and the key, to "
            "api.openai.com. (dsadapter reads both spellings.)",
            "openai {sdk} 会忽略 {name}：直接使用时，请求连同 key 都会发到 api.openai.com。"
            "（dsadapter 两种写法都读。）",
        )(sdk=s.sdk(), name=row.name),
        fix=fix(
            s,
            BY_NAME(name=other),
            *([] if other.endswith("=") else [set_variable(s, other, row.value)]),
        ),
    )


BY_NAME = Text("Say it as {name}.", "请改用 {name}。")


# --- variables of other vendors ------------------------------------------------------------------


def azure(s: Snapshot) -> Iterator[Finding]:
    """An API type that is left over from Azure."""
    row = s.settings.get("OPENAI_API_TYPE")
    if row is None or not row.value.lower().startswith("azure"):
        return
    legacy = bool(s.sdk()) and below(s.sdk(), "1")
    level = fail if legacy else info
    yield level(
        Text(
            "OPENAI_API_TYPE={value} is left over from Azure: openai 0.28 used by itself then "
            "says `Must provide an 'engine' or 'deployment_id' parameter`.",
            "OPENAI_API_TYPE={value} 是 Azure 留下的：直接用 openai 0.28 会报 Must provide an "
            "'engine' or 'deployment_id' parameter。",
        )(value=row.value),
        fix=unset(s, row, Text("Unset it.", "请取消这个变量。")),
    )


HEADER_VARIABLES = {
    "OPENAI_ORG_ID": "1",
    "OPENAI_ORGANIZATION": "0.27",
    "OPENAI_PROJECT_ID": "1.20",
    "OPENAI_CUSTOM_HEADERS": "2.34",
}


def vendor_headers(s: Snapshot) -> Iterator[Finding]:
    """What an SDK picks up by itself and sends to whatever host it calls (sdk-matrix 10)."""
    if not s.sdk() or s.settings.provider == "openai":
        return
    for name, since in HEADER_VARIABLES.items():
        row = s.settings.get(name)
        legacy_only = name == "OPENAI_ORGANIZATION" and at_least(s.sdk(), "1")
        if row and at_least(s.sdk(), since) and not legacy_only:
            yield warn(
                Text(
                    "{place} is meant for OpenAI; openai {sdk} used by itself sends it to every "
                    "host. (dsadapter does not.)",
                    "{place}是给 OpenAI 用的；直接用 openai {sdk} 会把它发给任何主机。（dsadapter "
                    "不会。）",
                )(place=where(name, row.source), sdk=s.sdk()),
                fix=unset(s, row, Text("Unset it.", "请取消这个变量。")),
            )


def key_path(s: Snapshot) -> Iterator[Finding]:
    """A key file that wins over the key."""
    row = s.settings.get("OPENAI_API_KEY_PATH")
    if row and s.sdk() and below(s.sdk(), "1"):
        yield warn(
            Text(
                "OPENAI_API_KEY_PATH is set: openai 0.28 used by itself takes its key from that "
                "file, whatever openai.api_key says.",
                "设置了 OPENAI_API_KEY_PATH：直接用 openai 0.28 时 key 取自该文件，openai.api_key "
                "不起作用。",
            ),
            fix=unset(s, row, Text("Unset it.", "请取消这个变量。")),
        )


# --- dsadapter's own -----------------------------------------------------------------------------


def own(s: Snapshot) -> Iterator[Finding]:
    """Values of DSADAPTER_ variables that are not known."""
    repair = s.settings.get("DSADAPTER_REPAIR")
    if repair and repair.value not in REPAIR_MODES:
        yield fail(NOT_KNOWN(row=repair.name, value=repair.value, known=", ".join(REPAIR_MODES)))
    mapping = s.settings.get("DSADAPTER_MODEL_MAP")
    if mapping and not all(_is_pair(part) for part in mapping.value.split(",") if part.strip()):
        yield fail(
            NOT_KNOWN(
                row=mapping.name, value=mapping.value, known="gpt-3.5-turbo=deepseek-flash,..."
            )
        )


NOT_KNOWN = Text(
    "{row}={value} is not understood. Known: {known}", "{row}={value} 无法理解。可用：{known}"
)


def _is_pair(part: str) -> bool:
    old, _, new = part.partition("=")
    return bool(old.strip() and new.strip())


CHECKS = (
    Check("settings-base-url", Text("the base URL is well formed", "base URL 书写正确"), base_url),
    Check(
        "settings-base-spellings",
        Text("one base URL per vendor", "base URL 没有互相矛盾"),
        base_spellings,
    ),
    Check(
        "settings-api-base", Text("the SDK reads your base URL", "SDK 会读到 base URL"), api_base
    ),
    Check("settings-azure", Text("no Azure setting is left over", "没有 Azure 残留设置"), azure),
    Check(
        "settings-vendor-headers",
        Text("nothing of OpenAI's goes to others", "OpenAI 的设置不会外泄"),
        vendor_headers,
    ),
    Check(
        "settings-key-path", Text("no key file overrides the key", "没有 key 文件抢先"), key_path
    ),
    Check("settings-own", Text("DSADAPTER_* values are known", "DSADAPTER_* 的值有效"), own),
)
