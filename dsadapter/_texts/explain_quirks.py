"""What programs see that read DeepSeek's answers in their own way (deepseek-api 9)."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

OFF = Text(
    'To switch thinking off: extra_body={{"thinking": {{"type": "disabled"}}}}',
    '关闭思考：extra_body={{"thinking": {{"type": "disabled"}}}}',
)

EXPLANATIONS: Dict[str, Explanation] = {
    "quirk-null-content": Explanation(
        Text(
            "While the model thinks, delta.content is null; the loop adds it to a text.",
            "模型思考时 delta.content 是 null；循环把它拼到了字符串上。",
        ),
        Text(
            'Write `text += delta.content or ""`; `import dsadapter as openai` never hands out '
            "null there.",
            '改写为 text += delta.content or ""；用 import dsadapter as openai 则不会收到 null。',
        ),
    ),
    "quirk-no-choices": Explanation(
        Text(
            "A chunk came without choices (the one with usage), or the list is empty for another "
            "reason: choices[0] fails.",
            "收到了没有 choices 的分块（带 usage 的那个），或列表因别的原因为空：choices[0] 失败。",
        ),
        Text(
            "Begin the loop with `if not chunk.choices: continue`",
            "循环开头写 if not chunk.choices: continue",
        ),
    ),
    "quirk-choices-none": Explanation(
        Text(
            "choices is None: the server answered 200 with an error object, which openai 1.0 and "
            "newer passes on silently; or content is null and was indexed.",
            "choices 是 None：服务器以 200 返回了错误对象，openai 1.0 以上不会报错；也可能是对 "
            "null 的 content 取了下标。",
        ),
        Text(
            "Print the reply; dsadapter raises the error it holds.",
            "请打印整个回答；dsadapter 会把其中的错误抛出来。",
        ),
    ),
    "quirk-str-reply": Explanation(
        Text(
            "The server answered with HTML or text, mostly a proxy's page: openai 1.0 and newer "
            "then returns a str.",
            "服务器返回的是 HTML 或文本（多半是代理的页面）：openai 1.0 以上会直接返回字符串。",
        ),
        Text("Print it; look at the base URL:", "请打印它，并检查 base URL："),
    ),
    "quirk-str-get": Explanation(
        Text(
            "openai 0.x stumbles over an error whose body is a plain string.",
            "openai 0.x 遇到内容为纯字符串的错误时会出错。",
        ),
        Text(
            "Use `import dsadapter as openai`, which reads every body.",
            "改用 import dsadapter as openai（能读各种错误内容）。",
        ),
    ),
    "quirk-key-error-choices": Explanation(
        Text(
            "The reply has no {name}: mostly it is an error object (401, 402, 429), read without "
            "a look at the status.",
            "回答里没有 {name}：多半是错误对象（401、402、429），而代码没有检查状态码。",
        ),
        Text(
            "Call response.raise_for_status() before .json(), and print the text.",
            "请在 .json() 之前调用 response.raise_for_status()，并打印原文。",
        ),
    ),
    "quirk-reasoning-attribute": Explanation(
        Text(
            "The field is absent when the model did not think.",
            "模型没有思考时就没有这个字段。",
        ),
        Text(
            'Write getattr(message, "reasoning_content", None)',
            '改写为 getattr(message, "reasoning_content", None)',
        ),
    ),
    "quirk-blank-reply": Explanation(
        Text(
            "The text that was parsed as JSON is empty or none: a reply of blank lines only (the "
            "server was overloaded), or a stream read by hand: blank lines, `: keep-alive` and "
            "[DONE] are no JSON.",
            "被当作 JSON 解析的内容是空的或不是 JSON：可能整个回答只有空行（服务器过载），也可能是"
            "手写的流式解析：空行、: keep-alive 和 [DONE] 都不是 JSON。",
        ),
        Text(
            "Skip those three in a loop by hand; try a blank reply again. dsadapter does both.",
            "手写循环时跳过这三种；空回答请重试。dsadapter 两样都会做。",
        ),
    ),
    "quirk-half-json": Explanation(
        Text(
            "JSON that is not whole: a stream split at the wrong place (decode_unicode=True, "
            "splitlines), or an answer cut off at max_tokens.",
            "JSON 不完整：流式数据切错了位置（decode_unicode=True、splitlines），或回答在 "
            "max_tokens 处被截断。",
        ),
        Text(
            "Split bytes at \\n only and decode each line as UTF-8; look at finish_reason.",
            "请只按 \\n 切分字节，再按 UTF-8 解码每一行；并检查 finish_reason。",
        ),
    ),
    "quirk-mojibake": Explanation(
        Text(
            "UTF-8 read as Latin-1: requests guesses so, because the stream names no charset "
            "(iter_lines(decode_unicode=True), r.text).",
            "UTF-8 被当成 Latin-1：流没有注明字符集，requests "
            "于是这样猜（iter_lines(decode_unicode=True)、r.text）。",
        ),
        Text(
            'Write response.encoding = "utf-8" before reading.',
            '读取之前写 response.encoding = "utf-8"。',
        ),
    ),
    "quirk-dsml": Explanation(
        Text(
            "Tool calls came as text: the server did not parse the model's markup.",
            "工具调用以文本形式返回：服务器没有解析模型的标记。",
        ),
        Text("Ask again; never run what stands in it.", "请重试；不要执行其中的内容。"),
    ),
    "quirk-length": Explanation(
        Text(
            "The answer was cut at max_tokens; thinking counts too and can use all of it up "
            "(empty content).",
            "回答在 max_tokens 处被截断；思考也计入其中，可能全部用完（content 为空）。",
        ),
        Text("Raise max_tokens. {off}", "请调大 max_tokens。{off}")(off=OFF),
    ),
    "quirk-busy-system": Explanation(
        Text(
            "The server gave up in the middle of the answer (finish_reason "
            "insufficient_system_resource).",
            "服务器中途放弃了回答（finish_reason 为 insufficient_system_resource）。",
        ),
        Text("Ask again later.", "请稍后重试。"),
    ),
    "quirk-http-code": Explanation(
        Text(
            "openai 0.x could not read the body as JSON; the status is {status}.",
            "openai 0.x 无法把内容当 JSON 解析；状态码是 {status}。",
        ),
        Text(
            "Look at e.http_status; `import dsadapter as openai` reads such bodies.",
            "请看 e.http_status；import dsadapter as openai 能读这类内容。",
        ),
    ),
    "quirk-line-too-long": Explanation(
        Text("aiohttp refuses a long line of the stream.", "aiohttp 拒绝了流中过长的一行。"),
        Text(
            "Upgrade aiohttp, or read through dsadapter.", "请升级 aiohttp，或改用 dsadapter 读取。"
        ),
    ),
    "quirk-assertion": Explanation(
        Text(
            "openai 0.x asked for a stream and got a plain reply: mostly an error.",
            "openai 0.x 请求了流式输出，得到的却是普通回答：多半是错误。",
        ),
        Text(
            "Call once with stream=False to see it; dsadapter raises it.",
            "请用 stream=False 调一次看看；dsadapter 会把它抛出来。",
        ),
    ),
}
