"""Small shops written without sight of the suite, each with its own truth file. The truth of the first eleven has the duties of search, layers,
orders and accounts; that of the later ones, written for what platforms have in writing, every duty that a test judges.

    from selftests.fronts import FRONTS, serve
    served = serve("travel"); served.url; served.log; served.stop()

By hand: python -m selftests.fronts travel --port 8105
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, request
from werkzeug.serving import make_server

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Front:
    name: str
    make_app: Callable[[], Flask]
    truth: Path
    locale: str
    vertical: str
    queries: list[str]
    accounts: list[dict]  # user, password, role (fresh | aged) and what the account holds


@dataclass
class Served:
    url: str
    app: Flask
    log: list[tuple[str, str, dict]] = field(default_factory=list)  # (method, path with query, form or JSON)
    _server: object = None
    _thread: threading.Thread | None = None

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()


def _front(name: str) -> Front:
    module = importlib.import_module(f"{__name__}.{name}")
    return Front(
        name,
        module.make_app,
        HERE / f"{name}.truth.yaml",
        module.LOCALE,
        module.VERTICAL,
        list(module.QUERIES),
        [dict(a) for a in module.ACCOUNTS],
    )


NAMES = (
    "divsoup",
    "spa",
    "hashmall",
    "shadow",
    "travel",
    "waimai",
    "brand_en",
    "frames",
    "xianzhi",
    "jiudian_menu",
    "flagship",
    "tuanlin",
    "harbourlane",
    "huijia",
    "youxing",
    "wanlai",
)
FRONTS: dict[str, Front] = {name: _front(name) for name in NAMES}


def serve(name: str, port: int = 0) -> Served:
    """Start a fresh copy of the front (no state of earlier copies) on 127.0.0.1."""
    app = FRONTS[name].make_app()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    served = Served("", app)

    def record():
        form = request.form.to_dict() or request.get_json(silent=True) or {}
        served.log.append((request.method, request.full_path.rstrip("?"), form))

    app.before_request_funcs.setdefault(None, []).insert(0, record)
    server = make_server("127.0.0.1", port, app, threaded=True)
    served.url, served._server = f"http://127.0.0.1:{server.server_port}", server
    served._thread = threading.Thread(target=server.serve_forever, daemon=True)
    served._thread.start()
    return served
