"""An OpenAI-compatible HTTP service in front of DeepSeek, as a FastAPI application.

    from dsadapter.integrations.gateway import create_app

    app = create_app()  # uvicorn module:app

or ``python -m dsadapter serve``. Needs the extra ``gateway``.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from .._extras import require_extra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .app import create_app as create_app

_PACKAGES = ("fastapi", "starlette", "uvicorn", "prometheus_client")
with require_extra("dsadapter.integrations.gateway", "gateway", *_PACKAGES):
    # FastAPI is not loaded with the gateway of a worker (see service): that it is there is known.
    for _package in _PACKAGES:
        if find_spec(_package) is None:
            raise ModuleNotFoundError(f"No module named {_package!r}", name=_package)

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from .app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
