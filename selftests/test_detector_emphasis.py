"""What stands out in a document, whether it is plain, and whether a download is the same text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from gongping.detectors import emphasis
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document, Link
from gongping.observations.library import Copy, LibrarySeen, Paper
from gongping.sight.blocks import Block, Run

BLACK, RED = "rgb(51, 51, 51)", "rgb(200, 0, 0)"
PLAIN = "您可以在订单页查看商品、价格和配送的时间，也可以联系客服询问，我们会在一个工作日内答复您。"
FEE = "您逾期还机的，应当按日支付租金百分之五的违约金。"
LIMIT = "对因系统维护造成的损失，我们不承担赔偿责任。"


class _NoPictures:
    """An album without pictures."""

    def crop(self, *_: Any) -> None:
        return None


NORM = Predicates(load(), cast(Album, _NoPictures()), "zh-CN")


def block(text: str, kind: str = "", **dress: Any) -> Block:
    return Block(text, kind, 2 if kind else 0, runs=(Run(len(text), **{"font_px": 14, "colour": BLACK, **dress}),))


def mixed(*parts: tuple[str, dict[str, Any]]) -> Block:
    runs = tuple(Run(len(text), **{"font_px": 14, "colour": BLACK, **dress}) for text, dress in parts)
    return Block("".join(text for text, _ in parts), runs=runs)


BODY = tuple(block(PLAIN) for _ in range(20))


def paper(*blocks: Block, kind: str = "user", copy: Copy | None = None, **more: Any) -> Paper:
    document = Document(
        kind, "用户协议", "https://shop.test/u", "\n".join(b.text for b in blocks), "s", blocks=blocks, **more
    )
    return Paper("user", "用户协议", "首页", 1, document, copy=copy, controls=20)


@pytest.mark.parametrize(
    "dress",
    [{"weight": 700}, {"font_px": 17}, {"colour": RED}, {"underlined": True}, {"background": "rgb(255, 255, 0)"}],
    ids=str,
)
def test_every_way_to_point_something_out_counts(dress: dict[str, Any]) -> None:
    assert NORM.points_out(paper(*BODY, block(FEE, **dress)))[0].held


@pytest.mark.parametrize("text", [FEE, LIMIT])
def test_what_matters_must_stand_out(text: str) -> None:
    judged, plain = NORM.points_out(paper(*BODY, block(text), block(PLAIN, weight=700)))
    assert judged.broken and plain[0].text == text and "没有任何显著标识" in judged.zh


@pytest.mark.parametrize(
    "text",
    [
        "因不可抗力不能履行的，部分或者全部免除责任，但法律另有规定的除外。",
        "本协议不免除我们因重大过失应当承担的责任。",
        "退款按原支付方式退回，不收取手续费。",
    ],
)
def test_what_frees_nobody_need_not_stand_out(text: str) -> None:
    assert NORM.points_out(paper(*BODY, block(text)))[0].held


def test_a_link_and_a_heading_are_no_emphasis() -> None:
    link = mixed((FEE[:10], {}), ("违约金标准", {"link": True, "underlined": True, "colour": RED}))
    assert emphasis.share((*BODY, link)) == 0
    assert emphasis.share((*BODY, block("一、费用", "heading", weight=700, font_px=20))) == 0


def test_short_agreements_and_files_are_for_a_person() -> None:
    assert NORM.points_out(paper(block(FEE)))[0].unknown
    file = paper(*(Block(b.text) for b in (*BODY, block(FEE))))
    assert NORM.points_out(file)[0].unknown and NORM.not_all_marked(file).unknown


@pytest.mark.parametrize(
    ("marked", "state"), [(0, "held"), (4, "held"), (8, "unknown"), (12, "broken"), (20, "broken")], ids=str
)
def test_the_share_of_what_is_marked_decides(marked: int, state: str) -> None:
    """Most of the body in another colour makes that colour the usual one, so paragraphs take turns in three."""
    colours = [RED, "rgb(0, 0, 200)", "rgb(0, 130, 0)"]
    blocks = [block(PLAIN, colour=colours[n % 3]) if n < marked else block(PLAIN) for n in range(20)]
    assert NORM.not_all_marked(paper(*blocks)).state == state


def test_a_document_in_bold_is_marked_whole() -> None:
    assert NORM.not_all_marked(paper(*(replace(b, runs=(replace(b.runs[0], weight=700),)) for b in BODY))).broken


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (PLAIN, "held"),
        ("本平台由XX公司运营。", "broken"),
        ("欢迎使用{{platform_name}}。", "broken"),
        ("锟斤拷锟斤拷", "broken"),
        ("发票抬头请填写全称，例如“XX公司”。", "held"),
        ("尺码分为XL、XXL。", "held"),
    ],
)
def test_gaps_and_garbled_text_are_not_plain(text: str, state: str) -> None:
    assert NORM.clear(paper(*BODY, block(text))).state == state


def test_small_type_foreign_and_traditional_text_and_long_sentences() -> None:
    assert NORM.clear(paper(*(block(PLAIN, font_px=10) for _ in range(20)))).broken
    english = [block("You may return goods within thirty days of receipt.") for _ in range(20)]
    assert NORM.clear(paper(*english)).broken
    assert Predicates(load(), cast(Album, _NoPictures()), "en").clear(paper(*english)).unknown
    assert NORM.clear(
        paper(*(block("您應當於簽收後七日內辦理退貨，並聯絡我們的客服人員。") for _ in range(20)))
    ).unknown
    assert NORM.clear(paper(*(block(PLAIN.rstrip("。").replace("，", "、") * 4 + "。") for _ in range(20)))).unknown


TEXT = "\n".join(b.text + str(n) for n, b in enumerate(BODY))
SEEN = LibrarySeen((), ("首页",), 40, "home")
LONG = paper(*(block(f"{b.text}{n}") for n, b in enumerate(BODY)))


@pytest.mark.parametrize(
    ("copy", "state"),
    [
        (None, "broken"),
        (Copy("下载全文", "file", size=4000, text=TEXT), "held"),
        (Copy("下载全文", "file", size=4000, text=TEXT.replace("，", "\n")), "held"),
        (Copy("下载全文", "file", size=1500, text=TEXT[:300]), "broken"),
        (Copy("下载全文", "file", size=4000, text=TEXT.replace("个工作日", "日", 1)), "unknown"),
        (Copy("下载全文", "file", size=0, text=""), "broken"),
        (Copy("下载全文", "file", size=90_000, text="", detail="protected by a password"), "unknown"),
        (Copy("打印", "print"), "unknown"),
        (Copy("下载", "nothing"), "unknown"),
        (Copy("下载", "wall", detail="not-found: HTTP 404"), "broken"),
        (Copy("下载", "wall", detail="captcha: 滑块"), "unknown"),
    ],
)
def test_a_download_is_the_same_text(copy: Copy | None, state: str) -> None:
    assert NORM.taken_along(replace(LONG, copy=copy), SEEN).state == state


def test_a_menu_of_documents_beside_the_document_is_not_missed_in_its_download() -> None:
    menu = [block(f"商品规则第{n}号名称与说明") for n in range(60)]
    whole = paper(*menu, *LONG.document.blocks, copy=Copy("下载全文", "file", size=4000, text=TEXT))
    assert NORM.taken_along(whole, SEEN).unknown
    shelf = tuple(
        Paper("rules", b.text, "首页", 1, Document("rules", b.text, "https://shop.test/r", "", "")) for b in menu
    )
    assert NORM.taken_along(whole, replace(SEEN, papers=shelf)).held
    lost = replace(whole, copy=Copy("下载全文", "file", size=4000, text=TEXT[:300]))
    assert NORM.taken_along(lost, replace(SEEN, papers=shelf)).broken


def test_downloads_elsewhere_and_files_that_are_the_document() -> None:
    index = Document(
        "index", "规则中心", "https://shop.test/r", "规则", "s", links=(Link("下载", "https://shop.test/d"),)
    )
    seen = replace(SEEN, papers=(Paper("index", "规则中心", "首页", 1, index),))
    assert NORM.taken_along(LONG, seen).unknown
    assert NORM.taken_along(replace(LONG, document=replace(LONG.document, how="file")), SEEN).held
