"""``openai.api_resources.abstract`` of 0.28: what the resources are made of."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, Iterator, Mapping, NamedTuple, Optional
from urllib.parse import quote_plus

from .._call import arguments
from .._errors.tree import LegacyInvalidRequestError
from . import api_requestor, settings, streams, util
from .objects import OpenAIObject
from .raw_response import Limits, native_too

MAX_TIMEOUT = 20


class APIResource(OpenAIObject):
    """A kind of thing under one path."""

    api_prefix = ""
    azure_api_prefix = "openai"
    azure_deployments_prefix = "deployments"
    OBJECT_NAME = ""

    @classmethod
    def retrieve(
        cls,
        id: Any,
        api_key: Any = None,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
        **params: Any,
    ) -> Any:
        made = cls(id=id, api_key=api_key, **params)
        made.refresh(request_id=request_id, request_timeout=request_timeout)
        return made

    @classmethod
    def aretrieve(
        cls,
        id: Any,
        api_key: Any = None,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
        **params: Any,
    ) -> Any:
        made = cls(id=id, api_key=api_key, **params)
        return made.arefresh(request_id=request_id, request_timeout=request_timeout)

    def refresh(self, request_id: Optional[str] = None, request_timeout: Any = None) -> Any:
        limits = {"request_id": request_id, "request_timeout": request_timeout}
        self.refresh_from(self.request("get", self.instance_url(), **limits))
        return self

    async def arefresh(self, request_id: Optional[str] = None, request_timeout: Any = None) -> Any:
        limits = {"request_id": request_id, "request_timeout": request_timeout}
        self.refresh_from(await self.arequest("get", self.instance_url("refresh"), **limits))
        return self

    @classmethod
    def class_url(cls) -> str:
        if cls is APIResource:
            raise NotImplementedError(
                "APIResource is an abstract class. You should perform actions on its subclasses."
            )
        prefix = f"/{cls.api_prefix}" if cls.api_prefix else ""
        return f"{prefix}/{cls.OBJECT_NAME.replace('.', '/')}"

    def instance_url(self, operation: Optional[str] = None) -> str:
        name = dict.get(self, "id")
        if not isinstance(name, str):
            raise LegacyInvalidRequestError(
                f"Could not determine which URL to request: {type(self).__name__} instance has "
                f"invalid ID: {name!r}, {type(name)}. ID should be of type `str` (or `unicode`)",
                "id",
            )
        return f"{self.class_url()}/{quote_plus(name)}"

    @classmethod
    def _static_request(
        cls, method_: str, url_: str, request_id: Optional[str] = None, **params: Any
    ) -> Any:
        made = _requestor(params)
        return streams.result(made.request(method_, url_, params, request_id=request_id), False)

    @classmethod
    async def _astatic_request(
        cls, method_: str, url_: str, request_id: Optional[str] = None, **params: Any
    ) -> Any:
        made = _requestor(params)
        answer = await made.arequest(method_, url_, params, request_id=request_id)
        return streams.aresult(answer, False)

    @classmethod
    def _get_api_type_and_version(
        cls, api_type: Optional[str] = None, api_version: Optional[str] = None
    ) -> Any:
        typed = util.ApiType.from_str(api_type or settings.current("api_type"))
        return typed, api_version or settings.current("api_version")


# Keywords of the requestor; they never stand in a body.
_REQUESTOR = ("api_key", "api_base", "api_type", "api_version", "organization")
_OURS = ("base_url", "provider", "repair", "model_map")


def _requestor(params: Dict[str, Any]) -> Any:
    """A requestor for the settings among ``params``, which are taken out of them."""
    names = (*_REQUESTOR, *_OURS)
    said = {name: params.pop(name) for name in names if name in params}
    return api_requestor.APIRequestor(said.pop("api_key", None), **said)


class CreateableAPIResource(APIResource):
    plain_old_data = False

    @classmethod
    def create(
        cls, api_key: Any = None, api_base: Any = None, api_type: Any = None, **params: Any
    ) -> Any:
        params.update(api_key=api_key, api_base=api_base, api_type=api_type)
        return cls._static_request("post", cls.class_url(), **params)

    @classmethod
    async def acreate(
        cls, api_key: Any = None, api_base: Any = None, api_type: Any = None, **params: Any
    ) -> Any:
        params.update(api_key=api_key, api_base=api_base, api_type=api_type)
        return await cls._astatic_request("post", cls.class_url(), **params)


class ListableAPIResource(APIResource):
    @classmethod
    def auto_paging_iter(cls, *args: Any, **params: Any) -> Iterator[Any]:
        return iter(cls.list(*args, **params)["data"])

    @classmethod
    def list(
        cls,
        api_key: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        **params: Any,
    ) -> Any:
        said = {"organization": organization, "api_base": api_base, "api_type": api_type}
        made = _requestor({"api_key": api_key, "api_version": api_version, **said, **_ours(params)})
        answer = made.request("get", cls.class_url(), params, request_id=request_id)
        found = streams.result(answer, False)
        found._retrieve_params = params
        return found

    @classmethod
    async def alist(
        cls,
        api_key: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        **params: Any,
    ) -> Any:
        said = {"organization": organization, "api_base": api_base, "api_type": api_type}
        made = _requestor({"api_key": api_key, "api_version": api_version, **said, **_ours(params)})
        answer = await made.arequest("get", cls.class_url(), params, request_id=request_id)
        found = streams.aresult(answer, False)
        found._retrieve_params = params
        return found


def _ours(params: Dict[str, Any]) -> Dict[str, Any]:
    return {name: params.pop(name) for name in _OURS if name in params}


class DeletableAPIResource(APIResource):
    @classmethod
    def delete(cls, sid: str, api_type: Any = None, api_version: Any = None, **params: Any) -> Any:
        params.update(api_type=api_type, api_version=api_version)
        return cls._static_request("delete", f"{cls.class_url()}/{quote_plus(sid)}", **params)

    @classmethod
    def adelete(
        cls, sid: str, api_type: Any = None, api_version: Any = None, **params: Any
    ) -> Awaitable[Any]:
        params.update(api_type=api_type, api_version=api_version)
        return cls._astatic_request("delete", f"{cls.class_url()}/{quote_plus(sid)}", **params)


class UpdateableAPIResource(APIResource):
    @classmethod
    def modify(cls, sid: str, **params: Any) -> Any:
        return cls._static_request("post", f"{cls.class_url()}/{quote_plus(sid)}", **params)

    @classmethod
    def amodify(cls, sid: str, **params: Any) -> Awaitable[Any]:
        return cls._astatic_request("patch", f"{cls.class_url()}/{quote_plus(sid)}", **params)


class PaginatableAPIResource(ListableAPIResource):
    @classmethod
    def auto_paging_iter(cls, *args: Any, **params: Any) -> Iterator[Any]:
        params.setdefault("limit", 20)
        while True:
            page = cls.list(*args, **params)
            yield from page["data"]
            if not page["data"] or not page.get("has_more"):
                return
            params["after"] = page["data"][-1]["id"]


# --- create with a model -------------------------------------------------------------------------


class _Plan(NamedTuple):
    """A ``create`` sorted out: who asks, what, and how to read the answer."""

    requestor: Any
    arguments: Dict[str, Any]  # of requestor.request
    stream: bool
    engine: Optional[str]


class EngineAPIResource(APIResource):
    plain_old_data = False
    engine_required = True

    def __init__(self, engine: Optional[str] = None, **kwargs: Any) -> None:
        super().__init__(engine=engine, **kwargs)

    @classmethod
    def class_url(cls, engine: Any = None, api_type: Any = None, api_version: Any = None) -> str:
        """The same path whatever the engine: it goes into the body as ``model``."""
        return f"/{cls.OBJECT_NAME.replace('.', '/')}"

    @classmethod
    def create(
        cls,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        said = (api_key, api_base, api_type, api_version, organization)
        with native_too:
            plan = cls._plan(dict(zip(_REQUESTOR, said)), params, request_id)
        answer = plan.requestor.request("post", cls.class_url(), **plan.arguments)
        return streams.result(answer, plan.stream, cls.plain_old_data, plan.engine)

    @classmethod
    async def acreate(
        cls,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        said = (api_key, api_base, api_type, api_version, organization)
        with native_too:
            plan = cls._plan(dict(zip(_REQUESTOR, said)), params, request_id)
        answer = await plan.requestor.arequest("post", cls.class_url(), **plan.arguments)
        return streams.aresult(answer, plan.stream, cls.plain_old_data, plan.engine)

    @classmethod
    def _plan(
        cls, said: Dict[str, Any], params: Dict[str, Any], request_id: Optional[str]
    ) -> _Plan:
        deployment = params.pop("deployment_id", None)
        engine = params.pop("engine", None) or deployment
        if engine is not None and params.get("model") is None:
            params["model"] = engine
        if params.get("model") is None:
            raise LegacyInvalidRequestError(
                f"Must provide an 'engine' or 'model' parameter to create a {cls}", "engine"
            )
        if "messages" in params:
            params["messages"] = arguments.checked_messages(params["messages"])
        request_timeout = params.pop("request_timeout", None)
        timeout = params.pop("timeout", None)
        headers = params.pop("headers", None)
        stream = params.get("stream")
        call = arguments.post(cls.class_url(), params)
        requestor = _requestor({**said, **call.settings})
        requestor.limits = Limits(
            call.request.idle_timeout, call.request.deadline, call.request.query
        )
        for_request = {
            "params": call.request.body,
            "headers": _headers(headers, call.request.headers),
            "stream": bool(stream),
            "request_id": request_id,
            "request_timeout": request_timeout or timeout or None,
        }
        return _Plan(requestor, for_request, bool(stream), engine)


def _headers(headers: Any, extra: Mapping[str, Any]) -> Any:
    """0.28's ``headers`` as they were given (the requestor checks them), with ``extra_headers``."""
    return {**extra, **headers} if extra and isinstance(headers, dict) else headers or extra or None


# --- things inside things ------------------------------------------------------------------------

_NESTED = {
    "create": ("create_{0}", "post", False),
    "retrieve": ("retrieve_{0}", "get", True),
    "update": ("modify_{0}", "post", True),
    "delete": ("delete_{0}", "delete", True),
    "list": ("list_{0}s", "get", False),
    "paginated_list": ("list_{0}s", "get", False),
}


def nested_resource_class_methods(
    resource: str, path: Optional[str] = None, operations: Any = None, **_: Any
) -> Callable[[Any], Any]:
    """A class decorator: ``list_events(id)`` and the like."""
    if operations is None:
        raise ValueError("operations list required")

    def decorate(cls: Any) -> Any:
        for operation in operations:
            if operation not in _NESTED:
                raise ValueError(f"Unknown operation: {operation}")
            name, method, inner = _NESTED[operation]
            call = _nested_call(path or f"{resource}s", method, inner)
            setattr(cls, name.format(resource), classmethod(call))
        return cls

    return decorate


def _nested_call(path: str, method: str, inner: bool) -> Callable[..., Any]:
    def call(cls: Any, id: str, *nested: str, **params: Any) -> Any:
        tail = f"/{quote_plus(nested[0])}" if inner else ""
        url = f"{cls.class_url()}/{quote_plus(id)}/{path}{tail}"
        return cls._static_request(method, url, **params)

    return call
