"""with_raw_response and with_streaming_response, sync and async."""

# pyright: strict

from datetime import timedelta
from typing import Dict, List, Optional

from typing_extensions import assert_type

from dsadapter import AsyncOpenAI, AsyncStream, OpenAI, Stream
from dsadapter._response.pages import ModelPage
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.text_types import Completion
from dsadapter._response.types import ChatCompletion

client = OpenAI()
messages: List[Dict[str, str]] = [{"role": "user", "content": "Hello"}]

raw = client.chat.completions.with_raw_response.create(model="m", messages=messages)
assert_type(raw.parse(), ChatCompletion)
assert_type(raw.status_code, int)
assert_type(raw.headers["x-request-id"], str)
assert_type(raw.request_id, Optional[str])
assert_type(raw.retries_taken, int)
assert_type(raw.elapsed, timedelta)
assert_type(raw.content, bytes)
assert_type(raw.text, str)
assert_type(raw.method, str)
assert_type(raw.http_version, str)
assert_type(raw.is_closed, bool)
host: str = raw.url.host
for line in raw.iter_lines():
    assert_type(line, str)

raw_stream = client.chat.completions.with_raw_response.create(
    model="m", messages=messages, stream=True
)
assert_type(raw_stream.parse(), Stream[ChatCompletionChunk])
assert_type(
    client.chat.with_raw_response.completions.create(model="m", messages=messages).parse(),
    ChatCompletion,
)
assert_type(client.with_raw_response.completions.create(model="m", prompt="a").parse(), Completion)
assert_type(client.with_raw_response.models.list().parse(), ModelPage)

with client.chat.completions.with_streaming_response.create(
    model="m", messages=messages
) as response:
    assert_type(response.parse(), ChatCompletion)
    assert_type(response.text(), str)
    assert_type(response.read(), bytes)
    for line in response.iter_lines():
        assert_type(line, str)


async def main(client: AsyncOpenAI) -> None:
    raw = await client.chat.completions.with_raw_response.create(model="m", messages=messages)
    assert_type(raw.parse(), ChatCompletion)
    raw_stream = await client.with_raw_response.chat.completions.create(
        model="m", messages=messages, stream=True
    )
    assert_type(raw_stream.parse(), AsyncStream[ChatCompletionChunk])
    async with client.chat.completions.with_streaming_response.create(
        model="m", messages=messages, stream=True
    ) as response:
        assert_type(await response.parse(), AsyncStream[ChatCompletionChunk])
        assert_type(await response.text(), str)
        async for line in response.iter_lines():
            assert_type(line, str)
