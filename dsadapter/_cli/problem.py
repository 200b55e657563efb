"""What a command cannot do, said without a traceback."""

from __future__ import annotations

from .._texts.text import Text


class Problem(Exception):
    """A file or an argument that cannot be used; ``text`` says which and why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def reason(err: OSError) -> str:
    """Why a file could not be read or written, in the system's words."""
    return err.strerror or type(err).__name__
