"""The doctor reads .env files as dsadapter does."""

from __future__ import annotations

import pytest

from dsadapter._doctor.collect.settings import read_env_file
from dsadapter._settings import dotenv_file as _dotenv
from dsadapter._source import env_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
@pytest.mark.parametrize("text", ["A=1\nB='中文'\n", "export A=x # 注释\r\nB=y\r\n"])
def test_same_files(text: str, encoding: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / ".env"
    path.write_bytes(text.encode(encoding))
    assert read_env_file(str(path)) == _dotenv.read(str(path))
    assert env_file.encoding_of(path.read_bytes()) == encoding


def test_a_file_that_is_not_there() -> None:
    assert read_env_file("/nowhere/.env") == {}
