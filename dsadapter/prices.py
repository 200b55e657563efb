"""``dsadapter.prices``: what DeepSeek charges, and what a call costs. The code is in ``_prices``:
what a program sets here (``prices.holidays``, ``prices.table``) holds there."""

from __future__ import annotations

import sys

from dsadapter import _prices
from dsadapter._prices import *  # noqa: F403  (for type checkers)

sys.modules[__name__] = _prices
