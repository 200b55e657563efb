"""Errors are caught by the classes of an SDK that the program has imported."""

from __future__ import annotations

from typing import Any

import pytest
from subprograms import run

from dsadapter._backends import detection
from dsadapter._backends.versions import below

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
