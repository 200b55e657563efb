from ..._response.chunk_types import ChatCompletionChunk as ChatCompletionChunk
from ..._response.chunk_types import ChoiceDelta as ChoiceDelta
from ..._response.chunk_types import ChoiceDeltaFunctionCall as ChoiceDeltaFunctionCall
from ..._response.chunk_types import ChoiceDeltaToolCall as ChoiceDeltaToolCall
from ..._response.chunk_types import ChoiceDeltaToolCallFunction as ChoiceDeltaToolCallFunction
from ..._response.chunk_types import ChunkChoice, ChunkLogprobs
from ..._response.types import CompletionUsage as CompletionUsage

Choice = ChunkChoice
ChoiceLogprobs = ChunkLogprobs
