"""What the checks of the group settings say: keys, base URLs, variables, .env files."""

from __future__ import annotations

from .text import Text

SHAPE = Text("The base URL {url} ({source}) {why}.", "base URL {url}（{source}）{why}。")
ONLY_BASE = Text(
    "Write the base URL alone, for example https://api.deepseek.com",
    "只写 base URL 本身，例如 https://api.deepseek.com",
)
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
BY_NAME = Text("Use {name} instead: this SDK reads it.", "请改用 {name}：这个 SDK 会读它。")
NOT_KNOWN = Text(
    "{row}={value} is not understood. Known: {known}", "{row}={value} 无法理解。可用：{known}"
)
BASE_FAULT = Text("The base URL {url} ({source}) {fault}.", "base URL {url}（{source}）{fault}。")
WHOLE_BASE = Text("Write the whole address, for example {url}", "请写完整的地址，例如 {url}")
HAS_BLANK = Text("contains a blank or line break", "含有空格或换行")
NO_SCHEME = Text("does not begin with http:// or https://", "不以 http:// 或 https:// 开头")
NO_HOST = Text("has no usable host or port", "的主机或端口不可用")
USE_HTTPS = Text("Write https:// in the base URL.", "base URL 请用 https://。")
BASE = Text("{url} ({source})", "{url}（{source}）")
TWO_SPELLINGS = Text(
    "{one} and {other} are two spellings of one setting and differ: the first is "
    "used here, another program may take the second.",
    "{one} 与 {other} 是同一设置的两种写法，值却不同：这里用前者，别的程序可能用后者。",
)
IGNORED = Text(
    "openai {sdk} ignores {name}: used by itself it sends requests, and the key, to "
    "api.openai.com. (dsadapter reads both spellings.)",
    "openai {sdk} 会忽略 {name}：直接使用时，请求连同 key 都会发到 api.openai.com。"
    "（dsadapter 两种写法都读。）",
)
AZURE = Text(
    "OPENAI_API_TYPE={value} is set and no endpoint of Azure is: openai 0.28 used by itself then "
    "says `Must provide an 'engine' or 'deployment_id' parameter`.",
    "设置了 OPENAI_API_TYPE={value}，却没有 Azure 的地址：直接用 openai 0.28 会报 Must provide an "
    "'engine' or 'deployment_id' parameter。",
)
AZURE_MODERN = Text(
    "OPENAI_API_TYPE=azure is set and no endpoint of Azure is: openai {sdk} used by itself takes "
    "calls of the module (openai.chat.completions.create) for Azure's. Clients and dsadapter are "
    "not affected.",
    "设置了 OPENAI_API_TYPE=azure，却没有 Azure 的地址：直接用 openai {sdk} 时，模块级调用"
    "（openai.chat.completions.create）会被当作 Azure 的调用。客户端对象和 dsadapter 不受影响。",
)
UNSET_AZURE = Text(
    "Unset it; if Azure is meant, set AZURE_OPENAI_ENDPOINT (openai 0.28: OPENAI_API_BASE).",
    "请取消它；确实要用 Azure 时，请设置 AZURE_OPENAI_ENDPOINT（openai 0.28 用 OPENAI_API_BASE）。",
)
OTHER_KEYS = Text(
    "{names}: used where the program names that vendor. OpenAI() without a base URL has no key.",
    "{names}：程序指定该厂商时使用。不写 base URL 的 OpenAI() 没有 key。",
)
VENDOR_HEADER = Text(
    "{place} is meant for OpenAI; openai {sdk} used by itself sends it to every "
    "host. (dsadapter does not.)",
    "{place}是给 OpenAI 用的；直接用 openai {sdk} 会把它发给任何主机。（dsadapter 不会。）",
)
UNSET_HEADER = Text("Unset the variable.", "请取消这个环境变量。")
KEY_PATH = Text(
    "OPENAI_API_KEY_PATH is set: openai 0.28 used by itself takes its key from that "
    "file, whatever openai.api_key says.",
    "设置了 OPENAI_API_KEY_PATH：直接用 openai 0.28 时 key 取自该文件，openai.api_key 不起作用。",
)
UNSET_KEY_PATH = Text("Unset the variable.", "请取消这个环境变量。")
IN_ENVIRONMENT = Text("the environment variable {name}", "环境变量 {name}")
IN_FILE = Text("{name} in {file}", "{file} 里的 {name}")
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
NAME_IT = Text(
    "If it is a DeepSeek key, set it as DEEPSEEK_API_KEY. If it is another vendor's, set "
    "OPENAI_BASE_URL to that vendor's address. To send it to {host} all the same: "
    "DSADAPTER_TRUST_HOSTS={host}",
    "若是 DeepSeek 的 key：请设为 DEEPSEEK_API_KEY。若是别家的：把 OPENAI_BASE_URL "
    "设为那家的地址。确实要发给 {host}：DSADAPTER_TRUST_HOSTS={host}",
)
KEEP_ONE = Text("Keep one of the values and remove the other.", "请只保留其中一个值。")
NO_KEY = Text("No API key yet.", "还没有 API key。")
LOOKED_IN = Text("Looked in: {places}", "查找过：{places}")
MAKE_KEY = Text(
    "Make an API key: {page}\nWrite it into .env: DEEPSEEK_API_KEY=sk-...\nTo try without a "
    "key: python -m dsadapter chat --offline",
    "先创建 API key：{page}\n再写入 .env：DEEPSEEK_API_KEY=sk-...\n没有 key 也能先试：python "
    "-m dsadapter chat --offline",
)
NOT_USED = Text("not used: {place}", "未使用：{place}")
KEY_FROM = Text("{place} ({tail})", "{place}（{tail}）")
SEARCHED = Text("the environment ({n})", "环境变量（{n}）")
KEY_FAULT = Text("The API key from {place} {fault}.", "{place} 的 API key {fault}。")
UNPAIRED = Text(
    "{place} is set with no base URL beside it: it may belong to another vendor, so "
    "dsadapter does not send it to {host}.",
    "设置了{place}，但没有配套的 base URL：它可能属于别的厂商，dsadapter 不会把它发给 {host}。",
)
FOREIGN_KEY = Text(
    "The key from {place} has the shape of another vendor's key and would go to "
    "{host}: it is refused there.",
    "{place} 的 key 形状属于别的厂商，却要发往 {host}：会被拒绝。",
)
DIFFERENT_VALUES = Text(
    "{name} has different values in {places}: the first one is used.",
    "{name} 在多处的值不同：{places}。用的是第一个。",
)
UNREAD_NAME = Text(
    "{place} is set, but no program reads a variable of that name.",
    "设置了{place}，但没有程序会读这个名字的变量。",
)
RENAME_KEY = Text("Rename the variable to {name}.", "请把变量改名为 {name}。")
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
UNREADABLE_FILE = Text("cannot be read (permissions)", "无法读取（权限不足）")
IS_FOLDER = Text("is a folder", "是一个目录")
SETS_NOTHING = Text(
    "{file} {state}: what it should set is not set.",
    "{file} {state}：其中的设置都不会生效。",
)
MAKE_READABLE = Text("Make .env a file that you may read.", "请把 .env 改成可读的文件。")
BAD_LINES = Text(
    "{file} has lines that set nothing: {lines}.",
    "{file} 有些行没有起作用：第 {lines} 行。",
)
WRITE_LINES = Text("Write NAME=value, one per line.", "每行写一个 NAME=value。")
OTHER_ENCODING = Text(
    "{file} is saved as {encoding}. dsadapter reads it; {what}.",
    "{file} 保存为 {encoding} 编码。dsadapter 能读；{what}。",
)
WRONG_NAME = Text(
    "There is no {file}, but a file {name} beside it that sets your key: nobody "
    "reads it. (Windows hides the ending .txt.)",
    "没有 {file}，旁边却有一个写着 key 的 {name}：没有程序会读它。（Windows 会隐藏 .txt 后缀。）",
)
RENAME_ENV = Text("Rename the file to .env.", "请把文件改名为 .env。")

# --- a .env is as trusted as its folder ----------------------------------------------------------

LED_AWAY = Text(
    "The base URL stands in {file}, which is not in the program's own folder, and would lead the "
    "key from {place} to {host}: dsadapter does not send it.",
    "base URL 写在 {file} 里，而它不在程序自己的目录中，会把{place}的 key 发往 {host}：dsadapter 不"
    "会发送。",
)
LED_AWAY_COMMANDS = Text(
    "The base URL stands in {file} and the key does not: programs in this folder send the key from "
    "{place} to {host}, the commands of dsadapter (chat, models, balance) refuse to.",
    "base URL 写在 {file} 里，key 却不在其中：本目录的程序会把{place}的 key 发往 {host}，dsadapter "
    "的命令（chat、models、balance）则会拒绝。",
)
SET_TOGETHER = Text(
    "Set the base URL where the key is set, or put the key into that file. To trust the host: "
    "DSADAPTER_TRUST_HOSTS={host} in the environment",
    "请把 base URL 设在 key 所在的地方，或把 key 写进该文件。若信任这个主机：在环境变量里设置 "
    "DSADAPTER_TRUST_HOSTS={host}",
)
TRUST_IN_FILE = Text(
    "{name} in {file} is ignored: a file must not decide whom to trust.",
    "{file} 里的 {name} 不起作用：不能由文件决定信任谁。",
)
SET_IN_ENVIRONMENT = Text(
    "Set the variable in the environment instead, if you mean it.",
    "确有需要时，请改在环境变量里设置。",
)
NOTHING_READS = Text(
    "{files} is not read: python-dotenv cannot be imported here.",
    "{files} 没有被读取：这里无法导入 python-dotenv。",
)
MEND_DOTENV = Text(
    'See what stops it: python -c "import dotenv"', '看看原因：python -c "import dotenv"'
)
