"""Article 40: how a list can be ordered, whether it is personal, and the option that it be not; samples that must fire and samples
that must not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Playwright, Route

from gongping.browser import launch_arguments
from gongping.consumer.budget import Budget
from gongping.consumer.consumer import Consumer
from gongping.consumer.devices import device as make_device
from gongping.consumer.guard import Effect, Guard
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.detectors import ranking
from gongping.evidence.album import Album
from gongping.evidence.redact import Redactor
from gongping.evidence.show import Evidence
from gongping.market import catalogue
from gongping.market import ranking as market_ranking
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.ads import QuerySeen, SearchSeen
from gongping.observations.documents import Document
from gongping.observations.ranking import (
    Option,
    PersonasSeen,
    Phase,
    PlaceRead,
    PolicySaid,
    RankedList,
    SortControl,
    SortsSeen,
    Switched,
)
from gongping.pages import Pages, sort_controls, sorting
from gongping.pages.option_search import Search, policy_said
from gongping.pages.personalisation import Personalisation, leads_on
from gongping.targets import Facts, resolve
from gongping.testing import Said
from gongping.tests import test_article_40_search_results as article40

LETTERS = [f"/item/{n}" for n in range(12)]


@pytest.fixture
def norm(tmp_path: Path) -> Predicates:
    return Predicates(load(), Album(tmp_path), "zh-CN")


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return Evidence(Album(tmp_path), tmp_path, "40.3", "desktop", 1, Redactor([]))


# -- the measures ---------------------------------------------------------------------------------------------------------


def test_agreement_is_one_for_equal_and_nought_for_disjoint_lists() -> None:
    assert ranking.agreement(LETTERS, LETTERS, 20) == 1
    assert ranking.agreement(LETTERS, [f"/x/{n}" for n in range(12)], 20) == 0
    reverse = ranking.agreement(LETTERS, LETTERS[::-1], 20)
    assert reverse is not None and 0.3 < reverse < 0.6
    assert ranking.agreement(LETTERS[:2], LETTERS, 20) is None


def test_agreement_weighs_the_top_most_and_a_missing_last_row_not_at_all() -> None:
    top, tail = LETTERS[1::-1] + LETTERS[2:], [*LETTERS[:10], LETTERS[11], LETTERS[10]]
    assert cast(float, ranking.agreement(LETTERS, top, 20)) < cast(float, ranking.agreement(LETTERS, tail, 20)) < 1
    assert ranking.agreement(LETTERS, LETTERS[:9], 20) == 1


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (LETTERS, False),
        (LETTERS[::-1], True),
        ([*LETTERS[:3], "/ad/7", *LETTERS[3:]], False),  # a paid slot more
        (["/ad/1", *LETTERS[1:5], "/ad/2", *LETTERS[6:]], False),  # paid slots that rotate
        ([f"/x/{n}" for n in range(12)], True),  # another first page
        (["/x/1"], None),
    ],
)
def test_order_changed(after: list[str], changed: bool | None) -> None:
    assert ranking.order_changed(LETTERS, after) is changed


def test_monotone_is_three_valued() -> None:
    assert ranking.monotone([1, 2, 2, 5], descending=False) is True
    assert ranking.monotone([1, 3, 2, 5], descending=False) is False
    assert ranking.monotone([1, None, None, 5], descending=False) is None
    assert ranking.monotone([3, 3, 3, 3], descending=True) is None


@pytest.mark.parametrize(
    ("label", "key", "direction"),
    [
        ("价格↑↓", "price", ""), ("价格 低→高", "price", "asc"), ("價格 高→低", "price", "desc"), ("价格从低到高", "price", "asc"), ("價格由高至低", "price", "desc"), ("Price: Low to High", "price", "asc"),
        ("销量", "sales", ""), ("按销量", "sales", ""), ("Best selling", "sales", ""), ("信用", "credit", ""), ("好评优先", "credit", ""),
        ("Avg. Customer Review", "credit", ""), ("Customer rating", "credit", ""), ("综合", "default", ""), ("Sort by: Featured", "default", ""),
        ("新品", "new", ""), ("Newest", "new", ""), ("人气", "other", ""), ("距离优先", "other", ""),
    ],
)  # fmt: skip
def test_a_label_names_an_order(label: str, key: str, direction: str) -> None:
    read = sort_controls.read_label(label)
    assert read is not None and (read.key, read.direction) == (key, direction)


@pytest.mark.parametrize(
    "label",
    [
        "价格区间",
        "价格说明",
        "信用卡",
        "全部评价",
        "Write a review",
        "Track orders",
        "新品首发专场大促进行中",
        "已售1.2万+",
        "好评率 98.6%",
        "2,031 ratings",
        "关于我们",
    ],
)
def test_a_label_names_no_order(label: str) -> None:
    assert sort_controls.read_label(label) is None


# -- power: the measure on simulated shops ----------------------------------------------------------------------------------

Rank = Callable[[str, str, random.Random], list[str]]
"""A shop: (persona, phase, dice) -> the keys of its list."""


def _ask(rank: Rank, seed: int, *, accounts: bool = False, twins: bool = True) -> PersonasSeen:
    """The journey's questions put to a simulated shop; without `twins`, as of accounts that have none."""
    dice = random.Random(seed)
    lists: list[RankedList] = []

    def add(persona: str, phase: Phase, times: int) -> None:
        lists.extend(
            RankedList(persona, phase, q, n, "", "", tuple(rank(persona, phase, dice)[:20]))
            for n in range(times)
            for q in ("q", "r")
        )

    people = ("A", "A2", "B", "B2") if twins else ("A", "B")
    for phase, times in (("fresh", 1), ("personal", 3), ("off", 2)):
        for persona in (*people, *(() if twins or phase != "fresh" else ("C", "D"))):
            add(persona, cast(Phase, phase), times)
    return PersonasSeen(("q", "r"), accounts, dict.fromkeys(people, 30), dict.fromkeys(people, 8), tuple(lists))


def _goods() -> list[dict[str, Any]]:
    made = catalogue.goods()
    prices = sorted(g.price for g in made)
    return [{**g.__dict__, "band": prices.index(g.price) / len(prices)} for g in made if "手机" in g.title]


def _market(jitter: float = 0.0, weight: float = 1.0) -> Rank:
    """The embedded market's own ranking for a dear and a cheap history, with noise between two requests."""
    goods = _goods()
    brands = {who: (max if who == "A" else min)(goods, key=lambda g: cast(int, g["price"]))["brand"] for who in "AB"}

    def rank(persona: str, phase: str, dice: random.Random) -> list[str]:
        liking = None
        if phase == "personal" and (who := persona[0]) in "AB":
            liking = market_ranking.Taste({brands[who]: 0.5}, {}, 0.85 if who == "A" else 0.15, 8 / 11 * weight)
        return [
            f"/item/{g['id']}"
            for g in sorted(goods, key=lambda g: -market_ranking.score(g, liking) - dice.gauss(0, jitter))
        ]

    return rank


def _noisy(jitter: float) -> Rank:
    return _market(jitter, 0.0)


def _groups(between_sessions: bool) -> Rank:
    """A ranking experiment: each session falls into one of two groups with rankings of their own; nobody's traits count."""
    group: dict[str, int] = {}

    def rank(persona: str, phase: str, dice: random.Random) -> list[str]:
        arm = group.setdefault(persona, dice.randrange(2)) if between_sessions else dice.randrange(2)
        keys = [f"/item/{n}" for n in range(30)]
        random.Random(arm).shuffle(keys)
        if phase == "off" and persona == "B":
            group.clear()
        return keys

    return rank


def test_the_markets_personalisation_is_found(norm: Predicates) -> None:
    found = [norm.personalised(_ask(_market(jitter), seed)).held for jitter in (0.0, 0.01, 0.02) for seed in range(15)]
    assert sum(found) / len(found) >= 0.95


@pytest.mark.parametrize("jitter", [0.0, 0.01, 0.03, 0.1, 0.4])
def test_a_ranking_for_everybody_raises_no_alarm(norm: Predicates, jitter: float) -> None:
    seen = [norm.personalised(_ask(_noisy(jitter), seed)) for seed in range(25)]
    assert not any(judgement.held for judgement in seen)
    if jitter <= 0.01:
        assert all(judgement.broken for judgement in seen)


@pytest.mark.parametrize("between_sessions", [True, False])
def test_an_experiment_with_rankings_raises_no_alarm(norm: Predicates, between_sessions: bool) -> None:
    held = [norm.personalised(_ask(_groups(between_sessions), seed)).held for seed in range(60)]
    assert not any(held)


def test_twins_in_one_group_each_prove_nothing_without_a_look_before(norm: Predicates) -> None:
    """Two groups, A and its twin in one, B and its twin in the other: one in eight. The difference was there before the history."""
    group = {"A": 0, "A2": 0, "B": 1, "B2": 1}

    def rank(persona: str, phase: str, dice: random.Random) -> list[str]:
        keys = [f"/item/{n}" for n in range(30)]
        random.Random(group.get(persona, 2)).shuffle(keys)
        return keys

    sessions = _ask(rank, 1)
    compared = norm.comparisons(sessions, "personal")
    assert all((c.gap or 0) > 0.15 and c.delta == 0 for c in compared)
    assert not norm.personalised(sessions).held
    for twins in (True, False):
        accounts = _ask(rank, 1, accounts=True, twins=twins)
        judgement = norm.personalised(accounts)
        assert judgement.unknown and "成对账号" in judgement.zh
        assert norm.personalised(replace(accounts, policy=ADMITS)).held  # an older history: the platform says so itself


def test_groups_of_sessions_hide_equality(norm: Predicates) -> None:
    """Each session has an order of its own: twins differ as much as strangers, and that nobody's traits count can't be seen."""

    def rank(persona: str, phase: str, dice: random.Random) -> list[str]:
        keys = [f"/item/{n}" for n in range(30)]
        random.Random(persona).shuffle(keys)
        return keys

    for accounts in (True, False):
        seen = replace(
            _ask(rank, 1, accounts=accounts),
            switched=tuple(Switched(p, "off", "on", "off") for p in "AB"),
            policy=ADMITS,
        )
        assert norm.personalised(seen).unknown and "分了组" in norm.personalised(seen).zh
        assert norm.off_works(seen).unknown


def test_an_option_that_wears_off_shows_in_the_last_round_alone(norm: Predicates) -> None:
    seen = replace(_ask(_market(), 1), switched=tuple(Switched(p, "off", "on", "off") for p in "AB"))
    assert norm.off_works(seen).held
    liked = {(x.persona, x.query): x.keys for x in seen.lists if x.phase == "personal"}
    worn = tuple(
        replace(x, keys=liked[x.persona, x.query]) if x.phase == "off" and x.repeat == 1 else x for x in seen.lists
    )
    judgement = norm.off_works(replace(seen, lists=worn))
    assert judgement.broken and "最后一轮" in judgement.zh


def test_accounts_without_twins_are_measured_by_their_own_repeats_and_by_strangers(norm: Predicates) -> None:
    held = [norm.personalised(_ask(_market(0.01), seed, accounts=True, twins=False)) for seed in range(10)]
    assert all(j.held for j in held)
    assert "没有对照账号" in str(held[0].measured["各关键词"])
    assert not any(norm.personalised(_ask(_noisy(0.03), seed, accounts=True, twins=False)).held for seed in range(20))


def test_the_interval_is_that_of_student(norm: Predicates) -> None:
    def compared(*gaps: float, before: float | None = 0.0) -> ranking.Comparison:
        rounds = tuple(ranking.Round(0.5, 0.5 + gap) for gap in gaps)
        early = None if before is None else ranking.Round(0.5, 0.5 + before)
        return ranking.Comparison("q", "personal", rounds, early, 1.0, True, 12, 6, 20)

    alone = ranking.pool([compared(0.1, 0.2, 0.3, before=None)], 0.95)
    assert alone is not None and (alone.delta, alone.low, alone.high) == (0.2, -0.0484, 0.4484)  # 4.303 * 0.1 / sqrt(3)
    early = ranking.pool([compared(0.1, 0.2, 0.3, before=0.1)], 0.95)
    assert early is not None and early.delta == 0.1 and early.low is not None and early.low < alone.low - 0.1
    once = ranking.pool([compared(0.4)], 0.95)
    assert once == ranking.Pooled(0.4, None, None, 1, 1)
    lent = ranking.pool([compared(0.4)], 0.95, [compared(0.0, 0.01), compared(0.0, 0.0)])
    assert lent is not None and lent.low is not None and 0.35 < lent.low < 0.4
    assert ranking.pool([], 0.95) is None


def test_what_stays_personal_is_found_and_what_stopped_is_not(norm: Predicates) -> None:
    working = _market(0.01)

    def inert(persona: str, phase: str, dice: random.Random) -> list[str]:
        return working(persona, "personal" if phase == "off" else phase, dice)

    offs = tuple(Switched(p, "off", "on", "off") for p in "AB")
    for seed in range(10):
        assert norm.off_works(replace(_ask(inert, seed), switched=offs)).broken
        assert not norm.off_works(replace(_ask(working, seed), switched=offs)).broken


# -- 40.1 on made-up observations ---------------------------------------------------------------------------------------------


def control(key: str, **more: Any) -> SortControl:
    facts = {"changed_order": True, "changed_request": True, **more}
    return SortControl(cast(Any, key), None, facts.pop("label", key), **facts)


def sorts(*controls: SortControl, results: int = 12, note: str = "") -> SortsSeen:
    return SortsSeen("手机", "http://shop.example/s", "", results, controls, note=note)


ALL = (control("price", label="价格"), control("sales", label="销量"), control("credit", label="信用"))
INERT = {"changed_order": False, "changed_request": False}


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (sorts(*ALL), "held"),
        (sorts(*ALL[:2], control("credit", label="好评优先")), "held"),
        (sorts(control("price"), control("new")), "broken"),
        (replace(sorts(*ALL[1:]), near=("便宜价先看",)), "unknown"),  # a word that nobody taught us
        (sorts(control("default"), control("new")), "broken"),
        (sorts(control("price"), control("credit"), control("new")), "broken"),  # sales missing
        (sorts(control("price"), control("credit"), control("other", label="人气")), "unknown"),
        (sorts(*ALL[:2], control("new")), "unknown"),  # credit alone missing
        (sorts(*ALL[:2], control("credit", blocked="filter")), "unknown"),  # credit only narrows
        (sorts(*ALL, results=6), "unknown"),
        (sorts(control("price", **INERT, sorted_already=False), *ALL[1:]), "broken"),
        (sorts(control("price", **INERT, sorted_already=True), *ALL[1:]), "unknown"),
        (sorts(ALL[0], control("sales", **INERT), ALL[2]), "unknown"),  # nothing displayed tells
        (sorts(*(replace(c, **INERT, sorted_already=False) for c in ALL)), "broken"),
        (sorts(*(replace(c, blocked="login", why="请登录") for c in ALL)), "broken"),
        (sorts(*(replace(c, blocked="app", why="请在APP中使用") for c in ALL)), "broken"),
        (sorts(*(replace(c, blocked="gone", why="covered") for c in ALL)), "unknown"),
        (sorts(*(replace(c, clicks=2) for c in ALL)), "unknown"),
        (sorts(control("price", label="从低到高", direction="asc", changed_order=None, changed_request=None), *ALL), "held"),
    ],
)  # fmt: skip
def test_offers_sorts(norm: Predicates, seen: SortsSeen, state: str) -> None:
    judgement = norm.offers_sorts(seen)
    assert judgement.state == state, judgement.zh


def outcome(test: Callable[..., None], *args: Any) -> str:
    """What a test of the norm says."""
    try:
        test(*args)
    except Said as said:
        return str(said.outcome)
    except AssertionError:
        return "failed"
    return "passed"


def test_one_short_list_does_not_hide_what_another_shows(norm: Predicates, evidence: Evidence) -> None:
    def seen(*lists: SortsSeen) -> SearchSeen:
        return SearchSeen(tuple(QuerySeen("q", (), s) for s in lists))

    test = article40.test_results_are_shown_by_price_sales_and_credit
    assert outcome(test, seen(sorts(*ALL, results=4), sorts(*ALL)), norm, evidence) == "passed"
    assert outcome(test, seen(sorts(*ALL, results=4)), norm, evidence) == "cantTell"
    assert outcome(test, seen(sorts(*ALL), sorts(control("price"))), norm, evidence) == "failed"
    assert outcome(test, seen(), norm, evidence) == "cantTell"


# -- 40.3 and 40.4 on made-up observations ------------------------------------------------------------------------------------

OTHER = tuple(f"/dear/{n}" for n in range(12))
ADMITS = PolicySaid("/privacy", "隐私政策", "", 3000, admits=("我们会根据您的浏览记录对搜索结果进行个性化排序。",))
DENIES = PolicySaid("/privacy", "隐私政策", "", 3000, denies=("搜索结果不会因人而异，不使用您的个人特征。",))
READ = (PlaceRead("/s", "搜索", 0, (), ("综合",)), PlaceRead("/my", "我的", 0, ("我的",), ("设置",), account=True))
SWITCH = Option(None, "个性化推荐", "个性化推荐：已开启", "search", "/s", "", 0, scope="unsaid", state="on")


def personas(
    *, personal: bool, off: Literal["equal", "personal", "none", "unasked"] = "unasked", used: Option | None = None, options: Sequence[Option] = (),
    after: str = "off", later: Literal["", "on", "off"] = "off", renewed: Literal["", "equal", "personal"] = "", policy: PolicySaid | None = None, unread: Sequence[str] = (),
) -> PersonasSeen:  # fmt: skip
    base = tuple(LETTERS)
    lists = [RankedList(p, "fresh", "q", 1, "", "", base) for p in "ABCD"]
    twice = [(who, twin) for who in "AB" for twin in (who, f"{who}2")]
    liked = {"A": OTHER if personal else base, "B": base}
    lists += [RankedList(p, "fresh", "q", 1, "", "", base) for p in ("A2", "B2")]
    lists += [RankedList(p, "personal", "q", n, "", "", liked[who], state="on") for n in range(3) for who, p in twice]
    if off != "unasked":
        keys = {"equal": {"A": base, "B": base}, "personal": liked, "none": {"A": (), "B": ()}}[off]
        lists += [RankedList(p, "off", "q", n, "", "", keys[who], state=later) for n in range(2) for who, p in twice]
    if renewed:
        lists.append(
            RankedList(
                "A",
                "renewed",
                "q",
                1,
                "",
                "",
                base if renewed == "equal" else OTHER,
                state="on" if renewed == "personal" else "off",
            )
        )
    switched = tuple(Switched(p, "off", "on", after) for p in "AB") if used and off != "unasked" else ()
    every = tuple(options) or ((used,) if used else ())
    return PersonasSeen(
        ("q",),
        True,
        {"A": 20, "B": 20},
        {"A": 8, "B": 8},
        tuple(lists),
        every,
        used,
        switched,
        READ,
        tuple(unread),
        policy,
    )


CASES: list[tuple[str, PersonasSeen, str, str]] = [
    ("works", personas(personal=True, off="equal", used=SWITCH, renewed="equal"), "passed", "passed"),
    ("no option", personas(personal=True), "failed", "cantTell"),
    ("no option, and a page not read", personas(personal=True, unread=["我的 > 设置（需要登录）"]), "cantTell", "cantTell"),
    ("no option, and the account not reached", replace(personas(personal=True), places=READ[:1]), "cantTell", "cantTell"),
    ("admitted, no option", personas(personal=False, policy=ADMITS), "failed", "cantTell"),
    ("feed only", personas(personal=True, options=[replace(SWITCH, label="首页推荐个性化", scope="feed")]), "failed", "cantTell"),
    ("ads only", personas(personal=True, options=[replace(SWITCH, label="程序化广告", scope="ads")]), "failed", "cantTell"),
    ("by phone", personas(personal=True, options=[replace(SWITCH, context="如需关闭个性化推荐，请联系客服", operable=False)]), "failed", "cantTell"),
    ("buried", personas(personal=True, off="equal", used=replace(SWITCH, clicks=7)), "failed", "passed"),
    ("in the settings", personas(personal=True, off="equal", used=replace(SWITCH, clicks=3, place="account")), "passed", "passed"),
    ("punishes", personas(personal=True, off="none", used=SWITCH), "failed", "cantTell"),
    ("inert", personas(personal=True, off="personal", used=SWITCH), "cantTell", "failed"),
    ("forgets", personas(personal=True, off="equal", used=SWITCH, later="on"), "cantTell", "failed"),
    ("forgets at login", personas(personal=True, off="equal", used=SWITCH, renewed="personal"), "cantTell", "failed"),
    ("nothing to tell", personas(personal=False), "cantTell", "cantTell"),
    ("denied and none", personas(personal=False, policy=DENIES), "inapplicable", "inapplicable"),
    ("denied and yet", personas(personal=True, policy=DENIES), "failed", "cantTell"),
    ("admitted, not measurable, option", personas(personal=False, off="equal", used=SWITCH, policy=ADMITS), "passed", "cantTell"),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "option", "works"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_outcomes(norm: Predicates, evidence: Evidence, seen: PersonasSeen, option: str, works: str) -> None:
    assert outcome(article40.test_an_option_without_personal_traits_is_offered, seen, norm, evidence, Facts()) == option
    assert outcome(article40.test_the_option_makes_results_equal, seen, norm, evidence, Facts()) == works


def test_a_declared_fact_counts_only_where_nothing_was_measured(norm: Predicates, evidence: Evidence) -> None:
    facts = Facts(personalised_search=False)
    test = article40.test_an_option_without_personal_traits_is_offered
    assert outcome(test, personas(personal=False), norm, evidence, facts) == "inapplicable"
    assert outcome(test, personas(personal=True), norm, evidence, facts) == "failed"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("我们会根据您的浏览记录，对搜索结果的综合排序进行个性化展示。", "admits"),
        ("We personalise search results based on your browsing history.", "admits"),
        (
            "Unless you switch it off, the best-match order of search results takes account of the products that you viewed.",
            "admits",
        ),
        ("The order of search results considers your past purchases.", "admits"),
        ("Search results take account of price and stock.", "neither"),
        ("搜索结果不使用您的个人特征，对所有用户一致。", "denies"),
        ("Search results are not personalised.", "denies"),
        ("搜索结果按销量、评分排列，对所有用户一样，不根据您的浏览和购买记录做个性化推荐。", "denies"),
        ("搜索结果根据您的浏览和购买记录做个性化排列。", "admits"),
        ("关闭后，搜索结果不再使用您的个人特征进行个性化排序。", "not denies"),
        ("我们会根据您的搜索记录向您推荐商品。", "neither"),
        ("如需关闭个性化推荐，请联系客服。", "by_contact"),
        ("个性化推荐关闭后有效期为90天，期满自动恢复个性化推荐。", "expires"),
    ],
)
def test_what_a_policy_says(sentence: str, kind: str) -> None:
    said = policy_said(Document("agreement_privacy", "", "/p", f"隐私政策\n{sentence}\n其他条款。", ""))
    if kind == "not denies":
        assert not said.denies
    elif kind == "neither":
        assert not said.admits and not said.denies
    else:
        assert getattr(said, kind), said


# -- a shop of pages and its visitors -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser_of_module(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(**launch_arguments())
    yield browser
    browser.close()


Visit = Callable[..., Consumer]


@pytest.fixture
def visit(browser_of_module: Browser, playwright: Playwright, tmp_path: Path) -> Iterator[Visit]:
    """`visit({"/s": html}, "/s", device)`: a consumer who may change a session, standing on that page of http://shop.example."""
    made: list[Consumer] = []

    def go(pages: dict[str, str], path: str, device: str = "desktop") -> Consumer:
        journal = Journal(tmp_path / "journal.jsonl", str)
        consumer = Consumer(
            browser_of_module, device=make_device(device, playwright, browser_of_module.version), bundle=tmp_path, guard=Guard(Effect.COMMITMENT, journal),
            journal=journal, pace=Pace(0, tmp_path / ".pace"), budget=Budget(100, 10), locale="zh-CN", name="c", wall_seconds=5,
        )  # fmt: skip
        made.append(consumer)

        def answer(route: Route) -> None:
            body = pages.get(urlsplit(route.request.url).path)
            route.fulfill(
                body=body or "", status=200 if body is not None else 204, content_type="text/html; charset=utf-8"
            )

        consumer.context.route("http://shop.example/**", answer)
        consumer.visit(f"http://shop.example{path}", "search")
        return consumer

    yield go
    for consumer in made:
        consumer.close()


# -- on pages -------------------------------------------------------------------------------------------------------------

SHOP = """<!doctype html><html lang="%(lang)s"><meta charset="utf-8"><title>%(query)s</title><style>
body{margin:0;font:14px sans-serif} header{height:80px} nav a{margin:8px} .bar{margin:12px} .bar>*{margin-right:14px} .g{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px}
.c{background:#fff;border:1px solid #ddd;height:190px} .c img{width:120px;height:90px} .pop{position:absolute;background:#fff;border:1px solid #888;padding:8px;z-index:9} .sheet{position:fixed;bottom:0;left:0;right:0;background:#fff;padding:12px;z-index:99;border-top:2px solid #333}
[hidden]{display:none!important} .bar div,.bar span{display:inline-block;cursor:pointer} .c *{cursor:auto}
</style><body><header><a href="/">山城</a> <input type="search" placeholder="搜索"> <nav><a href="/new">新品</a><a href="/hot">热卖</a><a href="/brand">品牌</a></nav></header>
%(body)s<main class="g" id="list"></main><footer style="margin-top:300px"><a href="/privacy">隐私政策</a> <a href="/about">关于我们</a></footer>
<script>
const goods = Array.from({length: 14}, (_, n) => ({n, price: 900 + (n * 7919) %% 1301, sold: (n * 104729) %% 5003 + 20, good: 90 + (n * 37) %% 10}));
const ways = {price_asc: (a, b) => a.price - b.price, price_desc: (a, b) => b.price - a.price, sales: (a, b) => b.sold - a.sold, credit: (a, b) => b.good - a.good, fresh: (a, b) => b.n - a.n};
function draw(way) {
  const list = [...goods]; if (ways[way]) list.sort(ways[way]);
  document.getElementById("list").innerHTML = list.map((g) => `<div class="c"><a href="/item/${g.n}"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p>%(query)s ${g.n} 号</p></a><b>¥${g.price}.00</b><p>已售${g.sold}件 好评率 ${g.good}%%</p></div>`).join("");
}
draw(new URLSearchParams(location.search).get("sort"));
const go = (way) => { const u = new URL(location); u.searchParams.set("sort", way); location = u; };
%(script)s
</script>"""


def shop(body: str, script: str = "", *, query: str = "手机", lang: str = "zh-CN") -> str:
    return SHOP % {"body": body, "script": script, "query": query, "lang": lang}


def links(*pairs: tuple[str, str], tag: str = "a") -> str:
    return "".join(f'<{tag} href="/s?sort={way}">{words}</{tag}>' for words, way in pairs)


FOUR = (("综合", "none"), ("销量", "sales"), ("价格", "price_asc"), ("信用", "credit"), ("新品", "fresh"))
SHADOW_BAR = """customElements.define("sort-bar", class extends HTMLElement { connectedCallback() { const r = this.attachShadow({mode: "closed"});
r.innerHTML = "<style>button{margin:6px}</style><button>综合</button><button>销量优先</button><button>价格↑</button><button>好评优先</button>";
[...r.querySelectorAll("button")].forEach((b, i) => b.onclick = () => draw(["", "sales", "price_asc", "credit"][i])); } });"""
SORT_SAMPLES: dict[str, tuple[str, str, str, dict[str, str]]] = {
    # name: (device, body, script, expected state by key)
    "links": ("desktop", f'<div class="bar">{links(*FOUR)}</div>', "", {"price": "held", "sales": "held", "credit": "held"}),
    "div soup": (
        "desktop",
        '<div class="bar"><div data-w="">综合</div><div data-w="sales">销量</div><div data-w="price_asc">价格</div><div data-w="credit">评价</div></div>',
        'document.body.addEventListener("click", (e) => { if (e.target.dataset.w !== undefined) draw(e.target.dataset.w); });',
        {"price": "held", "sales": "held", "credit": "held"},
    ),
    "select": (
        "desktop",
        '<div class="bar"><label>Sort by <select onchange="go(this.value)"><option value="x">Featured<option value="sales">Best selling<option value="price_asc">Price: Low to High<option value="price_desc">Price: High to Low<option value="credit">Avg. Customer Review</select></label></div>',
        "", {"price": "held", "sales": "held", "credit": "held"},
    ),
    "select with a button": (
        "desktop",
        '<form class="bar" action="/s"><select name="sort"><option value="x">Relevance<option value="sales">Top selling<option value="price_asc">Price low to high<option value="credit">Top rated</select><button>Go</button></form>',
        "", {"price": "held", "sales": "held", "credit": "held"},
    ),
    "hover menu": (
        "desktop",
        f'<div class="bar"><div id="m" style="position:relative"><span>综合排序 ▾</span><div class="pop" hidden>{links(*FOUR[1:])}</div></div></div>',
        'const m = document.getElementById("m"); m.onmouseenter = () => m.querySelector(".pop").hidden = false; m.onmouseleave = () => m.querySelector(".pop").hidden = true;',
        {"price": "held", "sales": "held", "credit": "held"},
    ),
    "click menu": (
        "desktop",
        f'<div class="bar"><button aria-haspopup="true" aria-expanded="false" onclick="pop.hidden=!pop.hidden">Sort by: Featured</button><div class="pop" id="pop" hidden role="listbox">{links(("Featured", "x"), ("Best selling", "sales"), ("Price, low to high", "price_asc"), ("Customer rating", "credit"))}</div></div>',
        "", {"price": "held", "sales": "held", "credit": "held"},
    ),
    "price with a second step": (
        "desktop",
        '<div class="bar"><span onclick="draw(\'sales\')">销量</span><span onclick="pp.hidden=false">价格</span><span onclick="draw(\'credit\')">信用</span><div class="pop" id="pp" hidden><span onclick="draw(\'price_asc\')">价格从低到高</span><br><span onclick="draw(\'price_desc\')">价格从高到低</span></div></div>',
        "", {"price": "held", "sales": "held", "credit": "held"},
    ),
    "mobile sheet": (
        "mobile",
        '<div class="bar"><button onclick="sh.hidden=false">排序</button><button>筛选</button></div><div class="sheet" id="sh" hidden>'
        + "".join(f'<p><label><input type="radio" name="w" value="{way}">{words}</label></p>' for words, way in FOUR)
        + '<button onclick="draw(document.querySelector(\'[name=w]:checked\').value);sh.hidden=true">确定</button></div>',
        "", {"price": "held", "sales": "held", "credit": "held"},
    ),
    "sheet whose opener takes the name of the order": (
        "desktop",
        '<div class="bar"><span id="so">综合排序 ▾</span></div>',
        """const words = {x: "综合排序", sales: "销量优先", credit: "好评优先", price_asc: "价格从低到高"}; so.onclick = () => { const d = document.createElement("div"); d.className = "sheet";
        d.innerHTML = Object.keys(words).map((k) => `<div data-k="${k}" style="cursor:pointer">${words[k]}</div>`).join(""); document.body.append(d);
        d.onclick = (e) => { const k = e.target.dataset.k; if (k) { draw(k); so.textContent = words[k] + " ▾"; d.remove(); } }; };""",
        {"price": "held", "sales": "held", "credit": "held"},
    ),
    "shadow": ("desktop", '<sort-bar class="bar"></sort-bar>', SHADOW_BAR, {"price": "held", "sales": "held", "credit": "held"}),
    "filter called price": (
        "desktop",
        '<div class="bar"><details><summary>Price</summary><div class="pop"><input placeholder="From"><input placeholder="To"></div></details> <details><summary>Rating</summary><div class="pop"><label><input type="checkbox">4 stars</label><label><input type="checkbox">3 stars</label><label><input type="checkbox">2 stars</label></div></details></div>',
        "", {"price": "none", "credit": "none"},
    ),
    "inert": (
        "desktop",
        '<div class="bar">' + "".join(f'<button onclick="[...this.parentNode.children].forEach(b=>b.className=\'\');this.className=\'on\'">{w}</button>' for w, _ in FOUR) + "</div>",
        "", {"price": "broken", "sales": "broken", "credit": "broken"},
    ),
    "inert with a counter": (
        "desktop",
        '<div class="bar">' + "".join(f"<button onclick=\"fetch('/log/track?e=sort')\">{w}</button>" for w, _ in FOUR) + "</div>",
        "", {"price": "broken", "sales": "broken", "credit": "broken"},
    ),
    "links to the same page": ("desktop", '<div class="bar">' + "".join(f'<a href="/s">{w}</a>' for w, _ in FOUR) + "</div>", "", {"price": "broken", "sales": "broken", "credit": "broken"}),
    "app only": (
        "mobile",
        '<div class="bar">' + "".join(f'<span onclick="t.hidden=false">{w}</span>' for w, _ in FOUR) + '</div><div class="sheet" id="t" hidden>请打开APP使用该功能</div>',
        "", {"price": "broken", "sales": "broken", "credit": "broken"},
    ),
    "login only": (
        "desktop",
        '<div class="bar">' + "".join(f'<a href="/login?next={way}">{w}</a>' for w, way in FOUR) + "</div>",
        "", {"price": "broken", "sales": "broken", "credit": "broken"},
    ),
    "channels only": ("desktop", "", "", {"price": "none", "sales": "none", "credit": "none"}),
}  # fmt: skip
LOGIN = '<!doctype html><meta charset="utf-8"><title>登录</title><body><h1>登录</h1><form><input placeholder="手机号"><input type="password" placeholder="密码"><button>登录</button></form><p>没有账号？立即注册，享受会员服务。</p>'


ATTEMPT: Any = SimpleNamespace(
    target=resolve("http://shop.example/"), pages=Pages, reached=lambda *_: None, stop=lambda *_: None
)


@pytest.mark.parametrize("name", SORT_SAMPLES)
def test_sort_controls_on_pages(visit: Visit, norm: Predicates, name: str) -> None:
    device, body, script, expected = SORT_SAMPLES[name]
    consumer = visit({"/s": shop(body, script), "/login": LOGIN}, "/s", device)
    results = Pages.Results(consumer, ATTEMPT, "手机")
    seen = sorting.read(results, results.look())
    usable = [c for c in seen.controls if c.blocked != "filter"]
    for key, state in expected.items():
        judged = {norm.orders_by(c).state for c in usable if c.key == key}
        told = [
            (c.key, c.label, c.blocked, c.changed_order, c.changed_request, c.sorted_already, c.why)
            for c in seen.controls
        ]
        if state == "none":
            assert not judged, told
        else:
            assert state in judged and not judged & {"held", "broken"} - {state}, told


def test_a_page_without_a_list_counts_no_results(visit: Visit) -> None:
    """What it says of a total does not matter: there is nothing that could be ordered."""
    bar = f'<div class="bar">{links(*FOUR)}</div><p>共 128 件商品</p>'
    for script, counted in (("", True), ("document.getElementById('list').remove();", False)):
        consumer = visit({"/s": shop(bar, script), "/login": LOGIN}, "/s", "desktop")
        results = Pages.Results(consumer, ATTEMPT, "手机")
        seen = sorting.read(results, results.look())
        assert seen.results == (128 if counted else 0)


OPTION_SAMPLES: dict[str, tuple[str, str, str, bool]] = {
    # name: (html, scope, state, whether a consumer can use it for search results)
    "form button": ('<form method="post" action="/p"><span>个性化推荐：已开启</span><button>关闭个性化推荐</button></form>', "unsaid", "on", True),
    "form button, off": ('<form method="post" action="/p"><span>个性化推荐：已关闭</span><button>开启个性化推荐</button></form>', "unsaid", "off", True),
    "negative name": ('<form method="post" action="/p"><span>不针对个人特征的选项：已关闭</span><button>开启不针对个人特征的选项</button></form>', "unsaid", "on", True),
    "switch": ('<div class="row"><span>个性化搜索结果</span><button role="switch" aria-checked="true" aria-label="个性化搜索结果"></button></div>', "search", "on", True),
    "checkbox": ('<label><input type="checkbox" checked> Personalised search results</label>', "search", "on", True),
    "checkbox that closes": ('<label><input type="checkbox"> 关闭个性化推荐</label><p>勾选后搜索结果不再因人而异</p>', "search", "on", True),
    "radio pair": ('<fieldset><legend>个性化推荐</legend><label><input type="radio" name="r" checked>开启</label><label><input type="radio" name="r">关闭</label></fieldset>', "unsaid", "on", True),
    "select": ('<div><label>Personalization <select><option selected>On</option><option>Off</option></select></label></div>', "unsaid", "on", True),
    "div soup": ('<div class="cell"><div>个性化推荐</div><div class="sw is-on" onclick="1" style="width:44px;height:22px;cursor:pointer;background:#0a0"></div></div>', "unsaid", "on", True),
    "feed": ('<form method="post" action="/p"><span>首页推荐个性化：已开启</span><button>关闭首页推荐个性化</button></form>', "feed", "on", False),
    "feed, explained": ('<div class="row"><b>个性化推荐</b><p>仅用于首页猜你喜欢，不影响搜索结果</p><button>关闭</button></div>', "feed", "on", False),
    "ads": ('<div class="row"><b>程序化广告</b><button role="switch" aria-checked="true" aria-label="程序化广告"></button></div>', "ads", "on", False),
    "button that says its state": ('<div class="bar"><select><option>Newest<option>Price</select> <button aria-pressed="false">Personalized results: on — switch off</button></div>', "search", "on", True),
    "by phone": ("<p>如需关闭个性化推荐，请联系客服 023-6318 2650</p>", "unsaid", "", False),
    "way on": ('<ul><li><a href="/settings/recommend">个性化推荐管理</a></li></ul>', "unsaid", "", False),
}  # fmt: skip


@pytest.mark.parametrize("name", OPTION_SAMPLES)
def test_options_on_pages(visit: Visit, name: str) -> None:
    html, scope, state, useful = OPTION_SAMPLES[name]
    consumer = visit({"/o": shop(f'<section style="margin:20px">{html}</section><p>隐私设置说明文字</p>')}, "/o")
    page = Personalisation(consumer, ATTEMPT)
    found = page.on_page(page.look())
    assert found, "nothing was found"
    first = found[0]
    usable = Search.usable(found)
    assert (first.option.scope, first.option.state) == (scope, state), first.option
    assert (usable is not None) is useful, [(f.option.label, f.option.operable, leads_on(f)) for f in found]


NO_OPTIONS = [
    "<p>商品支持个性化定制，刻字免费</p><button>个性化定制</button>",
    '<h2>猜你喜欢</h2><a href="/x">换一批</a>',
    "<button>不感兴趣</button><a href='/gift'>Personalised gifts</a>",
]


@pytest.mark.parametrize("html", NO_OPTIONS)
def test_what_is_no_option(visit: Visit, html: str) -> None:
    consumer = visit({"/o": shop(f"<section>{html}</section>")}, "/o")
    page = Personalisation(consumer, ATTEMPT)
    assert not page.on_page(page.look())


TURNS: dict[str, str] = {
    "ajax switch": """<div class="row"><span>个性化推荐</span><button id="b" role="switch" aria-checked="true" aria-label="个性化推荐" onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')"></button></div>""",
    "asks again in a layer": """<div class="row"><span>个性化推荐：<i id="s">已开启</i></span><button onclick="d.hidden=false">关闭</button></div>
      <div id="d" hidden role="dialog" aria-modal="true" class="sheet"><p>关闭后推荐质量下降，确定要关闭吗？</p><button onclick="d.hidden=true">再想想</button><button onclick="s.textContent='已关闭';d.hidden=true">确定关闭</button></div>""",
    "asks by the browser": """<div class="row"><span>个性化推荐：<i id="s">已开启</i></span><button onclick="if(confirm('确定要关闭吗？'))s.textContent='已关闭'">关闭</button></div>""",
    "tick and save": """<form onsubmit="s.textContent=c.checked?'saved on':'saved off';return false"><label><input type="checkbox" id="c" checked> 个性化搜索</label><button>保存</button></form><p id="s"></p>""",
    "radios": """<fieldset><legend>个性化推荐</legend><label><input type="radio" name="r" checked>开启</label><label><input type="radio" name="r">关闭</label></fieldset>""",
    "select": """<div><label>Personalisation <select><option value="1" selected>On</option><option value="0">Off</option></select></label></div>""",
}  # fmt: skip


@pytest.mark.parametrize("name", TURNS)
def test_operating_an_option(visit: Visit, name: str) -> None:
    consumer = visit({"/o": shop(f'<section style="margin:20px">{TURNS[name]}</section>')}, "/o")
    page = Personalisation(consumer, ATTEMPT)
    live = page.look()
    found = Search.usable(page.on_page(live))
    assert found is not None and found.option.state == "on"
    page.turn(live, found, "off", Effect.SESSION)
    now = page.look()
    again = page.again(now, found.option)
    assert again is not None and again.option.state == "off"
    if name == "tick and save":
        assert "saved off" in now.sight.text
