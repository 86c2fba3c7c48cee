"""好物再生: a second-hand market in traditional Chinese. Tables, same-origin frames, GET forms with odd names, dialogs."""

import re

from flask import Flask, Response, abort, g, redirect, render_template_string, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-TW", "second-hand marketplace"
QUERIES = ["相機", "吉他", "單車", "書桌", "手機", "雲岫"]
ACCOUNTS = [
    {"user": "haowu_new", "password": "zaisheng1", "role": "fresh", "holds": "nothing"},
    {"user": "haowu_old", "password": "zaisheng1", "role": "aged", "holds": "2 finished orders, 260 points"},
]
COMPANY, USCC = "廈門好物再生網路科技有限公司", "91350200MA33T6Y14G"
MAKES = [("雲岫", 2.2), ("森野", 1.8), ("白川", 1.1), ("禾日", 0.8), ("小鐵", 0.6)]
WARES = []
for _kind, _base, _notes in [
    ("相機", 5200, ["無反 附鏡頭", "底片機 功能正常", "類單眼 盒單齊全"]),
    ("吉他", 2600, ["民謠 面單板", "電吉他 附音箱", "旅行小吉他"]),
    ("單車", 4300, ["公路車 碳叉", "摺疊 20吋", "登山車 油壓碟煞"]),
    ("書桌", 1500, ["實木 120公分", "升降 電動", "兒童成長型"]),
    ("手機", 6800, ["128G 電池健康91%", "256G 無傷", "64G 備用機"]),
]:
    for _n in range(13):
        _i = 7001 + len(WARES)
        _make, _k = MAKES[(_n * 2 + len(WARES) // 13) % 5]
        WARES.append(
            {
                "gid": _i,
                "make": _make,
                "kind": _kind,
                "name": f"{_make} {_kind} {_notes[_n % 3]} {['九五成新', '九成新', '八成新'][_n % 3]}",
                "price": int(_base * _k * (1 + _n * 5 % 8 / 14)) // 10 * 10,
                "deals": (_i * 191) % 860 + 2,
                "credit": round(4.1 + (_i * 13 % 90) / 100, 2),
                "seller": f"{['阿哲', '小芸', '老林', '美君', '大雄'][_n % 5]}的攤位",
                "ad": _n in (3, 9),
                "seq": (_i * 83) % 97,
            }
        )
WARE = {w["gid"]: w for w in WARES}
SORT = {
    "0": ("預設排序", lambda w: w["seq"]),
    "1": ("價格低→高", lambda w: w["price"]),
    "2": ("價格高→低", lambda w: -w["price"]),
    "3": ("成交量", lambda w: -w["deals"]),
    "4": ("賣家信用", lambda w: -w["credit"]),
}

CSS = """body{margin:0;background:#fbf8f1;color:#2b2620;font:15px/1.6 "PingFang TC","Noto Sans CJK TC","Noto Serif CJK TC",serif}table{border-collapse:collapse}.top{width:100%;background:#4a3b2a;color:#fff}.top td{padding:10px 14px}.top a{color:#fff;margin-right:14px;white-space:nowrap}a{color:#7a3e00}.wrap{max-width:1080px;margin:0 auto;padding:10px}.list{width:100%;background:#fff}.list td,.list th{border:1px solid #d9cfbd;padding:8px;text-align:left;vertical-align:middle}.list th{background:#efe6d4}.list img{width:96px;height:72px;display:block}.yen{color:#a33000;font-weight:bold;white-space:nowrap}.gg{border:1px solid #6b6156;color:#4a4239;font-size:12px;padding:0 3px;margin-right:5px;background:#fff}
input[type=text],input[type=password],input[type=search],select{height:32px;border:1px solid #8d8271;font-size:15px;padding:0 6px;max-width:100%}.b{background:#8a4b00;color:#fff;border:1px solid #5f3400;padding:7px 20px;font-size:15px;cursor:pointer;text-decoration:none;display:inline-block}.b2{background:#f3ecdf;color:#2b2620;border:1px solid #8d8271;padding:7px 20px;font-size:15px;cursor:pointer;text-decoration:none;display:inline-block}iframe{width:100%;border:1px solid #d9cfbd;background:#fff}dialog{border:3px solid #8a4b00;border-radius:8px;max-width:320px;text-align:center;padding:24px}dialog::backdrop{background:rgba(0,0,0,.5)}.menu td{vertical-align:top;padding:8px 16px;border-right:1px solid #d9cfbd}.err{color:#b00020}
@media(max-width:640px){.hide{display:none}.list img{width:64px;height:48px}.list td,.list th{padding:5px}}"""
BASE = (
    """<!DOCTYPE html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ title }} | 好物再生</title><style>"""
    + CSS
    + """</style></head><body>
<table class="top"><tr><td><a href="/index.aspx" style="font-size:22px;font-weight:bold;text-decoration:none">好物再生</a></td><td><form action="/list.aspx" method="get"><input type="search" name="k_w" size="16" value="{{ k_w or '' }}" title="找二手"><input type="hidden" name="px" value="0"> <button class="b" name="go_btn" value="1">找找看</button></form></td></tr>
<tr><td colspan="2">{% if who %}<a href="/member.aspx">會員中心（{{ who }}）</a><a href="/logout.aspx">登出</a>{% else %}<a href="/login.aspx">登入</a><a href="/join.aspx">加入會員</a>{% endif %}<a href="/basket.aspx">購物車（{{ basket }}）</a><a href="/about.aspx?t=agreement">服務協議</a><a href="/about.aspx?t=rules">交易規則</a><a href="/about.aspx?t=privacy">隱私權政策</a><a href="/about.aspx?t=licence">營業執照</a><a href="/about.aspx?t=help">說明中心</a></td></tr></table>
<div class="wrap">%s</div><p style="text-align:center;font-size:13px">"""
    + COMPANY
    + """　閩ICP備20011223號</p></body></html>"""
)
ROWS = """<table class="list"><tr><th>照片</th><th>商品</th><th class="hide">賣家</th><th>價格</th><th>成交／信用</th></tr>{% for w in wares %}<tr{% if w.ad and ads %} data-adid="P{{ w.gid }}"{% endif %}><td><img src="/pic.aspx?gid={{ w.gid }}" alt=""></td><td>{% if w.ad and ads %}<span class="gg">廣告</span><a href="/goods.aspx?gid={{ w.gid }}&ad_id=P{{ w.gid }}&clk_id=q{{ w.gid*3 }}">{{ w.name }}</a>{% else %}<a href="/goods.aspx?gid={{ w.gid }}">{{ w.name }}</a>{% endif %}</td><td class="hide">{{ w.seller }}</td><td class="yen">NT${{ '{:,}'.format(w.price) }}</td><td>{{ w.deals }}筆<br>{{ w.credit }}分</td></tr>{% else %}<tr><td colspan="5">查無商品</td></tr>{% endfor %}</table>"""
INDEX = (
    """<h2>站上公告</h2><iframe src="/frame/notice.htm" height="90" title="站上公告"></iframe><h2>分類</h2><p>{% for k in kinds %}<a class="b2" href="/list.aspx?k_w={{ k }}&px=0">{{ k }}</a> {% endfor %}</p><h2>新上架</h2>"""
    + ROWS
    + """
<dialog id="dlg" aria-label="年終大掃除"><h2>年終大掃除</h2><p>全站相機 85 折起<br>只到月底</p><form method="dialog"><button class="b" id="shut" aria-label="× 關閉" style="min-width:90px">× 關閉</button></form></dialog>
<script>if(!sessionStorage.getItem('dlg')){var d=document.getElementById('dlg');setTimeout(function(){d.showModal()},200);document.getElementById('shut').onclick=function(){sessionStorage.setItem('dlg','1');window.open('/list.aspx?k_w='+encodeURIComponent('相機')+'&px=0','_blank')}}</script>"""
)
LIST = (
    """<p>「{{ k_w }}」共 {{ total }} 件</p><table class="list"><tr>{% for k,(n,_) in sort.items() %}<td>{% if k==px %}<b>{{ n }}</b>{% else %}<a href="/list.aspx?k_w={{ k_w|urlencode }}&px={{ k }}">{{ n }}</a>{% endif %}</td>{% endfor %}<td><a href="/member.aspx?m=2&s=2&t=1">搜尋個人化設定</a></td></tr></table><br>"""
    + ROWS
    + """<p>{% for p in pages %}<a class="b2" href="/list.aspx?k_w={{ k_w|urlencode }}&px={{ px }}&pg={{ p }}">{{ p }}</a> {% endfor %}</p>"""
)
GOODS = """<table class="list"><tr><td style="width:45%"><img src="/pic.aspx?gid={{ w.gid }}" alt="{{ w.name }}" style="width:100%;height:auto"></td><td><h1 style="font-size:20px">{{ w.name }}</h1><p class="yen" style="font-size:22px">NT${{ '{:,}'.format(w.price) }}</p><p>{{ w.seller }}　成交 {{ w.deals }} 筆　信用 {{ w.credit }} 分</p><p>運費 NT$60　面交或宅配</p><form action="/basket.aspx" method="get"><input type="hidden" name="jia" value="{{ w.gid }}"><button class="b">放入購物車</button> <button class="b2" formaction="/order1.aspx">直接購買</button></form></td></tr></table><h3>商品說明</h3><iframe src="/frame/goods.htm?gid={{ w.gid }}" height="120" title="商品說明"></iframe>"""
BASKET = """<h2>購物車</h2><table class="list">{% for w in rows %}<tr><td>{{ w.name }}</td><td class="yen">NT${{ '{:,}'.format(w.price) }}</td><td><a href="/basket.aspx?shan={{ w.gid }}">移除</a></td></tr>{% else %}<tr><td>購物車是空的</td></tr>{% endfor %}</table>{% if rows %}<p>小計 NT${{ '{:,}'.format(total) }}　<a class="b" href="/order1.aspx">前往結帳</a></p>{% endif %}"""
ORDER = """<h2>確認訂單</h2><form method="post"><table class="list">{% for w in rows %}<tr><td colspan="2">{{ w.name }}</td><td class="yen">NT${{ '{:,}'.format(w.price) }}</td></tr>{% endfor %}<tr><td colspan="2">運費</td><td class="yen">NT$60</td></tr><tr><td>收件人</td><td colspan="2"><input type="text" name="sjr" required value="{{ acc.nick }}"></td></tr><tr><td>手機</td><td colspan="2"><input type="text" name="sj" required value="{{ acc.phone }}"></td></tr><tr><td>地址</td><td colspan="2"><input type="text" name="dz" required value="{{ acc.addr }}"></td></tr>
<tr><td>加購服務</td><td colspan="2"><label><input type="radio" name="jg" value="99" checked> 驗機保固 90 天 NT$99</label><br><label><input type="radio" name="jg" value="39"> 加固包裝 NT$39</label><br><label><input type="radio" name="jg" value="0"> 不加購</label></td></tr><tr><td>應付總額</td><td colspan="2" class="yen">NT$<span id="zs"></span></td></tr></table><p><button class="b">提交訂單</button> <a class="b2" href="/basket.aspx">回購物車</a></p></form>
<script>function zs(){document.getElementById('zs').textContent=({{ total }}+60+Number(document.querySelector('[name=jg]:checked').value)).toLocaleString()}document.querySelectorAll('[name=jg]').forEach(function(r){r.onchange=zs});zs()</script>"""
LOGIN = """<h2>{{ title }}</h2><form method="post"><table class="list"><tr><td>帳號</td><td><input type="text" name="zh" required></td></tr><tr><td>密碼</td><td><input type="password" name="mm" required></td></tr>{% if join %}<tr><td>手機號碼</td><td><input type="text" name="sj" required></td></tr><tr><td>驗證碼</td><td><input type="text" name="yzm" size="8" required> 簡訊驗證碼已送出（123456）</td></tr><tr><td colspan="2"><label><input type="checkbox" name="ty" value="1"> 我已閱讀並同意</label><a href="/about.aspx?t=agreement">《服務協議》</a><a href="/about.aspx?t=privacy">《隱私權政策》</a></td></tr>{% endif %}</table><p class="err" role="alert">{{ error }}</p><button class="b">{{ '同意並註冊' if join else '登入' }}</button> {% if not join %}<a href="/join.aspx">加入會員</a>{% endif %}</form>"""
# the member centre: first level m, second s, third t
TREE = {
    "1": ("我的交易", {"1": ("購買紀錄", {"1": "全部訂單"}), "2": ("點數", {"1": "點數餘額"})}),
    "2": (
        "帳號設定",
        {
            "1": ("個人資料", {"1": "查詢與更正", "2": "刪除個人資料"}),
            "2": ("隱私偏好", {"1": "搜尋個人化"}),
            "3": ("帳號安全", {"1": "修改密碼", "2": "註銷帳號"}),
        },
    ),
}
MEMBER = """<h2>會員中心</h2><table class="menu"><tr><td>{% for k,(n,_) in tree.items() %}<p><a href="/member.aspx?m={{ k }}">{{ '▸ ' if k==m }}{{ n }}</a></p>{% endfor %}</td>{% if m in tree %}<td>{% for k,(n,_) in tree[m][1].items() %}<p><a href="/member.aspx?m={{ m }}&s={{ k }}">{{ '▸ ' if k==s }}{{ n }}</a></p>{% endfor %}</td>{% if s in tree[m][1] %}<td>{% for k,n in tree[m][1][s][1].items() %}<p><a href="/member.aspx?m={{ m }}&s={{ s }}&t={{ k }}">{{ '▸ ' if k==t }}{{ n }}</a></p>{% endfor %}</td>{% endif %}{% endif %}</tr></table><hr>
{% set p = m~s~t %}{% if p=='111' %}<table class="list">{% for o in acc.orders %}<tr><td>{{ o.no }}</td><td class="yen">NT${{ '{:,}'.format(o.total) }}</td><td>{{ o.state }}</td></tr>{% else %}<tr><td>尚無訂單</td></tr>{% endfor %}</table>
{% elif p=='121' %}<p>點數餘額：{{ acc.points }} 點</p>
{% elif p=='211' %}<form method="post"><table class="list"><tr><td>帳號</td><td>{{ who }}</td></tr><tr><td>暱稱</td><td><input type="text" name="nc" value="{{ acc.nick }}"></td></tr><tr><td>手機</td><td><input type="text" name="sj" value="{{ acc.phone }}"></td></tr><tr><td>地址</td><td><input type="text" name="dz" value="{{ acc.addr }}"></td></tr></table><button class="b">儲存更正</button></form>
{% elif p=='212' %}<form method="post"><p>手機：{{ acc.phone or '（無）' }}　地址：{{ acc.addr or '（無）' }}　瀏覽紀錄：{{ acc.seen|length }} 筆</p><button class="b">刪除地址與瀏覽紀錄</button></form>
{% elif p=='221' %}<form method="post"><p>目前：{{ '關閉' if acc.off else '開啟' }}個人化。關閉後，搜尋排序不再依您的瀏覽紀錄調整，立即且長期有效。</p><label><input type="radio" name="gx" value="1" {{ '' if acc.off else 'checked' }}> 開啟</label> <label><input type="radio" name="gx" value="0" {{ 'checked' if acc.off }}> 關閉（不依個人特徵排序）</label> <button class="b">儲存</button></form>
{% elif p=='231' %}<form method="post"><p>新密碼 <input type="password" name="mm"></p><button class="b">修改</button></form>
{% elif p=='232' %}{% if acc.closing %}<p>註銷申請已受理，7 天冷靜期後完成。</p>{% else %}<form method="post"><p>註銷前請確認：</p><p>1. 帳戶點數須先全部使用完畢，仍有點數者不得申請註銷；</p><p>2. 申請後有 7 天冷靜期，至遲 15 個工作日內完成。</p><p>登入密碼 <input type="password" name="mm" required></p><button class="b">確認註銷</button> <a class="b2" href="/member.aspx">返回</a></form>{% endif %}{% else %}<p>您好，{{ acc.nick }}。請由左側選單選擇項目。</p>{% endif %}<p class="err" role="status">{{ error }}</p>"""
TEXT = {
    "agreement": (
        "服務協議",
        f"本協議由您與{COMPANY}（好物再生）訂立。|一、會員須年滿十八歲，以帳號及密碼登入。|二、訂單送出並付款後，買賣雙方契約成立。|三、二手商品依賣家揭露之狀況交付，與描述不符者得退貨。|四、爭議先行協商，協商不成得向有管轄權之法院起訴。|2024年3月5日公布，2024年3月15日施行。",
    ),
    "rules": (
        "交易規則",
        "一、賣家須完成實名與營業資料驗證。|二、搜尋結果標示「廣告」者為付費曝光。|三、賣家應於付款後 72 小時內出貨。|四、評價由成交買家發表，本站不予刪除。",
    ),
    "privacy": (
        "隱私權政策",
        f"{COMPANY}依法處理您的個人資料。|一、蒐集：帳號、手機、地址、瀏覽與交易紀錄。|二、會員登入後，我們會依瀏覽紀錄對搜尋結果作個人化排序；您可於「會員中心－帳號設定－隱私偏好－搜尋個人化」關閉，立即且長期有效。|三、查詢：會員中心－帳號設定－個人資料－查詢與更正，即時可查。|四、更正：同上頁面修改後儲存，即時生效。|五、刪除：會員中心－帳號設定－個人資料－刪除個人資料，即時生效；其他刪除請求於 15 個工作日內處理。|六、註銷：會員中心－帳號設定－帳號安全－註銷帳號，符合頁面所列條件並輸入密碼後送出，7 天冷靜期後完成，至遲 15 個工作日。",
    ),
    "licence": (
        "營業執照",
        f"統一社會信用代碼：{USCC}|名稱：{COMPANY}|類型：有限責任公司（台港澳投資）|法定代表人：林再生|註冊資本：人民幣伍佰萬元|住所：廈門市思明區軟件園二期望海路19號|成立日期：2020年1月10日|營業期限：2020年1月10日至2050年1月9日",
    ),
    "help": (
        "說明中心",
        "查詢、更正個人資料：會員中心－帳號設定－個人資料，即時生效。|刪除個人資料：會員中心－帳號設定－個人資料－刪除個人資料，即時生效。|註銷帳號：會員中心－帳號設定－帳號安全－註銷帳號，7 天冷靜期後完成。|客服信箱：service@haowu.example",
    ),
    "notice": ("站上公告", "歡迎加入好物再生，讓好東西再用一次。|本週系統維護：週三 02:00–04:00。"),
}


def make_app():
    app = Flask(__name__)
    Bag(app, "ASP.NET_SessionId", lambda: {"who": None, "basket": []})

    def account(mm="zaisheng1", phone="0912345678", orders=(), points=0):
        return {
            "mm": mm,
            "nick": "再生會員",
            "phone": phone,
            "addr": "臺北市大安區和平東路1號",
            "orders": list(orders),
            "points": points,
            "seen": [],
            "off": False,
            "closing": False,
        }

    accounts = {
        "haowu_new": account(),
        "haowu_old": account(
            orders=[
                {"no": "HW5501", "total": 3200, "state": "已完成"},
                {"no": "HW5502", "total": 980, "state": "已完成"},
            ],
            points=260,
        ),
    }

    def me():
        return accounts.get(g.bag["who"])

    def rows():
        return [WARE[i] for i in g.bag["basket"]]

    def page(title, body, **kw):
        kw.setdefault("error", "")
        return render_template_string(
            BASE.replace("%s", body), title=title, who=g.bag["who"], acc=me(), basket=len(g.bag["basket"]), **kw
        )

    @app.get("/")
    @app.get("/index.aspx")
    def index():
        return page("首頁", INDEX, kinds=["相機", "吉他", "單車", "書桌", "手機"], wares=WARES[::5], ads=False)

    @app.get("/pic.aspx")
    def pic():
        i = request.args.get("gid", 7001, type=int)
        hue = i * 37 % 360
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90"><rect width="120" height="90" fill="hsl({hue},25%,82%)"/><rect x="{20 + i % 9}" y="26" width="{64 + i % 17}" height="44" rx="{i % 20}" fill="hsl({hue},35%,42%)"/><circle cx="60" cy="48" r="{8 + i % 11}" fill="hsl({hue},20%,90%)"/></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/frame/<name>.htm")
    def frame(name):
        w = WARE.get(request.args.get("gid", type=int))
        title, text = (
            (w["name"], f"{w['make']}{w['kind']}，使用痕跡如照片，功能正常。|寄出前皆已測試。")
            if name == "goods" and w
            else TEXT.get(name) or abort(404)
        )
        return (
            f'<!DOCTYPE html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>{title}</title><style>{CSS}</style></head><body style="padding:4px 14px">'
            + "".join(f"<p>{t}</p>" for t in text.split("|"))
            + "</body></html>"
        )

    @app.get("/about.aspx")
    def about():
        t = request.args.get("t", "")
        title = (TEXT.get(t) or abort(404))[0]
        return page(
            title,
            f'<h1 style="font-size:22px">{title}</h1><iframe src="/frame/{t}.htm" height="460" title="{title}"></iframe>',
        )

    @app.get("/list.aspx")
    def listing():
        k, px, pg = (
            request.args.get("k_w", "").strip(),
            request.args.get("px", "0"),
            request.args.get("pg", 1, type=int),
        )
        px = px if px in SORT else "0"
        hits = [w for w in WARES if k and all(x in w["name"] for x in k.split())]
        seen = me()["seen"] if me() and not me()["off"] else []
        key = (lambda w: (-min(30, seen.count(w["make"])), w["seq"])) if px == "0" else SORT[px][1]
        out = sorted((w for w in hits if not w["ad"]), key=key)
        for at, w in zip((0, 6, 11, 17, 22), [w for w in hits if w["ad"]], strict=False):
            out.insert(min(at, len(out)), w)
        return page(
            k,
            LIST,
            k_w=k,
            px=px,
            sort=SORT,
            total=len(out),
            wares=out[(pg - 1) * 20 : pg * 20],
            ads=True,
            pages=range(1, (len(out) + 19) // 20 + 1),
        )

    @app.get("/goods.aspx")
    def goods():
        w = WARE.get(request.args.get("gid", type=int)) or abort(404)
        if me():
            me()["seen"].append(w["make"])
        return page(w["name"], GOODS, w=w)

    @app.get("/basket.aspx")
    def basket():
        add, drop = request.args.get("jia", type=int), request.args.get("shan", type=int)
        if add in WARE and add not in g.bag["basket"]:
            g.bag["basket"].append(add)
        if drop in g.bag["basket"]:
            g.bag["basket"].remove(drop)
        return page("購物車", BASKET, rows=rows(), total=sum(w["price"] for w in rows()))

    @app.route("/order1.aspx", methods=["GET", "POST"])
    def order1():
        add = request.args.get("jia", type=int)
        if add in WARE and add not in g.bag["basket"]:
            g.bag["basket"].append(add)
        if not g.bag["basket"]:
            return redirect("/basket.aspx")
        if not me():
            return redirect("/login.aspx?hui=/order1.aspx")
        total = sum(w["price"] for w in rows())
        if request.method == "GET":
            return page("確認訂單", ORDER, rows=rows(), total=total)
        extra = int(request.form.get("jg", "0"))
        me()["orders"].append(
            {
                "no": f"HW66{len(me()['orders']) + 1:02d}",
                "total": total + 60 + (extra if extra in (99, 39) else 0),
                "state": "待付款",
            }
        )
        g.bag["basket"].clear()
        return redirect("/order2.aspx?dd=" + me()["orders"][-1]["no"])

    @app.get("/order2.aspx")
    def order2():
        return page(
            "訂單已送出",
            '<h2>訂單已送出</h2><p>訂單編號 {{ dd }}，請於 24 小時內付款。</p><a class="b" href="/member.aspx?m=1&s=1&t=1">查看訂單</a>',
            dd=request.args.get("dd", ""),
        )

    @app.route("/login.aspx", methods=["GET", "POST"])
    @app.route("/join.aspx", methods=["GET", "POST"])
    def login():
        join, error, f = request.path == "/join.aspx", "", request.form
        if request.method == "POST":
            if join and (
                not re.fullmatch(r"\w{4,20}", f["zh"])
                or f["zh"] in accounts
                or len(f["mm"]) < 6
                or f["yzm"] != "123456"
            ):
                error = "請檢查帳號（4–20 字）、密碼（至少 6 字）與驗證碼，或該帳號已被使用"
            elif join and not f.get("ty"):
                error = "請先勾選同意"
            elif join:
                accounts[f["zh"]] = account(f["mm"], f["sj"])
            elif f["zh"] not in accounts or accounts[f["zh"]]["mm"] != f["mm"]:
                error = "帳號或密碼錯誤"
            if not error:
                g.bag["who"] = f["zh"]
                back = request.args.get("hui", "/member.aspx")
                return redirect(back if re.fullmatch(r"/[\w.]+(\?[\w=&]*)?", back) else "/member.aspx")
        return page("加入會員" if join else "會員登入", LOGIN, join=join, error=error)

    @app.get("/logout.aspx")
    def logout():
        g.bag["who"] = None
        return redirect("/index.aspx")

    @app.route("/member.aspx", methods=["GET", "POST"])
    def member():
        if not me():
            return redirect("/login.aspx?hui=/member.aspx")
        m, s, t = (request.args.get(k, "") for k in "mst")
        a, f, error = me(), request.form, ""
        if request.method == "POST":
            error = "已儲存"
            if m + s + t == "211":
                a.update(nick=f["nc"], phone=f["sj"], addr=f["dz"])
            elif m + s + t == "212":
                a["addr"], error = "", "已刪除"
                a["seen"].clear()
            elif m + s + t == "221":
                a["off"] = f["gx"] == "0"
            elif m + s + t == "231" and len(f["mm"]) >= 6:
                a["mm"] = f["mm"]
            elif m + s + t == "232":
                if f["mm"] != a["mm"]:
                    error = "密碼錯誤"
                elif a["points"]:
                    error = f"您尚有 {a['points']} 點未使用，請先用完點數再申請註銷"
                else:
                    a["closing"], error = True, ""
        return page("會員中心", MEMBER, tree=TREE, m=m, s=s, t=t, error=error)

    return app
