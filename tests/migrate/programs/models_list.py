# kind: S
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def is_key_valid():
    try:
        openai.Model.list()
        return True
    except openai.error.AuthenticationError:
        return False


print(is_key_valid())
if is_key_valid():
    names = [model["id"] for model in openai.Model.list()["data"]]
    print(sorted(names))
