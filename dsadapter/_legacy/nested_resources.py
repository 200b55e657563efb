"""Resources inside resources: ``FineTune.list_events(id)``."""

from __future__ import annotations

from typing import Any, Callable, Optional
from urllib.parse import quote_plus


def nested_resource_class_methods(
    resource: str,
    path: Optional[str] = None,
    operations: Any = None,
    resource_plural: Optional[str] = None,
) -> Callable[[Any], Any]:
    """A class decorator: ``list_events(id)`` and the like, over ``events_url`` and
    ``events_request``."""
    if operations is None:
        raise ValueError("operations list required")
    plural = resource_plural or f"{resource}s"
    last_part = quote_plus(path or plural)

    def nested_url(cls: Any, id: str, nested_id: Optional[str] = None) -> str:
        url = f"{cls.class_url()}/{quote_plus(id)}/{last_part}"
        return url if nested_id is None else f"{url}/{quote_plus(nested_id)}"

    def decorate(cls: Any) -> Any:
        setattr(cls, f"{resource}s_url", classmethod(nested_url))
        setattr(cls, f"{resource}s_request", classmethod(_REQUEST))
        for operation in operations:
            if operation not in _NESTED:
                raise ValueError(f"Unknown operation: {operation}")
            name, method, call = _NESTED[operation]
            setattr(cls, name.format(resource, plural), classmethod(call(resource, method)))
        return cls

    return decorate


def _request(
    cls: Any,
    method: str,
    url: str,
    api_base: Any = None,
    api_key: Any = None,
    request_id: Optional[str] = None,
    api_version: Any = None,
    organization: Any = None,
    **params: Any,
) -> Any:
    named = (api_key, api_base, None, request_id, api_version, organization)
    return cls._static_request(method, url, *named, **params)


_REQUEST: Any = _request


def _call(resource: str, method: str) -> Callable[..., Any]:
    def call(cls: Any, id: str, **params: Any) -> Any:
        url = getattr(cls, f"{resource}s_url")(id)
        return getattr(cls, f"{resource}s_request")(method, url, **params)

    return call


def _call_with_id(resource: str, method: str) -> Callable[..., Any]:
    def call(cls: Any, id: str, nested_id: str, **params: Any) -> Any:
        url = getattr(cls, f"{resource}s_url")(id, nested_id)
        return getattr(cls, f"{resource}s_request")(method, url, **params)

    return call


def _call_for_page(resource: str, method: str) -> Callable[..., Any]:
    call_for_all = _call(resource, method)

    def call(cls: Any, id: str, limit: Any = None, after: Any = None, **params: Any) -> Any:
        return call_for_all(cls, id, limit=limit, after=after, **params)

    return call


_NESTED = {
    "create": ("create_{0}", "post", _call),
    "retrieve": ("retrieve_{0}", "get", _call_with_id),
    "update": ("modify_{0}", "post", _call_with_id),
    "delete": ("delete_{0}", "delete", _call_with_id),
    "list": ("list_{1}", "get", _call),
    "paginated_list": ("list_{1}", "get", _call_for_page),
}
