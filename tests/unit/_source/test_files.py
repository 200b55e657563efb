"""Which files of a project are read, and what cannot be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dsadapter._source import files


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def test_source_and_requirement_files_are_found_and_environments_are_not(tmp_path: Path) -> None:
    write(tmp_path, "app.py", "pkg/mod.pyw", "requirements.txt", "notes.txt", "setup.cfg")
    write(tmp_path, "node_modules/a.py", "env/pyvenv.cfg", "env/lib/b.py", "x.egg-info/c.py")
    python, declared, _ = files.project_files((str(tmp_path),))
    assert [os.path.relpath(path, tmp_path) for path in python] == [
        "app.py",
        os.path.join("pkg", "mod.pyw"),
    ]
    assert [os.path.basename(path) for path in declared] == ["requirements.txt", "setup.cfg"]


def test_a_single_file_brings_the_requirements_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "app.py", "other.py", "pyproject.toml")
    python, declared, _ = files.project_files((str(tmp_path / "app.py"),))
    assert [os.path.basename(path) for path in (*python, *declared)] == ["app.py", "pyproject.toml"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        files.read_file(str(tmp_path))


def test_a_module_is_decoded_by_its_own_encoding_line() -> None:
    text = "# coding: gbk\nname = '你好'\n"
    assert files.decode_python(text.encode("gbk")) == text
    with pytest.raises(SyntaxError):
        files.decode_python(b"# coding: no-such-encoding\n")


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: Any) -> None:
    write(tmp_path, "app.py")
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    found = files.project_files((str(tmp_path),))
    assert [(os.path.basename(path), why) for path, why in found.unreadable] == [
        ("closed", "Permission denied")
    ]
    assert len(found.code) == 1
