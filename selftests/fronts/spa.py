"""山栗 SHANLI: a brand's own shop as a single page application (history router, fetch, skeletons, late hydration)."""

import re

from flask import Flask, g, jsonify, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "brand store (self-operated small appliances)"
QUERIES = ["咖啡机", "空气炸锅", "吹风机", "加湿器", "山栗"]
ACCOUNTS = [
    {"user": "13900139001", "password": "shanli888", "role": "fresh", "holds": "nothing"},
    {"user": "13900139002", "password": "shanli888", "role": "aged", "holds": "1 finished order, 120 points"},
]
COMPANY, USCC = "深圳市山栗智能家居有限公司", "91440300MA5F2Q8TX6"
LINES = [
    ("咖啡机", "意式半自动", 699, 30),
    ("空气炸锅", "可视大容量", 269, 200),
    ("吹风机", "高速负离子", 329, 330),
    ("加湿器", "无雾静音", 199, 170),
]
COLOURS = ["奶油白", "雾霾蓝", "抹茶绿", "曜石黑"]


def goods():
    out = []
    for line, (kind, adj, base, hue) in enumerate(LINES):
        for n in range(14):
            i = 1001 + len(out)
            out.append(
                {
                    "id": i,
                    "kind": kind,
                    "name": f"山栗{adj}{kind} {'SPXM'[line]}{n + 1}{' Pro' if n % 4 == 3 else ''} {COLOURS[n % 4]}",
                    "price": base + (n * 53 % 17) * 20 - 1,
                    "sold": (i * 4271) % 9000 + 40,
                    "score": round(4.2 + (i * 31 % 80) / 100, 1),
                    "hue": hue + n * 5,
                    "fresh": (i * 91) % 113,
                    "rank": (i * 67) % 101,
                }
            )
    return out


GOODS = goods()
DOCS = {
    "agreement": [
        "用户服务协议",
        f"欢迎使用山栗官方商城。本协议由您与{COMPANY}（“山栗”）订立。",
        "1. 注册：您可使用手机号注册，一个手机号对应一个账号。",
        "2. 订单：您提交订单并支付成功后，买卖合同成立。",
        "3. 发货与退货：现货48小时内发出，支持七天无理由退货。",
        "4. 争议由双方协商，协商不成的提交有管辖权的人民法院处理。",
        "发布日期：2024年2月1日　生效日期：2024年2月8日",
    ],
    "rules": [
        "商城交易规则",
        "1. 本商城仅销售山栗自有品牌商品，由山栗自营。",
        "2. 商城内搜索结果不含任何付费排名，亦无第三方广告。",
        "3. 价格以结算页为准，发票随货电子开具。",
        "4. 评价仅限购买用户发布，商城不删除评价。",
    ],
    "privacy": [
        "隐私政策",
        f"{COMPANY}依法处理您的个人信息。",
        "1. 收集：手机号、收货地址、订单记录。",
        "2. 排序：本商城的搜索结果与推荐不使用您的浏览、购买等个人特征，所有用户看到的排序相同。",
        "3. 查询：账户中心-个人资料，登录后即时可查。",
        "4. 更正：账户中心-个人资料-编辑，保存后即时生效。",
        "5. 删除：账户中心-隐私与安全-删除收货信息，即时生效；其他删除请求15个工作日内处理。",
        "6. 注销：账户中心-隐私与安全-注销账户，按页面要求上传本人手持身份证照片，审核通过后15个工作日内完成。",
    ],
    "licence": [
        "证照信息",
        f"统一社会信用代码：{USCC}",
        f"企业名称：{COMPANY}",
        "类型：有限责任公司",
        "法定代表人：林若山",
        "注册资本：500万元人民币",
        "住所：深圳市南山区粤海街道科苑路15号",
        "成立日期：2019年4月18日",
        "营业期限：永续经营",
    ],
}
LINKS = "".join(
    f'<a data-v-7d1 class="lk" href="/legal/{k}">{n}</a>'
    for k, n in [("agreement", "用户协议"), ("rules", "交易规则"), ("privacy", "隐私政策"), ("licence", "营业执照")]
)
SHELL = r"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>山栗官方商城</title><style>
:root{--c:#2f5d50}*{box-sizing:border-box}body{margin:0;font:15px/1.6 "PingFang SC","Noto Sans CJK SC","Noto Serif CJK SC",sans-serif;color:#1f2a27;background:#f6f5f1}a{color:inherit;text-decoration:none}button{font:inherit;cursor:pointer}
.hd{position:sticky;top:0;z-index:20;background:#fff;display:flex;align-items:center;gap:16px;padding:10px 20px;border-bottom:1px solid #e6e4dc;height:60px}.hd .lg{font-weight:700;font-size:20px;color:var(--c);white-space:nowrap}.hd form{flex:1;min-width:0;max-width:460px;display:flex}.hd input{flex:1;min-width:0;height:38px;border:1px solid #9aa7a2;border-radius:19px 0 0 19px;padding:0 14px;font-size:14px}.hd form button{border:0;background:var(--c);color:#fff;border-radius:0 19px 19px 0;width:64px}
.hd nav{display:flex;gap:16px;margin-left:auto;white-space:nowrap}.ly{display:flex;max-width:1320px;margin:0 auto}.as{width:170px;padding:24px 12px;position:sticky;top:60px;align-self:flex-start;display:flex;flex-direction:column;gap:8px;font-size:14px}.as .lk{color:#42524d}.mn{flex:1;min-width:0;padding:20px}
.gd{display:grid;grid-template-columns:repeat(4,1fr);gap:16px}.cd{background:#fff;border-radius:12px;overflow:hidden;display:block;height:330px}.cd svg{display:block;width:100%;height:190px}.cd .b{padding:10px 12px}.cd h3{font-size:14px;margin:0;height:44px;overflow:hidden;font-weight:500}.pz{color:#a63d00;font-weight:700;font-size:18px}.sm{font-size:12px;color:#5c6a65}
.sk{height:330px;border-radius:12px;background:linear-gradient(90deg,#ecebe5,#f7f6f2,#ecebe5);background-size:200%;animation:s 1.2s infinite}@keyframes s{to{background-position:-200%}}
.bt{background:var(--c);color:#fff;border:0;border-radius:22px;padding:10px 28px}.bt.o{background:#fff;color:var(--c);border:1px solid var(--c)}.bt[disabled]{opacity:.4}.pn{background:#fff;border-radius:12px;padding:20px;margin-bottom:16px}.fr{display:flex;gap:12px;align-items:center;padding:7px 0;flex-wrap:wrap}.fr>label:first-child{width:92px}.fr input[type=text],.fr input[type=password],.fr input[type=tel]{height:38px;border:1px solid #9aa7a2;border-radius:6px;padding:0 10px;width:260px;max-width:100%}
.bar{display:flex;gap:8px;align-items:center;margin-bottom:14px;flex-wrap:wrap}.bar button{border:1px solid #b8c2be;background:#fff;border-radius:16px;padding:4px 16px}.bar button.on{background:var(--c);color:#fff}.vl{position:relative}.vl .cd{position:absolute}
.dw{position:fixed;top:0;right:0;bottom:0;width:300px;background:#fff;z-index:60;padding:20px;transform:translateX(105%);visibility:hidden;transition:.2s;overflow:auto}.dw.open{transform:none;visibility:visible}.dm{position:fixed;inset:0;background:rgba(0,0,0,.4);z-index:59;display:none}.dm.open{display:block}
.nm{position:fixed;inset:0;background:rgba(10,20,18,.6);z-index:80;display:flex;align-items:center;justify-content:center}.nm>div{position:relative;width:320px;background:#fff;border-radius:16px;padding:34px 24px;text-align:center}.nm .x{position:absolute;top:8px;right:8px;width:34px;height:34px;border:0;background:#eee;border-radius:50%;font-size:18px;color:#222;line-height:1}
.tb{display:none}.ft{padding:30px;text-align:center;font-size:13px;color:#42524d}.ft .lk{margin:0 8px}
@media(max-width:767px){.as,.hd nav{display:none}.mn{padding:12px}.gd{grid-template-columns:repeat(2,1fr);gap:10px}.tb{display:flex;position:fixed;bottom:0;left:0;right:0;height:54px;background:#fff;border-top:1px solid #ddd;z-index:30}.tb a{flex:1;text-align:center;line-height:54px;font-size:14px}body{padding-bottom:60px}}
</style></head><body><div id="app" data-server-rendered="true">
<header class="hd" data-v-7d1><a class="lg" href="/">山栗 SHANLI</a><form role="search"><input type="search" placeholder="搜索山栗商品" aria-label="搜索山栗商品"><button type="submit">搜索</button></form><nav><a href="/category/咖啡机">咖啡机</a><a href="/category/空气炸锅">空气炸锅</a><a href="/cart">购物车(<span class="cn">0</span>)</a><a href="/account">我的</a></nav></header>
<div class="ly"><aside class="as" data-v-7d1><a href="/">商城首页</a><a href="/category/吹风机">吹风机</a><a href="/category/加湿器">加湿器</a><hr style="width:100%">@LINKS@</aside><main class="mn" id="view"><div class="gd"><div class="sk"></div><div class="sk"></div><div class="sk"></div><div class="sk"></div></div></main></div>
<footer class="ft" data-v-7d1>@LINKS@<p>© 2024 @COMPANY@　粤ICP备19087654号</p></footer>
<div class="tb"><a href="/">首页</a><a href="/category/咖啡机">分类</a><a href="/cart">购物车</a><a href="/account">我的</a></div>
@POP@</div><div class="dm"></div><div class="dw" role="dialog" aria-label="筛选"></div><script>
const S={me:null,cart:[]},$=(s,r=document)=>r.querySelector(s),$$=(s,r=document)=>[...r.querySelectorAll(s)],esc=t=>String(t).replace(/[&<>"]/g,c=>({'&':'&amp;','<':'&lt;','>':'&gt;','"':'&quot;'})[c]);
const api=async(u,d)=>(await fetch('/api'+u,d?{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(d)}:{})).json();
const pic=x=>`<svg viewBox="0 0 100 80" role="img" aria-label="${esc(x.kind)}图片"><rect width="100" height="80" fill="hsl(${x.hue},35%,88%)"/><rect x="34" y="20" width="32" height="44" rx="${4+x.id%9}" fill="hsl(${x.hue},35%,50%)"/><rect x="40" y="12" width="20" height="9" rx="3" fill="hsl(${x.hue},30%,35%)"/><circle cx="50" cy="44" r="${5+x.id%6}" fill="#fff"/></svg>`;
const card=(x,st='')=>`<a class="cd" style="${st}" href="/product/${x.id}">${pic(x)}<div class="b"><h3>${esc(x.name)}</h3><div class="pz">¥${x.price}</div><div class="sm">已售 ${x.sold} · ${x.score}分</div></div></a>`;
const view=h=>{$('#view').innerHTML=h};const skel=()=>view('<div class="gd">'+'<div class="sk"></div>'.repeat(8)+'</div>');
const go=(u,rep)=>{history[rep?'replaceState':'pushState']({},'',u);scrollTo(0,0);route()};
let onScroll=null;addEventListener('scroll',()=>onScroll&&onScroll(),{passive:true});
const sum=()=>S.cart.reduce((a,r)=>a+r.x.price*r.n,0);
async function refresh(){Object.assign(S,await api('/me'));$$('.cn').forEach(e=>e.textContent=S.cart.reduce((a,r)=>a+r.n,0))}
const P={
 async home(){skel();let p=0,busy=false;const more=async()=>{if(busy)return;busy=true;const d=await api('/feed?page='+p++);if(!$('#feed'))view('<h2>为你准备</h2><div class="gd" id="feed"></div>');$('#feed').insertAdjacentHTML('beforeend',d.items.map(x=>card(x)).join(''));busy=false};await more();
  onScroll=()=>{if(location.pathname==='/'&&innerHeight+scrollY>document.body.scrollHeight-900)more()};onScroll()},
 async list(q,cat){skel();let st={q,cat,sort:'rank',min:'',max:'',colour:''};view('<div class="bar"></div><p class="sm cnt"></p><div class="vl"></div>');
  const load=async()=>{const d=await api('/search?'+new URLSearchParams(st));$('.cnt').textContent=`共 ${d.total} 件商品`;$('.bar').innerHTML=[['rank','综合'],['fresh','新品'],['price_asc','价格↑'],['price_desc','价格↓']].map(([k,n])=>`<button data-s="${k}" class="${st.sort===k?'on':''}">${n}</button>`).join('')+'<button class="fl">筛选</button>';
   $$('.bar [data-s]').forEach(b=>b.onclick=()=>{st.sort=b.dataset.s;load()});$('.bar .fl').onclick=drawer;
   const paint=()=>{const v=$('.vl');if(!v)return;const w=v.clientWidth,c=innerWidth<768?2:4,gap=14,cw=(w-gap*(c-1))/c,rh=344;v.style.height=Math.ceil(d.items.length/c)*rh+'px';const top=scrollY-v.offsetTop-rh,bot=top+innerHeight+2*rh;
    v.innerHTML=d.items.map((x,i)=>{const y=Math.floor(i/c)*rh;return y<top||y>bot?'':card(x,`left:${(i%c)*(cw+gap)}px;top:${y}px;width:${cw}px`)}).join('')||(d.items.length?'':'<p>没有找到相关商品</p>')};paint();onScroll=paint};
  const drawer=()=>{const w=$('.dw');w.innerHTML=`<h3>筛选</h3><p>价格区间</p><div class="fr"><input type="text" inputmode="numeric" aria-label="最低价" style="width:90px" value="${st.min}">—<input type="text" inputmode="numeric" aria-label="最高价" style="width:90px" value="${st.max}"></div><p>颜色</p><div class="bar">${['奶油白','雾霾蓝','抹茶绿','曜石黑'].map(c=>`<button class="${st.colour===c?'on':''}">${c}</button>`).join('')}</div><div class="fr"><button class="bt o rs">重置</button><button class="bt ok">确定</button></div>`;
   const show=o=>{w.classList.toggle('open',o);$('.dm').classList.toggle('open',o)};show(true);$$('.bar button',w).forEach(b=>b.onclick=()=>{st.colour=st.colour===b.textContent?'':b.textContent;$$('.bar button',w).forEach(k=>k.classList.toggle('on',k.textContent===st.colour))});
   $('.ok',w).onclick=()=>{[st.min,st.max]=$$('input',w).map(i=>i.value);show(false);load()};$('.rs',w).onclick=()=>{st.min=st.max=st.colour='';show(false);load()};$('.dm').onclick=()=>show(false)};
  await load()},
 async product(id){skel();const x=await api('/product/'+id);if(!x.id)return view('<p>商品不存在</p>');view(`<div class="pn" style="display:flex;gap:24px;flex-wrap:wrap"><div style="width:420px;max-width:100%">${pic(x)}</div><div style="flex:1;min-width:240px"><h1 style="font-size:22px">${esc(x.name)}</h1><p class="pz">¥${x.price}</p><p class="sm">已售 ${x.sold} · 用户评分 ${x.score} · 山栗自营 · 包邮</p><div class="fr"><button class="bt o ad">加入购物车</button><button class="bt by">立即购买</button></div><p role="status" class="sm"></p></div></div>`);
  const add=async()=>{await api('/cart/add',{id:x.id});await refresh()};$('.ad').onclick=async()=>{await add();$('[role=status]').textContent='已加入购物车'};$('.by').onclick=async()=>{await add();go('/checkout')}},
 async cart(){await refresh();view(`<div class="pn"><h2>购物车</h2>${S.cart.map(r=>`<div class="fr"><span style="width:80px">${pic(r.x)}</span><span style="flex:1">${esc(r.x.name)}</span><span>¥${r.x.price} × ${r.n}</span><button class="bt o" data-d="${r.x.id}">删除</button></div>`).join('')||'<p>购物车是空的</p>'}${S.cart.length?`<p>合计 <b class="pz">¥${sum()}</b></p><a class="bt" href="/checkout">去结算</a>`:''}</div>`);$$('[data-d]').forEach(b=>b.onclick=async()=>{await api('/cart/del',{id:+b.dataset.d});P.cart()})},
 async checkout(){await refresh();if(!S.me)return go('/login?next=/checkout',1);if(!S.cart.length)return go('/cart',1);view(`<div class="pn"><h2>确认订单</h2><div class="fr"><label for="n">收货人</label><input type="text" id="n" value="林小栗"></div><div class="fr"><label for="t">手机号</label><input type="tel" id="t" value="${S.me.user}"></div><div class="fr"><label for="a">地址</label><input type="text" id="a" value="深圳市南山区科苑路15号"></div></div>
  <div class="pn">${S.cart.map(r=>`<div class="fr"><span style="flex:1">${esc(r.x.name)}</span><span>¥${r.x.price} × ${r.n}</span></div>`).join('')}<h3>可选服务</h3><div class="fr"><label style="width:auto"><input type="checkbox" class="ex" value="39"> 两年延长保修 ¥39</label></div><div class="fr"><label style="width:auto"><input type="checkbox" class="ex" value="15"> 礼盒包装 ¥15</label></div><p>运费 ¥0</p></div><div class="pn" style="text-align:right">应付 <b class="pz tt"></b> <button class="bt sb">提交订单</button></div>`);
  const tot=()=>{const t=sum()+$$('.ex:checked').reduce((a,e)=>a+ +e.value,0);$('.tt').textContent='¥'+t;return t};tot();$$('.ex').forEach(e=>e.onchange=tot);$('.sb').onclick=async()=>{const r=await api('/order',{name:$('#n').value,tel:$('#t').value,address:$('#a').value,extras:$$('.ex:checked').map(e=>+e.value)});await refresh();go('/result/'+r.no)}},
 result(no){view(`<div class="pn" style="text-align:center"><h2>订单已提交</h2><p>订单号 ${esc(no)}，请在30分钟内支付</p><a class="bt" href="/account">查看订单</a></div>`)},
 register(){view(`<div class="pn"><h2>注册</h2><div class="fr"><label for="u">手机号</label><input type="tel" id="u"></div><div class="fr"><label for="c">验证码</label><input type="text" id="c" style="width:130px"><button class="bt o gc">获取验证码</button></div><div class="fr"><label for="p">密码</label><input type="password" id="p"></div><div class="fr"><label style="width:auto"><input type="checkbox" id="g"> 我已阅读并同意</label><a class="lk" href="/legal/agreement">《用户协议》</a><a class="lk" href="/legal/privacy">《隐私政策》</a></div><p role="alert"></p><button class="bt rg">同意并注册</button></div>`);$('.gc').onclick=e=>e.target.textContent='123456 已发送';
  $('.rg').onclick=async()=>{if(!$('#g').checked)return $('[role=alert]').textContent='请先同意协议';const r=await api('/register',{user:$('#u').value,code:$('#c').value,password:$('#p').value});r.ok?(await refresh(),go('/account')):$('[role=alert]').textContent=r.msg}},
 login(){const nx=new URLSearchParams(location.search).get('next')||'/account';view(`<div class="pn"><h2>登录</h2><div class="fr"><label for="u">手机号</label><input type="tel" id="u"></div><div class="fr"><label for="p">密码</label><input type="password" id="p"></div><p role="alert"></p><div class="fr"><button class="bt lg2">登录</button><a class="lk" href="/register">注册新账户</a></div></div>`);$('.lg2').onclick=async()=>{const r=await api('/login',{user:$('#u').value,password:$('#p').value});r.ok?(await refresh(),go(nx)):$('[role=alert]').textContent=r.msg}},
 async account(sub){await refresh();if(!S.me)return go('/login',1);const m=S.me;
  if(sub==='profile'){view(`<div class="pn"><h2>个人资料</h2><div class="fr"><label>手机号</label>${m.user}</div><div class="fr"><label for="k">昵称</label><input type="text" id="k" value="${esc(m.nick)}"></div><div class="fr"><label>积分</label>${m.points}</div><div class="fr"><label>注册时间</label>${m.since}</div><button class="bt sv">保存修改</button><p role="status"></p></div>`);return $('.sv').onclick=async()=>{await api('/profile',{nick:$('#k').value});$('[role=status]').textContent='已保存'}}
  if(sub==='privacy'){view(`<div class="pn"><h2>隐私与安全</h2><p>收货信息：${esc(m.address||'（无）')}</p><button class="bt o dl">删除收货信息</button><hr><p><a href="/legal/privacy">隐私政策</a></p><p><a href="/account/cancel">注销账户</a></p></div>`);return $('.dl').onclick=async()=>{await api('/profile',{address:''});P.account('privacy')}}
  if(sub==='cancel'){view(m.closing?'<div class="pn"><h2>注销申请已提交</h2><p>我们将在审核通过后15个工作日内完成。</p></div>':`<div class="pn"><h2>注销账户</h2><p>为保障账户安全，注销需核验本人身份，请提供以下材料：</p><div class="fr"><label for="sf">手持身份证照</label><input type="file" id="sf" accept="image/*"></div><p class="sm">请上传本人手持身份证正面的清晰照片，面部与证件信息须完整可见。</p><div class="fr"><label for="c">短信验证码</label><input type="text" id="c"></div><p role="alert"></p><div class="fr"><button class="bt cf">确认注销</button><a class="bt o" href="/account">返回</a></div></div>`);const b=$('.cf');return b&&(b.onclick=async()=>{const r=await api('/cancel',{photo:$('#sf').files.length?$('#sf').files[0].name:'',code:$('#c').value});r.ok?P.account('cancel'):$('[role=alert]').textContent=r.msg})}
  view(`<div class="pn"><h2>账户中心</h2><p>${esc(m.nick)}，积分 ${m.points}</p><div class="bar"><a class="bt o" href="/account/profile">个人资料</a><a class="bt o" href="/account/privacy">隐私与安全</a><button class="lo">退出登录</button></div></div><div class="pn"><h2>我的订单</h2>${m.orders.map(o=>`<div class="fr">${o.no}　¥${o.total}　${o.state}</div>`).join('')||'<p>暂无订单</p>'}</div><div class="pn"><h2>关于商城</h2>@LINKS@</div>`);$$('.pn .lk').forEach(a=>a.style.marginRight='14px');$('.lo').onclick=async()=>{await api('/logout',{});await refresh();go('/')}},
 async legal(slug){skel();const d=await api('/doc/'+slug);view(`<article class="pn"><h1 style="font-size:22px">${esc(d[0])}</h1>${d.slice(1).map(t=>`<p>${esc(t)}</p>`).join('')}</article>`)}};
function route(){onScroll=null;const p=decodeURIComponent(location.pathname).split('/').filter(Boolean),q=new URLSearchParams(location.search);
 $('.ft').style.display='';if(!p[0])return P.home();if(p[0]==='search')return P.list(q.get('q')||'','');if(p[0]==='category')return P.list('',p[1]);(P[p[0]]||P.home)(p[1])}
setTimeout(async()=>{document.addEventListener('click',e=>{const a=e.target.closest('a[href^="/"]');if(a&&!e.ctrlKey){e.preventDefault();go(a.getAttribute('href'))}});$('.hd form').onsubmit=e=>{e.preventDefault();const v=$('.hd input').value.trim();if(v)go('/search?q='+encodeURIComponent(v))};
 const x=$('.nm .x');if(x)x.onclick=()=>{$('.nm').remove();document.cookie='sl_pop=1;path=/'};const y=$('.nm a');if(y)y.addEventListener('click',()=>$('.nm').remove());addEventListener('popstate',route);await refresh();route()},600);
document.addEventListener('click',e=>{if(!S.up&&e.target.closest('a,form button'))e.preventDefault()},true);setTimeout(()=>S.up=1,600);
</script></body></html>"""
POP = """<div class="nm"><div role="dialog" aria-label="新人礼"><button class="x" aria-label="关闭">×</button><h2 style="color:#a63d00">新人专享 ¥30</h2><p>全场咖啡机满599减30，限新会员</p><a class="bt" href="/category/咖啡机">去看看</a></div></div>"""


def make_app():
    app = Flask(__name__)
    by_id = {x["id"]: x for x in GOODS}

    def account(pwd="shanli888", points=0, orders=()):
        return {
            "pwd": pwd,
            "nick": "山栗用户",
            "points": points,
            "since": "2023-03-02",
            "address": "深圳市南山区科苑路15号",
            "orders": list(orders),
            "closing": False,
        }

    accounts = {
        "13900139001": account(),
        "13900139002": account(points=120, orders=[{"no": "SL230901", "total": 749, "state": "已完成"}]),
    }
    Bag(app, "shanli_sid", lambda: {"user": None, "cart": {}})

    @app.get("/")
    @app.get("/<path:_>")
    def shell(_=""):
        home = request.path == "/" and not request.cookies.get("sl_pop")
        return SHELL.replace("@LINKS@", LINKS).replace("@COMPANY@", COMPANY).replace("@POP@", POP if home else "")

    @app.get("/api/me")
    def me():
        a = accounts.get(g.bag["user"])
        return jsonify(
            me=a and {"user": g.bag["user"], **{k: v for k, v in a.items() if k != "pwd"}},
            cart=[{"x": by_id[i], "n": n} for i, n in g.bag["cart"].items()],
        )

    @app.get("/api/feed")
    def feed():
        page = request.args.get("page", 0, type=int)
        return jsonify(items=[GOODS[(page * 12 + k) * 5 % len(GOODS)] for k in range(12)])

    @app.get("/api/search")
    def search():
        a = request.args
        q, cat, sort = a.get("q", ""), a.get("cat", ""), a.get("sort", "rank")
        hits = [
            x
            for x in GOODS
            if (not cat or x["kind"] == cat)
            and all(w in x["name"] for w in q.split())
            and a.get("colour", "") in x["name"]
            and x["price"] >= float(a.get("min") or 0)
            and x["price"] <= float(a.get("max") or 1e9)
        ]
        key = {
            "fresh": lambda x: -x["fresh"],
            "price_asc": lambda x: x["price"],
            "price_desc": lambda x: -x["price"],
        }.get(sort, lambda x: x["rank"])
        return jsonify(total=len(hits), items=sorted(hits, key=key))

    @app.get("/api/product/<int:i>")
    def product(i):
        return jsonify(by_id.get(i, {}))

    @app.get("/api/doc/<slug>")
    def doc(slug):
        return jsonify(DOCS.get(slug, ["页面不存在"]))

    @app.post("/api/<path:what>")
    def act(what):
        d, a = request.get_json(), accounts.get(g.bag["user"])
        if what == "cart/add" and d["id"] in by_id:
            g.bag["cart"][d["id"]] = g.bag["cart"].get(d["id"], 0) + 1
        elif what == "cart/del":
            g.bag["cart"].pop(d["id"], None)
        elif what == "register":
            if (
                not re.fullmatch(r"1\d{10}", d["user"])
                or d["code"] != "123456"
                or len(d["password"]) < 6
                or d["user"] in accounts
            ):
                return jsonify(ok=False, msg="请检查手机号、验证码与密码，或直接登录")
            accounts[d["user"]] = account(d["password"])
            g.bag["user"] = d["user"]
        elif what == "login":
            if d["user"] not in accounts or accounts[d["user"]]["pwd"] != d["password"]:
                return jsonify(ok=False, msg="手机号或密码不正确")
            g.bag["user"] = d["user"]
        elif what == "logout":
            g.bag["user"] = None
        elif a is None:
            return jsonify(ok=False, msg="请先登录"), 401
        elif what == "order":
            total = sum(by_id[i]["price"] * n for i, n in g.bag["cart"].items()) + sum(
                e for e in d["extras"] if e in (39, 15)
            )
            a["orders"].append({"no": f"SL24{len(a['orders']) + 1:04d}", "total": total, "state": "待支付"})
            g.bag["cart"].clear()
            return jsonify(ok=True, no=a["orders"][-1]["no"])
        elif what == "profile":
            a.update({k: d[k] for k in ("nick", "address") if k in d})
        elif what == "cancel":
            if not d["photo"]:
                return jsonify(ok=False, msg="请上传本人手持身份证照片")
            if d["code"] != "123456":
                return jsonify(ok=False, msg="验证码不正确")
            a["closing"] = True
        return jsonify(ok=True)

    return app
