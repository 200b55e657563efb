"""What is wrong with a value of an option of ``batch``; argparse puts the option before it."""

from __future__ import annotations

from typing import Tuple

from .text import Text

NO_BUDGET = Text(
    "{text!r}: name the currency, 20USD or 20CNY",
    "{text!r}：请写明货币，20USD 或 20CNY",
)
NO_SHARD = Text("{text!r}: write 3/8", "{text!r}：请写成 3/8")
NO_NUMBER = Text("{text!r} is no number above 0", "{text!r} 不是大于 0 的数")
NO_CONCURRENCY = Text(
    "{text!r} is neither auto nor a number above 0", "{text!r} 既不是 auto，也不是大于 0 的数"
)

ALL: Tuple[Text, ...] = (NO_BUDGET, NO_SHARD, NO_NUMBER, NO_CONCURRENCY)
