# kind: S
import os
import openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

def chat(prompt):
    r = openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}])
    return r['choices'][0]['message']['content'], r['usage'], r

text, usage, r = chat("x")
print(text, usage["total_tokens"] > 0, len(r.id) > 3, r.choices[0].finish_reason)
print("{}".format(len(r)) , f"{r['choices'][0]['message']['role']}: {r.choices[0].message.content!r}")
total = 0
for k, v in usage.items():
    if isinstance(v, int):
        total += v
print(total > 0)
