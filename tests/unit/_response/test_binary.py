"""Bytes of a reply, with the methods that code knows from the SDKs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, List

import pytest

from dsadapter._response.binary import BinaryResponse
from dsadapter._response.errors import RedactedRequest
from dsadapter._response.info import AdapterInfo

REQUEST = RedactedRequest("GET", "https://api.example.com/v1/files/f-1/content", {})
TEXT = '{"a": "世界"}\n{"b": 2}\n'


@pytest.fixture()
def binary() -> BinaryResponse:
    info = AdapterInfo("raw-requests", ())
    info.status = 200
    return BinaryResponse(TEXT.encode(), info, REQUEST)


def test_reading(binary: BinaryResponse, tmp_path: Path) -> None:
    assert binary.read() == binary.content == b"".join(binary.iter_bytes(3)) == TEXT.encode()
    assert binary.text == "".join(binary.iter_text(2)) == TEXT
    assert list(binary.iter_bytes()) == [TEXT.encode()]
    assert list(binary.iter_text()) == [TEXT]
    assert list(binary.iter_lines()) == ['{"a": "世界"}', '{"b": 2}']
    assert [len(block) for block in binary.iter_raw(10)] == [10, 10, 5]
    for number, write in enumerate((binary.write_to_file, binary.stream_to_file)):
        write(tmp_path / str(number))
        assert (tmp_path / str(number)).read_bytes() == TEXT.encode()
    assert BinaryResponse(b'{"a": 1}', binary.adapter, REQUEST).json() == {"a": 1}
    assert (binary.response.status_code, binary.response.content) == (200, TEXT.encode())
    assert repr(binary) == "<BinaryResponse [200] 25 bytes>"
    binary.close()


def test_reading_on_a_loop(binary: BinaryResponse, tmp_path: Path) -> None:
    async def all_of(iterator: Any) -> List[Any]:
        return [item async for item in iterator]

    async def main() -> None:
        assert await binary.aread() == b"".join(await all_of(binary.aiter_bytes(3)))
        assert "".join(await all_of(binary.aiter_text(2))) == TEXT
        assert await all_of(binary.aiter_lines()) == list(binary.iter_lines())
        await binary.astream_to_file(tmp_path / "a")
        await binary.aclose()

    asyncio.run(main())
    assert (tmp_path / "a").read_bytes() == TEXT.encode()
