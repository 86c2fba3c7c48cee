"""宿野旅居: hotels and attraction tickets, rendered by the server. Settings hide in hover menus three levels deep,
the agreement is a PDF, the rules are a DOCX, the licence is a picture with a text beside it."""

import datetime
import functools
import io
import re
import zipfile
from urllib.parse import urlencode

from flask import Flask, Response, abort, g, redirect, render_template_string, request
from PIL import Image, ImageDraw, ImageFont

from ._starter import Bag

LOCALE, VERTICAL = "zh-CN", "travel (hotels, attraction tickets)"
QUERIES = ["重庆", "成都", "西安", "厦门", "大理"]
ACCOUNTS = [
    {"user": "15823000001", "password": "suye@2025", "role": "fresh", "holds": "nothing"},
    {
        "user": "15823000002",
        "password": "suye@2025",
        "role": "aged",
        "holds": "3 finished stays (the oldest of May 2021), 1180 points, balance 0",
    },
]
COMPANY = "重庆宿野网络科技有限公司"  # party of the agreement, holder of the ICP record
OWNER, USCC = "重庆宿野酒店管理集团有限公司", "91500103MA60RT5W8D"  # the licence shown is the mother company's
TOWNS = {
    "重庆": ["解放碑", "磁器口", "南滨路"],
    "成都": ["春熙路", "锦里", "东郊记忆"],
    "西安": ["钟楼", "曲江", "小寨"],
    "厦门": ["曾厝垵", "中山路", "环岛路"],
    "大理": ["古城", "双廊", "才村"],
}
HOUSES = [
    ("宿野·听雨", 468, "高档型"),
    ("云上四季酒店", 289, "舒适型"),
    ("青芽旅舍", 88, "经济型"),
    ("璟悦国际大酒店", 698, "豪华型"),
    ("半山小筑", 356, "特色民宿"),
    ("城市便捷", 179, "经济型"),
    ("拾光里美宿", 318, "特色民宿"),
]
PLACES = []
for _t, (_town, _areas) in enumerate(TOWNS.items()):
    for _n in range(22):
        _id = 4101 + len(PLACES)
        _house, _price, _level = HOUSES[(_n * 3 + _t) % 7]
        PLACES.append(
            {
                "id": _id,
                "town": _town,
                "area": _areas[_n % 3],
                "name": f"{_house}({_town}{_areas[_n % 3]}{['店', '步行街店', '地铁站店', '景区店'][_n % 4]})",
                "level": _level,
                "price": _price + (_id * 37) % 120,
                "coupon": (_id * 53) % 170,  # taken off before sorting, never shown
                "sold": (_id * 619) % 4300 + 12,
                "score": round(4.0 + (_id * 31 % 100) / 100, 2),
                "talks": (_id * 41) % 2600 + 5,
                "ad": _n in (6, 13),
                "rank": (_id * _id * 7 + _id) % 211,
            }
        )
PLACE = {p["id"]: p for p in PLACES}
TICKETS = {
    901 + k: {"id": 901 + k, "name": n, "price": p, "town": t}
    for k, (n, p, t) in enumerate(
        [
            ("武隆天生三桥景区", 125, "重庆"),
            ("长江索道往返票", 30, "重庆"),
            ("两江夜游观光船", 138, "重庆"),
            ("大熊猫繁育研究基地", 55, "成都"),
            ("都江堰景区", 80, "成都"),
            ("秦始皇帝陵博物院", 120, "西安"),
            ("西安城墙·含光门", 54, "西安"),
            ("华清宫", 120, "西安"),
            ("鼓浪屿游船票", 35, "厦门"),
            ("园林植物园", 30, "厦门"),
            ("洱海大游船", 142, "大理"),
            ("崇圣寺三塔", 75, "大理"),
        ]
    )
}
ROOMS = [
    ("标准大床房", 1.0, "18㎡ 大床1.5米 无早餐 入住前1天可免费取消"),
    ("豪华双床房", 1.25, "28㎡ 双床1.2米 双份早餐 入住前1天可免费取消"),
    ("观景家庭房", 1.8, "42㎡ 大床+单人床 三份早餐 不可取消"),
]
EXTRAS = [
    ("cancel", "住宿取消险", 18, "行程有变，最高赔付首晚房费的90%", True),
    ("accident", "旅行意外险", 12, "意外伤害保额20万元/人", False),
    ("car", "接站拼车", 39, "高铁站至酒店，提前一天确认", False),
]
TERMS = f"""宿野旅居用户服务协议
本协议由您与{COMPANY}（以下称“宿野”）订立，适用于您使用宿野旅居网站预订酒店与景区门票的行为。
一、账户
1.1 您使用手机号注册账户，可随时按本协议第六条注销。
1.2 您应妥善保管密码，因宿野原因导致的账户损失由宿野承担。
二、预订
2.1 您提交订单并支付成功时合同成立。
2.2 保险、接站等增值服务由您自行决定是否购买，不购买不影响预订。
三、取消与退款
3.1 取消规则以下单页所示为准，符合免费取消条件的，款项在3个工作日内原路退回。
四、点评
4.1 实际入住的用户可以发表点评，宿野不删除真实点评。
五、协议的修改
5.1 修改前在首页公开征求意见，修改内容至少在实施前七日予以公示；您不接受修改的，可以停止使用并注销账户，实施前的协议继续适用于已成立的订单。
六、注销
6.1 注销方式见隐私政策第六条。
七、争议
7.1 协商不成的，任何一方可向有管辖权的人民法院起诉，您也可以拨打12315投诉。
版本号：V2.6　2025年2月10日公布　2025年2月20日起施行"""
RULES = f"""宿野旅居交易规则
发布者：{COMPANY}
一、入驻：酒店须提交营业执照与特种行业许可证，经核验后方可上线。
二、价格：页面展示价为房型每晚含税价，订单页不得另加必选费用。
三、到店无房：商家确认订单后到店无房的，赔付首晚房费，并协助安排同等级住宿。
四、排序：推荐排序依据位置、评分与库存计算，所有用户一致；付费展示的酒店标注“广告”。
五、信用评价：评分由近24个月真实点评计算，点评满三条后展示。
六、违规处理：虚假房源、诱导线下交易的，视情节下架至清退，处理结果在本站公示。
2025年2月10日公布　2025年2月20日起施行"""
PRIVACY = f"""{COMPANY}依照《中华人民共和国个人信息保护法》处理您的个人信息。
一、我们收集手机号、入住人姓名，购买实名制门票时收集身份证号。
二、我们不根据您的浏览、搜索、订单等个人特征对搜索结果排序，所有用户在相同条件下看到的结果相同，也不展示个性化广告。
三、查询：把鼠标移到（手机上点按）页面右上方“我的宿野”，依次选择“账户管理”“资料与隐私”“个人资料”，即可查看，即时显示。
四、更正：在“个人资料”页修改后点“保存”，即时生效。
五、删除：“我的宿野”-“账户管理”-“资料与隐私”-“清除个人信息”，可删除常用入住人与浏览记录，即时生效；其他删除申请15个工作日内处理完毕。
六、注销：“我的宿野”-“账户管理”-“账户安全”-“注销账户”，按页面提示验证后提交，7天冷静期后完成，最长不超过15个工作日。
七、联系我们：privacy@suye.example，023-6777 0000。
2025年2月20日更新并生效"""
LICENCE = [
    ("统一社会信用代码", USCC),
    ("名称", OWNER),
    ("类型", "有限责任公司"),
    ("法定代表人", "程砚秋"),
    ("注册资本", "伍仟万元整"),
    ("成立日期", "2014年6月12日"),
    ("营业期限", "2014年6月12日至长期"),
    ("住所", "重庆市渝中区民权路28号"),
    ("登记机关", "重庆市市场监督管理局"),
]
HELP = [
    ("怎样修改入住日期？", "在“我的订单”取消原订单后重新预订，符合免费取消条件的不收费用。", ""),
    ("怎样查询和更正个人资料？", "“我的宿野”-“账户管理”-“资料与隐私”-“个人资料”，修改后即时生效。", "/member/profile"),
    (
        "怎样删除浏览记录和常用入住人？",
        "“我的宿野”-“账户管理”-“资料与隐私”-“清除个人信息”，即时生效。",
        "/member/erase",
    ),
    (
        "怎样注销账户？",
        "“我的宿野”-“账户管理”-“账户安全”-“注销账户”，按页面提示验证后提交，7天冷静期后完成，最长15个工作日。",
        "/member/closing",
    ),
    ("到店无房怎么办？", "请致电023-6777 0000（24小时），商家赔付首晚房费，我们协助安排同等级住宿。", ""),
    ("怎样开具发票？", "住宿发票由酒店前台开具，门票发票在订单完成后于订单页申请。", ""),
]


def as_pdf(text):
    """A PDF made by hand: a font that viewers have for Chinese, and a ToUnicode table so that text can be taken out."""
    lines = [row[k : k + 36] for row in text.split("\n") for k in range(0, len(row), 36)]
    pages = [lines[k : k + 38] for k in range(0, len(lines), 38)]
    chars = sorted(set("".join(lines)))
    rows = [f"<{ord(c):04X}> <{ord(c):04X}>" for c in chars]
    blocks = "".join(
        f"{len(rows[k : k + 90])} beginbfchar\n" + "\n".join(rows[k : k + 90]) + "\nendbfchar\n"
        for k in range(0, len(rows), 90)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{blocks}endcmap end end"
    )
    first = 7
    kids = " ".join(f"{first + 2 * k} 0 R" for k in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for k, page in enumerate(pages):
        body = "BT /F1 13 Tf 19 TL 60 780 Td\n" + "".join(
            f"<{''.join(f'{ord(c):04X}' for c in row)}> Tj T*\n" for row in page
        )
        body += "ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {first + 2 * k + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    out, at = b"%PDF-1.5\n", []
    for n, o in enumerate(objects, 1):
        at.append(len(out))
        out += f"{n} 0 obj\n{o}\nendobj\n".encode("ascii")
    table = "".join(f"{a:010d} 00000 n \n" for a in at)
    return (
        out
        + f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(at) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )


def as_docx(text):
    """The three parts that a DOCX needs, in a zip; python-docx and Word read it."""
    pack = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    rows = "".join(f"<w:p><w:r><w:t>{row}</w:t></w:r></w:p>" for row in text.split("\n"))
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{pack}/content-types"><Default Extension="rels" ContentType="{kind}-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{kind}-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{rows}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, part in parts.items():
            z.writestr(name, part)
    return out.getvalue()


@functools.cache
def licence_picture():
    def font(size):
        try:
            return ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", size, index=2)
        except OSError:
            return ImageFont.load_default(size)

    image = Image.new("RGB", (1000, 700), "#fdf8ea")
    draw = ImageDraw.Draw(image)
    draw.rectangle((16, 16, 983, 683), outline="#b08d3c", width=6)
    draw.text((500, 70), "营业执照", fill="#1c1c1c", font=font(52), anchor="mm")
    for k, (name, value) in enumerate(LICENCE):
        draw.text((70, 130 + k * 56), f"{name}　{value}", fill="#1c1c1c", font=font(27))
    draw.ellipse((760, 480, 920, 640), outline="#c22", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


FILES = {
    "fuwu-xieyi.pdf": (as_pdf(TERMS), "application/pdf"),
    "jiaoyi-guize.docx": (
        as_docx(RULES),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}

CSS = """*{box-sizing:border-box}body{margin:0;color:#24302c;background:#fff;font:14px/1.7 "Microsoft YaHei","Noto Sans CJK SC",sans-serif}a{color:#0c6b52;text-decoration:none}img{display:block}
.wrap{max-width:1160px;margin:0 auto;padding:0 16px}.dingbu{background:#0c5945;color:#fff;position:relative;z-index:30}.dingbu .wrap{display:flex;align-items:center;gap:26px;min-height:60px}.dingbu a,.dingbu .lab{color:#fff;cursor:pointer}.biao{font-size:23px;font-weight:700}.hmb{display:none}
.caidan,.caidan ul{list-style:none;margin:0;padding:0}.caidan{display:flex;gap:4px;flex:1}.caidan li{position:relative}.caidan>li>a,.caidan>li>.lab{display:block;padding:18px 14px}.caidan>li.you{margin-left:auto}
.caidan ul{display:none;position:absolute;left:0;top:100%;background:#fff;border:1px solid #cfd8d4;box-shadow:0 6px 18px rgba(0,0,0,.15);min-width:150px}.caidan ul a,.caidan ul .lab{display:block;color:#24302c;padding:9px 16px;white-space:nowrap}.caidan ul ul{left:auto;right:100%;top:-1px}.caidan ul .lab:after{content:"›";float:right;margin-left:10px}.caidan li:hover>ul,.caidan li.kai>ul{display:block}.caidan ul li:hover{background:#eaf3ef}
.sou{display:flex;gap:10px;flex-wrap:wrap;background:#eef5f1;padding:18px;border-radius:6px;margin:18px 0;align-items:flex-end}.sou label{display:flex;flex-direction:column;font-size:12px;flex:1;min-width:130px}input,select{height:38px;border:1px solid #84948e;border-radius:4px;padding:0 10px;font:inherit;background:#fff;max-width:100%}input[type=radio],input[type=checkbox]{width:17px;height:17px;vertical-align:-3px}
.an{display:inline-block;background:#c8501e;color:#fff;border:0;border-radius:4px;height:40px;line-height:40px;padding:0 26px;font-size:15px;cursor:pointer}.an2{display:inline-block;background:#fff;color:#24302c;border:1px solid #84948e;border-radius:4px;height:40px;line-height:38px;padding:0 26px;font-size:15px;cursor:pointer}
.wg{display:grid;grid-template-columns:repeat(4,1fr);gap:14px}.wg .k{border:1px solid #e0e6e3;border-radius:6px;overflow:hidden;display:block;color:inherit}.wg img{width:100%;height:120px;object-fit:cover}.wg p{margin:6px 10px}.jg{color:#b4400f;font-weight:700;font-size:17px}
.px{display:flex;gap:2px;border-bottom:2px solid #0c5945;margin-bottom:8px;flex-wrap:wrap}.px a{padding:9px 18px;color:#24302c}.px a.dq{background:#0c5945;color:#fff}
.lb{display:flex;gap:16px;padding:16px 0;border-bottom:1px solid #e0e6e3}.lb img{width:220px;height:146px;object-fit:cover;border-radius:4px;flex:none}.lb .z{flex:1;min-width:0}.lb h3{margin:0;font-size:17px;display:inline}.lb .y{text-align:right;flex:none}.gg{display:inline-block;font-size:12px;line-height:17px;border:1px solid #6d7b75;color:#4a5651;padding:0 4px;border-radius:2px;margin-left:6px}.hui{color:#53605b;font-size:13px}
.mk{border:1px solid #dde4e1;border-radius:6px;padding:16px 18px;margin:14px 0}.mk h2{font-size:16px;margin:0 0 8px}.hang{display:flex;align-items:center;gap:12px;margin:10px 0;flex-wrap:wrap}.hang>span:first-child{width:92px}.cuo{color:#b00020;min-height:20px}
.rl{position:absolute;background:#fff;border:1px solid #84948e;border-radius:6px;padding:10px;z-index:20;box-shadow:0 6px 18px rgba(0,0,0,.2)}.rl table{border-collapse:collapse}.rl td button{width:38px;height:34px;border:0;background:#fff;cursor:pointer}.rl td button:hover{background:#eaf3ef}.rl td button:disabled{color:#aaa}
.jiao{background:#24302c;color:#d7dfdb;margin-top:30px;padding:24px 0;font-size:13px}.jiao a{color:#fff;margin-right:22px;line-height:32px;display:inline-block}
.ceng{position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:90;display:grid;place-items:center}.ceng a{position:relative;display:block;width:300px;height:380px;border-radius:14px;background:linear-gradient(160deg,#ff9d4d,#e2471f);color:#fff;text-align:center;padding:60px 24px}.ceng strong{display:block;font-size:46px;line-height:1.3}.ceng em{position:absolute;right:12px;top:12px;width:32px;height:32px;border-radius:50%;border:2px solid #fff;background:#7a2408;font:22px/28px Arial;color:#fff}.ceng b{display:inline-block;background:#fff2c9;color:#9b3208;border-radius:22px;padding:8px 34px;margin-top:26px;font-size:16px}
@media(max-width:760px){.dingbu .wrap{flex-wrap:wrap;gap:6px;justify-content:space-between;min-height:54px}.hmb{display:block;background:none;border:1px solid #fff;border-radius:4px;color:#fff;height:36px;padding:0 12px;font:inherit}.caidan{display:none;flex-basis:100%;flex-direction:column;background:#fff;padding:4px 0}.caidan.kai{display:flex}.caidan>li>a,.caidan>li>.lab{color:#24302c;padding:11px 14px}.caidan>li.you{margin-left:0}.caidan ul,.caidan ul ul{position:static;box-shadow:none;border:0;padding-left:18px}.caidan li:hover>ul{display:none}.caidan li.kai>ul{display:block}.wg{grid-template-columns:repeat(2,1fr);gap:8px}.wg img{height:92px}.lb{flex-wrap:wrap;gap:10px}.lb img{width:108px;height:96px}.lb .y{width:100%}.px a{padding:9px 11px}}"""
SHELL = (
    """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ title }} - 宿野旅居</title><style>"""
    + CSS
    + """</style></head><body>
<div class="dingbu"><div class="wrap"><a class="biao" href="/">宿野旅居</a><button class="hmb" type="button" onclick="document.querySelector('.caidan').classList.toggle('kai')">☰ 菜单</button><ul class="caidan"><li><a href="/">酒店</a></li><li><a href="/tickets">景区门票</a></li><li><span class="lab" tabindex="0">客户服务</span><ul><li><a href="/help">帮助中心</a></li><li><a href="/about/contact">联系我们</a></li></ul></li>
{% if user %}<li class="you"><span class="lab" tabindex="0">我的宿野</span><ul><li><a href="/member">我的订单</a></li><li><span class="lab" tabindex="0">账户管理</span><ul><li><span class="lab" tabindex="0">资料与隐私</span><ul><li><a href="/member/profile">个人资料</a></li><li><a href="/member/erase">清除个人信息</a></li></ul></li><li><span class="lab" tabindex="0">账户安全</span><ul><li><a href="/member/password">修改密码</a></li><li><a href="/member/closing">注销账户</a></li></ul></li></ul></li><li><a href="/passport/logout">退出登录</a></li></ul></li>{% else %}<li class="you"><a href="/passport/login">登录</a></li><li><a href="/passport/register">免费注册</a></li>{% endif %}</ul></div></div>
<div class="wrap">@BODY@</div>
<div class="jiao"><div class="wrap"><a href="/about/licence">营业执照</a><a href="/files/fuwu-xieyi.pdf">用户服务协议</a><a href="/files/jiaoyi-guize.docx">交易规则</a><a href="/about/privacy">隐私政策</a><a href="/help">帮助中心</a><a href="/about/contact">联系我们</a><br>"""
    + COMPANY
    + """　渝ICP备19007766号-1　渝公网安备 50010302001188号</div></div>
<script>document.querySelectorAll('.caidan .lab').forEach(function(e){e.onclick=function(){e.parentNode.classList.toggle('kai')};e.onkeydown=function(v){if(v.key=='Enter')e.onclick()}});
(function(){var box,from,a=document.querySelector('[data-ri=in]'),b=document.querySelector('[data-ri=out]');if(!a)return;function fmt(d){return d.getFullYear()+'-'+('0'+(d.getMonth()+1)).slice(-2)+'-'+('0'+d.getDate()).slice(-2)}
function open(el,y,m){shut();box=document.createElement('div');box.className='rl';var r=el.getBoundingClientRect();box.style.left=Math.max(6,Math.min(r.left,innerWidth-312))+'px';box.style.top=r.bottom+scrollY+4+'px';var now=new Date(),d=new Date(y,m,1),h='<div style="display:flex;justify-content:space-between"><button type="button" class="q" aria-label="上个月">‹</button><b>'+y+'年'+(m+1)+'月</b><button type="button" class="n" aria-label="下个月">›</button></div><table><tr><th>日<th>一<th>二<th>三<th>四<th>五<th>六</tr><tr>'+'<td></td>'.repeat(d.getDay());
while(d.getMonth()==m%12){h+='<td><button type="button" data-d="'+fmt(d)+'" '+(fmt(d)<fmt(now)||(el==b&&fmt(d)<=a.value)?'disabled':'')+'>'+d.getDate()+'</button></td>'+(d.getDay()==6?'</tr><tr>':'');d.setDate(d.getDate()+1)}box.innerHTML=h+'</tr></table>';document.body.appendChild(box);box.querySelector('.q').onclick=function(){var p=new Date(y,m-1,1);open(el,p.getFullYear(),p.getMonth())};box.querySelector('.n').onclick=function(){var p=new Date(y,m+1,1);open(el,p.getFullYear(),p.getMonth())};
box.querySelectorAll('[data-d]').forEach(function(k){k.onclick=function(){el.value=k.dataset.d;shut();if(el==a&&b&&b.value<=a.value){b.value='';b.click()}}})}
function shut(){if(box)box.remove();box=null}[a,b].forEach(function(el){if(el)el.onclick=function(e){e.stopPropagation();var d=new Date(el.value||a.value||Date.now());open(el,d.getFullYear(),d.getMonth())}});document.addEventListener('click',function(e){if(box&&!box.contains(e.target)&&document.contains(e.target))shut()})})()</script>
{{ script|safe }}</body></html>"""
)
FIND = """<form class="sou" action="/search"><label>目的地 / 酒店名<input name="wd" type="search" value="{{ a.wd or '' }}" placeholder="城市、商圈或酒店名"></label><label>入住日期<input name="in" data-ri="in" readonly placeholder="选择日期" value="{{ a['in'] or '' }}"></label><label>离店日期<input name="out" data-ri="out" readonly placeholder="选择日期" value="{{ a.out or '' }}"></label><button class="an">搜索</button></form>"""
HOME = (
    FIND
    + """<h2>热门目的地住宿</h2><div class="wg">{% for p in places %}<a class="k" href="/place/{{ p.id }}"><img src="/img/{{ p.id }}.svg" alt=""><p>{{ p.name }}</p><p><span class="jg">¥{{ p.price }}</span>起 <span class="hui">{{ '%.1f'|format(p.score) }}分</span></p></a>{% endfor %}</div><h2>景区门票</h2><div class="wg">{% for t in tickets[:4] %}<a class="k" href="/ticket/{{ t.id }}"><img src="/img/{{ t.id }}.svg" alt=""><p>{{ t.name }}</p><p class="jg">¥{{ t.price }}</p></a>{% endfor %}</div><div id="tan"></div>"""
)
LAYER = """<script>(function(){if(/sy_tan=1/.test(document.cookie))return;setTimeout(function(){var t=document.getElementById('tan');t.innerHTML='<div class="ceng"><a href="/promo/spring"><em>×</em>宿野会员节<strong>5折</strong>全国好房限时抢订<br><b>立即抢购</b></a></div>';function out(){t.innerHTML='';document.cookie='sy_tan=1;path=/'}t.firstChild.onclick=function(e){if(e.target==t.firstChild)out()};document.addEventListener('keydown',function(e){if(e.key=='Escape')out()})},600)})()</script>"""
LIST = (
    FIND
    + """<div class="px">{% for k,n in sorts %}<a class="{{ 'dq' if k==sort }}" href="{{ again(k) }}">{{ n }}</a>{% endfor %}</div><p class="hui">“{{ a.wd or '' }}”共找到 {{ places|length }} 家酒店</p>{% for p in places %}<div class="lb"><img src="/img/{{ p.id }}.svg" alt=""><div class="z"><h3><a href="{{ link(p) }}">{{ p.name }}</a></h3>{% if p.ad %}<span class="gg">{{ '优选' if sort in ('pu','pd') else '广告' }}</span>{% elif p.id % 9 == 0 %}<span class="gg">新开业</span>{% endif %}<div class="hui">{{ p.level }} · {{ p.town }}{{ p.area }}</div><div class="hui">{{ '%.2f'|format(p.score) }}分　{{ p.talks }}条点评　月售{{ p.sold }}间</div></div><div class="y"><span class="jg">¥{{ p.price }}</span>起<br><a class="an2" href="{{ link(p) }}">查看房型</a></div></div>{% else %}<p>没有找到相关酒店，换个目的地试试</p>{% endfor %}"""
)
PLACE_PAGE = """<h1 style="font-size:22px">{{ p.name }}</h1><p class="hui">{{ p.level }}　{{ p.town }}市{{ p.area }}　{{ '%.2f'|format(p.score) }}分（{{ p.talks }}条点评）　月售{{ p.sold }}间</p><img src="/img/{{ p.id }}.svg" alt="{{ p.name }}" style="width:100%;height:260px;object-fit:cover;border-radius:6px"><form action="/order/place/{{ p.id }}"><div class="sou"><label>入住日期<input name="in" data-ri="in" readonly placeholder="选择日期" value="{{ a['in'] or '' }}"></label><label>离店日期<input name="out" data-ri="out" readonly placeholder="选择日期" value="{{ a.out or '' }}"></label></div><div class="cuo" role="alert">{{ error }}</div>{% for n,k,t in rooms %}<div class="lb"><div class="z"><b>{{ n }}</b><div class="hui">{{ t }}</div></div><div class="y"><span class="jg">¥{{ (p.price*k)|round|int }}</span> <button class="an" name="room" value="{{ loop.index0 }}">预订</button></div></div>{% endfor %}</form>"""
TICKET_PAGE = """<h1 style="font-size:22px">{{ t.name }}</h1><img src="/img/{{ t.id }}.svg" alt="{{ t.name }}" style="width:100%;height:240px;object-fit:cover;border-radius:6px"><form action="/order/ticket/{{ t.id }}"><div class="sou"><label>游玩日期<input name="in" data-ri="in" readonly placeholder="选择日期" value="{{ a['in'] or '' }}"></label><label>票种<select name="room"><option value="0">成人票 ¥{{ t.price }}</option><option value="1">优惠票 ¥{{ t.price//2 }}</option></select></label><button class="an">立即预订</button></div><div class="cuo" role="alert">{{ error }}</div></form>"""
ORDER = """<h1 style="font-size:20px">填写订单</h1><form method="post"><div class="mk"><h2>预订信息</h2><p>{{ what }}</p><p>{{ when }}</p></div><div class="mk"><h2>{{ '入住人' if kind=='place' else '游客' }}信息</h2><div class="hang"><span>姓名</span><input name="guest" required></div><div class="hang"><span>手机号</span><input name="phone" type="tel" value="{{ user }}" required></div></div><div class="mk"><h2>保险与服务</h2>{% for k,n,p,d,on in extras %}<div class="hang"><label><input type="checkbox" name="{{ k }}" value="1" data-p="{{ p }}" {{ 'checked' if on }}> {{ n }} ¥{{ p }} <span class="hui">{{ d }}</span></label></div>{% endfor %}</div><div class="mk" style="text-align:right">房费/票价 ¥{{ base }}　应付总额 <span class="jg">¥<span id="he">{{ base }}</span></span>　<button class="an">提交订单</button></div></form>"""
ORDER_JS = """<script>(function(){var f=document.querySelector('form[method=post]');f.onchange=function(){var s=%d;f.querySelectorAll('[data-p]:checked').forEach(function(x){s+=+x.dataset.p});document.getElementById('he').textContent=s};f.onchange()})()</script>"""
PAY = """<div class="mk" style="text-align:center"><h1 style="font-size:20px">订单已提交</h1><p>订单号 {{ o.no }}，请在30分钟内完成支付</p><p>{{ o.what }}</p><p class="jg">¥{{ o.total }}</p><p><a class="an2" href="/member">稍后支付</a></p></div>"""
LOGIN = """<form method="post" class="mk" style="max-width:460px;margin:30px auto"><h1 style="font-size:20px">登录宿野</h1><p><label><input type="radio" name="how" value="pw" checked> 密码登录</label>　<label><input type="radio" name="how" value="sms"> 短信登录</label></p><div class="hang"><span>手机号</span><input name="mobile" type="tel" required></div><div class="hang" data-how="pw"><span>密码</span><input name="pwd" type="password"></div><div class="hang" data-how="sms" hidden><span>验证码</span><input name="sms" style="width:120px"><button type="button" class="an2" style="padding:0 10px" onclick="this.textContent='已发送 123456'">获取验证码</button></div><p class="cuo" role="alert">{{ error }}</p><button class="an">登 录</button>　<a href="/passport/register">免费注册</a></form><script>document.querySelectorAll('[name=how]').forEach(function(r){r.onchange=function(){document.querySelectorAll('[data-how]').forEach(function(e){var off=e.dataset.how!=r.value;e.hidden=off;e.style.display=off?'none':''})}});document.querySelector('[name=how]').onchange()</script>"""
REGISTER = """<form method="post" class="mk" style="max-width:460px;margin:30px auto"><h1 style="font-size:20px">注册宿野账户</h1><div class="hang"><span>手机号</span><input name="mobile" type="tel" required></div><div class="hang"><span>验证码</span><input name="sms" style="width:120px" required><button type="button" class="an2" style="padding:0 10px" onclick="this.textContent='已发送 123456'">获取验证码</button></div><div class="hang"><span>密码</span><input name="pwd" type="password" required></div><p><label><input type="checkbox" name="agree" value="1"> 我已阅读并同意</label><a href="/files/fuwu-xieyi.pdf">《用户服务协议》</a><a href="/about/privacy">《隐私政策》</a></p><p class="cuo" role="alert">{{ error }}</p><button class="an">同意并注册</button></form>"""
MEMBER = """<div class="mk"><h2>{{ acc.nick }}，您好</h2><p>积分 {{ acc.points }}　余额 ¥0.00</p></div><div class="mk"><h2>我的订单</h2>{% for o in acc.orders %}<form method="post" action="/member/cancel"><input type="hidden" name="no" value="{{ o.no }}">{{ o.no }}　{{ o.what }}　¥{{ o.total }}　{{ o.state }} {% if o.state=='待支付' %}<a href="/pay/{{ o.no }}">去支付</a> <button class="an2" style="height:30px;line-height:28px;padding:0 10px;font-size:13px">取消订单</button>{% endif %}</form>{% else %}<p>您还没有订单</p>{% endfor %}</div>"""
PARTS = {
    "profile": """<form method="post" class="mk"><h2>个人资料</h2><div class="hang"><span>手机号</span>{{ user }}</div><div class="hang"><span>昵称</span><input name="nick" value="{{ acc.nick }}"></div><div class="hang"><span>常用入住人</span><input name="guest" value="{{ acc.guest }}"></div><p role="status">{{ done }}</p><button class="an">保存</button></form>""",
    "erase": """<form method="post" class="mk"><h2>清除个人信息</h2><p>常用入住人：{{ acc.guest or '（无）' }}</p><p>清除后不可恢复，订单记录依法保存三年。</p><p role="status">{{ done }}</p><button class="an2">删除常用入住人与浏览记录</button></form>""",
    "password": """<form method="post" class="mk"><h2>修改密码</h2><div class="hang"><span>新密码</span><input name="pwd" type="password" required></div><p role="status">{{ done }}</p><button class="an">保存</button></form>""",
    "closing": """<form method="post" enctype="multipart/form-data" class="mk"><h2>注销账户</h2>{% if acc.closing %}<p>注销申请已受理，7天冷静期后完成。</p>{% else %}<p>注销后账户无法登录，积分失效；未完成的订单请先完成或取消。提交后有7天冷静期，最长15个工作日完成。</p><div class="hang"><span>短信验证码</span><input name="sms" style="width:120px" required><button type="button" class="an2" style="padding:0 10px" onclick="this.textContent='已发送 123456'">获取验证码</button></div>{% if acc.orders %}<p>您的账户有消费记录，为保障账户安全，请上传本人手持身份证正面照片，人工审核通过后方可注销。</p><div class="hang"><span>手持身份证照</span><input type="file" name="photo" accept="image/*" style="padding:5px"></div>{% endif %}<p class="cuo" role="alert">{{ error }}</p><button class="an2">确认注销</button> <a class="an2" href="/member">返回</a>{% endif %}</form>""",
}


def make_app():
    app = Flask(__name__)
    Bag(app, "suye_s", lambda: {"user": None})

    def account(pwd="suye@2025", orders=(), points=0):
        return {
            "pwd": pwd,
            "nick": "旅居客",
            "guest": "",
            "orders": [dict(o) for o in orders],
            "points": points,
            "closing": False,
        }

    old = [
        {"no": "SY21050311", "what": "半山小筑 2晚", "total": 812, "state": "已完成"},
        {"no": "SY23091807", "what": "武隆天生三桥景区 成人票", "total": 125, "state": "已完成"},
        {"no": "SY25061422", "what": "城市便捷 1晚", "total": 203, "state": "已完成"},
    ]
    accounts = {"15823000001": account(), "15823000002": account(orders=old, points=1180)}

    def me():
        return accounts.get(g.bag["user"])

    def page(title, body, script="", **kw):
        return render_template_string(
            SHELL.replace("@BODY@", body),
            title=title,
            script=script,
            user=g.bag["user"],
            acc=me(),
            a=request.args,
            **({"error": "", "done": ""} | kw),
        )

    @app.get("/")
    def home():
        return page("订酒店 买门票", HOME, LAYER, places=PLACES[::9][:12], tickets=list(TICKETS.values())[::3])

    @app.get("/img/<int:i>.svg")
    def img(i):
        h = i * 41 % 360
        houses = "".join(
            f'<path d="M{20 + k * 66} 130v-{38 + i * (k + 3) % 34}l28-26 28 26v{38 + i * (k + 3) % 34}z" fill="hsl({(h + 30 * k) % 360},34%,{36 + 8 * k}%)"/><rect x="{40 + k * 66}" y="104" width="16" height="26" fill="#fff8"/>'
            for k in range(3)
        )
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 146" preserveAspectRatio="xMidYMid slice"><rect width="220" height="146" fill="hsl({h},50%,86%)"/><circle cx="{40 + i * 13 % 140}" cy="28" r="13" fill="#fff4c4"/>{houses}<rect y="130" width="220" height="16" fill="#6f8f6a"/></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/search")
    def search():
        wd, sort = request.args.get("wd", "").strip(), request.args.get("sort", "tj")
        hits = [p for p in PLACES if wd and wd.removesuffix("市") in p["town"] + p["name"] + p["level"]]
        key = {
            "xl": lambda p: -p["sold"],
            "hp": lambda p: -p["score"],
            "pu": lambda p: p["price"] - p["coupon"],  # a price nobody sees
            "pd": lambda p: -p["price"],
        }.get(sort, lambda p: p["rank"])
        rows = sorted((p for p in hits if not p["ad"]), key=key)
        for at, p in zip((0, 4), [p for p in hits if p["ad"]], strict=False):
            rows.insert(at, p)
        keep = {k: v for k, v in request.args.items() if k in ("wd", "in", "out")}
        days = {k: v for k, v in keep.items() if k != "wd" and v}

        def link(p):
            if p["ad"]:
                return "/go?" + urlencode({"adid": f"s{p['id']}", "click_id": f"q{p['id'] * 17}", "p": p["id"]} | days)
            return f"/place/{p['id']}" + ("?" + urlencode(days) if days else "")

        return page(
            wd + "酒店预订",
            LIST,
            places=rows,
            sort=sort,
            link=link,
            again=lambda k: "/search?" + urlencode(keep | {"sort": k}),
            sorts=[
                ("tj", "推荐"),
                ("xl", "销量最高"),
                ("hp", "好评优先"),
                ("pu", "价格从低到高"),
                ("pd", "价格从高到低"),
            ],
        )

    @app.get("/go")
    def go():
        days = {k: request.args[k] for k in ("in", "out") if k in request.args}
        return redirect(f"/place/{request.args.get('p', 4101, int)}" + ("?" + urlencode(days) if days else ""))

    @app.get("/place/<int:i>")
    def place(i):
        p = PLACE.get(i) or abort(404)
        return page(
            p["name"],
            PLACE_PAGE,
            p=p,
            rooms=ROOMS,
            error="请选择入住和离店日期" if "nodate" in request.args else "",
        )

    @app.get("/tickets")
    def tickets():
        return page(
            "景区门票",
            '<h1 style="font-size:20px">景区门票</h1><div class="wg">{% for t in tickets %}<a class="k" href="/ticket/{{ t.id }}"><img src="/img/{{ t.id }}.svg" alt=""><p>{{ t.town }} · {{ t.name }}</p><p class="jg">¥{{ t.price }}</p></a>{% endfor %}</div>',
            tickets=list(TICKETS.values()),
        )

    @app.get("/ticket/<int:i>")
    def ticket(i):
        t = TICKETS.get(i) or abort(404)
        return page(t["name"], TICKET_PAGE, t=t, error="请选择游玩日期" if "nodate" in request.args else "")

    @app.route("/order/<kind>/<int:i>", methods=["GET", "POST"])
    def order(kind, i):
        thing = {"place": PLACE, "ticket": TICKETS}.get(kind, {}).get(i) or abort(404)
        a, room = request.args, min(max(request.args.get("room", 0, int), 0), 2)
        days = [a.get(k, "") for k in (("in", "out") if kind == "place" else ("in",))]
        try:
            dates = [datetime.date.fromisoformat(d) for d in days]
        except ValueError:
            dates = []
        if not dates or dates != sorted(set(dates)):
            return redirect(f"/{kind}/{i}?nodate=1")
        if not me():
            return redirect("/passport/login?" + urlencode({"next": request.full_path}))
        if kind == "place":
            nights = (dates[1] - dates[0]).days
            base = round(thing["price"] * ROOMS[room][1]) * nights
            what, when = f"{thing['name']} {ROOMS[room][0]}", f"{days[0]} 入住　{days[1]} 离店　共{nights}晚"
        else:
            base = thing["price"] if room == 0 else thing["price"] // 2
            what, when = f"{thing['name']} {'成人票' if room == 0 else '优惠票'}", f"{days[0]} 游玩"
        if request.method == "POST":
            total = base + sum(e[2] for e in EXTRAS if request.form.get(e[0]))
            no = f"SY26{i}{len(me()['orders']) + 1:03d}"
            me()["orders"].append({"no": no, "what": what, "total": total, "state": "待支付"})
            return redirect(f"/pay/{no}")
        return page(
            "填写订单",
            ORDER,
            ORDER_JS % base,
            kind=kind,
            what=what,
            when=when,
            base=base,
            extras=EXTRAS if kind == "place" else EXTRAS[1:2],
        )

    @app.get("/pay/<no>")
    def pay(no):
        o = next((o for o in (me() or {"orders": []})["orders"] if o["no"] == no), None) or abort(404)
        return page("订单已提交", PAY, o=o)

    @app.route("/passport/<what>", methods=["GET", "POST"])
    def passport(what):
        f, error = request.form, ""
        if what == "logout":
            g.bag["user"] = None
            return redirect("/")
        if what not in ("login", "register"):
            abort(404)
        if request.method == "POST":
            mobile = f.get("mobile", "")
            if what == "register":
                if not re.fullmatch(r"1\d{10}", mobile) or mobile in accounts:
                    error = "手机号格式错误或已注册"
                elif f.get("sms") != "123456" or len(f.get("pwd", "")) < 6:
                    error = "验证码错误或密码少于6位"
                elif not f.get("agree"):
                    error = "请先阅读并同意协议"
                else:
                    accounts[mobile] = account(f["pwd"])
            elif mobile not in accounts:
                error = "手机号或密码错误"
            elif f.get("how") == "sms":
                error = "" if f.get("sms") == "123456" else "验证码错误"
            elif accounts[mobile]["pwd"] != f.get("pwd"):
                error = "手机号或密码错误"
            if not error:
                g.bag["user"] = mobile
                to = request.args.get("next", "/member")
                return redirect(to if re.match(r"/\w", to) else "/member")
        return page("注册" if what == "register" else "登录", REGISTER if what == "register" else LOGIN, error=error)

    @app.route("/member", methods=["GET"])
    @app.route("/member/<part>", methods=["GET", "POST"])
    def member(part=""):
        if not me():
            return redirect("/passport/login?" + urlencode({"next": request.path}))
        acc, f, error, done = me(), request.form, "", ""
        if request.method == "POST":
            done = "已保存"
            if part == "profile":
                acc.update(nick=f.get("nick", "")[:20], guest=f.get("guest", "")[:20])
            elif part == "password":
                acc["pwd"] = f.get("pwd") or acc["pwd"]
            elif part == "erase":
                acc["guest"], done = "", "已删除"
            elif part == "cancel":
                for o in acc["orders"]:
                    if o["no"] == f.get("no") and o["state"] == "待支付":
                        o["state"] = "已取消"
                return redirect("/member")
            elif part == "closing":
                if any(o["state"] == "待支付" for o in acc["orders"]):
                    error = "您有待支付订单，请先支付或取消"
                elif f.get("sms") != "123456":
                    error = "验证码错误"
                elif acc["orders"] and not request.files.get("photo"):
                    error = "请上传本人手持身份证照片"
                else:
                    acc["closing"] = True
        return page("我的宿野", PARTS.get(part, MEMBER), error=error, done=done)

    @app.get("/help")
    def helping():
        q = request.args.get("q", "").strip()
        found = [h for h in HELP if not q or q in h[0] + h[1]]
        return page(
            "帮助中心",
            """<h1 style="font-size:20px">帮助中心</h1><form class="sou"><label>搜索问题<input name="q" type="search" value="{{ a.q or '' }}" placeholder="如：注销账户"></label><button class="an">搜索</button></form>{% for q,t,u in found %}<div class="mk"><h2>{{ q }}</h2><p>{{ t }}</p>{% if a.q and u %}<a href="{{ u }}">立即前往</a>{% endif %}</div>{% else %}<p>没有找到，请致电 023-6777 0000</p>{% endfor %}""",
            found=found,
        )

    @app.get("/about/<what>")
    def about(what):
        if what == "licence":
            return page(
                "营业执照",
                '<h1 style="font-size:20px">营业执照信息公示</h1><img src="/about-licence.png" alt="营业执照" style="max-width:100%"><table>{% for n,v in rows %}<tr><td style="padding-right:20px">{{ n }}</td><td>{{ v }}</td></tr>{% endfor %}</table>',
                rows=LICENCE,
            )
        text = {
            "privacy": PRIVACY,
            "contact": f"{COMPANY}\n地址：重庆市渝北区金开大道1号\n客服电话：023-6777 0000（24小时）\n投诉举报：ts@suye.example，3个工作日内答复",
        }.get(what) or abort(404)
        return page(
            "隐私政策" if what == "privacy" else "联系我们",
            '<h1 style="font-size:20px">{{ title }}</h1>{% for p in rows %}<p>{{ p }}</p>{% endfor %}',
            rows=text.split("\n"),
        )

    @app.get("/about-licence.png")
    def licence_png():
        return Response(licence_picture(), mimetype="image/png")

    @app.get("/files/<name>")
    def files(name):
        data, kind = FILES.get(name) or abort(404)
        return Response(data, mimetype=kind, headers={"Content-Disposition": f"inline; filename={name}"})

    @app.get("/promo/<_>")
    def promo(_):
        return page(
            "宿野会员节",
            '<h1>宿野会员节</h1><p>全国好房5折起，以房型页展示价为准。</p><div class="wg">{% for p in places %}<a class="k" href="/place/{{ p.id }}"><img src="/img/{{ p.id }}.svg" alt=""><p>{{ p.name }}</p><p class="jg">¥{{ p.price }}</p></a>{% endfor %}</div>',
            places=PLACES[3::14],
        )

    return app
