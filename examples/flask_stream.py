"""A Flask service that passes answers on as server-sent events while they arrive.

pip install flask
python examples/flask_stream.py        # then: curl -N "http://127.0.0.1:8000/ask?q=Hello"
"""

import json

from flask import Flask, Response, request

import dsadapter

app = Flask(__name__)
client = dsadapter.OpenAI()  # one for all threads: it keeps connections


@app.get("/ask")
def ask():
    stream = client.chat.completions.create(
        model="deepseek-flash",
        messages=[{"role": "user", "content": request.args["q"]}],
        stream=True,
    )
    return Response(events(stream), mimetype="text/event-stream")


def events(stream):
    with stream:  # closed when the browser leaves, too
        for chunk in stream:
            for choice in chunk.choices:
                if choice.delta.content:
                    yield f"data: {json.dumps(choice.delta.content)}\n\n"
    yield "data: [DONE]\n\n"


@app.errorhandler(dsadapter.APIError)
def failed(err):
    return {"error": err.message, "hint": err.hint}, 502


if __name__ == "__main__":
    app.run(port=8000, threaded=True)
