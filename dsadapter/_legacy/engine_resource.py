"""``EngineAPIResource`` of 0.28: what a model makes, by ``create`` and ``acreate``."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional
from urllib.parse import quote_plus

from .._call import arguments
from .._errors.tree import LegacyInvalidRequestError, OpenAIError, with_sdk_class
from .._named_tuple import NamedTuple
from . import api_requestor, azure, results, settings
from .abstract import MAX_TIMEOUT as MAX_TIMEOUT
from .abstract import REQUESTOR_KEYWORDS
from .abstract import APIResource as APIResource


class _Plan(NamedTuple):
    """A ``create`` sorted out: who asks, what, and how to read the answer."""

    requestor: api_requestor.APIRequestor
    url: str
    request: Dict[str, Any]  # keywords of requestor.request
    stream: bool
    engine: Optional[str]


class EngineAPIResource(APIResource, hides_locals=False):
    """One that a model makes: chat completions, completions, embeddings, edits."""

    plain_old_data = False
    engine_required = True

    def __init__(self, engine: Optional[str] = None, **kwargs: Any) -> None:
        super().__init__(engine=engine, **kwargs)

    @classmethod
    def class_url(cls, engine: Any = None, api_type: Any = None, api_version: Any = None) -> str:
        """The path of all of them, of an engine where one is named. Calls name none but Azure's:
        elsewhere the engine goes into the body as ``model``."""
        path = cls.OBJECT_NAME.replace(".", "/")
        if api_type and settings.typed_api_type(api_type) is not settings.ApiType.OPEN_AI:
            return azure.deployment_path(path, engine, api_version)
        return f"/{path}" if engine is None else f"/engines/{quote_plus(engine)}/{path}"

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
            plan = cls._plan(dict(zip(REQUESTOR_KEYWORDS, named)), params)
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
            plan = cls._plan(dict(zip(REQUESTOR_KEYWORDS, named)), params)
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
        options = settings.CallOptions(request.idle_timeout, request.deadline, request.query)
        if options != settings.NO_OPTIONS:
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
