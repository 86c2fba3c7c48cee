"""Customer service and complaints."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gongping.market.context import change, fault, now, one, rows, user
from gongping.market.entity import ENTITY

pages = Blueprint("service", __name__)


@pages.get("/service")
def index() -> str:
    """客服与投诉"""
    if fault("complaint-form-dead"):
        abort(404)
    sellers = rows("SELECT name FROM sellers WHERE id > 1 ORDER BY id LIMIT 6") if _names_sellers() else []
    return render_template(
        "service.html", number=request.args.get("number", ""), error=request.args.get("error", ""), sellers=sellers
    )


def _names_sellers() -> bool:
    return fault("complaint-only-sellers") or fault("seller-contacts-too")


@pages.get("/hotline.svg")
def picture() -> Response:
    """The hotline as a picture."""
    number = "400-000-0000" if fault("hotline-picture-placeholder") else ENTITY.hotline
    return Response(
        '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="36"><rect width="220" height="36" fill="#fff"/>'
        f'<text x="8" y="25" font-family="Arial, sans-serif" font-size="22" fill="#222">{number}</text></svg>',
        mimetype="image/svg+xml",
    )


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
