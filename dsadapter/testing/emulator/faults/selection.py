"""`name;option=value;...` and what it means."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple
from urllib.parse import quote, unquote

from ..response import Response
from .base import Exchange, Fault


class SelectedFault(NamedTuple):
    """A fault with its options, ready to be committed."""

    fault: Fault
    options: Dict[str, Any]

    def apply(self, response: Response, exchange: Exchange) -> Response:
        """The response with the fault in it; options that were not named have their defaults."""
        return self.fault.apply(response, exchange, **dict(self.fault.options, **self.options))

    def spec(self) -> str:
        """The order as text that fits into a URL."""
        return ";".join(
            [
                self.fault.name,
                *(f"{name}={quote(str(value), safe='')}" for name, value in self.options.items()),
            ]
        )


def parse(known: Mapping[str, Fault], spec: str, options: object = None) -> SelectedFault:
    """Options in the text, percent-encoded, and those given as a mapping count alike."""
    name, *pairs = spec.split(";")
    fault = known.get(name.strip())
    if fault is None:
        raise ValueError(f"unknown fault {name.strip()!r}; known are: {', '.join(known)}")
    values: Dict[str, Any] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        values[key.strip()] = unquote(value.strip())
    values.update(options if isinstance(options, dict) else {})
    return SelectedFault(fault, {key: _typed(fault, key, value) for key, value in values.items()})


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
