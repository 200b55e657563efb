"""``openai.openai_response`` of 0.28: one answer, before it becomes an object."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .._record import Record
from .._response.info import AdapterInfo
from . import settings


class OpenAIResponse:
    """Parsed JSON and the headers that came with it."""

    adapter: Optional[AdapterInfo] = None  # ours: how the answer came about

    def __init__(self, data: Any, headers: Mapping[str, str]) -> None:
        self._headers = headers
        self.data = data

    @property
    def request_id(self) -> Optional[str]:
        return self._headers.get("request-id")

    @property
    def retry_after(self) -> Optional[int]:
        value = self._headers.get("retry-after")
        return int(value) if value is not None and value.isdigit() else None

    @property
    def operation_location(self) -> Optional[str]:
        return self._headers.get("operation-location")

    @property
    def organization(self) -> Optional[str]:
        return self._headers.get("openai-organization")

    @property
    def response_ms(self) -> Optional[int]:
        """As the server says (OpenAI does), else as measured: code divides it by 1000."""
        said = self._headers.get("openai-processing-ms")
        if said is not None:
            return round(float(said))
        return None if self.adapter is None else round(self.adapter.elapsed * 1000)


def response(data: Any, headers: Mapping[str, str], info: Optional[AdapterInfo]) -> Any:
    """An OpenAIResponse; behind the real openai < 1 one of the SDK's, with plain data in it."""
    if settings.sdk_door is None:
        made = OpenAIResponse(data, headers)
    else:
        plain = data.to_dict_recursive() if isinstance(data, Record) else data
        made = _sdk_class(settings.sdk_door.openai_response)(plain, headers)
    made.adapter = info
    return made


_sdk_classes: Dict[Any, Any] = {}


def _sdk_class(module: Any) -> Any:
    """The SDK's OpenAIResponse, with a ``response_ms`` that is measured where none is sent."""
    if module not in _sdk_classes:
        measured = {"response_ms": OpenAIResponse.response_ms, "adapter": None}
        _sdk_classes[module] = type("OpenAIResponse", (module.OpenAIResponse,), measured)
    return _sdk_classes[module]
