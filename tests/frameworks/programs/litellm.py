import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import asyncio

import litellm
from OURS import AsyncOpenAI, OpenAI

call = {"model": "openai/deepseek-flash", "messages": [{"role": "user", "content": "hello"}]}
settings = {"api_key": "YOUR_API_KEY", "base_url": "https://api.deepseek.com"}
client = OpenAI(**settings)
print(litellm.completion(**call, client=client).choices[0].message.content)
chunks = litellm.completion(**call, client=client, stream=True)
print("".join(chunk.choices[0].delta.content or "" for chunk in chunks))


async def main():
    async_client = AsyncOpenAI(**settings)
    print((await litellm.acompletion(**call, client=async_client)).choices[0].message.content)


asyncio.run(main())
