"""Notices by which a platform asks for opinions on a change of its rules: how long, by which way, and from whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongping.detectors.papers import is_notice_board
from gongping.detectors.stated_dates import dates_in, stated_dates
from gongping.lexicon import normalise, phrase
from gongping.observations.documents import Document
from gongping.sight.blocks import HEADING, Block

_LONGEST = 80
"""Characters: a heading is no longer (convention)."""

_SENTENCE = re.compile(r"[^。；;.!！\n]+")


@dataclass(frozen=True)
class Asking:
    """A notice that asks for opinions. `began` and `ends` as it states them; `ways` are the words that name a way to send them; `sellers_only`,
    `votes_only` and `closed` are the words that say so, "" where none do."""

    title: str
    text: str
    block: Block
    began: date | None = None
    ends: date | None = None
    ways: tuple[str, ...] = ()
    sellers_only: str = ""
    votes_only: str = ""
    closed: str = ""

    @property
    def days(self) -> int | None:
        """Whole days in which opinions are taken; None where its beginning or end is not stated."""
        return (self.ends - self.began).days if self.began and self.ends else None


def askings(document: Document) -> tuple[Asking, ...]:
    """The notices of a page that ask for opinions; a heading under which it says that nothing is asked at present is none."""
    return tuple(
        _asking(document, title, block, lines)
        for title, block, lines in _parts(document)
        if lines and not any(phrase("nothing_to_comment_on").search(line) for line in lines)
    )


def _parts(document: Document) -> Iterator[tuple[str, Block, list[str]]]:
    """What stands under each heading that asks for opinions; the whole page where its title does."""
    blocks = document.blocks
    if phrase("asks_for_opinions").search(document.title) and blocks and not is_notice_board(document.title):
        yield document.title, blocks[0], [b.text for b in blocks if b.text != document.title]
        return
    for n, block in enumerate(blocks):
        if (
            block.kind == HEADING
            and len(block.text) <= _LONGEST
            and phrase("asks_for_opinions").search(block.text)
            and not is_notice_board(block.text)
        ):
            yield block.text, block, [b.text for b in _under(blocks[n + 1 :], block.level)]


def _under(blocks: Sequence[Block], level: int) -> Iterator[Block]:
    for block in blocks:
        if block.kind == HEADING and block.level <= level:
            return
        yield block


def _asking(document: Document, title: str, block: Block, lines: list[str]) -> Asking:
    text = "\n".join(lines)
    began, ends = _window(lines)
    return Asking(
        title,
        text,
        block,
        began or stated_dates(document).published,
        ends,
        tuple(dict.fromkeys(hit[0] for hit in phrase("way_to_comment").finditer(text))),
        _said("for_sellers_alone", text),
        _said("votes_alone", text),
        _said("comments_closed", text),
    )


def _window(lines: Sequence[str]) -> tuple[date | None, date | None]:
    """From when to when opinions are taken, by the first sentence that says until when."""
    for line in lines:
        for sentence in re.split(r"[。；;\n]", normalise(line)):
            days = [day for _, _, day in dates_in(sentence)]
            if days and phrase("comments_until").search(sentence):
                began = days[0] if len(days) > 1 else None
                if began is None or began <= days[-1]:  # else the days of two matters
                    return began, days[-1]
    return None, None


def _said(name: str, text: str) -> str:
    """The words that say so in a sentence on opinions; what the change itself says of sellers or comments is another matter."""
    for sentence in _SENTENCE.findall(text):
        hit = phrase(name).search(sentence)
        if hit and phrase("speaks_of_opinions").search(sentence) and not phrase("an_earlier_round").search(sentence):
            return hit[0]
    return ""
