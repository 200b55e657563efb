"""What a whole reply holds where that need not be JSON: sound, files, text."""

from __future__ import annotations

from typing import Any

from .._headers import Headers
from .._settings.table import Settings
from . import errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    ReadContent = Callable[[int, Headers, bytes, Settings], Any]


def any_bytes(status: int, headers: Headers, content: bytes, settings: Settings) -> bytes:
    """A file as it is, which may be empty, or JSON of any meaning."""
    return content


def sound(status: int, headers: Headers, content: bytes, settings: Settings) -> bytes:
    """Sound; raises ServerBusyError where there is none, and the error of an error object that
    comes in its place (voice endpoints answer 200 with one)."""
    if not content.strip() or content.lstrip().startswith(b"{"):
        errors.parse_body(status, headers, content, settings)
    return content


def json_or_text(status: int, headers: Headers, content: bytes, settings: Settings) -> Any:
    """What the content type says: an object, or the text of another format (srt, vtt ...).

    Raises ServerBusyError for a blank body, APIResponseError for JSON that is none.
    """
    kind = headers.get("content-type", "")
    if "json" in kind or not content.strip() or content.lstrip().startswith(b"{"):
        return errors.parse_body(status, headers, content, settings)
    return any_text(status, headers, content, settings)


def any_text(status: int, headers: Headers, content: bytes, settings: Settings) -> str:
    """The body as text, whatever it says."""
    return content.decode("utf-8", "replace")


def nothing(status: int, headers: Headers, content: bytes, settings: Settings) -> None:
    """For calls whose success is all that they answer."""
