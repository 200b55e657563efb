"""What a project says about rules: ``[tool.dsadapter.doctor]`` of a pyproject.toml (a whole reader
of TOML needs Python 3.11), and comments on lines."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from typing import Dict, List, NamedTuple, Tuple

SECTION = "[tool.dsadapter.doctor]"
_KEY = re.compile(r"^(select|ignore|exclude)\s*=\s*\[")
_COMMENT = re.compile(r"#\s*dsadapter: ignore(?:\[([^\]]*)\])?")
_STRING = re.compile(r"""(["'])(.*?)\1""")


class Options(NamedTuple):
    """``select``, ``ignore``: ids of rules, ``*`` allowed; ``exclude``: paths from ``folder``."""

    folder: str = ""
    select: Tuple[str, ...] = ()
    ignore: Tuple[str, ...] = ()
    exclude: Tuple[str, ...] = ()

    def wants(self, rule: str) -> bool:
        """Whether hits of a rule are told."""
        if self.select and not any(fnmatch(rule, pattern) for pattern in self.select):
            return False
        return not any(fnmatch(rule, pattern) for pattern in self.ignore)

    def excludes(self, path: str) -> bool:
        """Whether a file is left out: it is named, matches, or lies in a folder that is."""
        inside = os.path.relpath(os.path.abspath(path), self.folder or ".").replace(os.sep, "/")
        patterns = [pattern.rstrip("/") for pattern in self.exclude]
        return any(fnmatch(inside, p) or fnmatch(inside, f"{p}/*") for p in patterns)


def read(text: str, folder: str = "") -> Options:
    """The options in the text of a pyproject.toml; a key that is not known is no option."""
    lists: Dict[str, List[str]] = {}
    inside, key = False, ""
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("[") and not key:
            inside = bare.split("#")[0].strip() == SECTION
        match = _KEY.match(bare) if inside and not key else None
        if match:
            key = match[1]
            bare = bare[match.end() :]
        if key:
            content = bare.split("#")[0].strip()
            lists.setdefault(key, []).extend(row[1] for row in _STRING.findall(content))
            key = "" if content.endswith("]") else key
    return Options(folder, **{name: tuple(values) for name, values in lists.items()})


def ignore_comments(text: str) -> Dict[int, Tuple[str, ...]]:
    """The rules that comments say to ignore, by line; () for all of them."""
    if "dsadapter: ignore" not in text:
        return {}
    ignored: Dict[int, Tuple[str, ...]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = _COMMENT.search(line)
        if match:
            rules = (rule.strip() for rule in (match[1] or "").split(","))
            ignored[number] = tuple(rule for rule in rules if rule)
    return ignored


def find(path: str) -> str:
    """The pyproject.toml that a path belongs to, "" for none: the nearest one further out."""
    folder = os.path.abspath(path)
    while True:
        candidate = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(candidate):
            return candidate
        if os.path.dirname(folder) == folder:
            return ""
        folder = os.path.dirname(folder)
