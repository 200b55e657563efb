# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"].replace("/v1", "") + "/beta"
result = openai.Completion.create(
    model="deepseek-chat", prompt="def fib(n):", suffix="return fib(n-1)", max_tokens=16
)
print(result["choices"][0]["text"])
print(result.choices[0].text == result["choices"][0]["text"])
