# kind: S
import os
from typing import List, Optional
import openai
from openai.openai_object import OpenAIObject
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]

def request(messages: List[dict]) -> OpenAIObject:
    return openai.ChatCompletion.create(model="deepseek-chat", messages=messages)

def content(reply: Optional[OpenAIObject]) -> str:
    return reply.choices[0].message.content if reply else ""

print(content(request([{"role": "user", "content": "x"}])))
