"""The plugin, seen from outside: inner runs of small judging tests, and what they leave in the bundle."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from selftests.conftest import Ran, Site, journal, page, run_pytest
from selftests.killing import interruptible

JUDGING = """
from dataclasses import dataclass
from pathlib import Path
import pytest
from gongping.consumer.experiments import Experiment
from gongping.fixtures import observe
from gongping.testing import cant_tell, duty, inapplicable, untested

@dataclass(frozen=True)
class Seen:
    attempt: int

class Look(Experiment[Seen]):
    name = "look"
    places = frozenset({"home"})
    observation = Seen
    def run(self, attempt):
        attempt.reached("home", "http://127.0.0.1/", "a fake")
        return Seen(attempt.number)

@pytest.fixture
def look(request, observations, audited_device):
    return observe(request, Look())

@pytest.fixture
def blocked(look):
    cant_tell("首页要求验证码", "captcha")
"""

ALL = (
    JUDGING
    + """
@duty("6.1")
def test_passes(look): pass

@duty("13.1")
def test_fails_twice(look, evidence):
    evidence.show(None, "看到了", judged="broken", place="search", element="卡片一")
    assert not look, "第三位商品没有标明“广告”"

@duty("24.2")
def test_fails_once(look):
    assert look.attempt > 1, "弹窗没有关闭标志"

@duty("24.3")
def test_cannot_tell(look): cant_tell("弹窗在跨域框架里，请人工查看")

@duty("29.1")
def test_blocked_in_setup(blocked): pass

@duty("40.1")
def test_does_not_apply(look): inapplicable("没有搜索功能")

@duty("42.2")
def test_needs_an_account(look): untested("没有配置账号")
"""
)


def project(folder: Path, tests: str, waivers: str = "", url: str = "http://127.0.0.1:9/") -> Path:
    (folder / "test_judging.py").write_text(tests, encoding="utf-8")
    (folder / "targets.yaml").write_text(
        f"targets:\n  shop:\n    url: {url}\n    mode: exercise\n{waivers}", encoding="utf-8"
    )
    return folder


def audit(folder: Path, *more: str) -> Ran:
    return run_pytest(folder, "test_judging.py", "--target=shop", "--devices=desktop", "-q", *more)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return audit(project(tmp_path_factory.mktemp("all"), ALL))


def test_each_outcome_arrives(everything: Ran) -> None:
    assert everything.outcomes() == {
        "test_passes": "passed", "test_fails_twice": "failed", "test_fails_once": "cantTell", "test_cannot_tell": "cantTell",
        "test_blocked_in_setup": "cantTell", "test_does_not_apply": "inapplicable", "test_needs_an_account": "untested",
    }  # fmt: skip
    assert everything.status == 1
    assert len(everything.verdicts["duties"]) == 170
    assert (
        "1 failed" in everything.out
        and "3 cantTell" in everything.out
        and "1 inapplicable" in everything.out
        and "1 untested" in everything.out
    )


def test_a_failure_seen_twice_is_confirmed_and_one_seen_once_is_not_a_failure(everything: Ran) -> None:
    verdicts = {v["duty"]: v for v in everything.verdicts["verdicts"] if v["test"]}
    assert verdicts["13.1"]["confirmed"] is True
    assert verdicts["13.1"]["where"] == [{"device": "desktop", "place": "search", "element": "卡片一", "url": ""}]
    assert "第一位消费者看到：弹窗没有关闭标志" in verdicts["24.2"]["says"]["zh"]
    assert verdicts["24.2"]["confirmed"] is False


def test_junit_carries_outcome_and_duty(everything: Ran) -> None:
    text = (everything.bundle / "junit.xml").read_text("utf-8")
    ET.fromstring(text)
    assert "13.1" in text and "cantTell" in text


def test_the_bundle_is_whole(everything: Ran) -> None:
    for name in ("verdicts.json", "report.html", "junit.xml", "MANIFEST.sha256", "journal.jsonl"):
        assert (everything.bundle / name).stat().st_size > 0
    assert list((everything.bundle / "allure-results").glob("*-result.json"))
    assert (everything.bundle.parent / "latest").resolve() == everything.bundle.resolve()


@pytest.mark.parametrize(
    "body, more, status",
    [
        ('@duty("6.1")\ndef test_it(look): pass', (), 0),
        ('@duty("24.3")\ndef test_it(look): cant_tell("看不清")', (), 0),
        ('@duty("24.3")\ndef test_it(look): cant_tell("看不清")', ("--strict",), 1),
        ('@duty("24.3")\ndef test_it(look): raise RuntimeError("boom")', (), 7),
        ('@duty("24.3")\ndef test_it(look): assert not look, "坏"', ("--no-confirm",), 1),
        ('@duty("99.9")\ndef test_it(look): pass', (), 2),
        ('@duty("24.3")\ndef test_it(look): pass', ("--article=70",), 4),
        ('@duty("24.3")\ndef test_it(look): pass', ("--tracing=on",), 4),
    ],
    ids=[
        "passed",
        "cantTell",
        "strict",
        "suite error",
        "unconfirmed failure",
        "unknown duty",
        "unknown article",
        "tracing refused",
    ],
)
def test_exit_status(tmp_path: Path, body: str, more: tuple[str, ...], status: int) -> None:
    ran = audit(project(tmp_path, JUDGING + body), *more)
    assert ran.status == status, ran.out
    if status == 7:
        assert set(ran.outcomes().values()) == {"cantTell"}
        assert "RuntimeError: boom" in ran.verdicts["errors"][0]
    if "--tracing=on" in more:
        assert "look into the bundle" in ran.out


def test_home_not_reached_is_status_6(tmp_path: Path) -> None:
    never = JUDGING.replace('attempt.reached("home", "http://127.0.0.1/", "a fake")', "pass")
    ran = audit(project(tmp_path, never + '@duty("6.1")\ndef test_it(look): pass'))
    assert ran.status == 6
    assert "NOT REACHED: home" in ran.out


def test_waivers_and_a_baseline_cover_what_they_name(tmp_path: Path) -> None:
    body = (
        JUDGING
        + '@duty("13.1")\ndef test_it(look, evidence):\n    evidence.show(None, "x", judged="broken", place="search", element="卡片一")\n    assert not look, "坏"'
    )
    waiver = '    waivers: [{duty: "13.1", where: {place: PLACE}, reason: SHOP-1, owner: qa, until: 2099-01-01}]\n'
    (tmp_path / "a").mkdir()
    covered = audit(project(tmp_path / "a", body, waiver.replace("PLACE", "search")))
    assert covered.status == 0
    assert covered.verdicts["duties"]["13.1"] == "failed"
    (tmp_path / "b").mkdir()
    assert audit(project(tmp_path / "b", body, waiver.replace("PLACE", "cart"))).status == 1
    known = audit(project(tmp_path / "b", body), f"--baseline={covered.bundle / 'verdicts.json'}")
    assert known.status == 0
    other = body.replace("卡片一", "卡片二")
    assert audit(project(tmp_path / "b", other), f"--baseline={covered.bundle / 'verdicts.json'}").status == 1


def test_xdist_says_the_same_and_makes_no_experiment_twice(tmp_path: Path, everything: Ran) -> None:
    ran = audit(project(tmp_path, ALL), "-n2", "--devices=desktop,mobile")
    assert ran.outcomes() == everything.outcomes()
    assert ran.status == 1
    made = [(x["device"], x["attempt"]) for x in journal(ran.bundle, "experiment") if x["experiment"] != "orientation"]
    assert sorted(made) == [("desktop", 1), ("desktop", 2), ("mobile", 1), ("mobile", 2)]


def test_a_report_folder_in_two_words_is_refused_before_workers_start(tmp_path: Path) -> None:
    project(tmp_path, ALL)
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n", encoding="utf-8")
    ran = run_pytest(tmp_path, "test_judging.py", "--target=shop", "-n2", "--report-dir", str(tmp_path / "out"))
    assert ran.status == 4
    assert "--report-dir=PATH as one word" in ran.out
    assert "Traceback" not in ran.out


def test_a_bundle_is_judged_again_without_a_browser(everything: Ran) -> None:
    ran = run_pytest(
        everything.folder, "test_judging.py", f"--from={everything.bundle}", "-q", GONGPING_BROWSER="/nowhere/browser"
    )
    assert {k: v for k, v in ran.verdicts["duties"].items() if v != "untested"} == {
        k: v for k, v in everything.verdicts["duties"].items() if v != "untested"
    }


def test_the_plugin_is_silent_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text("def test_it(): pass\n")
    ran = run_pytest(tmp_path, "-q")
    assert ran.status == 0
    assert not (tmp_path / "reports").exists()
    assert "公平秤" not in ran.out


def test_an_interrupted_run_keeps_what_it_has(tmp_path: Path) -> None:
    body = (
        JUDGING
        + '@duty("6.1")\ndef test_first(look): pass\n@duty("24.3")\ndef test_second(look):\n    Path("here").write_text("")\n    import time; time.sleep(60)\n'
    )
    project(tmp_path, body)
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
    child = subprocess.Popen(
        command,
        cwd=tmp_path,
        preexec_fn=interruptible,  # noqa: PLW1509 - a shell's background job ignores SIGINT
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "here").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    assert child.returncode == 2, out
    bundle = next((tmp_path / "reports" / "shop").glob("2*"))
    told = json.loads((bundle / "verdicts.json").read_text("utf-8"))
    assert told["complete"] is False
    assert told["duties"]["6.1"] in ("passed", "cantTell")  # 6.1 names both devices
    assert any(v["duty"] == "6.1" and v["outcome"] == "passed" for v in told["verdicts"])


def test_an_unreachable_host_is_said_in_one_line(tmp_path: Path) -> None:
    ran = run_pytest(
        tmp_path,
        "--pyargs",
        "gongping.tests",
        "--target=http://127.0.0.1:9/",
        "--duty=6.1",
        "--devices=desktop",
        "-q",
        "--report-dir=reports",
    )
    assert ran.status == 6, ran.out
    assert (
        "NOT REACHED: home: unreachable (ERR_UNSAFE_PORT)" in ran.out
        or "NOT REACHED: home: unreachable (ERR_CONNECTION_REFUSED)" in ran.out
    )
    assert ran.verdicts["duties"]["6.1"] == "cantTell"


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("--target=shoop",), 'unknown target "shoop"'),
        (("--target=shop", "--devices=desktpo"), 'unknown device "desktpo"'),
        (("--target=shop", "--report-dir=targets.yaml"), "--report-dir"),
        (("--target=shop", "--baseline=none.json"), "none.json"),
        (("--from=nowhere",), "no bundle"),
        (("--target=shop", "--duty=42.9"), "42.9"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_bad_input_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    project(tmp_path, JUDGING + '@duty("24.3")\ndef test_it(look): pass')
    ran = run_pytest(
        tmp_path,
        "test_judging.py",
        "-q",
        *(("--devices=desktop",) if "desktpo" not in str(arguments) else ()),
        *arguments,
    )
    assert ran.status == 4, ran.out
    assert said in ran.out
    assert "Traceback" not in ran.out


def test_a_page_class_that_does_not_import_is_said_with_file_and_line(tmp_path: Path, site: Site) -> None:
    site["/"] = page("<h1>shop</h1>")
    project(
        tmp_path, JUDGING + '@duty("24.3")\ndef test_it(look): pass', "    pages: acme_pages:AcmePages\n", site.url()
    )
    ran = audit(tmp_path)
    assert ran.status == 4
    assert "targets.yaml:5" in ran.out and "acme_pages" in ran.out
