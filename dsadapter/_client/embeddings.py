"""``client.embeddings`` and ``client.moderations``: text in, numbers out."""

from __future__ import annotations

from typing import Any

from .._call import arguments
from .._call.call import ResponseTypes
from .._response.resource_types import (
    CreateEmbeddingResponse,
    ModerationCreateResponse,
    decoded_embeddings,
)
from .resources import _Resource
from .signature import create_signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .params import EmbeddingOptions, ModerationOptions

_FLOATS = ResponseTypes(decoded_embeddings)
_AS_SENT = ResponseTypes(CreateEmbeddingResponse)
_MODERATION = ResponseTypes(ModerationCreateResponse)


def _types(params: Any) -> ResponseTypes:
    """Vectors are lists of floats, whatever the server sends, unless an encoding was asked for."""
    return _AS_SENT if params.get("encoding_format") else _FLOATS


class Embeddings(_Resource):
    """``client.embeddings``."""

    def create(
        self, *, input: Any, model: str, **params: Unpack[EmbeddingOptions]
    ) -> CreateEmbeddingResponse:
        """The vectors of a text or a list of texts; further keywords go into the body."""
        body = {"input": input, "model": model, **params}
        response: CreateEmbeddingResponse = self._client._run(
            _types(params), arguments.post, "/embeddings", body
        )
        return response

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "EmbeddingRequired", "EmbeddingParams"
    )


class AsyncEmbeddings(_Resource):
    """The async twin of :class:`Embeddings`."""

    async def create(
        self, *, input: Any, model: str, **params: Unpack[EmbeddingOptions]
    ) -> CreateEmbeddingResponse:
        """As :meth:`Embeddings.create`."""
        body = {"input": input, "model": model, **params}
        response: CreateEmbeddingResponse = await self._client._run(
            _types(params), arguments.post, "/embeddings", body
        )
        return response

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "EmbeddingRequired", "EmbeddingParams"
    )


class Moderations(_Resource):
    """``client.moderations``."""

    def create(
        self, *, input: Any, **params: Unpack[ModerationOptions]
    ) -> ModerationCreateResponse:
        """The verdict on a text, or on each of a list; further keywords go into the body."""
        response: ModerationCreateResponse = self._client._run(
            _MODERATION, arguments.post, "/moderations", {"input": input, **params}
        )
        return response

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ModerationRequired", "ModerationParams"
    )


class AsyncModerations(_Resource):
    """The async twin of :class:`Moderations`."""

    async def create(
        self, *, input: Any, **params: Unpack[ModerationOptions]
    ) -> ModerationCreateResponse:
        """As :meth:`Moderations.create`."""
        response: ModerationCreateResponse = await self._client._run(
            _MODERATION, arguments.post, "/moderations", {"input": input, **params}
        )
        return response

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ModerationRequired", "ModerationParams"
    )
