"""The sentences of the rules that look at several files."""

from __future__ import annotations

from .text import Text

UNDECLARED_HTTPX = Text(
    "httpx is imported, and nothing declares it: openai {sdk} here brings httpx2 instead, so "
    "{effect}.",
    "代码导入了 httpx 却没有声明依赖：这里的 openai {sdk} 只带 httpx2，{effect}。",
)
DECLARE_HTTPX = Text(
    "Add httpx to the requirements: pip install httpx",
    "请在依赖里加上 httpx：pip install httpx",
)
BY_LUCK = Text("it is only here because something else needs it", "它在这里只是碰巧被别的包带上了")
GONE = Text(
    "this raises ModuleNotFoundError: No module named 'httpx'",
    "会抛 ModuleNotFoundError: No module named 'httpx'",
)
