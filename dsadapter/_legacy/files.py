"""``openai.File`` of 0.28."""

from __future__ import annotations

import os
import time
from typing import Any, Optional
from urllib.parse import quote_plus

from .._errors.tree import OpenAIError
from .abstract import DeletableAPIResource, ListableAPIResource, requestor_for
from .uploads import asend, file_part, send


class File(ListableAPIResource, DeletableAPIResource):
    """Files that a provider keeps."""

    OBJECT_NAME = "files"
    TERMINAL_STATES = ("processed", "error", "deleted")

    @classmethod
    def create(
        cls,
        file: Any,
        purpose: str,
        model: Optional[str] = None,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        user_provided_filename: Optional[str] = None,
        **params: Any,
    ) -> Any:
        """Upload bytes or an open file for a ``purpose`` such as "fine-tune"."""
        named = (api_key, api_base, api_type, api_version, organization)
        fields = {"purpose": purpose, **({} if model is None else {"model": model}), **params}
        form = file_part("file", file, user_provided_filename)
        return send(cls.class_url(), named, fields, form)

    @classmethod
    def download(
        cls,
        id: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> bytes:
        """The bytes of a file, whatever they are."""
        named = (api_key, api_base, api_type, api_version, organization)
        requestor = requestor_for(params, named)
        url = f"{cls.class_url()}/{quote_plus(id)}/content"
        reply = requestor.request_raw("get", url)
        if reply.error is not None:
            requestor._interpret_response(reply, False)  # raises it
        return reply.content

    @classmethod
    def find_matching_files(
        cls,
        name: str,
        bytes: int,
        purpose: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """Uploaded files with the same name, size and purpose."""
        named = (api_key, None, api_version, organization, api_base, api_type)
        files = (cls.list(*named, **params)).get("data", [])
        return [f for f in files if _same(f, os.path.basename(name), bytes, purpose)]

    @classmethod
    async def acreate(
        cls,
        file: Any,
        purpose: str,
        model: Optional[str] = None,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        user_provided_filename: Optional[str] = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`create`."""
        named = (api_key, api_base, api_type, api_version, organization)
        fields = {"purpose": purpose, **({} if model is None else {"model": model}), **params}
        form = file_part("file", file, user_provided_filename)
        return await asend(cls.class_url(), named, fields, form)

    @classmethod
    async def adownload(
        cls,
        id: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> bytes:
        """The async twin of :meth:`download`."""
        named = (api_key, api_base, api_type, api_version, organization)
        requestor = requestor_for(params, named)
        url = f"{cls.class_url()}/{quote_plus(id)}/content"
        reply = await requestor.arequest_raw("get", url, None)
        if reply.error is not None:
            await requestor._interpret_async_response(reply, False)  # raises it
        return reply.content

    @classmethod
    async def afind_matching_files(
        cls,
        name: str,
        bytes: int,
        purpose: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`find_matching_files`."""
        named = (api_key, None, api_version, organization, api_base, api_type)
        files = (await cls.alist(*named, **params)).get("data", [])
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
