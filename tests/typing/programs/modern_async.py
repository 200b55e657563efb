"""Today's face, async."""

# pyright: strict

from typing import AsyncIterator, Dict, List, Optional

from typing_extensions import assert_type

from dsadapter import AsyncOpenAI, AsyncStream
from dsadapter._response.account_types import Model
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.text_types import Completion
from dsadapter._response.types import ChatCompletion

messages: List[Dict[str, str]] = [{"role": "user", "content": "Hello"}]


async def token() -> str:
    return "k"


async def main() -> None:
    async with AsyncOpenAI(api_key=token) as client:
        assert_type(client, AsyncOpenAI)
        response = await client.chat.completions.create(model="m", messages=messages)
        assert_type(response, ChatCompletion)
        assert_type(response.choices[0].message.content, Optional[str])
        stream = await client.chat.completions.create(model="m", messages=messages, stream=True)
        assert_type(stream, AsyncStream[ChatCompletionChunk])
        async for chunk in stream:
            assert_type(chunk.choices[0].delta.content, Optional[str])
        assert_type(await stream.get_final_response(), ChatCompletion)
        async with stream as opened:
            assert_type(await opened.__anext__(), ChatCompletionChunk)
        fim = await client.completions.create(model="m", prompt="def f(", stream=True)
        assert_type(fim, AsyncStream[Completion])
        async for model in client.models.list():
            assert_type(model, Model)
        for model in await client.models.list():
            assert_type(model, Model)
        assert_type(await client.models.retrieve("m"), Model)
        assert_type((await client.balance()).is_available, bool)
        assert_type(client.with_options(max_retries=0), AsyncOpenAI)
        await client.close()


async def words(chunks: AsyncStream[ChatCompletionChunk]) -> AsyncIterator[str]:
    async for chunk in chunks:
        yield chunk.choices[0].delta.content or ""
