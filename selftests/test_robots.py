"""robots.txt: what it forbids is not visited, by whatever way, and the wall says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongping.consumer.journal import Journal
from gongping.consumer.robots import Robots
from gongping.consumer.walls import Wall, WallName
from selftests.conftest import Answer, Maker, Site, page

PLAIN = {"Content-Type": "text/plain"}
RULES = """User-agent: *
Disallow: /account
Disallow: /*?sort=
Allow: /account/help

User-agent: Gongping
Disallow: /orders
"""


def robots(tmp_path: Path, **more: bool) -> Robots:
    return Robots(Journal(tmp_path / "journal.jsonl"), **more)


@pytest.mark.parametrize(
    ("rules", "path", "forbidden"),
    [
        ("User-agent: *\nDisallow: /account\nAllow: /account/help", "/account/orders", True),
        ("User-agent: *\nDisallow: /account\nAllow: /account/help", "/account/help", False),
        ("User-agent: *\nDisallow: /account", "/search?q=x", False),
        ("User-agent: *\nDisallow: /*?sort=", "/search?sort=price", True),
        ("User-agent: Baiduspider\nDisallow: /", "/", False),
        (RULES, "/orders/1", True),
        (RULES, "/account", False),
        ("User-agent: *\nDisallow:", "/", False),
        ("User-agent: *\nDisallow: /", "/", True),
        ("", "/", False),
    ],
)
def test_rules(rules: str, path: str, forbidden: bool, site: Site, tmp_path: Path) -> None:
    site["/robots.txt"] = Answer(rules, headers=PLAIN)
    assert robots(tmp_path).forbids(site.url(path)) is forbidden
    assert not robots(tmp_path, honour=False).forbids(site.url(path))


@pytest.mark.parametrize("answer", [Answer("", 404), Answer("Disallow: /", 500), Answer(page("Disallow: /"))])
def test_no_rules(answer: Answer, site: Site, tmp_path: Path) -> None:
    site["/robots.txt"] = answer
    assert not robots(tmp_path).forbids(site.url("/"))


def test_an_origin_is_asked_once(site: Site, tmp_path: Path) -> None:
    site["/robots.txt"] = Answer(RULES, headers=PLAIN)
    one = robots(tmp_path)
    for path in ("/", "/orders", "/account"):
        one.forbids(site.url(path))
    assert [a.path for a in site.asked] == ["/robots.txt"]


WAYS = {
    "address": lambda c, s: c.visit(s.url("/orders"), "account"),
    "link": lambda c, s: c.watch(lambda: c.page.click("#a")),
    "script": lambda c, s: c.watch(lambda: c.page.click("#b")),
    "form": lambda c, s: c.watch(lambda: c.page.press("#q", "Enter")),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_what_is_forbidden(way: str, site: Site, consume: Maker, tmp_path: Path) -> None:
    site["/robots.txt"] = Answer(RULES, headers=PLAIN)
    site["/"] = page("<a id=a href=/orders>订单</a><button id=b onclick=\"location='/orders/2'\">订单</button><form action=/orders><input id=q name=q></form>")  # fmt: skip
    consumer = consume(robots=robots(tmp_path))
    consumer.visit(site.url(), "home")
    with pytest.raises(Wall) as met:
        WAYS[way](consumer, site)
    assert met.value.name is WallName.ROBOTS
    assert not [a.path for a in site.asked if a.path.startswith("/orders")]
    assert consumer.page.url == site.url()
