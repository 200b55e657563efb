"""Offline is offline: no proxy is asked, no real key is held; nor is a proxy between this machine
and itself, whatever HTTP library carries the call."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
from counting_server import REPLY, CountingServer, once, soon

import dsadapter
from dsadapter.testing import Emulator

ROOT = Path(__file__).resolve().parents[2]
KEY = "sk-" + "0123456789abcdef" * 2
CALL: Dict[str, Any] = {
    "model": "deepseek-flash",
    "messages": [{"role": "user", "content": "a secret question"}],
}
BACKENDS = sorted({"raw-requests", dsadapter.selection().name})
VARIABLES = [v for n in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY") for v in (n, n.lower())]


class RecordingProxy:
    """Takes connections, notes what comes and answers nothing."""

    def __init__(self) -> None:
        self.received: List[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.received.append(connection.recv(65536))

    def close(self) -> None:
        self._socket.close()


@pytest.fixture()
def proxy(monkeypatch: Any) -> Iterator[RecordingProxy]:
    """A proxy that every variable names; a test that asks it fails."""
    recorder = RecordingProxy()
    for name in VARIABLES:
        monkeypatch.setenv(name, recorder.url)
    yield recorder
    recorder.close()
    assert recorder.received == []


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


# --- commands ------------------------------------------------------------------------------------

COMMANDS = [
    ["chat", "--offline", "hello"],
    ["chat", "--offline", "--no-stream", "hello"],
    ["chat", "--offline", "--raw", "hello"],
    ["models", "--offline"],
    ["balance", "--offline", "--json"],
    ["run", "--offline", "program.py"],
]
PROGRAM = """
import os, openai, dsadapter  # openai first, as programs have it
client = dsadapter.OpenAI()
print(client.chat.completions.create(model="deepseek-flash", messages=[{"role": "user",
      "content": "hello"}]).choices[0].message.content)
print(client.api_key, os.environ["DEEPSEEK_API_KEY"], os.environ["OPENAI_API_KEY"],
      os.environ["MOONSHOT_API_KEY"])
"""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_command_offline_asks_no_proxy_and_has_no_key(
    command: List[str], backend: str, proxy: RecordingProxy, tmp_path: Path
) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    names = ("DEEPSEEK_API_KEY", "OPENAI_API_KEY", "MOONSHOT_API_KEY")
    env = {**os.environ, **dict.fromkeys(names, KEY), "DSADAPTER_BACKEND": backend}
    done = subprocess.run(
        [sys.executable, "-m", "dsadapter", *command],
        cwd=str(tmp_path),
        env={**env, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0, text
    assert KEY not in text
    if command[0] == "run":
        assert "sk-offline sk-offline sk-offline sk-offline" in text


@pytest.mark.parametrize("command", [c for c in COMMANDS if c[0] != "run"], ids=" ".join)
def test_the_emulator_gets_a_dummy(
    command: List[str], proxy: RecordingProxy, monkeypatch: Any
) -> None:
    from dsadapter.__main__ import main
    from dsadapter.testing import emulator as module

    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    started: List[Emulator] = []

    class Noted(module.Emulator):
        def start(self) -> Any:
            started.append(self)
            return super().start()

    monkeypatch.setattr(module, "Emulator", Noted)
    assert main(command) == 0
    (request,) = started[0].requests
    assert request.headers["authorization"] == "Bearer sk-offline"


@pytest.mark.parametrize("where", ["argument", "module", "environment", ".env"])
def test_a_client_offline_holds_no_key(where: str, emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_OFFLINE_URL", emulator.base_url)
    if where == "module":
        dsadapter.api_key = KEY
    elif where == "environment":
        monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    elif where == ".env":
        Path(".env").write_text(f"DEEPSEEK_API_KEY={KEY}\n")
    client = dsadapter.OpenAI(**({"api_key": KEY} if where == "argument" else {}))
    client.models.list()
    dsadapter.ChatCompletion.create(**CALL, **({"api_key": KEY} if where == "argument" else {}))
    assert client.api_key == "sk-offline"
    keys = {request.headers["authorization"] for request in emulator.requests}
    assert keys == {"Bearer sk-offline"}


def test_serve_offline_asks_no_proxy(proxy: RecordingProxy, tmp_path: Path) -> None:
    pytest.importorskip("fastapi")
    pytest.importorskip("uvicorn")
    import time
    import urllib.error
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dsadapter", "serve", "--offline", "--port", str(port)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DEEPSEEK_API_KEY": KEY}
    server = subprocess.Popen(command, cwd=str(tmp_path), env=env, stderr=subprocess.DEVNULL)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                with opener.open(f"http://127.0.0.1:{port}/v1/models", timeout=5) as answer:
                    assert b"deepseek" in answer.read()
                return
            except urllib.error.URLError:
                assert time.monotonic() < deadline and server.poll() is None
                time.sleep(0.05)
    finally:
        server.terminate()
        server.wait(10)


# --- a base on this machine ----------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
@pytest.mark.parametrize("backend", BACKENDS)
def test_each_backend_sync(
    backend: str, host: str, proxy: RecordingProxy, emulator: Emulator
) -> None:
    base = reachable(emulator, host)
    with dsadapter.OpenAI(api_key=KEY, base_url=base, backend=backend, max_retries=0) as client:
        client.chat.completions.create(**CALL)
        list(client.chat.completions.create(**CALL, stream=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
@pytest.mark.parametrize("backend", BACKENDS)
def test_each_backend_async(
    backend: str, host: str, proxy: RecordingProxy, emulator: Emulator
) -> None:
    base = reachable(emulator, host)

    async def main() -> None:
        async with dsadapter.AsyncOpenAI(
            api_key=KEY, base_url=base, backend=backend, max_retries=0
        ) as client:
            await client.chat.completions.create(**CALL)

    asyncio.run(main())


def reachable(emulator: Emulator, host: str) -> str:
    """The emulator's URL by another name of this machine."""
    port = int(emulator.base_url.rpartition(":")[2])
    try:
        socket.create_connection((host, port), 1).close()
    except OSError:
        pytest.skip(f"{host} does not lead to this machine's servers here")
    return f"http://{host}:{port}"


def with_a_proxy(module: Any, kind: str, place: str, url: str) -> Any:
    """An httpx client of the caller's, with a proxy in one of the places that it has."""
    transport = "HTTPTransport" if kind == "Client" else "AsyncHTTPTransport"
    through, cls = getattr(module, transport)(proxy=url), getattr(module, kind)
    places = {
        "proxy": {"proxy": url},
        "transport": {"transport": through},
        "mounts": {"mounts": {"all://": through}},
        "a mount without one": {"transport": through, "mounts": {"http://127.0.0.1": None}},
    }
    return cls(**places[place])


PLACES = ["proxy", "transport", "mounts", "a mount without one"]


def test_a_callers_session(proxy: RecordingProxy, emulator: Emulator) -> None:
    import requests

    with requests.Session() as session:
        session.proxies = {"http": proxy.url}
        client = dsadapter.OpenAI(
            api_key=KEY, base_url=emulator.base_url, http_client=session, max_retries=0
        )
        client.chat.completions.create(**CALL)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["httpx", "httpx2"])
def test_a_callers_client(kind: str, place: str, proxy: RecordingProxy, emulator: Emulator) -> None:
    with with_a_proxy(pytest.importorskip(kind), "Client", place, proxy.url) as http_client:
        client = dsadapter.OpenAI(
            api_key=KEY, base_url=emulator.base_url, http_client=http_client, max_retries=0
        )
        client.chat.completions.create(**CALL)
        assert len(emulator.requests) == 1


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["httpx", "httpx2"])
def test_a_callers_async_client(
    kind: str, place: str, proxy: RecordingProxy, emulator: Emulator
) -> None:
    module = pytest.importorskip(kind)

    async def main() -> None:
        async with with_a_proxy(module, "AsyncClient", place, proxy.url) as http_client:
            client = dsadapter.AsyncOpenAI(
                api_key=KEY, base_url=emulator.base_url, http_client=http_client, max_retries=0
            )
            await client.chat.completions.create(**CALL)

    asyncio.run(main())
    assert len(emulator.requests) == 1


def test_the_callers_own_requests_go_where_they_went(proxy: RecordingProxy) -> None:
    """And what the adapter opened beside them is closed with the client."""
    httpx = pytest.importorskip("httpx")
    with CountingServer(once(REPLY)) as server:
        with with_a_proxy(httpx, "Client", "transport", proxy.url) as http_client:
            client = dsadapter.OpenAI(
                api_key=KEY, base_url=server.base_url, http_client=http_client, max_retries=0
            )
            client.chat.completions.create(**CALL)
            assert server.connections == 1
            with pytest.raises(httpx.HTTPError):  # this proxy never answers
                http_client.get(server.base_url)
        assert soon(lambda: server.connections == 0)
    assert len(proxy.received) == 1
    proxy.received.clear()


def test_a_mount_of_the_caller_is_no_proxy(proxy: RecordingProxy) -> None:
    import httpx

    def answer(request: Any) -> Any:
        return httpx.Response(200, json={"object": "list", "data": [{"id": "mounted"}]})

    mounts = {"http://127.0.0.1": httpx.MockTransport(answer)}
    with httpx.Client(proxy=proxy.url, mounts=mounts) as http_client:
        client = dsadapter.OpenAI(
            api_key=KEY, base_url="http://127.0.0.1:9", http_client=http_client
        )
        assert [model.id for model in client.models.list()] == ["mounted"]


def test_a_closed_client_of_the_caller_is_closed(proxy: RecordingProxy) -> None:
    import httpx

    http_client = httpx.Client()
    client = dsadapter.OpenAI(
        api_key=KEY,
        base_url="http://127.0.0.1:9",
        http_client=http_client,
        backend="raw-requests",
        max_retries=0,
    )
    http_client.close()
    with pytest.raises(dsadapter.APIConnectionError, match="closed"):
        client.models.list()


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_the_legacy_globals(
    asynchronous: bool, proxy: RecordingProxy, emulator: Emulator, monkeypatch: Any
) -> None:
    dsadapter.api_key, dsadapter.api_base = KEY, emulator.base_url
    monkeypatch.setattr(dsadapter, "proxy", proxy.url, raising=False)
    if asynchronous:
        asyncio.run(dsadapter.ChatCompletion.acreate(**CALL))
    else:
        dsadapter.ChatCompletion.create(**CALL)


def test_an_aiosession_that_asks_the_environment(proxy: RecordingProxy, emulator: Emulator) -> None:
    aiohttp = pytest.importorskip("aiohttp")
    dsadapter.api_key, dsadapter.api_base = KEY, emulator.base_url

    async def main() -> None:
        async with aiohttp.ClientSession(trust_env=True) as session:
            token = dsadapter.aiosession.set(session)
            try:
                await dsadapter.ChatCompletion.acreate(**CALL)
            finally:
                dsadapter.aiosession.reset(token)

    asyncio.run(main())


def test_elsewhere_the_proxy_is_asked(proxy: RecordingProxy) -> None:
    for backend in BACKENDS:
        client = dsadapter.OpenAI(
            api_key=KEY, base_url="http://far-away.invalid", backend=backend, max_retries=0
        )
        with pytest.raises(dsadapter.APIConnectionError):
            client.models.list()
    assert len(proxy.received) >= len(BACKENDS)
    assert proxy.received[0].startswith(b"GET http://far-away.invalid/models")
    proxy.received.clear()
