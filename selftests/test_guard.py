"""The guard: in observe mode nothing irreversible reaches the platform, however the page asks for it; what is harmless still does."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from gongping.consumer.guard import Effect, Guard, Refused, effect_of_request
from gongping.consumer.journal import Journal
from gongping.consumer.walls import NotOffered, Wall
from selftests.conftest import Answer, Maker, Site, Walk, journal, named, named_by, page

COMMITS = ("/order", "/account", "/pay", "/x")

# Each page has a control 接受 (or the one named) that a walker may well click, and each asks for what can't be taken back.
TRICKS = {
    "a cookie button that orders": '<button onclick="fetch(\'/order/submit\',{method:\'POST\'})">接受</button>',
    "XMLHttpRequest": "<button onclick=\"const x=new XMLHttpRequest();x.open('POST','/order/create');x.send('a=1')\">接受</button>",
    "sendBeacon": "<button onclick=\"navigator.sendBeacon('/order/submit','a=1')\">接受</button>",
    "fetch keepalive": "<button onclick=\"fetch('/order/submit',{method:'POST',keepalive:true,mode:'no-cors'})\">接受</button>",
    "form.submit()": '<form id="f" method="post" action="/order/submit"></form><button onclick="document.getElementById(\'f\').submit()">接受</button>',
    "form.requestSubmit()": '<form id="f" method="post" action="/order/submit"></form><button onclick="f.requestSubmit()">接受</button>',
    "a form made on the way": "<button onclick=\"const f=document.createElement('form');f.method='post';f.action='/account/delete/confirm';document.body.append(f);f.submit()\">接受</button>",
    "a form in an iframe": '<iframe name="i" srcdoc="<form method=post action=/order/submit></form>"></iframe><button onclick="frames[0].document.forms[0].submit()">接受</button>',
    "a form into an iframe": '<iframe name="i"></iframe><form id="f" target="i" method="post" action="/order/submit"></form><button onclick="f.submit()">接受</button>',
    "window.open": "<button onclick=\"window.open('/account/delete?confirm=1')\">接受</button>",
    "location": "<button onclick=\"location='/account/delete?confirm=1'\">接受</button>",
    "an image": "<button onclick=\"new Image().src='/account/delete?confirm=1'\">接受</button>",
    "a GraphQL mutation": "<button onclick=\"fetch('/graphql',{method:'POST',body:JSON.stringify({query:'mutation { placeOrder(id:1) { id } }'})})\">接受</button>",
    "DELETE": "<button onclick=\"fetch('/account/me',{method:'DELETE'})\">接受</button>",
    "a label": '<form method="post" action="/x"><label for="b">接受</label><input type="submit" id="b" value="提交订单" style="position:absolute;left:-9999px"></form>',
    "words on a closed shadow root's button": "<x-b></x-b><script>customElements.define('x-b',class extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'closed'});"
    "r.innerHTML='<button>提交订单</button>';r.firstChild.onclick=()=>fetch('/x',{method:'POST'})}})</script><a href='#' onclick='return false'>接受</a>",
}  # fmt: skip


@pytest.mark.parametrize("trick", list(TRICKS))
def test_nothing_irreversible_arrives_in_observe_mode(trick: str, walk: Walk) -> None:
    live = walk.to(page(TRICKS[trick]))
    label = "提交订单" if "closed" in trick else "接受"
    try:
        walk.consumer.click(live, named(live.sight, label), what="accept", effect=Effect.SESSION)
        walk.consumer.page.wait_for_timeout(120)  # what a page sends after the click may still come
    except (Refused, NotOffered):
        pass
    assert walk.site.got(*COMMITS) == []
    assert walk.consumer.page.url.startswith(walk.site.url("/page/")), "the consumer lost its place"
    walk.consumer.close_opened()


LABELS = {
    "a div with a handler": (
        "<div onclick=\"fetch('/x',{method:'POST'})\" style=\"cursor:pointer\">确认注销</div>",
        "确认注销",
    ),
    "another aria-label": (
        "<button aria-label=\"下一步\" onclick=\"fetch('/x',{method:'POST'})\">提交订单</button>",
        "下一步",
    ),
    "a picture for a button": (
        '<form method="post" action="/x"><input type="image" alt="提交订单" width="80" height="30"></form>',
        "提交订单",
    ),
    "a price in the label": (
        "<button onclick=\"fetch('/x',{method:'POST'})\">立即支付 ￥128.00</button>",
        "立即支付 ￥128.00",
    ),
    "in traditional characters": ("<button onclick=\"fetch('/x',{method:'POST'})\">確認付款</button>", "確認付款"),
    "in English": ("<button onclick=\"fetch('/x',{method:'POST'})\">Place  order</button>", "Place order"),
    "a link that deletes": ('<a href="/account/delete?confirm=1">接受</a>', "接受"),
    "a button that says its form's address": (
        '<form method="post" action="/order/submit"><button>接受</button></form>',
        "接受",
    ),
}


@pytest.mark.parametrize("case", list(LABELS))
def test_a_control_that_commits_is_refused_before_it_is_touched(case: str, walk: Walk) -> None:
    body, label = LABELS[case]
    live = walk.to(page(body))
    with pytest.raises(Refused):
        walk.consumer.click(live, named(live.sight, label), what="accept", effect=Effect.NONE)
    assert walk.site.got(*COMMITS) == []
    assert journal(walk.folder, "refused")


LETTER = '<form method="post" action="/service"><textarea name="body"></textarea><button>申请在线调解</button></form>'


def test_a_form_in_which_one_writes_is_sent_by_nobody_who_only_looks(walk: Walk) -> None:
    live = walk.to(page(LETTER))
    button = named(live.sight, "申请在线调解")
    with pytest.raises(Refused):
        walk.consumer.click(live, button, what="open", effect=Effect.NONE)
    assert walk.site.got("/service") == []
    walk.consumer.click(live, button, what="write", effect=Effect.SESSION)
    assert walk.site.got("/service")


@pytest.mark.parametrize(
    "form", ['method="get" action="/s"><textarea name=q></textarea', 'method="post" action="/s"><input name=q']
)
def test_a_search_is_no_writing(form: str, walk: Walk) -> None:
    live = walk.to(page(f"<form {form}><button>看看</button></form>"))
    walk.consumer.click(live, named(live.sight, "看看"), what="look", effect=Effect.NONE)
    assert walk.site.got("/s")


def test_the_second_lock_holds_where_a_page_object_acts_past_the_first(site: Site, consume: Maker) -> None:
    """Mouse, touch and keyboard straight through the browser, words that change on hover, Enter in a form, a form that posts on blur."""
    site["/"] = page(
        """<button id="plain" onclick="fetch('/x/plain',{method:'POST'})">提交订单</button>
        <button id="hover" onclick="fetch('/x/hover',{method:'POST'})" onmouseover="this.textContent='立即支付'">详情</button>
        <div id="down" tabindex="0" onmousedown="fetch('/x/down',{method:'POST'})" onkeydown="fetch('/x/key',{method:'POST'})">确认注销</div>
        <form method="post" action="/x/enter"><input id="field" name="q"><button>提交订单</button></form>
        <form method="post" action="/x/blur" id="b"><input id="blur" onblur="this.form.submit()"></form>
        <div id="host"></div><script>const r = host.attachShadow({mode: "open"});
        r.innerHTML = '<form method="post" action="/x/shadow"><input><button type="submit">提交订单</button></form>';</script>"""
    )
    consumer = consume()
    consumer.visit(site.url(), "home")
    browser_page = consumer.page
    for name in ("plain", "hover", "down"):
        browser_page.locator(f"#{name}").click()
        browser_page.locator(f"#{name}").focus()
        browser_page.keyboard.press("Space")
        browser_page.keyboard.press("Enter")
    browser_page.locator("#field").press("Enter")
    browser_page.locator("#host input").press("Enter")
    browser_page.evaluate("document.querySelector('#host').shadowRoot.querySelector('form').requestSubmit()")
    live = consumer.look("home", pictures="none")
    consumer.fill(live, named_by(live.sight, "blur"), "10086")
    browser_page.locator("#field").focus()
    browser_page.wait_for_timeout(200)
    assert site.got("/x") == []
    assert browser_page.url == site.url()


def test_a_tap_is_stopped_like_a_click(site: Site, consume: Maker) -> None:
    site["/"] = page(
        """<meta name=viewport content="width=device-width"><button id="tap" onclick="fetch('/x/tap',{method:'POST'})">提交订单</button>
        <div id="touch">立即支付 ¥9.90</div><script>touch.addEventListener("touchstart", () => fetch("/x/touch", {method: "POST"}))</script>"""
    )
    consumer = consume(device="mobile")
    consumer.visit(site.url(), "home")
    for name in ("tap", "touch"):
        consumer.page.tap(f"#{name}")
    consumer.page.wait_for_timeout(150)
    assert site.got("/x") == []


def test_what_was_stopped_is_told(site: Site, consume: Maker, tmp_path: Path) -> None:
    site["/"] = page(
        """<button onmouseover="this.textContent='立即支付'" onclick="fetch('/x',{method:'POST'})">详情</button>
        <button onclick="fetch('/order/submit',{method:'POST'})">知道了</button>"""
    )
    consumer = consume()
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    by_words = consumer.click(live, named(live.sight, "详情"), what="details")
    by_address = consumer.click(live, named(live.sight, "知道了"), what="dismiss")
    assert by_words.stopped == ("立即支付",)
    assert by_address.stopped == (f"POST {site.url('/order/submit')}",)
    assert [line["what"] for line in journal(tmp_path, "stopped-after")] == ["details", "dismiss"]


def test_exercise_mode_lets_the_same_through(site: Site, consume: Maker) -> None:
    site["/"] = page(
        """<button onclick="fetch('/order/submit',{method:'POST'})">接受</button>
        <button onclick="fetch('/x/words',{method:'POST'})">确认注销</button><a href="/account/delete?confirm=1">删除</a>"""
    )
    consumer = consume(Effect.COMMITMENT)
    consumer.visit(site.url(), "home")
    live = consumer.look("home", pictures="none")
    for label in ("接受", "确认注销", "删除"):
        consumer.click(live, named(live.sight, label), what=label, effect=Effect.COMMITMENT)
    assert site.got(*COMMITS) == ["POST /order/submit", "POST /x/words", "GET /account/delete?confirm=1"]


# What a person may do on a platform that is only observed: all of it must arrive.
ALLOWED = {
    "add to cart by fetch": (
        "<button onclick=\"fetch('/cart/add',{method:'POST',body:'id=1'})\">加入购物车</button>",
        "加入购物车",
        "POST /cart/add",
    ),
    "add to cart by form": (
        '<form method="post" action="/cart/add"><button>加入购物车</button></form>',
        "加入购物车",
        "POST /cart/add",
    ),
    "a list in another order by form": (
        '<form method="post" action="/s"><button name="sort" value="price">价格</button></form>',
        "价格",
        "POST /s",
    ),
    "take out of the cart": (
        "<button onclick=\"fetch('/cart/1',{method:'DELETE'})\">删除</button>",
        "删除",
        "DELETE /cart/1",
    ),
    "to the settlement": (
        '<form method="post" action="/checkout"><button>去结算</button></form>',
        "去结算",
        "POST /checkout",
    ),
    "the list of orders": ('<a href="/orders">我的订单</a>', "我的订单", "GET /orders"),
    "a search of orders": (
        "<button onclick=\"fetch('/order/list',{method:'POST'})\">我的订单</button>",
        "我的订单",
        "POST /order/list",
    ),
    "the door to registration": ('<a href="/register">注册</a>', "注册", "GET /register"),
    "the door to registration, alone in its item": (
        '<ul><li><a href="/register"><span>注册</span></a></li></ul>',
        "注册",
        "GET /register",
    ),
    "how to leave": ('<a href="/account/delete">注销账号</a>', "注销账号", "GET /account/delete"),
    "an analytics beacon": (
        "<button onclick=\"navigator.sendBeacon('/log/order/track','a=1')\">详情</button>",
        "详情",
        "POST /log/order/track",
    ),
    "a cookie choice": ("<button onclick=\"fetch('/consent',{method:'POST'})\">拒绝</button>", "拒绝", "POST /consent"),
}


@pytest.mark.parametrize("act", list(ALLOWED))
def test_what_can_be_taken_back_still_works_in_observe_mode(act: str, walk: Walk) -> None:
    body, label, wanted = ALLOWED[act]
    live = walk.to(page(body))
    happened = walk.consumer.click(
        live, named(live.sight, label), what=act, effect=Effect.SESSION if "cart" in act else Effect.NONE
    )
    walk.consumer.page.wait_for_timeout(60)
    assert wanted in walk.site.got("/")
    assert happened.stopped == ()


def test_a_search_by_post_works_in_observe_mode(walk: Walk) -> None:
    live = walk.to(page('<form method="post" action="/s"><input type="search" name="q" placeholder="搜索"></form>'))
    walk.consumer.fill(live, next(s for s in live.sight.elements if s.role == "searchbox"), "手机")
    happened = walk.consumer.press_enter(what="search")
    assert happened.navigated and walk.consumer.page.url == walk.site.url("/s")
    assert walk.site.got("/s") == ["POST /s"]


@pytest.mark.parametrize("allowed", list(Effect))
@pytest.mark.parametrize("effect", list(Effect))
def test_an_act_is_refused_above_what_the_mode_allows(effect: Effect, allowed: Effect, tmp_path: Path) -> None:
    guard = Guard(allowed, Journal(tmp_path / "journal.jsonl"))
    if effect <= allowed:
        guard.end(guard.begin("do it", effect))
        return
    with pytest.raises(Refused, match=f"effect {effect.name.lower()}.*no more than {allowed.name.lower()}"):
        guard.begin("do it", effect)
    assert [line["what"] for line in journal(tmp_path, "refused")] == ["do it"]


@pytest.mark.parametrize(
    ("method", "url", "effect"),
    [
        ("GET", "https://shop.example/order/submit?id=1", Effect.COMMITMENT),
        ("POST", "https://shop.example/api/orders", Effect.COMMITMENT),
        ("POST", "https://shop.example/user/register", Effect.COMMITMENT),
        ("POST", "https://shop.example/api/pay.do", Effect.COMMITMENT),
        ("GET", "https://shop.example/index.php?action=deleteAccount", Effect.COMMITMENT),
        ("GET", "https://shop.example/orders", Effect.NONE),
        ("GET", "https://shop.example/product/place-mats", Effect.NONE),
        ("GET", "https://shop.example/help/how-to-cancel-order", Effect.NONE),
        ("POST", "https://shop.example/cart/items", Effect.SESSION),
        ("POST", "https://shop.example/api/order/preview", Effect.SESSION),
        ("POST", "https://shop.example/search", Effect.SESSION),
    ],
)
def test_the_effect_of_a_request_is_read_from_its_address(method: str, url: str, effect: Effect) -> None:
    assert effect_of_request(method, url) is effect


# What an address, a body or a header says beside the path's last word; what says nothing is harmless.
SAID = [
    ("GET", "/user.php?act=order_list", "", Effect.NONE),
    ("GET", "/user.php?act=drop_address&id=3", "", Effect.ACCOUNT),
    ("GET", "/account/address?do=del&id=3", "", Effect.ACCOUNT),
    ("GET", "/account/addresses/3/delete", "", Effect.ACCOUNT),
    ("GET", "/orders/SC2024/remove", "", Effect.COMMITMENT),
    ("GET", "/order/delete/3", "", Effect.COMMITMENT),
    ("GET", "/orders/12/cancel", "", Effect.COMMITMENT),
    ("GET", "/account/delete", "", Effect.NONE),
    ("GET", "/account/delete?from=2", "", Effect.NONE),
    ("GET", "/help/cancel/12", "", Effect.NONE),
    ("GET", "/help/how-to-cancel-order", "", Effect.NONE),
    ("GET", "/list?page=2&del=3", "", Effect.COMMITMENT),
    ("GET", "/search?q=x&remove=brand", "", Effect.NONE),
    ("GET", "/list?page=2", "", Effect.NONE),
    ("GET", "/cart?action=delete&id=3", "", Effect.NONE),
    ("GET", "/graphql?query=mutation%7BplaceOrder(id:1)%7Bid%7D%7D", "", Effect.COMMITMENT),
    ("GET", "/graphql?operationName=placeOrder", "", Effect.COMMITMENT),
    ("GET", "/graphql?operationName=OrderList", "", Effect.NONE),
    ("POST", "/graphql", '{"query":"query Orders { orders { id } }","operationName":"Orders"}', Effect.SESSION),
    ("POST", "/graphql", '{"query":"mutation { cartCreate(lines:[]) { id } }"}', Effect.SESSION),
    ("POST", "/graphql", '{"query":"mutation Add { addToCart(id:1) { cart { user { id } order { x } } } }"}', Effect.SESSION),
    ("POST", "/graphql", '{"query":"mutation M { placeOrder(id:1) { id } }"}', Effect.COMMITMENT),
    ("POST", "/graphql", '[{"operationName":"PlaceOrder","variables":{}}]', Effect.COMMITMENT),
    ("POST", "/cart", "action=delete&id=1", Effect.SESSION),
    ("POST", "/cart/update", "do=remove", Effect.SESSION),
    ("POST", "/s", "action=search", Effect.SESSION),
    ("POST", "/s", "op=submit&q=x", Effect.SESSION),
    ("POST", "/api", '{"method":"order.submit"}', Effect.COMMITMENT),
    ("POST", "/api", '{"method":"order.list"}', Effect.SESSION),
    ("POST", "/api", '{"action":"getOrderList"}', Effect.SESSION),
    ("POST", "/account/me", "_method=DELETE", Effect.COMMITMENT),
    ("POST", "/cart/1", "_method=DELETE", Effect.SESSION),
    ("POST", "/account/addresses", "remove=3", Effect.ACCOUNT),
    ("POST", "/account/addresses", "consignee=a&phone=1", Effect.ACCOUNT),
    ("POST", "/api/address/list", "{}", Effect.SESSION),
    ("POST", "/api/user/profile", "{}", Effect.SESSION),
    ("PUT", "/account/profile", "{}", Effect.ACCOUNT),
    ("POST", "/user/login", "mobile=1&password=2", Effect.SESSION),
    ("POST", "/account/orders/SC1", "act=cancel", Effect.COMMITMENT),
    ("POST", "/account/orders/SC1", "act=receive", Effect.COMMITMENT),
    ("POST", "/cashier/SC1", "method=bank", Effect.COMMITMENT),
    ("POST", "/popup", "action=close", Effect.SESSION),
    ("POST", "/suggest", "q=删除 order pay", Effect.SESSION),
    ("POST", "/collect", '{"event":"click","action":"view_order"}', Effect.SESSION),
    ("POST", "/log", '{"event":"remove","action":"click"}', Effect.SESSION),
    ("POST", "/consent", "action=accept", Effect.SESSION),
    ("POST", "/search/history/delete", "id=3", Effect.ACCOUNT),
    ("GET", "/sale/delete-fees", "", Effect.NONE),
    ("POST", "/api/track", '{"api":"pay_page"}', Effect.SESSION),
    ("POST", "/code", "phone=138", Effect.SESSION),
    ("POST", "/checkout", "a=1", Effect.SESSION),
    ("POST", "/api/order/preview", "", Effect.SESSION),
    ("GET", "/index.php?r=order/submit", "", Effect.NONE),
    ("POST", "/user/address/setDefault", "id=1", Effect.ACCOUNT),
    ("GET", "/img/drop/12.png", "", Effect.NONE),
    ("POST", "/account/logoff", "", Effect.COMMITMENT),
    ("POST", "/user/account", "", Effect.SESSION),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "effect"), SAID)
def test_the_effect_of_a_request_is_read_from_all_it_says(method: str, path: str, body: str, effect: Effect) -> None:
    assert effect_of_request(method, f"https://shop.example{path}", body) is effect


def test_a_header_may_say_another_method() -> None:
    for name in ("X-HTTP-Method-Override", "x-method-override"):
        url = "https://shop.example/account/addresses/2"
        assert effect_of_request("POST", url, "a=1", {name: "DELETE"}) is Effect.COMMITMENT
        assert effect_of_request("POST", "https://shop.example/cart/2", "", {name: "DELETE"}) is Effect.SESSION


def test_a_redirect_to_what_is_harmless_is_followed(walk: Walk) -> None:
    """Pages whose address has a word that may commit are held up, and go on."""
    walk.site["/go"] = Answer("", 302, {"Location": "/account/delete"})
    walk.site["/account/delete"] = page("<h1>注销须知</h1>")
    live = walk.to(page('<a href="/go">注销账号</a>'))
    happened = walk.consumer.click(live, named(live.sight, "注销账号"), what="read", effect=Effect.NONE)
    assert happened.after == walk.site.url("/account/delete") and happened.stopped == ()


def test_a_worker_and_a_socket_still_speak_of_what_is_harmless(walk: Walk) -> None:
    live = walk.to(page("<button onclick=\"new Worker(window.URL.createObjectURL(new Blob([`fetch('${location.origin}/order/list',{method:'POST'})`])))\">详情</button>"))  # fmt: skip
    walk.consumer.click(live, named(live.sight, "详情"), what="details", effect=Effect.NONE)
    walk.consumer.page.wait_for_timeout(300)
    assert walk.site.got("/order") == ["POST /order/list"]


def test_fields_that_bear_the_names_of_a_forms_own_hide_nothing(walk: Walk) -> None:
    """In a page's script `form.action` is its field of that name."""
    hidden = "".join(
        f"<input type=hidden name={n} value=1>" for n in ("action", "method", "id", "target", "elements", "submit")
    )
    live = walk.to(page(f'<form method="post" action="/order/submit">{hidden}<button>接受</button></form>'))
    with pytest.raises(Refused):
        walk.consumer.click(live, named(live.sight, "接受"), what="accept", effect=Effect.SESSION)


def test_a_guard_that_meets_a_closed_page_stays_quiet(site: Site, consume: Maker) -> None:
    """Requests that are still under way when a consumer leaves must not raise in the driver's event loop."""
    site["/"] = page("<script>for (let i = 0; i < 30; i++) fetch('/slow/' + i, {method: 'POST'})</script>")
    site["/slow/1"] = Answer("", later=1)
    consumer = consume()
    with contextlib.suppress(Wall):
        consumer.visit(site.url(), "home")
    consumer.close()
    other = consume()
    other.visit(site.url(), "home")
