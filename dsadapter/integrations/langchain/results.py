"""DeepSeek's replies, whole and in chunks, as LangChain's results. No I/O."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from .messages import chunk_from_api, from_api, usage_metadata

PROVIDER = {"model_provider": "deepseek"}


def chat_result(response: Any, *, headers: bool = False) -> ChatResult:
    """A whole reply: one generation per choice; usage stands on the first."""
    usage = response.get("usage")
    metadata = {**_metadata(response), **_of_call(response.adapter, headers)}
    generations: List[ChatGeneration] = []
    for choice in response["choices"]:
        generation_info = _generation_info(choice)
        counts = None if generations else usage_metadata(usage)
        message = from_api(choice["message"], counts, {**metadata, **generation_info})
        generations.append(ChatGeneration(message=message, generation_info=generation_info))
    return ChatResult(generations=generations, llm_output=metadata)


class ChunkConverter:
    """One stream on its way: what may be said once only is said once."""

    def __init__(self, info: Any, *, headers: bool = False) -> None:
        self._metadata: Dict[str, Any] = {**PROVIDER, **_of_call(info, headers)}
        self._counted = False

    def convert(self, chunk: Any) -> ChatGenerationChunk:
        """A chunk of the wire; LangChain adds them up, so nothing may come twice."""
        choice: Mapping[str, Any] = next(iter(chunk.get("choices") or ()), {})
        generation_info = _generation_info(choice) if choice.get("finish_reason") else {}
        metadata, self._metadata = self._metadata, {}
        if generation_info:
            generation_info.update(_metadata(chunk, counts=False))
        if choice.get("logprobs"):
            generation_info["logprobs"] = _as_dict(choice["logprobs"])
        usage = self._usage(chunk)
        message = chunk_from_api(choice.get("delta") or {}, usage, metadata)
        return ChatGenerationChunk(message=message, generation_info=generation_info or None)

    def _usage(self, chunk: Mapping[str, Any]) -> Any:
        if self._counted or not chunk.get("usage"):
            return None
        self._counted = True
        return usage_metadata(chunk["usage"])


def _metadata(response: Mapping[str, Any], *, counts: bool = True) -> Dict[str, Any]:
    names = ("id", "system_fingerprint") if counts else ("system_fingerprint",)
    values = {"model_name": response.get("model"), **{name: response.get(name) for name in names}}
    if counts:
        values.update(PROVIDER, token_usage=_as_dict(response.get("usage")))
    return {name: value for name, value in values.items() if value is not None}


def _generation_info(choice: Mapping[str, Any]) -> Dict[str, Any]:
    names = ("finish_reason", "logprobs")
    return {name: _as_dict(choice[name]) for name in names if choice.get(name) is not None}


def _of_call(info: Any, headers: bool) -> Dict[str, Any]:
    """What was changed in the request, if anything was, and the response headers, if asked for."""
    repairs = [{"id": item.id, "what": item.what, "why": item.why} for item in info.repairs]
    values = {"headers": dict(info.headers) if headers else None, "repairs": repairs}
    return {name: value for name, value in values.items() if value}


def _as_dict(value: Any) -> Any:
    """Without the classes of dsadapter, for those who pickle, compare or merge messages."""
    return value.to_dict() if hasattr(value, "to_dict") else value


def sum_outputs(outputs: List[Optional[Dict[str, Any]]]) -> Dict[str, Any]:
    """The ``llm_output`` of several calls: their tokens added up."""
    known = [output for output in outputs if output]
    total: Dict[str, Any] = {}
    for output in known:
        total = _sum(total, output.get("token_usage") or {})
    return {**(known[0] if known else {}), "token_usage": total}


def _sum(first: Dict[str, Any], second: Mapping[str, Any]) -> Dict[str, Any]:
    total = dict(first)
    for name, value in second.items():
        if isinstance(value, dict):
            total[name] = _sum(first.get(name) or {}, value)
        elif value is not None:
            total[name] = (first.get(name) or 0) + value
    return total
