"""A form with files, as requests writes it."""

from __future__ import annotations

from typing import Any

from dsadapter._backends.io.requests_form import multipart


def test_files_and_fields_are_one_body(op: Any) -> None:
    op = op._replace(headers={"Authorization": "Bearer k", "Content-Type": "application/json"})
    sent = multipart(op, [("file", ("a.txt", b"text"))], {"purpose": "batch"})
    kind, _, boundary = sent.headers["Content-Type"].partition("; boundary=")
    assert (kind, sent.headers["Authorization"]) == ("multipart/form-data", "Bearer k")
    assert sent.body.count(b"--" + boundary.encode()) == 3
    assert b"text" in sent.body and b"batch" in sent.body
