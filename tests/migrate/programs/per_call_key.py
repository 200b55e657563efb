# kind: S
"""A key for each call."""

import os

import openai

openai.api_base = os.environ["API_BASE"]
KEYS = [os.environ["API_KEY"], "sk-other"]


def call(key):
    return openai.ChatCompletion.create(
        api_key=key,
        model="deepseek-chat",
        messages=[{"role": "user", "content": "hello"}],
    )


for key in KEYS:
    print(call(key).choices[0].message.content)
