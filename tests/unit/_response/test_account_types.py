"""Models and balances as objects."""

from __future__ import annotations

from dsadapter._response.account_types import Balance, BalanceInfo


def test_balance_amounts_stay_text() -> None:
    balance = Balance({"is_available": True, "balance_infos": [{"total_balance": "1.10"}]})
    assert balance.balance_infos[0].total_balance == "1.10"
    assert type(balance.balance_infos[0]) is BalanceInfo
