"""The door of a site: which pages are one, and which choice a consumer makes there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.pages.account_ways import editable
from gongping.pages.documents import main_part, own_part
from gongping.pages.gates import gate_of
from gongping.pages.layers import pass_layers
from gongping.sight.model import Sight
from selftests.conftest import Maker, Site, page

DOORS = {
    "a list of cities": ("zh-CN", "<h1>小灶外卖</h1><p>请选择您所在的城市</p><a href=/city/cd>成都</a> <a href=/city/cq>重庆</a> <a href=/city/gy>贵阳</a>", "city", "重庆"),
    "a list of smaller cities": ("zh-CN", "<p>请选择城市</p><a href=/a>宜宾</a> <a href=/b>泸州</a> <a href=/login>登录</a>", "city", "宜宾"),
    "languages": ("en", "<p>Choose your language</p><a href=/zh>简体中文</a><a href=/en>English</a><a href=/de>Deutsch</a>", "tongue", "English"),
    "languages, read in Chinese": ("zh-CN", "<p>Select your country or region</p><a href=/us>United States</a><a href=/cn>中国大陆</a>", "tongue", "中国大陆"),
    "an age": ("zh-CN", "<h2>您是否已满18周岁？</h2><button>我已满18周岁</button><button>未满</button>", "age", "我已满18周岁"),
    "a splash": ("zh-CN", "<div style='height:600px;background:#222'></div><a href=/shop>进入商城</a>", "door", "进入商城"),
    "divs that listen": ("zh-CN", "<p>选择城市</p><div style='cursor:pointer' onclick=1>北京</div><div style='cursor:pointer' onclick=1>上海</div>", "city", "北京"),
}  # fmt: skip

NO_DOORS = {
    "a small shop": "<h1>好物</h1><a href=/item/1>保温杯 ¥39</a><a href=/item/2>雨伞 ¥59</a><a href=/cart>购物车</a>",
    "a login page": "<h1>登录</h1><input name=u><input type=password><button>登录</button><a href=/register>注册</a>",
    "an age that only a text names": "<p>未满18周岁的用户请在监护人陪同下使用。</p><a href=/a>首页</a><a href=/b>手机</a>",
    "a home with a city in its corner": "<a href=/city>选择城市</a>"
    + "<p>今日推荐好物，产地直发，新鲜到家，全场满减。</p>" * 90,
}


@pytest.mark.parametrize("name", DOORS)
def test_a_door_is_passed_as_a_person_would(name: str, sight_of: Callable[[str], Sight]) -> None:
    locale, html, kind, choice = DOORS[name]
    gate = gate_of(sight_of(f"<meta charset=utf-8><title>x</title>{html}"), locale)
    assert gate is not None and (gate.kind, gate.label) == (kind, choice)


@pytest.mark.parametrize("name", NO_DOORS)
def test_a_page_of_the_shop_is_no_door(name: str, sight_of: Callable[[str], Sight]) -> None:
    assert gate_of(sight_of(f"<meta charset=utf-8><title>x</title>{NO_DOORS[name]}"), "zh-CN") is None


GATE = """<div style="position:fixed;inset:0;background:#101827;color:#fff;z-index:100;padding:200px"><p>请选择您所在的地区</p><select aria-label=地区>
<option>中国大陆<option>International</select><select aria-label=城市><option>重庆<option>杭州</select><button id=enter>进入商城 Enter</button></div>
<script>enter.onclick = () => enter.parentNode.remove()</script>"""


def test_a_layer_with_lists_to_choose_from_is_passed_by_its_button(site: Site, consume: Maker) -> None:
    site["/"] = page(GATE)
    consumer = consume()
    consumer.visit(site.url(), "home")
    assert pass_layers(consumer)
    assert "请选择您所在的地区" not in consumer.look("home", pictures="none").sight.text


FORM = "<form><label>昵称<input name=nick value=小明></label></form>"


@pytest.mark.parametrize(
    ("html", "fields"),
    [(f"<main>个人资料可以在下方修改，保存后即时生效，请如实填写本人的资料。</main>{FORM}", 1), (f"<main>{FORM}个人资料可以在这里修改，保存后即时生效，请如实填写本人的资料，不要填写他人的。</main>{FORM}", 1),
     ("<main>昵称：小明</main><footer><input name=mail placeholder=订阅邮箱></footer>", 0), ("<main>昵称：小明</main><input type=search name=q>", 0)],
)  # fmt: skip
def test_fields_to_correct_are_looked_for_in_the_main_part_first(
    html: str, fields: int, sight_of: Callable[[str], Sight]
) -> None:
    sight = sight_of(f"<meta charset=utf-8>{html}")
    assert editable(sight, main_part(sight)) == fields


TREE = "<h3>协议与政策</h3><ul><li><a href=/a>用户服务协议</a><li><a href=/b>隐私政策</a><li><a href=/c>七日无理由退货规则</a></ul>"
TEXT = "<h1>交易规则</h1><p>一、商家应当自付款之日起四十八小时内发货。</p><p>二、消费者可以在发货前取消订单，货款原路退回。</p>"
SOUP = "<div class=k>用户服务协议</div><div class=k>隐私政策</div><div class=k>七日无理由退货规则</div>"
COLUMNS = "<style>.k{{cursor:pointer}}.c{{display:flex}}.s{{width:240px}}.m{{flex:1}}a{{display:block}}</style><main>{over}<div class=c>{within}</div></main>"


@pytest.mark.parametrize(
    ("over", "within", "first"),
    [
        ("", f"<div class=s>{TREE}</div><div class=m>{TEXT}</div>", "交易规则"),
        ("", f"<div class=s>{SOUP}</div><div class=m>{TEXT}</div>", "交易规则"),
        ("", f"<div class=s>{SOUP.replace('class=k', '')}</div><div class=m>{TEXT}</div>", "用户服务协议"),
        ("", f"<div class=m>{TEXT}</div><aside class=s>{TREE}</aside>", "交易规则"),
        ("<div>首页 / 规则中心</div>", f"<nav class=s>{TREE}</nav><section class=m>{TEXT}</section>", "交易规则"),
        ("", f"<div class=s>{TREE}</div><div class=m><h1>公告</h1><a href=/n/1>关于维护的公告</a><a href=/n/2>关于修改规则的公告</a></div>", "公告"),
        ("<h1>用户协议</h1>", f"<div class=s>{TREE}</div><div class=m>{TEXT}</div>", "用户协议"),
        ("", f"<div class=s><p>摘要：付款后四十八小时内发货，发货前可以取消。</p></div><div class=m>{TEXT}</div>", "摘要"),
    ],
    ids=["a tree", "rows that a script operates", "lines beside it", "to the right", "under a trail", "a list of notices", "a heading over both", "a summary beside it"],
)  # fmt: skip
def test_a_document_is_read_without_the_column_of_links_beside_it(
    over: str, within: str, first: str, sight_of: Callable[[str], Sight]
) -> None:
    sight = sight_of(f"<meta charset=utf-8>{COLUMNS.format(over=over, within=within)}")
    own = own_part(sight)
    assert own and sight.text_of(own.index).startswith(first)


FOOT = "<div style='height:120px;width:100%'><a href=/a>用户服务协议</a> <a href=/b>隐私政策</a> <a href=/c>七日无理由退货规则</a> <a href=/d>知识产权保护规则</a> <a href=/e>商家入驻协议</a><p>{}</p></div>"


@pytest.mark.parametrize(
    ("last", "first"),
    [("© 2026 示例公司 渝ICP备18006173号-1，增值电信业务经营许可证，客服热线每日九时至二十一时，信函寄重庆市渝北区金开大道", "在线争议处理"), ("以上规则自二〇二六年一月一日起施行，修改前七日公示，您可以随时下载历次版本，并向我们提出意见和建议。", "用户服务协议")],
    ids=["the foot of the site", "links that belong to the text"],
)  # fmt: skip
def test_a_short_page_is_read_without_the_foot_of_the_site(
    last: str, first: str, sight_of: Callable[[str], Sight]
) -> None:
    body = f"<div><div>首页 我的订单 购物车 搜索商品</div><div style='height:760px'><h2>在线争议处理</h2><p>由双方自愿使用，不收费。</p><textarea></textarea></div>{FOOT.format(last)}</div>"
    own = own_part(sight := sight_of(f"<meta charset=utf-8>{body}"))
    assert own and sight.text_of(own.index).startswith(first)


def test_a_list_of_links_over_a_text_belongs_to_it(sight_of: Callable[[str], Sight]) -> None:
    own = own_part(sight := sight_of(f"<meta charset=utf-8><main><div>{TREE}</div><div>{TEXT}</div></main>"))
    assert own and sight.text_of(own.index).startswith("协议与政策")
