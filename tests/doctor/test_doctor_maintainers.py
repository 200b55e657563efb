"""What maintainers set: comments, pyproject.toml, a baseline, SARIF, and the line that counts."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, List

import pytest
from doctor_machines import machine

from dsadapter._doctor import progress, scan
from dsadapter._source import tool_table

CODE = "MODEL = 'deepseek-chat'\nKEY = 'sk-0123456789abcdef0123456789abcdef'\n"
IDS = ["code-key-literal", "code-retired-model"]


def ids(folder: Path) -> List[str]:
    found = scan.scan((str(folder),), machine("3.54.0"))
    return sorted(hit.rule for hit in found.hits)


@pytest.mark.parametrize(
    "comment, expected",
    [
        ("", IDS),
        ("  # dsadapter: ignore", ["code-key-literal"]),
        ("  # dsadapter: ignore[code-retired-model]", ["code-key-literal"]),
        ("  # dsadapter: ignore[code-pins, code-retired-model]  why", ["code-key-literal"]),
        ("  # dsadapter: ignore[code-key-literal]", IDS),
    ],
)
def test_a_comment_ignores_its_line(comment: str, expected: List[str], tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(CODE.replace("\n", f"{comment}\n", 1))
    assert ids(tmp_path) == expected


PINS = {
    "requirements.txt": "# ours\nopenai==1.55.2{}\nhttpx==0.28.1\n",
    "pyproject.toml": '[project]\ndependencies = [\n  "openai==1.55.2",{}\n  "httpx==0.28.1",\n]\n',
    "environment.yml": "dependencies:\n  - openai=1.55.2{}\n  - httpx=0.28.1\n",
    "app.py": (
        '# /// script\n# dependencies = [\n#   "openai==1.55.2",{}\n#   "httpx==0.28.1",\n# ]\n'
        "# ///\nimport openai\n"
    ),
}


@pytest.mark.parametrize("name", PINS)
def test_a_comment_in_a_file_of_requirements(name: str, tmp_path: Path) -> None:
    for comment, expected in (
        ("", ["code-pins"]),
        ("  # dsadapter: ignore[code-pins]", []),
        ("  # dsadapter: ignore[code-thinking]", ["code-pins"]),
    ):
        (tmp_path / name).write_text(PINS[name].format(comment))
        assert ids(tmp_path) == expected


@pytest.mark.parametrize(
    "comment, expected",
    [
        ("", ["code-install", "code-retired-model"]),
        ("  # dsadapter: ignore[code-install]", ["code-retired-model"]),
    ],
)
def test_a_comment_in_a_cell(comment: str, expected: List[str], tmp_path: Path) -> None:
    cells = [f"!pip install openai==0.28{comment}\n", "model = 'deepseek-chat'\n"]
    path = tmp_path / "a.ipynb"
    for ignored, rules in (("", expected), ("  # dsadapter: ignore", expected[:-1])):
        sources = [cells[0], cells[1].replace("\n", f"{ignored}\n")]
        rows = [{"cell_type": "code", "source": [source]} for source in sources]
        path.write_text(json.dumps({"cells": rows}))
        assert ids(tmp_path) == rules


def test_a_comment_on_an_import_that_nobody_declares(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("openai\n")
    (tmp_path / "app.py").write_text("import openai\nimport httpx\n")
    assert ids(tmp_path) == ["code-httpx-undeclared"]
    (tmp_path / "app.py").write_text("import openai\nimport httpx  # dsadapter: ignore\n")
    assert ids(tmp_path) == []


@pytest.mark.parametrize(
    "options, expected",
    [
        ('ignore = ["code-retired-model"]', ["code-key-literal"]),
        ('ignore = [\n  "code-key-*",  # why\n]', ["code-retired-model"]),
        ('select = ["code-key-literal"]', ["code-key-literal"]),
        ('exclude = ["src"]', []),
        ('exclude = ["src/*.py"]', []),
        ('exclude = ["other"]', IDS),
    ],
)
def test_pyproject_chooses_rules_and_files(
    options: str, expected: List[str], tmp_path: Path
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(CODE)
    (tmp_path / "pyproject.toml").write_text(f"[tool.dsadapter.doctor]\n{options}\n[tool.x]\n")
    assert ids(tmp_path) == expected
    assert ids(tmp_path / "src") == expected


def test_only_the_section_of_ours_counts() -> None:
    text = "[tool.other]\nignore = ['a']\n[tool.dsadapter.doctor]\nother = ['b']\n"
    assert tool_table.read(text) == tool_table.Options()


def test_a_baseline_leaves_out_what_was_there(run: Any, tmp_path: Path) -> None:
    doctor = ("doctor", "code", "app.py", "--no-probe", "--strict")
    (tmp_path / "app.py").write_text(CODE)
    before = run(*doctor, "--json")
    assert before.code == 1
    (tmp_path / "base.json").write_text(before.out, encoding="utf-8")
    (tmp_path / "app.py").write_text("\n\n" + CODE)
    assert run(*doctor, "--baseline", "base.json").code == 0
    (tmp_path / "app.py").write_text(CODE + "model = 'deepseek-chat'\n")
    after = run(*doctor, "--baseline", "base.json", "--json")
    faults = [row["id"] for row in after.data["findings"] if row["status"] == "warn"]
    assert (after.code, faults) == (1, ["code-retired-model"])


@pytest.mark.parametrize("content", [None, "{}", "[]", "no json"])
def test_what_is_no_baseline_is_said(content: Any, run: Any, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "base.json").write_text(content)
    ran = run("doctor", "code", "--no-probe", "--baseline", "base.json")
    assert ran.code == 2
    assert "base.json cannot be read" in ran.err


def test_sarif(run: Any, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(CODE)
    run("doctor", "code", "app.py", "--no-probe", "--sarif", "out.sarif")
    data = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    assert data["version"] == "2.1.0"
    (one,) = data["runs"]
    assert sorted(rule["id"] for rule in one["tool"]["driver"]["rules"]) == IDS
    results = {row["ruleId"]: row for row in one["results"]}
    physical = results["code-key-literal"]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "app.py"}
    assert physical["region"]["startLine"] == 2
    assert results["code-key-literal"]["level"] == "warning"
    assert "0123456789abcdef" not in json.dumps(data)


def test_the_line_that_counts(monkeypatch: Any) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    times = iter([0.0, 1.0, 2.5, 2.5, 2.6])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(times))
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(progress.counted(["a", "b", "c"])) == ["a", "b", "c"]
    assert "1/3" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\r")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert list(progress.counted(["a"])) == ["a"]
    assert sys.stderr.getvalue() == ""


def test_a_file_that_is_data_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "data.py").write_text("import openai\nx = [" + "1," * 150_000 + "]")
    found = scan.scan((str(tmp_path),), machine("3.54.0"))
    assert ["data rather than code" in why for _, why in found.unparsed] == [True]
