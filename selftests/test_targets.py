"""what is right is understood, what is wrong is named with file, line and remedy."""

import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # its stubs are one more package
import pytest
import yaml

from gongping import cli, targets
from gongping.targets import TargetError, load, resolve
from gongping.verdicts import Where

Write = Callable[[str], Path]
SITE = "targets:\n  staging:\n    url: https://staging.shop.example\n"
ACCOUNTS = "    accounts:\n      shopper:\n        username: env:SHOP_USER\n        password: env:SHOP_PASSWORD\n"
WAIVERS = "    waivers:\n    - "
WAIVER = '{{duty: "24.3", where: {where}, reason: SHOP-412, owner: qa, until: 2027-03-31}}'
OWN_FILE = Path(__file__).parents[1] / "targets.yaml"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes targets.yaml where a user would have it."""
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> Path:
        file = Path("targets.yaml")
        file.write_text(text, "utf-8")
        return file

    return write


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SITE + "    quieries: [手机]\n", '4: unknown key "quieries" (did you mean "queries"?)'),
        (SITE + "    facts: {paid_rankin: true}\n", '4: unknown key "paid_rankin" (did you mean "paid_ranking"?)'),
        (SITE + ACCOUNTS.replace("password:", "passwort:"), '7: unknown key "passwort" (did you mean "password"?)'),
        (
            SITE + "    mode: excercise\n",
            '4: staging.mode: "excercise" is not one of observe, exercise (did you mean "exercise"?)',
        ),
        (SITE + "    mode: observe\n    mode: exercise\n", '5: key "mode" stands twice (first in line 4)'),
        (
            SITE + "\tmode: observe\n",
            "4: not YAML: while scanning for the next token, found character '\\t' that cannot start any token",
        ),
        (SITE + "    otp: 000000\n", "4: staging.otp: must be text: put it in quotes"),
        (SITE + "    queries: 手机\n", "4: staging.queries: must be a list, like [a, b]"),
        (SITE + "    queries: []\n", "4: staging.queries: must not be empty"),
        (SITE + "    accounts:\n", "4: staging.accounts: must be a mapping, like {key: value}"),
        (
            SITE + "    accounts: {shopper: {session: 1-2}}\n",
            "4: staging.accounts.shopper.session: must be a valid boolean",
        ),
        (
            SITE + "    accounts: {shopper: {}}\n",
            "4: staging.accounts.shopper.username: is missing (needs username and",
        ),
        (SITE + "    serve: market\n", "2: staging: needs either url or serve (url: https://shop.example/)"),
        (
            SITE + "    faults: [grey-ad-label]\n",
            "4: staging.faults: only the embedded market has faults (serve: market)",
        ),
        (
            SITE + "    http_credentials: {username: env:U, pasword: env:P}\n",
            '4: unknown key "pasword" (did you mean "password"?)',
        ),
        (SITE + "    http_credential: {}\n", '4: unknown key "http_credential" (did you mean "http_credentials"?)'),
        (SITE + "    http_credentials: {username: env:U}\n", "4: staging.http_credentials.password: is missing"),
        (
            SITE + "    http_credentials:\n      username: env:U\n      password: ''\n",
            "6: staging.http_credentials.password: must not be empty",
        ),
        (
            SITE + "    http_credentials:\n      username: env:U\n      password: hunter2\n",
            "6: staging.http_credentials.password: a secret must not stand in the file (password: env:NAME)",
        ),
        (
            SITE + "    headers:\n      X-Variant: b\n      X Staging: b\n",
            "6: staging.headers.X Staging: is no name of a header (letters, digits and hyphens, like X-Staging-Token)",
        ),
        (SITE + "    headers: {X-Geschäft: b}\n", "4: staging.headers.X-Geschäft: is no name of a header"),
        (SITE + "    headers: {X-Variant: 1}\n", "4: staging.headers.X-Variant: must be text: put it in quotes"),
        (
            SITE + '    headers: {X-Variant: "b\\nX-Admin: 1"}\n',
            "4: staging.headers.X-Variant: no header can carry this value (visible ASCII characters, spaces within)",
        ),
        (SITE + "    headers: {X-Variant: 测试}\n", "4: staging.headers.X-Variant: no header can carry this value"),
        (
            SITE + "    headers: {X-Variant: env:MY-VARIANT}\n",
            "4: staging.headers.X-Variant: names no environment variable (env:NAME, of letters, digits and _)",
        ),
        (
            SITE + "    headers: {X-Staging-Token: hunter2}\n",
            "4: staging.headers.X-Staging-Token: a secret must not stand in the file (X-Staging-Token: env:NAME)",
        ),
        (
            SITE + "    headers: {X-Gate: 0a1b2c3d4e5f6a7b8c9d0e1f}\n",
            "4: staging.headers.X-Gate: a secret must not stand in the file (X-Gate: env:NAME)",
        ),
        (
            SITE + "    headers: {X-A: b, x-a: c}\n",
            "4: staging.headers.X-A: stands twice: the case of a header's name counts for nothing",
        ),
        (
            SITE + "    headers: {User-Agent: b}\n",
            "4: staging.headers.User-Agent: the browser writes this header itself (user_agent: ...)",
        ),
        (
            SITE + "    http_credentials: {username: env:U, password: env:P}\n    headers: {authorization: env:A}\n",
            "5: staging.headers.authorization: http_credentials send this header (keep one of the two)",
        ),
        (
            SITE + "    certificate: ignore\n",
            "4: staging.certificate: certificate: ignore needs a reason (certificate_reason: ...)",
        ),
        (
            SITE + "    certificate: ignor\n",
            '4: staging.certificate: "ignor" is not one of check, ignore (did you mean "ignore"?)',
        ),
        (SITE + "    robots: ignore\n", "4: staging.robots: robots: ignore needs a reason (robots_reason: ...)"),
        (
            SITE + "    selectors: {serch.box: '#q'}\n",
            '4: staging.selectors.serch.box: unknown key "serch.box" (did you mean "search"?)',
        ),
        (SITE + "    must_reach: [home, cartt]\n", '4: staging.must_reach.1: "cartt" is not one of home, search,'),
        (SITE + "    budget: {minutes: 0}\n", "4: staging.budget.minutes: must be greater than 0"),
        (SITE + "    pages: acme\n", '4: staging.pages: "acme" is not module:Class'),
        (
            SITE + "    facts: {operator_code: 91500000123456789X}\n",
            "4: staging.facts.operator_code: 91500000123456789X is no unified social credit",
        ),
        (
            SITE + WAIVERS + "{duty: 24.3, reason: r, owner: o, until: 2027-03-31}\n",
            "5: staging.waivers.0.duty: must be text: put it in quotes",
        ),
        (
            SITE + WAIVERS + '{duty: "24.30", reason: r, owner: o, until: 2027-03-31}\n',
            "5: staging.waivers.0.duty: the norm has no duty '24.30'; did you mean 24.3",
        ),
        (
            SITE + WAIVERS + '{duty: "24.3", reason: r, owner: o, until: 2027-02-31}\n',
            "5: 2027-02-31: day is out of range for month",
        ),
        (SITE + WAIVERS + '{duty: "24.3", reason: r, until: 2027-03-31}\n', "5: staging.waivers.0.owner: is missing"),
        (
            "targets: {m: {serve: market, faults: [gray-ad-label]}}",
            "1: m.faults: no fault or lookalike is named 'gray-ad-label'; did you mean grey-ad-label",
        ),
        (
            "targets: {a: {url: shop.example}}",
            "1: a.url: 'shop.example' is no web address, write it like https://shop.example/",
        ),
        (
            "targets: {a: {url: 'https://me:pw@shop.example'}}",
            "1: a.url: a web address must not hold a user name or password: they stand under http_credentials",
        ),
        ("targets: {a: {serve: markt}}", '1: a.serve: "markt" is not market or module:Class'),
        ("targets: {a/b: {serve: market}}", '1: a/b: a target\'s name is letters, digits, ".", "_" and "-", not "a/b"'),
        ("targets: {no: {serve: market}}", "1: key no is not text (put it in quotes)"),
        ("targets: &all\n  a: *all\n", "1: an alias stands for what contains it"),
        ("targets: [a\n", "2: not YAML: while parsing a flow sequence, expected ',' or ']', but got '<stream end>'"),
        ("", '1: has no key "targets" (targets: {name: {url: https://shop.example/}})'),
        ("target: {}", '1: has no key "targets" (targets: {name: {url: https://shop.example/}})'),
        ("targets: {}", "1: must not be empty"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(write: Write, text: str, said: str) -> None:
    file = write(text)
    with pytest.raises(TargetError) as raised:
        load(file)
    assert str(raised.value).startswith(f"targets.yaml:{said}")
    assert "\n" not in str(raised.value)
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_every_problem_of_a_file_is_said_in_its_order(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(SITE + "    quieries: [手机]\n    mode: excercise\n")
    assert cli.main(["targets"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in said] == ["targets.yaml:4", "targets.yaml:5"]


def test_a_file_that_is_no_text_is_named(write: Write) -> None:
    write("").write_bytes("targets: {a: 手机}".encode("gbk"))
    with pytest.raises(TargetError, match=r"^targets.yaml: is not UTF-8"):
        load()


@pytest.mark.parametrize("key", ["username", "password"])
def test_a_literal_secret_is_refused_and_not_repeated(write: Write, key: str) -> None:
    line = {"username": 6, "password": 7}[key]
    file = write(
        SITE + ACCOUNTS.replace(f"{key}: env:SHOP_{'USER' if key == 'username' else 'PASSWORD'}", f"{key}: hunter2")
    )
    with pytest.raises(TargetError) as raised:
        load(file)
    assert str(raised.value) == (
        f"targets.yaml:{line}: staging.accounts.shopper.{key}: a secret must not stand in the file ({key}: env:NAME)"
    )
    assert "hunter2" not in repr(raised.value) and raised.value.__cause__ is None


@pytest.mark.parametrize("where", ["url: http://localhost:8000", "url: 'http://[::1]/'", "serve: market"])
def test_a_literal_secret_guards_nothing_on_this_machine(write: Write, where: str) -> None:
    target = load(
        write(f"targets: {{a: {{{where}, accounts: {{shopper: {{username: me, password: hunter2}}}}}}}}")
    ).by_name["a"]
    assert target.account("shopper").password == "hunter2"
    assert "hunter2" not in repr(target) + repr(target.account("shopper")) + target.model_dump_json()
    assert target.secrets() == {"hunter2"}


def test_a_missing_variable_is_said_when_its_account_is_used(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_USER", "13800000000")
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    write(SITE + ACCOUNTS)
    target = resolve("staging")
    with pytest.raises(TargetError) as raised:
        target.account("shopper")
    assert str(raised.value) == (
        "targets.yaml:7: environment variable SHOP_PASSWORD is not set "
        '(needed for accounts.shopper.password of target "staging")'
    )
    with pytest.raises(TargetError, match=r'^targets.yaml:4: target "staging" has no account "spare"'):
        target.account("spare")
    monkeypatch.setenv("SHOP_PASSWORD", "hunter2")
    assert (target.account("shopper").username, target.account("shopper").password) == ("13800000000", "hunter2")
    assert target.secrets() == {"13800000000", "hunter2"}


def test_what_opens_a_staging_system_comes_from_the_environment(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        SITE + "    http_credentials: {username: env:GATE_USER, password: env:GATE_PASSWORD}\n"
        "    headers:\n      X-Staging-Token: env:GATE_TOKEN\n      X-Variant: blue\n"
    )
    target = resolve("staging")
    monkeypatch.setenv("GATE_USER", "gatekeeper")
    monkeypatch.setenv("GATE_PASSWORD", "hunter2")
    monkeypatch.delenv("GATE_TOKEN", raising=False)
    with pytest.raises(TargetError) as raised:
        target.sent_headers()
    assert str(raised.value) == (
        "targets.yaml:6: environment variable GATE_TOKEN is not set "
        '(needed for headers.X-Staging-Token of target "staging")'
    )
    monkeypatch.setenv("GATE_TOKEN", "two\nlines")
    with pytest.raises(TargetError, match=r"^targets.yaml:6: environment variable GATE_TOKEN holds what no header can"):
        target.sent_headers()
    monkeypatch.setenv("GATE_TOKEN", "t0k")
    assert target.sent_headers() == {"X-Staging-Token": "t0k", "X-Variant": "blue"}
    login = target.http_login()
    assert login and (login.username, login.password) == ("gatekeeper", "hunter2")
    assert target.secrets() == {"gatekeeper", "hunter2", "t0k"}, "a variant that stands in the file is none"
    near = load(write("targets: {a: {url: 'http://localhost:1', headers: {X-Staging-Token: t0ken, X-Variant: blue}}}"))
    assert near.by_name["a"].secrets() == {"t0ken"}
    assert "hunter2" not in repr(target) + repr(login) and resolve("market").http_login() is None


def test_defaults_follow_from_what_is_written(write: Write) -> None:
    write(SITE + "    locale: en\n  tw: {url: https://shop.example, locale: zh-TW, mode: exercise, queries: [鞋]}\n")
    staging, other, market = resolve("staging"), resolve("tw"), resolve("market")
    assert (staging.url, staging.mode, staging.pace_seconds) == ("https://staging.shop.example/", "observe", 1.0)
    assert (staging.queries, staging.queries_given, staging.must_reach) == (("phone", "coffee"), False, ())
    assert (other.queries, other.queries_given) == (("鞋",), True)
    assert other.must_reach == ("search", "product", "cart", "checkout")
    assert (market.mode, market.pace_seconds, market.code(), market.queries_given) == ("exercise", 0.0, "000000", True)
    assert set(market.accounts) == {
        *(f"spare_{n}" for n in range(2, 6)),
        "shopper",
        "spare",
        "persona_a",
        "persona_b",
        "persona_a2",
        "persona_b2",
    }


def test_the_mode_is_lowered_freely_and_raised_only_on_this_machine(write: Write) -> None:
    write(SITE + "  bold: {url: https://bold.example, mode: exercise}\n  near: {url: http://127.0.0.1:8000/}\n")
    assert resolve("bold").mode == "exercise"
    lowered = resolve("bold", mode="observe")
    assert (lowered.mode, lowered.must_reach, lowered.name) == ("observe", (), "bold")
    assert resolve("near", mode="exercise").mode == "exercise"
    assert resolve("http://main.localhost:8000/", mode="exercise").mode == "exercise"
    assert resolve("https://shop.example").mode == "observe"
    with pytest.raises(TargetError, match=r'^targets.yaml:2: target "staging" is only observed'):
        resolve("staging", mode="exercise")
    for url in (
        "https://shop.example",
        "https://bold.example",
        "http://localhost.shop.example",
        "http://127.0.0.1.nip.io",
    ):
        with pytest.raises(TargetError, match="is a bare address: only observe"):
            resolve(url, mode="exercise")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("stagin", ' unknown target "stagin", known are market, staging (did you mean "staging"?)'),
        ("shop.example", "a web address starts with https://, like https://shop.example/"),
        ("ftp://shop.example", "is no web address"),
        ("https://", "is no web address"),
        ("https://shop .example/", "is no web address"),
        ("http://shop.example:99999/", "has no valid port"),
        ("https://me:hunter2@shop.example/", "must not hold a user name or password"),
        ("", "unknown target"),
    ],
)
def test_an_unknown_target_or_address_is_named(write: Write, asked: str, said: str) -> None:
    write(SITE)
    with pytest.raises(TargetError) as raised:
        resolve(asked)
    assert said in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_the_market_is_known_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert resolve("market").serve == "market"
    with pytest.raises(TargetError, match=r"^staging.yaml: can't be read: No such file"):
        resolve("market", "staging.yaml")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost/", True),
        ("http://run.fault.localhost:5000/", True),
        ("http://127.8.0.1/", True),
        ("http://[::1]:80/", True),
        ("http://10.0.0.1/", False),
        ("http://localhost.example/", False),
        ("http://notlocalhost/", False),
        ("https://127.0.0.1.example/", False),
    ],
)
def test_loopback_is_told_from_what_looks_like_it(url: str, local: bool) -> None:
    assert targets.is_loopback(url) is local
    assert resolve(url).is_local is local


@pytest.mark.parametrize(
    ("waived", "seen", "covered"),
    [
        ("{}", Where(device="desktop", place="home"), True),
        ("{device: mobile}", Where(device="desktop"), False),
        ("{place: product}", Where(device="desktop", place="product"), True),
        ("{place: product}", Where(device="desktop", place="home"), False),
        ("{element: 'div[1] > a'}", Where(device="desktop", element="div[1] > a"), True),
        ("{element: 'div[1] > a'}", Where(device="desktop", element="div1 > a"), False),
        ("{element: 关闭*}", Where(device="desktop", element="关闭广告"), True),
        ("{element: 关闭}", Where(device="desktop", element="关闭广告"), False),
    ],
)
def test_a_waiver_covers_what_it_names_until_its_last_day(
    write: Write, waived: str, seen: Where, covered: bool
) -> None:
    target = load(write(SITE + f"    waivers:\n    - {WAIVER.format(where=waived)}\n")).by_name["staging"]
    (waiver,) = target.waivers
    assert target.waiver_for("24.3", seen, date(2027, 3, 31)) == (waiver if covered else None)
    assert target.waiver_for("24.2", seen, date(2027, 3, 31)) is None
    assert target.waiver_for("24.3", seen, date(2027, 4, 1)) is None
    assert target.expired_waivers(date(2027, 3, 31)) == ()
    assert target.expired_waivers(date(2027, 4, 1)) == (waiver,)
    assert target.written(waiver) == "targets.yaml:5"


def test_what_is_served_is_found_beside_the_file_and_started(write: Write) -> None:
    file = write("targets: {own: {serve: 'stall_of_test:Stall'}, typo: {serve: 'stall_of_test:Stal'}}")
    file.with_name("stall_of_test.py").write_text(
        "class Stall:\n"
        "    url = 'http://127.0.0.1:1/'\n"
        "    stopped = False\n"
        "    @classmethod\n"
        "    def start(cls): return cls()\n"
        "    def stop(self): type(self).stopped = True\n"
    )
    target = resolve("own")
    served = targets.start(target)
    assert target.served_at(served.url).url == "http://127.0.0.1:1/"
    served.stop()
    assert target.load_object("serve").stopped
    with pytest.raises(TargetError, match=r"^targets.yaml:1: stall_of_test:Stal can't be imported"):
        targets.start(resolve("typo"))


def test_merged_keys_keep_their_own_value(write: Write) -> None:
    write("targets:\n  a: &a {serve: market, locale: en}\n  b:\n    <<: *a\n    locale: zh-TW\n")
    assert (resolve("b").serve, resolve("b").locale) == ("market", "zh-TW")


def test_the_schema_is_current_and_knows_the_own_file() -> None:
    schema = json.loads(targets.SCHEMA_FILE.read_text("utf-8"))
    assert schema == json.loads(targets.schema()), "run: gongping targets --schema > gongping/targets.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema)
    written = yaml.safe_load(OWN_FILE.read_text("utf-8"))
    jsonschema.validate(written, schema)
    for wrong in ({"quieries": ["a"]}, {"mode": "excercise"}, {"pages": "acme"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"targets": {"a": {"serve": "market", **wrong}}}, schema)


def test_the_own_file_is_valid() -> None:
    assert {"market", "market-faulty", "oscar"} <= load(OWN_FILE).by_name.keys()
