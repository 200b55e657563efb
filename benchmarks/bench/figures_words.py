"""The prose of docs/figures.md and its Chinese twin; numbers stand in braces."""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Optional


class Words(NamedTuple):
    """The sentences and heads of one language."""

    title: str
    intro: str
    glance: List[str]
    contract: str
    contract_intro: str
    contract_head: List[str]
    answers: str
    answers_intro: str
    answers_said: str
    answers_paced: str
    answers_head: List[str]
    sizes: str
    sizes_intro: str
    sizes_head: List[str]
    beside: str
    total: str
    install: str
    install_intro: str
    install_head: List[str]
    none: str
    marks: Dict[Optional[bool], str]


WORDS = {
    "en": Words(
        "Figures",
        "Everything that was measured, when, of which state, and the command that measures it "
        "again. `python benchmarks/figures.py --write` writes this page from "
        "[the results](../benchmarks/README.md); what no run has measured is called not measured.",
        ["what", "measured", "date", "commit", "command"],
        "What was asked for",
        "The figures of the contract, and whether they are held: "
        "{held} are, {failed} are not, {unknown} were not measured. The costs behind them stand in "
        "[benchmarks](benchmarks.md).",
        ["figure", "asked for", "measured", "held"],
        "A stream or a whole answer",
        "The well-known tutorial says that a stream takes 60 % less memory and that long texts "
        "answer 3 to 5 times sooner. Measured was one answer of each size, asked for whole and as "
        "a "
        "stream, from a server on the same machine.",
        "Memory: where the whole reply takes a megabyte or more ({sizes}), a stream whose texts "
        "are let go of took {low:.0f} to {high:.0f} % less; one whose texts are kept and joined "
        "took "
        "{joined_low:.1f} to {joined_high:.1f} times as much as the whole reply. For shorter "
        "answers "
        "neither takes a megabyte, and there is nothing to save.",
        "Time: from a server that writes {rate:,} bytes of text a second, the first text came "
        "{soon_low:.0f} to {soon_high:.0f} times sooner ({sizes}): as much sooner as the answer is "
        "long. The end of the answer came no sooner: after {end_low:.2f} to {end_high:.2f} times "
        "the time of the whole reply.",
        [
            "answer",
            "backend",
            "server",
            "first text: whole / stream",
            "sooner",
            "memory: whole / stream / joined",
            "less",
        ],
        "Sizes",
        "Lines of `dsadapter/`, by folder; code is what is no comment, docstring or blank line.",
        ["folder", "files", "lines", "code"],
        "files of `dsadapter/` itself",
        "all",
        "Install",
        "A fresh environment each, from the wheel: packages that come with it (dsadapter among "
        "them), what they take, and seconds with {tool} from an index nearby.",
        ["extra", "packages", "MB", "seconds"],
        "without extras",
        {True: "yes", False: "**no**", None: "not measured"},
    ),
    "zh": Words(
        "指标",
        "测过的一切：什么时候、哪个版本测的，用哪条命令重测。`python benchmarks/figures.py "
        "--write` "
        "根据[结果](../../benchmarks/README.md)写出本页；没有测过的写作“未测”。",
        ["什么", "测得", "日期", "提交", "命令"],
        "要求",
        "约定的指标和是否达到：{held} 项达到，{failed} 项没有，{unknown} 项未测。背后的开销见"
        "[性能](benchmarks.md)。",
        ["指标", "要求", "测得", "达到"],
        "流与整段回答",
        "那篇很多人读过的教程说，流式节省 60 % 内存，长文本的响应快 3 到 5 倍。这里测的是：每种长"
        "度的一个"
        "回答，分别整段请求和以流的方式请求，服务器在同一台机器上。",
        "内存：整段回答占一兆字节以上时（{sizes}），不保留文字的流少占 {low:.0f} 到 {high:.0f} %；"
        "把文字保留下来再拼接的流，占用是整段回答的 {joined_low:.1f} 到 {joined_high:.1f} 倍。"
        "更短的回答两种方式都不到一兆字节，没有什么可省。",
        "时间：服务器每秒写 {rate:,} 字节文字时，第一段文字早到 {soon_low:.0f} 到 {soon_high:.0f} "
        "倍"
        "（{sizes}）：回答越长，早得越多。整个回答并不会更早结束：用时是整段回答的 {end_low:.2f} "
        "到 "
        "{end_high:.2f} 倍。",
        [
            "回答",
            "后端",
            "服务器",
            "首段文字：整段 / 流",
            "早几倍",
            "内存：整段 / 流 / 拼接",
            "少占",
        ],
        "规模",
        "`dsadapter/` 的行数，按目录；代码指注释、文档字符串和空行以外的行。",
        ["目录", "文件", "行", "代码"],
        "`dsadapter/` 自身的文件",
        "合计",
        "安装",
        "各用一个全新的环境，从 wheel 安装：装上的包（包括 dsadapter）、占用的空间，"
        "以及用 {tool} 从就近的索引安装的秒数。",
        ["附加项", "包", "MB", "秒"],
        "不带附加项",
        {True: "是", False: "**否**", None: "未测"},
    ),
}
