"""One Python file: read, rewritten, written back in its own encoding."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from typing import Dict, NamedTuple, Tuple

from .._source.files import LARGEST, is_too_dense, read_file
from .._source.python_file import parse
from .._texts.migrate import CHANGED_MEANWHILE, ENCODING, ENTANGLED, NO_PERMISSION, TOO_LARGE
from .._texts.text import Text, untranslated
from . import edits, requirement_texts, to_dsadapter, to_openai
from .analysis import COMMENT, Analysis, Marker, Options, comments_in
from .document import decode

NAMES = (b"openai", b"OPENAI_")  # without them there is nothing to do


class Left(Exception):
    """A file that cannot be rewritten, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class Rewritten(NamedTuple):
    """A file before and after, how often each rule was applied, and what is left for a person."""

    path: str
    before: bytes
    after: bytes
    old_text: str
    new_text: str
    applied: Dict[str, int]
    markers: Tuple[Marker, ...]

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after

    def line_of(self, marker: Marker) -> int:
        """The line of a marker's comment in the new text."""
        same = [other for other in self.markers if other.rule == marker.rule]
        comments = [line for line, rule in comments_in(self.new_text) if rule == marker.rule]
        if len(comments) != len(same):  # a notebook: its lines are counted over all cells
            return marker.line
        return comments[same.index(marker)]


def rewrite_file(path: str, options: Options) -> Rewritten:
    """A file under the rules. Raises Left."""
    before = read(path)
    if not any(word in before for word in NAMES):
        return Rewritten(path, before, before, "", "", {}, ())
    try:
        text, encoding = decode(before)
        if is_too_dense(text):
            raise Left(TOO_LARGE)
        new_text, applied, markers = rewrite_text(text, options)
        after = encoding.encode(new_text) if new_text != text else before
    except (SyntaxError, ValueError, RecursionError, edits.Overlap) as err:
        raise Left(reason(err)) from err
    return Rewritten(path, before, after, text, new_text, applied, markers)


def rewrite_text(text: str, options: Options) -> Tuple[str, Dict[str, int], Tuple[Marker, ...]]:
    """A source under the rules. Raises what ``ast.parse`` raises, and edits.Overlap."""
    analysis = analyse(text, options)
    new_text = edits.apply(analysis.document.raw, analysis.edits).decode("utf-8")
    if analysis.edits:
        parse(new_text)  # what does not parse is never written
    return new_text, count(analysis), tuple(analysis.markers)


def analyse(text: str, options: Options) -> Analysis:
    """A source with the edits that the rules ask for. Raises what ``ast.parse`` raises."""
    analysis = Analysis(text, options)
    (to_dsadapter if options.to == "dsadapter" else to_openai).rewrite(analysis)
    requirement_texts.rewrite_python(analysis, os.path.basename(options.path) == "setup.py")
    return analysis


def count(analysis: Analysis) -> Dict[str, int]:
    """How often each rule was applied; comments are counted as markers."""
    applied: Dict[str, int] = {}
    for edit in analysis.edits:
        if COMMENT not in edit.text:
            applied[edit.rule] = applied.get(edit.rule, 0) + 1
    return applied


def reason(err: BaseException) -> Text:
    """Why a file is left, with the line where it is known."""
    if isinstance(err, UnicodeDecodeError):
        return ENCODING(encoding=err.encoding)
    if isinstance(err, edits.Overlap):
        return ENTANGLED(line=err.line)
    line = getattr(err, "lineno", None)
    text = getattr(err, "msg", None) or str(err)
    where = f", line {line}" if line else ""
    return untranslated(f"{type(err).__name__}: {text}{where}")


def read(path: str, limit: int = LARGEST) -> bytes:
    """The bytes of a file. Raises Left."""
    try:
        raw = read_file(path, limit + 1)
    except OSError as err:
        raise Left(untranslated(err.strerror or str(err))) from err
    if len(raw) > limit:
        raise Left(TOO_LARGE)
    return raw


def write(path: str, before: bytes, after: bytes) -> None:
    """Put new bytes in the place of those that were read, mode and links kept. Raises Left."""
    target = os.path.realpath(path)
    try:
        if read(path, max(len(before), LARGEST)) != before:
            raise Left(CHANGED_MEANWHILE)
        if not os.stat(target).st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
            raise Left(NO_PERMISSION)
        _replace(target, after)
    except OSError as err:
        raise Left(untranslated(err.strerror or str(err))) from err


def _replace(target: str, content: bytes) -> None:
    folder, name = os.path.split(target)
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        shutil.copystat(target, temporary)
        os.utime(temporary)  # builds must see that it changed
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            os.unlink(temporary)
        raise
