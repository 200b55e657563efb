"""Why each check of Python and its packages is there: what breaks, and what mends it."""

from __future__ import annotations

from typing import Dict

from .text import Text, untranslated
from .topic import Reason

REASONS: Dict[str, Reason] = {
    "python-version": Reason(
        Text(
            "Packages refuse to install or break on a Python that they do not support.",
            "包不支持的 Python 上会装不上或出错。",
        ),
        Text("Install Python 3.12 or newer.", "请安装 Python 3.12 或更新版本。"),
    ),
    "python-end-of-life": Reason(
        Text(
            "A Python without security fixes gets no new SDKs either.",
            "停止维护的 Python 也装不了新版 SDK。",
        ),
        Text("Make a new environment with a newer Python.", "请用新版 Python 新建虚拟环境。"),
    ),
    "python-environment": Reason(
        Text(
            "What is installed into one environment is not seen by another.",
            "装到一个环境的包，另一个环境看不到。",
        ),
        Text(
            "Activate the environment, and start the program with its python.",
            "请激活该环境，并用它的 python 运行。",
        ),
    ),
    "python-pip": Reason(
        Text(
            "A pip of another Python installs where this one does not look.",
            "别的 Python 的 pip 装的包，这个 Python 找不到。",
        ),
        Text("Write python -m pip install ...", "请写 python -m pip install ..."),
    ),
    "python-path": Reason(
        Text(
            "Compiled packages of another Python cannot be loaded.",
            "为别的 Python 编译的包无法加载。",
        ),
        Text("Take the folder out of PYTHONPATH.", "请把该目录从 PYTHONPATH 去掉。"),
    ),
    "python-console": Reason(
        Text(
            "print() raises UnicodeEncodeError at the first emoji.",
            "print() 遇到 emoji 会抛 UnicodeEncodeError。",
        ),
        Text("Set PYTHONUTF8=1.", "请设置 PYTHONUTF8=1。"),
    ),
    "sdk-shadow": Reason(
        Text(
            "A file named openai.py or httpx.py is imported in place of the package.",
            "名为 openai.py 或 httpx.py 的文件会被当成包导入。",
        ),
        Text("Rename the file.", "请给文件改名。"),
    ),
    "sdk-stdlib-shadow": Reason(
        Text(
            "A file named like a standard module breaks whatever imports that module.",
            "与标准库同名的文件会让导入它的代码都出错。",
        ),
        Text("Rename the file.", "请给文件改名。"),
    ),
    "sdk-duplicates": Reason(
        Text(
            "Two registrations of a package: pip removes one, the other runs.",
            "一个包登记了两次：pip 删掉的和运行的不是同一个。",
        ),
        Text("Uninstall until it is gone, then install once.", "请反复卸载到没有为止，再装一次。"),
    ),
    "sdk-leftovers": Reason(
        Text(
            "Files of an interrupted removal are imported as if they were the package.",
            "卸载残留的文件会被当成包导入。",
        ),
        Text("Remove them, and install again.", "请删除残留并重装。"),
    ),
    "sdk-metadata": Reason(
        Text(
            "Tools decide by the metadata, programs run the code.", "工具看元数据，程序跑的是代码。"
        ),
        Text("Install the package again.", "请重新安装这个包。"),
    ),
    "sdk-files": Reason(
        Text(
            "A missing or changed file fails only when it is imported.",
            "缺少或被改动的文件要到导入时才出错。",
        ),
        Text("pip install --force-reinstall PACKAGE", "pip install --force-reinstall 包名"),
    ),
    "sdk-stray-install": Reason(
        Text(
            "A mistyped pip command installs a stranger's package.",
            "写错的 pip 命令会装上别人的包。",
        ),
        Text("Uninstall that package.", "请卸载那个包。"),
    ),
    "sdk-installed": Reason(
        Text(
            "Without a usable SDK the program ends at its import.",
            "没有可用的 SDK，程序在导入时就会出错。",
        ),
        Text("Install openai, or use dsadapter alone.", "请安装 openai，或只用 dsadapter。"),
    ),
    "sdk-python": Reason(
        Text(
            "A package of a newer Python uses syntax that this one lacks.",
            "为更新的 Python 写的包会用到这里没有的语法。",
        ),
        Text("Install a version for this Python.", "请安装支持这个 Python 的版本。"),
    ),
    "sdk-requirements": Reason(
        Text(
            "A missing or wrong dependency fails at import or at the first call.",
            "依赖缺失或版本不对，会在导入或首次调用时出错。",
        ),
        Text(
            "Run the command of the finding: it is the smallest change that meets all needs.",
            "请运行提示的命令：它是满足全部要求的最小改动。",
        ),
    ),
    "sdk-backend": Reason(
        Text("Without a backend no request can be sent.", "没有后端就发不了请求。"),
        Text("Install httpx or requests.", "请安装 httpx 或 requests。"),
    ),
    "sdk-works": Reason(
        Text(
            "What imports well can still fail when a client is made.", "能导入不代表能构造客户端。"
        ),
        Text("Look at the error that the check shows.", "请看检查给出的错误。"),
    ),
    "conflict-httpx-proxies": Reason(
        Text(
            "openai 1.0 to 1.55.2 passes proxies= to httpx, which dropped it in 0.28.",
            "openai 1.0 到 1.55.2 给 httpx 传 proxies=，而 httpx 0.28 删除了它。",
        ),
        untranslated('pip install "openai>=1.55.3,<2"'),
    ),
    "conflict-httpx-gone": Reason(
        Text(
            "openai 3 brings httpx2, and code that imports httpx fails.",
            "openai 3 带的是 httpx2，导入 httpx 的代码会失败。",
        ),
        untranslated("pip install httpx"),
    ),
    "conflict-http-client": Reason(
        Text("Objects of httpx and httpx2 do not mix.", "httpx 与 httpx2 的对象不能混用。"),
        Text("Use the library that the SDK uses.", "请用 SDK 所用的那个库。"),
    ),
    "conflict-httpx-prerelease": Reason(
        Text(
            "The pre-releases of httpx 1.0 lack names that the SDK needs.",
            "httpx 1.0 预发布版缺少 SDK 要用的名字。",
        ),
        untranslated('pip install "httpx<1"'),
    ),
    "conflict-httpx-cgi": Reason(
        Text(
            "httpx 0.23.0 imports cgi, which Python 3.13 lacks.",
            "httpx 0.23.0 要导入 cgi，而 Python 3.13 没有它。",
        ),
        untranslated('pip install "httpx>=0.23.1"'),
    ),
    "conflict-httpx2-noise": Reason(
        Text(
            "openai 3.0 with an early httpx2 prints errors after async streams.",
            "openai 3.0 配早期 httpx2，异步流结束后会打印错误。",
        ),
        untranslated('pip install "openai>=3.54"'),
    ),
    "conflict-pydantic": Reason(
        Text(
            "A pydantic that the SDK does not take fails at import.",
            "SDK 不支持的 pydantic 在导入时就会出错。",
        ),
        Text("Install the version of the finding.", "请安装提示的版本。"),
    ),
    "conflict-anyio": Reason(
        Text(
            "An anyio outside the SDK's range breaks async calls.",
            "版本不符的 anyio 会让异步调用出错。",
        ),
        Text("Install the version of the finding.", "请安装提示的版本。"),
    ),
    "conflict-aiohttp": Reason(
        Text(
            "Old versions of aiohttp do not run on this Python.",
            "旧版 aiohttp 不能在这个 Python 上运行。",
        ),
        untranslated('pip install "aiohttp>=3.9"'),
    ),
    "conflict-urllib3": Reason(
        Text(
            "Old versions of urllib3 do not run on this Python.",
            "旧版 urllib3 不能在这个 Python 上运行。",
        ),
        untranslated('pip install "urllib3>=1.26.18"'),
    ),
    "conflict-requests-urllib3": Reason(
        Text(
            "requests warns or fails with a urllib3 newer than it knows.",
            "requests 遇到比它新的 urllib3 会告警或出错。",
        ),
        untranslated('pip install "requests>=2.31"'),
    ),
    "conflict-sse": Reason(
        Text("Some versions lose or split events of a stream.", "有些版本会丢失或切错流里的事件。"),
        Text("Install the version of the finding.", "请安装提示的版本。"),
    ),
    "conflict-pins": Reason(
        Text(
            "Installed packages ask for versions that exclude one another.",
            "已装的包要求的版本互相排斥。",
        ),
        Text("Upgrade the packages that the finding names together.", "请把提示的几个包一起升级。"),
    ),
    "conflict-openssl": Reason(
        Text(
            "urllib3 2 does not run with an OpenSSL before 1.1.1.",
            "urllib3 2 不能与 1.1.1 之前的 OpenSSL 一起用。",
        ),
        untranslated('pip install "urllib3<2"'),
    ),
}
