"""Group settings, .env files: whether they are read, and read right."""

from __future__ import annotations

from typing import Iterator

from ..._texts import doctor_settings as texts
from ..check import check
from ..findings import Finding, Fix, fail, package, warn
from ..fix_commands import fix, rename
from ..snapshot import Snapshot


def env_file(s: Snapshot) -> Iterator[Finding]:
    """.env files that cannot be read, and lines that set nothing."""
    if s.settings.unread:
        files = (file.path for file in s.settings.files if file.state == "ok")
        yield fail(
            texts.NOTHING_READS(files=", ".join(files)),
            fix=Fix(texts.MEND_DOTENV),
            about=[package("python-dotenv")],
        )
    states = {"unreadable": texts.UNREADABLE_FILE, "folder": texts.IS_FOLDER}
    for file in s.settings.files:
        if file.state in states:
            yield fail(
                texts.SETS_NOTHING(file=file.path, state=states[file.state]),
                fix=Fix(texts.MAKE_READABLE),
            )
        elif file.bad_lines:
            yield warn(
                texts.BAD_LINES(file=file.path, lines=", ".join(map(str, file.bad_lines[:10]))),
                fix=Fix(texts.WRITE_LINES),
                lines=list(file.bad_lines),
            )


def env_encoding(s: Snapshot) -> Iterator[Finding]:
    """.env files in an encoding that other readers stumble over."""
    for file in s.settings.files:
        if file.state != "ok" or file.encoding == "utf-8":
            continue
        what = texts.BOM if file.encoding == "utf-8-sig" else texts.UNREADABLE
        copy = file.copy or f"{file.path}.bak"
        yield warn(
            texts.OTHER_ENCODING(file=file.path, encoding=file.encoding, what=what),
            fix=fix(s, texts.SAVE, f'python -m dsadapter._doctor.recode "{file.path}" "{copy}"'),
            encoding=file.encoding,
        )


def env_name(s: Snapshot) -> Iterator[Finding]:
    """Files that were meant to be a .env."""
    for file in s.settings.files:
        for name in file.lookalikes if file.state == "missing" else ():
            folder = file.path[: -len(".env")]
            yield warn(
                texts.WRONG_NAME(file=file.path, name=name),
                fix=fix(s, texts.RENAME_ENV, rename(s, f"{folder}{name}", file.path)),
            )


# What can keep .env files from being read.
DOTENV = ("sdk-requirements", "sdk-files", "sdk-leftovers", "sdk-shadow")

CHECKS = (
    check("settings-env-file", env_file, follows=DOTENV),
    check("settings-env-encoding", env_encoding),
    check("settings-env-name", env_name),
)
