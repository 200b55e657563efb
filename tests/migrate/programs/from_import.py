# kind: S
import os

import openai
from openai import ChatCompletion

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def reply_to(text):
    return ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": text}]
    )


print(reply_to("hey").choices[0].message.content)
