"""argparse's own words: those that are set, and those that are recognised."""

from __future__ import annotations

from typing import Tuple

from .text import Text

EXAMPLE = Text("example: {command}", "示例：{command}")
LANGUAGE = Text("language of messages", "提示信息的语言")
USAGE = Text("usage: ", "用法：")
ARGUMENTS = Text("arguments", "参数")
OPTIONS = Text("options", "选项")
HELP = Text("show this help and exit", "显示这份帮助并退出")
ERROR = Text("{program}: error: {message}", "{program}：错误：{message}")

ERRORS: Tuple[Text, ...] = (
    Text("argument {name}: {problem}", "参数 {name}：{problem}"),
    Text("unrecognized arguments: {arguments}", "无法识别的参数：{arguments}"),
    Text("the following arguments are required: {arguments}", "缺少必需的参数：{arguments}"),
    Text(
        "one of the arguments {arguments} is required",
        "以下参数必须给出一个：{arguments}",
    ),
    Text(
        "ambiguous option: {option} could match {options}",
        "{option} 有歧义，可能是 {options}",
    ),
)
# What is wrong with one of them.
PROBLEMS: Tuple[Text, ...] = (
    Text("expected one argument", "需要一个值"),
    Text("expected at least one argument", "至少需要一个值"),
    Text("expected at most one argument", "最多只能有一个值"),
    Text("expected {count} arguments", "需要 {count} 个值"),
    Text("ignored explicit argument {value}", "不接受值 {value}"),
    Text("not allowed with argument {name}", "不能与 {name} 同时使用"),
    Text("invalid int value: {value}", "{value} 不是整数"),
    Text("invalid float value: {value}", "{value} 不是数字"),
    Text("invalid {type} value: {value}", "{value} 不是合法的 {type}"),
    Text(
        "invalid choice: {value} (choose from {choices})",
        "没有 {value} 这个选项（可选：{choices}）",
    ),
)
