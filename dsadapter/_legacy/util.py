"""``openai.util`` of 0.28: conversions, log lines, API types."""

from __future__ import annotations

import logging
import os
import re
import sys
from typing import Any, Dict, Iterator, Optional, Tuple

from . import objects, settings
from .responses import OpenAIResponse
from .settings import ApiType as ApiType

__all__ = ["log_info", "log_debug", "log_warn", "logfmt"]

OPENAI_LOG = os.environ.get("OPENAI_LOG")
logger = logging.getLogger("openai")


def api_key_to_header(api: ApiType, key: str) -> Dict[str, str]:
    """The header that carries the key."""
    is_azure = api is settings.ApiType.AZURE
    return {"api-key": key} if is_azure else {"Authorization": f"Bearer {key}"}


# --- log lines -----------------------------------------------------------------------------------


def _console_log_level() -> Optional[str]:
    """ "debug" or "info" where lines are wanted on stderr as well, else None."""
    levels = (settings.current("log"), OPENAI_LOG)
    return next((level for level in levels if level in ("debug", "info")), None)


def log_debug(message: str, **params: Any) -> None:
    """A line of logfmt at level DEBUG."""
    _log(message, params, logging.DEBUG, _console_log_level() == "debug")


def log_info(message: str, **params: Any) -> None:
    """A line of logfmt at level INFO."""
    _log(message, params, logging.INFO, _console_log_level() is not None)


def log_warn(message: str, **params: Any) -> None:
    """A line of logfmt at level WARNING, always on stderr as well."""
    _log(message, params, logging.WARNING, True)


def _log(message: str, params: Dict[str, Any], level: int, on_stderr: bool) -> None:
    if not on_stderr and not logger.isEnabledFor(level):
        return
    text = logfmt({"message": message, **params})
    if on_stderr:
        print(text, file=sys.stderr)
    logger.log(level, text)


def logfmt(props: Dict[str, Any]) -> str:
    """``key=value`` pairs by name; a value with blanks is quoted."""
    return " ".join(f"{_quoted(key)}={_quoted(value)}" for key, value in sorted(props.items()))


def _quoted(value: Any) -> str:
    if hasattr(value, "decode"):
        value = value.decode("utf-8")
    text = value if isinstance(value, str) else str(value)
    return repr(text) if re.search(r"\s", text) else text


# --- conversions ---------------------------------------------------------------------------------


def get_object_classes() -> Dict[str, Any]:
    """Which class an ``object`` value stands for."""
    return objects.classes_by_kind


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
        return resp.data if plain_old_data else _converted(resp, engine)
    if plain_old_data:
        return resp
    if isinstance(resp, list):
        common = (api_key, api_version, organization, engine)
        return [convert_to_openai_object(item, *common) for item in resp]
    if isinstance(resp, dict) and not isinstance(resp, objects.OpenAIObject):
        kind = resp.get("object")
        cls = objects.classes_by_kind.get(kind) if isinstance(kind, str) else None
        return (cls or objects.OpenAIObject).construct_from(
            resp, api_key, api_version, organization, engine
        )
    return resp


def _converted(resp: OpenAIResponse, engine: Any) -> Any:
    """The object of an answer; what its headers say the object reads from its ``adapter``."""
    converted = objects.converted(resp.data, resp.adapter)
    if isinstance(converted, objects.OpenAIObject):
        if engine is not None:
            object.__setattr__(converted, "engine", engine)
        if resp.adapter is None:  # a response that a replaced method has made
            for name, value in _of_headers(resp):
                object.__setattr__(converted, name, value)
    return converted


def _of_headers(resp: OpenAIResponse) -> Iterator[Tuple[str, Any]]:
    if resp.organization is not None:
        yield "organization", resp.organization
    if resp.response_ms is not None:
        yield "_response_ms", resp.response_ms


def convert_to_dict(obj: Any) -> Any:
    """An OpenAIObject back as plain dicts and lists."""
    if isinstance(obj, list):
        return [convert_to_dict(item) for item in obj]
    if isinstance(obj, dict):
        return {key: convert_to_dict(value) for key, value in obj.items()}
    return obj


def merge_dicts(x: Dict[Any, Any], y: Dict[Any, Any]) -> Dict[Any, Any]:
    """Both; ``y`` wins."""
    return {**x, **y}


def default_api_key() -> str:
    """The key that a call without one would use; raises AuthenticationError without any."""
    return settings.resolved({}, settings.snapshot()).settings.api_key
