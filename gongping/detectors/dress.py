"""How an item of a list is dressed: its ground, its edges, what lies around it. By pixels, without its text and pictures, so that it can
be said whether two items look alike but for what they say. Measures; judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gongping.sight.model import Box

Colour = tuple[int, int, int]

_STRIP = 3
"""CSS px inside and outside an edge that belong to it: a border, a gap (convention)."""

_LEAST_PIXELS = 200


@dataclass(frozen=True)
class Dress:
    """Colours (sRGB 0..255) of an item: what most of its ground has, and the lines along its edges. `width` in CSS px."""

    ground: Colour
    edges: frozenset[Colour]
    width: float


@dataclass(frozen=True)
class Apart:
    """How far two dresses lie apart: `levels` is the largest difference of a channel (0..255), `grey` that of the tones in grayscale,
    `wider` the share by which one is wider."""

    levels: int
    grey: float
    wider: float


def _most(pixels: NDArray[np.uint8]) -> Colour:
    """The colour that most pixels have."""
    flat = pixels.reshape(-1, 3).astype(np.uint32)
    codes, counts = np.unique((flat[:, 0] << 16) | (flat[:, 1] << 8) | flat[:, 2], return_counts=True)
    code = int(codes[counts.argmax()])
    return code >> 16, code >> 8 & 255, code & 255


def dress(picture: Image.Image, view: Box, scale: float, item: Box, covered: Sequence[Box]) -> Dress | None:
    """The dress of `item` in a picture of `view`; `covered` are its pictures. None where too little of it is in the picture."""
    seen = item.intersection(view)
    if seen.area < 0.6 * item.area or seen.area < _LEAST_PIXELS:
        return None
    pixels = np.asarray(picture.convert("RGB"))

    def cut(box: Box) -> NDArray[np.uint8]:
        inside = box.intersection(view)
        left, top = round((inside.x - view.x) * scale), round((inside.y - view.y) * scale)
        return pixels[top : round((inside.bottom - view.y) * scale), left : round((inside.right - view.x) * scale)]

    inner = cut(item)
    free = np.ones(inner.shape[:2], dtype=bool)
    for box in covered:
        part = box.intersection(seen)
        x, y = round((part.x - seen.x) * scale), round((part.y - seen.y) * scale)
        free[y : y + round(part.height * scale) + 1, x : x + round(part.width * scale) + 1] = False
    ground = inner[free]
    if ground.shape[0] < _LEAST_PIXELS:
        return None
    lines: set[Colour] = set()
    for step in range(-_STRIP, _STRIP):
        for box in (
            Box(item.x, item.y + step, item.width, 1),
            Box(item.x, item.bottom + step, item.width, 1),
            Box(item.x + step, item.y, 1, item.height),
            Box(item.right + step, item.y, 1, item.height),
        ):
            if box.intersection(view).area < 0.6 * box.area or any(
                c.intersection(box).area > 0.3 * box.area for c in covered
            ):
                continue
            line = cut(box)
            if line.size >= 3:
                lines.add(_most(line))
    return Dress(_most(ground), frozenset(lines), item.width)


def _grey(colour: Colour) -> float:
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def _nearest(colour: Colour, among: frozenset[Colour]) -> Colour:
    return min(among, key=lambda c: max(abs(a - b) for a, b in zip(c, colour, strict=True)), default=colour)


def apart(one: Dress, two: Dress) -> Apart:
    """How far two dresses lie apart. Of edges the lines are compared whatever their order: half a pixel moves them."""
    pairs = [(one.ground, two.ground)]
    if one.edges and two.edges:
        pairs += [(c, _nearest(c, two.edges | {two.ground})) for c in one.edges]
        pairs += [(c, _nearest(c, one.edges | {one.ground})) for c in two.edges]
    levels = max(max(abs(a - b) for a, b in zip(x, y, strict=True)) for x, y in pairs)
    grey = max(abs(_grey(x) - _grey(y)) for x, y in pairs)
    return Apart(levels, round(grey, 1), round(abs(one.width - two.width) / max(one.width, two.width, 1.0), 3))
