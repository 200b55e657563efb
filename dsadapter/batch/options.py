"""What a job is told: how rows are read, how fast, how long, for how much."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from typing import Any, Dict, NamedTuple, Optional

from .._settings.table import OFFLINE_URL

CURRENCIES = ("USD", "CNY")
DEFAULT_MODEL = "deepseek-flash"  # of plain prompts
_BUDGET = re.compile(r"(\d+(?:\.\d+)?)\s*(USD|CNY)", re.I)
_SHARD = re.compile(r"(\d+)/(\d+)")


class Budget(NamedTuple):
    """What a job may cost, in "USD" or "CNY"."""

    amount: float
    currency: str

    @classmethod
    def parse(cls, text: str) -> Budget:
        """``20USD`` or ``20CNY``; raises ValueError, also for a number without a currency."""
        match = _BUDGET.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is no budget: name the currency, 20USD or 20CNY")
        return cls(float(match[1]), match[2].upper())


class Shard(NamedTuple):
    """One of ``parts`` parts of the rows, by a hash of their ids; ``part`` counts from 1."""

    part: int
    parts: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """``3/8``; raises ValueError."""
        match = _SHARD.fullmatch(text.strip())
        if match is None or not 1 <= int(match[1]) <= int(match[2]):
            raise ValueError(f"{text!r} is no shard: write 3/8")
        return cls(int(match[1]), int(match[2]))

    def has(self, custom_id: str) -> bool:
        """Whether the row of this id is in it."""
        digest = hashlib.blake2b(custom_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.parts == self.part - 1


@dataclass(frozen=True)
class Options:
    """The options of a job; each has the meaning of the command line's option of its name.

    ``concurrency`` None finds the limit; ``deadline`` is in seconds, of a row.
    """

    model: Optional[str] = None
    system: Optional[str] = None
    prompt_field: Optional[str] = None
    template: Optional[str] = None
    concurrency: Optional[int] = None
    deadline: Optional[float] = None
    max_rows: Optional[int] = None
    budget: Optional[Budget] = None
    off_peak: bool = False
    shard: Optional[Shard] = None
    retry_failed: bool = False
    skip_bad: bool = False
    group: bool = True
    durable: bool = False
    currency: Optional[str] = None

    @property
    def has_plain_prompts(self) -> bool:
        """Whether a row is a prompt, or fields of one, and no line of a batch file."""
        return self.prompt_field is not None or self.template is not None

    def of_rows(self) -> Dict[str, Any]:
        """Those that make the requests out of the input, and whether the emulator answers them: a
        state is of one set of them."""
        names = ("model", "system", "prompt_field", "template", "shard", "skip_bad")
        values = {name: getattr(self, name) for name in names}
        values["offline"] = bool(os.environ.get(OFFLINE_URL))
        if self.shard is not None:
            values["shard"] = f"{self.shard.part}/{self.shard.parts}"
        return values

    def salt(self) -> bytes:
        """What goes into the key of each row."""
        names = ("model", "system", "prompt_field", "template")
        return json.dumps([getattr(self, name) for name in names]).encode()
