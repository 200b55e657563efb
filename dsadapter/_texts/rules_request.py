"""The sentences of the rules about what DeepSeek refuses, ignores or does by default."""

from __future__ import annotations

from .text import Text

THINKS_BY_DEFAULT = Text(
    "This call does not say whether to think, and {model} thinks by default: slower and "
    "dearer answers than deepseek-chat gave.",
    "这个调用没有说明是否思考，而 {model} 默认思考：比以前的 deepseek-chat 更慢、更贵。",
)
SAY_THINKING = Text("Add {how}", "请加上 {how}")
SMALL_LIMIT = Text(
    "max_tokens={n} counts the thinking too, which can use it up: the answer is then "
    "empty, with finish_reason 'length'.",
    "max_tokens={n} 把思考也算在内，可能全被思考用掉：回答为空，finish_reason 是 'length'。",
)
RAISE_LIMIT = Text("Raise it, or turn thinking off: {how}", "请调大，或关闭思考：{how}")
FORCED_TOOL = Text(
    "A forced tool_choice is refused while the model thinks: 400 Thinking mode does "
    "not support this tool_choice.",
    "思考模式下不能强制 tool_choice：400 Thinking mode does not support this tool_choice。",
)
FREE_TOOL = Text(
    'Write tool_choice="auto", or turn thinking off: {how}',
    '请写 tool_choice="auto"，或关闭思考：{how}',
)
NO_JSON_SCHEMA = Text(
    "DeepSeek's chat has no json_schema: 400 This response_format type is unavailable now.",
    "DeepSeek 的对话接口没有 json_schema：400 This response_format type is unavailable now。",
)
USE_JSON_OBJECT = Text(
    'Use {{"type": "json_object"}} with the schema in the prompt; dsadapter does that by itself.',
    '请用 {{"type": "json_object"}} 并把 schema 写进提示词；dsadapter 会自动这样做。',
)
NO_JSON_WORD = Text(
    "JSON mode without the word json in a message is refused: 400 Prompt must contain "
    "the word 'json'.",
    "JSON 模式下消息里没有 json 这个词会被拒绝：400 Prompt must contain the word 'json'。",
)
ASK_FOR_JSON = Text("Ask for json in the prompt.", "请在提示词里写明要 json。")
LIMIT_IGNORED = Text(
    "DeepSeek ignores max_completion_tokens without a word.",
    "DeepSeek 会默默忽略 max_completion_tokens。",
)
WRITE_MAX_TOKENS = Text("Write max_tokens.", "请写 max_tokens。")
NO_DEVELOPER = Text(
    "DeepSeek has no role `developer`: 400 unknown variant `developer`.",
    "DeepSeek 没有 developer 角色：400 unknown variant `developer`。",
)
WRITE_SYSTEM = Text('Write "system".', '请写 "system"。')
KEY_IN_SOURCE = Text(
    "An API key stands in the source ({tail}): whoever sees the file can use it.",
    "源码里写着 API key（{tail}）：看到文件的人都能使用它。",
)
KEY_INTO_ENV = Text(
    "Put it into .env as DEEPSEEK_API_KEY=..., and make a new one if the file was shared.",
    "请写进 .env：DEEPSEEK_API_KEY=...；文件若已外传，请换一个新的 key。",
)
PLACEHOLDER = Text(
    "A placeholder stands where the API key belongs: the server answers 401.",
    "API key 的位置写的是占位符：服务器会返回 401。",
)
KEY_FROM_ENV = Text(
    'Write os.environ["DEEPSEEK_API_KEY"], and the key into .env; offline any text '
    "does: python -m dsadapter run --offline {file}",
    '改写为 os.environ["DEEPSEEK_API_KEY"]，并把 key 写进 .env；离线运行时随便写：'
    "python -m dsadapter run --offline {file}",
)
RETIRED_MODEL = Text(
    "{model} was retired on 2026-07-24 and may be refused any day.",
    "{model} 已于 2026-07-24 停用，随时可能被拒绝。",
)
CURRENT_MODEL = Text(
    'Write "deepseek-flash" with thinking {mode}; dsadapter does that by itself.',
    '请写 "deepseek-flash" 并设 thinking 为 {mode}；dsadapter 会自动这样做。',
)
FOREIGN_MODEL = Text(
    "DeepSeek's API has no model {model}: 400 Model Not Exist.",
    "DeepSeek 的接口没有 {model} 这个模型：400 Model Not Exist。",
)
FOREIGN_MODEL_ADAPTER = Text(
    "The call goes to DeepSeek, whose API has no model {model}: 400 Model Not Exist.",
    "这个调用会发到 DeepSeek，而它的接口没有 {model} 这个模型：400 Model Not Exist。",
)
WRITE_CURRENT = Text('Write "deepseek-flash".', '请写 "deepseek-flash"。')
MAP_MODEL = Text(
    "Map the name: python -m dsadapter run --model-map {model}=deepseek-flash {file}",
    "请映射模型名：python -m dsadapter run --model-map {model}=deepseek-flash {file}",
)
MAP_IN_CELLS = Text(
    'Map the name: openai.model_map = {{"{model}": "deepseek-flash"}}',
    '请映射模型名：openai.model_map = {{"{model}": "deepseek-flash"}}',
)
KEY_IN_CELLS = Text(
    'Write os.environ["DEEPSEEK_API_KEY"], and the key into .env.',
    '改写为 os.environ["DEEPSEEK_API_KEY"]，并把 key 写进 .env。',
)
