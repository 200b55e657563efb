"""Chunks in, events out: the state behind ``chat.completions.stream``. No I/O."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from .._errors.parsing import content_error
from .._errors.tree import OpenAIError
from .._record import to_plain
from .choice_state import ChoiceState
from .chunk_types import ChatCompletionChunk
from .output_types import OutputTypes
from .parsed import ParsedChatCompletion, parse_completion
from .stream_events import ChunkEvent

_get: Any = dict.get  # of a record, without wrapping what stands in it
_OF_THE_CHUNK = ("usage", "system_fingerprint")  # the latest chunk says what counts


class ChatCompletionStreamState:
    """The chunks of a chat completion, merged, and the events that they mean.

    What openai's class of this name gives, event by event. Three things differ where servers do
    what OpenAI does not: a role, an id or a name that comes again is not doubled, lists without an
    ``index`` go on instead of raising, and choices and calls may come in any order.
    """

    def __init__(self, *, response_format: Any = None, input_tools: Any = None) -> None:
        """``response_format``: a class, the API's own object, or None; ``input_tools`` as sent."""
        self._types = OutputTypes(response_format, input_tools or ())
        self._snapshot: Optional[ParsedChatCompletion[Any]] = None
        self._choices: Dict[int, ChoiceState] = {}

    @property
    def current_completion_snapshot(self) -> Any:
        """The reply so far: one object, which grows; raises OpenAIError before the first chunk."""
        if self._snapshot is None:
            raise OpenAIError("No chunk has come yet: there is no snapshot.")
        return self._snapshot

    def get_final_completion(self) -> Any:
        """The reply as ``parse`` gives it; call it when the stream has ended.

        Raises as :func:`parse_completion`.
        """
        data = to_plain(self.current_completion_snapshot)
        return parse_completion(ParsedChatCompletion(data), self._types)

    def handle_chunk(self, chunk: Any) -> List[Any]:
        """Add a chunk; gives the events that it means, ``chunk`` first.

        Raises LengthFinishReasonError and ContentFilterFinishReasonError where an answer that is
        to be parsed ends before its end, APIResponseError (a ValueError) where it does not fit.
        """
        chunk = _as_chunk(chunk)
        choices = _get(chunk, "choices") or ()
        if self._snapshot is None:
            self._begin(chunk)
            for choice in choices:
                self._new_choice(choice)
        else:
            for choice in choices:
                self._accumulate(choice)
            for name in _OF_THE_CHUNK:
                self._snapshot[name] = _get(chunk, name)
            if _get(chunk, "moderation") is not None:
                self._snapshot["moderation"] = to_plain(chunk["moderation"])
        events: List[Any] = [ChunkEvent(type="chunk", chunk=chunk, snapshot=self._snapshot)]
        for choice in choices:
            events += self._choices[_get(choice, "index") or 0].events(choice)
        return events

    def _begin(self, chunk: Mapping[str, Any]) -> None:
        data = {k: v for k, v in chunk.items() if k not in ("choices", "obfuscation")}
        data = {"system_fingerprint": None, **to_plain(data), "object": "chat.completion"}
        self._snapshot = ParsedChatCompletion(data, choices=[])

    def _new_choice(self, choice: Any) -> ChoiceState:
        index = _get(choice, "index") or 0
        state = self._choices[index] = ChoiceState(choice, self._types)
        position = sum(other < index for other in self._choices)
        self.current_completion_snapshot["choices"].insert(position, state.snapshot)
        return state

    def _accumulate(self, choice: Any) -> None:
        state = self._choices.get(_get(choice, "index") or 0)
        if state is None:
            state = self._new_choice(choice)
        else:
            state.add(choice)
        try:
            state.after_chunk(choice, self._snapshot)
        except ValueError as err:
            if isinstance(err, OpenAIError):
                raise
            text = state.snapshot.message.content or ""
            raise content_error(f"The answer is no JSON: {err}", text, self._snapshot) from err


def _as_chunk(chunk: Any) -> ChatCompletionChunk:
    """``chunk`` as ours; an SDK's own, or a plain dict, is converted."""
    if isinstance(chunk, ChatCompletionChunk):
        return chunk
    data = chunk if isinstance(chunk, dict) else chunk.model_dump(exclude_unset=True)
    return ChatCompletionChunk(data)
