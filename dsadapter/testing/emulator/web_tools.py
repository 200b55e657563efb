"""What the server's own web tools bring back, without any web.

Invented: that they run whenever they are on offer and no function is called, and every result. The
shape of a result is that of the Messages format (`web_search_tool_result`); in chat the field that
holds it is invented too, its real name being unknown. v4-pro runs none of them (invented).
"""

from __future__ import annotations

import re
from typing import List
from urllib.parse import quote

from .completion_request import READ_URL, WEB_SEARCH, CompletionRequest
from .response import Json

#: The field of `message` and `delta` that has the results (invented).
RESULTS = "web_results"
#: A host that no resolver knows, so that nobody takes a result for a page.
HOST = "https://emulator.invalid"
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_KINDS = {WEB_SEARCH: "web_search", READ_URL: "web_fetch"}


def web_results(request: CompletionRequest) -> List[Json]:
    """One block per search or fetched link, in the order of the tools."""
    if request.echoed_model != "deepseek-flash" or request.get("tool_choice") == "none":
        return []
    text = request.last_user_text
    blocks: List[Json] = []
    if WEB_SEARCH in request.web_tools:
        blocks.append(_block(WEB_SEARCH, f"{HOST}/search?q={quote(text[:40])}", len(blocks)))
    for link in _LINK.findall(text) if READ_URL in request.web_tools else ():
        blocks.append(_block(READ_URL, link, len(blocks)))
    return blocks


def _block(tool: str, url: str, index: int) -> Json:
    kind = _KINDS[tool]
    return {
        "type": f"{kind}_tool_result",
        "tool_use_id": f"srvtoolu_{index:02d}",
        "content": [{"type": f"{kind}_result", "url": url, "title": "A page of the emulator"}],
    }


def citations(blocks: List[Json]) -> str:
    """What the answer says about its sources."""
    urls = [block["content"][0]["url"] for block in blocks]
    return "".join(f" [{number}]({url})" for number, url in enumerate(urls, 1))


def tool_usage(blocks: List[Json]) -> Json:
    """What goes into `usage`: the counters of the Messages format."""
    kinds = [block["type"].replace("_tool_result", "_requests") for block in blocks]
    return {"server_tool_use": {kind: kinds.count(kind) for kind in kinds}} if kinds else {}
