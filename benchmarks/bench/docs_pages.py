"""What docs/benchmarks.md and its Chinese twin have from the results: the blocks between two marks.

``<!-- measured: NAME -->`` begins one, ``<!-- end -->`` ends it; around them stands prose.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

from . import gateway_report, report, table
from .envs import REPOSITORY
from .report import GATEWAYS, IN_FLIGHT, STREAMS
from .results import Results, of_state
from .rows import BY_ID, NEWEST, ROWS
from .words import said

RESULTS = REPOSITORY / "benchmarks" / "results"
PAGES = {"en": REPOSITORY / "docs/benchmarks.md", "zh": REPOSITORY / "docs/zh/benchmarks.md"}
BLOCK = re.compile(r"(<!-- measured: ([a-z]+) -->\n\n)(.*?)(\n*<!-- end -->)", re.S)
COLUMNS = ("first", "call", "chunk", "chunk-alone", "memory")
# The packages that a reader compares with; of which environment.
VERSIONS = (
    ("none", ("requests", "httpx")),
    ("fast", ("aiohttp", "orjson")),
    ("litellm", ("litellm",)),
    ("langchain-deepseek", ("langchain-deepseek",)),
    ("gateway", ("uvicorn",)),
)
CROWD = (
    "fast:modern",
    "raw:modern",
    "legacy-openai-0.28.1:modern",
    f"modern-openai-{NEWEST}:modern",
    "aiohttp",
    "httpx",
    "sdk-0.28.1",
    f"sdk-{NEWEST}",
)


class Words(NamedTuple):
    """The sentences and heads of one language."""

    cost: List[str]
    calls: List[str]
    streams: List[str]
    gateway: List[str]
    run: str
    versions: str
    differ: str
    picture: str
    lost: str
    soak: str


WORDS = {
    "en": Words(
        ["dsadapter", "against", "first answer", "call", "chunk", "chunk by itself", "memory"],
        ["CPU us of a call, so many in flight"],
        ["CPU us of a chunk, so many streams"],
        ["of one worker", "asked for"],
        "{date}, {cpu}, {cores} cores, {python}, commit {commit} (sources {source}): `{command}`",
        "With {versions}.",
        "**These are not numbers of one state on one machine.**",
        "![CPU and memory of the gateway, by hand and of litellm's proxy]"
        "(../benchmarks/results/gateway.svg)",
        "Chunks lost of {count:,} streams of dsadapter: {lost}.",
        "A soak of {calls:,} calls over all backends together, {faults:,} of them with an injected "
        "fault: {not_as_expected:,} ended otherwise than expected, {asked_too_often:,} reached the "
        "server more often than their retries allow, {connections_left:,} connections were left "
        "open, and no process grew by more than {grown:.1f} MB between its middle and its end "
        "({date}, commit {commit}, `{command}`; [figures](../benchmarks/results/soak.json)).",
    ),
    "zh": Words(
        ["dsadapter", "对比", "首个回答", "一次调用", "流的每块", "单独到达的块", "内存"],
        ["同时进行这么多时，一次调用的 CPU 微秒"],
        ["这么多条流时，每块的 CPU 微秒"],
        ["一个工作进程", "要求"],
        "{date}，{cpu}，{cores} 核，{python}，提交 {commit}（源码 {source}）：`{command}`",
        "版本：{versions}。",
        "**这些数字不是同一版本、同一台机器上的。**",
        "![网关、手写网关和 litellm 代理的 CPU 与内存](../../benchmarks/results/gateway-zh.svg)",
        "dsadapter 的 {count:,} 条流丢失的块：{lost}。",
        "所有后端一起共 {calls:,} 次调用，其中 {faults:,} 次注入了故障：{not_as_expected:,} 次结果"
        "与预期"
        "不同，{asked_too_often:,} 次到达服务器的次数超过重试所允许的，{connections_left:,} 条连接"
        "遗留，"
        "每个进程从中段到结束增长不超过 {grown:.1f} MB（{date}，提交 {commit}，`{command}`；"
        "[数据](../../benchmarks/results/soak.json)）。",
    ),
}


class Measured(NamedTuple):
    """Everything that a page is written from."""

    results: Results
    gateway: Dict[str, Any]
    soak: Dict[str, Any]


def measured(folder: Path = RESULTS) -> Measured:
    results, gateway = report.read(folder)
    soak = folder / "soak.json"
    data = json.loads(soak.read_text(encoding="utf-8")) if soak.exists() else {}
    return Measured(results, gateway, data)


def outdated(data: Optional[Measured] = None) -> Dict[Path, str]:
    """The pages that do not follow from the results, and what they should be."""
    data, texts = data or measured(), {}
    for language, path in PAGES.items():
        text = path.read_text(encoding="utf-8")
        new = page(text, data, language)
        if new != text:
            texts[path] = new
    return texts


def write() -> List[Path]:
    """Bring the pages up to date; gives those that changed."""
    texts = outdated()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def page(text: str, data: Measured, language: str) -> str:
    """A page with its blocks written anew."""
    return BLOCK.sub(
        lambda match: f"{match[1]}{BLOCKS[match[2]](data, language).strip()}\n\n<!-- end -->", text
    )


# --- the blocks ----------------------------------------------------------------------------------


def runs(data: Measured, language: str) -> str:
    """Where, when and of which state the numbers are."""
    words, abouts = WORDS[language], [run for run, _ in data.results.runs()]
    abouts += [data.gateway] if data.gateway else []
    lines = [f"- {words.run.format(**_facts(about))}" for about in abouts]
    if len({of_state(about) for about in abouts}) > 1:
        lines.append(f"- {words.differ}")
    versions = ", ".join(_versions(abouts)) if language == "en" else "、".join(_versions(abouts))
    return "\n".join([*lines, "", words.versions.format(versions=versions)])


def _facts(about: Dict[str, Any]) -> Dict[str, Any]:
    machine = about["machine"]
    facts = {"commit": about.get("commit") or "–", "source": about.get("source", "–")}
    return {**machine, **facts, "date": machine["date"][:16], "command": about["command"]}


def _versions(abouts: List[Dict[str, Any]]) -> Iterator[str]:
    """Each package once, at the version that was measured last."""
    known: Dict[str, Dict[str, str]] = {}
    for about in abouts:
        known.update(about.get("versions", {}))
    openai = [known[name]["openai"] for name in known if name.startswith("openai-")]
    if openai:
        yield "openai " + " / ".join(openai)
    for environment, packages in VERSIONS:
        for package in packages:
            if package in known.get(environment, {}):
                yield f"{package} {known[environment][package]}"


def cost(data: Measured, language: str) -> str:
    """Each backend, divided by what it stands in for."""
    rows = [row for row in ROWS if row.native and row.id.endswith(":modern")]
    lines = []
    for row in rows:
        native = BY_ID["requests" if row.env == "fast" else str(row.native)]
        ratios = (data.results.ratio(column, row.id, native.id) for column in COLUMNS)
        titles = [_title(row.id, language), _title(native.id, language)]
        lines.append([*titles, *map(table.times, ratios)])
    return table.markdown(WORDS[language].cost, lines)


def _title(id: str, language: str) -> str:
    """A row's, where all are of today's face."""
    return said(BY_ID[id].title.replace(", modern face", ""), language)


def calls(data: Measured, language: str) -> str:
    """CPU of an async call against how many are in flight."""
    return _crowd(data, language, "calls", IN_FLIGHT, WORDS[language].calls)


def streams(data: Measured, language: str) -> str:
    """CPU of a chunk against how many streams are open, and what was lost."""
    lost = []
    for count in STREAMS[1:]:
        rows = [id for id in CROWD if BY_ID[id].is_adapter]
        samples = [item for id in rows for item in data.results.samples(f"streams-{count}", id)]
        known = [item["lost"] for item in samples if "lost" in item]
        if known:
            lost.append(WORDS[language].lost.format(count=count, lost=f"{sum(known):,}"))
    shown = _crowd(data, language, "streams", STREAMS, WORDS[language].streams)
    return "\n".join([shown, (" " if language == "en" else "").join(lost)])


def _crowd(data: Measured, language: str, column: str, counts: Any, head: List[str]) -> str:
    lines = []
    for id in CROWD:
        values = [data.results.median(f"{column}-{count}", id, "cpu_us") for count in counts]
        lines.append([_title(id, language), *map(table.number, values)])
    return table.markdown([*head, *(f"{count:,}" for count in counts)], lines)


def gateways(data: Measured, language: str) -> str:
    """The gateway beside by hand and litellm's proxy."""
    (what, asked), names = WORDS[language].gateway, list(GATEWAYS)
    head = [what, *(said(GATEWAYS[name][0], language) for name in names), "dsadapter", asked]
    lines = []
    for line in gateway_report.rows(data.gateway):
        values = [table.number(line.values.get(name)) for name in names]
        figure = [said(text, language) or "–" for text in (line.measured, line.figure)]
        lines.append([said(line.what, language), *values, *figure])
    shown = f"{WORDS[language].picture}\n\n" if data.gateway else ""
    return shown + table.markdown(head, lines)


def soak(data: Measured, language: str) -> str:
    """What a soak came to, in a sentence."""
    if not data.soak:
        return said(gateway_report.NOT_MEASURED, language)
    summary = data.soak["summary"]
    workers = list(summary["workers"].values())
    names = ("not_as_expected", "asked_too_often", "connections_left")
    sums = {name: sum(worker.get(name, 0) for worker in workers) for name in names}
    grown = max(worker.get("grown_kb") or 0 for worker in workers) / 1024
    facts = {**summary, **sums, "grown": grown, **_facts(data.soak)}
    return WORDS[language].soak.format(**{**facts, "date": facts["date"][:10]})


BLOCKS: Dict[str, Callable[[Measured, str], str]] = {
    "runs": runs,
    "cost": cost,
    "calls": calls,
    "streams": streams,
    "gateway": gateways,
    "soak": soak,
}
