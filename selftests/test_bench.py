"""`make bench`: what an audit costs beside the plain navigation of the pages that it visits, measured in one run.

Ratios hold on a noisy machine, absolute times don't; nothing here asserts a time.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from gongping.browser import launch_arguments
from gongping.bundle import read_journal
from gongping.market.server import Market
from selftests.killing import all_duties, audit

ROUNDS = 3


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
def test_an_audit_beside_plain_navigation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    with Market.start() as market:
        for number in range(ROUNDS):
            seen = audit(market, f"bench{number}", [], all_duties(), "desktop", tmp_path / str(number))
            journal = read_journal(seen.bundle)
            urls = [line["url"] for line in journal if line["event"] == "navigation" and line["method"] == "GET"]
            told = json.loads((seen.bundle / "verdicts.json").read_text(encoding="utf-8"))
            alone = plain(urls, {"width": 1440, "height": 900})
            spent = Counter()
            began: dict[str, float] = {}
            for line in journal:
                if line["event"] == "experiment":
                    began[line["experiment"]] = line["t"]
                elif line["event"] == "experiment-end":
                    spent[line["experiment"]] += round(line["t"] - began[line["experiment"]], 1)
            rows.append(
                (
                    told["seconds"],
                    alone,
                    told["seconds"] / alone,
                    told["navigations"]["desktop"],
                    len(urls),
                    dict(spent),
                )
            )
    with capsys.disabled():
        print("\nan audit of the market (desktop) beside plain navigation of the same pages")
        print(f"{'audit s':>8} {'plain s':>8} {'ratio':>6} {'navigations':>11} {'replayed':>8}  seconds by experiment")
        for audit_s, plain_s, ratio, navigations, replayed, by in rows:
            print(f"{audit_s:8.1f} {plain_s:8.1f} {ratio:6.1f} {navigations:11} {replayed:8}  {by}")
        print(f"median ratio {sorted(r[2] for r in rows)[len(rows) // 2]:.1f}")
    assert all(navigations <= 300 for _, _, _, navigations, _, _ in rows)
