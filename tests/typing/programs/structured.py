"""Objects of the caller's classes, as parse and stream give them."""

import asyncio
from typing import Dict, List, Optional

from typing_extensions import assert_type

from dsadapter import AsyncOpenAI, OpenAI, pydantic_function_tool

messages: List[Dict[str, str]] = [{"role": "user", "content": "Hello"}]


class Event:
    name: str


client = OpenAI()
completion = client.chat.completions.parse(
    model="m", messages=messages, response_format=Event, repair_attempts=1, temperature=0
)
assert_type(completion.choices[0].message.parsed, Optional[Event])
assert_type(completion.choices[0].message.content, Optional[str])
parsed = client.responses.parse(model="m", input="Hello", text_format=Event)
assert_type(parsed.output_parsed, Optional[Event])
assert_type(parsed.output_text, str)
with client.responses.stream(model="m", input="Hello", text_format=Event) as response_stream:
    assert_type(response_stream.get_final_response().output_parsed, Optional[Event])
for call in completion.choices[0].message.tool_calls or []:
    arguments: Optional[Event] = call.function.parsed_arguments

tools = [pydantic_function_tool(Event)]
assert_type(
    client.chat.completions.parse(model="m", messages=messages, tools=tools)
    .choices[0]
    .message.parsed,
    None,
)
client.chat.completions.parse(model="m", messages=messages, respons_format=Event)  # error
client.chat.completions.parse(messages=messages, response_format=Event)  # error
client.chat.completions.parse(model="m", messages=messages, repair_attempts="one")  # error

with client.beta.chat.completions.stream(
    model="m", messages=messages, response_format=Event
) as stream:
    for event in stream:
        print(event.type)
    assert_type(stream.get_final_completion().choices[0].message.parsed, Optional[Event])
    assert_type(stream.current_completion_snapshot.choices[0].finish_reason, str)

for part in client.chat.completions.create(model="m", messages=messages, stream=True).text:
    assert_type(part, str)


async def main() -> None:
    completions = AsyncOpenAI().chat.completions
    parsed = await completions.parse(model="m", messages=messages, response_format=Event)
    assert_type(parsed.choices[0].message.parsed, Optional[Event])
    async with completions.stream(model="m", messages=messages, response_format=Event) as stream:
        async for event in stream:
            print(event.type)
        final = await stream.get_final_completion()
        assert_type(final.choices[0].message.parsed, Optional[Event])
    chunks = await completions.create(model="m", messages=messages, stream=True)
    async for part in chunks.text:
        assert_type(part, str)


asyncio.run(main())
