"""`name;option=value;...` and what it means."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple
from urllib.parse import quote, unquote

from ..answers import Answer
from .base import Exchange, Fault


class Order(NamedTuple):
    """A fault with its options, ready to be committed."""

    fault: Fault
    options: Dict[str, Any]

    def commit(self, answer: Answer, exchange: Exchange) -> Answer:
        return self.fault.apply(answer, exchange, **dict(self.fault.options, **self.options))

    def spec(self) -> str:
        """The order as text that fits into a URL."""
        return ";".join(
            [
                self.fault.name,
                *(f"{name}={quote(str(value), safe='')}" for name, value in self.options.items()),
            ]
        )


def parse(known: Mapping[str, Fault], spec: str, options: object = None) -> Order:
    """Options in the text, percent-encoded, and those given as a mapping count alike."""
    name, *pairs = spec.split(";")
    fault = known.get(name.strip())
    if fault is None:
        raise ValueError(f"unknown fault {name.strip()!r}; known are: {', '.join(known)}")
    given: Dict[str, Any] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        given[key.strip()] = unquote(value.strip())
    given.update(options if isinstance(options, dict) else {})
    return Order(fault, {key: _typed(fault, key, value) for key, value in given.items()})


def _typed(fault: Fault, key: str, value: Any) -> Any:
    if key not in fault.options:
        raise ValueError(
            f"the fault {fault.name!r} has no option {key!r}; "
            f"it has: {', '.join(fault.options) or 'none'}"
        )
    kind = type(fault.options[key])
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise ValueError(
            f"the option {key!r} of the fault {fault.name!r} is of type {kind.__name__}, "
            f"not {value!r}"
        ) from None
