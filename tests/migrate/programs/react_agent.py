# kind: S
"""Simon Willison's ReAct pattern."""
import os
import re

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


class ChatBot:
    def __init__(self, system=""):
        self.system = system
        self.messages = []
        if self.system:
            self.messages.append({"role": "system", "content": system})

    def __call__(self, message):
        self.messages.append({"role": "user", "content": message})
        result = self.execute()
        self.messages.append({"role": "assistant", "content": result})
        return result

    def execute(self):
        completion = openai.ChatCompletion.create(model="deepseek-chat", messages=self.messages)
        # Uncomment this to print out token usage each time, e.g.
        # print(completion.usage)
        return completion.choices[0].message.content


action_re = re.compile("^Action: (\\w+): (.*)$")
bot = ChatBot("You run in a loop of Thought, Action, PAUSE, Observation.")
next_prompt = "What does England share borders with?"
for _ in range(2):
    result = bot(next_prompt)
    print(result)
    actions = [action_re.match(a) for a in result.split("\n") if action_re.match(a)]
    if actions:
        action, action_input = actions[0].groups()
        next_prompt = f"Observation: {action}"
