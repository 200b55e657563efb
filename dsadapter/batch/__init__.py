"""``dsadapter.batch``: many prompts on one machine, as fast as the account allows.

from dsadapter import batch

summary = batch.run("in.jsonl", "out.jsonl")

async for result in batch.stream(["What is 1 + 1?", "What is 2 + 2?"]):
    print(result.custom_id, result.text)
"""

from __future__ import annotations

from .._prices import Cost
from .api import arun, run, stream
from .errors import BatchError, InputError, StateError, StorageError
from .options import Budget, Options, Shard
from .results import Failure, Result, Summary

__all__ = [
    "BatchError",
    "Budget",
    "Cost",
    "Failure",
    "InputError",
    "Options",
    "Result",
    "Shard",
    "StateError",
    "StorageError",
    "Summary",
    "arun",
    "run",
    "stream",
]
