# kind: M class-use
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
ENDPOINTS = {
    "chat": (openai.ChatCompletion, lambda p: {"messages": [{"role": "user", "content": p}]}),
    "text": (openai.Completion, lambda p: {"prompt": p}),
}
for kind, (resource, build) in ENDPOINTS.items():
    result = resource.create(model="deepseek-chat", **build("hello"))
    choice = result["choices"][0]
    print(kind, choice["message"]["content"] if kind == "chat" else choice["text"])
