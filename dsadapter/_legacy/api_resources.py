"""``openai.api_resources`` of 0.28: all resource classes."""

from __future__ import annotations

from .files import File
from .objects import ErrorObject
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
from .uploads import Audio, Image

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
]
