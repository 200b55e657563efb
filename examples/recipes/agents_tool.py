"""OpenAI's Agents SDK with DeepSeek: an agent with a tool, whole and streamed.

pip install openai-agents
python examples/recipes/agents_tool.py
"""

import asyncio

from agents import (
    Agent,
    OpenAIChatCompletionsModel,
    Runner,
    function_tool,
    set_tracing_disabled,
)

import dsadapter

set_tracing_disabled(True)  # traces would go to OpenAI


@function_tool
def weather(place: str) -> str:
    """The weather at a place."""
    return f"sunny in {place}"


async def main():
    async with dsadapter.AsyncOpenAI() as client:
        model = OpenAIChatCompletionsModel(model="deepseek-flash", openai_client=client)
        agent = Agent(name="helper", instructions="Be brief.", model=model, tools=[weather])

        print((await Runner.run(agent, "Beijing")).final_output)

        run = Runner.run_streamed(agent, "Shanghai")
        async for event in run.stream_events():
            data = getattr(event, "data", None)
            if getattr(data, "type", "") == "response.output_text.delta":
                print(data.delta, end="", flush=True)
        print()


asyncio.run(main())
