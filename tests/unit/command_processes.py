"""Commands in processes of their own, with pipes or on a terminal of their own."""

from __future__ import annotations

import os
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, List, Optional

import pytest

import dsadapter
from dsadapter.testing.emulator import Emulator

PACKAGE = Path(dsadapter.__file__).parent
KEY = "sk-" + "cli" * 7 + "wxyz"
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of POSIX")


class Done:
    def __init__(self, code: int, out: bytes, err: bytes, encoding: str) -> None:
        self.code = code
        self.out = out.decode(encoding).replace("\r\n", "\n")
        self.err = err.decode(encoding).replace("\r\n", "\n")
        assert "Traceback" not in self.err, self.err
        assert KEY not in self.out + self.err


def environment(server: Optional[Emulator] = None, **more: str) -> Any:
    env = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"}
    env.update({"PYTHONWARNINGS": "error", "LC_ALL": "C.UTF-8"})
    if server is not None:
        env.update(DEEPSEEK_API_KEY=KEY, DEEPSEEK_BASE_URL=server.base_url)
    env.update(more)
    return env


def command(*arguments: str) -> List[str]:
    return [sys.executable, "-m", "dsadapter", *arguments]


def cli(
    *arguments: str, server: Optional[Emulator] = None, pipe: Optional[bytes] = None, **more: str
) -> Done:
    env = environment(server, **more)
    source: Any = {"stdin": subprocess.DEVNULL} if pipe is None else {"input": pipe}
    done = subprocess.run(command(*arguments), capture_output=True, env=env, timeout=60, **source)
    encoding = env["PYTHONIOENCODING"].partition(":")[0]
    return Done(done.returncode, done.stdout, done.stderr, encoding)


def soon(condition: Any, seconds: float = 10.0) -> bool:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.01)
    return True


class Terminal:
    """A process on a terminal of its own."""

    def __init__(
        self,
        server: Optional[Emulator],
        *arguments: str,
        started: Optional[List[str]] = None,
        **more: str,
    ) -> None:
        import fcntl
        import pty
        import termios

        self._side, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("4H", 50, 400, 0, 0))  # no line wraps
        self.shown = ""
        self._process = subprocess.Popen(
            started or command(*arguments),
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment(server, **{"TERM": "xterm", **more}),
            start_new_session=True,
        )
        os.close(other)

    def until(self, text: str, seconds: float = 15) -> str:
        """What is shown up to ``text``."""
        ends = time.monotonic() + seconds
        while text not in self.shown:
            left = ends - time.monotonic()
            assert left > 0, f"{text!r} was never shown: {self.shown!r}"
            if select.select([self._side], [], [], left)[0]:
                try:
                    data = os.read(self._side, 65536)
                except OSError:  # Linux: the other side is closed
                    data = b""
                assert data, f"it ended before {text!r}: {self.shown!r}"
                self.shown += data.decode("utf-8", "replace")
        before, _, self.shown = self.shown.partition(text)
        return before

    def type(self, text: str) -> None:
        os.write(self._side, text.encode())

    def ask(self, text: str) -> str:
        """Type a line; what is shown up to the next prompt. A prompt must be waiting."""
        self.type(f"{text}\r")
        return self.until("> ")

    def paste(self, text: str) -> str:
        """Paste as terminals do, press Enter; what is shown up to the next prompt."""
        self.type("\033[200~" + text.replace("\n", "\r") + "\033[201~")
        return self.ask("")

    def interrupt(self) -> None:
        self._process.send_signal(signal.SIGINT)

    def interrupt_until(self, text: str) -> str:
        """Interrupt as a person does who sees nothing happen: again. readline notices a signal that
        comes just before it waits only with the next one, or a key."""
        for _ in range(4):
            self.interrupt()
            try:
                return self.until(text, 3)
            except AssertionError:
                continue
        return self.until(text)

    def code(self) -> int:
        try:
            return self._process.wait(timeout=10)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._side)
