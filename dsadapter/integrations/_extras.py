"""What is missing when an extra was not installed, said the same way everywhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

from .._distribution import extra_hint


class MissingExtraError(ImportError):
    """A part of dsadapter was used without the packages it needs; the message installs them."""


@contextmanager
def needed(by: str, extra: str, *packages: str) -> Iterator[None]:
    """Imports inside the block may fail for want of ``packages``: one plain sentence says so."""
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
