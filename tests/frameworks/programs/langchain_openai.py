import OURS
from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

settings = {"api_key": "YOUR_API_KEY", "base_url": "https://api.deepseek.com"}
client, async_client = OURS.OpenAI(**settings), OURS.AsyncOpenAI(**settings)
model = ChatOpenAI(
    model="deepseek-flash",
    api_key="YOUR_API_KEY",
    base_url="https://api.deepseek.com",
    root_client=client,
    root_async_client=async_client,
    client=client.chat.completions,
    async_client=async_client.chat.completions,
    extra_body={"thinking": {"type": "disabled"}},
)


class Greeting(BaseModel):
    text: str


@tool
def get_weather(city: str) -> str:
    """The weather of a city."""
    return f"hello from {city}"


print("hello", bool(model.invoke("hello").content))
print("hello", len([part.content for part in model.stream("hello")]) > 2)
greeting = model.with_structured_output(Greeting, method="function_calling").invoke("hello")
assert isinstance(greeting, Greeting)
print("hello", greeting.text)
greeting = model.with_structured_output(Greeting, method="json_schema").invoke("hello")
assert isinstance(greeting, Greeting), greeting
print("hello", greeting.text)
agent = create_agent(model, tools=[get_weather])
state = agent.invoke({"messages": [{"role": "user", "content": "hello, weather in Paris?"}]})
print("hello", state["messages"][-1].content)
