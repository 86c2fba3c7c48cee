"""Paid places and their labels, on result lists of many makes: each sample names what must be found on it and what must not.

The lists are small pages, read by a real consumer through the real collector, and judged by the real predicates.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Route

from gongping.consumer.consumer import Consumer
from gongping.consumer.devices import device as make_device
from gongping.consumer.experiments import Attempt, Run
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.detectors import ads, dress, ocr
from gongping.detectors.ad_labels import meaning
from gongping.detectors.ad_signs import address_signs
from gongping.detectors.ads import ListRead
from gongping.evidence.album import Album
from gongping.evidence.redact import Redactor
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_ads import scope_of
from gongping.pages import Pages
from gongping.pages.listing import Reader, records_in
from gongping.sight.model import Box
from gongping.targets import resolve

SHOP = "http://shop.example/"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><rect width="160" height="120" fill="#d9c7a8"/><circle cx="80" cy="60" r="40" fill="#7a5"/></svg>'
CSS = """<style>
*{box-sizing:border-box} body{margin:0;font:14px/1.5 sans-serif;color:#222;background:#f6f6f6} header{padding:14px;background:#fff}
.g{display:flex;flex-wrap:wrap;gap:12px;padding:12px;width:1100px;max-width:100%} .c{position:relative;width:200px;background:#fff;padding:8px;overflow:hidden}
.c img.p{width:160px;height:100px;display:block} .t{height:42px;overflow:hidden;color:#222;text-decoration:none;display:block} .m{color:#c00;font-weight:700}
.tag{display:inline-block;border:1px solid #999;padding:0 4px;font-size:12px;color:#555;background:#fff}
.row{display:flex;gap:12px;background:#fff;margin:8px 12px;padding:10px;position:relative} .row img.p{width:110px;height:80px}
@media(max-width:500px){.c{width:170px} .c img.p{width:150px}}
</style>"""
Truth = Literal["held", "broken", "unknown", "suspect", "none"]
"""For one item: its label holds, is broken, can't be judged; it is a suspect only; or nothing speaks for its being paid for."""


@dataclass(frozen=True)
class Sample:
    """A result page; `truth` by a part of an item's title. Items that are not named must have nothing that speaks for them."""

    name: str
    body: str
    truth: dict[str, Truth]
    query: str = "手机"
    lang: str = "zh-CN"
    device: str = "desktop"
    head: str = ""
    more: dict[str, str] = field(default_factory=dict)
    """Further addresses of the sample and what they answer."""


def card(
    n: int, title: str = "", *, tag: str = "", attrs: str = "", href: str = "", cls: str = "c", price: str = ""
) -> str:
    title = title or f"云栖 手机 {n} 号 大屏长续航"
    return (
        f'<div class="{cls}" {attrs}><a href="{href or f"/item/{n}"}"><img class="p" src="/p.svg" alt=""></a>'
        f'<a class="t" href="{href or f"/item/{n}"}">{title}</a><p class="m">{price or f"¥{n * 37 + 900}.00"}</p>{tag}</div>'
    )


def grid(*cards: str) -> str:
    return f'<div class="g">{"".join(cards)}</div>'


def organic(first: int, last: int, **more: str) -> list[str]:
    return [card(n, **more) for n in range(first, last + 1)]


LABEL = '<span class="tag">广告</span>'
PAID = {"attrs": 'data-ad-id="71"', "href": "/ad/click?campaignId=71&to=/item/90"}


def paid(title: str, tag: str = LABEL, **more: str) -> str:
    return card(90, title, tag=tag, **{**PAID, **more})


def soup(n: int, title: str, more: str = "", label: str = "") -> str:
    """A card without links, roles or telling classes."""
    return (
        f'<div class="xK3 c" onclick="location.href=\'/d/{n}\'" {more}><div class="p9" style="width:160px;height:90px;background-image:url(/p.svg)"></div>'
        f'<div class="q1">{title}</div><div class="z8"><i>¥</i><b>{n * 11 + 800}</b></div>{label}</div>'
    )


SHADOW = """<script>
for (const mode of ["open", "closed"]) customElements.define("x-card-" + mode, class extends HTMLElement { connectedCallback() {
  const r = this.attachShadow({mode}); const d = this.dataset;
  r.innerHTML = `<style>.w{width:200px;background:#fff;padding:8px} img{width:160px;height:100px} .b{font-size:12px;color:#444}</style><div class="w">
  <a href="${d.to}"><img src="/p.svg" alt=""><h4>${d.title}</h4></a><p>¥${d.price}</p>${d.tag ? `<em class="b">${d.tag}</em>` : ""}</div>`; } });
</script>"""


def shadow(mode: str, n: int, title: str, *, tag: str = "", to: str = "", attrs: str = "") -> str:
    return f'<x-card-{mode} data-to="{to or f"/item/{n}"}" data-title="{title}" data-price="{n * 13 + 700}.00" data-tag="{tag}" {attrs}></x-card-{mode}>'


def hotel(n: int, name: str, label: str = "", href: str = "") -> str:
    return (
        f'<li class="row"><img class="p" src="/p.svg" alt=""><div><h3><a href="{href or f"/hotels/{n}.html"}">{name}</a></h3>'
        f'<p>解放碑步行街 4.{n % 9} 分</p>{label}</div><div style="margin-left:auto"><b>¥{n * 20 + 180}</b>起</div></li>'
    )


def eatery(n: int, name: str, label: str = "", attrs: str = "", query: str = "") -> str:
    return (
        f'<div class="row" {attrs}><a href="/shop/{n}{query}"><img class="p" src="/p.svg" alt=""></a><div><a href="/shop/{n}{query}">{name}</a>{label}'
        f"<div>4.{n % 9}分 月售{n * 30}+ 起送¥{n + 12} 配送¥{n % 5}</div></div></div>"
    )


STATE = '<script>window.__STATE__ = {"list": [%s]};</script>'
PALE_CORNER = '<style>.mark::before{content:"广告";position:absolute;left:8px;top:8px;font-size:12px;padding:0 3px;background:%s;color:%s;opacity:%s}</style>'

SAMPLES = [
    Sample("marked-grid", grid(card(1), paid("星曜 手机 甲"), *organic(2, 8)), {"手机 甲": "held"}),
    Sample("unmarked-grid", grid(card(1), paid("星曜 手机 甲", tag=""), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample(
        "div-soup",
        grid(*[soup(n, f"云栖 手机 {n} 号") for n in range(1, 6)], soup(6, "星曜 手机 甲", 'data-is-ad="true" data-spm="p4p.1"', "<div class='k2'>广告</div>"), soup(7, "星曜 手机 乙", 'data-is-ad="1" data-log="adType:2"', "<div class='k2'>推广</div>"), soup(8, "云栖 手机 8 号", 'data-is-ad="false"')),
        {"手机 甲": "held", "手机 乙": "broken"},
    ),
    Sample(
        "shadow-dom",
        SHADOW + grid(*[shadow("closed", n, f"云栖 手机 {n} 号") for n in range(1, 6)], shadow("closed", 8, "星曜 手机 甲", tag="广告", to="http://ads.shop.example/c?to=/item/8", attrs='data-ad="1"'), shadow("closed", 9, "星曜 手机 乙", to="http://ads.shop.example/c?to=/item/9", attrs='data-ad="1"')),
        {"手机 甲": "held", "手机 乙": "broken"},
    ),
    Sample(
        "english-list",
        "".join(f'<article class="row{" sponsored-result" if n == 3 else ""}"><img class="p" src="/p.svg" alt=""><div><h3><a href="{"/aclk?adid=88&u=/p/3" if n == 3 else f"/p/{n}"}">Trail phone {n} with long battery</a></h3><p>£{n * 10 + 80}.00</p>{"<span class=badge>Sponsored</span>" if n == 3 else ""}</div></article>' for n in range(1, 8)),
        {"phone 3": "broken"}, query="phone", lang="en",
    ),
    Sample(
        "travel-list",
        "<ul>" + "".join(hotel(n, f"山城酒店 {n} 号店", '<span class="tag">广告</span>' if n == 2 else "", "/hotels/2.html?from=cpc" if n == 2 else "/hotels/5.html?from=cpc" if n == 5 else "") for n in range(1, 8)) + "</ul>",
        {"2 号店": "held", "5 号店": "broken"}, query="酒店",
        head=STATE % ",".join(f'{{"hotelId": {n}, "hotelName": "山城酒店 {n} 号店", "isAd": {str(n in (2, 5)).lower()}}}' for n in range(1, 8)),
    ),
    Sample(
        "food-delivery",
        "".join(eatery(n, f"老灶火锅 {n} 店", ' <i style="font-style:normal;font-size:10px;color:#666">广告</i>' if n == 1 else "", 'class2="" data-ad-pos="1"' if n in (1, 4) else "", f"?ad_id=5{n}" if n in (1, 4) else "") for n in range(1, 9)),
        {"火锅 1": "held", "火锅 4": "broken"}, query="火锅", device="mobile",
    ),
    Sample(
        "brand-store",
        '<section class="brand-ad" style="margin:12px;background:#fff;padding:12px;width:900px"><span>品牌专区</span><a href="/ad/jump?creativeId=5&to=/brand/3"><img src="/p.svg" style="width:300px;height:120px" alt=""><b>星曜旗舰店 手机盛典</b></a></section>' + grid(*organic(1, 8)),
        {"手机盛典": "broken"},
    ),
    Sample(
        "block-on-top",
        f'<div style="border:1px solid #888;margin:12px;padding:8px;width:700px"><h4 style="margin:0;font-size:13px">广告</h4>{grid(paid("星曜 手机 甲", tag=""), paid("星曜 手机 乙", tag=""))}</div>' + grid(*organic(1, 8)),
        {"手机 甲": "held", "手机 乙": "held"},
    ),
    Sample(
        "block-without-edge",
        f'<div style="margin:12px;padding:8px;width:700px"><h4 style="margin:0;font-size:13px">广告</h4>{grid(paid("星曜 手机 甲", tag=""), paid("星曜 手机 乙", tag=""))}</div>' + grid(*organic(1, 8)),
        {"手机 甲": "broken", "手机 乙": "broken"},
    ),
    Sample(
        "block-with-others",
        f'<div style="border:1px solid #888;margin:12px;padding:8px"><h4 style="margin:0">广告</h4>{grid(card(1), paid("星曜 手机 甲", tag=""), *organic(2, 8))}</div>',
        {"手机 甲": "broken"},
    ),
    Sample(
        "carousel",
        f'<div style="overflow:hidden;width:660px;margin:12px"><div style="display:flex;width:1400px;gap:8px">{"".join(paid(f"星曜 手机 轮播{n}", href=f"/ad/click?campaignId={n}&to=/item/7{n}") for n in range(1, 7))}</div></div>' + grid(*organic(1, 8)),
        {"轮播1": "held", "轮播2": "held", "轮播3": "held", "轮播4": "held"},
    ),
    Sample(
        "ad-frame",
        '<iframe src="http://ads.shop.example/slot?w=400" style="width:420px;height:230px;border:0"></iframe>' + grid(*organic(1, 8)),
        {"框内": "held"}, more={"/slot": CSS + card(3, "星曜 手机 框内", tag=LABEL, attrs='data-ad-slot="9"', href="http://shop.example/item/3")},
    ),
    Sample("word-in-title", grid(card(1, "<em>广告</em>衫 纯棉 手机 定制"), card(2, "手机<em>广告</em>机支架"), card(3, "广告设计软件 手机 版"), *organic(4, 8)), {}, query="广告"),
    Sample("hot-tags", grid(*[card(n, tag=f'<span class="tag">{"热卖" if n % 2 else "推荐"}</span>' if n % 3 else "") for n in range(1, 9)]), {}),
    Sample("sale-campaign", grid(*[card(n, attrs='data-campaign-id="spring"' if n < 4 else "", href=f"/item/{n}?campaign_id=spring" if n < 4 else "") for n in range(1, 9)]), {f"手机 {n} 号": "suspect" for n in (1, 2, 3)}),
    Sample("counted-links", grid(*[card(n, attrs=f'data-track="ad_position:{n}"', href=f"/ad/click?id={n}&to=/item/{n}") for n in range(1, 9)]), {}),
    Sample("address-words", grid(*[card(n, attrs='data-address="1" data-loaded="1" data-shadow="2"', cls="c shadow-md header-card padding-4", href=f"/admin-tools/ad-hoc-{n}?add=1") for n in range(1, 9)]), {}),
    Sample("one-sign", grid(card(1), card(2, "星曜 手机 甲", attrs='data-ad="1"'), *organic(3, 8)), {"手机 甲": "suspect"}),
    Sample("drawn-corner", PALE_CORNER % ("#fff", "#333", "1") + grid(card(1), paid("星曜 手机 甲", tag="", cls="c mark"), *organic(2, 8)), {"手机 甲": "held"}),
    Sample("pale-corner", PALE_CORNER % ("#fff", "#333", ".35") + grid(card(1), paid("星曜 手机 甲", tag="", cls="c mark"), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample("drawn-prefix", '<style>.pre::before{content:"广告";font-size:12px;border:1px solid #888;margin-right:4px;padding:0 2px;color:#444}</style>' + grid(card(1), paid('<span class="pre">星曜 手机 甲</span>', tag=""), *organic(2, 8)), {"手机 甲": "held"}),
    Sample("scaled", grid(card(1), paid("星曜 手机 甲", tag='<span class="tag" style="transform:scale(.6)">广告</span>'), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample("letters-apart", grid(card(1), paid("星曜 手机 甲", tag="<span><i>广</i><i>告</i></span>"), paid("星曜 手机 乙", tag="<span><i>广</i>·<i>告</i></span>"), *organic(2, 8)), {"手机 甲": "held", "手机 乙": "broken"}),
    Sample("covered", grid(card(1), paid("星曜 手机 甲", tag='<span class="tag" style="position:absolute;left:8px;top:8px">广告</span><span style="position:absolute;left:4px;top:4px;width:60px;height:40px;background:#333;z-index:2"></span>'), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample("half-cut", grid(card(1), paid("星曜 手机 甲", tag='<div style="width:14px;overflow:hidden;white-space:nowrap;font-size:12px">广告</div>'), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample("traditional-word", grid(card(1), paid("星曜 手机 甲", tag='<span class="tag">廣告</span>'), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample("traditional-surface", grid(card(1), paid("星曜 手机 甲", tag='<span class="tag">廣告</span>'), *organic(2, 8)), {"手机 甲": "held"}, lang="zh-TW"),
    Sample("in-the-title", grid(card(1), paid("【广告】星曜 手机 甲", tag=""), *organic(2, 8)), {"手机 甲": "unknown"}),
    Sample("title-attribute", grid(card(1), paid("星曜 手机 甲", tag='<span title="广告" class="tag">ⓘ</span>'), *organic(2, 8)), {"手机 甲": "broken"}),
    Sample("picture-label", grid(card(1), paid("星曜 手机 甲", tag='<img src="/label.png" alt="广告" width="40" height="20">'), paid("星曜 手机 乙", tag='<img src="/other.png" alt="广告" width="40" height="20">'), *organic(2, 8)), {"手机 甲": "held", "手机 乙": "broken"}),
]  # fmt: skip


def _picture(word: str) -> bytes:
    """A small picture of a word, drawn by the browser's own kind of font where there is one."""
    image = Image.new("RGB", (80, 40), "#ffffff")
    fonts = sorted(Path("/usr/share/fonts").rglob("*CJK*Regular*")) or sorted(Path("/usr/share/fonts").rglob("*wqy*"))
    if not fonts:
        pytest.skip("no font with Chinese characters is installed")
    ImageDraw.Draw(image).text((8, 0), word, fill="#333333", font=ImageFont.truetype(str(fonts[0]), 30))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


class Bench:
    """Reads samples with one consumer a device, into one bundle."""

    def __init__(self, browser: Browser, bundle: Path) -> None:
        self._bundle = bundle
        self._run = Run(
            target=resolve(SHOP, None),
            bundle=bundle,
            journal=Journal(bundle / "journal.jsonl", str),
            redactor=Redactor([]),
            pace=Pace(0, bundle),
            pages=Pages,
        )
        self._browser = browser
        self._attempts: dict[str, tuple[Attempt, Consumer, Reader]] = {}
        self._sample = SAMPLES[0]

    def _consumer(self, name: str) -> tuple[Attempt, Consumer, Reader]:
        if name not in self._attempts:
            attempt = Attempt(self._run, make_device(name, _Registry(), "140.0"), "search", 1, lambda: self._browser)  # type: ignore[arg-type]
            consumer = attempt.consumer("searcher", clock=True)
            consumer.context.route("**/*", self._answer)
            self._attempts[name] = attempt, consumer, Reader(consumer)
        return self._attempts[name]

    def _answer(self, route: Route) -> None:
        sample, path = self._sample, urlsplit(route.request.url).path
        if path.endswith(".svg"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        elif path.endswith(".png"):
            route.fulfill(body=_picture("广告" if "label" in path else "推荐"), content_type="image/png")
        elif path in sample.more:
            route.fulfill(
                body=f"<!doctype html><meta charset=utf-8>{sample.more[path]}", content_type="text/html; charset=utf-8"
            )
        elif path == "/search":
            route.fulfill(
                body=f'<!doctype html><html lang="{sample.lang}"><meta charset=utf-8><meta name=viewport content="width=device-width"><title>{sample.query}</title>{CSS}{sample.head}<header>搜索结果</header><main>{sample.body}</main></html>',
                content_type="text/html; charset=utf-8",
            )
        else:
            route.fulfill(status=404, body="")

    def read(self, sample: Sample) -> tuple[ListRead, Predicates]:
        self._sample = sample
        attempt, consumer, reader = self._consumer(sample.device)
        consumer.visit(f"{SHOP}search?q={sample.name}", "search")
        results = Pages.Results(consumer, attempt, sample.query)
        listing, _ = reader.read(results, results.recognise(), early=True)
        album = Album(self._bundle)
        [read] = ads.read_lists([listing], {listing.listed.sight: album.sight(listing.listed.sight)})
        return read, Predicates(load(), album, "zh-CN")

    def close(self) -> None:
        for attempt, _, _ in self._attempts.values():
            attempt.close()


class _Registry:
    """Stands for Playwright's registry of devices: the samples use the suite's own two."""

    devices: ClassVar[dict[str, object]] = {}


@pytest.fixture(scope="module")
def bench(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(chromium, tmp_path_factory.mktemp("bundle"))
    yield made
    made.close()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_paid_items_and_their_labels(sample: Sample, bench: Bench) -> None:
    if sample.name == "picture-label" and not ocr.available():
        pytest.skip("the extra ocr is not installed")
    read, norm = bench.read(sample)
    said: dict[str, str] = {}
    for offer in read.offers:
        state = norm.ad_marked(offer, read).state if offer.known else "suspect" if offer.suspect else "none"
        name = next((part for part in sample.truth if part in offer.title), offer.title if state != "none" else "")
        if name:
            said[name] = state
    assert said == sample.truth, [(o.title, o.signs, o.labels, norm.ad_marked(o, read)) for o in read.offers if o.signs]


def test_a_label_on_everything_tells_nothing(bench: Bench) -> None:
    read, norm = bench.read(Sample("all", grid(paid("星曜 手机 甲"), *organic(1, 8, tag=LABEL)), {}))
    assert norm.label_has_meaning(read).broken
    read, norm = bench.read(Sample("some", grid(paid("星曜 手机 甲"), card(1, tag=LABEL), *organic(2, 8)), {}))
    assert norm.label_has_meaning(read).held
    read, norm = bench.read(Sample("no-sign", grid(*organic(1, 9, tag=LABEL)), {}))
    assert norm.label_has_meaning(read).unknown


@pytest.mark.parametrize(("script", "state"), [
    ("setTimeout(() => document.querySelectorAll('.late').forEach((e) => e.textContent = '广告'), 3000)", "broken"),
    ("setTimeout(() => document.querySelectorAll('.late').forEach((e) => e.textContent = '广告'), 300)", "held"),
    ("document.querySelectorAll('.late').forEach((e) => { e.textContent = '广告'; setTimeout(() => e.remove(), 1800); })", "broken"),
])  # fmt: skip
def test_a_label_comes_in_time_and_stays(script: str, state: str, bench: Bench) -> None:
    body = (
        grid(paid("星曜 手机 甲", tag='<span class="tag late"></span>'), *organic(1, 8)) + f"<script>{script}</script>"
    )
    read, norm = bench.read(Sample("timed", body, {}))
    [offer] = read.known
    assert norm.ad_marked(offer, read).state == state


COVER = '<div style="position:fixed;inset:0;background:#000a;z-index:9"><div style="background:#fff;margin:200px auto;width:500px;height:300px">新人礼包 领券立减 {close}</div></div>'


def test_a_layer_over_the_list_is_passed_or_named(bench: Bench) -> None:
    body = grid(paid("星曜 手机 甲"), *organic(1, 8))
    closable = COVER.format(
        close='<button aria-label="关闭" onclick="this.parentElement.parentElement.remove()">×</button>'
    )
    read, norm = bench.read(Sample("closable-layer", body + closable, {}))
    assert norm.ad_marked(read.known[0], read).held
    read, norm = bench.read(Sample("fast-layer", body + COVER.format(close=""), {}))
    judged = norm.ad_marked(read.known[0], read)
    assert not judged.broken, judged


def test_a_label_for_the_pointer_alone_is_none(bench: Bench) -> None:
    style = "<style>.h{visibility:hidden} .c:hover .h{visibility:visible}</style>"
    body = style + grid(paid("星曜 手机 甲", tag='<span class="tag h">广告</span>'), *organic(1, 8))
    read, norm = bench.read(Sample("hover", body, {}))
    assert norm.ad_marked(read.known[0], read).broken


@pytest.mark.parametrize(
    ("href", "strong"),
    [
        ("https://shop.example/item/3?spm=a2.1&id=9", False),
        ("https://shop.example/ad/click?to=/item/3", True),
        ("https://click.simba.taobao.com/cc_im?p=x", True),
        ("https://shop.example/item/3?utm_medium=cpc", True),
        ("https://shop.example/item/3?is_ad=0", False),
        ("https://shop.example/item/3?isAd=1", True),
        ("https://shop.example/item/3?campaign_id=spring", False),
        ("https://shop.example/add-to-cart/ad-hoc?address=2&admin=1", False),
        ("https://adidas.example/shoes", False),
    ],
)
def test_addresses(href: str, strong: bool) -> None:
    assert any(not s.weak for s in address_signs(href)) is strong


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("广告", "zh-CN", "exact"), ("广 告", "zh-CN", "exact"), ("【广告】", "zh-CN", "exact"), ("廣告", "zh-CN", "admits"), ("廣告", "zh-HK", "exact"),
        ("广·告", "zh-CN", "admits"), ("推广", "zh-CN", "admits"), ("Sponsored", "en", "admits"), ("Ad", "en", "admits"), ("品牌专区", "zh-CN", "hints"),
        ("热卖", "zh-CN", "hints"), ("广告衫", "zh-CN", ""), ("广告位招租", "zh-CN", ""), ("自营", "zh-CN", ""), ("", "zh-CN", ""),
    ],
)  # fmt: skip
def test_meaning_of_labels(text: str, language: str, wanted: str) -> None:
    if text == "广告位招租":  # no label of goods; a hint at most
        assert meaning(text, language) in ("", "hints")
    else:
        assert meaning(text, language) == wanted


def test_page_data_names_paid_items() -> None:
    data = [
        {
            "code": 0,
            "data": {
                "items": [
                    {"item": {"id": 1, "title": "甲手机"}, "isAd": True, "adInfo": {"campaignId": 7}},
                    {"item": {"id": 2, "title": "乙手机"}, "isAd": False, "adInfo": None},
                ]
            },
        }
    ]
    count, records = records_in(data)
    assert count == 2
    assert [(r.title, r.fields) for r in records] == [("甲手机", ("isAd", "adInfo", "campaignId"))]


# -- 23.2: apart from natural results ---------------------------------------------------------------------------------------

PLAY = '<span style="position:absolute;right:2px;top:2px;width:28px;height:28px;background:#222;color:#fff;border-radius:14px">▶</span>'
CORNER = '<span class="tag" style="position:absolute;right:6px;top:6px">广告</span>'
HINT = '<span class="tag">推荐</span>'
APART: dict[str, tuple[str, str, str]] = {
    # name: (the paid card, the style of the page, whether it is set apart)
    "label": (paid("星曜 手机 甲"), "", "held"),
    "label and ground": (paid("星曜 手机 甲", attrs=PAID["attrs"] + ' style="background:#fff6dd"'), "", "held"),
    "nothing": (paid("星曜 手机 甲", tag=""), "", "broken"),
    "another word": (paid("星曜 手机 甲", tag=HINT), "", "broken"),
    "english": (paid("Star phone 手机 A", tag='<span class="tag">Sponsored</span>'), "", "broken"),
    "two levels of ground": (paid("星曜 手机 甲", tag=HINT, attrs=PAID["attrs"] + ' style="background:#fefdff"'), "", "broken"),
    "eight levels of ground": (paid("星曜 手机 甲", tag=HINT, attrs=PAID["attrs"] + ' style="background:#f7f7f7"'), "", "unknown"),
    "a border": (paid("星曜 手机 甲", tag=HINT, attrs=PAID["attrs"] + ' style="border:2px solid #d33"'), "", "unknown"),
    "bordered like all": (paid("星曜 手机 甲", tag=HINT), "<style>.c{border:1px solid #bbb;border-radius:8px}</style>", "broken"),
    "shadowed like all": (paid("星曜 手机 甲", tag=HINT), "<style>.c{box-shadow:0 2px 8px #0003}</style>", "broken"),
    "wider": (paid("星曜 手机 甲", tag=HINT, attrs=PAID["attrs"] + ' style="width:412px"'), "", "unknown"),
    "in the corner": (paid("星曜 手机 甲", tag=CORNER), "", "held"),
    "under a play icon": (paid("星曜 手机 甲", tag=CORNER + PLAY), "", "broken"),
    "invisible label": (paid("星曜 手机 甲", tag='<span class="tag" style="visibility:hidden">广告</span>'), "", "broken"),
}  # fmt: skip


@pytest.mark.parametrize("name", APART)
def test_paid_items_stand_apart(name: str, bench: Bench) -> None:
    item, style, state = APART[name]
    body = style + grid(*organic(1, 2), item, *organic(3, 9))
    read, norm = bench.read(Sample(f"apart-{list(APART).index(name)}", body, {}))
    [offer] = read.known
    judged = norm.set_apart(offer, read)
    assert judged.state == state, judged


def test_a_block_of_their_own_sets_them_apart(bench: Bench) -> None:
    block = '<section style="border:2px solid #777;margin:12px;width:460px"><h4>广告</h4><div style="display:flex">{}</div></section>'
    for edge, state in (("2px solid #777", "held"), ("0", "unknown")):
        body = block.replace("2px solid #777", edge).format(paid("星曜 手机 甲", tag="") + paid("星曜 手机 乙", tag=""))
        read, norm = bench.read(Sample(f"block-{edge[0]}", body + grid(*organic(1, 9)), {}))
        assert {norm.set_apart(o, read).state for o in read.known} == {state}, [
            norm.set_apart(o, read) for o in read.known
        ]


def test_own_goods_are_labelled_as_those_of_others_are(bench: Bench) -> None:
    body = grid(paid("自营 星曜 手机 甲", tag=""), paid("山河 手机 乙"), *organic(1, 8))
    read, norm = bench.read(Sample("own", body, {}))
    assert {scope_of(o): norm.own_marked(o, read).state for o in read.known} == {"自营": "broken", "第三方": "held"}
    body = grid(paid("自营 星曜 手机 甲", tag=""), paid("山河 手机 乙", tag=""), *organic(1, 8))
    read, norm = bench.read(Sample("own-and-others-unlabelled", body, {}))
    assert [norm.own_marked(o, read).state for o in read.known] == [
        "held",
        "held",
    ]  # nobody is labelled here: no difference is made


def test_a_naive_reader(bench: Bench) -> None:
    read, norm = bench.read(Sample("reader-1", grid(paid("星曜 手机 甲"), *organic(1, 9)), {}))
    assert norm.naive_reader([read]).held
    read, norm = bench.read(Sample("reader-2", grid(paid("星曜 手机 甲", tag=HINT), *organic(1, 9)), {}))
    assert norm.naive_reader([read]).unknown
    read, norm = bench.read(Sample("reader-3", grid(paid("星曜 手机 甲"), *organic(1, 9, tag=LABEL)), {}))
    assert norm.naive_reader([read]).unknown


def test_dresses_by_pixels() -> None:
    picture = Image.new("RGB", (400, 200), "#ffffff")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 119, 169), fill="#fdfdfd", outline="#888888")
    pen.rectangle((140, 20, 239, 169), fill="#fffbe0", outline="#888888")
    view = Box(0, 0, 400, 200)
    one, two, three = (dress.dress(picture, view, 1, Box(x, 20, 100, 150), ()) for x in (20, 140, 260))
    assert one and two and three
    assert dress.apart(one, two).levels == 29 and dress.apart(one, two).grey < 4  # yellow hardly shows in grayscale
    assert dress.apart(one, three).levels > 100 and dress.apart(one, one).levels == 0
    assert dress.dress(picture, view, 1, Box(20, 120, 100, 150), ()) is None  # cut off by the picture
    assert dress.dress(picture, view, 1, Box(20, 20, 100, 150), (Box(20, 20, 100, 150),)) is None  # all picture
