"""The last click of deregistration: which account makes it, what came of it, and what is made of that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.account import AccountSeen, Deregistration, DeregStep, LeavingSeen
from gongping.pages.journeys.leaving import LeavingJourney, looked_into, spares
from gongping.pages.leaving import Leaving
from gongping.tests.test_article_52_information_rights import (
    test_leaving_has_no_unreasonable_condition as judge_leaving,
)
from selftests.conftest import Site
from selftests.test_detector_rights import ENTRY, attempt, page

ASKED = "<main><h1>最后确认</h1><p>点击后账号将被删除，且不可恢复。</p>{}<a href=/account>取消</a></main>"
DELETES = "fetch('/api/account/delete',{{method:'POST'}}).then(()=>{{document.querySelector('main').innerHTML='<h1>{}</h1>'}})"

ENDS = {
    "a form": ('<form method=post action=/account/close/confirm><button>确认注销</button></form>', "now", "/account/close/confirm"),
    "a dialog of the browser's": (f'<button onclick="if(confirm(\'确定注销吗？\')){DELETES.format("账号已注销")}">确认注销</button>', "now", "/api/account/delete"),
    "a layer that asks again": (
        f'''<button onclick="d.showModal()">确认注销</button><dialog id=d><p>再次确认</p><button onclick="{DELETES.format("注销成功")}">确认注销</button></dialog>''',
        "now", "/api/account/delete",
    ),
    "mild words": (f'<button onclick="{DELETES.format("注销申请已提交，15个工作日内完成审核")}">申请注销</button>', "later", "/api/account/delete"),
    "a refusal": (f'<button onclick="{DELETES.format("请携带身份证到营业厅办理")}">确认注销</button>', "", "/api/account/delete"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDS)
def test_the_last_click_is_made_and_its_answer_read(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path, name: str
) -> None:
    html, promised, sent = ENDS[name]
    site["/account/close"] = page(ASKED.format(html))
    site["/account/close/confirm"] = page("<main><h1>账号已注销</h1><p>感谢您的陪伴。</p></main>")
    made = attempt(chromium, playwright, site, tmp_path, "korrekt-99")
    way = Leaving(made.consumer(), made)
    walk = way.walk("spare", replace(ENTRY, href=site.url("/account/close"), url=site.url("/account")))
    made.close()
    assert (walk.ended, way.promised) == ("left", promised), walk.why
    assert site.got(sent) and way.answers


def test_an_account_that_is_looked_into_does_not_leave() -> None:
    names = ("shopper", "spare", "spare_2", "spare_3", "persona_a", "spare_parts")
    assert spares(names) == ["spare", "spare_2", "spare_3"]
    assert looked_into(names, may_leave=True) == "spare"
    assert looked_into(("shopper", "spare"), may_leave=True) == "shopper"
    assert looked_into(("shopper", "spare"), may_leave=False) == "spare"
    assert looked_into(("spare",), may_leave=True) == "spare"
    assert looked_into(("other",), may_leave=True) == "other"
    assert looked_into((), may_leave=True) == ""


def test_an_account_leaves_once(chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path) -> None:
    made = attempt(chromium, playwright, site, tmp_path, "korrekt-99")  # its one account is called spare
    assert LeavingJourney((ENTRY,), "spare")._take(made) == ""
    assert LeavingJourney((ENTRY,), "shopper")._take(made) == "spare"
    assert LeavingJourney((ENTRY,), "shopper")._take(made) == ""


def test_no_account_is_used_up_without_an_entry(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    made = attempt(chromium, playwright, site, tmp_path, "korrekt-99")
    assert LeavingJourney((replace(ENTRY, disabled=True),), "shopper").run(made).account == ""
    assert not list(tmp_path.glob(".taken-*"))


LEFT = LeavingSeen("spare_2", "", Deregistration("spare_2", ENTRY, ended="left", why="点击了“确认注销”"))


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (LeavingSeen("", "观察模式"), "held"),
        (replace(LEFT, promised="now", gone=True), "held"),
        (replace(LEFT, promised="later"), "held"),
        (replace(LEFT, promised="", gone=True), "held"),
        (replace(LEFT, promised="now", gone=False), "unknown"),
        (replace(LEFT, promised="", gone=None), "unknown"),
        (replace(LEFT, promised="no"), "unknown"),
    ],
)
def test_what_came_of_it(seen: LeavingSeen, state: str, tmp_path: Path) -> None:
    assert Predicates(load(), Album(tmp_path), "zh-CN").leaving_completes(seen).state == state


class _Shown:
    """Evidence that keeps nothing."""

    def show(self, *_: object, **__: object) -> None:
        return


def _judge(leaving: LeavingSeen, folder: Path) -> tuple[str, str]:
    """The outcome of 52.2, told apart by hand: a cantTell is a skip to pytest, and would skip this test instead of failing it."""
    walk = Deregistration("spare", ENTRY, ended="last_click", why="到达最后一步")
    account = AccountSeen("spare", "s", (), (), 0, deregistration=walk)
    try:
        judge_leaving(account, leaving, Predicates(load(), Album(folder), "zh-CN"), _Shown())  # type: ignore[arg-type]
    except AssertionError as error:
        return "failed", str(error)
    except pytest.skip.Exception as error:
        return "cantTell", str(error)
    return "passed", ""


def test_the_norm_hears_what_is_demanded_after_the_last_click(tmp_path: Path) -> None:
    demand = DeregStep(3, "u", "还差一步", "s", "请将本人手持身份证的照片邮寄至本公司，收到后为您办理注销。")
    assert _judge(replace(LEFT, promised="now", gone=True), tmp_path) == ("passed", "")
    outcome, said = _judge(replace(LEFT, answers=(demand,), gone=False), tmp_path)
    assert outcome == "failed" and "证件" in said
    outcome, said = _judge(replace(LEFT, promised="now", gone=False), tmp_path)
    assert outcome == "cantTell" and "仍然可以登录" in said
