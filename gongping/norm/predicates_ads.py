"""Predicates of advertisement labels: what says 广告, legibly, and bound to what it marks (13.1); and whether what is paid for stands
apart from what is not (23.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from gongping.detectors import ads, dress, ocr
from gongping.detectors.ad_labels import Label, meaning, stroke_contrast
from gongping.detectors.ads import Group, ListRead, Offer
from gongping.detectors.dress import Apart, Dress
from gongping.lexicon import words
from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.ads import SearchSeen
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

SAME_LEVELS = 3
"""RGB levels (0..255) below which two grounds are one to the eye (norm.yaml 23.2, evasions: differing by < 3 RGB levels)."""

_SAME_WIDTH = 0.04
"""Share by which cards of one kind may differ in width (convention: gaps that don't divide evenly)."""

_LEAST_ORGANIC = 3
"""Other items in the pictures without which there is nothing to compare with (convention)."""

_LABEL_IN_VIEW = 0.6
"""Share of a label's points that must not be covered for a reader to see the word (convention: one of its two characters is half)."""

READER_RIGHT = 0.95
"""Share of the items that a naive reader must tell rightly (norm.yaml 23.2, pass)."""

READER_SAMPLE = 100
"""Items that the naive reader is shown (norm.yaml 23.2, pass)."""

ENOUGH_RESULTS = 200
"""Results without a sign that carry an attestation of no paid places (norm.yaml 13.1, not_applicable)."""

_OCR_SURE = 0.8
_OCR_PICTURES = 6


@lru_cache(maxsize=256)
def _read(pixels: bytes, size: tuple[int, int]) -> ocr.Read | None:
    """What a small picture says; the same badge on many cards is read once."""
    return ocr.read_line(Image.frombytes("RGB", size, pixels))


Judged = tuple[ListRead, Offer, Judgement]


def by_reason(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """What was judged, put together by the reason that was given."""
    found: dict[str, list[Judged]] = {}
    for each in judged:
        found.setdefault(each[2].zh, []).append(each)
    return found


class AdPredicates(BasePredicates):
    """Mixed into Predicates."""

    def lists(self, search: SearchSeen) -> list[ListRead]:
        """Every list of results that was seen, with its offers and what speaks for their being paid for."""
        return [
            read
            for query in search.queries
            for read in ads.read_lists(
                query.listings, {x.listed.sight: self.sight(x.listed.sight) for x in query.listings}
            )
        ]

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

    # -- 23.2 ---------------------------------------------------------------------------------------------------------------

    def set_apart(self, offer: Offer, read: ListRead) -> Judgement:
        """Whether a paid item is clearly distinguished: held by a label that satisfies 13.1 and is in full view (its contrast is one of
        luminance, so it stays in grayscale); broken where no such label is there and the item is dressed as those that nobody paid
        for; unknown where only its dress differs."""
        marked = both(self.ad_marked(offer, read), self._label_uncovered(offer, read))
        measured: dict[str, Any] = {**marked.measured, "范围": scope_of(offer)}
        if not marked.broken:
            return Judgement(marked.state, marked.zh, measured)
        found = self.dress_apart(offer, read)
        if found is None:
            return Judgement(
                "unknown", f"{marked.zh}（见 13.1），截图中没有可以对比的自然结果，外观是否有别请人工认定", measured
            )
        measured |= {
            "外观差异_RGB级": found.levels,
            "灰度差异_级": found.grey,
            "宽度差异": found.wider,
            "级差下限": SAME_LEVELS,
        }
        if found.levels < SAME_LEVELS and found.wider <= _SAME_WIDTH and offer.group is None:
            return Judgement(
                "broken",
                f"付费商品与自然结果的卡片外观一致（底色、边框最多相差 {found.levels} 级 RGB），标识又不合格：{marked.zh}",
                measured,
            )
        return Judgement(
            "unknown",
            f"{marked.zh}（见 13.1）；卡片外观与自然结果相差 {found.levels} 级 RGB（灰度 {found.grey:g} 级），是否足以明显区分请人工认定",
            measured,
        )

    def _label_uncovered(self, offer: Offer, read: ListRead) -> Judgement:
        """Whether most of one exact label is in view: nothing lies over one of its characters."""
        sight = self.sight(read.listing.listed.sight)
        hits = [
            (x, h)
            for x in offer.labels
            if x.meaning == "exact" and x.kind == "text" and (h := sight.hit(x.seen)) is not None
        ]
        if not hits or read.listing.covered or any(h >= _LABEL_IN_VIEW for _, h in hits):
            return Judgement("held")
        share = max(h for _, h in hits)
        return Judgement("broken", f"“广告”标识被遮挡了一部分（可见比例 {share:.0%}）", {"标识可见比例": share})

    def dress_apart(self, offer: Offer, read: ListRead) -> Apart | None:
        """How far an item's dress lies from that of the item most like it that nothing speaks for; None where they are in no picture."""
        own = self._dress(offer)
        if own is None or not offer.rank:
            return None
        others = [d for o in read.offers if o.rank and not o.signs and (d := self._dress(o)) is not None]
        if len(others) < _LEAST_ORGANIC:
            return None
        return min((dress.apart(own, other) for other in others), key=lambda a: (a.levels, a.wider))

    def _dress(self, offer: Offer) -> Dress | None:
        tile = self.album.tile_of(offer.seen, offer.seen.box)
        if tile is None:
            return None
        sight = self.sight(offer.seen.sight)
        pictures = [
            s.box
            for s in sight.within(offer.seen.index)
            if s.shown
            and s.index != offer.seen.index
            and s.box.area > 400
            and (s.tag in ("img", "canvas", "video", "svg") or s.background_image)
        ]
        labels = [x.box or x.seen.box for x in offer.labels]
        return dress.dress(
            self.album.image(tile.blank or tile.file), tile.box, tile.scale, offer.seen.box, [*pictures, *labels]
        )

    def own_marked(self, offer: Offer, read: ListRead) -> Judgement:
        """Whether a paid item of the platform's own bears a label as the paid items of others in the same list do. Where no item of a list
        bears one (its second page, an order by price), no difference is made."""
        measured: dict[str, Any] = {"范围": scope_of(offer)}
        marked = self.ad_marked(offer, read)
        others = [o for o in read.known if scope_of(o) != "自营"]
        if measured["范围"] == "自营" and marked.broken and any(self.ad_marked(o, read).held for o in others):
            return Judgement(
                "broken",
                f"付费推广的自营商品{marked.zh}，而同一列表里其他卖家的付费商品标有“广告”",
                {**marked.measured, **measured},
            )
        return Judgement("held", "", measured)

    def naive_reader(self, reads: Sequence[ListRead]) -> Judgement:
        """Whether somebody who goes by labels and blocks alone tells the items as the signs do, over READER_SAMPLE items. Items with
        one sign are left out: what they are is not known."""
        shown = [(o, r) for r in reads for o in r.offers if o.rank and (o.known or not o.signs)][:READER_SAMPLE]
        wrong = {"漏认的付费商品": 0, "误认的自然结果": 0}
        for offer, read in shown:
            if offer.known:
                wrong["漏认的付费商品"] += self.ad_marked(offer, read).broken
            else:
                wrong["误认的自然结果"] += any(x.meaning == "exact" for x in offer.labels)
        right = 1 - sum(wrong.values()) / len(shown) if shown else 0.0
        measured: dict[str, Any] = {
            "抽样商品数": len(shown),
            **wrong,
            "辨认正确率": round(right, 3),
            "要求正确率": READER_RIGHT,
        }
        if shown and right >= READER_RIGHT:
            return Judgement("held", "", measured)
        return Judgement(
            "unknown",
            f"只看标识和区块，{len(shown)} 个商品只能认对 {right:.0%}（漏认付费商品 {wrong['漏认的付费商品']} 个，误认自然结果 {wrong['误认的自然结果']} 个），低于 {READER_RIGHT:.0%}",
            measured,
        )

    def no_paid_places(self, search: SearchSeen, inspected: int, declared: bool | None) -> Judgement:
        """Where nothing speaks for any paid place: held where the owner declares that there is none (`declared` is False) and enough
        results were inspected, or all that there are; else unknown."""
        lists = f"检查了 {len(search.listings)} 个列表中的 {inspected} 个搜索结果，没有发现广告信号"
        measured: dict[str, Any] = {"检查的商品数": inspected, "声明出售排名": declared}
        if declared is not False:
            remedy = "" if declared else "如果平台不出售排名，请在 targets.yaml 声明 facts: {paid_ranking: false}"
            return Judgement("unknown", f"{lists}，也没有广告位的真实清单。{remedy}", measured)
        if inspected >= ENOUGH_RESULTS:
            return Judgement("held", f"经营者声明不出售排名；{lists}（不少于 {ENOUGH_RESULTS} 个）", measured)
        if all(q.whole for q in search.queries if not any(x.account for x in q.listings)) and not search.missed:
            return Judgement(
                "held",
                f"经营者声明不出售排名；{lists}，这些搜索的全部结果都已检查（不足 {ENOUGH_RESULTS} 个）",
                measured,
            )
        missed = "；".join(search.everything_missed) or "列表还有后续页"
        return Judgement(
            "unknown", f"经营者声明不出售排名，但{lists}，既不到 {ENOUGH_RESULTS} 个，也没有看完：{missed}", measured
        )


def scope_of(offer: Offer) -> str:
    """Whose offer it is by what the card says: the duty names self-operated business, the law on Internet advertising all."""
    return "自营" if words("self_operated").contains(offer.text) else "第三方"
