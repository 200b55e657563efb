"""A JSON object of a reply: a dict with attributes, holding exactly what the server sent.

Nested objects are wrapped when they are first touched, so a stream chunk of which only
``choices[0].delta.content`` is read costs what that takes and no more.
"""

from __future__ import annotations

import copy
import json
import sys
from importlib import import_module
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Tuple, Type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar, Union

    _JsonObject = Dict[str, Any]
    _T = TypeVar("_T")
    _R = TypeVar("_R", bound="Record")
    # How a kind of record marks its fields, beside typing's Optional. VendorOptional is a field
    # that the SDK's own models do not have; MayLack one that they require and some servers omit.
    VendorOptional = Optional[_T]
    MayLack = Union[_T]
else:
    _JsonObject = dict  # the alias would put typing.Generic behind every class below

_SIGNS = str.maketrans("[],.|'\"", " " * 7)  # between the words of an annotation
_OMITTED = ("Optional[", "VendorOptional[", "MayLack[")  # how annotations of such fields begin


class Record(_JsonObject):
    """A JSON object of a reply: items and attributes are the same fields.

    On the modern face a known optional field that the server left out reads as None by attribute
    and raises KeyError by index; an unknown one raises AttributeError.

    A kind of record annotates its fields, as text. ``Optional``, ``VendorOptional`` and
    ``MayLack`` may be left out; an object or a list becomes the kind that the annotation names.
    """

    __slots__ = ("_adapter",)
    _home = (__name__, "Record")  # where pickles find the class, whatever it is shown as
    _fields: Mapping[str, str] = {}  # name: its annotation
    _optional: FrozenSet[str] = frozenset()
    _defaults: Tuple[str, ...] = ()  # fields that are None in the SDK's models where left out
    _children: Mapping[str, Type[Record]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._home = (cls.__module__, cls.__qualname__)
        for name, table in _TABLES.items():
            setattr(cls, name, table)

    # reading

    def __getitem__(self, key: str) -> Any:
        value = dict.__getitem__(self, key)
        kind = type(value)
        if kind is dict or kind is list:
            return self._wrapped(key, value)
        return value

    if not TYPE_CHECKING:  # else every misspelt field would type-check

        def __getattr__(self, name: str) -> Any:
            try:
                value = dict.__getitem__(self, name)
            except KeyError:
                return self._absent(name)
            kind = type(value)
            if kind is dict or kind is list:
                return self._wrapped(name, value)
            return value

    def _absent(self, name: str) -> Any:
        if name in self._optional:
            return None
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _wrapped(self, key: str, value: Any) -> Any:
        cls = self._children.get(key) or self._child()
        if type(value) is dict:
            value = cls(value)
            dict.__setitem__(self, key, value)
        else:
            _wrap_list(value, cls)
        return value

    @classmethod
    def _child(cls) -> Type[Record]:
        """What an object in an unknown place becomes."""
        return Record

    def get(self, key: str, default: Any = None) -> Any:
        """The value as an item, or ``default``; never raises."""
        return self[key] if key in self else default  # noqa: SIM401  # this is get()

    def items(self) -> Any:
        """Pairs, the values wrapped as by index."""
        self._wrap_all()
        return dict.items(self)

    def values(self) -> Any:
        """Values, wrapped as by index."""
        self._wrap_all()
        return dict.values(self)

    def pop(self, key: str, *default: Any) -> Any:
        """Remove a field and give its value; raises KeyError as ``dict.pop`` does."""
        self.get(key)
        return dict.pop(self, key, *default)

    def setdefault(self, key: str, default: Any = None) -> Any:
        """The value, set to ``default`` where the field is missing."""
        super().setdefault(key, default)
        return self[key]

    def popitem(self) -> Tuple[str, Any]:
        """Remove the last field and give it as a pair."""
        self._wrap_all()
        return super().popitem()

    def _wrap_all(self) -> None:
        for key in list(dict.keys(self)):
            self[key]

    # writing

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        else:
            self[name] = value

    def __delattr__(self, name: str) -> None:
        if name.startswith("_") or name not in self:
            object.__delattr__(self, name)
        else:
            del self[name]

    # the adapter's own

    @property
    def adapter(self) -> Any:
        """How the reply came about; None on nested objects and on records made by hand."""
        try:
            return object.__getattribute__(self, "_adapter")
        except AttributeError:  # the slot is empty
            return None

    @property
    def _request_id(self) -> Optional[str]:
        return self.adapter.request_id if self.adapter else None

    # as plain data

    def model_dump(
        self,
        *,
        include: Any = None,
        exclude: Any = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        **_: Any,
    ) -> Dict[str, Any]:
        """Plain dicts and lists all the way down.

        A kind of record fills its known optional fields with None, as pydantic does;
        ``exclude_unset`` leaves what the server sent. ``include`` and ``exclude`` may be nested.
        Other keywords of pydantic's are accepted.
        """
        fill = not (exclude_unset or exclude_defaults or exclude_none)
        data: Dict[str, Any] = to_plain(self, exclude_none, exclude_defaults, fill)
        if include is not None or exclude is not None:
            from ._field_selection import select  # most dumps are whole

            data = select(data, include, exclude)
        return data

    def to_dict(self, *, exclude_unset: bool = True, **kwargs: Any) -> Dict[str, Any]:
        """What the server sent, in plain dicts and lists; keywords as of :meth:`model_dump`."""
        return self.model_dump(exclude_unset=exclude_unset, **kwargs)

    def to_dict_recursive(self) -> Dict[str, Any]:
        """:meth:`to_dict` as openai 0.28 calls it."""
        return self.model_dump(exclude_unset=True)

    def dict(self, **kwargs: Any) -> Dict[str, Any]:
        """:meth:`model_dump` as pydantic 1 calls it."""
        return self.model_dump(**kwargs)

    def model_dump_json(self, *, indent: Optional[int] = None, **kwargs: Any) -> str:
        """JSON text of :meth:`model_dump`: one line without blanks unless ``indent`` is given, as
        pydantic writes it; Chinese stays readable."""
        separators = (",", ":") if indent is None else None
        data = self.model_dump(**kwargs)
        return json.dumps(data, indent=indent, ensure_ascii=False, separators=separators)

    def to_json(
        self, *, indent: Optional[int] = 2, exclude_unset: bool = True, **kwargs: Any
    ) -> str:
        """JSON text of :meth:`to_dict`, indented."""
        return self.model_dump_json(indent=indent, exclude_unset=exclude_unset, **kwargs)

    def json(self, **kwargs: Any) -> str:
        """:meth:`model_dump_json` as pydantic 1 calls it."""
        return self.model_dump_json(**kwargs)

    def _default_names(self) -> Tuple[str, ...]:
        """The known fields that are None in a dump where the server left them out."""
        return self._defaults

    # as an object

    def model_copy(
        self: _R, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False
    ) -> _R:
        """A copy with some fields changed; ``deep`` copies what is nested, too."""
        self._wrap_all()  # what is nested is shared, then, and not wrapped twice
        duplicate: _R = copy.deepcopy(self) if deep else self.copy()
        duplicate.update(update or {})
        return duplicate

    def copy(self: _R) -> _R:
        """A shallow copy that keeps ``adapter``."""
        twin: _R = attach(type(self)(self), self.adapter)
        return twin

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.items())})"

    __str__ = __repr__

    def __dir__(self) -> List[str]:
        return [*object.__dir__(self), *dict.keys(self)]

    def __reduce__(self) -> Tuple[Any, ...]:
        return _restored, (self._home, dict(dict.items(self)), self.adapter)

    def __reduce_ex__(self, protocol: Any) -> Tuple[Any, ...]:
        return self.__reduce__()


class _Table:
    """What follows from the annotations of a kind of record, made when one is first looked at."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, record: Any, cls: Any) -> Any:
        parent = next(base for base in cls.__mro__[1:] if "_fields" in vars(base))
        annotations = vars(cls).get("__annotations__") or {}
        fields = {k: v for k, v in annotations.items() if k[0] != "_" and type(v) is str}
        omitted = (k for k, v in fields.items() if v.startswith(_OMITTED))
        cls._children = {**parent._children, **_kinds_in(fields, cls.__module__)}
        cls._optional = parent._optional.union(omitted)
        none = (k for k, v in fields.items() if v.startswith("Optional["))
        cls._defaults = (*parent._defaults, *none)
        cls._fields = {**parent._fields, **fields}
        return vars(cls)[self._name]


_TABLES = {name: _Table(name) for name in ("_fields", "_optional", "_defaults", "_children")}


def _kinds_in(fields: Mapping[str, str], module: str) -> Dict[str, Type[Record]]:
    """The fields whose annotation names a kind of record that ``module`` knows, with the kind."""
    names = vars(sys.modules[module]) if module in sys.modules else {}
    kinds = {
        field: names[word]
        for field, text in fields.items()
        for word in text.translate(_SIGNS).split()
        if isinstance(names.get(word), type)
    }
    return {field: kind for field, kind in kinds.items() if issubclass(kind, Record)}


def _restored(home: Tuple[str, str], data: Dict[str, Any], adapter: Any) -> Record:
    cls: Any = import_module(home[0])
    for name in home[1].split("."):
        cls = getattr(cls, name)
    return attach(cls(data), adapter)


def attach(record: Any, adapter: Any) -> Any:
    """Give a top-level response its ``adapter``."""
    if adapter is not None:
        object.__setattr__(record, "_adapter", adapter)
    return record


def _wrap_list(values: List[Any], cls: Type[Record]) -> None:
    for i, value in enumerate(values):
        if type(value) is dict:
            values[i] = cls(value)
        elif type(value) is list:
            _wrap_list(value, cls)


def to_plain(
    value: Any, exclude_none: bool = False, exclude_defaults: bool = False, fill: bool = False
) -> Any:
    """Dicts and lists all the way down.

    ``exclude_none`` leaves out what is None, ``exclude_defaults`` only known optional fields that
    are; ``fill`` puts None where such a field is not there.
    """
    if isinstance(value, dict):
        defaults: Tuple[str, ...] = ()
        if (fill or exclude_defaults) and isinstance(value, Record):
            value._wrap_all()
            defaults = value._default_names()
        omitted = defaults if exclude_defaults else ()
        data = {
            key: to_plain(item, exclude_none, exclude_defaults, fill)
            for key, item in dict.items(value)
            if item is not None or not (exclude_none or key in omitted)
        }
        if fill:
            data.update((key, None) for key in defaults if key not in data)
        return data
    if isinstance(value, list):
        return [to_plain(item, exclude_none, exclude_defaults, fill) for item in value]
    return value
