"""``dsadapter.ChatCompletion`` is 0.28's class, and today's replies are its instances."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import dsadapter
from dsadapter import types

DATA = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": []}
PAIRS = [
    (dsadapter.ChatCompletion, types.chat.ChatCompletion),
    (dsadapter.Completion, types.Completion),
    (dsadapter.Model, types.Model),
]


@pytest.mark.parametrize(("both", "modern"), PAIRS)
def test_a_reply_of_today_is_an_instance(both: Any, modern: Any) -> None:
    assert isinstance(modern(id="c"), both)
    assert isinstance(both(id="c"), both)
    for other in (types.chat.ChatCompletionChunk(DATA), {}, None):
        assert not isinstance(other, both)
    for _, kind in PAIRS:
        assert isinstance(kind(id="c"), both) == (kind is modern)


def test_a_program_s_own_subclass_counts_only_its_own() -> None:
    class Logged(dsadapter.ChatCompletion):
        pass

    assert not isinstance(types.chat.ChatCompletion(DATA), Logged)
    assert isinstance(Logged(id="c"), dsadapter.ChatCompletion)


def test_it_is_made_and_checked_as_a_model() -> None:
    completion = dsadapter.ChatCompletion.model_construct(**DATA)
    assert type(completion) is types.chat.ChatCompletion
    assert "choices" in dsadapter.ChatCompletion.model_fields
    with pytest.raises(AttributeError, match="no attribute 'model_made_up'"):
        _ = dsadapter.ChatCompletion.model_made_up
    assert not hasattr(dsadapter.ChatCompletion, "__wrapped__")


def test_pydantic_takes_it_for_a_field() -> None:
    pydantic = pytest.importorskip("pydantic", minversion="2")
    adapter = pydantic.TypeAdapter(dsadapter.ChatCompletion)
    completion = adapter.validate_python(copy.deepcopy(DATA))
    assert isinstance(completion, dsadapter.ChatCompletion)
    assert adapter.dump_python(completion)["id"] == "c"
