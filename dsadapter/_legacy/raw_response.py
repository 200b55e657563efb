"""What the requestor hands around: bounds of a call, its raw answer, errors in both guises."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Optional

from .._call.call import Call
from .._errors.tree import APIStatusError, OpenAIError, with_sdk_class


class Limits(NamedTuple):
    """What a call may say that 0.28's ``request`` has no parameter for."""

    idle_timeout: Optional[float] = None
    deadline: Optional[float] = None
    query: Mapping[str, Any] = {}


class Answer:
    """What ``request_raw`` gives: ``requests.Response`` in the attributes that code reads."""

    def __init__(self, call: Call, keeps_empty: bool = False) -> None:
        self.adapter = call.info()
        self.status_code = call.status
        self.headers = call.headers
        self.content = call.content or b""
        self.keeps_empty = keeps_empty  # chunks without choices were asked for
        self.data: Any = None
        self.stream: Any = None
        self.error: Optional[APIStatusError] = None

    @property
    def status(self) -> int:
        """aiohttp's name."""
        return self.status_code

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        import json

        return json.loads(self.text)

    def with_result(self, result: Any) -> Answer:
        """What the call gave: a stream, or the object of a whole reply."""
        if hasattr(result, "get_final_response"):
            self.stream = result
        else:
            self.data = result
        return self

    def failed(self, err: APIStatusError) -> Answer:
        self.error = err
        self.content = (err.http_body or "").encode()
        return self


class NativeToo:
    """``with native_too:`` what is raised is caught by an imported SDK's classes as well."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, err: Any, trace: Any) -> None:
        if isinstance(err, OpenAIError):
            with_sdk_class(err)


native_too = NativeToo()
