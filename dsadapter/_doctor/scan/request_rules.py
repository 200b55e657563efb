"""Rules about what DeepSeek refuses, ignores or does by default (deepseek-api 2, 3, 7.3, 9)."""

from __future__ import annotations

import ast
import re
from typing import Any, Optional

from ..._repairs.table import RETIRED
from ..._settings import keys as _keys
from ..._source.python_file import string_entries
from ..._texts.text import Text
from ..findings import FAIL, INFO, WARN, Fix
from .model_calls import ModelCall, as_number, model_call
from .source import Source

CURRENT = ("deepseek-flash", "deepseek-v4-pro", "deepseek-v4-flash")
SMALL = 1024  # tokens that thinking alone can use up
_KEY = re.compile(r"^(sk-[A-Za-z0-9_-]{20,}|bce-v3/\S{10,})$")


def on_call(source: Source, node: ast.Call) -> None:
    """A call of a model: what DeepSeek refuses, ignores or does by default."""
    call = model_call(source, node)
    if call is None:
        return
    if not call.is_deepseek(source):
        return
    _thinking(source, call)
    _small_limit(source, call)
    if not call.repaired:
        _tool_choice(source, call)
        _response_format(source, call)
        _completion_tokens(source, call)
        _developer(source, call)


def _thinking(source: Source, call: ModelCall) -> None:
    if call.thinking(source) != "default" or "reasoning_effort" in call.params:
        return
    if call.model(source) not in CURRENT:
        return
    source.hit(
        "code-thinking",
        call.node,
        INFO,
        Text(
            "This call does not say whether to think, and {model} thinks by default: slower and "
            "dearer answers than deepseek-chat gave.",
            "这个调用没有说明是否思考，而 {model} 默认思考：比以前的 deepseek-chat 更慢、更贵。",
        )(model=call.model(source)),
        Fix(Text("Add {how}", "请加上 {how}")(how=_off(call))),
    )


def _off(call: ModelCall) -> str:
    if call.via == "sdk":
        return 'extra_body={"thinking": {"type": "disabled"}}'
    if call.via == "http":
        return '"thinking": {"type": "disabled"}'
    return 'thinking={"type": "disabled"}'


def _small_limit(source: Source, call: ModelCall) -> None:
    limit = as_number(source.literal(call.params.get("max_tokens")))
    if limit is None or limit >= SMALL or call.thinking(source) not in ("default", "enabled"):
        return
    source.hit(
        "code-small-max-tokens",
        call.params["max_tokens"],
        WARN,
        Text(
            "max_tokens={n} counts the thinking too, which can use it up: the answer is then "
            "empty, with finish_reason 'length'.",
            "max_tokens={n} 把思考也算在内，可能全被思考用掉：回答为空，finish_reason 是 "
            "'length'。",
        )(n=int(limit)),
        Fix(
            Text("Raise it, or turn thinking off: {how}", "请调大，或关闭思考：{how}")(
                how=_off(call)
            )
        ),
    )


def _tool_choice(source: Source, call: ModelCall) -> None:
    choice = source.resolved(call.params.get("tool_choice"))
    forced = isinstance(choice, ast.Dict) or source.literal(choice) == "required"
    if forced and call.thinking(source) in ("default", "enabled"):
        source.hit(
            "code-tool-choice",
            call.params["tool_choice"],
            FAIL,
            Text(
                "A forced tool_choice is refused while the model thinks: 400 Thinking mode does "
                "not support this tool_choice.",
                "思考模式下不能强制 tool_choice：400 Thinking mode does not support this "
                "tool_choice。",
            ),
            Fix(
                Text(
                    'Write tool_choice="auto", or turn thinking off: {how}',
                    '请写 tool_choice="auto"，或关闭思考：{how}',
                )(how=_off(call))
            ),
        )


def _response_format(source: Source, call: ModelCall) -> None:
    wanted = source.resolved(call.params.get("response_format"))
    kind = (
        source.literal(string_entries(wanted).get("type")) if isinstance(wanted, ast.Dict) else None
    )
    parse = source.dotted(call.node.func).endswith(".parse") and wanted is not None
    if kind == "json_schema" or parse:
        source.hit(
            "code-json-schema",
            call.params["response_format"],
            FAIL,
            Text(
                "DeepSeek's chat has no json_schema: 400 This response_format type is unavailable "
                "now.",
                "DeepSeek 的对话接口没有 json_schema：400 This response_format type is "
                "unavailable now。",
            ),
            Fix(
                Text(
                    'Use {{"type": "json_object"}} with the schema in the prompt; dsadapter '
                    "does that by itself.",
                    '请用 {{"type": "json_object"}} 并把 schema 写进提示词；dsadapter 会自动这样'
                    "做。",
                )()
            ),
        )
    elif kind == "json_object" and _lacks_json(source, call):
        source.hit(
            "code-json-word",
            call.params["response_format"],
            FAIL,
            Text(
                "JSON mode without the word json in a message is refused: 400 Prompt must contain "
                "the word 'json'.",
                "JSON 模式下消息里没有 json 这个词会被拒绝：400 Prompt must contain the word "
                "'json'。",
            ),
            Fix(Text("Ask for json in the prompt.", "请在提示词里写明要 json。")),
        )


def _lacks_json(source: Source, call: ModelCall) -> bool:
    """Only where every message can be read here."""
    messages = source.resolved(call.params.get("messages"))
    if not isinstance(messages, ast.List) or not messages.elts:
        return False
    for message in map(source.resolved, messages.elts):
        content = string_entries(message).get("content") if isinstance(message, ast.Dict) else None
        text = source.literal(content)
        if not isinstance(text, str) or "json" in text.lower():
            return False
    return True


def _completion_tokens(source: Source, call: ModelCall) -> None:
    if "max_completion_tokens" in call.params:
        source.hit(
            "code-max-completion-tokens",
            call.params["max_completion_tokens"],
            WARN,
            Text(
                "DeepSeek ignores max_completion_tokens without a word.",
                "DeepSeek 会默默忽略 max_completion_tokens。",
            ),
            Fix(Text("Write max_tokens.", "请写 max_tokens。")),
        )


def _developer(source: Source, call: ModelCall) -> None:
    messages = source.resolved(call.params.get("messages"))
    for message in messages.elts if isinstance(messages, ast.List) else ():
        role = string_entries(message).get("role") if isinstance(message, ast.Dict) else None
        if source.literal(role) == "developer":
            assert role is not None
            source.hit(
                "code-developer-role",
                role,
                FAIL,
                Text(
                    "DeepSeek has no role `developer`: 400 unknown variant `developer`.",
                    "DeepSeek 没有 developer 角色：400 unknown variant `developer`。",
                ),
                Fix(Text('Write "system".', '请写 "system"。')),
            )


# --- constants -----------------------------------------------------------------------------------


def on_constant(source: Source, node: ast.Constant) -> None:
    """Retired model names, and keys in the source."""
    value: Any = node.value
    if not isinstance(value, str):
        return
    if value in RETIRED:
        _retired(source, node, value)
    elif value.startswith("Bearer ") and _is_faulty(value[len("Bearer ") :]):
        _placeholder(source, node)
    elif value[:3] in ("sk-", "bce") and _KEY.match(value) and not _keys.fault(value):
        source.hit(
            "code-key-literal",
            node,
            WARN,
            Text(
                "An API key stands in the source ({tail}): whoever sees the file can use it.",
                "源码里写着 API key（{tail}）：看到文件的人都能使用它。",
            )(tail=_keys.tail(value)),
            Fix(
                Text(
                    "Put it into .env as DEEPSEEK_API_KEY=..., and make a new one if the file was "
                    "shared.",
                    "请写进 .env：DEEPSEEK_API_KEY=...；文件若已外传，请换一个新的 key。",
                )
            ),
        )


def on_key(source: Source, node: Any) -> None:
    """``api_key="<your key>"``, as an argument or a setting."""
    if isinstance(node, ast.keyword):
        named = node.arg == "api_key"
    else:
        named = any(isinstance(t, ast.Attribute) and t.attr == "api_key" for t in node.targets)
    if named and isinstance(node.value, ast.Constant) and _is_faulty(node.value.value):
        _placeholder(source, node.value)


def _is_faulty(key: Any) -> bool:
    return isinstance(key, str) and bool(key) and bool(_keys.fault(key))


def _placeholder(source: Source, node: ast.AST) -> None:
    source.hit(
        "code-key-placeholder",
        node,
        WARN,
        Text(
            "A placeholder stands where the API key belongs: the server answers 401.",
            "API key 的位置写的是占位符：服务器会返回 401。",
        ),
        Fix(
            Text(
                'Write os.environ["DEEPSEEK_API_KEY"], and the key into .env; offline any text '
                "does: python -m dsadapter run --offline {file}",
                '改写为 os.environ["DEEPSEEK_API_KEY"]，并把 key 写进 .env；离线运行时随便写：'
                "python -m dsadapter run --offline {file}",
            )(file=source.file)
        ),
    )


def _retired(source: Source, node: ast.AST, name: str) -> None:
    mode = RETIRED[name]
    if "dsadapter" in source.imports or _is_compared(source):
        return
    source.hit(
        "code-retired-model",
        node,
        WARN,
        Text(
            "{name} was retired on 2026-07-24 and may be refused any day.",
            "{name} 已于 2026-07-24 停用，随时可能被拒绝。",
        )(name=name),
        Fix(
            Text(
                'Write "deepseek-flash" with thinking {mode}; dsadapter does that by itself.',
                '请写 "deepseek-flash" 并设 thinking 为 {mode}；dsadapter 会自动这样做。',
            )(mode=mode)
        ),
        model=name,
    )


def _is_compared(source: Source) -> bool:
    """``if model == "deepseek-chat"`` asks, it does not order."""
    parent: Optional[ast.AST] = source.parents[-1] if source.parents else None
    return isinstance(parent, (ast.Compare, ast.Expr))


HANDLERS = (
    (ast.Call, on_call),
    (ast.Constant, on_constant),
    (ast.keyword, on_key),
    (ast.Assign, on_key),
)
