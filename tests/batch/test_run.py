"""A run: every row once, whatever the server does; what stops it; what is counted."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, List

import pytest
from batch_samples import Calls, done, ids, line, lost, read, refused

from dsadapter import _prices, batch
from dsadapter.batch import job as jobs
from dsadapter.batch.calls import Outcome
from dsadapter.batch.lines import Lines
from dsadapter.batch.options import Budget, Options, Shard
from dsadapter.batch.runs import Run
from dsadapter.batch.state import DONE, NEW, SENT, State
from dsadapter.testing.emulator import Emulator

LIMIT_TEXT = "Your current concurrency is 40, which exceeds your concurrency limit of {}."


def states(path: str = "out.jsonl.state") -> List[int]:
    with sqlite3.connect(path) as db:
        return [row[0] for row in db.execute("select st from row order by n")]


# --- with the emulator ---------------------------------------------------------------------------


def test_every_row_is_answered_in_order(rows: Any, emulator: Emulator) -> None:
    summary = batch.run(rows(30), "out.jsonl", currency="USD")
    assert (summary.done, summary.failed, summary.exit_code) == (30, 0, 0)
    assert ids("out.jsonl") == [f"r{number}" for number in range(1, 31)]
    assert read("out.errors.jsonl") == []
    first = read("out.jsonl")[0]
    assert set(first) == {"id", "custom_id", "response", "error"}
    assert (first["id"], first["error"]) == ("batch_req_1", None)
    assert set(first["response"]) == {"status_code", "request_id", "body"}
    assert "Row 1" in first["response"]["body"]["choices"][0]["message"]["content"]
    assert summary.cost.usd == pytest.approx(sum(row.usd or 0 for row in summary.bill))
    assert [request.json["messages"][0]["content"][:3] for request in chats(emulator)] == [
        "Row"
    ] * 30


def chats(emulator: Emulator) -> Any:
    return [request for request in emulator.requests if request.path == "/chat/completions"]


def test_a_second_run_sends_nothing(rows: Any, emulator: Emulator) -> None:
    path = rows(5)
    batch.run(path, "out.jsonl")
    before = Path("out.jsonl").read_bytes()
    emulator.clear()
    assert batch.run(path, "out.jsonl").done == 5
    assert chats(emulator) == []
    assert Path("out.jsonl").read_bytes() == before


def test_the_currency_is_the_accounts(rows: Any, emulator: Emulator) -> None:
    assert batch.run(rows(1), "out.jsonl").currency == "CNY"
    assert batch.run(rows(1), "other.jsonl", currency="USD").currency == "USD"


FAULTS: List[Any] = [
    ("status-400-content-risk", 400, None),
    ("status-422-text", 422, None),
    ("cut", None, "truncated"),
    ("half-json", None, "truncated"),
    ("html-200", None, "connection_error"),
]


@pytest.mark.parametrize(("fault", "status", "code"), FAULTS)
def test_a_row_that_fails(
    rows: Any, emulator: Emulator, fault: str, status: Any, code: Any
) -> None:
    path = rows(3)
    emulator.fault(fault, times=-1)
    summary = batch.run(path, "out.jsonl", currency="USD")
    assert (summary.done, summary.failed, summary.exit_code) == (0, 3, 1)
    row = read("out.errors.jsonl")[0]
    if status:
        assert row["error"] is None
        assert row["response"]["status_code"] == status
        assert row["response"]["body"]
    else:
        assert row["response"] is None
        assert row["error"]["code"] == code
        assert row["error"]["message"]
    assert sum(summary.errors.values()) == 3
    emulator.clear()
    assert batch.run(path, "out.jsonl", currency="USD").failed == 3  # not without being asked to
    summary = batch.run(path, "out.jsonl", currency="USD", retry_failed=True)
    assert (summary.done, summary.failed) == (3, 0)
    assert ids("out.jsonl") == ["r1", "r2", "r3"]
    assert read("out.errors.jsonl") == []
    assert summary.maybe_twice == (0 if status else 3)


def test_a_server_that_fails_is_asked_again(rows: Any, emulator: Emulator) -> None:
    emulator.fault("status-503", times=2, retry_after=0.01)
    emulator.fault("status-429", times=2, retry_after=0.01)
    emulator.fault("blank-200")
    summary = batch.run(rows(3), "out.jsonl", currency="USD")
    assert (summary.done, summary.failed) == (3, 0)


def test_a_row_has_a_deadline(rows: Any, emulator: Emulator) -> None:
    emulator.fault("stall-before-headers")
    summary = batch.run(rows(1), "out.jsonl", currency="USD", deadline=0.3)
    assert summary.failed == 1
    assert read("out.errors.jsonl")[0]["error"]["code"] == "timeout"


@pytest.mark.parametrize(("fault", "stopped"), [("status-401", "401"), ("status-402", "402")])
def test_what_stops_everything(rows: Any, emulator: Emulator, fault: str, stopped: str) -> None:
    path = rows(40)
    emulator.fault("status", times=10, code=200, body='{"choices": [], "usage": {}}')
    emulator.fault(fault, times=-1)
    summary = batch.run(path, "out.jsonl", currency="USD", concurrency=4)
    assert (summary.done, summary.failed, summary.remaining) == (10, 0, 30)
    assert (summary.stopped, summary.exit_code) == (stopped, 1)
    assert summary.message
    assert sorted(states()) == [NEW] * 30 + [DONE] * 10  # refused is not sent
    emulator.clear()
    summary = batch.run(path, "out.jsonl", currency="USD")
    assert (summary.done, summary.maybe_twice, summary.stopped) == (40, 0, None)


# --- pace ----------------------------------------------------------------------------------------


def test_so_many_at_once(rows: Any, run: Any) -> None:
    calls = Calls()
    run(rows(50), calls, concurrency=3)
    assert calls.most_in_flight == 3


def test_it_starts_slowly(rows: Any, run: Any) -> None:
    calls = Calls()
    run(rows(7), calls)
    assert calls.most_in_flight == 7
    calls = Calls()
    run(rows(20), calls, "other.jsonl")
    assert 8 <= calls.most_in_flight <= 20


def test_the_number_in_a_429_is_the_limit(rows: Any, run: Any) -> None:
    calls = Calls()
    calls.answer = lambda row, number: (
        refused(row, 429, LIMIT_TEXT.format(5), Outcome.REFUSED)
        if calls.in_flight > 5
        else done(row)
    )
    summary = run(rows(200), calls)
    assert (summary.done, summary.failed) == (200, 0)
    assert len(calls.sent) - 200 <= 12
    assert sorted(set(calls.sent)) == sorted(f"r{number}" for number in range(1, 201))


def test_a_server_that_refuses_for_ever_ends_as_an_error(
    rows: Any, run: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "MOST_REFUSALS", 3)
    calls = Calls(lambda row, number: refused(row, 429, "no", Outcome.REFUSED))
    summary = run(rows(2), calls)
    assert (summary.failed, summary.errors) == (2, {"429: no": 2})
    assert len(calls.sent) == 6


def test_lost_connections_are_tried_again_and_counted(rows: Any, run: Any) -> None:
    calls = Calls(
        lambda row, number: lost(row, billed=row.custom_id == "r1") if number < 3 else done(row)
    )
    summary = run(rows(2), calls)
    assert (summary.done, summary.maybe_twice) == (2, 2)
    assert calls.sent.count("r1") == calls.sent.count("r2") == 3


def test_a_server_in_trouble_gets_no_new_rows(rows: Any, run: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "MOST_ATTEMPTS", 4)
    calls = Calls(lambda row, number: lost(row) if number < 3 else done(row))
    run(rows(12), calls, concurrency=4)
    assert set(calls.sent[:12]) == {"r1", "r2", "r3", "r4"}


def test_the_first_of_a_group_goes_alone(write: Any, run: Any) -> None:
    def row(number: int, letter: str) -> Any:
        system = {"role": "system", "content": letter * 300}
        user = {"role": "user", "content": str(number)}
        return line(number, body={"model": "deepseek-flash", "messages": [system, user]})

    path = write(*(row(number, "ab"[number % 2]) for number in range(10)))
    calls = Calls()
    run(path, calls)
    assert set(calls.sent[:2]) == {"r0", "r1"}
    assert calls.most_in_flight == 8
    calls = Calls()
    run(path, calls, "other.jsonl", group=False)
    assert calls.sent == [f"r{number}" for number in range(10)]


def test_a_group_goes_on_when_its_first_fails(write: Any, run: Any) -> None:
    system = {"role": "system", "content": "s" * 300}
    user = {"role": "user", "content": "x"}
    body = {"model": "deepseek-flash", "messages": [system, user]}
    calls = Calls(lambda row, number: refused(row, 400) if row.custom_id == "r0" else done(row))
    summary = run(write(*(line(number, body=body) for number in range(4))), calls)
    assert (summary.done, summary.failed) == (3, 1)


def test_off_peak_hours_are_awaited(rows: Any, run: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(_prices, "holidays", set())
    peak = datetime(2026, 12, 1, 3, 59, 59, 900_000, tzinfo=timezone.utc)
    began = datetime.now(timezone.utc)
    monkeypatch.setattr(_prices, "now", lambda: peak + 5 * (datetime.now(timezone.utc) - began))
    sent_at: List[datetime] = []

    def answer(row: Any, number: int) -> Any:
        sent_at.append(_prices.now())
        return done(row)

    assert run(rows(3), Calls(answer), off_peak=True).done == 3
    assert min(sent_at) >= datetime(2026, 12, 1, 4, tzinfo=timezone.utc)


def test_a_clock_that_jumps_is_looked_at_again(rows: Any, run: Any, monkeypatch: Any) -> None:
    """Hours of peak time ahead, as the clock says, until it is set right."""
    monkeypatch.setattr(_prices, "holidays", set())
    monkeypatch.setattr(jobs, "LOOK_AT_CLOCK", 0.05)
    times = iter([datetime(2026, 12, 1, 1, tzinfo=timezone.utc)] * 8)
    noon = datetime(2026, 12, 1, 5, tzinfo=timezone.utc)
    monkeypatch.setattr(_prices, "now", lambda: next(times, noon))
    assert run(rows(3), Calls(), off_peak=True).done == 3


def test_nothing_is_reported_while_a_job_waits(rows: Any, run: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(_prices, "holidays", set())
    monkeypatch.setattr(jobs, "LOOK_AT_CLOCK", 0.5)
    monkeypatch.setattr(jobs, "UPDATE_SECONDS", 0.0)
    peak, noon = (datetime(2026, 12, 1, hour, tzinfo=timezone.utc) for hour in (1, 5))
    times = iter([peak] * 4)
    monkeypatch.setattr(_prices, "now", lambda: next(times, noon))
    reported: List[str] = []

    class Reporter:
        currency = "USD"

        def update(self, job: Any) -> None:
            reported.append("idle" if job.is_waiting else "at work")

        def waits(self, seconds: float) -> None:
            reported.append("waits")

        def say(self, text: Any) -> None: ...

        def estimated(self, job: Any) -> None: ...

    assert run(rows(3), Calls(), off_peak=True, reporter=Reporter()).done == 3
    assert "waits" in reported and "idle" not in reported


# --- cost ----------------------------------------------------------------------------------------

ROW_USD = (1000 * 0.15 + 1000 * 0.60) / 1e6


def test_the_bill(rows: Any, run: Any) -> None:
    summary = run(rows(10), Calls(), currency="USD")
    assert summary.cost.usd == pytest.approx(10 * ROW_USD)
    (bill,) = summary.bill
    assert bill[:5] == ("deepseek-flash", 10, 10_000, 0, 10_000)


def test_a_budget_stops_before_the_next_call(rows: Any, run: Any) -> None:
    path, calls = rows(100), Calls()
    summary = run(path, calls, budget=Budget(20.5 * ROW_USD, "USD"), concurrency=4)
    assert summary.stopped == "budget"
    assert 21 <= summary.done <= 24  # and what was in flight
    assert summary.exit_code == 1
    errors = read("out.errors.jsonl")
    assert len(errors) + summary.done == 100
    assert {row["error"]["code"] for row in errors} == {"budget_exceeded"}
    again = run(path, Calls(), budget=Budget(20.5 * ROW_USD, "USD"))
    assert again.done == summary.done  # what earlier runs have cost counts
    assert run(path, Calls(), budget=Budget(1, "CNY")).done == 100
    assert read("out.errors.jsonl") == []


def test_a_budget_needs_prices(write: Any, run: Any) -> None:
    path, calls = write(line(1, body={"model": "gpt-4", "messages": [{"role": "user"}]})), Calls()
    with pytest.raises(batch.InputError, match="there is no price for gpt-4"):
        run(path, calls, budget=Budget(1, "USD"))
    assert calls.sent == []


def test_an_estimate_after_the_first_rows(rows: Any, run: Any) -> None:
    def answer(row: Any, number: int) -> Any:
        return done(row, completion_tokens=500 + 1000 * (row.number % 2))

    summary = run(rows(2000), Calls(answer), currency="USD")
    assert summary.estimate is not None
    assert summary.estimate.cost.usd == pytest.approx(summary.cost.usd, rel=0.15)
    assert 0.02 < summary.estimate.band < 0.2


@pytest.mark.parametrize("seed", range(20))
def test_an_estimate_knows_how_long_the_rows_are(seed: int, write: Any, run: Any) -> None:
    """Long rows cost more: a sample that has many of them does not make all look dear."""
    chance = random.Random(seed)
    lengths = [chance.randint(1, 4000) for _ in range(2000)]

    def answer(row: Any, number: int) -> Any:
        length = len(row.body["messages"][0]["content"])
        return done(row, prompt_tokens=length, completion_tokens=chance.randint(20, 60))

    def body(length: int) -> Any:
        return {"model": "deepseek-flash", "messages": [{"role": "user", "content": "x" * length}]}

    path = write(*(line(n, body=body(length)) for n, length in enumerate(lengths)))
    summary = run(path, Calls(answer), currency="USD", group=False)
    assert summary.estimate.cost.usd == pytest.approx(summary.cost.usd, rel=0.05)
    assert summary.estimate.band < 0.05


def test_an_estimate_of_rows_that_are_all_alike(rows: Any, run: Any) -> None:
    summary = run(rows(2000), Calls(), currency="USD")
    assert summary.estimate.cost.usd == pytest.approx(summary.cost.usd)
    assert summary.estimate.band == pytest.approx(0.02, rel=0.05)


# --- resuming ------------------------------------------------------------------------------------


def test_what_was_in_flight_counts_as_maybe_twice(rows: Any, run: Any) -> None:
    path = rows(5)
    run(path, Calls(), max_rows=3)
    assert states() == [2, 2, 2, NEW, NEW]
    with sqlite3.connect("out.jsonl.state") as db:
        db.execute("update row set st=? where n=4", (SENT,))
    summary = run(path, Calls())
    assert (summary.done, summary.maybe_twice) == (5, 1)


def test_only_the_first_rows(rows: Any, run: Any) -> None:
    path = rows(10)
    summary = run(path, Calls(), max_rows=4)
    assert (summary.total, summary.done, summary.exit_code) == (4, 4, 0)
    assert ids("out.jsonl") == ["r1", "r2", "r3", "r4"]
    assert run(path, Calls()).done == 10


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda rows: rows[:-1], "line 3, 'r3': it is not there any more"),
        (lambda rows: [*rows, line(4)], "line 4, 'r4': it was not there"),
        (lambda rows: [rows[0], line(9), rows[2]], "line 2: 'r9', it was 'r2'"),
        (
            lambda rows: [rows[0], line(2, url="/chat/completions"), rows[2]],
            "line 2, 'r2': another",
        ),
    ],
)
def test_an_input_that_changed_is_refused(write: Any, run: Any, change: Any, text: str) -> None:
    rows = [line(1), line(2), line(3)]
    run(write(*rows), Calls())
    calls = Calls()
    with pytest.raises(batch.StateError, match="has changed since the first run") as err:
        run(write(*change(rows)), calls)
    assert text in str(err.value)
    assert calls.sent == []


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"model": "m"}, "--model was None, is 'm'"),
        ({"system": "s"}, "--system was None, is 's'"),
        ({"shard": Shard(1, 2)}, "--shard was None, is '1/2'"),
    ],
)
def test_other_options_are_refused(rows: Any, run: Any, options: Any, text: str) -> None:
    path = rows(3)
    run(path, Calls())
    with pytest.raises(batch.StateError, match="other options") as err:
        run(path, Calls(), **options)
    assert text in str(err.value)


def test_a_job_of_which_nothing_was_sent_may_be_another(rows: Any, run: Any, write: Any) -> None:
    with Run(Lines.of_file(rows(3), may_be_csv=False), "out.jsonl", Options()):
        pass
    assert run(write(line(7)), Calls(), model="deepseek-v4-pro").done == 1
    assert ids("out.jsonl") == ["r7"]


def test_two_runs_on_one_state_are_refused(rows: Any, run: Any) -> None:
    lines = Lines.of_file(rows(3), may_be_csv=False)
    with Run(lines, "out.jsonl", Options()):
        with pytest.raises(batch.StateError, match="Another run is at work"):
            run("in.jsonl", Calls())
        state = State("out.jsonl.state", for_run=False)
        assert state.is_running()
        assert state.counts().new == 3
        state.close()
    assert run("in.jsonl", Calls()).done == 3


def test_an_input_that_changes_meanwhile(write: Any) -> None:
    path = write(*(line(number) for number in range(3)))
    with Run(Lines.of_file(path, may_be_csv=False), "out.jsonl", Options()) as job:
        write(*(line(number, url="/chat/completions") for number in range(3)))
        with pytest.raises(batch.StateError, match="has changed"):
            asyncio.run(job.execute(caller=Calls()))


# --- files that cannot be used -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"no database " * 100, "is damaged"),
        (b"", None),
    ],
)
def test_a_state_that_is_none(rows: Any, run: Any, content: bytes, text: Any) -> None:
    Path("out.jsonl.state").write_bytes(content)
    if text is None:  # a file that was never written to
        assert run(rows(2), Calls()).done == 2
    else:
        with pytest.raises(batch.StateError, match=text):
            run(rows(2), Calls())


def test_a_state_cut_in_half(rows: Any, run: Any) -> None:
    run(rows(500), Calls())
    content = Path("out.jsonl.state").read_bytes()
    Path("out.jsonl.state").write_bytes(content[: len(content) // 2])
    with pytest.raises(batch.BatchError, match="damaged|malformed"):
        run("in.jsonl", Calls())


def test_a_database_of_somebody_else(rows: Any, run: Any) -> None:
    with sqlite3.connect("out.jsonl.state") as db:
        db.execute("create table row(n)")
    db.close()
    with pytest.raises(batch.StateError, match="is no state of a batch"):
        run(rows(2), Calls())


def test_a_state_of_another_version(rows: Any, run: Any) -> None:
    run(rows(2), Calls())
    with sqlite3.connect("out.jsonl.state") as db:
        db.execute("pragma user_version=9")
    db.close()
    with pytest.raises(batch.StateError, match="is of version 9; this dsadapter knows version 1"):
        run("in.jsonl", Calls())


def test_an_output_that_cannot_be_written(rows: Any, run: Any) -> None:
    calls = Calls()
    with pytest.raises(batch.StateError, match="nowhere/out.jsonl.state cannot be written"):
        run(rows(2), calls, "nowhere/out.jsonl")
    Path("out.jsonl").mkdir()
    with pytest.raises(batch.InputError, match="out.jsonl cannot be written"):
        run("in.jsonl", calls)
    assert calls.sent == []


def test_a_full_disk(rows: Any, run: Any, monkeypatch: Any) -> None:
    path, answers = rows(200), []

    def answer(row: Any, number: int) -> Any:
        answers.append(row.custom_id)
        return done(row)

    finish = State.finish

    def full(self: State, *args: Any) -> None:
        if len(answers) > 60:
            self._db.execute("pragma max_page_count=1")
        finish(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(State, "finish", full)
        with pytest.raises(batch.StorageError, match="database or disk is full.*make room"):
            run(path, Calls(answer))
    before = len(ids("out.jsonl"))
    calls = Calls()
    summary = run(path, calls)
    assert summary.done == 200
    assert len(set(ids("out.jsonl"))) == 200
    assert before <= 200 - len(calls.sent) < 200
    assert summary.maybe_twice >= len(answers) - (200 - len(calls.sent))


# --- shards --------------------------------------------------------------------------------------


def test_shards_are_joined(rows: Any, run: Any) -> None:
    from dsadapter.batch.output import merge

    path, outputs = rows(50), [f"out-{part}.jsonl" for part in (1, 2, 3)]
    totals = [
        run(path, Calls(), output, shard=Shard(part, 3)).total
        for part, output in enumerate(outputs, 1)
    ]
    assert sum(totals) == 50
    assert min(totals) > 5
    assert merge(outputs, "all.jsonl") == 50
    assert ids("all.jsonl") == [f"r{number}" for number in range(1, 51)]
    with pytest.raises(batch.InputError, match="stands in another of these files"):
        merge([outputs[0], outputs[0]], "twice.jsonl")
    assert not Path("twice.jsonl").exists()
    with pytest.raises(batch.InputError, match="line 1, is no output"):
        merge([path], "x.jsonl")


@pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
def test_halves_of_characters_pass(write: Any, emulator: Emulator) -> None:
    half = line(1, body={"messages": [{"role": "user", "content": "\ud83d"}]})
    emulator.fault("status-422-text")
    assert batch.run(write(half), "out.jsonl", currency="USD").failed == 1
    emulator.fault("status", code=400, body='{"error": {"message": "no \\ud83d"}}')
    assert batch.run(write(half), "other.jsonl", currency="USD").failed == 1


def test_how_long_it_takes_is_known(rows: Any, run: Any) -> None:
    assert 0 < run(rows(5), Calls()).elapsed < timedelta(minutes=1).total_seconds()
