"""OpenTelemetry metrics of calls, by the GenAI semantic conventions: how long, and how many tokens.

They are recorded only where the program has imported ``opentelemetry.metrics`` itself.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any, Dict, Mapping, Optional, Tuple

# The bucket boundaries that the conventions recommend.
_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
_TOKENS = tuple(float(4**power) for power in range(14))
_TOKEN_TYPES = (("input", "prompt_tokens"), ("output", "completion_tokens"))


def record(
    attributes: Mapping[str, Any],
    elapsed: float,
    usage: Mapping[str, Any],
    error: Optional[BaseException],
) -> None:
    """One finished call: ``elapsed`` in seconds, the server's ``usage`` where it sent one."""
    metrics = sys.modules.get("opentelemetry.metrics")
    if metrics is None:
        return
    duration, tokens = _instruments(metrics, metrics.get_meter_provider())
    labels: Dict[str, Any] = dict(attributes)
    if error is not None:
        labels["error.type"] = type(error).__name__
    duration.record(elapsed, labels)
    for kind, field in _TOKEN_TYPES:
        count = usage.get(field)
        if isinstance(count, int):
            tokens.record(count, {**labels, "gen_ai.token.type": kind})


@lru_cache(maxsize=4)
def _instruments(metrics: Any, provider: Any) -> Tuple[Any, Any]:
    """Both histograms of a provider; made once, since a second one of a name is a warning."""
    meter = provider.get_meter("dsadapter")
    duration = _histogram(
        meter, "gen_ai.client.operation.duration", "s", "Duration of a call", _SECONDS
    )
    tokens = _histogram(meter, "gen_ai.client.token.usage", "{token}", "Tokens of a call", _TOKENS)
    return duration, tokens


def _histogram(
    meter: Any, name: str, unit: str, description: str, boundaries: Tuple[float, ...]
) -> Any:
    advice = {"explicit_bucket_boundaries_advisory": boundaries}
    try:
        return meter.create_histogram(name, unit=unit, description=description, **advice)
    except TypeError:  # an API older than 1.30 takes no advice
        return meter.create_histogram(name, unit=unit, description=description)
