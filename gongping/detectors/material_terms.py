"""Terms that matter to whoever is about to commit himself: whether a page states them, or only says where to read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gongping.lexicon import phrase
from gongping.sight.blocks import Block, blocks
from gongping.sight.model import Box, Sight

Matter = Literal["fee", "renewal", "no-return", "deposit", "provisions"]

_LONGEST = 200
"""Characters: a line that conveys a term at the last step is no longer (convention)."""

_TITLE = re.compile(r"《[^《》]{2,40}》")


@dataclass(frozen=True)
class MaterialTerm:
    """A term that a page shows to exist. `word` names it; `stated`: the page says what it is; else it says only where to read it."""

    matter: Matter
    word: str
    line: str
    stated: bool
    box: Box | None = None


def material_terms(sight: Sight) -> tuple[MaterialTerm, ...]:
    """The terms of a page that matter: those that it states, and those that it only points to, each once."""
    main = max((s for s in sight.elements if s.shown and s.role == "main"), key=lambda s: s.box.area, default=None)
    lines = [b for b in blocks(sight, main) if not b.scrolled]
    return tuple([*_stated(lines), *_pointed(lines)])


def _stated(lines: Sequence[Block]) -> Iterator[MaterialTerm]:
    """A line, or a label with the value beside it, that says what a term is."""
    done: set[tuple[Matter, str]] = set()
    for block, text in _with_values(lines):
        for matter, states in _STATES.items():
            hit = phrase(states).search(text)
            word = _word(matter, text)
            if hit and (matter, word) not in done:
                done.add((matter, word))
                yield MaterialTerm(matter, word or hit[0], text, True, block.box)


def _pointed(lines: Sequence[Block]) -> Iterator[MaterialTerm]:
    """A line that names a term and says only where to read it, on a page that states it nowhere."""
    pairs = [text for _, text in _with_values(lines)]
    done: set[Matter] = set()
    for block in lines:
        outside = _TITLE.sub("《》", block.text)
        for matter, names in _NAMES.items():
            hit = phrase(names).search(outside)
            if (
                not hit
                or matter in done
                or len(block.text) > _LONGEST
                or not phrase("points_elsewhere").search(outside)
            ):
                continue
            if not any(phrase(_STATES[matter]).search(text) and _same(matter, hit[0], text) for text in pairs):
                done.add(matter)
                yield MaterialTerm(matter, hit[0], block.text, False, block.box)


def _with_values(lines: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Each line by itself, and with the next where it is a label."""
    for n, block in enumerate(lines):
        if len(block.text) > _LONGEST:
            continue
        yield block, block.text
        if len(block.text) <= 16 and n + 1 < len(lines) and len(lines[n + 1].text) <= 24:
            yield block, f"{block.text} {lines[n + 1].text}"


def _word(matter: Matter, text: str) -> str:
    hit = phrase("fee_word").search(text) if matter == "fee" else None
    return hit[0].lower() if hit else ""


def _same(matter: Matter, word: str, text: str) -> bool:
    """Whether a line is about the same term: one fee says nothing of another."""
    own, other = _word(matter, word), _word(matter, text)
    return matter != "fee" or own in other or (bool(other) and other in own)


_NAMES: dict[Matter, str] = {
    "fee": "names_a_fee",
    "renewal": "names_renewal",
    "no-return": "names_no_return",
    "deposit": "names_a_deposit",
    "provisions": "names_weighty_provisions",
}
_STATES: dict[Matter, str] = {
    "fee": "states_a_fee",
    "renewal": "states_renewal",
    "no-return": "states_returning",
    "deposit": "states_a_deposit",
    "provisions": "states_weighty_provisions",
}
