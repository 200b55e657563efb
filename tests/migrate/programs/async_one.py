# kind: S
import asyncio
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


async def ask(prompt):
    response = await openai.ChatCompletion.acreate(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
    )
    return response["choices"][0]["message"]["content"]


async def main():
    questions = [ask(f"Question {i}") for i in range(2)]
    answers = await asyncio.gather(*questions, return_exceptions=True)
    for error in (one for one in answers if isinstance(one, Exception)):
        raise error
    for answer in sorted(answers):
        print(answer)


asyncio.run(main())
