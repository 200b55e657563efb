import asyncio

import instructor
from OURS import AsyncOpenAI, OpenAI
from pydantic import BaseModel


class Greeting(BaseModel):
    text: str


call = {
    "model": "deepseek-flash",
    "response_model": Greeting,
    "messages": [{"role": "user", "content": "hello"}],
}
settings = {"api_key": "YOUR_API_KEY", "base_url": "https://api.deepseek.com"}
client = instructor.from_openai(OpenAI(**settings))
greeting = client.chat.completions.create(**call)
assert isinstance(greeting, Greeting)
print("hello", greeting.text)
async_client = instructor.from_openai(AsyncOpenAI(**settings))
greeting = asyncio.run(async_client.chat.completions.create(**call))
assert isinstance(greeting, Greeting)
print("hello", greeting.text)
