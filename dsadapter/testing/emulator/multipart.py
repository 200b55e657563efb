"""Bodies of the type multipart/form-data, taken apart."""

from __future__ import annotations

import re
from typing import Dict, NamedTuple

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_PARAMETER = re.compile(rb'[;\s](name|filename)="([^"]*)"')


class FormPart(NamedTuple):
    """One field of a form; `filename` is "" for a field that is no file."""

    filename: str
    data: bytes

    @property
    def text(self) -> str:
        """The value of a field that is no file."""
        return self.data.decode("utf-8", "replace")


def parse_form(content_type: str, body: bytes) -> Dict[str, FormPart]:
    """Name -> field, in the order of the body; empty for what is no form."""
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or boundary is None:
        return {}
    parts = {}
    for block in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode("latin-1"))[1:-1]:
        head, _, data = block.partition(b"\r\n\r\n")
        names = {key.decode(): value.decode("utf-8") for key, value in _PARAMETER.findall(head)}
        parts[names.get("name", "")] = FormPart(names.get("filename", ""), data)
    return parts
