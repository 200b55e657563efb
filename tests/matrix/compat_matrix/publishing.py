"""The page while results come: written again, and committed with them, some minutes apart."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import List

from dsadapter import _console

from . import command

MINUTES_APART = 10


class Page:
    """The page of one run."""

    def __init__(self, root: Path, folder: Path, commits: bool) -> None:
        self._root, self._folder = root, folder
        self._is_own = folder.resolve() == (root / command.RESULTS).resolve()
        self._commits = commits and self._is_own
        self._new: List[str] = []
        self._last = time.monotonic()
        self._lock = threading.Lock()

    def came(self, name: str) -> None:
        """A result came. The first after a while takes those before it along."""
        with self._lock:
            self._new.append(name)
            if self._commits and time.monotonic() - self._last >= MINUTES_APART * 60:
                self._publish()

    def publish(self) -> None:
        """The page of all that came, where they came into its own folder."""
        with self._lock:
            if self._new and self._is_own:
                self._publish()

    def _publish(self) -> None:
        self._last = time.monotonic()
        code = command.main(["--write", "--from", str(self._folder)], self._root)
        if code == 0 and self._commits:
            self._commit()
        self._new = [] if code == 0 else self._new

    def _commit(self) -> None:
        paths = [str(self._folder), *(str(self._root / path) for path in command.WRITTEN)]
        text = f"The matrix: {len(self._new)} environments measured"
        for words in (["add", "--", *paths], ["commit", "--quiet", "-m", text, "--", *paths]):
            done = subprocess.run(
                ["git", *words], cwd=str(self._root), capture_output=True, encoding="utf-8"
            )
            if done.returncode:
                _console.line(f"git {words[0]}: {done.stderr or done.stdout}", sys.stderr)
                return
