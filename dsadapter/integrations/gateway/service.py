"""The gateway as a worker process serves it: FastAPI is there once one of its pages is asked for.

FastAPI with pydantic is as large as all the rest, and a worker that only relays calls and answers
probes never needs it.
"""

from __future__ import annotations

import asyncio
from typing import Any, Mapping, Optional, Tuple

from dsadapter import AsyncOpenAI

from . import settings
from .access import Access
from .body import Receive
from .client_stream import Send
from .front import in_front
from .probes import respond_failure
from .relay import Gateway


def gateway_for(arguments: Mapping[str, Any]) -> Tuple[Gateway, Tuple[str, ...]]:
    """What all calls share, for the arguments of ``create_app``, and the origins of web pages that
    may call. Raises as ``create_app`` does."""
    limits, tokens = settings.limits(arguments), settings.tokens(arguments.get("tokens"))
    origins = settings.origins(arguments.get("cors"), tokens)
    client: Optional[AsyncOpenAI] = arguments.get("client")
    if not client:
        client = AsyncOpenAI(max_retries=0, backend=settings.backend(arguments.get("backend")))
    return Gateway(client, limits, Access(tokens)), origins


class Service:
    """An ASGI application; ``arguments`` are ``create_app``'s, and a client of its own ends with
    it."""

    def __init__(self, **arguments: Any) -> None:
        self._gateway, origins = gateway_for(arguments)
        self._owns_client = arguments.get("client") is None
        self._app: Any = _Pages(self._gateway)
        for middleware, options in reversed(in_front(self._gateway, origins)):
            self._app = middleware(self._app, **options)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()  # lifespan.startup
        await send({"type": "lifespan.startup.complete"})
        await receive()  # lifespan.shutdown
        await self._gateway.end(close=self._owns_client)
        await send({"type": "lifespan.shutdown.complete"})


class _Pages:
    """FastAPI's part, made with the first request for it, in a thread: streams go on meanwhile."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._making: Any = None

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if self._making is None:
            self._making = asyncio.get_running_loop().run_in_executor(None, self._make)
        try:
            app = await asyncio.shield(self._making)
        except Exception as err:  # another pydantic than this FastAPI needs, say
            self._making = None
            await respond_failure(send, self._gateway.describe(err))
        else:
            await app(scope, receive, send)

    def _make(self) -> Any:
        from .fastapi_pages import pages_of

        return pages_of(self._gateway)
