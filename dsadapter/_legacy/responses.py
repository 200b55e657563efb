"""``openai.openai_response`` of 0.28: one answer, before it becomes an object."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Type

from .._record import Record
from .._response.info import AdapterInfo
from . import settings


class OpenAIResponse:
    """Parsed JSON and the headers that came with it; ``adapter`` says how the answer came about."""

    adapter: Optional[AdapterInfo] = None

    def __init__(
        self, data: Any, headers: Mapping[str, str], adapter: Optional[AdapterInfo] = None
    ) -> None:
        self._headers = headers
        self.data = data
        if adapter is not None:
            self.adapter = adapter

    @property
    def request_id(self) -> Optional[str]:
        """The id that the server gave the request, or None."""
        return self._headers.get("request-id")

    @property
    def retry_after(self) -> Optional[int]:
        """Seconds that the server wants to be left alone, or None."""
        value = self._headers.get("retry-after")
        return int(value) if value is not None and value.isdigit() else None

    @property
    def operation_location(self) -> Optional[str]:
        """Where Azure's answers of longer operations are, or None."""
        return self._headers.get("operation-location")

    @property
    def organization(self) -> Optional[str]:
        """OpenAI's organization that paid, or None."""
        return self._headers.get("openai-organization")

    @property
    def response_ms(self) -> Optional[int]:
        """As the server says (OpenAI does), else as measured: code divides it by 1000."""
        return milliseconds(self._headers, self.adapter)


def milliseconds(headers: Mapping[str, str], info: Optional[AdapterInfo]) -> Optional[int]:
    """How long an answer took: as the server says, else as measured; None where neither is."""
    value = headers.get("openai-processing-ms")
    if value is not None:
        return round(float(value))
    return None if info is None else round(info.elapsed * 1000)


def response(data: Any, headers: Mapping[str, str], info: Optional[AdapterInfo]) -> Any:
    """An OpenAIResponse; behind the real openai < 1 one of the SDK's, with plain data in it."""
    if settings.sdk_module is None:
        return OpenAIResponse(data, headers, info)
    if isinstance(data, Record):
        data = data.to_dict_recursive()
    sdk_response = _sdk_class(settings.sdk_module.openai_response)(data, headers)
    sdk_response.adapter = info
    return sdk_response


_sdk_classes: Dict[Any, Type[Any]] = {}


def _sdk_class(module: Any) -> Type[Any]:
    """The SDK's OpenAIResponse, with a ``response_ms`` that is measured where none is sent."""
    if module not in _sdk_classes:
        measured = {"response_ms": OpenAIResponse.response_ms, "adapter": None}
        _sdk_classes[module] = type("OpenAIResponse", (module.OpenAIResponse,), measured)
    return _sdk_classes[module]
