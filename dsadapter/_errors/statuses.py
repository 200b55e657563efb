"""The exception class for each HTTP error status."""

from __future__ import annotations

from typing import Dict, Type

from .tree import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    InsufficientBalanceError,
    LegacyInvalidRequestError,
    NotFoundError,
    OpenAIError,
    OtherStatusError,
    PermissionDeniedError,
    RateLimitError,
    ServerFaultError,
    ServiceUnavailableError,
    UnprocessableEntityError,
    with_sdk_class,
)

STATUS_CLASSES: Dict[int, Type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: InsufficientBalanceError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    415: LegacyInvalidRequestError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    503: ServiceUnavailableError,
}


def class_for_status(status: int) -> Type[APIStatusError]:
    """The class for an HTTP error status."""
    fallback: Type[APIStatusError] = ServerFaultError if status >= 500 else OtherStatusError
    return STATUS_CLASSES.get(status, fallback)


def on_face(err: OpenAIError, face: str) -> OpenAIError:
    """An error as a face ("modern" or "legacy") names it; gives it back.

    To 0.28 an answer without an error object was an ``error.APIError``, whatever its status: it
    looked at the status of the others alone, and at 503.
    """
    if face == "legacy" and isinstance(err, APIStatusError) and err.http_body is not None:
        text, body, status = err.http_body, err.json_body, err.http_status or 0
        is_plain = "text/plain" in (err.headers.get("content-type") or "")
        has_error = isinstance(body, dict) and "error" in body and not is_plain
        if not has_error and status != 503:
            err.__class__ = ServerFaultError if status >= 500 else OtherStatusError
            is_read = is_plain or body is not None
            err._message = (
                f"Invalid response object from API: {text!r} (HTTP response code was {status})"
                if is_read
                else f"HTTP code {status} from API ({text})"
            )
            err.args = (err._message,)
    return with_sdk_class(err, face)
