"""A person signs in by hand, the session is kept encrypted, later runs go on in it, and nothing of it reaches a bundle."""

from __future__ import annotations

import gzip
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from gongping import kept_sessions, login
from gongping.consumer.devices import Device
from gongping.consumer.devices import device as make_device
from gongping.consumer.experiments import Stopped
from gongping.consumer.walls import Wall, WallName
from gongping.evidence.redact import Redactor
from gongping.kept_sessions import KEY, Session, SessionError
from gongping.market.server import Market
from gongping.norm import load
from gongping.pages.journeys.account import AccountJourney
from gongping.pages.login import Login
from gongping.session import Audit, Browsers, now, pages_of, store
from gongping.targets import Target, resolve
from selftests.conftest import Site, journal, page, run_pytest
from selftests.test_records import everything_in
from selftests.test_redact import FORMS

TOKEN = "eyJhbGciOi.Zm9vYmFy+c2Vzc2lvbg/0123456789=="
HOME = page(
    "<script>document.write(document.cookie.includes('sid=') ? '<button>退出登录</button>' : '<a href=/login>请登录</a>');"
    "document.write(`<p>${document.cookie} ${encodeURIComponent(document.cookie)} ${btoa(document.cookie)}</p>`)</script>"
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory of the test's own; no key in the environment."""
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "gongping"


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    with Market.start() as started:
        yield started


@pytest.fixture
def desktop(chromium: Browser, playwright: Playwright) -> Device:
    return make_device("desktop", playwright, chromium.version)


def declared(folder: Path, url: str, accounts: str = "shopper: {session: true}", name: str = "shop") -> Target:
    file = folder / "targets.yaml"
    entry = f"    url: {url}\n    accounts:\n      {accounts}\n    queries: [手机]\n"
    file.write_text(f"targets:\n  {name}:\n{entry}", "utf-8")
    return resolve(name, file)


def session_of(target: Target, value: str = TOKEN, **more: Any) -> Session:
    host = str(target.url).split("/")[2].partition(":")[0]
    cookie = {
        "name": "sid",
        "value": value,
        "domain": host,
        "path": "/",
        "expires": -1,
        "httpOnly": False,
        "secure": False,
        "sameSite": "Lax",
    }
    kept = Session(target.name, str(target.url), "shopper", "desktop", "2026-01-02T03:04:05Z", "a control to sign out")
    return replace(kept, state={"cookies": [cookie], "origins": []}, **more)


def an_audit(target: Target, folder: Path) -> Audit:
    audit = Audit(target=target, devices=["desktop"], bundle=folder, started=now(), norm=load())
    audit.run.pages = pages_of(target)
    return audit


def texts_of(bundle: Path) -> dict[str, bytes]:
    """Everything in a bundle, unpacked; pictures aside."""
    found = everything_in(bundle)
    found |= {name: gzip.decompress(data) for name, data in found.items() if name.endswith(".gz")}
    return {name: data for name, data in found.items() if not name.endswith((".png", ".jpg"))}


# -- from the person to a later run -----------------------------------------------------------------------------------------


def test_a_later_run_goes_on_in_the_session_of_a_person(
    chromium: Browser, playwright: Playwright, desktop: Device, market: Market, tmp_path: Path, state: Path
) -> None:
    target = declared(tmp_path, market.url("byhand"))

    def person(window: login.Window) -> None:
        window.page.goto(f"{target.url}login")
        window.page.fill("[name=name]", "shopper")
        window.page.fill("[name=password]", "gongping-2026")
        window.page.get_by_role("button", name="登录").click()
        window.page.get_by_text("退出").first.wait_for()
        window.beat()

    session = login.sign_in_by_hand(chromium, desktop, target, "shopper", person)
    assert "退出" in session.sign
    file = kept_sessions.keep(session)
    cookies = [cookie["value"] for cookie in session.state["cookies"]]
    assert cookies and session.secrets.issuperset(cookies)
    for path, mode in ((file, 0o600), (state / "sessions.key", 0o600), (file.parent, 0o700), (state, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    kept = b"".join(p.read_bytes() for p in state.rglob("*") if p.is_file())
    assert not [value for value in cookies if value.encode() in kept]

    bundle = tmp_path / "bundle"
    audit = an_audit(target, bundle)
    seen = store(audit, Browsers(playwright, lambda: chromium, audit.run.journal)).get(AccountJourney(), "desktop", 1)
    assert not isinstance(seen, Stopped) and seen.pages and not seen.stopped, seen
    told = journal(bundle, "fill", "signed-in", "kept-session")
    assert {line["event"] for line in told} == {"kept-session", "signed-in"}, "no login form is filled"
    assert [line["account"] for line in told if line["event"] == "signed-in"] == ["shopper"]
    texts = texts_of(bundle)
    assert any(name.endswith(".har") for name in texts) and any(name.endswith(".mhtml") for name in texts)
    for value in cookies:
        written = {value.encode(), *(form(value) for form in FORMS.values())}
        assert not [name for name, data in texts.items() if any(w in data for w in written)]


def test_an_expired_session_is_cant_tell_with_the_remedy(market: Market, tmp_path: Path, state: Path) -> None:
    target = declared(tmp_path, market.url("expired"))
    kept_sessions.keep(session_of(target, "nobody-knows-this-session-4711"))
    ran = run_pytest(
        tmp_path,
        *("--pyargs", "gongping.tests", "--target=shop", "--article=52", "--devices=desktop", "-q"),
        timeout=300,
        XDG_STATE_HOME=str(state.parent),
    )
    assert ran.status == 0, ran.out
    told = {v["duty"]: v for v in ran.verdicts["verdicts"] if v["article"] == 52 and v["device"] == "desktop"}
    assert "failed" not in {v["outcome"] for v in told.values()}, told
    assert told["52.1"]["outcome"] == "cantTell"
    assert "run gongping login shop --account shopper again" in json.dumps(ran.verdicts, ensure_ascii=False)
    assert not journal(ran.bundle, "fill")


@pytest.mark.parametrize("begins_in_it", [True, False])
@pytest.mark.parametrize("lives", [True, False])
def test_a_session_is_taken_at_any_time_or_refused_in_words(
    lives: bool, begins_in_it: bool, chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    site["/"] = HOME if lives else page("<a href=/login>请登录</a>")
    target = declared(tmp_path, site.url(), "shopper: {username: me, password: hunter2-hunter2}")
    kept_sessions.keep(session_of(target))
    audit = an_audit(target, tmp_path / "bundle")
    experiments = store(audit, Browsers(playwright, lambda: chromium, audit.run.journal))
    assert experiments._begin is not None
    attempt = experiments._begin("desktop", "x", 1)
    consumer = attempt.consumer(account="shopper" if begins_in_it else "")
    consumer.visit(str(target.url), "home")
    try:
        if lives:
            Login(consumer, attempt).sign_in("shopper")
            consumer.keep_page("home")
            consumer.look("home")
            assert consumer.context.cookies()[0]["value"] == TOKEN
        else:
            with pytest.raises(
                Wall, match=r"no longer takes the session: it offers '请登录'; .*run gongping login"
            ) as met:
                Login(consumer, attempt).sign_in("shopper")
            assert met.value.name is WallName.LOGIN
    finally:
        attempt.close()
    assert not journal(tmp_path / "bundle", "fill")
    texts = texts_of(tmp_path / "bundle")
    written = {TOKEN.encode(), *(form(TOKEN) for form in FORMS.values())}
    assert not [name for name, data in texts.items() if any(w in data for w in written)]
    assert any(b"sid=[redacted]" in data for data in texts.values()) is lives, "the page prints it"


def test_a_wall_before_everything_names_the_remedy_too(
    chromium: Browser, playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    site["/"] = (
        "<title>登录</title><h1>登录</h1><form>账号<input name=u>密码<input type=password><button>登录</button></form>"
    )
    target = declared(tmp_path, site.url())
    kept_sessions.keep(session_of(target))
    audit = an_audit(target, tmp_path / "bundle")
    seen = store(audit, Browsers(playwright, lambda: chromium, audit.run.journal)).get(AccountJourney(), "desktop", 1)
    assert isinstance(seen, Stopped) and seen.wall == "login"
    assert "run gongping login shop --account shopper again" in seen.detail


# -- the person ---------------------------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_asked_once_more(
    chromium: Browser, desktop: Device, site: Site, tmp_path: Path
) -> None:
    site["/"] = HOME
    target, said, rounds = declared(tmp_path, site.url()), [], []

    def person(window: login.Window) -> None:
        rounds.append(window.page.url)
        if len(rounds) == 2:
            window.page.evaluate(f"document.cookie = 'sid={TOKEN}; path=/'; localStorage.t = 'x'")

    session = login.sign_in_by_hand(chromium, desktop, target, "shopper", person, said.append)
    assert len(rounds) == 2 and "Nothing shows yet that shopper is signed in" in said[0]
    assert session.sign and session.state["origins"][0]["localStorage"] == [{"name": "t", "value": "x"}]


def test_a_window_that_is_closed_keeps_who_is_signed_in_and_nobody_else(
    chromium: Browser, desktop: Device, site: Site, tmp_path: Path
) -> None:
    site["/"] = HOME
    target = declared(tmp_path, site.url())

    def closes(window: login.Window) -> None:
        window.page.evaluate(f"document.cookie = 'sid={TOKEN}; path=/'")
        window.beat()
        window.page.close()
        window.beat()

    assert login.sign_in_by_hand(chromium, desktop, target, "shopper", closes).sign
    with pytest.raises(login.NotSignedIn, match="nothing was kept"):
        login.sign_in_by_hand(chromium, desktop, target, "shopper", lambda window: window.page.close())


def test_a_browser_that_is_quit_leaves_its_cookies(
    playwright: Playwright, chromium: Browser, desktop: Device, site: Site
) -> None:
    site["/"] = HOME
    browser = chromium.browser_type.launch(**login.find().launch_arguments())
    window = login.Window(browser.new_context(**desktop.context))
    window.page.goto(site.url())
    window.page.evaluate(f"document.cookie = 'sid={TOKEN}; path=/'")
    window.beat()
    browser.close()
    window.beat()
    assert window.closed
    assert [cookie["value"] for cookie in window.storage()["cookies"]] == [TOKEN]
    window.close()


def test_the_command_keeps_what_the_terminal_confirms(site: Site, tmp_path: Path, state: Path) -> None:
    site["/"] = page(f"<script>document.cookie = 'sid={TOKEN}; path=/'</script><button>退出登录</button>")
    target = declared(tmp_path, site.url())

    def run(*more: str, typed: str = "\n") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gongping", "login", "shop", "--headless", *more]
        env = {**os.environ, "XDG_STATE_HOME": str(state.parent)}
        return subprocess.run(
            command, cwd=tmp_path, env=env, input=typed, capture_output=True, text=True, timeout=120, check=False
        )

    done = run()
    assert done.returncode == 0, done.stderr
    assert "sign in as shopper there" in done.stdout and "seen as signed in by a control to sign out" in done.stdout
    [kept] = kept_sessions.of(target)
    assert [cookie["value"] for cookie in kept.state["cookies"]] == [TOKEN] and TOKEN not in done.stdout
    wrong = run("--device", "dektop")
    assert (wrong.returncode, wrong.stderr) == (2, 'unknown device "dektop": did you mean "desktop"?\n')


# -- what a platform keeps beside cookies ------------------------------------------------------------------------------------

IN_TAB, IN_BASE = "tab-s3cret+4711/abc", "base-s3cret~0815.xyz"
KEEPS = page(
    """<p id=says></p><script>
const keep = (store) => new Promise((done) => {
  const asked = indexedDB.open('signInDb', 1);
  asked.onupgradeneeded = () => { asked.result.createObjectStore('users', {keyPath: 'key'}); asked.result.createObjectStore('cache', {autoIncrement: true}); };
  asked.onsuccess = () => {
    const act = asked.result.transaction(['users', 'cache'], 'readwrite');
    const got = store ? store(act) : act.objectStore('users').get('me');
    act.oncomplete = () => { asked.result.close(); done(got && got.result); };
  };
});
const says = async () => {
  const user = await keep(), tab = sessionStorage.accessToken;
  document.querySelector('#says').innerHTML = `${user && tab ? '<button>退出登录</button>' : '<a href=/login>请登录</a>'} ${tab} ${user && user.stsTokenManager.accessToken} ${history.length}`;
};
says();
</script>"""
)
SIGN_IN = f"""async () => {{
  sessionStorage.accessToken = '{IN_TAB}'; sessionStorage.theme = 'dark';
  await keep((act) => {{
    act.objectStore('users').put({{key: 'me', at: new Date(), stsTokenManager: {{accessToken: '{IN_BASE}'}}}});
    act.objectStore('cache').put('x'.repeat(70000));
  }});
}}"""


def test_tokens_of_the_tab_and_of_indexed_db_go_on_and_reach_no_bundle(
    chromium: Browser, playwright: Playwright, desktop: Device, site: Site, tmp_path: Path, state: Path
) -> None:
    site["/"] = KEEPS
    target, said = declared(tmp_path, site.url()), []

    def person(window: login.Window) -> None:
        window.page.evaluate(SIGN_IN)
        window.beat()
        window.page.close()  # which ends the tab and what it kept

    session = login.sign_in_by_hand(chromium, desktop, target, "shopper", person, said.append)
    assert "退出登录" in session.sign
    assert said == ["too large for a session, left out of what is kept of IndexedDB: signInDb/cache"]
    assert session.session_storage == {site.url()[:-1]: {"accessToken": IN_TAB, "theme": "dark"}}
    assert {IN_TAB, IN_BASE} <= session.secrets and "dark" not in session.secrets and IN_TAB not in repr(session)
    kept_sessions.keep(session)
    assert not [p for p in state.rglob("*") if p.is_file() and (IN_TAB.encode() in p.read_bytes())]

    audit = an_audit(target, tmp_path / "bundle")
    begin = store(audit, Browsers(playwright, lambda: chromium, audit.run.journal))._begin
    assert begin is not None
    for number, begins_in_it in ((1, True), (2, False)):  # the second is traced
        attempt = begin("desktop", "x", number)
        consumer = attempt.consumer(account="shopper" if begins_in_it else "")
        consumer.visit(str(target.url), "home")
        if not begins_in_it:
            consumer.page.evaluate("() => { sessionStorage.cart = 'of a stranger' }")
        Login(consumer, attempt).sign_in("shopper")
        assert consumer.page.inner_text("#says") == f"退出登录 {IN_TAB} {IN_BASE} 2"
        assert consumer.page.evaluate("Object.keys(sessionStorage).sort()") == ["accessToken", "theme"]
        consumer.look("home", pictures="none")
        consumer.keep_page("home")
        # signed out is signed out: nothing is filled in again
        consumer.page.evaluate("() => { sessionStorage.clear(); }")
        consumer.visit(site.url("/?again"), "home")
        assert "请登录 undefined" in consumer.page.inner_text("#says")
        consumer._dead = True  # but another tab begins in the session as the first did
        consumer.visit(site.url(), "home")
        assert IN_TAB in consumer.page.inner_text("#says")
        attempt.close()
    assert not [asked.path for asked in site.asked if "gongping" in asked.path], "no server hears of it"
    assert not journal(tmp_path / "bundle", "session-storage-not-restored")
    pages = [line["url"] for line in journal(tmp_path / "bundle", "navigation")]
    assert pages and not [url for url in pages if "gongping" in url]
    texts = texts_of(tmp_path / "bundle")
    assert any(name.endswith("trace.trace") for name in texts)
    for secret in (IN_TAB, IN_BASE):
        written = {secret.encode(), *(form(secret) for form in FORMS.values())}
        assert not [name for name, data in texts.items() if any(w in data for w in written)]


def test_a_session_of_an_earlier_version_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = declared(tmp_path, "https://shop.example/")
    fields = {k: v for k, v in vars(session_of(target)).items() if k != "session_storage"}
    monkeypatch.setattr(kept_sessions, "asdict", lambda _: fields)
    kept_sessions.keep(session_of(target))
    assert kept_sessions.of(target)[0].session_storage == {}


# -- keeping ------------------------------------------------------------------------------------------------------------------


def test_what_is_kept_is_listed_found_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    target = declared(tmp_path, "https://shop.example/", '{"me@x": {session: true}, shopper: {session: true}}'[1:-1].replace(", shopper", "\n      shopper"))  # fmt: skip
    mine = session_of(target)
    for kept in (mine, replace(mine, account="me@x", device="Pixel 7"), replace(mine, account="undeclared")):
        kept_sessions.keep(kept)
    found = kept_sessions.of(target)
    assert {(s.account, s.device) for s in found} == {("shopper", "desktop"), ("me@x", "Pixel 7")}
    assert mine in found and TOKEN not in repr(found)
    assert kept_sessions.of(declared(tmp_path, "https://other.example/")) == (), "another platform of the same name"
    assert login.main(["--list"]) == 0
    out = capsys.readouterr().out
    assert "shop: me@x, Pixel 7, shop.example, kept 20" in out and out.count("\n") == 3 and TOKEN not in out
    assert login.main(["--forget", "shop", "--account", "shopper"]) == 0
    assert login.main(["--forget", "shop"]) == 0
    assert login.main(["--forget", "shop"]) == 1
    assert "no session is kept for target" in capsys.readouterr().err
    assert login.main(["--list"]) == 0 and "no session is kept in" in capsys.readouterr().out


def test_a_key_of_the_environment_is_used_and_missed(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = declared(tmp_path, "https://shop.example/")
    monkeypatch.setenv(KEY, kept_sessions.new_key())
    kept_sessions.keep(session_of(target))
    assert kept_sessions.of(target) and not (state / "sessions.key").exists()
    monkeypatch.delenv(KEY)
    with pytest.raises(
        SessionError, match=r"sessions\.key: the key of the kept sessions is not there \(set GONGPING_KEY"
    ):
        kept_sessions.of(target)
    monkeypatch.setenv(KEY, kept_sessions.new_key())
    with pytest.raises(SessionError, match=r"\.session: this session was kept with another key.*--forget shop\)"):
        kept_sessions.of(target)
    monkeypatch.setenv(KEY, "short")
    with pytest.raises(SessionError, match=r"^GONGPING_KEY is no key \(gongping login --new-key"):
        kept_sessions.of(target)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path, state: Path) -> None:
    target = declared(tmp_path, "https://shop.example/")
    kept_sessions.keep(session_of(target))
    (state / "sessions.key").chmod(0o644)
    with pytest.raises(SessionError, match=r"others can read the key.*\(chmod 600 "):
        kept_sessions.of(target)


def test_a_session_that_cannot_be_read_stops_a_run_before_a_browser_starts(
    tmp_path: Path, state: Path, site: Site
) -> None:
    target = declared(tmp_path, site.url())
    kept_sessions.keep(session_of(target))
    (state / "sessions.key").unlink()
    ran = run_pytest(
        tmp_path, "--pyargs", "gongping.tests", "--target=shop", "--duty=52.1", "-q", XDG_STATE_HOME=str(state.parent)
    )
    assert ran.status == 4 and "the key of the kept sessions is not there" in ran.out, ran.out
    assert "Traceback" not in ran.out and not site.asked


@pytest.mark.parametrize(
    ("value", "name", "secrets"),
    [
        ("zh-CN", "lang", []),
        ("1767225600000", "seen_at", []),
        ("short", "sid", []),
        ("main-page", "from", []),
        (TOKEN, "anything", [TOKEN]),
        ("%E6%89%8B%E6%9C%BA-a1b2c3d4", "q", ["%E6%89%8B%E6%9C%BA-a1b2c3d4", "手机-a1b2c3d4"]),
        (json.dumps({"accessToken": "0a1b2c3d4e5f", "city": "chongqing", "n": {"id": 7}}), "user", ["0a1b2c3d4e5f"]),
    ],
)
def test_what_of_a_cookie_is_a_secret(value: str, name: str, secrets: list[str], tmp_path: Path) -> None:
    session = session_of(declared(tmp_path, "https://shop.example/"))
    session.state["cookies"] = [{"name": name, "value": value}]
    assert session.secrets == set(secrets)


def test_local_storage_gives_its_tokens_and_keeps_its_settings(tmp_path: Path) -> None:
    session = session_of(declared(tmp_path, "https://shop.example/"))
    items = {"theme": "dark-and-calm", "auth": "0a1b2c3d4e", "history": '["https://shop.example/goods/1", "手机壳 透明 防摔"]', "cache": TOKEN, "long.token": "a1" * 300}  # fmt: skip
    session.state["cookies"] = []
    session.state["origins"] = [{"origin": "x", "localStorage": [{"name": k, "value": v} for k, v in items.items()]}]
    assert session.secrets == {"0a1b2c3d4e", TOKEN, "a1" * 100}
    assert Redactor([], session.secrets).text(f"x {items['long.token']} {TOKEN} dark-and-calm").count("[redacted]") == 4


# -- bad input ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accounts", "argv", "said"),
    [
        ("shopper: {session: true}", ["shop", "--account", "spare"], 'targets.yaml:4: target "shop" has no account "spare", it has shopper (accounts: {spare: {session: true}})'),
        ("{a: {session: true}, b: {session: true}}", ["shop"], 'targets.yaml:4: target "shop" has the accounts a, b (say which: gongping login shop --account a)'),
        ("{}", ["shop"], 'targets.yaml:4: target "shop" declares no account (accounts: {shopper: {session: true}})'),
        ("{}", ["https://shop.example"], 'target "shop.example" declares no account (gongping init https://shop.example/ --write'),
        ("{}", ["market"], 'target "market" is started anew for each run'),
        ("{}", ["shopp"], 'targets.yaml: unknown target "shopp", known are market, shop (did you mean "shop"?)'),
        ("{a: {session: false}}", ["shop"], "targets.yaml:4: shop.accounts.a.username: is missing (needs username and password, or session: true"),
        ("{a: {username: env:U}}", ["shop"], "targets.yaml:4: shop.accounts.a.password: is missing"),
        ("{a: {sesion: true}}", ["shop"], 'targets.yaml:4: unknown key "sesion" (did you mean "session"?)'),
        ("{a: {session: true}}", ["shop"], "no display here (DISPLAY and WAYLAND_DISPLAY are not set)"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_with_file_line_and_remedy(
    accounts: str,
    argv: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    written = f"accounts: {accounts}" if accounts.startswith("{") else f"accounts:\n      {accounts}"
    (tmp_path / "targets.yaml").write_text(
        f"targets:\n  shop:\n    url: https://shop.example\n    {written}\n", "utf-8"
    )
    assert login.main(argv) == 2
    assert capsys.readouterr().err.startswith(said)


def test_a_password_that_only_a_session_has_is_asked_for_in_words(tmp_path: Path) -> None:
    target = declared(tmp_path, "https://shop.example/")
    with pytest.raises(
        Exception, match=r"targets.yaml:5: account .shopper. of target .shop. has no username and password"
    ):
        target.account("shopper")
    assert target.secrets() == frozenset()


def test_the_command_tells_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        login.main([])
    assert ended.value.code == 2 and "say a TARGET, --list, --forget TARGET or --new-key" in capsys.readouterr().err
    assert login.main(["--new-key"]) == 0 and len(capsys.readouterr().out) == 45
