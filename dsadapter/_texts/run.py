"""What ``run`` says."""

from __future__ import annotations

from .text import Text

USAGE = Text(
    """\
usage: python -m dsadapter run [--offline] [--backend NAME] [--modern native|adapter]
           [--model-map OLD=NEW,...] [--provider NAME] [--base-url URL] [--trace]
           [--lang en|zh|zh-TW] SCRIPT | -m MODULE | -c CODE  [ARGS ...]

Run a program written for any generation of openai, unedited.

  --offline     the emulator answers; nothing leaves this machine
  --backend     legacy-openai, modern-openai, raw-requests or auto
  --modern      with openai >= 1: adapter puts dsadapter's OpenAI in place of the SDK's
  --model-map   names to replace, e.g. gpt-3.5-turbo=deepseek-flash; gpt-* is all that begin so
  --provider    whose API: deepseek, moonshot, zhipu, qianfan, openai ...
  --base-url    where calls go, with DEEPSEEK_API_KEY or OPENAI_API_KEY
  --trace       one line per call on stderr
  --lang        language of these messages

example: python -m dsadapter run --offline script.py
""",
    """\
用法：python -m dsadapter run [--offline] [--backend 名称] [--modern native|adapter]
           [--model-map OLD=NEW,...] [--provider 厂商] [--base-url 地址] [--trace]
           [--lang en|zh|zh-TW] 脚本 | -m 模块 | -c 代码  [参数 ...]

不改代码，运行为任意一代 openai 写的程序。

  --offline     由本地模拟服务应答，不访问外网
  --backend     legacy-openai、modern-openai、raw-requests 或 auto
  --modern      openai >= 1 时：adapter 用 dsadapter 的 OpenAI 代替 SDK 的
  --model-map   替换模型名，例如 gpt-3.5-turbo=deepseek-flash；gpt-* 指以 gpt- 开头的所有名字
  --provider    哪家的 API：deepseek、moonshot、zhipu、qianfan、openai……
  --base-url    接口地址，配合 DEEPSEEK_API_KEY 或 OPENAI_API_KEY 使用
  --trace       每次调用在 stderr 输出一行
  --lang        提示信息的语言

示例：python -m dsadapter run --offline script.py
""",
)
PROBLEM = Text("dsadapter run: {problem}", "dsadapter run：{problem}")
NEEDS_VALUE = Text("{flag} needs a value", "{flag} 需要一个值")
NO_PROGRAM = Text(
    "there is no program to run. Example: python -m dsadapter run script.py",
    "没有要运行的程序。示例：python -m dsadapter run script.py",
)
NEEDS_ARGUMENT = Text("Argument expected for the {flag} option", "选项 {flag} 需要一个参数")
UNKNOWN_OPTION = Text(
    "unknown option {option}. Options stand before the program: {options}",
    "没有 {option} 这个选项。选项写在程序前面：{options}",
)
UNKNOWN_MODE = Text(
    "--modern {mode!r} is not known. One of: {modes}", "--modern 没有 {mode!r}。可选：{modes}"
)
BASE_OF_PRESET = Text(
    "--base-url goes with DEEPSEEK_API_KEY or OPENAI_API_KEY; {vendor} has an address of its own: "
    "leave one of the two out.",
    "--base-url 配合 DEEPSEEK_API_KEY 或 OPENAI_API_KEY 使用；{vendor} 有自己的地址："
    "请去掉其中一个。",
)
