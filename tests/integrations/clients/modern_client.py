"""What openai 1 and newer gets from a gateway: argv[1] is its URL, argv[2] an access token."""

import asyncio
import json
import sys

import openai

place = {"base_url": f"{sys.argv[1]}/v1", "api_key": sys.argv[2], "max_retries": 0}
client = openai.OpenAI(**place)
plain = {
    "model": "deepseek-flash",
    "messages": [{"role": "user", "content": "number 7"}],
    "extra_body": {"thinking": {"type": "disabled"}},
}
function = {"name": "weather", "parameters": {"type": "object", "properties": {}}}
forced = {
    "tools": [{"type": "function", "function": function}],
    "tool_choice": {"type": "function", "function": {"name": "weather"}},
}


def text(chunks):
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    return "".join(delta.content or "" for delta in deltas)


async def in_async():
    async with openai.AsyncOpenAI(**place) as client:
        whole = await client.chat.completions.create(**plain)
        stream = await client.chat.completions.create(**plain, stream=True)
        return whole.choices[0].message.content, text([chunk async for chunk in stream])


def failure(client=client, **options):
    try:
        list(client.chat.completions.create(**{**plain, **options}))
    except openai.APIError as err:
        return [type(err).__name__, getattr(err, "status_code", None)]


whole = client.chat.completions.create(**plain)
async_whole, async_stream = asyncio.run(in_async())
call = client.chat.completions.create(**plain, **forced).choices[0].message.tool_calls[0]
json.dump(
    {
        "whole": whole.choices[0].message.content,
        "stream": text(client.chat.completions.create(**plain, stream=True)),
        "async": async_whole,
        "async stream": async_stream,
        "tool": call.function.name,
        "models": [model.id for model in client.models.list()],
        "wrong model": failure(model="gpt-9"),
        "wrong token": failure(client.with_options(api_key="tok-wrong")),
        "busy": failure(user="fault status-429"),
        "no balance": failure(user="fault status-402"),
        "cut off": failure(user="fault cut;after=3", stream=True),
    },
    sys.stdout,
)
