# kind: S
import os

import openai


def call_with(base, key, prompt):
    """Set, call, restore."""
    old_base, old_key = openai.api_base, openai.api_key
    openai.api_base = base
    openai.api_key = key
    try:
        completion = openai.ChatCompletion.create(
            model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
        )
    finally:
        openai.api_base = old_base
        openai.api_key = old_key
    return completion["choices"][0]["message"]["content"]


print(call_with(os.environ["API_BASE"], os.environ["API_KEY"], "x"))
print(call_with(os.environ["API_BASE"], "sk-second", "y"))
