"""What the checks of the group sdk say: what is installed, whether it is whole, what hides it."""

from __future__ import annotations

from .text import Text

# --- sdk-installed, sdk-backend, sdk-works -------------------------------------------------------

NO_SDK = Text(
    "no openai SDK; dsadapter talks to the API by itself",
    "未安装 openai SDK；dsadapter 自己访问 API",
)
TOO_OLD = Text(
    "openai {v} is older than 0.27: dsadapter does not use it, and it has no ChatCompletion.",
    "openai {v} 早于 0.27：没有 ChatCompletion，dsadapter 不会使用它。",
)
INSTALL_NEWER = Text("Install a newer openai.", "请安装较新的 openai。")
BACKEND_UNUSABLE = Text(
    "DSADAPTER_BACKEND asks for {name}, which cannot work here: {fault}",
    "DSADAPTER_BACKEND 指定了 {name}，但在这里用不了：{fault}",
)
CHOOSE_BACKEND = Text(
    "Unset DSADAPTER_BACKEND: dsadapter then chooses by itself.",
    "请取消 DSADAPTER_BACKEND，让 dsadapter 自己选择。",
)
NOT_CHOSEN = Text("not {name}: {why}", "没选 {name}：{why}")
NOT_TRIED = Text("not tried (--no-probe)", "未试运行（--no-probe）")
STEP_RAISED = Text(
    "{backend}: the step `{step}` raised {error}: {text}",
    "{backend}：步骤 {step} 抛出 {error}：{text}",
)
CAUSED_BY = Text("caused by {cause}", "起因：{cause}")
NOT_DONE = Text(
    "{backend} was not done after {seconds} s: not proved. (The first start after an "
    "installation takes longest; run the doctor again.)",
    "{backend} 过了 {seconds} 秒还没完成：未能验证。（刚安装后的首次启动最慢，请再运行一次。）",
)
PROCESS_ENDED = Text(
    "{backend}: the step `{step}` ends the whole process ({why}): a program that does the same "
    "stops there without a traceback.",
    "{backend}：步骤 {step} 会让整个进程结束（{why}）：程序走到这里就会退出，连 traceback 都没有。",
)
PROCESS_NOT_STARTED = Text("The trial could not be started: {why}", "试运行的进程没能启动：{why}")
WORKED = Text(
    "{backend} was constructed and called here, in {seconds} s",
    "{backend} 在这里构造并调用成功，用时 {seconds} 秒",
)
RAISING_PACKAGE = Text(
    "The error comes from {package}: install that package again.",
    "错误出自 {package}：请重新安装这个包。",
)

TRY_NEWER = Text(
    "The error comes from {package}, whose files are as they were installed: a newer version may "
    "not have the fault.",
    "错误出自 {package}，而它的文件与安装时一致：换新版本或许能解决。",
)

# --- sdk-python, sdk-requirements ----------------------------------------------------------------

NEEDS_PYTHON = Text(
    "{name} {v} needs Python {need}; this is {python}.",
    "{name} {v} 需要 Python {need}，这里是 {python}。",
)
ANOTHER_VERSION = Text(
    "Let pip choose a version for this Python.", "让 pip 选一个适合这个 Python 的版本。"
)
UNMET = Text("{owner} needs {need}: {state}.", "{owner} 需要 {need}，而这里：{state}。")
UNMET_MORE = Text(
    "{count} packages are missing or of a version that does not work with the others: {names}.",
    "有 {count} 个包缺失或版本不配套：{names}。",
)
MISSING_HERE = Text("it is missing", "没有安装")
VERSION_HERE = Text("here is {v}", "这里是 {v}")
NO_VERSION = Text(
    "No version of {name} satisfies all that is installed: {needs}.",
    "没有哪个版本的 {name} 能满足所有已装的包：{needs}。",
)
SMALLEST = Text(
    "This is the smallest change with which every installed package has what it needs.",
    "这是改动最小的办法，能让所有已装的包都满足依赖。",
)
SPLIT = Text(
    "Give each of them an environment of its own; dsadapter runs with either.",
    "请给它们各自一个虚拟环境；dsadapter 在哪个里都能用。",
)
EFFECTS = {
    "typing-extensions": Text(
        "Where it is too old, imports fail with `cannot import name ... from 'typing_extensions'`.",
        "版本太旧时，导入会报 cannot import name ... from 'typing_extensions'。",
    ),
    "pydantic-core": Text(
        "With the core of another pydantic, importing it raises SystemError.",
        "pydantic 与 pydantic-core 不配套时，导入会抛 SystemError。",
    ),
    "python-dotenv": Text(
        "Without it OpenAI() raises ImportError where a .env file exists.",
        "没有它时，只要目录里有 .env，OpenAI() 就会抛 ImportError。",
    ),
}

# --- sdk-duplicates, sdk-leftovers, sdk-files, sdk-metadata, sdk-stray-install -------------------

TWO_INFOS = Text(
    "{name} is registered {count} times in one folder ({versions}): an upgrade stopped halfway. "
    "The code is {running}; what metadata says depends on chance.",
    "{name} 在同一目录登记了 {count} 次（{versions}）：升级中断过。实际代码是 {running}，元数据说哪"
    "个全凭运气。",
)
MOVE_INFOS = Text(
    "Move the registrations that have no code aside.", "把没有对应代码的登记目录移开。"
)
MIXED = Text(
    "openai {v} has files of {other} in it ({files}): `import openai.error` and `hasattr` tests "
    "tell the wrong generation.",
    "openai {v} 里混有 {other} 的文件（{files}）：import openai.error、hasattr 之类的判断会出错。",
)
MOVE_FILES = Text(
    "No installer knows these files, so none removes them: move them aside.",
    "这些文件不在任何安装记录里，pip 不会删除它们：请移开。",
)
DEBRIS = Text(
    "{path} is left over from an interrupted pip, which warns about it at every call.",
    "{path} 是 pip 中断后的残留：每次运行 pip 都会警告。",
)
MOVE_DEBRIS = Text("Move the folder aside.", "请把该目录移开。")
NO_CODE = Text(
    "{name} {v} is registered as installed, but its code is gone: `import {module}` fails or gives "
    "an empty module.",
    "{name} {v} 显示为已安装，但代码已不在：import {module} 会失败或得到空模块。",
)
FILES_MISSING = Text(
    "{name} {v} is incomplete: {file} is missing{more}.",
    "{name} {v} 不完整：缺少 {file}{more}。",
)
FILES_CUT = Text(
    "{name} {v} is damaged: {file} is shorter than it was installed{more}.",
    "{name} {v} 已损坏：{file} 比安装时短{more}。",
)
FILES_CHANGED = Text(
    "{name} {v} is not what was installed: {file} was changed afterwards{more}.",
    "{name} {v} 与安装时不同：{file} 后来被改过{more}。",
)
WRONG_BINARY = Text(
    "{name} was compiled for another Python ({file}): importing it fails here, and the "
    "SDK with it.",
    "{name} 是为另一个 Python 编译的（{file}）：在这里导入会失败，SDK 也随之失败。",
)
MORE_FILES = Text(" and {more} more", "（另有 {more} 个）")
MORE_PACKAGES = Text("So are {names}.", "同样情况的还有：{names}。")
NO_METADATA = Text(
    "The metadata of {name} {v} cannot be read ({folder}): pip cannot upgrade or remove it.",
    "{name} {v} 的元数据读不出来（{folder}）：pip 无法升级或卸载它。",
)
ANEW = Text(
    "Move the unreadable registration aside and install the package anew.",
    "移开读不出的登记目录，再重新安装。",
)
METADATA_DIFFERS = Text(
    "The code of openai is {running}, its metadata says {recorded}: pip resolves for the "
    "wrong one.",
    "openai 的代码是 {running}，元数据却写着 {recorded}：pip 会按错误的版本解析依赖。",
)
STRAY = Text(
    "A package named `install` ({v}) is here. It is of no use: it comes from a doubled command, "
    "`pip install pip install ...`.",
    "装了一个叫 install 的包（{v}）。它没有用处，来自写重了的命令 pip install pip install ...。",
)
REMOVE_STRAY = Text("Uninstall that package.", "请卸载这个包。")

# --- sdk-shadow, sdk-stdlib-shadow ---------------------------------------------------------------

HIDES = Text(
    "{place} hides the {behind}: programs in this folder import that file instead, and fail with "
    "an AttributeError or ImportError.",
    "{place} 遮住了 {behind}：本目录的程序导入的是这个文件，会报 AttributeError 或 ImportError。",
)
EMPTY_FOLDER = Text(
    "The folder {folder} has no __init__.py, and openai is not installed: `import openai` succeeds "
    "and gives an empty module.",
    "目录 {folder} 里没有 __init__.py，而 openai 并未安装：import openai 不报错，得到的却是空"
    "模块。",
)
HIDES_STDLIB = Text(
    "{name} hides Python's own module of that name: the SDK imports it and breaks, in places that "
    "name neither.",
    "{name} 遮住了 Python 标准库的同名模块：SDK 导入后会在别处出错，报错里看不出原因。",
)
RENAME_FILE = Text(
    "Give the file another name, also where your own code imports it.",
    "请给这个文件改名，自己代码里的导入也要一起改。",
)
RENAME_FOLDER = Text(
    "Give the folder another name, also where your own code imports it.",
    "请给这个目录改名，自己代码里的导入也要一起改。",
)
