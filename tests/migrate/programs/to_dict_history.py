# kind: U
import copy
import json
import os
import openai
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
messages = [{"role": "user", "content": "x"}]
r = openai.ChatCompletion.create(model="deepseek-chat", messages=messages)
messages.append(r.choices[0].message.to_dict())
messages.append({"role": "user", "content": "more"})
r = openai.ChatCompletion.create(model="deepseek-chat", messages=messages)
messages.append(dict(r.choices[0].message))
messages += [{"role": "user", "content": "more"}]
r2 = copy.deepcopy(openai.ChatCompletion.create(model="deepseek-chat", messages=messages))
messages += [r2["choices"][0]["message"]]
print(json.dumps([m["role"] for m in messages]), isinstance(r2, dict), r2.to_dict_recursive()["object"])
plain = json.loads(str(r2))
print(plain["choices"][0]["message"]["role"])
