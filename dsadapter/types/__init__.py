"""The names of ``openai.types``: kinds of objects that a server sends, and what programs send.

    from dsadapter.types.chat import ChatCompletion, ChatCompletionMessageParam

With an SDK or without one they are the adapter's own: what its clients give is of these classes.
"""

from __future__ import annotations

import sys

from .._types.modules import add_finder, fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict

    from .._response.account_types import Model as Model
    from .._response.resource_types import Batch as Batch
    from .._response.resource_types import BatchRequestCounts as BatchRequestCounts
    from .._response.resource_types import CreateEmbeddingResponse as CreateEmbeddingResponse
    from .._response.resource_types import Embedding as Embedding
    from .._response.resource_types import FileDeleted as FileDeleted
    from .._response.resource_types import FileObject as FileObject
    from .._response.resource_types import Image as Image
    from .._response.resource_types import ImagesResponse as ImagesResponse
    from .._response.resource_types import ModerationCreateResponse as ModerationCreateResponse
    from .._response.text_types import Completion as Completion
    from .._response.text_types import TextChoice
    from .._response.types import CompletionUsage as CompletionUsage
    from . import chat as chat

    CompletionChoice = TextChoice
    ChatModel = str
    ReasoningEffort = str
    FunctionParameters = Dict[str, Any]
    Metadata = Dict[str, str]

    def __getattr__(name: str) -> Any: ...

else:
    fill(sys.modules[__name__], "types")
    add_finder()
