"""The application: its paths, each with and without ``/v1``, its log line, its errors."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, AsyncIterator, Dict, Optional, Tuple
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

import dsadapter
from dsadapter import AsyncOpenAI

from . import pages, settings
from .access import access_check
from .errors import Failure, Refusal, failure
from .relay import Gateway, Relay, headers_of, json_bytes

log = logging.getLogger("dsadapter.gateway")


def create_app(
    client: Optional[AsyncOpenAI] = None,
    *,
    tokens: settings.Tokens = None,
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
        max_body: bytes of a request, else 413 (48 MiB).
        max_streams: calls at once in this process, else 429 (1000).
        deadline: seconds for a call, else 504 (1800).
        keep_alive: seconds of silence in a stream before a comment fills it (1).
        blank_after: seconds to wait for a whole reply before blank lines announce it (45).
        slow_client: seconds for sending a request, and for taking a piece of the answer (60).

    Each limit is also read from the environment: DSADAPTER_GATEWAY_MAX_BODY and so on.

    Raises:
        CredentialsError: there is no usable key for the upstream.
        InvalidArgumentError: a limit that is no number above 0.
    """
    gateway = Gateway(client or AsyncOpenAI(max_retries=0), settings.limits(locals()))
    return _assemble(gateway, settings.tokens(tokens), close=client is None)


def _assemble(gateway: Gateway, tokens: Tuple[str, ...], *, close: bool) -> FastAPI:
    """The application; with ``close`` its end is the end of the gateway's client."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if close:
            await gateway.client.close()

    app = FastAPI(
        title="dsadapter gateway",
        description=pages.DESCRIPTION,
        version=dsadapter.__version__,
        lifespan=lifespan,
        redoc_url=None,
    )
    api, protected = _api(gateway), [Depends(access_check(tokens))]
    app.include_router(api, prefix="/v1", dependencies=protected, responses=pages.ERRORS)
    app.include_router(api, dependencies=protected, include_in_schema=False)
    app.include_router(_probes(gateway))
    app.add_middleware(_AccessLog)
    _add_error_handlers(app, gateway)
    return app


# --- paths ---------------------------------------------------------------------------------------


def _api(gateway: Gateway) -> APIRouter:
    api = APIRouter()

    @api.post("/chat/completions", **pages.CHAT)
    async def chat(request: Request) -> Response:
        return Relay(gateway, "/chat/completions", request.headers)

    @api.post("/completions", **pages.COMPLETION)
    async def completion(request: Request) -> Response:
        return Relay(gateway, "/completions", request.headers)

    @api.get("/models", **pages.MODELS)
    async def models() -> Response:
        return _object_response(await gateway.client.models.list(deadline=gateway.limits.deadline))

    @api.get("/models/{model:path}", **pages.MODEL)
    async def model(model: str) -> Response:
        return _object_response(
            await gateway.client.models.retrieve(model, deadline=gateway.limits.deadline)
        )

    @api.get("/user/balance", **pages.BALANCE)
    async def balance() -> Response:
        return _object_response(await gateway.client.balance(deadline=gateway.limits.deadline))

    return api


def _object_response(response: Any) -> Response:
    return Response(
        json_bytes(response), headers=headers_of(response.adapter), media_type=pages.JSON
    )


def _probes(gateway: Gateway) -> APIRouter:
    probes = APIRouter()

    @probes.get("/healthz", **pages.HEALTH)
    async def healthz() -> Dict[str, str]:
        return {"status": "ok"}

    @probes.get("/readyz", **pages.READY)
    async def readyz() -> Dict[str, str]:
        if not gateway.slots.available:
            raise Refusal(503, "All places of this gateway are taken.", code="busy")
        return {"status": "ready"}

    return probes


# --- errors and log ------------------------------------------------------------------------------


def _add_error_handlers(app: FastAPI, gateway: Gateway) -> None:
    """Every error that no path has told itself, in the shape of all the others."""

    async def known(_: Request, err: Exception) -> Response:
        return _error_response(gateway.describe(err))

    async def http(request: Request, err: HTTPException) -> Response:
        where = f"{request.method} {request.url.path}"
        texts = {404: f"There is nothing at {where}.", 405: f"{where} is not offered."}
        text = texts.get(err.status_code, str(err.detail))
        return _error_response(
            failure(err.status_code, f"{text} /docs shows what is.", headers=err.headers)
        )

    app.add_exception_handler(Refusal, known)
    app.add_exception_handler(dsadapter.OpenAIError, known)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, known)


def _error_response(described: Failure) -> Response:
    return Response(described.content, described.status, described.headers, media_type=pages.JSON)


class _AccessLog:
    """One line per request: method, path, status, seconds. No query: keys end up there."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, status = monotonic(), "none"

        async def seen(message: Any) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            where = f"{scope['method']} {quote(scope['path'])}"
            log.info("%s %s in %.3f s", where, status, monotonic() - began)
