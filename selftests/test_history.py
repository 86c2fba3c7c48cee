"""What documents said on earlier days: kept, compared, judged by first sight, and judged again from a bundle."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from gongping import history
from gongping.evidence.album import Album
from gongping.history import Changed, Earlier, History, HistoryError, Note, Run, Sighting
from gongping.market.server import Market
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document
from gongping.observations.library import LibrarySeen, Paper
from selftests.killing import ROOT, audit, backdate, days_before

NORM = Predicates(load(), cast(Album, None), "zh-CN")
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
TEXT = "交易规则\n发布日期：2026年11月26日 生效日期：{day}\n商品自签收之日起七日内可以退货。"


def paper(text: str, url: str = "https://shop.test/rules?v=1", **more: str) -> Paper:
    return Paper("rules", "交易规则", "首页", 1, Document("rules", "交易规则", url, text, "s", **more))


def seen(*papers: Paper) -> LibrarySeen:
    return LibrarySeen(papers, ("首页",), 10, "home")


def test_the_newest_text_of_each_document_is_kept_over_runs(tmp_path: Path) -> None:
    book = History(tmp_path / "history", "my shop")
    assert book.newest() == []
    book.add([paper("甲\n\n 乙"), paper("丙", "https://shop.test/other")], NOW - timedelta(days=2))
    book.add([paper("甲\n乙")], NOW - timedelta(days=1))
    book.add([paper("甲\n丁")], NOW)
    book.add([paper("", wall="login"), replace(paper("子"), kind="index")], NOW)
    by_place = {v.place: v for v in History(tmp_path / "history", "my shop").newest()}
    assert {p: v.text for p, v in by_place.items()} == {"rules /rules?v=1": "甲\n丁", "rules /other": "丙"}
    with sqlite3.connect(book.file) as base:
        (first, last), *_ = base.execute("SELECT first_seen, last_seen FROM versions WHERE text = '甲\n乙'").fetchall()
    assert (first, last) == ((NOW - timedelta(days=2)).isoformat(), (NOW - timedelta(days=1)).isoformat())


def test_runs_and_what_they_noticed_come_back_and_an_older_file_goes_on(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    with sqlite3.connect(tmp_path / "old" / "t.sqlite") as base:
        base.execute(
            "CREATE TABLE versions (place TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, "
            "first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, PRIMARY KEY (place, digest))"
        )
    book = History(tmp_path / "old", "t")
    note = Note("penalty", "甲|乙|丙", "2027年1月1日")
    for days in (100, 2, 1):
        book.note(Run(NOW - timedelta(days=days), "desktop", ("home", "penalties")), [note] if days > 1 else [])
    earlier = book.earlier(NOW)
    assert [r.at for r in earlier.runs] == [NOW - timedelta(days=2), NOW - timedelta(days=1)]
    assert earlier.looked("home", NOW - timedelta(hours=30)) == [NOW - timedelta(days=1)]
    assert earlier.of("penalty") == [Sighting("desktop", note, NOW - timedelta(days=100), NOW - timedelta(days=2))]
    history.keep(earlier, tmp_path)
    assert history.kept(tmp_path) == earlier


def test_a_bundle_of_before_there_were_runs_is_read(tmp_path: Path) -> None:
    (tmp_path / history.NAME).write_text(json.dumps({"now": NOW.isoformat(), "versions": []}), "utf-8")
    assert history.kept(tmp_path) == Earlier(NOW, ())


def test_a_device_that_is_shown_another_text_changes_nothing(tmp_path: Path) -> None:
    book = History(tmp_path, "t")
    for text in ("甲乙", "甲乙丙"):  # desktop and mobile, one run
        book.add([paper(text)], NOW - timedelta(days=1))
    for text in ("甲乙", "甲乙丙"):
        assert history.changes(seen(paper(text)), book.earlier(NOW)) == ()
    assert len(history.changes(seen(paper("丁")), book.earlier(NOW))) == 1
    two = replace(book.earlier(NOW), runs=(Run(NOW, "desktop", ("home",)), Run(NOW, "mobile", ("home",))))
    assert [r.device for r in two.on("mobile").runs] == ["mobile"]


def test_lists_and_venues_change_every_day_and_are_no_rules() -> None:
    for kind in ("penalties", "promotion", "notice", "ip_notices"):
        shown = replace(paper("甲的公示"), kind=kind)  # type: ignore[arg-type]
        was = history.Version(history.place_of(shown), "公示", "乙的公示", NOW, NOW)
        assert history.changes(seen(shown), Earlier(NOW, (was,))) == ()


def test_a_history_beside_a_bundle_is_refused(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", str(ROOT / "tests"), f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", f"--from={tmp_path}", f"--history={tmp_path}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 4 and "--history has no effect beside --from" in ran.stderr


def test_a_host_is_no_part_of_a_place_and_a_layer_has_its_label() -> None:
    assert history.place_of(paper("甲", "http://a.test:1/x")) == history.place_of(paper("甲", "https://b.test/x"))
    assert history.place_of(paper("甲", how="layer")) != history.place_of(paper("甲"))


def test_a_folder_that_cannot_be_and_a_torn_file_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HistoryError, match="name a folder"):
        History(tmp_path / "file", "t")
    (tmp_path / "t.sqlite").write_text("no database " * 100)
    with pytest.raises(HistoryError, match="move it away"):
        History(tmp_path, "t")


def change(day: str, hours: float, was: str = TEXT.replace("七日内", "十五日内")) -> Changed:
    version = history.Version(
        "rules /rules?v=1", "交易规则", was, NOW - timedelta(days=9), NOW - timedelta(hours=hours)
    )
    (found,) = history.changes(seen(paper(TEXT.format(day=day))), Earlier(NOW, (version,)))
    return found


@pytest.mark.parametrize(
    ("day", "hours", "state"),
    [
        ("2026年12月03日", 2, "held"),
        ("2026年12月02日", 2, "broken"),
        ("2026年11月01日", 2, "broken"),
        ("2026年12月02日", 60, "unknown"),
        ("另行通知", 2, "unknown"),
    ],
)
def test_first_sight_counts_where_the_old_text_was_read_the_day_before(day: str, hours: float, state: str) -> None:
    found = change(day, hours)
    assert NORM.announced(found.paper, found).state == state


@pytest.mark.parametrize(
    ("title", "lines", "state"),
    [
        ("关于修订《交易规则》的公告", "2026年11月24日\n修订后的规则自2026年11月29日起施行。", "unknown"),
        ("关于修订《交易规则》的公告", "2026年11月10日\n修订后的规则自2026年11月29日起施行。", "held"),
        ("Trading Rules: new version from 29 November 2026", "Posted on 24 November 2026. It takes effect on 29 November 2026.", "unknown"),
        ("Picture search will be switched off", "Posted on 24 November 2026. Effective 29 November 2026.", "held"),
        ("关于修订《交易规则》公开征求意见的公告", "2026年11月24日\n拟自2026年11月29日起施行。", "held"),
    ],
)  # fmt: skip
def test_a_late_notice_is_for_a_person(title: str, lines: str, state: str) -> None:
    document = Document("notice", title, "https://shop.test/n", f"{title}\n{lines}", "s")
    assert NORM.told_late(Paper("notice", title, "公告", 2, document)).state == state


def test_a_text_that_stood_there_for_a_week_was_announced() -> None:
    for day, state in (("20 May 2026", "held"), ("28 May 2026", "unknown"), ("1 June 2026", "unknown")):
        text = f"Version 2.0. Last updated {day}. Effective 1 June 2026."
        document = Document("rules", "Trading Rules", "https://shop.test/r", text, "s")
        assert NORM.announced(Paper("rules", "Trading Rules", "Home", 1, document)).state == state


def test_a_small_change_is_for_a_person_and_an_unchanged_text_is_none() -> None:
    small = change("2026年11月01日", 2, TEXT.format(day="2026年11月01日") + "\n完")
    assert NORM.announced(small.paper, small).unknown and small.gone == ("完",)
    same = history.Version("rules /rules?v=1", "交易规则", history.plain(paper(TEXT)), NOW, NOW)
    assert history.changes(seen(paper(TEXT)), Earlier(NOW, (same,))) == ()
    assert date(2026, 12, 3) - NOW.date() == timedelta(days=7)


def test_the_market_on_two_days(tmp_path: Path) -> None:
    book = tmp_path / "history"
    asked = ("--no-confirm", f"--history={book}")
    with Market.start() as market:
        first = audit(market, "day1", [], ["30.3"], "desktop", tmp_path / "1", *asked)
        assert first.outcomes == {("30.3", "desktop"): "passed"} and (first.bundle / history.NAME).exists()
        (file,) = book.glob("*.sqlite")
        with sqlite3.connect(file) as base:
            assert base.execute("SELECT COUNT(*) FROM versions").fetchone()[0] >= 9
            base.execute("UPDATE versions SET last_seen = ?", ((datetime.now(UTC) - timedelta(hours=5)).isoformat(),))
        second = audit(market, "day2", ["rules-example-name"], ["30.3"], "desktop", tmp_path / "2", *asked)
        assert second.outcomes == {("30.3", "desktop"): "failed"}
        assert "首次出现" in second.says["30.3", "desktop"] and "交易规则" in second.says["30.3", "desktop"]
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", str(ROOT / "tests"), f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", "-p", "no:cacheprovider", "-q",
            f"--from={second.bundle}", "--duty=30.3", f"--report-dir={tmp_path / 'again'}",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    (again,) = (tmp_path / "again").glob("*/latest/verdicts.json")
    told = [json.loads(f.read_text("utf-8"))["verdicts"] for f in (second.bundle / "verdicts.json", again)]
    before, after = ([(v["outcome"], v["says"], v["measured"]) for v in each if v["duty"] == "30.3"] for each in told)
    assert before == after and "XX公司" in str(before)


def test_the_market_on_the_days_before(tmp_path: Path) -> None:
    """Nine days of a shop as it should be; then a chapter of the rules is new, a penalised seller is gone."""
    duties = ("6.3", "8.1", "18.2", "20.2", "30.1")
    small = {"queries": ["手机"]}
    faults = ["rules-changed-unasked", "penalties-withdrawn"]
    with Market.start() as market:
        days = days_before(market, duties, "desktop", tmp_path, small)
        calm = audit(market, "calm", [], duties, "desktop", tmp_path / "1", "--no-confirm", days, settings=small)
        assert {d: o for (d, _), o in calm.outcomes.items()} == {
            "6.3": "passed", "8.1": "inapplicable", "18.2": "inapplicable", "20.2": "passed", "30.1": "inapplicable",
        }  # fmt: skip
        backdate(tmp_path / "history" / "variant.sqlite")
        seen_ = audit(market, "broken", faults, duties, "desktop", tmp_path / "2", "--no-confirm", days, settings=small)
    assert {d: o for (d, _), o in seen_.outcomes.items()} == {
        "6.3": "passed", "8.1": "inapplicable", "18.2": "inapplicable", "20.2": "failed", "30.1": "failed",
    }, seen_.says  # fmt: skip
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", str(ROOT / "tests"), f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", "-p", "no:cacheprovider", "-q",
            f"--from={seen_.bundle}", f"--duty={','.join(duties)}", f"--report-dir={tmp_path / 'again'}",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    (again,) = (tmp_path / "again").glob("*/latest/verdicts.json")
    told = [json.loads(f.read_text("utf-8"))["verdicts"] for f in (seen_.bundle / "verdicts.json", again)]
    before, after = (
        [(v["duty"], v["outcome"], v["says"], v["measured"]) for v in each if v["duty"] in duties] for each in told
    )
    assert before == after
