"""``python -m dsadapter batch``: what a person types and reads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, List

import pytest
from batch_samples import ids, line, read

import dsadapter
from dsadapter.__main__ import main
from dsadapter.testing.emulator import Emulator

ROOT = str(Path(str(dsadapter.__file__)).parent.parent)


@pytest.fixture
def command(capsys: Any) -> Any:
    """Run a command here; its exit code, what it printed and what it said."""

    def run(*arguments: str) -> Any:
        try:
            code = main(["batch", *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return run


def test_a_job(rows: Any, command: Any, emulator: Emulator) -> None:
    code, out, err = command(rows(3), "-o", "out.jsonl", "--lang", "en")
    assert (code, out) == (0, "")
    assert "3 of 3 rows done, 0 failed, 0 to go." in err
    assert "deepseek-flash: 3 answers" in err
    assert "Cost: ¥0.000" in err
    assert "out.jsonl; errors: out.errors.jsonl" in err
    assert ids("out.jsonl") == ["r1", "r2", "r3"]


def test_a_job_in_chinese_and_dollars(rows: Any, command: Any, emulator: Emulator) -> None:
    code, _, err = command(rows(3), "-o", "out.jsonl", "--lang", "zh", "--currency", "USD")
    assert code == 0
    assert "共 3 行：完成 3，失败 0，剩余 0。" in err
    assert "费用：$0.000" in err


def test_answers_of_the_emulator_are_not_those_of_a_job(
    rows: Any, command: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.delenv("DSADAPTER_OFFLINE_URL", raising=False)
    path = rows(2)
    assert command(path, "-o", "out.jsonl", "--offline")[0] == 0
    assert command(path, "-o", "out.jsonl", "--offline")[0] == 0
    emulator.clear()
    code, _, err = command(path, "-o", "out.jsonl", "--lang", "en")
    assert code == 2
    assert "--offline was True, is False" in err
    assert emulator.requests == []
    assert command(path, "-o", "real.jsonl")[0] == 0
    assert command(path, "-o", "real.jsonl", "--offline", "--lang", "en")[0] == 2


def test_json(rows: Any, command: Any, emulator: Emulator) -> None:
    code, out, _ = command(rows(3), "-o", "out.jsonl", "--json")
    summary = json.loads(out)
    assert (code, summary["done"], summary["failed"], summary["currency"]) == (0, 3, 0, "CNY")
    assert summary["bill"][0]["model"] == "deepseek-flash"


def test_failed_rows(rows: Any, command: Any, emulator: Emulator) -> None:
    emulator.fault("status-400-content-risk", times=2)
    options = ["--errors", "bad.jsonl", "--currency", "USD", "--lang", "en"]
    code, _, err = command(rows(3), "-o", "out.jsonl", *options)
    assert code == 1
    assert "1 of 3 rows done, 2 failed" in err
    assert "2 × 400: Content Exists Risk" in err
    assert f"batch in.jsonl -o out.jsonl {' '.join(options)} --retry-failed" in err
    assert len(read("bad.jsonl")) == 2


def test_a_refused_key(rows: Any, command: Any, emulator: Emulator) -> None:
    emulator.fault("status-401", times=-1)
    code, _, err = command(rows(3), "-o", "out.jsonl", "--lang", "en")
    assert code == 1
    assert "The key was refused: Authentication Fails" in err
    assert "To go on, run the same command again" in err


def test_no_key(rows: Any, command: Any, monkeypatch: Any) -> None:
    code, _, err = command(rows(3), "-o", "out.jsonl", "--lang", "en")
    assert code == 1
    assert "No API key yet" in err


def test_no_key_for_the_vendor_that_was_named(rows: Any, command: Any) -> None:
    code, _, err = command(rows(1), "-o", "out.jsonl", "--provider", "moonshot", "--lang", "en")
    assert (code, "MOONSHOT_API_KEY=sk-" in err, "deepseek.com" in err) == (1, True, False)


def test_a_pipe_in_and_out(rows: Any, emulator: Emulator) -> None:
    with open(rows(3), "rb") as source:
        done = subprocess.run(
            [sys.executable, "-m", "dsadapter", "batch", "-", "-o", "-"],
            stdin=source,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": ROOT},
            timeout=60,
        )
    assert done.returncode == 0
    lines = [json.loads(text) for text in done.stdout.splitlines()]
    assert [row["custom_id"] for row in lines] == ["r1", "r2", "r3"]
    assert os.listdir() == ["in.jsonl"]


FULL = "/dev/full"
HAS_FULL = pytest.mark.skipif(not os.path.exists(FULL), reason="there is no device that is full")


def process(*arguments: str, **options: Any) -> Any:
    """A command in a process of its own; it knows the emulator by the environment."""
    program = [sys.executable, "-m", "dsadapter", "batch", *arguments, "--lang", "en"]
    env = {**os.environ, "PYTHONPATH": ROOT}
    return subprocess.Popen(program, env=env, stderr=subprocess.PIPE, text=True, **options)


def ended(started: Any) -> Any:
    _, err = started.communicate(timeout=60)
    assert "Traceback" not in err and "Exception ignored" not in err
    return started.returncode, err


@HAS_FULL
def test_a_full_disk_is_one_sentence(rows: Any, command: Any, emulator: Emulator) -> None:
    path = rows(3)
    os.symlink(FULL, "out.jsonl")
    code, err = ended(process(path, "-o", "out.jsonl"))
    assert code == 1
    assert err.splitlines()[-1].startswith("out.jsonl: No space left on device. What was answered")
    os.unlink("out.jsonl")
    assert command(path, "-o", "out.jsonl")[0] == 0  # there is room again
    assert ids("out.jsonl") == ["r1", "r2", "r3"]


@HAS_FULL
def test_full_disks_of_export_and_merge(rows: Any, command: Any, emulator: Emulator) -> None:
    command(rows(3), "-o", "out.jsonl")
    for part in (["export", "out.jsonl"], ["merge", "out.jsonl"]):
        os.symlink(FULL, "more.jsonl.part")
        os.symlink(FULL, "more.jsonl")
        code, _, err = command(*part, "-o", "more.jsonl", "--lang", "en")
        assert (code, "more.jsonl: No space left on device" in err) == (1, True)
        os.unlink("more.jsonl")
        if os.path.lexists("more.jsonl.part"):
            os.unlink("more.jsonl.part")
    code, _, err = command("merge", "out.jsonl", "-o", "nowhere/more.jsonl", "--lang", "en")
    assert (code, "nowhere/more.jsonl cannot be written" in err) == (2, True)


@HAS_FULL
def test_a_full_disk_behind_standard_output(rows: Any, emulator: Emulator) -> None:
    with open(FULL, "wb") as full:
        code, err = ended(process(rows(3), "-o", "-", stdout=full))
    assert code == 1
    assert err.splitlines()[-1].startswith("The output cannot be written: No space left on device.")
    assert "nothing is kept" in err


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_leaves_is_no_error(rows: Any, emulator: Emulator) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    started = process(rows(3), "-o", "-", stdout=writer)
    os.close(writer)
    assert ended(started) == (0, "")


def test_a_repair_is_one_line(write: Any, emulator: Emulator) -> None:
    path = write(line(1, body={**line(1)["body"], "model": "deepseek-chat"}))
    _, err = ended(process(path, "-o", "out.jsonl"))
    assert "\nmodel 'deepseek-chat' sent as 'deepseek-flash'" in f"\n{err}"
    assert ".py" not in err


USAGE: List[Any] = [
    (["--provider", "moonshoot"], "--provider: 'moonshoot' is no provider; try moonshot"),
    (["--budget", "20"], "--budget: '20': name the currency, 20USD or 20CNY"),
    (["--shard", "9/8"], "--shard: '9/8': write 3/8"),
    (["--concurrency", "0"], "'0' is neither auto nor a number above 0"),
    (["--deadline", "-1"], "'-1' is no number above 0"),
    (["--max-rows", "x"], "'x' is no number above 0"),
]


@pytest.mark.parametrize(("options", "text"), USAGE)
def test_wrong_usage(rows: Any, command: Any, options: Any, text: str) -> None:
    code, _, err = command(rows(3), "-o", "out.jsonl", "--lang", "en", *options)
    assert code == 2
    assert text in err
    assert not Path("out.jsonl").exists()


def test_unreadable_input(write: Any, command: Any) -> None:
    code, _, err = command(write("{broken", line(2)), "-o", "out.jsonl", "--lang", "zh")
    assert code == 2
    assert "有 1 行不是请求，一行也没有发送" in err
    assert "第 1 行：不是 JSON" in err
    assert command("nowhere", "-o", "out.jsonl")[0] == 2


def test_status_and_export(rows: Any, command: Any, emulator: Emulator) -> None:
    emulator.fault("status-400-content-risk")
    options = ["--max-rows", "3", "--concurrency", "1", "--currency", "USD"]
    command(rows(5), "-o", "out.jsonl", *options)
    code, out, _ = command("status", "out.jsonl", "--lang", "en")
    assert code == 0
    assert "No run is at work on it." in out
    assert "2 of 5 rows done, 1 failed, 2 to go." in out
    status = json.loads(command("status", "out.jsonl", "--json")[1])
    assert (status["running"], status["done"], status["remaining"]) == (False, 2, 2)
    code, _, err = command("export", "out.jsonl", "-o", "all.jsonl", "--errors", "bad.jsonl")
    assert (code, "2 answers, 1 error." in err) == (0, True)
    assert (ids("all.jsonl"), ids("bad.jsonl")) == (["r2", "r3"], ["r1"])


def test_of_what_never_ran(command: Any) -> None:
    code, _, err = command("status", "out.jsonl", "--lang", "en")
    assert code == 2
    assert "There is no state out.jsonl.state" in err
    assert not os.listdir()


def test_merge(rows: Any, command: Any, emulator: Emulator) -> None:
    path = rows(12)
    for part in "12":
        command(path, "-o", f"out-{part}.jsonl", "--shard", f"{part}/2")
    code, out, _ = command("merge", "out-1.jsonl", "out-2.jsonl", "-o", "out.jsonl", "--lang", "en")
    assert (code, out) == (0, "12 lines.\n")
    assert ids("out.jsonl") == [f"r{number}" for number in range(1, 13)]


def test_a_dry_run_sends_nothing(rows: Any, command: Any, emulator: Emulator) -> None:
    code, out, _ = command(rows(20), "-o", "out.jsonl", "--dry-run", "--lang", "en")
    assert code == 0
    assert "20 rows, nothing was sent." in out
    assert "$" in out and "¥" in out  # the account's currency is known to a run only
    assert "deepseek-flash: 20 rows" in out
    assert emulator.requests == []
    assert os.listdir() == ["in.jsonl"]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_is_clean_within_a_second(rows: Any, emulator: Emulator) -> None:
    emulator.fault("limit", times=-1, of=20, seconds=0.2)
    process = subprocess.Popen(
        [sys.executable, "-m", "dsadapter", "batch", rows(2000), "-o", "out.jsonl", "--lang", "en"],
        env={**os.environ, "PYTHONPATH": ROOT},
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while len(emulator.requests) < 60:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    err = process.communicate(timeout=30)[1].decode()
    assert time.monotonic() - began < 5  # a second, on a machine with nothing else to do
    assert process.returncode == 130
    assert "Interrupted." in err
    assert "To go on, run the same command again: python -m dsadapter batch in.jsonl" in err
    assert "Traceback" not in err


def test_one_is_one(write: Any, command: Any, emulator: Emulator) -> None:
    path = write(line(1), line(2, custom_id=""))
    code, _, err = command(path, "-o", "out.jsonl", "--lang", "en")
    assert (code, "1 row is no request;" in err, "line 2: custom_id is empty" in err) == (2, 1, 1)
    code, _, err = command(path, "-o", "out.jsonl", "--lang", "en", "--skip-bad")
    assert (code, "1 line was no request" in err, "flash: 1 answer," in err) == (0, True, True)


def test_a_budget_that_is_used_up_says_what_to_change(
    rows: Any, command: Any, emulator: Emulator
) -> None:
    options = ("-o", "out.jsonl", "--lang", "en", "--concurrency", "1", "--budget", "0.0000001USD")
    code, _, err = command(rows(3), *options)
    assert code == 1
    assert "with a higher --budget; what was paid counts: python -m dsadapter batch" in err


def test_it_goes_where_the_command_line_says(
    rows: Any, command: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DEEPSEEK_BASE_URL", "http://127.0.0.1:9")
    code, _, _ = command(rows(2), "-o", "out.jsonl", "--base-url", emulator.base_url)
    assert (code, len(emulator.requests) >= 2) == (0, True)


def test_prompts_for_a_vendor_with_models_of_its_own_need_one(
    write: Any, command: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("MOONSHOT_API_KEY", "sk-0123456789abcdef0123456789abcdef")
    path = write({"text": "Hi"})
    options = ("-o", "out.jsonl", "--prompt-field", "text", "--provider", "moonshot")
    code, _, err = command(path, *options, "--lang", "en")
    assert code == 2
    assert "models of its own: name one with --model NAME" in err
    assert not Path("out.jsonl.state").exists()
