"""What git says of files that are to be written."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import Dict, List, NamedTuple, Sequence

LIMIT = 30.0  # seconds
NAMED = 5  # files in a command that undoes; of more it names their folder


class Trees(NamedTuple):
    """The work trees around files: what is not committed there, and the files that git has."""

    uncommitted: List[str]
    tracked: Dict[str, str]  # file -> the folder of its work tree


def look(paths: Sequence[str]) -> Trees:
    """The state of the work trees around these files; without git there are none."""
    trees = Trees([], {})
    roots: Dict[str, List[str]] = {}
    for path in paths:
        root = _root(os.path.dirname(os.path.realpath(path)))
        if root:
            roots.setdefault(root, []).append(path)
    for root, files in roots.items():
        status = _git(root, "status", "--porcelain", "--untracked-files=no")
        trees.uncommitted.extend(line[3:] for line in status.splitlines())
        for path in files:
            if _git(root, "ls-files", "--", os.path.realpath(path)).strip():
                trees.tracked[path] = root
    return trees


def undo(paths: Sequence[str], trees: Trees) -> List[str]:
    """The commands that bring tracked files back, one for each work tree."""
    by_root: Dict[str, List[str]] = {}
    for path in paths:
        if path in trees.tracked:
            by_root.setdefault(trees.tracked[path], []).append(path)
    commands = []
    for root, files in by_root.items():
        names = [os.path.relpath(os.path.realpath(path), root) for path in files]
        if len(names) > NAMED and not trees.uncommitted:  # all that changed there is ours
            names = [os.path.commonpath([os.path.dirname(name) for name in names]) or "."]
        words = ["git", "-C", root, "checkout", "--", *names]
        commands.append(" ".join(shlex.quote(word) for word in words))
    return commands


def _root(folder: str) -> str:
    return _git(folder, "rev-parse", "--show-toplevel").strip() if shutil.which("git") else ""


def _git(folder: str, *words: str) -> str:
    """What git prints; "" where it fails: then nothing is known to be tracked."""
    argv = ["git", "-C", folder, "-c", "core.quotePath=false", *words]
    try:
        process = subprocess.run(argv, capture_output=True, timeout=LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return process.stdout.decode("utf-8", "replace") if process.returncode == 0 else ""
