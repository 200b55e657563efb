"""Streams from literals: what is a chunk, when an answer is whole, and what a broken one tells."""

from __future__ import annotations

import json
from typing import Any, List

import pytest
from scripted import DONE, KEY, Answer, Scripted, chunk

import dsadapter
from dsadapter._errors import tree as _errors

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
STOP = chunk(None, "stop")


def broken() -> BaseException:
    return _errors.LegacyAPIConnectionError("The connection broke: reset")


def texts(chunks: Any) -> List[Any]:
    return [c.choices[0].delta.content for c in chunks if c.choices]


def fails(scripted: Scripted, kind: Any, received: int) -> Any:
    """The error that ends the stream after so many chunks."""
    chunks: List[Any] = []
    with pytest.raises(kind) as caught:
        for item in scripted.stream():
            chunks.append(item)
    assert len(chunks) == received
    assert scripted.answers[-1].closed
    return caught.value


# --- whole answers -------------------------------------------------------------------------------


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
def test_what_is_whole(body: Any) -> None:
    scripted = Scripted(Answer(body))
    assert "".join(text or "" for text in texts(scripted.stream())) == "a"
    assert scripted.answers[0].closed


def test_chunks_of_one_packet_come_one_by_one() -> None:
    stream = Scripted(Answer(chunk("a") + chunk("b") + STOP + DONE)).stream()
    assert next(stream).choices[0].delta.content == "a"
    assert next(stream).choices[0].delta.content == "b"
    assert next(stream).choices[0].finish_reason == "stop"
    assert next(stream, None) is None


def test_a_giant_event() -> None:
    text = "x" * 10_000_000
    body = chunk(text) + STOP
    pieces = [body[i : i + 16384] for i in range(0, len(body), 16384)]
    assert texts(Scripted(Answer(pieces)).stream())[0] == text


# --- answers that are not ------------------------------------------------------------------------


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
def test_what_is_cut_off(body: Any) -> None:
    scripted = Scripted(Answer(body))
    received: List[Any] = []
    with pytest.raises(dsadapter.StreamTruncatedError, match="cut off") as caught:
        for item in scripted.stream():
            received.append(item)
    assert received
    assert caught.value.partial == "a"
    assert caught.value.partial_response.choices[0].message.content == "a"
    assert len(scripted.sent) == 1


def test_the_cause_is_told() -> None:
    err = fails(Scripted(Answer([chunk("a"), broken()])), dsadapter.StreamTruncatedError, 1)
    assert "reset" in str(err)
    assert isinstance(err.__cause__, dsadapter.APIConnectionError)


def test_a_choice_without_its_end() -> None:
    two = {"choices": [{"index": i, "delta": {"content": f"{i}"}} for i in range(2)]}
    two["choices"][0]["finish_reason"] = "stop"
    body = b"data: " + json.dumps(two).encode() + b"\n\n"
    fails(Scripted(Answer(body)), dsadapter.StreamTruncatedError, 1)
    other = {"choices": [{"index": 1, "delta": {}, "finish_reason": "stop"}]}
    whole = body + b"data: " + json.dumps(other).encode() + b"\n\n"
    assert len(list(Scripted(Answer(whole)).stream())) == 2


@pytest.mark.parametrize(
    ("event", "kind", "message"),
    [
        (b'data: {"error": {"message": "m", "code": 429}}\n\n', "RateLimitError", "m"),
        (b'data: {"error": {"message": "m"}}\n\n', "APIError", "m"),
        (b'data: {"error": "m"}\n\n', "APIError", "m"),
        (b'event: error\ndata: {"error": {"message": "m"}}\n\n', "APIError", "m"),
        (b'event: error\ndata: {"message": "m", "code": 503}\n\n', "InternalServerError", "m"),
        (b"data: text\n\n", "APIResponseError", "text"),
        (b"event: error\ndata: text\n\n", "APIResponseError", "text"),
        (b'data: ["a"]\n\n', "APIResponseError", '["a"]'),
        (b"data: null\n\n", "APIResponseError", "null"),
        (b'data: {"choices": [5]}\n\n', "APIResponseError", "choices"),
        (b'data: {"choices": {"a": 1}}\n\n', "APIResponseError", "choices"),
        (b'data: {"choices": [{"delta": "a"}]}\n\n', "APIResponseError", "delta"),
        (b"data: " + b"[" * 100_000 + b"\n\n", "APIResponseError", "[[["),
    ],
)
@pytest.mark.parametrize("packets", [1, 2])
def test_an_event_that_is_no_chunk(event: bytes, kind: str, message: str, packets: int) -> None:
    pieces = [chunk("a"), event] if packets == 2 else [chunk("a") + event]
    err = fails(Scripted(Answer([*pieces, chunk("b"), STOP])), getattr(dsadapter, kind), 1)
    assert message in err.message
    assert err.partial == "a"


def test_a_key_in_an_event_is_hidden() -> None:
    err = fails(Scripted(Answer(f"data: {KEY} is wrong\n\n".encode())), dsadapter.APIError, 0)
    assert KEY not in f"{err} {err!r} {vars(err)}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>login</html>", "APIResponseError"),
        (b'\n\n{"choices": [{"message": {"content": "a"}}]}', "APIResponseError"),
        (b'\xef\xbb\xbf\n{"error": {"message": "m", "code": "429"}}', "RateLimitError"),
        (b'{\n "error": {\n  "message": "m"\n }\n}', "APIError"),
        (b"id: 1\nretry: 5\n\n", "APIResponseError"),
    ],
)
def test_a_body_that_is_no_stream(body: bytes, kind: str) -> None:
    fails(Scripted(Answer(body)), getattr(dsadapter, kind), 0)


@pytest.mark.parametrize("body", [b"", b"\n\n", b": keep-alive\n\n: keep-alive\n\n"])
def test_a_stream_without_a_word(body: bytes) -> None:
    whole = Answer(chunk("a") + STOP)
    scripted = Scripted(Answer(body), whole)
    stream = scripted.stream()
    assert "".join(text or "" for text in texts(stream)) == "a"
    assert len(stream.adapter.retries) == 1
    fails(Scripted(Answer(body), max_retries=0), dsadapter.ServerBusyError, 0)


def test_nothing_is_asked_for_again_once_a_chunk_is_out() -> None:
    scripted = Scripted(Answer(b'data: {"choices":[]}\n\n'), Answer(chunk("a") + STOP))
    received: List[Any] = []
    with pytest.raises(dsadapter.StreamTruncatedError):
        for item in scripted.stream():
            received.append(item)
    assert len(received) == len(scripted.sent) == 1


def test_an_encoding_that_nobody_asked_for() -> None:
    scripted = Scripted(Answer(b"x", headers={"content-encoding": "br"}))
    fails(scripted, dsadapter.APIResponseError, 0)


# --- leaving early -------------------------------------------------------------------------------


def test_leaving_the_loop_lets_go() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    for _ in scripted.stream():
        break
    assert scripted.answers[0].closed


def test_a_stream_is_a_context_manager() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    with scripted.stream() as stream:
        next(stream)
    assert scripted.answers[0].closed


def test_a_later_loop_over_a_stream_that_was_left_is_no_complete_answer() -> None:
    stream = Scripted(Answer([chunk("a") + chunk("b"), chunk("c"), STOP])).stream()
    for _ in stream:
        break
    received: List[Any] = []
    with pytest.raises(dsadapter.StreamTruncatedError, match="closed") as caught:
        for item in stream:
            received.append(item)
    assert texts(received) == ["b"]
    assert caught.value.partial == "ab"
    with pytest.raises(dsadapter.StreamTruncatedError):
        stream.get_final_response()


def test_a_stream_that_failed_is_over() -> None:
    stream = Scripted(Answer([chunk("a"), broken()])).stream()
    next(stream)
    with pytest.raises(dsadapter.StreamTruncatedError):
        next(stream)
    assert list(stream) == []
    stream.close()


def test_a_finished_stream_is_over() -> None:
    stream = Scripted(Answer([chunk("a"), STOP, DONE])).stream()
    assert len(list(stream)) == 2
    assert list(stream) == []
    assert stream.get_final_response().choices[0].message.content == "a"


def test_a_stream_knows_its_call() -> None:
    stream = Scripted(Answer([chunk("a"), STOP], headers={"X-Request-Id": "r"})).stream()
    assert stream.status_code == 200
    assert stream.headers["x-request-id"] == "r"
    assert stream.adapter.request_id == "r"
    assert stream.adapter.backend == "scripted"
    stream.close()
