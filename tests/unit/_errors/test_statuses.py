"""The exception class for each HTTP error status."""

from __future__ import annotations

import pytest

import dsadapter
from dsadapter._errors.statuses import STATUS_CLASSES, class_for_status


@pytest.mark.parametrize("status", range(400, 600))
def test_every_status_has_a_class(status: int) -> None:
    cls = class_for_status(status)
    assert issubclass(cls, dsadapter.APIStatusError)
    assert issubclass(cls, dsadapter.InternalServerError) == (status >= 500)
    assert issubclass(cls, dsadapter.BadRequestError) == (status == 400)


@pytest.mark.parametrize("status", [status for status in STATUS_CLASSES if status != 415])
def test_a_class_of_its_own_knows_its_status(status: int) -> None:
    assert class_for_status(status)("m").http_status in (status, None)
    assert class_for_status(status)("m", http_status=status).status_code == status
