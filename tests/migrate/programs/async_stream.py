# kind: S
import asyncio
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


async def tokens(prompt):
    async for chunk in await openai.ChatCompletion.acreate(
        model="deepseek-chat",
        messages=[{"role": "user", "content": prompt}],
        stream=True,
    ):
        content = chunk["choices"][0].get("delta", {}).get("content")
        if content:
            yield content


async def main():
    text = ""
    async for token in tokens("Tell me"):
        text += token
    print(text)


if __name__ == "__main__":
    asyncio.run(main())
