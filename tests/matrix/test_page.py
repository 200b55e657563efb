"""``python tests/matrix/page.py``: what is a result, what becomes of it on the page."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
from compat_matrix import command, product, render, results, summary, tables
from compat_matrix.capabilities import CAPABILITIES, GROUPS
from compat_matrix.differences import DIFFERENCES
from matrix_samples import NAME, change, failed, fill, sample, write

from dsadapter._cli import matrix_tables

ROOT = Path(__file__).parents[2]
PROXIES = "TypeError: __init__() got an unexpected keyword argument 'proxies'"
OTHER = "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'"


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    (tmp_path / command.DATA).parent.mkdir(parents=True)
    return fill(tmp_path / "results")


def matrix(*arguments: str) -> int:
    return command.main(["--from", "results", *arguments], Path())


def written() -> List[bytes]:
    return [path.read_bytes() for path in (command.PAGE, command.DATA)]


def rendered(folder: Path) -> str:
    return render.render(results.read(folder))


def cells(text: str, head: str, row: str) -> Dict[str, str]:
    """A row of the table whose section is ``head``, by the names of its columns."""
    lines = text.split(f"## {head}\n", 1)[1].splitlines()
    table = [[cell.strip() for cell in x.strip("|").split("|")] for x in lines if x[:1] == "|"]
    found = next(cells for cells in table if cells[0] == row)
    return dict(zip(table[0], found))


# --- the command ---------------------------------------------------------------------------------


def test_what_was_written_follows(folder: Path, capsys: Any) -> None:
    assert matrix("--write") == 0
    assert matrix("--check") == 0
    assert "follow from their 56 results" in capsys.readouterr().out


def test_without_a_flag_the_page_is_printed(folder: Path, capsys: Any) -> None:
    assert matrix() == 0
    assert capsys.readouterr().out == rendered(folder)
    assert not Path("compat_matrix.md").exists()


def test_the_page_is_a_function_of_the_files(folder: Path, tmp_path: Path) -> None:
    assert rendered(folder) == rendered(folder) == rendered(fill(tmp_path / "again"))


@pytest.mark.parametrize("name", ["py38-openai1.0.0", "py313-newest"])
def test_one_changed_byte_is_noticed(folder: Path, name: str, capsys: Any) -> None:
    matrix("--write")
    before = Path("compat_matrix.md").read_bytes()
    path = folder / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b'"seconds": 0.1', b'"seconds": 0.2', 1))
    assert matrix("--check") == 1
    assert "does not follow" in capsys.readouterr().err
    assert Path("compat_matrix.md").read_bytes() == before


def test_a_page_edited_by_hand_is_noticed(folder: Path, capsys: Any) -> None:
    matrix("--write")
    path = Path("compat_matrix.md")
    path.write_text(path.read_text(encoding="utf-8").replace("✓ /", "✗ /", 1), encoding="utf-8")
    assert matrix("--check") == 1
    err = capsys.readouterr().err
    assert "+| no SDK" in err
    assert "compat_matrix.md does not follow" in err and "matrix.json" not in err


def test_data_edited_by_hand_are_noticed(folder: Path, capsys: Any) -> None:
    matrix("--write")
    text = command.DATA.read_text(encoding="utf-8")
    command.DATA.write_text(text.replace("2026-01-02", "2026-01-03", 1), encoding="utf-8")
    assert matrix("--check") == 1
    err = capsys.readouterr().err
    assert "dsadapter/_cli/matrix.json does not follow" in err and "compat_matrix.md" not in err


def test_nothing_to_check(folder: Path, capsys: Any) -> None:
    assert matrix("--check") == 1
    err = capsys.readouterr().err
    assert "there is no compat_matrix.md" in err and "there is no dsadapter/_cli/matrix.json" in err


def test_write_or_check() -> None:
    with pytest.raises(SystemExit) as caught:
        matrix("--write", "--check")
    assert caught.value.code == 2


# --- bad input: named, exit code 1, the page left as it was --------------------------------------


def half(folder: Path) -> None:
    path = folder / f"{NAME}.json"
    path.write_bytes(path.read_bytes()[:-40])


def edit(change_data: Callable[[Dict[str, Any]], Any]) -> Callable[[Path], None]:
    return lambda folder: change(folder, change_data)


BAD = {
    "missing": (
        lambda folder: (folder / f"{NAME}.json").unlink(),
        f"missing in results: {NAME}.json.",
    ),
    "half-written": (half, f"{NAME}.json: no JSON"),
    "binary": (lambda folder: (folder / f"{NAME}.json").write_bytes(b"\xff\xfe"), "no JSON"),
    "no object": (lambda folder: (folder / f"{NAME}.json").write_text("[]"), "not an object"),
    "other version": (edit(lambda d: d.update(adapter="0.0.1")), "adapter is '0.0.1'"),
    "other schema": (edit(lambda d: d.update(schema=9)), "schema is 9"),
    "unknown capability": (
        edit(lambda d: d["native"].update(flying=d["native"]["tools"])),
        "native.flying is not known",
    ),
    "lost capability": (edit(lambda d: d["dsadapter"].pop("tools")), "dsadapter.tools is missing"),
    "unknown outcome": (
        edit(lambda d: d["native"]["tools"].update(outcome="maybe")),
        "native.tools.outcome is 'maybe'",
    ),
    "a pass that says something": (
        edit(lambda d: d["native"]["tools"].update(text="x")),
        "native.tools is 'pass' with the text 'x'",
    ),
    "a failure without a word": (
        edit(lambda d: d["native"]["tools"].update(outcome="fail")),
        "native.tools is 'fail' with the text ''",
    ),
    "unknown field": (edit(lambda d: d.update(mood="good")), "mood is not known"),
    "lost field": (edit(lambda d: d.pop("versions")), "versions is missing"),
    "unknown backend": (edit(lambda d: d.update(backend="x")), "backend is 'x'"),
    "another backend": (edit(lambda d: d.update(backend="raw-requests")), "backend is 'raw-"),
    "no count": (
        edit(lambda d: d["tests"]["contract"].update(passed="all")),
        "tests.contract.passed is 'all'",
    ),
    "nothing ran": (
        edit(lambda d: d["tests"]["dropin"].update(passed=0)),
        "tests.dropin has no test that passed",
    ),
    "uncounted failure": (
        edit(lambda d: d["failures"].update(test_a="E")),
        "tests and failures do not agree",
    ),
    "another Python": (
        edit(lambda d: d["python"].update(version="3.9.1")),
        "python.version is '3.9.1'",
    ),
    "another's name": (
        edit(lambda d: d.update(environment="py39-none")),
        "it says that it is of py39-none",
    ),
    "no environment": (
        lambda folder: write(folder, sample(NAME), "py38-openai9"),
        "py38-openai9.json: it says that it is of",
    ),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("flag", ["--write", "--check"])
def test_bad_results(folder: Path, case: str, flag: str, capsys: Any) -> None:
    spoil, problem = BAD[case]
    matrix("--write")
    before = written()
    spoil(folder)
    capsys.readouterr()
    assert matrix(flag) == 1
    err = capsys.readouterr().err
    assert problem in err
    assert "Traceback" not in err
    assert written() == before
    assert sorted(os.listdir()) == ["compat_matrix.md", "dsadapter", "results"]


def test_every_problem_is_named(folder: Path, capsys: Any) -> None:
    half(folder)
    (folder / "py38-none.json").unlink()
    assert matrix("--write") == 1
    err = capsys.readouterr().err
    assert f"{NAME}.json" in err and "missing in results: py38-none.json" in err


def test_no_such_folder(capsys: Any) -> None:
    assert matrix("--write") == 1
    assert "results is no folder" in capsys.readouterr().err


# --- the page ------------------------------------------------------------------------------------


def test_all_is_well(folder: Path) -> None:
    text = rendered(folder)
    assert "works in 56 of 56 environments,\nthe SDK alone in 53 of the 53 " in text
    assert "✗" not in text.split("## At a glance")[1].split("## Notes")[0].split("|", 1)[1]
    assert "## Tests that failed" not in text


def proxies(text: str) -> Callable[[Dict[str, Any]], None]:
    def spoil(data: Dict[str, Any]) -> None:
        for name in ("modern-chat", "modern-stream"):
            data["native"][name] = failed(text)

    return spoil


def test_a_native_failure_has_its_text_in_a_note(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    change(folder, proxies(OTHER), "py313-openai1.0.0")
    text = rendered(folder)
    glance = cells(text, "At a glance", "1.0.0")
    assert (glance["3.8"], glance["3.11"], glance["3.13"]) == ("✗ 1 / ✓", "✓ / ✓", "✗ 2 / ✓")
    assert cells(text, "Code of today", "1.0.0")["chat"] == "✓✗ 1, 2 / ✓"
    assert f"1. `{PROXIES}`<br>1.0.0\n2. `{OTHER}`<br>1.0.0\n" in text
    assert "works in 56 of 56 environments,\nthe SDK alone in 51 of the 53 " in text


def test_what_differs_by_python_is_seen(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    text = rendered(folder)
    assert cells(text, "Code of today", "1.0.0")["chat"] == "✓✗ 1 / ✓"
    assert cells(text, "At a glance", "1.0.0")["3.13"] == "✓ / ✓"


def test_one_text_is_one_note(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    change(folder, proxies(PROXIES), "py38-openai1.6.1")
    assert f"1. `{PROXIES}`<br>1.0.0; 1.6.1\n" in rendered(folder)


def test_a_failure_of_dsadapter_cannot_be_overlooked(folder: Path) -> None:
    change(folder, lambda data: data["dsadapter"].update(tools=failed("no tools")))
    text = rendered(folder)
    assert "works in 55 of 56 environments" in text
    assert cells(text, "At a glance", "1.0.0")["3.8"] == "✓ / ✗"
    assert cells(text, "What DeepSeek offers", "1.0.0")["tools"] == "✓ / ✓✗ 1"
    assert "1. `no tools`<br>1.0.0 with dsadapter" in text


def test_a_failed_test_is_shown(folder: Path) -> None:
    def spoil(data: Dict[str, Any]) -> None:
        data["tests"]["dropin"]["failed"] = 1
        data["failures"] = {"tests/dropin/test_run.py::test_it (call)": "assert 1 == 2"}

    change(folder, spoil)
    text = rendered(folder)
    assert cells(text, "At a glance", "1.0.0")["3.8"] == "✓ / ✗"
    assert cells(text, "Tests that failed", NAME)["text"] == "`assert 1 == 2`"


def test_without_an_sdk_nothing_is_asked_of_it(folder: Path) -> None:
    def spoil(data: Dict[str, Any]) -> None:
        for capability in CAPABILITIES:
            row = {"outcome": "not-applicable", "text": "no SDK", "seconds": 0.0}
            data["native"][capability.id] = row

    for python in product.least(product.SDKS[0]):
        change(folder, spoil, f"py{python.replace('.', '')}-none")
    text = rendered(folder)
    assert cells(text, "At a glance", "no SDK")["3.8"] == "– / ✓"
    assert cells(text, "Code of today", "no SDK")["chat"] == "– / ✓"


def test_what_was_not_run_is_said(folder: Path) -> None:
    text = rendered(folder)
    assert "No environment was run on Python 3.9, 3.14.\n" in text
    assert "Of 100 environments 56 were run" in text
    assert cells(text, "At a glance", "2.54.0")["3.8"] == ""
    assert cells(text, "At a glance", "2.54.0")["3.11"] == "·"
    write(folder, sample("py314-none"))
    again = rendered(folder)
    assert cells(again, "At a glance", "no SDK")["3.14"] == "✓ / ✓"
    assert "works in 57 of 57" in again


def test_the_page_has_every_part(folder: Path) -> None:
    text = rendered(folder)
    for group in GROUPS:
        assert f"## {group.title}\n" in text
    for capability in CAPABILITIES:
        assert f"- **{capability.column}**: {capability.title}" in text
    for difference in DIFFERENCES:
        assert difference.what in text and difference.why in text
    for row in product.REQUIRED:
        assert cells(text, "Environments", row.name)["date"] == "2026-01-02"
    assert "- `not here`: 224 in 56 environments" in text
    assert f"- sha256 `{'0' * 64}` in 56 environments" in text


# --- the data of the package ---------------------------------------------------------------------


def test_the_data_name_what_did_not_pass_and_why(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    change(folder, lambda d: d["dsadapter"].update(tools=failed("no tools")), "py38-openai1.6.1")
    data = summary.data(results.read(folder))
    rows = {row["name"]: row for row in data["environments"]}
    assert list(rows) == [row.name for row in product.REQUIRED]
    numbers = rows[NAME]["native"]
    assert set(numbers) == {"modern-chat", "modern-stream"}
    assert {data["notes"][number - 1]["text"] for number in numbers.values()} == {PROXIES}
    (number,) = rows["py38-openai1.6.1"]["dsadapter"].values()
    assert data["notes"][number - 1] == {"text": "no tools", "of": ["1.6.1 with dsadapter"]}
    assert json.loads(summary.render(results.read(folder))) == data


def test_the_data_have_the_tables_of_the_page(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    text = rendered(folder)
    for table in summary.data(results.read(folder))["tables"]:
        for row in table["rows"]:
            assert cells(text, table["en"], row[0]) == dict(zip(table["head"], row))


def test_the_marks_are_those_of_the_command() -> None:
    marks = {name: getattr(tables, name) for name in matrix_tables.MARKS}
    assert marks == matrix_tables.MARKS
    assert tables.MIXED == tables.PASS + tables.FAIL


def test_every_title_is_in_both_languages() -> None:
    for row in (*GROUPS, *CAPABILITIES):
        assert row.title.isascii() and row.chinese and row.chinese != row.title
        assert row.title.count("`") == row.chinese.count("`"), row.id


# --- the script ----------------------------------------------------------------------------------


def test_the_script_runs_from_anywhere_with_nothing_installed(tmp_path: Path) -> None:
    script = [sys.executable, "-E", "-S", str(ROOT / "tests" / "matrix" / "page.py"), "--check"]
    done = subprocess.run(script, cwd=str(tmp_path), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"follow from their" in done.stdout


# --- the product ---------------------------------------------------------------------------------


def test_tox_has_every_environment_of_the_product() -> None:
    tomllib = pytest.importorskip("tomllib", reason="tomllib came with Python 3.11")
    tox = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["tox"]
    products = [row["product"] for row in tox["env_list"] if isinstance(row, dict)]
    names = ["-".join(factors) for row in products for factors in itertools.product(*row)]
    assert sorted(names) == sorted(row.name for row in product.ENVIRONMENTS)
    spelled_out = [row for row in tox["env_list"] if isinstance(row, str)]
    assert [name for name in spelled_out if name.startswith("py")] == []


def test_the_least_is_the_lowest_a_middle_and_the_newest() -> None:
    sdks = {sdk.id: product.least(sdk) for sdk in product.SDKS}
    assert sdks["none"] == ("3.8", "3.11", "3.13")
    assert sdks["openai3.54.0"] == ("3.10", "3.12", "3.13")
    assert sdks["lowest-modern"] == ("3.8",)


def test_the_lowest_are_the_bounds_of_pyproject() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needs = text.split("\ndependencies = [", 1)[1].split("]", 1)[0]
    lowest = next(sdk for sdk in product.SDKS if sdk.id == "lowest-modern").requirements
    pins = dict(requirement.split("==") for requirement in lowest)
    for line in needs.split():
        name, bound = line.strip('",').split(">=")
        assert pins[name].startswith(bound), line


def test_the_committed_files_follow_from_the_committed_results(capsys: Any) -> None:
    assert command.main(["--check"]) == 0, capsys.readouterr().err


def test_the_page_names_no_folder_of_its_writer() -> None:
    for path in (ROOT / "tests" / "matrix" / "results").glob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        texts = [row["text"] for row in data["native"].values()] + list(data["failures"].values())
        assert not [text for text in texts if "/home/" in text or "/tmp/" in text], path.name
