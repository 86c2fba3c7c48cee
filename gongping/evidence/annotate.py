"""Draws on a tile what was measured: a box on the very element, a caption on a plate that covers no marked element."""

from __future__ import annotations

import io
import math
import re
import shutil
import subprocess
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont

Kind = Literal["broken", "unknown", "held", "seen"]
Box = tuple[float, float, float, float]  # x, y, width, height in CSS px
_Rect = tuple[int, int, int, int]  # left, top, right, bottom in image px
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_NO_LINE_STARTS_WITH = "，。、；：？！）》】」』”’…—·,.;:?!)]}%"
_NO_LINE_ENDS_WITH = "（《【「『“‘([{¥￥$"
_MOST_LINES = 6
_PAPER = (255, 255, 255)


class FontWarning(UserWarning):
    """No font with Chinese characters was found: captions will show boxes instead."""


@dataclass(frozen=True)
class Mark:
    """One element to point at; `box` is (x, y, width, height) in CSS px from the tile's top-left corner."""

    box: Box
    caption: str
    kind: Kind = "seen"


class Crop(NamedTuple):
    """A part of a tile; `left` and `top` (CSS px) say where in the tile it begins."""

    image: Image.Image
    left: float
    top: float

    def move(self, mark: Mark) -> Mark:
        """`mark` of the whole tile, as the crop needs it."""
        x, y, width, height = mark.box
        return replace(mark, box=(x - self.left, y - self.top, width, height))


@dataclass(frozen=True)
class _Look:
    """How a kind is drawn. Dash, sign and plate differ as well as the colour, so that it reads in grayscale."""

    colour: tuple[int, int, int]
    sign: str
    dash: tuple[float, float] | None  # drawn and left out, in line widths
    filled: bool
    double: bool = False


_LOOKS: dict[Kind, _Look] = {
    "broken": _Look((176, 24, 24), "×", None, filled=True),
    "unknown": _Look((146, 84, 0), "？", (5, 3), filled=False),
    "held": _Look((22, 101, 52), "✓", None, filled=False, double=True),
    "seen": _Look((30, 64, 140), "●", (1.5, 1.5), filled=False),
}


def annotate(tile: Image.Image, marks: Sequence[Mark], scale: float, *, quality: int = 85) -> bytes:
    """`tile` with its marks drawn on, as JPEG.

    `scale` is the tile's pixels per CSS px. A caption stands above, below or beside its box, or at an edge of the tile;
    where it would cover a marked element or another caption it goes to a strip below the picture, under its number.
    """
    picture = _opaque(tile)
    size = round(max(14 * scale, min(22 * scale, picture.width / 60)))
    line = max(2, round(size / 7))
    font = _font(size)
    draw = ImageDraw.Draw(picture)
    boxes = [_pixels(mark.box, scale, picture.size, line) for mark in marks]
    for mark, box in zip(marks, boxes, strict=True):
        if box:
            _outline(draw, box, _LOOKS[mark.kind], line)
    taken = [box for box in boxes if box]
    below: list[_Plate] = []
    for number, (mark, box) in enumerate(zip(marks, boxes, strict=True), start=1):
        label = f"{number} " if len(marks) > 1 else ""
        outside = "" if box else "（在画面之外）"
        text = f"{label}{_LOOKS[mark.kind].sign} {mark.caption}{outside}"
        plate = _Plate.of(text, mark.kind, font, size, picture.width)
        spots = _spots(plate, box, picture.size, line) if box else iter(())
        if spot := next((spot for spot in spots if _free(spot, taken)), None):
            taken.append(spot)
            plate.draw(draw, spot)
            continue
        below.append(plate)
        if box and len(marks) > 1:
            badge = _Plate.of(str(number), mark.kind, font, size, picture.width)
            spot = _badge_spot(badge, box, picture.size, taken)
            taken.append(spot)
            badge.draw(draw, spot)
    picture = _with_strip(picture, below, size)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def crop_around(tile: Image.Image, boxes: Iterable[Box], scale: float, margin: float) -> Crop:
    """The part of `tile` with all `boxes` and `margin` CSS px around them; the whole tile where no box lies in it."""
    width, height = tile.width / scale, tile.height / scale
    seen = [(x, y, x + w, y + h) for x, y, w, h in boxes if x < width and y < height and x + w > 0 and y + h > 0]
    if not seen:
        return Crop(tile, 0.0, 0.0)
    left = max(0, math.floor((min(box[0] for box in seen) - margin) * scale))
    top = max(0, math.floor((min(box[1] for box in seen) - margin) * scale))
    right = min(tile.width, math.ceil((max(box[2] for box in seen) + margin) * scale))
    bottom = min(tile.height, math.ceil((max(box[3] for box in seen) + margin) * scale))
    return Crop(tile.crop((left, top, right, bottom)), left / scale, top / scale)


def _opaque(tile: Image.Image) -> Image.Image:
    if tile.mode in {"RGBA", "LA", "PA"} or "transparency" in tile.info:
        paper = Image.new("RGBA", tile.size, _PAPER)
        return Image.alpha_composite(paper, tile.convert("RGBA")).convert("RGB")
    return tile.convert("RGB") if tile.mode != "RGB" else tile.copy()


def _pixels(box: Box, scale: float, size: tuple[int, int], line: int) -> _Rect | None:
    """`box` in image px, a line's width wider so that the line does not cover the element; None outside the tile."""
    x, y, width, height = (value * scale for value in box)
    if x >= size[0] or y >= size[1] or x + width <= 0 or y + height <= 0:
        return None
    gap = line + 1
    left, top = max(0, math.floor(x) - gap), max(0, math.floor(y) - gap)
    return (
        min(left, size[0] - 2 * gap),
        min(top, size[1] - 2 * gap),
        max(left + 2 * gap, min(size[0] - 1, math.ceil(x + width) + gap - 1)),
        max(top + 2 * gap, min(size[1] - 1, math.ceil(y + height) + gap - 1)),
    )


def _outline(draw: ImageDraw.ImageDraw, box: _Rect, look: _Look, line: int) -> None:
    left, top, right, bottom = box
    # a white line around lets the box stand out on any ground
    draw.rectangle((left - 1, top - 1, right + 1, bottom + 1), outline=_PAPER, width=line + 2)
    if look.dash:
        on, off = (max(2, round(part * line)) for part in look.dash)
        for start, end in _dashes(left, right, on, off):
            draw.rectangle((start, top, end, top + line - 1), fill=look.colour)
            draw.rectangle((start, bottom - line + 1, end, bottom), fill=look.colour)
        for start, end in _dashes(top, bottom, on, off):
            draw.rectangle((left, start, left + line - 1, end), fill=look.colour)
            draw.rectangle((right - line + 1, start, right, end), fill=look.colour)
        return
    draw.rectangle(box, outline=look.colour, width=line)
    if look.double and right - left > 4 * line and bottom - top > 4 * line:
        gap = line + max(1, line // 2)
        draw.rectangle((left - gap, top - gap, right + gap, bottom + gap), outline=look.colour, width=max(1, line // 2))


def _dashes(start: int, end: int, on: int, off: int) -> Iterator[tuple[int, int]]:
    """Dashes that begin and end with a full one, so that the corners are closed."""
    length = end - start + 1
    if length <= 2 * on:
        yield start, end
        return
    count = max(1, round((length - on) / (on + off)))
    step = (length - on) / count
    for place in range(count + 1):
        at = round(start + place * step)
        yield at, min(end, at + on - 1)


@dataclass(frozen=True)
class _Plate:
    """A caption, wrapped; sizes in image px."""

    lines: tuple[str, ...]
    kind: Kind
    font: _Font
    size: int
    width: int
    height: int

    @classmethod
    def of(cls, caption: str, kind: Kind, font: _Font, size: int, room: int) -> _Plate:
        pad = size // 2
        lines = tuple(_wrap(caption, font, max(4 * size, min(24 * size, room - 4 * pad))))
        wide = math.ceil(max(font.getlength(text) for text in lines))
        return cls(lines, kind, font, size, wide + 2 * pad, len(lines) * _line_height(size) + pad)

    def draw(self, draw: ImageDraw.ImageDraw, spot: _Rect) -> None:
        look = _LOOKS[self.kind]
        ground, ink = (look.colour, _PAPER) if look.filled else (_PAPER, look.colour)
        draw.rectangle((spot[0] - 1, spot[1] - 1, spot[2] + 1, spot[3] + 1), outline=_PAPER)
        draw.rectangle(spot, fill=ground, outline=look.colour, width=max(1, self.size // 12))
        for place, text in enumerate(self.lines):
            at = (spot[0] + self.size // 2, spot[1] + self.size // 4 + (place + 0.5) * _line_height(self.size))
            draw.text(at, text, font=self.font, fill=ink, anchor="lm")


def _line_height(size: int) -> int:
    return math.ceil(size * 1.35)


def _spots(plate: _Plate, box: _Rect, size: tuple[int, int], line: int) -> Iterator[_Rect]:
    """Where the plate may stand, best first; only places wholly within the tile."""
    left, top, right, bottom = box
    gap = 2 * line
    centre = (left + right - plate.width) // 2
    farthest = size[0] - plate.width - 2
    aligned = dict.fromkeys(max(2, min(farthest, x)) for x in (left, right - plate.width, centre))
    above, below = top - gap - plate.height, bottom + gap
    middle = max(2, min(size[1] - plate.height - 2, top))
    places = [(x, y) for y in (above, below) for x in aligned]
    places += [(right + gap, middle), (left - gap - plate.width, middle)]
    for step in (1, 2):  # plates further away: where a neighbour's caption has the near place
        away = step * (plate.height + gap)
        places += [(x, y) for y in (above - away, below + away) for x in aligned]
    for x, y in places:
        if x >= 1 and y >= 1 and x + plate.width < size[0] - 1 and y + plate.height < size[1] - 1:
            yield x, y, x + plate.width, y + plate.height


def _free(spot: _Rect, taken: Iterable[_Rect]) -> bool:
    return not any(
        spot[0] <= other[2] and other[0] <= spot[2] and spot[1] <= other[3] and other[1] <= spot[3] for other in taken
    )


def _badge_spot(badge: _Plate, box: _Rect, size: tuple[int, int], taken: list[_Rect]) -> _Rect:
    """Where the number of a caption in the strip stands: at a corner, outside the box where there is room.

    It may stand on a marked element that holds this one (a pop-up around its close button), on no other.
    """
    left, top, right, bottom = box
    above, below, inner, lower = top - badge.height - 2, bottom + 2, right - badge.width, bottom - badge.height
    places = [
        (left, above),
        (left, below),
        (left - badge.width - 2, top),
        (right + 2, top),
        (inner, above),
        (inner, below),
    ]
    places += [(left, top), (left, lower), (inner, lower), (inner, top)]  # inside: a box that fills the tile
    corners = [(x, y, x + badge.width, y + badge.height) for x, y in places]
    within = [spot for spot in corners if spot[0] >= 0 and spot[1] >= 0 and spot[2] < size[0] and spot[3] < size[1]]
    others = [other for other in taken if not _holds(other, box)]
    return next((spot for spot in within if _free(spot, others)), within[-1] if within else corners[6])


def _holds(outer: _Rect, inner: _Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _with_strip(picture: Image.Image, plates: Sequence[_Plate], size: int) -> Image.Image:
    """The picture with a white strip below that holds the captions for which it had no room."""
    if not plates:
        return picture
    gap = size // 2
    width = max(picture.width, max(plate.width for plate in plates) + 2 * gap)
    tall = Image.new("RGB", (width, picture.height + gap + sum(plate.height + gap for plate in plates)), _PAPER)
    tall.paste(picture, (0, 0))
    draw = ImageDraw.Draw(tall)
    draw.line((0, picture.height, width, picture.height), fill=(120, 120, 120))
    y = picture.height + gap
    for plate in plates:
        plate.draw(draw, (gap, y, gap + plate.width, y + plate.height))
        y += plate.height + gap
    return tall


def _wrap(text: str, font: _Font, room: int) -> list[str]:
    """Lines of at most `room` px: Latin words stay whole where they fit, punctuation stands where Chinese wants it."""
    text = " ".join("".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text).split())
    lines = [""]
    for piece in re.findall(r"[!-~]+|.", text):
        parts = [piece] if font.getlength(piece) <= room else list(piece)
        for part in parts:
            fits = font.getlength(lines[-1] + part) <= room
            if fits or (part in _NO_LINE_STARTS_WITH and lines[-1]):
                lines[-1] += part
            else:
                opening = lines[-1][-1:] if lines[-1][-1:] in _NO_LINE_ENDS_WITH and len(lines[-1]) > 1 else ""
                lines[-1] = lines[-1].removesuffix(opening).rstrip()
                lines.append(opening + part.lstrip())
    lines = [line for line in lines if line] or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][:-1] + "…"]
    return lines


@lru_cache(maxsize=16)
def _font(size: int) -> _Font:
    found = _font_file()
    return ImageFont.truetype(found[0], size, index=found[1]) if found else ImageFont.load_default(size)


@lru_cache(maxsize=1)
def _font_file() -> tuple[str, int] | None:
    """File and face index of the font that fontconfig names for Chinese; None, with a warning, where there is none."""
    if tool := shutil.which("fc-match"):
        for pattern in ("Noto Sans CJK SC:lang=zh-cn", "sans:lang=zh-cn"):
            asked = [tool, "--format", "%{file}\n%{index}\n%{lang}", pattern]
            answer = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False).stdout.split("\n")
            if len(answer) >= 3 and "zh-cn" in answer[2] and answer[1].isdigit():
                return answer[0], int(answer[1]) & 0xFFFF  # the upper half names an instance of a variable font
    warnings.warn(
        "no font with Chinese characters found through fontconfig: captions in pictures will be unreadable; "
        "install one, e.g. the Debian package fonts-noto-cjk",
        FontWarning,
        stacklevel=2,
    )
    return None
