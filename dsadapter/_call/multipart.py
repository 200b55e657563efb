"""A multipart/form-data body: fields as the SDKs write them, then files, whole in memory.

The fields come first because servers read the form as it arrives: DeepSeek wants ``purpose`` before
the file that it is for.
"""

from __future__ import annotations

import mimetypes
import os
import uuid
from typing import Any, Iterable, Iterator, List, Mapping, Optional, Tuple

from .._errors.tree import InvalidArgumentError
from .._named_tuple import NamedTuple

UNKNOWN_TYPE = "application/octet-stream"
_ESCAPES = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"}  # as browsers write names


class FilePart(NamedTuple):
    """A file as it stands in a form."""

    name: str  # of the field
    filename: Optional[str]
    content: bytes
    content_type: str
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"FilePart({self.name!r}, {self.filename!r}, {len(self.content)} bytes)"


def file_parts(files: Any) -> Tuple[FilePart, ...]:
    """The files of a call, read: names of fields, each with what the SDKs take as a file.

    Raises InvalidArgumentError for what is no file, OSError for one that cannot be read.
    """
    if isinstance(files, Mapping):
        pairs = list(files.items())
    else:
        is_one = isinstance(files, (str, bytes, bytearray)) or hasattr(files, "read")
        pairs = [files] if is_one or not hasattr(files, "__iter__") else list(files)
    return tuple(_file_part(*_pair(pair)) for pair in pairs) if files else ()


def _pair(pair: Any) -> Tuple[str, Any]:
    """The name of a field and its file."""
    if isinstance(pair, (tuple, list)) and len(pair) == 2 and isinstance(pair[0], str):
        return pair[0], pair[1]
    raise InvalidArgumentError(
        f"files has a {type(pair).__name__} where the name of a field and a file belong.",
        hint='Write files={"file": open("...", "rb")}',
    )


def _file_part(name: str, value: Any) -> FilePart:
    """``value`` is bytes, an open file, a path, or (file name, one of these, type, headers)."""
    if isinstance(value, FilePart):  # read already
        return value
    if isinstance(value, str):  # as the SDKs: a path that is sent as text goes unnoticed
        raise InvalidArgumentError(
            f"The file {name!r} is a str: {value!r:.60}.",
            hint='Pass pathlib.Path(...) or open(..., "rb"); text itself is (file name, text)',
        )
    if not isinstance(value, tuple):
        filename, content = _named_content(name, value)
        return FilePart(name, filename, content, _guessed_type(filename))
    if not 2 <= len(value) <= 4:
        raise InvalidArgumentError(
            f"The file {name!r} is a tuple of {len(value)}.",
            hint="Write (file name, content), with a content type and headers behind it if need be",
        )
    filename, content_type, headers = value[0], *(*value[2:], None, None)[:2]
    content = _named_content(name, value[1])[1]
    return FilePart(name, filename, content, content_type or _guessed_type(filename), headers or {})


def _named_content(name: str, value: Any) -> Tuple[str, bytes]:
    """The file name and the bytes of a file that is given without a name."""
    if isinstance(value, os.PathLike):
        with open(value, "rb") as file:
            return os.path.basename(os.fspath(value)), file.read()
    filename = "upload"
    if hasattr(value, "read"):
        path = getattr(value, "name", None)
        filename = os.path.basename(path) if isinstance(path, str) and path else filename
        value = value.read()
    if isinstance(value, str):
        value = value.encode("utf-8")
    if not isinstance(value, (bytes, bytearray, memoryview)):
        kind = "None" if value is None else f"a {type(value).__name__}"
        raise InvalidArgumentError(
            f"The file {name!r} is {kind}.",
            hint="Pass an open file, bytes, a pathlib.Path, or (file name, content)",
        )
    return filename, bytes(value)


def _guessed_type(filename: Optional[str]) -> str:
    return mimetypes.guess_type(filename or "")[0] or UNKNOWN_TYPE


def fields_of(body: Mapping[str, Any]) -> Iterator[Tuple[str, str]]:
    """The fields of a form for a JSON body: ``a[b]`` for an object in it, ``a[]`` for a list."""
    for name, value in body.items():
        yield from _field(name, value)


def _field(name: str, value: Any) -> Iterator[Tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _field(f"{name}[{key}]", item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _field(f"{name}[]", item)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif value is not None:
        yield name, str(value)


def encoded(fields: Iterable[Tuple[str, str]], files: Iterable[FilePart]) -> Tuple[str, bytes]:
    """The content type of a form, which names its boundary, and its bytes."""
    boundary = uuid.uuid4().hex
    parts: List[bytes] = []
    for name, value in fields:
        parts += (_head(boundary, name, None, {}), value.encode("utf-8", "replace"), b"\r\n")
    for file in files:
        headers = {"Content-Type": file.content_type, **file.headers}
        parts += (_head(boundary, file.name, file.filename, headers), file.content, b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(parts)


def _head(boundary: str, name: str, filename: Optional[str], headers: Mapping[str, str]) -> bytes:
    disposition = f'form-data; name="{name.translate(_ESCAPES)}"'
    if filename is not None:
        disposition += f'; filename="{filename.translate(_ESCAPES)}"'
    lines = [f"--{boundary}", f"Content-Disposition: {disposition}"]
    lines += [f"{key}: {_one_line(value)}" for key, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace")


def _one_line(value: Any) -> str:
    """A header of a part; a line break in it would begin another one."""
    text = str(value)
    if "\r" in text or "\n" in text:
        raise InvalidArgumentError(
            f"The header value {text!r:.60} of a file has a line break.",
            hint="Headers are single lines",
        )
    return text
