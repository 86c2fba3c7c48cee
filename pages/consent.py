"""Agreeing to what a form demands: tick boxes, real ones and those drawn of plain elements."""

from __future__ import annotations

import re

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect
from gongping.lexicon import phrase
from gongping.pages.login_forms import label_around
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_DRAWN = 40
"""CSS px: a tick box is no larger (convention)."""


def tick(consumer: Consumer, live: Live, seen: Seen) -> None:
    """Ticks at the left edge: the middle of a label is often a link to the agreement. Raises PlaywrightError, LookupError."""
    with consumer.acting("tick the agreement", Effect.SESSION):
        live.element(seen).click(timeout=2500, position={"x": min(8.0, seen.box.width / 2), "y": seen.box.height / 2})


def drawn(sight: Sight) -> list[Seen]:
    """Small elements that take clicks, themselves or with the words around them, beside words of agreement: tick boxes made of plain
    elements. Whether one is ticked can't be told: only what a form demands tells that it is not."""
    return [
        seen
        for seen in sight.elements
        if seen.shown
        and seen.tag not in ("#text", "input")
        and 6 <= seen.box.width < _DRAWN
        and 6 <= seen.box.height < _DRAWN
        and _takes_clicks(sight, seen)
        and phrase("agrees_to_terms").search(near := label_around(sight, seen))
        and not phrase("remembers_login").search(near)
    ]


def _takes_clicks(sight: Sight, seen: Seen) -> bool:
    if seen.pointer or seen.listens or re.search(r"check|radio|agree", seen.classes, re.I):
        return True
    around = list(sight.ancestors(seen.index))[:2]
    return not seen.text and any((a.pointer or a.listens) and a.box.height < 2 * _DRAWN for a in around)


def tick_drawn(consumer: Consumer, live: Live) -> bool:
    """Ticks the first drawn box that can be; False where there is none."""
    for seen in drawn(live.sight):
        try:
            tick(consumer, live, seen)
        except (PlaywrightError, LookupError):
            continue
        return True
    return False
