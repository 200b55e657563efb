"""Ray's own checkpoint, where it holds: from files, row by row, to a write."""

from __future__ import annotations

import os
from typing import Any, Iterator

from ray.data.checkpoint import CheckpointConfig

from ..._errors.tree import InvalidArgumentError

# Steps of a plan that keep a row with its id: what was written is known by it at the beginning.
_ROW_BY_ROW = ("Project", "Filter", "MapBatches", "MapRows", "StreamingRepartition")
_READS = ("Read", "ReadFiles", "ListFiles")
_CURE = (
    "Write it to Parquet first, and begin with the files: dataset.write_parquet(folder), then "
    "chat(ray.data.read_parquet(folder), ...)"
)


def set_checkpoint(dataset: Any, path: str, id_column: str) -> None:
    """Let a dataset keep in ``path``, a folder or a URL, which rows were written.

    Raises InvalidArgumentError where Ray would not keep it, or would compute other rows the next
    time: it says so in a warning at most.
    """
    for step in steps(dataset):
        name = type(step).__name__
        if name in _READS:
            if not _has_files(step, name):
                raise _unfit("does not begin with files")
        elif not step.input_dependencies:
            raise _unfit(f"does not begin with files, but with {name}")
        elif name not in _ROW_BY_ROW:
            raise _unfit(f"has a step {name}, which may give other rows the next time")
    place = path if "://" in path else os.path.abspath(path)
    dataset.context.checkpoint_config = CheckpointConfig(
        id_column, place, delete_checkpoint_on_success=False
    )


def steps(dataset: Any) -> Iterator[Any]:
    """The steps of a dataset's plan, from its end to its beginnings."""
    try:
        waiting = [dataset._logical_plan.dag]
    except AttributeError:
        raise InvalidArgumentError(
            "This version of Ray does not show the plan of a dataset, so that nobody knows whether "
            "a checkpoint would hold: leave out checkpoint="
        ) from None
    while waiting:
        step = waiting.pop()
        yield step
        waiting += step.input_dependencies


def _has_files(step: Any, name: str) -> bool:
    return name != "Read" or bool(step.infer_metadata().input_files)


def _unfit(why: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"A checkpoint needs files: this dataset {why}. {_CURE}")
