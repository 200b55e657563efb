# kind: S
"""The tutorial bot of 2023: an instance of the class."""
import os

import openai

openai.api_key = os.environ.get("API_KEY")
openai.api_base = os.environ.get("API_BASE")
completion = openai.ChatCompletion()

start_chat_log = [{"role": "system", "content": "You are a helpful assistant."}]


def askgpt(question, chat_log=None):
    if chat_log is None:
        chat_log = start_chat_log
    chat_log = chat_log + [{"role": "user", "content": question}]
    response = completion.create(model="deepseek-chat", messages=chat_log)
    answer = response.choices[0]["message"]["content"]
    chat_log = chat_log + [{"role": "assistant", "content": answer}]
    return answer, chat_log


answer, log = askgpt("Hello?")
print(answer)
answer, log = askgpt("And now?", log)
print(answer, len(log))
