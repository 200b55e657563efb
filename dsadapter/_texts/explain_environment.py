"""Texts of broken environments: packages, files in the way, encodings (sdk-matrix 6, 8, 9, 11)."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

RENAME = Text(
    "Rename the file, and delete the folder __pycache__ beside it.",
    "请给文件改名，并删除旁边的 __pycache__ 目录。",
)
AGAIN = Text("Install it again.", "请重新安装。")

EXPLANATIONS: Dict[str, Explanation] = {
    "env-shadow-script": Explanation(
        Text(
            "A file of your own is named {name}.py: the program imports itself in place of the "
            "package.",
            "你自己的文件叫 {name}.py：程序导入的是它自己，而不是那个包。",
        ),
        RENAME,
    ),
    "env-shadow-file": Explanation(
        Text(
            "{name} was imported from a file of your own: it hides the package.",
            "导入的 {name} 是你自己的文件：它遮住了真正的包。",
        ),
        RENAME,
    ),
    "env-namespace": Explanation(
        Text(
            "A folder named openai without code was imported: the package is not installed here, "
            "or its files are gone.",
            "导入的是一个没有代码的 openai 目录：这里没装这个包，或它的文件已丢失。",
        ),
        Text("Delete that folder, or install the package.", "请删除该目录，或安装这个包。"),
    ),
    "env-shadow-dependency": Explanation(
        Text(
            "A file of your own is named {name}.py (or a folder {name}): it is imported in place "
            "of the package of that name.",
            "你自己有一个文件叫 {name}.py（或目录叫 {name}）：导入的是它，而不是同名的包。",
        ),
        RENAME,
    ),
    "env-shadow-stdlib": Explanation(
        Text(
            "{name} hides a module of Python's own standard library.",
            "{name} 遮住了 Python 标准库的同名模块。",
        ),
        RENAME,
    ),
    "env-shadow-renaming": Explanation(
        Text("{name} hides the package of that name.", "{name} 遮住了同名的包。"),
        RENAME,
    ),
    "env-incomplete": Explanation(
        Text(
            "The package openai has no such file: it is older than 1.0 (which brought types, "
            "resources and lib), or an upgrade or removal stopped halfway.",
            "openai 包里没有这个文件：它早于 1.0（types、resources、lib 从 1.0 才有），或升级、卸载"
            "中断过。",
        ),
        AGAIN,
    ),
    "env-dsadapter": Explanation(
        Text(
            "dsadapter is not installed in the Python that ran this; the package index does not "
            "have it yet (a package of that name there would be somebody else's).",
            "运行程序的这个 Python 没有安装 dsadapter；软件源里还没有它（那里若有同名的包，是别人"
            "的）。",
        ),
        Text(
            "Install it with that Python: pip install . in the folder of a clone, or pip install "
            '"dsadapter @ git+ADDRESS" (docs/install.md).',
            "请用那个 Python 安装：在克隆的目录里执行 pip install .，或 pip install "
            '"dsadapter @ git+地址"（见 docs/install.md）。',
        ),
    ),
    "env-not-installed": Explanation(
        Text(
            "openai is not installed in the Python that ran this; mostly pip installed it into "
            "another one.",
            "运行程序的这个 Python 没有安装 openai；多半是 pip 装到了另一个 Python。",
        ),
        Text(
            "It is not needed: python -m dsadapter run app.py   To install it all the same:",
            "其实不需要：python -m dsadapter run app.py   仍要安装：",
        ),
    ),
    "env-missing-dependency": Explanation(
        Text(
            "The package {name} is missing. (Some of the SDK's are missed only when a client is "
            "constructed or called.)",
            "缺少 {name} 包。（有些依赖要到构造客户端或调用时才会发现缺失。）",
        ),
        Text("Install that package.", "请安装这个包。"),
    ),
    "env-typing-extensions": Explanation(
        Text(
            "typing-extensions is too old for the SDK or for pydantic: it has no {name}.",
            "typing-extensions 对 SDK 或 pydantic 来说太旧：没有 {name}。",
        ),
        Text("Upgrade that package.", "请升级这个包。"),
    ),
    "env-typing-extensions-typevar": Explanation(
        Text(
            "typing-extensions 4.5 or older does not run on Python 3.12.",
            "typing-extensions 4.5 及更早版本不能在 Python 3.12 上运行。",
        ),
        Text("Upgrade that package.", "请升级这个包。"),
    ),
    "env-pydantic-core": Explanation(
        Text(
            "pydantic and pydantic-core do not belong together: one was upgraded without the "
            "other.",
            "pydantic 与 pydantic-core 不配套：只升级了其中一个。",
        ),
        Text("Install both again.", "请一起重装。"),
    ),
    "env-wrong-python": Explanation(
        Text(
            "Compiled packages of another Python version or platform are on the search path, "
            "mostly by way of PYTHONPATH, a copied folder, or an archive that was packed on "
            "another system (AWS Lambda, a container).",
            "搜索路径上有为别的 Python 版本或平台编译的包，多半来自 PYTHONPATH、直接拷贝的目录，或"
            "在另一个系统上打的包（AWS Lambda、容器）。",
        ),
        Text(
            "Make a new environment, or unset PYTHONPATH. To pack for another system: pip install "
            "--platform manylinux2014_x86_64 --python-version 3.12 --only-binary=:all: --target "
            "FOLDER, with its platform and Python. Here:",
            "请新建虚拟环境，或取消 PYTHONPATH。为另一个系统打包：pip install --platform "
            "manylinux2014_x86_64 --python-version 3.12 --only-binary=:all: --target 目录（写那里的"
            "平台和 Python 版本）。在本机：",
        ),
    ),
    "env-httpx-prerelease": Explanation(
        Text(
            "httpx is a pre-release (1.0.dev) that the SDK cannot use.",
            "httpx 是 SDK 不支持的预发布版（1.0.dev）。",
        ),
        Text("Install a release.", "请安装正式版。"),
    ),
    "env-cgi": Explanation(
        Text(
            "Python 3.13 has no module cgi any more; httpx 0.23.0 and aiohttp 3.6 still import it.",
            "Python 3.13 已没有 cgi 模块；httpx 0.23.0 和 aiohttp 3.6 还在导入它。",
        ),
        Text("Upgrade the one in the traceback.", "请升级 traceback 里出现的那个。"),
    ),
    "env-urllib3": Explanation(
        Text(
            "urllib3 (and the requests above it) is too old for Python 3.12 and newer.",
            "urllib3（以及依赖它的 requests）对 Python 3.12 以上太旧。",
        ),
        Text("Upgrade both.", "请一起升级。"),
    ),
    "env-aiohttp": Explanation(
        Text("aiohttp is too old for Python 3.12 and newer.", "aiohttp 对 Python 3.12 以上太旧。"),
        Text("Upgrade that package.", "请升级这个包。"),
    ),
    "env-openssl": Explanation(
        Text(
            "urllib3 2 needs OpenSSL 1.1.1; this Python was built with an older one or LibreSSL.",
            "urllib3 2 需要 OpenSSL 1.1.1；这个 Python 用的是更旧的版本或 LibreSSL。",
        ),
        Text(
            "Install the line that still supports it, or a newer Python.",
            "请安装仍支持它的旧版，或换用新版 Python。",
        ),
    ),
    "env-requests-warning": Explanation(
        Text(
            "requests does not know the installed urllib3 or chardet: they are newer than it is.",
            "requests 不认识所装的 urllib3 或 chardet：它们比它新。",
        ),
        Text("Upgrade requests.", "请升级 requests。"),
    ),
    "env-closed-loop": Explanation(
        Text(
            "One async client was used in two event loops (asyncio.run called twice).",
            "同一个异步客户端用在了两个事件循环里（调用了两次 asyncio.run）。",
        ),
        Text(
            "Make the client inside the coroutine, `async with AsyncOpenAI() as client:`",
            "请在协程里创建客户端：async with AsyncOpenAI() as client:",
        ),
    ),
    "env-closed-client": Explanation(
        Text("The client was used after it was closed.", "客户端关闭之后又被使用。"),
        Text("Keep the calls inside its `with` block.", "请把调用放在它的 with 块里。"),
    ),
    "env-import-module": Explanation(
        Text(
            "The package {name} is not installed in the Python that ran this.",
            "运行程序的这个 Python 没有安装 {name}。",
        ),
        Text(
            "Install it (its name on the index can differ).", "请安装（在软件源里的名字可能不同）。"
        ),
    ),
}
