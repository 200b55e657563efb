"""The names below ``openai.types``, as data: those of openai 3.57.0.

Each stands in the package and in a module named after it: ``ChatCompletion`` in ``types.chat`` and
in ``types.chat.chat_completion``. What a name is, is behind it: nothing for a kind of object that a
server sends, ``~str``, ``~dict`` and ``~any`` for what only annotations need, ``~params`` for
what a program sends. Names that end in Param or Params are of the last kind and stand nowhere:
there are modules for all of them.
"""

from __future__ import annotations

from typing import Dict

from .._response.response_names import RESPONSES
from .names_admin_agents_live import ADMIN_AGENTS_LIVE
from .names_without_calls import WITHOUT_CALLS

NAMES: Dict[str, str] = {
    "types": """
        AudioModel~str AudioResponseFormat~str Batch BatchError BatchRequestCounts
        BatchUsage ChatModel~str Completion CompletionChoice CompletionUsage ContainerCreateResponse
        ContainerListResponse ContainerRetrieveResponse ContentProvenanceCheck
        CreateEmbeddingResponse Decision DeletedSkill Embedding EmbeddingModel~str
        EvalCreateResponse EvalCustomDataSourceConfig EvalDeleteResponse EvalListResponse
        EvalRetrieveResponse EvalStoredCompletionsDataSourceConfig EvalUpdateResponse
        FileChunkingStrategy~any FileContent~str FileDeleted FileObject FilePurpose~str
        Image ImageEditCompletedEvent=image_edit.completed
        ImageEditPartialImageEvent=image_edit.partial_image ImageEditStreamEvent~any
        ImageGenCompletedEvent=image_generation.completed
        ImageGenPartialImageEvent=image_generation.partial_image ImageGenStreamEvent~any
        ImageModel~str ImagesResponse Model ModelDeleted Moderation ModerationCreateResponse
        ModerationModel~str OtherFileChunkingStrategyObject Skill SkillList
        StaticFileChunkingStrategy StaticFileChunkingStrategyObject Upload VectorStore
        VectorStoreDeleted VectorStoreSearchResponse Video VideoCreateCharacterResponse
        VideoCreateError VideoDeleteResponse VideoGetCharacterResponse VideoModel~str
        VideoSeconds~str VideoSize~str
    """,
    "types.chat": """
        ChatCompletion ChatCompletionAudio ChatCompletionChunk
        ChatCompletionContentPartImage ChatCompletionContentPartText ChatCompletionDeleted
        ChatCompletionFunctionTool ChatCompletionMessage ChatCompletionMessageCustomToolCall
        ChatCompletionMessageFunctionToolCall ChatCompletionMessageToolCall
        ChatCompletionMessageToolCallUnion~any ChatCompletionModality~str
        ChatCompletionReasoningEffort~str ChatCompletionRole~str ChatCompletionStoreMessage
        ChatCompletionTokenLogprob ParsedChatCompletion ParsedChatCompletionMessage
        ParsedChoice ParsedFunction ParsedFunctionToolCall
    """,
    "types.shared": """
        AllModels~str ChatModel~str ComparisonFilter CompoundFilter
        CustomToolInputFormat~any DecisionInputJSON DecisionQuestionInputImage
        DecisionQuestionInputPart~any DecisionQuestionInputText ErrorObject
        FunctionDefinition FunctionParameters~dict Metadata~dict OAuthErrorCode~str
        Reasoning ReasoningEffort~str ResponseFormatJSONObject ResponseFormatJSONSchema
        ResponseFormatText ResponseFormatTextGrammar ResponseFormatTextPython
        ResponsesModel~str
    """,
    "types.shared_params": """
        ChatModel~str ComparisonFilter~params CompoundFilter~params
        CustomToolInputFormat~any DecisionInputJSON~params DecisionQuestionInputImage~params
        DecisionQuestionInputPart~any DecisionQuestionInputText~params
        FunctionDefinition~params FunctionParameters~dict Metadata~dict OAuthErrorCode~str
        Reasoning~params ReasoningEffort~str ResponseFormatJSONObject~params
        ResponseFormatJSONSchema~params ResponseFormatText~params ResponsesModel~str
    """,
    "types.audio": """
        SpeechModel~str Transcription TranscriptionCreateResponse~any TranscriptionDiarized
        TranscriptionDiarizedSegment=transcript.text.segment TranscriptionInclude~str
        TranscriptionLanguage TranscriptionSegment TranscriptionStreamEvent~any
        TranscriptionTextDeltaEvent=transcript.text.delta
        TranscriptionTextDoneEvent=transcript.text.done
        TranscriptionTextSegmentEvent=transcript.text.segment TranscriptionVerbose
        TranscriptionWord Translation TranslationCreateResponse~any TranslationVerbose Voice
        VoiceConsent VoiceConsentDeleted VoiceDeleted
    """,
    "types.responses": RESPONSES,
    **WITHOUT_CALLS,
    **ADMIN_AGENTS_LIVE,
}
# Packages in whose modules any further class is made when it is asked for.
ON_DEMAND = frozenset(("types.responses", *WITHOUT_CALLS, *ADMIN_AGENTS_LIVE))
# Modules with further names of their own.
LEAVES: Dict[str, str] = {
    "types.batch": "Errors",
    "types.batch_usage": "InputTokensDetails OutputTokensDetails",
    "types.completion_choice": "Logprobs",
    "types.completion_usage": "CompletionTokensDetails PromptTokensDetails",
    "types.create_embedding_response": "Usage",
    "types.image_edit_completed_event": "UsageInputTokensDetails Usage",
    "types.image_gen_completed_event": "UsageInputTokensDetails Usage",
    "types.images_response": "SvgUsage UsageInputTokensDetails UsageOutputTokensDetails Usage",
    "types.moderation": "Categories CategoryAppliedInputTypes CategoryScores",
    "types.vector_store": "FileCounts ExpiresAfter",
    "types.vector_store_search_response": "Content",
    "types.video_create_error": "MisalignmentSteer Misalignment",
    "types.chat.chat_completion": """
        Metadata~dict ChoiceLogprobs Choice ModerationInputModerationResultsResult
        ModerationInputModerationResults ModerationInputError ModerationInput~any
        ModerationOutputModerationResultsResult ModerationOutputModerationResults
        ModerationOutputError ModerationOutput~any Moderation
    """,
    "types.chat.chat_completion_chunk": """
        ChoiceDeltaAudio ChoiceDeltaFunctionCall ChoiceDeltaToolCallFunction
        ChoiceDeltaToolCall ChoiceDelta ChoiceLogprobs Choice
        ModerationInputModerationResultsResult ModerationInputModerationResults
        ModerationInputError ModerationInput~any ModerationOutputModerationResultsResult
        ModerationOutputModerationResults ModerationOutputError ModerationOutput~any
        Moderation
    """,
    "types.chat.chat_completion_content_part_image": "ImageURL PromptCacheBreakpoint",
    "types.chat.chat_completion_content_part_text": "PromptCacheBreakpoint",
    "types.chat.chat_completion_message": "AnnotationURLCitation Annotation FunctionCall",
    "types.chat.chat_completion_message_custom_tool_call": "Custom",
    "types.chat.chat_completion_message_function_tool_call": "Function",
    "types.chat.chat_completion_message_tool_call": "Function",
    "types.chat.chat_completion_reasoning_effort": "ReasoningEffort~str",
    "types.chat.chat_completion_store_message": "ChatCompletionStoreMessageContentPart~any",
    "types.chat.chat_completion_token_logprob": "TopLogprob",
    "types.chat.parsed_chat_completion": "ContentType~any",
    "types.shared.compound_filter": "Filter~any",
    "types.shared.custom_tool_input_format": "Text Grammar",
    "types.shared.error_object": "MisalignmentSteer Misalignment",
    "types.shared.response_format_json_schema": "JSONSchema",
    "types.shared_params.compound_filter": "Filter~any",
    "types.shared_params.custom_tool_input_format": "Text~params Grammar~params",
    "types.shared_params.response_format_json_schema": "JSONSchema~params",
    "types.audio.transcription": """
        Logprob UsageTokensInputTokenDetails UsageTokens UsageDuration Usage~any
    """,
    "types.audio.transcription_diarized": """
        UsageTokensInputTokenDetails UsageTokens UsageDuration Usage~any
    """,
    "types.audio.transcription_text_delta_event": "Logprob",
    "types.audio.transcription_text_done_event": "Logprob UsageInputTokenDetails Usage",
    "types.audio.transcription_verbose": "Usage",
}
# The fields of what programs build most; they and others may be set in the rest, too.
FIELDS: Dict[str, str] = {
    "ChatCompletionAllowedToolChoiceParam": "allowed_tools type",
    "ChatCompletionAllowedToolsParam": "mode tools",
    "ChatCompletionAssistantMessageParam": (
        "role audio content function_call name refusal tool_calls"
    ),
    "ChatCompletionAudioParam": "format voice",
    "ChatCompletionContentPartImageParam": "image_url type prompt_cache_breakpoint",
    "ChatCompletionContentPartInputAudioParam": "input_audio type prompt_cache_breakpoint",
    "ChatCompletionContentPartRefusalParam": "refusal type",
    "ChatCompletionContentPartTextParam": "text type prompt_cache_breakpoint",
    "ChatCompletionCustomToolParam": "custom type",
    "ChatCompletionDeveloperMessageParam": "content role name",
    "ChatCompletionFunctionCallOptionParam": "name",
    "ChatCompletionFunctionMessageParam": "content name role",
    "ChatCompletionFunctionToolParam": "function type",
    "ChatCompletionMessageCustomToolCallParam": "id custom type",
    "ChatCompletionMessageFunctionToolCallParam": "id function type",
    "ChatCompletionMessageToolCallParam": "id function type",
    "ChatCompletionNamedToolChoiceCustomParam": "custom type",
    "ChatCompletionNamedToolChoiceParam": "function type",
    "ChatCompletionPredictionContentParam": "content type",
    "ChatCompletionStreamOptionsParam": "include_obfuscation include_usage",
    "ChatCompletionSystemMessageParam": "content role name",
    "ChatCompletionToolMessageParam": "content role tool_call_id",
    "ChatCompletionToolParam": "function type",
    "ChatCompletionUserMessageParam": "content role name",
    "CompletionListParams": "after limit metadata model order",
    "CompletionUpdateParams": "metadata",
}
# Those that are one of several others.
UNIONS: Dict[str, str] = {
    "ChatCompletionContentPartParam": """
        ChatCompletionContentPartTextParam ChatCompletionContentPartImageParam
        ChatCompletionContentPartInputAudioParam File
    """,
    "ChatCompletionMessageParam": """
        ChatCompletionDeveloperMessageParam ChatCompletionSystemMessageParam
        ChatCompletionUserMessageParam ChatCompletionAssistantMessageParam
        ChatCompletionToolMessageParam ChatCompletionFunctionMessageParam
    """,
    "ChatCompletionMessageToolCallUnionParam": """
        ChatCompletionMessageFunctionToolCallParam ChatCompletionMessageCustomToolCallParam
    """,
    "ChatCompletionToolChoiceOptionParam": """
        str ChatCompletionAllowedToolChoiceParam ChatCompletionNamedToolChoiceParam
        ChatCompletionNamedToolChoiceCustomParam
    """,
    "ChatCompletionToolUnionParam": """
        ChatCompletionFunctionToolParam ChatCompletionCustomToolParam
    """,
    "CreateChatCompletionRequestMessageParam": """
        ChatCompletionDeveloperMessageParam ChatCompletionSystemMessageParam
        ChatCompletionUserMessageParam ChatCompletionAssistantMessageParam
        ChatCompletionToolMessageParam ChatCompletionFunctionMessageParam
    """,
}
# Kinds that have other names here, below their module or everywhere.
OURS: Dict[str, str] = {
    "ChatCompletionMessageCustomToolCall": "CustomToolCall",
    "ChatCompletionMessageFunctionToolCall": "ToolCall",
    "ChatCompletionMessageToolCall": "ToolCall",
    "types.CompletionChoice": "TextChoice",
    "types.Moderation": "ModerationResult",
    "types.chat.chat_completion_chunk.Choice": "ChunkChoice",
    "types.chat.chat_completion_chunk.ChoiceLogprobs": "ChunkLogprobs",
    "types.completion_choice.Logprobs": "TextLogprobs",
    "types.create_embedding_response.Usage": "EmbeddingUsage",
}
