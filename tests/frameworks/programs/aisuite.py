import aisuite
from aisuite.provider import ProviderFactory
from OURS import OpenAI

settings = {"api_key": "YOUR_API_KEY", "base_url": "https://api.deepseek.com"}
provider = ProviderFactory.create_provider("deepseek", {"api_key": "YOUR_API_KEY"})
provider.client = OpenAI(**settings)
suite = aisuite.Client()
suite.providers["deepseek"] = provider


def get_weather(city: str) -> str:
    """The weather of a city."""
    return f"hello from {city}"


call = {"model": "deepseek:deepseek-flash", "messages": [{"role": "user", "content": "hello"}]}
reply = suite.chat.completions.create(**call)
print("hello", bool(reply.choices[0].message.content))
reply = suite.chat.completions.create(**call, tools=[get_weather], max_turns=3)
print("hello", bool(reply.choices[0].message.content))
