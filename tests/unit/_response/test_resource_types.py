"""Kinds of responses beside chat: fields, pages, decoded vectors."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from dsadapter._response import resource_types as types
from dsadapter._response.base_model import BaseModel

ABSENT = [
    (types.Image, "b64_json"),
    (types.ImagesResponse, "usage"),
    (types.TranscriptionVerbose, "segments"),
    (types.FileObject, "status"),
    (types.FileObject, "expires_at"),
    (types.Batch, "output_file_id"),
    (types.Response, "incomplete_details"),
    (types.ResponseOutputItem, "content"),
]


@pytest.mark.parametrize(("kind", "name"), ABSENT, ids=lambda v: getattr(v, "__name__", v))
def test_a_known_optional_field_that_was_left_out(kind: Any, name: str) -> None:
    assert getattr(kind({}), name) is None
    assert name not in kind({})


def test_objects_are_of_their_kinds() -> None:
    batch = types.Batch({"request_counts": {"total": 3}})
    assert isinstance(batch.request_counts, types.BatchRequestCounts)
    images = types.ImagesResponse({"data": [{"url": "u"}]})
    assert isinstance(images.data[0], types.Image)
    event = types.ResponseEvent({"type": "response.completed", "response": {"output": []}})
    assert isinstance(event.response, types.Response)


def test_vectors_are_decoded_once() -> None:
    data = {"data": [{"embedding": "AACAPwAAAEA="}, {"embedding": [3.0]}]}
    response = types.decoded_embeddings(data)
    assert [item.embedding for item in response.data] == [[1.0, 2.0], [3.0]]
    assert types.decoded_embeddings({}).get("data") is None


def test_the_text_of_a_response_is_that_of_its_messages() -> None:
    part = {"type": "output_text", "text": "Hi"}
    output = [
        {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "hm"}]},
        {"type": "message", "content": [part, {"type": "refusal"}]},
        {"type": "function_call", "name": "f"},
        {"type": "message", "content": [part]},
    ]
    assert types.Response({"output": output}).output_text == "HiHi"
    assert types.Response({}).output_text == ""


def test_a_transcription_is_what_it_holds() -> None:
    assert type(types.transcription({"text": "a"})) is types.Transcription
    for field in ("duration", "segments", "words"):
        assert type(types.transcription({"text": "a", field: []})) is types.TranscriptionVerbose


KINDS = [
    kind
    for kind in vars(types).values()
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind._native_names
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_fields_are_those_of_the_newest_sdk(kind: Any) -> None:
    """Where this fails the SDK has a new field: write it into resource_types.py."""
    openai = pytest.importorskip("openai")
    if tuple(map(int, openai.VERSION.split(".")[:2])) < (3, 57):
        pytest.skip("an older SDK")
    module, name = kind._native_names[0]
    native = getattr(importlib.import_module(module), name)
    assert sorted(kind._fields) == sorted(native.model_fields)
    optional = {name for name, field in native.model_fields.items() if not field.is_required()}
    assert set(kind._defaults) == optional
    assert isinstance(kind({}), native)
