"""One call: what was asked, which does not change, and how far it has come."""

from __future__ import annotations

import copy
from time import monotonic, time
from typing import Any, Callable, Dict, List, Optional, Tuple, Type

from .._backends.base import Operation
from .._errors.tree import OpenAIError, with_sdk_class
from .._headers import Headers
from .._named_tuple import NamedTuple
from .._record import Record, attach
from .._response.errors import complete, parse_body, redacted_request
from .._response.info import AdapterInfo, Billed, Retry
from .._settings.redaction import Secrets, hide_in_error, secrets_of
from .._settings.table import Settings
from .deadlines import Deadlines
from .request import Request
from .telemetry import Observation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._backends.base import Holder
    from .._response.chunks import ChunkReader
    from .._response.content import ReadContent
    from .._response.types import ResponseType

NO_HEADERS = Headers()


class ResponseTypes(NamedTuple):
    """What a reply becomes: the whole one, and each chunk of a stream."""

    response: ResponseType = Record
    chunk: Optional[ResponseType] = Record  # None: that of a chat, which is loaded with a stream
    any_json: bool = False  # a reply need not be an object
    read: Optional[ReadContent] = None  # of a whole reply that need not be JSON: what it holds
    stream_reader: Optional[Type[ChunkReader]] = None  # of a stream that is not read as chunks


class Call:
    """Everything that one call carries through its attempts."""

    def __init__(
        self,
        holder: Holder,
        request: Request,
        operation: Operation,
        settings: Settings,
        types: ResponseTypes,
        deadlines: Deadlines,
        observation: Observation,
        *,
        face: str,
        repairs: Tuple[Any, ...] = (),
        beta: bool = False,
        restore: bool = False,
        may_resend: bool = False,
    ) -> None:
        """``holder`` gives the backend and keeps its connections alive as long as the call lives;
        ``restore`` says that the reply must get the shape of 0.28's functions."""
        self.holder = holder
        self.request = request
        self.operation = operation
        self.settings = settings
        self.types = types
        self.deadlines = deadlines
        self.face = face
        self.beta = beta
        self.restore = restore
        self.to_chunk: Optional[ResponseType] = self._restored_chunk if restore else types.chunk
        self._observation = observation
        # how far it has come
        self.repairs: Tuple[Any, ...] = repairs
        self.may_resend = may_resend  # a repaired operation, once, after a refusal
        self.free_resends_left = 1  # for a kept-alive connection that the server had closed
        self.retries: List[Retry] = []
        self.status = 0
        self.headers = NO_HEADERS
        self.elapsed: float = 0.0  # seconds to the answer (stream: to its headers)
        self.content: Optional[bytes] = None  # of a whole reply, decoded
        self.body: Any = None  # of the open stream
        self.reader: Optional[ChunkReader] = None

    def info(
        self, raw: Optional[Dict[str, Any]] = None, data: Optional[Dict[str, Any]] = None
    ) -> AdapterInfo:
        """How the reply came about, as far as it is known now; ``data`` is what it holds."""
        billed = None
        if data is not None and self.settings.provider.name == "deepseek" and "usage" in data:
            sent_at = time() - (monotonic() - self.deadlines.started)
            billed = Billed(str(data.get("model")), data["usage"], sent_at)
        return AdapterInfo(
            self.holder.name,
            self.repairs,
            status=self.status,
            headers=self.headers,
            retries=self.retries,
            elapsed=self.elapsed,
            raw=raw,
            billed=billed,
        )

    def data_of(self, content: bytes) -> Any:
        """What a whole body holds: parsed JSON, or what the call is made to read from it.

        Raises what the body says went wrong, ServerBusyError, APIResponseError.
        """
        if self.types.read is not None:
            return self.types.read(self.status, self.headers, content, self.settings)
        any_json = self.types.any_json
        return parse_body(self.status, self.headers, content, self.settings, any_json=any_json)

    def to_response(self, data: Any) -> Any:
        """The response for what a reply holds: parsed JSON, of which only objects become others,
        or bytes."""
        if isinstance(data, bytes):
            from .._response.binary import BinaryResponse

            request = redacted_request(self.operation, self.settings.api_key)
            return BinaryResponse(data, self.info(), request)
        if not isinstance(data, dict):
            return data
        raw = None
        if self.restore:
            from .._repairs.restore import NULL_CONTENT, null_content, restore_reply

            try:
                raw = copy.deepcopy(data)
            except RecursionError:  # nested too deep; the response itself is not copied
                pass
            restore_reply(data)
            if self.face == "legacy" and null_content(data):
                self.repairs += (NULL_CONTENT,)
        return attach(self.types.response(data), self.info(raw, data))

    def _restored_chunk(self, data: Dict[str, Any]) -> Any:
        from .._repairs.restore import restore_chunk
        from .._response.chunk_types import ChatCompletionChunk

        restore_chunk(data)
        return (self.types.chunk or ChatCompletionChunk)(data)

    def secrets(self) -> Secrets:
        """The keys that this call carries; no text of it shows them."""
        op = self.operation
        return secrets_of(self.settings.api_key, op.url, op.headers)

    def failed(self, err: BaseException) -> None:
        """The last thing done with an error on its way to the caller."""
        if isinstance(err, OpenAIError):
            request = redacted_request(self.operation, self.settings.api_key)
            complete(err, request, self.status, self.headers)
            hide_in_error(err, self.secrets())
            with_sdk_class(err, self.face)
        self.end(err)

    def end(
        self,
        error: Optional[BaseException] = None,
        reply: Optional[Callable[[], Dict[str, Any]]] = None,
    ) -> None:
        """The call is over; ``reply`` gives what came of it, if somebody asks."""
        self._observation.end(self, error, reply)
