# kind: M class-use
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
KINDS = {"chat": "ChatCompletion", "text": "Completion"}


def call(kind, **kw):
    return getattr(openai, KINDS[kind]).create(model="deepseek-chat", **kw)


print(call("chat", messages=[{"role": "user", "content": "x"}])["choices"][0]["message"]["content"])
print(call("text", prompt="x")["choices"][0]["text"])
