# kind: M reply-leaves
import os, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

class Session:
    pass

def ask(session, prompt):
    session.last = openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}])
    session.count = getattr(session, "count", 0) + 1

s = Session()
ask(s, "x")
print(s.last["choices"][0]["message"]["content"], s.count)
print(s.last.choices[0].message.role)
