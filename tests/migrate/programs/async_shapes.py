# kind: S
import asyncio
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
client = "a name of the program's own"


class Bot:
    """Async calls in the places where one finds them."""

    system = "You are terse."

    def messages(self, prompt):
        return [{"role": "system", "content": self.system}, {"role": "user", "content": prompt}]

    async def plain(self, prompt):
        try:
            response = await openai.ChatCompletion.acreate(
                model="deepseek-chat",
                messages=[
                    {
                        "role": "user",
                        "content": f"""Answer:
{prompt}
    in one line""",
                    }
                ],
                temperature=0.2,  # calm
            )
        except asyncio.TimeoutError:
            return "too slow"
        else:
            return response["choices"][0]["message"]["content"]

    async def with_method(self, prompt):
        reply = await openai.ChatCompletion.acreate(
            model="deepseek-chat", messages=self.messages(prompt), request_timeout=(3, 30)
        )
        return reply.choices[0].message.content

    async def cached(self, prompt, cache):
        return cache.get(prompt) or (
            await openai.ChatCompletion.acreate(
                model="deepseek-chat", messages=self.messages(prompt), user="u"
            )
        )["choices"][0]["message"]["content"]

    async def batch(self, prompts):
        calls = [
            openai.ChatCompletion.acreate(
                model="deepseek-chat", messages=[{"role": "user", "content": p}], timeout=30
            )
            for p in prompts
        ]
        replies = await asyncio.gather(*calls)
        return sorted(r["choices"][0]["message"]["content"] for r in replies)

    async def limited(self, prompt):
        reply = await asyncio.wait_for(
            openai.ChatCompletion.acreate(
                model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
            ),
            timeout=20,
        )
        return reply["usage"]["total_tokens"] > 0

    async def task(self, prompt):
        task = asyncio.create_task(
            openai.ChatCompletion.acreate(
                model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
            )
        )
        return (await task).choices[0].finish_reason

    async def first_token(self, prompt):
        stream = await openai.ChatCompletion.acreate(
            model="deepseek-chat",
            messages=[{"role": "user", "content": prompt}],
            stream=True,
        )
        text = """
  kept as it is
"""
        async for chunk in stream:
            if chunk["choices"][0]["delta"].get("content"):
                return text + chunk["choices"][0]["delta"]["content"]

    async def open_stream(self, prompt):
        return await openai.ChatCompletion.acreate(
            model="deepseek-chat", messages=[{"role": "user", "content": prompt}], stream=True
        )


async def main():
    bot = Bot()
    print(await bot.plain("one"))
    print(await bot.with_method("two"))
    print(await bot.cached("three", {}), await bot.cached("four", {"four": 4}))
    for line in await bot.batch(["five", "six"]):
        print(line)
    print(await bot.limited("seven"), await bot.task("eight"))
    print(await bot.first_token("nine"))
    parts = []
    async for chunk in await bot.open_stream("ten"):
        for choice in chunk["choices"]:
            parts.append(choice["delta"].get("content") or "")
    print("".join(parts), client)


asyncio.run(main())
