"""Pictures by path, as parts of a question."""

from __future__ import annotations

import base64
from typing import Any, Dict, List, Optional, Tuple, Union

from .._texts import chat as texts
from .problem import Problem, reason

# How a file of each kind begins, and where.
_KINDS: Tuple[Tuple[str, int, bytes], ...] = (
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/gif", 0, b"GIF8"),
    ("image/webp", 8, b"WEBP"),
)
Content = Union[str, List[Dict[str, Any]]]


def picture(path: str) -> Dict[str, Any]:
    """The part of a message for a file, or for an address on the web, which the model reads itself.

    Raises Problem for what cannot be read or is no picture.
    """
    if path.startswith(("http://", "https://", "data:")):
        return _part(path)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as err:
        raise Problem(texts.NOT_READ(path=path, why=reason(err))) from err
    kind = _kind(content)
    if kind is None:
        raise Problem(texts.NO_PICTURE(path=path))
    return _part(f"data:{kind};base64,{base64.b64encode(content).decode()}")


def with_pictures(text: str, pictures: List[Dict[str, Any]]) -> Content:
    """The content of a question: its text alone, or the pictures and the text behind them."""
    return [*pictures, {"type": "text", "text": text}] if pictures else text


def _kind(content: bytes) -> Optional[str]:
    return next((kind for kind, at, mark in _KINDS if content[at : at + len(mark)] == mark), None)


def _part(url: str) -> Dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url}}
