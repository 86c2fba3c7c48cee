"""Rights to one's data: texts that explain them and texts that don't, conditions of leaving that are unreasonable and such that are
fair, login forms of many makes, and ways out that are walked and never ended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from gongping.consumer.devices import device as make_device
from gongping.consumer.experiments import Attempt, Run
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.consumer.walls import Wall, WallName
from gongping.detectors.deregistration import demands, waits
from gongping.detectors.rights import explained, paths_in, topics_of
from gongping.evidence.album import Album
from gongping.evidence.redact import Redactor
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.account import AccountPage, AccountSeen, Deregistration, RightEntry, StatedPath
from gongping.observations.documents import Document
from gongping.pages import Pages
from gongping.pages.account_ways import best_label, family, head_of, promise_of, rights_of
from gongping.pages.deregister import Deregister
from gongping.pages.login import Login
from gongping.sight.model import Box, Seen
from gongping.targets import resolve
from selftests.conftest import Answer, Site, page


def policy(text: str, title: str = "隐私政策", kind: str = "agreement_privacy") -> Document:
    return Document(kind, title, "http://shop.example/privacy", text, "s")


# -- topics ------------------------------------------------------------------------------------------------------------------

EXPLAINS = {
    "leads": ("六、您的权利\n查询：您可以在“我的 > 个人信息”中查看我们保存的资料，即时显示。\n更正：您可以点击“编辑”修改资料，立即生效。\n删除：登录后进入“隐私设置”提交申请，15个工作日内删除您的个人信息。\n注销：您可以在“我的 > 设置 > 注销账号”中申请，15个工作日内完成。", {"query": "full", "correct": "full", "delete": "full", "deregister": "full"}),
    "headings": ("（一）访问您的个人信息\n您可以登录后进入个人中心查看您的账户信息，我们即时显示。\n（二）更正您的个人信息\n当您发现我们处理的关于您的个人信息有错误时，您可以在设置页面更正，立即生效。\n（三）删除您的个人信息\n您可以向客服提交申请删除您的个人信息，我们将在15天内答复。\n（四）注销您的账户\n您可以通过以下方式注销：\n我的→设置→账号与安全→注销账号\n我们将在7天内处理。", {"query": "full", "correct": "full", "delete": "full", "deregister": "full"}),
    "one sentence": ("您可以通过个人中心页面查询、更正、删除您的个人信息或者注销您的账号，我们在15个工作日内处理您的请求。", {"query": "full", "correct": "full", "delete": "full", "deregister": "full"}),
    "english": ("Your rights\nYou can access your personal data at any time: go to Account > Privacy and click Download, we answer within 30 days.\nYou may correct your information under Account > Profile; changes apply immediately.\nTo delete your personal data, please submit a request by e-mail; we reply within 30 days.\nYou can delete your account in your account settings, it is done immediately.", {"query": "full", "correct": "full", "delete": "full", "deregister": "full"}),
    "no time": ("您可以在“我的 > 设置 > 注销账号”页面点击申请注销。", {"deregister": "no_time"}),
    "mere right": ("您有权更正您的个人信息。", {"correct": "mentioned"}),
}  # fmt: skip

SILENT = {
    "heading only": ("六、您的权利：查询、更正、删除与注销\n我们重视您的权利。", ("query", "correct", "delete", "deregister")),
    "platform deletes": ("注销后我们将立即删除您的个人信息。超过期限的信息会被删除。", ("delete",)),
    "other things": ("您可以查询订单状态和物流信息，也可以修改密码、删除订单。", ("query", "correct", "delete")),
    "a copy is no query": ("复制与转移：您可以在“我的 > 隐私设置 > 下载个人信息副本”中取得个人信息副本。", ("query", "correct", "delete")),
    "a policy is changed": ("八、政策的修改\n您可以在规则中心提交意见。", ("correct",)),
    "we may close": ("我们有权随时注销您的账号。", ("deregister",)),
    "saved until": ("账号资料保存到您注销账号时为止，您可以放心。", ("query", "correct", "delete")),
    "deregistration deletes": ("注销：您可以在“我的 > 注销账号”申请，个人信息立即删除。", ("delete", "query")),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPLAINS)
def test_a_text_that_explains_is_recognised(name: str) -> None:
    text, wanted = EXPLAINS[name]
    found = explained([policy(text)])
    assert {right: said[0].state for right, said in found.items() if said and right in wanted} == wanted


@pytest.mark.parametrize("name", SILENT)
def test_a_text_that_only_sounds_like_it_explains_nothing(name: str) -> None:
    text, rights = SILENT[name]
    found = explained([policy(text)])
    assert {r: [e.quote for e in found[r]] for r in rights if found[r]} == {}  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("您可以在“我的 > 账号与安全 > 注销账号”中申请", [("账号与安全", "注销账号")]),
        ("进入我的-设置-账号与安全-注销账号即可", [("设置", "账号与安全", "注销账号即可")]),
        ("路径：个人中心→隐私设置→个人信息查询", [("隐私设置", "个人信息查询")]),
        ("go to My account > Settings > Delete account", [("Settings", "Delete account")]),
        ("在“我的资料—清除资料”选择", [("我的资料", "清除资料")]),
        ("打开我的账户—清除资料", [("清除资料",)]),
        ("首页 > 规则中心 > 隐私政策", []),
        ("客服时间 9:00-22:00，渝B2-20189206", []),
        ("7-15个工作日", []),
    ],
)
def test_paths_are_read_and_nothing_else(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert paths_in(text) == wanted


def test_deleting_an_account_is_deregistration_and_no_deletion() -> None:
    assert topics_of("删除账号") == ("deregister",)
    assert topics_of("Close my account") == ("deregister",)
    assert topics_of("查询、更正与删除") == ("query", "correct", "delete")


# -- conditions ----------------------------------------------------------------------------------------------------------------

UNREASONABLE = {
    "为核验身份，须上传本人手持身份证的照片。": "id_document",
    "须填写姓名并上传身份证正反面照片。": "id_document",
    "须完成人脸识别。": "biometric",
    "请将签字的注销申请书邮寄至本公司。": "paper",
    "注销账号须拨打客服热线办理，暂不支持在线申请。": "offline_only",
    "须支付账号注销手续费10元，支付后方可注销。": "fee",
    "账户积分须全部使用完毕，积分未清零的不能注销。": "use_up",
    "须自愿放弃账户余额，注销后不予退还。": "forfeit_balance",
    "注销本账号将同时注销旗下全部产品的账号，不可单独注销。": "all_products",
    "须准确填写注册时间、首次登录地和历史订单号。": "memory_test",
    "近6个月内没有登录和交易记录。": "waiting",
    "账号须注册满180天。": "waiting",
    "注销申请仅在工作日9:00至11:00由人工客服受理。": "office_hours",
    "您的账号触发平台风控，暂时无法注销。": "risk_block",
    "You must provide a copy of your passport to delete your account.": "id_document",
    "Please call our customer service to close your account.": "offline_only",
    "A closure fee applies.": "fee",
}

FAIR = (
    "账号内没有未完成的订单、退款或者纠纷。",
    "账户余额已经提现，提现不收手续费。",
    "积分和优惠券在注销后失效，不影响您申请注销。",
    "积分随账号清零，请自行决定是否先使用。",
    "身份核验只需登录密码或者绑定手机的验证码，不要求您提供其他材料。",
    "全部步骤在线完成，不收取任何费用。",
    "我们不收集您的身份证照片。",
    "无需上传身份证，也不需要人脸识别。",
    "注销中遇到问题，可以拨打客服热线联系我们，我们当日答复。",
    "如您无法在线注销，也可以拨打客服热线或者邮寄申请。",
    "我们将依照电子商务法保存交易记录，自交易完成之日起不少于三年。",
    "需要人脸识别吗？",
    "处理完成后我们以书面形式答复您。",
    "Deleting your profile cannot be undone.",
    "No charge applies, and you are never required to send identity papers.",
)


@pytest.mark.parametrize("sentence", UNREASONABLE)
def test_an_unreasonable_condition_is_found(sentence: str) -> None:
    assert UNREASONABLE[sentence] in {d.key for d in demands(sentence) if not d.weak}


@pytest.mark.parametrize("sentence", FAIR)
def test_a_fair_sentence_is_left_alone(sentence: str) -> None:
    assert demands(sentence) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("提交后有15日冷静期。", (15, "cooling")),
        ("冷静期为二十天，期满自动注销。", (20, "cooling")),
        ("须经30个工作日人工审核。", (30, "review")),
        ("There is a 30-day grace period.", (30, "cooling")),
        ("我们会在审核时间内（15个工作日）办理。", None),
        ("版本：2026年第1版，生效日期：2026年04月10日", None),
    ],
)
def test_waits_are_read(text: str, wanted: tuple[int, str] | None) -> None:
    found = waits(text)
    assert [(w.days, w.kind) for w in found if w.days != 15 or wanted] == ([wanted] if wanted else [])


# -- predicates ------------------------------------------------------------------------------------------------------------------

ENTRY = RightEntry(
    "deregister", "注销账号", 2, ("账号与安全", "注销账号"), "u", "u/close", Seen("s", 0, -1, "a", Box(0, 0, 90, 20))
)
SEEN = AccountSeen(
    "spare",
    "s",
    (policy("x" * 300),),
    ("首页", "账户首页"),
    60,
    (AccountPage((), 0, "u", "我的", "s", ("账号与安全",)),),
    (ENTRY,),
    complete=True,
)


@pytest.fixture(scope="module")
def norm(tmp_path_factory: pytest.TempPathFactory) -> Predicates:
    return Predicates(load(), Album(tmp_path_factory.mktemp("album")), "zh-CN")


def test_an_entry_counts_its_clicks(norm: Predicates) -> None:
    assert norm.right_entry(SEEN, "deregister")[0].held
    assert norm.right_entry(replace(SEEN, entries=(replace(ENTRY, clicks=7),)), "deregister")[0].broken


def test_a_missing_entry_needs_everything_read(norm: Predicates) -> None:
    assert norm.right_entry(replace(SEEN, entries=()), "deregister")[0].broken
    assert norm.right_entry(replace(SEEN, entries=(), complete=False), "deregister")[0].unknown
    walled = AccountPage(("设置",), 1, "u", "", "", wall="server-error: HTTP 500")
    assert norm.right_entry(replace(SEEN, entries=(), pages=(*SEEN.pages, walled)), "deregister")[0].unknown
    assert norm.right_entry(replace(SEEN, entries=(replace(ENTRY, partial=True),)), "deregister")[0].unknown
    assert norm.right_entry(replace(SEEN, account="", entries=()), "deregister")[0].unknown


def test_nothing_explains_it_only_where_enough_was_read(norm: Predicates) -> None:
    assert norm.right_explained(SEEN, "query", []).broken
    walled = Document("agreement_privacy", "隐私政策", "u", "", "", wall="not-found")
    assert norm.right_explained(replace(SEEN, documents=(walled,)), "query", []).unknown
    assert norm.right_explained(replace(SEEN, documents=()), "query", []).broken
    assert norm.right_explained(replace(SEEN, documents=(), links_read=3), "query", []).unknown


def test_a_path_that_the_account_lacks_is_untrue(norm: Predicates) -> None:
    path = StatedPath("deregister", ("账号与安全", "注销账号"), "隐私政策", "u", "", exists=False, missing="注销账号")
    assert norm.path_true(path).broken
    assert norm.path_true(replace(path, app=True)).unknown
    assert norm.path_true(replace(path, exists=None)).unknown


# -- ways through the account ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "rights"),
    [
        ("个人资料", ["query", "correct"]),
        ("查詢與更正", ["query", "correct"]),
        ("删除个人信息", ["delete"]),
        ("注销账号", ["deregister"]),
        ("去注销", ["deregister"]),
        ("Close account", ["deregister"]),
        ("退出登录", []),
        ("查询", []),
        ("删除", []),
        ("修改密码", []),
    ],
)
def test_a_control_offers_the_rights_that_it_names(label: str, rights: list[str]) -> None:
    assert rights_of(label) == rights


def test_the_nearest_label_is_meant() -> None:
    assert best_label(["设置", "隐私设置", "个人资料"], "隐私设置") == "隐私设置"
    assert best_label(["我的订单", "关闭账户"], "注销账号") == "关闭账户"
    assert best_label(["我的订单"], "隐私设置") is None
    assert (
        best_label(["我的足迹", "我的资料（查看、更正、导出与删除）"], "我的资料")
        == "我的资料（查看、更正、导出与删除）"
    )
    assert best_label(["我的订单（全部）"], "我的资料") is None
    row = "帳戶與安全 密碼、手機、註銷帳戶 ›"
    assert best_label(["個人資料 查詢、更正 ›", row], "帳戶與安全") == row


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("帳戶與安全 密碼、手機、註銷帳戶 ›", "帳戶與安全"),
        ("账号与安全\n密码、注销", "账号与安全"),
        ("注销账号 条件、步骤 ›", "注销账号"),
        ("账号与安全", "账号与安全"),
        ("Account settings", "Account settings"),
    ],
)
def test_a_row_of_a_menu_is_called_by_its_first_words(label: str, head: str) -> None:
    assert head_of(label) == head
    assert bool(promise_of(label)) == ("注销" not in head)


def test_pages_told_apart_by_a_short_number_are_two() -> None:
    assert family("http://s/member?m=1") != family("http://s/member?m=2")
    assert family("http://s/orders/20240001") == family("http://s/orders/20240002")


# -- logging in ------------------------------------------------------------------------------------------------------------------

SEND = "fetch('/ok').then(r=>r.text()).then(t=>{ if(u.value=='lilei'&&p.value=='korrekt-99') location='/in'; else m.textContent='账号或密码不正确' })"
LOGINS = {
    "tabs and a tick box": f"""<span style="cursor:pointer" onclick="b.style.display='';a.style.display='none'">密码登录</span><div id=a><input placeholder=手机号><input placeholder=验证码><div style="cursor:pointer">登录</div></div>
        <div id=b style="display:none"><input id=u placeholder=手机号><input id=p type=password><label><input type=checkbox id=ag>我已阅读并同意<a href=/terms>《用户协议》</a></label><div style="cursor:pointer" onclick="if(!ag.checked)m.textContent='请先阅读并同意用户协议';else {SEND}">登录</div></div><div id=m></div>""",
    "beside a registration": f"""<form action=/register method=post><h2>注册</h2><input name=e placeholder=邮箱><input type=password name=a placeholder=密码><input type=password placeholder=确认密码><button>立即注册</button></form>
        <form onsubmit="event.preventDefault();{SEND}"><h2>登录</h2><input id=u placeholder=账号><input id=p type=password><button>登录</button></form><div id=m></div>""",
    "soup that asks for consent": f"""<div class=box><input id=u placeholder=用户名><input id=p type=password><div><i class=check style="display:inline-block;width:14px;height:14px;border:1px solid" onclick="this.classList.toggle('on')"></i>登录即同意<a href=/terms>《协议》</a></div><div style="cursor:pointer" onclick="if(!document.querySelector('.on'))m.textContent='请勾选并同意协议';else {SEND}">立即登录</div></div><div id=m></div>""",
}  # fmt: skip


def attempt(browser: Browser, playwright: Playwright, site: Site, folder: Path, password: str) -> Attempt:
    targets = folder / "targets.yaml"
    targets.write_text(f'targets: {{m: {{url: "{site.url()}", mode: exercise, otp: "135790", accounts: {{spare: {{username: lilei, password: {password}}}}}}}}}', "utf-8")  # fmt: skip
    target = resolve("m", str(targets))
    redactor = Redactor(sorted(target.secrets()))
    run = Run(
        target, folder, Journal(folder / "journal.jsonl", redactor.text), redactor, Pace(0, folder / ".pace"), Pages
    )
    return Attempt(run, make_device("desktop", playwright, browser.version), "x", 1, lambda: browser)


@pytest.mark.parametrize("name", LOGINS)
@pytest.mark.parametrize("password", ["korrekt-99", "falsch-99"])
def test_signs_in_or_says_why_not(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path, name: str, password: str
) -> None:
    site["/"] = page("<a href=/login>请登录</a>")
    site["/login"] = page(f"<h1>账号登录</h1>{LOGINS[name]}", "登录")
    site["/in"] = page("<h1>我的</h1><button>退出登录</button>")
    made = attempt(chromium, playwright, site, tmp_path, password)
    login = Login(made.consumer(), made)
    if password == "korrekt-99":
        login.sign_in("spare")
        assert login.consumer.page.url.endswith("/in")
    else:
        with pytest.raises(Wall, match="login refused: the page says '账号或密码不正确'") as refused:
            login.sign_in("spare")
        assert refused.value.name is WallName.LOGIN
        assert (
            login.consumer.page.evaluate(
                "[...document.querySelectorAll('input[type=password]')].map(e => e.value).join('')"
            )
            == ""
        )
    assert password not in (tmp_path / "journal.jsonl").read_text("utf-8")
    assert not site.got("/register")
    made.close()


# -- leaving ---------------------------------------------------------------------------------------------------------------------


def walked(browser: Browser, playwright: Playwright, site: Site, folder: Path) -> Deregistration:
    made = attempt(browser, playwright, site, folder, "korrekt-99")
    entry = replace(ENTRY, href=site.url("/account/close"), url=site.url("/account"))
    seen = Deregister(made.consumer(), made).walk("spare", entry)
    made.close()
    return seen


def test_a_way_out_is_walked_up_to_the_last_click(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    site["/account/close"] = page(
        "<main><h1>注销账号</h1><p>注销后不可恢复。</p><a href=/account/close/verify>申请注销</a> <a href=/account>返回</a></main>"
    )
    site["/account/close/verify"] = page(
        "<main><h1>身份核验</h1><form action=/account/close/sure method=post><label>登录密码<input type=password name=p></label><button>下一步</button></form></main>"
    )
    site["/account/close/sure"] = page(
        "<main><h1>最后确认</h1><form action=/account/close/confirm method=post><button>确认注销</button> <a href=/account>取消</a></form></main>"
    )
    seen = walked(chromium, playwright, site, tmp_path)
    assert (seen.ended, seen.verified, [s.clicked for s in seen.steps]) == (
        "last_click",
        True,
        ["申请注销", "下一步", ""],
    ), seen.why
    assert not site.got("/account/close/confirm")


def test_a_button_that_ends_at_once_is_stopped(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    site["/account/close"] = page(
        "<main><h1>注销账号</h1><p>提交后账号将被注销。</p><button onclick=\"fetch('/api/account/delete', {method: 'POST'})\">申请注销</button></main>"
    )
    seen = walked(chromium, playwright, site, tmp_path)
    assert seen.ended == "last_click"
    assert not site.got("/api/account/delete")


def test_what_a_way_out_demands_is_seen(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path, norm: Predicates
) -> None:
    questions = "".join(
        f"<fieldset><legend>{n}. 您对服务{n}满意吗？（必填）</legend><label><input type=radio name=q{n} required>是</label><label><input type=radio name=q{n}>否</label></fieldset>"
        for n in range(5)
    )
    site["/account/close"] = page(
        f"<main><h1>注销账号</h1><form method=post action=/account/close/next><label>手持身份证照片<input type=file name=f required></label>{questions}<label>登录密码<input type=password></label><button>下一步</button></form></main>"
    )
    seen = walked(chromium, playwright, site, tmp_path)
    assert seen.ended == "demands"
    assert sorted(f.purpose for f in seen.steps[0].fields) == ["document", "password", *["question"] * 5]
    assert [j.state for _, j in norm.asked_fairly(seen.steps[0])] == ["broken", "broken"]


def test_a_large_button_that_says_it_goes_on_and_leads_out_misleads(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    style = "style='display:inline-block;background:#c00;color:#fff;padding:14px 60px;font-size:18px'"
    site["/account/close"] = page(
        f"<main><h1>注销账号</h1><p>不可恢复。</p><a {style} href=/account>继续</a><p><button style='border:0;background:none;color:#ccc;font-size:11px'>确认注销</button></p></main>"
    )
    seen = walked(chromium, playwright, site, tmp_path)
    judged = Predicates(load(), Album(tmp_path), "zh-CN").buttons_fair(seen.steps[0])
    assert [j.state for _, j in judged] == ["broken"]
    fair = style.replace("#c00", "#eee").replace("60px", "10px")
    site["/account/close"] = Answer(
        page(
            f"<main><h1>注销账号</h1><p>不可恢复。</p><button {style}>确认注销</button> <a {fair} href=/account>取消</a></main>"
        )
    )
    seen = walked(chromium, playwright, site, tmp_path)
    assert Predicates(load(), Album(tmp_path), "zh-CN").buttons_fair(seen.steps[0]) == []
