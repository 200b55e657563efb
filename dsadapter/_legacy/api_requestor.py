"""``openai.api_requestor`` of 0.28: one call, with the methods that other people's code patches.

``request`` and ``arequest`` end in the same engine as the modern face; the steps in between have
0.28's names, so that a replaced one takes part.
"""

from __future__ import annotations

import logging
import threading
from typing import Any, Dict, Mapping, Optional, Tuple

from .._call.call import Call
from .._call.prepare import prepare
from .._call.request import USER_AGENT, Request
from .._call.run import arun, run
from .._errors.statuses import class_for_status
from .._errors.tree import (
    APIError,
    APIStatusError,
    InvalidArgumentError,
    OpenAIError,
    with_sdk_class,
)
from .._response.errors import error_message
from .._response.info import AdapterInfo
from .._settings import values
from .._settings.table import Settings
from . import azure, legacy_backend, results, settings, util
from .legacy_backend import Outline
from .responses import response
from .results import RawResponse
from .settings import NO_OPTIONS, CallOptions, Snapshot

TIMEOUT_SECS = 600
MAX_SESSION_LIFETIME_SECS = 180
MAX_CONNECTION_RETRIES = 2


_preparing = threading.local()  # the outline, and the call made of it, while one is prepared


class APIRequestor:
    """Makes calls with one set of settings; falsy arguments mean the globals, as in 0.28."""

    def __init__(
        self,
        key: Optional[str] = None,
        api_base: Optional[str] = None,
        api_type: Optional[str] = None,
        api_version: Optional[str] = None,
        organization: Optional[str] = None,
        *,
        options: CallOptions = NO_OPTIONS,
        **adapter_settings: Any,
    ) -> None:
        arguments = {
            **adapter_settings,
            "api_key": key,
            "api_base": api_base,
            "organization": organization,
        }
        try:
            snapshot = settings.snapshot()
            self.api_type: settings.ApiType = settings.typed_api_type(api_type or snapshot.api_type)
            self._settings, self._named_backend = settings.resolved(arguments, snapshot)
            if self.api_type is not settings.ApiType.OPEN_AI:
                arguments["api_type"] = api_type
                self._settings = azure.applied(self.api_type, arguments, snapshot, self._settings)
        except OpenAIError as err:
            with_sdk_class(err, "legacy")
            raise
        self._snapshot: Optional[Snapshot] = snapshot  # for the first call
        self._options = options
        self.calls_azure: bool = self._settings.provider.deployments
        self.api_version: Optional[str] = api_version or snapshot.api_version
        self.api_base: str = self._settings.base_url
        self.api_key: str = self._settings.api_key
        self.organization: Optional[str] = self._settings.organization

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
        raw = self.request_raw(
            method.lower(),
            url,
            params=params,
            supplied_headers=headers,
            files=files,
            stream=stream,
            request_id=request_id,
            request_timeout=request_timeout,
        )
        interpreted, streaming = self._interpret_response(raw, stream)
        return interpreted, streaming, self.api_key

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
        """As :meth:`request`; a stream is an async generator."""
        raw = await self.arequest_raw(
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
        interpreted, streaming = await self._interpret_async_response(raw, stream)
        return interpreted, streaming, self.api_key

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
    ) -> RawResponse:
        """The answer as it came, error statuses among them; raises what is no answer."""
        try:
            snapshot = self._snapshot_for_call()
            legacy_backend.check_offered(url, self._settings_for_call())
            holder = legacy_backend.holder(method, self._named_backend, snapshot)
            outline = Outline(holder, snapshot, bool(stream), _timeouts(request_timeout))
            call = self._prepare(outline, url, supplied_headers, method, params, files, request_id)
        except OpenAIError as err:
            with_sdk_class(err, "legacy")
            raise
        try:
            result = run(call)
        except APIStatusError as err:
            return RawResponse(call.info(), (err.http_body or "").encode(), error=err)
        return _raw_response(call, call.info(), result, params)

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
    ) -> RawResponse:
        """As :meth:`request_raw`; ``session`` may be an aiohttp session to use."""
        try:
            snapshot = self._snapshot_for_call()
            legacy_backend.check_offered(url, self._settings_for_call())
            holder = legacy_backend.async_holder(method, self._named_backend, snapshot, session)
            outline = Outline(holder, snapshot, bool(stream), _timeouts(request_timeout))
            call = self._prepare(outline, url, supplied_headers, method, params, files, request_id)
        except OpenAIError as err:
            with_sdk_class(err, "legacy")
            raise
        try:
            result = await arun(call)
        except APIStatusError as err:
            return RawResponse(call.info(), (err.http_body or "").encode(), error=err)
        return _raw_response(call, call.info(), result, params)

    def _snapshot_for_call(self) -> Snapshot:
        """The globals: for the first call those that the settings came from, then anew."""
        snapshot, self._snapshot = self._snapshot, None
        return snapshot or settings.snapshot()

    def _prepare(self, outline: Outline, *request: Any) -> Call:
        """The call as ``_prepare_request_raw`` leaves it, whoever may have replaced that."""
        outer = vars(_preparing).copy()  # a replacement may make a call of its own
        vars(_preparing).update(outline=outline, call=None)
        try:
            prepared: Any = self._prepare_request_raw(*request)
            call: Call = _preparing.call or self._build_call(outline, *request)
        finally:
            vars(_preparing).clear()
            vars(_preparing).update(outer)
        url, headers, data = prepared
        op, body = call.operation, data.encode() if isinstance(data, str) else data
        if (url, headers, body) != (op.url, op.headers, op.body):
            call.operation = op._replace(url=url, headers=dict(headers), body=body)
        log_levels = (outline.snapshot.log, util.OPENAI_LOG)
        if "debug" in log_levels or util.logger.isEnabledFor(logging.DEBUG):
            util.log_debug("Request to OpenAI API", method=op.method.lower(), path=url)
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
        outline = _current_outline()
        call = self._build_call(outline, url, supplied_headers, method, params, files, request_id)
        _preparing.call = call
        return call.operation.url, call.operation.headers, call.operation.body

    def _build_call(
        self,
        outline: Outline,
        url: str,
        supplied_headers: Any,
        method: str,
        params: Any,
        files: Any,
        request_id: Optional[str],
    ) -> Call:
        options = self._options
        url = azure.path(url, self.api_version) if self.calls_azure else url
        in_query = method in ("get", "delete")
        headers = self._validate_headers(supplied_headers)
        request = Request(
            method.upper(),
            url,
            None if in_query or files else dict(params or {}),
            stream=outline.stream,
            headers=self._own_headers(self.request_headers(method, headers, request_id)),
            query={**(params or {}), **options.query} if in_query else options.query,
            timeout=outline.timeouts,
            idle_timeout=options.idle_timeout,
            deadline=options.deadline,
        )
        types = results.types_of(url) if url.startswith(results.MAYBE_NO_JSON) else results.OBJECTS
        call = prepare(outline.holder, request, self._settings_for_call(), types, face="legacy")
        if files:
            call.operation = legacy_backend.with_files(call.operation, files, params)
        return call

    def _settings_for_call(self) -> Settings:
        """The settings, with what code assigned to the requestor since it was made."""
        chosen = self._settings
        if self.api_key != chosen.api_key or self.api_base != chosen.base_url:
            base = values.base_url(self.api_base or chosen.base_url, "api_base")
            chosen = chosen._replace(api_key=self.api_key, base_url=base)
        return chosen

    def request_headers(
        self, method: str, extra: Mapping[str, str], request_id: Optional[str]
    ) -> Dict[str, str]:
        """The headers of a request, with the key; ``extra`` wins over all of them."""
        headers = self._usual_headers()
        app_info = _current_outline().snapshot.app_info
        if app_info:
            headers["User-Agent"] = f"{USER_AGENT} {self.format_app_info(app_info)}"
        if request_id is not None:
            headers["X-Request-Id"] = request_id
        headers.update(extra)
        return headers

    def _usual_headers(self) -> Dict[str, str]:
        """Those that every call of this requestor has, unless code replaces them."""
        headers = {"User-Agent": USER_AGENT, "Authorization": f"Bearer {self.api_key}"}
        if self.calls_azure:
            del headers["Authorization"]
            headers.update(util.api_key_to_header(self.api_type, self.api_key))
        if self.organization:
            headers["OpenAI-Organization"] = self.organization
        return headers

    def _own_headers(self, headers: Mapping[str, str]) -> Dict[str, str]:
        """Without the usual ones, which go with every call below: its settings may replace them."""
        usual = self._usual_headers().items()
        return {name: value for name, value in headers.items() if (name, value) not in usual}

    @classmethod
    def format_app_info(cls, info: Mapping[str, Any]) -> str:
        """``openai.app_info`` as it stands in the user agent: "name/version (url)"."""
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

    def _interpret_response(self, result: RawResponse, stream: bool) -> Tuple[Any, bool]:
        """The response, or a generator of them, and whether it is one."""
        if result.error is not None:
            raise self._handled(result.error, False)
        if result.stream is not None:
            return results.responses(result, self._handled_in_stream), True
        return response(result.data, result.headers, result.adapter), False

    async def _interpret_async_response(
        self, result: RawResponse, stream: bool
    ) -> Tuple[Any, bool]:
        """The async twin of :meth:`_interpret_response`."""
        if result.error is not None:
            raise self._handled(result.error, False)
        if result.stream is not None:
            return results.aresponses(result, self._handled_in_stream), True
        return response(result.data, result.headers, result.adapter), False

    def _handled_in_stream(self, err: APIError) -> BaseException:
        return self._handled(err, True)

    def _handled(self, err: APIError, in_stream: bool) -> BaseException:
        """What ``handle_error_response`` makes of an error of the server's; others as they are."""
        if err.http_body is None or err.json_body is None:
            return err
        self._failure = err
        util.log_info("OpenAI API error received", error_code=err.code, error_message=err.message)
        handled = self.handle_error_response(
            err.http_body, err.http_status, err.json_body, err.headers, stream_error=in_stream
        )
        return handled if handled is not None else err

    def handle_error_response(
        self, rbody: Any, rcode: Any, resp: Any, rheaders: Any, stream_error: bool = False
    ) -> BaseException:
        """The exception for an error body; it is returned, not raised."""
        err: Optional[APIError] = getattr(self, "_failure", None)
        if err is not None and err.http_body == rbody and err.http_status == rcode:
            return err
        return with_sdk_class(
            class_for_status(rcode)(
                error_message(resp, str(rbody)),
                http_body=str(rbody),
                http_status=rcode,
                json_body=resp,
                headers=rheaders,
            ),
            "legacy",
        )


def _current_outline() -> Outline:
    """Of the call that this thread prepares; where there is none, somebody only asks what would
    be sent."""
    outline: Optional[Outline] = getattr(_preparing, "outline", None)
    return outline or Outline(legacy_backend.NoBackend(), settings.snapshot())


def _timeouts(request_timeout: Any) -> Optional[values.Timeouts]:
    """A number or (connect, read); None and 0 mean the default, which code may have changed."""
    if not request_timeout and TIMEOUT_SECS != 600:
        request_timeout = TIMEOUT_SECS
    return values.timeouts("request_timeout", request_timeout) if request_timeout else None


def _raw_response(call: Call, info: AdapterInfo, result: Any, params: Any) -> RawResponse:
    if call.request.stream:
        usage = _wants_usage(params)
        return RawResponse(
            info, b"", stream=result, usage_chunk=usage, functions=call.restore, call=call
        )
    own_info = getattr(result, "adapter", None)  # it has the reply as it came
    return RawResponse(own_info or info, call.content or b"", data=result)


def _wants_usage(params: Any) -> bool:
    """Whether a chunk without choices was asked for."""
    options = params.get("stream_options") if isinstance(params, Mapping) else None
    return bool(isinstance(options, Mapping) and options.get("include_usage"))
