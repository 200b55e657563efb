"""Measurements that are a whole process each: importing, and a first answer."""

from __future__ import annotations

import json
import os
import subprocess
import time
from typing import Any, Dict, List

from .envs import variables
from .rows import Row

IMPORTS: Dict[str, str] = {
    "adapter-modern": "dsadapter",
    "adapter-legacy": "dsadapter",
    "sdk-modern": "openai",
    "sdk-legacy": "openai",
    "requests": "requests",
    "httpx": "httpx",
    "aiohttp": "aiohttp, json",
    "socket": "socket, json",
    "litellm": "litellm",
    "langchain": "langchain_deepseek",
}
_IMPORT = """
import sys, time
before, cpu, wall = set(sys.modules), time.process_time(), time.perf_counter()
import {names}
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
import json
new = {{name.partition(".")[0] for name in set(sys.modules) - before}}
files = {{name: getattr(sys.modules.get(name), "__file__", None) or "" for name in new}}
foreign = sorted(name for name in files if "site-packages" in files[name])
print(json.dumps({{"cpu_ms": cpu * 1e3, "wall_ms": wall * 1e3, "modules": foreign}}))
"""
_FIRST = "from bench.clients import opened; assert opened({kind!r}, {backend!r}, {url!r}).call()"


def import_time(python: str, row: Row, folder: str) -> Dict[str, Any]:
    """Inside the process, so over bare Python; ``modules`` are those from site-packages."""
    code = _IMPORT.format(names=IMPORTS[row.kind])
    done = subprocess.run(
        [python, "-c", code],
        cwd=folder,
        env=variables(),
        check=True,
        capture_output=True,
        text=True,
    )
    numbers: Dict[str, Any] = json.loads(done.stdout)
    return numbers


def first_answer(python: str, row: Row, folder: str, url: str) -> Dict[str, Any]:
    code = _FIRST.format(kind=row.kind, backend=row.backend, url=url)
    return whole_process([python, "-c", code], folder)


def whole_process(command: List[str], folder: str) -> Dict[str, Any]:
    """Wall and CPU milliseconds from before the start of a process to its end."""
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=variables(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    wall, after = time.perf_counter() - begun, os.times()
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr.decode())
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return {"wall_ms": wall * 1e3, "cpu_ms": cpu * 1e3}
