"""Forms: fields and files as servers read them."""

from __future__ import annotations

import io
from email.parser import BytesParser
from pathlib import Path
from typing import Any, List, Tuple

import pytest

from dsadapter import InvalidArgumentError
from dsadapter._call.multipart import FilePart, encoded, fields_of, file_parts


def parsed(content_type: str, body: bytes) -> List[Tuple[Any, ...]]:
    message = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in message.get_payload()  # type: ignore[union-attr]
    ]


def test_fields_come_first_and_nothing_is_lost() -> None:
    content = bytes(range(256)) + b"\r\n--\r\n"
    parts = file_parts({"file": ("a.bin", content)})
    form = parsed(*encoded(fields_of({"purpose": "user_data"}), parts))
    assert form == [
        ("purpose", None, None, b"user_data"),
        ("file", "a.bin", "application/octet-stream", content),
    ]


def test_objects_lists_and_booleans_are_written_as_the_sdks_do() -> None:
    body = {
        "a": {"b": {"c": 1}, "d": [1, 2]},
        "e": ["x", "y"],
        "f": True,
        "g": None,
        "h": 0.5,
        "i": "世界",
    }
    assert list(fields_of(body)) == [
        ("a[b][c]", "1"),
        ("a[d][]", "1"),
        ("a[d][]", "2"),
        ("e[]", "x"),
        ("e[]", "y"),
        ("f", "true"),
        ("h", "0.5"),
        ("i", "世界"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"x", ("upload", b"x", "application/octet-stream")),
        (bytearray(b"x"), ("upload", b"x", "application/octet-stream")),
        (io.BytesIO(b"x"), ("upload", b"x", "application/octet-stream")),
        (io.StringIO("世"), ("upload", "世".encode(), "application/octet-stream")),
        (("a.png", b"x"), ("a.png", b"x", "image/png")),
        (("a.png", io.BytesIO(b"x"), "text/x"), ("a.png", b"x", "text/x")),
        ((None, b"x", None), (None, b"x", "application/octet-stream")),
    ],
)
def test_what_a_file_may_be(value: Any, expected: Any) -> None:
    (part,) = file_parts({"file": value})
    assert (part.filename, part.content, part.content_type) == expected


def test_paths_and_open_files_have_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"{}")
    with open(path, "rb") as file:
        for part in file_parts([("one", path), ("two", file)]):
            assert (part.filename, part.content) == ("a.json", b"{}")


def test_a_part_may_have_headers_of_its_own() -> None:
    parts = file_parts({"file": ("a.png", b"x", "image/png", {"X-Mine": "1"})})
    assert b"\r\nContent-Type: image/png\r\nX-Mine: 1\r\n\r\nx\r\n" in encoded([], parts)[1]


def test_no_name_or_header_begins_a_line_of_its_own() -> None:
    body = encoded([('a"\r\nX: 1', "v")], file_parts({"f": ('b"\nX: 1', b"")}))[1]
    assert b'name="a%22%0D%0AX: 1"' in body
    assert b'filename="b%22%0AX: 1"' in body
    parts = file_parts({"f": ("b", b"", "text/plain\r\nX: 1")})
    with pytest.raises(InvalidArgumentError, match="line break"):
        encoded([], parts)


@pytest.mark.parametrize("value", [1, None, {"a": 1}, ["x"], ("name",), ("a", "b", "c", {}, "d")])
def test_what_is_no_file(value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="'file'"):
        file_parts({"file": value})


@pytest.mark.parametrize("name", ["file", "image[]"])
def test_a_path_written_as_text_is_not_sent_as_the_file(name: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        file_parts([(name, "speech.mp3")])
    for said in (name, "'speech.mp3'", "pathlib.Path(...)", 'open(..., "rb")'):
        assert said in str(caught.value)


def test_text_with_a_file_name_is_a_file() -> None:
    (part,) = file_parts({"file": ("n.txt", "世")})
    assert (part.filename, part.content) == ("n.txt", "世".encode())


def test_files_that_were_read_stay() -> None:
    part = FilePart("mask", "m", b"x", "image/png")
    assert file_parts([("mask", part)]) == (part,)
    assert repr(part) == "FilePart('mask', 'm', 1 bytes)"


def test_each_form_has_a_boundary_of_its_own() -> None:
    assert encoded([], [])[0] != encoded([], [])[0]


@pytest.mark.parametrize(
    "files",
    ["text", "ab", b"text", ["text"], 3, [("a",)], [b"xy"], {1: b"x"}, io.BytesIO(b"x")],
)
def test_files_without_the_names_of_their_fields(files: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="the name of a field") as caught:
        file_parts(files)
    assert 'files={"file": open(' in str(caught.value.hint)
    assert isinstance(caught.value, TypeError) and isinstance(caught.value, ValueError)


@pytest.mark.parametrize("files", [None, "", {}, [], ()])
def test_no_files(files: Any) -> None:
    assert file_parts(files) == ()


def test_pairs_in_any_spelling() -> None:
    (expected,) = file_parts({"a": b"x"})
    for pairs in ([("a", b"x")], (["a", b"x"],), iter([("a", b"x")])):
        assert file_parts(pairs) == (expected,)
