"""Deregistration: conditions, proof of identity, the last click."""

import sqlite3
from datetime import datetime, timedelta

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash
from werkzeug.wrappers import Response

from gongping.market import closing
from gongping.market.context import change, fault, login_required, now, one, rows, user
from gongping.market.database import CODE

pages = Blueprint("deregister", __name__, url_prefix="/account/deregister")

OPEN = ("待付款", "待发货", "待收货")
YOUNG = timedelta(days=180)


def me() -> sqlite3.Row:
    """The account that is logged in, which `login_required` has made sure of."""
    account = user()
    assert account is not None
    return account


def open_orders(number: int) -> list[sqlite3.Row]:
    """Orders that must end before the account can."""
    return rows("SELECT * FROM orders WHERE user_id = ? AND status IN (?,?,?)", number, *OPEN)


def barred(account: sqlite3.Row) -> bool:
    """Whether the account cannot go on for the moment."""
    young = datetime.now() - datetime.fromisoformat(account["created"]) < YOUNG
    return bool(
        open_orders(account["id"])
        or (account["balance"] and not fault("dereg-balance-waiver"))
        or (fault("dereg-points") and account["points"])
        or (fault("dereg-young-account") and young)
        or (fault("dereg-quiet-months") and rows("SELECT 1 FROM orders WHERE user_id = ?", account["id"]))
        or any(fault(name) for name in closing.OFFLINE)
    )


@pages.get("")
@login_required
def index() -> str:
    """注销账号: what happens and on which conditions."""
    session.pop("verified", None)
    account = me()
    return render_template("deregister/index.html", open_orders=open_orders(account["id"]), barred=barred(account))


@pages.get("/stay/<int:number>")
@login_required
def stay(number: int) -> str:
    """A coupon to stay: the loop of a fault."""
    if not fault("dereg-coupon-loop") or not 1 <= number <= len(closing.COUPONS):
        abort(404)
    last = number == len(closing.COUPONS)
    onward = url_for("deregister.verify") if last else url_for("deregister.stay", number=number + 1)
    return render_template("deregister/stay.html", coupon=closing.COUPONS[number - 1], onward=onward)


@pages.route("/verify", methods=["GET", "POST"])
@login_required
def verify() -> str | Response | tuple[str, int]:
    """Prove identity by password or code."""
    account = me()
    if barred(account):
        return redirect(url_for("deregister.index"))
    asked = closing.fields(fault)
    questions = closing.QUESTIONS if fault("dereg-questionnaire") else ()
    if request.method == "GET":
        return render_template("deregister/verify.html", error="", fields=asked, questions=questions)
    error = _refusal(account, asked, questions)
    if error:
        return render_template("deregister/verify.html", error=error, fields=asked, questions=questions), 400
    session["verified"] = account["id"]
    return redirect(url_for("deregister.confirm"))


def _refusal(account: sqlite3.Row, asked: list[closing.Field], questions: tuple[str, ...]) -> str:
    """Why the proof does not do; empty if it does."""
    form = request.form
    code = form.get("code") == CODE and not fault("dereg-code-refused")
    password = check_password_hash(account["password"], form.get("password", ""))
    if not (code and password if fault("dereg-code-and-password") else code or password):
        return "验证码不正确" if fault("dereg-code-refused") else "密码或验证码不正确"
    if any(not (request.files.get(field.name) if field.file else form.get(field.name, "").strip()) for field in asked):
        return "请完整填写身份核验信息"
    if any(not form.get(f"q{i}") for i in range(len(questions))):
        return "请完成全部问卷题目"
    if fault("dereg-balance-waiver") and not form.get("waiver"):
        return "请勾选自愿放弃账户余额"
    return ""


@pages.get("/confirm")
@login_required
def confirm() -> str | Response:
    """The page with the last click."""
    if session.get("verified") != me()["id"]:
        return redirect(url_for("deregister.index"))
    return render_template("deregister/confirm.html")


@pages.post("/confirm")
@login_required
def delete() -> Response:
    """确认注销: delete the account and what is kept about the person, and log out."""
    account = me()
    if session.get("verified") != account["id"]:
        return redirect(url_for("deregister.index"))
    if fault("dereg-demands-at-the-end"):
        return redirect(url_for("deregister.done"))
    days = next((days for name, days in closing.COOLING.items() if fault(name)), 0)
    if fault("dereg-long-review"):
        record("审核中", "")
    elif days:
        due = (datetime.now() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")
        change("UPDATE users SET closing = ? WHERE id = ?", due, account["id"])
        record("冷静期", due)
    else:
        erase(account["id"])
        record("已完成", now())
    session.clear()
    return redirect(url_for("deregister.done"))


def record(state: str, due: str) -> None:
    """Keep that an account was closed, without the person."""
    count = one("SELECT COUNT(*) AS n FROM deregistrations")
    number = f"ZX{(count['n'] if count else 0) + 1:06d}"
    change("INSERT INTO deregistrations (number, state, at, due) VALUES (?,?,?,?)", number, state, now(), due)


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


@pages.get("/done")
def done() -> str:
    """The page after deregistration."""
    return render_template("deregister/done.html")
