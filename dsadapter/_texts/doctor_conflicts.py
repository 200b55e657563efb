"""What is said of each known combination of versions that does not work, by its check."""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

from .text import Text

EITHER_IS_ENOUGH = Text("Either of the two is enough.", "任选其一即可。")
INSTALL_OTHERS = Text("Install versions that work together.", "请安装互相兼容的版本。")


class ConflictText(NamedTuple):
    """The fields of ``message`` are the names of the packages."""

    message: Text
    advice: Text = INSTALL_OTHERS
    details: Tuple[Text, ...] = ()


CONFLICTS: Dict[str, ConflictText] = {
    "conflict-httpx-proxies": ConflictText(
        Text(
            "openai {openai} passes `proxies=` to httpx, which dropped it in 0.28 (found "
            "{httpx}): every OpenAI() raises TypeError: Client.__init__() got an unexpected "
            "keyword argument 'proxies'. `pip check` sees nothing wrong.",
            "openai {openai} 会给 httpx 传 proxies=，而 httpx 0.28 起已删除它（这里是 {httpx}）："
            "每个 OpenAI() 都会抛 TypeError: Client.__init__() got an unexpected keyword argument "
            "'proxies'。pip check 查不出来。",
        ),
        advice=EITHER_IS_ENOUGH,
        details=(
            Text(
                "dsadapter works here all the same: it hands the SDK an HTTP client of its own.",
                "dsadapter 在这里照常可用：它会给 SDK 一个自己的 HTTP 客户端。",
            ),
        ),
    ),
    "conflict-httpx-gone": ConflictText(
        Text(
            "openai {openai} brings httpx2 and no longer httpx: code that says `import httpx` "
            "stops with ModuleNotFoundError.",
            "openai {openai} 只带 httpx2，不再带 httpx：写了 import httpx 的代码会报 "
            "ModuleNotFoundError。",
        ),
        advice=Text("Install it if your code imports it.", "如果代码要用，请另外安装。"),
    ),
    "conflict-http-client": ConflictText(
        Text(
            "openai {openai} refuses http_client=httpx2.Client() (TypeError: Invalid "
            "`http_client` argument); httpx2 {httpx2} being installed does no harm.",
            "openai {openai} 不接受 http_client=httpx2.Client()（TypeError: Invalid `http_client` "
            "argument）；仅仅装着 httpx2 {httpx2} 没有坏处。",
        ),
        advice=Text("Hand it an httpx.Client().", "请传 httpx.Client()。"),
    ),
    "conflict-httpx-prerelease": ConflictText(
        Text(
            "httpx {httpx} is a pre-release that openai {openai} cannot import: cannot import "
            "name 'Proxy' from 'httpx'.",
            "httpx {httpx} 是预发布版，openai {openai} 导入时报错：cannot import name 'Proxy' "
            "from 'httpx'。",
        ),
    ),
    "conflict-httpx-cgi": ConflictText(
        Text(
            "httpx {httpx} imports the module cgi, which Python {python} no longer has.",
            "httpx {httpx} 要导入 cgi 模块，而 Python {python} 已经没有它。",
        ),
    ),
    "conflict-httpx2-noise": ConflictText(
        Text(
            "openai {openai} with httpx2 {httpx2} may print `generator didn't stop after "
            "athrow()` after async streams; it does no harm.",
            "openai {openai} 配 httpx2 {httpx2} 时，异步流结束后可能打印 generator didn't stop "
            "after athrow()；没有危害。",
        ),
    ),
    "conflict-pydantic": ConflictText(
        Text(
            "openai {openai} leaves out pydantic 2.0 to 2.3 (found {pydantic}).",
            "openai {openai} 不支持 pydantic 2.0 到 2.3（这里是 {pydantic}）。",
        ),
    ),
    "conflict-anyio": ConflictText(
        Text(
            "openai {openai} asks for anyio below 4 and works with {anyio} all the same; `pip "
            "check` complains.",
            "openai {openai} 声明需要 anyio 4 以下，但配 {anyio} 照样能用；pip check 会抱怨。",
        ),
    ),
    "conflict-aiohttp": ConflictText(
        Text(
            "aiohttp {aiohttp} does not run on Python {python}, and openai {openai} imports it at "
            "once.",
            "aiohttp {aiohttp} 不能在 Python {python} 上运行，而 openai {openai} 一导入就要用它。",
        ),
    ),
    "conflict-urllib3": ConflictText(
        Text(
            "urllib3 {urllib3} does not run on Python {python}: No module named "
            "'urllib3.packages.six.moves'. requests cannot be imported.",
            "urllib3 {urllib3} 不能在 Python {python} 上运行：No module named "
            "'urllib3.packages.six.moves'。requests 因此无法导入。",
        ),
    ),
    "conflict-requests-urllib3": ConflictText(
        Text(
            "requests {requests} does not know urllib3 {urllib3}: it prints "
            "RequestsDependencyWarning "
            "at every start.",
            "requests {requests} 不认识 urllib3 {urllib3}：每次启动都会打印 "
            "RequestsDependencyWarning。",
        ),
    ),
    "conflict-sse": ConflictText(
        Text(
            "openai {openai} splits event streams like text lines: an answer with U+2028 or "
            "U+0085 in it ends a native stream with JSONDecodeError.",
            "openai {openai} 按文本行切分事件流：回答里若有 U+2028 或 U+0085，原生流会以 "
            "JSONDecodeError 中断。",
        ),
        advice=Text(
            "Upgrade, or stream through dsadapter, which reads bytes.",
            "请升级，或改用 dsadapter 读流（它按字节解析）。",
        ),
    ),
}
