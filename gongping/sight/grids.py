"""Rows and cells of a page: tables, and what only looks like one (rows of boxes, lists of boxes, a grid laid out by position)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongping.sight.blocks import blocks
from gongping.sight.model import Box, Seen, Sight

_FEWEST = 2
"""Cells of a table's row; of boxes that only look like a row one more."""

_LONGEST = 400
"""Characters of a cell; what is longer is a part of the page and no cell (convention)."""

_WIDEST = 12
"""Boxes beside each other that may be the cells of a row (convention)."""

_MOST = 600
"""Rows that are read of a page (convention)."""

_CELLS = ("cell", "gridcell", "columnheader", "rowheader")


@dataclass(frozen=True)
class Row:
    """The cells of one row from left to right; empty ones are "". `box` in CSS px of the page."""

    cells: tuple[str, ...]
    box: Box | None = None


@dataclass(frozen=True)
class Grid:
    """Rows that belong together, in reading order; the row of headings is one of them."""

    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Cells of its first row."""
        return len(self.rows[0].cells) if self.rows else 0


def grids(sight: Sight, root: Seen | None = None) -> tuple[Grid, ...]:
    """Everything on a page, or in a part of it, that stands in rows and cells. A row of headings that lies in a box (or a table) of its
    own is put before the rows of the next one as wide."""
    held: dict[tuple[str, int], list[Row]] = {}
    inside = sight.within(root.index) if root else iter(sight.elements)
    for seen in inside:
        if sum(map(len, held.values())) > _MOST:
            break
        if not (seen.shown or seen.scrolled) or seen.tag == "#text":
            continue
        for key, row in _rows(sight, seen):
            held.setdefault(key, []).append(row)
    return tuple(_joined([Grid(tuple(rows)) for rows in held.values()]))


def _joined(found: list[Grid]) -> Iterator[Grid]:
    at = 0
    while at < len(found):
        grid, following = found[at], found[at + 1] if at + 1 < len(found) else None
        if following and len(grid.rows) == 1 and grid.width == following.width and len(following.rows) > 0:
            grid, at = Grid((*grid.rows, *following.rows)), at + 1
        yield grid
        at += 1


def _rows(sight: Sight, seen: Seen) -> Iterator[tuple[tuple[str, int], Row]]:
    if seen.tag == "tr" or seen.role == "row":
        cells = [k for k in _kids(sight, seen) if k.tag in ("td", "th") or k.role in _CELLS]
        if len(cells) >= _FEWEST:
            yield ("table", _table(sight, seen)), _row(sight, seen, cells)
        return
    if seen.tag in ("table", "tbody", "thead", "td", "th") or seen.text:
        return
    kids = _kids(sight, seen)
    if len(kids) <= _FEWEST or any(k.tag in ("tr", "tbody", "thead") for k in kids):
        return
    lines = _lines(kids)
    if len(lines) == 1 and len(kids) <= _WIDEST:
        row = _row(sight, seen, kids)
        if all(len(c) <= _LONGEST for c in row.cells) and sum(map(bool, row.cells)) >= _FEWEST:
            yield ("boxes", _home(sight, seen)), row
    elif len(lines) > 1 and _FEWEST < len(lines[0]) <= _WIDEST and all(len(line) == len(lines[0]) for line in lines):
        for line in lines:  # cells one after another, laid out in rows
            yield ("laid out", seen.index), _row(sight, seen, line, of_cells=True)


def _kids(sight: Sight, seen: Seen) -> list[Seen]:
    kids = [sight.elements[i] for i in sight.children.get(seen.index, ())]
    return [k for k in kids if k.tag not in ("#text", "br") and (k.box.area > 0 or k.scrolled)]


def _lines(kids: Sequence[Seen]) -> list[list[Seen]]:
    """Neighbours that stand beside each other."""
    lines: list[list[Seen]] = []
    for kid in kids:
        last = lines[-1][-1] if lines else None
        beside = last is not None and kid.box.x >= last.box.right - 2 and abs(kid.box.y - last.box.y) < max(
            4.0, 0.8 * max(kid.box.height, last.box.height)
        )  # fmt: skip
        if beside:
            lines[-1].append(kid)
        else:
            lines.append([kid])
    return lines


def _table(sight: Sight, row: Seen) -> int:
    over = (a for a in sight.ancestors(row.index) if a.tag == "table" or a.role in ("table", "grid", "treegrid"))
    return next((a.index for a in over), row.parent)


def _home(sight: Sight, row: Seen) -> int:
    """What a row lies in: its parent, or what is around boxes that hold nothing else."""
    index = row.parent
    while index >= 0 and len(_kids(sight, sight.elements[index])) == 1:
        index = sight.elements[index].parent
    return index


def _row(sight: Sight, seen: Seen, cells: Sequence[Seen], *, of_cells: bool = False) -> Row:
    said = tuple(" ".join(b.text for b in blocks(sight, c)).strip() for c in cells)
    if not of_cells:
        return Row(said, seen.box if seen.box.area else None)
    x, y = min(c.box.x for c in cells), min(c.box.y for c in cells)
    return Row(said, Box(x, y, max(c.box.right for c in cells) - x, max(c.box.bottom for c in cells) - y))
