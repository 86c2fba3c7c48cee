"""淘淘街: a mobile-first mall. Hash router, envelope API, vant-like markup, bottom sheets and full-screen layers."""

import re

from flask import Flask, Response, g, jsonify, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "general goods, mobile first"
QUERIES = ["纸巾", "拖鞋", "零食", "洗衣液", "数据线", "云朵家", "贝多"]
ACCOUNTS = [
    {"user": "13700137001", "password": "ttj123456", "role": "fresh", "holds": "nothing"},
    {"user": "13700137002", "password": "ttj123456", "role": "aged", "holds": "3 finished orders, 88 points"},
]
COMPANY, USCC = "成都淘淘街网络科技有限公司", "91510100MA6C9X4R4R"
MAKERS = [("御品坊", 2.4), ("云朵家", 1.9), ("贝多", 1.0), ("省心", 0.8), ("实惠牌", 0.6)]
SORTS = {"zh": "综合排序", "xl": "销量优先", "hp": "好评优先", "jg1": "价格从低到高", "jg2": "价格从高到低"}


def stock():
    lines = [
        ("纸巾", "抽纸原木浆 24包整箱", 29.9, "#9bb7d4"),
        ("拖鞋", "浴室防滑 软底EVA", 15.9, "#d49bb0"),
        ("零食", "每日坚果混合 大礼包", 39.9, "#d4b99b"),
        ("洗衣液", "持久留香 3kg瓶装", 24.9, "#a59bd4"),
        ("数据线", "快充Type-C 编织 1.5米", 9.9, "#9bd4b4"),
    ]
    rows = []
    for word, text, base, tint in lines:
        for n in range(15):
            maker, tier = MAKERS[(n * 3 + len(word)) % 5]
            i = 501 + len(rows)
            rows.append(
                {
                    "gid": i,
                    "maker": maker,
                    "name": f"【{maker}】{text} {word} {['家用', '囤货装', '热销款'][n % 3]}",
                    "tint": tint,
                    "price": round(base * tier * (1 + n * 4 % 9 / 10), 2),
                    "sales": (i * 3571) % 99000,
                    "rate": 90 + (i * 17) % 10 + (i * 7 % 10) / 10,
                    "mall": f"{maker}{['官方店', '优选店', '工厂店'][n % 3]}",
                    "promo": n in (1, 6, 12),
                    "w": (i * 271) % 89,
                }
            )
    return rows


STOCK = stock()
PAPERS = {
    "agreement": (
        "用户协议",
        f"本协议是您与{COMPANY}之间关于使用淘淘街的约定。\n一、注册与账号：使用手机号注册。\n二、下单：订单提交成功后合同成立。\n三、售后：支持七天无理由退货，运费由责任方承担。\n四、争议：由双方协商解决，协商不成的向人民法院起诉。\n版本日期：2024年5月6日",
    ),
    "privacy": (
        "隐私政策",
        f"{COMPANY}按照合法、正当、必要的原则处理您的个人信息。\n一、我们收集手机号、收货地址、浏览和购买记录。\n二、我们会根据您的浏览记录对搜索结果作个性化排序。您可以在“我的-设置-隐私设置”关闭“个性化搜索结果”，关闭后立即生效，长期有效。\n三、查询：在“我的-设置-个人资料”随时查询，即时展示。\n四、更正：在“我的-设置-个人资料”修改并保存，即时生效。\n五、注销账号：在“我的-设置-账号注销”提交申请，输入短信验证码，7天冷静期满后完成，最长15个工作日。\n六、联系我们：privacy@taotaojie.example",
    ),
    "licence": (
        "证照信息",
        f"营业执照\n统一社会信用代码：{USCC}\n名称：{COMPANY}\n类型：有限责任公司（自然人投资或控股）\n法定代表人：钟小淘\n注册资本：贰仟万元整\n住所：成都市高新区天府大道中段666号\n营业期限：2017年8月8日至无固定期限\n增值电信业务经营许可证：川B2-20180666",
    ),
    "rules": (
        "平台规则",
        "一、商家准入：提交营业执照并经核验。\n二、发货：付款后48小时内。\n三、商家不得以任何方式诱导好评。\n四、违规处理：警告、下架、清退，并公示。",
    ),
}
INDEX = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,maximum-scale=1,user-scalable=no"><title>淘淘街</title><link rel="stylesheet" href="/css/app.9c1.css"></head><body><div id="app"><div class="van-loading">加载中…</div></div><script src="/js/app.4be.js"></script></body></html>"""
CSS = """html,body{margin:0;background:#e9e9ee;font:14px/1.5 "PingFang SC","Noto Sans CJK SC","Noto Serif CJK SC",sans-serif;color:#222}*{box-sizing:border-box;-webkit-tap-highlight-color:transparent}
#app{max-width:480px;margin:0 auto;background:#f7f7fa;min-height:100vh;position:relative;padding-bottom:70px}.van-loading{padding:80px;text-align:center}
.nav-bar{height:48px;display:flex;align-items:center;background:#fff;position:sticky;top:0;z-index:10;padding:0 12px;gap:10px}.nav-bar .t{flex:1;text-align:center;font-weight:600}.ico{width:24px;height:24px;display:inline-block;cursor:pointer}.ico svg{width:24px;height:24px;fill:none;stroke:#333;stroke-width:2;display:block}
.sbar{flex:1;background:#f1f1f4;border-radius:18px;height:36px;display:flex;align-items:center;padding:0 12px}.sbar input{border:0;background:none;flex:1;outline:0;font-size:14px;min-width:0}
.tabbar{position:fixed;bottom:0;left:50%;transform:translateX(-50%);width:100%;max-width:480px;height:54px;background:#fff;border-top:1px solid #e5e5e5;display:flex;z-index:30}.tabbar div{flex:1;display:flex;align-items:center;justify-content:center;cursor:pointer;position:relative}.tabbar .on svg{stroke:#ee3f4d}.badge{position:absolute;top:6px;left:58%;background:#d0202f;color:#fff;border-radius:9px;font-size:12px;padding:0 5px;line-height:17px}
.swp{margin:10px;height:130px;border-radius:10px;background:linear-gradient(120deg,#c81f35,#8a2be2);color:#fff;font-size:22px;display:flex;align-items:center;justify-content:center}.cats{display:flex;justify-content:space-around;background:#fff;margin:10px;border-radius:10px;padding:12px 0;text-align:center;font-size:12px}.cats i{display:block;width:44px;height:44px;border-radius:50%;margin:0 auto 4px}.cats div{cursor:pointer}
.wf{display:grid;grid-template-columns:1fr 1fr;gap:8px;padding:0 10px}.gc{background:#fff;border-radius:8px;overflow:hidden;cursor:pointer;padding-bottom:8px}.gc img{width:100%;display:block}.gc .n{padding:6px 8px 0;height:46px;overflow:hidden}.gc .p{color:#c81f35;font-size:18px;font-weight:600;padding:0 8px}.gc .s{font-size:12px;color:#666;padding:0 8px;display:flex;justify-content:space-between}.adtag{font-size:12px;line-height:16px;color:#555;background:#eee;border-radius:2px;padding:0 4px;margin-right:4px;display:inline-block}
.foot{text-align:center;padding:24px 10px;color:#555;font-size:12px}.foot span.l{color:#333;padding:0 8px;cursor:pointer;font-size:13px}.fbar{display:flex;background:#fff;padding:10px 16px;justify-content:space-between;border-bottom:1px solid #eee}.fbar span{cursor:pointer}
.ov{position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:50}.sheet{position:fixed;bottom:0;left:50%;transform:translateX(-50%);width:100%;max-width:480px;background:#fff;z-index:51;border-radius:14px 14px 0 0;padding:10px 0 20px}.sheet div{padding:13px 20px;cursor:pointer}.sheet .on{color:#c81f35}
.full{position:fixed;top:0;bottom:0;left:50%;transform:translateX(-50%);width:100%;max-width:480px;background:#fff;z-index:60;overflow:auto}.full pre{white-space:pre-wrap;font:inherit;padding:0 16px}
.dl{position:fixed;left:50%;top:50%;transform:translate(-50%,-50%);width:280px;background:linear-gradient(#fff3e0,#fff);border-radius:14px;z-index:52;text-align:center;padding:40px 20px 24px}.dl b{font-size:24px;color:#c81f35}.dl-x{position:absolute;right:8px;top:8px;width:16px;height:16px;cursor:pointer}.dl-x svg{width:16px;height:16px;stroke:#777;stroke-width:2;display:block}
.btn{background:#d0202f;color:#fff;border:0;border-radius:22px;height:44px;padding:0 24px;font-size:16px;cursor:pointer}.btn.p{background:#fff;color:#d0202f;border:1px solid #d0202f}.cell{background:#fff;padding:14px 16px;border-bottom:1px solid #f0f0f0;display:flex;justify-content:space-between;gap:10px;cursor:pointer;align-items:center}.cell input{border:1px solid #bbb;height:34px;border-radius:4px;padding:0 8px;width:62%}
.sub{position:fixed;bottom:0;left:50%;transform:translateX(-50%);width:100%;max-width:480px;background:#fff;padding:10px 16px;z-index:31;border-top:1px solid #eee;text-align:center}.sub .btn{width:100%;height:50px}.tiny{color:#999;font-size:12px;margin-top:8px;cursor:pointer}.sw{width:44px;height:26px;border-radius:13px;background:#bbb;position:relative}.sw.on{background:#d0202f}.sw:after{content:"";position:absolute;top:2px;left:2px;width:22px;height:22px;background:#fff;border-radius:50%}.sw.on:after{left:20px}.tip{color:#c81f35;padding:6px 16px;min-height:32px}"""
JS = r"""
var A=document.getElementById('app'),ST={cart:0,user:null},IC={home:'<path d="M3 11l9-8 9 8v10H3z"/>',cat:'<rect x="3" y="3" width="7" height="7"/><rect x="14" y="3" width="7" height="7"/><rect x="3" y="14" width="7" height="7"/><rect x="14" y="14" width="7" height="7"/>',cart:'<path d="M2 3h3l3 12h11l2-8H7"/><circle cx="9" cy="20" r="1.5"/><circle cx="18" cy="20" r="1.5"/>',me:'<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',so:'<circle cx="10" cy="10" r="6"/><path d="M15 15l6 6"/>',back:'<path d="M15 4l-8 8 8 8"/>',set:'<circle cx="12" cy="12" r="3"/><circle cx="12" cy="12" r="8"/>',x:'<path d="M3 3l18 18M21 3L3 21"/>'};
function ic(n){return '<span class="ico"><svg viewBox="0 0 24 24">'+IC[n]+'</svg></span>'}
function q(s,r){return (r||document).querySelector(s)}function qa(s,r){return Array.prototype.slice.call((r||document).querySelectorAll(s))}
function call(u,d){return fetch('/mapi/'+u,d?{method:'POST',body:new URLSearchParams(d)}:{}).then(function(r){return r.json()})}
function H(s){return String(s==null?'':s).replace(/[&<>"]/g,function(c){return '&#'+c.charCodeAt(0)+';'})}
function nav(t){return '<div class="nav-bar"><span data-back>'+ic('back')+'</span><span class="t">'+t+'</span><span style="width:24px"></span></div>'}
function tabs(k){return '<div class="tabbar">'+[['home','#/home'],['cat','#/search?q=零食'],['cart','#/cart'],['me','#/mine']].map(function(t){return '<div class="'+(k==t[0]?'on':'')+'" data-to="'+t[1]+'">'+ic(t[0])+(t[0]=='cart'&&ST.cart?'<i class="badge" style="font-style:normal">'+ST.cart+'</i>':'')+'</div>'}).join('')+'</div>'}
function sbar(v){return '<div class="nav-bar">'+(v?'<span data-back>'+ic('back')+'</span>':'')+'<div class="sbar"><input type="search" placeholder="搜一搜" value="'+H(v)+'"></div><span data-so>'+ic('so')+'</span></div>'}
function gc(x){return '<div class="gc" data-to="#/goods/'+x.gid+(x.ad?'?ad_id='+x.ad.adId+'&clickId='+x.ad.clickId:'')+'"><img loading="lazy" width="230" height="180" alt="" src="/img/'+x.gid+'.svg"><div class="n">'+(x.ad?'<span class="adtag">广告</span>':'')+H(x.name)+'</div><div class="p">¥'+x.price.toFixed(2)+'</div><div class="s"><span>已售'+x.sales+'</span><span>好评'+x.rate.toFixed(1)+'%</span></div></div>'}
function go(h){location.hash=h}
function layer(k){call('paper?k='+k).then(function(r){var d=document.createElement('div');d.className='full';d.innerHTML='<div class="nav-bar"><span class="cl">'+ic('back')+'</span><span class="t">'+r.data.title+'</span><span style="width:24px"></span></div><pre>'+H(r.data.text)+'</pre>';document.body.appendChild(d);q('.cl',d).onclick=function(){d.remove()}})}
function tip(t){q('.tip').textContent=t}
document.addEventListener('click',function(e){var t=e.target.closest('[data-to]');if(t)return go(t.dataset.to);if(e.target.closest('[data-back]'))return history.back();var l=e.target.closest('[data-doc]');if(l)return layer(l.dataset.doc);if(e.target.closest('[data-so]')){var v=q('.sbar input').value.trim();if(v)go('#/search?q='+encodeURIComponent(v))}});
document.addEventListener('keydown',function(e){if(e.key=='Enter'&&e.target.closest('.sbar')){var v=e.target.value.trim();if(v)go('#/search?q='+encodeURIComponent(v))}});
var feed=null;window.addEventListener('scroll',function(){if(feed&&innerHeight+scrollY>document.body.scrollHeight-400)feed()});
var R={
home:function(){call('home').then(function(r){A.innerHTML=sbar('')+'<div class="swp">天天特价 9.9包邮</div><div class="cats">'+r.data.cats.map(function(c){return '<div data-to="#/search?q='+c[0]+'"><i style="background:'+c[1]+'"></i>'+c[0]+'</div>'}).join('')+'</div><div class="wf">'+r.data.list.map(gc).join('')+'</div><div class="foot"><div><span class="l" data-doc="agreement">用户协议</span>|<span class="l" data-doc="privacy">隐私政策</span>|<span class="l" data-doc="licence">证照信息</span></div><p>淘淘街 · 蜀ICP备17033221号-2</p></div>'+tabs('home');
 if(!sessionStorage.dl){setTimeout(function(){if(q('.dl')||location.hash.indexOf('#/home'))return;var d=document.createElement('div');d.innerHTML='<div class="ov"></div><div class="dl"><span class="dl-x"><svg viewBox="0 0 24 24">'+IC.x+'</svg></span><b>100元红包</b><p>下载淘淘街APP，新人立领<br>更多低价尽在APP</p><button class="btn">立即下载</button></div>';document.body.appendChild(d);q('.dl-x',d).onclick=function(){sessionStorage.dl=1;d.remove()};q('.btn',d).onclick=function(){d.remove();go('#/app')}},500)}})},
app:function(){A.innerHTML=nav('下载APP')+'<div style="text-align:center;padding:60px 20px"><h2>淘淘街 APP</h2><p>请在各大应用市场搜索“淘淘街”</p></div>'},
search:function(p,a){var kw=a.get('q')||'',so=a.get('s')||'zh',pg=0,end=false,busy=false;A.innerHTML=sbar(kw)+'<div class="fbar"><span class="so">'+SO[so]+' ▾</span><span class="ct"></span></div><div class="wf"></div><div class="foot ld"></div>'+tabs('cat');
 q('.so').onclick=function(){var d=document.createElement('div');d.innerHTML='<div class="ov"></div><div class="sheet">'+Object.keys(SO).map(function(k){return '<div data-k="'+k+'" class="'+(k==so?'on':'')+'">'+SO[k]+'</div>'}).join('')+'</div>';document.body.appendChild(d);q('.ov',d).onclick=function(){d.remove()};qa('[data-k]',d).forEach(function(b){b.onclick=function(){d.remove();go('#/search?q='+encodeURIComponent(kw)+'&s='+b.dataset.k)}})};
 feed=function(){if(busy||end)return;busy=true;call('search?q='+encodeURIComponent(kw)+'&s='+so+'&p='+pg++).then(function(r){busy=false;var w=q('.wf');if(!w)return;q('.ct').textContent='共'+r.data.total+'件';w.insertAdjacentHTML('beforeend',r.data.list.map(gc).join(''));r.data.list.forEach(function(x){if(x.ad)navigator.sendBeacon&&navigator.sendBeacon('/mapi/expose?adId='+x.ad.adId)});end=!r.data.more;q('.ld').textContent=end?(r.data.total?'没有更多了':'没有找到相关商品'):'上滑加载更多'})};feed()},
goods:function(id){call('goods?id='+id).then(function(r){var x=r.data;A.innerHTML=nav('商品详情')+'<img src="/img/'+x.gid+'.svg" width="480" height="376" style="width:100%;height:auto;display:block" alt=""><div style="background:#fff;padding:12px 16px"><div class="gc" style="cursor:auto"><div class="p" style="padding:0;font-size:24px">¥'+x.price.toFixed(2)+'</div></div><h3>'+H(x.name)+'</h3><p>'+H(x.mall)+'　已售'+x.sales+'　好评'+x.rate.toFixed(1)+'%　包邮</p></div><div class="tip"></div><div class="sub" style="display:flex;gap:10px"><button class="btn p" id="ac">加入购物车</button><button class="btn" id="bn">立即购买</button></div>';
 q('#ac').onclick=function(){call('cart',{op:'add',id:x.gid}).then(function(r){ST.cart=r.data.n;tip('已加入购物车')})};q('#bn').onclick=function(){call('cart',{op:'add',id:x.gid}).then(function(r){ST.cart=r.data.n;go('#/confirm')})}})},
cart:function(){call('cart').then(function(r){A.innerHTML='<div class="nav-bar"><span class="t">购物车</span></div>'+r.data.rows.map(function(w){return '<div class="cell"><img src="/img/'+w.x.gid+'.svg" width="60" height="47" alt=""><span style="flex:1">'+H(w.x.name)+'<br>¥'+w.x.price.toFixed(2)+' × '+w.n+'</span><span class="rm" data-id="'+w.x.gid+'">'+ic('x')+'</span></div>'}).join('')+(r.data.rows.length?'<div class="cell"><b>合计 ¥'+r.data.sum.toFixed(2)+'</b><button class="btn" data-to="#/confirm">去结算('+r.data.n+')</button></div>':'<p style="text-align:center;padding:60px">购物车空空如也</p>')+tabs('cart');qa('.rm').forEach(function(b){b.onclick=function(){call('cart',{op:'del',id:b.dataset.id}).then(function(r){ST.cart=r.data.n;R.cart()})}})})},
confirm:function(){if(!ST.user)return location.replace('#/login?back=confirm');call('cart').then(function(r){if(!r.data.rows.length)return location.replace('#/cart');var s=r.data.sum;A.innerHTML=nav('确认订单')+'<div class="cell">收货人<input name="name" value="陶小街"></div><div class="cell">手机号<input name="tel" value="'+ST.user+'"></div><div class="cell">地址<input name="addr" value="成都市高新区天府大道中段1号"></div>'+r.data.rows.map(function(w){return '<div class="cell"><span>'+H(w.x.name)+'</span><span>¥'+w.x.price.toFixed(2)+'×'+w.n+'</span></div>'}).join('')+'<div class="cell"><span>运费</span><span>¥0.00</span></div><div class="cell"><span>商品合计</span><b>¥'+s.toFixed(2)+'</b></div><div class="sub"><button class="btn" id="mem">一键领券下单 ¥'+(s-5+9.9).toFixed(2)+'</button><div style="font-size:12px;color:#666;margin-top:4px">含省钱月卡 ¥9.90，本单立减 ¥5.00</div><div class="tiny" id="no">不需要，直接提交订单 ¥'+s.toFixed(2)+'</div></div><div style="height:80px"></div>';
 function sub(card){call('order',{card:card,name:q('[name=name]').value,tel:q('[name=tel]').value,addr:q('[name=addr]').value}).then(function(r){ST.cart=0;go('#/paid/'+r.data.no)})}q('#mem').onclick=function(){sub(1)};q('#no').onclick=function(){sub(0)}})},
paid:function(no){A.innerHTML=nav('提交成功')+'<div style="text-align:center;padding:60px"><h2>订单提交成功</h2><p>订单号 '+H(no)+'</p><button class="btn" data-to="#/mine">查看订单</button></div>'},
login:function(p,a){A.innerHTML=nav('登录')+'<div class="cell">手机号<input name="u" type="tel"></div><div class="cell">密码<input name="p" type="password"></div><div class="tip"></div><div style="padding:0 16px"><button class="btn" style="width:100%">登录</button><p data-to="#/register" style="cursor:pointer">新用户注册</p></div>';q('.btn').onclick=function(){call('login',{u:q('[name=u]').value,p:q('[name=p]').value}).then(function(r){if(r.code)return tip(r.msg);ST.user=r.data.user;location.replace('#/'+(a.get('back')=='confirm'?'confirm':'mine'))})}},
register:function(){A.innerHTML=nav('注册')+'<div class="cell">手机号<input name="u" type="tel"></div><div class="cell">验证码<span style="width:62%;display:flex;gap:6px"><input name="c" style="width:50%"><button class="btn p" id="gc" style="height:34px;padding:0 10px;font-size:13px">获取</button></span></div><div class="cell">密码<input name="p" type="password"></div><div class="cell" style="justify-content:flex-start"><span class="ck" style="width:20px;height:20px;border:1px solid #777;border-radius:50%"></span><span>同意<span data-doc="agreement" style="color:#c81f35">《用户协议》</span><span data-doc="privacy" style="color:#c81f35">《隐私政策》</span></span></div><div class="tip"></div><div style="padding:0 16px"><button class="btn" id="rg" style="width:100%">注册</button></div>';
 var ok=0;q('.ck').onclick=function(){ok=!ok;this.style.background=ok?'#d0202f':''};q('#gc').onclick=function(){this.textContent='123456'};q('#rg').onclick=function(){if(!ok)return tip('请先同意协议');call('register',{u:q('[name=u]').value,c:q('[name=c]').value,p:q('[name=p]').value}).then(function(r){if(r.code)return tip(r.msg);ST.user=r.data.user;location.replace('#/mine')})}},
mine:function(sub){call('mine').then(function(r){var m=r.data;
 if(sub=='setting'){A.innerHTML=nav('设置')+[['个人资料','#/mine/profile'],['隐私设置','#/mine/privacy']].concat(m.user?[['账号注销','#/mine/cancel']]:[]).map(function(c){return '<div class="cell" data-to="'+c[1]+'">'+c[0]+'<span>›</span></div>'}).join('')+[['平台规则','rules'],['用户协议','agreement'],['隐私政策','privacy'],['证照信息','licence']].map(function(c){return '<div class="cell" data-doc="'+c[1]+'">'+c[0]+'<span>›</span></div>'}).join('')+(m.user?'<div class="cell" id="out">退出登录</div>':'');if(m.user)q('#out').onclick=function(){call('logout',{x:1}).then(function(){ST.user=null;go('#/home')})};return}
 if(sub=='privacy'){A.innerHTML=nav('隐私设置')+'<div class="cell" style="cursor:auto"><span>个性化搜索结果<br><small style="color:#666">关闭后，搜索排序不再参考您的浏览记录</small></span><span class="sw '+(m.personal?'on':'')+'" role="switch" aria-checked="'+m.personal+'" style="cursor:pointer"></span></div>';q('.sw').onclick=function(){call('personal',{on:m.personal?0:1}).then(function(){R.mine('privacy')})};return}
 if(!m.user)return A.innerHTML='<div class="nav-bar"><span class="t">我的</span><span data-to="#/mine/setting">'+ic('set')+'</span></div><div style="padding:40px 16px;text-align:center"><button class="btn" data-to="#/login">登录 / 注册</button></div>'+tabs('me');
 if(sub=='profile'){A.innerHTML=nav('个人资料')+'<div class="cell">手机号<span>'+m.user+'</span></div><div class="cell">昵称<input name="nick" value="'+H(m.nick)+'"></div><div class="cell">收货地址<input name="addr" value="'+H(m.addr)+'"></div><div class="tip"></div><div style="padding:0 16px"><button class="btn">保存</button></div>';q('.btn').onclick=function(){call('profile',{nick:q('[name=nick]').value,addr:q('[name=addr]').value}).then(function(){tip('已保存')})};return}
 if(sub=='cancel'){A.innerHTML=nav('账号注销')+(m.closing?'<p style="padding:20px">申请已提交，7天冷静期满后自动完成注销。</p>':'<div style="padding:16px;background:#fff"><p>注销后账号不可恢复，积分清零。如有未完成订单，可先在“我的”取消。</p><p>7天冷静期满后完成，最长15个工作日。</p></div><div class="cell">短信验证码<input name="c" placeholder="已发至'+m.user.slice(0,3)+'****'+m.user.slice(7)+'（123456）"></div><div class="tip"></div><div style="padding:0 16px;display:flex;gap:12px"><button class="btn" id="cc">确认注销</button><button class="btn p" data-back>再想想</button></div>');if(q('#cc'))q('#cc').onclick=function(){call('cancel',{c:q('[name=c]').value}).then(function(r){r.code?tip(r.msg):R.mine('cancel')})};return}
 A.innerHTML='<div class="nav-bar"><span class="t">我的</span><span data-to="#/mine/setting">'+ic('set')+'</span></div><div class="cell" data-to="#/mine/profile"><b>'+H(m.nick)+'</b><span>积分 '+m.points+'</span></div><div class="cell" style="margin-top:10px"><b>我的订单</b></div>'+(m.orders.map(function(o){return '<div class="cell"><span>'+o.no+'<br>¥'+o.total.toFixed(2)+'</span><span>'+o.state+(o.state=='待付款'?' <a class="ca" data-no="'+o.no+'" style="color:#c81f35">取消</a>':'')+'</span></div>'}).join('')||'<div class="cell">暂无订单</div>')+tabs('me');qa('.ca').forEach(function(b){b.onclick=function(){call('drop',{no:b.dataset.no}).then(function(){R.mine()})}})})}};
var SO=@SORTS@;
function run(){feed=null;qa('.sheet,.ov').forEach(function(n){n.parentNode.remove()});qa('.full').forEach(function(n){n.remove()});var h=location.hash.slice(2)||'home',i=h.indexOf('?'),p=(i<0?h:h.slice(0,i)).split('/'),a=new URLSearchParams(i<0?'':h.slice(i+1));scrollTo(0,0);(R[p[0]]||R.home)(p[1],a)}
window.addEventListener('hashchange',run);call('mine').then(function(r){ST.user=r.data.user;ST.cart=r.data.cart;if(!location.hash)location.replace('#/home');else run()});
"""


def make_app():
    app = Flask(__name__)
    Bag(app, "ttj_token", lambda: {"user": None, "cart": {}, "seen": [], "off": False})
    goods = {x["gid"]: x for x in STOCK}

    def person(p="ttj123456", orders=(), points=0):
        return {
            "p": p,
            "nick": "街友",
            "addr": "成都市高新区天府大道中段1号",
            "orders": list(orders),
            "points": points,
            "closing": False,
            "seen": [],
            "off": False,
        }

    people = {
        "13700137001": person(),
        "13700137002": person(
            orders=[{"no": f"TT23{n:04d}", "total": 30.0 + n, "state": "已完成"} for n in (11, 12, 13)], points=88
        ),
    }

    def ok(data=None):
        return jsonify(code=0, msg="ok", data=data)

    def bad(msg):
        return jsonify(code=1, msg=msg, data=None)

    def me():
        return people.get(g.bag["user"])

    def view(x):
        out = {k: x[k] for k in ("gid", "name", "price", "sales", "rate", "mall")}
        if x["promo"]:
            out["ad"] = {
                "isAd": 1,
                "adId": x["gid"] + 40000,
                "campaignId": x["gid"] % 7,
                "clickId": f"k{x['gid'] * 13}",
            }
        return out

    @app.get("/")
    def index():
        return INDEX

    @app.get("/css/app.9c1.css")
    def css():
        return Response(CSS, mimetype="text/css")

    @app.get("/js/app.4be.js")
    def js():
        return Response(JS.replace("@SORTS@", app.json.dumps(SORTS, sort_keys=False)), mimetype="text/javascript")

    @app.get("/img/<int:i>.svg")
    def img(i):
        x = goods.get(i, STOCK[0])
        dots = "".join(
            f'<circle cx="{40 + 37 * k % 150}" cy="{50 + (i * (k + 3)) % 90}" r="{10 + (i + k * 5) % 16}" fill="#fff" opacity=".55"/>'
            for k in range(5)
        )
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 230 180"><rect width="230" height="180" fill="{x["tint"]}"/>{dots}</svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/mapi/home")
    def home():
        cats = [
            [k, x]
            for k, x in zip(
                ("纸巾", "拖鞋", "零食", "洗衣液", "数据线"),
                ("#9bb7d4", "#d49bb0", "#d4b99b", "#a59bd4", "#9bd4b4"),
                strict=False,
            )
        ]
        return ok({"cats": cats, "list": [{k: v for k, v in view(x).items() if k != "ad"} for x in STOCK[3::6]]})

    @app.get("/mapi/search")
    def search():
        q, s, p = request.args.get("q", ""), request.args.get("s", "zh"), request.args.get("p", 0, type=int)
        hits = [x for x in STOCK if all(w in x["name"] for w in q.split())] if q.strip() else []
        seen = [] if g.bag["off"] or (me() or {}).get("off") else g.bag["seen"] + (me()["seen"] if me() else [])
        key = {
            "xl": lambda x: -x["sales"],
            "hp": lambda x: -x["rate"],
            "jg1": lambda x: x["price"],
            "jg2": lambda x: -x["price"],
        }.get(s, lambda x: (-min(20, seen.count(x["maker"])), x["w"]))
        rows = sorted((x for x in hits if not x["promo"]), key=key)
        for at, x in enumerate(sorted((x for x in hits if x["promo"]), key=lambda x: x["w"])):
            rows.insert(min(at * 5 + 1, len(rows)), x)
        part = rows[p * 10 : p * 10 + 10]
        return ok({"total": len(rows), "more": p * 10 + 10 < len(rows), "list": [view(x) for x in part]})

    @app.post("/mapi/expose")
    def expose():
        return "", 204

    @app.get("/mapi/goods")
    def one():
        x = goods.get(request.args.get("id", 0, type=int), STOCK[0])
        (me()["seen"] if me() else g.bag["seen"]).append(x["maker"])
        return ok({k: v for k, v in view(x).items() if k != "ad"})

    @app.get("/mapi/paper")
    def paper():
        title, text = PAPERS.get(request.args.get("k"), ("提示", "页面不存在"))
        return ok({"title": title, "text": text})

    @app.route("/mapi/cart", methods=["GET", "POST"])
    def cart():
        c = g.bag["cart"]
        if request.method == "POST":
            i = int(request.form["id"])
            c.pop(i, None) if request.form["op"] == "del" else c.update({i: c.get(i, 0) + 1})
        return ok(
            {
                "n": sum(c.values()),
                "sum": round(sum(goods[i]["price"] * n for i, n in c.items()), 2),
                "rows": [{"x": view(goods[i]), "n": n} for i, n in c.items()],
            }
        )

    @app.get("/mapi/mine")
    def mine():
        a = me() or {"off": g.bag["off"]}
        return ok(
            {
                "user": g.bag["user"],
                "cart": sum(g.bag["cart"].values()),
                "personal": not a["off"] and not g.bag["off"],
                **{k: a.get(k) for k in ("nick", "addr", "points", "orders", "closing")},
            }
        )

    @app.post("/mapi/<what>")
    def act(what):
        f, a = request.form, me()
        if what == "login":
            if f["u"] not in people or people[f["u"]]["p"] != f["p"]:
                return bad("手机号或密码错误")
            g.bag["user"] = f["u"]
            return ok({"user": f["u"]})
        if what == "register":
            if not re.fullmatch(r"1\d{10}", f["u"]) or f["c"] != "123456" or len(f["p"]) < 6 or f["u"] in people:
                return bad("信息有误或手机号已注册")
            people[f["u"]] = person(f["p"])
            g.bag["user"] = f["u"]
            return ok({"user": f["u"]})
        if what == "personal":
            g.bag["off"] = f["on"] == "0"
            if a:
                a["off"] = g.bag["off"]
            return ok()
        if what == "logout":
            g.bag["user"] = None
            return ok()
        if not a:
            return bad("请先登录")
        if what == "order":
            total = sum(goods[i]["price"] * n for i, n in g.bag["cart"].items()) + (4.9 if f["card"] == "1" else 0)
            a["orders"].append({"no": f"TT24{len(a['orders']) + 1:04d}", "total": round(total, 2), "state": "待付款"})
            g.bag["cart"].clear()
            return ok({"no": a["orders"][-1]["no"]})
        if what == "profile":
            a.update(nick=f["nick"], addr=f["addr"])
        elif what == "drop":
            for o in a["orders"]:
                o["state"] = "已取消" if o["no"] == f["no"] else o["state"]
        elif what == "cancel":
            if f["c"] != "123456":
                return bad("验证码错误")
            if any(o["state"] == "待付款" for o in a["orders"]):
                return bad("有未完成订单，请先在“我的”取消")
            a["closing"] = True
        return ok()

    return app
