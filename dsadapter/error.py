"""``openai.error`` of 0.27/0.28: the same classes as at the top level, under their old names.

They are siblings, as they were there: ``except error.APIError`` does not catch a 429.
"""

from __future__ import annotations

from ._errors import APITimeoutError as Timeout
from ._errors import (
    AuthenticationError,
    OpenAIError,
    RateLimitError,
    ServiceUnavailableError,
)
from ._errors import ConflictError as TryAgain
from ._errors import LegacyAPIConnectionError as APIConnectionError
from ._errors import LegacyAPIError as APIError
from ._errors import LegacyInvalidAPIType as InvalidAPIType
from ._errors import LegacyInvalidRequestError as InvalidRequestError
from ._errors import LegacySignatureVerificationError as SignatureVerificationError
from ._errors import PermissionDeniedError as PermissionError

__all__ = [
    "APIConnectionError",
    "APIError",
    "AuthenticationError",
    "InvalidAPIType",
    "InvalidRequestError",
    "OpenAIError",
    "PermissionError",
    "RateLimitError",
    "ServiceUnavailableError",
    "SignatureVerificationError",
    "Timeout",
    "TryAgain",
]
