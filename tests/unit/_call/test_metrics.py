"""OpenTelemetry metrics, where its SDK is installed."""

from __future__ import annotations

from typing import Any, Dict

import pytest
from sample_calls import HELLO

from dsadapter import BadRequestError
from dsadapter._call import metrics

DURATION, TOKENS = "gen_ai.client.operation.duration", "gen_ai.client.token.usage"


@pytest.fixture()
def points(monkeypatch: Any) -> Any:
    """Gives what was recorded: name -> its points."""
    sdk = pytest.importorskip("opentelemetry.sdk.metrics", reason="no opentelemetry-sdk")
    from opentelemetry import metrics as api
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader

    reader = InMemoryMetricReader()
    provider = sdk.MeterProvider([reader])
    monkeypatch.setattr(api, "get_meter_provider", lambda: provider)

    def read() -> Dict[str, Any]:
        data = reader.get_metrics_data()
        scopes = [scope for row in data.resource_metrics for scope in row.scope_metrics]
        return {m.name: list(m.data.data_points) for scope in scopes for m in scope.metrics}

    yield read
    provider.shutdown()


def ask(client: Any, **params: Any) -> Any:
    request = {"model": "deepseek-flash", "messages": HELLO, **params}
    return client.chat.completions.create(**request)


@pytest.mark.parametrize("stream", [False, True])
def test_a_call_is_measured(client: Any, points: Any, caplog: Any, stream: bool) -> None:
    for _ in range(2):
        response = ask(client, stream=stream)
        if stream:
            list(response)
    recorded = points()
    (duration,) = recorded[DURATION]
    assert (duration.count, duration.sum > 0) == (2, True)
    assert duration.attributes["gen_ai.operation.name"] == "chat"
    assert duration.attributes["gen_ai.provider.name"] == "deepseek"
    assert duration.attributes["gen_ai.request.model"] == "deepseek-flash"
    assert duration.attributes["gen_ai.response.model"] == "deepseek-flash"
    kinds = {point.attributes["gen_ai.token.type"]: point.sum for point in recorded[TOKENS]}
    assert kinds.keys() == {"input", "output"}
    assert min(kinds.values()) > 0
    assert "already" not in caplog.text  # each instrument is made once


def test_a_failed_call_is_measured(client: Any, points: Any) -> None:
    with pytest.raises(BadRequestError):
        ask(client, model="nope")
    recorded = points()
    assert recorded[DURATION][0].attributes["error.type"] == "BadRequestError"
    assert TOKENS not in recorded


def test_without_the_module_nothing_is_recorded(monkeypatch: Any) -> None:
    monkeypatch.delitem(metrics.sys.modules, "opentelemetry.metrics", raising=False)
    metrics.record({}, 1.0, {"prompt_tokens": 1}, None)


def test_an_older_api_takes_no_boundaries() -> None:
    class Meter:
        def create_histogram(self, name: str, unit: str, description: str) -> str:
            return name

    assert metrics._histogram(Meter(), "n", "s", "d", (1.0,)) == "n"
