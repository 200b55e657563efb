"""What the command serves: as ``create_app`` gives, with FastAPI only where it is needed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import ExitStack
from typing import Any, Dict, List

import pytest
import requests
from gateway_process import ROOT
from gateways import UPSTREAM_KEY, error_in, needs, serving

from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn", "prometheus_client")

# Asks an application without a server, and says after each request whether FastAPI is loaded.
PROGRAM = """
import asyncio, json, sys
from dsadapter._cli.serve import app

made = app()

async def ask(method, path, body=b""):
    sent, parts = [], [body]
    async def receive():
        if not parts:
            await asyncio.sleep(60)  # it is there until it is answered
        return {"type": "http.request", "body": parts.pop()}
    async def send(message):
        sent.append(message)
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(),
             "query_string": b"", "root_path": "", "headers": headers, "server": ("127.0.0.1", 80),
             "scheme": "http", "http_version": "1.1"}
    await made(scope, receive, send)
    print(method, path, sent[0]["status"], "fastapi" in sys.modules, "pydantic" in sys.modules)

async def main():
    body = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hi"}]}
    for path in ("/", "/healthz", "/readyz", "/metrics"):
        await ask("GET", path)
        await ask("HEAD", path)
    for stream in (False, True):
        await ask("POST", "/v1/chat/completions", json.dumps({**body, "stream": stream}).encode())
    await ask("POST", "/completions", b"{}")
    await ask("GET", "/docs")

asyncio.run(main())
"""


def test_fastapi_is_loaded_with_its_first_page(emulator: Emulator, tmp_path: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=str(tmp_path),
        env={
            **os.environ,
            "PYTHONPATH": ROOT,
            "DEEPSEEK_API_KEY": UPSTREAM_KEY,
            "DEEPSEEK_BASE_URL": emulator.base_url,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 12, done.stderr
    assert lines[-2:] == ["POST /completions 400 False False", "GET /docs 200 True True"]
    assert all(line.endswith(" 200 False False") for line in lines[:-2])


REQUESTS = [
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/healthz/"),
    ("GET", "/healthz%0A"),
    ("POST", "/healthz"),
    ("DELETE", "/metrics"),
    ("OPTIONS", "/v1/chat/completions"),
    ("GET", "/v1/chat/completions"),
    ("HEAD", "/v1/chat/completions"),
    ("POST", "/v1/chat/completions"),
    ("POST", "/nowhere"),
    ("GET", "/nowhere"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "/favicon.ico"),
    ("GET", "/v1/models"),
    ("GET", "/user/balance"),
]


@pytest.mark.parametrize("tokens", ["", "tok-1"])
@pytest.mark.parametrize("cors", ["", "https://app.example"])
def test_both_answer_the_same(emulator: Emulator, tokens: str, cors: str) -> None:
    from dsadapter.integrations.gateway import create_app
    from dsadapter.integrations.gateway.service import Service

    def seen(gateway: Any, method: str, path: str) -> List[Any]:
        headers = {"Origin": "https://app.example", "Authorization": "Bearer tok-2"}
        response = requests.request(method, gateway.url + path, headers=headers, timeout=20)
        fields = {k: v for k, v in response.headers.items() if k not in ("date", "x-ds-trace-id")}
        text = response.text.replace(gateway.url, "")
        fields = {name: value.replace(gateway.url, "") for name, value in fields.items()}
        return [method, path, response.status_code, sorted(fields.items()), text]

    with ExitStack() as stack:
        options: Dict[str, Any] = {"tokens": tokens, "cors": cors}
        made = [
            stack.enter_context(serving(emulator, made_by=made_by, **options))
            for made_by in (create_app, Service)
        ]
        for method, path in REQUESTS:
            one, other = (seen(gateway, method, path) for gateway in made)
            assert one == other


def test_pages_that_cannot_be_made_are_an_error_and_calls_go_on(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dsadapter.integrations.gateway import service

    def broken(*_: Any) -> Any:
        raise ImportError("this FastAPI needs another pydantic")

    with serving(emulator, made_by=service.Service) as gateway:
        with monkeypatch.context() as patch:
            patch.setattr(service._Pages, "_make", broken)
            response = gateway.get("/docs")
            assert response.status_code == 500
            assert "its log says why" in error_in(response)["message"]
            assert gateway.ask().status_code == 200
        assert gateway.get("/docs").status_code == 200


@pytest.mark.parametrize("owned", [True, False])
def test_its_own_client_ends_with_it(owned: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import dsadapter
    from dsadapter.integrations.gateway.service import Service

    closed: List[Any] = []

    async def close(self: Any) -> None:
        closed.append(self)

    monkeypatch.setattr(dsadapter.AsyncOpenAI, "close", close)
    monkeypatch.setenv("DEEPSEEK_API_KEY", UPSTREAM_KEY)
    service = Service(**({} if owned else {"client": dsadapter.AsyncOpenAI()}))
    sent: List[str] = []

    async def receive() -> Dict[str, Any]:
        return {"type": "lifespan.shutdown" if sent else "lifespan.startup"}

    async def send(message: Dict[str, Any]) -> None:
        sent.append(message["type"])

    asyncio.run(service({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert len(closed) == owned
