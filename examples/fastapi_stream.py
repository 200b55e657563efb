"""A FastAPI service that passes answers on as server-sent events while they arrive.

pip install fastapi uvicorn
python examples/fastapi_stream.py      # then: curl -N "http://127.0.0.1:8000/ask?q=Hello"
"""

import json
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import JSONResponse, StreamingResponse

import dsadapter


@asynccontextmanager
async def lifespan(app):
    async with dsadapter.AsyncOpenAI() as client:  # one for all requests: it keeps connections
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ask")
async def ask(q: str):
    stream = await app.state.client.chat.completions.create(
        model="deepseek-flash", messages=[{"role": "user", "content": q}], stream=True
    )
    return StreamingResponse(events(stream), media_type="text/event-stream")


async def events(stream):
    async with stream:  # closed when the browser leaves, too
        async for chunk in stream:
            for choice in chunk.choices:
                if choice.delta.content:
                    yield f"data: {json.dumps(choice.delta.content)}\n\n"
    yield "data: [DONE]\n\n"


@app.exception_handler(dsadapter.APIError)
async def failed(request, err):
    return JSONResponse({"error": err.message, "hint": err.hint}, status_code=502)


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, port=8000)
