"""Every fault: what a client meets, seen with a client that hides nothing."""

from __future__ import annotations

import gzip
import http.client
import json
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Tuple

import pytest

from dsadapter.testing.emulator import FAULTS, Emulator
from dsadapter.testing.emulator.http1 import Connection

#: Enough for an answer that comes at all, when none is expected.
SOON = 0.3


def stream(wire: Any, fault: str, **fields: Any) -> Any:
    return wire.chat("hi", base="/fault/" + fault, stream=True, **fields)


def whole(wire: Any, fault: str, **fields: Any) -> Any:
    return wire.chat("hi", base="/fault/" + fault, **fields)


def raw(wire: Any, fault: str, patience: float = 20.0, **fields: Any) -> Tuple[bytes, bytes]:
    """Head and body as they came over the wire, until the server closed or patience was over."""
    request = wire.chat_bytes("/fault/" + fault, **fields)
    head, _, body = wire.raw(request, patience).partition(b"\r\n\r\n")
    return head, body


@pytest.fixture
def plain(wire: Any) -> List[Any]:
    """The deltas of a healthy stream."""
    return list(wire.chat("hi", stream=True).deltas)


# -- status

STATUS: Dict[str, Tuple[int, Any, str]] = {
    "status-400-context-length": (400, "application/json", "maximum context length is 1048576"),
    "status-400-content-risk": (400, "application/json", '"message":"Content Exists Risk"'),
    "status-401": (401, "application/json", "Your api key: ****0000 is invalid"),
    "status-401-text": (401, None, "Authentication Fails (governor)"),
    "plain-401": (401, "text/plain; charset=utf-8", "Authentication Fails (governor)"),
    "status-402": (402, "application/json", '"message":"Insufficient Balance"'),
    "status-403": (403, "text/html", "403 Forbidden"),
    "status-404": (404, None, ""),
    "status-408": (408, "application/json", "Request Timeout"),
    "status-409": (409, "application/json", "Conflict"),
    "status-413": (413, "text/html", "Too Large"),
    "status-415": (415, "text/plain; charset=utf-8", "Expected request with `Content-Type"),
    "status-422-text": (422, "text/plain; charset=utf-8", "missing field `messages`"),
    "status-429": (429, "application/json", "concurrency limit of 39"),
    "status-429-tpm": (429, "application/json", "Rate limit reached for TPM"),
    "status-500": (500, "application/json", "Internal Server Error"),
    "status-500-html": (500, "text/html", "<center>openresty</center>"),
    "status-502-html": (502, "text/html", "502 Bad Gateway"),
    "status-503": (503, "application/json", "too busy"),
    "status-504": (504, "text/html", "504 Gateway Time-out"),
    "status-529": (529, "application/json", "Overloaded"),
    "status": (500, "application/json", "asked for a 500"),
    "reasoning-missing": (400, "application/json", "must be passed back"),
}


@pytest.mark.parametrize("fault", STATUS)
def test_a_status_comes_with_its_body_for_any_request(wire: Any, fault: str) -> None:
    status, content_type, said = STATUS[fault]
    for reply in (whole(wire, fault), stream(wire, fault), wire.get(f"/fault/{fault}/models")):
        assert reply.status == status
        assert reply.headers.get("content-type") == content_type
        assert said in reply.body.decode()
        assert "retry-after" not in reply.headers


@pytest.mark.parametrize("fault", ["status-429", "status-503", "status-500-html", "status"])
def test_a_status_asks_to_wait_when_told_to(wire: Any, fault: str) -> None:
    assert whole(wire, fault + ";retry_after=7").headers["retry-after"] == "7"


def test_any_status_can_have_any_body(wire: Any) -> None:
    reply = whole(wire, "status;code=418;body=%3Cp%3E;type=text%2Fhtml")
    assert (reply.status, reply.body) == (418, b"<p>")
    assert reply.headers["content-type"] == "text/html"


def test_missing_reasoning_is_refused_until_it_changes(wire: Any) -> None:
    def ask(fault: str, **reasoning: Any) -> int:
        past = [{"role": "user", "content": "a"}, dict(role="assistant", content="b", **reasoning)]
        return int(whole(wire, fault, messages=[*past, {"role": "user", "content": "c"}]).status)

    assert [ask("reasoning-missing") for _ in range(2)] == [400, 400]
    assert ask("reasoning-missing", reasoning_content=" ") == 200
    assert ask("reasoning-missing", reasoning_content=" ") == 400
    always = "reasoning-missing;always=1"
    assert [ask(always), ask(always, reasoning_content=" ")] == [400, 400]


# -- time


def test_blank_lines_come_before_json(wire: Any) -> None:
    reply = whole(wire, "keep-alive;count=4;interval=0")
    assert reply.body.startswith(b'\n\n\n\n{"id"') and reply.json


def test_comments_come_before_and_between_events(wire: Any, plain: List[Any]) -> None:
    reply = stream(wire, "keep-alive;count=2;interval=0")
    blocks = reply.body.decode().split("\n\n")[:-1]
    assert blocks[:2] == [": keep-alive"] * 2
    assert blocks[3::2] == [": keep-alive"] * len(blocks[3::2])
    assert reply.deltas == plain


@pytest.mark.parametrize(
    ("streams", "mark"), [(False, b"1\r\n\n\r\n"), (True, b": keep-alive\n\n")]
)
def test_keep_alives_may_never_end(wire: Any, streams: bool, mark: bytes) -> None:
    head, body = raw(wire, "keep-alive-forever;interval=0.01", SOON, stream=streams)
    assert head.startswith(b"HTTP/1.1 200")
    assert body.count(mark) > 2 and b"{" not in body


@pytest.mark.parametrize("fault", ["stall", "keep-alive-forever;interval=0.01", "slow;interval=5"])
def test_who_leaves_a_waiting_server_is_noticed(
    wire: Any, emulator: Emulator, until: Any, fault: str
) -> None:
    for streams in (False, True):
        raw(wire, fault, 0.05, stream=streams)
    until(lambda: all(request.closed for request in emulator.requests))
    until(lambda: emulator.open_connections == 0)


def test_a_stream_stalls_after_some_events_and_json_after_the_headers(wire: Any) -> None:
    head, body = raw(wire, "stall;after=2", SOON, stream=True)
    assert body.count(b"data: ") == 2 and not body.endswith(b"0\r\n\r\n")
    head, body = raw(wire, "stall", SOON)
    assert b"content-length: " in head and body == b""


def test_a_server_may_say_nothing_at_all(wire: Any, emulator: Emulator, until: Any) -> None:
    assert raw(wire, "stall-before-headers", SOON) == (b"", b"")
    until(lambda: emulator.requests[0].closed)


@pytest.mark.parametrize(
    ("fault", "pauses", "streams"),
    [
        ("slow;interval=0.01", 20, True),
        ("slow;interval=0.05", 7, False),
        ("slow-drip;interval=0.001", 200, False),
        ("slow-headers;interval=0.001", 100, True),
    ],
)
def test_slow_is_slow_and_loses_nothing(wire: Any, fault: str, pauses: int, streams: bool) -> None:
    started = time.monotonic()
    reply = wire.chat("hi", base="/fault/" + fault, stream=streams)
    assert time.monotonic() - started > pauses * float(fault.rpartition("=")[2])
    assert reply.data[-1] == "[DONE]" if streams else reply.message["content"]


# -- endings


def test_a_cut_leaves_the_body_unterminated(wire: Any) -> None:
    with pytest.raises(http.client.IncompleteRead):
        stream(wire, "cut")
    with pytest.raises(http.client.IncompleteRead):
        whole(wire, "cut")
    _, body = raw(wire, "cut;after=2", stream=True)
    assert body.count(b"data: ") == 2
    assert raw(wire, "cut;after=0", stream=True)[1] == b""


def test_a_clean_cut_ends_in_good_order_but_too_early(wire: Any, plain: List[Any]) -> None:
    assert stream(wire, "cut-clean;after=5").deltas == plain[:5]
    assert b'finish_reason":"' not in stream(wire, "cut-clean").body


def test_a_stream_may_end_without_done(wire: Any, plain: List[Any]) -> None:
    reply = stream(wire, "no-done")
    assert reply.deltas == plain and "[DONE]" not in reply.data


@pytest.mark.parametrize("fault", ["half-json", "cut-clean"])
def test_half_a_body_may_say_it_is_whole(wire: Any, fault: str) -> None:
    reply = whole(wire, fault)
    assert reply.body.startswith(b'{"id"')
    with pytest.raises(ValueError):
        json.loads(reply.body)


@pytest.mark.parametrize(
    ("fault", "before"), [("stream-error", "data: {"), ("error-event", "event: error\ndata: {")]
)
def test_an_error_may_come_inside_a_stream(wire: Any, fault: str, before: str) -> None:
    reply = stream(wire, fault + ";after=2;code=overloaded;status=503;message=Oh")
    events = reply.body.decode().split("\n\n")
    assert len(events) == 4 and events[2].startswith(before) and events[3] == ""
    error = reply.chunks[2]["error"]
    assert (error["message"], error["code"], error["status"]) == ("Oh", "overloaded", 503)
    plain_error = stream(wire, fault).chunks[-1]["error"]
    assert "status" not in plain_error and plain_error["type"] == "server_error"
    assert stream(wire, fault + ";code=429").chunks[-1]["error"]["code"] == 429


def test_an_error_may_come_with_status_200(wire: Any) -> None:
    for reply in (whole(wire, "error-in-200"), stream(wire, "error-in-200")):
        assert (reply.status, list(reply.json)) == (200, ["error"])


def test_the_server_may_give_up(wire: Any) -> None:
    full = wire.chat("hi", thinking={"type": "disabled"}).message["content"]
    reply = whole(wire, "insufficient-resource")
    chunks = stream(wire, "insufficient-resource;after=4", model="deepseek-chat").chunks
    assert reply.json["choices"][0]["finish_reason"] == "insufficient_system_resource"
    assert chunks[-1]["choices"][0]["finish_reason"] == "insufficient_system_resource"
    assert full.startswith(reply.message["content"]) and full != reply.message["content"]
    assert len(chunks) == 5


def test_an_event_may_be_no_json(wire: Any) -> None:
    reply = stream(wire, "bad-json-event;after=2")
    assert reply.data[2] == "this is not JSON" and reply.data[-1] == "[DONE]"
    assert whole(wire, "bad-json-event").body == b"this is not JSON"


@pytest.mark.parametrize(("fault", "events"), [("reset-before", 0), ("reset-after;after=2", 2)])
def test_a_connection_may_be_reset(wire: Any, fault: str, events: int) -> None:
    got = b""
    with wire.dial() as sock:
        sock.sendall(wire.chat_bytes("/fault/" + fault, stream=True))
        with pytest.raises(ConnectionResetError):
            while True:
                data = sock.recv(65536)
                assert data, "closed in good order"
                got += data
    assert got.count(b"data: ") == events


# -- content


@pytest.mark.parametrize("streams", [False, True])
def test_a_200_may_be_blank_empty_or_html(wire: Any, streams: bool) -> None:
    def body(fault: str) -> Any:
        reply = wire.chat("hi", base="/fault/" + fault, stream=streams)
        assert reply.status == 200
        return reply.body

    assert body("blank-200;count=3") == b"\n\n\n"
    assert body("empty-200") == b""
    assert body("html-200").startswith(b"<html>")


@pytest.mark.parametrize(
    ("fault", "content_type"),
    [
        ("wrong-type", "text/html"),
        ("octet-stream", "application/octet-stream"),
        ("no-type", None),
    ],
)
def test_the_content_type_may_be_wrong(wire: Any, fault: str, content_type: Any) -> None:
    for reply in (whole(wire, fault), stream(wire, fault)):
        assert reply.headers.get("content-type") == content_type
    assert whole(wire, fault).message["content"]
    assert stream(wire, fault).data[-1] == "[DONE]"


def test_json_may_answer_where_a_stream_was_asked_for(wire: Any) -> None:
    reply = stream(wire, "json-for-stream")
    assert reply.headers["content-type"] == "application/json"
    assert "hi" in reply.message["content"]


def test_usage_may_come_apart(wire: Any, plain: List[Any]) -> None:
    chunks = stream(wire, "usage-chunk").chunks
    assert chunks[-1]["choices"] == [] and chunks[-1]["usage"]["total_tokens"]
    assert all(chunk["usage"] is None for chunk in chunks[:-1])
    assert [chunk["choices"][0]["delta"] for chunk in chunks[:-1]] == plain


def test_choices_may_be_empty(wire: Any, plain: List[Any]) -> None:
    chunks = stream(wire, "empty-choices").chunks
    assert [number for number, chunk in enumerate(chunks) if not chunk["choices"]] == [
        0,
        len(plain),
    ]
    assert whole(wire, "empty-choices").json["choices"] == []


def test_content_may_be_null_or_empty(wire: Any) -> None:
    assert whole(wire, "null-content").message["content"] is None
    assert whole(wire, "empty-content").message["content"] == ""
    nulls = stream(wire, "null-content", model="deepseek-chat")
    assert {"content": None} in nulls.deltas and "hi" in nulls.joined("content")
    empty = stream(wire, "empty-content")
    assert empty.joined("content") == "" and empty.joined("reasoning_content")
    assert empty.chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_an_answer_may_be_long(wire: Any) -> None:
    assert stream(wire, "long-answer;tokens=2500").joined("content") == " word" * 2500
    assert whole(wire, "long-answer;tokens=10").message["content"] == " word" * 10


# -- bytes


def test_text_may_be_no_utf8(wire: Any) -> None:
    for reply in (whole(wire, "bad-utf8"), stream(wire, "bad-utf8")):
        assert b'"content":"\xff\xc3(You' in reply.body
        with pytest.raises(UnicodeDecodeError):
            reply.body.decode("utf-8")


def test_text_may_contain_unicode_line_breaks(wire: Any) -> None:
    assert whole(wire, "u2028").message["content"].startswith("one\u2028two\u0085three\u2029You")
    reply = stream(wire, "u2028")
    assert reply.joined("content").startswith("one\u2028two\u0085three\u2029You")
    assert "\u2028".encode() in reply.body


def test_a_byte_order_mark_may_come_first(wire: Any) -> None:
    assert whole(wire, "bom").body.startswith(b'\xef\xbb\xbf{"id"')
    assert stream(wire, "bom").body.startswith(b"\xef\xbb\xbfdata: {")


@pytest.mark.parametrize(("fault", "ending"), [("crlf", b"\r\n"), ("cr", b"\r")])
def test_lines_may_end_otherwise(wire: Any, fault: str, ending: bytes) -> None:
    body = stream(wire, fault).body
    assert body.count(ending * 2) == len(body.split(ending * 2)) - 1 > 8
    assert b"\n" not in body.replace(ending, b"")


def test_the_space_behind_data_may_be_missing(wire: Any) -> None:
    body = stream(wire, "no-space").body
    assert body.startswith(b'data:{"id"') and b"\ndata: " not in body


def test_one_event_may_span_many_lines(wire: Any, plain: List[Any]) -> None:
    events = stream(wire, "multi-line").body.decode().split("\n\n")
    joined = ["\n".join(line[len("data: ") :] for line in event.split("\n")) for event in events]
    chunks = [json.loads(text) for text in joined[:-2]]
    assert [chunk["choices"][0]["delta"] for chunk in chunks] == plain
    assert events[0].count("\n") > 5 and joined[-2] == "[DONE]"


def test_other_fields_and_comments_may_stand_in_events(wire: Any, plain: List[Any]) -> None:
    fields = stream(wire, "event-fields")
    assert fields.body.startswith(
        b"event: message\nid: 1\nretry: 3000\nunknown: field\nalone\ndata: "
    )
    assert fields.deltas == plain
    comments = stream(wire, "comments")
    assert comments.body.startswith(b": a comment\n\n:\n: data: {not data}\ndata: ")
    assert comments.deltas == plain


def test_each_byte_may_come_in_a_chunk_of_its_own(wire: Any) -> None:
    _, body = raw(wire, "split-bytes", stream=True, model="deepseek-chat")
    assert body.startswith(b"1\r\nd\r\n1\r\na\r\n1\r\nt\r\n1\r\na\r\n")
    assert stream(wire, "split-bytes").data[-1] == "[DONE]"


def test_a_line_may_be_giant(wire: Any) -> None:
    content = stream(wire, "giant-line;size=3000000").joined("content")
    assert content.startswith("x" * 3_000_000 + "You")
    assert len(whole(wire, "giant-line;size=3000000").message["content"]) > 3_000_000


@pytest.mark.parametrize(
    ("fault", "coding"), [("gzip", "gzip"), ("gzip-stream", "gzip"), ("deflate", "deflate")]
)
def test_bodies_may_be_compressed(wire: Any, fault: str, coding: str, plain: List[Any]) -> None:
    inflate = gzip.decompress if coding == "gzip" else zlib.decompress
    reply = stream(wire, fault)
    assert reply.headers["content-encoding"] == coding
    assert reply._replace(body=inflate(reply.body)).deltas == plain
    assert json.loads(inflate(whole(wire, fault).body).decode())["choices"]


def test_a_compressed_stream_can_be_read_event_by_event(wire: Any) -> None:
    _, body = raw(wire, "gzip-stream", stream=True, model="deepseek-chat")
    size, _, rest = body.partition(b"\r\n")
    text = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(rest[: int(size, 16)])
    assert text.startswith(b"data: {") and text.endswith(b"}\n\n")


@pytest.mark.parametrize("streams", [False, True])
def test_a_bomb_is_small_until_it_is_opened(wire: Any, streams: bool) -> None:
    reply = wire.chat("hi", base="/fault/bomb;size=50000000", stream=streams)
    assert len(reply.body) < 200_000
    assert len(gzip.decompress(reply.body)) > 50_000_000


# -- headers and connections


def test_headers_may_flood(wire: Any) -> None:
    head, body = raw(wire, "header-flood;count=5000")
    assert head.count(b"\r\nx-flood-") == 5000 and body
    head, body = raw(wire, "header-giant;size=300000")
    assert b"\r\nx-giant: " + b"g" * 300_000 + b"\r\n" in head and body


def test_a_redirect_may_lead_to_another_host(wire: Any, emulator: Emulator) -> None:
    reply = whole(wire, "redirect-other-host")
    where = f"http://localhost:{emulator.port}/v1/chat/completions?redirected=1"
    assert (reply.status, reply.headers["location"]) == (307, where)
    reply = whole(wire, "redirect-other-host;location=http%3A%2F%2Fevil.example%2F")
    assert reply.headers["location"] == "http://evil.example/"


def test_a_redirect_on_the_same_host_is_answered_there(wire: Any) -> None:
    headers = {
        "Authorization": "Bearer k",
        "Content-Type": "application/json",
        "X-Emulator-Fault": "redirect-same-host",
    }
    for base, target in (("", "/v1"), ("/v1", "/v1"), ("/beta", "/beta")):
        reply = wire.send("GET", base + "/models", None, headers)
        location = reply.headers["location"]
        assert (reply.status, location) == (307, target + "/models?redirected=1")
        assert wire.send("GET", location, None, headers).status == 200


def test_a_kept_connection_may_be_closed_behind_the_answer(wire: Any) -> None:
    got = b""
    with wire.dial() as sock:  # times out if it is not closed
        sock.sendall(wire.chat_bytes("/fault/close-idle", close=False))
        data = sock.recv(65536)
        while data:
            got += data
            data = sock.recv(65536)
    assert b"connection: keep-alive" in got and got.endswith(b"}")


def test_a_connection_is_open_until_the_client_can_see_its_end(
    wire: Any, emulator: Emulator, until: Any, monkeypatch: Any
) -> None:
    connection_lost = Connection.connection_lost

    def interrupted(self: Any, exc: Any) -> None:  # as on a crowded machine, before the close
        connection_lost(self, exc)
        time.sleep(0.2)

    monkeypatch.setattr(Connection, "connection_lost", interrupted)
    with wire.dial() as sock:
        sock.sendall(wire.chat_bytes("/fault/close-idle", close=False))
        until(lambda: emulator.connections == 1 and emulator.open_connections == 0)
        sock.settimeout(0)  # the next reads find everything, the end too, or fail
        while sock.recv(65536):
            pass


def test_a_connection_may_not_survive_its_reuse(wire: Any, emulator: Emulator) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=20)
    headers = {"Authorization": "Bearer k"}
    connection.request("GET", "/fault/close-on-reuse/models", headers=headers)
    assert connection.getresponse().read()
    connection.request("GET", "/fault/close-on-reuse/models", headers=headers)
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    connection.close()
    assert len(emulator.requests) == 2


# -- all of them

#: Options that make a slow or large fault quick.
QUICK = {
    "keep-alive": ";interval=0",
    "slow": ";interval=0",
    "slow-drip": ";interval=0",
    "slow-headers": ";interval=0",
    "giant-line": ";size=1000",
    "bomb": ";size=1000",
    "long-answer": ";tokens=10",
}
ENDLESS = ("keep-alive-forever", "stall", "stall-before-headers")


@pytest.mark.parametrize("name", FAULTS)
def test_no_fault_harms_the_emulator(wire: Any, emulator: Emulator, name: str) -> None:
    """On every kind of request: a fault that has nothing to spoil leaves the answer as it is."""
    requests = [
        wire.chat_bytes(),
        wire.chat_bytes(stream=True),
        wire.chat_bytes(stream=True, thinking={"type": "disabled"}, logprobs=True),
        wire.chat_bytes(temperature=9),
        wire.chat_bytes().replace(b"/chat/completions", b"/nothing"),
        wire.chat_bytes().replace(b"/chat/completions", b"/beta/completions"),
        b"GET /v1/models HTTP/1.1\r\nAuthorization: Bearer k\r\nConnection: close\r\n\r\n",
    ]
    for request in requests:
        emulator.fault(name + QUICK.get(name, ""))
        answer = wire.raw(request, 0.03 if name in ENDLESS else 20.0)
        assert b"The emulator failed" not in answer
        if name not in ("reset-before", "stall-before-headers"):
            assert answer.startswith(b"HTTP/1.1 "), (name, request)
    assert wire.get("/models").status == 200


# -- a limit of open requests


def limited(wire: Any, spec: str, count: int) -> List[Any]:
    """The replies to so many requests at once, the refused first."""
    with ThreadPoolExecutor(count) as pool:
        replies = list(pool.map(lambda _: whole(wire, spec, timeout=20), range(count)))
    return sorted(replies, key=lambda reply: -int(reply.status))


def test_a_limit_refuses_what_exceeds_it_with_the_true_numbers(wire: Any) -> None:
    replies = limited(wire, "limit;of=3;seconds=0.4", 5)
    assert [reply.status for reply in replies] == [429, 429, 200, 200, 200]
    assert {reply.error for reply in replies[:2]} == {
        "Your current concurrency is 4, which exceeds your concurrency limit of 3 based on your "
        "remaining balance. Please top up your balance to restore your concurrency."
    }


def test_a_limit_counts_open_requests(wire: Any) -> None:
    for _ in range(3):  # one behind the other
        assert whole(wire, "limit;of=1").status == 200


def test_a_limit_may_hide_its_number(wire: Any) -> None:
    replies = limited(wire, "limit;of=1;seconds=0.3;notext=1", 2)
    assert [reply.status for reply in replies] == [429, 200]
    assert replies[0].error == "Rate limit reached"


def test_who_leaves_counts_no_more(wire: Any, until: Any) -> None:
    sock = wire.dial()
    sock.sendall(wire.chat_bytes("/fault/limit;of=1;seconds=60"))
    until(lambda: whole(wire, "limit;of=1").status == 429)
    sock.close()
    until(lambda: whole(wire, "limit;of=1").status == 200)


def test_a_limit_changes_while_requests_are_open(wire: Any, emulator: Emulator) -> None:
    emulator.fault("limit", times=-1, of=1)
    assert wire.chat("hi").status == 200
    emulator.fault("limit", times=-1, of=0)
    assert "your concurrency limit of 0" in wire.chat("hi").error
