"""Harbourlane: an English-language marketplace of independent sellers, server-rendered, with a few web components."""

import html
import itertools
import re
from pathlib import Path

from flask import Flask, Response, abort, g, redirect, render_template_string, request, url_for
from markupsafe import Markup

from ._starter import Bag

LOCALE = "en"
VERTICAL = "general merchandise marketplace (third-party sellers only, plus advertising)"
QUERIES = ["gift", "travel", "home", "handmade", "desk"]
ACCOUNTS = [
    {
        "user": "mei.tan@mail.example",
        "password": "Lantern-2026",
        "role": "fresh",
        "holds": "nothing: fresh account, no orders, no Credit",
    },
    {
        "user": "oliver.brandt@mail.example",
        "password": "Junk-Boat-77",
        "role": "aged",
        "holds": "three orders (one delivered with a return that the seller refused, one completed, one in transit), prepaid Credit 50.00",
    },
    {
        "user": "store@suyuan.example",
        "password": "Kiln-Fire-19",
        "role": "seller",
        "holds": "the store Suyuan Kiln; seller centre",
    },
]

FILES = Path(__file__).with_name("harbourlane_files")
ORDER = [
    "user-agreement",
    "privacy-policy",
    "plus-terms",
    "credit-terms",
    "trading-rules",
    "returns",
    "review-rules",
    "dispute-rules",
    "promotion-rules",
    "advertising-policy",
    "ip-rules",
    "seller-agreement",
    "deposit-rules",
]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(region, body, kind="91"):
    """kind + region + organisation code of eight signs with its own check sign + check sign of GB 32100."""
    value = lambda c: int(c) if c.isdigit() else ord(c) - 55
    check = 11 - sum(value(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    org = body + {10: "X", 11: "0"}.get(check, str(check))
    head = kind + region + org
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return head + ALPHABET[(31 - sum(ALPHABET.index(c) * w for c, w in zip(head, weights)) % 31) % 31]


CODE = uscc("500112", "MA5YQ7K4")

# ---------------------------------------------------------------- documents


def inline(text):
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text, quote=False))


def to_html(body):
    out, toc, mode, rows = [], [], None, 0

    def close():
        nonlocal mode
        if mode:
            out.append({"ul": "</ul>", "table": "</tbody></table></div>"}[mode])
        mode = None

    for line in body.strip().splitlines():
        line = line.strip()
        if line.startswith("## "):
            close()
            anchor = "s" + re.match(r"## (\d+)", line).group(1)
            toc.append((anchor, line[3:]))
            out.append(f'<h2 id="{anchor}">{inline(line[3:])}</h2>')
        elif line.startswith("- "):
            if mode != "ul":
                close()
                out.append("<ul>")
                mode = "ul"
            out.append(f"<li>{inline(line[2:])}</li>")
        elif line.startswith("|"):
            cells, tag = [c.strip() for c in line.strip("|").split("|")], "td"
            if mode != "table":
                close()
                out.append('<div class="tablewrap"><table class="grid"><tbody>')
                mode, tag = "table", "th"
            out.append("<tr>" + "".join(f"<{tag}>{inline(c)}</{tag}> " for c in cells) + "</tr>")
        elif line:
            close()
            out.append(f"<p>{inline(line)}</p>")
    close()
    return "\n".join(out), toc


def load(slug):
    raw = (FILES / f"{slug}.txt").read_text("utf-8")
    head, rest = raw.split("\n---\n", 1)
    doc = dict(line.split(": ", 1) for line in head.splitlines())
    doc["slug"] = slug
    parts = re.split(r"^@@(old|next) (\S+)\n", rest, flags=re.M)
    doc["body"], doc["versions"] = parts[0], {}
    for kind, key, changes in zip(parts[1::3], parts[2::3], parts[3::3]):
        date, number = key.split("|")
        text = parts[0]
        pairs = [tuple(line.split("=>")) for line in changes.strip().splitlines()]
        for new, old in pairs:
            assert new in text, (slug, new)
            text = text.replace(new, old)
        doc["versions"][date] = {"kind": kind, "number": number, "body": text, "pairs": pairs}
    return doc


DOCS = {slug: load(slug) for slug in ORDER}
MONTHS = "January February March April May June July August September October November December".split()


def long_date(iso):
    y, m, d = iso.split("-")
    return f"{int(d)} {MONTHS[int(m) - 1]} {y}"


def article(doc, body, number, line):
    inner, toc = to_html(body)
    return (
        f'<h1>{html.escape(doc["title"])}</h1>\n<p class="meta">Version {number} · {line}</p>\n'
        f'<p class="lead">{html.escape(doc["summary"])}</p>\n{inner}'
    ), toc


def plain(markup):
    text = re.sub(r"</(p|h1|h2|li|tr|table)>", "\n", markup)
    text = re.sub(r"<[^>]+>", "", text)
    return html.unescape(re.sub(r"\n\s*\n+", "\n\n", text)).strip() + "\n"


# ---------------------------------------------------------------- goods

STORES = [
    (
        "suyuan",
        "Suyuan Kiln",
        "Jingdezhen Suyuan Ceramics Co., Ltd. (景德镇素园陶瓷有限公司)",
        uscc("360203", "MA35KQ2T"),
        "12 Taoyang Road, Zhushan District, Jingdezhen, Jiangxi",
        4.8,
    ),
    (
        "greenrill",
        "Green Rill Bamboo",
        "Anji Green Rill Bamboo Products Co., Ltd. (安吉绿溪竹制品有限公司)",
        uscc("330523", "MA2B4H7P"),
        "88 Yingbin Avenue, Anji, Huzhou, Zhejiang",
        4.6,
    ),
    (
        "northloom",
        "North Loom",
        "Nantong North Loom Home Textiles Co., Ltd. (南通北机家纺有限公司)",
        uscc("320612", "MA1XW3N8"),
        "5 Jinchuan Road, Tongzhou District, Nantong, Jiangsu",
        4.5,
    ),
    (
        "wayfar",
        "Wayfar Goods",
        "Guangzhou Wayfar Leather Goods Co., Ltd. (广州途远皮具有限公司)",
        uscc("440114", "MA9UT6R2"),
        "31 Shiling Avenue, Huadu District, Guangzhou, Guangdong",
        4.3,
    ),
    (
        "inkwell",
        "Inkwell & Co",
        "Ningbo Inkwell Stationery Co., Ltd. (宁波墨泉文具有限公司)",
        uscc("330226", "MA2CJ8D5"),
        "7 Xinghai Middle Road, Ninghai, Ningbo, Zhejiang",
        4.7,
    ),
    (
        "glimmer",
        "Glimmer Lights",
        "Zhongshan Glimmer Lighting Co., Ltd. (中山微光照明有限公司)",
        uscc("442000", "MA4W9F1L"),
        "160 Dengdu Road, Guzhen, Zhongshan, Guangdong",
        4.4,
    ),
    (
        "fieldnote",
        "Fieldnote Outdoor",
        "Fuzhou Fieldnote Outdoor Products Co., Ltd. (福州野录户外用品有限公司)",
        uscc("350104", "MA31P5X9"),
        "22 Jinshan Avenue, Cangshan District, Fuzhou, Fujian",
        4.2,
    ),
    (
        "plumwood",
        "Plumwood Workshop",
        "Plumwood Workshop, Yongchuan District (永川区梅木工坊)",
        uscc("500118", "MA60C3Y7", "92"),
        "3 Chayuan Lane, Yongchuan District, Chongqing",
        4.9,
    ),
]
BY_STORE = {s[0]: s for s in STORES}
RAW = """
suyuan|Celadon teapot, 600 ml|Kitchen|168|842|4.8|210
suyuan|Set of four ash-glaze bowls|Kitchen|139|1260|4.7|388
suyuan|Blue and white bud vase|Home|96|455|4.6|97
suyuan|Porcelain tea tray with drain|Kitchen|228|173|4.9|41
suyuan|Stoneware mug with lid|Desk|59|2114|4.5|630
suyuan|Small incense stand|Home|42|388|4.3|72
greenrill|Bamboo cutlery case for travel|Travel|36|1790|4.4|502
greenrill|Bamboo chopping board, large|Kitchen|78|960|4.5|244
greenrill|Folding bamboo laptop stand|Desk|115|1322|4.6|351
greenrill|Woven bamboo bread basket|Kitchen|54|611|4.2|133
greenrill|Bamboo drawer divider, pair|Home|49|1045|4.7|260
greenrill|Bamboo pen rest|Desk|19|287|4.1|35
northloom|Linen cushion cover, 45 cm|Home|65|1433|4.4|402
northloom|Cotton gauze blanket|Home|189|702|4.8|188
northloom|Washed linen table runner|Kitchen|88|519|4.3|109
northloom|Travel quilt in a pouch|Travel|158|334|4.5|78
northloom|Waffle bath towel, set of two|Home|112|1875|4.6|560
northloom|Indigo apron with pockets|Kitchen|92|640|4.7|151
wayfar|Canvas weekend bag|Travel|268|908|4.4|272
wayfar|Leather luggage tag, pair|Travel|45|1566|4.2|390
wayfar|Passport sleeve in calfskin|Travel|89|1187|4.6|305
wayfar|Packing cubes, set of six|Travel|98|2460|4.5|744
wayfar|Roll-up desk mat in felt and leather|Desk|125|476|4.3|118
wayfar|Slim key case|Travel|58|353|3.9|64
inkwell|Dot grid notebook, 192 pages|Desk|46|3120|4.7|981
inkwell|Brass fountain pen|Desk|136|874|4.6|233
inkwell|Set of twelve brush pens|Desk|72|1515|4.8|470
inkwell|Washi tape box, ten rolls|Desk|52|2033|4.5|588
inkwell|Desk calendar 2027|Desk|39|1262|4.4|164
inkwell|Wax seal kit|Desk|84|398|4.2|90
glimmer|Clip-on reading lamp|Desk|69|1688|4.3|513
glimmer|Paper lantern pendant|Home|119|537|4.5|128
glimmer|Rechargeable table lamp|Home|199|1120|4.6|342
glimmer|Star projector night light|Home|108|765|4.0|226
glimmer|Foldable travel lantern|Travel|75|590|4.4|139
glimmer|LED strip for shelves, 2 m|Home|55|1399|4.1|410
fieldnote|Titanium camping cup|Travel|129|684|4.7|177
fieldnote|Packable rain jacket|Travel|239|921|4.2|298
fieldnote|Inflatable sit mat|Travel|44|1210|4.0|287
fieldnote|Wool hiking socks, three pairs|Travel|79|1744|4.6|520
fieldnote|Folding trekking poles|Travel|218|407|4.4|99
fieldnote|Dry bag, 20 l|Travel|66|1026|4.5|271
plumwood|Walnut phone stand|Desk|85|562|4.9|143
plumwood|Hand-carved serving spoon|Kitchen|48|329|4.8|81
plumwood|Puzzle box in camphor wood|Home|176|258|4.9|66
plumwood|Wooden desk organiser|Desk|148|491|4.7|120
plumwood|Set of six lacquer coasters|Home|95|377|4.6|88
plumwood|Toy train in beech|Home|132|0|0|0
"""
REVIEWS = """
5|Pours without a drip and the glaze is deeper than on the photo. It came wrapped like a relic.
3|Nice shape but one foot is not quite level, it rocks a little on stone.
4|Two of the bowls differ slightly in tone, which I rather like.
2|Arrived with a hairline crack. Refund took four days after I sent a picture.
5|Holds exactly one branch of quince. Small and lovely.
4|Heavy, steady, the drain hose is a bit short.
5|My third mug from this kiln, the lid keeps the drink warm through a meeting.
1|Smaller than I imagined, read the measurements.
4|The case closes firmly and survived a month of trains.
3|Oiled it twice and it still drinks. Fine board though.
5|Carries a sixteen inch machine and does not wobble when I type.
4|Pretty basket, a few loose ends to trim.
5|Fits my odd kitchen drawer to the millimetre.
2|A pen rest is a pen rest but the varnish smelled for a week.
4|The zip is hidden well and the linen softens after washing.
5|Light as a cloud, warm enough for autumn nights in Lisbon.
3|Colour is more grey than sand.
5|Lives in my carry-on. The pouch doubles as a pillow.
4|Dry quickly, shed a bit in the first wash.
5|Pockets where one needs them. The indigo does rub off at first.
3|Good bag, strap padding could be thicker.
2|One of the buckles opened on the belt in Frankfurt.
5|Soft leather, holds two passports and a card.
4|Cubes are true to size, the smallest holds only socks.
4|Took two days to flatten, now it is perfect.
1|Stitching came loose after three weeks, the store replaced it.
5|Paper takes fountain ink without bleeding, lies flat from page one.
4|A scratchy nib at first, smooth after a week.
5|Tips spring back nicely, the greys are useful.
3|Several rolls are much narrower than others.
4|Big squares, thin paper, holidays of China marked in red.
4|Bright on level three, the clip spares my shelf.
5|Gives the hall a calm light, easy to hang.
3|Battery lasts six hours on full, not ten.
2|The motor hums, not for light sleepers.
5|Weighs nothing and the rolled rim does not burn the lip.
3|Kept me dry for an hour of real rain, then the seams gave up.
4|Valve is easy, the mat is thin but does the job.
5|No blisters in the Dolomites, washed ten times.
4|Locks hold, the tips are noisy on rock.
5|Floated behind a canoe and the camera stayed dry.
5|Smells of walnut oil and holds the phone at the right angle.
5|You can see the tool marks. A spoon with a face.
4|Took my nephew an hour to open it.
4|One compartment is too narrow for scissors.
5|The lacquer is flawless and they stack with a soft click.
""".strip().splitlines()
TAGS = ["gift", "handmade", "travel", "home", "desk"]


TARGETS = [0, 0, 1, 1, *range(2, 19), 18, *range(20, 29), *range(30, 34), *range(36, 47)]  # item of each review


def goods():
    items = []
    for n, line in enumerate(RAW.strip().splitlines()):
        store, name, cat, price, sold, rating, count = line.split("|")
        tags = sorted(
            {TAGS[n % 5], TAGS[(n * 3 + 1) % 5], TAGS[(n // 2) % 5]}
            | ({"handmade"} if store in ("suyuan", "plumwood") else set())
        )
        items.append(
            {
                "id": 7101 + n,
                "store": store,
                "brand": BY_STORE[store][1],
                "name": name,
                "cat": cat,
                "price": float(price),
                "sold": int(sold),
                "rating": float(rating),
                "count": int(count),
                "tags": tags,
                "n": n,
                "plus": n % 9 == 4,
            }
        )
    for n, line in enumerate(REVIEWS):
        stars, text = line.split("|")
        items[TARGETS[n]].setdefault("reviews", []).append(
            {
                "stars": int(stars),
                "text": text,
                "who": "ABCDEFGHJKLMNPRSTWYZ"[n % 20] + "***",
                "variant": ("Natural", "Indigo", "Moss", "Sand", "Slate")[n % 5],
                "date": f"{3 + n % 25} {MONTHS[6 + n % 4]} 2026",
                "day": (6 + n % 4, 3 + n % 25),
            }
        )
    return items


ADS = {0: (7133, 7123), 1: (7138,), 2: (7110,), 3: (7128,)}
CATS = ["Home", "Kitchen", "Travel", "Desk"]
SORTS = [
    ("best", "Best match"),
    ("sales", "Sales"),
    ("rating", "Rating"),
    ("price_asc", "Price: low to high"),
    ("price_desc", "Price: high to low"),
    ("new", "Newest"),
]

# ---------------------------------------------------------------- lists that are published

PENALTIES = [
    (
        "Kaiyi Small Goods",
        "False advertising: a plated necklace was offered as solid silver (Advertising Law, art. 28)",
        "Warning; listing removed",
        "23 November 2026",
    ),
    (
        "Longmen Outlet",
        "Sale of bags with a counterfeit trademark (Trademark Law, art. 57)",
        "Agreement ended, store closed",
        "16 November 2026",
    ),
    (
        "Huayu Lamps",
        "Lamps without the compulsory CCC certificate (Certification Regulation, art. 27)",
        "Store suspended",
        "9 November 2026",
    ),
    (
        "Ten Thousand Papers",
        "Fabricated orders and reviews (E-commerce Law, art. 17)",
        "New listings suspended",
        "2 November 2026",
    ),
    (
        "Lanzhi Home",
        "Licence details on the store page not updated (E-commerce Law, art. 15)",
        "Warning",
        "26 October 2026",
    ),
    (
        "Redwood Corner",
        "Crossed-out prices that were never charged (Price Law, art. 14)",
        "Warning; listings removed",
        "19 October 2026",
    ),
    (
        "Sea Breeze Travel Goods",
        "Refused seven-day returns without a legal reason (Consumer Law, art. 25)",
        "Store suspended",
        "12 October 2026",
    ),
]
IP_ROWS = [
    (
        "18 November 2026",
        "Hangzhou Yunshan Design Co., Ltd.",
        "Design patent ZL 2022 3 0417765.2, bamboo lamp, 3 listings of Huayu Lamps",
        "None received",
        "Listings removed on 19 November 2026",
        "20 November 2026",
    ),
    (
        "11 November 2026",
        "Wayfar Leather (HK) Ltd.",
        "Trademark no. 28114520, weekend bags, 5 listings of Longmen Outlet",
        "None received",
        "Listings removed on 11 November 2026; store closed",
        "13 November 2026",
    ),
    (
        "21 October 2026",
        "Ms. Q. Lin, illustrator",
        "Copyright, cat motif on notebooks, 1 listing of Ten Thousand Papers",
        "26 October 2026: states a licence of 2024, copy attached",
        "Right holder did not sue within 15 days; listing restored on 12 November 2026",
        "13 November 2026",
    ),
    (
        "30 September 2026",
        "Fujian Shanlu Outdoor Co., Ltd.",
        "Utility model ZL 2021 2 2905518.6, pole lock, 1 listing of Fieldnote Outdoor",
        "9 October 2026: technical comparison, no identity of features",
        "Right holder sued on 20 October 2026; listing stays down until the judgment",
        "22 October 2026",
    ),
    (
        "14 September 2026",
        "Nordhaus Textil GmbH",
        "Trademark no. G1392207, towels, 2 listings of Lanzhi Home",
        "None received",
        "Listings removed on 15 September 2026",
        "16 September 2026",
    ),
]
NEWS = {
    "trading-rules-2026-11": (
        "24 November 2026",
        "Trading Rules: new version from 29 November 2026",
        """
<p>Posted 24 November 2026. Version 3.1 of the Trading Rules replaces version 3.0. It takes effect on 29 November 2026, 00:00 (China time).</p>
<p>What changes:</p><ul><li>5.1: time for dispatch 72 hours instead of 48 hours;</li><li>5.2: late-dispatch compensation three per cent of the price (at least ¥3, at most ¥50) instead of five per cent (at least ¥5, at most ¥100);</li>
<li>6.1: receipt counts as confirmed 10 days after delivery instead of 15 days.</li></ul>
<p>The draft was open for comment from 1 to 20 October 2026; a <a href="/consultations/trading-rules-2026">summary of the comments</a> is available. Orders placed before 29 November 2026 stay under version 3.0. If you do not agree with the change you may <a href="/account/close">close your account</a>; open orders will be completed under version 3.0.</p>
<p><a href="/policies/trading-rules/v/2026-11-29">Read version 3.1 in full</a></p>""",
    ),
    "peak-season": (
        "18 November 2026",
        "Peak season: what to expect from carriers",
        """
<p>From 20 November to 31 December 2026 parcels may take longer than usual. Please order early if you need something for a certain day, and check the tracking page before you call.</p>
<p>In this period no compensation of any kind is paid for parcels that are delivered late, whatever the reason, including mistakes made by the store or by us.</p>
<p>You may of course cancel an order that has not been dispatched, and send goods back within seven days of receipt as always.</p>""",
    ),
    "winter-market": (
        "16 November 2026",
        "12.12 Winter Market: period, method and rules",
        """
<p>The Winter Market runs from 10 December 2026, 00:00 to 12 December 2026, 24:00 (China time). Pre-orders are possible from 3 December, 10:00 to 9 December, 24:00. You get ¥40 off for each ¥300 spent on goods marked "12.12".</p>
<p>The full rules, including vouchers, booking deposits, price protection and returns, are in the <a href="/policies/promotion-rules">Promotion Rules</a>.</p>""",
    ),
    "consultation-reviews": (
        "16 November 2026",
        "Your opinion, please: draft Review and Rating Rules 2027",
        """
<p>We would like to renew the Review and Rating Rules in the new year. The draft can be read and commented on until 6 December 2026, by buyers and sellers and by anyone else.</p>
<p><a href="/consultations/review-rules-2027">To the draft and the form</a></p>""",
    ),
    "picture-search": (
        "5 November 2026",
        "Picture search will be switched off",
        """
<p>The picture search in the search box was little used and will be switched off on 30 November 2026. Everything else stays as it is: the marketplace, your account, your orders and the search by words are not affected.</p>""",
    ),
}
FAQ = [
    (
        "Orders and payment",
        [
            (
                "How do I cancel an order?",
                "Open Account › Orders and press Cancel. Until dispatch this is free and takes effect at once. After dispatch you may refuse the parcel or send it back under the Returns and Refunds Rules.",
            ),
            (
                "Are the options at checkout obligatory?",
                "No. Parcel cover and gift wrapping are off unless you tick them, and your order costs the same without them as the product page said.",
            ),
            (
                "Which currency is charged?",
                "All prices are in Chinese yuan (¥). Your bank converts if your card is in another currency; we add nothing.",
            ),
            (
                "What is parcel cover?",
                "Parcel cover is an insurance of Yujiang Property Insurance Co., Ltd. for loss and breakage on the way, ¥6 per order, up to ¥2,000. It is voluntary and comes on top of your rights against the seller. You may cancel it free of charge until dispatch. <a href='/help/parcel-cover'>Conditions</a>",
            ),
        ],
    ),
    (
        "Returns and disputes",
        [
            (
                "How do I return something?",
                "Account › Orders › Request return, within seven days of receipt. No reason is needed. The packing may have been opened. See the <a href='/policies/returns'>Returns and Refunds Rules</a>.",
            ),
            (
                "The seller does not agree. What now?",
                'Press "Ask Harbourlane to step in" on the order. It is free; a decision is made within 12 days. You may also turn to 12315 or to a court at any time.',
            ),
            (
                "I need the seller's name and address.",
                "They are on the store page. If something is missing or wrong, write to us through <a href='/complaints'>Complaints and reports</a>; we give you the name, address, contact details and order record that we hold within five business days.",
            ),
        ],
    ),
    (
        "Account and privacy",
        [
            (
                "How do I see, correct or delete my information?",
                "See: Account › Privacy › My information, at once. Correct: Account › Settings, change the field and press Save, at once. Delete: Account › Privacy › Delete information, at once and from backups within thirty days. By e-mail we answer within fifteen days.",
            ),
            (
                "How do I close my account?",
                "Account › Settings › Close account. Read what happens, enter the one-time code, add a photograph of yourself holding your passport or identity card, and confirm. We check the photograph within seven days; the account is closed after a further seven days in which you may change your mind.",
            ),
            (
                "How do I get search results that do not depend on what I viewed?",
                'Use the switch "Results not based on my activity" above any list of results, or in Account › Settings. It works without an account too and does not expire.',
            ),
            (
                "How do I stop offers by e-mail?",
                "You get them only if you asked for them. Press the link in any of them, or turn the switch off in Account › Settings. It is free and works at once.",
            ),
        ],
    ),
    (
        "Selling and advertising",
        [
            (
                "How do I open a store?",
                "Read the <a href='/policies/seller-agreement'>Seller Agreement</a> and apply in the <a href='/seller'>seller centre</a>. We answer within five business days.",
            ),
            (
                "Goods we do not admit",
                "Food, medicines, cosmetics, medical devices, publications, tobacco, live animals, weapons, fireworks, protected species, dangerous chemicals, lottery tickets, and everything else that the law does not allow to be sold.",
            ),
            (
                "Which results are paid for?",
                "See the <a href='/policies/advertising-policy'>Advertising and Ranking Policy</a>.",
            ),
        ],
    ),
]
CONSULT = {
    "review-rules-2027": {
        "title": "Draft Review and Rating Rules 2027",
        "from": "16 November 2026",
        "to": "6 December 2026",
        "open": True,
        "text": """
<p>The draft changes the following sections of version 2.0; all others stay.</p>
<h2>2. Who may review, and when</h2><p>2.1 Any buyer whose order was completed may review each item of that order once, within one hundred and twenty days of receipt, and add a follow-up within one year.</p>
<h2>4. Order in which reviews are shown</h2><p>4.1 Reviews are shown newest first. You may sort by lowest or highest rating and choose a single variant. Low ratings are neither folded nor moved to the end.</p>
<h2>7. Appeals</h2><p>7.1 Authors may object to hiding, and sellers to a review that they think breaks section 6, within thirty days. A member of staff who did not take the first decision answers within five business days and gives reasons.</p>
<p>Why: buyers told us that furniture and luggage show their worth only after some months, and that fifteen days are short for an appeal. Planned date of effect: 20 January 2027.</p>""",
    },
    "trading-rules-2026": {
        "title": "Draft Trading Rules, version 3.1",
        "from": "1 October 2026",
        "to": "20 October 2026",
        "open": False,
        "text": """
<p>The draft was announced on the home page from 1 to 20 October 2026. We received 214 comments, 131 from buyers and 83 from sellers.</p>
<p>Many sellers asked for more time for dispatch, because goods are often made in small batches. Many buyers asked us to keep 48 hours. We chose 72 hours and left the right to cancel before dispatch as it is. Buyers also asked that the reminder before confirmation be kept; it is.</p>""",
    },
}

# ---------------------------------------------------------------- style and components

CSS = """
:root{--ink:#20262b;--soft:#525c63;--line:#d9dee1;--sea:#0b5563;--paper:#fff;--mist:#f3f6f6;--sun:#a8420b}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 Georgia,'Noto Serif','Noto Serif CJK SC',serif;color:var(--ink);background:var(--paper)}
main{max-width:1120px;margin:0 auto;padding:20px 16px 48px}
a{color:var(--sea)} h1{font-size:28px;line-height:1.25;margin:12px 0} h2{font-size:20px;margin:28px 0 8px}
button,.btn{font:600 15px/1.2 'Segoe UI',Arial,sans-serif;padding:11px 18px;border:1px solid var(--sea);background:var(--sea);color:#fff;border-radius:4px;text-decoration:none;display:inline-block;cursor:pointer}
.btn.plain,button.plain{background:#fff;color:var(--sea)}
input[type=text],input[type=email],input[type=password],input[type=tel],select,textarea{font:inherit;padding:9px;border:1px solid #84929a;border-radius:4px;width:100%;max-width:460px}
label{display:block;margin:10px 0 4px} label.tick{display:flex;gap:9px;align-items:flex-start;margin:12px 0} label.tick input{width:20px;height:20px;flex:none;margin-top:2px}
.strip{background:#e8f1f1;border-left:4px solid var(--sea);padding:10px 14px;margin:0 0 10px}
.hero{background:linear-gradient(120deg,#0b5563,#27808a);color:#fff;padding:34px 28px;border-radius:8px;margin:14px 0}.hero a{color:#fff}
.cats{display:flex;gap:12px;flex-wrap:wrap;margin:14px 0}.cats a{padding:12px 22px;border:1px solid var(--line);border-radius:24px;text-decoration:none}
.list{display:grid;grid-template-columns:repeat(4,1fr);gap:16px;list-style:none;padding:0}
.card{border:1px solid var(--line);border-radius:6px;padding:12px;position:relative;background:#fff}
.card img{width:100%;height:150px;object-fit:cover;border-radius:4px;display:block}.card a{text-decoration:none;color:inherit}
.card h3{font-size:16px;margin:8px 0 4px;min-height:44px}.price{color:var(--sun);font-weight:700;font-size:18px}.sub{font-size:13px;color:var(--soft)}
.card.paid{background:#fff5e2;border:2px solid #b07213}.adrow{display:flex;gap:6px;margin-top:8px}
.adtag{font:700 13px/1 'Segoe UI','Noto Sans CJK SC',Arial,sans-serif;background:#7a3d00;color:#fff;padding:4px 7px;border-radius:3px}.adtag.en{background:#fff;color:#7a3d00;border:1px solid #7a3d00}
.sorts{display:flex;flex-wrap:wrap;gap:8px;margin:12px 0}.sorts a{padding:8px 12px;border:1px solid var(--line);border-radius:4px;text-decoration:none;font-size:14px}.sorts a[aria-current]{background:var(--sea);color:#fff}
.pager{display:flex;gap:8px;margin:20px 0}.pager a,.pager b{padding:8px 14px;border:1px solid var(--line)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:28px}.box{border:1px solid var(--line);border-radius:6px;padding:14px 16px;margin:12px 0;background:#fff}
.hub{display:grid;grid-template-columns:repeat(3,1fr);gap:16px}.hub .card h3{min-height:0}
.policy{display:grid;grid-template-columns:250px 1fr;gap:36px}.policy nav{font-size:14px}.policy nav ol{list-style:none;padding:0}.policy nav li{margin:7px 0}
.meta{color:var(--soft);font-size:14px}.lead{font-size:17px;color:var(--soft)}
.tablewrap{overflow-x:auto}table.grid{border-collapse:collapse;width:100%;font-size:15px}.grid th,.grid td{border:1px solid var(--line);padding:8px 10px;text-align:left;vertical-align:top}.grid th{background:var(--mist);font-weight:600}
details{border-bottom:1px solid var(--line);padding:10px 0}summary{cursor:pointer;font-weight:600}
.err{color:#a11212}.row{display:flex;justify-content:space-between;gap:16px;padding:7px 0;border-bottom:1px dotted var(--line)}.row.total{font-weight:700;font-size:19px}
.actions{display:flex;gap:12px;flex-wrap:wrap;margin:16px 0}.actions .btn,.actions button{min-width:180px;text-align:center}
.switchline{display:flex;gap:12px;align-items:center;flex-wrap:wrap;background:var(--mist);padding:8px 12px;border-radius:4px;margin:8px 0}
@media(max-width:720px){main{padding:12px 12px 32px}.list{grid-template-columns:repeat(2,1fr);gap:10px}.two,.policy,.hub{grid-template-columns:1fr}.card img{height:110px}.card h3{font-size:15px;min-height:0}
 .hero{padding:20px 16px}.card .adrow{display:none}.card.paid{background:#fff;border:1px solid var(--line)}.policy{gap:8px}h1{font-size:24px}}
"""
SHADOW_CSS = """
:host{display:block;font:15px/1.5 'Segoe UI',Arial,sans-serif;color:#20262b}*{box-sizing:border-box}a{color:inherit}
"""
HEADER = (
    """<hl-header><template shadowrootmode="open"><style>"""
    + SHADOW_CSS
    + """
header{border-bottom:1px solid #d9dee1;background:#fff}.in{max-width:1120px;margin:0 auto;padding:12px 16px;display:flex;gap:18px;align-items:center;flex-wrap:wrap}
.logo{font:700 24px Georgia,serif;color:#0b5563;text-decoration:none}form{display:flex;flex:1 1 320px}input{flex:1;min-width:0;font:inherit;padding:10px;border:2px solid #0b5563;border-right:0;border-radius:4px 0 0 4px}
button{font:600 15px Arial;padding:10px 18px;border:0;background:#0b5563;color:#fff;border-radius:0 4px 4px 0;cursor:pointer}nav{display:flex;gap:16px;flex-wrap:wrap}nav a{text-decoration:none;padding:4px 0}
</style><header><div class="in"><a class="logo" href="/">Harbourlane</a>
<form action="/search" role="search"><input type="search" name="q" aria-label="Search goods" placeholder="Search goods and stores" value="{{ q|default('') }}"><button type="submit">Search</button></form>
<nav aria-label="Main"><a href="/cart">Cart ({{ cart_count }})</a>{% if me %}<a href="/account">Account</a><a href="/logout">Sign out</a>{% else %}<a href="/login">Sign in</a><a href="/register">Register</a>{% endif %}<a href="/plus">Plus</a><a href="/help">Help</a><a href="/policies">Policies</a></nav>
</div></header></template></hl-header>"""
)
FOOTER = (
    """<hl-footer><template shadowrootmode="open"><style>"""
    + SHADOW_CSS
    + """
footer{background:#12333a;color:#eef4f4;padding:28px 16px 36px}.in{max-width:1120px;margin:0 auto}.cols{display:grid;grid-template-columns:repeat(4,1fr);gap:24px}h2{font-size:15px;margin:0 0 8px}ul{list-style:none;margin:0;padding:0}li{margin:0}li a{display:inline-block;padding:5px 0;font-size:14px}
.legal{border-top:1px solid #4a6a70;margin-top:22px;padding-top:14px;font-size:13px}.legal p{margin:5px 0}.legal a{font-weight:600}
@media(max-width:720px){.cols{grid-template-columns:1fr 1fr}}
</style><footer><div class="in"><div class="cols">
<section><h2>Agreements and rules</h2><ul><li><a href="/policies/user-agreement">User Agreement</a></li><li><a href="/policies/privacy-policy">Privacy Policy</a></li><li><a href="/policies/trading-rules">Trading Rules</a></li><li><a href="/policies/returns">Returns and Refunds</a></li><li><a href="/policies/review-rules">Review and Rating Rules</a></li><li><a href="/policies">All policies</a></li></ul></section>
<section><h2>Help</h2><ul><li><a href="/help">Help centre</a></li><li><a href="/complaints">Complaints and reports</a></li><li><a href="/policies/dispute-rules">Dispute Rules</a></li><li><a href="/announcements">Announcements</a></li><li><a href="/consultations">Consultations on drafts</a></li><li><a href="#" id="cookies">Cookie settings</a></li></ul></section>
<section><h2>Sellers</h2><ul><li><a href="/policies/seller-agreement">Seller Agreement</a></li><li><a href="/seller">Seller centre</a></li><li><a href="/policies/deposit-rules">Consumer protection deposit</a></li><li><a href="/policies/advertising-policy">Advertising and ranking</a></li><li><a href="/legal/penalties">Store penalties</a></li></ul></section>
<section><h2>Company</h2><ul><li><a href="/legal/licence">Business licence and permits (营业执照)</a></li><li><a href="/ip/complaint">IP complaints</a></li><li><a href="/legal/ip-notices">IP notices and results</a></li><li><a href="/policies/ip-rules">IP Protection Rules</a></li></ul></section></div>
<div class="legal"><p>Operated by Chongqing Harbourlane E-commerce Co., Ltd. (重庆港巷电子商务有限公司) · <a href="/legal/licence">Business licence 营业执照: {{ code }}</a></p>
<p><a href="/legal/licence#permits">Value-added telecommunications licence 渝B2-20240386</a> · 渝ICP备2021008731号-2 · 渝公网安备 50011202503417号</p>
<p>Complaints: +86 23 6786 5521, every day 08:00–22:00 (China time) · care@harbourlane.example · Consumer hotline of the authority: 12315</p><p>© 2021–2026 Harbourlane</p></div>
</div></footer></template></hl-footer>"""
)
CONSENT = (
    """<hl-consent hidden><template shadowrootmode="open"><style>"""
    + SHADOW_CSS
    + """
:host([hidden]){display:none}.bar{position:fixed;left:0;right:0;bottom:0;background:#fff;border-top:2px solid #0b5563;padding:14px 18px;z-index:60;box-shadow:0 -4px 18px #0003}.in{max-width:1120px;margin:0 auto;display:flex;gap:18px;align-items:center;flex-wrap:wrap}p{margin:0;flex:1 1 340px;font-size:14px}
button{font:600 14px Arial;padding:10px 0;width:120px;border:1px solid #0b5563;background:#fff;color:#0b5563;border-radius:4px;cursor:pointer}.b{display:flex;gap:10px}
</style><div class="bar" role="dialog" aria-label="Cookies"><div class="in"><p>We use two necessary cookies. May we also count visits? It is not needed for shopping. See section 4 of the <a href="/policies/privacy-policy#s4">Privacy Policy</a>.</p><div class="b"><button data-say="no">Reject</button><button data-say="yes">Accept</button></div></div></div></template></hl-consent>"""
)
JS = """
class HlFooter extends HTMLElement{connectedCallback(){this.shadowRoot.getElementById('cookies').addEventListener('click',e=>{e.preventDefault();document.querySelector('hl-consent').hidden=false})}}
class HlConsent extends HTMLElement{connectedCallback(){const room=()=>{document.body.style.paddingBottom=this.hidden?'':this.shadowRoot.querySelector('.bar').offsetHeight+'px'};new MutationObserver(room).observe(this,{attributes:true});addEventListener('resize',room);
 if(!localStorage.getItem('hl_cookies'))this.hidden=false;
 this.shadowRoot.querySelectorAll('button').forEach(b=>b.addEventListener('click',()=>{localStorage.setItem('hl_cookies',b.dataset.say);this.hidden=true}))}}
class HlPromo extends HTMLElement{connectedCallback(){if(sessionStorage.getItem('hl_promo'))return;sessionStorage.setItem('hl_promo','1');
 const r=this.attachShadow({mode:'open'});r.innerHTML=`<style>*{box-sizing:border-box}.mask{position:fixed;inset:0;background:#0007;z-index:50;display:flex;align-items:center;justify-content:center;font:16px/1.5 Georgia,serif}
 .card{position:relative;width:320px;max-width:86vw;background:#fff;border-radius:10px;padding:30px 24px 24px;text-align:center;color:#20262b}.x{position:absolute;top:8px;right:8px;width:40px;height:40px;border:1px solid #20262b;border-radius:50%;background:#fff;color:#20262b;font:22px/1 Arial;cursor:pointer}
 .tag{position:absolute;top:16px;left:16px;background:#7a3d00;color:#fff;font:700 13px Arial;padding:3px 7px;border-radius:3px}h2{margin:22px 0 8px}a{display:inline-block;margin-top:12px;background:#0b5563;color:#fff;padding:10px 18px;border-radius:4px;text-decoration:none}</style>
 <div class="mask"><div class="card" role="dialog" aria-modal="true" aria-label="Advertisement: Winter Market"><span class="tag" lang="zh-CN">广告</span><button class="x" aria-label="Close">×</button><h2>12.12 Winter Market</h2><p>10 to 12 December 2026. ¥40 off for each ¥300 on marked goods.</p><a href="/policies/promotion-rules">See the rules</a></div></div>`;
 const x=r.querySelector('.x');x.addEventListener('click',()=>{r.innerHTML=''});x.focus()}}
customElements.define('hl-footer',HlFooter);customElements.define('hl-consent',HlConsent);customElements.define('hl-promo',HlPromo);
document.querySelectorAll('[data-code]').forEach(b=>b.addEventListener('click',()=>{b.nextElementSibling.textContent='A code has been sent. It is valid for ten minutes.'}));
const sum=document.querySelector('[data-sum]');if(sum){const base=parseFloat(sum.dataset.sum);const f=()=>{let t=base;document.querySelectorAll('input[data-price]').forEach(i=>{const l=document.getElementById('line-'+i.name);l.hidden=!i.checked;if(i.checked)t+=parseFloat(i.dataset.price)});sum.textContent='¥'+t.toFixed(2)};
 document.querySelectorAll('input[data-price]').forEach(i=>i.addEventListener('change',f));window.addEventListener('pageshow',f);f()}
"""
PAGE = (
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ title }} · Harbourlane</title><link rel="icon" href="/img/7101.svg"><link rel="stylesheet" href="/static/site.css"></head><body>"""
    + HEADER
    + """<main>{{ body }}</main>"""
    + FOOTER
    + CONSENT
    + """{% if promo %}<hl-promo></hl-promo>{% endif %}<script type="module" src="/static/site.js"></script></body></html>"""
)
CARD = """{% macro card(p, ad=None) %}<li class="card{% if ad %} paid{% endif %}" data-id="{{ p.id }}"{% if ad %} data-ad-id="{{ ad }}"{% endif %}><a href="/item/{{ p.id }}{% if ad %}?adid={{ ad }}&amp;campaign=kw-{{ p.id }}&amp;click_id={{ ad }}-{{ p.n }}{% endif %}"><img src="/img/{{ p.id }}.svg" alt=""><h3>{{ p.name }}</h3></a>{% if ad %}<div class="adrow"><span class="adtag" lang="zh-CN">广告</span> <span class="adtag en">Ad</span></div>{% endif %}
<div class="price">¥{{ '%.2f'|format(p.price) }}</div><div class="sub">{{ p.sold }} sold · {% if p['count'] %}★ {{ p.rating }} ({{ p['count'] }}){% else %}No reviews yet{% endif %}</div><div class="sub"><a href="/store/{{ p.store }}">{{ p.brand }}</a></div></li>{% endmacro %}"""


def make_app():
    app = Flask(__name__, static_folder=None)
    items = goods()
    by_id = {p["id"]: p for p in items}
    serial = itertools.count(10482)
    Bag(app, "hl_session", lambda: {"user": None, "cart": {}, "views": {}, "neutral": False, "orders": {}})
    users = {
        "mei.tan@mail.example": {"pw": "Lantern-2026", "role": "buyer", "credit": 0, "orders": {}},
        "oliver.brandt@mail.example": {
            "pw": "Junk-Boat-77",
            "role": "buyer",
            "credit": 50,
            "orders": {
                "HL26110701": {
                    "items": [(7119, 1)],
                    "total": 268.0,
                    "state": "Delivered 20 November 2026",
                    "refused": True,
                },
                "HL26091902": {"items": [(7125, 2)], "total": 92.0, "state": "Completed 12 October 2026", "done": True},
                "HL26112203": {"items": [(7131, 1)], "total": 69.0, "state": "In transit since 24 November 2026"},
            },
        },
        "store@suyuan.example": {"pw": "Kiln-Fire-19", "role": "seller", "credit": 0, "orders": {}},
    }
    for mail, u in users.items():
        u.update(mail=mail, country="China", marketing=False, neutral=False, views={}, name="", closing=False)
    pending, tickets = {}, []

    def me():
        return users.get(g.bag["user"])

    def who():
        return me() or g.bag

    def page(title, template, status=200, promo=False, **kw):
        kw.update(me=me(), by_id=by_id, code=CODE, cart_count=sum(g.bag["cart"].values()), docs=DOCS, q=kw.get("q", ""))
        body = Markup(render_template_string(CARD + template, **kw))
        return render_template_string(PAGE, title=title, body=body, promo=promo, **kw), status

    def need_login():
        return None if me() else redirect("/login?next=" + request.full_path.rstrip("?"))

    def ticket(kind):
        number = f"HL-{kind}-{next(serial)}"
        tickets.append((number, dict(request.form)))
        return number

    @app.get("/static/site.css")
    def css():
        return Response(CSS, mimetype="text/css")

    @app.get("/static/site.js")
    def js():
        return Response(JS, mimetype="text/javascript")

    @app.get("/img/<int:i>.svg")
    def img(i):
        hue, n = i * 47 % 360, i % 3
        shape = (
            f'<circle cx="150" cy="100" r="58" fill="hsl({hue},45%,45%)"/>',
            f'<rect x="92" y="52" width="116" height="96" rx="14" fill="hsl({hue},45%,45%)"/>',
            f'<path d="M150 38 L220 158 L80 158Z" fill="hsl({hue},45%,45%)"/>',
        )[n]
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="300" height="200" fill="hsl({hue},40%,90%)"/>{shape}</svg>',
            mimetype="image/svg+xml",
        )

    # ------------------------------------------------ home, search, item, store

    @app.get("/")
    def home():
        best = sorted(items, key=lambda p: -p["sold"])[:8]
        return page(
            "Home",
            """
<div class="strip">Notice: <a href="/announcements/trading-rules-2026-11">Trading Rules, new version from 29 November 2026</a></div>
<div class="strip">Consultation open until 6 December 2026: <a href="/consultations/review-rules-2027">draft Review and Rating Rules 2027 – read the draft and tell us what you think</a></div>
<section class="hero"><h1>12.12 Winter Market</h1><p>10 December 00:00 to 12 December 2026, 24:00 (China time). ¥40 off for each ¥300 on marked goods; pre-orders from 3 December, 10:00.</p><p><a href="/policies/promotion-rules"><b>Period, method and rules of the Winter Market</b></a></p></section>
<nav class="cats" aria-label="Categories">{% for c in cats %}<a href="/search?cat={{ c }}">{{ c }}</a>{% endfor %}</nav>
<h2>Bought most often</h2><ul class="list">{% for p in best %}{{ card(p) }}{% endfor %}</ul>
<h2>From the stores</h2><div class="cats">{% for s in stores %}<a href="/store/{{ s[0] }}">{{ s[1] }} ★ {{ s[5] }}</a>{% endfor %}</div>
<h2>News</h2><ul>{% for k, n in news.items() %}<li><a href="/announcements/{{ k }}">{{ n[1] }}</a> <span class="sub">{{ n[0] }}</span></li>{% endfor %}</ul>""",
            promo=True,
            best=best,
            cats=CATS,
            stores=STORES,
            news=NEWS,
        )

    @app.get("/search")
    def search():
        q, cat, sort = request.args.get("q", "").strip(), request.args.get("cat", ""), request.args.get("sort", "best")
        n = max(1, request.args.get("page", 1, type=int))
        words = q.lower().split()
        hits = [
            p
            for p in items
            if (not cat or p["cat"] == cat)
            and (not words or any(w in " ".join([p["name"], p["brand"], p["cat"], *p["tags"]]).lower() for w in words))
        ]
        views = {} if who()["neutral"] else who()["views"]
        keys = {
            "best": lambda p: (-(p["rating"] * 100 + p["sold"] / 20 + 160 * min(3, views.get(p["brand"], 0))), p["id"]),
            "sales": lambda p: (-p["sold"], p["id"]),
            "rating": lambda p: (-p["rating"], -p["count"], p["id"]),
            "price_asc": lambda p: (p["price"], p["id"]),
            "price_desc": lambda p: (-p["price"], p["id"]),
            "new": lambda p: -p["id"],
        }
        hits.sort(key=keys.get(sort, keys["best"]))
        pages = max(1, -(-len(hits) // 12))
        cards = [(p, None) for p in hits[(n - 1) * 12 : n * 12]]
        if sort == "best" and cards:
            for spot, ad in zip((0, 5), ADS.get(n - 1, ())):
                cards.insert(spot, (by_id[ad], f"A{ad}{n}"))
        args = lambda **kw: url_for(
            "search", **{k: v for k, v in {"q": q, "cat": cat, "sort": sort, **kw}.items() if v}
        )
        return page(
            q or cat or "All goods",
            """<h1>{{ heading }}</h1><p class="meta">{{ total }} goods</p>
<nav class="sorts" aria-label="Sort by">{% for k, label in sorts %}<a href="{{ args(sort=k) }}"{% if k == sort %} aria-current="true"{% endif %}>{{ label }}</a>{% endfor %}</nav>
<form class="switchline" method="post" action="/personalisation"><input type="hidden" name="back" value="{{ args() }}"><span>Results not based on my activity: <b>{{ 'on' if neutral else 'off' }}</b></span><button class="plain" role="switch" aria-checked="{{ 'true' if neutral else 'false' }}" aria-label="Results not based on my activity">{{ 'Turn off' if neutral else 'Turn on' }}</button></form>
{% if cards %}<ul class="list" id="results">{% for p, ad in cards %}{{ card(p, ad) }}{% endfor %}</ul>{% else %}<p>Nothing found. Try a more general word.</p>{% endif %}
<nav class="pager" aria-label="Pages">{% for i in range(1, pages + 1) %}{% if i == n %}<b>{{ i }}</b>{% else %}<a href="{{ args(page=i) }}">{{ i }}</a>{% endif %}{% endfor %}</nav>""",
            heading=f"Results for “{q}”" if q else cat or "All goods",
            total=len(hits),
            sorts=SORTS,
            sort=sort,
            args=args,
            cards=cards,
            pages=pages,
            n=n,
            neutral=who()["neutral"],
            q=q,
        )

    @app.post("/personalisation")
    def personalisation():
        g.bag["neutral"] = who()["neutral"] = not who()["neutral"]
        back = request.form.get("back", "/account/settings")
        return redirect(back if back.startswith("/") else "/")

    @app.get("/item/<int:i>")
    def item(i):
        p = by_id.get(i) or abort(404)
        who()["views"][p["brand"]] = who()["views"].get(p["brand"], 0) + 1
        revs = sorted(
            p.get("reviews", []),
            key={"low": lambda v: v["stars"], "high": lambda v: -v["stars"]}.get(
                request.args.get("by"), lambda v: (-v["day"][0], -v["day"][1])
            ),
        )
        return page(
            p["name"],
            """<div class="two"><div><img src="/img/{{ p.id }}.svg" alt="{{ p.name }}" style="width:100%;border-radius:8px"></div><div><h1>{{ p.name }}</h1>
<p class="sub">{{ p.sold }} sold · {% if p['count'] %}★ {{ p.rating }} from {{ p['count'] }} ratings{% else %}No reviews yet{% endif %} · <a href="/policies/review-rules">how scores are made</a></p>
<p class="price">¥{{ '%.2f'|format(p.price) }}</p>{% if p.plus %}<p class="sub">Plus members pay ¥{{ '%.2f'|format(p.price * 0.95) }}</p>{% endif %}
<p>Standard delivery ¥12.00 per order · dispatched within 48 hours · <strong>seven-day return without a reason applies</strong></p>
<form method="post" action="/cart/add"><input type="hidden" name="id" value="{{ p.id }}"><div class="actions"><button name="go" value="cart" class="plain">Add to cart</button><button name="go" value="buy">Buy now</button></div></form>
<div class="box">Sold and dispatched by <a href="/store/{{ p.store }}">{{ p.brand }}</a> ★ {{ store[5] }}<br><span class="sub">{{ store[2] }}</span></div>
<p class="sub">Good for: {{ p.tags|join(', ') }} · Category: <a href="/search?cat={{ p.cat }}">{{ p.cat }}</a></p></div></div>
<h2>Reviews</h2>{% if revs %}<p class="sub">{{ revs|length }} with text; the other ratings came without text. Sort: <a href="?by=new">newest</a> · <a href="?by=low">lowest</a> · <a href="?by=high">highest</a></p>{% for v in revs %}<div class="box"><b>{{ '★' * v.stars }}{{ '☆' * (5 - v.stars) }}</b> {{ v.who }} · {{ v.date }} · variant: {{ v.variant }}<p>{{ v.text }}</p></div>{% endfor %}{% else %}<p>No reviews with text yet.</p>{% endif %}
<p class="sub"><a href="/policies/review-rules">Review and Rating Rules</a> · <a href="/complaints?about={{ p.id }}">Report this listing</a></p>""",
            p=p,
            store=BY_STORE[p["store"]],
            revs=revs,
        )

    @app.get("/store/<slug>")
    def store(slug):
        s = BY_STORE.get(slug) or abort(404)
        return page(
            s[1],
            """<h1>{{ s[1] }}</h1><p>Store score ★ {{ s[5] }} · <a href="/policies/review-rules#s3">how it is made</a> · <a href="/complaints?about={{ s[0] }}">Report this store</a></p>
<div class="box"><b>Licence details of the seller</b><br>{{ s[2] }}<br>Unified social credit code (统一社会信用代码): {{ s[3] }}<br>{{ s[4] }}<br>Contact: service@{{ s[0] }}.example</div><ul class="list">{% for p in goods %}{{ card(p) }}{% endfor %}</ul>""",
            s=s,
            goods=[p for p in items if p["store"] == slug],
        )

    # ------------------------------------------------ cart, checkout, cashier

    @app.post("/cart/add")
    def cart_add():
        i = request.form.get("id", 0, type=int)
        if i not in by_id:
            abort(404)
        g.bag["cart"][i] = g.bag["cart"].get(i, 0) + 1
        return redirect("/checkout" if request.form.get("go") == "buy" else "/cart")

    @app.post("/cart/remove")
    def cart_remove():
        g.bag["cart"].pop(request.form.get("id", 0, type=int), None)
        return redirect("/cart")

    def lines():
        return [(by_id[i], n) for i, n in g.bag["cart"].items()]

    @app.get("/cart")
    def cart():
        return page(
            "Cart",
            """<h1>Cart</h1>{% for p, n in lines %}<div class="row"><span><a href="/item/{{ p.id }}">{{ p.name }}</a> × {{ n }}</span><span>¥{{ '%.2f'|format(p.price * n) }}</span><form method="post" action="/cart/remove"><input type="hidden" name="id" value="{{ p.id }}"><button class="plain">Remove</button></form></div>{% else %}<p>Your cart is empty.</p>{% endfor %}
{% if lines %}<div class="row total"><span>Goods</span><span>¥{{ '%.2f'|format(total) }}</span></div><p class="sub">Delivery ¥12.00 is added at checkout.</p><p><a class="btn" href="/checkout">Go to checkout</a></p>{% endif %}""",
            lines=lines(),
            total=sum(p["price"] * n for p, n in lines()),
        )

    @app.get("/checkout")
    def checkout():
        if r := need_login():
            return r
        if not g.bag["cart"]:
            return redirect("/cart")
        total = sum(p["price"] * n for p, n in lines())
        return page(
            "Checkout",
            """<h1>Checkout</h1><form method="post" action="/checkout"><h2>Deliver to</h2><label for="name">Name</label><input type="text" id="name" name="name" required><label for="addr">Address</label><input type="text" id="addr" name="addr" required><label for="tel">Telephone</label><input type="tel" id="tel" name="tel" required>
<label for="country">Country or region</label><select id="country" name="country"><option>China</option><option>Germany</option><option>Singapore</option><option>United Kingdom</option></select>
<h2>Your goods</h2>{% for p, n in lines %}<div class="row"><span>{{ p.name }} × {{ n }} · {{ p.brand }}</span><span>¥{{ '%.2f'|format(p.price * n) }}</span></div>{% endfor %}<div class="row"><span>Standard delivery</span><span>¥12.00</span></div>
<h2>Optional extras</h2><p class="sub">Not needed for the order. Tick what you would like.</p>
<label class="tick"><input type="checkbox" name="cover" data-price="6"><span><b>Parcel cover, ¥6.00</b> (optional) – loss and breakage on the way, up to ¥2,000. Provided by Yujiang Property Insurance Co., Ltd. <a href="/help/parcel-cover" target="_blank">Conditions</a></span></label>
<label class="tick"><input type="checkbox" name="wrap" data-price="8"><span><b>Gift wrapping, ¥8.00</b> (optional) – done by the store. <a href="/help/gift-wrapping" target="_blank">Details</a></span></label>
<div class="row" id="line-cover" hidden><span>Parcel cover</span><span>¥6.00</span></div><div class="row" id="line-wrap" hidden><span>Gift wrapping</span><span>¥8.00</span></div>
<div class="row total"><span>Total</span><span data-sum="{{ total + 12 }}">¥{{ '%.2f'|format(total + 12) }}</span></div>
<p><strong>Dispatch within 48 hours of payment. Seven-day return without a reason applies to these goods; you pay the return carriage. You may cancel free of charge until dispatch.</strong></p><button>Place order and pay</button></form>""",
            lines=lines(),
            total=total,
        )

    @app.post("/checkout")
    def place():
        if r := need_login():
            return r
        if not g.bag["cart"]:
            return redirect("/cart")
        rows = [(f"{p['name']} × {n}", p["price"] * n) for p, n in lines()] + [("Standard delivery", 12.0)]
        rows += [("Parcel cover", 6.0)] if request.form.get("cover") else []
        rows += [("Gift wrapping", 8.0)] if request.form.get("wrap") else []
        number = f"HL2611{next(serial)}"
        pending[number] = (g.bag["user"], rows)
        me()["orders"][number] = {
            "items": [(p["id"], n) for p, n in lines()],
            "total": sum(v for _, v in rows),
            "state": "Waiting for payment",
        }
        g.bag["cart"].clear()
        return redirect(f"/cashier/{number}")

    @app.get("/cashier/<number>")
    def cashier(number):
        if r := need_login():
            return r
        owner, rows = pending.get(number, (None, None))
        if owner != g.bag["user"]:
            abort(404)
        return page(
            "Cashier",
            """<h1>Payment for order {{ number }}</h1>{% for name, v in rows %}<div class="row"><span>{{ name }}</span><span>¥{{ '%.2f'|format(v) }}</span></div>{% endfor %}<div class="row total"><span>To pay</span><span>¥{{ '%.2f'|format(rows|sum(attribute=1)) }}</span></div>
<form method="post"><label class="tick"><input type="radio" name="via" value="unionpay" required><span>UnionPay</span></label><label class="tick"><input type="radio" name="via" value="card"><span>Visa or Mastercard</span></label><button>Pay ¥{{ '%.2f'|format(rows|sum(attribute=1)) }}</button></form>
<p><a href="/account/orders">Back to my orders</a></p>""",
            number=number,
            rows=rows,
        )

    @app.post("/cashier/<number>")
    def pay(number):
        return page(
            "Payment",
            "<h1>Payment service</h1><p>You are now being connected to the payment institution. Nothing has been charged yet. <a href='/account/orders'>Back to my orders</a></p>",
        )

    # ------------------------------------------------ membership

    @app.route("/plus", methods=["GET", "POST"])
    def plus():
        if request.method == "POST":
            if r := need_login():
                return r
            number = f"HLP{next(serial)}"
            pending[number] = (g.bag["user"], [("Plus membership", 168.0)])
            return redirect(f"/cashier/{number}")
        return page(
            "Plus",
            """<h1>Harbourlane Plus</h1><section class="hero"><h2>Four free deliveries a month, members' prices, fourteen days to send things back.</h2><p>¥168 for twelve months</p></section>
<div class="hub"><div class="card"><h3>Free delivery</h3><p>On four orders in each calendar month.</p></div><div class="card"><h3>Members' prices</h3><p>Wherever a second price is shown.</p></div><div class="card"><h3>Short waits</h3><p>Customer care within two minutes.</p></div></div>
<form method="post" style="margin-top:22px"><p>By joining you accept the <a href="/policies/plus-terms" target="_blank">Plus Membership Terms</a>. Please read them for term, renewal and refunds.</p><button>Join Plus</button></form>""",
        )

    # ------------------------------------------------ register, login, account

    @app.route("/register", methods=["GET", "POST"])
    def register():
        error, f = "", request.form
        if request.method == "POST":
            if not f.get("agree"):
                error = "Please tick the box for the User Agreement and the Privacy Policy."
            elif f.get("code", "").strip() != "123456":
                error = "The code is not right."
            elif "@" not in f.get("email", "") or len(f.get("password", "")) < 8:
                error = "Please enter an e-mail address and a password of at least eight characters."
            elif f["email"] in users:
                error = "There is an account with this address already."
            else:
                users[f["email"]] = {
                    "pw": f["password"],
                    "role": "buyer",
                    "credit": 0,
                    "orders": {},
                    "mail": f["email"],
                    "country": f.get("country", ""),
                    "marketing": bool(f.get("offers")),
                    "neutral": g.bag["neutral"],
                    "views": {},
                    "name": "",
                    "closing": False,
                }
                g.bag["user"] = f["email"]
                return redirect("/account")
        return page(
            "Register",
            """<h1>Create an account</h1>{% if error %}<p class="err" role="alert">{{ error }}</p>{% endif %}<form method="post">
<label for="email">E-mail</label><input type="email" id="email" name="email" value="{{ f.email or '' }}" required><label for="code">One-time code</label><input type="text" id="code" name="code" inputmode="numeric" required> <button type="button" class="plain" data-code>Send code</button> <span class="sub" aria-live="polite"></span>
<label for="pw">Password</label><input type="password" id="pw" name="password" required><label for="country">Country or region</label><select id="country" name="country"><option>China</option><option>Germany</option><option>Singapore</option><option>United Kingdom</option><option>Other</option></select>
<label class="tick"><input type="checkbox" name="agree" value="1"{% if f.agree %} checked{% endif %}><span>I agree to the <a href="/policies/user-agreement" target="_blank">User Agreement</a> and have read the <a href="/policies/privacy-policy" target="_blank">Privacy Policy</a>. Please read the agreement carefully; it contains provisions on charges and on liability.</span></label>
<label class="tick"><input type="checkbox" name="offers" value="1"{% if f.offers %} checked{% endif %}><span>Optional: send me offers by e-mail. I can stop this at any time.</span></label><button>Register</button></form><p>Have an account? <a href="/login">Sign in</a></p>""",
            error=error,
            f=f,
        )

    @app.route("/login", methods=["GET", "POST"])
    def login():
        error = ""
        if request.method == "POST":
            u = users.get(request.form.get("email", "").strip())
            if u and (u["pw"] == request.form.get("password") or request.form.get("code", "").strip() == "123456"):
                g.bag["user"] = u["mail"]
                u["neutral"] = u["neutral"] or g.bag["neutral"]
                goto = request.args.get("next", "/account")
                return redirect(goto if goto.startswith("/") and not goto.startswith("//") else "/account")
            error = "E-mail, password or code is not right."
        return page(
            "Sign in",
            """<h1>Sign in</h1>{% if error %}<p class="err" role="alert">{{ error }}</p>{% endif %}<form method="post"><label for="email">E-mail</label><input type="email" id="email" name="email" required><label for="pw">Password</label><input type="password" id="pw" name="password">
<details><summary>Use a one-time code instead</summary><label for="code">Code</label><input type="text" id="code" name="code" inputmode="numeric"> <button type="button" class="plain" data-code>Send code</button> <span class="sub" aria-live="polite"></span></details><p><button>Sign in</button></p></form><p>New here? <a href="/register">Register</a></p>""",
            error=error,
        )

    @app.get("/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.get("/account")
    def account():
        return need_login() or page(
            "Account",
            """<h1>Account</h1><p>{{ me.mail }}{% if me.closing %} · closing requested{% endif %}</p><div class="hub"><div class="card"><h3><a href="/account/orders">Orders</a></h3><p>Cancel, return, review, ask us to step in.</p></div><div class="card"><h3><a href="/account/settings">Settings</a></h3><p>Your details, e-mail offers, personalised results, close account.</p></div><div class="card"><h3><a href="/account/privacy">Privacy</a></h3><p>See, download and delete your information.</p></div>
<div class="card"><h3><a href="/account/credit">Credit</a></h3><p>¥{{ '%.2f'|format(me.credit) }}</p></div><div class="card"><h3><a href="/plus">Plus</a></h3><p>Not a member.</p></div><div class="card"><h3><a href="/complaints">Complaints and reports</a></h3><p>Write to us, get a number.</p></div></div>""",
        )

    @app.get("/account/orders")
    def orders():
        return need_login() or page(
            "Orders",
            """<h1>Orders</h1>{% for k, o in me.orders.items() %}<div class="box"><b><a href="/account/orders/{{ k }}">{{ k }}</a></b> · {{ o.state }} · ¥{{ '%.2f'|format(o.total) }}</div>{% else %}<p>No orders yet.</p>{% endfor %}""",
        )

    @app.route("/account/orders/<k>", methods=["GET", "POST"])
    def order(k):
        if r := need_login():
            return r
        o = me()["orders"].get(k) or abort(404)
        number = ""
        if (
            request.form.get("do") == "review"
            and o.get("done")
            and request.form.get("stars", 0, type=int) in range(1, 6)
        ):
            by_id[o["items"][0][0]].setdefault("reviews", []).append(
                {
                    "stars": request.form.get("stars", type=int),
                    "text": request.form.get("text", "")[:3000],
                    "who": me()["mail"][0].upper() + "***",
                    "variant": "Slate",
                    "date": "26 November 2026",
                    "day": (10, 26),
                }
            )
            number = "of your review: " + ticket("V")
        elif request.method == "POST":
            number = ticket("D")
        return page(
            "Order",
            """<h1>Order {{ k }}</h1><p>{{ o.state }}</p>{% for i, n in o['items'] %}<div class="row"><span><a href="/item/{{ i }}">{{ by_id[i].name }}</a> × {{ n }} · sold by <a href="/store/{{ by_id[i].store }}">{{ by_id[i].brand }}</a></span></div>{% endfor %}<div class="row total"><span>Total</span><span>¥{{ '%.2f'|format(o.total) }}</span></div>
{% if number %}<p class="strip" role="status">Your request has been received. Number {{ number }}.</p>{% endif %}
{% if o.refused %}<p>23 November 2026: return requested (strap torn). 24 November 2026: the store refused.</p>{% endif %}
<form method="post"><label for="t">What happened?</label><textarea id="t" name="text" rows="4" maxlength="3000"></textarea><div class="actions">{% if o.state.startswith('Waiting') or 'transit' in o.state %}<button name="do" value="cancel" class="plain">Cancel order</button>{% endif %}{% if 'Delivered' in o.state %}<button name="do" value="return" class="plain">Request return</button>{% endif %}<button name="do" value="stepin">Ask Harbourlane to step in</button></div></form>
{% if o.done %}<h2>Write a review</h2><p class="sub">Open until 10 January 2027. It is up to you whether you review. See the <a href="/policies/review-rules">Review and Rating Rules</a>.</p><form method="post"><label for="st">Stars</label><select id="st" name="stars" required><option value="">Choose</option><option>1</option><option>2</option><option>3</option><option>4</option><option>5</option></select><label for="rt">Your review</label><textarea id="rt" name="text" rows="4" maxlength="3000" required></textarea><p><button name="do" value="review">Post review</button></p></form>{% endif %}<p><a href="/complaints?about={{ k }}">Complain about this order</a></p>""",
            k=k,
            o=o,
            number=number,
        )

    @app.route("/account/settings", methods=["GET", "POST"])
    def settings():
        if r := need_login():
            return r
        if request.method == "POST":
            me().update(
                name=request.form.get("name", ""),
                country=request.form.get("country", ""),
                marketing=bool(request.form.get("offers")),
                neutral=bool(request.form.get("neutral")),
            )
            g.bag["neutral"] = me()["neutral"]
        return page(
            "Settings",
            """<h1>Settings</h1><form method="post"><label for="name">Name</label><input type="text" id="name" name="name" value="{{ me.name }}"><label for="mail">E-mail</label><input type="email" id="mail" value="{{ me.mail }}" readonly><label for="country">Country or region</label><input type="text" id="country" name="country" value="{{ me.country }}">
<label class="tick"><input type="checkbox" name="offers"{% if me.marketing %} checked{% endif %}><span>Send me offers by e-mail</span></label><label class="tick"><input type="checkbox" name="neutral"{% if me.neutral %} checked{% endif %}><span>Results not based on my activity</span></label><button>Save</button></form>
<h2>Close account</h2><p><a href="/account/close">Close account</a></p>""",
        )

    @app.route("/account/privacy", methods=["GET", "POST"])
    def privacy():
        if r := need_login():
            return r
        done = request.form.getlist("what")
        if "history" in done:
            me()["views"].clear()
        return page(
            "Privacy",
            """<h1>Privacy</h1>{% if done %}<p class="strip" role="status">Deleted: {{ done|join(', ') }}.</p>{% endif %}<h2>My information</h2><div class="box">E-mail: {{ me.mail }}<br>Name: {{ me.name or 'not given' }}<br>Country or region: {{ me.country }}<br>Orders: {{ me.orders|length }}<br>Brands viewed: {{ me['views'].keys()|join(', ') or 'none' }}</div><p><a class="btn plain" href="/account/privacy/copy">Download a copy</a> <a class="btn plain" href="/account/settings">Correct it</a></p>
<h2>Delete information</h2><form method="post"><label class="tick"><input type="checkbox" name="what" value="history"><span>Browsing history</span></label><label class="tick"><input type="checkbox" name="what" value="addresses"><span>Addresses</span></label><label class="tick"><input type="checkbox" name="what" value="reviews"><span>Reviews</span></label><button>Delete</button></form><p><a href="/account/close">Close account</a></p>""",
            done=done,
        )

    @app.get("/account/privacy/copy")
    def copy():
        return need_login() or Response(
            "".join(f"{k}: {v}\n" for k, v in me().items() if k != "pw"),
            mimetype="text/plain",
            headers={"Content-Disposition": "attachment; filename=my-information.txt"},
        )

    @app.get("/account/credit")
    def credit():
        return need_login() or page(
            "Credit",
            """<h1>Credit</h1><p>Prepaid Credit: ¥{{ '%.2f'|format(me.credit) }}</p><p>Prepaid Credit is paid out on request without charge.</p><p><a href="/complaints?about=credit">Have it paid out</a> · <a href="/policies/credit-terms">Credit Terms</a></p>""",
        )

    @app.get("/account/close")
    def close():
        return need_login() or page(
            "Close account",
            """<h1>Close account</h1><p>We are sorry to see you go. What happens:</p><ul><li>Your profile, addresses and history are deleted at once. Order records are kept apart for three years as the law says.</li><li>Prepaid Credit is paid out in full. Open orders are carried through and you can follow them with the order number.</li><li>Other accounts that you may have are not affected.</li></ul>
<p>You need the one-time code that we send to {{ me.mail }} and a photograph of yourself holding your open passport or identity card, so that face and document can both be read.</p><p>The photograph is checked within seven days. The account is closed seven days later; until then you can change your mind by signing in and pressing "Keep my account".</p>
<div class="actions"><a class="btn" href="/account/close/verify">Continue</a><a class="btn" href="/account">Keep my account</a></div>""",
        )

    @app.route("/account/close/verify", methods=["GET", "POST"])
    def verify():
        if r := need_login():
            return r
        error = ""
        if request.method == "POST":
            photo = request.files.get("photo")
            if request.form.get("code", "").strip() != "123456":
                error = "The code is not right."
            elif not photo or not photo.filename:
                error = "Please add the photograph of yourself holding your passport or identity card. The account cannot be closed without it."
            else:
                me()["closing"] = True
                return page(
                    "Close account",
                    "<h1>Request received</h1><p>We check the photograph by 3 December 2026. The account is then closed on 10 December 2026 at the latest.</p><p><a href='/account'>Back to the account</a></p>",
                )
        return page(
            "Close account",
            """<h1>Close account: check</h1>{% if error %}<p class="err" role="alert">{{ error }}</p>{% endif %}<form method="post" enctype="multipart/form-data"><label for="code">One-time code</label><input type="text" id="code" name="code" inputmode="numeric" required> <button type="button" class="plain" data-code>Send code</button> <span class="sub" aria-live="polite"></span>
<label for="photo">Photograph of you holding your passport or identity card (required)</label><input type="file" id="photo" name="photo" accept="image/*"><div class="actions"><button>Close my account</button><a class="btn" href="/account">Keep my account</a></div></form>""",
            error=error,
        )

    # ------------------------------------------------ documents

    @app.get("/policies")
    def policies():
        groups = {}
        for d in DOCS.values():
            groups.setdefault(d["group"], []).append(d)
        return page(
            "Policies",
            """<h1>Policies</h1><p class="lead">Everything that we have put in writing. Each page can be downloaded; earlier versions are kept.</p>{% for name, ds in groups.items() %}<h2>{{ name }}</h2><div class="hub">{% for d in ds %}<div class="card"><h3><a href="/policies/{{ d.slug }}">{{ d.title }}</a></h3><p>{{ d.summary }}</p><p class="sub">Last updated {{ d.updated }} · <a href="/policies/{{ d.slug }}/download">Download</a></p></div>{% endfor %}</div>{% endfor %}
<h2>Published lists</h2><div class="hub"><div class="card"><h3><a href="/legal/licence">Business licence and permits</a></h3></div><div class="card"><h3><a href="/legal/penalties">Store penalties</a></h3></div><div class="card"><h3><a href="/legal/ip-notices">IP notices and results</a></h3></div><div class="card"><h3><a href="/consultations">Consultations on drafts</a></h3></div><div class="card"><h3><a href="/announcements">Announcements</a></h3></div><div class="card"><h3><a href="/complaints">Complaints and reports</a></h3></div></div>""",
            groups=groups,
        )

    def version(slug, date):
        d = DOCS.get(slug) or abort(404)
        if date is None:
            return (
                d,
                None,
                *article(d, d["body"], d["version"], f"Last updated {d['updated']} · Effective {d['effective']}"),
            )
        v = d["versions"].get(date) or abort(404)
        line = f"Effective {long_date(date)}" + (
            "" if v["kind"] == "next" else f" until the version of {d['effective']}"
        )
        return d, v, *article(d, v["body"], v["number"], line)

    DOC = """<div class="policy"><nav aria-label="On this page"><b>On this page</b><ol>{% for a, t in toc %}<li><a href="#{{ a }}">{{ t }}</a></li>{% endfor %}</ol><p><a class="btn plain" href="{{ link }}">Download (.txt)</a></p>
<b>Versions</b><ol><li><a href="/policies/{{ d.slug }}">Current version {{ d.version }}</a></li>{% for k, x in d.versions.items() %}<li><a href="/policies/{{ d.slug }}/v/{{ k }}">{{ 'Upcoming' if x.kind == 'next' else 'Previous' }} version {{ x.number }} ({{ k }})</a></li>{% endfor %}</ol><p><a href="/policies">All policies</a></p></nav>
<div>{% if v and v.kind == 'old' %}<p class="strip">This is an earlier version. It is no longer in force.</p>{% elif v %}<p class="strip">This version takes effect on 29 November 2026. It was posted on 24 November 2026.</p>{% endif %}<article>{{ art }}</article></div></div>"""

    @app.get("/policies/<slug>")
    @app.get("/policies/<slug>/v/<date>")
    def policy(slug, date=None):
        d, v, art, toc = version(slug, date)
        link = f"/policies/{slug}/download" + (f"?v={date}" if date else "")
        return page(d["title"], DOC, d=d, v=v, art=Markup(art), toc=toc, link=link)

    @app.get("/policies/<slug>/download")
    def download(slug):
        date = request.args.get("v")
        _, _, art, _ = version(slug, date)
        return Response(
            plain(art),
            mimetype="text/plain",
            headers={"Content-Disposition": f"attachment; filename=harbourlane-{slug}{'-' + date if date else ''}.txt"},
        )

    @app.get("/legal/licence")
    def licence():
        return page(
            "Business licence and permits",
            """<h1>Business licence and permits</h1><p class="meta">营业执照及许可信息 · Last checked 20 November 2026</p><h2>Business licence (营业执照)</h2><div class="tablewrap"><table class="grid">
{% for k, v in rows %}<tr><th>{{ k }}</th><td>{{ v }}</td></tr>{% endfor %}</table></div>
<h2 id="permits">Permits and filings (行政许可)</h2><div class="tablewrap"><table class="grid"><tr><th>Permit</th><th>Number</th><th>Issued by</th><th>Valid</th></tr>
<tr><td>Value-added telecommunications business licence (增值电信业务经营许可证): online data processing and transaction processing</td><td>渝B2-20240386</td><td>Chongqing Communications Administration (重庆市通信管理局)</td><td>12 April 2024 to 12 April 2029</td></tr>
<tr><td>ICP filing (ICP备案)</td><td>渝ICP备2021008731号-2</td><td>Chongqing Communications Administration</td><td>–</td></tr><tr><td>Public security filing (公安备案)</td><td>渝公网安备 50011202503417号</td><td>Chongqing Public Security Bureau, Yubei Branch</td><td>–</td></tr></table></div>
<p>Harbourlane sells no goods of its own. The licences of the sellers are on their store pages. Food, medicines, cosmetics, medical devices and publications are not admitted to the marketplace. Registration data can be checked in the National Enterprise Credit Information Publicity System (国家企业信用信息公示系统, www.gsxt.gov.cn).</p>""",
            rows=[
                ("Name (名称)", "Chongqing Harbourlane E-commerce Co., Ltd. (重庆港巷电子商务有限公司)"),
                ("Unified social credit code (统一社会信用代码)", CODE),
                ("Type (类型)", "Limited liability company (有限责任公司)"),
                ("Legal representative (法定代表人)", "He Yunzhou (何云舟)"),
                ("Registered capital (注册资本)", "RMB 20,000,000 (贰仟万元整)"),
                ("Date of establishment (成立日期)", "9 March 2021"),
                ("Term of operation (营业期限)", "9 March 2021 to 8 March 2051"),
                (
                    "Registered address (住所)",
                    "9F, Tower B, 66 Jinshan Avenue, Yubei District, Chongqing (重庆市渝北区金山大道66号B座9层)",
                ),
                (
                    "Scope of business (经营范围)",
                    "Operation of an internet marketplace; value-added telecommunications as licensed; advertising design, agency and publication; software development",
                ),
                (
                    "Registration authority (登记机关)",
                    "Yubei District Administration for Market Regulation, Chongqing (重庆市渝北区市场监督管理局)",
                ),
            ],
        )

    @app.get("/legal/penalties")
    def penalties():
        return page(
            "Store penalties",
            """<h1>Store penalties</h1><p>Measures that we took against stores because they broke the law. See section 9 of the <a href="/policies/trading-rules#s9">Trading Rules</a>.</p><div class="tablewrap"><table class="grid"><tr><th>Store</th><th>Violation</th><th>Measure</th><th>Published on</th></tr>{% for r in rows %}<tr>{% for c in r %}<td>{{ c }}</td>{% endfor %}</tr>{% endfor %}</table></div>""",
            rows=PENALTIES,
        )

    @app.get("/legal/ip-notices")
    def ip_notices():
        return page(
            "IP notices and results",
            """<h1>IP notices and results</h1><p>Notices of right holders, statements of stores and results (知识产权通知、声明及处理结果). See the <a href="/policies/ip-rules">Intellectual Property Protection Rules</a>.</p><div class="tablewrap"><table class="grid"><tr><th>Notice received</th><th>Right holder</th><th>Notice</th><th>Statement of the store</th><th>Result</th><th>Published</th></tr>{% for r in rows %}<tr>{% for c in r %}<td>{{ c }}</td>{% endfor %}</tr>{% endfor %}</table></div>""",
            rows=IP_ROWS,
        )

    @app.get("/announcements")
    def announcements():
        return page(
            "Announcements",
            """<h1>Announcements</h1><ul>{% for k, n in news.items() %}<li><a href="/announcements/{{ k }}">{{ n[1] }}</a> <span class="sub">{{ n[0] }}</span></li>{% endfor %}</ul>""",
            news=NEWS,
        )

    @app.get("/announcements/<k>")
    def announcement(k):
        n = NEWS.get(k) or abort(404)
        return page(
            n[1],
            """<p><a href="/announcements">Announcements</a></p><article><h1>{{ n[1] }}</h1><p class="meta">{{ n[0] }}</p>{{ n[2]|safe }}</article>""",
            n=n,
        )

    @app.get("/consultations")
    def consultations():
        return page(
            "Consultations",
            """<h1>Consultations on drafts</h1><p>Before we change an agreement or a rule we ask for opinions. Anyone may take part.</p>{% for k, c in cs.items() %}<div class="box"><h3><a href="/consultations/{{ k }}">{{ c.title }}</a></h3><p>{{ c['from'] }} to {{ c.to }} · {{ 'open' if c.open else 'closed, summary available' }}</p></div>{% endfor %}""",
            cs=CONSULT,
        )

    @app.route("/consultations/<k>", methods=["GET", "POST"])
    def consultation(k):
        c = CONSULT.get(k) or abort(404)
        number = ticket("O") if request.method == "POST" and c["open"] else ""
        return page(
            c["title"],
            """<h1>{{ c.title }}</h1><p class="meta">Comments: {{ c['from'] }} to {{ c.to }}, 24:00 (China time)</p>{{ c.text|safe }}{% if number %}<p class="strip" role="status">Thank you. Your opinion was received under number {{ number }}. We publish a summary and our answers after the end of the period.</p>{% endif %}
{% if c.open %}<h2>Your opinion</h2><form method="post"><label for="t">Your opinion (up to 5,000 characters)</label><textarea id="t" name="text" rows="8" maxlength="5000" required></textarea><label for="m">E-mail (only if you would like an answer)</label><input type="email" id="m" name="mail"><p><button>Send opinion</button></p></form><p>Or by e-mail: rules@harbourlane.example</p>{% endif %}""",
            c=c,
            number=number,
        )

    # ------------------------------------------------ help, complaints, IP, sellers

    @app.get("/help")
    def help_():
        return page(
            "Help centre",
            """<h1>Help centre</h1>{% for group, qs in faq %}<h2>{{ group }}</h2>{% for q, a in qs %}<details><summary>{{ q }}</summary><p>{{ a|safe }}</p></details>{% endfor %}{% endfor %}<h2>Contact</h2><p>+86 23 6786 5521, every day 08:00–22:00 (China time) · care@harbourlane.example · <a href="/complaints">Complaints and reports</a></p>""",
            faq=FAQ,
        )

    @app.get("/help/parcel-cover")
    def cover():
        return page(
            "Parcel cover",
            """<h1>Parcel cover</h1><p>Insurer: Yujiang Property Insurance Co., Ltd. (渝江财产保险股份有限公司). Premium ¥6.00 per order, voluntary. Cover: loss, theft and breakage between dispatch and delivery, up to ¥2,000. Claims: within thirty days, with photographs, through the order page; paid within five business days. Cancellation: free until dispatch, the premium is refunded. If the order is cancelled or returned before dispatch, the premium is refunded with it.</p><p>Cover comes on top of your rights. The seller bears the risk of the journey whether or not you take it.</p>""",
        )

    @app.get("/help/gift-wrapping")
    def wrap():
        return page(
            "Gift wrapping",
            """<h1>Gift wrapping</h1><p>The store wraps the goods in paper with a ribbon and leaves the price out of the parcel. ¥8.00 per order, voluntary. Refunded if the order is cancelled before dispatch or the wrapping was forgotten.</p>""",
        )

    @app.route("/complaints", methods=["GET", "POST"])
    def complaints():
        number = ticket("R" if request.form.get("kind") == "report" else "C") if request.method == "POST" else ""
        return page(
            "Complaints and reports",
            """<h1>Complaints and reports</h1>{% if number %}<p class="strip" role="status">We have received your message. Number {{ number }}. A member of staff answers within two business days; the matter is settled or you hear why not within seven business days.</p>{% endif %}
<p>Telephone +86 23 6786 5521, every day 08:00–22:00 (China time), answered by our own staff · care@harbourlane.example · 9F, Tower B, 66 Jinshan Avenue, Yubei District, Chongqing 401122. You may also turn to 12315 (www.12315.cn) at any time.</p>
<form method="post" enctype="multipart/form-data"><label for="kind">This is</label><select id="kind" name="kind"><option value="complaint">a complaint (about my order, a store or Harbourlane)</option><option value="report">a report (unlawful goods, advertising or conduct)</option></select><label for="about">Order, listing or store (if any)</label><input type="text" id="about" name="about" value="{{ request.args.get('about', '') }}"><label for="t">What happened?</label><textarea id="t" name="text" rows="7" maxlength="5000" required></textarea><label for="m">E-mail for the answer</label><input type="email" id="m" name="mail"><label for="f">Files (up to 20)</label><input type="file" id="f" name="files" multiple><p><button>Send</button></p></form>""",
            number=number,
        )

    @app.route("/ip/complaint", methods=["GET", "POST"])
    def ip_complaint():
        number = ticket("IP") if request.method == "POST" else ""
        return page(
            "IP complaints",
            """<h1>IP complaints 知识产权投诉</h1>{% if number %}<p class="strip" role="status">Your notice was received under number {{ number }}.</p>{% endif %}<p>What a notice must contain is in section 2 of the <a href="/policies/ip-rules#s2">Intellectual Property Protection Rules</a>. Notices may be in Chinese or English. E-mail: ip@harbourlane.example. Results are <a href="/legal/ip-notices">published here</a>.</p>
<form method="post" enctype="multipart/form-data"><label for="n">Right holder</label><input type="text" id="n" name="name" required><label for="m">E-mail</label><input type="email" id="m" name="mail" required><label for="r">Right (number or description)</label><input type="text" id="r" name="right" required><label for="l">Links of the listings</label><textarea id="l" name="links" rows="3" required></textarea><label for="e">Evidence</label><input type="file" id="e" name="files" multiple><p><button>Send notice</button></p></form>""",
            number=number,
        )

    @app.get("/seller")
    def seller():
        return page(
            "Seller centre",
            """<h1>Seller centre</h1><p>Open a store on Harbourlane: read the <a href="/policies/seller-agreement">Seller Agreement</a>, the <a href="/policies/deposit-rules">Consumer Protection Deposit Rules</a> and the <a href="/policies/trading-rules">Trading Rules</a>, then write to stores@harbourlane.example with your licence. We answer within five business days.</p>{% if me and me.role == 'seller' %}<div class="box"><b>Suyuan Kiln</b><br>Orders to dispatch: 4 · Deposit: ¥10,000.00 · Score ★ 4.8</div>{% else %}<p><a class="btn" href="/login?next=/seller">Sign in as a seller</a></p>{% endif %}""",
        )

    @app.errorhandler(404)
    def missing(_):
        return page("Not found", "<h1>Page not found</h1><p><a href='/'>Back to the home page</a></p>", 404)

    return app
