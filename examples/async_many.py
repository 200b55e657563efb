"""Ten questions side by side on one event loop.

python examples/async_many.py
"""

import asyncio

from dsadapter import AsyncOpenAI


async def ask(client, number):
    response = await client.chat.completions.create(
        model="deepseek-flash",
        messages=[{"role": "user", "content": f"What is {number} times {number}?"}],
    )
    return response.choices[0].message.content


async def main():
    async with AsyncOpenAI() as client:
        for answer in await asyncio.gather(*(ask(client, number) for number in range(10))):
            print(answer)


asyncio.run(main())
