# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def answer(question):
    response = openai.ChatCompletion.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": question}],
    )
    choices = response.get("choices") or []
    if not choices:
        return None
    content = choices[0].get("message", {}).get("content")
    finish = choices[0].get("finish_reason", "unknown")
    used = response.get("usage", {}).get("total_tokens", 0)
    extra = response.get("nothing", "default")
    return content, finish, used > 0, extra


print(answer("hello"))
