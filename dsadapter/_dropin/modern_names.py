"""The names of openai >= 1 beside its types, as data: what real files import at their top.

Module below ``openai`` -> the names in it. A name alone is the package's own of that name;
``Name=place`` stands in a module of ours, ``Name=place:other`` under another name there.
"""

from __future__ import annotations

from typing import Dict

from . import resources_without_calls as without_calls

_STAND_INS = "_dropin.stand_ins"
_MARKERS = "NOT_GIVEN NotGiven Omit not_given omit"
_CLIENTS = "OpenAI AsyncOpenAI Client AsyncClient"
_STREAMS = "Stream AsyncStream"
_HTTP_CLIENTS = (
    f"DefaultHttpxClient={_STAND_INS} DefaultAsyncHttpxClient={_STAND_INS} "
    f"DefaultAioHttpClient={_STAND_INS}"
)
_DEFAULTS = (
    f"DEFAULT_TIMEOUT={_STAND_INS} DEFAULT_MAX_RETRIES=_settings.values:DEFAULT_RETRIES "
    f"DEFAULT_CONNECTION_LIMITS={_STAND_INS}"
)
_ALIASES = " ".join(
    f"{name}={_STAND_INS}"
    for name in ("NoneType", "ProxiesTypes", "RequestOptions", "Timeout", "Transport")
)
_NEVER_RAISED = " ".join(
    f"{name}={_STAND_INS}"
    for name in (
        "InvalidWebhookSignatureError OAuthError SubjectTokenProviderError "
        "WebSocketConnectionClosedError WebSocketQueueFullError"
    ).split()
)
_ERRORS = """
    APIConnectionError APIError APIResponseValidationError APIStatusError APITimeoutError
    AuthenticationError BadRequestError ConflictError ContentFilterFinishReasonError
    InternalServerError LengthFinishReasonError NotFoundError OpenAIError PermissionDeniedError
    RateLimitError UnprocessableEntityError
"""
_RESPONSES = "APIResponse=_response.raw_response AsyncAPIResponse=_response.raw_response"
_PAGES = """
    SyncPage=_response.pages:Page AsyncPage=_response.pages:Page
    SyncCursorPage=_response.pages:CursorPage
    AsyncCursorPage=_response.pages:CursorPage
"""
_BINARY = "HttpxBinaryResponseContent=_response.binary:BinaryResponse"
_BASE_MODEL = "BaseModel=_response.base_model"
_CHAT, _ASYNC_CHAT = "_client.resources", "_client.async_resources"
_OF_CHAT = (
    f"Chat={_CHAT} AsyncChat={_ASYNC_CHAT} Completions={_CHAT} AsyncCompletions={_ASYNC_CHAT}"
)
_OF_TEXT = (
    f"Completions={_CHAT}:TextCompletions AsyncCompletions={_ASYNC_CHAT}:AsyncTextCompletions"
)
_OF_MODELS = f"Models={_CHAT} AsyncModels={_ASYNC_CHAT}"
# Module below ``resources`` -> the file of ours, and the groups of calls that it has.
_RESOURCES = {
    "embeddings": ("embeddings", "Embeddings AsyncEmbeddings"),
    "moderations": ("embeddings", "Moderations AsyncModerations"),
    "files": ("files", "Files AsyncFiles"),
    "batches": ("files", "Batches AsyncBatches"),
    "images": ("media", "Images AsyncImages"),
    "audio": (
        "media",
        "Audio AsyncAudio Speech AsyncSpeech Transcriptions AsyncTranscriptions "
        "Translations AsyncTranslations",
    ),
    "audio.audio": ("media", "Audio AsyncAudio"),
    "audio.speech": ("media", "Speech AsyncSpeech"),
    "audio.transcriptions": ("media", "Transcriptions AsyncTranscriptions"),
    "audio.translations": ("media", "Translations AsyncTranslations"),
    "responses": ("responses", "Responses AsyncResponses InputItems AsyncInputItems"),
    "responses.input_items": ("responses", "InputItems AsyncInputItems"),
    "responses.responses": ("responses", "Responses AsyncResponses"),
}
_OF_RESOURCES = {
    f"resources.{module}": " ".join(f"{name}=_client.{file}" for name in names.split())
    for module, (file, names) in _RESOURCES.items()
}
_WITHOUT_CALLS = {f"resources.{module}": names for module, names in without_calls.modules()}
_MESSAGES, _VOICES, _TOKENS = map(
    without_calls.places, ("Messages", "VoiceConsents Voices", "InputTokens")
)
_EVENTS = " ".join(
    f"{name}=_response.stream_events"
    for name in (
        "ChunkEvent ContentDeltaEvent ContentDoneEvent FunctionToolCallArgumentsDeltaEvent "
        "FunctionToolCallArgumentsDoneEvent LogprobsContentDeltaEvent LogprobsContentDoneEvent "
        "LogprobsRefusalDeltaEvent LogprobsRefusalDoneEvent RefusalDeltaEvent RefusalDoneEvent"
    ).split()
)
_CHAT_STREAMS = "ChatCompletionStreamState=_response.completion_state " + " ".join(
    f"{name}=_client.completion_stream"
    for name in (
        "ChatCompletionStream AsyncChatCompletionStream ChatCompletionStreamManager "
        "AsyncChatCompletionStreamManager"
    ).split()
)
_SNAPSHOTS = " ".join(
    f"Parsed{kind}Snapshot=_response.parsed:Parsed{kind}"
    for kind in ("ChatCompletion", "ChatCompletionMessage", "Choice")
)
_EVENT = f"ChatCompletionStreamEvent={_STAND_INS}"
_RESPONSE_STREAMS = "ResponseStreamState=_response.response_state " + " ".join(
    f"{name}=_client.response_stream"
    for name in (
        "ResponseStream AsyncResponseStream ResponseStreamManager AsyncResponseStreamManager"
    ).split()
)
_SCHEMAS = "to_strict_json_schema=_response.output_types:schema_of"
_FORMATS = "type_to_response_format_param=_response.output_types:response_format_param"

# Modules of the SDK's that are not here, though programs may ask for them beside openai < 1.
NOT_HERE = frozenset("_compat _files _module_client _qs _resource auth helpers providers".split())
MODULES: Dict[str, str] = {
    "": f"""
        {_MARKERS} {_CLIENTS} {_STREAMS} {_ERRORS} {_HTTP_CLIENTS} {_DEFAULTS} {_ALIASES}
        {_RESPONSES} {_BINARY} {_BASE_MODEL} AzureOpenAI AsyncAzureOpenAI pydantic_function_tool
        file_from_path={_STAND_INS} __title__={_STAND_INS} {_NEVER_RAISED}
    """,
    "_base_client": f"""
        {_HTTP_CLIENTS} {_DEFAULTS} {_PAGES} {_STREAMS} {_MARKERS} BaseClient=_client.client:_Client
        SyncAPIClient=_client.client:OpenAI AsyncAPIClient=_client.async_client:AsyncOpenAI
        SyncHttpxClientWrapper={_STAND_INS}:DefaultHttpxClient
        AsyncHttpxClientWrapper={_STAND_INS}:DefaultAsyncHttpxClient
    """,
    "_client": f"{_CLIENTS} {_STREAMS} {_ERRORS} {_MARKERS} {_ALIASES}",
    "_constants": f"{_DEFAULTS} RAW_RESPONSE_HEADER={_STAND_INS}",
    "_exceptions": f"{_ERRORS} {_NEVER_RAISED}",
    "_legacy_response": f"LegacyAPIResponse=_response.raw_response:RawResponse {_BINARY}",
    "_models": _BASE_MODEL,
    "_response": _RESPONSES,
    "_streaming": _STREAMS,
    "_types": f"""
        {_MARKERS} {_ALIASES} Body={_STAND_INS} FileContent={_STAND_INS} FileTypes={_STAND_INS}
        Headers={_STAND_INS} Query={_STAND_INS} ModelT={_STAND_INS} ResponseT={_STAND_INS}
    """,
    "_utils": " ".join(
        f"{name}={_STAND_INS}"
        for name in (
            "async_maybe_transform file_from_path is_dict is_given is_list is_mapping "
            "maybe_transform"
        ).split()
    ),
    "_version": f"__title__={_STAND_INS} __version__={_STAND_INS}",
    "lib": f"pydantic_function_tool ResponseFormatT={_STAND_INS}",
    "lib._old_api": f"APIRemovedInV1={_STAND_INS}",
    "lib._parsing": _FORMATS,
    "lib._parsing._completions": f"{_FORMATS} ResponseFormatT={_STAND_INS}",
    "lib._pydantic": _SCHEMAS,
    "lib._tools": "pydantic_function_tool",
    "lib.azure": f"""
        AzureOpenAI AsyncAzureOpenAI AzureADTokenProvider={_STAND_INS}
        AsyncAzureADTokenProvider={_STAND_INS}
    """,
    "lib.streaming": "",
    "lib.streaming.chat": f"{_EVENTS} {_CHAT_STREAMS} {_SNAPSHOTS} {_EVENT}",
    "lib.streaming.chat._completions": _CHAT_STREAMS,
    "lib.streaming.chat._events": f"{_EVENTS} {_EVENT}",
    "lib.streaming.chat._types": _SNAPSHOTS,
    "lib.streaming.responses": _RESPONSE_STREAMS,
    "lib.streaming.responses._responses": _RESPONSE_STREAMS,
    "pagination": _PAGES,
    "resources": " ".join(
        (
            f"Chat={_CHAT} AsyncChat={_ASYNC_CHAT} {_OF_TEXT} {_OF_MODELS}",
            *_OF_RESOURCES.values(),
            without_calls.TOP,
        )
    ),
    **_WITHOUT_CALLS,
    **_OF_RESOURCES,
    "resources.audio": f"{_OF_RESOURCES['resources.audio']} {_VOICES}",
    "resources.responses": f"{_OF_RESOURCES['resources.responses']} {_TOKENS}",
    "resources.chat": _OF_CHAT,
    "resources.chat.chat": f"Chat={_CHAT} AsyncChat={_ASYNC_CHAT}",
    "resources.chat.completions": f"Completions={_CHAT} AsyncCompletions={_ASYNC_CHAT} {_MESSAGES}",
    "resources.chat.completions.completions": f"Completions={_CHAT} AsyncCompletions={_ASYNC_CHAT}",
    "resources.completions": _OF_TEXT,
    "resources.models": _OF_MODELS,
}
