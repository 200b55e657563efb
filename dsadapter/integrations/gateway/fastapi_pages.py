"""What FastAPI keeps: its paths, each with and without ``/v1``, the docs of all, and errors."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Dict

from fastapi import APIRouter, Depends, FastAPI, Request, Security
from fastapi.responses import HTMLResponse, Response
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException

import dsadapter

from . import docs_page, pages, settings
from .client_stream import json_bytes
from .errors import Failure, Refusal, failure
from .pages import BASE, NAME
from .relay import Gateway, headers_of


def pages_of(gateway: Gateway, *, close: bool = False) -> FastAPI:
    """Docs, lists and errors; with ``close`` its end is the end of the gateway's client."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await gateway.end(close=close)

    app = FastAPI(
        title=NAME,
        description=pages.DESCRIPTION,
        version=dsadapter.__version__,
        lifespan=lifespan,
        docs_url=None,  # FastAPI's pages take their script from a CDN
        redoc_url=None,
    )
    api, protected = _api(gateway), [Depends(_door(gateway))]
    app.include_router(api, prefix=BASE, dependencies=protected, responses=pages.ERRORS)
    app.include_router(api, dependencies=protected, include_in_schema=False)
    app.include_router(_numbers(), dependencies=protected)
    app.include_router(_probes())
    app.include_router(_entrance(app))
    _add_error_handlers(app, gateway)
    return app


# For the OpenAPI page; Access reads the header.
_BEARER = Security(
    HTTPBearer(auto_error=False, description=f"One of the tokens in {settings.TOKENS}.")
)


def _door(gateway: Gateway) -> Any:
    async def check(request: Request, _: Any = _BEARER) -> None:
        gateway.access.check(request.scope)

    return check


# --- paths ---------------------------------------------------------------------------------------


_TEXTS = Dict[str, str]


async def _in_front() -> Response:
    # What front answers before it is looked for here is here for the pages, and for 405.
    raise HTTPException(404)


def _api(gateway: Gateway) -> APIRouter:
    api = APIRouter()
    api.post("/chat/completions", name="chat", **pages.CHAT)(_in_front)
    api.post("/completions", name="completion", **pages.COMPLETION)(_in_front)

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


def _probes() -> APIRouter:
    probes = APIRouter()
    probes.get("/healthz", name="healthz", response_model=_TEXTS, **pages.HEALTH)(_in_front)
    probes.get("/readyz", name="readyz", response_model=_TEXTS, **pages.READY)(_in_front)
    return probes


def _numbers() -> APIRouter:
    numbers = APIRouter()
    numbers.get("/metrics", name="prometheus", **pages.METRICS)(_in_front)
    return numbers


def _entrance(app: FastAPI) -> APIRouter:
    entrance = APIRouter()
    entrance.get("/", name="about", response_model=_TEXTS, **pages.ABOUT)(_in_front)

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
