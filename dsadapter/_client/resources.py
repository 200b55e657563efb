"""``client.chat.completions`` and its neighbours, sync and async."""

from __future__ import annotations

from typing import Any, AsyncIterator, Generator, List, Optional, Tuple

from .._call import arguments
from .not_offered import INSTEAD, not_here
from .structured import AsyncParsingCalls, ParsingCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Union, overload

    from typing_extensions import Unpack

    from .._call.stream import AsyncStream, Stream
    from .._response.types import ChatCompletion, Completion, Model, ModelPage
    from .params import CallParams, ChatParams, CompletionParams
else:

    def overload(function: Any) -> Any:
        """In the place of ``typing.overload``: only checkers read what it decorates."""
        return function


class _Resource:
    """A group of calls; ``_raw`` is the with_raw_response variant."""

    def __init__(self, client: Any, raw: bool = False) -> None:
        self._client = client
        self._raw = raw

    @property
    def with_raw_response(self) -> Any:
        """The same calls, giving ``.headers``, ``.status_code``, ``.text`` and ``.parse()``."""
        return type(self)(self._client, raw=True)

    def __getattr__(self, name: str) -> Any:
        for cls in type(self).__mro__:
            if name in vars(cls):  # it is there and said why not for this vendor: again
                return vars(cls)[name].__get__(self, type(self))
        if name in INSTEAD:
            raise not_here(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class Completions(_Resource, ParsingCalls):
    """``client.chat.completions``."""

    if TYPE_CHECKING:

        @overload
        def create(self, *, stream: Literal[True], **params: Unpack[ChatParams]) -> Stream: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ChatParams]
        ) -> ChatCompletion: ...
        @overload
        def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ChatParams]
        ) -> Union[ChatCompletion, Stream]: ...

    def create(self, **params: Any) -> Any:
        """One chat completion.

        Takes every keyword of openai 3.54.0's ``create`` and of 0.28's; unknown ones go into the
        body. Gives a ChatCompletion, or with ``stream=True`` a Stream of chunks. Raises APIError
        and its subclasses for whatever goes wrong on the way, InvalidArgumentError for arguments
        that cannot be sent.
        """
        return self._client._run(arguments.CHAT, arguments.chat, params, raw=self._raw)


class AsyncCompletions(_Resource, AsyncParsingCalls):
    """The async twin of :class:`Completions`."""

    if TYPE_CHECKING:

        @overload
        async def create(
            self, *, stream: Literal[True], **params: Unpack[ChatParams]
        ) -> AsyncStream: ...
        @overload
        async def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ChatParams]
        ) -> ChatCompletion: ...
        @overload
        async def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ChatParams]
        ) -> Union[ChatCompletion, AsyncStream]: ...

    async def create(self, **params: Any) -> Any:
        """As :meth:`Completions.create`; a stream is an AsyncStream."""
        return await self._client._run(arguments.CHAT, arguments.chat, params, raw=self._raw)


class Chat:
    """``client.chat``."""

    def __init__(self, client: Any) -> None:
        self.completions = Completions(client)


class AsyncChat:
    """``client.chat`` of an async client."""

    def __init__(self, client: Any) -> None:
        self.completions = AsyncCompletions(client)


class TextCompletions(_Resource):
    """``client.completions``: text completion; on DeepSeek this is FIM (fill in the middle)."""

    if TYPE_CHECKING:

        @overload
        def create(
            self, *, stream: Literal[True], **params: Unpack[CompletionParams]
        ) -> Stream: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[CompletionParams]
        ) -> Completion: ...

    def create(self, **params: Any) -> Any:
        """One text completion; with ``stream=True`` a Stream of chunks. Raises as
        :meth:`Completions.create` does."""
        return self._client._run(arguments.COMPLETION, arguments.completion, params, raw=self._raw)


class AsyncTextCompletions(_Resource):
    """The async twin of :class:`TextCompletions`."""

    if TYPE_CHECKING:

        @overload
        async def create(
            self, *, stream: Literal[True], **params: Unpack[CompletionParams]
        ) -> AsyncStream: ...
        @overload
        async def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[CompletionParams]
        ) -> Completion: ...

    async def create(self, **params: Any) -> Any:
        """As :meth:`TextCompletions.create`; a stream is an AsyncStream."""
        return await self._client._run(
            arguments.COMPLETION, arguments.completion, params, raw=self._raw
        )


class Models(_Resource):
    """``client.models``."""

    if TYPE_CHECKING:

        def list(self, **params: Unpack[CallParams]) -> ModelPage: ...
        def retrieve(self, model: str, **params: Unpack[CallParams]) -> Model: ...

    else:

        def list(self, **params: Any) -> Any:
            """``GET /models``: a page that iterates the models of the key."""
            return self._client._run(
                arguments.MODELS, arguments.listing, "/models", params, raw=self._raw
            )

        def retrieve(self, model: str, **params: Any) -> Any:
            """One model; raises InvalidArgumentError for what is no name, NotFoundError where the
            provider has no such model."""
            return self._client._run(arguments.MODEL, arguments.model, model, params, raw=self._raw)


class AsyncModels(_Resource):
    """The async twin of :class:`Models`."""

    if TYPE_CHECKING:

        def list(self, **params: Unpack[CallParams]) -> AsyncPage: ...
        async def retrieve(self, model: str, **params: Unpack[CallParams]) -> Model: ...

    else:

        def list(self, **params: Any) -> Any:
            """Await it for the page, or iterate its items with ``async for``."""
            run, raw = self._client._run, self._raw
            return AsyncPage(
                lambda: run(arguments.MODELS, arguments.listing, "/models", params, raw=raw)
            )

        async def retrieve(self, model: str, **params: Any) -> Any:
            """As :meth:`Models.retrieve`."""
            return await self._client._run(
                arguments.MODEL, arguments.model, model, params, raw=self._raw
            )


class AsyncPage:
    """What the async ``list()`` gives: awaitable, and iterable with ``async for``."""

    def __init__(self, fetch: Any) -> None:
        self._fetch = fetch

    def __await__(self) -> Generator[Any, None, ModelPage]:
        return self._fetch().__await__()

    async def __aiter__(self) -> AsyncIterator[Any]:
        page: Any = await self
        if hasattr(page, "__aiter__"):  # there are pages behind it
            async for item in page:
                yield item
        else:
            for item in page:
                yield item


async def read_files(files: List[Tuple[str, Any]]) -> List[Tuple[str, Any]]:
    """The same files read beside the event loop, which goes on meanwhile."""
    import asyncio

    from .._call.multipart import file_parts

    parts = await asyncio.get_running_loop().run_in_executor(None, file_parts, files)
    return [(part.name, part) for part in parts]
