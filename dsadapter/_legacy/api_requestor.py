"""``openai.api_requestor`` of 0.28: one call, with the methods that other people's code patches.

``request`` and ``arequest`` end in the same engine as the modern face; the steps in between have
0.28's names, so that a replaced one takes part.
"""

from __future__ import annotations

import threading
from typing import Any, AsyncIterator, Dict, Iterator, Mapping, NamedTuple, Optional, Tuple

from .._call.call import Call, ResponseTypes
from .._call.prepare import prepare
from .._call.request import USER_AGENT, Request
from .._call.run import arun, run
from .._errors.statuses import class_for_status
from .._errors.tree import APIError, APIStatusError, InvalidArgumentError, with_sdk_class
from .._response.errors import error_message
from .._settings import values
from .._settings.table import Settings
from .._settings.values import Timeouts
from . import legacy_backend as routes
from . import objects, settings, streams, util
from .raw_response import Answer, Limits, native_too
from .responses import response

TIMEOUT_SECS = 600
MAX_SESSION_LIFETIME_SECS = 180
MAX_CONNECTION_RETRIES = 2

TYPES = ResponseTypes(objects.wrapped, streams.tidied)


class _Draft(NamedTuple):
    """What ``_prepare_request_raw`` needs besides its arguments."""

    holder: Any = routes.NoBackend
    stream: bool = False
    timeouts: Optional[Timeouts] = None


_at_work = threading.local()  # the draft, and the call made of it, while one is prepared


class APIRequestor:
    """Makes calls with one set of settings; falsy arguments mean the globals, as in 0.28."""

    limits = Limits()

    def __init__(
        self,
        key: Optional[str] = None,
        api_base: Optional[str] = None,
        api_type: Optional[str] = None,
        api_version: Optional[str] = None,
        organization: Optional[str] = None,
        **own: Any,
    ) -> None:
        own.update(api_key=key, api_base=api_base, organization=organization)
        with native_too:
            self.api_type = util.ApiType.from_str(api_type or settings.current("api_type"))
            self.api_version = api_version or settings.current("api_version")
            self._settings = settings.resolved(own)
            routes.check_azure(self.api_type, self._settings)
        self.api_base = self._settings.base_url
        self.api_key = self._settings.api_key
        self.organization = self._settings.organization

    # the whole way

    def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        headers: Any = None,
        files: Any = None,
        stream: bool = False,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
    ) -> Tuple[Any, bool, str]:
        """The answer (OpenAIResponse, or a generator of them), whether it streams, the key."""
        result = self.request_raw(
            method.lower(),
            url,
            params=params,
            supplied_headers=headers,
            files=files,
            stream=stream,
            request_id=request_id,
            request_timeout=request_timeout,
        )
        answer, streaming = self._interpret_response(result, stream)
        return answer, streaming, self.api_key

    async def arequest(
        self,
        method: str,
        url: str,
        params: Any = None,
        headers: Any = None,
        files: Any = None,
        stream: bool = False,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
    ) -> Tuple[Any, bool, str]:
        result = await self.arequest_raw(
            method.lower(),
            url,
            None,
            params=params,
            supplied_headers=headers,
            files=files,
            stream=stream,
            request_id=request_id,
            request_timeout=request_timeout,
        )
        answer, streaming = await self._interpret_async_response(result, stream)
        return answer, streaming, self.api_key

    # sending

    def request_raw(
        self,
        method: str,
        url: str,
        *,
        params: Any = None,
        supplied_headers: Any = None,
        files: Any = None,
        stream: bool = False,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
    ) -> Answer:
        with native_too:
            draft = _Draft(routes.holder(method), bool(stream), _timeouts(request_timeout))
            request = (url, supplied_headers, method, params, files, request_id)
            call = self._drafted(draft, *request)
        try:
            result = run(call)
        except APIStatusError as err:
            return Answer(call).failed(err)
        return Answer(call, streams.wants_usage(params)).with_result(result)

    async def arequest_raw(
        self,
        method: str,
        url: str,
        session: Any,
        *,
        params: Any = None,
        supplied_headers: Any = None,
        files: Any = None,
        stream: bool = False,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
    ) -> Answer:
        """As :meth:`request_raw`; ``session`` may be an aiohttp session to use."""
        with native_too:
            holder = routes.async_holder(method, session)
            draft = _Draft(holder, bool(stream), _timeouts(request_timeout))
            request = (url, supplied_headers, method, params, files, request_id)
            call = self._drafted(draft, *request)
        try:
            result = await arun(call)
        except APIStatusError as err:
            return Answer(call).failed(err)
        return Answer(call, streams.wants_usage(params)).with_result(result)

    def _drafted(self, draft: _Draft, *request: Any) -> Call:
        """The call as ``_prepare_request_raw`` leaves it, whoever may have replaced that."""
        outer = vars(_at_work).copy()  # a replacement may make a call of its own
        vars(_at_work).update(draft=draft, prepared=None)
        try:
            target, headers, data = self._prepare_request_raw(*request)
            call: Call = _at_work.prepared or self._prepared(draft, *request)
        finally:
            vars(_at_work).clear()
            vars(_at_work).update(outer)
        body = data.encode() if isinstance(data, str) else data
        call.operation = call.operation._replace(url=target, headers=dict(headers), body=body)
        util.log_debug("Request to OpenAI API", method=call.operation.method.lower(), path=target)
        return call

    def _prepare_request_raw(
        self,
        url: str,
        supplied_headers: Any,
        method: str,
        params: Any,
        files: Any,
        request_id: Optional[str],
    ) -> Tuple[str, Dict[str, str], Optional[bytes]]:
        """URL, headers and body as they are sent. A replacement may return others."""
        draft = getattr(_at_work, "draft", None) or _Draft()
        prepared = self._prepared(draft, url, supplied_headers, method, params, files, request_id)
        _at_work.prepared = prepared
        op = prepared.operation
        return op.url, op.headers, op.body

    def _prepared(
        self,
        draft: _Draft,
        url: str,
        supplied_headers: Any,
        method: str,
        params: Any,
        files: Any,
        request_id: Optional[str],
    ) -> Call:
        chosen = self._chosen_settings()
        routes.check_offered(method, url, chosen)
        in_query = method in ("get", "delete")
        headers = self._validate_headers(supplied_headers)
        request = Request(
            method.upper(),
            url,
            None if in_query or files else dict(params or {}),
            stream=draft.stream,
            headers=self.request_headers(method, headers, request_id),
            query={**(params or {}), **self.limits.query} if in_query else self.limits.query,
            timeout=draft.timeouts,
            idle_timeout=self.limits.idle_timeout,
            deadline=self.limits.deadline,
        )
        call = prepare(draft.holder, request, chosen, TYPES, face="legacy")
        if files:
            call.operation = routes.with_files(call.operation, files, params)
        return call

    def _chosen_settings(self) -> Settings:
        """The settings, with what code assigned to the requestor since it was made."""
        chosen = self._settings
        if self.api_key != chosen.api_key or self.api_base != chosen.base_url:
            base = values.base_url(self.api_base or chosen.base_url, "api_base")
            chosen = chosen._replace(api_key=self.api_key, base_url=base)
        return chosen

    def request_headers(
        self, method: str, extra: Mapping[str, str], request_id: Optional[str]
    ) -> Dict[str, str]:
        """The headers beside those that every call has; ``extra`` wins over all of them."""
        headers: Dict[str, str] = {}
        app = settings.current("app_info")
        if app:
            headers["User-Agent"] = f"{USER_AGENT} {self.format_app_info(app)}"
        if request_id is not None:
            headers["X-Request-Id"] = request_id
        headers.update(extra)
        return headers

    @classmethod
    def format_app_info(cls, info: Mapping[str, Any]) -> str:
        version, url = info.get("version"), info.get("url")
        return info["name"] + (f"/{version}" if version else "") + (f" ({url})" if url else "")

    def _validate_headers(self, supplied_headers: Any) -> Dict[str, str]:
        if supplied_headers is None:
            return {}
        if not isinstance(supplied_headers, dict):
            raise InvalidArgumentError("Headers must be a dictionary")
        if not all(isinstance(name, str) for name in supplied_headers):
            raise InvalidArgumentError("Header keys must be strings")
        if not all(isinstance(value, str) for value in supplied_headers.values()):
            raise InvalidArgumentError("Header values must be strings")
        return dict(supplied_headers)

    # reading

    def _interpret_response(self, result: Answer, stream: bool) -> Tuple[Any, bool]:
        """The response, or a generator of them, and whether it is one."""
        if result.error is not None:
            raise self._handled(result.error, False)
        if result.stream is not None:
            return self._events(result), True
        return response(result.data, result.headers, result.adapter), False

    async def _interpret_async_response(self, result: Answer, stream: bool) -> Tuple[Any, bool]:
        if result.error is not None:
            raise self._handled(result.error, False)
        if result.stream is not None:
            return self._async_events(result), True
        return response(result.data, result.headers, result.adapter), False

    def _events(self, result: Answer) -> Iterator[Any]:
        try:
            for data in result.stream:
                if result.keeps_empty or data.get("choices", True):
                    yield response(data, result.headers, result.adapter)
        except APIError as err:
            raise self._handled(err, True) from err.__cause__
        finally:
            result.stream.close()

    async def _async_events(self, result: Answer) -> AsyncIterator[Any]:
        try:
            async for data in result.stream:
                if result.keeps_empty or data.get("choices", True):
                    yield response(data, result.headers, result.adapter)
        except APIError as err:
            raise self._handled(err, True) from err.__cause__
        finally:
            await result.stream.close()

    def _handled(self, err: APIError, in_stream: bool) -> BaseException:
        """What ``handle_error_response`` makes of an error of the server's; others as they are."""
        if err.http_body is None or err.json_body is None:
            return err
        self._failure = err
        util.log_info("OpenAI API error received", error_code=err.code, error_message=err.message)
        made = self.handle_error_response(
            err.http_body, err.http_status, err.json_body, err.headers, stream_error=in_stream
        )
        return made if made is not None else err

    def handle_error_response(
        self, rbody: Any, rcode: Any, resp: Any, rheaders: Any, stream_error: bool = False
    ) -> BaseException:
        """The exception for an error body; it is returned, not raised."""
        err: Optional[APIError] = getattr(self, "_failure", None)
        if err is not None and err.http_body == rbody and err.http_status == rcode:
            return err
        made = class_for_status(rcode)(
            error_message(resp, str(rbody)),
            http_body=str(rbody),
            http_status=rcode,
            json_body=resp,
            headers=rheaders,
        )
        return with_sdk_class(made)


def _timeouts(request_timeout: Any) -> Optional[Timeouts]:
    """A number or (connect, read); None and 0 mean the default, which code may have changed."""
    if not request_timeout and TIMEOUT_SECS != 600:
        request_timeout = TIMEOUT_SECS
    return values.timeouts("request_timeout", request_timeout) if request_timeout else None
