"""The application for programs: FastAPI's, with paths and middleware of their own."""

from __future__ import annotations

from typing import Optional

from fastapi import FastAPI

from dsadapter import AsyncOpenAI

from . import settings
from .fastapi_pages import pages_of
from .front import in_front
from .service import gateway_for


def create_app(
    client: Optional[AsyncOpenAI] = None,
    *,
    tokens: settings.Items = None,
    cors: settings.Items = None,
    backend: Optional[str] = None,
    max_body: Optional[int] = None,
    max_streams: Optional[int] = None,
    deadline: Optional[float] = None,
    keep_alive: Optional[float] = None,
    blank_after: Optional[float] = None,
    slow_client: Optional[float] = None,
) -> FastAPI:
    """An OpenAI-compatible service in front of ``client``, as an ASGI application.

    Args:
        client: the upstream; default one from the settings, without retries of its own (the
            clients of the gateway have theirs). One that is passed in is not closed.
        tokens: what callers must send as bearer: a list, or text with commas; default
            DSADAPTER_GATEWAY_TOKENS. Without any, only calls over loopback are served.
        cors: origins of web pages that may call; as tokens, default DSADAPTER_GATEWAY_CORS.
        backend: of the upstream client where none is passed in (raw-requests).
        max_body: bytes of a request, else 413 (48 MiB).
        max_streams: calls at once in this process, else 429 (1000).
        deadline: seconds for a call, else 504 (1800).
        keep_alive: seconds of silence in a stream before a comment fills it (1).
        blank_after: seconds to wait for a whole reply before blank lines announce it (45).
        slow_client: seconds for sending a request, and for taking a piece of the answer (60).

    Each limit is also read from the environment: DSADAPTER_GATEWAY_MAX_BODY and so on.

    Raises CredentialsError without a usable key, BackendUnavailableError, and InvalidArgumentError
    for a limit that is no number above 0 or an origin that is none.
    """
    arguments = dict(locals())
    gateway, origins = gateway_for(arguments)
    app = pages_of(gateway, close=client is None)
    for middleware, options in reversed(in_front(gateway, origins)):
        app.add_middleware(middleware, **options)
    return app
