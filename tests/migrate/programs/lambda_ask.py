# kind: S
import os, openai
openai.api_key, openai.api_base = os.environ["API_KEY"], os.environ["API_BASE"]
ask = lambda p, m="deepseek-chat": openai.ChatCompletion.create(model=m, messages=[{"role": "user", "content": p}])["choices"][0]["message"]["content"]
raw = lambda p: openai.ChatCompletion.create(model="deepseek-chat", messages=[dict(role="user", content=p)])
print(ask("hi")); print(*map(ask, ["a", "b"]), sep="\n")
r = raw("x")
print(r["model"], r.choices[0].message.role)
