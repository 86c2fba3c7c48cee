"""A shop that stops its visitors: the embedded market behind what stands between a consumer and a page, at one place or after some pages.

`python -m selftests.walled NAME[@PLACE] ...` shows what an audit says of it.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.wrappers import Request, Response

from gongping.market.server import Market

PLACES = {
    "home": r"/",
    "search": r"/search",
    "product": r"/item/\d+",
    "cart": r"/cart",
    "documents": r"/(doc/.+|licence|rules|permits|filings|credentials)",
}
"""The market's addresses of each place."""

LONG_S = 25.0
"""Longer than any visit may take."""

Answers = Callable[[Request], "Response | None"]
"""None lets the request through."""


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way. `instead` answers in place of the market, `over` is laid over its page, `late` seconds pass before, and
    the page is not `ended`. It stands at the place `at` (anywhere without one), once `after` pages went by, on each `every`th one."""

    instead: Answers | None = None
    over: str = ""
    late: float = 0
    ended: bool = True
    at: str = ""
    after: int = 0
    every: int = 1

    def stands(self, request: Request, pages: int) -> bool:
        there = not self.at or re.fullmatch(PLACES[self.at], request.path)
        return bool(there) and pages > self.after and pages % self.every == 0


def says(status: int, title: str, text: str = "", **headers: str) -> Answers:
    """A short page."""
    html = f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p>{text}</p>"
    return lambda _: Response(html, status, {k.replace("_", "-"): v for k, v in headers.items()}, mimetype="text/html")


def sends(data: bytes, kind: str, name: str = "") -> Answers:
    """A file."""
    headers = {"Content-Disposition": f"attachment; filename={name}"} if name else {}
    return lambda _: Response(data, 200, headers, mimetype=kind)


def to(path: str) -> Answers:
    return lambda _: Response("", 302, {"Location": path})


def by_language(request: Request) -> Response | None:
    """Home lies at the address of the reader's language."""
    if request.query_string:
        return None
    chinese = request.accept_languages.best_match(["zh", "en"]) == "zh"
    return Response("", 302, {"Location": f"/?lang={'zh' if chinese else 'en'}"})


PUZZLE = """<div style="position:fixed;inset:0;background:rgba(0,0,0,.5);z-index:9999"><div style="position:absolute;left:10%;top:30%;width:70%;height:260px;background:#fff">
<p>请完成安全验证</p><p>向右滑动完成拼图</p><div style="width:90%;height:40px;background:#eee"></div></div></div>"""
LOGIN = '<form style="margin:80px"><input placeholder=手机号 autocomplete=username><input type=password placeholder=密码><button>登录</button></form>'
APP = '<p>扫码下载客户端，新人立享优惠</p><p><a href="https://apps.example/shop">App Store 下载</a> <a href="/shop.apk">安卓下载</a></p>'
POLLS = """<script>(function poll() { fetch('/walls/poll').then(poll, poll); })(); new EventSource('/walls/stream');
setInterval(() => navigator.sendBeacon('/walls/beacon', JSON.stringify({at: Date.now()})), 300); setInterval(() => { new Image().src = '/walls/px.gif?' + Math.random(); }, 300);</script>"""
MANY = "<div id=many></div><script>many.innerHTML = Array.from({length: 25000}, (_, i) => `<div><span>${i}</span></div>`).join('')</script>"
FLOOD = "<script>setInterval(() => { for (let i = 0; i < 500; i++) console.log('x'.repeat(80), i); }, 10)</script>"
UNLOAD = "<script>addEventListener('beforeunload', (e) => { e.preventDefault(); e.returnValue = 'x'; })</script>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n"

OBSTACLES: dict[str, Obstacle] = {
    "none": Obstacle(after=10**9),
    # walls
    "captcha": Obstacle(over=PUZZLE),
    "captcha-page": Obstacle(says(200, "安全验证", "请按住滑块，拖动到最右边")),
    "blocked": Obstacle(says(403, "Forbidden")),
    "too-many": Obstacle(says(429, "Too Many Requests", Retry_After="60")),
    "login": Obstacle(says(200, "账号登录", LOGIN)),
    "broken": Obstacle(says(502, "Bad Gateway")),
    "circles": Obstacle(lambda request: Response("", 302, {"Location": request.url})),
    "goes-on": Obstacle(lambda request: Response("<script>location.replace(location.pathname + '?' + Math.random())</script>", mimetype="text/html")),
    "silent": Obstacle(late=LONG_S),
    "alerts-without-end": Obstacle(over="<script>while (true) alert('恭喜您中奖')</script>"),
    "script-without-end": Obstacle(over="<script>while (true) {}</script>"),
    "hangs-later": Obstacle(over="<script>setTimeout(() => { while (true) {} }, 700)</script>"),
    "download": Obstacle(sends(b"PK\x03\x04", "application/zip", "shop.zip")),
    "app-only": Obstacle(says(200, "示例商城客户端", APP)),
    "password": Obstacle(says(401, "Unauthorized", WWW_Authenticate='Basic realm="staging"')),
    "blank": Obstacle(says(200, "")),
    "pdf": Obstacle(sends(PDF, "application/pdf")),
    "refresh": Obstacle(says(200, "请稍候", "<meta http-equiv=refresh content=2>正在跳转")),
    # what is none
    "unended": Obstacle(ended=False),
    "slow": Obstacle(late=3),
    "alert": Obstacle(over="<script>alert('欢迎光临')</script>"),
    "unload": Obstacle(over=UNLOAD),
    "many": Obstacle(over=MANY),
    "flood": Obstacle(over=FLOOD),
    "polls": Obstacle(over=POLLS),
    "refreshes": Obstacle(over="<meta http-equiv=refresh content=2>"),
    "language": Obstacle(by_language, at="home"),
    # now and then
    "broken-now-and-then": Obstacle(says(502, "Bad Gateway"), every=3),
    "blocked-after": Obstacle(says(429, "Too Many Requests"), after=12),
    "captcha-after": Obstacle(over=PUZZLE, after=12),
}  # fmt: skip


class Walled(Market):
    """The market behind obstacles, each set of them at the host of its own run."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = threading.Event()
        self.pages: Counter[str] = Counter()
        """Pages that each run was asked for."""
        self._obstacles: dict[str, tuple[Obstacle, ...]] = {}
        self._runs = itertools.count(1)

    @classmethod
    def start(cls, port: int = 0) -> Walled:
        walled = super().start(port)
        assert isinstance(walled, Walled) and walled._server is not None
        walled._market = walled._server.app
        walled._server.app = walled._answer
        return walled

    def put(self, *obstacles: Obstacle) -> str:
        """A fresh run of the market behind these."""
        run = f"walled-{next(self._runs)}"
        self._obstacles[run] = obstacles
        return run

    def stop(self) -> None:
        self.closing.set()
        super().stop()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        if request.path.startswith("/walls/"):
            self.closing.wait(LONG_S if request.path in ("/walls/poll", "/walls/stream") else 0)
            return Response(status=204)(environ, start_response)
        run = request.host.split(".")[0]
        if run not in self._obstacles or "text/html" not in request.headers.get("Accept", ""):
            return self._market(environ, start_response)
        self.pages[run] += 1
        standing = [o for o in self._obstacles[run] if o.stands(request, self.pages[run])]
        self.closing.wait(sum(o.late for o in standing))
        for made in (o.instead(request) for o in standing if o.instead):
            if made is not None:
                return made(environ, start_response)
        answer = Response.from_app(self._market, environ)
        if answer.mimetype == "text/html":
            over = "".join(o.over for o in standing)
            answer.set_data(answer.get_data(as_text=True).replace("</body>", f"{over}</body>"))
            if not all(o.ended for o in standing):
                answer.response = self._unended(answer.get_data())
                del answer.headers["Content-Length"]
        return answer(environ, start_response)

    def _unended(self, data: bytes) -> Iterator[bytes]:
        yield data + b" " * 2000
        self.closing.wait(LONG_S)


def obstacle(name: str) -> Obstacle:
    """`captcha@search` or `slow`."""
    name, _, place = name.partition("@")
    return replace(OBSTACLES[name], at=place) if place else OBSTACLES[name]


def main() -> int:
    import os
    import sys
    import tempfile
    from pathlib import Path

    from selftests.killing import audit

    with Walled.start() as shop, tempfile.TemporaryDirectory() as temporary:
        for name in sys.argv[1:]:
            run = shop.put(*map(obstacle, name.split("+")))
            seen = audit(
                shop,
                run,
                [],
                os.environ.get("DUTIES", ",".join(DUTIES)).split(","),
                "desktop",
                Path(temporary) / run,
                *CHEAP,
                settings=SETTINGS,
            )
            print(
                f"== {name}: {seen.seconds:.0f} s, exit {seen.exit_status}, {seen.navigations}, pages {shop.pages[run]} errors {seen.errors}"
            )
            for key, outcome in sorted(seen.outcomes.items()):
                print(f"  {key[0]:>5} {outcome:12} {seen.says[key][:220]}", flush=True)
            print("   reached", [k for k, v in seen.reached.items() if v], "| stops", seen.stops)
            print("   first line:", seen.out.partition("公平秤 Gongping")[2].splitlines()[1][:160])
            for line in (x for x in seen.out.splitlines() if "browser died" in x or "ERROR" in x):
                print("   ", line)
    return 0


DUTIES = ("6.1", "29.1", "13.1", "40.1", "24.3", "42.2")
SETTINGS: dict[str, object] = {
    "mode": "observe",
    "queries": ["手机"],
    "popup_sessions": 1,
    "budget": {"minutes": 3, "navigations": 120, "wall_seconds": 4},
}
CHEAP: tuple[str, ...] = ()


if __name__ == "__main__":
    raise SystemExit(main())
