"""Answers through the gateway: whole, streamed, repaired, and what is passed on untouched."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import requests
from gateways import ANSWER, ASK, RECORDED, UPSTREAM_KEY, events, needs, said

needs("gateway", "fastapi", "uvicorn")

pytestmark = pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")

PATHS = ("/v1/chat/completions", "/chat/completions")


@pytest.mark.parametrize("path", PATHS)
def test_a_whole_answer(gateway: Any, path: str) -> None:
    response = gateway.post(path, json=ASK)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert "Hello" in body["choices"][0]["message"]["content"]
    assert body["usage"]["total_tokens"] > 0
    assert "x-dsadapter-repairs" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_a_stream(gateway: Any, path: str) -> None:
    response = gateway.post(path, json={**RECORDED, "stream": True})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream"
    assert said(response) == (ANSWER, True)


def test_a_stream_is_what_the_upstream_said(gateway: Any) -> None:
    """Chunk for chunk, thinking and usage too."""
    direct = requests.post(
        f"{gateway.emulator.base_url}/chat/completions",
        json={**RECORDED, "stream": True},
        headers={"Authorization": "Bearer any"},
        timeout=20,
    )
    through = gateway.post(json={**RECORDED, "stream": True})
    there, here = events(direct), events(through)
    assert len(there) == len(here) > 50
    assert [json.loads(event) for event in there[:-1]] == [json.loads(e) for e in here[:-1]]


@pytest.mark.parametrize("path", ["/v1/completions", "/completions"])
@pytest.mark.parametrize("stream", [False, True])
def test_fill_in_the_middle(gateway: Any, path: str, stream: bool) -> None:
    ask = {"model": "deepseek-v4-pro", "prompt": "def fib(n):", "suffix": "return a"}
    response = gateway.post(path, json={**ask, "stream": stream})
    assert response.status_code == 200, response.text
    found = events(response)[0] if stream else response.text
    assert json.loads(found)["choices"][0]["text"]


@pytest.mark.parametrize("prefix", ["", "/v1"])
def test_lists(gateway: Any, prefix: str) -> None:
    models = gateway.get(f"{prefix}/models").json()
    assert [model["id"] for model in models["data"]] == ["deepseek-flash", "deepseek-v4-pro"]
    assert gateway.get(f"{prefix}/models/deepseek-flash").json()["id"] == "deepseek-flash"
    assert gateway.get(f"{prefix}/user/balance").json()["is_available"] is True


def test_probes(gateway: Any) -> None:
    assert gateway.get("/healthz").json() == {"status": "ok"}
    assert gateway.get("/readyz").json() == {"status": "ready"}
    assert gateway.emulator.requests == []  # neither asks the upstream


def test_the_page_and_what_it_says(gateway: Any) -> None:
    assert gateway.get("/docs").headers["content-type"].startswith("text/html")
    page = gateway.get("/openapi.json").json()
    assert {"/v1/chat/completions", "/v1/completions", "/v1/models", "/v1/user/balance"} <= set(
        page["paths"]
    )
    assert UPSTREAM_KEY[3:] not in gateway.get("/openapi.json").text


def test_unknown_fields_reach_the_upstream(gateway: Any) -> None:
    gateway.ask(user_id="abc", a_field_of_tomorrow={"deep": [1, None]})
    sent = json.loads(gateway.emulator.requests[-1].body)
    assert sent["user_id"] == "abc"
    assert sent["a_field_of_tomorrow"] == {"deep": [1, None]}


@pytest.mark.parametrize(
    "field",
    [
        {"base_url": "http://127.0.0.1:9"},
        {"api_base": "http://127.0.0.1:9"},
        {"api_key": "sk-someone"},
        {"extra_headers": {"X-Evil": "1"}},
        {"headers": {"X-Evil": "1"}},
        {"timeout": 0.001},
        {"provider": "openai"},
        {"repair": "off"},
    ],
    ids=lambda field: next(iter(field)),
)
def test_a_field_is_never_a_setting_of_the_gateway(gateway: Any, field: Any) -> None:
    """A client must not steer where the key goes."""
    assert gateway.ask(**field).status_code == 200
    request = gateway.emulator.requests[-1]
    assert json.loads(request.body).items() >= field.items()
    assert request.headers["authorization"] == f"Bearer {UPSTREAM_KEY}"
    assert "x-evil" not in request.headers


def test_headers_of_a_client_stay_here(gateway: Any) -> None:
    headers = {"X-Emulator-Fault": "status-500", "Authorization": "Bearer of-the-client"}
    assert gateway.post(json=ASK, headers=headers).status_code == 200
    assert gateway.emulator.requests[-1].headers["authorization"] == f"Bearer {UPSTREAM_KEY}"


@pytest.mark.parametrize("stream", [False, True])
def test_repairs_stand_in_a_header(gateway: Any, stream: bool) -> None:
    ask = {**ASK, "model": "deepseek-chat", "max_completion_tokens": 100, "stream": stream}
    response = gateway.post(json=ask)
    assert response.status_code == 200
    rules = response.headers["x-dsadapter-repairs"]
    assert rules == "retired-model-name, max-completion-tokens"


@pytest.mark.parametrize("stream", [False, True])
def test_functions_of_old_clients(gateway: Any, stream: bool) -> None:
    function = {"name": "weather", "parameters": {"type": "object", "properties": {}}}
    ask = {"functions": [function], "function_call": {"name": "weather"}, "stream": stream}
    response = gateway.ask(**ask)
    assert '"function_call"' in response.text
    assert '"tool_calls"' not in re.sub(r'"finish_reason":\s*"\w+"', "", response.text)


def test_the_trace_id_of_the_upstream_is_passed_on(gateway: Any) -> None:
    assert re.fullmatch("[0-9a-f]{32}", gateway.ask().headers["x-ds-trace-id"])
