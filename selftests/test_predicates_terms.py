"""What follows from documents that were read: broken, a doubt for a person, or nothing; and whether enough was read."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_terms import in_force, prose
from gongping.observations.documents import Document
from gongping.observations.library import Consent, Kind, LibrarySeen, Paper
from gongping.sight.blocks import Block
from gongping.sight.model import Box, Seen

NORM = Predicates(load(), cast(Album, None), "zh-CN")
FAIR = {
    "user": "平台依法承担责任。您可以向有关部门投诉，也可以申请仲裁或者向人民法院起诉。",
    "privacy": "我们只为完成订单收集必要的个人信息，未经您同意不向他人提供。",
    "rules": "商品自签收之日起七日内可以退货，运费由责任方承担。",
}


def paper(kind: Kind, *texts: str, **more: str) -> Paper:
    blocks = tuple(Block(t) for t in texts)
    document = Document(kind, kind, f"https://shop.test/{kind}", "\n".join(texts), "s", blocks=blocks, **more)
    return Paper(kind, kind, "首页", 1, document)


def library(*papers: Paper, **more: str) -> LibrarySeen:
    return LibrarySeen(tuple(papers), ("首页", "规则中心"), 40, "home", **more)


def full(*more: Paper) -> LibrarySeen:
    return library(*(paper(cast(Kind, k), v) for k, v in FAIR.items()), *more)


def outcomes(seen: LibrarySeen, duty: str) -> list[str]:
    return [c.judgement.state for c in NORM.clauses(seen, duty)]


def test_a_clause_beyond_argument_breaks_its_duty_and_no_other() -> None:
    seen = full(paper("promotion", "本活动的最终解释权归平台所有。"))
    assert outcomes(seen, "34.6") == ["broken"]
    assert not any(outcomes(seen, d) for d in ("33.1", "34.2", "34.4", "34.5", "35.1", "37.1"))
    (clause,) = NORM.clauses(seen, "34.6")
    assert "最终解释权" in clause.said and clause.block is not None and "promotion" in clause.said


def test_a_carve_out_a_prohibition_and_an_old_version_break_nothing() -> None:
    for text in (
        "商家不得在店铺公告中写明“最终解释权归本店所有”。",
        "平台不享有活动规则的最终解释权，双方对规则有争议的，作有利于消费者的解释。",
    ):
        assert outcomes(full(paper("promotion", text)), "34.6") == [], text
    old = paper("user", "历史版本：已于2023年12月31日失效，现行版本以最新公布为准。", "本活动的最终解释权归平台所有。")
    assert outcomes(full(old), "34.6") == [] and old not in in_force(full(old))


def test_what_only_a_picture_says_is_for_a_person_unless_it_was_read_surely() -> None:
    text = "本活动的最终解释权归平台所有。"
    blurred = paper("promotion", "活动规则")
    read = replace(blurred.document, read_in_pictures=text, ocr_confidence=0.6)
    assert outcomes(full(replace(blurred, document=read)), "34.6") == ["unknown"]
    sure = replace(read, ocr_confidence=0.97)
    assert outcomes(full(replace(blurred, document=sure)), "34.6") == ["broken"]


@pytest.mark.parametrize("left", ["user", "privacy", "rules"])
def test_an_incomplete_set_proves_no_absence(left: str) -> None:
    whole = full()
    assert NORM.terms_read(whole).held
    lacking = replace(whole, papers=tuple(p for p in whole.papers if p.kind != left))
    assert NORM.terms_read(lacking).unknown
    gone = replace(
        whole,
        papers=tuple(
            p if p.kind != left else replace(p, document=replace(p.document, text="", blocks=(), wall="login"))
            for p in whole.papers
        ),
    )
    judged = NORM.terms_read(gone)
    assert judged.unknown and "login" in judged.zh
    assert NORM.terms_read(replace(whole, why="budget")).unknown


def test_sellers_terms_need_a_document_for_sellers() -> None:
    assert NORM.terms_read(full(), "sellers").unknown and "self-only" in NORM.terms_read(full(), "sellers").zh
    assert NORM.terms_read(full(paper("seller", "商家应当如实公示信息。")), "sellers").held


def test_what_must_be_said_is_found_and_its_absence_is_a_doubt() -> None:
    said = paper("seller", "平台违反本协议约定的，应当向商家承担违约责任并支付违约金。")
    judged, sentence, where = NORM.assumed(full(said), "38.2")
    assert judged.held and sentence is not None and where == said
    assert NORM.assumed(full(), "38.2")[0].unknown


def test_a_trail_of_links_is_no_sentence_and_headings_stand_over_what_follows() -> None:
    read = prose(paper("user", "首页 > 规则中心 > 用户协议", "一、总则", "平台依法承担责任。").document)
    assert [(p.text, p.kind) for p in read] == [("一、总则", "heading"), ("平台依法承担责任。", "text")]


@pytest.mark.parametrize(
    ("on", "required", "state"),
    [(True, False, "broken"), (False, True, "broken"), (False, False, "held"), (None, False, "unknown")],
)
def test_consent_to_advertising_is_left_to_the_consumer(on: bool | None, required: bool, state: str) -> None:
    box = Consent("我愿意接收促销短信", on, required, Seen("s", 0, -1, "input", Box(0, 0, 16, 16)))
    assert NORM.consent_free(box).state == state


@pytest.mark.parametrize(("on", "state"), [(False, "broken"), (True, "held"), (None, "unknown")])
def test_who_must_tick_a_box_to_refuse_consents_by_default(on: bool | None, state: str) -> None:
    box = Consent("我不想收到促销短信", on, False, Seen("s", 0, -1, "input", Box(0, 0, 16, 16)), refuses=True)
    assert NORM.consent_free(box).state == state
