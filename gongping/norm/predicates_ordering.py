"""Predicates of article 40 on what an order does: whether a list stands in the order that its control names (40.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gongping.detectors import ordering
from gongping.detectors.ordering import Basis, Measured, OrderRead
from gongping.lexicon import normalise, phrase, words
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates

FAIL_SHARE = 0.10
"""Share of neighbours the wrong way round above which an order is broken (norm.yaml 40.2, fail)."""

LEAST_ITEMS = 10
"""Items without which an order can't be judged (norm.yaml 40.1, cannot_tell: result set < 10)."""

LEAST_INVERSIONS = 2
"""One pair the wrong way round may be a price that changed meanwhile, whatever its share (convention)."""

DISPLAYED_SHARE = 0.9
"""Share of the items that must display the key (convention; norm.yaml 40.2, cannot_tell: key not displayed)."""

PAGE_SHARE = 0.25
"""Share of pairs across two pages that are the wrong way round from which on the pages were ordered each by itself: 0 in a list in
order, half of them where pages were cut before ordering (convention)."""

DISORDER = 0.35
"""Share of all pairs that are the wrong way round from which on a list is in no order at all, rather than in that of a weighted
rating (convention; 0.5 is chance)."""

HEAD = 6
"""Items in order at the head of a list, after which it is in no order, from which on the rest may be recommendations that follow the
results (convention; by chance one list in 720 begins so)."""

NAMED: dict[Basis, str] = {
    "shown": "卡片上的价格", "high": "价格区间的上限", "plain": "券前价格", "coupon": "券后价", "member": "会员价", "per": "单价", "old": "划线价（原价）",
    "sold": "卡片上的销量", "rate": "好评率", "score": "评分", "count": "评价数", "credit": "信用",
}  # fmt: skip

_PAGES = "只在每一页之内"


class OrderingPredicates(BasePredicates):
    """Mixed into RankingPredicates."""

    def truly_ordered(self, read: OrderRead) -> Judgement:
        """Whether a list really stands in the order that its control names, by what its cards display: held up to
        sort_violations_max of the neighbours, broken above a tenth of them, or where only each page is in order by itself."""
        judged, _ = self._judged(read)
        return judged

    def stands(self, read: OrderRead) -> Measured | None:
        """The measure that a list's judgement rests on; None where nothing could be measured."""
        return self._judged(read)[1]

    def _judged(self, read: OrderRead) -> tuple[Judgement, Measured | None]:
        measured: dict[str, Any] = {
            "关键词": read.query, "排序方式": label_of(read), "页数": read.pages, "商品数": len(read.items), "去除的广告数": read.paid,
            "没有读到": read.seen.missed or None,
        }  # fmt: skip
        if len(read.items) < LEAST_ITEMS:
            return Judgement(
                "unknown", f"去除广告后只有 {len(read.items)} 个商品，不足 {LEAST_ITEMS} 个", measured
            ), None
        key = read.seen.control.key
        if key == "price":
            return self._by_price(read, measured)
        if key == "sales":
            found = [ordering.measure(read.items, s, "sold", descending=True) for s in ordering.sold_series(read.items)]
            judged, best = self._by_best(read, found, measured, "销量")
            if judged.broken and best and best.discord < DISORDER and not _by_page(judged):
                said = f"列表与卡片上的销量大致相符，可能按另一期间的销量排列，请人工核对：{judged.zh}"
                return Judgement("unknown", said, judged.measured), best
            return judged, best
        return self._by_rating(read, measured)

    # -- price -----------------------------------------------------------------------------------------------------------------

    def _by_price(self, read: OrderRead, measured: dict[str, Any]) -> tuple[Judgement, Measured | None]:
        bases = ordering.price_bases(read.items)
        way = direction_of(read)
        found = {}
        for basis in bases:
            series = ordering.price_series(read.items, basis)
            found[basis] = (
                ordering.either_way(read.items, series, basis)
                if not way
                else ordering.measure(read.items, series, basis, descending=way == "desc")
            )
        shown = found["shown"]
        first = self._by_measure(read, shown, measured)
        if not first.broken and not (first.unknown and shown.inversions):
            return first, shown
        kind = ordering.emphasised(read.items)
        for basis in bases[1:]:
            other = found[basis]
            again = self._by_measure(read, other, measured)
            if not again.held:
                continue
            reduced = basis == "old" or (basis == "plain" and kind == "coupon")
            if not reduced:
                return Judgement(
                    "held", f"按{NAMED[basis]}有序", {**again.measured, "卡片上的价格_逆序对数": len(shown.inversions)}
                ), other
            said = f"列表按{NAMED[basis]}排列，而卡片突出显示的是{'券后价' if kind == 'coupon' else '优惠后的价格'}：{first.zh}"
            return Judgement(first.state, said, first.measured), shown
        return first, shown

    # -- ratings -----------------------------------------------------------------------------------------------------------------

    def _by_rating(self, read: OrderRead, measured: dict[str, Any]) -> tuple[Judgement, Measured | None]:
        """By the rating that the control names; broken only where it names what the cards display and they are in no order at all: a
        weighted mean displays as a rating and orders otherwise."""
        kinds: tuple[Basis, ...] = ("credit", "rate", "score", "count")
        found = [ordering.measure(read.items, ordering.rating_series(read.items, k), k, descending=True) for k in kinds]
        judged, best = self._by_best(read, [m for m in found if m.shown], measured, "信用或评价")
        if not judged.broken or best is None:
            return judged, best
        label = label_of(read)
        named = next(
            (
                k
                for k, says in (
                    ("rate", phrase("favourable_share")),
                    ("count", phrase("by_count_of_reviews")),
                    ("score", phrase("by_score")),
                )
                if says.search(label)
            ),
            "",
        )
        own = next((m for m in found if m.basis == named and m.shown >= DISPLAYED_SHARE * m.items), None)
        if own is None:
            return Judgement(
                "unknown",
                f"“{label}”按什么计算没有说明，卡片上的{NAMED[best.basis]}与它不一致：{judged.zh}",
                judged.measured,
            ), best
        said = self._by_measure(read, own, measured)
        if own.discord < DISORDER:
            return Judgement("unknown", f"“{label}”的列表可能按加权的评分排列：{said.zh}", said.measured), own
        return said, own

    # -- both ------------------------------------------------------------------------------------------------------------------

    def _by_best(
        self, read: OrderRead, found: Sequence[Measured], measured: dict[str, Any], what: str
    ) -> tuple[Judgement, Measured | None]:
        """By the figure that fits best, of several that are displayed."""
        rows = [m for m in found if m.shown >= DISPLAYED_SHARE * m.items and m.values >= 2]
        if not rows:
            most = max(found, key=lambda m: (m.shown, m.values), default=None)
            if most and most.shown >= DISPLAYED_SHARE * most.items:
                return Judgement("unknown", f"全部商品显示同一档{what}，看不出顺序", measured), most
            shown = most.shown if most else 0
            return Judgement(
                "unknown", f"{len(read.items)} 个商品中只有 {shown} 个显示{what}，无法核对顺序", measured
            ), most
        best = min(rows, key=lambda m: (len(m.inversions), m.discord))
        return self._by_measure(read, best, measured), best

    def _by_measure(self, read: OrderRead, m: Measured, measured: dict[str, Any]) -> Judgement:
        limit = float(self.parameter("sort_violations_max"))
        name, order = NAMED[m.basis], "从高到低" if m.descending else "从低到高"
        measured = {
            **measured, "比较的数值": name, "方向": order, "显示该数值的商品数": m.shown, "相邻对数": m.pairs, "逆序对数": len(m.inversions),
            "逆序比例": round(m.share, 3), "允许比例": limit, "跨页逆序比例": [round(a, 2) for a in m.apart] or None,
        }  # fmt: skip
        if m.shown < DISPLAYED_SHARE * m.items:
            return Judgement("unknown", f"{m.items} 个商品中只有 {m.shown} 个显示{name}，无法核对顺序", measured)
        if m.values < 2:
            return Judgement("unknown", f"全部商品的{name}相同，看不出顺序", measured)
        where = "；".join(_inversion(v) for v in m.inversions[:2])
        count = f"{m.pairs} 对相邻商品中 {len(m.inversions)} 对不是{order}（{m.share:.0%}）"
        if m.apart and min(m.apart) >= PAGE_SHARE and m.within <= limit * m.pairs:
            return Judgement(
                "broken",
                f"{_PAGES}按{name}{order}排列，各页之间没有排序（前后两页的商品有 {max(m.apart):.0%} 的配对次序颠倒）：{where}",
                measured,
            )
        if m.share <= limit:
            return Judgement("held", "", measured)
        if m.head >= HEAD and m.tail_discord >= DISORDER - 0.05:
            return Judgement(
                "unknown",
                f"前 {m.head} 个商品按{name}{order}，其后没有次序，可能是结果之后的推荐商品，请人工核对：{where}",
                measured,
            )
        if m.share > FAIL_SHARE and len(m.inversions) >= LEAST_INVERSIONS:
            return Judgement("broken", f"按{name}比较，{count}：{where}", measured)
        return Judgement("unknown", f"按{name}比较，{count}，请人工核对：{where}", measured)

    # -- pinned ----------------------------------------------------------------------------------------------------------------

    def nothing_pinned(self, reads: Sequence[OrderRead]) -> Judgement:
        """Whether no item that nobody marked stands out of order at a rank that holds such items in list after list."""
        rows, found = self._fixed(reads)
        measured: dict[str, Any] = {
            "比较的列表": [f"{r.query} {label_of(r)}" for r, _ in rows], "固定位置": sorted({i.rank for i in found}) or None,
        }  # fmt: skip
        if not found:
            return Judgement("held", "", measured)
        ranks = "、".join(f"第 {n} 位" for n in sorted({i.rank for i in found}))
        named = "；".join(f"第 {i.page} 页第 {i.rank} 位“{i.title[:20]}”" for i in found[:3])
        hints = sorted({i.hint for i in found if i.hint})
        if hints and all(i.hint for i in found):
            said = f"不合排序的商品固定在{ranks}，带有“{'、'.join(hints)}”标识，请人工认定：{named}"
            return Judgement("unknown", said, measured)
        return Judgement("broken", f"没有标识的商品不按所选排序，固定插在{ranks}：{named}", measured)

    def pinned_items(self, reads: Sequence[OrderRead]) -> tuple[ordering.Item, ...]:
        """The items that `nothing_pinned` speaks of."""
        return self._fixed(reads)[1]

    def _fixed(self, reads: Sequence[OrderRead]) -> tuple[list[tuple[OrderRead, Measured]], tuple[ordering.Item, ...]]:
        rows = [(r, m) for r in reads if (m := self.stands(r)) is not None and m.shown >= DISPLAYED_SHARE * m.items]
        return rows, ordering.pinned(rows, float(self.parameter("sort_violations_max")))

    def orders_truly(self, reads: Sequence[OrderRead]) -> Judgement:
        """All lists of one key together: broken where one is; held where one is and nothing speaks against another."""
        judged = [(r, self.truly_ordered(r)) for r in reads]
        broken = [f"{where(r)}：{j.zh}" for r, j in judged if j.broken]
        if broken:
            return Judgement("broken", "；".join(broken))
        unclear = [f"{where(r)}：{j.zh}" for r, j in judged if j.unknown and j.measured.get("逆序对数")]
        if unclear:
            return Judgement("unknown", "；".join(unclear))
        if any(j.held for _, j in judged):
            return Judgement("held")
        return Judgement("unknown", "；".join(f"{where(r)}：{j.zh}" for r, j in judged))


def _by_page(judged: Judgement) -> bool:
    return judged.zh.startswith(_PAGES)


def where(read: OrderRead) -> str:
    """Which list, in words."""
    pages = f"前 {read.pages} 页" if read.pages > 1 else "第 1 页"
    return f"搜索“{read.query}”选择“{label_of(read)}”后的{pages}"


def label_of(read: OrderRead) -> str:
    """What the control says: when pressed once more, what it says then."""
    return (read.seen.label if read.seen.again else "") or read.seen.control.label


def direction_of(read: OrderRead) -> str:
    """asc or desc where the control names it in words; "" where there is none, or an arrow only, which shops draw either way."""
    plain = normalise(re.sub(r"[↑↓▲▼△▽▴▾⬆⬇⇅⇵↕]+", "", label_of(read)))
    hit = words("sort_price").match(plain)
    if hit and hit.key in ("asc", "desc"):
        return hit.key
    up, down = (re.search(rf"{a}\W{{0,2}}[到至]?\W{{0,2}}{b}", plain) for a, b in (("低", "高"), ("高", "低")))
    return "" if bool(up) == bool(down) else "asc" if up else "desc"


def told_again(read: OrderRead) -> bool:
    """Whether a list that came when the control was pressed once more claims to be in an order: it does not stand as the default one,
    and the control's words or arrow name a direction."""
    said = read.seen.label
    return not read.same_as_default and bool(re.search(r"[↑↓▲▼△▽▴▾⬆⬇]|升序|降序", said) or direction_of(read))


def _inversion(v: ordering.Inversion) -> str:
    first, second = v.first, v.second
    return (
        f"第 {first.page} 页第 {first.rank} 位“{first.title[:16]}”{v.first_text} 之后是"
        f"第 {second.page} 页第 {second.rank} 位“{second.title[:16]}”{v.second_text}"
    )
