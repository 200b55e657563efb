"""A gateway as it runs in life: uvicorn on loopback, the emulator behind it, plain clients."""

from __future__ import annotations

import json
import os
import socket
import threading
from contextlib import contextmanager
from time import monotonic
from typing import Any, Callable, Dict, Iterator, List, Tuple

import pytest
import requests

import dsadapter
from dsadapter.testing import Emulator

UPSTREAM_KEY = "sk-upstream-0123456789abcdZQXW"
ASK: Dict[str, Any] = {
    "model": "deepseek-flash",
    "messages": [{"role": "user", "content": "Hello"}],
    "thinking": {"type": "disabled"},
}
RECORDED = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "你好"}]}
ANSWER = "你好!很高兴见到你,有什么我可以帮忙的吗?无论是学习、工作还是生活中的问题,都可以告诉我哦!😊"


def needs(extra: str, *modules: str) -> None:
    """Skip where the extra is not installed, but never in the environments made for it."""
    for module in modules:
        if os.environ.get("DSADAPTER_TEST_INTEGRATIONS") == extra:
            __import__(module)
        else:
            why = f"{module} is not installed: the tox environments {extra}-* have it"
            pytest.importorskip(module, reason=why)


class Gateway:
    """Where it is, and how to ask it."""

    def __init__(self, url: str, emulator: Emulator) -> None:
        self.url = url
        self.emulator = emulator

    def get(self, path: str, **options: Any) -> Any:
        return requests.get(self.url + path, timeout=20, **options)

    def post(self, path: str = "/v1/chat/completions", **options: Any) -> Any:
        return requests.post(self.url + path, timeout=20, **options)

    def ask(self, **fields: Any) -> Any:
        return self.post(json={**ASK, **fields})

    def stream(self, **fields: Any) -> Any:
        return self.post(json={**ASK, "stream": True, **fields}, stream=True)


@contextmanager
def serving(emulator: Emulator, **options: Any) -> Iterator[Gateway]:
    """A gateway in a thread of this process; ``options`` are ``create_app``'s, and ``made_by`` is
    what makes it."""
    from dsadapter.integrations.gateway import create_app

    client = options.pop("client", None) or upstream(emulator)
    made_by = options.pop("made_by", create_app)
    with running(made_by(client=client, **options)) as url:
        yield Gateway(url, emulator)


def upstream(emulator: Emulator, **options: Any) -> dsadapter.AsyncOpenAI:
    options = {"max_retries": 0, "provider": "deepseek", **options}
    return dsadapter.AsyncOpenAI(api_key=UPSTREAM_KEY, base_url=emulator.base_url, **options)


@contextmanager
def running(app: Any, grace: int = 5) -> Iterator[str]:
    import uvicorn

    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(1024)  # from here on clients wait in the queue
    settings = {"lifespan": "on", "ws": "none", "log_config": None, "access_log": False}
    config = uvicorn.Config(app, timeout_graceful_shutdown=grace, **settings)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        sock.close()
        assert not thread.is_alive()


def events(response: Any) -> List[str]:
    """What stands behind each ``data:``."""
    lines = response.content.decode("utf-8").split("\n")
    return [line[6:] for line in lines if line.startswith("data: ")]


def said(response: Any) -> Tuple[str, bool]:
    """The text of a stream, and whether it ended with [DONE]."""
    found = events(response)
    chunks = [json.loads(event) for event in found if event != "[DONE]"]
    deltas = [choice["delta"] for chunk in chunks for choice in chunk.get("choices", ())]
    return "".join(delta.get("content") or "" for delta in deltas), found[-1:] == ["[DONE]"]


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether ``holds`` becomes true in time."""
    ends, pause = monotonic() + seconds, threading.Event()
    while not holds():
        if monotonic() > ends:
            return False
        pause.wait(0.01)
    return True


def error_in(response: Any) -> Dict[str, Any]:
    """The error of a response that is none but that, in the shape of OpenAI's."""
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert set(body) == {"error"}, body
    assert {"message", "type", "param", "code"} <= set(body["error"])
    assert isinstance(body["error"]["message"], str) and body["error"]["message"]
    assert "Traceback" not in response.text
    return dict(body["error"])
