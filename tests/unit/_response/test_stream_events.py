"""The events of a stream: records, in which the caller's objects stand as they are."""

from __future__ import annotations

import pytest

from dsadapter._response import stream_events
from dsadapter._response.stream_events import ContentDeltaEvent

from .streams import Person


def test_fields_are_attributes_and_items() -> None:
    event = ContentDeltaEvent(type="content.delta", delta="a", snapshot="a", parsed=None)
    assert event.type == event["type"] == "content.delta"
    assert event.to_dict() == {
        "type": "content.delta",
        "delta": "a",
        "snapshot": "a",
        "parsed": None,
    }


@pytest.mark.parametrize("value", [{"a": {"b": 1}}, [{"a": 1}], Person("Ada")])
def test_what_was_parsed_stands_in_it_as_it_is(value: object) -> None:
    event = ContentDeltaEvent(type="content.delta", delta="", snapshot="", parsed=value)
    assert event.parsed is value
    assert type(event["parsed"]) is type(value)


def test_the_sdk_has_an_event_of_each_name_with_the_same_fields() -> None:
    theirs = pytest.importorskip("openai.lib.streaming.chat", reason="the SDK has no such helper")
    names = [name for name in dir(stream_events) if name.endswith("Event") and name[0] != "_"]
    assert sorted(names) == sorted(
        name
        for name in dir(theirs)
        if name.endswith("Event") and hasattr(getattr(theirs, name), "model_fields")
    )
    for name in names:
        assert set(getattr(stream_events, name)._fields) == set(getattr(theirs, name).model_fields)


def test_they_are_the_sdk_s_classes_too() -> None:
    theirs = pytest.importorskip("openai.lib.streaming.chat", reason="the SDK has no such helper")
    event = ContentDeltaEvent(type="content.delta", delta="a", snapshot="a", parsed=None)
    assert isinstance(event, theirs.ContentDeltaEvent)
    assert not isinstance(event, theirs.ContentDoneEvent)
    assert event.model_dump() == event.to_dict()
