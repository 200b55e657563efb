"""dsadapter: Python code of any openai generation talks to DeepSeek, whatever SDK is installed.

    from dsadapter import OpenAI          # modern code
    import dsadapter as openai            # code written for openai 0.28

Importing this package imports nothing else; every name is loaded when it is first used.
PYTEST_DONT_REWRITE: pytest would warn when a program that it runs has dsadapter loaded already.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Mapping, Optional, Union

    from . import api_requestor as api_requestor
    from . import api_resources as api_resources
    from . import datalib as datalib
    from . import embeddings_utils as embeddings_utils
    from . import error as error
    from . import object_classes as object_classes
    from . import openai_object as openai_object
    from . import openai_response as openai_response
    from . import util as util
    from . import version as version
    from ._client import AsyncOpenAI as AsyncDeepSeek
    from ._client import AsyncOpenAI as AsyncOpenAI
    from ._client import OpenAI as DeepSeek
    from ._client import OpenAI as OpenAI
    from ._client import balance as balance
    from ._client import chat as chat
    from ._client import completions as completions
    from ._client import models as models
    from ._errors import APIConnectionError as APIConnectionError
    from ._errors import APIError as APIError
    from ._errors import APIResponseError as APIResponseError
    from ._errors import APIResponseValidationError as APIResponseValidationError
    from ._errors import APIStatusError as APIStatusError
    from ._errors import APITimeoutError as APITimeoutError
    from ._errors import AuthenticationError as AuthenticationError
    from ._errors import BackendUnavailableError as BackendUnavailableError
    from ._errors import BackendWarning as BackendWarning
    from ._errors import BadRequestError as BadRequestError
    from ._errors import ConflictError as ConflictError
    from ._errors import CredentialsError as CredentialsError
    from ._errors import HttpClientError as HttpClientError
    from ._errors import InsufficientBalanceError as InsufficientBalanceError
    from ._errors import InternalServerError as InternalServerError
    from ._errors import InvalidArgumentError as InvalidArgumentError
    from ._errors import LegacyInvalidRequestError as InvalidRequestError
    from ._errors import NotFoundError as NotFoundError
    from ._errors import NotOfferedError as NotOfferedError
    from ._errors import OpenAIError as OpenAIError
    from ._errors import PermissionDeniedError as PermissionDeniedError
    from ._errors import RateLimitError as RateLimitError
    from ._errors import RepairWarning as RepairWarning
    from ._errors import ServerBusyError as ServerBusyError
    from ._errors import StreamTruncatedError as StreamTruncatedError
    from ._errors import UnprocessableEntityError as UnprocessableEntityError
    from ._install import install as install
    from ._install import uninstall as uninstall
    from ._legacy import Audio as Audio
    from ._legacy import ChatCompletion as ChatCompletion
    from ._legacy import Completion as Completion
    from ._legacy import Customer as Customer
    from ._legacy import Deployment as Deployment
    from ._legacy import Edit as Edit
    from ._legacy import Embedding as Embedding
    from ._legacy import Engine as Engine
    from ._legacy import ErrorObject as ErrorObject
    from ._legacy import File as File
    from ._legacy import FineTune as FineTune
    from ._legacy import FineTuningJob as FineTuningJob
    from ._legacy import Image as Image
    from ._legacy import Model as Model
    from ._legacy import Moderation as Moderation
    from ._legacy.settings import aiosession as aiosession
    from ._legacy.version import VERSION as VERSION
    from ._selection import selection as selection
    from ._stream import AsyncStream as AsyncStream
    from ._stream import Stream as Stream
    from ._version import __version__ as __version__

    api_key: Optional[str]
    api_base: Optional[str]
    base_url: Optional[str]
    backend: Optional[str]
    provider: Optional[str]
    repair: Optional[str]
    model_map: Union[str, Mapping[str, str], None]
    timeout: Any
    idle_timeout: Optional[float]
    deadline: Optional[float]
    max_retries: Optional[int]
    organization: Optional[str]
    project: Optional[str]
    default_headers: Optional[Mapping[str, str]]
    default_query: Optional[Mapping[str, Any]]

# Where each public name lives; loaded on first use.
_LAZY = {
    "OpenAI": "_client",
    "AsyncOpenAI": "_client",
    "DeepSeek": "_client:OpenAI",
    "AsyncDeepSeek": "_client:AsyncOpenAI",
    "chat": "_client",
    "completions": "_client",
    "models": "_client",
    "balance": "_client",
    "selection": "_selection",
    "Stream": "_stream",
    "AsyncStream": "_stream",
    "__version__": "_version",
    "InvalidRequestError": "_errors:LegacyInvalidRequestError",
    "VERSION": "_legacy.version",
    "aiosession": "_legacy.settings",
    "install": "_install",
    "uninstall": "_install",
}
_LAZY.update(
    dict.fromkeys(
        "APIConnectionError APIError APIResponseError APIResponseValidationError APIStatusError "
        "APITimeoutError AuthenticationError BackendUnavailableError BackendWarning "
        "BadRequestError ConflictError CredentialsError HttpClientError InsufficientBalanceError "
        "InternalServerError InvalidArgumentError NotFoundError NotOfferedError OpenAIError "
        "PermissionDeniedError RateLimitError RepairWarning ServerBusyError StreamTruncatedError "
        "UnprocessableEntityError".split(),
        "_errors",
    )
)
_LAZY.update(
    dict.fromkeys(
        "Audio ChatCompletion Completion Customer Deployment Edit Embedding Engine ErrorObject "
        "File FineTune FineTuningJob Image Model Moderation".split(),
        "_legacy",
    )
)
_MODULES = (
    "error",
    "testing",
    # Modules that openai 0.28 has; each of these files stands for one in _legacy.
    "api_requestor",
    "api_resources",
    "datalib",
    "embeddings_utils",
    "object_classes",
    "openai_object",
    "openai_response",
    "util",
    "version",
)

if not TYPE_CHECKING:
    __all__ = [name for name in (*_LAZY, *_MODULES) if name[0] != "_" and name != "testing"]

    def __getattr__(name):
        from importlib import import_module

        if name in _LAZY:
            module, _, attribute = _LAZY[name].partition(":")
            value = getattr(import_module("dsadapter." + module), attribute or name)
        elif name in _MODULES:
            value = import_module("dsadapter." + name)
        elif name.startswith("_"):
            raise AttributeError("module 'dsadapter' has no attribute %r" % name)
        else:
            return import_module("dsadapter._selection").module_attribute(name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *_LAZY, *_MODULES})
