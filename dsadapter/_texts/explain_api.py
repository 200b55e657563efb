"""What the DeepSeek API itself says when it refuses (deepseek-api 7.1 to 7.3)."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

KEYS = "https://platform.deepseek.com/api_keys"
TOP_UP = "https://platform.deepseek.com/top_up"
NEW_KEY = Text(f"Make a new key: {KEYS}", f"请创建新的 key：{KEYS}")
PAY = Text(f"Top up: {TOP_UP}", f"请充值：{TOP_UP}")
BOTH = Text("{text} dsadapter does that by itself.", "{text}dsadapter 会自动这样做。")

EXPLANATIONS: Dict[str, Explanation] = {
    "api-key-of-openai": Explanation(
        Text(
            "The request went to api.openai.com: the base URL is not read. openai 1.0 and newer "
            "ignores openai.api_base and OPENAI_API_BASE, openai 0.x ignores base_url.",
            "请求发到了 api.openai.com：base URL 没有生效。openai 1.0 以上忽略 openai.api_base 和 "
            "OPENAI_API_BASE，openai 0.x 忽略 base_url。",
        ),
        Text(
            'Write OpenAI(base_url="https://api.deepseek.com"); dsadapter reads every spelling. '
            "The key was sent there: consider a new one.",
            '请写 OpenAI(base_url="https://api.deepseek.com")；dsadapter 每种写法都认。key 已发'
            "往那里，建议更换。",
        ),
    ),
    "api-key-format": Explanation(
        Text(
            "The Authorization header is not `Bearer sk-...`.",
            "Authorization 头不是 Bearer sk-... 的形式。",
        ),
        Text("Copy the key alone; the SDK adds `Bearer `.", "只填 key 本身；Bearer 由 SDK 添加。"),
    ),
    "api-key-absent": Explanation(
        Text(
            "The request carried no key, or none behind `Bearer `: the variable is empty, or a "
            ".netrc file replaced it.",
            "请求里没有 key，或 Bearer 后面是空的：变量为空，或被 .netrc 顶替。",
        ),
        Text("Look where the key comes from:", "看看 key 从哪来："),
    ),
    "api-key-user": Explanation(
        Text("The account behind the key does not exist any more.", "key 所属的账号已不存在。"),
        NEW_KEY,
    ),
    "api-key-wrong": Explanation(
        Text(
            "The server does not accept the key (it ends in {tail}): mistyped, deleted, a "
            "placeholder, or another vendor's. The ending `null` or `_KEY` means a placeholder.",
            "服务器不接受这个 key（末尾是 {tail}）：抄错了、已删除、是占位符，或是别家的。末尾为 "
            "null 或 _KEY 说明是占位符。",
        ),
        NEW_KEY,
    ),
    "api-model": Explanation(
        Text(
            "The server has no model {name}; it offers {names}.",
            "服务器没有模型 {name}；可用的是 {names}。",
        ),
        Text(
            'Write model="deepseek-flash". Retired names (deepseek-chat, deepseek-reasoner) '
            "dsadapter maps by itself.",
            '请写 model="deepseek-flash"。已停用的名字（deepseek-chat、deepseek-reasoner）'
            "dsadapter 会自动换算。",
        ),
    ),
    "api-model-unknown": Explanation(
        Text("The server has no model of that name.", "服务器没有这个名字的模型。"),
        Text('Write model="deepseek-flash".', '请写 model="deepseek-flash"。'),
    ),
    "api-developer-role": Explanation(
        Text("DeepSeek has no role `developer`.", "DeepSeek 没有 developer 角色。"),
        BOTH(text=Text('Write "system".', '请写 "system"。')),
    ),
    "api-image": Explanation(
        Text(
            "This model takes no images: only deepseek-flash does, since September 2026.",
            "这个模型不支持图片：只有 deepseek-flash 支持（2026 年 9 月起）。",
        ),
        Text('Write model="deepseek-flash".', '请写 model="deepseek-flash"。'),
    ),
    "api-effort": Explanation(
        Text(
            "reasoning_effort does not take {name}; thinking is switched off otherwise.",
            "reasoning_effort 不接受 {name}；关闭思考要用别的方式。",
        ),
        BOTH(
            text=Text(
                'Write extra_body={{"thinking": {{"type": "disabled"}}}}.',
                '请写 extra_body={{"thinking": {{"type": "disabled"}}}}。',
            )
        ),
    ),
    "api-content-list": Explanation(
        Text(
            "A message has a list as its content where DeepSeek takes a string only (system, "
            "assistant, tool).",
            "消息的 content 是列表，而 DeepSeek 在这里（system、assistant、tool）只接受字符串。",
        ),
        BOTH(text=Text("Join the texts.", "请拼成一个字符串。")),
    ),
    "api-messages-shape": Explanation(
        Text("messages is a single message, not a list.", "messages 是一条消息，不是列表。"),
        Text("Write messages=[...]", "请写 messages=[...]"),
    ),
    "api-missing-part": Explanation(
        Text("{kind} of the request has no {what}.", "请求里的 {kind} 缺少 {what}。"),
        Text("Add {what} to {kind}.", "请在 {kind} 里补上 {what}。"),
    ),
    "api-missing-field": Explanation(
        Text("The request has no {name}.", "请求里缺少 {name}。"),
        Text("Add {name} to the request.", "请在请求里补上 {name}。"),
    ),
    "api-surrogate": Explanation(
        Text(
            "A text holds half a character (a lone surrogate), mostly from cutting an emoji.",
            "文本里有半个字符（孤立代理项），多半是截断了 emoji。",
        ),
        BOTH(text=Text('Use s.encode("utf-8", "replace").', '可用 s.encode("utf-8", "replace")。')),
    ),
    "api-body-json": Explanation(
        Text("The request body is no JSON, or empty.", "请求体不是 JSON，或者是空的。"),
        Text(
            "With requests write json=body, not data=body.",
            "用 requests 时写 json=body，不要写 data=body。",
        ),
    ),
    "api-body-shape": Explanation(
        Text(
            "A field of the request has another type than the API takes: {what}",
            "请求里有字段类型不对：{what}",
        ),
        Text(
            "Compare it with https://api-docs.deepseek.com/",
            "请对照文档：https://api-docs.deepseek.com/",
        ),
    ),
    "api-temperature": Explanation(
        Text("temperature must lie between 0 and 2.", "temperature 必须在 0 到 2 之间。"),
        Text("Write temperature=1.", "请写 temperature=1。"),
    ),
    "api-max-tokens": Explanation(
        Text("max_tokens must lie in {range}.", "max_tokens 必须在 {range} 之内。"),
        Text("Lower it, or leave it out.", "请调小，或去掉它。"),
    ),
    "api-user-id": Explanation(
        Text("user_id is too long (512 characters).", "user_id 太长（上限 512 个字符）。"),
        Text("Shorten user_id.", "请缩短 user_id。"),
    ),
    "api-json-word": Explanation(
        Text(
            "JSON mode wants the word json in one of the messages.",
            "JSON 模式要求消息里出现 json 这个词。",
        ),
        BOTH(text=Text("Ask for json in the prompt.", "请在提示词里写明要 json。")),
    ),
    "api-json-schema": Explanation(
        Text(
            "DeepSeek's chat has no json_schema, only json_object (`.parse()` of the SDK asks for "
            "it, too).",
            "DeepSeek 的对话接口没有 json_schema，只有 json_object（SDK 的 .parse() 用的也是它）。",
        ),
        BOTH(
            text=Text(
                "Use json_object with the schema in the prompt.",
                "请用 json_object 并把 schema 写进提示词。",
            )
        ),
    ),
    "api-tool-choice": Explanation(
        Text(
            "The call forces a tool while the model thinks (frameworks do so for structured "
            "output).",
            "思考模式下强制了工具（一些框架做结构化输出时会这样）。",
        ),
        BOTH(
            text=Text(
                'Write tool_choice="auto", or switch thinking off.',
                '请写 tool_choice="auto"，或关闭思考。',
            )
        ),
    ),
    "api-reasoning": Explanation(
        Text(
            "In a conversation with tools every assistant turn must be sent back with its "
            "reasoning_content; a framework or hand-made history dropped it.",
            "带工具的对话里，每条 assistant 消息都要带着 reasoning_content 发回；框架或手写历史把"
            "它丢了。",
        ),
        BOTH(text=Text("Append the whole message object.", "请把整个 message 对象加入历史。")),
    ),
    "api-context": Explanation(
        Text(
            "The conversation and max_tokens together are longer than {limit} tokens.",
            "对话加上 max_tokens 超过了 {limit} 个 token。",
        ),
        Text("Drop old turns, or lower max_tokens.", "请删去旧消息，或调小 max_tokens。"),
    ),
    "api-tool-messages": Explanation(
        Text(
            "Tool calls and tool answers in the history do not pair: each tool_call_id needs one "
            "answer, right behind it.",
            "历史里的工具调用与工具回答不成对：每个 tool_call_id 都要紧跟一个回答。",
        ),
        Text("Keep the pairs together when you cut the history.", "截断历史时请成对保留。"),
    ),
    "api-risk": Explanation(
        Text(
            "The server's moderation refuses the text (also by mistake). The same text gets the "
            "same answer.",
            "内容审核拒绝了这段文本（可能是误判）。原样重试结果不变。",
        ),
        Text("Reword it, split it, or leave the part out.", "请改写、拆分或去掉那部分。"),
    ),
    "api-alternation": Explanation(
        Text(
            "A rule of deepseek-reasoner in 2025 (user and assistant in turns); a host of that "
            "age answers here.",
            "这是 2025 年 deepseek-reasoner 的规则（用户与助手必须交替）；说明对面是旧版服务。",
        ),
        Text(
            "Merge neighbouring messages, or use deepseek-flash.",
            "请合并相邻消息，或改用 deepseek-flash。",
        ),
    ),
    "api-function-calling": Explanation(
        Text(
            "A model or host of early 2025 answers: no tools, no sampling parameters.",
            "对面是 2025 年初的模型或服务：不支持工具和采样参数。",
        ),
        Text('Write model="deepseek-flash".', '请写 model="deepseek-flash"。'),
    ),
}
