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
from typing import Any, Dict, List, NamedTuple, Optional

from .envs import variables

# Certificates of this machine: to read them costs as much as a start, and nothing here needs them.
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Kind(NamedTuple):
    """A gateway as it is started. ``{port}`` and ``{upstream}`` stand for what a run knows."""

    python: str
    arguments: List[str]
    variables: Dict[str, str] = {}
    ready: str = "/healthz"
    files: Dict[str, str] = {}  # in the folder where it runs
    longest: int = 60  # seconds until it is there
    optional: bool = False  # slow: fewer rounds, and shorter bursts


def by_hand(python: str) -> Kind:
    """The yardstick."""
    return Kind(python, ["-m", "bench.by_hand", "{upstream}", "{port}"])


def ours(python: str, source: Optional[Path] = None) -> Kind:
    """The gateway that is installed, or that of the repository at ``source``."""
    settings = {
        "DEEPSEEK_API_KEY": "sk-0123456789abcdef",
        "DEEPSEEK_BASE_URL": "{upstream}",
        "DSADAPTER_GATEWAY_MAX_STREAMS": "5000",
        "DSADAPTER_MAX_CONNECTIONS": "5000",
    }
    if source is not None:
        settings["PYTHONPATH"] = str(source)
    return Kind(python, ["-m", "dsadapter", "serve", "--port", "{port}"], settings)


LITELLM_CONFIG = """model_list:
  - model_name: deepseek-flash
    litellm_params: {model: deepseek/deepseek-flash, api_base: "{upstream}", api_key: any}
"""


def litellm(python: str) -> Kind:
    """litellm's proxy with one worker, without a database and without keys of its own."""
    code = "from litellm import run_server; run_server()"
    options = ["--config", "config.yaml", "--host", "127.0.0.1", "--port", "{port}"]
    permitted = {"LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true"}
    files = {"config.yaml": LITELLM_CONFIG}
    return Kind(
        python, ["-c", code, *options], permitted, "/health/liveliness", files, 300, optional=True
    )


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
    """One worker, ready to be asked."""

    def __init__(self, kind: Kind, upstream: str) -> None:
        self._kind = kind
        self._port = _free_port()
        self._upstream = upstream
        self._folder = tempfile.TemporaryDirectory()  # where there is no .env, nothing to import
        for name, text in kind.files.items():
            Path(self._folder.name, name).write_text(self._filled(text), encoding="utf-8")
        environment = {k: v for k, v in variables().items() if k not in CERTIFICATES}
        environment.update({k: self._filled(v) for k, v in kind.variables.items()})
        began = monotonic()
        with open(os.path.join(self._folder.name, "log"), "wb") as log:
            self._process = subprocess.Popen(
                [kind.python, *map(self._filled, kind.arguments)],
                cwd=self._folder.name,
                env=environment,
                stdout=log,
                stderr=log,
            )
        self._wait()
        self.ready_ms = (monotonic() - began) * 1000
        self.ready_cpu_ms = self._cpu_us() / 1000

    def _filled(self, text: str) -> str:
        return text.replace("{port}", str(self._port)).replace("{upstream}", self._upstream)

    def _wait(self) -> None:
        url, ends = f"http://127.0.0.1:{self._port}{self._kind.ready}", monotonic()
        ends += self._kind.longest
        while monotonic() < ends and self._process.poll() is None:
            try:
                urllib.request.urlopen(url).close()
                return
            except OSError:
                sleep(0.005)
        log = Path(self._folder.name, "log").read_text(encoding="utf-8", errors="replace")
        self.__exit__()
        raise DoesNotServe(log.strip()[-300:] or "it ended without a word")

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
            stdout=subprocess.PIPE,
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


class DoesNotServe(Exception):
    """A gateway that did not come up; the text is the end of its log."""


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
