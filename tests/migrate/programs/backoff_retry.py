# kind: S
import os
import backoff
import openai
from openai.error import RateLimitError, APIConnectionError, Timeout

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
tries = []


@backoff.on_exception(
    backoff.constant, (RateLimitError, Timeout), interval=0, max_tries=3, jitter=None,
    on_backoff=lambda details: tries.append(details["tries"]),
)
def completions_with_backoff(**kwargs):
    return openai.ChatCompletion.create(**kwargs)


try:
    response = completions_with_backoff(
        model="deepseek-chat", messages=[{"role": "user", "content": "Once upon a time"}]
    )
    print(response.choices[0].message.content)
except RateLimitError:
    print("limited")
print(tries)
