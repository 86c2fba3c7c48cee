"""The door of a site: a page before its home that asks for a city, a language, a country or an age, or only for a click."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongping.lexicon import words
from gongping.pages import finding
from gongping.sight.model import Seen, Sight

_MOST_TEXT = 1500
"""Characters: a door says no more (convention; a list of cities is short words)."""

_ASKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("age", re.compile(r"(满|滿|已)\s?(18|十八|21)|成年|over (18|21)|of legal (drinking )?age|age verification|years? (old|of age)", re.I)),
    ("city", re.compile(r"(选择|選擇|切换|所在|定位).{0,8}(城市|地区|地區|位置)|(choose|select|set).{0,12}(city|location|store|area)|where are you", re.I)),
    ("tongue", re.compile(r"(选择|選擇).{0,6}(语言|語言|国家|國家|站点)|(choose|select).{0,16}(language|country|region)|country/region", re.I)),
)  # fmt: skip
"""What a door asks."""

_NO_CHOICE = ("login", "register", "app_download", "help", "cart", "logout", "agreement_user", "agreement_privacy")


@dataclass(frozen=True)
class Gate:
    """A door: what it asks for, and the control that gets a person past it."""

    kind: str
    seen: Seen
    label: str


def gate_of(sight: Sight, locale: str) -> Gate | None:
    """The door that a page is, with the choice that a consumer of this locale would make; None where it is none."""
    if len(sight.text) > _MOST_TEXT:
        return None
    choices = [
        (s, label)
        for s in finding.controls(sight)
        if s.role not in ("textbox", "searchbox", "combobox", "checkbox")
        and 0 < len(label := sight.label_of(s).strip()) <= 24
        and not any((hit := words(c).match(label)) and hit.score >= 0.6 for c in _NO_CHOICE)
    ]
    said = f"{sight.title}\n{sight.text[:600]}"
    for kind, asks in _ASKS:
        if asks.search(said) and (found := _choice(kind, choices, locale)):
            return Gate(kind, *found)
    entered = next(((s, x) for s, x in choices if (hit := words("enter_site").match(x)) and hit.how == "exact"), None)
    return Gate("door", *entered) if entered else None


def _choice(kind: str, choices: list[tuple[Seen, str]], locale: str) -> tuple[Seen, str] | None:
    if kind == "age":
        return next(((s, x) for s, x in choices if words("age_gate").match(x)), None)
    if kind == "tongue":
        own = [(s, x) for s, x in choices if (hit := words("own_tongue").match(x, locale)) and hit.how == "exact"]
        return next(iter(own), None)
    known = [(s, x) for s, x in choices if (hit := words("big_city").match(x)) and hit.how == "exact"]
    if known:
        return min(known, key=lambda c: (not re.match("重庆|chongqing", c[1], re.I), c[0].index))
    plain = [(s, x) for s, x in choices if len(x) <= 12 and not words("city").match(x)]
    return plain[0] if len(plain) >= 2 else None
