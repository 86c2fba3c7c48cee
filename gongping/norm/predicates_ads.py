"""Predicates of advertisement labels: what says 广告, legibly, and bound to what it marks."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from gongping.detectors import ads, ocr
from gongping.detectors.ad_labels import Label, meaning, stroke_contrast
from gongping.detectors.ads import Group, ListRead, Offer
from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_base import BasePredicates
from gongping.sight.model import Box, Seen, Sight

ADJACENT_PX = 48
"""CSS px within which a label counts as adjacent (norm.yaml, predicate label_bound)."""

_EDGE_LEVELS = 8
"""RGB levels (0..255) from which on a border or a background sets an area apart for the eye (convention; norm.yaml 23.2 calls
differences below 3 an evasion)."""

_EDGE_SHARE = 0.8
"""Share of an edge that must be visible to count as a boundary (convention)."""

_MEANINGLESS = 0.5
"""Share of labelled organic items from which on the label tells nothing (convention; norm.yaml 13.1 asks to check the share)."""

_OCR_SURE = 0.8
_OCR_PICTURES = 6


@lru_cache(maxsize=256)
def _read(pixels: bytes, size: tuple[int, int]) -> ocr.Read | None:
    """What a small picture says; the same badge on many cards is read once."""
    return ocr.read_line(Image.frombytes("RGB", size, pixels))


class AdPredicates(BasePredicates):
    """Mixed into Predicates."""

    def exact_ad_label(self, label: Label) -> Judgement:
        """exact_ad_label, of one label: says 广告, in full view, >= ad_label_font_px_min, contrast >= contrast_text_min, not covered."""
        measured: dict[str, Any] = {"标识文字": label.text, "标识字号_px": label.font_px}
        if label.meaning != "exact":
            return Judgement("broken", f"标识写的是“{label.text}”，不是“广告”", measured)
        if label.whole is False:
            return Judgement("broken", "“广告”标识被截断，显示不完整", measured)
        seen = label.seen
        if label.kind in ("before", "after") or seen.text_box is None or not seen.font_px:
            seen = replace(seen, font_px=label.font_px, text_box=label.box)
        if label.opacity < 0.5 and label.kind != "text":
            measured["不透明度"] = label.opacity
        return both(
            Judgement("held", "", measured), self.legible(seen, least_px="ad_label_font_px_min", what="“广告”标识")
        )

    def label_bound(self, label: Label) -> Judgement:
        """label_bound: inside the item, or within 48 px of it and in the same list item."""
        measured = {"标识与商品的距离_px": round(label.gap, 1)}
        if label.gap > ADJACENT_PX:
            return Judgement("broken", f"“广告”标识离商品 {label.gap:.0f}px，超过 {ADJACENT_PX}px", measured)
        return Judgement("held", "", measured)

    def ad_group(self, group: Group) -> Judgement:
        """label_bound, of a heading: its area holds all and only the ads, has a visible boundary, and the heading is legible."""
        measured: dict[str, Any] = {"标题下的广告数": group.paid, "标题下的其他商品数": group.other}
        if group.other:
            return Judgement("broken", f"只有一个“广告”标题，其所在区域还混有 {group.other} 个非广告商品", measured)
        edge = self.boundary(group.seen)
        measured["边界可见"] = edge
        if edge is None:
            return Judgement("unknown", "未能测量“广告”标题所在区域的边界是否可见", measured)
        if not edge:
            return Judgement("broken", "“广告”标题所在区域没有可见的边界", measured)
        return both(Judgement("held", "", measured), self.exact_ad_label(group.heading))

    def boundary(self, seen: Seen) -> bool | None:
        """Whether the upper and the lower edge of an area can be seen, by pixels; None where they are in no picture."""
        box = seen.box
        sides = (Box(box.x, box.y - 4, box.width, 8), Box(box.x, box.bottom - 4, box.width, 8))
        shares = [self._edge(seen, side) for side in sides]
        if None in shares:
            return None
        return all((s or 0.0) >= _EDGE_SHARE for s in shares)

    def _edge(self, seen: Seen, strip: Box) -> float | None:
        """Share of columns of a strip across an edge in which something changes."""
        crop = self.album.crop(seen, strip)
        if crop is None:
            return None
        pixels = np.asarray((crop[1] or crop[0]).convert("RGB"), dtype=np.int16)
        if pixels.shape[0] < 4:
            return None
        change = np.abs(pixels - pixels[:1]).max(axis=2).max(axis=0)
        return float((change >= _EDGE_LEVELS).mean())

    def _pictured(self, offer: Offer) -> tuple[list[Judgement], list[str]]:
        """Small pictures on an item that may be its label: judgements of those that say 广告, and what the others say."""
        judged: list[Judgement] = []
        others: list[str] = []
        for seen in offer.pictures[:_OCR_PICTURES]:
            alternative = meaning(seen.name or seen.words, "zh-CN")
            crop = self.album.crop(seen, seen.box)
            read = _read(crop[0].tobytes(), crop[0].size) if crop else None
            measured: dict[str, Any] = {
                "标识": "图片",
                "替代文字": seen.name or None,
                "OCR": read.text if read else None,
            }
            if read is None or read.confidence < _OCR_SURE:
                if alternative == "exact" or (not seen.name and not ocr.available()):
                    why = "读不出图片上的文字" if ocr.available() else f"没有安装 OCR（{ocr.REMEDY}）"
                    judged.append(Judgement("unknown", f"标识是一张小图片，{why}", measured))
                continue
            says = meaning(read.text, self.sight(seen.sight).language)
            if says != "exact":
                others += [read.text] if says else []
                continue
            judged.append(self._picture_label(seen, offer, bool(alternative), measured))
        return judged, others

    def _picture_label(self, seen: Seen, offer: Offer, named: bool, measured: dict[str, Any]) -> Judgement:
        least = float(self.parameter("ad_label_font_px_min"))
        measured["标识高度_px"] = seen.box.height
        if seen.box.height < least:
            return Judgement("broken", f"“广告”图片标识高 {seen.box.height:g}px，小于 {least:g}px", measured)
        hit = self.sight(seen.sight).hit(seen)
        if hit is not None and hit < 0.2:
            return Judgement("broken", f"“广告”图片标识被遮挡（可见比例 {hit:.0%}）", measured)
        crop = self.album.crop(seen, seen.box)
        ratio = stroke_contrast(crop[0]) if crop else None
        measured["对比度"] = ratio
        wanted = float(self.parameter("contrast_text_min"))
        if ratio is not None and ratio < wanted * 0.9:
            return Judgement("broken", f"“广告”图片标识对比度 {ratio:g}:1，低于 {wanted:g}:1", measured)
        if not named:
            return Judgement("unknown", "“广告”只是一张没有替代文字的图片，使用读屏软件的消费者无法辨识", measured)
        gap = seen.box.gap(offer.seen.box)
        return Judgement(
            "held" if gap <= ADJACENT_PX else "broken",
            "" if gap <= ADJACENT_PX else f"图片标识离商品 {gap:.0f}px",
            measured,
        )

    def ad_marked(self, offer: Offer, read: ListRead) -> Judgement:
        """Whether an item bears a bound and legible 广告, alone or with its group, from the first to the last moment."""
        measured: dict[str, Any] = {"依据": "；".join(s.what for s in offer.signs), "排名": offer.rank or None}
        judged = [both(self.exact_ad_label(x), self.label_bound(x)) for x in offer.labels if x.meaning == "exact"]
        if not any(j.held for j in judged) and offer.group:
            judged.append(self.ad_group(offer.group))
        others: list[str] = []
        if not any(j.held for j in judged):
            pictured, others = self._pictured(offer)
            judged += pictured
        held = next((j for j in judged if j.held), None)
        if held:
            return both(Judgement("held", "", measured), held, self._in_time(offer, read))
        if read.listing.covered and any(j.broken and "被遮挡" in j.zh for j in judged):
            return Judgement("unknown", f"页面上有关不掉的浮层（{read.listing.covered}），标识被它挡住", measured)
        unknown = next((j for j in judged if j.unknown), None)
        if unknown:
            return both(Judgement("held", "", measured), unknown)
        if offer.worded and not judged:
            return Judgement("unknown", f"“广告”二字写在其他文字里（“{offer.worded}”），不是独立的标识", measured)
        return both(Judgement("held", "", measured), self._why_not(offer, read, judged, others))

    def _why_not(self, offer: Offer, read: ListRead, judged: list[Judgement], pictured: list[str]) -> Judgement:
        """The plainest reason why an item bears no valid label."""
        broken = next((j for j in judged if j.broken), None)
        if broken:
            return broken
        first = self._sight_or_none(read.listing.first)
        if first and ads.had_label(offer, first, in_view=False):
            return Judgement("broken", "“广告”标识在页面显示之后被移除")
        if any(meaning(t, read.language) == "exact" for t in offer.hidden):
            return Judgement("broken", "页面代码里有“广告”，但消费者看不见")
        said = list(dict.fromkeys([x.text for x in offer.labels] + pictured))
        if said:
            return Judgement(
                "broken",
                f"标识写的是{'、'.join(f'“{t}”' for t in said[:3])}，不是“广告”",
                {"标识文字": "、".join(said[:3])},
            )
        return Judgement("broken", "没有“广告”标识")

    def _in_time(self, offer: Offer, read: ListRead) -> Judgement:
        """Whether the label was there a second after the page was still (only items that were in view then)."""
        early = self._sight_or_none(read.listing.early)
        if early and offer.rank and offer.group is None and ads.had_label(offer, early, in_view=True) is False:
            return Judgement("broken", "页面显示 1 秒以后“广告”标识才出现")
        return Judgement("held")

    def _sight_or_none(self, ident: str) -> Sight | None:
        return self.sight(ident) if ident else None

    def label_has_meaning(self, read: ListRead) -> Judgement:
        """Whether the label still tells ads from others: the share of labelled items that nothing but their label speaks for."""
        listed = [o for o in read.offers if o.rank]
        organic = [o for o in listed if not o.by_machine]
        labelled = [o for o in organic if any(x.meaning == "exact" for x in o.labels)]
        share = len(labelled) / len(organic) if organic else 0.0
        measured = {"无广告信号的商品数": len(organic), "其中标“广告”的": len(labelled)}
        if len(organic) < 5 or share <= _MEANINGLESS:
            return Judgement("held", "", measured)
        if len(organic) == len(listed):
            return Judgement(
                "unknown",
                f"{len(listed)} 个商品中 {len(labelled)} 个标有“广告”，没有机器信号可以分辨哪些真是广告",
                measured,
            )
        return Judgement(
            "broken",
            f"没有广告信号的 {len(organic)} 个商品中有 {len(labelled)} 个也标“广告”，标识失去区分意义",
            measured,
        )
