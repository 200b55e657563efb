"""The sentences of the rules about clients, their replies and what is caught."""

from __future__ import annotations

from .text import Text

UNEXPECTED = Text(
    "{what} of openai {sdk} here raises TypeError: got an unexpected keyword argument '{name}'.",
    "这里的 openai {sdk}：{what} 会抛 TypeError: got an unexpected keyword argument '{name}'。",
)
INSTEAD = Text("Write {better}", "改写为 {better}")
HTTPX_URL = Text(
    "openai {sdk} here takes a text or httpx2.URL as base_url: TypeError: Invalid type for url.",
    "这里的 openai {sdk} 的 base_url 只接受字符串或 httpx2.URL：TypeError: Invalid type for url。",
)
OTHER_HTTP_CLIENT = Text(
    "{client} of openai {sdk} here does not take {given}: TypeError: Invalid `http_client` "
    "argument.",
    "这里的 openai {sdk}：{client} 不接受 {given}：TypeError: Invalid `http_client` argument。",
)
HTTPX_PROXIES = Text(
    "httpx dropped `proxies=` in 0.28; {v} is here: TypeError: got an unexpected "
    "keyword argument 'proxies'.",
    "httpx 0.28 起删除了 proxies=，这里是 {v}：TypeError: got an unexpected keyword "
    "argument 'proxies'。",
)
NOT_SUBSCRIPTABLE = Text(
    "Replies of openai {sdk} here are objects: TypeError: 'ChatCompletion' object is not "
    "subscriptable.",
    "这里的 openai {sdk} 返回的是对象：TypeError: 'ChatCompletion' object is not subscriptable。",
)
WRITE_ATTRIBUTE = Text(
    "Write .{name}, or use `from dsadapter import OpenAI`, whose replies take both.",
    "改写为 .{name}，或用 from dsadapter import OpenAI（两种写法都行）。",
)
NOT_A_DICT = Text(
    "{what} worked with the dicts of openai 0.x; the objects of openai {sdk} here raise "
    "TypeError or AttributeError.",
    "{what} 适用于 openai 0.x 的字典；这里 openai {sdk} 的对象会抛 TypeError 或 AttributeError。",
)
TIMEOUT_LACKING = Text("does not exist: AttributeError", "不存在：AttributeError")
TIMEOUT_SETTINGS = Text(
    "is the HTTP library's settings class: TypeError: catching classes that do not "
    "inherit from BaseException is not allowed",
    "是 HTTP 库的配置类：TypeError: catching classes that do not inherit from "
    "BaseException is not allowed",
)
EXCEPT_TIMEOUT = Text(
    "openai.Timeout in openai {sdk} here {effect}, once an error arrives.",
    "这里的 openai {sdk} 中 openai.Timeout {effect}（有异常到来时）。",
)
CHOICES_ARE_A_LIST = Text(
    "choices is a list: AttributeError: 'list' object has no attribute '{name}'.",
    "choices 是列表：AttributeError: 'list' object has no attribute '{name}'。",
)
FIRST_CHOICE = Text("Write .choices[0].{name}", "改写为 .choices[0].{name}")
STREAM_AS_REPLY = Text(
    "With stream=True a stream comes back, not a reply: AttributeError: 'Stream' object has no "
    "attribute '{name}'.",
    "写了 stream=True，得到的是流，不是完整回答：AttributeError: 'Stream' object has no attribute "
    "'{name}'。",
)
LOOP_OVER_IT = Text(
    "Loop over it (`for chunk in stream`), or leave stream=True out.",
    "请用 for chunk in stream 逐块读取，或去掉 stream=True。",
)
NOT_AWAITED = Text(
    "The call of an async client is a coroutine, and without await it has no reply ({effect}); "
    "nothing is sent.",
    "异步客户端的调用是协程，不写 await 就没有回复（{effect}），请求也不会发出。",
)
WRITE_AWAIT = Text("Write await in front of the call.", "请在调用前写 await。")
