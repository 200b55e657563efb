"""``examples/`` of the integrations: each one runs as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from gateway_process import ROOT, Process, process
from gateways import ANSWER, ASK, needs

from dsadapter.testing import Emulator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="examples/ is not in this tree")


def test_langchain_chat(emulator: Emulator, tmp_path: Path) -> None:
    needs("langchain", "langchain_core")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLES / "langchain_chat.py")],
        cwd=str(tmp_path),
        env={
            **os.environ,
            "PYTHONPATH": ROOT,
            "PYTHONIOENCODING": "utf-8",
            "DSADAPTER_OFFLINE_URL": emulator.base_url,
        },
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    answer, tool, place, tokens = done.stdout.decode("utf-8").splitlines()
    assert (answer, place) == (ANSWER, "Beijing")
    assert "sunny in Beijing" in tool and tokens.endswith(" tokens")


def test_ray_batch(emulator: Emulator, tmp_path: Path) -> None:
    needs("ray", "ray", "pyarrow")
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "ray_batch.py")],
        cwd=str(tmp_path),
        env={
            **os.environ,
            "HOME": str(tmp_path),  # Ray keeps the token of its cluster there
            "PYTHONPATH": ROOT,
            "PYTHONIOENCODING": "utf-8",
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_worker_niceness": "0",  # else others starve it
            "DEEPSEEK_BASE_URL": emulator.base_url,
            "DEEPSEEK_API_KEY": "k",
        },
        capture_output=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    lines = done.stdout.decode("utf-8").splitlines()
    words = ("water", "fire", "earth", "air")
    assert sorted(line.split()[0] for line in lines if line.startswith(words)) == sorted(words)
    assert len(emulator.requests) == 4


def test_gateway(emulator: Emulator, tmp_path: Path) -> None:
    needs("gateway", "fastapi", "uvicorn")

    class Example(Process):
        program = (str(EXAMPLES / "gateway.py"),)

    with process(emulator, tmp_path, made_by=Example) as gateway:
        answer = requests.post(f"{gateway.url}/v1/chat/completions", json=ASK, timeout=20)
        assert "Hello" in answer.json()["choices"][0]["message"]["content"]
        assert requests.get(f"{gateway.url}/hello", timeout=20).json() == {"hello": "world"}
