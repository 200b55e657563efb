"""Mistakes that both checkers must see: each marked line."""

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter import OpenAi  # error
from dsadapter._response.types import NoSuchKind  # error

client = OpenAI()
OpenAI(api_kee="k")  # error
OpenAI(max_retries="three")  # error
OpenAI(max_retries=1.5)  # error
OpenAI(base_ulr="https://api.deepseek.com")  # error
OpenAI(default_headers="X-A: 1")  # error
OpenAI("k", "https://api.deepseek.com")  # error
OpenAI(proxies={})  # error
AsyncOpenAI(api_kee="k")  # error
client.with_options(max_retires=3)  # error
client.with_options(max_retries="3")  # error
client.max_retries = "three"  # error
client.no_such_resource  # error
client.caht.completions  # error

messages = [{"role": "user", "content": "Hello"}]
client.chat.completions.create(messages=messages)  # error
client.chat.completions.create(model="m")  # error
client.chat.completions.create(model=3, messages=messages)  # error
client.chat.completions.create(model="m", messages=messages, temprature=0.5)  # error
client.chat.completions.create(model="m", messages=messages, temperature="hot")  # error
client.chat.completions.create(model="m", messages=messages, max_tokens="9")  # error
client.completions.create(model="m")  # error
client.chat.completions.creat(model="m", messages=messages)  # error
client.models.retreive("m")  # error
client.models.retrieve()  # error

response = client.chat.completions.create(model="m", messages=messages)
response.choises  # error
response.choices[0].mesage  # error
response.choices[0].message.contents  # error
length = len(response.choices[0].message.content)  # error
text: str = response.choices[0].message.content  # error
number: int = response.model  # error
response.usage.total_tokens  # error
raw = client.chat.completions.with_raw_response.create(model="m", messages=messages)
raw.parse().choises  # error
raw.http_respons  # error
client.with_raw_response.completions.create(model="m", promt="a")  # error

stream = client.chat.completions.create(model="m", messages=messages, stream=True)
stream.choices  # error
for chunk in stream:
    chunk.choices[0].message  # error
    print(chunk.choices[0].delta.content + "")  # error
stream.get_final_response().choises  # error
for model in client.models.list():
    model.name  # error
client.embeddings.create(model="m")  # error
client.embeddings.create(model="m", input="a", dimension=3)  # error
client.responses.create(model="m", inputs="a")  # error
client.responses.create(model="m", input="a").choices  # error
client.embedings.create(model="m", input="a")  # error

dsadapter.max_retries = "three"  # error: mypy
dsadapter.no_such_setting  # error
dsadapter.chat.completions.create(model="m", mesages=[])  # error
dsadapter.OpenAI().images.generate(prompt="a", nn=1)  # error
dsadapter.OpenAI().files.list(limt=1)  # error


async def main(client: AsyncOpenAI) -> None:
    create = client.chat.completions.create
    create(model="m", messages=messages).choices  # error
    (await create(model="m", messages=messages)).choises  # error
    for chunk in await create(model="m", messages=messages, stream=True):  # error
        print(chunk)
