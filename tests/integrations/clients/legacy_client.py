"""What openai 0.28 gets from a gateway: argv[1] is its URL, argv[2] an access token."""

import asyncio
import json
import sys

import openai

openai.api_base, openai.api_key = f"{sys.argv[1]}/v1", sys.argv[2]
ask = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "number 7"}]}
plain = {**ask, "thinking": {"type": "disabled"}}
function = {"name": "weather", "parameters": {"type": "object", "properties": {}}}
forced = {"functions": [function], "function_call": {"name": "weather"}}


def text(chunks):
    return "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks)


async def in_async():
    whole = await openai.ChatCompletion.acreate(**plain)
    stream = await openai.ChatCompletion.acreate(**plain, stream=True)
    return whole["choices"][0]["message"]["content"], text([chunk async for chunk in stream])


def failure(**options):
    try:
        list(openai.ChatCompletion.create(**{**plain, **options}))
    except openai.error.OpenAIError as err:
        return [type(err).__name__, err.http_status]


whole = openai.ChatCompletion.create(**plain)
async_whole, async_stream = asyncio.run(in_async())
call = openai.ChatCompletion.create(**plain, **forced)["choices"][0]
json.dump(
    {
        "whole": whole["choices"][0]["message"]["content"],
        "stream": text(openai.ChatCompletion.create(**plain, stream=True)),
        "async": async_whole,
        "async stream": async_stream,
        "tool": call["message"]["function_call"]["name"],
        "models": [model["id"] for model in openai.Model.list()["data"]],
        "wrong model": failure(model="gpt-9"),
        "wrong token": failure(api_key="tok-wrong"),
        "busy": failure(user="fault status-429"),
        "no balance": failure(user="fault status-402"),
        "cut off": failure(user="fault cut;after=3", stream=True),
    },
    sys.stdout,
)
