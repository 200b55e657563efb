"""The table of what vendors offer: every row has a source, and what has no row is not denied."""

from __future__ import annotations

import datetime
import re

import pytest

from dsadapter import NotOfferedError
from dsadapter._settings import offered, providers
from dsadapter._settings.offered import OFFERS, Offer


@pytest.mark.parametrize("row", OFFERS, ids=lambda row: f"{row.vendor}-{row.resource}")
def test_a_row_names_its_source(row: Offer) -> None:
    assert row.vendor in providers.BY_NAME
    assert datetime.date(2025, 1, 1) <= datetime.date.fromisoformat(row.date)
    assert re.match(r"https://\S+\.\S+", row.page)
    assert bool(row.instead) is not row.offered, "what is not there has an alternative"


def test_no_two_rows_speak_of_the_same() -> None:
    names = [(row.vendor, row.resource) for row in OFFERS]
    assert len(names) == len(set(names))


def test_what_is_denied_names_page_date_and_alternative() -> None:
    with pytest.raises(NotOfferedError) as caught:
        offered.check(providers.DEEPSEEK, "audio")
    row = offered.find("deepseek", "audio")
    assert row is not None
    for part in ("DeepSeek", "'audio'", row.page, row.date, row.instead):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("vendor", "resource"),
    [("deepseek", "responses"), ("deepseek", "files"), ("openai", "images"), ("generic", "audio")],
)
def test_what_is_offered_or_not_known_passes(vendor: str, resource: str) -> None:
    offered.check(providers.BY_NAME[vendor], resource)


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/embeddings", "embeddings"),
        ("images/generations?a=b", "images"),
        ("/files/f-1", "files"),
        ("/files/f-1/content", "files.content"),
        ("/files/f-1/content/", "files.content"),
        ("/files?a=/b/c", "files"),
        ("/fine-tunes", "fine_tuning"),
        ("/fine_tuning/jobs", "fine_tuning"),
        ("/chat/completions", "chat"),
    ],
)
def test_the_resource_of_a_path(path: str, resource: str) -> None:
    assert offered.resource_of(path) == resource
    assert (resource.partition(".")[0] in offered.FIRST_PARTS) is (resource != "chat")
