"""The markers for "leave this out", as openai >= 1 has them."""

from __future__ import annotations

import pytest

import dsadapter
from dsadapter import NOT_GIVEN, NotGiven, Omit, not_given, omit
from dsadapter.testing import Emulator


def test_they_are_what_the_sdks_are() -> None:
    assert isinstance(NOT_GIVEN, NotGiven)
    assert isinstance(not_given, NotGiven)
    assert isinstance(omit, Omit)
    assert not any((NOT_GIVEN, not_given, omit))
    assert repr(NOT_GIVEN) == "NOT_GIVEN"


@pytest.mark.parametrize("marker", [NOT_GIVEN, not_given, omit])
def test_what_is_not_given_is_not_sent(marker: object) -> None:
    with Emulator() as emulator:
        client = dsadapter.OpenAI(
            api_key="sk-0123456789abcdef", base_url=emulator.base_url, timeout=marker
        )
        response = client.chat.completions.create(
            model="deepseek-flash",
            messages=[{"role": "user", "content": "hello"}],
            stop=marker,
            temperature=marker,  # type: ignore[arg-type]
            extra_headers={"User-Agent": marker},  # type: ignore[dict-item]
        )
        assert response.choices[0].message.content
        request = emulator.requests[-1]
        assert set(request.json) == {"model", "messages"}
        assert "dsadapter" not in str(request.headers)
