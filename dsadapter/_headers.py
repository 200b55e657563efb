"""Response headers, and the id that a server gives each request in one of them."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from typing import Any, Dict, Iterable, Iterator, Mapping, Optional, Tuple, Union

TYPE_CHECKING = False
if TYPE_CHECKING:
    _Texts = Mapping[str, str]
else:
    _Texts = MappingABC  # the alias would put typing.Generic behind the class

SECRET_HEADERS = frozenset(
    "authorization proxy-authorization api-key x-api-key cookie set-cookie".split()
)
REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-ds-trace-id", "x-deepseek-request-id")


def request_id(headers: Mapping[str, str]) -> Optional[str]:
    """The id to name to the provider's support (DeepSeek sends ``x-ds-trace-id``), or None."""
    return next((headers[name] for name in REQUEST_ID_HEADERS if name in headers), None)


class Headers(_Texts):
    """Response headers, read without regard to case; several of one name are joined by ", "."""

    __slots__ = ("_items",)

    def __init__(self, items: Union[Mapping[str, str], Iterable[Tuple[str, str]]] = ()) -> None:
        self._items: Dict[str, str] = {}
        for name, value in items.items() if isinstance(items, MappingABC) else items:
            key = name.lower()
            previous = self._items.get(key)
            self._items[key] = value if previous is None else f"{previous}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._items[name.lower()]

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or ``default`` where there is no such header."""
        return self._items.get(name.lower(), default)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        shown = {n: "***" if n in SECRET_HEADERS else v for n, v in self._items.items()}
        return f"Headers({shown!r})"

    def __reduce__(self) -> Tuple[Any, ...]:
        return Headers, (self._items,)
