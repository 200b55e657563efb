"""docs/figures.md and its Chinese twin, written whole from the results."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import docs_pages, machine
from .contract import Verdict, of_gateway, verdicts
from .docs_pages import Measured
from .envs import REPOSITORY
from .figures_words import WORDS, Words
from .measures import MEASURES
from .parts import ANSWER_ROWS, RATE
from .results import of_state
from .rows import BY_ID
from .table import grown, markdown, times
from .words import said

FIGURES = docs_pages.RESULTS / "figures.json"
PAGES = {"en": REPOSITORY / "docs/figures.md", "zh": REPOSITORY / "docs/zh/figures.md"}
MUCH_KB = 1024  # a whole reply that takes less says nothing about memory
Entries = Dict[str, Any]


def entries() -> Entries:
    """figures.json; nothing where there is none."""
    return json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}


def outdated() -> Dict[Path, str]:
    """The pages that do not follow from the results, and what they should be."""
    data, known = docs_pages.measured(), entries()
    texts = {path: page(data, known, language) for language, path in PAGES.items()}
    return {path: text for path, text in texts.items() if not path.exists() or read(path) != text}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def other_states() -> Iterator[str]:
    """What was measured of other sources than this checkout's."""
    here = machine.source_digest()
    for name, about in _abouts(docs_pages.measured(), entries()):
        if about.get("source") != here:
            yield f"{name} is of other sources than this checkout's (commit {_commit(about)})"


def _abouts(data: Measured, known: Entries) -> Iterator[Tuple[str, Dict[str, Any]]]:
    for run, names in data.results.runs():
        yield f"results.json ({', '.join(names)})", run
    for name, about in (("gateway.json", data.gateway), ("soak.json", data.soak)):
        if about:
            yield name, about
    yield from known.items()


def _commit(about: Dict[str, Any]) -> str:
    return str(about.get("commit") or "–")


# --- the page ------------------------------------------------------------------------------------


def page(data: Measured, known: Entries, language: str) -> str:
    """The whole page in a language."""
    words = WORDS[language]
    found = [*verdicts(data.results), *of_gateway(data.gateway)]
    parts = [f"# {words.title}\n", words.intro + "\n", glance(data, known, found, language)]
    parts += [f"## {words.contract}\n", contract(found, language)]
    parts += [f"## {words.answers}\n", words.answers_intro + "\n", answers(data, language)]
    parts += [f"## {words.sizes}\n", sizes(known, language)]
    parts += [f"## {words.install}\n", install(known, language)]
    return "\n".join(parts)


# --- at a glance ---------------------------------------------------------------------------------


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _mutation(v: Any) -> Tuple[str, str]:
    share, tried = _percent(v["killed"], v["counted"]), f"{v['tried']} of {v['sample']}"
    zh = f"{v['sample']} 个变异中试了 {v['tried']} 个，能有影响的 {v['counted']} 个里发现 "
    return (
        f"{share}: {tried} mutants tried, {v['killed']} of {v['counted']} that matter noticed",
        f"{share}：{zh}{v['killed']} 个",
    )


def _doctor(v: Any) -> Tuple[str, str]:
    true, right = _percent(v["true"], v["findings"]), _percent(v["right"], v["texts"])
    found = _percent(v["found"], v["faulty"])
    return (
        f"{true} of {v['findings']} findings on strangers' code true; {found} of {v['faulty']} "
        f"faulty spellings found; explain right on {right} of {v['texts']} texts, {v['wrong']} "
        f"wrong, "
        f"{v['wrong_and_certain']} of them certain (on the SDK where it does worst)",
        f"别人代码里的 {v['findings']} 个发现 {true} 属实；{v['faulty']} 种错误写法找到 {found}；"
        f"explain "
        f"对 {v['texts']} 段文字答对 {right}，答错 {v['wrong']}，其中自称确定的 "
        f"{v['wrong_and_certain']}"
        "（取最差的 SDK）",
    )


def _environments(v: Any) -> Tuple[str, str]:
    wrong = v["failed"] + v["error"]
    return (
        f"{v['passed']} broken and healthy environments judged and mended rightly, {wrong} not",
        f"{v['passed']} 个损坏的和健康的环境判断和修复正确，{wrong} 个不正确",
    )


def _typing(v: Any) -> Tuple[str, str]:
    share = f"{100 * v['score']:.1f} %"
    return (
        f"{share}: {v['known']} of {v['symbols']} exported symbols have known types",
        f"{share}：导出的 {v['symbols']} 个符号中 {v['known']} 个类型完整",
    )


def _wheel(v: Any) -> Tuple[str, str]:
    kb = {name: f"{v[name] / 1024:,.0f} KB" for name in v if name.endswith("_bytes")}
    wheel, unpacked, sdist = kb["wheel_bytes"], kb["unpacked_bytes"], kb["sdist_bytes"]
    return (
        f"{wheel}, {v['files']} files, {unpacked} unpacked; sdist {sdist}",
        f"{wheel}，{v['files']} 个文件，解开后 {unpacked}；sdist {sdist}",
    )


def _install(v: Any) -> Tuple[str, str]:
    plain = v["extras"][""]
    megabytes = f"{plain['bytes'] / 1024 / 1024:.1f} MB"
    return (
        f"{plain['packages']} packages, {megabytes}, {plain['seconds']} s",
        f"{plain['packages']} 个包，{megabytes}，{plain['seconds']} 秒",
    )


def _sizes(v: Any) -> Tuple[str, str]:
    rooms = v["rooms"].values()
    files, code = (sum(room[key] for room in rooms) for key in ("files", "code"))
    return f"{code:,} lines of code in {files} files", f"{files} 个文件，{code:,} 行代码"


# Entry -> its title in both languages, and what is said of its value.
GLANCE: Dict[str, Tuple[Tuple[str, str], Callable[[Any], Tuple[str, str]]]] = {
    "doctor": (("doctor's rates", "doctor 的准确率"), _doctor),
    "environments": (("environments, broken for real", "真正损坏的环境"), _environments),
    "mutation": (("changes of the core that its tests notice", "核心的改动被测试发现"), _mutation),
    "typing": (("complete types (pyright)", "类型完整度（pyright）"), _typing),
    "sizes": (("size", "规模"), _sizes),
    "wheel": (("wheel", "wheel"), _wheel),
    "install": (("install, without extras", "安装，不带附加项"), _install),
}


def glance(data: Measured, known: Entries, found: List[Verdict], language: str) -> str:
    """One line for each kind of figure."""
    second = language == "zh"
    lines = [*_runs(data, found, second)]
    for name, (title, told) in GLANCE.items():
        about = known.get(name)
        value = told(about["value"])[second] if about else WORDS[language].marks[None]
        lines.append([title[second], value, *_when(about, MEASURES[name].shown(name))])
    return markdown(WORDS[language].glance, lines).replace("---:", "---")


def _when(about: Optional[Dict[str, Any]], command: str) -> List[str]:
    if about is None:
        return ["–", "–", f"`{command}`"]
    date = about["date"] if "date" in about else about["machine"]["date"]
    return [date[:10], _commit(about), f"`{about['command']}`"]


def _runs(data: Measured, found: List[Verdict], second: bool) -> Iterator[List[str]]:
    """The benchmark, the gateway's, the soak."""
    of_gateways = {verdict.what for verdict in of_gateway({})}
    for title, command, about, ours in (
        (("benchmark", "性能"), "run.py", [run for run, _ in data.results.runs()], False),
        (("gateway", "网关"), "gateway.py", [data.gateway] if data.gateway else [], True),
    ):
        states = [v.held for v in found if (v.what in of_gateways) is ours]
        held, no, unknown = (states.count(state) for state in (True, False, None))
        said_of = (
            f"{held} figures held, {no} not held, {unknown} not measured",
            f"{held} 项达到，{no} 项没有，{unknown} 项未测",
        )
        differ = (" (**of different states**)", "（**不是同一版本**）")
        more = differ[second] if len({of_state(run) for run in about}) > 1 else ""
        when = _when(about[-1] if about else None, f"python benchmarks/{command}")
        yield [title[second], said_of[second] + more, *when]
    yield _soak(data.soak, second)


def _soak(soak: Dict[str, Any], second: bool) -> List[str]:
    told = ("not measured", "未测")
    if soak:
        summary = soak["summary"]
        ends = ("every outcome as expected", "结果全部与预期一致")
        if not summary["held"]:
            ends = ("**not as expected**", "**与预期不一致**")
        told = (
            f"{summary['calls']:,} calls, {summary['faults']:,} with a fault: {ends[0]}",
            f"{summary['calls']:,} 次调用，{summary['faults']:,} 次有故障：{ends[1]}",
        )
    when = _when(soak or None, "python benchmarks/soak.py")
    return [("soak", "耐久测试")[second], told[second], *when]


# --- the parts -----------------------------------------------------------------------------------


def contract(found: List[Verdict], language: str) -> str:
    """Each figure, and what the results say of it."""
    words, states = WORDS[language], [verdict.held for verdict in found]
    held, failed, unknown = (states.count(state) for state in (True, False, None))
    told = words.contract_intro.format(held=held, failed=failed, unknown=unknown)
    lines = []
    for verdict in found:
        cells = (said(text, language) for text in (verdict.what, verdict.figure, verdict.measured))
        lines.append([*cells, words.marks[verdict.held]])
    return f"{told}\n\n{markdown(words.contract_head, lines)}"


def answers(data: Measured, language: str) -> str:
    """The tutorial's two claims, and what was measured."""
    words, found = WORDS[language], list(_answers(data))
    if not found:
        return words.marks[None] + "\n"
    lines = [_answer_line(answer, language) for answer in found]
    table = markdown(words.answers_head, lines)
    return "\n".join([*_claims(found, words), table])


class Answer(NamedTuple):
    """One size on one backend: whole, as a stream, as a stream whose texts are joined."""

    row: str
    size: int
    rate: int
    first: List[float]
    end: List[float]
    memory: List[float]  # MB


def _answers(data: Measured) -> Iterator[Answer]:
    every = sorted({(p["rate"], p["size"]) for p in data.results.points("answers")})
    for rate, size in every:
        for row in ANSWER_ROWS:
            first, end, memory = [], [], []
            for mode in ("whole", "stream", "joined"):
                wanted = {"row": row, "size": size, "rate": rate, "mode": mode}
                points = [p for p in data.results.points("answers", **wanted) if "peak_kb" in p]
                if points:
                    first.append(median(p["first_s"] for p in points))
                    end.append(median(p["whole_s"] for p in points))
                    memory.append(median(grown(p) for p in points))
            if len(memory) == 3:
                yield Answer(row, size, rate, first, end, memory)


def _claims(found: List[Answer], words: Words) -> Iterator[str]:
    """What follows from the numbers, in two sentences."""
    large = [a for a in found if not a.rate and a.memory[0] * 1024 >= MUCH_KB]
    if large:
        less = [100 * (1 - a.memory[1] / a.memory[0]) for a in large]
        joined = [a.memory[2] / a.memory[0] for a in large]
        facts = {"sizes": _sizes_of(large), "low": min(less), "high": max(less)}
        facts.update(joined_low=min(joined), joined_high=max(joined))
        yield words.answers_said.format(**facts) + "\n"
    paced = [a for a in found if a.rate]
    if paced:
        soon, end = [a.first[0] / a.first[1] for a in paced], [a.end[1] / a.end[0] for a in paced]
        facts = {"sizes": _sizes_of(paced), "rate": RATE, "soon_low": min(soon)}
        facts.update(soon_high=max(soon), end_low=min(end), end_high=max(end))
        yield words.answers_paced.format(**facts) + "\n"


def _sizes_of(found: List[Answer]) -> str:
    sizes = sorted({answer.size for answer in found})
    return f"{sizes[0]:,} – {sizes[-1]:,} B" if len(sizes) > 1 else f"{sizes[0]:,} B"


def _answer_line(answer: Answer, language: str) -> List[str]:
    rate = f"{answer.rate:,} B/s" if answer.rate else ("at once", "立即")[language == "zh"]
    whole, stream, _ = answer.memory
    less = f"{100 * (1 - stream / whole):.0f} %" if whole * 1024 >= MUCH_KB else "–"
    return [
        f"{answer.size:,} B",
        said(BY_ID[answer.row].title.replace(", modern face", ""), language),
        rate,
        " / ".join(f"{value * 1000:,.1f} ms" for value in answer.first[:2]),
        times(answer.first[0] / answer.first[1]),
        " / ".join(f"{value:.1f}" for value in answer.memory) + " MB",
        less,
    ]


def sizes(known: Entries, language: str) -> str:
    """Lines by folder."""
    words = WORDS[language]
    if "sizes" not in known:
        return words.marks[None] + "\n"
    rooms = known["sizes"]["value"]["rooms"]
    lines = []
    for name in sorted(rooms):
        title = f"`{name}`" if name else words.beside
        lines.append([title, *(f"{rooms[name][key]:,}" for key in ("files", "lines", "code"))])
    sums = (sum(room[key] for room in rooms.values()) for key in ("files", "lines", "code"))
    lines.append([words.total, *(f"{value:,}" for value in sums)])
    return f"{words.sizes_intro}\n\n{markdown(words.sizes_head, lines)}"


def install(known: Entries, language: str) -> str:
    """What comes with each extra."""
    words = WORDS[language]
    if "install" not in known:
        return words.marks[None] + "\n"
    value = known["install"]["value"]
    lines = []
    for extra, facts in value["extras"].items():
        title = f"`{extra}`" if extra else words.none
        megabytes = f"{facts['bytes'] / 1024 / 1024:.1f}"
        lines.append([title, str(facts["packages"]), megabytes, f"{facts['seconds']:.1f}"])
    told = words.install_intro.format(tool=value["with"])
    return f"{told}\n\n{markdown(words.install_head, lines)}"
