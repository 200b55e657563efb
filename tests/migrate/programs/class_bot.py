# kind: S
"""A bot as a class that keeps the reply."""

import json
import os

import openai


class Bot:
    def __init__(self, key, base, model="deepseek-chat"):
        openai.api_key = key
        openai.api_base = base
        self.model = model
        self.messages = []
        self.last = None

    def ask(self, text):
        self.messages.append({"role": "user", "content": text})
        self.last = openai.ChatCompletion.create(model=self.model, messages=self.messages)
        reply = self.last.choices[0].message
        self.messages.append({"role": reply.role, "content": reply.content})
        return reply.content

    def cost(self):
        usage = self.last.usage
        return usage.prompt_tokens * 2 + usage.completion_tokens

    def save(self):
        return json.dumps(self.last["choices"][0]["message"], sort_keys=True)


bot = Bot(os.environ["API_KEY"], os.environ["API_BASE"])
print(bot.ask("Hello there"))
print(bot.cost())
print(json.loads(bot.save())["role"])
