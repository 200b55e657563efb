"""``--online`` against the emulator: what it asks, what it makes of the answers."""

from __future__ import annotations

import socket
from typing import Any, Dict, Iterator

import pytest

from dsadapter.testing.emulator import Emulator

KEY = "sk-0123456789abcdef0123456789abcdef"


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as found:
        yield found


def settings(base: str, key: str = KEY) -> Dict[str, str]:
    return {"DEEPSEEK_API_KEY": key, "DEEPSEEK_BASE_URL": base}


def test_nothing_is_asked_unless_told_to(run: Any, emulator: Emulator) -> None:
    ran = run("doctor", "--json", "--no-probe", env=settings(emulator.base_url))
    assert emulator.requests == []
    assert {f["status"] for f in ran.data["findings"] if f["group"] == "online"} == {"skip"}


def test_all_is_well(run: Any, emulator: Emulator) -> None:
    ran = run("doctor", "online", "--online", "--json", env=settings(emulator.base_url))
    assert ran.code == 0 and ran.found() == []
    assert ran.finding("online-models")["message"] == "deepseek-flash, deepseek-v4-pro"
    assert "CNY" in ran.finding("online-balance")["message"]


def test_no_token_is_spent(run: Any, emulator: Emulator) -> None:
    run("doctor", "--online", "--no-probe", env=settings(emulator.base_url))
    asked = [(request.method, request.path) for request in emulator.requests]
    assert asked == [("GET", "/models"), ("GET", "/user/balance")]


@pytest.mark.parametrize("suffix", ["/v1", "/beta", "/chat/completions", "/"])
def test_the_base_url_is_normalised(run: Any, emulator: Emulator, suffix: str) -> None:
    ran = run("doctor", "online", "--json", env=settings(emulator.base_url + suffix))
    assert ran.found() == []


@pytest.mark.parametrize(
    ("fault", "say"),
    [
        ("status-401", "does not accept the key"),
        ("status-401-text", "does not accept the key"),
        ("status-402", "balance is used up"),
        ("status-403", "not allowed"),
        ("status-404", "base URL is wrong"),
        ("status-429", "Too many requests"),
        ("status-500-html", "cannot be used"),
        ("empty-200", "cannot be used"),
        ("half-json", "cannot be used"),
        ("reset-before", "did not answer"),
    ],
)
def test_answers_are_told_apart(run: Any, emulator: Emulator, fault: str, say: str) -> None:
    ran = run("doctor", "online", "--json", env=settings(emulator.url(fault)))
    assert ran.code == 1
    assert say in ran.finding("online-models")["message"]
    assert KEY not in ran.out + ran.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_wrong_key_is_one_problem(run: Any, emulator: Emulator, lang: str) -> None:
    ran = run(
        "doctor", "online", "--json", "--lang", lang, env=settings(emulator.url("status-401"))
    )
    assert ran.found() == ["online-models"]  # the balance gets the same answer


def test_nobody_listens(run: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ran = run("doctor", "online", "--json", env=settings(f"http://127.0.0.1:{port}"))
    assert ran.found() == ["online-tcp"]


def test_a_redirect_carries_the_key_nowhere(run: Any, emulator: Emulator) -> None:
    ran = run("doctor", "online", "--json", env=settings(emulator.url("redirect-same-host")))
    assert "online-models" in ran.found()
    assert {request.path.partition("?")[0] for request in emulator.requests} == {
        "/fault/redirect-same-host/models",
        "/fault/redirect-same-host/user/balance",
    }


def test_without_a_key_the_way_is_tested(run: Any, emulator: Emulator) -> None:
    ran = run("doctor", "online", "--json", env={"DEEPSEEK_BASE_URL": emulator.base_url})
    assert emulator.requests == [] and ran.code == 0
    assert ran.found("ok") == ["online-dns", "online-tcp"]
    assert ran.out.count("No API key") == 1
    assert "nothing was asked" in ran.finding("online-models")["message"]
    assert ran.finding("online-tls")["message"] == "the base URL is plain http"


def test_without_a_key_a_closed_way_is_found(run: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    ran = run("doctor", "online", "--json", env={"DEEPSEEK_BASE_URL": base})
    assert ran.found() == ["online-tcp"]
    assert "No API key" not in ran.out


@pytest.mark.parametrize(
    "env",
    [
        {"DEEPSEEK_API_KEY": "your-key"},
        {"OPENAI_API_KEY": KEY},
        {"DEEPSEEK_API_KEY": f"sk-proj-{KEY}"},
    ],
)
def test_a_key_that_may_not_be_sent_is_not(run: Any, env: Dict[str, str]) -> None:
    """The name of the real host is not even resolved."""
    ran = run("doctor", "online", "--json", env=env)
    assert {f["status"] for f in ran.data["findings"]} == {"skip"}
    messages = [f["message"] for f in ran.data["findings"]]
    assert len(set(messages)) == 2 and messages.count("not reached") == 5  # the reason once
