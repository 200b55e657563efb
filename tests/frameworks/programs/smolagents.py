from OURS import OpenAI
from smolagents import OpenAIServerModel

settings = {"api_key": "YOUR_API_KEY"}
model = OpenAIServerModel("deepseek-flash", api_base="https://api.deepseek.com", **settings)
model.client = OpenAI(base_url="https://api.deepseek.com", **settings)
question = [{"role": "user", "content": [{"type": "text", "text": "hello"}]}]
print(model.generate(question).content)
print("".join(delta.content or "" for delta in model.generate_stream(question)))
