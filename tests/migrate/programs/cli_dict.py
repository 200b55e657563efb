# kind: S
import os

import openai

openai.api_key = os.getenv("API_KEY")
openai.api_base = os.getenv("API_BASE")

response = openai.ChatCompletion.create(
    model="deepseek-chat",
    messages=[
        {"role": "system", "content": "You are terse."},
        {"role": "user", "content": "What is 2+2?"},
    ],
)
print(response["choices"][0]["message"]["content"])
print("tokens:", response["usage"]["total_tokens"])
print("stopped because of", response.choices[0]["finish_reason"])
