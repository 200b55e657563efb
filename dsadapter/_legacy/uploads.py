"""Resources of 0.28 that send files: ``Audio``, ``Image``, ``File``."""

from __future__ import annotations

import os
import time
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import quote_plus

from .._errors.tree import OpenAIError
from . import results
from .abstract import APIResource, DeletableAPIResource, ListableAPIResource, requestor_for

BINARY = "application/octet-stream"
Form = List[Tuple[str, Any]]


def _send(url: str, params: Dict[str, Any], files: Any = None) -> Any:
    requested = requestor_for(params).request("post", url, params=params, files=files)
    return results.result(requested, False)


async def _asend(url: str, params: Dict[str, Any], files: Any = None) -> Any:
    requested = await requestor_for(params).arequest("post", url, params=params, files=files)
    return results.aresult(requested, False)


def _part(name: str, content: Any, filename: Optional[str] = None) -> Form:
    return [] if content is None else [(name, (filename or name, content, BINARY))]


class Audio(APIResource):
    """Speech to text; DeepSeek has none."""

    OBJECT_NAME = "audio"

    @classmethod
    def transcribe(cls, model: str, file: Any, **params: Any) -> Any:
        """The text of an open audio file."""
        return cls.transcribe_raw(model, file, file.name, **params)

    @classmethod
    def translate(cls, model: str, file: Any, **params: Any) -> Any:
        """The English text of an open audio file."""
        return cls.translate_raw(model, file, file.name, **params)

    @classmethod
    def transcribe_raw(cls, model: str, file: Any, filename: str, **params: Any) -> Any:
        """As :meth:`transcribe`, of bytes under this file name."""
        url = f"{cls.class_url()}/transcriptions"
        return _send(url, {"model": model, **params}, _part("file", file, filename))

    @classmethod
    def translate_raw(cls, model: str, file: Any, filename: str, **params: Any) -> Any:
        """As :meth:`translate`, of bytes under this file name."""
        url = f"{cls.class_url()}/translations"
        return _send(url, {"model": model, **params}, _part("file", file, filename))

    @classmethod
    async def atranscribe(cls, model: str, file: Any, **params: Any) -> Any:
        """The async twin of :meth:`transcribe`."""
        return await cls.atranscribe_raw(model, file, file.name, **params)

    @classmethod
    async def atranslate(cls, model: str, file: Any, **params: Any) -> Any:
        """The async twin of :meth:`translate`."""
        return await cls.atranslate_raw(model, file, file.name, **params)

    @classmethod
    async def atranscribe_raw(cls, model: str, file: Any, filename: str, **params: Any) -> Any:
        """The async twin of :meth:`transcribe_raw`."""
        url = f"{cls.class_url()}/transcriptions"
        return await _asend(url, {"model": model, **params}, _part("file", file, filename))

    @classmethod
    async def atranslate_raw(cls, model: str, file: Any, filename: str, **params: Any) -> Any:
        """The async twin of :meth:`translate_raw`."""
        url = f"{cls.class_url()}/translations"
        return await _asend(url, {"model": model, **params}, _part("file", file, filename))


class Image(APIResource):
    """Images; DeepSeek has none."""

    OBJECT_NAME = "images"

    @classmethod
    def create(cls, api_key: Any = None, **params: Any) -> Any:
        """Images for a ``prompt``."""
        return _send(f"{cls.class_url()}/generations", {"api_key": api_key, **params})

    @classmethod
    async def acreate(cls, api_key: Any = None, **params: Any) -> Any:
        """The async twin of :meth:`create`."""
        return await _asend(f"{cls.class_url()}/generations", {"api_key": api_key, **params})

    @classmethod
    def create_variation(cls, image: Any, **params: Any) -> Any:
        """Variations of an image (bytes or an open file)."""
        return _send(f"{cls.class_url()}/variations", params, _part("image", image))

    @classmethod
    async def acreate_variation(cls, image: Any, **params: Any) -> Any:
        """The async twin of :meth:`create_variation`."""
        return await _asend(f"{cls.class_url()}/variations", params, _part("image", image))

    @classmethod
    def create_edit(cls, image: Any, mask: Any = None, **params: Any) -> Any:
        """An image with the masked part drawn anew."""
        form = _part("image", image) + _part("mask", mask)
        return _send(f"{cls.class_url()}/edits", params, form)

    @classmethod
    async def acreate_edit(cls, image: Any, mask: Any = None, **params: Any) -> Any:
        """The async twin of :meth:`create_edit`."""
        form = _part("image", image) + _part("mask", mask)
        return await _asend(f"{cls.class_url()}/edits", params, form)


class File(ListableAPIResource, DeletableAPIResource):
    """Files that a provider keeps."""

    OBJECT_NAME = "files"
    TERMINAL_STATES = ("processed", "error", "deleted")

    @classmethod
    def create(cls, file: Any, purpose: str, model: Optional[str] = None, **params: Any) -> Any:
        """Upload bytes or an open file for a ``purpose`` such as "fine-tune"."""
        name = params.pop("user_provided_filename", None)
        fields = {"purpose": purpose, **({} if model is None else {"model": model}), **params}
        return _send(cls.class_url(), fields, _part("file", file, name))

    @classmethod
    async def acreate(
        cls, file: Any, purpose: str, model: Optional[str] = None, **params: Any
    ) -> Any:
        """The async twin of :meth:`create`."""
        name = params.pop("user_provided_filename", None)
        fields = {"purpose": purpose, **({} if model is None else {"model": model}), **params}
        return await _asend(cls.class_url(), fields, _part("file", file, name))

    @classmethod
    def download(cls, id: str, **params: Any) -> bytes:
        """The bytes of a file."""
        requestor = requestor_for(params)
        raw = requestor.request_raw("get", f"{cls.class_url()}/{quote_plus(id)}/content")
        if raw.error is not None:
            requestor._interpret_response(raw, False)  # raises it
        return raw.content

    @classmethod
    async def adownload(cls, id: str, **params: Any) -> bytes:
        """The async twin of :meth:`download`."""
        requestor, path = requestor_for(params), f"{cls.class_url()}/{quote_plus(id)}/content"
        raw = await requestor.arequest_raw("get", path, None)
        if raw.error is not None:
            await requestor._interpret_async_response(raw, False)  # raises it
        return raw.content

    @classmethod
    def find_matching_files(cls, name: str, bytes: int, purpose: str, **params: Any) -> Any:
        """Uploaded files with the same name, size and purpose."""
        files = cls.list(**params).get("data", [])
        return [f for f in files if _same(f, os.path.basename(name), bytes, purpose)]

    @classmethod
    async def afind_matching_files(cls, name: str, bytes: int, purpose: str, **params: Any) -> Any:
        """The async twin of :meth:`find_matching_files`."""
        files = (await cls.alist(**params)).get("data", [])
        return [f for f in files if _same(f, os.path.basename(name), bytes, purpose)]

    @classmethod
    def wait_for_processing(cls, id: str, max_wait_seconds: float = 30 * 60) -> Any:
        """The status of a file, once it is final; asks every 5 seconds.

        Raises OpenAIError after ``max_wait_seconds``.
        """
        deadline = time.monotonic() + max_wait_seconds
        file = cls.retrieve(id=id)
        while file.status not in cls.TERMINAL_STATES:
            if time.monotonic() > deadline:
                raise OpenAIError(
                    f"Giving up on waiting for file {id} to finish processing after "
                    f"{max_wait_seconds} seconds."
                )
            time.sleep(5.0)
            file = cls.retrieve(id=id)
        return file.status


def _same(file: Any, name: str, size: int, purpose: str) -> bool:
    sizes = [int(file[key]) for key in ("bytes", "size") if key in file]
    same_name = os.path.basename(file["filename"]) == name
    return same_name and file["purpose"] == purpose and all(s == size for s in sizes)
