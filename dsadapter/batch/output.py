"""Lines of the output and of the errors, and the files that hold them in the order of the input."""

from __future__ import annotations

import heapq
import json
import os
import sys
from contextlib import ExitStack, contextmanager
from typing import IO, Any, Iterable, Iterator, List, Optional, Tuple

from .._texts import batch as texts
from .._texts.text import Text
from .errors import InputError, StorageError
from .state import DONE, FAILED, State

_PREFIX = "batch_req_"
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def response_line(number: int, custom_id: str, status: int, request_id: str, body: Any) -> bytes:
    """The line of a row that was answered, well or with an error status."""
    return _line(
        number,
        custom_id,
        {"status_code": status, "request_id": request_id, "body": body},
        None,
    )


def failure_line(number: int, custom_id: str, code: str, message: str) -> bytes:
    """The line of a row without an answer."""
    return _line(number, custom_id, None, {"code": code, "message": message})


def _line(number: int, custom_id: str, response: Any, error: Any) -> bytes:
    data = {
        "id": f"{_PREFIX}{number}",
        "custom_id": custom_id,
        "response": response,
        "error": error,
    }
    try:
        return _encoded(data).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate stands there as the escape that it came as
        return json.dumps(data, separators=(",", ":")).encode() + b"\n"


@contextmanager
def writing(path: str, text: Text = texts.STORAGE) -> Iterator[None]:
    """Errors of the system as StorageError, as for a full disk; but the reader of a pipe may leave
    (BrokenPipeError)."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as err:
        raise StorageError(text(path=path, problem=err.strerror)) from err


class Output:
    """The two files of a job. They hold every row up to the first unfinished one; on a new run
    they are written anew from the state. ``-`` is standard output, for the errors standard error.
    """

    def __init__(self, state: State, path: str, errors_path: str) -> None:
        self._state = state
        self._last = 0
        self._full = texts.STORAGE_OF_STREAM if path == "-" else texts.STORAGE
        self.path: str = path
        self.errors_path: str = errors_path
        self._files: List[IO[bytes]] = []
        try:
            for name, stream in ((path, sys.stdout), (errors_path, sys.stderr)):
                self._files.append(opened(name, stream))
        except InputError:
            self.close()
            raise

    def advance(self, *, unfinished_as: Optional[Tuple[str, str]] = None) -> None:
        """Write what is finished now, up to the first row that is not; with code and message in
        ``unfinished_as`` the others go to the errors. Raises StorageError, and BrokenPipeError."""
        with writing(self.path, self._full):
            while self._advance(unfinished_as):
                pass
            for file in self._files:
                file.flush()

    def _advance(self, unfinished_as: Optional[Tuple[str, str]]) -> bool:
        rows = self._state.answers_after(self._last)
        for number, custom_id, state, line in rows:
            if state in (DONE, FAILED):
                self._files[state == FAILED].write(line or b"")
            elif unfinished_as is not None:
                self._files[1].write(failure_line(number, custom_id, *unfinished_as))
            else:
                return False
            self._last = number
        return bool(rows)

    def close(self) -> None:
        """Close the files, not the streams. Raises as ``advance`` does."""
        with writing(self.path, self._full):
            close(self._files)


def export(state: State, path: str, errors_path: Optional[str]) -> Tuple[int, int]:
    """Write all that is done to a file (``-``: standard output), and all that failed to another,
    or nowhere; how many of each. Raises InputError for a file that cannot be written, StorageError
    for a full disk."""
    names = (path, errors_path or os.devnull)
    targets = [opened(name, stream) for name, stream in zip(names, (sys.stdout, sys.stderr))]
    with writing(path):
        try:
            return _export(state, targets)
        finally:
            close(targets)


def _export(state: State, targets: List[IO[bytes]]) -> Tuple[int, int]:
    counts = [0, 0]
    number = 0
    while True:
        rows = state.answers_after(number)
        for number, _, row_state, line in rows:  # noqa: B007  # the next read begins behind it
            if row_state in (DONE, FAILED):
                targets[row_state == FAILED].write(line or b"")
                counts[row_state == FAILED] += 1
        if not rows:
            return counts[0], counts[1]


def close(files: List[IO[bytes]]) -> None:
    """Close the files of output and errors, all of them also where one fails; of the streams
    nothing but what waits is written."""
    with ExitStack() as stack:
        for file, stream in zip(files, (sys.stdout, sys.stderr)):
            is_stream = file is getattr(stream, "buffer", None)
            stack.callback(file.flush if is_stream else file.close)


def opened(path: str, stream: Any) -> IO[bytes]:
    """A file for writing, ``-`` for the stream; raises InputError."""
    try:
        return stream.buffer if path == "-" else open(path, "wb")
    except OSError as err:
        raise InputError(texts.NOT_WRITABLE(path=path, problem=err.strerror)) from None


def merge(paths: Iterable[str], path: str) -> int:
    """Join outputs of shards in the order of the input; how many lines there are.

    Raises InputError for a row that two of them have, and for a file that is no output,
    StorageError for a full disk.
    """
    paths = list(paths)
    count, last = 0, -1
    temporary = f"{path}.part"
    try:
        with open(temporary, "wb") as file:
            for number, source, line in heapq.merge(*map(_numbered, paths)):
                if number == last:
                    raise InputError(texts.MERGED_TWICE(path=source, id=f"{_PREFIX}{number}"))
                file.write(line)
                last, count = number, count + 1
        os.replace(temporary, path)
    except OSError as err:
        if err.filename in paths:
            raise InputError(texts.UNREADABLE(path=err.filename, problem=err.strerror)) from None
        if err.filename is not None:
            raise InputError(texts.NOT_WRITABLE(path=path, problem=err.strerror)) from None
        raise StorageError(texts.STORAGE(path=path, problem=err.strerror)) from None
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
    return count


def _numbered(path: str) -> Iterator[Tuple[int, str, bytes]]:
    with open(path, "rb") as file:
        for index, line in enumerate(file, 1):
            try:
                name = json.loads(line)["id"]
                number = int(name[len(_PREFIX) :])
            except (ValueError, KeyError, TypeError):
                raise InputError(texts.NO_OUTPUT(path=path, line=index)) from None
            yield number, path, line if line.endswith(b"\n") else line + b"\n"
