"""The input before the first call: every row is read and checked, and compared with the state."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Dict, Iterator, List, Optional, Set

from .._texts import batch as texts
from .._texts.text import Text
from .errors import InputError, StateError
from .lines import Line, Lines
from .options import Options
from .rows import BadRow, Row, RowReader
from .state import State

CLAIMED_AT_ONCE = 64  # rows
SHOWN = 20  # bad rows
_MODELS = 1000  # names that are remembered of an input, at most


class Intake:
    """The rows of an input for one state. ``bad_rows`` counts what was no request, ``models`` has
    the names that the requests bear."""

    def __init__(self, lines: Lines, options: Options) -> None:
        self._lines = lines
        self.path: str = lines.path
        self._options = options
        self._reader = RowReader(options)
        self._problems: List[BadRow] = []
        self.bad_rows: int = 0
        self.models: Set[str] = set()
        self._size = self._count = 0

    def take_over(self, state: State) -> None:
        """Fill a new state, or compare with what an earlier run has in it.

        Raises InputError for rows that are no requests, unless they may be skipped, for ids that
        stand there twice and for an input without rows; StateError for another input or other
        options than before, once something of it was sent.
        """
        if state.is_loaded and not state.is_untouched:
            self._compare_options(state.read("options"))
            self._compare_rows(state)
            return
        state.load(self._rows(), self._settings)
        if not state.counts().total:
            raise InputError(texts.NO_ROWS(path=self._lines.name))

    def _rows(self) -> Iterator[Row]:
        """The good rows; raises InputError at the end where others must not be skipped."""
        shard = self._options.shard
        for line in self._lines:
            row = self._reader.read(line)
            if isinstance(row, BadRow):
                self._note(row)
            elif shard is None or shard.has(row.custom_id):
                if len(self.models) < _MODELS:
                    self.models.add(str(row.body.get("model")))
                self._size += row.size
                self._count += 1
                yield row
        if self._problems and not self._options.skip_bad:
            raise InputError(self._report())

    @property
    def mean_size(self) -> Optional[float]:
        """Bytes of a row, None before they were read."""
        return self._size / self._count if self._count else None

    def _note(self, row: BadRow) -> None:
        self.bad_rows += 1
        if len(self._problems) < SHOWN:
            self._problems.append(row)

    def _report(self) -> Text:
        lines = [texts.AT_LINE(line=row.number, problem=row.problem) for row in self._problems]
        return texts.with_list(texts.BAD_ROWS(count=self.bad_rows), lines)

    def _settings(self) -> Dict[str, Any]:
        return {"rows": self._lines.name, "options": self._options.of_rows()}

    def _compare_options(self, before: Dict[str, Any]) -> None:
        now = self._options.of_rows()
        changes = [
            texts.OPTION_CHANGED(
                name=f"--{name.replace('_', '-')}", before=before.get(name), now=value
            )
            for name, value in now.items()
            if value != before.get(name)
        ]
        if changes:
            raise StateError(texts.with_list(texts.OPTIONS_CHANGED, changes))

    def _compare_rows(self, state: State) -> None:
        changes: List[Text] = []
        for row, known in zip_longest(self._rows(), state.keys()):
            if row is None:
                changes.append(texts.ROW_MISSING(id=known[1], line=known[0]))
            elif known is None:
                changes.append(texts.ROW_ADDED(id=row.custom_id, line=row.number))
            elif (row.number, row.custom_id) != known[:2]:
                changes.append(texts.ROW_OTHER(line=row.number, id=row.custom_id, before=known[1]))
            elif row.key != known[2]:
                changes.append(texts.ROW_CHANGED(id=row.custom_id, line=row.number))
            if len(changes) == SHOWN:
                break
        if changes:
            raise StateError(texts.with_list(texts.INPUT_CHANGED(path=self._lines.name), changes))

    def read(self, line: Line, key: bytes) -> Row:
        """The row of a line that was checked before; StateError where it has changed since."""
        row = self._reader.read(line)
        if isinstance(row, BadRow) or row.key != key:
            change = texts.ROW_CHANGED(id="", line=line.number)
            raise StateError(texts.with_list(texts.INPUT_CHANGED(path=self._lines.name), [change]))
        return row

    def lines(self) -> Iterator[Line]:
        """The lines once more."""
        return iter(self._lines)


class Unfinished:
    """Iterates the unfinished rows of a state, in passes over the input: in the first pass those
    with a number in ``sample``, then the others, up to the number ``last``.

    Rows are claimed a few at a time; ``unread`` are those that nobody has seen yet.
    """

    def __init__(self, intake: Intake, state: State, sample: Set[int], last: float) -> None:
        self._intake = intake
        self._state = state
        self._sample = sample
        self._last = last
        self.unread: Set[int] = set()
        self._rows = self._all()

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        return next(self._rows)

    def _all(self) -> Iterator[Row]:
        for in_sample in (True, False) if self._sample else (False,):
            chunk: List[Line] = []
            for line in self._intake.lines():
                if line.number > self._last:
                    break
                if in_sample and line.number not in self._sample:
                    continue
                chunk.append(line)
                if len(chunk) == CLAIMED_AT_ONCE:
                    yield from self._claimed(chunk, in_sample)
                    chunk = []
            yield from self._claimed(chunk, in_sample)

    def _claimed(self, chunk: List[Line], in_sample: bool) -> Iterator[Row]:
        if not chunk:
            return
        keys = self._state.claim(
            chunk[0].number,
            chunk[-1].number,
            lambda number: (number in self._sample) is in_sample,
        )
        self.unread = set(keys)
        for line in chunk:
            if line.number in keys:
                row = self._intake.read(line, keys[line.number])
                self.unread.discard(line.number)
                yield row
