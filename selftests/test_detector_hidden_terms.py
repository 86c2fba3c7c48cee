"""Hidden terms: what binds and can't be read is found; what waits for its moment, stands elsewhere, or binds nobody is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.hidden_terms import HiddenTerm, hidden_terms, is_binding
from gongping.observations.documents import Document
from gongping.sight.blocks import blocks
from gongping.sight.model import Sight
from gongping.sight.unseen import unseen
from selftests.conftest import named_by, page

FAIR = "".join(f"<p>第{n}条 本协议的这一部分说明购物流程，您随时可以在规则中心查阅全文。</p>" for n in range(1, 12))
FAIR_TW = "".join(f"<p>第{n}條 本條款的這一部分說明購物流程，您隨時可以在說明中心查閱全文。</p>" for n in range(1, 12))
FAIR_EN = "".join(
    f"<p>{n}. This part of the terms explains how shopping works and where to find help.</p>" for n in range(1, 12)
)
CLAUSE = "您的账号停用满一年的，平台有权收取账号管理费。"
CLAUSE_TW = "帳號停用滿一年者，本公司有權收取帳號管理費。"
CLAUSE_EN = "We reserve the right to charge a fee for accounts that stay unused for a year."

HIDDEN = {
    "display none": (f"{FAIR}<p style='display:none'>{CLAUSE}</p>", "undisplayed"),
    "the attribute hidden": (f"{FAIR}<div hidden><p>{CLAUSE}</p></div>{FAIR}", "undisplayed"),
    "a class of the page's own style": (f"<style>.x1{{display:none}}</style>{FAIR}<div class=x1>{CLAUSE}</div>", "undisplayed"),
    "a span within a sentence": (f"{FAIR}<p>第十二条 会员权益见会员页。<span style='display:none'>{CLAUSE}</span></p>", "undisplayed"),
    "an item of a list": (f"{FAIR}<ul><li>积分可以兑换优惠券</li><li style='display:none'>{CLAUSE}</li></ul>", "undisplayed"),
    "a row of a table": (f"{FAIR}<table><tr><td>费用</td><td>说明</td></tr><tr style='display:none'><td>{CLAUSE}</td></tr></table>", "undisplayed"),
    "div soup": ("<div>" + FAIR.replace("<p>", "<div>").replace("</p>", "</div>") + f"<div style='display:none'>{CLAUSE}</div></div>", "undisplayed"),
    "opacity 0": (f"{FAIR}<p style='opacity:0'>{CLAUSE}</p>", "faint"),
    "opacity 0.04 of the part around": (f"{FAIR}<div style='opacity:.04'><p>{CLAUSE}</p></div>", "faint"),
    "invisible": (f"{FAIR}<p style='visibility:hidden'>{CLAUSE}</p>", "clipped"),
    "no height": (f"{FAIR}<div style='height:0;overflow:hidden'><p>{CLAUSE}</p></div>", "clipped"),
    "clipped by a path": (f"{FAIR}<p style='clip-path:inset(100%)'>{CLAUSE}</p>", "clipped"),
    "one pixel": (f"{FAIR}<p style='position:absolute;width:1px;height:1px;overflow:hidden'>{CLAUSE}</p>", "clipped"),
    "a whole sentence for screen readers": (f"{FAIR}<span style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'>{CLAUSE}</span>", "clipped"),
    "font size 0": (f"{FAIR}<p style='font-size:0'>{CLAUSE}</p>", "clipped"),
    "beside the page": (f"{FAIR}<p style='position:absolute;left:-9999px'>{CLAUSE}</p>", "aside"),
    "above the page": (f"{FAIR}<p style='position:absolute;top:-900px'>{CLAUSE}</p>", "aside"),
    "indented away": (f"{FAIR}<p style='text-indent:-9999px;white-space:nowrap'>{CLAUSE}</p>", "aside"),
    "white on white": (f"{FAIR}<p style='color:#fff'>{CLAUSE}</p>", "one-colour"),
    "nearly the ground's colour": (f"<div style='background:#f5f5f5'>{FAIR}<p style='color:#f2f2f2'>{CLAUSE}</p></div>", "one-colour"),
    "transparent": (f"{FAIR}<p style='color:transparent'>{CLAUSE}</p>", "one-colour"),
    "a part of a paragraph in the ground's colour": (f"{FAIR}<p>会员权益见会员页。<span style='color:white'>{CLAUSE}</span></p>", "one-colour"),
    "one pixel high type": (f"{FAIR}<p style='font-size:5px'>{CLAUSE}</p>", "tiny"),
    "scaled down": (f"{FAIR}<p style='font-size:16px;transform:scale(.3);transform-origin:left'>{CLAUSE}</p>", "tiny"),
    "a slit of 60 px": (f"<div style='height:60px;overflow:auto;width:600px'>{FAIR * 4}<p>{CLAUSE}</p></div><p>请阅读上方全文。</p>", "slit"),
    "traditional, hidden": (f"{FAIR_TW}<p style='display:none'>{CLAUSE_TW}</p>", "undisplayed"),
    "traditional, white": (f"{FAIR_TW}<p style='color:#fff'>{CLAUSE_TW}</p>", "one-colour"),
    "English, hidden": (f"{FAIR_EN}<p hidden>{CLAUSE_EN}</p>", "undisplayed"),
    "English, transparent": (f"{FAIR_EN}<p style='opacity:0'>{CLAUSE_EN}</p>", "faint"),
    "travel": (f"{FAIR}<p style='display:none'>酒店订单一经确认，不可取消，房费不予退还。</p>", "undisplayed"),
    "food delivery": (f"{FAIR}<p style='visibility:hidden'>骑手到达后十分钟无人接听的，订单视为已经送达，由您承担全部餐费。</p>", "clipped"),
    "a brand store": (f"{FAIR_EN}<p style='position:absolute;left:-5000px'>Engraved items are non-refundable and may not be exchanged.</p>", "aside"),
}  # fmt: skip

READABLE = {
    "nothing hidden": f"{FAIR}<p>{CLAUSE}</p>",
    "closed details": f"{FAIR}<details><summary>账号管理费</summary><p>{CLAUSE}</p></details>",
    "an accordion of buttons": f"{FAIR}<section><h3><button aria-expanded=false>账号管理费</button></h3><div hidden><p>{CLAUSE}</p></div></section>",
    "an accordion of divs with a hand": f"{FAIR}<div class=item><div style='cursor:pointer'>账号停用怎么办？</div><div style='display:none'>{CLAUSE}</div></div>",
    "an accordion of divs that listen": f"{FAIR}<dl><dt onclick='this.nextElementSibling.hidden=false'>账号停用</dt><dd hidden>{CLAUSE}</dd></dl>",
    "an accordion without height": f"{FAIR}<div><div style='cursor:pointer'>费用说明</div><div style='max-height:0;overflow:hidden'><p>{CLAUSE}</p></div></div>",
    "a box that opens the part": f"{FAIR}<input type=checkbox id=c style='display:none'><label for=c>展开全文</label><div style='display:none'>{CLAUSE}</div>",
    "tabs": f"<div role=tablist><button role=tab>消费者</button><button role=tab>商家</button></div><div>{FAIR}</div><div hidden>{CLAUSE}</div>",
    "a link to the part": f"<p><a href='#fee'>账号管理费</a></p><div>{FAIR}</div><section><div><div id=fee style='display:none'>{CLAUSE}</div></div></section>",
    "a folded end with a control below": f"<div style='height:120px;overflow:hidden'>{FAIR}<p>{CLAUSE}</p></div><span style='cursor:pointer'>展开全文</span>",
    "a dialog": f"{FAIR}<div role=dialog style='display:none'>{CLAUSE}</div>",
    "a layer over the page": f"{FAIR}<div style='position:fixed;inset:0;display:none'>{CLAUSE}</div>",
    "a tip": f"{FAIR}<p>管理费<span role=tooltip style='display:none'>{CLAUSE}</span></p>",
    "a drop-down": f"{FAIR}<div style='position:relative'>更多<div style='position:absolute;display:none'>{CLAUSE}</div></div>",
    "a menu": f"{FAIR}<nav style='display:none'>{CLAUSE}</nav>",
    "a template": f"{FAIR}<template><p>{CLAUSE}</p></template><script>var x = '{CLAUSE}'</script><style>/* {CLAUSE} */</style>",
    "a form's message": f"{FAIR}<form><input name=q><p style='display:none'>您必须同意本协议，不得跳过。</p></form>",
    "the same for another device": f"{FAIR}<p>{CLAUSE}</p><p style='display:none'>{CLAUSE}</p>",
    "an older version of a sentence": f"{FAIR}<p>{CLAUSE}</p><p style='display:none'>您的账号停用满二年的，平台有权收取账号管理费。</p>",
    "another document of the application": f"{FAIR}<section style='display:none'><h1>隐私政策</h1><p>{CLAUSE}</p></section>",
    "a short label for screen readers": f"{FAIR}<span style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'>跳到主要内容区域开头处</span>",
    "hidden words that bind nobody": f"{FAIR}<p style='display:none'>感谢您一直以来对山城集市的支持和信任。</p>",
    "what the page says of itself": f"{FAIR}<p style='display:none'>您必须先登录才能提交意见，密码不得少于八位。</p>",
    "a box that scrolls": f"<div style='height:300px;overflow:auto'>{FAIR}{FAIR}<p>{CLAUSE}</p></div>",
    "the edge of a box that scrolls": "<div style='height:103px;overflow:auto'>" + "".join(f"<p style='margin:0;line-height:20px'>第{n}条 平台有权收取账号管理费，标准为{n}元。</p>" for n in range(1, 30)) + "</div>",
    "white on black": f"<div style='background:#000;color:#fff'>{FAIR}<p>{CLAUSE}</p></div>",
    "white over a picture": f"<div style='background-image:url(/x.png);color:#fff'>{FAIR}<p>{CLAUSE}</p></div>",
    "grey": f"{FAIR}<p style='color:#999'>{CLAUSE}</p>",
    "small print": f"{FAIR}<p style='font-size:11px'>{CLAUSE}</p>",
    "a small document": f"<div style='font-size:7px'>{FAIR}<p>{CLAUSE}</p></div>",
    "a raised mark": f"{FAIR}<p>账号管理费<sup style='font-size:6px'>[1]</sup>见下文。{CLAUSE}</p>",
    "a box that its floating parts leave": f"<div style='width:800px'><h2 style='height:30px;margin:0'>正文</h2><div style='float:left;width:780px'>{FAIR * 3}<p>{CLAUSE}</p></div></div>",
    "a box that its placed parts leave": f"<div style='height:40px;width:700px;position:relative'><div style='position:absolute;top:40px'>{FAIR * 3}<p>{CLAUSE}</p></div></div>",
    "a low box whose text shows below": f"<div style='height:60px;width:700px'>{FAIR * 3}<p>{CLAUSE}</p></div>",
    "a message that access is denied": f"{FAIR}<div style='display:none'>抱歉，您无权访问该页面的内容。</div>",
    "traditional, a message that access is denied": f"{FAIR_TW}<div style='display:none'>抱歉，您無權瀏覽此頁面的內容。</div>",
    "English, a message that access is denied": f"{FAIR_EN}<div hidden>You may not have permission to view this page.</div>",
    "a low line": f"<div style='height:60px'>{CLAUSE}</div>{FAIR}",
    "traditional, an accordion": f"{FAIR_TW}<details><summary>管理費</summary><p>{CLAUSE_TW}</p></details>",
    "English, an accordion": f"{FAIR_EN}<div><h3 tabindex=0 role=button>Fees</h3><div hidden>{CLAUSE_EN}</div></div>",
    "English, a banner for cookies": f"{FAIR_EN}<div style='display:none'>You agree to our use of cookies in your browser.</div>",
    "English, a skip link": f"{FAIR_EN}<a href='#main' style='position:absolute;left:-9999px'>Skip to main content</a>",
    "another view of the application": f"<div id=a>{FAIR}</div><div id=b style='display:none'><p>{CLAUSE}</p><button>提交订单</button></div>",
    "a copy in English": f"{FAIR}<p>{CLAUSE}</p><div style='display:none'>{FAIR_EN}<p>{CLAUSE_EN}</p></div>",
    "a copy in traditional characters": f"{FAIR}<p>{CLAUSE}</p><p hidden>您的賬號停用滿一年的，平台有權收取賬號管理費。</p>",
    "a map of the metro": f"{FAIR}<svg><title>{CLAUSE}</title></svg><img alt='{CLAUSE}' src=/x.png>",
}  # fmt: skip


@pytest.fixture(scope="module")
def terms(sight_of: Callable[[str], Sight]) -> Callable[[str], tuple[HiddenTerm, ...]]:
    def read(body: str) -> tuple[HiddenTerm, ...]:
        sight = sight_of(page(f"<article id=doc><h1>用户服务协议</h1>{body}</article>"))
        root = named_by(sight, "doc")
        text = sight.text_of(root.index)
        return hidden_terms(
            Document("user", "用户服务协议", sight.url, text, sight.id, blocks=blocks(sight, root), unseen=unseen(sight, root))
        )  # fmt: skip

    return read


@pytest.mark.parametrize("name", HIDDEN)
def test_what_binds_and_cannot_be_read_is_found(name: str, terms: Callable[[str], tuple[HiddenTerm, ...]]) -> None:
    body, how = HIDDEN[name]
    found = terms(body)
    assert [t.how for t in found] == [how] and not found[0].openers, found
    assert is_binding(found[0].sentence)


@pytest.mark.parametrize("name", READABLE)
def test_what_one_click_shows_or_stands_elsewhere_is_left_alone(
    name: str, terms: Callable[[str], tuple[HiddenTerm, ...]]
) -> None:
    assert not [t for t in terms(READABLE[name]) if not t.openers], name


def test_a_control_far_away_may_show_what_is_hidden(terms: Callable[[str], tuple[HiddenTerm, ...]]) -> None:
    body = f"<div><div><div><div><p style='display:none'>{CLAUSE}</p></div></div></div></div>"
    (near,) = terms(f"{FAIR}{body}")
    assert not near.openers and not near.operated
    (far,) = terms(f"<button type=button>商家版</button>{FAIR}{body}")
    assert not far.openers and far.operated


BINDING = [
    "积分自到账之日起满一年没有使用的，到期清零，不再通知。", "逾期未用的券一律作废。",
    "平台有权对恶意退货的账号收取手续费。", "逾期未取的，押金不予退还", "会员到期自动续费，每月 15 元", "您同意授权平台代扣款项。", "您放弃就此主张赔偿的权利。", "由此产生的运费由您承担。",
    "商品拆封后不可退换。", "平台可单方调整服务费标准。", "買家須負擔往返運費。", "本公司得不經通知終止服務，會員不得異議。", "未取貨三次者視為放棄訂單。", "You must pay a restocking fee.", "Deposits are non-refundable.",
    "We may suspend your account without notice.", "In no event shall we be liable for loss.", "Your plan renews automatically each month.", "By ordering you agree to arbitration.", "Tickets may not be resold.",
]  # fmt: skip
IDLE = [
    "该优惠券即将失效，去使用", "购物车已清空",
    "欢迎来到山城集市", "客服时间为每日 9:00 至 21:00。", "登录后可以查看订单，密码不得少于 8 位。", "请输入验证码，不得为空", "页面加载中，请稍候", "上一篇：交易规则", "本文对您有帮助吗？", "營業時間：週一至週五", "請先登入會員，密碼不得空白",
    "抱歉，您无权访问该页面", "您无权查看此内容，请联系客服", "您無權瀏覽此頁面", "You may not have permission to view this page.", "If the video will not play, try another player.", "Sorry, we can not find any results.",
    "Back to top", "Was this article helpful?", "You must enable JavaScript in your browser.", "Please enter your password; it must not be empty.", "Free delivery on orders over $50", "Loading, please wait.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", BINDING)
def test_a_sentence_binds(sentence: str) -> None:
    assert is_binding(sentence)


@pytest.mark.parametrize("sentence", IDLE)
def test_a_sentence_binds_nobody(sentence: str) -> None:
    assert not is_binding(sentence)
