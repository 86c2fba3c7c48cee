"""Checkout, cashier and payment."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from gongping.market.context import change, db, fault, login_required, now, one, owner, rows, user
from gongping.market.views import cart

pages = Blueprint("checkout", __name__)

FREE_FROM = 5900  # fen of goods from which standard delivery is free
DELIVERIES = {"standard": "标准配送", "express": "加急配送"}
INVOICES = ("不开发票", "电子普通发票", "纸质发票")
PAYMENTS = ("银行卡支付", "数字人民币", "找人代付")


@dataclass(frozen=True)
class Extra:
    """Something that can be bought along with an order; the price is in fen."""

    code: str
    name: str
    price: int
    text: str
    kinds: tuple[str, ...] = ()
    """Only for these kinds of goods; empty: for all."""


EXTRAS = (
    Extra("freight", "退货运费险", 120, "退货时赔付首重运费，最高 12 元。由渝诚财产保险承保，签收后 7 日内有效。"),
    Extra(
        "warranty", "延保服务一年", 4900, "在厂家保修期满后再延长一年，只保性能故障，不含意外损坏。由重庆山城集市电子商务有限公司提供。",
        ("phone", "laptop", "tablet", "earphone", "headphone", "vacuum", "ricecooker", "coffeemaker", "airfryer"),
    ),
    Extra("member", "会员月卡", 1500, "30 天内每单减 2 元运费券 6 张，到期不自动续费。由山城集市提供。"),
    Extra("charity", "公益捐赠", 100, "捐给渝东南山区图书室项目，由渝东南乡村教育基金会接收，开具电子捐赠票据。"),
)  # fmt: skip


TRIAL = Extra("trial", "会员月卡首月体验", 0, "首月 0 元，之后每月 15.00 元自动续费，可在到期前一日关闭。")


def extras_for(lines: list[dict[str, Any]]) -> list[Extra]:
    """What may be offered with these goods."""
    kinds = {line["kind"] for line in lines}
    found = [extra for extra in EXTRAS if not extra.kinds or kinds & set(extra.kinds)]
    if fault("extra-trial-ticked"):
        found = [TRIAL if extra.code == "member" else extra for extra in found]
    return found


def ticked(number: int, offered: list[Extra]) -> list[Extra]:
    """The extras that are chosen before the consumer has chosen: none, but for the faults."""
    codes: set[str] = set()
    if any(
        fault(name) for name in ("insurance-ticked", "extra-untick-retention", "extra-div-switch", "extra-hidden-line")
    ):
        codes.add("freight")
    if fault("extra-trial-ticked"):
        codes.add("trial")
    if fault("extra-radio"):
        codes.add("member")
    if fault("extra-remembered"):
        last = one("SELECT MAX(id) AS id FROM orders WHERE user_id = ?", number)
        codes |= {
            r["code"] for r in rows("SELECT code FROM order_extras WHERE order_id = ?", last["id"] if last else 0)
        }
    return [extra for extra in offered if extra.code in codes]


def trick() -> str:
    """What the page's script does to the extras by itself."""
    tricks = {
        "extra-reselected": "reselect",
        "extra-timed": "timed",
        "extra-untick-retention": "retain",
        "extra-locked": "lock",
        "extra-tiny-remove": "tiny",
        "extra-removal-resets": "reset",
        "extra-confirm-once": "once",
    }
    return next((value for name, value in tricks.items() if fault(name)), "")


def freight(goods_total: int, delivery: str) -> int:
    """The price of a delivery in fen."""
    if fault("delivery-default"):
        return 2400 if delivery == "express" else 1200
    return (0 if goods_total >= FREE_FROM else 600) + (1200 if delivery == "express" else 0)


DEPOSIT = 20000  # fen


def fee() -> int:
    """Money in the total beside goods, delivery and extras, in fen; the clean shop has none."""
    if any(fault(name) for name in ("deposit-return-unsaid", "deposit-rules-in-help", "deposit-told")):
        return DEPOSIT
    return 200 if fault("total-hidden-fee") or fault("fee-in-tax-fold") else 0


def charged(extra: Extra) -> int:
    """What an extra adds to the total, in fen."""
    return extra.price + (200 if fault("extra-dearer-than-shown") and extra.code == "freight" else 0)


def discount(goods_total: int) -> int:
    """What a coupon takes off by itself, in fen; the clean shop has none."""
    return min(1000, goods_total) if fault("coupon-applied") else 0


def current_lines(direct: bool) -> list[dict[str, Any]]:
    """What is being bought: the direct purchase, or the cart."""
    if not direct:
        more = 800 if fault("dearer-without-extra") else 0
        return [
            {**dict(line), "price": line["price"] + more, "note": cart.note(line["warranty"])}
            for line in cart.lines(owner())
        ]
    bought = session.get("direct", [])
    return [line for sku, quantity, warranty in bought for line in _direct_line(sku, quantity, warranty)]


def _direct_line(sku: int, quantity: int, warranty: int) -> list[dict[str, Any]]:
    row = one(
        "SELECT k.id AS sku_id, k.name AS sku, k.price, k.colour, g.id AS goods_id, g.title, g.kind, g.category,"
        " g.seller_id, s.name AS seller FROM skus k JOIN goods g ON g.id = k.goods_id"
        " JOIN sellers s ON s.id = g.seller_id WHERE k.id = ?",
        sku,
    )
    if row is None:
        return []
    return [{**dict(row), "price": row["price"] + warranty, "quantity": quantity, "note": cart.note(warranty)}]


@pages.get("/checkout")
@login_required
def index() -> str | Response:
    """Confirm an order. Nothing is remembered from earlier orders."""
    direct = request.args.get("direct") == "1"
    lines = current_lines(direct)
    if not lines:
        return redirect(url_for("cart.index"))
    account = user()
    assert account is not None
    addresses = rows("SELECT * FROM addresses WHERE user_id = ? ORDER BY is_default DESC, id", account["id"])
    goods_total = sum(line["price"] * line["quantity"] for line in lines)
    chosen = ticked(account["id"], extras_for(lines))
    return render_template(
        "checkout.html",
        lines=lines, direct=direct, addresses=addresses, extras=extras_for(lines), goods_total=goods_total,
        ticked=[extra.code for extra in chosen], added=sum(charged(extra) for extra in chosen), trick=trick(),
        fee=fee(), charged=charged,
        discount=discount(goods_total), gift=one("SELECT * FROM goods WHERE kind = 'mug'"),
        deliveries=[(code, name, freight(goods_total, code)) for code, name in DELIVERIES.items()], invoices=INVOICES,
        freight=freight(goods_total, "standard"), error=request.args.get("error", ""),
    )  # fmt: skip


def _address(account: sqlite3.Row) -> Mapping[str, Any] | None:
    """The chosen address, or the new one of the form, kept; None if incomplete."""
    chosen = request.form.get("address", "new")
    if chosen != "new":
        row = one("SELECT * FROM addresses WHERE id = ? AND user_id = ?", chosen, account["id"])
        return dict(row) if row else None
    fields = [request.form.get(key, "").strip() for key in ("consignee", "phone", "region", "detail")]
    if not all(fields):
        return None
    if not fault("save-address-ticked") or request.form.get("save"):
        change(
            "INSERT INTO addresses (user_id, name, phone, region, detail) VALUES (?,?,?,?,?)", account["id"], *fields
        )
    return dict(zip(("name", "phone", "region", "detail"), fields, strict=True))


@pages.post("/checkout/submit")
@login_required
def submit() -> Response:
    """提交订单"""
    direct = request.form.get("direct") == "1"
    lines = current_lines(direct)
    account = user()
    assert account is not None
    if not lines:
        return redirect(url_for("cart.index"))
    address = _address(account)
    delivery = request.form.get("delivery", "standard")
    invoice = request.form.get("invoice", INVOICES[0])
    if address is None or delivery not in DELIVERIES or invoice not in INVOICES:
        return redirect(url_for("checkout.index", direct=int(direct) or None, error="请填写完整的收货信息"))
    asked = [*request.form.getlist("extra"), *request.form.getlist("plan")]
    bought = [extra for extra in extras_for(lines) if extra.code in asked]
    goods_total = sum(line["price"] * line["quantity"] for line in lines)
    carriage, added, off = (
        freight(goods_total, delivery),
        sum(charged(extra) for extra in bought),
        discount(goods_total),
    )
    more = 300 if fault("charge-at-cashier") else fee()
    order = change(
        "INSERT INTO orders (user_id, status, consignee, phone, address, delivery, invoice, goods_total, freight,"
        " extras_total, discount, total, created) VALUES (?,'待付款',?,?,?,?,?,?,?,?,?,?,?)",
        account["id"], address["name"], address["phone"], f"{address['region']} {address['detail']}",
        DELIVERIES[delivery], invoice, goods_total, carriage, added, off, goods_total + carriage + added - off + more, now(),
    )  # fmt: skip
    number = f"SC{date.today():%Y%m%d}{order:04d}"
    change("UPDATE orders SET number = ? WHERE id = ?", number, order)
    db().executemany(
        "INSERT INTO order_lines (order_id, sku_id, goods_id, title, sku, price, quantity) VALUES (?,?,?,?,?,?,?)",
        [(order, n["sku_id"], n["goods_id"], n["title"], n["sku"], n["price"], n["quantity"]) for n in lines],
    )
    db().executemany(
        "INSERT INTO order_extras (order_id, code, name, price) VALUES (?,?,?,?)",
        [(order, extra.code, extra.name, extra.price) for extra in bought],
    )
    db().commit()
    if direct:
        session.pop("direct", None)
    else:
        change("DELETE FROM carts WHERE owner = ?", owner())
    return redirect(url_for("checkout.cashier", number=number))


def own_order(number: str) -> sqlite3.Row:
    """An order of the user who is logged in; 404 otherwise."""
    account = user()
    order = one("SELECT * FROM orders WHERE number = ? AND user_id = ?", number, account["id"] if account else 0)
    if order is None:
        abort(404)
    return order


@pages.get("/cashier/<number>")
@login_required
def cashier(number: str) -> str | Response:
    """收银台"""
    order = own_order(number)
    if order["status"] != "待付款":
        return redirect(url_for("account.order", number=number))
    return render_template("cashier.html", order=order, payments=PAYMENTS)


@pages.post("/cashier/<number>")
@login_required
def pay(number: str) -> Response:
    """确认支付"""
    order = own_order(number)
    if order["status"] == "待付款" and request.form.get("payment") in PAYMENTS:
        change(
            "UPDATE orders SET status = '待发货', payment = ?, paid = ? WHERE id = ?",
            request.form["payment"], now(), order["id"],
        )  # fmt: skip
    return redirect(url_for("checkout.paid", number=number))


@pages.get("/cashier/<number>/done")
@login_required
def paid(number: str) -> str:
    """The page after payment."""
    return render_template("paid.html", order=own_order(number))


@pages.get("/extras/<code>")
def extra(code: str) -> str:
    """了解详情 of an extra."""
    found = next((extra for extra in (*EXTRAS, TRIAL) if extra.code == code), None)
    if found is None:
        abort(404)
    return render_template("extra.html", extra=found)
