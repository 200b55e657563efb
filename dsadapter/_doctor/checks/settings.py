"""Group settings: the key, the base URL, .env files, and variables that do harm."""

from __future__ import annotations

from typing import Iterator
from urllib.parse import urlsplit

from ... import _config, _providers
from ..._versions import at_least, below
from ..fixing import assign, fix, rename, without
from ..model import Check, Finding, Fix, Text, fail, info, ok, same, together, warn
from ..snapshot import ENVIRONMENT, Key, Snapshot, Variable

COMMA = Text(", ", "、")
IN_ENVIRONMENT = Text("the environment variable {name}", "环境变量 {name}")
IN_FILE = Text("{name} in {file}", "{file} 里的 {name}")
DEEPSEEK = _providers.DEEPSEEK

FAULTS = {
    "non-ascii": Text(
        "has the non-ASCII character {char} at position {position}: a note, a full-width or a "
        "typographic character. Keys are plain ASCII",
        "第 {position} 个字符是非 ASCII 字符 {char}：可能是备注、全角字符或弯引号；key 只含 "
        "ASCII 字符",
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
    if source == ENVIRONMENT:
        return IN_ENVIRONMENT(name=name)
    return IN_FILE(name=name, file=source)


def _of(key: Key) -> Text:
    return where(key.variable, key.source)


def _page(s: Snapshot) -> str:
    provider = _providers.BY_NAME.get(s.settings.provider, DEEPSEEK)
    return provider.keys_page or DEEPSEEK.keys_page or ""


# --- the key -------------------------------------------------------------------------------------


def key(s: Snapshot) -> Iterator[Finding]:
    found = s.settings.key
    if found is None:
        yield warn(
            Text("No API key yet.", "还没有 API key。"),
            Text("Looked in: {places}", "查找过：{places}")(places=_places(s)),
            fix=Fix(
                Text(
                    "Make one: {page}\nWrite it into .env: DEEPSEEK_API_KEY=sk-...\nTo try "
                    "without a "
                    "key: python -m dsadapter chat --offline",
                    "先创建：{page}\n再写入 .env：DEEPSEEK_API_KEY=sk-...\n没有 key 也能先试："
                    "python -m "
                    "dsadapter chat --offline",
                )(page=_page(s))
            ),
        )
        return
    hidden = [row for row in s.settings.all_of(found.variable) if row.source != found.source]
    details = [
        Text("not used: {place}", "未使用：{place}")(place=where(row.name, row.source))
        for row in hidden
    ]
    yield ok(
        Text("{place} ({tail})", "{place}（{tail}）")(place=_of(found), tail=found.tail), *details
    )


def _places(s: Snapshot) -> Text:
    files = [same(file.path) for file in s.settings.files]
    names = ", ".join(name for name, _ in _config.KEY_PAIRS)
    return together([Text("the environment ({n})", "环境变量（{n}）")(n=names), *files], COMMA)


def key_shape(s: Snapshot) -> Iterator[Finding]:
    found = s.settings.key
    if found is None or found.fault is None:
        return
    fault = FAULTS[found.fault.kind](position=found.fault.position, char=found.fault.char)
    yield fail(
        Text("The API key from {place} {fault}.", "{place}的 API key {fault}。")(
            place=_of(found), fault=fault
        ),
        fix=Fix(COPY(page=_page(s))),
        kind=found.fault.kind,
        position=found.fault.position,
    )


def key_vendor(s: Snapshot) -> Iterator[Finding]:
    found, settings = s.settings.key, s.settings
    if found is None or found.fault or settings.trusted:
        return
    host = _providers.host_of(settings.base_url)
    if not settings.paired:
        yield fail(
            Text(
                "{place} is set with no base URL beside it: it may belong to another vendor, so "
                "dsadapter does not send it to {host}.",
                "设置了{place}，但没有配套的 base URL：它可能属于别的厂商，dsadapter 不会把它发"
                "给 {host}。",
            )(place=_of(found), host=host),
            fix=Fix(NAME_IT(host=host)),
        )
    elif found.foreign and settings.provider == "deepseek":
        yield fail(
            Text(
                "The key from {place} has the shape of another vendor's key and would go to "
                "{host}: "
                "it is refused there.",
                "{place}的 key 形状属于别的厂商，却要发往 {host}：会被拒绝。",
            )(place=_of(found), host=host),
            fix=Fix(COPY(page=_page(s))),
        )


NAME_IT = Text(
    "A DeepSeek key: name it DEEPSEEK_API_KEY. Another vendor's: set OPENAI_BASE_URL to that "
    "vendor. If you mean it: DSADAPTER_TRUST_HOSTS={host}",
    "若是 DeepSeek 的 key：改名为 DEEPSEEK_API_KEY。若是别家的：把 OPENAI_BASE_URL 设为那家的地址。"
    "确实要这样用：DSADAPTER_TRUST_HOSTS={host}",
)


def key_sources(s: Snapshot) -> Iterator[Finding]:
    for name in s.settings.differing:
        rows = s.settings.all_of(name)
        yield warn(
            Text(
                "{name} has different values in {places}: the first one is used.",
                "{name} 在多处的值不同：{places}。用的是第一个。",
            )(name=name, places=together((same(_place(row)) for row in rows), COMMA)),
            fix=without(s, rows[0], KEEP_ONE),
        )


KEEP_ONE = Text("Keep one of them.", "请只保留一个。")


def _place(row: Variable) -> str:
    name = "environment" if row.source == ENVIRONMENT else f"{row.source}:{row.line}"
    return f"{name} ({row.tail})" if row.tail else name


def key_names(s: Snapshot) -> Iterator[Finding]:
    """A variable that was meant to be the key and that nobody reads."""
    known = {name for row in _providers.PRESETS for name in row.key_env}
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


# --- the base URL --------------------------------------------------------------------------------


def base_url(s: Snapshot) -> Iterator[Finding]:
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
        sound = bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    return same("") if sound else Text("has no usable host or port", "的主机或端口不可用")


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
    for _, names in _config.KEY_PAIRS:
        rows = [row for row in map(s.settings.get, names) if row]
        if len({row.value.rstrip("/") for row in rows}) > 1:
            yield warn(
                Text(
                    "{one} and {other} are two spellings of one setting and differ: the first is "
                    "used here, another program may take the second.",
                    "{one} 与 {other} 是同一设置的两种写法，值却不同：这里用前者，别的程序可能用"
                    "后者。",
                )(one=rows[0].name, other=rows[1].name),
                *(same(f"{row.name}={row.value}") for row in rows),
                fix=without(s, rows[1], KEEP_ONE),
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
            s, BY_NAME(name=other), *([] if other.endswith("=") else [assign(s, other, row.value)])
        ),
    )


BY_NAME = Text("Say it as {name}.", "请改用 {name}。")


# --- variables of other vendors ------------------------------------------------------------------


def azure(s: Snapshot) -> Iterator[Finding]:
    row = s.settings.get("OPENAI_API_TYPE")
    if row is None or not row.value.lower().startswith("azure"):
        return
    legacy = bool(s.sdk()) and below(s.sdk(), "1")
    level = fail if legacy else info
    yield level(
        Text(
            "OPENAI_API_TYPE={value} is left over from Azure: openai 0.28 used by itself then says "
            "`Must provide an 'engine' or 'deployment_id' parameter`.",
            "OPENAI_API_TYPE={value} 是 Azure 留下的：直接用 openai 0.28 会报 Must provide an "
            "'engine' "
            "or 'deployment_id' parameter。",
        )(value=row.value),
        fix=without(s, row, Text("Unset it.", "请取消这个变量。")),
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
                    "{place}是给 OpenAI 用的；直接用 openai {sdk} 会把它发给任何主机。"
                    "（dsadapter 不会。）",
                )(place=where(name, row.source), sdk=s.sdk()),
                fix=without(s, row, Text("Unset it.", "请取消这个变量。")),
            )


def key_path(s: Snapshot) -> Iterator[Finding]:
    row = s.settings.get("OPENAI_API_KEY_PATH")
    if row and s.sdk() and below(s.sdk(), "1"):
        yield warn(
            Text(
                "OPENAI_API_KEY_PATH is set: openai 0.28 used by itself takes its key from that "
                "file, whatever openai.api_key says.",
                "设置了 OPENAI_API_KEY_PATH：直接用 openai 0.28 时 key 取自该文件，"
                "openai.api_key 不起作用。",
            ),
            fix=without(s, row, Text("Unset it.", "请取消这个变量。")),
        )


# --- dsadapter's own -----------------------------------------------------------------------------


def own(s: Snapshot) -> Iterator[Finding]:
    repair = s.settings.get("DSADAPTER_REPAIR")
    if repair and repair.value not in _config.REPAIR_MODES:
        yield fail(
            NOT_KNOWN(row=repair.name, value=repair.value, known=", ".join(_config.REPAIR_MODES))
        )
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


# --- .env files ----------------------------------------------------------------------------------


def env_file(s: Snapshot) -> Iterator[Finding]:
    states = {
        "unreadable": Text("cannot be read (permissions)", "无法读取（权限不足）"),
        "folder": Text("is a folder", "是一个目录"),
    }
    for file in s.settings.files:
        if file.state in states:
            yield fail(
                Text(
                    "{file} {state}: what it should set is not set.",
                    "{file} {state}：其中的设置都不会生效。",
                )(file=file.path, state=states[file.state]),
                fix=Fix(Text("Make it a file that you may read.", "请改成可读的文件。")),
            )
        elif file.bad_lines:
            yield warn(
                Text(
                    "{file} has lines that set nothing: {lines}.",
                    "{file} 有些行没有起作用：第 {lines} 行。",
                )(file=file.path, lines=", ".join(map(str, file.bad_lines[:10]))),
                fix=Fix(Text("Write NAME=value, one per line.", "每行写一个 NAME=value。")),
                lines=list(file.bad_lines),
            )


def env_encoding(s: Snapshot) -> Iterator[Finding]:
    for file in s.settings.files:
        if file.state != "ok" or file.encoding == "utf-8":
            continue
        what = BOM if file.encoding == "utf-8-sig" else UNREADABLE(encoding=file.encoding)
        yield warn(
            Text(
                "{file} is saved as {encoding}. dsadapter reads it; {what}.",
                "{file} 保存为 {encoding} 编码。dsadapter 能读；{what}。",
            )(file=file.path, encoding=file.encoding, what=what),
            fix=fix(s, SAVE, f'python -m dsadapter._doctor.recode "{file.path}"'),
            encoding=file.encoding,
        )


BOM = Text(
    "for others, load_dotenv() among them, the first name in it can begin with an invisible "
    "character",
    "但对别的程序（包括 load_dotenv()），第一个变量名前可能多出一个看不见的字符",
)
UNREADABLE = Text(
    "load_dotenv() in your own program raises UnicodeDecodeError or reads nothing of it",
    "但你程序里的 load_dotenv() 会抛 UnicodeDecodeError，或什么也读不到",
)


SAVE = Text("Save it as UTF-8 (a copy is kept).", "请另存为 UTF-8（会保留备份）。")


def env_name(s: Snapshot) -> Iterator[Finding]:
    for file in s.settings.files:
        for name in file.lookalikes if file.state == "missing" else ():
            folder = file.path[: -len(".env")]
            yield warn(
                Text(
                    "There is no {file}, but a file {name} beside it that sets your key: nobody "
                    "reads "
                    "it. (Windows hides the ending .txt.)",
                    "没有 {file}，旁边却有一个写着 key 的 {name}：没有程序会读它。（Windows 会隐"
                    "藏 .txt 后缀。）",
                )(file=file.path, name=name),
                fix=fix(
                    s, Text("Rename it.", "请给它改名。"), rename(s, f"{folder}{name}", file.path)
                ),
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
    Check("settings-env-file", Text(".env files can be read", ".env 能读取"), env_file),
    Check(
        "settings-env-encoding", Text(".env files are UTF-8", ".env 是 UTF-8 编码"), env_encoding
    ),
    Check("settings-env-name", Text(".env has its right name", ".env 文件名正确"), env_name),
)
