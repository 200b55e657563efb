"""The rows of an input as numbered bytes, any number of times."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sys
import tempfile
import weakref
from typing import IO, Any, Dict, Iterable, Iterator, NamedTuple, Optional, Sequence, Tuple

from .._texts import batch as texts
from .._texts.text import Text
from .errors import InputError

BOM = b"\xef\xbb\xbf"
LONGEST_FIELD = 2**31 - 1  # characters of a CSV field; Windows has no larger one
_JSON_ARRAY = re.compile(rb'\[\s*(?:[\[\]{"]|$)')  # the head of a CSV may be [text],id


class Line(NamedTuple):
    """A row as it is given, and the number of its line in the input, from 1; ``problem`` says why
    it cannot be read."""

    number: int
    content: bytes
    problem: Optional[Text] = None


class Lines:
    """The lines of a JSONL or CSV file; a row of CSV reads as a JSON object of its fields.

    What cannot be read twice, a pipe or an iterable, is copied to a temporary file.
    """

    def __init__(self, path: str, *, is_csv: bool = False, name: Optional[str] = None) -> None:
        self.name: str = name or path
        self.path = path
        self._is_csv = is_csv

    @classmethod
    def of_file(cls, path: str, *, may_be_csv: bool) -> Lines:
        """A file, or with ``-`` what comes through the pipe. Raises InputError."""
        lines = cls.of_pipe(sys.stdin.buffer) if path == "-" else cls(path)
        try:
            with open(lines.path, "rb") as file:
                first = _without_bom(file.read(4096))
        except OSError as err:
            raise InputError(texts.UNREADABLE(path=path, problem=err.strerror or err)) from None
        if _JSON_ARRAY.match(first.lstrip()):
            raise InputError(texts.JSON_ARRAY(path=path))
        is_json = first.lstrip().startswith((b"{", b'"'))
        if first.strip() and not is_json and not may_be_csv:
            raise InputError(texts.NOT_JSONL(path=path))
        lines._is_csv = may_be_csv and not is_json
        return lines

    @classmethod
    def of_pipe(cls, stream: IO[bytes]) -> Lines:
        """A copy of everything that comes out of a stream of bytes."""
        lines, path = cls._of_copy("-")
        with open(path, "wb") as copy:
            shutil.copyfileobj(stream, copy)
        return lines

    @classmethod
    def of_rows(cls, rows: Iterable[Any]) -> Lines:
        """A copy of Python objects: texts, or dicts as in an input file."""
        lines, path = cls._of_copy("rows")
        with open(path, "wb") as copy:
            for number, row in enumerate(rows, 1):
                try:
                    copy.write(json.dumps(row).encode() + b"\n")
                except (TypeError, ValueError) as err:
                    raise InputError(texts.NOT_JSON(line=number, problem=err)) from err
        return lines

    @classmethod
    def _of_copy(cls, name: str) -> Tuple[Lines, str]:
        folder = tempfile.mkdtemp(prefix="dsadapter-batch-")
        path = os.path.join(folder, "rows.jsonl")
        lines = cls(path, name=name)
        weakref.finalize(lines, shutil.rmtree, folder, ignore_errors=True)
        return lines, path

    def __iter__(self) -> Iterator[Line]:
        return self._csv() if self._is_csv else self._jsonl()

    def _jsonl(self) -> Iterator[Line]:
        with open(self.path, "rb") as file:
            for number, content in enumerate(file, 1):
                content = _without_bom(content).strip() if number == 1 else content.strip()
                if content:
                    yield Line(number, content)

    def _csv(self) -> Iterator[Line]:
        csv.field_size_limit(LONGEST_FIELD)
        with open(self.path, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)  # else an open quote ends with the file
            last = 0  # line of the rows before
            try:
                if reader.fieldnames is not None:  # it is read here
                    last = reader.line_num
                    self._check_head(reader.fieldnames)
                for row in reader:
                    last = reader.line_num
                    yield _line_of_csv(last, row)
            except UnicodeDecodeError:
                raise InputError(texts.NOT_UTF8(path=self.name)) from None
            except csv.Error as err:
                problem = texts.BROKEN_CSV(path=self.name, line=last + 1, problem=err)
                raise InputError(problem) from None

    def _check_head(self, names: Sequence[str]) -> None:
        # Spreadsheets write columns without a name, which nothing can ask for.
        twice = next((name for name in names if name and names.count(name) > 1), None)
        if twice is not None:
            raise InputError(texts.COLUMN_TWICE(path=self.name, name=twice))


def _line_of_csv(number: int, row: Dict[Any, Any]) -> Line:
    surplus = row.pop(None, None)  # where DictReader puts fields without a head
    text = json.dumps(row, ensure_ascii=False)
    count = len(row)
    problem = texts.SURPLUS_FIELDS(fields=count + len(surplus), head=count) if surplus else None
    return Line(number, text.encode(), problem)


def _without_bom(content: bytes) -> bytes:
    return content[len(BOM) :] if content.startswith(BOM) else content


def is_network_file_system(path: str) -> bool:
    """Whether a path lies on NFS or the like, as far as this system says so: SQLite's locks are
    not safe there."""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="replace") as file:
            mounts = [line.split()[1:3] for line in file]
    except (OSError, IndexError):
        return False
    here = os.path.realpath(path)
    above = [(len(point), kind) for point, kind in mounts if _is_above(point, here)]
    return bool(above) and max(above)[1].startswith(("nfs", "cifs", "smb", "fuse.sshfs"))


def _is_above(point: str, path: str) -> bool:
    return path == point or path.startswith(point.rstrip("/") + "/")
