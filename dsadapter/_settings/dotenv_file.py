"""``.env`` files: where they are looked for and trusted, decoded whatever editor saved them.

Parsing is python-dotenv's; it is imported only where a file exists.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, Set, Tuple

from .._warn import warn_caller
from .table import ENVIRONMENT_ONLY

# A command of dsadapter is running: it has no folder of its own, wherever it was started.
runs_command = False

_cache: Dict[str, Tuple[Tuple[int, int], Dict[str, str]]] = {}
_warned: Set[str] = set()


def candidates() -> List[str]:
    """Where a ``.env`` is looked for: the working directory, then the running script's folder."""
    folders = []
    try:
        folders.append(os.getcwd())
    except OSError:  # the working directory was deleted
        pass
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    if script and (folders or os.path.isabs(script)):
        folders.append(os.path.dirname(os.path.abspath(script)))
    return [os.path.join(folder, ".env") for folder in dict.fromkeys(folders)]


def stamps() -> List[Tuple[Any, ...]]:
    """What tells whether one of them has changed: path, time and size; the path alone of none."""
    return [_stamp(path) for path in candidates()]


def _stamp(path: str) -> Tuple[Any, ...]:
    try:
        stat = os.stat(path)
    except OSError:
        return (path,)
    return path, stat.st_mtime_ns, stat.st_size


def is_programs_own(path: str) -> bool:
    """Whether ``path`` lies where Python imports the running program's code from.

    Whoever may write there can run any code in this process; elsewhere, in a folder that somebody
    unpacked and then works in, a file can only speak for itself.
    """
    if runs_command:
        return False
    try:
        return _resolved(os.path.dirname(path)) in map(_resolved, sys.path)
    except OSError:  # the working directory was deleted
        return False


def _resolved(folder: str) -> str:
    return os.path.normcase(os.path.realpath(folder))


def decode(raw: bytes) -> str:
    """Text of a file saved as UTF-8 (BOM or not), UTF-16 or GBK."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw[:200]:  # without a mark: the zero of ASCII letters comes second in LE
        little = raw[1:200:2].count(0) > raw[:200:2].count(0)
        return raw.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gbk", "replace")


def read(path: str) -> Dict[str, str]:
    """The variables of one file, without those that have no value; {} when it cannot be read.

    Those that decide about trust are ignored, with one warning: the environment alone has them.
    """
    try:
        stat = os.stat(path)
        stamp = (stat.st_mtime_ns, stat.st_size)
        if path not in _cache or _cache[path][0] != stamp:
            with open(path, "rb") as file:
                _cache[path] = (stamp, _without_trust_switches(path, _parse(decode(file.read()))))
    except OSError:  # none there, a folder, no permission: `doctor` says which
        return {}
    return _cache[path][1]


def _parse(text: str) -> Dict[str, str]:
    import io

    from dotenv import dotenv_values

    variables = dotenv_values(stream=io.StringIO(text), interpolate=False)
    return {name: value for name, value in variables.items() if value}


def _without_trust_switches(path: str, variables: Dict[str, str]) -> Dict[str, str]:
    ignored = [name for name in ENVIRONMENT_ONLY if name in variables]
    if ignored and path not in _warned:
        _warned.add(path)
        warn_caller(
            f"{' and '.join(ignored)} in {path} is ignored: a file must not decide whom to trust. "
            "Set it in the environment if you mean it."
        )
    return {name: value for name, value in variables.items() if name not in ignored}
