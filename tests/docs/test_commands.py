"""Commands and their options exist, and print what the pages show."""

from __future__ import annotations

import contextlib
import functools
import io
import re
import shutil
from pathlib import Path
from typing import Iterator, List, Set, Tuple

import pytest
from pages import (
    CHINESE_DOCS,
    COMMANDS,
    DOCS,
    OTHERS,
    PAGES,
    ROOT,
    blocks,
    languages,
    python,
    read,
    table,
)

from dsadapter.__main__ import main

SAMPLE = ROOT / "tests" / "guide" / "programs" / "unedited" / "by_hand_stream.py"


@functools.lru_cache(maxsize=None)
def help_of(command: str) -> str:
    """What ``python -m dsadapter COMMAND --help`` prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            code = main([command, "--help", "--lang", "en"])
        except SystemExit as end:
            code = int(end.code or 0)
    assert code == 0
    return printed.getvalue()


def called(text: str) -> Iterator[Tuple[str, List[str]]]:
    """Each command that a page calls, with its options."""
    for command, rest in re.findall(r"-m dsadapter ([a-z]+)([^\n`|#&]*)", text):
        yield command, re.findall(r"(?<!\S)--[a-z-]+", rest)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_commands_of_the_pages_exist(command: str) -> None:
    """With every option that any page gives them."""
    options = {
        o for p in PAGES for name, given in called(read(p)) if name == command for o in given
    }
    assert options <= options_of(command) | {"--lang", "--help"}


def test_the_pages_call_no_other_command() -> None:
    assert {name for path in PAGES for name, _ in called(read(path))} <= set(COMMANDS)


@languages("commands.md")
def test_the_table_of_commands(path: Path) -> None:
    """Each command once, with exactly the options that its help names."""
    rows = table(path, "chat [PROMPT]")
    assert sorted(row[0].split()[0] for row in rows) == sorted(COMMANDS)
    for row in rows:
        named = set(re.findall(r"--[a-z-]+", row[1]))
        assert named == options_of(row[0].split()[0]), row[0]


def options_of(command: str) -> Set[str]:
    """Those that its usage names, but the two that all commands have."""
    usage, _, _ = help_of(command).partition("\n\n")
    return set(re.findall(r"--[a-z-]+", usage)) - {"--lang", "--help"}


@pytest.mark.parametrize(("folder", "lang"), [(DOCS, "en"), (CHINESE_DOCS, "zh")])
def test_chat_without_a_key_says_what_the_page_shows(
    folder: Path, lang: str, tmp_path: Path
) -> None:
    done = python(["-m", "dsadapter", "chat", "--lang", lang, "hi"], tmp_path)
    assert done.code == 1
    shown = [b.text for b in blocks(folder / "commands.md") if b.language == "console"]
    assert done.err in shown


@pytest.mark.parametrize(("folder", "lang"), [(DOCS, "en"), (CHINESE_DOCS, "zh")])
def test_doctor_reads_a_program_as_the_page_shows(folder: Path, lang: str, tmp_path: Path) -> None:
    """The page leaves out what passed, and one of the warnings is shown nowhere."""
    page = blocks(folder / "doctor.md")
    shown = next(b.text for b in page if "--no-probe" in b.text and b.language == "console")
    shutil.copy(str(SAMPLE), str(tmp_path / "app.py"))
    command, _, expected = shown.partition("\n")
    arguments = command.replace("$ python ", "").split()
    done = python([*arguments, *([] if "--lang" in arguments else ["--lang", lang])], tmp_path)
    lines = done.out.splitlines()
    for part in re.split(r"\n(?=    ! )", expected.rstrip("\n")):
        assert part.splitlines()[0] in lines
        assert part in done.out


@pytest.mark.parametrize(("folder", "lang"), [(DOCS, "en"), (CHINESE_DOCS, "zh")])
def test_explain_says_what_the_page_shows(folder: Path, lang: str, tmp_path: Path) -> None:
    page = blocks(folder / "doctor.md")
    shown = next(b.text for b in page if "env-httpx-proxies" in b.text)
    error = next(b.text for b in blocks(ROOT / "README.md") if b.text.startswith("TypeError"))
    (tmp_path / "error.txt").write_text(error, encoding="utf-8")
    done = python(["-m", "dsadapter", "explain", "--lang", lang, "error.txt"], tmp_path)
    assert done.out.startswith(shown)


@languages("doctor.md")
def test_the_exit_codes(path: Path) -> None:
    """The table has the four that ``doctor`` ends with."""
    assert [row[0] for row in table(path, "3")] == ["0", "1", "2", "3"]


# --- scripts of the repository -------------------------------------------------------------------


def scripts() -> Set[Tuple[str, str]]:
    """Each that a page runs with one of its options."""
    called = set()
    for path in (*PAGES, *OTHERS):
        for script, options in re.findall(r"python (\w\S+/\S+\.py)([^\n`#&]*)", read(path)):
            called |= {(script, option) for option in re.findall(r"--[a-z-]+", options) or [""]}
    return called


@pytest.mark.parametrize(("script", "option"), sorted(scripts()))
def test_the_scripts_of_the_pages_exist(script: str, option: str, tmp_path: Path) -> None:
    assert (ROOT / script).is_file()
    if option:
        assert option in python([str(ROOT / script), "--help"], tmp_path).out
