"""Errors are caught by the classes of an SDK that the program has imported."""

from __future__ import annotations

import pickle
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from subprograms import run

import dsadapter
from dsadapter._backends import detection
from dsadapter._backends.versions import below
from dsadapter._errors import native, tree

RAISING = """
import pickle
import openai
import dsadapter
from dsadapter.testing.emulator import Emulator

with Emulator() as emulator:
    client = dsadapter.OpenAI(
        api_key="k", base_url=emulator.base_url, provider="deepseek", max_retries=0
    )
    for row in ROWS:
        fault, names, never = row
        emulator.fault(fault)
        try:
            client.chat.completions.create(
                model="deepseek-flash", messages=[{"role": "user", "content": "Hello"}], timeout=0.3
            )
        except Exception as err:
            twin = pickle.loads(pickle.dumps(err))
            for name in names:
                space = openai.error if legacy(openai) else openai
                assert isinstance(err, getattr(space, name)), (fault, name, type(err).__mro__)
                assert isinstance(twin, getattr(space, name)), (fault, name, "pickled")
            for name in never:
                space = openai.error if legacy(openai) else openai
                assert not isinstance(err, getattr(space, name)), (fault, name)
            assert isinstance(err, dsadapter.OpenAIError)
            assert type(err).__module__.partition(".")[0] == "dsadapter"
        else:
            raise AssertionError(fault)
    client.close()
print("caught")
"""


OLD_ROWS = [
    ("status-429", ["RateLimitError", "OpenAIError"], ["APIError", "Timeout"]),
    ("status-402", ["APIError"], ["RateLimitError", "InvalidRequestError"]),
    ("status-400-content-risk", ["InvalidRequestError"], ["APIError"]),
    ("status-401", ["AuthenticationError"], ["APIError"]),
    ("status-403", ["PermissionError"], ["APIError"]),
    ("status-404", ["InvalidRequestError"], ["APIError"]),
    ("status-409", ["TryAgain"], ["APIError"]),
    ("status-500", ["APIError"], ["ServiceUnavailableError"]),
    ("status-503", ["ServiceUnavailableError"], ["APIError"]),
    ("stall-before-headers", ["Timeout"], ["APIConnectionError", "APIError"]),
    ("reset-before", ["APIConnectionError"], ["Timeout", "APIError"]),
    ("html-200", ["APIError"], ["InvalidRequestError"]),
]


NEW_ROWS = [
    ("status-429", ["RateLimitError", "APIStatusError", "APIError"], ["APIConnectionError"]),
    ("status-402", ["APIStatusError", "OpenAIError"], ["RateLimitError", "BadRequestError"]),
    ("status-400-content-risk", ["BadRequestError"], ["NotFoundError"]),
    ("status-401", ["AuthenticationError"], ["PermissionDeniedError"]),
    ("status-403", ["PermissionDeniedError"], ["AuthenticationError"]),
    ("status-404", ["NotFoundError"], ["BadRequestError"]),
    ("status-409", ["ConflictError"], ["RateLimitError"]),
    ("status-422-text", ["UnprocessableEntityError"], ["BadRequestError"]),
    ("status-500", ["InternalServerError"], ["RateLimitError"]),
    ("status-503", ["InternalServerError"], ["RateLimitError"]),
    ("stall-before-headers", ["APITimeoutError", "APIConnectionError"], ["APIStatusError"]),
    ("reset-before", ["APIConnectionError"], ["APITimeoutError", "APIStatusError"]),
    ("html-200", ["APIResponseValidationError"], ["APIStatusError"]),
]


def installed_sdk() -> Any:
    found = detection.sdk()
    if found is None or found.fault:
        pytest.skip("no openai SDK is installed here")
    return found


def test_the_real_sdk_s_names_catch_what_is_raised() -> None:
    old = below(installed_sdk().version, "1")
    rows = OLD_ROWS if old else NEW_ROWS
    program = f"ROWS = {rows!r}\nlegacy = lambda _: {old}\n{RAISING}"
    assert run(program).stdout == "caught\n"


def test_an_sdk_that_the_program_did_not_import_changes_no_class() -> None:
    installed_sdk()
    program = """
import sys
from dsadapter import RateLimitError
from dsadapter._errors import tree
err = tree.with_sdk_class(RateLimitError("m"))
assert type(err) is RateLimitError
assert "openai" not in sys.modules
"""
    run(program)


# --- mixing, on stand-ins for the SDK's modules ---------------------------------------------------


class TheirError(Exception):
    """The root of the stand-in for an SDK."""


class TheirStatusError(TheirError):
    pass


class TheirRateLimitError(TheirStatusError):
    pass


MODERN = {"OpenAIError": TheirError, "RateLimitError": TheirRateLimitError}
LEGACY = {"OpenAIError": TheirError, "Timeout": TheirStatusError}


@pytest.fixture()
def modules(monkeypatch: Any) -> Any:
    """``modules(modern=..., legacy=...)``: what the program has imported of an SDK."""

    def imported(modern: Any = None, legacy: Any = None) -> None:
        for name, names in (("openai._exceptions", modern), ("openai.error", legacy)):
            module = None if names is None else SimpleNamespace(**names)
            monkeypatch.setitem(sys.modules, name, module)

    return imported


@pytest.mark.parametrize(
    ("spaces", "cls", "theirs"),
    [
        ({"modern": MODERN}, dsadapter.RateLimitError, TheirRateLimitError),
        ({"modern": MODERN}, dsadapter.NotFoundError, TheirError),
        ({"legacy": LEGACY}, dsadapter.APITimeoutError, TheirStatusError),
        ({"legacy": LEGACY}, dsadapter.RateLimitError, TheirError),
    ],
)
def test_the_nearest_class_of_theirs_is_mixed_in(
    modules: Any, spaces: Any, cls: Any, theirs: type
) -> None:
    modules(**spaces)
    err = tree.with_sdk_class(cls("m", hint="h"))
    assert isinstance(err, theirs) and isinstance(err, cls)
    assert [c for c in MODERN.values() if isinstance(err, c)] == [
        c for c in MODERN.values() if issubclass(theirs, c)
    ]
    assert (type(err).__name__, type(err).__module__) == (cls.__name__, cls.__module__)
    assert (str(err), err.args) == ("m\nh", ("m",))


def test_both_generations_at_once(modules: Any) -> None:
    class Old(Exception):
        pass

    modules(modern=MODERN, legacy={"RateLimitError": Old})
    err = tree.with_sdk_class(dsadapter.RateLimitError("m"))
    assert isinstance(err, TheirRateLimitError)
    assert isinstance(err, Old)


def test_mixing_is_done_once(modules: Any) -> None:
    modules(modern=MODERN)
    first, second = (tree.with_sdk_class(dsadapter.RateLimitError("m")) for _ in range(2))
    assert type(first) is type(second)
    assert type(tree.with_sdk_class(first)) is type(second)
    assert native.own_class(type(first)) is dsadapter.RateLimitError
    assert native.own_class(ValueError) is ValueError


def test_a_mixed_error_is_pickled_as_ours(modules: Any) -> None:
    modules(modern=MODERN)
    pickled = pickle.dumps(tree.with_sdk_class(dsadapter.RateLimitError("m")))
    assert b"TheirRateLimitError" not in pickled
    assert isinstance(pickle.loads(pickled), TheirRateLimitError)
    modules()
    assert type(pickle.loads(pickled)) is dsadapter.RateLimitError


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"RateLimitError": dsadapter.NotFoundError},  # ours, published under the SDK's name
        {"RateLimitError": "no class"},
        {"RateLimitError": int},
        {"Exception": Exception, "BaseException": BaseException},
    ],
)
def test_what_is_no_class_of_an_sdk_is_not_mixed_in(modules: Any, names: Any) -> None:
    modules(modern=names)
    assert type(tree.with_sdk_class(dsadapter.RateLimitError("m"))) is dsadapter.RateLimitError
