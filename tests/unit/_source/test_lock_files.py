"""Lock files, Pipfiles, environments of conda, headers of scripts: each with its line."""

from __future__ import annotations

from typing import List, Tuple

import pytest

from dsadapter._source import declarations, lock_files

LOCK = 'version = 1\n\n[[package]]\nname = "openai"\nversion = "1.30.0"\n'
SCRIPT = '#!/bin/python\n# /// script\n# dependencies = [\n#   "openai>=1",\n# ]\n# ///\nx = 1\n'


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("uv.lock", LOCK, [("openai", "==1.30.0", 5)]),
        ("poetry.lock", LOCK, [("openai", "==1.30.0", 5)]),
        ("uv.lock", LOCK + LOCK.replace("1.30", "1.31"), []),  # one for each Python
        (
            "uv.lock",
            LOCK + '[x]\nversion = "9"\n',
            [("openai", "==1.30.0", 5)],
        ),
        (
            "Pipfile",
            '[packages]\nopenai = "==1.3"\nhttpx = "*"\n[requires]\npython_version = "3.9"\n',
            [("openai", "==1.3", 2), ("httpx", "", 3)],
        ),
        (
            "Pipfile.lock",
            '{\n "default": {\n  "openai": {"version": "==1.3"}\n },\n "develop": {}\n}',
            [("openai", "==1.3", 3)],
        ),
        (
            "environment.yml",
            "name: x\ndependencies:\n  - python=3.9\n  - pip\n  - pip:\n    - openai==1.3\n",
            [("python", "==3.9.*", 3), ("pip", "", 4), ("openai", "==1.3", 6)],
        ),
    ],
)
def test_declarations(name: str, text: str, expected: List[Tuple[str, str, int]]) -> None:
    assert declarations.is_declaration(name)
    assert [tuple(row) for row in declarations.read(name, text)] == expected


def test_a_broken_lock_declares_nothing() -> None:
    assert declarations.read("Pipfile.lock", "{") == declarations.read("Pipfile.lock", "[1]") == []


def test_the_header_of_a_script() -> None:
    assert [tuple(row) for row in lock_files.script(SCRIPT)] == [("openai", ">=1", 4)]
    one_line = SCRIPT.replace('[\n#   "openai>=1",\n# ]', '["openai>=1"]')
    assert [tuple(row) for row in lock_files.script(one_line)] == [("openai", ">=1", 3)]
    assert list(lock_files.script('# dependencies = ["openai"]\n')) == []
