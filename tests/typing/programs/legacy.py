"""Code written for openai 0.28, with one line changed."""

# pyright: strict

from typing import Dict, Iterator, List, Optional

from typing_extensions import assert_type

import dsadapter as openai
import dsadapter.error
import dsadapter.util
from dsadapter import ChatCompletion
from dsadapter.openai_object import OpenAIObject

openai.api_key = "k"
openai.api_base = "https://api.deepseek.com"
openai.api_type = "open_ai"
openai.api_version = None
openai.api_key_path = None
openai.organization = None
openai.proxy = {"https": "http://proxy"}
openai.verify_ssl_certs = True
openai.ca_bundle_path = None
openai.requestssession = None
openai.debug = False
openai.log = "debug"
openai.enable_telemetry = False
openai.app_info = {"name": "a"}

messages: List[Dict[str, str]] = [{"role": "user", "content": "Hello"}]

response = openai.ChatCompletion.create(
    model="gpt-3.5-turbo", messages=messages, temperature=0, request_timeout=30, api_key="k"
)
assert_type(response.choices[0].message.content, Optional[str])
assert_type(response.id, str)
text: object = response["choices"][0]["message"]["content"]
as_object: OpenAIObject = response
milliseconds: Optional[int] = response.response_ms
plain: Dict[str, object] = response.to_dict_recursive()

for chunk in openai.ChatCompletion.create(model="m", messages=messages, stream=True):
    assert_type(chunk.choices[0].delta.content, Optional[str])
    delta: object = chunk["choices"][0]["delta"].get("content", "")


def words() -> Iterator[str]:
    for chunk in ChatCompletion.create(engine="m", messages=messages, stream=True):
        yield chunk.choices[0].delta.content or ""


completion = openai.Completion.create(engine="davinci", prompt="def f(", max_tokens=5)
assert_type(completion.choices[0].text, str)
embedding = openai.Embedding.create(model="m", input=["a"])["data"][0]["embedding"]
models = openai.Model.list()["data"]
api_type: object = dsadapter.util.ApiType.OPEN_AI


async def main() -> None:
    response = await openai.ChatCompletion.acreate(model="m", messages=messages)
    assert_type(response.choices[0].message.content, Optional[str])
    async for chunk in await openai.ChatCompletion.acreate(
        model="m", messages=messages, stream=True
    ):
        assert_type(chunk.choices[0].delta.content, Optional[str])


try:
    pass
except openai.error.RateLimitError as err:
    message: Optional[str] = err.user_message
    status: Optional[int] = err.http_status
    headers: object = err.headers.get("retry-after")
except (openai.error.InvalidRequestError, openai.InvalidRequestError) as err:
    param: Optional[str] = err.param
except dsadapter.error.Timeout:
    pass
except openai.error.OpenAIError as err:
    error_object: object = err.json_body
