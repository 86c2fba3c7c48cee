"""Reads what a page of an order says of a deposit: security for the return of a thing, no earnest money and no down payment. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from gongping.detectors.notices import said_by_others
from gongping.lexicon import normalise, parse_price, phrase
from gongping.sight.blocks import Block, placed_blocks
from gongping.sight.model import Seen, Sight

_TELLS = {
    "scope": "deposit_scope",
    "conditions": "deposit_conditions",
    "method": "deposit_method",
    "procedure": "deposit_procedure",
}
FACTS = ("amount", *_TELLS)
"""What must be shown of a deposit (article 27)."""

_SECTION = 800
"""Characters: what explains one deposit is no longer (convention)."""


@dataclass(frozen=True)
class Fact:
    """One thing that a page says of a deposit, and the line that says it."""

    kind: str
    text: str
    seen: Seen


@dataclass(frozen=True)
class Deposit:
    """A deposit as a page tells of it. `called` is its line; `sure`: it is called what it is, not 保证金 or 预授权; `opens` leads to
    its rules."""

    called: str
    seen: Seen
    amount: float | None
    sure: bool
    facts: tuple[Fact, ...]
    opens: Seen | None = None

    def lacks(self) -> list[str]:
        """The facts that the page does not tell, in the norm's order."""
        told = {f.kind for f in self.facts}
        return [kind for kind in FACTS if kind not in told]


def deposit_on(sight: Sight, ordered: str = "") -> Deposit | None:
    """The deposit that a page asks for, with all that it says of it; None where it asks for none, or waives it."""
    said = normalise(sight.text.replace("\n", ";"))
    if not any(phrase(name).search(said) for name in ("names_deposit", "renames_deposit")):
        return None
    lines = [(s, b) for s, b in placed_blocks(sight) if not said_by_others(sight, s, b, ordered)]
    for name, sure in (("names_deposit", True), ("renames_deposit", False)):
        named = [(s, b) for s, b in lines if phrase(name).search(normalise(b.text)) and not _waived(sight, s, b)]
        priced = [(s, b, amount) for s, b in named if (amount := _amount(sight, s, b))]
        if priced or (named and sure and any(phrase("pays_deposit").search(normalise(b.text)) for _, b in named)):
            seen, block, amount = priced[0] if priced else (*named[0], None)
            return Deposit(block.text[:60], seen, amount, sure, _facts(sight, named, lines, amount), _opens(sight))
    return None


def _waived(sight: Sight, seen: Seen, block: Block) -> bool:
    return bool(phrase("waives_deposit").search(normalise(_row(sight, seen, block))))


def _row(sight: Sight, seen: Seen, block: Block) -> str:
    """A line with what stands beside it: a label's amount is often a box of its own."""
    around = next(sight.ancestors(seen.index), None)
    row = sight.text_of(around.index) if around else ""
    if len(row) <= len(block.text) + 20:
        return row.replace("\n", ";") or block.text
    siblings = sight.children.get(seen.parent, [])
    at = siblings.index(seen.index) if seen.index in siblings else len(siblings)
    beside = sight.text_of(siblings[at + 1]) if at + 1 < len(siblings) else ""
    return f"{block.text} {beside}" if len(beside) <= 20 else block.text


def _amount(sight: Sight, seen: Seen, block: Block) -> float | None:
    text = normalise(_row(sight, seen, block))
    found = phrase("deposit_comes_first").search(text)
    money = parse_price(text[found.start() :]) if found else None
    return float(money.amount) if money and money.amount else None


def _facts(
    sight: Sight, named: list[tuple[Seen, Block]], lines: list[tuple[Seen, Block]], amount: float | None
) -> tuple[Fact, ...]:
    own = {i for s, _ in named for i in _around(sight, s)}
    about = [(s, b) for s, b in lines if s.index in own]
    priced = [Fact("amount", b.text, s) for s, b in named if amount and _amount(sight, s, b)]
    return tuple(priced[:1]) + tuple(
        Fact(kind, b.text, s)
        for kind, tells in _TELLS.items()
        for s, b in [(s, b) for s, b in about if phrase(tells).search(normalise(b.text))][:1]
    )


def _around(sight: Sight, seen: Seen) -> set[int]:
    """The widest part of a page around a line that may be all about it."""
    widest = seen
    for a in sight.ancestors(seen.index):
        if len(sight.text_of(a.index)) > _SECTION:
            break
        widest = a
    return {d.index for d in sight.within(widest.index)}


def _opens(sight: Sight) -> Seen | None:
    return next(
        (s for s in sight.elements if s.shown and s.operable and phrase("leads_to_deposit_rules").search(sight.label_of(s)[:30])),
        None,
    )  # fmt: skip
