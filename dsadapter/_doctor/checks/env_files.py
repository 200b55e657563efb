"""Group settings, .env files: whether they are read, and read right."""

from __future__ import annotations

from typing import Iterator

from ..._texts.text import Text
from ..check import Check
from ..findings import Finding, Fix, fail, warn
from ..fix_commands import fix, rename
from ..snapshot import Snapshot


def env_file(s: Snapshot) -> Iterator[Finding]:
    """.env files that cannot be read, and lines that set nothing."""
    states = {
        "unreadable": Text("cannot be read (permissions)", "无法读取（权限不足）"),
        "folder": Text("is a folder", "是一个目录"),
    }
    for file in s.settings.files:
        if file.state in states:
            yield fail(
                Text(
                    "{file} {state}: what it should set is not set.",
                    "{file} {state}：其中的设置都不会生效。",
                )(file=file.path, state=states[file.state]),
                fix=Fix(Text("Make it a file that you may read.", "请改成可读的文件。")),
            )
        elif file.bad_lines:
            yield warn(
                Text(
                    "{file} has lines that set nothing: {lines}.",
                    "{file} 有些行没有起作用：第 {lines} 行。",
                )(file=file.path, lines=", ".join(map(str, file.bad_lines[:10]))),
                fix=Fix(Text("Write NAME=value, one per line.", "每行写一个 NAME=value。")),
                lines=list(file.bad_lines),
            )


def env_encoding(s: Snapshot) -> Iterator[Finding]:
    """.env files in an encoding that other readers stumble over."""
    for file in s.settings.files:
        if file.state != "ok" or file.encoding == "utf-8":
            continue
        what = BOM if file.encoding == "utf-8-sig" else UNREADABLE(encoding=file.encoding)
        yield warn(
            Text(
                "{file} is saved as {encoding}. dsadapter reads it; {what}.",
                "{file} 保存为 {encoding} 编码。dsadapter 能读；{what}。",
            )(file=file.path, encoding=file.encoding, what=what),
            fix=fix(s, SAVE, f'python -m dsadapter._doctor.recode "{file.path}"'),
            encoding=file.encoding,
        )


BOM = Text(
    "for others, load_dotenv() among them, the first name in it can begin with an invisible "
    "character",
    "但对别的程序（包括 load_dotenv()），第一个变量名前可能多出一个看不见的字符",
)
UNREADABLE = Text(
    "load_dotenv() in your own program raises UnicodeDecodeError or reads nothing of it",
    "但你程序里的 load_dotenv() 会抛 UnicodeDecodeError，或什么也读不到",
)


SAVE = Text("Save it as UTF-8 (a copy is kept).", "请另存为 UTF-8（会保留备份）。")


def env_name(s: Snapshot) -> Iterator[Finding]:
    """Files that were meant to be a .env."""
    for file in s.settings.files:
        for name in file.lookalikes if file.state == "missing" else ():
            folder = file.path[: -len(".env")]
            yield warn(
                Text(
                    "There is no {file}, but a file {name} beside it that sets your key: nobody "
                    "reads it. (Windows hides the ending .txt.)",
                    "没有 {file}，旁边却有一个写着 key 的 {name}：没有程序会读它。（Windows 会隐"
                    "藏 .txt 后缀。）",
                )(file=file.path, name=name),
                fix=fix(
                    s, Text("Rename it.", "请给它改名。"), rename(s, f"{folder}{name}", file.path)
                ),
            )


CHECKS = (
    Check("settings-env-file", Text(".env files can be read", ".env 能读取"), env_file),
    Check(
        "settings-env-encoding", Text(".env files are UTF-8", ".env 是 UTF-8 编码"), env_encoding
    ),
    Check("settings-env-name", Text(".env has its right name", ".env 文件名正确"), env_name),
)
