"""What others may see of a call: log records and OpenTelemetry spans, never a key."""

from __future__ import annotations

import logging
import re
from typing import Any, Iterator, List, get_type_hints

import pytest
import requests
from requests.adapters import HTTPAdapter
from sample_calls import HELLO
from scripted import KEY, Answer, Scripted

import dsadapter
from dsadapter import BadRequestError, CallRecord, OpenAI
from dsadapter._call import telemetry
from dsadapter.testing.emulator import Emulator


def ask(client: Any, **params: Any) -> Any:
    request = {"model": "deepseek-flash", "messages": HELLO, **params}
    return client.chat.completions.create(**request)


def test_a_call_is_logged_from_begin_to_end(client: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, logger="dsadapter")
    response = ask(client)
    levels = [r.levelname for r in caplog.records if r.name == "dsadapter"]
    assert levels == ["DEBUG", "INFO"]
    (line,) = (r.getMessage() for r in caplog.records if r.levelname == "INFO")
    tokens = rf"tokens={response.usage.prompt_tokens}\+{response.usage.completion_tokens}"
    request = rf"request_id={re.escape(response.adapter.request_id)}"
    usage = rf"model=deepseek-flash status=200 {tokens} cost=0\.\d{{6}}USD {request} in "
    assert re.search(usage, line)
    assert line.endswith(" s: complete")


def test_a_retry_is_a_warning_when_it_happens(
    client: Any, emulator: Emulator, caplog: Any, monkeypatch: Any
) -> None:
    emulator.fault("status-503", retry_after=0.01)
    logged: List[List[str]] = []
    respond = emulator.respond

    def watched(*arguments: Any) -> Any:
        logged.append([r.getMessage() for r in caplog.records if r.levelname == "WARNING"])
        return respond(*arguments)

    monkeypatch.setattr(emulator, "respond", watched)
    ask(client)
    assert logged[0] == []
    (text,) = logged[1]
    assert text.startswith("trying again in 0.01 s: ServiceUnavailableError: ")
    assert len([r for r in caplog.records if r.levelname == "WARNING"]) == 1


def test_a_record_names_the_face_of_its_call(
    client: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    seen: List[CallRecord] = []
    monkeypatch.setattr(telemetry, "observers", [seen.append])
    ask(client)
    dsadapter.ChatCompletion.create(
        model="deepseek-flash", messages=HELLO, api_key=KEY, api_base=emulator.base_url
    )
    assert [record.face for record in seen] == ["modern", "legacy"]


def test_no_key_and_no_text_of_the_conversation_is_logged(client: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, logger="dsadapter")
    ask(client, extra_headers={"X-Secret": "hidden"})
    for secret in (KEY, "Hello", "hidden"):
        assert secret not in caplog.text


def test_an_error_ends_the_record_with_its_class(client: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO, logger="dsadapter")
    with pytest.raises(BadRequestError):
        ask(client, model="nope")
    assert "status=400" in caplog.text
    assert "BadRequestError" in caplog.text


@pytest.mark.parametrize("leave_early", [False, True])
def test_a_stream_is_one_event_at_its_end(client: Any, monkeypatch: Any, leave_early: bool) -> None:
    seen: List[CallRecord] = []
    monkeypatch.setattr(telemetry, "observers", [seen.append])
    stream = ask(client, stream=True)
    assert seen == []
    for _ in stream:
        if leave_early:
            break
    assert [(event.stream, event.error) for event in seen] == [(True, None)]


# --- on_call -------------------------------------------------------------------------------------


@pytest.fixture()
def records() -> Iterator[List[CallRecord]]:
    seen: List[CallRecord] = []
    remove = dsadapter.on_call(seen.append)
    yield seen
    remove()
    remove()  # a second time does nothing
    assert seen.append not in telemetry.observers


@pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
@pytest.mark.parametrize("stream", [False, True])
def test_a_call_is_one_record(client: Any, records: Any, emulator: Emulator, stream: bool) -> None:
    emulator.fault("status-503", retry_after=0.01)
    response = ask(client, stream=stream, max_completion_tokens=20)
    if stream:
        list(response)
    (record,) = records
    assert (record.model, record.stream, record.error) == ("deepseek-flash", stream, None)
    assert record.prompt_tokens > 0
    assert record.completion_tokens > 0
    assert record.cost.cny > record.cost.usd > 0
    assert record.elapsed > 0
    assert [retry.wait for retry in record.info.retries] == [0.01]
    assert [repair.id for repair in record.info.repairs] == ["max-completion-tokens"]
    assert KEY not in repr(record)


def test_a_failed_call_is_a_record_too(client: Any, records: Any) -> None:
    with pytest.raises(BadRequestError) as caught:
        ask(client, model="nope")
    (record,) = records
    assert record.error is caught.value
    assert (record.info.status, record.prompt_tokens, record.cost) == (400, None, None)


def test_a_callback_that_fails_costs_no_answer(client: Any, caplog: Any) -> None:
    remove = dsadapter.on_call(lambda record: 1 / 0)
    try:
        assert ask(client).choices
    finally:
        remove()
    assert "ZeroDivisionError" in caplog.text


@pytest.fixture()
def spans(monkeypatch: Any) -> Any:
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="opentelemetry-sdk not installed")
    from opentelemetry import trace
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    return exporter


# --- OpenTelemetry, where its SDK is installed (the quick tests without openai install it) --------


def test_a_span_follows_the_genai_conventions(client: Any, spans: Any) -> None:
    ask(client, max_tokens=50)
    (span,) = spans.get_finished_spans()
    assert span.name == "chat deepseek-flash"
    assert span.attributes["gen_ai.provider.name"] == "deepseek"
    assert span.attributes["gen_ai.request.model"] == "deepseek-flash"
    assert span.attributes["gen_ai.request.max_tokens"] == 50
    assert span.attributes["gen_ai.usage.output_tokens"] > 0
    assert span.attributes["gen_ai.response.finish_reasons"] == ("stop",)


def test_a_stream_is_one_span_with_its_usage(client: Any, spans: Any) -> None:
    list(ask(client, stream=True))
    (span,) = spans.get_finished_spans()
    assert span.attributes["gen_ai.usage.output_tokens"] > 0


def test_a_failed_call_is_a_failed_span(client: Any, spans: Any) -> None:
    with pytest.raises(BadRequestError):
        ask(client, model="nope")
    (span,) = spans.get_finished_spans()
    assert span.attributes["error.type"] == "BadRequestError"
    assert span.status.is_ok is False


class Fixed(HTTPAdapter):
    """Answers every request with the same body."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._body = body

    def send(self, request: Any, *_: Any, **__: Any) -> Any:
        response = requests.Response()
        response.status_code, response._content = 200, self._body
        response.url, response.request = request.url, request
        return response


@pytest.mark.parametrize("body", [b'{"choices": true}', b'{"choices": [], "usage": ["odd"]}'])
def test_a_span_survives_an_odd_answer(spans: Any, body: bytes) -> None:
    session = requests.Session()
    session.mount("http://", Fixed(body))
    with OpenAI(api_key=KEY, base_url="http://127.0.0.1:9", http_client=session) as client:
        ask(client)
    (span,) = spans.get_finished_spans()
    assert "gen_ai.response.finish_reasons" not in span.attributes


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.deepseek.com/beta/chat/completions?a=1", "chat"),
        ("https://api.deepseek.com/beta/completions", "text_completion"),
        ("https://example.com/v1/embeddings", "embeddings"),
        ("https://example.com/v1/audio/speech?a=b/c", "speech"),
    ],
)
def test_the_operation_of_a_path(url: str, name: str) -> None:
    assert telemetry._operation_name(url) == name


@pytest.mark.parametrize(
    ("value", "line"),
    [(None, None), (5, "5"), ("\u4e2d a", "\u4e2d a"), ("a\nb\x1bc\u2028", "a\\nb\\x1bc\\u2028")],
)
def test_a_text_of_somebody_else_s_stays_in_its_line(value: Any, line: Any) -> None:
    assert telemetry.one_line(value) == line


# --- what a server echoes ------------------------------------------------------------------------

ECHO = {"id": KEY, "model": f"model-{KEY}", "choices": [], "usage": {"prompt_tokens": 3}}


def test_a_record_shows_no_key_that_the_server_echoes(records: Any) -> None:
    headers = {"x-request-id": KEY, "x-ds-trace-id": KEY, "x-echo": KEY}
    Scripted(Answer(ECHO, headers=headers)).chat()
    (record,) = records
    assert record.prompt_tokens == 3
    assert KEY not in repr([vars(record.info), record])


def test_a_call_is_measured_with_the_model_that_answered(monkeypatch: Any) -> None:
    metrics = pytest.importorskip("opentelemetry.metrics", reason="no opentelemetry")
    assert metrics is not None
    measured: List[Any] = []
    monkeypatch.setattr("dsadapter._call.metrics.record", lambda *values: measured.append(values))
    Scripted(Answer(ECHO)).chat()
    ((attributes, elapsed, usage, error),) = measured
    assert attributes["gen_ai.response.model"].startswith("model-...")
    assert attributes["gen_ai.operation.name"] == "chat"
    assert (usage, error, elapsed > 0) == ({"prompt_tokens": 3}, None, True)


def test_frameworks_can_look_up_what_an_observer_is() -> None:
    assert get_type_hints(dsadapter.on_call)["callback"] == telemetry.Observer
