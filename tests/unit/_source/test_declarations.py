"""Requirement files: each declaration with its line."""

from __future__ import annotations

from typing import List, Tuple

import pytest

from dsadapter._source import declarations


@pytest.mark.parametrize(
    "name, text, expected",
    [
        (
            "requirements.txt",
            "# comment\nopenai>=1  # why\n-r other.txt\nhttpx==0.27 --hash=sha256:1\n./local\n",
            [("openai", ">=1", 2), ("httpx", "==0.27", 4)],
        ),
        ("requirements.txt", "x; python_version < '3'\ny\n", [("y", "", 2)]),
        (
            "pyproject.toml",
            '[project]\nname = "a"\ndependencies = [\n  "openai>=1",\n  "httpx",\n]\n',
            [("openai", ">=1", 4), ("httpx", "", 5)],
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.8"\nopenai = "^1.2"\nhttpx = "~0.27"\n',
            [("openai", ">=1.2,<2", 3), ("httpx", ">=0.27,<0.28", 4)],
        ),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    openai>=1\n    httpx\n",
            [("openai", ">=1", 3), ("httpx", "", 4)],
        ),
    ],
)
def test_declarations(name: str, text: str, expected: List[Tuple[str, str, int]]) -> None:
    assert [tuple(row) for row in declarations.read(name, text)] == expected


@pytest.mark.parametrize("name", ["requirements-dev.txt", "constraints.in", "setup.cfg"])
def test_a_requirement_file_is_known_by_its_name(name: str) -> None:
    assert declarations.is_declaration(name)
    assert not declarations.is_declaration("notes.txt")
