"""Run programs beside the SDK of this interpreter: one forked process each, one emulator for all.

    python run_programs.py FOLDER RESULTS.json FAULT,FAULT,...

What each program sent, printed and ended with goes into RESULTS.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any, Dict, List

try:  # before the forks: it is slow
    import openai
except ImportError:  # programs of dsadapter need none
    openai = None  # type: ignore[assignment]

from dsadapter.testing import Emulator

LIMIT = 60  # seconds for a program


def outcome(path: Path, base_url: str, emulator: Emulator) -> Dict[str, Any]:
    """One program against one server."""
    seen = len(emulator.requests)
    files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115
    child = os.fork()
    if child == 0:
        run(path, base_url, *(file.fileno() for file in files))
    _, status = os.waitpid(child, 0)
    texts = [read(file) for file in files]
    return {
        "requests": [request(one) for one in emulator.requests[seen:]],
        "stdout": texts[0],
        "error": texts[1],
        "unclosed": texts[2],
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1,
    }


def read(file: Any) -> str:
    with file:
        file.seek(0)
        return file.read().decode("utf-8", "replace")


def request(one: Any) -> List[Any]:
    """Method, path, body by value, and whose key it was."""
    key = hashlib.sha256(one.headers.get("authorization", "").encode()).hexdigest()[:8]
    extra = {k: v for k, v in one.headers.items() if k in ("x-request-id", "x-team")}
    return [
        one.method,
        one.path.partition("/fault/")[2].partition("/")[2] or one.path,
        one.json,
        key,
        extra,
    ]


def watch_clients() -> List[Any]:
    """The async clients that a program makes from now on: each has to be closed."""
    made: List[Any] = []
    cls = getattr(openai, "AsyncOpenAI", None)
    if cls is not None:
        make = cls.__init__

        def watched(self: Any, *args: Any, **kwargs: Any) -> None:
            make(self, *args, **kwargs)
            made.append(self)

        cls.__init__ = watched
    return made


def run(path: Path, base_url: str, printed: int, failed: int, unclosed: int) -> None:
    """In the child: never returns."""
    import runpy
    import signal

    signal.alarm(LIMIT)
    os.dup2(printed, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.environ.update(API_BASE=base_url, API_KEY="sk-test")
    sys.argv = [str(path)]
    code = 0
    clients = watch_clients()
    try:
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as err:
        os.write(failed, f"{type(err).__module__}.{type(err).__name__}".encode())
        if os.environ.get("SHOW"):
            os.write(failed, traceback.format_exc().encode())
        code = 1
    count = sum(not client.is_closed() for client in clients)
    os.write(unclosed, f"{count} of {len(clients)} clients".encode() if count else b"")
    sys.stdout.flush()
    os._exit(code)


def main(folder: str, results: str, faults: str) -> None:
    outcomes: Dict[str, Any] = {"openai": getattr(openai, "VERSION", "")}
    with Emulator() as emulator:
        for path in sorted(Path(folder).glob("*.py")):
            rows = outcomes.setdefault(path.name, {})
            for fault in faults.split(","):
                base = emulator.url(fault) if fault else emulator.base_url
                rows[fault] = outcome(path, f"{base}/v1" if not fault else base, emulator)
    Path(results).write_text(json.dumps(outcomes), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
