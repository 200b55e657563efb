"""A stream as bytes: events pass as they came, and end, fail and hide the key as chunks do."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Tuple

import pytest
from events import STOP, broken
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scripted import DONE, KEY, Answer, AsyncAnswer, AsyncBackend, Holder, Scripted, chunk

import dsadapter
from dsadapter._headers import Headers
from dsadapter._response import json as json_reader
from dsadapter._response.chunks import ChunkReader
from dsadapter._response.raw_events import RawEventReader
from dsadapter._response.sse import BOM
from dsadapter._settings.resolve import resolve

pytestmark = pytest.mark.usefixtures("pauses")
BODY = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hi"}]}
SETTINGS = resolve({"api_key": KEY, "base_url": "http://127.0.0.1:9", "provider": "deepseek"})


def stream(*pieces: Any, body: Any = BODY, **settings: Any) -> Tuple[Scripted, Any]:
    scripted = Scripted(Answer(list(pieces)), **settings)
    made = scripted.client.post("/chat/completions", body=body, stream=True, cast_to=bytes)
    return scripted, made


def passed(*pieces: Any, **options: Any) -> bytes:
    return b"".join(stream(*pieces, **options)[1])


class Careful(RawEventReader):
    """The same without the quick way: each event is read."""

    def _looks_alike(self, block: bytes) -> bool:
        return False


def outcome(cls: Any, pieces: List[bytes], to_chunk: Any = dict) -> Tuple[List[Any], Any]:
    """What a reader gives for these packets, and how it fails."""
    reader = cls(200, Headers({}), "", SETTINGS, to_chunk)
    given_out: List[Any] = []
    try:
        for piece in pieces:
            given_out += reader.feed(piece)
            reader.raise_deferred()
        given_out += reader.finish()
        reader.raise_deferred()
    except dsadapter.OpenAIError as err:
        return given_out, (type(err), err.message, err.http_body, err.http_status)
    return given_out, None


def test_events_pass_untouched() -> None:
    events = [
        chunk("a"),
        chunk("b"),
        b'data:{"choices":[],"x" : 1}\n\n',
        chunk('"\\\n\u4f60'),
        STOP,
    ]
    assert passed(*events, DONE) == b"".join(events)
    assert passed(b"".join(events) + DONE) == b"".join(events)


def test_most_events_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: List[str] = []
    loads = json_reader.reader()
    monkeypatch.setattr(
        json_reader, "reader", lambda: lambda text: (read.append(text), loads(text))[1]
    )
    events = [chunk(f"word {n}", created=7) for n in range(1000)]
    assert passed(b"".join(events[:500]), *events[500:], STOP, DONE) == b"".join([*events, STOP])
    assert len(read) < 10


@pytest.mark.parametrize("field", ["content", "reasoning_content", "text"])
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_which_events_look_alike(field: str, separators: Any) -> None:
    def event(text: str) -> bytes:
        choice: Dict[str, Any] = {field: text} if field == "text" else {"delta": {field: text}}
        data = {"choices": [{"index": 0, **choice, "finish_reason": None}]}
        return b"data: " + json.dumps(data, separators=separators).encode() + b"\n\n"

    reader = RawEventReader(200, Headers({}), "", SETTINGS, dict)
    reader.feed(event("one"))
    template: Any = reader._template
    assert template.texts(event("two") + event('"three"')) == ["two", '\\"three\\"']
    assert template.texts(event("two") + STOP) is None


@pytest.mark.parametrize(
    "event",
    [
        b'event: message\nid: 4\ndata: {"choices":[]}\n\n',
        b'data: {"choices":\ndata: []}\n\n',
        b'data:{"choices":[]}\n\n',
    ],
)
def test_other_spellings_of_an_event_pass(event: bytes) -> None:
    assert passed(event, STOP, DONE) == event + STOP
    assert passed(event.replace(b"\n", b"\r\n"), STOP, DONE) == event + STOP


@pytest.mark.parametrize("space", [" ", "  "])
def test_a_blank_before_the_colon_of_the_text_passes(space: str) -> None:
    """Where the text stands cannot be seen then: each event is read, and nothing fails."""
    choice = '{"index":0,"delta":{"content"%s:"%s"},"finish_reason":null}'
    head = b'data: {"object":"chat.completion.chunk","choices":['
    events = [head + (choice % (space, text)).encode() + b"]}\n\n" for text in "ab"]
    assert passed(*events, STOP, DONE) == b"".join([*events, STOP])


def test_an_event_is_there_with_the_first_byte_of_the_next_packet() -> None:
    """Its last line break: the blank line is whole, and what stands behind it is another event."""
    reader = RawEventReader(200, Headers({}), "", SETTINGS, dict)
    assert reader.feed(chunk("a")[:-1]) == []
    assert reader.feed(b"\n" + chunk("b")[:-2]) == [chunk("a")]
    assert reader.feed(b"\n\n" + chunk("c")) == [chunk("b") + chunk("c")]


def test_a_line_break_that_two_packets_share_is_one() -> None:
    event = chunk("a")[:-2]
    assert passed(b"id: 1\r", b"\n" + event + b"\r", b"\n\r", b"\n", STOP) == (
        b"id: 1\n" + event + b"\n\n" + STOP
    )


def test_what_is_left_out() -> None:
    heartbeats = b"\n\n: x\n\ndata:\n\n"
    assert passed(b": keep-alive\n\n", chunk("a"), heartbeats, STOP) == chunk("a") + STOP
    assert passed(BOM + chunk("a"), STOP, DONE, chunk("late")) == chunk("a") + STOP


def test_a_mark_behind_the_start_is_none() -> None:
    """It belongs to the name of a field that nobody knows, and stays there."""
    later = BOM + b"data: x\n" + chunk("b")
    assert passed(chunk("a"), later, STOP, DONE) == chunk("a") + later + STOP
    assert passed(chunk("a") + later, STOP, DONE) == chunk("a") + later + STOP


def test_bytes_that_are_no_text_are_replaced() -> None:
    event = chunk("a").replace(b'"a"', b'"\xff"')
    fixed = chunk("a").replace(b'"a"', b'"\xef\xbf\xbd"')
    assert passed(chunk("b"), event, STOP) == chunk("b") + fixed + STOP


@pytest.mark.parametrize("first", [b"", chunk("a")])
def test_the_key_is_hidden(first: bytes) -> None:
    text = passed(first + chunk(f"your key {KEY}"), chunk(f"again: {KEY}"), STOP).decode()
    assert KEY not in text
    assert KEY[-4:] in text
    events = [json.loads(line[6:]) for line in text.split("\n\n") if line]
    assert events[-1]["choices"][0]["finish_reason"] == "stop"


def test_functions_of_old_programs_come_back() -> None:
    call = {"index": 0, "id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    data = {"choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}]}
    body = {**BODY, "functions": [{"name": "f", "parameters": {"type": "object"}}]}
    with pytest.warns(dsadapter.RepairWarning):
        text = passed(b"data: " + json.dumps(data).encode() + b"\n\n", STOP, body=body)
    assert b'"function_call":{"name":"f","arguments":"{}"}' in text
    assert b"tool_calls" not in text


# --- how it ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "kind", "received"),
    [
        ([chunk("a"), chunk("b")], "StreamTruncatedError", 2),
        ([chunk("a") + chunk("b")], "StreamTruncatedError", 1),
        ([chunk("a"), chunk("b"), broken()], "StreamTruncatedError", 2),
        ([chunk("a"), chunk("b")[:-9]], "StreamTruncatedError", 1),
        ([chunk("a") + b'data: {"error": {"message": "m"}}\n\n'], "APIError", 1),
        ([b'{"error": {"message": "m", "code": 429}}'], "RateLimitError", 0),
        ([b"<html>\n\n<p>login</html>"], "APIResponseError", 0),
        ([chunk("a"), b"data: this is not JSON\n\n"], "APIResponseError", 1),
        ([chunk("a"), b"event: error\ndata: {}\n\n"], "APIError", 1),
        ([b": keep-alive\n\n"], "ServerBusyError", 0),
    ],
)
def test_what_goes_wrong_is_raised(pieces: List[Any], kind: str, received: int) -> None:
    scripted, made = stream(*pieces, max_retries=0)
    blocks: List[bytes] = []
    with pytest.raises(getattr(dsadapter, kind)):
        for block in made:
            blocks.append(block)
    assert len(blocks) == received
    assert scripted.answers[-1].closed


def test_each_choice_needs_its_end() -> None:
    def event(index: int, text: str, finish: Any = None) -> bytes:
        choice = {"index": index, "delta": {"content": text}, "finish_reason": finish}
        return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"

    both = [event(0, "a"), event(0, "b"), event(1, "c"), event(1, "d"), event(0, "", "stop")]
    with pytest.raises(dsadapter.StreamTruncatedError):
        passed(*both)
    assert passed(*both, event(1, "", "stop")) == b"".join(both) + event(1, "", "stop")


def test_a_last_event_without_its_blank_line() -> None:
    assert passed(chunk("a"), STOP[:-1]) == chunk("a") + STOP
    assert passed(chunk("a"), STOP[:-2] + b"\r") == chunk("a") + STOP


def test_an_event_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsadapter._response.content_encoding.MAX_BODY", 10_000)
    with pytest.raises(dsadapter.APIResponseError, match="exceeds 10000 bytes"):
        passed(chunk("a"), *[b"data: " + b"x" * 1000] * 20)


@pytest.mark.parametrize(
    ("data", "progress"),
    [
        (b": keep-alive\n\n", False),
        (b": keep-al", False),
        (b": keep\n: ali", False),
        (b"data: {", True),
        (b": keep\ndata", True),
        (chunk("b"), True),
        (b"data:\n\n", False),
    ],
)
def test_only_data_is_progress(data: bytes, progress: bool) -> None:
    reader = RawEventReader(200, Headers({}), "", SETTINGS, dict)
    reader.feed(chunk("a"))
    reader.progressed = False
    reader.feed(data)
    assert reader.progressed is progress


def test_its_usage_is_known() -> None:
    reader = RawEventReader(200, Headers({}), "", SETTINGS, dict)
    for piece in (chunk("a"), chunk("b"), chunk("", "stop", usage={"total_tokens": 3})):
        reader.feed(piece)
    assert reader.complete
    assert reader.accumulated()["usage"] == {"total_tokens": 3}
    assert reader.accumulated()["choices"][0]["finish_reason"] == "stop"


async def _asynchronously() -> bytes:
    backend = AsyncBackend([AsyncAnswer([chunk("a"), chunk("b") + STOP, DONE])])
    settings = {"api_key": KEY, "base_url": "http://127.0.0.1:9", "provider": "deepseek"}
    client = dsadapter.AsyncOpenAI(**settings, _holder=Holder(backend))
    made = await client.post("/chat/completions", body=BODY, stream=True, cast_to=bytes)
    return b"".join([block async for block in made])


def test_on_an_event_loop() -> None:
    import asyncio

    assert asyncio.run(_asynchronously()) == chunk("a") + chunk("b") + STOP


# --- the quick way and the careful one -----------------------------------------------------------


def event_of(text: str, key: str = "content", separators: Any = (",", ":")) -> bytes:
    choice = {"index": 0, "delta": {key: text}, "finish_reason": None}
    return b"data: " + json.dumps({"choices": [choice]}, separators=separators).encode() + b"\n\n"


def raw_text(body: bytes) -> bytes:
    """An event whose text is these bytes, whatever they are."""
    return event_of("@").replace(b"@", body)


PLAIN = st.text(max_size=6).map(event_of)
ODD_TEXTS = st.sampled_from(
    [
        b'"',
        b"\\",
        b"\\u12",
        b'\\"',
        b"\xe4\xbd",
        b"\xa0",
        b"\n",
        b"\x00",
        b'","error":"m',
        b"\\ud83d",
    ]
)
ODD = st.sampled_from(
    [
        STOP,
        DONE,
        b": keep-alive\n\n",
        b"\n",
        b"data: \n\n",
        b"event: error\n",
        b'data: {"error": {"message": "m"}}\n\n',
        b"data: no JSON\n\n",
        b'data: {"choices": 5}\n\n',
        b"data: {",
        BOM,
        b"id: 1\n",
        event_of("a", "reasoning_content"),
        event_of("a", separators=None),
        event_of(KEY),
        event_of("a").replace(b"\n", b"\r\n"),
        event_of("a").replace(b"\n", b"\r"),
        event_of("a").replace(b'"index":0', b'"index":1'),
        event_of("a").replace(b"null", b'"length"'),
        event_of("a")[:-1],
    ]
)
EVENTS = st.lists(
    st.one_of(
        PLAIN, PLAIN, PLAIN, ODD_TEXTS.map(raw_text), st.binary(max_size=4).map(raw_text), ODD
    ),
    max_size=12,
)
CUTS = st.lists(st.integers(0, 2000), max_size=12)


def split(body: bytes, cuts: List[int]) -> List[bytes]:
    marks = sorted({min(cut, len(body)) for cut in cuts} | {0, len(body)})
    return [body[start:end] for start, end in zip(marks, marks[1:])]


@settings(max_examples=200, deadline=None)
@given(EVENTS, CUTS)
@example([event_of("a"), raw_text(b"\\"), raw_text(b'"'), STOP], [])
@example([event_of("a"), raw_text(b"\xe4\xbd"), raw_text(b"\xa0"), STOP], [])
def test_the_quick_way_is_the_careful_one(events: List[bytes], cuts: List[int]) -> None:
    """Same bytes, same error, for any bytes in any packets."""
    body = b"".join(events)
    quick, error = outcome(RawEventReader, split(body, cuts))
    careful, expected = outcome(Careful, [body])
    assert (b"".join(quick), error) == (b"".join(careful), expected)


@settings(max_examples=200, deadline=None)
@given(EVENTS, CUTS)
@example([BOM, BOM, event_of("a")], [])
@example([b"\n", BOM, event_of("a")], [])
@example([b": x\n\n", BOM, event_of("a")], [])
@example([BOM, b"\n", event_of("a")[:-2]], [])
@example([BOM], [])
def test_it_is_what_chunks_are_read_of(events: List[bytes], cuts: List[int]) -> None:
    """Each chunk is passed, in order, and the stream ends as it does for who reads chunks."""
    body = b"".join(events)
    blocks, error = outcome(RawEventReader, split(body, cuts))
    chunks, expected = outcome(ChunkReader, [body])
    again, _ = outcome(ChunkReader, [*blocks, DONE])
    hidden = json.dumps(chunks).replace(KEY, f"...{KEY[-4:]}")
    assert json.dumps(again) == hidden
    assert (error and error[0]) == (expected and expected[0])
