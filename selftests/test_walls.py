"""Walls: what stops a consumer has a name and comes in time; what only looks like a wall is read."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.walls import Wall, WallName, wall_of_sight
from gongping.pages.home import Home
from gongping.sight.model import Box, Seen, Sight
from selftests.conftest import Answer, Maker, Site, journal, named_by, page
from selftests.test_detector_rights import attempt

SHORT = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{0}</title><h1>{0}</h1><p>{1}</p>"
LOGIN = """<!doctype html><meta charset=utf-8><title>登录</title><form><h1>账号登录</h1><input placeholder=手机号><input type=password placeholder=密码>
<button>登录</button></form>"""
PUZZLE = """<div style="position:fixed;inset:0;background:rgba(0,0,0,.5)"><div style="position:absolute;left:30%;top:30%;width:360px;height:260px;background:#fff">
<p>请完成安全验证</p><p>向右滑动完成拼图</p><div style="width:300px;height:40px;background:#eee"></div></div></div>"""
FRAMED = '<div style="position:fixed;inset:0;background:#0008"><iframe src="/captcha/frame?type=slide" style="width:420px;height:360px;margin:200px 500px;background:#fff"></iframe></div>'

PAGES = {
    "a captcha in Chinese": (SHORT.format("安全验证", "请按住滑块，拖动到最右边"), WallName.CAPTCHA),
    "a captcha in English": (SHORT.format("Just a moment...", "Verify you are human by completing the action below."), WallName.CAPTCHA),
    "a captcha over a shop": (page(PUZZLE), WallName.CAPTCHA),
    "a captcha in a frame over a shop": (page(FRAMED), WallName.CAPTCHA),
    "a login instead of a shop": (LOGIN, WallName.LOGIN),
    "a page that turns away": (SHORT.format("访问受限", "您的访问过于频繁，请稍后再试"), WallName.BLOCKED),
    "a page of errors with 200": (SHORT.format("出错了", "服务器开小差，请稍后再试"), WallName.SERVER_ERROR),
    "nothing": ("", WallName.BLANK),
    "nothing that shows": ("<!doctype html><div style='display:none'>商品</div>", WallName.BLANK),
    "403": (Answer(page("<h1>Forbidden</h1>"), 403), WallName.BLOCKED),
    "429": (Answer("", 429), WallName.BLOCKED),
    "404": (Answer(page(""), 404), WallName.NOT_FOUND),
    "502": (Answer(page(""), 502), WallName.SERVER_ERROR),
    "204": (Answer("", 204), WallName.BLANK),
    "a download": (Answer(b"PK\x03\x04", headers={"Content-Type": "application/zip", "Content-Disposition": "attachment; filename=a.zip"}), WallName.DOWNLOAD),
    "redirects in circles": (Answer("", 302, {"Location": "/wall"}), WallName.REDIRECTS),
    "a script that goes on in circles": ("<script>location.replace('/wall?' + Math.random())</script>", WallName.REDIRECTS),
    "a refresh in circles": ("<meta http-equiv=refresh content='0'><p>请稍候", WallName.REDIRECTS),
    "no answer": (Answer("late", later=20), WallName.TIMEOUT),
    "alerts without end": ("<script>while (true) alert('恭喜您中奖')</script>", WallName.DIALOGS),
    "a script without end": ("<p>商城</p><script>while (true) {}</script>", WallName.TIMEOUT),
}  # fmt: skip

READ = {
    "a shop that speaks of codes": page("<h1>新人专享</h1><form><input placeholder=手机号><input placeholder=验证码><button>获取验证码</button></form><p>登录需要短信验证码，安全验证方式可在设置中更改"),
    "a shop with a login in its corner": page("<form><input placeholder=用户名><input type=password><button>登录</button></form>"),
    "a page that asks before one leaves": page("<script>onbeforeunload = (e) => { e.preventDefault(); e.returnValue = 'x'; }</script>"),
    "a page that floods the console": page("<script>let n = 0; const t = setInterval(() => { for (let i = 0; i < 2000; i++) console.log('x'.repeat(50), i); if (++n > 20) clearInterval(t); }, 10)</script>"),
    "one dialog": page("<script>alert('欢迎光临')</script>"),
    "a script that sends on once": page("<script>if (!location.search) location.replace('/wall?once')</script>"),
    "an answer that does not end": Answer(page("<h1>今日推荐</h1>") + "<!--" + " " * 2000, torn=True),
    "a slim home of pictures": "<!doctype html><img width=400 height=300 src=data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=><a href=/a>进入",
}  # fmt: skip


@pytest.mark.parametrize("name", list(PAGES))
def test_a_wall_has_its_name_and_comes_in_time(name: str, site: Site, consume: Maker, tmp_path: Path) -> None:
    body, wanted = PAGES[name]
    site["/wall"] = body if isinstance(body, Answer) else Answer(body)
    site["/captcha/frame"] = "<p>拖动滑块"
    site["/after"] = page("<h1>还在</h1>")
    consumer = consume(wall_seconds=2.0)
    begun = time.monotonic()
    with pytest.raises(Wall) as met:
        consumer.visit(site.url("/wall"), "home")
        consumer.look("home", pictures="none")
    took = time.monotonic() - begun
    assert met.value.name is wanted, met.value
    assert took < 40, f"{took:.0f} s"
    assert met.value.detail and [line["wall"] for line in journal(tmp_path, "wall")] == [str(wanted)]
    consumer.visit(site.url("/after"), "home")  # the consumer goes on
    assert "还在" in consumer.look("home", pictures="none").sight.text


@pytest.mark.parametrize("name", list(READ))
def test_what_is_no_wall_is_read(name: str, site: Site, consume: Maker) -> None:
    body = READ[name]
    site["/wall"] = body if isinstance(body, Answer) else Answer(body)
    site["/after"] = page("<h1>还在</h1>")
    consumer = consume(wall_seconds=2.0 if "does not end" in name else 20.0)
    consumer.visit(site.url("/wall"), "home")
    assert len(consumer.look("home", pictures="none").sight.text) > 1
    if "leaves" in name:  # browsers only ask a person who has touched the page
        consumer.page.mouse.click(5, 5)
        consumer.visit(site.url("/after"), "home")
        assert "还在" in consumer.look("home", pictures="none").sight.text


def test_no_one_listens_and_no_such_host(consume: Maker) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    consumer = consume()
    for url in (f"http://127.0.0.1:{port}/", "http://no-such-shop.invalid/"):
        with pytest.raises(Wall) as met:
            consumer.visit(url, "home")
        assert met.value.name is WallName.UNREACHABLE and "ERR_" in met.value.detail


def test_a_page_that_stalls_is_not_taken_for_the_one_before(site: Site, consume: Maker) -> None:
    site["/a"] = page("<h1>前一页</h1>")
    site["/b"] = Answer("late", later=20)
    consumer = consume(wall_seconds=1.5)
    consumer.visit(site.url("/a"), "home")
    with pytest.raises(Wall) as met:
        consumer.visit(site.url("/b"), "product")
    assert met.value.name is WallName.TIMEOUT and met.value.place == "product"


def test_a_link_to_a_page_that_never_comes_tells_which(site: Site, consume: Maker) -> None:
    """A browser's page answers nothing while the next one is on its way: that is no script of its own."""
    site["/"] = page('<a id="late" href="/late">优惠券</a>')
    site["/late"] = Answer("late", later=20)
    consumer = consume(wall_seconds=2.0)
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    with pytest.raises(Wall) as met:
        consumer.click(live, named_by(live.sight, "late"), what="follow a link")
        consumer.look("documents", pictures="none")
    assert met.value.name is WallName.TIMEOUT and met.value.url.endswith("/late") and "no answer" in met.value.detail


def test_a_link_to_a_page_that_the_browser_cannot_get_has_the_wall_of_that_page(site: Site, consume: Maker) -> None:
    """A browser shows an error page of its own, which says nothing."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site["/circles"] = Answer("", 302, {"Location": "/circles"})
    site["/mute"] = Answer("", 502)
    site["/dressed"] = Answer(page("<h1>哎呀</h1>" + "<a href=/g>频道</a>" * 200), 502)
    links = {"circles": "/circles", "nobody": f"http://127.0.0.1:{port}/", "mute": "/mute", "dressed": "/dressed"}
    site["/"] = page("".join(f"<p><a id={ident} href={url}>购物车</a>" for ident, url in links.items()))
    consumer = consume()
    for ident, wanted, said in (
        ("circles", WallName.REDIRECTS, "ERR_TOO_MANY_REDIRECTS"),
        ("nobody", WallName.UNREACHABLE, "ERR_CONNECTION_REFUSED"),
        ("mute", WallName.SERVER_ERROR, "HTTP 502"),
        ("dressed", WallName.SERVER_ERROR, "HTTP 502"),
    ):
        consumer.visit(site.url(), "home")
        live = consumer.look("home", pictures="none")
        with pytest.raises(Wall) as met:
            consumer.click(live, named_by(live.sight, ident), what="follow a link")
            consumer.look("cart", pictures="none")
        assert (met.value.name, met.value.place, met.value.detail) == (wanted, "cart", said), met.value
        assert met.value.url.endswith(links[ident]), met.value


def test_a_server_that_hangs_up_is_out_of_reach_and_nothing_died(consume: Maker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_hang_up, args=(server,), daemon=True).start()
        consumer = consume()
        with pytest.raises(Wall) as met:
            consumer.visit(f"https://127.0.0.1:{server.getsockname()[1]}/", "home")
        assert met.value.name is WallName.UNREACHABLE and "ERR_CONNECTION_CLOSED" in met.value.detail
        assert consumer.page_lives


def _hang_up(server: socket.socket) -> None:
    while True:
        try:
            with server.accept()[0] as connection:
                connection.recv(65536)
        except OSError:
            return


GOODS = "".join(
    f"<li><a href=/{{0}}/{n}><img width=90 height=90>{{0}} 手机 {n} 号 ¥{n}99</a></li>" for n in range(1, 7)
)
SEARCHES = {
    "a file": ("<form action=/file>", Answer(b"PK", headers={"Content-Type": "application/zip"}), WallName.DOWNLOAD),
    "nothing": ("<form action=/none>", Answer("", 204), WallName.NOT_OFFERED),
    "an error in place": (
        "<form onsubmit=\"event.preventDefault(); fetch('/fails').then(r => { if (r.ok) list.innerHTML = '' })\">", Answer("", 500), WallName.NOT_OFFERED,
    ),
    "a list in place": (
        "<form onsubmit=\"event.preventDefault(); fetch('/lists').then(r => r.text()).then(t => list.innerHTML = t)\">", Answer(GOODS.format("found")), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEARCHES)
def test_what_stood_on_home_is_no_result_of_a_search(
    name: str, chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    form, answer, wanted = SEARCHES[name]
    for path in ("/file", "/none", "/fails", "/lists"):
        site[path] = answer
    site["/"] = page(
        f"{form}<input type=search name=q placeholder=搜索></form><ul id=list>{GOODS.format('favourite')}</ul>"
    )
    made = attempt(chromium, playwright, site, tmp_path, "korrekt-99")
    home = Home(made.consumer(), made)
    try:
        home.open()
        if wanted is None:
            assert home.search("手机").first is not None
            return
        with pytest.raises(Wall) as met:
            home.search("手机")
        assert (met.value.name, met.value.place) == (wanted, "search"), met.value
    finally:
        made.close()


def test_a_renderer_that_crashes_is_a_wall_and_the_consumer_goes_on(site: Site, consume: Maker, tmp_path: Path) -> None:
    site["/a"] = page('<h1>会员</h1><script>document.cookie = "who=me; path=/"</script>')
    consumer = consume()
    consumer.visit(site.url("/a"), "home")
    with pytest.raises(Wall) as met:
        consumer.visit("chrome://crash", "product")
    assert met.value.name is WallName.CRASHED
    consumer.visit(site.url("/a"), "home")
    live = consumer.look("home")
    assert live.sight.tiles and "会员" in live.sight.text
    assert consumer.page.evaluate("document.cookie") == "who=me"
    assert journal(tmp_path, "crash") and journal(tmp_path, "new-page")
    with pytest.raises(PlaywrightError):  # and where it dies between two acts
        consumer.page.goto("chrome://crash")
    with pytest.raises(Wall) as later:
        consumer.look("home")
    assert later.value.name is WallName.CRASHED


def test_many_small_dialogs_over_a_long_visit_are_no_loop(site: Site, consume: Maker) -> None:
    site["/"] = page("<button onclick=\"alert('已加入购物车')\">加入购物车</button>")
    consumer = consume()
    consumer.visit(site.url(), "home")
    for _ in range(12):
        happened = consumer.watch(lambda: consumer.page.click("button"))
        assert happened.dialogs == ("alert: 已加入购物车",)


def test_fifty_thousand_elements_are_read_in_time(site: Site, consume: Maker) -> None:
    site["/"] = page(
        "<div id=box></div><script>box.innerHTML = Array.from({length: 25000}, (_, i) => `<div><a href=/g/${i}>商品 ${i}</a></div>`).join('')</script>"
    )
    consumer = consume(wall_seconds=30.0)
    consumer.visit(site.url(), "home")
    begun = time.monotonic()
    live = consumer.look("home")
    assert len(live.sight.elements) > 50_000
    assert time.monotonic() - begun < 90  # a few seconds where nothing else runs


def test_a_tower_of_elements_is_read(site: Site, consume: Maker) -> None:
    """The parser nests up to 512 deep, a script as deep as it likes."""
    site["/"] = page(
        "<div>" * 500
        + "<b>塔底</b>"
        + "</div>" * 500
        + "<script>let e = document.body; for (let i = 0; i < 1500; i++) { e = e.appendChild(document.createElement('div')); } e.textContent = '井底';</script>"
    )
    consumer = consume(wall_seconds=30.0)
    consumer.visit(site.url(), "home")
    text = consumer.look("home").sight.text
    assert "塔底" in text and "井底" in text


def _sight(place: str, *words: str) -> Sight:
    elements = tuple(
        Seen("s", i, -1, "p", Box(0, 20 * i, 200, 18), text=w, text_box=Box(0, 20 * i, 200, 18))
        for i, w in enumerate(words)
    )
    return Sight(
        "s",
        place,
        "desktop",
        "http://shop.example/",
        "",
        "zh-CN",
        0,
        (1440, 900),
        (0, 0),
        (1440, 900),
        1,
        (),
        (),
        elements,
    )


@pytest.mark.parametrize("words", [("请输入短信验证码",), ("商品详情", "本店支持安全验证方式登录"), ("购物车是空的",)])
def test_few_words_alone_are_no_wall(words: tuple[str, ...]) -> None:
    assert wall_of_sight(_sight("cart", *words)) is None


def test_the_title_of_a_notice_in_a_list_of_them_is_no_wall() -> None:
    plain = _sight("documents", "平台公告", "2026-07-06 系统维护公告")
    assert wall_of_sight(plain)  # it may be what the page itself says
    link = Seen(
        "s", 2, 1, "a", Box(0, 20, 90, 18), name="系统维护公告", text="系统维护公告", href="http://shop.example/news/7"
    )
    assert wall_of_sight(replace(plain, elements=(*plain.elements, link))) is None
    again = replace(plain.elements[1], text="点击重试")
    assert wall_of_sight(replace(plain, elements=(plain.elements[0], again, replace(link, parent=0))))


LATE = """<button class=icon-search style="width:30px;height:30px"></button><form action=/found hidden><input type=search name=q placeholder=搜索></form>
<script>{}</script>"""
WAKES = "document.querySelector('.icon-search').onclick = () => { document.forms[0].hidden = false }"
COVER = 'document.body.insertAdjacentHTML(\'beforeend\', \'<div role=dialog aria-label=下载APP style="position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:9"><div style="margin:200px auto;width:320px;height:260px;background:#fff"><button aria-label=关闭 style="width:32px;height:32px" onclick="this.parentNode.parentNode.remove()">×</button><p>打开APP 体验更好</p></div></div>\')'


ONCE = "document.addEventListener('pointerdown', () => {{ {} }}, {{ once: true }})"


@pytest.mark.parametrize(
    "script",
    [ONCE.format(f"setTimeout(() => {{ {WAKES} }}, 100)"), f"{WAKES}; {ONCE.format(COVER)}"],
    ids=["dead at first", "covered meanwhile"],
)
def test_a_search_behind_an_icon_is_opened_once_the_icon_wakes(
    script: str, chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    site["/"] = page(LATE.format(script))
    site["/found"] = page(f"<ul>{GOODS.format('found')}</ul>")
    made = attempt(chromium, playwright, site, tmp_path, "korrekt-99")
    home = Home(made.consumer(), made)
    try:
        home.open()
        assert home.search("手机").first is not None
    finally:
        made.close()
