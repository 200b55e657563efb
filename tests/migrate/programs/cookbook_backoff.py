# kind: S
# The decorator of OpenAI's cookbook.
import os
import random
import time

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def retry_with_exponential_backoff(
    func,
    initial_delay: float = 0.001,
    exponential_base: float = 2,
    jitter: bool = True,
    max_retries: int = 2,
    errors: tuple = (openai.error.RateLimitError,),
):
    """Retry a function with exponential backoff."""

    def wrapper(*args, **kwargs):
        num_retries = 0
        delay = initial_delay
        while True:
            try:
                return func(*args, **kwargs)
            except errors as e:
                num_retries += 1
                if num_retries > max_retries:
                    raise Exception(f"Maximum number of retries ({max_retries}) exceeded.")
                delay *= exponential_base * (1 + jitter * random.random())
                time.sleep(delay)
            except Exception as e:
                raise e

    return wrapper


@retry_with_exponential_backoff
def completions_with_backoff(**kwargs):
    return openai.Completion.create(**kwargs)


print(completions_with_backoff(model="deepseek-chat", prompt="Once upon a time,")["choices"][0]["text"])
