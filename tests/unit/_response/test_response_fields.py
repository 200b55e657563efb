"""The fields of the Responses API, of each ``type``: what a dump fills, what an attribute gives."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest

from dsadapter._backends import detection
from dsadapter._backends.versions import at_least
from dsadapter._response.resource_types import Response, ResponseEvent, ResponseOutputItem
from dsadapter._response.response_fields import FIELDS, fields_of
from dsadapter._response.response_names import natives_of


def newest() -> bool:
    sdk = detection.sdk()
    return sdk is not None and not sdk.fault and at_least(sdk.version, "3.57")


NEWEST = pytest.mark.skipif(not newest(), reason="needs openai >= 3.57")


def model_of(mark: str) -> Any:
    ((module, name),) = natives_of(mark)
    return getattr(importlib.import_module(module), name)


@NEWEST
@pytest.mark.parametrize("mark", sorted(FIELDS))
def test_they_are_the_sdk_s(mark: str) -> None:
    assert sorted(fields_of(mark)) == sorted(model_of(mark).model_fields)


@NEWEST
@pytest.mark.parametrize("mark", sorted(FIELDS))
def test_a_dump_has_what_the_sdk_s_has(mark: str) -> None:
    theirs = model_of(mark).construct(type=mark).model_dump()
    ours = ResponseEvent if "." in mark else ResponseOutputItem
    assert ours({"type": mark}).model_dump() == json.loads(json.dumps(theirs))


@pytest.mark.parametrize(
    ("mark", "absent"),
    [("message", "phase"), ("reasoning", "encrypted_content"), ("function_call", "namespace")],
)
def test_a_field_that_the_server_left_out_is_none(mark: str, absent: str) -> None:
    response = Response({"id": "r", "output": [{"type": mark}]})
    (item,) = response.output
    if absent in item.__dict__:  # an older SDK that is imported may not know it
        assert item.model_dump()[absent] is None
    assert getattr(item, absent) is None
    assert absent not in item
    assert not hasattr(item, "odd")
    assert response.to_dict() == {"id": "r", "output": [{"type": mark}]}


def test_what_is_of_no_known_type_has_the_fields_of_its_kind() -> None:
    item = ResponseOutputItem({"type": "odd"})
    assert item.model_dump() == {"type": "odd", "id": None, "content": None, "status": None}
