"""Reads what a page of a shop lays down beside its goods: lines that may be rules, without what buyers, titles and other goods say. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongping.lexicon import normalise, parse_price, phrase
from gongping.sight.blocks import HEADING, Block, placed_blocks
from gongping.sight.model import Seen, Sight

_HEAD = 24
"""Characters: a line that opens a section is no longer (convention)."""

_SHORTEST = 5
"""Characters: what is shorter lays nothing down (convention)."""

_ROW = 160
"""Characters: a card of another good, has no more (convention)."""

_TALK = 500
"""Characters: one buyer's words with name, stars and date (convention)."""

_OTHERS = re.compile(
    r"(^|[-_\s])(reviews?|comments?|ratings?|feedback|evaluat\w*|apprais\w*|pingjia|qa|questions?|answers?|chat|recommend\w*|related|guess)([-_\s]|$)",
    re.I,
)
_DESCRIBES = re.compile(r"(^|[-_\s])(descriptions?|desc|intro|detail[-_]?content)([-_\s]|$)", re.I)


@dataclass(frozen=True)
class Notice:
    """A line that may lay down a rule. `described`: it stands in the description of the goods, which their seller writes; `heading`
    is the section that it stands in."""

    block: Block
    heading: str = ""
    described: bool = False


def notices(sight: Sight, ordered: str = "") -> tuple[Notice, ...]:
    """The lines of a page that somebody who sells may lay down, in reading order. `ordered` is the title of the goods."""
    found: list[Notice] = []
    for seen, block in placed_blocks(sight):
        if len(block.text) < _SHORTEST or not phrase("lays_down").search(normalise(_unlinked(block))):
            continue
        if said_by_others(sight, seen, block, ordered):
            continue
        around = list(sight.ancestors(seen.index))
        head, voice = _section(sight, seen.index, around)
        described = voice == "described" or any(_DESCRIBES.search(f"{a.classes} {a.ident}") for a in around[:6])
        found.append(Notice(block, head, described))
    return tuple(found)


def said_by_others(sight: Sight, seen: Seen, block: Block, ordered: str = "") -> bool:
    """Whether a line is a title, another good's, or in the words of somebody who bought or asks."""
    if block.kind == HEADING or _is_title(block.text, ordered) or phrase("buyer_says").search(block.text):
        return True
    around = list(sight.ancestors(seen.index))
    others = _section(sight, seen.index, around)[1] == "others"
    return others or _on_a_card(sight, seen, around) or _by_a_buyer(sight, around)


def _unlinked(block: Block) -> str:
    """What a line says beside its links and buttons."""
    at, own = 0, ""
    for run in block.runs:
        own += "" if run.link else block.text[at : at + run.length]
        at += run.length
    return own


def _is_title(text: str, ordered: str) -> bool:
    said, title = normalise(text), normalise(ordered)
    return bool(title) and (said in title or title in said)


def _on_a_card(sight: Sight, seen: Seen, around: list[Seen]) -> bool:
    """Whether a line stands on the card of another good: a link around a price."""
    for a in (seen, *around[:5]):
        text = sight.text_of(a.index)
        if len(text) > _ROW:
            return False
        if a.operable and a.tag != "label" and parse_price(text):
            return True
    return False


def _by_a_buyer(sight: Sight, around: list[Seen]) -> bool:
    near = []
    for a in around[:4]:
        text = sight.text_of(a.index)
        if len(text) > _TALK or any(s.role == "heading" for s in sight.within(a.index)):
            break  # a section of the page's, no one person's words
        near.append(text)
    return any(_OTHERS.search(f"{a.classes} {a.ident}") for a in around) or any(
        phrase("signed_by_a_buyer").search(text) for text in near
    )


def _section(sight: Sight, index: int, around: list[Seen]) -> tuple[str, str]:
    """The nearest line before it that opens a section around it, and who speaks there: others, described, or ""."""
    chain = {a.index for a in around}
    for a in around:
        for i in reversed([i for i in sight.children.get(a.index, ()) if i < index and i not in chain]):
            if head := _head(sight, sight.elements[i]):
                if phrase("opens_others_words").search(head):
                    return head, "others"
                return head, "described" if phrase("opens_a_description").search(head) else ""
    return "", ""


def _head(sight: Sight, seen: Seen) -> str:
    """What an element says, where it does nothing but open a section: a heading, or a short line in words for one, controls aside."""
    text = sight.text_of(seen.index)
    if seen.tag == "#text" or not 0 < len(text) <= 3 * _HEAD:
        return ""
    if any(s.role == "heading" for s in sight.within(seen.index)):
        return text
    operable = any(s.operable for s in sight.within(seen.index))
    return text if not operable and len(text) <= _HEAD and _names_a_section(text) else ""


def _names_a_section(text: str) -> bool:
    return any(phrase(p).search(text) for p in ("opens_others_words", "opens_a_description", "opens_a_notice"))
