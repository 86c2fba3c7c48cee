"""拾悅二手: a second-hand market for phones first. One page with a history router, a JSON API, a virtual two-column feed."""

import re
from collections import Counter

from flask import Flask, Response, abort, g, jsonify, request

from ._starter import Bag

LOCALE, VERTICAL = "zh-TW", "second-hand goods (individual sellers)"
QUERIES = ["相機", "手機", "耳機", "單車", "書桌"]
ACCOUNTS = [
    {"user": "0922000101", "password": "shiyue888", "role": "fresh", "holds": "nothing"},
    {
        "user": "0922000102",
        "password": "shiyue888",
        "role": "aged",
        "holds": "2 finished purchases (the older of March 2022), 260 拾悅幣, balance 0",
    },
]
COMPANY, USCC = "廈門拾悅網路科技有限公司", "91350203MA34XK7EXU"
# per kind: (dear brands, cheap brands), models, list price of a dear one
KINDS = {
    "相機": (
        ("萊曼 Leyman", "哈蘇蘭 Haslan"),
        ("小鹿", "柯美"),
        ["M2 微單機身", "24-70 鏡頭組", "X100 隨身機", "底片單眼"],
        32000,
    ),
    "手機": (
        ("極曜 Aurion", "維圖 Vetra"),
        ("青檸", "百靈"),
        ["Pro 256G", "Max 512G", "mini 128G", "摺疊版 256G"],
        21000,
    ),
    "耳機": (
        ("森音 Senne", "博漾 Boyan"),
        ("樂小豆", "聲貝"),
        ["頭戴式降噪", "真無線三代", "有線監聽", "電競款 7.1"],
        7800,
    ),
    "單車": (
        ("崔克森 Trexon", "峰行 Alto"),
        ("飛鴿牌", "捷風"),
        ["公路車 105 套件", "16 吋折疊車", "登山車 27.5", "通勤淑女車"],
        26000,
    ),
    "書桌": (
        ("柚木居 Tekka", "北歐原色"),
        ("宜簡", "好事達"),
        ["升降款 140cm", "實木款 120cm", "學生款附書架", "轉角 L 型"],
        9800,
    ),
}
STATES = ["近全新", "9成新", "8成新 有使用痕跡", "盒單齊全", "女用機 少用", "搬家出清"]
SELLERS = ["阿凱在板橋", "momo的衣櫥", "老林相機鋪", "西屯小陳", "漁光島民", "二手研究所", "Rita愛出清", "港都阿弘"]
PLACES = ["新北 板橋", "台北 大安", "台中 西屯", "台南 東區", "高雄 左營", "新竹 竹北"]
ITEMS = []
for _kind, (_dear, _cheap, _models, _price) in KINDS.items():
    for _n in range(26):
        _i = 61001 + len(ITEMS)
        _tier = "dear" if _n % 2 else "cheap"
        _brand = (_dear if _n % 2 else _cheap)[_n // 2 % 2]
        _cut = 0.35 + (_i * 17 % 50) / 100
        ITEMS.append(
            {
                "id": _i,
                "kind": _kind,
                "tier": _tier,
                "title": f"{STATES[(_i * 5) % 6]}｜{_brand} {_kind} {_models[_n // 4 % 4]}"
                + ("，面交可小議" if _i % 3 == 0 else ""),
                "price": int(_price * _cut * (1 if _n % 2 else 0.3)) // 10 * 10,
                "wants": (_i * 37) % 240 + 1,
                "seller": SELLERS[(_i * 3) % 8],
                "place": PLACES[(_i * 11) % 6],
                "km": round((_i * 47 % 380) / 10 + 0.4, 1),
                "hours": (_i * 29) % 700 + 1,
                "ratio": [1.0, 1.25, 0.82, 1.1][_i % 4],
                "ad": _n in (7, 18),
                "badge": ["", "", "嚴選驗貨", "", "急售", "可郵寄"][_i % 6],
                "base": (_i * 431) % 211,
            }
        )
ITEM = {i["id"]: i for i in ITEMS}

DOCS = {
    "agreement": (
        "用戶服務協議",
        f"本協議由您與{COMPANY}（下稱拾悅）共同締結。|一、帳號：您以手機號碼註冊，一個號碼對應一個帳號，註冊即可瀏覽、發布與購買閒置物品。|二、交易：買賣雙方為使用者本人，您提交訂單時契約成立；付款由拾悅代管，買家確認收貨後撥付賣家。|三、驗貨、運費險等加值服務由您自行選擇，不勾選不影響購買。|四、爭議：雙方可申請客服介入，亦可向有管轄權之法院起訴。|五、協議修改：修改前在首頁公告徵求意見，並於生效七日前公示；不同意修改者可停止使用並註銷帳號。|版本 3.2，2024年5月6日公布，2024年5月20日生效。",
    ),
    "rules": (
        "交易規則",
        "一、發布規則：不得發布仿冒品、管制物品與來路不明之物。|二、成色標準：近全新、9成新、8成新之定義見「成色對照表」，描述與實物不符者買家得於七日內申請退貨。|三、信用：交易完成後雙方互評，拾悅不刪除評價。|四、搜尋排序：綜合排序依相關度、更新時間及您的瀏覽偏好計算；標有「廣告」者為賣家付費曝光。|五、違規處置：依情節下架、限制發布至停權，處置結果於站內公示。",
    ),
    "privacy": (
        "隱私權政策",
        f"{COMPANY}依最小必要原則處理您的個人資料。|一、蒐集：手機號碼、收件地址（下單時）、瀏覽與搜尋紀錄。|二、個人化：我們依您的瀏覽紀錄（例如常看的品牌與價位）為您推薦首頁閒置，並調整搜尋結果的綜合排序。您可於「我的＞設定＞隱私設定」關閉首頁個人化推薦。|三、查詢：我的＞設定＞個人資料，可隨時查詢，即時顯示。|四、更正：我的＞設定＞個人資料，修改後點「儲存」，即時生效。|五、刪除：我的＞設定＞隱私設定，點「清除瀏覽紀錄」或「刪除收件地址」，即時生效；其他資料的刪除請求於15個工作日內處理完畢。|六、註銷：我的＞設定＞帳號與安全＞註銷帳號，閱讀說明並輸入簡訊驗證碼後提交；7天冷靜期屆滿後完成，最長不超過15個工作日。|七、聯絡我們：privacy@shiyue.example。",
    ),
    "licence": (
        "營業執照",
        f"統一社會信用代碼：{USCC}|名稱：{COMPANY}|類型：有限責任公司|法定代表人：沈若帆|註冊資本：人民幣伍佰萬元整|住所：廈門市思明區軟體園二期望海路19號|成立日期：2018年11月20日|營業期限：2018年11月20日至長期|登記機關：廈門市市場監督管理局",
    ),
    "help": (
        "幫助中心",
        "怎麼買：在商品頁點「立即購買」，填寫訂單後提交。|怎麼查詢或更正個人資料：我的＞設定＞個人資料，即時生效。|怎麼刪除瀏覽紀錄與地址：我的＞設定＞隱私設定，即時生效。|怎麼註銷帳號：我的＞設定＞帳號與安全＞註銷帳號，7天冷靜期後完成，最長15個工作日。|怎麼投訴：訂單頁點「申請客服介入」，24小時內回覆。|線上客服：每日 9:00-22:00。",
    ),
}

PAGE = r"""<!DOCTYPE html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><title>拾悅二手｜讓閒置再遇見</title><style>
:root{--ink:#22262b;--sub:#5b636d;--hot:#c23616;--sun:#ffd84a}
*{box-sizing:border-box;-webkit-tap-highlight-color:transparent}html,body{margin:0;background:#f3f3ef;color:var(--ink);font:15px/1.55 "PingFang TC","Noto Sans CJK TC","Microsoft JhengHei",sans-serif}
button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}a{color:inherit}input,textarea{font:inherit;width:100%;border:1px solid #8b929a;border-radius:10px;padding:9px 12px;background:#fff}
#stage{max-width:720px;min-height:100vh;margin:0 auto;padding:0 10px 76px;position:relative}
.nav{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:10px;background:#f3f3ef;padding:10px 2px;height:54px}.nav b{font-size:18px;flex:1}.nav .ic{width:40px;height:40px;display:grid;place-items:center;border-radius:50%}.ic svg{width:23px;height:23px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}
.tabbar{position:fixed;bottom:0;left:0;right:0;margin:0 auto;max-width:720px;height:60px;background:#fff;border-top:1px solid #ddd;display:flex;z-index:10}.tabbar button{flex:1;font-size:12px;color:var(--sub)}.tabbar button.on{color:#000;font-weight:700}.tabbar .sell{flex:0 0 52px;height:52px;margin-top:-14px;border-radius:50%;background:var(--sun);color:#222;font-weight:700}
.chips{display:flex;gap:8px;overflow-x:auto;padding:4px 0 12px}.chips button{white-space:nowrap;background:#fff;border-radius:18px;padding:6px 15px;font-size:14px}
.flow{position:relative}.cell{position:absolute;background:#fff;border-radius:10px;overflow:hidden;text-align:left;text-decoration:none;display:block;cursor:pointer}.cell .pic{display:block;width:100%;object-fit:cover;background:#ddd}.cell .t{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;font-size:14px;line-height:20px;height:40px;margin:7px 9px 2px}.cell .p{color:var(--hot);font-weight:700;font-size:16px;margin:0 9px}.cell .w{color:var(--sub);font-size:12px;font-weight:400;margin-left:6px}.cell .s{display:flex;justify-content:space-between;font-size:12px;color:var(--sub);margin:2px 9px 8px}.mark{position:absolute;left:8px;top:8px;background:#222;color:#fff;font-size:12px;line-height:18px;padding:0 6px;border-radius:4px}.tag{position:absolute;left:8px;top:8px;background:var(--sun);color:#222;font-size:12px;line-height:18px;padding:0 6px;border-radius:4px}
.sk{background:linear-gradient(90deg,#e6e6e0,#efefea,#e6e6e0);border-radius:10px;height:230px}.skg{display:grid;grid-template-columns:1fr 1fr;gap:8px}
.card{background:#fff;border-radius:12px;padding:14px;margin-bottom:10px}.row{display:flex;width:100%;align-items:center;justify-content:space-between;background:#fff;padding:14px;border-bottom:1px solid #eee;text-align:left;gap:10px}.row i{font-style:normal;color:var(--sub);font-size:14px}.fld{display:block;margin:10px 0}.fld span{font-size:13px;color:var(--sub)}
.go{background:var(--sun);color:#222;font-weight:700;border-radius:22px;height:44px;padding:0 24px}.go2{background:#fff;border:1px solid #22262b;font-weight:700;border-radius:22px;height:44px;padding:0 24px}.wide{width:100%}.err{color:#b00020;min-height:22px;font-size:14px}
.filters{display:flex;gap:18px;padding:4px 4px 12px;font-size:14px}.sheetbg{position:fixed;inset:0;background:rgba(0,0,0,.5);z-index:40}.sheet{position:fixed;left:50%;transform:translateX(-50%);bottom:0;width:100%;max-width:720px;background:#fff;border-radius:16px 16px 0 0;padding:14px 0 26px;z-index:41}.sheet h3{font-size:15px;margin:0 18px 6px}.sheet button{display:block;width:100%;padding:13px 18px;text-align:left}.sheet [aria-checked=true]{font-weight:700}.sheet [aria-checked=true]:after{content:"✓";float:right}
.over{position:fixed;top:0;bottom:0;left:0;right:0;margin:0 auto;max-width:720px;background:#fff;z-index:20;overflow:auto}.over .nav{background:#fff}.over .in{padding:0 14px 96px}.buy{position:fixed;bottom:0;left:0;right:0;margin:0 auto;max-width:720px;background:#fff;border-top:1px solid #ddd;display:flex;gap:10px;padding:9px 14px;align-items:center}.buy .go,.buy .go2{flex:1;padding:0}.hero{width:100%;max-height:380px;object-fit:cover;display:block}
.veil{position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:60;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:18px}.gift{width:280px;border-radius:18px;background:#ffefc2;padding:26px 20px;text-align:center}.gift strong{font-size:32px;color:var(--hot);display:block}.shut{width:40px;height:40px;border-radius:50%;background:#fff;color:#222;font-size:22px;line-height:40px;text-align:center}
.legal{font-size:13px;color:#3d444c;padding:18px 6px}.legal button{display:inline-block;text-decoration:underline;padding:3px 0;margin-right:14px}#side{display:none}
.sw{position:relative;width:48px;height:28px;border-radius:14px;background:#8b929a;flex:none}.sw:after{content:"";position:absolute;width:24px;height:24px;left:2px;top:2px;border-radius:50%;background:#fff}.sw[aria-checked=true]{background:#1d7a46}.sw[aria-checked=true]:after{left:22px}
@media(min-width:1060px){#stage{margin-left:calc(50% - 490px)}.tabbar,.over,.sheet,.buy{left:calc(50% - 490px);right:auto;width:720px;margin:0}#side{display:block;position:fixed;left:calc(50% + 250px);top:70px;width:240px;background:#fff;border-radius:12px;padding:18px}#side button{display:block;padding:5px 0;text-decoration:underline}#foot{display:none}}
</style></head><body><div id="stage"></div><aside id="side"><b>拾悅二手</b><p style="margin:6px 0 10px">三千萬人都在用的閒置交易平台</p><button data-to="/doc/licence">營業執照</button><button data-to="/doc/agreement">用戶服務協議</button><button data-to="/doc/rules">交易規則</button><button data-to="/doc/privacy">隱私權政策</button><button data-to="/doc/help">幫助中心</button><p style="font-size:12px;margin-bottom:0">@COMPANY@<br>閩ICP備18099231號</p></aside><div id="layers"></div><div id="pop"></div>
<script>
const $=s=>document.querySelector(s),stage=$('#stage'),layers=$('#layers'),pop=$('#pop');let me=null,base=null,depth=0,flow=null,after='/mine';
const api=(u,d)=>fetch('/api/'+u,d?{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(d)}:{}).then(r=>r.json());
const esc=s=>String(s).replace(/[<>&"]/g,c=>'&#'+c.charCodeAt(0)+';'),back='<button class="ic" data-back aria-label="返回"><svg viewBox="0 0 24 24"><path d="M15 5l-7 7 7 7"/></svg></button>',skel='<div class="skg">'+'<div class="sk"></div>'.repeat(6)+'</div>';
const head=(t,x='')=>`<div class="nav">${back}<b>${t}</b>${x}</div>`,tabs=on=>'<nav class="tabbar">'+[['/','首頁'],['/search','分類'],['/publish','賣'],['/messages','訊息'],['/mine','我的']].map(([u,n])=>`<button class="${u=='/publish'?'sell':''} ${u==on?'on':''}" data-to="${u}">${n}</button>`).join('')+'</nav>';
const legal='<footer id="foot" class="legal"><button data-to="/doc/licence">營業執照</button><button data-to="/doc/agreement">用戶服務協議</button><button data-to="/doc/rules">交易規則</button><button data-to="/doc/privacy">隱私權政策</button><button data-to="/doc/help">幫助中心</button><div>@COMPANY@</div></footer>';
const card=i=>`<img class="pic" src="/p/${i.id}.svg" style="height:${i.ih}px" alt="">${i.isAd?'<span class="mark">廣告</span>':i.badge?`<span class="tag">${i.badge}</span>`:''}<div class="t">${esc(i.title)}</div><div class="p">NT$${i.price}<span class="w">${i.wants}人想要</span></div><div class="s"><span>${i.seller}</span><span>${i.place}</span></div>`;
class Flow{constructor(el,load){this.el=el;this.load=load;this.all=[];this.live=new Map;this.cols=[0,0];this.page=0;this.end=false;this.busy=false;this.draw=this.draw.bind(this);addEventListener('scroll',this.draw,{passive:true});this.more()}
stop(){removeEventListener('scroll',this.draw);this.dead=true}
async more(){if(this.busy||this.end||this.dead)return;this.busy=true;const r=await this.load(++this.page);if(this.dead)return;if(this.page==1)this.el.innerHTML='';const w=(this.el.clientWidth-8)/2;for(const i of r.items){const c=this.cols[0]<=this.cols[1]?0:1,ih=Math.round(Math.min(w*i.ratio,300)),h=ih+102;this.all.push({...i,ih,x:c*(w+8),y:this.cols[c],w,h});this.cols[c]+=h+8}this.end=!r.more;this.busy=false;this.el.style.height=Math.max(...this.cols)+'px';if(!this.all.length)this.el.innerHTML='<p>沒有找到相關閒置，換個詞試試</p>';this.draw()}
draw(){if(this.dead)return;const t=scrollY-this.el.offsetTop,lo=t-900,hi=t+innerHeight+900;this.all.forEach((i,k)=>{const on=i.y+i.h>lo&&i.y<hi,n=this.live.get(k);if(on&&!n){const d=document.createElement('a');d.className='cell';d.href=i.url;d.dataset.to=i.url;d.style.cssText=`left:${i.x}px;top:${i.y}px;width:${i.w}px;height:${i.h}px`;d.innerHTML=card(i);this.el.append(d);this.live.set(k,d)}else if(!on&&n){n.remove();this.live.delete(k)}});if(hi>Math.min(...this.cols))this.more()}}
const sorts=[['mix','綜合排序'],['new','最新發布'],['near','離我最近'],['up','價格由低到高'],['down','價格由高到低']];
const V={
'/':()=>{stage.innerHTML=`<div class="nav"><b>拾悅</b><button class="ic" data-to="/search" aria-label="搜尋"><svg viewBox="0 0 24 24"><circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5"/></svg></button><button class="ic" data-to="/messages" aria-label="訊息"><svg viewBox="0 0 24 24"><path d="M4 5h16v11H9l-5 4z"/></svg></button></div><div class="chips">${['相機','手機','耳機','單車','書桌'].map(k=>`<button data-to="/search?q=${k}">${k}</button>`).join('')}</div><h2 style="font-size:17px;margin:4px 2px 10px">猜你喜歡</h2><div class="flow">${skel}</div>${legal}${tabs('/')}`;flow=new Flow($('.flow'),p=>api('feed?page='+p));gift(1,900)},
'/search':q=>{const kw=q.get('q')||'',s=q.get('sort')||'mix';stage.innerHTML=`<div class="nav">${back}<form id="sf" style="flex:1"><input name="q" type="search" placeholder="搜尋閒置好物" value="${esc(kw)}" aria-label="搜尋閒置好物" enterkeyhint="search"></form><button class="ic" id="sgo" aria-label="搜尋"><svg viewBox="0 0 24 24"><circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5"/></svg></button></div>`+(kw?`<div class="filters"><button id="sortb" aria-haspopup="dialog"><span>${sorts.find(x=>x[0]==s)[1]}</span> ▾</button><span id="cnt"></span></div><div class="flow">${skel}</div>`:`<h3 style="font-size:15px">大家都在找</h3><div class="chips" style="flex-wrap:wrap">${['相機','手機','耳機','單車','書桌'].map(k=>`<button data-to="/search?q=${k}">${k}</button>`).join('')}</div>`)+tabs('/search');
const run=()=>go('/search?q='+encodeURIComponent($('#sf').q.value.trim()));$('#sf').onsubmit=e=>{e.preventDefault();run()};$('#sgo').onclick=run;if(!kw){$('#sf').q.focus();return}
flow=new Flow($('.flow'),p=>api(`search?q=${encodeURIComponent(kw)}&sort=${s}&page=${p}`).then(r=>{if($('#cnt'))$('#cnt').textContent='共 '+r.total+' 件';return r}));
$('#sortb').onclick=()=>{pop.innerHTML=`<div class="sheetbg"></div><div class="sheet" role="dialog" aria-label="排序方式"><h3>排序方式</h3>${sorts.map(([k,n])=>`<button role="radio" aria-checked="${k==s}" data-k="${k}">${n}</button>`).join('')}</div>`;$('.sheetbg').onclick=()=>pop.innerHTML='';pop.querySelectorAll('[data-k]').forEach(b=>b.onclick=()=>{pop.innerHTML='';go(`/search?q=${encodeURIComponent(kw)}&sort=${b.dataset.k}`,true)})}},
'/publish':()=>{stage.innerHTML=head('發布閒置')+'<div class="card"><p>請以手機拍照上傳您的閒置，描述成色與交易方式。</p><button class="go" data-to="/mine">稍後再說</button></div>'+tabs('/publish')},
'/messages':()=>{stage.innerHTML=head('訊息')+'<div class="card"><b>系統通知</b><p style="margin:4px 0">歡迎來到拾悅，交易請留在平台內完成。</p></div>'+tabs('/messages')},
'/login':()=>{stage.innerHTML=head('登入')+`<form class="card" id="f"><label class="fld"><span>手機號碼</span><input name="user" type="tel" autocomplete="username"></label><label class="fld"><span>密碼</span><input name="password" type="password" autocomplete="current-password"></label><div class="err" role="alert"></div><button class="go wide">登入</button><p>還沒有帳號？<button type="button" data-to="/register" style="text-decoration:underline">立即註冊</button></p></form>`;$('#f').onsubmit=async e=>{e.preventDefault();const f=e.target,r=await api('login',{user:f.user.value,password:f.password.value});if(!r.ok)return void(f.querySelector('.err').textContent=r.error);me=r.me;const to=after;after='/mine';go(to,true)}},
'/register':()=>{stage.innerHTML=head('註冊')+`<form class="card" id="f"><label class="fld"><span>手機號碼</span><input name="user" type="tel"></label><label class="fld"><span>簡訊驗證碼</span><input name="code" inputmode="numeric"></label><button type="button" class="go2" id="sms">取得驗證碼</button><label class="fld"><span>設定密碼（至少 8 碼）</span><input name="password" type="password"></label><label><input type="checkbox" name="agree" style="width:18px;height:18px;vertical-align:-3px"> 我已閱讀並同意</label><button type="button" data-to="/doc/agreement" style="text-decoration:underline">《用戶服務協議》</button><button type="button" data-to="/doc/privacy" style="text-decoration:underline">《隱私權政策》</button><div class="err" role="alert"></div><button class="go wide">同意並註冊</button></form>`;$('#sms').onclick=e=>e.target.textContent='已發送（123456）';$('#f').onsubmit=async e=>{e.preventDefault();const f=e.target,r=await api('register',{user:f.user.value,code:f.code.value,password:f.password.value,agree:f.agree.checked?1:0});if(!r.ok)return void(f.querySelector('.err').textContent=r.error);me=r.me;go('/mine',true)}},
'/order':async q=>{if(!me)return ask();const r=await api('item/'+q.get('id')),i=r.item;stage.innerHTML=head('確認訂單')+`<form id="f"><div class="card"><b>收件資訊</b><label class="fld"><span>收件人</span><input name="name" value="${esc(me.nick)}"></label><label class="fld"><span>收件地址</span><input name="addr" value="${esc(me.address)}"></label></div><div class="card" style="display:flex;gap:12px"><img src="/p/${i.id}.svg" alt="" style="width:84px;height:84px;border-radius:8px;object-fit:cover"><div><div>${esc(i.title)}</div><b style="color:var(--hot)">NT$${i.price}</b>　運費 NT$60</div></div><div class="card"><b>加值服務（選購）</b>${r.extras.map(x=>`<label class="row" style="padding:12px 0"><span>${x.name} NT$${x.price}<br><i>${x.note}</i></span><input type="checkbox" name="x" value="${x.id}" data-p="${x.price}" style="width:22px;height:22px;flex:none"></label>`).join('')}</div><div class="card"><label class="fld"><span>給賣家的話</span><input name="note"></label></div><div class="err" role="alert"></div><div class="buy" style="z-index:15"><span style="flex:1">合計 <b style="color:var(--hot);font-size:19px">NT$<span id="sum"></span></b></span><button class="go">提交訂單</button></div></form>`;const f=$('#f'),sum=()=>$('#sum').textContent=i.price+60+[...f.querySelectorAll('[name=x]:checked')].reduce((a,b)=>a+ +b.dataset.p,0);f.onchange=sum;sum();f.onsubmit=async e=>{e.preventDefault();const o=await api('order',{id:i.id,extras:[...f.querySelectorAll('[name=x]:checked')].map(b=>b.value),address:f.addr.value});if(!o.ok)return void(f.querySelector('.err').textContent=o.error);go('/done?no='+o.no,true)}},
'/done':q=>{stage.innerHTML=head('訂單已提交')+`<div class="card" style="text-align:center"><h2>訂單已提交</h2><p>訂單編號 ${esc(q.get('no'))}，請於 30 分鐘內付款</p><button class="go2" data-to="/mine">查看訂單</button></div>`},
'/mine':async()=>{if(!me)return ask();me=(await api('me')).me;stage.innerHTML=`<div class="nav"><b>我的</b><button class="ic" data-to="/settings" aria-label="設定"><svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="3.4"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M19 5l-3 3M8 16l-3 3"/></svg></button></div><div class="card"><b style="font-size:18px">${esc(me.nick)}</b><div>拾悅幣 ${me.points}　餘額 NT$0</div></div><div class="card"><b>我買到的</b>${me.orders.map(o=>`<p>${o.no}　${esc(o.what)}　NT$${o.total}　<b>${o.state}</b>${o.state=='待付款'?` <button data-cancel="${o.no}" style="text-decoration:underline">取消訂單</button>`:''}</p>`).join('')||'<p>還沒有訂單</p>'}</div><button class="row" data-to="/settings">設定<i>›</i></button><button class="row" data-to="/doc/help">幫助中心<i>›</i></button>${tabs('/mine')}`},
'/settings':()=>{if(!me)return ask();stage.innerHTML=head('設定')+[['profile','個人資料'],['security','帳號與安全'],['privacy','隱私設定']].map(([u,n])=>`<button class="row" data-to="/settings/${u}">${n}<i>›</i></button>`).join('')+'<button class="row" data-to="/settings/about">關於拾悅<i>›</i></button><p><button class="go2 wide" id="out">登出</button></p>';$('#out').onclick=async()=>{await api('logout',{});me=null;go('/')}},
'/settings/about':()=>{stage.innerHTML=head('關於拾悅')+[['licence','營業執照'],['agreement','用戶服務協議'],['rules','交易規則'],['privacy','隱私權政策']].map(([u,n])=>`<button class="row" data-to="/doc/${u}">${n}<i>›</i></button>`).join('')},
'/settings/profile':()=>{if(!me)return ask();stage.innerHTML=head('個人資料')+`<form class="card" id="f"><p>手機號碼：${me.user}</p><label class="fld"><span>暱稱</span><input name="nick" value="${esc(me.nick)}"></label><label class="fld"><span>收件地址</span><input name="address" value="${esc(me.address)}"></label><div class="err" role="status"></div><button class="go wide">儲存</button></form>`;$('#f').onsubmit=async e=>{e.preventDefault();const f=e.target;me=(await api('profile',{nick:f.nick.value,address:f.address.value})).me;f.querySelector('.err').textContent='已儲存'}},
'/settings/privacy':()=>{if(!me)return ask();stage.innerHTML=head('隱私設定')+`<div class="row"><span>個人化推薦<br><i>關閉後，首頁「猜你喜歡」將不再依據您的瀏覽偏好</i></span><button class="sw" role="switch" aria-label="個人化推薦" aria-checked="${me.personal}" id="sw"></button></div><button class="row" data-del="history">清除瀏覽紀錄<i>›</i></button><button class="row" data-del="address">刪除收件地址<i>›</i></button><div class="err" role="status"></div><button class="row" data-to="/doc/privacy">隱私權政策<i>›</i></button>`;$('#sw').onclick=async e=>{me=(await api('personal',{on:!me.personal})).me;e.target.setAttribute('aria-checked',me.personal)};stage.querySelectorAll('[data-del]').forEach(b=>b.onclick=async()=>{me=(await api('erase',{what:b.dataset.del})).me;$('.err').textContent='已刪除'})},
'/settings/security':()=>{if(!me)return ask();stage.innerHTML=head('帳號與安全')+`<div class="row">綁定手機<i>${me.user}</i></div><div class="row">登入密碼<i>已設定</i></div><button class="row" data-to="/settings/security/close">註銷帳號<i>›</i></button>`},
'/settings/security/close':()=>{if(!me)return ask();if(me.closing){stage.innerHTML=head('註銷帳號')+'<div class="card"><p>註銷申請已受理，7天冷靜期屆滿後完成，期間登入可撤回。</p></div>';return}stage.innerHTML=head('註銷帳號')+`<div class="card"><p>註銷前請留意：</p><p>1. 進行中的訂單請先完成或取消（我的＞我買到的）。</p><p>2. 帳戶餘額請先提領，無餘額者免辦。</p><p>3. 註銷後無法登入，未使用的拾悅幣將失效，無須先行使用。</p><p>4. 提交後有7天冷靜期，屆滿即完成，最長15個工作日。</p><button class="go2 wide" id="next">我已了解，申請註銷</button></div>`;$('#next').onclick=()=>{stage.innerHTML=head('驗證身分')+`<form class="card" id="f"><p>驗證碼將發送至 ${me.user}</p><label class="fld"><span>簡訊驗證碼</span><input name="code" inputmode="numeric"></label><button type="button" class="go2" id="sms">取得驗證碼</button><div class="err" role="alert"></div><div style="display:flex;gap:10px"><button class="go2" style="flex:1">確認註銷</button><button type="button" class="go2" style="flex:1" data-to="/settings/security">暫不註銷</button></div></form>`;$('#sms').onclick=e=>e.target.textContent='已發送（123456）';$('#f').onsubmit=async e=>{e.preventDefault();const r=await api('close',{code:e.target.code.value});if(!r.ok)return void(e.target.querySelector('.err').textContent=r.error);me=r.me;V['/settings/security/close']()}}}};
const ask=()=>{after=location.pathname+location.search;go('/login',true)};
const O={item:async id=>{layers.innerHTML=`<div class="over" role="dialog" aria-label="閒置詳情">${head('')}<div class="in"><div class="sk"></div></div></div>`;const {item:i}=await api('item/'+id);if(!layers.firstChild)return;layers.innerHTML=`<div class="over" role="dialog" aria-label="閒置詳情">${head('閒置詳情')}<img class="hero" src="/p/${i.id}.svg" alt="${esc(i.title)}"><div class="in"><p style="color:var(--hot);font-size:24px;font-weight:700;margin:10px 0 0">NT$${i.price} <span style="font-size:13px;color:var(--sub);font-weight:400">${i.wants}人想要</span></p><h1 style="font-size:18px;margin:6px 0">${esc(i.title)}</h1><p>自用物品，功能正常，如圖所示。${i.place} 可面交，其他地區宅配。喜歡可直接下單，謝絕無意議價。</p><div class="card" style="background:#f3f3ef"><b>${i.seller}</b><br>實名認證 · 來自 ${i.place}</div></div><div class="buy"><button class="go2" id="want">我想要</button><button class="go" data-to="/order?id=${i.id}">立即購買</button></div></div>`;$('#want').onclick=e=>e.target.textContent='已通知賣家'},
doc:async k=>{const d=await api('doc/'+k);layers.innerHTML=`<div class="over" role="dialog" aria-label="${d.title}">${head(d.title)}<div class="in">${d.text.map(p=>`<p>${p}</p>`).join('')}</div></div>`}};
function gift(n,ms){if(sessionStorage['gift'+n])return;setTimeout(()=>{if(base!='/'||layers.firstChild||pop.firstChild)return;sessionStorage['gift'+n]=1;pop.innerHTML=n==1?'<div class="veil"><div class="gift" role="dialog" aria-label="新朋友見面禮"><b>新朋友見面禮</b><strong>NT$150</strong><p>首單滿 500 可折，三天內有效</p><button class="go wide" data-to="/search?q=手機">馬上逛逛</button></div><button class="shut" aria-label="關閉">✕</button></div>':'<div class="veil"><div class="gift" role="dialog" aria-label="免運券"><b>今日限定</b><strong>免運券 ×2</strong><p>驗貨商品適用</p><button class="go wide" data-to="/search?q=耳機">立即領取</button></div><button class="shut" aria-label="關閉">✕</button></div>';pop.querySelector('.shut').onclick=()=>{pop.innerHTML='';if(n==1)gift(2,20000)}},ms)}
function show(){pop.innerHTML='';const p=location.pathname,q=new URLSearchParams(location.search),m=p.match(/^\/(item|doc)\/(\w+)$/);if(m){if(!base){base='/';V['/']()}O[m[1]](m[2]);return}layers.innerHTML='';const key=p+location.search;if(base===key&&key!='/mine')return;if(flow){flow.stop();flow=null}base=p=='/'?'/':key;scrollTo(0,0);(V[p]||V['/'])(q)}
function go(u,swap){history[swap?'replaceState':'pushState']({},'',u);if(!swap)depth++;show()}
addEventListener('popstate',()=>{depth=Math.max(0,depth-1);show()});
document.addEventListener('click',async e=>{const c=e.target.closest('[data-cancel]');if(c){await api('cancel_order',{no:c.dataset.cancel});V['/mine']();return}if(e.target.closest('[data-back]')){depth?history.back():go('/',true);return}const t=e.target.closest('[data-to]');if(t){e.preventDefault();go(t.dataset.to)}});
api('me').then(r=>{me=r.me;show()});
</script></body></html>"""


def make_app():
    app = Flask(__name__)
    Bag(app, "sy_sid", lambda: {"user": None, "seen": [], "personal": True})

    def account(password="shiyue888", orders=(), points=0):
        return {
            "password": password,
            "nick": "拾悅新朋友",
            "address": "",
            "orders": list(orders),
            "points": points,
            "seen": [],
            "personal": True,
            "closing": False,
        }

    done = [
        {"no": "SY220314007", "what": "聲貝 耳機 有線監聽", "total": 780, "state": "已完成"},
        {"no": "SY250902118", "what": "宜簡 書桌 學生款附書架", "total": 1500, "state": "已完成"},
    ]
    accounts = {"0922000101": account(), "0922000102": account(orders=done, points=260)}

    def holder():
        """Where the history and the switch are kept: with the account, else with the session."""
        return accounts.get(g.bag["user"]) or g.bag

    def me():
        a = accounts.get(g.bag["user"])
        return a and {"user": g.bag["user"], **{k: v for k, v in a.items() if k not in ("password", "seen")}}

    def liked():
        count = Counter(ITEM[i]["tier"] for i in holder()["seen"])
        (tier, n), *_ = count.most_common(1) or [("", 0)]
        return tier if n >= 3 else ""

    def card(i, ad=False):
        out = {k: i[k] for k in ("id", "title", "price", "wants", "seller", "place", "ratio", "badge")}
        out["url"] = f"/item/{i['id']}"
        if ad:
            out |= {
                "isAd": True,
                "campaignId": f"c{i['id'] * 7}",
                "url": f"/item/{i['id']}?adid=sy{i['id']}&click_id=k{i['id'] * 13}",
            }
        return out

    def need_login():
        if not me():
            abort(Response('{"ok":false,"error":"請先登入"}', 401, mimetype="application/json"))
        return accounts[g.bag["user"]]

    @app.get("/")
    @app.get("/<path:_>")
    def shell(_=""):
        if _.startswith("favicon"):
            abort(404)
        return PAGE.replace("@COMPANY@", COMPANY)

    @app.get("/p/<int:i>.svg")
    def picture(i):
        kind = list(KINDS).index(ITEM[i]["kind"]) if i in ITEM else abort(404)
        hue = i * 47 % 360
        shape = (
            '<rect x="50" y="75" width="100" height="66" rx="9"/><circle cx="100" cy="108" r="24" fill="#fff"/>',
            '<rect x="68" y="40" width="64" height="122" rx="11"/><rect x="74" y="52" width="52" height="92" fill="#fff"/>',
            '<path d="M52 120a48 48 0 0196 0v30h-20v-34h8a36 36 0 00-72 0h8v34H52z"/>',
            '<circle cx="62" cy="130" r="26" fill="none" stroke-width="6"/><circle cx="140" cy="130" r="26" fill="none" stroke-width="6"/><path d="M62 130l26-44h40l12 44M88 86l18 44" fill="none" stroke-width="6"/>',
            '<path d="M36 86h128v12H36zM44 98h10v62H44zM146 98h10v62h-10zM100 98h44v26h-44z"/>',
        )[kind]
        dark = f"hsl({(hue + 180) % 360},32%,32%)"
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="hsl({hue},38%,82%)"/><ellipse cx="100" cy="168" rx="74" ry="9" fill="#0002"/><g fill="{dark}" stroke="{dark}">{shape}</g></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/api/me")
    def who():
        return jsonify(ok=True, me=me())

    @app.get("/api/feed")
    def feed():
        page = request.args.get("page", 1, int)
        like = liked() if holder()["personal"] else ""
        goods = sorted((i for i in ITEMS if not i["ad"]), key=lambda i: (bool(like) and i["tier"] != like, i["base"]))
        start = (page - 1) * 20  # without end: after the last item the first comes again
        return jsonify(items=[card(goods[(start + k) % len(goods)]) for k in range(20)], more=True)

    @app.get("/api/search")
    def search():
        q, sort = request.args.get("q", "").strip(), request.args.get("sort", "mix")
        hits = [i for i in ITEMS if q and q.lower() in (i["title"] + i["kind"]).lower()]
        like = liked()
        key = {
            "new": lambda i: i["hours"],
            "near": lambda i: i["km"],
            "up": lambda i: i["price"],
            "down": lambda i: -i["price"],
        }.get(sort, lambda i: (bool(like) and i["tier"] != like, i["base"]))
        rows = [card(i) for i in sorted((i for i in hits if not i["ad"]), key=key)]
        for at, i in zip((1, 6), [i for i in hits if i["ad"]], strict=False):
            rows.insert(at, card(i, ad=True))
        return jsonify(items=rows, total=len(rows), more=False)

    @app.get("/api/item/<int:i>")
    def item(i):
        if i not in ITEM:
            abort(404)
        holder()["seen"] = [*holder()["seen"], i][-200:]
        extras = [
            {"id": "check", "name": "專業驗貨", "price": 120, "note": "驗貨中心檢測後再出貨"},
            {"id": "ship", "name": "退貨運費險", "price": 9, "note": "退貨時補貼運費"},
        ]
        return jsonify(item=card(ITEM[i]), extras=extras)

    @app.get("/api/doc/<key>")
    def doc(key):
        title, text = DOCS.get(key) or abort(404)
        return jsonify(title=title, text=text.split("|"))

    @app.post("/api/<what>")
    def act(what):
        d = request.get_json(silent=True) or {}
        error = ""
        if what == "login":
            a = accounts.get(d.get("user"))
            if a and a["password"] == d.get("password"):
                g.bag["user"] = d["user"]
            else:
                error = "手機號碼或密碼錯誤"
        elif what == "register":
            if not re.fullmatch(r"(09\d{8}|1\d{10})", d.get("user", "")) or d["user"] in accounts:
                error = "手機號碼格式不符或已註冊"
            elif d.get("code") != "123456" or len(d.get("password", "")) < 8:
                error = "驗證碼錯誤或密碼少於 8 碼"
            elif not d.get("agree"):
                error = "請先閱讀並同意協議"
            else:
                accounts[d["user"]] = account(d["password"])
                g.bag["user"] = d["user"]
        elif what == "logout":
            g.bag["user"] = None
        elif what == "personal":
            holder()["personal"] = bool(d.get("on"))
        else:
            a = need_login()
            if what == "order":
                i = ITEM.get(d.get("id")) or abort(404)
                extra = sum({"check": 120, "ship": 9}.get(x, 0) for x in d.get("extras", []))
                no = f"SY26{i['id']}{len(a['orders']) + 1:02d}"
                a["address"] = d.get("address") or a["address"]
                a["orders"].append({"no": no, "what": i["title"], "total": i["price"] + 60 + extra, "state": "待付款"})
                return jsonify(ok=True, no=no)
            if what == "cancel_order":
                for o in a["orders"]:
                    if o["no"] == d.get("no") and o["state"] == "待付款":
                        o["state"] = "已取消"
            elif what == "profile":
                a.update(nick=d.get("nick", "")[:30], address=d.get("address", "")[:80])
            elif what == "erase":
                a.update({"seen": []} if d.get("what") == "history" else {"address": ""})
            elif what == "close":
                if any(o["state"] == "待付款" for o in a["orders"]):
                    error = "尚有待付款訂單，請先於「我買到的」取消或完成"
                elif d.get("code") != "123456":
                    error = "驗證碼錯誤"
                else:
                    a["closing"] = True
            else:
                abort(404)
        return jsonify(ok=not error, error=error, me=me()) if error else jsonify(ok=True, me=me())

    return app
