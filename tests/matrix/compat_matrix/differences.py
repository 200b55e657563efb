"""Where a backend differs from the others, and why. The page prints these rows."""

from __future__ import annotations

from typing import NamedTuple


class Difference(NamedTuple):
    """One row."""

    backend: str
    what: str
    why: str


DIFFERENCES = (
    Difference(
        "legacy-openai",
        "`close()` leaves sync sessions open.",
        "They are openai 0.28's own, one per thread, and other code may be using them.",
    ),
    Difference(
        "legacy-openai",
        "Async calls ignore `HTTPS_PROXY` and its like.",
        "openai 0.28 sends them through aiohttp, which does not read these variables.",
    ),
    Difference(
        "legacy-openai",
        "Sync: `deadline` and `idle_timeout` hold from the response headers on.",
        "Until then requests has the connection, and only bounds each read.",
    ),
    Difference(
        "legacy-openai",
        "`http_client=` is refused.",
        "openai 0.28 has no place for one; another backend is chosen, or an error says so.",
    ),
    Difference(
        "legacy-openai",
        "openai 0.27.0 to 0.27.5: `openai.requestssession` is ignored.",
        "These releases make their session themselves; `requestssession` came with 0.27.6.",
    ),
    Difference(
        "raw-requests",
        "Async calls go through httpx, or httpx2 where only that is installed.",
        "requests has no async interface.",
    ),
)
