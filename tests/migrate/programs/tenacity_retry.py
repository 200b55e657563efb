# kind: U
import os

import openai
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_none

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
calls = 0


@retry(
    reraise=True,
    wait=wait_none(),
    stop=stop_after_attempt(3),
    retry=retry_if_exception_type(openai.error.RateLimitError)
    | retry_if_exception_type(openai.error.ServiceUnavailableError)
    | retry_if_exception_type(openai.error.APIConnectionError)
    | retry_if_exception_type(openai.error.Timeout)
    | retry_if_exception_type(openai.error.APIError),
)
def chat(messages, model="deepseek-chat"):
    global calls
    calls += 1
    return openai.ChatCompletion.create(model=model, messages=messages)


try:
    result = chat([{"role": "user", "content": "hi"}])
    print(result["choices"][0]["message"]["content"], result["usage"]["total_tokens"])
finally:
    print(calls)
