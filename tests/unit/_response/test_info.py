"""``response.adapter``: never a field, and kept by copies."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from dsadapter._headers import Headers
from dsadapter._response.info import AdapterInfo
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


def test_an_adapter_of_which_nothing_is_known_yet() -> None:
    info = AdapterInfo()
    assert (info.status, info.headers, info.request_id, info.elapsed) == (0, {}, None, 0.0)
    assert (info.repairs, info.retries, info.raw) == ((), [], None)
    assert AdapterInfo(headers=Headers({"X-Request-Id": "r"})).request_id == "r"
