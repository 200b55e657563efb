# kind: M error-use
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
r = openai.ChatCompletion.create(
    model="deepseek-chat", messages=[{"role": "user", "content": "hi"}]
)
if not r.choices[0].message.content:
    raise openai.error.APIError("empty")
print(r.choices[0].message.content)
