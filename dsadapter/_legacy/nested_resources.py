"""Resources inside resources: ``FineTune.list_events(id)``."""

from __future__ import annotations

from typing import Any, Callable, Optional
from urllib.parse import quote_plus

_NESTED = {
    "create": ("create_{0}", "post", False),
    "retrieve": ("retrieve_{0}", "get", True),
    "update": ("modify_{0}", "post", True),
    "delete": ("delete_{0}", "delete", True),
    "list": ("list_{0}s", "get", False),
    "paginated_list": ("list_{0}s", "get", False),
}


def nested_resource_class_methods(
    resource: str, path: Optional[str] = None, operations: Any = None, **_: Any
) -> Callable[[Any], Any]:
    """A class decorator: ``list_events(id)`` and the like."""
    if operations is None:
        raise ValueError("operations list required")

    def decorate(cls: Any) -> Any:
        for operation in operations:
            if operation not in _NESTED:
                raise ValueError(f"Unknown operation: {operation}")
            name, method, inner = _NESTED[operation]
            call = _nested_call(path or f"{resource}s", method, inner)
            setattr(cls, name.format(resource), classmethod(call))
        return cls

    return decorate


def _nested_call(path: str, method: str, inner: bool) -> Callable[..., Any]:
    def call(cls: Any, id: str, *nested: str, **params: Any) -> Any:
        nested_path = f"/{quote_plus(nested[0])}" if inner else ""
        url = f"{cls.class_url()}/{quote_plus(id)}/{path}{nested_path}"
        return cls._static_request(method, url, **params)

    return call
