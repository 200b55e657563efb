from ..._response.types import ChatCompletionChunk as ChatCompletionChunk
from ..._response.types import ChoiceDelta as ChoiceDelta
from ..._response.types import ChoiceDeltaFunctionCall as ChoiceDeltaFunctionCall
from ..._response.types import ChoiceDeltaToolCall as ChoiceDeltaToolCall
from ..._response.types import ChoiceDeltaToolCallFunction as ChoiceDeltaToolCallFunction
from ..._response.types import ChunkChoice, ChunkLogprobs
from ..._response.types import CompletionUsage as CompletionUsage

Choice = ChunkChoice
ChoiceLogprobs = ChunkLogprobs
