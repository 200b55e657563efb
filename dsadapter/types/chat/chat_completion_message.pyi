from ..._response.types import Annotation as Annotation
from ..._response.types import AnnotationURLCitation as AnnotationURLCitation
from ..._response.types import ChatCompletionMessage as ChatCompletionMessage
from ..._response.types import FunctionCall as FunctionCall
