# kind: S
import asyncio
import logging
import os

import openai as ai

ai.api_key = os.environ.get("API_KEY", ai.api_key)
ai.api_base = os.environ.get("API_BASE", ai.api_base)
logging.info("openai %s", ai.__version__)
MESSAGES = [{"role": "user", "content": "Say hello."}]


def ask(base=None, **arguments):
    response = ai.ChatCompletion.create(
        api_base=base or ai.api_base,
        api_key=ai.api_key,
        model="deepseek-chat",
        messages=MESSAGES,
        **arguments,
    )
    return response["choices"][0]["message"]


async def ask_soon():
    response = await ai.ChatCompletion.acreate(
        api_base=ai.api_base,
        api_key=ai.api_key,
        api_type=ai.api_type,
        api_version=ai.api_version,
        organization=ai.organization,
        model="deepseek-chat",
        messages=MESSAGES,
    )
    return response.choices[0].message.content


first = ask()
print(first["content"], asyncio.run(ask_soon()))
again = ai.ChatCompletion.create(
    api_base=ai.api_base,
    model="deepseek-chat",
    messages=MESSAGES,
    headers={"X-Team": first.role},
    request_timeout=(5, 60 if first.content else 30),
    top_k=len(first.content),
)
print(again["choices"][0].message.content)
