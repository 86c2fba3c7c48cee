"""Samples of administrative licences: what names one, its number and its term; which lines of business a page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest

from gongping.detectors.permits import goods_kind, is_placeholder, lines_named, own_goods, permits_in, plain_lines
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document, HomeSeen, Link, Mark
from gongping.sight.model import Sight
from selftests.conftest import page

NAMED = [
    ("增值电信业务经营许可证 渝B2-20189206", [("telecom", "渝B2-20189206", False)]),
    ("增值电信业务经营许可证：合字B2-20210001", [("telecom", "合字B2-20210001", False)]),
    ("增值电信业务经营许可证：浙B2-20080224", [("telecom", "浙B2-20080224", False)]),
    ("经营许可：B2-20150001-3", [("telecom", "B2-20150001", False)]),
    ("京ICP证030173号", [("telecom", "030173号", False)]),
    ("京ICP备11000001号 | 京ICP证030173号 | 京公网安备11000002000001号", [("telecom", "030173号", False)]),
    ("ICP经营许可证编号：粤B2-20090059", [("telecom", "粤B2-20090059", False)]),
    ("增值电信业务经营许可证\n许可证编号：渝B2-XXXXXXXX", [("telecom", "渝B2-XXXXXXXX", True)]),
    ("增值电信业务经营许可证：沪B2-00000000", [("telecom", "沪B2-00000000", True)]),
    ("增值电信业务经营许可证编号：B2-12345678", [("telecom", "B2-12345678", True)]),
    ("食品经营许可证 JY15001030247716", [("food", "JY15001030247716", False)]),
    ("食品经营许可证：JY11105051234567（有效期至2028年3月11日）", [("food", "JY11105051234567", False)]),
    ("食品经营许可证：JYXXXXXXXXXXXXXX", [("food", "JYXXXXXXXXXXXXXX", True)]),
    ("仅销售预包装食品备案编号：YB15001030247716", [("food", "YB15001030247716", False)]),
    ("网络食品交易第三方平台提供者备案 沪网食备0008号", [("food", "沪网食备0008号", False)]),
    ("食品经营许可证 点击查看", [("food", "", False)]),
    ("商家入驻 | 食品经营许可证 | 营业执照", [("food", "", False)]),
    ("商家入驻 食品经营许可证 经营者信息", [("food", "", False)]),
    ("互联网药品信息服务资格证书（京）-经营性-2020-0001", [("drug", "（京）-经营性-2020-0001", False)]),
    ("互联网药品信息服务资格证书编号：(粤)-非经营性-2021-0123", [("drug", "(粤)-非经营性-2021-0123", False)]),
    ("药品网络交易第三方平台备案：（沪）网药平台备字〔2023〕第000001号", [("drug", "网药平台备字〔2023〕第000001号", False)]),
    ("医疗器械网络交易服务第三方平台备案：（京）网械平台备字（2018）第00004号", [("device", "网械平台备字（2018）第00004号", False)]),
    ("出版物经营许可证 新出发渝批字第CQ01883号", [("books", "新出发渝批字第CQ01883号", False)]),
    ("出版物经营许可证：新出发京零字第朝190123号", [("books", "新出发京零字第朝190123号", False)]),
    ("网络文化经营许可证：浙网文[2021]1234-012号", [("culture", "浙网文[2021]1234-012号", False)]),
    ("信息网络传播视听节目许可证：0110544号", [("video", "0110544号", False)]),
    ("旅行社业务经营许可证编号：L-BJ-CJ00144", [("travel", "L-BJ-CJ00144", False)]),
    ("旅行社业务经营许可证 L-CQ-00000000", [("travel", "L-CQ-00000000", True)]),
    ("網站經營：食品業者登錄字號 A-123612345-00001-8", [("food", "A-123612345-00001-8", False)]),
    ("Travel agent licence No. 353218", [("travel", "353218", False)]),
    (
        "增值电信业务经营许可证 渝B2-20189206\n食品经营许可证 JY15001030247716\n出版物经营许可证 新出发渝批字第CQ01883号",
        [("telecom", "渝B2-20189206", False), ("food", "JY15001030247716", False), ("books", "新出发渝批字第CQ01883号", False)],
    ),
    ("增 值 电 信 业 务 经 营 许 可 证：渝B2-20189206", [("telecom", "渝B2-20189206", False)]),
    ("浙B2-20080224", [("telecom", "浙B2-20080224", False)]),
]  # fmt: skip

NONE = [
    "营业执照",
    "京ICP备11000001号-1",
    "渝公网安备 50010302004817号",
    "行政许可信息",
    "统一社会信用代码 91500103MA60T7K29K",
    "许可项目：第二类增值电信业务；食品经营；出版物零售。",
    "商家应当取得相应资质",
    "客服热线 023-6318 2650",
    "Business licence 12345",
    "© 2018–2026 重庆山城集市电子商务有限公司",
    "商品编号 100023456789",
    "版本 B2-2018",
    "入驻商家均持有《食品经营许可证》，请放心点餐",
    "平台内经营者的食品经营许可证见各店铺页面",
    "商家入驻须上传食品经营许可证",
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_a_licence_is_read_with_its_number(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(p.kind, p.number, p.fake) for p in permits_in(text)] == expected


@pytest.mark.parametrize("text", NONE)
def test_other_marks_of_a_foot_are_no_licence(text: str) -> None:
    assert permits_in(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("食品经营许可证 JY15001030247716 有效期至：2024年03月11日", date(2024, 3, 11)),
        ("食品经营许可证\n编号 JY15001030247716\n有效期：2018年3月1日至2023年2月28日", date(2023, 2, 28)),
        ("食品经营许可证 JY15001030247716 有效期至2023-02-28（已换发新证）", None),
        ("食品经营许可证 JY15001030247716 有效期：长期", None),
        ("食品经营许可证 JY15001030247716 发证日期 2018年3月1日", None),
        ("食品经营许可证 JY15001030247716\n© 2018–2023", None),
    ],
)
def test_until_when_a_licence_is_in_force(text: str, ends: date | None) -> None:
    assert [p.ends for p in permits_in(text)] == [ends]


@pytest.mark.parametrize(
    "after",
    [
        "域名证书\n有效期至2024年5月1日",
        "新人优惠券有效期至2025年12月31日",
        "营业执照\n有效期：2014年5月1日至2024年5月1日",
    ],
)
def test_what_else_ends_does_not_end_a_licence(after: str) -> None:
    assert permits_in(f"{FOOD_PERMIT}\n{after}")[0].ends is None


def test_a_term_belongs_to_the_licence_above_it() -> None:
    text = "增值电信业务经营许可证 渝B2-20189206 有效期至2028年9月20日\n食品经营许可证 JY15001030247716 有效期至2024年3月11日"
    assert [(p.kind, p.ends) for p in permits_in(text)] == [
        ("telecom", date(2028, 9, 20)),
        ("food", date(2024, 3, 11)),
    ]


@pytest.mark.parametrize(
    "number", ["B2-XXXXXXXX", "渝B2-xxxxxxxx", "JY00000000000000", "B2-12345678", "×××号", "L-11111111", "1234567890"]
)
def test_a_number_that_was_never_filled_in(number: str) -> None:
    assert is_placeholder(number)


@pytest.mark.parametrize("number", ["渝B2-20189206", "JY15001030247716", "030173号", "L-BJ-CJ00144", "0110544号", "YB23456789012345", ""])  # fmt: skip
def test_a_number_that_may_be_one(number: str) -> None:
    assert not is_placeholder(number)


FOOD = [
    "自营 天友里 脱脂纯牛奶 200ml×24盒 ¥69.90",
    "山雾 冻干速溶咖啡 黑咖 2g×30颗",
    "老码头 牛油火锅底料 麻辣 500g×2袋",
    "缙云毛峰 明前绿茶 150g罐装",
    "农家菜籽油 5L 物理压榨",
    "五常大米 10kg",
    "金标酱油 1.28L",
    "黑巧克力 100克",
    "每日坚果 750g 30包",
    "纯净水 550ml*24瓶",
    "桶装饮用水 18.9L",
]
OTHERS = [
    "嘉厨 意式半自动咖啡机 家用 15Bar",
    "牛奶锅 16cm",
    "牛奶沐浴露 500ml",
    "大米色 羽绒外套 200g 充绒",
    "咖啡色口红 3g",
    "绿茶洁面乳 100g",
    "蜂蜜面膜 25ml*10",
    "茶叶罐 500ml",
    "猫用羊奶粉 200g",
    "蜂蜜牛奶身体乳 250ml",
    "绿茶爽肤水 200ml",
    "绿茶爽肤乳 160ml",
    "天然矿泉水喷雾 150ml",
    "蜂蜜润唇膏 4g",
    "绿茶香薰蜡烛 200g",
    "葡萄酒醒酒器 1500ml",
    "白酒分酒器 100ml",
    "奶粉分装盒 500g",
    "咖啡粉勺 10g",
    "食用油 喷油瓶 500ml",
    "大米密封桶 10kg",
    "啤酒桶 5L",
    "茶叶枕 1kg",
    "手机 256G 12GB",
    "奉节脐橙 新鲜水果 5斤装 现摘",
    "重庆小面 麻辣 6碗装",
    "可乐鸡翅 手办 300g",
    "啤酒杯 500ml",
    "普洱茶具 6件套",
    "书架 落地",
    "药箱 家用 大号",
    "精装修 全屋定制",
]


@pytest.mark.parametrize("text", FOOD)
def test_packed_food_is_beyond_argument(text: str) -> None:
    assert goods_kind(text) == "food"


@pytest.mark.parametrize("text", OTHERS)
def test_an_article_that_only_sounds_like_it_is_not(text: str) -> None:
    assert goods_kind(text) == ""


def test_medicine_and_books() -> None:
    assert goods_kind("OTC 感冒灵颗粒 10g*9袋") == goods_kind("布洛芬缓释胶囊 0.4g*24粒") == "drug"
    assert goods_kind("红楼梦 精装 曹雪芹著") == goods_kind("长江边的孩子（长篇小说）") == "books"


def test_tours_and_what_only_has_one_in_its_name() -> None:
    assert goods_kind("仙女山赏雪亲子一日游 ¥228/人") == goods_kind("九寨沟3天2晚跟团游") == "travel"
    assert goods_kind("古镇夜游特色两日游") == "travel"  # a word that is beside the line of food is none here
    for other in ("两江夜游游船票 ¥118/张", "重庆一日游手绘地图", "城市漫游 三日达", "一日游双肩背包 30 升"):
        assert goods_kind(other) == "", other
    assert permits_in("© 2026 山城旅行 L-CQ-CJ00123")[0].kind == "travel"


def test_lines_of_business_as_navigation_names_them() -> None:
    labels = ["首页", "手机数码", "食品生鲜", "图书文教", "帮助中心", "食品安全档案公示", "服饰鞋包", "家用电器"]
    assert lines_named(labels) == {"food": "食品生鲜", "books": "图书文教"}
    assert plain_lines(labels) == ["手机数码", "服饰鞋包", "家用电器"]
    assert lines_named(["酒店", "机票", "跟团游", "门票"]) == {"travel": "跟团游"}
    assert lines_named(["Flights", "Hotels", "Women", "Shoes"]) == {}


CARD = "<div class=c style='width:200px'><div>{badge}{title}</div><div>¥69.90</div></div>"


def test_only_what_the_platform_itself_sells_counts(sight_of: Callable[[str], Sight]) -> None:
    own = "<span>自营</span>"
    cards = [
        (own, "脱脂纯牛奶 200ml×24盒"),
        ("", "全脂牛奶 1L×12盒"),
        ("<i>商家</i>", "绿茶 150g"),
        (own, "咖啡机 15Bar"),
    ]
    html = "".join(CARD.format(badge=b, title=t) for b, t in cards)
    found = own_goods(sight_of(page(f"<main><h2>大家都在买</h2>{html}</main>")))
    assert list(found) == ["food"] and len(found["food"]) == 1 and "脱脂纯牛奶" in found["food"][0][1]


# -- what follows ------------------------------------------------------------------------------------------------------


class _One:
    """An album with one sight."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def sight(self, ident: str) -> Sight:
        return self._sight


TODAY = date(2026, 11, 26)
OWN_FOOD = "".join(CARD.format(badge="<span>自营</span>", title=t) for t in FOOD[1:4])
OWN_TOURS = "".join(CARD.format(badge="<span>自营</span>", title=t) for t in ("仙女山赏雪一日游", "金佛山徒步一日游"))
OTHERS_FOOD = "".join(CARD.format(badge="", title=t) for t in FOOD[1:4])
FOOT = "<footer><a href='/licence'>营业执照</a> 渝ICP备18006173号-1</footer>"
TELECOM = "增值电信业务经营许可证 渝B2-20189206"
FOOD_PERMIT = "食品经营许可证 JY15001030247716"


def navigation(*names: str) -> str:
    return "<nav>" + "".join(f"<a href='/c/{n}'>{n}</a>" for n in names) + "</nav>"


def shown(sight: Sight, *followed: Document, label: str = "", grows: bool = False) -> tuple[str, str]:
    """The outcome (or "inapplicable") and its reason, for a home whose permit mark led to `followed`."""
    links = tuple(Link(sight.label_of(s), s.href) for s in sight.elements if s.tag == "a")
    mark = next((s for s in sight.elements if s.tag == "a" and sight.label_of(s) == label), sight.elements[0])
    marks = (Mark("permit", label, mark, label, "link", "footer", 0.0, followed=followed),) if label else ()
    home = HomeSeen("https://shop.test/", "商城", sight.id, sight.text, 1, grows, links, marks)
    norm = Predicates(load(), cast(Album, _One(sight)), "zh-CN")
    named = norm.permits_named(home)
    if nothing := norm.nothing_wants_a_permit(home, named, None):
        return "inapplicable", nothing
    judged = norm.permits_shown(home, named, TODAY)
    return judged.state, judged.zh


def led_to(text: str = "", wall: str = "", title: str = "行政许可信息") -> Document:
    return Document("permit", title, "https://shop.test/permits", text, "", wall=wall, detail=wall)


GOODS = ("手机数码", "食品生鲜", "图书文教")
HOMES = {
    "all named": (f"{navigation(*GOODS)}{OWN_FOOD}<p>{TELECOM}</p><p>{FOOD_PERMIT}</p><p>出版物经营许可证 新出发渝批字第CQ01883号</p>{FOOT}", "held"),
    "own food without a licence": (f"{navigation('手机数码', '食品生鲜')}{OWN_FOOD}<p>{TELECOM}</p>{FOOT}", "broken"),
    "own food with a filing": (f"{navigation('食品生鲜')}{OWN_FOOD}<p>{TELECOM}</p><p>仅销售预包装食品备案 YB15001030247716</p>{FOOT}", "held"),
    "own food of a platform that filed": (f"{OWN_FOOD}<p>网络食品交易第三方平台提供者备案 沪网食备0008号</p>{FOOT}", "held"),
    "food of other sellers": (f"{navigation('手机数码', '食品生鲜')}{OTHERS_FOOD}<p>{TELECOM}</p>{FOOT}", "unknown"),
    "food in the navigation alone": (f"{navigation('食品', '女装')}<p>{TELECOM}</p>{FOOT}", "unknown"),
    "a placeholder": (f"{navigation('女装')}<p>增值电信业务经营许可证 渝B2-XXXXXXXX</p>{FOOT}", "broken"),
    "a placeholder beside the number": (f"<p>{TELECOM}</p><p>增值电信业务经营许可证 渝B2-XXXXXXXX</p>{FOOT}", "unknown"),
    "a licence that is over": (f"<p>{TELECOM} 有效期至2025年1月1日</p>{FOOT}", "broken"),
    "a licence that was renewed": (f"<p>{TELECOM} 有效期至2025年1月1日</p><p>{TELECOM} 有效期至2030年1月1日</p>{FOOT}", "held"),
    "one said to be renewed": (f"<p>{TELECOM} 有效期至2025年1月1日，已续期</p>{FOOT}", "held"),
    "a shop of clothes": (f"{navigation('女装', '男装', '童装', '箱包')}{FOOT}", "inapplicable"),
    "a shop of clothes with sellers": (f"{navigation('女装', '男装', '童装', '箱包')}<a>商家入驻</a>{FOOT}", "unknown"),
    "a market of second-hand goods": (f"{navigation('相機', '手機', '耳機', '電腦')}<a>賣家中心</a><p>賣家：小明</p>{FOOT}", "unknown"),
    "a travel site with its licence": (f"{navigation('酒店', '机票', '跟团游')}<p>旅行社业务经营许可证编号：L-BJ-CJ00144</p>{FOOT}", "held"),
    "a travel site without": (f"{navigation('酒店', '机票', '跟团游')}{FOOT}", "unknown"),
    "tours of its own without": (f"{navigation('酒店房间', '一日游')}{OWN_TOURS}<p>{TELECOM}</p>{FOOT}", "broken"),
    "tours of its own with the number alone": (f"{navigation('酒店房间', '一日游')}{OWN_TOURS}<p>{TELECOM}　L-CQ-CJ00123</p>{FOOT}", "held"),
    "tours of other sellers": (f"{navigation('酒店房间', '一日游')}{OWN_TOURS.replace('自营', '山之路国旅')}<p>{TELECOM}</p>{FOOT}", "unknown"),
    "tickets of its own": (f"{navigation('门票')}{OWN_TOURS.replace('一日游', '门票')}<p>{TELECOM}</p>{FOOT}", "held"),
    "food delivery": (f"{navigation('美食', '买药')}<p>网络餐饮服务第三方平台提供者备案 渝网餐备0001号</p><p>互联网药品信息服务资格证书（渝）-经营性-2020-0001</p>{FOOT}", "held"),
    "a brand store in English": (f"{navigation('Women', 'Men', 'Sale')}<footer>© 2026 Acme Ltd</footer>", "unknown"),
    "a shop in traditional Chinese": (f"{navigation('女裝', '男裝', '鞋類')}<footer>統一編號 12345675</footer>", "inapplicable"),
    "nothing that tells": ("<p>欢迎光临</p>", "unknown"),
    "pictures without a name in the foot": (f"{navigation('食品')}{OWN_FOOD}<footer><img src=x width=80 height=30 style='display:block;width:80px;height:30px'></footer>", "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOMES)
def test_what_follows_from_home(name: str, sight_of: Callable[[str], Sight]) -> None:
    html, state = HOMES[name]
    found, why = shown(sight_of(page(html)))
    assert found == state, why


LINKED = "<footer><a href='/permits'>食品经营许可证</a> 渝ICP备18006173号-1</footer>"
LICENCE_PAGE = "<footer><a href='/licence'>营业执照</a></footer>"
ALL_OF_THEM = "<footer><a href='/permits'>行政许可信息</a></footer>"


@pytest.mark.parametrize(
    ("html", "label", "followed", "state"),
    [
        (LINKED, "食品经营许可证", led_to("食品经营许可证\n编号 JY15001030247716"), "held"),
        (LINKED, "食品经营许可证", led_to("食品经营许可证\n编号 JY15001030247716\n有效期至2024年3月11日"), "broken"),
        (LINKED, "食品经营许可证", led_to("食品经营许可证 证照齐全"), "broken"),
        (LINKED, "食品经营许可证", led_to(), "unknown"),
        (LINKED, "食品经营许可证", led_to(wall="not-found"), "broken"),
        (LINKED, "食品经营许可证", led_to(wall="captcha"), "unknown"),
        (LINKED, "食品经营许可证", led_to(wall="login"), "unknown"),
        (ALL_OF_THEM, "行政许可信息", led_to(f"{TELECOM}\n{FOOD_PERMIT}"), "held"),
        (
            LICENCE_PAGE,
            "营业执照",
            led_to(f"{TELECOM}\n食品经营许可证\n自营仓手续齐全，张贴在门店前台", title="营业执照"),
            "broken",
        ),
        (
            LICENCE_PAGE,
            "营业执照",
            led_to(f"{TELECOM}\n食品经营许可证\n商家手续齐全，可到现场查看", title="营业执照"),
            "unknown",
        ),
        (LICENCE_PAGE, "营业执照", led_to(f"{TELECOM}\n食品经营许可证\n自营部分点击查看", title="营业执照"), "unknown"),
        (ALL_OF_THEM, "行政许可信息", led_to(wall="timeout"), "unknown"),
        (
            f"{navigation('食品')}{OWN_FOOD}{ALL_OF_THEM}",
            "行政许可信息",
            led_to(TELECOM),
            "broken",
        ),
        (f"{navigation('食品')}{OWN_FOOD}{ALL_OF_THEM}", "行政许可信息", led_to(wall="captcha"), "unknown"),
    ],
)
def test_what_follows_from_the_page_of_the_licences(
    html: str, label: str, followed: Document, state: str, sight_of: Callable[[str], Sight]
) -> None:
    found, why = shown(sight_of(page(html)), followed, label=label)
    assert found == state, why


def test_a_home_that_grows_was_not_read_to_its_end(sight_of: Callable[[str], Sight]) -> None:
    sight = sight_of(page(f"{navigation('食品')}{OWN_FOOD}{FOOT}"))
    assert shown(sight)[0] == "broken" and shown(sight, grows=True)[0] == "unknown"
