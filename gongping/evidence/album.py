"""The album of a bundle: its sights and tiles, for showing and measuring what was seen. No browser in here."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import Image
from pydantic import TypeAdapter

from gongping.sight.model import Box, Seen, Sight, Tile

_SIGHT: TypeAdapter[Sight] = TypeAdapter(Sight)


def save_sight(bundle: Path, sight: Sight, redact: Callable[[bytes], bytes]) -> None:
    """Writes `sights/ID.json.gz` in the bundle, without secrets."""
    folder = bundle / "sights"
    folder.mkdir(parents=True, exist_ok=True)
    data = redact(_SIGHT.dump_json(sight, exclude_defaults=True))
    (folder / f"{sight.id}.json.gz").write_bytes(gzip.compress(data, compresslevel=1, mtime=0))


class Album:
    """Reads the sights and tiles of a bundle, each once."""

    def __init__(self, bundle: Path) -> None:
        self.bundle = bundle
        self.sight = lru_cache(maxsize=64)(self._sight)
        self.image = lru_cache(maxsize=24)(self._image)

    def _sight(self, ident: str) -> Sight:
        return _SIGHT.validate_json(gzip.decompress((self.bundle / "sights" / f"{ident}.json.gz").read_bytes()))

    def _image(self, file: str) -> Image.Image:
        with Image.open(self.bundle / file) as image:
            return image.convert("RGB")

    def tile_of(self, seen: Seen, box: Box | None = None) -> Tile | None:
        """The tile that shows most of the element; None where no tile shows it."""
        sight = self.sight(seen.sight)
        box = box or seen.text_box or seen.box
        best = max(
            sight.tiles,
            key=lambda t: (t.box.intersection(box).area, -abs(t.box.centre[1] - box.centre[1])),
            default=None,
        )
        return best if best and best.box.intersection(box).area > 0 else None

    def crop(
        self, seen: Seen, box: Box | None = None, margin: float = 0
    ) -> tuple[Image.Image, Image.Image | None] | None:
        """The element's pixels, and the same pixels with all glyphs transparent (None where that was not taken)."""
        box = box or seen.text_box or seen.box
        tile = self.tile_of(seen, box)
        if tile is None:
            return None
        scale = tile.scale
        left, top = (box.x - margin - tile.box.x) * scale, (box.y - margin - tile.box.y) * scale
        right, bottom = (box.right + margin - tile.box.x) * scale, (box.bottom + margin - tile.box.y) * scale
        image = self.image(tile.file)
        area = (
            max(0, int(left)),
            max(0, int(top)),
            min(image.width, round(right + 0.5)),
            min(image.height, round(bottom + 0.5)),
        )
        if area[2] - area[0] < 2 or area[3] - area[1] < 2:
            return None
        return image.crop(area), self.image(tile.blank).crop(area) if tile.blank else None
