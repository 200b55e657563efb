"""The exception tree: one class per concept, reachable under the modern and the legacy spelling.

The two generations cut differently. In openai >= 1 ``APIError`` is the base of everything an API
call raises; in openai 0.28 the classes of ``openai.error`` are siblings and ``error.APIError`` is
only what has no class of its own (402, 422, 500 ...). Both hold here: the leaves named ``Legacy*``
are published by :mod:`dsadapter.error` under their old names.
"""

from __future__ import annotations

import sys
from typing import Any, Callable, Dict, Mapping, Optional, Tuple, Type

from .._headers import request_id
from .._record import Record


class Derived:
    """A property that an assignment on the instance overrides.

    Subclasses of programs set ``message`` and ``status_code`` themselves (openai 0.28 has no such
    names), pickles that 0.28 wrote set ``request_id`` and ``organization``.
    """

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self._read = read
        self.__doc__ = read.__doc__

    def __get__(self, err: Any, owner: Any = None) -> Any:
        return self if err is None else self._read(err)


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
        self.body = body if body is not None else inner_error(json_body) or http_body
        self.response = response
        self.request = request if request is not None else getattr(response, "request", None)
        fields = self.body if isinstance(self.body, dict) else {}
        self.code = code if code is not None else fields.get("code")
        self.param = param if param is not None else fields.get("param")
        self.type = fields.get("type")
        self.hint = hint
        self.partial = partial
        self.partial_response: Any = None

    @Derived
    def message(self) -> str:
        return self._message or ""

    @Derived
    def user_message(self) -> Optional[str]:
        return self._message

    @Derived
    def status_code(self) -> Optional[int]:
        return self.http_status

    @Derived
    def request_id(self) -> Optional[str]:
        """The id to name to the provider's support (DeepSeek sends ``x-ds-trace-id``)."""
        return request_id(self.headers)

    @Derived
    def organization(self) -> Optional[str]:
        return self.headers.get("openai-organization")

    @Derived
    def error(self) -> Any:
        """The server's ``error`` object with attributes, as openai 0.28 gives it, or None."""
        fields = inner_error(self.json_body)
        if not isinstance(fields, dict):
            return None
        return Record({"message": self.message, "type": None, **fields})

    def __str__(self) -> str:
        text = self._message or "<empty message>"
        return f"{text}\n{self.hint}" if self.hint else text

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(message={self._message!r}, "
            f"http_status={self.http_status!r}, request_id={self.request_id!r})"
        )

    def __reduce__(self) -> Tuple[Any, ...]:
        return _rebuild, (plain_class(type(self)), self.args, dict(self.__dict__))


def _rebuild(cls: Type[OpenAIError], args: Tuple[Any, ...], state: Dict[str, Any]) -> OpenAIError:
    err = cls.__new__(cls, *args)
    err.args = args
    err.__dict__.update(state)
    return catchable(err)


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

    http_status = 400


class InvalidArgumentError(BadRequestError, TypeError, ValueError):
    """An argument cannot be sent; raised before a byte leaves. Also a TypeError and ValueError."""

    http_status = None  # type: ignore[assignment]  # no server was asked


class AuthenticationError(APIStatusError):
    """401, or a key that cannot be used (then ``status_code`` is None)."""


class CredentialsError(AuthenticationError):
    """No key was found, or the one found must not or cannot be sent; nothing was sent."""


class InsufficientBalanceError(LegacyAPIError, APIStatusError):
    """402: the account is empty. A plain ``APIStatusError`` / ``error.APIError`` elsewhere."""

    http_status = 402


class PermissionDeniedError(APIStatusError):
    http_status = 403


class NotFoundError(LegacyInvalidRequestError):
    http_status = 404


class ConflictError(APIStatusError):
    """409; ``openai.error.TryAgain`` in 0.28."""

    http_status = 409


class UnprocessableEntityError(LegacyAPIError, APIStatusError):
    http_status = 422


class RateLimitError(APIStatusError):
    http_status = 429


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

    default_message = "Connection error."
    should_retry = False
    answer_began = False  # the answer was no HTTP, or its head too large
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

    ``reused`` says that the connection had served an earlier call: then the server had closed an
    idle connection, and the call is sent once more without counting as a retry.
    """

    reused = False


class StreamTruncatedError(LegacyAPIConnectionError):
    """The stream ended without ``[DONE]`` and without a finish reason: the answer is cut off."""


class APITimeoutError(APIConnectionError):
    """A bound passed; ``bound`` is ``"timeout"``, ``"idle_timeout"`` or ``"deadline"``."""

    default_message = "Request timed out."
    bound = "timeout"

    def __init__(self, message: Any = None, *args: Any, **more: Any) -> None:
        if not isinstance(message, (str, type(None))):  # openai >= 1: (request)
            message, more["request"] = None, message
        super().__init__(message, *args, **more)


class APIResponseValidationError(APIError):
    """The answer is not what the API promises."""

    default_message = "Data returned by API invalid for expected schema."

    def __init__(self, *args: Any, **more: Any) -> None:
        if args and not isinstance(args[0], (str, type(None))):  # openai >= 1: (response, body)
            more.update(zip(("response", "body"), args))
            args = ()
        super().__init__(*args, **more)


class APIResponseError(LegacyAPIError, APIResponseValidationError):
    """A success status with a body that is no JSON reply (HTML, half JSON ...)."""


# --- ours ----------------------------------------------------------------------------------------


class BackendUnavailableError(OpenAIError):
    """The backend that was asked for cannot work here; the message has the reason and the fix."""


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


# --- status -> class -----------------------------------------------------------------------------

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
_mixed: Dict[Tuple[type, type], Type[OpenAIError]] = {}


def plain_class(cls: Type[OpenAIError]) -> Type[OpenAIError]:
    """The class of this module behind one that :func:`catchable` made."""
    return cls.__dict__.get("_plain", cls)


def catchable(err: OpenAIError) -> OpenAIError:
    """Make ``err`` an instance of the imported SDK's own class too.

    ``except openai.RateLimitError`` and ``except openai.error.RateLimitError`` written against the
    real package then catch it. Nothing is imported: an SDK that the program has not imported has
    no ``except`` clauses either.
    """
    for native in _native_classes(plain_class(type(err))):
        if not isinstance(err, native):
            err.__class__ = _mix(type(err), native)
    return err


def _native_classes(cls: Type[OpenAIError]) -> Tuple[type, ...]:
    modern, legacy = sys.modules.get("openai._exceptions"), sys.modules.get("openai.error")
    spaces = ((modern, _modern_names(cls)), (legacy, _legacy_names(cls)))
    found = (_first_class(space, names) for space, names in spaces if space is not None)
    return tuple(native for native in found if native is not None)


def _modern_names(cls: type) -> Tuple[str, ...]:
    return tuple(base.__name__ for base in cls.__mro__ if base not in _SHOWN_AS)


def _legacy_names(cls: type) -> Tuple[str, ...]:
    by_class = {value: name for name, value in LEGACY_NAMES.items()}
    return tuple(by_class[base] for base in cls.__mro__ if base in by_class)


def _first_class(space: Any, names: Tuple[str, ...]) -> Optional[type]:
    for name in names:
        found = vars(space).get(name)
        foreign = isinstance(found, type) and not issubclass(found, OpenAIError)
        if foreign and issubclass(found, Exception) and name not in ("Exception", "BaseException"):
            return found
    return None


def _mix(ours: Type[OpenAIError], native: type) -> Type[OpenAIError]:
    if (ours, native) not in _mixed:
        names = {
            "__module__": ours.__module__,
            "__qualname__": ours.__qualname__,
            "_plain": plain_class(ours),
        }
        _mixed[ours, native] = type(ours.__name__, (ours, native), names)
    return _mixed[ours, native]


def _publish() -> None:
    """Let tracebacks show the name a user would write, and pickles find it."""
    inner = (OtherStatusError, ServerFaultError, ServerDisconnectedError)  # nobody writes these
    for value in list(globals().values()):
        if isinstance(value, type) and issubclass(value, (OpenAIError, Warning)):
            value.__module__ = __name__ if value in inner else "dsadapter"
    ServiceUnavailableError.__module__ = "dsadapter.error"
    for cls, name in _SHOWN_AS.items():
        cls.__name__ = cls.__qualname__ = name
        cls.__module__ = "dsadapter.error"


_publish()
