"""How well glyphs stand out from what is behind them, measured on pixels: right where computed styles are wrong (opacity, veils,
filters, gradients, pictures)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_GLYPH = 24
"""Difference (0..255, largest channel) from which on a pixel belongs to a glyph: above screenshot noise (convention)."""

_COLUMN = 16
"""Device px: width of the columns over which contrast is taken, about one character (MEASURED.md)."""


@dataclass(frozen=True)
class Contrast:
    """WCAG 2.2 contrast of glyphs against what is behind them. `ratio` is the median over 16-px columns of the strongest pixel;
    `share` the share of columns with 3:1 or more; `columns` how many columns hold glyphs."""

    ratio: float
    share: float
    columns: int


def luminance(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """WCAG relative luminance (0..1) of sRGB values 0..255 in the last axis."""
    c = rgb / 255.0
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), dtype=np.float64)


def ratio_of(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """WCAG contrast ratio (1..21) of two sRGB colours."""
    first, second = (float(luminance(np.array(x, dtype=np.float64))) for x in (a, b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def contrast(shot: Image.Image, blank: Image.Image | None) -> Contrast | None:
    """Contrast of the glyphs in `shot`, where `blank` shows the same pixels without glyphs; None where no glyph was drawn."""
    if blank is None or shot.size != blank.size:
        return None
    a = np.asarray(shot.convert("RGB"), dtype=np.float64)
    b = np.asarray(blank.convert("RGB"), dtype=np.float64)
    mask = np.abs(a - b).max(axis=2) >= _GLYPH
    if mask.sum() < 4:
        faint = np.abs(a - b).max(axis=2) >= 4
        if faint.sum() < 8:
            return None
        mask = faint
    la, lb = luminance(a), luminance(b)
    ratio = (np.maximum(la, lb) + 0.05) / (np.minimum(la, lb) + 0.05)
    best: list[float] = []
    for x in range(0, ratio.shape[1], _COLUMN):
        column = mask[:, x : x + _COLUMN]
        if column.sum() >= 3:
            best.append(float(ratio[:, x : x + _COLUMN][column].max()))
    if not best:
        return None
    return Contrast(round(float(np.median(best)), 2), round(sum(r >= 3 for r in best) / len(best), 2), len(best))


def shape_contrast(shot: Image.Image) -> float | None:
    """Contrast of a picture's or icon's shape against its ground, for what is no text: the ratio between its two main tones.
    None where there is only one tone."""
    small = shot.convert("RGB")
    flat = np.asarray(small, dtype=np.float64).reshape(-1, 3)
    light = luminance(flat)
    low, high = np.percentile(light, [2, 98])
    if high - low < 0.01:
        return None
    middle = (low + high) / 2
    dark_side, light_side = light[light <= middle], light[light > middle]
    if min(dark_side.size, light_side.size) < max(3, 0.01 * light.size):
        return round(float((high + 0.05) / (low + 0.05)), 2)
    a, b = float(np.median(dark_side)), float(np.median(light_side))
    return round((b + 0.05) / (a + 0.05), 2)
