# kind: S
import os

import openai


class Client:
    """The class in a variable, as wrappers of 2023 had it."""

    def __init__(self):
        openai.api_key = os.environ["API_KEY"]
        openai.api_base = os.environ["API_BASE"]
        self.client = openai.ChatCompletion

    def call(self, prompt, stop=None):
        response = self.client.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": prompt}],
            stop=stop,
            max_tokens=None,
        )
        return response["choices"][0]["message"]["content"]


print(Client().call("Hi"))
