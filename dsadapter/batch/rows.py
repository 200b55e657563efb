"""From a line of the input to a request, or to what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Dict, NamedTuple, Optional, Tuple, Union

from .._response.json import loads
from .._texts import batch as texts
from .._texts.text import Text
from .lines import Line
from .options import DEFAULT_MODEL, Options

URLS = ("/v1/chat/completions", "/chat/completions")
SHORTEST_PREFIX = 200  # characters: 64 tokens, the least that the context cache serves
COMPARED_PREFIX = 1024  # characters of a lone message
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


class Row(NamedTuple):
    """A request. ``key`` is a digest of its line and of the options that make the request,
    ``size`` is the length of the line in bytes."""

    number: int
    custom_id: str
    key: bytes
    body: Dict[str, Any]
    size: int = 0


class BadRow(NamedTuple):
    """A line that is no request, and why."""

    number: int
    problem: Text


class Unusable(ValueError):
    """What is wrong with a row; ``problem`` is the sentence."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


class RowReader:
    """Reads lines as the options say."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._salt = options.salt()

    def read(self, line: Line) -> Union[Row, BadRow]:
        """The request of a line; a BadRow where there is none in it."""
        try:
            custom_id, body = self._request(line)
        except Unusable as err:
            return BadRow(line.number, err.problem)
        digest = hashlib.blake2b(line.content + self._salt, digest_size=12).digest()
        return Row(line.number, custom_id, digest, body, len(line.content))

    def _request(self, line: Line) -> Tuple[str, Dict[str, Any]]:
        if line.problem is not None:
            raise Unusable(line.problem)
        data = parse(line.content)
        if self._options.has_plain_prompts or isinstance(data, str):
            return self._of_prompt(line.number, data)
        if not isinstance(data, dict):
            raise Unusable(texts.NO_OBJECT)
        if "messages" in data and "body" not in data:  # a request alone, from Python
            custom_id = data.get("custom_id", f"row-{line.number}")
            data = {"custom_id": custom_id, "body": {**data}}
            data["body"].pop("custom_id", None)
        return check_id(_value(data, "custom_id")), self._completed(check_request(data))

    def _completed(self, body: Dict[str, Any]) -> Dict[str, Any]:
        options = self._options
        if options.model is not None or "model" not in body:
            body["model"] = options.model or DEFAULT_MODEL
        messages = body["messages"]
        if options.system is not None and messages[0].get("role") not in ("system", "developer"):
            body["messages"] = [{"role": "system", "content": options.system}, *messages]
        return body

    def _of_prompt(self, number: int, data: Any) -> Tuple[str, Dict[str, Any]]:
        if isinstance(data, str):
            data = {self._options.prompt_field or "prompt": data}
        if not isinstance(data, dict):
            raise Unusable(texts.NO_OBJECT)
        name = "custom_id" if "custom_id" in data else "id"
        custom_id = _value(data, name, f"row-{number}")
        custom_id = str(custom_id) if isinstance(custom_id, int) else custom_id
        messages = [{"role": "user", "content": self._prompt(data)}]
        return check_id(custom_id), self._completed({"messages": messages})

    def _prompt(self, fields: Dict[str, Any]) -> str:
        if self._options.template is not None:
            return filled(self._options.template, fields)
        name = self._options.prompt_field or "prompt"
        prompt = field(fields, name)
        if not prompt.strip():
            raise Unusable(texts.EMPTY_PROMPT(field=name))
        return prompt


def parse(content: bytes) -> Any:
    """The JSON of a line; raises Unusable."""
    try:
        return loads(content.decode())
    except UnicodeDecodeError:
        raise Unusable(texts.LINE_NOT_UTF8) from None
    except (ValueError, RecursionError) as err:
        raise Unusable(texts.LINE_NOT_JSON(problem=err)) from None


def check_id(custom_id: Any) -> str:
    """The id of a row; raises Unusable for what is none."""
    if custom_id is None:
        raise Unusable(texts.NO_ID)
    if custom_id == "":
        raise Unusable(texts.EMPTY_ID)
    if not isinstance(custom_id, str):
        raise Unusable(texts.WRONG_ID(value=json.dumps(custom_id, ensure_ascii=False)))
    if not is_text(custom_id):
        raise Unusable(texts.HALF_CHARACTER(value=json.dumps(custom_id)))
    return custom_id


def is_text(text: str) -> bool:
    """Whether a string is text: JSON may hold halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_request(data: Dict[str, Any]) -> Dict[str, Any]:
    """The body of a line of a batch file; raises Unusable where it is no chat."""
    if "body" not in data:
        raise Unusable(texts.NO_BODY)
    if data.get("method", "POST") != "POST":
        raise _wrong_field("method", data, "POST")
    if data.get("url", URLS[0]) not in URLS:
        raise _wrong_field("url", data, URLS[0])
    body = data["body"]
    messages = body.get("messages") if isinstance(body, dict) else None
    if not messages or not isinstance(messages, list):
        raise Unusable(texts.NO_MESSAGES)
    for message in messages:
        if not isinstance(message, dict) or "role" not in message:
            raise Unusable(texts.WRONG_MESSAGE)
    if body.get("stream"):
        raise Unusable(texts.STREAM)
    return dict(body)


def _wrong_field(name: str, data: Dict[str, Any], known: str) -> Unusable:
    value = json.dumps(data[name], ensure_ascii=False)
    return Unusable(texts.WRONG_FIELD(name=name, value=value, known=known))


def _value(fields: Dict[str, Any], name: str, default: Any = None) -> Any:
    """The value of a field that may be missing; raises Unusable where it is null."""
    if name in fields and fields[name] is None:
        raise Unusable(texts.NULL_FIELD(field=name))
    return fields.get(name, default)


def field(fields: Dict[str, Any], name: str) -> str:
    """A field as text; raises Unusable where there is no such field, and where it is null."""
    value = _value(fields, name)
    if value is None:
        raise Unusable(texts.NO_FIELD(field=name, fields=", ".join(map(str, fields))))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def filled(template: str, fields: Dict[str, Any]) -> str:
    """A template with ``{field}`` replaced; two braces stand for one. Raises Unusable, also where
    all its fields are empty."""
    values: Dict[str, str] = {}

    def replace(match: Any) -> str:
        if match[1] is None:
            return str(match[0][0])
        name = match[1].strip()
        values[name] = field(fields, name)
        return values[name]

    text = _FIELD.sub(replace, template)
    if values and not any(map(str.strip, values.values())):
        raise Unusable(texts.EMPTY_FIELDS(fields=", ".join(values)))
    return text


def prefix_of(body: Dict[str, Any]) -> Optional[int]:
    """A hash of the beginning that a request may share with others, None for a short one."""
    messages = body["messages"]
    if len(messages) == 1:
        content = str(messages[0].get("content"))
        head, is_short = content[:COMPARED_PREFIX], len(content) < COMPARED_PREFIX
    else:
        head = str(messages[:-1])
        is_short = len(head) < SHORTEST_PREFIX
    tools = body.get("tools")
    if is_short and not tools:
        return None
    return hash((body.get("model"), head, str(tools)))
