"""The legacy face: what ``import openai`` gave in 0.27 and 0.28, on every backend."""

from __future__ import annotations

from .objects import ErrorObject, OpenAIObject
from .resources import (
    ChatCompletion,
    Completion,
    Customer,
    Deployment,
    Edit,
    Embedding,
    Engine,
    FineTune,
    FineTuningJob,
    Model,
    Moderation,
)
from .uploads import Audio, File, Image

__all__ = [
    "Audio",
    "ChatCompletion",
    "Completion",
    "Customer",
    "Deployment",
    "Edit",
    "Embedding",
    "Engine",
    "ErrorObject",
    "File",
    "FineTune",
    "FineTuningJob",
    "Image",
    "Model",
    "Moderation",
    "OpenAIObject",
]
