"""``openai.error`` of 0.27/0.28: the same classes as at the top level, under their old names.

They are siblings, as they were there: ``except error.APIError`` does not catch a 429. Imports are
absolute: where a program writes ``sys.modules["openai"] = dsadapter`` this is ``openai.error``.
"""

from __future__ import annotations

from dsadapter._errors.tree import APITimeoutError as Timeout
from dsadapter._errors.tree import (
    AuthenticationError,
    OpenAIError,
    RateLimitError,
    ServiceUnavailableError,
)
from dsadapter._errors.tree import ConflictError as TryAgain
from dsadapter._errors.tree import LegacyAPIConnectionError as APIConnectionError
from dsadapter._errors.tree import LegacyAPIError as APIError
from dsadapter._errors.tree import LegacyInvalidAPIType as InvalidAPIType
from dsadapter._errors.tree import LegacyInvalidRequestError as InvalidRequestError
from dsadapter._errors.tree import LegacySignatureVerificationError as SignatureVerificationError
from dsadapter._errors.tree import PermissionDeniedError as PermissionError

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
