# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def chat(messages, max_tokens=16):
    try:
        return openai.ChatCompletion.create(
            model="deepseek-chat", messages=messages, max_tokens=max_tokens
        )["choices"][0]["message"]["content"]
    except openai.error.InvalidRequestError as e:
        if "maximum context length" in str(e) and len(messages) > 1:
            return chat(messages[1:], max_tokens)
        print("invalid:", str(e).partition(" at line")[0])
        return None


print(chat([{"role": "user", "content": "x"}]))
print(chat([{"role": "nobody", "content": "x"}]))
print(chat([{"role": "user", "content": "x"}], max_tokens=-1))
