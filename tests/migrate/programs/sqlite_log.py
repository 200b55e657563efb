# kind: S
import json
import os
import sqlite3

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
db = sqlite3.connect(":memory:")
db.execute("create table log (prompt text, reply text, raw text, tokens integer)")

for prompt in ("a", "b"):
    response = openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
    )
    reply = response.choices[0].message.content
    db.execute(
        "insert into log values (?, ?, ?, ?)",
        (prompt, reply, json.dumps(response, sort_keys=True), response.usage.total_tokens),
    )
for row in db.execute("select prompt, reply, raw, tokens from log"):
    print(row[0], row[1], sorted(json.loads(row[2])), row[3])
