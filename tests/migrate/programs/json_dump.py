# kind: S
import json
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
r = openai.ChatCompletion.create(
    model="deepseek-chat", messages=[{"role": "user", "content": "hi"}]
)
record = {"prompt": "hi", "reply": r.to_dict_recursive()["choices"][0]["message"]}
print(json.dumps(record, sort_keys=True))
print(json.dumps({**r.choices[0].message}, sort_keys=True))
print(dict(r.usage)["total_tokens"], isinstance(r, dict))
