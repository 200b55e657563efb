# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def chat(messages, stream=False):
    response = openai.ChatCompletion.create(model="deepseek-chat", messages=messages, stream=stream)
    if stream:
        return "".join(c["choices"][0]["delta"].get("content") or "" for c in response)
    return response["choices"][0]["message"]["content"]


M = [{"role": "user", "content": "hello"}]
print(chat(M))
print(chat(M, stream=True))
