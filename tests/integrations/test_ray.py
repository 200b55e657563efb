"""The stage of Ray Data, on a local Ray; kills stand in ``ray_kills.py``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
from gateways import needs

from dsadapter import InvalidArgumentError
from dsadapter.testing import Emulator

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own
needs("ray", "ray", "pyarrow")

import pyarrow  # noqa: E402
import pyarrow.parquet  # noqa: E402
import ray  # noqa: E402

from dsadapter.integrations.ray import chat  # noqa: E402
from dsadapter.integrations.ray.columns import without_nulls  # noqa: E402


@pytest.fixture(scope="module")
def server(tmp_path_factory: Any) -> Iterator[Emulator]:
    """An emulator, and a Ray whose actors ask it."""
    with Emulator() as emulator, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEEPSEEK_BASE_URL", emulator.base_url)
        patch.setenv("DEEPSEEK_API_KEY", "k")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_worker_niceness", "0")  # else others starve it
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))  # the token of its cluster
        ray.init(num_cpus=4, object_store_memory=2**30, include_dashboard=False)
        yield emulator
        ray.shutdown()


def written(path: Path, **columns: List[Any]) -> Any:
    """A dataset of these columns, read from a file."""
    pyarrow.parquet.write_table(pyarrow.table(columns), str(path / "rows.parquet"))
    return ray.data.read_parquet(str(path / "rows.parquet"))


def by_id(dataset: Any) -> Dict[Any, Dict[str, Any]]:
    return {row["custom_id"]: row for row in dataset.take_all()}


def test_prompts_are_answered_by_two_actors(server: Emulator, tmp_path: Path) -> None:
    numbers = range(60)
    rows = written(
        tmp_path,
        custom_id=[f"r{number}" for number in numbers],
        text=[f"Row {number}" for number in numbers],
    )
    before = len(server.requests)
    answers = by_id(chat(rows, prompt_field="text", system="Be brief.", rows_per_block=8))
    assert sorted(answers) == sorted(f"r{number}" for number in numbers)
    assert all(
        row["ok"] and row["answer"] and row["status_code"] == 200 for row in answers.values()
    )
    assert answers["r7"]["text"] == "Row 7"
    assert json.loads(answers["r7"]["response"])["choices"]
    sent = [request.json for request in server.requests[before:]]
    assert len(sent) == 60
    assert {body["messages"][0]["content"] for body in sent} == {"Be brief."}
    assert {body["messages"][1]["content"] for body in sent} == {f"Row {n}" for n in numbers}


def test_failed_rows_are_columns(server: Emulator, tmp_path: Path) -> None:
    good = {"messages": [{"role": "user", "content": "Hi"}]}
    bodies = [good, {**good, "max_tokens": -1}, {"messages": []}]
    rows = written(tmp_path, custom_id=[1, 2, 3], body=[*(json.dumps(body) for body in bodies)])
    answers = by_id(chat(rows))
    assert [answers[number]["ok"] for number in (1, 2, 3)] == [True, False, False]
    assert (answers[2]["status_code"], answers[2]["error_code"]) == (400, None)
    assert "max_tokens" in json.loads(answers[2]["response"])["error"]["message"]
    assert (answers[3]["status_code"], answers[3]["error_code"]) == (None, "invalid_request")
    assert "messages" in answers[3]["error_message"]


def test_structs_are_sent_without_the_fields_that_a_row_lacks(
    server: Emulator, tmp_path: Path
) -> None:
    lines = [
        {"custom_id": "a", "body": {"messages": [{"role": "user", "content": "Hi"}], "top_p": 0.5}},
        {"custom_id": "b", "body": {"messages": [{"role": "user", "content": "Ho"}]}},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    before = len(server.requests)
    assert all(row["ok"] for row in by_id(chat(ray.data.read_json(str(path)), actors=1)).values())
    sent = {r.json["messages"][0]["content"]: r.json for r in server.requests[before:]}
    assert sent["Hi"]["top_p"] == 0.5 and "top_p" not in sent["Ho"]
    assert without_nulls([{"a": None, "b": [{"c": None}]}]) == [{"b": [{}]}]


def test_a_second_run_asks_nothing_that_was_written(server: Emulator, tmp_path: Path) -> None:
    rows = written(tmp_path, custom_id=["a", "b"], text=["A", "B"])
    before = len(server.requests)
    for _ in range(2):
        stage = chat(rows, prompt_field="text", actors=1, checkpoint=str(tmp_path / "checkpoint"))
        stage.write_parquet(str(tmp_path / "answers"))
    assert len(server.requests) - before == 2
    table = pyarrow.parquet.read_table(str(tmp_path / "answers"))
    assert sorted(table.column("custom_id").to_pylist()) == ["a", "b"]


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda rows: ray.data.from_items([{"custom_id": "a", "text": "A"}]), "FromItems"),
        (lambda rows: ray.data.from_pandas(rows.to_pandas()), "FromPandas"),
        (lambda rows: rows.materialize(), "InputData"),
        (lambda rows: rows.sort("text"), "Sort"),
        (lambda rows: rows.limit(1), "Limit"),
    ],
)
def test_a_checkpoint_that_would_not_hold_is_refused(
    made: Any, why: str, server: Emulator, tmp_path: Path
) -> None:
    dataset = made(written(tmp_path, custom_id=["a", "b"], text=["A", "B"]))
    with pytest.raises(InvalidArgumentError, match=why) as caught:
        chat(dataset, prompt_field="text", checkpoint=str(tmp_path / "checkpoint"))
    assert "read_parquet" in str(caught.value)
    assert not os.path.exists(str(tmp_path / "checkpoint"))


def test_columns_that_do_not_fit(server: Emulator, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="no column 'custom_id'.*id_column="):
        chat(written(tmp_path, id=["a"], text=["A"]), prompt_field="text")
    with pytest.raises(InvalidArgumentError, match="answer would be replaced"):
        chat(written(tmp_path, custom_id=["a"], answer=["A"]), prompt_field="answer")


def test_an_option_that_it_does_not_have(server: Emulator, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no option 'budget'; it has: prompt_field"):
        chat(written(tmp_path, custom_id=["a"], text=["A"]), prompt_field="text", budget="1USD")
