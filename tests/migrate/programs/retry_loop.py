# kind: S
"""A loop that tries again."""

import os
import time

import openai
from openai.error import RateLimitError, Timeout

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def complete(prompt, tries=3):
    for attempt in range(tries):
        try:
            r = openai.ChatCompletion.create(
                model="deepseek-chat",
                messages=[{"role": "user", "content": prompt}],
                request_timeout=30,
            )
            return r["choices"][0]["message"]["content"]
        except (RateLimitError, Timeout):
            print("slow down", attempt)
            time.sleep(0.01)
    return None


answer = complete("hello")
print("no answer" if answer is None else answer)
