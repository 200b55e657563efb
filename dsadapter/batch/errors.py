"""Why a job cannot begin or go on: sentences in both languages, English as an exception."""

from __future__ import annotations

from .._errors.tree import OpenAIError
from .._texts.text import Text


class BatchError(OpenAIError):
    """A job cannot begin, or cannot go on; ``text`` is the sentence in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class InputError(BatchError):
    """The input cannot be read, or rows of it are wrong; nothing was sent."""


class StateError(BatchError):
    """The state beside the output is of another job, of another version, damaged or in use."""


class StorageError(BatchError):
    """The disk is full or fails; what was written before is there."""
