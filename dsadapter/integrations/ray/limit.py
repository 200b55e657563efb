"""The limiter as an actor of Ray: one for all workers of an account."""

from __future__ import annotations

import asyncio
from typing import Any

import ray
from ray.exceptions import RayActorError

from ..._backends.shares import Lease, Report, Shares

NAMESPACE = "dsadapter"
PAUSE = 0.2  # seconds before a limiter that is gone is asked for again
MOST_TRIES = 150  # half a minute


@ray.remote(num_cpus=0)
class LimitActor:
    """Holds the shares of an account."""

    def __init__(self) -> None:
        self._shares = Shares()

    def renew(self, worker: str, report: Report) -> Lease:
        """As :meth:`Shares.renew`."""
        return self._shares.renew(worker, report)


class SharedLimit:
    """The way of a worker to the limiter ``name``, which the first worker that asks begins.

    It ends with the worker that began it; then another one begins it anew, and what is in flight
    is told by the reports.
    """

    def __init__(self, name: str, worker: str) -> None:
        self._name = name
        self._worker = worker
        self._actor: Any = None

    async def renew(self, report: Report) -> Lease:
        """A new share; raises RayActorError where no limiter can be begun."""
        tries = 0
        while True:
            try:
                if self._actor is None:
                    self._actor = self._found()
                return await self._actor.renew.remote(self._worker, report)
            except RayActorError:
                self._actor, tries = None, tries + 1
                if tries == MOST_TRIES:
                    raise
                await asyncio.sleep(PAUSE)

    def _found(self) -> Any:
        kind: Any = LimitActor  # what ray.remote makes of a class
        options = kind.options(name=self._name, namespace=NAMESPACE, get_if_exists=True)
        return options.remote()
