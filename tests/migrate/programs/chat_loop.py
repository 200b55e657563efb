# kind: S
"""A conversation with a history."""

import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
history = [{"role": "system", "content": "Be kind."}]


def say(text):
    history.append({"role": "user", "content": text})
    completion = openai.ChatCompletion.create(model="deepseek-chat", messages=history)
    message = completion.choices[0].message
    history.append(message)
    return message.content


for line in ["Hello", "And who are you?", "Bye"]:
    print(">", line)
    print(say(line))
for entry in history:
    print(entry["role"], len(entry["content"]))
