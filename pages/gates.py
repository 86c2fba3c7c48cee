"""The door of a site: a page before its home that asks for a city, a language, a country or an age, or only for a click."""

from __future__ import annotations

from dataclasses import dataclass

from gongping.lexicon import phrase, words
from gongping.pages import finding
from gongping.sight.model import Seen, Sight

_MOST_TEXT = 1500
"""Characters: a door says no more (convention; a list of cities is short words)."""

_ASKS = (
    ("age", "door_asks_age"),
    ("city", "door_asks_city"),
    ("tongue", "door_asks_tongue"),
)  # fmt: skip
"""What a door asks, and the phrase that it is known by."""

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
        if phrase(asks).search(said) and (found := _choice(kind, choices, locale)):
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
        return min(known, key=lambda c: (not phrase("own_city").match(c[1]), c[0].index))
    plain = [(s, x) for s, x in choices if len(x) <= 12 and not words("city").match(x)]
    return plain[0] if len(plain) >= 2 else None
