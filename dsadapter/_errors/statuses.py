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
    OtherStatusError,
    PermissionDeniedError,
    RateLimitError,
    ServerFaultError,
    ServiceUnavailableError,
    UnprocessableEntityError,
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
