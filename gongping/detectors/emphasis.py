"""How the characters of a document are dressed: which stand out from the rest, and what share of it they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongping.clauses.sentences import paragraphs
from gongping.sight.blocks import HEADING, Block, Run

_HEAVY = 600
"""Font weight from which on text is bold (CSS Fonts: 600 is semi-bold; norm.yaml 31.1)."""

_LARGER = 1.15
"""Times the size of the body from which on text is larger (norm.yaml 31.1)."""

_COLOURS_APART = 60
"""Sum of the differences of three channels (0..255) from which on two colours are told apart at a glance (convention)."""


@dataclass(frozen=True)
class Body:
    """How most of a document's characters look. `characters` without headings."""

    font_px: float
    weight: int
    colour: str
    characters: int


@dataclass(frozen=True)
class Sentence:
    """A sentence with the share of its characters that stand out."""

    text: str
    share: float
    block: Block


def body(blocks: Sequence[Block]) -> Body | None:
    """The usual dress of a document; None where it is not known (a file) or there is no text."""
    counted: Counter[tuple[float, int, str]] = Counter()
    for run, _ in _runs(blocks):
        if not run.link:
            counted[run.font_px, run.weight, run.colour] += run.length
    if not counted:
        return None
    (font, weight, colour), _ = counted.most_common(1)[0]
    return Body(font, weight, colour, sum(counted.values()))


def stands_out(run: Run, usual: Body) -> bool:
    """Whether characters catch the eye: bold, larger, underlined, on a colour of their own or in one, where the body is not. A link
    looks so for another reason."""
    if run.link:
        return False
    return (
        (run.weight >= _HEAVY > usual.weight)
        or run.font_px >= _LARGER * usual.font_px > 0
        or run.underlined
        or bool(run.background)
        or _apart(run.colour, usual.colour)
    )


def share(blocks: Sequence[Block], usual: Body | None = None) -> float | None:
    """Share (0..1) of characters, headings aside, that stand out; 1 where most is bold; None where not known. `usual` is the body that a
    part of a document stands in, by default its own."""
    usual = usual or body(blocks)
    if usual is None:
        return None
    if usual.weight >= _HEAVY:
        return 1.0
    held = [(run.length, stands_out(run, usual)) for run, _ in _runs(blocks) if not run.link]
    whole = sum(length for length, _ in held)
    return sum(length for length, out in held if out) / whole if whole else None


def sections(blocks: Sequence[Block]) -> Iterator[tuple[str, Sequence[Block]]]:
    """The parts of a document under its headings, with the heading."""
    head, held = "", list[Block]()
    for block in blocks:
        if is_heading(block):
            if held:
                yield head, held
            head, held = block.text, []
        else:
            held.append(block)
    if held:
        yield head, held


def sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    """The sentences of a document, headings aside, with how far each stands out."""
    usual = body(blocks)
    if usual is None:
        return
    for block in blocks:
        if is_heading(block) or not block.runs:
            continue
        out = [stands_out(run, usual) for run in block.runs for _ in range(run.length)][: len(block.text)]
        for found in re.finditer(r"[^。！？!?；;]+(?:[。！？!?；;][”\"』」）)]*|$)|(?<=[.])\s", block.text):
            said = found[0].strip()
            if len(said) > 3:
                start, end = found.span()
                marked = out[start:end]
                yield Sentence(said, sum(marked) / max(1, len(marked)), block)


def is_heading(block: Block) -> bool:
    """Whether a paragraph is a heading, by its element or by its words ("一、总则")."""
    if block.kind == HEADING:
        return True
    guess = next(iter(paragraphs(block.text)), None)
    return bool(guess and guess.kind == "heading")


def _runs(blocks: Iterable[Block]) -> Iterator[tuple[Run, Block]]:
    for block in blocks:
        if not is_heading(block):
            for run in block.runs:
                yield run, block


def _apart(a: str, b: str) -> bool:
    first, second = _channels(a), _channels(b)
    return bool(first and second) and sum(abs(x - y) for x, y in zip(first, second, strict=True)) >= _COLOURS_APART


def _channels(colour: str) -> tuple[int, ...]:
    found = re.match(r"rgba?\((\d+), (\d+), (\d+)", colour)
    return tuple(map(int, found.groups())) if found else ()
