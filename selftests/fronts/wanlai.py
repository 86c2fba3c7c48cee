"""萬來生活: a department store as a single-page application (history router, JSON API)."""

import io
import json
import random
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from flask import Flask, Response, abort, g, jsonify, request

from ._starter import Bag

LOCALE = "zh-TW"
VERTICAL = "department store (self-operated and third-party brands)"
QUERIES = ["收納", "家用", "禮物", "冬季", "便攜"]
ACCOUNTS = [
    {
        "user": "13900010001",
        "password": "wanlai88",
        "role": "consumer",
        "holds": "註冊於 2023-05-11；三筆已完成訂單、1,260 點、無購物金",
    },
    {
        "user": "13900010002",
        "password": "wanlai88",
        "role": "consumer",
        "holds": "註冊於 2026-11-20 的新帳戶；沒有訂單",
    },
]

HERE = Path(__file__).with_name("wanlai_files")
TODAY = "2026-11-26"
COMPANY = "重慶萬來生活百貨有限公司"

CATS = [
    ("home", "居家收納"),
    ("kitchen", "廚房用品"),
    ("elec", "家用電器"),
    ("beauty", "美妝個護"),
    ("wear", "服飾鞋包"),
    ("food", "食品茶飲"),
    ("toy", "文具玩具"),
    ("sport", "運動戶外"),
]

SHOPS = {
    0: ("萬來自營", COMPANY, "91500112MA7KQ4T21M", 4.8),
    1: ("木隅家居", "重慶木隅家居用品有限公司", "91500105MA60PH7EXP", 4.7),
    2: ("澄光電器", "廣州澄光電器貿易有限公司", "91440101MA9YC3D51F", 4.5),
    3: ("小日子選物", "杭州小日子品牌管理有限公司", "91330106MA2HW81K2D", 4.6),
    4: ("山城茶行", "渝中區山城茶行（個體工商戶）", "92500103MA5XL6R923", 4.9),
    5: ("行野戶外", "上海行野戶外用品有限公司", "91310115MA1K4GN76C", 4.4),
    6: ("南岸衣橱", "廈門南岸服飾有限公司", "91350203MA34FB0U3T", 4.3),
}

# category, title, shop, list price, coupon, sold, rating, search words, bid
RAW = """home|摺疊收納箱三件組 附輪可堆疊|1|259|100|8421|4.7|收納 家用|9
home|棉麻衣物收納袋 大容量防塵|1|89|0|5310|4.6|收納 家用 冬季|0
home|抽屜分隔收納盒 八格|3|69|10|9920|4.8|收納 家用 禮物|0
home|胡桃木邊几 床頭小茶几|1|468|0|764|4.5|家用|0
home|加厚羊羔絨毛毯 冬季保暖|0|239|60|4120|4.8|冬季 家用 禮物|6
home|浴室免釘置物架 收納層架|1|129|0|6633|4.4|收納 家用|0
kitchen|316 不鏽鋼保溫壺 1.2L 便攜|0|199|60|7218|4.8|便攜 冬季 家用 禮物|0
kitchen|玻璃密封罐六入 廚房收納|3|138|0|3860|4.6|收納 家用|0
kitchen|鑄鐵琺瑯鍋 22cm|3|699|260|1503|4.9|家用 禮物 冬季|7
kitchen|矽膠摺疊便當盒 便攜款|1|79|0|4477|4.3|便攜 收納|0
kitchen|竹製砧板雙面|1|98|15|2951|4.5|家用|0
kitchen|調味料旋轉收納架|3|159|75|3288|4.6|收納 家用|0
elec|萬來 Breeze 空氣清淨機（先試後買）|0|1680|0|932|4.7|家用|0
elec|桌上型陶瓷電暖器 冬季速熱|2|329|110|5874|4.5|冬季 家用 便攜|8
elec|手持蒸汽熨斗 便攜旅行|2|249|0|3140|4.4|便攜 家用|0
elec|智慧型電子鍋 3L|2|569|70|2204|4.6|家用 禮物|0
elec|無線吸塵器 收納壁掛|2|1299|300|1187|4.5|家用 收納|4
elec|USB 暖手寶 便攜雙面熱|2|119|0|6902|4.2|便攜 冬季 禮物|0
beauty|護手霜禮盒 六入|3|148|30|8105|4.8|禮物 冬季 便攜|5
beauty|玫瑰滋潤護唇膏|3|49|0|11230|4.7|冬季 便攜 禮物|0
beauty|旅行分裝瓶組 收納包|1|59|24|7760|4.4|便攜 收納|0
beauty|電動牙刷 家用禮盒|2|289|120|2669|4.6|家用 禮物 便攜|0
beauty|化妝品收納盒 帶鏡|1|168|0|3925|4.5|收納 家用 禮物|0
beauty|保濕面膜 十片|3|109|20|5041|4.3|冬季|0
wear|羊毛圍巾 禮盒裝|6|318|130|2810|4.6|冬季 禮物|6
wear|輕羽絨背心 便攜可收納|6|459|0|3377|4.4|冬季 便攜 收納|0
wear|加絨居家拖鞋|6|79|0|9108|4.5|冬季 家用|0
wear|尼龍托特包 摺疊收納|6|139|70|4259|4.3|便攜 收納 禮物|0
wear|觸控保暖手套|6|69|0|6120|4.2|冬季 便攜 禮物|0
wear|旅行衣物收納袋七件組|6|119|0|5586|4.6|收納 便攜|3
food|滇紅茶禮盒 100g|4|228|90|3094|4.9|禮物 冬季|7
food|山城桂花烏龍 便攜茶包|4|98|0|4831|4.8|便攜 禮物|0
food|黑芝麻核桃粉 家用裝|0|86|10|3715|4.6|家用 冬季|0
food|手工牛軋糖 節慶禮盒|0|118|0|7404|4.7|禮物 冬季|0
food|薑母黑糖磚 12 入|4|72|0|5120|4.5|冬季 家用|0
food|每日堅果 30 包 家用箱裝|0|268|100|6237|4.6|家用 禮物 便攜|0
toy|木質積木 120 粒 附收納桶|3|189|0|2418|4.8|禮物 收納 家用|0
toy|水彩筆 48 色 便攜鐵盒|3|129|50|3342|4.5|便攜 禮物|5
toy|桌上文具收納盤|1|88|0|2873|4.4|收納 家用|0
toy|手帳禮盒 2027|3|158|0|4966|4.7|禮物|0
toy|家用桌遊 親子同樂|3|208|30|1645|4.6|家用 禮物|0
toy|冬季星空投影燈|2|178|60|2590|4.3|冬季 禮物 家用|0
sport|瑜珈墊 附收納背袋|5|158|0|3711|4.5|收納 家用|0
sport|便攜摺疊椅 露營|5|188|70|4402|4.4|便攜 收納|8
sport|保暖睡袋 冬季款|5|399|150|1276|4.6|冬季 便攜|0
sport|運動水壺 700ml 便攜|5|79|0|8033|4.5|便攜 禮物|0
sport|露營燈 充電式家用備用|5|149|20|2937|4.7|家用 便攜 禮物|0
sport|可調啞鈴 家用 20kg|5|529|0|988|4.6|家用|0
home|記憶棉護頸枕（1212 預售）|0|358|0|412|4.7|家用 禮物|0"""

PRESALE = {
    49: {
        "deposit": 60,
        "tail": 298,
        "start": "2026-12-01 20:00",
        "end": "2026-12-08 23:59",
        "tailstart": "2026-12-09 20:00",
        "tailend": "2026-12-10 23:59",
        "ship": "2026-12-15",
    }
}
TRIAL = {13: {"fee": 39, "deposit": 600, "days": 14}}
SKUS = {
    "home": ["米白", "霧灰", "原木"],
    "kitchen": ["標準款", "加大款"],
    "elec": ["白色", "石墨"],
    "beauty": ["單組", "兩組"],
    "wear": ["駝色", "炭灰", "墨綠"],
    "food": ["單盒", "雙盒"],
    "toy": ["標準版", "加量版"],
    "sport": ["深藍", "沙色"],
}

DOCS = [
    ("基本協議", [("service", "docx"), ("privacy", "docx"), ("trade", "docx")]),
    (
        "購物與售後",
        [
            ("returns", "txt"),
            ("shipping", "txt"),
            ("presale", "txt"),
            ("deposit", "txt"),
            ("points", "txt"),
            ("d12", "txt"),
        ],
    ),
    ("評價、爭議與投訴", [("review", "txt"), ("dispute", "txt"), ("care", "txt"), ("guarantee", "txt")]),
    ("商家規則", [("merchant", "docx"), ("bond", "txt"), ("punish", "txt"), ("ipr", "txt")]),
]
FORM = {d: f for _, ds in DOCS for d, f in ds}

NEWS = [
    {
        "id": "n5",
        "date": "2026-11-20",
        "kind": "徵求意見",
        "title": "《交易規則》修訂草案公開徵求意見",
        "consult": True,
        "body": [
            "為加快延遲出貨的賠付，我們擬修訂《萬來生活交易規則》第十二條與第十八條，現公開徵求會員、商家及社會各界意見。",
            "徵求意見期間：2026 年 11 月 20 日至 2026 年 12 月 10 日。草案定稿後另行公布，公布日至生效日不少於十日，擬自 2027 年 1 月 8 日起施行。",
            "您可以在本頁下方填寫意見（至多 3,000 字，無須登入），也可以寄信至 rule@wanlai-life.cn，或致電 400-866-3712 轉 5。截止後十個工作日內，我們會在本頁公布意見整理與採納情形。",
            ["條款", "現行內容", "草案內容"],
            [
                "第十二條",
                "按商品實付金額的 5% 賠付，最低 HK$5、最高 HK$100；實際損失高於此數的，可就差額另行請求。",
                "按商品實付金額的 8% 賠付，最低 HK$10、最高 HK$200；實際損失高於此數的，可就差額另行請求。",
            ],
            ["第十八條", "品質問題自簽收之日起十五日內可退換。", "品質問題自簽收之日起三十日內可退換。"],
        ],
    },
    {
        "id": "n4",
        "date": "2026-11-18",
        "kind": "規則調整",
        "title": "關於調整《萬來點數規則》的公告",
        "body": [
            "親愛的會員：因營運安排，我們對《萬來點數規則》作如下調整。",
            ["項目", "調整前", "調整後"],
            ["新取得點數的有效期", "二十四個月", "十二個月"],
            ["單筆折抵上限", "商品金額的 50%", "商品金額的 30%"],
            "調整後的規則自本公告發布之日（2026 年 11 月 18 日）起施行。此前取得的點數，有效期與折抵上限不變。",
            "如有疑問，請聯絡客服 400-866-3712。",
        ],
    },
    {
        "id": "n3",
        "date": "2026-11-12",
        "kind": "活動規則",
        "title": "1212 暖冬購物節活動規則公布（12/01 20:00–12/12 23:59）",
        "doc": "d12",
        "body": [
            "1212 暖冬購物節將於 2026 年 12 月 1 日 20:00 開始，12 月 12 日 23:59 結束。",
            "活動期限、滿減與預售方式、不參加的商品、價格保護與售後，詳見《1212 暖冬購物節活動規則》。",
        ],
    },
    {
        "id": "n2",
        "date": "2026-10-15",
        "kind": "安全提示",
        "title": "冬季取暖電器使用安全提示",
        "body": [
            "使用電暖器、暖手寶時，請遠離易燃物，勿覆蓋出風口，勿長時間貼身使用。",
            "如發現電源線破損、異味或漏電，請立即斷電並聯絡 400-866-3712。",
        ],
    },
    {
        "id": "n1",
        "date": "2026-03-02",
        "kind": "規則調整",
        "title": "《會員服務協議》6.2 版公布（2026 年 3 月 20 日生效）",
        "body": [
            "6.2 版增加人工覆核與冷靜期內容，自 2026 年 3 月 20 日起生效。2026 年 2 月 2 日至 2 月 20 日曾於首頁徵求意見，共收到意見 41 件，採納 17 件。",
            "不同意修改的會員可以退出，此前成立的訂單依原條款辦理。",
        ],
    },
]

PENALTY = [
    (
        "暮＊＊家居專營店",
        "銷售的兒童餐椅未標示廠名廠址，違反《產品質量法》第二十七條",
        "暫停服務 7 日",
        "2026-11-24 至 2026-11-30",
        "2026-11-24",
        "2026-11-24",
    ),
    (
        "川＊＊食品店",
        "食品經營許可過期後仍銷售散裝糕點，違反《食品安全法》第三十五條",
        "終止服務",
        "2026-11-19 起至該店停止經營之日",
        "2026-11-19",
        "2026-11-19",
    ),
    (
        "優＊＊數碼",
        "宣稱充電器「通過國家強制認證」而無證書，違反《反不正當競爭法》關於虛假宣傳的規定",
        "暫停服務 30 日",
        "2026-11-11 至 2026-12-10",
        "2026-11-11",
        "2026-11-11",
    ),
    (
        "悅＊＊美妝",
        "拒絕符合條件的七日無理由退貨 12 筆，違反《消費者權益保護法》第二十五條",
        "暫停服務 7 日",
        "2026-11-23 至 2026-11-29",
        "2026-11-23",
        "2026-11-23",
    ),
    (
        "北＊＊箱包行",
        "銷售假冒註冊商標的行李箱，違反《商標法》第五十七條",
        "終止服務",
        "2026-10-28 起至該店停止經營之日",
        "2026-10-28",
        "2026-10-28",
    ),
    (
        "禾＊＊家電",
        "店鋪首頁未公示營業執照資訊，違反《電子商務法》第十五條",
        "警示並限期 15 日改正",
        "2026-11-17 至 2026-12-01",
        "2026-11-17",
        "2026-11-17",
    ),
    (
        "林＊＊茶莊",
        "以返現誘導好評，違反《電子商務法》第十七條",
        "暫停服務 30 日",
        "2026-11-05 至 2026-12-04",
        "2026-11-05",
        "2026-11-05",
    ),
    (
        "西＊＊運動",
        "標示的原價在活動前七日內沒有成交，違反《明碼標價和禁止價格欺詐規定》",
        "警示並下架 3 款商品 30 日",
        "2026-11-03 至 2026-12-02",
        "2026-11-03",
        "2026-11-03",
    ),
]
IPR = [
    (
        "IP20261116-03",
        "2026-11-16",
        "杭州晴川文創有限公司",
        "小日子選物：插畫馬克杯",
        "著作權侵權通知：杯身圖案與權利人登記作品近似",
        "2026-11-18 提交不侵權聲明，附設計底稿",
        "已轉送聲明；截至公布日未收到權利人投訴或起訴通知，等待期至 2026-12-04",
        "2026-11-19",
    ),
    (
        "IP20261029-01",
        "2026-10-29",
        "Nordhavn 商標權利人（代理：重慶衡正律師事務所）",
        "北岸箱包行：行李箱 2 款",
        "商標侵權通知：使用相同註冊商標",
        "商家未提交聲明",
        "2026-10-30 刪除商品；店鋪終止服務",
        "2026-11-02",
    ),
    (
        "IP20261013-02",
        "2026-10-13",
        "廣州曦和家電股份有限公司",
        "澄光電器：電暖器外觀",
        "外觀設計專利侵權通知",
        "2026-10-15 提交不侵權聲明，附專利評價報告",
        "十五日內未收到權利人投訴或起訴通知，2026-10-31 恢復銷售",
        "2026-10-31",
    ),
    (
        "IP20260921-01",
        "2026-09-21",
        "攝影作者 葉知秋",
        "行野戶外：露營燈詳情頁圖片",
        "著作權侵權通知：未經授權使用照片 4 張",
        "商家未提交聲明，承認使用",
        "2026-09-22 刪除圖片，雙方和解",
        "2026-09-24",
    ),
    (
        "IP20260818-04",
        "2026-08-18",
        "上海玫里化妝品有限公司",
        "小日子選物：護唇膏",
        "商標侵權通知：包裝文字近似",
        "2026-08-19 提交聲明，附商標授權書",
        "權利人 2026-08-25 撤回通知，恢復銷售",
        "2026-08-26",
    ),
]


def load(doc):
    blocks = []
    for line in (HERE / f"{doc}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line:
            continue
        if line.startswith("### "):
            blocks.append({"t": "h3", "x": line[4:]})
        elif line.startswith("## "):
            blocks.append({"t": "h2", "x": line[3:]})
        elif line.startswith("# "):
            blocks.append({"t": "h1", "x": line[2:]})
        elif line.startswith("@ "):
            blocks.append({"t": "meta", "x": line[2:]})
        elif line.startswith("- "):
            blocks.append({"t": "li", "x": line[2:]})
        elif line.startswith("|"):
            blocks.append({"t": "tr", "x": [c.strip() for c in line.strip("|").split("|")]})
        else:
            blocks.append({"t": "p", "x": line})
    return blocks


TEXTS = {d: load(d) for d in FORM}
TITLES = {d: b[0]["x"] for d, b in TEXTS.items()}
T2S = str.maketrans(json.loads((HERE / "t2s.json").read_text(encoding="utf-8")))


def simplified(blocks):
    return json.loads(json.dumps(blocks, ensure_ascii=False).translate(T2S))


def as_txt(blocks):
    out = []
    for b in blocks:
        x = "\t".join(b["x"]) if b["t"] == "tr" else b["x"]
        if b["t"] in ("h2", "h3"):
            out.append("")
        out.append(x.replace("**", ""))
    return "\ufeff" + "\r\n".join(out) + "\r\n"


def as_docx(blocks):
    sizes = {"h1": 36, "h2": 28, "h3": 24}
    body = []
    for b in blocks:
        x = "\t".join(b["x"]) if b["t"] == "tr" else b["x"]
        runs = []
        for i, part in enumerate(x.split("**")):
            if part:
                prop = ("<w:b/>" if i % 2 or b["t"] in sizes else "") + f'<w:sz w:val="{sizes.get(b["t"], 21)}"/>'
                cells = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(c)}</w:t>' for c in part.split("\t"))
                runs.append(f"<w:r><w:rPr>{prop}</w:rPr>{cells}</w:r>")
        body.append("<w:p>" + "".join(runs) + "</w:p>")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    pkg = "http://schemas.openxmlformats.org/package/2006"
    off = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{pkg}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{pkg}/relationships"><Relationship Id="rId1" Type="{off}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>',
    }
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w", zipfile.ZIP_DEFLATED) as z:
        for name, xml in parts.items():
            z.writestr(name, xml)
    return buf.getvalue()


def build_goods():
    rnd = random.Random(1226)
    who = ["阿**", "M**n", "林**", "小**熊", "k***7", "陳**媽", "渝**人", "T**y", "魚**", "何**", "風**舟", "Y**u"]
    opens = [
        "用了一週",
        "第二次回購",
        "幫家人買的",
        "收到當天就用上",
        "等了三天到貨",
        "原本有點猶豫",
        "同事推薦",
        "搬家後添購",
        "看圖片下單",
        "比較過幾家",
    ]
    mids = [
        "做工比想像中紮實",
        "尺寸剛好",
        "顏色和照片略有差別",
        "包裝完整",
        "手感不錯",
        "邊角有一點毛邊",
        "說明書寫得清楚",
        "味道散了兩天",
        "比舊的好用",
        "份量足",
    ]
    ends = [
        "整體滿意。",
        "如果再便宜一點更好。",
        "客服回覆也快。",
        "會再觀察一陣子。",
        "推薦給小家庭。",
        "給四顆星。",
        "送貨師傅很客氣。",
        "小瑕疵可接受。",
        "下次還會買。",
        "外箱有壓到，東西沒事。",
    ]
    goods, used = [], set()
    for i, row in enumerate(RAW.splitlines(), 1):
        cat, title, shop, price, coupon, sold, rating, words, bid = row.split("|")
        revs = []
        while len(revs) < 4:
            text = f"{rnd.choice(opens)}，{rnd.choice(mids)}，{rnd.choice(ends)}"
            if text in used:
                continue
            used.add(text)
            low = rnd.random() < 0.15
            revs.append(
                {
                    "user": rnd.choice(who),
                    "stars": rnd.choice([2, 3]) if low else rnd.choice([4, 5, 5]),
                    "text": text,
                    "sku": rnd.choice(SKUS[cat]),
                    "date": f"2026-{rnd.randint(8, 11):02d}-{rnd.randint(1, 24):02d}",
                    "goods": title,
                }
            )
        revs.sort(key=lambda r: r["date"], reverse=True)
        goods.append(
            {
                "id": i,
                "cat": cat,
                "title": title,
                "shop": int(shop),
                "price": int(price),
                "coupon": int(coupon),
                "sold": int(sold),
                "rating": float(rating),
                "words": words.split(),
                "bid": int(bid),
                "reviews": revs,
                "count": int(int(sold) * 0.31),
            }
        )
    return goods


SHELL = """<!doctype html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>萬來生活｜網上百貨</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/static-wl/app.css"></head>
<body><div id="app"></div><div id="layer"></div><noscript>請啟用 JavaScript 以瀏覽萬來生活。</noscript><script src="/static-wl/app.js"></script></body></html>"""


def make_app():
    app = Flask("wanlai", static_folder=None)
    Bag(app, "wl_bag", lambda: {"user": None, "cart": [], "seen": []})
    goods = build_goods()
    by_id = {x["id"]: x for x in goods}
    old_orders = [
        {
            "no": "W26101400871",
            "date": "2026-10-14",
            "items": [{"id": 7, "title": by_id[7]["title"], "n": 1, "sku": "標準款"}],
            "total": 199,
            "state": "交易完成",
        },
        {
            "no": "W26082200415",
            "date": "2026-08-22",
            "items": [{"id": 31, "title": by_id[31]["title"], "n": 2, "sku": "單盒"}],
            "total": 276,
            "state": "交易完成",
        },
        {
            "no": "W24031900102",
            "date": "2024-03-19",
            "items": [{"id": 1, "title": by_id[1]["title"], "n": 1, "sku": "霧灰"}],
            "total": 179,
            "state": "交易完成",
        },
    ]
    users = {
        "13900010001": {
            "pw": "wanlai88",
            "since": "2023-05-11",
            "nick": "阿萬",
            "mail": "",
            "addr": [{"name": "周予安", "tel": "13900010001", "at": "重慶市渝中區民權路 28 號 1203"}],
            "orders": old_orders,
            "points": 1260,
            "credit": 0,
            "promo": False,
            "hist": [7, 31],
            "closing": None,
        },
        "13900010002": {
            "pw": "wanlai88",
            "since": "2026-11-20",
            "nick": "新朋友",
            "mail": "",
            "addr": [],
            "orders": [],
            "points": 0,
            "credit": 0,
            "promo": False,
            "hist": [],
            "closing": None,
        },
    }
    pending = {}
    serial = [300]

    def me():
        return users.get(g.bag["user"] or "")

    def need():
        u = me()
        if not u:
            abort(401)
        return u

    def body():
        return request.get_json(silent=True) or {}

    def brief(x):
        s = SHOPS[x["shop"]]
        return {
            "id": x["id"],
            "title": x["title"],
            "cat": x["cat"],
            "price": x["price"] - x["coupon"],
            "coupon": x["coupon"] > 0,
            "sold": x["sold"],
            "rating": x["rating"],
            "count": x["count"],
            "shop": s[0],
            "self": x["shop"] == 0,
            "link": f"/goods/{x['id']}",
            "presale": x["id"] in PRESALE,
            "trial": x["id"] in TRIAL,
        }

    def paid(x, n):
        click = f"{x['id']:03d}{n:02d}c7e1"
        card = brief(x)
        card.update(
            isAd=True,
            campaignId=88000 + x["id"],
            mark="廣告",
            link=f"/goods/{x['id']}?adid={88000 + x['id']}&click_id={click}",
        )
        return card

    @app.get("/static-wl/<name>")
    def static_wl(name):
        kind = {"app.js": "text/javascript", "app.css": "text/css"}.get(name) or abort(404)
        return Response((HERE / name).read_text(encoding="utf-8"), mimetype=kind)

    @app.get("/api/home")
    def home():
        hot = sorted((x for x in goods if x["id"] not in PRESALE), key=lambda x: -x["sold"])[:12]
        return jsonify(
            cats=CATS,
            hot=[brief(x) for x in hot],
            news=[{k: n.get(k) for k in ("id", "date", "kind", "title", "doc")} for n in NEWS[:3]],
        )

    @app.get("/api/cats")
    def cats():
        return jsonify(CATS)

    @app.get("/api/list")
    def listing():
        kw, cat = request.args.get("kw", "").strip(), request.args.get("cat", "")
        sort, page = request.args.get("sort", "mix"), max(1, request.args.get("page", 1, int))
        found = [
            x
            for x in goods
            if (not cat or x["cat"] == cat)
            and (not kw or kw in x["words"] or kw in x["title"] or any(p in x["title"] for p in kw.split()))
        ]
        bids = sorted((x for x in found if x["bid"]), key=lambda x: -x["bid"])[:5]
        keys = {
            "mix": lambda x: (-(kw in x["title"]), -x["sold"] * x["rating"]),
            "sold": lambda x: -x["sold"],
            "rate": lambda x: (-x["rating"], -x["sold"]),
            "low": lambda x: x["price"],
            "high": lambda x: -x["price"],
            "new": lambda x: -x["id"],
        }
        top = bids[:2]
        room = max(0, (len(found) - 15) // 6 + 1) if len(found) > 14 else 0
        rest = bids[2 : 2 + room] if sort == "mix" else []
        plain = sorted((x for x in found if x not in top and x not in rest), key=keys.get(sort, keys["mix"]))
        size, cards, queue = 12, [brief(x) for x in plain], [paid(x, i) for i, x in enumerate(rest, 1)]
        for i, x in enumerate(top):
            cards.insert((0, 5)[i], paid(x, 70 + i))
        at = size + 2
        for card in queue:
            card["mark"] = "熱推"
            cards.insert(at, card)
            at += 6
        lo = (page - 1) * size
        return jsonify(total=len(cards), page=page, items=cards[lo : lo + size], more=lo + size < len(cards))

    @app.get("/api/imp")
    def imp():
        return "", 204

    @app.get("/api/goods/<int:gid>")
    def one(gid):
        x = by_id.get(gid) or abort(404)
        u = me()
        if u and gid not in u["hist"]:
            u["hist"].append(gid)
        s = SHOPS[x["shop"]]
        return jsonify(
            brief(x)
            | {
                "was": x["price"],
                "cut": x["coupon"],
                "skus": SKUS[x["cat"]],
                "reviews": x["reviews"],
                "company": s[1],
                "shopid": x["shop"],
                "score": s[3],
                "pre": PRESALE.get(gid),
                "try": TRIAL.get(gid),
            }
        )

    @app.get("/api/shop/<int:sid>")
    def shop(sid):
        s = SHOPS.get(sid) or abort(404)
        return jsonify(
            name=s[0], company=s[1], code=s[2], score=s[3], items=[brief(x) for x in goods if x["shop"] == sid]
        )

    @app.get("/api/docs")
    def docs():
        return jsonify(
            [{"name": n, "list": [{"id": d, "title": TITLES[d], "form": f} for d, f in ds]} for n, ds in DOCS]
        )

    @app.get("/api/doc/<doc>")
    def doc(doc):
        blocks = TEXTS.get(doc) or abort(404)
        if request.args.get("lang") == "hans":
            blocks = simplified(blocks)
        return jsonify(id=doc, form=FORM[doc], blocks=blocks)

    @app.get("/download/<name>")
    def download(name):
        m = re.fullmatch(r"([a-z0-9]+)(-hans)?\.(docx|txt)", name)
        if not m or FORM.get(m[1]) != m[3]:
            abort(404)
        blocks = simplified(TEXTS[m[1]]) if m[2] else TEXTS[m[1]]
        if m[3] == "docx":
            data, kind = as_docx(blocks), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        else:
            data, kind = as_txt(blocks), "text/plain; charset=utf-8"
        return Response(
            data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="wanlai-{name}"'}
        )

    @app.get("/api/news")
    def news():
        return jsonify([{k: n.get(k) for k in ("id", "date", "kind", "title")} for n in NEWS])

    @app.get("/api/news/<nid>")
    def news_one(nid):
        return jsonify(next((n for n in NEWS if n["id"] == nid), None) or abort(404))

    @app.get("/api/penalty")
    def penalty():
        return jsonify(PENALTY)

    @app.get("/api/ipr")
    def ipr():
        return jsonify(IPR)

    @app.post("/api/sms")
    def sms():
        return jsonify(ok=True)

    @app.post("/api/register")
    def register():
        d = body()
        tel = str(d.get("tel", "")).strip()
        if not re.fullmatch(r"1\d{10}|09\d{8}|[569]\d{7}", tel):
            return jsonify(ok=False, why="請填寫正確的手機號碼")
        if d.get("code") != "123456":
            return jsonify(ok=False, why="驗證碼不正確")
        if len(str(d.get("pw", ""))) < 6:
            return jsonify(ok=False, why="密碼至少六位")
        if not d.get("agree"):
            return jsonify(ok=False, why="請先閱讀並勾選協議")
        if tel in users:
            return jsonify(ok=False, why="此號碼已註冊，請直接登入")
        users[tel] = {
            "pw": d["pw"],
            "since": TODAY,
            "nick": "會員" + tel[-4:],
            "mail": "",
            "addr": [],
            "orders": [],
            "points": 0,
            "credit": 0,
            "promo": not d.get("nopromo"),
            "hist": [],
            "closing": None,
        }
        g.bag["user"] = tel
        return jsonify(ok=True)

    @app.post("/api/login")
    def login():
        d = body()
        u = users.get(str(d.get("tel", "")).strip())
        if not u or d.get("pw") not in (u["pw"], "123456") and d.get("code") != "123456":
            return jsonify(ok=False, why="帳號、密碼或驗證碼不正確")
        g.bag["user"] = str(d["tel"]).strip()
        return jsonify(ok=True)

    @app.post("/api/logout")
    def logout():
        g.bag["user"] = None
        return jsonify(ok=True)

    @app.get("/api/me")
    def mine():
        u = me()
        if not u:
            return jsonify(login=False, cart=len(g.bag["cart"]))
        young = (
            sum(int(p) * w for p, w in zip(TODAY.split("-"), (372, 31, 1)))
            - sum(int(p) * w for p, w in zip(u["since"].split("-"), (372, 31, 1)))
        ) < 30
        return jsonify(
            {k: u[k] for k in ("since", "nick", "mail", "addr", "orders", "points", "credit", "promo", "closing")}
            | {
                "login": True,
                "tel": g.bag["user"],
                "cart": len(g.bag["cart"]),
                "young": young,
                "hist": [{"id": i, "title": by_id[i]["title"]} for i in u["hist"]],
            }
        )

    @app.post("/api/me/save")
    def save():
        u, d = need(), body()
        for k in ("nick", "mail"):
            if k in d:
                u[k] = str(d[k])[:60]
        if "promo" in d:
            u["promo"] = bool(d["promo"])
        if (
            "tel" in d
            and d.get("code") == "123456"
            and re.fullmatch(r"\d{8,11}", str(d["tel"]))
            and d["tel"] not in users
        ):
            users[d["tel"]] = users.pop(g.bag["user"])
            g.bag["user"] = d["tel"]
        if d.get("pw"):
            u["pw"] = d["pw"]
        return jsonify(ok=True)

    @app.post("/api/me/addr")
    def addr():
        u, d = need(), body()
        if not all(str(d.get(k, "")).strip() for k in ("name", "tel", "at")):
            return jsonify(ok=False, why="請填寫姓名、電話與地址")
        u["addr"].insert(0, {k: str(d[k]) for k in ("name", "tel", "at")})
        return jsonify(ok=True)

    @app.post("/api/me/clear")
    def clear():
        u, what = need(), body().get("what")
        if what == "hist":
            u["hist"] = []
        elif what == "addr":
            u["addr"] = []
        elif what == "nick":
            u["nick"], u["mail"] = "會員", ""
        return jsonify(ok=True)

    @app.get("/download/my-data.json")
    def export():
        u = need()
        data = {k: v for k, v in u.items() if k != "pw"} | {"tel": g.bag["user"]}
        return Response(
            json.dumps(data, ensure_ascii=False, indent=1),
            mimetype="application/json",
            headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
        )

    @app.post("/api/me/close")
    def close():
        u, d = need(), body()
        if d.get("undo"):
            u["closing"] = None
            return jsonify(ok=True)
        if mine().get_json()["young"]:
            return jsonify(ok=False, why="帳戶註冊未滿三十日，暫不開放註銷")
        if any(o["state"] not in ("交易完成", "已取消") for o in u["orders"]):
            return jsonify(ok=False, why="您有未完成的訂單，請先在訂單頁取消或確認收貨")
        if d.get("code") != "123456":
            return jsonify(ok=False, why="驗證碼不正確")
        u["closing"] = "2026-12-03"
        return jsonify(ok=True)

    @app.post("/api/me/cancel")
    def cancel():
        u = need()
        for o in u["orders"]:
            if o["no"] == body().get("no") and o["state"] == "待付款":
                o["state"] = "已取消"
        return jsonify(ok=True)

    @app.post("/api/me/review")
    def review():
        u, d = need(), body()
        x = by_id.get(d.get("id")) or abort(404)
        bought = [i for o in u["orders"] if o["state"] == "交易完成" for i in o["items"] if i["id"] == x["id"]]
        mine_ = [r for r in x["reviews"] if r.get("by") == g.bag["user"]]
        if d.get("drop"):
            x["reviews"] = [r for r in x["reviews"] if r not in mine_]
            return jsonify(ok=True)
        if not bought or mine_ or int(d.get("stars", 0)) not in range(1, 6):
            return jsonify(ok=False, why="每筆訂單可評價一次，請選擇一至五星")
        x["reviews"].insert(
            0,
            {
                "user": u["nick"][:1] + "**",
                "stars": int(d["stars"]),
                "text": str(d.get("text", ""))[:500] or "（未填寫文字）",
                "sku": bought[0]["sku"],
                "date": TODAY,
                "goods": x["title"],
                "by": g.bag["user"],
            },
        )
        return jsonify(ok=True)

    @app.get("/api/cart")
    def cart():
        return jsonify([brief(by_id[c["id"]]) | {"n": c["n"], "sku": c["sku"]} for c in g.bag["cart"]])

    @app.post("/api/cart")
    def cart_put():
        d = body()
        x = by_id.get(d.get("id")) or abort(404)
        if x["id"] in PRESALE or x["id"] in TRIAL:
            return jsonify(ok=False, why="此商品請直接購買")
        same = [c for c in g.bag["cart"] if c["id"] == x["id"] and c["sku"] == d.get("sku")]
        if d.get("n", 1) <= 0:
            g.bag["cart"] = [c for c in g.bag["cart"] if c not in same]
        elif same and not d.get("set"):
            same[0]["n"] += d.get("n", 1)
        elif same:
            same[0]["n"] = d["n"]
        else:
            g.bag["cart"].append({"id": x["id"], "n": d.get("n", 1), "sku": d.get("sku") or SKUS[x["cat"]][0]})
        return jsonify(ok=True, n=len(g.bag["cart"]))

    def bill(buy, sku, care):
        if buy:
            x = by_id.get(buy) or abort(404)
            if x["id"] in PRESALE:
                abort(404)
            rows = [brief(x) | {"n": 1, "sku": sku or SKUS[x["cat"]][0]}]
        else:
            rows = cart().get_json()
        trial = TRIAL.get(buy)
        if trial:
            rows[0]["price"] = trial["fee"]
        goods_sum = sum(r["price"] * r["n"] for r in rows)
        freight = 0 if goods_sum >= 199 or trial else 20
        extra = 12 if care else 0
        deposit = trial["deposit"] if trial else 0
        return {
            "rows": rows,
            "goods": goods_sum,
            "freight": freight,
            "extra": extra,
            "deposit": deposit,
            "trial": trial,
            "total": goods_sum + freight + extra + deposit,
        }

    @app.post("/api/bill")
    def bill_api():
        d = body()
        return jsonify(bill(d.get("buy"), d.get("sku"), d.get("care")))

    @app.post("/api/order")
    def order():
        u, d = need(), body()
        b = bill(d.get("buy"), d.get("sku"), d.get("care"))
        if not b["rows"]:
            return jsonify(ok=False, why="購物車是空的")
        if not u["addr"]:
            return jsonify(ok=False, why="請先填寫收件地址")
        serial[0] += 1
        no = f"W261126{serial[0]:05d}"
        u["orders"].insert(
            0,
            {
                "no": no,
                "date": TODAY,
                "items": [{"id": r["id"], "title": r["title"], "n": r["n"], "sku": r["sku"]} for r in b["rows"]],
                "total": b["total"],
                "state": "待付款",
            },
        )
        pending[no] = b
        if not d.get("buy"):
            g.bag["cart"] = []
        return jsonify(ok=True, no=no)

    @app.get("/api/pay/<no>")
    def pay(no):
        u = need()
        o = next((o for o in u["orders"] if o["no"] == no), None) or abort(404)
        return jsonify(o)

    @app.post("/api/ticket")
    def ticket():
        d = body()
        if len(str(d.get("text", "")).strip()) < 2:
            return jsonify(ok=False, why="請填寫內容")
        serial[0] += 1
        return jsonify(ok=True, no=f"{d.get('kind', 'C')}261126-{serial[0]:05d}")

    @app.get("/api/<path:rest>")
    def api_miss(rest):
        abort(404)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def shell(path):
        return SHELL

    return app
