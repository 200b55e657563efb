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
from compat_matrix import chinese, command, digest, product, render, results, summary, tables
from compat_matrix.capabilities import CAPABILITIES, GROUPS
from compat_matrix.differences import DIFFERENCES
from matrix_samples import FILLED, NAME, SOURCE, change, failed, fill, least, sample, write

from dsadapter._cli import matrix_tables

ROOT = Path(__file__).parents[2]
COUNT, SDKS = len(FILLED), sum(row.sdk.has_sdk for row in FILLED)
CHINESE = command.CHINESE.name
PROXIES = "TypeError: __init__() got an unexpected keyword argument 'proxies'"
OTHER = "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'"


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    (tmp_path / command.DATA).parent.mkdir(parents=True)
    return fill(tmp_path / "results")


def matrix(*arguments: str) -> int:
    return command.main(["--from", "results", *arguments], Path())


def written() -> List[bytes]:
    return [path.read_bytes() for path in command.WRITTEN]


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
    assert f"follow from their {COUNT} results" in capsys.readouterr().out


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
    "none at all": (
        lambda folder: [path.unlink() for path in folder.iterdir()],
        "there is no result in results. To make them: python tests/matrix/run.py",
    ),
    "half-written": (half, f"{NAME}.json: no JSON"),
    "binary": (lambda folder: (folder / f"{NAME}.json").write_bytes(b"\xff\xfe"), "no JSON"),
    "no object": (lambda folder: (folder / f"{NAME}.json").write_text("[]"), "not an object"),
    "other schema": (edit(lambda d: d.update(schema=9)), "schema is 9"),
    "unknown capability": (
        edit(lambda d: d["native"].update(flying=d["native"]["tools"])),
        "native.flying is not known",
    ),
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
    assert sorted(os.listdir()) == ["compat_matrix.md", CHINESE, "dsadapter", "results"]


def test_every_problem_is_named(folder: Path, capsys: Any) -> None:
    half(folder)
    change(folder, lambda data: data.update(schema=9), "py38-none")
    assert matrix("--write") == 1
    err = capsys.readouterr().err
    assert f"{NAME}.json: no JSON" in err and "py38-none.json: schema is 9" in err


def test_no_such_folder(capsys: Any) -> None:
    assert matrix("--write") == 1
    assert "results is no folder" in capsys.readouterr().err


# --- the page ------------------------------------------------------------------------------------


def test_all_is_well(folder: Path) -> None:
    text = rendered(folder)
    assert f"works in {COUNT} of {COUNT} environments,\n" in text
    assert f"the SDK alone in {SDKS} of the {SDKS} that have one" in text
    assert [line for line in text.splitlines() if line[:1] == "|" and "✗" in line] == []
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
    assert f"{COUNT} environments,\nthe SDK alone in {SDKS - 2} of the {SDKS} " in text


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
    assert f"works in {COUNT - 1} of {COUNT} environments" in text
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

    for python in least(product.SDKS[0]):
        change(folder, spoil, f"py{python.replace('.', '')}-none")
    text = rendered(folder)
    assert cells(text, "At a glance", "no SDK")["3.8"] == "– / ✓"
    assert cells(text, "Code of today", "no SDK")["chat"] == "– / ✓"


def test_what_was_not_run_is_said(folder: Path) -> None:
    for path in folder.glob("py39-*.json"):
        path.unlink()
    text = rendered(folder)
    assert "- Python 3.9: not run: it was not its turn yet.\n" in text
    assert f"- Python 3.14: not run: {product.ABSENT['3.14'][0]}.\n" in text
    count = len(list(folder.iterdir()))
    on_312 = sum(row.python == "3.12" for row in set(product.REQUIRED) - set(FILLED))
    assert f"{on_312} on 3.12" in text
    assert product.ABSENT["3.14"][1] in chinese.render(results.read(folder))
    assert cells(text, "At a glance", "2.54.0")["3.8"] == ""
    assert cells(text, "At a glance", "2.54.0")["3.11"] == "·"
    write(folder, sample("py314-none"))
    again = rendered(folder)
    assert cells(again, "At a glance", "no SDK")["3.14"] == "✓ / ✓"
    assert f"works in {count + 1} of {count + 1}" in again


def test_the_page_has_every_part(folder: Path) -> None:
    text = rendered(folder)
    for group in GROUPS:
        assert f"## {group.title}\n" in text
    for capability in CAPABILITIES:
        assert f"- **{capability.column}**: {capability.title}" in text
    for difference in DIFFERENCES:
        assert difference.what in text and difference.why in text
    for row in FILLED:
        assert cells(text, "Environments", row.name)["date"] == "2026-01-02"
    assert f"- `not here`: {4 * COUNT} in {COUNT} environments" in text
    assert f"- sha256 `{SOURCE}` in {COUNT} environments" in text


# --- which code was measured ---------------------------------------------------------------------

LATER = "1" * 64


def of_later_code(data: Dict[str, Any]) -> None:
    data.update(source=LATER, started="2026-02-01T00:00:00Z", adapter="2.0.0")


def test_results_of_earlier_code_are_in_brackets_and_not_counted(folder: Path) -> None:
    change(folder, of_later_code)
    text = rendered(folder)
    assert "works in 1 of 1 environments" in text
    assert f"{len(CAPABILITIES)} capabilities each" in text
    assert "Run on 2026-02-01, Linux x86_64" in text
    assert f"Code: dsadapter 2.0.0, sha256 `{LATER[:12]}`, commit `cccccccccccc`." in text
    assert f"{COUNT - 1} environments in brackets, of earlier code, not counted." in text
    glance = cells(text, "At a glance", "1.0.0")
    assert (glance["3.8"], glance["3.11"]) == ("✓ / ✓", "(✓ / ✓)")
    assert cells(text, "Code of today", "1.0.0")["chat"] == "✓ / ✓"
    assert cells(text, "Code of today", "1.6.1")["chat"] == "(✓ / ✓)"


def test_a_failure_of_earlier_code_has_its_number_in_the_data(folder: Path) -> None:
    change(folder, proxies(PROXIES), "py311-openai1.0.0")
    change(folder, of_later_code)
    data = summary.data(results.read(folder))
    row = next(row for row in data["environments"] if row["name"] == "py311-openai1.0.0")
    assert data["notes"][row["native"]["modern-chat"] - 1]["text"] == PROXIES


def test_what_a_run_was_not_asked_is_not_run(folder: Path) -> None:
    for row in FILLED:
        if row.sdk.id == "openai1.0.0":
            change(folder, lambda data: data["native"].pop("tools"), row.name)
    text = rendered(folder)
    assert cells(text, "What DeepSeek offers", "1.0.0")["tools"] == "· / ✓"
    assert NAME in results.read(folder).unfinished(SOURCE)


def test_only_current_asks_for_the_code_that_is_here(folder: Path, capsys: Any) -> None:
    code = Path("dsadapter", "client.py")
    code.write_text("a = 1\n", encoding="utf-8")
    for row in product.REQUIRED:
        data = sample(row.name)
        data["source"] = digest.of(Path("dsadapter"))
        write(folder, data)
    matrix("--write")
    assert matrix("--check", "--current") == 0
    Path("dsadapter", "_version.py").write_text("v = 2\n", encoding="utf-8")
    assert matrix("--check", "--current") == 0  # a version is no behaviour
    code.write_text("a = 2\n", encoding="utf-8")
    assert matrix("--check") == 0
    said = capsys.readouterr()
    assert "The page is of code" in said.out and said.err == ""
    assert matrix("--check", "--current") == 1
    assert "environments have no whole result of the code here" in capsys.readouterr().err


def test_the_digest_is_of_what_can_change_behaviour(tmp_path: Path) -> None:
    def changed(name: str) -> bool:
        before = digest.of(tmp_path)
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")
        return digest.of(tmp_path) != before

    assert changed("_client/client.py") and changed("testing/contract.py")
    assert not [n for n in ("_version.py", "_texts/words.py", "_cli/matrix.json") if changed(n)]


def test_the_chinese_page_has_the_same_marks(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    english = cells(rendered(folder), "At a glance", "no SDK, lowest of all")
    page = chinese.render(results.read(folder))
    theirs = cells(page, "总览", "没有 SDK，全部最低版本")
    assert list(theirs.values())[1:] == list(english.values())[1:]
    assert f"{COUNT} 个环境里，dsadapter 在 {COUNT} 个可用" in page


# --- the data of the package ---------------------------------------------------------------------


def test_the_data_name_what_did_not_pass_and_why(folder: Path) -> None:
    change(folder, proxies(PROXIES))
    change(folder, lambda d: d["dsadapter"].update(tools=failed("no tools")), "py38-openai1.6.1")
    data = summary.data(results.read(folder))
    rows = {row["name"]: row for row in data["environments"]}
    assert list(rows) == [row.name for row in FILLED]
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


def test_tox_runs_the_same_tests() -> None:
    tomllib = pytest.importorskip("tomllib", reason="tomllib came with Python 3.11")
    tox = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["tox"]
    words = tox["env_run_base"]["commands"][0]
    assert tuple(words[-1]["default"]) == product.TESTS


def test_the_ends_of_each_row_have_all_tests() -> None:
    whole = [row.name for row in product.ENVIRONMENTS if product.tests_of(row) == product.TESTS]
    for name in ("py38-none", "py313-none", "py310-openai3.57.0", "py313-openai3.57.0"):
        assert name in whole
    for name in ("py39-none", "py312-none", "py311-openai3.57.0"):
        assert name not in whole
    assert {"py38-lowest-none", "py39-lowest-none", "py38-lowest-legacy"} <= set(whole)


def test_every_interpreter_is_required_but_the_newest() -> None:
    left_out = set(product.ENVIRONMENTS) - set(product.REQUIRED)
    assert {row.python for row in left_out} == {"3.14"}
    assert sum(row.sdk.id == "openai3.57.0-aiohttp" for row in product.REQUIRED) == 4


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
