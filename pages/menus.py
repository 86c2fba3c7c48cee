"""A menu: many dishes on one page, each with a control that takes one more of it (food delivery, groceries, tickets)."""

from __future__ import annotations

from gongping.lexicon import parse_price, words
from gongping.pages import finding
from gongping.sight.model import Seen, Sight

_LEAST = 3
"""Dishes: with fewer, a plus is a good's own quantity (convention)."""

_ROW = 200
"""Characters: a dish with its price says no more (convention)."""


def dishes(sight: Sight) -> list[Seen]:
    """The controls that take one more of something, each in a row with a price of its own, in order; () where the page is no menu."""
    found: list[Seen] = []
    rows: set[int] = set()
    for s in finding.controls(sight):
        label = sight.label_of(s)
        if not (0 < len(label) <= 12 and (hit := words("one_more").match(label)) and hit.score >= 0.6):
            continue
        row = next((a for a in sight.ancestors(s.index) if parse_price(sight.text_of(a.index))), None)
        if row is not None and len(sight.text_of(row.index)) <= _ROW and row.index not in rows:
            rows.add(row.index)
            found.append(s)
    return found if len(found) >= _LEAST else []
