"""What ``migrate`` says; the rules' own words stand in their table."""

from __future__ import annotations

from .text import Text

SUMMARY = Text(
    "Rewrite programs of openai 0.28 for a newer SDK, or for dsadapter.",
    "把 openai 0.28 的程序改写为新版 SDK 或 dsadapter 的写法。",
)
PATHS = Text("files and folders", "文件和文件夹")
TO = Text("openai (the default) or dsadapter", "openai（默认）或 dsadapter")
TARGET = Text(
    "major version of openai; the newest that this Python can install",
    "openai 的主版本；默认为本机 Python 能安装的最新版",
)
DIFF = Text("show the changes, write nothing (the default)", "只显示改动，不写文件（默认）")
WRITE = Text("write the changes", "写入改动")
RISKY = Text(
    "also rewrite what may behave otherwise afterwards",
    "连同改后行为可能不同的地方一并改写",
)
FORCE = Text(
    "write although git has changes that are not committed", "即使 git 有未提交的改动也写入"
)
JSON = Text("print JSON", "输出 JSON")

TOO_LARGE = Text("it is too large for a program", "文件过大，不像是程序")
ENCODING = Text(
    "it is not {encoding}, and its first lines name no other encoding",
    "内容不是 {encoding}，文件开头也没有声明其他编码",
)
CHANGED_MEANWHILE = Text("it was changed meanwhile", "文件在此期间被改动")
NO_PERMISSION = Text("it is read-only", "文件只读")
COPY_EXISTS = Text("{copy} exists already", "{copy} 已存在")

NO_SUCH_PATH = Text("{path} does not exist", "{path} 不存在")
DIRTY = Text(
    "git has changes that are not committed: {files}. Commit them, or add --force.",
    "git 有未提交的改动：{files}。请先提交，或加 --force。",
)
LEFT = Text("{path} is left as it is: {why}", "{path} 保持原样：{why}")
MARKER = Text("{path}:{line}: {rule}: {what}", "{path}:{line}：{rule}：{what}")
NOTHING = Text("Nothing to rewrite in {count} files.", "{count} 个文件都无需改写。")
WOULD_CHANGE = Text(
    "{changed} of {count} files would change, {markers} places need a person. "
    "Write it: add --write",
    "{count} 个文件中有 {changed} 个将被改写，{markers} 处需要人工处理。写入请加 --write",
)
WROTE = Text(
    "{changed} files rewritten, {markers} places need a person: they have a comment.",
    "已改写 {changed} 个文件，{markers} 处需要人工处理，已加注释。",
)
UNDO = Text("Undo: {command}", "撤销：{command}")
WITH_UNSAFE = Text(
    "{count} of them are rewritten with --unsafe.", "其中 {count} 处可用 --unsafe 改写。"
)
ENVIRONMENT = Text(
    "openai >= 1 does not read OPENAI_API_BASE and OPENAI_ORGANIZATION: "
    "set OPENAI_BASE_URL and OPENAI_ORG_ID.",
    "openai >= 1 不读取 OPENAI_API_BASE 和 OPENAI_ORGANIZATION："
    "请改设 OPENAI_BASE_URL 和 OPENAI_ORG_ID。",
)
