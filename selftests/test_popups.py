"""Popups of many makes, met by a real consumer: what each is for, whether its close mark holds, what one click does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import pytest
from playwright.sync_api import Browser, Playwright

from gongping.consumer.consumer import Consumer
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.layers import Trial
from gongping.pages.journeys.popups import Known, Walk
from gongping.pages.layers import overview, pass_layers
from selftests.conftest import Maker, Site

State = Literal["held", "broken", "unknown"]

GOODS = "".join(f'<p><a href="/goods/{n}">商品{n} 手机数码家用电器</a> <button>收藏{n}</button></p>' for n in range(30))
ART = "width:320px;height:320px;background:linear-gradient(#e8562f,#b3200f);color:#fff;text-align:center;padding-top:90px;box-sizing:border-box;display:block;font-size:26px"
MASK = "position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:900"
BOX = "position:fixed;left:50%;top:46%;transform:translate(-50%,-50%);z-index:901"
X = "position:absolute;right:6px;top:6px;width:32px;height:32px;line-height:28px;border-radius:50%;border:2px solid #fff;background:#222;color:#fff;font-size:20px;text-align:center;cursor:pointer;padding:0"
OFFER = f'<a href="/campaign/1" style="{ART}">新人专享<br>满199减20<br>立即领取</a>'


def popup(inner: str, script: str = "close()", extra: str = "", mask: str = MASK) -> str:
    """A mask and a box around `inner`; what has the id x closes both (or runs `script`)."""
    return (
        f'<div id="m" style="{mask}"></div><div id="b" style="{BOX}">{inner}</div>{extra}<script>'
        "const m=document.getElementById('m'),b=document.getElementById('b');const close=()=>{m.remove();b.remove()};"
        f"const x=document.getElementById('x');if(x)x.addEventListener('click',e=>{{e.preventDefault();e.stopPropagation();{script}}});</script>"
    )


def again(seconds: float) -> str:
    """Comes back."""
    return f"m.style.display=b.style.display='none';setTimeout(()=>{{m.style.display=b.style.display=''}},{seconds * 1000})"


@dataclass(frozen=True)
class Sample:
    """A page with one popup, what close_control and one_click_close must say of it, and a part of the reason."""

    name: str
    body: str
    mark: State
    click: State
    why: str = ""
    device: str = "desktop"
    deep: bool = False


CROSS = (
    "<style>.cx{position:absolute;right:-14px;top:-14px;width:30px;height:30px;cursor:pointer;background:#333;border-radius:15px}"
    ".cx::before,.cx::after{content:'';position:absolute;left:6px;top:13px;width:18px;height:3px;background:#fff;transform:rotate(45deg)}.cx::after{transform:rotate(-45deg)}</style>"
)
SVG_X = '<svg width="28" height="28" viewBox="0 0 28 28"><circle cx="14" cy="14" r="13" fill="#222"/><path d="M8 8l12 12M20 8L8 20" stroke="#fff" stroke-width="2.4"/></svg>'

SAMPLES = [
    # lawful, of many makes
    Sample("div-soup", popup(f'{OFFER}<span id="x" style="{X}">×</span>'), "held", "held"),
    Sample("cross-drawn-in-css", CROSS + popup(f'{OFFER}<i class="cx" id="x"></i>'), "held", "held"),
    Sample("svg-icon-delegated", f'<div id="p"><div style="{MASK}"></div><div style="{BOX}">{OFFER}<div style="position:absolute;right:4px;top:4px;cursor:pointer">{SVG_X}</div></div></div>'
           "<script>document.addEventListener('click',e=>{if(e.target.closest('svg'))document.getElementById('p').remove()})</script>", "held", "held"),
    Sample("closed-shadow-root", "<promo-pop></promo-pop><script>customElements.define('promo-pop',class extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'closed'});"
           f"r.innerHTML=`<div style=\"{MASK}\"></div><div style=\"{BOX}\">{OFFER}<button aria-label=\"关闭\" style=\"{X}\">✕</button></div>`;r.querySelector('button').onclick=()=>this.remove()}}}})</script>", "held", "held"),
    Sample("native-dialog", f'<dialog id="d" style="border:0;padding:0;position:fixed"><form method="dialog">{OFFER}<button style="{X}">关闭</button></form></dialog>'
           "<script>document.getElementById('d').showModal()</script>".replace("width:32px", "width:60px"), "held", "held"),
    Sample("inside-app-shell", f'<div style="position:fixed;inset:0;overflow:auto" id="app">{GOODS}{popup(f"""{OFFER}<button id="x" style="{X}">×</button>""")}</div>', "held", "held"),
    Sample("absolute-no-mask", f'<div id="b" style="position:absolute;left:380px;top:160px;z-index:999">{OFFER}<button id="x" style="{X}">×</button></div><script>x.onclick=()=>b.remove()</script>', "held", "held"),
    Sample("mark-below-the-picture", popup(f'{OFFER}<div style="text-align:center;padding-top:18px"><span id="x" style="{X};position:static;display:inline-block">×</span></div>'), "held", "held"),
    Sample("mark-is-a-sibling", f'<div id="m" style="{MASK}"></div><div id="b" style="{BOX}">{OFFER}</div><button id="x" aria-label="关闭广告" style="{X};position:fixed;left:calc(50% + 170px);top:120px;right:auto;z-index:902">×</button>'
           "<script>x.onclick=()=>{m.remove();b.remove();x.remove()}</script>", "held", "held"),
    Sample("picture-frame-of-same-origin", popup(f'<iframe srcdoc=\'<a href="/campaign/2" style="{ART}">限时抢购<br>立减50元</a>\' style="border:0;width:320px;height:320px"></iframe><button id="x" style="{X}">×</button>'), "held", "held"),
    Sample("mark-inside-the-frame", "<script>window.shut=()=>document.getElementById('f').remove()</script>"
           f'<div id="f" style="{MASK}"><iframe srcdoc=\'<style>body{{margin:0}}</style><a href="/campaign/2" style="{ART}">限时抢购<br>立减50元</a><button style="{X}" onclick="parent.shut()">×</button>\' style="border:0;width:320px;height:320px;position:absolute;left:calc(50% - 160px);top:80px"></iframe></div>', "held", "held"),
    Sample("english-coupon", popup(f'<div style="{ART};font-size:18px">Get 10% off your first order<br><input placeholder="Email" type="email"><br><button>Claim offer</button></div><button id="x" aria-label="Close dialog" style="{X}">{SVG_X}</button>'), "held", "held"),
    Sample("traditional-chinese", popup(f'<a href="/c" style="{ART}">週年慶<br>折價券 立即領取</a><button id="x" style="{X};width:60px;border-radius:4px;font-size:14px">關閉</button>'), "held", "held"),
    Sample("splash-skip-at-once", '<div id="b" style="position:fixed;inset:0;background:#b3200f;color:#fff;z-index:99"><a href="/campaign/3" style="position:absolute;inset:0;color:#fff;font-size:40px;padding:200px 40px">年货节<br>满300减50</a>'
           '<button id="x" style="position:absolute;right:16px;top:16px;width:90px;height:36px;background:#222;color:#fff;border:0">跳过 5s</button></div><script>x.onclick=()=>b.remove();setTimeout(()=>b.remove(),5000)</script>', "held", "held", device="mobile"),
    Sample("script-comes-late", popup(f'{OFFER}<button id="x" style="{X}">×</button>', extra="<script>{const f=x.onclick;x.onclick=null;setTimeout(()=>{x.onclick=f},600)}</script>"), "held", "held"),
    Sample("fades-slowly", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "b.style.transition=m.style.transition='opacity .5s';b.style.opacity=m.style.opacity=0;setTimeout(close,500)"), "held", "held"),
    Sample("on-scroll", f'<div style="height:3000px"></div><script>let n=0;addEventListener("scroll",()=>{{if(n++)return;document.body.insertAdjacentHTML("beforeend",`<div id="b" style="{BOX}">{OFFER}<button style="{X}" onclick="b.remove()">×</button></div>`)}})</script>', "held", "held", deep=True),
    Sample("on-leaving", f'<script>let n=0;document.addEventListener("mouseout",e=>{{if(e.clientY>0||n++)return;document.body.insertAdjacentHTML("beforeend",`<div id="b" style="{BOX}">{OFFER}<button style="{X}" onclick="b.remove()">×</button></div>`)}})</script>', "held", "held", deep=True),
    Sample("float-with-mark", f'<div id="b" style="position:fixed;right:16px;bottom:120px;width:110px;height:120px;background:#e8562f;z-index:9"><a href="/campaign/9" style="color:#fff;display:block;height:120px">红包雨<br>领50元券<img src="data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==" width="60" height="60"></a><button style="{X}" onclick="b.remove()">×</button></div>', "held", "held"),
    # 24.2 broken
    Sample("no-mark", popup(OFFER), "broken", "unknown", "没有关闭标志"),
    Sample("english-countdown", popup(f'{OFFER}<button id="x" style="{X};width:120px;font-size:12px" disabled>You can close in 5</button>', extra="<script>setTimeout(()=>{x.disabled=false;x.textContent='×'},4000)</script>"), "broken", "held", "秒才看到"),
    Sample("late-by-css", popup(f'<style>@keyframes late{{to{{visibility:visible}}}}</style>{OFFER}<button id="x" style="{X};visibility:hidden;animation:late 0s 4s forwards">×</button>'), "broken", "held", "秒才看到"),
    Sample("counts-down-as-skip", popup(f'{OFFER}<button id="x" style="{X};width:80px;font-size:14px">跳过 5s</button>', "if(x.textContent=='跳过')close()", "<script>setTimeout(()=>{x.textContent='跳过'},5000)</script>"), "broken", "held", "秒才看到"),
    Sample("small", popup(f'{OFFER}<button id="x" style="{X};width:14px;height:14px;line-height:10px;font-size:10px">×</button>'), "broken", "held", "小于 24×24"),
    Sample("pale", popup(f'<a href="/campaign/1" style="{ART};background:#fff;color:#c00">满199减20 立即领取</a><button id="x" style="{X};background:#fff;border-color:#fff;color:#ccc">×</button>'), "broken", "held", "对比度"),
    Sample("half-outside", popup(f'{OFFER}<button id="x" style="{X};position:fixed;right:-575px;top:0">×</button>'), "broken", "held", "视口以外"),
    Sample("runs-away", popup(f'{OFFER}<button id="x" style="{X}">×</button>', extra="<script>x.onmouseover=()=>{x.style.right='260px'}</script>"), "broken", "unknown", "移开"),
    Sample("fake", popup(f'<a href="/campaign/1" style="{ART}">满199减20<br>立即领取<span style="{X}">×</span></a>'), "broken", "unknown", "假的"),
    Sample("shaming-only", popup(f'<div style="{ART};font-size:18px">Get 10% off your first order<br><button>Claim offer</button><br><a id="x" href="#">No thanks, I\'d rather pay full price</a></div>'), "broken", "unknown", "No thanks"),
    Sample("escape-only", popup(OFFER, extra="<script>addEventListener('keydown',e=>{if(e.key=='Escape')close()})</script>"), "broken", "unknown", "Esc"),
    Sample("float-without-mark", '<a href="/campaign/9" style="position:fixed;right:16px;bottom:120px;width:110px;height:120px;background:#e8562f;color:#fff;z-index:9">广告<br>红包雨 领50元券</a>', "broken", "unknown", "没有关闭标志"),
    # 24.3 broken
    Sample("opens-the-ad", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "window.open('/campaign/1');close()"), "held", "broken", "打开了新页面"),
    Sample("goes-to-the-ad", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "location.href='/campaign/1'"), "held", "broken", "跳转"),
    Sample("asks", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "if(confirm('确定放弃优惠吗？'))close()"), "held", "broken", "对话框"),
    Sample("holds-back", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "b.innerHTML='<div style=\"background:#fff;padding:40px\">真的不要吗？红包即将失效<button>再想想</button><button onclick=m.remove();b.remove()>残忍离开</button></div>'"), "held", "broken", "挽留"),
    Sample("two-clicks", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "if(!window.n){window.n=1;return}close()"), "held", "broken", "2 次"),
    Sample("glass-stays", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "b.remove();m.style.background='transparent'"), "held", "broken", "遮罩"),
    Sample("stays-locked", popup('<div style="height:3000px;width:1px"></div>', extra="").replace(f'<div id="b" style="{BOX}">', '<div id="tall">').replace(f'<div id="m" style="{MASK}">', f'<div id="m" style="{MASK}"><div id="b" style="{BOX}">{OFFER}<button id="x" style="{X}">×</button></div>').replace("const close=()=>{m.remove();b.remove()}", "document.body.style.overflow='hidden';const close=()=>m.remove()"), "held", "broken", "不能滚动"),
    Sample("comes-again", popup(f'{OFFER}<button id="x" style="{X}">×</button>', again(40)), "held", "broken", "秒内又弹出"),
    Sample("comes-again-later", popup(f'{OFFER}<button id="x" style="{X}">×</button>', again(90)), "held", "held"),
    Sample("another-at-once", popup(f'{OFFER}<button id="x" style="{X}">×</button>', f"close();document.body.insertAdjacentHTML('beforeend',`<div class=second style='{MASK}'><div style='{BOX}'><a href=/campaign/7 style='{ART}'>抽奖 免单</a><button style='{X}'>×</button></div></div>`)"), "held", "broken", "立即又弹出"),
    Sample("shrinks-to-a-ball", popup(f'{OFFER}<button id="x" style="{X}">×</button>', "close();document.body.insertAdjacentHTML('beforeend','<a href=/campaign/1 class=ball style=\"position:fixed;right:10px;bottom:90px;width:64px;height:64px;border-radius:32px;background:#e8562f;color:#fff\">领券</a>')"), "held", "broken", "浮动图标"),
    # doubts
    Sample("canvas-only", popup('<a href="/campaign/1"><canvas width="320" height="320" style="background:#c33"></canvas></a>'), "unknown", "unknown", "无法读取"),
    Sample("no-thanks-only", popup(f'<div style="{ART};font-size:18px">Get 10% off your first order<br><button>Claim offer</button><br><button id="x">Not now</button></div>'), "unknown", "held", "人工判断"),
    Sample("glyph-under-the-link", popup(f'{OFFER}<button id="x" style="{X}">×</button><a href="/campaign/1" style="position:absolute;right:10px;top:10px;width:22px;height:22px"></a>'), "unknown", "broken", "点击关闭标志跳转"),
]  # fmt: skip

NO_ADS = {
    "cookie": f'<div id="b" style="{BOX};background:#fff;padding:40px;width:500px;box-shadow:0 0 9px #000"><h2>We value your privacy</h2><p>We use cookies to offer you a better experience, analyse traffic and personalise content.</p><button>Accept all</button><button onclick="b.remove()">Reject all</button></div>',
    "login": f'<div id="m" style="{MASK}"></div><div id="b" style="{BOX};background:#fff;padding:40px"><h3>手机号登录</h3><input type="tel" placeholder="手机号"><input placeholder="短信验证码"><button>登录</button><span style="{X}" onclick="m.remove();b.remove()">×</span></div>',
    "city": f'<div id="m" style="{MASK}"></div><div id="b" style="{BOX};background:#fff;padding:40px"><h3>请选择城市</h3><a href="#bj" onclick="m.remove();b.remove()">北京</a> <a href="#cq" onclick="m.remove();b.remove()">重庆</a></div>',
    "age": f'<div id="m" style="{MASK};background:#000"><div style="{BOX};background:#fff;padding:40px"><p>Age verification. Are you over 18?</p><button onclick="m.remove()">I am over 18</button><button>Exit</button></div></div>',
    "app": f'<div id="m" style="{MASK}"></div><div id="b" style="{BOX};background:#fff;padding:60px"><p>打开APP，浏览更流畅</p><a href="/app">打开APP</a><br><a href="#" onclick="m.remove();b.remove()">继续浏览网页版</a></div>',
    "notification": f'<div id="b" style="{BOX};background:#fff;padding:80px;box-shadow:0 0 9px #000"><p>允许本站发送通知？</p><button>允许</button><button onclick="b.remove()">暂不</button></div>',
    "notice": f'<div id="m" style="{MASK}"></div><div id="b" style="{BOX};background:#fff;padding:60px"><p>春节发货安排公告：1月28日起停止发货</p><button onclick="m.remove();b.remove()">我知道了</button></div>',
    "other": f'<div id="m" style="{MASK}"></div><div id="b" style="{BOX};background:#fff;padding:60px"><p>确认您的订单信息</p><button onclick="fetch(\'/order/submit\',{{method:\'POST\'}})">提交订单</button></div><script>addEventListener("keydown",e=>{{if(e.key=="Escape"){{m.remove();b.remove()}}}})</script>',
}  # fmt: skip
"""Layers that are no advertisement, by kind; each can be passed without committing to anything."""

QUIET = {
    "carousel": '<div style="position:relative;height:360px;overflow:hidden"><div style="position:absolute;inset:0;z-index:100"><a href="/campaign/1"><img width="1400" height="360" alt="满199减20 立即领取"></a></div><button style="position:absolute;right:0;top:150px;z-index:200">›</button></div>',
    "header-and-tab-bar": '<div style="position:fixed;top:0;left:0;right:0;height:60px;background:#fff"><a href="/">首页</a> 满199减20</div><div style="position:fixed;bottom:0;left:0;right:0;height:50px;background:#eee"><a href="/cart">购物车</a><a href="/me">我的</a></div>',
    "toolbar": '<div style="position:fixed;right:0;top:200px;width:50px;background:#333">' + "".join(f'<a href="/t{n}" style="display:block;color:#fff">{t}</a>' for n, t in enumerate(["购物车", "优惠券", "客服", "反馈", "顶部"])) + "</div>",
    "toast": '<div style="position:fixed;left:20px;bottom:20px;background:#333;color:#fff;padding:8px">用户138****刚刚下单了 手机</div>',
    "hover-menu": f'<nav style="position:absolute;left:0;top:0;width:100%;height:40px"><div onmouseover="k.style.display=\'block\'" onmouseout="k.style.display=\'none\'">全部分类<div id="k" style="display:none;position:absolute;z-index:500;top:20px;width:1200px;height:420px;background:#fff"><a href="/campaign/2">满199减20 抢购</a></div></div></nav><div style="margin-top:60px">{GOODS}</div>',
}  # fmt: skip
"""Pages on which nothing may be taken for a popup."""


@dataclass
class Bench:
    """One consumer a device meets all samples."""

    site: Site
    maker: Maker
    consumers: dict[str, Consumer]
    number: int = 0

    def show(self, body: str, device: str = "desktop") -> Consumer:
        """The sample's page, opened."""
        if device not in self.consumers:
            self.consumers[device] = self.maker(device=device, clock=True, budget=10_000)
        self.number += 1
        path = f"/sample/{self.number}"
        main = "" if 'id="app"' in body else GOODS
        self.site[path] = (
            f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>示例商城</title><body style="margin:0"><main>{main}</main>{body}'
        )
        consumer = self.consumers[device]
        consumer.visit(self.site.url(path), "home")
        return consumer

    def meet(self, body: str, device: str, deep: bool) -> Walk:
        consumer = self.show(body, device)
        walk = Walk(cast(Any, None), consumer, 1, Known())
        walk.stay("home", consumer.look("home", pictures="none"), "deep" if deep else "short")
        return walk


@pytest.fixture(scope="module")
def bench(chromium: Browser, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder: Path = tmp_path_factory.mktemp("popups")
    maker, site = Maker(chromium, playwright, folder), Site()
    yield Bench(site, maker, {})
    maker.close()
    site.close()


def judge(bench: Bench, trial: Trial) -> tuple[str, str, str]:
    norm = Predicates(load(), Album(bench.maker.folder), "zh-CN")
    mark, click = norm.close_control(trial), norm.one_click_close(trial)
    return mark.state, click.state, f"{mark.zh}|{click.zh}"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_popups_and_their_closing(sample: Sample, bench: Bench) -> None:
    walk = bench.meet(sample.body, sample.device, sample.deep)
    assert [v.stopped for v in walk.visits] == [""]
    assert walk.trials, [(x.form, x.kind, x.why, x.text) for v in walk.visits for x in v.layers]
    mark, click, why = judge(bench, walk.trials[0])
    assert (mark, click) == (sample.mark, sample.click), (why, walk.trials[0])
    assert sample.why in why


@pytest.mark.parametrize("kind", NO_ADS)
def test_layers_that_are_no_advertisement_are_told_and_passed(kind: str, bench: Bench) -> None:
    consumer = bench.show(NO_ADS[kind])
    bench.site.asked.clear()
    walk = Walk(cast(Any, None), consumer, 1, Known())
    walk.stay("home", consumer.look("home", pictures="none"), "short")
    assert [x.kind for v in walk.visits for x in v.layers] == [kind]
    assert not walk.trials
    assert not overview(consumer).overlays, "it was passed on the way"
    assert not pass_layers(consumer)
    assert not bench.site.got("/order", "/app", "/campaign")


@pytest.mark.parametrize("name", QUIET)
def test_what_is_no_popup(name: str, bench: Bench) -> None:
    walk = bench.meet(QUIET[name], "desktop", name == "hover-menu")
    assert not walk.trials
    assert all(x.kind in ("other", "doubtful") and x.form != "overlay" for v in walk.visits for x in v.layers)
