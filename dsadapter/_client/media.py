"""``client.images`` and ``client.audio``: what is seen and heard."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from .._call import arguments
from .._call.call import ResponseTypes
from .._call.request import NOT_GIVEN
from .._response import content
from .._response.resource_types import ImagesResponse, Translation, transcription
from .async_resources import read_files
from .resources import _Resource
from .signature import takes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, overload

    from typing_extensions import Unpack

    from .._call.stream import AsyncStream, Stream
    from .params import (
        ImageEditOptions,
        ImageOptions,
        ImageVariationOptions,
        SpeechOptions,
        TranslationOptions,
    )

_IMAGES = ResponseTypes(ImagesResponse)
_SPEECH = ResponseTypes(read=content.sound)
_TRANSCRIPTION = ResponseTypes(transcription, read=content.json_or_text)
_TRANSLATION = ResponseTypes(Translation, read=content.json_or_text)
_ANY_SOUND = {"Accept": "application/octet-stream"}

Files = List[Tuple[str, Any]]


def _image_files(image: Any, mask: Any = None) -> Files:
    """One image, or several under the name of a list; a mask that is None is left out."""
    several = isinstance(image, list)
    images = [("image[]", item) for item in image] if several else [("image", image)]
    has_mask = mask is not None and type(mask).__name__ not in NOT_GIVEN
    return [*images, *([("mask", mask)] if has_mask else [])]


def _speech_body(params: Dict[str, Any]) -> Dict[str, Any]:
    headers = {**_ANY_SOUND, **(params.pop("extra_headers", None) or {})}
    return {**params, "extra_headers": headers}


class Images(_Resource):
    """``client.images``. With ``stream=True`` each gives a Stream of events."""

    if TYPE_CHECKING:

        @overload
        def generate(
            self, *, prompt: str, stream: Literal[True], **params: Unpack[ImageOptions]
        ) -> Stream[Any]: ...
        @overload
        def generate(
            self,
            *,
            prompt: str,
            stream: Optional[Literal[False]] = None,
            **params: Unpack[ImageOptions],
        ) -> ImagesResponse: ...

    @takes("ImageOptions", stream="Optional[bool]")
    def generate(self, *, prompt: str, **params: Any) -> Any:
        """Images for a text: an ImagesResponse; further keywords go into the body."""
        body = {"prompt": prompt, **params}
        return self._client._run(_IMAGES, arguments.post, "/images/generations", body)

    if TYPE_CHECKING:

        @overload
        def edit(
            self,
            *,
            image: Any,
            prompt: str,
            mask: Any = None,
            stream: Literal[True],
            **params: Unpack[ImageEditOptions],
        ) -> Stream[Any]: ...
        @overload
        def edit(
            self,
            *,
            image: Any,
            prompt: str,
            mask: Any = None,
            stream: Optional[Literal[False]] = None,
            **params: Unpack[ImageEditOptions],
        ) -> ImagesResponse: ...

    @takes("ImageEditOptions", stream="Optional[bool]")
    def edit(self, *, image: Any, prompt: str, mask: Any = None, **params: Any) -> Any:
        """An image, or a list of them, drawn anew: an ImagesResponse."""
        files, body = _image_files(image, mask), {"prompt": prompt, **params}
        return self._client._run(_IMAGES, arguments.upload, "/images/edits", body, files)

    @takes("ImageVariationOptions")
    def create_variation(
        self, *, image: Any, **params: Unpack[ImageVariationOptions]
    ) -> ImagesResponse:
        """Variations of an image."""
        response: ImagesResponse = self._client._run(
            _IMAGES,
            arguments.upload,
            "/images/variations",
            params,
            _image_files(image),
        )
        return response


class AsyncImages(_Resource):
    """The async twin of :class:`Images`."""

    if TYPE_CHECKING:

        @overload
        async def generate(
            self, *, prompt: str, stream: Literal[True], **params: Unpack[ImageOptions]
        ) -> AsyncStream[Any]: ...
        @overload
        async def generate(
            self,
            *,
            prompt: str,
            stream: Optional[Literal[False]] = None,
            **params: Unpack[ImageOptions],
        ) -> ImagesResponse: ...

    @takes("ImageOptions", stream="Optional[bool]")
    async def generate(self, *, prompt: str, **params: Any) -> Any:
        """As :meth:`Images.generate`."""
        body = {"prompt": prompt, **params}
        return await self._client._run(_IMAGES, arguments.post, "/images/generations", body)

    if TYPE_CHECKING:

        @overload
        async def edit(
            self,
            *,
            image: Any,
            prompt: str,
            mask: Any = None,
            stream: Literal[True],
            **params: Unpack[ImageEditOptions],
        ) -> AsyncStream[Any]: ...
        @overload
        async def edit(
            self,
            *,
            image: Any,
            prompt: str,
            mask: Any = None,
            stream: Optional[Literal[False]] = None,
            **params: Unpack[ImageEditOptions],
        ) -> ImagesResponse: ...

    @takes("ImageEditOptions", stream="Optional[bool]")
    async def edit(self, *, image: Any, prompt: str, mask: Any = None, **params: Any) -> Any:
        """As :meth:`Images.edit`."""
        files, body = await read_files(_image_files(image, mask)), {"prompt": prompt, **params}
        return await self._client._run(_IMAGES, arguments.upload, "/images/edits", body, files)

    @takes("ImageVariationOptions")
    async def create_variation(
        self, *, image: Any, **params: Unpack[ImageVariationOptions]
    ) -> ImagesResponse:
        """As :meth:`Images.create_variation`."""
        files = await read_files(_image_files(image))
        response: ImagesResponse = await self._client._run(
            _IMAGES, arguments.upload, "/images/variations", params, files
        )
        return response


class Speech(_Resource):
    """``client.audio.speech``."""

    @takes("SpeechOptions")
    def create(self, *, input: str, model: str, voice: Any, **params: Unpack[SpeechOptions]) -> Any:
        """A text spoken: a BinaryResponse, whose ``content`` is the sound."""
        body = _speech_body({"input": input, "model": model, "voice": voice, **params})
        return self._client._run(_SPEECH, arguments.post, "/audio/speech", body)


class AsyncSpeech(_Resource):
    """The async twin of :class:`Speech`."""

    @takes("SpeechOptions")
    async def create(
        self, *, input: str, model: str, voice: Any, **params: Unpack[SpeechOptions]
    ) -> Any:
        """As :meth:`Speech.create`."""
        body = _speech_body({"input": input, "model": model, "voice": voice, **params})
        return await self._client._run(_SPEECH, arguments.post, "/audio/speech", body)


class Transcriptions(_Resource):
    """``client.audio.transcriptions``."""

    @takes("TranscriptionOptions", stream="Optional[bool]")
    def create(self, *, file: Any, model: str, **params: Any) -> Any:
        """The text of a sound: a Transcription, a str for ``response_format="text"`` and its like,
        with ``stream=True`` a Stream of events."""
        body, files = {"model": model, **params}, [("file", file)]
        return self._client._run(
            _TRANSCRIPTION, arguments.upload, "/audio/transcriptions", body, files
        )


class AsyncTranscriptions(_Resource):
    """The async twin of :class:`Transcriptions`."""

    @takes("TranscriptionOptions", stream="Optional[bool]")
    async def create(self, *, file: Any, model: str, **params: Any) -> Any:
        """As :meth:`Transcriptions.create`."""
        body, files = {"model": model, **params}, await read_files([("file", file)])
        return await self._client._run(
            _TRANSCRIPTION, arguments.upload, "/audio/transcriptions", body, files
        )


class Translations(_Resource):
    """``client.audio.translations``."""

    @takes("TranslationOptions")
    def create(self, *, file: Any, model: str, **params: Unpack[TranslationOptions]) -> Any:
        """The English text of a sound: a Translation, or a str as of transcriptions."""
        body, files = {"model": model, **params}, [("file", file)]
        return self._client._run(_TRANSLATION, arguments.upload, "/audio/translations", body, files)


class AsyncTranslations(_Resource):
    """The async twin of :class:`Translations`."""

    @takes("TranslationOptions")
    async def create(self, *, file: Any, model: str, **params: Unpack[TranslationOptions]) -> Any:
        """As :meth:`Translations.create`."""
        body, files = {"model": model, **params}, await read_files([("file", file)])
        return await self._client._run(
            _TRANSLATION, arguments.upload, "/audio/translations", body, files
        )


class Audio(_Resource):
    """``client.audio``."""

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.speech: Speech = Speech(client)
        self.transcriptions: Transcriptions = Transcriptions(client)
        self.translations: Translations = Translations(client)


class AsyncAudio(_Resource):
    """``client.audio`` of an async client."""

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.speech: AsyncSpeech = AsyncSpeech(client)
        self.transcriptions: AsyncTranscriptions = AsyncTranscriptions(client)
        self.translations: AsyncTranslations = AsyncTranslations(client)
