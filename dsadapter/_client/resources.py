"""``client.chat.completions`` and its neighbours; the async ones stand beside it."""

from __future__ import annotations

from typing import Any, Callable, Optional, Tuple

from .._call import arguments
from .._errors.tree import APIResponseError
from .._settings.redaction import forget_arguments
from .signature import create_signature, takes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Mapping, Type, TypeVar, Union, overload

    from typing_extensions import Unpack

    from .._call.stream import Stream
    from .._response.account_types import Model
    from .._response.chunk_types import ChatCompletionChunk
    from .._response.pages import ModelPage
    from .._response.parsed import ParsedChatCompletion
    from .._response.resource_types import ModelDeleted
    from .._response.text_types import Completion
    from .._response.types import ChatCompletion
    from . import raw_types
    from .completion_stream import ChatCompletionStreamManager
    from .params import CallParams, ChatParams, CompletionParams, ParseParams
    from .structured import ParseCall

    T = TypeVar("T")
    Method = TypeVar("Method", bound=Callable[..., Any])
else:

    def overload(function: Any) -> Any:
        """In the place of ``typing.overload``: only checkers read what it decorates."""
        return function


class _WhereOffered:
    """A method that the table may deny to a vendor: then reading it raises NotOfferedError."""

    def __init__(self, resource: str, function: Any) -> None:
        self._resource = resource
        self._function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is not None:
            from .not_offered import check

            check(instance._client._provider, self._resource)
        return self._function.__get__(instance, owner)


def where_offered(resource: str) -> Callable[[Method], Method]:
    """A decorator of methods: there where the vendor is not known to lack ``resource``."""

    def decorate(function: Method) -> Method:
        described: Any = _WhereOffered(resource, function)
        return described  # type: ignore[no-any-return]

    return decorate


class _Resource:
    """A group of calls."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def with_raw_response(self) -> Any:
        """The same calls, giving a RawResponse: ``.headers``, ``.text``, ``.parse()`` ..."""
        from .raw import WithRawResponse

        return WithRawResponse(self, self._client._is_async)

    @property
    def with_streaming_response(self) -> Any:
        """The same calls, each a context manager for a reply whose body is not read yet."""
        from .raw import WithStreamingResponse

        return WithStreamingResponse(self, self._client._is_async)

    if not TYPE_CHECKING:  # else every misspelt name would type-check

        def __getattr__(self, name: str) -> Any:
            for cls in type(self).__mro__:
                if name in vars(cls):  # it is there and said why not for this vendor: again
                    return vars(cls)[name].__get__(self, type(self))
            from .not_offered import INSTEAD, not_here

            if name in INSTEAD:
                raise not_here(name)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class Completions(_Resource):
    """``client.chat.completions``; what parses says :mod:`structured`."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.CompletionsWithRawResponse
        with_streaming_response: raw_types.CompletionsWithStreamingResponse

    if TYPE_CHECKING:

        @overload
        def create(
            self, *, stream: Literal[True], **params: Unpack[ChatParams]
        ) -> Stream[ChatCompletionChunk]: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ChatParams]
        ) -> ChatCompletion: ...
        @overload
        def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ChatParams]
        ) -> Union[ChatCompletion, Stream[ChatCompletionChunk]]: ...

    def create(self, **params: Any) -> Any:
        """One chat completion.

        Takes every keyword of openai 3.54.0's ``create`` and of 0.28's; unknown ones go into the
        body. Gives a ChatCompletion, or with ``stream=True`` a Stream of chunks. Raises APIError
        and its subclasses for whatever goes wrong on the way, InvalidArgumentError for arguments
        that cannot be sent.
        """
        return self._client._run(arguments.CHAT, arguments.chat, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", stream="Optional[bool]"
    )

    if TYPE_CHECKING:

        @overload
        def parse(
            self,
            *,
            response_format: Type[T],
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[T]: ...
        @overload
        def parse(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[None]: ...

    def parse(self, *, repair_attempts: int = 0, **params: Any) -> Any:
        """One chat completion whose text, and whose calls of tools, are objects.

        ``response_format`` is a pydantic model or dataclass: ``choices[0].message.parsed`` is one
        of it. Tools made by ``pydantic_function_tool`` give ``function.parsed_arguments``. With
        ``repair_attempts=1`` an answer that does not fit is asked for once more. Other keywords
        are those of ``create``.

        Raises LengthFinishReasonError and ContentFilterFinishReasonError for an answer that was
        cut off, APIResponseError (a ValueError; the text is in ``partial``) for one that does not
        fit, and what ``create`` raises. With ``with_raw_response`` it is ``parse()`` of the raw
        response that validates, and nothing is asked for again.
        """
        from .structured import ParseCall  # most programs parse nothing

        call: Any = None
        try:
            call = ParseCall(params, repair_attempts)
            return self._parse(call)
        except BaseException as err:
            forget_arguments(err, (params, getattr(call, "params", None)))
            raise

    parse.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", repair_attempts="int"
    )

    def _parse(self, call: ParseCall) -> Any:
        try:  # a copy: an error empties it, and what was asked may be asked again
            return self._client._run(call.types, arguments.chat, dict(call.params))
        except APIResponseError as err:
            again = call.asking_again(err)
        return call.noted(self._client._run(call.types, arguments.chat, again))

    if TYPE_CHECKING:

        @overload
        def stream(
            self, *, response_format: Type[T], **params: Unpack[ParseParams]
        ) -> ChatCompletionStreamManager[T]: ...
        @overload
        def stream(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            **params: Unpack[ParseParams],
        ) -> ChatCompletionStreamManager[None]: ...

    def stream(self, **params: Any) -> Any:
        """A stream of events: ``with client.chat.completions.stream(...) as stream``.

        Takes what :meth:`parse` takes, but for ``repair_attempts``; the request goes out with
        ``with``. See ChatCompletionStream.
        """
        from .completion_stream import ChatCompletionStreamManager
        from .structured import prepared_params, stream_state

        prepared = prepared_params(params)
        request = {**prepared, "stream": True}
        return ChatCompletionStreamManager(
            lambda: self.create(**request), stream_state(params, prepared)
        )

    stream.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", response_format="Any"
    )


class Chat(_Resource):
    """``client.chat``."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.ChatWithRawResponse
        with_streaming_response: raw_types.ChatWithStreamingResponse

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.completions: Completions = Completions(client)


class TextCompletions(_Resource):
    """``client.completions``: text completion; on DeepSeek this is FIM (fill in the middle)."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.TextCompletionsWithRawResponse
        with_streaming_response: raw_types.TextCompletionsWithStreamingResponse

    if TYPE_CHECKING:

        @overload
        def create(
            self, *, stream: Literal[True], **params: Unpack[CompletionParams]
        ) -> Stream[Completion]: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[CompletionParams]
        ) -> Completion: ...
        @overload
        def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[CompletionParams]
        ) -> Union[Completion, Stream[Completion]]: ...

    def create(self, **params: Any) -> Any:
        """One text completion; with ``stream=True`` a Stream of chunks. Raises as
        :meth:`Completions.create` does."""
        return self._client._run(arguments.text_completion(), arguments.completion, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "CompletionRequired", "CompletionParams", stream="Optional[bool]"
    )


class Models(_Resource):
    """``client.models``."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.ModelsWithRawResponse
        with_streaming_response: raw_types.ModelsWithStreamingResponse

        def list(self, **params: Unpack[CallParams]) -> ModelPage: ...
        def retrieve(self, model: str, **params: Unpack[CallParams]) -> Model: ...
        def delete(self, model: str, **params: Unpack[CallParams]) -> ModelDeleted: ...

    else:

        @takes("CallParams")
        def list(self, **params: Any) -> Any:
            """``GET /models``: a page that iterates the models of the key."""
            return self._client._run(arguments.MODELS, arguments.listing, "/models", params)

        @takes("CallParams")
        def retrieve(self, model: str, **params: Any) -> Any:
            """One model; raises InvalidArgumentError for what is no name, NotFoundError where the
            provider has no such model."""
            return self._client._run(arguments.MODEL, arguments.model, model, params)

        @where_offered("models.delete")
        @takes("CallParams")
        def delete(self, model: str, **params: Any) -> Any:
            """Delete a model of your own, where the provider keeps any."""
            return self._client._run(*deletion(model, params))


def deletion(model: str, params: Any) -> Tuple[Any, ...]:
    """What runs ``models.delete``; raises InvalidArgumentError for what is no name."""
    from .._call.call import ResponseTypes
    from .._response.resource_types import ModelDeleted  # most programs delete none

    path = arguments.item_path("/models", model=model)
    return ResponseTypes(ModelDeleted), arguments.without_body, "DELETE", path, params
