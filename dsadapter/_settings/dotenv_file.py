"""``.env`` files: found beside the program, decoded whatever editor saved them.

Parsing is python-dotenv's; it is imported only where a file exists.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, Tuple

_cache: Dict[str, Tuple[Tuple[int, int], Dict[str, str]]] = {}


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
    """The variables of one file, without those that have no value; {} when it cannot be read."""
    try:
        stat = os.stat(path)
        stamp = (stat.st_mtime_ns, stat.st_size)
        if path not in _cache or _cache[path][0] != stamp:
            with open(path, "rb") as file:
                _cache[path] = (stamp, _parse(decode(file.read())))
    except OSError:  # none there, a folder, no permission: `doctor` says which
        return {}
    return _cache[path][1]


def _parse(text: str) -> Dict[str, str]:
    import io

    from dotenv import dotenv_values

    return {name: value for name, value in dotenv_values(stream=io.StringIO(text)).items() if value}
