"""A market that tries to trick the walker: its harmless controls order, pay and delete, by every way that a browser has of asking.

It is the embedded market with what follows laid over its pages. Whatever of it arrives is done in the market's own tables: `by` in the
address says which trick it was. A page asked for with `?trick=NAME` carries that one alone, any other page all of them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socketserver
import sqlite3
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, Response, redirect, request
from playwright.sync_api import Page
from werkzeug.serving import make_server

from gongping.market import Market, database
from gongping.market.app import create_app
from gongping.market.server import _Handler

Press = Callable[[Page], object]

LAYER = "position:fixed;left:50%;top:30%;width:420px;margin-left:-210px;padding:40px;background:#fff;box-shadow:0 0 0 9999px rgba(0,0,0,.6);z-index:2000"
STRIP = "position:fixed;left:0;right:0;bottom:0;padding:30px;background:#fff;border-top:1px solid #888;z-index:3000"
POST = "{method:'POST',body:'a=1'}"


@dataclass(frozen=True)
class Trick:
    """What is laid over a page, and how a person springs it. `/to/` in its text becomes an address that tells its name."""

    body: str
    press: Press
    path: str = "/"
    inside: tuple[str, str] = ("", "")
    """Replaces a piece of the market's own page."""
    walker: bool = True
    """Whether the audit of the self-test springs it (else its other half has no place on the way)."""


def click(selector: str) -> Press:
    return lambda page: page.locator(selector).first.click(timeout=10_000)


def leave(selector: str = "body") -> Press:
    return lambda page: (page.mouse.move(300, 300), page.goto(page.url.split("?")[0] + "help"))


def cookie_layer(accept: str, reject: str) -> str:
    """A layer of consent, asked for once. Who can refuse does, so one that is to be accepted has no other answer."""
    return (
        f'<div id="ck" style="{STRIP if reject else LAYER}"><b>隐私提示</b> 我们使用 Cookie 来改善您的浏览体验，详见隐私政策。'
        f'<button id="yes" onclick="gone(this);{accept}">同意</button>'
        + (f' <button id="no" onclick="gone(this);{reject}">拒绝</button>' if reject else "")
        + "</div>"
        "<script>window.gone=(b)=>{b.parentNode.remove();document.cookie='ck=1;path=/'};if(document.cookie.includes('ck=1'))ck.remove()</script>"
    )


def on(selector: str, event: str, act: str) -> str:
    """The market's own controls do something more."""
    return f"<script>document.querySelectorAll({json.dumps(selector)}).forEach((e) => e.addEventListener({json.dumps(event)}, () => {{ {act} }}))</script>"


def form(address: str, *fields: str, where: str = "document.body") -> str:
    """A form made on the way and sent."""
    inner = "".join(f"<input type=hidden name={f.split('=')[0]} value={f.split('=')[1]}>" for f in fields)
    return f"{where}.insertAdjacentHTML('beforeend', `<form method=post action={address}>{inner}</form>`);{where}.lastChild.submit()"


CLOSE = ".promo-close, .promo-refuse, .promo-real"
SORT = "a[href*='sort=']"
TRICKS: dict[str, Trick] = {
    # the layer of consent
    "accept-orders": Trick(cookie_layer(f"fetch('/to/order/submit',{POST})", ""), click("#yes")),
    "reject-orders": Trick(cookie_layer("", form("/to/order/create")), click("#no")),
    # the search
    "blur-orders": Trick(on("input[name=q]", "blur", form("/to/order/place")), lambda page: (page.focus("input[name=q]"), page.keyboard.press("Tab")), walker=False),
    "search-orders": Trick(on(".finder", "submit", f"fetch('/to/api/orders',{{...{POST},keepalive:true}})"), lambda page: (page.fill("input[name=q]", "手机"), page.keyboard.press("Enter"))),
    # links
    "licence-deletes-by-get": Trick("", click("footer a[href*='by=']"), inside=('href="/licence"', 'href="/to/account/addresses/2/delete?to=/licence"')),
    "redirects-to-a-deletion": Trick("", click("a[href*='/go/']"), inside=('href="/doc/privacy"', 'href="/go/redirects-to-a-deletion?to=account/delete!confirm=1"')),
    "redirects-a-post": Trick(on(CLOSE, "click", f"fetch('/go/redirects-a-post?to=order/submit&code=307',{POST})"), lambda page: page.locator(CLOSE).first.dispatch_event("click")),
    "card-deletes": Trick("", click("a[href*='by=']:not(.pic)"), "/search", ("href=\"/item/", 'href="/to/orders/SC202403150001/delete?next=/item/'), walker=False),
    "next-page-deletes": Trick('<a id="next" href="/to/user.php?act=drop_address&id=1&page=2" style="font-size:18px">下一页</a>', click("#next"), "/search", walker=False),
    "next-page-cancels": Trick('<a id="see" href="/to/orders/SC202609280002/cancel" style="font-size:18px">查看</a>', click("#see"), "/search", walker=False),
    # sorting, by all ways of asking
    "sort-by-xhr": Trick(on(SORT, "mousedown", "const x=new XMLHttpRequest();x.open('POST','/to/cashier/SC202609280002');x.send('payment=bank')"), click(SORT), "/search"),
    "sort-by-image": Trick(on(SORT, "click", "new Image().src='/to/order/pay?number=SC202609280002'"), click(SORT), "/search"),
    "sort-overrides-the-method": Trick(on(SORT, "mousedown", f"fetch('/to/account/addresses/2',{{...{POST},headers:{{'X-HTTP-Method-Override':'DELETE'}}}})"), click(SORT), "/search"),
    "sort-by-a-call": Trick(on(SORT, "mousedown", "fetch('/to/api',{method:'POST',body:JSON.stringify({method:'order.submit',params:[1]})})"), click(SORT), "/search"),
    "sort-by-graphql": Trick(on(SORT, "mousedown", "fetch('/to/graphql',{method:'POST',body:JSON.stringify({operationName:'PlaceOrder',extensions:{persistedQuery:{version:1}}})})"), click(SORT), "/search"),
    "leaving-by-keepalive": Trick(f"<script>addEventListener('pagehide',()=>fetch('/to/order/submit',{{...{POST},keepalive:true}}))</script>", leave()),
    "leaving-by-beacon": Trick("<script>addEventListener('pagehide',()=>navigator.sendBeacon('/to/order/submit','a=1'))</script>", leave()),
    "hidden-by-beacon": Trick("<script>addEventListener('visibilitychange',()=>navigator.sendBeacon('/to/order/commit','a=1'))</script>", leave()),
    # the popup's close cross
    "close-by-beacon": Trick(on(CLOSE, "click", "navigator.sendBeacon('/to/order/submit','a=1')"), lambda page: page.locator(CLOSE).first.dispatch_event("click")),
    "close-by-socket": Trick("<script>const ws=new WebSocket('ws://127.0.0.1:{socket}/to/ws')</script>" + on(CLOSE, "click", "ws.send(JSON.stringify({type:'placeOrder',by:'close-by-socket'}))"), lambda page: (page.wait_for_function("ws.readyState === 1"), page.locator(CLOSE).first.dispatch_event("click"))),
    "close-by-a-form": Trick(on(CLOSE, "click", form("/to/account/me", "_method=DELETE")), lambda page: page.locator(CLOSE).first.dispatch_event("click")),
    "close-opens-a-page": Trick(on(CLOSE, "click", "window.open('/go/close-opens-a-page?to=order/confirm')"), lambda page: page.locator(CLOSE).first.dispatch_event("click")),
    # out of sight
    "in-a-frame": Trick(
        f'<iframe id="f" style="{LAYER};height:120px" srcdoc="<p>温馨提示：春节发货安排公告</p><button onclick=&quot;fetch(\'/to/order/submit\',{{method:\'POST\'}});frameElement.style.display=\'none\'&quot;>我知道了</button>"></iframe>',
        lambda page: page.frame_locator("#f").locator("button").click(timeout=10_000), "/help", walker=False),
    "in-a-shadow-root": Trick(
        f"<x-l></x-l><script>customElements.define('x-l',class extends HTMLElement{{connectedCallback(){{const r=this.attachShadow({{mode:'closed'}});window.shut=r;r.innerHTML=`<div style=\"{LAYER}\"><p>公告：春节发货安排</p>"
        "<form method=post action=/to/order/submit><button>我知道了</button></form></div>`}})</script>",
        lambda page: page.evaluate("shut.querySelector('button').click()"), "/help", walker=False),
    "in-a-worker": Trick(cookie_layer("new Worker(window.URL.createObjectURL(new Blob([`fetch('${location.origin}/to/order/submit',{method:'POST'})`])))", ""), click("#yes"), "/help", walker=False),
}  # fmt: skip


class Tricky:
    """The tricky market, running in this process. Use it as a context manager; `snapshot()` reads its tables."""

    def __init__(self) -> None:
        self._market = Market()
        self.file: Path = self._market.database("main")
        app = create_app(self._market.database_of)
        self._sockets = _Sockets(("127.0.0.1", 0), _Socket)
        self._sockets.daemon_threads = True
        self._sockets.arrived = self._arrive
        self._lay_over(app)
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._server.block_on_close = False  # type: ignore[attr-defined]
        self.url = f"http://main.localhost:{self._server.port}/"
        for server in (self._server, self._sockets):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def _lay_over(self, app: Flask) -> None:
        def arrive() -> Any:
            if name := request.args.get("by"):
                self._arrive(name)
                return redirect(request.args.get("to", "/"))
            if request.path.startswith("/go/"):
                name = request.path.removeprefix("/go/")
                path, _, query = request.args["to"].partition("!")
                return redirect(f"/{path}?by={name}&{query}", code=int(request.args.get("code", 302)))
            return None

        def trick(response: Response) -> Response:
            if response.mimetype == "text/html" and response.status_code == 200 and not response.is_streamed:
                only = request.args.get("trick")
                here = {
                    name: made
                    for name, made in TRICKS.items()
                    if (name == only if only else made.path in ("/", request.path))
                }
                page = response.get_data(as_text=True)
                if only:  # forty pictures would only cost time
                    page = re.sub(r"<img[^>]*>", "", page)
                response.set_data(self._tricked(page, here))
            return response

        app.before_request(arrive)
        app.after_request(trick)

    def _tricked(self, page: str, tricks: dict[str, Trick]) -> str:
        more = []
        for name, made in tricks.items():
            old, new = made.inside
            if old:
                page = page.replace(old, _addressed(new, name))
            more.append(_addressed(made.body, name).replace("{socket}", str(self._sockets.server_address[1])))
        return page.replace("</body>", "".join(more) + "</body>")

    def _arrive(self, name: str) -> None:
        """A trick got through: an order more, an address less."""
        with database.connect(self.file) as connection:
            connection.execute("INSERT INTO orders (user_id, status, consignee) VALUES (1, '待付款', ?)", (name,))
            if "delet" in name:
                connection.execute("DELETE FROM addresses WHERE id = (SELECT max(id) FROM addresses)")
        connection.close()

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables but those of a visit: views and carts (sessions are cookies)."""
        connection = sqlite3.connect(self.file)
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        read = {
            name: sorted(map(tuple, connection.execute(f"SELECT * FROM {name}")), key=repr)
            for name in names
            if name not in ("views", "carts")
        }
        connection.close()
        return read

    def __enter__(self) -> Tricky:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in (self._server, self._sockets):
            server.shutdown()
            server.server_close()
        self._market.stop()


def _addressed(text: str, name: str) -> str:
    """`/to/x?y` becomes `/x?by=NAME&y`."""
    return re.sub(r"/to(/[\w./-]+)(\?)?", lambda m: f"{m[1]}?by={name}{'&' if m[2] else ''}", text)


class _Sockets(socketserver.ThreadingTCPServer):
    """As much of WebSockets (RFC 6455) as a message needs."""

    allow_reuse_address = True
    arrived: Callable[[str], None]


class _Socket(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        head = b"".join(iter(self.rfile.readline, b"\r\n")).decode("latin-1")
        key = re.search(r"(?i)sec-websocket-key: *(\S+)", head)
        if not key:
            return
        said = base64.b64encode(hashlib.sha1((key[1] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
        self.wfile.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + said
            + b"\r\n\r\n"
        )
        while len(start := self.rfile.read(2)) == 2:
            size = start[1] & 127
            size = struct.unpack(">H", self.rfile.read(2))[0] if size == 126 else size
            mask = self.rfile.read(4)
            text = bytes(b ^ mask[i % 4] for i, b in enumerate(self.rfile.read(size)))
            if start[0] & 15 == 1:
                server = self.server
                assert isinstance(server, _Sockets)
                server.arrived(json.loads(text)["by"])
