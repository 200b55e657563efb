"""Resources of 0.28 that send files: ``Audio``, ``Image``, ``File``."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from . import results
from .abstract import APIResource, requestor_for

BINARY = "application/octet-stream"
Form = List[Tuple[str, Any]]
Named = Tuple[Any, ...]  # key, base, type, version and organization of one call


def send(url: str, named: Named, params: Dict[str, Any], files: Any = None) -> Any:
    """A POST of these fields and files, with the settings of one call."""
    requestor = requestor_for(params, named)
    return results.result(requestor.request("post", url, params=params, files=files), False)


async def asend(url: str, named: Named, params: Dict[str, Any], files: Any = None) -> Any:
    """The async twin of :func:`send`."""
    requestor = requestor_for(params, named)
    requested = await requestor.arequest("post", url, params=params, files=files)
    return results.aresult(requested, False)


def file_part(name: str, content: Any, filename: Optional[str] = None) -> Form:
    """One part of a form; none where there is no content."""
    return [] if content is None else [(name, (filename or name, content, BINARY))]


class Audio(APIResource):
    """Speech to text; DeepSeek has none."""

    OBJECT_NAME = "audio"

    @classmethod
    def transcribe(
        cls,
        model: str,
        file: Any,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """The text of an open audio file."""
        named = (api_key, api_base, api_type, api_version, organization, deployment_id)
        return cls.transcribe_raw(model, file, file.name, *named, **params)

    @classmethod
    def transcribe_raw(
        cls,
        model: str,
        file: Any,
        filename: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """As :meth:`transcribe`, of bytes under this file name."""
        url = f"{cls.class_url()}/transcriptions"
        named = (api_key, api_base, api_type, api_version, organization)
        fields = {"model": model or deployment_id, **params}
        return send(url, named, fields, file_part("file", file, filename))

    @classmethod
    async def atranscribe(
        cls,
        model: str,
        file: Any,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`transcribe`."""
        named = (api_key, api_base, api_type, api_version, organization, deployment_id)
        return await cls.atranscribe_raw(model, file, file.name, *named, **params)

    @classmethod
    async def atranscribe_raw(
        cls,
        model: str,
        file: Any,
        filename: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`transcribe_raw`."""
        url = f"{cls.class_url()}/transcriptions"
        named = (api_key, api_base, api_type, api_version, organization)
        fields = {"model": model or deployment_id, **params}
        return await asend(url, named, fields, file_part("file", file, filename))

    @classmethod
    def translate(
        cls,
        model: str,
        file: Any,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """The English text of an open audio file."""
        named = (api_key, api_base, api_type, api_version, organization, deployment_id)
        return cls.translate_raw(model, file, file.name, *named, **params)

    @classmethod
    def translate_raw(
        cls,
        model: str,
        file: Any,
        filename: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """As :meth:`translate`, of bytes under this file name."""
        url = f"{cls.class_url()}/translations"
        named = (api_key, api_base, api_type, api_version, organization)
        fields = {"model": model or deployment_id, **params}
        return send(url, named, fields, file_part("file", file, filename))

    @classmethod
    async def atranslate(
        cls,
        model: str,
        file: Any,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`translate`."""
        named = (api_key, api_base, api_type, api_version, organization, deployment_id)
        return await cls.atranslate_raw(model, file, file.name, *named, **params)

    @classmethod
    async def atranslate_raw(
        cls,
        model: str,
        file: Any,
        filename: str,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        deployment_id: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`translate_raw`."""
        url = f"{cls.class_url()}/translations"
        named = (api_key, api_base, api_type, api_version, organization)
        fields = {"model": model or deployment_id, **params}
        return await asend(url, named, fields, file_part("file", file, filename))


class Image(APIResource):
    """Images; DeepSeek has none."""

    OBJECT_NAME = "images"

    @classmethod
    def create(
        cls,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """Images for a ``prompt``."""
        named = (api_key, api_base, api_type, api_version, organization)
        return send(f"{cls.class_url()}/generations", named, params)

    @classmethod
    async def acreate(
        cls,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`create`."""
        named = (api_key, api_base, api_type, api_version, organization)
        return await asend(f"{cls.class_url()}/generations", named, params)

    @classmethod
    def create_variation(
        cls,
        image: Any,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """Variations of an image (bytes or an open file)."""
        named = (api_key, api_base, api_type, api_version, organization)
        return send(f"{cls.class_url()}/variations", named, params, file_part("image", image))

    @classmethod
    async def acreate_variation(
        cls,
        image: Any,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`create_variation`."""
        named = (api_key, api_base, api_type, api_version, organization)
        return await asend(
            f"{cls.class_url()}/variations", named, params, file_part("image", image)
        )

    @classmethod
    def create_edit(
        cls,
        image: Any,
        mask: Any = None,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """An image with the masked part drawn anew."""
        named = (api_key, api_base, api_type, api_version, organization)
        return send(f"{cls.class_url()}/edits", named, params, _image_and_mask(image, mask))

    @classmethod
    async def acreate_edit(
        cls,
        image: Any,
        mask: Any = None,
        api_key: Any = None,
        api_base: Any = None,
        api_type: Any = None,
        api_version: Any = None,
        organization: Any = None,
        **params: Any,
    ) -> Any:
        """The async twin of :meth:`create_edit`."""
        named = (api_key, api_base, api_type, api_version, organization)
        return await asend(f"{cls.class_url()}/edits", named, params, _image_and_mask(image, mask))


def _image_and_mask(image: Any, mask: Any) -> Form:
    return file_part("image", image) + file_part("mask", mask)
