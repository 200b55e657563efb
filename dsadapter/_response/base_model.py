"""What a reply has of the SDK's models: their class as ``__class__``, pydantic's attributes.

pydantic is the program's: it is used where the program brings it, and never imported before that.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from typing import Any, Dict, Iterator, Mapping, Optional, Set, Tuple

from .._native_class import NativeNames, as_native_class, native_class, native_names
from .._record import Record, to_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Type, TypeVar

    _M = TypeVar("_M", bound="BaseModel")

# What pydantic 1 asks its models for beside ``__pydantic_*``.
_PYDANTIC_1 = frozenset(
    "__fields__ __config__ __private_attributes__ __post_root_validators__ __exclude_fields__ "
    "__include_fields__ __custom_root_type__ _copy_and_set_values _iter _calculate_keys".split()
)


class _ModelFields:
    """``__dict__`` and ``__pydantic_extra__``: a record as pydantic reads a model, the fields that
    the model knows and those beside them."""

    def __init__(self, known: bool) -> None:
        self._known = known

    def __get__(self, record: Optional[BaseModel], owner: Any = None) -> Dict[str, Any]:
        if record is None:
            raise AttributeError("only a reply has fields, its class has none")
        fields = {name: record[name] for name in dict.keys(record)}  # a page iterates its items
        names = record._known_names()
        if not self._known:
            return {name: value for name, value in fields.items() if name not in names}
        values = {**dict.fromkeys(record._default_names()), **fields}
        known = {name: values[name] for name in names if name in values}
        if _is_pydantic_1(record._native_class()):  # which keeps all of them in one place
            return {**known, **values}
        return known


def _is_pydantic_1(native: Any) -> bool:
    return "__fields__" in vars(native)


class _ForPydantic1:
    """A method of a class that pydantic 2 takes for a mistake."""

    def __init__(self, function: Any) -> None:
        self._function = function

    def __get__(self, record: Any, owner: Any) -> Any:
        if not getattr(sys.modules.get("pydantic"), "VERSION", "").startswith("1."):
            raise AttributeError("this is for pydantic 1")
        return self._function.__get__(owner)


class ModelField:
    """A field as ``model_fields`` shows it where no SDK is there: the ``annotation`` is text."""

    default = None

    def __init__(self, annotation: str, required: bool) -> None:
        self.annotation = annotation
        self._required = required

    def is_required(self) -> bool:
        """Whether the SDK's models raise where it is missing."""
        return self._required

    def __repr__(self) -> str:
        return f"ModelField(annotation={self.annotation!r}, required={self._required})"


class _ClassFields:
    """``model_fields`` of a class: the SDK's where it is imported."""

    def __get__(self, record: Any, owner: Any) -> Mapping[str, Any]:
        native = native_class(owner)
        if native is not owner:
            return fields_of_model(native)
        names, fields = owner._model_field_names(), owner._fields
        return {name: ModelField(fields[name], name not in owner._defaults) for name in names}


@lru_cache(maxsize=None)
def fields_of_model(native: Any) -> Mapping[str, Any]:
    """The fields of a pydantic model, of 2.10 and newer, older 2, 1."""
    fields: Mapping[str, Any] = (
        getattr(native, "__pydantic_fields__", None)
        or getattr(native, "model_fields", None)
        or native.__fields__
    )
    return fields


class BaseModel(Record):
    """A record that stands for one of the SDK's models, which ``native`` names below
    ``openai.types``: ``class Model(BaseModel, native="model")``."""

    _native_names: NativeNames = ()
    __class__ = as_native_class
    __dict__: Any = _ModelFields(known=True)
    __pydantic_extra__: Any = _ModelFields(known=False)
    __pydantic_private__ = None
    if TYPE_CHECKING:  # at run time what is annotated is a field
        model_fields: Mapping[str, Any]
        model_fields_set: Set[str]
        __fields_set__: Set[str]
        __pydantic_fields_set__: Set[str]
    else:
        __pydantic_fields_set__ = __fields_set__ = model_fields_set = property(
            lambda self: set(dict.keys(self))
        )
        model_fields = _ClassFields()

    def __init_subclass__(cls, *, native: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if native:
            cls._native_names = native_names(native, cls.__name__, "openai.types")

    def __iter__(self) -> Iterator[Any]:
        """Pairs of name and value, as the SDK's models: known fields that the server left out are
        None. ``keys()``, ``in``, ``dict(r)`` and ``**r`` stay those of a dict."""
        yield from self.__dict__.items()
        for name, value in self.__pydantic_extra__.items():
            if name not in self.__dict__:
                yield name, value

    def __eq__(self, other: object) -> bool:
        """As a dict; of the same kind, a known field that is missing equals one that is None."""
        equal = dict.__eq__(self, other)
        if equal is False and type(other) is type(self):
            return bool(to_plain(self, fill=True) == to_plain(other, fill=True))
        return equal

    def __ne__(self, other: object) -> bool:
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None  # type: ignore[assignment]  # as of any dict

    def _absent(self, name: str) -> Any:
        if name.startswith("__pydantic_") or name in _PYDANTIC_1:
            cls = native_class(type(self))
            for base in cls.__mro__ if cls is not type(self) else ():
                if name in vars(base):
                    value = vars(base)[name]
                    return value.__get__(self, cls) if hasattr(value, "__get__") else value
        return super()._absent(name)

    @classmethod
    def _model_field_names(cls) -> Tuple[str, ...]:
        """The fields of the SDK's model; those of its newest where none is imported."""
        native = native_class(cls)
        if native is not cls:
            return tuple(fields_of_model(native))
        return tuple(k for k, v in cls._fields.items() if not v.startswith("VendorOptional["))

    def _native_class(self) -> Any:
        """The SDK's class that this is an instance of; its own where none is imported."""
        return native_class(type(self))

    def _known_names(self) -> Tuple[str, ...]:
        return self._model_field_names()

    def _default_names(self) -> Tuple[str, ...]:
        """All fields of the SDK's model: those that it requires are None, too, where a server
        left them out."""
        return self._known_names() if self._native_names else self._defaults

    @property
    def model_extra(self) -> Dict[str, Any]:
        """Fields that the SDK's model does not know, as pydantic gives them."""
        return self.__pydantic_extra__

    # made as pydantic's models are made

    @classmethod
    def model_validate(cls: Type[_M], obj: Any, **keywords: Any) -> _M:
        """A record of this kind. Where pydantic 2 is installed the fields are checked by it, and
        its ValidationError is raised as by the SDK's models; else TypeError for what is no dict."""
        adapter = _type_adapter(cls)
        if adapter is not None:
            checked: _M = adapter.validate_python(obj, **keywords)
            return checked
        return obj if isinstance(obj, cls) else cls(dict(obj))

    @classmethod
    def model_validate_json(cls: Type[_M], json_data: Any, **keywords: Any) -> _M:
        """As :meth:`model_validate`, from JSON text; without pydantic 2 JSONDecodeError (a
        ValueError) for what is no JSON."""
        adapter = _type_adapter(cls)
        if adapter is not None:
            checked: _M = adapter.validate_json(json_data, **keywords)
            return checked
        return cls.model_validate(json.loads(json_data), **keywords)

    @classmethod
    def model_construct(cls: Type[_M], _fields_set: Any = None, **values: Any) -> _M:
        """A record of these fields, unchecked."""
        return cls(values)

    @classmethod
    def model_json_schema(cls, **keywords: Any) -> Dict[str, Any]:
        """The JSON schema of this kind; raises ImportError without pydantic 2."""
        from pydantic import TypeAdapter

        schema: Dict[str, Any] = TypeAdapter(cls).json_schema(**keywords)
        return {**schema, "title": cls.__name__}

    parse_obj = model_validate
    parse_raw = model_validate_json
    construct = model_construct

    # a field of this type

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from .pydantic_schema import core_schema  # most programs never need it

        return core_schema(cls, handler)

    @classmethod
    def __get_validators__(cls) -> Iterator[Any]:
        """For pydantic 1."""
        yield cls._validate

    @_ForPydantic1
    def __modify_schema__(cls, field_schema: Dict[str, Any]) -> None:
        field_schema.update(type="object")

    @classmethod
    def _validate(cls: Type[_M], value: Any) -> _M:
        return value if isinstance(value, cls) else cls(dict(value))


def _type_adapter(cls: Any) -> Any:
    """pydantic's adapter for ``cls``; None without pydantic 2."""
    try:
        from pydantic import TypeAdapter
    except ImportError:
        return None
    return TypeAdapter(cls, config={"title": cls.__name__})  # which errors name
