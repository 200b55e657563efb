"""What is imported from the package, and its settings."""

# pyright: strict

import dsadapter
from dsadapter import (
    NOT_GIVEN,
    APIError,
    APIStatusError,
    AsyncClient,
    AsyncDeepSeek,
    AsyncOpenAI,
    AsyncStream,
    Client,
    DeepSeek,
    InvalidRequestError,
    NotOfferedError,
    OpenAI,
    RateLimitError,
    RepairWarning,
    Stream,
    omit,
)
from dsadapter.error import InvalidRequestError as OldError
from dsadapter.testing import Emulator

client: OpenAI = DeepSeek(api_key="k")
also: DeepSeek = Client()
asynchronous: AsyncOpenAI = AsyncDeepSeek(api_key="k")
likewise: AsyncClient = AsyncDeepSeek()

dsadapter.api_key = "k"
dsadapter.base_url = "https://api.deepseek.com"
dsadapter.timeout = 30
dsadapter.max_retries = 2
dsadapter.model_map = {"gpt-3.5-turbo": "deepseek-flash"}
dsadapter.default_headers = {"X-Team": "a"}
dsadapter.repair = "error"
dsadapter.idle_timeout = dsadapter.deadline = None

errors = (APIError, APIStatusError, InvalidRequestError, OldError, NotOfferedError, RateLimitError)
streams = (Stream, AsyncStream, NOT_GIVEN, omit, RepairWarning)

name: str = dsadapter.selection().name
reason: str = dsadapter.selection("raw-requests").reason
version: str = dsadapter.__version__

with Emulator() as emulator:
    url: str = emulator.base_url
