"""What all predicates stand on: the norm's parameters, the bundle's pixels, and whether text can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongping.detectors import conspicuousness
from gongping.evidence.album import Album
from gongping.norm.catalogue import Norm
from gongping.norm.judgement import Judgement, both
from gongping.sight.model import Seen, Sight


class BasePredicates:
    """The norm's parameters, the bundle's pixels, the target's locale (asked for when it is needed: a run may learn it on its way)."""

    def __init__(self, norm: Norm, album: Album, locale: str | Callable[[], str]) -> None:
        self._norm = norm
        self.album = album
        self._locale = locale

    @property
    def locale(self) -> str:
        """The language in which the platform is read."""
        return self._locale if isinstance(self._locale, str) else self._locale()

    def parameter(self, name: str) -> Any:
        """A parameter's value by name. Raises LookupError for an unknown one."""
        return self._norm.parameter(name).value

    @staticmethod
    def both(*judgements: Judgement) -> Judgement:
        """The conjunction of judgements."""
        return both(*judgements)

    def sight(self, ident: str) -> Sight:
        """A sight of the bundle."""
        return self.album.sight(ident)

    def legible(self, seen: Seen, *, least_px: str = "font_px_min", what: str = "文字") -> Judgement:
        """Whether text is large enough and stands out: font >= the named parameter, contrast >= contrast_text_min by pixels
        (3:1 for large text, as WCAG SC 1.4.3 has it), not covered."""
        sight = self.album.sight(seen.sight)
        measured: dict[str, Any] = {"字号_px": seen.font_px}
        minimum = float(self.parameter(least_px))
        if not seen.shown:
            return Judgement("broken", f"{what}不可见", measured)
        if seen.font_px and seen.font_px < minimum - 0.05:
            return Judgement("broken", f"{what}字号 {seen.font_px:g}px，小于 {minimum:g}px", measured)
        hit = sight.hit(seen)
        if hit is not None:
            measured["可见比例"] = hit
            if hit < 0.2:
                over = _laid_over(sight)
                if over:
                    return Judgement("unknown", f"页面上有浮层（{over}），{what}被它挡住", measured)
                return Judgement("broken", f"{what}被遮挡（可见比例 {hit:.0%}）", measured)
        crop = self.album.crop(seen, seen.text_box or seen.box)
        if crop is None:
            return Judgement("unknown", f"{what}不在任何截图中，无法测量对比度", measured)
        found = conspicuousness.contrast(*crop)
        if found is None:
            return Judgement("unknown", f"未能把{what}与背景分开，无法测量对比度", measured)
        large = seen.font_px >= 24 or (seen.font_px >= 18.66 and seen.weight >= 700)
        least = 3.0 if large else float(self.parameter("contrast_text_min"))
        measured["对比度"] = found.ratio
        # anti-aliased strokes at 1x never reach the colour that was set: measured pixels get a tenth of grace
        if found.ratio < least * 0.9:
            return Judgement("broken", f"{what}对比度 {found.ratio:g}:1，低于 {least:g}:1", measured)
        return Judgement("held", "", measured)


_COVERS = 0.3
"""Share of the view from which on something fixed may hide the rest of the page (convention)."""


def _laid_over(sight: Sight) -> str:
    """What is laid over the whole page, in its first words: what it covers is hidden for the moment, not by the page's own design."""
    width, height = sight.viewport
    for s in sight.elements:
        if (
            s.shown
            and s.fixed == "fixed"
            and s.box.area >= _COVERS * width * height
            and (s.background or s.background_image or s.modal)
        ):
            return sight.text_of(s.index)[:40] or "遮罩"
    return ""
