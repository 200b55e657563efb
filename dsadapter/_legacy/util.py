"""``openai.util`` of 0.28: conversions, log lines, API types."""

from __future__ import annotations

import logging
import os
import re
import sys
from enum import Enum
from typing import Any, Dict, Optional

from .._errors.tree import LegacyInvalidAPIType
from . import objects, settings
from .responses import OpenAIResponse

__all__ = ["log_info", "log_debug", "log_warn", "logfmt"]

OPENAI_LOG = os.environ.get("OPENAI_LOG")
logger = logging.getLogger("openai")


class ApiType(Enum):
    AZURE = 1
    OPEN_AI = 2
    AZURE_AD = 3

    @staticmethod
    def from_str(label: str) -> ApiType:
        found = _API_TYPES.get(label.lower())
        if found is None:
            raise LegacyInvalidAPIType(
                "The API type provided in invalid. Please select one of the supported API types: "
                f"'azure', 'azure_ad', 'open_ai' (it is {label!r})"
            )
        return found


_API_TYPES = {
    "azure": ApiType.AZURE,
    "azure_ad": ApiType.AZURE_AD,
    "azuread": ApiType.AZURE_AD,
    "open_ai": ApiType.OPEN_AI,
    "openai": ApiType.OPEN_AI,
}


def api_key_to_header(api: ApiType, key: str) -> Dict[str, str]:
    return {"api-key": key} if api is ApiType.AZURE else {"Authorization": f"Bearer {key}"}


# --- log lines -----------------------------------------------------------------------------------


def _console_log_level() -> Optional[str]:
    from . import settings

    for level in (settings.current("log"), OPENAI_LOG):
        if level in ("debug", "info"):
            return str(level)
    return None


def log_debug(message: str, **params: Any) -> None:
    _log(message, params, logging.DEBUG, ("debug",))


def log_info(message: str, **params: Any) -> None:
    _log(message, params, logging.INFO, ("debug", "info"))


def log_warn(message: str, **params: Any) -> None:
    _log(message, params, logging.WARNING, None)


def _log(message: str, params: Dict[str, Any], level: int, shown_at: Any) -> None:
    shown = shown_at is None or _console_log_level() in shown_at
    if not shown and not logger.isEnabledFor(level):
        return
    text = logfmt({"message": message, **params})
    if shown:
        print(text, file=sys.stderr)
    logger.log(level, text)


def logfmt(props: Dict[str, Any]) -> str:
    return " ".join(f"{_fmt(key)}={_fmt(value)}" for key, value in sorted(props.items()))


def _fmt(value: Any) -> str:
    if hasattr(value, "decode"):
        value = value.decode("utf-8")
    text = value if isinstance(value, str) else str(value)
    return repr(text) if re.search(r"\s", text) else text


# --- conversions ---------------------------------------------------------------------------------


def get_object_classes() -> Dict[str, Any]:
    from . import object_classes

    return object_classes.OBJECT_CLASSES


def convert_to_openai_object(
    resp: Any,
    api_key: Any = None,
    api_version: Any = None,
    organization: Any = None,
    engine: Any = None,
    plain_old_data: bool = False,
) -> Any:
    """Dicts, in lists too, as OpenAIObjects; anything else as it is.

    Of an answer (OpenAIResponse) the object keeps no key, so that none is pickled with it.
    """
    if isinstance(resp, OpenAIResponse):
        return resp.data if plain_old_data else _answered(resp, engine)
    if plain_old_data:
        return resp
    if isinstance(resp, list):
        about = (api_key, api_version, organization, engine)
        return [convert_to_openai_object(item, *about) for item in resp]
    if isinstance(resp, dict) and not isinstance(resp, objects.OpenAIObject):
        kind = resp.get("object")
        cls = get_object_classes().get(kind) if isinstance(kind, str) else None
        return (cls or objects.OpenAIObject).construct_from(
            resp, api_key, api_version, organization, engine
        )
    return resp


def _answered(resp: OpenAIResponse, engine: Any) -> Any:
    made = objects.converted(resp.data, resp.adapter)
    if isinstance(made, objects.OpenAIObject):
        said = {"engine": engine, "organization": resp.organization}
        if "openai-processing-ms" in resp._headers:
            said["_response_ms"] = resp.response_ms
        for name, value in said.items():
            if value is not None:
                object.__setattr__(made, name, value)
    return made


def convert_to_dict(obj: Any) -> Any:
    """An OpenAIObject back as plain dicts and lists."""
    if isinstance(obj, list):
        return [convert_to_dict(item) for item in obj]
    if isinstance(obj, dict):
        return {key: convert_to_dict(value) for key, value in obj.items()}
    return obj


def merge_dicts(x: Dict[Any, Any], y: Dict[Any, Any]) -> Dict[Any, Any]:
    return {**x, **y}


def default_api_key() -> str:
    """The key that a call without one would use; raises AuthenticationError without any."""
    return settings.resolved({}).api_key
