"""The application: its paths, each with and without ``/v1``, and its errors."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Dict, Optional, Tuple

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

import dsadapter
from dsadapter import AsyncOpenAI

from . import docs_page, metrics, pages, settings
from .access import Access
from .client_stream import json_bytes
from .errors import PASSED_HEADERS, Failure, Refusal, failure
from .front import BASE, AccessLog, Direct
from .relay import REPAIRS, Gateway, Relay, headers_of


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
    limits, access_tokens = settings.limits(locals()), settings.tokens(tokens)
    origins = settings.origins(cors, access_tokens)
    upstream = client or AsyncOpenAI(max_retries=0, backend=settings.backend(backend))
    gateway = Gateway(upstream, limits, Access(access_tokens))
    return _assemble(gateway, origins, close=client is None)


def _assemble(gateway: Gateway, origins: Tuple[str, ...], *, close: bool) -> FastAPI:
    """The application; with ``close`` its end is the end of the gateway's client."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        gateway.metrics.forget_process()
        if close:
            await gateway.client.close()

    app = FastAPI(
        title="dsadapter gateway",
        description=pages.DESCRIPTION,
        version=dsadapter.__version__,
        lifespan=lifespan,
        docs_url=None,  # FastAPI's pages take their script from a CDN
        redoc_url=None,
    )
    api, protected = _api(gateway), [Depends(gateway.access.dependency)]
    app.include_router(api, prefix=BASE, dependencies=protected, responses=pages.ERRORS)
    app.include_router(api, dependencies=protected, include_in_schema=False)
    app.include_router(_numbers(gateway), dependencies=protected)
    app.include_router(_probes(gateway))
    app.include_router(_entrance(app))
    app.add_middleware(Direct, gateway=gateway)
    if origins:
        _allow_pages_of(app, origins)
    app.add_middleware(AccessLog, metrics=gateway.metrics)
    _add_error_handlers(app, gateway)
    return app


def _allow_pages_of(app: FastAPI, origins: Tuple[str, ...]) -> None:
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        expose_headers=[REPAIRS, *PASSED_HEADERS],
    )


# --- paths ---------------------------------------------------------------------------------------


def _api(gateway: Gateway) -> APIRouter:
    api = APIRouter()

    # The class Direct answers these two before they are looked for here: so they are on the pages,
    # and 405 for other methods.

    @api.post("/chat/completions", **pages.CHAT)
    async def chat() -> Response:
        return Relay(gateway, "/chat/completions")

    @api.post("/completions", **pages.COMPLETION)
    async def completion() -> Response:
        return Relay(gateway, "/completions")

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


def _numbers(gateway: Gateway) -> APIRouter:
    numbers = APIRouter()

    @numbers.get("/metrics", **pages.METRICS)
    async def prometheus() -> Response:
        return Response(gateway.metrics.text(), headers={"Content-Type": metrics.CONTENT_TYPE})

    return numbers


def _entrance(app: FastAPI) -> APIRouter:
    entrance = APIRouter()

    @entrance.get("/", **pages.ABOUT)
    async def about() -> Dict[str, str]:
        return {
            "name": app.title,
            "version": app.version,
            "about": pages.DESCRIPTION.partition("\n")[0],
            "base_url": BASE,
            "docs": "/docs",
            "openapi": "/openapi.json",
        }

    @entrance.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(docs_page.page(app.openapi()), headers=docs_page.HEADERS)

    @entrance.get("/favicon.ico", include_in_schema=False)
    async def no_icon() -> Response:  # browsers ask by themselves, and report a 404 as an error
        return Response(status_code=204, headers={"Cache-Control": "max-age=86400"})

    return entrance


# --- errors --------------------------------------------------------------------------------------


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
