"""One SQLite file for each variant, copied from a seeded template; money is in fen everywhere."""

import random
import sqlite3
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from werkzeug.security import generate_password_hash

from gongping.market import catalogue

PASSWORD = "gongping-2026"
CODE = "000000"
ACCOUNTS = {
    "shopper": ("13800010001", "shopper@example.com", "渝小购"),
    "spare": ("13800010002", "spare@example.com", "备用用户"),
    **{f"spare_{n}": (f"1380001010{n}", f"spare_{n}@example.com", f"备用用户{n}") for n in range(2, 6)},
    "persona_a": ("13800010003", "persona_a@example.com", "山城老饕"),
    "persona_b": ("13800010004", "persona_b@example.com", "精打细算"),
    "persona_a2": ("13800010005", "persona_a2@example.com", "渝味讲究"),
    "persona_b2": ("13800010006", "persona_b2@example.com", "货比三家"),
}

_PRAISES = (
    (5, "收到了，和描述一致，物流第二天就到。"),
    (5, "用了一周来评价，质量不错，包装也很好。"),
    (4, "整体满意，就是颜色比图片稍微深一点。"),
    (3, "中规中矩，这个价位可以接受。"),
    (5, "第二次回购，家里人都喜欢。"),
    (2, "外箱压坏了，客服当天给补发，处理还算及时。"),
    (4, "性价比可以，说明书写得清楚。"),
    (1, "和预期差距有点大，已经申请退货，退款两天到账。"),
    (5, "客服耐心，推荐的规格刚好合适。"),
)
_AUTHORS = ("渝***8", "小***鱼", "长***江", "k***e", "山***人", "阿***珍", "l***i", "南***风", "豆***豆")


def connect(path: Path) -> sqlite3.Connection:
    """Open a shop's database with rows as mappings."""
    connection = sqlite3.connect(path, timeout=10)
    connection.row_factory = sqlite3.Row
    # The data live as long as the process: durability would only cost time.
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def build(path: Path) -> None:
    """Write the seeded template."""
    connection = connect(path)
    connection.executescript((files("gongping.market") / "data" / "schema.sql").read_text("utf-8"))
    _seed_catalogue(connection)
    _seed_accounts(connection)
    connection.commit()
    connection.close()


def _seed_catalogue(connection: sqlite3.Connection) -> None:
    insert = connection.executemany
    insert(
        "INSERT INTO sellers VALUES (?,?,?,?,?,?)",
        [(s.id, s.name, s.company, s.uscc, s.region, s.opened) for s in catalogue.sellers()],
    )
    goods = catalogue.goods()
    dice = random.Random(2020)
    for item in goods:
        prices = sorted(other.price for other in goods if other.kind == item.kind)
        # Where the price stands among its like, 0 cheapest to 1 dearest.
        band = prices.index(item.price) / (len(prices) - 1) if len(prices) > 1 else 0.5
        connection.execute(
            "INSERT INTO goods VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                *(item.id, item.kind, item.category, item.brand, item.title, item.price, item.seller_id, item.options),
                *(item.sales, item.praise, item.reviews, item.listed, item.bid, "\n".join(item.points), band),
            ),
        )
        insert(
            "INSERT INTO skus VALUES (?,?,?,?,?,?)",
            [(s.id, s.goods_id, s.name, s.price, s.stock, s.colour) for s in item.skus],
        )
        for stars, body in dice.sample(_PRAISES, 6):
            day = (datetime(2026, 9, 1) + timedelta(days=dice.randint(0, 80))).date().isoformat()
            connection.execute(
                "INSERT INTO reviews (goods_id, author, stars, body, sku, at) VALUES (?,?,?,?,?,?)",
                (item.id, dice.choice(_AUTHORS), stars, body, dice.choice(item.skus).name, day),
            )


def _seed_accounts(connection: sqlite3.Connection) -> None:
    password = generate_password_hash(PASSWORD, method="pbkdf2:sha256:2000")
    for name, (phone, email, nickname) in ACCOUNTS.items():
        connection.execute(
            "INSERT INTO users (name, phone, email, password, nickname, created) VALUES (?,?,?,?,?,?)",
            (name, phone, email, password, nickname, "2024-03-08 10:20:00"),
        )
        user = connection.execute("SELECT id FROM users WHERE name = ?", (name,)).fetchone()["id"]
        connection.execute(
            "INSERT INTO messages (user_id, title, body, at) VALUES (?,?,?,?)",
            (
                user,
                "欢迎加入山城集市",
                "您的账号已开通。您可以在“我的”中查看订单、收货地址和个人资料。",
                "2024-03-08 10:20:00",
            ),
        )
        if not name.startswith("spare"):
            connection.execute(
                "INSERT INTO addresses (user_id, name, phone, region, detail, is_default) VALUES (?,?,?,?,?,1)",
                (user, "李渝", phone, "重庆市渝中区", "解放碑街道民权路28号2栋1204室"),
            )
    shopper = connection.execute("SELECT id FROM users WHERE name = 'shopper'").fetchone()["id"]
    connection.execute(
        "INSERT INTO addresses (user_id, name, phone, region, detail) VALUES (?,?,?,?,?)",
        (shopper, "李渝", "13800010001", "重庆市江北区", "观音桥街道北城天街9号5栋602室"),
    )
    for number, created, goods_id, quantity in (
        ("SC202403150001", "2024-03-15 20:11:32", 41, 2),
        ("SC202609280002", "2026-09-28 09:42:05", 28, 1),
    ):
        sku = connection.execute(
            "SELECT s.*, g.title FROM skus s JOIN goods g ON g.id = s.goods_id WHERE g.id = ? ORDER BY s.id",
            (goods_id,),
        ).fetchone()
        total = sku["price"] * quantity
        order = connection.execute(
            "INSERT INTO orders (number, user_id, status, consignee, phone, address, delivery, invoice, payment,"
            " goods_total, freight, extras_total, discount, total, created, paid)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,0,0,0,?,?,?)",
            (
                *(number, shopper, "已完成", "李渝", "13800010001", "重庆市渝中区 解放碑街道民权路28号2栋1204室"),
                *("标准配送", "电子普通发票", "银行卡支付", total, total, created, created),
            ),
        ).lastrowid
        connection.execute(
            "INSERT INTO order_lines (order_id, sku_id, goods_id, title, sku, price, quantity) VALUES (?,?,?,?,?,?,?)",
            (order, sku["id"], goods_id, sku["title"], sku["name"], sku["price"], quantity),
        )


def adapt(path: Path, switches: frozenset[str]) -> None:
    """Change a fresh copy where a switch lies in the data and not in a page."""
    changes = {
        "ad-word-in-title": """
            UPDATE goods SET bid = 0, title = '两江 广告衫外套 团队定制印字 连帽加绒'
                WHERE title LIKE '两江 连帽卫衣外套%';
            UPDATE goods SET bid = 0, title = '轻壳 手机支架 广告机落地展示架 可折叠'
                WHERE title LIKE '轻壳 桌面手机支架%';
        """,
        "dereg-points": "UPDATE users SET points = 320;",
        "dereg-open-orders": "UPDATE orders SET status = '待收货' WHERE number = 'SC202609280002';",
    }
    scripts = [script for name, script in changes.items() if name in switches]
    if scripts:
        connection = connect(path)
        connection.executescript("".join(scripts))
        connection.close()
