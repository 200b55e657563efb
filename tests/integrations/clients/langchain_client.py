"""What langchain-openai gets from a gateway: argv[1] is its URL, argv[2] an access token."""

import asyncio
import json
import sys

import openai
from langchain_openai import ChatOpenAI


def model(name="deepseek-flash", token=sys.argv[2], **options):
    place = {"base_url": f"{sys.argv[1]}/v1", "api_key": token, "max_retries": 0}
    extra = {"thinking": {"type": "disabled"}}
    return ChatOpenAI(model=name, extra_body=extra, **place, **options)


def failure(made):
    try:
        list(made.stream("number 7"))
    except openai.APIError as err:
        own = (cls for cls in type(err).__mro__ if cls.__module__.startswith("openai"))
        return [next(own).__name__, getattr(err, "status_code", None)]


async def in_async():
    whole = await model().ainvoke("number 7")
    return whole.content, "".join([chunk.content async for chunk in model().astream("number 7")])


def weather() -> str:
    """The weather."""
    return "sunny"


async_whole, async_stream = asyncio.run(in_async())
call = model().bind_tools([weather], tool_choice="weather").invoke("number 7").tool_calls[0]
whole = model().invoke("number 7")
json.dump(
    {
        "whole": whole.content,
        "stream": "".join(chunk.content for chunk in model().stream("number 7")),
        "async": async_whole,
        "async stream": async_stream,
        "tool": call["name"],
        "models": ["deepseek-flash", "deepseek-v4-pro"],
        "wrong model": failure(model("gpt-9")),
        "wrong token": failure(model(token="tok-wrong")),
        "busy": failure(model(model_kwargs={"user": "fault status-429"})),
        "no balance": failure(model(model_kwargs={"user": "fault status-402"})),
        "cut off": failure(model(model_kwargs={"user": "fault cut;after=3"})),
    },
    sys.stdout,
)
