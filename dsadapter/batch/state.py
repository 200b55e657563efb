"""What is known of each row, in SQLite beside the output: it survives whatever ends the process.

A row is SENT, committed, before its request leaves; answers are committed a few at a time. So who
begins again sends at most what was in flight, and the few, once more.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

from .._texts import batch as texts
from .errors import BatchError, InputError, StateError, StorageError
from .rows import Row

NEW, SENT, DONE, FAILED = range(4)
VERSION = 1
_APPLICATION = 0x64736162  # "dsab": marks the file as ours
_SCHEMA = """
create table row(n integer primary key, id text not null, key blob not null, st integer not null,
    reason text, billed integer not null default 0);
create table answer(n integer primary key, line blob not null);
create table bill(model text primary key, rows integer, miss integer, hit integer, output integer,
    usd real, cny real);
create table meta(name text primary key, value);
"""
_ROWS_A_READ = 256


class Finished(NamedTuple):
    """What became of a row: its line of the output or of the errors, and for a failed one the
    reason as it is counted; ``billed`` says that a failed row may have been billed."""

    number: int
    state: int
    line: bytes
    reason: Optional[str] = None
    billed: bool = False


class BillRow(NamedTuple):
    """What the answers of a model came to; amounts are None where it has no price."""

    model: str
    rows: int
    miss: int
    hit: int
    output: int
    usd: Optional[float]
    cny: Optional[float]


class Counts(NamedTuple):
    """How many rows are in each state."""

    new: int
    sent: int
    done: int
    failed: int

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self)


@contextmanager
def storage(path: str) -> Iterator[None]:
    """Errors of SQLite as StorageError: the disk is full, or fails."""
    try:
        yield
    except sqlite3.Error as err:
        raise StorageError(texts.STORAGE(path=path, problem=err)) from err


class State:
    """The state of one job.

    ``for_run`` locks it against a second run; else it is read, also beside a run. Raises
    StateError for a file that is no state of this version.
    """

    def __init__(self, path: str, *, for_run: bool, durable: bool = False) -> None:
        self.path = path
        self._lock: Optional[sqlite3.Connection] = None
        if for_run:
            self._lock = _locked(f"{path}.lock", path)
        elif not os.path.exists(path):
            raise StateError(texts.NO_STATE(path=path))
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._begin_file(for_run, durable)
        except sqlite3.DatabaseError as err:
            self.close()
            raise StateError(texts.DAMAGED_STATE(path=path, problem=err)) from None
        except BaseException:
            self.close()
            raise

    def _begin_file(self, for_run: bool, durable: bool) -> None:
        application = self._value("pragma application_id")
        version = self._value("pragma user_version")
        is_empty = not self._value("select count(*) from sqlite_master")
        if not is_empty and application != _APPLICATION:
            raise StateError(texts.FOREIGN_STATE(path=self.path))
        if not is_empty and version != VERSION:
            raise StateError(texts.OTHER_VERSION(path=self.path, version=version, known=VERSION))
        if for_run:
            self._db.execute("pragma journal_mode=wal")
            self._db.execute(f"pragma synchronous={'full' if durable else 'normal'}")
        if for_run and is_empty:
            self._db.executescript(
                f"begin immediate;{_SCHEMA}pragma application_id={_APPLICATION};"
                f"pragma user_version={VERSION};commit;"
            )

    def close(self) -> None:
        """Let go of the files."""
        for connection in (getattr(self, "_db", None), self._lock):
            if connection is not None:
                connection.close()

    def _value(self, sql: str, *values: Any) -> Any:
        row = self._db.execute(sql, values).fetchone()
        return row[0] if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with storage(self.path):
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("rollback")
                raise
            self._db.execute("commit")

    # -- the rows

    @property
    def is_loaded(self) -> bool:
        """Whether the rows of the input are there; they come all at once or not at all."""
        return self.read("rows") is not None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing of it was ever sent."""
        return not any(self.counts()[SENT:]) and not self.read("maybe_twice")

    def load(self, rows: Iterable[Row], settings: Callable[[], Dict[str, Any]]) -> None:
        """Take over the rows of a new job, and then what is to be remembered of it.

        Raises InputError, and leaves the state empty, for ids that stand there twice.
        """
        with self._transaction():
            self._db.execute("delete from row")
            self._db.executemany(
                "insert into row(n, id, key, st) values(?, ?, ?, 0)",
                ((row.number, row.custom_id, row.key) for row in rows),
            )
            self._check_ids()
            for name, value in settings().items():
                self.write(name, value)

    def _check_ids(self) -> None:
        twice = self._db.execute(
            "select id, min(n), max(n) from row group by id having count(*) > 1 order by 2 limit 20"
        ).fetchall()
        if twice:
            lines = [texts.TWICE(id=i, first=first, second=second) for i, first, second in twice]
            raise InputError(texts.with_list(texts.IDS_TWICE, lines))

    def keys(self) -> Iterator[Tuple[int, str, bytes]]:
        """Number, id and key of each row, in order."""
        yield from self._db.cursor().execute("select n, id, key from row order by n")

    def retry_failed(self) -> None:
        """Make failed rows new; those that may have been billed count as sent twice."""
        with self._transaction():
            billed = self._value("select count(*) from row where st=? and billed", FAILED)
            self._add("maybe_twice", billed)
            self._db.execute("delete from answer where n in (select n from row where st=3)")
            self._db.execute("update row set st=?, reason=null, billed=0 where st=?", (NEW, FAILED))

    def claim(self, first: int, last: int, is_chosen: Callable[[int], bool]) -> Dict[int, bytes]:
        """Mark unfinished rows from ``first`` to ``last`` as sent, before they are; gives their
        keys. Those that an earlier run had sent count as maybe sent twice."""
        rows = self._db.execute(
            "select n, st, key from row where n between ? and ? and st < 2", (first, last)
        ).fetchall()
        rows = [row for row in rows if is_chosen(row[0])]
        if rows:
            with self._transaction():
                self._db.executemany(
                    "update row set st=1 where n=? and st=0", [row[:1] for row in rows]
                )
                self._add("maybe_twice", sum(row[1] == SENT for row in rows))
        return {number: key for number, _, key in rows}

    def unclaim(self, numbers: Iterable[int]) -> None:
        """Rows that were claimed and certainly not sent are new again."""
        with self._transaction():
            self._db.executemany(
                "update row set st=0 where n=? and st=1", [(number,) for number in numbers]
            )

    def finish(
        self, finished: List[Finished], bill: Iterable[BillRow] = (), maybe_twice: int = 0
    ) -> None:
        """Commit answers, and what they came to."""
        with self._transaction():
            self._db.executemany(
                "update row set st=?, reason=?, billed=? where n=?",
                [(f.state, f.reason, f.billed, f.number) for f in finished],
            )
            self._db.executemany(
                "insert or replace into answer(n, line) values(?, ?)",
                [(f.number, f.line) for f in finished],
            )
            for row in bill:
                self._charge(row)
            self._add("maybe_twice", maybe_twice)

    def _charge(self, row: BillRow) -> None:
        changed = self._db.execute(
            "update bill set rows=rows+?, miss=miss+?, hit=hit+?, output=output+?, usd=usd+?, "
            "cny=cny+? where model=?",
            (*row[1:], row.model),
        )
        if not changed.rowcount:
            self._db.execute("insert into bill values(?, ?, ?, ?, ?, ?, ?)", row)

    # -- what is remembered beside them

    def read(self, name: str) -> Any:
        """A remembered value, None for none."""
        text = self._value("select value from meta where name=?", name)
        return None if text is None else json.loads(text)

    def write(self, name: str, value: Any) -> None:
        """Remember a value."""
        with storage(self.path):
            self._db.execute("insert or replace into meta values(?, ?)", (name, json.dumps(value)))

    def _add(self, name: str, count: int) -> None:
        if count:
            self.write(name, (self.read(name) or 0) + count)

    # -- reading

    def counts(self, last: Optional[int] = None) -> Counts:
        """How many rows are in each state, up to the number ``last``."""
        rows = self._db.execute(
            "select st, count(*) from row where ? is null or n <= ? group by st", (last, last)
        )
        numbers = dict(rows.fetchall())
        return Counts(*(numbers.get(state, 0) for state in range(4)))

    def bill(self) -> List[BillRow]:
        """What the answers came to, by model."""
        return [BillRow(*row) for row in self._db.execute("select * from bill order by model")]

    def reasons(self, count: int) -> List[Tuple[str, int]]:
        """The commonest reasons of failed rows."""
        return self._db.execute(
            "select reason, count(*) from row where st=3 group by reason "
            "order by 2 desc, 1 limit ?",
            (count,),
        ).fetchall()

    def number_at(self, index: int) -> Optional[int]:
        """The number of the row with this index in the input, from 0."""
        number = self._value("select n from row order by n limit 1 offset ?", index)
        return None if number is None else int(number)

    def answers_after(self, number: int) -> List[Tuple[int, str, int, Optional[bytes]]]:
        """Number, id, state and line of the next few rows behind a number, in order."""
        return self._db.execute(
            "select r.n, r.id, r.st, a.line from row r left join answer a on a.n = r.n "
            "where r.n > ? order by r.n limit ?",
            (number, _ROWS_A_READ),
        ).fetchall()

    def is_running(self) -> bool:
        """Whether a run holds this state now."""
        try:
            _locked(f"{self.path}.lock", self.path).close()
        except BatchError:
            return True
        return False


def _locked(path: str, state: str) -> sqlite3.Connection:
    """A lock that the system lets go of when the process ends, however that comes about."""
    lock: Optional[sqlite3.Connection] = None
    try:
        lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        lock.execute("begin exclusive")
        return lock
    except sqlite3.OperationalError as err:
        if lock is not None:
            lock.close()
        if "locked" in str(err):
            raise StateError(texts.IN_USE(path=state)) from None
        raise StateError(texts.NOT_WRITABLE(path=state, problem=err)) from None
