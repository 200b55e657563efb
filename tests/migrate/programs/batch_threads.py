# kind: S
import os
from concurrent.futures import ThreadPoolExecutor

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def work(prompt):
    return openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
    )


with ThreadPoolExecutor(1) as pool:
    replies = list(pool.map(work, ["a", "b"]))
for reply in replies:
    print(reply.choices[0].message.content)
print(sum(r["usage"]["total_tokens"] for r in replies))
