"""The SDK's class of an object of ours: the one that the program has imported, when it has."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Union

import pytest

from dsadapter._native_class import as_native_class, native_class, native_names


class Thing:
    _native_names = native_names("new:NewThing old", "Thing", "some_sdk")
    __class__ = as_native_class


def module(name: str, **names: Any) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(names)
    return made


@pytest.fixture()
def imported(monkeypatch: Any) -> Any:
    return lambda name, **names: monkeypatch.setitem(sys.modules, name, module(name, **names))


def test_names_are_given_by_module_and_class() -> None:
    assert Thing._native_names == (("some_sdk.new", "NewThing"), ("some_sdk.old", "Thing"))


def test_without_the_sdk_an_object_is_what_it_is() -> None:
    assert Thing().__class__ is Thing


def test_the_sdk_may_come_late_and_come_again(imported: Any) -> None:
    thing = Thing()
    for _ in range(2):
        native = type("Thing", (), {})
        imported("some_sdk.old", Thing=native)
        assert thing.__class__ is native
        assert isinstance(thing, native)
        assert isinstance(thing, Thing)
        assert type(thing) is Thing


def test_the_newest_name_that_is_a_class_counts(imported: Any) -> None:
    old, new = type("Thing", (), {}), type("NewThing", (), {})
    imported("some_sdk.old", Thing=old)
    imported("some_sdk.new", NewThing=Union[int, str])
    assert native_class(Thing) is old
    imported("some_sdk.new", NewThing=new)
    assert native_class(Thing) is new


def test_a_stand_in_of_ours_is_no_class_of_the_sdk_s(imported: Any) -> None:
    imported("some_sdk.new", NewThing=type("NewThing", (Thing,), {}))
    imported("some_sdk.old", Thing=Thing)
    assert native_class(Thing) is Thing
