"""The examples of web frameworks: a stream that is passed on, an error, a browser that leaves."""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Iterator, List

import pytest

from dsadapter.testing import Emulator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FRAMEWORKS = ["fastapi", "flask"]


@pytest.fixture()
def emulator(monkeypatch: Any) -> Iterator[Emulator]:
    with Emulator(chunk_delay=0.01) as server:
        monkeypatch.setenv("DSADAPTER_OFFLINE_URL", server.base_url)
        yield server


@pytest.fixture(params=FRAMEWORKS)
def get(request: Any, emulator: Emulator) -> Iterator[Any]:
    """``get(path)`` gives status and body."""
    name = request.param
    pytest.importorskip(name)
    spec = spec_from_file_location(f"{name}_stream", EXAMPLES / f"{name}_stream.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    if name == "flask":
        client = module.app.test_client()
        yield lambda path: client.get(path)
        module.client.close()
        return
    pytest.importorskip("httpx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of starlette's, about the kind of httpx
        from fastapi.testclient import TestClient

    with TestClient(module.app) as client:
        yield lambda path: client.get(path)


def events(response: Any) -> List[str]:
    text = response.text
    assert text.endswith("\n\n")
    return [line[6:] for line in text.split("\n\n") if line]


def test_an_answer_is_passed_on(get: Any) -> None:
    response = get("/ask?q=Hello")
    *pieces, last = events(response)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert "Hello" in "".join(map(json.loads, pieces))
    assert len(pieces) > 1
    assert last == "[DONE]"


def test_an_error_says_what_to_do(get: Any, emulator: Emulator) -> None:
    emulator.fault("status-402")
    response = get("/ask?q=Hello")
    assert response.status_code == 502
    assert "Top up" in json.loads(response.text)["hint"]


def test_who_leaves_early_ends_the_call(emulator: Emulator) -> None:
    flask = pytest.importorskip("flask")
    assert flask
    emulator.fault("slow", interval=0.05)
    sys.path.insert(0, str(EXAMPLES))
    try:
        import flask_stream
    finally:
        sys.path.remove(str(EXAMPLES))
    response = flask_stream.app.test_client().get("/ask?q=Hello", buffered=False)
    assert next(iter(response.response)).startswith(b"data: ")
    response.close()
    ends = time.monotonic() + 10
    while not emulator.requests[-1].closed and time.monotonic() < ends:
        time.sleep(0.01)
    assert emulator.requests[-1].closed
    flask_stream.client.close()
    del sys.modules["flask_stream"]
