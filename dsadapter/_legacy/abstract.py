"""``openai.api_resources.abstract`` of 0.28: what the resources are made of."""

from __future__ import annotations

from typing import Any, Awaitable, Dict, Iterable, Iterator, Mapping, Optional
from urllib.parse import quote_plus

from .._call import arguments
from .._errors.tree import LegacyInvalidRequestError, OpenAIError, with_sdk_class
from .._named_tuple import NamedTuple
from . import api_requestor, azure, results, settings
from .nested_resources import nested_resource_class_methods as nested_resource_class_methods
from .objects import OpenAIObject

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
        """The object with this id."""
        instance = cls(id=id, api_key=api_key, **params)
        instance.refresh(request_id=request_id, request_timeout=request_timeout)
        return instance

    @classmethod
    def aretrieve(
        cls,
        id: Any,
        api_key: Any = None,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`retrieve`."""
        instance = cls(id=id, api_key=api_key, **params)
        return instance.arefresh(request_id=request_id, request_timeout=request_timeout)

    def refresh(self, request_id: Optional[str] = None, request_timeout: Any = None) -> Any:
        """Replace the items by what the server has now."""
        options = {"request_id": request_id, "request_timeout": request_timeout}
        self.refresh_from(self.request("get", self.instance_url(), **options))
        return self

    async def arefresh(self, request_id: Optional[str] = None, request_timeout: Any = None) -> Any:
        """The async twin of :meth:`refresh`."""
        options = {"request_id": request_id, "request_timeout": request_timeout}
        self.refresh_from(await self.arequest("get", self.instance_url("refresh"), **options))
        return self

    @classmethod
    def class_url(cls) -> str:
        """The path of all of them: "/models"."""
        if cls is APIResource:
            raise NotImplementedError(
                "APIResource is an abstract class. You should perform actions on its subclasses."
            )
        prefix = f"/{cls.api_prefix}" if cls.api_prefix else ""
        return f"{prefix}/{cls.OBJECT_NAME.replace('.', '/')}"

    def instance_url(self, operation: Optional[str] = None) -> str:
        """The path of this one; raises LegacyInvalidRequestError without an id."""
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
        requestor = requestor_for(params)
        requested = requestor.request(method_, url_, params, request_id=request_id)
        return results.result(requested, False)

    @classmethod
    async def _astatic_request(
        cls, method_: str, url_: str, request_id: Optional[str] = None, **params: Any
    ) -> Any:
        requestor = requestor_for(params)
        requested = await requestor.arequest(method_, url_, params, request_id=request_id)
        return results.aresult(requested, False)

    @classmethod
    def _get_api_type_and_version(
        cls, api_type: Optional[str] = None, api_version: Optional[str] = None
    ) -> Any:
        snapshot = settings.snapshot()
        typed = settings.typed_api_type(api_type or snapshot.api_type)
        return typed, api_version or snapshot.api_version


# Keywords of the requestor; they never stand in a body.
_REQUESTOR_KEYWORDS = ("api_key", "api_base", "api_type", "api_version", "organization")
_ADAPTER_KEYWORDS = ("base_url", "provider", "repair", "model_map", "max_retries")


def requestor_for(params: Dict[str, Any]) -> api_requestor.APIRequestor:
    """A requestor for the settings among ``params``, which are taken out of them."""
    keywords = _pop_all(params, (*_REQUESTOR_KEYWORDS, *_ADAPTER_KEYWORDS))
    return api_requestor.APIRequestor(keywords.pop("api_key", None), **keywords)


def _pop_all(params: Dict[str, Any], names: Iterable[str]) -> Dict[str, Any]:
    return {name: params.pop(name) for name in names if name in params}


class CreateableAPIResource(APIResource):
    """One that can be made with a POST to its path."""

    plain_old_data = False

    @classmethod
    def create(
        cls, api_key: Any = None, api_base: Any = None, api_type: Any = None, **params: Any
    ) -> Any:
        """Make one with these fields."""
        params.update(api_key=api_key, api_base=api_base, api_type=api_type)
        return cls._static_request("post", cls.class_url(), **params)

    @classmethod
    async def acreate(
        cls, api_key: Any = None, api_base: Any = None, api_type: Any = None, **params: Any
    ) -> Any:
        """The async twin of :meth:`create`."""
        params.update(api_key=api_key, api_base=api_base, api_type=api_type)
        return await cls._astatic_request("post", cls.class_url(), **params)


class ListableAPIResource(APIResource):
    """One whose path gives a list of all."""

    @classmethod
    def auto_paging_iter(cls, *args: Any, **params: Any) -> Iterator[Any]:
        """Each of the list; keywords as of :meth:`list`."""
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
        """The list: an object whose ``data`` holds them; other keywords are its query."""
        named = (api_key, api_base, api_type, api_version, organization)
        keywords = dict(zip(_REQUESTOR_KEYWORDS, named))
        requestor = requestor_for({**keywords, **_pop_all(params, _ADAPTER_KEYWORDS)})
        requested = requestor.request("get", cls.class_url(), params, request_id=request_id)
        listing = results.result(requested, False)
        listing._retrieve_params = params
        return listing

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
        """The async twin of :meth:`list`."""
        named = (api_key, api_base, api_type, api_version, organization)
        keywords = dict(zip(_REQUESTOR_KEYWORDS, named))
        requestor = requestor_for({**keywords, **_pop_all(params, _ADAPTER_KEYWORDS)})
        requested = await requestor.arequest("get", cls.class_url(), params, request_id=request_id)
        listing = results.aresult(requested, False)
        listing._retrieve_params = params
        return listing


class DeletableAPIResource(APIResource):
    """One that can be deleted by its id."""

    @classmethod
    def delete(cls, sid: str, api_type: Any = None, api_version: Any = None, **params: Any) -> Any:
        """Delete the one with this id."""
        params.update(api_type=api_type, api_version=api_version)
        return cls._static_request("delete", f"{cls.class_url()}/{quote_plus(sid)}", **params)

    @classmethod
    def adelete(
        cls, sid: str, api_type: Any = None, api_version: Any = None, **params: Any
    ) -> Awaitable[Any]:
        """The async twin of :meth:`delete`."""
        params.update(api_type=api_type, api_version=api_version)
        return cls._astatic_request("delete", f"{cls.class_url()}/{quote_plus(sid)}", **params)


class UpdateableAPIResource(APIResource):
    """One whose fields can be changed by its id."""

    @classmethod
    def modify(cls, sid: str, **params: Any) -> Any:
        """Change these fields of the one with this id."""
        return cls._static_request("post", f"{cls.class_url()}/{quote_plus(sid)}", **params)

    @classmethod
    def amodify(cls, sid: str, **params: Any) -> Awaitable[Any]:
        """The async twin of :meth:`modify`."""
        return cls._astatic_request("patch", f"{cls.class_url()}/{quote_plus(sid)}", **params)


class PaginatableAPIResource(ListableAPIResource):
    """One whose list comes in pages."""

    @classmethod
    def auto_paging_iter(cls, *args: Any, **params: Any) -> Iterator[Any]:
        """Each of all pages, which are asked for as they are needed."""
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

    requestor: api_requestor.APIRequestor
    url: str
    request: Dict[str, Any]  # keywords of requestor.request
    stream: bool
    engine: Optional[str]


class EngineAPIResource(APIResource):
    """One that a model makes: chat completions, completions, embeddings, edits."""

    plain_old_data = False
    engine_required = True

    def __init__(self, engine: Optional[str] = None, **kwargs: Any) -> None:
        super().__init__(engine=engine, **kwargs)

    @classmethod
    def class_url(cls, engine: Any = None, api_type: Any = None, api_version: Any = None) -> str:
        """The same path whatever the engine, which goes into the body as ``model``; Azure has one
        for each."""
        if api_type and settings.ApiType.from_str(api_type) is not settings.ApiType.OPEN_AI:
            return azure.deployment_path(cls.OBJECT_NAME.replace(".", "/"), engine, api_version)
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
        """One answer, or with ``stream=True`` a generator of chunks; unknown keywords go into the
        body. Raises the classes of ``openai.error``."""
        named = (api_key, api_base, api_type, api_version, organization)
        try:
            plan = cls._plan(dict(zip(_REQUESTOR_KEYWORDS, named)), params)
        except OpenAIError as err:
            with_sdk_class(err, "legacy")
            raise
        requested = plan.requestor.request("post", plan.url, request_id=request_id, **plan.request)
        return results.result(requested, plan.stream, cls.plain_old_data, plan.engine)

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
        """The async twin of :meth:`create`."""
        named = (api_key, api_base, api_type, api_version, organization)
        try:
            plan = cls._plan(dict(zip(_REQUESTOR_KEYWORDS, named)), params)
        except OpenAIError as err:
            with_sdk_class(err, "legacy")
            raise
        requested = await plan.requestor.arequest(
            "post", plan.url, request_id=request_id, **plan.request
        )
        return results.aresult(requested, plan.stream, cls.plain_old_data, plan.engine)

    @classmethod
    def _plan(cls, keywords: Dict[str, Any], params: Dict[str, Any]) -> _Plan:
        url, named_model = cls.class_url(), params.get("model")
        engine = cls._engine(params, keywords)
        if "messages" in params:
            params["messages"] = arguments.listed(params["messages"])
        request_timeout = params.pop("request_timeout", None)
        timeout = params.pop("timeout", None)
        headers = params.pop("headers", None)
        call = arguments.post(url, params)
        request, stream = call.request, bool(params.get("stream"))
        keywords.update(call.settings)
        options = api_requestor.Options(request.idle_timeout, request.deadline, request.query)
        if options != api_requestor.NO_OPTIONS:
            keywords["options"] = options
        request_keywords = {
            "params": request.body,
            "headers": _merged(headers, request.headers) if request.headers else headers or None,
            "stream": stream,
            "request_timeout": request_timeout or timeout or None,
        }
        requestor = api_requestor.APIRequestor(keywords.pop("api_key"), **keywords)
        if requestor.calls_azure:
            url = cls._azure_url(engine, requestor)
            if named_model is None and request.body:
                del request.body["model"]
        return _Plan(requestor, url, request_keywords, stream, engine)

    @classmethod
    def _azure_url(cls, engine: Optional[str], requestor: api_requestor.APIRequestor) -> str:
        if engine is None:
            raise cls._no_engine("deployment_id")
        return cls.class_url(engine, "azure", requestor.api_version)

    @classmethod
    def _engine(cls, params: Dict[str, Any], keywords: Dict[str, Any]) -> Optional[str]:
        """The engine or deployment, taken out of ``params``: it is the model where none is named.

        Raises LegacyInvalidRequestError where neither is.
        """
        deployment = params.pop("deployment_id", None)
        engine: Optional[str] = params.pop("engine", None) or deployment
        if engine is not None and params.get("model") is None:
            params["model"] = engine
        if params.get("model") is None:
            raise cls._no_engine("deployment_id" if azure.is_named(keywords) else "model")
        return engine

    @classmethod
    def _no_engine(cls, other: str) -> LegacyInvalidRequestError:
        text = f"Must provide an 'engine' or {other!r} parameter to create a {cls}"
        return LegacyInvalidRequestError(text, "engine")


def _merged(headers: Any, extra: Mapping[str, Any]) -> Any:
    """0.28's ``headers`` as they came (the requestor checks them), with ``extra_headers``."""
    return {**extra, **headers} if isinstance(headers, dict) else headers or extra
