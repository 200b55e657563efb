"""DeepSeek for other programs: an OpenAI-compatible service as a FastAPI application.

pip install ".[gateway]"
python examples/gateway.py
curl http://127.0.0.1:8000/v1/models

For more processes: uvicorn --factory --app-dir examples --workers 2 gateway:app
"""

import sys

import dsadapter
from dsadapter.integrations.gateway import create_app


def app():
    """The service; paths of your own go beside its paths."""
    service = create_app(max_streams=500, deadline=600)

    @service.get("/hello")
    async def hello():
        return {"hello": "world"}

    return service


if __name__ == "__main__":
    import uvicorn

    try:
        port = int(sys.argv[1]) if sys.argv[1:] else 8000
        uvicorn.run(app(), host="127.0.0.1", port=port, access_log=False)
    except dsadapter.OpenAIError as err:  # no key, or one that cannot be used
        sys.exit(f"{type(err).__name__}: {err}")
