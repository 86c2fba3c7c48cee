"""团邻: a community group-buying H5 shop (zh-CN), a hash-router single page over a small JSON API."""

import html
import re
import threading
from copy import deepcopy
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, g, jsonify, request

from ._starter import Bag

LOCALE = "zh-CN"
VERTICAL = "community group buying (pick-up points, merchants and own goods)"
QUERIES = ["水果", "食品", "零食", "日用", "自营"]
ACCOUNTS = [
    {
        "user": "13900002201",
        "password": "tl123456",
        "role": "aged",
        "holds": "two completed orders, 320 邻豆, balance 18.50",
    },
    {"user": "13900002202", "password": "tl654321", "role": "fresh", "holds": "nothing, fresh"},
]
FILES = Path(__file__).with_name("tuanlin_files")
COMPANY = "重庆团邻网络科技有限公司"
ALPHA = "0123456789ABCDEFGHJKLMNPQRTUWXY"
W17 = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]


def uscc(head, org8):
    value = lambda c: int(c) if c.isdigit() else ord(c) - 55
    o = 11 - sum(value(c) * w for c, w in zip(org8, [3, 7, 9, 10, 5, 8, 4, 2])) % 11
    code = head + org8 + {10: "X", 11: "0"}.get(o, str(o))
    return code + ALPHA[(31 - sum(ALPHA.index(c) * w for c, w in zip(code, W17)) % 31) % 31]


CODE = uscc("91500112", "MA60T7LQ")

DOCS = [
    ("agreement", "用户协议"),
    ("privacy", "隐私政策"),
    ("trade", "交易规则"),
    ("aftersale", "售后规则"),
    ("review", "评价规则"),
    ("promo", "活动规则"),
    ("dispute", "争议处理"),
    ("ip", "知识产权"),
    ("pickup", "自提须知"),
    ("card", "邻享卡"),
    ("seller", "商家入驻"),
    ("campaign", "商家活动"),
    ("penalty", "违规公示"),
    ("help", "帮助中心"),
]


def parse(name):
    """A document as html for the page and as plain text for the download."""
    out, text, rows = [], [], []

    def flush():
        if rows:
            body = "".join(
                '<div class="tr%s">%s</div>'
                % (" th" if i == 0 else "", "".join(f'<div class="td">{html.escape(c)}</div>' for c in r))
                for i, r in enumerate(rows)
            )
            out.append(f'<div class="tb" style="--n:{len(rows[0])}">{body}</div>')
            text.extend("\t".join(r) for r in rows)
            rows.clear()

    title = ""
    for line in (FILES / f"{name}.txt").read_text("utf-8").splitlines():
        line = line.strip()
        if not line:
            continue
        if line.startswith("|"):
            rows.append([c.strip() for c in line.strip("|").split("|")])
            continue
        flush()
        kind, rest = "p", line
        for mark, cls in (("## ", "h2"), ("# ", "h1"), ("@ ", "dt"), ("~ ", "pn")):
            if line.startswith(mark):
                kind, rest = cls, line[len(mark) :]
                break
        if kind == "h1":
            title = rest
        body = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(rest))
        out.append(f'<div class="{kind}">{body}</div>')
        text.append(rest.replace("**", ""))
    flush()
    return {"id": name, "title": title, "html": "".join(out), "text": "\n\n".join(text) + "\n"}


SHOPS = {
    "s0": ("团邻自营", COMPANY, "", CODE),
    "s1": ("南山果园直供", "重庆南岸南山果园种植专业合作社", "023-62417735", uscc("93500108", "MA5XK31P")),
    "s2": ("巷口食铺", "重庆渝中巷口食品经营部", "023-63859126", uscc("92500103", "MA61D8R4")),
    "s3": ("锅碗小铺", "重庆沙坪坝锅碗餐具有限公司", "023-65330847", uscc("91500106", "MA5YQ2T8")),
    "s4": ("清净日用铺", "重庆江北清净日化商贸有限公司", "023-67961502", uscc("91500105", "MA609W3E")),
}
# id, title, price, sales, rating, reviews, shop, category, emoji, fresh, presale
RAW = """
1001|奉节脐橙 家庭装5斤|29.9|3821|4.8|412|s1|水果|🍊|1|0
1002|红富士苹果 家庭装6斤|32.8|2954|4.7|305|s0|水果|🍎|1|0
1003|云南蓝莓 125克4盒|39.9|1873|4.6|198|s1|水果|🫐|1|0
1004|丹东草莓 双层礼盒3斤|69.9|1402|4.9|176|s0|水果|🍓|1|0
1005|海南妃子蕉 5斤|16.8|4310|4.5|501|s0|水果|🍌|1|0
1006|阳光玫瑰葡萄 2斤|35.6|1266|4.4|133|s1|水果|🍇|1|0
1007|石榴 大果4枚|27.5|985|4.6|88|s1|水果|🍎|1|0
1008|赣南沃柑 家庭装8斤|36.9|2217|4.7|240|s1|水果|🍊|1|0
1009|库尔勒香梨 5斤|24.6|1730|4.5|151|s0|水果|🍐|1|0
1010|猕猴桃 绿心12枚|21.9|1588|4.3|142|s1|水果|🥝|1|0
1011|哈密瓜 单只约4斤|25.8|902|4.4|79|s0|水果|🍈|1|0
1012|山东樱桃番茄 3斤|18.9|2643|4.6|260|s0|水果|🍅|1|0
1013|泰国椰青 4只|45.9|731|4.5|64|s1|水果|🥥|1|0
1014|柠檬 安岳一级10枚|12.9|1999|4.7|183|s1|水果|🍋|1|0
2001|五常大米 家庭装10千克|79.9|3350|4.8|388|s0|粮油|🍚|0|0
2002|压榨菜籽油 5升|68.0|2781|4.7|297|s0|粮油|🛢️|0|0
2003|东北黑木耳 250克|38.5|860|4.6|92|s2|粮油|🍄|0|0
2004|挂面 鸡蛋风味1千克3把|15.9|3024|4.5|333|s2|粮油|🍜|0|0
2005|红薯粉条 手工1.5千克|22.8|1144|4.6|120|s2|粮油|🍝|0|0
2006|石磨面粉 5千克|33.9|1625|4.7|168|s0|粮油|🌾|0|0
2007|小米 陕北新米2.5千克|28.6|1372|4.8|149|s2|粮油|🌾|0|0
2008|花生油 家庭装4升|89.0|958|4.6|101|s0|粮油|🥜|0|0
2009|火锅底料 牛油400克2袋|25.9|4102|4.9|477|s2|粮油|🌶️|0|0
2010|郫县豆瓣酱 1千克|13.5|2230|4.7|219|s2|粮油|🥫|0|0
3001|每日坚果 家庭装30袋|59.9|2466|4.7|281|s2|零食|🥜|0|0
3002|芝麻薄脆饼干 800克|19.9|1893|4.4|190|s2|零食|🍪|0|0
3003|手撕牛肉干 250克|46.8|1205|4.6|131|s2|零食|🥩|0|0
3004|纯牛奶 250毫升24盒|52.9|3977|4.8|460|s0|零食|🥛|0|0
3005|原味酸奶 100克16杯|29.8|2688|4.6|270|s0|零食|🍦|1|0
3006|黑巧克力 72%可可200克|31.5|1014|4.5|97|s2|零食|🍫|0|0
3007|海苔脆 综合装120克|17.6|1436|4.3|118|s2|零食|🍘|0|0
3008|红枣夹核桃 500克|26.9|1757|4.7|166|s2|零食|🌰|0|0
3010|现卤鸭翅 散装称重500克|25.9|2102|4.6|205|s0|零食|🍗|1|0
3009|爆米花 焦糖味300克|14.8|1108|4.2|87|s2|零食|🍿|0|0
4001|抽纸 家庭装24包|39.8|4521|4.8|530|s4|日用|🧻|0|0
4002|洗衣液 薰衣草3千克2瓶|42.9|3120|4.6|341|s4|日用|🧴|0|0
4003|洗洁精 1.5千克3瓶|26.5|2049|4.5|201|s4|日用|🧽|0|0
4004|铸铁炒锅 无涂层32厘米（预订团）|199.0|412|4.7|45|s3|日用|🍳|0|1
4005|青花饭碗 四只装|35.9|688|4.4|52|s3|日用|🍚|0|0
4006|羽绒被 95白鹅绒1.5米（预订团）|459.0|263|4.8|33|s0|日用|🛏️|0|1
4007|垃圾袋 加厚300只|18.6|3614|4.5|366|s4|日用|🛍️|0|0
4008|牙膏 护龈120克4支|32.4|1866|4.6|174|s4|日用|🪥|0|0
4009|保温壶 316不锈钢2升|69.0|1233|4.7|139|s3|日用|🫖|0|0
4010|毛巾 纯棉5条|29.6|1541|4.5|128|s4|日用|🧺|0|0
"""
ITEMS = {}
for _line in RAW.strip().splitlines():
    a = _line.split("|")
    ITEMS[int(a[0])] = {
        "id": int(a[0]),
        "title": a[1],
        "price": float(a[2]),
        "sales": int(a[3]),
        "rating": float(a[4]),
        "reviews": int(a[5]),
        "shop": a[6],
        "shopName": SHOPS[a[6]][0],
        "cat": a[7],
        "icon": a[8],
        "fresh": a[9] == "1",
        "presale": a[10] == "1",
        "promo": a[7] in ("粮油", "零食", "日用") and a[10] == "0",
    }
ADS = {
    "水果": [1013, 1006],
    "粮油": [2005, 2003],
    "零食": [3009, 3006],
    "日用": [4005, 4009],
    "家庭装": [3001, 4001],
    "食品": [2005, 3006],
}
SAID = {
    "水果": [
        ("李**", 5, "分量足，个头均匀，老人小孩都喜欢。", "11月18日提货"),
        ("晓*", 3, "味道一般，比上次的淡一些，个头还行。", "11月15日提货"),
        ("楼下老*", 2, "有两个磕坏了，申请以后退了一部分钱。", "11月3日提货"),
        ("小满*", 5, "第三次买了，甜。", "10月27日提货"),
    ],
    "粮油": [
        ("王**", 5, "日期新，价格比超市便宜。", "11月17日提货"),
        ("阿**", 4, "到货比通知晚了一个小时，东西没问题。", "11月9日提货"),
        ("胖丁*", 2, "袋子口破了一点，撒了不少。", "11月2日提货"),
        ("何**", 5, "家里一直吃这个。", "10月21日提货"),
    ],
    "零食": [
        ("陶**", 4, "味道可以，就是有点甜。", "11月16日提货"),
        ("七*", 5, "孩子一天吃一包，停不下来。", "11月13日提货"),
        ("钱**", 3, "碎的有点多，味道还行。", "11月6日提货"),
        ("豆豆*", 1, "保质期只剩一个月，没有说明。", "10月25日提货"),
    ],
    "日用": [
        ("冯**", 5, "用了一周，挺好的。", "11月14日提货"),
        ("圆*", 4, "比想象的小一点，够用。", "11月10日提货"),
        ("邱**", 2, "外面的箱子压变形了。", "11月4日提货"),
        ("老街*", 5, "给父母买的，他们说好用。", "10月30日提货"),
    ],
}
NOTICES = [
    {
        "id": "n6",
        "date": "2026-11-24",
        "title": "关于调整《售后规则》坏果包赔申请时限的通知",
        "brief": "坏果包赔的申请时限由四十八小时改为二十四小时，11月28日起施行。",
        "body": [
            "各位邻居、各位商家：",
            "为了便于仓库核实，《团邻售后规则》第4.1条“自提货起四十八小时内拍照申请”修改为“自提货起二十四小时内拍照申请”，其他内容不变。",
            "本次修改于2026年11月24日公布，自2026年11月28日起施行。11月28日以前提货的订单，仍按四十八小时办理。",
            "修改稿曾于11月3日至11月17日公开征求意见，收到意见41条，主要意见和采纳情况附在征求意见的公告下方。",
            "不接受修改的邻居和商家可以停止使用并退出，退出前的订单按修改前的规则处理。",
            "重庆团邻网络科技有限公司　2026年11月24日",
        ],
    },
    {
        "id": "n5",
        "date": "2026-11-20",
        "title": "《评价规则（修订草案）》公开征求意见",
        "brief": "拟增加追评图片数量，写明店铺评分的更新时间。意见提交截止12月5日。",
        "opinion": True,
        "body": [
            "我们准备修改《团邻评价规则》，现将修订草案公开征求意见，用户、商家和其他人士都可以提出意见。",
            "一、第1.2条增加一句：“追加评价可以上传不超过九张图片和一段三十秒以内的视频。”",
            "二、第3.2条修改为：“店铺评分是店内全部商品有效评价的平均数，每天六时更新，更新时间显示在店铺页。”",
            "三、第5.1条中的“七日”修改为“十五日”。",
            "征求意见的时间为2026年11月20日至2026年12月5日。请在下面的框中填写意见，不需要登录，字数不超过2000字。提交后会得到受理编号，我们会在定稿公告中汇总说明采纳情况。",
        ],
    },
    {
        "id": "n4",
        "date": "2026-11-16",
        "title": "暖冬囤货节来了：满99元减15元",
        "brief": "11月20日10时开始，粮油、零食、日用全场参加，点开看活动规则。",
        "doc": "promo",
        "body": [
            "天冷了，家里的米面油和纸巾该添一点了。暖冬囤货节从11月20日10时开始，满99元减15元、满199元减40元，部分商品第二件半价。",
            "结束时间看备货情况，届时另行通知。具体见活动规则。",
        ],
    },
    {
        "id": "n3",
        "date": "2026-11-12",
        "title": "晒单返邻豆：一条好评30豆",
        "brief": "打五星、配三张图，次日到账30邻豆，自营和商家商品都算。",
        "body": [
            "收到好东西别藏着，说给邻居听听。",
            "提货后给商品打五星，写满二十个字并配三张图，次日返30邻豆；四星及以下的评价不返。",
            "每人每天最多三条，团邻自营和商家的商品都参加，11月12日至12月31日有效。",
        ],
    },
    {
        "id": "n2",
        "date": "2026-11-03",
        "title": "《售后规则》坏果包赔条款公开征求意见（已截止）",
        "brief": "征求意见时间11月3日至11月17日，共收到41条意见。",
        "body": [
            "拟将《团邻售后规则》第4.1条的申请时限由四十八小时改为二十四小时，公开征求意见，时间为2026年11月3日至11月17日。",
            "【11月23日补充】共收到意见41条。赞成12条，反对23条，主要理由是下班晚、来不及拍照；其他意见6条。经研究，时限仍定为二十四小时，同时增加系统提醒。",
        ],
    },
    {
        "id": "n1",
        "date": "2026-10-08",
        "title": "南坪中心仓搬迁完成",
        "brief": "10月9日起恢复每天两班配送。",
        "body": [
            "南坪中心仓已经搬到茶园，10月9日起恢复每天两班配送，南岸、巴南的自提点到货时间提前一小时左右。感谢大家的耐心。"
        ],
    },
]
POINTS = [
    "龙湖花园东门驿站（周团长）",
    "红锦大道86号便民超市（何团长）",
    "金科天湖北门小卖部（唐团长）",
    "鲁能星城七街区门卫旁（邓团长）",
]
USERS = {
    "13900002201": {
        "password": "tl123456",
        "nick": "橘子姐",
        "beans": 320,
        "balance": 18.5,
        "receiver": {"name": "罗敏", "phone": "13900002201", "point": POINTS[0]},
        "closed": False,
        "card": "",
        "prefs": {"sms": True, "call": True, "wx": True},
        "orders": [
            {
                "no": "TL261112083301",
                "time": "2026-11-12 08:33",
                "state": "已提货",
                "lines": [{"id": 2009, "n": 1}, {"id": 1002, "n": 1}],
                "total": 58.7,
                "code": "7741",
                "point": POINTS[0],
            },
            {
                "no": "TL261002193045",
                "time": "2026-10-02 19:30",
                "state": "已提货",
                "lines": [{"id": 4001, "n": 1}],
                "total": 39.8,
                "code": "2096",
                "point": POINTS[0],
            },
        ],
    },
    "13900002202": {
        "password": "tl654321",
        "nick": "新邻居2202",
        "beans": 0,
        "balance": 0.0,
        "receiver": {},
        "closed": False,
        "card": "",
        "prefs": {"sms": True, "call": True, "wx": True},
        "orders": [],
    },
}
BAG_PRICE, DOOR_FEE = 1.5, 3.0


def find(q):
    q = q.strip()
    if not q:
        return list(ITEMS.values())
    return [
        i
        for i in ITEMS.values()
        if q in i["title"] or q == i["cat"] or q in i["shopName"] or (q == "食品" and i["cat"] in ("粮油", "零食"))
    ]


def order_by(rows, sort):
    key = {
        "sales": lambda i: -i["sales"],
        "rating": lambda i: (-i["rating"], i["id"]),
        "price_up": lambda i: i["price"],
        "price_down": lambda i: -i["price"],
    }
    return sorted(rows, key=key.get(sort, lambda i: -(i["sales"] / 1000 + i["rating"])))


def make_app():
    app = Flask(__name__)
    lock = threading.Lock()
    users = deepcopy(USERS)
    docs = {name: parse(name) for name, _ in DOCS}
    counter = {"order": 0, "opinion": 318, "ip": 26031}
    inbox = []
    Bag(app, "tlsid", lambda: {"user": None, "cart": {}, "sent": set()})

    def me():
        u = g.bag["user"]
        return users.get(u) if u else None

    def body():
        return request.get_json(silent=True) or {}

    def no(message, code=200):
        return jsonify(ok=False, message=message), code

    @app.get("/")
    def index():
        return Response(PAGE, mimetype="text/html")

    @app.get("/app.css")
    def css():
        return Response(CSS, mimetype="text/css")

    @app.get("/app.js")
    def js():
        return Response(JS, mimetype="application/javascript")

    @app.get("/favicon.ico")
    def icon():
        return Response(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#d9480f"/></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/img/<int:iid>.svg")
    def img(iid):
        i = ITEMS.get(iid) or {"icon": "📦"}
        hue = iid * 47 % 360
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="hsl({hue},45%,92%)"/><text x="100" y="128" font-size="84" text-anchor="middle">{i["icon"]}</text></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/api/home")
    def home():
        top = order_by(ITEMS.values(), "sales")[:12]
        return jsonify(notices=NOTICES[:4], items=top, cats=["水果", "粮油", "零食", "日用"])

    @app.get("/api/search")
    def search():
        q, sort = request.args.get("q", ""), request.args.get("sort", "all")
        page = max(1, request.args.get("page", 1, int))
        rows = order_by(find(q), sort)
        paid = []
        if sort == "all":
            paid = [i for i in ADS.get(q.strip(), [])]
            rows = [r for r in rows if r["id"] not in paid]
        size = 12
        pages = max(1, -(-(len(rows) + len(paid)) // size))
        if page == 1:
            chunk = [dict(r) for r in rows[: size - len(paid)]]
            for pos, iid in zip((0, 5), paid):
                chunk.insert(pos, dict(ITEMS[iid], isAd=True, adId=f"bid{iid}", clickId=f"c{iid}{len(q)}"))
        else:
            start = size * (page - 1) - len(paid)
            chunk = rows[start : start + size]
        return jsonify(q=q, sort=sort, page=page, pages=pages, total=len(rows) + len(paid), items=chunk)

    @app.get("/api/item/<int:iid>")
    def item(iid):
        i = ITEMS.get(iid)
        if not i:
            return no("商品已下架", 404)
        s = SHOPS[i["shop"]]
        said = [{"who": w, "star": n, "text": t, "when": d, "sku": i["title"]} for w, n, t, d in SAID[i["cat"]]]
        said = [x for k, x in enumerate(said) if k != iid % 4]
        return jsonify(**i, seller=s[1], phone=s[2], code=s[3], said=said, deposit=round(i["price"] * 0.2, 2))

    @app.get("/api/shop/<sid>")
    def shop(sid):
        if sid not in SHOPS:
            return no("店铺不存在", 404)
        n, company, phone, code = SHOPS[sid]
        rows = [i for i in ITEMS.values() if i["shop"] == sid]
        return jsonify(
            id=sid,
            name=n,
            company=company,
            phone=phone,
            code=code,
            rating=round(sum(r["rating"] for r in rows) / len(rows), 1),
            items=rows,
        )

    @app.route("/api/cart", methods=["GET", "POST"])
    def cart():
        c = g.bag["cart"]
        if request.method == "POST":
            b = body()
            iid, n = int(b.get("id", 0)), int(b.get("n", 1))
            if iid not in ITEMS:
                return no("商品已下架")
            if b.get("set"):
                c[iid] = n
            else:
                c[iid] = c.get(iid, 0) + n
            if c[iid] <= 0:
                c.pop(iid)
        return jsonify(ok=True, lines=[dict(ITEMS[i], n=n) for i, n in c.items()])

    def price(b):
        only = int(b.get("only") or 0)
        lines = [dict(ITEMS[only], n=1)] if only in ITEMS else [dict(ITEMS[i], n=n) for i, n in g.bag["cart"].items()]
        goods = sum(l["price"] * l["n"] for l in lines)
        base = sum(l["price"] * l["n"] for l in lines if l["promo"])
        off = 40 if base >= 199 else 15 if base >= 99 else 0
        door = DOOR_FEE if b.get("door") and goods - off < 59 else 0
        bag = BAG_PRICE if b.get("bag") else 0
        later = sum(round(l["price"] * 0.8, 2) * l["n"] for l in lines if l["presale"])
        return {
            "lines": lines,
            "goods": round(goods, 2),
            "off": off,
            "door": door,
            "bag": bag,
            "total": round(goods - off + door + bag, 2),
            "later": round(later, 2),
            "now": round(goods - off + door + bag - later, 2),
            "fresh": any(l["fresh"] for l in lines),
            "presale": any(l["presale"] for l in lines),
        }

    @app.post("/api/quote")
    def quote_():
        u = me()
        return jsonify(**price(body()), points=POINTS, receiver=u["receiver"] if u else {})

    @app.post("/api/order")
    def make_order():
        u, b = me(), body()
        if not u:
            return no("请先登录", 401)
        p = price(b)
        if not p["lines"]:
            return no("购物车是空的")
        if not b.get("name") or not re.fullmatch(r"1\d{10}", b.get("phone", "")):
            return no("请填写提货人和手机号")
        if b.get("door") and not b.get("address"):
            return no("请填写楼栋门牌")
        if p["fresh"] and not b.get("freshOk"):
            return no("请确认生鲜商品不适用七日无理由退货")
        with lock:
            counter["order"] += 1
            num = "TL2611261%05d" % (20000 + counter["order"])
        u["receiver"] = {"name": b["name"], "phone": b["phone"], "point": b.get("point") or POINTS[0]}
        u["orders"].insert(
            0,
            {
                "no": num,
                "time": "2026-11-26 12:00",
                "state": "待付款",
                "lines": [{"id": l["id"], "n": l["n"]} for l in p["lines"]],
                "total": p["now"],
                "code": num[-4:],
                "point": u["receiver"]["point"],
            },
        )
        if not int(b.get("only") or 0):
            g.bag["cart"].clear()
        return jsonify(ok=True, no=num)

    @app.get("/api/orders")
    def orders():
        u = me()
        if not u:
            return no("请先登录", 401)
        return jsonify(
            ok=True,
            orders=[
                dict(
                    o,
                    lines=[dict(ITEMS[l["id"]], n=l["n"], phone=SHOPS[ITEMS[l["id"]]["shop"]][2]) for l in o["lines"]],
                )
                for o in u["orders"]
            ],
        )

    @app.post("/api/after")
    def after():
        if not me():
            return no("请先登录", 401)
        return jsonify(ok=True, message="申请已经发给卖方，卖方在二十四小时内答复")

    @app.post("/api/pay")
    def pay():
        return jsonify(ok=True, message="正在跳转到支付机构")

    @app.post("/api/sms")
    def sms():
        phone = body().get("phone", "")
        if not re.fullmatch(r"1\d{10}", phone):
            return no("手机号码格式不对")
        g.bag["sent"].add(phone)
        return jsonify(ok=True, message="验证码已发送")

    @app.post("/api/register")
    def register():
        b = body()
        phone = b.get("phone", "")
        if not b.get("agree"):
            return no("请先阅读并同意用户协议和隐私政策")
        if not re.fullmatch(r"1\d{10}", phone):
            return no("手机号码格式不对")
        if b.get("code") != "123456":
            return no("验证码不对")
        if len(b.get("password", "")) < 6:
            return no("密码至少六位")
        with lock:
            if phone in users and not users[phone]["closed"]:
                return no("该手机号已经注册，请直接登录")
            users[phone] = {
                "password": b["password"],
                "nick": b.get("nick") or "邻居" + phone[-4:],
                "beans": 10,
                "balance": 0.0,
                "receiver": {},
                "closed": False,
                "card": "",
                "prefs": {"sms": True, "call": True, "wx": True},
                "orders": [],
            }
        g.bag["user"] = phone
        return jsonify(ok=True)

    @app.post("/api/login")
    def login():
        b = body()
        u = users.get(b.get("phone", ""))
        if not u or u["closed"]:
            return no("账号不存在")
        if b.get("code") != "123456" and b.get("password") != u["password"]:
            return no("密码或者验证码不对")
        g.bag["user"] = b["phone"]
        return jsonify(ok=True)

    @app.post("/api/logout")
    def logout():
        g.bag["user"] = None
        return jsonify(ok=True)

    @app.get("/api/me")
    def whoami():
        u = me()
        if not u:
            return jsonify(ok=False)
        return jsonify(
            ok=True,
            phone=g.bag["user"],
            nick=u["nick"],
            beans=u["beans"],
            balance=u["balance"],
            receiver=u["receiver"],
            prefs=u["prefs"],
            card=u["card"],
            orders=len(u["orders"]),
        )

    @app.post("/api/profile")
    def profile():
        u, b = me(), body()
        if not u:
            return no("请先登录", 401)
        if b.get("wipe") == "receiver":
            u["receiver"] = {}
            return jsonify(ok=True, message="提货人信息已删除")
        if b.get("wipe") == "history":
            return jsonify(ok=True, message="浏览与搜索记录已删除")
        if b.get("erase"):
            return jsonify(ok=True, message="申请已收到，编号D" + g.bag["user"][-4:] + "，十五个工作日内答复")
        if b.get("withdraw"):
            return jsonify(ok=True, message="已撤回对可选信息的同意，昵称恢复为默认值")
        if b.get("newPhone"):
            if b.get("code") != "123456" or not re.fullmatch(r"1\d{10}", b["newPhone"]) or b["newPhone"] in users:
                return no("新号码或者验证码不对")
            users[b["newPhone"]] = users.pop(g.bag["user"])
            g.bag["user"] = b["newPhone"]
            return jsonify(ok=True, message="手机号码已更换")
        u["nick"] = b.get("nick") or u["nick"]
        if b.get("name"):
            u["receiver"] = {"name": b["name"], "phone": b.get("phone", ""), "point": b.get("point") or POINTS[0]}
        return jsonify(ok=True, message="已保存")

    @app.get("/export.txt")
    def export():
        u = me()
        if not u:
            return Response("请先登录后再导出。\n", mimetype="text/plain")
        lines = [
            "团邻个人信息副本",
            "手机号码：" + g.bag["user"],
            "昵称：" + u["nick"],
            f"邻豆：{u['beans']}　余额：{u['balance']:.2f}",
            "提货人：" + "，".join(u["receiver"].values()),
        ]
        lines += [f"订单 {o['no']}　{o['time']}　{o['state']}　{o['total']}元" for o in u["orders"]]
        return Response(
            "\n".join(lines) + "\n",
            mimetype="text/plain",
            headers={"Content-Disposition": "attachment; filename=tuanlin-mydata.txt"},
        )

    @app.post("/api/prefs")
    def prefs():
        u, b = me(), body()
        if not u:
            return no("请先登录", 401)
        if b.get("key") in u["prefs"]:
            u["prefs"][b["key"]] = bool(b.get("on"))
        return jsonify(ok=True, prefs=u["prefs"])

    @app.post("/api/withdraw")
    def withdraw():
        u = me()
        if not u:
            return no("请先登录", 401)
        u["balance"] = 0.0
        return jsonify(ok=True, message="提现已提交，两个工作日内到账")

    @app.post("/api/close")
    def close():
        u = me()
        if not u:
            return no("请先登录", 401)
        if any(o["time"] >= "2026-08-28" for o in u["orders"]):
            return no("最近九十日内下过订单，暂不符合注销条件")
        if u["balance"] > 0 or u["beans"] > 0:
            return no("余额尚未提现或者邻豆尚未用完，暂不符合注销条件")
        if not request.files.get("photo"):
            return no("请上传手持身份证照片")
        if request.form.get("code") != "123456":
            return no("验证码不对")
        u["closed"] = True
        g.bag["user"] = None
        return jsonify(ok=True, message="注销申请已提交，十五个工作日内完成核验")

    @app.post("/api/card")
    def card():
        u, b = me(), body()
        if not u:
            return no("请先登录", 401)
        u["card"] = "" if b.get("off") else b.get("kind", "")
        return jsonify(ok=True, message="已关闭，下一期不再扣款" if b.get("off") else "正在跳转到支付机构")

    @app.get("/api/docs")
    def doc_list():
        return jsonify([{"id": i, "tab": t, "title": docs[i]["title"]} for i, t in DOCS])

    @app.get("/api/doc/<name>")
    def doc(name):
        if name not in docs:
            return no("没有这份文件", 404)
        return jsonify({k: docs[name][k] for k in ("id", "title", "html")})

    @app.get("/download/<name>.txt")
    def download(name):
        if name not in docs:
            return no("没有这份文件", 404)
        return Response(
            docs[name]["text"],
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": "attachment; filename*=UTF-8''" + quote(docs[name]["title"] + ".txt")},
        )

    @app.get("/api/notices")
    def notices():
        return jsonify(NOTICES)

    @app.post("/api/opinion")
    def opinion():
        t = body().get("text", "").strip()
        if not t:
            return no("请填写意见")
        with lock:
            counter["opinion"] += 1
            inbox.append(t[:2000])
        return jsonify(ok=True, message=f"意见已收到，受理编号Y{counter['opinion']:05d}")

    @app.post("/api/ip")
    def ip():
        b = body()
        if not all(b.get(k) for k in ("owner", "contact", "target", "proof")):
            return no("请把四项都填写完整")
        with lock:
            counter["ip"] += 1
        return jsonify(ok=True, message=f"通知已收到，编号TL-IP-{counter['ip']}，两个工作日内答复材料是否齐全")

    @app.post("/api/appeal")
    def appeal():
        if not me():
            return no("请先登录", 401)
        return jsonify(ok=True, message="申诉已收到，三个工作日内答复")

    return app


LICENCE = f"""<div class="h1">证照信息</div>
<div class="dt">本页内容与登记机关的记载一致</div>
<div class="h2">营业执照</div>
<div class="kv"><div>名称</div><div>{COMPANY}</div></div>
<div class="kv"><div>统一社会信用代码</div><div>{CODE}</div></div>
<div class="kv"><div>类型</div><div>有限责任公司（自然人投资或控股）</div></div>
<div class="kv"><div>法定代表人</div><div>谭思远</div></div>
<div class="kv"><div>注册资本</div><div>壹仟万元整</div></div>
<div class="kv"><div>成立日期</div><div>2019年05月21日</div></div>
<div class="kv"><div>营业期限</div><div>2019年05月21日至无固定期限</div></div>
<div class="kv"><div>住所</div><div>重庆市渝北区龙溪街道红锦大道86号12-4</div></div>
<div class="kv"><div>经营范围</div><div>食品销售；第二类增值电信业务；互联网信息服务；日用百货、厨具销售；仓储服务；软件开发（依法须经批准的项目，经相关部门批准后方可开展经营活动）</div></div>
<div class="kv"><div>登记机关</div><div>重庆市渝北区市场监督管理局</div></div>
<div class="h2">许可与备案</div>
<div class="kv"><div>增值电信业务经营许可证</div><div>渝B2-20190736，有效期至2029年08月14日</div></div>
<div class="kv"><div>网站备案</div><div>渝ICP备19008652号-1</div></div>
<div class="kv"><div>公安备案</div><div>渝公网安备 50011202503714号</div></div>
<div class="kv"><div>食品经营许可</div><div>自营仓证照齐全，张贴在各仓库前台，欢迎到仓查看</div></div>"""

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>团邻 - 小区里的团购</title><link rel="stylesheet" href="/app.css"></head>
<body><div id="app"><div id="view"></div><div id="bar"></div><div id="sheet"></div><div id="toast"></div></div>
<script src="/app.js"></script></body></html>"""

CSS = """
*{box-sizing:border-box}html,body{margin:0;background:#e9e6e1;color:#222;font:14px/1.6 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
#app{max-width:480px;margin:0 auto;min-height:100vh;background:#f6f4f1;position:relative}
#view{padding-bottom:76px}
#bar{position:fixed;bottom:0;left:50%;transform:translateX(-50%);width:100%;max-width:480px;height:56px;background:#fff;border-top:1px solid #ddd;display:flex;z-index:5}
#bar>div{flex:1;text-align:center;font-size:12px;padding-top:6px;cursor:pointer;color:#555}#bar>div.on{color:#b93a08;font-weight:600}#bar .i{font-size:20px;line-height:22px}
[data-go],[data-do]{cursor:pointer}
.top{background:#d9480f;color:#fff;padding:12px 14px}.top .nm{font-size:20px;font-weight:700}.top .sl{font-size:12px}
.sb{display:flex;margin-top:8px;background:#fff;border-radius:18px;overflow:hidden}.sb input{flex:1;border:0;padding:8px 14px;font-size:14px;outline:none;min-width:0}.sb .go{background:#ffe3d3;color:#8a2b05;padding:8px 18px}
.hd{display:flex;align-items:center;background:#fff;padding:10px 12px;border-bottom:1px solid #e5e1da;position:sticky;top:0;z-index:4}.hd .bk{padding:2px 12px 2px 2px;font-size:20px}.hd .tt{font-size:16px;font-weight:600}
.bn{margin:10px 12px;background:#7a2e0b;color:#fff;border-radius:10px;padding:14px}.bn .a{font-size:18px;font-weight:700}.bn .b{font-size:13px}
.cats{display:flex;padding:4px 12px}.cats>div{flex:1;text-align:center;background:#fff;border-radius:8px;margin:4px;padding:8px 0}.cats .e{font-size:24px}
.sec{padding:10px 14px 2px;font-size:16px;font-weight:600;display:flex;justify-content:space-between}.sec .m{font-size:13px;font-weight:400;color:#8a2b05}
.nc{background:#fff;margin:8px 12px;border-radius:8px;padding:10px 12px;border-left:4px solid #d9480f}.nc .t{font-weight:600}.nc .d{color:#555;font-size:12px}.nc .s{font-size:13px;color:#333}
.grid{display:flex;flex-wrap:wrap;padding:4px 8px}.card{width:50%;padding:4px}.card .in{background:#fff;border-radius:8px;overflow:hidden;position:relative;height:100%}.card img{width:100%;display:block;aspect-ratio:1}
.card .ti{padding:6px 8px 0;font-size:14px;line-height:1.4;min-height:46px}.card .pr{padding:0 8px;color:#b93a08;font-weight:700;font-size:16px}.card .mt{padding:0 8px 8px;font-size:12px;color:#555}
.card .ad{position:absolute;left:6px;top:6px;background:#333;color:#fff;font-size:12px;line-height:18px;padding:0 6px;border-radius:3px}.card .pm{position:absolute;right:6px;top:6px;background:#fff1e8;color:#8a2b05;font-size:12px;padding:0 6px;border-radius:3px}
.srt{display:flex;background:#fff}.srt>div{flex:1;text-align:center;padding:10px 0;color:#444}.srt>div.on{color:#b93a08;font-weight:600;border-bottom:2px solid #b93a08}
.pg{display:flex;justify-content:center;padding:12px}.pg>div{padding:6px 14px;margin:0 4px;background:#fff;border-radius:6px}.pg>div.on{background:#b93a08;color:#fff}
.ft{padding:18px 14px 8px;text-align:center;font-size:12px;color:#4a4a4a}.ft .ln{display:flex;flex-wrap:wrap;justify-content:center}.ft .ln>div{padding:4px 8px;color:#333}
.box{background:#fff;margin:10px 12px;border-radius:8px;padding:12px}.rw{display:flex;justify-content:space-between;padding:10px 0;border-bottom:1px solid #eee;gap:10px}.rw:last-child{border:0}.rw .g{color:#555}
.in2{width:100%;border:1px solid #ccc;border-radius:6px;padding:9px 10px;font:inherit;margin:5px 0;background:#fff}
.btn{background:#b93a08;color:#fff;text-align:center;border-radius:22px;padding:11px;margin:10px 0;font-size:16px}.btn.w{background:#fff;color:#b93a08;border:1px solid #b93a08}
.ckl{display:flex;align-items:flex-start;gap:8px;padding:6px 0}.ck{width:24px;height:24px;border:1px solid #777;border-radius:4px;background:#fff;color:#fff;text-align:center;line-height:22px;flex:none;cursor:pointer}.ck.on{background:#b93a08;border-color:#b93a08}
.lk{color:#8a2b05;text-decoration:underline;cursor:pointer}.tg{display:inline-block;font-size:12px;color:#8a2b05;background:#fff1e8;padding:0 6px;border-radius:3px;margin-right:6px}
.tabs{display:flex;overflow-x:auto;background:#fff;border-bottom:1px solid #e5e1da}.tabs>div{flex:none;padding:10px 12px;color:#444}.tabs>div.on{color:#b93a08;font-weight:600;border-bottom:2px solid #b93a08}
.doc{background:#fff;padding:14px 16px 24px;font-size:14px;line-height:1.8}.doc .h1{font-size:19px;font-weight:600;margin-bottom:4px}.doc .h2{font-size:16px;margin:14px 0 4px}.doc .dt{color:#555;font-size:12px;margin-bottom:8px}.doc .p{margin:5px 0}
.doc .pn{height:0;overflow:hidden;margin:0}
.tb{border:1px solid #ddd;margin:8px 0;font-size:13px;line-height:1.5}.tr{display:grid;grid-template-columns:repeat(var(--n),1fr);border-bottom:1px solid #ddd}.tr:last-child{border:0}.tr.th{background:#f6f1ec}.td{padding:5px 6px;word-break:break-all;border-right:1px solid #eee}
.dl{padding:10px 16px;background:#fff;font-size:13px}.dl a{color:#8a2b05}
.kv{display:flex;padding:6px 0;border-bottom:1px solid #eee}.kv>div:first-child{width:130px;flex:none;color:#555}
#sheet{display:none;position:fixed;inset:0;background:rgba(0,0,0,.45);z-index:9}#sheet.on{display:block}#sheet .pn2{position:absolute;bottom:0;left:50%;transform:translateX(-50%);width:100%;max-width:480px;height:86vh;background:#fff;border-radius:12px 12px 0 0;display:flex;flex-direction:column}
#sheet .sh{display:flex;justify-content:space-between;padding:12px 16px;border-bottom:1px solid #eee;font-weight:600}#sheet .sh .x{width:32px;height:32px;text-align:center;font-size:18px;line-height:32px;cursor:pointer}#sheet .sbd{overflow:auto;flex:1}
#toast{display:none;position:fixed;left:50%;top:45%;transform:translate(-50%,-50%);background:#222;color:#fff;padding:12px 20px;border-radius:8px;z-index:12;max-width:300px}#toast.on{display:block}
.say{border-bottom:1px solid #eee;padding:8px 0;font-size:13px}.say .w{color:#555;font-size:12px}
.line{display:flex;gap:10px;padding:8px 0;border-bottom:1px solid #eee}.line img{width:64px;height:64px;border-radius:6px}.line .x{flex:1}
.st{display:flex;align-items:center;gap:6px}.st>div{width:28px;height:28px;border:1px solid #ccc;text-align:center;line-height:26px;border-radius:4px}
"""

JS = r"""
const $=s=>document.querySelector(s),V=$('#view'),esc=s=>String(s).replace(/[&<>"]/g,c=>({'&':'&amp;','<':'&lt;','>':'&gt;','"':'&quot;'}[c]));
const api=async(u,b)=>{const r=await fetch(u,b===undefined?{}:b instanceof FormData?{method:'POST',body:b}:{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(b)});return r.json()};
const yuan=n=>'¥'+Number(n).toFixed(2);
let tt;const toast=m=>{$('#toast').textContent=m;$('#toast').classList.add('on');clearTimeout(tt);tt=setTimeout(()=>$('#toast').classList.remove('on'),2500)};
const bar=on=>{$('#bar').innerHTML=[['#/home','🏠','首页'],['#/cat','🗂','分类'],['#/cart','🛒','购物车'],['#/mine','🙂','我的']].map(b=>`<div data-go="${b[0]}" class="${b[0]==on?'on':''}"><div class="i">${b[1]}</div><div>${b[2]}</div></div>`).join('')};
const head=t=>`<div class="hd"><div class="bk" data-do="back" aria-label="返回">‹</div><div class="tt">${esc(t)}</div></div>`;
const card=i=>`<div class="card" data-id="${i.id}"${i.isAd?` data-ad-id="${i.adId}"`:''} data-go="#/item/${i.id}${i.isAd?`?adid=${i.adId}&click_id=${i.clickId}`:''}"><div class="in"><img src="/img/${i.id}.svg" alt="${esc(i.title)}">${i.isAd?'<div class="ad">广告</div>':''}${i.promo?'<div class="pm">囤货节</div>':''}<div class="ti">${esc(i.title)}</div><div class="pr">${yuan(i.price)}</div><div class="mt">已团${i.sales}件 · 评分${i.rating.toFixed(1)} · ${esc(i.shopName)}</div></div></div>`;
const sbox=q=>`<div class="sb"><input id="q" placeholder="搜一搜，今天吃点啥" value="${esc(q||'')}"><div class="go" data-do="search" role="button">搜索</div></div>`;
const ncard=n=>`<div class="nc" data-go="#/notice/${n.id}"><div class="t">${esc(n.title)}</div><div class="d">${n.date}</div><div class="s">${esc(n.brief)}</div></div>`;
const ck=(id,on)=>`<div class="ck ${on?'on':''}" id="${id}" role="checkbox" tabindex="0" aria-checked="${!!on}" data-do="ck">✓</div>`;
const on=id=>!!($('#'+id)&&$('#'+id).classList.contains('on'));
const val=id=>$('#'+id)?$('#'+id).value.trim():'';
const foot=`<div class="ft"><div class="ln"><div data-go="#/licence">营业执照 · 证照信息</div><div data-go="#/docs/agreement">用户服务协议</div><div data-go="#/docs/privacy">隐私政策</div><div data-go="#/docs/trade">交易规则</div></div><div class="ln"><div data-go="#/docs/seller">商家入驻</div><div data-go="#/docs/penalty">违规公示</div><div data-go="#/docs/ip">知识产权</div><div data-go="#/docs/help">帮助中心</div></div><div>重庆团邻网络科技有限公司</div><div>渝ICP备19008652号-1　渝B2-20190736</div></div>`;
let NEXT='#/mine';
const need=()=>{NEXT=location.hash;location.hash='#/login'};
const sheet=async id=>{const d=await api('/api/doc/'+id);$('#sheet').innerHTML=`<div class="pn2"><div class="sh"><div>${esc(d.title)}</div><div class="x" data-do="unsheet" aria-label="关闭">✕</div></div><div class="sbd"><div class="dl"><a href="/download/${id}.txt" download>下载全文</a></div><div class="doc">${d.html}</div></div></div>`;$('#sheet').classList.add('on')};
const R={
 async home(){const d=await api('/api/home');return['#/home',`<div class="top"><div class="nm">团邻</div><div class="sl">楼下取货，当天新鲜</div>${sbox()}</div>
  <div class="bn" data-go="#/docs/promo"><div class="a">暖冬囤货节进行中</div><div class="b">11月20日10时开始 · 满99元减15元 · 满199元减40元 · 查看活动规则</div></div>
  <div class="cats">${d.cats.map((c,i)=>`<div data-go="#/search?q=${encodeURIComponent(c)}"><div class="e">${['🍊','🍚','🍪','🧻'][i]}</div><div>${c}</div></div>`).join('')}</div>
  <div class="sec"><div>公告</div><div class="m" data-go="#/notices">全部公告</div></div>${d.notices.map(ncard).join('')}
  <div class="sec"><div>大家都在团</div><div class="m" data-go="#/search?q=">全部商品</div></div><div class="grid">${d.items.map(card).join('')}</div>${foot}`]},
 async cat(){return['#/cat',head('分类')+`<div class="box">${['水果','粮油','零食','日用'].map(c=>`<div class="rw" data-go="#/search?q=${encodeURIComponent(c)}"><div>${c}</div><div class="g">›</div></div>`).join('')}<div class="rw" data-go="#/search?q="><div>全部商品</div><div class="g">›</div></div></div>`]},
 async search(p,a){const q=a.get('q')||'',s=a.get('sort')||'all',n=+(a.get('page')||1);const d=await api(`/api/search?q=${encodeURIComponent(q)}&sort=${s}&page=${n}`);const u=(so,pg)=>`#/search?q=${encodeURIComponent(q)}&sort=${so}&page=${pg}`;
  const pu=s=='price_up'?'price_down':'price_up';
  return['#/cat',`<div class="top">${sbox(q)}</div><div class="srt">${[['all','综合'],['sales','销量'],['rating','评分']].map(x=>`<div class="${s==x[0]?'on':''}" data-go="${u(x[0],1)}">${x[1]}</div>`).join('')}<div class="${s.startsWith('price')?'on':''}" data-go="${u(pu,1)}">价格${s=='price_up'?'↑':s=='price_down'?'↓':'↕'}</div></div>
  <div class="sec"><div>共${d.total}件商品</div></div><div class="grid">${d.items.map(card).join('')||'<div class="box">没有找到，换个词试试</div>'}</div><div class="pg">${Array.from({length:d.pages},(_,i)=>`<div class="${i+1==n?'on':''}" data-go="${u(s,i+1)}">${i+1}</div>`).join('')}</div>`]},
 async item(p){const i=await api('/api/item/'+p[0]);if(!i.id)return['',head('商品')+'<div class="box">商品已下架</div>'];
  return['',head('商品详情')+`<img src="/img/${i.id}.svg" alt="${esc(i.title)}" style="width:100%;display:block"><div class="box"><div style="font-size:18px;font-weight:600">${esc(i.title)}</div><div style="color:#b93a08;font-size:22px;font-weight:700">${yuan(i.price)}</div>
  <div>${i.fresh?'<span class="tg">生鲜 不适用七日无理由退货</span><span class="tg">坏果包赔</span>':'<span class="tg">七日无理由退货</span>'}${i.promo?'<span class="tg">囤货节 满99减15</span>':''}${i.presale?`<span class="tg">预订团 订金${yuan(i.deposit)}</span>`:''}</div>
  <div class="rw"><div class="g">已团</div><div>${i.sales}件</div></div><div class="rw"><div class="g">起团数</div><div>5件</div></div><div class="rw"><div class="g">截单 / 到货</div><div>${i.presale?'12月6日截单，12月15日到货':'今日22时截单，明日16时到货'}</div></div>
  ${i.presale?`<div class="rw"><div class="g">付款方式</div><div>先付订金${yuan(i.deposit)}，12月12日前付余款${yuan(i.price-i.deposit)}；订金支付后不退</div></div>`:''}
  <div class="rw"><div class="g">卖方</div><div class="lk" data-go="#/shop/${i.shop}">${esc(i.shopName)}（${esc(i.seller)}）</div></div>${i.phone?`<div class="rw"><div class="g">店铺电话</div><div>${i.phone}　9:00-18:00</div></div>`:''}</div>
  <div class="box"><div class="rw"><div>评价 ${i.reviews}条 · 评分${i.rating.toFixed(1)}</div><div class="lk" data-go="#/docs/review">评价规则</div></div>${i.said.map(s=>`<div class="say"><div class="w">${s.who}　${'★'.repeat(s.star)}${'☆'.repeat(5-s.star)}　${s.when}　${esc(s.sku)}</div><div>${s.text}</div></div>`).join('')}</div>
  <div class="box"><div class="btn w" data-do="add" data-id="${i.id}">加入购物车</div><div class="btn" data-go="#/checkout?only=${i.id}">立即参团</div></div>`]},
 async shop(p){const s=await api('/api/shop/'+p[0]);return['',head(s.name)+`<div class="box"><div class="rw"><div class="g">店铺评分</div><div>${s.rating.toFixed(1)}　<span class="lk" data-go="#/docs/review">评价规则</span></div></div><div class="rw"><div class="g">经营者</div><div>${s.company}</div></div><div class="rw"><div class="g">统一社会信用代码</div><div>${s.code}</div></div>${s.phone?`<div class="rw"><div class="g">店铺电话</div><div>${s.phone}</div></div>`:''}</div><div class="grid">${s.items.map(card).join('')}</div>`]},
 async cart(){const d=await api('/api/cart');const t=d.lines.reduce((a,l)=>a+l.price*l.n,0);return['#/cart',head('购物车')+`<div class="box">${d.lines.map(l=>`<div class="line"><img src="/img/${l.id}.svg" alt=""><div class="x"><div data-go="#/item/${l.id}">${esc(l.title)}</div><div style="color:#b93a08">${yuan(l.price)}</div></div><div class="st"><div data-do="qty" data-id="${l.id}" data-n="-1" aria-label="减一件">－</div><span>${l.n}</span><div data-do="qty" data-id="${l.id}" data-n="1" aria-label="加一件">＋</div></div></div>`).join('')||'购物车是空的'}${d.lines.length?`<div class="rw"><div>商品款</div><div>${yuan(t)}</div></div><div class="btn" data-go="#/checkout">去结算</div>`:''}</div>`]},
 async checkout(p,a){const m=await api('/api/me');if(!m.ok)return need();const only=a.get('only')||0;const d=await api('/api/quote',{only,bag:1});const r=d.receiver||{};setTimeout(requote);
  return['',head('确认订单')+`<div class="box" id="co" data-only="${only}">${d.lines.map(l=>`<div class="line"><img src="/img/${l.id}.svg" alt=""><div class="x">${esc(l.title)}<div class="g">${esc(l.shopName)}　${yuan(l.price)} × ${l.n}</div></div></div>`).join('')}</div>
  <div class="box"><div>提货人</div><input class="in2" id="rn" placeholder="姓名" value="${esc(r.name||'')}"><input class="in2" id="rp" placeholder="手机号码" value="${esc(r.phone||'')}"><select class="in2" id="pt">${d.points.map(x=>`<option${x==r.point?' selected':''}>${x}</option>`).join('')}</select>
  <div class="ckl">${ck('door',false)}<div>送货上门，每单3元，满59元免收（不选则自提，免费）</div></div><input class="in2" id="ad" placeholder="楼栋门牌（送货上门时填写）"></div>
  <div class="box"><div class="ckl">${ck('bag',true)}<div>加购保温袋一只 <b style="color:#b93a08">¥1.50</b>，由团邻自营提供，可以不选 <span class="lk" data-do="bagmore">说明</span><div id="bm" style="display:none;font-size:13px;color:#444">铝箔内层，约20升，可以重复使用，从自提点取回家的路上保温约两小时。退货时单独退款。</div></div></div></div>
  ${d.fresh?`<div class="box"><div class="ckl">${ck('fr',false)}<div>我已知晓：订单中的生鲜商品不适用七日无理由退货，有质量问题照常赔付</div></div></div>`:''}
  <div class="box" id="sum"></div><div class="box"><div style="font-size:14px">${d.presale?'<div>· 预订团现在付订金，余款12月12日前付清；订金支付后一律不退。</div>':''}<div>· 成团后到提货前，订单不能取消。</div><div>· 预计到货：${d.presale?'12月15日':'明日16时'}，到货后48小时内提货。</div></div><div class="btn" data-do="submit" role="button">提交订单</div></div>`]},
 async cashier(p){const m=await api('/api/me');if(!m.ok)return need();const o=((await api('/api/orders')).orders||[]).find(x=>x.no==p[0]);if(!o)return['',head('收银台')+'<div class="box">订单不存在</div>'];return['',head('收银台')+`<div class="box"><div class="rw"><div>订单号</div><div>${o.no}</div></div><div class="rw"><div>本次应付</div><div style="color:#b93a08;font-size:20px;font-weight:700">${yuan(o.total)}</div></div><div class="rw"><div>付款期限</div><div>15分钟内</div></div></div><div class="box"><div class="btn" data-do="pay">微信支付</div><div class="btn w" data-do="pay">支付宝</div></div>`]},
 async login(){return['#/mine',head('登录')+`<div class="box"><input class="in2" id="ph" placeholder="手机号码" inputmode="tel"><input class="in2" id="pw" type="password" placeholder="密码（与验证码填一项）"><div style="display:flex;gap:8px"><input class="in2" id="cd" placeholder="短信验证码"><div class="in2" style="width:120px;text-align:center;flex:none" data-do="sms" role="button">获取验证码</div></div><div class="btn" data-do="login" role="button">登录</div><div class="lk" data-go="#/register">没有账号，去注册</div></div>`]},
 async register(){return['#/mine',head('注册')+`<div class="box"><input class="in2" id="ph" placeholder="手机号码" inputmode="tel"><div style="display:flex;gap:8px"><input class="in2" id="cd" placeholder="短信验证码"><div class="in2" style="width:120px;text-align:center;flex:none" data-do="sms" role="button">获取验证码</div></div><input class="in2" id="pw" type="password" placeholder="设置密码，至少六位"><input class="in2" id="nk" placeholder="昵称（可不填）">
  <div class="ckl">${ck('agree',true)}<div>我已阅读并同意<span class="lk" data-do="doc" data-id="agreement">《用户服务协议》</span>和<span class="lk" data-do="doc" data-id="privacy">《隐私政策》</span></div></div><div class="btn" data-do="register" role="button">注册</div><div class="lk" data-go="#/login">已有账号，去登录</div></div>`]},
 async mine(){const m=await api('/api/me');return['#/mine',`<div class="top"><div class="nm">${m.ok?esc(m.nick):'你好，邻居'}</div><div class="sl">${m.ok?`余额${yuan(m.balance)}　邻豆${m.beans}`:'登录后查看订单'}</div></div><div class="box">${m.ok?'':'<div class="rw" data-go="#/login"><div>登录 / 注册</div><div>›</div></div>'}<div class="rw" data-go="#/orders"><div>我的订单</div><div>›</div></div><div class="rw" data-go="#/reviews"><div>我的评价</div><div>›</div></div><div class="rw" data-go="#/wallet"><div>余额与邻豆</div><div>›</div></div><div class="rw" data-go="#/card"><div>邻享卡</div><div>›</div></div><div class="rw" data-go="#/notices"><div>公告</div><div>›</div></div><div class="rw" data-go="#/docs/help"><div>帮助中心</div><div>›</div></div><div class="rw" data-go="#/settings"><div>设置</div><div>›</div></div></div>`]},
 async settings(){const m=await api('/api/me');return['#/mine',head('设置')+`<div class="box"><div class="rw" data-go="#/info"><div>个人信息管理</div><div>›</div></div><div class="rw" data-go="#/push"><div>消息通知</div><div>›</div></div><div class="rw" data-go="#/safe"><div>账号与安全</div><div>›</div></div><div class="rw" data-go="#/about"><div>关于团邻</div><div>›</div></div>${m.ok?'<div class="rw" data-do="logout"><div>退出登录</div></div>':''}</div>`]},
 async about(){const l=await api('/api/docs');return['#/mine',head('关于团邻')+`<div class="box"><div class="rw" data-go="#/licence"><div>营业执照 · 证照信息</div><div>›</div></div>${l.map(d=>`<div class="rw" data-go="#/docs/${d.id}"><div>${esc(d.title)}</div><div>›</div></div>`).join('')}</div><div class="ft">重庆团邻网络科技有限公司<br>索取旧版文件：privacy@tuanlin.example</div>`]},
 async safe(){return['#/mine',head('账号与安全')+`<div class="box"><div class="rw" data-go="#/info"><div>更换手机号码</div><div>›</div></div><div class="rw" data-do="logout"><div>退出所有设备</div><div>›</div></div><div class="rw" data-go="#/close"><div>注销账号</div><div>›</div></div></div>`]},
 async push(){const m=await api('/api/me');if(!m.ok)return need();return['#/mine',head('消息通知')+`<div class="box">${[['sms','短信：开团预告和优惠信息'],['call','电话：会员关怀'],['wx','微信服务通知：优惠券到账']].map(x=>`<div class="rw"><div>${x[1]}</div><div class="ck ${m.prefs[x[0]]?'on':''}" role="checkbox" tabindex="0" aria-checked="${m.prefs[x[0]]}" aria-label="${x[1]}" data-do="pref" data-k="${x[0]}">✓</div></div>`).join('')}</div><div class="box">取货、退款、召回通知与订单有关，不能关闭。</div>`]},
 async info(){const m=await api('/api/me');if(!m.ok)return need();const r=m.receiver||{};return['#/mine',head('个人信息管理')+`<div class="box"><div class="rw"><div class="g">手机号码</div><div>${m.phone}</div></div><div class="rw"><div class="g">订单</div><div class="lk" data-go="#/orders">${m.orders}笔，查看</div></div><div class="rw"><div class="g">我的数据</div><div><a class="lk" href="/export.txt" download>导出副本</a></div></div></div>
  <div class="box"><div>修改资料</div><input class="in2" id="nk" placeholder="昵称" value="${esc(m.nick)}"><input class="in2" id="rn" placeholder="提货人姓名" value="${esc(r.name||'')}"><input class="in2" id="rp" placeholder="提货人手机号码" value="${esc(r.phone||'')}"><div class="btn" data-do="save">保存</div></div>
  <div class="box"><div>更换手机号码</div><input class="in2" id="np" placeholder="新号码"><input class="in2" id="cd" placeholder="短信验证码"><div class="btn w" data-do="phone">确认更换</div></div>
  <div class="box"><div class="rw" data-do="wipe" data-k="receiver"><div>删除提货人信息</div><div>›</div></div><div class="rw" data-do="wipe" data-k="history"><div>删除浏览与搜索记录</div><div>›</div></div><div class="rw" data-do="erase"><div>申请删除其他信息</div><div>›</div></div><div class="rw" data-do="undo"><div>撤回对可选信息的同意</div><div>›</div></div></div>`]},
 async close(){const m=await api('/api/me');if(!m.ok)return need();return['#/mine',head('注销账号')+`<div class="box"><div style="font-weight:600">注销条件</div><div>1. 最近九十日内没有下过订单；</div><div>2. 余额已经提现，邻豆已经全部用完（当前余额${yuan(m.balance)}，邻豆${m.beans}）；</div><div>3. 上传本人手持身份证的正面照片。</div><div style="margin-top:8px">满足条件后提交，我们在十五个工作日内完成核验。核验通过后账号信息删除，交易记录依法保存三年。</div></div>
  <div class="box"><div>手持身份证照片</div><input class="in2" id="fp" type="file" accept="image/*"><input class="in2" id="cd" placeholder="短信验证码"><div class="btn w" data-do="smsme">获取验证码</div><div class="btn" data-do="close">确认注销</div></div>`]},
 async wallet(){const m=await api('/api/me');if(!m.ok)return need();return['#/mine',head('余额与邻豆')+`<div class="box"><div class="rw"><div>余额</div><div>${yuan(m.balance)}</div></div><div class="rw"><div>邻豆</div><div>${m.beans}</div></div><div class="btn w" data-do="draw">提现到原支付账户</div></div>`]},
 async card(){const m=await api('/api/me');return['#/mine',head('邻享卡')+`<div class="box"><div style="font-weight:600">体验卡 ¥0.90 / 7日</div><div>送货上门免费两次。</div><div>7日期满没有关闭的，视为您愿意接着使用，自动延续为月卡，每月从原支付方式扣收9.9元。</div><div class="btn" data-do="card" data-k="trial">0.9元开通</div></div><div class="box"><div style="font-weight:600">月卡 ¥9.90 / 30日</div><div>送货上门免费八次、会员价商品、生日券一张。期满不自动续费，需要时再买。</div><div class="btn w" data-do="card" data-k="month">9.9元开通</div></div><div class="box"><div class="rw" data-go="#/docs/card"><div>邻享卡服务条款</div><div>›</div></div>${m.card?'<div class="rw" data-do="cardoff"><div>关闭</div><div>›</div></div>':''}</div>`]},
 async orders(){const m=await api('/api/me');if(!m.ok)return need();const d=await api('/api/orders');return['#/mine',head('我的订单')+(d.orders.map(o=>`<div class="box" data-go="#/order/${o.no}"><div class="rw"><div>${o.no}</div><div>${o.state}</div></div>${o.lines.map(l=>`<div>${esc(l.title)} × ${l.n}</div>`).join('')}<div style="color:#b93a08">${yuan(o.total)}</div></div>`).join('')||'<div class="box">还没有订单</div>')]},
 async order(p){const m=await api('/api/me');if(!m.ok)return need();const o=((await api('/api/orders')).orders||[]).find(x=>x.no==p[0]);if(!o)return['',head('订单')+'<div class="box">订单不存在</div>'];return['#/mine',head('订单详情')+`<div class="box"><div class="rw"><div>${o.no}</div><div>${o.state}</div></div>${o.lines.map(l=>`<div class="line"><img src="/img/${l.id}.svg" alt=""><div class="x">${esc(l.title)} × ${l.n}<div class="g">${esc(l.shopName)}</div></div></div>`).join('')}<div class="rw"><div>实付</div><div>${yuan(o.total)}</div></div></div>
  <div class="box"><div style="font-weight:600">提货凭证</div><div class="rw"><div class="g">提货码</div><div style="font-size:20px">${o.code}</div></div><div class="rw"><div class="g">自提点</div><div>${o.point}</div></div><div style="font-size:12px;color:#444">请当面点清，东西带离自提点后，数量短少、拿错一概不予受理。</div></div>
  <div class="box">${o.state=='待付款'?`<div class="rw" data-go="#/cashier/${o.no}"><div>去付款</div><div>›</div></div>`:''}<div class="rw" data-do="after"><div>申请售后</div><div>›</div></div><div class="rw" data-do="invoice"><div>申请发票</div><div>›</div></div>${o.lines.filter(l=>l.phone).map(l=>`<div class="rw"><div>联系商家（${esc(l.shopName)}）</div><div>${l.phone}</div></div>`).join('')}<div class="rw" data-go="#/docs/dispute"><div>与商家有争议怎么办</div><div>›</div></div></div>`]},
 async reviews(){const m=await api('/api/me');if(!m.ok)return need();return['#/mine',head('我的评价')+`<div class="box">${m.orders?'火锅底料 牛油400克2袋　★★★★☆　味道正，就是有点辣。':'还没有评价'}</div><div class="box"><div>评价申诉</div><textarea class="in2" id="ap" rows="4" placeholder="说明被误屏蔽的评价和理由"></textarea><div class="btn w" data-do="appeal">提交申诉</div></div>`]},
 async notices(){const l=await api('/api/notices');return['#/home',head('公告')+l.map(ncard).join('')]},
 async notice(p){const n=(await api('/api/notices')).find(x=>x.id==p[0]);if(!n)return['',head('公告')+'<div class="box">公告不存在</div>'];return['#/home',head('公告')+`<div class="doc"><div class="h1">${esc(n.title)}</div><div class="dt">${n.date}</div>${n.body.map(b=>`<div class="p">${esc(b)}</div>`).join('')}${n.doc?`<div class="p"><span class="lk" data-go="#/docs/${n.doc}">查看活动规则</span></div>`:''}</div>${n.opinion?'<div class="box"><textarea class="in2" id="op" rows="6" maxlength="2000" placeholder="请填写意见"></textarea><div class="btn" data-do="opinion" role="button">提交意见</div></div>':''}`]},
 async licence(){return['#/mine',head('证照信息')+`<div class="doc">__LICENCE__</div>`]},
 async docs(p){const id=p[0]||'agreement',l=await api('/api/docs'),d=await api('/api/doc/'+id);if(!d.html)return['',head('文件')+'<div class="box">没有这份文件</div>'];return['#/mine',head('协议与规则')+`<div class="tabs">${l.map(x=>`<div class="${x.id==id?'on':''}" data-go="#/docs/${x.id}">${x.tab}</div>`).join('')}</div><div class="dl"><a href="/download/${id}.txt" download>下载全文（txt）</a></div><div class="doc" id="doc">${d.html}</div>${id=='ip'?'<div class="box"><div style="font-weight:600">发出知识产权通知</div><input class="in2" id="i1" placeholder="权利人名称"><input class="in2" id="i2" placeholder="联系方式"><input class="in2" id="i3" placeholder="涉嫌侵权商品的链接或者编号"><textarea class="in2" id="i4" rows="4" placeholder="权属证明和初步证据的说明"></textarea><div class="btn" data-do="ip" role="button">提交通知</div></div>':''}`]},
};
const requote=async()=>{const c=$('#co');if(!c)return;const d=await api('/api/quote',{only:c.dataset.only,bag:on('bag'),door:on('door')});const r=(a,b)=>`<div class="rw"><div>${a}</div><div>${b}</div></div>`;$('#sum').innerHTML=r('商品款',yuan(d.goods))+(d.off?r('囤货节满减','-'+yuan(d.off)):'')+r('送货服务费',yuan(d.door))+(d.bag?r('保温袋（可选）',yuan(d.bag)):'')+r('合计',`<b>${yuan(d.total)}</b>`)+(d.presale?r('到货前付余款',yuan(d.later)):'')+r('本次应付',`<b style="color:#b93a08;font-size:18px">${yuan(d.now)}</b>`)};
const done=(d,to)=>{if(d.message)toast(d.message);if(d.ok&&to)location.hash=to;return d.ok};
const D={
 back(){history.length>1?history.back():location.hash='#/home'},
 search(){location.hash='#/search?q='+encodeURIComponent(val('q'))},
 ck(e){e.classList.toggle('on');e.setAttribute('aria-checked',e.classList.contains('on'));if($('#co'))requote()},
 bagmore(){const b=$('#bm');b.style.display=b.style.display=='none'?'block':'none'},
 doc(e){sheet(e.dataset.id)},unsheet(){$('#sheet').classList.remove('on')},
 async add(e){const d=await api('/api/cart',{id:e.dataset.id,n:1});if(d.ok)toast('已加入购物车')},
 async qty(e){await api('/api/cart',{id:e.dataset.id,n:+e.dataset.n});route()},
 async sms(){done(await api('/api/sms',{phone:val('ph')}))},
 async smsme(){const m=await api('/api/me');done(await api('/api/sms',{phone:m.phone||''}))},
 async login(){const d=await api('/api/login',{phone:val('ph'),password:val('pw'),code:val('cd')});if(done(d)){const n=NEXT;NEXT='#/mine';location.hash=n}},
 async register(){done(await api('/api/register',{phone:val('ph'),code:val('cd'),password:val('pw'),nick:val('nk'),agree:on('agree')}),'#/mine')},
 async logout(){await api('/api/logout',{});location.hash='#/mine';route()},
 async submit(){const d=await api('/api/order',{only:$('#co').dataset.only,name:val('rn'),phone:val('rp'),point:val('pt'),address:val('ad'),door:on('door'),bag:on('bag'),freshOk:on('fr')});done(d,d.ok&&'#/cashier/'+d.no)},
 async pay(){done(await api('/api/pay',{}))},
 async pref(e){const o=!e.classList.contains('on');await api('/api/prefs',{key:e.dataset.k,on:o});route()},
 async save(){done(await api('/api/profile',{nick:val('nk'),name:val('rn'),phone:val('rp')}))},
 async phone(){if(done(await api('/api/profile',{newPhone:val('np'),code:val('cd')})))route()},
 async wipe(e){if(confirm('确认删除？')&&done(await api('/api/profile',{wipe:e.dataset.k})))route()},
 async erase(){done(await api('/api/profile',{erase:1}))},async undo(){done(await api('/api/profile',{withdraw:1}))},
 async draw(){if(done(await api('/api/withdraw',{})))route()},
 async close(){const f=new FormData();if($('#fp').files[0])f.append('photo',$('#fp').files[0]);f.append('code',val('cd'));done(await api('/api/close',f),'#/mine')},
 async card(e){const d=await api('/api/card',{kind:e.dataset.k});if(d.ok===false&&d.message=='请先登录')return need();done(d)},
 async cardoff(){if(done(await api('/api/card',{off:1})))route()},
 async after(){done(await api('/api/after',{}))},async invoice(){toast('发票申请已提交，三个工作日内发送')},
 async appeal(){done(await api('/api/appeal',{text:val('ap')}))},
 async opinion(){if(done(await api('/api/opinion',{text:val('op')})))$('#op').value=''},
 async ip(){done(await api('/api/ip',{owner:val('i1'),contact:val('i2'),target:val('i3'),proof:val('i4')}))},
};
let seq=0;
async function route(){const me=++seq;const h=(location.hash||'#/home').slice(2),[path,qs]=h.split('?'),ps=path.split('/');const f=R[ps[0]]||R.home;$('#sheet').classList.remove('on');const r=await f(ps.slice(1),new URLSearchParams(qs||''));if(me!=seq||!r)return;bar(r[0]);V.innerHTML=r[1];const t=V.querySelector('.tabs .on');if(t)t.parentNode.scrollLeft=t.offsetLeft-120;window.scrollTo(0,0)}
addEventListener('hashchange',route);
document.addEventListener('click',e=>{const t=e.target.closest('[data-do],[data-go],a');if(!t||t.tagName=='A'&&!t.dataset.go)return;if(t.dataset.do)return D[t.dataset.do](t);if(location.hash==t.dataset.go)route();else location.hash=t.dataset.go});
document.addEventListener('keydown',e=>{if(e.key=='Enter'&&e.target.id=='q')D.search();if((e.key==' '||e.key=='Enter')&&e.target.classList.contains('ck')){e.preventDefault();e.target.click()}});
route();
"""
JS = JS.replace("__LICENCE__", LICENCE)
