# kind: S
import asyncio
import os

import openai


class Service:
    def __init__(self):
        openai.api_key = os.environ["API_KEY"]
        openai.api_base = os.environ["API_BASE"]

    async def stream(self, prompt):
        response = await openai.ChatCompletion.acreate(
            model="deepseek-chat",
            messages=[{"role": "user", "content": prompt}],
            stream=True,
        )
        async for chunk in response:
            content = chunk["choices"][0].get("delta", {}).get("content")
            if content is not None:
                yield content

    async def whole(self, prompt):
        return "".join([part async for part in self.stream(prompt)])


async def main():
    service = Service()
    async for part in service.stream("hi"):
        print(repr(part))
    print(await service.whole("you"))


asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
