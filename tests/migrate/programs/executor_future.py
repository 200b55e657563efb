# kind: S
import os
from concurrent.futures import ThreadPoolExecutor, as_completed

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def work(i, text):
    r = openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": text}]
    )
    return i, r


results = {}
with ThreadPoolExecutor(2) as pool:
    futures = {pool.submit(work, i, t): t for i, t in enumerate(["a", "b", "c"])}
    for future in as_completed(futures):
        i, r = future.result()
        results[i] = r.choices[0].message.content
for i in sorted(results):
    print(i, results[i])
