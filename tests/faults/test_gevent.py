"""gevent: calls before monkey.patch_all(), and as many greenlets as threads after it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest
from counting_server import REPLY, STREAM_HEAD, CountingServer, event, forever, once

from dsadapter._backends import selection
from dsadapter.testing.contract import missing

BACKENDS = [name for name in selection.BY_NAME if not missing(name)]
pytestmark = pytest.mark.skipif(find_spec("gevent") is None, reason="gevent is not installed here")

PROGRAM = """
import sys, time
import dsadapter
backend, answering, dripping = sys.argv[1:]
ask = dict(model="deepseek-flash", messages=[{"role": "user", "content": "Hi"}])
settings = dict(api_key="sk-0123456789abcdef01234567", backend=backend)
dsadapter.install()
clients = []

def client():
    clients.append(dsadapter.OpenAI(base_url=answering, max_connections=2, **settings))
    return clients[-1]

old = client()
deadlines = sys.modules["dsadapter._call.deadlines"]
deadlines._LINGER = 0.1
old.chat.completions.create(**ask, stream=True, deadline=2)  # the watch of the process has run
watcher = deadlines._watcher
while watcher._thread is not None:
    time.sleep(0.01)

from gevent import monkey
monkey.patch_all()
import gevent

def call(number):
    bounds = dict(deadline=20) if number % 2 else {}
    return old.chat.completions.create(**ask, **bounds).choices[0].message.content

calls = [gevent.spawn(call, number) for number in range(20)]
gevent.joinall(calls, timeout=30, raise_error=True)
assert [call.value for call in calls] == ["Hello"] * 20

def drip(_):
    with dsadapter.OpenAI(base_url=dripping, deadline=0.5, **settings) as client:
        try:
            for _ in client.chat.completions.create(**ask, stream=True):
                pass
        except dsadapter.APITimeoutError as err:
            return err.bound

began = time.monotonic()
ticks = gevent.spawn(lambda: [gevent.sleep(0.01) for _ in range(20)])
calls = [gevent.spawn(drip, number) for number in range(5)]
ticks.join(timeout=5)
assert ticks.successful()  # nobody stops the others
gevent.joinall(calls, timeout=30, raise_error=True)
assert [call.value for call in calls] == ["deadline"] * 5, [call.value for call in calls]
assert time.monotonic() - began < 10
print("fine")
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_greenlets_of_a_program_that_patches_late(backend: Any) -> None:
    with CountingServer(once(REPLY)) as answering:
        with CountingServer(forever(STREAM_HEAD, event("a"))) as dripping:
            run = subprocess.run(
                [sys.executable, "-W", "ignore", "-c", PROGRAM]
                + [backend, answering.base_url, dripping.base_url],
                capture_output=True,
                timeout=120,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
    assert run.stdout.strip() == b"fine", run.stderr.decode()[-2000:]
