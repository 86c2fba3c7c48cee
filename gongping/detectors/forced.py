"""Boxes of a form that one must tick though nothing needs them: advertising, sharing with others, services to buy. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from gongping.detectors import orders
from gongping.lexicon import normalise, phrase, words
from gongping.sight.model import Seen, Sight

_LABEL = 200
"""Characters: what names a box is no longer (convention)."""

_SERVICES = ("insurance", "membership", "donation", "credit")
"""Kinds of extras that no good needs; a service may belong to the good, as fitting does."""


@dataclass(frozen=True)
class Choice:
    """A box for something that an order or an account can do without. `about`: advertising, sharing, or extra; `demanded`: the form
    wants it ticked."""

    label: str
    about: str
    demanded: bool
    seen: Seen


def choices(sight: Sight) -> tuple[Choice, ...]:
    """The boxes and switches of a page for advertising, for sharing with third parties and for extras, agreements aside."""
    found = []
    for control, kind in orders.controls(sight):
        labels = [sight.elements[i] for i in control.labels]
        if kind == "radio" or not (control.shown or any(s.shown for s in labels)):
            continue
        said = " ".join(dict.fromkeys(filter(None, (control.name, *(sight.text_of(s.index) for s in labels)))))
        label = said or _beside(sight, control)
        about = _about(label)
        if about and len(label) <= _LABEL:
            demanded = control.required or bool(phrase("says_it_is_required").search(label))
            shown = control if control.shown and control.box.area > 16 else next(iter(labels), control)
            found.append(Choice(label[:120], about, demanded, shown))
    return tuple(found)


def _about(label: str) -> str:
    if phrase("box_for_an_agreement").search(label) or phrase("may_be_needed_by_law").search(label):
        return ""
    if words("marketing_consent").match(label):
        return "advertising"
    if phrase("shares_with_others").search(normalise(label)):
        return "" if phrase("carries_out_the_order").search(label) else "sharing"
    hit = orders.extra_hit(label)
    return "extra" if hit and hit.key in _SERVICES else ""


def _beside(sight: Sight, seen: Seen) -> str:
    around = next(sight.ancestors(seen.index), None)
    return sight.text_of(around.index) if around else ""
