"""The sentences of the rules about loops over streams."""

from __future__ import annotations

from .text import Text

NO_CHOICES = Text(
    "A chunk may come without choices (usage does): choices[0] then raises IndexError.",
    "有的分块没有 choices（例如 usage 分块）：choices[0] 会抛 IndexError。",
)
SKIP_EMPTY = Text(
    "Begin the loop with `if not {c}.choices: continue`",
    "循环开头写 if not {c}.choices: continue",
)
NULL_CONTENT = Text(
    "While the model thinks, delta.content is null: adding it raises TypeError, "
    "printing it prints None.",
    "模型思考时 delta.content 是 null：拼接会抛 TypeError，打印会输出 None。",
)
OR_EMPTY = Text('Write `... or ""`', '请写 ... or ""')
