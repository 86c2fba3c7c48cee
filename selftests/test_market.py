"""The embedded market: every variant serves, the clean one works end to end, faults change what they claim."""

import functools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from stdnum.cn import uscc

from gongping.market import FAULTS, LOOKALIKES, Market, database, ranking
from gongping.market.app import create_app
from gongping.market.entity import ENTITY, licence
from gongping.market.faults import SWITCHES
from gongping.market.variant import UnknownFault, Variant

NORM = Path(__file__).parents[1] / "gongping" / "norm" / "norm.yaml"
OPEN_PAGES = ("/", "/search?q=手机", "/item/11", "/licence", "/doc/terms", "/doc/privacy")
OWN_PAGES = ("/cart", "/checkout", "/account", "/account/privacy", "/account/security", "/account/deregister")
MORE_PAGES = (
    *(
        "/login",
        "/register",
        "/permits",
        "/rules",
        "/help",
        "/about",
        "/service",
        "/notices",
        "/mediation",
        "/doc/rules",
        "/shop/2",
    ),
    *(
        "/campaign/spring",
        "/extras/member",
        "/licence.svg",
        "/img/goods/1.svg",
        "/filings",
        "/campaign/spring/creative",
    ),
)
MORE_OWN_PAGES = (
    *("/account/orders", "/account/profile", "/account/data", "/account/addresses", "/account/messages"),
    *("/account/password", "/account/delete", "/account/data/copy.json", "/account/orders/SC202403150001"),
)


@functools.lru_cache(maxsize=1)
def app_of(market: Market) -> Flask:
    """One application for all variants, as the market itself has it."""
    return create_app(market.database_of)


def client_of(market: Market) -> FlaskClient:
    """A client with cookies of its own."""
    return app_of(market).test_client()


class Shop:
    """A consumer without a browser on one variant."""

    def __init__(self, market: Market, run: str, *switches: str) -> None:
        variant = Variant.of(run, switches)
        self.base = f"http://{variant.host}"
        self.file = market.database_of(variant)
        self.client = client_of(market)

    def get(self, path: str, status: int = 200) -> str:
        """A page's text. Redirects are followed."""
        answer = self.client.get(path, base_url=self.base, follow_redirects=True)
        assert answer.status_code == status, f"{self.base}{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def post(self, path: str, status: int = 200, **form: str) -> str:
        """The page after a form was sent."""
        answer = self.client.post(path, base_url=self.base, data=form, follow_redirects=True)
        assert answer.status_code == status, f"{self.base}{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def login(self, name: str = "shopper") -> None:
        """Log in with a seeded account."""
        self.post("/login", name=name, password=database.PASSWORD)

    def buy(self, number: int = 11) -> str:
        """The checkout page for a phone in its first colour and version."""
        self.post("/cart/add", goods=str(number), option0="江水蓝", option1="8GB+256GB")
        return self.get("/checkout")

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of the variant's database."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    with Market.start() as running:
        yield running


def goods_of(page: str) -> list[int]:
    """The organic results of a result page, in order."""
    cards = re.findall(r'<div class="card[^"]*"(?: data-ad-id="\d+")?>\s*<a class="pic" href="([^"]*)"', page)
    return [int(href.removeprefix("/item/")) for href in cards if href.startswith("/item/")]


def ranking_of(shop: Shop, query: str, sort: str = "default") -> list[int]:
    """The whole organic list of a query."""
    first = shop.get(f"/search?q={query}&sort={sort}")
    pages = max([1, *(int(n) for n in re.findall(r"[?&;]page=(\d+)", first))])
    return [n for page in range(1, pages + 1) for n in goods_of(shop.get(f"/search?q={query}&sort={sort}&page={page}"))]


def overlap(one: list[int], other: list[int], p: float = 0.9) -> float:
    """Rank-biased overlap of two lists of the same length, extrapolated."""
    depth = min(len(one), len(other))
    shared = [len(set(one[:d]) & set(other[:d])) / d for d in range(1, depth + 1)]
    return (1 - p) * sum(share * p**d for d, share in enumerate(shared)) + shared[-1] * p**depth


# --- names and hosts ------------------------------------------------------------------------------------------------


def test_conditions_are_the_norms_words() -> None:
    articles = [a for c in yaml.safe_load(NORM.read_text("utf-8"))["chapters"] for a in c["articles"]]
    duties = {duty["id"]: duty for article in articles for duty in article["duties"]}
    for fault in FAULTS.values():
        source = duties[fault.duty]["evasions" if fault.evasion else "fail"]
        assert fault.condition in source, f"{fault.name}: not in norm.yaml: {fault.condition}"
        assert set(fault.also) <= set(duties)
        assert fault.devices
    for lookalike in LOOKALIKES.values():
        assert lookalike.duty in duties
    encouraged = {ident for ident, duty in duties.items() if duty.get("force") == "encouraged" and not duty.get("fail")}
    assert {f.duty for f in FAULTS.values()} == {each.duty for each in LOOKALIKES.values()} - encouraged


def test_every_switch_is_asked_for_and_only_switches_are() -> None:
    folder = Path(database.__file__).parent
    files = [f for f in folder.rglob("*") if f.suffix in (".py", ".html", ".txt", ".svg")]
    text = "\n".join(f.read_text("utf-8") for f in files)
    for name, switch in SWITCHES.items():
        if switch.clause:  # data alone: every document asks for the clauses that it holds
            continue
        short = name.removeprefix("popup-")
        assert f'"{name}"' in text or f"'{name}'" in text or f"'{short}'" in text, f"nothing asks for {name}"
    asked = re.findall(r"""fault\((?:"|')([a-z0-9-]+)(?:"|')\)""", text)
    assert set(asked) <= set(SWITCHES)


def test_hosts_spread_over_labels_and_come_back() -> None:
    variant = Variant.of("run-1", ["grey-ad-label", "insurance-ticked", "licence-desktop-only", "popup-close-opens-ad"])
    assert all(len(label) <= 63 for label in variant.host.split("."))
    assert Variant.from_host(f"{variant.host}:8039") == variant
    assert Variant.from_host("localhost:1") == Variant.from_host("127.0.0.1:1") == Variant("main")


def test_an_unknown_fault_is_named_with_its_neighbours(market: Market) -> None:
    with pytest.raises(UnknownFault, match="insurance-ticked"):
        market.url(faults=["insurance-tickd"])
    client = client_of(market)
    answer = client.get("/", base_url="http://main.insurance-tickd.localhost")
    assert answer.status_code == 404
    assert "insurance-tickd" in answer.get_data(as_text=True)
    assert client.get("/", base_url="http://insurance-ticked.localhost").status_code == 404


def test_the_index_lists_every_switch_and_is_linked_from_nowhere(market: Market) -> None:
    client = client_of(market)
    page = client.get("/_/", base_url="http://localhost:1").get_data(as_text=True)
    assert all(f"<code>{name}</code>" in page for name in SWITCHES)
    assert client.get("/_/", base_url="http://main.localhost:1").status_code == 404
    assert '"/_/' not in Shop(market, "main").get("/")


# --- every variant --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", *SWITCHES])
def test_a_variant_serves_every_place(market: Market, name: str) -> None:
    shop = Shop(market, "serve", *([name] if name else []))
    gated = {"licence-login-gated": {"/licence"}}.get(name, set())
    for path in OPEN_PAGES:
        if path not in gated:
            shop.get(path)
    shop.login("spare")
    shop.post("/cart/add", goods="11", option0="江水蓝", option1="8GB+256GB")
    for path in OWN_PAGES:
        shop.get(path)
    assert "商品金额" in shop.get("/checkout")


def test_the_clean_shop_serves_everything(market: Market) -> None:
    shop = Shop(market, "everything")
    for path in MORE_PAGES:
        shop.get(path)
    assert "页面不存在" in shop.get("/nothing", 404)
    shop.login()
    for path in MORE_OWN_PAGES:
        shop.get(path)


def test_variants_share_nothing(market: Market) -> None:
    one, other = Shop(market, "one"), Shop(market, "other")
    one.get("/item/3")
    assert one.rows("SELECT goods_id FROM views") == [(3,)]
    assert other.rows("SELECT goods_id FROM views") == []


# --- the clean shop -------------------------------------------------------------------------------------------------


def test_codes_are_well_formed_but_for_the_fault(market: Market) -> None:
    assert all(uscc.is_valid(str(code)) for (code,) in Shop(market, "codes").rows("SELECT uscc FROM sellers"))
    assert uscc.is_valid(ENTITY.uscc)
    assert not uscc.is_valid(licence(lambda name: name == "licence-bad-code").uscc)
    for name in ("licence-other-entity", "licence-subsidiary-group"):
        other = licence(lambda asked, name=name: asked == name)  # type: ignore[misc]
        assert uscc.is_valid(other.uscc)
        assert other.name != ENTITY.name


def test_there_are_enough_goods(market: Market) -> None:
    shop = Shop(market, "goods")
    assert len(shop.rows("SELECT id FROM goods")) >= 66
    assert len(shop.rows("SELECT id FROM goods WHERE seller_id = 1")) >= 12
    assert len(shop.rows("SELECT DISTINCT seller_id FROM goods WHERE seller_id > 1")) >= 5
    for query, least in {"手机": 20, "牛奶": 12, "耳机": 12, "外套": 12, "咖啡": 12}.items():
        assert len(ranking_of(shop, query)) >= least
        page = shop.get(f"/search?q={query}")
        assert 2 <= page.count("data-ad-id=") <= 3
        assert page.count('class="adtag"') == page.count("data-ad-id=") == page.count("campaignId=") // 2


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("sales", "-sales"),
        ("price_asc", "price"),
        ("price_desc", "-price"),
        ("credit", "-praise"),
        ("new", "listed DESC"),
    ],
)
def test_sorting_sorts(market: Market, sort: str, key: str) -> None:
    shop = Shop(market, "sort")
    expected = [number for (number,) in shop.rows(f"SELECT id FROM goods WHERE title LIKE '%手机%' ORDER BY {key}")]
    column = key.strip("-").split()[0]
    values = dict(shop.rows(f"SELECT id, {column} FROM goods"))  # type: ignore[arg-type]
    assert [values[n] for n in ranking_of(shop, "手机", sort)] == [values[n] for n in expected]


PREMIUM, BUDGET = (1, 2, 3, 5, 6, 7, 35, 36, 44, 48, 57, 70), (12, 13, 14, 15, 18, 29, 30, 53, 65, 74, 76, 90)


def personas(market: Market, *switches: str, off: bool = False) -> tuple[Shop, Shop]:
    """Two visitors with different histories."""
    pair = Shop(market, "personas", *switches), Shop(market, "personas", *switches)
    for shop, history in zip(pair, (PREMIUM, BUDGET), strict=True):
        for number in history:
            shop.get(f"/item/{number}")
        if off:
            shop.post("/personal", personal="off", next="/search?q=手机")
            shop.get("/")
    return pair


@pytest.mark.parametrize("query", ["手机", "耳机", "外套", "牛奶", "咖啡"])
def test_results_are_personal_until_switched_off(market: Market, query: str) -> None:
    one, other = personas(market)
    assert overlap(ranking_of(one, query), ranking_of(other, query)) < 0.7
    one, other = personas(market, off=True)
    assert ranking_of(one, query) == ranking_of(other, query) == ranking_of(Shop(market, "personas"), query)


def test_the_switch_follows_the_account(market: Market) -> None:
    here, there = Shop(market, "account"), Shop(market, "account")
    here.login("persona_a")
    here.post("/account/privacy", personal="off")
    there.login("persona_a")
    assert "个性化推荐：已关闭" in there.get("/search?q=手机")


def test_a_purchase_adds_up_and_is_paid(market: Market) -> None:
    shop = Shop(market, "buy")
    shop.login()
    page = shop.buy()
    assert not re.search(r'type="checkbox"[^>]*checked', page)
    address = re.search(r'name="address" value="(\d+)"', page)
    assert address
    cashier = shop.post(
        "/checkout/submit", address=address[1], delivery="express", invoice="电子普通发票", extra="charity"
    )
    assert "2012.00" in cashier
    number = re.search(r"SC\d+", cashier)
    assert number
    assert "支付成功" in shop.post(f"/cashier/{number[0]}", payment="银行卡支付")
    goods, freight, extras, total, status = shop.rows(
        f"SELECT goods_total, freight, extras_total, total, status FROM orders WHERE number = '{number[0]}'"
    )[0]
    assert (goods, freight, extras, total, status) == (199900, 1200, 100, 201200, "待发货")
    assert not re.search(r'type="checkbox"[^>]*checked', shop.buy()), "nothing is remembered from the last order"


def test_register_and_deregister(market: Market) -> None:
    shop = Shop(market, "person")
    form = {"phone": "13912345678", "code": database.CODE, "password": "long-enough"}
    assert "请先阅读并同意" in shop.post("/register", 400, **form)
    shop.post("/register", **form, agree="1")
    assert len(shop.rows("SELECT 1 FROM users WHERE phone = '13912345678'")) == 1
    shop.post("/account/deregister/verify", 400, code="123456")
    shop.post("/account/deregister/verify", code=database.CODE)
    assert "账号已注销" in shop.post("/account/deregister/confirm")
    assert shop.rows("SELECT 1 FROM users WHERE phone = '13912345678'") == []
    assert shop.rows("SELECT state FROM deregistrations") == [("已完成",)]
    shop.post("/login", 401, name="13912345678", password="long-enough")


@pytest.mark.parametrize(
    "name", ["terms", "rules", "privacy", "reviews", "sellers", "deregistration", "returns", "ip", "disputes"]
)
def test_a_document_downloads_as_it_reads(market: Market, name: str) -> None:
    shop = Shop(market, "read")
    article = re.search(r"<article[^>]*>(.*)</article>", shop.get(f"/doc/{name}"), re.S)
    assert article
    shown = re.sub(r"<[^>]*>", "", article[1]).replace("&gt;", ">")
    text = shop.get(f"/doc/{name}/download")
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
    assert 1000 <= len(text) <= 3000
    assert "生效日期" in text


# --- what some faults do --------------------------------------------------------------------------------------------


def visible_words(market: Market, path: str, *switches: str) -> str:
    return re.sub(r"<[^>]*>", " ", Shop(market, "words", *switches).get(path))


def test_licence_faults(market: Market) -> None:
    assert "营业执照" in visible_words(market, "/")
    for name in ("licence-missing", "icp-only", "licence-only-about"):
        assert "营业执照" not in visible_words(market, "/", name)
    assert ENTITY.uscc in visible_words(market, "/licence")
    assert ENTITY.uscc in visible_words(market, "/", "licence-inline")
    assert ENTITY.uscc not in visible_words(market, "/licence", "licence-app-only")
    Shop(market, "words", "licence-link-dead").get("/licence/2018", 404)


@pytest.mark.parametrize(
    ("name", "word"),
    [("terms-missing", "用户服务协议"), ("rules-missing", "交易规则"), ("privacy-missing", "隐私政策")],
)
def test_a_missing_agreement_is_missing_on_home_only(market: Market, name: str, word: str) -> None:
    assert word in visible_words(market, "/")
    assert word not in visible_words(market, "/", name)
    assert word in visible_words(market, "/help", name)


def test_ad_label_faults(market: Market) -> None:
    def labels(path: str, *switches: str) -> int:
        return len(re.findall(r'class="adtag[^"]*"[^>]*>广告<', Shop(market, "ads", *switches).get(path)))

    for name in ("ad-unlabelled", "ad-label-euphemism", "ad-label-english", "ad-heading-loose", "ad-label-late"):
        assert labels("/search?q=手机", name) == 0
    assert labels("/search?q=手机", "ad-label-page2") == 3
    assert labels("/search?q=手机&page=2", "ad-label-page2") == 0
    assert labels("/search?q=手机", "ad-label-sort-dropped") == 3
    assert labels("/search?q=手机&sort=price_asc", "ad-label-sort-dropped") == 0
    assert labels("/search?q=手机", "ad-label-all") == 3 + ranking.PAGE_SIZE


def test_sort_faults(market: Market) -> None:
    plain = ranking_of(Shop(market, "sorts"), "手机", "sales")
    assert ranking_of(Shop(market, "sorts", "sort-param-only"), "手机", "sales") == plain
    assert ranking_of(Shop(market, "sorts", "sort-two-missing"), "手机", "sales") != plain
    for name in ("sort-two-missing", "sort-param-only", "sort-only-default", "sort-login-only"):
        assert "销量" not in visible_words(market, "/search?q=手机", name)


def test_switch_faults(market: Market) -> None:
    for name in ("switch-inert", "switch-forgets", "switch-ads-only", "personal-feed-only", "personal-ads-only"):
        one, other = personas(market, name, off=True)
        assert overlap(ranking_of(one, "手机"), ranking_of(other, "手机")) < 0.7, name
    here, there = Shop(market, "cookie", "switch-cookie-only"), Shop(market, "cookie", "switch-cookie-only")
    here.login("persona_a")
    here.post("/personal", personal="off")
    there.login("persona_a")
    assert "个性化推荐：已开启" in there.get("/search?q=手机")
    shop = Shop(market, "punish", "personal-punishes")
    shop.post("/personal", personal="off")
    assert goods_of(shop.get("/search?q=手机")) == []


@pytest.mark.parametrize(
    ("name", "goods", "extras"),
    [
        ("insurance-ticked", 199900, 120),
        ("extra-hidden-line", 199900, 120),
        ("extra-radio", 199900, 1500),
        ("extra-in-cart", 203890, 0),
        ("extra-off-radio", 199900, 0),
        ("gift-line", 199900, 0),
    ],
)
def test_tie_in_faults_reach_the_order(market: Market, name: str, goods: int, extras: int) -> None:
    shop = Shop(market, "tie", name)
    shop.login("persona_a")
    page = shop.buy()
    # What a browser would send: every checked input of the form.
    form = {}
    for tag in re.findall(r"<input[^>]*checked[^>]*>", page):
        key, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert key
        assert value
        form[key[1]] = value[1]
    shop.post("/checkout/submit", **form)
    assert shop.rows("SELECT goods_total, extras_total FROM orders ORDER BY id DESC LIMIT 1") == [(goods, extras)]


@pytest.mark.parametrize(
    "name", ["query-unexplained", "correct-unexplained", "delete-unexplained", "dereg-unexplained"]
)
def test_policy_faults(market: Market, name: str) -> None:
    word = {"query": "查询", "correct": "更正", "delete": "删除", "dereg": "注销"}[name.partition("-")[0]]
    assert f"{word}：您可以" in visible_words(market, "/doc/privacy").replace("\n", "")
    assert f"{word}：" not in visible_words(market, "/doc/privacy", name)
    assert f"{word}：" not in visible_words(market, "/help", name)


def test_entry_faults(market: Market) -> None:
    def entries(name: str, page: str) -> int:
        shop = Shop(market, "entry", *([name] if name else []))
        shop.login("spare")
        return shop.get(page).count('href="/account/deregister"')

    assert entries("", "/account/security") == 1
    for name in ("dereg-no-entry", "dereg-contact-only", "dereg-help-differs", "dereg-buried", "dereg-three-levels"):
        assert entries(name, "/account/security") == 0
    assert entries("dereg-help-differs", "/account/profile") == 1
    assert entries("dereg-buried", "/account/menu/matters") == 1
    assert entries("dereg-three-levels", "/account/menu/more") == 1


def test_conditions_are_told_the_same_on_page_and_paper(market: Market) -> None:
    for name, words in {"dereg-fee": "手续费10元", "dereg-young-account": "满180天", "dereg-by-post": "邮寄"}.items():
        shop = Shop(market, "terms", name)
        shop.login("spare")
        assert words in shop.get("/account/deregister")
        assert words in shop.get("/doc/deregistration")


def test_a_long_review_deletes_nothing(market: Market) -> None:
    shop = Shop(market, "slow", "dereg-long-review")
    shop.login("spare")
    shop.post("/account/deregister/verify", password=database.PASSWORD)
    assert "人工审核" in shop.post("/account/deregister/confirm")
    assert shop.rows("SELECT COUNT(*) FROM users WHERE name = 'spare'") == [(1,)]


def test_cooling_off_can_be_used_to_come_back(market: Market) -> None:
    shop = Shop(market, "cool", "dereg-cooling-15")
    shop.login("spare")
    shop.post("/account/deregister/verify", password=database.PASSWORD)
    assert "15 日冷静期" in shop.post("/account/deregister/confirm")
    shop.login("spare")
    assert shop.rows("SELECT closing FROM users WHERE name = 'spare'") == [(None,)]
