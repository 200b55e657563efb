# kind: M error-wider
import math
import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


def get_embedding(text, model="text-embedding-ada-002"):
    text = text.replace("\n", " ")
    return openai.Embedding.create(input=[text], model=model)["data"][0]["embedding"]


def cosine(a, b):
    dot = sum(x * y for x, y in zip(a, b))
    return dot / math.sqrt(sum(x * x for x in a)) / math.sqrt(sum(y * y for y in b))


try:
    vectors = {text: get_embedding(text) for text in ("a cat", "a dog")}
    print(round(cosine(vectors["a cat"], vectors["a dog"]), 6))
except openai.error.InvalidRequestError as e:
    print("no embeddings here", e.http_status)
