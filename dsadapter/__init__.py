"""dsadapter: Python code of any openai generation talks to DeepSeek, whatever SDK is installed.

    from dsadapter import OpenAI          # modern code
    import dsadapter as openai            # code written for openai 0.28

Importing this package imports nothing else; every name is loaded when it is first used.
PYTEST_DONT_REWRITE: pytest would warn when a program that it runs has dsadapter loaded already.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import api_requestor as api_requestor
    from . import api_resources as api_resources
    from . import batch as batch
    from . import datalib as datalib
    from . import embeddings_utils as embeddings_utils
    from . import error as error
    from . import object_classes as object_classes
    from . import openai_object as openai_object
    from . import openai_response as openai_response
    from . import prices as prices
    from . import types as types
    from . import util as util
    from . import version as version
    from ._call.stream import AsyncStream as AsyncStream
    from ._call.stream import Stream as Stream
    from ._call.telemetry import CallRecord as CallRecord
    from ._call.telemetry import on_call as on_call
    from ._client.async_client import AsyncOpenAI as AsyncOpenAI
    from ._client.azure import AsyncAzureOpenAI as AsyncAzureOpenAI
    from ._client.azure import AzureOpenAI as AzureOpenAI
    from ._client.client import OpenAI as OpenAI
    from ._client.module_client import balance as balance
    from ._client.module_client import chat as chat
    from ._client.module_client import completions as completions
    from ._client.module_client import models as models
    from ._client.module_settings import selection as selection
    from ._dropin import install as install
    from ._dropin import uninstall as uninstall
    from ._dropin.notebook import load_ipython_extension as load_ipython_extension
    from ._dropin.notebook import unload_ipython_extension as unload_ipython_extension
    from ._dropin.stand_ins import DefaultAsyncHttpxClient as DefaultAsyncHttpxClient
    from ._dropin.stand_ins import DefaultHttpxClient as DefaultHttpxClient
    from ._errors.parsing import ContentFilterFinishReasonError as ContentFilterFinishReasonError
    from ._errors.parsing import LengthFinishReasonError as LengthFinishReasonError
    from ._errors.tree import APIConnectionError as APIConnectionError
    from ._errors.tree import APIError as APIError
    from ._errors.tree import APIResponseError as APIResponseError
    from ._errors.tree import APIResponseValidationError as APIResponseValidationError
    from ._errors.tree import APIStatusError as APIStatusError
    from ._errors.tree import APITimeoutError as APITimeoutError
    from ._errors.tree import AuthenticationError as AuthenticationError
    from ._errors.tree import BackendUnavailableError as BackendUnavailableError
    from ._errors.tree import BackendWarning as BackendWarning
    from ._errors.tree import BadRequestError as BadRequestError
    from ._errors.tree import ConflictError as ConflictError
    from ._errors.tree import CredentialsError as CredentialsError
    from ._errors.tree import HttpClientError as HttpClientError
    from ._errors.tree import InsufficientBalanceError as InsufficientBalanceError
    from ._errors.tree import InternalServerError as InternalServerError
    from ._errors.tree import InvalidArgumentError as InvalidArgumentError
    from ._errors.tree import NotFoundError as NotFoundError
    from ._errors.tree import NotOfferedError as NotOfferedError
    from ._errors.tree import OpenAIError as OpenAIError
    from ._errors.tree import PermissionDeniedError as PermissionDeniedError
    from ._errors.tree import RateLimitError as RateLimitError
    from ._errors.tree import RepairWarning as RepairWarning
    from ._errors.tree import ServerBusyError as ServerBusyError
    from ._errors.tree import StreamClosedError as StreamClosedError
    from ._errors.tree import StreamTruncatedError as StreamTruncatedError
    from ._errors.tree import UnprocessableEntityError as UnprocessableEntityError
    from ._legacy.api_resources import Audio as Audio
    from ._legacy.api_resources import ChatCompletion as ChatCompletion
    from ._legacy.api_resources import Completion as Completion
    from ._legacy.api_resources import Customer as Customer
    from ._legacy.api_resources import Deployment as Deployment
    from ._legacy.api_resources import Edit as Edit
    from ._legacy.api_resources import Embedding as Embedding
    from ._legacy.api_resources import Engine as Engine
    from ._legacy.api_resources import ErrorObject as ErrorObject
    from ._legacy.api_resources import File as File
    from ._legacy.api_resources import FineTune as FineTune
    from ._legacy.api_resources import FineTuningJob as FineTuningJob
    from ._legacy.api_resources import Image as Image
    from ._legacy.api_resources import Model as Model
    from ._legacy.api_resources import Moderation as Moderation
    from ._legacy.settings import *  # noqa: F403  # 0.28's settings, likewise
    from ._legacy.settings import aiosession as aiosession
    from ._legacy.version import VERSION as VERSION
    from ._not_given import NOT_GIVEN as NOT_GIVEN
    from ._not_given import NotGiven as NotGiven
    from ._not_given import Omit as Omit
    from ._not_given import not_given as not_given
    from ._not_given import omit as omit
    from ._response.base_model import BaseModel as BaseModel
    from ._response.chunk_types import ChatCompletionChunk as ChatCompletionChunk
    from ._response.output_types import pydantic_function_tool as pydantic_function_tool
    from ._settings.table import *  # noqa: F403  # the settings, as globals of this package
    from ._version import __version__ as __version__
    from .error import InvalidRequestError as InvalidRequestError

    Client = OpenAI
    DeepSeek = OpenAI
    AsyncClient = AsyncOpenAI
    AsyncDeepSeek = AsyncOpenAI

# Where each public name lives; loaded on first use.
_LAZY = {
    "OpenAI": "_client.client",
    "AsyncOpenAI": "_client.async_client",
    "DeepSeek": "_client.client:OpenAI",
    "AsyncDeepSeek": "_client.async_client:AsyncOpenAI",
    "Client": "_client.client:OpenAI",
    "AsyncClient": "_client.async_client:AsyncOpenAI",
    "AzureOpenAI": "_client.azure",
    "AsyncAzureOpenAI": "_client.azure",
    "chat": "_client.module_client",
    "completions": "_client.module_client",
    "models": "_client.module_client",
    "balance": "_client.module_client",
    "selection": "_client.module_settings",
    "CallRecord": "_call.telemetry",
    "on_call": "_call.telemetry",
    "Stream": "_call.stream",
    "AsyncStream": "_call.stream",
    "ChatCompletionChunk": "_response.chunk_types",
    **dict.fromkeys("NOT_GIVEN NotGiven Omit not_given omit".split(), "_not_given"),
    "__version__": "_version",
    "InvalidRequestError": "error",
    "ContentFilterFinishReasonError": "_errors.parsing",
    "LengthFinishReasonError": "_errors.parsing",
    "pydantic_function_tool": "_response.output_types",
    "VERSION": "_legacy.version",
    "aiosession": "_legacy.settings",
    "install": "_dropin",
    "uninstall": "_dropin",
    "load_ipython_extension": "_dropin.notebook",
    "unload_ipython_extension": "_dropin.notebook",
}
_LAZY.update(
    dict.fromkeys(
        "APIConnectionError APIError APIResponseError APIResponseValidationError APIStatusError "
        "APITimeoutError AuthenticationError BackendUnavailableError BackendWarning "
        "BadRequestError ConflictError CredentialsError HttpClientError InsufficientBalanceError "
        "InternalServerError InvalidArgumentError NotFoundError NotOfferedError OpenAIError "
        "PermissionDeniedError RateLimitError RepairWarning ServerBusyError StreamClosedError "
        "StreamTruncatedError UnprocessableEntityError".split(),
        "_errors.tree",
    )
)
_LAZY.update(
    dict.fromkeys(
        "Audio ChatCompletion Completion Customer Deployment Edit Embedding Engine ErrorObject "
        "File FineTune FineTuningJob Image Model Moderation".split(),
        "_legacy.api_resources",
    )
)
# Names that a star import leaves alone: httpx comes with some, programs have a BaseModel.
_BY_NAME = {
    "BaseModel": "_response.base_model",
    "DefaultAsyncHttpxClient": "_dropin.stand_ins",
    "DefaultHttpxClient": "_dropin.stand_ins",
}
_MODULES = (
    "types",
    "batch",
    "error",
    "prices",
    "testing",
    # Modules that openai 0.28 has; each of these files stands for one in _legacy. They are files,
    # because type checkers find ``import dsadapter.util`` in no other way.
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
# Settings that a star import gives: those of 0.28's own ``__all__``.
_LEGACY_SETTINGS = (
    "api_base api_key api_key_path api_type api_version app_info ca_bundle_path debug "
    "enable_telemetry log organization proxy verify_ssl_certs".split()
)

if not TYPE_CHECKING:
    __all__ = [name for name in (*_LAZY, *_MODULES) if name[0] != "_" and name != "testing"]
    __all__ += _LEGACY_SETTINGS

    def __getattr__(name):
        from importlib import import_module

        if name in _LAZY or name in _BY_NAME:
            module, _, attribute = (_LAZY.get(name) or _BY_NAME[name]).partition(":")
            value = getattr(import_module("dsadapter." + module), attribute or name)
        elif name in _MODULES:
            value = import_module("dsadapter." + name)
        elif name.startswith("_"):
            raise AttributeError("module 'dsadapter' has no attribute %r" % name)
        else:
            return import_module("dsadapter._client.module_settings").module_attribute(name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *_LAZY, *_BY_NAME, *_MODULES})
