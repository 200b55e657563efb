"""Uploaded files: `POST /files`, the list, one of them, and its deletion.

Known are the form (`purpose` before `file`), the purposes, the fields of a file, the parameters of
the list and its answer, what a deletion answers, the bounds of `expires_after`, and that nothing is
downloaded. Invented are every error text, the default order (newest first) and that any content is
accepted; a document is "parsed" at once.
"""

from __future__ import annotations

import threading
import time
import uuid
from typing import Dict, List, Optional
from urllib.parse import parse_qs

from .multipart import FormPart, parse_form
from .request import Request
from .response import Json, Response, error_response
from .tools import PURPOSES as DOCUMENT_PURPOSES

PURPOSES = ("user_data", *DOCUMENT_PURPOSES)
EXPIRY = range(3600, 2592000 + 1)  # seconds
LONGEST_LIST = 1000
_FIELDS = {"purpose", "file", "expires_after[anchor]", "expires_after[seconds]"}


class FileStore:
    """The files of one emulator, in the order in which they came."""

    def __init__(self) -> None:
        self._files: Dict[str, Json] = {}
        self._lock = threading.Lock()

    def create(self, request: Request) -> Response:
        """Keep what a form describes: its name and size, not its bytes."""
        form = parse_form(request.headers.get("content-type", ""), request.body)
        problem = _problem(form)
        if problem is not None:
            return error_response(400, problem)
        file, created = form["file"], int(time.time())
        entry: Json = {
            "id": f"file-api-{uuid.uuid4().hex}",
            "object": "file",
            "bytes": len(file.data),
            "created_at": created,
            "filename": file.filename,
            "purpose": form["purpose"].text,
        }
        if "expires_after[seconds]" in form:
            entry["expires_at"] = created + int(form["expires_after[seconds]"].text)
        with self._lock:
            self._files[entry["id"]] = entry
        return Response(data=entry)

    def page(self, request: Request) -> Response:
        """The files that the query asks for: `after`, `limit`, `order`, `purpose`."""
        query = {name: values[-1] for name, values in parse_qs(request.query).items()}
        limit = _number(query.get("limit", str(LONGEST_LIST)))
        if limit is None or not 1 <= limit <= LONGEST_LIST:
            return error_response(400, f"limit must be between 1 and {LONGEST_LIST}")
        if query.get("order", "desc") not in ("asc", "desc"):
            return error_response(400, "order must be 'asc' or 'desc'")
        files = self._listed(query)
        page = files[:limit]
        ids = {"first_id": page[0]["id"], "last_id": page[-1]["id"]} if page else {}
        more = {"has_more": len(files) > len(page)}
        return Response(data={"object": "list", "data": page, **ids, **more})

    def _listed(self, query: Dict[str, str]) -> List[Json]:
        with self._lock:
            files = list(self._files.values())
        if query.get("order", "desc") == "desc":
            files.reverse()
        if "after" in query:
            ids = [file["id"] for file in files]
            start = ids.index(query["after"]) + 1 if query["after"] in ids else len(files)
            files = files[start:]
        return [file for file in files if query.get("purpose") in (None, file["purpose"])]

    def retrieve(self, name: str) -> Response:
        """What is known of one file."""
        with self._lock:
            entry = self._files.get(name)
        return _not_there(name) if entry is None else Response(data=entry)

    def delete(self, name: str) -> Response:
        """Forget a file."""
        with self._lock:
            entry = self._files.pop(name, None)
        if entry is None:
            return _not_there(name)
        return Response(data={"id": name, "object": "file", "deleted": True})


def _not_there(name: str) -> Response:
    return error_response(404, f"No such file: {name}")


def _problem(form: Dict[str, FormPart]) -> Optional[str]:
    names = list(form)
    if not {"purpose", "file"} <= set(names) or not set(names) <= _FIELDS:
        return f"Expected the form fields 'purpose' and 'file', got {names}"
    if names.index("purpose") > names.index("file"):
        return "The form field 'purpose' must precede 'file'"
    if form["purpose"].text not in PURPOSES:
        return f"Invalid purpose '{form['purpose'].text}', expected one of {PURPOSES}"
    return _problem_of_expiry(form)


def _problem_of_expiry(form: Dict[str, FormPart]) -> Optional[str]:
    anchor, seconds = (form.get(f"expires_after[{name}]") for name in ("anchor", "seconds"))
    if anchor is None and seconds is None:
        return None
    if anchor is None or anchor.text != "created_at":
        return "expires_after[anchor] must be 'created_at'"
    if seconds is None or _number(seconds.text) not in EXPIRY:
        return f"expires_after[seconds] must be between {EXPIRY.start} and {EXPIRY.stop - 1}"
    return None


def _number(text: str) -> Optional[int]:
    return int(text) if text.isdecimal() else None
