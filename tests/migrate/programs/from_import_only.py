# kind: S
import os

import openai
from openai import ChatCompletion as Chat
from openai import error

openai.api_key, openai.api_base = os.environ["API_KEY"], os.environ["API_BASE"]
try:
    r = Chat.create(model="deepseek-chat", messages=[{"role": "user", "content": "hey"}])
    print(r.usage.total_tokens, r.choices[0].finish_reason)
except error.RateLimitError:
    print("limit")
except error.OpenAIError:
    print("something else")
