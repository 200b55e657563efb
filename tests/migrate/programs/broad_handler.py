# kind: M error-text
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
try:
    r = openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": "hi"}]
    )
    print(r.choices[0].message.content)
except Exception as e:
    print(f"error: {e}")
