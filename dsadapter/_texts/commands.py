"""What the commands say, one block per command.

Help that is English in both languages today is said as ``TEXT.en``.
"""

from __future__ import annotations

from typing import Dict, Tuple

from .text import Text

# --- python -m dsadapter -------------------------------------------------------------------------

USAGE = Text(
    "usage: python -m dsadapter COMMAND [--lang en|zh] ...",
    "用法：python -m dsadapter 命令 [--lang en|zh] ...",
)
SUMMARIES: Dict[str, Text] = {
    "chat": Text("talk to the model", "与模型对话"),
    "models": Text("list the models of your key", "列出可用模型"),
    "balance": Text("show the balance of your account", "查看账户余额"),
    "doctor": Text("find out what is wrong here", "检查本机环境"),
    "explain": Text("explain a traceback", "解释报错信息"),
    "migrate": Text("rewrite programs of openai 0.28", "改写 openai 0.28 的程序"),
    "run": Text("run a program unedited", "不改代码运行程序"),
    "emulator": Text("serve the DeepSeek emulator", "启动本地模拟服务"),
    "matrix": Text("what was measured for your SDK", "查看实测结果"),
    "serve": Text("serve an OpenAI-compatible gateway", "启动网关服务"),
}
UNKNOWN_COMMAND = Text(
    "dsadapter: there is no command {command!r}", "dsadapter：没有 {command!r} 这个命令"
)

# --- every command -------------------------------------------------------------------------------

EXAMPLE = Text("example: {command}", "示例：{command}")
LANGUAGE = Text("language of messages", "提示信息的语言")
OFFLINE = Text("ask the emulator: no key, no net", "由本地模拟服务应答：不用 key，也不联网")
# Printed one under the other; their colons are ASCII in both languages.
NO_KEY: Tuple[Text, ...] = (
    Text("No API key yet. Make one: {page}", "还没有 API key。先创建一个:{page}"),
    Text(
        "Write it into .env:       {variable}=sk-...",
        "再写入 .env 文件:          {variable}=sk-...",
    ),
    Text(
        "Or try without a key:     python -m dsadapter chat --offline",
        "不用 key 先试试:           python -m dsadapter chat --offline",
    ),
)

# --- chat ----------------------------------------------------------------------------------------

CHAT = Text(
    "Talk to the model. Without a prompt: a conversation; the prompt may come from a pipe.",
    "与模型对话。不带提示词则进入多轮对话；提示词也可以来自管道。",
)
CHAT_PROMPT = Text("what to ask", "要问的内容")
CHAT_SYSTEM = Text("a system prompt", "系统提示词")
CHAT_NO_STREAM = Text("wait for the whole answer", "等回答完整后再输出")
CHAT_RAW = Text("show what the wire says", "显示网络上收发的原文")
CHAT_JSON = Text("print the whole answer as JSON", "以 JSON 输出完整回答")
CHAT_USAGE = Text("print the tokens used", "输出用掉的 token 数")
CHAT_BACKEND = Text("instead of the one detected", "代替自动选定的后端")
CHAT_TOKENS = Text(
    "tokens: {prompt} in, {completion} out", "token：输入 {prompt}，输出 {completion}"
)
CHAT_THINKING = Text(" ({count} of them thinking)", "（其中思考 {count}）")
CHAT_BYE = Text("Ctrl-D ends the conversation.", "Ctrl-D 结束对话。")
CHAT_NO_PROMPT = Text(
    "There is no prompt: chat was given neither words nor a pipe.",
    "没有提示词：既没有写在命令里，也没有从管道传入。",
)
RAW_REFUSED = Text("The server answered {status}.", "服务器返回了 {status}。")

# --- models, balance -----------------------------------------------------------------------------

ACCOUNT: Dict[str, Text] = {
    "models": Text("List the models of your key.", "列出你的 key 可用的模型。"),
    "balance": Text("Show the balance of your account.", "查看账户余额。"),
}
ACCOUNT_OFFLINE = Text("ask the emulator instead", "改问本地模拟服务")
ACCOUNT_JSON = Text("print the answer as JSON", "以 JSON 输出结果")
NO_MODELS = Text("(no models)", "（没有模型）")
BALANCE_AVAILABLE = Text("available", "可用")
BALANCE_USED_UP = Text(
    "used up: calls are refused until you top up", "已用完：充值之前调用都会被拒绝"
)
BALANCE_AMOUNTS = Text(
    "{currency} {total}   (granted {granted}, topped up {topped_up})",
    "{currency} {total}   （赠送 {granted}，充值 {topped_up}）",
)

# --- emulator ------------------------------------------------------------------------------------

EMULATOR = Text(
    "Serve an emulator of the DeepSeek API on this machine.", "在本机启动 DeepSeek API 的模拟服务。"
)
EMULATOR_FAULT = Text("one of: {names}", "可选：{names}")
EMULATOR_RUNS = Text(
    "base_url={url}   (Ctrl-C ends it; any key will do)",
    "base_url={url}   （Ctrl-C 结束；key 随便写）",
)

# --- serve ---------------------------------------------------------------------------------------

SERVE = Text(
    "Serve DeepSeek to others over an OpenAI-compatible HTTP API.",
    "以兼容 OpenAI 的 HTTP 接口对外提供 DeepSeek。",
)
SERVE_HOST = Text("address to listen on", "监听地址")
SERVE_WORKERS = Text("processes", "进程数")
SERVE_NO_NUMBER = Text(
    "{text!r} is no number from {least} to {most}", "{text!r} 不是 {least} 到 {most} 之间的整数"
)
SERVE_OPEN = Text(
    "--host {host} is open to others: set {variable} to the access tokens (with commas between "
    "them), or leave --host out.",
    "--host {host} 会对外开放：请把访问令牌写进 {variable}（用逗号分隔），或去掉 --host。",
)
SERVE_RUNS = Text(
    "base_url=http://{host}:{port}/v1   (Ctrl-C ends it)",
    "base_url=http://{host}:{port}/v1   （Ctrl-C 结束）",
)
