"""Today's face, sync: what each expression is."""

# pyright: strict

from typing import Dict, Iterator, List, Optional, Union

from typing_extensions import assert_type

import dsadapter
from dsadapter import (
    APIConnectionError,
    APIStatusError,
    InsufficientBalanceError,
    OpenAI,
    OpenAIError,
    Stream,
)
from dsadapter._response.account_types import Model
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.text_types import Completion
from dsadapter._response.types import ChatCompletion

client = OpenAI(
    api_key="k",
    base_url="https://api.deepseek.com",
    timeout=30.0,
    max_retries=2,
    default_headers={"X-Team": "a"},
    http_client=None,
    organization=None,
)
messages: List[Dict[str, str]] = [{"role": "user", "content": "Hello"}]

response = client.chat.completions.create(model="deepseek-flash", messages=messages)
assert_type(response, ChatCompletion)
assert_type(response.choices[0].message.content, Optional[str])
assert_type(response.choices[0].message.reasoning_content, Optional[str])
assert_type(response.id, str)
if response.usage is not None:
    assert_type(response.usage.total_tokens, int)
    assert_type(response.usage.prompt_cache_hit_tokens, Optional[int])
for call in response.choices[0].message.tool_calls or []:
    arguments: str = call.function.arguments
text: object = response["choices"][0]["message"]["content"]
backend: str = response.adapter.backend
json_text: str = response.to_json()
data: Dict[str, object] = response.to_dict()

stream = client.chat.completions.create(
    model="deepseek-flash",
    messages=messages,
    stream=True,
    temperature=0.5,
    tools=[],
    extra_body={"thinking": {"type": "disabled"}},
    timeout=3,
)
assert_type(stream, Stream[ChatCompletionChunk])
for chunk in stream:
    assert_type(chunk, ChatCompletionChunk)
    assert_type(chunk.choices[0].delta.content, Optional[str])
with stream as opened:
    assert_type(next(opened), ChatCompletionChunk)
assert_type(stream.get_final_response(), ChatCompletion)
assert_type(stream.get_final_response().choices[0].message.content, Optional[str])

fim = client.completions.create(model="deepseek-v4-pro", prompt="def f(", suffix="return")
assert_type(fim, Completion)
fim_stream = client.completions.create(model="deepseek-v4-pro", prompt="def f(", stream=True)
assert_type(fim_stream, Stream[Completion])
assert_type(fim_stream.get_final_response(), Completion)


def ask(streams: bool) -> Union[ChatCompletion, Stream[ChatCompletionChunk]]:
    return client.chat.completions.create(model="m", messages=messages, stream=streams)


def words(chunks: Stream[ChatCompletionChunk]) -> Iterator[str]:
    for chunk in chunks:
        yield chunk.choices[0].delta.content or ""


for model in client.models.list():
    assert_type(model, Model)
    assert_type(model.id, str)
assert_type(client.models.list().data, List[Model])
assert_type(client.models.retrieve("deepseek-flash"), Model)
assert_type(client.balance().is_available, bool)

copied = client.with_options(timeout=3, max_retries=5).copy(default_headers={"X-A": "1"})
assert_type(copied, OpenAI)
assert_type(
    copied.with_options(max_retries=0).chat.completions.create(model="m", messages=messages),
    ChatCompletion,
)
client.api_key = lambda: "k"
client.base_url = "https://api.deepseek.com"
client.max_retries = 3
host: str = client.base_url.host
port: Optional[int] = client.base_url.port
url: str = client.base_url.copy_with(path="/v2")

with OpenAI(api_key=lambda: "k") as managed:
    assert_type(managed, OpenAI)
assert_type(client.beta.chat.completions.create(model="m", messages=messages), ChatCompletion)
assert_type(dsadapter.chat.completions.create(model="m", messages=messages), ChatCompletion)

try:
    pass
except InsufficientBalanceError as err:
    code: Optional[str] = err.code
except APIStatusError as err:
    assert_type(err.status_code, int)
    assert_type(err.message, str)
    request_id: Optional[str] = err.request_id
    retry_after: object = err.response.headers.get("retry-after")
    body: object = err.body
except APIConnectionError as err:
    cause: Optional[BaseException] = err.__cause__
    partial: object = err.partial
except OpenAIError as err:
    assert_type(err.status_code, Optional[int])
    hint: Optional[str] = err.hint
    assert_type(err.http_status, Optional[int])
    assert_type(err.user_message, Optional[str])
