"""Reading a stream: complete answers, truncated ones, errors, blank ones."""

from __future__ import annotations

import json
from typing import Any, Iterator, List, Optional, Tuple

import pytest
from events import STOP, broken, fails, texts
from failures import refused
from scripted import DONE, KEY, Answer, Scripted, Side, chunk

import dsadapter
from dsadapter._call.reading import read_stream

pytestmark = pytest.mark.usefixtures("pauses")


TOOL_CALL = (
    b": keep-alive\n\n"
    b'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,'
    b'"reasoning_content":""},"logprobs":null,"finish_reason":null}],"usage":null}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"content":null,"reasoning_content":"Need f"},'
    b'"logprobs":null,"finish_reason":null}],"usage":null}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_00_A",'
    b'"type":"function","function":{"name":"f","arguments":""}}]},"logprobs":null,'
    b'"finish_reason":null}],"usage":null}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":'
    b'{"arguments":"{}"}}]},"logprobs":null,"finish_reason":null}],"usage":null}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"content":"","reasoning_content":null},'
    b'"logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,'
    b'"completion_tokens":5,"total_tokens":14}}\n\n'
)


USAGE = b'data: {"choices":[],"usage":{"prompt_tokens":9,"total_tokens":14}}\n\n'


# --- complete answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [DONE, b"", USAGE + DONE, USAGE])
def test_a_tool_call(ending: bytes) -> None:
    final = Scripted(Answer(TOOL_CALL + ending)).stream().get_final_response()
    message = final.choices[0].message
    assert final.choices[0].finish_reason == "tool_calls"
    assert message.reasoning_content == "Need f"
    assert message.tool_calls[0].id == "call_00_A"
    assert message.tool_calls[0].function == {"name": "f", "arguments": "{}"}
    assert final.usage.total_tokens == 14


@pytest.mark.parametrize(
    "body",
    [
        chunk("a") + STOP + DONE,
        chunk("a") + STOP,
        chunk("a") + DONE,
        chunk("a") + STOP.rstrip(b"\n"),
        chunk("a") + b"data: [DONE]",
        b"\xef\xbb\xbf" + chunk("a") + DONE,
        b"data:\n\n" + chunk("a") + b"data: \n\n" + STOP + DONE,
        b"event: ping\n\n" + chunk("a") + STOP,
        chunk("a") + STOP + DONE + b"data: not JSON behind the end\n\n",
        [chunk("a"), STOP, DONE, broken()],
        [chunk("a"), STOP, broken()],
        [chunk("a") + STOP, b"data: {half", broken()],
    ],
)
def test_complete_answers(body: Any) -> None:
    scripted = Scripted(Answer(body))
    assert "".join(text or "" for text in texts(scripted.stream())) == "a"
    assert scripted.answers[0].closed


# --- answers that are not complete ----------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        chunk("a"),
        chunk("a") + b"data: {half an ev",
        [chunk("a"), broken()],
        [chunk("a") + b": keep-alive\n\n", broken()],
        b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n' + USAGE,
    ],
)
def test_truncated_answers(body: Any) -> None:
    scripted = Scripted(Answer(body))
    received: List[Any] = []
    with pytest.raises(dsadapter.StreamTruncatedError, match="cut off") as caught:
        for item in scripted.stream():
            received.append(item)
    assert received
    assert caught.value.partial == "a"
    assert caught.value.partial_response.choices[0].message.content == "a"
    assert len(scripted.sent) == 1


def test_a_truncation_names_its_cause() -> None:
    err = fails(Scripted(Answer([chunk("a"), broken()])), dsadapter.StreamTruncatedError, 1)
    assert "reset" in str(err)
    assert isinstance(err.__cause__, dsadapter.APIConnectionError)


@pytest.mark.parametrize("end", [[], [broken()], [b'data: {"error": {"message": "full"}}\n\n']])
def test_an_error_of_a_stream_knows_its_request_without_the_key(end: List[Any]) -> None:
    err = fails(Scripted(Answer([chunk("a"), *end])), dsadapter.APIError, 1)
    assert err.request.url.endswith("/chat/completions")
    assert KEY not in repr(err.request)


def test_a_choice_without_finish_reason() -> None:
    two = {"choices": [{"index": i, "delta": {"content": f"{i}"}} for i in range(2)]}
    two["choices"][0]["finish_reason"] = "stop"
    body = b"data: " + json.dumps(two).encode() + b"\n\n"
    fails(Scripted(Answer(body)), dsadapter.StreamTruncatedError, 1)
    other = {"choices": [{"index": 1, "delta": {}, "finish_reason": "stop"}]}
    whole = body + b"data: " + json.dumps(other).encode() + b"\n\n"
    assert len(list(Scripted(Answer(whole)).stream())) == 2


@pytest.mark.parametrize("body", [b"", b"\n\n", b": keep-alive\n\n: keep-alive\n\n"])
def test_a_blank_stream_is_retried(body: bytes) -> None:
    whole = Answer(chunk("a") + STOP)
    scripted = Scripted(Answer(body), whole)
    stream = scripted.stream()
    assert "".join(text or "" for text in texts(stream)) == "a"
    assert len(stream.adapter.retries) == 1
    fails(Scripted(Answer(body), max_retries=0), dsadapter.ServerBusyError, 0)


def test_no_retry_once_a_chunk_arrived() -> None:
    scripted = Scripted(Answer(b'data: {"choices":[]}\n\n'), Answer(chunk("a") + STOP))
    received: List[Any] = []
    with pytest.raises(dsadapter.StreamTruncatedError):
        for item in scripted.stream():
            received.append(item)
    assert len(received) == len(scripted.sent) == 1


# --- the same flow, sync and async ---------------------------------------------------------------


def read(side: Side, call: Any, answer: Any) -> Tuple[List[str], Optional[BaseException]]:
    """The contents that a stream delivers, and the error that ends it."""
    contents: List[str] = []
    try:
        for item in side.delivered(read_stream(call, answer), call):
            contents += [choice.delta.content or "" for choice in item.choices]
    except dsadapter.OpenAIError as err:
        return contents, err
    return contents, None


RATE_LIMIT = b'data: {"error": {"message": "m", "code": 429}}\n\n'
ENDINGS: List[Any] = [
    # chunks of the body, contents delivered, class of the error, its partial
    ([chunk("a"), chunk("b"), STOP, DONE], ["a", "b", ""], None, None),
    ([chunk("a") + chunk("b") + STOP], ["a", "b", ""], None, None),
    ([chunk("a")[:7], chunk("a")[7:], STOP, broken()], ["a", ""], None, None),
    ([chunk("a"), DONE, broken()], ["a"], None, None),
    ([chunk("a"), STOP.rstrip()], ["a", ""], None, None),
    ([chunk("a"), chunk("b")], ["a", "b"], "StreamTruncatedError", "ab"),
    ([chunk("a"), broken()], ["a"], "StreamTruncatedError", "a"),
    ([chunk("a") + b"data: {half"], ["a"], "StreamTruncatedError", "a"),
    ([broken()], [], "StreamTruncatedError", ""),
    (
        [chunk("a"), b'data: {"error": {"message": "m", "code": 429}}\n\n'],
        ["a"],
        "RateLimitError",
        "a",
    ),
    ([chunk("a") + b"data: text\n\n" + chunk("b")], ["a"], "APIResponseError", "a"),
    ([dsadapter.APITimeoutError("read")], [], "APITimeoutError", ""),
    ([chunk("a"), dsadapter.APITimeoutError("read")], ["a"], "APITimeoutError", "a"),
]


@pytest.mark.parametrize(("body", "contents", "kind", "partial"), ENDINGS)
def test_how_a_stream_ends(
    side: Side, body: Any, contents: List[str], kind: Optional[str], partial: Optional[str]
) -> None:
    call, answer = side.call(stream=True), side.answer(body)
    delivered, error = read(side, call, answer)
    assert delivered == contents
    assert (type(error).__name__ if error else None) == kind
    assert getattr(error, "partial", None) == partial
    assert getattr(error, "partial_response", None) is not None or not (error and contents)
    assert answer.closed == 1


@pytest.mark.parametrize("blank", [[], [b""], [b": keep-alive\n\n", b"\n"]])
def test_a_blank_200_is_asked_for_again(side: Side, pauses: List[float], blank: Any) -> None:
    second = side.answer([chunk("a"), STOP])
    call, first = side.call(second, stream=True), side.answer(blank)
    assert read(side, call, first) == (["a", ""], None)
    assert (first.closed, second.closed, len(call.retries)) == (1, 1, 1)


def test_blank_answers_end_with_the_retries(side: Side, pauses: List[float]) -> None:
    answers = [side.answer([]) for _ in range(3)]
    call = side.call(*answers[1:], stream=True, max_retries=2)
    contents, error = read(side, call, answers[0])
    assert contents == []
    assert isinstance(error, dsadapter.ServerBusyError)
    assert [answer.closed for answer in answers] == [1, 1, 1]


def test_a_deadline_that_tore_the_connection_down_is_the_error(side: Side) -> None:
    call, answer = side.call(stream=True, idle_timeout=30), side.answer([chunk("a"), broken()])
    call.deadlines.expired = True
    contents, error = read(side, call, answer)
    assert contents == ["a"]
    assert isinstance(error, dsadapter.APITimeoutError)
    assert (error.bound, error.partial) == ("idle_timeout", "a")
    assert isinstance(error.__cause__, dsadapter.APIConnectionError)


def test_only_real_data_counts_for_the_idle_timeout(side: Side, clock: Any) -> None:
    call, seen = side.call(stream=True, idle_timeout=100), []
    began = clock.now

    def body() -> Iterator[bytes]:
        for data in (b": keep-alive\n\n", chunk("a"), b"\n\n", STOP):
            clock.now += 10
            seen.append(call.deadlines.last_data - began)
            yield data

    answer = side.answer([])
    answer.pieces = body()
    assert read(side, call, answer) == (["a", ""], None)
    assert seen == [0, 0, 20, 20]


def test_what_breaks_behind_the_last_word_is_not_missed(caplog: Any) -> None:
    """The call is complete then, whoever reads it and in whatever way."""
    scripted = Scripted(Answer([chunk("a"), STOP, DONE, refused()]))
    with caplog.at_level("INFO", logger="dsadapter"):
        stream = scripted.stream()
        while next(stream, None) is not None:
            pass
        assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == [
            "complete"
        ]
