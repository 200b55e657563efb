"""The stage of a pipeline: ``chat``."""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, Optional, Tuple, Union

from ray.data import ActorPoolStrategy, Dataset

from ...batch.options import Options
from .checkpoint import set_checkpoint
from .columns import check_columns
from .worker import ChatWorker, Plan

OPTIONS = ("prompt_field", "template", "model", "system", "concurrency", "deadline")


def chat(
    dataset: Dataset,
    *,
    id_column: str = "custom_id",
    rows_per_block: int = 64,
    actors: Union[int, Tuple[int, int]] = 2,
    blocks_per_actor: int = 4,
    checkpoint: Union[str, os.PathLike[str], None] = None,
    client: Optional[Callable[[], Any]] = None,
    limiter: str = "limiter",
    ray_remote_args: Optional[Dict[str, Any]] = None,
    **options: Any,
) -> Dataset:
    """Ask every row: the same rows with ``ok``, ``answer``, ``status_code``, ``response`` (JSON),
    ``request_id``, ``error_code`` and ``error_message`` beside them. No row that fails raises.

    Args:
        dataset: rows with an id, and a prompt, or ``messages`` or ``body`` as structs or JSON.
        rows_per_block: rows that are asked, written and repeated together.
        actors: how many, or from how few to how many.
        blocks_per_actor: at a time; calls in flight are at most the product of these three.
        checkpoint: a folder; what was written is not asked again by a later run with the same one.
        client: makes the AsyncOpenAI of an actor; else by the settings of its environment.
        limiter: datasets of one account name the same one.
        ray_remote_args: as of ``map_batches``: ``num_cpus``, ``runtime_env`` ...
        options: ``prompt_field``, ``template``, ``model``, ``system``, ``concurrency`` (of all
            actors together; None finds the limit) and ``deadline``, as of ``dsadapter.batch``.

    Raises InvalidArgumentError: no ids, columns that would be replaced, no plan for a checkpoint.
    """
    schema = dataset.schema(fetch_if_missing=False)
    if schema is not None:
        check_columns(list(schema.names), id_column)
    plan = Plan(_options(options), id_column, limiter, client)
    if checkpoint is not None:
        set_checkpoint(dataset, os.fspath(checkpoint), id_column)
    blocks = dataset.repartition(target_num_rows_per_block=rows_per_block)
    pool = _pool(actors, blocks_per_actor)
    return _asked(blocks, plan, pool, ray_remote_args or {})


def _options(options: Dict[str, Any]) -> Options:
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        raise TypeError(f"chat() has no option {unknown[0]!r}; it has: {', '.join(OPTIONS)}")
    return Options(**options)


def _pool(actors: Union[int, Tuple[int, int]], blocks: int) -> ActorPoolStrategy:
    fewest, most = (actors, actors) if isinstance(actors, int) else actors
    return ActorPoolStrategy(
        min_size=fewest,
        max_size=most,
        max_tasks_in_flight_per_actor=blocks,
        max_concurrent_calls_per_actor=blocks,
    )


def _asked(blocks: Dataset, plan: Plan, pool: ActorPoolStrategy, args: Dict[str, Any]) -> Dataset:
    return blocks.map_batches(
        ChatWorker,
        batch_size=None,
        batch_format="pyarrow",
        compute=pool,
        fn_constructor_args=[plan],
        **args,
    )
