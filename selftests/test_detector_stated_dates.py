"""The dates that documents state, in the ways platforms write them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongping.detectors.stated_dates import stated_dates
from gongping.norm.predicates_documents import superseded
from gongping.observations.documents import Document
from gongping.sight.blocks import HEADING, ITEM, Block

CASES: dict[str, dict[str, Any]] = {
    "版本：2026年第2版　发布日期：2026年08月20日　生效日期：2026年09月01日": {"published": date(2026, 8, 20), "effective": date(2026, 9, 1), "amended": True},
    "更新日期：2024-01-01\n生效日期：2024-01-08": {"updated": date(2024, 1, 1), "effective": date(2024, 1, 8), "amended": True},
    "本规则于2026年8月1日发布，自2026年8月3日起施行": {"published": date(2026, 8, 1), "effective": date(2026, 8, 3), "amended": None},
    "二〇二六年八月二十日发布，自二〇二六年九月一日起施行": {"published": date(2026, 8, 20), "effective": date(2026, 9, 1)},
    "Last updated: September 1, 2026. Effective date: 8 September 2026": {"updated": date(2026, 9, 1), "effective": date(2026, 9, 8), "amended": True},
    "首次发布：2026.01.01 生效：2026.01.01": {"published": date(2026, 1, 1), "effective": date(2026, 1, 1), "amended": False},
    "2026/01/02公布 2026/01/12正式实施": {"published": date(2026, 1, 2), "effective": date(2026, 1, 12)},
    "本规则自发布之日起施行": {"at_once": True, "effective": None},
    "订单编号 2026-13-45，下单时间 2026-01-05": {"published": None, "updated": None, "effective": None},
    "In effect from 29 November 2026. Posted on 24 November 2026.": {"published": date(2026, 11, 24), "effective": date(2026, 11, 29)},
    "本次修改于2026年11月24日公布，自2026年11月28日起施行": {"published": date(2026, 11, 24), "updated": None, "effective": date(2026, 11, 28), "amended": True},
    "最近修订：2026年5月1日 发布日期：2026年5月3日": {"updated": date(2026, 5, 1), "published": date(2026, 5, 3)},
    "本公司成立于2018年3月1日": {"published": None, "effective": None, "amended": None},
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_dates_are_read_with_what_they_are_the_date_of(text: str) -> None:
    found = stated_dates(Document("user", "协议", "https://shop.test/u", f"协议\n{text}", "s"))
    assert {name: getattr(found, name) for name in CASES[text]} == CASES[text]


def test_days_lie_between_publication_and_effect() -> None:
    text = "发布日期：2026年08月29日 生效日期：2026年09月01日"
    assert stated_dates(Document("user", "协议", "u", text, "s")).days == 3


def test_dates_in_the_middle_of_a_long_document_are_about_something_else() -> None:
    lines = [f"第{n}条 平台依法承担责任。" for n in range(1, 30)]
    lines[20] = "原协议发布日期：2020年01月01日"
    assert stated_dates(Document("user", "协议", "u", "\n".join(lines), "s")).published is None


def beside_its_contents(*lines: str) -> Document:
    """A document whose contents, eighteen entries, stand before its title."""
    contents = tuple(Block(f"{n}. Section", ITEM) for n in range(1, 19))
    rest = tuple(Block(f"{n}.1 The platform says what it does.") for n in range(1, 30))
    blocks = (*contents, Block(lines[0]), Block("Trading Rules", HEADING, 1), *map(Block, lines[1:]), *rest)
    return Document("rules", "Trading Rules", "u", "\n".join(b.text for b in blocks), "s", blocks=blocks)


def test_a_document_begins_at_its_title_although_its_contents_come_first() -> None:
    found = stated_dates(
        beside_its_contents("All rules", "Version 2.0 · Last updated 18 May 2026 · Effective 1 June 2026")
    )
    assert (found.updated, found.effective, found.amended) == (date(2026, 5, 18), date(2026, 6, 1), True)
    assert superseded(beside_its_contents("This is an earlier version. It is no longer in force.", "Version 1.0"))
    assert not superseded(beside_its_contents("All rules", "Earlier versions are kept."))
