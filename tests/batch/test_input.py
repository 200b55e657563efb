"""What a row may look like, and what is said of one that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, List

import pytest
from batch_samples import Calls, ids, line, read

from dsadapter import batch
from dsadapter.batch.lines import Line, Lines
from dsadapter.batch.options import Budget, Options, Shard
from dsadapter.batch.rows import BadRow, RowReader, prefix_of


def body_of(content: Any, **options: Any) -> Any:
    text = content if isinstance(content, str) else json.dumps(content)
    row = RowReader(Options(**options)).read(Line(7, text.encode()))
    return row.problem.en if isinstance(row, BadRow) else row.body


def user(text: str) -> Any:
    return [{"role": "user", "content": text}]


def test_a_line_of_a_batch_file() -> None:
    assert body_of(line(1)) == line(1)["body"]
    row = RowReader(Options()).read(Line(7, json.dumps(line(1)).encode()))
    assert not isinstance(row, BadRow)
    assert (row.number, row.custom_id) == (7, "r1")


def test_a_model_and_a_system_prompt_for_all() -> None:
    body = body_of(line(1), model="deepseek-v4-pro", system="Be brief.")
    assert body["model"] == "deepseek-v4-pro"
    assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    own = line(1, body={"messages": [{"role": "system", "content": "Mine"}, *user("x")]})
    assert body_of(own, system="Be brief.")["messages"] == own["body"]["messages"]
    assert body_of(own)["model"] == "deepseek-flash"


def test_plain_prompts() -> None:
    assert body_of({"text": "Hi"}, prompt_field="text")["messages"] == user("Hi")
    body = body_of({"word": "cat", "n": 3}, template="{n} x {word} {{raw}}")
    assert body["messages"] == user("3 x cat {raw}")
    assert body_of('"Hi"')["messages"] == user("Hi")


@pytest.mark.parametrize(
    ("fields", "custom_id"),
    [
        ({}, "row-7"),
        ({"id": 3}, "3"),
        ({"id": "a", "custom_id": "b"}, "b"),
    ],
)
def test_the_id_of_a_plain_prompt(fields: Any, custom_id: str) -> None:
    content = json.dumps({"text": "Hi", **fields}).encode()
    row = RowReader(Options(prompt_field="text")).read(Line(7, content))
    assert not isinstance(row, BadRow)
    assert row.custom_id == custom_id


BAD: List[Any] = [
    ("{", {}, "no JSON"),
    ("3", {}, "no JSON object"),
    ({"method": "POST", "body": {"messages": user("x")}}, {}, "no custom_id"),
    (line(1, custom_id=3), {}, "custom_id is 3, not a text"),
    (line(1, custom_id="\ud83d"), {}, "holds half a character"),
    ({"custom_id": "a"}, {}, "--prompt-field text"),
    (line(1, url="/v1/embeddings"), {}, 'url is "/v1/embeddings"; it must be /v1/chat/completions'),
    (line(1, method="GET"), {}, 'method is "GET"; it must be POST'),
    (line(1, body={"model": "m", "input": "x"}), {}, "body is no chat: it needs messages"),
    (line(1, body={"messages": []}), {}, "body is no chat"),
    (line(1, body=[]), {}, "body is no chat"),
    (line(1, body={"messages": ["x"]}), {}, "needs a role"),
    (line(1, body={"messages": user("x"), "stream": True}), {}, "stream: true"),
    ({"word": "x"}, {"prompt_field": "text"}, "no field 'text'; it has: word"),
    ({"text": " "}, {"prompt_field": "text"}, "the field 'text' is empty"),
    ({"text": None}, {"prompt_field": "text"}, "the field 'text' has no value: it is null"),
    ({"text": None}, {"template": "{text}"}, "the field 'text' has no value: it is null"),
    (line(1, custom_id=None), {}, "the field 'custom_id' has no value"),
    ({"text": "x", "id": None}, {"prompt_field": "text"}, "the field 'id' has no value"),
    ({"text": "x", "custom_id": None}, {"prompt_field": "text"}, "the field 'custom_id' has no"),
    ({"a": 1}, {"template": "{b}"}, "no field 'b'"),
    ({"a": "", "b": " "}, {"template": "{a}: {b}"}, "every field of the template is empty: a, b"),
]


@pytest.mark.parametrize(("content", "options", "problem"), BAD)
def test_what_is_no_request(content: Any, options: Any, problem: str) -> None:
    assert problem in body_of(content, **options)


def test_bad_rows_are_named_and_nothing_is_sent(write: Any, run: Any) -> None:
    path, calls = write(line(1), "{broken", line(2, url="/v1/x")), Calls()
    with pytest.raises(batch.InputError) as err:
        run(path, calls)
    assert "2 rows are no requests; nothing was sent" in str(err.value)
    assert "line 2: no JSON" in str(err.value)
    assert "line 3: url" in str(err.value)
    assert "第 2 行：不是 JSON" in err.value.text.zh
    assert calls.sent == []
    Path("in.jsonl").write_text(json.dumps(line(1)) + "\n")  # and it is forgotten
    assert run(path, calls).done == 1


def test_bad_rows_may_be_skipped(write: Any, run: Any) -> None:
    path = write(line(1), "{broken", "", line(2))
    summary = run(path, Calls(), skip_bad=True)
    assert (summary.done, summary.bad_rows, summary.exit_code) == (2, 1, 0)
    assert [row["id"] for row in read("out.jsonl")] == ["batch_req_1", "batch_req_4"]


@pytest.mark.parametrize("skip_bad", [False, True])
def test_ids_that_stand_there_twice(write: Any, run: Any, skip_bad: bool) -> None:
    path, calls = write(line(1), line(2), line(1)), Calls()
    with pytest.raises(batch.InputError, match="'r1': lines 1 and 3"):
        run(path, calls, skip_bad=skip_bad)
    assert calls.sent == []


def test_an_input_without_rows(write: Any, run: Any) -> None:
    with pytest.raises(batch.InputError, match="no rows"):
        run(write(), Calls())


def test_an_input_that_is_not_there(run: Any) -> None:
    with pytest.raises(batch.InputError, match="No such file"):
        run("nowhere.jsonl", Calls())


def test_a_csv_of_which_nobody_said_what_the_prompt_is(write: Any, run: Any) -> None:
    with pytest.raises(batch.InputError, match="For a CSV name the field .*: --prompt-field text"):
        run(write("id,text", "a,Hello"), Calls())


def test_csv(run: Any) -> None:
    Path("in.csv").write_bytes('\ufeffid,text\r\na,"one\nline"\r\nb,二\r\n'.encode())
    summary = run("in.csv", Calls(), prompt_field="text")
    assert summary.done == 2
    assert ids("out.jsonl") == ["a", "b"]
    lines = Lines.of_file("in.csv", may_be_csv=True)
    assert [json.loads(row.content)["text"] for row in lines] == ["one\nline", "二"]


def test_columns_without_a_name_may_be_several(run: Any) -> None:
    Path("in.csv").write_bytes(b"id,text,,\na,one,,\n")
    assert run("in.csv", Calls(), prompt_field="text").done == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id,text\na,\u4e8c\n".encode("gbk"), "not UTF-8"),
        (b'id,text\na,"x', "begins in line 2 is no CSV"),
        (b'id,text\n1,ok\n2,"unclosed\n3,yo\n4,zz\n', "begins in line 3 is no CSV"),
        (b'id,text\n1,"unclosed\n2,"yo"\n', "begins in line 2 is no CSV"),
        (b'id,"text\n1,a\n', "begins in line 1 is no CSV"),
        (b"id,text,text\n1,a,b\n", "columns of the CSV are called 'text'. Give every column"),
    ],
)
def test_a_broken_csv(run: Any, content: bytes, problem: str) -> None:
    Path("in.csv").write_bytes(content)
    calls = Calls()
    with pytest.raises(batch.InputError, match=problem):
        run("in.csv", calls, prompt_field="text", skip_bad=True)
    assert calls.sent == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('"say ""hi"", twice"', 'say "hi", twice'),  # as Excel and Google write it
        ('"""all of it"""', '"all of it"'),
        ('a"b', 'a"b'),
        ('5" pipe', '5" pipe'),
        ('"two\r\nlines"', "two\r\nlines"),
        ('"x"', "x"),
    ],
)
@pytest.mark.parametrize("end", ["\r\n", "\n", ""])
def test_quotes_in_a_csv(field: str, text: str, end: str) -> None:
    Path("in.csv").write_bytes(f"id,text\r\n1,{field}{end}".encode())
    lines = Lines.of_file("in.csv", may_be_csv=True)
    assert [json.loads(row.content) for row in lines] == [{"id": "1", "text": text}]


@pytest.mark.parametrize("row", ["1,hello, world and more", '1,"hello", world', "1,hello,"])
def test_a_row_of_csv_with_more_fields_than_the_head(run: Any, row: str) -> None:
    Path("in.csv").write_text(f"id,text\n{row}\n2,ok\n")
    calls = Calls()
    with pytest.raises(batch.InputError, match="line 2: 3 fields, more than the 2 of the head"):
        run("in.csv", calls, prompt_field="text")
    assert calls.sent == []
    summary = run("in.csv", calls, prompt_field="text", skip_bad=True)
    assert (summary.done, summary.bad_rows, calls.sent) == (1, 1, ["2"])


def test_a_row_of_csv_that_is_too_short(run: Any) -> None:
    Path("in.csv").write_text("id,text,note\n1,a\n2\n")
    with pytest.raises(batch.InputError, match="line 3: the field 'text' has no value"):
        run("in.csv", Calls(), prompt_field="text")
    summary = run("in.csv", Calls(), prompt_field="text", skip_bad=True)
    assert (summary.done, summary.bad_rows) == (1, 1)  # nobody asked for the note


@pytest.mark.parametrize(
    "array", ['[\n{"text": "a"},\n{"text": "b"}\n]', ' [{"text": "a"}]', '["a"]']
)
@pytest.mark.parametrize("options", [{}, {"prompt_field": "text"}])
def test_a_json_array_is_named_once(run: Any, array: str, options: Any) -> None:
    Path("in.json").write_text(array)
    with pytest.raises(batch.InputError, match="a JSON array. Write one object a line") as err:
        run("in.json", Calls(), **options)
    assert "\n" not in str(err.value)


def test_the_head_of_a_csv_may_begin_with_a_bracket(run: Any) -> None:
    Path("in.csv").write_text("[text],id\nHello,1\n")
    assert run("in.csv", Calls(), prompt_field="[text]").done == 1


@pytest.mark.parametrize(
    ("text", "budget"), [("20USD", (20, "USD")), ("0.5cny", (0.5, "CNY")), (" 3 USD ", (3, "USD"))]
)
def test_a_budget(text: str, budget: Any) -> None:
    assert Budget.parse(text) == budget


@pytest.mark.parametrize("text", ["20", "USD", "20EUR", "-1USD", "1e3USD", ""])
def test_what_is_no_budget(text: str) -> None:
    with pytest.raises(ValueError, match="20USD or 20CNY"):
        Budget.parse(text)


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(ValueError, match="write 3/8"):
        Shard.parse(text)


def test_each_row_is_in_one_shard() -> None:
    shards = [Shard(part, 3) for part in (1, 2, 3)]
    counts = [[shard.has(f"r{number}") for shard in shards] for number in range(300)]
    assert all(sum(row) == 1 for row in counts)
    assert all(60 < sum(column) < 140 for column in zip(*counts))


def test_what_may_share_its_beginning() -> None:
    system, other = (
        {"role": "system", "content": "s" * 300},
        {"role": "system", "content": "t" * 300},
    )
    bodies = [{"model": "m", "messages": [system, *user(text)]} for text in ("a", "b")]
    assert prefix_of(bodies[0]) == prefix_of(bodies[1]) is not None
    assert prefix_of({"model": "m", "messages": [other, *user("a")]}) != prefix_of(bodies[0])
    assert prefix_of({"model": "n", "messages": [system, *user("a")]}) != prefix_of(bodies[0])
    assert prefix_of({"model": "m", "messages": user("short")}) is None
    long = [{"model": "m", "messages": user("p" * 2000 + text)} for text in "ab"]
    assert prefix_of(long[0]) == prefix_of(long[1]) is not None


@pytest.mark.parametrize(
    ("output", "errors", "problem"),
    [
        ("in.jsonl", None, "in.jsonl is both the input and the output"),
        ("./in.jsonl", None, "in.jsonl is both the input and the output"),
        ("out.jsonl", "in.jsonl", "in.jsonl is both the input and the file of the errors"),
        ("out.jsonl", "out.jsonl", "out.jsonl is both the output and the file of the errors"),
        ("-", "in.jsonl", "in.jsonl is both the input and the file of the errors"),
    ],
)
def test_no_file_is_written_over_another_one_of_the_job(
    output: str, errors: Any, problem: str, rows: Any
) -> None:
    before = Path(rows(3)).read_bytes()
    with pytest.raises(batch.InputError, match=problem):
        batch.run("in.jsonl", output, errors=errors)
    assert Path("in.jsonl").read_bytes() == before
    assert not Path("out.jsonl.state").exists()


@pytest.mark.parametrize("name", ["out.jsonl", "out.errors.jsonl"])
def test_a_file_that_no_job_wrote_is_kept(name: str, rows: Any, run: Any) -> None:
    path, calls = rows(3), Calls()
    Path(name).write_text("years of work", encoding="utf-8")
    with pytest.raises(batch.InputError, match="exists, but beside the output there is no state"):
        run(path, calls)
    assert Path(name).read_text(encoding="utf-8") == "years of work"
    assert calls.sent == []
    Path(name).unlink()
    assert run(path, calls).done == 3
    assert run(path, calls).done == 3  # its own output it may write anew
