"""The names below ``openai.types.responses``, as data: those of openai 3.57.0.

Behind the name of a kind stands the ``type`` by which a server marks it (``|`` parts several), or
``object:`` and what stands in ``object``; the rest is said in ``names``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Dict

from .._native_class import leaf_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._native_class import NativeNames

RESPONSES = """
    ApplyPatchTool=apply_patch CompactedResponse=object:response.compaction ComputerAction~any
    ComputerActionList~any ComputerTool=computer ComputerUsePreviewTool=computer_use_preview
    ContainerAuto=container_auto ContainerNetworkPolicyAllowlist=allowlist
    ContainerNetworkPolicyDisabled=disabled ContainerNetworkPolicyDomainSecret
    ContainerReference=container_reference CustomTool=custom EasyInputMessage
    FileSearchTool=file_search FunctionShellTool=shell FunctionTool=function ImageDetail~str
    InlineSkill=inline InlineSkillSource=base64
    InputTokenCountResponse=object:response.input_tokens LocalEnvironment=local LocalSkill
    McpToolCallError~any NamespaceTool=namespace ParsedContent~any
    ParsedResponse=object:response ParsedResponseFunctionToolCall=function_call
    ParsedResponseOutputItem~any ParsedResponseOutputMessage=message
    ParsedResponseOutputText=output_text Response=object:response
    ResponseApplyPatchToolCall=apply_patch_call
    ResponseApplyPatchToolCallOutput=apply_patch_call_output
    ResponseAudioDeltaEvent=response.audio.delta ResponseAudioDoneEvent=response.audio.done
    ResponseAudioTranscriptDeltaEvent=response.audio.transcript.delta
    ResponseAudioTranscriptDoneEvent=response.audio.transcript.done
    ResponseCodeInterpreterCallCodeDeltaEvent=response.code_interpreter_call_code.delta
    ResponseCodeInterpreterCallCodeDoneEvent=response.code_interpreter_call_code.done
    ResponseCodeInterpreterCallCompletedEvent=response.code_interpreter_call.completed
    ResponseCodeInterpreterCallInProgressEvent=response.code_interpreter_call.in_progress
    ResponseCodeInterpreterCallInterpretingEvent=response.code_interpreter_call.interpreting
    ResponseCodeInterpreterToolCall=code_interpreter_call
    ResponseCompactionCompactingEvent=response.compaction.compacting
    ResponseCompactionItem=compaction ResponseCompletedEvent=response.completed
    ResponseComputerToolCall=computer_call
    ResponseComputerToolCallOutputItem=computer_call_output
    ResponseComputerToolCallOutputScreenshot=computer_screenshot
    ResponseConfigurationUpdateItem=configuration_update
    ResponseContainerReference=container_reference
    ResponseContentPartAddedEvent=response.content_part.added
    ResponseContentPartDoneEvent=response.content_part.done
    ResponseCreatedEvent=response.created ResponseCustomToolCall=custom_tool_call
    ResponseCustomToolCallInputDeltaEvent=response.custom_tool_call_input.delta
    ResponseCustomToolCallInputDoneEvent=response.custom_tool_call_input.done
    ResponseCustomToolCallItem=custom_tool_call
    ResponseCustomToolCallOutput=custom_tool_call_output
    ResponseCustomToolCallOutputItem=custom_tool_call_output ResponseError
    ResponseErrorEvent=error ResponseFailedEvent=response.failed
    ResponseFileSearchCallCompletedEvent=response.file_search_call.completed
    ResponseFileSearchCallInProgressEvent=response.file_search_call.in_progress
    ResponseFileSearchCallSearchingEvent=response.file_search_call.searching
    ResponseFileSearchToolCall=file_search_call ResponseFormatTextConfig~any
    ResponseFormatTextJSONSchemaConfig=json_schema
    ResponseFunctionCallArgumentsDeltaEvent=response.function_call_arguments.delta
    ResponseFunctionCallArgumentsDoneEvent=response.function_call_arguments.done
    ResponseFunctionCallOutputItem~any ResponseFunctionCallOutputItemList~any
    ResponseFunctionShellCallOutputContent ResponseFunctionShellToolCall=shell_call
    ResponseFunctionShellToolCallOutput=shell_call_output ResponseFunctionToolCall=function_call
    ResponseFunctionToolCallItem=function_call
    ResponseFunctionToolCallOutputItem=function_call_output
    ResponseFunctionWebSearch=web_search_call
    ResponseImageGenCallCompletedEvent=response.image_generation_call.completed
    ResponseImageGenCallGeneratingEvent=response.image_generation_call.generating
    ResponseImageGenCallInProgressEvent=response.image_generation_call.in_progress
    ResponseImageGenCallPartialImageEvent=response.image_generation_call.partial_image
    ResponseInProgressEvent=response.in_progress ResponseIncludable~str
    ResponseIncompleteEvent=response.incomplete ResponseInput~any ResponseInputAudio=input_audio
    ResponseInputContent~any ResponseInputFile=input_file ResponseInputFileContent=input_file
    ResponseInputImage=input_image ResponseInputImageContent=input_image ResponseInputItem~any
    ResponseInputMessageContentList~any ResponseInputMessageItem=message
    ResponseInputText=input_text ResponseInputTextContent=input_text ResponseItem~any
    ResponseItemList=object:list ResponseLocalEnvironment=local
    ResponseMcpCallArgumentsDeltaEvent=response.mcp_call_arguments.delta
    ResponseMcpCallArgumentsDoneEvent=response.mcp_call_arguments.done
    ResponseMcpCallCompletedEvent=response.mcp_call.completed
    ResponseMcpCallFailedEvent=response.mcp_call.failed
    ResponseMcpCallInProgressEvent=response.mcp_call.in_progress
    ResponseMcpListToolsCompletedEvent=response.mcp_list_tools.completed
    ResponseMcpListToolsFailedEvent=response.mcp_list_tools.failed
    ResponseMcpListToolsInProgressEvent=response.mcp_list_tools.in_progress
    ResponseOutputItem~any ResponseOutputItemAddedEvent=response.output_item.added
    ResponseOutputItemDoneEvent=response.output_item.done ResponseOutputMessage=message
    ResponseOutputRefusal=refusal ResponseOutputText=output_text
    ResponseOutputTextAnnotationAddedEvent=response.output_text.annotation.added ResponsePrompt
    ResponseQueuedEvent=response.queued ResponseReasoningItem=reasoning
    ResponseReasoningSummaryPartAddedEvent=response.reasoning_summary_part.added
    ResponseReasoningSummaryPartDoneEvent=response.reasoning_summary_part.done
    ResponseReasoningSummaryTextDeltaEvent=response.reasoning_summary_text.delta
    ResponseReasoningSummaryTextDoneEvent=response.reasoning_summary_text.done
    ResponseReasoningTextDeltaEvent=response.reasoning_text.delta
    ResponseReasoningTextDoneEvent=response.reasoning_text.done
    ResponseRefusalDeltaEvent=response.refusal.delta
    ResponseRefusalDoneEvent=response.refusal.done
    ResponseShellCallCommandAddedEvent=response.shell_call_command.added
    ResponseShellCallCommandDeltaEvent=response.shell_call_command.delta
    ResponseShellCallCommandDoneEvent=response.shell_call_command.done
    ResponseShellCallOutputContentDeltaEvent=response.shell_call_output_content.delta
    ResponseShellCallOutputContentDoneEvent=response.shell_call_output_content.done
    ResponseStatus~str ResponseSteerAcceptedEvent=response.steer.accepted
    ResponseSteerErrorCode~str ResponseSteerEvent=response.steer
    ResponseSteerFailedEvent=response.steer.failed ResponseSteerInput~any
    ResponseSteerInputContent~any ResponseSteerPendingEvent=response.steer.pending
    ResponseSteerPendingReason~str ResponseSteerRequiredInput~any ResponseStreamEvent~any
    ResponseTextConfig ResponseTextDeltaEvent=response.output_text.delta
    ResponseTextDoneEvent=response.output_text.done ResponseToolSearchCall=tool_search_call
    ResponseToolSearchOutputItem=tool_search_output ResponseUsage
    ResponseWebSearchCallCompletedEvent=response.web_search_call.completed
    ResponseWebSearchCallInProgressEvent=response.web_search_call.in_progress
    ResponseWebSearchCallSearchingEvent=response.web_search_call.searching
    ResponsesClientEvent~any ResponsesServerEvent~any ServiceTier~str
    SkillReference=skill_reference Tool~any ToolChoiceAllowed=allowed_tools
    ToolChoiceApplyPatch=apply_patch ToolChoiceCustom=custom ToolChoiceFunction=function
    ToolChoiceMcp=mcp ToolChoiceOptions~str ToolChoiceShell=shell ToolChoiceTypes
    ToolSearchOutputNamespaceTool=namespace ToolSearchTool=tool_search
    WebSearchPreviewTool=web_search_preview|web_search_preview_2025_03_11
    WebSearchTool=web_search|web_search_2025_08_26
"""


def natives_of(mark: str) -> NativeNames:
    """The SDK's class for what a server marks with this ``type``; empty where none is known."""
    name = _names_by_mark().get(mark)
    return ((f"openai.types.responses.{leaf_name(name)}", name),) if name else ()


@lru_cache(maxsize=None)
def _names_by_mark() -> Dict[str, str]:
    """Of several names the shortest is the one that servers send; those of ``parse`` are others."""
    names: Dict[str, str] = {}
    for token in RESPONSES.split():
        name, _, marks = token.partition("=")
        for mark in marks.split("|") if name.startswith("Response") else ():
            if mark and len(name) < len(names.get(mark, name * 2)):
                names[mark] = name
    return names
