"""Chunks as code of 0.28's time reads them: made to fit and wrapped in one pass.

Of a usual chunk all is wrapped that leads to its text, in objects whose fields on that way C code
looks up. Whatever else one of them is asked for, or is done to it, makes it the OpenAIObject that
any other chunk is.
"""

from __future__ import annotations

from operator import methodcaller
from typing import Any, Dict

from .._record import Record
from .objects import OpenAIObject, wrapped


def normalize_chunk(data: Dict[str, Any]) -> Dict[str, Any]:
    """A chunk as code of 0.28's time reads it, in place (surface D1, idioms 5 to 10).

    ``content`` is never null, a delta is never ``{}`` before the end, and ``delta`` and
    ``finish_reason`` are always there.
    """
    for choice in data.get("choices") or ():
        finish = choice.setdefault("finish_reason", None)
        if "text" in choice:
            continue
        delta = choice.get("delta")
        if delta is None:
            delta = choice["delta"] = {}
        if delta.get("content", "") is None:
            del delta["content"]
        if not delta and finish is None:
            delta["content"] = ""
    return data


# --- chunks whose usual fields are read without a line of Python ----------------------------------


def _as_any_other(name: str) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        self.__class__ = OpenAIObject
        return getattr(self, name)(*args, **kwargs)

    method.__name__ = name
    return method


# What changes an object, so that a field of it may be missing or may have to be wrapped; and what
# looks at the class.
_CHANGES = ("__setitem__", "__ior__", "update", "setdefault", "pop", "popitem", "clear")
_OTHERS = (*_CHANGES, "__copy__", "copy", "__reduce__")


def _ready(*names: str) -> Any:
    """OpenAIObject for objects whose ``names`` are there, and hold nothing still to be wrapped."""
    namespace: Dict[str, Any] = {name: property(methodcaller("_get", name)) for name in names}
    namespace.update((o, _as_any_other(o)) for o in _OTHERS if hasattr(OpenAIObject, o))
    namespace.update(__slots__=(), __module__=OpenAIObject.__module__, __init__=dict.__init__)
    namespace.update(_get=dict.get, construct_from=OpenAIObject.construct_from)
    return type(OpenAIObject.__name__, (OpenAIObject,), namespace)


ATTACH: Any = vars(Record)["_adapter"].__set__  # attach() in C
_KIND = "chat.completion.chunk"
_Chunk, _Choice = _ready("choices"), _ready("delta", "finish_reason")
_Text, _Thought = _ready("content"), _ready("reasoning_content")


def chunk_object(data: Dict[str, Any]) -> Any:
    """The object of a chunk that nobody else holds."""
    try:
        (choice,) = choices = data["choices"]
        delta = choice["delta"]
        if (
            data["object"] == _KIND
            and choice["finish_reason"] is None
            and not ("object" in choice or "object" in delta)
        ):
            if type(delta["content"]) is str:
                choice["delta"] = _Text(delta)
                choices[0] = _Choice(choice)
                return _Chunk(data)
            if delta["content"] is None and type(delta["reasoning_content"]) is str:
                del delta["content"]
                choice["delta"] = _Thought(delta)
                choices[0] = _Choice(choice)
                return _Chunk(data)
    except (LookupError, TypeError, ValueError):  # another shape, or none
        pass
    return wrapped(normalize_chunk(data))
