"""What goes wrong is said once, in clear words, and never looks like a verdict; what was collected stays readable."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from gongping.market.server import Market
from selftests.conftest import Ran, Site, page, run_pytest, started
from selftests.test_plugin import JUDGING, project

LIBRARY = "def measure(x):\n    assert x is None, 'a detector is wrong'\n"

ERRORS = (
    JUDGING
    + """
import lib.detector

@pytest.fixture
def breaks_later(look):
    yield look
    raise OSError("the disk is full")

@duty("24.2")
def test_a_detector_is_wrong(look): lib.detector.measure(look)

@duty("24.3")
def test_the_teardown_breaks(breaks_later): pass

@duty("42.2")
def test_the_second_look_breaks(look):
    if look.attempt > 1:
        raise KeyError("price")
    assert not look, "搭售"
"""
)


def audit(folder: Path, *more: str, **environment: str) -> Ran:
    return run_pytest(
        folder, "test_judging.py", "--target=shop", "--devices=desktop", "-q", "--pyargs", *more, **environment
    )


def test_errors_of_the_suite_are_no_verdicts_and_give_7(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "detector.py").write_text(LIBRARY)
    project(tmp_path, ERRORS)
    (tmp_path / "conftest.py").write_text("import sys; sys.path.insert(0, '.')")
    ran = audit(tmp_path)
    assert ran.status == 7, ran.out
    assert ran.outcomes() == {
        "test_a_detector_is_wrong": "cantTell",
        "test_the_teardown_breaks": "passed",
        "test_the_second_look_breaks": "cantTell",
    }
    said = " | ".join(ran.verdicts["errors"])
    assert len(ran.verdicts["errors"]) == 3, said
    assert (
        "a detector is wrong" in said
        and "the disk is full (after the test)" in said
        and "'price' (second consumer)" in said
    )
    assert ran.out.count("ERROR of the suite: ") == 3


def test_other_tests_of_the_run_keep_their_say(tmp_path: Path) -> None:
    project(
        tmp_path, JUDGING + '@duty("24.3")\ndef test_it(look): pass\n\ndef test_of_the_teams_own(): assert 1 == 2\n'
    )
    ran = audit(tmp_path)
    assert ran.status == 1, ran.out
    assert ran.outcomes() == {"test_it": "passed"}


def test_a_run_that_stops_at_the_first_failure_is_incomplete(tmp_path: Path) -> None:
    project(
        tmp_path,
        JUDGING + '@duty("24.2")\ndef test_a(look): assert not look, "坏"\n@duty("24.3")\ndef test_b(look): pass\n',
    )
    ran = audit(tmp_path, "-x", "--no-confirm")
    assert ran.status == 1 and ran.verdicts["complete"] is False
    assert ran.outcomes() == {"test_a": "failed"}


def test_a_bundle_made_without_a_second_look_gives_the_same_again(tmp_path: Path) -> None:
    """And a waiver that names no place covers a failure that names none."""
    body = JUDGING + '@duty("24.3")\ndef test_it(look): assert not look, "坏"\n'
    project(tmp_path, body, '    waivers: [{duty: "24.3", reason: SHOP-1, owner: qa, until: 2099-01-01}]\n')
    first = audit(tmp_path, "--no-confirm")
    assert first.status == 0 and first.verdicts["duties"]["24.3"] == "failed"
    bundle = first.bundle
    again = run_pytest(tmp_path, "test_judging.py", f"--from={bundle}", "-q", GONGPING_BROWSER="/nowhere/browser")
    assert again.bundle != bundle and again.status == 0, again.out
    assert again.verdicts["duties"] == json.loads((bundle / "verdicts.json").read_text("utf-8"))["duties"]


@pytest.mark.parametrize(
    ("tests", "entry", "environment", "said"),
    [
        ('@pytest.mark.duty("42.9")\ndef test_it(look): pass', "", {}, ["no duty '42.9'", "did you mean 42."]),
        ('@duty("24.3")\ndef test_it(look): pass', "    quries: [a]\n", {}, ["targets.yaml:5", 'unknown key "quries"', 'did you mean "queries"?']),
        ('@duty("24.3")\ndef test_it(look): pass', "    pages: broken:Pages\n", {}, ["targets.yaml:5", "ZeroDivisionError", "broken.py:1"]),
        ('@duty("24.3")\ndef test_it(look): pass', "    waivers: [{duty: '99.1', reason: x, owner: y, until: 2099-01-01}]\n", {}, ["targets.yaml:5", "99.1"]),
        ('@duty("24.3")\ndef test_it(observations): pass', "", {"GONGPING_BROWSER": "/nowhere/browser"}, ["no browser starts", "/nowhere/browser"]),
    ],
    ids=["unknown duty", "typo in a key", "page class that breaks", "waiver of an unknown duty", "no browser"],
)  # fmt: skip
def test_a_wrong_word_is_said_with_its_place(
    tests: str, entry: str, environment: dict[str, str], said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text("1 / 0\n")
    project(tmp_path, JUDGING + tests.replace("(observations)", "(observations, audited_device)"), entry)
    ran = audit(tmp_path, **environment)
    assert ran.status == 4, ran.out
    for words in said:
        assert words in ran.out
    assert "Traceback" not in ran.out


LIVE = """
from dataclasses import dataclass
from pathlib import Path
import pytest
from gongping.consumer.experiments import Experiment
from gongping.fixtures import observe
from gongping.testing import duty

@dataclass(frozen=True)
class Seen:
    text: str

class Look(Experiment[Seen]):
    name = "look"
    places = frozenset({"home"})
    observation = Seen
    def run(self, attempt):
        consumer = attempt.consumer()
        consumer.visit(attempt.run.home, "home")
        attempt.reached("home", attempt.run.home, "h1")
        PART
        return Seen(consumer.look("home").sight.text)

@pytest.fixture
def look(request, observations, audited_device):
    return observe(request, Look())

@duty("24.2")
def test_first(audited_device): pass

@duty("24.3")
def test_it(look): assert "今日推荐" in look.text

@duty("42.2")
def test_more(look): assert "今日推荐" in look.text
"""


def test_a_browser_that_dies_is_replaced_and_the_run_says_so(tmp_path: Path, site: Site) -> None:
    site["/"] = page("<h1>今日推荐</h1>")
    dies = """if not Path("died").exists():
            Path("died").touch()
            try:
                consumer.context.browser.new_browser_cdp_session().send("Browser.crash")
            except Exception:
                pass"""
    project(tmp_path, LIVE.replace("PART", dies), url=site.url())
    ran = audit(tmp_path)
    assert (tmp_path / "died").exists()
    assert ran.status == 0, ran.out
    assert set(ran.outcomes().values()) == {"passed"}
    assert "the browser died during the experiment look on desktop: it was repeated with a new one" in ran.out
    assert (
        len(
            [
                line
                for line in (ran.bundle / "journal.jsonl").read_text("utf-8").splitlines()
                if '"event": "browser"' in line
            ]
        )
        == 2
    )


def test_ctrl_c_with_a_browser_open_keeps_what_was_collected(tmp_path: Path, site: Site) -> None:
    site["/"] = page("<h1>今日推荐</h1>")
    project(
        tmp_path, LIVE.replace("PART", 'Path("here").touch(); consumer.page.wait_for_timeout(60_000)'), url=site.url()
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "test_judging.py",
        "--target=shop",
        "--devices=desktop",
    ]
    child = started(command, tmp_path)
    until = time.monotonic() + 90
    while not (tmp_path / "here").exists() and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: pytest, the driver and the browser alike
    out, _ = child.communicate(timeout=60)
    assert child.returncode == 2, out
    told = json.loads(next((tmp_path / "reports" / "shop").glob("2*/verdicts.json")).read_text("utf-8"))
    assert told["complete"] is False and told["reached"]["home"] is True
    assert [(v["duty"], v["outcome"]) for v in told["verdicts"] if v["test"]] == [("24.2", "passed")]
    assert "检测中断" in out


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("wrong-password", "login refused"),
        ("env:GONGPING_NO_SUCH_VARIABLE", "environment variable GONGPING_NO_SUCH_VARIABLE is not set"),
    ],
    ids=["wrong password", "missing variable"],
)
def test_an_account_that_does_not_work_is_named(password: str, said: str, tmp_path: Path) -> None:
    with Market.start() as market:
        entry = f"""targets:
  shop:
    url: {market.url("bad")}
    mode: exercise
    otp: "000000"
    accounts:
      spare: {{username: spare, password: "{password}"}}
"""
        (tmp_path / "targets.yaml").write_text(entry, "utf-8")
        ran = run_pytest(
            tmp_path,
            "--pyargs",
            "gongping.tests",
            "--target=shop",
            "--duty=52.1",
            "--devices=desktop",
            "-q",
            timeout=300,
        )
    assert ran.status in (0, 1), ran.out
    verdict = next(v for v in ran.verdicts["verdicts"] if v["duty"] == "52.1")
    assert verdict["outcome"] in ("cantTell", "untested"), verdict
    assert said in json.dumps(ran.verdicts, ensure_ascii=False) and said.split(maxsplit=1)[0] in ran.out
    assert "wrong-password" not in (ran.bundle / "verdicts.json").read_text("utf-8") + (
        ran.bundle / "journal.jsonl"
    ).read_text("utf-8")
