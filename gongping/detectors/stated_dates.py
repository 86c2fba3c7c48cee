"""The dates that a document says of itself: published, updated, in force; and whether it is a later version of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import dateparser

from gongping.lexicon import normalise, phrase
from gongping.observations.documents import Document

_HEAD, _FOOT = 14, 6
"""Lines at the top and at the end in which a document says its dates (convention)."""

_BESIDE = (("effective", "date_effective"), ("updated", "date_updated"), ("published", "date_published"))

_LONGEST = 240
"""Characters of a line of dates (convention)."""

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0"}
_WRITTEN = re.compile(
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<y>20\d{2})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})(?!\d)日?")
_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_ENGLISH = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\.?,? 20\d{{2}}|\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? 20\d{{2}})",
    re.I,
)


@dataclass(frozen=True)
class StatedDates:
    """What a document says of its time. `amended`: it says that it is a later version, or was revised; False where it says that it is
    the first; None where it says neither. `quote` is the line that says it; `at_once`: in force on the day of its publication."""

    published: date | None = None
    updated: date | None = None
    effective: date | None = None
    amended: bool | None = None
    at_once: bool = False
    quote: str = ""

    @property
    def days(self) -> int | None:
        """Whole days between publication and effect; None where one of them is not stated."""
        return (self.effective - self.published).days if self.effective and self.published else None


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Dates with where they stand, in order: in digits, in Chinese numerals, in English words."""
    found = [
        *((m.start(), m.end(), _date(int(m["y"]), int(m["m"]), int(m["d"]))) for m in _NUMERIC.finditer(text)),
        *(
            (m.start(), m.end(), _date(_year(m["y"]), _number(m["m"]), _number(m["d"])))
            for m in _WRITTEN.finditer(text)
        ),
        *((m.start(), m.end(), _parsed(m[0])) for m in _ENGLISH.finditer(text)),
    ]
    for start, end, day in sorted(found, key=lambda f: f[0]):
        if day:
            yield start, end, day


def stated_dates(document: Document) -> StatedDates:
    """The dates that a document states at its top or its end."""
    lines = [line for line in document.all_text.splitlines() if line.strip()]
    ends = [*filter(str.strip, document.opening(_HEAD)), *lines[max(_HEAD, len(lines) - _FOOT) :]]
    found: dict[str, date] = {}
    quotes: list[str] = []
    amended: bool | None = None
    at_once = False
    for line in ends:
        if len(line) > _LONGEST:
            continue
        text = normalise(line)
        if amended is None and phrase("first_version").search(text):
            amended = False  # what it says first, at its top, counts
        elif amended is None and phrase("later_version").search(text):
            amended = True
        if phrase("in_force_at_once").search(text):
            at_once = True
            quotes.append(line.strip())
        before = 0
        for start, end, day in dates_in(text):
            around = text[before:start] + "|" + text[end : end + 10]
            before = end
            told = phrase("date_published").match(
                "|" + text[end : end + 10]
            )  # 修改于 5 月 1 日公布: what follows the day decides
            for name, beside in _BESIDE[2:] if told else _BESIDE:
                if name not in found and phrase(beside).search(around):
                    found[name] = day
                    quotes.append(line.strip())
                    break
    return StatedDates(
        found.get("published"), found.get("updated"), found.get("effective"), amended, at_once, "；".join(dict.fromkeys(quotes))[:160]
    )  # fmt: skip


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parsed(text: str) -> date | None:
    found = dateparser.parse(text, languages=["en"])
    return found.date() if found else None


def _year(written: str) -> int:
    return int("".join(_DIGITS[c] for c in written))


def _number(written: str) -> int:
    """One to thirty-nine in Chinese numerals."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int(_DIGITS[written])
    return 10 * (int(_DIGITS[tens]) if tens else 1) + (int(_DIGITS[ones]) if ones else 0)
