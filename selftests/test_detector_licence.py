"""Samples for what a licence says, and whose it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongping.detectors.licence import (
    companies_in,
    contracting_parties,
    latin_companies_in,
    licence_facts,
    same_entity,
)
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document

PAGE = """证照信息
统一社会信用代码
91330100799655058B
名称
杭州某某电子商务有限公司
类型
有限责任公司
法定代表人 张三
营业期限 2007年09月01日 至 {}
"""


@pytest.mark.parametrize(
    "end, ends, long_term",
    [("长期", None, True), ("2020年08月31日", date(2020, 8, 31), False), ("2046-08-31", date(2046, 8, 31), False)],
)
def test_the_term_of_a_licence(end: str, ends: date | None, long_term: bool) -> None:
    facts = licence_facts(PAGE.format(end))
    assert (facts.ends, facts.long_term) == (ends, long_term)
    assert facts.valid_code == "91330100799655058B"
    assert facts.names == ("杭州某某电子商务有限公司",)


@pytest.mark.parametrize(
    "text, valid",
    [
        ("统一社会信用代码：91330100799655058B", True),
        ("信用代码 9133 0100 7996 5505 8B", True),
        ("统一社会信用代码/注册号：91330100799655058C", False),
        ("注册号：440301103448669", False),
    ],
)
def test_a_code_and_its_check_digit(text: str, valid: bool) -> None:
    codes = licence_facts(text).codes
    assert [c.valid for c in codes] == [valid]


@pytest.mark.parametrize(
    "text",
    [
        "渝ICP备18006173号-1",
        "渝公网安备 50010302004817号",
        "增值电信业务经营许可证 渝B2-20189206",
        "订单号 202611250001234567",
        "JY15001030247716",
    ],
)
def test_filing_and_order_numbers_are_no_code(text: str) -> None:
    assert licence_facts(text).codes == ()


def test_whom_an_agreement_names() -> None:
    text = "本协议由您与杭州某某电子商务有限公司（以下简称“本平台”）共同缔结。支付服务由另一支付有限公司提供。"
    assert contracting_parties(text)[0] == "杭州某某电子商务有限公司"
    assert "另一支付有限公司" in "".join(companies_in(text))
    assert contracting_parties("Welcome to our shop.") == []


def test_spellings_of_one_entity() -> None:
    assert same_entity("某某（中国）有限公司", "某某(中国)有限公司")
    assert not same_entity("甲电子商务有限公司", "乙电子商务有限公司")


def test_a_company_in_latin_letters() -> None:
    text = "This is a contract between you and Harbour Lane (Shanghai) E-commerce Co., Ltd. Offers are limited. Holt & Sons LLC delivers."
    assert latin_companies_in(text) == ["Harbour Lane (Shanghai) E-commerce Co., Ltd.", "Holt & Sons LLC"]


@pytest.mark.parametrize(
    ("party", "state"),
    [
        ("杭州某某电子商务有限公司", "held"),
        ("Somewhat Commerce Co., Ltd.", "held"),
        ("Another Commerce Limited", "unknown"),
        ("乙某某电子商务有限公司", "broken"),
        ("us", "unknown"),
    ],
)
def test_the_licence_is_that_of_the_party(party: str, state: str, tmp_path: Path) -> None:
    licence = Document("licence_mark", "证照信息", "u", PAGE.format("长期") + "Somewhat Commerce Co., Ltd.", "s")
    agreement = Document(
        "agreement_user",
        "User Agreement",
        "u",
        f"A contract between you and {party}." if party.isascii() else f"本协议由您与{party}缔结。",
        "s",
    )
    norm = Predicates(load(), Album(tmp_path), "zh-CN")
    assert norm.licence_shown(licence, [agreement], date(2026, 11, 26)).state == state
