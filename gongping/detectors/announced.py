"""What a platform announces: that it closes, that it asks for opinions on its rules, that it runs a promotion. The words are data."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongping.detectors.stated_dates import dates_in, stated_dates
from gongping.lexicon import phrase
from gongping.lexicon.text import fold
from gongping.observations.documents import Document, Mark
from gongping.sight.address import without_anchor
from gongping.sight.model import Seen, Sight

_LONGEST = 60
"""Characters: a mark of a notice on home is no longer (convention)."""

_TOP = 4
"""Lines at the top in which a notice says what it is about (convention)."""

_SIGNED = 8
"""Characters beside a date, up to which a line is the date of a signature (convention)."""

_FEW = 10
"""Characters of a clause that may have its subject in the one before (convention)."""

_LONGEST_PROMOTION = 92
"""Days: what goes on longer is how goods are always sold (convention: three months)."""

_SENTENCE = re.compile(r"[^。；！!;\n]+")
_SPAN = re.compile(
    r"(?<![\d.])(?P<m>\d{1,2})\s*[月.]\s*(?P<d>\d{1,2})(?:日|号)?(?:\s*\d{1,2}\s*[:：点时]\s*\d{0,2}分?)?\s*[-–—~～至到]+\s*(?:20\d{2}\s*[年.])?(?:(?P<n>\d{1,2})\s*[月.]\s*)?(?P<e>\d{1,2})(?![\d.折元%])(?:日|号)?"
)
_UNTIL = re.compile(
    r"[^，,。\d]{0,4}[\d:：点时分起开始\s，,]{0,12}(?:[-–—~～至到]+|\b(?:to|until|and|through)\b)[\s(（]{0,3}", re.I
)
_MONTH_DAY = re.compile(r"\s*(?P<m>\d{1,2})\s*[月.]\s*(?P<d>\d{1,2})(?![\d元折%])")
_VERB = re.compile("[停终結结闭关]")
_HANDLED = (("订单", "closing_orders"), ("余额和押金", "closing_money"), ("账号和数据", "closing_data"))


@dataclass(frozen=True)
class Closing:
    """A notice that a platform as a whole ends. `handled` names what it says the fate of; dates None: not stated."""

    quote: str
    ends: date | None = None
    published: date | None = None
    last_orders: date | None = None
    handled: tuple[str, ...] = ()
    made_to: bool = False
    """Whether an authority or a court wants it: then it is not of the platform's own accord."""


@dataclass(frozen=True)
class Comments:
    """A notice that asks for opinions on rules. `hours`: a window told in hours; dates None: not stated."""

    opens: date | None = None
    closes: date | None = None
    effective: date | None = None
    hours: int | None = None
    channel: bool = False
    trial: bool = False

    @property
    def days(self) -> int | None:
        """Whole days for which opinions are taken; None where that can't be told."""
        if self.hours is not None:
            return self.hours // 24
        return (self.closes - self.opens).days if self.opens and self.closes else None


@dataclass(frozen=True)
class Promotion:
    """What home and the pages behind say of a platform's promotion. `runs`: True it has begun, False it is to come, None: not told."""

    starts: date | None = None
    ends: date | None = None
    runs: bool | None = None
    rules: bool = False
    method: bool = False
    open_ended: str = ""


def marks_on(sight: Sight, name: str, concept: str, longest: int = _LONGEST) -> list[Mark]:
    """The short labels and lines on home that a phrase finds, links and controls first; each once. `screens` is how far they lie down
    in plain scrolling."""
    found: dict[str, tuple[int, Mark]] = {}
    for seen in sight.elements:
        if (
            not seen.shown
            or seen.tag in ("#text", "body", "html")
            or not (seen.operable or seen.words or seen.tag == "img")
        ):
            continue
        label = sight.label_of(seen)
        if not 1 < len(label) <= longest or not phrase(name).search(label):
            continue
        rank = 0 if seen.href else 1 if seen.operable else 2
        mark = _mark(sight, seen, concept, label)
        if label not in found or (rank, mark.screens) < (found[label][0], found[label][1].screens):
            found[label] = (rank, mark)
    return [mark for _, mark in sorted(found.values(), key=lambda f: (f[0], f[1].screens or 0))]


def marks_to(sight: Sight, address: str, concept: str) -> list[Mark]:
    """The links on home that lead to an address, whatever they are called, the nearest first."""
    found = [
        _mark(sight, s, concept, label)
        for s in sight.elements
        if s.shown and s.href and without_anchor(s.href) == without_anchor(address) and (label := sight.label_of(s))
    ]
    return sorted(found, key=lambda m: m.screens or 0)


def _mark(sight: Sight, seen: Seen, concept: str, label: str) -> Mark:
    how = "link" if seen.href else "control" if seen.operable else "text"
    picture = seen.tag == "img" or (
        not sight.text_of(seen.index) and any(s.tag == "img" for s in sight.within(seen.index))
    )
    down = 0.0 if seen.layer >= 0 else max(0.0, (seen.box.bottom - sight.viewport[1]) / sight.viewport[1])
    return Mark(concept, label[:20], seen, label, "picture" if picture else how, "", round(down, 2))


def unseen_on(sight: Sight, name: str) -> bool:
    """Whether a phrase stands on home where nobody sees it at the moment: in a ticker's next line, in a closed layer."""
    return any(
        not s.shown and len(said) <= 4 * _LONGEST and phrase(name).search(said)
        for s in sight.elements
        if (said := s.text or s.name)
    )


def unnamed_pictures(sight: Sight, least: float = 40_000) -> list[Seen]:
    """Pictures of a banner's size (area in CSS px) that no words name: what they say is not read."""
    return [
        s
        for s in sight.elements
        if s.shown and (s.tag in ("img", "canvas") or s.background_image) and s.box.area >= least and not sight.label_of(s)
        and not any(a.operable and sight.label_of(a) for a in list(sight.ancestors(s.index))[:3])
    ]  # fmt: skip


def closing(document: Document) -> Closing | None:
    """The notice in a document that the platform as a whole ends; None where it says no such thing, or that only a part ends, or that it
    begins again."""
    text = fold(document.all_text)
    said = [s[0].strip() for s in _SENTENCE.finditer(text)]
    ends = [s for s in said if phrase("ends_business").search(s) and not phrase("only_if").search(s)]
    head = fold("\n".join([document.title, *document.all_text.splitlines()[:_TOP]]))
    whole = [
        s
        for s in ends
        if (phrase("closes_everything").search(s) or not phrase("closes_a_part").search(_what(s)))
        and not phrase("closes_of_another").search(_what(s) if _has_subject(s) else head)
    ]
    named = phrase("closing_title").search(head) or any(_day(s) for s in whole)
    if not whole or not named or phrase("comes_back").search(text):
        return None
    last = next((s for s in said if phrase("stops_orders").search(s) and _day(s)), "")
    dated = next((s for s in whole if _day(s)), whole[0])
    return Closing(
        dated[:160],
        _day(dated, phrase("ends_business")),
        published_on(document),
        _day(last) if last else None,
        tuple(what for what, name in _HANDLED if phrase(name).search(text)),
        bool(phrase("was_made_to_close").search(text)),
    )


def comments(document: Document) -> Comments | None:
    """The request for opinions that a document is; None where it is none, or says that none is open."""
    text = fold(document.all_text)
    head = "\n".join([document.title, *document.all_text.splitlines()[:_TOP]])
    if not _asks(fold(head)) or phrase("no_comments_now").search(text):
        return None
    published = published_on(document)
    opens, closes = published, None
    for line in _SENTENCE.findall(text):
        if not phrase("comment_deadline").search(line) or phrase("takes_effect").search(line):
            continue
        days = list(dates_in(line))
        span = _joined(line) or _span(line, days[0][2] if days else None)
        if span:
            opens, closes = span
        elif len(days) == 1 and (published is None or days[0][2] > published):
            closes = max(filter(None, (closes, days[0][2])))
    hours = next((int(g) for m in phrase("comment_window_in_hours").finditer(text) for g in m.groups() if g), None)
    return Comments(
        opens, closes, _effective(document, text), hours, bool(phrase("comment_channel").search(text)), bool(phrase("goes_by_trial").search(text))
    )  # fmt: skip


def asks_for_comments(label: str) -> bool:
    """Whether a label names a request for opinions on rules."""
    return _asks(fold(label))


def promotion(label: str, *pages: Document, today: date) -> Promotion:
    """What a label on home and the pages behind it say of a platform's promotion. Days without a year are of this one."""
    texts = [fold(label), *(fold(p.all_text[:6000]) for p in pages)]
    starts = ends = None
    for text in texts:
        for line in _SENTENCE.findall(text):
            span = _whole_span(line, today)
            if span and starts is None:
                starts, ends = span
    if starts is None:
        ends = next(
            (day for text in texts for line in _SENTENCE.findall(text) if (day := _last_day(line, today))), None
        )
    runs = True if phrase("promotion_runs").search(texts[0]) else None
    if starts:
        runs = starts <= today
    elif runs is None and any(phrase("promotion_to_come").search(t) for t in texts):
        runs = False
    links = [link.label for p in pages for link in p.links]
    lines = [line for t in texts for line in t.splitlines() if len(line) <= 200] + links
    whole = "\n".join(texts)
    found = phrase("promotion_without_end").search(whole)
    return Promotion(
        starts,
        ends,
        runs,
        any(phrase("promotion_rules").search(line) for line in lines),
        bool(phrase("promotion_method").search(whole)),
        found[0] if found else "",
    )


def is_promotion(document: Document, today: date) -> bool:
    """Whether a document is of a promotion that goes on or is to come, whatever it is called: for so many days in a row, by reductions,
    and not of one shop. The day of a document and that from which it is in force are no such days."""
    text = fold(document.all_text[:6000])
    if not phrase("promotion_method").search(text) or phrase("promotion_of_a_shop").search(fold(document.title)):
        return False
    for line in _SENTENCE.findall(text):
        days = [d for _, _, d in dates_in(line)]
        span = _joined(line) or _span(line, days[0] if days else today)
        if span and (span[1] - span[0]).days <= _LONGEST_PROMOTION:
            return span[1] >= today
    return False


def published_on(document: Document) -> date | None:
    """The day on which a notice says that it was published: named so, or the date under its signature or title."""
    stated = stated_dates(document)
    return stated.published or stated.updated or next(_signed(document), None)


def _what(sentence: str) -> str:
    """Of a sentence that says that something stops, the clause that says what; with the one before, where it is but a few words."""
    found = phrase("ends_business").search(sentence)
    clauses = re.split(r"[，,:：]", sentence[: found.end()]) if found else [""]
    return "，".join(clauses[-2:]) if len(clauses[-1]) <= _FEW else clauses[-1]


def _has_subject(sentence: str) -> bool:
    """Whether a sentence itself says who stops, as a line that gives the time alone does not."""
    found = phrase("ends_business").search(sentence)
    return bool(found and not _VERB.match(found[0]))


def _asks(text: str) -> bool:
    return bool(
        phrase("asks_for_comments").search(text)
        and phrase("names_what_governs").search(text)
        and not phrase("was_already_asked").search(text)
        and not phrase("no_comments_now").search(text)
    )


def _signed(document: Document) -> Iterator[date]:
    lines = [fold(line) for line in document.all_text.splitlines() if line.strip()]
    for line in [*reversed(lines[-4:]), *lines[:4]]:
        for start, end, day in dates_in(line):
            if len(re.sub(r"[\s\d:：]", "", line[:start] + line[end:])) <= _SIGNED and not phrase(
                "ends_business"
            ).search(line):
                yield day


def _day(sentence: str, at: re.Pattern[str] | None = None) -> date | None:
    """The date in a sentence that is nearest before the end of what a pattern finds; else its last one."""
    days = list(dates_in(sentence))
    if not days:
        return None
    found = at.search(sentence) if at else None
    before = [d for start, _, d in days if found and start < found.end()]
    return before[-1] if before else days[-1][2]


def _effective(document: Document, text: str) -> date | None:
    """The day on which what is put to comment shall be in force; that of a law or of the text before it is another."""
    said = [s for s in _SENTENCE.findall(text) if phrase("takes_effect").search(s)]
    others = {d for s in said if phrase("in_force_before").search(s) for _, _, d in dates_in(s)}
    stated = stated_dates(document).effective
    if stated and stated not in others:
        return stated
    return next((day for s in said if (day := _day(s)) and day not in others), None)


def _joined(line: str) -> tuple[date, date] | None:
    """The first two dates of which a sentence says that one thing goes on from the one to the other."""
    days = list(dates_in(line))
    for (_, end, first), (start, _, last) in itertools.pairwise(days):
        if first <= last and _UNTIL.fullmatch(line[end:start]):
            return first, last
    return None


def _span(line: str, year: date | None) -> tuple[date, date] | None:
    """Two days of one year, the second of which may lack its month."""
    found = _SPAN.search(line)
    if not found or year is None:
        return None
    return _real_span(found, year.year)


def _whole_span(line: str, today: date) -> tuple[date, date] | None:
    days = [d for _, _, d in dates_in(line)]
    if len(days) >= 2 and days[0] <= days[1]:
        return days[0], days[1]
    found = _SPAN.search(line)
    return _real_span(found, (days[0] if days else today).year) if found else None


def _last_day(line: str, today: date) -> date | None:
    """The day until which something goes on, where its beginning is not told by a day."""
    found = phrase("goes_on_until").search(line)
    if not found:
        return None
    rest = line[found.end() :]
    day = next((d for start, _, d in dates_in(rest) if start <= 2), None)
    short = _MONTH_DAY.match(rest)
    if day or not short:
        return day
    try:
        return date(today.year, int(short["m"]), int(short["d"]))
    except ValueError:
        return None


def _real_span(found: re.Match[str], year: int) -> tuple[date, date] | None:
    try:
        first = date(year, int(found["m"]), int(found["d"]))
        month = int(found["n"] or found["m"])
        last = date(year + (month < first.month), month, int(found["e"]))
    except ValueError:
        return None
    return (first, last) if first <= last else None
