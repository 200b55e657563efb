"""Mistakes in code written for openai 0.28."""

import dsadapter as openai

response = openai.ChatCompletion.create(model="m", messages=[])
response.choises  # error
response.choices[0].mesage  # error
length = len(response.choices[0].message.content)  # error
openai.ChatCompletions.create(model="m", messages=[])  # error
openai.api_kee = "k"  # error
openai.api_key = 3  # error: mypy
openai.verify_ssl_certs = "no"  # error: mypy
openai.error.RateLimit  # error
for chunk in openai.ChatCompletion.create(model="m", messages=[], stream=True):
    chunk.choices[0].message  # error
