"""Reading a stream: complete answers, truncated ones, errors, blank ones."""

from __future__ import annotations

import json
from typing import Any, List

import pytest
from events import STOP, broken, fails, texts
from scripted import DONE, Answer, Scripted, chunk

import dsadapter

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
