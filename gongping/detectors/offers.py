"""Reads how an extra is offered: its name, price, provider, that it is optional, its details, and how an order adds up. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from gongping.detectors import orders
from gongping.lexicon import normalise, parse_price, phrase, words
from gongping.observations.checkout import AmountLine, Extra, Offer, Part, Step
from gongping.sight.model import Seen, Sight

_ROW = 420
"""Characters: an offer with its description is at most so long (convention)."""

_MOST_LINES = 12
"""Lines of a bill that are tried in every combination (convention: 4,096 sums)."""


@dataclass(frozen=True)
class Sums:
    """How a total comes about. `rest` is what no line explains (0: all is explained; None: cannot be told, `why` says so). `tax` tells that
    the step speaks of taxes or duties."""

    total: Decimal | None
    goods: Decimal | None
    rest: Decimal | None
    why: str = ""


def _money(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def reconcile(step: Step, goods: float | None, tax: bool = False, beside: Beside | None = None) -> Sums:
    """Reconciles a step's total line by line, in exact decimals: goods + any of the other lines = total.

    Lines may repeat others ("saved in all", "of which tax"), so a total is explained where any choice of lines explains it. `goods` is
    the price of what was ordered, for steps that have no line for it. A total below its lines is no surprise to anybody: explained.
    """
    beside = beside or Beside()
    total = orders.total_of(step.lines)
    if total is None:
        return Sums(None, None, None, "没有识别出合计金额")
    sums = [a for a in step.lines if words("goods_total").match(a.label)]
    base = [_money(a.amount) for a in sums] + ([_money(goods)] if goods is not None else [])
    if not base:
        return Sums(_money(total.amount), None, None, "没有识别出商品金额")
    others = [a for a in step.lines if a is not total and not words("total").match(a.label) and abs(a.amount) >= 0.005]
    whole = _money(total.amount)
    if len(others) > _MOST_LINES:
        return Sums(whole, base[0], None, f"金额明细多达 {len(others)} 行，请人工核对")
    short = _shortfall(
        whole, base, [_money(a.amount) for a in others if a not in sums], [_money(a.amount) for a in sums]
    )
    if short == 0:
        return Sums(whole, base[0], Decimal("0.00"))
    rest = short
    if rest in beside.chosen:
        return Sums(whole, base[0], Decimal("0.00"))  # it stands at a choice that is made, which is a line of its own
    if rest in beside.bare:
        return Sums(whole, base[0], None, f"合计比所列各项多出 {rest} 元，页面别处有同样的金额，请人工核对是否为其明细")
    if not sums:
        return Sums(whole, base[0], None, f"合计比已识别的各项多出 {rest} 元，但订单页没有单列商品金额，请人工核对")
    if step.unread:
        return Sums(
            whole,
            base[0],
            None,
            f"合计比已识别的各项多出 {rest} 元，但有 {step.unread} 处金额没有识别出名称，请人工核对",
        )
    if tax and not any(words("legal_charge").match(a.label) for a in step.lines):
        return Sums(whole, base[0], None, f"合计比各项之和多出 {rest} 元，页面提到税费，可能是法定税费，请人工核对")
    return Sums(whole, base[0], rest)


def _shortfall(whole: Decimal, base: list[Decimal], others: list[Decimal], sums: list[Decimal]) -> Decimal:
    """What is missing from the total at least, whichever lines are taken together with the goods; 0 where some choice of them gives the
    total, or where all lines together are more than it."""
    least: Decimal | None = None
    for first in dict.fromkeys(base):
        more = list(sums)
        if first in more:
            more.remove(first)  # the goods of other sellers have subtotals of their own
        pool = [*others, *more]
        for n in range(len(pool) + 1):
            for some in combinations(pool, n):
                missing = whole - first - sum(some, Decimal(0))
                if missing == 0:
                    return Decimal("0.00")
                if missing > 0 and (least is None or missing < least):
                    least = missing
    together = max((first + sum((x for x in others if x > 0), Decimal(0)) for first in base), default=Decimal(0))
    return (
        least
        if least is not None and whole > together + sum((x for x in others if x < 0), Decimal(0))
        else Decimal("0.00")
    )


@dataclass(frozen=True)
class Beside:
    """Amounts of a step outside its bill: at choices that are made, and standing alone anywhere."""

    chosen: frozenset[Decimal] = frozenset()
    bare: frozenset[Decimal] = frozenset()


def beside(sight: Sight, lines: Iterable[AmountLine]) -> Beside:
    """What else a step shows as an amount: a delivery that is selected with its price, an extra that is ticked with its own."""
    inside = {d.index for line in lines for d in sight.within(line.seen.index)}
    chosen: set[Decimal] = set()
    for control, _ in orders.controls(sight):
        if control.checked:
            around = [
                sight.label_of(control),
                *(sight.text_of(i) for i in control.labels),
                sight.text_of(control.parent) if control.parent >= 0 else "",
            ]
            chosen |= {
                Decimal(str(m.amount)).quantize(Decimal("0.01"))
                for t in around
                if len(t) < 120
                for m in [parse_price(t)]
                if m
            }
    bare = {
        m.amount.quantize(Decimal("0.01")) for s in sight.elements
        if s.shown and s.words and len(s.words) <= 14 and s.index not in inside for m in [parse_price(s.words)] if m
    }  # fmt: skip
    return Beside(frozenset(chosen), frozenset(bare))


def unread_amounts(sight: Sight, lines: Iterable[AmountLine]) -> int:
    """Amounts near the total that belong to no line: a bill that was not read whole."""
    kept = list(lines)
    total = orders.total_of(kept)
    if total is None:
        return 0
    inside = {d.index for line in kept for d in sight.within(line.seen.index)}
    around = next(
        (
            a
            for a in sight.ancestors(total.seen.index)
            if sum(line.seen.index in {d.index for d in sight.within(a.index)} for line in kept) >= 2
        ),
        None,
    )
    if around is None:
        return 0
    amounts = {abs(line.amount) for line in kept}
    found = 0
    for s in sight.within(around.index):
        if s.tag == "#text" or not s.shown or not s.text or s.index in inside or s.operable or len(s.text) > 40:
            continue
        money = parse_price(s.text)
        if (
            money
            and float(money.amount)
            and float(money.amount) not in amounts
            and not any(a.index in inside or a.operable for a in sight.ancestors(s.index))
        ):
            found += 1
    return found


def goods_price(sight: Sight, title: str) -> float | None:
    """The price of one at the row of an ordered good: the least amount beside its title."""
    wanted = normalise(title)
    if len(wanted) < 4:
        return None
    for s in sight.elements:
        if not s.shown or not s.words or not orders.similar_row(s.words, title):
            continue
        for a in [s, *list(sight.ancestors(s.index))[:5]]:
            text = sight.text_of(a.index)
            if len(text) > len(title) + 160:
                break
            amounts = [float(m.amount) for m in (parse_price(line) for line in text.splitlines()) if m and m.amount > 0]
            if amounts:
                return min(amounts)
    return None


def row_of(sight: Sight, extra: Extra) -> Seen:
    """The part of a page that is an extra's own: around its control as far as no control of another stands, and its price and details
    are in it."""
    seen = extra.seen
    assert seen is not None
    rivals = {
        c.index for c, _ in orders.controls(sight)
        if c.index != seen.index and not (c.field_name and c.field_name == seen.field_name and c.role == "radio") and c.index not in {d.index for d in sight.within(seen.index)}
    }  # fmt: skip
    best = seen
    for a in sight.ancestors(seen.index):
        if len(sight.text_of(a.index)) > _ROW or {d.index for d in sight.within(a.index)} & rivals:
            break
        if any(d.role == "heading" or d.tag in ("h1", "h2", "h3") for d in sight.within(a.index)) and parse_price(
            sight.text_of(best.index)
        ):
            break
        if a.tag in ("form", "body", "main") or words("commitment").contains(sight.text_of(a.index)):
            break
        if sight.text_of(a.index):
            best = a
    return best


def offer_of(sight: Sight, extra: Extra, total: float | None, lines: tuple[AmountLine, ...]) -> Offer:
    """An extra with everything that its row says."""
    row = row_of(sight, extra)
    seen = extra.seen
    assert seen is not None
    inside = [s for s in sight.within(row.index) if s.shown and s.tag != "#text"]
    parts = []
    name = _smallest(sight, inside, lambda t: normalise(extra.name) in normalise(t))
    if name:
        parts.append(Part("name", extra.name, name))
    price = _smallest(sight, inside, lambda t: parse_price(t) is not None) or _smallest(
        sight, inside, lambda t: bool(phrase("free_of_charge").search(t)) and extra.free
    )
    money = parse_price(sight.text_of(price.index)) if price else None
    if extra.price is None and money is not None:
        extra = replace(extra, price=float(money.amount))  # it stands beside the choices of a group, at none of them
    if price:
        parts.append(Part("price", sight.text_of(price.index)[:40], price))
    provider = _smallest(sight, inside, lambda t: words("extra_provider").contains(t))
    if provider:
        parts.append(Part("provider", sight.text_of(provider.index)[:120], provider))
    optional = _smallest(sight, inside, lambda t: words("extra_optional").contains(t)) or _heading_says_optional(
        sight, row
    )
    if optional:
        parts.append(Part("optional", sight.text_of(optional.index)[:60], optional))
    operates = {seen.index, *seen.labels, *(d.index for d in sight.within(seen.index))}
    openers = [
        s
        for s in inside
        if s.operable
        and s.index not in operates
        and s.tag not in ("label", "input")
        and s.role not in ("checkbox", "radio", "switch")
    ]
    openers = [s for s in openers if not any(a.index in operates for a in sight.ancestors(s.index)) or s.href]
    named = [s for s in openers if words("extra_details").match(sight.label_of(s))]
    text = sight.text_of(row.index)
    told = (
        len(re.sub(r"\s", "", text))
        - len(re.sub(r"\s", "", extra.name))
        - sum(len(sight.label_of(s)) for s in openers)
        - 8
    )
    boxes = [seen.box, *(sight.elements[i].box for i in seen.labels if sight.elements[i].shown)]
    shown = [b for b in boxes if b.area > 0] or [row.box]
    wide, high = (
        max(b.right for b in shown) - min(b.x for b in shown),
        max(b.bottom for b in shown) - min(b.y for b in shown),
    )
    return Offer(
        extra, row, tuple(parts), (round(wide, 1), round(high, 1)), seen.tag == "input", total, lines,
        opens=named[0] if named else None, unnamed=bool(openers) and not named, told=max(0, told),
    )  # fmt: skip


def _smallest(sight: Sight, inside: list[Seen], says: object) -> Seen | None:
    assert callable(says)
    found = [s for s in inside if s.words and says(sight.text_of(s.index))] or [
        s for s in inside if says(sight.text_of(s.index))
    ]
    return min(found, key=lambda s: (len(sight.text_of(s.index)), -s.index), default=None)


def _heading_says_optional(sight: Sight, row: Seen) -> Seen | None:
    """The heading of the section that the row lies in, where that says it: 可选服务, 自愿选购."""
    for a in list(sight.ancestors(row.index))[:4]:
        for s in sight.within(a.index):
            if s.index >= row.index:
                break
            if (
                s.shown
                and s.words
                and len(s.words) <= 60
                and words("extra_optional").contains(s.words)
                and s.box.y <= row.box.y
            ):
                return s
        if any(s.role == "heading" for s in sight.within(a.index)):
            break
    return None


def order_state(sight: Sight) -> dict[str, str]:
    """What the consumer has chosen and written so far: radios, fields, by their names. Extras are not among it."""
    state: dict[str, str] = {}
    for s in sight.elements:
        if (
            s.role == "radio"
            and s.checked
            and s.field_name
            and not orders.extra_hit(sight.label_of(s))
            and not words("extra_refuse").match(sight.label_of(s))
        ):
            state[f"选择 {s.field_name}"] = sight.label_of(s)[:30]
        elif s.role in ("textbox", "spinbutton", "combobox") and s.shown and s.field_name and s.value:
            state[f"填写 {s.field_name}"] = s.value[:30]
    return state
