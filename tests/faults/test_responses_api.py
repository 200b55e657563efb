"""The Responses API and the switches of November 2026 through the client, on every backend."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List

import pytest

import dsadapter
from dsadapter._backends import selection
from dsadapter.testing.callers import MODES, Caller
from dsadapter.testing.contract import missing
from dsadapter.testing.emulator import Emulator

CELLS = [(b, c) for b in selection.BY_NAME if not missing(b) for c in MODES]
SWITCHES: Dict[str, Any] = {
    "tools": [{"type": "deepseek_web_search"}, {"type": "deepseek_read_url"}, {"type": "x-new"}],
    "title": {"enabled": True},
    "safety_check": {"level": "high"},
}
REMINDER = {"role": "latest_reminder", "content": "2026-11-10,Tuesday,Singapore,Web,English"}
TURNS = [REMINDER, {"role": "user", "content": "Weather in Oslo"}]


@pytest.fixture(scope="module")
def server() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(params=CELLS, ids="-".join)
def caller(request: Any, server: Emulator) -> Iterator[Caller]:
    server.clear()
    yield Caller(request.param[0], "modern", request.param[1], server.base_url)
    server.clear()


class Outcome:
    """The events of a stream, what they came to, and the error that ended it."""

    def __init__(self) -> None:
        self.events: List[Any] = []
        self.final: Any = None
        self.error: Any = None


def ask(caller: Caller, stream: bool = True, fields: Any = None, **settings: Any) -> Outcome:
    body = {"model": "deepseek-flash", "input": "Weather in Oslo", **(fields or {})}
    params = {"body": body, **settings}
    outcome = Outcome()

    def use(client: Any) -> Any:
        if not stream:
            return client.post("/responses", **params)
        reply = client.post("/responses", stream=True, **params)
        return _read_async(reply, outcome) if caller.is_async else _read(reply, outcome)

    try:
        response = caller.on_client(use)
        outcome.final = outcome.final if stream else response
    except dsadapter.OpenAIError as err:
        outcome.error = err
    return outcome


def _read(stream: Any, outcome: Outcome) -> None:
    for event in stream:
        outcome.events.append(event)
    outcome.final = stream.get_final_response()


async def _read_async(opening: Any, outcome: Outcome) -> None:
    stream = await opening
    async for event in stream:
        outcome.events.append(event)
    outcome.final = await stream.get_final_response()


def text_of(outcome: Outcome) -> str:
    kind = "response.output_text.delta"
    return "".join(event.delta for event in outcome.events if event.type == kind)


# -- streams


@pytest.mark.parametrize("fault", ["", "crlf", "comments", "gzip-stream", "split-bytes", "no-done"])
def test_a_stream_is_whole_with_its_closing_event(
    caller: Caller, server: Emulator, fault: str
) -> None:
    if fault:
        server.fault(fault)
    outcome = ask(caller, fields={"title": {"enabled": True}})
    assert outcome.error is None, repr(outcome.error)
    assert outcome.events[-1].type == "response.completed"
    assert outcome.final == outcome.events[-1].response
    assert outcome.final.title == "Weather in Oslo"
    assert outcome.final.output[-1].content[0].text == text_of(outcome)
    assert outcome.final.adapter.status == 200
    assert len(server.requests) == 1


def test_incomplete_and_failed_are_whole_too(caller: Caller, server: Emulator) -> None:
    outcome = ask(caller, fields={"max_output_tokens": 20})
    assert outcome.events[-1].type == "response.incomplete"
    assert outcome.final.incomplete_details.reason == "max_output_tokens"
    server.fault("insufficient-resource")
    outcome = ask(caller)
    assert outcome.events[-1].type == "response.failed"
    assert outcome.final.error.code == "server_error"


@pytest.mark.parametrize("fault", ["cut", "cut-clean", "reset-after"])
def test_a_cut_stream_is_an_error_with_what_had_arrived(
    caller: Caller, server: Emulator, fault: str
) -> None:
    server.fault(fault, after=30)
    outcome = ask(caller)
    assert isinstance(outcome.error, dsadapter.StreamTruncatedError)
    assert outcome.error.partial == text_of(outcome) != ""
    thought, message = outcome.error.partial_response.output
    assert message.content[0].text == text_of(outcome)
    assert thought.status == "completed"
    assert len(server.requests) == 1, "nothing is sent again once an answer began"


def test_an_error_event_is_typed(caller: Caller, server: Emulator) -> None:
    server.fault("error-event", after=30, code="429")
    outcome = ask(caller)
    assert isinstance(outcome.error, dsadapter.RateLimitError)
    assert outcome.error.partial == text_of(outcome) != ""


def test_a_whole_response_that_failed_is_an_error(caller: Caller, server: Emulator) -> None:
    assert ask(caller, stream=False).final.output[-1].type == "message"
    server.fault("insufficient-resource")
    error = ask(caller, stream=False).error
    assert isinstance(error, dsadapter.APIError)
    assert error.body["code"] == "server_error"


# -- time: what the review, the parsing of a document and its keep-alives may take


def test_the_pause_of_the_review_is_outlived(caller: Caller, server: Emulator) -> None:
    for fields in ({}, {"safety_check": {"level": "high"}, "input": "a risky answer"}):
        server.fault("review", seconds=0.5)  # twice what an ended stream may drain
        outcome = ask(caller, fields=fields)
        assert outcome.error is None, repr(outcome.error)
    assert outcome.final.incomplete_details.reason == "content_filter"


@pytest.mark.parametrize("fault", ["late-headers", "review"])
def test_silence_is_bounded_where_the_caller_bounds_it(
    caller: Caller, server: Emulator, fault: str
) -> None:
    server.fault(fault, seconds=5)
    outcome = ask(caller, idle_timeout=0.3)
    assert isinstance(outcome.error, dsadapter.APITimeoutError)
    assert outcome.error.bound == "idle_timeout"


def test_the_bounds_that_nobody_set_are_longer_than_the_longest_known_silence() -> None:
    """OCR answers within 180 s; a review and the parsing of an upload have no known limit."""
    from dsadapter._settings import values

    assert values.DEFAULT_IDLE >= 600
    assert values.DEFAULT_READ >= 600


# -- chat


def test_the_switches_pass_untouched(caller: Caller, server: Emulator) -> None:
    server.fault("status-400-content-risk", times=-1)
    with pytest.raises(dsadapter.BadRequestError, match="Content Exists Risk"):
        caller.chat(TURNS, **SWITCHES)
    assert ask(caller, fields=SWITCHES).error.status_code == 400
    chat, responses = (request.json for request in server.requests)
    assert {name: chat[name] for name in SWITCHES} == SWITCHES
    assert {name: responses[name] for name in SWITCHES} == SWITCHES
    assert chat["messages"] == TURNS


def test_unknown_fields_come_back_and_can_be_sent_again(caller: Caller, server: Emulator) -> None:
    asked = {**SWITCHES, "tools": SWITCHES["tools"][:1]}
    message = caller.chat(TURNS, **asked).choices[0].message
    assert message.title == "Weather in Oslo"
    assert message.web_results[0].type == "web_search_tool_result"
    caller.chat([*TURNS, message, TURNS[1]], **asked)
    assert server.requests[-1].json["messages"][2] == message


def test_the_chunks_of_a_stream_merge_to_the_whole_message(
    caller: Caller, server: Emulator
) -> None:
    asked: Dict[str, Any] = {**SWITCHES, "tools": SWITCHES["tools"][:2]}
    turns = [{"role": "user", "content": "compare https://a.test/x"}]
    outcome = Outcome()

    def use(client: Any) -> Any:
        reply = client.chat.completions.create(
            model="deepseek-flash", messages=turns, stream=True, **asked
        )
        return _read_async(reply, outcome) if caller.is_async else _read(reply, outcome)

    caller.on_client(use)
    message = caller.chat(turns, **asked).choices[0].message
    assert outcome.final.choices[0].message == message
    assert [block.type for block in message.web_results] == [
        "web_search_tool_result",
        "web_fetch_tool_result",
    ]
    assert outcome.final.choices[0].message.title == "compare https://a.te"


@pytest.mark.parametrize("mode", MODES)
def test_the_legacy_face_has_them_too(server: Emulator, mode: str) -> None:
    for backend in {cell[0] for cell in CELLS}:
        caller = Caller(backend, "legacy", mode, server.base_url)
        asked = {"tools": SWITCHES["tools"][:1], "title": {"enabled": True}}
        message = caller.chat(TURNS, **asked).choices[0].message
        chunks = caller.stream(TURNS, **asked)
        assert chunks[-1].choices[0].delta.title == message.title == "Weather in Oslo"
        blocks = [c.choices[0].delta.web_results for c in chunks if "web_results" in str(c)]
        assert blocks == [message.web_results]
