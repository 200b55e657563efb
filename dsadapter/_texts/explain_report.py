"""What ``explain`` says around the causes and remedies of its rows."""

from __future__ import annotations

from .text import Text

TYPE_IT = Text(
    "Paste the text, then press Ctrl-D (Windows: Ctrl-Z, Enter).",
    "粘贴报错文字，然后按 Ctrl-D（Windows：Ctrl-Z 再按 Enter）。",
)
CANNOT_READ = Text("{file} cannot be read: {why}", "无法读取 {file}：{why}")
NOTHING = Text("I see no error in this text.", "没有在这段文字里看到报错。")
UNKNOWN = Text("I do not know this error:", "不认识这个报错：")
NEXT = Text(
    "What may help: python -m dsadapter doctor   and, for an issue: doctor --report doctor.md",
    "可以试试：python -m dsadapter doctor；提交问题请附：doctor --report doctor.md",
)
CAUSE = Text("Cause ({sure}):", "原因（{sure}）：")
SURENESS = {
    "certain": Text("certain", "确定"),
    "likely": Text("likely", "很可能"),
    "possible": Text("possible", "可能"),
}
ALSO = Text("The text also fits:", "也可能是：")
HERE = Text("Here: Python {python}, {sdk}{httpx}.", "本机：Python {python}，{sdk}{httpx}。")
NO_SDK = Text("no openai SDK", "没有安装 openai SDK")
PROVED = Text("This environment has that fault: {message}", "本机正有这个问题：{message}")
CLEAR = Text(
    "No check finds that fault here now; the text may come from another environment.",
    "目前本机的检查没有发现这个问题；报错可能来自另一个环境。",
)
NOT_THERE = Text("This Python has no {name}, either.", "本机的这个 Python 也没有 {name}。")
SAYS_SO = Text("openai {sdk} here is one that says so.", "本机的 openai {sdk} 正会这样报错。")
NOT_SAYS_SO = Text(
    "openai {sdk} here does not say so: the text comes from another environment.",
    "本机的 openai {sdk} 不会这样报错：报错来自另一个环境。",
)
ELSEWHERE = Text(
    "The traceback comes from another environment: {folder}",
    "这段 traceback 来自另一个环境：{folder}",
)
IN_THAT_ENVIRONMENT = Text("In the environment that it comes from:", "在出错的那个环境里：")
