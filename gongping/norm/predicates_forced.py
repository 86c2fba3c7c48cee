"""Predicates of forced trade: whether an order or a new account can be had without what nobody needs for it."""

from __future__ import annotations

from gongping.detectors.forced import Choice, choices
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen

ABOUT = {"advertising": "接收营销信息", "sharing": "向他人提供个人信息", "extra": "附加商品或者服务"}


class ForcedPredicates(BasePredicates):
    """Mixed into Predicates."""

    def choices_of_orders(self, checkout: CheckoutSeen) -> list[tuple[Choice, Judgement]]:
        """The boxes of the orders' steps for what an order can do without, each once."""
        steps = [s.sight for o in checkout.orders for s in o.steps if s.place == "checkout"]
        return _judged([c for sight in steps for c in choices(self.sight(sight))])

    def choices_of_registration(self, library: LibrarySeen) -> list[tuple[Choice, Judgement]]:
        """The same of the registration form; none where it was not reached."""
        return _judged(list(choices(self.sight(library.registration)))) if library.registration else []


def _judged(found: list[Choice]) -> list[tuple[Choice, Judgement]]:
    return [(c, _free(c)) for c in {c.label: c for c in reversed(found)}.values()]


def _free(choice: Choice) -> Judgement:
    measured = {"内容": ABOUT[choice.about], "必选": choice.demanded}
    if choice.demanded:
        return Judgement("broken", f"必须勾选才能继续，内容是{ABOUT[choice.about]}，与交易无关", measured)
    return Judgement("held", "", measured)
