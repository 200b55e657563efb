"""Which backend a client gets, why, and what happens where the SDK cannot be used."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import httpx
import pytest
import requests
from sample_calls import CALL
from subprograms import run

import dsadapter
from _backends.samples import LEGACY, MODERN, RAW, OwnSession, sdk_here
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._backends import detection, selection
from dsadapter._backends.detection import Sdk
from dsadapter.testing.emulator import Emulator

NOWHERE = "http://127.0.0.1:9"


def installed(version: str, **more: Any) -> Sdk:
    return Sdk(version, "site-packages/openai/__init__.py", more.pop("imported", False), **more)


NONE: Optional[Sdk] = None
OLD, NEW, HTTPX2 = installed("0.28.1"), installed("1.55.2"), installed("2.47.0")
BROKEN = Sdk("", "openai.py", False, "the file openai.py hides the SDK: rename it")


@pytest.fixture()
def having(monkeypatch: Any) -> Any:
    """``having(sdk)``: this SDK is what detection finds."""
    selection.broken.clear()
    return lambda sdk: monkeypatch.setattr(detection, "sdk", lambda: sdk)


AUTOMATIC: List[Tuple[Optional[Sdk], str, str, Dict[str, str]]] = [
    (
        NONE,
        RAW,
        "no usable openai SDK",
        {
            LEGACY: "openai is not installed; it needs openai 0.27 or 0.28",
            MODERN: "openai is not installed; it needs openai 1 or newer",
        },
    ),
    (
        OLD,
        LEGACY,
        "openai 0.28.1 is installed",
        {MODERN: "openai 0.28.1 is installed; it needs openai 1 or newer"},
    ),
    (
        NEW,
        MODERN,
        "openai 1.55.2 is installed",
        {LEGACY: "openai 1.55.2 is installed; it needs openai 0.27 or 0.28"},
    ),
    (
        NEW._replace(imported=True),
        MODERN,
        "openai 1.55.2 is imported by the program",
        {LEGACY: "openai 1.55.2 is installed; it needs openai 0.27 or 0.28"},
    ),
    (BROKEN, RAW, "no usable openai SDK", {LEGACY: str(BROKEN.fault), MODERN: str(BROKEN.fault)}),
]


# --- automatic ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sdk", "name", "reason", "rejected"), AUTOMATIC)
def test_automatic(having: Any, sdk: Any, name: str, reason: str, rejected: Any) -> None:
    having(sdk)
    found = dsadapter.selection()
    assert (found.name, found.reason, dict(found.rejected)) == (name, reason, rejected)
    assert dsadapter.selection("auto") == found


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ("0.26.5", RAW),
        ("0.27.0", LEGACY),
        ("0.28.1", LEGACY),
        ("1.0.0b1", MODERN),
        ("1.0.0", MODERN),
        ("1.109.1", MODERN),
        ("2.54.0", MODERN),
        ("3.54.0", MODERN),
        ("10.0.0", MODERN),
    ],
)
def test_versions(having: Any, version: str, name: str) -> None:
    having(installed(version))
    assert dsadapter.selection().name == name


# --- named ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sdk", "name"),
    [(NONE, RAW), (OLD, RAW), (NEW, RAW), (BROKEN, RAW), (OLD, LEGACY), (NEW, MODERN)],
)
def test_a_named_backend(having: Any, monkeypatch: Any, sdk: Any, name: str) -> None:
    having(sdk)
    assert dsadapter.selection(name) == (name, "named by the argument backend", (), False)
    monkeypatch.setenv("DSADAPTER_BACKEND", name)
    found = dsadapter.selection()
    assert found.name == name
    assert found.reason == "named by the environment variable DSADAPTER_BACKEND"


def test_argument_before_global_before_environment(having: Any, monkeypatch: Any) -> None:
    having(OLD)
    monkeypatch.setenv("DSADAPTER_BACKEND", LEGACY)
    vars(dsadapter)["backend"] = RAW
    assert dsadapter.selection() == (RAW, "named by dsadapter.backend", (), False)
    assert dsadapter.selection(LEGACY).reason == "named by the argument backend"
    assert dsadapter.selection("auto").name == LEGACY
    assert dsadapter.selection("auto").reason == "openai 0.28.1 is installed"


def test_the_variable_may_stand_in_a_dotenv_file(having: Any, tmp_path: Path) -> None:
    having(OLD)
    (tmp_path / ".env").write_text("DSADAPTER_BACKEND=raw-requests\n", encoding="utf-8")
    assert dsadapter.selection().name == RAW


@pytest.mark.parametrize(
    ("sdk", "name", "why", "fix"),
    [
        (NONE, LEGACY, "openai is not installed", 'pip install "openai<1"'),
        (NONE, MODERN, "openai is not installed", 'pip install "openai>=1.55.3"'),
        (NEW, LEGACY, "openai 1.55.2 is installed", 'pip install "openai<1"'),
        (OLD, MODERN, "openai 0.28.1 is installed", 'pip install "openai>=1.55.3"'),
        (BROKEN, MODERN, "hides the SDK", "DSADAPTER_BACKEND=auto"),
    ],
)
def test_a_named_backend_that_cannot_work(
    having: Any, monkeypatch: Any, sdk: Any, name: str, why: str, fix: str
) -> None:
    having(sdk)
    with pytest.raises(dsadapter.BackendUnavailableError) as caught:
        OpenAI(api_key="k", base_url=NOWHERE, backend=name)
    assert name in caught.value.message
    assert why in caught.value.message
    assert fix in str(caught.value)
    monkeypatch.setenv("DSADAPTER_BACKEND", name)
    with pytest.raises(dsadapter.BackendUnavailableError, match="DSADAPTER_BACKEND"):
        dsadapter.selection()


@pytest.mark.parametrize("name", ["openai", "modern", "RAW-REQUESTS", "raw_requests"])
def test_an_unknown_name(monkeypatch: Any, name: str) -> None:
    with pytest.raises(dsadapter.BackendUnavailableError, match=name) as caught:
        OpenAI(api_key="k", base_url=NOWHERE, backend=name)
    for known in ("auto", LEGACY, MODERN, RAW):
        assert known in str(caught.value)
    monkeypatch.setenv("DSADAPTER_BACKEND", name)
    with pytest.raises(dsadapter.BackendUnavailableError, match="DSADAPTER_BACKEND"):
        dsadapter.selection()


Httpx2 = type("Client", (), {"__module__": "httpx2._client"})
CHOICES = [
    (NONE, requests.Session, RAW),
    (NEW, requests.Session, RAW),
    (OLD, requests.Session, RAW),
    (NEW, OwnSession, RAW),
    (NONE, httpx.Client, RAW),
    (OLD, httpx.Client, RAW),
    (NEW, httpx.Client, MODERN),
    (NEW, Httpx2, RAW),
    (HTTPX2, Httpx2, MODERN),
    (HTTPX2, httpx.Client, MODERN),
]


# --- a caller's http_client -----------------------------------------------------------------------


@pytest.mark.parametrize(("sdk", "kind", "name"), CHOICES)
def test_an_http_client_narrows_the_choice(having: Any, sdk: Any, kind: Any, name: str) -> None:
    having(sdk)
    client = kind()
    found = selection.select(http_client=client)
    assert found.name == name
    fit_sdk = {OLD: LEGACY, NEW: MODERN, HTTPX2: MODERN}.get(sdk)
    if name == RAW and fit_sdk:
        assert "cannot use the http_client, a " in dict(found.rejected)[fit_sdk]
        assert "client that was given" in found.reason
    getattr(client, "close", lambda: None)()


MISFITS = [
    (OpenAI, lambda: object(), None, NONE),
    (OpenAI, lambda: "http://proxy", None, NONE),
    (OpenAI, lambda: object(), MODERN, NEW),
    (OpenAI, httpx.AsyncClient, RAW, NONE),
    (OpenAI, httpx.AsyncClient, None, NONE),
    (AsyncOpenAI, httpx.Client, RAW, NONE),
    (AsyncOpenAI, httpx.Client, None, NONE),
    (AsyncOpenAI, requests.Session, None, NONE),
    (AsyncOpenAI, requests.Session, RAW, NONE),
    (OpenAI, requests.Session, MODERN, NEW),
    (OpenAI, requests.Session, LEGACY, OLD),
    (OpenAI, httpx.Client, LEGACY, OLD),
]


@pytest.mark.parametrize(("face", "make", "backend", "sdk"), MISFITS)
def test_an_http_client_that_does_not_fit(
    having: Any, face: Any, make: Any, backend: Any, sdk: Any
) -> None:
    having(sdk)
    given = make()
    with pytest.raises(dsadapter.HttpClientError) as caught:
        face(api_key="k", base_url=NOWHERE, backend=backend, http_client=given)
    assert isinstance(caught.value, dsadapter.OpenAIError)
    assert isinstance(caught.value, TypeError)
    kind = type(given)
    assert f"{kind.__module__}.{kind.__qualname__}" in str(caught.value)
    assert "take" in str(caught.value)
    if kind is httpx.AsyncClient:
        asyncio.run(given.aclose())
    else:
        getattr(given, "close", lambda: None)()


# --- two at once ----------------------------------------------------------------------------------


def test_two_backends_live_in_one_process() -> None:
    here = sdk_here()
    with Emulator() as emulator:
        first = OpenAI(api_key="k", base_url=emulator.base_url)
        second = OpenAI(api_key="k", base_url=emulator.base_url, backend=RAW)
        with first, second:
            for client, name in ((first, here), (second, RAW), (first, here)):
                assert client.backend == name
                assert client.chat.completions.create(**CALL).adapter.backend == name
                third = client.with_options(backend=RAW)
                assert third.chat.completions.create(**CALL).adapter.backend == RAW
                third.close()


BREAKING = """
import asyncio
import warnings
import dsadapter
from dsadapter.testing.emulator import Emulator

assert dsadapter.selection().name == NAME, dsadapter.selection()
with warnings.catch_warnings(record=True) as caught, Emulator() as emulator:
    warnings.simplefilter("always")
    call = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hello"}]}
    for _ in range(2):
        with dsadapter.OpenAI(api_key="k", base_url=emulator.base_url) as client:
            assert client.backend == "raw-requests"
            assert client.chat.completions.create(**call).adapter.backend == "raw-requests"

    async def main():
        async with dsadapter.AsyncOpenAI(api_key="k", base_url=emulator.base_url) as client:
            assert (await client.chat.completions.create(**call)).adapter.backend == "raw-requests"

    asyncio.run(main())
    found = dsadapter.selection()
    assert found.name == "raw-requests", found
    assert "broken on purpose" in dict(found.rejected)[NAME], found
    try:
        dsadapter.OpenAI(api_key="k", base_url="http://127.0.0.1:9", backend=NAME)
    except dsadapter.BackendUnavailableError as err:
        assert "broken on purpose" in str(err), err
    else:
        raise AssertionError("a named backend fell back")
assert [w.category for w in caught] == [dsadapter.BackendWarning], [str(w.message) for w in caught]
text = str(caught[0].message)
assert NAME in text and "broken on purpose" in text and "doctor" in text, text
assert caught[0].filename == "<string>", caught[0].filename
"""


BODIES = {
    "ImportError": "raise ImportError('broken on purpose')",
    "TypeError": "raise TypeError('broken on purpose')",
    "SyntaxError": "broken on purpose",
}


def a_broken_sdk(folder: Path, version: str, body: str) -> None:
    package = folder / "openai"
    package.mkdir()
    modern = not version.startswith("0.")
    start = "from ._client import OpenAI\n" if modern else ""
    (package / "__init__.py").write_text(start + body + "\n", encoding="utf-8")
    if modern:
        text = f'__title__ = "openai"\n__version__ = "{version}"  # x-release-please-version\n'
        (package / "_version.py").write_text(text, encoding="utf-8")
        (package / "_client.py").write_text("class OpenAI: ...\n", encoding="utf-8")
    else:
        (package / "version.py").write_text(f'VERSION = "{version}"\n', encoding="utf-8")
        (folder / "aiohttp.py").write_text("", encoding="utf-8")  # which the real one requires


# --- an SDK that breaks when it is imported -------------------------------------------------------


@pytest.mark.parametrize(("version", "name"), [("1.55.2", MODERN), ("0.28.1", LEGACY)])
@pytest.mark.parametrize("kind", ["ImportError", "TypeError"])
def test_a_broken_sdk_falls_back_with_one_warning(
    tmp_path: Path, version: str, name: str, kind: str
) -> None:
    a_broken_sdk(tmp_path, version, BODIES[kind])
    run(f"NAME = {name!r}\n{BREAKING}", tmp_path)


def test_a_named_broken_sdk_raises_and_warns_of_nothing(tmp_path: Path) -> None:
    a_broken_sdk(tmp_path, "1.55.2", BODIES["SyntaxError"])
    program = """
import warnings
warnings.simplefilter("error")
import dsadapter
try:
    dsadapter.OpenAI(api_key="k", base_url="http://127.0.0.1:9", backend="modern-openai")
except dsadapter.BackendUnavailableError as err:
    assert "SyntaxError" in str(err) and "doctor" in str(err), err
    assert isinstance(err.__cause__, SyntaxError)
else:
    raise AssertionError
"""
    run(program, tmp_path)
