"""``batch.run``, ``arun`` and ``stream``, as programs use them."""

from __future__ import annotations

import asyncio
import gc
import os
from pathlib import Path
from typing import Any, List

import pytest
from batch_samples import ids, line

import dsadapter
from dsadapter import batch
from dsadapter.testing.emulator import Emulator

QUESTIONS = ["What is 1 + 1?", "What is 2 + 2?", "What is 3 + 3?"]


async def collect(*args: Any, **options: Any) -> List[batch.Result]:
    return [result async for result in batch.stream(*args, **options)]


def by_id(results: List[batch.Result]) -> Any:
    return {result.custom_id: result for result in results}


def test_a_stream_of_prompts(emulator: Emulator) -> None:
    results = by_id(asyncio.run(collect(QUESTIONS)))
    assert set(results) == {"row-1", "row-2", "row-3"}
    assert all(result.ok and result.status_code == 200 for result in results.values())
    assert "What is 2 + 2?" in results["row-2"].text
    assert results["row-2"].line == 2
    assert os.listdir() == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is full")
def test_a_full_disk_is_a_storage_error(emulator: Emulator) -> None:
    os.symlink("/dev/full", "out.jsonl")
    with pytest.raises(batch.StorageError, match="out.jsonl: No space left on device"):
        batch.run(QUESTIONS, "out.jsonl")
    os.symlink("/dev/full", "more.jsonl")
    with pytest.raises(batch.StorageError, match="more.jsonl: No space left on device"):
        asyncio.run(collect(QUESTIONS, "more.jsonl"))


def test_failed_rows_come_too(emulator: Emulator) -> None:
    emulator.fault("status-400-content-risk", times=-1)
    (result,) = asyncio.run(collect(QUESTIONS[:1], currency="USD"))
    assert (result.ok, result.text, result.status_code, result.error) == (False, None, 400, None)
    assert result.body["error"]["message"] == "Content Exists Risk"
    emulator.fault("cut", times=-1)
    (result,) = asyncio.run(collect(QUESTIONS[:1], currency="USD"))
    assert (result.ok, result.status_code) == (False, None)
    assert result.error is not None
    assert result.error.code == "truncated"


def test_a_stream_with_an_output_goes_on(emulator: Emulator) -> None:
    rows = [line(number) for number in range(6)]
    asyncio.run(collect(rows, "out.jsonl", max_rows=2))
    emulator.clear()
    results = asyncio.run(collect(rows, "out.jsonl"))
    assert [result.custom_id for result in results[:2]] == ["r0", "r1"]
    assert sorted(result.custom_id for result in results) == [f"r{n}" for n in range(6)]
    assert ids("out.jsonl") == [f"r{n}" for n in range(6)]
    sent = [r for r in emulator.requests if r.path == "/chat/completions"]
    assert len(sent) == 4


def test_who_stops_reading_ends_the_job(emulator: Emulator) -> None:
    async def first() -> Any:
        results = batch.stream([f"Question {number}" for number in range(2000)], "out.jsonl")
        result = await results.__anext__()
        await results.aclose()
        return result

    assert asyncio.run(first()).ok
    assert len(emulator.requests) < 1000
    with pytest.raises(batch.StateError, match="has changed"):  # and its state can be used
        batch.run(QUESTIONS, "out.jsonl")


def test_what_goes_wrong_is_raised_where_it_is_read() -> None:
    with pytest.raises(dsadapter.CredentialsError):
        asyncio.run(collect(QUESTIONS))


def test_inside_a_running_loop(emulator: Emulator) -> None:
    async def notebook() -> Any:
        return batch.run(QUESTIONS, "a.jsonl"), await batch.arun(QUESTIONS, "b.jsonl")

    assert [summary.done for summary in asyncio.run(notebook())] == [3, 3]


def test_without_asyncio_it_says_what_it_needs(emulator: Emulator) -> None:
    for coroutine in (batch.arun(QUESTIONS, "a.jsonl"), collect(QUESTIONS, "b.jsonl")):
        with pytest.raises(dsadapter.BackendUnavailableError, match="asyncio"):
            coroutine.send(None)
    assert not os.path.exists("a.jsonl") and not emulator.requests


def test_a_client_of_ones_own(emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.delenv("DEEPSEEK_API_KEY")

    async def own() -> Any:
        url = emulator.base_url
        async with dsadapter.AsyncOpenAI(
            api_key="mine", base_url=url, provider="deepseek"
        ) as client:
            return await batch.arun(QUESTIONS, "out.jsonl", client=client)

    assert asyncio.run(own()).done == 3
    assert {request.headers["authorization"] for request in emulator.requests} == {"Bearer mine"}


def test_another_provider_has_no_prices(emulator: Emulator) -> None:
    async def generic() -> Any:
        url = emulator.base_url
        async with dsadapter.AsyncOpenAI(
            api_key="mine", base_url=url, provider="generic"
        ) as client:
            return await batch.arun(QUESTIONS, "out.jsonl", client=client)

    summary = asyncio.run(generic())
    assert (summary.done, summary.cost, summary.unpriced) == (3, (0, 0), ["deepseek-flash"])


@pytest.mark.parametrize(
    ("options", "kind"),
    [({"budget": "20"}, ValueError), ({"shard": "x"}, ValueError), ({"nonsense": 1}, TypeError)],
)
def test_a_wrong_option(options: Any, kind: Any) -> None:
    with pytest.raises(kind):
        batch.run(QUESTIONS, "out.jsonl", **options)


def test_rows_of_every_kind(emulator: Emulator) -> None:
    messages = [{"role": "user", "content": "Hi"}]
    rows = ["Hi", {"messages": messages}, {"custom_id": "c", "messages": messages}, line(4)]
    assert batch.run(rows, "out.jsonl").done == 4
    assert ids("out.jsonl") == ["row-1", "row-2", "c", "r4"]
    assert batch.run([{"w": "x"}], "template.jsonl", template="Say {w}").done == 1
    with pytest.raises(batch.InputError, match="Row 1 cannot be JSON"):
        batch.run([{1, 2}], "x.jsonl")


def test_a_path_is_a_file(rows: Any, emulator: Emulator) -> None:
    assert batch.run(Path(rows(2)), Path("out.jsonl"), errors="bad.jsonl").done == 2
    assert Path("bad.jsonl").exists()


def test_nothing_is_left_behind(
    emulator: Emulator, tmp_path_factory: Any, monkeypatch: Any
) -> None:
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    asyncio.run(collect(QUESTIONS))
    gc.collect()
    assert list(folder.iterdir()) == []


def test_progress(emulator: Emulator, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr("dsadapter.batch.progress.PIPED_SECONDS", 0.0)
    emulator.fault("limit", times=-1, of=100, seconds=0.8)
    batch.run(QUESTIONS * 37, "out.jsonl", progress=True, currency="USD")
    err = capsys.readouterr().err
    assert "/111，失败 0，进行中" in err
    assert "根据前 50 行估算：共 $0.00" in err
