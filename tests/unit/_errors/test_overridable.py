"""Attributes of errors that are computed until somebody sets them."""

from __future__ import annotations

from dsadapter._errors.overridable import OverridableProperty


class Example:
    @OverridableProperty
    def size(self) -> int:
        """Of the example."""
        return 1


def test_computed_until_it_is_set() -> None:
    example = Example()
    assert example.size == 1
    example.size = 2  # type: ignore[misc]
    assert (example.size, Example().size) == (2, 1)


def test_it_documents_itself_on_the_class() -> None:
    assert Example.size.__doc__ == "Of the example."  # type: ignore[attr-defined]
