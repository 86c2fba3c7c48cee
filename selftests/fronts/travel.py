"""行迹旅行: hotels and trains without a cart. Server-rendered, CSS-module names, plain forms; login only at payment."""

import datetime
import re

from flask import Flask, Response, abort, g, redirect, render_template_string, request, url_for

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "travel (hotels, trains)"
QUERIES = ["重庆", "成都", "上海", "北京", "西安"]  # a city in the destination box; dates are filled in
ACCOUNTS = [
    {"user": "13600136001", "password": "xingji2024", "role": "fresh", "holds": "nothing"},
    {
        "user": "13600136002",
        "password": "xingji2024",
        "role": "aged",
        "holds": "2 finished trips in the last 6 months, 640 points",
    },
]
COMPANY, USCC = "重庆行迹国际旅行社有限公司", "91500112MA5U6H2L73"  # the right check character would be D
CITIES = {
    "重庆": ["解放碑", "观音桥", "洪崖洞"],
    "成都": ["春熙路", "宽窄巷子", "太古里"],
    "上海": ["外滩", "静安寺", "陆家嘴"],
    "北京": ["王府井", "国贸", "后海"],
    "西安": ["钟楼", "大雁塔", "回民街"],
}
CHAINS = [
    ("云栖酒店", 520),
    ("漫居青年旅舍", 96),
    ("锦澜大酒店", 780),
    ("轻途快捷酒店", 168),
    ("山水里民宿", 288),
    ("维格公寓酒店", 338),
]
ROOMS = [
    ("特惠大床房", 1.0, "无早 · 入住前一天18点前免费取消"),
    ("高级双床房", 1.18, "双早 · 入住前一天18点前免费取消"),
    ("景观套房", 1.7, "双早 · 不可取消"),
]
HOTELS = []
for _c, (_city, _areas) in enumerate(CITIES.items()):
    for _n in range(14):
        _i = 2001 + len(HOTELS)
        _chain, _base = CHAINS[(_n * 5 + _c) % 6]
        HOTELS.append(
            {
                "id": _i,
                "city": _city,
                "area": _areas[_n % 3],
                "name": f"{_chain}（{_city}{_areas[_n % 3]}{['', '地铁站', '步行街'][_n // 3 % 3]}店）",
                "price": _base + (_i * 29) % 90,
                "booked": (_i * 761) % 5200 + 20,
                "score": round(3.9 + (_i * 23 % 110) / 100, 1),
                "reviews": (_i * 53) % 3000 + 8,
                "ad": _n in (4, 9),
                "smart": (_i * 431) % 97,
            }
        )
HOTEL = {h["id"]: h for h in HOTELS}


def trains(a, b):
    seed = sum(map(ord, a + b))
    out = []
    for n in range(12):
        start, length = 375 + n * 73 % 900, 95 + (seed + n * 47) % 260
        out.append(
            {
                "no": f"{'GDC'[n % 3]}{1000 + (seed * 7 + n * 131) % 8000}",
                "a": a,
                "b": b,
                "dep": f"{start // 60:02d}:{start % 60:02d}",
                "arr": f"{(start + length) // 60 % 24:02d}:{(start + length) % 60:02d}",
                "len": length,
                "price": 60 + (seed + n * 37) % 300,
                "sold": (seed * n * 13) % 4000 + 50,
                "score": round(4.1 + (seed + n * 7) % 9 / 10, 1),
            }
        )
    return out


STYLE = """*{box-sizing:border-box}body{margin:0;font:15px/1.6 "PingFang SC","Noto Sans CJK SC","Noto Serif CJK SC",sans-serif;color:#1d2b3a;background:#f0f4f8}a{color:#0b57b7;text-decoration:none}
.Header_wrap__q1{background:#0b57b7;color:#fff}.Header_in__q2,.Page_in__p1{max-width:1120px;margin:0 auto;padding:14px 16px}.Header_in__q2{display:flex;gap:22px;align-items:center;flex-wrap:wrap}.Header_in__q2 a{color:#fff}.Header_logo__q3{font-size:22px;font-weight:700}.Header_sp__q4{flex:1}
.Card_box__c1{background:#fff;border-radius:10px;padding:18px;margin-bottom:14px;box-shadow:0 1px 3px rgba(0,0,0,.06)}.Search_form__s1{display:flex;gap:12px;flex-wrap:wrap;align-items:flex-end}.Search_form__s1 label{display:flex;flex-direction:column;font-size:13px;flex:1;min-width:140px}input,select{height:40px;border:1px solid #8fa1b3;border-radius:6px;padding:0 10px;font-size:15px;background:#fff;max-width:100%}input[type=radio],input[type=checkbox]{height:18px;width:18px;vertical-align:-4px}
.Btn_main__b1{background:#d9480f;color:#fff;border:0;border-radius:6px;height:42px;padding:0 28px;font-size:16px;cursor:pointer;display:inline-block;line-height:42px;text-align:center}.Btn_sub__b2{background:#fff;color:#0b57b7;border:1px solid #0b57b7;border-radius:6px;height:42px;padding:0 28px;font-size:16px;cursor:pointer;display:inline-block;line-height:40px}
.Tabs_row__t1{display:flex;gap:4px;margin-bottom:14px}.Tabs_row__t1 a{padding:8px 20px;border-radius:8px 8px 0 0;background:#dbe6f2}.Tabs_row__t1 a.Tabs_on__t2{background:#fff;font-weight:700}.Sort_bar__o1{display:flex;flex-wrap:wrap;gap:4px 20px;padding:12px 18px;background:#fff;border-radius:10px;margin-bottom:14px}.Sort_bar__o1 a{color:#33475b}.Sort_bar__o1 a.Sort_on__o2{color:#d9480f;font-weight:700}
.Hotel_row__h1{display:flex;gap:16px}.Hotel_row__h1 img{width:200px;height:140px;border-radius:8px;object-fit:cover}.Hotel_main__h2{flex:1;min-width:0}.Hotel_name__h3{font-size:18px;font-weight:700;color:#1d2b3a}.Hotel_ad__h4{font-size:12px;color:#555;border:1px solid #888;border-radius:3px;padding:0 4px;margin-left:6px;font-weight:400;white-space:nowrap}.Hotel_price__h5{color:#c2410c;font-size:22px;font-weight:700;text-align:right;white-space:nowrap}.Hotel_meta__h6{font-size:13px;color:#4a5d70}
.Opt_grid__g1{display:grid;grid-template-columns:repeat(3,1fr);gap:12px}.Opt_grid__g1 label{border:1px solid #8fa1b3;border-radius:8px;padding:12px;cursor:pointer}.Field_row__f1{display:flex;gap:12px;align-items:center;margin:10px 0;flex-wrap:wrap}.Field_row__f1>span:first-child{width:96px}.Foot_wrap__z1{background:#e2e9f0;text-align:center;padding:24px 12px;font-size:14px;color:#33475b}.Foot_wrap__z1 a{margin:0 10px;color:#12395f;line-height:30px}
.Modal_mask__m1{position:fixed;inset:0;background:rgba(0,0,0,.55);z-index:50;display:flex;align-items:center;justify-content:center}.Modal_body__m2{width:320px;background:linear-gradient(#ff8a4c,#fff 60%);border-radius:14px;padding:44px 22px 26px;text-align:center;position:relative}.Modal_close__m3{position:absolute;top:10px;right:10px;width:34px;height:34px;border-radius:50%;border:0;background:#333;color:#fff;font-size:18px;cursor:pointer;line-height:1}.Modal_ask__m4{background:#fff;border-radius:12px;padding:26px;width:300px;text-align:center}
@media(max-width:640px){.Hotel_row__h1 img{width:104px;height:104px}.Opt_grid__g1{grid-template-columns:1fr}.Header_in__q2{gap:12px}.Hotel_name__h3{font-size:16px}}"""
BASE = (
    """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ title }}_行迹旅行</title><style>"""
    + STYLE
    + """</style></head><body><div id="__next">
<header class="Header_wrap__q1"><div class="Header_in__q2"><a class="Header_logo__q3" href="/">行迹旅行</a><a href="/">酒店</a><a href="/?tab=train">火车票</a><span class="Header_sp__q4"></span>{% if user %}<a href="/user">我的行迹</a><a href="/passport/logout">退出</a>{% else %}<a href="/passport/login">登录</a><a href="/passport/register">注册</a>{% endif %}<a href="/docs/help">客服中心</a></div></header>
<main class="Page_in__p1">%s</main><footer class="Foot_wrap__z1"><nav><a href="/docs/agreement">用户协议</a><a href="/docs/rules">交易规则</a><a href="/docs/privacy">隐私政策</a><a href="/docs/licence">营业执照</a><a href="/docs/help">帮助中心</a></nav><p>"""
    + COMPANY
    + """　旅行社业务经营许可证 L-CQ-00888　渝ICP备16012345号</p></footer></div>{{ script|safe }}</body></html>"""
)
HOTEL_FORM = """<form class="Search_form__s1" action="/hotels"><label>目的地<input name="city" list="cities" placeholder="城市，如重庆" value="{{ q.city or '重庆' }}" required></label><label>入住<input type="date" name="in" value="{{ q.d1 }}" required></label><label>离店<input type="date" name="out" value="{{ q.d2 }}" required></label><label>关键词（选填）<input name="kw" placeholder="商圈/酒店名" value="{{ q.kw or '' }}"></label><button class="Btn_main__b1">搜索酒店</button></form><datalist id="cities">{% for c in cities %}<option value="{{ c }}">{% endfor %}</datalist>"""
TRAIN_FORM = """<form class="Search_form__s1" action="/trains"><label>出发城市<select name="from">{% for c in cities %}<option {{ 'selected' if c==q.a }}>{{ c }}</option>{% endfor %}</select></label><label>到达城市<select name="to">{% for c in cities %}<option {{ 'selected' if c==q.b }}>{{ c }}</option>{% endfor %}</select></label><label>日期<input type="date" name="date" value="{{ q.d1 }}" required></label><button class="Btn_main__b1">搜索车次</button></form>"""
ROW = """<section class="Card_box__c1 Hotel_row__h1" data-hid="{{ h.id }}"><img src="/pic/{{ h.id }}.svg" alt=""><div class="Hotel_main__h2"><a class="Hotel_name__h3" href="{{ link(h) }}">{{ h.name }}</a>{% if h.ad and ads %}<span class="Hotel_ad__h4">广告</span>{% endif %}<div class="Hotel_meta__h6">{{ h.city }} · {{ h.area }}商圈</div><div class="Hotel_meta__h6">{{ h.score }}分 · {{ h.reviews }}条点评 · 已订{{ h.booked }}次</div></div><div><div class="Hotel_price__h5">¥{{ h.price }}<small>起</small></div><a class="Btn_sub__b2" style="padding:0 12px" href="{{ link(h) }}">查看</a></div></section>"""
HOME = (
    """<div class="Card_box__c1"><div class="Tabs_row__t1"><a href="/" class="{{ 'Tabs_on__t2' if tab!='train' }}">酒店</a><a href="/?tab=train" class="{{ 'Tabs_on__t2' if tab=='train' }}">火车票</a></div>{% if tab=='train' %}"""
    + TRAIN_FORM
    + "{% else %}"
    + HOTEL_FORM
    + "{% endif %}</div><h2>热门酒店</h2>{% for h in hotels %}"
    + ROW
    + "{% endfor %}<div id='promo'></div>"
)
HOME_JS = """<script>(function(){if(document.cookie.indexOf('xj_promo=1')>=0)return;var p=document.getElementById('promo');setTimeout(function(){
p.innerHTML='<div class="Modal_mask__m1"><div class="Modal_body__m2" role="dialog" aria-label="周末红包"><button class="Modal_close__m3" aria-label="关闭">×</button><h2>周末出游红包 ¥200</h2><p>酒店满800可用，限今日领取</p><a class="Btn_main__b1" href="/hotels?city=重庆">立即领取</a></div></div>';
p.querySelector('.Modal_close__m3').onclick=function(){p.innerHTML='<div class="Modal_mask__m1"><div class="Modal_ask__m4" role="alertdialog"><p>确定放弃 ¥200 红包吗？</p><button class="Btn_main__b1" id="stay" style="padding:0 16px">再想想</button> <button class="Btn_sub__b2" id="leave" style="padding:0 16px">确定放弃</button></div></div>';
p.querySelector('#leave').onclick=function(){p.innerHTML='';document.cookie='xj_promo=1;path=/'};p.querySelector('#stay').onclick=function(){location.href='/hotels?city=重庆'}}},400)})()</script>"""
HOTEL_LIST = (
    '<div class="Card_box__c1">'
    + HOTEL_FORM
    + """</div><nav class="Sort_bar__o1" aria-label="排序">{% for k,n in sorts %}<a class="{{ 'Sort_on__o2' if k==sort }}" href="{{ url_for('hotels', **dict(args, sort=k)) }}">{{ n }}</a>{% endfor %}</nav><p>{{ q.city }} 共{{ hotels|length }}家酒店</p>{% for h in hotels %}"""
    + ROW
    + "{% else %}<p>没有符合条件的酒店，换个城市试试</p>{% endfor %}"
)
HOTEL_PAGE = """<div class="Card_box__c1"><h1 style="font-size:22px">{{ h.name }}</h1><p>{{ h.score }}分 · {{ h.reviews }}条点评 · 已订{{ h.booked }}次 · {{ h.city }}{{ h.area }}</p><img src="/pic/{{ h.id }}.svg" alt="{{ h.name }}外观" style="width:100%;max-height:280px;object-fit:cover;border-radius:8px"></div>
{% for n,p,t in rooms %}<section class="Card_box__c1 Hotel_row__h1"><div class="Hotel_main__h2"><b>{{ n }}</b><div class="Hotel_meta__h6">{{ t }}</div></div><div class="Hotel_price__h5">¥{{ p }}</div><a class="Btn_main__b1" href="/booking/hotel/{{ h.id }}/{{ loop.index0 }}?in={{ q.d1 }}&out={{ q.d2 }}">预订</a></section>{% endfor %}"""
TRAIN_LIST = (
    '<div class="Card_box__c1">'
    + TRAIN_FORM
    + """</div><nav class="Sort_bar__o1" aria-label="排序">{% for k,n in sorts %}<a class="{{ 'Sort_on__o2' if k==sort }}" href="{{ url_for('train_list', **dict(args, sort=k)) }}">{{ n }}</a>{% endfor %}</nav>{% for t in trains %}<section class="Card_box__c1 Hotel_row__h1"><div class="Hotel_main__h2"><b>{{ t.dep }} {{ t.a }} → {{ t.arr }} {{ t.b }}</b><div class="Hotel_meta__h6">{{ t.no }}次 · 历时{{ t.len }}分 · 已售{{ t.sold }}张 · 服务评分{{ t.score }}</div></div><div class="Hotel_price__h5">¥{{ t.price }}</div><a class="Btn_main__b1" href="/booking/train/{{ t.no }}?from={{ t.a }}&to={{ t.b }}&date={{ q.d1 }}">预订</a></section>{% else %}<p>没有车次</p>{% endfor %}"""
)
BOOKING = """<form method="post" class="Booking_form__k1"><div class="Card_box__c1"><h1 style="font-size:20px">填写订单</h1><p>{{ what }}</p><p>{{ dates }}　单价 ¥{{ price }}</p></div>
<div class="Card_box__c1"><h2 style="font-size:17px">{{ '乘客' if kind=='train' else '入住人' }}信息</h2><div class="Field_row__f1"><span>姓名</span><input name="guest" required></div>{% if kind=='train' %}<div class="Field_row__f1"><span>证件号码</span><input name="idno" required placeholder="身份证号"></div>{% endif %}</div>
<div class="Card_box__c1"><h2 style="font-size:17px">联系方式</h2><div class="Field_row__f1"><span>联系人</span><input name="contact" required></div><div class="Field_row__f1"><span>手机号</span><input name="phone" type="tel" required pattern="1[0-9]{10}" title="11位手机号"></div></div>
{% for name,label,opts in extras %}<fieldset class="Card_box__c1" style="border:0"><legend style="font-weight:700">{{ label }}</legend><div class="Opt_grid__g1">{% for v,n,d in opts %}<label><input type="radio" name="{{ name }}" value="{{ v }}" {{ 'checked' if loop.first }}> <b>{{ n }}</b> ¥{{ v }}<br><span class="Hotel_meta__h6">{{ d }}</span></label>{% endfor %}</div></fieldset>{% endfor %}
<div class="Card_box__c1" style="text-align:right">订单总额 <span class="Hotel_price__h5">¥<span id="sum">{{ price }}</span></span>　<button class="Btn_main__b1">提交订单</button></div></form>"""
BOOKING_JS = """<script>var f=document.querySelector('form');f.onchange=function(){var s=%d;f.querySelectorAll('input[type=radio]:checked').forEach(function(r){s+=+r.value});document.getElementById('sum').textContent=s};f.onchange()</script>"""
PAY = """<div class="Card_box__c1" style="text-align:center"><h1 style="font-size:20px">收银台</h1><p>订单 {{ o.no }}：{{ o.what }}</p><p class="Hotel_price__h5" style="text-align:center">¥{{ o.total }}</p><form method="post"><button class="Btn_main__b1">立即支付</button></form></div>"""
PASSPORT = """<form method="post" class="Card_box__c1" style="max-width:520px;margin:0 auto"><h1 style="font-size:20px">{{ title }}</h1><div class="Field_row__f1"><span>手机号</span><input name="mobile" type="tel" required></div>{% if reg %}<div class="Field_row__f1"><span>短信验证码</span><input name="sms" style="width:130px" required><button type="button" class="Btn_sub__b2" style="padding:0 12px" onclick="this.textContent='已发送 123456'">发送验证码</button></div>{% endif %}<div class="Field_row__f1"><span>密码</span><input name="password" type="password" required></div>{% if reg %}<label><input type="checkbox" name="agree" value="1"> 我已阅读并同意<a href="/docs/agreement">《用户协议》</a><a href="/docs/privacy">《隐私政策》</a></label>{% endif %}<p style="color:#b00020" role="alert">{{ error }}</p><button class="Btn_main__b1">{{ '同意并注册' if reg else '登录' }}</button> {% if not reg %}<a href="/passport/register">没有账号？注册</a>{% endif %}</form>"""
USER = """<div class="Card_box__c1"><h1 style="font-size:20px">我的行迹</h1><p>{{ user }}　积分 {{ acc.points }}</p><p><a href="/user/profile">个人信息</a>　<a href="/user/privacy">隐私管理</a>　<a href="/user/deregister">注销账号</a></p></div><div class="Card_box__c1"><h2 style="font-size:17px">我的订单</h2>{% for o in acc.orders %}<p>{{ o.no }}　{{ o.what }}　¥{{ o.total }}　{{ o.state }}{% if o.state=='待支付' %}　<a href="/pay/{{ o.no }}">去支付</a>{% endif %}</p>{% else %}<p>暂无订单</p>{% endfor %}</div>"""
PROFILE = """<form method="post" class="Card_box__c1"><h1 style="font-size:20px">个人信息</h1><div class="Field_row__f1"><span>手机号</span>{{ user }}</div><div class="Field_row__f1"><span>昵称</span><input name="nick" value="{{ acc.nick }}"></div><div class="Field_row__f1"><span>常用旅客</span><input name="traveller" value="{{ acc.traveller }}"></div><p role="status">{{ error }}</p><button class="Btn_main__b1">保存修改</button></form>"""
PRIVACY = """<form method="post" class="Card_box__c1"><h1 style="font-size:20px">隐私管理</h1><p>常用旅客：{{ acc.traveller or '（无）' }}</p><button class="Btn_sub__b2">删除常用旅客与浏览记录</button><p role="status">{{ error }}</p><p><a href="/docs/privacy">隐私政策</a></p></form>"""
DEREG = """<form method="post" class="Card_box__c1"><h1 style="font-size:20px">注销账号</h1>{% if acc.closing %}<p>注销申请已受理，7天冷静期后完成。</p>{% else %}<p>申请注销的账号应同时满足：</p><p>1. 近6个月内没有任何订单记录（含已完成订单）；</p><p>2. 账号处于安全状态。</p><p>提交后有7天冷静期，15个工作日内处理完毕。</p><div class="Field_row__f1"><span>短信验证码</span><input name="sms" required> <span>已发送至绑定手机（123456）</span></div><p style="color:#b00020" role="alert">{{ error }}</p><button class="Btn_main__b1">申请注销</button> <a class="Btn_sub__b2" href="/user">返回</a>{% endif %}</form>"""
DOCS = {
    "agreement": (
        "用户协议",
        f"本协议由您与{COMPANY}（行迹旅行）订立。|一、您可在未登录状态下填写订单，支付前须登录。|二、订单提交后请在30分钟内支付，支付成功时合同成立。|三、退改：按房型与车次页面展示的规则办理，铁路退改依铁路部门规定。|四、争议由双方协商，协商不成的向有管辖权的人民法院起诉。|2024年4月1日发布，2024年4月10日生效。",
    ),
    "rules": (
        "交易规则",
        "一、酒店商家须提交营业执照与特种行业许可证。|二、确认订单后商家无故不接待的，按首晚房费赔付。|三、点评由真实入住用户发表，平台不删除。|四、搜索结果中带有“广告”标识的为推广内容。",
    ),
    "privacy": (
        "隐私政策",
        f"{COMPANY}处理您的个人信息时遵循最小必要原则。|一、收集：手机号、旅客姓名与证件号（仅用于出票）。|二、搜索排序：我们不使用您的浏览、订单等个人特征对搜索结果进行排序，所有用户看到的结果一致。|三、查询：我的行迹-个人信息，即时可查。|四、更正：我的行迹-个人信息，修改后保存，即时生效。|五、删除：我的行迹-隐私管理-删除常用旅客与浏览记录，即时生效，其他删除请求15个工作日内处理。|六、注销：我的行迹-注销账号，满足页面所列条件并输入短信验证码后提交，7天冷静期后完成，最长15个工作日。",
    ),
    "licence": (
        "营业执照",
        f"统一社会信用代码：{USCC}|名称：{COMPANY}|类型：有限责任公司|法定代表人：高远|注册资本：叁佰万元整|住所：重庆市渝北区新南路168号|成立日期：2016年9月1日|营业期限：2016年9月1日至永久",
    ),
    "help": (
        "帮助中心",
        "如何查询、更正个人信息：我的行迹-个人信息，即时生效。|如何删除：我的行迹-隐私管理，即时生效。|如何注销：我的行迹-注销账号，7天冷静期后完成。|电话：023-6888 0000（24小时）。",
    ),
}


def make_app():
    app = Flask(__name__)
    Bag(app, "xj_guid", lambda: {"user": None, "orders": []})

    def account(password="xingji2024", orders=(), points=0):
        return {
            "password": password,
            "nick": "旅行者",
            "traveller": "高小行",
            "orders": list(orders),
            "points": points,
            "closing": False,
        }

    old = [
        {"no": "XJ88001", "what": "云栖酒店 1晚", "total": 536, "state": "已完成"},
        {"no": "XJ88002", "what": "G1203次 重庆-成都", "total": 154, "state": "已完成"},
    ]
    accounts = {"13600136001": account(), "13600136002": account(orders=old, points=640)}

    def me():
        return accounts.get(g.bag["user"])

    def dates():
        day = datetime.date.today()
        a = request.args
        return {
            "d1": a.get("in") or a.get("date") or str(day + datetime.timedelta(7)),
            "d2": a.get("out") or str(day + datetime.timedelta(8)),
            "city": a.get("city", "").strip(),
            "kw": a.get("kw", "").strip(),
            "a": a.get("from", "重庆"),
            "b": a.get("to", "成都"),
        }

    def page(title, body, script="", status=200, **kw):
        def link(h):
            q = dates()
            to = f"/hotel/{h['id']}?in={q['d1']}&out={q['d2']}"
            return (
                f"/adjump?adid=H{h['id']}&clk=z{h['id'] * 11}&h={h['id']}&in={q['d1']}&out={q['d2']}"
                if kw.get("ads") and h["ad"]
                else to
            )

        return render_template_string(
            BASE.replace("%s", body),
            title=title,
            user=g.bag["user"],
            acc=me(),
            q=dates(),
            cities=list(CITIES),
            script=script,
            link=link,
            **dict({"error": ""}, **kw),
        ), status

    @app.get("/")
    def home():
        return page("首页", HOME, HOME_JS, tab=request.args.get("tab"), hotels=HOTELS[1::12])

    @app.get("/pic/<int:i>.svg")
    def pic(i):
        towers = "".join(
            f'<rect x="{k * 34 + 6}" y="{30 + (i * (k + 2) * 7) % 60}" width="26" height="120" fill="hsl({(i * 17 + k * 9) % 360},30%,{40 + k * 4}%)"/>'
            for k in range(6)
        )
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 140"><rect width="210" height="140" fill="hsl({i * 17 % 360},45%,80%)"/>{towers}</svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/hotels")
    def hotels():
        q, sort = dates(), request.args.get("sort", "smart")
        hits = [
            h
            for h in HOTELS
            if q["city"] and q["city"].rstrip("市") in h["city"] + h["name"] and q["kw"] in h["name"] + h["area"]
        ]
        key = {
            "sales": lambda h: -h["booked"],
            "score": lambda h: -h["score"],
            "low": lambda h: h["price"],
            "high": lambda h: -h["price"],
        }.get(sort, lambda h: h["smart"])
        rows = sorted((h for h in hits if not h["ad"]), key=key)
        for at, h in zip((0, 5, 9), [h for h in hits if h["ad"]], strict=False):
            rows.insert(min(at, len(rows)), h)
        args = {k: v for k, v in request.args.items() if k in ("city", "in", "out", "kw")}
        return page(
            q["city"] + "酒店",
            HOTEL_LIST,
            hotels=rows,
            ads=True,
            sort=sort,
            args=args,
            sorts=[
                ("smart", "智能排序"),
                ("sales", "销量优先"),
                ("score", "好评优先"),
                ("low", "价格 低→高"),
                ("high", "价格 高→低"),
            ],
        )

    @app.get("/adjump")
    def adjump():
        return redirect(
            url_for(
                "hotel",
                i=request.args.get("h", 2001, type=int),
                **{k: request.args[k] for k in ("in", "out") if k in request.args},
            )
        )

    @app.get("/hotel/<int:i>")
    def hotel(i):
        h = HOTEL.get(i) or abort(404)
        return page(h["name"], HOTEL_PAGE, h=h, rooms=[(n, round(h["price"] * k), t) for n, k, t in ROOMS])

    @app.get("/trains")
    def train_list():
        q, sort = dates(), request.args.get("sort", "dep")
        key = {
            "sold": lambda t: -t["sold"],
            "score": lambda t: -t["score"],
            "low": lambda t: t["price"],
            "short": lambda t: t["len"],
        }.get(sort, lambda t: t["dep"])
        rows = sorted(trains(q["a"], q["b"]), key=key) if q["a"] != q["b"] and {q["a"], q["b"]} <= set(CITIES) else []
        args = {k: v for k, v in request.args.items() if k in ("from", "to", "date")}
        return page(
            "火车票",
            TRAIN_LIST,
            trains=rows,
            sort=sort,
            args=args,
            sorts=[
                ("dep", "发车最早"),
                ("short", "耗时最短"),
                ("low", "价格最低"),
                ("sold", "销量最高"),
                ("score", "评分最高"),
            ],
        )

    def book(kind, what, when, price, extras):
        if request.method == "GET":
            return page(
                "填写订单", BOOKING, BOOKING_JS % price, kind=kind, what=what, dates=when, price=price, extras=extras
            )
        f = request.form
        chosen = sum(int(f.get(n, 0)) for n, _, opts in extras if f.get(n) in [str(o[0]) for o in opts])
        order = {
            "no": f"XJ9{len(g.bag['orders']) + 1:04d}{g.sid[:3]}",
            "what": what,
            "total": price + chosen,
            "state": "待支付",
        }
        g.bag["orders"].append(order)
        return redirect(f"/pay/{order['no']}")

    @app.route("/booking/hotel/<int:i>/<int:room>", methods=["GET", "POST"])
    def book_hotel(i, room):
        if i not in HOTEL or room > 2:
            abort(404)
        q, (name, k, _) = dates(), ROOMS[room]
        return book(
            "hotel",
            f"{HOTEL[i]['name']} {name}",
            f"{q['d1']} 至 {q['d2']}",
            round(HOTEL[i]["price"] * k),
            [
                (
                    "cancel_ins",
                    "酒店取消险",
                    [
                        (0, "不需要", "按房型规则退改"),
                        (12, "取消险", "临时取消最高赔付首晚房费"),
                        (25, "取消险Plus", "含旅行意外"),
                    ],
                )
            ],
        )

    @app.route("/booking/train/<no>", methods=["GET", "POST"])
    def book_train(no):
        q = dates()
        t = next((t for t in trains(q["a"], q["b"]) if t["no"] == no), None) or abort(404)
        return book(
            "train",
            f"{no}次 {t['a']}-{t['b']} {t['dep']}",
            q["d1"],
            t["price"],
            [
                (
                    "speed",
                    "出票方式",
                    [
                        (0, "普通预订", "按提交顺序出票"),
                        (15, "极速出票", "优先出票通道"),
                        (35, "优享套餐", "极速出票+接送券"),
                    ],
                ),
                (
                    "insure",
                    "交通意外险",
                    [(0, "不需要保险", "不购买"), (20, "安心款", "最高保额80万"), (40, "尊享款", "最高保额160万")],
                ),
            ],
        )

    @app.route("/pay/<no>", methods=["GET", "POST"])
    def pay(no):
        if not me():
            return redirect("/passport/login?next=/pay/" + no)
        for o in list(g.bag["orders"]):
            g.bag["orders"].remove(o)
            me()["orders"].append(o)
        o = next((o for o in me()["orders"] if o["no"] == no), None) or abort(404)
        if request.method == "POST":
            o["state"] = "已支付"
            return redirect("/user")
        return page("收银台", PAY, o=o)

    @app.route("/passport/<what>", methods=["GET", "POST"])
    def passport(what):
        if what == "logout":
            g.bag["user"] = None
            return redirect("/")
        if what not in ("login", "register"):
            abort(404)
        reg, error, f = what == "register", "", request.form
        if request.method == "POST":
            if reg:
                good = (
                    re.fullmatch(r"1\d{10}", f["mobile"])
                    and f["sms"] == "123456"
                    and len(f["password"]) >= 6
                    and f["mobile"] not in accounts
                )
                error = "" if good else "请检查手机号、验证码和密码（手机号可能已注册）"
                error = error or ("" if f.get("agree") else "请先阅读并同意协议")
                if not error:
                    accounts[f["mobile"]] = account(f["password"])
            elif f["mobile"] not in accounts or accounts[f["mobile"]]["password"] != f["password"]:
                error = "手机号或密码错误"
            if not error:
                g.bag["user"] = f["mobile"]
                to = request.args.get("next", "/user")
                return redirect(to if re.fullmatch(r"/[\w/]*", to) else "/user")
        return page("注册" if reg else "登录", PASSPORT, reg=reg, error=error)

    @app.route("/user", methods=["GET"])
    @app.route("/user/<part>", methods=["GET", "POST"])
    def user(part=""):
        if not me():
            return redirect("/passport/login?next=" + request.path)
        a, f, error, post = me(), request.form, "", request.method == "POST"
        if part == "profile" and post:
            a.update(nick=f["nick"], traveller=f["traveller"])
            error = "已保存"
        elif part == "privacy" and post:
            a["traveller"], error = "", "已删除"
        elif part == "deregister" and post:
            if a["orders"]:
                error = "您近6个月内有订单记录，暂不符合注销条件"
            elif f["sms"] != "123456":
                error = "验证码错误"
            else:
                a["closing"] = True
        return page(
            "我的行迹", {"profile": PROFILE, "privacy": PRIVACY, "deregister": DEREG}.get(part, USER), error=error
        )

    @app.get("/docs/<slug>")
    def docs(slug):
        title, text = DOCS.get(slug) or abort(404)
        return page(
            title,
            '<article class="Card_box__c1"><h1 style="font-size:22px">{{ title }}</h1>{% for p in paras %}<p>{{ p }}</p>{% endfor %}</article>',
            paras=text.split("|"),
        )

    return app
