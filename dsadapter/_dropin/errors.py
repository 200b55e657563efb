"""Behind openai >= 1: the native errors are caught by ``openai.error.*`` too.

An instance becomes one of a class that has both parents, the moment it is made; the native
classes themselves stay as they are.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from .._errors import tree
from .._errors.statuses import class_for_status
from .patches import Changes

# Native name -> our class, where the name is not the same or the status decides (surface C).
_BY_NAME = {
    "BadRequestError": tree.BadRequestError,
    "AuthenticationError": tree.AuthenticationError,
    "PermissionDeniedError": tree.PermissionDeniedError,
    "NotFoundError": tree.NotFoundError,
    "ConflictError": tree.ConflictError,
    "UnprocessableEntityError": tree.UnprocessableEntityError,
    "RateLimitError": tree.RateLimitError,
    "InternalServerError": tree.InternalServerError,
    "APIResponseValidationError": tree.APIResponseError,
    "APITimeoutError": tree.APITimeoutError,
    "APIConnectionError": tree.LegacyAPIConnectionError,
    "APIStatusError": tree.APIStatusError,
    "APIError": tree.LegacyAPIError,
    "OpenAIError": tree.OpenAIError,
}
_BY_STATUS = ("APIStatusError", "InternalServerError")  # too wide for one legacy class


def _message(err: Any) -> Optional[str]:
    return err.message or (str(err.args[0]) if err.args else None)


def _http_body(err: Any) -> Optional[str]:
    try:
        return None if err.response is None else str(err.response.text)
    except Exception:  # a stream that nobody has read
        return None


def _json_body(err: Any) -> Any:
    return {"error": err.body} if isinstance(err.body, dict) else None


def _error_object(err: Any) -> Any:
    return tree.OpenAIError.error.__get__(err)


class LegacyAttributes:
    """0.28's attributes on a native error; everything the SDK sets by itself stays plain."""

    message: Any = None
    status_code: Any = None
    request_id: Any = None
    body: Any = None
    response: Any = None
    hint = None
    partial = None
    partial_response = None
    _message = user_message = tree.OverridableProperty(_message)
    http_status = tree.OverridableProperty(lambda err: err.status_code)
    http_body = tree.OverridableProperty(_http_body)
    json_body = tree.OverridableProperty(_json_body)
    headers = tree.OverridableProperty(lambda err: getattr(err.response, "headers", None) or {})
    organization = tree.OverridableProperty(lambda err: err.headers.get("openai-organization"))
    error = tree.OverridableProperty(_error_object)
    __str__ = Exception.__str__
    __repr__ = Exception.__repr__
    __reduce__ = Exception.__reduce__


_bridged: Dict[Tuple[type, type], type] = {}


def bridge(package: Any, changes: Changes) -> None:
    """Extend the error classes of a real openai >= 1."""
    space = vars(package)
    root, status_error = space["OpenAIError"], space["APIStatusError"]
    bases = {space[name]: cls for name, cls in _BY_NAME.items() if name in space}
    by_status = {space[name] for name in _BY_STATUS if name in space}
    status_init = status_error.__init__

    def __init__(self: Any, *args: Any) -> None:
        Exception.__init__(self, *args)
        _add_base(self, next(bases[c] for c in type(self).__mro__ if c in bases))

    def init_with_status(self: Any, *args: Any, **kwargs: Any) -> None:
        status_init(self, *args, **kwargs)
        if _native(type(self)) in by_status:
            _add_base(self, class_for_status(self.status_code), again=True)

    changes.set(root, "__init__", __init__)
    changes.set(status_error, "__init__", init_with_status)


def _native(cls: type) -> type:
    return vars(cls).get("_native", cls)


def _add_base(err: Any, base: type, again: bool = False) -> None:
    """Make ``err`` an instance of ``base`` too; ``again`` where it has a base of ours already."""
    if isinstance(err, tree.OpenAIError) and not again:
        return
    native = _native(type(err))
    if (native, base) not in _bridged:
        attributes = {
            "__module__": native.__module__,
            "__qualname__": native.__qualname__,
            "_native": native,
        }
        _bridged[native, base] = type(native.__name__, (native, LegacyAttributes, base), attributes)
    try:
        err.__class__ = _bridged[native, base]
    except TypeError:  # a subclass of the program's own with another layout: it stays native
        pass
