"""A platform of which only the address is known: its language and what can be searched for are learned from its home."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gongping.pages import finding
from gongping.pages.words_of_home import search_words
from gongping.sight.model import Sight
from selftests.conftest import Ran, journal, run_pytest
from selftests.fronts import serve
from selftests.test_init import cards

DUTIES = "--duty=40.1,29.1"
FIELD = '<input type=search placeholder="{}">'


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (cards("Canvas backpack, navy", "Trail backpack, red", "The desk lamp in oak", "Clamp desk lamp"), {"backpack", "lamp"}),
        (cards("栖木 胡桃木台灯", "灵犀 可折叠台灯", "陶瓷花瓶"), {"台灯"}),
        ('<a href="/s?q=%E7%81%AB%E9%94%85">火锅</a><a href="/s?q=1">会员中心</a>', {"火锅"}),
        ('<a href="#/search/hot-pot">Hot-pot</a><a href="#/search?kw=noodles">Noodles</a>', {"Noodles"}),
        (FIELD.format("城市，如重庆"), {"重庆"}),
        (FIELD.format("搜搜看 保温杯"), {"保温杯"}),
        (FIELD.format("Search, e.g. red shoes"), {"red shoes"}),
        (cards("只有一件的好物"), set()),
        (FIELD.format("请输入关键词") + "<a href='/help?t=帮助中心'>帮助中心</a>", set()),
    ],
)  # fmt: skip
def test_home_says_what_can_be_searched_for(html: str, words: set[str], sight_of: Callable[[str], Sight]) -> None:
    sight = sight_of(html)
    found = list(search_words(sight, finding.fields(sight)))
    assert words <= set(found)
    assert words or not [w for w in found if "帮助" in w or "关键" in w]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """An English shop behind open and closed shadow roots, by its address alone, with two workers."""
    served = serve("shadow")
    try:
        return run_pytest(
            tmp_path_factory.mktemp("orientation"),
            *("--pyargs", "gongping.tests", f"--target={served.url}", "--no-confirm", "-n2", DUTIES),
            timeout=240,
        )
    finally:
        served.stop()


def test_it_is_learned_once_for_all_workers_and_devices(audited: Ran) -> None:
    begun = [line for line in journal(audited.bundle, "experiment") if line["experiment"] == "orientation"]
    (kept,) = (audited.bundle / "observations").glob("*-orientation-1.json")
    learned = json.loads(kept.read_text("utf-8"))["seen"]
    assert len(begun) == 1 and learned["locale"] == "en" and len(learned["queries"]) == 2, audited.out
    asked = {line["what"] for line in journal(audited.bundle, "act") if line["what"].startswith("search ")}
    assert asked >= {f"search {word!r}" for word in learned["queries"]}
    assert (audited.verdicts["queries"], audited.verdicts["queries_learned"]) == (learned["queries"], True)
    assert "没有指定，由首页得知" in (audited.bundle / "report.html").read_text("utf-8")


def test_the_list_is_judged(audited: Ran) -> None:
    assert {v["outcome"] for v in audited.verdicts["verdicts"] if v["test"]} == {"passed"}, audited.out


def test_a_bundle_judged_again_knows_it(audited: Ran, tmp_path: Path) -> None:
    again = run_pytest(tmp_path, "--pyargs", "gongping.tests", "--from", str(audited.bundle), DUTIES, timeout=120)
    told = lambda ran: {(v["duty"], v["device"]): v["outcome"] for v in ran.verdicts["verdicts"]}  # noqa: E731
    assert told(again) == told(audited), again.out
