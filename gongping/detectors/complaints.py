"""What pages say to somebody who wants to complain or to report: whether they take it, where they send people, who answers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongping.lexicon import phrase

_STOPS = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_CHINESE = 0.05
"""Share of Chinese characters below which a page speaks another language (convention)."""


@dataclass(frozen=True)
class Desk:
    """What a text says, in its own sentences; "" where it doesn't say it. `away`: to a social account, a code to scan, an app; `mute`:
    nobody is answered."""

    complaints: str = ""
    reports: str = ""
    away: str = ""
    mute: str = ""
    machine: str = ""
    people: str = ""


def desk(text: str) -> Desk:
    """Reads a page, leaving out what it says of authorities and of complaints about rights of others."""
    own = [s for s in sentences(text) if not phrase("names_an_authority").search(s)]

    def first(name: str) -> str:
        return next((s[:200] for s in own if phrase(name).search(s)), "")

    return Desk(
        first("takes_complaints"),
        first("takes_reports"),
        first("sent_elsewhere"),
        first("answers_nobody"),
        first("answered_by_machine"),
        first("answered_by_people"),
    )


def sentences(text: str) -> list[str]:
    """A text's sentences and lines, without white space around them."""
    return [s for part in _STOPS.split(text) if (s := part.strip())]


def speaks_chinese(texts: Iterable[str]) -> bool:
    """Whether pages speak Chinese to their reader."""
    plain = re.sub(r"\s", "", "".join(texts))
    return len(re.findall(r"[一-龥]", plain)) >= _CHINESE * len(plain)
