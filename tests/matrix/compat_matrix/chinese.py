"""compat_matrix.zh.md: the first screen of the page, in Chinese."""

from __future__ import annotations

from typing import Iterator

from . import figures, product, tables
from .results import RUN, Results

HEAD = """\
# 兼容性矩阵

[English](compat_matrix.md)
"""
LEGEND = f"""\
斜线左边只用 SDK，右边同样的代码通过 dsadapter：{tables.PASS} 可用，{tables.FAIL} 不可用（数字见
[英文页](compat_matrix.md)的 Notes），{tables.NONE} 没有可测的（没有 SDK），
{tables.NOT_RUN} 没有运行，空白：该 Python 装不上。括号里是更早的代码测出的结果。

只用 SDK「可用」：按它那一代的写法，同步、异步的完整回答和流式输出都能得到。dsadapter「可用」：
[英文页](compat_matrix.md)各表里的功能全部可用，而且所有测试都通过。
"""


def render(results: Results) -> str:
    """The page, as Markdown."""
    table = tables.of(results).at_a_glance
    rows = [[product.CHINESE.get(row[0], row[0]), *row[1:]] for row in table.rows]
    parts = [
        HEAD,
        "\n".join(_summary(results)),
        "## 总览",
        "\n".join(tables.Table(table.head, rows).markdown()),
        LEGEND,
        "\n".join(_not_run(results)),
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def _summary(results: Results) -> Iterator[str]:
    seen, latest = figures.of(results), results.latest
    yield (
        f"**{seen.measured} 个环境里，dsadapter 在 {seen.works} 个可用；"
        f"装有 SDK 的 {seen.with_sdk} 个里，只用 SDK 时 {seen.alone} 个可用。**"
    )
    yield (
        f"{seen.days(' 至 ')} 在 {seen.platforms} 上用 {seen.commands} 运行："
        f"{seen.passed} 个测试通过，{seen.failed} 个失败；每个环境测 {seen.asked} 项功能。"
    )
    commit = latest.data.get("commit", "")
    of = f"，提交 `{commit[: tables.SHORT]}`" if commit else ""
    source = latest.source[: tables.SHORT]
    yield f"代码：dsadapter {latest.data['adapter']}，sha256 `{source}`{of}。"
    if seen.earlier:
        yield f"另有 {seen.earlier} 个环境的结果来自更早的代码，放在括号里，不计入。"


def _not_run(results: Results) -> Iterator[str]:
    seen = figures.of(results)
    for python in seen.absent:
        why = product.ABSENT.get(python, ("", "还没有轮到"))[1]
        yield f"- Python {python} 没有运行：{why}。"
    if seen.due:
        counts = "，".join(f"Python {python} 有 {count} 个" for python, count in seen.due.items())
        yield f"- 这份代码还没有测的环境：{counts}。运行 `{RUN}` 会接着测。"
