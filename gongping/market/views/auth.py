"""Login, registration and logout."""

import re
import sqlite3

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.wrappers import Response

from gongping.market.context import change, fault, now, one, rows, safe_next, user, visitor
from gongping.market.database import CODE
from gongping.market.views import cart, deregister

pages = Blueprint("auth", __name__)


def hashed(password: str) -> str:
    """A password as it is kept; few rounds, for these accounts guard nothing."""
    return generate_password_hash(password, method="pbkdf2:sha256:2000")


def enter(account: sqlite3.Row) -> None:
    """Log in: cart, view history and the choice against personalisation come along."""
    anonymous, known = f"visitor:{visitor()}", f"user:{account['id']}"
    for line in rows("SELECT * FROM carts WHERE owner = ?", anonymous):
        cart.add(known, line["sku_id"], line["quantity"], line["warranty"])
    change("DELETE FROM carts WHERE owner = ?", anonymous)
    change("UPDATE views SET owner = ? WHERE owner = ?", known, anonymous)
    if session.get("personal") == "off" and not fault("switch-cookie-only"):
        change("UPDATE users SET personal = 0 WHERE id = ?", account["id"])
    session["user"] = account["id"]
    g.pop("user", None)


@pages.get("/login")
def login() -> str | Response:
    """The login form."""
    if user() is not None:
        return redirect(safe_next("/account"))
    return render_template("login.html", next=safe_next("/"), error="", name="")


@pages.post("/login")
def check() -> str | Response | tuple[str, int]:
    """Log in by user name, phone or e-mail."""
    name = request.form.get("name", "").strip()
    account = one("SELECT * FROM users WHERE name = ? OR phone = ? OR email = ?", name, name, name)
    if account is None or not check_password_hash(account["password"], request.form.get("password", "")):
        return render_template("login.html", next=safe_next("/"), error="账号或密码不正确", name=name), 401
    if account["closing"]:
        if account["closing"] <= now():
            deregister.erase(account["id"])
            return render_template("login.html", next=safe_next("/"), error="账号或密码不正确", name=name), 401
        # To come back within the cooling-off period withdraws the application, as the page says.
        change("UPDATE users SET closing = NULL WHERE id = ?", account["id"])
        change("UPDATE deregistrations SET state = '已撤回' WHERE due = ? AND state = '冷静期'", account["closing"])
    enter(account)
    return redirect(safe_next("/"))


@pages.get("/register")
def register() -> str:
    """The registration form; the agreement is not ticked."""
    return render_template("register.html", error="", phone="")


@pages.post("/register")
def create() -> str | Response | tuple[str, int]:
    """同意并注册"""
    form = request.form
    phone = form.get("phone", "").strip()
    error = ""
    if not re.fullmatch(r"1\d{10}|[^@\s]+@[^@\s]+\.[^@\s]+", phone):
        error = "请输入正确的手机号或邮箱"
    elif form.get("code") != CODE:
        error = "验证码不正确"
    elif len(form.get("password", "")) < 8:
        error = "密码至少 8 位"
    elif not form.get("agree"):
        error = "请先阅读并同意用户服务协议和隐私政策"
    elif one("SELECT 1 FROM users WHERE phone = ? OR email = ?", phone, phone):
        error = "该手机号或邮箱已注册"
    if error:
        return render_template("register.html", error=error, phone=phone), 400
    mail = phone if "@" in phone else None
    number = change(
        "INSERT INTO users (name, phone, email, password, nickname, created) VALUES (?,?,?,?,?,?)",
        phone, None if mail else phone, mail, hashed(form["password"]), f"用户{phone[-4:]}", now(),
    )  # fmt: skip
    change(
        "INSERT INTO messages (user_id, title, body, at) VALUES (?,?,?,?)",
        number, "欢迎加入山城集市", "您的账号已开通。您可以在“我的”中查看订单、收货地址和个人资料。", now(),
    )  # fmt: skip
    account = one("SELECT * FROM users WHERE id = ?", number)
    assert account is not None
    enter(account)
    return redirect("/account")


@pages.post("/code")
def code() -> dict[str, object]:
    """发送验证码: this shop sends none; the code is fixed."""
    if fault("dereg-code-refused") and user() is not None:
        return {"sent": False, "error": "系统繁忙，请稍后再试"}
    return {"sent": True, "seconds": 60}


@pages.post("/logout")
def logout() -> Response:
    """退出登录; the choice against personalisation stays with the session."""
    account = user()
    if account is not None and not account["personal"]:
        session["personal"] = "off"
    session.pop("user", None)
    return redirect(url_for("home.index"))
