"""The exception tree: one class per concept, reachable under the modern and the legacy spelling.

The two generations cut differently. In openai >= 1 ``APIError`` is the base of everything an API
call raises; in openai 0.28 the classes of ``openai.error`` are siblings and ``error.APIError`` is
only what has no class of its own (402, 422, 500 ...). Both hold here: the leaves named ``Legacy*``
are published by :mod:`dsadapter.error` under their old names.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple, Type

from .._headers import request_id
from .._record import Record
from . import native
from .overridable import OverridableProperty as OverridableProperty


class OpenAIError(Exception):
    """Root of every error that dsadapter raises, in both spellings.

    Attributes of both generations are always there: ``message`` = ``user_message`` (str),
    ``status_code`` = ``http_status`` (int or None), ``body`` (the inner ``error`` object, or the
    text), ``json_body`` (the whole parsed body), ``http_body`` (str), ``headers``, ``code``,
    ``param``, ``type``, ``request_id``, ``response``, ``request``. Ours: ``hint`` (the next step,
    also at the end of ``str(err)``), ``partial`` (str: the text that had arrived before the
    failure, or None), ``partial_response`` (a stream's chunks so far, merged, or None).
    """

    default_message: Optional[str] = None
    http_status: Optional[int] = None
    _face = "modern"  # or "legacy": whose name it bears
    _from_status = False  # a server answered with an error status

    def __init__(
        self,
        message: Optional[str] = None,
        http_body: Optional[str] = None,
        http_status: Optional[int] = None,
        json_body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        code: Optional[str] = None,
        *,
        param: Optional[str] = None,
        response: Any = None,
        request: Any = None,
        body: Any = None,
        hint: Optional[str] = None,
        partial: Any = None,
    ) -> None:
        if not isinstance(http_body, (str, bytes, type(None))):  # openai >= 1: (message, request)
            http_body, request = None, http_body
        message = self.default_message if message is None else message
        super().__init__(message)
        self._message = message
        self.http_body = http_body
        if http_status is None:
            http_status = getattr(response, "status_code", None)
        if http_status is not None:
            self.http_status = http_status
        self.headers: Mapping[str, str] = headers or getattr(response, "headers", None) or {}
        self.json_body = json_body
        self.body: Any = body if body is not None else inner_error(json_body) or http_body
        self.response = response
        self.request: Any = request if request is not None else getattr(response, "request", None)
        fields = self.body if isinstance(self.body, dict) else {}
        self.code: Optional[str] = code if code is not None else fields.get("code")
        self.param: Optional[str] = param if param is not None else fields.get("param")
        self.type: Optional[str] = fields.get("type")
        self.hint = hint
        self.partial = partial
        self.partial_response: Any = None

    @OverridableProperty
    def message(self) -> str:
        """What went wrong, without the hint; "" where nothing was said."""
        return self._message or ""

    @OverridableProperty
    def user_message(self) -> Optional[str]:
        """The same as openai 0.28 calls it; None where nothing was said."""
        return self._message

    @OverridableProperty
    def status_code(self) -> Optional[int]:
        """The HTTP status, or None where no server answered."""
        return self.http_status

    @OverridableProperty
    def request_id(self) -> Optional[str]:
        """The id to name to the provider's support (DeepSeek sends ``x-ds-trace-id``)."""
        return request_id(self.headers)

    @OverridableProperty
    def organization(self) -> Optional[str]:
        """OpenAI's organization header, as 0.28 gives it, or None."""
        return self.headers.get("openai-organization")

    @OverridableProperty
    def error(self) -> Any:
        """The server's ``error`` object with attributes, as openai 0.28 gives it, or None."""
        fields = inner_error(self.json_body)
        if not isinstance(fields, dict):
            return None
        return Record({"message": self.message, "type": None, **fields})

    def __str__(self) -> str:
        text = self._message or "<empty message>"
        if self._from_status and self._face == "modern":  # openai >= 1 begins so; programs look
            text = f"Error code: {self.http_status} - {text}"
        text = f"{text}\n{self.hint}" if self.hint else text
        return text.encode("utf-8", "replace").decode()  # a half character cannot be printed

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(message={self._message!r}, "
            f"http_status={self.http_status!r}, request_id={self.request_id!r})"
        )

    def __reduce__(self) -> Tuple[Any, ...]:
        return _rebuild, (native.own_class(type(self)), self.args, dict(self.__dict__))


def _rebuild(cls: Type[OpenAIError], args: Tuple[Any, ...], state: Dict[str, Any]) -> OpenAIError:
    err = cls.__new__(cls, *args)
    err.args = args
    err.__dict__.update(state)
    return with_sdk_class(err, err._face)


def inner_error(body: Any) -> Any:
    """The ``error`` member of a parsed body, or None."""
    return body.get("error") if isinstance(body, dict) else None


# --- the modern tree (openai >= 1) and the legacy leaves beside it ------------------------------


class APIError(OpenAIError):
    """Base of everything an API call raises (openai >= 1)."""


class LegacyAPIError(APIError):
    """``openai.error.APIError``: what has no class of its own in 0.28 (402, 408, 422, 500 ...)."""


class APIStatusError(APIError):
    """The server answered with an error status."""

    status_code: int  # type: ignore[assignment]


class LegacyInvalidRequestError(APIStatusError):
    """``openai.error.InvalidRequestError``: 400, 404 and 415 in openai 0.28."""

    def __init__(
        self,
        message: Optional[str] = None,
        param: Optional[str] = None,
        code: Optional[str] = None,
        http_body: Optional[str] = None,
        http_status: Optional[int] = None,
        json_body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        **more: Any,
    ) -> None:
        super().__init__(
            message, http_body, http_status, json_body, headers, code, param=param, **more
        )


class BadRequestError(LegacyInvalidRequestError):
    """400: the request was refused as it is; sending it again gives the same answer."""

    http_status: Optional[int] = 400


class InvalidArgumentError(BadRequestError, TypeError, ValueError):
    """An argument cannot be sent; raised before a byte leaves. Also a TypeError and ValueError."""

    http_status: Optional[int] = None  # no server was asked


class AuthenticationError(APIStatusError):
    """401, or a key that cannot be used (then ``status_code`` is None)."""


class CredentialsError(AuthenticationError):
    """No key was found, or the one found must not or cannot be sent; nothing was sent."""


class InsufficientBalanceError(LegacyAPIError, APIStatusError):
    """402: the account is empty. A plain ``APIStatusError`` / ``error.APIError`` elsewhere."""

    http_status: Optional[int] = 402


class PermissionDeniedError(APIStatusError):
    """403: the key may not do this."""

    http_status: Optional[int] = 403


class NotFoundError(LegacyInvalidRequestError):
    """404: no such path, or no such model."""

    http_status: Optional[int] = 404


class ConflictError(APIStatusError):
    """409; ``openai.error.TryAgain`` in 0.28."""

    http_status: Optional[int] = 409


class UnprocessableEntityError(LegacyAPIError, APIStatusError):
    """422: the request is no valid one; DeepSeek says so of wrong parameters."""

    http_status: Optional[int] = 422


class RateLimitError(APIStatusError):
    """429: too many calls at once. Retryable."""

    http_status: Optional[int] = 429


class OtherStatusError(LegacyAPIError, APIStatusError):
    """408, 413 and every status without a class of its own."""


class InternalServerError(APIStatusError):
    """Any status >= 500."""


class ServerFaultError(LegacyAPIError, InternalServerError):
    """500, 502, 504, 529: ``error.APIError`` to legacy code, ``InternalServerError`` to modern."""


class ServiceUnavailableError(InternalServerError):
    """503; a sibling of ``error.APIError`` in 0.28."""


class ServerBusyError(ServiceUnavailableError):
    """A 200 with a blank body: an overloaded server gave up. Retryable."""


class APIConnectionError(APIError):
    """No answer, or not the whole answer, came through."""

    default_message: Optional[str] = "Connection error."
    should_retry = False
    answer_began = unsent = False  # its head is half or no HTTP; there was no connection at all
    before_response = False  # nothing of an answer had arrived: the call may be tried again


class LegacyAPIConnectionError(APIConnectionError):
    """``openai.error.APIConnectionError``: a sibling of ``Timeout``, unlike its modern namesake."""

    def __init__(
        self, message: Optional[str] = None, *args: Any, should_retry: bool = False, **more: Any
    ) -> None:
        super().__init__(message, *args, **more)
        self.should_retry = should_retry


class ServerDisconnectedError(LegacyAPIConnectionError):
    """The server closed the connection before the first byte of an answer.

    ``stale`` says that the connection had served an earlier call and was dead before the last byte
    of the request was written: the call is sent once more without counting as a retry.
    """

    stale = False


class StreamTruncatedError(LegacyAPIConnectionError):
    """The stream ended without ``[DONE]`` and without a finish reason: the answer is cut off."""


class StreamClosedError(StreamTruncatedError):
    """The stream was closed, by whoever reads it or by another thread or task, before its end."""


class APITimeoutError(APIConnectionError):
    """A bound passed; ``bound`` is ``"timeout"``, ``"idle_timeout"`` or ``"deadline"``."""

    default_message: Optional[str] = "Request timed out."
    bound = "timeout"

    def __init__(self, message: Any = None, *args: Any, **more: Any) -> None:
        if not isinstance(message, (str, type(None))):  # openai >= 1: (request)
            message, more["request"] = None, message
        super().__init__(message, *args, **more)


class APIResponseValidationError(APIError):
    """The answer is not what the API promises."""

    default_message: Optional[str] = "Data returned by API invalid for expected schema."

    def __init__(self, *args: Any, **more: Any) -> None:
        if args and not isinstance(args[0], (str, type(None))):  # openai >= 1: (response, body)
            more.update(zip(("response", "body"), args))
            args = ()
        super().__init__(*args, **more)


class APIResponseError(LegacyAPIError, APIResponseValidationError):
    """A success status with a body that is no JSON reply (HTML, half JSON ...)."""


class BackendUnavailableError(OpenAIError):
    """The backend cannot work here, or not without asyncio; the message has reason and fix."""


class HttpClientError(OpenAIError, TypeError):
    """``http_client`` is of a kind that the chosen backend cannot use."""


class NotOfferedError(OpenAIError, AttributeError):
    """The provider does not offer this; an AttributeError, so that ``hasattr`` answers False."""


class LegacyInvalidAPIType(OpenAIError):
    """``openai.error.InvalidAPIType``: ``api_type`` is no known type."""


class LegacySignatureVerificationError(OpenAIError):
    """``openai.error.SignatureVerificationError``; never raised here, kept for imports."""

    def __init__(
        self, message: Optional[str] = None, sig_header: Any = None, http_body: Any = None
    ) -> None:
        super().__init__(message, http_body)
        self.sig_header = sig_header


class RepairWarning(UserWarning):
    """A request was changed on its way because the provider refuses it as written."""


class BackendWarning(RuntimeWarning):
    """The installed SDK cannot be used; another backend stands in."""


# --- names in openai.error (0.28) and catching with the real SDK's classes ----------------------

LEGACY_NAMES: Dict[str, Type[OpenAIError]] = {
    "OpenAIError": OpenAIError,
    "APIError": LegacyAPIError,
    "TryAgain": ConflictError,
    "Timeout": APITimeoutError,
    "APIConnectionError": LegacyAPIConnectionError,
    "InvalidRequestError": LegacyInvalidRequestError,
    "AuthenticationError": AuthenticationError,
    "PermissionError": PermissionDeniedError,
    "RateLimitError": RateLimitError,
    "ServiceUnavailableError": ServiceUnavailableError,
    "InvalidAPIType": LegacyInvalidAPIType,
    "SignatureVerificationError": LegacySignatureVerificationError,
}

_SHOWN_AS = {
    LegacyAPIError: "APIError",
    LegacyInvalidRequestError: "InvalidRequestError",
    LegacyAPIConnectionError: "APIConnectionError",
    LegacyInvalidAPIType: "InvalidAPIType",
    LegacySignatureVerificationError: "SignatureVerificationError",
}
_MODULES = {"modern": "dsadapter", "legacy": "dsadapter.error"}
_LEGACY_NAME_OF = {value: name for name, value in LEGACY_NAMES.items()}
# Classes that today's face does not name.
_INNER = (OtherStatusError, ServerFaultError, ServerDisconnectedError, ServiceUnavailableError)


def with_sdk_class(err: OpenAIError, face: str = "modern") -> OpenAIError:
    """Make ``err`` an instance of the imported SDK's own class too, of the name that this face
    ("modern" or "legacy") gives it; gives it back."""
    mro, hidden = native.own_class(type(err)).__mro__, (*_SHOWN_AS, *_INNER)
    modern = tuple(cls.__name__ for cls in mro if cls not in hidden)
    legacy = tuple(_LEGACY_NAME_OF[cls] for cls in mro if cls in _LEGACY_NAME_OF)
    native.add_sdk_classes(err, OpenAIError, modern, legacy)
    native.show_as(err, legacy[0] if face == "legacy" else modern[0], _MODULES[face])
    err._face = face
    return err


def _publish() -> None:
    """Let tracebacks show the name a user would write, and pickles find it."""
    for value in list(globals().values()):
        if isinstance(value, type) and issubclass(value, (OpenAIError, Warning)):
            value.__module__ = __name__ if value in _INNER else "dsadapter"
    ServiceUnavailableError.__module__ = _MODULES["legacy"]
    for cls, name in _SHOWN_AS.items():
        cls.__name__ = cls.__qualname__ = name
        cls.__module__ = _MODULES["legacy"]


_publish()
