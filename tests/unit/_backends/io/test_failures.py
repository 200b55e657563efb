"""What can go wrong on a connection: one meaning for each kind, whatever library it came from."""

from __future__ import annotations

from itertools import islice

import pytest

from _backends.io.kinds import kind_of
from dsadapter import error
from dsadapter._backends.io.failures import (
    DISCONNECTED,
    NO_CONNECTION,
    TIMEOUT,
    UNREADABLE_HEAD,
    causes_of,
    connection_error,
)

KINDS = (TIMEOUT, DISCONNECTED, UNREADABLE_HEAD, NO_CONNECTION)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_an_error_of_its_own(kind: str) -> None:
    assert len(set(KINDS)) == 4
    assert kind_of(connection_error(kind, "why")) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_legacy_code_catches_it(kind: str) -> None:
    cls = error.Timeout if kind == TIMEOUT else error.APIConnectionError
    assert isinstance(connection_error(kind, "why"), cls)


@pytest.mark.parametrize("kind", [DISCONNECTED, UNREADABLE_HEAD, NO_CONNECTION])
def test_once_headers_were_there_the_connection_broke(kind: str) -> None:
    err = connection_error(kind, "why", reading=True, stale=True)
    assert err.message == "The connection broke: why"
    assert kind_of(err) == NO_CONNECTION
    assert not err.before_response


def test_a_timeout_stays_one_while_reading() -> None:
    assert kind_of(connection_error(TIMEOUT, "why", reading=True)) == TIMEOUT


@pytest.mark.parametrize("stale", [True, False])
def test_only_a_disconnection_tells_a_stale_connection(stale: bool) -> None:
    assert connection_error(DISCONNECTED, "why", stale=stale).stale is stale
    assert not hasattr(connection_error(NO_CONNECTION, "why", stale=stale), "stale")


@pytest.mark.parametrize("kind", [TIMEOUT, UNREADABLE_HEAD, NO_CONNECTION])
def test_the_text_of_the_library_is_kept(kind: str) -> None:
    assert connection_error(kind, "Errno 111").message.endswith(": Errno 111")


@pytest.mark.parametrize("kind", KINDS)
def test_of_half_a_head_nothing_is_said_but_that(kind: str) -> None:
    err = connection_error(kind, "why", stale=True, answer_began=True)
    assert err.answer_began
    assert kind_of(err) == (TIMEOUT if kind == TIMEOUT else UNREADABLE_HEAD)


def test_causes_come_in_their_order() -> None:
    inner, outer = OSError("inner"), ValueError("outer")
    outer.__cause__ = inner
    assert list(causes_of(outer)) == [outer, inner]
    assert list(causes_of(None)) == []


def test_causes_in_a_ring_end() -> None:
    first, second = ValueError("1"), ValueError("2")
    first.__cause__, second.__cause__ = second, first
    assert [*islice(causes_of(first), 5)] == [first, second]
