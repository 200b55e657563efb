"""What ``/metrics`` says, as Prometheus reads it.

With more than one worker each request reaches one of them: ``serve --workers`` lets them share
their numbers in a folder, PROMETHEUS_MULTIPROC_DIR, as prometheus_client has it.
"""

from __future__ import annotations

import os
from typing import Any, Dict, Tuple

import prometheus_client as prometheus
from prometheus_client import multiprocess

PREFIX = "dsadapter_gateway"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE: str = prometheus.CONTENT_TYPE_LATEST
_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)  # seconds


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        self._registry = registry = prometheus.CollectorRegistry()
        self._requests = prometheus.Counter(
            f"{PREFIX}_requests",
            "Requests, by path and status.",
            ["path", "status"],
            registry=registry,
        )
        self._seconds = prometheus.Histogram(
            f"{PREFIX}_request_seconds",
            "Seconds from a request to the end of its answer.",
            ["path"],
            registry=registry,
            buckets=_BUCKETS,
        )
        self._failures = prometheus.Counter(
            f"{PREFIX}_failures",
            "Errors told to clients, by their code.",
            ["code"],
            registry=registry,
        )
        self.calls_in_progress: Any = prometheus.Gauge(
            f"{PREFIX}_calls_in_progress",
            "Calls that run now.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        prometheus.ProcessCollector(registry=registry)
        # By path and status: few, and to look them up costs more than to count.
        self._labelled: Dict[Tuple[str, Any], Tuple[Any, Any]] = {}

    def count_request(self, path: str, status: Any, seconds: float) -> None:
        """One request that is over; ``path`` is one of the gateway's own, or "other"."""
        labelled = self._labelled.get((path, status))
        if labelled is None:
            labelled = self._requests.labels(path, status), self._seconds.labels(path)
            self._labelled[path, status] = labelled
        requests, seconds_of_path = labelled
        requests.inc()
        seconds_of_path.observe(seconds)

    def count_failure(self, code: str) -> None:
        """One error that a client is told."""
        self._failures.labels(code).inc()

    def text(self) -> bytes:
        """All of it, of all workers where they share a folder."""
        registry = self._registry
        if os.environ.get(FOLDER):
            registry = prometheus.CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)
        content: bytes = prometheus.generate_latest(registry)
        return content

    def forget_process(self) -> None:
        """This process ends: what ran in it runs no more."""
        if os.environ.get(FOLDER):
            multiprocess.mark_process_dead(os.getpid())
