"""The pages and pictures of what was measured follow from the results, and say what is missing."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Dict, List

import pytest
from pages import ROOT, read

BENCHMARKS = ROOT / "benchmarks"
sys.path.append(str(BENCHMARKS))
from bench import (  # noqa: E402
    contract,
    docs_pages,
    figures_page,
    gateway_report,
    measures,
    report,
    svg,
)
from bench.docs_pages import Measured  # noqa: E402
from bench.results import Results  # noqa: E402
from bench.words import LANGUAGES  # noqa: E402

RESULTS = BENCHMARKS / "results"
NOTHING = Measured(Results({}), {}, {})


# --- they follow ---------------------------------------------------------------------------------


def test_the_pages_follow_from_the_results() -> None:
    """If not: python benchmarks/figures.py --write"""
    outdated = {**docs_pages.outdated(), **figures_page.outdated()}
    assert [path.name for path in outdated] == []


def test_the_tables_and_pictures_follow_from_the_results() -> None:
    """If not: python benchmarks/run.py --render"""
    drawn = report.pages(*report.read(RESULTS))
    assert drawn
    assert [name for name, text in drawn.items() if read(RESULTS / name) != text] == []


def test_every_picture_of_the_pages_is_drawn() -> None:
    drawn = report.pages(*report.read(RESULTS))
    for path in docs_pages.PAGES.values():
        shown = re.findall(r"!\[[^]]+\]\([./]*benchmarks/results/([\w-]+\.svg)\)", read(path))
        assert shown
        assert [name for name in shown if name not in drawn] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_block(language: str) -> None:
    names = [match[1] for match in docs_pages.BLOCK.findall(read(docs_pages.PAGES[language]))]
    assert sorted(names) == sorted(docs_pages.BLOCKS)


def test_another_number_makes_another_page() -> None:
    data, text = docs_pages.measured(), read(docs_pages.PAGES["en"])
    for item in data.results.samples("chunk", "raw:modern"):
        item["cpu_us"] *= 100
    assert docs_pages.page(text, data, "en") != text
    assert figures_page.page(data, figures_page.entries(), "en") != read(figures_page.PAGES["en"])


# --- what was not measured -----------------------------------------------------------------------


def test_of_nothing_no_figure_is_held() -> None:
    found = [*contract.verdicts(NOTHING.results), *contract.of_gateway({})]
    assert len(found) > 50
    assert {(verdict.measured, verdict.held) for verdict in found} == {("not measured", None)}


@pytest.mark.parametrize(("language", "word"), [("en", "not measured"), ("zh", "未测")])
def test_the_page_says_what_was_not_measured(language: str, word: str) -> None:
    text = figures_page.page(NOTHING, {}, language)
    for title, _ in figures_page.GLANCE.values():
        (line,) = (x for x in text.split("\n") if x.startswith(f"| {title[language == 'zh']} |"))
        assert f"| {word} | – | – | `python benchmarks/figures.py --measure" in line


def test_the_chinese_page_has_no_english_words_of_the_figures() -> None:
    """Beside names of packages, faces and units."""
    text = figures_page.page(NOTHING, {}, "zh")
    for word in (
        "measured",
        "stream",
        "chunk",
        "call",
        "hand",
        "gateway:",
        "memory",
        "lost",
        "own",
    ):
        assert not re.search(rf"\b{word}\b", re.sub(r"`[^`]*`|\([^)]*\)", "", text)), word


# --- runs ----------------------------------------------------------------------------------------


def run_of(date: str, source: str) -> Dict[str, Any]:
    machine = {"date": date, "cpu": "x", "cores": 2, "python": "CPython 3.11.7"}
    return {"machine": machine, "source": source, "commit": "c", "command": "python x"}


def column(id: str) -> Dict[str, Any]:
    return {"id": id, "key": "cpu_us"}


def measured_columns(*ids: str) -> Dict[str, Any]:
    samples = {id: {"raw:modern": [{"cpu_us": 1.0}]} for id in ids}
    return {"columns": [column(id) for id in ids], "samples": samples, "absent": {}}


def test_parts_of_one_state_are_one() -> None:
    results = Results({})
    results.take(measured_columns("call", "chunk"), run_of("2026-01-01", "a"))
    results.take({"scale": []}, run_of("2026-01-02", "a"))
    assert [names for _, names in results.runs()] == [["call", "chunk"], ["scale"]]
    assert results.is_of_one_state()


def test_parts_of_two_states_are_told_apart() -> None:
    results = Results({})
    results.take(measured_columns("call", "chunk"), run_of("2026-01-01", "a"))
    results.take(measured_columns("chunk"), run_of("2026-01-02", "b"))
    assert [names for _, names in results.runs()] == [["call"], ["chunk"]]
    assert not results.is_of_one_state()
    text = docs_pages.runs(Measured(results, {}, {}), "en")
    assert docs_pages.WORDS["en"].differ in text


def test_a_run_of_which_nothing_is_left_is_forgotten() -> None:
    results = Results({})
    results.take(measured_columns("call"), run_of("2026-01-01", "a"))
    results.take(measured_columns("call"), run_of("2026-01-02", "b"))
    assert [run["source"] for run, _ in results.runs()] == ["b"]
    assert results.is_of_one_state()


# --- the gateway ---------------------------------------------------------------------------------


def gateway(cpu: float, lost: int = 0) -> Dict[str, Any]:
    task = {"cpu_us": cpu, "p99_ms": 1.0, "calls": 10, "complete": 10 - lost, "peak_kb": 1024}
    tasks = {name: dict(task) for name in gateway_report.TITLES}
    return {**tasks, "ready_ms": 10.0, "ready_cpu_ms": 10.0}


def held(medians: Dict[str, Any]) -> List[Any]:
    return [line.held for line in gateway_report.rows({"medians": medians}) if line.figure]


def test_the_gateways_figures() -> None:
    assert set(held({"by hand": gateway(10), "gateway": gateway(16)})) == {True}
    assert held({"by hand": gateway(10), "gateway": gateway(18)}).count(False) == 2
    assert held({"by hand": gateway(10), "gateway": gateway(16, lost=1)}).count(False) == 2
    assert set(held({"by hand": gateway(10)})) == {None}


def test_the_memory_of_a_worker_is_that_before_thousands_of_streams() -> None:
    mine = gateway(16)
    mine["open"]["peak_kb"] = 100 * 1024
    assert set(held({"by hand": gateway(10), "gateway": mine})) == {True}
    mine["paced"]["peak_kb"] = 26 * 1024
    assert held({"by hand": gateway(10), "gateway": mine}).count(False) == 1


# --- what the tools of the tests print -----------------------------------------------------------


def test_what_tools_print_is_read() -> None:
    text = "survived: x\n499 of 500 tried; 450 of 460 killed (97.8%); 39 cannot matter\n"
    assert measures.mutation(text) == {"tried": 499, "sample": 500, "killed": 450, "counted": 460}
    rates = "440 of 450 right, 3 wrong, 0 of them certain\n.430 of 450 right, 2 wrong, 1 of them"
    text = f"..152 of 155 findings true\n{rates} certain\n.157 of 160 found\n20 of 20 found\n."
    value = measures.doctor(text)
    assert (value["true"], value["findings"]) == (152, 155)
    assert (value["right"], value["wrong"], value["wrong_and_certain"]) == (430, 3, 1)
    assert (value["found"], value["faulty"]) == (177, 180)
    text = "...\n2 failed, 80 passed, 3 skipped in 3.2s\n"
    assert measures.passed(text) == {"passed": 80, "failed": 2, "error": 0}


@pytest.mark.parametrize("read_output", [measures.mutation, measures.doctor, measures.passed])
def test_what_they_did_not_print_is_no_figure(read_output: Any) -> None:
    with pytest.raises(ValueError, match="no|not|nothing"):
        read_output("collected 3 items\n")


def test_the_entries_say_where_they_are_from() -> None:
    for name, about in json.loads(read(RESULTS / "figures.json")).items():
        assert name in measures.MEASURES
        for key in ("date", "commit", "source", "command", "python", "system", "value"):
            assert about[key], (name, key)


# --- pictures ------------------------------------------------------------------------------------


def test_every_colour_of_a_picture_has_a_dark_one() -> None:
    text = svg.bars([("title", [svg.Bar("label", 1.0, "1", "ours")])])
    used = set(re.findall(r'class="(\w+)"', text))
    assert used == {"ground", "ink", "ours"}
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    for name in used:
        assert f".{name}{{color:{svg.COLOURS[name][0]}}}" in light
        assert f".{name}{{color:{svg.COLOURS[name][1]}}}" in dark


def test_a_logarithmic_axis_holds_every_value() -> None:
    for values in ([0.4, 900.0], [3.0, 4.0], [10.0, 10.0], [120.0, 2500.0]):
        scale = svg._scale(values, True)
        assert all(0 <= scale.height(value) <= 1 for value in values), values
        assert 2 <= len(scale.marks) <= 12


def test_the_files_of_the_benchmarks_are_short() -> None:
    paths: List[Path] = sorted(BENCHMARKS.rglob("*.py"))
    assert [path.name for path in paths if len(read(path).splitlines()) > 400] == []
