"""The goods and sellers of the shop, made from two tables; the same on every machine."""

import csv
import itertools
import random
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

CATEGORIES: dict[str, tuple[str, ...]] = {
    "手机数码": ("phone", "case", "powerbank", "earphone", "headphone", "laptop", "tablet"),
    "家用电器": ("ricecooker", "kettle", "airfryer", "vacuum", "fan", "coffeemaker"),
    "食品生鲜": ("milk", "milkpowder", "coffee", "hotpot", "noodle", "orange", "tea", "snack"),
    "美妆个护": ("cream", "lipstick", "cleanser", "shampoo"),
    "服饰鞋包": ("jacket", "shirt", "trousers", "shoes"),
    "图书文教": ("book",),
    "家居日用": ("chair", "lamp", "bedding", "mug"),
    "运动户外": ("yoga", "ball", "racket", "bottle"),
}
CATEGORY_OF = {kind: name for name, kinds in CATEGORIES.items() for kind in kinds}

COLOURS = {
    "曜石黑": "#2b2d33",
    "雪域白": "#eceae4",
    "青山黛": "#3f6b64",
    "江水蓝": "#3a6ea5",
    "朝霞橙": "#dd7a45",
    "雾灰": "#8d939b",
    "藏青": "#26395a",
    "驼色": "#b58b5c",
    "墨绿": "#35513f",
    "米白": "#e5dccb",
    "枣红": "#8e2f36",
    "豆沙": "#b6605f",
    "正红": "#c21f30",
}

# An option table: axis -> choices, each with what it adds to the price in yuan.
OPTIONS: dict[str, dict[str, dict[str, int]]] = {
    "phone-pro": {
        "颜色": {"曜石黑": 0, "雪域白": 0, "青山黛": 0},
        "版本": {"12GB+256GB": 0, "16GB+512GB": 500, "16GB+1TB": 1200},
    },
    "phone": {"颜色": {"江水蓝": 0, "曜石黑": 0, "雪域白": 0}, "版本": {"8GB+256GB": 0, "12GB+512GB": 300}},
    "phone-lite": {"颜色": {"曜石黑": 0, "江水蓝": 0}, "版本": {"标准版": 0, "大存储版": 100}},
    "colour": {"颜色": {"曜石黑": 0, "雪域白": 0, "雾灰": 0}},
    "wear": {"颜色": {"藏青": 0, "驼色": 0, "墨绿": 0}, "尺码": {"M": 0, "L": 0, "XL": 0, "2XL": 0}},
    "shoes": {"颜色": {"雾灰": 0, "曜石黑": 0, "江水蓝": 0}, "尺码": {"38": 0, "40": 0, "42": 0, "44": 0}},
    "pack": {"规格": {"单件装": 0, "家庭装（2件）": -1}},
    "roast": {"规格": {"咖啡豆": 0, "代磨咖啡粉": 0}},
    "shade": {"色号": {"枣红": 0, "豆沙": 0, "正红": 0}},
    "plain": {"规格": {"标准": 0}},
}

_POINTS = {
    "phone": ("高清护眼屏，自动调节亮度", "大容量电池，支持快速充电", "全国联保一年，支持七日无理由退货"),
    "milk": ("优质奶源，全程冷链检测", "每100ml蛋白质含量见包装标签", "常温避光保存，开封后请尽快饮用"),
    "coffee": ("小批量新鲜烘焙", "风味描述：坚果、可可、柑橘", "密封避光保存"),
    "jacket": ("面料柔软，洗后不易变形", "版型合身，日常百搭", "水洗标内注明洗涤方式"),
    "book": ("正版图书，全新塑封", "开本与页数见详情", "非质量问题支持七日无理由退货"),
}
_PLAIN_POINTS = ("严选材料，出厂逐件检验", "包装牢固，运输破损由平台负责", "支持七日无理由退货与售后服务")


@dataclass(frozen=True)
class Seller:
    """A shop on the platform; number 1 is the platform's own."""

    id: int
    name: str
    company: str
    uscc: str
    region: str
    opened: str


@dataclass(frozen=True)
class Sku:
    """One choice of a goods' options; the price is in fen."""

    id: int
    goods_id: int
    name: str
    price: int
    stock: int
    colour: str


@dataclass(frozen=True)
class Goods:
    """One offer; the price, in fen, is that of its cheapest SKU."""

    id: int
    kind: str
    brand: str
    title: str
    price: int
    seller_id: int
    options: str
    sales: int
    praise: int
    """Share of good reviews in tenths of a percent."""
    reviews: int
    listed: str
    bid: int
    """Fen a click in the paid slots; 0: no campaign."""
    points: tuple[str, ...]
    skus: tuple[Sku, ...]

    @property
    def category(self) -> str:
        return CATEGORY_OF[self.kind]


def _rows(file: str) -> list[dict[str, str]]:
    text = (files("gongping.market") / "data" / file).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def sellers() -> list[Seller]:
    """All sellers, the platform first."""
    return [Seller(int(row.pop("id")), **row) for row in _rows("sellers.csv")]


def goods() -> list[Goods]:
    """All goods; sales, ratings and dates come from a seeded generator."""
    dice = random.Random(39)
    made: list[Goods] = []
    sku_ids = itertools.count(1)
    for number, row in enumerate(_rows("goods.csv"), start=1):
        price = round(float(row["price"]) * 100)
        cheap = 1 if price < 20000 else 0
        sales = int(dice.lognormvariate(7.2 + cheap, 1.1)) + 12
        made.append(
            Goods(
                id=number,
                kind=row["kind"],
                brand=row["brand"],
                title=row["title"],
                price=price,
                seller_id=int(row["seller"]),
                options=row["options"],
                sales=sales,
                praise=dice.randint(935, 998),
                reviews=max(8, int(sales * dice.uniform(0.08, 0.35))),
                listed=(date(2025, 1, 6) + timedelta(days=dice.randint(0, 600))).isoformat(),
                bid=dice.randint(30, 400) if dice.random() < 0.45 else 0,
                points=_POINTS.get(row["kind"], _PLAIN_POINTS),
                skus=tuple(_skus(number, price, row["options"], sku_ids, dice)),
            )
        )
    return made


def _skus(goods_id: int, price: int, options: str, ids: "itertools.count[int]", dice: random.Random) -> list[Sku]:
    axes = OPTIONS[options]
    made = []
    for choice in itertools.product(*(axis.items() for axis in axes.values())):
        # -1 stands for "two of them, at 95 %": a family pack.
        added = sum(price * 9 // 10 if extra < 0 else extra * 100 for _, extra in choice)
        colour = next((COLOURS[name] for name, _ in choice if name in COLOURS), "")
        name = " ".join(name for name, _ in choice)
        made.append(Sku(next(ids), goods_id, name, price + added, dice.randint(40, 900), colour))
    return made
