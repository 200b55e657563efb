"""The interpreter, its environment, and the tools on PATH."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from typing import Any, List, Optional, Tuple

from ..search_path import Subject
from ..secrets import all_shown, shown
from ..snapshot import Python, Tool

_VERSIONED = re.compile(r"python-?(\d)\.?(\d{1,2})(?![\d.]*\.exe)", re.I)


def collect(subject: Subject) -> Python:
    """The interpreter that runs the doctor, which is the one that is examined."""
    openssl, number = _openssl()
    python = _tool("python")
    return Python(
        version=".".join(map(str, sys.version_info[:3])),
        implementation=sys.implementation.name.replace("cpython", "CPython"),
        executable=shown(_executable()),
        kind=_kind(),
        managed=_managed(),
        active_venv=_active_venv(),
        unused_venv=_unused_venv(subject.cwd),
        python=python if python.path else _tool("python3"),
        pip=_tool("pip"),
        uv=shown(shutil.which("uv") or ""),
        has_pip=_has_pip(subject),
        windows=os.name == "nt",
        foreign_paths=tuple(all_shown(foreign_folders(subject))),
        stdout=getattr(sys.stdout, "encoding", None) or "utf-8",
        openssl=openssl,
        openssl_number=number,
        today=time.strftime("%Y-%m-%d"),
    )


def _executable() -> str:
    """Without ``..`` in it where that is the same file."""
    path = sys.executable or "python"
    normal = os.path.normpath(path)
    return normal if _same(os.path.dirname(normal), os.path.dirname(path)) else path


def _kind() -> str:
    if os.path.isdir(os.path.join(sys.prefix, "conda-meta")):
        return "conda"
    return "venv" if sys.prefix != sys.base_prefix else "system"


def _managed() -> bool:
    if _kind() != "system":
        return False
    return os.path.exists(os.path.join(os.path.dirname(os.__file__), "EXTERNALLY-MANAGED"))


def _active_venv() -> str:
    active = os.environ.get("VIRTUAL_ENV", "")
    return "" if not active or _same(active, sys.prefix) else shown(active)


def _unused_venv(cwd: str) -> str:
    for name in (".venv", "venv"):
        folder = os.path.join(cwd, name)
        if os.path.isfile(os.path.join(folder, "pyvenv.cfg")):
            return "" if _same(folder, sys.prefix) else shown(folder)
    return ""


def _same(one: str, other: str) -> bool:
    try:
        return os.path.realpath(one) == os.path.realpath(other)
    except OSError:
        return False


def _tool(name: str) -> Tool:
    path = shutil.which(name)
    return Tool(shown(path), _is_here(path)) if path else Tool()


def _is_here(path: str) -> Optional[bool]:
    """Whether a program on PATH belongs to this interpreter; None for a version manager's shim."""
    folders = {os.path.dirname(os.path.abspath(sys.executable or ""))}
    folders.add(os.path.join(sys.prefix, "Scripts" if os.name == "nt" else "bin"))
    if os.path.dirname(os.path.abspath(path)) in folders:
        return True
    if "shims" in path:
        return None
    target = _interpreter_of(path)
    return bool(target) and os.path.dirname(target) in folders


def _interpreter_of(script: str) -> str:
    """The interpreter in the first line of a script, "" where there is none."""
    try:
        with open(script, "rb") as file:
            first = file.readline(500)
    except OSError:
        return ""
    return first[2:].decode("utf-8", "replace").strip() if first.startswith(b"#!") else ""


def _has_pip(subject: Subject) -> bool:
    return any(os.path.isdir(os.path.join(folder, "pip")) for folder in subject.path[1:])


def foreign_folders(subject: Subject) -> List[str]:
    """Folders of the path that belong to another Python."""
    return [folder for folder in subject.path if _is_foreign(folder)]


def _is_foreign(folder: str) -> bool:
    """A site folder of another Python version, mostly by way of PYTHONPATH."""
    if "site-packages" not in folder and "dist-packages" not in folder:
        return False
    versions = _VERSIONED.findall(folder.partition("-packages")[0])
    return bool(versions) and tuple(map(int, versions[-1])) != sys.version_info[:2]


def _openssl() -> Tuple[str, Tuple[int, ...]]:
    try:
        import _ssl  # what ssl itself asks; ssl takes 20 ms
    except ImportError:
        return "", ()
    numbers: List[Any] = list(_ssl.OPENSSL_VERSION_INFO)
    return _ssl.OPENSSL_VERSION, tuple(numbers[:3])
