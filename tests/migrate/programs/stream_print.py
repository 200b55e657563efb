# kind: S
import os
import sys

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

text = ""
for chunk in openai.ChatCompletion.create(
    model="deepseek-chat",
    messages=[{"role": "user", "content": "Count to three"}],
    stream=True,
):
    delta = chunk["choices"][0]["delta"]
    piece = delta.get("content", "")
    text += piece or ""
    sys.stdout.write(piece or "")
print()
print(len(text) > 0)
