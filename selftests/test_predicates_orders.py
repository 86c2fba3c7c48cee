"""What follows from an extra that was operated, a bill and a contact page that were read: held, broken, or unknown with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from gongping.detectors.contacts import Channel
from gongping.evidence.album import Album
from gongping.evidence.redact import Redactor
from gongping.evidence.show import Evidence
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import AmountLine, Extra, Offer, Operated, OrderWalked, Part, Step
from gongping.observations.documents import ContactsSeen, Document, HomeSeen, Link, Mark, PictureRead
from gongping.pages.journeys.checkout import _route
from gongping.sight.model import Box, Seen, Sight


def seen(width: float = 100, height: float = 22, tag: str = "input") -> Seen:
    return Seen("s", 0, -1, tag, Box(0, 0, width, height))


class _Album:
    """An album with one empty sight."""

    def sight(self, ident: str) -> Sight:
        return Sight(
            ident,
            "home",
            "desktop",
            "https://shop.test/",
            "",
            "",
            0,
            (1440, 900),
            (0, 0),
            (1440, 900),
            1,
            (),
            (),
            (seen(),),
            status=200,
        )


NORM = Predicates(load(), cast(Album, _Album()), "zh-CN")
EXTRA = Extra(seen(), "退货运费险", "insurance", 1.2, "checkout", "checkbox", False)
LINES = (AmountLine("商品金额", 100.0, seen()), AmountLine("合计", 101.2, seen()))


def offer(*acts: Operated, **more: Any) -> Offer:
    plain = Offer(EXTRA, seen(), (Part("price", "¥1.20", seen()),), (100, 22), True, 100.0, told=40, acts=acts)
    return replace(plain, **more)


TICK = Operated("tick", True, 101.2, LINES, seen())
UNTICK = Operated("untick", False, 100.0, (), seen())


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (offer(TICK, UNTICK), "held"),
        (offer(replace(TICK, total=103.2), UNTICK), "broken"),
        (offer(replace(TICK, total=103.2, lines=(*LINES, AmountLine("服务费", 2.0, seen()))), UNTICK), "unknown"),
        (offer(replace(TICK, total=100.0), UNTICK), "unknown"),
        (offer(replace(TICK, total=None)), "unknown"),
        (offer(), "held"),
        (offer(TICK, replace(UNTICK), extra=replace(EXTRA, price=None)), "unknown"),
    ],
)
def test_the_total_follows(found: Offer, state: str) -> None:
    assert NORM.total_follows(found).state == state


def test_more_may_be_another_extra_that_chose_itself() -> None:
    found = offer(replace(TICK, total=103.2), UNTICK)
    another = offer(extra=replace(EXTRA, name="公益捐赠", price=2.0))
    assert NORM.total_follows(found, [found, another]).state == "unknown"


FOR_EACH = (Part("name", "意外保障", seen()), Part("price", "意外保障 ¥1.20/人", seen()))


@pytest.mark.parametrize(
    ("parts", "total", "state"),
    [
        (FOR_EACH, 102.4, "held"),  # two persons
        (FOR_EACH, 102.9, "broken"),
        (offer().parts, 102.4, "broken"),  # twice what is stated, and nothing says that it is for one person
    ],
)
def test_a_price_for_each_person_rises_by_as_many(parts: tuple[Part, ...], total: float, state: str) -> None:
    assert NORM.total_follows(offer(replace(TICK, total=total), UNTICK, parts=parts)).state == state


@pytest.mark.parametrize(
    ("control", "chosen", "first", "state"),
    [
        ("radio", True, 12.0, "held"),  # 22 takes the place of 12
        ("radio", True, 15.0, "unknown"),
        ("radio", False, 12.0, "unknown"),  # the other was not chosen
        ("checkbox", True, 12.0, "unknown"),
    ],
)
def test_one_choice_of_a_group_takes_the_place_of_another(control: Any, chosen: bool, first: float, state: str) -> None:
    dear = replace(EXTRA, name="尊享保障", price=22.0, control=control)
    plain = replace(EXTRA, name="意外保障", price=first, control=control, chosen=chosen)
    found = offer(replace(TICK, total=250.0, before=240.0), extra=dear)
    assert NORM.total_follows(found, [offer(extra=plain), found]).state == state


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (offer(TICK, UNTICK), "held"),
        (offer(TICK, replace(UNTICK, layers=("取消？",))), "held"),
        (offer(TICK, replace(UNTICK, layers=("取消？", "真的？"))), "broken"),
        (offer(TICK, replace(UNTICK, chosen=True, total=101.2)), "broken"),
        (offer(TICK, replace(UNTICK, chosen=True, total=100.0)), "unknown"),
        (offer(TICK, replace(UNTICK, chosen=True, total=101.2, layers=("取消？",))), "unknown"),
        (offer(TICK, replace(UNTICK, chosen=None)), "unknown"),
        (offer(TICK, replace(UNTICK, lost=("离开了订单页",))), "broken"),
        (offer(TICK, replace(UNTICK, control=seen(10, 10, "i"))), "broken"),
        (offer(TICK, replace(UNTICK, control=seen(60, 20, "a"))), "held"),
        (offer(TICK, replace(UNTICK, control=seen(13, 13, "input"))), "held"),
        (offer(replace(TICK, chosen=None, hindered="点击受阻")), "unknown"),
        (offer(extra=replace(EXTRA, control="line", chosen=True)), "unknown"),
    ],
)
def test_an_extra_can_be_left(found: Offer, state: str) -> None:
    assert NORM.removable(found).state == state


DETAILS = Document(
    "extra_details", "退货运费险", "", "退货时赔付首重运费，由某某保险承保，签收后七日内有效，未发货可取消并退款。", "s"
)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (offer(), "held"),
        (offer(told=2), "broken"),
        (offer(told=2, unnamed=True), "unknown"),
        (offer(told=2, opens=seen(tag="a")), "unknown"),
        (offer(told=2, opens=seen(tag="a"), details=DETAILS), "held"),
        (offer(told=2, details=replace(DETAILS, text="", wall="not-found")), "broken"),
        (offer(told=40, details=replace(DETAILS, text="", wall="not-found")), "unknown"),
        (offer(told=2, details=replace(DETAILS, text="", wall="captcha")), "unknown"),
        (offer(told=2, details=replace(DETAILS, text="加载中")), "unknown"),
    ],
)
def test_details_are_one_click_away(found: Offer, state: str) -> None:
    assert NORM.details_reachable(found).state == state


def order(product: float | None, cart: float | None, last: float | None, **more: Any) -> OrderWalked:
    steps = (Step("cart", "", "", "s", goods=cart), Step("checkout", "", "", "s", goods=last))
    return replace(OrderWalked("咖啡粉", "", product, None, steps, (), True), **more)


@pytest.mark.parametrize(
    ("walked", "state"),
    [
        (order(49.0, 49.0, 49.0), "held"),
        (order(49.0, 49.0, 45.0), "held"),
        (order(49.0, 49.0, 57.0), "broken"),
        (order(49.0, 57.0, 57.0), "unknown"),
        (order(49.0, None, 57.0), "unknown"),
        (order(49.0, 49.0, None), "unknown"),
        (order(None, 49.0, 57.0), "unknown"),
    ],
)
def test_the_good_alone_at_its_price(walked: OrderWalked, state: str) -> None:
    assert NORM.alone_at_its_price(walked).state == state


@pytest.mark.parametrize(
    ("billed", "said", "state"),
    [
        (228.0, "", "held"),
        (456.0, "成人票 × 2", "held"),
        (456.0, "出行人数：2 人", "held"),
        (456.0, "", "unknown"),  # nothing says that two are ordered
        (456.0, "3 晚", "unknown"),
        (250.0, "", "unknown"),
    ],
)
def test_a_bill_that_names_the_line_of_business_and_not_the_good(billed: float, said: str, state: str) -> None:
    sight = replace(_Album().sight("s"), elements=(replace(seen(tag="p"), text=said, text_box=Box(0, 0, 9, 9)),))
    norm = Predicates(load(), cast(Album, type("", (), {"sight": lambda *_: sight})()), "zh-CN")
    last = Step(
        "checkout", "", "", "s", lines=(AmountLine("一日游", billed, seen()), AmountLine("合计", billed + 12, seen()))
    )
    assert norm.alone_at_its_price(replace(order(228.0, None, None), steps=(last,))).state == state


@pytest.mark.parametrize(
    ("due", "asked", "state"), [(106.0, 106.0, "held"), (106.0, 109.0, "broken"), (106.0, 100.0, "held"), (106.0, None, "unknown"), (None, 109.0, "unknown")]
)  # fmt: skip
def test_the_payment_page_asks_for_no_more(due: float | None, asked: float | None, state: str) -> None:
    payment = Step("payment", "", "", "s", total=asked)
    assert NORM.no_surprise_at_payment(order(49.0, 49.0, 49.0, due=due, payment=payment)).state == state


# --- 44.2 -----------------------------------------------------------------------------------------------------------

HOTLINE = Channel("phone", "023-6318 2650", "02363182650", "own", True, True, label="客服热线", place="home")
FORM = Channel("form", "内容", "form", "own", True, True, place="complaint")
REGULATOR = Channel("phone", "12315", "12315", "regulator", True, None, place="home")
SELLER = Channel("phone", "13983126013", "13983126013", "seller", True, True, place="complaint")
FAKE = Channel("phone", "400-000-0000", "4000000000", "own", True, False, "占位号码", "客服热线", place="home")


def home(*entries: Document, pictures: tuple[PictureRead, ...] = (), **more: Any) -> HomeSeen:
    marks = tuple(
        Mark("complaint", "投诉", seen(tag="a"), "投诉举报", "link", "footer", 0.0, followed=(d,)) for d in entries
    )
    plain = HomeSeen(
        "", "", "s", "", 1.0, False, (Link("投诉举报", ""),), (), contacts=ContactsSeen(marks, pictures, looked=True)
    )
    return replace(plain, **more)


READ = Document("complaint", "投诉举报", "", "请拨打 12315", "s")


@pytest.mark.parametrize(
    ("at", "channels", "state"),
    [
        (home(READ), [HOTLINE], "held"),
        (home(READ), [FORM], "held"),
        (home(READ), [replace(HOTLINE, complaint=False)], "unknown"),
        (home(READ), [replace(HOTLINE, complaint=False), FORM], "held"),
        (home(READ), [HOTLINE, replace(HOTLINE, value="023-6318 2660", plain="02363182660", place="complaint")], "unknown"),
        (home(READ), [HOTLINE, replace(HOTLINE, place="complaint", label="人工"), replace(HOTLINE, plain="02363182660", place="complaint")], "held"),
        (home(READ), [HOTLINE, replace(HOTLINE, label="售后热线", plain="02363182660", place="complaint")], "held"),
        (home(READ), [FAKE], "broken"),
        (home(READ), [FAKE, FORM], "broken"),
        (home(READ), [FAKE, HOTLINE], "unknown"),
        (home(READ), [replace(FAKE, read=0.7)], "unknown"),
        (home(READ), [replace(HOTLINE, sound=None, why="不符合号码编排规则")], "unknown"),
        (home(READ), [REGULATOR], "broken"),
        (home(READ), [SELLER, REGULATOR], "broken"),
        (home(READ), [], "broken"),
        (home(replace(READ, wall="login")), [], "broken"),
        (home(replace(READ, wall="captcha")), [REGULATOR], "unknown"),
        (home(READ, pictures=(PictureRead(seen(), "home"),)), [REGULATOR], "unknown"),
        (home(READ, grows=True), [], "unknown"),
        (home(READ, contacts=ContactsSeen()), [], "unknown"),
        (home(READ), [Channel("email", "a@b.test", "a@b.test", "own", True, True)], "unknown"),
        (home(READ), [Channel("social", "官方微博", "官方微博", "own", False, None)], "unknown"),
        (home(replace(READ, wall="login")), [Channel("online", "投诉举报", "投诉举报", "own", True, True)], "broken"),
    ],
)  # fmt: skip
def test_complaint_methods_are_published(at: HomeSeen, channels: list[Channel], state: str) -> None:
    judged = NORM.complaint_methods_published(at, channels)
    assert judged.state == state, judged.zh
    assert judged.held or judged.zh


@pytest.mark.parametrize(
    ("address", "same"),
    [("https://a.example/item/1?nodate=1", True), ("https://a.example/item/2", False), ("https://a.example/order?id=1", False)],
)  # fmt: skip
def test_a_page_of_the_good_that_asks_for_more_is_no_step_of_the_order(address: str, same: bool) -> None:
    assert (_route(address) == _route("https://a.example/item/1?from=list")) is same


def test_routes_within_a_page_count_without_their_queries() -> None:
    assert _route("https://a.example/#/item?id=1&k=2") == _route("https://a.example/#/item?id=1")
    assert _route("https://a.example/#/item?id=1") != _route("https://a.example/#/order?id=1")


def test_a_kept_file_is_shown_beside_the_picture(tmp_path: Path) -> None:
    evidence = Evidence(Album(tmp_path), tmp_path, "29.1", "desktop", 1, Redactor([]))
    mark = Mark("agreement_user", "用户协议", cast(Any, None), "用户协议", "word", "footer", 0.0,
                followed=(Document("agreement_user", "", "", "", "", how="file", file="files/a.pdf"), Document("agreement_user", "", "", "", "")))  # fmt: skip
    assert mark.files == ["files/a.pdf"]
    assert evidence.show(None, "首页标识", files=mark.files).files == ["files/a.pdf"]
