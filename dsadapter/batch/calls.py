"""One attempt at a row: what the server, or the way to it, makes of the request."""

from __future__ import annotations

import enum
from typing import Any, Dict, NamedTuple, Optional

from .._errors.tree import (
    APIConnectionError,
    APIError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    CredentialsError,
    InsufficientBalanceError,
    InvalidArgumentError,
    OpenAIError,
    RateLimitError,
    ServerBusyError,
)
from .._response.info import AdapterInfo
from .output import failure_line, response_line
from .rows import Row
from .state import DONE, FAILED, Finished

PATH = "/chat/completions"


class Outcome(enum.Enum):
    """What follows from an attempt."""

    FINISHED = "finished"
    REFUSED = "refused"  # 429: too many calls in flight
    RETRY = "retry"
    STOP = "stop"  # no further row has a chance: 401, 402


class Attempt(NamedTuple):
    """An attempt at a row. ``finished`` is what becomes of the row where nothing follows.

    ``message`` is the server's text, ``retry_after`` in seconds; ``status`` is the HTTP status,
    None for no answer; ``billed`` says that the server may have done the work all the same.
    ``model`` and ``usage`` are of an answer, ``priced`` says that the table of prices is its
    provider's.
    """

    outcome: Outcome
    finished: Finished
    status: Optional[int] = None
    message: str = ""
    retry_after: Optional[float] = None
    billed: bool = False
    model: str = ""
    usage: Optional[Dict[str, Any]] = None
    priced: bool = False


class Caller:
    """Sends rows with an async client; retries are the job's."""

    def __init__(self, client: Any) -> None:
        self._client = client.with_options(max_retries=0)
        self._priced = client.provider == "deepseek"

    async def attempt(self, row: Row, deadline: Optional[float]) -> Attempt:
        """Send a row once; ``deadline`` is in seconds from now."""
        options = {} if deadline is None else {"deadline": max(0.001, deadline)}
        try:
            data = await self._client.post(PATH, body=row.body, **options)
        except APIError as err:
            return _failed(row, err)
        return _answered(row, data, self._priced)

    async def currency(self) -> Optional[str]:
        """The currency of the account, None where nothing says it."""
        try:
            infos = (await self._client.balance()).get("balance_infos")
        except OpenAIError:
            return None
        return str(infos[0].get("currency")) if infos else None


def _answered(row: Row, data: Any, priced: bool) -> Attempt:
    info: AdapterInfo = data.adapter
    line = response_line(row.number, row.custom_id, info.status, info.request_id or "", data)
    return Attempt(
        Outcome.FINISHED,
        Finished(row.number, DONE, line),
        info.status,
        model=_printable(str(data.get("model"))),
        usage=data.get("usage"),
        priced=priced,
    )


def _failed(row: Row, err: APIError) -> Attempt:
    if isinstance(err, APIStatusError) and err.status_code and err.status_code >= 400:
        return _refused(row, err, err.status_code)
    code = error_code(err)
    line = failure_line(row.number, row.custom_id, code, str(err))
    before_response = getattr(err, "before_response", False) or isinstance(err, ServerBusyError)
    retry = before_response and not _is_past_deadline(err)
    billed = not (getattr(err, "unsent", False) or code == "invalid_request")
    return Attempt(
        Outcome.RETRY if retry else Outcome.FINISHED,
        Finished(row.number, FAILED, line, _printable(f"{code}: {err.message}"), billed),
        billed=billed,
    )


def _refused(row: Row, err: APIStatusError, status: int) -> Attempt:
    """An error status: a refusal of this row, of any row, or of this moment."""
    body = err.json_body if err.json_body is not None else err.http_body
    line = response_line(row.number, row.custom_id, status, err.request_id or "", body)
    finished = Finished(row.number, FAILED, line, _printable(f"{status}: {err.message}"))
    outcome = Outcome.FINISHED
    if isinstance(err, RateLimitError):
        outcome = Outcome.REFUSED
    elif isinstance(err, (AuthenticationError, InsufficientBalanceError)):
        outcome = Outcome.STOP
    elif status >= 500 or status in (408, 409):
        outcome = Outcome.RETRY
    return Attempt(outcome, finished, status, str(err.message or ""), _seconds(err))


def _seconds(err: APIStatusError) -> Optional[float]:
    from .._call.retries import retry_after

    return retry_after(err.headers)


def _printable(text: str) -> str:
    """Without the halves of characters that a server may send: SQLite refuses them."""
    return text.encode("utf-8", "replace").decode()


def error_code(err: APIError) -> str:
    """The code of a failure without an answer."""
    if isinstance(err, APITimeoutError):
        return "timeout"
    if isinstance(err, (InvalidArgumentError, CredentialsError)):
        return "invalid_request"
    cut = isinstance(err, APIConnectionError) and not err.before_response
    return "truncated" if cut or _is_half(err) else "connection_error"


def _is_half(err: APIError) -> bool:
    """Whether a body stopped in the middle of its JSON; a page of HTML did not."""
    partial = str(getattr(err, "partial", None) or "").lstrip()
    return isinstance(err, APIResponseError) and partial.startswith(("{", "["))


def _is_past_deadline(err: APIError) -> bool:
    return isinstance(err, APITimeoutError) and err.bound != "timeout"
