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
#: Why nothing was run on a Python; the page says it where there is no result.
ABSENT = {
    "3.14": (
        "no interpreter was to be had on the machine that measures",
        "测量用的机器上没有这个版本",
    )
}
FROM_310 = PYTHONS[PYTHONS.index("3.10") :]


class Sdk(NamedTuple):
    """What stands beside dsadapter in a column of environments."""

    id: str
    title: str
    backend: str
    requirements: Tuple[str, ...] = ()
    pythons: Tuple[str, ...] = PYTHONS
    without: Tuple[str, ...] = ()  # uninstalled after dsadapter's own requirements
    chinese: str = ""  # the title, where it has words
    findings: Tuple[str, ...] = ()  # checks of the doctor that fail there, rightly

    @property
    def has_sdk(self) -> bool:
        """Whether there is an SDK that can be asked alone."""
        return self.backend != RAW


#: The bounds of pyproject.toml. pyparsing, because packaging 20.0 uses what 3.3 warns of; pytest,
#: because its next one needs a newer packaging.
LOWEST = (
    "requests==2.25.0",
    "httpx==0.23.1",
    "python-dotenv==0.19.0",
    "packaging==20.0",
    "pyparsing==2.4.7",
    "pytest==8.3.5",
)
#: requests 2.25.0 and packaging 20.0 are of before Python 3.10. On 3.9 that requests refuses a
#: proxy without a scheme, which code of 0.27 names: its row has 3.8 alone.
LOWEST_PYTHONS = ("3.8", "3.9")


def _without_httpx(version: str) -> Sdk:
    return Sdk(
        f"openai{version}",
        f"{version}, without httpx",
        MODERN,
        (f"openai=={version}",),
        FROM_310,
        ("httpx", "httpcore"),
        f"{version}，没有 httpx",
    )


def _with_httpx(version: str) -> Sdk:
    return Sdk(
        f"openai{version}-httpx",
        f"{version}, with httpx",
        MODERN,
        (f"openai=={version}", "httpx"),
        FROM_310,
        chinese=f"{version}，有 httpx",
    )


SDKS = (
    Sdk("none", "no SDK", RAW, chinese="没有 SDK"),
    Sdk("fast", "no SDK, aiohttp", RAW, ("aiohttp>=3.8", "orjson"), chinese="没有 SDK，aiohttp"),
    Sdk(
        "niquests",
        "no SDK, niquests",
        RAW,
        ("niquests>=3.14",),
        chinese="没有 SDK，niquests",
        findings=("sdk-files",),  # urllib3-future writes over the files of urllib3
    ),
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
    _without_httpx("3.54.0"),
    _with_httpx("3.54.0"),
    _without_httpx("3.57.0"),
    _with_httpx("3.57.0"),
    Sdk("openai3.57.0-aiohttp", "3.57.0, aiohttp", MODERN, ("openai[aiohttp]==3.57.0",), FROM_310),
    Sdk("newest", "the newest that installs", MODERN, ("openai",), chinese="能装上的最新版"),
    Sdk(
        "lowest-none",
        "no SDK, lowest of all",
        RAW,
        LOWEST,
        LOWEST_PYTHONS,
        chinese="没有 SDK，全部最低版本",
    ),
    Sdk(
        "lowest-legacy",
        "0.27.0, lowest of all",
        LEGACY,
        ("openai==0.27.0", "aiohttp==3.8.0", *LOWEST),
        LOWEST_PYTHONS[:1],
        chinese="0.27.0，全部最低版本",
    ),
    Sdk(
        "lowest-modern",
        "1.0.0, lowest of all",
        MODERN,
        ("openai==1.0.0", "pydantic==1.9.0", "anyio==3.5.0", *LOWEST),
        LOWEST_PYTHONS,
        chinese="1.0.0，全部最低版本",
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

#: The titles that have words.
CHINESE = {sdk.title: sdk.chinese for sdk in SDKS if sdk.chinese}
#: What a record is whole with.
REQUIRED = tuple(row for row in ENVIRONMENTS if row.python not in OPTIONAL_PYTHONS)
#: The tests of an environment: those that depend on what stands beside dsadapter.
TESTS = (
    "tests/test_contract.py",
    "tests/legacy/test_idioms.py",
    "tests/matrix/test_environment.py",
    "tests/dropin",
    "--ignore=tests/dropin/test_suites.py",
)
#: Of what starts a process for each test, which takes most of the time, the Pythons between the
#: oldest and the newest of a row get this part.
TESTS_BETWEEN = (*TESTS[:3], "tests/dropin/test_run.py")


def tests_of(environment: Environment) -> Tuple[str, ...]:
    """What is run there, as arguments of pytest."""
    row = [python for python in environment.sdk.pythons if python not in OPTIONAL_PYTHONS]
    ends = (row[0], row[-1], *OPTIONAL_PYTHONS)
    return TESTS if environment.python in ends else TESTS_BETWEEN
