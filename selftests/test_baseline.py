"""Baselines and waivers: what is known doesn't break a run, what is new does, and the summary says which is which."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from gongping import verdicts as reader
from selftests.conftest import Ran
from selftests.test_plugin import JUDGING, audit, project

SUITE = (
    JUDGING
    + """
@duty("13.1")
def test_labels(look, evidence):
    broken = [ELEMENTS]
    for element in broken:
        evidence.show(None, "看到了", judged="broken", place="PLACE", element=element)
    assert not broken, "没有标明“广告”"

@duty("24.3")
def test_popups(look):
    assert OK, "弹窗关不掉"
"""
)


def suite(elements: str = '"卡片一"', place: str = "search", ok: bool = True) -> str:
    return SUITE.replace("ELEMENTS", elements).replace("PLACE", place).replace("OK", str(ok))


def waiver(until: date, where: str = "{place: search}") -> str:
    return f'    waivers: [{{duty: "13.1", where: {where}, reason: SHOP-1, owner: qa, until: {until.isoformat()}}}]\n'


TOMORROW = date.today() + timedelta(days=1)
YESTERDAY = date.today() - timedelta(days=1)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run in which 13.1 is violated in one place."""
    ran = audit(project(tmp_path_factory.mktemp("before"), suite()))
    assert ran.status == 1, ran.out
    return ran


def since(before: Ran, folder: Path, tests: str, *more: str, waivers: str = "") -> Ran:
    return audit(project(folder, tests, waivers), f"--baseline={before.bundle / 'verdicts.json'}", *more)


@pytest.mark.parametrize(
    ("tests", "status", "said"),
    [
        (suite(), 0, ["0 new, 1 known"]),
        (suite(ok=False), 1, ["1 new, 1 known", "new: 24.3 desktop"]),
        (suite('"卡片二"'), 1, ["1 new, 0 known", "new: 13.1 desktop search 卡片二"]),
        (suite('"卡片一", "卡片二"'), 1, ["1 new, 0 known", "new: 13.1 desktop search 卡片二"]),
        (suite(place="cart"), 1, ["1 new, 0 known", "new: 13.1 desktop cart 卡片一"]),
        (suite(""), 0, ["0 new, 0 known", "gone: 13.1 desktop"]),
    ],
    ids=["the same", "another duty", "another element", "one element more", "another place", "repaired"],
)
def test_only_what_the_baseline_lacks_breaks(
    tests: str, status: int, said: list[str], before: Ran, tmp_path: Path
) -> None:
    ran = since(before, tmp_path, tests)
    assert ran.status == status, ran.out
    for words in said:
        assert words in ran.out
    assert "卡片一\n" not in "\n".join(line for line in ran.out.splitlines() if line.startswith("  new:"))
    if "known" in said[0] and status == 0 and "1 known" in said[0]:
        assert ran.verdicts["duties"]["13.1"] == "failed", "known is not repaired"


def test_a_baseline_holds_under_xdist_and_from_a_bundle(before: Ran, tmp_path: Path) -> None:
    ran = since(before, tmp_path, suite(ok=False), "-n2")
    assert ran.status == 1 and "new: 24.3 desktop" in ran.out, ran.out
    again = audit(tmp_path, f"--from={ran.bundle}", f"--baseline={ran.bundle / 'verdicts.json'}")
    assert again.status == 0 and "0 new, 2 known" in again.out, again.out


def test_a_baseline_of_another_target_or_a_torn_run_is_said(before: Ran, tmp_path: Path) -> None:
    told = before.verdicts | {"target": "elsewhere", "complete": False}
    (tmp_path / "old.json").write_text(json.dumps(told), "utf-8")
    ran = audit(project(tmp_path, suite()), "--baseline=old.json")
    assert ran.status == 0, ran.out
    assert 'baseline is of another target: "elsewhere", not "shop"' in ran.out
    assert "baseline is of an interrupted run" in ran.out


@pytest.mark.parametrize(
    ("content", "said", "workers"),
    [
        ("{", "is no verdicts.json (Invalid JSON", ()),
        ("[]", "is no verdicts.json", ()),
        ('{"schema": 1, "target": "shop"}', "is no verdicts.json (url: Field required; 10 more like it)", ()),
        (None, "can't be read (No such file or directory)", ()),
        ("{", "is no verdicts.json (Invalid JSON", ("-n2",)),
    ],
    ids=["torn", "another file", "half", "missing", "torn under xdist"],
)
def test_a_broken_baseline_is_one_clear_line(
    content: str | None, said: str, workers: tuple[str, ...], tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "old.json").write_text(content, "utf-8")
    ran = audit(project(tmp_path, suite()), "--baseline=old.json", *workers)
    assert ran.status == 4, ran.out
    (line,) = [line for line in ran.out.splitlines() if "old.json" in line]
    assert line.startswith("ERROR: old.json: ") and said in line
    assert "Traceback" not in ran.out and not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("entry", "tests", "status", "said"),
    [
        (waiver(TOMORROW), suite(), 0, ["［已豁免］"]),
        (waiver(date.today()), suite(), 0, ["［已豁免］"]),
        (waiver(YESTERDAY), suite(), 1, [f"waiver expired on {YESTERDAY}: 13.1 (SHOP-1) targets.yaml:5"]),
        (waiver(TOMORROW, "{place: cart}"), suite(), 1, []),
        (waiver(TOMORROW, "{device: mobile}"), suite(), 1, []),
        (waiver(TOMORROW, "{element: 卡片一}"), suite('"卡片一", "卡片二"'), 1, []),
        (waiver(TOMORROW), suite(ok=False), 1, ["［已豁免］"]),
        (waiver(TOMORROW), suite(""), 0, ["waiver no longer needed, 13.1 passed on desktop: SHOP-1 targets.yaml:5"]),
        (waiver(TOMORROW, "{device: mobile}"), suite(""), 0, []),
    ],
    ids=[
        "covers", "last day", "expired", "another place", "another device", "one element more", "another duty fails",
        "passes now", "passes where the waiver says nothing of",
    ],
)  # fmt: skip
def test_a_waiver_covers_what_it_names_until_its_day(
    entry: str, tests: str, status: int, said: list[str], tmp_path: Path
) -> None:
    ran = audit(project(tmp_path, tests, entry))
    assert ran.status == status, ran.out
    for words in said:
        assert words in ran.out
    assert ("waiver no longer needed" in ran.out) is any("no longer" in words for words in said)
    if tests != suite(""):
        assert ran.verdicts["duties"]["13.1"] == "failed", "a waived failure stays one"


def test_a_waiver_and_a_baseline_go_together(before: Ran, tmp_path: Path) -> None:
    ran = since(before, tmp_path, suite('"卡片二"'), waivers=waiver(TOMORROW))
    assert ran.status == 0 and "0 new, 0 known, 1 waived" in ran.out, ran.out


def test_what_a_run_writes_keeps_to_the_published_schema(before: Ran) -> None:
    jsonschema.validate(before.verdicts, json.loads(reader.SCHEMA_FILE.read_text("utf-8")))
