# kind: U
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
r = openai.ChatCompletion.create(
    model="deepseek-flash", messages=[{"role": "user", "content": "hi"}], timeout=20
)
print(r.choices[0].message.content)
