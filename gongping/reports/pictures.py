"""The pictures of a report as data URIs, made small enough together that the report can be mailed."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

BUDGET = 10_000_000  # bytes of pictures: base64 makes 13.3 MB of them, which leaves room for text in a 15 MB file
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
# widest and highest in px, JPEG quality: the first that fits a picture's share; the last is taken in any case
_LEVELS = ((1440, 3000, 82), (1080, 2200, 78), (820, 1600, 74), (600, 1200, 68), (420, 840, 60))


@dataclass(frozen=True)
class Figure:
    """A numbered picture; `uri` is empty where the file is missing or no picture. Sizes in px of the original."""

    number: int
    path: str
    uri: str
    width: int = 0
    height: int = 0
    reduced: bool = False


def is_picture(path: str) -> bool:
    """Whether the name of an evidence file is that of a picture."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def inside(bundle: Path, path: str) -> Path | None:
    """The file at `path` of the bundle; None where there is none or the path leads out of the bundle."""
    try:
        file = (bundle / path).resolve()
        return file if file.is_file() and file.is_relative_to(bundle.resolve()) else None
    except (OSError, ValueError):  # a name too long, or with a null character
        return None


def figures(bundle: Path, paths: Iterable[str], budget: int = BUDGET) -> Mapping[str, Figure]:
    """A figure for each path, numbered in order. Each gets an even share of what is left of `budget` bytes."""
    wanted = list(dict.fromkeys(paths))
    made: dict[str, Figure] = {}
    for number, path in enumerate(wanted, start=1):
        share = max(0, budget) // (len(wanted) - number + 1)
        made[path], size = _figure(bundle, path, number, share)
        budget -= size
    return made


def _figure(bundle: Path, path: str, number: int, share: int) -> tuple[Figure, int]:
    file = inside(bundle, path)
    if file is None:
        return Figure(number, path, ""), 0
    try:
        with Image.open(file) as picture:
            width, height = picture.size
            if picture.format == "JPEG" and width <= _LEVELS[0][0] and file.stat().st_size <= share:
                return Figure(number, path, _uri(file.read_bytes()), width, height), file.stat().st_size
            plain = _plain(picture)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return Figure(number, path, ""), 0
    data = b""
    smaller = plain
    for widest, highest, quality in _LEVELS:
        smaller = plain.copy()
        smaller.thumbnail((widest, highest))
        out = io.BytesIO()
        smaller.save(out, "JPEG", quality=quality, optimize=True)
        data = out.getvalue()
        if len(data) <= share:
            break
    return Figure(number, path, _uri(data), width, height, smaller.size != plain.size), len(data)


def _plain(picture: Image.Image) -> Image.Image:
    if "A" in picture.getbands() or "transparency" in picture.info:
        opaque = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", opaque.size, "white"), opaque).convert("RGB")
    return picture.convert("RGB")


def _uri(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
