# kind: M api-type
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
response = openai.ChatCompletion.create(
    api_base=openai.api_base,
    api_version="2023-05-15",
    model="deepseek-chat",
    messages=[{"role": "user", "content": "Say hello."}],
)
print(response["choices"][0]["message"]["content"])
