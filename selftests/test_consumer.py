"""The consumer: waits for what a page still brings, not for what never ends; keeps pace and budget; writes a journal without secrets."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongping.consumer.budget import Budget
from gongping.consumer.experiments import Stopped
from gongping.consumer.guard import Effect
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.evidence.redact import Redactor
from selftests.conftest import Answer, Maker, Site, journal, named, page

RESTLESS = {
    "a long poll": "<script>const poll = () => fetch('/poll').then(poll); poll()</script>",
    "a stream": "<script>new EventSource('/poll')</script>",
    "an analytics beacon": "<script>setInterval(() => navigator.sendBeacon('/log', 'x'), 100)</script>",
    "a pixel a second": "<script>setInterval(() => { new Image().src = '/log?' + Math.random() }, 100)</script>",
    "a ticking clock": "<p id=clock></p><script>setInterval(() => { clock.textContent = new Date().toISOString() }, 50)</script>",
    "a carousel": "<div id=c style='width:300px'>一</div><script>let n = 0; setInterval(() => { c.style.transform = `translateX(${n++ % 300}px)` }, 16)</script>",
    "decorations that pulse": "<style>@keyframes p { to { opacity: .4 } } i, p { animation: p 1s infinite alternate } i { display: inline-block; width: 12px; height: 12px; background: #e00 }</style><i></i><i></i><i></i><p>限时</p><p>秒杀</p><p>直播</p>",
    "a list that rotates": "<ul id=u><li>一<li>二</ul><script>setInterval(() => u.append(u.firstElementChild), 1500)</script>",
}  # fmt: skip


@pytest.mark.parametrize("name", list(RESTLESS))
def test_what_never_ends_is_not_waited_for(name: str, site: Site, consume: Maker) -> None:
    site["/"] = page(RESTLESS[name])
    site["/poll"] = Answer("", later=25)
    consumer = consume()
    begun = time.monotonic()
    consumer.visit(site.url(), "home")
    settled = consumer.settle()
    took = time.monotonic() - begun
    # never to the cap of 6 s for each of the two: a poll costs its grace once
    assert settled and took < (9 if name in ("a long poll", "a stream") else 6), f"{took:.1f} s"


LATE = {
    "a late answer": "<div id=m></div><script>fetch('/late').then((r) => r.text()).then((t) => { m.textContent = t })</script>",
    "one answer after the other": "<div id=m></div><script>fetch('/late').then(() => fetch('/late')).then((r) => r.text()).then((t) => { m.textContent = t })</script>",
    "a skeleton": "<div id=m class=skeleton style='width:300px;height:80px;background:#eee'></div><script>setTimeout(() => { m.className = ''; m.textContent = '到货' }, 900)</script>",
    "a skeleton by another name": "<style>@keyframes p { to { opacity: .4 } } .b { width: 300px; height: 30px; background: #eee; animation: p 1s infinite alternate }</style><div id=m><div class=b></div><div class=b></div><div class=b></div></div><script>setTimeout(() => { m.textContent = '到货' }, 900)</script>",
    "a busy region": "<div id=m aria-busy=true style='width:300px;height:80px'></div><script>setTimeout(() => { m.removeAttribute('aria-busy'); m.textContent = '到货' }, 900)</script>",
    "a late script": "<div id=m></div><script src=/late.js async></script>",
}  # fmt: skip


@pytest.mark.parametrize("name", list(LATE))
def test_what_still_comes_is_waited_for(name: str, site: Site, consume: Maker) -> None:
    site["/"] = page(LATE[name])
    site["/late"] = Answer("到货", later=0.6)
    site["/late.js"] = Answer(
        "document.getElementById('m').textContent = '到货'", headers={"Content-Type": "text/javascript"}, later=0.6
    )
    consumer = consume()
    consumer.visit(site.url(), "home")
    assert "到货" in consumer.look("home", pictures="none").sight.text


def test_an_act_tells_what_followed(site: Site, consume: Maker) -> None:
    site["/"] = page(
        "<button onclick=\"alert('好'); fetch('/api')\">问</button><a href=/next>去</a><a href=/new target=_blank>新</a><button onclick=\"setTimeout(() => window.open('/window'), 50)\">窗</button><a href=/file download>存</a><button style='display:none'>无</button>"
    )
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    asked = consumer.click(live, named(live.sight, "问"), what="ask")
    assert asked.dialogs == ("alert: 好",) and asked.requests == (f"GET {site.url('/api')}",) and not asked.navigated
    opened = consumer.click(live, named(live.sight, "新"), what="open")
    assert opened.opened == (site.url("/new"),) and consumer.page.url == site.url("/")
    consumer.close_opened()
    assert consumer.click(live, named(live.sight, "窗"), what="open").opened == (site.url("/window"),)
    consumer.close_opened()
    assert consumer.click(live, named(live.sight, "存"), what="save").downloads
    went = consumer.click(live, named(live.sight, "去"), what="go")
    assert went.navigated and went.after == site.url("/next") and went.status == 200
    with pytest.raises(NotOffered, match="gone"):
        consumer.click(live, named(live.sight, "问"), what="ask again")


_DRAWN = """<div id=m></div><script>const draw = () => { m.innerHTML = '<input aria-label=手机号码 style="width:200px"><button onclick="send()">进入</button>' };
const send = () => fetch('/in?' + document.querySelector('input').value); draw()</script>"""


def test_a_control_that_was_drawn_anew_is_found_again(site: Site, consume: Maker) -> None:
    site["/"] = page(_DRAWN)
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    consumer.page.evaluate("draw()")
    consumer.fill(live, named(live.sight, "手机号码"), "139")
    assert consumer.click(live, named(live.sight, "进入"), what="go in").requests == (f"GET {site.url('/in?139')}",)


@pytest.mark.parametrize(
    "then", ["m.innerHTML = ''", "draw(); m.append(m.firstChild.cloneNode()); m.append(m.children[1].cloneNode(true))"]
)
def test_what_is_gone_or_there_twice_is_told_as_a_wall(then: str, site: Site, consume: Maker) -> None:
    site["/"] = page(_DRAWN)
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    consumer.page.evaluate(then)
    with pytest.raises(NotOffered, match="gone"):
        consumer.fill(live, named(live.sight, "手机号码"), "139")
    with pytest.raises(NotOffered, match="gone"):
        consumer.click(live, named(live.sight, "进入"), what="go in")


def test_a_control_under_a_layer_is_reached_past_it(site: Site, consume: Maker) -> None:
    site["/"] = page(
        """<button onclick="fetch('/hit')">详情</button><div id=ad style="position:fixed;inset:0;background:rgba(0,0,0,.6)">
        <div style="position:absolute;left:30%;top:30%;width:400px;height:200px;background:#fff">新人福利<button onclick="ad.remove()" aria-label="关闭" style="position:absolute;right:0;top:0">×</button></div></div>"""
    )
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    assert consumer.click(live, named(live.sight, "详情"), what="details").requests == (f"GET {site.url('/hit')}",)


def test_a_layer_that_asks_again_is_passed_too(site: Site, consume: Maker) -> None:
    site["/"] = page(
        """<button onclick="fetch('/hit')">详情</button><div id=ad style="position:fixed;inset:0;background:rgba(0,0,0,.6)">
        <div id=p style="position:absolute;left:30%;top:30%;width:400px;height:200px;background:#fff">新人福利<button onclick="stay()" aria-label="关闭">×</button></div></div>
        <script>const stay = () => { p.innerHTML = '<h3>确定要放弃福利吗？</h3><button>再看看</button><button onclick="ad.remove()">忍痛放弃</button>' }</script>"""
    )
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    assert consumer.click(live, named(live.sight, "详情"), what="details").requests == (f"GET {site.url('/hit')}",)


def test_the_budget_ends_a_walk_with_its_name(site: Site, consume: Maker) -> None:
    site["/"] = page("")
    consumer = consume(budget=2)
    consumer.visit(site.url(), "home")
    consumer.visit(site.url(), "home")
    with pytest.raises(Wall, match="budget of 2 navigations") as met:
        consumer.visit(site.url(), "home")
    assert met.value.name is WallName.BUDGET
    with pytest.raises(Wall, match=r"budget of \S+ minutes"):
        spent = Budget(10, 0.00001)
        time.sleep(0.01)
        spent.spend("http://x/")


def test_clicks_and_redirects_count_once(site: Site, consume: Maker) -> None:
    site["/"] = page("<a href=/hop>去</a>")
    site["/hop"] = Answer("", 302, {"Location": "/there"})
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    consumer.click(live, named(live.sight, "去"), what="go")
    assert consumer.page.url == site.url("/there") and consumer.budget.used == 2


def test_pace_is_kept_between_navigations_and_0_lets_all_through(site: Site, consume: Maker) -> None:
    site["/"] = page("")
    quick, slow = consume(), consume(pace=0.5)
    begun = time.monotonic()
    quick._pace.wait(site.url())
    quick._pace.wait(site.url())
    assert time.monotonic() - begun < 0.3
    slow.visit(site.url(), "home")
    begun = time.monotonic()
    slow.visit(site.url(), "home")
    slow.visit(site.url(), "home")
    assert time.monotonic() - begun >= 0.5


def test_pace_is_shared_by_processes(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from gongping.consumer.pace import Pace; [Pace(0.4, Path(sys.argv[1])).wait('http://shop.example/') for _ in range(2)]"
    begun = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(2)]
    assert [p.wait(60) for p in running] == [0, 0]
    assert time.monotonic() - begun >= 3 * 0.4  # four navigations, three gaps
    begun = time.monotonic()
    Pace(0.4, tmp_path).wait("http://other.example/")
    assert time.monotonic() - begun < 0.4  # another host has its own pace


def test_workers_share_a_budget(tmp_path: Path) -> None:
    one, other = (Budget(3, 9, tmp_path / "tally") for _ in range(2))
    one.spend("http://shop.example/")
    other.spend("http://shop.example/")
    other.count()
    with pytest.raises(Wall) as met:
        one.spend("http://shop.example/")
    assert met.value.name is WallName.BUDGET
    assert (one.used, other.used) == (2, 2)


def test_the_journal_tells_what_happened_and_no_secret(site: Site, consume: Maker, tmp_path: Path) -> None:
    secret = "geheim+4711"
    site["/"] = page(
        "<form action=/login><input name=user placeholder=手机号><input type=password name=pw placeholder=密码><button>登录</button></form>"
    )
    consumer = consume(journal=Journal(tmp_path / "journal.jsonl", Redactor([secret]).text))
    consumer.visit(site.url(), "login")
    live = consumer.look("login", pictures="none")
    field = next(s for s in live.sight.elements if s.kind == "password")
    consumer.fill(live, field, secret, secret=True)
    consumer.click(live, named(live.sight, "登录"), what="log in", effect=Effect.SESSION)
    assert "geheim" in consumer.page.url
    written = (tmp_path / "journal.jsonl").read_text("utf-8")
    assert "geheim" not in written
    events = [line["event"] for line in journal(tmp_path)]
    assert [e for e in events if e in ("visit", "navigation", "fill", "act")] == [
        "visit",
        "navigation",
        "fill",
        "act",
        "navigation",
    ]
    assert journal(tmp_path, "fill")[0]["text"] == "[redacted]"


def test_a_stop_says_wall_place_and_address() -> None:
    assert Stopped("captcha", "the page says", "home", "http://x/").wall == "captcha"
    assert (
        str(Wall(WallName.TIMEOUT, "no answer within 30 s", "home", "http://x/"))
        == "time-out: no answer within 30 s (http://x/)"
    )
