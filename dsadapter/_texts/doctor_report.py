"""What the doctor's screen, report and command line say around the findings."""

from __future__ import annotations

from .text import Text

NOT_COMPARED = Text(
    "versions were not compared: packaging cannot be imported, and pip's copy of it neither",
    "没有比较版本：packaging 无法导入，pip 自带的那份也不行",
)
CRASHED = Text(
    "This check crashed: {error}. Please report it: python -m dsadapter doctor --report doctor.md",
    "这项检查出错：{error}。请反馈：python -m dsadapter doctor --report doctor.md",
)
NOT_SEEN = Text(
    "The facts about `{part}` could not be collected: {error}", "无法收集 {part} 的信息：{error}"
)
GROUP_NAMES = {
    "python": Text("Python", "Python"),
    "sdk": Text("SDK", "SDK"),
    "conflicts": Text("Conflicts", "版本冲突"),
    "settings": Text("Settings", "设置"),
    "network": Text("Network", "网络"),
    "code": Text("Code", "代码"),
    "online": Text("Online", "在线"),
}
COUNTED = {
    "fail": Text("{n} {n:problem|problems}", "{n} 个问题"),
    "crash": Text("{n} {n:check|checks} crashed", "{n} 项检查出错"),
    "warn": Text("{n} {n:warning|warnings}", "{n} 个警告"),
    "ok": Text("{n} passed", "{n} 项通过"),
    "skip": Text("{n} skipped", "{n} 项跳过"),
}
COMMA = Text(", ", "，")
FIX = Text("fix: ", "修复：")
NO_KEY = Text("no API key", "没有 API key")
NO_BACKEND = Text("no backend ({name} cannot be used)", "没有后端（{name} 用不了）")
MORE_LOCATIONS = Text(
    "and {n} more {n:place|places} (--json lists all)", "另有 {n} 处（--json 列出全部）"
)
HINT = Text(
    "More: `doctor PATH` reads your code, --online asks the server, --report FILE is for an issue.",
    "更多：doctor 路径 检查代码，--online 询问服务器，--report 文件 用于提交问题。",
)
SEE = Text("for the cause see {ids}", "原因见 {ids}")
BECAUSE = Text("This is why these fail, too: {ids}", "以下检查因此也不通过：{ids}")
WRITTEN = Text("The report was written: {file}", "报告已写入：{file}")
TITLE = Text("dsadapter doctor", "dsadapter 环境检查")
FACTS = Text("Environment", "环境")
FOUND = Text("Problems and warnings", "问题与警告")
NOTHING = Text("None.", "无。")
ALL = Text("All checks", "全部检查项")
SET = Text("Variables that are set (no values)", "已设置的变量（不含值）")
NO_SUCH_NAME = Text(
    "dsadapter doctor: {name!r} is no path, no check and no group{like}.",
    "dsadapter doctor：{name!r} 既不是路径，也不是检查项或分组{like}。",
)
NOT_READ = Text("{file} cannot be read: {why}", "无法读取 {file}：{why}")
NOT_WRITTEN = Text("{file} cannot be written: {why}", "无法写入 {file}：{why}")
LIKE = Text("; did you mean {name}", "；是不是 {name}")
SAMPLE = Text("checks", "检查")  # a console that cannot print this gets English
TRY = Text("python -m dsadapter doctor --list", "python -m dsadapter doctor --list")
