"""A gateway in a process of its own, in front of an emulator in this one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Iterator, Tuple, Type

import requests

import dsadapter
from dsadapter.testing import Emulator

ROOT = str(Path(str(dsadapter.__file__)).parent.parent)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Process:
    """``python -m dsadapter serve`` in front of an emulator, in a process group of its own."""

    program: Tuple[str, ...] = ("-m", "dsadapter", "serve", "--port")

    def __init__(self, emulator: Emulator, log: Path, *arguments: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self._arguments = arguments
        self._place = {"DSADAPTER_OFFLINE_URL": emulator.base_url, "PYTHONPATH": ROOT}
        self.start()

    def start(self) -> None:
        command = [sys.executable, *self.program, str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *self._arguments],
                env={**os.environ, **self._place},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        ends = monotonic() + 30
        while monotonic() < ends and self.process.poll() is None:
            try:
                return requests.get(f"{self.url}/healthz", timeout=5).raise_for_status()
            except requests.ConnectionError:
                sleep(0.05)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextmanager
def process(
    emulator: Emulator, folder: Path, *arguments: str, made_by: Type[Process] = Process
) -> Iterator[Process]:
    made = made_by(emulator, folder / "log", *arguments)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.stop()
