"""Where and of what a run was made."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import time
from typing import Any, Dict, List

from .envs import REPOSITORY


def _cpu() -> str:
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:  # no /proc
        pass
    return platform.processor() or platform.machine()


def load() -> List[float]:
    return [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []


def facts() -> Dict[str, Any]:
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load_before": load(),
        "date": time.strftime("%Y-%m-%d %H:%M:%S %z"),
    }


def command() -> str:
    """As another would type it: a folder of this machine is DIR."""
    words = ["DIR" if os.path.isabs(word) else word for word in sys.argv[1:]]
    return "python " + " ".join(["benchmarks/" + os.path.basename(sys.argv[0]), *words])


def commit() -> str:
    """The commit of this checkout, with a plus where the adapter was edited since; else ""."""
    try:
        named = _git("rev-parse", "--short=10", "HEAD")
        return named + ("+" if _git("status", "--porcelain", "--", "dsadapter") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*words: str) -> str:
    command = ["git", "-C", str(REPOSITORY), *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout.decode().strip()


def source_digest() -> str:
    """Which state of the adapter was measured: a digest of its source files."""
    digest = hashlib.sha256()
    for path in sorted((REPOSITORY / "dsadapter").rglob("*.py")):
        digest.update(path.relative_to(REPOSITORY).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
