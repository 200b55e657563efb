"""The processes of a run: the upstream, a gateway, the client that asks it; what a gateway cost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Dict, List, Optional

from .envs import variables

LONGEST = 60  # seconds until a gateway is there
# Certificates of this machine: to read them costs as much as a start, and nothing here needs them.
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Upstream:
    """``bench.gateway_upstream`` in a process of its own."""

    def __init__(self, python: str) -> None:
        self._process = subprocess.Popen(
            [python, "-m", "bench.gateway_upstream"],
            env=variables(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def __enter__(self) -> Upstream:
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.terminate()
        self._process.wait()


class Gateway:
    """One worker: by hand where ``source`` is None, else of the repository there."""

    def __init__(self, python: str, source: Optional[Path], upstream: str) -> None:
        self._port = _free_port()
        command = [python, "-m", "bench.by_hand", upstream, str(self._port)]
        environment = {k: v for k, v in variables().items() if k not in CERTIFICATES}
        if source is not None:
            command = [python, "-m", "dsadapter", "serve", "--port", str(self._port)]
            environment["PYTHONPATH"] = str(source)
            environment.update(DEEPSEEK_API_KEY="sk-0123456789abcdef", DEEPSEEK_BASE_URL=upstream)
            environment["DSADAPTER_GATEWAY_MAX_STREAMS"] = "5000"
            environment["DSADAPTER_MAX_CONNECTIONS"] = "5000"
        self._folder = tempfile.TemporaryDirectory()  # where there is no .env, nothing to import
        began = monotonic()
        with open(os.path.join(self._folder.name, "log"), "wb") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder.name, env=environment, stdout=log, stderr=log
            )
        self._wait()
        self.ready_ms = (monotonic() - began) * 1000
        self.ready_cpu_ms = self._cpu_us() / 1000

    def _wait(self) -> None:
        ends = monotonic() + LONGEST
        while monotonic() < ends and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self._port}/healthz").close()
                return
            except OSError:
                sleep(0.005)
        raise SystemExit(f"{self._process.args} does not serve")

    def __enter__(self) -> Gateway:
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    def ask(self, task: Dict[str, Any]) -> Dict[str, Any]:
        """What the client saw, and the gateway's CPU for each of what the task counts."""
        job = json.dumps({"port": self._port, **task})
        before = self._cpu_us()
        done = subprocess.run(
            [sys.executable, "-m", "bench.gateway_load", job],
            env=variables(),
            check=True,
            capture_output=True,
            text=True,
        )
        numbers: Dict[str, Any] = json.loads(done.stdout)
        count = numbers[task.get("per", "complete")]
        numbers["cpu_us"] = (self._cpu_us() - before) / count if count else None
        return numbers

    def _cpu_us(self) -> float:
        """CPU of all threads so far, in the nanoseconds of the scheduler."""
        folder = f"/proc/{self._process.pid}/task"
        times: List[int] = []
        for thread in os.listdir(folder):
            with open(f"{folder}/{thread}/schedstat") as file:
                times.append(int(file.read().split()[0]))
        return sum(times) / 1000

    def peak_kb(self) -> int:
        """The most memory that was resident."""
        with open(f"/proc/{self._process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
