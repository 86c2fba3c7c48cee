"""Predicates of what a platform lays down outside its documents: on the pages of goods, in carts, orders and coupons, and on home."""

from __future__ import annotations

from collections.abc import Iterable

from gongping.clauses.judge import Finding, rules
from gongping.detectors.notices import Notice, notices
from gongping.lexicon import normalise, phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_terms import Clause, TermsPredicates, findings, weighed
from gongping.observations.checkout import CheckoutSeen, OrderWalked, Step
from gongping.observations.documents import Document
from gongping.observations.library import LibrarySeen, Paper

PLACES = {"product": "商品页", "cart": "购物车", "checkout": "订单页", "payment": "付款页", "home": "首页"}

_AS_TERMS = ("33.", "34.")
"""What a standard term must not hold, a notice must not say either (article 36)."""


class NoticePredicates(TermsPredicates):
    """Mixed into Predicates."""

    def noticed(self, checkout: CheckoutSeen, duty: str, *, self_only: bool = False) -> list[Clause]:
        """The sentences on the pages of the walked orders that break a duty beyond argument (broken), or that a person must read
        (unknown); each once. `self_only`: nobody else sells on the platform."""
        found: dict[str, Clause] = {}
        for order in checkout.orders:
            for step in (*order.steps, *([order.payment] if order.payment else [])):
                own = self_only or bool(order.self_operated)
                for clause in self._noticed(step, order, duty, own):
                    known = found.setdefault(normalise(clause.finding.sentence), clause)
                    if clause.judgement.broken and not known.judgement.broken:
                        found[normalise(clause.finding.sentence)] = clause
        return sorted(found.values(), key=lambda c: not c.judgement.broken)

    def noticed_at_home(self, library: LibrarySeen, duty: str) -> list[Clause]:
        """The same of home, which the platform itself writes."""
        step = Step("home", self.sight(library.home_sight).url, "", library.home_sight)
        return self._noticed(step, None, duty, own=True)

    def pages_read(self, checkout: CheckoutSeen) -> Judgement:
        """Whether a page of an order was seen at all, with those that were."""
        seen = [f"{PLACES.get(s.place, s.place)}（{o.goods[:20]}）" for o in checkout.orders for s in o.steps]
        if not seen:
            why = "；".join(f"{o.goods[:20]}：{o.stopped}" for o in checkout.orders) or "没有可下单的商品"
            return Judgement("unknown", f"没有看到商品页、购物车和订单页，其中的说明和告示无法判断（{why}）")
        return Judgement("held", "", {"看过的页面": seen})

    def _noticed(self, step: Step, order: OrderWalked | None, duty: str, own: bool) -> list[Clause]:
        found = notices(self.sight(step.sight), order.goods if order else "")
        paper = _as_paper(step, order, found)
        clauses = []
        for finding in findings(paper.document):
            ordinary = phrase("ordinary_beside_goods").search(finding.sentence)
            if _duty(finding) != duty or ordinary or not _said_by_rules(finding):
                continue
            for notice in [n for n in found if finding.sentence in n.block.text][:1]:
                judged = self._worth(weighed(paper, finding), finding, notice, step, order, own)
                if not judged.held:
                    clauses.append(Clause(paper, finding, judged, notice.block, step.place))
        return clauses

    def _worth(
        self, judged: Judgement, finding: Finding, notice: Notice, step: Step, order: OrderWalked | None, own: bool
    ) -> Judgement:
        """What the words are worth where they stand: an excuse leaves what is beyond argument to a person, and clears what is not."""
        about = f"{notice.block.text} {order.goods if order else ''}"
        excuse = ""
        if phrase("speaks_of_returning").search(finding.sentence) and phrase("may_be_kept_from_return").search(about):
            excuse = "可能是依法不适用退货的商品或者服务，请人工核对"
        elif notice.described:
            excuse = "写在商品描述里，请人工判断是否为经营者的规定"
        elif not own and (step.place == "product" or phrase("seller_speaks").search(notice.block.text)):
            excuse = "看不出是平台还是商家所写，请人工核对"
        if not excuse:
            return judged
        return Judgement("unknown" if judged.broken else "held", excuse, judged.measured)


def _duty(finding: Finding) -> str:
    return "36.1" if finding.duty.startswith(_AS_TERMS) else finding.duty


def _said_by_rules(finding: Finding) -> bool:
    """Whether a rule that allows of no doubt names the words: what a rule or the model merely suspects is ordinary on such pages."""
    return any(r.data.id == finding.rule and r.data.outcome == "failed" for r in rules())


def _as_paper(step: Step, order: OrderWalked | None, found: Iterable[Notice]) -> Paper:
    name = PLACES.get(step.place, step.place) + (f" {order.goods[:20]}" if order else "")
    lines = tuple(one.block for one in found)
    text = "\n".join(b.text for b in lines)
    return Paper("notice", name, step.url, 0, Document("notice", "", step.url, text, step.sight, blocks=lines))
