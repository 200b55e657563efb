"""What the models can do, as LangChain asks it (``model.profile``)."""

from __future__ import annotations

from typing import Any, Dict, Optional

from langchain_core import language_models

# GET /models, September 2026, and the pages of the models. The API has no json_schema format, so
# structured output goes by tools.
_COMMON: Dict[str, Any] = {
    "max_input_tokens": 1_048_576,
    "max_output_tokens": 393_216,
    "text_inputs": True,
    "image_inputs": False,
    "audio_inputs": False,
    "video_inputs": False,
    "text_outputs": True,
    "image_outputs": False,
    "audio_outputs": False,
    "video_outputs": False,
    "reasoning_output": True,
    "tool_calling": True,
    "structured_output": False,
}
_FLASH = {**_COMMON, "image_inputs": True}
_PROFILES = {
    "deepseek-flash": _FLASH,
    "deepseek-v4-flash": _FLASH,
    "deepseek-v4-flash-vision-exp": _FLASH,
    "deepseek-v4-pro": _COMMON,
    "deepseek-chat": {**_FLASH, "reasoning_output": False},
    "deepseek-reasoner": _FLASH,
}


def profile_of(name: str) -> Optional[Dict[str, Any]]:
    """The profile of a model, with the keys that this langchain-core knows; None if unknown."""
    profile = _PROFILES.get(name)
    known = getattr(getattr(language_models, "ModelProfile", None), "__annotations__", None)
    if profile is None or known is None:
        return None
    return {key: value for key, value in profile.items() if key in known}
