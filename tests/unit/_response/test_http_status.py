"""What a status means, as of httpx's Response."""

from __future__ import annotations

import httpx
import pytest

from dsadapter._response.http_status import HttpStatus

NAMES = "is_success is_redirect is_client_error is_server_error is_error reason_phrase".split()


class Answered(HttpStatus):
    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


@pytest.mark.parametrize("status", [200, 204, 301, 400, 402, 429, 500, 503, 529, 599])
def test_it_is_what_httpx_says(status: int) -> None:
    ours, theirs = Answered(status), httpx.Response(status)
    for name in NAMES:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert (ours.ok, ours.reason) == (theirs.is_success, theirs.reason_phrase)
