"""The sentences of the rules about declared versions."""

from __future__ import annotations

from .text import Text

BAD_COMBINATION = Text(
    "openai{spec} resolves to a version that does not work with the {others} it gets ({pair}).",
    "openai{spec} 解析出的版本与它得到的 {others} 不兼容（{pair}）。",
)
WRITE_PINS = Text("Write {pins}", "请写 {pins}")
TOO_NEW = Text(
    "openai{spec} cannot be installed here: from {version} on it needs Python {floor}; "
    "this is {python}.",
    "这里装不了 openai{spec}：从 {version} 起需要 Python {floor}，而这里是 {python}。",
)
ALLOW_OLDER = Text("Allow an older one, or use a newer Python.", "请放宽版本，或换用新版 Python。")
OTHER_GENERATION = Text(
    "openai{spec} installs openai {declared}, and {source}:{line} is written for {other}: a "
    "fresh installation breaks it.",
    "openai{spec} 会装上 openai {declared}，而 {source}:{line} 是为 {other} 写的：重新安装后就会"
    "出错。",
)
EITHER_GENERATION = Text(
    "Write `import dsadapter as openai`, which runs with either.",
    "改写为 import dsadapter as openai，哪一代都能跑。",
)
REPLACES = Text(
    "This installs openai{spec} in place of {sdk}: whatever else uses the SDK here meets the other "
    "one, and a kernel that has imported it goes on with the old one until it is restarted.",
    "这里会用 openai{spec} 换掉 {sdk}：本机其他用到 SDK 的程序会遇到另一个版本，而已导入它的内核要"
    "重启后才换过来。",
)
INSTALLS_LEGACY = Text(
    "This installs openai{spec}, whose interface ended with 1.0: newer code and packages beside it "
    "fail.",
    "这里会安装 openai{spec}，它的接口到 1.0 就停止了：旁边较新的代码和包会出错。",
)
LEAVE_SDK = Text(
    "Leave the SDK as it is, and write `import dsadapter as openai`.",
    "不要动 SDK，改为 import dsadapter as openai。",
)
