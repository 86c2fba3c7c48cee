# mypy: disable-error-code="import-untyped,misc"
"""Thumbnails with Pillow alone: oscar's two stock thumbnailers need another package each."""

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from oscar.core.thumbnails import AbstractThumbnailer
from PIL import Image, ImageOps


class Thumbnail:
    """A picture in the media folder; oscar's templates ask it for `url` only."""

    def __init__(self, name: str) -> None:
        self.url: str = default_storage.url(name)


class PillowThumbnailer(AbstractThumbnailer):
    """Scales down into a box "WxH", "Wx" or "xH" (pixels), or fills it where `crop` is given."""

    def generate_thumbnail(self, source: FieldFile, **opts: Any) -> Thumbnail:
        """The thumbnail of `source`, made at first request. OSError: `source` is no picture."""
        width, _, height = str(opts["size"]).partition("x")
        original = Path(source.name)
        name = f"thumbnails/{original.stem}-{opts['size']}{'-crop' if opts.get('crop') else ''}.png"
        target = Path(default_storage.path(name))
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with Image.open(source.path) as picture:
                box = (int(width or picture.width), int(height or picture.height))
                if opts.get("crop"):
                    small = ImageOps.fit(picture, box)
                else:
                    small = picture.copy()
                    small.thumbnail(box)
            # Two requests may make the same thumbnail at once: the last rename wins, no reader sees half a file.
            part = target.with_name(f"{target.name}.{id(small)}.part")
            small.save(part, format="PNG")
            part.replace(target)
        return Thumbnail(name)

    def delete_thumbnails(self, source: FieldFile) -> None:
        """Forget all sizes of `source`."""
        for path in Path(default_storage.path("thumbnails")).glob(f"{Path(source.name).stem}-*.png"):
            path.unlink(missing_ok=True)
