"""Uploads: what a form must have, what is kept, listed and forgotten."""

from __future__ import annotations

from typing import Any, Dict, List

import pytest
from test_emulator_tools import form

IMAGE = ("photo.png", b"\x89PNG" + bytes(100))


def upload(wire: Any, path: str = "/files", **fields: str) -> Any:
    parts: Dict[str, Any] = {"purpose": (None, b"user_data")}
    parts.update({name: (None, value.encode()) for name, value in fields.items()})
    return form(wire, path, {**parts, "file": IMAGE})


@pytest.mark.parametrize("prefix", ["", "/v1"])
@pytest.mark.parametrize("purpose", ["user_data", "text_recognition", "rich_layout_recognition"])
def test_a_file_is_kept_until_it_is_deleted(wire: Any, prefix: str, purpose: str) -> None:
    file = upload(wire, f"{prefix}/files", purpose=purpose).json
    assert file["id"].startswith("file-api-")
    assert (file["object"], file["bytes"]) == ("file", 104)
    assert (file["filename"], file["purpose"]) == ("photo.png", purpose)
    assert "expires_at" not in file
    path = f"{prefix}/files/{file['id']}"
    assert wire.get(path).json == file
    gone = {"id": file["id"], "object": "file", "deleted": True}
    assert wire.send("DELETE", path).json == gone
    assert wire.get(path).status == wire.send("DELETE", path).status == 404


def test_when_a_file_expires(wire: Any) -> None:
    expiry = {"expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"}
    file = upload(wire, **expiry).json
    assert file["expires_at"] == file["created_at"] + 3600


REFUSED: List[Any] = [
    ({"file": IMAGE}, "'purpose' and 'file'"),
    ({"purpose": (None, b"user_data")}, "'purpose' and 'file'"),
    ({"file": IMAGE, "purpose": (None, b"user_data")}, "precede"),
    ({"purpose": (None, b"fine-tune"), "file": IMAGE}, "Invalid purpose 'fine-tune'"),
    ({"purpose": (None, b"user_data"), "file": IMAGE, "other": (None, b"1")}, "'other'"),
    (
        {"purpose": (None, b"user_data"), "expires_after[seconds]": (None, b"3600"), "file": IMAGE},
        "anchor",
    ),
    (
        {
            "purpose": (None, b"user_data"),
            "expires_after[anchor]": (None, b"created_at"),
            "expires_after[seconds]": (None, b"3599"),
            "file": IMAGE,
        },
        "between 3600 and 2592000",
    ),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED)
def test_forms_that_are_refused(wire: Any, fields: Any, words: str) -> None:
    reply = form(wire, "/files", fields)
    assert reply.status == 400
    assert words in reply.error
    assert wire.get("/files").json["data"] == []


def test_what_is_no_form(wire: Any) -> None:
    assert wire.post("/files", {"purpose": "user_data"}).status == 400


def test_the_list(wire: Any) -> None:
    assert wire.get("/files").json == {"object": "list", "data": [], "has_more": False}
    ids = [upload(wire).json["id"] for _ in range(3)]
    document = upload(wire, purpose="text_recognition").json["id"]
    newest_first = [document, *reversed(ids)]

    def listed(query: str) -> Any:
        page = wire.get(f"/files?{query}").json
        return [file["id"] for file in page["data"]], page["has_more"]

    assert listed("") == (newest_first, False)
    assert listed("order=asc") == (newest_first[::-1], False)
    assert listed("limit=2") == (newest_first[:2], True)
    assert listed(f"limit=2&after={newest_first[1]}") == (newest_first[2:], False)
    assert listed("purpose=text_recognition") == ([document], False)
    page = wire.get("/files?limit=2").json
    assert (page["first_id"], page["last_id"]) == (newest_first[0], newest_first[1])


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "order=up"])
def test_lists_that_are_refused(wire: Any, query: str) -> None:
    assert wire.get(f"/files?{query}").status == 400


def test_what_there_is_not(wire: Any) -> None:
    file = upload(wire).json
    assert wire.get(f"/files/{file['id']}/content").status == 404
    assert wire.send("PUT", "/files").status == 405
    assert wire.send("POST", "/files", b"", {}).status == 401


def test_each_emulator_has_its_own(wire: Any, wire_to: Any) -> None:
    from dsadapter.testing.emulator import Emulator

    file = upload(wire).json
    with Emulator() as other:
        assert wire_to(other).get(f"/files/{file['id']}").status == 404
