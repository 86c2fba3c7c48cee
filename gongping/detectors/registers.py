"""Lists of cases that a platform publishes: which columns they have and what stands in them. The words are data (lexicon)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongping.detectors.stated_dates import dates_in
from gongping.lexicon import normalise, phrase, words
from gongping.observations.documents import Document
from gongping.sight.model import Box

_HEADING = 24
"""Characters: no column's heading is longer (convention)."""

_FEWEST = 3
"""Columns that must be known before a grid counts as a list of cases (convention)."""

_CONCEPTS = ("penalty_field", "ip_notice_field")
_LABELLED = re.compile(r"^\s*([^：:；;。]{2,16}?)\s*[：:]\s*(.*)$", re.S)
_PARTS = re.compile(r"[；;\n|｜]|\s{2,}|　")


@dataclass(frozen=True)
class Case:
    """One row: what stands under each known column, by the column's key."""

    values: dict[str, str]
    box: Box | None = None

    @property
    def said(self) -> str:
        return "，".join(v for v in self.values.values() if v)


@dataclass(frozen=True)
class Register:
    """A list of cases. `columns` are the keys of its headings, `headings` what they say, `others` headings without a known meaning;
    `how`: table (rows and cells) or labelled (label: value)."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    others: tuple[str, ...]
    cases: tuple[Case, ...]
    how: str
    box: Box | None = None
    named: dict[str, str] = field(default_factory=dict)
    """The heading of each known column."""

    def values(self, key: str) -> list[str]:
        """What stands in a column, row by row; empty where nothing does."""
        return [c.values.get(key, "") for c in self.cases]


def field_of(heading: str, concept: str) -> str:
    """The key of a column's heading; "" where it has none."""
    text = re.sub(r"\s+", "" if re.search(r"[一-龥]", heading) else " ", heading).strip(" ：:*")
    if not 1 < len(text) <= _HEADING:
        return ""
    hit = words(concept).match(text)
    return hit.key if hit and hit.score >= 0.5 else ""


def registers(document: Document, concept: str) -> list[Register]:
    """The lists of cases of a page whose columns are those of `concept` (penalty_field, ip_notice_field) rather than of another list;
    that with most columns first."""
    found = [r for grid in document.grids for r in _of_grid([(row.cells, row.box) for row in grid.rows], concept)]
    if not found:
        found = list(_labelled(document, concept))
    return sorted(found, key=lambda r: (-len(r.columns), -len(r.cases)))


def _of_grid(rows: Sequence[tuple[tuple[str, ...], Box | None]], concept: str) -> Iterator[Register]:
    for at, (cells, box) in enumerate(rows[:4]):
        keys = [field_of(c, concept) for c in cells]
        known = [k for k in keys if k]
        if len(set(known)) < min(_FEWEST, len(cells)) or len(set(known)) < 2 or not _belongs(cells, concept):
            continue
        cases = [
            Case({k: v.strip() for k, v in zip(keys, values, strict=True) if k}, where)
            for values, where in rows[at + 1 :]
            if len(values) == len(cells) and values != cells and any(v.strip() for v in values)
        ]
        others = tuple(c.strip() for c, k in zip(cells, keys, strict=True) if not k and c.strip())
        named = {k: c.strip() for c, k in zip(cells, keys, strict=True) if k}
        yield Register(tuple(named), tuple(c.strip() for c in cells), others, tuple(cases), "table", box, named)
        return
    if rows and all(len(cells) in (2, 4, 6) for cells, _ in rows):
        pairs = [(c[i], c[i + 1], box) for c, box in rows for i in range(0, len(c), 2)]
        yield from _of_pairs(pairs, concept, "table")


def _belongs(cells: Iterable[str], concept: str) -> bool:
    """Whether headings are more those of this list than of another."""
    counts = {c: len({k for cell in cells if (k := field_of(cell, c))}) for c in _CONCEPTS}
    return all(counts[concept] >= n for n in counts.values()) and (
        counts[concept] > max((n for c, n in counts.items() if c != concept), default=0)
    )


def _labelled(document: Document, concept: str) -> Iterator[Register]:
    pairs: list[tuple[str, str, Box | None]] = []
    waiting: tuple[str, Box | None] | None = None
    for block in document.blocks:
        for part in filter(None, map(str.strip, _PARTS.split(block.text))):
            labelled = _LABELLED.match(part)
            if labelled:
                pairs.append((labelled[1], labelled[2], block.box))
                waiting = (labelled[1], block.box) if not labelled[2] else None
            elif waiting is not None and not any(field_of(part, c) for c in _CONCEPTS):
                if pairs and pairs[-1][0] == waiting[0] and not pairs[-1][1]:
                    pairs.pop()
                pairs.append((waiting[0], part, waiting[1]))
                waiting = None
            else:
                waiting = (part, block.box) if any(field_of(part, c) for c in _CONCEPTS) else None
    yield from _of_pairs(pairs, concept, "labelled")


def _of_pairs(pairs: Iterable[tuple[str, str, Box | None]], concept: str, how: str) -> Iterator[Register]:
    cases: list[Case] = []
    named: dict[str, str] = {}
    others: list[str] = []
    box: Box | None = None
    now: dict[str, str] = {}
    for label, value, where in pairs:
        key = field_of(label, concept)
        if not key:
            if now and label.strip() not in others:  # between fields of a case
                others.append(label.strip())
            continue
        if key in now:
            cases.append(Case(now, box))
            now = {}
        box = where if not now else box
        now[key] = value.strip()
        named.setdefault(key, label.strip())
    if now:
        cases.append(Case(now, box))
    if len(named) >= _FEWEST and _belongs([*named.values(), *others], concept):
        kept = [c for c in cases if len(c.values) >= 2]
        yield Register(
            tuple(named), tuple(named.values()), tuple(others), tuple(kept), how, kept[0].box if kept else None, named
        )


def days_in(text: str) -> list[date]:
    """The days that a text names, in its order; impossible ones are left out."""
    return [day for _, _, day in dates_in(normalise(text))]


def is_masked(name: str) -> bool:
    """Whether a shop's name is blotted out, so that nobody can tell which it is."""
    return bool(phrase("masked_name").search(name))
