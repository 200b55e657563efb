# kind: M reply-leaves
"""A Discord bot, with a client of its own in the place of discord.py."""
import asyncio
import os
from collections import defaultdict

import openai

openai.api_key = os.getenv("API_KEY")
openai.api_base = os.getenv("API_BASE", "https://api.openai.com/v1")
history = defaultdict(list)
MAX_HISTORY = 6


class Client:
    def __init__(self):
        self.handlers = {}

    def event(self, coro):
        self.handlers[coro.__name__] = coro
        return coro

    def run(self, messages):
        async def main():
            for channel, text in messages:
                await self.handlers["on_message"](channel, text)

        asyncio.run(main())


client = Client()


async def generate(channel, text):
    history[channel].append({"role": "user", "content": text})
    response = await openai.ChatCompletion.acreate(
        model="deepseek-chat",
        messages=[{"role": "system", "content": "You are a bot."}] + history[channel][-MAX_HISTORY:],
        temperature=0.7,
        max_tokens=256,
    )
    answer = response.choices[0].message
    history[channel].append(answer)
    return answer["content"]


@client.event
async def on_message(channel, text):
    if not text.startswith("!ask "):
        return
    try:
        reply = await generate(channel, text[5:])
    except openai.error.RateLimitError:
        reply = "Slow down!"
    except openai.error.OpenAIError as e:
        reply = f"Something went wrong ({e.http_status})"
    for i in range(0, len(reply), 2000):
        print(f"#{channel}: {reply[i:i + 2000]}")


client.run([("a", "!ask hi"), ("b", "nothing"), ("a", "!ask again")])
print({k: [m["role"] for m in v] for k, v in history.items()})
