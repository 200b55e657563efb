"""A Ray of two actors, and what is left when one of them, or the driver, is killed.

``python ray_kills.py two|actor|driver`` works in a folder of its own, prints what came of it, and
ends with 1 where a row was lost, stands there twice, or was sent more often than it may be.
"""

from __future__ import annotations

import collections
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Counter, Dict, List

import pyarrow
import pyarrow.parquet

import dsadapter
from dsadapter.testing.emulator import Emulator

ROWS, ROWS_PER_BLOCK, BLOCKS_PER_ACTOR = 800, 16, 4
LIMIT, SECONDS = 39, 0.2
DRIVER = f"""
import ray
from dsadapter.integrations.ray import chat

ray.init(num_cpus=4, object_store_memory=2**30, include_dashboard=False, log_to_driver=False)
rows = ray.data.read_parquet("rows")
answers = chat(
    rows,
    prompt_field="text",
    rows_per_block={ROWS_PER_BLOCK},
    blocks_per_actor={BLOCKS_PER_ACTOR},
    checkpoint="checkpoint",
)
answers.write_parquet("answers")
"""


class Counting(Emulator):
    """Counts how often each row was accepted."""

    def __init__(self) -> None:
        super().__init__(max_recorded=1)
        self.accepted: Counter[str] = collections.Counter()
        self.refused = 0

    def respond(self, request: Any, number: int) -> Any:
        response = super().respond(request, number)
        if request.path == "/chat/completions":
            if response.status == 200:
                self.accepted[request.json["messages"][-1]["content"]] += 1
            else:
                self.refused += 1
        return response


def start(emulator: Emulator) -> Any:
    """A driver, with a Ray of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(str(dsadapter.__file__)).parent.parent),
        "HOME": os.getcwd(),  # Ray keeps the token of its cluster there
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_worker_niceness": "0",  # else others starve it
        "DEEPSEEK_BASE_URL": emulator.base_url,
        "DEEPSEEK_API_KEY": "k",
    }
    with open("ray.log", "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", DRIVER], env=environment, stdout=log, stderr=log
        )


def processes(emulator: Emulator, name: str) -> List[int]:
    """Ids of the processes of this job whose command line has ``name``."""
    mark, ids = f"DEEPSEEK_BASE_URL={emulator.base_url}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            ours = mark in (folder / "environ").read_bytes()
            if ours and name in (folder / "cmdline").read_bytes().decode(errors="replace"):
                ids.append(int(folder.name))
        except OSError:
            continue
    return sorted(ids)


def wait_for(emulator: Counting, count: int, driver: Any) -> None:
    """Wait until so many rows were accepted."""
    while sum(emulator.accepted.values()) < count:
        if driver.poll() is not None:
            raise RuntimeError(
                Path("ray.log").read_text(encoding="utf-8", errors="replace")[-3000:]
            )
        time.sleep(0.005)


def committed() -> int:
    """Rows that the checkpoint has."""
    files = [f for f in Path("checkpoint").glob("*.parquet") if ".pending" not in f.name]
    return sum(pyarrow.parquet.read_metadata(file).num_rows for file in files)


def write_rows() -> None:
    """The input: rows that differ."""
    Path("rows").mkdir()
    numbers = range(ROWS)
    columns = {"custom_id": [f"r{n}" for n in numbers], "text": [f"Row {n}" for n in numbers]}
    pyarrow.parquet.write_table(pyarrow.table(columns), "rows/0.parquet")


def run(what: str, emulator: Counting) -> Dict[str, Any]:
    """Run the job, and kill what is to be killed in its middle."""
    driver = start(emulator)
    wait_for(emulator, ROWS // 2, driver)
    allowed, workers = 0, processes(emulator, "ChatWorker")
    if what == "actor":
        os.kill(workers[0], signal.SIGKILL)
        allowed = BLOCKS_PER_ACTOR * ROWS_PER_BLOCK
    elif what == "driver":
        driver.kill()
        driver.wait()
        while processes(emulator, "ray"):  # its Ray ends with it
            time.sleep(0.1)
        allowed = sum(emulator.accepted.values()) - committed()
        driver = start(emulator)
    code = driver.wait()
    return {"exit": code, "actors": len(workers), "allowed": allowed}


def main(what: str) -> int:
    """Run one of the three; gives the exit code."""
    write_rows()
    began = time.monotonic()
    with Counting() as emulator:
        emulator.fault("limit", times=-1, of=LIMIT, seconds=SECONDS)
        result = run(what, emulator)
    answers = pyarrow.parquet.read_table("answers").to_pylist()
    ids = [row["custom_id"] for row in answers]
    sent = sum(emulator.accepted.values())
    result.update(
        rows=len(ids),
        each_once=sorted(ids) == sorted(f"r{n}" for n in range(ROWS)),
        ok=sum(row["ok"] for row in answers),
        resent=sent - ROWS,
        refused=emulator.refused,
        seconds=round(time.monotonic() - began, 1),
    )
    print(json.dumps(result))
    right = result["each_once"] and result["ok"] == ROWS and not result["exit"]
    return 0 if right and result["resent"] <= result["allowed"] and result["actors"] == 2 else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own_folder:
        os.chdir(own_folder)
        code = main(sys.argv[1])
        os.chdir(os.path.dirname(own_folder))
    sys.exit(code)
