"""The fields of what the Responses API sends, as data: of each ``type`` those of openai 3.57.0's
model. A dump has None for those that the server left out, as the SDK's do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Dict, Tuple

FIELDS: Dict[str, str] = {
    "apply_patch_call": "id call_id operation status caller created_by",
    "apply_patch_call_output": "id call_id status caller created_by output",
    "code_interpreter_call": "id code container_id outputs status",
    "compaction": "id encrypted_content created_by",
    "computer_call": "id call_id pending_safety_checks status action actions",
    "computer_call_output": "id call_id output status acknowledged_safety_checks created_by",
    "computer_screenshot": "file_id image_url",
    "configuration_update": "id reasoning text",
    "container_reference": "container_id",
    "custom_tool_call": "call_id input name id async_ caller namespace",
    "custom_tool_call_output": "call_id output id caller",
    "error": "code message param sequence_number",
    "file_search_call": "id queries status results",
    "function_call": "arguments call_id name id async_ caller namespace status",
    "function_call_output": "id output status call_id caller created_by name namespace",
    "input_audio": "input_audio",
    "input_file": "detail file_data file_id file_url filename prompt_cache_breakpoint",
    "input_image": "detail file_id image_url prompt_cache_breakpoint",
    "input_text": "text prompt_cache_breakpoint",
    "json_schema": "name schema_ description strict",
    "local": "",
    "message": "id content role status phase",
    "output_text": "annotations text logprobs",
    "reasoning": "id summary content encrypted_content status",
    "refusal": "refusal",
    "response.audio.delta": "delta sequence_number",
    "response.audio.done": "sequence_number",
    "response.audio.transcript.delta": "delta sequence_number",
    "response.audio.transcript.done": "sequence_number",
    "response.code_interpreter_call.completed": "item_id output_index sequence_number",
    "response.code_interpreter_call.in_progress": "item_id output_index sequence_number",
    "response.code_interpreter_call.interpreting": "item_id output_index sequence_number",
    "response.code_interpreter_call_code.delta": "delta item_id output_index sequence_number",
    "response.code_interpreter_call_code.done": "code item_id output_index sequence_number",
    "response.compaction.compacting": "item_id output_index sequence_number",
    "response.completed": "response sequence_number",
    "response.content_part.added": "content_index item_id output_index part sequence_number",
    "response.content_part.done": "content_index item_id output_index part sequence_number",
    "response.created": "response sequence_number",
    "response.custom_tool_call_input.delta": "delta item_id output_index sequence_number",
    "response.custom_tool_call_input.done": "input item_id output_index sequence_number",
    "response.failed": "response sequence_number",
    "response.file_search_call.completed": "item_id output_index sequence_number",
    "response.file_search_call.in_progress": "item_id output_index sequence_number",
    "response.file_search_call.searching": "item_id output_index sequence_number",
    "response.function_call_arguments.delta": "delta item_id output_index sequence_number",
    "response.function_call_arguments.done": "arguments item_id output_index sequence_number",
    "response.image_generation_call.completed": "item_id output_index sequence_number",
    "response.image_generation_call.generating": "item_id output_index sequence_number",
    "response.image_generation_call.in_progress": "item_id output_index sequence_number",
    "response.image_generation_call.partial_image": (
        "item_id output_index partial_image_b64 partial_image_index sequence_number background "
        "output_format quality size"
    ),
    "response.in_progress": "response sequence_number",
    "response.incomplete": "response sequence_number",
    "response.mcp_call.completed": "item_id output_index sequence_number",
    "response.mcp_call.failed": "item_id output_index sequence_number",
    "response.mcp_call.in_progress": "item_id output_index sequence_number",
    "response.mcp_call_arguments.delta": "delta item_id output_index sequence_number",
    "response.mcp_call_arguments.done": "arguments item_id output_index sequence_number",
    "response.mcp_list_tools.completed": "item_id output_index sequence_number",
    "response.mcp_list_tools.failed": "item_id output_index sequence_number",
    "response.mcp_list_tools.in_progress": "item_id output_index sequence_number",
    "response.output_item.added": "item output_index sequence_number",
    "response.output_item.done": "item output_index sequence_number",
    "response.output_text.annotation.added": (
        "annotation annotation_index content_index item_id output_index sequence_number"
    ),
    "response.output_text.delta": (
        "content_index delta item_id logprobs output_index sequence_number"
    ),
    "response.output_text.done": (
        "content_index item_id logprobs output_index sequence_number text"
    ),
    "response.queued": "response sequence_number",
    "response.reasoning_summary_part.added": (
        "item_id output_index part sequence_number summary_index"
    ),
    "response.reasoning_summary_part.done": (
        "item_id output_index part sequence_number summary_index status"
    ),
    "response.reasoning_summary_text.delta": (
        "delta item_id output_index sequence_number summary_index"
    ),
    "response.reasoning_summary_text.done": (
        "item_id output_index sequence_number summary_index text"
    ),
    "response.reasoning_text.delta": "content_index delta item_id output_index sequence_number",
    "response.reasoning_text.done": "content_index item_id output_index sequence_number text",
    "response.refusal.delta": "content_index delta item_id output_index sequence_number",
    "response.refusal.done": "content_index item_id output_index refusal sequence_number",
    "response.shell_call_command.added": "command command_index output_index sequence_number",
    "response.shell_call_command.delta": (
        "command_index delta output_index sequence_number obfuscation"
    ),
    "response.shell_call_command.done": "command command_index output_index sequence_number",
    "response.shell_call_output_content.delta": (
        "command_index delta item_id output_index sequence_number"
    ),
    "response.shell_call_output_content.done": (
        "command_index item_id output output_index sequence_number"
    ),
    "response.steer": "input previous_response_id",
    "response.steer.accepted": "sequence_number steer stream_id",
    "response.steer.failed": "error sequence_number steer stream_id",
    "response.steer.pending": "reason required_input sequence_number steer stream_id",
    "response.web_search_call.completed": "item_id output_index sequence_number",
    "response.web_search_call.in_progress": "item_id output_index sequence_number",
    "response.web_search_call.searching": "item_id output_index sequence_number",
    "shell_call": "id action call_id environment status caller created_by",
    "shell_call_output": "id call_id max_output_length output status caller created_by",
    "tool_search_call": "id arguments call_id execution status created_by",
    "tool_search_output": "id call_id execution status tools created_by",
    "web_search_call": "id action status",
}


@lru_cache(maxsize=None)
def fields_of(mark: str) -> Tuple[str, ...]:
    """The fields of what is marked with this ``type``; none where it is not known."""
    return ("type", *FIELDS[mark].split()) if mark in FIELDS else ()
