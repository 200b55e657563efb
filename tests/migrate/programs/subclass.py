# kind: M class-use
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


class Chat(openai.ChatCompletion):
    @classmethod
    def create(cls, **kwargs):
        print("asking")
        return super().create(**kwargs)


print(
    Chat.create(model="deepseek-chat", messages=[{"role": "user", "content": "hi"}])
    .choices[0]
    .message.content
)
