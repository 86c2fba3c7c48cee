"""Reads administrative licences: which a text names, with what number and until when; and which lines of business a page shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongping.detectors.registers import days_in
from gongping.lexicon import normalise, phrase, prices_in, words
from gongping.sight.model import Seen, Sight

_AFTER = 160
"""Characters after a licence's name in which its number and its term are looked for (convention: two lines of a list)."""

_SAID = 24
"""Characters beside a licence's name that may say whose it is (convention)."""

_CARD = 160
"""Characters: a card of one article says no more (convention)."""

_LINE = 12
"""Characters: a link of navigation is no longer (convention)."""

_APART = re.compile(r"[\n|｜丨·•]|(?<=[一-龥])\s|\s(?=[一-龥])")
_RUNS = ("12345678", "23456789", "01234567", "87654321", "123456789", "1234567890")
_MASKED = re.compile(r"[xX×]{3,}")
_BARE = {
    "telecom": ("telecom_number", "增值电信业务经营许可证"),
    "travel": ("travel_number", "旅行社业务经营许可证"),
}
"""Licences whose number needs no name beside it."""

_GOODS = {
    "food": ("goods_food", "goods_beside_the_line"),
    "drug": ("goods_drug", "goods_beside_the_line"),
    "books": ("goods_book", "goods_beside_the_line"),
    "travel": ("goods_tour", "tour_beside_the_line"),
}


@dataclass(frozen=True)
class Permit:
    """A licence that a text names. `kind` is the line of business, `number` "" where none stands beside it; `fake`: it is one that
    templates come with; `ends` None where no term is stated or it goes on."""

    kind: str
    name: str
    number: str = ""
    fake: bool = False
    ends: date | None = None
    said: str = ""


def is_placeholder(number: str) -> bool:
    """Whether a number was never filled in: x's, one digit throughout, or a run."""
    if _MASKED.search(number):
        return True
    digits = re.sub(r"\D", "", number)
    tail = digits[-8:]
    return len(digits) >= 6 and (len(set(tail)) == 1 or digits in _RUNS or tail in _RUNS)


def permits_in(text: str) -> list[Permit]:
    """The licences that a text names, in its order; what stands up to the next name belongs to one. Links to all are none."""
    names = [(at, end, key, name) for at, end, key, name in _names(text) if key != "all"]
    found = []
    for n, (at, end, key, name) in enumerate(names):
        stop = names[n + 1][0] if n + 1 < len(names) else len(text)
        said = text[end : min(stop, end + _AFTER)]
        other = phrase("another_number").search(said)
        own = said[: other.start()] if other else said
        number = phrase("permit_number").search(own)
        if not number and phrase("licence_of_others").search(_beside(text, at, end)):
            continue
        written = re.sub(r"\s", "", next(g for g in number.groups() if g)) if number else ""
        found.append(Permit(key, name, written, bool(written) and is_placeholder(written), _ends(own), f"{name}{said}".strip()))  # fmt: skip
    for kind, (pattern, name) in _BARE.items():
        named = " ".join(re.sub(r"\s", "", p.said) for p in found if p.kind == kind)
        for bare in phrase(pattern).finditer(text):
            written = re.sub(r"\s", "", bare[0])
            if written not in named:
                found.append(Permit(kind, name, written, is_placeholder(written), None, bare[0].strip()))
    return found


def _beside(text: str, at: int, end: int) -> str:
    """What a sentence says beside a name in it; the next link of a foot is no part of it."""
    before, after = text[max(0, at - _SAID) : at], text[end : end + _SAID]
    return f"{_APART.split(before)[-1]} {_APART.split(after)[0]}"


def _names(text: str) -> list[tuple[int, int, str, str]]:
    """Where licences are named: the longest name at each place."""
    found: list[tuple[int, int, str, str]] = []
    start = 0
    for line in text.split("\n"):
        hits = sorted(_raw_spans(line), key=lambda h: (h[0], -h[1]))
        taken = -1
        for at, end, key in hits:
            if at >= taken:
                found.append((start + at, start + end, key, line[at:end]))
                taken = end
        start += len(line) + 1
    return found


def _raw_spans(line: str) -> list[tuple[int, int, str]]:
    """The spans of names in a line as it stands: the lexicon's own are those of the text without white space."""
    concept = words("permit")
    if len(line) > 4000 or not concept.contains(line):
        return []
    spans = []
    for entry in concept.entries():
        pattern = r"\s?".join(re.escape(c) for c in re.sub(r"\s", "", entry.word)) if entry.word else entry.re
        spans += [(m.start(), m.end(), entry.key) for m in re.finditer(pattern, line, re.IGNORECASE)]
    return spans


def _ends(said: str) -> date | None:
    term = phrase("permit_ends").search(said)
    if not term or phrase("permit_renewed").search(said):
        return None
    return max(days_in(term[1]), default=None)


def lines_named(labels: Iterable[str]) -> dict[str, str]:
    """The lines of business that want a licence, as links of navigation name them: kind -> label."""
    found: dict[str, str] = {}
    for label in labels:
        hit = words("licensed_line").match(label) if len(label) <= _LINE else None
        if hit and hit.score >= 0.9:
            found.setdefault(hit.key, label)
    return found


def plain_lines(labels: Iterable[str]) -> list[str]:
    """Links of navigation that name lines of business that want none."""
    return list(
        dict.fromkeys(x for x in labels if len(x) <= _LINE and (h := words("plain_line").match(x)) and h.score >= 0.9)
    )


def own_goods(sight: Sight) -> dict[str, list[tuple[Seen, str]]]:
    """Articles on a page that carry the mark of the platform's own sales and plainly want a licence: kind -> cards with their words."""
    found: dict[str, list[tuple[Seen, str]]] = {}
    seen: set[str] = set()
    for s in sight.elements:
        if not s.shown or not s.words or len(s.words) > 8 or not words("self_operated").match(s.words):
            continue
        card = _card(sight, s)
        text = " ".join(sight.text_of(card.index).split()) if card else ""
        kind = goods_kind(text)
        if card and kind and text not in seen:
            seen.add(text)
            found.setdefault(kind, []).append((card, text))
    return found


def _card(sight: Sight, mark: Seen) -> Seen | None:
    """The smallest box around a mark that has a price, and no more words than a card."""
    for a in sight.ancestors(mark.index):
        said = sight.text_of(a.index)
        if len(said) > _CARD:
            return None
        if prices_in(normalise(said)):
            return a
    return None


def goods_kind(text: str) -> str:
    """The line of business of an article beyond argument; "" otherwise."""
    flat = " ".join(text.split())
    for kind, (name, beside) in _GOODS.items():
        if phrase(name).search(flat) and not phrase(beside).search(flat):
            return kind
    return ""
