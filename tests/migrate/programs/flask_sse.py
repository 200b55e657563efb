# kind: S
"""Server-sent events from Flask."""
import json
import os

import openai
from flask import Flask, Response, jsonify, request, stream_with_context

app = Flask(__name__)
openai.api_key = os.environ["API_KEY"]
openai.api_base = os.environ["API_BASE"]


@app.route("/chat", methods=["POST"])
def chat():
    data = request.get_json()

    def generate():
        stream = openai.ChatCompletion.create(
            model=data.get("model", "deepseek-chat"), messages=data["messages"], stream=True
        )
        for chunk in stream:
            if chunk["choices"][0].get("finish_reason") is not None:
                yield "data: [DONE]\n\n"
                break
            delta = chunk["choices"][0]["delta"]
            if delta.get("content"):
                yield "data: %s\n\n" % json.dumps({"text": delta["content"]})

    return Response(stream_with_context(generate()), mimetype="text/event-stream")


@app.route("/complete", methods=["POST"])
def complete():
    r = openai.ChatCompletion.create(model="deepseek-chat", messages=request.json["messages"])
    return jsonify(r["choices"][0]["message"])


@app.errorhandler(openai.error.OpenAIError)
def on_error(error):
    return jsonify({"error": "upstream"}), getattr(error, "http_status", None) or 502


with app.test_client() as web:
    body = {"messages": [{"role": "user", "content": "hi"}]}
    answer = web.post("/complete", json=body)
    print(answer.status_code, answer.get_json())
    answer = web.post("/chat", json=body)
    print(answer.status_code, answer.get_data(as_text=True))
