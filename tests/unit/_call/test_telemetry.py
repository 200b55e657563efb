"""What others may see of a call: log records and OpenTelemetry spans, never a key."""

from __future__ import annotations

import logging
from typing import Any, List

import pytest
import requests
from requests.adapters import HTTPAdapter
from sample_calls import HELLO, KEY

from dsadapter import BadRequestError, OpenAI
from dsadapter._call import telemetry
from dsadapter.testing.emulator import Emulator


def ask(client: Any, **params: Any) -> Any:
    request = {"model": "deepseek-flash", "messages": HELLO, **params}
    return client.chat.completions.create(**request)


def test_a_call_is_logged_from_begin_to_end(client: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, logger="dsadapter")
    ask(client)
    levels = [r.levelname for r in caplog.records if r.name == "dsadapter"]
    assert levels == ["DEBUG", "INFO"]
    assert "model=deepseek-flash" in caplog.text
    assert "status=200" in caplog.text


def test_retries_are_warnings(client: Any, emulator: Emulator, caplog: Any) -> None:
    emulator.fault("status-503", retry_after=0.01)
    ask(client)
    warnings = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert len([text for text in warnings if "tried again" in text]) == 1


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
    seen: List[telemetry.Event] = []
    monkeypatch.setattr(telemetry, "observers", [seen.append])
    stream = ask(client, stream=True)
    assert seen == []
    for _ in stream:
        if leave_early:
            break
    assert [(event.stream, event.error) for event in seen] == [(True, None)]


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
