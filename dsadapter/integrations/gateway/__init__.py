"""An OpenAI-compatible HTTP service in front of DeepSeek, as a FastAPI application.

    from dsadapter.integrations.gateway import create_app

    app = create_app()  # uvicorn module:app

or ``python -m dsadapter serve``. Needs the extra ``gateway``.
"""

from __future__ import annotations

from .._extras import require_extra

_PACKAGES = ("fastapi", "starlette", "uvicorn", "prometheus_client")
with require_extra("dsadapter.integrations.gateway", "gateway", *_PACKAGES):
    from .app import create_app

__all__ = ["create_app"]
