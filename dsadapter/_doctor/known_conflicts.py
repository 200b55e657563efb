"""Combinations of versions that are known not to work, one row each.

``pip check`` is content with most of them. Sources: sdk-matrix sections 1, 2, 4, 6, surface E.
"""

from __future__ import annotations

from typing import Mapping, NamedTuple, Tuple

from .._texts.text import Text
from .findings import FAIL, INFO, WARN

MISSING = "missing"


class KnownConflict(NamedTuple):
    """One known-bad combination. ``when``: versions that must all hold, by name ("python" too);
    the message's fields are those names."""

    id: str
    title: Text
    when: Mapping[str, str]
    message: Text
    commands: Tuple[str, ...] = ()
    advice: Text = Text("Install versions that fit.", "请安装互相兼容的版本。")
    status: str = FAIL
    details: Tuple[Text, ...] = ()
    proof: str = ""  # what the probe raises because of it
    newest: Tuple[str, ...] = ()  # packages whose newest release is bad here: no pin, no escape


KNOWN_CONFLICTS: Tuple[KnownConflict, ...] = (
    KnownConflict(
        "conflict-httpx-proxies",
        Text("httpx accepts the SDK's arguments", "httpx 接受 SDK 传的参数"),
        {"openai": ">=1.0.0,<1.55.3", "httpx": ">=0.28"},
        Text(
            "openai {openai} passes `proxies=` to httpx, which dropped it in 0.28 (found "
            "{httpx}): every OpenAI() raises TypeError: Client.__init__() got an unexpected "
            "keyword argument 'proxies'. `pip check` sees nothing wrong.",
            "openai {openai} 会给 httpx 传 proxies=，而 httpx 0.28 起已删除它（这里是 {httpx}）："
            "每个 OpenAI() 都会抛 TypeError: Client.__init__() got an unexpected keyword argument "
            "'proxies'。pip check 查不出来。",
        ),
        ('pip install "openai>=1.55.3,<2"', 'pip install "httpx<0.28"'),
        Text("Either of the two is enough.", "任选其一即可。"),
        details=(
            Text(
                "dsadapter works here all the same: it hands the SDK an HTTP client of its own.",
                "dsadapter 在这里照常可用：它会给 SDK 一个自己的 HTTP 客户端。",
            ),
        ),
        proof="'proxies'",
        newest=("httpx",),
    ),
    KnownConflict(
        "conflict-httpx-gone",
        Text("code that imports httpx finds it", "import httpx 能找到包"),
        {"openai": ">=3", "httpx": MISSING},
        Text(
            "openai {openai} brings httpx2 and no longer httpx: code that says `import httpx` "
            "stops with ModuleNotFoundError.",
            "openai {openai} 只带 httpx2，不再带 httpx：写了 import httpx 的代码会报 "
            "ModuleNotFoundError。",
        ),
        ("pip install httpx",),
        Text("Install it if your code imports it.", "如果代码要用，请另外安装。"),
        INFO,
    ),
    KnownConflict(
        "conflict-http-client",
        Text("an httpx2 client fits the SDK", "SDK 接受 httpx2 客户端"),
        {"openai": ">=1,<2.47", "httpx2": ">=0"},
        Text(
            "openai {openai} refuses http_client=httpx2.Client() (TypeError: Invalid "
            "`http_client` argument); httpx2 {httpx2} being installed does no harm.",
            "openai {openai} 不接受 http_client=httpx2.Client()（TypeError: Invalid `http_client` "
            "argument）；仅仅装着 httpx2 {httpx2} 没有坏处。",
        ),
        advice=Text("Hand it an httpx.Client().", "请传 httpx.Client()。"),
        status=INFO,
    ),
    KnownConflict(
        "conflict-httpx-prerelease",
        Text("httpx is a release that the SDK knows", "httpx 是 SDK 支持的版本"),
        {"openai": ">=1,<3", "httpx": ">=1.0.dev0"},
        Text(
            "httpx {httpx} is a pre-release that openai {openai} cannot import: cannot import "
            "name 'Proxy' from 'httpx'.",
            "httpx {httpx} 是预发布版，openai {openai} 导入时报错：cannot import name 'Proxy' "
            "from 'httpx'。",
        ),
        ('pip install "httpx<1"',),
        proof="httpx",
    ),
    KnownConflict(
        "conflict-httpx-cgi",
        Text("httpx runs on this Python", "httpx 支持这个 Python"),
        {"httpx": "<0.23.1", "python": ">=3.13"},
        Text(
            "httpx {httpx} imports the module cgi, which Python {python} no longer has.",
            "httpx {httpx} 要导入 cgi 模块，而 Python {python} 已经没有它。",
        ),
        ('pip install "httpx>=0.23.1,<0.28"',),
        proof="cgi",
    ),
    KnownConflict(
        "conflict-httpx2-noise",
        Text("async streams end quietly", "异步流能安静结束"),
        {"openai": ">=3,<3.1", "httpx2": "<2.13"},
        Text(
            "openai {openai} with httpx2 {httpx2} may print `generator didn't stop after "
            "athrow()` after async streams; it does no harm.",
            "openai {openai} 配 httpx2 {httpx2} 时，异步流结束后可能打印 generator didn't stop "
            "after athrow()；没有危害。",
        ),
        ('pip install "openai>=3.54"',),
        status=INFO,
    ),
    KnownConflict(
        "conflict-pydantic",
        Text("pydantic is a version the SDK takes", "pydantic 版本合适"),
        {"openai": ">=3.3.1", "pydantic": ">=2.0,<2.4"},
        Text(
            "openai {openai} leaves out pydantic 2.0 to 2.3 (found {pydantic}).",
            "openai {openai} 不支持 pydantic 2.0 到 2.3（这里是 {pydantic}）。",
        ),
        ('pip install "pydantic>=2.4,<3"',),
    ),
    KnownConflict(
        "conflict-anyio",
        Text("anyio is a version the SDK asks for", "anyio 版本合适"),
        {"openai": ">=1,<1.3.8", "anyio": ">=4"},
        Text(
            "openai {openai} asks for anyio below 4 and works with {anyio} all the same; `pip "
            "check` complains.",
            "openai {openai} 声明需要 anyio 4 以下，但配 {anyio} 照样能用；pip check 会抱怨。",
        ),
        ('pip install "openai>=1.55.3,<2"',),
        status=INFO,
    ),
    KnownConflict(
        "conflict-aiohttp",
        Text("aiohttp runs on this Python", "aiohttp 支持这个 Python"),
        {"openai": "<1", "aiohttp": "<3.9", "python": ">=3.12"},
        Text(
            "aiohttp {aiohttp} does not run on Python {python}, and openai {openai} imports it at "
            "once.",
            "aiohttp {aiohttp} 不能在 Python {python} 上运行，而 openai {openai} 一导入就要用它。",
        ),
        ('pip install "aiohttp>=3.9"',),
        proof="aiohttp",
    ),
    KnownConflict(
        "conflict-urllib3",
        Text("urllib3 runs on this Python", "urllib3 支持这个 Python"),
        {"urllib3": "<1.26.5", "python": ">=3.12"},
        Text(
            "urllib3 {urllib3} does not run on Python {python}: No module named "
            "'urllib3.packages.six.moves'. requests cannot be imported.",
            "urllib3 {urllib3} 不能在 Python {python} 上运行：No module named "
            "'urllib3.packages.six.moves'。requests 因此无法导入。",
        ),
        ('pip install "requests>=2.31" "urllib3>=1.26.18"',),
        proof="urllib3",
    ),
    KnownConflict(
        "conflict-requests-urllib3",
        Text("requests and urllib3 know each other", "requests 与 urllib3 版本配套"),
        {"requests": "<2.30", "urllib3": ">=2"},
        Text(
            "requests {requests} does not know urllib3 {urllib3}: it prints "
            "RequestsDependencyWarning "
            "at every start.",
            "requests {requests} 不认识 urllib3 {urllib3}：每次启动都会打印 "
            "RequestsDependencyWarning。",
        ),
        ('pip install "requests>=2.31"', 'pip install "urllib3<2"'),
        status=WARN,
    ),
    KnownConflict(
        "conflict-sse",
        Text("the SDK reads every event stream", "SDK 能读完整的事件流"),
        {"openai": ">=1,<1.13.4"},
        Text(
            "openai {openai} splits event streams like text lines: an answer with U+2028 or "
            "U+0085 in it ends a native stream with JSONDecodeError.",
            "openai {openai} 按文本行切分事件流：回答里若有 U+2028 或 U+0085，原生流会以 "
            "JSONDecodeError 中断。",
        ),
        ('pip install "openai>=1.55.3,<2"',),
        Text(
            "Upgrade, or stream through dsadapter, which reads bytes.",
            "请升级，或改用 dsadapter 读流（它按字节解析）。",
        ),
        WARN,
    ),
)
