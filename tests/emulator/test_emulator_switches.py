"""The switches of November 2026 in chat: web tools, title, safety check, latest_reminder."""

from __future__ import annotations

from typing import Any, Dict, List

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsadapter._response.accumulate import Accumulator
from dsadapter.testing.emulator import Emulator

TYPE = "Failed to deserialize the JSON body into the target type: "
SEARCH, READ = {"type": "deepseek_web_search"}, {"type": "deepseek_read_url"}
TITLE = {"enabled": True}
HIGH = {"level": "high"}
OFF = {"type": "disabled"}
FUNCTION = {"type": "function", "function": {"name": "f"}}


def results(message: Dict[str, Any]) -> List[str]:
    return [block["type"] for block in message["web_results"]]


# -- web tools


@pytest.mark.parametrize("thinking", [OFF, {"type": "enabled"}])
def test_a_search_brings_results_that_are_cited_and_counted(wire: Any, thinking: Any) -> None:
    reply = wire.chat("who?", tools=[SEARCH], thinking=thinking)
    (block,) = reply.message["web_results"]
    assert block["type"] == "web_search_tool_result"
    assert block["content"][0]["url"] in reply.message["content"]
    assert reply.json["usage"]["server_tool_use"] == {"web_search_requests": 1}
    assert reply.json["choices"][0]["finish_reason"] == "stop"


def test_read_url_fetches_each_link_of_the_user(wire: Any) -> None:
    reply = wire.chat("compare https://a.test/x and <http://b.test>", tools=[READ, SEARCH])
    assert results(reply.message) == ["web_search_tool_result"] + ["web_fetch_tool_result"] * 2
    assert "https://a.test/x" in reply.message["content"]
    assert reply.json["usage"]["server_tool_use"]["web_fetch_requests"] == 2
    assert "web_results" not in wire.chat("no link", tools=[READ]).message


def test_a_stream_has_the_same_results_in_a_delta_of_their_own(wire: Any) -> None:
    reply = wire.chat("who?", tools=[SEARCH], stream=True)
    blocks = [delta for delta in reply.deltas if "web_results" in delta]
    assert [list(delta) for delta in blocks] == [["web_results"]]
    assert blocks[0]["web_results"][0]["content"][0]["url"] in reply.joined("content")


@pytest.mark.parametrize(
    "fields",
    [
        {"tool_choice": "none"},
        {"model": "deepseek-v4-pro"},
        {"tools": [SEARCH, FUNCTION]},
        {"response_format": {"type": "json_object"}},
    ],
)
def test_no_web_where_it_is_switched_off_or_a_function_is_called(wire: Any, fields: Any) -> None:
    message = wire.chat("json?", **{"tools": [SEARCH], **fields}).message
    assert "web_results" not in message
    assert bool(message.get("tool_calls")) == (FUNCTION in fields.get("tools", ()))


def test_a_recorded_answer_is_not_for_questions_to_the_web(wire: Any) -> None:
    assert "你好" in wire.chat("你好", tools=[SEARCH]).message["content"]
    assert results(wire.chat("你好", tools=[SEARCH]).message)


def test_an_answer_with_results_can_be_sent_back_as_it_is(wire: Any) -> None:
    message = wire.chat("who?", tools=[SEARCH], title=TITLE).message
    turns = [{"role": "user", "content": "who?"}, message, {"role": "user", "content": "and?"}]
    assert wire.chat(messages=turns, tools=[SEARCH]).status == 200


# -- title


def test_a_title_comes_when_it_is_asked_for(wire: Any) -> None:
    assert wire.chat("Weather in Oslo", title=TITLE).message["title"] == "Weather in Oslo"
    for fields in ({}, {"title": None}, {"title": {"enabled": False}}, {"title": {}}):
        assert "title" not in wire.chat("hi", **fields).message


@pytest.mark.parametrize("thinking", [OFF, {"type": "enabled"}])
def test_in_a_stream_it_is_in_the_chunk_with_the_finish_reason(wire: Any, thinking: Any) -> None:
    chunks = wire.chat("Weather", title=TITLE, thinking=thinking, stream=True).chunks
    assert ["title" in c["choices"][0]["delta"] for c in chunks] == [False] * (len(chunks) - 1) + [
        True
    ]
    assert chunks[-1]["choices"][0]["delta"]["title"] == "Weather"
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_a_replayed_answer_gets_one_too(wire: Any) -> None:
    recorded = wire.chat("你好").message
    assert wire.chat("你好", title=TITLE).message == dict(recorded, title="你好")


# -- safety check


def test_a_risky_question_is_refused_when_it_is_reviewed(wire: Any) -> None:
    reply = wire.chat("a risky question", safety_check=HIGH)
    assert (reply.status, reply.error) == (400, "Content Exists Risk")
    for fields in ({}, {"safety_check": {"level": "low"}}, {"safety_check": None}):
        assert wire.chat("a risky question", **fields).status == 200


def test_results_of_tools_are_reviewed_and_old_answers_are_not(wire: Any) -> None:
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    turns = [
        {"role": "user", "content": "x"},
        {"role": "assistant", "content": "", "reasoning_content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "a", "content": "fine"},
    ]
    assert wire.chat(messages=turns, safety_check=HIGH).status == 200
    turns[2]["content"] = "a risky question"
    assert wire.chat(messages=turns, safety_check=HIGH).error == "Content Exists Risk"
    turns = [{"role": "assistant", "content": "a risky question"}, turns[0]]
    assert wire.chat(messages=turns, safety_check=HIGH).status == 200


def test_a_refused_answer_ends_as_content_filter(wire: Any) -> None:
    asked = {"text": "give a risky answer", "safety_check": HIGH, "title": TITLE}
    choice = wire.chat(**asked).json["choices"][0]
    assert choice["finish_reason"] == "content_filter"
    assert choice["message"]["content"] == ""
    stream = wire.chat(**asked, stream=True)
    assert "risky answer" in stream.joined("content"), "the text was delivered by then"
    assert stream.chunks[-1]["choices"][0]["finish_reason"] == "content_filter"
    assert "title" not in stream.deltas[-1]


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "f"}}])
def test_what_is_reviewed_forces_no_tool_without_the_web(wire: Any, choice: Any) -> None:
    asked = {"tools": [FUNCTION], "tool_choice": choice, "thinking": OFF}
    assert wire.chat(**asked).status == 200
    assert "tool_choice" in wire.chat(**asked, safety_check=HIGH).error
    assert wire.chat(**dict(asked, tools=[FUNCTION, SEARCH]), safety_check=HIGH).status == 200
    assert wire.chat(**dict(asked, tool_choice="auto"), safety_check=HIGH).status == 200


# -- shape


REFUSED = {
    "title a string": ({"title": "x"}, 'title: invalid type: string "x", expected a map'),
    "enabled a string": (
        {"title": {"enabled": "x"}},
        'title.enabled: invalid type: string "x", expected a boolean',
    ),
    "another level": (
        {"safety_check": {"level": "medium"}},
        "safety_check.level: unknown variant `medium`, expected `high` or `low`",
    ),
    "safety a boolean": (
        {"safety_check": True},
        "safety_check: invalid type: boolean `true`, expected a map",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_switch_of_another_shape_is_refused(wire: Any, case: str) -> None:
    change, sentence = REFUSED[case]
    reply = wire.chat(**change)
    assert reply.status == 400
    assert reply.error.startswith(f"{TYPE}{sentence} at line 1 column ")


def test_the_reminder_stands_before_the_user(wire: Any) -> None:
    reminder = {"role": "latest_reminder", "content": "2026-11-10,周二,,Web,中文"}
    turns = [reminder, {"role": "user", "content": "hi"}]
    assert "hi" in wire.chat(messages=turns).message["content"]
    assert wire.chat(messages=turns, tools=[FUNCTION]).message["tool_calls"]


# -- any combination of them

REQUESTS = st.fixed_dictionaries(
    {"text": st.sampled_from(["hi", "see https://a.test", "a risky answer", "a risky question"])},
    optional={
        "model": st.sampled_from(["deepseek-flash", "deepseek-v4-pro", "deepseek-chat"]),
        "thinking": st.sampled_from([OFF, {"type": "enabled"}]),
        "tools": st.lists(st.sampled_from([SEARCH, READ, FUNCTION]), max_size=3),
        "title": st.sampled_from([TITLE, {"enabled": False}]),
        "safety_check": st.sampled_from([HIGH, {"level": "low"}]),
        "max_tokens": st.integers(1, 60),
    },
)


@pytest.fixture(scope="module")
def shared() -> Any:
    with Emulator() as started:
        yield started


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields=REQUESTS)
def test_stream_and_object_are_one_answer(shared: Any, wire_to: Any, fields: Any) -> None:
    """They differ in ids, in the text of a refusal, and in null content for none."""
    reply = wire_to(shared).chat(**fields)
    if reply.status == 400:
        assert reply.error == "Content Exists Risk"
        assert (fields["text"], fields["safety_check"]) == ("a risky question", HIGH)
        return
    choice = reply.json["choices"][0]
    merged = Accumulator()
    for chunk in wire_to(shared).chat(**fields, stream=True).chunks:
        merged.add(chunk)
    streamed = merged.result()
    assert streamed["usage"] == reply.json["usage"]
    (other,) = streamed["choices"]
    assert other["finish_reason"] == choice["finish_reason"]
    for name in ("reasoning_content", "title", "web_results"):
        assert other["message"].get(name) == choice["message"].get(name)
    if choice["finish_reason"] != "content_filter":
        assert other["message"]["content"] == choice["message"]["content"]
    assert ("title" in choice["message"]) == (
        fields.get("title") == TITLE and choice["finish_reason"] != "content_filter"
    )
