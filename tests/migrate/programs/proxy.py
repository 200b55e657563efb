# kind: M setting
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
if os.environ.get("MY_PROXY"):
    openai.proxy = os.environ["MY_PROXY"]
r = openai.ChatCompletion.create(
    model="deepseek-chat", messages=[{"role": "user", "content": "hi"}]
)
print(r.choices[0].message.content)
