"""Mutants that once survived every test of the core, each with the tests that notice it now."""

from __future__ import annotations

from pathlib import Path
from typing import List, NamedTuple, Tuple


class NamedMutant(NamedTuple):
    """A file with one text in it replaced."""

    path: str
    line: int
    what: str
    source: str
    tests: Tuple[str, ...]


ATTEMPTS, RETRIES = "_call/attempts.py", "_call/retries.py"
STEPS, STREAM, DEADLINES = "_call/steps.py", "_call/stream.py", "_call/deadlines.py"
ERRORS, CHUNKED = "_response/errors.py", "_backends/io/chunked.py"
BASE, GATE, LIFETIME = "_backends/base.py", "_backends/gate.py", "_backends/lifetime.py"
BLOCKED, HTTPX, REQUESTS = (f"_backends/io/{name}.py" for name in ("blocked", "httpx", "requests"))
NOT_MIRRORED = {f"dsadapter/{BASE}": "tests/unit/_call/test_steps.py"}

# what would be wrong, the file, its text, and the text in its place
MUTANTS: Tuple[Tuple[str, str, str, str], ...] = (
    ("a second free resend", RETRIES, "call.free_resends_left -= 1", "pass"),
    ("no jitter", RETRIES, " * (1 - random.random() / 4)", ""),
    (
        "attempts share one idle_timeout",
        ATTEMPTS,
        "call.deadlines.last_data = monotonic()",
        "pass",
    ),
    (
        "a passed idle_timeout is retried",
        RETRIES,
        'isinstance(err, APITimeoutError) and err.bound != "timeout"',
        "False",
    ),
    (
        "a deadline inside an error body is swallowed",
        ATTEMPTS,
        'isinstance(err, APITimeoutError) and err.bound != "timeout"',
        "False",
    ),
    (
        "the connect timeout is not shortened",
        BASE,
        "self._replace(connect=connect, read=read)",
        "self._replace(read=read)",
    ),
    (
        "the read timeout is not shortened",
        BASE,
        "self._replace(connect=connect, read=read)",
        "self._replace(connect=connect)",
    ),
    (
        "context variables are lost in the thread that sends",
        STEPS,
        "target=copy_context().run, args=(send,)",
        "target=send",
    ),
    ("an async close leaves the source open", STEPS, "await self.body.source.aclose()", "pass"),
    (
        "an async close leaves the reply open",
        STEPS,
        "await self.body.source.aclose()\n        await self.body.reply.close()",
        "await self.body.source.aclose()",
    ),
    ("a stream drains without a limit", DEADLINES, "self._ends = monotonic() + _DRAIN", "pass"),
    (
        "an async drain does nothing",
        DEADLINES,
        "self.cancel()\n        self._schedule()",
        "pass",
    ),
    ("a sync drain does nothing", DEADLINES, "self.watcher.wake()", "pass"),
    (
        "a release leaves the watch",
        STEPS,
        "return self.watch is None or bool(self.watch.cancel(wait=wait))",
        "return True",
    ),
    ("a cancelled watch stays watched", DEADLINES, "self.watcher.remove(self)", "pass"),
    ("an async watch is not cancelled", DEADLINES, "self._timer.cancel()", "pass"),
    (
        "a dropped async stream stays open",
        STREAM,
        "self._close_step().later()",
        "pass",
    ),
    (
        "a dropped sync stream stays open",
        STREAM,
        "self._close_step().in_destructor()",
        "pass",
    ),
    (
        "a watch expires without its lock",
        DEADLINES,
        "with self._lock:\n            if not self._over:",
        "if True:\n            if not self._over:",
    ),
    (
        "nothing is forgotten after fork",
        DEADLINES,
        "_watcher._changed = None  # its lock may be held by that thread\n"
        "    _watcher = _Watcher()",
        "pass",
    ),
    (
        "the watch thread never ends",
        DEADLINES,
        "if not woken and not self._watches:",
        "if False:",
    ),
    (
        "a lone surrogate cannot be sent",
        "_call/request.py",
        "except UnicodeEncodeError:",
        "except ZeroDivisionError:",
    ),
    (
        "statuses outside 4xx and 5xx are read from bodies",
        ERRORS,
        ' and n[0] in "45"',
        "",
    ),
    (
        "an error beside choices is an error",
        ERRORS,
        ' and not data.get("choices")',
        "",
    ),
    (
        "errors show the request's headers as they were",
        ERRORS,
        "if not is_secret(name, value)",
        "if True",
    ),
    (
        "a chunk size line has no limit",
        CHUNKED,
        "if len(self._buffer) > _LONGEST_LINE:",
        "if False:",
    ),
    (
        "chunk extensions are kept",
        CHUNKED,
        'line.partition(b";")[0].rstrip(b" \\t")',
        'line.rstrip(b" \\t")',
    ),
    # who has a connection, and who may end it
    (
        "a late deadline ends the call that has the connection by then",
        HTTPX,
        "if not self._released:",
        "if True:",
    ),
    (
        "a connection is given back while it is shut down (httpx)",
        HTTPX,
        "with self._lock:\n                self._released = True",
        "self._released = True",
    ),
    (
        "a connection is given back while it is shut down (requests)",
        REQUESTS,
        "with self._lock:\n            self._owned = False",
        "self._owned = False",
    ),
    (
        "a reply that was closed may still be shut down",
        REQUESTS,
        "self._disown()\n            response.close()",
        "response.close()",
    ),
    (
        "a thread that is done is taken for the next of its number",
        BLOCKED,
        "self._over = True",
        "pass",
    ),
    (
        "a reader that comes while another thread closes waits for the server",
        STEPS,
        "self.closing = True\n        if self.reading:",
        "if self.reading:\n            self.closing = True",
    ),
    ("requests reads the body of a redirect", REQUESTS, "def get_redirect_target", "def unused"),
    (
        "a call that failed counts among the calls at once",
        LIFETIME,
        "reply = self._enter(gated).send(op)\n        except BaseException as err:\n"
        "            gated.release()",
        "reply = self._enter(gated).send(op)\n        except ZeroDivisionError as err:\n"
        "            gated.release()",
    ),
    (
        "who gave up waiting keeps a place in the queue",
        GATE,
        "admitted = False\n        try:\n            seconds",
        "admitted = True\n        try:\n            seconds",
    ),
)


def tests_of(path: str) -> str:
    """The test file that mirrors a file of the core."""
    folder, _, name = path.partition("/")[2].rpartition("/")
    return f"tests/unit/{folder}/test_{name[:-3].lstrip('_')}.py"


def named(root: Path) -> List[NamedMutant]:
    """The mutants; raises ValueError where a text to replace is gone or not the only one."""
    return [_mutant(root, *row) for row in MUTANTS]


def _mutant(root: Path, what: str, name: str, old: str, new: str) -> NamedMutant:
    path = f"dsadapter/{name}"
    source = (root / path).read_text(encoding="utf-8")
    if source.count(old) != 1:
        raise ValueError(f"{what}: {old!r} stands {source.count(old)} times in {path}, not once")
    line = source[: source.index(old)].count("\n") + 1
    tests = (NOT_MIRRORED.get(path) or tests_of(path),)
    return NamedMutant(path, line, what, source.replace(old, new), tests)
