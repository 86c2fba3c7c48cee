"""Reads an order page: its amounts, and the extras on it with their states. Pure; knows no shop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from gongping.lexicon import Hit, normalise, parse_price, phrase, words
from gongping.observations.checkout import AmountLine, Control, Extra
from gongping.sight.model import Seen, Sight

_CLAUSE = re.compile(r"[，,。；;]")
_ROW = 180
"""Characters: a row of an order is short; what is longer is a section (convention)."""

_MOST_AMOUNTS = 16
"""Amounts of an order page that are tried against its total (convention)."""

_ON = re.compile(
    r"(^|[-_\s])(is[-_]?)?(on|active|checked|selected|choosed?|chosen|cur|current|opened|enabled|picked)([-_\s]|$)",
    re.I,
)
_OFF = re.compile(r"(^|[-_\s])(is[-_]?)?(off|inactive|unchecked|unselected|disabled|closed)([-_\s]|$)", re.I)
_TOGGLE = re.compile(r"(^|[-_\s])(switch|toggle|check[-_]?box|checker|radio|tick|slider)([-_\s\d]|$)", re.I)


def amount_lines(sight: Sight) -> tuple[AmountLine, ...]:
    """Rows that say a label and one amount, smallest rows first found, in reading order."""
    found: dict[int, AmountLine] = {}
    for seen, row in _rows_of_amounts(sight):
        if len(seen.text) > 60 or row.index in found:
            continue
        text = sight.text_of(row.index)
        label = normalise(_label_before_amount(text)) or _label_beside(sight, row)
        money = parse_price(text)
        if money is None or not label or len(label) > (40 if re.search(r"[^\x00-\u2e7f]", label) else 80):
            continue
        negative = bool(re.search(r"[-−–]\s*[¥￥$£€]?\s*\d", text)) or bool(phrase("takes_off_the_price").search(label))
        found[row.index] = AmountLine(label, -float(money.amount) if negative else float(money.amount), row)
    return tuple(found[i] for i in sorted(found))


def _rows_of_amounts(sight: Sight) -> Iterator[tuple[Seen, Seen]]:
    """Elements with a figure, each with the row of the amount that it belongs to."""
    for seen in sight.elements:
        if seen.shown and seen.text and seen.tag != "#text" and re.search(r"\d", seen.text):
            row = _row_of_amount(sight, seen)
            if row is not None:
                yield seen, row


def _label_before_amount(text: str) -> str:
    return re.split(r"[-−–+]?\s*(?:[¥￥$£€]|RMB|NT\$|HK\$|\d[\d,.]*\s*元)", text, maxsplit=1)[0].strip(" \n：:（(")


def _row_of_amount(sight: Sight, seen: Seen) -> Seen | None:
    """The smallest element around an amount that also says what it is for."""
    chain = [seen, *sight.ancestors(seen.index)][:5]
    for a in chain:
        text = sight.text_of(a.index)
        if len(text) > 80:
            return None
        if parse_price(text):
            if len(re.findall(r"\d+[.,]\d{2}", text)) > 1:
                return None
            if _label_before_amount(text) or _label_beside(sight, a):
                return a
    return None


def _label_beside(sight: Sight, row: Seen) -> str:
    """The text just before a cell: dt for a dd, th or td before a td, the sibling before a span."""
    siblings = sight.children.get(row.parent, [])
    at = siblings.index(row.index) if row.index in siblings else 0
    if at == 0:
        return ""
    before = sight.elements[siblings[at - 1]]
    text = sight.text_of(before.index)
    if not text or len(text) > 30 or parse_price(text):
        return ""
    level = abs(before.box.centre[1] - row.box.centre[1]) < max(before.box.height, row.box.height)
    return normalise(text) if level or row.tag == "dd" else ""


def total_of(lines: Iterable[AmountLine]) -> AmountLine | None:
    """The line that sums the order up: the last that says so, the largest where several do."""
    sums = [a for a in lines if words("total").match(a.label) and words("total").match(a.label).score >= 0.5]  # type: ignore[union-attr]
    return max(sums, key=lambda a: (a.amount, a.seen.index), default=None)


def extra_hit(label: str) -> Hit | None:
    """Whether a label names an extra: a word for one, and not mainly a word for what belongs to an order."""
    hit = words("extras").match(label)
    if hit is None:
        return None
    other = words("not_extra").match(label)
    if other and other.score > hit.score:
        return None
    return hit


def controls(sight: Sight) -> list[tuple[Seen, Control]]:
    """Boxes, radios and switches, real or drawn, in document order."""
    found: list[tuple[Seen, Control]] = []
    for s in sight.elements:
        if s.role in ("checkbox", "menuitemcheckbox") or s.kind == "checkbox":
            found.append((s, "checkbox"))
        elif s.role in ("radio", "menuitemradio") or s.kind == "radio":
            found.append((s, "radio"))
        elif s.role == "switch":
            found.append((s, "switch"))
        elif (
            s.shown and s.operable and not s.href and s.tag not in ("input", "button", "select", "label") and not s.role
        ):
            named = f"{s.classes} {s.ident}"
            inner = [d for d in sight.within(s.index) if d.index != s.index]
            small = s.box.width <= 80 and s.box.height <= 50 and len(sight.text_of(s.index)) <= 2
            styled = _TOGGLE.search(named) or any(_TOGGLE.search(d.classes) for d in inner[:4])
            said = sight.text_of(s.index)
            if words("extra_remove").match(said) or phrase("tells_more").fullmatch(normalise(said)):
                continue  # an × takes something away, 说明 explains: they switch nothing
            if styled or (small and s.box.height >= 8 and s.box.width >= 8 and _near_extra(sight, s)):
                found.append((s, "switch"))
    return found


def _near_extra(sight: Sight, s: Seen) -> bool:
    return bool(extra_hit(_row_text(sight, s, ())[0]))


def _row_text(sight: Sight, control: Seen, others: Iterable[int]) -> tuple[str, Seen]:
    """The text around a control, as far as it is its own: the widest ancestor with no other control and no more than a row of text."""
    rivals = set(others) - {control.index}
    best_text, best = sight.label_of(control), control
    if not control.shown and not any(
        sight.elements[i].shown for i in control.labels
    ):  # folded away: what shows around it is not its row
        return best_text, next((a for a in sight.ancestors(control.index) if a.shown), control)
    for a in sight.ancestors(control.index):
        inside = {d.index for d in sight.within(a.index)}
        if inside & rivals:
            break
        text = sight.text_of(a.index)
        if len(text) > _ROW:
            break
        if text:
            best_text, best = text, a
    return best_text, best


def _state(sight: Sight, control: Seen, row: Seen) -> tuple[bool | None, str]:
    """Chosen or not, and how that is known. None where nothing tells."""
    if control.checked is not None:
        return control.checked, "checked" if control.tag == "input" else "aria"
    for s in (
        control,
        *[d for d in sight.within(control.index) if d.index != control.index][:4],
        *[a for a in sight.ancestors(control.index) if a.index >= row.index][:2],
    ):
        for named in (s.classes, " ".join(f"{k}-{v}" for k, v in s.machine.items())):
            if _OFF.search(named):
                return False, f"styled {named!r}"
            if _ON.search(named):
                return True, f"styled {named!r}"
    row_text = sight.text_of(row.index)
    if words("extra_default").match(row_text):
        return True, "the row says that it was chosen"
    return None, ""


def _price_in(label: str, row: str) -> float | None:
    """The price at an extra: in its own label, else in its row; 0 where it is said to be free."""
    text = label if parse_price(label) else row
    money = parse_price(text)
    if money is not None:
        return float(money.amount)
    if phrase("costs_nothing").search(normalise(text)):
        return 0.0
    return None


def extras_on(
    sight: Sight, step: str, ordered: str = "", chosen_by_consumer: Iterable[str] = (), *, cart_was_empty: bool = False
) -> tuple[Extra, ...]:
    """Every extra on a page with its state. `ordered` is the title of what the consumer put into the order; `chosen_by_consumer`
    are names of extras that the consumer chose. Items beside the ordered one count only where the cart is known to have been empty
    before: an account may keep goods from an earlier day."""
    mine = {normalise(c) for c in chosen_by_consumer}
    operated = controls(sight)
    indexes = [c.index for c, _ in operated]
    found: list[Extra] = []
    taken: set[int] = set()
    for control, kind in operated:
        text, row = _row_text(sight, control, indexes)
        label = sight.label_of(control)
        if not re.search(r"\w", label):  # a tick alone is no name
            label = next((line for line in text.splitlines() if re.search(r"\w", line)), text)
        head = text.splitlines()[0] if text else label
        hit = extra_hit(label) or extra_hit(head) or (extra_hit(text) if not words("not_extra").match(label) else None)
        hit = hit or _of_a_group_to_refuse(sight, control, label, operated)
        if (
            hit is None
            or words("extra_refuse").match(_CLAUSE.split(label, maxsplit=1)[0])
            or _is_consent(text)
            or (ordered and _similar(text, ordered))
        ):
            continue
        if not (control.shown or row.shown) or row.index in taken:
            continue
        state, why = _state(sight, control, row)
        taken.add(row.index)
        name = _name(label, hit)
        shown = control if control.shown and control.box.area > 16 else row
        found.append(
            Extra(
                shown,
                name,
                hit.key,
                _price_in(label, text),
                step,
                kind,
                state if normalise(name) not in mine else False,
                why=why,
                sight=sight.id,
                url=sight.url,
            )
        )
    found += _lines(sight, step, found, mine, operated)
    if cart_was_empty:
        found += _items(sight, step, ordered)
    found += _buttons(sight, step)
    return tuple(found)


def _of_a_group_to_refuse(sight: Sight, control: Seen, label: str, operated: list[tuple[Seen, Control]]) -> Hit | None:
    """A priced choice of a group in which another choice is to want none of it (不加购, no thanks), under a heading that offers extras:
    whatever it is called, it is one."""
    if control.role != "radio" and control.kind != "radio":
        return None
    if not control.field_name or parse_price(label) is None or words("not_extra").match(label):
        return None
    group = [c for c, _ in operated if c.field_name == control.field_name]
    refuses = any((hit := words("extra_refuse").match(sight.label_of(c))) and hit.score >= 0.6 for c in group)
    if len(group) < 2 or not refuses:
        return None
    inside = {c.index for c in group}
    around = next(
        (a for a in sight.ancestors(control.index) if inside <= {d.index for d in sight.within(a.index)}), None
    )
    while around is not None and len(said := sight.text_of(around.index)) <= _ROW:
        if hit := words("extras").match(said.splitlines()[0][:24] if said else ""):
            return hit
        around = sight.elements[around.parent] if around.parent >= 0 else None
    return None


def _is_consent(text: str) -> bool:
    return bool(phrase("agrees_in_an_order").search(text)) and not parse_price(text)


def _similar(a: str, b: str) -> bool:
    a, b = normalise(a), normalise(b)
    return bool(a and b) and (a in b or b in a or SequenceMatcher(None, a, b).ratio() > 0.8)


def _name(label: str, hit: Hit) -> str:
    line = next((one for one in label.splitlines() if words("extras").match(one)), label)
    name = re.split(r"[¥￥$£€]|\d+\.\d{2}|，|。|；", line, maxsplit=1)[0].strip(" ：:+(（")
    return (name or hit.word)[:40]


def _lines(
    sight: Sight, step: str, offered: list[Extra], mine: set[str], operated: list[tuple[Seen, Control]]
) -> list[Extra]:
    """Lines of the bill that charge an extra which the consumer did not choose."""
    lines = amount_lines(sight)
    total = total_of(lines)
    if total is None:
        return []
    found = []
    prices = [(control, _with_its_price(sight, control)) for control, _ in operated]
    priced = {i for _, own in prices for i in own}
    unchosen = {i for control, own in prices if _state(sight, control, control)[0] is False for i in own}
    amounts = {row: cents for row, cents in _amounts(sight, lines).items() if row not in unchosen}
    for line in bill(sight, total, lines):
        if line.seen.index in priced:
            continue  # what a box would cost: the box itself tells whether it is chosen
        hit = extra_hit(line.label)
        if hit is None or line.amount <= 0 or line is total or words("total").match(line.label):
            continue
        if any(e.seen and line.seen.index in {d.index for d in sight.within(e.seen.index)} for e in offered) or any(
            m and (m in line.label or line.label in m) for m in mine
        ):
            continue
        if any(e.chosen and e.price == line.amount for e in offered):
            continue  # the charge of a box that is already listed
        charged = _charged(line, total, amounts)
        if charged is False:
            continue
        found.append(
            Extra(
                line.seen,
                _name(line.label, hit),
                hit.key,
                line.amount,
                step,
                "line",
                charged,
                why="in the total"
                if charged
                else "named in the bill, whose amounts don't tell whether it is in the total",
                sight=sight.id,
                url=sight.url,
            )
        )
    return found


def _charged(line: AmountLine, total: AmountLine, amounts: dict[int, int]) -> bool | None:
    """Whether a line is in the total: its amount is needed for the others to sum up to it. False where they do without it, None where
    they do both ways or neither. `amounts`: those of the page in cents, by element, boxes that are off left out."""
    whole, own = round(total.amount * 100), round(line.amount * 100)
    others = [cents for row, cents in amounts.items() if row != line.seen.index and cents != whole]
    reached = {0}
    for cents in others[:_MOST_AMOUNTS]:
        reached |= {r + cents for r in reached}
    without, with_it = whole in reached, whole - own in reached
    return with_it if without != with_it else None


def _amounts(sight: Sight, lines: Iterable[AmountLine]) -> dict[int, int]:
    """Every row with one amount, in cents, by its element; `lines` are those of them that have a label."""
    labelled = {line.seen.index: line.amount for line in lines}
    found: dict[int, int] = {}
    for _, row in _rows_of_amounts(sight):
        money = parse_price(sight.text_of(row.index))
        if money is not None:
            found[row.index] = round(labelled.get(row.index, float(money.amount)) * 100)
    return found


def _with_its_price(sight: Sight, control: Seen) -> set[int]:
    """A control, its labels, and the smallest part around it that states a price, with everything in them."""
    around = [control, *(sight.elements[i] for i in control.labels), *list(sight.ancestors(control.index))[:3]]
    own = next((a for a in around if len(text := sight.text_of(a.index)) <= 80 and parse_price(text)), control)
    return {d.index for a in (own, *around[: 1 + len(control.labels)]) for d in sight.within(a.index)}


def unfolded(before: Sight, now: Sight, step: str) -> tuple[Extra, ...]:
    """Extras among the lines that opening a fold of the bill brought to light."""
    known = {(line.label, line.amount) for line in amount_lines(before)}
    rows = {
        i
        for control, _ in controls(now)
        for i in (control.index, *(a.index for a in list(now.ancestors(control.index))[:3]))
    }
    return tuple(
        Extra(line.seen, line.label[:40], hit.key, line.amount, step, "line", True, why="in the unfolded bill", sight=now.id, url=now.url, folded=True)
        for line in amount_lines(now)
        if (line.label, line.amount) not in known and line.amount > 0 and line.seen.index not in rows
        and not words("total").match(line.label) and (hit := extra_hit(line.label))
    )  # fmt: skip


def bill(sight: Sight, total: AmountLine, lines: tuple[AmountLine, ...]) -> list[AmountLine]:
    """The lines that stand with the total: under the smallest common ancestor that holds two more amounts."""
    for a in sight.ancestors(total.seen.index):
        inside = {d.index for d in sight.within(a.index)}
        together = [line for line in lines if line.seen.index in inside]
        if len(together) >= 3 or (len(together) >= 2 and len(sight.text_of(a.index)) > 120):
            return together
    return list(lines)


def _items(sight: Sight, step: str, ordered: str) -> list[Extra]:
    """Items of the cart that the consumer did not put there: rows with their own quantity or remove control and another title."""
    if not ordered or step not in ("cart", "checkout"):
        return []
    rows: dict[int, Seen] = {}
    for s in sight.elements:
        if not s.shown or not (s.operable or s.role in ("spinbutton", "textbox", "combobox")):
            continue
        label = sight.label_of(s)
        removes = phrase("removes_item").fullmatch(normalise(label))
        counts = s.role in ("spinbutton", "textbox", "combobox") and (
            words("quantity").match(label) or re.search(r"qty|quantity|num", s.field_name, re.I)
        )
        if not (removes or counts):
            continue
        for a in sight.ancestors(s.index):
            text = sight.text_of(a.index)
            if parse_price(text) and len(text) > 12:
                if len(text) <= 240:
                    rows[a.index] = a
                break
    if len(rows) < 2:
        return []
    outer = [r for i, r in rows.items() if not any(a.index in rows for a in sight.ancestors(i))]
    found = []
    for row in outer:
        text = sight.text_of(row.index)
        if similar_row(text, ordered):
            continue
        hit = words("extras").match(text)
        money = parse_price(text)
        name = max((t for t in text.splitlines() if not parse_price(t)), key=len, default=text)[:60]
        found.append(
            Extra(
                row,
                name,
                hit.key if hit else "other",
                float(money.amount) if money else None,
                step,
                "item",
                True,
                why="in the cart, and the consumer did not put it there",
                sight=sight.id,
                url=sight.url,
            )
        )
    return found if len(found) < len(outer) else []  # where no row is the ordered good, the rows were not understood


def similar_row(text: str, ordered: str) -> bool:
    """Whether a row holds a good's title, or half of it in one piece."""
    plain, wanted = normalise(text), normalise(ordered)
    if wanted in plain:
        return True
    match = SequenceMatcher(None, plain, wanted, autojunk=False).find_longest_match()
    return match.size >= max(4, 0.5 * len(wanted))


def _buttons(sight: Sight, step: str) -> list[Extra]:
    """A main button that goes on and takes an extra with it, where the way without it is no equal button."""
    going = [
        s
        for s in sight.elements
        if s.shown and s.operable and s.role in ("button", "link", "") and len(sight.label_of(s)) <= 24
        and (words("commitment").match(sight.label_of(s)) or words("checkout").match(sight.label_of(s)) or words("buy_now").match(sight.label_of(s)))
    ]  # fmt: skip
    taking = [s for s in going if extra_hit(sight.label_of(s)) and phrase("does_two_things").search(sight.label_of(s))]
    beside = {s.index: line for s in going if s not in taking and (line := _taken_by_small_print(sight, s))}
    found = []
    for s in [*taking, *(s for s in going if s.index in beside)]:
        said = beside.get(s.index) or sight.label_of(s)
        hit = extra_hit(said)
        assert hit is not None
        without = [
            o for o in sight.elements
            if o.shown and o.operable and o.index != s.index and not extra_hit(sight.label_of(o)) and (o in going or words("extra_refuse").match(sight.label_of(o)))
        ]  # fmt: skip
        equal = any(
            o.box.area >= 0.8 * s.box.area and bool(o.background or o.role == "button") and o.font_px >= s.font_px * 0.9
            for o in without
        )
        money = parse_price(said if s.index in beside else sight.text_of(s.index))
        found.append(
            Extra(
                s,
                _name(said, hit) if s.index in beside else sight.label_of(s),
                hit.key,
                float(money.amount) if money else None,
                step,
                "button",
                not equal,
                why="the main button takes it along" if not equal else "an equal button goes without",
                sight=sight.id,
                url=sight.url,
            )
        )
    return found


def _taken_by_small_print(sight: Sight, button: Seen) -> str:
    """The line near a main button that says which extra it takes along (含省钱月卡 ¥9.90), where another control beside it goes without
    (不需要，直接提交订单); "" where there is none."""
    for a in list(sight.ancestors(button.index))[:3]:
        text = sight.text_of(a.index)
        if len(text) > 160:
            return ""
        refuses = any(
            d.shown and d.operable and d.index != button.index and words("extra_refuse").match(sight.label_of(d))
            and (words("commitment").contains(sight.label_of(d)) or words("buy_now").match(sight.label_of(d)))
            for d in sight.within(a.index)
        )  # fmt: skip
        if refuses:
            own = sight.label_of(button)
            return next(
                (x for x in text.splitlines() if x not in own and own not in x and parse_price(x) and extra_hit(x)
                 and not words("extra_refuse").match(x)),
                "",
            )  # fmt: skip
    return ""


def unexplained(lines: tuple[AmountLine, ...], goods: float | None) -> float | None:
    """What the total holds beyond the goods and every other line of the bill; None where the bill can't be reconciled.

    A subtotal that repeats the goods is counted once.
    """
    total = total_of(lines)
    if total is None or goods is None:
        return None
    rest = total.amount - goods
    for line in lines:
        if (
            line is total
            or words("total").match(line.label)
            or abs(line.amount - goods) < 0.005
            or abs(line.amount - total.amount) < 0.005
        ):
            continue
        if words("not_extra").match(line.label) or extra_hit(line.label) or line.amount < 0:
            rest -= line.amount
    return round(rest, 2)
