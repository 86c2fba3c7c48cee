"""python -m selftests.fronts.check: the logic of the fronts whose truth has eleven duties against it, with Flask's test client (no
browser). The authors of the others checked theirs."""

import json
import re
import sys
import urllib.request

import yaml

from . import FRONTS, serve

OUTCOMES = {"failed", "passed", "cantTell", "inapplicable"}
DUTIES = ["6.1", "13.1", "24.2", "24.3", "29.1", "40.1", "40.3", "40.4", "42.2", "52.1", "52.2"]
# name: (result address, sorts, pattern of an item's id in the answer, item address, ids are grouped by brand with this function)
SEARCH = {
    "divsoup": (
        "/s?kw={q}&sort={s}&page={p}",
        ["def", "sale", "credit", "price", "priced"],
        r'class="J_item" data-id="(\d+)"',
        "/item/{i}.html",
        (1, 2),
    ),
    "spa": (
        "/api/search?q={q}&sort={s}",
        ["rank", "fresh", "price_asc", "price_desc"],
        r'"id":(\d+)',
        "/api/product/{i}",
        (1,),
    ),
    "hashmall": (
        "/mapi/search?q={q}&s={s}&p={p}",
        ["zh", "xl", "hp", "jg1", "jg2"],
        r'"gid":(\d+)',
        "/mapi/goods?id={i}",
        (0, 1),
    ),
    "shadow": ("/api/search?k={q}&sort={s}", ["rel", "sales", "rating", "asc", "desc"], r'"id":(\d+)', "/dp/{i}", (1,)),
    "travel": (
        "/hotels?city={q}&sort={s}",
        ["smart", "sales", "score", "low", "high"],
        r'data-hid="(\d+)"',
        "/hotel/{i}",
        (1,),
    ),
    "waimai": ("/search?wd={q}&order={s}", ["all", "sale", "star", "avg", "km"], r'href="/poi/(\d+)', "/poi/{i}", (1,)),
    "brand_en": (
        "/search?q={q}&sort_by={s}",
        ["manual", "best-selling", "title-ascending", "price-ascending", "price-descending"],
        r'card__media" href="/products/[a-z-]+-(\d+)"',
        None,
        (1,),
    ),
    "frames": (
        "/list.aspx?k_w={q}&px={s}&pg={p}",
        ["0", "1", "2", "3", "4"],
        r'<td><img src="/pic.aspx\?gid=(\d+)"',
        "/goods.aspx?gid={i}",
        (1, 2),
    ),
    "xianzhi": (
        "/api/search?q={q}&sort={s}",
        ["mix", "new", "near", "up", "down"],
        r'"id":(\d+)',
        "/api/item/{i}",
        (1,),
    ),
    "jiudian_menu": (
        "/search?wd={q}&sort={s}",
        ["tj", "xl", "hp", "pu", "pd"],
        r'class="lb"><img src="/img/(\d+)',
        "/place/{i}",
        (1,),
    ),
    "flagship": (
        "/api/search?q={q}&sort={s}&page={p}",
        ["zh", "xp", "xl", "pf", "jd", "jg"],
        r'"id":(\d+)',
        "/p/{i}",
        (1, 2),
    ),
}
LOGIN = {
    "divsoup": ("/login", "tel", "pwd"),
    "spa": ("/api/login", "user", "password"),
    "hashmall": ("/mapi/login", "u", "p"),
    "shadow": ("/api/signin", "email", "password"),
    "travel": ("/passport/login", "mobile", "password"),
    "waimai": ("/signin", "phone", "pass"),
    "brand_en": ("/account/login", "customer[email]", "customer[password]"),
    "frames": ("/login.aspx", "zh", "mm"),
    "xianzhi": ("/api/login", "user", "password"),
    "jiudian_menu": ("/passport/login", "mobile", "pwd"),
    "flagship": ("/login", "account", "secret"),
}
JSON_FRONTS = {"spa", "shadow", "xianzhi"}
REGISTER = {
    "divsoup": ("/reg", dict(tel="13811112222", code="123456", pwd="abc12345")),
    "spa": ("/api/register", dict(user="13811112222", code="123456", password="abc12345")),
    "hashmall": ("/mapi/register", dict(u="13811112222", c="123456", p="abc12345")),
    "shadow": ("/api/register", dict(name="N", email="n@x.example", password="abc12345", agree="1")),
    "travel": ("/passport/register", dict(mobile="13811112222", sms="123456", password="abc12345", agree="1")),
    "waimai": ("/signup", {"phone": "13811112222", "code": "123456", "pass": "abc12345", "ok": "1"}),
    "brand_en": (
        "/account/register",
        {"customer[name]": "N", "customer[email]": "n@x.example", "customer[password]": "abc12345", "agree": "1"},
    ),
    "frames": ("/join.aspx", dict(zh="newbie", mm="abc12345", sj="0912000111", yzm="123456", ty="1")),
    "xianzhi": ("/api/register", dict(user="0911000222", code="123456", password="abc12345", agree=1)),
    "jiudian_menu": ("/passport/register", dict(mobile="13811112222", sms="123456", pwd="abc12345", agree="1")),
    "flagship": (
        "/register",
        dict(account="newbie88", phone="13811112222", code="123456", secret="abc12345", agree="1"),
    ),
}
# (method, address, data) steps to an order, and a pattern of the last answer or its address
ORDER = {
    "divsoup": (
        [("POST", "/cart/add", {"id": 3}), ("GET", "/buy", None), ("POST", "/buy/submit", {"yfx": 1})],
        "WJ2024",
    ),
    "spa": ([("POST", "/api/cart/add", {"id": 1003}), ("POST", "/api/order", {"extras": []})], "SL24"),
    "hashmall": ([("POST", "/mapi/cart", {"op": "add", "id": 503}), ("POST", "/mapi/order", {"card": 0})], "TT24"),
    "shadow": ([("POST", "/api/cart", {"add": 3103}), ("GET", "/checkout", None), ("POST", "/api/order", {})], "HL-24"),
    "travel": (
        [("POST", "/booking/hotel/2003/1", {"cancel_ins": "0", "guest": "a", "contact": "b", "phone": "13800000000"})],
        "/pay/XJ9",
    ),
    "waimai": (
        [
            ("POST", "/basket", {"poi": 305, "fid": 3051, "n": 3}),
            ("GET", "/checkout", None),
            ("POST", "/checkout", {"ware": "0", "ontime": "1"}),
        ],
        "/order/XZ8",
    ),
    "brand_en": ([("POST", "/cart/change.js", {"id": 3, "size": "M"}), ("GET", "/checkout", None)], "/checkouts/cn/"),
    "frames": (
        [("GET", "/basket.aspx?jia=7003", None), ("GET", "/order1.aspx", None), ("POST", "/order1.aspx", {"jg": "0"})],
        "dd=HW66",
    ),
    "xianzhi": ([("POST", "/api/order", {"id": 61003, "extras": []})], "SY26"),
    "jiudian_menu": (
        [("POST", "/order/place/4103?in=2031-05-01&out=2031-05-03&room=1", {"guest": "a", "cancel": "1"})],
        "/pay/SY26",
    ),
    "flagship": (
        [
            ("POST", "/api/bag", {"add": 7003, "size": "42"}),
            ("GET", "/checkout", None),
            ("POST", "/checkout", {"name": "a", "phone": "13800000000", "addr": "b"}),
        ],
        "/done/ST26",
    ),
}
LEAVE = {
    "divsoup": ("/my/close", {"code": "123456"}),
    "spa": ("/api/cancel", {"photo": "", "code": "123456"}),
    "hashmall": ("/mapi/cancel", {"c": "123456"}),
    "shadow": ("/api/close", {"password": "Harbor-2024"}),
    "travel": ("/user/deregister", {"sms": "123456"}),
    "brand_en": ("/account/delete", {"password": "Holt!2024"}),
    "frames": ("/member.aspx?m=2&s=3&t=2", {"mm": "zaisheng1"}),
    "xianzhi": ("/api/close", {"code": "123456"}),
    "jiudian_menu": ("/member/closing", {"sms": "123456"}),
    "flagship": ("/account/leave", {"code": "123456"}),
}
LEAVE_OK = {
    "divsoup": (True, True),
    "spa": (False, False),
    "hashmall": (True, True),
    "shadow": (True, True),
    "travel": (True, False),
    "brand_en": (True, True),
    "frames": (True, False),
    "xianzhi": (True, True),
    "jiudian_menu": (True, False),
    "flagship": (True, True),
}
SWITCH = {
    "divsoup": ("/my/adpers", {"on": "0"}),
    "hashmall": ("/mapi/personal", {"on": "0"}),
    "shadow": ("/api/personalization", {"off": True}),
    "frames": ("/member.aspx?m=2&s=2&t=1", {"gx": "0"}),
    "xianzhi": ("/api/personal", {"on": False}),
    "flagship": ("/account/privacy", {"on": "0"}),
}
PERSONAL = {
    "divsoup": (True, True),
    "hashmall": (True, False),
    "shadow": (True, True),
    "waimai": (True, None),
    "frames": (True, False),
    "xianzhi": (True, True),
    "flagship": (True, False),
}  # (personalised, still so with the switch off)


def send(name, client, method, to, data):
    if method == "GET":
        return client.get(to)
    as_json = name in JSON_FRONTS or to.endswith((".js", "/api/bag"))
    return client.post(to, json=data) if as_json else client.post(to, data=data)


def login(name, client, account):
    to, user, password = LOGIN[name]
    return send(name, client, "POST", to, {user: account["user"], password: account["password"]})


def results(name, client, q, s):
    address, _, pattern, _, pages = SEARCH[name]
    return [
        i for p in pages for i in re.findall(pattern, client.get(address.format(q=q, s=s, p=p)).get_data(as_text=True))
    ]


def fresh(name, app):
    client = app.test_client()
    if name == "waimai":
        client.get("/city/cq")
    return client


def uscc_ok(code):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * 3**i % 31 for i, c in enumerate(code[:17]))
    return code[17] == alphabet[(31 - total % 31) % 31]


def check(name):
    front, faults, notes = FRONTS[name], [], []
    truth = yaml.safe_load(front.truth.read_text(encoding="utf-8"))

    def need(ok, what):
        if not ok:
            faults.append(what)

    need(list(truth["duties"]) == DUTIES, "duties")
    need(
        all(
            v[k]["outcome"] in OUTCOMES and '"' in v[k]["reason"]
            for v in truth["duties"].values()
            for k in ("desktop", "mobile")
        ),
        "outcomes",
    )
    app = front.make_app()
    # places, logged in with a filled cart
    client = fresh(name, app)
    login(name, client, front.accounts[1])
    send(name, client, *ORDER[name][0][0])
    places = {**truth["places"], **truth["places"]["documents"]}
    places.pop("documents")
    for key, place in places.items():
        if place["exists"]:
            r = client.get(place["url"].split("#")[0], follow_redirects=True)
            need(r.status_code == 200 and len(r.data) > 300, f"place {key} {r.status_code}")
    # search: enough results, every sort its own order, ads on every sort
    client = fresh(name, app)
    for q in front.queries:
        orders = [tuple(results(name, client, q, s)) for s in SEARCH[name][1]]
        need(
            len(orders[0]) >= 10
            and len({frozenset(o) for o in orders}) == 1
            and all(len(set(o)) == len(o) for o in orders),
            f"search {q}: {len(orders[0])}",
        )
        need(len(set(orders)) == len(orders), f"sorts of {q} alike")
        notes.append(len(orders[0]))
    # personas
    if SEARCH[name][3]:
        people = [fresh(name, app), fresh(name, app)]
        first_last = results(name, people[0], front.queries[0], SEARCH[name][1][0])
        logged = name in {"frames", "flagship"}
        for person, account, item in zip(people, front.accounts, (first_last[-1], first_last[-3]), strict=False):
            if logged:
                login(name, person, account)
            for _ in range(30):
                person.get(SEARCH[name][3].format(i=item))
        a, b = (results(name, p, front.queries[0], SEARCH[name][1][0]) for p in people)
        personal, after = PERSONAL.get(name, (False, None))
        need((a != b) == personal, f"persona difference {a != b}")
        if name in SWITCH:
            for person, account in zip(people, front.accounts, strict=False):
                if name == "divsoup":
                    login(name, person, account)
                send(name, person, "POST", *SWITCH[name])
            a, b = (results(name, p, front.queries[0], SEARCH[name][1][0]) for p in people)
            need((a != b) == after, f"after the switch {a != b}")
    # register, order
    app = front.make_app()
    client = fresh(name, app)
    r = send(name, client, "POST", *REGISTER[name])
    need(
        r.status_code in (200, 302) and not re.search(r'"ok":false|"code":1|"error"', r.get_data(as_text=True)),
        "register",
    )
    for step in ORDER[name][0]:
        r = send(name, client, *step)
    need(
        ORDER[name][1] in r.get_data(as_text=True) + r.headers.get("Location", ""),
        "order " + r.get_data(as_text=True)[:80],
    )
    if name == "brand_en":
        token = r.headers["Location"].rsplit("/", 1)[1]
        need("Thank you" in client.post("/checkout_frame/" + token, data={}).get_data(as_text=True), "frame order")
    wrong = app.test_client()
    need(
        re.search(
            r'"ok":false|"code":1|"error"|错误|錯誤|Incorrect',
            json.dumps(login(name, wrong, {"user": "x", "password": "y"}).get_data(as_text=True), ensure_ascii=False)
            .replace('\\"', '"')
            .encode()
            .decode(),
        )
        is not None,
        "wrong password let in",
    )
    # deregistration, fresh and aged
    for account, want in zip(front.accounts, LEAVE_OK.get(name, ()), strict=False):
        client = app.test_client()
        login(name, client, account)
        text = send(name, client, "POST", *LEAVE[name]).get_data(as_text=True)
        done = not re.search(r'"ok":false|"code":1|"error"|role="alert">[^<]+<|暂不符合|尚有', text)
        need(done == want, f"deregistration of {account['role']}: {done}")
    # licence
    codes = set(
        re.findall(
            r"91\d{6}[0-9A-Z]{10}",
            "".join(
                front.make_app().test_client().get(p).get_data(as_text=True)
                for p in (
                    "/doc/licence",
                    "/api/doc/licence",
                    "/mapi/paper?k=licence",
                    "/legal/business-license",
                    "/docs/licence",
                    "/page/licence",
                    "/frame/licence.htm",
                    "/about/licence",
                )
            ),
        )
    )
    need([uscc_ok(c) for c in codes] == ([] if name == "brand_en" else [name != "travel"]), f"licence {codes}")
    # the server and its log
    served = serve(name)
    with urllib.request.urlopen(served.url + "/") as answer:
        need(answer.status == 200, "serve")
    served.stop()
    need(served.log == [("GET", "/", {})], f"log {served.log}")
    return faults, notes


if __name__ == "__main__":
    bad = 0
    if unknown := [name for name in sys.argv[1:] if name not in SEARCH]:
        raise SystemExit(f"{unknown[0]}: not checked here, known are {', '.join(SEARCH)}")
    for name in sys.argv[1:] or SEARCH:
        faults, notes = check(name)
        bad += len(faults)
        print(f"{name:9} {faults or 'ok'}  results per query {notes}")
    sys.exit(bool(bad))
