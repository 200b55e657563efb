"""dsadapter's errors as langchain-core's: ``except ModelRateLimitError`` catches them."""

from __future__ import annotations

import re
from typing import Any, Optional

from langchain_core import exceptions

import dsadapter

from ..._errors.native import mixed_class

# Ours, and the name of langchain-core's, the first that fits; older releases lack some or all.
_CLASSES = (
    (dsadapter.AuthenticationError, "ModelAuthenticationError"),
    (dsadapter.PermissionDeniedError, "ModelPermissionDeniedError"),
    (dsadapter.NotFoundError, "ModelNotFoundError"),
    (dsadapter.BadRequestError, "ModelInvalidRequestError"),
    (dsadapter.UnprocessableEntityError, "ModelInvalidRequestError"),
    (dsadapter.RateLimitError, "ModelRateLimitError"),
    (dsadapter.InternalServerError, "ModelAPIError"),
    (dsadapter.APITimeoutError, "ModelTimeoutError"),
    (dsadapter.APIConnectionError, "ModelConnectionError"),
    (dsadapter.APIError, "ModelError"),
)
_OVERFLOW = re.compile(r"maximum context length|context_length_exceeded", re.I)


class LangChainErrors:
    """A ``with`` block whose errors of ours are instances of langchain-core's classes too."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, err: Optional[BaseException], trace: Any) -> None:
        if isinstance(err, dsadapter.OpenAIError):
            cls = _class_for(err)
            if cls is not None and not isinstance(err, cls):
                err.__class__ = mixed_class(type(err), cls)


def _class_for(err: dsadapter.OpenAIError) -> Optional[type]:
    """langchain-core's class for an error; None where this release has none."""
    name = next((name for ours, name in _CLASSES if isinstance(err, ours)), "")
    if name == "ModelInvalidRequestError" and _OVERFLOW.search(str(err)):
        name = "ContextOverflowError"
    return getattr(exceptions, name, None) if name else None
