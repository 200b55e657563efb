"""Attributes of errors that are computed until somebody sets them."""

from __future__ import annotations

from typing import Any, Callable, Generic, TypeVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import overload

    from typing_extensions import Self

Value = TypeVar("Value")


class OverridableProperty(Generic[Value]):
    """A property that an assignment on the instance overrides.

    Subclasses of programs set ``message`` and ``status_code`` themselves (openai 0.28 has no such
    names), pickles that 0.28 wrote set ``request_id`` and ``organization``.
    """

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read = read
        self.__doc__ = read.__doc__

    if TYPE_CHECKING:

        @overload
        def __get__(self, err: None, owner: Any = None) -> Self: ...
        @overload
        def __get__(self, err: object, owner: Any = None) -> Value: ...

    def __get__(self, err: Any, owner: Any = None) -> Any:
        return self if err is None else self._read(err)
