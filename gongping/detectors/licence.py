"""What a business licence says, read from text: code, entity, term; and whom an agreement names as the other party."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from gongping.lexicon import phrase

_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z](?:[\s·-]?[0-9A-Z]){17}(?![0-9A-Z])")
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True)
class Code:
    """Something written as a unified social credit code; `valid` by form and check digit (GB 32100-2015)."""

    written: str
    valid: bool


@dataclass(frozen=True)
class LicenceFacts:
    """What a text says of a licence. Dates None: not stated or 长期."""

    codes: tuple[Code, ...]
    names: tuple[str, ...]
    ends: date | None
    long_term: bool
    fields: int

    @property
    def valid_code(self) -> str:
        return next((c.written for c in self.codes if c.valid), "")


def licence_facts(text: str) -> LicenceFacts:
    """Reads a licence page, a licence picture's text, or a footer."""
    codes: dict[str, Code] = {}
    for found in phrase("licence_number").finditer(text):
        written = re.sub(r"[\s·-]", "", found[4]).upper()
        written = re.match(r"[0-9A-Z*]*", written)[0]  # type: ignore[index]
        if len(written) > 18 and uscc.is_valid(written[:18]):
            written = written[:18]
        if 6 <= len(written) <= 26:
            codes.setdefault(written, Code(written, uscc.is_valid(written)))
    for found in _CODE.finditer(text.upper()):
        written = re.sub(r"[\s·-]", "", found[0])
        if uscc.is_valid(written):
            codes.setdefault(written, Code(written, True))
    names = [m[1].strip() for m in phrase("company_field").finditer(text)]
    companies = [c for n in names for c in [phrase("company_name").search(n)] if c]
    entity = [c[0] for c in companies] or [m[0] for m in phrase("company_name").finditer(text)][:1]
    ends: date | None = None
    long_term = False
    for term in phrase("business_term").finditer(text):
        if phrase("term_without_end").search(term[1]):
            long_term = True
            continue
        days = [
            date(int(y), int(m), int(d))
            for y, m, d in _DAY.findall(term[1])
            if (1 <= int(m) <= 12 and 1 <= int(d) <= 28) or _real(y, m, d)
        ]
        if ends is None and (len(days) > 1 or (days and _UNTIL.search(term[0]))):
            ends = days[-1]
    fields = len(set(phrase("licence_fields").findall(text)))
    return LicenceFacts(tuple(codes.values()), tuple(dict.fromkeys(entity)), ends, long_term, fields)


_UNTIL = re.compile(r"(?:[至到]|until|to)\s*[:：]?\s*20\d\d", re.I)
"""Before a single day: it is the end of a term rather than its beginning."""


def _real(y: str, m: str, d: str) -> bool:
    try:
        date(int(y), int(m), int(d))
    except ValueError:
        return False
    return True


_LATIN = re.compile(
    r"(?<![A-Za-z0-9&])((?:[A-Z][\w&'-]*|\([A-Z][\w ]*\))(?:[ ,]+(?:[A-Z&][\w&'-]*|\([A-Z][\w ]*\)|of|and|de)){0,7}?,? +(?:Co\.?,? *Ltd\.?|Company Limited|Limited|Ltd\.?|LLC|Inc\.?|Corporation|Corp\.?|PLC|plc|GmbH))(?![A-Za-z0-9])"
)


def latin_companies_in(text: str) -> list[str]:
    """Companies that a text names in Latin letters, each once."""
    return list(dict.fromkeys(re.sub(r"\s+", " ", m[1]) for m in _LATIN.finditer(text)))


def companies_in(text: str) -> list[str]:
    """Companies that a text names, most frequent first."""
    found: dict[str, int] = {}
    for m in phrase("company_name").finditer(text):
        name = phrase("before_a_company").sub("", m[0])
        found[name] = found.get(name, 0) + 1
    return sorted(found, key=lambda n: -found[n])


def contracting_parties(text: str) -> list[str]:
    """Companies that an agreement names as the platform's side: beside 与/由/指, and near the head; else every company named."""
    head = text[:3000]
    named = [phrase("before_a_party").sub("", m[1]) for m in phrase("company_party").finditer(head)]
    return list(dict.fromkeys(named)) or companies_in(text)


def same_entity(a: str, b: str) -> bool:
    """Whether two spellings name one entity: brackets and white space aside."""

    def plain(s: str) -> str:
        return re.sub(r"[\s（）()·]", "", s)

    return plain(a) == plain(b) or plain(a).endswith(plain(b)) or plain(b).endswith(plain(a))
