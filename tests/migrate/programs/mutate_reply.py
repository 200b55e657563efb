# kind: S
import os, openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
r = openai.ChatCompletion.create(model="deepseek-chat", messages=[{"role": "user", "content": "x"}])
r["choices"][0]["message"]["content"] = r["choices"][0]["message"]["content"].upper()
r.choices[0].message.content += "!"
r.extra = "yes"
r.pop("id")
print(r.choices[0].message.content, r["extra"], "id" in r, r.get("id"))
