# kind: S
import os

import openai

resp = openai.ChatCompletion.create(
    model="deepseek-chat",
    messages=[{"role": "user", "content": "hello"}],
    api_key=os.environ["API_KEY"],
    api_base=os.environ["API_BASE"],
    headers={"X-Team": "blue"},
    request_id="r-1",
    request_timeout=(3, 30),
)
print(resp["choices"][0]["message"]["content"])
print(resp.get("object"))
