"""``openai.openai_object`` of 0.28: a dict with attributes, wrapped lazily."""

from __future__ import annotations

import copy
import json
from typing import Any, Dict, List, Mapping, Optional, Tuple, Type

from .._record import Record, attach
from .._response.info import AdapterInfo

# Attributes that 0.28 keeps beside the items: reading and writing them never touches the dict.
ATTRIBUTES = ("api_key", "api_version", "api_type", "organization", "api_base_override", "engine")
EMPTY = (
    "You cannot set %s to an empty string. We interpret empty strings as None in requests."
    "You may set %s.%s = None to delete the property"
)


class OpenAIObject(Record):
    """A JSON object of an answer (surface A4). ``api_key`` is set only where code set it."""

    api_key: Any = None
    api_version: Any = None
    api_type: Any = None
    organization: Any = None
    api_base_override: Any = None
    engine: Any = None
    _response_ms: Optional[int] = None
    _retrieve_params: Dict[str, Any] = {}
    _previous: Any = None

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
        said = (api_key, api_version, api_type, organization, api_base, engine)
        self.__dict__.update(zip(ATTRIBUTES, said))
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
            return round(self.adapter.elapsed * 1000)
        return self._response_ms

    @property
    def openai_id(self) -> Any:
        return self.id

    @property
    def typed_api_type(self) -> Any:
        from . import settings, util

        return util.ApiType.from_str(self.api_type or settings.current("api_type"))

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
        about = {"api_version": api_version, "organization": organization}
        made = cls(
            values.get("id"), api_key=api_key, engine=engine, response_ms=response_ms, **about
        )
        made.refresh_from(values, api_key=api_key, response_ms=response_ms, **about)
        return made

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
        said = (api_key, api_version, api_type, organization)
        for name, value in zip(ATTRIBUTES, said):
            object.__setattr__(self, name, value or getattr(values, name, None))
        self._response_ms = response_ms or getattr(values, "response_ms", None)
        attach(self, getattr(values, "adapter", None))
        fresh = {key: _own(value) for key, value in values.items()}
        self.clear()
        dict.update(self, fresh)
        self._previous = values

    # calling, as the resources that are objects do

    @classmethod
    def api_base(cls) -> Any:
        return None

    def _requestor(self) -> Any:
        from . import api_requestor

        return api_requestor.APIRequestor(
            key=self.api_key,
            api_base=self.api_base_override or self.api_base(),
            api_type=self.api_type,
            api_version=self.api_version,
            organization=self.organization,
        )

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
        from . import streams

        params = self._retrieve_params if params is None else params
        answer = self._requestor().request(
            method,
            url,
            params=params,
            stream=bool(stream),
            headers=headers,
            request_id=request_id,
            request_timeout=request_timeout,
        )
        return streams.result(answer, bool(stream), plain_old_data)

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
        from . import streams

        params = self._retrieve_params if params is None else params
        answer = await self._requestor().arequest(
            method,
            url,
            params=params,
            stream=bool(stream),
            headers=headers,
            request_id=request_id,
            request_timeout=request_timeout,
        )
        return streams.aresult(answer, bool(stream), plain_old_data)

    # as text and as plain data

    def __str__(self) -> str:
        return json.dumps(self.to_dict_recursive(), indent=2)

    def __repr__(self) -> str:
        ident = [type(self).__name__]
        kind, name = dict.get(self, "object"), dict.get(self, "id")
        if isinstance(kind, str):
            ident.append(kind)
        if isinstance(name, str):
            ident.append(f"id={name}")
        return f"<{' '.join(ident)} at {hex(id(self))}> JSON: {self}"

    def to_dict(self, **kwargs: Any) -> Dict[str, Any]:
        """Shallow, as in 0.28: nested objects stay objects."""
        return self.model_dump(**kwargs) if kwargs else dict(self)

    # copies

    def __copy__(self) -> Any:
        made = OpenAIObject.__new__(type(self))
        dict.update(made, self)
        made.__dict__.update(self.__dict__)
        return attach(made, self.adapter)

    copy = __copy__

    def __deepcopy__(self, memo: Any) -> Any:
        made = self.__copy__()
        memo[id(self)] = made
        for key, value in dict.items(self):
            dict.__setitem__(made, key, copy.deepcopy(value, memo))
        return made

    def __reduce__(self) -> Tuple[Any, ...]:
        """Without the key: 0.28's pickles hold it, and disk caches keep pickles for years."""
        about = {name: self.__dict__.get(name) for name in ATTRIBUTES[1:]}
        about["_response_ms"] = self.response_ms
        state = {"items": self.to_dict_recursive(), "about": about, "adapter": self.adapter}
        return _blank, (type(self),), state

    def __setstate__(self, state: Dict[str, Any]) -> None:
        """A pickle of ours, or one that 0.28 wrote: the items alone (its key is forgotten)."""
        self.__dict__["api_key"] = None
        if set(state) != {"items", "about", "adapter"}:
            dict.update(self, state)
            return
        dict.update(self, state["items"])
        self.__dict__.update({k: v for k, v in state["about"].items() if v is not None})
        attach(self, state["adapter"])


OpenAIObject.__module__ = "dsadapter.openai_object"  # where pickles look for it


class ErrorObject(OpenAIObject):
    """``err.error`` of 0.28: always has ``message`` and ``type``."""

    def refresh_from(self, values: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().refresh_from({"message": None, "type": None, **values}, *args, **kwargs)


def _blank(cls: Type[OpenAIObject]) -> OpenAIObject:
    return OpenAIObject.__new__(cls)


# --- dicts to objects ----------------------------------------------------------------------------

# ``object`` values that have a class of their own (surface A4); loaded when one comes by.
NAMED_CLASSES = {
    "engine": "Engine",
    "experimental.completion_config": "CompletionConfig",
    "file": "File",
    "fine-tune": "FineTune",
    "model": "Model",
    "deployment": "Deployment",
    "fine_tuning.job": "FineTuningJob",
}


def wrapped(data: Dict[str, Any], info: Optional[AdapterInfo] = None) -> OpenAIObject:
    """The object of a dict that nobody else holds."""
    kind = data.get("object")
    cls = _named_class(kind) if type(kind) is str and kind in NAMED_CLASSES else OpenAIObject
    made = OpenAIObject.__new__(cls)
    dict.update(made, data)
    return attach(made, info) if info else made


def _named_class(kind: str) -> Type[OpenAIObject]:
    from . import resources

    return getattr(resources, NAMED_CLASSES[kind])


def _wrap_list(values: List[Any]) -> None:
    for i, value in enumerate(values):
        if type(value) is dict:
            values[i] = wrapped(value)
        elif type(value) is list:
            _wrap_list(value)


def _own(value: Any) -> Any:
    """A copy of plain containers: wrapping happens in place and must not reach the caller's."""
    if type(value) is dict:
        return {key: _own(inner) for key, inner in value.items()}
    return [_own(inner) for inner in value] if type(value) is list else value


def converted(data: Any, info: Optional[AdapterInfo] = None) -> Any:
    """What 0.28 makes of the JSON of an answer."""
    if type(data) is dict:
        return wrapped(data, info)
    if type(data) is list:
        _wrap_list(data)
    return data
