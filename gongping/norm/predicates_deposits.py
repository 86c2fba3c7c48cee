"""Predicates of deposits: whether an order that takes one shows, before it binds, what article 27 wants to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongping.detectors.complaints import sentences
from gongping.detectors.deposits import Deposit, deposit_on
from gongping.lexicon import normalise, phrase
from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_base import BasePredicates
from gongping.norm.predicates_terms import in_force
from gongping.observations.checkout import CheckoutSeen, OrderWalked, Step
from gongping.observations.library import LibrarySeen, Paper

NAMES = {
    "amount": "押金数额",
    "scope": "担保范围",
    "conditions": "退还条件",
    "method": "退还方式",
    "procedure": "退还程序",
}

_CENT = 0.005


@dataclass(frozen=True)
class DepositTold:
    """A deposit of an order, where it stands, and whether enough is said of it."""

    order: OrderWalked
    step: Step
    deposit: Deposit
    judgement: Judgement


class DepositPredicates(BasePredicates):
    """Mixed into Predicates."""

    def deposits(self, checkout: CheckoutSeen) -> list[DepositTold]:
        """Each order that takes a deposit, judged at its last step before the commitment; where that was not reached, by what its
        other pages say, which is enough to hold and too little to be broken."""
        told = []
        for order in (*checkout.orders, *checkout.secured):
            found = [(s, d) for s in order.steps if (d := deposit_on(self.sight(s.sight), order.goods))]
            if found:
                step, deposit = found[-1]
                told.append(DepositTold(order, step, deposit, self._told(order, found)))
        return told

    def deposit_rules(self, library: LibrarySeen) -> list[Paper]:
        """The documents on deposits that say that one is taken."""
        return [
            p
            for p in in_force(library)
            if p.kind == "deposit"
            and any(
                phrase("speaks_of_deposit").search(said) and not phrase("waives_deposit").search(said)
                for said in map(normalise, sentences(p.document.all_text))
            )
        ]

    def _told(self, order: OrderWalked, found: list[tuple[Step, Deposit]]) -> Judgement:
        step, deposit = found[-1]
        last = order.last_step and step is order.steps[-1]
        everywhere = {f.kind for _, d in found for f in d.facts}
        missing = [NAMES[k] for k in deposit.lacks() if k not in everywhere]
        elsewhere = [NAMES[k] for k in deposit.lacks() if k in everywhere]
        measured: dict[str, Any] = {
            "押金": deposit.called,
            "押金数额": deposit.amount,
            "未见": missing or None,
            "只在前面的页面": elsewhere or None,
            "经营者": "自营" if order.self_operated else "未标明自营",
        }
        if not deposit.sure:
            return Judgement("unknown", f"“{deposit.called[:30]}”是否为押金看不出来，请人工核对", measured)
        if phrase("deposit_paid_on_the_spot").search(deposit.called):
            zh = f"“{deposit.called[:30]}”不随订单支付，由谁收取、是否另行说明请人工核对"
            return Judgement("unknown", zh, measured)
        if not last:
            return self._before_the_last_step(order, deposit, missing, measured)
        if missing and not any(d.opens for _, d in found):
            return Judgement("broken", f"付款前一步没有写明{'、'.join(missing)}", measured)
        if missing:
            return Judgement(
                "unknown", f"付款前一步没有写明{'、'.join(missing)}，有押金规则的链接，请点击核对", measured
            )
        if elsewhere:
            return Judgement("unknown", f"{'、'.join(elsewhere)}只写在前面的页面，请人工核对", measured)
        seen = both(*(self.legible(f.seen, what=NAMES[f.kind]) for f in deposit.facts))
        return Judgement(seen.state, seen.zh, {**seen.measured, **measured})

    def _before_the_last_step(
        self, order: OrderWalked, deposit: Deposit, missing: list[str], measured: dict[str, Any]
    ) -> Judgement:
        total = order.steps[-1].total
        if order.last_step and total and order.price and deposit.amount:
            if abs(total - order.price - deposit.amount) <= _CENT:
                return Judgement("broken", f"押金 {deposit.amount:g} 元计入合计，付款前一步没有单列", measured)
            return Judgement("unknown", "前面的页面提到押金，付款前一步没有，请人工核对是否收取", measured)
        if missing:
            return Judgement(
                "unknown", f"没有走到付款前一步，看到的页面没有写明{'、'.join(missing)}，请人工核对", measured
            )
        return Judgement("held", "", measured)
