"""Our records as types of the program's own pydantic: fields, TypeAdapter, FastAPI."""

from __future__ import annotations

import sys
from typing import Any, Dict, Optional, Union

from .._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Type

_KEYWORDS = ("include", "exclude", "exclude_unset", "exclude_defaults", "exclude_none")


def core_schema(cls: Type[Record], handler: Any) -> Any:
    """What pydantic 2 asks a type for: a dict of the annotated fields, others allowed.

    A record of the kind passes as it is, a dict is checked and becomes one.
    """
    from pydantic_core import core_schema as schemas

    fields = {
        name: schemas.typed_dict_field(
            handler.generate_schema(annotation), required=name not in cls._optional
        )
        for name, annotation in field_types(cls).items()
    }
    as_dict = schemas.typed_dict_schema(fields, extra_behavior="allow", total=False)

    def dump(record: Any, info: Any) -> Any:
        if not isinstance(record, Record):  # inside a record, which dumps all of itself
            return record
        return record.model_dump(**{name: getattr(info, name) for name in _KEYWORDS})

    def validate(value: Any, check: Any) -> Any:
        return value if isinstance(value, cls) else cls(check(value))

    return schemas.no_info_wrap_validator_function(
        validate,
        as_dict,
        serialization=schemas.plain_serializer_function_ser_schema(
            dump, info_arg=True, return_schema=as_dict
        ),
    )


def field_types(cls: Type[Record]) -> Dict[str, Any]:
    """The annotations of a kind's fields, as types."""
    names: Dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, Record):
            names.update(vars(sys.modules[base._home[0]]))
    names.update(VendorOptional=Optional, MayLack=Union)
    return {name: eval(text, names) for name, text in cls._fields.items()}
