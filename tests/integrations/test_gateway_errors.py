"""Whatever goes wrong, the client gets an error in OpenAI's shape, and the upstream's own first."""

from __future__ import annotations

import json
import logging
import socket
from typing import Any, Dict, Iterator

import pytest
import requests
from gateways import ASK, UPSTREAM_KEY, error_in, events, needs, serving, upstream

from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn")

pytestmark = pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        ("status-400-context-length", 400, "maximum context length"),
        ("status-400-content-risk", 400, "Content Exists Risk"),
        ("status-401", 401, "Authentication Fails"),
        ("status-401-text", 401, "Authentication Fails (governor)"),
        ("status-402", 402, "Insufficient Balance"),
        ("status-403", 403, "The upstream answered 403 with a page."),
        ("status-404", 404, "HTTP 404"),
        ("status-422-text", 422, "missing field"),
        ("status-429", 429, "concurrency"),
        ("status-500", 500, ""),
        ("status-500-html", 500, "The upstream answered 500 with a page."),
        ("status-502-html", 502, "The upstream answered 502 with a page."),
        ("status-503", 503, ""),
        ("status-529", 529, ""),
        ("error-in-200", 502, "The server had an error"),
        ("blank-200", 503, "overloaded"),
        ("html-200", 502, "not what the API promises"),
        ("half-json", 502, ""),
        ("reset-before", 502, "The connection to the upstream failed."),
        ("redirect-other-host", 502, ""),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_of_the_upstream(
    gateway: Any, fault: str, status: int, message: str, stream: bool
) -> None:
    if stream and fault == "half-json":
        pytest.skip("a fault of whole replies")
    gateway.emulator.fault(fault, times=2)  # an idle connection that breaks is given another try
    response = gateway.ask(stream=stream)
    assert response.status_code == status, response.text
    assert message in error_in(response)["message"]
    if fault != "reset-before":
        assert len(gateway.emulator.requests) == 1  # to try again is the client's business


def test_the_body_of_the_upstream_is_kept(gateway: Any) -> None:
    gateway.emulator.fault("status-402", times=2)
    direct = requests.post(
        f"{gateway.emulator.base_url}/chat/completions",
        json=ASK,
        headers={"Authorization": "Bearer any"},
        timeout=20,
    )
    assert gateway.ask().json() == direct.json()


def test_retry_after_is_passed_on(gateway: Any) -> None:
    gateway.emulator.fault("status-429", retry_after=7)
    assert gateway.ask().headers["retry-after"] == "7"


def test_a_model_that_does_not_exist(gateway: Any) -> None:
    response = gateway.ask(model="gpt-9")
    assert response.status_code == 400
    assert "you passed gpt-9" in error_in(response)["message"]
    response = gateway.get("/v1/models/gpt-9")
    assert response.status_code in (400, 404)
    error_in(response)


@pytest.mark.parametrize("path", ["/v1/models", "/user/balance", "/v1/models/deepseek-flash"])
def test_lists_that_fail(gateway: Any, path: str) -> None:
    gateway.emulator.fault("status-503")
    response = gateway.get(path)
    assert response.status_code == 503
    error_in(response)


def test_nobody_upstream(emulator: Emulator) -> None:
    client = upstream(emulator)
    emulator.stop()
    with serving(emulator, client=client) as gateway:
        response = gateway.ask()
        assert response.status_code == 502
        assert error_in(response)["message"] == "The connection to the upstream failed."


# --- requests that are none ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"model": "deepseek-flash", "messages": [', "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b'{"model": "x", "temperature": NaN}', "NaN is no JSON number"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"model": ' + b"1" * 5000 + b"}", "not JSON"),
        (b'"hello"', "a string and not an object"),
        (b"[1]", "a list and not an object"),
        (b"null", "null and not an object"),
        (
            b'{"messages": [{"role": "user", "content": "x"}]}',
            "Missing required parameter: 'model'",
        ),
        (b'{"model": "deepseek-flash"}', "Missing required parameter: 'messages'"),
        (b'{"model": "deepseek-flash", "messages": []}', "'messages'"),
        (b'{"model": 3, "messages": [1]}', "'model' is a number, not a string"),
        (b'{"model": "deepseek-flash", "messages": "hi"}', "'messages' is a string, not a list"),
        (b'{"model": "deepseek-flash", "messages": ["hi"]}', "expected"),
        (b'{"model": "m", "messages": [{}], "stream": "yes"}', "'stream' is a string"),
    ],
)
def test_a_malformed_request(gateway: Any, content: bytes, message: str) -> None:
    response = gateway.post(data=content, headers=JSON)
    assert response.status_code == 400
    assert message in error_in(response)["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": "warm"},
        {"temperature": 9},
        {"tools": "all"},
        {"tools": [{"type": "function"}]},
        {"tool_choice": 4},
        {"response_format": []},
        {"stop": {"a": 1}},
        {"max_tokens": -5},
        {"thinking": "yes"},
        {"messages": [{"role": "nobody", "content": "x"}]},
        {"messages": [{"role": "user", "content": {"a": [None]}}]},
        {"stream": True, "stream_options": "all"},
    ],
    ids=str,
)
def test_wrong_types_are_refused_by_the_upstream(gateway: Any, fields: Dict[str, Any]) -> None:
    response = gateway.ask(**fields)
    assert response.status_code == 400, response.text
    error_in(response)


def test_a_lone_surrogate_is_carried(gateway: Any) -> None:
    content = json.dumps({**ASK, "messages": [{"role": "user", "content": "a\ud800b"}]}).encode()
    assert gateway.post(data=content, headers=JSON).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},  # what a foreign web page may send without asking
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {},
    ],
)
def test_a_body_that_is_not_declared_as_json(gateway: Any, headers: Dict[str, str]) -> None:
    response = gateway.post(data=json.dumps(ASK).encode(), headers=headers)
    assert response.status_code == 415
    error_in(response)
    assert gateway.emulator.requests == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/redoc", 404),
        ("POST", "/v1/embeddings", 404),
        ("GET", "/v1/chat/completions", 405),
        ("DELETE", "/v1/models", 405),
        ("PUT", "/chat/completions", 405),
        ("GET", "/v1/../../etc/passwd", 404),
    ],
)
def test_a_path_that_is_none(gateway: Any, method: str, path: str, status: int) -> None:
    response = requests.request(method, gateway.url + path, timeout=20)
    assert response.status_code == status
    error_in(response)
    assert ("allow" in response.headers) == (status == 405)


# --- an answer that breaks -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("cut", "upstream_cut_off"),
        ("cut-clean", "upstream_cut_off"),
        ("reset-after", "upstream_cut_off"),
        ("stream-error", "server_error"),
        ("error-event", "server_error"),
        ("bad-json-event", "upstream_invalid"),
    ],
)
def test_a_stream_that_breaks_ends_with_an_error(slow_gateway: Any, fault: str, code: str) -> None:
    slow_gateway.emulator.fault(fault, after=5)
    response = slow_gateway.stream()
    assert response.status_code == 200
    *chunks, last = events(response)
    assert len(chunks) in (4, 5)  # aiohttp may lose what comes together with a reset
    assert all("choices" in json.loads(chunk) for chunk in chunks)
    error = json.loads(last)["error"]
    assert error["code"] == code
    assert {"message", "type", "param", "code"} <= set(error)


@pytest.fixture(scope="module")
def slow_gateway() -> Iterator[Any]:
    """Its upstream pauses between the events, so that each is on its way before the next."""
    with Emulator(chunk_delay=0.03) as server, serving(server) as made:
        yield made


def test_a_server_that_gives_up_says_so(gateway: Any) -> None:
    gateway.emulator.fault("insufficient-resource", after=3)
    found = events(gateway.stream())
    assert found[-1] == "[DONE]"
    assert any("insufficient_system_resource" in event for event in found)


def test_a_finished_answer_without_done_is_whole(gateway: Any) -> None:
    gateway.emulator.fault("no-done")
    assert events(gateway.stream())[-1] == "[DONE]"


# --- what must not be seen -----------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["status-401", "reset-before", "html-200", "status-500"])
def test_the_key_of_the_upstream_is_in_no_answer_and_no_log(
    emulator: Emulator, fault: str, caplog: Any, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(emulator) as gateway:
        emulator.fault(fault, times=-1)
        texts = [gateway.ask().text, gateway.get("/v1/models").text, gateway.stream().text]
    texts += [caplog.text, *capfd.readouterr()]
    assert "POST /v1/chat/completions" in caplog.text
    for text in texts:
        assert UPSTREAM_KEY not in text
        assert UPSTREAM_KEY[-4:] not in text


def test_not_even_the_end_of_the_key_is_told(gateway: Any) -> None:
    message = f"Authentication Fails, Your api key: ****{UPSTREAM_KEY[-4:]} is invalid"
    body = {"error": {"message": message, "type": "authentication_error", "param": None}}
    gateway.emulator.fault("status", code=401, body=json.dumps(body))
    response = gateway.ask()
    assert response.status_code == 401
    told = response.json()["error"]["message"]
    assert told == "Authentication Fails, Your api key: **** is invalid"


def test_a_request_that_is_no_http(gateway: Any) -> None:
    host, port = gateway.url[7:].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as sock:
        sock.sendall(b"\x16\x03\x01 not http\r\n\r\n")
        assert b"400" in sock.recv(1000)
    assert gateway.ask().status_code == 200
