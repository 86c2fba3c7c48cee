"""Maren & Holt: an English fashion label, built like a Shopify theme; the checkout sits in a frame of another origin."""

import re
import secrets

from flask import Flask, abort, g, jsonify, redirect, render_template_string, request

from ._starter import Bag

LOCALE, VERTICAL = "en", "fashion brand store (self-operated)"
QUERIES = ["dress", "linen", "knit", "trousers", "tote", "shirt"]
ACCOUNTS = [
    {"user": "fresh@maren.example", "password": "Holt!2024", "role": "fresh", "holds": "nothing"},
    {
        "user": "aged@maren.example",
        "password": "Holt!2024",
        "role": "aged",
        "holds": "1 delivered order, 50 reward points",
    },
]
COMPANY = "Hangzhou Maren Holt Apparel Co., Ltd."
TYPES = [
    ("dress", "Dresses", 128, ["Midi", "Wrap", "Slip"]),
    ("shirt", "Shirts", 88, ["Oversized", "Classic", "Camp-Collar"]),
    ("trousers", "Trousers", 98, ["Wide-Leg", "Tapered", "Pleated"]),
    ("knit", "Knitwear", 118, ["Ribbed", "Cable", "Fine-Gauge"]),
    ("tote", "Bags", 68, ["Market", "Weekender", "Everyday"]),
]
FABRICS, TONES = (
    ["Linen", "Cotton", "Wool", "Silk"],
    [("Oat", "#d9cdb8"), ("Ink", "#2b3440"), ("Moss", "#6b7355"), ("Clay", "#b06f52"), ("Sky", "#a9bccb")],
)
PRODUCTS = []
for _t, _c, _base, _cuts in TYPES:
    for _n in range(12):
        _i = len(PRODUCTS) + 1
        _tone = TONES[_n % 5]
        _title = f"The {_cuts[_n % 3]} {FABRICS[(_n + _i // 12) % 4]} {_t.title()} in {_tone[0]}"
        PRODUCTS.append(
            {
                "id": _i,
                "handle": re.sub(r"[^a-z]+", "-", _title.lower()) + f"-{_i}",
                "title": _title,
                "type": _t,
                "collection": _c.lower(),
                "tone": _tone[1],
                "price": _base + (_i * 11) % 60,
                "sold": (_i * 331) % 1900 + 9,
                "stars": round(4.0 + (_i * 17 % 100) / 100, 1),
                "reviews": (_i * 23) % 400 + 3,
                "rank": (_i * 43) % 61,
                "new": (_i * 29) % 61,
                "sizes": ["One size"] if _t == "tote" else ["XS", "S", "M", "L", "XL"],
            }
        )
HANDLE = {p["handle"]: p for p in PRODUCTS}
BY_ID = {p["id"]: p for p in PRODUCTS}
SORTS = [
    ("manual", "Featured"),
    ("best-selling", "Best selling"),
    ("title-ascending", "Alphabetically, A-Z"),
    ("price-ascending", "Price, low to high"),
    ("price-descending", "Price, high to low"),
    ("created-descending", "Date, new to old"),
]

THEME = """:root{--ink:#22211f}*{box-sizing:border-box}body{margin:0;font:16px/1.6 "Assistant","Helvetica Neue",Arial,sans-serif;color:var(--ink);background:#fff}a{color:inherit}.page-width{max-width:1240px;margin:0 auto;padding:0 24px}.announcement-bar{background:var(--ink);color:#fff;text-align:center;font-size:13px;padding:8px}.header{display:flex;align-items:center;gap:26px;padding:18px 24px;max-width:1240px;margin:0 auto;position:relative}.header__heading{font:700 24px Georgia,serif;text-decoration:none;letter-spacing:.04em}.header__menu{display:flex;gap:22px;list-style:none;margin:0;padding:0}.header__menu>li>a{text-decoration:none;padding:10px 0;display:block}.mega-menu{display:none;position:absolute;left:0;right:0;top:100%;background:#fff;border-top:1px solid #ddd;box-shadow:0 10px 20px rgba(0,0,0,.08);padding:22px 24px;z-index:30;gap:40px}.header__menu>li:hover .mega-menu,.header__menu>li:focus-within .mega-menu{display:flex}.mega-menu ul{list-style:none;padding:0;margin:0;line-height:2}
.header__icons{margin-left:auto;display:flex;gap:14px;align-items:center}.header__icons form{display:flex}.header__icons input{border:1px solid #777;height:38px;padding:0 10px;width:170px;font-size:15px}.icon-btn{border:0;background:none;font:inherit;cursor:pointer;padding:8px}.search-go{border:1px solid #777;border-left:0;background:#fff;height:38px;cursor:pointer}.menu-drawer-toggle{display:none}.banner{background:linear-gradient(100deg,#d9cdb8,#a9bccb);padding:70px 24px;text-align:center;font-family:Georgia,serif}
.product-grid{display:grid;grid-template-columns:repeat(4,1fr);gap:22px;list-style:none;padding:0}.card__media{aspect-ratio:.85;display:flex;align-items:center;justify-content:center;background:#f3f1ec}.card__media svg{width:62%;height:70%}.card__heading{font-size:15px;margin:8px 0 2px;font-weight:400}.card__heading a{text-decoration:none}.card__heading a:hover{text-decoration:underline}.price{font-weight:700}.rating{font-size:13px;color:#55524c}.facets{display:flex;justify-content:space-between;align-items:center;flex-wrap:wrap;gap:10px;margin:20px 0}.facets select{height:38px;padding:0 8px;font-size:15px}
.button{background:var(--ink);color:#fff;border:0;height:48px;padding:0 34px;font:inherit;cursor:pointer;display:inline-block;line-height:48px;text-decoration:none;text-align:center}.button--secondary{background:#fff;color:var(--ink);border:1px solid var(--ink);line-height:46px}.chips{border:0;padding:0;display:flex;gap:8px;flex-wrap:wrap}.chips input{position:absolute;opacity:0}.chips label{border:1px solid #777;border-radius:20px;padding:6px 16px;cursor:pointer}.chips input:checked+label{background:var(--ink);color:#fff}.chips input:disabled+label{color:#8a8a8a;text-decoration:line-through;cursor:not-allowed}.product{display:grid;grid-template-columns:1fr 1fr;gap:40px;margin-top:24px}
.cart-drawer{position:fixed;inset:0;background:rgba(0,0,0,.4);z-index:60;visibility:hidden}.cart-drawer.active{visibility:visible}.drawer__inner{position:absolute;right:0;top:0;bottom:0;width:400px;max-width:94vw;background:#fff;padding:24px;overflow:auto;transform:translateX(100%);transition:transform .2s}.active .drawer__inner{transform:none}.drawer__row{display:flex;justify-content:space-between;gap:12px;border-bottom:1px solid #eee;padding:10px 0;font-size:15px}.field{margin:12px 0;display:block}.field input:not([type=checkbox]){display:block;height:42px;width:340px;max-width:100%;border:1px solid #777;padding:0 10px;font-size:15px}
.footer{background:#f3f1ec;margin-top:60px;padding:40px 0 24px;font-size:15px}.footer__blocks{display:grid;grid-template-columns:repeat(3,1fr);gap:30px}.footer-block ul{list-style:none;padding:0;margin:8px 0;line-height:2}.footer-block button{border:0;background:none;font:700 16px/2 inherit;padding:0;pointer-events:none}.footer__copyright{border-top:1px solid #d5d1c8;margin-top:24px;padding-top:16px;font-size:13px}
.newsletter-popup{position:fixed;inset:0;background:rgba(0,0,0,.45);z-index:80;display:flex;align-items:center;justify-content:center}.newsletter-popup__content{background:#fff;width:460px;padding:52px 40px 36px;text-align:center;position:relative}.newsletter-popup__close{position:absolute;right:10px;top:10px;width:36px;height:36px;border:0;background:#fff;color:#dcdcdc;font-size:22px;line-height:1;cursor:pointer}
@media(max-width:749px){.header__menu,.header__icons form{display:none}.header__menu.open{display:block;position:absolute;top:100%;left:0;right:0;background:#fff;padding:16px 24px;z-index:40;border-bottom:1px solid #ccc}.menu-drawer-toggle{display:block}.mobile-search{display:flex!important;padding:0 16px 12px}.product-grid{grid-template-columns:1fr 1fr;gap:12px}.product,.footer__blocks{grid-template-columns:1fr}.footer-block ul{display:none}.footer-block.open ul{display:block}.footer-block button{pointer-events:auto;width:100%;text-align:left;cursor:pointer}.footer-block button:after{content:"+";float:right}.newsletter-popup{align-items:flex-end}.newsletter-popup__content{width:100%}.newsletter-popup__close{color:#222;background:#eee}.page-width{padding:0 16px}}"""
LAYOUT = (
    """<!doctype html><html class="no-js" lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ title }} – Maren & Holt</title><style>"""
    + THEME
    + """</style></head><body class="gradient"><div class="announcement-bar">Free returns within 30 days</div>
<header class="section-header" style="position:relative"><div class="header"><button class="menu-drawer-toggle icon-btn" aria-label="Menu">☰</button><a class="header__heading" href="/">MAREN & HOLT</a><ul class="header__menu"><li><a href="/collections/all">Women</a><div class="mega-menu"><ul><li><b>Clothing</b></li>{% for t,c,b,k in types %}<li><a href="/collections/{{ c|lower }}">{{ c }}</a></li>{% endfor %}</ul><ul><li><b>Featured</b></li><li><a href="/collections/all?sort_by=created-descending">New arrivals</a></li><li><a href="/collections/all?sort_by=best-selling">Best sellers</a></li></ul></div></li><li><a href="/collections/bags">Bags</a></li><li><a href="/pages/our-story">Our story</a></li></ul>
<div class="header__icons"><form action="/search" role="search"><input type="search" name="q" placeholder="Search" aria-label="Search" value="{{ q or '' }}"><button class="search-go" aria-label="Search"><svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="10" cy="10" r="7"/><path d="M15 15l7 7"/></svg></button></form><a class="icon-btn" href="/account" aria-label="Account"><svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/></svg></a><button class="icon-btn" id="cart-icon-bubble" aria-label="Cart"><svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M5 8h14l1 13H4z"/><path d="M8 8q0-5 4-5t4 5"/></svg> <span>{{ count }}</span></button></div></div><form class="mobile-search" style="display:none" action="/search"><input type="search" name="q" placeholder="Search" aria-label="Search" style="flex:1;height:40px;border:1px solid #777;padding:0 10px;font-size:15px;min-width:0"><button class="search-go" style="height:40px;width:48px"><svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="10" cy="10" r="7"/><path d="M15 15l7 7"/></svg></button></form></header>
<main id="MainContent" class="page-width">%s</main>
<footer class="footer"><div class="page-width"><div class="footer__blocks"><div class="footer-block"><button>Shop</button><ul><li><a href="/collections/all">All products</a></li><li><a href="/search">Search</a></li></ul></div><div class="footer-block"><button>Policies</button><ul><li><a href="/policies/terms-of-service">Terms of Service</a></li><li><a href="/policies/trading-rules">Trading Rules</a></li><li><a href="/policies/privacy-policy">Privacy Policy</a></li></ul></div><div class="footer-block"><button>Help</button><ul><li><a href="/pages/help">Help & account</a></li><li><a href="/pages/our-story">Our story</a></li></ul></div></div><div class="footer__copyright">© 2024 """
    + COMPANY
    + """ · 浙ICP备20044556号-1 · 浙公网安备 33010602001234号</div></div></footer>
<div class="cart-drawer" id="CartDrawer"><div class="drawer__inner" role="dialog" aria-label="Your cart"><button class="icon-btn" style="float:right" aria-label="Close">✕</button><h2>Your cart</h2><div id="CartDrawer-Items"></div></div></div><div id="popup-root"></div>
<script>
const $=s=>document.querySelector(s),D=$('#CartDrawer'),usd=n=>'$'+n.toFixed(2);
const paint=c=>{$('#cart-icon-bubble span').textContent=c.item_count;$('#CartDrawer-Items').innerHTML=c.items.map(i=>`<div class="drawer__row"><span>${i.title} / ${i.size} × ${i.quantity}</span><span>${usd(i.price*i.quantity)} <button class="icon-btn" data-key="${i.key}" aria-label="Remove">✕</button></span></div>`).join('')+(c.item_count?`<label class="field"><input type="checkbox" id="gift" ${c.gift?'checked':''}> Add gift wrap (+$6.00)</label><p class="drawer__row"><b>Subtotal</b><b>${usd(c.total)}</b></p><p style="font-size:14px">Complete your look</p><div class="drawer__row"><span>Cedar Sachet — $12.00</span><button class="icon-btn" id="sachet">+ Add</button></div><p><a class="button" style="width:100%" href="/checkout">Check out</a></p><a href="/cart">View cart</a>`:'<p>Your cart is empty</p>');
document.querySelectorAll('[data-key]').forEach(b=>b.onclick=()=>change({key:b.dataset.key,quantity:0}));if($('#gift'))$('#gift').onchange=e=>change({gift:e.target.checked});if($('#sachet'))$('#sachet').onclick=()=>change({sachet:1})};
const change=d=>fetch('/cart/change.js',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(d)}).then(r=>r.json()).then(c=>{paint(c);D.classList.add('active')});
$('#cart-icon-bubble').onclick=()=>fetch('/cart.js').then(r=>r.json()).then(c=>{paint(c);D.classList.add('active')});D.onclick=e=>{if(e.target===D||e.target.closest('[aria-label=Close]'))D.classList.remove('active')};
$('.menu-drawer-toggle').onclick=()=>$('.header__menu').classList.toggle('open');document.querySelectorAll('.footer-block button').forEach(b=>b.onclick=()=>b.parentNode.classList.toggle('open'));
const pf=$('#product-form');if(pf)pf.onsubmit=e=>{e.preventDefault();const d=new FormData(pf);change({id:+d.get('id'),size:d.get('size'),quantity:1})};const so=$('#SortBy');if(so)so.onchange=()=>so.form.submit();
if({{ 'true' if promo else 'false' }}&&!/mh_news=1/.test(document.cookie))setTimeout(()=>{$('#popup-root').innerHTML='<div class="newsletter-popup"><div class="newsletter-popup__content" role="dialog" aria-label="Newsletter"><button class="newsletter-popup__close" aria-label="Close">✕</button><h2>10% off your first order</h2><p>Join our list for early access and offers.</p><label class="field">E-mail <input type="email" style="width:100%"></label><button class="button">Unlock 10% off</button></div></div>';const bye=()=>{$('#popup-root').innerHTML='';document.cookie='mh_news=1;path=/'};$('.newsletter-popup__close').onclick=bye;$('.newsletter-popup .button').onclick=bye},900);
</script></body></html>"""
)
ART = """<svg viewBox="0 0 100 120" role="img" aria-label="{{ p.title }}">{% if p.type=='dress' %}<path d="M38 8h24l6 34 18 70H14l18-70z" fill="{{ p.tone }}"/>{% elif p.type=='shirt' %}<path d="M34 12h32l26 20-12 18-10-7v65H30V43l-10 7L8 32z" fill="{{ p.tone }}"/>{% elif p.type=='trousers' %}<path d="M28 8h44l8 104H56L50 48l-6 64H20z" fill="{{ p.tone }}"/>{% elif p.type=='knit' %}<path d="M32 14q18 10 36 0l24 22-8 44-12-2v28H28V78l-12 2-8-44z" fill="{{ p.tone }}"/>{% else %}<path d="M18 44h64l8 66H10z" fill="{{ p.tone }}"/><path d="M34 46q0-34 16-34t16 34" fill="none" stroke="{{ p.tone }}" stroke-width="5"/>{% endif %}</svg>"""
CARDS = (
    """<ul class="product-grid">{% for p in products %}<li class="grid__item"><div class="card"><a class="card__media" href="/products/{{ p.handle }}" tabindex="-1">"""
    + ART
    + """</a><h3 class="card__heading"><a href="/products/{{ p.handle }}">{{ p.title }}</a></h3><div class="rating">★ {{ p.stars }} ({{ p.reviews }}) · {{ p.sold }} sold</div><div class="price">${{ '%.2f'|format(p.price) }}</div></div></li>{% else %}<li>No results found.</li>{% endfor %}</ul>"""
)
LISTING = (
    """<h1>{{ title }}</h1><form class="facets"><span>{{ products|length }} products</span>{% if q is not none %}<input type="hidden" name="q" value="{{ q }}">{% endif %}<label>Sort by: <select name="sort_by" id="SortBy">{% for k,n in sorts %}<option value="{{ k }}" {{ 'selected' if k==sort }}>{{ n }}</option>{% endfor %}</select></label></form>"""
    + CARDS
)
PRODUCT = (
    """<div class="product"><div class="card__media">"""
    + ART
    + """</div><div><h1>{{ p.title }}</h1><div class="rating">★ {{ p.stars }} · {{ p.reviews }} reviews · {{ p.sold }} sold</div><p class="price" style="font-size:22px">${{ '%.2f'|format(p.price) }}</p><form id="product-form"><input type="hidden" name="id" value="{{ p.id }}"><fieldset class="chips"><legend>Size</legend>{% for s in p.sizes %}<input type="radio" name="size" id="s{{ loop.index }}" value="{{ s }}" {{ 'checked' if loop.index==[3,p.sizes|length]|min }} {{ 'disabled' if s=='XS' and p.id%3==0 }}><label for="s{{ loop.index }}">{{ s }}</label>{% endfor %}</fieldset><p><button class="button product-form__submit">Add to cart</button></p></form><p>Designed in Hangzhou. Ships in 48 hours; standard shipping $5.00.</p></div></div>"""
)
CARTPAGE = """<h1>Your cart</h1>{% for i in cart['items'] %}<div class="drawer__row"><span>{{ i.title }} / {{ i.size }} × {{ i.quantity }}</span><span>${{ '%.2f'|format(i.price*i.quantity) }}</span></div>{% else %}<p>Your cart is empty. <a href="/collections/all">Continue shopping</a></p>{% endfor %}{% if cart['items'] %}<p class="price">Subtotal ${{ '%.2f'|format(cart.total) }}</p><a class="button" href="/checkout">Check out</a>{% endif %}"""
FRAME = (
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Checkout</title><style>"""
    + THEME
    + """body{padding:0 8px}</style></head><body>{% if no %}<h2>Thank you!</h2><p>Your order {{ no }} is placed and awaits payment.</p>{% else %}<form method="post"><h2>Contact</h2><label class="field">E-mail<input type="email" name="email" required></label><label class="field"><input type="checkbox" name="news" value="1"> E-mail me with news and offers</label><h2>Delivery</h2><label class="field">Full name<input name="name" required></label><label class="field">Address<input name="address" required></label><label class="field">Phone<input name="phone" required></label><h2>Order summary</h2>{% for i in c['items'] %}<div class="drawer__row"><span>{{ i.title }} / {{ i.size }} × {{ i.quantity }}</span><span>${{ '%.2f'|format(i.price*i.quantity) }}</span></div>{% endfor %}{% if c.gift %}<div class="drawer__row"><span>Gift wrap</span><span>$6.00</span></div>{% endif %}<div class="drawer__row"><span>Standard shipping</span><span>$5.00</span></div><div class="drawer__row"><b>Total</b><b>${{ '%.2f'|format(c.total+5) }}</b></div><p><button class="button">Place order</button></p></form>{% endif %}</body></html>"""
)
SIGN = """<h1>{{ title }}</h1><form method="post">{% if reg %}<label class="field">Name<input name="customer[name]" required></label>{% endif %}<label class="field">E-mail<input type="email" name="customer[email]" required></label><label class="field">Password<input type="password" name="customer[password]" required></label>{% if reg %}<label class="field"><input type="checkbox" name="agree" value="1"> I agree to the <a href="/policies/terms-of-service">Terms of Service</a> and <a href="/policies/privacy-policy">Privacy Policy</a></label>{% endif %}<p role="alert">{{ error }}</p><button class="button">{{ 'Create account' if reg else 'Sign in' }}</button> {% if not reg %}<a href="/account/register">Create account</a>{% endif %}</form>"""
ACCOUNT = """<h1>Account</h1><p>{{ acc.name }} · {{ acc.points }} reward points · <a href="/account/logout">Log out</a></p><p><a href="/account/profile">Profile & data</a> · <a href="/account/delete">Delete account</a></p><h2>Orders</h2>{% for o in acc.orders %}<p>{{ o }}</p>{% else %}<p>You have not placed any orders yet.</p>{% endfor %}"""
PROFILE = """<h1>Profile & data</h1><form method="post"><p>E-mail: {{ user }}</p><label class="field">Name<input name="name" value="{{ acc.name }}"></label><label class="field">Address<input name="address" value="{{ acc.address }}"></label><p role="status">{{ error }}</p><button class="button" name="do" value="save">Save</button> <button class="button button--secondary" name="do" value="erase">Erase my address</button></form>"""
DELETE = """<h1>Delete account</h1>{% if acc.closing %}<p>Your request is in. The account is deleted after a 7-day cooling-off period.</p>{% else %}<p>We delete your profile and addresses; reward points lapse; order records are kept as the law requires. There is a 7-day cooling-off period, and deletion is complete within 15 working days.</p><form method="post"><label class="field">Password<input type="password" name="password" required></label><p role="alert">{{ error }}</p><button class="button">Delete my account</button> <a class="button button--secondary" href="/account">Keep my account</a></form>{% endif %}"""
TEXTS = {
    "policies/terms-of-service": (
        "Terms of Service",
        f"These terms are an agreement between you and {COMPANY}.|The contract of sale is formed when your order is placed and paid.|We ship within 48 hours and accept returns for 30 days.|Disputes go to a competent court if talks fail.|Effective January 8, 2024.",
    ),
    "policies/trading-rules": (
        "Trading Rules",
        "Every product on this site is designed and sold by Maren & Holt itself; there are no other sellers.|There is no paid placement in collections or in search.|Prices are those shown at checkout.|Reviews come from buyers and are not removed.",
    ),
    "policies/privacy-policy": (
        "Privacy Policy",
        f"{COMPANY} collects your e-mail, address and orders to fulfil purchases.|Access: Account > Profile & data shows what we hold, at once.|Correction: edit and save in Account > Profile & data; effective at once.|Deletion: Account > Profile & data > Erase my address, at once; other requests within 15 working days.|Account deletion (deregistration): Account > Delete account, confirm with your password; complete after a 7-day cooling-off period, at most 15 working days.",
    ),
    "pages/help": (
        "Help & account",
        "See, correct or erase your data under Account > Profile & data (at once).|Close your account under Account > Delete account (after 7 days).|Write to care@maren.example.",
    ),
    "pages/our-story": ("Our story", "We make few things, slowly, from fabrics we know."),
}


def make_app():
    app = Flask(__name__)
    Bag(app, "_maren_session", lambda: {"user": None, "cart": {}, "gift": False})
    checkouts = {}

    def account(name, password="Holt!2024", orders=(), points=0):
        return {
            "name": name,
            "password": password,
            "address": "9 Elm Road",
            "orders": list(orders),
            "points": points,
            "closing": False,
        }

    accounts = {
        "fresh@maren.example": account("Finn"),
        "aged@maren.example": account("Ada", orders=["#MH1001 — $133.00 — Delivered"], points=50),
    }

    def me():
        return accounts.get(g.bag["user"])

    def cart():
        items = []
        for key, n in g.bag["cart"].items():
            i, size = key.split(":")
            p = BY_ID.get(int(i), {"title": "Cedar Sachet", "price": 12})
            items.append({"key": key, "title": p["title"], "size": size, "price": p["price"], "quantity": n})
        return {
            "items": items,
            "item_count": sum(i["quantity"] for i in items),
            "gift": g.bag["gift"],
            "total": sum(i["price"] * i["quantity"] for i in items) + (6 if items and g.bag["gift"] else 0),
        }

    def page(title, body, **kw):
        kw.setdefault("q", None)
        kw.setdefault("error", "")
        return render_template_string(
            LAYOUT.replace("%s", body),
            title=title,
            types=TYPES,
            count=cart()["item_count"],
            user=g.bag["user"],
            acc=me(),
            **kw,
        )

    def ordered(products):
        sort = request.args.get("sort_by", "manual")
        key = {
            "best-selling": lambda p: -p["sold"],
            "title-ascending": lambda p: p["title"],
            "price-ascending": lambda p: p["price"],
            "price-descending": lambda p: -p["price"],
            "created-descending": lambda p: -p["new"],
        }.get(sort, lambda p: p["rank"])
        return {"products": sorted(products, key=key), "sort": sort, "sorts": SORTS}

    @app.get("/")
    def index():
        return page(
            "Home",
            '<div class="banner"><h1>Clothes for the long run</h1><a class="button" href="/collections/all">Shop all</a></div><h2>New in</h2>'
            + CARDS,
            products=PRODUCTS[::5],
            promo=True,
        )

    @app.get("/collections/<handle>")
    def collection(handle):
        found = [p for p in PRODUCTS if handle in ("all", p["collection"])] or abort(404)
        return page("All products" if handle == "all" else handle.title(), LISTING, **ordered(found))

    @app.get("/search")
    def search():
        q = request.args.get("q", "").strip()
        return page(
            "Search results" if q else "Search",
            LISTING,
            q=q,
            **ordered([p for p in PRODUCTS if q and all(w in p["title"].lower() for w in q.lower().split())]),
        )

    @app.get("/products/<handle>")
    def product(handle):
        p = HANDLE.get(handle) or abort(404)
        return page(p["title"], PRODUCT, p=p)

    @app.get("/cart")
    def cart_page():
        return page("Your cart", CARTPAGE, cart=cart())

    @app.get("/cart.js")
    def cart_js():
        return jsonify(cart())

    @app.post("/cart/change.js")
    def change():
        d, c = request.json, g.bag["cart"]
        if "gift" in d:
            g.bag["gift"] = bool(d["gift"])
        elif d.get("sachet"):
            c["999:One size"] = c.get("999:One size", 0) + 1
        elif "key" in d:
            c.pop(d["key"], None)
        elif d.get("id") in BY_ID and d.get("size") in BY_ID[d["id"]]["sizes"]:
            key = f"{d['id']}:{d['size']}"
            c[key] = c.get(key, 0) + 1
        return jsonify(cart())

    @app.get("/checkout")
    def checkout():
        if not g.bag["cart"]:
            return redirect("/cart")
        token = secrets.token_hex(8)
        checkouts[token] = {"cart": cart(), "sid": g.sid, "bag": g.bag, "account": me(), "no": None}
        return redirect("/checkouts/cn/" + token)

    @app.get("/checkouts/cn/<token>")
    def checkout_page(token):
        token in checkouts or abort(404)
        name, _, port = request.host.partition(":")
        other = ("localhost" if name == "127.0.0.1" else "127.0.0.1") + (":" + port if port else "")
        return page(
            "Checkout",
            f'<h1>Checkout</h1><iframe title="Secure checkout" src="http://{other}/checkout_frame/{token}" style="width:100%;height:1050px;border:0"></iframe>',
        )

    @app.route("/checkout_frame/<token>", methods=["GET", "POST"])
    def checkout_frame(token):
        c = checkouts.get(token) or abort(404)
        if request.method == "POST" and not c["no"]:
            c["no"] = f"#MH2{len([k for k in checkouts.values() if k['no']]) + 1:03d}"
            if c["account"]:
                c["account"]["orders"].append(f"{c['no']} — ${c['cart']['total'] + 5:.2f} — Awaiting payment")
            c["bag"]["cart"].clear()
            c["bag"]["gift"] = False
        return render_template_string(FRAME, c=c["cart"], no=c["no"])

    @app.route("/account/login", methods=["GET", "POST"])
    @app.route("/account/register", methods=["GET", "POST"])
    def sign():
        reg, error, f = request.path.endswith("register"), "", request.form
        if request.method == "POST":
            email, password = f["customer[email]"], f["customer[password]"]
            if reg and (email in accounts or len(password) < 6):
                error = "That e-mail is taken, or the password is too short."
            elif reg and not f.get("agree"):
                error = "Please agree to the terms first."
            elif reg:
                accounts[email] = account(f["customer[name]"], password)
            elif email not in accounts or accounts[email]["password"] != password:
                error = "Incorrect e-mail or password."
            if not error:
                g.bag["user"] = email
                return redirect("/account")
        return page("Create account" if reg else "Login", SIGN, reg=reg, error=error)

    @app.get("/account/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.route("/account", methods=["GET"])
    @app.route("/account/<part>", methods=["GET", "POST"])
    def account_page(part=""):
        if not me():
            return redirect("/account/login")
        a, f, error = me(), request.form, ""
        if request.method == "POST" and part == "profile":
            a.update(address="") if f.get("do") == "erase" else a.update(name=f["name"], address=f["address"])
            error = "Saved."
        elif request.method == "POST" and part == "delete":
            a["closing"], error = f["password"] == a["password"], "The password is not right."
        return page("Account", {"profile": PROFILE, "delete": DELETE}.get(part, ACCOUNT), error=error)

    @app.get("/policies/<slug>")
    @app.get("/pages/<slug>")
    def text(slug):
        title, words = TEXTS.get(request.path[1:]) or abort(404)
        return page(
            title,
            "<article><h1>{{ title }}</h1>{% for p in paras %}<p>{{ p }}</p>{% endfor %}</article>",
            paras=words.split("|"),
        )

    return app
