"""Errors of answers that are to become objects of the caller's classes."""

from __future__ import annotations

from typing import Any

from . import native
from .tree import APIResponseError, OpenAIError, with_sdk_class

_SHOWN = 500  # characters of a reason in a message


class LengthFinishReasonError(OpenAIError):
    """The answer was cut off at its length limit: nothing complete can be parsed.

    ``completion`` has what arrived; of a stream it may lack ``usage``.
    """

    def __init__(self, *, completion: Any) -> None:
        message = "Could not parse response content as the length limit was reached"
        if completion.usage:
            message += f" - {completion.usage}"
        super().__init__(
            message,
            partial=_content(completion),
            hint="Raise max_tokens (thinking counts too), or ask for less",
        )
        self.completion = completion


class ContentFilterFinishReasonError(OpenAIError):
    """The content filter stopped the answer; ``completion`` has what arrived, or is None."""

    def __init__(self, *, completion: Any = None) -> None:
        super().__init__(
            "Could not parse response content as the request was rejected by the content filter",
            partial=_content(completion),
        )
        self.completion = completion


for _cls in (LengthFinishReasonError, ContentFilterFinishReasonError):
    _cls.__module__ = "dsadapter"


def _content(completion: Any) -> str:
    choices = completion.choices if completion else ()
    return (choices[0].message.content or "") if choices else ""


def content_error(reason: str, text: str, completion: Any = None) -> APIResponseError:
    """The error for an answer that does not fit the class it is to become.

    Also a ValueError, as pydantic's own error is. ``partial`` is the text that did not fit,
    ``partial_response`` the whole reply, where there is one.
    """
    shown = reason if len(reason) <= _SHOWN else f"{reason[:_SHOWN]}..."
    err = APIResponseError(
        shown,
        partial=text,
        hint="The text is in err.partial; parse(..., repair_attempts=1) asks once more",
    )
    err.partial_response = completion
    err.__class__ = native.mixed_class(APIResponseError, ValueError)
    with_sdk_class(err)
    return err
