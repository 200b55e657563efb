"""What files of programs and libraries import of openai >= 1 at their top, by how often they do:
clients, types of chat, errors, streams, then what frameworks take from its inside."""

from __future__ import annotations

IMPORTS = """
from openai import OpenAI, AsyncOpenAI
from openai import AzureOpenAI, AsyncAzureOpenAI
from openai import AsyncClient, Client
from openai import Stream, AsyncStream
from openai import NOT_GIVEN, NotGiven
from openai import Omit, not_given, omit
from openai import Timeout
from openai import DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT
from openai import DefaultAsyncHttpxClient, DefaultHttpxClient
from openai import DefaultAioHttpClient
from openai import APIResponse, AsyncAPIResponse, BaseModel
from openai import NoneType, RequestOptions, Transport, __title__, __version__, file_from_path
from openai import APIConnectionError, APIStatusError, APITimeoutError, RateLimitError
from openai import ContentFilterFinishReasonError, LengthFinishReasonError, pydantic_function_tool
from openai import types, resources, pagination, lib
from openai.types import Completion, CompletionChoice, CompletionUsage
from openai.types import CreateEmbeddingResponse, Embedding, ImagesResponse, Model
from openai.types import FileObject, Batch, ModerationCreateResponse
from openai.types import FunctionDefinition, FunctionParameters, Metadata, ReasoningEffort
from openai.types import ResponseFormatJSONObject, ResponseFormatText
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessage
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionToolParam
from openai.types.chat import ChatCompletionMessageFunctionToolCall, ChatCompletionMessageToolCall
from openai.types.chat import ChatCompletionAssistantMessageParam, ChatCompletionSystemMessageParam
from openai.types.chat import ChatCompletionToolMessageParam, ChatCompletionUserMessageParam
from openai.types.chat import ChatCompletionContentPartParam, ChatCompletionContentPartTextParam
from openai.types.chat import ChatCompletionToolChoiceOptionParam, ChatCompletionToolUnionParam
from openai.types.chat import ChatCompletionReasoningEffort, ChatCompletionRole
from openai.types.chat import completion_create_params
from openai.types.chat import ParsedChatCompletion, ParsedChatCompletionMessage, ParsedChoice
from openai.types.chat.chat_completion import ChatCompletion, Choice, ChoiceLogprobs
from openai.types.chat.chat_completion_chunk import ChatCompletionChunk, Choice, ChoiceDelta
from openai.types.chat.chat_completion_chunk import ChoiceDeltaToolCall, ChoiceDeltaToolCallFunction
from openai.types.chat.chat_completion_content_part_image_param import ImageURL
from openai.types.chat.chat_completion_content_part_param import File, FileFile
from openai.types.chat.chat_completion_message import ChatCompletionMessage, FunctionCall
from openai.types.chat.chat_completion_message import Annotation, AnnotationURLCitation
from openai.types.chat.chat_completion_message_function_tool_call import Function
from openai.types.chat.chat_completion_message_param import ChatCompletionMessageParam
from openai.types.chat.chat_completion_message_tool_call import ChatCompletionMessageToolCall
from openai.types.chat.chat_completion_token_logprob import ChatCompletionTokenLogprob, TopLogprob
from openai.types.chat.chat_completion_tool_param import ChatCompletionToolParam
from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming
from openai.types.chat.completion_create_params import ResponseFormat
from openai.types.chat.parsed_chat_completion import ContentType, ParsedChatCompletion
from openai.types.chat_model import ChatModel
from openai.types.completion_choice import Logprobs
from openai.types.completion_usage import CompletionTokensDetails, PromptTokensDetails
from openai.types.create_embedding_response import CreateEmbeddingResponse, Usage
from openai.types.embedding_create_params import EmbeddingCreateParams
from openai.types.image_generate_params import ImageGenerateParams
from openai.types.shared import Reasoning, ReasoningEffort
from openai.types.shared.chat_model import ChatModel
from openai.types.shared_params import FunctionDefinition, ResponseFormatJSONSchema
from openai.types.shared_params.response_format_json_schema import JSONSchema
from openai.types.audio import Transcription, TranscriptionVerbose
from openai.types.beta import Assistant, AssistantStreamEvent, Thread
from openai.types.beta.assistant_create_params import ToolResources
from openai.types.beta.realtime.session import Session
from openai.types.beta.threads import Message, Run, Text
from openai.types.beta.threads.message_create_params import Attachment
from openai.types.beta.threads.run import LastError, Run
from openai.types.beta.threads.runs import RunStep, ToolCall
from openai.types.conversations import Conversation
from openai.types.evals.run_create_params import RunCreateParams
from openai.types.fine_tuning import FineTuningJob, FineTuningJobEvent
from openai.types.fine_tuning.job_create_params import Hyperparameters
from openai.types.graders import StringCheckGrader
from openai.types.realtime import RealtimeServerEvent, RealtimeSessionCreateRequestParam
from openai.types.vector_stores import VectorStoreFile
from openai.types.webhooks import UnwrapWebhookEvent
from openai.lib.streaming.responses import AsyncResponseStream, ResponseStream
from openai.types.audio.speech_create_params import SpeechCreateParams
from openai.types.responses import Response, ResponseStreamEvent, ResponseTextDeltaEvent
from openai.types.responses import FunctionTool, ResponseFunctionToolCall, ResponseOutputMessage
from openai.types.responses import ResponseInputItemParam, ResponseInputParam, ToolParam
from openai.types.responses.response import IncompleteDetails, Response
from openai.types.responses.response_create_params import ToolChoice
from openai.types.responses.response_usage import InputTokensDetails, ResponseUsage
from openai._base_client import AsyncAPIClient, BaseClient, SyncAPIClient
from openai._base_client import DEFAULT_CONNECTION_LIMITS, DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT
from openai._base_client import AsyncHttpxClientWrapper, SyncHttpxClientWrapper
from openai._client import AsyncOpenAI, OpenAI
from openai._constants import DEFAULT_MAX_RETRIES, RAW_RESPONSE_HEADER
from openai._exceptions import APIError, APIStatusError, OpenAIError
from openai._legacy_response import HttpxBinaryResponseContent, LegacyAPIResponse
from openai._models import BaseModel
from openai._response import APIResponse, AsyncAPIResponse
from openai._streaming import AsyncStream, Stream
from openai._types import NOT_GIVEN, Body, FileTypes, Headers, NotGiven, Query
from openai._types import ModelT, ResponseT, Timeout
from openai._utils import is_given, is_list, is_mapping, maybe_transform
from openai._version import __version__
from openai.lib._old_api import APIRemovedInV1
from openai.lib._parsing._completions import type_to_response_format_param
from openai.lib._pydantic import to_strict_json_schema
from openai.lib.azure import AsyncAzureOpenAI, AzureADTokenProvider, AzureOpenAI
from openai.lib.streaming.chat import AsyncChatCompletionStream, ChatCompletionStream
from openai.lib.streaming.chat import ChatCompletionStreamEvent, ChatCompletionStreamState
from openai.lib.streaming.chat import ChunkEvent, ContentDeltaEvent, ContentDoneEvent
from openai.pagination import AsyncCursorPage, AsyncPage, SyncCursorPage, SyncPage
from openai.resources import AsyncChat, AsyncCompletions, Chat, Completions, Models
from openai.resources.chat import AsyncCompletions, Completions
from openai.resources.chat.completions import AsyncCompletions, Completions
from openai.resources.chat.completions.completions import Completions
from openai.resources.completions import Completions
from openai.resources.models import AsyncModels, Models
from openai.resources import AsyncEmbeddings, Embeddings, Files, Images
from openai.resources.audio import Audio, Speech, Transcriptions
from openai.resources.embeddings import AsyncEmbeddings, Embeddings
from openai.resources.responses import AsyncResponses, Responses
from openai.resources.responses.responses import Responses
import openai.resources.chat.completions
import openai.types.chat
""".strip().splitlines()
