"""Clients that no one here wrote, each in an environment of its own, built through the index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterator

import pytest
from gateways import needs, serving

from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn")

pytestmark = [
    pytest.mark.envs,
    pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning"),
    pytest.mark.skipif(
        not os.environ.get("DSADAPTER_TEST_ENVS"),
        reason="builds environments through the package index: DSADAPTER_TEST_ENVS=1",
    ),
]
PROGRAMS = Path(__file__).parent / "clients"
TOKEN = "tok-of-this-client"
TEXT = 'You wrote: "number 7". This is the emulator, which repeats what reached it.'
MODELS = ["deepseek-flash", "deepseek-v4-pro"]
SAME: Dict[str, Any] = dict.fromkeys(("whole", "stream", "async", "async stream"), TEXT)
SAME.update({"tool": "weather", "models": MODELS})
MODERN = {
    **SAME,
    "wrong model": ["BadRequestError", 400],
    "wrong token": ["AuthenticationError", 401],
    "busy": ["RateLimitError", 429],
    "no balance": ["APIStatusError", 402],
    "cut off": ["APIError", None],
}
LEGACY = {
    **SAME,
    "wrong model": ["InvalidRequestError", 400],
    "wrong token": ["AuthenticationError", 401],
    "busy": ["RateLimitError", 429],
    "no balance": ["APIError", 402],
    "cut off": ["APIError", 200],
}
CLIENTS = {
    "openai==0.28.1": ("legacy_client.py", LEGACY),
    "openai==1.109.1": ("modern_client.py", MODERN),
    "openai==3.54.0": ("modern_client.py", MODERN),
    "langchain-openai": ("langchain_client.py", MODERN),
}


class Obedient(Emulator):
    """An emulator that commits the fault which the request's ``user`` names."""

    def _next_queued(self) -> Any:
        from dsadapter.testing.emulator.faults import parse

        user = json.loads(self.requests[-1].body or b"{}").get("user", "")
        return parse(user[6:]) if user.startswith("fault ") else None


@pytest.fixture(scope="module")
def gateway() -> Iterator[Any]:
    with Obedient() as emulator, serving(emulator, tokens=[TOKEN]) as made:
        yield made


@pytest.mark.parametrize("package", CLIENTS)
def test_a_client(package: str, gateway: Any, tmp_path: Path) -> None:
    program, expected = CLIENTS[package]
    python = environment(tmp_path, package)
    done = subprocess.run(
        [python, str(PROGRAMS / program), gateway.url, TOKEN],
        env={"PATH": os.environ["PATH"], "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == expected


def environment(folder: Path, *packages: str) -> str:
    """A fresh one with ``packages`` in it; gives its interpreter."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    where = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    python = str(folder / "env" / where)
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, timeout=600)
    return python


def test_schemathesis_finds_nothing(gateway: Any, tmp_path: Path) -> None:
    """Requests made from the OpenAPI page, right and wrong ones.

    Which values of a field are accepted is the upstream's business, so the check that every
    request of the right shape succeeds is left out.
    """
    python = environment(tmp_path, "schemathesis")
    command = [python, "-m", "schemathesis.cli", "run", f"{gateway.url}/openapi.json"]
    command += ["--header", f"Authorization: Bearer {TOKEN}", "--max-examples", "50"]
    command += ["--exclude-checks", "positive_data_acceptance", "--seed", "1", "--no-color"]
    done = subprocess.run(
        command, cwd=str(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-6000:]
