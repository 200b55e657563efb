# kind: S
import os

import openai
from openai.error import OpenAIError, RateLimitError

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def settings(name):
    """Out of a file, in real life."""
    known = {
        "chat": {"temperature": 0, "request_timeout": 30, "user": "me"},
        "slow": {"stream": True, "request_timeout": (3, 20), "headers": {"X-Team": "green"}},
        "extra": {"top_k": 3, "request_id": "abc", "stop": None, "api_key": "sk-other"},
        "base": {"api_base": os.environ["API_BASE"], "timeout": 10},
    }
    return known[name]


def chat(prompt, **kwargs):
    return openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}], **kwargs
    )


def call(*args, **kwargs):
    try:
        return openai.ChatCompletion.create(*args, **kwargs)
    except RateLimitError:
        print("limited")
        raise
    except OpenAIError as error:
        print("failed", error.http_status)
        raise


reply = chat("one", **settings("chat"))
print(reply["choices"][0]["message"]["content"], reply.usage.total_tokens)
for name in ("slow", "extra", "base"):
    reply = chat(name, **settings(name))
    if name == "slow":
        text = ""
        for chunk in reply:
            text += chunk["choices"][0].get("delta", {}).get("content", "") or ""
        print(text)
    else:
        print(reply["choices"][0]["message"].get("content"))
messages = [{"role": "user", "content": "two"}]
print(call(model="deepseek-chat", messages=messages)["choices"][0]["message"]["content"])
