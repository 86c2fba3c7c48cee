"""Gathering documents: from home, an index, a layer, a box that scrolls, a form; what is dead, elsewhere, or no document is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from gongping.consumer.devices import device as make_device
from gongping.consumer.experiments import Attempt, Run
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.evidence.redact import Redactor
from gongping.observations.library import LibrarySeen
from gongping.pages import Pages
from gongping.pages.journeys.library import LibraryJourney
from gongping.targets import resolve
from selftests.conftest import Answer, Site, page

TERMS = "".join(f"<p>第{n}条 平台依法承担责任，您可以向有关部门投诉。</p>" for n in range(1, 30))
PLAIN = "用户协议\n\n" + "\n\n".join(f"第{n}条 平台依法承担责任，您可以向有关部门投诉。" for n in range(1, 30))
LAYER = """<div id=layer hidden style="position:fixed;inset:40px;background:#fff;overflow:auto;z-index:9"><h2>隐私政策</h2>
    <p>我们收集手机号，用于创建账号和送货，保存至您注销账号后三十日。</p><p>您可以在“我的”中查询、更正、删除个人信息，也可以注销账号。</p></div>"""
HOME = f"""<header><a href=/reg>注册</a></header><h1>示例商城</h1>{LAYER}<footer><a href=/u>用户协议</a>
    <span id=p style="cursor:pointer" onclick="layer.hidden=false">隐私政策</span><a href=/rules>规则中心</a><a href=http://other.test/x>支付机构条款</a>
    <a href=/write>写评价</a>
    <label>类型<select><option>商品质量</option><option>商家违规举报规则</option></select></label><label><input type=checkbox>同意《用户协议》</label></footer>"""
FORM = """<h1>注册新用户</h1><form method=post action=/reg><input name=phone placeholder=手机号><input name=code placeholder=验证码>
    <input type=password name=password placeholder=设置密码><label><input type=checkbox checked name=ads>我愿意接收促销短信</label>
    <label><input type=checkbox name=agree>我已阅读并同意<a href=/u>《用户协议》</a></label>
    <div style="position:relative"><input type=checkbox id=m>我同意<a href=/m>《会员协议》</a>和《隐私政策》<label for=m style="position:absolute;inset:0"></label></div>
    <p>注册即接受<b>《积分规则》</b></p><button>注册</button></form>"""


@pytest.fixture
def seen(chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path) -> LibrarySeen:
    site["/"] = page(HOME)
    site["/u"] = page(f"<main><h1>用户协议</h1><a href=/u.txt>下载全文</a>{TERMS}</main>")
    site["/u.txt"] = Answer(
        PLAIN, headers={"Content-Type": "text/plain; charset=utf-8", "Content-Disposition": "attachment"}
    )
    site["/rules"] = page(
        "<main><h1>规则中心</h1><p><span style='cursor:pointer' onclick=\"location='/u'\">平台用户服务协议</span></p><ul><li><a href=/r>交易规则</a></li><li><a href=/s>商家入驻协议</a></li><li><a href=/v>评价规则</a></li></ul></main>"
    )
    site["/r"] = page(
        "<main><h1>交易规则</h1><p>商品自签收之日起七日内可以退货。</p><p>运费由责任方承担。</p><p>其他事项按照法律办理，平台依法承担责任。</p><p hidden>平台有权收回优惠券。</p></main>"
    )
    site["/s"] = page(f"<main><h1>商家入驻协议</h1><div style='height:200px;overflow:auto'>{TERMS}</div></main>")
    site["/v"] = Answer("<h1>404</h1>", 404)
    site["/m"] = Answer("<h1>404</h1>", 404)
    site["/reg"] = page(FORM)
    journal = Journal(tmp_path / "journal.jsonl")
    target = resolve(site.url(), None)
    run = Run(target, tmp_path, journal, Redactor([]), Pace(0, tmp_path / ".pace"), Pages)
    attempt = Attempt(run, make_device("desktop", playwright, chromium.version), "library", 1, lambda: chromium)
    found = LibraryJourney().run(attempt)
    attempt.close()
    return found


def test_what_there_is_is_read_once_each_and_told_apart(seen: LibrarySeen, site: Site) -> None:
    kinds = {p.label: (p.kind, p.found_on, p.clicks, p.document.wall, p.document.how) for p in seen.papers}
    assert kinds == {
        "用户协议": ("user", "首页", 1, "", "page"),
        "隐私政策": ("privacy", "首页", 1, "", "layer"),
        "规则中心": ("index", "首页", 1, "", "page"),
        "交易规则": ("rules", "规则中心", 2, "", "page"),
        "商家入驻协议": ("seller", "规则中心", 2, "", "page"),
        "评价规则": ("reviews", "规则中心", 2, "not-found", "page"),
        "《会员协议》": ("membership", "注册页", 2, "not-found", "page"),
    }
    assert not site.got("/write") and seen.why == "" and "规则中心" in seen.searched and "注册页" in seen.searched
    (seller,) = seen.of("seller")
    assert seller.document.text.count("平台依法承担责任") == 29, "a box that scrolls holds all of it"
    (user,) = seen.of("user")
    assert user.copy is not None and (user.copy.how, user.copy.label) == ("file", "下载全文")
    assert user.copy.text.count("平台依法承担责任") == 29 and user.controls > 0
    (privacy,) = seen.of("privacy")
    assert "保存至您注销" in privacy.document.text and "示例商城" not in privacy.document.text and privacy.copy is None


def test_the_agreements_that_the_form_names_are_seen(seen: LibrarySeen) -> None:
    assert [(n.name, n.way, n.toggles, n.opened) for n in seen.named] == [
        ("用户协议", "control", False, None),
        ("会员协议", "control", True, None),
        ("隐私政策", "text", False, None),
        ("积分规则", "own", False, False),
    ]


def test_what_a_document_hides_is_kept_with_it(seen: LibrarySeen) -> None:
    (rules,) = seen.of("rules")
    assert [(u.text, u.how) for u in rules.document.unseen] == [("平台有权收回优惠券。", "undisplayed")]
    assert not seen.of("user")[0].document.unseen


def test_what_the_form_of_registration_ticks_by_itself_is_seen(seen: LibrarySeen, site: Site) -> None:
    assert [(c.label, c.on, c.required) for c in seen.consents] == [("我愿意接收促销短信", True, False)]
    assert seen.registration and site.got("/reg") == ["GET /reg"], "the form is looked at, never sent"
