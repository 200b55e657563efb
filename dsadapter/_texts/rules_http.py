"""The sentences of the rules about HTTP written by hand."""

from __future__ import annotations

from .text import Text

NOT_STREAMED = Text(
    "The body asks for a stream, but {package} reads the whole answer before it returns: "
    "nothing appears until the end.",
    "请求体要求流式输出，但 {package} 会读完整个回答才返回：结束前什么也看不到。",
)
STREAM_IT = Text("Add {better}", "请加上 {better}")
STATUS_UNSEEN = Text(
    ".json() without a look at the status: an error (401, 402, 429) ends in KeyError or "
    "JSONDecodeError, and its text is lost.",
    "没检查状态码就 .json()：出错时（401、402、429）只会看到 KeyError 或 JSONDecodeError，"
    "错误原文丢失。",
)
CHECK_STATUS = Text("Call raise_for_status() first.", "请先调用 raise_for_status()。")
SHORT_TIMEOUT = Text(
    "timeout={n:g} is short for a model that thinks (and DeepSeek queues up to 10 minutes).",
    "timeout={n:g} 对会思考的模型太短（DeepSeek 排队最长可达 10 分钟）。",
)
LONGER_TIMEOUT = Text(
    "Write timeout=(5, 600), or turn thinking off.",
    "请写 timeout=(5, 600)，或关闭思考。",
)
FOR_EVER = Text("requests then waits for ever", "requests 会一直等下去")
FIVE_SECONDS = Text("{p} then gives up after 5 seconds", "{p} 5 秒后就放弃")
NO_TIMEOUT = Text("No timeout= is given: {waits}.", "没有给 timeout=：{waits}。")
WRITE_TIMEOUT = Text("Write {w}", "请写 {w}")
NOT_VERIFIED = Text(
    "verify=False: anybody on the way can read and change what is sent and what comes back.",
    "verify=False：途中任何人都能看到并改动收发的内容。",
)
VERIFY = Text(
    "Leave it out; for a company's own certificate set SSL_CERT_FILE and REQUESTS_CA_BUNDLE.",
    "请去掉它；公司自签证书请设置 SSL_CERT_FILE 和 REQUESTS_CA_BUNDLE。",
)
READ_FIRST = Text(
    ".{name} reads the whole answer before the loop begins: it does not stream any more.",
    ".{name} 会在循环之前读完整个回答：不再是流式输出。",
)
READ_LATER = Text(
    "Take it away, or read it in the error branch only.",
    "请去掉它，或只在出错分支里读取。",
)
