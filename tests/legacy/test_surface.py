"""The surface of 0.28.1 that code reaches for: re-exports, order of arguments, helpers."""

from __future__ import annotations

import asyncio
import importlib
import inspect
from typing import Any, Dict, List

import pytest

from dsadapter.testing.emulator import Emulator

from .conftest import BASELINE, KEY

SETTINGS = "api_key api_base api_type api_version organization"
CALL = "api_key api_base api_type request_id api_version organization"
LIST = "api_key request_id api_version organization api_base api_type"
SIGNATURES: Dict[str, str] = {
    # as inspect.signature gives them on 0.28.1
    "FineTune.create": f"{CALL} params",
    "FineTune.acreate": f"{CALL} params",
    "FineTune.cancel": "id api_key api_type request_id api_version params",
    "FineTune.acancel": "id api_key api_type request_id api_version params",
    "FineTune.stream_events": f"id {CALL} params",
    "FineTune.astream_events": f"id {CALL} params",
    "FineTune.list_events": "id params",
    "FineTune.events_url": "id nested_id",
    "FineTune.events_request": "method url api_base api_key request_id api_version organization "
    "params",
    "FineTune.list": f"{LIST} params",
    "FineTune.delete": "sid api_type api_version params",
    "FineTuningJob.list_events": "id limit after params",
    "FineTuningJob.create": f"{CALL} params",
    "FineTuningJob.cancel": "id api_key api_type request_id api_version params",
    "FineTuningJob._static_request": f"method_ url_ {CALL} params",
    "Audio.transcribe": f"model file {SETTINGS} deployment_id params",
    "Audio.transcribe_raw": f"model file filename {SETTINGS} deployment_id params",
    "Audio.atranslate": f"model file {SETTINGS} deployment_id params",
    "Audio.atranslate_raw": f"model file filename {SETTINGS} deployment_id params",
    "Image.create": f"{SETTINGS} params",
    "Image.acreate_variation": f"image {SETTINGS} params",
    "Image.create_edit": f"image mask {SETTINGS} params",
    "Completion.class_url": "engine api_type api_version",
    "Model.retrieve": "id api_key request_id request_timeout params",
    "Model.list": f"{LIST} params",
}
# 0.28's take no further keywords; ours do, for those of the adapter.
OWN_SIGNATURES: Dict[str, str] = {
    "File.create": f"file purpose model {SETTINGS} user_provided_filename",
    "File.acreate": f"file purpose model {SETTINGS} user_provided_filename",
    "File.download": f"id {SETTINGS}",
    "File.adownload": f"id {SETTINGS}",
    "File.find_matching_files": f"name bytes purpose {SETTINGS}",
}
PAGES = ["FineTuningJob.list", "FineTuningJob.alist"]


def parameters(openai: Any, path: str) -> List[str]:
    owner, _, name = path.partition(".")
    signature = inspect.signature(getattr(getattr(openai, owner), name))
    return list(signature.parameters)


@pytest.mark.parametrize("path", SIGNATURES)
def test_order_of_arguments(openai: Any, path: str) -> None:
    assert parameters(openai, path) == SIGNATURES[path].split()


@pytest.mark.parametrize("path", OWN_SIGNATURES)
def test_order_of_arguments_before_the_adapters_own(openai: Any, path: str) -> None:
    expected = OWN_SIGNATURES[path].split()
    assert parameters(openai, path)[: len(expected)] == expected


@pytest.mark.parametrize("path", PAGES)
def test_the_arguments_of_a_page_stand_first(openai: Any, path: str) -> None:
    assert parameters(openai, path)[:2] == ["limit", "starting_after"]


REEXPORTS = [
    ("api_requestor", "ApiType"),
    ("api_requestor", "OpenAIResponse"),
    ("api_requestor", "error"),
    ("api_requestor", "requests"),
    ("api_requestor", "util"),
    ("openai_object", "api_requestor"),
    ("openai_object", "util"),
    ("util", "openai"),
    ("api_resources.engine", "ListableAPIResource"),
    ("api_resources.engine", "util"),
    ("api_resources.completion", "TryAgain"),
    ("api_resources.embedding", "base64"),
    ("api_resources.file", "DeletableAPIResource"),
    ("api_resources.file", "time"),
    ("api_resources.fine_tune", "nested_resource_class_methods"),
    ("api_resources.error_object", "merge_dicts"),
    ("api_resources.abstract.engine_api_resource", "quote_plus"),
    ("api_resources.abstract.api_resource", "OpenAIObject"),
    ("api_resources.abstract.paginatable_api_resource", "ListableAPIResource"),
    ("api_resources.experimental.completion_config", "CreateableAPIResource"),
]


@pytest.mark.parametrize(("module", "name"), REEXPORTS)
def test_names_that_a_module_imports(openai: Any, module: str, name: str) -> None:
    target = importlib.import_module(f"{openai.__name__}.{module}")
    value = getattr(target, name)
    if name in ("util", "error", "api_requestor"):
        assert value is getattr(openai, name)
    if name.endswith("APIResource"):
        assert value is getattr(openai.api_resources.abstract, name)
    with pytest.raises(AttributeError, match="no_such_name"):
        target.no_such_name  # noqa: B018


LINES = [b'data: {"a": 1}', b"data:{}", b": keep-alive", b"", b"event: x", b"data: [DONE]"]


def test_parse_stream(openai: Any) -> None:
    requestor = openai.api_requestor
    assert list(requestor.parse_stream(iter(LINES))) == ['{"a": 1}', "{}"]
    assert requestor.parse_stream_helper(b"data: [DONE]") is None
    assert requestor.parse_stream_helper("data: 你好".encode()) == "你好"

    async def lines() -> Any:
        for line in LINES:
            yield line

    async def main() -> List[str]:
        return [data async for data in requestor.parse_stream_async(lines())]

    assert asyncio.run(main()) == ['{"a": 1}', "{}"]


def test_request_headers_have_the_key(openai: Any, emulator: Emulator) -> None:
    requestor = openai.api_requestor.APIRequestor(
        KEY, api_base=emulator.base_url, organization="org-1"
    )
    headers = requestor.request_headers("post", {"X-Own": "1"}, "id-1")
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert headers["OpenAI-Organization"] == "org-1"
    assert (headers["X-Own"], headers["X-Request-Id"]) == ("1", "id-1")
    assert "User-Agent" in headers
    replaced = requestor.request_headers("post", {"Authorization": "Bearer other"}, None)
    assert replaced["Authorization"] == "Bearer other"


@pytest.mark.skipif(BASELINE, reason="default_headers are the adapter's own")
def test_default_headers_still_win_over_the_usual_ones(
    openai: Any, cc: Any, emulator: Emulator, monkeypatch: Any
) -> None:
    import dsadapter

    monkeypatch.setitem(vars(dsadapter), "default_headers", {"User-Agent": "mine"})
    cc()
    assert emulator.requests[-1].headers["user-agent"] == "mine"
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_class_urls(openai: Any) -> None:
    assert openai.Completion.class_url() == "/completions"
    assert openai.Completion.class_url("davinci") == "/engines/davinci/completions"
    assert openai.ChatCompletion.class_url("a b") == "/engines/a+b/chat/completions"
    assert openai.FineTune.events_url("ft-1") == "/fine-tunes/ft-1/events"
    assert openai.FineTune.events_url("ft-1", "e/2") == "/fine-tunes/ft-1/events/e%2F2"
    assert openai.Model.class_url() == "/models"


# --- files ----------------------------------------------------------------------------------------

CONTENT = b"\x00\xff not { json\n" * 1000


@pytest.fixture()
def file_server() -> Any:
    """Serves one file as bytes, and a 404 for others."""
    import http.server
    import threading

    class Handler(http.server.BaseHTTPRequestHandler):
        paths: List[str] = []

        def do_GET(self) -> None:
            self.paths.append(self.path)
            found = self.path == "/files/file-1/content"
            body = CONTENT if found else b'{"error": {"message": "No such file"}}'
            self.send_response(200 if found else 404)
            kind = "application/octet-stream" if found else "application/json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("how", ["sync", "async"])
def test_download_gives_the_bytes(openai: Any, file_server: str, how: str) -> None:
    openai.api_key, openai.api_base = KEY, file_server

    if BASELINE and how == "async":
        pytest.skip("0.28.1's own raises AttributeError")

    def download(name: str) -> Any:
        if how == "sync":
            return openai.File.download(name)
        return asyncio.run(openai.File.adownload(name))

    assert download("file-1") == CONTENT
    with pytest.raises(openai.error.InvalidRequestError, match="No such file"):
        download("file-2")
    assert openai.File.download("file-1", KEY, file_server) == CONTENT
