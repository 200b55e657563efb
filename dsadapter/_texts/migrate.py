"""What ``migrate`` says; the rules' own words stand in their table."""

from __future__ import annotations

from .text import Text

SUMMARY = Text(
    "Rewrite programs of openai 0.28 for a newer SDK, or for dsadapter.",
    "把 openai 0.28 的程序改写为新版 SDK 或 dsadapter 的写法。",
)
PATHS = Text("files and folders", "文件和文件夹")
TO = Text("openai (the default) or dsadapter", "openai（默认）或 dsadapter")
TARGET = Text(
    "major version of openai; the newest that this Python can install",
    "openai 的主版本；默认为本机 Python 能安装的最新版",
)
STYLE = Text(
    "module: settings stay settings of the module (the default); client: one client where all of "
    "them stand together at the top",
    "module：设置仍是模块的设置（默认）；client：设置集中在文件开头时改为一个客户端",
)
DIFF = Text("show the changes, write nothing (the default)", "只显示改动，不写文件（默认）")
WRITE = Text("write the changes", "写入改动")
RISKY = Text(
    "also rewrite what may behave otherwise afterwards",
    "连同改后行为可能不同的地方一并改写",
)
FORCE = Text(
    "write although git has changes that are not committed", "即使 git 有未提交的改动也写入"
)
JSON = Text("print JSON", "输出 JSON")

TOO_LARGE = Text("it is too large for a program", "文件过大，不像是程序")
ENCODING = Text(
    "it is not {encoding}, and its first lines name no other encoding",
    "内容不是 {encoding}，文件开头也没有声明其他编码",
)
ENTANGLED = Text(
    "two changes of line {line} go into each other: write that line in two, or change it by hand",
    "第 {line} 行的两处改动互相交叠：请把这一行拆成两行，或手动修改",
)
CHANGED_MEANWHILE = Text("it was changed meanwhile", "文件在此期间被改动")
NO_PERMISSION = Text("it is read-only", "文件只读")
LOCK_FILE = Text(
    "it is written by a tool: lock again after the other files are changed",
    "由工具生成：改完其他文件后请重新锁定",
)
HASHES = Text(
    "its requirement of openai has hashes or goes on in the next line: change it by hand",
    "openai 一行带有哈希或跨行：请手动修改",
)
NOT_A_NOTEBOOK = Text("it is no notebook that can be read: {why}", "不是可读取的笔记本：{why}")
NO_ROUND_TRIP = Text(
    "its layout cannot be kept: save it in Jupyter first", "无法保持其排版：请先用 Jupyter 保存一次"
)
MAGIC_LINE = Text(
    "a line that only IPython understands would change", "有一行只有 IPython 能理解，却需要改动"
)
COPY_EXISTS = Text("{copy} exists already", "{copy} 已存在")

NO_SUCH_PATH = Text("{path} does not exist", "{path} 不存在")
DIRTY = Text(
    "git has changes that are not committed: {files}. Commit them, or add --force.",
    "git 有未提交的改动：{files}。请先提交，或加 --force。",
)
LEFT = Text("{path} is left as it is: {why}", "{path} 保持原样：{why}")
MARKER = Text("{path}:{line}: {rule}: {what}", "{path}:{line}：{rule}：{what}")
NOTHING = Text("Nothing to rewrite in {count} {count:file|files}.", "{count} 个文件都无需改写。")
FIRST = Text(
    "{changed} of {count} {count:file|files} would change; nothing is written. The diff:",
    "{count} 个文件中有 {changed} 个将被改写；尚未写入。改动如下：",
)
WOULD_CHANGE = Text(
    "{changed} of {count} {count:file|files} would change: {edits} {edits:edit|edits}, "
    "{markers} {markers:place needs|places need} a person. Write it: add --write",
    "{count} 个文件中有 {changed} 个将被改写：{edits} 处改动，{markers} 处需要人工处理。"
    "写入请加 --write",
)
WROTE = Text(
    "{changed} {changed:file|files} rewritten, {edits} {edits:edit|edits}; "
    "{markers} {markers:place needs a person and has|places need a person and have} a comment.",
    "已改写 {changed} 个文件，{edits} 处改动；{markers} 处需要人工处理，已加注释。",
)
UNDO = Text("Undo: {command}", "撤销：{command}")
WITH_UNSAFE = Text(
    "{count} of them {count:is|are} rewritten with --unsafe.", "其中 {count} 处可用 --unsafe 改写。"
)
ENVIRONMENT = Text(
    "openai >= 1 does not read OPENAI_API_BASE and OPENAI_ORGANIZATION: "
    "set OPENAI_BASE_URL and OPENAI_ORG_ID.",
    "openai >= 1 不读取 OPENAI_API_BASE 和 OPENAI_ORGANIZATION："
    "请改设 OPENAI_BASE_URL 和 OPENAI_ORG_ID。",
)

# --- --prove -------------------------------------------------------------------------------------

PROVE = Text(
    "run this command before and after, offline, and compare; e.g. {example}",
    "改写前后各离线运行此命令并比较，例如 {example}",
)
PROVE_IGNORE = Text(
    "what output may differ in (time, chance): a regular expression, repeatable",
    "输出中允许不同的部分（时间、随机数）：正则表达式，可重复",
)
YES = Text("do not ask", "不再询问")
WILL_RUN = Text(
    "{command} will run {count} times in copies of {folder}: half of them with openai 0.28.1, half "
    "rewritten with openai {target}, in two throwaway environments. Nothing leaves this machine; "
    "packages come from your index.",
    "{command} 将在 {folder} 的副本里运行 {count} 次：一半用 openai 0.28.1，"
    "一半为改写后的程序用 openai {target}，使用两个临时环境。"
    "软件包来自你设置的索引，此外不访问外网。",
)
ASK = Text("Run it? [y/N] ", "运行吗？[y/N] ")
NOT_ASKED = Text("Nobody can be asked here: add --yes.", "此处无法询问：请加 --yes。")
EQUAL = Text("{fault}: equal", "{fault}：相同")
EQUAL_BUT_CUT = Text(
    "{fault}: equal, but for the class of a stream that is cut",
    "{fault}：相同，只是流被切断时的异常类不同",
)
DIFFERS = Text("{fault}: differs: {difference}", "{fault}：不同：{difference}")
UNDISTURBED = Text("undisturbed", "正常情况")
PROVED = Text("Proved: all runs are equal.", "已证明：所有运行结果相同。")
NOT_EQUAL = Text("Not equal: look at the differences.", "结果不同：请查看上面的差异。")
NOT_PROVED = Text("Not proved: {why}", "未能证明：{why}")
NO_PYTHON = Text(
    '{command!r} is no program of Python: write it as "python app.py"',
    '{command!r} 不是 Python 程序：请写成 "python app.py"',
)
NO_ENVIRONMENT = Text("no environment can be made here", "此处无法创建环境")
CANNOT_INSTALL = Text("{what} cannot be installed: {why}", "无法安装 {what}：{why}")
CANNOT_RUN = Text("the program cannot be run: {why}", "程序无法运行：{why}")
TOO_SLOW = Text("a run took over {seconds} s", "有一次运行超过 {seconds} 秒")
FAILS_BEFORE = Text(
    "the program fails before it is rewritten: {why}", "程序在改写之前就运行失败：{why}"
)
DIFFERENT_COUNT = Text("{before} requests, then {after}", "请求数先为 {before}，后为 {after}")
DIFFERENT_REQUEST = Text("a request was {before}, then {after}", "请求先为 {before}，后为 {after}")
DIFFERENT_OUTPUT = Text(
    "line {line} of the output was {before!r}, then {after!r}",
    "输出第 {line} 行先为 {before!r}，后为 {after!r}",
)
DIFFERENT_CODE = Text(
    "the exit code was {before}, then {after}", "退出码先为 {before}，后为 {after}"
)
DIFFERENT_ERROR = Text(
    "it ended with {before}, then with {after}", "先以 {before} 结束，后以 {after} 结束"
)
