"""What every view needs: the request's variant, database, visitor and user."""

import functools
import secrets
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from gongping.market import database
from gongping.market.faults import SWITCHES
from gongping.market.variant import Variant

P = ParamSpec("P")
R = TypeVar("R")


def variant() -> Variant:
    """The variant that the host name asked for."""
    return cast(Variant, g.variant)


def fault(name: str) -> bool:
    """Whether a switch is on for this host. Raises KeyError on a name that no switch bears."""
    SWITCHES[name]
    return name in variant().switches


def db() -> sqlite3.Connection:
    """This request's connection; closed with the request."""
    if "db" not in g:
        g.db = database.connect(g.database)
    return cast(sqlite3.Connection, g.db)


def one(sql: str, *values: object) -> sqlite3.Row | None:
    """The first row of a query, or None."""
    return cast("sqlite3.Row | None", db().execute(sql, values).fetchone())


def rows(sql: str, *values: object) -> list[sqlite3.Row]:
    """All rows of a query."""
    return db().execute(sql, values).fetchall()


def change(sql: str, *values: object) -> int:
    """Run a writing statement and commit; the id of the new row."""
    cursor = db().execute(sql, values)
    db().commit()
    return int(cursor.lastrowid or 0)


def now() -> str:
    """Local time to the second."""
    return datetime.now().strftime("%Y-%m-%d %H:%M:%S")


def visitor() -> str:
    """The anonymous session's name."""
    if "visitor" not in session:
        session["visitor"] = secrets.token_hex(8)
    return str(session["visitor"])


def user() -> sqlite3.Row | None:
    """The account that is logged in."""
    if "user" not in g:
        number = session.get("user")
        g.user = one("SELECT * FROM users WHERE id = ?", number) if number else None
        if number and g.user is None:
            session.pop("user")
    return cast("sqlite3.Row | None", g.user)


def owner() -> str:
    """Whose cart and view history this is."""
    account = user()
    return f"user:{account['id']}" if account else f"visitor:{visitor()}"


def login_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Send anonymous visitors to the login page and back."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if user() is None:
            target = request.full_path.rstrip("?") if request.method == "GET" else url_for("home.index")
            return redirect(url_for("auth.login", next=target))
        return view(*args, **kwargs)

    return guarded


def safe_next(default: str) -> str:
    """The `next` address of the request if it stays on this site."""
    target = request.values.get("next", "")
    parts = urlsplit(target)
    return target if target.startswith("/") and not target.startswith("//") and not parts.netloc else default


def personal() -> bool:
    """Whether results may depend on the visitor: off if either the session or the account says so."""
    account = user()
    if account is not None and not account["personal"] and not fault("switch-cookie-only"):
        return False
    return bool(session.get("personal", "on") != "off")


def set_personal(on: bool) -> None:
    """Keep the choice in the session and, if logged in, in the account."""
    session["personal"] = "on" if on else "off"
    if fault("switch-forgets"):
        session["forget"] = 2  # this answer and the next page; then it is on again
    if fault("switch-wears-off"):
        session["worn"] = 0
    account = user()
    if account is not None and not fault("switch-cookie-only"):
        change("UPDATE users SET personal = ? WHERE id = ?", int(on), account["id"])
        g.pop("user")


def cart_count() -> int:
    """Pieces in the cart."""
    row = one("SELECT COALESCE(SUM(quantity), 0) AS n FROM carts WHERE owner = ?", owner())
    return int(row["n"]) if row else 0


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    return f"{fen / 100:.2f}"


def count(number: int) -> str:
    """A round count as shops print it: 1.2万+ from ten thousand on."""
    return f"{number // 1000 / 10:g}万+" if number >= 10_000 else str(number)


def bucket(number: int) -> int:
    """The step that a count falls into where a shop prints steps only."""
    return next((step for step in (10_000, 5000, 2000, 1000, 500, 200, 100) if number >= step), 0)


def step(number: int) -> str:
    """A count as shops print it that print steps: 1万+, 5000+, 200+."""
    least = bucket(number)
    return f"{least // 10_000}万+" if least >= 10_000 else f"{least}+" if least else "少于100"


def round_price(fen: int) -> int:
    """A price of a shop that has few different ones, fen: to 500 yuan, below 500 yuan to 20."""
    unit = 50_000 if fen >= 50_000 else 2000
    return max(unit, fen // unit * unit)


Row = dict[str, Any]


def forget_the_switch() -> None:
    """The fault switch-forgets: one page after the switch was used it is on again. Call it before each page."""
    left = session.get("forget", 0)
    if not left:
        return
    session["forget"] = left - 1
    if left == 1:
        session["personal"] = "on"
        account = user()
        if account is not None:
            change("UPDATE users SET personal = 1 WHERE id = ?", account["id"])
            g.pop("user")
