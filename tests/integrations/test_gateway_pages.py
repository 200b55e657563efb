"""What is beside the calls: the pages, the numbers, HEAD, web pages of other origins, the log."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser
from typing import Any, Dict, List

import pytest
import requests
from gateway_process import process
from gateways import ASK, UPSTREAM_KEY, error_in, needs, said, serving, until

from dsadapter import BackendUnavailableError, InvalidArgumentError
from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn", "prometheus_client")

PAGES = ("/", "/docs", "/openapi.json", "/healthz", "/readyz", "/metrics")
ORIGIN = "https://app.example"


@pytest.fixture(scope="module", params=["create_app", "serve"])
def shared_gateway(request: Any) -> Any:
    """The application for programs, and what the command serves."""
    from dsadapter.integrations.gateway import create_app
    from dsadapter.integrations.gateway.service import Service

    made_by = create_app if request.param == "create_app" else Service
    with Emulator() as emulator, serving(emulator, made_by=made_by) as made:
        yield made


class Tags(HTMLParser):
    """The tags of a page, and what its attributes lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: List[str] = []
        self.links: List[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]


def test_the_root_says_what_this_is(gateway: Any) -> None:
    about = gateway.get("/").json()
    assert about["name"] == "dsadapter gateway"
    assert gateway.get(about["docs"]).status_code == 200
    assert gateway.get(about["openapi"]).json()["info"]["version"] == about["version"]
    assert gateway.get(f"{about['base_url']}/models").status_code == 200


def test_docs_are_one_page_without_a_script(gateway: Any) -> None:
    response = gateway.get("/docs")
    page = Tags(response.text)
    assert "script" not in page.tags
    assert page.links == []
    assert "default-src 'none'" in response.headers["content-security-policy"]
    for path, operations in gateway.get("/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            assert f"{method.upper()} {path}</code> {operation['summary']}" in response.text
    assert gateway.get("/redoc").status_code == 404


def test_docs_show_paths_of_your_own(emulator: Emulator) -> None:
    from gateways import running, upstream

    from dsadapter.integrations.gateway import create_app

    app = create_app(upstream(emulator))

    @app.get("/own", description="<b>Mine</b> & `yours`")
    async def own() -> Dict[str, str]:
        return {}

    with running(app) as url:
        text = requests.get(f"{url}/docs", timeout=20).text
        assert "GET /own" in text
        assert "&lt;b&gt;Mine&lt;/b&gt; &amp; <code>yours</code>" in text
        assert requests.get(f"{url}/own", timeout=20).json() == {}
        assert requests.head(f"{url}/own", timeout=20).status_code == 405


def test_a_browser_that_asks_for_an_icon_sees_no_error(gateway: Any) -> None:
    response = gateway.get("/favicon.ico")
    assert (response.status_code, response.content) == (204, b"")
    assert requests.head(f"{gateway.url}/favicon.ico", timeout=20).status_code == 204


# --- numbers -------------------------------------------------------------------------------------


def number(gateway: Any, name: str, **labels: str) -> float:
    """One sample of /metrics; 0 where there is none."""
    for line in gateway.get("/metrics").text.splitlines():
        found = re.fullmatch(rf"{name}(?:{{(.*)}})? (\S+)", line)
        if found and set((found[1] or "").split(",")) - {""} == {
            f'{key}="{value}"' for key, value in labels.items()
        }:
            return float(found[2])
    return 0.0


def test_requests_and_failures_are_counted(emulator: Emulator) -> None:
    path = "/v1/chat/completions"
    with serving(emulator) as gateway:
        assert gateway.get("/metrics").headers["content-type"].startswith("text/plain; version=")
        gateway.ask()
        gateway.stream().close()
        said(gateway.stream())
        emulator.fault("status-503")
        gateway.ask()
        emulator.fault("cut", after=2)
        said(gateway.stream())
        gateway.get("/nowhere?token=x")
        requests_total = "dsadapter_gateway_requests_total"
        assert number(gateway, requests_total, path=path, status="200") >= 3
        assert number(gateway, requests_total, path=path, status="503") == 1
        assert number(gateway, requests_total, path="other", status="404") == 1
        assert number(gateway, "dsadapter_gateway_request_seconds_count", path=path) >= 4
        failures = "dsadapter_gateway_failures_total"
        assert number(gateway, failures, code="upstream_503") == 1
        assert number(gateway, failures, code="upstream_cut_off") == 1


def test_calls_in_progress(emulator: Emulator) -> None:
    emulator.fault("stall", after=1)
    with serving(emulator) as gateway:
        with gateway.stream() as response:
            lines = response.iter_lines()
            next(lines)
            assert until(lambda: number(gateway, "dsadapter_gateway_calls_in_progress") == 1)
        assert until(lambda: number(gateway, "dsadapter_gateway_calls_in_progress") == 0)


def test_numbers_need_a_token_where_calls_do(emulator: Emulator) -> None:
    with serving(emulator, tokens="tok-1") as gateway:
        assert gateway.get("/metrics").status_code == 401
        headers = {"Authorization": "Bearer tok-1"}
        assert gateway.get("/metrics", headers=headers).status_code == 200


def test_workers_share_their_numbers(emulator: Emulator, tmp_path: Any) -> None:
    from gateways import Gateway

    with process(emulator, tmp_path, "--workers", "2") as running:
        gateway = Gateway(running.url, emulator)
        for _ in range(12):  # each over a new connection, so to either worker
            assert gateway.ask().status_code == 200
        total = [
            number(
                gateway,
                "dsadapter_gateway_requests_total",
                path="/v1/chat/completions",
                status="200",
            )
            for _ in range(4)
        ]
    assert total == [12] * 4


# --- HEAD ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, "/v1/models", "/models/deepseek-flash", "/user/balance"])
def test_head_is_get_without_its_body(gateway: Any, path: str) -> None:
    head, get = (requests.request(m, gateway.url + path, timeout=20) for m in ("HEAD", "GET"))
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]
    if path != "/metrics":  # its numbers grow
        assert head.headers["content-length"] == get.headers["content-length"]


def test_head_where_there_is_no_get(gateway: Any) -> None:
    response = requests.head(f"{gateway.url}/v1/chat/completions", timeout=20)
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


# --- web pages of other origins ------------------------------------------------------------------


def preflight(gateway: Any, origin: str) -> Any:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type, x-stainless-os",
    }
    url = f"{gateway.url}/v1/chat/completions"
    return requests.request("OPTIONS", url, headers=headers, timeout=20)


def test_a_page_of_an_allowed_origin(emulator: Emulator) -> None:
    with serving(emulator, cors=f"{ORIGIN}, http://localhost:5173", tokens="tok-1") as gateway:
        asked = preflight(gateway, ORIGIN)
        assert asked.status_code == 200
        assert asked.headers["access-control-allow-origin"] == ORIGIN
        assert "x-stainless-os" in asked.headers["access-control-allow-headers"].lower()
        for token, status in (("tok-1", 200), ("wrong", 401)):  # a refusal can be read, too
            headers = {"Origin": ORIGIN, "Authorization": f"Bearer {token}"}
            response = gateway.post(json=ASK, headers=headers)
            assert response.status_code == status
            assert response.headers["access-control-allow-origin"] == ORIGIN
            assert "X-DSAdapter-Repairs" in response.headers["access-control-expose-headers"]


def test_other_origins_are_not_let_in(emulator: Emulator) -> None:
    with serving(emulator, cors=[ORIGIN]) as gateway:
        assert preflight(gateway, "https://evil.example").status_code == 400
        response = gateway.post(json=ASK, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in response.headers
    with serving(emulator) as gateway:
        assert preflight(gateway, ORIGIN).status_code == 405
        response = gateway.post(json=ASK, headers={"Origin": ORIGIN})
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    ("origins", "text"),
    [
        ("*", "let every web page use this gateway"),
        ("app.example", "is no origin"),
        ("https://app.example/page", "is no origin"),
    ],
)
def test_origins_that_cannot_be_meant(emulator: Emulator, origins: str, text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=text):
        with serving(emulator, cors=origins):
            pass
    with serving(emulator, cors="*", tokens="tok-1") as gateway:
        assert preflight(gateway, "https://any.example").status_code == 200


# --- the upstream's backend ----------------------------------------------------------------------


def test_the_upstream_is_asked_without_an_sdk(emulator: Emulator, monkeypatch: Any) -> None:
    from dsadapter.integrations.gateway import create_app

    clients: List[Any] = []
    monkeypatch.setattr(
        "dsadapter.integrations.gateway.service.AsyncOpenAI",
        lambda **options: clients.append(options) or _stand_in(),
    )
    create_app()
    monkeypatch.setenv("DSADAPTER_GATEWAY_BACKEND", "modern-openai")
    create_app()
    create_app(backend="auto")
    assert [options["backend"] for options in clients] == ["raw-requests", "modern-openai", "auto"]


def _stand_in() -> Any:
    import dsadapter

    return dsadapter.AsyncOpenAI(api_key="any", base_url="http://127.0.0.1:9")


def test_a_backend_that_is_none(monkeypatch: Any) -> None:
    from dsadapter.integrations.gateway import create_app

    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-0123456789abcdef")
    with pytest.raises(BackendUnavailableError, match="nonsense"):
        create_app(backend="nonsense")


# --- the log -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/v1/models?api_key=sk-client-secret-1",
        "/sk-client-secret-1/v1/chat/completions",
        "/v1/models/0123456789abcdef0123456789abcdef",
    ],
)
def test_no_query_and_no_key_is_logged(emulator: Emulator, path: str, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, logger="dsadapter.gateway")
    with serving(emulator) as gateway:  # of its own: lines are written behind the answers
        gateway.get(path)

    def lines() -> List[str]:
        return [r.getMessage() for r in caplog.records if r.name == "dsadapter.gateway"]

    assert until(lambda: len(lines()) == 1)  # it is written behind the answer
    assert lines()[0].startswith("GET /")
    for secret in ("secret", "api_key", "0123456789"):
        assert secret not in lines()[0]


def test_a_key_in_an_answer_is_hidden(gateway: Any) -> None:
    text = gateway.ask(messages=[{"role": "user", "content": f"my key {UPSTREAM_KEY}"}]).text
    assert f"my key ...{UPSTREAM_KEY[-4:]}" in text


def test_an_unknown_path_is_an_error_in_the_usual_shape(gateway: Any) -> None:
    assert "/docs" in error_in(gateway.get("/nowhere"))["message"]
