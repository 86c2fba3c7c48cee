"""游行记: rooms, tickets, day tours and gear; server-rendered pages, a small script of its own on top."""

import datetime as dt
import html
import random
import re
import secrets
from pathlib import Path

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from jinja2 import DictLoader

from ._starter import Bag

LOCALE = "zh-CN"
VERTICAL = "travel: hotel rooms, scenic tickets, day tours and travel gear (third-party merchants and self-operated)"
QUERIES = ["重庆", "亲子", "周末", "户外", "冬季"]
ACCOUNTS = [
    {"user": "18623050417", "password": "Lvtu@2026", "role": "consumer", "holds": "fresh account, no orders"},
    {
        "user": "15902381166",
        "password": "Shancheng#88",
        "role": "consumer",
        "holds": "four orders 2022-2026 (one refused refund of a merchant, one rental with deposit), 1260 points, balance 0",
    },
]

TODAY = dt.date(2026, 11, 26)
CODE = "123456"
FILES = Path(__file__).with_name("youxing_files")
COMPANY = "重庆游行记网络科技有限公司"
PHONE = "023-6718 4420"


# ---------------------------------------------------------------- codes


def uscc(prefix8, org8):
    v = lambda c: int(c) if c.isdigit() else ord(c) - 55
    k = 11 - sum(v(c) * w for c, w in zip(org8, [3, 7, 9, 10, 5, 8, 4, 2])) % 11
    org = org8 + {10: "X", 11: "0"}.get(k, str(k))
    al = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    w = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    s = prefix8 + org
    return s + al[(31 - sum(al.index(c) * x for c, x in zip(s, w)) % 31) % 31]


USCC = uscc("91500103", "MA60K7D4")

# ---------------------------------------------------------------- documents

DOCS = {  # slug: (short name, group)
    "agreement": ("用户服务协议", "用户"),
    "privacy": ("隐私政策", "用户"),
    "trade": ("平台交易规则", "用户"),
    "booking": ("预订与退改规则", "用户"),
    "return": ("装备商品退换货规则", "用户"),
    "rental": ("装备租赁与押金规则", "用户"),
    "member": ("行家会员服务协议", "用户"),
    "review": ("信用评价规则", "用户"),
    "dispute": ("争议处理规则", "用户"),
    "guarantee": ("出行保障计划", "用户"),
    "seller": ("商户入驻服务协议", "商户"),
    "bond": ("消费者权益保证金管理规则", "商户"),
    "violation": ("商户违规处理规则", "商户"),
    "ip": ("知识产权保护规则", "商户"),
}
FRAMED = {"dispute"}


def inline(s):
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(s))


def load(slug):
    """(title, html, plain) of a text file in the folder."""
    title, out, txt, rows = "", [], [], []

    def flush():
        if rows:
            head, *rest = rows
            out.append(
                "<div class='tbl'><table><thead><tr>"
                + "".join(f"<th>{inline(c)}</th>" for c in head)
                + "</tr></thead><tbody>"
                + "".join("<tr>" + "".join(f"<td>{inline(c)}</td>" for c in r) + "</tr>" for r in rest)
                + "</tbody></table></div>"
            )
            rows.clear()

    for line in (FILES / f"{slug}.txt").read_text("utf-8").splitlines():
        line = line.strip()
        if not line:
            continue
        if line.startswith("|"):
            cells = [c.strip() for c in line.strip("|").split("|")]
            rows.append(cells)
            txt.append("\t".join(c.replace("**", "") for c in cells))
            continue
        flush()
        if line.startswith("# "):
            title = line[2:]
            txt.append(title)
        elif line.startswith("## "):
            out.append(f"<h2>{inline(line[3:])}</h2>")
            txt.append("\n" + line[3:])
        elif line.startswith("@ "):
            out.append(f"<p class='meta'>{inline(line[2:])}</p>")
            txt.append(line[2:])
        elif line.startswith("Q: "):
            out.append(f"<details class='qa'><summary>{inline(line[3:])}</summary>")
            txt.append(line[3:])
        elif line.startswith("A: "):
            out.append(f"<p>{inline(line[3:])}</p></details>")
            txt.append(line[3:])
        else:
            out.append(f"<p>{inline(line)}</p>")
            txt.append(line.replace("**", ""))
    flush()
    return title, "\n".join(out), "\n".join(txt) + "\n"


# ---------------------------------------------------------------- goods

CATS = {"hotel": "酒店房间", "ticket": "景区门票", "tour": "一日游", "gear": "旅行装备"}
MEGA = {
    "hotel": [
        ("按主题", ["温泉酒店", "亲子酒店", "江景酒店", "山景民宿"]),
        ("按区域", ["渝中", "南岸", "武隆", "南川"]),
    ],
    "ticket": [("按玩法", ["滑雪", "动物园", "游船", "乐园"]), ("按区域", ["渝中", "武隆", "大足", "万盛"])],
    "tour": [("按主题", ["亲子", "徒步", "赏雪", "古镇"]), ("按时间", ["周末", "冬季", "夜游", "清晨"])],
    "gear": [("出行", ["背包", "行李箱", "冲锋衣", "登山杖"]), ("露营与滑雪", ["帐篷", "睡袋", "滑雪服", "租赁"])],
}
SHOPS = {
    "s1": ("游行记自营", COMPANY, USCC, True),
    "s2": ("云岭酒店管理官方店", "重庆云岭酒店管理有限公司", uscc("91500108", "MA5YX31P"), False),
    "s3": ("南山慢居民宿集", "重庆慢居民宿经营有限公司", uscc("91500108", "MA60B9T2"), False),
    "s4": ("仙女山景区旅游店", "重庆武隆仙境旅游服务有限公司", uscc("91500156", "MA5U4Q8K"), False),
    "s5": ("江渝票务专营店", "重庆江渝票务有限公司", uscc("91500103", "MA5UJ2W6"), False),
    "s6": ("山之路国旅", "重庆山之路国际旅行社有限公司", uscc("91500105", "MA60H5L9"), False),
    "s7": ("野径户外旗舰店", "成都野径户外用品有限公司", uscc("91510107", "MA6CK4R3"), False),
    "s8": ("风塔箱包专卖店", "宁波风塔箱包有限公司", uscc("91330203", "MA2GT7N5"), False),
}
RAW = """
hotel|s2|解放碑云岭大酒店|渝中|重庆 江景酒店 周末 商务|豪华大床房:标准价:428;豪华大床房:限时特惠价:378;江景双床房:标准价:528|3862
hotel|s2|洪崖洞云岭江景酒店|渝中|重庆 江景酒店 亲子 周末|江景大床房:标准价:568;江景大床房:限时特惠价:508;家庭房:标准价:698|2975
hotel|s2|南滨路云岭度假酒店|南岸|重庆 江景酒店 亲子酒店 亲子|高级双床房:标准价:396;高级双床房:限时特惠价:348;亲子主题房:标准价:566|2210
hotel|s3|南山慢居·松间民宿|南岸|重庆 山景民宿 周末 户外|松间大床房:标准价:318;松间大床房:限时特惠价:268;庭院双床房:标准价:388|1433
hotel|s3|黄桷垭慢居小院|南岸|重庆 山景民宿 周末 亲子|小院大床房:标准价:286;小院大床房:尾房价:238;亲子复式房:标准价:456|987
hotel|s2|金佛山云岭温泉酒店|南川|重庆 温泉酒店 冬季 亲子 周末|温泉双床房:标准价:598;温泉双床房:限时特惠价:538;私汤套房:标准价:1080|2644
hotel|s2|统景云岭温泉山庄|渝北|重庆 温泉酒店 冬季 亲子|泡池大床房:标准价:498;泡池大床房:早鸟价:428;家庭私汤房:标准价:828|1902
hotel|s4|仙女山雪岭度假酒店|武隆|重庆 滑雪 冬季 亲子酒店 亲子 户外|雪景双床房:标准价:468;雪景双床房:早鸟价:398;亲子阁楼房:标准价:618|3120
hotel|s4|武隆天坑驿站民宿|武隆|重庆 山景民宿 户外 徒步|观山大床房:标准价:248;观山大床房:限时特惠价:208;青旅床位:标准价:78|764
hotel|s3|北碚缙云慢居温泉民宿|北碚|重庆 温泉酒店 山景民宿 冬季 周末|汤屋大床房:标准价:436;汤屋大床房:限时特惠价:386;汤屋家庭房:标准价:598|1288
hotel|s3|磁器口慢居客栈|沙坪坝|重庆 古镇 周末|临街大床房:标准价:208;临街大床房:尾房价:168;天井双床房:标准价:236|1650
hotel|s2|江北嘴云岭行政酒店|江北|重庆 江景酒店 商务|行政大床房:标准价:618;行政大床房:限时特惠价:558;行政套房:标准价:988|1174
hotel|s4|黑山谷林间木屋|万盛|重庆 户外 亲子 周末 山景民宿|林间木屋:标准价:376;林间木屋:限时特惠价:326;家庭木屋:标准价:536|843
ticket|s4|仙女山国家森林公园门票|武隆|重庆 户外 冬季 赏雪 亲子|成人票:标准票:60;成人票:早鸟价:50;儿童票:标准票:30|8420
ticket|s4|武隆天生三桥门票|武隆|重庆 户外 徒步 周末|成人票:标准票:125;成人票:早鸟价:108;学生票:标准票:78|9310
ticket|s4|仙女山滑雪场滑雪票|武隆|重庆 滑雪 冬季 户外 亲子|平日三小时票:标准票:158;平日三小时票:早鸟价:128;周末三小时票:标准票:198|4076
ticket|s5|两江夜游游船票|渝中|重庆 游船 夜游 周末 亲子|普通舱:标准票:118;普通舱:限时特惠价:98;观景舱:标准票:168|12048
ticket|s5|重庆动物园门票|九龙坡|重庆 动物园 亲子 周末|成人票:标准票:25;亲子套票:标准票:45;成人票:早鸟价:20|15230
ticket|s5|长江索道单程票|渝中|重庆 索道 周末|单程票:标准票:20;往返票:标准票:30;单程票:限时特惠价:18|11806
ticket|s5|大足石刻宝顶山门票|大足|重庆 石刻 亲子 徒步|成人票:标准票:115;成人票:早鸟价:99;儿童票:标准票:58|3388
ticket|s5|欢乐谷乐园日场票|渝北|重庆 乐园 亲子 周末|成人日场票:标准票:230;成人日场票:早鸟价:198;儿童日场票:标准票:155|5642
ticket|s5|际华园室内滑雪馆票|渝北|重庆 滑雪 冬季 亲子 周末|两小时票:标准票:178;两小时票:早鸟价:148;全天票:标准票:268|2817
ticket|s4|芙蓉洞门票|武隆|重庆 溶洞 户外|成人票:标准票:120;成人票:早鸟价:102;儿童票:标准票:60|1955
ticket|s5|奥陶纪主题公园票|万盛|重庆 乐园 户外 周末|成人票:标准票:150;成人票:早鸟价:128;儿童票:标准票:90|2466
ticket|s5|统景温泉泡汤票|渝北|重庆 温泉 冬季 亲子 周末|成人票:标准票:168;成人票:早鸟价:138;亲子票:标准票:258|3721
tour|s1|武隆天坑地缝精华一日游|武隆|重庆 徒步 户外 周末|成人:标准价:298;儿童:标准价:238|2650
tour|s1|仙女山赏雪亲子一日游|武隆|重庆 赏雪 冬季 亲子 户外|成人:标准价:228;儿童:标准价:178|3104
tour|s1|金佛山雪地徒步一日游|南川|重庆 徒步 冬季 户外 周末|成人:标准价:258;儿童:标准价:208|1420
tour|s1|大足石刻研学亲子一日游|大足|重庆 亲子 石刻 周末|成人:标准价:268;儿童:标准价:218|1186
tour|s6|黑山谷奥陶纪一日游|万盛|重庆 户外 周末|成人:标准价:318;儿童:标准价:258|1732
tour|s6|磁器口洪崖洞古镇夜游|渝中|重庆 古镇 夜游 周末|成人:标准价:138;儿童:标准价:98|2288
tour|s6|龙水湖环湖骑行一日游|大足|重庆 骑行 户外 周末|成人:标准价:168;儿童:标准价:128|655
tour|s1|山城步道清晨城市漫游|渝中|重庆 清晨 徒步 亲子|成人:标准价:88;儿童:标准价:58|1874
tour|s6|四面山瀑布森林一日游|江津|重庆 户外 亲子 周末|成人:标准价:288;儿童:标准价:228|946
tour|s6|统景温泉冬季暖汤一日游|渝北|重庆 温泉 冬季 周末|成人:标准价:258;儿童:标准价:198|1093
gear|s7|野径 T4 四人隧道帐篷|成都|帐篷 露营 户外 亲子 周末|墨绿:899;沙色:899|1248
gear|s7|野径羽绒睡袋 零下十度|成都|睡袋 露营 户外 冬季|左拉链:459;右拉链:459|966
gear|s7|野径三层冲锋衣|成都|冲锋衣 户外 冬季 徒步|黑 M:629;黑 L:629;橙 L:629|2317
gear|s7|野径碳纤维登山杖一对|成都|登山杖 户外 徒步|三节:269;五节折叠:319|1532
gear|s8|风塔 20 寸登机行李箱|宁波|行李箱 周末|雾灰:329;藏青:329|4108
gear|s8|风塔 45 升双肩旅行背包|宁波|背包 户外 徒步 周末|黑:239;军绿:239|3276
gear|s8|风塔收纳六件套|宁波|收纳 周末|灰:59;粉:59|6870
gear|s7|野径滑雪服上衣（预售，12月15日前发货）|成都|滑雪服 滑雪 冬季 户外|白 M:569;白 L:569|402
gear|s1|游行记儿童防滑雪地靴|重庆|雪地靴 冬季 亲子 户外|26 码:139;28 码:139;30 码:139|1875
gear|s1|游行记便携保温壶 1 升|重庆|保温壶 户外 冬季 亲子|钢色:99;深绿:99|2942
gear|s1|游行记头灯 300 流明|重庆|头灯 露营 户外 徒步|标准版:79|1364
gear|s7|野径儿童冲锋衣|成都|冲锋衣 亲子 户外 冬季|蓝 120:329;蓝 130:329|3
gear|s1|四人隧道帐篷（租赁，按日）|重庆|帐篷 租赁 露营 户外 周末|单顶:68|512
gear|s1|单板滑雪套装（租赁，按日）|重庆|滑雪 租赁 冬季 户外|身高 160 以下:98;身高 160 以上:98|738
gear|s1|运动相机（租赁，按日）|重庆|相机 租赁 户外 周末|标准套装:45|430
"""
DEPOSIT = {"四人隧道帐篷（租赁，按日）": 600, "单板滑雪套装（租赁，按日）": 800, "运动相机（租赁，按日）": 1000}
REALNAME = {"两江夜游游船票", "仙女山滑雪场滑雪票", "大足石刻宝顶山门票"}
SNOW = {
    "金佛山云岭温泉酒店",
    "统景云岭温泉山庄",
    "仙女山雪岭度假酒店",
    "仙女山滑雪场滑雪票",
    "际华园室内滑雪馆票",
    "统景温泉泡汤票",
    "仙女山赏雪亲子一日游",
    "金佛山雪地徒步一日游",
    "野径三层冲锋衣",
    "游行记儿童防滑雪地靴",
}
ADS = {
    "洪崖洞云岭江景酒店": ("a31", "cmp-7781"),
    "黑山谷奥陶纪一日游": ("a32", "cmp-7790"),
    "统景温泉冬季暖汤一日游": ("a33", "cmp-7795"),
    "欢乐谷乐园日场票": ("a34", "cmp-7802"),
    "野径羽绒睡袋 零下十度": ("a35", "cmp-7811"),
}

SAY = {
    "hotel": (
        [
            "前台办理很快",
            "房间比想象的安静",
            "窗外的景色不错",
            "床品干净没有异味",
            "早餐种类够一家人吃",
            "停车方便",
            "隔壁有施工声，前台给换了房",
            "空调声音偏大",
            "走到公交站七分钟",
            "热水要放一会儿才热",
            "管家提前发了路线",
            "房间地毯旧了",
        ],
        [
            "带老人住了两晚",
            "周五下班直接过去的",
            "给孩子过生日选的这里",
            "出差顺便住一晚",
            "同学聚会订了三间",
            "下雨天窝在房里很舒服",
            "临时改的行程",
            "第二次来",
        ],
    ),
    "ticket": (
        [
            "扫码直接入园",
            "排队二十分钟",
            "工作人员指路很耐心",
            "洗手间干净",
            "中午人多，建议早到",
            "标识清楚",
            "有一个项目检修没开",
            "餐饮偏贵，自己带了干粮",
            "拍照的地方多",
            "入口只开了一个",
            "寄存柜够用",
            "讲解很有意思",
        ],
        [
            "带娃玩了大半天",
            "工作日去的",
            "陪外地朋友去的",
            "和父母一起",
            "赶在闭园前两小时进的",
            "早上九点到",
            "下小雨也不影响",
            "第一次来",
        ],
    ),
    "tour": (
        [
            "领队讲得细",
            "车准点到集合地",
            "没有进店",
            "午餐一般，能吃饱",
            "时间安排得不赶",
            "有一段路塞车，晚回一小时",
            "车上有靠枕",
            "分组走，不拥挤",
            "体力要求写得准确",
            "集合点不太好找",
            "领队给孩子准备了任务卡",
            "返程送到轻轨站",
        ],
        [
            "一个人报的名",
            "带七岁孩子参加",
            "公司团建",
            "两家人一起",
            "情侣出行",
            "周六那一班",
            "临出发前一天才订到",
            "和室友去的",
        ],
    ),
    "gear": (
        [
            "发货快，包装完整",
            "做工扎实",
            "和描述一致",
            "比店里便宜一些",
            "细节处理得好",
            "说明书清楚",
            "有一点味道，晾两天就散了",
            "颜色和图片接近",
            "用了一个月没有问题",
            "客服回复慢了半天",
            "退换很顺利",
            "配件齐全",
        ],
        [
            "去川西用了一次",
            "给家里人买的",
            "露营两晚",
            "对比了三家",
            "旧的坏了换新",
            "雨天试过",
            "入冬前备的",
            "第二回买",
        ],
    ),
}
NEG = {
    "hotel": ["隔音差，走廊声音听得清", "晚上十点才排到房"],
    "ticket": ["限流没有提前说，等了一小时", "有个区域临时封闭半小时"],
    "tour": ["领队声音小，后排听不见", "一个景点只停了二十分钟"],
    "gear": ["收到时外袋有划痕，联系后补发了", "颜色比图片深"],
}
NAMES = "山小木阿林晴江川北南舟禾野冬梨柚"


def make_goods():
    goods, seen = [], set()
    for n, line in enumerate(RAW.strip().splitlines()):
        cat, shop, title, place, tags, opts, sales = line.split("|")
        rnd = random.Random(title)
        options = []
        for k, o in enumerate(opts.split(";")):
            p = o.split(":")
            name, rate = (p[0], p[1]) if len(p) == 3 else (p[0], "")
            options.append(
                {
                    "k": k,
                    "name": name,
                    "rate": rate,
                    "price": int(p[-1]),
                    "locked": rate in ("限时特惠价", "早鸟价", "尾房价"),
                }
            )
        it = {
            "id": 1001 + n,
            "cat": cat,
            "catname": CATS[cat],
            "shop": shop,
            "shopname": SHOPS[shop][0],
            "self": SHOPS[shop][3],
            "title": title,
            "place": place,
            "tags": tags.split(),
            "options": options,
            "price": options[0]["price"],
            "sales": int(sales),
            "deposit": DEPOSIT.get(title, 0),
            "realname": title in REALNAME,
            "snow": title in SNOW,
            "ad": ADS.get(title),
            "unit": {"hotel": "/晚", "ticket": "/张", "tour": "/人"}.get(cat, ""),
        }
        if it["deposit"]:
            it["unit"] = "/日"
        quality = rnd.choice([0.55, 0.65, 0.75, 0.85, 0.93])
        reviews = []
        for i in range(2 if it["sales"] < 10 else rnd.randint(6, 10)):
            for _ in range(400):
                bad = rnd.random() > quality
                a, b = rnd.sample(SAY[cat][0], 2)
                text = f"{rnd.choice(SAY[cat][1])}，{rnd.choice(NEG[cat]) if bad else a}，{b}。"
                if text not in seen:
                    break
            seen.add(text)
            day = TODAY - dt.timedelta(days=rnd.randint(3, 330))
            opt = rnd.choice(options)
            reviews.append(
                {
                    "id": f"r{it['id']}{i:02d}",
                    "who": rnd.choice(NAMES) + "***" + rnd.choice(NAMES),
                    "stars": rnd.choice([2, 3, 3]) if bad else rnd.choice([4, 5, 5, 5]),
                    "text": text,
                    "date": day.isoformat(),
                    "sku": opt["name"] + (f"（{opt['rate']}）" if opt["rate"] else ""),
                }
            )
        reviews.sort(key=lambda r: r["date"], reverse=True)
        it["reviews"] = reviews
        it["base"] = list(reviews)
        it["score"] = round(sum(r["stars"] for r in reviews) / len(reviews) + 1e-9, 1) if len(reviews) >= 5 else None
        goods.append(it)
    return goods


GOODS = make_goods()
BY = {i["id"]: i for i in GOODS}
for sid in list(SHOPS):
    mine = [i["score"] for i in GOODS if i["shop"] == sid and i["score"]]
    extra = {"s1": 0.04, "s2": -0.05, "s3": 0.1, "s4": -0.08, "s5": 0.02, "s6": -0.12, "s7": 0.06, "s8": 0.15}[sid]
    SHOPS[sid] = SHOPS[sid] + (round(min(4.9, sum(mine) / len(mine) + extra), 2),)

COVERS = {  # the choices of 出行保障 at the order form
    "hotel": [
        ("none", "不需要保障", 0, ""),
        ("c1", "酒店取消保障", 18, "因病、航班取消等原因不能入住，按实际损失赔付，最高为房费的 80%"),
        ("c2", "全程无忧保障", 36, "取消保障，另加三日意外医疗 5 万元"),
    ],
    "ticket": [
        ("none", "不需要保障", 0, ""),
        ("c3", "门票退改保障", 6, "因病、交通延误不能入园，按票面损失赔付"),
        ("c4", "畅玩意外保障", 12, "退改保障，另加当日意外医疗 3 万元"),
    ],
    "tour": [
        ("none", "不需要保障", 0, ""),
        ("c5", "一日游意外保障", 12, "当日意外身故伤残 20 万元、医疗 3 万元"),
        ("c6", "一日游尊享保障", 22, "意外保障，另加取消保障"),
    ],
}
EXTRAS = {
    "hotel": [("car", "车站接送（专车单程）", 68, "游行记自营"), ("breakfast", "加一份早餐", 38, "由酒店提供")],
    "ticket": [("audio", "语音导览一份", 20, "游行记自营")],
    "tour": [("raincoat", "一次性雨衣鞋套", 10, "游行记自营")],
    "rent": [("damage", "装备损坏保障", 15, "渝安达保险代理有限公司销售")],
}
EXTRA_TEXT = {
    "car": "车站或者机场至酒店的单程专车，五座，含过路费。使用前四小时可以免费取消。",
    "breakfast": "次日早餐一份，入住前一日十八点以前可以退。",
    "audio": "手机网页收听的中文导览一份，未开通收听的可以全额退。",
    "raincoat": "一次性雨衣和鞋套一套，出发当日由领队发放，未领取的可以退。",
    "damage": "租赁期间装备意外损坏，维修费由山城财产保险股份有限公司赔付，最高为押金金额。租赁开始前可以全额退。",
    "freight": "装备商品无理由退货的寄回运费，由山城财产保险股份有限公司赔付，每单最高 25 元。发货前可以全额退。",
}
DEFAULT_COVER = {"hotel": "c1", "ticket": "c3", "tour": "c5"}

NEWS = [
    ("draft", "关于《预订与退改规则》修订草案公开征求意见的公告", "2026-11-20", None),
    ("snow", "冰雪温泉季活动规则", "2026-11-18", None),
    (
        "gift",
        "新客礼包说明",
        "2026-11-02",
        [
            "尚未下过单的新用户可以领取新客礼包一份，包括酒店满 400 减 60 元券、门票满 100 减 20 元券、装备满 200 减 40 元券各一张。",
            "礼包自领取之日起三十日内有效，每个账户一份，2026年12月31日24:00 停止领取。",
            "使用礼包的订单退款的，券在有效期内恢复。",
        ],
    ),
    (
        "rev1015",
        "关于修订《用户服务协议》《隐私政策》的公告",
        "2026-10-15",
        [
            "我们修订了《游行记用户服务协议》和《游行记隐私政策》。修订内容自2026年10月15日起公布，自2026年11月1日起实施。",
            "修订的主要内容：用户服务协议增加人工复核的申诉方式（3.6）和电子发票的开具时限（6.3）；隐私政策增加接收方名称（4.1）并缩短证件号码的保存期限（5.3）。",
            "不接受修改的用户可以停止使用并申请退出；2026年11月1日以前成立的订单按照修改前的条款处理。",
        ],
    ),
    (
        "rental1013",
        "关于修订《装备租赁与押金规则》的公告",
        "2026-10-13",
        [
            "修订后的《装备租赁与押金规则》自2026年10月13日起公布，自2026年11月1日起实施。修订内容为：押金由系统自动发起退还，无需申请（4.1）。"
        ],
    ),
    (
        "opinion1012",
        "征求意见采纳情况的公告",
        "2026-10-12",
        [
            "2026年9月14日至10月5日，我们在首页就《用户服务协议》《隐私政策》《装备租赁与押金规则》的修订公开征求意见，收到意见 137 条，采纳 41 条。",
            "没有采纳的意见主要涉及降低商户服务费率，不属于本次修订的范围，已经转交招商部门。",
        ],
    ),
    (
        "vip0820",
        "关于修订《行家会员服务协议》的公告",
        "2026-08-20",
        [
            "修订后的《行家会员服务协议》自2026年8月20日起公布，自2026年9月10日起实施。修订内容为：每月满减券由一张增加到两张（1.2），增加按照剩余月数退卡（3.2）。",
            "本次修订于2026年7月20日至8月10日在首页公开征求意见，收到意见 22 条，采纳 6 条。实施以前购买的年卡按照原条款提供服务。",
        ],
    ),
    (
        "maint",
        "系统维护公告",
        "2026-07-06",
        ["2026年7月10日 02:00—04:00 进行数据库维护，期间无法下单，已成立订单的入住和入园不受影响。"],
    ),
]

PENALTY = [
    (
        "山水逸家客栈集",
        "未取得特种行业许可证经营旅馆（违反《旅馆业治安管理办法》第四条）",
        "终止服务",
        "2026-11-17",
        "2026-11-17",
        "2026-11-17 起至实际终止平台内经营活动之日",
    ),
    (
        "江渝票务专营店",
        "未按规定明示门票退改条件（违反《消费者权益保护法》第二十条）",
        "警示",
        "2026-11-12",
        "2026-11-12",
        "2026-11-12 至 2026-11-27",
    ),
    (
        "渝东自由行旅行店",
        "未取得旅行社业务经营许可证招徕游客（违反《旅行社条例》第七条）",
        "终止服务",
        "2026-10-29",
        "2026-10-29",
        "2026-10-29 起至实际终止平台内经营活动之日",
    ),
    (
        "极客轻装户外店",
        "销售冒用注册商标的冲锋衣（违反《商标法》第五十七条）",
        "暂停服务三十日",
        "2026-10-27",
        "2026-10-28",
        "2026-10-28 至 2026-11-27",
    ),
    (
        "缙云汤屋客栈",
        "虚构原价的价格欺诈（违反《价格法》第十四条第四项）",
        "暂停服务十五日",
        "2026-09-22",
        "2026-09-22",
        "2026-09-22 至 2026-10-07",
    ),
    (
        "川渝快行租车店",
        "以返现诱导好评（违反《反不正当竞争法》第九条）",
        "警示",
        "2026-09-08",
        "2026-09-08",
        "2026-09-08 至 2026-09-23",
    ),
]
IPROWS = [
    (
        "ZC20261109-02",
        "摄影师周某某",
        "江渝票务专营店",
        "2026-11-09 通知：商品主图使用其夜景照片，侵犯信息网络传播权",
        "无",
        "2026-11-10 删除图片；商户未提交声明",
        "2026-11-12",
    ),
    (
        "ZC20261021-05",
        "岭上行（杭州）户外有限公司",
        "野径户外旗舰店",
        "2026-10-21 通知：登山杖外观专利侵权",
        "2026-10-26 声明：使用自有专利，附专利证书",
        "2026-10-22 断开链接；2026-10-27 转送声明；权利人十五日内未投诉起诉，2026-11-11 恢复链接",
        "2026-11-12",
    ),
    (
        "ZC20260930-01",
        "极客轻装品牌权利人授权代表",
        "极客轻装户外店",
        "2026-09-30 通知：冒用注册商标的冲锋衣",
        "2026-10-08 声明：主张平行进口，未附凭证",
        "2026-09-30 终止交易；声明证据不足，维持措施",
        "2026-10-10",
    ),
    (
        "ZC20260817-03",
        "重庆某文创公司",
        "风塔箱包专卖店",
        "2026-08-17 通知：收纳袋图案著作权",
        "2026-08-20 声明：图案由设计师授权，附合同",
        "2026-08-18 断开链接；2026-08-21 转送声明；权利人已向法院起诉，措施维持",
        "2026-08-24",
    ),
]


def search_goods(q, cat):
    words = q.split()

    def hit(it):
        bag = it["title"] + it["place"] + it["catname"] + " ".join(it["tags"]) + it["shopname"]
        return all(w in bag for w in words)

    return [i for i in GOODS if (not cat or i["cat"] == cat) and hit(i)]


def blend(i):
    return i["sales"] ** 0.5 + (i["score"] or 3) * 12


SORTS = {
    "zh": ("综合", lambda i: -blend(i)),
    "sales": ("销量", lambda i: -i["sales"]),
    "score": ("评分", lambda i: -(i["score"] or 0)),
    "price": ("价格↑", lambda i: i["price"]),
    "pricedesc": ("价格↓", lambda i: -i["price"]),
}
PER = 12

# ---------------------------------------------------------------- css, js

CSS = r"""
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;font:15px/1.65 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#22302c;background:#f4f6f4}
a{color:#0a6250;text-decoration:none}a:hover{text-decoration:underline}ul{list-style:none;margin:0;padding:0}h1{font-size:22px;margin:0 0 10px}h2{font-size:18px}
.w{max-width:1180px;margin:0 auto;padding:0 14px}
.top{background:#10352c;color:#dfece7;font-size:13px}.top .w{display:flex;gap:18px;min-height:34px;align-items:center}.top a{color:#eaf6f1}.top .sp{flex:1}
.hd{background:#fff;border-bottom:1px solid #dde4e0}.hd .w{display:flex;align-items:center;gap:26px;min-height:72px}
.logo{font-size:26px;font-weight:700;color:#0a6250}.logo i{font-style:normal;color:#c4541c}
.sbox{display:flex;flex:1;max-width:560px}.sbox input{flex:1;min-width:0;border:2px solid #0a6250;border-right:0;padding:9px 12px;font-size:15px;border-radius:6px 0 0 6px}
.sbox button{border:0;background:#0a6250;color:#fff;padding:0 22px;font-size:15px;border-radius:0 6px 6px 0}
.burger{display:none;border:1px solid #9db3ab;background:#fff;width:40px;height:40px;font-size:20px;border-radius:6px;color:#22302c}
nav.main{background:#0d4a3c}nav.main>.w>ul{display:flex}nav.main li.m{position:relative}nav.main li.m>a{display:block;color:#fff;padding:11px 22px}
.mega{position:absolute;left:0;top:100%;width:420px;background:#fff;border:1px solid #cfd9d4;box-shadow:0 8px 20px #0003;display:none;padding:14px 18px;z-index:30;gap:24px}
nav.main li.m:hover .mega,nav.main li.m.on .mega{display:flex}.mega dl{margin:0;flex:1}.mega dt{font-weight:700;margin-bottom:6px}.mega dd{margin:0;padding:3px 0}
.strip{background:#fff7e3;border-bottom:1px solid #ead9ab}.strip .w{padding-top:8px;padding-bottom:8px}.strip a{color:#6b3d00;font-weight:600}
.ban{margin:14px 0;border-radius:10px;background:linear-gradient(110deg,#0b3f63,#3f7ea2);color:#fff;padding:26px 30px;display:flex;align-items:center;gap:20px;flex-wrap:wrap}
.ban b{font-size:26px}.ban a{background:#fff;color:#0b3f63;padding:8px 18px;border-radius:6px;font-weight:600}
.sec{background:#fff;border-radius:10px;padding:14px 16px;margin:14px 0}.sec>h2{margin:0 0 10px;display:flex;justify-content:space-between}.sec>h2 a{font-size:14px;font-weight:400}
.gs{display:grid;grid-template-columns:repeat(4,1fr);gap:14px}.g{background:#fff;border:1px solid #dde4e0;border-radius:8px;overflow:hidden;position:relative}
.g a.go{color:#22302c;display:block}.g .pic{width:100%;height:132px;display:block;object-fit:cover;background:#dfe8e4}.g .t{display:block;padding:8px 10px 0;height:56px;overflow:hidden;line-height:24px}
.g .p{padding:2px 10px;color:#b03a0c;font-weight:700;font-size:18px}.g .p small{font-weight:400;font-size:13px}.g .k{padding:0 10px 8px;font-size:13px;color:#55635e;display:flex;gap:12px}.g .s{padding:0 10px 10px;font-size:13px;color:#55635e}
.g-ad{background:#fdf6e6;border:1px dashed #8a6d3b}.g-mk{position:absolute;left:8px;top:8px;background:#2b2b2b;color:#fff;font-size:12px;line-height:20px;padding:0 7px;border-radius:3px}
.tg{display:inline-block;border:1px solid #0a6250;color:#0a6250;border-radius:3px;font-size:12px;padding:0 5px;line-height:18px;margin-right:4px}
.tabs{display:flex;gap:6px;background:#fff;padding:8px 10px;border-radius:8px;margin:12px 0;flex-wrap:wrap}.tabs a{padding:6px 16px;border-radius:5px;color:#22302c}.tabs a.on{background:#0a6250;color:#fff}
.pg{display:flex;gap:8px;justify-content:center;margin:18px 0}.pg a,.pg b{min-width:36px;line-height:34px;text-align:center;border:1px solid #cfd9d4;border-radius:5px;background:#fff;padding:0 8px}.pg b{background:#0a6250;color:#fff}
.box{background:#fff;border-radius:10px;padding:18px 20px;margin:14px 0}.two{display:grid;grid-template-columns:420px 1fr;gap:24px}.two .pic{width:100%;height:300px;border-radius:8px;object-fit:cover}
.price{color:#b03a0c;font-size:26px;font-weight:700}.opts label{display:block;border:1px solid #cfd9d4;border-radius:6px;padding:8px 12px;margin:6px 0}.opts label b{float:right;color:#b03a0c}
.opts small,.hint{font-size:13px;color:#55635e}.warn{border:1px solid #c4541c;background:#fff4ec;border-radius:8px;padding:10px 14px;margin:12px 0;color:#5c2406}.warn b{color:#8f2d00}
.dep{border:2px solid #0a6250;background:#eef8f4;border-radius:8px;padding:10px 14px;margin:12px 0}.dep h3{margin:0 0 4px;font-size:16px}
.btn{display:inline-block;border:0;background:#c4541c;color:#fff;font-size:16px;padding:11px 30px;border-radius:7px;cursor:pointer}.btn:hover{text-decoration:none}.btn.b2{background:#0a6250}.btn.b3{background:#fff;color:#22302c;border:1px solid #7d8f88}
input[type=text],input[type=tel],input[type=password],input[type=date],input[type=number],textarea,select{font-size:15px;padding:8px 10px;border:1px solid #93a59d;border-radius:6px;width:100%;max-width:420px;background:#fff}
input[type=radio],input[type=checkbox]{width:24px;height:24px;vertical-align:middle}
.f{margin:10px 0}.f>span{display:block;font-size:14px}.lines{width:100%;border-collapse:collapse}.lines td{padding:6px 0;border-bottom:1px solid #e6ece9}.lines td:last-child{text-align:right}.lines tr.sum td{font-weight:700;font-size:18px;color:#b03a0c;border:0}
.bar{margin-top:12px;display:flex;align-items:center;gap:18px}.bar .sum{color:#b03a0c;font-size:22px;font-weight:700}.bar small{display:block;font-size:13px;color:#3f4d48}
.rv{border-top:1px solid #e6ece9;padding:10px 0}.rv small{color:#55635e;font-size:13px}
.doc{background:#fff;border-radius:10px;padding:22px 34px;margin:14px auto;max-width:960px}.doc h2{margin:22px 0 6px}.doc p{margin:6px 0}.doc b{color:#14221e;font-weight:700}.meta{font-size:14px;color:#4c5a55}
.tools{display:flex;gap:14px;margin:6px 0 12px}.tools a,.tools button{border:1px solid #0a6250;background:#fff;color:#0a6250;border-radius:5px;padding:5px 14px;font-size:14px}
.tbl{overflow-x:auto}table{border-collapse:collapse}.doc table,.box table.grid{width:100%;margin:8px 0}.doc th,.doc td,.grid th,.grid td{border:1px solid #c6d1cc;padding:6px 10px;text-align:left;vertical-align:top;font-size:14px;font-weight:400}.doc th,.grid th{background:#eef3f0}
.qa{border-bottom:1px solid #dde4e0}.qa summary{padding:10px 0;cursor:pointer;font-size:16px}iframe.rule{width:100%;height:75vh;min-height:520px;border:1px solid #c6d1cc}
.ft{background:#e8edea;margin-top:26px;padding:22px 0;font-size:13px;color:#3d4a45}.ft a{color:#2d3b36}.ft .cols{display:grid;grid-template-columns:repeat(4,1fr);gap:16px}.ft h4{margin:0 0 6px;font-size:14px}.ft li{padding:3px 0}
.ft .rec{border-top:1px solid #c8d2cd;margin-top:14px;padding-top:12px;display:flex;flex-wrap:wrap;gap:8px 20px}.ft .ic{display:inline-flex;align-items:center;gap:5px}.ic svg{width:16px;height:16px}
.mask{position:fixed;inset:0;background:#000a;z-index:60;display:none;align-items:center;justify-content:center}.mask.on{display:flex}
.lay{background:#fff;border-radius:12px;position:relative;width:min(420px,88vw);padding:30px 26px;text-align:center}.lay .x,.big .x{position:absolute;right:10px;top:10px;width:36px;height:36px;border:0;border-radius:50%;background:#333;color:#fff;font-size:20px;line-height:36px;padding:0;cursor:pointer}
.lay strong{font-size:24px;color:#b03a0c}.big{background:#fff;border-radius:10px;position:relative;width:min(860px,94vw);height:84vh;display:flex;flex-direction:column}.big .tb{display:flex;gap:8px;padding:12px 56px 8px 16px;border-bottom:1px solid #dde4e0}.big .tb button{border:1px solid #0a6250;background:#fff;color:#0a6250;padding:6px 14px;border-radius:5px;font-size:14px}.big .tb button.on{background:#0a6250;color:#fff}.big .bd{overflow:auto;padding:10px 24px 24px;flex:1}.big h2{font-size:16px}
.cal{position:absolute;z-index:40;background:#fff;border:1px solid #93a59d;border-radius:8px;padding:10px;box-shadow:0 6px 18px #0003;width:280px}.cal .ch{display:flex;justify-content:space-between;align-items:center}.cal button{border:0;background:#f0f4f2;border-radius:4px;min-width:34px;height:32px;font-size:14px}.cal .dd{display:grid;grid-template-columns:repeat(7,1fr);gap:3px;margin-top:6px}.cal .dd button:disabled{color:#888;background:#fff}
.dp{position:relative;display:inline-block}.ok{background:#e6f4ea;border:1px solid #4f9a68;padding:10px 14px;border-radius:8px;margin:12px 0}.er{background:#fdecea;border:1px solid #b3402f;padding:10px 14px;border-radius:8px;margin:12px 0;color:#7a1d10}
.cates{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:14px 0}.cates a{background:#fff;border-radius:10px;padding:14px;text-align:center;color:#22302c;font-weight:600}
@media(max-width:760px){
.top .w .hide{display:none}.hd .w{gap:12px;min-height:56px;flex-wrap:wrap;padding-top:8px;padding-bottom:8px}.burger{display:block}.logo{font-size:22px;flex:1}.sbox{order:5;flex-basis:100%;max-width:none}
nav.main{display:none}nav.main.open{display:block}nav.main>.w>ul{display:block}.mega{position:static;width:auto;display:flex;margin-bottom:8px}nav.main li.m>a{padding:9px 4px}
.gs{grid-template-columns:1fr 1fr;gap:10px}.g .pic{height:104px}.ban{padding:16px;margin:10px 0}.ban b{font-size:20px}
.g-ad{background:#fff;border:1px solid #dde4e0}.g-mk{display:none}
.two{grid-template-columns:1fr}.two .pic{height:200px}.cates{gap:8px}.cates a{padding:10px 4px;font-size:14px}.doc{padding:16px}.ft .cols{grid-template-columns:1fr 1fr}
.box{padding:14px}.bar{position:fixed;left:0;right:0;bottom:0;margin:0;background:#fff;border-top:1px solid #cfd9d4;padding:8px 12px;z-index:20;justify-content:space-between;gap:10px}.bar .btn{padding:11px 18px}.bar .btn.b2{margin-left:auto}body.hasbar{padding-bottom:96px}
.top .w{gap:12px}
}
@media print{.top,.hd,nav.main,.ft,.tools{display:none}}
"""

JS = r"""
/* yx: a very small helper in the way of $ */
(function(){
function Q(s,r){return new Set0(typeof s==='string'?[].slice.call((r||document).querySelectorAll(s)):[s])}
function Set0(a){this.a=a}
Set0.prototype={each:function(f){this.a.forEach(function(e,i){f.call(e,e,i)});return this},
on:function(t,f){return this.each(function(e){e.addEventListener(t,f)})},
add:function(c){return this.each(function(e){e.classList.add(c)})},del:function(c){return this.each(function(e){e.classList.remove(c)})},
flip:function(c){return this.each(function(e){e.classList.toggle(c)})},text:function(t){return this.each(function(e){e.textContent=t})}};
window.Q=Q;
document.addEventListener('DOMContentLoaded',function(){
 Q('.burger').on('click',function(){Q('nav.main').flip('open')});
 Q('nav.main li.m').on('focusin',function(){this.classList.add('on')}).on('focusout',function(){this.classList.remove('on')});
 Q('.js-print').on('click',function(){window.print()});
 /* impressions of bought places */
 Q('[data-ad="1"]').each(function(e){new Image().src='/adx/imp?adid='+e.dataset.adid+'&cid='+e.dataset.cid});
 /* calendar over the date fields */
 Q('input[data-cal]').each(function(inp){
  inp.type='text';inp.readOnly=true;inp.setAttribute('role','combobox');inp.setAttribute('aria-haspopup','dialog');
  var wrap=document.createElement('span');wrap.className='dp';inp.parentNode.insertBefore(wrap,inp);wrap.appendChild(inp);
  var cal=null,min=new Date(inp.min+'T00:00'),cur=new Date((inp.value||inp.min)+'T00:00');
  function two(n){return (n<10?'0':'')+n}
  function draw(){if(cal)cal.remove();cal=document.createElement('div');cal.className='cal';
   var y=cur.getFullYear(),m=cur.getMonth(),h='<div class="ch"><button type="button" class="pv" aria-label="上个月">‹</button><b>'+y+'年'+(m+1)+'月</b><button type="button" class="nx" aria-label="下个月">›</button></div><div class="dd">';
   var first=new Date(y,m,1).getDay();for(var i=0;i<first;i++)h+='<span></span>';
   for(var d=1;d<=new Date(y,m+1,0).getDate();d++){var dt=new Date(y,m,d);h+='<button type="button" data-d="'+y+'-'+two(m+1)+'-'+two(d)+'"'+(dt<min?' disabled':'')+'>'+d+'</button>'}
   cal.innerHTML=h+'</div>';wrap.appendChild(cal);
   Q('.pv',cal).on('click',function(){cur=new Date(y,m-1,1);draw()});Q('.nx',cal).on('click',function(){cur=new Date(y,m+1,1);draw()});
   Q('[data-d]',cal).on('click',function(){inp.value=this.dataset.d;shut();inp.dispatchEvent(new Event('change',{bubbles:true}))});}
  function shut(){if(cal){cal.remove();cal=null}}
  inp.addEventListener('click',function(){cal?shut():draw()});inp.addEventListener('keydown',function(e){if(e.key==='Enter'){e.preventDefault();draw()}if(e.key==='Escape')shut()});
  document.addEventListener('click',function(e){if(cal&&!wrap.contains(e.target)&&document.contains(e.target))shut()});
 });
 /* the sum of the order form */
 Q('form[data-sum]').each(function(f){
  function calc(){var base=+f.dataset.base,n=+f.dataset.n||1,sum=base,t='';
   Q('.js-line',f).each(function(r){r.remove()});var body=f.querySelector('.lines tbody'),tot=body.querySelector('.sum');
   Q('input[data-price]:checked',f).each(function(i){var p=+i.dataset.price*(i.dataset.per?n:1);if(!p)return;sum+=p;
     var tr=document.createElement('tr');tr.className='js-line';tr.innerHTML='<td></td><td>¥'+p.toFixed(2)+'</td>';tr.firstChild.textContent=i.dataset.name+(i.dataset.per&&n>1?' × '+n:'');body.insertBefore(tr,tot);t+=(t?'，':'')+i.dataset.name+' ¥'+p});
   Q('.js-total',f).text('¥'+sum.toFixed(2));Q('.js-incl',f).text(t?'已含：'+t+'（可不选）':'未选附加服务');}
  f.addEventListener('change',calc);window.addEventListener('pageshow',calc);
 });
 /* price on the product page */
 Q('.opts input[name=opt]').on('change',function(){Q('.js-price').text('¥'+this.dataset.p);Q('.js-rule').text(this.dataset.rule||'')});
 /* send code */
 Q('.js-code').on('click',function(){this.textContent='验证码已发送';this.disabled=true});
 /* agreements over the registration page */
 var big=document.getElementById('doclay');
 function show(slug){Q('#doclay .tb button').del('on');Q('#doclay .tb button[data-slug="'+slug+'"]').add('on');
  fetch('/part/'+slug).then(function(r){return r.text()}).then(function(h){var b=big.querySelector('.bd');b.innerHTML=h;b.scrollTop=0;big.classList.add('on')})}
 if(big){Q('.js-doc').on('click',function(e){e.preventDefault();show(this.dataset.slug)});Q('#doclay .tb button').on('click',function(){show(this.dataset.slug)});
  Q('#doclay .x').on('click',function(){big.classList.remove('on')})}
 /* gift for new guests */
 var gift=document.getElementById('gift'),keep=document.getElementById('keep');
 if(gift){var seen=null;try{seen=sessionStorage.getItem('yx_gift')}catch(e){}
  if(!seen)setTimeout(function(){gift.classList.add('on');try{sessionStorage.setItem('yx_gift','1')}catch(e){}},900);
  gift.querySelector('.x').addEventListener('click',function(){gift.classList.remove('on');keep.classList.add('on')});
  Q('#keep .x, #keep .leave').on('click',function(){keep.classList.remove('on')});
  Q('#keep .stay').on('click',function(){location.href='/register?from=gift'});}
});
})();
"""

# ---------------------------------------------------------------- templates

T = {}
T[
    "base"
] = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{% block title %}游行记{% endblock %}</title><link rel="stylesheet" href="/s/yx.css"><link rel="icon" href="/pic/0.svg"><script src="/s/yx.js" defer></script></head>
<body class="{% block bodycls %}{% endblock %}">
<div class="top"><div class="w"><a href="/">首页</a><span class="sp"></span>{% if me %}<a href="/my">我的</a><a href="/logout">退出</a>{% else %}<a href="/login">登录</a><a href="/register">免费注册</a>{% endif %}<a href="/cart">购物车{% if ncart %}({{ ncart }}){% endif %}</a><a href="/vip">行家会员</a><a class="hide" href="/complaint">投诉举报</a><a class="hide" href="/help" target="_blank">帮助</a></div></div>
<header class="hd"><div class="w"><a class="logo" href="/">游<i>行</i>记</a><button class="burger" type="button" aria-label="菜单">☰</button>
<form class="sbox" action="/search" role="search"><input type="search" name="q" value="{{ q or '' }}" placeholder="酒店、门票、一日游、装备" aria-label="搜索"><button>搜索</button></form></div></header>
<nav class="main" aria-label="分类"><div class="w"><ul>{% for c, name in CATS.items() %}<li class="m"><a href="/search?cat={{ c }}">{{ name }}</a><div class="mega">{% for head, words in MEGA[c] %}<dl><dt>{{ head }}</dt>{% for w in words %}<dd><a href="/search?cat={{ c }}&amp;q={{ w }}">{{ w }}</a></dd>{% endfor %}</dl>{% endfor %}</div></li>{% endfor %}<li class="m"><a href="/vip">行家会员</a></li><li class="m"><a href="/act/snow">冰雪温泉季</a></li></ul></div></nav>
{% block strip %}{% endblock %}
<main class="w">{% block main %}{% endblock %}</main>
<footer class="ft"><div class="w"><div class="cols">
<div><h4>协议与政策</h4><ul><li><a href="/doc/agreement" target="_blank">用户服务协议</a></li><li><a href="/doc/privacy" target="_blank">隐私政策</a></li><li><a href="/doc/trade" target="_blank">交易规则</a></li><li><a href="/doc/booking" target="_blank">预订与退改规则</a></li><li><a href="/doc/return" target="_blank">退换货规则</a></li><li><a href="/rules" target="_blank">规则中心</a></li></ul></div>
<div><h4>帮助与维权</h4><ul><li><a href="/help" target="_blank">帮助中心</a></li><li><a href="/complaint" target="_blank">投诉举报</a></li><li><a href="/dispute" target="_blank">争议处理</a></li><li><a href="/doc/review" target="_blank">信用评价规则</a></li><li><a href="/doc/guarantee" target="_blank">出行保障计划</a></li><li>客服 {{ PHONE }}（8:00—23:00）</li></ul></div>
<div><h4>商户</h4><ul><li><a href="/doc/seller" target="_blank">商户入驻服务协议</a></li><li><a href="/doc/bond" target="_blank">保证金管理规则</a></li><li><a href="/penalties" target="_blank">商户违规公示</a></li><li><a href="/ip" target="_blank">知识产权</a></li><li><a href="/ip/list" target="_blank">知识产权公示</a></li></ul></div>
<div><h4>公告</h4><ul><li><a href="/news" target="_blank">平台公告</a></li><li><a href="/draft" target="_blank">规则征求意见</a></li><li><a href="/act/snow" target="_blank">冰雪温泉季规则</a></li><li>投诉邮箱 tousu@youxingji.cn</li><li>全国 12315 平台、12315 热线</li></ul></div></div>
<div class="rec"><a href="/licence" target="_blank">营业执照</a><a href="/licence" target="_blank">证照信息</a><span>渝ICP备2021009347号-2</span><span>增值电信业务经营许可证：渝B2-20210586</span><span>渝公网安备 50010302004718号</span>
<a class="ic" href="/licence#trip" target="_blank"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7" fill="#0a6250"/><path d="M4 8l3 3 5-6" stroke="#fff" stroke-width="2" fill="none"/></svg>旅游资质认证</a></div>
<p>© 2021—2026 {{ COMPANY }}</p></div></footer>{% block after %}{% endblock %}</body></html>"""

T["cards"] = (
    """{% macro card(i, ad=None) %}<li class="g{% if ad %} g-ad{% endif %}"{% if ad %} data-ad="1" data-adid="{{ ad.adid }}" data-cid="{{ ad.cid }}"{% endif %} data-id="{{ i.id }}"><a class="go" href="/item/{{ i.id }}{% if ad %}?adid={{ ad.adid }}&amp;cid={{ ad.cid }}&amp;click_id={{ ad.click }}{% endif %}"><img class="pic" src="/pic/{{ i.id }}.svg" alt=""><span class="t">{{ i.title }}</span></a>{% if ad %}<span class="g-mk">广告</span>{% endif %}<div class="p">¥{{ i.price }}<small>{{ i.unit }}</small></div><div class="k"><span>已售 {{ i.sales }}</span><span>{% if i.score %}{{ i.score }} 分（{{ i.reviews|length }} 条）{% else %}评价积累中{% endif %}</span></div><div class="s">{% if i.self %}<span class="tg">游行记自营</span>{% else %}{{ i.shopname }}{% endif %}{% if i.snow %} <span class="tg">冰雪温泉季</span>{% endif %}</div></li>{% endmacro %}"""
)

T[
    "home"
] = """{% extends 'base' %}{% from 'cards' import card %}{% block title %}游行记 - 酒店 门票 一日游 旅行装备{% endblock %}
{% block strip %}<div class="strip"><div class="w"><a href="/draft">【征求意见】《预订与退改规则》修订草案公开征求意见，截止 2026年12月10日，点此查看草案并提交意见</a></div></div>{% endblock %}
{% block main %}<section class="ban"><div><b>冰雪温泉季</b><br>12月1日10:00 — 12月12日24:00　满 300 减 40，满 600 减 90</div><a href="/act/snow">查看活动规则</a></section>
<div class="cates">{% for c, n in CATS.items() %}<a href="/search?cat={{ c }}">{{ n }}</a>{% endfor %}</div>
{% for c, n in CATS.items() %}<section class="sec"><h2>{{ n }}<a href="/search?cat={{ c }}">全部</a></h2><ul class="gs">{% for i in pick[c] %}{{ card(i) }}{% endfor %}</ul></section>{% endfor %}{% endblock %}
{% block after %}<div class="mask" id="gift" role="dialog" aria-label="新客礼包"><div class="lay"><button class="x" type="button" aria-label="关闭">×</button><p>新客礼包</p><strong>共 120 元优惠券</strong><p>酒店 60 元、门票 20 元、装备 40 元</p><p><a class="btn" href="/register?from=gift">注册领取</a></p><p class="hint"><a href="/news/gift">礼包说明</a></p></div></div>
<div class="mask" id="keep" role="dialog" aria-label="确认"><div class="lay"><button class="x" type="button" aria-label="关闭">×</button><p>确定放弃 120 元新客礼包吗？</p><p><button class="btn stay" type="button">继续领取</button></p><p><button class="btn b3 leave" type="button">放弃礼包</button></p></div></div>{% endblock %}"""

T[
    "search"
] = """{% extends 'base' %}{% from 'cards' import card %}{% block title %}{{ q or CATS.get(cat) or '全部' }} - 游行记{% endblock %}
{% block main %}<p class="hint">{% if cat %}{{ CATS[cat] }} · {% endif %}{% if q %}“{{ q }}” · {% endif %}共 {{ total }} 件，综合排列考虑文字相关度、销量、评分，不考虑个人特征</p>
<div class="tabs" role="tablist" aria-label="排序">{% for k, v in SORTS.items() %}<a role="tab" class="{{ 'on' if sort == k }}" {% if sort == k %}aria-selected="true"{% endif %} href="{{ link(sort=k, page=1) }}">{{ v[0] }}</a>{% endfor %}</div>
{% if rows %}<ul class="gs results">{% for i, ad in rows %}{{ card(i, ad) }}{% endfor %}</ul>{% else %}<div class="box">没有找到相关商品，换一个词试试。</div>{% endif %}
<div class="pg">{% if page > 1 %}<a href="{{ link(page=page-1) }}">上一页</a>{% endif %}{% for p in range(1, pages + 1) %}{% if p == page %}<b>{{ p }}</b>{% else %}<a href="{{ link(page=p) }}">{{ p }}</a>{% endif %}{% endfor %}{% if page < pages %}<a href="{{ link(page=page+1) }}">下一页</a>{% endif %}</div>{% endblock %}"""

T[
    "item"
] = """{% extends 'base' %}{% block title %}{{ i.title }} - 游行记{% endblock %}{% block bodycls %}hasbar{% endblock %}
{% block main %}<div class="box two"><img class="pic" src="/pic/{{ i.id }}.svg" alt="{{ i.title }}"><div><h1>{{ i.title }}</h1>
<p>{% if i.self %}<span class="tg">游行记自营</span>由{{ COMPANY }}{{ {'tour':'组织、接待','gear':'销售'}[i.cat] if not i.deposit else '出租' }}{% else %}店铺：<a href="/shop/{{ i.shop }}">{{ i.shopname }}</a>{% endif %}{% if i.snow %} <span class="tg">冰雪温泉季</span>{% endif %}{% if i.cat == 'gear' and not i.deposit %} <span class="tg">七天无理由退货</span>{% endif %}</p>
<p><span class="price js-price">¥{{ i.price }}</span>{{ i.unit }}　<span class="hint">已售 {{ i.sales }}　{% if i.score %}评分 {{ i.score }}（{{ i.reviews|length }} 条评价）{% else %}评价积累中{% endif %} <a href="/doc/review" target="_blank">评价规则</a></span></p>
<form action="{{ '/cart/add' if i.cat == 'gear' and not i.deposit else '/book' }}" method="{{ 'post' if i.cat == 'gear' and not i.deposit else 'get' }}"><input type="hidden" name="id" value="{{ i.id }}">
<div class="opts" role="radiogroup" aria-label="选择">{% for o in i.options %}<label><input type="radio" name="opt" value="{{ o.k }}" data-p="{{ o.price }}" data-rule="{{ rule(i, o) }}" {{ 'checked' if o.k == 0 }}> {{ o.name }}{% if o.rate %} <small>{{ o.rate }}</small>{% endif %}<b>¥{{ o.price }}</b></label>{% endfor %}</div>
{% if i.cat == 'hotel' or i.deposit %}<p>{{ '入住' if i.cat == 'hotel' else '起租' }} <input type="date" name="d1" data-cal min="{{ today }}" value="{{ d1 }}"> {{ '离店' if i.cat == 'hotel' else '归还' }} <input type="date" name="d2" data-cal min="{{ today }}" value="{{ d2 }}"></p>{% elif i.cat in ('ticket', 'tour') %}<p>使用日期 <input type="date" name="d1" data-cal min="{{ today }}" value="{{ d1 }}"></p>{% endif %}
{% if i.cat != 'hotel' %}<p>数量 <input type="number" name="n" value="1" min="1" max="9" style="width:90px"></p>{% endif %}
<p class="hint js-rule">{{ rule(i, i.options[0]) }}</p>
{% if i.deposit %}<div class="dep"><h3>押金 ¥{{ i.deposit }} / 件（与租金分开，归还后退还）</h3>担保归还和使用不当造成的维修费；归还验收通过之日起三个工作日内原路全额退还，不收手续费。</div>{% endif %}
<div class="bar">{% if i.cat == 'gear' and not i.deposit %}<button class="btn b2" name="then" value="cart">加入购物车</button><button class="btn" name="then" value="buy">立即购买</button>{% else %}<span class="sum js-price">¥{{ i.price }}</span><button class="btn">立即预订</button>{% endif %}</div></form>
<p class="hint"><a href="/complaint?kind=举报&amp;item={{ i.id }}">举报此商品</a>　<a href="/complaint?kind=投诉&amp;item={{ i.id }}">投诉</a></p></div></div>
<div class="box"><h2>商品说明</h2>{% for p in desc %}<p>{{ p }}</p>{% endfor %}</div>
<div class="box" id="reviews"><h2>评价（{{ i.reviews|length }}）</h2><p class="hint"><a href="?low=0#reviews">全部，按时间由近到远</a>　<a href="?low=1#reviews">只看差评</a>　<a href="/doc/review" target="_blank">评分怎样计算</a></p>{% for r in reviews %}<div class="rv" id="{{ r.id }}">{{ '★' * r.stars }}{{ '☆' * (5 - r.stars) }} {{ r.text }}<br><small>{{ r.who }}　{{ r.date }}　所购：{{ r.sku }}</small></div>{% endfor %}</div>{% endblock %}"""

T[
    "book"
] = """{% extends 'base' %}{% block title %}填写订单 - 游行记{% endblock %}{% block bodycls %}hasbar{% endblock %}
{% block main %}<h1 style="margin-top:14px">填写订单</h1>{% if err %}<div class="er">{{ err }}</div>{% endif %}
<form method="post" action="/book" data-sum data-base="{{ base }}" data-n="{{ n }}"><input type="hidden" name="id" value="{{ i.id }}"><input type="hidden" name="opt" value="{{ o.k }}"><input type="hidden" name="d1" value="{{ d1 }}"><input type="hidden" name="d2" value="{{ d2 }}"><input type="hidden" name="n" value="{{ n }}">
<div class="box"><b>{{ i.title }}</b><br>{{ o.name }}{% if o.rate %}（{{ o.rate }}）{% endif %}　{{ d1 }}{% if d2 %} 至 {{ d2 }}，共 {{ days }} {{ '晚' if i.cat == 'hotel' else '日' }}{% endif %}{% if i.cat != 'hotel' %}　× {{ n }}{% endif %}<br><span class="hint">{{ '由 ' + i.shopname + ' 提供' if not i.self else '由 ' + COMPANY + '（游行记自营）提供' }}</span></div>
{% if i.deposit %}<div class="dep"><h3>押金 ¥{{ i.deposit * n }}（不计入租金，归还后退还）</h3><b>担保范围：</b>装备没有归还，或者因使用不当损坏而产生的维修费。<br><b>退还条件：</b>装备归还且没有使用不当造成的损坏，全额退还；正常磨损不扣。<br><b>退还方式：</b>原支付账户退回，不收手续费。<br><b>退还程序：</b>寄回或者送回后系统自动发起，二十四小时内验收，验收通过之日起三个工作日内到账。</div>{% endif %}
{% if covers %}<div class="box"><h2>出行保障 <small class="hint">可选，不选不影响预订</small></h2><div class="opts" role="radiogroup" aria-label="出行保障">{% for k, name, p, txt in covers %}<label><input type="radio" name="cover" value="{{ k }}" data-name="{{ name }}" data-price="{{ p }}" data-per="1" {{ 'checked' if k == cover }}> {{ name }}{% if p %}<b>¥{{ p }}/{{ '间' if i.cat == 'hotel' else '人' }}</b><br><small>{{ txt }}。山城财产保险股份有限公司承保，渝安达保险代理有限公司销售。<a href="/ins/{{ k }}" target="_blank">保障详情</a></small>{% else %}<b>¥0</b>{% endif %}</label>{% endfor %}</div></div>{% endif %}
{% if extras %}<div class="box"><h2>附加服务 <small class="hint">可选</small></h2><div class="opts">{% for k, name, p, who in extras %}<label><input type="checkbox" name="extra" value="{{ k }}" data-name="{{ name }}" data-price="{{ p }}"> {{ name }}<b>¥{{ p }}</b><br><small>{{ who }}，可不选。<a href="/ins/{{ k }}" target="_blank">服务详情</a></small></label>{% endfor %}</div></div>{% endif %}
<div class="box"><h2>{{ {'hotel':'入住人','ticket':'出行人','tour':'出行人'}.get(i.cat, '收货人') }}</h2><label class="f"><span>姓名</span><input type="text" name="name" required value="{{ form.name or '' }}"></label><label class="f"><span>手机号</span><input type="tel" name="tel" required value="{{ form.tel or '' }}"></label>{% if i.realname %}<label class="f"><span>身份证件号码（景区实名入园核验，仅用于出票）</span><input type="text" name="idno" required value="{{ form.idno or '' }}"></label><p><label><input type="checkbox" name="idok" value="1" required> 我同意游行记为出票处理上述身份证件号码（敏感个人信息）</label></p>{% endif %}{% if i.deposit %}<label class="f"><span>收货地址</span><input type="text" name="addr" required value="{{ form.addr or '' }}"></label>{% endif %}</div>
<div class="box"><h2>费用</h2><table class="lines"><tbody>{% for a, b in lines %}<tr><td>{{ a }}</td><td>¥{{ '%.2f'|format(b) }}</td></tr>{% endfor %}{% if dc %}<tr class="js-line"><td>{{ dc[1] }}{% if n > 1 %} × {{ n }}{% endif %}</td><td>¥{{ '%.2f'|format(dc[2] * n) }}</td></tr>{% endif %}<tr class="sum"><td>合计</td><td class="js-total">¥{{ '%.2f'|format(total) }}</td></tr></tbody></table>
<div class="warn"><b>取消与退款：</b>{{ rule(i, o) }}</div>
{% if risk %}<div class="warn"><b>安全提示：</b>{{ risk }}</div>{% endif %}
<p class="hint">提交即与{{ i.shopname }}订立合同，三十分钟内未付款自动关闭。相关规则：<a href="/doc/booking" target="_blank">预订与退改规则</a>{% if i.deposit %}、<a href="/doc/rental" target="_blank">装备租赁与押金规则</a>{% endif %}</p>
<div class="bar"><div><span class="sum js-total">¥{{ '%.2f'|format(total) }}</span><small class="js-incl">{% if dc %}已含：{{ dc[1] }} ¥{{ dc[2] * n }}（可不选）{% else %}未选附加服务{% endif %}</small><small>{% if i.deposit %}含押金 ¥{{ i.deposit * n }}，归还后退还{% elif o.locked %}付款后不支持取消、修改和自行退款{% else %}{{ {'hotel':'入住前一日18:00前免费取消','ticket':'未使用可全额退','tour':'出发前三日免费取消'}.get(i.cat, '') }}{% endif %}</small></div><button class="btn">提交订单</button></div></div></form>{% endblock %}"""

T["cart"] = (
    """{% extends 'base' %}{% block title %}购物车 - 游行记{% endblock %}{% block main %}<div class="box"><h1>购物车</h1>{% if rows %}<table class="grid"><tr><th>商品</th><th>规格</th><th>单价</th><th>数量</th><th></th></tr>{% for k, i, o, n in rows %}<tr><td><a href="/item/{{ i.id }}">{{ i.title }}</a></td><td>{{ o.name }}</td><td>¥{{ o.price }}</td><td>{{ n }}</td><td><form method="post" action="/cart/del"><input type="hidden" name="k" value="{{ k }}"><button class="btn b3" style="padding:4px 12px;font-size:14px">删除</button></form></td></tr>{% endfor %}</table><p>商品合计 <span class="price">¥{{ '%.2f'|format(sum) }}</span>（不含邮费）</p><p><a class="btn" href="/checkout">去结算</a></p>{% else %}<p>购物车里还没有装备商品。<a href="/search?cat=gear">去看看</a></p>{% endif %}</div>{% endblock %}"""
)

T[
    "checkout"
] = """{% extends 'base' %}{% block title %}结算 - 游行记{% endblock %}{% block bodycls %}hasbar{% endblock %}{% block main %}<h1 style="margin-top:14px">结算</h1>{% if err %}<div class="er">{{ err }}</div>{% endif %}
<form method="post" data-sum data-base="{{ total }}" data-n="1"><div class="box"><h2>商品</h2>{% for k, i, o, n in rows %}<p>{{ i.title }}　{{ o.name }}　¥{{ o.price }} × {{ n }}　<span class="hint">{{ i.shopname }}</span></p>{% endfor %}</div>
<div class="box"><h2>附加服务 <small class="hint">可选</small></h2><div class="opts"><label><input type="checkbox" name="freight" value="1" data-name="退货运费险" data-price="1.5"> 退货运费险<b>¥1.50</b><br><small>山城财产保险股份有限公司承保，渝安达保险代理有限公司销售，可不选。<a href="/ins/freight" target="_blank">保障详情</a></small></label></div></div>
<div class="box"><h2>收货人</h2><label class="f"><span>姓名</span><input type="text" name="name" required></label><label class="f"><span>手机号</span><input type="tel" name="tel" required></label><label class="f"><span>地址</span><input type="text" name="addr" required></label></div>
<div class="box"><h2>费用</h2><table class="lines"><tbody><tr><td>商品</td><td>¥{{ '%.2f'|format(goods) }}</td></tr><tr><td>邮费（满 99 元包邮）</td><td>¥{{ '%.2f'|format(post) }}</td></tr><tr class="sum"><td>合计</td><td class="js-total">¥{{ '%.2f'|format(total) }}</td></tr></tbody></table>
<div class="warn"><b>退货与发货：</b>签收次日起七日内可以无理由退货，寄回运费由您承担，质量问题由销售者承担；付款后四十八小时内发货，预售商品按照商品页写明的日期发货。</div>
<div class="bar"><div><span class="sum js-total">¥{{ '%.2f'|format(total) }}</span><small class="js-incl">未选附加服务</small><small>七日无理由退货，寄回运费自理</small></div><button class="btn">提交订单</button></div></div></form>{% endblock %}"""

T["cashier"] = (
    """{% extends 'base' %}{% block title %}收银台 - 游行记{% endblock %}{% block main %}<div class="box"><h1>收银台</h1><p>订单号 {{ o.no }}，请在三十分钟内付款</p><p>{{ o.title }}</p><table class="lines"><tbody>{% for a, b in o.lines %}<tr><td>{{ a }}</td><td>¥{{ '%.2f'|format(b) }}</td></tr>{% endfor %}<tr class="sum"><td>应付</td><td>¥{{ '%.2f'|format(o.total) }}</td></tr></tbody></table><div class="warn"><b>取消与退款：</b>{{ o.rule }}</div>{% if err %}<div class="er">{{ err }}</div>{% endif %}<form method="post"><div class="opts"><label><input type="radio" name="way" value="bank" checked> 银行卡（银泓支付）</label><label><input type="radio" name="way" value="wallet"> 电子钱包（银泓支付）</label></div><button class="btn">确认支付 ¥{{ '%.2f'|format(o.total) }}</button></form></div>{% endblock %}"""
)

T[
    "register"
] = """{% extends 'base' %}{% block title %}注册 - 游行记{% endblock %}{% block main %}<div class="box" style="max-width:560px;margin-left:auto;margin-right:auto"><h1>注册游行记</h1>{% if err %}<div class="er">{{ err }}</div>{% endif %}
<form method="post"><label class="f"><span>手机号</span><input type="tel" name="tel" required value="{{ form.tel or '' }}" autocomplete="tel"></label><label class="f"><span>验证码</span><input type="text" name="code" required value="{{ form.code or '' }}" style="width:160px"></label><button class="btn b3 js-code" type="button" style="padding:7px 14px;font-size:14px">获取验证码</button><label class="f"><span>密码（8 位以上）</span><input type="password" name="pw" required minlength="8" autocomplete="new-password"></label>
<div class="warn"><b>请留意：</b>注册和保留账户<b>免费</b>；注册只需要手机号，用于识别账户；订单的<b>退改条件在每次提交前列明</b>；因我们或者商户的过错给您造成损失的，<b>依法赔偿</b>；发生争议可以协商、投诉、调解或者起诉。</div>
<p><input type="checkbox" id="agree" name="agree" value="1"> <label for="agree">我已阅读并同意</label> <a class="js-doc" data-slug="agreement" href="/doc/agreement" target="_blank">《用户服务协议》</a> <a class="js-doc" data-slug="privacy" href="/doc/privacy" target="_blank">《隐私政策》</a></p>
<p><input type="checkbox" id="mk" name="mk" value="1"> <label for="mk">（可选）同意接收优惠活动短信，可以随时退订</label></p>
<button class="btn">同意并注册</button></form><p>已有账户，<a href="/login">登录</a></p></div>{% endblock %}
{% block after %}<div class="mask" id="doclay" role="dialog" aria-label="协议"><div class="big"><button class="x" type="button" aria-label="关闭">×</button><div class="tb"><button type="button" data-slug="agreement">用户服务协议</button><button type="button" data-slug="privacy">隐私政策</button></div><div class="bd" tabindex="0"></div></div></div>{% endblock %}"""

T["login"] = (
    """{% extends 'base' %}{% block title %}登录 - 游行记{% endblock %}{% block main %}<div class="box" style="max-width:560px;margin-left:auto;margin-right:auto"><h1>登录</h1>{% if err %}<div class="er">{{ err }}</div>{% endif %}<form method="post"><input type="hidden" name="next" value="{{ nxt }}"><label class="f"><span>手机号</span><input type="tel" name="tel" required></label><label class="f"><span>密码或者短信验证码</span><input type="password" name="pw" required></label><button class="btn b3 js-code" type="button" style="padding:7px 14px;font-size:14px">获取验证码</button><p><button class="btn">登录</button></p></form><p>没有账户，<a href="/register">免费注册</a></p></div>{% endblock %}"""
)

T["plain"] = (
    """{% extends 'base' %}{% block title %}{{ title }} - 游行记{% endblock %}{% block main %}<div class="box"><h1>{{ title }}</h1>{% if ok %}<div class="ok">{{ ok }}</div>{% endif %}{% if err %}<div class="er">{{ err }}</div>{% endif %}{{ body|safe }}</div>{% endblock %}"""
)

T["doc"] = (
    """{% extends 'base' %}{% block title %}{{ title }} - 游行记{% endblock %}{% block main %}<article class="doc"><div class="tools"><a href="/download/{{ slug }}.txt" download>下载全文（TXT）</a><button type="button" class="js-print">打印</button><a href="/rules">规则中心</a></div>{% if framed %}<iframe class="rule" src="/embed/{{ slug }}" title="{{ title }}"></iframe>{% else %}<h1>{{ title }}</h1>{{ body|safe }}{% endif %}</article>{{ more|safe }}{% endblock %}"""
)

T["embed"] = (
    """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ title }}</title><link rel="stylesheet" href="/s/yx.css"></head><body style="background:#fff"><article class="doc" style="margin:0;max-width:none"><h1>{{ title }}</h1>{{ body|safe }}</article></body></html>"""
)


# ---------------------------------------------------------------- app


def rule(i, o):
    """The sentence on cancelling that stands beside the button."""
    if o["locked"]:
        return f"{o['rate']}，付款后不支持取消、修改和自行退款。"
    if i["deposit"]:
        return "起租前一日 18:00 以前取消全额退款；之后取消扣除一日租金，其余租金和押金退回。"
    return {
        "hotel": "入住前一日 18:00 以前免费取消；之后取消扣除首晚房费的 50%，其余退回。",
        "ticket": "使用日 24:00 以前未使用的，可以全额退款。",
        "tour": "出发前三日以前全额退款；前二日至前一日扣除团费的 20%；当日扣除已经实际发生的车位和门票费用。",
        "gear": "签收次日起七日内可以无理由退货，寄回运费由您承担，质量问题由销售者承担。",
    }[i["cat"]]


def risk(i):
    if set(i["tags"]) & {"滑雪", "徒步", "骑行"}:
        return "本项目有一定危险性。高血压、心脏病、癫痫患者和孕妇不宜参加，请按照工作人员的指示使用护具。"
    return ""


def desc(i):
    p = i["place"]
    if i["cat"] == "hotel":
        return [
            f"{i['title']}位于{p}，{'、'.join(i['tags'][1:])}。入住 14:00 以后，离店 12:00 以前。",
            "房间面积 24—46 平方米，含无线网络、热水和洗漱用品。房型、床型以所选选项为准。",
            "加床 100 元/晚，需要时请在到店前联系酒店，到店后按照此标准支付。",
            "押金：本酒店入住不收押金。",
        ]
    if i["cat"] == "ticket":
        return [
            f"{i['title']}，景区位于{p}。开放时间 9:00—17:30（夜间项目以场次为准）。",
            "入园方式：二维码或者身份证。二维码遗失可以重新发送。",
            "优惠政策：身高 1.2 米以下儿童、70 周岁以上老人凭证免票，无需购票。",
        ] + ([risk(i)] if risk(i) else [])
    if i["cat"] == "tour":
        return (
            [
                f"行程：8:00 观音桥集合，乘空调旅游车前往{p}，游览 5—6 小时，18:30 左右返回观音桥。",
                "费用包含：往返车费、行程内首道门票、持证导游服务、旅行社责任保险。不含午餐和个人消费。",
                "全程没有购物店，没有自费项目。最少成团 8 人，不成团的最迟在出发前二日通知，可以改期、换线或者全额退款。",
            ]
            + (
                [f"本行程由{COMPANY}组织、接待，导游由本公司委派。"]
                if i["self"]
                else [f"本行程由{SHOPS[i['shop']][1]}组织、接待，旅行社业务经营许可证编号 L-CQ-01172。"]
            )
            + ([risk(i)] if risk(i) else [])
        )
    if i["deposit"]:
        return [
            "按日出租，起租前一日寄到或者到店自取。租金按照实际天数计算。",
            f"押金 {i['deposit']} 元，只担保归还和使用不当造成的维修费，归还验收通过之日起三个工作日内原路退还。",
            "每次归还后消毒、检修。",
        ]
    return [
        f"{i['title']}，规格：{'、'.join(o['name'] for o in i['options'])}。",
        "付款后四十八小时内发货"
        + ("（本商品为预售，2026年12月15日以前发货）。" if "预售" in i["title"] else "。")
        + "满 99 元包邮。",
        "签收次日起七日内可以无理由退货。出现质量问题，十五日内换货，一年内免费维修。",
        f"销售者：{SHOPS[i['shop']][1]}。",
    ]


def rate(it):
    it["score"] = (
        round(sum(r["stars"] for r in it["reviews"]) / len(it["reviews"]) + 1e-9, 1)
        if len(it["reviews"]) >= 5
        else None
    )


def make_app():
    for it in GOODS:
        it["reviews"] = list(it["base"])
        rate(it)
    app = Flask("youxing")
    app.jinja_loader = DictLoader(T)
    Bag(app, "yx_sid", lambda: {"user": None, "cart": {}})
    users = {
        a["user"]: {
            "pw": a["password"],
            "nick": "",
            "mk": False,
            "orders": [],
            "close": None,
            "people": [],
            "points": 0,
            "vip": None,
        }
        for a in ACCOUNTS
    }
    seq = {"n": 26112600417, "c": 300}
    orders = {}

    def old(user, no, iid, opt, date, state, total, note=""):
        i = BY[iid]
        o = {
            "no": no,
            "item": i,
            "title": f"{i['title']} {i['options'][opt]['name']}",
            "date": date,
            "state": state,
            "total": total,
            "lines": [(i["title"], total)],
            "rule": rule(i, i["options"][opt]),
            "note": note,
            "user": user,
            "deposit": i["deposit"],
        }
        orders[no] = o
        users[user]["orders"].append(no)

    def find(t):
        return next(i["id"] for i in GOODS if i["title"] == t)

    aged = ACCOUNTS[1]["user"]
    old(aged, "22091500118", find("风塔 45 升双肩旅行背包"), 0, "2022-09-15", "已完成", 239)
    old(aged, "25050203371", find("解放碑云岭大酒店"), 0, "2025-05-02", "已完成", 428)
    old(
        aged,
        "26102007755",
        find("运动相机（租赁，按日）"),
        0,
        "2026-10-20",
        "已归还，押金待退",
        1135,
        "押金 ¥1,000：2026-11-25 签收，验收中，预计 2026-11-30 以前退回",
    )
    old(
        aged,
        "26110804210",
        find("野径碳纤维登山杖一对"),
        0,
        "2026-11-08",
        "商户拒绝退货",
        269,
        "商户答复：已使用，不同意退货。",
    )
    users[aged].update(nick="磁器口老周", points=1260, people=["周**  手机 159****1166"])

    @app.context_processor
    def ctx():
        return dict(
            CATS=CATS,
            MEGA=MEGA,
            COMPANY=COMPANY,
            PHONE=PHONE,
            me=g.bag["user"],
            ncart=sum(g.bag["cart"].values()),
            SORTS=SORTS,
            rule=rule,
            today=TODAY.isoformat(),
        )

    def me():
        return users.get(g.bag["user"])

    def need():
        if not me():
            return redirect(url_for("login", next=request.full_path.rstrip("?") if request.method == "GET" else "/my"))

    def plain(title, body, **kw):
        return render_template("plain", title=title, body=body, **kw)

    @app.get("/s/yx.css")
    def css():
        return Response(CSS, mimetype="text/css")

    @app.get("/s/yx.js")
    def js():
        return Response(JS, mimetype="text/javascript")

    @app.get("/adx/imp")
    def imp():
        return Response(
            b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
            mimetype="image/gif",
        )

    @app.get("/pic/<int:n>.svg")
    def pic(n):
        h = (n * 47) % 360
        peak = 40 + n * 13 % 60
        return Response(
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 260'><rect width='400' height='260' fill='hsl({h},38%,78%)'/><circle cx='{60 + n * 31 % 280}' cy='60' r='26' fill='#fff8dc'/>"
            f"<path d='M0 260 L{80 + n % 50} {peak} L210 220 L{280 + n % 40} {peak + 30} L400 240 V260Z' fill='hsl({(h + 40) % 360},32%,46%)'/><rect y='235' width='400' height='25' fill='hsl({h},30%,34%)'/></svg>",
            mimetype="image/svg+xml",
        )

    # ---- home, search, item, shop

    @app.get("/")
    def home():
        pick = {c: sorted((i for i in GOODS if i["cat"] == c), key=lambda i: -blend(i))[:4] for c in CATS}
        return render_template("home", pick=pick)

    @app.get("/search")
    def search():
        q, cat, sort = request.args.get("q", "").strip(), request.args.get("cat", ""), request.args.get("sort", "zh")
        cat = cat if cat in CATS else ""
        sort = sort if sort in SORTS else "zh"
        found = sorted(search_goods(q, cat), key=lambda i: (SORTS[sort][1](i), i["id"]))
        pages = max(1, -(-len(found) // PER))
        page = min(max(1, request.args.get("page", 1, type=int)), pages)
        rows = [(i, None) for i in found[(page - 1) * PER : page * PER]]
        if sort == "zh":
            paid = [i for i in found if i["ad"]]
            for pos, i in zip((1, 6), paid[(page - 1) * 2 : (page - 1) * 2 + 2]):
                rows.insert(
                    min(pos, len(rows)), (i, {"adid": i["ad"][0], "cid": i["ad"][1], "click": secrets.token_hex(5)})
                )

        def link(**kw):
            a = {"q": q, "cat": cat, "sort": sort, "page": page} | kw
            return url_for("search", **{k: v for k, v in a.items() if v not in ("", None)})

        return render_template(
            "search", q=q, cat=cat, sort=sort, rows=rows, page=page, pages=pages, total=len(found), link=link
        )

    @app.get("/item/<int:iid>")
    def item(iid):
        i = BY.get(iid) or abort(404)
        rv = [r for r in i["reviews"] if r["stars"] <= 3] if request.args.get("low") == "1" else i["reviews"]
        return render_template(
            "item",
            i=i,
            desc=desc(i),
            reviews=rv,
            d1=(TODAY + dt.timedelta(days=3)).isoformat(),
            d2=(TODAY + dt.timedelta(days=4)).isoformat(),
        )

    @app.get("/shop/<sid>")
    def shop(sid):
        if sid not in SHOPS:
            abort(404)
        name, firm, code, own, score = SHOPS[sid]
        mine = "".join(
            f"<li><a href='/item/{i['id']}'>{i['title']}</a>　¥{i['price']}　已售 {i['sales']}　{str(i['score']) + ' 分' if i['score'] else '评价积累中'}</li>"
            for i in GOODS
            if i["shop"] == sid
        )
        more = {
            "s2": "特种行业许可证：渝公特旅字第 0108-2231 号",
            "s3": "特种行业许可证：渝公特旅字第 0108-3907 号",
            "s4": "旅游景区经营授权书：武隆旅授 2025-11 号",
            "s6": "旅行社业务经营许可证：L-CQ-01172",
        }.get(sid, "")
        return plain(
            name,
            f"<p>店铺评分 {score}（商品评分 60%、服务响应 20%、售后纠纷率 20%，<a href='/doc/review' target='_blank'>怎样计算</a>）</p><p>经营者：{firm}<br>统一社会信用代码：{code}<br>{more}</p><p><a href='/complaint?kind=举报&amp;shop={sid}'>举报店铺</a>　<a href='/complaint?kind=投诉&amp;shop={sid}'>投诉</a></p><h2>全部商品</h2><ul>{mine}</ul>",
        )

    # ---- order form of rooms, tickets, tours and rentals

    def bookargs(src):
        i = BY.get(src.get("id", type=int)) or abort(404)
        k = src.get("opt", 0, type=int)
        o = i["options"][k if 0 <= k < len(i["options"]) else 0]
        n = min(max(1, src.get("n", 1, type=int)), 9)

        def day(v, d):
            try:
                return dt.date.fromisoformat(v)
            except (TypeError, ValueError):
                return d

        d1 = day(src.get("d1"), TODAY + dt.timedelta(days=3))
        span = i["cat"] == "hotel" or i["deposit"]
        d2 = max(day(src.get("d2"), d1 + dt.timedelta(days=1)), d1 + dt.timedelta(days=1)) if span else None
        days = (d2 - d1).days if span else 1
        lines = [
            (
                ("房费" if i["cat"] == "hotel" else "租金" if i["deposit"] else i["catname"])
                + (f" {days} {'晚' if i['cat'] == 'hotel' else '日'}" if span else "")
                + (f" × {n}" if n > 1 else ""),
                o["price"] * days * n,
            )
        ]
        if i["deposit"]:
            lines.append(("押金（归还后退还）", i["deposit"] * n))
        kind = "rent" if i["deposit"] else i["cat"]
        return dict(
            i=i,
            o=o,
            n=n,
            d1=d1.isoformat(),
            d2=d2.isoformat() if d2 else "",
            days=days,
            lines=lines,
            base=sum(b for _, b in lines),
            covers=COVERS.get(kind, []),
            extras=EXTRAS.get(kind, []),
            risk=risk(i),
            kind=kind,
        )

    @app.route("/book", methods=["GET", "POST"])
    def book():
        if request.method == "GET" and not request.args.get("id"):
            return redirect("/")
        b = bookargs(request.values)
        if r := need():
            return r
        i, form, err = b["i"], request.form, ""
        if i["cat"] == "gear" and not i["deposit"]:
            return redirect(f"/item/{i['id']}")
        if request.method == "POST":
            if not (form.get("name") and form.get("tel")) or (
                i["realname"] and not (form.get("idno") and form.get("idok"))
            ):
                err = "请填写完整的信息。"
            else:
                lines, total = list(b["lines"]), b["base"]
                for k, name, p, _ in b["covers"]:
                    if k == form.get("cover") and p:
                        lines.append((name, p * b["n"]))
                        total += p * b["n"]
                for k, name, p, _ in b["extras"]:
                    if k in form.getlist("extra"):
                        lines.append((name, p))
                        total += p
                return redirect(f"/cashier/{place(i, b['o'], lines, total, rule(i, b['o']), i['deposit'])}")
        cover = form.get("cover") or DEFAULT_COVER.get(b["kind"], "")
        dc = next((c for c in b["covers"] if c[0] == cover and c[2]), None)
        return render_template(
            "book",
            form=form,
            err=err,
            cover=cover,
            dc=dc,
            total=b["base"] + (dc[2] * b["n"] if dc else 0),
            **{k: v for k, v in b.items() if k != "kind"},
        )

    def place(i, o, lines, total, rl, deposit=0, title=None):
        seq["n"] += 1
        no = str(seq["n"])
        orders[no] = {
            "no": no,
            "item": i,
            "title": title or f"{i['title']} {o['name']}",
            "date": TODAY.isoformat(),
            "state": "待付款",
            "total": total,
            "lines": lines,
            "rule": rl,
            "note": "",
            "user": g.bag["user"],
            "deposit": deposit,
        }
        me()["orders"].append(no)
        return no

    @app.get("/ins/<k>")
    def ins(k):
        for rows in COVERS.values():
            for kk, name, p, txt in rows:
                if kk == k and p:
                    return plain(
                        name,
                        f"<p>价格：¥{p}</p><p>保障内容：{txt}。</p><p>承保公司：山城财产保险股份有限公司。销售：渝安达保险代理有限公司（保险中介许可证 编号 203866000000814）。</p><p>生效：订单付款成功时。理赔：拨打 023-6718 4420 或者在“我的订单”提交材料，材料齐备后五个工作日内赔付。</p><p>退保：使用日以前可以在“我的订单”单独退，全额退回；主订单退款时一并全额退回。</p><p>自愿购买，不购买不影响预订。</p>",
                    )
        if k in EXTRA_TEXT:
            name = {kk: (nm, p, who) for rows in EXTRAS.values() for kk, nm, p, who in rows} | {
                "freight": ("退货运费险", "1.50", "渝安达保险代理有限公司销售")
            }
            nm, p, who = name[k]
            return plain(nm, f"<p>价格：¥{p}，{who}。</p><p>{EXTRA_TEXT[k]}</p><p>自愿购买，不购买不影响订单。</p>")
        abort(404)

    # ---- cart

    def cartrows():
        out = []
        for k, n in g.bag["cart"].items():
            a, b = map(int, k.split("-"))
            out.append((k, BY[a], BY[a]["options"][b], n))
        return out

    @app.post("/cart/add")
    def cart_add():
        i = BY.get(request.form.get("id", type=int)) or abort(404)
        k = request.form.get("opt", 0, type=int)
        k = k if 0 <= k < len(i["options"]) else 0
        if i["cat"] != "gear" or i["deposit"]:
            return redirect(f"/item/{i['id']}")
        key = f"{i['id']}-{k}"
        g.bag["cart"][key] = min(99, g.bag["cart"].get(key, 0) + min(max(1, request.form.get("n", 1, type=int)), 9))
        return redirect("/checkout" if request.form.get("then") == "buy" else "/cart")

    @app.post("/cart/del")
    def cart_del():
        g.bag["cart"].pop(request.form.get("k", ""), None)
        return redirect("/cart")

    @app.get("/cart")
    def cart():
        rows = cartrows()
        return render_template("cart", rows=rows, sum=sum(o["price"] * n for _, _, o, n in rows))

    @app.route("/checkout", methods=["GET", "POST"])
    def checkout():
        if r := need():
            return r
        rows = cartrows()
        if not rows:
            return redirect("/cart")
        goods = sum(o["price"] * n for _, _, o, n in rows)
        post = 0 if goods >= 99 else 10
        err = ""
        if request.method == "POST":
            if not all(request.form.get(k) for k in ("name", "tel", "addr")):
                err = "请填写收货信息。"
            else:
                lines = [("商品", goods), ("邮费", post)]
                if request.form.get("freight"):
                    lines.append(("退货运费险", 1.5))
                g.bag["cart"] = {}
                return redirect(
                    f"/cashier/{place(rows[0][1], rows[0][2], lines, sum(b for _, b in lines), rule(rows[0][1], rows[0][2]), title='、'.join(i['title'] for _, i, _, _ in rows))}"
                )
        return render_template("checkout", rows=rows, goods=goods, post=post, total=goods + post, err=err)

    @app.route("/cashier/<no>", methods=["GET", "POST"])
    def cashier(no):
        if r := need():
            return r
        o = orders.get(no)
        if not o or o["user"] != g.bag["user"]:
            abort(404)
        return render_template(
            "cashier", o=o, err="支付渠道繁忙，订单已经保留，请稍后再试。" if request.method == "POST" else ""
        )

    # ---- people

    @app.route("/register", methods=["GET", "POST"])
    def register():
        f, err = request.form, ""
        if request.method == "POST":
            tel = f.get("tel", "").strip()
            if not re.fullmatch(r"1\d{10}", tel):
                err = "手机号格式不对。"
            elif tel in users:
                err = "该手机号已经注册，请登录。"
            elif f.get("code") != CODE:
                err = "验证码不对。"
            elif len(f.get("pw", "")) < 8:
                err = "密码至少 8 位。"
            elif not f.get("agree"):
                err = "请阅读并勾选同意协议。"
            else:
                users[tel] = {
                    "pw": f["pw"],
                    "nick": "",
                    "mk": bool(f.get("mk")),
                    "orders": [],
                    "close": None,
                    "people": [],
                    "points": 0,
                    "vip": None,
                }
                g.bag["user"] = tel
                return redirect("/my")
        return render_template("register", form=f, err=err)

    @app.route("/login", methods=["GET", "POST"])
    def login():
        err, nxt = "", request.values.get("next", "/my")
        nxt = nxt if nxt.startswith("/") and not nxt.startswith("//") else "/my"
        if request.method == "POST":
            u = users.get(request.form.get("tel", "").strip())
            if u and request.form.get("pw") in (u["pw"], CODE):
                g.bag["user"] = request.form["tel"].strip()
                return redirect(nxt)
            err = "手机号或者密码不对。"
        return render_template("login", err=err, nxt=nxt)

    @app.get("/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.get("/my")
    def my():
        if r := need():
            return r
        u = me()
        return plain(
            "我的",
            f"<p>{html.escape(u['nick']) or '未设置昵称'}　{g.bag['user'][:3]}****{g.bag['user'][-4:]}　积分 {u['points']}　余额 ¥0.00</p><ul><li><a href='/my/orders'>我的订单</a></li><li><a href='/my/profile'>个人资料</a></li><li><a href='/my/security'>账户与安全</a></li><li><a href='/my/sub'>消息订阅</a></li><li><a href='/my/reviews'>我的评价</a></li><li><a href='/my/deposit'>我的押金</a></li><li><a href='/vip'>会员中心</a></li><li><a href='/complaint'>投诉举报</a></li><li><a href='/dispute'>争议处理</a></li></ul>",
        )

    @app.route("/my/profile", methods=["GET", "POST"])
    def profile():
        if r := need():
            return r
        u, ok = me(), ""
        if request.method == "POST":
            if request.form.get("nick") is not None:
                u["nick"] = request.form["nick"][:20]
            new = request.form.get("tel", "").strip()
            if (
                new
                and new != g.bag["user"]
                and re.fullmatch(r"1\d{10}", new)
                and new not in users
                and request.form.get("code") == CODE
            ):
                users[new] = users.pop(g.bag["user"])
                for no in u["orders"]:
                    orders[no]["user"] = new
                g.bag["user"] = new
            ok = "已经保存，立即生效。"
        return plain(
            "个人资料",
            f"<p>这里可以查询和更正您的信息。</p><form method='post'><label class='f'><span>昵称（选填）</span><input type='text' name='nick' value='{html.escape(u['nick'])}'></label><label class='f'><span>手机号</span><input type='tel' name='tel' value='{g.bag['user']}'></label><label class='f'><span>验证码（更换手机号时填写）</span><input type='text' name='code'></label><button class='btn b2'>保存</button></form><h2>常用出行人</h2>"
            + ("".join(f"<p>{p}</p>" for p in u["people"]) or "<p>没有保存的出行人。</p>"),
            ok=ok,
        )

    @app.get("/my/security")
    def security():
        if r := need():
            return r
        return plain(
            "账户与安全",
            "<ul><li><a href='/my/profile'>更换手机号</a></li><li><a href='/my/data'>个人信息管理（查询、导出、删除）</a></li><li><a href='/my/sub'>消息订阅</a></li><li><a href='/my/close'>注销账户</a></li></ul>",
        )

    @app.route("/my/data", methods=["GET", "POST"])
    def data():
        if r := need():
            return r
        ok = ""
        if request.method == "POST":
            seq["c"] += 1
            ok = (
                f"已经提交，编号 SQ2026{seq['c']}，三个工作日内处理完毕。"
                if request.form.get("act") == "del"
                else f"已经提交，编号 SQ2026{seq['c']}，副本在十五日内以站内消息提供。"
            )
        return plain(
            "个人信息管理",
            "<h2>导出副本</h2><form method='post'><input type='hidden' name='act' value='exp'><button class='btn b2'>申请导出</button></form><h2>删除</h2><form method='post'><input type='hidden' name='act' value='del'><p><label><input type='checkbox' name='w' value='people'> 常用出行人</label>　<label><input type='checkbox' name='w' value='addr'> 收货地址</label>　<label><input type='checkbox' name='w' value='view'> 浏览记录</label></p><button class='btn b2'>删除所选</button></form><p class='hint'>三个工作日内处理完毕；查询与更正见“<a href='/my/profile'>个人资料</a>”。</p>",
            ok=ok,
        )

    @app.route("/my/close", methods=["GET", "POST"])
    def close():
        if r := need():
            return r
        u, ok, err = me(), "", ""
        if request.method == "POST":
            if request.form.get("act") == "undo":
                u["close"], ok = None, "已经撤回注销申请。"
            elif not (request.files.get("photo") and request.files["photo"].filename):
                err = "请上传本人手持身份证的照片。"
            elif request.form.get("code") != CODE:
                err = "验证码不对。"
            elif not request.form.get("sens"):
                err = "请勾选对证件照片的单独同意。"
            else:
                u["close"] = TODAY.isoformat()
        if u["close"]:
            return plain(
                "注销账户",
                "<p>注销申请已经提交，十五个工作日内审核办结。审核完成前可以撤回。</p><form method='post'><input type='hidden' name='act' value='undo'><button class='btn b3'>撤回申请</button></form>",
                ok=ok,
            )
        return plain(
            "注销账户",
            "<p>注销后账户不能恢复；现金余额和押金退回原支付账户，没有使用的积分按照一百积分一元折算退回，年卡按照剩余月数退费；未完成的订单继续履行。除法律要求保存的以外，我们删除您的信息。</p>"
            "<form method='post' enctype='multipart/form-data'><label class='f'><span>本人手持身份证的照片（面部和证件信息清晰，必填）</span><input type='file' name='photo' accept='image/*'></label>"
            "<p><label><input type='checkbox' name='sens' value='1'> 我同意游行记为核对身份处理上述照片（敏感个人信息，办结后七日内删除）</label></p>"
            "<label class='f'><span>手机验证码</span><input type='text' name='code'></label><button class='btn b3 js-code' type='button' style='padding:7px 14px;font-size:14px'>获取验证码</button>"
            "<p><button class='btn b2'>提交注销申请</button>　<a class='btn b3' href='/my/security'>返回</a></p></form><p class='hint'>十五个工作日内人工审核办结。</p>",
            ok=ok,
            err=err,
        )

    @app.route("/my/sub", methods=["GET", "POST"])
    def sub():
        if r := need():
            return r
        u, ok = me(), ""
        if request.method == "POST":
            u["mk"], ok = bool(request.form.get("mk")), "已经保存，立即生效。"
        return plain(
            "消息订阅",
            f"<form method='post'><p><label><input type='checkbox' name='mk' value='1' {'checked' if u['mk'] else ''}> 优惠活动短信</label></p><button class='btn b2'>保存</button></form><p class='hint'>订单、退款等服务通知不受此项影响。</p>",
            ok=ok,
        )

    @app.get("/my/orders")
    def my_orders():
        if r := need():
            return r
        rows = "".join(
            f"<tr><td><a href='/my/order/{n}'>{n}</a></td><td>{orders[n]['title']}</td><td>{orders[n]['date']}</td><td>¥{orders[n]['total']}</td><td>{orders[n]['state']}</td></tr>"
            for n in reversed(me()["orders"])
        )
        return plain(
            "我的订单",
            f"<div class='tbl'><table class='grid'><tr><th>订单号</th><th>商品</th><th>日期</th><th>金额</th><th>状态</th></tr>{rows}</table></div>"
            if rows
            else "<p>还没有订单。</p>",
        )

    @app.route("/my/order/<no>", methods=["GET", "POST"])
    def my_order(no):
        if r := need():
            return r
        o = orders.get(no)
        if not o or o["user"] != g.bag["user"]:
            abort(404)
        ok = ""
        if request.method == "POST":
            seq["c"] += 1
            ok = f"已经提交，编号 TK2026{seq['c']}，商户在二十四小时内答复。"
        acts = (
            f"<a class='btn b2' href='/cashier/{no}'>去付款</a>"
            if o["state"] == "待付款"
            else f"<form method='post' style='display:inline'><button class='btn b3'>申请退款或者退货</button></form> <a class='btn b3' href='/complaint?kind=投诉&amp;order={no}'>申请赔付</a> <a class='btn b3' href='/my/reviews'>评价</a> <a class='btn b2' href='/dispute?order={no}'>申请平台介入</a> <a class='btn b3' href='/complaint?kind=投诉&amp;order={no}'>投诉</a>"
        )
        return plain(
            f"订单 {no}",
            f"<p>{o['title']}　{o['date']}　¥{o['total']}　{o['state']}</p><p>{o['note']}</p><p>销售者：{SHOPS[o['item']['shop']][1]}（统一社会信用代码 {SHOPS[o['item']['shop']][2]}）</p><p>取消与退款：{o['rule']}</p>{acts}",
            ok=ok,
        )

    @app.route("/my/reviews", methods=["GET", "POST"])
    def my_reviews():
        if r := need():
            return r
        u, ok, err = me(), "", ""
        done = [orders[n] for n in u["orders"] if orders[n]["state"] != "待付款"]
        if request.method == "POST":
            o = next((o for o in done if o["no"] == request.form.get("order")), None)
            stars, text = request.form.get("stars", 0, type=int), request.form.get("text", "").strip()
            if not o or not 1 <= stars <= 5:
                err = "请选择订单和评分。"
            elif any(r.get("order") == o["no"] for r in o["item"]["reviews"]):
                err = "这笔订单已经评价过。"
            else:
                seq["c"] += 1
                nick = u["nick"] or "用户"
                o["item"]["reviews"].insert(
                    0,
                    {
                        "id": f"r{o['item']['id']}n{seq['c']}",
                        "who": nick[0] + "***" + nick[-1],
                        "stars": stars,
                        "text": text,
                        "date": TODAY.isoformat(),
                        "sku": o["title"].removeprefix(o["item"]["title"]).strip(),
                        "order": o["no"],
                    },
                )
                rate(o["item"])
                ok = "评价已经公开展示。"
        opts = "".join(f"<option value='{o['no']}'>{o['title']}</option>" for o in done)
        mine = "".join(
            f"<div class='rv'>{'★' * r['stars']} {html.escape(r['text'])}<br><small>{r['date']}　{o['title']}</small></div>"
            for o in done
            for r in o["item"]["reviews"]
            if r.get("order") == o["no"]
        )
        form = (
            f"<form method='post'><label class='f'><span>订单</span><select name='order'>{opts}</select></label><label class='f'><span>评分</span><select name='stars'><option value=''>请选择</option>"
            + "".join(f"<option value='{n}'>{n} 分</option>" for n in (5, 4, 3, 2, 1))
            + "</select></label><label class='f'><span>文字（选填）</span><textarea name='text' rows='4' maxlength='2000'></textarea></label><button class='btn b2'>提交评价</button></form>"
            if done
            else "<p>还没有可以评价的订单。</p>"
        )
        return plain(
            "我的评价",
            mine
            + form
            + "<p class='hint'>评价被隐去时会通知您并说明理由，可以在<a href='/complaint'>投诉举报</a>申诉。<a href='/doc/review' target='_blank'>信用评价规则</a></p>",
            ok=ok,
            err=err,
        )

    @app.route("/my/deposit", methods=["GET", "POST"])
    def deposit():
        if r := need():
            return r
        mine = [orders[n] for n in me()["orders"] if orders[n]["deposit"] and orders[n]["state"] != "待付款"]
        body = (
            "".join(
                f"<p>{o['title']}（订单 {o['no']}）　押金 ¥{o['deposit']}　{o['note']}</p><form method='post'><button class='btn b2'>申请退还</button></form>"
                for o in mine
            )
            or "<p>没有在押的押金。</p>"
        )
        return plain(
            "我的押金",
            body
            + "<p class='hint'>验收通过之日起三个工作日内原路退回，不收手续费。<a href='/doc/rental' target='_blank'>装备租赁与押金规则</a></p>",
            ok="已经提交，验收通过之日起三个工作日内原路退回。" if request.method == "POST" else "",
        )

    @app.route("/vip", methods=["GET", "POST"])
    def vip():
        if request.method == "POST":
            if r := need():
                return r
            if not request.form.get("agree"):
                return plain("行家会员", vip_body(), err="请勾选同意会员服务协议。")
            seq["n"] += 1
            no = str(seq["n"])
            orders[no] = {
                "no": no,
                "item": BY[find("山城步道清晨城市漫游")],
                "title": "行家会员年卡",
                "date": TODAY.isoformat(),
                "state": "待付款",
                "total": 198,
                "lines": [("行家会员年卡 十二个月", 198)],
                "rule": "七日内没有使用权益的全额退；使用过的按剩余月数退。",
                "note": "",
                "user": g.bag["user"],
                "deposit": 0,
            }
            me()["orders"].append(no)
            return redirect(f"/cashier/{no}")
        return plain("行家会员", vip_body())

    def vip_body():
        return (
            "<p>行家会员年卡：酒店行家价房型九五折、每月两张门票满减券、装备商品包邮、专属客服。自愿购买。</p><p class='price'>¥198 / 年</p><form method='post'>"
            "<div class='warn'><b>费用与期限：</b>每年 198 元，期限十二个月。<b>期满：</b>期满之日以前没有提出书面异议的，视为您同意按照原价 198 元续期十二个月，费用从原支付渠道扣收。<b>退卡：</b>七日内没有使用权益的全额退，使用过的按剩余月数退。</div>"
            "<p><input type='checkbox' id='va' name='agree' value='1'> <label for='va'>我已阅读并同意</label> <a href='/doc/member' target='_blank'>《行家会员服务协议》</a></p><button class='btn'>开通年卡 ¥198</button></form><p class='hint'>已经开通的：<a href='/vip/quit'>申请退卡</a></p>"
        )

    @app.get("/vip/quit")
    def quit_():
        if r := need():
            return r
        return plain(
            "申请退卡",
            "<p>当前账户没有有效的年卡。</p><p>七日内没有使用权益的全额退，使用过的按剩余月数退，三个工作日内原路退回。</p>",
        )

    # ---- documents

    @app.get("/rules")
    def rules():
        body = ""
        for grp in ("用户", "商户"):
            body += (
                f"<h2>{grp}</h2><ul>"
                + "".join(
                    f"<li><a href='/doc/{s}'>{n}</a>　<a href='/download/{s}.txt' download>下载</a></li>"
                    for s, (n, gr) in DOCS.items()
                    if gr == grp
                )
                + "</ul>"
            )
        body += "<h2>其他</h2><ul><li><a href='/act/snow'>冰雪温泉季活动规则</a></li><li><a href='/draft'>规则征求意见</a></li><li><a href='/penalties'>商户违规公示</a></li><li><a href='/ip/list'>知识产权公示</a></li><li><a href='/help'>帮助中心</a></li></ul>"
        return plain("规则中心", body)

    @app.get("/doc/<slug>")
    def doc(slug):
        if slug not in DOCS:
            abort(404)
        title, body, _ = load(slug)
        return render_template("doc", title=title, body=body, slug=slug, framed=slug in FRAMED, more="")

    @app.get("/embed/<slug>")
    def embed(slug):
        if slug not in FRAMED:
            abort(404)
        title, body, _ = load(slug)
        return render_template("embed", title=title, body=body)

    @app.get("/part/<slug>")
    def part(slug):
        if slug not in DOCS:
            abort(404)
        title, body, _ = load(slug)
        return f"<h1>{title}</h1>{body}<p><a href='/download/{slug}.txt' download>下载全文（TXT）</a></p>"

    @app.get("/download/<slug>.txt")
    def download(slug):
        if slug not in DOCS and slug not in ("help", "snow", "draft"):
            abort(404)
        r = Response(load(slug)[2], mimetype="text/plain")
        r.headers["Content-Disposition"] = f"attachment; filename={slug}.txt"
        return r

    @app.get("/help")
    def help_():
        title, body, _ = load("help")
        return render_template("doc", title=title, body=body, slug="help", framed=False, more="")

    @app.get("/act/snow")
    def snow():
        title, body, _ = load("snow")
        return render_template(
            "doc",
            title=title,
            body=body,
            slug="snow",
            framed=False,
            more="<p><a href='/search?q=冬季'>查看冬季商品</a></p>",
        )

    @app.route("/draft", methods=["GET", "POST"])
    def draft():
        title, body, _ = load("draft")
        msg = ""
        if request.method == "POST":
            seq["c"] += 1
            msg = (
                f"<div class='ok'>已经收到您的意见，回执编号 YJ2026{seq['c']}。采纳情况在 2026年12月20日以前公布。</div>"
                if request.form.get("text", "").strip()
                else "<div class='er'>请填写意见。</div>"
            )
        more = f"<div class='box' id='say'>{msg}<h2>提交意见</h2><form method='post' action='/draft#say'><label class='f'><span>意见（不超过三千字）</span><textarea name='text' rows='8' maxlength='3000' style='max-width:none'></textarea></label><label class='f'><span>联系方式（选填）</span><input type='text' name='who'></label><button class='btn b2'>提交意见</button></form></div>"
        return render_template("doc", title=title, body=body, slug="draft", framed=False, more=more)

    @app.get("/news")
    def news():
        where = {"draft": "/draft", "snow": "/act/snow"}
        return plain(
            "平台公告",
            "<ul>"
            + "".join(f"<li>{d}　<a href='{where.get(k, '/news/' + k)}'>{t}</a></li>" for k, t, d, _ in NEWS)
            + "</ul>",
        )

    @app.get("/news/<k>")
    def news1(k):
        for kk, t, d, ps in NEWS:
            if kk == k and ps:
                return plain(t, f"<p class='hint'>发布日期：{d}</p>" + "".join(f"<p>{p}</p>" for p in ps))
        abort(404)

    @app.get("/licence")
    def licence():
        rows = [
            ("名称", COMPANY),
            ("统一社会信用代码", USCC),
            ("类型", "有限责任公司（自然人投资或控股）"),
            ("法定代表人", "陶映川"),
            ("住所", "重庆市渝中区化龙桥街道瑞天路56号7幢12层"),
            ("注册资本", "1,200 万元人民币"),
            ("成立日期", "2021年4月19日"),
            ("营业期限", "2021年4月19日至长期"),
            ("登记机关", "重庆市渝中区市场监督管理局"),
            ("经营范围", "互联网信息服务；第二类增值电信业务；旅游业务；户外用品销售；体育用品设备出租；票务代理服务"),
        ]
        return plain(
            "证照信息",
            "<h2>营业执照</h2><table class='grid'>"
            + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows)
            + "</table>"
            "<h2>行政许可与备案</h2><table class='grid'><tr><th>名称</th><th>编号</th><th>有效期</th></tr><tr><td>增值电信业务经营许可证（在线数据处理与交易处理业务、信息服务业务）</td><td>渝B2-20210586</td><td>2026年6月8日至2031年6月7日</td></tr>"
            "<tr><td>互联网信息服务备案</td><td>渝ICP备2021009347号-2</td><td>—</td></tr><tr><td>公安联网备案</td><td>渝公网安备 50010302004718号</td><td>—</td></tr></table>"
            "<p class='hint'>页面所售保险由渝安达保险代理有限公司销售，保险中介许可证编号 203866000000814。</p>"
            "<h2 id='trip'>旅游资质</h2><p style='display:flex;gap:26px'>"
            + "".join(
                f"<span style='text-align:center'><svg width='56' height='56' viewBox='0 0 16 16' aria-hidden='true'><circle cx='8' cy='8' r='7' fill='#0a6250'/><path d='M4 8l3 3 5-6' stroke='#fff' stroke-width='2' fill='none'/></svg><br>{t}</span>"
                for t in ("旅游资质认证", "证照齐全", "放心出行")
            )
            + "</p>",
        )

    @app.get("/penalties")
    def penalties():
        return plain(
            "商户违规公示",
            "<p>依照《商户违规处理规则》，平台在作出决定之日起一个工作日内公示；终止服务的，公示至商户实际终止平台内经营活动之日。</p><div class='tbl'><table class='grid'><tr><th>网店名称</th><th>违法行为</th><th>处理措施</th><th>决定日期</th><th>发布时间</th><th>公示期限</th></tr>"
            + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in PENALTY)
            + "</table></div><p class='hint'><a href='/doc/violation'>商户违规处理规则</a></p>",
        )

    @app.get("/ip")
    def ip():
        return plain(
            "知识产权",
            "<p>平台依法保护知识产权，权利人可以提交通知，商户可以提交声明。</p><ul><li><a href='/doc/ip'>知识产权保护规则</a></li><li><a href='/ip/notice'>知识产权投诉（提交通知）</a></li><li><a href='/ip/notice?kind=声明'>提交不侵权声明</a></li><li><a href='/ip/list'>知识产权公示</a></li></ul><p>邮箱：ipr@youxingji.cn　电话：023-6718 4451（工作日 9:00—18:00）</p>",
        )

    @app.get("/ip/list")
    def iplist():
        return plain(
            "知识产权公示",
            "<div class='tbl'><table class='grid'><tr><th>编号</th><th>通知人</th><th>被通知店铺</th><th>通知</th><th>声明</th><th>处理结果</th><th>公示日期</th></tr>"
            + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in IPROWS)
            + "</table></div><p class='hint'>自然人的姓名依法部分隐去。</p>",
        )

    def ticket_form(title, intro, fields, prefix, done):
        ok = err = ""
        if request.method == "POST":
            if request.form.get("text", "").strip():
                seq["c"] += 1
                ok = f"已经收到，编号 {prefix}2026{seq['c']}。{done}"
            else:
                err = "请填写内容。"
        return plain(
            title,
            intro
            + f"<form method='post' enctype='multipart/form-data'>{fields}<button class='btn b2'>提交</button></form>",
            ok=ok,
            err=err,
        )

    @app.route("/ip/notice", methods=["GET", "POST"])
    def ipnotice():
        k = "声明" if request.args.get("kind") == "声明" else "通知"
        return ticket_form(
            f"知识产权{k}",
            "<p>请按照<a href='/doc/ip'>知识产权保护规则</a>填写。</p>",
            "<label class='f'><span>姓名或者名称</span><input type='text' name='who'></label><label class='f'><span>联系方式</span><input type='text' name='tel'></label><label class='f'><span>商品网址</span><input type='text' name='url'></label><label class='f'><span>权利内容和侵权（不侵权）的初步证据</span><textarea name='text' rows='6'></textarea></label><label class='f'><span>附件</span><input type='file' name='doc' multiple></label>",
            "ZC",
            "一个工作日内处理，材料不齐的一次告知。",
        )

    @app.route("/complaint", methods=["GET", "POST"])
    def complaint():
        a = request.args
        about = html.escape(
            " ".join(f"{n} {a[k]}" for k, n in (("item", "商品"), ("shop", "店铺"), ("order", "订单")) if a.get(k))
        )
        kind = a.get("kind", "投诉")
        return ticket_form(
            "投诉举报",
            f"<p>投诉电话：{PHONE}（每日 8:00—23:00，人工接听）；邮箱：tousu@youxingji.cn；地址：重庆市渝中区化龙桥街道瑞天路56号7幢12层客户权益部。您也可以拨打 12315 或者登录全国 12315 平台。</p><p>两个工作日内受理，十五日内答复处理结果。</p>",
            f"<p><label><input type='radio' name='kind' value='投诉' {'checked' if kind != '举报' else ''}> 投诉（我的权益受到损害）</label>　<label><input type='radio' name='kind' value='举报' {'checked' if kind == '举报' else ''}> 举报（反映违法线索）</label></p><label class='f'><span>涉及的商品、店铺或者订单</span><input type='text' name='about' value='{about}'></label><label class='f'><span>情况说明</span><textarea name='text' rows='6'></textarea></label><label class='f'><span>联系方式</span><input type='text' name='tel'></label><label class='f'><span>证据（图片、视频、文件，可以多选）</span><input type='file' name='doc' multiple></label>",
            "TS",
            "两个工作日内受理，十五日内答复。",
        )

    @app.route("/dispute", methods=["GET", "POST"])
    def dispute():
        no = html.escape(request.args.get("order", ""))
        return ticket_form(
            "争议处理",
            "<p>与商户或者自营协商不成的，可以在这里申请平台处理，自愿参加、免费，全程不超过十五日。也可以直接拨打 12315、申请调解或者起诉。规则见<a href='/doc/dispute' target='_blank'>《争议处理规则》</a>。</p>",
            f"<label class='f'><span>订单号</span><input type='text' name='order' value='{no}'></label><label class='f'><span>事实和请求</span><textarea name='text' rows='6'></textarea></label><label class='f'><span>联系方式</span><input type='text' name='tel'></label><label class='f'><span>证据</span><input type='file' name='doc' multiple></label>",
            "ZY",
            "二十四小时内通知对方，十五日内给出处理意见。",
        )

    return app
