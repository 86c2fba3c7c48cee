"""Labels on the items of a list: what they say, where they lie, whether all of them is in view. Measures; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image

from gongping.detectors.conspicuousness import luminance
from gongping.lexicon import normalise, words
from gongping.observations.ads import Drawn
from gongping.sight.model import Box, Seen, Sight

Meaning = Literal["", "exact", "admits", "hints"]
"""What a label says: 广告 itself, that it is paid for in other words, a word that hints at it, or nothing of the kind."""

Kind = Literal["text", "before", "after"]

_LABEL_LONGEST = 16
"""Characters: a label is a word or two (convention)."""

_HIGHLIGHT_TAGS = frozenset(("em", "mark", "b", "strong", "font"))
_HIGHLIGHT_CLASS = re.compile(r"(^|[-_ ])(hl|h|highlight(ed)?|keyword|kw|match(ed)?|red|emphasis)([-_ ]|$)", re.I)


@dataclass(frozen=True)
class Label:
    """Something on an item that may be its label. `box` is what it fills on the page (CSS px), None where that is not known.

    `gap` is its distance from the item, `whole` whether all of its glyphs lie in view (None: could not be measured).
    """

    seen: Seen
    kind: Kind
    text: str
    meaning: Meaning
    box: Box | None
    gap: float
    whole: bool | None = True
    font_px: float = 0.0
    opacity: float = 1.0


def is_traditional(language: str) -> bool:
    """Whether a surface is zh-TW, zh-HK or zh-MO."""
    return bool(re.match(r"zh[-_](tw|hk|mo|hant)", language, re.I))


def meaning(text: str, language: str) -> Meaning:
    """What a label's text says; "" where it is no label."""
    if not text or len(text) > _LABEL_LONGEST:
        return ""
    if words("ad_label_exact").match(text, "zh-TW" if is_traditional(language) else "zh-CN"):
        return "exact"
    admitted = words("ad_label_any").match(text)
    if (admitted and admitted.how != "contains") or normalise(text) == "广告":
        return "admits"
    return "hints" if words("ad_label_euphemism").match(text) else ""


_APART = re.compile(r"(^|[\s·|/【\[(（])广告($|[\s·|/】\])）:：])")


def worded(sight: Sight, scope: Seen) -> str:
    """A line in which the word stands apart within a longer text: 【广告】某某手机, 某某旗舰店 | 广告."""
    lines = (s.text for s in sight.within(scope.index) if s.shown and s.text)
    return next((t[:60] for t in lines if _APART.search(t) and normalise(t) != "广告"), "")


def _is_highlight(sight: Sight, seen: Seen) -> bool:
    """Whether an element only emphasises a word of a running text: the query in a title, not a label."""
    parent = sight.elements[seen.parent] if seen.parent >= 0 else None
    if parent is None or not (parent.mixed and seen.inline):
        return False
    return seen.tag in _HIGHLIGHT_TAGS or bool(_HIGHLIGHT_CLASS.search(seen.classes))


def labels_on(
    sight: Sight, scope: Seen, item: Seen, drawn: dict[tuple[int, str], Drawn]
) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """Labels within a list item, the exact ones first; and the texts of labels that are in the document but not visible."""
    found: list[Label] = []
    hidden: list[str] = []
    spelt: set[int] = set()
    for seen in sight.within(scope.index):
        if seen.tag == "#text" or seen.index in spelt:
            continue
        for kind, text in texts_on(sight, seen):
            what = meaning(text, sight.language)
            if not what or (kind == "text" and _is_highlight(sight, seen)):
                continue
            if not seen.shown:
                hidden.append(text)
                continue
            label = measure(sight, seen, kind, text=text, says=what, item=item, style=drawn.get((seen.index, kind)))
            if label is None:
                hidden.append(text)
                continue
            found.append(label)
            if kind == "text" and not seen.text:  # spelt over several elements: its letters are no labels of their own
                spelt |= {s.index for s in sight.within(seen.index)}
    order: list[Meaning] = ["exact", "admits", "hints"]
    found.sort(key=lambda x: (order.index(x.meaning), -x.font_px))
    return tuple(found), tuple(dict.fromkeys(hidden))


def texts_on(sight: Sight, seen: Seen) -> Iterator[tuple[Kind, str]]:
    """What may be a label on an element: its own text, its pseudo-elements, the letters of its few children together."""
    if seen.before:
        yield "before", seen.before
    if seen.after:
        yield "after", seen.after
    if seen.text and not seen.mixed and not (seen.before or seen.after):
        yield "text", seen.text
    elif (
        seen.text
        and (seen.before or seen.after)
        and meaning(seen.words, sight.language)
        and not meaning(seen.text, sight.language)
    ):
        yield "text", seen.words  # an ornament around it: 【广告】 drawn by ::before and ::after
    elif seen.text and not seen.mixed:
        yield "text", seen.text
    children = sight.children.get(seen.index, [])
    if children and (seen.mixed or not seen.text) and seen.box.area < 12_000:
        parts = list(sight.within(seen.index))
        if len(parts) <= 7 and not any(
            p.tag == "img" or meaning(p.words, sight.language) in ("exact", "admits")
            for p in parts[1:]
            if p.tag != "#text"
        ):
            yield "text", sight.text_of(seen.index)


def measure(
    sight: Sight, seen: Seen, kind: Kind, *, text: str, says: Meaning, item: Seen, style: Drawn | None = None
) -> Label | None:
    """Measures a label of an item; None where no part of it is in view. `style` is that of its pseudo-element."""
    if kind == "text":
        box = seen.text_box
        if box is None:
            boxes = [s.text_box for s in sight.within(seen.index) if s.text_box]
            if not boxes:
                return None
            x, y = min(b.x for b in boxes), min(b.y for b in boxes)
            box = Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)
        font = seen.font_px or max((s.font_px for s in sight.within(seen.index)), default=0.0)
        return Label(
            seen, kind, text, says, box, box.gap(item.box), _in_full(sight, seen, text, box, font), font, seen.opacity
        )
    font = style.font_px if style else seen.font_px
    opacity = style.opacity if style else seen.opacity
    if opacity < 0.1 or font < 1:
        return None
    box = style.box if style and style.box else _beside_text(seen, kind, text, font)
    clipped = box.intersection(Box(0, 0, sight.size[0], sight.size[1]))
    if clipped.area < 1:
        return None
    return Label(seen, kind, text, says, clipped, clipped.gap(item.box), clipped.area >= 0.8 * box.area, font, opacity)


def _beside_text(seen: Seen, kind: str, text: str, font: float) -> Box:
    """Where a pseudo-element in the flow lies: before or after the element's own text, or all of the element where it has none."""
    own = seen.text_box
    if own is None:
        return seen.box
    width = font * max(1, len(text)) + 12
    height = min(own.height, font * 1.8)
    if kind == "before":
        start = own.x - width if own.x - seen.box.x >= font else seen.box.x
        return Box(max(seen.box.x, start), own.y, width, height)
    return Box(min(own.right, seen.box.right - 1), own.bottom - height, width, height)


def _in_full(sight: Sight, seen: Seen, text: str, box: Box, font: float) -> bool | None:
    """Whether no glyph is cut off: by a box that is too small, or by the ellipsis of a text that is too long."""
    if not font:
        return None
    glyphs = sum(1.0 if ord(c) > 0x2E7F else 0.45 for c in normalise(text, fold=False))
    if box.width < 0.8 * glyphs * font or box.height < 0.7 * font:
        return False
    for a in (seen, *list(sight.ancestors(seen.index))[:4]):
        if a.cut and box.right > a.box.right - 1.1 * font and box.x > a.box.x + 1:
            return False
    return True


def small_pictures(sight: Sight, scope: Seen) -> tuple[Seen, ...]:
    """Pictures on an item that are as small as a label: they may hold the word."""
    return tuple(
        s
        for s in sight.within(scope.index)
        if s.shown
        and (s.tag in ("img", "svg", "canvas") or s.background_image or re.search(r"[\ue000-\uf8ff]", s.words))
        and 14 <= s.box.width <= 130
        and 8 <= s.box.height <= 60
        and s.box.width >= 1.1 * s.box.height
    )


def stroke_contrast(shot: Image.Image) -> float | None:
    """WCAG contrast (1..21) of the strokes in a small picture of a word against its ground, the tone that most of it has; the median
    over columns of one character's width. None where nothing is drawn. A frame at the edge is left out."""
    light = luminance(np.asarray(shot.convert("RGB"), dtype=np.float64))
    height, width = light.shape
    rim = max(1, round(height * 0.14))
    light = light[rim : height - rim, rim : width - rim]
    if light.size < 40:
        return None
    counts, edges = np.histogram(light, bins=24, range=(0.0, 1.0))
    tone = int(counts.argmax())
    ground = float(np.median(light[(light >= edges[tone]) & (light <= edges[tone + 1])]))
    ratio = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
    step = max(4, light.shape[0] // 2)
    best = [float(ratio[:, x : x + step].max()) for x in range(0, light.shape[1], step)]
    drawn = [r for r in best if r >= 1.15]
    return round(float(np.median(drawn)), 2) if drawn else None
