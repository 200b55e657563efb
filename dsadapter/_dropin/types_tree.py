"""``openai.types.chat`` and its like where no openai >= 1 is installed: enough for annotations,
``isinstance`` and the typed dicts of messages."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Dict

from .._not_given import NOT_GIVEN, NotGiven, Omit, not_given, omit
from .._response import types as response_types

_CHAT = {
    "ChatCompletion": response_types.ChatCompletion,
    "ChatCompletionChunk": response_types.ChatCompletionChunk,
    "ChatCompletionMessage": response_types.ChatCompletionMessage,
    "ChatCompletionMessageToolCall": response_types.ToolCall,
    "ChatCompletionMessageFunctionToolCall": response_types.ToolCall,
}
# Dotted name below ``openai`` -> names in it. Where one is missing, a name that ends in "Param" is
# ``dict``: the SDK's are typed dicts, which at run time are dicts as well.
TYPES: Dict[str, Dict[str, Any]] = {
    "types": {
        "Completion": response_types.Completion,
        "CompletionChoice": response_types.TextChoice,
        "CompletionUsage": response_types.CompletionUsage,
        "Model": response_types.Model,
    },
    "types.chat": _CHAT,
    "types.chat.chat_completion": {**_CHAT, "Choice": response_types.Choice},
    "types.chat.chat_completion_chunk": {
        **_CHAT,
        "Choice": response_types.ChunkChoice,
        "ChoiceDelta": response_types.ChoiceDelta,
        "ChoiceDeltaToolCall": response_types.ChoiceDeltaToolCall,
    },
    "types.chat.chat_completion_message": {
        **_CHAT,
        "FunctionCall": response_types.Function,
    },
    "types.chat.chat_completion_message_param": {},
    "types.chat.chat_completion_message_tool_call": {**_CHAT, "Function": response_types.Function},
    "types.chat.chat_completion_tool_param": {},
    "types.completion": {"Completion": response_types.Completion},
    "types.completion_usage": {"CompletionUsage": response_types.CompletionUsage},
    "types.model": {"Model": response_types.Model},
    "_types": {
        "NOT_GIVEN": NOT_GIVEN,
        "NotGiven": NotGiven,
        "Omit": Omit,
        "omit": omit,
        "not_given": not_given,
    },
}
PACKAGES = ("types", "types.chat")


def modules() -> Dict[str, ModuleType]:
    """Fresh modules under their full names; each is an attribute of its parent."""
    modules_by_name: Dict[str, ModuleType] = {}
    for name, names in TYPES.items():
        module = modules_by_name[f"openai.{name}"] = ModuleType(f"openai.{name}")
        vars(module).update(names, __dsadapter__=True, __getattr__=_params_of(module.__name__))
        if name in PACKAGES:
            vars(module)["__path__"] = []
        parent = modules_by_name.get(module.__name__.rpartition(".")[0])
        if parent is not None:
            vars(parent).setdefault(name.rpartition(".")[2], module)
    return modules_by_name


def _params_of(module: str) -> Any:
    def __getattr__(name: str) -> Any:
        if name.endswith("Param"):
            return dict
        raise AttributeError(
            f"module {module!r} has no attribute {name!r} (dsadapter stands in for openai >= 1 "
            'here; pip install "openai>=1.55.3" brings all of its types)'
        )

    return __getattr__
