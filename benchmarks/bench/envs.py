"""The environments of the clients: built once into a cache folder, bytecode compiled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

REPOSITORY = Path(__file__).resolve().parents[2]
BASE = ("requests", "httpx", "python-dotenv", "packaging")  # what the adapter requires
ENVIRONMENTS: Dict[str, Tuple[str, ...]] = {
    "none": (),
    "openai-0.28.1": ("openai==0.28.1",),
    "openai-1.109.1": ("openai==1.109.1",),
    "openai-2.54.0": ("openai==2.54.0",),
    "openai-3.57.0": ("openai==3.57.0",),
    "fast": ("aiohttp", "orjson"),
    "litellm": ("litellm",),
    "langchain-deepseek": ("langchain-deepseek",),
    "gateway": (f"{REPOSITORY}[gateway,fast]",),
    "litellm-proxy": ("litellm[proxy]",),
    "before": (),  # another state of the repository
}
LONGEST = 900  # seconds for one step of a build
# What of this machine must not reach a client.
_UNWANTED = ("OPENAI_", "DEEPSEEK_", "DSADAPTER_", "LANGCHAIN_", "LANGSMITH_", "PYTHON")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


class Environment(NamedTuple):
    name: str
    python: str
    versions: Dict[str, str]
    problem: Optional[str] = None  # why it could not be built


def variables() -> Dict[str, str]:
    """For every child: no keys, no proxies, bytecode is used, nobody phones home."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(_UNWANTED) and name.upper() not in _PROXIES
    }
    kept.update(LITELLM_LOCAL_MODEL_COST_MAP="True", LITELLM_LOCAL_POLICY="True")
    kept.update(PYTHONPATH=str(REPOSITORY / "benchmarks"), PYTHONIOENCODING="utf-8")
    return kept


def _run(*command: str) -> None:
    subprocess.run(
        command, check=True, env=variables(), capture_output=True, text=True, timeout=LONGEST
    )


def python_of(folder: Path) -> Path:
    """The interpreter of an environment."""
    windows = folder / "Scripts" / "python.exe"
    return windows if os.name == "nt" else folder / "bin" / "python"


def create(folder: Path, packages: List[str]) -> None:
    """A fresh environment with these packages."""
    uv = shutil.which("uv")
    if uv:
        _run(uv, "venv", "--quiet", "--python", sys.executable, str(folder))
    else:
        _run(sys.executable, "-m", "venv", str(folder))
    if packages:
        install(str(python_of(folder)), packages)


def install(python: str, packages: List[str]) -> None:
    """Add packages to an environment."""
    uv = shutil.which("uv")
    if uv:
        _run(uv, "pip", "install", "--quiet", "--python", python, *packages)
    else:
        _run(python, "-m", "pip", "install", "--quiet", *packages)


_ASK = """
import importlib.metadata as m, json, sysconfig
print(json.dumps([sysconfig.get_paths()["purelib"],
    {str(d.metadata["Name"]).lower(): d.version for d in m.distributions()}]))
"""


def ask(python: str) -> Any:
    """Where an environment has its packages, and their versions by name."""
    done = subprocess.run(
        [python, "-c", _ASK], check=True, env=variables(), capture_output=True, text=True
    )
    return json.loads(done.stdout)


def build(name: str, cache: Path, *, fresh: bool = False, source: Path = REPOSITORY) -> Environment:
    """The environment, from the cache where its packages are still the same ones, with the adapter
    of the repository at ``source``."""
    packages = [*BASE, *ENVIRONMENTS[name]]
    stamp_text = json.dumps([sys.version, packages])
    folder = (cache / "envs" / f"{sys.version_info[0]}.{sys.version_info[1]}-{name}").absolute()
    stamp, python = folder / "stamp.json", str(python_of(folder))
    try:
        if fresh or not stamp.exists() or stamp.read_text() != stamp_text:
            shutil.rmtree(folder, ignore_errors=True)
            create(folder, packages)
            stamp.write_text(stamp_text)
        site, versions = ask(python)
        _install_adapter(Path(site), source)
        _run(python, "-m", "compileall", "-q", "-j", "0", site)
    except subprocess.CalledProcessError as err:
        if err.cmd[1:3] != ["-m", "compileall"]:  # some packages carry files for other Pythons
            return Environment(name, python, {}, _last_line(err.stderr or err.stdout or str(err)))
    except subprocess.TimeoutExpired:
        return Environment(name, python, {}, f"could not be built within {LONGEST} s")
    return Environment(name, python, versions)


def _install_adapter(site: Path, source: Path) -> None:
    """A copy of the checkout as it is now, so that edits meanwhile do not mix into a run."""
    target = site / "dsadapter"
    shutil.rmtree(target, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source / "dsadapter", target, ignore=ignored)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def names_for(rows: List[Any]) -> List[str]:
    return list(dict.fromkeys(row.env for row in rows))
