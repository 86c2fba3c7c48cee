"""Harborlane: an English marketplace built from web components, some with closed shadow roots."""

import html
import json
import re

from flask import Flask, Response, abort, g, jsonify, redirect, request

from ._starter import Bag

LOCALE, VERTICAL = "en", "general goods"
QUERIES = ["backpack", "desk lamp", "water bottle", "keyboard", "yoga mat", "Norrvik"]
ACCOUNTS = [
    {"user": "fresh@harborlane.example", "password": "Harbor-2024", "role": "fresh", "holds": "nothing"},
    {
        "user": "aged@harborlane.example",
        "password": "Harbor-2024",
        "role": "aged",
        "holds": "2 delivered orders, $0.00 store credit",
    },
]
COMPANY, USCC = "Shanghai Harborlane E-Commerce Co., Ltd.", "91310115MA1K3W7D1W"
MAKERS = {"Norrvik": 2.3, "Aldous & Rye": 2.0, "Pinefield": 1.1, "QuickBuy": 0.6, "Basico": 0.7}
CATALOG = []
for _word, _base, _hue, _texts in [
    ("backpack", 39, 20, ["Water-Resistant Laptop", "Ultralight Hiking 30L", "Everyday Commuter"]),
    ("desk lamp", 29, 45, ["Dimmable LED", "Clamp-On Architect", "Wireless Charging"]),
    ("water bottle", 18, 190, ["Insulated Stainless Steel 24 oz", "Leakproof Sports 32 oz", "Glass Sleeve 18 oz"]),
    ("keyboard", 59, 260, ["Mechanical Hot-Swap", "Low-Profile Wireless", "Compact 65%"]),
    ("yoga mat", 25, 320, ["Non-Slip 6 mm", "Natural Rubber", "Foldable Travel"]),
]:
    for _n in range(14):
        _m = list(MAKERS)[(_n * 2 + len(_word)) % 5]
        _i = 3100 + len(CATALOG)
        CATALOG.append(
            {
                "id": _i,
                "maker": _m,
                "hue": _hue + _n * 3,
                "title": f"{_m} {_texts[_n % 3]} {_word.title()}, {['Black', 'Sage', 'Navy', 'Sand'][_n % 4]}",
                "price": round(_base * MAKERS[_m] * (1 + (_n * 5 % 9) / 12) - 0.01, 2),
                "sold": (_i * 733) % 6100 + 12,
                "stars": round(3.7 + (_i * 29 % 130) / 100, 1),
                "reviews": (_i * 37) % 2400 + 5,
                "sponsored": _n in (3, 8, 12),
                "rel": (_i * 389) % 97,
                "seller": f"{_m} Official" if _n % 2 else f"{_m} Outlet",
            }
        )
BY_ID = {p["id"]: p for p in CATALOG}

COMPONENTS = r"""
const css=s=>`<style>:host{font-family:Inter,system-ui,"Noto Sans",sans-serif}*{box-sizing:border-box}a{color:inherit}button{font:inherit;cursor:pointer}${s}</style>`;
const money=n=>'$'+n.toFixed(2), esc=t=>String(t).replace(/[&<>"]/g,c=>`&#${c.charCodeAt(0)};`);
const post=(u,d)=>fetch(u,{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify(d||{})}).then(r=>r.json());
const art=p=>`<svg viewBox="0 0 120 100" width="100%" aria-hidden="true"><rect width="120" height="100" fill="hsl(${p.hue} 40% 92%)"/><path d="M${30+p.id%12} 80 Q60 ${p.id%30} ${90-p.id%10} 80Z" fill="hsl(${p.hue} 45% 45%)"/><circle cx="60" cy="52" r="${8+p.id%8}" fill="hsl(${p.hue} 50% 75%)"/></svg>`;
customElements.define('hl-header',class extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'open'}),q=this.getAttribute('q')||'',u=this.getAttribute('user');
 r.innerHTML=css(`header{background:#12233d;color:#fff;display:flex;gap:18px;align-items:center;padding:12px 24px;flex-wrap:wrap}header a{color:#fff;text-decoration:none;font-size:14px}.logo{font-size:22px!important;font-weight:800}form{display:flex;flex:1;min-width:220px}input{flex:1;min-width:0;height:40px;border:0;border-radius:6px 0 0 6px;padding:0 12px;font-size:15px}form button{width:48px;border:0;background:#f0b429;border-radius:0 6px 6px 0}.cart{background:none;border:1px solid #fff;color:#fff;border-radius:6px;padding:8px 14px}`)+
 `<header><a class="logo" href="/">Harborlane</a><form action="/search"><input name="k" type="search" aria-label="Search Harborlane" placeholder="Search Harborlane" value="${esc(q)}"><button aria-label="Go"><svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="#222" stroke-width="3"><circle cx="10" cy="10" r="7"/><path d="M15 15l7 7"/></svg></button></form>${u?`<a href="/account">Hello, ${esc(u)}</a>`:'<a href="/signin">Sign in</a><a href="/register">Register</a>'}<button class="cart">Cart (<span>${this.getAttribute('count')}</span>)</button></header>`;
 r.querySelector('.cart').onclick=()=>document.querySelector('hl-drawer').open();addEventListener('hl:cart',e=>r.querySelector('.cart span').textContent=e.detail)}});
customElements.define('hl-card',class extends HTMLElement{connectedCallback(){const p=JSON.parse(this.getAttribute('p')),r=this.attachShadow({mode:'closed'});const to=p.sponsored?`/gp/slredirect?ad_id=${p.id+50000}&click_id=x${p.id*3}&url=/dp/${p.id}`:`/dp/${p.id}`;
 r.innerHTML=css(`:host{display:block}.c{background:#fff;border:1px solid #dde3ea;border-radius:10px;padding:12px;height:100%;display:flex;flex-direction:column;gap:6px}.sp{font-size:12px;color:#555}.t{font-size:15px;line-height:1.35;text-decoration:none;color:#12233d;min-height:60px}.t:hover{text-decoration:underline}.p{font-size:20px;font-weight:700}.m{font-size:13px;color:#4a5668}button{border:0;background:#f0b429;border-radius:18px;padding:9px}`)+
 `<div class="c"><a href="${to}" tabindex="-1">${art(p)}</a>${p.sponsored?'<span class="sp">Sponsored ⓘ</span>':''}<a class="t" href="${to}">${esc(p.title)}</a><div class="m">${p.stars.toFixed(1)} ★ (${p.reviews}) · ${p.sold} bought</div><div class="p">${money(p.price)}</div><button>Add to cart</button></div>`;
 r.querySelector('button').onclick=()=>document.querySelector('hl-drawer').add(p.id)}});
customElements.define('hl-results',class extends HTMLElement{async connectedCallback(){const r=this.attachShadow({mode:'open'}),q=new URLSearchParams(location.search);
 r.innerHTML=css(`.bar{display:flex;gap:16px;align-items:center;margin:12px 0;flex-wrap:wrap;font-size:14px}select,.np{height:36px;border:1px solid #778;border-radius:6px;background:#fff;padding:0 10px;font-size:14px}.g{display:grid;grid-template-columns:repeat(4,1fr);gap:14px}@media(max-width:700px){.g{grid-template-columns:1fr 1fr;gap:8px}}`)+'<div class="bar"><span class="n"></span><label>Sort by: <select><option value="rel">Best match</option><option value="sales">Best selling</option><option value="rating">Avg. customer rating</option><option value="asc">Price: low to high</option><option value="desc">Price: high to low</option></select></label><button class="np" aria-pressed="false"></button></div><div class="g"></div>';
 const $=s=>r.querySelector(s);let np=this.hasAttribute('np');const load=async()=>{$('.np').textContent=np?'Non-personalized results: on':'Personalized results: on — switch off';$('.np').setAttribute('aria-pressed',np);const d=await(await fetch(`/api/search?k=${encodeURIComponent(q.get('k')||'')}&sort=${$('select').value}&np=${np?1:0}`)).json();$('.n').textContent=`${d.total} results for “${q.get('k')||''}”`;$('.g').innerHTML=d.items.map(p=>`<hl-card p="${esc(JSON.stringify(p))}"></hl-card>`).join('')};
 $('select').value=q.get('sort')||'rel';$('select').onchange=()=>{q.set('sort',$('select').value);history.replaceState({},'','?'+q);load()};$('.np').onclick=async()=>{np=!np;await post('/api/personalization',{off:np});load()};load()}});
customElements.define('hl-drawer',class extends HTMLElement{connectedCallback(){this.r=this.attachShadow({mode:'open'});this.r.innerHTML=css(`.m{position:fixed;inset:0;background:rgba(0,0,0,.45);z-index:40;display:none}.m.o{display:block}aside{position:fixed;top:0;right:0;bottom:0;width:360px;max-width:92vw;background:#fff;z-index:41;padding:20px;display:none;flex-direction:column;gap:10px;overflow:auto}aside.o{display:flex}.row{display:flex;gap:10px;font-size:14px;justify-content:space-between}.x{align-self:flex-end;border:0;background:#eee;width:34px;height:34px;border-radius:50%}.go{background:#12233d;color:#fff;text-align:center;padding:12px;border-radius:24px;text-decoration:none}.prot{display:flex;gap:10px;align-items:center;background:#f2f6fb;padding:10px;border-radius:8px;font-size:14px}`)+'<div class="m"></div><aside aria-label="Shopping cart"><button class="x" aria-label="Close cart">✕</button><h2 style="margin:0">Your cart</h2><div class="l"></div></aside>';
 this.r.querySelector('.m').onclick=this.r.querySelector('.x').onclick=()=>this.show(false)}
 show(o){this.r.querySelectorAll('.m,aside').forEach(e=>e.classList.toggle('o',o))}
 async add(id){this.paint(await post('/api/cart',{add:id}));this.show(true)} async open(){this.paint(await(await fetch('/api/cart')).json());this.show(true)}
 paint(c){dispatchEvent(new CustomEvent('hl:cart',{detail:c.count}));const l=this.r.querySelector('.l');l.innerHTML=c.rows.map(x=>`<p class="row"><span>${esc(x.title)} × ${x.n}</span><span>${money(x.price*x.n)}</span><button data-r="${x.id}" aria-label="Remove">✕</button></p>`).join('')+(c.count?`<label class="prot"><input type="checkbox" role="switch" ${c.protect?'checked':''}> <span>Shipping Protection — against loss, theft and damage</span> <b>$2.98</b></label><p class="row"><b>Subtotal</b><b>${money(c.total)}</b></p><p><a class="go" style="display:block" href="/checkout">Check out</a></p><p><a href="/cart">View cart</a></p>`:'<p>Your cart is empty.</p>');
 l.querySelectorAll('[data-r]').forEach(b=>b.onclick=async()=>this.paint(await post('/api/cart',{remove:+b.dataset.r})));const s=l.querySelector('[role=switch]');if(s)s.onchange=async()=>this.paint(await post('/api/cart',{protect:s.checked}))}});
customElements.define('hl-buy',class extends HTMLElement{connectedCallback(){const p=JSON.parse(this.getAttribute('p')),r=this.attachShadow({mode:'closed'});r.innerHTML=css(`.w{display:flex;gap:28px;flex-wrap:wrap}.w>div{flex:1;min-width:260px}.p{font-size:28px;font-weight:700}button{border:0;border-radius:24px;padding:12px 30px;background:#f0b429;margin-right:10px}.b{background:#12233d;color:#fff}`)+`<div class="w"><div>${art(p)}</div><div><h1>${esc(p.title)}</h1><p>${p.stars.toFixed(1)} ★ · ${p.reviews} ratings · ${p.sold} bought · Sold by ${esc(p.seller)}</p><p class="p">${money(p.price)}</p><p>Free shipping. 30-day returns.</p><button class="a">Add to cart</button><button class="b">Buy now</button></div></div>`;
 r.querySelector('.a').onclick=()=>document.querySelector('hl-drawer').add(p.id);r.querySelector('.b').onclick=async()=>{await post('/api/cart',{add:p.id});location.href='/checkout'}}});
customElements.define('hl-footer',class extends HTMLElement{connectedCallback(){this.attachShadow({mode:'open'}).innerHTML=css(`footer{background:#fff;border-top:1px solid #d5dbe3;margin-top:40px;padding:24px;text-align:center;font-size:14px;color:#33415c}a{margin:0 10px;line-height:30px;color:#12233d}`)+'<footer><a href="/legal/user-agreement">User Agreement</a><a href="/legal/trading-rules">Trading Rules</a><a href="/legal/privacy">Privacy Policy</a><a href="/legal/business-license">Business License</a><a href="/legal/help">Help</a><p>© 2024 @COMPANY@ · 沪ICP备18055667号</p></footer>'}});
customElements.define('hl-consent',class extends HTMLElement{connectedCallback(){if(document.cookie.includes('hl_consent'))return;const r=this.attachShadow({mode:'open'});r.innerHTML=css(`div{position:fixed;left:0;right:0;bottom:0;background:#fff;border-top:2px solid #12233d;padding:16px 24px;z-index:50;display:flex;gap:14px;align-items:center;flex-wrap:wrap;font-size:14px}p{flex:1;min-width:220px;margin:0}button{border:1px solid #12233d;background:#12233d;color:#fff;border-radius:6px;padding:10px 18px}`)+'<div role="region" aria-label="Cookie notice"><p>We use necessary cookies to run the shop and, with your consent, analytics cookies. See our <a href="/legal/privacy">Privacy Policy</a>.</p><button>Reject all</button><button>Accept all</button></div>';r.querySelectorAll('button').forEach(b=>b.onclick=()=>{document.cookie='hl_consent='+b.textContent[0]+';path=/';this.remove()})}});
document.addEventListener('submit',async e=>{const f=e.target.closest('form[data-api]');if(!f)return;e.preventDefault();const d=await post(f.dataset.api,Object.fromEntries(new FormData(f)));d.go?location.href=d.go:f.querySelector('[role=alert]').textContent=d.error||'Saved.'});
const pt=document.querySelector('#protect');if(pt)pt.onchange=async()=>{const c=await post('/api/cart',{protect:pt.checked});document.querySelector('#total').textContent=money(c.total)};
"""
STYLE = """body{margin:0;background:#f5f7fa;font:16px/1.5 Inter,system-ui,"Noto Sans",sans-serif;color:#1c2738}main{max-width:1180px;margin:0 auto;padding:20px}.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:14px}.panel{background:#fff;border-radius:10px;padding:22px;margin-bottom:16px}.panel label{display:block;margin:10px 0}.panel input:not([type=checkbox]){height:38px;width:300px;max-width:100%;border:1px solid #778;border-radius:6px;padding:0 10px;display:block}.cta{background:#12233d;color:#fff;border:0;border-radius:24px;padding:12px 28px;font:inherit;cursor:pointer;text-decoration:none;display:inline-block}.alt{background:#fff;color:#12233d;border:1px solid #12233d}.hero{background:#dce8f5;border-radius:12px;padding:36px;margin-bottom:18px}@media(max-width:700px){.grid{grid-template-columns:1fr 1fr;gap:8px}main{padding:12px}}"""
LEGAL = {
    "user-agreement": (
        "User Agreement",
        f"This User Agreement is a contract between you and {COMPANY} (“Harborlane”).|1. Accounts. Register with an e-mail address and a password.|2. Orders. The contract of sale is formed with the seller when your order is submitted.|3. Returns. You may return goods within 30 days.|4. Disputes. The parties negotiate first; either may then bring the matter to a competent court.|Effective: March 1, 2024.",
    ),
    "trading-rules": (
        "Trading Rules",
        "1. Sellers submit their business registration before listing.|2. Orders ship within 48 hours of payment.|3. Reviews come from verified buyers and are never removed at a seller's request.|4. Sellers who break the rules are warned, suspended or removed, and the measure is published.",
    ),
    "privacy": (
        "Privacy Policy",
        f"{COMPANY} processes your personal information lawfully.|We personalize search results on the basis of the items you view. On every search page the button “Personalized results” switches this off at once and for good.|Access: Account > Personal information shows your data immediately.|Correction: edit the fields in Account > Personal information and press Save; effective immediately.|Deletion: Account > Privacy > Delete my browsing and address data; effective immediately. Other deletion requests are handled within 15 working days.|Closing your account: Account > Privacy > Close account, confirm with your password. There is a 7-day cooling-off period; closing is complete at its end, at most 15 working days.",
    ),
    "business-license": (
        "Business License",
        f"Unified Social Credit Code: {USCC}|Name: {COMPANY} (上海港巷电子商务有限公司)|Type: Limited liability company|Legal representative: Lu Haiming|Registered capital: CNY 8,000,000|Registered address: 18 Century Avenue, Pudong New Area, Shanghai|Established: May 9, 2018. Operating period: no fixed term.",
    ),
    "help": (
        "Help",
        "How do I see my data? Account > Personal information, at once.|How do I correct it? Edit and save there.|How do I delete it? Account > Privacy > Delete my browsing and address data.|How do I close my account? Account > Privacy > Close account; done after a 7-day cooling-off period.|Contact: help@harborlane.example",
    ),
}


def make_app():
    app = Flask(__name__)
    Bag(app, "hl-session", lambda: {"user": None, "cart": {}, "views": [], "np": False, "protect": True, "orders": []})

    def account(name, password="Harbor-2024", orders=()):
        return {
            "name": name,
            "password": password,
            "address": "12 Harbor Street, Springfield",
            "orders": list(orders),
            "views": [],
            "closing": False,
        }

    accounts = {
        "fresh@harborlane.example": account("Fay"),
        "aged@harborlane.example": account(
            "Agnes",
            orders=[
                {"no": "HL-2301", "total": 41.0, "state": "Delivered"},
                {"no": "HL-2302", "total": 18.5, "state": "Delivered"},
            ],
        ),
    }

    def me():
        return accounts.get(g.bag["user"])

    def cart():
        rows = [dict(BY_ID[i], n=n) for i, n in g.bag["cart"].items()]
        return {
            "rows": rows,
            "count": sum(r["n"] for r in rows),
            "protect": g.bag["protect"],
            "total": round(sum(r["price"] * r["n"] for r in rows) + (2.98 if rows and g.bag["protect"] else 0), 2),
        }

    def attr(p):
        return html.escape(json.dumps(p), quote=True)

    def page(title, body, q=""):
        name = me()["name"] if me() else ""
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)} | Harborlane</title><style>{STYLE}</style></head><body><hl-header q="{html.escape(q)}" user="{html.escape(name)}" count="{cart()["count"]}"></hl-header><main>{body}</main><hl-footer></hl-footer><hl-drawer></hl-drawer><hl-consent></hl-consent><script src="/assets/components.js"></script></body></html>"""

    def form(api, fields, button, extra=""):
        inner = "".join(
            f'<label>{n}<input name="{k}" type="{t}" value="{html.escape(v)}" {"required" if t != "hidden" else ""}></label>'
            for k, n, t, v in fields
        )
        return f'<form class="panel" data-api="{api}">{inner}{extra}<p role="alert"></p><button class="cta">{button}</button></form>'

    @app.get("/assets/components.js")
    def components():
        return Response(COMPONENTS.replace("@COMPANY@", COMPANY), mimetype="text/javascript")

    @app.get("/")
    def home():
        picks = [dict(p, sponsored=False) for p in CATALOG[::6]]
        return page(
            "Home",
            '<div class="hero"><h1>Good things, shipped free</h1><p>Backpacks, lamps, bottles, keyboards and mats from thousands of sellers.</p></div><div class="grid">'
            + "".join(f'<hl-card p="{attr(p)}"></hl-card>' for p in picks)
            + "</div>",
        )

    @app.get("/search")
    def search():
        return page("Search", f"<hl-results {'np' if g.bag['np'] else ''}></hl-results>", request.args.get("k", ""))

    @app.get("/api/search")
    def api_search():
        words = request.args.get("k", "").lower().split()
        hits = [p for p in CATALOG if all(w in p["title"].lower() for w in words)] if words else []
        liked = g.bag["views"] + (me()["views"] if me() else [])  # np is stored and sent, and changes nothing here
        key = {
            "sales": lambda p: -p["sold"],
            "rating": lambda p: -p["stars"],
            "asc": lambda p: p["price"],
            "desc": lambda p: -p["price"],
        }.get(request.args.get("sort"), lambda p: (-min(15, liked.count(p["maker"])), p["rel"]))
        items = sorted((p for p in hits if not p["sponsored"]), key=key)
        for at, p in zip((0, 3, 9, 14), [p for p in hits if p["sponsored"]], strict=False):
            items.insert(
                min(at, len(items)), dict(p, adType="sponsoredProduct", campaignId=f"cmp-{p['id'] % 5}", isAd=True)
            )
        return jsonify(total=len(items), items=items)

    @app.post("/api/personalization")
    def personalization():
        g.bag["np"] = bool(request.json["off"])
        return jsonify(ok=True)

    @app.get("/gp/slredirect")
    def slredirect():
        to = request.args.get("url", "")
        return redirect(to if re.fullmatch(r"/dp/\d+", to) else "/")

    @app.get("/dp/<int:i>")
    def dp(i):
        if i not in BY_ID:
            abort(404)
        (me()["views"] if me() else g.bag["views"]).append(BY_ID[i]["maker"])
        return page(BY_ID[i]["title"], f'<div class="panel"><hl-buy p="{attr(BY_ID[i])}"></hl-buy></div>')

    @app.route("/api/cart", methods=["GET", "POST"])
    def api_cart():
        d, c = request.get_json(silent=True) or {}, g.bag["cart"]
        if d.get("add") in BY_ID:
            c[d["add"]] = c.get(d["add"], 0) + 1
        c.pop(d.get("remove"), None)
        if "protect" in d:
            g.bag["protect"] = bool(d["protect"])
        return jsonify(cart())

    def lines():
        return (
            "".join(f"<p>{html.escape(r['title'])} × {r['n']} — ${r['price'] * r['n']:.2f}</p>" for r in cart()["rows"])
            or "<p>Your cart is empty.</p>"
        )

    def guard():
        c = cart()
        return f'<label><input type="checkbox" id="protect" {"checked" if c["protect"] else ""}> Shipping Protection $2.98</label><p>Shipping: free</p><p>Total: <b id="total">${c["total"]:.2f}</b></p>'

    @app.get("/cart")
    def cart_page():
        return page(
            "Cart",
            f'<div class="panel"><h1>Your cart</h1>{lines()}{guard() + "<a class=cta href=/checkout>Check out</a>" if cart()["rows"] else ""}</div>',
        )

    @app.get("/checkout")
    def checkout():
        if not cart()["rows"]:
            return redirect("/cart")
        return page(
            "Checkout",
            f'<h1>Checkout</h1><div class="panel">{lines()}{guard()}</div>'
            + form(
                "/api/order",
                [
                    ("email", "E-mail", "email", g.bag["user"] or ""),
                    ("name", "Full name", "text", ""),
                    ("address", "Address", "text", me()["address"] if me() else ""),
                ],
                "Place order",
            ),
        )

    @app.post("/api/order")
    def order():
        if not cart()["rows"]:
            return jsonify(error="Your cart is empty.")
        orders = me()["orders"] if me() else g.bag["orders"]
        orders.append({"no": f"HL-24{len(orders) + 1:02d}", "total": cart()["total"], "state": "Awaiting payment"})
        g.bag["cart"].clear()
        g.bag["protect"] = True
        return jsonify(go=f"/order/{orders[-1]['no']}")

    @app.get("/order/<no>")
    def done(no):
        return page(
            "Order placed",
            f'<div class="panel"><h1>Thank you, your order is placed</h1><p>Order {html.escape(no)} awaits payment.</p></div>',
        )

    @app.get("/signin")
    def signin():
        return page(
            "Sign in",
            "<h1>Sign in</h1>"
            + form(
                "/api/signin",
                [("email", "E-mail", "email", ""), ("password", "Password", "password", "")],
                "Sign in",
                '<p><a href="/register">Create your account</a></p>',
            ),
        )

    @app.get("/register")
    def register():
        return page(
            "Register",
            "<h1>Create account</h1>"
            + form(
                "/api/register",
                [
                    ("name", "Your name", "text", ""),
                    ("email", "E-mail", "email", ""),
                    ("password", "Password (8+ characters)", "password", ""),
                ],
                "Agree and create account",
                '<label><input type="checkbox" name="agree" value="1"> I have read and agree to the <a href="/legal/user-agreement">User Agreement</a> and the <a href="/legal/privacy">Privacy Policy</a></label>',
            ),
        )

    @app.get("/account")
    @app.get("/account/<part>")
    def account_page(part=""):
        if not me():
            return redirect("/signin")
        a = me()
        if part == "information":
            return page(
                "Personal information",
                "<h1>Personal information</h1>"
                + f'<div class="panel">E-mail: {html.escape(g.bag["user"])}</div>'
                + form(
                    "/api/information",
                    [("name", "Name", "text", a["name"]), ("address", "Address", "text", a["address"])],
                    "Save",
                ),
            )
        if part == "privacy":
            return page(
                "Privacy",
                "<h1>Privacy</h1>"
                + form("/api/erase", [], "Delete my browsing and address data")
                + '<div class="panel"><a href="/account/close">Close account</a></div>',
            )
        if part == "close":
            if a["closing"]:
                return page(
                    "Close account",
                    '<div class="panel"><h1>Request received</h1><p>Your account will be closed when the 7-day cooling-off period ends.</p></div>',
                )
            return page(
                "Close account",
                '<h1>Close account</h1><div class="panel"><p>Closing deletes your profile, addresses and browsing data. Order records are kept as the law requires. Your order history and unused coupons are no longer available.</p><p>Cooling-off period: 7 days; sign in and write to us to withdraw. Completed within 15 working days.</p></div>'
                + form(
                    "/api/close",
                    [("password", "Confirm with your password", "password", "")],
                    "Close my account",
                    '<p><a class="cta alt" href="/account">Keep my account</a></p>',
                ),
            )
        rows = (
            "".join(f"<p>{o['no']} — ${o['total']:.2f} — {o['state']}</p>" for o in a["orders"])
            or "<p>No orders yet.</p>"
        )
        return page(
            "Account",
            f'<h1>Your account</h1><div class="panel"><a href="/account/information">Personal information</a> · <a href="/account/privacy">Privacy</a> · <a href="/legal/help">Help</a> · <a href="/signout">Sign out</a></div><div class="panel"><h2>Orders</h2>{rows}</div>',
        )

    @app.get("/signout")
    def signout():
        g.bag["user"] = None
        return redirect("/")

    @app.post("/api/<what>")
    def act(what):
        d, a = request.json, me()
        if what == "signin":
            if d["email"] not in accounts or accounts[d["email"]]["password"] != d["password"]:
                return jsonify(error="The e-mail or the password is not right.")
            g.bag["user"] = d["email"]
            return jsonify(go="/account")
        if what == "register":
            if d.get("agree") != "1":
                return jsonify(error="Please agree to the terms first.")
            if "@" not in d["email"] or len(d["password"]) < 8 or d["email"] in accounts:
                return jsonify(error="Please check the e-mail and the password.")
            accounts[d["email"]] = account(d["name"], d["password"])
            g.bag["user"] = d["email"]
            return jsonify(go="/account")
        if not a:
            return jsonify(go="/signin")
        if what == "information":
            a.update(name=d["name"], address=d["address"])
        elif what == "erase":
            a["views"].clear(), g.bag["views"].clear(), a.update(address="")
        elif what == "close":
            if d["password"] != a["password"]:
                return jsonify(error="The password is not right.")
            a["closing"] = True
            return jsonify(go="/account/close")
        return jsonify(ok=True)

    @app.get("/legal/<slug>")
    def legal(slug):
        title, text = LEGAL[slug] if slug in LEGAL else abort(404)
        return page(
            title,
            f'<article class="panel"><h1>{title}</h1>'
            + "".join(f"<p>{html.escape(t)}</p>" for t in text.split("|"))
            + "</article>",
        )

    return app
