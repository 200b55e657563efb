"""What a vendor has beside chat."""

# pyright: strict

from typing import List, Optional

from typing_extensions import assert_type

from dsadapter import AsyncOpenAI, AsyncStream, OpenAI, Stream
from dsadapter._response.resource_types import (
    Batch,
    FileObject,
    Response,
    ResponseEvent,
)

client = OpenAI(api_key="k", provider="openai")
assert_type(client.embeddings.create(input="x", model="m").data[0].embedding, List[float])
assert_type(client.files.create(file=b"", purpose="batch"), FileObject)
for file in client.files.list(limit=2):
    assert_type(file, FileObject)
assert_type(client.batches.retrieve("b").output_file_id, Optional[str])
assert_type(client.responses.create(model="m", input="x"), Response)
assert_type(client.responses.create(model="m", input="x").output_text, str)
assert_type(client.responses.create(model="m", input="x", stream=True), Stream[ResponseEvent])
client.embeddings.craete(input="x", model="m")  # error
client.embeddings.create(input="x")  # error
client.files.list().dta  # error


async def main() -> None:
    async with AsyncOpenAI(api_key="k", provider="openai") as other:
        async for batch in other.batches.list():
            assert_type(batch, Batch)
        for batch in await other.batches.list():
            assert_type(batch, Batch)
        stream = await other.responses.create(model="m", input="x", stream=True)
        assert_type(stream, AsyncStream[ResponseEvent])
