"""What every environment is asked, as one table. Result files speak of these ids only."""

from __future__ import annotations

from typing import Dict, NamedTuple


class Group(NamedTuple):
    """A table of the page."""

    id: str
    title: str
    chinese: str
    note: str


class Capability(NamedTuple):
    """One question, with its answer's column in the table of its group."""

    id: str
    group: str
    column: str
    title: str
    chinese: str


GROUPS = (
    Group(
        "legacy",
        "Code written for openai 0.28",
        "为 openai 0.28 写的代码",
        "The calls of 2023: `openai.ChatCompletion`, `openai.error`, `functions=`.",
    ),
    Group(
        "modern",
        "Code of today",
        "现在的写法",
        "A client: `OpenAI().chat.completions.create(...)` and `AsyncOpenAI`.",
    ),
    Group(
        "offer",
        "What DeepSeek offers",
        "DeepSeek 提供的功能",
        "Asked in the code of the generation that is installed; without an SDK, in today's.",
    ),
    Group(
        "today",
        "More of today's code",
        "现在的其他写法",
        "`parse`, raw responses and classes are asked in today's code whatever is installed, "
        "embeddings in the code of the generation that is installed.",
    ),
    Group(
        "tools",
        "Beside calls",
        "调用之外",
        "The SDKs have nothing of the kind, so nothing is asked of them.",
    ),
    Group(
        "faults",
        "What DeepSeek's server does on a bad day",
        "DeepSeek 服务器出状况时",
        "Asked in the code of the generation that is installed; without an SDK, in today's.",
    ),
)

CAPABILITIES = (
    Capability(
        "legacy-chat",
        "legacy",
        "chat",
        "a whole answer: `ChatCompletion.create`",
        "完整回答：`ChatCompletion.create`",
    ),
    Capability(
        "legacy-stream",
        "legacy",
        "stream",
        "a stream: `create(stream=True)`",
        "流式输出：`create(stream=True)`",
    ),
    Capability(
        "legacy-async", "legacy", "async", "a whole answer: `acreate`", "异步完整回答：`acreate`"
    ),
    Capability(
        "legacy-async-stream",
        "legacy",
        "async stream",
        "a stream: `acreate(stream=True)`",
        "异步流式输出：`acreate(stream=True)`",
    ),
    Capability(
        "legacy-errors",
        "legacy",
        "errors",
        "400, 401, 402, 422, 429, 500 and 503 are the classes of `openai.error` that 0.28 had",
        "400、401、402、422、429、500、503 抛出 0.28 的 `openai.error` 异常类",
    ),
    Capability(
        "legacy-functions",
        "legacy",
        "functions",
        "`functions=` is answered with a `function_call`, though the server only knows tools",
        "`functions=` 得到 `function_call`，尽管服务器只认识 tools",
    ),
    Capability(
        "legacy-program",
        "legacy",
        "program",
        "a program of 2023 runs unedited (with dsadapter: `python -m dsadapter run`)",
        "2023 年的程序不改代码就能运行（dsadapter：`python -m dsadapter run`）",
    ),
    Capability("modern-chat", "modern", "chat", "a whole answer: `OpenAI`", "完整回答：`OpenAI`"),
    Capability("modern-stream", "modern", "stream", "a stream: `OpenAI`", "流式输出：`OpenAI`"),
    Capability(
        "modern-async",
        "modern",
        "async",
        "a whole answer: `AsyncOpenAI`",
        "异步完整回答：`AsyncOpenAI`",
    ),
    Capability(
        "modern-async-stream",
        "modern",
        "async stream",
        "a stream: `AsyncOpenAI`",
        "异步流式输出：`AsyncOpenAI`",
    ),
    Capability(
        "modern-errors",
        "modern",
        "errors",
        "400, 401, 402, 422, 429, 500 and 503 are the classes that openai 1 and newer have",
        "400、401、402、422、429、500、503 抛出 openai 1 及以后的异常类",
    ),
    Capability(
        "modern-program",
        "modern",
        "program",
        "the beginner's program of the DeepSeek guide runs unedited "
        "(with dsadapter: `python -m dsadapter run`)",
        "DeepSeek 教程的入门程序不改代码就能运行（dsadapter：`python -m dsadapter run`）",
    ),
    Capability("import", "offer", "import", "the module can be imported", "模块能导入"),
    Capability(
        "tools",
        "offer",
        "tools",
        "`tools=` is answered with `tool_calls`",
        "`tools=` 得到 `tool_calls`",
    ),
    Capability(
        "thinking",
        "offer",
        "thinking",
        "`reasoning_content` of an answer and of a stream can be read",
        "完整回答和流式输出里的 `reasoning_content` 都能读到",
    ),
    Capability(
        "json-mode",
        "offer",
        "JSON",
        "`response_format` json_object gives JSON",
        "`response_format` 设为 json_object 得到 JSON",
    ),
    Capability(
        "fill-in",
        "offer",
        "FIM",
        "fill in the middle: completions with a suffix",
        "FIM 补全：带 suffix 的 completions",
    ),
    Capability("models", "offer", "models", "the list of models", "模型列表"),
    Capability(
        "balance",
        "offer",
        "balance",
        "the account's balance: `GET /user/balance`",
        "账户余额：`GET /user/balance`",
    ),
    Capability(
        "parse",
        "today",
        "parse",
        "`chat.completions.parse` gives an object of a pydantic class (asked where pydantic 2 is)",
        "`chat.completions.parse` 得到 pydantic 类的对象（装有 pydantic 2 时才测）",
    ),
    Capability(
        "raw",
        "today",
        "raw response",
        "`with_raw_response` gives the headers, and `parse()` the answer",
        "`with_raw_response` 给出响应头，`parse()` 给出回答",
    ),
    Capability(
        "isinstance",
        "today",
        "classes",
        "an answer, a chunk and a client are instances of the SDK's own classes",
        "回答、流的每一块和客户端都是 SDK 自己那些类的实例",
    ),
    Capability(
        "embeddings",
        "today",
        "embeddings",
        "a vendor that has embeddings gives them",
        "提供 embeddings 的厂商给出向量",
    ),
    Capability(
        "batch",
        "tools",
        "batch",
        "many prompts at once: `dsadapter.batch.run`",
        "一次处理许多提示词：`dsadapter.batch.run`",
    ),
    Capability(
        "migrate",
        "tools",
        "migrate",
        "a program of 2023, rewritten by `migrate --to dsadapter`, runs",
        "2023 年的程序经 `migrate --to dsadapter` 改写后能运行",
    ),
    Capability(
        "offline",
        "tools",
        "offline",
        "`run --offline` answers a program without a key or a network, and refuses other hosts",
        "`run --offline` 不用密钥和网络就回答程序，并拒绝其他主机",
    ),
    Capability(
        "keep-alives",
        "faults",
        "keep-alives",
        "blank lines before JSON and `: keep-alive` comments in a stream are no data",
        "JSON 前的空行和流里的 `: keep-alive` 注释不会被当成数据",
    ),
    Capability(
        "line-separators",
        "faults",
        "U+2028",
        "U+2028, U+2029 and U+0085 inside a stream's text end no line",
        "流式文本里的 U+2028、U+2029、U+0085 不会被当成换行",
    ),
    Capability(
        "truncated-stream",
        "faults",
        "cut stream",
        "a stream that stops without an end is an error, not an answer",
        "流中途断开会报错，不会被当成完整回答",
    ),
    Capability(
        "blank-answer",
        "faults",
        "blank 200",
        "200 with nothing but blank lines (overload) is an error of the SDK's own",
        "状态码 200 却只有空行（服务器过载）时，抛出 SDK 自己的异常",
    ),
    Capability(
        "html-answer",
        "faults",
        "HTML 200",
        "200 with an HTML page is an error of the SDK's own",
        "状态码 200 却是 HTML 页面时，抛出 SDK 自己的异常",
    ),
    Capability(
        "retired-name",
        "faults",
        "retired name",
        "`deepseek-chat` is answered by a server that no longer takes this name",
        "服务器不再接受 `deepseek-chat` 这个名字时，请求仍有回答",
    ),
)

BY_ID: Dict[str, Capability] = {row.id: row for row in CAPABILITIES}
#: A face works where these four do.
CORE = {
    face: tuple(f"{face}-{call}" for call in ("chat", "stream", "async", "async-stream"))
    for face in ("legacy", "modern")
}
