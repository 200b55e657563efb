"""Errors of calls as commands show them in Chinese: what the class means, and the sentences that
dsadapter makes. The server's own words stay as they came. Programs get all of them in English.
"""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

from . import errors_answers, errors_settings
from .matching import translated
from .text import Text, composed, untranslated

LINE = Text("{name}: {message}", "{name}：{message}")
# A class's name; in Chinese with what it means.
TITLES: Dict[str, Text] = {
    name: Text(name, f"{name}（{meaning}）")
    for name, meaning in (
        ("APIConnectionError", "连不上服务器"),
        ("APIError", "服务器报错"),
        ("APIResponseError", "收到的不是 API 的回答"),
        ("APIStatusError", "服务器拒绝了请求"),
        ("APITimeoutError", "超时"),
        ("AuthenticationError", "key 被拒绝"),
        ("BackendUnavailableError", "后端在本机不可用"),
        ("BadRequestError", "请求有误"),
        ("CredentialsError", "key 不可用"),
        ("InsufficientBalanceError", "余额不足"),
        ("InternalServerError", "服务器内部错误"),
        ("InvalidArgumentError", "设置有误"),
        ("NotFoundError", "地址或模型不存在"),
        ("NotOfferedError", "厂商没有这个功能"),
        ("PermissionDeniedError", "没有权限"),
        ("RateLimitError", "请求过于频繁"),
        ("ServerBusyError", "服务器繁忙"),
        ("ServerDisconnectedError", "连接被服务器关闭"),
        ("StreamTruncatedError", "回答被截断"),
        ("UnprocessableEntityError", "请求参数有误"),
    )
}

SENTENCES: Tuple[Text, ...] = (
    *errors_settings.SENTENCES,
    *errors_answers.SENTENCES,
    Text(
        "No answer from {host}: check base_url, the network and the proxy variables",
        "{host} 没有应答：请检查 base_url、网络和代理变量",
    ),
    Text("Connection error: {reason}", "连接出错：{reason}"),
    Text("The connection broke: {reason}", "连接中断：{reason}"),
    Text("The server closed the connection without an answer.", "服务器没有应答就关闭了连接。"),
    Text("The head of the answer cannot be read: {reason}", "无法读取响应头：{reason}"),
    Text("Request timed out.", "请求超时。"),
    Text(
        "Request timed out: {name}={seconds} s passed for {subject}.",
        "请求超时：{subject}超过了 {name}={seconds} 秒。",
    ),
    Text("Request timed out: {reason}", "请求超时：{reason}"),
    Text(
        "The server answered {status} with a blank body: it is overloaded and gave up.",
        "服务器返回 {status}，但内容为空：它已过载，放弃了这次请求。",
    ),
    Text(
        "The server answered {status} and ended the stream without a word: it is overloaded and "
        "gave up.",
        "服务器返回 {status}，但流里什么都没有就结束了：它已过载，放弃了这次请求。",
    ),
    Text(
        "Try again a little later; busy hours are on the provider's status page",
        "请稍后再试；繁忙时段见厂商的状态页",
    ),
    Text(
        "The answer is no JSON object (status {status}, content type {kind}, {count} characters): "
        "{beginning}",
        "回答不是 JSON 对象（状态码 {status}，内容类型 {kind}，共 {count} 个字符）：{beginning}",
    ),
    Text(
        "Is {url} the API and not a web page or a proxy?", "{url} 是 API 地址，而不是网页或代理吗？"
    ),
    Text(
        "What had arrived is in err.partial; ask again for the whole answer",
        "已收到的部分在上面；想要完整回答请再问一次",
    ),
    Text(
        "The key {tail} from {source} was refused by {url}. Keys are made at {page}",
        "{url} 拒绝了 key {tail}（来自 {source}）。在 {page} 创建 key",
    ),
    Text(
        "The key {tail} from {source} was refused by {url}.",
        "{url} 拒绝了 key {tail}（来自 {source}）。",
    ),
    Text("The account has no balance left. Top up at {page}", "账户余额已用完。充值：{page}"),
    Text("The account has no balance left.", "账户余额已用完。"),
    Text(
        "Nothing is at this path: is base_url={url} right?",
        "这个路径下什么都没有：base_url={url} 对吗？",
    ),
    Text(
        "Too many calls at once: send fewer side by side, or wait.",
        "同时发出的请求太多：请减少并发，或等一等。",
    ),
    Text("The server is overloaded: try again a little later.", "服务器过载：请稍后再试。"),
    Text(
        "The server redirects in a way that leads nowhere: is {url} right?",
        "服务器的重定向走不通：{url} 对吗？",
    ),
    Text('Did you mean model="{name}"?', '你是不是想用 model="{name}"？'),
    Text(
        "python -m dsadapter models   lists the models of this key",
        "python -m dsadapter models   列出这个 key 可用的模型",
    ),
    Text("HTTP {status} without a text", "HTTP {status}，没有说明"),
    Text("Keys are made at {page}", "在 {page} 创建 key"),
    Text(
        "The API key from {source} has the non-ASCII character U+{code} at position {position}: a "
        "note, a full-width or a typographic character; keys are plain ASCII.",
        "{source} 里的 API key 第 {position} 个字符是非 ASCII 字符 U+{code}：可能是注释、全角字符或"
        "排版符号；key 只含 ASCII 字符。",
    ),
    Text(
        "The API key from {source} is a placeholder, not a key: put your own key there.",
        "{source} 里的 API key 是占位符，不是真正的 key：请换成你自己的 key。",
    ),
    Text(
        "The API key from {source} contains a line break or control character: copy the key alone, "
        "on one line.",
        "{source} 里的 API key 含有换行或控制字符：请只复制 key 本身，写在一行里。",
    ),
    Text(
        "The API key from {source} is wrapped in quotes that belong to it: take them away.",
        "{source} 里的 API key 两边带着引号：请去掉引号。",
    ),
    Text(
        "The API key from {source} begins with 'Bearer ': write the key alone.",
        "{source} 里的 API key 以 Bearer 开头：请只写 key 本身。",
    ),
    Text(
        "The API key from {source} contains blanks: copy the key alone.",
        "{source} 里的 API key 含有空格：请只复制 key 本身。",
    ),
    Text(
        "The key from {source} belongs to another vendor: nothing says that it may go to {host}. "
        "It was not sent.",
        "{source} 里的 key 属于另一家厂商，没有任何设置说明它可以发给 {host}，所以没有发送。",
    ),
    Text(
        "The key from {source} has the shape of another vendor's key and was about to go to "
        "{host}. It was not sent.",
        "{source} 里的 key 像是另一家厂商的，而它将要发给 {host}，所以没有发送。",
    ),
    Text(
        "For DeepSeek set DEEPSEEK_API_KEY; for another vendor name its base_url; if you mean it, "
        "set {setting}",
        "用 DeepSeek 请设置 DEEPSEEK_API_KEY；用别家请写明它的 base_url；"
        "确实要这样，请设置 {setting}",
    ),
    Text(
        "Use a DeepSeek key ({page}) or that vendor's base_url; if you mean it, set {setting}",
        "请用 DeepSeek 的 key（{page}），或那家厂商的 base_url；确实要这样，请设置 {setting}",
    ),
    Text("The base URL {url} from {source} is not usable.", "{source} 里的地址 {url} 不可用。"),
    Text("Write it whole: {url}", "请写完整：{url}"),
    Text("provider={name} ({source}) is not known.", "没有 {name} 这家厂商（{source}）。"),
    Text(
        "Known: {names}; any other host goes by base_url=", "可选：{names}；其他地址请用 --base-url"
    ),
    Text("{name}={value} is not known.", "不认识 {name}={value}。"),
    Text("One of: {names}", "可选：{names}"),
    Text("There is no backend {name} ({source}).", "没有 {name} 这个后端（{source}）。"),
    Text("Known: {names}", "可选：{names}"),
    Text("Write {example}", "请写 {example}"),
)

FIELDS: Dict[str, Tuple[Text, ...]] = {
    "source": (
        Text("the environment variable {name}", "环境变量 {name}"),
        Text("the argument {name}", "参数 {name}"),
        Text("{name} in {file}", "{file} 中的 {name}"),
    ),
    "subject": (
        Text("the whole call", "整个调用"),
        Text("waiting for data (keep-alives not counted)", "等待数据的时间（不计保活）"),
    ),
}


MISSING_EXTRA = Text(
    "{part} needs {package}, which is not installed: {command} in a clone of {place} (once "
    "{name} is on the package index: {later})",
    "{part} 需要 {package}，但没有安装：在 {place} 的克隆里运行 {command}"
    "（{name} 发布到包索引之后：{later}）",
)


def error_lines(name: str, message: str, hint: Optional[str], language: str) -> List[str]:
    """An error as lines for people: its class, what happened, the next step."""
    first, *steps = sentences(message, hint, language)
    title = TITLES.get(name, untranslated(name))
    return [LINE(name=title, message=first or "?").say(language), *steps]


def sentences(message: str, hint: Optional[str], language: str) -> List[str]:
    """What happened, then the lines of the next step."""
    lines = [message, *(hint or "").splitlines()]
    return [translated(line, language, SENTENCES, FIELDS) for line in lines]


def sentence(message: str) -> Text:
    """What happened, where a text in every language is wanted."""
    return composed(lambda language: translated(message, language, SENTENCES, FIELDS))


def missing_extra(text: str, language: str) -> str:
    """What a part of dsadapter needs and how to get it, for who runs the command ``serve``."""
    text = text.replace("dsadapter.integrations.gateway", "serve", 1)
    return translated(text, language, (MISSING_EXTRA,), {})
