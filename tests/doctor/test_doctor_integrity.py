"""RECORD against the files: missing, cut, edited; and what is none of these."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest

from dsadapter._doctor.collect.integrity import damages
from dsadapter._doctor.snapshot import Damage, Dist

TEXT = b"x = 1\n" * 100


@pytest.fixture()
def site(tmp_path: Path) -> Path:
    """A package of four files, installed a minute ago."""
    names = ("pkg/a.py", "pkg/b.py", "pkg/data.pem", "pkg/tests/c.py", "pkg/notes.md")
    rows = []
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
        digest = base64.urlsafe_b64encode(hashlib.sha256(TEXT).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(TEXT)}")
    info = tmp_path / "pkg-1.dist-info"
    info.mkdir()
    (info / "RECORD").write_text(
        "\n".join([*rows, "../../bin/pkg,sha256=x,3", "pkg-1.dist-info/RECORD,,"])
    )
    then = time.time() - 60
    for path in [*tmp_path.rglob("*"), tmp_path]:
        os.utime(path, (then, then))
    return tmp_path


def damage(site: Path) -> Damage:
    dist = Dist("pkg", "1", str(site), info="pkg-1.dist-info")
    return damages([dist]).get("pkg", Damage())


def test_as_installed(site: Path) -> None:
    assert damage(site) == Damage()


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("pkg/a.py", None, Damage(missing=("pkg/a.py",))),
        ("pkg/a.py", b"", Damage(cut=("pkg/a.py",))),
        ("pkg/a.py", TEXT[:-6], Damage(changed=("pkg/a.py",))),  # a line less: edited
        ("pkg/a.py", TEXT + b"y", Damage(changed=("pkg/a.py",))),
        ("pkg/a.py", b"y" + TEXT[1:], Damage(changed=("pkg/a.py",))),  # the size says nothing
        ("pkg/data.pem", TEXT[:-6], Damage(cut=("pkg/data.pem",))),
        ("pkg/data.pem", TEXT + b"one's own certificate", Damage()),
        ("pkg/data.pem", None, Damage(missing=("pkg/data.pem",))),
        ("pkg/tests/c.py", None, Damage()),
        ("pkg/notes.md", None, Damage()),
    ],
)
def test_otherwise(site: Path, name: str, raw: Any, expected: Damage) -> None:
    if raw is None:
        (site / name).unlink()
    else:
        (site / name).write_bytes(raw)
    assert damage(site) == expected


def test_a_file_that_was_touched_and_is_the_same(site: Path) -> None:
    (site / "pkg/a.py").write_bytes(TEXT)
    assert damage(site) == Damage()


def test_compiled_without_its_source(site: Path) -> None:
    (site / "pkg/a.py").rename(site / "pkg/a.pyc")
    assert damage(site) == Damage()


def test_no_record_no_claim(site: Path) -> None:
    (site / "pkg-1.dist-info" / "RECORD").unlink()
    (site / "pkg" / "a.py").unlink()
    assert damage(site) == Damage()
