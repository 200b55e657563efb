"""``python -m dsadapter serve``: what it refuses to do, what it prints, how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Callable, List, Tuple

import pytest
import requests
from gateway_process import ROOT, Process, process
from gateways import ASK, needs

from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn")


def serve(*arguments: str, folder: Path, **variables: str) -> Tuple[int, str]:
    """Exit code and what was said on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "dsadapter", "serve", *arguments],
        cwd=str(folder),
        env={**os.environ, "PYTHONPATH": ROOT, **variables},
        capture_output=True,
        timeout=60,
    )
    return done.returncode, done.stderr.decode("utf-8")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.0.1", "example.com"])
def test_a_host_that_is_open_to_others_needs_tokens(host: str, tmp_path: Path) -> None:
    code, said = serve("--offline", "--host", host, folder=tmp_path)
    assert code == 2
    assert "DSADAPTER_GATEWAY_TOKENS" in said
    assert len(said.splitlines()) == 1


def test_without_a_key(tmp_path: Path) -> None:
    code, said = serve(folder=tmp_path)
    assert code == 1
    assert "DEEPSEEK_API_KEY" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [("--port", "x"), ("--port", "0"), ("--port", "70000"), ("--workers", "0"), ("what",)],
)
def test_wrong_usage(arguments: Any, tmp_path: Path) -> None:
    code, said = serve("--offline", *arguments, folder=tmp_path)
    assert code == 2
    assert "usage:" in said


def test_a_limit_that_is_none(tmp_path: Path) -> None:
    code, said = serve("--offline", folder=tmp_path, DSADAPTER_GATEWAY_GRACE="-1")
    assert code == 1
    assert "DSADAPTER_GATEWAY_GRACE='-1' is not a number above 0" in said


def test_a_port_that_is_taken(emulator: Emulator, tmp_path: Path) -> None:
    code, said = serve("--offline", "--port", str(emulator.port), folder=tmp_path)
    assert code == 1
    assert "address already in use" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("workers", ["1", "2"])
def test_offline(workers: str, emulator: Emulator, tmp_path: Path) -> None:
    with process(emulator, tmp_path, "--offline", "--workers", workers) as gateway:
        response = requests.post(f"{gateway.url}/v1/chat/completions", json=ASK, timeout=20)
        assert "Hello" in response.json()["choices"][0]["message"]["content"]
        assert f"base_url={gateway.url}/v1" in gateway.said()
        gateway.stop(signal.SIGINT)
    assert "Traceback" not in gateway.said()
    assert emulator.requests == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups of this kind")
def test_a_worker_stops_seldom_to_look_for_garbage(tmp_path: Path) -> None:
    """Each look at all that is there delays every open stream."""
    code = "import gc; from dsadapter._cli import serve; serve.app(); print(gc.get_freeze_count())"
    code += "; print(gc.get_threshold()); gc.callbacks.append(lambda phase, info: print(info))"
    code += "; kept = [[] for _ in range(500_000)]; gc.callbacks.clear()"
    environment = {**os.environ, "PYTHONPATH": ROOT, "DEEPSEEK_API_KEY": "sk-serve00000000000000"}
    said = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, env=environment)
    passed_over, _, *looks = said.decode().splitlines()
    assert int(passed_over) > 10_000
    assert 0 < len(looks) < 200
    assert not any("'generation': 2" in look for look in looks)


def test_ctrl_c_ends_all_workers(emulator: Emulator, tmp_path: Path) -> None:
    """As a terminal sends it: to the command and to each of its workers."""
    with process(emulator, tmp_path, "--offline", "--workers", "2") as gateway:
        ask = {**ASK, "stream": True}
        response = requests.post(f"{gateway.url}/v1/chat/completions", json=ask, timeout=20)
        assert response.text.rstrip().endswith("data: [DONE]")
        assert soon(lambda: len(workers(gateway)) == 2)
        os.killpg(gateway.process.pid, signal.SIGINT)
        assert gateway.process.wait(30) == 0
        assert soon(lambda: not any(is_running(worker) for worker in workers(gateway)))
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{gateway.url}/healthz", timeout=5)
    assert "Traceback" not in gateway.said()


def workers(gateway: Process) -> List[int]:
    """Their numbers, as uvicorn says them."""
    return [
        int(number) for number in re.findall(r"Started server process \[(\d+)\]", gateway.said())
    ]


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def soon(condition: Callable[[], bool]) -> bool:
    ends = monotonic() + 20
    while not condition() and monotonic() < ends:
        sleep(0.05)
    return condition()


def test_tokens_of_an_env_file(emulator: Emulator, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / ".env").write_text("DSADAPTER_GATEWAY_TOKENS=tok-of-the-file\n")
    monkeypatch.chdir(tmp_path)
    with process(emulator, tmp_path, "--workers", "2") as gateway:
        url = f"{gateway.url}/v1/models"
        assert requests.get(url, timeout=20).status_code == 401
        headers = {"Authorization": "Bearer tok-of-the-file"}
        assert requests.get(url, headers=headers, timeout=20).status_code == 200
        assert requests.get(f"{url}?api_key=tok-of-the-file", timeout=20).status_code == 401
    assert "GET /v1/models 401" in gateway.said()
    assert "tok-of" not in gateway.said()


def test_a_repair_is_no_line_of_the_log(emulator: Emulator, tmp_path: Path) -> None:
    with process(emulator, tmp_path, "--offline") as gateway:
        ask = {**ASK, "model": "deepseek-chat"}
        response = requests.post(f"{gateway.url}/v1/chat/completions", json=ask, timeout=20)
    assert response.headers["x-dsadapter-repairs"] == "retired-model-name"
    assert "Warning" not in gateway.said()


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_a_stop_waits_for_running_streams(tmp_path: Path) -> None:
    with Emulator(chunk_delay=0.1) as emulator, process(emulator, tmp_path) as gateway:
        ask = {**ASK, "stream": True}
        url = f"{gateway.url}/v1/chat/completions"
        with requests.post(url, json=ask, stream=True, timeout=20) as response:
            lines = response.iter_lines(chunk_size=1)
            next(lines)
            gateway.process.send_signal(signal.SIGTERM)
            rest = b"\n".join(lines)
    assert rest.rstrip().endswith(b"data: [DONE]")
