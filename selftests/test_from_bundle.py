"""A bundle is judged again where there is nothing to look with: no browser, no PATH, no cache, and the platform gone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from selftests.conftest import run_pytest

NO_SOCKETS = """
import socket
def refuse(*_, **__): raise AssertionError("a socket was opened")
socket.socket.connect = refuse
import subprocess
subprocess.Popen = refuse
"""


def test_a_bundle_of_the_market_gives_equal_duties_without_a_browser(tmp_path: Path) -> None:
    """Real observations (licence mark, agreements, paid results): the home and search pages of a market with two faults."""
    (tmp_path / "targets.yaml").write_text(
        "targets:\n  shop: {serve: market, faults: [grey-ad-label, licence-bad-code], queries: [手机]}\n", "utf-8"
    )
    common = ("--pyargs", "gongping.tests", "-q", "-p", "no:randomly")
    first = run_pytest(
        tmp_path, *common, "--target=shop", "--devices=desktop", "--duty=6.1", "--duty=13.1", "--duty=29.1", timeout=400
    )
    assert first.status == 1, first.out
    before = first.verdicts
    assert before["duties"]["6.1"] == before["duties"]["13.1"] == "failed"
    bundle = first.bundle
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "nothing_to_look_with.py").write_text(NO_SOCKETS, "utf-8")
    nothing = {
        "PATH": str(empty),
        "HOME": str(empty),
        "XDG_CACHE_HOME": str(empty / "cache"),
        "PLAYWRIGHT_BROWSERS_PATH": str(empty / "browsers"),
        "PYTHONPATH": str(empty),
    }
    again = run_pytest(
        tmp_path, *common, f"--from={bundle}", "--duty=6.1", "--duty=13.1", "--duty=29.1",
        "-p", "nothing_to_look_with", timeout=400, **nothing,
    )  # fmt: skip
    assert again.status == 1, again.out
    assert again.bundle != bundle and not (empty / "cache").exists()
    after = again.verdicts
    assert after["duties"] == before["duties"] and after["articles"] == before["articles"]
    assert not after["errors"]

    def told(verdicts: dict[str, object]) -> list[tuple[object, ...]]:
        listed: list[dict[str, object]] = verdicts["verdicts"]  # type: ignore[assignment]
        return [(v["duty"], v["device"], v["outcome"], v["confirmed"], v["says"], v["where"]) for v in listed]

    assert told(after) == told(before)


def test_no_browser_is_found_in_that_environment(tmp_path: Path) -> None:
    """The other test proves something only if this machine's browsers are really out of reach there."""
    import subprocess

    code = "from gongping.browser import find, NoBrowser\ntry: find()\nexcept NoBrowser as e: print('none:', e)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")},
    )  # fmt: skip
    if "none: no browser starts" not in done.stdout and "channel" not in done.stdout:
        pytest.skip(f"a browser is found where no PATH leads: {done.stdout}{done.stderr}")
    assert "none: no browser starts" in done.stdout
