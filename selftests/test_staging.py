"""A staging system that is not open to everybody: credentials and headers reach its own hosts and nobody else, a certificate that nobody
vouches for is said, and none of the secrets lies in a bundle."""

from __future__ import annotations

import base64
import json
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from gongping import init, login
from gongping.clauses.command import main as lint
from gongping.consumer.devices import device as make_device
from gongping.consumer.door import Door
from gongping.consumer.experiments import Attempt
from gongping.consumer.guard import Effect
from gongping.consumer.journal import Journal
from gongping.consumer.robots import Robots
from gongping.consumer.walls import Wall, WallName
from gongping.located_yaml import read
from gongping.session import Browsers, store
from gongping.targets import Credentials, Target, TargetError, resolve
from selftests.conftest import Maker, journal, page, run_pytest
from selftests.test_login import an_audit, texts_of
from selftests.test_redact import FORMS

USER, PASSWORD, TOKEN = "gatekeeper", "Tr0ub4dor&3 zur Tür", "t0k+en/of~the-gate"
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
GIVEN = Credentials(USER, PASSWORD)


class Gate:
    """A shop on 127.0.0.1 behind HTTP credentials or a token; on localhost, as a third party, it takes everybody in and asks for both."""

    def __init__(
        self, *, asks: str = 'Basic realm="staging"', token: str = "", certificate: Path | None = None
    ) -> None:
        self.asked: list[tuple[str, str, str | None, str | None]] = []
        """Host, path, Authorization and X-Staging-Token of each request."""
        gate = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = self.headers["Host"].partition(":")[0]
                given, sent = self.headers.get("Authorization"), self.headers.get("X-Staging-Token")
                gate.asked.append((host, self.path, given, sent))
                status, more, body = 200, {}, gate.body(given, sent)
                if self.path.startswith("/out"):
                    status, more = 302, {"Location": f"{gate.scheme}://localhost:{gate.port}/third"}
                elif self.path == "/robots.txt":
                    body, more = "User-agent: *\nDisallow: /account\n", {"Content-Type": "text/plain"}
                lets_in = given == BASIC and (asks or "Basic").startswith("Basic")
                if (asks or host == "localhost") and not lets_in:
                    status, more = 401, {"WWW-Authenticate": asks or 'Basic realm="third"'}
                elif token and host != "localhost" and sent != token:
                    status, body = 403, "<h1>Forbidden</h1>"
                data = body.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **more}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()

    def body(self, given: str | None, sent: str | None) -> str:
        """A page that prints what let its reader in."""
        third = f"{self.scheme}://localhost:{self.port}"
        return page(
            f"<h1>首页</h1><p>{given} {sent} {PASSWORD if given else ''}</p><button>退出登录</button><img src={third}/pixel?to={self.url()}>"
            f"<script>fetch('/api/account'); fetch('{third}/api?to=' + location.href).catch(() => 0)</script>"
        )

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def sent_to(self, host: str) -> set[tuple[str | None, str | None]]:
        """Pairs of credentials and token that a host was given."""
        return {(given, sent) for asked, _, given, sent in self.asked if asked == host}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def gates() -> Iterator[Callable[..., Gate]]:
    made: list[Gate] = []

    def make(**more: Any) -> Gate:
        made.append(Gate(**more))
        return made[-1]

    yield make
    for gate in made:
        gate.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key with a certificate that nobody vouches for."""
    if not shutil.which("openssl"):
        pytest.skip("makes a certificate with openssl")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=staging", "-keyout", file, "-out", f"{file}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name, value in (("GATE_USER", USER), ("GATE_PASSWORD", PASSWORD), ("GATE_TOKEN", TOKEN)):
        monkeypatch.setenv(name, value)


def staging(folder: Path, url: str, more: str = "") -> Target:
    """An entry as a QA team writes it."""
    file = folder / "targets.yaml"
    file.write_text(
        f"targets:\n  staging:\n    url: {url}\n    accounts: {{shopper: {{session: true}}}}\n"
        "    http_credentials: {username: env:GATE_USER, password: env:GATE_PASSWORD}\n"
        f"    headers: {{X-Staging-Token: env:GATE_TOKEN}}\n{more}",
        "utf-8",
    )
    return resolve("staging", file)


def holds_none(bundle: Path, *secrets: str) -> None:
    """No file of the bundle holds one of the secrets, in whatever form."""
    texts = texts_of(bundle)
    for secret in secrets:
        forms = {secret.encode(), base64.b64encode(secret.encode()), *(form(secret) for form in FORMS.values())}
        assert not [name for name, data in texts.items() if any(f in data for f in forms)], secret
    assert not [name for name, data in texts.items() if BASIC.removeprefix("Basic ").encode() in data]


# -- credentials and headers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("allowed", [Effect.SESSION, Effect.COMMITMENT])
def test_who_has_the_key_comes_in_and_no_third_party_sees_it(
    allowed: Effect, gates: Callable[..., Gate], consume: Maker
) -> None:
    gate = gates(token=TOKEN)
    consumer = consume(allowed, door=Door(gate.url(), GIVEN, {"X-Staging-Token": TOKEN}))
    consumer.visit(gate.url(), "home")
    assert "首页" in consumer.look("home", pictures="none").sight.text
    with consumer.context.expect_page() as opened:
        consumer.page.evaluate("() => { open('/account/orders', '_blank', 'noopener') }")
    opened.value.wait_for_load_state()
    with pytest.raises(Wall) as met:
        consumer.visit(gate.url("/out"), "product")
    assert met.value.name is WallName.BLOCKED and "http_credentials are for 127.0.0.1 only" in met.value.detail
    mine = [(path, given) for host, path, given, sent in gate.asked if host == "127.0.0.1" and sent == TOKEN]
    assert {("/", BASIC), ("/api/account", BASIC), ("/account/orders", BASIC), ("/out", BASIC)} <= set(mine)
    assert len(mine) == len([host for host, *_ in gate.asked if host == "127.0.0.1"]), "the token is sent every time"
    assert gate.sent_to("localhost") == {(None, None)}, "not even where an address names the platform's"
    assert {"/pixel", "/api", "/third"} <= {
        path.partition("?")[0] for host, path, *_ in gate.asked if host == "localhost"
    }


def test_a_header_of_the_page_itself_stays(gates: Callable[..., Gate], consume: Maker) -> None:
    gate = gates(asks="", token=TOKEN)
    consumer = consume(door=Door(gate.url(), None, {"X-Staging-Token": TOKEN}))
    consumer.visit(gate.url(), "home")
    consumer.page.evaluate("fetch('/own', {headers: {'x-staging-token': 'of the page'}}).then((r) => r.text())")
    assert ("127.0.0.1", "/own", None, "of the page") in gate.asked


def test_the_door_is_shut_again_with_the_last_consumer(gates: Callable[..., Gate], consume: Maker) -> None:
    gate = gates()
    with consume(door=Door(gate.url(), GIVEN)) as first:
        first.visit(gate.url(), "home")
    with pytest.raises(Wall):
        consume().visit(gate.url(), "home")


@pytest.mark.parametrize(
    ("given", "asks", "said"),
    [
        (None, 'Basic realm="staging"', 'HTTP 401, Basic realm="staging": the server asks for HTTP credentials before it shows a page; http_credentials: {username: env:NAME, password: env:NAME} in the target'),
        (Credentials(USER, "wrong"), 'Basic realm="staging"', 'HTTP 401, Basic realm="staging": the server refuses the target\'s http_credentials'),
        (GIVEN, "Bearer", "HTTP 401: the server asks for a user name and a password"),
        (GIVEN, 'Digest realm="staging", nonce="0"', 'HTTP 401, Digest realm="staging", nonce="0": the target\'s http_credentials are sent by the scheme Basic'),
    ],
    ids=["none", "wrong", "another scheme", "digest"],
)  # fmt: skip
def test_a_shut_door_names_the_remedy(
    given: Credentials | None, asks: str, said: str, gates: Callable[..., Gate], consume: Maker
) -> None:
    gate = gates(asks=asks)
    with pytest.raises(Wall) as met:
        consume(door=Door(gate.url(), given)).visit(gate.url(), "home")
    assert met.value.name is WallName.BLOCKED and met.value.detail.startswith(said)


@pytest.mark.parametrize(
    ("home", "own", "others"),
    [
        ("https://www.staging.shop.com.cn/", "https://m.shop.com.cn:8443/x", "https://other.com.cn/"),
        ("https://acme.github.io/", "https://acme.github.io/", "https://stranger.github.io/"),
        ("http://10.0.0.1:8000/", "http://10.0.0.1/", "http://110.0.0.1/"),
        ("http://intranet/", "http://intranet:81/", "http://xintranet/"),
        ("https://shop.example/", "https://img.shop.example/", "https://evil.example/?https://shop.example/"),
    ],
)
def test_own_hosts_are_told_from_others(home: str, own: str, others: str) -> None:
    assert Door(home).is_own(own) and not Door(home).is_own(others)
    assert Door(home, GIVEN, {"X-A": "b"}).sent_to(own) == {"X-A": "b", "Authorization": BASIC}
    assert Door(home, GIVEN, {"X-A": "b"}).sent_to(others) == {}


def test_robots_txt_behind_the_door_is_read(gates: Callable[..., Gate], certificate: Path, tmp_path: Path) -> None:
    gate = gates(token=TOKEN, certificate=certificate)
    for door, forbids in (
        (Door(gate.url(), GIVEN, {"X-Staging-Token": TOKEN}, True), True),
        (Door(gate.url()), False),
    ):
        robots = Robots(Journal(tmp_path / "journal.jsonl"), door=door)
        assert robots.forbids(gate.url("/account")) is forbids


# -- whole runs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2], ids=["first", "traced"])
def test_a_bundle_says_that_the_certificate_was_not_checked_and_no_secret(
    number: int,
    gates: Callable[..., Gate],
    certificate: Path,
    chromium: Browser,
    playwright: Playwright,
    tmp_path: Path,
) -> None:
    gate = gates(token=TOKEN, certificate=certificate)
    target = staging(tmp_path, gate.url(), "    certificate: ignore\n    certificate_reason: OPS-7\n")
    bundle = tmp_path / "bundle"
    audit = an_audit(target, bundle)
    attempt = Attempt(
        audit.run, make_device("desktop", playwright, chromium.version), "x", number, Browsers(playwright, lambda: chromium, audit.run.journal)
    )  # fmt: skip
    consumer = attempt.consumer("c")
    consumer.visit(gate.url(), "home")
    assert PASSWORD in consumer.page.inner_text("p"), "the page prints it"
    consumer.look("home", pictures="none")
    consumer.keep_page("home")
    attempt.close()
    assert audit.conclude(complete=True).certificate_unchecked == "OPS-7"
    assert json.loads((bundle / "verdicts.json").read_text("utf-8"))["certificate_unchecked"] == "OPS-7"
    for name, said in (("report.html", "没有核对："), ("junit.xml", "OPS-7"), ("earl.jsonld", "OPS-7"), ("allure-results/environment.properties", "OPS-7")):  # fmt: skip
        assert said in (bundle / name).read_text("utf-8"), name
    holds_none(bundle, USER, PASSWORD, TOKEN)


def test_an_audit_from_the_command_line_comes_in(
    gates: Callable[..., Gate], certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gates(token=TOKEN, certificate=certificate)
    staging(tmp_path, gate.url(), "    certificate: ignore\n    certificate_reason: OPS-7\n")
    asked = ("--pyargs", "gongping.tests", "--target=staging", "--duty=6.1", "--devices=desktop", "--no-confirm", "-q")
    ran = run_pytest(tmp_path, *asked, timeout=300)
    assert ran.verdicts["reached"]["home"] and "证书没有核对：OPS-7" in ran.out, ran.out
    assert gate.sent_to("localhost") == {(None, None)}
    holds_none(ran.bundle, USER, PASSWORD, TOKEN)
    monkeypatch.delenv("GATE_TOKEN")
    shut = run_pytest(tmp_path, *asked)
    assert shut.status == 4 and "targets.yaml:6: environment variable GATE_TOKEN is not set" in shut.out, shut.out
    assert "Traceback" not in shut.out


def test_a_person_signs_in_behind_the_door(
    gates: Callable[..., Gate], certificate: Path, chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    gate = gates(token=TOKEN, certificate=certificate)
    target = staging(tmp_path, gate.url(), "    certificate: ignore\n    certificate_reason: OPS-7\n")
    device = make_device("desktop", playwright, chromium.version)
    session = login.sign_in_by_hand(
        chromium, device, target, "shopper", lambda window: window.page.evaluate("localStorage.t = 'x'")
    )
    assert "退出登录" in session.sign
    said: list[str] = []
    with pytest.raises(login.NotSignedIn):
        shut = target.model_copy(update={"certificate": "check"})
        login.sign_in_by_hand(chromium, device, shut, "shopper", lambda window: window.page.close(), said.append)
    assert "ERR_CERT_AUTHORITY_INVALID" in said[0] and "`certificate: ignore`" in said[0]


def test_a_first_walk_takes_the_door_from_an_entry_and_carries_it_over(
    gates: Callable[..., Gate], certificate: Path, chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    gate = gates(token=TOKEN, certificate=certificate)
    staging(tmp_path, gate.url(), "    certificate: ignore\n    certificate_reason: OPS-7\n    mode: exercise\n")
    target = init.target_of("staging", "", 1, 6, tmp_path / "targets.yaml")
    assert (target.mode, target.budget.navigations) == ("observe", 6)
    bundle = tmp_path / "bundle"
    done = init.explore(target, "desktop", bundle, lambda notes: Browsers(playwright, lambda: chromium.browser_type.launch(**login.find().launch_arguments()), notes), lambda _: None)  # fmt: skip
    assert done.home and done.home.reached and not done.errors
    data, _ = read(bundle / "entry.yaml")
    carried = data["targets"]["staging"]
    assert carried["http_credentials"] == {"username": "env:GATE_USER", "password": "env:GATE_PASSWORD"}
    assert carried["headers"] == {"X-Staging-Token": "env:GATE_TOKEN"} and carried["certificate_reason"] == "OPS-7"
    assert "没有核对：" in (bundle / "init.html").read_text("utf-8")
    assert json.loads((bundle / "init.json").read_text("utf-8"))["certificate_unchecked"] == "OPS-7"
    holds_none(bundle, USER, PASSWORD, TOKEN)


def test_a_first_walk_of_what_is_no_target_says_so(tmp_path: Path) -> None:
    staging(tmp_path, "https://staging.shop.example")
    with pytest.raises(TargetError, match=r"^'stagin' is no web address, and no target of "):
        init.target_of("stagin", "", 1, 6, tmp_path / "targets.yaml")


def test_a_first_walk_names_the_remedy(
    gates: Callable[..., Gate], chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    target = init.target_of(gates().url(), "shop", 1, 6)
    audit = an_audit(target, tmp_path / "bundle")
    begin = store(audit, Browsers(playwright, lambda: chromium, audit.run.journal))._begin
    assert begin is not None
    with pytest.raises(Wall, match=r"http_credentials: \{username: env:NAME"):
        begin("desktop", "x", 1).consumer().visit(str(target.url), "home")
    assert [line["wall"] for line in journal(tmp_path / "bundle", "wall")] == ["blocked"]


def test_a_document_behind_the_door_is_linted(
    gates: Callable[..., Gate], certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = gates(token=TOKEN, certificate=certificate)
    staging(tmp_path, gate.url(), "    certificate: ignore\n    certificate_reason: OPS-7\n")
    entry = ("--target=staging", f"--targets={tmp_path / 'targets.yaml'}")
    assert lint([gate.url("/terms"), *entry]) == 0
    assert lint([gate.url("/terms")]) == 2 and "CERTIFICATE_VERIFY_FAILED" in capsys.readouterr().err
    assert lint([gate.url("/out"), *entry]) == 2 and "401" in capsys.readouterr().err
    assert gate.sent_to("127.0.0.1") == {(BASIC, TOKEN)} and gate.sent_to("localhost") == {(None, None)}
    for source, says in ((f"{tmp_path}/terms.txt", "a file"), ("https://other.example/", "not on a host of staging")):
        assert lint([source, *entry]) == 2 and says in capsys.readouterr().err
    assert (
        lint([gate.url("/terms"), "--target=stagin", entry[1]]) == 2
        and 'unknown target "stagin"' in capsys.readouterr().err
    )
