"""A text as its paragraphs, with the dress of their characters: what reading a document needs beside plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongping.sight.model import Box, Seen, Sight

HEADING, ITEM, CELL = "heading", "item", "cell"


@dataclass(frozen=True)
class Run:
    """Characters that are dressed alike: how many, and how. `font_px` in CSS px; colours as the browser tells them."""

    length: int
    font_px: float = 0.0
    weight: int = 400
    colour: str = ""
    background: str = ""
    underlined: bool = False
    link: bool = False
    """Whether it is part of a link, whose dress says something else."""


@dataclass(frozen=True)
class Block:
    """A paragraph as it stands on the page. `kind`: heading, item, cell (of a table), or "" for plain text; `level` of a heading 1..6;
    `box` in CSS px of the page. `runs` cover the text from its start; none where it came from a file."""

    text: str
    kind: str = ""
    level: int = 0
    box: Box | None = None
    runs: tuple[Run, ...] = ()
    scrolled: bool = False
    """Whether it shows only after a box within the page is scrolled."""


_LEVEL = re.compile(r"h([1-6])$")


def blocks(sight: Sight, root: Seen | None = None) -> tuple[Block, ...]:
    """The paragraphs of a page, or of a part of it, in reading order. What a box within the page shows after scrolling counts too."""
    return tuple(block for _, block in placed_blocks(sight, root))


def placed_blocks(sight: Sight, root: Seen | None = None) -> Iterator[tuple[Seen, Block]]:
    """The same, each with the element that it stands in."""
    held: list[tuple[str, Seen]] = []
    at = -1
    for text, seen, container in _leaves(sight, root):
        if container != at or text == "\n":
            yield from _made(sight, at, held)
            held = []
        at = container
        if text != "\n":
            held.append((text, seen))
    yield from _made(sight, at, held)


def _made(sight: Sight, at: int, held: list[tuple[str, Seen]]) -> Iterator[tuple[Seen, Block]]:
    if held and at >= 0 and (block := _block(sight, sight.elements[at], held)):
        yield sight.elements[at], block


def _leaves(sight: Sight, root: Seen | None) -> Iterator[tuple[str, Seen, int]]:
    """Pieces of text with the element that dresses them and the block that they lie in; "\n" for a line's break."""
    start = [root.index] if root else sight.children.get(-1, ())
    stack: list[tuple[int, bool]] = [(i, False) for i in reversed(start)]
    while stack:
        index, after = stack.pop()
        seen = sight.elements[index]
        container = _container(sight, seen)
        readable = seen.shown or seen.scrolled
        if after:
            yield seen.after, seen, container
        elif seen.tag == "br":
            yield "\n", seen, container
        elif seen.tag == "#text":
            if readable and seen.text.strip():
                yield seen.text, sight.elements[seen.parent], container
        else:
            if readable and seen.before:
                yield seen.before, seen, container
            if readable and seen.text and not seen.mixed:
                yield seen.text, seen, container
            if readable and seen.after:
                stack.append((index, True))
            stack.extend((k, False) for k in reversed(sight.children.get(index, ())))


def _container(sight: Sight, seen: Seen) -> int:
    if not seen.inline:
        return seen.index
    return next((a.index for a in sight.ancestors(seen.index) if not a.inline), seen.index)


def _block(sight: Sight, container: Seen, held: list[tuple[str, Seen]]) -> Block | None:
    runs: list[Run] = []
    text = ""
    for piece, seen in held:
        said = re.sub(r"\s+", " ", piece)
        said = said.lstrip() if not text or text.endswith(" ") else said
        if not said:
            continue
        text += said
        run = Run(
            len(said), seen.font_px, seen.weight, seen.colour, _background(sight, seen, container),
            seen.underlined, _is_link(sight, seen, container),
        )  # fmt: skip
        if runs and _alike(runs[-1], run):
            runs[-1] = Run(runs[-1].length + run.length, *_dress(run))
        else:
            runs.append(run)
    if not text.strip():
        return None
    kind, level = _kind(sight, container)
    boxes = [s.text_box or s.box for _, s in held if (s.text_box or s.box).area > 0]
    return Block(text.rstrip(), kind, level, _around(boxes), tuple(runs), all(s.scrolled for _, s in held))


def _dress(run: Run) -> tuple[float, int, str, str, bool, bool]:
    return run.font_px, run.weight, run.colour, run.background, run.underlined, run.link


def _is_link(sight: Sight, seen: Seen, container: Seen) -> bool:
    for a in (seen, *sight.ancestors(seen.index)):
        if a.href or a.role in ("link", "button"):
            return True
        if a.index == container.index:
            break
    return False


def _alike(a: Run, b: Run) -> bool:
    return _dress(a) == _dress(b)


def _background(sight: Sight, seen: Seen, container: Seen) -> str:
    """The colour behind inline text that its paragraph does not have."""
    for a in (seen, *sight.ancestors(seen.index)):
        if a.index == container.index:
            return ""
        if a.background:
            return a.background
    return ""


def _kind(sight: Sight, container: Seen) -> tuple[str, int]:
    for a in (container, *list(sight.ancestors(container.index))[:3]):
        if a.role == "heading" or _LEVEL.match(a.tag):
            level = _LEVEL.match(a.tag)
            return HEADING, int(level[1]) if level else 2
        if a.tag in ("td", "th"):
            return CELL, 0
        if a.tag == "li":
            return ITEM, 0
    return "", 0


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)
