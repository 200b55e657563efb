"""What a client has beside chat."""

# pyright: strict

from typing import List, Optional

from typing_extensions import assert_type

from dsadapter import AsyncOpenAI, AsyncStream, OpenAI, Stream
from dsadapter._response.resource_types import (
    Batch,
    CreateEmbeddingResponse,
    FileObject,
    ImagesResponse,
    ModerationCreateResponse,
    Response,
    ResponseEvent,
)

client = OpenAI(api_key="k", base_url="https://llm.example.com")

vectors = client.embeddings.create(model="m", input=["a"], dimensions=3)
assert_type(vectors, CreateEmbeddingResponse)
assert_type(client.moderations.create(input="a"), ModerationCreateResponse)
response = client.responses.create(model="m", input="Hello", instructions="Be short")
assert_type(response, Response)
assert_type(response.id, str)
events = client.responses.create(model="m", input="Hello", stream=True)
assert_type(events, Stream[ResponseEvent])
for event in events:
    assert_type(event.type, str)
assert_type(client.files.retrieve("f"), FileObject)
for file in client.files.list():
    assert_type(file, FileObject)
assert_type(client.files.list().data, List[FileObject])
for batch in client.batches.list():
    assert_type(batch, Batch)
assert_type(client.images.generate(prompt="a", n=1, size="256x256"), ImagesResponse)
assert_type(client.images.edit(image=b"a", prompt="b"), ImagesResponse)


async def main(client: AsyncOpenAI) -> Optional[str]:
    events = await client.responses.create(model="m", input="Hello", stream=True)
    assert_type(events, AsyncStream[ResponseEvent])
    async for file in client.files.list():
        assert_type(file, FileObject)
    for batch in await client.batches.list():
        assert_type(batch, Batch)
    return (await client.responses.create(model="m", input="Hello")).id
