import asyncio
import os

from OURS import AsyncOpenAI

os.environ["OPENAI_AGENTS_DISABLE_TRACING"] = "1"
from agents import Agent, OpenAIChatCompletionsModel, Runner

client = AsyncOpenAI(api_key="YOUR_API_KEY", base_url="https://api.deepseek.com")
model = OpenAIChatCompletionsModel(model="deepseek-flash", openai_client=client)
agent = Agent(name="helper", instructions="Help.", model=model)


async def main():
    print((await Runner.run(agent, "hello")).final_output)
    run = Runner.run_streamed(agent, "hello")
    async for _ in run.stream_events():
        pass
    print(run.final_output)


asyncio.run(main())
