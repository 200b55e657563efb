"""kill -9 in the middle, again and again: ``python kills.py ROWS KILLS`` prints what came of it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Sequence

import dsadapter
from dsadapter.testing.emulator import Emulator

IN_FLIGHT = 39
MODEL = "deepseek-flash"


def write_input(path: str, count: int) -> None:
    """So many different rows."""
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            messages = [{"role": "user", "content": f"Row {number}"}]
            body = {"model": MODEL, "thinking": {"type": "disabled"}, "messages": messages}
            row = {"custom_id": f"r{number}", "body": body}
            file.write(json.dumps(row) + "\n")


def start(emulator: Emulator, source: str, output: str, options: Sequence[str] = ()) -> Any:
    """A process that runs the job."""
    root = str(Path(str(dsadapter.__file__)).parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": root,
        "DEEPSEEK_BASE_URL": emulator.base_url,
        "DEEPSEEK_API_KEY": "k",
    }
    command = [sys.executable, "-m", "dsadapter", "batch", source, "-o", output]
    command += ["--concurrency", str(IN_FLIGHT), "--json", *options]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


class Counting(Emulator):
    """Counts rows; an emulator that remembers requests would grow."""

    def __init__(self) -> None:
        super().__init__(max_recorded=1)
        self.rows = 0

    def respond(self, request: Any, number: int) -> Any:
        self.rows += request.path == "/chat/completions"
        return super().respond(request, number)


def kill_at(emulator: Counting, process: Any, rows: int) -> bool:
    """Kill a process when the server has seen so many rows; False where it ended before."""
    while emulator.rows < rows:
        if process.poll() is not None:
            process.communicate()
            return False
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return True


def comparable(path: str) -> List[Dict[str, Any]]:
    """The output without what no two runs have in common."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["response"].pop("request_id")
        row["response"]["body"].pop("id")
        row["response"]["body"].pop("created")
    return rows


def survive(rows: int, kills: int, seed: int, options: Sequence[str] = ()) -> Dict[str, Any]:
    """Run a job of so many rows through so many kills, in the working directory."""
    write_input("in.jsonl", rows)
    times = sorted(random.Random(seed).sample(range(rows // 50, rows), kills))
    with Counting() as emulator:
        killed = 0
        for moment in times:
            process = start(emulator, "in.jsonl", "out.jsonl", options)
            killed += kill_at(emulator, process, moment)
        process = start(emulator, "in.jsonl", "out.jsonl", options)
        summary = json.loads(process.communicate()[0])
        resent = emulator.rows - rows
    return {
        "exit": process.returncode,
        "kills": killed,
        "done": summary["done"],
        "resent": resent,
        "allowed": killed * (IN_FLIGHT + 16),
        "counted as maybe twice": summary["maybe_twice"],
    }


def undisturbed(rows: int) -> List[Dict[str, Any]]:
    """The output of a run that nobody kills."""
    with Counting() as emulator:
        process = start(emulator, "in.jsonl", "calm.jsonl")
        process.communicate()
        assert emulator.rows == rows
    return comparable("calm.jsonl")


if __name__ == "__main__":
    count, number = int(sys.argv[1]), int(sys.argv[2])
    began = time.monotonic()
    result = survive(count, number, seed=int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    result["equal to an undisturbed run"] = comparable("out.jsonl") == undisturbed(count)
    result["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(result))
    resent, allowed = result["resent"], result["allowed"]
    is_right = result["equal to an undisturbed run"] and result["done"] == count
    sys.exit(0 if is_right and resent <= min(allowed, result["counted as maybe twice"]) else 1)
