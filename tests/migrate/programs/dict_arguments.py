# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
OPTIONS = {"temperature": 0.1, "request_timeout": 20}
r = openai.ChatCompletion.create(
    model="deepseek-flash", messages=[{"role": "user", "content": "hi"}], **OPTIONS
)
print(r.choices[0].message.content)
