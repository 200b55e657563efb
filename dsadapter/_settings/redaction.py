"""Hiding keys in texts, in data and in errors, in whatever encoding a server or library shows them.

At most the last four characters of a key stay.
"""

from __future__ import annotations

import base64
import copy
import json
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from traceback import clear_frames
from types import FrameType, TracebackType
from typing import Any, Dict, Iterator, List, Optional, Pattern, Tuple
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

from .._headers import REQUEST_ID_HEADERS, SECRET_HEADERS, Headers
from .._named_tuple import NamedTuple
from .._record import attach
from . import keys

Secrets = Tuple[str, ...]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, TypeVar

    Function = TypeVar("Function", bound=Callable[..., Any])

SHORTEST = 6  # characters; words would be torn for a shorter key
BEGINNING = 8  # characters that give away a key which is cut off
LONG_PIECE = 12  # characters between the signs in a key that give it away
# Their values are long and may well be repeated by the server; they are no keys.
_NO_SECRETS = frozenset(
    "accept content-type content-encoding user-agent openai-organization openai-project "
    "idempotency-key traceparent tracestate host".split()
).union(REQUEST_ID_HEADERS)


@lru_cache(maxsize=None)
def _patterns() -> Tuple[Pattern[str], Pattern[str]]:
    """What gives a secret away: its name, its shape. Compiled when something is first looked at:
    for one answer that goes well nothing is."""
    name = r"auth|key|token|secret|passw|credential|cookie|signature"
    shape = r"(?=.*\d)(?=.*[A-Za-z])[\w\-.+/=:~]{16,}"
    return re.compile(name, re.I), re.compile(shape, re.A)


def is_secret(name: str, value: Any) -> bool:
    """Whether a header or query parameter may hold a key, by its name or its shape."""
    if name.lower() in _NO_SECRETS or not isinstance(value, str):
        return False
    secret_name, key_shape = _patterns()
    by_name = name.lower() in SECRET_HEADERS or secret_name.search(name) is not None
    return by_name or key_shape.fullmatch(value.strip()) is not None


def without_secrets(fields: Mapping[str, Any]) -> Dict[str, Any]:
    """Headers or query parameters without those that may hold a key."""
    return {name: value for name, value in fields.items() if not is_secret(name, value)}


def secrets_of(key: str, url: str, headers: Mapping[str, str]) -> Secrets:
    """All keys of one request: the settings' and those in its headers and its query."""
    fields = [*headers.items(), *parse_qsl(urlsplit(url).query)]
    values = [] if keys.is_placeholder(key) else [key]
    for name, value in fields:
        if is_secret(name, value):  # "Bearer KEY", "session=KEY; theme=dark"
            values += [*re.split(r"[\s;,]+", value), *re.split(r"[\s;,=]+", value)]
    long_enough = {value for value in values if len(value) >= (12 if value != key else SHORTEST)}
    return tuple(sorted(long_enough, key=len, reverse=True))


# --- texts ---------------------------------------------------------------------------------------


class _Forms(NamedTuple):
    """How texts may have one key; ``beginnings`` are those of forms and pieces, in lower case, and
    ``heads`` finds where one stands."""

    forms: Tuple[str, ...]
    pieces: Tuple[str, ...]
    beginnings: Tuple[str, ...]
    heads: Pattern[str]


@lru_cache(maxsize=64)
def _forms(key: str) -> _Forms:
    """``key`` itself, percent-encoded, escaped for HTML and JSON, what of its base64 does not
    depend on its neighbours, and the pieces into which a URL or a header line may be split."""
    in_html = key.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    in_attribute = in_html.replace('"', "&quot;").replace("'", "&#x27;")
    forms = {key, in_html, in_attribute, json.dumps(key)[1:-1]}  # html itself takes 1 ms to import
    forms |= {form.replace("/", "\\/") for form in tuple(forms)}
    forms |= {quote(key, safe=""), quote(key), quote_plus(key)}
    raw = key.encode("utf-8", "surrogatepass")
    for shift, first in ((0, 0), (1, 2), (2, 3)):
        text = base64.b64encode(b"\0" * shift + raw).decode()
        text = text[first : (shift + len(raw)) * 8 // 6]
        forms |= {text, text.translate({43: "-", 47: "_"})}
    pieces = {p for p in re.split("[^A-Za-z0-9]+", key) if len(p) >= LONG_PIECE} - forms
    beginnings = {form[: _shortest_beginning(form)].lower() for form in forms | pieces}
    heads = re.compile("|".join(map(re.escape, beginnings)), re.I)
    return _Forms(tuple(forms), tuple(pieces), tuple(beginnings), heads)


def _shortest_beginning(form: str) -> int:
    public = next((p for p in keys.FOREIGN_PREFIXES if form.startswith(p)), "")
    return len(public) + BEGINNING


def hidden(text: str, secrets: Secrets) -> str:
    """``text`` without these keys, in whatever case; one that is cut off goes, too."""
    lowered = text.lower()  # to look for each beginning is ten times faster than the pattern
    for key in secrets:
        if len(key) >= SHORTEST:
            for start in _forms(key).beginnings:
                if start in lowered:
                    text = "".join(_without(text, key))
                    break
    return text


def _without(text: str, key: str) -> Iterator[str]:
    """The parts of ``text`` around each place where ``key`` stands, and what is shown there."""
    forms, pieces, _, heads = _forms(key)
    position, match = 0, heads.search(text)
    while match:
        start = match.start()
        yield text[position:start]
        lengths = [(_common(text, start, form), len(form)) for form in forms]
        complete = max((n for n, length in lengths if n == length), default=0)
        longest = max([n for n, _ in lengths] + [_common(text, start, p) for p in pieces])
        yield keys.tail(key) if complete == longest else "..."
        position = start + longest
        match = heads.search(text, position)
    yield text[position:]


def _common(text: str, start: int, form: str) -> int:
    """How many characters of ``form`` stand at ``start``."""
    pairs = zip(text[start : start + len(form)].lower(), form.lower())
    different = (index for index, (a, b) in enumerate(pairs) if a != b)
    return next(different, min(len(text) - start, len(form)))


def hidden_in(value: Any, secrets: Secrets) -> Any:
    """:func:`hidden` for every text in a value: bytes, lists, dicts, headers, named tuples."""
    if isinstance(value, str):
        return _hidden_text(value, secrets)
    if isinstance(value, bytes):
        text = value.decode("latin-1")
        clean = hidden(text, secrets)
        return value if clean == text else clean.encode("latin-1")
    if isinstance(value, Headers):
        return Headers(hidden_in(dict(value), secrets))
    if isinstance(value, dict):
        fields = {hidden_in(k, secrets): hidden_in(v, secrets) for k, v in value.items()}
        return fields if type(value) is dict else _record_of(value, fields, secrets)
    if isinstance(value, Mapping):  # headers of a library's own kind
        return Headers({str(n): hidden(str(v), secrets) for n, v in value.items()})
    if type(value).__name__ == "URL" and hidden(str(value), secrets) != str(value):
        return hidden(str(value), secrets)
    if isinstance(value, (list, tuple)):
        items = [hidden_in(item, secrets) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return value


def _hidden_text(text: Any, secrets: Secrets) -> Any:
    if type(text) is str:
        return hidden(text, secrets)
    clean = hidden(str.__str__(text), secrets)  # of a URL, or a text of another kind
    if clean == text:
        return text
    return type(text)(clean) if type(text).__name__ == "URL" else clean


def _record_of(record: Any, fields: Dict[Any, Any], secrets: Secrets) -> Any:
    """A response like ``record`` with these fields, and what it says of its call without keys."""
    twin: Any = copy.copy(record)
    dict.clear(twin)
    dict.update(twin, fields)
    info = copy.copy(getattr(record, "adapter", None))
    if info is not None:
        vars(info).update(hidden_in(vars(info), secrets))
        attach(twin, info)
    return twin


# --- errors --------------------------------------------------------------------------------------


def hide_in_error(err: BaseException, secrets: Secrets) -> None:
    """Take these keys out of an error and of what stands behind it: its texts, its data, and the
    local variables of the frames that it came through."""
    for item in _family(err):
        _leave_out_waiting_frames(item)
        clear_frames(item.__traceback__)
        item.args = hidden_in(item.args, secrets)
        for name, value in list(vars(item).items()):
            clean = (_hidden_request if name in _REQUESTS else hidden_in)(value, secrets)
            if clean is not value:
                vars(item)[name] = clean


_REQUESTS = ("request", "_request")  # how the exceptions of HTTP libraries hold one


def _hidden_request(request: Any, secrets: Secrets) -> Any:
    """A request of an HTTP library: a copy where it carries one of these keys, for the caller's
    hooks and mocks may hold the request itself."""
    headers: Any = getattr(request, "headers", None)
    if isinstance(request, tuple) or not isinstance(headers, Mapping):
        return hidden_in(request, secrets)
    shown = [(name, hidden_in(value, secrets)) for name, value in headers.items()]
    url = hidden_in(request.url, secrets)
    if shown == list(headers.items()) and url is request.url:
        return request
    kind: Any = type(headers)
    twin = copy.copy(request)
    twin.headers, twin.url = kind(shown), url
    return twin


def _leave_out_waiting_frames(err: BaseException) -> None:
    """Take the frames that caught this error and still clean up out of its traceback.

    Calls that share a connection (HTTP/2) share its errors, too: clearing the frame of a coroutine
    that waits ends it (before Python 3.13), with the locks that it holds.
    """
    entries = list(_entries(err.__traceback__))
    left = {(id(entry.tb_frame), entry.tb_lasti) for entry in entries}
    running = set(map(id, _running(sys._getframe())))
    kept: Optional[TracebackType] = None
    for entry in reversed(entries):
        frame = entry.tb_frame
        may_wait = frame.f_code.co_flags & _PAUSES and id(frame) not in running
        if not may_wait or (id(frame), frame.f_lasti) in left:
            kept = TracebackType(kept, frame, entry.tb_lasti, entry.tb_lineno)
    err.__traceback__ = kept


def _entries(entry: Optional[TracebackType]) -> Iterator[TracebackType]:
    while entry is not None:
        yield entry
        entry = entry.tb_next


def _running(frame: Optional[FrameType]) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _family(err: BaseException) -> Iterator[BaseException]:
    """``err``, its causes and contexts, and the exceptions that they hold as arguments."""
    seen: List[BaseException] = []
    queue: List[Any] = [err]
    while queue:
        item = queue.pop()
        if isinstance(item, BaseException) and not any(item is other for other in seen):
            seen.append(item)
            yield item
            held = [*item.args, *vars(item).values()]
            queue += [item.__cause__, item.__context__, *held]


_COROUTINE = 0x80  # inspect.CO_COROUTINE; inspect itself takes 5 ms to import
_PAUSES = 0x20 | _COROUTINE | 0x100 | 0x200  # a generator or coroutine of any kind


def forget_arguments(err: BaseException, arguments: Any) -> None:
    """Leave neither these arguments nor a local variable behind for tools that show those of a
    traceback. Dicts of keywords are emptied: the functions above still hold them."""
    clear_frames(err.__traceback__)
    for value in arguments:
        if type(value) is dict:
            value.clear()


def hides_locals(function: Function) -> Function:
    """A function, or coroutine function, whose errors leave no argument and no local variable
    behind for tools that show those of a traceback."""
    from functools import wraps

    @wraps(function)
    def hiding(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            args = ()
            raise

    @wraps(function)
    async def ahiding(*args: Any, **kwargs: Any) -> Any:
        try:
            return await function(*args, **kwargs)
        except BaseException as err:
            forget_arguments(err, (kwargs,))
            args = ()
            raise

    is_coroutine_function = getattr(function, "__code__").co_flags & _COROUTINE  # noqa: B009
    return ahiding if is_coroutine_function else hiding  # type: ignore[return-value]
