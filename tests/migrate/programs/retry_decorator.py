# kind: S
import functools
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def retry(errors, tries=2):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for i in range(tries):
                try:
                    return function(*args, **kwargs)
                except errors as e:
                    print("retrying after", type(e).__name__ != "")
            return function(*args, **kwargs)

        return wrapper

    return decorate


@retry((openai.error.RateLimitError, openai.error.Timeout, openai.error.APIConnectionError))
def chat(prompt):
    return openai.ChatCompletion.create(
        model="deepseek-chat", messages=[{"role": "user", "content": prompt}]
    )


try:
    print(chat("hello")["choices"][0]["message"]["content"])
except openai.error.RateLimitError as error:
    print("gave up:", error.http_status)
