"""小灶外卖: food delivery. City chooser on arrival, restaurants, menus with plus buttons, a cart bar at the bottom."""

import re

from flask import Flask, abort, g, jsonify, make_response, redirect, render_template_string, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "food delivery"
QUERIES = ["火锅", "奶茶", "汉堡", "小面", "烧烤", "老码头"]  # after choosing a city
ACCOUNTS = [
    {"user": "13500135001", "password": "xiaozao66", "role": "fresh", "holds": "nothing"},
    {"user": "13500135002", "password": "xiaozao66", "role": "aged", "holds": "2 finished orders, 35 points"},
]
COMPANY, USCC = "重庆小灶网络科技有限公司", "91500108MA61B8N58J"
CITIES = {"cq": "重庆", "cd": "成都", "gy": "贵阳", "wh": "武汉"}
CHAINS = [("老码头", 2.0), ("九味堂", 1.7), ("鲜聚", 1.0), ("街角", 0.7), ("好邻居", 0.6)]
FOODS = {
    "火锅": (
        58,
        ["鸳鸯锅底", "鲜毛肚", "嫩牛肉", "脆皮肠", "手打虾滑", "冰粉"],
        '<circle cx="32" cy="34" r="22" fill="#b3261e"/><circle cx="32" cy="34" r="15" fill="#f2b84b"/><path d="M32 19v30" stroke="#b3261e" stroke-width="3"/>',
    ),
    "奶茶": (
        14,
        ["珍珠奶茶", "芋泥波波", "多肉葡萄", "柠檬绿茶", "杨枝甘露", "燕麦拿铁"],
        '<path d="M20 20h24l-4 36H24z" fill="#c89b6d"/><path d="M34 20l6-14" stroke="#333" stroke-width="3"/><circle cx="28" cy="50" r="3"/><circle cx="36" cy="50" r="3"/>',
    ),
    "汉堡": (
        22,
        ["香辣鸡腿堡", "双层牛肉堡", "薯条", "鸡块8块", "可乐", "玉米杯"],
        '<path d="M12 30q20-26 40 0z" fill="#d9902f"/><rect x="12" y="33" width="40" height="6" fill="#5e9e3a"/><rect x="12" y="41" width="40" height="12" rx="5" fill="#8a4b20"/>',
    ),
    "小面": (
        13,
        ["重庆小面", "豌杂面", "牛肉面", "抄手", "凉面", "煎蛋"],
        '<path d="M10 30h44q-2 24-22 24T10 30z" fill="#c0392b"/><path d="M16 26q4-8 8 0t8 0 8 0 8 0" fill="none" stroke="#e8c46a" stroke-width="4"/>',
    ),
    "烧烤": (
        36,
        ["烤羊肉串10串", "烤鸡翅", "烤茄子", "烤韭菜", "烤鱼", "啤酒"],
        '<path d="M12 54L52 12" stroke="#8a6a3a" stroke-width="3"/><rect x="22" y="32" width="12" height="12" rx="3" fill="#7a2e12"/><rect x="32" y="22" width="12" height="12" rx="3" fill="#a8501e"/>',
    ),
}
SHOPS = []
for _kind, (_avg, _menu, _glyph) in FOODS.items():
    for _n in range(13):
        _i = 301 + len(SHOPS)
        _chain, _tier = CHAINS[(_n * 3 + len(SHOPS) // 13) % 5]
        SHOPS.append(
            {
                "id": _i,
                "chain": _chain,
                "kind": _kind,
                "glyph": _glyph,
                "name": f"{_chain}{_kind}（{['解放碑', '大学城', '南坪', '江北', '沙坪坝'][_n % 5]}{_n + 1}店）",
                "avg": round(_avg * _tier + _i % 7),
                "month": (_i * 547) % 8700 + 30,
                "star": round(3.8 + (_i * 41 % 120) / 100, 1),
                "km": round(0.4 + (_i * 19 % 58) / 10, 1),
                "fee": round(1 + _i % 5 * 0.8, 1),
                "start": 15 + _i % 3 * 5,
                "ad": _n in (2, 5, 10),
                "z": (_i * 353) % 101,
                "menu": [
                    {
                        "fid": _i * 10 + k,
                        "name": m,
                        "price": round(_avg * _tier * (0.25 + 0.12 * ((k + _n) % 4)) + 2, 1),
                        "sold": (_i * (k + 3) * 17) % 900 + 3,
                    }
                    for k, m in enumerate(_menu)
                ],
            }
        )
SHOP = {s["id"]: s for s in SHOPS}
DISH = {d["fid"]: d for s in SHOPS for d in s["menu"]}

STYLE = """*{box-sizing:border-box}body{margin:0;background:#f4f4f2;color:#222;font:15px/1.55 "PingFang SC","Noto Sans CJK SC","Noto Serif CJK SC",sans-serif}a{color:inherit;text-decoration:none}.wm-top{background:#ffd100;padding:10px 0}.wm-in{max-width:1080px;margin:0 auto;padding:0 14px}.wm-top .wm-in{display:flex;gap:16px;align-items:center;flex-wrap:wrap}.wm-logo{font-weight:800;font-size:22px}.wm-search{flex:1;display:flex;min-width:210px}.wm-search input{flex:1;min-width:0;height:38px;border:0;border-radius:19px 0 0 19px;padding:0 14px;font-size:14px}.wm-search button{border:0;background:#222;color:#ffd100;width:64px;border-radius:0 19px 19px 0;font-size:14px;cursor:pointer}
.kinds{display:flex;justify-content:space-around;background:#fff;border-radius:12px;margin:14px 0;padding:12px;text-align:center}.kinds i{font-style:normal;font-size:30px;display:block}.poi-list{display:grid;grid-template-columns:1fr 1fr;gap:12px}.poi-card{background:#fff;border-radius:10px;padding:12px;display:flex;gap:12px}.poi-pic{width:84px;height:84px;border-radius:8px;font-size:46px;display:flex;align-items:center;justify-content:center;flex:none}.poi-name{font-weight:700;font-size:16px}.poi-meta{font-size:13px;color:#5a5a55}.ad-mark{display:inline-block;font-size:12px;font-weight:400;color:#555;background:#ececec;border-radius:3px;padding:0 4px;line-height:18px;margin-left:6px}
.sort{display:flex;background:#fff;border-radius:10px;margin:14px 0;overflow:auto}.sort a{padding:10px 16px;white-space:nowrap}.sort a.cur{font-weight:700;border-bottom:3px solid #ffb800}.food{background:#fff;padding:12px;display:flex;gap:12px;align-items:center;border-bottom:1px solid #eee}.food .poi-pic{width:64px;height:64px;font-size:32px}.food>div:nth-child(2){flex:1}.prc{color:#c2410c;font-weight:700}.plus,.minus{width:30px;height:30px;border-radius:50%;border:1px solid #b58a00;background:#ffd100;font-size:18px;line-height:1;cursor:pointer}.minus{background:#fff}
.shopcart{position:fixed;left:0;right:0;bottom:0;background:#2a2a2a;color:#fff;display:flex;align-items:center;height:58px;z-index:20}.shopcart .sum{flex:1;padding-left:20px;font-size:18px}.shopcart a{background:#ffd100;color:#222;height:58px;line-height:58px;padding:0 34px;font-weight:700}.shopcart a.off{background:#555;color:#ddd}
.card{background:#fff;border-radius:10px;padding:16px;margin:14px 0}.line{display:flex;gap:10px;justify-content:space-between;padding:7px 0;align-items:center;flex-wrap:wrap}.card input[type=text],.card input[type=tel],.card input[type=password],.card select{height:38px;border:1px solid #8a8a80;border-radius:6px;padding:0 10px;width:270px;max-width:100%;font-size:14px}.yb{background:#ffd100;border:0;border-radius:22px;padding:11px 34px;font-size:16px;font-weight:700;cursor:pointer;display:inline-block}.gb{background:#fff;border:1px solid #777;border-radius:22px;padding:10px 24px;font-size:15px;cursor:pointer}
.wm-foot{background:#fff;margin-top:24px;padding:20px 14px;text-align:center;font-size:13px;color:#444}.wm-foot a{margin:0 10px;color:#333;line-height:28px}.hb-mask{position:fixed;inset:0;background:rgba(0,0,0,.7);z-index:60;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:22px}.hb{width:290px;background:linear-gradient(#ff5a36,#e0301e);border-radius:16px;color:#fff;padding:26px;text-align:center}.hb p{background:#fff3d6;color:#8a2b00;border-radius:8px;padding:8px;margin:8px 0}.hb-x{width:42px;height:42px;border-radius:50%;border:2px solid #fff;background:rgba(0,0,0,.3);color:#fff;font-size:22px;line-height:1;cursor:pointer}
@media(max-width:600px){.poi-list{grid-template-columns:1fr}.ad-mark,.pc-only{display:none}}"""
FRAME = (
    """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ title }} - 小灶外卖</title><style>"""
    + STYLE
    + """</style></head><body>
<div class="wm-top"><div class="wm-in"><a class="wm-logo" href="/">小灶外卖</a><a href="/city">{{ city or '选择城市' }}</a><form class="wm-search" action="/search"><input name="wd" placeholder="搜索商家、美食" value="{{ wd or '' }}" aria-label="搜索商家、美食"><button>搜索</button></form><a href="/cart">购物车</a><a href="/my">我的</a></div></div><div class="wm-in">%BODY%</div>
<div class="wm-foot"><div class="pc-only"><a href="/page/agreement">用户协议</a><a href="/page/rules">平台规则</a><a href="/page/privacy">隐私政策</a><a href="/page/help">帮助中心</a></div><div><a href="/page/licence">证照信息（营业执照）</a></div><div>渝ICP备19004567号 © 小灶外卖</div></div>%SCRIPT%</body></html>"""
)
CHOOSER = (
    """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>选择城市 - 小灶外卖</title><style>"""
    + STYLE
    + """</style></head><body><div class="wm-in" style="padding-top:60px"><h1>小灶外卖</h1><p>请选择您所在的城市</p><div class="card">{% for k,n in cities.items() %}<a class="gb" style="display:inline-block;margin:8px" href="/city/{{ k }}">{{ n }}</a>{% endfor %}</div></div></body></html>"""
)
POI = """<a class="poi-card" href="/poi/{{ s.id }}{% if s.ad and ads %}?ad_track=w{{ s.id*9 }}&clickId=e{{ s.id }}{% endif %}" {% if s.ad and ads %}data-adid="{{ 60000+s.id }}"{% endif %}><span class="poi-pic" style="background:hsl({{ s.id*29%360 }},55%,88%)"><svg viewBox="0 0 64 64" width="70%" aria-hidden="true">{{ s.glyph|safe }}</svg></span><div><div class="poi-name">{{ s.name }}{% if s.ad and ads %}<span class="ad-mark">广告</span>{% endif %}</div><div class="poi-meta">★{{ s.star }}分　月售{{ s.month }}　人均¥{{ s.avg }}</div><div class="poi-meta">起送¥{{ s.start }}　配送¥{{ s.fee }}　{{ s.km }}km</div></div></a>"""
HOME = (
    """<div class="kinds">{% for k,v in foods.items() %}<a href="/search?wd={{ k }}"><i><svg viewBox="0 0 64 64" width="36" aria-hidden="true">{{ v[2]|safe }}</svg></i>{{ k }}</a>{% endfor %}</div><h2>附近商家</h2><div class="poi-list">{% for s in shops %}"""
    + POI
    + """{% endfor %}</div><div id="hb"></div>"""
)
HOME_JS = """<script>if(!/xz_hb=1/.test(document.cookie))setTimeout(()=>{const d=document.getElementById('hb');d.innerHTML='<div class="hb-mask"><div class="hb" role="dialog" aria-label="天降红包"><h2>天降红包 ¥28</h2><p>¥10 满40可用</p><p>¥8 满30可用</p><p>¥10 奶茶专享</p><button class="gb" id="take">一键领取</button></div><button class="hb-x" aria-label="关闭">×</button></div>';const end=()=>{d.innerHTML='';document.cookie='xz_hb=1;path=/'};d.querySelector('.hb-x').onclick=end;d.querySelector('#take').onclick=end},350)</script>"""
LIST = (
    """<div class="sort">{% for k,n in orders %}<a class="{{ 'cur' if k==order }}" href="/search?wd={{ wd|urlencode }}&order={{ k }}">{{ n }}</a>{% endfor %}</div><p>“{{ wd }}”共{{ shops|length }}家</p><div class="poi-list">{% for s in shops %}"""
    + POI
    + """{% else %}<p>没有找到，换个词试试</p>{% endfor %}</div>"""
)
LIST_JS = """<script>document.querySelectorAll('[data-adid]').forEach(a=>navigator.sendBeacon('/ad/expose?adid='+a.dataset.adid))</script>"""
POIPAGE = """<div class="card"><div class="poi-name" style="font-size:20px">{{ s.name }}</div><div class="poi-meta">★{{ s.star }}分　月售{{ s.month }}　起送¥{{ s.start }}　配送¥{{ s.fee }}　约{{ 20+s.km*5 }}分钟</div></div>{% for d in s.menu %}<div class="food" data-fid="{{ d.fid }}"><span class="poi-pic" style="background:hsl({{ d.fid*31%360 }},50%,90%)"><svg viewBox="0 0 64 64" width="70%" aria-hidden="true">{{ s.glyph|safe }}</svg></span><div><b>{{ d.name }}</b><div class="poi-meta">月售{{ d.sold }}</div><span class="prc">¥{{ d.price }}</span></div><button class="minus" aria-label="减少">−</button><span class="num">0</span><button class="plus" aria-label="增加">+</button></div>{% endfor %}<div style="height:70px"></div><div class="shopcart"><div class="sum">¥<span>0</span> <small>另需配送费¥{{ s.fee }}</small></div><a href="/checkout">结算</a></div>"""
POIPAGE_JS = """<script>const start={{ s.start }};function paint(c){document.querySelectorAll('.food').forEach(f=>f.querySelector('.num').textContent=c.items[f.dataset.fid]||0);document.querySelector('.shopcart span').textContent=c.sum.toFixed(1);const a=document.querySelector('.shopcart a');a.classList.toggle('off',c.sum<start);a.textContent=c.sum<start?'还差¥'+(start-c.sum).toFixed(1)+'起送':'结算'}
const send=(fid,n)=>fetch('/basket',{method:'POST',body:new URLSearchParams({poi:{{ s.id }},fid,n})}).then(r=>r.json()).then(paint);document.addEventListener('click',e=>{const b=e.target.closest('.plus,.minus');if(b)send(b.closest('.food').dataset.fid,b.className=='plus'?1:-1);const a=e.target.closest('.shopcart a.off');if(a)e.preventDefault()});send(0,0)</script>"""
CART = """<div class="card"><h2>购物车</h2>{% for d,n in rows %}<div class="line"><span>{{ d.name }} × {{ n }}</span><span>¥{{ '%.1f'|format(d.price*n) }}</span></div>{% else %}<p>还没有选择菜品</p>{% endfor %}{% if rows %}<p>商家：{{ shop.name }}</p><a class="yb" href="/checkout">结算</a>{% endif %}</div>"""
CHECKOUT = """<form method="post"><div class="card"><h2>确认订单</h2><div class="line"><span>收货地址</span><input type="text" name="addr" value="{{ acc.addr }}" required></div><div class="line"><span>联系人</span><input type="text" name="who" value="小灶用户" required></div><div class="line"><span>手机号</span><input type="tel" name="tel" value="{{ user }}" required></div></div>
<div class="card"><b>{{ shop.name }}</b>{% for d,n in rows %}<div class="line"><span>{{ d.name }} × {{ n }}</span><span>¥{{ '%.1f'|format(d.price*n) }}</span></div>{% endfor %}<div class="line"><span>配送费</span><span>¥{{ shop.fee }}</span></div></div>
<div class="card"><div class="line"><span>餐具</span><select name="ware"><option value="0">不需要餐具</option><option value="1">1份</option><option value="2">2份</option></select></div><div class="line"><label><input type="checkbox" name="ontime" value="1" checked> 准时宝（平台赠送，超时免费赔付）</label><span>¥0.00</span></div><div class="line"><label><input type="checkbox" name="safe" value="1"> 食品安全险</label><span>¥0.50</span></div><div class="line"><span>红包</span><span>本单暂无可用</span></div><div class="line"><span>备注</span><input type="text" name="note" placeholder="口味、偏好"></div></div>
<div class="shopcart"><div class="sum">合计 ¥<span>{{ '%.2f'|format(total) }}</span></div><button class="yb" style="border-radius:0;height:58px">提交订单</button></div><div style="height:70px"></div></form><script>document.querySelector('[name=safe]').onchange=e=>document.querySelector('.shopcart span').textContent=({{ total }}+(e.target.checked?.5:0)).toFixed(2)</script>"""
DONE = """<div class="card" style="text-align:center"><h2>订单已提交</h2><p>订单号 {{ o.no }}，合计 ¥{{ '%.2f'|format(o.total) }}，请在15分钟内支付</p><a class="yb" href="/my">查看订单</a></div>"""
SIGN = """<form method="post" class="card" style="max-width:480px;margin:20px auto"><h2>{{ title }}</h2><div class="line"><span>手机号</span><input type="tel" name="phone" required></div>{% if reg %}<div class="line"><span>验证码</span><span><input type="text" name="code" style="width:120px" required> <button type="button" class="gb" onclick="this.textContent='已发送 123456'">获取</button></span></div>{% endif %}<div class="line"><span>密码</span><input type="password" name="pass" required></div>{% if reg %}<p><label><input type="checkbox" name="ok" value="1"> 同意</label><a href="/page/agreement" style="color:#0b5cad">《用户协议》</a><a href="/page/privacy" style="color:#0b5cad">《隐私政策》</a></p>{% endif %}<p style="color:#b00020" role="alert">{{ error }}</p><button class="yb">{{ '注册' if reg else '登录' }}</button>　{% if not reg %}<a href="/signup">注册新账号</a>{% endif %}</form>"""
MY = """<div class="card"><h2>{{ acc.nick }}</h2><p>{{ user }}　积分 {{ acc.points }}</p><p><a class="gb" href="/my/profile">个人资料</a> <a class="gb" href="/my/data">个人信息管理</a> <a class="gb" href="/logout">退出</a></p></div><div class="card"><b>我的订单</b>{% for o in acc.orders %}<div class="line"><span>{{ o.no }}</span><span>¥{{ '%.2f'|format(o.total) }}</span><span>{{ o.state }}</span></div>{% else %}<p>暂无订单</p>{% endfor %}</div><div class="card"><b>更多</b><div class="line"><a href="/page/agreement">用户协议</a><a href="/page/rules">平台规则</a><a href="/page/privacy">隐私政策</a><a href="/page/help">帮助中心</a></div></div>"""
PROFILE = """<form method="post" class="card"><h2>个人资料</h2><div class="line"><span>手机号</span><span>{{ user }}</span></div><div class="line"><span>昵称</span><input type="text" name="nick" value="{{ acc.nick }}"></div><div class="line"><span>收货地址</span><input type="text" name="addr" value="{{ acc.addr }}"></div><p role="status">{{ error }}</p><button class="yb">保存</button></form>"""
DATA = """<form method="post" class="card"><h2>个人信息管理</h2><p>收货地址：{{ acc.addr or '（无）' }}</p><button class="gb">删除收货地址和浏览记录</button><p role="status">{{ error }}</p></form>"""
PAGES = {
    "agreement": (
        "用户协议",
        f"本协议由您与{COMPANY}（小灶外卖）订立。|一、下单：订单提交成功后，您与商家的合同成立。|二、配送：由商家或平台骑手配送。|三、取消：商家接单前可免费取消。|四、争议：协商不成的，可向有管辖权的人民法院起诉。|2024年1月15日发布，2024年1月22日生效。",
    ),
    "rules": (
        "平台规则",
        "一、商家须持有食品经营许可证。|二、商家不得刷单、不得诱导好评。|三、评价由实际用餐用户发表，平台不予删除。|四、违规处理结果在本页公示。",
    ),
    "privacy": (
        "隐私政策",
        f"{COMPANY}保护您的个人信息。|一、收集：手机号、地址、位置、浏览和订单记录。|二、我们根据您的浏览和订单记录，对商家搜索结果进行个性化排序，让您更快找到喜欢的美食。|三、查询：我的-个人资料，即时可查。|四、更正：我的-个人资料，保存后即时生效。|五、删除：我的-个人信息管理-删除收货地址和浏览记录，即时生效，其他请求15个工作日内处理。|六、注销：请在工作日9:00-18:00致电客服热线023-6555 8888，由人工客服核实后办理，15个工作日内完成。",
    ),
    "help": (
        "帮助中心",
        "如何查询或更正资料：我的-个人资料。|如何删除：我的-个人信息管理。|如何注销账号：请致电客服热线023-6555 8888（工作日9:00-18:00）办理。|如何退款：订单取消后原路退回。",
    ),
    "licence": (
        "证照信息",
        f"营业执照|统一社会信用代码：{USCC}|名称：{COMPANY}|类型：有限责任公司|法定代表人：冉小灶|注册资本：伍佰万元整|住所：重庆市南岸区江南大道28号|营业期限：2019年3月3日至永久|增值电信业务经营许可证：渝B2-20190333",
    ),
}


def make_app():
    app = Flask(__name__)
    Bag(app, "xz_uuid", lambda: {"user": None, "city": None, "poi": None, "items": {}, "seen": []})

    def account(pw="xiaozao66", orders=(), points=0):
        return {
            "pass": pw,
            "nick": "吃货一枚",
            "addr": "重庆市南岸区江南大道8号",
            "orders": list(orders),
            "points": points,
            "seen": [],
        }

    accounts = {
        "13500135001": account(),
        "13500135002": account(
            orders=[
                {"no": "XZ7001", "total": 42.5, "state": "已完成"},
                {"no": "XZ7002", "total": 31.0, "state": "已完成"},
            ],
            points=35,
        ),
    }

    def me():
        return accounts.get(g.bag["user"])

    def rows():
        return [(DISH[f], n) for f, n in g.bag["items"].items()]

    def page(title, body, script="", **kw):
        kw.setdefault("error", "")
        return render_template_string(
            FRAME.replace("%BODY%", body).replace("%SCRIPT%", script),
            title=title,
            user=g.bag["user"],
            acc=me(),
            city=CITIES.get(g.bag["city"]),
            **kw,
        )

    @app.get("/")
    def home():
        if not g.bag["city"]:
            return render_template_string(CHOOSER, cities=CITIES)
        return page("首页", HOME, HOME_JS, foods=FOODS, shops=SHOPS[::5], ads=False)

    @app.get("/city")
    @app.get("/city/<k>")
    def city(k=None):
        if k in CITIES:
            g.bag["city"] = k
            return redirect("/")
        return render_template_string(CHOOSER, cities=CITIES)

    @app.get("/search")
    def search():
        if not g.bag["city"]:
            return redirect("/")
        wd, order = request.args.get("wd", "").strip(), request.args.get("order", "all")
        hits = [s for s in SHOPS if wd and (wd in s["name"] or any(wd in d["name"] for d in s["menu"]))]
        seen = g.bag["seen"] + (me()["seen"] if me() else [])
        key = {
            "sale": lambda s: -s["month"],
            "star": lambda s: -s["star"],
            "avg": lambda s: s["avg"],
            "km": lambda s: s["km"],
        }.get(order, lambda s: (-min(25, seen.count(s["chain"])), s["z"]))
        out = sorted((s for s in hits if not s["ad"]), key=key)
        for at, s in zip((0, 4, 8, 12, 16, 20), [s for s in hits if s["ad"]], strict=False):
            out.insert(min(at, len(out)), s)
        return page(
            wd,
            LIST,
            LIST_JS,
            wd=wd,
            order=order,
            shops=out,
            ads=True,
            orders=[
                ("all", "综合排序"),
                ("sale", "销量最高"),
                ("star", "评分最高"),
                ("avg", "人均价格低→高"),
                ("km", "距离最近"),
            ],
        )

    @app.post("/ad/expose")
    def expose():
        return make_response("", 204)

    @app.get("/poi/<int:i>")
    def poi(i):
        s = SHOP.get(i) or abort(404)
        (me()["seen"] if me() else g.bag["seen"]).append(s["chain"])
        return page(s["name"], POIPAGE, POIPAGE_JS, s=s)

    @app.post("/basket")
    def basket():
        b, poi, fid, n = g.bag, int(request.form["poi"]), int(request.form["fid"]), int(request.form["n"])
        if fid in DISH:
            if b["poi"] != poi:
                b["poi"], b["items"] = poi, {}
            b["items"][fid] = max(0, b["items"].get(fid, 0) + n)
            b["items"] = {f: k for f, k in b["items"].items() if k}
        mine = b["items"] if b["poi"] == poi else {}
        return jsonify(items=mine, sum=sum(DISH[f]["price"] * k for f, k in mine.items()))

    @app.get("/cart")
    def cart():
        return page("购物车", CART, rows=rows(), shop=SHOP.get(g.bag["poi"]))

    @app.route("/checkout", methods=["GET", "POST"])
    def checkout():
        if not g.bag["items"]:
            return redirect("/cart")
        if not me():
            return redirect("/signin?to=/checkout")
        shop = SHOP[g.bag["poi"]]
        total = round(sum(d["price"] * n for d, n in rows()) + shop["fee"], 2)
        if request.method == "GET":
            return page("确认订单", CHECKOUT, rows=rows(), shop=shop, total=total)
        me()["orders"].append(
            {
                "no": f"XZ8{len(me()['orders']) + 1:03d}",
                "total": total + (0.5 if request.form.get("safe") else 0),
                "state": "待支付",
            }
        )
        g.bag["items"] = {}
        return redirect("/order/" + me()["orders"][-1]["no"])

    @app.get("/order/<no>")
    def order(no):
        o = next((o for o in (me() or {"orders": []})["orders"] if o["no"] == no), None) or abort(404)
        return page("订单已提交", DONE, o=o)

    @app.route("/signin", methods=["GET", "POST"])
    @app.route("/signup", methods=["GET", "POST"])
    def sign():
        reg, error, f = request.path == "/signup", "", request.form
        if request.method == "POST":
            if reg and not (
                re.fullmatch(r"1\d{10}", f["phone"])
                and f["code"] == "123456"
                and len(f["pass"]) >= 6
                and f["phone"] not in accounts
            ):
                error = "请检查手机号、验证码与密码，或该号码已注册"
            elif reg and not f.get("ok"):
                error = "请先同意协议"
            elif reg:
                accounts[f["phone"]] = account(f["pass"])
            elif f["phone"] not in accounts or accounts[f["phone"]]["pass"] != f["pass"]:
                error = "手机号或密码错误"
            if not error:
                g.bag["user"] = f["phone"]
                to = request.args.get("to", "/my")
                return redirect(to if re.fullmatch(r"/[\w/]*", to) else "/my")
        return page("注册" if reg else "登录", SIGN, reg=reg, error=error)

    @app.get("/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.route("/my", methods=["GET", "POST"])
    @app.route("/my/<part>", methods=["GET", "POST"])
    def my(part=""):
        if not me():
            return redirect("/signin?to=" + request.path)
        error = ""
        if request.method == "POST" and part == "profile":
            me().update(nick=request.form["nick"], addr=request.form["addr"])
            error = "已保存"
        elif request.method == "POST" and part == "data":
            me()["addr"], error = "", "已删除"
            me()["seen"].clear(), g.bag["seen"].clear()
        return page("我的", {"profile": PROFILE, "data": DATA}.get(part, MY), error=error)

    @app.get("/page/<slug>")
    def doc(slug):
        title, text = PAGES.get(slug) or abort(404)
        return page(
            title,
            '<article class="card"><h1 style="font-size:22px">{{ title }}</h1>{% for p in paras %}<p>{{ p }}</p>{% endfor %}</article>',
            paras=text.split("|"),
        )

    return app
