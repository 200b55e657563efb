"""A form with files, as requests writes it."""

from __future__ import annotations

from typing import Any, Dict

import requests

from ..base import Operation


def multipart(op: Operation, files: Any, fields: Dict[str, Any]) -> Operation:
    """The operation with files and fields as a multipart/form-data body."""
    form = requests.Request("POST", op.url, files=files, data=fields).prepare()
    headers = {name: value for name, value in op.headers.items() if name != "Content-Type"}
    headers["Content-Type"] = str(form.headers["Content-Type"])
    body: Any = form.body
    return op._replace(headers=headers, body=body)
