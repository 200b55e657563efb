import asyncio

from OURS import AsyncOpenAI
from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

client = AsyncOpenAI(api_key="YOUR_API_KEY", base_url="https://api.deepseek.com")
agent = Agent(OpenAIChatModel("deepseek-flash", provider=OpenAIProvider(openai_client=client)))


async def main():
    print((await agent.run("hello")).output)
    async with agent.run_stream("hello") as run:
        print(await run.get_output())


asyncio.run(main())
