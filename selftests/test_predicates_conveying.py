"""What follows from hidden sentences, names that can't be clicked, and prompts in place of terms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from PIL import Image, ImageDraw

from gongping.detectors.material_terms import MaterialTerm
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document
from gongping.observations.library import LibrarySeen, Named, Paper
from gongping.sight.blocks import Block, Run
from gongping.sight.model import Box, Seen, Sight
from gongping.sight.unseen import How, Unseen

CLAUSE = "您的账号停用满一年的，平台有权收取账号管理费。"
BOX = Box(10, 10, 300, 20)
BLANK = Image.new("RGB", (300, 20), "white")
WRITTEN = BLANK.copy()
ImageDraw.Draw(WRITTEN).rectangle((20, 5, 200, 15), fill="black")
FORM = "https://shop.test/register"


class Pictures:
    """An album that shows one picture of everything."""

    def __init__(self, picture: Image.Image | None) -> None:
        self.picture = picture

    def crop(self, *_: object) -> tuple[Image.Image, None] | None:
        return (self.picture, None) if self.picture else None

    def sight(self, ident: str) -> Sight:
        return Sight(ident, "register", "desktop", FORM, "", "", 0, (1440, 900), (0, 0), (1440, 900), 1, (), (), ())


def norm(picture: Image.Image | None = None) -> Predicates:
    return Predicates(load(), cast(Album, Pictures(picture)), "zh-CN")


def hidden(how: How, **more: Any) -> LibrarySeen:
    blocks = tuple(Block(f"第{n}条 本协议说明购物流程。", "", 0, BOX, (Run(14, 14.0),)) for n in range(9))
    document = Document(
        "user", "用户协议", "https://shop.test/u", "\n".join(b.text for b in blocks), "s", blocks=blocks,
        unseen=(replace(Unseen(CLAUSE, how, BOX), **more),),
    )  # fmt: skip
    return LibrarySeen((Paper("user", "用户协议", "首页", 1, document),), ("首页",), 10, "home")


def states(seen: LibrarySeen, picture: Image.Image | None = None) -> list[str]:
    return [w.judgement.state for w in norm(picture).withheld(seen)]


@pytest.mark.parametrize("how", ["undisplayed", "clipped", "aside"])
def test_a_hidden_sentence_without_a_control_breaks(how: How) -> None:
    assert states(hidden(how)) == ["broken"]
    assert states(hidden(how, openers=("展开",))) == []
    assert states(hidden(how, operated=True)) == ["unknown"]


@pytest.mark.parametrize("how", ["one-colour", "faint"])
def test_what_colours_say_a_picture_must_show(how: How) -> None:
    assert states(hidden(how), BLANK) == ["broken"]
    assert states(hidden(how), WRITTEN) == []
    assert states(hidden(how)) == ["unknown"]


def test_a_slit_breaks() -> None:
    assert states(hidden("slit", behind=900)) == ["broken"]
    (one,) = norm().withheld(hidden("slit", behind=900))
    assert "900 字" in one.said and one.term.sentence == CLAUSE


def test_a_slit_of_the_form_breaks_unless_a_link_opens_the_text() -> None:
    box = Seen("form", 0, -1, "div", Box(0, 0, 400, 60), text=CLAUSE * 40)
    sight = replace(Pictures(None).sight("form"), elements=(box,))
    predicates = norm()
    predicates.album.sight = lambda _: sight  # type: ignore[method-assign, assignment]
    assert [j.state for _, j in predicates.slits(replace(led(), named=()))] == ["broken"]
    assert not predicates.slits(replace(led(), named=(link(),)))
    assert [j.state for _, j in predicates.slits(replace(led(), named=(link(way="text"),)))] == ["broken"]


def led(wall: str = "", detail: str = "", url: str = "https://shop.test/u", how: str = "page") -> LibrarySeen:
    document = Document("user", "用户协议", url, "" if wall else "全文" * 200, "s", how=how, wall=wall, detail=detail)
    return LibrarySeen(
        (Paper("user", "《用户协议》", "注册页", 2, document),), ("注册页",), 10, "home", registration="form"
    )


def link(href: str = "https://shop.test/u", name: str = "用户协议", **more: Any) -> Named:
    return replace(Named(name, "control", Seen("form", 0, -1, "a", BOX, href=href)), **more)


GONE = "not-found: HTTP 404 (https://shop.test/u)"


@pytest.mark.parametrize(
    ("state", "named", "seen"),
    [
        ("held", link(), led()),
        ("held", link(href=""), led(how="layer", url=FORM)),
        ("broken", link(way="text"), led()),
        ("unknown", link(way="box"), led()),
        ("unknown", link(way="own"), led()),
        ("held", link(way="own", opened=True), led()),
        ("broken", link(way="own", opened=False), led()),
        ("broken", link(toggles=True), led()),
        ("broken", link(), led("not-found", GONE)),
        ("broken", link(), led("not-found", "not-found: HTTP 410")),
        ("unknown", link(), led("not-found", "not-found: the page says so")),
        ("unknown", link(), led("server-error", "server-error: HTTP 502")),
        ("unknown", link(), led("login", "要求登录")),
        ("unknown", link(), led("robots", "robots.txt")),
        ("unknown", link(href=""), led("no-effect", "点击后仍停留在原页面")),
        ("unknown", link(href=f"{FORM}#"), led(url=FORM)),
        ("unknown", link(href="https://shop.test/other", name="自动续费协议"), led()),
    ],
)  # fmt: skip
def test_a_name_opens_its_text(state: str, named: Named, seen: LibrarySeen) -> None:
    assert norm().opens(named, seen).state == state


def test_a_term_is_stated_or_only_pointed_to() -> None:
    assert norm().conveyed(MaterialTerm("fee", "运费", "运费 ¥8.00", True)).held
    pointed = norm().conveyed(MaterialTerm("renewal", "续费规则", "续费规则详见《会员协议》", False))
    assert pointed.broken and "续费规则详见" in pointed.zh
