"""Rows of data with names: ``typing.NamedTuple``, made without compiling code for each class.

A class of ``typing`` takes 0.3 ms to make; the twenty that a first answer needs took a twentieth
of its time.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Dict, Tuple

__all__ = ["Row"]

if TYPE_CHECKING:
    from typing import NamedTuple as Row
else:

    class Row(tuple):
        __slots__ = ()
        _fields: Tuple[str, ...] = ()
        _field_defaults: Dict[str, Any] = {}

        def __init_subclass__(cls) -> None:
            cls._fields = tuple(cls.__annotations__)
            cls._field_defaults = {f: vars(cls)[f] for f in cls._fields if f in vars(cls)}
            for index, field in enumerate(cls._fields):
                setattr(cls, field, property(itemgetter(index)))

        def __new__(cls, *values: Any, **named: Any) -> Row:
            if named or len(values) != len(cls._fields):
                values += tuple(cls._rest(len(values), named))
            return tuple.__new__(cls, values)

        @classmethod
        def _rest(cls, given: int, named: Dict[str, Any]) -> Any:
            fields = cls._fields[given:]
            wrong = [name for name in named if name not in fields]
            said = {**cls._field_defaults, **named}
            missing = [field for field in fields if field not in said]
            if wrong or missing or given > len(cls._fields):
                raise TypeError(f"{cls.__name__}: unexpected {wrong}, missing {missing}")
            return map(said.__getitem__, fields)

        def _asdict(self) -> Dict[str, Any]:
            return dict(zip(self._fields, self))

        def _replace(self, **changes: Any) -> Row:
            return type(self)(**{**self._asdict(), **changes})

        def __getnewargs__(self) -> Tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({shown})"
