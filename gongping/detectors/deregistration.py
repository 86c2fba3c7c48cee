"""What a way out demands: conditions sentence by sentence, waits, and which button a page would rather have pressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongping.detectors.rights import topics_of, units
from gongping.lexicon import normalise, phrase, words
from gongping.observations.documents import Document
from gongping.sight.look import colour_of
from gongping.sight.model import Seen


@dataclass(frozen=True)
class Demand:
    """A sentence that sets a condition. `weak` where it holds in special cases only, or its words leave room."""

    key: str
    zh: str
    sentence: str
    weak: bool = False


@dataclass(frozen=True)
class Wait:
    """A time that the consumer must wait: `kind` cooling (may come back) or review (somebody decides); `working` days or not."""

    days: int
    kind: str
    working: bool
    sentence: str


_NEEDS_DEMAND = frozenset(
    [
        "id_document",
        "biometric",
        "paper",
        "in_person",
        "memory_test",
        "survey",
        "delete_reviews",
        "manual_unbinding",
        "referral",
        "offline_only",
        "purchase",
    ]
)
_CHANNELS = frozenset(["paper", "in_person", "offline_only", "id_document", "biometric", "office_hours"])
_CJK = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_N = r"(?P<{0}>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})"
_COOLING = ("cooling_days_first", "cooling_days_last", "cooling_days_english")
_REVIEW = ("review_days_first", "review_days_last", "review_days_english")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; list items and lines end one."""
    for piece in re.split(r"(?<=[。；;！!？?\n])|(?<=[a-z)]\.)\s", text):
        said = re.sub(r"\s+", " ", piece).strip()
        if len(said) > 2:
            yield said


def demands(text: str) -> list[Demand]:
    """Unreasonable conditions in a text that is about deregistration: not negated, not one way among others, not a question."""
    found: list[Demand] = []
    for sentence in sentences(text):
        if re.search(r"[?？]$", sentence) or sentence.startswith("问"):
            continue
        plain = normalise(sentence)
        for hit in words("dereg_unreasonable").find_all(sentence):
            if hit.key == "by_phone" and any(d.key == "offline_only" and d.sentence == sentence for d in found):
                continue
            if hit.key == "slow" or any(d.key == hit.key and d.sentence == sentence for d in found):
                continue
            clause = re.split(r"[,，。;；]", plain[: hit.start])[-1]
            if phrase("demand_denied").search(clause):
                continue
            if hit.key in _NEEDS_DEMAND and not phrase("demands_something").search(sentence):
                continue
            if hit.key in _CHANNELS and (
                phrase("other_way_open").search(sentence) or phrase("not_about_leaving").search(sentence)
            ):
                continue
            if hit.key in ("offline_only", "by_phone", "office_hours") and not phrase("names_leaving").search(sentence):
                continue
            found.append(
                Demand(hit.key, hit.zh or hit.key, sentence, bool(phrase("special_cases_only").search(sentence)))
            )
    return found


def about_deregistration(document: Document) -> str:
    """The part of a document that is about deregistration: all of a notice of its own, else the pieces under that topic."""
    if topics_of(document.title) == ("deregister",) or document.kind == "deregister":
        return document.all_text
    return "\n".join(
        u.text
        for u in units(document)
        if u.topics == ("deregister",) or (not u.topics and topics_of(u.heading) == ("deregister",))
    )


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    total, last = 0, 0
    for char in said:
        value = _CJK[char]
        if value == 10:
            total += (last or 1) * 10
            last = 0
        else:
            last = value
    return total + last


def waits(text: str) -> list[Wait]:
    """The times to wait that a text about deregistration names."""
    found: list[Wait] = []
    for sentence in sentences(text):
        for kind, forms in (("cooling", _COOLING), ("review", _REVIEW)):
            for form in forms:
                for match in phrase(form).finditer(sentence):
                    groups = match.groupdict()
                    said = groups.get("n") or groups.get("m") or ""
                    if not said:
                        continue
                    unit = f"{groups.get('w') or ''}{groups.get('v') or ''}"
                    wait = Wait(
                        _number(said), kind, "工作" in unit or "ing" in unit or "business" in unit.lower(), sentence
                    )
                    if not any(w.days == wait.days and w.sentence == sentence for w in found):
                        found.append(wait)
    return found


@dataclass(frozen=True)
class Emphasis:
    """How two buttons compare: the area of one to the other's, whether only one is filled, and their type sizes (CSS px)."""

    area_ratio: float
    only_first_filled: bool
    first_px: float
    second_px: float


def emphasis(first: Seen, second: Seen) -> Emphasis:
    """How much `first` outdoes `second`."""
    return Emphasis(
        round(first.box.area / max(1.0, second.box.area), 2),
        _filled(first) and not _filled(second),
        first.font_px,
        second.font_px,
    )


def _filled(seen: Seen) -> bool:
    """Whether a button has a ground of its own that is clearly no white."""
    if seen.background_image:
        return True
    colour = colour_of(seen.background) if seen.background else None
    if colour is None:
        return bool(seen.background)
    r, g, b, alpha = colour
    return alpha > 0.5 and min(r, g, b) < 235
