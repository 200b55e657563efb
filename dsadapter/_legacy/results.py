"""From a reply to what ``create`` gives: raw response, OpenAIResponse, OpenAIObject.

A stream goes the same way chunk by chunk, through real generators.
"""

from __future__ import annotations

import json
from types import AsyncGeneratorType, GeneratorType
from typing import (
    Any,
    AsyncIterator,
    Callable,
    Iterator,
    Mapping,
    Optional,
    Tuple,
    Union,
)
from weakref import WeakKeyDictionary

from .._call.call import Call, ResponseTypes
from .._call.stream import AsyncStream, Stream
from .._errors.tree import APIError, APIStatusError
from .._named_tuple import NamedTuple
from .._response import content
from .._response.info import AdapterInfo
from . import settings, util
from .chunk_objects import ATTACH, chunk_object, normalize_chunk
from .first_deltas import FirstDeltas
from .objects import wrapped
from .responses import response

# What a requestor's request gives: an OpenAIResponse or an iterator of them, whether it is one,
# the key.
Requested = Tuple[Any, bool, Any]
ErrorHandler = Callable[[APIError], BaseException]


class RawResponse(NamedTuple):
    """What ``request_raw`` gives: ``requests.Response`` in the attributes that code reads."""

    adapter: AdapterInfo
    content: bytes
    data: Any = None  # the object of a whole reply
    stream: Union[Stream[Any], AsyncStream[Any], None] = None
    error: Optional[APIStatusError] = None
    usage_chunk: bool = False  # the chunk without choices was asked for
    functions: bool = False  # they were sent as tools
    call: Optional[Call] = None  # of a stream

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self.adapter.status

    @property
    def status(self) -> int:
        """The HTTP status, by aiohttp's name."""
        return self.adapter.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The response headers."""
        return self.adapter.headers

    @property
    def text(self) -> str:
        """The body as text; "" for a stream."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body parsed; raises ValueError for what is no JSON."""
        return json.loads(self.text)


_Source = Tuple[RawResponse, ErrorHandler]
OBJECTS = ResponseTypes(wrapped, normalize_chunk)
_TEXTS = ResponseTypes(wrapped, normalize_chunk, read=content.json_or_text)
_FILES = ResponseTypes(read=content.any_bytes)
MAYBE_NO_JSON = ("/audio/", "/files/")  # how the paths of such replies begin


def types_of(path: str) -> ResponseTypes:
    """What a reply becomes: an object, but also text where sound is transcribed, and bytes where a
    file is downloaded."""
    if path.endswith("/content"):
        return _FILES
    return _TEXTS if path.startswith("/audio/") else OBJECTS


# --- OpenAIResponses of a stream -----------------------------------------------------------------


# What generators of ours will read, while they have not begun.
_sources: WeakKeyDictionary[Any, _Source] = WeakKeyDictionary()


def responses(raw: RawResponse, handle_error: ErrorHandler) -> Iterator[Any]:
    """An OpenAIResponse for each chunk; what goes wrong is raised as ``handle_error`` gives it."""
    generator = _responses(raw, handle_error)
    _sources[generator] = raw, handle_error
    return generator


def _responses(raw: RawResponse, handle_error: ErrorHandler) -> Iterator[Any]:
    stream: Any = raw.stream
    deltas = FirstDeltas() if raw.functions else None
    try:
        for data in stream:
            for chunk in deltas.feed(data) if deltas else (data,):
                if raw.usage_chunk or chunk.get("choices", True):
                    yield response(chunk, raw.headers, raw.adapter)
        for chunk in deltas.flush() if deltas else ():
            yield response(chunk, raw.headers, raw.adapter)
    except APIError as err:
        for chunk in deltas.flush() if deltas else ():
            yield response(chunk, raw.headers, raw.adapter)
        raise handle_error(err) from err.__cause__
    finally:
        stream.close()


def aresponses(raw: RawResponse, handle_error: ErrorHandler) -> AsyncIterator[Any]:
    """The async twin of :func:`responses`."""
    generator = _aresponses(raw, handle_error)
    _sources[generator] = raw, handle_error
    return generator


async def _aresponses(raw: RawResponse, handle_error: ErrorHandler) -> AsyncIterator[Any]:
    stream: Any = raw.stream
    deltas = FirstDeltas() if raw.functions else None
    try:
        async for data in stream:
            for chunk in deltas.feed(data) if deltas else (data,):
                if raw.usage_chunk or chunk.get("choices", True):
                    yield response(chunk, raw.headers, raw.adapter)
        for chunk in deltas.flush() if deltas else ():
            yield response(chunk, raw.headers, raw.adapter)
    except APIError as err:
        for chunk in deltas.flush() if deltas else ():
            yield response(chunk, raw.headers, raw.adapter)
        raise handle_error(err) from err.__cause__
    finally:
        await stream.close()


# --- OpenAIObjects -------------------------------------------------------------------------------


def result(
    requested: Requested, stream: bool, plain_old_data: bool = False, engine: Any = None
) -> Any:
    """One object, or with ``stream`` a generator of objects whose request has been sent."""
    if stream:
        return _objects(requested[0], plain_old_data, engine)
    return _object(requested[0], plain_old_data, engine)


def aresult(
    requested: Requested, stream: bool, plain_old_data: bool = False, engine: Any = None
) -> Any:
    """The same with an async generator."""
    if stream:
        return _async_objects(requested[0], plain_old_data, engine)
    return _object(requested[0], plain_old_data, engine)


def _object(response: Any, plain_old_data: bool, engine: Any) -> Any:
    """By way of ``util``, where tracers look; the SDK's own behind the real openai < 1."""
    if settings.sdk_module is None:
        return util.convert_to_openai_object(response, engine=engine, plain_old_data=plain_old_data)
    sdk_object = settings.sdk_module.util.convert_to_openai_object(
        response, engine=engine, plain_old_data=plain_old_data
    )
    if hasattr(sdk_object, "__dict__"):  # beside its items: never part of the dict, nor of a pickle
        sdk_object.__dict__["adapter"] = getattr(response, "adapter", None)
    return sdk_object


def _objects(responses: Any, plain_old_data: bool, engine: Any) -> Iterator[Any]:
    source = None if plain_old_data else _unread_source(responses)
    if source is None:
        return _converted_objects(responses, plain_old_data, engine)
    return _chunk_objects(*source, engine)


def _async_objects(responses: Any, plain_old_data: bool, engine: Any) -> AsyncIterator[Any]:
    source = None if plain_old_data else _unread_source(responses)
    if source is None:
        return _async_converted_objects(responses, plain_old_data, engine)
    return _async_chunk_objects(*source, engine)


def _converted_objects(responses: Any, plain_old_data: bool, engine: Any) -> Iterator[Any]:
    try:
        for response in responses:
            yield _object(response, plain_old_data, engine)
    finally:
        close = getattr(responses, "close", None)
        if close is not None:
            close()


async def _async_converted_objects(
    responses: Any, plain_old_data: bool, engine: Any
) -> AsyncIterator[Any]:
    try:
        async for response in responses:
            yield _object(response, plain_old_data, engine)
    finally:
        close = getattr(responses, "aclose", None)
        if close is not None:
            await close()


# --- without OpenAIResponses, where nobody looks at them ------------------------------------------

_own_conversion = util.convert_to_openai_object


def _unread_source(responses: Any) -> Optional[_Source]:
    """What a generator of ours would read whose chunks can become objects at once; None where a
    tracer, the SDK or FirstDeltas takes part."""
    if not isinstance(responses, (GeneratorType, AsyncGeneratorType)):
        return None
    source = _sources.pop(responses, None)
    if settings.sdk_module is not None or util.convert_to_openai_object is not _own_conversion:
        return None
    call = None if source is None or source[0].functions else source[0].call
    if call is None or call.reader is not None:
        return None
    call.to_chunk = chunk_object
    return source


def _adopter(raw: RawResponse, engine: Any) -> Callable[[Any], bool]:
    """Gives a chunk what belongs to the call, and tells whether the caller sees it."""
    info, usage_chunk, attach, get = raw.adapter, raw.usage_chunk, ATTACH, dict.get

    def adopt(chunk: Any) -> bool:
        if not usage_chunk and not get(chunk, "choices", True):
            return False
        attach(chunk, info)
        if engine is not None:
            object.__setattr__(chunk, "engine", engine)
        return True

    return adopt


def _chunk_objects(raw: RawResponse, handle_error: ErrorHandler, engine: Any) -> Iterator[Any]:
    stream: Any = raw.stream
    adopt = _adopter(raw, engine)
    try:
        for chunk in stream:
            if adopt(chunk):
                yield chunk
    except APIError as err:
        raise handle_error(err) from err.__cause__
    finally:
        stream.close()


async def _async_chunk_objects(
    raw: RawResponse, handle_error: ErrorHandler, engine: Any
) -> AsyncIterator[Any]:
    stream: Any = raw.stream
    adopt = _adopter(raw, engine)
    try:
        async for chunk in stream:
            if adopt(chunk):
                yield chunk
    except APIError as err:
        raise handle_error(err) from err.__cause__
    finally:
        await stream.close()
