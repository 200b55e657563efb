"""A base URL as clients show it: text, with what httpx's URL has besides."""

from __future__ import annotations

from typing import Any

TYPE_CHECKING = False


class URL(str):
    """A str that also has ``host``, ``path``, ``copy_with(...)`` and the like of ``httpx.URL``."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def scheme(self) -> str: ...
        @property
        def host(self) -> str: ...
        @property
        def port(self) -> int | None: ...
        @property
        def netloc(self) -> bytes: ...
        @property
        def path(self) -> str: ...
        @property
        def raw_path(self) -> bytes: ...
        @property
        def query(self) -> bytes: ...
        @property
        def params(self) -> Any: ...
        @property
        def fragment(self) -> str: ...
        @property
        def is_absolute_url(self) -> bool: ...
        @property
        def is_relative_url(self) -> bool: ...
        def copy_with(self, **changes: Any) -> URL: ...

    else:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):  # what pickle and copy ask; litellm reads _uri_reference
                raise AttributeError(f"'URL' object has no attribute {name!r}")
            import httpx

            value = getattr(httpx.URL(str(self)), name)
            if not callable(value):
                return value
            return lambda *args, **changes: _ours(value(*args, **changes))

    def join(self, other: Any) -> Any:
        """Where a link leads from here; of a list, as ``str.join``."""
        if not isinstance(other, str):
            return super().join(other)
        import httpx

        return URL(httpx.URL(str(self)).join(other))


def _ours(value: Any) -> Any:
    return URL(value) if type(value).__name__ == "URL" else value
