(function(){
'use strict';
var $=function(s,r){return (r||document).querySelector(s)},$$=function(s,r){return [].slice.call((r||document).querySelectorAll(s))};
var app=$('#app'),layer=$('#layer'),mq=matchMedia('(max-width:599px)'),ME={login:false},turn=0;
var esc=function(t){return String(t==null?'':t).replace(/[&<>"]/g,function(c){return {'&':'&amp;','<':'&lt;','>':'&gt;','"':'&quot;'}[c]})};
var bold=function(t){return esc(t).replace(/\*\*(.+?)\*\*/g,'<b>$1</b>')};
var IC={
 search:'<circle cx="10" cy="10" r="6"/><path d="M15 15l6 6"/>',menu:'<path d="M3 6h18M3 12h18M3 18h18"/>',home:'<path d="M3 11l9-8 9 8v10h-6v-6H9v6H3z"/>',
 cat:'<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z"/>',cart:'<path d="M3 4h3l3 11h9l3-8H7"/><circle cx="10" cy="20" r="1.5"/><circle cx="17" cy="20" r="1.5"/>',
 care:'<path d="M4 13a8 8 0 0116 0M4 13v5h3v-5zM20 13v5h-3v-5z"/>',me:'<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',x:'<path d="M5 5l14 14M19 5L5 19"/>',down:'<path d="M6 9l6 6 6-6"/>',
 star:'<path d="M12 3l3 6 6 1-4.5 4.5L18 21l-6-3-6 3 1.5-6.5L3 10l6-1z"/>'};
function ic(n,s){return '<svg width="'+(s||20)+'" height="'+(s||20)+'" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">'+IC[n]+'</svg>'}
var HUE={home:28,kitchen:200,elec:220,beauty:340,wear:265,food:45,toy:120,sport:165};
function art(c,s){var h=HUE[c]||30;return '<svg width="'+(s||110)+'" height="'+(s||110)+'" viewBox="0 0 60 60" aria-hidden="true"><rect x="8" y="16" width="44" height="36" rx="5" fill="hsl('+h+',38%,62%)"/><path d="M8 26h44" stroke="#fff" stroke-width="3"/><circle cx="30" cy="12" r="7" fill="hsl('+h+',48%,48%)"/></svg>'}
function bg(c){return 'background:hsl('+(HUE[c]||30)+',40%,93%)'}
function money(n){return 'HK$'+Number(n).toLocaleString('en-US')}
function wait(ms){return new Promise(function(r){setTimeout(r,ms)})}
function lag(u){var h=0;for(var i=0;i<u.length;i++)h=(h*31+u.charCodeAt(i))%401;return 300+h}
function get(u){return Promise.all([fetch(u,{credentials:'same-origin'}),wait(lag(u))]).then(function(a){if(!a[0].ok)throw a[0].status;return a[0].json()})}
function post(u,d){return fetch(u,{method:'POST',credentials:'same-origin',headers:{'Content-Type':'application/json'},body:JSON.stringify(d||{})}).then(function(r){if(!r.ok)throw r.status;return r.json()})}
function go(u,rep){history[rep?'replaceState':'pushState']({},'',u);layer.innerHTML='';render();scrollTo(0,0)}
var Q=function(k){return new URLSearchParams(location.search).get(k)||''};

/* frame */
function foot(){
 var A=function(u,t){return '<a href="'+u+'">'+t+'</a>'};
 return '<div class="ft"><div class="wrap"><div class="c"><div><h5>協議與規則</h5>'+A('/rules/service','會員服務協議')+A('/rules/privacy','隱私權政策')+A('/rules/trade','交易規則')+A('/rules/review','評價規則')+A('/rules/merchant','商家入駐協議')+A('/rules/ipr','智慧財產權保護規則')+A('/rules','規則中心（全部規則）')+'</div>'+
 '<div><h5>客戶服務</h5>'+A('/care','投訴與舉報')+A('/care/dispute','線上爭議處理')+A('/care/ip','智慧財產權投訴')+A('/rules/returns','七日無理由退貨')+A('/rules/shipping','配送與安裝')+'<div>客服電話 400-866-3712</div><div>每日 9:00–21:00</div><div>care@wanlai-life.cn</div></div>'+
 '<div><h5>公示與公告</h5>'+A('/public/penalty','商家違規公示')+A('/public/ipr','智慧財產權公示')+A('/news','公告與徵求意見')+A('/permits','行政許可資訊')+'</div></div>'+
 '<div class="lic">增值電信業務經營許可證 渝B2-20210388（有效期至 2031-03-14）｜食品經營許可證 JY15001120034562（有效期至 2029-05-17）｜網路食品交易第三方平台備案 渝網食備A20210017<br>渝ICP備2021004417號-1｜渝公網安備 50011202503318號｜© 2021–2026 重慶萬來生活百貨有限公司<span class="zz">萬來生活 wanlai <a href="/licence">營業執照</a> v26.11</span></div></div></div>'}
function frame(inner){
 var who=ME.login?'<span class="clk" data-go="/me">您好，'+esc(ME.nick)+'</span><span class="clk" data-act="out">登出</span>':'<span class="clk" data-go="/signin">登入</span><span class="clk" data-go="/join">註冊</span>';
 if(mq.matches){
  var p=location.pathname,t=function(u,i,n){return '<div class="clk'+(p===u?' on':'')+'" data-go="'+u+'">'+ic(i,24)+n+'</div>'};
  return '<div class="mtop"><span class="clk" data-act="drawer" aria-label="選單">'+ic('menu',24)+'</span><b class="clk" data-go="/">萬來</b><div class="fake clk" data-go="/find">'+ic('search',16)+' 搜尋商品</div></div><div id="main">'+inner+'</div>'+foot()+
  '<div class="tab">'+t('/','home','首頁')+t('/cats','cat','分類')+t('/care','care','客服')+t('/bag','cart','購物車')+t('/me','me','我的')+'</div>'}
 return '<div class="util"><div class="wrap"><span class="l">歡迎光臨萬來生活百貨</span>'+who+'<span class="clk" data-go="/me/orders">我的訂單</span><span class="clk" data-go="/care">投訴與舉報</span><span class="clk" data-go="/rules">幫助與規則中心</span></div></div>'+
 '<div class="head"><div class="wrap"><div class="logo clk" data-go="/">萬來生活<i>好物自己來</i></div><div class="sbox"><input id="kw" type="search" placeholder="搜尋商品、品牌" aria-label="搜尋商品" value="'+esc(Q('kw'))+'"><div class="go clk" data-act="search">'+ic('search',18)+' 搜尋</div></div><div class="clk" data-go="/bag">'+ic('cart',22)+' 購物車 '+(ME.cart||'')+'</div></div></div>'+
 '<div class="nav"><div class="wrap">'+CATS.map(function(c){return '<div data-go="/list?cat='+c[0]+'">'+c[1]+'</div>'}).join('')+'</div></div><div id="main">'+inner+'</div>'+foot()}
var CATS=[['home','居家收納'],['kitchen','廚房用品'],['elec','家用電器'],['beauty','美妝個護'],['wear','服飾鞋包'],['food','食品茶飲'],['toy','文具玩具'],['sport','運動戶外']];
function skel(n){var s='';for(var i=0;i<(n||8);i++)s+='<div class="sk" style="height:'+(mq.matches?210:280)+'px"></div>';return '<div class="wrap" style="padding-top:18px"><div class="grid">'+s+'</div></div>'}
function skelDoc(){return '<div class="wrap"><div class="doc"><div class="sk" style="height:34px;width:50%"></div>'+Array(9).join('<div class="sk" style="height:18px;margin:14px 0"></div>')+'</div></div>'}
function put(h){app.innerHTML=frame(h)}
function main(h){var m=$('#main');if(m)m.innerHTML=h}
function card(x){
 var mark=x.isAd?'<span class="'+(x.mark==='廣告'?'adm':'hotm')+'">'+x.mark+'</span>':'';
 return '<div class="card clk" data-go="'+esc(x.link)+'"'+(x.isAd?' data-campaign="'+x.campaignId+'"':'')+'><div class="pic" style="'+bg(x.cat)+'">'+art(x.cat)+mark+'</div><div class="tx"><div class="nm">'+(x.self?'<span class="self">萬來自營</span>':'')+esc(x.title)+'</div><div class="pr">'+(x.coupon?'<small>券後</small>':'')+money(x.price)+'</div><div class="mt">已售 '+x.sold.toLocaleString('en-US')+'　評分 '+x.rating.toFixed(1)+'</div><div class="mt">'+esc(x.shop)+'</div></div></div>'}
function beacon(list){list.forEach(function(x){if(x.isAd)fetch('/api/imp?campaign_id='+x.campaignId+'&slot='+encodeURIComponent(x.id))})}

/* pages */
var P={};
P.home=function(){put(skel(8));return get('/api/home').then(function(d){return function(){
 main('<div class="wrap"><div class="hero"><div class="ban clk" data-go="/rules/d12"><h2>1212 暖冬購物節</h2><div>12 月 1 日 20:00 預售開始，12 月 12 日 23:59 結束</div><div>現貨跨店每滿 HK$300 減 HK$40，12 月 11–12 日</div><div style="margin-top:12px">查看活動規則 ›</div></div>'+
 '<div class="strip"><h3>公告</h3>'+d.news.map(function(n){return '<div class="r"><span class="tagx">'+n.kind+'</span><a href="'+(n.doc?'/rules/'+n.doc:'/news/'+n.id)+'">'+esc(n.title)+'</a><div class="mt">'+n.date+(n.kind==='徵求意見'?'　意見截止 2026-12-10':'')+'</div></div>'}).join('')+'</div></div>'+
 (mq.matches?'':'')+'<h2>本週熱賣</h2><div class="grid">'+d.hot.map(card).join('')+'</div><div class="more" data-go="/list">查看全部商品</div></div>');
 if(!sessionStorage.getItem('wl_pop')){sessionStorage.setItem('wl_pop','1');setTimeout(function(){if(location.pathname==='/')popup()},500)}
}})};
function popup(){
 layer.innerHTML='<div class="mask"><div class="pop" id="pop"><span class="adm">廣告</span><button class="x" data-act="leave" aria-label="關閉" title="關閉">'+ic('x',20)+'</button><div style="'+bg('home')+';border-radius:10px;padding:20px">'+art('beauty',96)+'</div><h3>新客禮包 HK$120</h3><p>護手霜、圍巾、茶禮盒三張店鋪券，2026 年 12 月 31 日前可用，單筆滿 HK$300 用一張。</p><div class="btn" data-go="/list?kw=禮物">去看看</div></div></div>'}
function retain(){
 $('#pop').innerHTML='<button class="x" data-act="shut" aria-label="關閉" title="關閉">'+ic('x',20)+'</button><h3>確定要放棄 HK$120 禮包嗎？</h3><p>離開後，這三張券將留給其他新朋友。</p><div class="btn" data-act="again">再看看</div> <div class="btn w" data-act="shut">忍痛放棄</div>'}

P.find=function(){
 if(!mq.matches){put('<div class="wrap"><div class="panel">請在上方輸入關鍵字搜尋商品。</div></div>');return Promise.resolve(function(){})}
 app.innerHTML='<div class="find"><div style="display:flex;gap:10px;align-items:center"><span class="clk" data-act="back">'+ic('x',24)+'</span><div class="sbox"><input id="kw" type="search" placeholder="搜尋商品、品牌" aria-label="搜尋商品"><div class="go clk" data-act="search">搜尋</div></div></div><h3>大家常找</h3>'+['收納','家用','禮物','冬季','便攜'].map(function(w){return '<span class="sku clk" data-go="/list?kw='+w+'">'+w+'</span>'}).join('')+'</div>';
 var k=$('#kw');k&&k.focus();return Promise.resolve(function(){})};

var SORT=[['mix','綜合排序'],['sold','銷量優先'],['rate','評分優先'],['low','價格由低到高'],['high','價格由高到低'],['new','最新上架']];
P.list=function(){
 put(skel(12));var kw=Q('kw'),cat=Q('cat'),so=Q('sort')||'mix',page=1;
 var url=function(p){return '/api/list?kw='+encodeURIComponent(kw)+'&cat='+cat+'&sort='+so+'&page='+p};
 return get(url(1)).then(function(d){return function(){
  var cn=(CATS.filter(function(c){return c[0]===cat})[0]||[])[1];
  var cur=SORT.filter(function(s){return s[0]===so})[0]||SORT[0];
  main('<div class="wrap"><div class="bar"><div><b>'+esc(kw||cn||'全部商品')+'</b> <span class="cnt">共 '+d.total+' 件</span></div><div class="dd" id="dd"><div class="dd-cur" data-act="dd">'+cur[1]+' '+ic('down',14)+'</div><div class="dd-list">'+SORT.map(function(s){return '<div class="dd-it'+(s[0]===so?' on':'')+'" data-sort="'+s[0]+'">'+s[1]+'</div>'}).join('')+'</div></div></div><div class="grid" id="grid">'+(d.items.map(card).join('')||'<div>沒有找到商品，換個關鍵字試試。</div>')+'</div><div id="mo"></div></div>');
  beacon(d.items);
  var mo=function(m){$('#mo').innerHTML=m?'<div class="more" id="mb">載入更多</div>':'<div class="mt" style="text-align:center;padding:20px">已經到底了</div>';
   if(m)$('#mb').onclick=function(){this.textContent='載入中…';this.onclick=null;page++;get(url(page)).then(function(n){var g=$('#grid');if(!g)return;g.insertAdjacentHTML('beforeend',n.items.map(card).join(''));beacon(n.items);mo(n.more)})}};
  mo(d.more)}})};
P.cats=function(){put('<div class="wrap"><h2>全部分類</h2><div class="grid">'+CATS.map(function(c){return '<div class="card clk" data-go="/list?cat='+c[0]+'"><div class="pic" style="'+bg(c[0])+'">'+art(c[0])+'</div><div class="tx">'+c[1]+'</div></div>'}).join('')+'</div></div>');return Promise.resolve(function(){})};

P.goods=function(id){put(skelDoc());return get('/api/goods/'+id).then(function(x){return function(){
 var sku=x.skus[0],h;
 if(x.pre)h='<div class="pr">預售總價 '+money(x.price)+'</div><div class="box"><h4>預售說明</h4><div>訂金 '+money(x.pre.deposit)+'，支付時間 '+x.pre.start+' 至 '+x.pre.end+'</div><div>尾款 '+money(x.pre.tail)+'，支付時間 '+x.pre.tailstart+' 至 '+x.pre.tailend+'</div><div>'+x.pre.ship+' 前出貨；賣方延遲出貨，按實付金額 5% 起賠付。</div><div><b>訂金一經支付，概不退還。</b></div><div>收到商品後適用七日無理由退貨，退還含訂金在內的全部實付款。</div></div>';
 else if(x.try)h='<div class="pr">試用服務費 '+money(x.try.fee)+' <small>／'+x.try.days+' 天</small></div><div class="mt">買下總價 '+money(x.price)+'，押金可抵作價款</div>'+depBox(x.try);
 else h='<div class="pr">'+(x.coupon?'<small>券後</small>':'')+money(x.price)+(x.coupon?' <s class="mt">原價 '+money(x.was)+'</s>':'')+'</div>'+(x.coupon?'<div class="mt">店鋪券 '+money(x.cut)+' 已自動領取，結帳時套用</div>':'');
 var btn=x.pre?'<div class="btn off">'+x.pre.start.slice(5)+' 開始支付訂金</div>':x.try?'<div class="btn" data-buy="1">申請試用</div>':'<div class="btn w" data-cart="1">加入購物車</div> <div class="btn" data-buy="1">立即購買</div>';
 main('<div class="wrap"><div class="panel"><div class="gd"><div class="pic" style="'+bg(x.cat)+'">'+art(x.cat,240)+'</div><div><h1 style="font-size:22px;margin:0 0 8px">'+(x.self?'<span class="self">萬來自營</span>':'')+esc(x.title)+'</h1>'+h+
 '<div class="mt" style="margin:8px 0">已售 '+x.sold.toLocaleString('en-US')+'　商品評分 '+x.rating.toFixed(1)+'（'+x.count.toLocaleString('en-US')+' 則）　<a href="/rules/review">評價規則</a></div>'+
 '<div style="margin:8px 0">賣家：<span class="clk" style="color:#7a2b12" data-go="/shop/'+x.shopid+'">'+esc(x.shop)+'</span>　店鋪信用分 '+x.score.toFixed(1)+'　<span class="mt">'+esc(x.company)+'</span></div>'+
 '<div class="mt">七日無理由退貨　'+(x.pre?x.pre.ship+' 前出貨':'48 小時內出貨')+'　'+(x.self?'正品保障':'正品保障・先行賠付')+'</div><div style="margin:14px 0">'+x.skus.map(function(s,i){return '<span class="sku'+(i?'':' on')+'" data-sku="'+esc(s)+'">'+esc(s)+'</span>'}).join('')+'</div>'+
 '<div>'+btn+'</div><div id="tip"></div><div style="margin-top:14px"><span class="clk mt" data-go="/care?type=report&goods='+x.id+'">舉報此商品</span></div></div></div></div>'+
 '<div class="panel"><h3>購買須知</h3><div>運費：內地滿 HK$199 免運，未滿 HK$20。</div><div>安全：'+({elec:'額定電壓 220V，使用前請閱讀說明書，發現異味、漏電立即停用。',food:'請依包裝標示溫度存放，開封後儘速食用；過敏者請查看成分。',toy:'含小零件，請在成人看護下使用，適用年齡見包裝。',sport:'使用前檢查連接件是否鎖緊，請依負重標示使用。',kitchen:'首次使用前請清洗，刀具與熱鍋請遠離兒童。'}[x.cat]||'請遠離火源，依標示方式清潔。')+'</div><div><b>熱銷期間如遇缺色、缺款，本館得逕以同級或相近商品替代出貨，恕不另行通知。</b></div></div>'+
 '<div class="panel"><h3>買家評價（'+x.count.toLocaleString('en-US')+'）</h3><div class="mt">近期評價，由新到舊　<a href="/rules/review">評價規則</a></div>'+x.reviews.map(function(r){return '<div class="line"><div><div>'+'★'.repeat(r.stars)+'☆'.repeat(5-r.stars)+'　'+esc(r.user)+'　<span class="mt">'+r.date+'　規格：'+esc(r.sku)+'</span></div><div>'+esc(r.text)+'</div></div></div>'}).join('')+'</div></div>');
 $$('[data-sku]').forEach(function(e){e.onclick=function(){$$('[data-sku]').forEach(function(o){o.classList.remove('on')});e.classList.add('on');sku=e.dataset.sku}});
 var c=$('[data-cart]');if(c)c.onclick=function(){post('/api/cart',{id:x.id,sku:sku,n:1}).then(function(r){ME.cart=r.n;$('#tip').innerHTML='<div class="ok">已加入購物車　<a href="/bag">去購物車</a></div>'})};
 var b=$('[data-buy]');if(b)b.onclick=function(){go('/settle?buy='+x.id+'&sku='+encodeURIComponent(sku))};
}})};
function depBox(t){return '<div class="box"><h4>押金說明</h4><div><b>押金數額：'+money(t.deposit)+'</b>（與服務費分開收取，不是商品價款）</div><div>擔保範圍：試用期間機器遺失、人為損壞的修理費，及逾期歸還使用費（每日 HK$20）；正常磨損不扣。</div><div>退還條件：'+t.days+' 天試用期滿前歸還、機器與主要配件齊全、無人為損壞，即退還全額。</div><div>退還程序：訂單頁點「歸還機器」並預約取件，收件後三日內檢測、檢測後兩日內退還。</div><div><b>退還方式：一律以等額萬來購物金存入帳戶，不退回原支付方式，亦不得提領現金。</b></div></div>'}
P.shop=function(id){put(skel(8));return get('/api/shop/'+id).then(function(s){return function(){main('<div class="wrap"><div class="panel"><h2>'+esc(s.name)+'</h2><div>店鋪信用分 '+s.score.toFixed(1)+'　<a href="/rules/review">評價與信用規則</a></div><div class="mt">經營者：'+esc(s.company)+'　統一社會信用代碼 '+s.code+'</div></div><div class="grid">'+s.items.map(card).join('')+'</div></div>')}})};

P.bag=function(){put(skelDoc());return get('/api/cart').then(function(l){return function(){
 var sum=l.reduce(function(a,x){return a+x.price*x.n},0);
 main('<div class="wrap"><div class="panel"><h2>購物車</h2>'+(l.length?l.map(function(x,i){return '<div class="line"><div><span class="clk" data-go="'+x.link+'">'+esc(x.title)+'</span><div class="mt">'+esc(x.sku)+'　'+esc(x.shop)+'</div></div><div>'+money(x.price)+' × '+x.n+'　<span class="clk" data-q="'+i+'" data-d="-1">－</span>　<span class="clk" data-q="'+i+'" data-d="1">＋</span>　<span class="clk" data-q="'+i+'" data-d="0">刪除</span></div></div>'}).join('')+'<div class="line"><div>商品合計（不含運費）</div><div class="tot">'+money(sum)+'</div></div><div class="btn" data-go="/settle">去結帳</div>':'<p>購物車是空的。</p><div class="btn" data-go="/list">去逛逛</div>')+'</div></div>');
 $$('[data-q]').forEach(function(e){e.onclick=function(){var x=l[e.dataset.q],d=+e.dataset.d;post('/api/cart',{id:x.id,sku:x.sku,n:d?x.n+d:0,set:1}).then(function(r){ME.cart=r.n;render()})}})}})};

P.settle=function(){
 if(!ME.login){go('/signin?next='+encodeURIComponent(location.pathname+location.search),1);return null}
 put(skelDoc());var d={buy:+Q('buy')||null,sku:Q('sku'),care:true};
 return Promise.all([post('/api/bill',d),wait(380)]).then(function(a){return function(){
  var cur=a[0];var draw=function(b){cur=b;
   var ad=ME.addr[0];
   $('#bill').innerHTML='<div class="line"><div>'+(b.trial?'試用服務費':'商品金額（券後）')+'</div><div>'+money(b.goods)+'</div></div><div class="line"><div>運費</div><div>'+money(b.freight)+'</div></div>'+(b.deposit?'<div class="line"><div>押金（可退，非商品價款）</div><div>'+money(b.deposit)+'</div></div>':'')+'<div class="line"><div>安心購保障'+(b.extra?'':'（未選購）')+'</div><div>'+money(b.extra)+'</div></div><div class="line"><div>應付合計</div><div class="tot">'+money(b.total)+'</div></div>';
   $('#ad').innerHTML=ad?'<div>'+esc(ad.name)+'　'+esc(ad.tel)+'</div><div>'+esc(ad.at)+'</div>':'<div class="mt">尚無收件地址，請填寫：</div>'};
  var b=a[0];
  if(!b.rows.length){main('<div class="wrap"><div class="panel">沒有可結帳的商品。<a href="/list">去逛逛</a></div></div>');return}
  main('<div class="wrap"><div class="panel"><h2>確認訂單</h2><h3>收件地址</h3><div id="ad"></div><div class="fld"><input type="text" id="an" placeholder="收件人姓名"></div><div class="fld"><input type="text" id="at" placeholder="電話"></div><div class="fld"><input type="text" id="aa" placeholder="詳細地址"></div><div class="btn w" id="as">新增並使用此地址</div></div>'+
  '<div class="panel"><h3>商品</h3>'+b.rows.map(function(x){return '<div class="line"><div>'+(x.self?'<span class="self">萬來自營</span>':'')+esc(x.title)+'<div class="mt">'+esc(x.sku)+'　'+esc(x.shop)+'　七日無理由退貨</div></div><div>'+money(x.price)+' × '+x.n+'</div></div>'}).join('')+(b.trial?depBox(b.trial):'')+'</div>'+
  '<div class="panel"><h3>選購服務（自由選擇，不選購也可下單）</h3><label class="ck"><input type="radio" name="gz" value="1" checked><span><b>安心購保障 HK$12</b>：收貨後 90 天內意外摔落、進水，憑照片免費修理一次。由信誠安財產保險股份有限公司承保。</span></label><label class="ck"><input type="radio" name="gz" value="0"><span>不選購，HK$0</span></label><div class="clk" style="color:#7a2b12" id="gx">查看保障內容</div><div id="gd"></div></div>'+
  '<div class="panel"><div id="bill"></div><div class="box"><h4>下單前請留意</h4><div>· 付款後 48 小時內出貨，逾期可取消並全額退款，賣方按實付金額 5% 起賠付。</div><div>· 簽收次日起七日內可無理由退貨，退回運費由買家負擔；品質問題由賣方負擔。</div><div>· 電器請先確認電壓 220V，食品請依標示存放。</div><div>· 商品造成損害的，賣方依法賠償；自營商品由萬來負責。</div><div>· 付款後，如售價、庫存或行銷安排有調整，萬來得單方取消訂單並退回已付款項。</div><div>· <b>熱銷期間如遇缺色、缺款，本館得逕以同級或相近商品替代出貨，恕不另行通知。</b></div></div><div class="btn" id="sub">提交訂單</div> <span class="er" id="er"></span></div></div>');
  draw(b);
  $$('input[name=gz]').forEach(function(e){e.onchange=function(){d.care=e.value==='1';post('/api/bill',d).then(draw)}});
  $('#gx').onclick=function(){$('#gd').innerHTML='<div class="box"><div>服務提供者：信誠安財產保險股份有限公司（重慶分公司），客服 95587-03。</div><div>保障期間：簽收次日起 90 天，每件商品可修理一次；無法修理的，按實付金額賠付。</div><div>不保事項：故意損壞、遺失。</div><div>取消與退費：簽收前或簽收後 15 天內未使用，可於訂單頁取消，全額退回原支付方式；商品退貨的，保障費一併退回。</div></div>'};
  $('#as').onclick=function(){post('/api/me/addr',{name:$('#an').value,tel:$('#at').value,at:$('#aa').value}).then(function(r){if(!r.ok){$('#er').textContent=r.why;return}sync().then(function(){draw(cur)})})};
  $('#sub').onclick=function(){post('/api/order',d).then(function(r){if(r.ok)go('/cashier/'+r.no);else $('#er').textContent=r.why})};
 }})};
P.cashier=function(no){put(skelDoc());return get('/api/pay/'+no).then(function(o){return function(){
 main('<div class="wrap"><div class="panel"><h2>收銀台</h2><div>訂單 '+o.no+'，請於三十分鐘內付款。</div><div class="line"><div>應付合計</div><div class="tot">'+money(o.total)+'</div></div><label class="ck"><input type="radio" name="pm"> 銀行卡</label><label class="ck"><input type="radio" name="pm"> 信付通支付</label><label class="ck"><input type="radio" name="pm"> 貨到付款</label><div class="btn" id="pay">確認付款 '+money(o.total)+'</div><div id="tip"></div></div></div>');
 $('#pay').onclick=function(){$('#tip').innerHTML=$('input[name=pm]:checked')?'<div class="ok">正在前往支付機構頁面…（付款在支付機構頁面完成）</div>':'<div class="er">請選擇付款方式</div>'}}})};

P.join=function(){
 put('<div class="wrap"><div class="panel" style="max-width:560px;margin:24px auto"><h2>註冊會員</h2><div class="fld"><div class="lb">手機號碼</div><input type="text" id="tel" aria-label="手機號碼" inputmode="tel"></div><div class="fld"><div class="lb">簡訊驗證碼</div><div style="display:flex;gap:10px"><input type="text" id="code" aria-label="簡訊驗證碼"><div class="btn w" id="snd" style="white-space:nowrap">取得驗證碼</div></div></div><div class="fld"><div class="lb">設定密碼（至少六位）</div><input type="password" id="pw" aria-label="設定密碼"></div>'+
 '<div class="box"><h4>註冊前請先看這幾點</h4><div>· 註冊免費；商品價格含稅，運費與應付總額於結帳頁列出。</div><div>· 現貨付款後 48 小時內出貨；簽收次日起七日內可無理由退貨。</div><div>· 付款後，如售價、庫存或行銷安排有調整，萬來得單方取消訂單並退回已付款項。</div><div>· 電器、食品、兒童用品請依標示使用。我們不會索取您的驗證碼。</div><div>· 自營商品由萬來負責；入駐商家的商品由商家負責，萬來依法承擔平台責任。</div><div>· 手機號碼用於建立帳戶，地址與電話用於送貨；我們對資料安全負責，您可查詢、更正、刪除與註銷。</div></div>'+
 '<div class="ck"><input type="checkbox" id="agree" aria-label="我已閱讀並同意會員服務協議與隱私權政策"><span>我已閱讀並同意 <a href="/rules/service" target="_blank">《會員服務協議》</a> 與 <a href="/rules/privacy" target="_blank">《隱私權政策》</a></span></div><label class="ck"><input type="checkbox" id="nop"><span>我不想收到萬來的優惠簡訊與電郵</span></label><div class="btn" id="ok">同意並註冊</div> <span class="er" id="er"></span><p class="mt">已有帳戶？<a href="/signin">直接登入</a></p></div></div>');
 $('#snd').onclick=function(){post('/api/sms').then(function(){$('#snd').textContent='已寄出'})};
 $('#ok').onclick=function(){post('/api/register',{tel:$('#tel').value,code:$('#code').value,pw:$('#pw').value,agree:$('#agree').checked,nopromo:$('#nop').checked}).then(function(r){if(!r.ok){$('#er').textContent=r.why;return}sync().then(function(){go('/me')})})};
 return Promise.resolve(function(){})};
P.signin=function(){
 put('<div class="wrap"><div class="panel" style="max-width:460px;margin:24px auto"><h2>會員登入</h2><div class="fld"><div class="lb">手機號碼</div><input type="text" id="tel" aria-label="手機號碼"></div><div class="fld"><div class="lb">密碼或簡訊驗證碼</div><input type="password" id="pw" aria-label="密碼或簡訊驗證碼"></div><div class="btn" id="ok">登入</div> <div class="btn w" id="snd">取得驗證碼</div> <span class="er" id="er"></span><p class="mt">還不是會員？<a href="/join">免費註冊</a></p></div></div>');
 $('#snd').onclick=function(){post('/api/sms').then(function(){$('#snd').textContent='已寄出'})};
 $('#ok').onclick=function(){post('/api/login',{tel:$('#tel').value,pw:$('#pw').value,code:$('#pw').value}).then(function(r){if(!r.ok){$('#er').textContent=r.why;return}sync().then(function(){go(Q('next')||'/me')})})};
 return Promise.resolve(function(){})};

function gate(){if(ME.login)return true;go('/signin?next='+encodeURIComponent(location.pathname),1);return false}
P.me=function(){if(!gate())return null;
 var r=function(u,t,s){return '<div class="line clk" data-go="'+u+'"><div>'+t+'</div><div class="mt">'+s+' ›</div></div>'};
 put('<div class="wrap"><div class="panel"><h2>'+esc(ME.nick)+'</h2><div class="mt">手機 '+ME.tel+'　註冊於 '+ME.since+'</div><div>點數 '+ME.points+'　購物金 '+money(ME.credit)+'</div></div><div class="panel">'+r('/me/orders','我的訂單','查看、售後、評價')+r('/me/profile','個人資料','查詢、更正、匯出、刪除')+r('/me/security','帳戶與安全','密碼、手機、註銷帳戶')+r('/me/notify','通知設定','優惠訊息')+r('/care','投訴與舉報','線上提交')+r('/rules','幫助與規則中心','協議與規則')+'<div class="line clk" data-act="out"><div>登出</div><div></div></div></div></div>');return Promise.resolve(function(){})};
P.orders=function(){if(!gate())return null;put(skelDoc());return sync().then(function(){return function(){
 main('<div class="wrap"><div class="panel"><h2>我的訂單</h2>'+(ME.orders.length?ME.orders.map(function(o){return '<div class="box"><div class="mt">'+o.no+'　'+o.date+'　'+o.state+'</div>'+o.items.map(function(i){return '<div>'+esc(i.title)+'　'+esc(i.sku)+' × '+i.n+'</div>'}).join('')+'<div>實付 '+money(o.total)+'</div>'+(o.state==='待付款'?'<span class="btn" data-go="/cashier/'+o.no+'">去付款</span> <span class="btn w" data-cancel="'+o.no+'">取消訂單</span>':o.state==='交易完成'?'<span class="btn w" data-rv="'+o.items[0].id+'">評價</span> <span class="btn w" data-rvd="'+o.items[0].id+'">刪除我的評價</span> <span class="btn w" data-go="/care?type=return&order='+o.no+'">申請退貨／售後</span> <span class="btn w" data-go="/care/dispute?order='+o.no+'">申請平台介入</span>':'')+'<div id="rv'+o.items[0].id+'"></div></div>'}).join(''):'<p>還沒有訂單。</p>')+'</div></div>');
 $$('[data-cancel]').forEach(function(e){e.onclick=function(){post('/api/me/cancel',{no:e.dataset.cancel}).then(render)}});
 $$('[data-rvd]').forEach(function(e){e.onclick=function(){post('/api/me/review',{id:+e.dataset.rvd,drop:1}).then(function(){$('#rv'+e.dataset.rvd).innerHTML='<div class="ok">已刪除</div>'})}});
 $$('[data-rv]').forEach(function(e){e.onclick=function(){var id=e.dataset.rv,b=$('#rv'+id);b.innerHTML='<div class="fld"><select id="st"><option value="0">請選擇星等</option><option>5</option><option>4</option><option>3</option><option>2</option><option>1</option></select></div><div class="fld"><textarea id="tx" rows="3" placeholder="寫下使用感受（選填）"></textarea></div><div class="mt">發布後，評價文字、照片、影片及其中人物肖像將依《評價規則》第五章永久、免費、可轉授權地供萬來及合作夥伴使用。</div><div class="btn" id="rs">發布評價</div>';
  $('#rs').onclick=function(){post('/api/me/review',{id:+id,stars:+$('#st').value,text:$('#tx').value}).then(function(r){b.innerHTML=r.ok?'<div class="ok">評價已發布</div>':'<div class="er">'+r.why+'</div>'})}}});
 }})};
P.profile=function(){if(!gate())return null;put(skelDoc());return sync().then(function(){return function(){
 main('<div class="wrap"><div class="panel"><h2>個人資料</h2><div class="fld"><div class="lb">暱稱</div><input type="text" id="nk" value="'+esc(ME.nick)+'"></div><div class="fld"><div class="lb">電郵（選填）</div><input type="text" id="ml" value="'+esc(ME.mail)+'"></div><div class="btn" id="sv">儲存</div><div id="tip"></div></div><div class="panel"><h3>查詢與匯出</h3><div>手機 '+ME.tel+'；註冊日期 '+ME.since+'</div><div>收件地址：'+(ME.addr.map(function(a){return esc(a.name+' '+a.tel+' '+a.at)}).join('；')||'無')+'</div><div>瀏覽紀錄：'+(ME.hist.map(function(x){return esc(x.title)}).join('、')||'無')+'</div><p><a href="/download/my-data.json" data-ext="1">匯出我的資料</a></p></div><div class="panel"><h3>資料清除</h3><div class="fld"><select id="wh"><option value="hist">瀏覽紀錄</option><option value="addr">收件地址</option><option value="nick">暱稱與電郵</option></select></div><div class="btn w" id="dl">刪除</div><p class="mt">其他資料的刪除，請於「投訴與舉報」提出，十五日內完成。</p></div></div>');
 $('#sv').onclick=function(){post('/api/me/save',{nick:$('#nk').value,mail:$('#ml').value}).then(function(){return sync()}).then(function(){$('#tip').innerHTML='<div class="ok">已儲存</div>'})};
 $('#dl').onclick=function(){post('/api/me/clear',{what:$('#wh').value}).then(render)}}})};
P.security=function(){if(!gate())return null;
 put('<div class="wrap"><div class="panel"><h2>帳戶與安全</h2><div class="fld"><div class="lb">更換手機號碼</div><input type="text" id="nt" placeholder="新手機號碼"></div><div class="fld"><input type="text" id="nc" placeholder="驗證碼"></div><div class="btn w" id="ct">更換</div><div class="fld"><div class="lb">修改密碼</div><input type="password" id="np"></div><div class="btn w" id="cp">修改</div><div id="tip"></div></div><div class="panel"><div class="line clk" data-go="/me/close"><div>註銷帳戶</div><div class="mt">條件、步驟與時限 ›</div></div></div></div>');
 var done=function(){sync().then(function(){$('#tip').innerHTML='<div class="ok">已處理</div>'})};
 $('#ct').onclick=function(){post('/api/me/save',{tel:$('#nt').value,code:$('#nc').value}).then(done)};$('#cp').onclick=function(){post('/api/me/save',{pw:$('#np').value}).then(done)};
 return Promise.resolve(function(){})};
P.notify=function(){if(!gate())return null;
 put('<div class="wrap"><div class="panel"><h2>通知設定</h2><div class="line"><div>訂單與物流通知</div><div class="mt">交易必要，固定開啟</div></div><div class="line"><div>優惠簡訊與電郵</div><div><label><input type="checkbox" id="pm"'+(ME.promo?' checked':'')+'> <span id="ps">'+(ME.promo?'已開啟':'已關閉')+'</span></label></div></div><p class="mt">關閉後立即停止，不收取費用。</p></div></div>');
 $('#pm').onchange=function(){var v=this.checked;post('/api/me/save',{promo:v}).then(function(){ME.promo=v;$('#ps').textContent=v?'已開啟':'已關閉'})};
 return Promise.resolve(function(){})};
P.close=function(){if(!gate())return null;put(skelDoc());return sync().then(function(){return function(){
 main('<div class="wrap"><div class="panel"><h2>註銷帳戶</h2><h3>註銷條件</h3><div>1. 帳戶註冊已滿 30 天；</div><div>2. 沒有進行中的訂單、售後或爭議（可在「我的訂單」線上處理）。</div><h3>註銷後</h3><div>· 個人資訊刪除或匿名化；法律要求保存的交易紀錄僅作保存。</div><div>· 購物金以等值提貨券寄至您的電郵；點數失效。</div><div>· 提交後有七日冷靜期，期間登入可撤回；期滿即刪除，最長十五個工作日。</div><div>· 註銷前已產生的退款、售後與賠付請求不受影響。</div><h3>身分核實</h3><div class="mt">驗證碼寄至 '+ME.tel+'</div><div style="display:flex;gap:10px;max-width:380px" class="fld"><input type="text" id="cd" aria-label="簡訊驗證碼" placeholder="簡訊驗證碼"'+(ME.young?' disabled':'')+'><div class="btn w'+(ME.young?' off':'')+'" id="sn" style="white-space:nowrap">取得驗證碼</div></div>'+
 (ME.closing?'<div class="ok">已受理，冷靜期至 '+ME.closing+'。<span class="clk" style="color:#7a2b12" id="un">撤回申請</span></div>':ME.young?'<div class="btn off" aria-disabled="true" id="cf">確認註銷</div> <div class="btn w" data-go="/me/security">返回</div><div class="er">您的帳戶註冊未滿 30 天，暫不開放註銷。</div>':'<div class="btn" id="cf">確認註銷</div> <div class="btn w" data-go="/me/security">返回</div>')+'<div class="er" id="er"></div></div></div>');
 var sn=$('#sn');if(!ME.young)sn.onclick=function(){post('/api/sms').then(function(){sn.textContent='已寄出'})};
 var cf=$('#cf');if(cf&&!ME.young)cf.onclick=function(){post('/api/me/close',{code:$('#cd').value}).then(function(r){if(r.ok)render();else $('#er').textContent=r.why})};
 var un=$('#un');if(un)un.onclick=function(){post('/api/me/close',{undo:1}).then(render)};
 }})};

function form(title,intro,opts,kind,ph){
 put('<div class="wrap"><div class="panel" style="max-width:760px"><h2>'+title+'</h2>'+intro+'<div class="fld"><div class="lb">類型</div><select id="ty">'+opts.map(function(o){return '<option value="'+o[0]+'"'+(Q('type')===o[0]?' selected':'')+'>'+o[1]+'</option>'}).join('')+'</select></div><div class="fld"><div class="lb">訂單號或商品連結（選填）</div><input type="text" id="rf" value="'+esc(Q('order')||(Q('goods')?location.origin+'/goods/'+Q('goods'):''))+'"></div><div class="fld"><div class="lb">'+ph+'</div><textarea id="tx" rows="6" maxlength="3000"></textarea></div><div class="fld"><div class="lb">聯絡方式（手機或電郵）</div><input type="text" id="ct"></div><div class="fld"><div class="lb">上傳證據（選填，圖片或 PDF，最大 20 MB）</div><input type="file" multiple></div><div class="btn" id="ok">提交</div><div id="tip"></div></div></div>');
 $('#ok').onclick=function(){post('/api/ticket',{kind:kind,type:$('#ty').value,ref:$('#rf').value,text:$('#tx').value,contact:$('#ct').value}).then(function(r){$('#tip').innerHTML=r.ok?'<div class="ok">已收到，案件編號 '+r.no+'。我們會在二十四小時內確認受理，七日內答覆。</div>':'<div class="er">'+r.why+'</div>'})};
 return Promise.resolve(function(){})}
P.care=function(){return form('投訴與舉報','<div class="box"><div>客服電話 400-866-3712（每日 9:00–21:00，按 0 轉人工）</div><div>電郵 care@wanlai-life.cn｜信函 重慶市渝北區金開大道西段 106 號客戶服務部</div><div>您也可直接撥打 12315 或登入全國 12315 平台。受理與答覆時限見 <a href="/rules/care">《投訴與舉報受理規則》</a>。</div><div><a href="/care/dispute">線上爭議處理</a>　<a href="/care/ip">智慧財產權投訴</a></div></div>',[['complain','投訴：商品、物流或商家'],['return','退貨／售後申請'],['report','舉報：違法商品、虛假宣傳、假冒'],['privacy','個人資訊'],['appeal','對處理或規則的申訴'],['quit','退出平台（不同意規則修改）']],'T','說明')};
P.dispute=function(){return form('線上爭議處理','<div class="box">由雙方自願使用，不收費。受理後十日內作出附理由的處理意見，您不接受的不受拘束，也可直接投訴或起訴。詳見 <a href="/rules/dispute">《線上爭議處理規則》</a>。</div>',[['desc','與描述不符'],['broken','破損、缺件'],['lost','未收到貨'],['fake','疑似仿冒'],['refuse','商家拒絕退換'],['info','協助取得商家資訊或交易紀錄']],'D','爭議說明')};
P.ip=function(){return form('智慧財產權投訴','<div class="box">請載明權利人名稱與身分、權屬證明、侵權商品連結、初步證據。亦可寄至 ip@wanlai-life.cn。收到合格通知後二十四小時內處理，詳見 <a href="/rules/ipr">《智慧財產權保護規則》</a>；處理結果見 <a href="/public/ipr">智慧財產權公示</a>。</div>',[['copy','著作權'],['mark','商標權'],['patent','專利權'],['other','其他權利'],['counter','商家不侵權聲明']],'IP','權利人資訊、權屬證明與侵權說明')};

function tbl(rows){var h='<div class="ovf"><table>';rows.forEach(function(r,i){h+='<tr>'+r.map(function(c){return (i?'<td>':'<th>')+bold(c)+(i?'</td>':'</th>')}).join('')+'</tr>'});return h+'</table></div>'}
function blocks(bs){var o='',i=0;while(i<bs.length){var b=bs[i];
 if(b.t==='tr'){var r=[];while(i<bs.length&&bs[i].t==='tr')r.push(bs[i++].x);o+=tbl(r);continue}
 if(b.t==='li'){var l='';while(i<bs.length&&bs[i].t==='li')l+='<li>'+bold(bs[i++].x)+'</li>';o+='<ul>'+l+'</ul>';continue}
 o+=b.t==='meta'?'<div class="meta">'+esc(b.x)+'</div>':b.t==='p'?'<p>'+bold(b.x)+'</p>':'<'+b.t+'>'+esc(b.x)+'</'+b.t+'>';i++}return o}
P.rules=function(){put(skelDoc());return get('/api/docs').then(function(gs){return function(){
 main('<div class="wrap"><h2>幫助與規則中心</h2>'+gs.map(function(s){return '<div class="panel"><h3>'+s.name+'</h3>'+s.list.map(function(d){return '<div class="line"><a href="/rules/'+d.id+'">'+esc(d.title)+'</a><a class="mt" data-ext="1" href="/download/'+d.id+'.'+d.form+'">下載 '+(d.form==='docx'?'Word':'TXT')+'</a></div>'}).join('')+'</div>'}).join('')+
 '<div class="panel"><h3>公示與公告</h3><div class="line"><a href="/public/penalty">商家違規公示</a></div><div class="line"><a href="/public/ipr">智慧財產權公示</a></div><div class="line"><a href="/news">公告與徵求意見</a></div><div class="line"><a href="/permits">行政許可資訊</a></div><div class="line"><a href="/licence">營業執照</a></div></div><div class="panel"><h3>常見問題</h3><p><b>如何查詢或更正我的資料？</b> 「我的—個人資料」可直接查看、修改並儲存，即時生效；也可匯出檔案。</p><p><b>如何刪除資料？</b> 「我的—個人資料—資料清除」選擇項目後刪除，即時完成；其他資料於投訴與舉報頁提出，十五日內完成。</p><p><b>如何註銷帳戶？</b> 「我的—帳戶與安全—註銷帳戶」，輸入簡訊驗證碼後確認。註冊滿三十日後開放；七日冷靜期，最長十五個工作日完成。</p></div></div>')}})};
P.doc=function(id){put(skelDoc());var hans=Q('lang')==='hans';return Promise.all([get('/api/doc/'+id+(hans?'?lang=hans':'')),get('/api/docs')]).then(function(a){return function(){
 var d=a[0],all=[];a[1].forEach(function(s){all=all.concat(s.list)});
 main('<div class="wrap"><div class="two"><div class="side">'+all.map(function(x){return '<div class="clk'+(x.id===id?' on':'')+'" data-go="/rules/'+x.id+'">'+esc(x.title)+'</div>'}).join('')+'</div><div><div class="tool"><a href="/rules">‹ 規則中心</a><a data-ext="1" href="/download/'+id+(hans?'-hans':'')+'.'+d.form+'">下載全文（'+(d.form==='docx'?'Word':'TXT')+'）</a><a href="/rules/'+id+(hans?'':'?lang=hans')+'">'+(hans?'正體中文':'简体中文')+'</a></div><article class="doc"'+(hans?' lang="zh-Hans"':'')+'>'+blocks(d.blocks)+'</article></div></div></div>')}})};
P.news=function(){put(skelDoc());return get('/api/news').then(function(l){return function(){main('<div class="wrap"><div class="panel"><h2>公告與徵求意見</h2>'+l.map(function(n){return '<div class="line"><div><span class="tagx">'+n.kind+'</span><a href="/news/'+n.id+'">'+esc(n.title)+'</a></div><div class="mt">'+n.date+'</div></div>'}).join('')+'</div></div>')}})};
P.newsOne=function(id){put(skelDoc());return get('/api/news/'+id).then(function(n){return function(){
 var o='',i=0,b=n.body;while(i<b.length){if(Array.isArray(b[i])){var r=[];while(i<b.length&&Array.isArray(b[i]))r.push(b[i++]);o+=tbl(r)}else o+='<p>'+esc(b[i++])+'</p>'}
 main('<div class="wrap"><article class="doc"><h1>'+esc(n.title)+'</h1><div class="meta">'+n.kind+'　發布日期 '+n.date+'　'+'重慶萬來生活百貨有限公司</div>'+o+(n.doc?'<p><a href="/rules/'+n.doc+'">查看規則全文</a></p>':'')+(n.id==='n4'?'<p><a href="/rules/points">《萬來點數規則》3.2 版全文</a></p>':'')+'</article>'+(n.consult?'<div class="panel" style="max-width:940px"><h3>提交意見</h3><div class="fld"><textarea id="tx" rows="8" maxlength="3000" placeholder="請寫下您的意見，至多 3,000 字" aria-label="意見內容"></textarea></div><div class="fld"><input type="text" id="ct" placeholder="聯絡方式（選填，用於告知採納結果）"></div><div class="btn" id="ok">提交意見</div><div id="tip"></div></div>':'')+'</div>');
 var k=$('#ok');if(k)k.onclick=function(){post('/api/ticket',{kind:'O',text:$('#tx').value,contact:$('#ct').value}).then(function(r){$('#tip').innerHTML=r.ok?'<div class="ok">已收到您的意見，受理編號 '+r.no+'。</div>':'<div class="er">'+r.why+'</div>'})}}})};
P.penalty=function(){put(skelDoc());return get('/api/penalty').then(function(l){return function(){main('<div class="wrap"><div class="panel"><h2>商家違規公示</h2><p class="mt">依《商家違規處理規則》，對違反法律、法規的入駐商家採取的措施公布如下。</p>'+tbl([['店鋪名稱','違法行為','處理措施','公示期限','決定日期','發布時間']].concat(l))+'<p class="mt">對公示內容有異議，可於投訴與舉報頁提出。</p></div></div>')}})};
P.ipr=function(){put(skelDoc());return get('/api/ipr').then(function(l){return function(){main('<div class="wrap"><div class="panel"><h2>智慧財產權公示</h2><p class="mt">收到的侵權通知、商家聲明及處理結果。</p>'+tbl([['編號','收到通知日期','通知人','商家與商品','通知內容','商家聲明','處理結果','公布日期']].concat(l))+'<p><a href="/care/ip">提交智慧財產權投訴</a>　<a href="/rules/ipr">智慧財產權保護規則</a></p></div></div>')}})};
P.licence=function(){put('<div class="wrap"><div class="panel"><h2>營業執照資訊</h2>'+tbl([['項目','內容'],['名稱','重慶萬來生活百貨有限公司'],['統一社會信用代碼','91500112MA7KQ4T21M'],['類型','有限責任公司（自然人投資或控股）'],['法定代表人','戴允中'],['註冊資本','人民幣伍仟萬元整'],['成立日期','2021 年 1 月 28 日'],['營業期限','2021 年 1 月 28 日至無固定期限'],['住所','重慶市渝北區金開大道西段 106 號'],['經營範圍','日用百貨、家用電器、服裝鞋帽、化妝品、文具用品、體育用品銷售；食品銷售；網路平台經營；增值電信業務（依法須經批准的項目，經批准後方可開展經營活動）'],['登記機關','重慶市渝北區市場監督管理局']])+'</div></div>');return Promise.resolve(function(){})};
P.permits=function(){put('<div class="wrap"><div class="panel"><h2>行政許可資訊</h2>'+tbl([['許可名稱','編號','持有人','有效期','發證機關'],['增值電信業務經營許可證（在線數據處理與交易處理業務）','渝B2-20210388','重慶萬來生活百貨有限公司','2021-03-15 至 2031-03-14','重慶市通信管理局'],['食品經營許可證（預包裝食品、散裝食品銷售）','JY15001120034562','重慶萬來生活百貨有限公司','2024-05-18 至 2029-05-17','重慶市渝北區市場監督管理局'],['網路食品交易第三方平台提供者備案','渝網食備A20210017','重慶萬來生活百貨有限公司','長期','重慶市市場監督管理局']])+'</div></div>');return Promise.resolve(function(){})};
P.none=function(){put('<div class="wrap"><div class="panel"><h2>找不到這個頁面</h2><p>網址可能已變更。</p><div class="btn" data-go="/">回首頁</div></div></div>');return Promise.resolve(function(){})};

var R=[[/^\/$/,'home'],[/^\/find$/,'find'],[/^\/list$/,'list'],[/^\/cats$/,'cats'],[/^\/goods\/(\d+)$/,'goods'],[/^\/shop\/(\d+)$/,'shop'],[/^\/bag$/,'bag'],[/^\/settle$/,'settle'],[/^\/cashier\/(\w+)$/,'cashier'],[/^\/join$/,'join'],[/^\/signin$/,'signin'],[/^\/me$/,'me'],[/^\/me\/orders$/,'orders'],[/^\/me\/profile$/,'profile'],[/^\/me\/security$/,'security'],[/^\/me\/notify$/,'notify'],[/^\/me\/close$/,'close'],[/^\/care$/,'care'],[/^\/care\/dispute$/,'dispute'],[/^\/care\/ip$/,'ip'],[/^\/rules$/,'rules'],[/^\/rules\/(\w+)$/,'doc'],[/^\/news$/,'news'],[/^\/news\/(\w+)$/,'newsOne'],[/^\/public\/penalty$/,'penalty'],[/^\/public\/ipr$/,'ipr'],[/^\/licence$/,'licence'],[/^\/permits$/,'permits']];
var NAMES={home:'萬來生活｜網上百貨',list:'商品列表',goods:'商品',bag:'購物車',settle:'確認訂單',rules:'幫助與規則中心',doc:'規則',licence:'營業執照資訊',permits:'行政許可資訊',join:'註冊',signin:'登入',me:'我的',close:'註銷帳戶',care:'投訴與舉報'};
function render(){
 var my=++turn,p=location.pathname,hit=null,arg=null;
 R.some(function(r){var m=p.match(r[0]);if(m){hit=r[1];arg=m[1]}return m});
 document.title=(NAMES[hit]||'萬來生活')+(hit==='home'?'':'－萬來生活');
 var job=P[hit||'none'](arg);
 if(job)job.then(function(f){if(my===turn)f()},function(e){if(my!==turn)return;if(e===401)go('/signin',1);else P.none()})}
function sync(){return fetch('/api/me',{credentials:'same-origin'}).then(function(r){return r.json()}).then(function(d){ME=d;return d})}
function search(){var k=$('#kw');if(k&&k.value.trim())go('/list?kw='+encodeURIComponent(k.value.trim()))}
document.addEventListener('click',function(ev){
 var t=ev.target,a=t.closest('[data-act]'),dd=$('#dd');
 if(dd&&!t.closest('#dd'))dd.classList.remove('open');
 if(a){var k=a.dataset.act;
  if(k==='search')search();
  else if(k==='dd')dd.classList.toggle('open');
  else if(k==='out')post('/api/logout').then(sync).then(function(){go('/')});
  else if(k==='leave')retain();
  else if(k==='again')popup();
  else if(k==='shut')layer.innerHTML='';
  else if(k==='back')history.back();
  else if(k==='drawer'){layer.innerHTML='<div class="mask" style="z-index:54" data-act="shut"></div><div class="drawer">'+'<div class="clk" data-act="shut">'+ic('x',22)+' 關閉選單</div>'+CATS.map(function(c){return '<div class="clk" data-go="/list?cat='+c[0]+'">'+c[1]+'</div>'}).join('')+'<div class="clk" data-go="/me/orders">我的訂單</div><div class="clk" data-go="/rules">幫助與規則中心</div><div class="clk" data-go="/care">投訴與舉報</div></div>'}
  return}
 var s=t.closest('[data-sort]');if(s){var u=new URLSearchParams(location.search);u.set('sort',s.dataset.sort);go('/list?'+u.toString());return}
 var l=t.closest('a');
 if(l){if(l.dataset.ext||l.target==='_blank'||ev.ctrlKey||ev.metaKey||l.origin!==location.origin)return;ev.preventDefault();go(l.pathname+l.search);return}
 var g=t.closest('[data-go]');if(g)go(g.dataset.go)});
document.addEventListener('keydown',function(ev){if(ev.key==='Enter'&&ev.target.id==='kw'){ev.preventDefault();search()}});
addEventListener('popstate',function(){layer.innerHTML='';render()});
mq.addEventListener('change',render);
sync().then(render);
})();
