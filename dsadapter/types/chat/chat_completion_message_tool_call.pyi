from ..._response.types import Function as Function
from ..._response.types import ToolCall

ChatCompletionMessageToolCall = ToolCall
