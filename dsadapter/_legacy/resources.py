"""The classes of 0.28: ``ChatCompletion.create`` and its neighbours (surface A2).

``create`` and ``acreate`` stand in each class's own ``__dict__``, where mocks look for them.
"""

from __future__ import annotations

from typing import Any, Optional

from .._response import account_types, text_types, types
from .._response.resource_types import floats_of
from .._settings.redaction import forget_arguments, hides_locals
from .abstract import (
    APIResource,
    CreateableAPIResource,
    DeletableAPIResource,
    ListableAPIResource,
    PaginatableAPIResource,
    UpdateableAPIResource,
    nested_resource_class_methods,
)
from .both_faces import BothFaces
from .engine_resource import EngineAPIResource
from .objects import OpenAIObject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import AsyncGenerator, Generator, Literal, Union, overload

    from .reply_types import ChatCompletionChunkObject, ChatCompletionObject, CompletionObject

    ChatStream = Generator[ChatCompletionChunkObject, None, None]
    AsyncChatStream = AsyncGenerator[ChatCompletionChunkObject, None]
    TextStream = Generator[CompletionObject, None, None]
    AsyncTextStream = AsyncGenerator[CompletionObject, None]


class ChatCompletion(EngineAPIResource, metaclass=BothFaces, hides_locals=False):
    """``openai.ChatCompletion`` of 0.27 and 0.28; today's replies are instances, too."""

    _modern = types.ChatCompletion
    engine_required = False
    OBJECT_NAME = "chat.completions"

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, *args: Any, stream: Literal[True], **kwargs: Any) -> ChatStream: ...
        @overload
        @classmethod
        def create(
            cls, *args: Any, stream: Optional[Literal[False]] = None, **kwargs: Any
        ) -> ChatCompletionObject: ...
        @overload
        @classmethod
        def create(
            cls, *args: Any, stream: Optional[bool] = None, **kwargs: Any
        ) -> Union[ChatCompletionObject, ChatStream]: ...

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> Any:
        """One chat completion: an OpenAIObject, or with ``stream=True`` a generator of chunks.

        Takes 0.28's keywords (``model`` or ``engine``, ``messages``, ``api_key``, ``api_base``,
        ``headers``, ``request_timeout`` ...); unknown ones go into the body. Raises the classes of
        ``openai.error``.
        """
        try:
            return super().create(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            raise

    if TYPE_CHECKING:

        @overload
        @classmethod
        async def acreate(
            cls, *args: Any, stream: Literal[True], **kwargs: Any
        ) -> AsyncChatStream: ...
        @overload
        @classmethod
        async def acreate(
            cls, *args: Any, stream: Optional[Literal[False]] = None, **kwargs: Any
        ) -> ChatCompletionObject: ...
        @overload
        @classmethod
        async def acreate(
            cls, *args: Any, stream: Optional[bool] = None, **kwargs: Any
        ) -> Union[ChatCompletionObject, AsyncChatStream]: ...

    @classmethod
    async def acreate(cls, *args: Any, **kwargs: Any) -> Any:
        """As :meth:`create`; a stream is an async generator."""
        try:
            return await super().acreate(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            raise


class Completion(EngineAPIResource, metaclass=BothFaces, hides_locals=False):
    """Text completion; on DeepSeek this is FIM (``prompt`` and ``suffix``)."""

    _modern = text_types.Completion
    OBJECT_NAME = "completions"

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, *args: Any, stream: Literal[True], **kwargs: Any) -> TextStream: ...
        @overload
        @classmethod
        def create(
            cls, *args: Any, stream: Optional[Literal[False]] = None, **kwargs: Any
        ) -> CompletionObject: ...
        @overload
        @classmethod
        def create(
            cls, *args: Any, stream: Optional[bool] = None, **kwargs: Any
        ) -> Union[CompletionObject, TextStream]: ...

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> Any:
        """One completion: an OpenAIObject, or with ``stream=True`` a generator of chunks."""
        try:
            return super().create(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            raise

    if TYPE_CHECKING:

        @overload
        @classmethod
        async def acreate(
            cls, *args: Any, stream: Literal[True], **kwargs: Any
        ) -> AsyncTextStream: ...
        @overload
        @classmethod
        async def acreate(
            cls, *args: Any, stream: Optional[Literal[False]] = None, **kwargs: Any
        ) -> CompletionObject: ...
        @overload
        @classmethod
        async def acreate(
            cls, *args: Any, stream: Optional[bool] = None, **kwargs: Any
        ) -> Union[CompletionObject, AsyncTextStream]: ...

    @classmethod
    async def acreate(cls, *args: Any, **kwargs: Any) -> Any:
        """The async twin of :meth:`create`."""
        try:
            return await super().acreate(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            raise


class Edit(EngineAPIResource, hides_locals=False):
    """Edits of a text by an instruction; DeepSeek has none."""

    OBJECT_NAME = "edits"

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> Any:
        """One edit: an OpenAIObject. Raises NotOfferedError on DeepSeek."""
        try:
            return super().create(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            raise

    @classmethod
    async def acreate(cls, *args: Any, **kwargs: Any) -> Any:
        """The async twin of :meth:`create`."""
        try:
            return await super().acreate(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            raise


class Embedding(EngineAPIResource):
    """Embeddings; DeepSeek has none, other providers do."""

    OBJECT_NAME = "embeddings"

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> Any:
        """Embeddings as lists of floats, whatever the server sends unless ``encoding_format`` is
        given. Else they are asked for as base64, as openai 0.28 did: a quarter of the bytes."""
        response = super().create(*args, **_with_encoding(kwargs))
        return _floats(response, kwargs)

    @classmethod
    async def acreate(cls, *args: Any, **kwargs: Any) -> Any:
        """The async twin of :meth:`create`."""
        response = await super().acreate(*args, **_with_encoding(kwargs))
        return _floats(response, kwargs)


def _with_encoding(kwargs: Any) -> Any:
    return kwargs if kwargs.get("encoding_format") else {**kwargs, "encoding_format": "base64"}


def _floats(response: Any, kwargs: Any) -> Any:
    if not kwargs.get("encoding_format"):
        for item in response["data"]:
            if isinstance(item["embedding"], str):
                item["embedding"] = floats_of(item["embedding"])
    return response


class Model(ListableAPIResource, DeletableAPIResource, metaclass=BothFaces):
    """The models that the key can use: ``list``, ``retrieve``, ``delete``."""

    _modern = account_types.Model
    OBJECT_NAME = "models"


class Engine(ListableAPIResource, UpdateableAPIResource):
    """What models were called before 2022; DeepSeek has none."""

    OBJECT_NAME = "engines"

    def generate(self, timeout: Any = None, **params: Any) -> Any:
        """A completion of this engine; ``stream=True`` gives a generator."""
        url, stream = f"{self.instance_url()}/generate", bool(params.get("stream"))
        return self.request("post", url, params, stream=stream, plain_old_data=True)

    async def agenerate(self, timeout: Any = None, **params: Any) -> Any:
        """The async twin of :meth:`generate`."""
        url, stream = f"{self.instance_url()}/generate", bool(params.get("stream"))
        return await self.arequest("post", url, params, stream=stream, plain_old_data=True)

    def embeddings(self, **params: Any) -> Any:
        """Embeddings of this engine."""
        return self.request("post", f"{self.instance_url()}/embeddings", params)


class Moderation(OpenAIObject):
    """Whether a text breaks rules; DeepSeek has no such endpoint."""

    VALID_MODEL_NAMES = ["text-moderation-stable", "text-moderation-latest"]

    @classmethod
    def get_url(cls) -> str:
        """The path."""
        return "/moderations"

    @classmethod
    def _prepare_create(cls, input: Any, model: Optional[str], api_key: Any) -> Any:
        if model is not None and model not in cls.VALID_MODEL_NAMES:
            raise ValueError(
                f"The parameter model should be chosen from {cls.VALID_MODEL_NAMES} and it is "
                "default to be None."
            )
        params = {"input": input} if model is None else {"input": input, "model": model}
        return cls(api_key=api_key), params

    @classmethod
    @hides_locals
    def create(cls, input: Any, model: Optional[str] = None, api_key: Any = None) -> Any:
        """The verdict on a text. Raises ValueError for an unknown ``model``."""
        instance, params = cls._prepare_create(input, model, api_key)
        return instance.request("post", cls.get_url(), params)

    @classmethod
    @hides_locals
    def acreate(cls, input: Any, model: Optional[str] = None, api_key: Any = None) -> Any:
        """The async twin of :meth:`create`."""
        instance, params = cls._prepare_create(input, model, api_key)
        return instance.arequest("post", cls.get_url(), params)


class Customer(OpenAIObject):
    """Calls in the name of a customer, of OpenAI only."""

    @classmethod
    def get_url(cls, customer: str, endpoint: str) -> str:
        """The path of an endpoint for this customer."""
        return f"/customer/{customer}/{endpoint}"

    @classmethod
    @hides_locals
    def create(cls, customer: str, endpoint: str, **params: Any) -> Any:
        """A POST to an endpoint for this customer."""
        return cls().request("post", cls.get_url(customer, endpoint), params)

    @classmethod
    @hides_locals
    async def acreate(cls, customer: str, endpoint: str, **params: Any) -> Any:
        """The async twin of :meth:`create`."""
        return await cls().arequest("post", cls.get_url(customer, endpoint), params)


class Deployment(CreateableAPIResource, ListableAPIResource, DeletableAPIResource):
    """Azure's deployments."""

    OBJECT_NAME = "deployments"


class CompletionConfig(CreateableAPIResource, ListableAPIResource, DeletableAPIResource):
    """An experiment of OpenAI's."""

    OBJECT_NAME = "experimental.completion_configs"


class _Cancellable(APIResource):
    @classmethod
    def cancel(
        cls,
        id: str,
        api_key: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        **params: Any,
    ) -> Any:
        instance = cls(id, api_key, api_version, api_type, **params)
        url = f"{instance.instance_url()}/cancel"
        return instance.request("post", url, request_id=request_id)

    @classmethod
    def acancel(
        cls,
        id: str,
        api_key: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        **params: Any,
    ) -> Any:
        instance = cls(id, api_key, api_version, api_type, **params)
        url = f"{instance.instance_url()}/cancel"
        return instance.arequest("post", url, request_id=request_id)


@nested_resource_class_methods("event", operations=["list"])
class FineTune(_Cancellable, ListableAPIResource, CreateableAPIResource, DeletableAPIResource):
    """Fine-tunes of 2022; DeepSeek has none."""

    OBJECT_NAME = "fine-tunes"

    @classmethod
    def stream_events(
        cls,
        id: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The events of one as they happen, a generator."""
        named = (id, api_key, api_version, api_type, organization, None, api_base)
        instance = cls(*named, **params)
        url = f"{instance.instance_url()}/events?stream=true"
        return instance.request("get", url, stream=True, request_id=request_id)

    @classmethod
    async def astream_events(
        cls,
        id: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        request_id: Optional[str] = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`stream_events`."""
        named = (id, api_key, api_version, api_type, organization, None, api_base)
        instance = cls(*named, **params)
        url = f"{instance.instance_url()}/events?stream=true"
        return await instance.arequest("get", url, stream=True, request_id=request_id)


@nested_resource_class_methods("event", operations=["paginated_list"])
class FineTuningJob(
    _Cancellable, PaginatableAPIResource, CreateableAPIResource, DeletableAPIResource
):
    """Fine-tuning jobs of 2023; DeepSeek has none."""

    OBJECT_NAME = "fine_tuning.jobs"
