"""What a layer is for, how a close mark's contrast is measured, and how trials add up: without a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from gongping.detectors.layers import LayerFacts, by_popup, classify, popup_key, strokes_contrast
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.layers import Appeared, ClickSeen, LayerSeen, MarkSeen, Trial
from gongping.sight.model import Box, Seen

CAMPAIGN = ("http://shop.example/campaign/7",)
GOODS = ("http://shop.example/item/7",)


def facts(text: str, **more: object) -> LayerFacts:
    return LayerFacts(**{"form": "overlay", "text": text, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("ad", facts("春季上新", labels=("广告",))),
        ("ad", facts("新人专享 满199减20 立即领取", links=CAMPAIGN)),
        ("ad", facts("Get 10% off your first order", fields=("email",), controls=2)),
        ("ad", facts("", picture=0.9, links=GOODS)),
        ("ad", facts("週年慶 折價券", links=GOODS)),
        ("ad", facts("新款上市，了解详情", links=CAMPAIGN)),
        ("ad", facts("领券", form="float", links=CAMPAIGN, controls=2)),
        ("doubtful", facts("", picture=0.8)),
        ("doubtful", facts("下载APP领取新人红包 打开APP", links=GOODS)),
        ("doubtful", facts("请先登录，领红包立减10元", links=GOODS)),
        ("doubtful", facts("领券中心 优惠券", form="float", links=GOODS, controls=1)),
        ("cookie", facts("We use cookies to offer free shipping and discounts. Accept all", controls=3)),
        ("login", facts("手机号登录 获取验证码 登录即享优惠券", fields=("tel", "code"))),
        ("city", facts("请选择城市 北京 重庆")),
        ("age", facts("Are you over 18?", controls=2)),
        ("app", facts("打开APP，浏览更流畅", links=GOODS)),
        ("notice", facts("春节发货安排公告，详情请查看", links=GOODS)),
        ("captcha", facts("请完成安全验证 拖动滑块 优惠券")),
        ("shop", facts("请选择规格 颜色 加入购物车 ¥199", controls=6)),
        ("chat", facts("在线客服", form="float", controls=1)),
        ("other", facts("购物车 优惠券 客服 反馈 顶部", form="float", controls=5, links=GOODS)),
        ("other", facts("用户138****刚刚下单了 手机", form="float")),
        ("other", facts("首页 分类 购物车 我的", form="bar", controls=4)),
        ("other", facts("您正在离开本页面")),
    ],
)  # fmt: skip
def test_what_a_layer_is_for(kind: str, read: LayerFacts) -> None:
    assert classify(read)[0] == kind, classify(read)


def test_a_popup_is_known_again() -> None:
    one = popup_key("div#promo.box-12 a.art", "ad", "overlay", "还剩 5 秒", "")
    assert one == popup_key("div#promo.box-98 a.art", "ad", "overlay", "还剩 3 秒", "")
    assert one != popup_key("div#promo.box-12 a.art", "cookie", "overlay", "还剩 5 秒", "")
    soup = popup_key("div div a", "ad", "overlay", "满199减20", "/img/a.png")
    assert soup == popup_key("div div span", "ad", "overlay", "满199减20", "/x/a.png")
    assert soup != popup_key("div div a", "ad", "overlay", "抽奖免单", "/img/b.png")


def drawn(ground: str, disc: str | None, cross: str | None) -> tuple[Image.Image, Image.Image]:
    """A 32-px control with and without itself."""
    without = Image.new("RGB", (32, 32), ground)
    shot = without.copy()
    pen = ImageDraw.Draw(shot)
    if disc:
        pen.ellipse((1, 1, 30, 30), fill=disc)
    if cross:
        pen.line((10, 10, 22, 22), fill=cross, width=2)
        pen.line((22, 10, 10, 22), fill=cross, width=2)
    return shot, without


@pytest.mark.parametrize(
    ("least", "most", "picture"),
    [
        (6, 21, drawn("#b3200f", "#222222", "#ffffff")),
        (10, 21, drawn("#222222", None, "#ffffff")),
        (5, 21, drawn("#ffffff", None, "#555555")),
        (1, 1.2, drawn("#b3200f", "#ffffff", "#ffffff")),  # a disc without a visible cross
        (1, 1.8, drawn("#ffffff", None, "#cccccc")),
        (1, 2.9, drawn("#b3200f", "#eeeeee", "#aaaaaa")),
    ],
)
def test_the_contrast_of_a_drawn_mark(least: float, most: float, picture: tuple[Image.Image, Image.Image]) -> None:
    ratio, _ = strokes_contrast(*picture)
    assert ratio is not None
    assert least <= ratio <= most


def test_what_paints_nothing_has_no_contrast() -> None:
    assert strokes_contrast(*drawn("#ffffff", None, "#fefefe"))[0] is None


# -- predicates -----------------------------------------------------------------------------------------------------------

ROOT = Seen("s", 1, 0, "div", Box(0, 0, 300, 300))
LAYER = LayerSeen(ROOT, "k", "home", "overlay", "ad", "标有“广告”", "满199减20", ROOT.box, 0.2, True, "打开页面时")
MARK = MarkSeen(
    ROOT,
    "×",
    "mark",
    "“×”",
    0.0,
    hit_width=32,
    hit_height=32,
    hit_centre=True,
    visible_share=1.0,
    contrast=9.0,
    moved_px=0.0,
)
CLICK = ClickSeen(True, 0.1, clicks_to_close=1, observed_s=60)
GOOD = Trial(LAYER, 1, (MARK,), 0.0, 0.0, clicked=MARK, click=CLICK)


def tried(mark: MarkSeen = MARK, click: ClickSeen | None = CLICK, **more: object) -> Trial:
    return replace(GOOD, marks=(mark,), clicked=mark, click=click, **more)


@pytest.fixture(scope="module")
def norm(tmp_path_factory: pytest.TempPathFactory) -> Predicates:
    folder: Path = tmp_path_factory.mktemp("none")
    return Predicates(load(), Album(folder), "zh-CN")


@pytest.mark.parametrize(
    ("state", "trial"),
    [
        ("held", GOOD),
        ("held", tried(replace(MARK, hit_width=24, hit_height=24, contrast=3.0))),
        ("broken", tried(replace(MARK, hit_width=20))),
        ("broken", tried(replace(MARK, contrast=2.0))),
        ("broken", tried(replace(MARK, visible_share=0.6))),
        ("broken", tried(replace(MARK, moved_px=80.0))),
        ("broken", tried(replace(MARK, strength="grudging", label="残忍拒绝"))),
        ("broken", tried(replace(MARK, link="http://shop/ad"), ClickSeen(False, None, navigated="http://shop/ad"))),
        ("broken", replace(GOOD, marks=(), available_s=None, late=replace(MARK, after_s=5.0, by_clock=True))),
        ("broken", replace(GOOD, marks=(), available_s=None, waited_s=1.6, clicked=None, click=None)),
        ("unknown", replace(GOOD, marks=(), available_s=None, waited_s=1.6, clicked=None, click=None, unreadable="canvas")),
        ("unknown", tried(available_s=1.3)),
        ("unknown", tried(replace(MARK, at_zoom_200=False))),
        ("unknown", tried(replace(MARK, hit_centre=False, over="link http://shop/ad"))),
        ("unknown", tried(replace(MARK, contrast=None))),
        ("unknown", tried(replace(MARK, strength="words", label="知道了"))),
        ("unknown", replace(GOOD, marks=(MARK, replace(MARK, link="http://shop/ad", label="✕")))),
    ],
)  # fmt: skip
def test_close_control(state: str, trial: Trial, norm: Predicates) -> None:
    assert norm.close_control(trial).state == state, norm.close_control(trial)


def came(after: float, **more: object) -> ClickSeen:
    layer = replace(LAYER, **{k: v for k, v in more.items() if k in ("form", "kind")})  # type: ignore[arg-type]
    rest = {k: v for k, v in more.items() if k not in ("form", "kind")}
    return replace(CLICK, appeared=(Appeared(layer, after, after > 0, **rest),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "trial"),
    [
        ("held", GOOD),
        ("held", tried(replace(MARK, contrast=1.0))),  # a pale mark breaks 24.2 alone
        ("held", tried(click=came(30.0, form="float", kind="doubtful", own_close=True))),
        ("held", tried(click=came(0.0, form="float", own_close=True))),
        ("broken", tried(click=replace(CLICK, opened=("http://shop/ad",)))),
        ("broken", tried(click=ClickSeen(False, None, navigated="http://shop/ad"))),
        ("broken", tried(click=replace(CLICK, dialogs=("confirm: 确定放弃优惠吗？",)))),
        ("broken", tried(click=replace(CLICK, downloads=("app.apk",)))),
        ("broken", tried(click=ClickSeen(False, None, mask_left=True))),
        ("broken", tried(click=replace(CLICK, scroll_locked=True))),
        ("broken", tried(click=ClickSeen(False, None, clicks_to_close=2))),
        ("broken", tried(click=ClickSeen(False, None))),
        ("broken", tried(click=came(0.0, retention="真的不要吗"))),
        ("broken", tried(click=came(0.0))),
        ("broken", tried(click=came(30.0))),
        ("broken", tried(click=came(0.0, form="float", own_close=False))),
        ("unknown", tried(click=came(30.0, kind="doubtful"))),
        ("unknown", tried(click=ClickSeen(False, None, clicks_to_close=1))),
        ("unknown", tried(replace(MARK, strength="shape"), ClickSeen(False, None))),
        ("unknown", tried(replace(MARK, link="http://shop/ad"), ClickSeen(False, None, opened=("http://shop/ad",)))),
        ("unknown", tried(replace(MARK, moved_px=80.0), ClickSeen(False, None))),
        ("unknown", replace(GOOD, marks=(), clicked=None, click=None)),
    ],
)  # fmt: skip
def test_one_click_close(state: str, trial: Trial, norm: Predicates) -> None:
    assert norm.one_click_close(trial).state == state, norm.one_click_close(trial)


def test_trials_of_a_popup_add_up(norm: Predicates) -> None:
    small, again = tried(replace(MARK, hit_width=20)), tried(click=came(30.0))
    assert norm.close_control_of([GOOD, GOOD, GOOD])[0].held
    assert norm.close_control_of([small, small, GOOD])[0].broken
    assert norm.close_control_of([small, GOOD, GOOD])[0].unknown, "one odd trial proves nothing"
    assert norm.one_click_close_of([GOOD, GOOD, GOOD])[0].held
    assert norm.one_click_close_of([GOOD, GOOD])[0].unknown, "fewer than three trials"
    assert norm.one_click_close_of([GOOD, GOOD, again])[0].broken, "it must hold in every trial"
    assert list(by_popup([GOOD, replace(GOOD, layer=replace(LAYER, key="other")), GOOD])) == ["k", "other"]
