"""The sentences of the rules that look at several files, and of files that nobody could read."""

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
NO_PATH = Text("no PATH was given", "没有给出路径")
NO_FILES = Text(
    "no file of code and none with requirements was found there", "那里没有代码文件，也没有依赖文件"
)
PASSED_OVER = Text("{file} was passed over: {why}", "跳过 {file}：{why}")
NOT_READ = Text("{file} could not be read: {why}", "无法读取 {file}：{why}")
