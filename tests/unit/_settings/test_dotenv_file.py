"""``.env`` files as editors, shells and people leave them; which of two files counts."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Optional

import pytest

from dsadapter._settings import dotenv_file
from dsadapter._settings.sources import from_environment

KEY = "sk-" + "0123456789abcdef" * 2
OTHER = "sk-" + "fedcba9876543210" * 2
LINE = f"DEEPSEEK_API_KEY={KEY}\n"
CHINESE = f"# \u5bc6\u94a5\uff1a\u4e0d\u8981\u5916\u4f20\n{LINE}"


def found(name: str = "DEEPSEEK_API_KEY") -> Optional[str]:
    result = from_environment(name)
    return result.value if result else None


@pytest.fixture()
def script_folder(monkeypatch: Any, tmp_path: Path) -> Path:
    """The folder of the running script; the working directory is another."""
    folder = tmp_path / "script"
    folder.mkdir()
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(folder / "main.py"), raising=False)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return folder


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(LINE.encode(), id="ascii"),
        pytest.param(CHINESE.encode("utf-8"), id="utf-8"),
        pytest.param(CHINESE.encode("utf-8-sig"), id="utf-8 BOM"),
        pytest.param(LINE.encode("utf-8-sig"), id="utf-8 BOM before the name"),
        pytest.param(CHINESE.encode("utf-16"), id="utf-16 of this machine"),
        pytest.param(b"\xff\xfe" + CHINESE.encode("utf-16-le"), id="utf-16-le BOM"),
        pytest.param(b"\xfe\xff" + CHINESE.encode("utf-16-be"), id="utf-16-be BOM"),
        pytest.param(CHINESE.encode("utf-16-le"), id="utf-16-le"),
        pytest.param(CHINESE.encode("utf-16-be"), id="utf-16-be"),
        pytest.param(("A=1\n" + LINE).encode("utf-16-le"), id="utf-16-le, short"),
        pytest.param(("A=1\n" + LINE).encode("utf-16-be"), id="utf-16-be, short"),
        pytest.param(("# 一一一一\n" + LINE).encode("utf-16-be"), id="utf-16-be, zeros in both"),
        pytest.param(("# 一一一一\n" + LINE).encode("utf-16-le"), id="utf-16-le, zeros in both"),
        pytest.param(CHINESE.encode("gbk"), id="gbk"),
        pytest.param(CHINESE.encode("gb18030"), id="gb18030"),
        pytest.param(f"{LINE}# caf\u00e9\n".encode("latin-1"), id="latin-1 behind it"),
        pytest.param(CHINESE.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(CHINESE.replace("\n", "\r\n").encode("utf-16"), id="utf-16 CRLF"),
        pytest.param(LINE.strip().encode(), id="no line end"),
        pytest.param(b"\n\n  \n" + LINE.encode(), id="blank lines first"),
    ],
)
def test_encodings_of_editors(raw: bytes) -> None:
    Path(".env").write_bytes(raw)
    assert found() == KEY


@pytest.mark.parametrize(
    "line",
    [
        f'DEEPSEEK_API_KEY="{KEY}"',
        f"DEEPSEEK_API_KEY='{KEY}'",
        f"DEEPSEEK_API_KEY = {KEY}",
        f"  DEEPSEEK_API_KEY=  {KEY}  ",
        f'DEEPSEEK_API_KEY = "{KEY}"',
        f"DEEPSEEK_API_KEY={KEY} # mine",
        f'DEEPSEEK_API_KEY="{KEY}"  # mine',
        f"export DEEPSEEK_API_KEY={KEY}",
        f"export DEEPSEEK_API_KEY = '{KEY}' # mine",
        f"DEEPSEEK_API_KEY={OTHER}\nDEEPSEEK_API_KEY={KEY}",
        f"# DEEPSEEK_API_KEY={OTHER}\nDEEPSEEK_API_KEY={KEY}",
    ],
)
def test_how_people_write_a_line(line: str) -> None:
    Path(".env").write_text(line + "\n")
    assert found() == KEY


def test_values_of_other_scripts_survive() -> None:
    Path(".env").write_bytes("MODEL=\u6a21\u578b\n".encode("gbk"))
    assert found("MODEL") == "\u6a21\u578b"


@pytest.mark.parametrize("text", ["DEEPSEEK_API_KEY=", "DEEPSEEK_API_KEY", 'DEEPSEEK_API_KEY=""'])
def test_an_empty_value_counts_as_unset(text: str, script_folder: Path) -> None:
    Path(".env").write_text(text + "\n")
    assert found() is None
    (script_folder / ".env").write_text(LINE)
    assert found() == KEY


def test_a_byte_order_mark_is_no_text() -> None:
    assert dotenv_file.decode(LINE.encode("utf-8-sig")) == LINE
    assert dotenv_file.decode(b"\xff\xfe" + LINE.encode("utf-16-le")) == LINE


def test_a_file_is_read_without_what_has_no_value() -> None:
    Path(".env").write_text("A=1\nB=\nC\nD=''\n")
    assert dotenv_file.read(".env") == {"A": "1"}


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "not a line at all\n", "=\n", "\0"])
def test_a_file_without_variables(text: str) -> None:
    Path(".env").write_text(text)
    assert found() is None


def test_no_file() -> None:
    assert found() is None


def test_a_folder_of_that_name_is_passed_over(script_folder: Path) -> None:
    Path(".env").mkdir()
    (script_folder / ".env").write_text(LINE)
    assert found() == KEY


def test_a_link_to_itself_is_passed_over(script_folder: Path) -> None:
    try:
        os.symlink(".env", ".env")
    except (OSError, NotImplementedError):
        pytest.skip("no symbolic links here")
    (script_folder / ".env").write_text(LINE)
    assert found() == KEY


def test_a_file_that_may_not_be_read_is_passed_over(script_folder: Path) -> None:
    Path(".env").write_text(f"DEEPSEEK_API_KEY={OTHER}\n")
    os.chmod(".env", 0)
    if os.access(".env", os.R_OK):
        pytest.skip("this user may read everything")
    (script_folder / ".env").write_text(LINE)
    assert found() == KEY


def test_the_working_directory_comes_before_the_script(script_folder: Path) -> None:
    (script_folder / ".env").write_text(f"DEEPSEEK_API_KEY={OTHER}\nONLY_THERE=1\n")
    assert found() == OTHER
    Path(".env").write_text(LINE)
    assert found() == KEY
    assert found("ONLY_THERE") == "1"  # merged per variable, not per file


def test_the_source_names_the_file(script_folder: Path) -> None:
    (script_folder / ".env").write_text(LINE)
    result = from_environment("DEEPSEEK_API_KEY")
    assert result is not None
    assert result.source == f"DEEPSEEK_API_KEY in {script_folder / '.env'}"


def test_a_parent_folder_is_not_searched(monkeypatch: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(LINE)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert found() is None


def test_one_folder_for_both_is_listed_once(monkeypatch: Any, tmp_path: Path) -> None:
    script = os.path.join(os.getcwd(), "main.py")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", script, raising=False)
    assert dotenv_file.candidates() == [os.path.join(os.getcwd(), ".env")]


def test_an_interpreter_without_a_script(monkeypatch: Any) -> None:
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    assert dotenv_file.candidates() == [os.path.join(os.getcwd(), ".env")]


def test_the_environment_wins(monkeypatch: Any) -> None:
    Path(".env").write_text(LINE)
    monkeypatch.setenv("DEEPSEEK_API_KEY", OTHER)
    assert found() == OTHER
    monkeypatch.setenv("DEEPSEEK_API_KEY", "")  # empty counts as unset
    assert found() == KEY


def test_the_environment_is_never_written() -> None:
    Path(".env").write_text(LINE + "SOMETHING_ELSE=1\n")
    before = dict(os.environ)
    assert found() == KEY
    assert dict(os.environ) == before


def test_a_changed_file_is_read_anew() -> None:
    path = Path(".env")
    path.write_text(LINE)
    assert found() == KEY
    path.write_text(f"DEEPSEEK_API_KEY={OTHER}\nX=1\n")
    assert found() == OTHER
    assert len(OTHER) == len(KEY)
    path.write_text(f"DEEPSEEK_API_KEY={KEY}\nX=1\n")  # as long as before
    os.utime(".env", (1, 1))
    assert found() == KEY
    path.unlink()
    assert found() is None


def test_a_folder_is_the_program_s_own_where_its_code_comes_from(
    monkeypatch: Any, tmp_path: Path
) -> None:
    """Of a command of the adapter's it never is: that runs in whatever folder one works in."""
    path = str(tmp_path / ".env")
    monkeypatch.setattr(dotenv_file, "runs_command", False)
    assert not dotenv_file.is_programs_own(path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert dotenv_file.is_programs_own(path)
    monkeypatch.setattr(dotenv_file, "runs_command", True)
    assert not dotenv_file.is_programs_own(path)


def test_a_switch_that_is_ignored_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    with pytest.warns(UserWarning, match="DSADAPTER_TRUST_HOSTS in .* is ignored") as warned:
        for host in ("a.example.com", "ab.example.com"):
            path.write_text(f"DSADAPTER_TRUST_HOSTS={host}\nA=1\n")
            assert dotenv_file.read(str(path)) == {"A": "1"}
    assert len(warned) == 1
