"""What ``--fix`` and ``--verify`` say, and the words that fixes share."""

from __future__ import annotations

from .text import Text

# --- fixes ---------------------------------------------------------------------------------------

DELETE_LINE = Text("Delete line {line} of {file}.", "删除 {file} 的第 {line} 行。")
NEW_ENVIRONMENT = Text(
    "The system forbids pip to change this Python: make an environment of your own and start your "
    "programs with its python.",
    "系统不允许 pip 改动这个 Python：请新建虚拟环境，并用其中的 python 运行程序。",
)
SYSTEM_PACKAGE = Text(
    "It came with the operating system: install it again with the system's own tool (Debian: sudo "
    "apt install --reinstall {package}).",
    "这个包是操作系统自带的：请用系统的工具重新安装（Debian：sudo apt install --reinstall "
    "{package}）。",
)
CONDA_PACKAGE = Text(
    "conda installed it: conda install --force-reinstall {package}",
    "这个包由 conda 安装：conda install --force-reinstall {package}",
)
LOCAL_PACKAGE = Text(
    "It was installed from a folder or a URL: install it from there again.",
    "这个包是从目录或 URL 安装的：请从原处重新安装。",
)
INSTALL_AGAIN = Text("Install the package again.", "请重新安装这个包。")

# --- --fix ---------------------------------------------------------------------------------------

ASK = Text("Run it? [y/N] ", "执行吗？[y/N] ")
ASK_ONE = Text("Run `{command}`? [y/N] ", "执行 {command} 吗？[y/N] ")
NO_TERMINAL = Text(
    "Not run: there is no terminal to ask on. To accept every fix: --yes",
    "没有执行：这里没有可以询问的终端。要全部接受请加 --yes",
)
DECLINED = Text("Not run.", "没有执行。")
RUNNING = Text("$ {command}", "$ {command}")
MENDED = Text("Mended: {id}", "已修好：{id}")
STILL_BROKEN = Text("Still there: {id}", "仍然存在：{id}")
UNDO = Text("To undo:", "撤销：")
BY_HAND = Text("This has to be done by hand.", "这一项需要手动处理。")
ROOT_CAUSE = Text(
    "What follows from it is left alone until then: {ids}", "在此之前不处理由它引起的问题：{ids}"
)
OVERWRITES = Text(
    "Not run: {path} exists and would be overwritten.", "没有执行：{path} 已存在，会被覆盖。"
)
NOT_MOVED = Text("Not run: {path} cannot be written: {why}", "没有执行：无法写入 {path}：{why}")
NO_INSTALLER = Text(
    "Not run: neither pip nor uv reaches {python}. Get pip: {command}",
    "没有执行：{python} 既没有 pip 也没有 uv。先安装 pip：{command}",
)
NO_WAY_BACK = Text(
    "Not run: {names} was installed from a folder or a URL, so the way back is not known. `--fix "
    "--verify` runs it if it is proved first.",
    "没有执行：{names} 是从目录或 URL 安装的，无法保证能撤销。--fix --verify 会先验证再执行。",
)
NOT_PROVED = Text("Not run: nothing of it was proved.", "没有执行：没有一条通过验证。")
STOPPED = Text(
    "Stopped: the step before failed, so the ones behind it are not run.",
    "已停止：前一步失败，后面的步骤不再执行。",
)
START_THERE = Text(
    "This Python stays as it is; the new environment has what was missing: {python} app.py",
    "这个 Python 保持原样；新环境里已装好所缺的包：{python} app.py",
)

# --- --verify ------------------------------------------------------------------------------------

PROVING = Text("Proving in a throwaway environment: {command}", "正在临时环境里验证：{command}")
VERIFIED = Text("verified: {versions} constructed and called", "已验证：{versions} 构造并调用成功")
VERIFIED_MOVE = Text(
    "verified: nothing has the new name, and the folder can be written",
    "已验证：新名字没有被占用，目录可写",
)
VERIFIED_SAVE = Text(
    "verified: as UTF-8 the file sets the same {count} {count:variable|variables}",
    "已验证：存为 UTF-8 后，文件设置的 {count} 个变量不变",
)
NOT_VERIFIED = Text("not verified: {why}", "未通过验证：{why}")
NOT_PROVABLE = Text("it cannot be tried anywhere else", "没有办法在别处试做")
SETS_OTHERS = Text("as UTF-8 the file would set other variables", "存为 UTF-8 后设置的变量会不一样")
NO_ENVIRONMENT = Text("no throwaway environment can be made here", "这里无法创建临时环境")
NO_INDEX_VERSIONS = Text(
    "{packages} could not be installed there in the versions of here",
    "临时环境里装不上与这里相同版本的 {packages}",
)
STILL_RAISES = Text(
    "with {versions} the step `{step}` raises {error}: {text}",
    "用 {versions} 时，步骤 {step} 抛出 {error}：{text}",
)

# --- what an installer said ----------------------------------------------------------------------

INDEX_LAGS = Text(
    "The index {index} has no {what}: it may lag behind.",
    "软件源 {index} 没有 {what}：可能同步滞后。",
)
NO_VERSIONS = Text(
    "The index {index} gave no version of {what}: it cannot be reached, or does not have it.",
    "软件源 {index} 没有给出 {what} 的任何版本：无法访问，或根本没有这个包。",
)
UNREACHABLE = Text("The index {index} cannot be reached.", "无法访问软件源 {index}。")
MANAGED = Text(
    "The system forbids pip to install here (PEP 668): make an environment, python -m venv .venv",
    "系统不允许 pip 安装到这里（PEP 668）：请新建虚拟环境，python -m venv .venv",
)
FAILED = Text("The command failed: {last}", "命令失败：{last}")
