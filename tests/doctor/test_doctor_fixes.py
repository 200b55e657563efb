"""``--fix``: shown, asked for, run, checked, and how to undo it said. Nothing unasked."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from doctor_machines import machine

from dsadapter._doctor import installer
from dsadapter._doctor.fix_commands import command, fix, rename
from dsadapter._doctor.snapshot import Python, Tool
from dsadapter._texts.text import Text

KEY = "sk-0123456789abcdef0123456789abcdef"
HERE = Tool("~/app/.venv/bin/python", True)
OTHER = Tool("/usr/bin/python", False)


@pytest.mark.parametrize(
    ("python", "shown"),
    [
        (Python(), 'pip install "httpx<0.28"'),
        (Python(pip=OTHER), 'python -m pip install "httpx<0.28"'),
        (Python(pip=OTHER, python=OTHER), '~/app/.venv/bin/python -m pip install "httpx<0.28"'),
        (Python(has_pip=False, uv="/bin/uv"), 'uv pip install "httpx<0.28"'),
        (
            Python(has_pip=False, uv="/bin/uv", python=OTHER),
            'uv pip install --python ~/app/.venv/bin/python "httpx<0.28"',
        ),
        (
            Python(pip=OTHER, python=OTHER, executable="C:/My Python/python.exe"),
            '"C:/My Python/python.exe" -m pip install "httpx<0.28"',
        ),
    ],
)
def test_the_installer_that_reaches_this_interpreter(python: Python, shown: str) -> None:
    found = command(python, 'pip install "httpx<0.28"')
    assert found.shown == shown
    assert found.argv == ("{pip}", "install", "httpx<0.28")


def test_commands_for_people_are_not_run() -> None:
    assert command(Python(), "unset X").argv == ()
    assert command(Python(), "export X=1").argv == ()
    assert command(Python(), "pip uninstall x").argv == ("{pip}", "uninstall", "-y", "x")


def test_renaming_on_windows() -> None:
    s = machine(python={"windows": True})
    text = rename(s, "C:\\app\\openai.py", "C:\\app\\openai_app.py")
    found = fix(s, Text("x", "x"), text).commands[0]
    assert found.shown == "ren C:\\app\\openai.py openai_app.py"
    assert found.argv == ("move", "C:\\app\\openai.py", "C:\\app\\openai_app.py")


@pytest.mark.parametrize(
    ("output", "say"),
    [
        (
            "ERROR: Could not find a version that satisfies the requirement openai>=99 (from x)\n"
            "ERROR: No matching distribution found for openai>=99",
            "has no openai>=99",
        ),
        (
            "  x Because there are no versions of openai>=99 and you require ...",
            "has no openai>=99",
        ),
        (
            "ERROR: Could not find a version that satisfies the requirement openai>=3 (from "
            "versions: none)",
            "it cannot be reached, or does not have it",
        ),
        ("WARNING: Retrying ... Failed to establish a new connection: x", "cannot be reached"),
        ("error: Failed to fetch: `https://x/simple`\n Caused by: dns error", "cannot be reached"),
        ("first\nlast line\n\n", "last line"),
        ("", "?"),
    ],
)
def test_why_an_installation_failed(output: str, say: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@mirror.example/simple")
    said = installer.explain_failure(output)
    assert say in said.en and said.zh and "secret" not in said.en
    assert "mirror.example" in said.en or "failed" in said.en


# --- run -----------------------------------------------------------------------------------------


def test_nothing_is_touched_where_nobody_can_be_asked(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openai.py").write_text("x = 1\n")
    ran = run("doctor", "sdk-shadow", "--fix")
    assert ran.code == 1 and "--yes" in ran.out
    assert os.listdir(tmp_path) == ["openai.py"]


@pytest.mark.skipif(os.name == "nt", reason="mv")
def test_a_file_in_the_way_is_renamed_and_the_way_back_said(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openai.py").write_text("x = 1\n")
    ran = run("doctor", "sdk-shadow", "--fix", "--yes")
    assert ran.code == 0
    assert os.listdir(tmp_path) == ["openai_app.py"]
    assert "Mended: sdk-shadow" in ran.out
    assert f"mv {tmp_path}/openai_app.py {tmp_path}/openai.py" in ran.out.replace("\n", " ")


def test_an_env_file_is_saved_as_utf8_and_kept(run: Any, tmp_path: Path) -> None:
    raw = f"# 我的密钥\nDEEPSEEK_API_KEY={KEY}\n".encode("gbk")
    (tmp_path / ".env").write_bytes(raw)
    ran = run("doctor", "settings-env-encoding", "--fix", "--yes", "--lang", "zh")
    assert ran.code == 0 and "已修好" in ran.out
    assert (tmp_path / ".env").read_text(encoding="utf-8").startswith("# 我的密钥")
    assert (tmp_path / ".env.bak").read_bytes() == raw
    assert KEY[3:-4] not in ran.out + ran.err


def test_what_only_a_person_can_do_is_left_to_them(run: Any) -> None:
    ran = run("doctor", "settings-key", "--fix", "--yes")
    assert ran.code == 0 and "by hand" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "left"), [("n\n", "openai.py"), ("y\n", "openai_app.py")])
def test_on_a_terminal_it_asks(tmp_path: Path, answer: str, left: str) -> None:
    import pty
    import subprocess

    from doctor_machines import ROOT

    (tmp_path / "openai.py").write_text("x = 1\n")
    ours, theirs = pty.openpty()
    try:
        os.write(ours, answer.encode())
        done = subprocess.run(
            [sys.executable, "-m", "dsadapter", "doctor", "sdk-shadow", "--fix"],
            stdin=theirs,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"},
            timeout=60,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert b"Run it? [y/N]" in done.stdout
    assert [name for name in os.listdir(tmp_path) if name.endswith(".py")] == [left]
