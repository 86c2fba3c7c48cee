"""The norm as data: verbatim, complete, and pointing nowhere that isn't there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from gongping.norm import Norm, UnknownDuty, load

PUBLISHED = Path(__file__).parent / "data" / "norm-published.txt"
PAGE_FURNITURE = re.compile(r"^\s*(重庆市市场监督管理局行政规范性文件|重庆市市场监督管理局发布|－\s*\d+\s*－)\s*$")
NORM = load()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def published_articles() -> dict[str, str]:
    """The published text cut into articles, "第一条" -> text; page furniture and white space removed."""
    lines = PUBLISHED.read_text("utf-8").splitlines()
    text = squeezed("\n".join(line for line in lines if not PAGE_FURNITURE.match(line)))
    text = text[text.index("第一章总则") :]
    for chapter in NORM.chapters:
        heading = squeezed(chapter.name_zh + chapter.title_zh)
        assert text.count(heading) == 1, heading
        text = text.replace(heading, "")
    articles: dict[str, str] = {}
    rest = text
    names = [article.name_zh for article in NORM.articles]
    for name, following in zip(names, [*names[1:], None], strict=True):
        assert rest.startswith(name), f"{name}: {rest[:20]}"
        end = rest.index(following, len(name)) if following else len(rest)
        # 第六条 is cited inside 第七条: an article begins where a sentence has ended
        while following and rest[end - 1] not in "。；：":
            end = rest.index(following, end + 1)
        articles[name] = rest[len(name) : end]
        rest = rest[end:]
    return articles


def test_all_articles_equal_the_published_text() -> None:
    published = published_articles()
    assert len(published) == len(NORM.articles) == 69
    for article in NORM.articles:
        assert squeezed(article.text) == published[article.name_zh], article.number


def test_the_preamble_equals_the_published_text() -> None:
    lines = PUBLISHED.read_text("utf-8").splitlines()
    text = squeezed("\n".join(line for line in lines if not PAGE_FURNITURE.match(line)))
    assert squeezed(NORM.meta.preamble_text) in text


def test_the_paragraphs_and_items_of_an_article_are_its_text() -> None:
    for article in NORM.articles:
        parts = [
            part
            for paragraph in article.paragraphs
            for part in [paragraph.text, *(_numbered(item.n, item.text) for item in paragraph.items)]
        ]
        assert squeezed("".join(parts)) == squeezed(article.text), article.number


def _numbered(n: int, text: str) -> str:
    return f"（{'一二三四五六七八九十'[n - 1]}）{text}"


def test_there_are_170_duties_each_under_its_own_article() -> None:
    ids = [duty.id for duty in NORM.duties]
    assert len(ids) == len(set(ids)) == 170
    for article in NORM.articles:
        assert [duty.id for duty in article.duties] == [f"{article.number}.{n + 1}" for n in range(len(article.duties))]


def test_a_clause_is_verbatim() -> None:
    for duty in NORM.duties:
        text = squeezed(NORM.article(duty.article).text)
        assert duty.clause, duty.id
        for part in [duty.lead, duty.clause] if len(duty.source.items) < 2 else [duty.lead]:
            assert squeezed(part) in text, duty.id
        assert duty.quote == duty.lead + duty.clause
    assert NORM.duty("13.1").clause.startswith("电子商务平台经营者")
    assert NORM.duty("18.2").clause.startswith("在网站首页显著位置")
    assert NORM.duty("18.2").lead.endswith("：")


def test_what_a_duty_names_exists() -> None:
    for duty in NORM.duties:
        for name in duty.parameters:
            assert NORM.parameter(name).name == name
        for citation in duty.law:
            assert NORM.law(citation.law).name_zh


def test_every_duty_has_a_heading_and_something_for_a_person() -> None:
    titles = [duty.title_zh for duty in NORM.duties]
    assert len(set(titles)) == 170
    for duty in NORM.duties:
        assert 4 <= len(duty.title_zh) <= 20, duty.id
        assert re.search(r"[一-鿿]", duty.person_looks_at), duty.id
        assert duty.person_looks_at.endswith("。"), duty.id
        assert duty.person_looks_at.count("。") == 1, duty.id


def test_a_decidable_duty_says_when_it_is_broken() -> None:
    for duty in NORM.duties:
        if duty.observability in {"browser", "browser-with-setup", "longitudinal"}:
            assert duty.steps, duty.id
            assert duty.pass_, duty.id
            assert duty.fail or duty.force == "encouraged", duty.id


def test_duties_whose_conditions_name_both_devices_need_both() -> None:
    """Kept in step with the text: a condition that names viewports in the plural, or mobile, needs `devices: both`."""
    named = re.compile(r"\b(both|each|every|any) viewports?\b|every sort, page and viewport|check mobile")
    for duty in NORM.duties:
        conditions = " | ".join([*duty.steps, *duty.pass_, *duty.fail])
        assert (duty.devices == "both") == bool(named.search(conditions)), duty.id
    assert NORM.duty("6.1").devices == "both"
    assert NORM.duty("24.3").devices == "any"


def test_self_operated_scope_is_tagged() -> None:
    assert NORM.duty("42.2").only_self_operated
    assert not NORM.duty("24.3").only_self_operated


def test_look_ups_say_what_comes_close() -> None:
    with pytest.raises(UnknownDuty, match=r"24\.3"):
        NORM.duty("24.33")
    with pytest.raises(UnknownDuty, match="close_clicks_max"):
        NORM.parameter("close_click_max")
    with pytest.raises(UnknownDuty, match="article '70'"):
        NORM.article(70)
    with pytest.raises(UnknownDuty, match="ECL"):
        NORM.law("ECLL")
    with pytest.raises(UnknownDuty):
        NORM.chapter_of(0)


def test_chapters_and_parameters() -> None:
    assert [chapter.number for chapter in NORM.chapters] == list(range(1, 12))
    assert NORM.chapter_of(40).title_zh == "消费者权益保护"
    assert NORM.parameter("close_clicks_max").number == 1
    assert NORM.parameter("contrast_nontext_min").why.endswith("close icons and check boxes")
    assert NORM.parameter("stall_days").why.endswith("及时")
    assert NORM.parameter("viewports").value == ((1440, 900), (390, 844))
    with pytest.raises(TypeError):
        _ = NORM.parameter("viewports").number


def test_the_norm_is_read_once_and_cannot_be_changed() -> None:
    assert load() is NORM
    with pytest.raises(ValidationError):
        NORM.duty("24.3").force = "encouraged"


def _broken(change: dict[str, object]) -> Norm:
    data = NORM.model_dump(by_alias=True)
    duty = data["chapters"][1]["articles"][1]["duties"][0]
    duty |= change
    return Norm.model_validate(data)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"parameters": ["close_clicks_min"]}, "unknown parameter close_clicks_min"),
        ({"law": [{"law": "XYZ", "confidence": "high"}]}, "unknown law XYZ"),
        ({"id": "7.1"}, "stands under article 6"),
        ({"id": "6.2"}, "6.2 stands twice"),
        ({"force": "shall"}, "must_not"),
        ({"title_cn": ""}, "at least 1 character"),
        ({"titel_cn": "错"}, "Extra inputs"),
    ],
)
def test_a_slip_in_the_file_stops_at_start_up(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        _broken(change)
