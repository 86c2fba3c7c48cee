"""The django-oscar shop answers: plain HTTP, no browser. What it looks like to the suite is tested elsewhere."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple

import pytest

from selftests.oscar.accounts import PASSWORD, PERSONA_A, SHOPPER, SPARE
from selftests.oscar.server import Oscar, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")


class Answer(NamedTuple):
    """What came back after redirects."""

    status: int
    url: str
    text: str


class Visitor:
    """One cookie jar; posts a form by its fields, with the page's own CSRF token."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.base, path)))

    def post(self, page: Answer, address: str, /, **fields: str) -> Answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token, f"{page.url} has no form"
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.base, address), data))

    def log_in(self, email: str, password: str = PASSWORD) -> Answer:
        page = self.get("/en-gb/accounts/login/")
        fields = {"login-username": email, "login-password": password, "login_submit": "Log In"}
        return self.post(page, "/en-gb/accounts/login/", **fields)

    def add_to_basket(self, query: str) -> Answer:
        """Add the first result of `query` that is sold without a choice of size."""
        results = self.get(f"/en-gb/search/?q={query}")
        action = re.search(r'action="(/en-gb/basket/add/\d+/)"', results.text)
        assert action, f"{results.url} offers nothing to add"
        return self.post(results, action[1], quantity="1")

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as response:
                return Answer(response.status, response.url, response.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.url or "", error.read().decode())


@pytest.fixture(scope="module")
def oscar() -> Iterator[Oscar]:
    with Oscar.start() as shop:
        yield shop


@pytest.fixture
def visitor(oscar: Oscar) -> Visitor:
    return Visitor(oscar.url)


def found(answer: Answer) -> list[str]:
    """The titles of the product cards, in order."""
    return re.findall(r'<h3 class="mt-3">\s*<a href="[^"]+" title="([^"]+)"', answer.text)


def prices(answer: Answer) -> list[float]:
    return [float(price) for price in re.findall(r'class="price_color">£([\d.]+)<', answer.text)]


def test_the_bare_address_leads_to_the_english_catalogue(visitor: Visitor) -> None:
    home = visitor.get("/")
    assert (home.status, urllib.parse.urlsplit(home.url).path) == (200, "/en-gb/catalogue/")
    assert len(found(home)) == 20


def test_oscars_own_chinese_is_served(visitor: Visitor) -> None:
    home = visitor.get("/zh-hans/catalogue/")
    assert home.status == 200
    assert 'lang="zh-hans"' in home.text
    assert "搜索" in home.text


@pytest.mark.parametrize("query", ["phone", "coffee", "jacket"])
def test_search_finds_by_text(visitor: Visitor, query: str) -> None:
    titles = found(visitor.get(f"/en-gb/search/?q={query}"))
    assert len([title for title in titles if query in title.lower()]) >= 10


def test_search_finds_nothing_for_a_word_that_nothing_has(visitor: Visitor) -> None:
    answer = visitor.get("/en-gb/search/?q=zeppelin")
    assert answer.status == 200
    assert not found(answer)


def test_search_sorts_by_price(visitor: Visitor) -> None:
    up = prices(visitor.get("/en-gb/search/?q=coffee&sort_by=price-asc"))
    down = prices(visitor.get("/en-gb/search/?q=coffee&sort_by=price-desc"))
    assert len(up) >= 10
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)


def test_every_picture_of_the_home_page_answers(visitor: Visitor) -> None:
    sources = re.findall(r'<img src="(/media/[^"]+)"', visitor.get("/").text)
    assert len(sources) == 20
    for source in sources:
        with urllib.request.urlopen(urllib.parse.urljoin(visitor.base, source), timeout=30) as response:
            assert response.headers["Content-Type"] == "image/png"


def test_a_product_page_answers(visitor: Visitor) -> None:
    results = visitor.get("/en-gb/search/?q=coffee")
    link = re.search(r'<h3 class="mt-3">\s*<a href="([^"]+)"', results.text)
    assert link
    product = visitor.get(link[1])
    assert product.status == 200
    assert "Add to basket" in product.text


def test_a_basket_keeps_what_was_added_and_charges_the_flat_rate(visitor: Visitor) -> None:
    visitor.add_to_basket("coffee")
    basket = visitor.get("/en-gb/basket/")
    assert basket.status == 200
    assert "Proceed to checkout" in basket.text
    assert "Flat rate delivery" in basket.text


def test_checkout_asks_for_a_login_first(visitor: Visitor) -> None:
    visitor.add_to_basket("coffee")
    assert urllib.parse.urlsplit(visitor.get("/en-gb/checkout/").url).path == "/en-gb/accounts/login/"


def test_a_wrong_password_is_refused(visitor: Visitor) -> None:
    assert "/accounts/login/" in visitor.log_in(SHOPPER, "wrong").url


def test_an_order_can_be_placed(visitor: Visitor) -> None:
    visitor.log_in(PERSONA_A)
    visitor.add_to_basket("phone")
    address = visitor.get("/en-gb/checkout/")
    assert (address.status, urllib.parse.urlsplit(address.url).path) == (200, "/en-gb/checkout/shipping-address/")
    known = re.search(r'name="address_id" value="(\d+)"', address.text)
    assert known, "persona_a has a saved address"
    payment = visitor.post(address, "/en-gb/checkout/shipping-address/", action="ship_to", address_id=known[1])
    assert urllib.parse.urlsplit(payment.url).path == "/en-gb/checkout/payment-details/"
    preview = visitor.get("/en-gb/checkout/preview/")
    assert preview.status == 200
    assert "Place order" in preview.text
    thanks = visitor.post(preview, "/en-gb/checkout/preview/", action="place_order")
    assert urllib.parse.urlsplit(thanks.url).path == "/en-gb/checkout/thank-you/"


def test_the_shopper_has_bought_before(visitor: Visitor) -> None:
    assert visitor.log_in(SHOPPER).status == 200
    orders = visitor.get("/en-gb/accounts/orders/")
    assert len(re.findall(r'href="/en-gb/accounts/orders/(\d+)/"', orders.text)) >= 1


def test_the_account_offers_to_delete_the_profile_and_does(visitor: Visitor) -> None:
    visitor.log_in(SPARE)
    profile = visitor.get("/en-gb/accounts/profile/")
    assert profile.status == 200
    assert "/en-gb/accounts/profile/delete/" in profile.text
    page = visitor.get("/en-gb/accounts/profile/delete/")
    assert page.status == 200
    visitor.post(page, "/en-gb/accounts/profile/delete/", password=PASSWORD)
    assert "/accounts/login/" in visitor.log_in(SPARE).url


def test_flat_pages_answer(visitor: Visitor) -> None:
    assert [visitor.get(path).status for path in ("/about/", "/terms/", "/privacy/")] == [200, 200, 200]


def test_a_kept_folder_keeps_its_baskets_and_accounts(tmp_path: Path) -> None:
    with Oscar.start(data=tmp_path / "shop") as shop:
        visitor = Visitor(shop.url)
        visitor.log_in(SPARE)
        visitor.add_to_basket("jacket")
    with Oscar.start(data=tmp_path / "shop") as shop:
        visitor = Visitor(shop.url)
        visitor.log_in(SPARE)
        assert "jacket" in visitor.get("/en-gb/basket/").text.lower()


def test_a_shop_that_cannot_start_says_why(oscar: Oscar) -> None:
    taken = urllib.parse.urlsplit(oscar.url).port
    assert taken
    with pytest.raises(RuntimeError, match="Address already in use"):
        Oscar.start(port=taken)
