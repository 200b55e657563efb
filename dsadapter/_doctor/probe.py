"""The proof: the chosen SDK is imported, constructed and called in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any, Dict, List, Optional, Sequence, Set

from .search_path import Subject
from .secrets import Secrets, shown
from .snapshot import Probe, Snapshot, Step

LIMIT = 8.0  # seconds for all steps: the doctor has ten
MOST_TRIED = 4  # names of the standard library, two seconds each; more count as harmful
_CHILD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "probe_child.py")
_TOKEN = "dsadapter-probe:"
# Variables that change what a client does; the packages are tried without them first.
HIDDEN = (
    "HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy "
    "SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSLKEYLOGFILE"
).split()
_SDK_PREFIXES = ("OPENAI_", "AZURE_OPENAI_")  # names that an SDK reads by itself
_FLAGS = (("no_site", "-S"), ("no_user_site", "-s"), ("ignore_environment", "-E"))


def probe(s: Snapshot, subject: Subject, secrets: Secrets) -> Optional[Probe]:
    """None when there is nothing to run: no backend can work, or no interpreter to start."""
    if s.choice.fault or not sys.executable:
        return None
    from ..testing.emulator import Emulator

    python, path = [sys.executable, *_flags()], subject.path[1:]
    with Emulator() as emulator:
        result = run(python, s.choice.name, emulator.base_url, path, secrets)
        names = sorted(_stems(s) & result.stdlib)
        harmless = set()
        for name in names[:MOST_TRIED]:
            tried = run(python, s.choice.name, emulator.base_url, path, secrets, hidden=[name])
            if not tried.fault and not tried.failed():
                harmless.add(name)
    return result._replace(stdlib=result.stdlib - harmless)


def _stems(s: Snapshot) -> Set[str]:
    """The module names of the files beside the program that the standard library has, too."""
    names = (name.replace("\\", "/").rpartition("/")[2] for name in s.packages.stdlib_shadows)
    return {name.partition(".")[0] for name in names}


def _flags() -> List[str]:
    return [flag for name, flag in _FLAGS if getattr(sys.flags, name)]


def run(
    python: List[str],
    backend: str,
    base_url: str,
    path: List[str],
    secrets: Secrets,
    limit: float = LIMIT,
    hidden: Sequence[str] = (),
) -> Probe:
    """``limit``: seconds for all steps together; ``hidden``: modules that shall be empty."""
    request = {"backend": backend, "base_url": base_url, "path": path, "hidden": HIDDEN}
    started = time.monotonic()
    try:
        process = subprocess.run(
            [*python, _CHILD, *hidden],
            input=(json.dumps(request) + "\n").encode(),
            capture_output=True,
            timeout=limit,
            env=_environment(),
        )
        output, fault = process.stdout, _exit_fault(process, secrets)
    except subprocess.TimeoutExpired as err:
        output, fault = err.stdout or b"", "timeout"
    except OSError as err:
        output, fault = b"", secrets.hide(f"{type(err).__name__}: {err}")
    seconds = round(time.monotonic() - started, 2)
    return _probe(backend, _rows(output), fault, seconds, secrets)


def _environment() -> Dict[str, str]:
    """Without keys: the probe needs none, and what it prints ends up in reports."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_SDK_PREFIXES)
        and not name.endswith("_API_KEY")
        and name != "PYTHONPATH"  # the search path is handed over as it was found
    }
    return {**environment, "PYTHONIOENCODING": "utf-8"}


def _exit_fault(process: subprocess.CompletedProcess[bytes], secrets: Secrets) -> str:
    if process.returncode == 0:
        return ""
    last = process.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    return secrets.hide(" ".join([f"exit code {process.returncode}", *last]))


def _rows(output: bytes) -> List[Dict[str, Any]]:
    lines = output.decode("utf-8", "replace").splitlines()
    return [json.loads(line[len(_TOKEN) :]) for line in lines if line.startswith(_TOKEN)]


def _probe(
    backend: str, rows: List[Dict[str, Any]], fault: str, seconds: float, secrets: Secrets
) -> Probe:
    """The steps that were over, and the one in which the process ended without an exception."""
    steps = tuple(
        _step(row, secrets) for row in rows if "begins" not in row and row["name"] != "end"
    )
    end = next((row for row in rows if row["name"] == "end"), None)
    begun = [row["name"] for row in rows if "begins" in row]
    ended_in = "" if end or len(begun) <= len(steps) else begun[-1]
    if ended_in and not fault:
        fault = "exit code 0"
    if end and fault == "timeout":
        fault = ""  # all was done; only leaving took long
    looked_up = frozenset(end["stdlib"]) if end and not any(s.error for s in steps) else frozenset()
    return Probe(backend, steps, fault, seconds, ended_in, looked_up)


def _step(row: Dict[str, Any], secrets: Secrets) -> Step:
    return Step(
        row["name"],
        row.get("error", ""),
        secrets.hide(_short(row.get("text", ""))),
        tuple(secrets.hide(_short(text)) for text in row.get("causes", ())),
        shown(row.get("where", "")),
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 300 else f"{text[:297]}..."
