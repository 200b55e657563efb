"""What ``create`` of 0.28 gives, for type checkers: at run time all of it is an OpenAIObject."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._response import chunk_types, text_types, types
    from .objects import OpenAIObject

    class ChatCompletionObject(types.ChatCompletion, OpenAIObject):  # type: ignore[misc]
        """The reply of ``ChatCompletion.create``."""

    class ChatCompletionChunkObject(  # type: ignore[misc]
        chunk_types.ChatCompletionChunk, OpenAIObject
    ):
        """A chunk of its stream."""

    class CompletionObject(text_types.Completion, OpenAIObject):  # type: ignore[misc]
        """The reply of ``Completion.create``, or a chunk of its stream."""
