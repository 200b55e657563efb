"""All files of a run: rewritten in memory, then shown or written."""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
from typing import Dict, Iterator, List, NamedTuple, Sequence, Set, Tuple

from .._source.declarations import is_declaration
from .._source.files import project_files
from .._source.python_file import gc_paused
from .._texts.migrate import COPY_EXISTS
from .._texts.text import Text, untranslated
from . import git, notebooks, pins
from .analysis import Options
from .source_file import Left, Rewritten, read, rewrite_file, write

_WORD = re.compile(rb"\w+")
_LEGACY = re.compile(
    rb"openai\.(?:ChatCompletion|Completion|Embedding)\.a?create|openai\.(?:error|api_base)\b"
)
COPY = ".orig"  # beside a file that git does not have


class Migration(NamedTuple):
    """What a run would do. ``skipped`` are the files that stay as they are, and why."""

    files: Tuple[Rewritten, ...]
    skipped: Tuple[Tuple[str, Text], ...]

    @property
    def changed(self) -> List[Rewritten]:
        """The files that there is something to write of."""
        return [file for file in self.files if file.is_changed]


def rewrite(paths: Sequence[str], options: Options) -> Migration:
    """The files under the paths, under the rules."""
    listed = project_files(tuple(paths))
    skipped = [(path, untranslated(why)) for path, why in listed.unreadable]
    files: List[Rewritten] = []
    mentions = Mentions(listed.code)
    options = options._replace(
        is_mentioned=mentions.elsewhere,
        is_shared=lambda path: mentions.is_word("openai", path),
        has_organization=mentions.is_word("organization"),
        has_legacy=mentions.has_legacy,
    )
    with gc_paused():
        for path in _without_twins([*listed.code, *listed.declared]):
            try:
                files.append(_rewrite_file(path, options._replace(path=path)))
            except Left as err:
                skipped.append((path, err.why))
    return Migration(tuple(files), tuple(skipped))


def _rewrite_file(path: str, options: Options) -> Rewritten:
    name = os.path.basename(path)
    if is_declaration(name):
        return pins.rewrite_file(path, options)
    if name.endswith(".ipynb"):
        return notebooks.rewrite_file(path, options)
    return rewrite_file(path, options)


def _without_twins(paths: Sequence[str]) -> Iterator[str]:
    """A file that is reached by two names is rewritten once."""
    seen: Set[str] = set()
    for path in paths:
        target = os.path.realpath(path)
        if target not in seen:
            seen.add(target)
            yield path


class Mentions:
    """The words of each file, read when they are first asked for."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._files: Dict[bytes, Set[str]] = {}
        self._is_read = False
        self._has_legacy = False

    @property
    def has_legacy(self) -> bool:
        """Whether any file has code of 0.28."""
        self._with("openai")
        return self._has_legacy

    def is_word(self, word: str, beside: str = "") -> bool:
        """Whether any file has a word, beside one."""
        return bool(self._with(word) - {beside})

    def elsewhere(self, word: str, path: str) -> bool:
        """Whether another file than this one has a word, and the name of this file's module."""
        folder, file = os.path.split(os.path.abspath(path))
        stem = os.path.splitext(file)[0]
        module = os.path.basename(folder) if stem == "__init__" else stem
        return bool((self._with(word) & self._with(module)) - {path})

    def _with(self, word: str) -> Set[str]:
        if not self._is_read:
            self._is_read = True
            for name in self._paths:
                self._read(name)
        return self._files.get(word.encode("utf-8"), set())

    def _read(self, path: str) -> None:
        try:
            raw = read(path)
        except Left:  # it is named where it is rewritten
            return
        self._has_legacy = self._has_legacy or bool(_LEGACY.search(raw))
        for word in set(_WORD.findall(raw)):
            self._files.setdefault(word, set()).add(path)


def diff(file: Rewritten) -> str:
    """The changes of a file as a unified diff."""
    name = os.path.normpath(file.path).replace(os.sep, "/").lstrip("/")
    before, after = (_lines(text) for text in (file.old_text, file.new_text))
    return "".join(_ended(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")))


def _lines(text: str) -> List[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"


# --- writing -------------------------------------------------------------------------------------


class Written(NamedTuple):
    """What was written, what was left after all, and the commands that undo it."""

    paths: Tuple[str, ...]
    skipped: Tuple[Tuple[str, Text], ...]
    undo: Tuple[str, ...]


def write_all(migration: Migration, trees: git.Trees) -> Written:
    """Write each changed file; what git does not have gets a copy beside it first."""
    paths: List[str] = []
    skipped: List[Tuple[str, Text]] = []
    undo: List[str] = []
    for file in migration.changed:
        try:
            undo += _write(file, file.path in trees.tracked)
            paths.append(file.path)
        except Left as err:
            skipped.append((file.path, err.why))
    return Written(tuple(paths), tuple(skipped), (*git.undo(paths, trees), *undo))


def _write(file: Rewritten, is_tracked: bool) -> List[str]:
    """Gives the command that undoes it, where git cannot. Raises Left."""
    if is_tracked:
        write(file.path, file.before, file.after)
        return []
    target = os.path.realpath(file.path)
    copy = f"{target}{COPY}"
    if os.path.lexists(copy):
        raise Left(COPY_EXISTS(copy=copy))
    try:
        shutil.copy2(target, copy)
    except OSError as err:
        raise Left(untranslated(err.strerror or str(err))) from err
    try:
        write(file.path, file.before, file.after)
    except Left:
        os.unlink(copy)
        raise
    return [f"mv {shlex.quote(copy)} {shlex.quote(target)}"]
