# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def chat(prompt, **kwargs):
    return openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}], **kwargs
    )


print(chat("hi", temperature=0)["choices"][0]["message"]["content"])
