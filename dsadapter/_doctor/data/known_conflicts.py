"""Combinations of versions that are known not to work, one row each.

``pip check`` is content with most of them. Sources: sdk-matrix sections 1, 2, 4, 6, surface E.
"""

from __future__ import annotations

from typing import Mapping, Tuple

from ..._named_tuple import NamedTuple
from ..findings import FAIL, INFO, WARN

MISSING = "missing"


class KnownConflict(NamedTuple):
    """One known-bad combination. ``when``: versions that must all hold, by name ("python" too);
    what is said of it stands in ``_texts.doctor_conflicts``."""

    id: str
    when: Mapping[str, str]
    commands: Tuple[str, ...] = ()
    status: str = FAIL
    proof: str = ""  # what the probe raises because of it
    newest: Tuple[str, ...] = ()  # packages whose newest release is bad here: no pin, no escape


KNOWN_CONFLICTS: Tuple[KnownConflict, ...] = (
    KnownConflict(
        "conflict-httpx-proxies",
        {"openai": ">=1.0.0,<1.55.3", "httpx": ">=0.28"},
        commands=('pip install "openai>=1.55.3,<2"', 'pip install "httpx<0.28"'),
        proof="'proxies'",
        newest=("httpx",),
    ),
    KnownConflict(
        "conflict-httpx-gone",
        {"openai": ">=3", "httpx": MISSING},
        commands=("pip install httpx",),
        status=INFO,
    ),
    KnownConflict("conflict-http-client", {"openai": ">=1,<2.47", "httpx2": ">=0"}, status=INFO),
    KnownConflict(
        "conflict-httpx-prerelease",
        {"openai": ">=1,<3", "httpx": ">=1.0.dev0"},
        commands=('pip install "httpx<1"',),
        proof="httpx",
    ),
    KnownConflict(
        "conflict-httpx-cgi",
        {"httpx": "<0.23.1", "python": ">=3.13"},
        commands=('pip install "httpx>=0.23.1,<0.28"',),
        proof="cgi",
    ),
    KnownConflict(
        "conflict-httpx2-noise",
        {"openai": ">=3,<3.1", "httpx2": "<2.13"},
        commands=('pip install "openai>=3.54"',),
        status=INFO,
    ),
    KnownConflict(
        "conflict-pydantic",
        {"openai": ">=3.3.1", "pydantic": ">=2.0,<2.4"},
        commands=('pip install "pydantic>=2.4,<3"',),
    ),
    KnownConflict(
        "conflict-anyio",
        {"openai": ">=1,<1.3.8", "anyio": ">=4"},
        commands=('pip install "openai>=1.55.3,<2"',),
        status=INFO,
    ),
    KnownConflict(
        "conflict-aiohttp",
        {"openai": "<1", "aiohttp": "<3.9", "python": ">=3.12"},
        commands=('pip install "aiohttp>=3.9"',),
        proof="aiohttp",
    ),
    KnownConflict(
        "conflict-urllib3",
        {"urllib3": "<1.26.5", "python": ">=3.12"},
        commands=('pip install "requests>=2.31" "urllib3>=1.26.18"',),
        proof="urllib3",
    ),
    KnownConflict(
        "conflict-requests-urllib3",
        {"requests": "<2.30", "urllib3": ">=2"},
        commands=('pip install "requests>=2.31"', 'pip install "urllib3<2"'),
        status=WARN,
    ),
    KnownConflict(
        "conflict-sse",
        {"openai": ">=1,<1.13.4"},
        commands=('pip install "openai>=1.55.3,<2"',),
        status=WARN,
    ),
)
