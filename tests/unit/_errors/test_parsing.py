"""Errors of answers that are to become objects."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import dsadapter
from dsadapter._errors.parsing import content_error
from dsadapter._response.types import ChatCompletion

COMPLETION = ChatCompletion(
    choices=[{"index": 0, "message": {"content": '{"na'}, "finish_reason": "length"}],
    usage={"total_tokens": 7},
)


def test_a_cut_off_answer_has_what_arrived() -> None:
    err = dsadapter.LengthFinishReasonError(completion=COMPLETION)
    assert err.completion is COMPLETION
    assert err.partial == '{"na'
    assert "length limit was reached - CompletionUsage(total_tokens=7)" in err.message
    assert "max_tokens" in str(err)


def test_a_filtered_answer_may_have_no_completion() -> None:
    assert dsadapter.ContentFilterFinishReasonError().completion is None
    err = dsadapter.ContentFilterFinishReasonError(completion=COMPLETION)
    assert err.completion is COMPLETION
    assert "rejected by the content filter" in str(err)


@pytest.mark.parametrize("name", ["LengthFinishReasonError", "ContentFilterFinishReasonError"])
def test_they_pickle_and_have_their_public_name(name: str) -> None:
    err = getattr(dsadapter, name)(completion=COMPLETION)
    copy = pickle.loads(pickle.dumps(err))
    assert isinstance(copy, type(err))  # beside an SDK it is of the SDK's class, too
    assert copy.completion == COMPLETION
    assert f"{type(err).__module__}.{type(err).__qualname__}" == f"dsadapter.{name}"


def test_what_does_not_fit_is_caught_as_pydantic_s_error_would_be() -> None:
    err: Any = content_error("The answer does not fit Person: no name", "{}", COMPLETION)
    assert isinstance(err, (dsadapter.APIResponseError, dsadapter.APIResponseValidationError))
    assert isinstance(err, ValueError)
    assert type(err).__name__ == "APIResponseError"
    assert (err.partial, err.partial_response) == ("{}", COMPLETION)
    assert err.message == "The answer does not fit Person: no name"
    assert isinstance(pickle.loads(pickle.dumps(err)), dsadapter.APIResponseError)


def test_a_long_reason_is_cut() -> None:
    assert len(content_error("x" * 9999, "").message) < 600
