"""What every environment is asked, as one table. Result files speak of these ids only."""

from __future__ import annotations

from typing import Dict, NamedTuple


class Group(NamedTuple):
    id: str
    title: str
    note: str


class Capability(NamedTuple):
    id: str
    group: str
    column: str  # the head of its column
    title: str


GROUPS = (
    Group(
        "legacy",
        "Code written for openai 0.28",
        "The calls of 2023: `openai.ChatCompletion`, `openai.error`, `functions=`.",
    ),
    Group(
        "modern",
        "Code of today",
        "A client: `OpenAI().chat.completions.create(...)` and `AsyncOpenAI`.",
    ),
    Group(
        "offer",
        "What DeepSeek offers",
        "Asked in the code of the generation that is installed; without an SDK, in today's.",
    ),
    Group(
        "honest",
        "What DeepSeek's server does on a bad day",
        "Asked in the code of the generation that is installed; without an SDK, in today's.",
    ),
)

CAPABILITIES = (
    Capability("legacy-chat", "legacy", "chat", "a whole answer: `ChatCompletion.create`"),
    Capability("legacy-stream", "legacy", "stream", "a stream: `create(stream=True)`"),
    Capability("legacy-async", "legacy", "async", "a whole answer: `acreate`"),
    Capability("legacy-async-stream", "legacy", "async stream", "a stream: `acreate(stream=True)`"),
    Capability(
        "legacy-errors",
        "legacy",
        "errors",
        "400, 401, 402, 422, 429, 500 and 503 are the classes of `openai.error` that 0.28 had",
    ),
    Capability(
        "legacy-functions",
        "legacy",
        "functions",
        "`functions=` is answered with a `function_call`, though the server only knows tools",
    ),
    Capability(
        "legacy-program",
        "legacy",
        "program",
        "a program of 2023 runs unedited (with dsadapter: `python -m dsadapter run`)",
    ),
    Capability("modern-chat", "modern", "chat", "a whole answer: `OpenAI`"),
    Capability("modern-stream", "modern", "stream", "a stream: `OpenAI`"),
    Capability("modern-async", "modern", "async", "a whole answer: `AsyncOpenAI`"),
    Capability("modern-async-stream", "modern", "async stream", "a stream: `AsyncOpenAI`"),
    Capability(
        "modern-errors",
        "modern",
        "errors",
        "400, 401, 402, 422, 429, 500 and 503 are the classes that openai 1 and newer have",
    ),
    Capability(
        "modern-program",
        "modern",
        "program",
        "the beginner's program of the DeepSeek guide runs unedited "
        "(with dsadapter: `python -m dsadapter run`)",
    ),
    Capability("import", "offer", "import", "the module can be imported"),
    Capability("tools", "offer", "tools", "`tools=` is answered with `tool_calls`"),
    Capability(
        "thinking",
        "offer",
        "thinking",
        "`reasoning_content` of an answer and of a stream can be read",
    ),
    Capability("json-mode", "offer", "JSON", "`response_format` json_object gives JSON"),
    Capability("fill-in", "offer", "FIM", "fill in the middle: completions with a suffix"),
    Capability("models", "offer", "models", "the list of models"),
    Capability("balance", "offer", "balance", "the account's balance: `GET /user/balance`"),
    Capability(
        "keep-alives",
        "honest",
        "keep-alives",
        "blank lines before JSON and `: keep-alive` comments in a stream are no data",
    ),
    Capability(
        "line-separators",
        "honest",
        "U+2028",
        "U+2028, U+2029 and U+0085 inside a stream's text end no line",
    ),
    Capability(
        "truncated-stream",
        "honest",
        "cut stream",
        "a stream that stops without an end is an error, not an answer",
    ),
    Capability(
        "blank-answer",
        "honest",
        "blank 200",
        "200 with nothing but blank lines (overload) is an error of the SDK's own",
    ),
    Capability(
        "html-answer", "honest", "HTML 200", "200 with an HTML page is an error of the SDK's own"
    ),
    Capability(
        "retired-name",
        "honest",
        "retired name",
        "`deepseek-chat` is answered by a server that no longer takes this name",
    ),
)

BY_ID: Dict[str, Capability] = {row.id: row for row in CAPABILITIES}
#: A face works where these four do.
CORE = {
    face: tuple(f"{face}-{call}" for call in ("chat", "stream", "async", "async-stream"))
    for face in ("legacy", "modern")
}
