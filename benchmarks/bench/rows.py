"""Who is measured: the rows of the table."""

from __future__ import annotations

from typing import List, NamedTuple, Optional, Tuple

SDKS = ("0.28.1", "1.109.1", "2.54.0", "3.57.0")
NEWEST = SDKS[-1]
FACES = ("modern", "legacy")


class Row(NamedTuple):
    id: str
    title: str
    env: str
    kind: str  # of bench.clients
    backend: str = "auto"
    optional: bool = False
    native: Optional[str] = None  # id of the row this one stands in for
    columns: Tuple[str, ...] = ()  # those it is asked for; none named: all

    @property
    def is_adapter(self) -> bool:
        return self.kind.startswith("adapter")


def _adapter(version: Optional[str], face: str) -> Row:
    if version is None:
        id, title, env, backend = "raw", "raw-requests", "none", "raw-requests"
    else:
        generation = "legacy" if version.startswith("0.") else "modern"
        backend = f"{generation}-openai"
        id, title, env = f"{backend}-{version}", f"{backend} {version}", f"openai-{version}"
    native = "requests" if version is None else f"sdk-{version}"
    kind = f"adapter-{face}"
    return Row(f"{id}:{face}", f"{title}, {face} face", env, kind, backend, False, native)


def _sdk(version: str) -> Row:
    kind = "sdk-legacy" if version.startswith("0.") else "sdk-modern"
    return Row(f"sdk-{version}", f"openai {version} itself", f"openai-{version}", kind)


def _fast(face: str) -> Row:
    title = f"raw-requests with [fast], {face} face"
    return Row(f"fast:{face}", title, "fast", f"adapter-{face}", "raw-requests", False, "aiohttp")


# Another state of the repository, of which one figure speaks; thousands at once it never ends.
BEFORE = Row(
    "before",
    "raw-requests before, modern face",
    "before",
    "adapter-modern",
    "raw-requests",
    columns=("call", "chunk", "calls-8", "calls-64", "calls-300"),
)
ROWS: List[Row] = [
    *(_adapter(version, face) for version in (None, *SDKS) for face in FACES),
    *(_fast(face) for face in FACES),
    *(_sdk(version) for version in SDKS),
    Row("requests", "requests + json by hand", "none", "requests"),
    Row("aiohttp", "aiohttp + json by hand", "fast", "aiohttp"),
    Row("httpx", "httpx + json by hand", "none", "httpx"),
    Row("socket", "bare socket + json", "none", "socket"),
    Row("litellm", "litellm", "litellm", "litellm", optional=True),
    Row("langchain", "langchain-deepseek", "langchain-deepseek", "langchain", optional=True),
    BEFORE,
]
BY_ID = {row.id: row for row in ROWS}


def chosen(pattern: Optional[str]) -> List[Row]:
    """Rows whose id begins with one of the comma-separated words; all without any."""
    if not pattern:
        return list(ROWS)
    words = tuple(word.strip() for word in pattern.split(",") if word.strip())
    rows = [row for row in ROWS if row.id.startswith(words)]
    if not rows:
        raise SystemExit(f"no row begins with {pattern!r}; there are: {', '.join(BY_ID)}")
    return rows
