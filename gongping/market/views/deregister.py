"""Deregistration: conditions, proof of identity, the last click."""

import sqlite3

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash
from werkzeug.wrappers import Response

from gongping.market.context import change, login_required, now, one, rows, user
from gongping.market.database import CODE

pages = Blueprint("deregister", __name__, url_prefix="/account/deregister")

OPEN = ("待付款", "待发货", "待收货")


def open_orders(number: int) -> list[sqlite3.Row]:
    """Orders that must end before the account can."""
    return rows("SELECT * FROM orders WHERE user_id = ? AND status IN (?,?,?)", number, *OPEN)


@pages.get("")
@login_required
def index() -> str:
    """注销账号: what happens and on which conditions."""
    account = user()
    assert account is not None
    session.pop("verified", None)
    return render_template("deregister/index.html", open_orders=open_orders(account["id"]))


@pages.route("/verify", methods=["GET", "POST"])
@login_required
def verify() -> str | Response | tuple[str, int]:
    """Prove identity by password or code."""
    account = user()
    assert account is not None
    if open_orders(account["id"]) or account["balance"]:
        return redirect(url_for("deregister.index"))
    if request.method == "GET":
        return render_template("deregister/verify.html", error="")
    code, password = request.form.get("code", ""), request.form.get("password", "")
    if code == CODE or (password and check_password_hash(account["password"], password)):
        session["verified"] = account["id"]
        return redirect(url_for("deregister.confirm"))
    return render_template("deregister/verify.html", error="密码或验证码不正确"), 400


@pages.get("/confirm")
@login_required
def confirm() -> str | Response:
    """The page with the last click."""
    account = user()
    if account is None or session.get("verified") != account["id"]:
        return redirect(url_for("deregister.index"))
    return render_template("deregister/confirm.html")


@pages.post("/confirm")
@login_required
def delete() -> Response:
    """确认注销: delete the account and what is kept about the person, and log out."""
    account = user()
    if account is None or session.get("verified") != account["id"]:
        return redirect(url_for("deregister.index"))
    erase(account["id"])
    session.clear()
    return redirect(url_for("deregister.done"))


def erase(number: int) -> None:
    """Delete a user; trade records stay, without the person, as article 31 of the E-commerce Law demands."""
    for table in ("addresses", "messages"):
        change(f"DELETE FROM {table} WHERE user_id = ?", number)
    for table in ("carts", "views"):
        change(f"DELETE FROM {table} WHERE owner = ?", f"user:{number}")
    change("UPDATE reviews SET user_id = NULL, author = '已注销用户' WHERE user_id = ?", number)
    change("UPDATE complaints SET user_id = NULL, contact = '' WHERE user_id = ?", number)
    change("UPDATE orders SET user_id = NULL, consignee = '', phone = '', address = '' WHERE user_id = ?", number)
    change("DELETE FROM users WHERE id = ?", number)
    count = one("SELECT COUNT(*) AS n FROM deregistrations")
    change(
        "INSERT INTO deregistrations (number, state, at) VALUES (?,?,?)",
        f"ZX{(count['n'] if count else 0) + 1:06d}", "已完成", now(),
    )  # fmt: skip


@pages.get("/done")
def done() -> str:
    """The page after deregistration."""
    return render_template("deregister/done.html")
