"""No key in what an error shows or holds: 30 shapes of keys, 36 places of a reply, each backend,
sync and async. The key comes back from the server, whole, cut off or encoded."""

from __future__ import annotations

import asyncio
import base64
import html
import io
import json
import logging
import os
import pickle
import re
import socket
import threading
import traceback
from functools import lru_cache
from typing import Any, Callable, Dict, Iterator, List, Tuple
from urllib.parse import quote, unquote

import pytest

import dsadapter

BACKENDS = [dsadapter.selection().name]  # the three backends, in three environments
PACKAGE = os.path.dirname(os.path.abspath(str(dsadapter.__file__)))
HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
MIXED = "Zq8Xw2Rk5Tn7Yb4Mc9Vd3Lf6Hg1Js0Pa"
SHAPES = [
    f"sk-{HEX}",
    f"sk-{MIXED}",
    f"sk-proj-{MIXED}T3BlbkFJ{MIXED[::-1]}",
    f"sk-svcacct-{MIXED}-{HEX}",
    f"sk-ant-api03-{MIXED}-{HEX}AA",
    f"bce-v3/ALTAK-{MIXED[:21]}/{HEX}",
    f"{HEX}.{MIXED[:16]}",
    "8f3c2a1e-1b2c-4d5e-8f90-0123456789ab",
    f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{MIXED}",
    f"ya29.a0Af{MIXED}_-{HEX}",
    f"AKIA{MIXED[:16].upper()}",
    f"gsk_{MIXED}{HEX[:16]}",
    f"xai-{MIXED}{HEX}",
    f"hf_{MIXED}",
    f"r8_{MIXED}",
    f"nvapi-{MIXED}-{HEX}",
    f"AIza{MIXED}-_x",
    f"{MIXED}+/{HEX}==",
    f"{MIXED}&<>{HEX}",
    f'{MIXED}"\\{HEX}',
    f"{MIXED}%{HEX}",
    f"{MIXED}'{HEX}",
    f"{MIXED}={HEX}",
    f"{MIXED}~:@!{HEX}",
    f"{MIXED}$(){{}}[]*{HEX}",
    f"{HEX}{MIXED}" * 4,
    MIXED[:16],
    f"{HEX}#?{MIXED}",
    f"user-{MIXED}|{HEX}",
    f"tok_{MIXED},{HEX};x",
]

OK = "HTTP/1.1 200 OK"
JSON = "application/json"


def reply(status: str, body: Any, kind: str = JSON, length: int = 0, **headers: str) -> bytes:
    """The bytes of a reply; ``length`` promises that many more."""
    raw = body if isinstance(body, bytes) else body.encode("utf-8")
    lines = [status, f"content-type: {kind}", f"content-length: {len(raw) + length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "connection: close", "", ""]).encode("latin-1") + raw


def refusal(status: int = 401, **fields: Any) -> bytes:
    """An error status with an error object."""
    return reply(f"HTTP/1.1 {status} No", json.dumps({"error": {"message": "no", **fields}}))


def refused(**headers: str) -> bytes:
    """A 401 with these headers."""
    return reply("HTTP/1.1 401 No", '{"error": {"message": "no"}}', **headers)


def events(*payloads: str) -> bytes:
    """A stream that ends without a last word."""
    return reply(OK, "".join(f"data: {text}\n\n" for text in payloads), "text/event-stream")


def chunk(text: str) -> str:
    """One event's payload."""
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    return json.dumps({"id": "s", "object": "chat.completion.chunk", "choices": [choice]})


def escaped(text: str) -> str:
    """JSON that spells every character by its number."""
    return "".join(f"\\u{ord(char):04x}" for char in text)


def basic(key: str) -> str:
    """As a server logs what it got."""
    return base64.b64encode(f"user:{key}".encode()).decode()


HALF = 20  # characters of a key that is cut off
PLACES: Dict[str, Callable[[str], bytes]] = {
    "message": lambda key: refusal(message=f"bad key {key}"),
    "code": lambda key: refusal(code=key),
    "param": lambda key: refusal(param=key),
    "type": lambda key: refusal(type=key),
    "another field": lambda key: refusal(400, details=[{"got": key}]),
    "a field's name": lambda key: refusal(400, **{key: 1}),
    "escaped JSON": lambda key: reply(
        "HTTP/1.1 401 No", f'{{"error": {{"message": "{escaped(key)}"}}}}'
    ),
    "plain text": lambda key: reply("HTTP/1.1 400 No", f"Bearer {key} is no key", "text/plain"),
    "a page": lambda key: reply(
        "HTTP/1.1 403 No", f"<p>{html.escape(key)}</p>", "text/html; charset=utf-8"
    ),
    "url-encoded": lambda key: refusal(message=f"/login?key={quote(key, safe='')}"),
    "base64": lambda key: refusal(message=f"Basic {basic(key)}"),
    "cut off in a message": lambda key: refusal(message=f"bad key {key[:HALF]}***"),
    "request id": lambda key: refused(x_request_id=key),
    "a header": lambda key: refused(x_echo=f"Bearer {key}"),
    "www-authenticate": lambda key: refused(www_authenticate=f'Bearer error="{key}"'),
    "set-cookie": lambda key: refused(set_cookie=f"session={key}"),
    "retry-after": lambda key: refused(retry_after=key),
    "reason": lambda key: reply(f"HTTP/1.1 401 {key}", "{}"),
    "status": lambda key: f"HTTP/1.1 {key} OK\r\n\r\n".encode("latin-1"),
    "no HTTP": lambda key: f"{key}\r\n\r\n".encode("latin-1"),
    "a header line": lambda key: f"{OK}\r\n{key}\r\n\r\n".encode("latin-1"),
    "redirect, user name": lambda key: reply(
        "HTTP/1.1 307 Go", "", location=f"https://{quote(key, safe='')}@other.test/"
    ),
    "redirect, path": lambda key: reply(
        "HTTP/1.1 308 Go", "", location=f"https://other.test/{quote(key)}"
    ),
    "redirect, host": lambda key: reply("HTTP/1.1 302 Go", "", location=f"https://{key}/"),
    "content type": lambda key: reply(OK, "hello", f"text/{key}"),
    "content encoding": lambda key: reply(OK, "hello", content_encoding=key),
    "no JSON": lambda key: reply(OK, f"<html>{key}</html>", "text/html"),
    "half JSON": lambda key: reply(OK, f'{{"choices": [{{"text": "{key}'),
    "broken off behind it": lambda key: reply(OK, f'{{"x": "{key}"', length=9),
    "broken off inside": lambda key: reply(OK, f'{{"x": "{key[:HALF]}', length=99),
    "an error in a 200": lambda key: reply(OK, json.dumps({"error": {"message": key}})),
    "size of a chunk": lambda key: (
        f"{OK}\r\ntransfer-encoding: chunked\r\n\r\n{key}\r\nhello\r\n0\r\n\r\n".encode("latin-1")
    ),
}
STREAMS: Dict[str, Callable[[str], bytes]] = {
    "an error event": lambda key: events(json.dumps({"error": {"message": f"no {key}"}})),
    "no chunk": lambda key: events(f"nonsense {key}"),
    "content": lambda key: events(chunk(f"your key is {key}")),
    "content in pieces": lambda key: events(chunk(key[:9]), chunk(key[9:])),
}


class Server:
    """Answers every connection with the bytes that are set."""

    def __init__(self) -> None:
        self.answer = b""
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as file:
                length = 0
                for line in iter(file.readline, b"\r\n"):
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                    if not line:
                        break
                file.read(length)
                try:
                    connection.sendall(self.answer)
                except OSError:
                    pass

    def close(self) -> None:
        self._socket.close()


@pytest.fixture()
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture()
def log() -> Iterator[io.StringIO]:
    """What loggers and libraries write at DEBUG."""
    stream = io.StringIO()
    handler, logger = logging.StreamHandler(stream), logging.getLogger("dsadapter")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield stream
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(handler)


# --- what an error shows -------------------------------------------------------------------------


def chain(err: Any) -> Iterator[Any]:
    while err is not None:
        yield err
        err = err.__cause__ or err.__context__


def locals_of(err: BaseException) -> Iterator[str]:
    """The local variables of our own frames, as tools show them."""
    for item in chain(err):
        for frame, _ in traceback.walk_tb(item.__traceback__):
            if frame.f_code.co_filename.startswith(PACKAGE):
                for name, value in frame.f_locals.items():
                    yield f"{frame.f_code.co_name} {name}={value!r}"


def texts(err: Any) -> Iterator[Tuple[str, str]]:
    """All that may end in a log, a report or a pickle, with its name."""
    yield "str", f"{err} {err!r} {err.args}"
    for name in (
        "message user_message body json_body http_body headers request_id code param type hint "
        "partial partial_response request error organization".split()
    ):
        value = getattr(err, name)
        yield name, f"{value} {value!r}"
    response = err.response
    yield "response", repr(response)
    if response is not None:
        yield "response.headers", repr(dict(response.headers))
        yield "response.text", response.text
        yield "response.request", repr((response.request.url, dict(response.request.headers)))
    yield "headers", repr(dict(err.headers))
    if err.partial_response is not None:
        yield "adapter", repr(dict(err.partial_response.adapter.headers))
    yield "traceback", "".join(traceback.format_exception(type(err), err, err.__traceback__))
    yield "pickle", pickle.dumps(err).decode("latin-1")
    yield "locals", "\n".join(locals_of(err))
    for item in chain(err):
        yield "cause", f"{item!r} {[v for v in vars(item).values() if isinstance(v, str)]}"


@lru_cache(maxsize=None)
def windows(key: str) -> List[str]:
    """Pieces that are too much of a key: eight characters behind its public beginning."""
    public = re.match(r"sk-(proj|svcacct|ant)-(api03-)?|bce-v3/ALTAK-|sk-", key)
    secret = key[public.end() if public else 0 :][:-4]
    pieces = [secret[at : at + 9] for at in range(0, max(1, len(secret) - 8), 3)]
    forms = [base64.b64encode(b"\0" * n + key.encode())[4:-8].decode() for n in (0, 1, 2)]
    return pieces + [form[at : at + 14] for form in forms for at in range(0, len(form) - 13, 3)]


def leaks(key: str, err: Any) -> List[str]:
    parts, named = windows(key), list(texts(err))
    if not is_shown(parts, "\n".join(text for _, text in named)):
        return []
    return [name for name, text in named if is_shown(parts, text)]


def is_shown(parts: List[str], text: str) -> bool:
    """Whether one of these parts stands in a text, as it is or encoded."""
    read = [text, text.replace("\\\\", "\\").replace('\\"', '"').replace("\\'", "'")]
    read += [unquote(text)] * ("%" in text) + [html.unescape(text)] * ("&" in text)
    text = "\n".join(read)
    return any(part in text for part in parts)


class Cases:
    """Every shape in every place; what leaked where, and what ended without an error."""

    def __init__(self, server: Server, backend: str, log: io.StringIO) -> None:
        self.server, self.log = server, log
        self.settings = {
            "base_url": server.url,
            "backend": backend,
            "max_retries": 0,
            "provider": "deepseek",
        }
        self.leaked: List[Any] = []
        self.silent: List[Any] = []
        self.records: List[Any] = []  # of on_call

    def __iter__(self) -> Iterator[Tuple[str, bool, Dict[str, Any]]]:
        for place, answer in {**PLACES, **STREAMS}.items():
            for number, key in enumerate(SHAPES):
                self.server.answer = answer(key)
                self.case = (place, number)
                yield key, place in STREAMS, self.carrying(key, number)

    def carrying(self, key: str, number: int) -> Dict[str, Any]:
        """The key as the settings' or one call's: each way is taken by some of the shapes."""
        per_call: List[Dict[str, Any]] = [
            {},
            {"extra_headers": {"Authorization": f"Bearer {key}"}},
            {"extra_headers": {"X-Company-Token": key}},
            {"extra_query": {"key": key}},
            {"api_key": key},
        ]
        return per_call[number % len(per_call)]

    def client_key(self, key: str, params: Dict[str, Any]) -> str:
        return "sk-of-the-client-123456" if params else key

    def check(self, key: str, err: Any) -> None:
        if err is None:
            self.silent.append(self.case)
            return
        found = leaks(key, err)
        text = self.log.getvalue()
        self.log.seek(0)
        self.log.truncate()
        if is_shown(windows(key), text):
            found.append("log")
        seen = [f"{record} {vars(record.info)}" for record in self.records]
        seen += [repr(dict(record.info.headers)) for record in self.records]
        self.records.clear()
        if is_shown(windows(key), "\n".join(seen)):
            found.append("record")
        if found:  # collected: one look at the list tells more than the first of them
            self.leaked.append((*self.case, found))


CALL: Dict[str, Any] = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hi"}]}


@pytest.mark.parametrize("backend", BACKENDS)
def test_sync(backend: str, server: Server, log: io.StringIO) -> None:
    cases = Cases(server, backend, log)
    remove = dsadapter.on_call(cases.records.append)
    base = dsadapter.OpenAI(api_key="sk-of-the-client-123456", **cases.settings)
    for key, stream, params in cases:
        client = base.with_options(api_key=cases.client_key(key, params))
        error = None
        try:
            answer = client.chat.completions.create(**CALL, **params, stream=stream)
            if stream:
                list(answer)
        except dsadapter.OpenAIError as err:
            error = err
        cases.check(key, error)
    remove()
    assert cases.leaked == []
    assert {place for place, _ in cases.silent} <= MAY_BE_FINE


@pytest.mark.parametrize("backend", BACKENDS)
def test_async(backend: str, server: Server, log: io.StringIO) -> None:
    cases = Cases(server, backend, log)
    remove = dsadapter.on_call(cases.records.append)

    async def main() -> None:
        base = dsadapter.AsyncOpenAI(api_key="sk-of-the-client-123456", **cases.settings)
        for key, stream, params in cases:
            client = base.with_options(api_key=cases.client_key(key, params))
            error = None
            try:
                answer = await client.chat.completions.create(**CALL, **params, stream=stream)
                if stream:
                    async for _ in answer:
                        pass
            except dsadapter.OpenAIError as err:
                error = err
            cases.check(key, error)
        await base.close()

    asyncio.run(main())
    remove()
    assert cases.leaked == []
    assert {place for place, _ in cases.silent} <= MAY_BE_FINE


# Where an HTTP library forgives what is no HTTP.
MAY_BE_FINE = {"a header line", "size of a chunk"}


# --- what clients and frames hold ----------------------------------------------------------------

KEY = SHAPES[1]
HOLDING: Dict[str, Any] = {
    "default_headers": {"X-Company-Token": KEY, "X-Thing": f"{HEX}q", "X-Team": "blue"},
    "default_query": {"key": KEY, "page": "2"},
}


@pytest.mark.parametrize("face", [dsadapter.OpenAI, dsadapter.AsyncOpenAI])
def test_a_pickled_client(face: Any, monkeypatch: Any) -> None:
    client = face(api_key=KEY, **HOLDING)
    pickled = pickle.dumps(client)
    assert KEY.encode() not in pickled and f"{HEX}q".encode() not in pickled
    assert KEY not in repr(client)
    monkeypatch.setenv("DEEPSEEK_API_KEY", f"sk-{HEX}")
    woken = pickle.loads(pickled)
    assert (woken.default_headers, woken.default_query) == ({"X-Team": "blue"}, {"page": "2"})


def ours(err: BaseException) -> str:
    return "\n".join(locals_of(err))


@pytest.mark.parametrize(
    "arguments",
    [
        {"api_key": f"{KEY} x"},
        {"api_key": KEY, "base_url": "not a url"},
        {"api_key": KEY, "timeout": -1},
        {"api_key": KEY, "nonsense": 1},
        {"api_key": f"sk-proj-{MIXED}", **HOLDING},
    ],
)
@pytest.mark.parametrize("face", [dsadapter.OpenAI, dsadapter.AsyncOpenAI])
def test_frames_of_a_constructor(face: Any, arguments: Dict[str, Any]) -> None:
    with pytest.raises((dsadapter.OpenAIError, TypeError)) as caught:
        face(**arguments)
    assert MIXED not in ours(caught.value)
    with pytest.raises((dsadapter.OpenAIError, TypeError)) as caught:
        face(api_key=f"sk-{HEX}").with_options(**arguments)
    assert MIXED not in ours(caught.value)


def test_frames_of_a_refused_call() -> None:
    client = dsadapter.OpenAI(api_key=KEY)
    with pytest.raises(dsadapter.OpenAIError) as caught:
        client.chat.completions.create(
            model="m", messages=[], api_key=KEY, extra_headers={"Authorization": KEY}
        )
    assert MIXED not in ours(caught.value)


def test_frames_of_the_legacy_face(server: Server) -> None:
    server.answer = refusal(message=f"no {KEY}")
    with pytest.raises(dsadapter.OpenAIError) as caught:
        dsadapter.ChatCompletion.create(**CALL, api_key=KEY, api_base=server.url)
    assert MIXED not in ours(caught.value)
    with pytest.raises(dsadapter.OpenAIError) as caught:
        dsadapter.ChatCompletion.create(**CALL, api_key=f"{KEY} x")
    assert MIXED not in ours(caught.value)


LEGACY_CALLS: List[Callable[..., Any]] = [
    lambda **own: dsadapter.Embedding.create(model="m", input="x", **own),
    lambda **own: asyncio.run(dsadapter.Embedding.acreate(model="m", input="x", **own)),
    lambda **own: dsadapter.Moderation.create("x", api_key=own["api_key"]),
    lambda **own: dsadapter.Customer.create("c", "chat/completions", **own),
    lambda **own: asyncio.run(dsadapter.Customer.acreate("c", "chat/completions", **own)),
    lambda **own: dsadapter.Image.create(prompt="x", **own),
    lambda **own: asyncio.run(dsadapter.Image.acreate(prompt="x", **own)),
    lambda **own: dsadapter.Audio.transcribe_raw("m", b"x", "a.txt", **own),
    lambda **own: dsadapter.File.create(io.BytesIO(b"x"), "fine-tune", **own),
    lambda **own: dsadapter.File.list(**own),
    lambda **own: dsadapter.File.delete("f", **own),
    lambda **own: dsadapter.File.download("f", **own),
    lambda **own: dsadapter.Model.list(**own),
    lambda **own: asyncio.run(dsadapter.Model.alist(**own)),
    lambda **own: dsadapter.Model.retrieve("m", **own),
    lambda **own: dsadapter.FineTune.create(training_file="f", **own),
    lambda **own: dsadapter.FineTuningJob.create(training_file="f", model="m", **own),
]


@pytest.mark.parametrize("call", LEGACY_CALLS)
def test_frames_of_any_class_of_0_28(call: Callable[..., Any], server: Server) -> None:
    server.answer = refusal(message=f"no {KEY}")
    with pytest.raises(dsadapter.OpenAIError) as caught:
        call(api_key=KEY, api_base=server.url)
    assert MIXED not in ours(caught.value)


def test_a_closed_stream(server: Server) -> None:
    server.answer = events(chunk(f"it is {KEY}"))
    client = dsadapter.OpenAI(api_key=KEY, base_url=server.url, max_retries=0)
    stream = client.chat.completions.create(**CALL, stream=True)
    assert KEY in next(stream).choices[0].delta.content  # what is no error stays as it is
    stream.close()
    with pytest.raises(dsadapter.StreamClosedError) as caught:
        stream.get_final_response()
    assert caught.value.partial == f"it is ...{KEY[-4:]}"


def test_the_reasons_of_retries(server: Server, log: io.StringIO, monkeypatch: Any) -> None:
    server.answer = refusal(503, message=f"busy {KEY}\nWARNING forged")
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    client = dsadapter.OpenAI(api_key=f"sk-{HEX}", base_url=server.url, max_retries=1)
    with pytest.raises(dsadapter.InternalServerError):
        client.models.list(
            extra_headers={"Authorization": f"Bearer {KEY}"}, extra_query={"key": KEY}
        )
    text = log.getvalue()
    assert MIXED not in text and "key=" not in text
    assert "\nWARNING forged" not in text and "busy" in text


def test_a_model_name_forges_no_log_line(server: Server, log: io.StringIO) -> None:
    server.answer = refusal()
    client = dsadapter.OpenAI(api_key=KEY, base_url=server.url, max_retries=0)
    seen: List[Any] = []
    from dsadapter._call import telemetry

    telemetry.observers.append(seen.append)
    try:
        for name in ("m\nINFO forged", "m\r\x1b[2K forged", "m\u2028 forged"):
            with pytest.raises(dsadapter.AuthenticationError):
                client.chat.completions.create(**{**CALL, "model": name})
    finally:
        telemetry.observers.remove(seen.append)
    assert len(log.getvalue().splitlines()) == 6
    assert [event.model for event in seen] == [
        "m\\nINFO forged",
        "m\\r\\x1b[2K forged",
        "m\\u2028 forged",
    ]
