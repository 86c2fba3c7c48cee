"""What a test shows: pictures with the very element marked, and the text that was read. Works from the bundle alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Protocol

from gongping.evidence.album import Album
from gongping.evidence.annotate import Mark, annotate, crop_around
from gongping.evidence.redact import Redactor
from gongping.sight.model import Seen
from gongping.verdicts import Shown, Where

Judged = Literal["held", "broken", "unknown", "seen"]


class Judgement(Protocol):
    """A predicate's answer (gongping.norm.predicates.Judgement)."""

    @property
    def state(self) -> Literal["held", "broken", "unknown"]: ...

    @property
    def measured(self) -> dict[str, Any]: ...


class Showable(Protocol):
    """Part of an observation that stands for an element."""

    @property
    def seen(self) -> Seen | None: ...


_MARGIN = 260
"""CSS px around the marked element: enough to see where on the page it lies (convention)."""


class Evidence:
    """Collects what one test shows, for one duty on one device."""

    def __init__(self, album: Album, bundle: Path, duty: str, device: str, attempt: int, redactor: Redactor) -> None:
        self.shown: list[Shown] = []
        self._album = album
        self._bundle = bundle
        self._stem = re.sub(r"[^\w.-]+", "-", f"{duty}-{device}-{attempt}")
        self._duty = duty
        self._device = device
        self._redactor = redactor

    def show(
        self,
        thing: Seen | Showable | None,
        caption: str,
        *,
        judged: Judged | Judgement = "seen",
        quote: str = "",
        place: str = "",
        url: str = "",
        element: str = "",
        sight: str = "",
        files: Iterable[str] = (),
        **measured: Any,
    ) -> Shown:
        """Shows an element (or, with None, a quoted text; with `sight`, that whole viewport) under a caption, with `files` that the bundle keeps.

        `judged` is a state or a predicate's judgement, whose measurements are kept too. A broken one says where the violation is.
        """
        seen = thing if isinstance(thing, Seen) or thing is None else thing.seen
        state: Judged = judged if isinstance(judged, str) else judged.state
        facts = {**({} if isinstance(judged, str) else judged.measured), **measured}
        ident = seen.sight if seen else sight
        looked = self._album.sight(ident) if ident else None
        label = element or (looked.label_of(seen) if looked and seen else "") or quote
        shown = Shown(
            caption=self._redactor.text(caption),
            quote=self._redactor.text(quote),
            where=Where(
                device=self._device,
                place=place or (looked.place if looked else ""),
                element=self._redactor.text(label[:80]),
                url=self._redactor.text(url or (looked.url if looked else "")),
            ),
            judged=state,
            measured=self._redactor.json({k: v for k, v in facts.items() if v is not None}),
            files=[f for f in (self._picture(seen, ident, self._redactor.text(caption), state), *files) if f],
        )
        self.shown.append(shown)
        return shown

    def _picture(self, seen: Seen | None, sight: str, caption: str, state: Judged) -> str:
        if not sight:
            return ""
        if seen is None:
            tiles = self._album.sight(sight).tiles
            if not tiles:
                return ""
            tile, marks = tiles[0], []
        else:
            found = self._album.tile_of(seen, seen.box if seen.box.area else seen.text_box)
            if found is None:
                return ""
            tile = found
            box = seen.box if seen.box.area > 1 else (seen.text_box or seen.box)
            marks = [Mark((box.x - tile.box.x, box.y - tile.box.y, box.width, box.height), caption, state)]
        image = self._album.image(tile.file)
        if marks:
            crop = crop_around(image, [m.box for m in marks], tile.scale, _MARGIN)
            data = annotate(crop.image, [crop.move(m) for m in marks], tile.scale)
        else:
            data = annotate(image, [], tile.scale)
        folder = self._bundle / "evidence"
        folder.mkdir(exist_ok=True)
        name = f"{self._stem}-{len(self.shown) + 1}.jpg"
        (folder / name).write_bytes(data)
        return f"evidence/{name}"
