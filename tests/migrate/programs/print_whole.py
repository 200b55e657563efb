# kind: U
import json
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
r = openai.ChatCompletion.create(
    model="deepseek-flash", messages=[{"role": "user", "content": "hi"}]
)
text = str(r["choices"][0]["message"])
print(json.loads(text)["role"])
