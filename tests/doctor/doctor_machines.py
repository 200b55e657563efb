"""Machines as data, and the commands as a user starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

from dsadapter._doctor.snapshot import Dist, Module, Packages, Python, Requires, Snapshot

ROOT = Path(__file__).resolve().parents[2]
SITE = "~/app/.venv/lib/python3.12/site-packages"


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Dict[str, Any]:
        return json.loads(self.out)

    def found(self, *statuses: str) -> List[str]:
        """The ids with these statuses (default: problems and warnings)."""
        wanted = statuses or ("fail", "warn", "crash")
        return [f["id"] for f in self.data["findings"] if f["status"] in wanted]

    def told(self) -> str:
        """What was found, in lines."""
        rows = self.data["findings"] if self.out.startswith("{") else []
        loud = [f for f in rows if f["status"] not in ("ok", "skip")]
        lines = [f"{f['status']} {f['id']}: {f['message']} {f['details']}" for f in loud]
        return "\n".join(["", *lines, self.err] if rows else [self.out, self.err])

    def finding(self, identity: str) -> Dict[str, Any]:
        return next(f for f in self.data["findings"] if f["id"] == identity)


def command(
    *argv: str,
    cwd: Any,
    python: str = sys.executable,
    flags: Sequence[str] = (),
    env: Optional[Dict[str, str]] = None,
    stdin: bytes = b"",
) -> Ran:
    """``python -m dsadapter ...`` in an environment without settings of this machine."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "HOME", "USERPROFILE")
    base = {name: os.environ[name] for name in kept if name in os.environ}
    base.update(PYTHONPATH=str(ROOT), PYTHONIOENCODING="utf-8", LANG="en_US.UTF-8")
    base.update(env or {})
    done = subprocess.run(
        [python, *flags, "-m", "dsadapter", *argv],
        input=stdin,
        capture_output=True,
        cwd=str(cwd),
        env={name: value for name, value in base.items() if value != "-"},
        timeout=300,
    )
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return Ran(done.returncode, out, err)


# --- machines as data ----------------------------------------------------------------------------


def packages(versions: Dict[str, str], **more: Any) -> Packages:
    """Packages that are installed properly: metadata and code agree."""
    dists = tuple(
        Dist(name.replace("_", "-"), version, SITE, NEEDS.get(f"{name} {version}", ()))
        for name, version in versions.items()
    )
    modules = {
        name.replace("-", "_"): Module(
            name.replace("-", "_"), "package", f"{SITE}/{name}/__init__.py", version
        )
        for name, version in versions.items()
    }
    return Packages(dists=dists, modules={**modules, **more.pop("modules", {})}, **more)


NEEDS = {
    "openai 3.54.0": (Requires("httpx2", ">=2.12.0,<3"), Requires("pydantic", ">=1.10.13,<3")),
    "openai 1.109.1": (Requires("httpx", "<1,>=0.23.0"), Requires("jiter", "<1,>=0.4.0")),
    "openai 0.28.1": (Requires("requests", ">=2.20"), Requires("aiohttp")),
    "pydantic 2.14.3": (Requires("pydantic-core", "==2.50.4"),),
}
OWN = {"requests": "2.34.2", "httpx": "0.28.1", "python-dotenv": "1.2.4", "packaging": "26.3"}
GENERATIONS: Dict[str, Dict[str, str]] = {
    "none": OWN,
    "0.28.1": {**OWN, "openai": "0.28.1", "aiohttp": "3.14.5", "urllib3": "2.8.0"},
    "1.109.1": {**OWN, "openai": "1.109.1", "jiter": "0.19.0", "anyio": "4.16.0"},
    "2.54.0": {**OWN, "openai": "2.54.0", "jiter": "0.19.0", "anyio": "4.16.0"},
    "3.54.0": {
        **OWN,
        "openai": "3.54.0",
        "httpx2": "2.16.2",
        "pydantic": "2.14.3",
        "pydantic-core": "2.50.4",
        "typing-extensions": "4.16.0",
    },
}


def machine(generation: str = "3.54.0", **more: Any) -> Snapshot:
    """A healthy machine, but for what is named; ``versions`` are added to the generation's."""
    versions = {**GENERATIONS[generation], **more.pop("versions", {})}
    extra = more.pop("installed", {})
    python = Python(**more.pop("python", {}))
    return Snapshot(packages=packages(versions, **extra), python=python, **more)
