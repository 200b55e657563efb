from ..._response.types import ChatCompletion as ChatCompletion
from ..._response.types import ChatCompletionMessage as ChatCompletionMessage
from ..._response.types import Choice as Choice
from ..._response.types import ChoiceLogprobs as ChoiceLogprobs
from ..._response.types import CompletionUsage as CompletionUsage
