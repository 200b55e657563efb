# kind: S
"""A web application in the style of Flask, with a framework of its own."""

import os

import openai

openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]
ROUTES = {}


def route(path):
    def register(function):
        ROUTES[path] = function
        return function

    return register


@route("/chat")
def chat(body):
    try:
        completion = openai.ChatCompletion.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": body["message"]}],
        )
    except openai.error.RateLimitError:
        return {"error": "busy"}, 429
    return {"reply": completion.choices[0].message["content"]}, 200


print(ROUTES["/chat"]({"message": "hello"}))
