"""The account centre."""

import json
import re

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from werkzeug.security import check_password_hash
from werkzeug.wrappers import Response as AnyResponse

from gongping.market.context import change, fault, login_required, now, one, rows, set_personal, user
from gongping.market.views.auth import hashed
from gongping.market.views.checkout import own_order

pages = Blueprint("account", __name__, url_prefix="/account")


def _me() -> dict[str, object]:
    account = user()
    assert account is not None
    return dict(account)


@pages.get("")
@login_required
def index() -> str:
    """我的"""
    recent = rows("SELECT * FROM orders WHERE user_id = ? ORDER BY id DESC LIMIT 3", _me()["id"])
    return render_template("account/index.html", orders=recent)


@pages.get("/orders")
@login_required
def orders() -> str:
    """我的订单"""
    found = rows("SELECT * FROM orders WHERE user_id = ? ORDER BY id DESC", _me()["id"])
    lines = {order["id"]: rows("SELECT * FROM order_lines WHERE order_id = ?", order["id"]) for order in found}
    return render_template("account/orders.html", orders=found, lines=lines)


@pages.get("/orders/<number>")
@login_required
def order(number: str) -> str:
    """订单详情"""
    found = own_order(number)
    return render_template(
        "account/order.html",
        order=found,
        lines=rows("SELECT * FROM order_lines WHERE order_id = ?", found["id"]),
        extras=rows("SELECT * FROM order_extras WHERE order_id = ?", found["id"]),
    )


@pages.post("/orders/<number>")
@login_required
def act(number: str) -> AnyResponse:
    """取消订单, 确认收货, 申请退款"""
    found = own_order(number)
    steps = {
        ("cancel", "待付款"): "已取消",
        ("refund", "待发货"): "已取消",
        ("receive", "待收货"): "已完成",
    }
    status = steps.get((request.form.get("act", ""), found["status"]))
    if status is None:
        abort(400)
    change("UPDATE orders SET status = ? WHERE id = ?", status, found["id"])
    return redirect(url_for("account.order", number=number))


@pages.post("/orders/<number>/review")
@login_required
def review(number: str) -> AnyResponse:
    """发表评价"""
    found, account = own_order(number), _me()
    line = one("SELECT * FROM order_lines WHERE id = ? AND order_id = ?", request.form.get("line", 0), found["id"])
    stars = request.form.get("stars", 0, type=int)
    body = request.form.get("body", "").strip()[:500]
    if line is None or stars not in range(1, 6) or not body or found["status"] != "已完成":
        abort(400)
    name = str(account["nickname"])
    change(
        "INSERT INTO reviews (goods_id, user_id, author, stars, body, sku, at) VALUES (?,?,?,?,?,?,?)",
        line["goods_id"], account["id"], f"{name[0]}***{name[-1]}", stars, body, line["sku"], now()[:10],
    )  # fmt: skip
    change("UPDATE order_lines SET reviewed = 1 WHERE id = ?", line["id"])
    return redirect(url_for("product.item", number=line["goods_id"]) + "#reviews")


@pages.get("/addresses")
@login_required
def addresses() -> str:
    """收货地址"""
    found = rows("SELECT * FROM addresses WHERE user_id = ? ORDER BY is_default DESC, id", _me()["id"])
    return render_template("account/addresses.html", addresses=found)


@pages.post("/addresses")
@login_required
def save_address() -> AnyResponse:
    """Add or remove an address."""
    if number := request.form.get("remove"):
        change("DELETE FROM addresses WHERE id = ? AND user_id = ?", number, _me()["id"])
    else:
        fields = [request.form.get(key, "").strip() for key in ("consignee", "phone", "region", "detail")]
        if not all(fields):
            abort(400)
        change("INSERT INTO addresses (user_id, name, phone, region, detail) VALUES (?,?,?,?,?)", _me()["id"], *fields)
    return redirect(url_for("account.addresses"))


@pages.get("/profile")
@login_required
def profile() -> str:
    """个人资料: query and correct."""
    return render_template("account/profile.html", saved=request.args.get("saved"), error="")


@pages.post("/profile")
@login_required
def save_profile() -> str | AnyResponse | tuple[str, int]:
    """更正"""
    if fault("correct-no-entry"):
        abort(404)
    account = _me()
    nickname = request.form.get("nickname", "").strip()
    phone, email = (request.form.get(key, "").strip() or None for key in ("phone", "email"))
    error = ""
    if not nickname:
        error = "昵称不能为空"
    elif phone and not re.fullmatch(r"1\d{10}", phone):
        error = "手机号格式不正确"
    elif one("SELECT 1 FROM users WHERE id <> ? AND (phone = ? OR email = ?)", account["id"], phone, email):
        error = "该手机号或邮箱已被其他账号使用"
    if error:
        return render_template("account/profile.html", saved=None, error=error), 400
    change("UPDATE users SET nickname = ?, phone = ?, email = ? WHERE id = ?", nickname, phone, email, account["id"])
    return redirect(url_for("account.profile", saved=1))


@pages.get("/security")
@login_required
def security() -> str:
    """账号与安全"""
    return render_template("account/security.html")


@pages.route("/password", methods=["GET", "POST"])
@login_required
def password() -> str | AnyResponse | tuple[str, int]:
    """修改密码"""
    if request.method == "GET":
        return render_template("account/password.html", error="", done=False)
    account, new = _me(), request.form.get("new", "")
    if not check_password_hash(str(account["password"]), request.form.get("old", "")):
        return render_template("account/password.html", error="原密码不正确", done=False), 400
    if len(new) < 8:
        return render_template("account/password.html", error="新密码至少 8 位", done=False), 400
    change("UPDATE users SET password = ? WHERE id = ?", hashed(new), account["id"])
    return render_template("account/password.html", error="", done=True)


@pages.get("/privacy")
@login_required
def privacy() -> str:
    """隐私设置"""
    return render_template("account/privacy.html", done=request.args.get("done", ""))


@pages.post("/privacy")
@login_required
def save_privacy() -> AnyResponse:
    """The switch of personalisation, and marketing consent."""
    if "personal" in request.form:
        set_personal(request.form["personal"] == "on")
    if "marketing" in request.form:
        change("UPDATE users SET marketing = ? WHERE id = ?", int(request.form["marketing"] == "on"), _me()["id"])
    return redirect(url_for("account.privacy", done="设置已保存"))


def _copy(number: object) -> dict[str, object]:
    """Everything kept about a user, without the password."""
    person = one("SELECT name, phone, email, nickname, created FROM users WHERE id = ?", number)
    assert person is not None
    return {
        "账号资料": dict(person),
        "收货地址": [
            dict(r) for r in rows("SELECT name, phone, region, detail FROM addresses WHERE user_id = ?", number)
        ],
        "订单": [dict(r) for r in rows("SELECT number, status, total, created FROM orders WHERE user_id = ?", number)],
        "浏览记录": [
            dict(r)
            for r in rows(
                "SELECT g.title, v.at FROM views v JOIN goods g ON g.id = v.goods_id WHERE v.owner = ?",
                f"user:{number}",
            )
        ],
    }


@pages.get("/data")
@login_required
def data() -> str:
    """个人信息查询"""
    return render_template("account/data.html", copy=_copy(_me()["id"]))


@pages.get("/data/copy.json")
@login_required
def download() -> Response:
    """下载个人信息副本"""
    text = json.dumps(_copy(_me()["id"]), ensure_ascii=False, indent=2)
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": "attachment; filename=personal-data.json"}
    )


@pages.get("/delete")
@login_required
def delete() -> str:
    """删除个人信息"""
    if fault("delete-no-entry"):
        abort(404)
    return render_template("account/delete.html")


@pages.post("/delete")
@login_required
def do_delete() -> AnyResponse:
    """Delete the chosen kinds of personal information at once."""
    account = _me()
    chosen = request.form.getlist("what")
    if "views" in chosen:
        change("DELETE FROM views WHERE owner = ?", f"user:{account['id']}")
    if "addresses" in chosen:
        change("DELETE FROM addresses WHERE user_id = ?", account["id"])
    if "profile" in chosen:
        change("UPDATE users SET nickname = '用户' || id WHERE id = ?", account["id"])
    g.pop("user", None)
    return redirect(url_for("account.privacy", done="所选信息已删除"))


@pages.get("/settings")
@login_required
def settings() -> str:
    """设置, one level more than the clean shop has."""
    if not fault("dereg-three-levels"):
        abort(404)
    links = [("/account/security", "账号与安全"), ("/account/addresses", "收货地址"), ("/account/privacy", "隐私设置")]
    return render_template("account/menu.html", title="设置", links=links, place="settings")


@pages.get("/menu/<name>")
@login_required
def menu(name: str) -> str:
    """One of a row of menus, each a click further; the last holds what is buried."""
    if name == "more" and fault("dereg-three-levels"):
        links = [("/about", "关于山城集市"), ("/help", "帮助中心")]
        return render_template("account/menu.html", title="更多", links=links, place="more")
    if fault("dereg-buried"):
        titles = {"more": "更多", "other": "其他", "service": "服务说明", "account": "账号说明", "matters": "其他事项"}
    elif fault("personal-buried"):
        titles = {"more": "更多", "other": "其他", "service": "服务说明", "ranking": "推荐说明", "manage": "推荐管理"}
    else:
        abort(404)
    order = list(titles)
    if name not in titles:
        abort(404)
    place = order.index(name)
    last = place == len(order) - 1
    links = [] if last else [(f"/account/menu/{order[place + 1]}", titles[order[place + 1]])]
    return render_template(
        "account/menu.html", title=titles[name], links=links, place=name,
        switch_here=last and fault("personal-buried"), entry_here=last and fault("dereg-buried"),
    )  # fmt: skip


@pages.get("/messages")
@login_required
def messages() -> str:
    """消息"""
    found = rows("SELECT * FROM messages WHERE user_id = ? ORDER BY id DESC", _me()["id"])
    return render_template("account/messages.html", messages=found)
