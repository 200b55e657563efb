"""The product: Pythons x SDKs, as one table that tox, the tests and the page read.

An environment is named ``py38-openai1.0.0``. What an SDK needs to stand beside dsadapter is a
requirement here and nowhere else; what cannot be installed on a Python is not in its row.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
#: Run where there is an interpreter, not asked for.
OPTIONAL_PYTHONS = ("3.14",)
RAW, LEGACY, MODERN = "raw-requests", "legacy-openai", "modern-openai"
FROM_310 = PYTHONS[PYTHONS.index("3.10") :]


class Sdk(NamedTuple):
    """What stands beside dsadapter in a column of environments."""

    id: str
    title: str
    backend: str
    requirements: Tuple[str, ...] = ()
    pythons: Tuple[str, ...] = PYTHONS
    without: Tuple[str, ...] = ()  # uninstalled after dsadapter's own requirements


SDKS = (
    Sdk("none", "no SDK", RAW),
    Sdk("openai0.27.10", "0.27.10", LEGACY, ("openai==0.27.10",)),
    Sdk("openai0.28.1", "0.28.1", LEGACY, ("openai==0.28.1",)),
    Sdk("openai1.0.0", "1.0.0", MODERN, ("openai==1.0.0",)),
    Sdk("openai1.6.1", "1.6.1", MODERN, ("openai==1.6.1",)),
    Sdk(
        "openai1.30.5-httpx0.27", "1.30.5, httpx 0.27", MODERN, ("openai==1.30.5", "httpx==0.27.*")
    ),
    Sdk(
        "openai1.30.5-httpx0.28", "1.30.5, httpx 0.28", MODERN, ("openai==1.30.5", "httpx==0.28.*")
    ),
    Sdk(
        "openai1.55.2-httpx0.27", "1.55.2, httpx 0.27", MODERN, ("openai==1.55.2", "httpx==0.27.*")
    ),
    Sdk(
        "openai1.55.2-httpx0.28", "1.55.2, httpx 0.28", MODERN, ("openai==1.55.2", "httpx==0.28.*")
    ),
    Sdk("openai1.55.3", "1.55.3", MODERN, ("openai==1.55.3",)),
    Sdk("openai1.109.1", "1.109.1", MODERN, ("openai==1.109.1",)),
    Sdk("openai2.0.0", "2.0.0", MODERN, ("openai==2.0.0",)),
    Sdk("openai2.54.0", "2.54.0", MODERN, ("openai==2.54.0",), FROM_310),
    Sdk("openai2.54.0-httpx2", "2.54.0, httpx2", MODERN, ("openai[httpx2]==2.54.0",), FROM_310),
    Sdk("openai3.0.0", "3.0.0", MODERN, ("openai==3.0.0",), FROM_310),
    Sdk(
        "openai3.54.0",
        "3.54.0, without httpx",
        MODERN,
        ("openai==3.54.0",),
        FROM_310,
        without=("httpx", "httpcore"),
    ),
    Sdk("openai3.54.0-httpx", "3.54.0, with httpx", MODERN, ("openai==3.54.0", "httpx"), FROM_310),
    Sdk("newest", "the newest that installs", MODERN, ("openai",)),
    Sdk(
        "lowest-legacy",
        "0.27.0, lowest of all",
        LEGACY,
        (
            "openai==0.27.0",
            "requests==2.25.0",
            "aiohttp==3.8.0",
            "httpx==0.23.1",
            "python-dotenv==0.19.0",
            "packaging==20.0",
        ),
        ("3.8",),
    ),
    Sdk(
        "lowest-modern",
        "1.0.0, lowest of all",
        MODERN,
        (
            "openai==1.0.0",
            "httpx==0.23.1",
            "pydantic==1.9.0",
            "anyio==3.5.0",
            "requests==2.25.0",
            "python-dotenv==0.19.0",
            "packaging==20.0",
        ),
        ("3.8",),
    ),
)


class Environment(NamedTuple):
    """One cell of the product."""

    python: str
    sdk: Sdk

    @property
    def name(self) -> str:
        """As tox and the result files call it."""
        return f"py{self.python.replace('.', '')}-{self.sdk.id}"


ENVIRONMENTS = tuple(
    Environment(python, sdk) for python in PYTHONS for sdk in SDKS if python in sdk.pythons
)
BY_NAME: Dict[str, Environment] = {row.name: row for row in ENVIRONMENTS}


def least(sdk: Sdk) -> Tuple[str, ...]:
    """The lowest, a middle and the newest Python of an SDK: without these no page is made."""
    pythons = [python for python in sdk.pythons if python not in OPTIONAL_PYTHONS]
    return tuple(dict.fromkeys((pythons[0], pythons[len(pythons) // 2], pythons[-1])))


REQUIRED = tuple(row for row in ENVIRONMENTS if row.python in least(row.sdk))
