"""What ``python -m dsadapter matrix`` says, in both languages."""

from __future__ import annotations

TEXTS = {
    "en": {
        "here": "Here: {facts}.",
        "fault": "openai here is no SDK: {fault}. dsadapter works as without one.",
        "exact": "This very combination was measured:",
        "nearest": "This combination was not measured. The nearest that was:",
        "around": "This combination was not measured. The nearest that were, older and newer SDK:",
        "unmeasured": "Nothing was measured with the backend {backend}.",
        "row": "{name} ({date}, backend {backend})",
        "same": "   same as here: {facts}",
        "differing": "   differs: {facts}",
        "differs": "{fact} (here {installed})",
        "works": "   works: {native} of {count} with the SDK alone, {adapter} of {count} with "
        "dsadapter",
        "works_without": "   works: {adapter} of {count} with dsadapter; there is no SDK",
        "failed": "   tests that failed there: {count}",
        "legend": "Left of the stroke the SDK alone, right of it with dsadapter: {PASS} works, "
        "{FAIL} does not (numbers: the notes below), {NONE} there is no SDK.",
        "notes": "Notes, numbered as in compat_matrix.md",
        "absent": "no {name}",
        "none": "none",
        "all": "All {count} environments: python -m dsadapter matrix --all",
        "page": "dsadapter {adapter}, {count} environments, measured {days}.",
        "page_legend": "Left of the stroke the SDK alone, right of it with dsadapter: {PASS} "
        "works, {FAIL} does not (numbers: the notes), {PASS}{FAIL} differs by Python, {NONE} "
        "there is no SDK, {NOT_RUN} not run, blank: does not install there.",
        "comma": ", ",
    },
    "zh": {
        "here": "本机：{facts}。",
        "fault": "这里的 openai 不是 SDK：{fault}。dsadapter 按没有 SDK 处理。",
        "exact": "这个组合实测过：",
        "nearest": "这个组合没有实测过。最接近的实测环境：",
        "around": "这个组合没有实测过。SDK 版本相邻（较旧和较新）的实测环境：",
        "unmeasured": "后端 {backend} 没有任何实测记录。",
        "row": "{name}（{date}，后端 {backend}）",
        "same": "   与本机相同：{facts}",
        "differing": "   与本机不同：{facts}",
        "differs": "{fact}（本机 {installed}）",
        "works": "   {count} 项中可用：只用 SDK 时 {native} 项，用 dsadapter 时 {adapter} 项",
        "works_without": "   {count} 项中可用：用 dsadapter 时 {adapter} 项；没有安装 SDK",
        "failed": "   那里未通过的测试：{count}",
        "legend": "斜线左边只用 SDK，右边用 dsadapter：{PASS} 可用，{FAIL} 不可用"
        "（数字见下面的说明），{NONE} 没有安装 SDK。",
        "notes": "说明（编号与 compat_matrix.md 相同）",
        "absent": "没有 {name}",
        "none": "没有",
        "all": "全部 {count} 个环境：python -m dsadapter matrix --all",
        "page": "dsadapter {adapter}，{count} 个环境，实测日期：{days}。",
        "page_legend": "斜线左边只用 SDK，右边用 dsadapter：{PASS} 可用，{FAIL} 不可用"
        "（数字见文末的说明），{PASS}{FAIL} 随 Python 版本而不同，{NONE} 没有安装 SDK，"
        "{NOT_RUN} 没有运行，空白：该 Python 装不上。",
        "comma": "、",
    },
}
