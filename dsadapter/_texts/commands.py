"""What the commands say, one block per command."""

from __future__ import annotations

from typing import Dict, Tuple

from .text import Text

# --- python -m dsadapter -------------------------------------------------------------------------

USAGE = Text(
    "usage: python -m dsadapter COMMAND [--lang en|zh|zh-TW] ...",
    "用法：python -m dsadapter 命令 [--lang en|zh|zh-TW] ...",
)
SUMMARIES: Dict[str, Text] = {
    "chat": Text("talk to the model", "与模型对话"),
    "models": Text("list the models of your key", "列出可用模型"),
    "balance": Text("show the balance of your account", "查看账户余额"),
    "batch": Text("ask many prompts from a file", "批量提问"),
    "doctor": Text("find out what is wrong here", "检查本机环境"),
    "explain": Text("explain a traceback", "解释报错信息"),
    "migrate": Text("rewrite programs of openai 0.28", "改写 openai 0.28 的程序"),
    "run": Text("run a program unedited", "不改代码运行程序"),
    "emulator": Text("serve the DeepSeek emulator", "启动本地模拟服务"),
    "matrix": Text("what was measured for your SDK", "查看实测结果"),
    "serve": Text("serve an OpenAI-compatible gateway", "启动网关服务"),
}
FLAGS: Dict[str, Text] = {
    "--version": Text("show the version", "显示版本"),
    "--lang": Text(
        "en, zh or zh-TW; else the locale decides", "en、zh 或 zh-TW；不写则由系统语言决定"
    ),
}
UNKNOWN_COMMAND = Text(
    "dsadapter: there is no command {command!r}", "dsadapter：没有 {command!r} 这个命令"
)
SYSTEM_ERROR = Text("dsadapter {command}: {problem}", "dsadapter {command}：{problem}")

# --- every command -------------------------------------------------------------------------------

OFFLINE = Text("ask the emulator: no key, no net", "由本地模拟服务应答：不用 key，也不联网")
# Printed one under the other: a wide colon takes two columns.
NO_KEY: Tuple[Text, ...] = (
    Text("No API key yet. Make one: {page}", "还没有 API key。先创建一个：{page}"),
    Text(
        "Write it into .env:       {variable}=sk-...",
        "再写入 .env 文件：         {variable}=sk-...",
    ),
    Text(
        "Or try without a key:     python -m dsadapter {command} --offline",
        "不用 key 先试试：          python -m dsadapter {command} --offline",
    ),
)
# In place of the first, for a vendor whose page of keys is not known.
NO_KEY_OF = Text("No API key for {vendor} yet.", "还没有 {vendor} 的 API key。")
# Below it, for a server on this machine.
NO_KEY_NEEDED = Text(
    "If it asks for none:      python -m dsadapter {command}",
    "如果服务不要求 key：       python -m dsadapter {command}",
)
NO_PROVIDER = Text(
    "{name!r} is no provider; try {nearest}", "没有 {name!r} 这个厂商；可用：{nearest}"
)
NO_BACKEND = Text(
    "{name!r} is no backend; try {nearest}", "没有 {name!r} 这个后端；可用：{nearest}"
)
NO_BASE_URL = Text(
    "{url} is no base URL; write it whole, without a password: {example}",
    "{url} 不能用作地址；请写完整，不要带密码：{example}",
)
PROVIDER = Text(
    "whose API: deepseek, moonshot, zhipu, qianfan, openai ...",
    "哪家的 API：deepseek、moonshot、zhipu、qianfan、openai……",
)
BASE_URL = Text("where calls go", "接口地址")
ONLY_KEY = Text(
    "{variable} is the only key here: asking {vendor}.",
    "这里只有 {variable}：访问 {vendor}。",
)
SEVERAL_KEYS = Text(
    "Keys of several vendors are set ({variables}): say which with --provider NAME ({names}).",
    "设置了多家厂商的 key（{variables}）：请用 --provider 指定一家，可选 {names}。",
)
MODEL_NEEDED = Text(
    "{vendor} has models of its own: name one with --model NAME. They are listed by\n{command}",
    "{vendor} 的模型名不同：请用 --model 指定。列出可用模型：\n{command}",
)
BALANCE_OF_DEEPSEEK = Text(
    "{vendor} does not show its balance over this API: look at its own pages.",
    "{vendor} 不通过这个接口提供余额：请到它自己的网站查看。",
)

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
EMULATOR_HOST = Text("address to listen on", "监听地址")
EMULATOR_PORT = Text("port; 0 is any free one", "端口；0 表示任意空闲端口")
EMULATOR_LOG = Text("print a line for each request", "每个请求输出一行")
EMULATOR_FAULT = Text("fault of every answer, such as keep-alive", "每个回答的故障，如 keep-alive")
EMULATOR_FAULTS = Text("list the faults and exit", "列出所有故障后退出")
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
SERVE_BACKEND = Text(
    "of calls to the upstream (raw-requests)", "访问上游所用的后端（raw-requests）"
)
SERVE_CORS = Text(
    "web pages that may call, as https://example.com", "允许调用的网页来源，如 https://example.com"
)
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
