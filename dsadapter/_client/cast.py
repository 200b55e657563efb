"""What an answer becomes: ``cast_to`` of ``client.post("/path")`` and its neighbours.

Nothing or ``object`` gives what it holds, ``str`` and ``bytes`` its body, a class of HTTP responses
the answer as it came, a model an object of it.
"""

from __future__ import annotations

from typing import Any, Callable, Mapping, Tuple, get_args

from .._call import arguments
from .._call.call import ResponseTypes
from .._record import Record
from .._response import content

_ANY = arguments.ANY
_BYTES = ResponseTypes(read=content.any_bytes)
_TEXT = ResponseTypes(read=content.any_text)
_PLAIN = (None, object, dict, list, Any, type(None))

# How a call is run, and what its outcome becomes: types, raw, the last step.
Cast = Tuple[ResponseTypes, bool, Callable[[Any], Any]]


def _as_is(result: Any) -> Any:
    return result


def cast(cast_to: Any) -> Cast:
    """What ``cast_to`` asks for; raises TypeError for what is no class that can hold an answer."""
    if cast_to in _PLAIN or not isinstance(cast_to, type):
        return _ANY, False, _as_is
    if cast_to is str:
        return _TEXT, False, _as_is
    if cast_to is bytes:
        return _BYTES, False, lambda result: getattr(result, "content", result)
    if "Binary" in cast_to.__name__:
        return _BYTES, False, _as_is
    kind = _kind(cast_to)
    if kind is not None:
        return ResponseTypes(kind, kind), False, _as_is
    if cast_to.__name__.endswith("Response") and hasattr(cast_to, "iter_lines"):
        return _BYTES, True, lambda result: result.http_response
    return _ANY, False, _model(cast_to)


def cast_of_call(cast_to: Any, params: Mapping[str, Any]) -> Cast:
    """The same of a call with these keyword arguments, which may stream."""
    if params.get("stream"):
        return _of_stream(cast_to, params.get("stream_cls"))
    return cast(cast_to)


def _of_stream(cast_to: Any, stream_cls: Any) -> Cast:
    """A stream is one whatever its chunks become: of ``cast_to`` and of ``Stream[Chunk]`` only
    kinds of records count; ``bytes`` alone gives the events as they came."""
    if cast_to is bytes and stream_cls is None:
        from .._response.raw_events import RawEventReader

        types = ResponseTypes(Record, dict, any_json=True, stream_reader=RawEventReader)
        return types, False, _as_is
    response = _kind(cast_to) if isinstance(cast_to, type) else None
    chunk = next((_kind(kind) for kind in get_args(stream_cls) if isinstance(kind, type)), response)
    if chunk is None:
        return _ANY, False, _as_is
    return ResponseTypes(response or Record, chunk), False, _as_is


def _kind(cast_to: type) -> Any:
    """The kind of record that stands for a class: itself, or the one of the same name for a class
    of an SDK's."""
    if issubclass(cast_to, Record):
        return vars(cast_to).get("_modern", cast_to)  # of dsadapter.ChatCompletion, which is 0.28's
    if not cast_to.__module__.startswith("openai.types"):
        return None
    from .._response import account_types, chunk_types, resource_types, text_types, types

    places = (types, chunk_types, text_types, account_types, resource_types)
    named = next((vars(p)[cast_to.__name__] for p in places if cast_to.__name__ in vars(p)), None)
    return named if isinstance(named, type) and issubclass(named, Record) else None


def _model(cast_to: Any) -> Callable[[Any], Any]:
    """How pydantic makes its model: the SDKs' own without checking, others with it."""
    if cast_to.__module__.startswith("openai.") and hasattr(cast_to, "construct"):
        return lambda result: cast_to.construct(**result)
    for name in ("model_validate", "parse_obj"):
        if hasattr(cast_to, name):
            make: Callable[[Any], Any] = getattr(cast_to, name)
            return make
    raise TypeError(
        f"cast_to={cast_to.__name__} cannot hold an answer; pass object, str, bytes, a response "
        "class, a kind of dsadapter's or a pydantic model."
    )
