"""DeepSeek's replies, whole and in chunks, as LangChain's results. No I/O."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from .messages import chunk_from_wire, from_wire, usage_metadata

PROVIDER = {"model_provider": "deepseek"}


def result(response: Any) -> ChatResult:
    """A whole reply: one generation per choice; usage stands on the first."""
    usage = response.get("usage")
    about = {**_about(response), **_repairs(response.adapter)}
    generations: List[ChatGeneration] = []
    for choice in response["choices"]:
        ending = _ending(choice)
        counts = None if generations else usage_metadata(usage)
        message = from_wire(choice["message"], counts, {**about, **ending})
        generations.append(ChatGeneration(message=message, generation_info=ending))
    return ChatResult(generations=generations, llm_output=about)


class Pieces:
    """One stream on its way: what may be said once only is said once."""

    def __init__(self, info: Any) -> None:
        self._about: Dict[str, Any] = {**PROVIDER, **_repairs(info)}
        self._counted = False

    def take(self, chunk: Any) -> ChatGenerationChunk:
        """A chunk of the wire; LangChain adds them up, so nothing may come twice."""
        choice: Mapping[str, Any] = next(iter(chunk.get("choices") or ()), {})
        ending = _ending(choice) if choice.get("finish_reason") else {}
        about, self._about = self._about, {}
        if ending:
            ending.update(_about(chunk, counts=False))
        if choice.get("logprobs"):
            ending["logprobs"] = _plain(choice["logprobs"])
        usage = self._usage(chunk)
        message = chunk_from_wire(choice.get("delta") or {}, usage, about)
        return ChatGenerationChunk(message=message, generation_info=ending or None)

    def _usage(self, chunk: Mapping[str, Any]) -> Any:
        if self._counted or not chunk.get("usage"):
            return None
        self._counted = True
        return usage_metadata(chunk["usage"])


def _about(reply: Mapping[str, Any], *, counts: bool = True) -> Dict[str, Any]:
    names = ("id", "system_fingerprint") if counts else ("system_fingerprint",)
    found = {"model_name": reply.get("model"), **{name: reply.get(name) for name in names}}
    if counts:
        found.update(PROVIDER, token_usage=_plain(reply.get("usage")))
    return {name: value for name, value in found.items() if value is not None}


def _ending(choice: Mapping[str, Any]) -> Dict[str, Any]:
    names = ("finish_reason", "logprobs")
    return {name: _plain(choice[name]) for name in names if choice.get(name) is not None}


def _repairs(info: Any) -> Dict[str, Any]:
    """What was changed in the request, if anything was."""
    found = [{"id": item.id, "what": item.what, "why": item.why} for item in info.repairs]
    return {"repairs": found} if found else {}


def _plain(value: Any) -> Any:
    """Without the classes of dsadapter, for those who pickle, compare or merge messages."""
    return value.model_dump() if hasattr(value, "model_dump") else value


def added(outputs: List[Optional[Dict[str, Any]]]) -> Dict[str, Any]:
    """The ``llm_output`` of several calls: their tokens added up."""
    known = [output for output in outputs if output]
    total: Dict[str, Any] = {}
    for output in known:
        total = _sum(total, output.get("token_usage") or {})
    return {**(known[0] if known else {}), "token_usage": total}


def _sum(first: Dict[str, Any], second: Mapping[str, Any]) -> Dict[str, Any]:
    found = dict(first)
    for name, value in second.items():
        if isinstance(value, dict):
            found[name] = _sum(first.get(name) or {}, value)
        elif value is not None:
            found[name] = (first.get(name) or 0) + value
    return found
