"""Many calls on every backend against the emulator, a share of them with a fault injected.

Every outcome is accounted for: each fault has its expected class, or a good answer (after a retry
where the fault passes). Memory and sockets are sampled on the way.

    python benchmarks/soak.py                        # 100,000 calls, 5 % faults
    python benchmarks/soak.py --calls 2000

Exit code 1 where an outcome was not as expected, memory grew or a connection was not released.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Dict, List

from bench import envs, machine, soak_report

HERE = Path(__file__).resolve().parent
BACKENDS: Dict[str, List[str]] = {
    "none": ["raw-requests"],
    "openai-0.28.1": ["legacy-openai", "raw-requests"],
    "openai-1.109.1": ["modern-openai", "raw-requests"],
    "openai-2.54.0": ["modern-openai", "raw-requests"],
    "openai-3.57.0": ["modern-openai", "raw-requests"],
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--faults", type=float, default=0.05, help="share of calls (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--environments", default=",".join(BACKENDS), help="of: %(default)s")
    parser.add_argument("--output", type=Path, default=HERE / "results", metavar="DIR")
    parser.add_argument("--cache", type=Path, default=HERE.parent / ".bench", metavar="DIR")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    names = options.environments.split(",")
    built = {name: envs.build(name, options.cache) for name in names}
    share = -(-options.calls // len(names))
    facts, begun = machine.facts(), time.monotonic()
    source, commit = machine.source_digest(), machine.commit()
    found: Dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        threads = [
            threading.Thread(target=_into, args=(found, built[name], share, options, folder))
            for name in names
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    data = {
        "command": machine.command(),
        "machine": facts,
        "source": source,
        "commit": commit,
        "versions": {name: built[name].versions for name in names},
        "calls": share * len(names),
        "faults": options.faults,
        "seconds": round(time.monotonic() - begun, 1),
        "workers": {name: found[name] for name in names},
    }
    data["summary"] = soak_report.summary(data)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "soak.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(soak_report.text(data))
    return 0 if data["summary"]["held"] else 1


def _into(
    found: Dict[str, Any],
    environment: envs.Environment,
    share: int,
    options: argparse.Namespace,
    folder: str,
) -> None:
    try:
        found[environment.name] = worker(environment, share, options, folder)
    except Exception as err:  # the thread of a worker: the summary says it
        found[environment.name] = {"failed": f"{type(err).__name__}: {err}"[:20000]}


def worker(
    environment: envs.Environment, share: int, options: argparse.Namespace, folder: str
) -> Dict[str, Any]:
    """One environment: its emulator, its calls, and what is open once they are over."""
    with _started(environment, folder, "bench.soak_server") as server:
        url = server.stdout.readline().strip()
        job = {"calls": share, "faults": options.faults, "seed": options.seed, "url": url}
        job["backends"] = BACKENDS[environment.name]
        with tempfile.TemporaryFile("w+") as errors:
            with _started(
                environment, folder, "bench.soak_worker", json.dumps(job), stderr=errors
            ) as calls:
                line = calls.stdout.readline()
                lost = json.loads(line).get("lost_with_connection", {}) if line else {}
                server.stdin.write(json.dumps(list(lost)) + "\n")  # the worker is still there
                server.stdin.flush()
                counted = json.loads(server.stdout.readline())
                calls.stdin.close()
            errors.seek(0)
            noise = errors.read().splitlines()
        server.stdin.close()
    if not line:
        raise RuntimeError("\n".join(noise[-200:]))
    report: Dict[str, Any] = json.loads(line)
    report["problems"] += [lost[call] for call in counted["read"]]
    report["problem_count"] += len(counted["read"])
    return {
        **report,
        "connections_left": counted["open_connections"],
        "asked_too_often": counted["asked_too_often"],
        "noise": noise[:60],
        "noise_lines": len(noise),
    }


def _started(environment: envs.Environment, folder: str, *module: str, **more: Any) -> Any:
    return subprocess.Popen(
        [environment.python, "-m", *module],
        cwd=folder,
        env=envs.variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


if __name__ == "__main__":
    sys.exit(main())
