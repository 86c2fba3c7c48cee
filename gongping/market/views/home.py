"""The home page and campaign pages."""

from flask import Blueprint, abort, render_template

from gongping.market import ranking
from gongping.market.context import db, fault, owner, personal, rows

pages = Blueprint("home", __name__)

FEED_PAGE = 20

CAMPAIGNS = {
    "spring": ("山城早市专场", "满 199 元减 20 元，活动时间 2026年11月1日至2026年12月31日，每个账号限用一次。"),
    "digital": ("数码换新季", "自营手机、耳机支持以旧换新，旧机估价由检测机构出具报告，不满意可原样退回。"),
    "morning": ("早餐补给站", "牛奶、咖啡、小面产地直发，冷链商品当日送达主城九区。"),
}


@pages.get("/")
def index() -> str:
    """Home: banners, categories and a finite number of goods."""
    everything = ranking.search(db(), "")
    liking = ranking.taste(db(), owner()) if personal() or fault("switch-inert") else None
    own = [g for g in everything if g["seller_id"] == 1]
    best = ranking.varied(ranking.order(own, "sales", None), 5, 1)
    new = [g for g in ranking.order(everything, "new", None) if g["category"] == "手机数码"][:5]
    liked = ranking.varied(ranking.order(everything, "default", liking), 10)
    sections = [
        ("自营好物", "平台自营 · 次日达", best, "/search?own=1"),
        ("数码新品", "新近上架", new, "/search?category=手机数码&sort=new"),
        ("为你推荐" if liking else "大家都在买", "", liked, "/search"),
    ]
    return render_template("home.html", sections=sections)


@pages.get("/campaign/<name>")
def campaign(name: str) -> str:
    """Where a banner or an advertisement leads."""
    if name not in CAMPAIGNS:
        abort(404)
    title, rules = CAMPAIGNS[name]
    goods = rows(
        "SELECT g.*, s.name AS seller FROM goods g JOIN sellers s ON s.id = g.seller_id ORDER BY g.sales DESC LIMIT 10"
    )
    return render_template("campaign.html", title=title, rules=rules, goods=goods)


@pages.get("/feed/<int:number>")
def feed(number: int) -> str:
    """A page of the endless feed that two faults put on home."""
    if not (fault("licence-feed") or fault("agreements-feed")):
        abort(404)
    everything = ranking.search(db(), "")
    start = number * FEED_PAGE
    return render_template("feed.html", goods=[everything[(start + i) % len(everything)] for i in range(FEED_PAGE)])


@pages.get("/campaign/spring/creative")
def creative() -> str:
    """The advertisement's creative as a page of its own, for a frame."""
    return render_template("creative.html")
