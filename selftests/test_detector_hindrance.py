"""What keeps a consumer from what she means to do (24.1): the predicates, and clicks and presses on pages of other shops."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gongping.consumer.consumer import Consumer
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.layers import BackPressed, BlankClick, LayerSeen, MarkSeen, PopupsSeen, Session, Trial, Visit
from gongping.pages import hindrance
from gongping.sight.model import Box, Seen
from selftests.conftest import Maker, Site, page

ROOT = Seen("s", 1, 0, "div", Box(0, 0, 1440, 900))
LAYER = LayerSeen(
    ROOT, "k", "home", "overlay", "ad", "标有“广告”", "满199减20", ROOT.box, 1.0, True, "打开页面时", locked=True
)
MARK = MarkSeen(ROOT, "×", "mark", "“×”", 0.0, hit_width=32, hit_height=32, hit_centre=True, visible_share=1.0, contrast=9.0, moved_px=0.0)  # fmt: skip
SHUT = Trial(LAYER, 1, (), None, 2.0)
OPEN = Trial(LAYER, 1, (MARK,), 0.0, 0.0, clicked=MARK)


@pytest.fixture(scope="module")
def norm(tmp_path_factory: pytest.TempPathFactory) -> Predicates:
    return Predicates(load(), Album(tmp_path_factory.mktemp("none")), "zh-CN")


@pytest.mark.parametrize(
    ("state", "trial"),
    [
        ("broken", SHUT),
        ("held", OPEN),
        ("held", replace(SHUT, layer=replace(LAYER, form="float", mask=False, locked=False, share=0.05))),
        ("unknown", replace(SHUT, layer=replace(LAYER, locked=False))),
        ("unknown", replace(SHUT, other_exits=("Escape",))),
        ("unknown", replace(SHUT, unreadable="canvas")),
        ("unknown", replace(SHUT, late=replace(MARK, after_s=5.0))),
        ("unknown", replace(OPEN, marks=(replace(MARK, hit_width=12),), clicked=replace(MARK, hit_width=12))),
    ],
)
def test_shuts_out(state: str, trial: Trial, norm: Predicates) -> None:
    assert norm.shuts_out(trial).state == state, norm.shuts_out(trial)


def walk(*ads: bool, **more: object) -> Session:
    places = ("home", "search", "product", "cart")
    shown = replace(LAYER, **more)  # type: ignore[arg-type]
    return Session(1, tuple(Visit(p, f"http://shop/{p}", p, "short", (shown,) if a else ()) for p, a in zip(places, ads, strict=True)))  # fmt: skip


@pytest.mark.parametrize(
    ("state", "session"),
    [
        ("broken", walk(True, True, True, True)),
        ("held", walk(True, False, False, False)),
        ("held", walk(True, True, False, True)),
        ("held", walk(False, True, True, True)),
        ("held", walk(True, True, True, True, kind="cookie")),
        ("held", walk(True, True, True, True, form="float")),
    ],
)
def test_reopens(state: str, session: Session, norm: Predicates) -> None:
    assert norm.reopens(session).state == state


CLICK = BlankClick("home", "http://shop/", 20, 400)
BACK = BackPressed("http://shop/goods/1", "http://shop/search?q=x", "http://shop/search?q=x", 1)
ASTRAY = replace(BACK, arrived="http://shop/goods/1", presses=2)


@pytest.mark.parametrize(
    ("state", "click"),
    [
        ("held", CLICK),
        ("held", replace(CLICK, layers=(replace(LAYER, kind="shop"),))),
        ("broken", replace(CLICK, opened=("http://ad.example/",))),
        ("broken", replace(CLICK, layers=(LAYER,))),
        ("broken", replace(CLICK, went="http://ad.example/", other_site=True)),
        ("unknown", replace(CLICK, went="http://shop/campaign")),
        ("unknown", replace(CLICK, downloads=("app.apk",))),
    ],
)
def test_a_click_on_nothing(state: str, click: BlankClick, norm: Predicates) -> None:
    assert norm.quiet_when_clicked(click).state == state


@pytest.mark.parametrize(
    ("state", "back"),
    [
        ("held", BACK),
        ("unknown", ASTRAY),
        ("unknown", replace(ASTRAY, presses=None)),
        ("unknown", replace(ASTRAY, layers=(replace(LAYER, kind="login"),))),
        ("broken", replace(ASTRAY, layers=(LAYER,))),
        ("broken", replace(ASTRAY, arrived="http://ad.example/", other_site=True)),
    ],
)
def test_the_back_button(state: str, back: BackPressed, norm: Predicates) -> None:
    assert norm.back_is_free(back).state == state


def test_sound_and_what_is_left_are_doubts(norm: Predicates) -> None:
    loud = Session(1, (Visit("home", "http://shop/", "x", "short", sounds=("video http://shop/v.mp4",)),))
    wide = walk(True, False, False, False, form="bar", share=0.4)
    assert norm.stays_quiet(PopupsSeen((walk(True, False, False, False),), 1)).held
    assert norm.stays_quiet(PopupsSeen((loud,), 1)).unknown
    assert norm.stays_quiet(PopupsSeen((wide,), 1)).unknown


# -- on pages ---------------------------------------------------------------------------------------------------------------

BARE = "<div style='max-width:700px;margin:40px auto'><h1>商品</h1><p>详情</p></div>"
OPENS = "<script>document.addEventListener('click', (e) => { if (!e.target.closest('a')) window.open('/ad') })</script>"
WALLPAPER = "<style>body{cursor:pointer;margin:0;min-height:100vh}</style><script>document.body.onclick = () => window.open('/ad')</script>"
REACT = "<script>document.body.addEventListener('click', () => { document.title = 'clicked' })</script>"


@pytest.fixture
def consumer(site: Site, consume: Maker) -> Consumer:
    site["/list"], site["/ad"] = page("<h1>列表</h1>"), page("<h1>活动</h1>")
    site["/goods/1"] = page(BARE)
    made = consume()
    made.visit(site.url("/list"), "search")
    return made


@pytest.mark.parametrize(("body", "opened"), [(BARE, 0), (BARE + OPENS, 1), (BARE + REACT, 0)])
def test_a_blank_part_is_found_and_clicked(body: str, opened: int, site: Site, consumer: Consumer) -> None:
    site["/goods/1"] = page(body)
    consumer.visit(site.url("/goods/1"), "product")
    seen = hindrance.click_blank(consumer, "product")
    assert seen is not None
    assert len(seen.opened) == opened
    assert consumer.page.url == site.url("/goods/1") and len(consumer.context.pages) == 1


def test_a_background_that_invites_clicks_is_not_blank(site: Site, consumer: Consumer) -> None:
    site["/goods/1"] = page(BARE + WALLPAPER)
    consumer.visit(site.url("/goods/1"), "product")
    assert hindrance.click_blank(consumer, "product") is None


def test_a_narrow_gap_between_links_is_none_for_a_finger(site: Site, consume: Maker) -> None:
    """A browser takes a tap for one on a link nearby."""
    cards = "".join(
        f"<a href=/ad style='display:block;height:140px;margin:0 14px 12px;background:#eee'>商品 {n}</a>"
        for n in range(9)
    )
    site["/ad"] = page("<h1>活动</h1>")
    site["/list"] = page(cards, head="<meta name=viewport content='width=device-width'><style>body{margin:0}</style>")
    mobile = consume(device="mobile")
    mobile.visit(site.url("/list"), "search")
    seen = hindrance.click_blank(mobile, "search")
    assert seen is None or not seen.went


LAYER_HTML = "<div style='position:fixed;inset:0;background:#000a'></div><div style='position:fixed;left:30%;top:20%;width:500px;height:400px;background:#fff'><a href=/ad><b>广告</b> 满减券 立即领取</a><button>×</button></div>"
TRAP = f"<script>history.pushState(1, ''); addEventListener('popstate', () => document.body.insertAdjacentHTML('beforeend', `{LAYER_HTML}`))</script>"
AWAY = "<script>history.pushState(1, ''); addEventListener('popstate', () => location.replace('/ad'))</script>"
TABS = "<script>history.replaceState(1, '', '#detail')</script>"


@pytest.mark.parametrize(
    ("body", "returned", "ads"), [(BARE, True, 0), (BARE + TABS, True, 0), (BARE + TRAP, False, 1), (BARE + AWAY, False, 0)]
)  # fmt: skip
def test_back_is_pressed(body: str, returned: bool, ads: int, site: Site, consumer: Consumer) -> None:
    site["/goods/1"] = page(body)
    consumer.visit(site.url("/goods/1"), "product")
    seen = hindrance.press_back(consumer, site.url("/list"), "product")
    assert seen.returned is returned, seen
    assert sum(x.kind == "ad" for x in seen.layers) == ads


def test_sound_is_heard_only_where_something_plays(site: Site, consumer: Consumer, tmp_path: Path) -> None:
    site["/goods/1"] = page(BARE + "<video muted autoplay></video><audio></audio>")
    consumer.visit(site.url("/goods/1"), "product")
    assert hindrance.sounds(consumer) == ()
