# kind: M error-wider
import asyncio
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


async def ask(sem, prompt):
    async with sem:
        try:
            r = await openai.ChatCompletion.acreate(
                model="deepseek-chat",
                messages=[{"role": "user", "content": prompt}],
                request_timeout=20,
            )
        except (openai.error.RateLimitError, openai.error.ServiceUnavailableError):
            return "error"
        return r["choices"][0]["message"]["content"]


async def main():
    sem = asyncio.Semaphore(2)
    answers = await asyncio.gather(*(ask(sem, p) for p in "abcd"))
    for a in answers:
        print(a)


asyncio.run(main())
