"""What is missing when an extra was not installed, in one wording everywhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

from .._distribution import extra_hint


class MissingExtraError(ImportError):
    """A part of dsadapter was used without the packages it needs; the message installs them."""


@contextmanager
def require_extra(by: str, extra: str, *packages: str) -> Iterator[None]:
    """Imports inside the block may fail for want of ``packages``: one sentence says so."""
    try:
        yield
    except ImportError as err:
        missing = (err.name or "").partition(".")[0]
        if missing not in packages:
            raise
        raise MissingExtraError(
            f"{by} needs {missing}, which is not installed: {extra_hint(extra)}",
            name=err.name,
        ) from None
