"""Whole audits of a shop that stops its visitors: what rests on the walled place is undecided and says why, all else comes out as ever.

`make test` runs one audit of each kind, `make walls` every wall at every place.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from gongping.evidence import manifest
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document, Mark
from gongping.observations.layers import PopupsSeen, Session, Visit
from gongping.sight.model import Box, Seen
from gongping.targets import Facts
from gongping.testing import Said
from gongping.tests import test_article_24_popups as popups_judged
from gongping.verdicts import Outcome
from selftests.conftest import Ran, journal, run_pytest
from selftests.killing import Audited, audit
from selftests.walled import SETTINGS, Walled, obstacle

HOME = ("6.1", "29.1")
"""Duties that rest on home and on the documents that it leads to."""

LIST = ("13.1", "40.1")
"""Duties that rest on home and the search's results."""

ORDER = ("42.2",)
"""A duty that rests on home, the results, a product, the cart and the order."""

RESTS = {
    "home": (*HOME, *LIST, *ORDER, "24.3"),
    "search": (*LIST, *ORDER),
    "product": ORDER,
    "cart": ORDER,
    "documents": HOME,
}
SECONDS = 420
"""The budget of SETTINGS and what an audit does beside visiting, on a busy machine."""

WALLS = {
    "captcha": "captcha", "captcha-page": "captcha", "blocked": "blocked", "too-many": "blocked", "login": "login", "broken": "server-error", "circles": "redirect-loop",
    "goes-on": "redirect-loop", "silent": "time-out", "alerts-without-end": "dialog-loop", "script-without-end": "time-out", "hangs-later": "time-out",
    "download": "download", "blank": "blank",
}  # fmt: skip
"""What stands in the way, and the name by which it is told."""

ONLY_HOME = {"app-only": "not-recognised", "refresh": "not-recognised", "password": "blocked"}
NONE = ("unended@search", "slow", "alert", "unload", "many@search", "flood", "polls", "refreshes")


@pytest.fixture(scope="module")
def shop() -> Iterator[Walled]:
    with Walled.start() as served:
        yield served


Look = Callable[..., Audited]


@pytest.fixture
def look(shop: Walled, tmp_path: Path) -> Look:
    """Audits the shop behind obstacles: `look("captcha@search", duties=HOME)`. Whatever stands there, the bundle is whole."""

    def run(
        *names: str, duties: tuple[str, ...], settings: dict[str, object] | None = None, meanwhile: object = None
    ) -> Audited:
        at = shop.put(*map(obstacle, names))
        seen = audit(
            shop, at, [], duties, "desktop", tmp_path, settings={**SETTINGS, **(settings or {})}, meanwhile=meanwhile, seconds=SECONDS
        )  # fmt: skip
        assert {duty for duty, _ in seen.outcomes} <= set(duties)
        is_whole(seen.bundle)
        return seen

    return run


def is_whole(bundle: Path) -> None:
    assert manifest.verify(bundle) == []
    assert (bundle / "report.html").stat().st_size > 10_000
    assert len(json.loads((bundle / "verdicts.json").read_text("utf-8"))["duties"]) == 170


def of(seen: Audited) -> dict[str, str]:
    return {duty: outcome for (duty, _), outcome in seen.outcomes.items()}


def holds(seen: Audited, wall: str, place: str, duties: tuple[str, ...]) -> None:
    """What rests on the place says the wall's name and nothing else, the rest is as in the clean shop."""
    walled = [d for d in duties if d in RESTS[place]]
    assert of(seen) == {d: "cantTell" if d in walled else "passed" for d in duties}, seen.says
    for duty in walled:
        assert wall in seen.says[duty, "desktop"], seen.says
    assert (place, wall) in seen.stops or place == "documents", seen.stops
    assert not seen.errors
    # the market's service pages are documents, too
    assert seen.reached["home"] is (place != "home") and seen.reached.get(place) is (place == "documents")
    assert seen.exit_status == (6 if place == "home" else 0)
    if place == "home":
        first = seen.out.partition("公平秤 Gongping")[2].splitlines()[1]
        assert first.startswith(f"NOT REACHED: home: {wall}"), first


# -- in make test ---------------------------------------------------------------------------------------------------------


def test_walls_at_two_places_leave_the_third_alone(look: Look) -> None:
    """One audit: the documents ask for a proof of being human, the results send away, an order isn't asked for."""
    seen = look("captcha@documents", "too-many@search", duties=("6.1", "44.2", "13.1"))
    assert of(seen) == {"6.1": "cantTell", "44.2": "passed", "13.1": "cantTell"}, seen.says
    assert "captcha" in seen.says["6.1", "desktop"] and "blocked" in seen.says["13.1", "desktop"]
    assert ("search", "blocked") in seen.stops and ("documents", "captcha") in seen.stops
    assert seen.reached["home"] and not seen.reached["search"] and seen.exit_status == 0


@pytest.mark.walls
def test_what_goes_on_all_the_while_is_no_wall(look: Look) -> None:
    """Beacons, long polls, a greeting on every page, questions before one leaves, a full console: all read as ever."""
    seen = look("polls", "alert", "unload", "flood", "language", duties=("6.1",))
    assert of(seen) == {"6.1": "passed"}, seen.says
    assert seen.exit_status == 0 and not seen.errors and not seen.stops


@pytest.mark.parametrize("name", ["app-only", pytest.param("hangs-later", marks=pytest.mark.walls)])
def test_a_home_that_is_none_is_not_reached(name: str, look: Look) -> None:
    """A page that leads into an app has no licence, and a page that stops answering after it was seen keeps nobody waiting."""
    seen = look(f"{name}@home", duties=("6.1",))
    wall = {**WALLS, **ONLY_HOME}[name]
    assert of(seen) == {"6.1": "cantTell"} and wall in seen.says["6.1", "desktop"], seen.says
    assert ("home", wall) in seen.stops and not seen.errors


def test_places_that_no_session_reached_are_not_said_to_be_quiet() -> None:
    """Ten sessions at home, whose walk on was stopped (24.2, 24.3: a popup may wait among the results)."""

    def seen(wall: str, *places: str) -> PopupsSeen:
        visits = tuple(Visit(p, "http://shop.example/", "", "short") for p in ("home", *places))
        return PopupsSeen(tuple(Session(n, visits, wall=wall if n <= 3 else "") for n in range(1, 11)), 10)

    def outcome(popups: PopupsSeen) -> tuple[Outcome, str]:
        with pytest.raises(Said) as said:
            popups_judged._conclude(popups, [], Facts())
        return said.value.outcome, said.value.zh

    undecided, words = outcome(seen("captcha: 请完成安全验证"))
    assert undecided is Outcome.CANT_TELL and "captcha" in words and "搜索结果页" in words
    assert outcome(seen("", "search", "product", "cart"))[0] is Outcome.INAPPLICABLE
    assert (
        outcome(
            seen(
                "not-offered: no search",
            )
        )[0]
        is Outcome.INAPPLICABLE
    )  # a shop may have none


@pytest.mark.parametrize("wall", ["server-error", "blank", "time-out", "captcha", "blocked", "not-found"])
def test_a_document_behind_a_wall_is_neither_there_nor_missing(wall: str, tmp_path: Path) -> None:
    """Only a link that leads nowhere is dead (6.1, 29.1)."""
    norm = Predicates(load(), Album(tmp_path), "zh-CN")
    document = Document("agreement_user", "", "http://shop.example/doc", "", "", wall=wall, detail="HTTP 502")
    seen = Seen("s", 0, -1, "a", Box(0, 0, 80, 20), text="用户协议", role="link", href="http://shop.example/doc")
    mark = Mark("agreement_user", "用户协议", seen, "用户协议", "link", "footer", 0.0, followed=(document,))
    for judged in (norm.licence_shown(document, [], date.today()), norm.full_text_reached(mark, "agreement_user")):
        assert judged.broken is (wall == "not-found") and judged.unknown is (wall != "not-found")
        assert wall in judged.zh or wall == "not-found"


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with openssl")
def test_a_certificate_that_nobody_vouches_for_is_said_in_the_first_line(tmp_path: Path) -> None:
    """From nothing but the address."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        ran = bare(tmp_path, f"https://localhost:{server.server_address[1]}/")
    finally:
        server.shutdown()
        server.server_close()
    assert ran.status == 6
    first = ran.out.partition("公平秤 Gongping")[2].splitlines()[1]
    assert first.startswith("NOT REACHED: home: unreachable (ERR_CERT_AUTHORITY_INVALID: nobody vouches for"), ran.out
    assert ran.verdicts["duties"]["6.1"] == "cantTell"
    is_whole(ran.bundle)


def bare(folder: Path, url: str) -> Ran:
    return run_pytest(
        folder,
        "--pyargs",
        "gongping.tests",
        f"--target={url}",
        "--duty=6.1",
        "--devices=desktop",
        "-q",
        timeout=SECONDS,
    )


# -- what dies, and who ends it -------------------------------------------------------------------------------------------


def when(
    event: str, act: Callable[[subprocess.Popen[str]], None], **facts: str
) -> Callable[[subprocess.Popen[str], Path], None]:
    """Does `act` to a running audit as soon as its journal has such a line."""

    def wait(process: subprocess.Popen[str], bundles: Path) -> None:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and process.poll() is None:
            for bundle in bundles.glob("2*"):
                if (bundle / "journal.jsonl").exists() and any(
                    facts.items() <= line.items() for line in journal(bundle, event)
                ):
                    return act(process)
            time.sleep(0.05)
        raise AssertionError(f"{event} {facts} never came")

    return wait


def browsers(process: subprocess.Popen[str], kind: str) -> list[int]:
    """The browser's processes below an audit: of a `--type`, or the browser itself without one."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile
    below = {process.pid}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    found = []
    for pid in below:
        try:
            command = (
                Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").replace("\0", " ").split()
            )  # forked ones write blanks
        except OSError:
            continue
        types = [a for a in command if a.startswith("--type=")]
        if (
            types == [f"--type={kind}"]
            if kind
            else not types and any(a.startswith("--user-data-dir=") for a in command)
        ):
            found.append(pid)
    return found


def kill(kind: str) -> Callable[[subprocess.Popen[str]], None]:
    def act(process: subprocess.Popen[str]) -> None:
        pids = browsers(process, kind)
        assert pids, f"no {kind or 'browser'} runs"
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    return act


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the browser's processes in /proc")


@linux
@pytest.mark.walls
@pytest.mark.parametrize(("kind", "what"), [("renderer", "a page"), ("", "the browser")], ids=["renderer", "browser"])
def test_a_browser_killed_on_the_way_is_replaced_and_nothing_is_lost(kind: str, what: str, look: Look) -> None:
    killed = when("reached", kill(kind), experiment="search", place="search")
    seen = look(duties=("6.1", *LIST), meanwhile=killed)
    assert of(seen) == dict.fromkeys(("6.1", *LIST), "passed"), seen.says
    assert f"{what} died during the experiment search on desktop: it was repeated with a new one" in seen.out
    assert seen.exit_status == 0 and not seen.errors


@pytest.mark.walls
def test_ctrl_c_in_the_middle_keeps_what_was_judged(look: Look) -> None:
    ended = when("reached", lambda process: process.send_signal(signal.SIGINT), experiment="search", place="search")
    seen = look(duties=("6.1", *LIST), meanwhile=ended)
    assert seen.exit_status == 2 and "检测中断，结果不完整" in seen.out
    assert of(seen) == {"6.1": "passed"} and seen.reached["home"] and not seen.errors


# -- make walls -----------------------------------------------------------------------------------------------------------


@pytest.mark.walls
def test_the_shop_without_walls(look: Look) -> None:
    duties = (*HOME, *LIST, *ORDER)
    seen = look("none", duties=duties)
    assert of(seen) == dict.fromkeys(duties, "passed"), seen.says
    assert seen.exit_status == 0 and not seen.stops


@pytest.mark.walls
@pytest.mark.parametrize("name", [*WALLS, *ONLY_HOME])
def test_a_wall_at_home(name: str, look: Look) -> None:
    seen = look(f"{name}@home", duties=RESTS["home"])
    if name == "hangs-later":  # home was reached before it hung
        assert set(of(seen).values()) == {"cantTell"} and not seen.errors
        return
    holds(seen, {**WALLS, **ONLY_HOME}[name], "home", RESTS["home"])


@pytest.mark.walls
@pytest.mark.parametrize("name", [n for n in WALLS if n not in ("login", "download", "hangs-later")])
def test_a_wall_before_the_documents(name: str, look: Look) -> None:
    """A login there is what 6.1 and 29.1 forbid, a file is read by a person (as the PDF below), and what hangs later was read before."""
    holds(look(f"{name}@documents", duties=(*HOME, "13.1")), WALLS[name], "documents", (*HOME, "13.1"))


@pytest.mark.walls
@pytest.mark.parametrize("name", [n for n in WALLS if n != "hangs-later"])
def test_a_wall_before_the_results(name: str, look: Look) -> None:
    holds(look(f"{name}@search", duties=("6.1", *LIST)), WALLS[name], "search", ("6.1", *LIST))


@pytest.mark.walls
@pytest.mark.parametrize(
    "name", ["captcha", "blocked", "too-many", "login", "broken", "circles", "silent", "download", "blank"]
)
@pytest.mark.parametrize("place", ["product", "cart"])
def test_a_wall_on_the_way_to_an_order(place: str, name: str, look: Look) -> None:
    holds(look(f"{name}@{place}", duties=("13.1", *ORDER)), WALLS[name], place, ("13.1", *ORDER))


@pytest.mark.walls
@pytest.mark.parametrize("name", NONE)
def test_what_is_no_wall(name: str, look: Look) -> None:
    duties = ("6.1", "13.1")
    wall_seconds = (
        30 if name.startswith("many") else 4
    )  # fifty thousand elements take a while to read, on a busy machine
    seen = look(
        name, duties=duties, settings={"budget": {"minutes": 5, "navigations": 120, "wall_seconds": wall_seconds}}
    )
    assert of(seen) == dict.fromkeys(duties, "passed"), seen.says
    assert not seen.errors and seen.exit_status == 0


@pytest.mark.walls
@pytest.mark.parametrize("name", ["broken-now-and-then", "blocked-after", "captcha-after"])
def test_what_comes_now_and_then_breaks_nothing(name: str, look: Look) -> None:
    """With the second consumer, as by default: some duties may be decided, none is failed."""
    duties = RESTS["home"]
    seen = look(name, duties=duties)
    assert "failed" not in of(seen).values(), seen.says
    assert "cantTell" in of(seen).values() and not seen.errors and seen.exit_status in (0, 6)


@pytest.mark.walls
@pytest.mark.parametrize("name", ["pdf", "download", "hangs-later"])
def test_what_is_odd_about_a_document_is_not_held_against_the_shop(name: str, look: Look) -> None:
    seen = look(f"{name}@documents", duties=HOME)
    assert "failed" not in of(seen).values() and not seen.errors, seen.says
    if name != "hangs-later":  # some is read before it hangs
        assert set(of(seen).values()) == {"cantTell"}, seen.says


@pytest.mark.walls
def test_a_place_that_must_be_reached_is_said_first(look: Look) -> None:
    seen = look("blocked@search", duties=("6.1", "13.1"), settings={"mode": "exercise"})
    assert seen.exit_status == 6
    assert (
        seen.out.partition("公平秤 Gongping")[2].splitlines()[1].startswith("NOT REACHED: search: blocked (HTTP 403)")
    )
