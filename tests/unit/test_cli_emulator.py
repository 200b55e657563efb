"""``python -m dsadapter emulator``: a real process, and the line of a request."""

from __future__ import annotations

import json
import signal
import subprocess
from typing import Any, List

import pytest
from command_processes import KEY, POSIX, command, environment

import dsadapter
from dsadapter._cli.emulator import log_line
from dsadapter.testing.emulator import FAULTS
from dsadapter.testing.emulator.request import Request
from dsadapter.testing.emulator.response import Response


@POSIX
@pytest.mark.parametrize(("flags", "count"), [(["--log"], 2), ([], 0)])
def test_a_line_for_each_request(flags: List[str], count: int) -> None:
    process = subprocess.Popen(
        command("emulator", "--port", "0", *flags),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().partition("base_url=")[2].split()[0]
        with dsadapter.OpenAI(api_key=KEY, base_url=url, max_retries=0) as client:
            client.models.list()
            with pytest.raises(dsadapter.BadRequestError):
                client.chat.completions.create(
                    model="nonsense", messages=[{"role": "user", "content": "secret words"}]
                )
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    lines = ["GET /models 200", "POST /chat/completions 400 model=nonsense messages=1"]
    assert (process.returncode, err) == (0, "")
    assert out.splitlines() == lines[:count]


def test_every_fault_is_listed_with_what_it_does() -> None:
    shown = subprocess.run(
        command("emulator", "--list-faults"), capture_output=True, env=environment(), text=True
    )
    names = [line.split()[0] for line in shown.stdout.splitlines()]
    assert (shown.returncode, shown.stderr) == (0, "")
    assert names == list(FAULTS)
    assert "The connection closes after `after` events" in shown.stdout


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", "POST /x 200"),
        (b"{", "POST /x 200"),
        ([1], "POST /x 200"),
        ({"model": "m", "stream": True}, "POST /x 200 model=m stream"),
        ({"model": "m\n2026 forged"}, "POST /x 200 model=m\\n2026 forged"),
        ({"messages": 1}, "POST /x 200"),
    ],
)
def test_the_line(body: Any, line: str) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert log_line(Request("POST", "/x?key=sk", [], content), Response()) == line
