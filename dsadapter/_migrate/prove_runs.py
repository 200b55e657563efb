"""One run of a program in a fresh copy of its folder, and what it did."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

from .._settings.table import OFFLINE_URL
from .._source.files import SKIPPED
from ..testing.emulator import Emulator

LIMIT = 120.0  # seconds for one run
CHILD = "dsadapter._dropin.native_program"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Request(NamedTuple):
    """A request as it is compared: ``body`` is JSON by value, ``key`` a hash."""

    method: str
    path: str
    body: Any
    key: str


class Outcome(NamedTuple):
    """What a run sent and printed and how it ended; ``error`` is the class of a traceback."""

    requests: Tuple[Request, ...]
    stdout: str
    code: int
    error: str
    stderr: str = ""


class Stage:
    """A folder in which programs run: dsadapter without what is installed beside it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        shutil.copytree(
            PACKAGE,
            os.path.join(folder, "package", "dsadapter"),
            ignore=shutil.ignore_patterns("__pycache__"),
        )

    def run(
        self, python: str, project: str, words: Sequence[str], fault: str, files: Dict[str, bytes]
    ) -> Outcome:
        """``files`` are put into the copy of the project first. Raises OSError,
        subprocess.TimeoutExpired."""
        with tempfile.TemporaryDirectory(dir=self.folder) as root:
            copy = os.path.join(root, "project")
            shutil.copytree(project, copy, ignore=_left_out, symlinks=True)
            for name, content in files.items():
                _put(os.path.join(copy, name), content)
            report = os.path.join(root, "error")
            with Emulator(fault=fault or None) as emulator:
                environment = self._environment(emulator.base_url)
                process = subprocess.run(
                    [python, "-m", CHILD, report, *words],
                    cwd=copy,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=LIMIT,
                    check=False,
                )
                requests = tuple(map(_request, emulator.requests))
            return Outcome(
                requests,
                process.stdout.decode("utf-8", "replace").replace("\r\n", "\n"),
                process.returncode,
                _text_of(report),
                process.stderr.decode("utf-8", "replace"),
            )

    def _environment(self, base_url: str) -> Dict[str, str]:
        """Without anybody's keys and without settings of openai."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.endswith(("_API_KEY", "_TOKEN", "_SECRET"))
            and not name.startswith(("OPENAI_", "AZURE_", "DSADAPTER_", "PYTHON"))
        }
        environment[OFFLINE_URL] = base_url
        environment["PYTHONPATH"] = os.path.join(self.folder, "package")
        environment["PYTHONIOENCODING"] = "utf-8"
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        environment["PYTHONHASHSEED"] = "0"
        return environment


def _left_out(folder: str, names: List[str]) -> List[str]:
    """Environments, caches and what git keeps stay where they are."""
    environments = [n for n in names if os.path.exists(os.path.join(folder, n, "pyvenv.cfg"))]
    return [*(name for name in names if name in SKIPPED), *environments]


def _put(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)


def _text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:  # it ended without a traceback
        return ""


def _request(request: Any) -> Request:
    key = request.headers.get("authorization", "")
    body = request.json if request.json is not None else request.body.decode("utf-8", "replace")
    return Request(
        request.method, request.path, body, hashlib.sha256(key.encode()).hexdigest()[:12]
    )
