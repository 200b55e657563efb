"""``openai.openai_object`` of 0.28: a dict with attributes, wrapped lazily."""

from __future__ import annotations

import copy
import json
from typing import (
    Any,
    Awaitable,
    Callable,
    ClassVar,
    Dict,
    List,
    Mapping,
    Optional,
    Tuple,
    Type,
)

from .._record import Record, attach
from .._response.info import AdapterInfo
from . import settings
from .responses import milliseconds

TYPE_CHECKING = False

# Attributes that 0.28 keeps beside the items: reading and writing them never touches the dict.
ATTRIBUTES = ("api_key", "api_version", "api_type", "organization", "api_base_override", "engine")
EMPTY = (
    "You cannot set %s to an empty string. We interpret empty strings as None in requests."
    "You may set %s.%s = None to delete the property"
)


class _AnswerHeader:
    """An attribute that a header of the answer gives while nobody has assigned it."""

    def __init__(self, header: str) -> None:
        self._header = header

    def __get__(self, instance: Optional[Record], owner: Any = None) -> Optional[str]:
        info: Optional[AdapterInfo] = None if instance is None else instance.adapter
        return None if info is None else info.headers.get(self._header)


class OpenAIObject(Record):
    """A JSON object of an answer (surface A4). ``api_key`` is set only where code set it."""

    api_key: Any = None
    api_version: Any = None
    api_type: Any = None
    organization: Any = _AnswerHeader("openai-organization")
    api_base_override: Any = None
    engine: Any = None
    _response_ms: Optional[int] = None
    _retrieve_params: Dict[str, Any] = {}
    _previous: Any = None
    # How an object makes calls; set by object_calls, which stands above the requestor.
    _call: ClassVar[Callable[..., Any]]
    _acall: ClassVar[Callable[..., Awaitable[Any]]]

    def __init__(
        self,
        id: Any = None,
        api_key: Any = None,
        api_version: Any = None,
        api_type: Any = None,
        organization: Any = None,
        response_ms: Optional[int] = None,
        api_base: Any = None,
        engine: Any = None,
        **params: Any,
    ) -> None:
        super().__init__()
        if response_ms is not None and not isinstance(response_ms, int):
            raise TypeError(f"response_ms is a {type(response_ms).__name__}.")
        self._response_ms = response_ms
        self._retrieve_params = params
        values = (api_key, api_version, api_type, organization, api_base, engine)
        self.__dict__.update(zip(ATTRIBUTES, values))
        if id:
            self["id"] = id

    # items

    def _wrapped(self, key: str, value: Any) -> Any:
        if type(value) is dict:
            value = wrapped(value)
            dict.__setitem__(self, key, value)
        else:
            _wrap_list(value)
        return value

    def __iter__(self) -> Any:
        # Defined so that dict(o) and {**o} take the items one by one, wrapped.
        return dict.__iter__(self)

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, str) and value == "":
            raise ValueError(EMPTY % (key, self, key))
        dict.__setitem__(self, key, value)

    def __delitem__(self, key: str) -> None:
        raise NotImplementedError("del is not supported")

    # attributes

    if not TYPE_CHECKING:  # else every misspelt field would type-check

        def __getattr__(self, name: str) -> Any:
            try:
                value = dict.__getitem__(self, name)
            except KeyError:
                raise AttributeError(name) from None
            if name[0] == "_":
                raise AttributeError(name)
            kind = type(value)
            return self._wrapped(name, value) if kind is dict or kind is list else value

    def __setattr__(self, name: str, value: Any) -> None:
        if name[0] == "_" or name in ATTRIBUTES or name in self.__dict__:
            object.__setattr__(self, name, value)
        else:
            self[name] = value

    def __delattr__(self, name: str) -> None:
        if name[0] == "_" or name in self.__dict__:
            object.__delattr__(self, name)
        else:
            del self[name]

    @property
    def response_ms(self) -> Optional[int]:
        """Milliseconds, as the server said or as measured; None on nested objects."""
        if self._response_ms is None and self.adapter is not None:
            return milliseconds(self.adapter.headers, self.adapter)
        return self._response_ms

    @property
    def openai_id(self) -> Any:
        """The item ``id``; raises AttributeError without one."""
        return getattr(self, "id")  # noqa: B009  # hidden from checkers

    @property
    def typed_api_type(self) -> settings.ApiType:
        """``api_type``, of this object or the global, as an ApiType."""
        return settings.typed_api_type(self.api_type or settings.current("api_type"))

    # building

    @classmethod
    def construct_from(
        cls,
        values: Mapping[str, Any],
        api_key: Any = None,
        api_version: Any = None,
        organization: Any = None,
        engine: Any = None,
        response_ms: Optional[int] = None,
    ) -> Any:
        """An object with these values; the caller's own lists and dicts stay as they are."""
        common = {
            "api_key": api_key,
            "api_version": api_version,
            "organization": organization,
            "response_ms": response_ms,
        }
        instance = cls(values.get("id"), engine=engine, **common)
        instance.refresh_from(values, **common)
        return instance

    def refresh_from(
        self,
        values: Mapping[str, Any],
        api_key: Any = None,
        api_version: Any = None,
        api_type: Any = None,
        organization: Any = None,
        response_ms: Optional[int] = None,
    ) -> None:
        """Replace all items by ``values``."""
        for name, value in zip(ATTRIBUTES, (api_key, api_version, api_type, organization)):
            object.__setattr__(self, name, value or getattr(values, name, None))
        self._response_ms = response_ms or getattr(values, "response_ms", None)
        attach(self, getattr(values, "adapter", None))
        items = {key: _copied(value) for key, value in values.items()}
        self.clear()
        dict.update(self, items)
        self._previous = values

    # calling, as the resources that are objects do

    @classmethod
    def api_base(cls) -> Any:
        """The base URL that all objects of a class go to; None for the usual one."""
        return None

    def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        headers: Any = None,
        stream: Any = False,
        plain_old_data: bool = False,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
    ) -> Any:
        """One call with the settings of this object: an object, or a generator of them."""
        return self._call(
            method,
            url,
            bool(stream),
            plain_old_data,
            params=self._retrieve_params if params is None else params,
            headers=headers,
            request_id=request_id,
            request_timeout=request_timeout,
        )

    async def arequest(
        self,
        method: str,
        url: str,
        params: Any = None,
        headers: Any = None,
        stream: Any = False,
        plain_old_data: bool = False,
        request_id: Optional[str] = None,
        request_timeout: Any = None,
    ) -> Any:
        """As :meth:`request`; a stream is an async generator."""
        return await self._acall(
            method,
            url,
            bool(stream),
            plain_old_data,
            params=self._retrieve_params if params is None else params,
            headers=headers,
            request_id=request_id,
            request_timeout=request_timeout,
        )

    # as text and as plain data

    def __str__(self) -> str:
        return json.dumps(self.to_dict_recursive(), indent=2)

    def __repr__(self) -> str:
        identity = [type(self).__name__]
        kind, name = dict.get(self, "object"), dict.get(self, "id")
        if isinstance(kind, str):
            identity.append(kind)
        if isinstance(name, str):
            identity.append(f"id={name}")
        return f"<{' '.join(identity)} at {hex(id(self))}> JSON: {self}"

    def to_dict(self, **kwargs: Any) -> Dict[str, Any]:
        """Shallow, as in 0.28: nested objects stay objects."""
        return self.model_dump(**kwargs) if kwargs else dict(self)

    # copies

    def __copy__(self) -> Any:
        clone = OpenAIObject.__new__(type(self))
        dict.update(clone, self)
        clone.__dict__.update(self.__dict__)
        return attach(clone, self.adapter)

    copy = __copy__

    def __deepcopy__(self, memo: Any) -> Any:
        clone = self.__copy__()
        memo[id(self)] = clone
        for key, value in dict.items(self):
            dict.__setitem__(clone, key, copy.deepcopy(value, memo))
        return clone

    def __reduce__(self) -> Tuple[Any, ...]:
        """Without the key: 0.28's pickles hold it, and disk caches keep pickles for years."""
        attributes = {name: self.__dict__.get(name) for name in ATTRIBUTES[1:]}
        attributes["_response_ms"] = self.response_ms
        items = self.to_dict_recursive()
        state = {"items": items, "attributes": attributes, "adapter": self.adapter}
        return _blank, (type(self),), state

    def __setstate__(self, state: Dict[str, Any]) -> None:
        """A pickle of ours, or one that 0.28 wrote: the items alone (its key is forgotten)."""
        self.__dict__["api_key"] = None
        if set(state) != {"items", "attributes", "adapter"}:
            dict.update(self, state)
            return
        dict.update(self, state["items"])
        self.__dict__.update({k: v for k, v in state["attributes"].items() if v is not None})
        attach(self, state["adapter"])


OpenAIObject.__module__ = "dsadapter.openai_object"  # where pickles look for it


class ErrorObject(OpenAIObject):
    """``err.error`` of 0.28: always has ``message`` and ``type``."""

    def refresh_from(self, values: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        """Replace all items by ``values``, and by None where those two are missing."""
        super().refresh_from({"message": None, "type": None, **values}, *args, **kwargs)


def _blank(cls: Type[OpenAIObject]) -> OpenAIObject:
    return OpenAIObject.__new__(cls)


# --- dicts to objects ----------------------------------------------------------------------------

# ``object`` values that have a class of their own (surface A4); filled by object_classes, above.
classes_by_kind: Dict[str, Type[OpenAIObject]] = {}


def wrapped(data: Dict[str, Any], info: Optional[AdapterInfo] = None) -> OpenAIObject:
    """The object of a dict that nobody else holds."""
    kind = data.get("object")
    cls = classes_by_kind.get(kind, OpenAIObject) if type(kind) is str else OpenAIObject
    wrapper = OpenAIObject.__new__(cls)
    dict.update(wrapper, data)
    return attach(wrapper, info) if info else wrapper


def _wrap_list(values: List[Any]) -> None:
    for i, value in enumerate(values):
        if type(value) is dict:
            values[i] = wrapped(value)
        elif type(value) is list:
            _wrap_list(value)


def _copied(value: Any) -> Any:
    """A copy of dicts and lists: wrapping happens in place and must not reach the caller's."""
    if type(value) is dict:
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if type(value) is list else value


def converted(data: Any, info: Optional[AdapterInfo] = None) -> Any:
    """What 0.28 makes of the JSON of an answer."""
    if type(data) is dict:
        return wrapped(data, info)
    if type(data) is list:
        _wrap_list(data)
    return data
