"""万家集市: a marketplace of the jQuery age. Everything is a div or a span with a click handler."""

import re

from flask import Flask, g, jsonify, redirect, render_template_string, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "general goods"
QUERIES = ["保温杯", "台灯", "蓝牙耳机", "双肩包", "电饭煲", "栖木", "小满", "便携"]
ACCOUNTS = [
    {"user": "13800138001", "password": "wanjia2024", "role": "fresh", "holds": "nothing"},
    {
        "user": "13800138002",
        "password": "wanjia2024",
        "role": "aged",
        "holds": "2 finished orders, 360 points, balance 0",
    },
]
COMPANY, USCC = "重庆万家集市电子商务有限公司", "91500103MA60A7K336"
BRANDS = ["栖木", "德莱尔", "小满", "百事优", "宏达", "简一"]  # 栖木 and 德莱尔 are dear, 百事优 and 宏达 cheap
TIER = [2.6, 2.2, 1.2, 0.7, 0.6, 1.0]
KINDS = [
    ("保温杯", 49, ["316不锈钢 500ml 便携", "智能显温 大容量 750ml", "儿童吸管 带肩带"], "#5b8c7b"),
    ("台灯", 79, ["护眼 国AA级 学习专用", "充电式 便携 宿舍床头", "全光谱 阅读灯"], "#c99a3b"),
    ("蓝牙耳机", 99, ["主动降噪 长续航", "入耳式 运动防水 便携", "头戴式 HiFi"], "#4b5f8a"),
    ("双肩包", 89, ["15.6寸电脑包 防泼水", "大学生书包 大容量", "户外登山 轻量 便携"], "#8a5b4b"),
    ("电饭煲", 159, ["家用 4L 柴火饭", "迷你 1.6L 一人食 便携", "IH电磁加热 3L"], "#a34a4a"),
]


def build_goods():
    goods = []
    for k, (kind, base, lines, colour) in enumerate(KINDS):
        for n in range(16):
            b = (n * 5 + k) % 6
            i = len(goods) + 1
            goods.append(
                {
                    "id": i,
                    "brand": BRANDS[b],
                    "kind": kind,
                    "colour": colour,
                    "title": f"{BRANDS[b]} {lines[n % 3]} {kind} {2020 + n % 5}款",
                    "price": round(base * TIER[b] * (1 + (n * 7 % 11) / 20) - 0.1, 1),
                    "sale": (i * 7919) % 4800 + 13,
                    "credit": round(4.0 + (i * 37 % 100) / 100, 2),
                    "shop": f"{BRANDS[b]}{'旗舰店' if n % 2 else '专营店'}",
                    "ad": n in (2, 7, 11),
                    "base": (i * 613) % 97,
                }
            )
    return goods


GOODS = build_goods()
BY_ID = {x["id"]: x for x in GOODS}

CSS = """
*{box-sizing:border-box}body{margin:0;font:14px/1.5 "Microsoft YaHei","Noto Sans CJK SC","Noto Serif CJK SC",sans-serif;color:#333;background:#f4f4f4}
.w{max-width:1200px;margin:0 auto;padding:0 12px}.top-7d{background:#fff;border-bottom:1px solid #e5e5e5;font-size:12px;color:#555}
.top-7d .w{display:flex;gap:18px;padding:8px 12px}.J_link,.J_item,.J_tab,.J_act,.ck-w{cursor:pointer}
.hd-2c{background:#fff;padding:18px 0}.hd-2c .w{display:flex;gap:24px;align-items:center;flex-wrap:wrap}
.logo-x1{font-size:26px;font-weight:bold;color:#c8102e}.so-box{display:flex;flex:1;min-width:240px;border:2px solid #c8102e;height:40px}
.so-in{flex:1;border:0;padding:0 10px;font-size:14px;outline:0;min-width:0}.so-btn{width:56px;background:#c8102e;cursor:pointer;display:flex;align-items:center;justify-content:center}
.so-btn .ic{width:16px;height:16px;border:2px solid #fff;border-radius:50%;position:relative}.so-btn .ic:after{content:"";position:absolute;width:8px;height:2px;background:#fff;right:-7px;bottom:-3px;transform:rotate(45deg)}
.cat-9{display:flex;gap:10px;flex-wrap:wrap;padding:14px 0}.cat-9 div{background:#fff;padding:8px 18px;border-radius:16px;cursor:pointer}
.ban{height:150px;background:linear-gradient(100deg,#c8102e,#8b0b20);color:#fff;display:flex;align-items:center;justify-content:center;font-size:26px;border-radius:6px}
.grid-5a{display:grid;grid-template-columns:repeat(5,1fr);gap:12px;margin:14px 0}.J_item{background:#fff;padding:10px;border:1px solid #fff;position:relative}.J_item:hover{border-color:#c8102e}
.pic{aspect-ratio:1.2;position:relative;overflow:hidden;border-radius:4px}.pic .p1{position:absolute;left:30%;top:18%;width:40%;height:64%;border-radius:18% 18% 30% 30%;background:rgba(255,255,255,.85)}.pic .p2{position:absolute;left:42%;top:8%;width:16%;height:12%;background:rgba(255,255,255,.6);border-radius:4px}
.tt{height:42px;overflow:hidden;margin:6px 0}.pr{color:#c8102e;font-size:18px;font-weight:bold}.mt{font-size:12px;color:#666;display:flex;justify-content:space-between;flex-wrap:wrap}
.tag-tg{font-size:12px;color:#666;border:1px solid #999;padding:0 3px;margin-right:4px}
.tabs-3{display:flex;background:#fff;margin-top:14px;border:1px solid #e5e5e5}.J_tab{padding:10px 18px;border-right:1px solid #e5e5e5}.J_tab.on{background:#c8102e;color:#fff}
.btn-1a2b{display:inline-block;background:#c8102e;color:#fff;padding:10px 30px;cursor:pointer;text-align:center;border-radius:4px}.btn-9f{display:inline-block;background:#fff;border:1px solid #888;color:#333;padding:10px 30px;cursor:pointer;text-align:center;border-radius:4px}
.box{background:#fff;padding:20px;margin:14px 0}.row{display:flex;gap:12px;align-items:center;padding:8px 0;flex-wrap:wrap}.row .l{width:90px;color:#555}.row input{height:34px;border:1px solid #aaa;padding:0 8px;width:260px;max-width:100%;font-size:14px}
.ck{display:inline-block;width:18px;height:18px;border:1px solid #777;vertical-align:-4px;margin-right:6px;position:relative;background:#fff}.ck-on{background:#c8102e;border-color:#c8102e}.ck-on:after{content:"";position:absolute;left:5px;top:1px;width:5px;height:10px;border:solid #fff;border-width:0 2px 2px 0;transform:rotate(45deg)}
.ft-8e{background:#fff;border-top:1px solid #ddd;margin-top:30px;padding:20px 0;color:#444;font-size:12px;text-align:center}.ft-8e .J_link{margin:0 10px;line-height:28px;display:inline-block}
.pop-m{position:fixed;inset:0;background:rgba(0,0,0,.55);z-index:90;display:flex;align-items:center;justify-content:center}.pop-c{position:relative;width:300px;height:340px;border-radius:12px;background:linear-gradient(#e8334a,#7a0f25);color:#fff;text-align:center;padding-top:80px;font-size:22px;cursor:pointer}
.pop-m .iconfont{position:absolute;right:-14px;top:-14px;width:34px;height:34px;border-radius:50%;background:#222;color:#fff;cursor:pointer;font-style:normal;font-size:18px;line-height:34px;text-align:center}.icon-guanbi:before{content:"\\2715"}
.err{color:#c8102e;min-height:20px}.sw{width:46px;height:24px;border-radius:12px;background:#999;position:relative;cursor:pointer}.sw.on{background:#2a8a3e}.sw:after{content:"";position:absolute;left:2px;top:2px;width:20px;height:20px;border-radius:50%;background:#fff}.sw.on:after{left:24px}
.doc p{text-indent:2em}.bigp{width:420px;max-width:100%}
@media(max-width:700px){.grid-5a{grid-template-columns:repeat(2,1fr)}.top-7d .w{flex-wrap:wrap;gap:10px}.ban{height:90px;font-size:18px}.J_tab{padding:10px 12px}}
"""
JS = """
function $(s){return document.querySelector(s)}
function post(u,d,cb){var x=new XMLHttpRequest();x.open('POST',u);x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
 x.onload=function(){cb(JSON.parse(x.responseText))};x.send(Object.keys(d).map(function(k){return k+'='+encodeURIComponent(d[k])}).join('&'))}
document.addEventListener('click',function(e){
 var ck=e.target.closest('.ck-w');if(ck){ck.querySelector('.ck').classList.toggle('ck-on');if(window.onck)onck(ck);return}
 var t=e.target.closest('[data-act]');if(t){window[t.getAttribute('data-act')](t);return}
 var u=e.target.closest('[data-url]');if(u)location.href=u.getAttribute('data-url')});
function doSearch(){var v=$('.so-in').value.trim();if(v)location.href='/s?kw='+encodeURIComponent(v)}
$('.so-in').addEventListener('keydown',function(e){if(e.keyCode==13)doSearch()});
function val(n){var el=$('[name='+n+']');return el?el.value:''}
function on(n){var el=$('[data-ck='+n+'] .ck');return el&&el.classList.contains('ck-on')?1:0}
"""
PAGE = (
    """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ title }} - 万家集市</title><style>"""
    + CSS
    + """</style></head><body>
<div class="top-7d"><div class="w">{% if user %}<span class="J_link" data-url="/my">您好，{{ user[:3] }}****{{ user[-4:] }}</span><span class="J_link" data-url="/logout">退出</span>
{% else %}<span class="J_link" data-url="/login">亲，请登录</span><span class="J_link" data-url="/reg">免费注册</span>{% endif %}
<span class="J_link" data-url="/my">我的万家</span><span class="J_link" data-url="/cart">购物车 <b class="J_num">{{ num }}</b></span><span class="J_link" data-url="/doc/help">帮助中心</span></div></div>
<div class="hd-2c"><div class="w"><div class="logo-x1 J_link" data-url="/">万家集市</div>
<div class="so-box"><input class="so-in" placeholder="搜搜看 保温杯" value="{{ kw or '' }}"><div class="so-btn" data-act="doSearch"><div class="ic"></div></div></div></div></div>
<div class="w">%BODY%</div>
<div class="ft-8e"><div class="w"><div><span class="J_link" data-url="/doc/agreement">用户协议</span><span class="J_link" data-url="/doc/rules">交易规则</span><span class="J_link" data-url="/doc/privacy">隐私政策</span><span class="J_link" data-url="/doc/help">帮助中心</span><span class="J_link" data-url="/doc/licence">营业执照</span></div>
<div>渝ICP备20001234号 · """
    + COMPANY
    + """ 版权所有</div></div></div>
<script>"""
    + JS
    + """%SCRIPT%</script></body></html>"""
)
PIC = """<div class="pic" style="background:{{ x.colour }}"><div class="p1" style="border-radius:{{ x.id*7%50 }}% {{ x.id*13%40 }}% {{ x.id*5%45 }}% {{ x.id*11%50 }}%;width:{{ 30+x.id*3%18 }}%"></div><div class="p2"></div></div>"""
CARD = (
    """<div class="J_item" data-id="{{ x.id }}" data-url="{% if x.ad and ads %}/clk?adid={{ 9000+x.id }}&click_id=c{{ x.id*7 }}&to=/item/{{ x.id }}.html{% else %}/item/{{ x.id }}.html{% endif %}">"""
    + PIC
    + """
<div class="tt">{% if x.ad and ads %}<span class="tag-tg">推广</span>{% endif %}{{ x.title }}</div><div class="pr">¥{{ '%.2f'|format(x.price) }}</div>
<div class="mt"><span class="sold">已售{{ x.sale }}件</span><span class="star">评分{{ x.credit }}</span></div><div class="mt"><span>{{ x.shop }}</span></div></div>"""
)

HOME = (
    """<div class="cat-9">{% for k in kinds %}<div class="J_link" data-url="/s?kw={{ k }}">{{ k }}</div>{% endfor %}</div><div class="ban">万家集市 · 源头好货 天天低价</div>
<div class="grid-5a">{% for x in goods %}"""
    + CARD
    + """{% endfor %}</div><div id="J_pop"></div>"""
)
HOME_JS = """
var POPS=[['新人专享 ¥50 红包','/s?kw=保温杯'],['夜市开抢 全场3折起','/s?kw=台灯']];
function showPop(n){$('#J_pop').innerHTML='<div class="pop-m"><div class="pop-c"><div data-url="'+POPS[n][1]+'">'+POPS[n][0]+'<br><br><span style="font-size:15px">点击领取</span></div><i class="iconfont icon-guanbi" tabindex="0"></i></div></div>';
 var c=$('#J_pop .iconfont');function shut(e){e.stopPropagation();$('#J_pop').innerHTML='';if(n==0)setTimeout(function(){showPop(1)},20000);else document.cookie='pv_pop=2;path=/'}
 c.onclick=shut;c.onkeydown=function(e){if(e.keyCode==13)shut(e)}}
if(document.cookie.indexOf('pv_pop=2')<0)setTimeout(function(){showPop(0)},300);
"""
LIST = (
    """<div class="tabs-3">{% for s,n in tabs %}<div class="J_tab{{ ' on' if s==sort }}" data-url="/s?kw={{ kw }}&sort={{ s }}">{{ n }}</div>{% endfor %}</div>
<div style="padding:10px 0;color:#555">共找到 {{ total }} 件“{{ kw }}”相关商品</div><div class="grid-5a">{% for x in goods %}"""
    + CARD
    + """{% else %}<div>没有找到相关商品，换个词试试</div>{% endfor %}</div>
<div style="text-align:center">{% for p in pages %}<span class="J_act btn-9f" style="padding:4px 12px;{{ 'border-color:#c8102e' if p==page }}" data-url="/s?kw={{ kw }}&sort={{ sort }}&page={{ p }}">{{ p }}</span> {% endfor %}</div>"""
)
LIST_JS = """window.__PV__={{ pv|safe }};__PV__.items.forEach(function(i){if(i.isAd)new Image().src='/exp.gif?adid='+i.adid+'&pos='+i.pos});"""
ITEM = (
    """<div class="box"><div class="row" style="align-items:flex-start"><div class="bigp">"""
    + PIC
    + """</div><div style="flex:1;min-width:240px"><div style="font-size:20px;font-weight:bold">{{ x.title }}</div>
<div class="row"><span class="l">价格</span><span class="pr">¥{{ '%.2f'|format(x.price) }}</span></div><div class="row"><span class="l">店铺</span>{{ x.shop }}</div><div class="row"><span class="l">销量</span>{{ x.sale }} 件　评分 {{ x.credit }}</div>
<div class="row"><span class="l">运费</span>¥6.00　重庆发货</div><div class="row"><div class="btn-9f" data-act="addCart">加入购物车</div><div class="btn-1a2b" data-act="buyNow">立即购买</div></div><div class="err"></div></div></div>
<div style="color:#555">{{ x.brand }}品牌，{{ x.kind }}类目，七天无理由退货。买家评价：做工不错，物流很快。</div></div>"""
)
ITEM_JS = """function addCart(){post('/cart/add',{id:{{ x.id }}},function(r){$('.J_num').textContent=r.num;$('.err').textContent='已加入购物车'})}
function buyNow(){post('/cart/add',{id:{{ x.id }}},function(){location.href='/buy'})}"""
CART = (
    """<div class="box"><b>购物车</b>{% for x,n in rows %}<div class="row"><div style="width:70px">"""
    + PIC
    + """</div><div style="flex:1">{{ x.title }}</div><span>¥{{ '%.2f'|format(x.price) }} × {{ n }}</span><span class="J_act" data-act="delRow" data-id="{{ x.id }}">删除</span></div>{% else %}<div class="row">购物车还是空的</div>{% endfor %}
{% if rows %}<div class="row"><span>商品合计 <b class="pr">¥{{ '%.2f'|format(goods_total) }}</b></span><div class="btn-1a2b" data-url="/buy">去结算</div></div>{% endif %}</div>"""
)
CART_JS = "function delRow(t){post('/cart/del',{id:t.getAttribute('data-id')},function(){location.reload()})}"
BUY = """<div class="box"><b>确认订单</b><div class="row"><span class="l">收货人</span><input name="who" value="王小万"></div><div class="row"><span class="l">手机</span><input name="tel" value="{{ user }}"></div><div class="row"><span class="l">地址</span><input name="addr" value="重庆市渝中区中山四路1号"></div></div>
<div class="box">{% for x,n in rows %}<div class="row"><div style="flex:1">{{ x.title }}</div><span>¥{{ '%.2f'|format(x.price) }} × {{ n }}</span></div>{% endfor %}
<div class="row"><span class="l">配送</span>快递 ¥6.00</div><div class="row"><span class="l">服务</span><span class="ck-w" data-ck="yfx"><span class="ck ck-on"></span>退货运费险 ¥1.50（退货最高赔付12元）</span></div>
<div class="row"><span class="l">留言</span><input name="memo" placeholder="选填"></div></div>
<div class="box" style="text-align:right">应付总额：<b class="pr">¥<span id="J_sum"></span></b><br><br><div class="btn-1a2b" data-act="submitOrder">提交订单</div></div>"""
BUY_JS = """var BASE={{ goods_total }}+6;function onck(){$('#J_sum').textContent=(BASE+on('yfx')*1.5).toFixed(2)}onck();
function submitOrder(){post('/buy/submit',{who:val('who'),tel:val('tel'),addr:val('addr'),memo:val('memo'),yfx:on('yfx')},function(r){location.href='/order/'+r.order})}"""
DONE = """<div class="box" style="text-align:center"><h2>订单提交成功</h2><div>订单号 {{ o.no }}，应付 ¥{{ '%.2f'|format(o.total) }}</div><br><div class="btn-9f" data-url="/my">查看我的订单</div></div>"""
REG = """<div class="box"><b>手机号注册</b><div class="row"><span class="l">手机号</span><input name="tel" maxlength="11"></div><div class="row"><span class="l">验证码</span><input name="code" style="width:140px"><div class="btn-9f" style="padding:5px 12px" data-act="sendCode">获取验证码</div></div>
<div class="row"><span class="l">密码</span><input name="pwd" type="password" placeholder="6-16位"></div><div class="row"><span class="ck-w" data-ck="agree"><span class="ck"></span>我已阅读并同意</span><span class="J_link" data-url="/doc/agreement">《用户协议》</span><span class="J_link" data-url="/doc/privacy">《隐私政策》</span></div>
<div class="err"></div><div class="btn-1a2b" data-act="doReg">同意并注册</div></div>"""
REG_JS = """function sendCode(t){t.textContent='已发送(123456)'}function doReg(){if(!on('agree')){$('.err').textContent='请先勾选协议';return}
post('/reg',{tel:val('tel'),code:val('code'),pwd:val('pwd')},function(r){if(r.ok)location.href='/my';else $('.err').textContent=r.msg})}"""
LOGIN = """<div class="box"><b>账号登录</b><div class="row"><span class="l">手机号</span><input name="tel"></div><div class="row"><span class="l">密码</span><input name="pwd" type="password"></div><div class="err"></div>
<div class="row"><div class="btn-1a2b" data-act="doLogin">登 录</div><span class="J_link" data-url="/reg">免费注册</span></div></div>"""
LOGIN_JS = """function doLogin(){post('/login',{tel:val('tel'),pwd:val('pwd')},function(r){if(r.ok)location.href={{ back|tojson }};else $('.err').textContent=r.msg})}"""
MY = """<div class="box"><b>我的万家</b><div class="row"><span>账号：{{ user }}</span><span>积分 {{ acc.points }}</span><span>余额 ¥0.00</span></div><div class="row">{% for u,n in menu %}<div class="btn-9f" data-url="{{ u }}">{{ n }}</div>{% endfor %}</div></div>
<div class="box"><b>我的订单</b>{% for o in acc.orders %}<div class="row"><span>{{ o.no }}</span><span>¥{{ '%.2f'|format(o.total) }}</span><span>{{ o.state }}</span>{% if o.state=='待付款' %}<span class="J_act" style="color:#0b5cad" data-act="cancelOrder" data-no="{{ o.no }}">取消订单</span>{% endif %}</div>{% else %}<div class="row">暂无订单</div>{% endfor %}</div>"""
MY_JS = "function cancelOrder(t){post('/my/cancel',{no:t.getAttribute('data-no')},function(){location.reload()})}"
INFO = """<div class="box"><b>个人信息</b><div class="row"><span class="l">手机号</span>{{ user }}</div><div class="row"><span class="l">昵称</span><input name="nick" value="{{ acc.nick }}"></div><div class="row"><span class="l">注册时间</span>{{ acc.since }}</div><div class="row"><span class="l">常用地址</span><input name="addr" value="{{ acc.addr }}"></div>
<div class="err"></div><div class="row"><div class="btn-1a2b" data-act="saveInfo">保存修改</div><div class="btn-9f" data-act="delAddr">删除地址</div><div class="btn-9f" data-act="delHist">删除浏览记录（{{ views }}条）</div></div></div>"""
INFO_JS = """function saveInfo(){post('/my/info',{nick:val('nick'),addr:val('addr')},function(){$('.err').textContent='已保存'})}
function delAddr(){post('/my/info',{nick:val('nick'),addr:''},function(){location.reload()})}function delHist(){post('/my/history/clear',{},function(){location.reload()})}"""
SAFE = """<div class="box"><b>账号与安全</b><div class="row"><span class="l" style="width:160px">个性化广告推荐</span><div class="sw{{ ' on' if acc.adpers }}" data-act="flip"></div><span style="color:#555">关闭后，您看到的广告数量不变，但相关度会降低</span></div>
<div class="row"><span class="l" style="width:160px">账号注销</span><span class="J_link" style="color:#0b5cad" data-url="/my/close">去注销</span></div></div>"""
SAFE_JS = (
    "function flip(t){t.classList.toggle('on');post('/my/adpers',{on:t.classList.contains('on')?1:0},function(){})}"
)
CLOSE = """<div class="box"><b>注销账号</b>{% if acc.closing %}<div class="row">您的注销申请已提交，7天冷静期届满后自动注销；冷静期内可联系在线客服撤回。</div>{% else %}<div class="doc"><p>注销后，账号信息将被删除或匿名化，订单记录依法保存三年。存在未完成订单时，请先完成或取消订单。积分随账号清零，请自行决定是否先使用。</p><p>提交后有7天冷静期，冷静期届满即完成注销，最长不超过15个工作日。</p></div>
<div class="row"><span class="ck-w" data-ck="read"><span class="ck"></span>我已阅读并知晓上述说明</span></div><div class="row"><span class="l">短信验证码</span><input name="code" style="width:140px"><div class="btn-9f" style="padding:5px 12px" data-act="sendCode">发送至{{ user[:3] }}****{{ user[-4:] }}</div></div>
<div class="err"></div><div class="row"><div class="btn-1a2b" data-act="doClose">确认注销</div><div class="btn-9f" data-url="/my/safe">暂不注销</div></div>{% endif %}</div>"""
CLOSE_JS = """function sendCode(t){t.textContent='已发送(123456)'}function doClose(){if(!on('read')){$('.err').textContent='请先勾选';return}post('/my/close',{code:val('code')},function(r){if(r.ok)location.reload();else $('.err').textContent=r.msg})}"""
DOCS = {
    "agreement": (
        "万家集市用户协议",
        f"本协议由您与{COMPANY}（以下称“万家集市”）签订。|一、账号：您应以本人手机号注册并妥善保管密码。|二、交易：您与平台内经营者之间的合同自订单提交成功时成立。|三、售后：除法律规定的不适用情形外，支持七天无理由退货。|四、争议：双方协商不成的，可向消费者协会投诉，或向有管辖权的人民法院起诉。|本协议2024年3月1日发布，2024年3月10日生效。",
    ),
    "rules": (
        "万家集市交易规则",
        "一、商家入驻应提交主体资质，平台核验并每六个月更新。|二、商家应在订单支付后48小时内发货。|三、搜索结果可按销量、价格、信用排序。|四、评价不得删除，平台不为商家提供删除评价服务。|五、违规处理结果在规则中心公示。",
    ),
    "privacy": (
        "万家集市隐私政策",
        f"{COMPANY}重视您的个人信息。|一、我们收集手机号用于注册，收集地址用于配送。|二、我们会根据您的浏览、搜索和购买记录形成偏好标签，并据此对搜索结果进行个性化排序，同时向您推荐广告。您可以在“我的万家-账号与安全”中关闭个性化广告推荐。|三、查询：登录后进入“我的万家-个人信息”即可即时查询您的资料和订单。|四、更正：在“个人信息”页修改昵称、地址后点击保存，即时生效。|五、删除：在“个人信息”页点击“删除地址”“删除浏览记录”，即时生效；其他信息的删除请求，我们在15个工作日内处理完毕。|六、注销：进入“我的万家-账号与安全-账号注销”，勾选说明并输入短信验证码后提交，7天冷静期届满即完成，最长不超过15个工作日。",
    ),
    "help": (
        "帮助中心",
        "如何查询个人信息：我的万家-个人信息，即时可查。|如何更正：个人信息页修改后保存，即时生效。|如何删除：个人信息页点击删除，15个工作日内完成。|如何注销：我的万家-账号与安全-账号注销，7天冷静期后完成。|客服电话：023-6000 1234（9:00-21:00）。",
    ),
    "licence": (
        "营业执照信息公示",
        f"统一社会信用代码：{USCC}|名称：{COMPANY}|类型：有限责任公司|法定代表人：周启明|注册资本：人民币壹仟万元整|住所：重庆市渝中区中山四路81号|成立日期：2018年6月12日|营业期限：2018年6月12日至永久|登记机关：重庆市渝中区市场监督管理局",
    ),
}
DOC = """<div class="box doc"><h2>{{ title }}</h2>{% for p in paras %}<p>{{ p }}</p>{% endfor %}</div>"""


def make_app():
    app = Flask(__name__)
    Bag(app, "wj_sid", lambda: {"user": None, "cart": {}, "views": []})

    def account(orders=(), points=0):
        return {
            "pwd": "wanjia2024",
            "orders": list(orders),
            "points": points,
            "nick": "万家买家",
            "addr": "重庆市渝中区中山四路1号",
            "since": "2022-05-01",
            "adpers": True,
            "closing": False,
        }

    accounts = {
        "13800138001": account(),
        "13800138002": account(
            [
                {"no": "WJ20230301", "total": 88.0, "state": "已完成"},
                {"no": "WJ20230618", "total": 156.4, "state": "已完成"},
            ],
            360,
        ),
    }

    def me():
        return accounts.get(g.bag["user"])

    def page(title, body, script="", **kw):
        rows = [(BY_ID[i], n) for i, n in g.bag["cart"].items()]
        kw.setdefault("rows", rows)
        kw.setdefault("goods_total", round(sum(x["price"] * n for x, n in rows), 2))
        return render_template_string(
            PAGE.replace("%BODY%", body).replace("%SCRIPT%", script),
            title=title,
            user=g.bag["user"],
            acc=me(),
            num=sum(g.bag["cart"].values()),
            **kw,
        )

    def need_login(back):
        return redirect("/login?back=" + back)

    @app.get("/")
    def home():
        return page(
            "首页", HOME, HOME_JS, kinds=[k[0] for k in KINDS], goods=[BY_ID[i] for i in range(1, 81, 6)], ads=False
        )

    @app.get("/s")
    def search():
        kw, sort, no = (
            request.args.get("kw", "").strip(),
            request.args.get("sort", "def"),
            request.args.get("page", 1, type=int),
        )
        hits = [x for x in GOODS if all(w in x["title"] for w in kw.split())] if kw else []
        views = g.bag["views"]
        keys = {
            "def": lambda x: (-10 * views.count(x["brand"]), x["base"]),
            "sale": lambda x: -x["sale"],
            "price": lambda x: x["price"],
            "priced": lambda x: -x["price"],
            "credit": lambda x: -x["credit"],
        }
        natural = sorted((x for x in hits if not x["ad"]), key=keys.get(sort, keys["def"]))
        ads = [x for x in hits if x["ad"]]
        out = list(natural)
        for at, x in zip((0, 4, 8, 13, 17, 21, 25, 30), ads, strict=False):
            out.insert(min(at, len(out)), x)
        shown = out[(no - 1) * 20 : no * 20]
        pv = {
            "kw": kw,
            "sort": sort,
            "items": [
                dict(
                    id=x["id"],
                    pos=i,
                    isAd=x["ad"],
                    **({"adType": "cpc", "campaignId": 70 + x["id"], "adid": 9000 + x["id"]} if x["ad"] else {}),
                )
                for i, x in enumerate(shown)
            ],
        }
        return page(
            kw,
            LIST,
            LIST_JS,
            kw=kw,
            sort=sort,
            goods=shown,
            total=len(out),
            ads=True,
            page=no,
            pages=range(1, (len(out) + 19) // 20 + 1),
            pv=app.json.dumps(pv).replace("<", "\\u003c"),
            tabs=[("def", "综合"), ("sale", "销量↓"), ("credit", "信用↓"), ("price", "价格↑"), ("priced", "价格↓")],
        )

    @app.get("/clk")
    def clk():
        to = request.args.get("to", "/")
        return redirect(to if re.fullmatch(r"/item/\d+\.html", to) else "/")

    @app.get("/exp.gif")
    def exp():
        return (
            b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
            200,
            {"Content-Type": "image/gif"},
        )

    @app.get("/item/<int:i>.html")
    def item(i):
        if i not in BY_ID:
            return redirect("/")
        g.bag["views"].append(BY_ID[i]["brand"])
        return page(BY_ID[i]["title"], ITEM, ITEM_JS, x=BY_ID[i])

    @app.post("/cart/add")
    def cart_add():
        i = int(request.form["id"])
        g.bag["cart"][i] = g.bag["cart"].get(i, 0) + 1
        return jsonify(num=sum(g.bag["cart"].values()))

    @app.post("/cart/del")
    def cart_del():
        g.bag["cart"].pop(int(request.form["id"]), None)
        return jsonify(ok=True)

    @app.get("/cart")
    def cart():
        return page("购物车", CART, CART_JS)

    @app.get("/buy")
    def buy():
        if not me():
            return need_login("/buy")
        return page("确认订单", BUY, BUY_JS) if g.bag["cart"] else redirect("/cart")

    @app.post("/buy/submit")
    def submit():
        if not me():
            return jsonify(order=""), 401
        total = sum(BY_ID[i]["price"] * n for i, n in g.bag["cart"].items()) + 6 + 1.5 * int(request.form.get("yfx", 0))
        order = {"no": f"WJ2024{len(me()['orders']) + 1:04d}", "total": round(total, 2), "state": "待付款"}
        me()["orders"].append(order)
        g.bag["cart"].clear()
        return jsonify(order=order["no"])

    @app.get("/order/<no>")
    def order(no):
        found = [o for o in (me() or {"orders": []})["orders"] if o["no"] == no]
        return page("提交成功", DONE, o=found[0]) if found else redirect("/my")

    @app.route("/reg", methods=["GET", "POST"])
    def reg():
        if request.method == "GET":
            return page("注册", REG, REG_JS)
        f = request.form
        if not re.fullmatch(r"1\d{10}", f["tel"]) or f["code"] != "123456" or len(f["pwd"]) < 6:
            return jsonify(ok=False, msg="手机号、验证码或密码不正确")
        if f["tel"] in accounts:
            return jsonify(ok=False, msg="该手机号已注册")
        accounts[f["tel"]] = dict(account(), pwd=f["pwd"])
        g.bag["user"] = f["tel"]
        return jsonify(ok=True)

    @app.route("/login", methods=["GET", "POST"])
    def login():
        if request.method == "GET":
            back = request.args.get("back", "/")
            return page("登录", LOGIN, LOGIN_JS, back=back if back.startswith("/") and back[1:2] != "/" else "/")
        found = accounts.get(request.form["tel"])
        if not found or found["pwd"] != request.form["pwd"]:
            return jsonify(ok=False, msg="手机号或密码错误")
        g.bag["user"] = request.form["tel"]
        return jsonify(ok=True)

    @app.get("/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.get("/my")
    @app.get("/my/<part>")
    def my(part="index"):
        if not me():
            return need_login(request.path)
        title, body, script = {
            "index": ("我的万家", MY, MY_JS),
            "info": ("个人信息", INFO, INFO_JS),
            "safe": ("账号与安全", SAFE, SAFE_JS),
            "close": ("注销账号", CLOSE, CLOSE_JS),
        }.get(part, ("我的万家", MY, MY_JS))
        return page(
            title,
            body,
            script,
            views=len(g.bag["views"]),
            menu=[("/my/info", "个人信息"), ("/my/safe", "账号与安全"), ("/doc/help", "帮助中心")],
        )

    @app.post("/my/<part>")
    def my_post(part):
        if not me():
            return jsonify(ok=False, msg="请先登录"), 401
        if part == "info":
            me().update(nick=request.form["nick"], addr=request.form["addr"])
        elif part == "adpers":
            me()["adpers"] = request.form["on"] == "1"
        elif part == "cancel":
            for o in me()["orders"]:
                if o["no"] == request.form["no"]:
                    o["state"] = "已取消"
        elif part == "close":
            if request.form["code"] != "123456":
                return jsonify(ok=False, msg="验证码错误")
            if any(o["state"] == "待付款" for o in me()["orders"]):
                return jsonify(ok=False, msg="您有未完成的订单，请先付款或取消")
            me()["closing"] = True
        return jsonify(ok=True)

    @app.post("/my/history/clear")
    def clear():
        g.bag["views"].clear()
        return jsonify(ok=True)

    @app.get("/doc/<slug>")
    def doc(slug):
        title, text = DOCS.get(slug, ("页面不存在", "请返回首页"))
        return page(title, DOC, paras=text.split("|")), 200 if slug in DOCS else 404

    return app
