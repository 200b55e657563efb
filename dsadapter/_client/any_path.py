"""``client.get``, ``post``, ``put``, ``patch``, ``delete``: any path of a vendor, as the SDKs have
them. What ``cast_to`` makes of an answer says :mod:`cast`."""

from __future__ import annotations

from typing import Any

from .._call import arguments
from .._call.request import with_raw_mode


class AnyPath:
    """The calls of a sync client."""

    _run: Any

    def get(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """Any GET path of the provider; keywords are query parameters. Gives a Record."""
        return self._any("GET", path, cast_to, params)

    def post(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """Any POST path: ``client.post("/embeddings", body={...})``; ``stream=True`` streams (with
        ``cast_to=bytes`` the events as they came), ``files={"file": open_file}`` sends a form,
        ``content=b"..."`` what is no JSON."""
        return self._any("POST", path, cast_to, params)

    def put(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """Any PUT path; as :meth:`post`."""
        return self._any("PUT", path, cast_to, params)

    def patch(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """Any PATCH path; as :meth:`post`."""
        return self._any("PATCH", path, cast_to, params)

    def delete(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """Any DELETE path; as :meth:`post`."""
        return self._any("DELETE", path, cast_to, params)

    def _any(self, method: str, path: str, cast_to: Any, params: Any) -> Any:
        from .cast import cast_of_call  # most programs name no path

        types, raw, finish = cast_of_call(cast_to, params)
        params = with_raw_mode(params, "true") if raw else params
        return finish(self._run(types, arguments.any_path, method, path, params))
