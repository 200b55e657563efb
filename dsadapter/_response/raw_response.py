"""``with_raw_response``: the answer as it came."""

from __future__ import annotations

import json
from typing import Any, Optional

from .._errors.tree import OpenAIError
from .._headers import Headers
from .info import AdapterInfo


class RawResponse:
    """``with_raw_response``: the answer as it came, and ``parse()`` for the usual object."""

    def __init__(self, content: Optional[bytes], info: AdapterInfo, parsed: Any) -> None:
        self._content = content
        self._parsed = parsed
        self.adapter = info
        self.status_code = info.status
        self.headers: Headers = info.headers
        self.request_id = info.request_id

    @property
    def content(self) -> bytes:
        """The body, decoded; raises OpenAIError for a stream."""
        if self._content is None:
            raise OpenAIError("The answer is a stream: read it from parse().")
        return self._content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body parsed."""
        return json.loads(self.text)

    def parse(self) -> Any:
        """What the call without ``with_raw_response`` gives."""
        return self._parsed

    def __repr__(self) -> str:
        return f"<RawResponse [{self.status_code}]>"
