"""The arguments of ``doctor`` and ``explain``."""

from __future__ import annotations

from typing import Dict

from .text import Text

DOCTOR = Text(
    "Find out what is wrong with this environment, prove it, and say what mends it.",
    "找出本机环境的问题，加以验证，并给出修复命令。",
)
TARGETS = Text(
    "files or folders to read for mistakes, or ids and groups of checks (default: all checks)",
    "要检查的代码文件或目录，或检查项、分组的名字（默认：全部检查项）",
)
FLAGS: Dict[str, Text] = {
    "--json": Text("print JSON (schema 1)", "输出 JSON（schema 1）"),
    "--list": Text("list the checks", "列出检查项"),
    "--strict": Text("a warning is a problem, too (exit code 1)", "警告也算问题（退出码 1）"),
    "--online": Text(
        "ask the server: name, connection, key, balance; free",
        "询问服务器：域名、连接、key、余额；不花钱",
    ),
    "--no-probe": Text("do not try the SDK; about a second faster", "不试运行 SDK；快约一秒"),
    "--fix": Text("offer each fix, and run those you accept", "逐个询问并执行修复"),
    "--yes": Text("with --fix: accept all", "与 --fix 合用：全部接受"),
    "--verify": Text("prove fixes in a throwaway environment first", "先在临时环境里验证修复"),
    "--no-color": Text("no colours", "不用颜色"),
}
FILES: Dict[str, Text] = {
    "--report": Text("write a Markdown report without secrets", "写一份不含密钥的 Markdown 报告"),
    "--sarif": Text("write the problems as SARIF 2.1.0", "把问题写成 SARIF 2.1.0"),
    "--baseline": Text(
        "leave out what an earlier --json report has", "略去以前 --json 报告里已有的问题"
    ),
}
YES_NEEDS_FIX = Text(
    "--yes belongs to --fix: python -m dsadapter doctor --fix --yes",
    "--yes 要与 --fix 合用：python -m dsadapter doctor --fix --yes",
)
FIX_OR_JSON = Text(
    "--fix talks, --json does not: leave one of them out",
    "--fix 需要对话，--json 不能：请去掉其中一个",
)

EXPLAIN = Text(
    "Explain a traceback or an error message: cause, certainty, what it means here, what mends it.",
    "解释报错：原因、把握、在本机的含义、怎么修。",
)
FILE = Text(
    "a file with the text, the id of a check or rule, or - for standard input (default)",
    "含有报错文字的文件，或检查项、规则的名字；- 表示标准输入（默认）",
)
