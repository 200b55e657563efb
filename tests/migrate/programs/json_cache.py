# kind: S
import hashlib
import json
import os
import tempfile

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
CACHE = os.path.join(tempfile.mkdtemp(), "cache.json")


def load():
    try:
        with open(CACHE) as f:
            return json.load(f)
    except FileNotFoundError:
        return {}


def cached_chat(**kwargs):
    key = hashlib.md5(json.dumps(kwargs, sort_keys=True).encode()).hexdigest()
    cache = load()
    if key not in cache:
        cache[key] = openai.ChatCompletion.create(**kwargs)
        with open(CACHE, "w") as f:
            json.dump(cache, f)
    return cache[key]


for _ in range(2):
    r = cached_chat(model="deepseek-chat", messages=[{"role": "user", "content": "hi"}])
    print(r["choices"][0]["message"]["content"])
