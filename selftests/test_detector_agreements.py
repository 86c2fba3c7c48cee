"""Names of agreements in a sentence of consent: links and controls, boxes whose parts take clicks, and names that are text alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.agreements import agreed_beforehand, named_agreements
from gongping.sight.model import Sight
from selftests.conftest import page

FIELDS = "<input name=phone placeholder=手机号><input type=password name=p>"
ONCLICK = "onclick='void 0'"

CONSENTS = {
    "links in a label": ("<label><input type=checkbox>我已阅读并同意<a href=/u>《用户协议》</a>和<a href=/p>《隐私政策》</a></label>", {"用户协议": "control", "隐私政策": "control"}),
    "links after a label": ("<div><input type=checkbox id=a><label for=a>我已阅读并同意</label><a href=/u>《用户服务协议》</a></div>", {"用户服务协议": "control"}),
    "brackets around the links": ("<p>注册即表示同意《<a href=/u>用户协议</a>》《<a href=/p>隐私政策</a>》</p>", {"用户协议": "control", "隐私政策": "control"}),
    "a row of boxes that a layout makes blocks": ("<label style='display:flex'><input type=checkbox><span>我已阅读并同意</span><a href=/u>《用户协议》</a></label>", {"用户协议": "control"}),
    "spans with a hand": ("<div class=agree><i></i><span>已阅读并同意<em style='cursor:pointer'>《用户协议》</em></span></div>", {"用户协议": "control"}),
    "spans that listen": (f"<div><span>同意<b {ONCLICK}>《服务条款》</b>与<b {ONCLICK}>《隐私政策》</b></span></div>", {"服务条款": "control", "隐私政策": "control"}),
    "buttons": ("<p>我同意<button type=button>《会员服务协议》</button></p>", {"会员服务协议": "control"}),
    "links without address": ("<p>我同意<a href='javascript:;'>《用户协议》</a></p>", {"用户协议": "control"}),
    "links below the sentence": ("<p>注册即表示您同意《用户协议》和《隐私政策》</p><p><a href=/u>用户协议</a> | <a href=/p>隐私政策</a></p>", {"用户协议": "control", "隐私政策": "control"}),
    "a longer label": ("<p>我同意<a href=/u>点击查看《用户协议》全文</a></p>", {"用户协议": "control"}),
    "nested divs": ("<div><div><div><input type=checkbox></div><div><div>我已阅读并接受</div><div><a href=/u>《用户协议》</a></div></div></div></div>", {"用户协议": "control"}),
    "names without brackets": ("<p>登录注册即同意<a href=/u>用户协议</a>和<a href=/p>隐私政策</a></p>", {"用户协议": "control", "隐私政策": "control"}),
    "traditional, links": ("<label><input type=checkbox>我已閱讀並同意<a href=/u>會員服務條款</a>及<a href=/p>隱私權政策</a></label>", {"會員服務條款": "control", "隱私權政策": "control"}),
    "English, links": ("<p>By creating an account you agree to our <a href=/t>Terms of Service</a> and <a href=/p>Privacy Policy</a>.</p>", {"Terms of Service": "control", "Privacy Policy": "control"}),
    "English, conditions": ("<label><input type=checkbox> I accept the <a href=/t>Terms and Conditions</a></label>", {"Terms and Conditions": "control"}),
    "a link on the last words of what reads as a name": ("<label><input type=checkbox>我已阅读并同意平台<a href=/u>服务协议</a>和<a href=/p>隐私政策</a></label>", {"平台服务协议": "control", "隐私政策": "control"}),
    "a member's terms": ("<label><input type=checkbox>注册即同意会员<a href=/u>服务条款</a></label>", {"会员服务条款": "control"}),
    "traditional, a member's terms": ("<label><input type=checkbox>我已閱讀並同意會員<a href=/u>服務條款</a></label>", {"會員服務條款": "control"}),
    "a user's agreement on registration": ("<label><input type=checkbox>同意用户<a href=/u>注册协议</a></label>", {"用户注册协议": "control"}),
    "English, a link on the first word": ("<p>By signing up you agree to our <a href=/u>Terms</a> and Conditions</p>", {"Terms and Conditions": "control"}),
    "a link beside the name": ("<p>我已阅读并同意《山城集市用户服务协议》（<a href=/u>查看全文</a>）</p>", {"山城集市用户服务协议": "box"}),
    "the text in a box on the page": ("<div style='height:120px;width:500px;overflow:auto'>" + "<p>用户服务协议的正文在这里，请向下滚动阅读全文。</p>" * 40 + "</div><p>我已阅读并同意上述《用户服务协议》</p>", {"用户服务协议": "box"}),
    "another link in the sentence": ("<p>我已阅读并同意《自动续费服务协议》，<a href=/help>查看帮助</a></p>", {"自动续费服务协议": "text"}),
    "travel": ("<p>点击预订即表示已阅读并同意<a href=/b>《预订须知》</a><a href=/u>《用户协议》</a></p>", {"预订须知": "control", "用户协议": "control"}),
    "plain text in a label": ("<label><input type=checkbox>我已阅读并同意《用户协议》和《隐私政策》</label>", {"用户协议": "text", "隐私政策": "text"}),
    "plain text in a label with a hand": ("<label style='cursor:pointer'><input type=checkbox>我已阅读并同意《用户协议》</label>", {"用户协议": "text"}),
    "plain coloured text": ("<p>注册即同意<span style='color:blue;text-decoration:underline'>《用户协议》</span></p>", {"用户协议": "own"}),
    "an anchor that is none": ("<p>注册即同意<a>《用户协议》</a></p>", {"用户协议": "own"}),
    "one of two": ("<p>我已阅读并同意<a href=/u>《用户协议》</a>和《自动续费服务协议》</p>", {"用户协议": "control", "自动续费服务协议": "text"}),
    "traditional, plain": ("<p>註冊即表示同意會員服務條款</p>", {"會員服務條款": "text"}),
    "English, plain": ("<p>By signing up you agree to our Terms of Use and Privacy Policy.</p>", {"Terms of Use": "text", "Privacy Policy": "text"}),
    "a box that listens": (f"<div {ONCLICK}><i></i><span>我已阅读并同意《用户协议》</span></div>", {"用户协议": "box"}),
    "a box with a hand": ("<div style='cursor:pointer'><i></i><span>我已阅读并同意《用户协议》</span></div>", {"用户协议": "box"}),
    "an application that listens at its root": (f"<div id=root {ONCLICK}><p>注册即同意《用户协议》</p></div>", {"用户协议": "box"}),
    "elements of their own in an application that listens at its root": (f"<div id=root {ONCLICK}><p>同意<span data-doc=u>《用户协议》</span><span>《隐私政策》</span></p></div>", {"用户协议": "own", "隐私政策": "own"}),
    "one link for all": ("<p><a href=/all>我已阅读并同意《用户协议》和《隐私政策》等全部规则</a></p>", {"用户协议": "box", "隐私政策": "box"}),
    "no consent": ("<footer><a href=/u>用户协议</a> <a href=/p>隐私政策</a></footer>", {}),
    "a book": ("<p>同意将《平凡的世界》加入书架</p>", {}),
    "no name": ("<label><input type=checkbox>我愿意接收促销短信，同意随时取消</label>", {}),
    "a text about agreements": ("<p>" + "我们按照约定处理您的信息并请您阅读说明。" * 30 + "同意《用户协议》</p>", {}),
    "hidden": ("<p style='display:none'>注册即同意《用户协议》</p>", {}),
    "English, no consent": ("<footer><a href=/t>Terms of Service</a></footer>", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSENTS)
def test_names_and_whether_they_can_be_clicked(name: str, sight_of: Callable[[str], Sight]) -> None:
    body, expected = CONSENTS[name]
    sight = sight_of(page(f"<h1>注册</h1><form>{FIELDS}</form>{body}"))
    assert {n.name: n.way for n in named_agreements(sight)} == expected


TICKED = {
    "a box in its label": "<label><input type=checkbox checked>我已阅读并同意<a href=/u>《用户协议》</a>和<a href=/p>《隐私政策》</a></label>",
    "a box beside its sentence": "<div><input type=checkbox id=a checked><span><label for=a>我已阅读并同意</label><a href=/p>《隐私政策》</a></span></div>",
    "a drawn box that says its state": "<div><div role=checkbox aria-checked=true tabindex=0 style='width:16px;height:16px;border:1px solid'></div><div>登录注册即同意<b onclick='void 0'>《隐私政策》</b></div></div>",
    "English": "<label><input type=checkbox checked> I have read and agree to the <a href=/p>Privacy Policy</a></label>",
    "traditional": "<label><input type=checkbox checked>我已閱讀並同意<a href=/p>隱私權政策</a></label>",
    "beside a box that is off": "<p><label><input type=checkbox> 记住我</label></p><p><label><input type=checkbox checked>我已阅读并同意<a href=/p>《隐私政策》</a></label></p>",
}

NOT_TICKED = {
    "a box that is off": TICKED["a box in its label"].replace(" checked", ""),
    "no box": "<p>注册即表示同意<a href=/p>《隐私政策》</a></p>",
    "another box": "<p><label><input type=checkbox checked> 记住我</label></p><p><label><input type=checkbox>我已阅读并同意<a href=/p>《隐私政策》</a></label></p>",
    "a box to be remembered, and a line without one": "<div><label><input type=checkbox checked> 十天内自动登录</label></div><div><p>登录即表示同意<a href=/p>《隐私政策》</a></p></div>",
    "two boxes on a line": "<div><input type=checkbox checked> 记住我 <input type=checkbox> <span>同意<a href=/p>《隐私政策》</a></span></div>",
    "another agreement": "<label><input type=checkbox checked>我已阅读并同意<a href=/m>《会员服务协议》</a></label>",
}


@pytest.mark.parametrize("name", TICKED)
def test_a_box_for_the_privacy_policy_that_stands_ticked(name: str, sight_of: Callable[[str], Sight]) -> None:
    assert len(agreed_beforehand(sight_of(page(FIELDS + TICKED[name])), "privacy")) == 1


@pytest.mark.parametrize("name", NOT_TICKED)
def test_what_is_no_consent_by_default(name: str, sight_of: Callable[[str], Sight]) -> None:
    assert agreed_beforehand(sight_of(page(FIELDS + NOT_TICKED[name])), "privacy") == ()
