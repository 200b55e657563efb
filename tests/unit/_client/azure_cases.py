"""What programs ask of ``AzureOpenAI``, and the requests that openai 3.57.0 makes of it."""

from __future__ import annotations

import inspect
from typing import Any, Callable, Dict, NamedTuple, Optional
from unittest import mock

from recording_server import Recorded, RecordingServer

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.e30.c2ln"
MESSAGES = [{"role": "user", "content": "hello 世界"}]
VERSION = "2024-10-21"
AT = {"azure_endpoint": "{url}", "api_version": VERSION, "api_key": KEY}
WITH_KEY = {"api-key": KEY}
WITH_TOKEN = {"authorization": f"Bearer {TOKEN}"}
CHAT = {"model": "gpt-4o", "messages": MESSAGES, "max_tokens": 5}
Call = Callable[[Any], Any]


def chat(client: Any) -> Any:
    return client.chat.completions.create(**CHAT)


def streamed(client: Any) -> Any:
    return client.chat.completions.create(
        model="gpt-4o", messages=MESSAGES, stream=True, extra_query={"trace": "1"}
    )


def with_header(client: Any) -> Any:
    own = {"api-key": "of-the-gateway"}
    return client.chat.completions.create(**CHAT, extra_headers=own)


def completion(client: Any) -> Any:
    return client.completions.create(model="davinci", prompt="Once")


def embeddings(client: Any) -> Any:
    arguments = {"model": "ada", "input": ["a"], "encoding_format": "float"}
    if hasattr(client, "embeddings"):
        return client.embeddings.create(**arguments)
    return client.post("/embeddings", body=arguments)


def models(client: Any) -> Any:
    return client.models.list()


class Case(NamedTuple):
    """How a client is made and asked, and the request that comes of it."""

    arguments: Dict[str, Any]
    call: Call
    path: str
    credentials: Dict[str, str]
    body: Any
    query: Dict[str, str] = {}
    environment: Dict[str, str] = {}
    method: str = "POST"

    def expected(self) -> Any:
        query = {"api-version": VERSION, **self.query}
        return (self.method, self.path, query, self.credentials, self.body)


CASES = {
    "the model names the deployment": Case(
        AT, chat, "/openai/deployments/gpt-4o/chat/completions", WITH_KEY, CHAT
    ),
    "one deployment for all": Case(
        {**AT, "azure_deployment": "mine"},
        chat,
        "/openai/deployments/mine/chat/completions",
        WITH_KEY,
        CHAT,
    ),
    "what no deployment has": Case(
        {**AT, "azure_deployment": "mine"}, models, "/openai/models", WITH_KEY, None, method="GET"
    ),
    "a stream, with a query of its own": Case(
        AT,
        streamed,
        "/openai/deployments/gpt-4o/chat/completions",
        WITH_KEY,
        {"messages": MESSAGES, "model": "gpt-4o", "stream": True},
        {"trace": "1"},
    ),
    "a whole base": Case(
        {"base_url": "{url}/gateway/deployments/theirs", "api_version": VERSION, "api_key": KEY},
        chat,
        "/gateway/deployments/theirs/chat/completions",
        WITH_KEY,
        CHAT,
    ),
    "embeddings": Case(
        AT,
        embeddings,
        "/openai/deployments/ada/embeddings",
        WITH_KEY,
        {"input": ["a"], "model": "ada", "encoding_format": "float"},
    ),
    "a token": Case(
        {"azure_endpoint": "{url}/", "api_version": VERSION, "azure_ad_token": TOKEN},
        completion,
        "/openai/deployments/davinci/completions",
        WITH_TOKEN,
        {"model": "davinci", "prompt": "Once"},
    ),
    "a function that gives tokens": Case(
        {
            "azure_endpoint": "{url}",
            "api_version": VERSION,
            "azure_ad_token_provider": lambda: TOKEN,
        },
        chat,
        "/openai/deployments/gpt-4o/chat/completions",
        WITH_TOKEN,
        CHAT,
    ),
    "everything from the environment": Case(
        {"default_query": {"tenant": "t"}},
        chat,
        "/openai/deployments/gpt-4o/chat/completions",
        WITH_KEY,
        CHAT,
        {"tenant": "t"},
        {
            "AZURE_OPENAI_ENDPOINT": "{url}",
            "AZURE_OPENAI_API_KEY": KEY,
            "OPENAI_API_VERSION": VERSION,
            "OPENAI_API_KEY": "sk-0123456789abcdef0123",
            "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        },
    ),
    "a token from the environment, before the key": Case(
        {"azure_endpoint": "{url}", "api_version": VERSION},
        models,
        "/openai/models",
        WITH_TOKEN,
        None,
        {},
        {"AZURE_OPENAI_AD_TOKEN": TOKEN, "AZURE_OPENAI_API_KEY": KEY},
        "GET",
    ),
    "a header of the call wins": Case(
        AT,
        with_header,
        "/openai/deployments/gpt-4o/chat/completions",
        {"api-key": "of-the-gateway"},
        CHAT,
    ),
    "a copy at another version": Case(
        {**AT, "api_version": "2020-01-01"},
        lambda client: models(client.with_options(api_version=VERSION)),
        "/openai/models",
        WITH_KEY,
        None,
        method="GET",
    ),
    "a copy with a token in place of the key": Case(
        AT,
        lambda client: models(client.copy(azure_ad_token=TOKEN)),
        "/openai/models",
        WITH_TOKEN,
        None,
        method="GET",
    ),
}


def _filled(values: Dict[str, Any], url: str) -> Dict[str, Any]:
    return {k: v.format(url=url) if isinstance(v, str) else v for k, v in values.items()}


def sent(client_class: Any, case: Case, server: RecordingServer) -> Any:
    """What a client of this class sends: method, path, query, credentials, body."""
    with mock.patch.dict("os.environ", _filled(case.environment, server.url)):
        client = client_class(**_filled(case.arguments, server.url), max_retries=0)
        response: Optional[Any] = case.call(client)
    if case.call is streamed:
        list(response or ())
    return compared(server.requests[-1])


async def asent(client_class: Any, case: Case, server: RecordingServer) -> Any:
    """The same of an async class."""
    with mock.patch.dict("os.environ", _filled(case.environment, server.url)):
        client = client_class(**_filled(case.arguments, server.url), max_retries=0)
        response: Any = case.call(client)
        response = await response if inspect.isawaitable(response) else response
    if case.call is streamed:
        async for _ in response:
            pass
    await client.close()
    return compared(server.requests[-1])


def compared(request: Recorded) -> Any:
    return (
        request.method,
        request.path,
        request.query,
        request.credentials(),
        request.body,
    )
