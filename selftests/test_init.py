"""A first walk over a platform that nobody has described: what is found is told, what stands in the way too, and the entry loads."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from gongping import init, proposal
from gongping.browser import launch_arguments
from gongping.evidence import manifest
from gongping.market.server import Market
from gongping.observations.explore import ExploreSeen, PlaceFound
from gongping.pages import Pages
from gongping.pages.home import Home
from gongping.pages.words_of_home import goods_words, language_of
from gongping.session import Browsers
from gongping.sight.model import Sight
from gongping.targets import TargetError, load
from selftests.conftest import Answer, Site, journal, page, started

Explore = Callable[..., init.Explored]


@pytest.fixture
def explore(playwright: Playwright, chromium: Browser, tmp_path: Path) -> Explore:
    """Walks over an address with a browser of its own (Playwright's own loop runs already, so not by the command)."""

    def walk(url: str, *, tell: Callable[[str], None] = lambda _: None, **more: float) -> init.Explored:
        target = init.target_of(url, "shop", more.get("minutes", 5), int(more.get("navigations", 60)))
        budget = target.budget.model_copy(update={"wall_seconds": more.get("wall_seconds", 30)})
        target = target.model_copy(update={"budget": budget})
        launch = lambda: chromium.browser_type.launch(**launch_arguments())  # noqa: E731
        folder = tmp_path / "bundle"
        return init.explore(target, "desktop", folder, lambda notes: Browsers(playwright, launch, notes), tell)

    return walk


def loaded(folder: Path) -> object:
    """The proposed entry, as a run would read it."""
    return load(folder / "entry.yaml").by_name["shop"]


def test_the_market_is_found_place_by_place(explore: Explore) -> None:
    told: list[str] = []
    with Market.start() as market:
        done = explore(market.url("walk"), tell=told.append)
    seen, folder = done.seen, done.bundle
    assert not done.errors
    reached = {p.place for p in seen.places if p.reached}
    assert reached >= {"home", "search", "sort", "pages", "product", "cart", "login", "register"}
    assert reached >= {"document:licence_mark", "document:agreement_user", "document:agreement_privacy"}
    checkout = seen.place("checkout")
    assert checkout and (checkout.reached, checkout.wall) == (False, "login")
    assert seen.language == "zh-CN" and "手机" in seen.queries and seen.queries_why.startswith("found on home")
    assert (seen.operator, len(seen.operator_code)) == ("重庆山城集市电子商务有限公司", 18)
    login = seen.place("login")
    assert login and login.score and login.shot and login.shot.box and login.tried
    target = load(folder / "entry.yaml").by_name["shop"]
    assert target.mode == "observe" and target.must_reach == ("search", "product", "cart") and not target.accounts
    assert target.queries == seen.queries
    for asked in ("facts.platform_model", "accounts", "must_reach", "pace_seconds", "facts.operator"):
        assert f"-> {asked}\n" in done.entry, asked
    fields = {line["field"] for line in journal(folder, "fill")}
    assert len(fields) == 1 and "搜索" in fields.pop(), "nothing is filled in but the search"
    html = (folder / "init.html").read_text("utf-8")
    assert (
        html.count("<img src=") >= 14 and "加入购物车" in html and "Does the platform sell its own goods only" in html
    )
    written = json.loads((folder / "init.json").read_text("utf-8"))
    assert [p["place"] for p in written["places"]] == [p.place for p in seen.places] and len(told) == len(seen.places)
    assert (folder / "pictures" / "product.jpg").stat().st_size > 2000
    assert manifest.verify(folder) == []


CAPTCHA = "<title>安全验证</title><h1>请完成安全验证</h1><p>拖动滑块完成拼图</p>"
LOGIN = "<title>登录</title><h1>登录</h1><form>账号<input name=u>密码<input type=password><button>登录</button></form>"


@pytest.mark.parametrize(
    ("answer", "wall"),
    [
        (Answer("<h1>no</h1>", 403), "blocked"),
        (Answer("<h1>gone</h1>", 404), "not-found"),
        (Answer("<h1>oh</h1>", 500), "server-error"),
        (Answer(CAPTCHA), "captcha"),
        (Answer(LOGIN), "login"),
        (Answer(""), "blank"),
        (Answer("late", later=20), "time-out"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wall_at_home_is_told_and_the_entry_loads(answer: Answer, wall: str, explore: Explore, site: Site) -> None:
    site.pages["/"] = answer
    done = explore(site.url(), wall_seconds=2)
    assert done.home and (done.home.reached, done.home.wall) == (False, wall) and len(done.seen.places) == 1
    assert done.home.detail in (done.bundle / "init.html").read_text("utf-8") or wall == "captcha"
    assert f"# home: not reached, {wall}: " in done.entry
    assert loaded(done.bundle)


def test_an_address_that_does_not_answer_is_told(explore: Explore, site: Site) -> None:
    url = site.url()
    site.close()
    done = explore(url)
    assert done.home and done.home.wall == "unreachable" and not done.errors


def test_walls_further_on_are_told_place_by_place(explore: Explore, site: Site) -> None:
    site["/"] = page("<form action=/s><input type=search name=q placeholder=搜索></form><a href=/in>登录</a>")
    site.pages["/s"] = Answer("<h1>Forbidden</h1>", 403)
    site["/in"] = CAPTCHA
    done = explore(site.url())
    walls = {p.place: p.wall for p in done.seen.places}
    assert walls["home"] == "" and walls["search"] == "blocked" and walls["login"] == "captcha"
    assert {walls[p] for p in ("sort", "pages", "product", "cart", "checkout")} == {"not-tried"}
    assert not done.errors and loaded(done.bundle)


def test_a_page_object_that_breaks_costs_its_place_only(
    explore: Explore, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breaks(Home):
        def search_fields(self, live: object) -> list[object]:  # type: ignore[override]
            raise KeyError("price")

    site["/"] = page("<h1>今日推荐</h1>")
    monkeypatch.setattr(Pages, "Home", Breaks)
    done = explore(site.url())
    search = done.seen.place("search")
    assert search and search.wall == "error" and "KeyError" in search.detail
    assert done.errors == ("search: KeyError: 'price'",) and done.seen.place("login")
    assert journal(done.bundle, "error")[0]["traceback"].startswith("Traceback")


def test_a_budget_that_is_used_up_keeps_what_was_found(explore: Explore, site: Site) -> None:
    site["/"] = page("<form action=/s><input type=search name=q placeholder=搜索></form>")
    done = explore(site.url(), navigations=1)
    assert done.home and done.home.reached and "1 navigations" in done.entry.replace("/1 navigations", "1 navigations")
    assert {p.wall for p in done.seen.places[1:]} <= {"budget", "not-tried"}


def test_ctrl_c_keeps_what_was_found(site: Site, tmp_path: Path) -> None:
    site["/"] = page("<h1>今日推荐</h1><form action=/s><input type=search name=q placeholder=搜索></form>")
    site.pages["/s"] = Answer("late", later=8)
    command = [sys.executable, "-m", "gongping", "init", site.url(), "--name", "shop", "--write"]
    child = started(command, tmp_path, PYTHONUNBUFFERED="1")
    until = time.monotonic() + 90
    while not site.got("/s") and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: the command, the driver and the browser alike
    out, _ = child.communicate(timeout=90)
    assert child.returncode == 0 and "Traceback" not in out, out
    assert "what was found so far is kept" in out
    [told] = tmp_path.glob("reports/shop/*-init/init.json")
    seen = json.loads(told.read_text("utf-8"))
    assert seen["interrupted"] is True and seen["places"][0]["reached"] is True
    assert {p["wall"] for p in seen["places"][2:]} <= {"budget", "not-tried"}
    assert load(tmp_path / "targets.yaml").by_name["shop"].url == site.url()


# -- what home says -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=en><p>" + "今日推荐手机数码" * 20, "zh-CN"),
        ("<html lang=zh-Hans><p>" + "今日推荐手机数码" * 20, "zh-CN"),
        ("<html lang=zh><p>" + "今日推薦手機數碼電腦" * 20, "zh-TW"),
        ("<html lang=en_US><p>" + "coffee and tea " * 20, "en-US"),
        ("<html><p>" + "coffee and tea " * 20, "en"),
        ("<html lang=de><p>" + "Kaffee und Tee " * 20, "de"),
        ("<html lang='x y'><p>" + "кофе и чай " * 20, ""),
        ("<html lang=ja><p>" + "珈琲と紅茶の専門店" * 20, "ja"),
    ],
)
def test_the_language_is_that_of_the_text(html: str, language: str, sight_of: Callable[[str], Sight]) -> None:
    assert language_of(sight_of(html))[0] == language


def cards(*titles: str) -> str:
    return "".join(
        f"<div class=card><a href=/g/{n}><img width=90 height=90>{t}</a><b>¥{n}9.00</b></div>"
        for n, t in enumerate(titles)
    )


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            "<nav><a href=/c/1>手机数码</a><a href=/c/2>首页</a><a href=/c/3>登录</a></nav>" + cards(*["星曜手机"] * 4, "云栖平板"),
            ["手机"],
        ),
        (
            "<nav><a href=/c/1>Coffee & Tea</a><a href=/about>About us</a><a href=/deals>Deals</a></nav>" + cards(*["Dark coffee"] * 3, *["Green tea"] * 2),
            ["Coffee", "Tea"],
        ),
        ("<nav><a href=/help>帮助中心</a><a href=/cart>购物车</a></nav><p>欢迎光临</p>", []),
    ],
)  # fmt: skip
def test_words_for_goods_are_read_on_home(html: str, found: list[str], sight_of: Callable[[str], Sight]) -> None:
    assert list(goods_words(sight_of(html)))[: len(found) or 1] == found


# -- the entry ------------------------------------------------------------------------------------------------------------------

WILD = 'a: "b" # c\n- {x: [1}\u2028\x85\x00\ud83d %TAG & *y'


def seen_with(text: str, *queries: str) -> ExploreSeen:
    found = PlaceFound("search", True, url=text, by=text, control=text, score=1.0, why=text)
    lost = PlaceFound("cart", False, url=text, wall="not-offered", detail=text)
    return ExploreSeen(
        text, (found, lost), "zh-CN", text, queries, text, operator=text, operator_code=text, robots=text
    )


@pytest.mark.parametrize("name", ["shop", "true", "8080", "no", "1.5", "2026-01-01", "例子", "a.b-c_d", "null", "0x1f"])
def test_whatever_a_platform_says_the_entry_loads(name: str, tmp_path: Path) -> None:
    said = WILD.replace("\ud83d", "")
    text = proposal.entry(name, "https://shop.example/", seen_with(said, said, "手机"), said)
    file = tmp_path / "targets.yaml"
    proposal.append(file, name, text)
    target = load(file).by_name[name]
    assert target.queries[1] == "手机" and target.must_reach == ("search",) and target.locale == "zh-CN"
    proposal.append(file, "another", proposal.entry("another", "https://b.example/", seen_with(WILD), WILD))
    assert set(load(file).by_name) == {name, "another"}


ENTRY = proposal.entry("shop", "https://shop.example/", seen_with("x", "手机"), "made")


@pytest.mark.parametrize(
    "before",
    [
        "targets:\n  a: {url: https://a.example}\n",
        "# ours\ntargets:\n  a:\n    url: https://a.example # keep this",
        "targets:\r\n  a:\r\n    url: https://a.example\r\n",
        "targets:\n    a: {url: https://a.example}\n",
        "\ufefftargets:\n  a: &base {url: https://a.example}\n  b: {<<: *base, locale: en}\n\n\n# the end\n",
    ],
)
def test_an_entry_is_appended_and_nothing_else_changes(before: str, tmp_path: Path) -> None:
    file = tmp_path / "targets.yaml"
    file.write_bytes(before.encode())
    file.chmod(0o640)
    depth = proposal.check_free(file, "shop")
    proposal.append(
        file, "shop", proposal.entry("shop", "https://shop.example/", seen_with("x", "手机"), "made", indent=depth)
    )
    after = file.read_bytes().decode()
    assert after.startswith(before) and after.count("\r\n") in (0, after.count("\n"))
    assert load(file).by_name["shop"].queries == ("手机",) and load(file).by_name["a"].url == "https://a.example/"
    assert file.stat().st_mode & 0o777 == 0o640 and os.listdir(tmp_path) == ["targets.yaml"]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("targets:\n  a: {url: https://a.example}\n  shop:\n    url: https://b.example\n", 'targets.yaml:3: has a target "shop" already (choose another name with --name, or delete that entry'),
        ("targets: {a: {url: https://a.example}}\n", "targets.yaml:1: its targets stand in braces: nothing can be appended (write them"),
        ("targets:\n  a: {urll: x}\n", 'targets.yaml:2: unknown key "urll"'),
        ("targets:\n  a: {url: https://a.example}\n...\n", "targets.yaml: the entry can't be appended: not YAML"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_take_it_is_left_as_it_is(
    before: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("targets.yaml")
    file.write_text(before, "utf-8")
    with pytest.raises(TargetError) as raised:
        proposal.append(file, "shop", ENTRY)
    assert str(raised.value).startswith(said)
    assert file.read_text("utf-8") == before and os.listdir(".") == ["targets.yaml"]


# -- bad input ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["shop.example"], "'shop.example' is no web address, and no target of targets.yaml (write it like https://shop.example/)"),
        (["ftp://shop.example"], "'ftp://shop.example' is no web address"),
        (["https://me:pw@shop.example"], "a web address must not hold a user name or password"),
        (["https://shop.example", "--name", "my shop"], 'a target\'s name is letters, digits, ".", "_" and "-", not "my shop" (--name my-shop)'),
        (["https://shop.example", "--write", "--file", "no/such/targets.yaml"], "no/such/targets.yaml: its folder is not there (mkdir -p no/such)"),
        (["https://shop.example", "--write", "--name", "taken"], 'targets.yaml:2: has a target "taken" already'),
    ],
)  # fmt: skip
def test_bad_input_is_said_before_anything_is_visited(
    argv: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("targets.yaml").write_text("targets:\n  taken: {url: https://a.example}\n", "utf-8")
    assert init.main(argv) == 2
    assert capsys.readouterr().err.startswith(said)
    assert os.listdir(".") == ["targets.yaml"]


@pytest.mark.parametrize("argv", [["--minutes", "0"], ["--navigations", "many"], []])
def test_a_wrong_option_is_a_usage_error(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        init.main(["https://shop.example", *argv] if argv else argv)
    assert ended.value.code == 2 and ("no number above nought" if argv else "required") in capsys.readouterr().err
