"""The sentences of the rules about declared versions."""

from __future__ import annotations

from .text import Text

BAD_COMBINATION = Text(
    "openai{spec} resolves to a version that does not work with the {others} it gets ({id}).",
    "openai{spec} 解析出的版本与它得到的 {others} 不兼容（{id}）。",
)
WRITE_PINS = Text("Write {pins}", "请写 {pins}")
TOO_NEW = Text(
    "openai{spec} cannot be installed here: from {version} on it needs Python {floor}; "
    "this is {python}.",
    "这里装不了 openai{spec}：从 {version} 起需要 Python {floor}，而这里是 {python}。",
)
ALLOW_OLDER = Text("Allow an older one, or use a newer Python.", "请放宽版本，或换用新版 Python。")
OTHER_GENERATION = Text(
    "openai{spec} installs openai {declared}, and {file}:{line} is written for {other}: a "
    "fresh installation breaks it.",
    "openai{spec} 会装上 openai {declared}，而 {file}:{line} 是为 {other} 写的：重新安装后就会"
    "出错。",
)
EITHER_GENERATION = Text(
    "Write `import dsadapter as openai`, which runs with either.",
    "改写为 import dsadapter as openai，哪一代都能跑。",
)
