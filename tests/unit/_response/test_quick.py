"""The quick reading of usual events: the same as the careful one, for any split of any stream."""

from __future__ import annotations

import json
import pickle
from typing import Any, Callable, Dict, List, Optional, Tuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import dsadapter
from dsadapter._headers import Headers
from dsadapter._legacy.chunk_objects import chunk_object, normalize_chunk
from dsadapter._legacy.objects import OpenAIObject, wrapped
from dsadapter._record import Record, to_plain
from dsadapter._response import quick
from dsadapter._response.accumulate import Accumulator
from dsadapter._response.chunk_types import ChatCompletionChunk, ChoiceDelta
from dsadapter._response.chunks import ChunkReader
from dsadapter._settings.resolve import resolve

# --- streams -------------------------------------------------------------------------------------

TEXTS = st.text('a你\u2028\n"\\ é😊', max_size=6)
NUMBERS = st.sampled_from([0, 1, -1, 2**63, 10**30, 1.5, True, None, "0", [], {}])


def json_of(data: Any, escaped: bool = False) -> bytes:
    return json.dumps(data, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


DELTAS = st.one_of(
    st.fixed_dictionaries({"content": TEXTS}),
    st.fixed_dictionaries({"content": TEXTS}),
    st.fixed_dictionaries({"content": st.none(), "reasoning_content": TEXTS}),
    st.fixed_dictionaries({"reasoning_content": TEXTS, "content": st.one_of(st.none(), TEXTS)}),
    st.sampled_from(
        [
            {},
            None,
            [],
            "a",
            {"role": "assistant", "content": ""},
            {"content": 5},
            {"content": ["part"]},
            {"content": None},
            {"refusal": "no"},
            {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": "{"}}]},
            {"tool_calls": "abc"},
            {"function_call": {"name": "f", "arguments": "{"}},
            {"content": "a", "annotations": [{"url": "u"}]},
        ]
    ),
)
CHOICES = st.fixed_dictionaries(
    {"index": st.sampled_from([0, 0, 0, 0, 1, None, False, "0"]), "delta": DELTAS},
    optional={
        "finish_reason": st.sampled_from([None, None, "stop", ""]),
        "logprobs": st.sampled_from([None, None, {"content": [{"token": "a"}]}, {}]),
        "text": st.sampled_from(["b", None]),
        "filter": st.just({"hate": {"filtered": False}}),
    },
)
USUAL = st.fixed_dictionaries(
    {"index": st.just(0), "delta": DELTAS, "logprobs": st.none(), "finish_reason": st.none()}
)
CHUNKS = st.fixed_dictionaries(
    {
        "id": st.just("1"),
        "object": st.just("chat.completion.chunk"),
        "choices": st.one_of(
            USUAL.map(lambda choice: [choice]),
            USUAL.map(lambda choice: [choice]),
            st.lists(CHOICES, max_size=2),
            st.sampled_from([None, {}, {"a": 1}, "abc", 5, [5]]),
        ),
    },
    optional={
        "usage": st.sampled_from([None, None, {"total_tokens": 3}, {}]),
        "error": st.sampled_from([None, {"message": "m", "code": 429}, ""]),
        "created": NUMBERS,
    },
)
DATA = st.one_of(
    st.builds(json_of, CHUNKS, st.booleans()),
    st.builds(json_of, CHUNKS, st.booleans()),
    st.sampled_from(
        [
            b"[DONE]",
            b"",
            b" ",
            b"null",
            b"{}",
            b"[]",
            b"text",
            b'{"choices": [{"index": 0, "delta": {"content": "a"}}]} more',
            b' {"choices": [{"index": 0, "delta": {"content": "a"}}]} ',
            b'{"choices": [{"index": 0, "delta": {"content": "\xff\xfe"}}]}',
            b'{"choices": [{"index": 0, "delta": {"content": "\\ud800"}}]}',
            b'{"choices": [{"index": 0, "delta": {"content": "a\tb"}}]}',
            b'{"choices": [{"index": 0, "delta": {"content": "a"}}], "n": NaN}',
            b'{"choices": [{"index": 0, "delta": {"content": "a"}}], "n": 1e400}',
            b'{"choices": [{"index": 0, "delta": {"content": "a", "content": "b"}}]}',
            b"[" * 3000,
        ]
    ),
)
EVENTS = st.one_of(
    DATA.map(lambda data: b"data: " + data + b"\n\n"),
    DATA.map(lambda data: b"data: " + data + b"\n\n"),
    DATA.map(lambda data: b"data: " + data + b"\n\n"),
    DATA.map(lambda data: b"data:" + data + b"\r\n\r\n"),
    DATA.map(lambda data: b"event: error\ndata: " + data + b"\n\n"),
    DATA.map(lambda data: b"id: 7\ndata: " + data + b"\n\n"),
    st.sampled_from(
        [
            b": keep-alive\n\n",
            b"\n",
            b"\n\n",
            b"data: {\ndata: }\n\n",
            b"\r",
            b"data: ",
            b"data\n\n",
        ]
    ),
)
FIRST = b'data: {"id": "1", "choices": [{"index": 0, "delta": {"role": "assistant"}}]}\n\n'
STARTS = st.sampled_from([b"", FIRST, FIRST, b"\xef\xbb\xbf" + FIRST, b'data: {"choices": []}\n\n'])
STREAMS = st.builds(
    lambda start, events, end: start + b"".join(events) + end,
    STARTS,
    st.lists(EVENTS, max_size=12),
    st.sampled_from([b"", b"data: [DONE]\n\n", b'data: {"choices": [{"ind']),
)


def cut(data: bytes, sizes: List[int]) -> List[bytes]:
    """``data`` in packets of these sizes, over and over."""
    packets, position, number = [], 0, 0
    while position < len(data):
        size = sizes[number % len(sizes)]
        packets.append(data[position : position + size])
        position, number = position + size, number + 1
    return packets


# --- both ways -----------------------------------------------------------------------------------


class CarefulReader(ChunkReader):
    """Reads event by event, whatever comes."""

    def _feed_quickly(self, events: Any, data: bytes, chunks: List[Any]) -> bytes:
        return data


def restored(data: Dict[str, Any]) -> Any:
    """What a chunk becomes where something is restored; some cannot become any."""
    if data["choices"][0]["delta"].get("content") == "a":
        raise ValueError("no such chunk")
    return Record(data)


def wrapped_chunk(data: Dict[str, Any]) -> Any:
    """A chunk of the legacy face, made step by step."""
    return wrapped(normalize_chunk(data))


# What chunks become: read quickly, and read carefully.
Face = Tuple[Callable[[Any], Any], Callable[[Any], Any]]
MODERN = (ChatCompletionChunk, ChatCompletionChunk)
RESTORED = (restored, restored)
LEGACY = (chunk_object, wrapped_chunk)
FACES = (MODERN, RESTORED, LEGACY)


def shown_legacy(chunk: Any) -> Any:
    """All objects of a chunk, by attribute, and what they say of themselves."""
    if isinstance(chunk, list):
        return [shown_legacy(item) for item in chunk]
    if not isinstance(chunk, OpenAIObject):
        return chunk
    names = [name for name in chunk if name.isidentifier()]
    fields = [(name, shown_legacy(getattr(chunk, name, None))) for name in [*names, "made_up"]]
    present = [hasattr(chunk, name) for name in ("choices", "delta", "content", "finish_reason")]
    return str(chunk), fields, present, chunk.get("content", 5)


def shown(chunk: Any) -> Tuple[Any, ...]:
    """A chunk as a program sees it."""
    by_attribute: List[Any] = []
    if isinstance(chunk, OpenAIObject):
        return type(chunk).__qualname__, shown_legacy(chunk)
    if isinstance(chunk, ChatCompletionChunk) and isinstance(chunk.get("choices"), list):
        for choice in chunk.choices:
            delta = getattr(choice, "delta", None)
            by_attribute.append((getattr(choice, "finish_reason", 0), repr(delta)))
            if isinstance(delta, ChoiceDelta):
                by_attribute.append((delta.content, delta.tool_calls, delta.role))
        by_attribute.append(repr(chunk.usage))
    return type(chunk).__qualname__, repr(chunk), list(chunk), by_attribute


SETTINGS = resolve({"api_key": "sk-0123456789abcdef", "base_url": "http://127.0.0.1:9"})


def outcome(cls: Any, packets: List[bytes], to_chunk: Callable[[Any], Any]) -> List[Any]:
    """All that a reader gives and says, packet by packet."""
    reader = cls(200, Headers(), "", SETTINGS, to_chunk)
    told: List[Any] = []
    for step in [*packets, None]:
        try:
            found = reader.finish() if step is None else reader.feed(step)
            told.append([shown(chunk) for chunk in found])
            reader.raise_deferred()
        except dsadapter.OpenAIError as err:
            told.append((type(err).__name__, str(err), getattr(err, "http_body", None)))
            step = None
        told.append((reader.done, reader.complete, reader.progressed, reader.text()))
        told.append(repr(to_plain(reader.accumulated())))
        reader.progressed = False
        if step is None:
            break
    return told


@settings(max_examples=100, deadline=None)
@example(FIRST + 2 * (b"data: " + json_of({"choices": []}) + b"\n\n\r"), [3], MODERN)
@given(STREAMS, st.lists(st.integers(1, 400), min_size=1, max_size=4), st.sampled_from(FACES))
def test_both_ways_give_the_same(stream: bytes, sizes: List[int], face: Face) -> None:
    packets = cut(stream, sizes)
    assert outcome(ChunkReader, packets, face[0]) == outcome(CarefulReader, packets, face[1])


# What may stand between the quotes of events that are alike otherwise, or breaks out of them.
INSIDE = st.lists(
    st.one_of(
        TEXTS.map(lambda text: json_of(text)[1:-1]),
        TEXTS.map(lambda text: json_of(text, escaped=True)[1:-1]),
        st.sampled_from(
            [
                b"",
                b"0",
                b"x",
                b"\\",
                b'"',
                b"\\u12",
                b"\\ud83d",
                b"\\ude00",
                b"\xff",
                b"\xe4\xbd",
                b"\xa0",
            ]
        ),
        st.sampled_from(
            [b"\t", b"\n", b"\n\n", b"\r", b"\0", b'a","content":"b', b'"}}]}\n\ndata: {']
        ),
    ),
    max_size=2,
).map(b"".join)
GAP = b"(gap)"


def alike_streams(number: int, insides: List[bytes], every: int) -> bytes:
    """Events like a usual one with these bytes for its text, each ``every``-th another one."""
    shapes = [usual(delta=delta) for delta in ({"content": "(gap)"}, THOUGHT, LATER)]
    shapes += [
        usual(delta={"content": "(gap)"}, note='\\ "content": "(gap)"'),
        usual(created=10**30),
    ]
    event = b"data: " + json_of(shapes[number]) + b"\n\n"
    events = [event.replace(GAP, inside) for inside in [b"one", b"two", *insides]]
    events[every::every] = [b"data: " + json_of(usual()) + b"\n\n"] * len(events[every::every])
    return FIRST + b"".join(events)


THOUGHT = {"content": None, "reasoning_content": "(gap)"}
LATER = {"role": None, "content": "(gap)", "reasoning_content": None}


@settings(max_examples=200, deadline=None)
@given(
    st.builds(alike_streams, st.integers(0, 4), st.lists(INSIDE, max_size=12), st.integers(1, 20)),
    st.one_of(st.none(), st.lists(st.integers(1, 900), min_size=1, max_size=4)),
    st.sampled_from(FACES),
)
def test_events_that_differ_in_one_text_give_the_same(
    stream: bytes, sizes: Optional[List[int]], face: Face
) -> None:
    packets = cut(stream, sizes) if sizes else stream.replace(b"}\n\n", b"}\n\n\0").split(b"\0")
    assert outcome(ChunkReader, packets, face[0]) == outcome(CarefulReader, packets, face[1])


def usual(**more: Any) -> Dict[str, Any]:
    """A chunk as DeepSeek writes most of them, but for what is given."""
    of_choice, delta = more.pop("of_choice", {}), more.pop("delta", {"content": "b"})
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None, **of_choice}
    kind = "chat.completion.chunk"
    return {"id": "1", "object": kind, "choices": [choice], "usage": None, **more}


@pytest.mark.parametrize("line_end", [b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize("text", ["", "c"])
def test_a_line_of_an_event_that_is_no_data_is_no_part_of_its_json(
    text: str, line_end: bytes
) -> None:
    event = b"data: " + json_of(usual(delta={"content": text})) + b"\n\n"
    odd = event.replace(b", ", b"," + line_end, 1)
    packets = [FIRST + event, odd, odd]
    assert outcome(ChunkReader, packets, dict) == outcome(CarefulReader, packets, dict)


ODD = [
    usual(delta={"content": "a"}),  # of which the other face makes no chunk
    usual(delta={"content": "b", "reasoning_content": None}),
    usual(delta={"content": "b", "reasoning_content": "r"}),
    usual(delta={"reasoning_content": 5}),
    usual(delta={"content": 5}),
    usual(delta={"content": ["p"]}),
    usual(delta={"content": {"a": 1}}),
    usual(delta={"role": "assistant", "content": "b"}),
    usual(delta={"content": "b", "tool_calls": [{"index": 0, "id": "c"}]}),
    usual(delta={"content": "b", "refusal": "r"}),
    usual(delta={}),
    usual(delta=[]),
    usual(delta=["content"]),
    usual(delta="content"),
    usual(delta=None),
    usual(delta={"content": "b", "object": "file"}),
    usual(delta={"content": None, "reasoning_content": "r"}),
    usual(delta={"content": None, "reasoning_content": None}),
    usual(delta={"content": None, "reasoning_content": "r", "more": {"a": {"b": 1}}}),
    usual(of_choice={"object": "model"}),
    usual(object="file"),
    usual(object=None),
    usual(of_choice={"index": 1}),
    usual(of_choice={"index": None}),
    usual(of_choice={"finish_reason": "stop"}),
    usual(of_choice={"finish_reason": ""}),
    usual(of_choice={"logprobs": {"content": [{"token": "t"}]}}),
    usual(of_choice={"logprobs": {}}),
    usual(of_choice={"text": "t"}),
    usual(of_choice={"text": None}),
    usual(of_choice={"filter": {"hate": {"filtered": False}}}),
    usual(usage={"total_tokens": 3}),
    usual(usage={}),
    usual(error={"message": "m", "code": 429}),
    usual(error=None),
    usual(choices=[]),
    usual(choices=None),
    usual(choices={"a": 1}),
    usual(choices=[usual()["choices"][0]] * 2),
    usual(choices=[5]),
    usual(created=2**64),
    usual(created=10**30),
    usual(created=1.5),
    [usual()],
    {},
    None,
]
ODD_DATA = [
    *map(json_of, ODD),
    json_of(usual(delta={"content": "\ud800"}), escaped=True),
    json_of(usual()) + b" more",
    json_of(usual()) + b"}",
    b" " + json_of(usual()) + b" ",
    json_of(usual()).replace(b'"b"', b'"\xff\xfe"'),
    json_of(usual()).replace(b'"b"', b'"\t"'),
    json_of(usual()).replace(b'"1"', b"NaN"),
    json_of(usual()).replace(b'"1"', b"1e400"),
    json_of(usual()).replace(b'"content"', b'"content": "x", "content"'),
    b"[DONE]",
    b"[DONE] ",
    b"",
    b" ",
    b"[" * 3000,
    json_of(usual()) + b"\r",
    json_of(usual()) + b"\n\n\r",
    json_of(usual()) + b"\n\n\rdata: {}",
    json_of(usual()) + b"\rdata: ",
    json_of(usual())[:20] + b"\ndata: " + json_of(usual())[20:],
    json_of(usual()) + b"\n: comment",
    json_of(usual()) + b"\nevent: error",
    json_of(usual()) + b"\n\n: comment",
    json_of(usual()) + b"\n",
]


@pytest.mark.parametrize("parser", ["json", "orjson"])
@pytest.mark.parametrize("face", FACES, ids=["modern", "restored", "legacy"])
@pytest.mark.parametrize("data", ODD_DATA, ids=lambda data: repr(data)[:60])
def test_both_ways_give_the_same_for_an_odd_event_among_usual_ones(
    data: bytes, face: Face, parser: str, monkeypatch: Any
) -> None:
    found = None if parser == "json" else pytest.importorskip(parser).loads
    monkeypatch.setattr(quick, "_orjson_loads", lambda: found)
    others = (b"data: " + json_of(usual()) + b"\n\n") * 2
    stream = others + b"data: " + data + b"\n\n" + others
    for size in (17, 333, len(stream)):
        packets = [FIRST, others, *cut(stream, [size])]
        assert outcome(ChunkReader, packets, face[0]) == outcome(CarefulReader, packets, face[1])


# --- that it is quick ----------------------------------------------------------------------------

NEXT = b'data: {"choices": [{"index": 0, "delta": {"content": "%d"}, "finish_reason": null}]}\n\n'


@pytest.mark.parametrize("parser", ["json", "orjson"])
def test_usual_events_go_the_quick_way(parser: str, monkeypatch: Any) -> None:
    found = None if parser == "json" else pytest.importorskip(parser).loads
    monkeypatch.setattr(quick, "_orjson_loads", lambda: found)
    careful: List[str] = []
    read = ChunkReader._read_event

    def noted(reader: ChunkReader, kind: str, text: str, into: List[Any]) -> None:
        careful.append(text)
        read(reader, kind, text, into)

    monkeypatch.setattr(ChunkReader, "_read_event", noted)
    stream = b"".join(NEXT % number for number in range(50))
    told = outcome(ChunkReader, [FIRST, *cut(stream, [700])], ChatCompletionChunk)
    assert [text for text in careful if '"role"' not in text] == [(NEXT % 0).decode()[6:-2]]
    assert told[-1].count("49") >= 1


def alike(text: str, **more: Any) -> bytes:
    return b"data: " + json_of(usual(delta={"content": text}, **more)) + b"\n\n"


@pytest.fixture
def parsed(monkeypatch: Any) -> List[Any]:
    """The events that are parsed, in order."""
    seen: List[Any] = []
    parse = quick._parsed

    def noted(payloads: List[Any]) -> Any:
        return ((seen.append(p), found)[1] for p, found in zip(payloads, parse(payloads)))

    monkeypatch.setattr(quick, "_parsed", noted)
    return seen


@pytest.mark.parametrize("face", FACES, ids=["modern", "restored", "legacy"])
def test_events_alike_are_not_parsed(face: Face, parsed: List[Any]) -> None:
    texts = [f"word {number}" for number in range(60)]
    texts[20], texts[30], texts[40] = '"\\\n', "\u4f60\U0001f60a", ""
    packets = [FIRST, *(alike(text) for text in texts[:8]), b"".join(map(alike, texts[8:]))]
    told = outcome(ChunkReader, packets, face[0])
    assert told == outcome(CarefulReader, packets, face[1])
    assert told[-2][3] == "".join(texts)
    assert len(parsed) == 2


@pytest.mark.parametrize("end", [b"", b": comment\n\n", b"\n", b"event: error\n"])
def test_what_stands_behind_events_alike_is_read_by_itself(end: bytes, parsed: List[Any]) -> None:
    texts = [f"word {number}" for number in range(50)]
    others = [
        alike("a", created=7),
        b"data: " + json_of(usual(of_choice={"finish_reason": "stop"})),
    ]
    packet = b"".join([*map(alike, texts), *others, b"\n\n", end, b"data: [DONE]\n\ndata: {"])
    assert outcome(ChunkReader, [FIRST, alike("0"), packet], ChatCompletionChunk) == outcome(
        CarefulReader, [FIRST, alike("0"), packet], ChatCompletionChunk
    )
    assert len(parsed) < 8


def test_what_changed_between_two_events_is_learned(parsed: List[Any]) -> None:
    packets = [FIRST, *(alike("a", created=number // 50) for number in range(200))]
    assert outcome(ChunkReader, packets, ChatCompletionChunk)[-2][3] == 200 * "a"
    assert len(parsed) < 25


def test_where_each_event_differs_no_more_is_learned(parsed: List[Any]) -> None:
    packets = [FIRST, *(alike("a", created=number) for number in range(100))]
    assert outcome(ChunkReader, packets, ChatCompletionChunk)[-2][3] == 100 * "a"
    assert len(parsed) == 100 + quick._MAX_CREDIT // quick._LEARNING


def test_what_does_not_pay_is_learned_no_longer(parsed: List[Any]) -> None:
    packets = [FIRST, *(alike("a", created=number // 3) for number in range(300))]
    assert outcome(ChunkReader, packets, ChatCompletionChunk)[-2][3] == 300 * "a"
    assert 290 < len(parsed) < 310


def test_chunks_of_events_alike_share_nothing_that_changes() -> None:
    reader = ChunkReader(200, Headers(), "", SETTINGS, ChatCompletionChunk)
    for text in ("a", "b", "c"):
        reader.feed(alike(text))
    first, second = reader.feed(alike("d") + alike("e"))
    first.choices[0].delta.content, first.choices[0].index, first.id = "other", 5, "2"
    first.choices.append("more")
    (third,) = reader.feed(alike("f"))
    assert second == ChatCompletionChunk(usual(delta={"content": "e"}))
    assert third == ChatCompletionChunk(usual(delta={"content": "f"}))


def ready() -> Any:
    accumulator, into = Accumulator(), []  # type: ignore[var-annotated]
    accumulator.add(json.loads(NEXT[6:-2] % 0))
    accumulator._head = {"id": "1"}
    payloads = quick.payloads_of(NEXT % 1)
    assert payloads is not None
    quick.QuickReader(accumulator, ChatCompletionChunk).read(payloads, into, lambda *_: True)
    return into[0]


def test_a_chunk_that_was_read_quickly_is_a_chunk() -> None:
    chunk, same = ready(), ChatCompletionChunk(json.loads(NEXT[6:-2] % 1))
    assert isinstance(chunk, ChatCompletionChunk) and chunk == same
    assert repr(chunk) == repr(same)
    assert chunk.choices[0].delta.content == chunk["choices"][0]["delta"]["content"] == "1"
    assert chunk.model_dump() == same.model_dump()
    copied = pickle.loads(pickle.dumps(chunk))
    assert type(copied) is ChatCompletionChunk and copied == chunk


def test_its_fields_can_be_changed() -> None:
    chunk = ready()
    chunk.choices[0].delta.content = "other"
    assert chunk["choices"][0]["delta"]["content"] == "other"
    chunk.choices[0].delta = {"content": "third"}
    assert chunk.choices[0]["delta"].content == "third"
    with pytest.raises(AttributeError):
        getattr(chunk.choices[0].delta, "made_up")  # noqa: B009
