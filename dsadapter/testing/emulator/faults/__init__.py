"""Every fault the emulator can commit, as one table.

A fault is a function from the response of a healthy server to a broken one. It is selected for a
request by the path (`/fault/NAME`), by the header `X-Emulator-Fault`, or by `Emulator.fault`, each
time written `name;option=value;...`.
"""

from __future__ import annotations

from typing import Dict

from .base import Exchange, Fault
from .content import CONTENT
from .encoding import ENCODING
from .endings import ENDINGS
from .network import NETWORK
from .selection import SelectedFault
from .selection import parse as _parse
from .status import STATUS
from .timing import TIMING

FAULTS: Dict[str, Fault] = {
    fault.name: fault for fault in STATUS + TIMING + ENDINGS + CONTENT + ENCODING + NETWORK
}

__all__ = ["FAULTS", "Exchange", "Fault", "SelectedFault", "parse"]


def parse(spec: str, options: object = None) -> SelectedFault:
    """`name;option=value` as an order. ValueError for an unknown one, naming those that exist."""
    return _parse(FAULTS, spec, options)
