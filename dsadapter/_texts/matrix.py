"""What ``matrix`` says."""

from __future__ import annotations

from typing import Dict

from .text import Text

MATRIX = Text(
    "Show what was measured for the openai SDK, the HTTP libraries and the Python that are "
    "installed\nhere, or the nearest to them: by the SDK alone and with dsadapter.",
    "显示与本机 openai SDK、HTTP 库和 Python 相同或最接近的实测结果：\n"
    "只用 SDK 时，以及用 dsadapter 时。",
)
MATRIX_ALL = Text("print the tables of compat_matrix.md", "输出 compat_matrix.md 里的表格")
MATRIX_JSON = Text("print JSON", "输出 JSON")
MATRIX_MOVED = Text(
    "{option}: the page is made in a clone, by {script} {option}",
    "{option}：页面要在克隆的仓库里生成：{script} {option}",
)
TEXTS: Dict[str, Text] = {
    "here": Text(
        "Here: {facts}.",
        "本机：{facts}。",
    ),
    "fault": Text(
        "openai here is no SDK: {fault}. dsadapter works as without one.",
        "这里的 openai 不是 SDK：{fault}。dsadapter 按没有 SDK 处理。",
    ),
    "exact": Text(
        "This very combination was measured:",
        "这个组合实测过：",
    ),
    "nearest": Text(
        "This combination was not measured. The nearest that was:",
        "这个组合没有实测过。最接近的实测环境：",
    ),
    "around": Text(
        "This combination was not measured. The nearest that were, older and newer SDK:",
        "这个组合没有实测过。SDK 版本相邻（较旧和较新）的实测环境：",
    ),
    "unmeasured": Text(
        "Nothing was measured with the backend {backend}.",
        "后端 {backend} 没有任何实测记录。",
    ),
    "row": Text(
        "{name} ({date}, backend {backend})",
        "{name}（{date}，后端 {backend}）",
    ),
    "same": Text(
        "   same as here: {facts}",
        "   与本机相同：{facts}",
    ),
    "differing": Text(
        "   differs: {facts}",
        "   与本机不同：{facts}",
    ),
    "differs": Text(
        "{fact} (here {installed})",
        "{fact}（本机 {installed}）",
    ),
    "works": Text(
        "   works: {native} with the SDK alone, {adapter} with dsadapter",
        "   可用：只用 SDK 时 {native}，用 dsadapter 时 {adapter}",
    ),
    "works_without": Text(
        "   works: {adapter} with dsadapter; there is no SDK",
        "   可用：用 dsadapter 时 {adapter}；没有安装 SDK",
    ),
    "share": Text("{passed} of {asked}", "{asked} 项中的 {passed} 项"),
    "failed": Text(
        "   tests that failed there: {count}",
        "   那里未通过的测试：{count}",
    ),
    "legend": Text(
        "Left of the stroke the SDK alone, right of it with dsadapter: {PASS} works, {FAIL} "
        "does not (numbers: the notes below), {NONE} there is no SDK.",
        "斜线左边只用 SDK，右边用 dsadapter：{PASS} 可用，{FAIL} 不可用"
        "（数字见下面的说明），{NONE} 没有安装 SDK。",
    ),
    "notes": Text(
        "Notes, numbered as in compat_matrix.md",
        "说明（编号与 compat_matrix.md 相同）",
    ),
    "absent": Text(
        "no {name}",
        "没有 {name}",
    ),
    "none": Text(
        "none",
        "没有",
    ),
    "all": Text(
        "All {count} environments: python -m dsadapter matrix --all",
        "全部 {count} 个环境：python -m dsadapter matrix --all",
    ),
    "page": Text(
        "dsadapter {adapter}, {count} environments, measured {days}.",
        "dsadapter {adapter}，{count} 个环境，实测日期：{days}。",
    ),
    "page_legend": Text(
        "Left of the stroke the SDK alone, right of it with dsadapter: {PASS} works, {FAIL} "
        "does not (numbers: the notes), {PASS}{FAIL} differs by Python, {NONE} there is no "
        "SDK, {NOT_RUN} not run, blank: does not install there.",
        "斜线左边只用 SDK，右边用 dsadapter：{PASS} 可用，{FAIL} "
        "不可用（数字见文末的说明），{PASS}{FAIL} 随 Python 版本而不同，{NONE} 没有安装 "
        "SDK，{NOT_RUN} 没有运行，空白：该 Python 装不上。",
    ),
    "comma": Text(
        ", ",
        "、",
    ),
}
