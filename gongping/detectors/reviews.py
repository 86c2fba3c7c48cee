"""Reads whether what is sold is rated: on the cards of a list, and on an article's own page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongping.detectors import card_figures
from gongping.detectors.papers import kind_of
from gongping.lexicon import normalise, phrase, words
from gongping.observations.documents import Document
from gongping.observations.results import Card
from gongping.sight.grids import Row
from gongping.sight.model import Box, Seen, Sight

_NEAR = 80
"""Characters around a figure that may say whose it is (convention)."""


@dataclass(frozen=True)
class ListRated:
    """The cards of a list: how many were read, how many show a rating, a number of reviews or that there is none yet; whether any was
    sold, whether another than the platform sells any, and whether any speaks of reviews at all."""

    cards: int
    rated: int
    sold: bool
    others_sell: bool
    speaks: bool
    shown: Seen | None = None
    says: str = ""


@dataclass(frozen=True)
class PageRated:
    """An article's page. `praise`: the share of good reviews that it states; `count`: the largest number of reviews on it, None where
    none stands there; `says`: the words that show a rating, or that there is none yet; `speaks`: it names reviews at all, the rules of
    reviews in its foot aside."""

    title: str
    sight: str
    says: str
    speaks: bool
    others_sell: bool
    praise: str = ""
    count: float | None = None


@dataclass(frozen=True)
class PaidByGrade:
    """A table that gives more for a better review. `rows`: how good a review is, and what is given for it."""

    rows: tuple[tuple[str, str], ...]
    box: Box | None = None


def paid_by_grade(document: Document) -> tuple[PaidByGrade, ...]:
    """The tables of a document that say what is given for reviews, where that differs with how good they are."""
    if not phrase("rewards_reviews").search(" ".join(document.all_text.split())):
        return ()
    found = []
    for grid in document.grids:
        rows = [r for r in grid.rows if any(phrase("names_a_grade").search(c) for c in r.cells)]
        given = _given(rows)
        if len({what for _, what in given}) > 1:
            found.append(PaidByGrade(tuple(given), rows[0].box))
    return tuple(found)


def _given(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """What each row of a grade gives, by the column in which most of them name an amount."""
    each = [(next(n for n, c in enumerate(r.cells) if phrase("names_a_grade").search(c)), r.cells) for r in rows]
    columns = [
        n for at, cells in each for n, c in enumerate(cells) if n != at and phrase("amount_of_a_reward").search(c)
    ]
    if len(each) < 2 or not columns:
        return []
    column = max(columns, key=columns.count)
    return [(cells[at].strip(), cells[column].strip()) for at, cells in each if column < len(cells)]


def read_list(sight: Sight, cards: Iterable[Card]) -> ListRated:
    """Reads the cards of a list."""
    found: list[tuple[Seen, str, bool, bool, bool]] = []
    for card in cards:
        text = sight.text_of(card.seen.index) or card.text
        figures = card_figures.ratings(sight, card.seen)
        none = phrase("no_review_yet").search(text)
        says = figures[0].text if figures else none[0] if none else ""
        sold = any(f.low > 0 for f in card_figures.sold(sight, card.seen))
        found.append((card.seen, says, sold, _others(text), _speaks(text)))
    first = next((f for f in found if f[1]), None)
    return ListRated(
        len(found),
        sum(bool(f[1]) for f in found),
        any(f[2] for f in found),
        any(f[3] for f in found),
        any(f[4] for f in found),
        first[0] if first else None,
        first[1] if first else "",
    )


def read_page(sight: Sight, title: str) -> PageRated:
    """Reads an article's page."""
    placed = [(s, f) for s in sight.elements if _short(s) for f in card_figures.rated(s.words)]
    figures = [f for _, f in placed]
    counts = [f.high for f in figures if f.label == "count"]
    praise = next((f.text for s, f in placed if f.label == "rate" and f.low > 0 and not _of_a_seller(sight, s)), "")
    none = phrase("no_review_yet").search(sight.text)
    says = figures[0].text if figures else none[0] if none else ""
    if none and not counts:
        counts = [0.0]
    speaks = any(s.shown and s.words and _speaks(s.words) and kind_of(s.words) != "reviews" for s in sight.elements)
    return PageRated(title[:60], sight.id, says, speaks, _others(sight.text), praise, max(counts, default=None))


def _of_a_seller(sight: Sight, seen: Seen) -> bool:
    """Whether the words around a figure say that it is about who sells."""
    for a in (seen, *sight.ancestors(seen.index)):
        text = sight.text_of(a.index) or a.words
        if len(text) > _NEAR:
            return False
        if phrase("rates_a_seller").search(text):
            return True
    return False


def _short(s: Seen) -> bool:
    """A label with a figure, and no sentence."""
    return s.shown and s.tag != "#text" and 0 < len(s.words) <= 60


def _speaks(text: str) -> bool:
    return bool(phrase("speaks_of_ratings").search(text) or words("rating").contains(normalise(text[:4000])))


def _others(text: str) -> bool:
    return any(words("third_party").match(line) for line in text.split("\n") if 1 < len(line) <= 40)
