"""Whether a list stands in the order of what its cards display (40.2): cards of many shops, lists that are in order and lists that
are not. The pages are read by a real consumer through the real collector and judged by the real predicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Playwright, Route

from gongping.consumer.budget import Budget
from gongping.consumer.consumer import Consumer
from gongping.consumer.devices import device as make_device
from gongping.consumer.guard import Effect, Guard
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.detectors import card_figures, ordering
from gongping.detectors.card_figures import Figure, main_price
from gongping.detectors.ordering import OrderRead
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_ordering import direction_of, told_again
from gongping.observations.ads import Listing, OrderSeen, QuerySeen
from gongping.observations.ranking import SortControl, SortKey
from gongping.pages import Pages
from gongping.sight.model import Sight
from gongping.targets import resolve

ATTEMPT: Any = SimpleNamespace(
    target=resolve("http://shop.example/"), pages=Pages, reached=lambda *_: None, stop=lambda *_: None
)
CSS = """<style>body{margin:0;font:14px/1.4 sans-serif} .g{display:grid;grid-template-columns:repeat(5,200px);gap:10px;padding:10px} .c{border:1px solid #ddd;padding:8px}
.c img{width:180px;height:90px;display:block;background:#caa} .b{font-size:20px;color:#c00;font-weight:700} .s{font-size:12px;color:#777} .f{display:flex} .big{font-size:24px} .sup{font-size:12px;position:relative;top:-6px}
.v::before{content:"¥"} .off{position:absolute;left:-9999px}</style>"""

Card = Callable[[float, int], str]
"""What stands under the title of a card, for its price and its number."""


def page(cards: Sequence[str]) -> str:
    items = "".join(
        f'<div class="c"><a href="/item/{n}"><img alt="">云栖 手机 {n} 号 手机</a>{body}</div>'
        for n, body in enumerate(cards)
    )
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>手机</title>{CSS}<main class="g">{items}</main></html>'


class Shop:
    """Serves one page at a time to one consumer."""

    def __init__(self, browser: Browser, playwright: Playwright, folder: Path) -> None:
        journal = Journal(folder / "journal.jsonl", str)
        self.consumer = Consumer(
            browser, device=make_device("desktop", playwright, browser.version), bundle=folder, guard=Guard(Effect.SESSION, journal), journal=journal,
            pace=Pace(0, folder / ".pace"), budget=Budget(1000, 30), locale="zh-CN", name="c", wall_seconds=5,
        )  # fmt: skip
        self.norm = Predicates(load(), Album(folder), "zh-CN")
        self._body = ""
        self.consumer.context.route("http://shop.example/**", self._answer)

    def _answer(self, route: Route) -> None:
        found = urlsplit(route.request.url).path == "/s"
        route.fulfill(
            body=self._body if found else "", status=200 if found else 204, content_type="text/html; charset=utf-8"
        )

    def list(self, cards: Sequence[str], number: int = 1) -> tuple[Listing, Sight]:
        self._body = page(cards)
        self.consumer.visit("http://shop.example/s", "search")
        listed, live = Pages.Results(self.consumer, ATTEMPT, "手机").read(sort="x", page=number, pictures=False)
        return Listing(listed), live.sight

    def order(
        self, *pages: Sequence[str], key: SortKey = "price", label: str = "价格", again: bool = False, now: str = ""
    ) -> OrderRead:
        read = [self.list(cards, n) for n, cards in enumerate(pages, start=1)]
        order = OrderSeen(SortControl(key, None, label), tuple(x for x, _ in read), again=again, label=now)
        [made] = ordering.read_orders(QuerySeen("手机", (), orders=(order,)), {s.id: s for _, s in read})
        return made


@pytest.fixture(scope="module")
def shop(chromium: Browser, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    made = Shop(chromium, playwright, tmp_path_factory.mktemp("bundle"))
    yield made
    made.consumer.close()


# -- which number is the price --------------------------------------------------------------------------------------------

CARDS: dict[str, tuple[str, float, dict[str, float]]] = {
    # name: (html, the price that the card puts forward, other amounts by kind)
    "plain": ('<p class="b">¥1299.00</p>', 1299, {}),
    "sign apart": ('<p class="b"><i>¥</i>1299.00</p>', 1299, {}),
    "from": ('<p class="b">¥1,299.00起</p>', 1299, {}),
    "spans": ('<p class="b"><span class="s">¥</span><span>1,299</span><span class="s">.50</span></p>', 1299.5, {}),
    "blocks side by side": ('<div class="b f"><div>¥</div><div>1,299</div><div class="s">.50</div></div>', 1299.5, {}),
    "raised cents": ('<p><span class="off">$12.99</span><span aria-hidden="true"><span class="sup">$</span><span class="big">12</span><span class="sup">99</span></span></p>', 12.99, {}),
    "drawn sign": ('<p class="b v">899</p>', 899, {}),
    "yuan after": ('<p><b class="b">899</b>元</p>', 899, {}),
    "english": ('<p class="b">$1,299.00</p><p class="s">List price: <del>$1,499.00</del></p>', 1299, {"old": 1499}),
    "pounds in a sentence": ('<p class="b">Now £51.77 <span class="s">was £60.00</span></p>', 51.77, {"old": 60}),
    "struck before": ('<p class="s"><del>¥199</del></p><p class="b">¥99</p>', 99, {"old": 199}),
    "named before": ('<p class="s">原价 ¥199</p><p class="b">¥99</p>', 99, {"old": 199}),
    "range": ('<p class="b">¥99-199</p>', 99, {}),
    "range with two signs": ('<p class="b">¥99 - ¥199</p>', 99, {}),
    "unit first": ('<p class="s">¥12.5/斤</p><p class="b">¥62.50</p>', 62.5, {"per": 12.5}),
    "unit in brackets": ('<p class="b">$5.98</p><p class="s">($0.37/oz)</p>', 5.98, {"per": 0.37}),
    "unit larger": ('<p class="b big">¥12.5/斤</p><p class="s">¥62.50</p>', 62.5, {"per": 12.5}),
    "only by unit": ('<p class="b">¥12.5/斤</p>', 12.5, {}),
    "night": ('<p class="b">¥399/晚起</p>', 399, {}),
    "coupon put forward": ('<p class="b">¥88<span class="s">券后</span></p><p class="s">¥108</p>', 88, {"plain": 108}),
    "coupon named before": ('<p class="s">到手价</p><p><span class="s">到手价</span><span class="b">¥88</span></p><p class="s">¥108</p>', 88, {"plain": 108}),
    "coupon on the line": ('<p><span class="b">¥108</span> <span class="s">券后价¥88</span></p>', 108, {"coupon": 88}),
    "coupon before its number on the line": ('<p><span class="s">券后</span><span class="b">¥88</span> <span class="s">¥108</span></p>', 88, {"plain": 108}),
    "former price on the line": ('<p><span class="b">¥88</span> <span class="s">原价¥108</span></p>', 88, {"old": 108}),
    "coupon small": ('<p class="b">¥108</p><p class="s">券后价 ¥88</p>', 108, {"coupon": 88}),
    "coupon's value": ('<p class="b">¥108</p><p class="s"><span>¥20优惠券</span> <span>满200减30元</span></p>', 108, {}),
    "value above": ('<p class="s">立减¥20</p><p class="b">¥108</p>', 108, {}),
    "save": ('<p class="b">$80.00</p><p class="s">Save $20.00 with coupon</p>', 80, {}),
    "freight": ('<p class="b">¥108</p><p class="s">运费¥200</p>', 108, {}),
    "deposit": ('<p class="s">定金¥10</p><p class="b">¥108</p>', 108, {}),
    "instalments": ('<p class="b">¥1200</p><p class="s">¥100×12期 免息</p>', 1200, {"per": 100}),
    "member": ('<p class="b">¥108</p><p class="s">PLUS会员价 ¥99</p>', 108, {"member": 99}),
    "count beside": ('<p class="f"><span class="b">¥99</span><span class="s">299人付款</span></p>', 99, {}),
    "ten thousand": ('<p class="b">¥12.8万</p>', 128000, {}),
    "none": ('<p class="b">暂无报价</p>', 0, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_which_number_is_the_price(name: str, shop: Shop) -> None:
    html, wanted, others = CARDS[name]
    listing, sight = shop.list([html] * 4)
    found = card_figures.prices(sight, listing.listed.cards[1].seen)
    main = main_price(found)
    told = [(p.kind, p.amount, p.high, p.text, p.font_px) for p in found]
    assert (main.amount if main else 0) == pytest.approx(wanted), told
    for kind, amount in others.items():
        assert any(p.kind == kind and p.amount == pytest.approx(amount) for p in found), told
    known = {("main", wanted), *others.items()}
    assert not [p for p in found if p.kind != "other" and p.amount not in {a for _, a in known}], told


def test_a_range_has_two_ends(shop: Shop) -> None:
    listing, sight = shop.list(['<p class="b">¥99-199</p>'] * 4)
    [price] = card_figures.prices(sight, listing.listed.cards[0].seen)
    assert (price.amount, price.high) == (99, 199)


COUNTS: dict[str, tuple[str, float, bool]] = {
    "step": ('<p class="s">已售 1万+</p>', 10000, True),
    "step with a point": ('<p class="s">月销1.2万+件</p>', 12000, True),
    "apart": ('<p class="f s"><span>已售</span><span>200+</span></p>', 200, True),
    "people": ('<p class="s">3000+人付款</p>', 3000, True),
    "exact": ('<p class="s">销量：356</p>', 356, False),
    "english": ('<p class="s">2K+ bought in past month</p>', 2000, True),
    "of so many days": ('<p class="s">30天售 356 件</p>', 356, False),
    "after a price": ('<p class="f"><span class="b">¥99</span><span class="s">299人付款</span></p>', 299, False),
}


@pytest.mark.parametrize("name", COUNTS)
def test_how_many_were_sold(name: str, shop: Shop) -> None:
    html, wanted, floor = COUNTS[name]
    listing, sight = shop.list([f'{html}<p class="b">¥9</p>'] * 4)
    [found] = card_figures.sold(sight, listing.listed.cards[1].seen)
    assert (found.low, found.floor) == (wanted, floor), found


def test_stars_without_words(shop: Shop) -> None:
    listing, sight = shop.list(
        ['<p class="star-rating Three"><i style="display:inline-block;width:60px;height:12px;background:#fb0"></i></p><p class="b">£9</p>'] * 4
    )  # fmt: skip
    [found] = card_figures.ratings(sight, listing.listed.cards[0].seen)
    assert (found.low, found.label) == (3, "score")


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (Figure(10000, 100000, "1万+", "", True), Figure(5000, 50000, "5000+", "", True), False),
        (Figure(5000, 50000, "5000+", "", True), Figure(10000, 100000, "1万+", "", True), True),
        (Figure(10000, 100000, "1万+", "", True), Figure(12000, 12000, "12000", ""), False),
        (Figure(800, 800, "800", ""), Figure(1000, 10000, "1000+", "", True), True),
        (Figure(200, 200, "200", ""), Figure(200, 200, "200", ""), False),
        (Figure(10800, 13200, "1.2万", ""), Figure(12345, 12345, "12345", ""), False),
    ],
)
def test_steps_are_compared_by_their_lower_ends(first: Figure, second: Figure, wrong: bool) -> None:
    assert ordering.wrong_way(first, second, descending=True) is wrong


# -- whether a list is in order -------------------------------------------------------------------------------------------

UP = [59, 69, 79, 99, 99, 109, 129, 149, 199, 249, 299, 399]
MIXED = [59, 199, 69, 399, 79, 99, 299, 99, 249, 109, 149, 129]
AD = '<span style="border:1px solid #999;font-size:12px;color:#444">广告</span>'


def plain(price: float, n: int) -> str:
    return f'<p class="b">¥{price:.2f}</p><p class="s">已售{5000 - n * 300}件</p>'


def cards(prices: Sequence[float], card: Card = plain) -> list[str]:
    return [card(p, n) for n, p in enumerate(prices)]


def struck(price: float, n: int) -> str:
    return f'<p class="s"><del>¥{price * (1.2 + n % 4):.2f}</del></p><p class="b">¥{price:.2f}</p>'


def by_old(price: float, n: int) -> str:
    return f'<p class="s"><del>¥{price:.2f}</del></p><p class="b">¥{price * (0.9 - 0.2 * (n % 4)):.2f}</p>'


def after_coupon(price: float, n: int) -> str:
    return f'<p class="b">¥{price * (0.9 - 0.2 * (n % 4)):.2f}<span class="s">券后价</span></p><p class="s">¥{price:.2f}</p>'


def coupon_in_order(price: float, n: int) -> str:
    return f'<p class="b">¥{price:.2f}<span class="s">券后价</span></p><p class="s">¥{price * (1.1 + 0.4 * (n % 4)):.2f}</p>'


def coupon_small(price: float, n: int) -> str:
    return f'<p class="b">¥{price:.2f}</p><p class="s">券后价 ¥{price * (0.9 - 0.2 * (n % 4)):.2f}</p>'


def member_large(price: float, n: int) -> str:
    return f'<p class="b">会员价 ¥{price * (0.9 - 0.2 * (n % 4)):.2f}</p><p class="s">¥{price:.2f}</p>'


def unit(price: float, n: int) -> str:
    return f'<p class="s">¥{price / (n % 4 + 1):.2f}/100g</p><p class="b">¥{price:.2f}</p>'


def by_unit(price: float, n: int) -> str:
    return f'<p class="b">¥{price * (n % 4 + 1):.2f}</p><p class="s">¥{price:.2f}/kg</p>'


def ranged(price: float, n: int) -> str:
    return f'<p class="b">¥{price:.0f}-{price + 100 * (n % 4) + 1:.0f}</p>'


def english(price: float, n: int) -> str:
    return f'<p class="b">${price:,.2f}</p><p class="s">List price: <s>${price * (1.2 + n % 3):,.2f}</s> <span>Free shipping over $25</span></p>'


PRICE_LISTS: dict[str, tuple[list[str], str, str]] = {
    # name: (cards in order, the control's label, what must be said)
    "in order, equal ones": (cards(UP), "价格", "held"),
    "in order, downwards": (cards(UP[::-1]), "价格", "held"),
    "in order, as named": (cards(UP), "价格从低到高", "held"),
    "the wrong way, by words": (cards(UP[::-1]), "价格从低到高", "broken"),
    "the wrong way, by an arrow": (cards(UP[::-1]), "价格↑", "held"),
    "the wrong way, english": (cards(UP[::-1], english), "Price: Low to High", "broken"),
    "in no order": (cards(MIXED), "价格", "broken"),
    "in no order, english": (cards(MIXED, english), "Price: Low to High", "broken"),
    "in order, english": (cards(UP, english), "Price: Low to High", "held"),
    "one pair of eleven": (cards([*UP[:5], 139, 109, *UP[7:]]), "价格", "unknown"),
    "struck above": (cards(UP, struck), "价格", "held"),
    "in order by the struck price": (cards(UP, by_old), "价格", "broken"),
    "in order before the coupon": (cards(UP, after_coupon), "价格", "broken"),
    "in order after the coupon": (cards(UP, coupon_in_order), "价格", "held"),
    "the coupon is a side note": (cards(UP, coupon_small), "价格", "held"),
    "in order for who is no member": (cards(UP, member_large), "价格", "held"),
    "unit price beside": (cards(UP, unit), "价格", "held"),
    "in order by the unit price": (cards(UP, by_unit), "价格", "held"),
    "ranges by the lower end": (cards(UP, ranged), "价格", "held"),
    "ranges by the upper end": (cards(UP, lambda p, n: f'<p class="b">¥{p / (n % 3 + 2):.0f}-{p:.0f}</p>'), "价格", "held"),
    "recommendations after the results": (cards([*UP[:8], 499, 39, 129, 19, 899, 59, 9, 299]), "价格", "unknown"),
    "few": (cards(MIXED[:8]), "价格", "unknown"),
    "all equal": (cards([99] * 12), "价格", "unknown"),
    "not displayed": (cards(UP, lambda p, n: '<p class="b">登录后可见价格</p>' if n % 2 else plain(p, n)), "价格", "unknown"),
    "labelled ad on top": ([f'<p class="b">¥999</p>{AD}', *cards(UP)], "价格", "held"),
    "labelled ads between": ([*cards(UP[:4]), f'<p class="b">¥999</p>{AD}', *cards(UP[4:8]), f'<p class="b">¥1</p>{AD}', *cards(UP[8:])], "价格", "held"),
}  # fmt: skip


@pytest.mark.parametrize("name", PRICE_LISTS)
def test_lists_by_price(name: str, shop: Shop) -> None:
    listed, label, state = PRICE_LISTS[name]
    judged = shop.norm.truly_ordered(shop.order(listed, label=label))
    assert judged.state == state, judged


def sold(*counts: str) -> list[str]:
    return [f'<p class="b">¥{99 + n}</p><p class="s">{c}</p>' for n, c in enumerate(counts)]


def rated(*values: str) -> list[str]:
    return sold(*values)


STEPS = (
    "已售10万+",
    "已售2万+",
    "已售2万+",
    "已售1万+",
    "已售1万+",
    "已售5000+",
    "已售5000+",
    "已售2000+",
    "已售500+",
    "已售500+",
    "已售200+",
)
NUMBERS = ("9832", "7001", "5120", "4400", "4400", "3021", "2210", "900", "310", "45", "12")
SCORES = ("5.0", "4.9", "4.9", "4.8", "4.8", "4.7", "4.6", "4.5", "4.2", "4.0", "3.1")
TURNED = (9, 3, 7, 0, 10, 2, 8, 5, 1, 6, 4)

OTHER_LISTS: dict[str, tuple[list[str], SortKey, str, str]] = {
    "steps": (sold(*STEPS), "sales", "销量", "held"),
    "steps, turned": (sold(*(STEPS[i] for i in TURNED)), "sales", "销量", "broken"),
    "numbers of another period": (sold(*(f"已售{NUMBERS[i]}" for i in (1, 0, 2, 4, 3, 6, 5, 8, 7, 9, 10))), "sales", "销量", "unknown"),
    "steps upwards": (sold(*STEPS[::-1]), "sales", "销量", "broken"),
    "one step only": (sold(*["已售1万+"] * 11), "sales", "销量", "unknown"),
    "numbers, english": (sold(*(f"{n} sold" for n in NUMBERS)), "sales", "Best selling", "held"),
    "numbers, english, turned": (sold(*(f"{NUMBERS[i]} sold" for i in TURNED)), "sales", "Best selling", "broken"),
    "people": (sold(*(f"{n}人付款" for n in NUMBERS)), "sales", "销量", "held"),
    "hidden": (sold(*["包邮"] * 11), "sales", "销量", "unknown"),
    "two counts, one in order": (sold(*(f"月销{NUMBERS[i]} 已售{n}" for i, n in zip(TURNED, NUMBERS, strict=True))), "sales", "销量", "held"),
    "scores": (rated(*(f"评分 {s}" for s in SCORES)), "credit", "评分", "held"),
    "scores in no order": (rated(*(f"评分 {s}" for s in SCORES[::-1])), "credit", "评分最高", "broken"),
    "weighted scores": (rated(*(f"{SCORES[i]} out of 5" for i in (1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 10))), "credit", "Avg. customer review", "unknown"),
    "credit without a word on how": (rated(*(f"评分 {SCORES[i]}" for i in TURNED)), "credit", "信用", "unknown"),
    "rating hidden": (rated(*["包邮"] * 11), "credit", "信用", "unknown"),
    "by the number of reviews": (rated(*(f"{n}条评价" for n in NUMBERS)), "credit", "评价", "held"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_LISTS)
def test_lists_by_sales_and_ratings(name: str, shop: Shop) -> None:
    listed, key, label, state = OTHER_LISTS[name]
    judged = shop.norm.truly_ordered(shop.order(listed, key=key, label=label))
    assert judged.state == state, judged


def test_each_page_by_itself_is_no_order(shop: Shop) -> None:
    odd, even = [50 + 20.0 * n for n in range(10)], [45 + 20.0 * n for n in range(10)]
    judged = shop.norm.truly_ordered(shop.order(cards(odd), cards(even)))
    assert judged.broken and "每一页之内" in judged.zh, judged
    whole = sorted([*odd, *even])
    assert shop.norm.truly_ordered(shop.order(cards(whole[:10]), cards(whole[10:]))).held
    stray = shop.norm.truly_ordered(shop.order(cards(whole[:10]), cards([45, *whole[11:]])))
    assert stray.unknown, stray  # one cheap item at the head of a page


def test_a_list_that_grows_is_read_once(shop: Shop) -> None:
    whole = [50 + 5.0 * n for n in range(20)]
    read = shop.order(cards(whole[:10]), cards(whole))
    assert len(read.items) == 20 and [i.page for i in read.items] == [1] * 10 + [2] * 10
    assert shop.norm.truly_ordered(read).held


def _pinned(mark: str, *, seed: int = 0) -> list[list[str]]:
    """Three pages in order but for two ranks."""
    pages = []
    for page_number in range(3):
        rows = cards([100.0 * (page_number + 1) + n for n in range(12)])
        for rank in (2, 7):
            rows[rank] = plain(2000 + 10 * rank + page_number + seed, rank) + mark
        pages.append(rows)
    return pages


def test_what_is_pinned_at_fixed_ranks(shop: Shop) -> None:
    def said(mark: str) -> Judgement:
        return shop.norm.nothing_pinned([shop.order(*_pinned(mark))])

    assert said("").broken
    assert said('<span class="s">置顶</span>').unknown
    assert said(AD).held
    one = cards([100.0 + n for n in range(12)])
    one[4] = plain(999, 4)
    assert shop.norm.nothing_pinned([shop.order(one)]).held  # one item out of place is not a place
    assert shop.norm.nothing_pinned([shop.order(cards(MIXED), cards(MIXED), cards(MIXED))]).held  # in no order at all
    rough = [4, 1, 3, 9, 5, 6, 2, 8, 11, 7, 10, 12]  # much in the same order on each page, by another key
    assert shop.norm.nothing_pinned([shop.order(*(cards([100.0 * p + n for n in rough]) for p in (1, 2, 3)))]).held


@pytest.mark.parametrize(
    ("label", "way"),
    [("价格↑", ""), ("价格", ""), ("价格 低→高", "asc"), ("价格从高到低", "desc"), ("Price: Low to High", "asc"), ("Price (high to low)", "desc")],
)  # fmt: skip
def test_words_name_a_direction_and_arrows_do_not(label: str, way: str) -> None:
    read = OrderRead(OrderSeen(SortControl("price", None, label), ()), "手机", (), 0, 0)
    assert direction_of(read) == way


@pytest.mark.parametrize(
    ("label", "default", "told"), [("价格↓", False, True), ("价格", False, False), ("价格从高到低", False, True), ("价格↓", True, False)]
)  # fmt: skip
def test_a_second_press_counts_where_it_claims_an_order(label: str, default: bool, told: bool) -> None:
    order = OrderSeen(SortControl("price", None, "价格"), (), again=True, label=label)
    assert told_again(OrderRead(order, "手机", (), 0, 0, default)) is told
