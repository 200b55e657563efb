# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
response = openai.ChatCompletion.create(
    model="deepseek-chat", messages=[{"role": "user", "content": "Say hello."}]
)
message = response["choices"][0]["message"]
plain = message.to_dict() if hasattr(message, "to_dict") else {}
print(plain.get("content"))
if hasattr(message, "to_dict"):
    print("an object")
if hasattr(message, "get"):
    print(message.get("role"), message.get("nothing", "-"))
else:
    print("no get")
print(hasattr(response, "items"), callable(getattr(response, "get", None)), hasattr(message, "x"))
print(list(map(message.get, ("role", "content"))), len(response.choices))
print([getattr(response, name) for name in ("model", "object")])
