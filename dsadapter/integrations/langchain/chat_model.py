"""``ChatDeepSeek``: LangChain's interface over dsadapter's clients."""

from __future__ import annotations

import warnings
from typing import Any, AsyncIterator, Dict, Iterator, List, Mapping, Optional, Sequence, Union

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import agenerate_from_stream, generate_from_stream
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils import secret_from_env
from pydantic import ConfigDict, Field, PrivateAttr, SecretStr, model_validator

import dsadapter

from ..._client import module_settings
from ..._settings.endpoint import resolve_endpoint
from ..._settings.providers import DEEPSEEK, GENERIC
from .errors import LangChainErrors
from .messages import to_api
from .profiles import profile_of
from .results import ChunkConverter, chat_result, sum_outputs
from .tools import parameters, structured

# Fields that become parameters of the request when they are set.
_REQUEST = (
    "temperature max_tokens top_p stop seed n logprobs top_logprobs logit_bias presence_penalty "
    "frequency_penalty reasoning_effort thinking extra_body"
).split()
# Fields that become settings of the client, and what the client calls them.
_CLIENT = {
    "api_base": "base_url",
    "organization": "organization",
    "provider": "provider",
    "backend": "backend",
    "request_timeout": "timeout",
    "idle_timeout": "idle_timeout",
    "deadline": "deadline",
    "max_retries": "max_retries",
    "max_concurrency": "max_concurrency",
    "repair": "repair",
    "model_map": "model_map",
    "default_headers": "default_headers",
    "default_query": "default_query",
}
# Arguments of langchain-deepseek that have another name here, and those without a meaning here.
_RENAMED = {
    "openai_api_key": "api_key",
    "openai_api_base": "api_base",
    "openai_organization": "organization",
    "stream_chunk_timeout": "idle_timeout",
}
_IGNORED = (
    "disabled_params http_socket_options root_async_client root_client tiktoken_model_name "
    " use_previous_response_id use_responses_api"
).split()


def _usual_base() -> Any:
    """Where calls go while nobody names a base: for reading, and not as good as naming it."""
    return module_settings.current("base_url")


class ChatDeepSeek(BaseChatModel):
    """DeepSeek as a LangChain chat model.

    Constructor arguments are those of langchain-deepseek's class of this name; key, base URL and
    the rest are looked up as ``dsadapter.OpenAI`` does. ``thinking``, ``backend``, ``provider``,
    ``repair``, ``model_map``, ``idle_timeout``, ``deadline`` and ``max_concurrency`` are
    dsadapter's own. What is no argument goes into ``model_kwargs``, and so into the request.

    The reasoning of an answer is ``message.additional_kwargs["reasoning_content"]``; it is sent
    back with histories that have tools, as the API demands. A forced ``tool_choice`` turns
    thinking off for that call. Changes to a request are listed in
    ``message.response_metadata["repairs"]``.

    Raises CredentialsError when there is no key, APIError and its subclasses when a call fails.
    """

    model_config = ConfigDict(
        populate_by_name=True, arbitrary_types_allowed=True, protected_namespaces=()
    )

    model_name: str = Field(alias="model")
    api_key: Optional[SecretStr] = Field(
        default_factory=secret_from_env("DEEPSEEK_API_KEY", default=None)
    )
    api_base: Optional[str] = Field(default_factory=_usual_base, alias="base_url")
    organization: Optional[str] = None
    provider: Optional[str] = None
    backend: Optional[str] = None
    request_timeout: Any = Field(default=None, alias="timeout")
    idle_timeout: Optional[float] = None
    deadline: Optional[float] = None
    max_retries: Optional[int] = None
    max_concurrency: Optional[str] = None
    repair: Union[str, Dict[str, bool], None] = None
    model_map: Optional[Dict[str, str]] = None
    default_headers: Optional[Mapping[str, str]] = None
    default_query: Optional[Mapping[str, Any]] = None
    http_client: Any = Field(default=None, exclude=True)
    http_async_client: Any = Field(default=None, exclude=True)
    client: Any = Field(default=None, exclude=True)  # a dsadapter.OpenAI; default: one is made
    async_client: Any = Field(default=None, exclude=True)
    _clients: Dict[Any, Any] = PrivateAttr(default_factory=dict)

    temperature: Optional[float] = None
    max_tokens: Optional[int] = None
    top_p: Optional[float] = None
    stop: Union[List[str], str, None] = Field(default=None, alias="stop_sequences")
    seed: Optional[int] = None
    n: Optional[int] = None
    logprobs: Optional[bool] = None
    top_logprobs: Optional[int] = None
    logit_bias: Optional[Dict[int, int]] = None
    presence_penalty: Optional[float] = None
    frequency_penalty: Optional[float] = None
    reasoning_effort: Optional[str] = None
    thinking: Optional[Dict[str, Any]] = None
    extra_body: Optional[Mapping[str, Any]] = None
    model_kwargs: Dict[str, Any] = Field(default_factory=dict)
    include_response_headers: bool = False  # response_metadata["headers"]
    streaming: bool = False
    stream_usage: Optional[bool] = None

    # --- clients ---------------------------------------------------------------------------------

    @model_validator(mode="before")
    @classmethod
    def _sort_arguments(cls, values: Any) -> Any:
        """Every argument into its field; what has none is a parameter of the request, and said,
        for it may be a slip."""
        known = {f for name, field in cls.model_fields.items() for f in (name, field.alias) if f}
        values = {_RENAMED.get(n, n): value for n, value in values.items() if n not in _IGNORED}
        if values.pop("openai_proxy", None):
            raise ValueError("openai_proxy has no effect here: set HTTPS_PROXY, or http_client=.")
        unknown = {name: values.pop(name) for name in list(values) if name not in known}
        if not unknown:
            return values
        text = f"{', '.join(unknown)} is no argument of {cls.__name__}: it goes into model_kwargs."
        warnings.warn(text, stacklevel=4)
        return {**values, "model_kwargs": {**unknown, **values.get("model_kwargs", {})}}

    @model_validator(mode="after")
    def _require_key(self) -> Any:
        if not (self.api_key or self.client or self.async_client):
            self._sync()  # raises when there is no key anywhere
        return self

    @model_validator(mode="after")
    def _fill_profile(self) -> Any:
        """Of a langchain-core that has the field, and perhaps no hook for it."""
        known = "profile" in type(self).model_fields
        if known and getattr(self, "profile", None) is None:
            setattr(self, "profile", self._resolve_model_profile())  # noqa: B010
        return self

    def _resolve_model_profile(self) -> Any:
        return profile_of(self.model_name)

    def _sync(self) -> dsadapter.OpenAI:
        return self.client or self._client_for(dsadapter.OpenAI, self.http_client)

    def _async(self) -> dsadapter.AsyncOpenAI:
        return self.async_client or self._client_for(dsadapter.AsyncOpenAI, self.http_async_client)

    def _client_for(self, kind: Any, http_client: Any) -> Any:
        """The client of a kind; a copy of the model that has another key has another client."""
        settings = {**self._settings(), "http_client": http_client}
        known, client = self._clients.get(kind, (None, None))
        if known != settings:
            client = kind(**settings)
            self._clients = {**self._clients, kind: (settings, client)}
        return client

    def _settings(self) -> Dict[str, Any]:
        settings = {name: getattr(self, field) for field, name in _CLIENT.items()}
        settings["api_key"] = self.api_key.get_secret_value() if self.api_key else None
        settings = {name: value for name, value in settings.items() if value is not None}
        if "provider" not in settings and resolve_endpoint(settings).provider is GENERIC:
            settings["provider"] = DEEPSEEK.name  # behind a proxy it is DeepSeek all the same
        return settings

    def __getstate__(self) -> Dict[Any, Any]:
        """Pickled without its key and connections, which are found anew where it wakes up."""
        state = super().__getstate__()
        removed = dict.fromkeys(("api_key", "client", "async_client"))
        fields = {**state["__dict__"], **removed}
        return {**state, "__dict__": fields, "__pydantic_private__": {"_clients": {}}}

    # --- calls -----------------------------------------------------------------------------------

    def _generate(
        self,
        messages: List[BaseMessage],
        stop: Optional[List[str]] = None,
        run_manager: Optional[CallbackManagerForLLMRun] = None,
        **kwargs: Any,
    ) -> ChatResult:
        if self._streams:
            return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))
        request = self._request(messages, stop, kwargs)
        with LangChainErrors():
            response = self._sync().chat.completions.create(**request)
        return chat_result(response, headers=self.include_response_headers)

    async def _agenerate(
        self,
        messages: List[BaseMessage],
        stop: Optional[List[str]] = None,
        run_manager: Optional[AsyncCallbackManagerForLLMRun] = None,
        **kwargs: Any,
    ) -> ChatResult:
        if self._streams:
            stream = self._astream(messages, stop, run_manager, **kwargs)
            return await agenerate_from_stream(stream)
        request = self._request(messages, stop, kwargs)
        with LangChainErrors():
            response = await self._async().chat.completions.create(**request)
        return chat_result(response, headers=self.include_response_headers)

    def _stream(
        self,
        messages: List[BaseMessage],
        stop: Optional[List[str]] = None,
        run_manager: Optional[CallbackManagerForLLMRun] = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        request = self._request(messages, stop, kwargs, stream=True)
        with LangChainErrors(), self._sync().chat.completions.create(**request) as stream:
            converter = ChunkConverter(stream.adapter, headers=self.include_response_headers)
            for chunk in stream:
                generation = converter.convert(chunk)
                if run_manager:
                    run_manager.on_llm_new_token(generation.text, chunk=generation)
                yield generation

    async def _astream(
        self,
        messages: List[BaseMessage],
        stop: Optional[List[str]] = None,
        run_manager: Optional[AsyncCallbackManagerForLLMRun] = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        request = self._request(messages, stop, kwargs, stream=True)
        with LangChainErrors():
            async with await self._async().chat.completions.create(**request) as stream:
                converter = ChunkConverter(stream.adapter, headers=self.include_response_headers)
                async for chunk in stream:
                    generation = converter.convert(chunk)
                    if run_manager:
                        await run_manager.on_llm_new_token(generation.text, chunk=generation)
                    yield generation

    @property
    def _streams(self) -> bool:
        """langchain-core 1 heeds ``streaming`` itself and does not come here for it, 0.3 does."""
        return self.streaming and not self.disable_streaming

    def _request(
        self,
        messages: List[BaseMessage],
        stop: Optional[List[str]],
        extra: Mapping[str, Any],
        *,
        stream: bool = False,
    ) -> Dict[str, Any]:
        """Keywords of ``create``: those of the call win over those of the model."""
        request = {**self._default_params, **extra, "stream": stream}
        request.pop("ls_structured_output_format", None)  # langchain-core < 0.3.34 leaves it in
        if stop is not None:
            request["stop"] = stop
        if stream and self.stream_usage is not False:
            request.setdefault("stream_options", {"include_usage": True})
        request["messages"] = to_api(messages, tools=bool(request.get("tools")))
        return request

    # --- tools and structure ---------------------------------------------------------------------

    def bind_tools(
        self,
        tools: Sequence[Any],
        *,
        tool_choice: Union[Dict[str, Any], str, bool, None] = None,
        strict: Optional[bool] = None,
        parallel_tool_calls: Optional[bool] = None,
        **kwargs: Any,
    ) -> Runnable:
        """The model with tools: functions, classes, LangChain tools or their schemas.

        Args:
            tool_choice: a tool's name, "any", "required" or True for one that must be called (and
                no thinking in that call), "auto", "none", or the API's own dict.
            strict: arguments that fit the schema for certain (DeepSeek's beta).
            parallel_tool_calls: sent as it is.
        """
        if parallel_tool_calls is not None:
            kwargs["parallel_tool_calls"] = parallel_tool_calls
        return self.bind(**parameters(tools, tool_choice, strict), **kwargs)

    def with_structured_output(
        self,
        schema: Any = None,
        *,
        method: str = "function_calling",
        include_raw: bool = False,
        strict: Optional[bool] = None,
        **kwargs: Any,
    ) -> Runnable:
        """The model with answers of the form of ``schema``: an object of it, or a dict.

        Args:
            schema: a Pydantic class, a TypedDict, a JSON schema or a tool.
            method: "function_calling" (also as "json_schema", which the API does not offer), or
                "json_mode", for which the prompt has to describe the form.
            include_raw: a dict of ``raw``, ``parsed`` and ``parsing_error`` instead, which does
                not raise when parsing fails.
            strict: as in :meth:`bind_tools`.
        """
        return structured(self, schema, method, include_raw, strict, kwargs)

    # --- for LangChain ---------------------------------------------------------------------------

    @property
    def _llm_type(self) -> str:
        return "chat-deepseek"

    @property
    def lc_secrets(self) -> Dict[str, str]:
        """The argument that LangChain replaces by a variable when it serializes."""
        return {"api_key": "DEEPSEEK_API_KEY"}

    @property
    def _default_params(self) -> Dict[str, Any]:
        values = {name: getattr(self, name) for name in _REQUEST}
        params = {name: value for name, value in values.items() if value not in (None, [])}
        return {"model": self.model_name, **params, **self.model_kwargs}

    @property
    def _identifying_params(self) -> Dict[str, Any]:
        return {"model_name": self.model_name, **self._default_params}

    def _get_ls_params(self, stop: Optional[List[str]] = None, **kwargs: Any) -> Any:
        stop = stop or ([self.stop] if isinstance(self.stop, str) else self.stop)
        params = super()._get_ls_params(stop=stop, **kwargs)
        params["ls_provider"] = "deepseek"
        return params

    def _combine_llm_outputs(self, llm_outputs: List[Optional[Dict[str, Any]]]) -> Dict[str, Any]:
        return sum_outputs(llm_outputs)

    def get_num_tokens(self, text: str) -> int:
        """An estimate, by DeepSeek's own rule: 0.3 tokens a Latin character, 0.6 a Chinese one."""
        wide = sum(char > "\u2e7f" for char in text)
        return round(0.6 * wide + 0.3 * (len(text) - wide))
