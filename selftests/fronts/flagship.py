"""迈程 STRIDEN: the store of a sneaker brand. Icons without words, a dialog as bag, popovers, a region gate,
controls that are dead for half a second, words drawn by ::before, Chinese with an English switch."""

import json
import re
from collections import Counter
from urllib.parse import quote

from flask import Flask, Response, abort, g, jsonify, redirect, render_template_string, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "brand store (sneakers, clothing) with partner brands"
QUERIES = ["跑步鞋", "篮球鞋", "板鞋", "徒步鞋", "卫衣"]
ACCOUNTS = [
    {"user": "maichen_new", "password": "Striden#2025", "role": "fresh", "holds": "nothing"},
    {
        "user": "maichen_old",
        "password": "Striden#2025",
        "role": "aged",
        "holds": "2 finished orders (the older of August 2021), 320 points",
    },
]
COMPANY, USCC = "杭州迈程体育用品有限公司", "91330106MA2KJ83T0H"
SORTS = [
    ("zh", "综合推荐"),
    ("xp", "新品优先"),
    ("xl", "销量优先"),
    ("pf", "评分优先"),
    ("jd", "价格由低到高"),
    ("jg", "价格由高到低"),
]
LINES = {  # kind: (professional lines, light lines, price of a professional one)
    "跑步鞋": (("疾影 Pro", "破风 Elite"), ("轻氧", "日常慢跑"), 1099),
    "篮球鞋": (("重力 Pro", "制霸 Elite"), ("街头", "外场"), 1199),
    "板鞋": (("1986 手工版", "藏家系列"), ("小白", "校园"), 899),
    "徒步鞋": (("远山 GTX", "雪线 Elite"), ("近郊", "林间"), 1399),
    "卫衣": (("大师联名", "羊绒系列"), ("基础款", "学院风"), 799),
}
TINTS = ["曜石黑", "雪山白", "海盐蓝", "松针绿", "落日橘", "雾灰"]
GOODS = []
for _kind, (_pro, _lite, _price) in LINES.items():
    for _n in range(26):
        _i = 7001 + len(GOODS)
        _ad = _n in (5, 16)
        _line = (_lite, _pro)[_n % 2][_n // 2 % 2]
        GOODS.append(
            {
                "id": _i,
                "kind": _kind,
                "tier": "pro" if _n % 2 else "lite",
                "name": f"北辰运动 {_kind} {TINTS[_i % 6]}"
                if _ad
                else f"迈程 {_line} {_kind} {['男款', '女款', '中性'][_i % 3]} {TINTS[_i * 5 % 6]}",
                "price": round(_price * (1 if _n % 2 else 0.36)) + (_i * 23) % 17 * 10,
                "sold": (_i * 733) % 9000 + 30,
                "stars": round(4.1 + (_i * 29 % 90) / 100, 2),
                "day": (_i * 59) % 400,
                "ad": _ad,
                "mix": (_i * _i * 5 + _i) % 307,
            }
        )
GOOD = {x["id"]: x for x in GOODS}
GIFT = 29
EN = {
    "跑步鞋": "Running",
    "篮球鞋": "Basketball",
    "板鞋": "Skate",
    "徒步鞋": "Hiking",
    "卫衣": "Hoodies",
    "登录": "Sign in",
    "注册": "Join",
    "我的账户": "My account",
    "个人资料": "Profile",
    "隐私设置": "Privacy settings",
    "账户安全": "Security",
    "退出登录": "Sign out",
    "加入购物袋": "Add to bag",
    "去结算": "Checkout",
    "购物袋": "Bag",
    "购物袋是空的": "Your bag is empty",
    "加载更多": "Load more",
    "排序": "Sort",
    "综合推荐": "Featured",
    "新品优先": "Newest",
    "销量优先": "Best selling",
    "评分优先": "Top rated",
    "价格由低到高": "Price: low to high",
    "价格由高到低": "Price: high to low",
    "搜索商品": "Search products",
    "本季主推": "This season",
    "关于迈程": "About Striden",
    "客户服务": "Customer care",
    "购物指南": "Shopping guide",
    "营业执照": "Business licence 营业执照",
    "帮助中心": "Help 帮助中心",
    "用户协议": "Terms 用户协议",
    "销售与交易规则": "Trading rules 交易规则",
    "隐私政策": "Privacy policy 隐私政策",
    "选择尺码": "Size",
    "请先选择尺码": "Please choose a size",
    "个性化排序设置": "Personalised ranking settings",
}
DOCS = {
    "agreement": (
        "用户协议",
        f"本协议由您与{COMPANY}（“迈程”）订立。|一、您可自由浏览本店，下单前须登录账户。|二、您点击“提交订单”并显示订单编号时合同成立，价款、运费以结算页所示为准。|三、签收次日起七日内，商品完好的可无理由退货，定制商品除外；退款自收到退货之日起七日内原路返还。|四、礼盒包装等附加服务由您自愿选购。|五、修改本协议将提前七日在首页公示并征求意见，您不同意的可停止使用并注销账户。|六、争议可向消费者协会投诉或向有管辖权的人民法院起诉。|V5.0　2025年1月6日公布，2025年1月16日生效。",
    ),
    "rules": (
        "销售与交易规则",
        "一、本店商品分为迈程自营商品与合作品牌商品，详情页分别标明。|二、综合推荐按销量、上新与库存计算；登录用户开启个性化时还参考其浏览过的系列。|三、合作品牌付费展示的商品标注“广告”。|四、评分由真实购买者给出，不删除评价。|五、商品质量问题由迈程先行处理，合作品牌承担相应责任。",
    ),
    "privacy": (
        "隐私政策",
        f"{COMPANY}重视您的个人信息，依法保障您查询、更正、删除个人信息及注销账户的权利。|一、我们收集：用户名、手机号、收货信息、登录状态下的浏览记录。|二、个性化：您登录后，我们会根据您浏览过的系列调整搜索结果的综合推荐排序。您可在“我的账户-隐私设置-个性化搜索与推荐”随时关闭，关闭后立即生效、长期有效，搜索结果不再参考您的个人特征；未登录用户的结果不作个性化。|三、查询：我的账户-个人资料，即时显示。|四、更正：我的账户-个人资料，修改后点“保存”，即时生效。|五、注销：我的账户-账户安全-注销账户，验证短信验证码后提交，7天冷静期后完成，最长15个工作日。|六、联系我们：privacy@striden.example。|2025年1月16日更新并生效。",
    ),
    "licence": (
        "营业执照",
        f"统一社会信用代码：{USCC}|名称：{COMPANY}|类型：有限责任公司（自然人投资或控股）|法定代表人：孟骁|注册资本：贰仟万元整|成立日期：2019年4月8日|营业期限：2019年4月8日至长期|住所：浙江省杭州市西湖区文三路478号",
    ),
    "help": (
        "帮助中心",
        "尺码怎么选：请参考商品页尺码表。|怎么查看或修改个人资料：我的账户-个人资料，即时生效。|怎么注销账户：我的账户-账户安全-注销账户，7天冷静期后完成，最长15个工作日。|怎么退货：我的账户-订单-申请退货。|在线客服：每天9:00-21:00。",
    ),
}
SPRITE = quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="24" fill="none" stroke="#111" stroke-width="2" stroke-linecap="round"><circle cx="10.500" cy="10.500" r="6"/><path d="M15 15l5.500 5.500"/><path d="M29 8h14l1.500 13h-17z"/><path d="M32.500 10V6.500a3.500 3.500 0 017 0V10"/><circle cx="60" cy="8" r="4"/><path d="M52 21c1-9 15-9 16 0"/><path d="M76 7h16M76 12h16M76 17h16"/></svg>'
)
CSS = """*{box-sizing:border-box}html{scroll-behavior:auto}body{margin:0;font:15px/1.6 "HarmonyOS Sans SC","Noto Sans CJK SC",sans-serif;color:#111;background:#fff}a{color:inherit;text-decoration:none}button,select,input{font:inherit;color:inherit}ul{list-style:none;padding:0;margin:0}
.top{position:sticky;top:0;background:#fff;border-bottom:1px solid #e5e5e5;z-index:20}.top>div{max-width:1280px;margin:0 auto;display:flex;align-items:center;height:60px;padding:0 16px;gap:20px}.logo{font-weight:900;font-size:22px;letter-spacing:1px}.kinds{display:flex;gap:22px;flex:1;justify-content:center}.tools{display:flex;align-items:center;gap:4px;margin-left:auto}
.icon{width:40px;height:40px;border:0;background:url("data:image/svg+xml,@SPRITE@") no-repeat 8px 8px;cursor:pointer;position:relative;overflow:hidden;padding:0}.icon-bag{background-position:-16px 8px}.icon-user{background-position:-40px 8px}.icon i{position:absolute;right:2px;top:2px;background:#111;color:#fff;border-radius:9px;font:11px/17px Arial;min-width:17px}.icon-search{background-size:96px 24px}.icon-search::after,.icon-bag::after,.icon-user::after{content:"";position:absolute;left:32px;top:0;width:10px;height:40px;background:#fff}.icon::before{content:"";position:absolute;left:0;top:0;width:8px;height:40px;background:#fff}.icon i{z-index:2}
.lang{padding:6px 8px;font-size:13px}[popover]{border:1px solid #ccc;border-radius:8px;padding:8px 0;margin:0;inset:auto;position:fixed;top:58px;right:max(16px,calc(50vw - 630px));min-width:170px;box-shadow:0 8px 24px rgba(0,0,0,.16)}[popover] a,[popover] button{display:block;padding:9px 18px;width:100%;text-align:left;border:0;background:none;cursor:pointer}
#seek{display:none;padding:12px 16px;border-bottom:1px solid #e5e5e5;max-width:760px;margin:0 auto;gap:8px}#seek.on{display:flex}#seek input{flex:1;height:42px;border:1px solid #767676;border-radius:21px;padding:0 18px;min-width:0}
main{max-width:1280px;margin:0 auto;padding:18px 16px 40px;min-height:60vh}.hero{background:linear-gradient(110deg,#16213a,#38598b);color:#fff;border-radius:12px;padding:56px 34px;margin-bottom:24px}.hero h1{margin:0;font-size:34px}.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:18px 14px}.tile{display:block;position:relative}.tile img{width:100%;aspect-ratio:1;object-fit:cover;border-radius:8px;display:block;background:#f4f4f4}.tile h3{font-size:15px;font-weight:500;margin:8px 0 0;line-height:1.4}.tile .pr{font-weight:700}.tile .mt{color:#595959;font-size:13px}.flag{position:absolute;left:8px;top:8px}.flag::before{content:attr(data-l);display:inline-block;background:#fff;color:#333;border:1px solid #333;border-radius:3px;font-size:12px;line-height:18px;padding:0 6px}.newin::before{background:#111;color:#fff}
.bar{display:flex;justify-content:space-between;align-items:center;gap:10px;flex-wrap:wrap;margin-bottom:14px}.bar label::before{content:attr(data-l) "："}.bar select,.inp{height:40px;border:1px solid #767676;border-radius:6px;padding:0 10px;background:#fff;max-width:100%}.bar a{text-decoration:underline;font-size:13px}
.blk{background:#111;color:#fff;border:0;border-radius:24px;height:46px;padding:0 32px;cursor:pointer;display:inline-block;line-height:46px;text-align:center}.blk[data-t]::before,.wht[data-t]::before{content:attr(data-t)}.wht{background:#fff;border:1px solid #111;border-radius:24px;height:46px;padding:0 28px;cursor:pointer;display:inline-block;line-height:44px;text-align:center}.more{text-align:center;margin:28px 0}
.pd{display:grid;grid-template-columns:1fr 1fr;gap:30px}.pd img{width:100%;border-radius:10px}.sz{display:flex;gap:8px;flex-wrap:wrap;margin:10px 0 18px}.sz label{position:relative}.sz input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}.sz span{display:block;border:1px solid #767676;border-radius:6px;padding:8px 16px}.sz input:checked+span{background:#111;color:#fff}.err{color:#b3001b;min-height:24px}
dialog{border:0;padding:0}dialog::backdrop{background:rgba(0,0,0,.5)}#bag{margin:0 0 0 auto;height:100vh;max-height:none;width:min(400px,92vw);padding:20px}#bag .li{display:flex;gap:12px;border-bottom:1px solid #e5e5e5;padding:12px 0}#bag .li img{width:72px;height:72px;border-radius:6px}.x{width:40px;height:40px;border:0;background:none;cursor:pointer;float:right}.x::before{content:"✕";font-size:18px}
.box{border:1px solid #ddd;border-radius:10px;padding:18px 20px;margin:0 0 14px}.box h2{font-size:17px;margin:0 0 8px}.f{display:block;margin:10px 0}.f span{display:block;font-size:13px;color:#595959}.narrow{max-width:480px;margin:0 auto}
footer{background:#f4f4f4;padding:26px 0}footer>div{max-width:1280px;margin:0 auto;padding:0 16px}.cols{display:grid;grid-template-columns:repeat(3,1fr);gap:20px}.cols summary{font-weight:700;list-style:none}.cols a{display:block;line-height:32px;font-size:14px}.law{border-top:1px solid #ccc;margin-top:16px;padding-top:14px;font-size:13px;color:#444}.law a{margin-right:18px;line-height:30px;text-decoration:underline;display:inline-block}
.gate{position:fixed;inset:0;background:#101827;color:#fff;z-index:100;display:grid;place-items:center;text-align:center;padding:20px}.gate select{height:44px;border-radius:6px;padding:0 12px;color:#111;background:#fff;min-width:140px;margin:0 4px 12px}.ck{position:fixed;left:0;right:0;bottom:0;background:#fff;border-top:1px solid #bbb;padding:12px 16px;z-index:40;display:none;gap:12px;align-items:center;justify-content:center;flex-wrap:wrap;font-size:14px}.ck button{height:40px;line-height:38px;padding:0 18px}
.app{position:fixed;inset:0;background:rgba(0,0,0,.55);z-index:60;display:grid;place-items:center}.app>div{background:#fff;border-radius:14px;width:310px;padding:18px 22px 26px;text-align:center;position:relative}.app .x{position:absolute;right:6px;top:6px}
@media(max-width:700px){.kinds{display:none}.grid{grid-template-columns:1fr 1fr}.pd{grid-template-columns:1fr}.hero{padding:34px 20px}.hero h1{font-size:26px}.cols{grid-template-columns:1fr;gap:0}.cols summary{padding:12px 0;border-bottom:1px solid #ccc}.cols summary::after{content:"+";float:right}.cols details[open] summary::after{content:"−"}}""".replace(
    "@SPRITE@", SPRITE
)
SHELL = (
    """<!DOCTYPE html><html lang="{{ 'en' if en else 'zh-CN' }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ title }} | STRIDEN 迈程官方旗舰店</title><style>"""
    + CSS
    + """</style></head><body>
<header class="top"><div><a class="logo" href="/">STRIDEN</a><nav class="kinds">{% for k in kinds %}<a href="/search?q={{ k }}">{{ t(k) }}</a>{% endfor %}</nav><div class="tools"><a class="lang" href="/lang?to={{ 'zh' if en else 'en' }}">{{ '中文' if en else 'EN' }}</a><button class="icon icon-search" type="button"></button><button class="icon icon-user" type="button" popovertarget="who"></button><button class="icon icon-bag" type="button"><i hidden></i></button></div></div>
<form id="seek" action="/search"><input name="q" type="search" placeholder="{{ t('搜索商品') }}" value="{{ q or '' }}"><button class="icon icon-search"></button></form></header>
<div id="who" popover>{% if user %}<a href="/account">{{ t('我的账户') }}</a><a href="/account/profile">{{ t('个人资料') }}</a><a href="/account/privacy">{{ t('隐私设置') }}</a><a href="/account/security">{{ t('账户安全') }}</a><a href="/logout">{{ t('退出登录') }}</a>{% else %}<a href="/login">{{ t('登录') }}</a><a href="/register">{{ t('注册') }}</a>{% endif %}</div>
<main>@BODY@</main>
<footer><div><div class="cols"><details><summary>{{ t('购物指南') }}</summary>{% for k in kinds %}<a href="/search?q={{ k }}">{{ t(k) }}</a>{% endfor %}</details><details><summary>{{ t('客户服务') }}</summary><a href="/docs/help">{{ t('帮助中心') }}</a></details><details><summary>{{ t('关于迈程') }}</summary><a href="/docs/licence">{{ t('营业执照') }}</a></details></div>
<div class="law"><a href="/docs/agreement">{{ t('用户协议') }}</a><a href="/docs/rules">{{ t('销售与交易规则') }}</a><a href="/docs/privacy">{{ t('隐私政策') }}</a><br>© """
    + COMPANY
    + """　浙ICP备19021555号</div></div></footer>
<dialog id="bag"><button class="x" type="button" aria-label="关闭"></button><h2 style="font-size:19px;margin:6px 0 14px">{{ t('购物袋') }}</h2><div id="lines"></div></dialog>
<div class="ck"><span>{{ 'We use necessary cookies, and statistics cookies with your consent.' if en else '我们使用必要的 Cookie；经您同意后使用统计 Cookie。' }}</span><button class="wht" data-c="min">{{ 'Necessary only' if en else '仅必要' }}</button><button class="wht" data-c="all">{{ 'Accept' if en else '同意' }}</button></div>
{% if gate %}<div class="gate"><div><div class="logo">STRIDEN</div><p>请选择您所在的地区<br>Choose your region</p><select id="g1" aria-label="地区"><option>中国大陆</option><option>International</option></select><select id="g2" aria-label="城市"><option>重庆</option><option>杭州</option><option>上海</option><option>北京</option><option>Other</option></select><br><button class="wht" id="enter" type="button" style="color:#111">进入商城 Enter</button></div></div>{% endif %}
<script>const T={{ words|safe }},$=(s,r=document)=>r.querySelector(s),all=s=>[...document.querySelectorAll(s)],eat=n=>(document.cookie.match('(?:^|; )'+n+'=([^;]*)')||[])[1];
async function bag(d){const r=await fetch('/api/bag',d?{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(d)}:{}).then(x=>x.json()),n=$('.icon-bag i');n.hidden=!r.n;n.textContent=r.n;$('#lines').innerHTML=r.lines.map(l=>`<div class="li"><img src="/pic/${l.id}.svg" alt=""><div style="flex:1"><div>${l.name}</div><div>${l.size} × ${l.qty}　<b>¥${l.price*l.qty}</b></div><button type="button" data-rm="${l.key}" style="border:0;background:none;text-decoration:underline;padding:4px 0;cursor:pointer">${T.rm}</button></div></div>`).join('')+(r.n?`<p style="text-align:right">${T.sum} <b>¥${r.total}</b></p><a class="blk" style="width:100%" href="/checkout" data-t="${T.go}"></a>`:`<p>${T.empty}</p>`);$('#lines').querySelectorAll('[data-rm]').forEach(b=>b.onclick=()=>bag({remove:b.dataset.rm}))}
function cookies(){if(!eat('fl_ck'))$('.ck').style.display='flex';document.body.style.paddingBottom=eat('fl_ck')?'':$('.ck').offsetHeight+'px'}
function app(){if(location.pathname!='/'||localStorage.fl_app)return;setTimeout(()=>{const d=document.createElement('div');d.className='app';d.innerHTML=`<div role="dialog" aria-label="${T.app}"><button class="x" type="button" aria-label="关闭"></button><h2 style="margin:8px 0 0">${T.app}</h2><p>${T.app2}</p><a class="blk" href="/app">${T.app3}</a></div>`;$('.x',d).onclick=()=>{d.remove();localStorage.fl_app=1};document.body.append(d)},300)}
const wide=matchMedia('(min-width:701px)');function fold(){all('.cols details').forEach(d=>d.open=wide.matches)}
function hydrate(){fold();wide.onchange=fold;all('.cols summary').forEach(s=>s.onclick=e=>{if(wide.matches)e.preventDefault()});$('.top .tools .icon-search').onclick=()=>{$('#seek').classList.toggle('on');$('#seek input').focus()};$('.icon-bag').onclick=async()=>{await bag();$('#bag').showModal()};$('#bag .x').onclick=()=>$('#bag').close();$('#bag').onclick=e=>{if(e.target==$('#bag')&&e.clientX<$('#bag').getBoundingClientRect().left)$('#bag').close()};
all('[data-c]').forEach(b=>b.onclick=()=>{document.cookie='fl_ck='+b.dataset.c+';path=/;max-age=9999999';$('.ck').style.display='none';document.body.style.paddingBottom=''});
const gate=$('.gate');if(gate)$('#enter').onclick=()=>{document.cookie='fl_region='+encodeURIComponent($('#g2').value)+';path=/;max-age=9999999';gate.remove();cookies();app()};else{cookies();app()}
bag();if(location.hash=='#bag')$('.icon-bag').click();if(window.page)page()}
setTimeout(hydrate,500)</script>{{ script|safe }}</body></html>"""
)
TILE = """<a class="tile" href="/p/{{ x.id }}"><img src="/pic/{{ x.id }}.svg" alt=""><h3>{{ x.name }}</h3><div class="pr">¥{{ x.price }}</div></a>"""
HOME = (
    """<section class="hero"><h1>{{ 'Made for the long way' if en else '为长路而生' }}</h1><p>{{ 'Striden 2026 spring' if en else '迈程 2026 春季新品现已上市' }}</p><a class="wht" style="color:#111" href="/search?q=跑步鞋">{{ 'Shop running' if en else '选购跑步鞋' }}</a></section><h2>{{ t('本季主推') }}</h2><div class="grid">{% for x in goods %}"""
    + TILE
    + "{% endfor %}</div>"
)
SEARCH = """<h1 style="font-size:22px">{{ t(q) }}</h1><div class="bar"><label data-l="{{ t('排序') }}"><select id="by">{% for k,n in sorts %}<option value="{{ k }}" {{ 'selected' if k==sort }}>{{ t(n) }}</option>{% endfor %}</select></label><span id="n"></span><a href="/account/privacy">{{ t('个性化排序设置') }}</a></div><div class="grid" id="g"></div><div class="more"><button class="wht" id="more" type="button" data-t="{{ t('加载更多') }}" hidden></button></div>"""
SEARCH_JS = """<script>var page=function(){var n=0,busy=false,auto=false,u=new URLSearchParams(location.search);async function next(){if(busy)return;busy=true;const r=await fetch('/api/search?q='+encodeURIComponent(u.get('q')||'')+'&sort='+(u.get('sort')||'zh')+'&page='+ ++n).then(x=>x.json());$('#n').textContent=T.found.replace('#',r.total);$('#g').insertAdjacentHTML('beforeend',r.items.map(x=>`<a class="tile" href="${x.url}"><img src="/pic/${x.id}.svg" alt="">${x.ad?'<span class="flag" data-l="广告"></span>':x.isNew?'<span class="flag newin" data-l="'+T.fresh+'"></span>':''}<h3>${x.name}</h3><div class="pr">¥${x.price}</div><div class="mt">${T.sold} ${x.sold} · ${x.stars} ★</div></a>`).join(''));$('#more').hidden=!r.more;busy=false}
$('#by').onchange=e=>{u.set('sort',e.target.value);location.search=u};$('#more').onclick=()=>{next();if(!auto){auto=true;addEventListener('scroll',()=>{if(!$('#more').hidden&&$('#more').getBoundingClientRect().top<innerHeight)next()})}};next()}</script>"""
PRODUCT = """<div class="pd"><img src="/pic/{{ x.id }}.svg" alt="{{ x.name }}"><div><h1 style="font-size:24px;margin:0">{{ x.name }}</h1><p class="mt">{{ '合作品牌商品' if x.ad else '迈程自营' }} · {{ x.stars }} ★ · {{ '已售' if not en else 'sold' }} {{ x.sold }}</p><p style="font-size:22px;font-weight:700">¥{{ x.price }}</p><b>{{ t('选择尺码') }}</b><div class="sz">{% for s in sizes %}<label><input type="radio" name="size" value="{{ s }}"><span>{{ s }}</span></label>{% endfor %}</div><div class="err" role="alert"></div><button class="blk" id="put" type="button" data-t="{{ t('加入购物袋') }}" style="width:100%"></button><p class="mt">{{ 'Free delivery. 7-day returns.' if en else '全场包邮，签收后七日内可无理由退货' }}</p></div></div>"""
PRODUCT_JS = """<script>var page=function(){$('#put').onclick=async()=>{const s=$('.sz input:checked');if(!s){$('.err').textContent=T.size;return}$('.err').textContent='';await bag({add:%d,size:s.value});$('#bag').showModal()}}</script>"""
CHECKOUT = """<h1 style="font-size:22px">结算</h1><form method="post"><div class="box"><h2>收货信息</h2><label class="f"><span>收货人</span><input class="inp" name="name" value="{{ acc.name }}" required></label><label class="f"><span>手机号</span><input class="inp" name="phone" type="tel" value="{{ acc.phone }}" required></label><label class="f"><span>地址</span><input class="inp" name="addr" value="{{ acc.addr }}" style="width:420px" required></label></div><div class="box"><h2>商品</h2>{% for l in lines %}<p>{{ l.name }}　{{ l.size }} × {{ l.qty }}　¥{{ l.price*l.qty }}</p>{% endfor %}</div><div class="box"><h2>附加服务</h2><label><input type="checkbox" name="gift" value="1" {{ 'checked' if acc.gift }}> 礼盒包装与手写贺卡 ¥29</label><br><label><input type="checkbox" name="news" value="1"> 订阅新品短信（免费，可随时退订）</label></div><div class="box" style="text-align:right">商品 ¥{{ total }}　运费 ¥0　合计 <b style="font-size:20px">¥<span id="sum"></span></b>　<button class="blk">提交订单</button></div></form><script>var f=document.querySelector('form[method=post]');(f.onchange=function(){document.getElementById('sum').textContent={{ total }}+(f.gift.checked?29:0)})()</script>"""
LOGIN = """<form method="post" class="box narrow"><h1 style="font-size:20px">{{ t('登录') }}</h1><label class="f"><span>用户名 / 手机号</span><input class="inp" name="account" autocomplete="username" required></label><label class="f"><span>密码</span><input class="inp" name="secret" type="password" required></label><p class="err" role="alert">{{ error }}</p><button class="blk">{{ t('登录') }}</button>　<a href="/register" style="text-decoration:underline">{{ t('注册') }}</a></form>"""
JOIN = """<form method="post" class="box narrow"><h1 style="font-size:20px">{{ t('注册') }}</h1><label class="f"><span>用户名（4-20位字母、数字或下划线）</span><input class="inp" name="account" required></label><label class="f"><span>手机号</span><input class="inp" name="phone" type="tel" required></label><label class="f"><span>短信验证码</span><input class="inp" name="code" required> <button type="button" class="wht" onclick="this.textContent='已发送 123456'" style="height:40px;line-height:38px;padding:0 14px">获取验证码</button></label><label class="f"><span>密码</span><input class="inp" name="secret" type="password" required></label><p><label><input type="checkbox" name="agree" value="1"> 我已阅读并同意</label><a href="/docs/agreement">《用户协议》</a>和<a href="/docs/privacy">《隐私政策》</a></p><p class="err" role="alert">{{ error }}</p><button class="blk">同意并注册</button></form>"""
ACCOUNT = {
    "": """<div class="box"><h2>{{ user }}</h2><p>积分 {{ acc.points }}</p><p><a href="/account/profile">{{ t('个人资料') }}</a>　<a href="/account/privacy">{{ t('隐私设置') }}</a>　<a href="/account/security">{{ t('账户安全') }}</a></p></div><div class="box"><h2>订单</h2>{% for o in acc.orders %}<form method="post" action="/account/cancel">{{ o.no }}　{{ o.what }}　¥{{ o.total }}　{{ o.state }}{% if o.state=='待付款' %} <button class="wht" name="no" value="{{ o.no }}" style="height:32px;line-height:30px;padding:0 12px">取消订单</button>{% endif %}</form>{% else %}<p>暂无订单</p>{% endfor %}</div>""",
    "profile": """<form method="post" class="box"><h2>个人资料</h2><p>用户名：{{ user }}</p><label class="f"><span>收货人</span><input class="inp" name="name" value="{{ acc.name }}"></label><label class="f"><span>手机号</span><input class="inp" name="phone" value="{{ acc.phone }}"></label><label class="f"><span>地址</span><input class="inp" name="addr" value="{{ acc.addr }}"></label><p role="status">{{ done }}</p><button class="blk">保存</button></form>""",
    "privacy": """<form method="post" class="box"><h2>隐私设置</h2><p><b>个性化搜索与推荐</b>：{{ '已开启' if acc.personal else '已关闭' }}</p><p>关闭后，搜索结果与推荐不再参考您的个人特征，搜索功能不受影响。</p><button class="wht" name="on" value="{{ '0' if acc.personal else '1' }}">{{ '关闭个性化' if acc.personal else '开启个性化' }}</button></form>""",
    "security": """<div class="box"><h2>账户安全</h2><p>登录密码：已设置</p><p>绑定手机：{{ acc.phone }}</p><p><a href="/account/leave" style="text-decoration:underline">注销账户</a></p></div>""",
    "leave": """<div class="box"><h2>注销账户</h2>{% if acc.closing %}<p>注销申请已受理，7天冷静期后完成。</p>{% else %}<p>1. 待付款订单请先取消或完成。</p><p>2. 注销后积分失效，无须先行使用。</p><p>3. 提交后有7天冷静期，最长15个工作日完成。</p><button class="wht" type="button" id="ask">申请注销</button><form method="post" id="f" {{ '' if error else 'hidden' }}><label class="f"><span>短信验证码（发送至 {{ acc.phone }}）</span><input class="inp" name="code" required> <button type="button" class="wht" onclick="this.textContent='已发送 123456'" style="height:40px;line-height:38px;padding:0 14px">获取验证码</button></label><p class="err" role="alert">{{ error }}</p><button class="wht">提交注销申请</button></form>{% endif %}</div><dialog id="sure" style="border-radius:14px;padding:26px;width:330px;text-align:center"><h2 style="font-size:18px">账户注销确认</h2><p>您的会员权益十分珍贵，是否继续保留账户？</p><button class="blk" type="button" id="keep" style="width:100%;background:#c8102e">确认</button><p style="margin:12px 0 0"><button type="button" id="drop" style="border:0;background:none;color:#6b6b6b;font-size:13px;cursor:pointer;min-height:24px">取消</button></p></dialog><script>var page=function(){var a=document.getElementById('ask');if(!a)return;a.onclick=function(){sure.showModal()};keep.onclick=function(){location.href='/account'};drop.onclick=function(){sure.close();document.getElementById('f').hidden=false;a.hidden=true}}</script>""",
}


def make_app():
    app = Flask(__name__)
    Bag(app, "fl_s", lambda: {"user": None, "bag": {}, "en": False})

    def account(secret="Striden#2025", phone="13957100000", orders=(), points=0):
        return {
            "secret": secret,
            "phone": phone,
            "name": "",
            "addr": "",
            "orders": [dict(o) for o in orders],
            "points": points,
            "gift": False,
            "personal": True,
            "seen": [],
            "closing": False,
        }

    old = [
        {"no": "ST210816003", "what": "迈程 轻氧 跑步鞋", "total": 396, "state": "已完成"},
        {"no": "ST250311027", "what": "迈程 基础款 卫衣", "total": 288, "state": "已完成"},
    ]
    accounts = {"maichen_new": account(), "maichen_old": account(phone="13957100001", orders=old, points=320)}

    def me():
        return accounts.get(g.bag["user"])

    def page(title, body, script="", **kw):
        en = g.bag["en"]

        def t(word):
            return EN.get(word, word) if en else word

        words = {
            "rm": "Remove" if en else "移除",
            "sum": "Total" if en else "合计",
            "go": t("去结算"),
            "empty": t("购物袋是空的"),
            "size": t("请先选择尺码"),
            "found": "# products" if en else "共 # 件商品",
            "sold": "sold" if en else "已售",
            "fresh": "NEW" if en else "新品",
            "app": "Get the Striden app" if en else "下载迈程 App",
            "app2": "First order ¥30 off" if en else "首单立减30元，新品抢先购",
            "app3": "Get it" if en else "立即下载",
        }
        return render_template_string(
            SHELL.replace("@BODY@", body),
            title=title,
            script=script,
            en=en,
            t=t,
            words=json.dumps(words, ensure_ascii=False),
            user=g.bag["user"],
            acc=me(),
            kinds=list(LINES),
            **({"error": "", "done": "", "gate": False, "q": ""} | kw),
        )

    def lines():
        return [
            {"key": k, "id": i, "name": GOOD[i]["name"], "price": GOOD[i]["price"], "size": s, "qty": n}
            for k, (i, s, n) in g.bag["bag"].items()
        ]

    @app.get("/")
    def home():
        goods = [x for x in GOODS if not x["ad"]][::10][:12]
        return page("首页", HOME, goods=goods, gate="fl_region" not in request.cookies)

    @app.get("/lang")
    def lang():
        g.bag["en"] = request.args.get("to") == "en"
        return redirect("/")

    @app.get("/pic/<int:i>.svg")
    def pic(i):
        x = GOOD.get(i) or abort(404)
        h = i * 53 % 360
        shape = (
            '<path d="M60 70l34-14q16 14 32 0l34 14 22 46-24 10-8-16v66H70v-66l-8 16-24-10z"/>'
            if x["kind"] == "卫衣"
            else '<path d="M28 146v-26q0-10 10-14l36-34q8 14 26 8l30 28q10 8 34 10 24 4 24 22v6z"/><path d="M24 148h170v12q-85 8-170 0z" fill="#fff" stroke="#0003"/><path d="M84 86l14 12M96 80l14 14" stroke="#fff" stroke-width="4"/>'
        )
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 220"><rect width="220" height="220" fill="hsl({h},18%,93%)"/><g fill="hsl({h},{30 + i % 5 * 9}%,{30 + i % 4 * 8}%)">{shape}</g></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/search")
    def search():
        sort = request.args.get("sort", "zh")
        return page("搜索", SEARCH, SEARCH_JS, q=request.args.get("q", "").strip(), sort=sort, sorts=SORTS)

    @app.get("/api/search")
    def found():
        q, sort, n = request.args.get("q", "").strip(), request.args.get("sort", "zh"), request.args.get("page", 1, int)
        hits = [x for x in GOODS if q and (q in x["name"] or q.lower() == EN[x["kind"]].lower())]
        a, tier = me(), ""
        if a and a["personal"]:  # only who is signed in, only by the lines looked at
            (top, times), *_ = Counter(GOOD[i]["tier"] for i in a["seen"]).most_common(1) or [("", 0)]
            tier = top if times >= 3 else ""
        key = {
            "xp": lambda x: x["day"],
            "xl": lambda x: -x["sold"],
            "pf": lambda x: -x["stars"],
            "jd": lambda x: x["price"],
            "jg": lambda x: -x["price"],
        }.get(sort, lambda x: (bool(tier) and x["tier"] != tier, x["mix"]))
        rows = sorted((x for x in hits if not x["ad"]), key=key)
        for at, x in zip((2, 15), [x for x in hits if x["ad"]], strict=False):
            rows.insert(at, x)
        items = [
            {k: x[k] for k in ("id", "name", "price", "sold", "stars", "ad")}
            | {
                "isNew": x["day"] < 60,
                "url": f"/r?adid=bc{x['id']}&click_id=z{x['id'] * 19}&p={x['id']}" if x["ad"] else f"/p/{x['id']}",
            }
            for x in rows[(n - 1) * 13 : n * 13]
        ]
        return jsonify(items=items, total=len(rows), more=n * 13 < len(rows))

    @app.get("/r")
    def jump():
        return redirect(f"/p/{request.args.get('p', 7001, int)}")

    @app.get("/p/<int:i>")
    def product(i):
        x = GOOD.get(i) or abort(404)
        if me():
            me()["seen"] = [*me()["seen"], i][-200:]
        sizes = ["S", "M", "L", "XL"] if x["kind"] == "卫衣" else ["38", "39", "40", "41", "42", "43", "44"]
        return page(x["name"], PRODUCT, PRODUCT_JS % i, x=x, sizes=sizes)

    @app.route("/api/bag", methods=["GET", "POST"])
    def the_bag():
        d = request.get_json(silent=True) or {}
        if d.get("add") in GOOD and d.get("size"):
            key = f"{d['add']}-{d['size']}"
            n = g.bag["bag"].get(key, (0, "", 0))[2]
            g.bag["bag"][key] = (d["add"], str(d["size"])[:4], n + 1)
        g.bag["bag"].pop(d.get("remove"), None)
        rows = lines()
        return jsonify(
            n=sum(r["qty"] for r in rows), total=sum(r["qty"] * r["price"] for r in rows), lines=rows, ok=True
        )

    @app.route("/checkout", methods=["GET", "POST"])
    def checkout():
        if not me():
            return redirect("/login?next=/checkout")
        rows, a, f = lines(), me(), request.form
        if not rows:
            return page(
                "结算", '<div class="box"><p>购物袋是空的，先去逛逛吧</p><a class="wht" href="/">返回首页</a></div>'
            )
        total = sum(r["qty"] * r["price"] for r in rows)
        if request.method == "POST":
            a.update({k: f.get(k, "")[:60] for k in ("name", "phone", "addr")})
            a["gift"] = bool(f.get("gift"))  # the next order begins with it
            no = f"ST26{len(a['orders']) + 1:04d}{g.sid[:3]}"
            total += GIFT if a["gift"] else 0
            a["orders"].append({"no": no, "what": rows[0]["name"], "total": total, "state": "待付款"})
            g.bag["bag"].clear()
            return redirect(f"/done/{no}")
        return page("结算", CHECKOUT, lines=rows, total=total)

    @app.get("/done/<no>")
    def done(no):
        return page(
            "订单已提交",
            '<div class="box" style="text-align:center"><h1 style="font-size:22px">订单已提交</h1><p>订单编号 {{ no }}，请在30分钟内付款</p><a class="wht" href="/account">查看订单</a></div>',
            no=no,
        )

    @app.route("/login", methods=["GET", "POST"])
    @app.route("/register", methods=["GET", "POST"])
    def passport():
        joining, f, error = request.path == "/register", request.form, ""
        if request.method == "POST":
            name = f.get("account", "").strip()
            if joining:
                if not re.fullmatch(r"\w{4,20}", name) or name in accounts:
                    error = "用户名格式错误或已被使用"
                elif f.get("code") != "123456" or len(f.get("secret", "")) < 8:
                    error = "验证码错误或密码少于8位"
                elif not f.get("agree"):
                    error = "请先阅读并同意协议"
                else:
                    accounts[name] = account(f["secret"], f.get("phone", ""))
            else:
                name = next((n for n, a in accounts.items() if name in (n, a["phone"])), "")
                if not name or accounts[name]["secret"] != f.get("secret"):
                    error = "账号或密码错误"
            if not error:
                g.bag["user"] = name
                to = request.args.get("next", "/account")
                return redirect(to if re.fullmatch(r"/\w[\w/]*", to) else "/account")
        return page("注册" if joining else "登录", JOIN if joining else LOGIN, error=error)

    @app.get("/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.route("/account", methods=["GET"])
    @app.route("/account/<part>", methods=["GET", "POST"])
    def mine(part=""):
        if not me():
            return redirect("/login?next=" + request.path)
        a, f, error, note = me(), request.form, "", ""
        if request.method == "POST":
            if part == "profile":
                a.update({k: f.get(k, "")[:60] for k in ("name", "phone", "addr")})
                note = "已保存"
            elif part == "privacy":
                a["personal"] = f.get("on") == "1"
            elif part == "cancel":
                for o in a["orders"]:
                    if o["no"] == f.get("no") and o["state"] == "待付款":
                        o["state"] = "已取消"
                return redirect("/account")
            elif part == "leave":
                if any(o["state"] == "待付款" for o in a["orders"]):
                    error = "您有待付款订单，请先取消或完成"
                elif f.get("code") != "123456":
                    error = "验证码错误"
                else:
                    a["closing"] = True
        return page("我的账户", ACCOUNT.get(part) or ACCOUNT[""], error=error, done=note)

    @app.get("/docs/<key>")
    def docs(key):
        title, text = DOCS.get(key) or abort(404)
        return page(
            title,
            '<article class="box"><h1 style="font-size:22px">{{ title }}</h1>{% for p in rows %}<p>{{ p }}</p>{% endfor %}</article>',
            rows=text.split("|"),
        )

    @app.get("/app")
    def get_app():
        return page("下载 App", '<div class="box"><h1>下载迈程 App</h1><p>在应用商店搜索“迈程 STRIDEN”。</p></div>')

    return app
