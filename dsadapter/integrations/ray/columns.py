"""From the columns of a block to requests, and from answers to columns."""

from __future__ import annotations

import json
from typing import Any, Dict, List, NamedTuple, Union

import pyarrow

from ..._errors.tree import InvalidArgumentError
from ...batch.lines import Line
from ...batch.results import Result
from ...batch.rows import BadRow, Row, RowReader

RESULTS = {
    "ok": pyarrow.bool_(),
    "answer": pyarrow.large_string(),
    "status_code": pyarrow.int32(),
    "response": pyarrow.large_string(),
    "request_id": pyarrow.large_string(),
    "error_code": pyarrow.large_string(),
    "error_message": pyarrow.large_string(),
}


class Answer(NamedTuple):
    """What became of a row, in the order of ``RESULTS``."""

    ok: bool
    answer: Any = None
    status_code: Any = None
    response: Any = None
    request_id: str = ""
    error_code: Any = None
    error_message: Any = None

    @classmethod
    def of_line(cls, line: bytes) -> Answer:
        """From a line of a batch output."""
        result = Result.of_line(0, line)
        error = result.error
        return cls(
            result.ok,
            result.text,
            result.status_code,
            None if result.status_code is None else _json(result.body),
            result.request_id,
            error and error.code,
            error and error.message,
        )


def check_columns(names: List[str], id_column: str) -> None:
    """Raises InvalidArgumentError where the ids are missing, or results would replace a column."""
    if id_column not in names:
        raise InvalidArgumentError(
            f"There is no column {id_column!r} with an id for each row (there are: "
            f"{', '.join(names)}): name it with id_column="
        )
    taken = [name for name in names if name in RESULTS]
    if taken:
        raise InvalidArgumentError(
            f"The columns {', '.join(taken)} would be replaced by the results: rename them with "
            "dataset.rename_columns"
        )


def request_of(reader: RowReader, fields: Dict[str, Any], id_column: str) -> Union[Row, BadRow]:
    """The request of a row. A field that is null is none: all rows of a block have all fields."""
    data = {name: value for name, value in fields.items() if value is not None}
    identity = data.pop(id_column, None)
    data["custom_id"] = str(identity) if isinstance(identity, int) else identity
    for name in ("body", "messages"):
        if isinstance(data.get(name), str):
            try:
                data[name] = json.loads(data[name])
            except ValueError:
                pass  # said of the row
        elif name in data:
            data[name] = without_nulls(data[name])
    if "messages" in data and "body" not in data:
        data = {"custom_id": data["custom_id"], "body": {"messages": data["messages"]}}
    return reader.read(Line(0, json.dumps(data, default=str).encode()))


def without_nulls(value: Any) -> Any:
    """A structure without the fields that are null: Arrow gives each struct every field."""
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def with_answers(block: Any, answers: List[Answer]) -> Any:
    """The block and its answers beside it. The types are the same in each block, which a block
    without a single error would not know."""
    for index, (name, kind) in enumerate(RESULTS.items()):
        values = [_text(answer[index]) for answer in answers]
        block = block.append_column(name, pyarrow.array(values, kind))
    return block


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text(value: Any) -> Any:
    """Without the halves of characters that a server may send: Arrow refuses them."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
