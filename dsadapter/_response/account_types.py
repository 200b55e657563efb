"""What belongs to an account: the models that it may use, and its balance."""

from __future__ import annotations

from typing import List, Optional

from .base_model import BaseModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._record import MayLack


class Model(BaseModel, native="model"):
    """One model of a provider."""

    id: str
    created: MayLack[int]
    object: MayLack[str]
    owned_by: MayLack[str]
    shutdown_date: Optional[str]


class BalanceInfo(BaseModel):
    """The balance in one currency; amounts are strings, as the server sends them."""

    currency: str
    total_balance: str
    granted_balance: str
    topped_up_balance: str


class Balance(BaseModel):
    """``is_available`` and ``balance_infos``."""

    is_available: bool
    balance_infos: List[BalanceInfo]
