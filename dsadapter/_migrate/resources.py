"""The classes of openai 0.28 and what newer SDKs have for them."""

from __future__ import annotations

from typing import Dict, FrozenSet, NamedTuple, Optional, Tuple

OBJECT, ITEMS, STREAM = "object", "items", "stream"


class Method(NamedTuple):
    """``path`` below a client, the arguments that newer SDKs know (None: any), the names of the
    positional ones, whether the reply is an object, and what is read of one that is not."""

    path: str
    arguments: Optional[FrozenSet[str]] = None
    positional: Tuple[str, ...] = ()
    is_object: bool = True
    read: str = ""


def _words(text: str) -> FrozenSet[str]:
    return frozenset(text.split())


# Those that 1.x has, too; what is not here goes into the body by way of extra_body.
CHAT = _words(
    "messages model audio frequency_penalty function_call functions logit_bias logprobs "
    "max_completion_tokens max_tokens metadata modalities n parallel_tool_calls prediction "
    "presence_penalty reasoning_effort response_format seed service_tier stop store stream "
    "stream_options temperature tool_choice tools top_logprobs top_p user"
)
COMPLETION = _words(
    "model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n "
    "presence_penalty seed stop stream stream_options suffix temperature top_p user"
)
EMBEDDING = _words("input model dimensions encoding_format user")
IMAGE = _words("prompt model n quality response_format size style user image mask")
AUDIO = _words("file model language prompt response_format temperature")
NAMED = ("model", "file")

METHODS: Dict[Tuple[str, str], Method] = {
    ("ChatCompletion", "create"): Method("chat.completions.create", CHAT),
    ("Completion", "create"): Method("completions.create", COMPLETION),
    ("Embedding", "create"): Method("embeddings.create", EMBEDDING),
    ("Moderation", "create"): Method(
        "moderations.create", _words("input model"), ("input", "model")
    ),
    ("Image", "create"): Method("images.generate", IMAGE),
    ("Image", "create_edit"): Method("images.edit", IMAGE, ("image",)),
    ("Image", "create_variation"): Method("images.create_variation", IMAGE, ("image",)),
    ("Audio", "transcribe"): Method("audio.transcriptions.create", AUDIO, NAMED),
    ("Audio", "translate"): Method("audio.translations.create", AUDIO, NAMED),
    ("Model", "list"): Method("models.list", _words("")),
    ("Model", "retrieve"): Method("models.retrieve", _words("model"), ("model",)),
    ("Model", "delete"): Method("models.delete", _words("model"), ("model",)),
    ("File", "create"): Method("files.create", _words("file purpose")),
    ("File", "list"): Method("files.list", _words("")),
    ("File", "retrieve"): Method("files.retrieve", _words("file_id"), ("file_id",)),
    ("File", "delete"): Method("files.delete", _words("file_id"), ("file_id",)),
    ("File", "download"): Method(
        "files.content", _words("file_id"), ("file_id",), is_object=False, read=".content"
    ),
    ("FineTuningJob", "create"): Method(
        "fine_tuning.jobs.create",
        _words("model training_file hyperparameters suffix validation_file"),
    ),
    ("FineTuningJob", "list"): Method("fine_tuning.jobs.list", _words("after limit")),
    ("FineTuningJob", "retrieve"): Method(
        "fine_tuning.jobs.retrieve",
        _words("fine_tuning_job_id"),
        ("fine_tuning_job_id",),
    ),
    ("FineTuningJob", "cancel"): Method(
        "fine_tuning.jobs.cancel",
        _words("fine_tuning_job_id"),
        ("fine_tuning_job_id",),
    ),
}
# Where the class itself is assigned to a name, this is what the name stands for.
CLASS_PATHS: Dict[str, str] = {
    "ChatCompletion": "chat.completions",
    "Completion": "completions",
    "Embedding": "embeddings",
    "Moderation": "moderations",
    "Model": "models",
    "File": "files",
    "FineTuningJob": "fine_tuning.jobs",
}
IDS = frozenset({"id", "sid"})  # what the first argument of retrieve and delete was called
STREAMING = ("ChatCompletion", "Completion")
CLASSES = frozenset(
    "Audio ChatCompletion Completion Customer Deployment Edit Embedding Engine ErrorObject File "
    "FineTune FineTuningJob Image Model Moderation".split()
)
INTERNALS = frozenset(
    "api_requestor api_resources datalib embeddings_utils object_classes openai_object "
    "openai_response util validators wandb_logger upload_progress cli".split()
)
DEAD_SETTINGS = frozenset(
    "proxy aiosession requestssession app_info debug log api_key_path enable_telemetry "
    "ca_bundle_path verify_ssl_certs".split()
)
# They never had an effect on a request.
IDLE_SETTINGS = frozenset({"enable_telemetry", "ca_bundle_path", "verify_ssl_certs"})

# --- fields of replies ---------------------------------------------------------------------------

OBJECT_FIELDS = frozenset(
    "message delta usage function_call function logprobs hyperparameters "
    "prompt_tokens_details completion_tokens_details categories category_scores".split()
)
ITEM_FIELDS = frozenset("choices data tool_calls results segments result_files".split())
# Newer SDKs have None for what 0.28 had no attribute for.
OPTIONAL_FIELDS = frozenset(
    "delta function_call tool_calls logprobs reasoning_content refusal error url b64_json "
    "system_fingerprint service_tier annotations audio revised_prompt prompt_tokens_details "
    "completion_tokens_details".split()
)
DISTINCTIVE = frozenset(
    "choices delta finish_reason total_tokens prompt_tokens completion_tokens".split()
)
DICT_METHODS = frozenset("get keys values items pop update copy setdefault popitem clear".split())
# What a dict answers as an object of 0.28 did.
SPECIAL = frozenset("__contains__ __getitem__ __iter__ __len__".split())
TO_DICT = frozenset({"to_dict", "to_dict_recursive"})
NOT_KEPT = frozenset(
    "response_ms organization openai_id typed_api_type api_base_override refresh refresh_from "
    "construct_from last_response api_key api_type api_version engine request arequest".split()
)

# --- errors --------------------------------------------------------------------------------------

# 0.28's class -> the classes that mean the same.
ERRORS: Dict[str, Tuple[str, ...]] = {
    "OpenAIError": ("OpenAIError",),
    "APIConnectionError": ("APIConnectionError",),
    "APIError": ("InternalServerError",),
    "AuthenticationError": ("AuthenticationError",),
    "InvalidRequestError": ("BadRequestError", "NotFoundError"),
    "PermissionError": ("PermissionDeniedError",),
    "RateLimitError": ("RateLimitError",),
    "ServiceUnavailableError": ("InternalServerError",),
    "Timeout": ("APITimeoutError",),
    "TryAgain": ("ConflictError",),
}
OTHER_ERRORS = frozenset({"InvalidAPIType", "SignatureVerificationError"})
# Errors whose text was the message of the server's error object (that of a 503 never was).
STATUS_ERRORS = frozenset(
    "AuthenticationError InvalidRequestError PermissionError RateLimitError TryAgain".split()
)
# Only these are names of the package itself, too.
TOP_LEVEL_ERRORS = frozenset({"APIError", "InvalidRequestError", "OpenAIError"})


def legacy_name(dotted: str) -> str:
    """``openai.ChatCompletion.create`` for each way to reach it, "" for what is not openai's."""
    parts = dotted.split(".")
    if parts[0] != "openai":
        return ""
    if "api_resources" in parts[1:]:
        behind = [part for part in parts[2:] if not part.islower() or part in _METHOD_NAMES]
        return ".".join(["openai", *behind]) if behind else dotted
    return dotted


_METHOD_NAMES = frozenset(name for _, method in METHODS for name in (method, f"a{method}")) | {
    "auto_paging_iter",
    "download",
}


def method_of(dotted: str) -> Optional[Tuple[str, str, bool]]:
    """Class, sync name and whether it is async, of ``openai.ChatCompletion.acreate``."""
    parts = legacy_name(dotted).split(".")
    if len(parts) != 3 or parts[1] not in CLASSES:
        return None
    name = parts[2]
    if (parts[1], name) in METHODS or not name.startswith("a"):
        return parts[1], name, False
    return parts[1], name[1:], True
