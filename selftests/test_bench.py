"""`make bench`: what an audit costs beside the plain navigation of the pages that it visits, measured in one run.

Ratios hold on a noisy machine, absolute times don't; nothing here asserts a time.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from gongping.browser import launch_arguments
from gongping.bundle import read_journal
from gongping.market.server import Market
from selftests.killing import all_duties, audit

ROUNDS = int(os.environ.get("ROUNDS", "3"))


def plain(urls: list[str], viewport: dict[str, int]) -> float:
    """Seconds that a browser takes to load the pages one after the other, in one context."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        page = browser.new_page(viewport=viewport)
        started = time.monotonic()
        for url in urls:
            try:
                page.goto(url, wait_until="load")
            except PlaywrightError:
                continue
        seconds = time.monotonic() - started
        browser.close()
    return seconds


@pytest.mark.bench
def test_an_audit_beside_plain_navigation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, spent = [], {}
    with Market.start() as market:
        for number in range(ROUNDS):
            both = audit(market, f"both{number}", [], all_duties(), "desktop", tmp_path / f"both{number}", "-n2")
            monkeypatch.setenv("SPENDING", str(tmp_path / f"{number}.json"))
            seen = audit(
                market,
                f"bench{number}",
                [],
                all_duties(),
                "desktop",
                tmp_path / str(number),
                "-p",
                "selftests.spending",
            )
            journal = read_journal(seen.bundle)
            urls = [line["url"] for line in journal if line["event"] == "navigation" and line["method"] == "GET"]
            told = json.loads((seen.bundle / "verdicts.json").read_text(encoding="utf-8"))
            spent = json.loads((tmp_path / f"{number}.json").read_text(encoding="utf-8"))
            alone = plain(urls, {"width": 1440, "height": 900})
            rows.append((told["seconds"], both.seconds, alone, told["navigations"]["desktop"], len(urls)))
    with capsys.disabled():
        print("\nan audit of the market (desktop) beside plain navigation of the same pages, seconds")
        print(
            f"{'one worker':>10} {'-n 2':>6} {'plain':>6} {'ratio':>6} {'ratio -n 2':>10} {'navigations':>11} {'replayed':>8}"
        )
        for one, two, plain_s, navigations, replayed in rows:
            print(
                f"{one:10.1f} {two:6.1f} {plain_s:6.1f} {one / plain_s:6.1f} {two / plain_s:10.1f} {navigations:11} {replayed:8}"
            )
        print(f"median ratios {median(r[0] / r[2] for r in rows):.1f} and {median(r[1] / r[2] for r in rows):.1f}")
        print("\nwhere the last one's time went (one worker)")
        total = rows[-1][0]
        for part, (seconds, calls) in sorted(spent.items(), key=lambda item: -item[1][0]):
            print(f"{part:28} {seconds:6.1f} s {100 * seconds / total:4.0f} % {calls:6} calls")
        rest = total - sum(seconds for seconds, _ in spent.values())
        print(f"{'judging, pytest, start-up':28} {rest:6.1f} s {100 * rest / total:4.0f} %")
    assert all(navigations <= 300 for _, _, _, navigations, _ in rows)
