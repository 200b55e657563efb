"""celery_tasks.py: workers of both kinds, on a broker that is a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator, List

import pytest
from recipes import RECIPES, environment, run

from dsadapter.testing import Emulator

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Celery's processes need fork")
# Ten questions; an error of the server must come back as what it is.
ASK = """
import sys
from celery_tasks import app, ask
app.conf.broker_transport_options = {options!r}
jobs = [ask.delay("Question %d" % number) for number in range(10)]
for job in jobs:
    try:
        print(job.get(timeout=60))
    except Exception as err:
        print(type(err).__name__, err)
"""
WORKER = """
import sys
from celery_tasks import app
app.conf.broker_transport_options = {options!r}
app.worker_main(sys.argv[1:])
"""
POOLS = {"prefork": ["-c", "2"], "gevent": ["-P", "gevent", "-c", "10"]}


class Celery:
    """A worker with a pool, and what its tasks give."""

    def __init__(self, pool: str, folder: Path) -> None:
        pytest.importorskip("celery")
        if pool == "gevent":
            pytest.importorskip("gevent")
        queue = str(folder / "queue")
        self.options = {
            "data_folder_in": queue, "data_folder_out": queue, "processed_folder": queue,
            "control_folder": str(folder / "control"),
        }  # fmt: skip
        (folder / "queue").mkdir()
        (folder / "results").mkdir()
        self.variables = {
            "CELERY_BROKER": "filesystem://",
            "CELERY_BACKEND": f"file://{folder / 'results'}",
        }
        command = ["worker", "--without-mingle", "--without-gossip", "-l", "ERROR", *POOLS[pool]]
        source = WORKER.format(options=self.options)
        if pool == "gevent":  # as the program celery does before it imports anything
            source = "from gevent import monkey; monkey.patch_all()" + source
        self._process = subprocess.Popen(
            [sys.executable, "-c", source, *command],
            cwd=str(RECIPES),
            env=environment(**self.variables),
        )

    def ask(self) -> List[str]:
        source = ASK.format(options=self.options)
        return run("-c", source, folder=RECIPES, **self.variables).splitlines()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


@pytest.fixture(params=POOLS)
def celery(request: Any, emulator: Emulator, tmp_path: Path) -> Iterator[Celery]:
    worker = Celery(request.param, tmp_path)
    yield worker
    worker.stop()


def test_each_question_has_its_answer(celery: Celery, emulator: Emulator) -> None:
    answers = enumerate(celery.ask())
    assert [f'"Question {number}"' in answer for number, answer in answers] == [True] * 10
    assert len(emulator.requests) == 10


def test_an_error_comes_back_as_itself(celery: Celery, emulator: Emulator) -> None:
    emulator.fault("status-402", times=-1)
    assert {answer.partition(" ")[0] for answer in celery.ask()} == {"InsufficientBalanceError"}
    assert len(emulator.requests) == 10  # tried once: money does not come by waiting
