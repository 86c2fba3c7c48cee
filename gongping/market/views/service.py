"""Customer service and complaints."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gongping.market.context import change, now, one, user

pages = Blueprint("service", __name__)


@pages.get("/service")
def index() -> str:
    """客服与投诉"""
    return render_template("service.html", number=request.args.get("number", ""), error=request.args.get("error", ""))


@pages.post("/service")
def complain() -> Response:
    """提交投诉: gives a number at once."""
    form, account = request.form, user()
    if not form.get("body", "").strip() or not form.get("contact", "").strip():
        return redirect(url_for("service.index", error="请填写投诉内容和联系方式"))
    count = one("SELECT COUNT(*) AS n FROM complaints")
    number = f"TS{(count['n'] if count else 0) + 1:08d}"
    change(
        "INSERT INTO complaints (number, user_id, subject, body, contact, at, status) VALUES (?,?,?,?,?,?,'已受理')",
        number, account["id"] if account else None, form.get("subject", "其他"), form["body"][:2000],
        form["contact"][:80], now(),
    )  # fmt: skip
    return redirect(url_for("service.index", number=number))
