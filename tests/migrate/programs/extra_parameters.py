# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
r = openai.ChatCompletion.create(
    model="deepseek-chat",
    messages=[{"role": "user", "content": "hello"}],
    thinking={"type": "disabled"},
    top_p=0.9,
    user="u1",
    request_timeout=20,
)
print(r.choices[0].message.content)
