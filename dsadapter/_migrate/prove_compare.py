"""What differs between a run before and a run after."""

from __future__ import annotations

import json
import re
from typing import Any, Iterator, List, NamedTuple, Optional, Pattern, Sequence

from .._repairs.rule import FLASH, RETIRED
from .._texts.migrate import (
    DIFFERENT_CODE,
    DIFFERENT_COUNT,
    DIFFERENT_ERROR,
    DIFFERENT_OUTPUT,
    DIFFERENT_REQUEST,
)
from .._texts.text import Text
from .prove_runs import Outcome, Request
from .resources import ERRORS

# How a stream or a body that is cut ends, before and after: allowed, and named.
CUT_BEFORE = frozenset(
    {"requests.exceptions.ChunkedEncodingError", "aiohttp.client_exceptions.ClientPayloadError"}
)
CUT_AFTER = frozenset(
    {"openai.APIConnectionError", "httpx.RemoteProtocolError", "httpx2.RemoteProtocolError"}
)
CHANCE = re.compile(r"call_[0-9a-f_]+|chatcmpl-\w+")  # ids that the emulator makes up
SHOWN = 300  # characters of a difference


class Verdict(NamedTuple):
    """``difference`` is the first one, None for equal runs; ``is_cut``: but for the class of a
    stream that was cut."""

    difference: Optional[Text]
    is_cut: bool = False


def compare(before: Outcome, after: Outcome, ignored: Sequence[Pattern[str]]) -> Verdict:
    """The verdict on a pair of runs."""
    is_cut = before.error in CUT_BEFORE and after.error in CUT_AFTER
    first = next(_differences(before, after, ignored, is_cut), None)
    return Verdict(first, is_cut)


def _differences(
    before: Outcome, after: Outcome, ignored: Sequence[Pattern[str]], is_cut: bool
) -> Iterator[Text]:
    counts = len(before.requests), len(after.requests)
    if counts[0] != counts[1]:
        yield DIFFERENT_COUNT(before=counts[0], after=counts[1])
    for old, new in zip(_in_order(before.requests), _in_order(after.requests)):
        if old != new:
            yield DIFFERENT_REQUEST(before=_short(old), after=_short(new))
    old_text, new_text = (_lines(run.stdout, ignored) for run in (before, after))
    for index in range(max(len(old_text), len(new_text))):
        old_line, new_line = (_at(lines, index) for lines in (old_text, new_text))
        if _by_value(old_line) != _by_value(new_line):
            line = index + 1
            yield DIFFERENT_OUTPUT(line=line, before=_short(old_line), after=_short(new_line))
    if before.code != after.code:
        yield DIFFERENT_CODE(before=before.code, after=after.code)
    if not is_cut and not _is_same_error(before.error, after.error):
        yield DIFFERENT_ERROR(before=before.error or "-", after=after.error or "-")


def _in_order(requests: Sequence[Request]) -> List[str]:
    named = [request._replace(body=_with_names_of_today(request.body)) for request in requests]
    texts = (json.dumps(request, sort_keys=True, ensure_ascii=False) for request in named)
    return sorted(CHANCE.sub("ID", text) for text in texts)


def _with_names_of_today(body: Any) -> Any:
    """A retired model is another name of a mode of today's."""
    model = body.get("model") if isinstance(body, dict) else None
    if not isinstance(model, str) or model not in RETIRED:
        return body
    mode = {"thinking": {"type": RETIRED[model]}} if "messages" in body else {}
    return {**mode, **body, "model": FLASH}


def _lines(text: str, ignored: Sequence[Pattern[str]]) -> List[str]:
    for pattern in (CHANCE, *ignored):
        text = pattern.sub("", text)
    value = _by_value(text)
    if isinstance(value, (dict, list)):
        return [json.dumps(value, sort_keys=True)]
    return text.splitlines()


def _at(lines: List[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _by_value(text: str) -> Any:
    """JSON by value, anything else as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_same_error(before: str, after: str) -> bool:
    """Two crashes for different reasons are not equal."""
    module, _, name = before.rpartition(".")
    if module != "openai.error":
        return before == after
    allowed = ERRORS.get(name, ())
    if name == "APIError":  # 402, 422 and other statuses, too
        allowed = (*allowed, "APIStatusError", "UnprocessableEntityError")
    return after.rpartition(".")[2] in allowed


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
