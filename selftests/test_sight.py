"""The collector and the two-shot contrast: what a person sees is read, what a person does not see is not, and nothing is written."""

from __future__ import annotations

import pytest

from gongping.detectors.conspicuousness import Contrast, contrast
from gongping.evidence.album import Album
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight
from selftests.conftest import Maker, Site, Walk, named_by, page


def shown(sight: Sight, ident: str) -> bool:
    seen = named_by(sight, ident)
    return seen.shown and bool(sight.text_of(seen.index))


def test_what_is_hidden_is_not_shown_and_what_is_shown_is(walk: Walk) -> None:
    sight = walk.to(
        page(
            """<p id=plain>看得见</p><p id=display style="display:none">甲</p><p id=visibility style="visibility:hidden">甲</p>
            <p id=opacity style="opacity:.02">甲</p><div style="opacity:.2"><p id=twice style="opacity:.2">甲</p></div>
            <p id=clip style="position:absolute;clip:rect(0 0 0 0)">甲</p><p id=inset style="clip-path:inset(50%)">甲</p>
            <p id=off style="position:absolute;left:-9999px">甲</p><p id=top style="position:absolute;top:-500px">甲</p>
            <p id=sr style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">甲</p>
            <p id=zero style="height:0;overflow:hidden">甲</p><div style="height:20px;overflow:hidden"><p style="height:40px">一</p><p id=overflow>甲</p></div>
            <details><summary id=summary>更多</summary><p id=folded>甲</p></details><p id=indent style="text-indent:-9999px;overflow:hidden">甲</p>
            <div style="visibility:hidden"><p id=back style="visibility:visible">看得见</p></div><p id=contents style="display:contents">看得见</p>
            <template><p id=template>甲</p></template><noscript>甲</noscript>"""
        )
    ).sight
    for ident in ("plain", "summary", "back", "contents"):
        assert shown(sight, ident), ident
    idents = {s.ident for s in sight.elements}
    for ident in (
        "display",
        "visibility",
        "opacity",
        "twice",
        "clip",
        "inset",
        "off",
        "top",
        "sr",
        "zero",
        "overflow",
        "folded",
        "template",
    ):
        assert ident not in idents or not shown(sight, ident), ident
    assert named_by(sight, "indent").text_box is None
    assert "甲" not in sight.text.replace(sight.text_of(named_by(sight, "indent").index), "")


def test_text_reads_in_order_with_what_style_sheets_paint(walk: Walk) -> None:
    sight = walk.to(
        page(
            """<style>#tag::before{content:"【自营】"} #tag::after{content:"热卖"} #bare::before{content:"广告"} #none::before{content:"不显";display:none} #star::after{content:"\\2605"}</style>
            <p id=mixed>请阅读<a href=/a>《服务协议》</a>后继续</p><p id=tag>手机</p><span id=bare></span><p id=none>文</p><i id=star></i>
            <p id=block>第一行<br>同段</p><div id=blocks><div>一</div><div>二</div></div><del id=del>￥99</del><s>x</s>
            <p id=long style="width:60px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis">很长很长很长很长的名字</p>
            <div style="transform:scale(.5);transform-origin:0 0;width:300px"><p id=small style="font-size:20px">缩小</p></div>"""
        )
    ).sight
    assert sight.text_of(named_by(sight, "mixed").index) == "请阅读《服务协议》后继续"
    assert (
        named_by(sight, "tag").words == "【自营】手机热卖"
        and sight.text_of(named_by(sight, "tag").index) == "【自营】手机热卖"
    )
    assert (
        named_by(sight, "bare").words == "广告"
        and named_by(sight, "none").words == "文"
        and named_by(sight, "star").words == "★"
    )
    assert sight.text_of(named_by(sight, "blocks").index) == "一\n二"
    assert named_by(sight, "del").struck and not named_by(sight, "tag").struck
    assert named_by(sight, "long").cut and not named_by(sight, "tag").cut
    assert named_by(sight, "small").font_px == pytest.approx(10, abs=0.2)


def test_shadow_roots_slots_and_frames_are_one_tree(walk: Walk) -> None:
    walk.site["/inner"] = (
        "<meta charset=utf-8><body style='margin:0'><p id=inner>同源框内</p><iframe src=/nested style='border:0;width:200px;height:60px'></iframe>"
    )
    walk.site["/nested"] = "<meta charset=utf-8><body style='margin:0'><p id=nested style='margin:0'>框中框</p>"
    walk.site["/other"] = "<meta charset=utf-8><body style='margin:0'><button id=other>他源框内</button>"
    other = walk.site.url("/other", "localhost")
    live = walk.to(
        page(
            f"""<x-open><b slot=s>槽中</b><i>无槽</i></x-open><x-closed></x-closed>
            <iframe id=same src=/inner style="position:absolute;left:100px;top:650px;width:300px;height:150px;border:5px solid red;padding:7px"></iframe>
            <iframe id=cross src="{other}" style="position:absolute;left:500px;top:650px;width:300px;height:100px;border:3px solid red"></iframe>
            <iframe id=gone src=/inner style="visibility:hidden"></iframe><div style="opacity:.05"><iframe id=faint src=/inner></iframe></div>
            <div style="height:0;overflow:hidden"><iframe id=folded src=/inner></iframe></div>
            <script>
            customElements.define("x-open", class extends HTMLElement {{ connectedCallback() {{ this.attachShadow({{mode: "open"}}).innerHTML = "<p id=open>开影</p><slot name=s></slot>"; }} }});
            customElements.define("x-closed", class extends HTMLElement {{ connectedCallback() {{ this.attachShadow({{mode: "closed"}}).innerHTML = "<p id=closed>闭影</p>"; }} }});
            </script>"""
        )
    )
    sight = live.sight
    for words in ("槽中", "开影", "闭影", "同源框内", "框中框", "他源框内"):
        assert sight.text.count(words) == 1, words
    assert "无槽" not in sight.text
    inner = [s for s in sight.elements if s.ident == "inner" and s.shown]
    assert len(inner) == 1 and any(a.ident == "same" for a in sight.ancestors(inner[0].index))
    nested = next(s for s in sight.elements if s.ident == "nested" and s.shown)
    assert any(a.ident == "same" for a in sight.ancestors(nested.index))
    button = named_by(sight, "other")
    assert any(a.ident == "cross" for a in sight.ancestors(button.index))
    assert (button.box.x, button.box.y) == pytest.approx((503, 653), abs=1)
    assert (inner[0].box.x, inner[0].box.y) == pytest.approx((112, 662), abs=1)
    live.element(button).click()  # a node of another origin's frame is as live as any


def test_controls_say_what_they_are_and_where_their_label_is(walk: Walk) -> None:
    sight = walk.to(
        page(
            """<style>.switch input{position:absolute;opacity:0} .none input{display:none}</style>
            <label class=switch id=l1>运费险<input type=checkbox id=c1 checked></label><label class=none id=l2><input type=checkbox id=c2>会员</label>
            <div role=switch aria-checked=true id=c3 tabindex=0>个性化</div><div id=soup>加入购物车</div><input id=pw type=password value=geheim>
            <div role=checkbox aria-checked=false aria-labelledby=t id=c4>□</div><span id=t>保价</span><button disabled id=b>不可用</button><form><button id=s>送出</button></form>
            <script>soup.addEventListener("click", () => 1)</script><a id=a href=/x target=_blank><img alt="商品图" width=50 height=50></a>"""
        )
    ).sight
    one, two = named_by(sight, "c1"), named_by(sight, "c2")
    assert one.checked is True and one.labels == (named_by(sight, "l1").index,) and not one.shown
    assert two.checked is False and not two.shown and two.labels == (named_by(sight, "l2").index,)
    assert (
        named_by(sight, "c3").checked is True
        and named_by(sight, "c4").checked is False
        and sight.label_of(named_by(sight, "c4")) == "保价"
    )
    assert named_by(sight, "soup").listens and named_by(sight, "soup").operable
    assert named_by(sight, "pw").value == "" and named_by(sight, "b").disabled
    assert (named_by(sight, "b").kind, named_by(sight, "s").kind) == (
        "button",
        "submit",
    )  # without a form it sends nothing
    assert sight.label_of(named_by(sight, "a")) == "商品图" and named_by(sight, "a").opens == "_blank"


def test_hit_tests_know_covered_from_veiled(walk: Walk) -> None:
    live = walk.to(
        page(
            """<div style="position:relative;height:60px"><button id=covered>盖住</button><div style="position:absolute;inset:0;background:#fff"></div></div>
            <div style="position:relative;height:60px"><button id=veiled>透明层下</button><div style="position:absolute;inset:0"></div></div>
            <div style="position:relative;height:60px"><button id=faint>淡层下</button><div style="position:absolute;inset:0;background:#fff;opacity:.01"></div></div>
            <div style="position:relative;height:60px"><button id=half style="width:200px;height:40px">半盖</button><div style="position:absolute;left:100px;top:0;width:400px;height:60px;background:#fff"></div></div>
            <p id=numb style="pointer-events:none">不可点但看得见</p><div style="position:fixed;right:0;bottom:0" id=bar><span id=fixed>客服</span></div>"""
        )
    )
    sight = live.hit_test(
        [named_by(live.sight, i) for i in ("covered", "veiled", "faint", "half", "numb", "fixed")]
    ).sight
    share = {i: sight.hit(named_by(sight, i)) for i in ("covered", "veiled", "faint", "half", "numb", "fixed")}
    assert (
        share["covered"] == 0
        and share["veiled"] == 1
        and share["faint"] == 1
        and share["numb"] == 1
        and share["fixed"] == 1
    )
    assert 0.2 < (share["half"] or 0) < 0.7
    assert named_by(sight, "fixed").layer == named_by(sight, "bar").index and named_by(sight, "bar").fixed == "fixed"
    assert named_by(sight, "numb").layer == -1


READ_ONLY = """<x-open></x-open><input id=i value=1><div id=d style="transition:color 1s">文</div><div style="height:3000px"></div><iframe src=/frame></iframe>
<script>customElements.define("x-open", class extends HTMLElement { connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = "<p>影</p>"; } });
window.changed = []; new MutationObserver((l) => changed.push(...l.map((m) => m.type + m.target.nodeName))).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});</script>"""
STATE = """() => [document.documentElement.outerHTML, document.querySelector("x-open").shadowRoot.innerHTML, document.adoptedStyleSheets.length,
  document.querySelector("x-open").shadowRoot.adoptedStyleSheets.length, document.activeElement.tagName, scrollY, changed.join(), Object.keys(window).length]"""


@pytest.mark.parametrize("pictures", ["none", "viewport", "page"])
def test_a_look_leaves_the_page_as_it_was(pictures: str, walk: Walk) -> None:
    walk.to(page(READ_ONLY))
    walk.consumer.page.evaluate("scrollTo(0, 333)")
    before = walk.consumer.page.evaluate(STATE)
    live = walk.consumer.look("home", pictures=pictures)  # type: ignore[arg-type]
    live.hit_test(s for s in live.sight.elements if s.shown and s.tag == "p")
    assert walk.consumer.page.evaluate(STATE) == before
    assert live.sight.scroll[1] == 333


@pytest.mark.parametrize(("device", "scale"), [("desktop", 1), ("mobile", 2)])
def test_tiles_show_an_element_where_its_box_says(device: str, scale: int, site: Site, consume: Maker) -> None:
    site["/"] = page(
        '<meta name=viewport content="width=device-width"><div style="height:1500px"></div><div id=red style="width:100px;height:50px;margin-left:37px;background:#f00"></div><div style="height:900px"></div>'
    )
    consumer = consume(device=device)
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="page")
    red = named_by(live.sight, "red")
    crop = Album(consumer.bundle).crop(red, red.box)
    assert crop is not None and live.sight.scale == scale
    image, blank = crop
    assert blank is not None and image.size == blank.size
    assert abs(image.width - 100 * scale) <= 1 and abs(image.height - 50 * scale) <= 1
    assert image.getpixel((2, 2)) == image.getpixel((image.width - 3, image.height - 3)) == (255, 0, 0)
    assert len(live.sight.tiles) >= 3


COLOURS = """<style>p{font:700 28px/40px sans-serif;margin:4px;width:500px} body{background:#fff}</style>
<p id=black style="color:#000">黑白分明 BLACK</p><p id=grey style="color:#767676">灰色文字 GREY</p><p id=faint style="color:#000;opacity:.3">半透明文字 FAINT</p>
<p id=gradient style="color:#fff;background:linear-gradient(90deg,#000,#333)">渐变上的字 GRADIENT</p><p id=invisible style="color:#fff">白底白字 NONE</p>
<p id=veil style="position:relative">蒙层之下 VEIL<span style="position:absolute;inset:0;background:rgba(255,255,255,.9)"></span></p>
<svg id=picture width=300 height=40><path d="M0 0h20v40z M30 0h20v40z"/></svg>"""


def measure(walk: Walk, live: Live, seen: Seen) -> Contrast | None:
    crop = Album(walk.folder).crop(seen)
    assert crop is not None
    return contrast(*crop)


def test_contrast_is_measured_on_what_is_painted(walk: Walk) -> None:
    walk.to(page(COLOURS))
    live = walk.consumer.look("home")
    found = {
        i: measure(walk, live, named_by(live.sight, i))
        for i in ("black", "grey", "faint", "gradient", "invisible", "veil", "picture")
    }
    ratio = {i: c.ratio for i, c in found.items() if c}
    assert ratio["black"] == pytest.approx(21, abs=0.5)
    assert ratio["grey"] == pytest.approx(4.54, abs=0.25)
    assert ratio["faint"] == pytest.approx(2.07, abs=0.25)  # black at 30 % on white is #b3b3b3
    assert ratio["gradient"] > 11
    assert ratio["veil"] < 1.5
    assert found["picture"] is None and found["invisible"] is None


def test_a_label_over_a_picture_is_measured_against_the_picture(walk: Walk) -> None:
    dark = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='400' height='100'%3E%3Crect width='400' height='100' fill='%23222'/%3E%3C/svg%3E"
    walk.to(
        page(
            f"""<div style="width:400px;height:100px;background:url(&quot;{dark}&quot;)"><span id=ad style="color:#2a2a2a;font:700 24px sans-serif">广告广告</span></div>"""
        )
    )
    live = walk.consumer.look("home")
    found = measure(walk, live, named_by(live.sight, "ad"))
    assert found is None or found.ratio < 1.3
