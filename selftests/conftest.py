"""What several self-tests share: a tiny site that keeps a log of what reached it, a browser, and consumers made by hand."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Playwright

from gongping.browser import launch_arguments
from gongping.consumer.budget import Budget
from gongping.consumer.consumer import Consumer
from gongping.consumer.devices import device as make_device
from gongping.consumer.guard import Effect, Guard
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.pages import layers  # noqa: F401 - gives consumers their way past layers
from gongping.sight.look import HOOKS, Live, look
from gongping.sight.model import Seen, Sight
from selftests.killing import MATRIX

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "matrix: every fault of the market (make matrix)")
    config.addinivalue_line("markers", "bench: measures, never judges (make bench)")


_LONGEST = (
    "test_matrix.py",
    "test_from_bundle.py",
    "test_tricks.py",
    "test_walled.py",
    "test_fronts.py",
    "test_init.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest begin first: a worker that ends with one of them keeps the other waiting."""
    items.sort(key=lambda item: _LONGEST.index(item.path.name) if item.path.name in _LONGEST else len(_LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The kill matrix as a table."""
    rows = [
        json.loads(str(value))
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == MATRIX
    ]
    if not rows:
        return
    write = terminalreporter.write_line
    terminalreporter.section("kill matrix")
    write(f"{'fault or lookalike':34} {'duty':>5} {'outcome':8} {'s':>4}  other changes")
    for row in sorted(rows, key=lambda r: ([int(n) for n in r["duty"].split(".")], r["switch"])):
        wrong = f"  {row['undeclared']} NOT DECLARED" if row["undeclared"] else ""
        write(
            f"{row['switch']:34} {row['duty']:>5} {row['outcome']:8} {row['seconds']:>4}  {', '.join(row['others'])}{wrong}"
        )
    faults = [r for r in rows if r["outcome"] != "lawful"]
    write(
        f"{sum(r['outcome'] == 'killed' for r in faults)} of {len(faults)} faults killed, {sum(bool(r['undeclared']) for r in rows)} rows with what nobody declared"
    )


# -- a site ---------------------------------------------------------------------------------------------------------------


@dataclass
class Asked:
    """A request that reached the site."""

    method: str
    path: str
    body: str = ""


@dataclass
class Answer:
    """What the site answers. `later` seconds pass before it; `torn` leaves the connection open without an end."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    later: float = 0
    torn: bool = False


class Site:
    """A site on 127.0.0.1 (and, as another origin, on localhost). `site["/x"] = html` serves a page, `site.asked` is its log."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode("utf-8", "replace") if length else ""
                site.asked.append(Asked(self.command, self.path, body))
                path = urlsplit(self.path).path
                answer = site.pages.get(
                    path, Answer("", 204) if path == "/favicon.ico" else Answer(f"<p>{path} is here", 200)
                )
                if answer.later:
                    site.closing.wait(answer.later)
                data = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                headers = {
                    "Content-Type": "text/html; charset=utf-8",
                    "Access-Control-Allow-Origin": "*",
                    **answer.headers,
                }
                for name, value in headers.items():
                    self.send_header(name, value)
                if not answer.torn:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)
                if answer.torn:
                    self.wfile.flush()
                    site.closing.wait(30)
                    self.close_connection = True

            do_GET = do_POST = do_DELETE = do_PUT = do_HEAD = do_OPTIONS = _answer

            def log_message(self, *_: Any) -> None:
                pass

            def handle(self) -> None:
                try:
                    super().handle()
                except (ConnectionError, TimeoutError):
                    return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def __setitem__(self, path: str, page: str | bytes | Answer) -> None:
        self.pages[path] = page if isinstance(page, Answer) else Answer(page)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def got(self, *paths: str) -> list[str]:
        """`METHOD path` of what was asked under these paths."""
        return [f"{a.method} {a.path}" for a in list(self.asked) if a.path.startswith(paths)]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def page(body: str, title: str = "示例商城", head: str = "") -> str:
    """A page of a shop around `body`: enough controls and text to be no wall."""
    links = "".join(f'<a href="/goods/{n}">商品{n} 手机数码家用电器服饰鞋包</a> ' for n in range(40))
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>{head}<body>{body}<div id="more">{links}</div>'


# -- a browser and consumers ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that an audit would use, one a module."""
    browser = playwright.chromium.launch(**launch_arguments())
    yield browser
    browser.close()


class Maker:
    """Makes consumers: `make(Effect.SESSION, "mobile", pace=0, budget=100, ...)`; `folder` is their bundle."""

    def __init__(self, browser: Browser, playwright: Playwright, folder: Path) -> None:
        self.folder = folder
        self._browser = browser
        self._playwright = playwright
        self._made: list[Consumer] = []

    def __call__(
        self,
        allowed: Effect = Effect.SESSION,
        device: str = "desktop",
        *,
        pace: float = 0,
        budget: int = 100,
        **more: Any,
    ) -> Consumer:
        journal = more.pop("journal", None) or Journal(self.folder / "journal.jsonl")
        settings = {"locale": "zh-CN", "name": f"c{len(self._made) + 1}", "wall_seconds": 10.0, **more}
        consumer = Consumer(
            self._browser, device=make_device(device, self._playwright, self._browser.version), bundle=self.folder, guard=Guard(allowed, journal),
            journal=journal, pace=Pace(pace, self.folder / ".pace"), budget=Budget(budget, 10), **settings,
        )  # fmt: skip
        self._made.append(consumer)
        return consumer

    def close(self) -> None:
        for consumer in self._made:
            consumer.close()


@pytest.fixture
def consume(chromium: Browser, playwright: Playwright, tmp_path: Path) -> Iterator[Maker]:
    """Makes consumers for one test."""
    maker = Maker(chromium, playwright, tmp_path)
    yield maker
    maker.close()


@dataclass
class Walk:
    """A consumer that many tests share (a fresh context costs half a second), and the site that it walks."""

    consumer: Consumer
    site: Site
    folder: Path

    def to(self, body: str) -> Live:
        """A fresh page with that body; the site's log starts anew."""
        path = f"/page/{next(_PAGES)}"
        self.site[path] = body
        self.consumer.visit(self.site.url(path), "home")
        self.site.asked.clear()
        return self.consumer.look("home", pictures="none")


_PAGES = itertools.count(1)


@pytest.fixture(scope="module")
def walk(chromium: Browser, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """A consumer of observe mode, shared by a module."""
    folder, site = tmp_path_factory.mktemp("walk"), Site()
    maker = Maker(chromium, playwright, folder)
    yield Walk(maker(budget=10_000), site, folder)
    maker.close()
    site.close()


def journal(folder: Path, *events: str) -> list[dict[str, Any]]:
    """The journal's lines of these events (all without any)."""
    lines = [json.loads(line) for line in (folder / "journal.jsonl").read_text("utf-8").splitlines()]
    return [line for line in lines if not events or line["event"] in events]


def named(sight: Sight, label: str) -> Seen:
    """The innermost element of that label that a person could operate."""
    found = [s for s in sight.elements if s.operable and sight.label_of(s) == label]
    assert found, f"{label!r} is not among {[sight.label_of(s) for s in sight.elements if s.operable]}"
    return found[-1]


def named_by(sight: Sight, ident: str) -> Seen:
    """The element with that id."""
    found = [s for s in sight.elements if s.ident == ident]
    assert found, f"#{ident} is not among {[s.ident for s in sight.elements if s.ident]}"
    return found[0]


# -- inner runs -----------------------------------------------------------------------------------------------------------


@dataclass
class Ran:
    """An inner pytest: its exit status, what it printed, and where its bundle lies."""

    status: int
    out: str
    folder: Path

    @property
    def bundle(self) -> Path:
        found = sorted(self.folder.glob("reports/*/*/verdicts.json"))
        assert found, f"no bundle was written\n{self.out}"
        return max(found, key=lambda p: p.stat().st_mtime_ns).parent

    @property
    def verdicts(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.bundle / "verdicts.json").read_text("utf-8"))
        return read

    def outcomes(self, device: str = "desktop") -> dict[str, str]:
        """Outcome by test name on one device."""
        return {v["test"].rpartition("::")[2]: v["outcome"] for v in self.verdicts["verdicts"] if v["device"] == device}


def run_pytest(folder: Path, *arguments: str, timeout: float = 120, **environment: str) -> Ran:
    """Runs pytest in `folder` as a user would. The checkout is importable, its settings are not read."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "140", **environment}
    env.pop("PYTEST_CURRENT_TEST", None)
    env.pop("PYTEST_ADDOPTS", None)
    env.pop("PYTEST_XDIST_WORKER", None)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:allure_pytest",
        "-p",
        "no:faker",
        *arguments,
    ]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=timeout, check=False)
    return Ran(done.returncode, done.stdout + done.stderr, folder)


@pytest.fixture(scope="module")
def sight_of(chromium: Browser) -> Iterator[Callable[[str], Sight]]:
    """Reads a piece of HTML through the real collector: `sight_of("<p>…")`. One page a module."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(HOOKS)

    def read(html: str) -> Sight:
        page.set_content(html)
        return look(page, sight_id="sample", place="sample", device="desktop", seconds=0, scale=1, status=200).sight

    yield read
    page.close()


def started(command: list[str], folder: Path, **environment: str) -> subprocess.Popen[str]:
    """A command begun in `folder`, both streams in one pipe, that Ctrl-C (SIGINT to its group) reaches: a shell's background job ignores it."""
    return subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, **environment},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
