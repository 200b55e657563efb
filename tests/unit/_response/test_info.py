"""``response.adapter``: never a field, and kept by copies."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from dsadapter._headers import Headers
from dsadapter._response.info import AdapterInfo, Billed
from dsadapter._response.types import ChatCompletion


def test_the_adapter_is_no_field(response: Any) -> None:
    assert "adapter" not in response
    assert "adapter" not in json.dumps(response)
    assert response.adapter.backend == "raw-requests"
    assert response._request_id == response.adapter.request_id == "r1"


@pytest.mark.parametrize("again", [lambda r: pickle.loads(pickle.dumps(r)), copy.deepcopy])
def test_a_copy_keeps_the_adapter(response: Any, again: Any) -> None:
    twin = again(response)
    assert type(twin) is ChatCompletion
    assert twin.adapter.backend == "raw-requests"
    assert twin.adapter.repairs == ("a repair",)
    assert twin.adapter.headers["x-request-id"] == "r1"
    assert [(r.reason, r.wait) for r in twin.adapter.retries] == [("why", 0.5)]


def test_adapter_repr_names_what_matters(response: Any) -> None:
    shown = repr(response.adapter)
    for part in ("backend='raw-requests'", "status=200", "request_id='r1'", "wait=0.50"):
        assert part in shown


def test_a_cost_needs_a_model_and_a_usage_that_are_known() -> None:
    assert AdapterInfo().cost is None
    usage = {"prompt_tokens": 10, "completion_tokens": 1}
    assert AdapterInfo(billed=Billed("gpt-4", usage, 1.8e9)).cost is None
    assert AdapterInfo(billed=Billed("deepseek-flash", None, 1.8e9)).cost is None
    cost = AdapterInfo(billed=Billed("deepseek-flash", usage, 1_796_083_200)).cost
    assert cost is not None  # 2026-12-01 08:00 in Beijing: off-peak
    assert cost == (pytest.approx(2.1e-6), pytest.approx(14e-6))


def test_an_adapter_of_which_nothing_is_known_yet() -> None:
    info = AdapterInfo()
    assert (info.status, info.headers, info.request_id, info.elapsed) == (0, {}, None, 0.0)
    assert (info.repairs, info.retries, info.raw) == ((), [], None)
    assert AdapterInfo(headers=Headers({"X-Request-Id": "r"})).request_id == "r"
