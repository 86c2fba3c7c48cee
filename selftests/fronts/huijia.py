# -*- coding: utf-8 -*-
"""惠嘉商城: server-rendered shop with a single-page rule centre (/rules)."""

import hashlib
import io
import json
import random
import re
import zipfile
from datetime import date, timedelta
from html import escape as esc
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, jsonify, redirect, request

try:
    from ._starter import Bag
except ImportError:  # run as a script
    from _starter import Bag

LOCALE = "zh-CN"
VERTICAL = "general marketplace (self-operated and third-party sellers)"
QUERIES = ["保温杯", "耳机", "毛巾", "台灯", "坚果"]
ACCOUNTS = [
    {"user": "13920010001", "password": "Huijia#01", "role": "fresh", "holds": "no orders, no points, balance 0"},
    {
        "user": "13920010002",
        "password": "Huijia#02",
        "role": "aged",
        "holds": "two completed orders (one from 2023), 260 points, balance 0",
    },
    {
        "user": "13920010003",
        "password": "Huijia#03",
        "role": "buyer with open matters",
        "holds": "one order on its way; can be ended online before deregistration",
    },
    {
        "user": "13920010004",
        "password": "Huijia#04",
        "role": "second fresh buyer",
        "holds": "no orders; for persona tests",
    },
]
CODE = "123456"
TODAY = date(2026, 11, 26)
FILES = Path(__file__).with_name("huijia_files")
COMPANY = "重庆惠嘉云商网络科技有限公司"
ADDR = "重庆市渝北区金开大道西段106号19幢8层"
ABC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(region, org8):
    """GB 11714 digit for the organisation code, then GB 32100 check digit."""
    o = lambda c: int(c) if c.isdigit() else ord(c) - 55
    d = 11 - sum(o(c) * w for c, w in zip(org8, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    body = "91" + region + org8 + {10: "X", 11: "0"}.get(d, str(d))
    w = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return body + ABC[(31 - sum(ABC.index(c) * k for c, k in zip(body, w)) % 31) % 31]


def jy(body13):
    """Food licence number: ISO 7064 MOD 11,10 check digit."""
    p = 10
    for c in body13:
        s = (int(c) + p) % 10 or 10
        p = s * 2 % 11
    return "JY" + body13 + str((11 - p) % 10)


LIC = uscc("500112", "MA60K7R3")
FOOD = jy("1500112009876")
EDI = "渝B2-20211583"
ICP = "渝ICP备2021004386号-1"
PSB = "渝公网安备 50011202501386号"
FOODNET = "网食备A50000019"

# ------------------------------------------------------------------ documents
DOCS = {
    # id: (category, title, version, published, effective)
    "agreement": ("协议与政策", "惠嘉商城用户服务协议", "V5.2", "2026-07-01", "2026-07-20"),
    "privacy": ("协议与政策", "惠嘉商城隐私政策", "V4.1", "2026-05-20", "2026-06-10"),
    "vip": ("协议与政策", "嘉享卡会员服务协议", "V2.0", "2025-09-01", "2025-09-20"),
    "trade": ("交易与售后", "惠嘉商城交易规则", "V3.1", "2025-08-01", "2025-08-20"),
    "return": ("交易与售后", "七日无理由退货规则", "V2.3", "2025-08-01", "2025-08-20"),
    "price": ("交易与售后", "价格保护规则", "V1.4", "2025-10-08", "2025-10-25"),
    "presale": ("交易与售后", "预售与定金规则", "V1.6", "2025-10-08", "2025-10-25"),
    "delivery": ("交易与售后", "配送与自提规则", "V2.1", "2025-03-03", "2025-03-20"),
    "deposit": ("交易与售后", "空桶押金规则", "V1.2", "2025-06-03", "2025-06-20"),
    "guarantee": ("交易与售后", "无忧购保障规则", "V1.5", "2025-03-03", "2025-03-20"),
    "search": ("搜索与评价", "搜索排序与个性化说明", "V1.3", "2026-05-20", "2026-06-10"),
    "review": ("搜索与评价", "信用评价规则", "V2.2", "2025-03-03", "2025-03-20"),
    "promo": ("促销与广告", "集中促销活动管理规则", "V2.0", "2025-10-08", "2025-10-25"),
    "act1212": ("促销与广告", "2026“双12 暖冬节”活动规则", "V1.0", "2026-11-20", "2026-12-01"),
    "ads": ("促销与广告", "广告发布与标识规范", "V1.4", "2025-03-03", "2025-03-20"),
    "dispute": ("争议与投诉", "争议处理规则", "V2.4", "2026-01-08", "2026-02-01"),
    "complaint": ("争议与投诉", "投诉举报办法", "V1.7", "2026-01-08", "2026-02-01"),
    "account": ("账户与个人信息", "用户信息查询、更正、删除与账户注销指引", "V2.1", "2026-05-20", "2026-06-10"),
    "seller": ("商家规则", "商家入驻服务协议", "V3.4", "2026-07-01", "2026-07-20"),
    "penalty": ("商家规则", "商家违法行为处置与公示规则", "V2.2", "2026-01-08", "2026-02-01"),
    "margin": ("商家规则", "消费者权益保证金管理规则", "V1.3", "2025-03-03", "2025-03-20"),
    "ip": ("知识产权", "知识产权保护规则", "V2.0", "2025-06-03", "2025-06-20"),
    "rulemaking": ("规则制定", "规则制定与修改办法", "V1.2", "2026-01-08", "2026-02-01"),
}
# other versions: (version, published, effective, state, [(text in force, text of that version)])
OTHER = {
    "trade": [
        (
            "V3.2",
            "2026-11-12",
            "2026-12-10",
            "待生效",
            [
                (
                    "按商品金额的百分之五支付违约金，最低五元，最高一百元",
                    "按商品金额的百分之六支付违约金，最低十元，最高二百元",
                ),
                ("商家应当在收到退货申请后四十八小时内处理", "商家应当在收到退货申请后二十四小时内处理"),
            ],
        ),
        (
            "V3.0",
            "2024-05-10",
            "2024-06-01",
            "历史版本，2025-08-19 止",
            [
                ("，商品页承诺更短时间的从其承诺", ""),
                (
                    "消费者不同意的，商家应当履行或者依法承担违约责任。** 消费者同意取消的，商家除退款外，应当支付商品金额百分之五且不低于五元的补偿。",
                    "消费者不同意的，商家应当履行或者依法承担违约责任。**",
                ),
            ],
        ),
    ],
    "agreement": [
        (
            "V5.1",
            "2025-02-10",
            "2025-03-01",
            "历史版本，2026-07-19 止",
            [
                (
                    "\n2.6 您对限制措施有异议的，可以在“我的—账户安全—限制申诉”提交说明，由人工复核，三个工作日内答复。",
                    "",
                ),
                ("期限一般不少于十五日", "期限一般不少于十日"),
            ],
        ),
        (
            "V5.0",
            "2023-12-01",
            "2023-12-20",
            "历史版本，2025-02-28 止",
            [
                (
                    "\n2.6 您对限制措施有异议的，可以在“我的—账户安全—限制申诉”提交说明，由人工复核，三个工作日内答复。",
                    "",
                ),
                ("；嘉豆按一百嘉豆折合一元的比例一并支付", "；嘉豆按二百嘉豆折合一元的比例一并支付"),
                ("期限一般不少于十五日", "期限一般不少于十日"),
            ],
        ),
    ],
    "privacy": [
        (
            "V4.0",
            "2024-08-10",
            "2024-09-01",
            "历史版本，2026-06-09 止",
            [("周砚秋", "陈牧野"), ("\n7.7 核实身份只用短信验证码等您已经提供过的信息，不要求手持证件照片。", "")],
        )
    ],
    "seller": [
        (
            "V3.3",
            "2025-02-10",
            "2025-03-01",
            "历史版本，2026-07-19 止",
            [("退还三倍的日均技术服务费", "退还二倍的日均技术服务费")],
        )
    ],
}
DRAFT = (
    "七日无理由退货规则（修订征求意见稿）",
    "2026-11-18",
    "2026-12-05",
    [
        (
            "4.2 您在七日内寄出。因特殊情况不能按时寄出的，可以在订单页延长一次，延长七日。",
            "4.2 您在十日内寄出。因特殊情况不能按时寄出的，可以在订单页延长一次，延长十日。",
        ),
        ("应当在收到退货后四十八小时内提交开箱视频", "应当在收到退货后二十四小时内提交开箱视频"),
    ],
)


def source(doc, version=None):
    cat, title, ver, pub, eff = DOCS[doc]
    text, state = (FILES / f"{doc}.md").read_text(encoding="utf-8"), "现行有效"
    if doc == "act1212":
        state = "已公示"
    if version and version != ver:
        row = next((r for r in OTHER.get(doc, []) if r[0] == version), None)
        if not row:
            return None
        ver, pub, eff, state, pairs = row
        for a, b in pairs:
            assert a in text, (doc, a)
            text = text.replace(a, b)
    return {
        "id": doc,
        "cat": cat,
        "title": title,
        "version": ver,
        "published": pub,
        "effective": eff,
        "state": state,
        "md": text,
    }


def draft_source():
    text = (FILES / "return.md").read_text(encoding="utf-8")
    for a, b in DRAFT[3]:
        assert a in text, a
        text = text.replace(a, b)
    return text


def inline(s):
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", esc(s, quote=False))


def to_html(md):
    out, table, items = [], [], []

    def flush():
        if table:
            rows = [[c.strip() for c in r.strip("|").split("|")] for r in table]
            head = "".join(f"<th>{inline(c)}</th>" for c in rows[0])
            body = "".join("<tr>" + "".join(f"<td>{inline(c)}</td>" for c in r) + "</tr>" for r in rows[1:])
            out.append(f'<div class="tw"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')
            table.clear()
        if items:
            out.append("<ul>" + "".join(f"<li>{inline(i)}</li>" for i in items) + "</ul>")
            items.clear()

    for line in md.splitlines():
        if line.startswith("|"):
            table.append(line)
            continue
        if line.startswith("- "):
            items.append(line[2:])
            continue
        flush()
        if line.startswith("## "):
            out.append(f"<h2>{inline(line[3:])}</h2>")
        elif line.strip():
            out.append(f"<p>{inline(line)}</p>")
    flush()
    return "\n".join(out)


def to_text(md):
    rows = []
    for line in md.splitlines():
        line = line.replace("**", "")
        if line.startswith("|"):
            line = "\t".join(c.strip() for c in line.strip("|").split("|"))
        elif line.startswith("## "):
            line = line[3:]
        elif line.startswith("- "):
            line = "    " + line[2:]
        rows.append(line)
    return "\n".join(rows)


def meta_line(s):
    return (
        f"版本 {s['version']}（{s['state']}）　发布日期 {s['published']}　生效日期 {s['effective']}　制定人 {COMPANY}"
    )


NOTICES = [
    (
        "2026-11-24",
        "维护",
        "系统例行维护公告（11月29日凌晨）",
        "为保障双12活动稳定，惠嘉商城定于2026年11月29日02:00至04:00进行例行维护。维护期间可以浏览商品，暂时不能付款。已经领取的优惠券若在此期间到期，有效期自动顺延一日；逾期发货、退款的时限不因维护延长。维护完成后会在本页更新。给您带来不便，敬请谅解。",
    ),
    (
        "2026-11-20",
        "活动",
        "2026“双12 暖冬节”活动规则公示",
        "活动规则自今日起公示。定金预售从2026年12月1日20:00开始，正式活动从12月10日20:00开始，到12月12日23:59结束。优惠方式、叠加顺序、不参加的商品、定金退还和退货办法，请在规则中心查看全文。活动商品同样适用七日无理由退货和三十日价格保护。",
    ),
    (
        "2026-11-18",
        "征求意见",
        "《七日无理由退货规则》修订公开征求意见",
        "为方便消费者退货，惠嘉拟修订《七日无理由退货规则》，主要修改有两处：消费者寄回商品的时间由七日延长到十日；商家对商品完好提出异议的时间由四十八小时缩短到二十四小时。征求意见期限为2026年11月18日至12月5日。请在规则中心“征求意见”提交，也可以写信到 guize@huijiamall.cn。意见的采纳情况将在期满后公布，定稿至少提前十五日公示。",
    ),
    (
        "2026-11-16",
        "治理",
        "关于清理商家不公平格式条款的公告",
        "近期巡查发现，个别商家在商品说明中写有“特价商品概不退换”“离柜概不负责”“本店享有最终解释权”等内容。消费者权益保护法第二十六条规定，经营者不得以格式条款、通知、声明、店堂告示等方式，作出排除或者限制消费者权利、减轻或者免除经营者责任、加重消费者责任等对消费者不公平、不合理的规定；含有这些内容的，其内容无效。请商家立即自查删除。消费者遇到此类说法，请举报，您的退换货权利不受影响。",
    ),
    (
        "2026-11-12",
        "规则",
        "《交易规则》V3.2 定稿公示",
        "《惠嘉商城交易规则》V3.2 自今日起公示，2026年12月10日起施行。修改内容：商家逾期发货违约金由百分之五提高到百分之六，最低由五元提高到十元，最高由一百元提高到二百元；商家处理退货申请的时间由四十八小时缩短到二十四小时。施行前成立的订单适用原版本。不接受修改的消费者和商家可以退出平台，惠嘉不会阻止，退出前的订单按V3.1履行。",
    ),
    (
        "2026-11-05",
        "征求意见",
        "《交易规则》修订意见采纳情况",
        "征求意见期间共收到消费者意见214条、商家意见87条。采纳的主要意见：提高逾期发货违约金下限；缩短退货申请处理时间。未采纳的主要意见：部分商家建议降低违约金上限，考虑到会削弱对消费者的保护，未予采纳；部分消费者建议全部商品现货当日发出，考虑到地区差异，暂未采纳。感谢各方参与。",
    ),
    (
        "2026-10-30",
        "安全",
        "警惕冒充客服的诈骗电话",
        "有人冒充惠嘉客服，声称“会员将自动续费，不取消每月扣款”“退款需要先交保证金”“系统故障造成的损失由您自己承担”，诱导转账。惠嘉客服不会索要验证码，不会要求您向私人账户转账，嘉享卡到期自动停止。接到此类电话请立即挂断，并拨打110或者96110。如果您的损失与惠嘉的信息保护不当有关，惠嘉依法承担责任。",
    ),
    (
        "2026-10-21",
        "召回",
        "协助召回：亮途LT-C20车载充电器",
        "亮途科技向市场监督管理部门备案召回2026年3月至5月生产的LT-C20车载充电器，原因是部分产品在高温下外壳可能开裂，存在触电风险。请停止使用。惠嘉已经全部下架，并用短信通知396名购买者。消费者可以在订单页选择退款或者换新，运费由经营者承担；因缺陷造成人身、财产损害的，依法要求赔偿，惠嘉将协助。",
    ),
    (
        "2026-10-10",
        "征求意见",
        "《交易规则》修订公开征求意见（已结束）",
        "征求意见期限为2026年10月10日至10月27日，草案全文和修改说明见附页。提交方式：规则中心“征求意见”；电子邮箱 guize@huijiamall.cn；信函。期间首页公告栏同步展示。该次征求意见已经结束，采纳情况见11月5日公告。",
    ),
    (
        "2026-09-28",
        "服务",
        "国庆中秋假期客服与物流安排",
        "10月1日至8日，人工客服照常服务，时间为每日8:30至22:00。自营配送照常，个别乡镇可能晚一至两日，商品页会更新预计送达时间。超过承诺时间的，仍按规则支付违约金。假期内提交的投诉、退款，时限照常计算。",
    ),
    (
        "2026-09-15",
        "补偿",
        "9月13日商家后台故障的说明和补偿",
        "9月13日14:05至15:10，商家后台因数据库切换失败不能登录。惠嘉按《商家入驻服务协议》8.2退还受影响商家三倍日均技术服务费，共计18.6万元，已于9月15日到账。期间的发货超时不计入考核。商家认为损失超过上述金额的，可以提交材料请求补足，也可以依法申请仲裁或者起诉。",
    ),
    (
        "2026-08-26",
        "规则",
        "关于删除旧版活动模板中“最终解释权”字样的说明",
        "自查发现，2019年制作的一个店铺活动模板底部印有“最终解释权归活动方所有”字样，虽已停用，仍有商家沿用。该表述不符合网络交易监督管理办法第二十一条，对消费者没有约束力。惠嘉已经删除模板，并通知全部商家改正。对活动规则有争议的，按通常理解和有利于消费者的原则解释。",
    ),
    (
        "2026-07-01",
        "规则",
        "《用户服务协议》V5.2、《商家入驻服务协议》V3.4 公示",
        "两份协议经2026年6月1日至6月20日公开征求意见，今日公示，7月20日施行。主要变化：增加账户限制的人工复核；后台中断的违约金由日均技术服务费的二倍提高到三倍。不接受修改的可以退出，已成立的订单按原协议履行。",
    ),
    (
        "2026-06-18",
        "服务",
        "空桶押金可以在线申请退还",
        "桶装水的空桶押金已经支持在线申请、上门取桶，取桶不收费，三个工作日内原路退还。没有申请期限，也不要求继续购水。",
    ),
    (
        "2026-05-20",
        "规则",
        "《隐私政策》V4.1 公示",
        "《隐私政策》V4.1 经公开征求意见，今日公示，6月10日施行。主要变化：个人信息保护负责人变更为周砚秋；写明核实身份不要求手持证件照片；增加清除浏览标签的入口。没有扩大收集范围，也没有增加接收方。",
    ),
    (
        "2026-03-15",
        "服务",
        "2025年度消费者权益保护报告摘要",
        "2025年共受理投诉31,204件，十五日内办结率99.4%；先行赔付1,126件，金额87.3万元；公示处理违法商家143家；处理知识产权通知612件。数据由第三方会计师事务所核对，可以来信查阅。",
    ),
    (
        "2026-02-02",
        "天气",
        "低温雨雪天气配送提示",
        "受低温雨雪影响，渝东北部分道路临时管制，配送可能晚一至三日。道路封闭属于不可抗力的期间，按影响程度部分或者全部免除逾期责任；道路恢复以后仍未送达的，按规则支付违约金。您可以随时取消尚未送达的订单并全额退款。",
    ),
    (
        "2026-01-08",
        "规则",
        "《争议处理规则》等四项规则公示",
        "《争议处理规则》《投诉举报办法》《商家违法行为处置与公示规则》《规则制定与修改办法》经公开征求意见，今日公示，2026年2月1日施行。主要变化：增加复核小组；明确调处不是投诉、起诉的前置程序。",
    ),
]

SHOPS_BAD = [
    "渝味堂土特产店",
    "晨曦数码配件",
    "简木家居馆",
    "优纺家纺折扣店",
    "乐跑运动户外",
    "小满零食铺",
    "北岸灯饰",
    "青柠日用百货",
    "锐声影音",
    "山城好物集",
    "暖家毛巾工厂店",
    "果仁时光",
    "星途车品",
    "木槿服饰",
    "童梦玩具屋",
    "蓝湾厨具",
    "优视达眼镜",
    "鼎泰茶行",
    "知味轩食品",
    "朗月电器",
]
BAD = [
    ("虚假宣传：标称“316不锈钢”，经检测为201不锈钢", "警示，商品下架", 30),
    ("未更新已经变更的营业执照信息", "警示，限三日内改正", 15),
    ("销售侵犯注册商标专用权的耳机", "暂停服务三十日", 30),
    ("商品页写有“拆封概不退货”，拒绝消费者七日无理由退货", "警示，先行赔付消费者", 30),
    ("以“好评返现5元”诱导消费者评价", "暂停服务七日", 7),
    ("虚构交易126笔以提高销量排名", "暂停服务十五日", 15),
    ("销售超过保质期的坚果礼盒", "暂停服务三十日", 30),
    ("未取得食品经营许可销售散装食品", "终止服务", None),
    ("销售不符合强制性国家标准的台灯（未经CCC认证）", "终止服务", None),
    ("向他人出售消费者收货信息", "终止服务", None),
    ("付款后以缺货为由单方取消订单，拒绝承担违约责任", "警示，先行赔付消费者", 30),
    ("虚构原价“999元”，活动前七日内无成交记录", "暂停服务七日", 7),
    ("商品页使用“国家级”“最佳”用语", "警示，商品下架", 15),
]


FIT = {
    "坚果礼盒": ["小满零食铺", "果仁时光", "知味轩食品"],
    "散装食品": ["渝味堂土特产店", "鼎泰茶行", "知味轩食品"],
    "耳机": ["晨曦数码配件", "锐声影音"],
    "台灯": ["北岸灯饰", "朗月电器"],
    "316": ["蓝湾厨具", "青柠日用百货"],
}


def penalties():
    rows, d = [], date(2026, 11, 24)
    GONE = [
        "老街坊散称铺",
        "易达通讯配件",
        "星河灯具批发",
        "江湖味道干货行",
        "优选快购百货",
        "亮堂堂照明",
        "阿九炒货",
        "每日鲜淘",
        "辰光电器",
        "古渡土产",
        "丰裕百货",
        "聚点数码",
    ]
    for i in range(38):
        what, how, days = BAD[(i * 5) % len(BAD)]
        shop = (
            SHOPS_BAD[(i * 7) % len(SHOPS_BAD)]
            if i < 20
            else SHOPS_BAD[(i * 7) % 20].replace("店", "铺") + "（" + "渝中 江北 南岸 沙坪坝 万州".split()[i % 5] + "）"
        )
        shop = next((v[i % len(v)] for k, v in FIT.items() if k in what), shop) + (
            ""
            if i < 20 or "（" in shop and not any(k in what for k in FIT)
            else "（" + "渝中 江北 南岸 沙坪坝 万州".split()[i % 5] + "）"
        )
        if not days:
            shop = GONE.pop(0)
        until = (d + timedelta(days=days)).isoformat() if days else "该店铺实际停止平台内经营之日"
        rows.append([shop, what, how, f"{d.isoformat()} 至 {until}", d.isoformat()])
        d -= timedelta(days=2 + i % 4)
    return rows


def ip_rows():
    owners = [
        "浙江川泽器皿有限公司",
        "深圳市声涧科技有限公司",
        "山东锦絮家纺有限公司",
        "中山市炬和照明有限公司",
        "安徽松语食品有限公司",
        "重庆果味文化传媒有限公司",
        "广州图语设计有限公司",
    ]
    things = [
        "商标权｜保温杯标识",
        "外观设计专利权｜耳机充电盒",
        "商标权｜毛巾吊牌",
        "实用新型专利权｜台灯支架",
        "著作权｜包装插画",
        "著作权｜商品实拍图",
        "商标权｜店铺名称",
    ]
    res = [
        "通知成立，链接已删除",
        "通知成立，图片已屏蔽",
        "声明转送后十五日内未收到投诉或起诉通知，已恢复链接",
        "权利人已起诉，维持断开链接，等待判决",
        "通知材料不全，已告知补充，权利人撤回",
        "通知成立，商品已下架，商家承诺不再销售",
    ]
    rows, d = [], date(2026, 11, 22)
    for i in range(26):
        r = res[(i * 5) % 6]
        if "声明转送" in r:
            d0 = d - timedelta(days=24)
            st, done = f"{(d0 + timedelta(days=3)).isoformat()} 提交不侵权声明", (d0 + timedelta(days=20)).isoformat()
        elif "起诉" in r:
            d0 = d - timedelta(days=14)
            st, done = f"{(d0 + timedelta(days=2)).isoformat()} 提交不侵权声明", (d0 + timedelta(days=12)).isoformat()
        else:
            d0 = d - timedelta(days=1)
            st, done = "商家未提交声明", d.isoformat()
        rows.append(
            [
                f"HJIP2026{1187 - i * 9}",
                owners[i % 7],
                things[i % 7],
                [
                    "蓝湾厨具",
                    "晨曦数码配件",
                    "暖家毛巾工厂店",
                    "北岸灯饰",
                    "小满零食铺",
                    "渝味堂土特产店",
                    "山城好物集",
                ][i % 7],
                d0.isoformat(),
                st,
                r,
                done,
            ]
        )
        d -= timedelta(days=4 + i % 5)
    rows.sort(key=lambda x: x[4], reverse=True)
    for k, x in enumerate(rows):
        x[0] = f"HJIP2026{1187 - k * 9}"
    return rows


FAQ = [
    (
        "拆开包装后还能退货吗？",
        "可以。为查验打开包装、合理调试，不影响商品完好。只有食品、化妆品等的必要一次性密封包装被损坏，才可能视为不完好，依据见《七日无理由退货规则》第三章。有质量问题的，拆没拆都可以退。",
    ),
    (
        "预售商品能七天无理由退货吗？",
        "能。签收后七日内可以退，定金和尾款一并退还。定作、鲜活易腐等法律列明的商品除外，这与是否预售无关。",
    ),
    (
        "定金和订金有什么不同？",
        "定金是民法典规定的担保，商家违约双倍返还，消费者无正当理由违约的不予返还。订金只是预付款，取消就应当退还。惠嘉不允许商家收取订金。",
    ),
    (
        "商家说缺货要取消订单，我不同意怎么办？",
        "合同已经成立，商家不能单方取消。您可以要求继续发货，也可以要求赔偿。请在订单页申请平台介入。",
    ),
    (
        "商家店铺里写着“本店拥有最终解释权”，有效吗？",
        "无效。平台禁止商家这样写，看到请举报。规则有两种理解时，按对消费者有利的理解处理。",
    ),
    (
        "系统自动确认收货后还能退货吗？",
        "能。确认收货只影响货款结算，退货期限从签收次日起计算，质量保证和索赔不受影响。",
    ),
    ("运费险必须买吗？", "不必。运费险、延保、礼品包装都是可选服务，起始未勾选，不买不影响下单和售后。"),
    (
        "怎样关闭个性化推荐？",
        "搜索结果页顶部点击“个性化排序”开关，或者进入“我的—账户与隐私—个性化设置”。一键关闭，长期有效，不登录也能用。",
    ),
    ("怎样退订促销短信？", "回复R免费退订，或者在“账户与隐私—消息设置”关闭，立即生效。没有订阅过的不会收到。"),
    (
        "怎样注销账户，为什么有时不能马上注销？",
        "进入“我的—账户与隐私—注销账户”，输入验证码确认，七日冷静期满即注销。还有在途订单、退款或者争议没有了结的，需要先处理，因为注销后钱款可能退不到您手里；每一项旁边都有在线入口，例如取消订单、确认收货。",
    ),
    (
        "嘉享卡会自动续费吗？",
        "不会。到期自动停止。只有您自己勾选“到期自动续费”的才会续费，到期前五日会提醒，可以一键取消。",
    ),
    (
        "自提超期要收费吗？",
        "大件到仓后免费保管十五日，从第十六日起每件每日2元，累计不超过成交价的5%，也不超过实际费用。收费前会三次通知；有合理理由的可以免收。不会没收商品。",
    ),
    (
        "价格保护为什么不包括限量秒杀价？",
        "价格保护是额外承诺，限量秒杀数量有限、先到先得，所以不作比较依据，商品页的价保说明会事先写明。它不影响您依法享有的其他权利。",
    ),
    (
        "商家联系不上怎么办？",
        "惠嘉先用商家的保证金赔付，并在核对订单手机号后七日内提供商家的真实名称、地址、有效联系方式和交易记录。惠嘉不能提供的，您可以直接要求惠嘉赔偿。",
    ),
    ("空桶押金什么时候退？", "归还空桶后三个工作日内原路退还，没有申请期限。入口在“我的—押金”。"),
    ("必须先让平台调解才能起诉吗？", "不是。您可以直接向12315投诉、申请仲裁（有仲裁协议的）或者向法院起诉。"),
]

# ---------------------------------------------------------------------- goods
SHOPS = {
    "hj": ("惠嘉自营", COMPANY, LIC, 4.86, True),
    "s1": ("山澜生活旗舰店", "杭州山澜生活用品有限公司", uscc("330106", "MA2CB41K"), 4.91, False),
    "s2": ("云杉器物", "宁波云杉器物有限公司", uscc("330212", "MA2AG8P5"), 4.72, False),
    "s3": ("鹿鸣声学官方店", "深圳鹿鸣声学技术有限公司", uscc("440305", "MA5F2X7L"), 4.79, False),
    "s4": ("听澜数码专营店", "东莞市听澜电子有限公司", uscc("441900", "MA4WQ39T"), 4.53, False),
    "s5": ("棉朵家纺", "高阳县棉朵纺织有限公司", uscc("130628", "MA0D6H2R"), 4.88, False),
    "s6": ("拾光灯具", "中山市拾光照明有限公司", uscc("442000", "MA53K8N4"), 4.64, False),
    "s7": ("明屿照明旗舰店", "佛山市明屿照明电器有限公司", uscc("440605", "MA4UY6Q1"), 4.83, False),
    "s8": ("果岭坚果", "安徽果岭食品有限公司", uscc("340104", "MA2RT5X9"), 4.77, False),
    "s9": ("山野仁记", "重庆山野仁记食品有限公司", uscc("500103", "MA5YR2D7"), 4.35, False),
    "s10": ("初白家居", "南通初白家居有限公司", uscc("320602", "MA27L1G6"), None, False),
    "s11": ("绒屿服饰旗舰店", "平湖市绒屿服饰有限公司", uscc("330482", "MA2B9F3W"), 4.68, False),
}
CATS = {
    "保温杯": (
        ["山澜", "云杉", "惠选", "初白"],
        ["s1", "s2", "hj", "s10"],
        [
            "316不锈钢",
            "轻量便携",
            "大容量",
            "儿童吸管",
            "商务泡茶",
            "车载弹盖",
            "陶瓷内胆",
            "运动直饮",
            "焖烧杯款",
            "长效24小时",
            "礼盒装",
        ],
        ["350ml 雪白", "500ml 墨绿", "750ml 海蓝"],
        39,
        259,
    ),
    "耳机": (
        ["鹿鸣", "听澜", "惠选", "云杉"],
        ["s3", "s4", "hj", "s2"],
        [
            "蓝牙入耳式",
            "主动降噪",
            "头戴式",
            "运动骨传导",
            "有线Type-C",
            "游戏低延迟",
            "会议麦克风",
            "睡眠软塞",
            "长续航40小时",
            "学生网课",
            "开放式挂耳",
        ],
        ["曜石黑", "月光白", "晴空蓝"],
        59,
        899,
    ),
    "毛巾": (
        ["棉朵", "初白", "惠选", "山澜"],
        ["s5", "s10", "hj", "s1"],
        [
            "纯棉加厚",
            "新疆长绒棉",
            "儿童纱布",
            "吸水速干",
            "浴室大号",
            "竹纤维",
            "A类抗菌",
            "运动冷感",
            "素色三条装",
            "提缎绣边",
            "华夫格",
        ],
        ["米白", "豆沙粉", "雾灰"],
        12,
        129,
    ),
    "台灯": (
        ["拾光", "明屿", "惠选", "云杉"],
        ["s6", "s7", "hj", "s2"],
        [
            "护眼学习",
            "国AA级",
            "床头触控",
            "充电式夹子",
            "长臂设计师",
            "智能调光",
            "阅读无频闪",
            "复古黄铜",
            "磁吸宿舍",
            "儿童书桌",
            "香薰氛围",
        ],
        ["白色", "黑色", "原木色"],
        49,
        599,
    ),
    "坚果": (
        ["果岭", "山野", "惠选", "果小岭"],
        ["s8", "s9", "hj", "s8"],
        [
            "每日混合",
            "巴旦木",
            "夏威夷果",
            "碧根果",
            "开心果",
            "原味核桃仁",
            "腰果罐装",
            "孕期小包装",
            "烘焙大杏仁",
            "无糖综合",
            "年货礼盒",
        ],
        ["250g", "500g", "1kg"],
        19,
        239,
    ),
}


def build_goods():
    goods, n = [], 10400
    for cat, (brands, shops, kinds, specs, lo, hi) in CATS.items():
        r = random.Random(cat)
        for i, kind in enumerate(kinds):
            for j, (brand, shop) in enumerate(zip(brands, shops)):
                n += r.randint(3, 9)
                tier = (0.95, 0.45, 0.3, 0.12)[j] + r.uniform(-0.1, 0.1)
                price = round(lo + (hi - lo) * max(0.0, min(1.0, tier * (0.6 + 0.07 * i)))) + r.choice((0.9, 0.5, 0))
                shop_score = SHOPS[shop][3]
                score = None if shop_score is None or i == 10 else 1
                goods.append(
                    {
                        "id": n,
                        "title": f"{brand} {kind}{cat}",
                        "cat": cat,
                        "brand": brand,
                        "shop": shop,
                        "price": price,
                        "sales": r.randint(6, 980) if score else r.randint(0, 5),
                        "score": score,
                        "specs": specs,
                        "kind": "normal",
                        "new": r.randint(1, 700),
                        "full": r.random() < 0.5,
                    }
                )
    extra = [
        ("惠选 桶装饮用天然水 18.9L", "饮用水", "惠选", "hj", 22, 521, 4.81, ["1桶装"], "water"),
        (
            "绒屿 90%白鹅绒羽绒服（全款预售 12月20日前发货）",
            "服饰",
            "绒屿",
            "s11",
            699,
            388,
            4.66,
            ["M 黑", "L 黑", "XL 卡其"],
            "presale",
        ),
        ("惠选 可视空气炸锅 5L（定金预售）", "厨电", "惠选", "hj", 399, 0, None, ["奶白", "灰绿"], "earnest"),
        ("云杉 手工刻字马克杯（定作）", "定作", "云杉", "s2", 88, 214, 4.74, ["白瓷", "青瓷"], "custom"),
        ("惠选 奉节脐橙 5斤", "生鲜", "惠选", "hj", 36, 267, 4.7, ["中果", "大果"], "fresh"),
        ("明屿 餐厅实木长餐桌（可到仓自提）", "家具", "明屿", "s7", 1599, 64, 4.58, ["1.4米", "1.6米"], "big"),
    ]
    for t, c, b, s, p, sales, sc, specs, kind in extra:
        n += 7
        goods.append(
            {
                "id": n,
                "title": t,
                "cat": c,
                "brand": b,
                "shop": s,
                "price": p,
                "sales": sales,
                "score": sc,
                "specs": specs,
                "kind": kind,
                "new": 20,
                "full": False,
            }
        )
    return goods


R_NAME = [
    "林***3",
    "y**1",
    "阿***米",
    "渝***客",
    "木***h",
    "Q***8",
    "小***鱼",
    "d***n",
    "7***雪",
    "老***陈",
    "半***夏",
    "S***y",
]
R_GOOD = [
    "做工细致，边角没有毛刺",
    "比预想的好用",
    "颜色和图片基本一致",
    "家里老人也觉得顺手",
    "包装严实，没有破损",
    "第二次买了",
    "细节对得起价钱",
    "送货上门很准时",
    "同事看了也想买",
]
R_MID = ["总体还行", "中规中矩", "和描述差不多", "说不上惊喜", "价格合适就行"]
R_BAD = ["不太满意", "有点失望", "收到就有一处划痕", "气味散了一周才没有", "客服回复慢了半天", "尺寸比想象的小"]
R_END = [
    "，用了{n}天没出问题。",
    "，从下单到收货{n}个小时。",
    "，希望能用满{n}个月。",
    "，给{n}分吧（满分10分）。",
    "，和旧的那个比轻了{n}克左右。",
    "，店家送的说明书有{n}页，写得清楚。",
]
R_BADEND = ["，申请退货后{n}小时内同意了。", "，拍照反馈后补偿了{n}元。", "，等了{n}天才解决。"]


def reviews(gd):
    if gd["sales"] < 6:
        return []
    r, out = random.Random(gd["id"] * 7), []
    lows = r.choice((0.06, 0.1, 0.16))
    for k in range(8):
        stars = r.choice((1, 2, 3)) if r.random() < lows else r.choice((5, 5, 5, 5, 4))
        pool = R_GOOD if stars >= 4 else R_MID if stars == 3 else R_BAD
        end = r.choice(R_END if stars >= 3 else R_BADEND).format(n=r.randint(3, 28) if stars >= 3 else r.randint(2, 30))
        if "满分" in end:
            end = f"，给{stars * 2}分吧（满分10分）。"
        who = f"{gd['title'].split('（')[0].split(' ')[-1]}"
        out.append(
            {
                "who": r.choice(R_NAME),
                "stars": stars,
                "spec": r.choice(gd["specs"]),
                "text": f"{who}（{gd['brand']}）：{r.choice(pool)}{end}",
                "date": TODAY - timedelta(days=3 + k * 31 + r.randint(0, 24)),
                "pic": r.random() < 0.3,
                "bean": r.random() < 0.3,
            }
        )
    return out


def finish(goods):
    """商品评分和店铺信用, as 信用评价规则 2.1-2.2 says"""
    for x in goods:
        rv = reviews(x)
        x["score"] = round(sum(v["stars"] for v in rv) / len(rv), 2) if len(rv) >= 3 else None
    credit = {}
    for sid, s in SHOPS.items():
        own = [x["score"] for x in goods if x["shop"] == sid and x["score"]]
        credit[sid] = round(sum(own) / len(own) * 0.5 + s[3] * 0.5, 2) if own and s[3] else None
    return credit


CREDIT = finish(build_goods())

EXTRAS = {
    "ins": (
        "退货运费险",
        1.8,
        "平安渝泰财产保险股份有限公司重庆分公司",
        "退货时赔付首重运费，最高 12 元；发货前退单的保费退还。",
    ),
    "war": ("延长保修一年", 19.9, COMPANY, "在国家三包和厂家保修之外再保一年；开始前可以全额退。"),
    "gift": ("礼品包装", 5.0, COMPANY, "礼盒、丝带和手写卡；发货前可以取消。"),
}


def make_app():
    app = Flask("huijia")
    app.config["JSON_AS_ASCII"] = False
    goods = build_goods()
    finish(goods)
    by_id = {x["id"]: x for x in goods}
    users, tickets, orders, posted = {}, [], {}, {}

    def new_user(phone, pw, **kw):
        users[phone] = {
            "phone": phone,
            "pw": pw,
            "nick": "惠友" + phone[-4:],
            "addr": [],
            "marketing": False,
            "personal": True,
            "history": [],
            "balance": 0.0,
            "beans": 0,
            "vip": None,
            "dereg": None,
            "deposits": 0,
            "reviews": [],
            **kw,
        }
        return users[phone]

    home_addr = {"name": "何晓", "tel": "13920010002", "addr": "重庆市江北区观音桥步行街9号3栋1204"}
    for a in ACCOUNTS:
        new_user(a["user"], a["password"])
    users["13920010002"].update(beans=260, addr=[home_addr])
    users["13920010003"].update(addr=[dict(home_addr, tel="13920010003")])

    def new_order(user, lines, extras=(), state="待付款", day=TODAY, addr=None, oid=None):
        oid = oid or f"26{day:%m%d}{7100 + len(orders) * 13}"
        sub = sum(by_id[i]["price"] * q for i, q, _ in lines)
        dep = sum(30 * q for i, q, _ in lines if by_id[i]["kind"] == "water")
        ship = 0 if sub >= 59 else 6
        ex = [(EXTRAS[k][0], EXTRAS[k][1]) for k in extras]
        orders[oid] = {
            "id": oid,
            "user": user,
            "lines": lines,
            "sub": sub,
            "dep": dep,
            "ship": ship,
            "extras": ex,
            "state": state,
            "day": day,
            "addr": addr or home_addr,
            "total": round(sub + dep + ship + sum(p for _, p in ex), 2),
            "log": [],
        }
        return orders[oid]

    new_order(
        "13920010002",
        [(goods[4]["id"], 1, goods[4]["specs"][0])],
        state="已完成",
        day=date(2023, 3, 9),
        oid="230309880127",
    )
    new_order(
        "13920010002",
        [(goods[60]["id"], 1, goods[60]["specs"][1])],
        state="已完成",
        day=date(2026, 8, 2),
        oid="260802731190",
    )
    new_order(
        "13920010003",
        [(goods[100]["id"], 1, goods[100]["specs"][0])],
        state="已发货",
        day=date(2026, 11, 24),
        oid="261124733301",
    )

    Bag(app, "hjsid", lambda: {"user": None, "cart": [], "history": [], "personal": True, "seen": False, "msg": ""})

    # ------------------------------------------------------------- helpers
    me = lambda: users.get(g.bag["user"])

    def personal():
        u = me()
        return g.bag["personal"] and (u["personal"] if u else True)

    def history():
        u = me()
        return u["history"] if u else g.bag["history"]

    def boost(gd, prof):
        brands, mean = prof
        near = 1 - min(1.0, abs(gd["price"] - mean.get(gd["cat"], mean["*"])) / max(40.0, mean["*"]))
        return brands.get(gd["brand"], 0) * 6000 + near * 3000

    def profile():
        h = [by_id[i] for i in history()[-60:] if i in by_id]
        if len(h) < 3 or not personal():
            return None
        brands, prices = {}, {}
        for x in h:
            brands[x["brand"]] = brands.get(x["brand"], 0) + 1 / len(h)
            prices.setdefault(x["cat"], []).append(x["price"])
            prices.setdefault("*", []).append(x["price"])
        return brands, {k: sum(v) / len(v) for k, v in prices.items()}

    def base(gd):
        return gd["sales"] * 3.5 + (CREDIT[gd["shop"]] or 4.0) * 500

    def money(x):
        return f"{x:.2f}"

    def msg(text):
        g.bag["msg"] = text

    def card(gd, ad=None):
        shop = SHOPS[gd["shop"]]
        link = f"/ad/c?adid={ad[0]}&campaign={ad[1]}&sku={gd['id']}" if ad else f"/item/{gd['id']}"
        tags = ('<span class="tag self">自营</span>' if shop[4] else "") + (
            '<span class="tag">12月10日起满200减20</span>' if gd["full"] else ""
        )
        return (
            f'<li class="card{" adcard" if ad else ""}" data-sku="{gd["id"]}"{" data-ad=1" if ad else ""}>'
            f'<a href="{link}"><img src="/img/{gd["id"]}.svg" alt="{esc(gd["title"])}" width="220" height="220" loading="lazy">'
            + ('<span class="adlabel">广告</span>' if ad else "")
            + f'<span class="t">{esc(gd["title"])}</span></a><p class="pr"><b class="price">¥{money(gd["price"])}</b> {tags}</p>'
            f'<p class="m"><span class="sales">30天售 {gd["sales"]} 件</span></p><p class="m"><a class="shop" href="/shop/{gd["shop"]}">{shop[0]}</a> '
            f'<span class="credit">店铺信用 {CREDIT[gd["shop"]] or "暂无评分"}</span></p></li>'
        )

    FOOT = [
        (
            "协议与规则",
            [
                ("用户服务协议", "/rules/d/agreement"),
                ("隐私政策", "/rules/d/privacy"),
                ("交易规则", "/rules/d/trade"),
                ("规则中心", "/rules"),
                ("信用评价规则", "/rules/d/review"),
                ("公告", "/rules/notices"),
                ("征求意见", "/rules/consult"),
            ],
        ),
        (
            "购物与售后",
            [
                ("常见问题", "/rules/faq"),
                ("七日无理由退货", "/rules/d/return"),
                ("价格保护", "/rules/d/price"),
                ("预售与定金", "/rules/d/presale"),
                ("配送与自提", "/rules/d/delivery"),
                ("无忧购保障", "/rules/d/guarantee"),
            ],
        ),
        (
            "投诉与维权",
            [
                ("投诉举报", "/complaint"),
                ("在线争议处理", "/dispute"),
                ("争议处理规则", "/rules/d/dispute"),
                ("知识产权投诉", "/ip-complaint"),
                ("知识产权公示", "/rules/ip"),
                ("处罚公示", "/rules/penalties"),
            ],
        ),
        (
            "商家与账户",
            [
                ("商家入驻协议", "/rules/d/seller"),
                ("保证金管理规则", "/rules/d/margin"),
                ("查询更正删除与注销", "/rules/d/account"),
                ("搜索排序说明", "/rules/d/search"),
                ("双12活动规则", "/rules/d/act1212"),
            ],
        ),
    ]

    def footer():
        cols = "".join(
            f"<section><h2>{h}</h2><ul>" + "".join(f'<li><a href="{u}">{t}</a></li>' for t, u in ls) + "</ul></section>"
            for h, ls in FOOT
        )
        return (
            f'<footer class="foot"><div class="wrap cols">{cols}</div><div class="wrap legal"><p><a href="/licence">营业执照</a><a href="/licence#permits">经营许可证照</a>'
            f'<a href="/licence#permits">食品经营许可证 {FOOD}</a><a href="/licence#permits">增值电信业务经营许可证 {EDI}</a></p>'
            f'<p><a href="/licence#icp">{ICP}</a><a href="/licence#icp">{PSB}</a><a href="/licence#permits">网络食品交易第三方平台备案 {FOODNET}</a></p>'
            f"<p>人工客服、投诉举报：400-889-2637（8:30—22:00）　消费者投诉：12315</p><p>{COMPANY}　{ADDR}</p></div></footer>"
        )

    def page(title, body, cls="", head=""):
        u = me()
        who = (
            f'<a href="/account">我的惠嘉（{esc(u["nick"])}）</a><a href="/logout">退出</a>'
            if u
            else '<a href="/login">登录</a><a href="/register">注册</a>'
        )
        note, g.bag["msg"] = g.bag["msg"], ""
        q = esc(request.args.get("q", ""))
        n = sum(x["qty"] for x in g.bag["cart"])
        html = f'''<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{esc(title)} - 惠嘉商城</title><link rel="icon" href="/img/logo.svg"><link rel="stylesheet" href="/s/shop.css">{head}</head>
<body class="{cls}"><div class="top"><div class="wrap"><span>惠嘉商城，实惠到家</span><nav aria-label="顶部">{who}<a href="/orders">我的订单</a><a href="/rules">规则中心</a><a href="/licence">营业执照</a><a href="/complaint">投诉举报</a></nav></div></div>
<header class="head"><div class="wrap"><a class="logo" href="/">惠嘉商城</a><form action="/search" role="search"><input type="search" name="q" value="{q}" placeholder="搜索商品，如 保温杯" aria-label="搜索商品"><button>搜索</button></form><a class="cartlink" href="/cart">购物车 {n}</a></div></header>
{f'<div class="wrap note" role="status">{esc(note)}</div>' if note else ""}<main class="wrap">{body}</main>{footer()}
<nav class="tabbar" aria-label="底部"><a href="/">首页</a><a href="/category">分类</a><a href="/cart">购物车</a><a href="/account">我的</a></nav><script src="/s/shop.js"></script></body></html>'''
        return Response(html, mimetype="text/html")

    def need_login():
        return redirect("/login?next=" + quote(request.full_path.rstrip("?"))) if not me() else None

    @app.get("/s/<name>")
    def static_file(name):
        if name not in ("shop.css", "shop.js", "rules.js"):
            return "not found", 404
        return Response(
            (FILES / name).read_text(encoding="utf-8"),
            mimetype="text/css" if name.endswith("css") else "text/javascript",
        )

    @app.get("/img/<name>.svg")
    def img(name):
        h = int(hashlib.md5(name.encode()).hexdigest()[:4], 16) % 360
        gd = by_id.get(int(name)) if name.isdigit() else None
        label = gd["cat"] if gd else "惠嘉"
        return Response(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 220"><rect width="220" height="220" fill="hsl({h},38%,90%)"/><circle cx="110" cy="96" r="52" fill="hsl({h},45%,62%)"/><rect x="58" y="150" width="104" height="12" rx="6" fill="hsl({h},30%,72%)"/><text x="110" y="196" font-size="20" text-anchor="middle" fill="#333">{label}</text></svg>',
            mimetype="image/svg+xml",
        )

    @app.get("/favicon.ico")
    def fav():
        return redirect("/img/logo.svg")

    # ---------------------------------------------------------------- home
    def switch(back):
        on = personal()
        return (
            f'<form class="switch" method="post" action="/prefs/personal"><input type="hidden" name="back" value="{esc(back)}"><input type="hidden" name="on" value="{0 if on else 1}">'
            f'<span>个性化排序：{"已开启" if on else "已关闭"}</span><button role="switch" aria-checked="{"true" if on else "false"}" aria-label="个性化排序">{"关闭个性化" if on else "开启个性化"}</button></form>'
        )

    @app.get("/")
    def home():
        prof = profile()
        pool = [x for x in goods if x["kind"] == "normal"]
        feed = sorted(pool, key=lambda x: -(base(x) + (boost(x, prof) if prof else 0)))
        seen, pick = {}, []
        for x in feed:
            if seen.get(x["cat"], 0) < (8 if prof else 3):
                seen[x["cat"]] = seen.get(x["cat"], 0) + 1
                pick.append(x)
        pop = ""
        if not g.bag["seen"]:
            g.bag["seen"] = True
            pop = (
                '<div class="mask" id="pop"><div class="pop" role="dialog" aria-modal="true" aria-label="广告"><span class="adlabel">广告</span><button class="x" id="popx" type="button" aria-label="关闭">✕</button>'
                '<h2>双12 暖冬节</h2><p>12月10日 20:00 开始，跨店每满200减20</p><a class="btn" href="/act/1212">看看活动</a></div></div>'
            )
        cats = "".join(
            f'<li><a href="/search?q={quote(c)}">{c}</a></li>'
            for c in list(CATS) + ["饮用水", "羽绒服", "空气炸锅", "脐橙", "马克杯", "餐桌"]
        )
        body = f"""<section class="pub" aria-label="平台公示"><a href="/licence">营业执照</a><a href="/licence#permits">许可证照</a><a href="/rules/d/agreement">用户服务协议</a><a href="/rules/d/trade">交易规则</a><a href="/rules/d/privacy">隐私政策</a><a href="/rules/penalties">处罚公示</a><a href="/complaint">投诉举报</a></section>
<section class="bulletin" aria-label="公告"><b>公告</b><ul><li><a href="/rules/consult">【征求意见】《七日无理由退货规则》修订，12月5日截止，欢迎提意见</a></li><li><a href="/rules/d/trade?v=V3.2">【公示】《交易规则》V3.2，12月10日施行</a></li></ul></section>
<div class="hero"><nav class="cats" aria-label="商品分类"><h2>商品分类</h2><ul>{cats}</ul></nav>
<section class="act"><h2>双12 暖冬节</h2><p>活动时间：2026年12月10日 20:00 至 12月12日 23:59</p><p>跨店每满200减20；平台券满99减8、满299减30；定金预售12月1日 20:00 开始</p><p><a class="btn" href="/act/1212">活动介绍</a> <a class="btn line" href="/rules/d/act1212">活动规则</a></p></section>
<aside class="adbox"><a href="/ad/c?adid=AD7701&campaign=BN12&sku={goods[0]["id"]}"><span class="adlabel">广告</span><b>山澜生活旗舰店</b><span>316不锈钢保温杯上新</span></a></aside></div>
<section><div class="sec"><h2>{"猜你喜欢" if personal() else "热销商品"}</h2>{switch("/")}</div><ul class="grid">{"".join(card(x) for x in pick[:10])}</ul></section>
<section><div class="sec"><h2>更多好货</h2></div><ul class="grid">{"".join(card(x) for x in goods if x["kind"] != "normal")}</ul></section>{pop}"""
        return page("首页", body, "home")

    @app.get("/category")
    def category():
        return page(
            "分类",
            "<h1>商品分类</h1><ul class='plain'>"
            + "".join(
                f'<li><a href="/search?q={quote(c)}">{c}</a></li>'
                for c in list(CATS) + ["饮用水", "羽绒服", "空气炸锅", "脐橙", "马克杯", "餐桌"]
            )
            + "</ul>",
        )

    @app.post("/prefs/personal")
    def prefs_personal():
        on = request.form.get("on") == "1"
        g.bag["personal"] = on
        if me():
            me()["personal"] = on
        back = request.form.get("back", "/")
        return redirect(back if back.startswith("/") and not back.startswith("//") else "/", 303)

    @app.get("/ad/c")
    def ad_click():
        sku = request.args.get("sku", type=int)
        return redirect(f"/item/{sku}" if sku in by_id else "/")

    SORTS = [
        ("mix", "综合"),
        ("sales", "销量"),
        ("credit", "信用"),
        ("pasc", "价格从低到高"),
        ("pdesc", "价格从高到低"),
        ("new", "上新"),
    ]

    @app.get("/search")
    def search():
        q, sort = request.args.get("q", "").strip(), request.args.get("sort", "mix")
        p = max(1, request.args.get("page", 1, type=int))
        hits = [x for x in goods if all(w in x["title"] + x["cat"] for w in q.split())] if q else [x for x in goods]
        prof = profile() if sort == "mix" else None
        keys = {
            "sales": lambda x: -x["sales"],
            "credit": lambda x: (CREDIT[x["shop"]] is None, -(CREDIT[x["shop"]] or 0), -x["sales"]),
            "pasc": lambda x: x["price"],
            "pdesc": lambda x: -x["price"],
            "new": lambda x: x["new"],
        }
        hits.sort(key=keys.get(sort, lambda x: (-(base(x) + (boost(x, prof) if prof else 0)), x["id"])))
        per, total = 20, len(hits)
        pages = max(1, -(-total // per))
        url = lambda **k: "/search?" + urlencode({"q": q, "sort": sort, **k})
        tabs = "".join(
            f'<a href="{url(sort=k)}"{" class=on aria-current=true" if k == sort else ""}>{t}</a>' for k, t in SORTS
        )
        ads = ""
        cands = [x for x in goods if x["cat"] == q and not SHOPS[x["shop"]][4]]
        if cands:
            i = (p - 1) * 2
            two = [
                sorted(cands, key=lambda x: hashlib.md5(f"{q}{x['id']}".encode()).hexdigest())[(i + k) % len(cands)]
                for k in (0, 1)
            ]
            ads = (
                '<section class="adzone" aria-label="广告"><ul class="grid">'
                + "".join(card(x, (f"AD{4000 + x['id'] % 997}", f"CP{x['id'] % 83}")) for x in two)
                + "</ul></section>"
            )
        nav = "".join(f'<a href="{url(page=k)}"{" class=on" if k == p else ""}>{k}</a>' for k in range(1, pages + 1))
        nxt = f'<a href="{url(page=p + 1)}" rel="next">下一页</a>' if p < pages else ""
        body = f"""<h1 class="h">“{esc(q) or "全部商品"}”共 {total} 件</h1><div class="bar"><nav class="sorts" aria-label="排序">{tabs}</nav>{switch(request.full_path)}</div>
<p class="tip">综合排序{"参考您最近浏览的品牌和价位，可以关闭；" if personal() else "不参考个人特征；"}其他排序不参考个人特征。<a href="/rules/d/search">排序说明</a> <a href="/rules/d/review">信用怎样计算</a></p>{ads}
<ul class="grid results">{"".join(card(x) for x in hits[(p - 1) * per : p * per])}</ul><nav class="pager" aria-label="分页">{nav}{nxt}</nav>"""
        return page(
            f"{q} 搜索结果", body if total else f"<h1>没有找到“{esc(q)}”</h1><p>换个词试试，如 {' '.join(QUERIES)}</p>"
        )

    # ------------------------------------------------------------- product
    CONF = {
        "fresh": "本商品属于鲜活易腐商品，依法不适用七日无理由退货；有质量问题照常退赔。我已知悉并确认。",
        "custom": "本商品按您的要求刻字定作，依法不适用七日无理由退货；有质量问题照常退换。我已知悉并确认。",
    }

    def service(gd):
        k = gd["kind"]
        seven = {
            "fresh": "鲜活易腐，依法不适用七天无理由（下单时单独确认）；坏果包赔",
            "custom": "定作商品，依法不适用七天无理由（下单时单独确认）；质量问题包退换",
        }.get(k, "7天无理由退货")
        return f"<li>{seven}</li><li>无忧购保障</li><li>7天价保</li><li>{'12月20日前发货' if k == 'presale' else '2027年1月5日前发货' if k == 'earnest' else '开始制作后3日内发货' if k == 'custom' else '48小时内发货'}</li>"

    WATER = (
        '<div class="notice red"><h3>空桶押金 ¥30.00/桶（与水费分开计算）</h3><p>担保范围：只担保空桶归还，不担保水费。</p><p>退还条件：归还空桶即全额退还，正常划痕、污渍不扣；空桶丢失或者破裂不能再灌装的，该桶押金不退。</p>'
        "<p>退还方式：原支付渠道退回现金。程序：在“我的—押金”申请，免费上门取桶，签收空桶后3个工作日内到账，没有申请期限。</p></div>"
    )

    @app.get("/item/<int:sku>")
    def item(sku):
        gd = by_id.get(sku)
        if not gd:
            return page("商品不存在", "<h1>商品不存在或者已经下架</h1>"), 404
        history().append(sku)
        shop, rv = SHOPS[gd["shop"]], posted.get(sku, [])[::-1] + reviews(gd)
        f = request.args.get("r", "all")
        sel = {
            "good": lambda x: x["stars"] >= 4,
            "mid": lambda x: x["stars"] == 3,
            "bad": lambda x: x["stars"] <= 2,
            "pic": lambda x: x["pic"],
        }.get(f, lambda x: True)
        tabs = "".join(
            f'<a href="/item/{sku}?r={k}#reviews"{" class=on" if k == f else ""}>{t} {sum(1 for x in rv if c(x))}</a>'
            for k, t, c in [
                ("all", "全部", lambda x: True),
                ("good", "好评", lambda x: x["stars"] >= 4),
                ("mid", "中评", lambda x: x["stars"] == 3),
                ("bad", "差评", lambda x: x["stars"] <= 2),
                ("pic", "有图", lambda x: x["pic"]),
            ]
        )
        lst = (
            "".join(
                f'<li><b>{x["who"]}</b> <span>{"★" * x["stars"]}{"☆" * (5 - x["stars"])} {x["stars"]}星</span> <span class="m">规格：{x["spec"]}　{x["date"]}</span><p>{x["text"]}</p>{"<span class=m>已获晒单嘉豆</span>" if x["bean"] else ""}</li>'
                for x in rv
                if sel(x)
            )
            or "<li>暂无评价</li>"
        )
        specs = "".join(
            f'<label><input type="radio" name="spec" value="{s}"{" checked" if i == 0 else ""}>{s}</label>'
            for i, s in enumerate(gd["specs"])
        )
        box = WATER if gd["kind"] == "water" else ""
        buy = '<button name="go" value="cart">加入购物车</button><button class="main" name="go" value="buy">立即购买</button>'
        if gd["kind"] == "presale":
            box = '<div class="notice red"><h3>全款预售</h3><p>付清货款后，商家在2026年12月20日前发货。发货前可以随时取消并全额退款；逾期发货按规则支付违约金。</p><p>签收后同样享受七天无理由退货。</p></div>'
        if gd["kind"] == "earnest":
            box = (
                '<div class="notice red"><h3>定金预售：定金 ¥50.00，尾款 ¥349.00</h3><p>定金支付：12月1日 20:00 至 12月9日 23:59；尾款支付：12月10日 20:00 至 12月12日 23:59；2027年1月5日前发货。</p>'
                '<p>定金退还：付定金后24小时内改变主意、商家缺货或者变更价格规格发货日期、收货后退货的，全额退还；因商家原因不能交付的，双倍返还。没有上述情形而到期未付尾款的，依民法典定金不退。</p><p>签收后同样享受七天无理由退货。<a href="/rules/d/presale">规则全文</a></p></div>'
            )
            buy = "<button disabled>12月1日 20:00 开始付定金</button>"
        if gd["kind"] == "big":
            box = '<div class="notice"><p>送货上门免运费，也可以到仓自提。自提免费保管15日，超过的每日2元，最高不超过成交价的5%和实际费用，收费前会三次通知。</p><p>安全提示：请两人以上搬运，防止倾倒。</p></div>'
        if gd["cat"] in ("台灯", "耳机"):
            box += '<div class="notice"><p>安全提示：请使用匹配的电源适配器，充电时不要覆盖。</p></div>'
        body = f'''<div class="detail"><img src="/img/{sku}.svg" alt="{esc(gd["title"])}" width="420" height="420"><div><h1>{esc(gd["title"])}</h1><p class="pr"><b class="price big">¥{money(gd["price"])}</b></p>
<p class="m">30天售 {gd["sales"]} 件　商品评分 {gd["score"] or "暂无评分"} <a href="/rules/d/review">评分规则</a></p><p class="m">销售者：<a href="/shop/{gd["shop"]}">{shop[0]}</a>{"（自营）" if shop[4] else ""}　店铺信用 {CREDIT[gd["shop"]] or "暂无评分"}　<a href="/shop/{gd["shop"]}/licence">证照信息</a></p>
<ul class="svc">{service(gd)}</ul>{box}<form method="post" action="/cart/add"><input type="hidden" name="sku" value="{sku}"><fieldset><legend>规格</legend>{specs}</fieldset><label>数量 <input type="number" name="qty" value="1" min="1" max="99"></label><p class="m">运费：满59元免运费，不满收6元</p><p class="acts">{buy}</p></form>
<p class="m"><a href="/complaint?kind=report&about={sku}">举报此商品</a>　<a href="/complaint">投诉</a>　<a href="/rules/d/return">退货规则</a></p></div></div>
<section id="desc"><h2>商品介绍</h2><p>{esc(gd["title"])}，品牌 {gd["brand"]}，类别 {gd["cat"]}。可选规格：{"、".join(gd["specs"])}。实物与图片略有色差，以实物为准；与描述不符的，您可以退货，运费由销售者承担。</p></section>
<section id="reviews"><h2>用户评价（{len(rv)}）</h2><p class="m">按时间排列，差评不折叠，每条标明规格。</p><nav class="sorts">{tabs}</nav><ul class="rv">{lst}</ul></section>'''
        return page(gd["title"], body)

    @app.get("/shop/<sid>")
    def shop_page(sid):
        if sid not in SHOPS:
            return page("店铺", "<h1>店铺不存在或者已经终止经营</h1>"), 404
        s = SHOPS[sid]
        return page(
            s[0],
            f'<h1>{s[0]}</h1><p>店铺信用 {CREDIT[sid] or "暂无评分"} <a href="/rules/d/review">评分规则</a>　<a href="/shop/{sid}/licence">证照信息</a>　<a href="/complaint?kind=report&about={sid}">举报店铺</a></p><ul class="grid">'
            + "".join(card(x) for x in goods if x["shop"] == sid)
            + "</ul>",
        )

    @app.get("/shop/<sid>/licence")
    def shop_licence(sid):
        if sid not in SHOPS:
            return page("店铺", "<h1>店铺不存在或者已经终止经营</h1>"), 404
        if sid == "hj":
            return redirect("/licence")
        s = SHOPS[sid]
        food = {"s8": "SC11834010400273", "s9": jy("1500103004471")}.get(sid)
        return page(
            s[0] + "证照信息",
            f"<h1>{s[0]} 证照信息</h1><table><tr><th>名称</th><td>{s[1]}</td></tr><tr><th>统一社会信用代码</th><td>{s[2]}</td></tr>{f'<tr><th>食品许可证编号</th><td>{food}</td></tr>' if food else ''}<tr><th>核验日期</th><td>2026-09-18</td></tr></table>",
        )

    # ------------------------------------------------------ cart, checkout
    @app.post("/cart/add")
    def cart_add():
        sku, qty = request.form.get("sku", type=int), max(1, min(99, request.form.get("qty", 1, type=int) or 1))
        gd = by_id.get(sku)
        if not gd or gd["kind"] == "earnest":
            return redirect("/cart", 303)
        spec = request.form.get("spec", gd["specs"][0])
        if request.form.get("go") == "buy":
            return redirect(f"/checkout?sku={sku}&qty={qty}&spec={quote(spec)}", 303)
        row = next((x for x in g.bag["cart"] if x["sku"] == sku and x["spec"] == spec), None)
        if row:
            row["qty"] += qty
        else:
            g.bag["cart"].append({"sku": sku, "qty": qty, "spec": spec})
        msg("已加入购物车")
        return redirect("/cart", 303)

    @app.post("/cart/del")
    def cart_del():
        i = request.form.get("i", -1, type=int)
        if 0 <= i < len(g.bag["cart"]):
            g.bag["cart"].pop(i)
        return redirect("/cart", 303)

    @app.get("/cart")
    def cart():
        rows = "".join(
            f'<tr><td><a href="/item/{x["sku"]}">{esc(by_id[x["sku"]]["title"])}</a><br><span class="m">{esc(x["spec"])}</span></td><td>¥{money(by_id[x["sku"]]["price"])}</td><td>{x["qty"]}</td><td><form method="post" action="/cart/del"><button name="i" value="{i}">删除</button></form></td></tr>'
            for i, x in enumerate(g.bag["cart"])
        )
        if not rows:
            return page(
                "购物车", '<h1>购物车</h1><p>购物车还是空的。</p><p><a class="btn line" href="/">去逛逛</a></p>'
            )
        tot = sum(by_id[x["sku"]]["price"] * x["qty"] for x in g.bag["cart"])
        return page(
            "购物车",
            f'<h1>购物车</h1><div class="tw"><table><tr><th>商品</th><th>单价</th><th>数量</th><th></th></tr>{rows}</table></div><p>商品金额 <b class="price">¥{money(tot)}</b>（只含您加入的商品，没有附加服务）</p><p><a class="btn" href="/checkout">去结算</a></p>',
        )

    def lines_now(src):
        sku = src.get("sku", type=int)
        if sku in by_id and by_id[sku]["kind"] != "earnest":
            return [
                (sku, max(1, min(99, src.get("qty", 1, type=int) or 1)), src.get("spec") or by_id[sku]["specs"][0])
            ], False
        return [(x["sku"], x["qty"], x["spec"]) for x in g.bag["cart"]], True

    def offers(lines):
        cats, kinds = {by_id[i]["cat"] for i, _, _ in lines}, {by_id[i]["kind"] for i, _, _ in lines}
        keys = []
        if kinds - {"fresh", "custom", "water"}:
            keys.append("ins")
        if cats & {"耳机", "台灯"}:
            keys.append("war")
        if cats & {"保温杯", "坚果"}:
            keys.append("gift")
        return keys

    def checkout_page(lines, from_cart, error=""):
        u = me()
        sub = sum(by_id[i]["price"] * q for i, q, _ in lines)
        dep = sum(30 * q for i, q, _ in lines if by_id[i]["kind"] == "water")
        ship = 0 if sub >= 59 else 6
        kinds = {by_id[i]["kind"] for i, _, _ in lines}
        rows = "".join(
            f'<tr><td>{esc(by_id[i]["title"])}<br><span class="m">{esc(s)}　销售者：{SHOPS[by_id[i]["shop"]][0]}</span></td><td>¥{money(by_id[i]["price"])}</td><td>×{q}</td></tr>'
            for i, q, s in lines
        )
        a = u["addr"][0] if u["addr"] else {"name": "", "tel": u["phone"], "addr": ""}
        opt = "".join(
            f'<li><label><input type="checkbox" name="extra" value="{k}" data-price="{EXTRAS[k][1]}"> <b>{EXTRAS[k][0]}</b> <b class="price">¥{money(EXTRAS[k][1])}</b>（可不选）</label><p>提供者：{EXTRAS[k][2]}。{EXTRAS[k][3]}</p></li>'
            for k in offers(lines)
        )
        confirm = "".join(
            f'<label class="agree"><input type="checkbox" name="confirm_{k}" value="1" required> {t}</label>'
            for k, t in CONF.items()
            if k in kinds
        )
        hidden = (
            ""
            if from_cart
            else "".join(
                f'<input type="hidden" name="{k}" value="{esc(str(v))}">'
                for k, v in zip(("sku", "qty", "spec"), lines[0])
            )
        )
        pre = (
            '<div class="notice red"><p>全款预售商品：2026年12月20日前发货；发货前可以取消并全额退款；签收后享受七天无理由退货。</p></div>'
            if "presale" in kinds
            else ""
        )
        seven = (
            "本单商品签收后七日内可以无理由退货，退回运费由您承担（有质量问题由销售者承担）。"
            if not kinds & set(CONF)
            else "标明“鲜活易腐”“定作”的商品依法不适用七日无理由退货，须由您在下方单独确认；其他商品签收后七日内可以无理由退货。"
        )
        body = f'''<h1>确认订单</h1>{f'<p class="err" role="alert">{error}</p>' if error else ""}<form method="post" action="/checkout" id="co" data-base="{sub + dep + ship:.2f}">{hidden}<fieldset><legend>收货信息</legend><label>收货人 <input name="name" value="{esc(a["name"])}" required></label><label>电话 <input name="tel" value="{esc(a["tel"])}" required></label><label>地址 <input name="addr" value="{esc(a["addr"])}" size="40" required></label></fieldset>
<fieldset><legend>商品</legend><div class="tw"><table>{rows}</table></div></fieldset>{pre}{WATER if dep else ""}{f'<fieldset class="extras"><legend>可选服务（起始未勾选，不选不影响下单）</legend><ul>{opt}</ul></fieldset>' if opt else ""}
<fieldset><legend>金额</legend><dl class="sum"><dt>商品金额</dt><dd>¥{money(sub)}</dd><dt>运费</dt><dd>¥{money(ship)}</dd>{f"<dt>空桶押金（可退）</dt><dd>¥{money(dep)}</dd>" if dep else ""}<dt>可选服务</dt><dd id="ex">¥0.00</dd><dt><b>应付总额</b></dt><dd><b class="price" id="tot">¥{money(sub + dep + ship)}</b></dd></dl></fieldset>
<div class="notice"><p><strong>{seven}</strong></p><p><strong>{"预售商品12月20日前发货" if "presale" in kinds else "定作商品开始制作后3日内发货" if "custom" in kinds else "销售者在付款后48小时内发货"}，逾期支付违约金；签收以前的毁损、丢失由销售者承担。</strong></p></div>{confirm}<p><button class="main">提交订单</button></p></form>'''
        return page("确认订单", body)

    @app.route("/checkout", methods=["GET", "POST"])
    def checkout():
        r = need_login() if request.method == "GET" or not me() else None
        if r:
            return r
        src = request.form if request.method == "POST" else request.args
        lines, from_cart = lines_now(src)
        if not lines:
            return redirect("/cart")
        if request.method == "GET":
            return checkout_page(lines, from_cart)
        kinds = {by_id[i]["kind"] for i, _, _ in lines}
        if any(k in kinds and not request.form.get("confirm_" + k) for k in CONF):
            return checkout_page(lines, from_cart, "请就不适用七日无理由退货的商品单独确认，或者把它移出订单。")
        a = {k: request.form.get(k, "").strip() for k in ("name", "tel", "addr")}
        if not all(a.values()):
            return checkout_page(lines, from_cart, "请填写收货人、电话和地址。")
        ok = offers(lines)
        o = new_order(me()["phone"], lines, [k for k in request.form.getlist("extra") if k in ok], addr=a)
        if not me()["addr"]:
            me()["addr"].append(a)
        if from_cart:
            g.bag["cart"].clear()
        return redirect(f"/cashier/{o['id']}", 303)

    def own(oid):
        o = orders.get(oid)
        return o if o and me() and o["user"] == me()["phone"] else None

    @app.get("/cashier/<oid>")
    def cashier(oid):
        r = need_login()
        if r:
            return r
        o = own(oid)
        if not o:
            return redirect("/orders")
        ex = "".join(f"<dt>{n}</dt><dd>¥{money(p)}</dd>" for n, p in o["extras"])
        return page(
            "收银台",
            f"""<h1>收银台</h1><p>订单 {oid}　请在24小时内付款，超时自动关闭。</p><dl class="sum"><dt>商品金额</dt><dd>¥{money(o["sub"])}</dd><dt>运费</dt><dd>¥{money(o["ship"])}</dd>{f"<dt>空桶押金（可退）</dt><dd>¥{money(o['dep'])}</dd>" if o["dep"] else ""}{ex}<dt><b>应付总额</b></dt><dd><b class="price">¥{money(o["total"])}</b></dd></dl>
<form method="post" action="/pay/{oid}"><fieldset><legend>支付方式</legend><label><input type="radio" name="pay" value="bank" required>银行卡</label><label><input type="radio" name="pay" value="ums" required>银联商务</label></fieldset><button class="main">立即支付</button> <a class="btn line" href="/order/{oid}">稍后支付</a></form>""",
        )

    @app.post("/pay/<oid>")
    def pay(oid):
        o = own(oid)
        if o and o["state"] == "待付款":
            o["state"] = "待发货"
            me()["deposits"] += o["dep"] // 30
        return redirect(f"/order/{oid}", 303)

    @app.get("/orders")
    def order_list():
        r = need_login()
        if r:
            return r
        rows = "".join(
            f'<tr><td><a href="/order/{o["id"]}">{o["id"]}</a></td><td>{o["day"]}</td><td>{esc(by_id[o["lines"][0][0]]["title"])}</td><td>¥{money(o["total"])}</td><td>{o["state"]}</td></tr>'
            for o in orders.values()
            if o["user"] == me()["phone"]
        )
        return page(
            "我的订单",
            f'<h1>我的订单</h1><div class="tw"><table><tr><th>订单号</th><th>日期</th><th>商品</th><th>金额</th><th>状态</th></tr>{rows or "<tr><td colspan=5>还没有订单</td></tr>"}</table></div>',
        )

    ACTS = {
        "cancel": "取消订单",
        "return": "申请退货",
        "price": "申请价保",
        "end": "确认收货",
        "claim": "无忧购赔付",
        "invoice": "申请电子发票",
    }

    @app.route("/order/<oid>", methods=["GET", "POST"])
    def order(oid):
        r = need_login()
        if r:
            return r
        o = own(oid)
        if not o:
            return redirect("/orders")
        if request.method == "POST":
            act = request.form.get("act")
            if act == "cancel" and o["state"] in ("待付款", "待发货"):
                if o["state"] == "待发货":
                    me()["deposits"] = max(0, me()["deposits"] - o["dep"] // 30)
                o["state"] = "已取消"
                msg("订单已取消，已付款项三个工作日内发起原路退回")
            elif act == "end":
                o["state"] = "已完成"
                msg("已确认收货；退货权和质量保证不受影响")
            elif act == "review" and o["state"] == "已完成" and request.form.get("text", "").strip():
                stars = max(1, min(5, request.form.get("stars", 5, type=int)))
                i, _, spec = o["lines"][0]
                rv = {
                    "who": me()["nick"][:1] + "***" + me()["phone"][-1],
                    "stars": stars,
                    "spec": esc(spec),
                    "text": esc(request.form["text"].strip()[:1000]),
                    "date": TODAY,
                    "pic": False,
                    "bean": len(request.form["text"].strip()) >= 20,
                }
                posted.setdefault(i, []).append(rv)
                me()["reviews"].append({"sku": i, "stars": stars, "text": rv["text"]})
                me()["beans"] += 20 if rv["bean"] else 0
                msg("评价已发布，商品页即时可见；评分在次日零时更新")
            elif act in ("return", "price", "claim", "invoice"):
                o["log"].append(f"{TODAY} {ACTS[act]}已受理，编号 HJ{len(o['log']) + 6203}，48小时内答复")
                msg(o["log"][-1])
            return redirect(f"/order/{oid}", 303)
        acts = (
            (["cancel"] if o["state"] in ("待付款", "待发货") else [])
            + (["return", "price", "claim", "invoice"] if o["state"] in ("已发货", "已完成", "待发货") else [])
            + (["end"] if o["state"] == "已发货" else [])
        )
        btn = "".join(f'<button name="act" value="{a}">{ACTS[a]}</button>' for a in acts)
        rform = (
            ""
            if o["state"] != "已完成" or o["day"].year < 2026
            else '<h2>评价（自愿，不影响售后）</h2><form method="post"><fieldset><legend>星级</legend>'
            + "".join(
                f'<label><input type="radio" name="stars" value="{k}" required>{k}星</label>' for k in (1, 2, 3, 4, 5)
            )
            + '</fieldset><label>内容 <textarea name="text" rows="3" maxlength="1000" required></textarea></label><button name="act" value="review">发布评价</button><p class="m">二十字以上获20嘉豆，与星级和内容褒贬无关。</p></form>'
        )
        payl = f'<a class="btn" href="/cashier/{oid}">去付款</a>' if o["state"] == "待付款" else ""
        lines = "".join(
            f'<tr><td><a href="/item/{i}">{esc(by_id[i]["title"])}</a> {esc(s)}</td><td>×{q}</td></tr>'
            for i, q, s in o["lines"]
        )
        return page(
            "订单详情",
            f'<h1>订单 {oid}</h1><p>状态：{o["state"]}　下单日期 {o["day"]}　总额 ¥{money(o["total"])}</p><table>{lines}</table><p>收货：{esc(o["addr"]["name"])} {esc(o["addr"]["addr"])}</p>{"".join(f"<p>{x}</p>" for x in o["log"])}<form method="post" class="acts">{btn}{payl}</form>{rform}<p><a href="/dispute?order={oid}">申请平台介入</a>　<a href="/complaint?about={oid}">投诉</a>　<a href="/rules/d/return">退货规则</a></p>',
        )

    # ------------------------------------------------------- account
    @app.route("/login", methods=["GET", "POST"])
    def login():
        nxt = request.values.get("next", "/account")
        nxt = nxt if nxt.startswith("/") and not nxt.startswith("//") else "/account"
        mode, err = request.values.get("mode", "pwd"), ""
        if request.method == "POST":
            u = users.get(request.form.get("phone", "").strip())
            good = u and (
                request.form.get("code") == CODE if mode == "sms" else request.form.get("password") == u["pw"]
            )
            if good:
                g.bag["user"] = u["phone"]
                if not g.bag["personal"]:
                    u["personal"] = False
                return redirect(nxt, 303)
            err = "账号或者" + ("验证码" if mode == "sms" else "密码") + "不正确"
        field = (
            '<label>短信验证码 <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label><button type="button" class="getcode">获取验证码</button>'
            if mode == "sms"
            else '<label>密码 <input type="password" name="password" autocomplete="current-password" required></label>'
        )
        other = ("pwd", "密码登录") if mode == "sms" else ("sms", "短信验证码登录")
        return page(
            "登录",
            f'<div class="narrow"><h1>登录</h1>{f"<p class=err role=alert>{err}</p>" if err else ""}<form method="post" action="/login"><input type="hidden" name="mode" value="{mode}"><input type="hidden" name="next" value="{esc(nxt)}"><label>手机号 <input name="phone" inputmode="tel" autocomplete="username" required></label>{field}<p><button class="main">登录</button></p></form><p><a href="/login?mode={other[0]}&next={quote(nxt)}">{other[1]}</a>　<a href="/register">注册新账户</a></p></div>',
        )

    @app.get("/logout")
    def logout():
        g.bag["user"] = None
        return redirect("/")

    @app.route("/register", methods=["GET", "POST"])
    def register():
        f, err = request.form, ""
        if request.method == "POST":
            phone = f.get("phone", "").strip()
            if not re.fullmatch(r"1\d{10}", phone):
                err = "请填写11位手机号"
            elif f.get("code") != CODE:
                err = "验证码不正确"
            elif len(f.get("password", "")) < 6:
                err = "密码至少6位"
            elif not f.get("agree"):
                err = "请阅读并勾选用户服务协议和隐私政策"
            elif phone in users:
                err = "该手机号已经注册，请直接登录"
            else:
                new_user(phone, f["password"], marketing=bool(f.get("marketing")))
                g.bag["user"] = phone
                return redirect("/account", 303)
        body = f'''<div class="narrow"><h1>注册</h1>{f"<p class=err role=alert>{err}</p>" if err else ""}<form method="post"><label>手机号 <input name="phone" inputmode="tel" value="{esc(f.get("phone", ""))}" required></label><label>短信验证码 <input name="code" inputmode="numeric" required></label><button type="button" class="getcode">获取验证码</button><label>设置密码 <input type="password" name="password" minlength="6" autocomplete="new-password" required></label>
<div class="notice"><h3>请您特别留意</h3><ul><li><strong>费用：</strong>注册免费；订单以结算页“应付总额”为准，可选服务不默认勾选。</li><li><strong>履行：</strong>现货付款后48小时内发货，逾期支付违约金。</li><li><strong>安全：</strong>不要向私人账户转账，不要把验证码告诉他人。</li><li><strong>售后：</strong>签收后七日内可以无理由退货；鲜活易腐、定作等法律列明的商品除外，购买时单独确认。</li><li><strong>责任：</strong>自营由惠嘉承担销售者责任；商家侵害您的权益，惠嘉知道或者应当知道而没有采取必要措施的，依法承担连带责任。</li><li><strong>个人信息：</strong>注册只收集手机号，用来登录和保障账户安全。</li><li><strong>争议：</strong>可以协商、调解、向12315投诉、仲裁或者起诉，由您选择。</li></ul></div>
<label class="agree"><input type="checkbox" name="agree" value="1" required> <span>我已阅读并同意</span></label> <a href="/rules/d/agreement" target="_blank">《用户服务协议》</a>、<a href="/rules/d/privacy" target="_blank">《隐私政策》</a>
<label class="agree"><input type="checkbox" name="marketing" value="1"> <span>（选填）我愿意接收促销短信，可以随时免费退订；不勾选不影响注册</span></label><p><button class="main">同意并注册</button></p></form><p>已有账户，<a href="/login">去登录</a></p></div>'''
        return page("注册", body)

    @app.get("/account")
    def account():
        r = need_login()
        if r:
            return r
        u = me()
        d = (
            f'<p class="notice">注销申请已提交，冷静期至 {u["dereg"]}。<a href="/account/deregister">查看或撤回</a></p>'
            if u["dereg"]
            else ""
        )
        return page(
            "我的惠嘉",
            f"""<h1>我的惠嘉</h1><p>{esc(u["nick"])}　{u["phone"][:3]}****{u["phone"][-4:]}　余额 ¥{money(u["balance"])}　嘉豆 {u["beans"]}</p>{d}<ul class="plain"><li><a href="/orders">我的订单</a></li><li><a href="/account/info">我的信息（查询、更正、删除）</a></li><li><a href="/account/privacy">账户与隐私</a></li><li><a href="/account/deregister">注销账户</a></li><li><a href="/account/security">账户安全</a></li><li><a href="/account/deposits">押金</a></li><li><a href="/account/balance">余额提现</a></li><li><a href="/vip">嘉享卡</a></li><li><a href="/dispute">在线争议处理</a></li><li><a href="/complaint">投诉举报</a></li><li><a href="/logout">退出登录</a></li></ul>""",
        )

    @app.route("/account/info", methods=["GET", "POST"])
    def info():
        r = need_login()
        if r:
            return r
        u = me()
        if request.method == "POST":
            act = request.form.get("act")
            if act == "save":
                u["nick"] = request.form.get("nick", "").strip()[:20] or u["nick"]
                a = {k: request.form.get(k, "").strip() for k in ("name", "tel", "addr")}
                if all(a.values()):
                    u["addr"] = [a]
                msg("已保存，立即生效")
            elif act == "phone":
                new = request.form.get("newphone", "").strip()
                if (
                    request.form.get("code") == CODE
                    and request.form.get("password") == u["pw"]
                    and re.fullmatch(r"1\d{10}", new)
                    and new not in users
                ):
                    users[new] = users.pop(u["phone"])
                    for o in orders.values():
                        if o["user"] == u["phone"]:
                            o["user"] = new
                    u["phone"], g.bag["user"] = new, new
                    msg("手机号已更换")
                else:
                    msg("验证码、密码或者新手机号不正确")
            elif act == "del":
                what = request.form.getlist("what")
                if "addr" in what:
                    u["addr"].clear()
                if "tags" in what:
                    u["history"].clear()
                if "reviews" in what:
                    for x in u["reviews"]:
                        posted[x["sku"]] = [v for v in posted.get(x["sku"], []) if v["text"] != x["text"]]
                if "reviews" in what:
                    u["reviews"].clear()
                msg("已删除所选信息" if what else "请选择要删除的信息")
            return redirect("/account/info", 303)
        a = u["addr"][0] if u["addr"] else {"name": "", "tel": "", "addr": ""}
        n = sum(1 for o in orders.values() if o["user"] == u["phone"])
        return page(
            "我的信息",
            f'''<h1>我的信息</h1><table><tr><th>手机号</th><td>{u["phone"]}</td></tr><tr><th>昵称</th><td>{esc(u["nick"])}</td></tr><tr><th>收货地址</th><td>{esc(" ".join(a.values())) or "未填写"}</td></tr><tr><th>浏览标签</th><td>{len(u["history"])} 条</td></tr><tr><th>订单</th><td>{n} 笔</td></tr></table><p><a class="btn line" href="/account/export">导出副本</a></p>
<h2>修改</h2><form method="post"><label>昵称 <input name="nick" value="{esc(u["nick"])}"></label><label>收货人 <input name="name" value="{esc(a["name"])}"></label><label>电话 <input name="tel" value="{esc(a["tel"])}"></label><label>地址 <input name="addr" value="{esc(a["addr"])}"></label><button name="act" value="save">保存</button></form>
<h2>更换手机号</h2><form method="post"><label>新手机号 <input name="newphone"></label><label>验证码 <input name="code"></label><button type="button" class="getcode">获取验证码</button><label>登录密码 <input type="password" name="password"></label><button name="act" value="phone">更换</button></form>
<h2 id="del">删除信息</h2><form method="post"><label><input type="checkbox" name="what" value="addr">收货地址</label><label><input type="checkbox" name="what" value="tags">浏览标签</label><label><input type="checkbox" name="what" value="reviews">我的评价</label><button name="act" value="del">删除</button></form><p class="m">交易信息依法自交易完成之日起保存三年，期间不作其他使用，到期删除。</p>''',
        )

    @app.get("/account/export")
    def export():
        r = need_login()
        if r:
            return r
        u = {k: v for k, v in me().items() if k != "pw"}
        u["orders"] = [dict(o, day=str(o["day"])) for o in orders.values() if o["user"] == me()["phone"]]
        return Response(
            json.dumps(u, ensure_ascii=False, indent=1, default=str),
            mimetype="application/json",
            headers={"Content-Disposition": "attachment; filename=huijia-mydata.json"},
        )

    @app.route("/account/privacy", methods=["GET", "POST"])
    def acc_privacy():
        r = need_login()
        if r:
            return r
        u = me()
        if request.method == "POST":
            if request.form.get("act") == "marketing":
                u["marketing"] = request.form.get("on") == "1"
                msg("消息设置已保存，立即生效")
            elif request.form.get("act") == "tags":
                u["history"].clear()
                msg("浏览标签已清除")
            return redirect("/account/privacy", 303)
        mk = u["marketing"]
        return page(
            "账户与隐私",
            f'''<h1>账户与隐私</h1><ul class="plain"><li><a href="/account/info">我的信息：查询、更正</a></li><li><a href="/account/export">导出副本</a></li><li><a href="/account/info#del">删除信息</a></li><li><a href="/account/deregister">注销账户</a></li><li><a href="/rules/d/privacy">隐私政策</a></li><li><a href="/rules/d/account">查询、更正、删除与注销指引</a></li></ul>
<h2>个性化设置</h2>{switch("/account/privacy")}<form method="post"><button name="act" value="tags">清除标签</button></form><h2>消息设置</h2><form method="post" class="switch"><input type="hidden" name="act" value="marketing"><input type="hidden" name="on" value="{0 if mk else 1}"><span>促销短信：{"已订阅" if mk else "未订阅"}</span><button role="switch" aria-checked="{"true" if mk else "false"}" aria-label="促销短信">{"退订" if mk else "订阅"}</button></form>''',
        )

    @app.route("/account/deregister", methods=["GET", "POST"])
    def dereg():
        r = need_login()
        if r:
            return r
        u = me()
        open_orders = [
            o for o in orders.values() if o["user"] == u["phone"] and o["state"] in ("待付款", "待发货", "已发货")
        ]
        err = ""
        if request.method == "POST":
            if request.form.get("act") == "undo":
                u["dereg"] = None
                msg("已撤回注销申请，账户恢复正常")
                return redirect("/account", 303)
            if open_orders:
                err = "还有未了结的订单，请先处理"
            elif request.form.get("code") != CODE and request.form.get("password") != u["pw"]:
                err = "验证码不正确"
            else:
                u["dereg"] = (TODAY + timedelta(days=7)).isoformat()
                return redirect("/account/deregister", 303)
        if u["dereg"]:
            return page(
                "注销账户",
                f'<h1>注销申请已提交</h1><p>冷静期到 {u["dereg"]}。期满立即注销，个人信息删除或者匿名化；余额、嘉豆折算的现金退到您的账户。</p><p>冷静期内登录查看不会取消申请；改变主意的，点击撤回。</p><form method="post"><button name="act" value="undo">撤回申请</button></form>',
            )
        blk = "".join(
            f'<li>订单 {o["id"]}（{o["state"]}） <a href="/order/{o["id"]}">去处理（取消、确认收货）</a></li>'
            for o in open_orders
        )
        check = (
            f'<div class="notice"><h3>有未了结的订单</h3><ul>{blk}</ul><p>注销后无法识别您的身份，货款可能退不到您手里，所以请先处理。处理后即可注销。</p></div>'
            if blk
            else "<p>检查结果：没有未了结的订单、争议和欠款，可以注销。</p>"
        )
        form = (
            ""
            if blk
            else '<form method="post"><label>短信验证码（发送到绑定手机） <input name="code" inputmode="numeric" autocomplete="one-time-code"></label><button type="button" class="getcode">获取验证码</button><details><summary>收不到验证码</summary><label>改用登录密码 <input type="password" name="password"></label></details><p class="equal"><button name="act" value="ok">确认注销</button><a class="btnlike" href="/account/privacy">返回</a></p></form>'
        )
        return page(
            "注销账户",
            f"""<h1>注销账户</h1><ol><li>余额 ¥{money(u["balance"])} 全额退还；嘉豆 {u["beans"]} 个，折合 ¥{money(u["beans"] / 100)}，一并退还；会员费按剩余天数退还。</li><li>优惠券随账户失效，可以先用后注销，也可以直接注销。</li><li>提交后有七日冷静期，可以撤回；期满立即注销并删除个人信息，依法须保存的交易信息保存三年。</li><li>不需要理由，不收费，不影响您在其他企业的账户。</li></ol>{check}{f'<p class="err" role="alert">{err}</p>' if err else ""}{form}<p><a href="/rules/d/account">注销指引全文</a></p>""",
        )

    @app.route("/account/security", methods=["GET", "POST"])
    def security():
        r = need_login()
        if r:
            return r
        if request.method == "POST":
            msg(f"限制申诉已提交，编号 {ticket('限制申诉', request.form.get('text', ''))}，三个工作日内人工答复")
            return redirect("/account/security", 303)
        return page(
            "账户安全",
            '<h1>账户安全</h1><p>账户状态：正常，没有限制措施。</p><p><a href="/account/info">更换手机号</a>　<a href="/account/deregister">注销账户</a></p><h2>限制申诉</h2><form method="post"><label>说明 <textarea name="text" rows="4" maxlength="2000"></textarea></label><button>提交</button></form>',
        )

    @app.get("/account/balance")
    def balance():
        r = need_login()
        if r:
            return r
        return page(
            "余额",
            f"<h1>余额</h1><p>余额 ¥{money(me()['balance'])}，可以随时提现到您本人名下的账户，不收手续费，不设最低金额和有效期限。</p><p>目前没有可提现的金额。</p>",
        )

    @app.route("/account/deposits", methods=["GET", "POST"])
    def deposits():
        r = need_login()
        if r:
            return r
        u = me()
        if request.method == "POST" and u["deposits"]:
            n, u["deposits"] = u["deposits"], 0
            msg(
                f"已申请退还 {n} 桶押金 ¥{n * 30}.00，编号 {ticket('押金退还', str(n))}。免费上门取桶，签收空桶后3个工作日内原路退还"
            )
            return redirect("/account/deposits", 303)
        return page(
            "押金",
            f"<h1>押金</h1><p>空桶押金：{u['deposits']} 桶，¥{u['deposits'] * 30}.00</p>{WATER}"
            + (
                '<form method="post"><label>上门时间 <select name="t"><option>明天上午</option><option>明天下午</option></select></label><button>申请退还</button></form>'
                if u["deposits"]
                else "<p>目前没有可退的押金。</p>"
            )
            + '<p><a href="/rules/d/deposit">空桶押金规则</a></p>',
        )

    @app.route("/vip", methods=["GET", "POST"])
    def vip():
        if request.method == "POST":
            if not me():
                return redirect("/login?next=/vip", 303)
            if request.form.get("act") == "off":
                me()["vip"] = dict(me()["vip"] or {}, renew=False)
                msg("自动续费已关闭")
            elif request.form.get("act") == "quit":
                msg(
                    "已受理退订，按剩余天数退费，三个工作日内原路退回"
                    if me()["vip"]
                    else "您目前没有生效的嘉享卡，无需退订"
                )
            else:
                return redirect("/vip/cashier" + ("?renew=1" if request.form.get("renew") else ""), 303)
            return redirect("/vip", 303)
        return page(
            "嘉享卡",
            """<h1>嘉享卡</h1><p>88 元，365 日。每月两张运费券、会员价、生日礼。会员价商品同时标明普通价，不开通也能买。</p><div class="notice"><p><strong>到期自动停止，不扣款。可以随时退订，按剩余天数退费。</strong></p></div>
<form method="post"><label class="agree"><input type="checkbox" name="renew" value="1"> <span>（可不选）到期自动续费 88 元/年，到期前5日短信提示，可在“我的—嘉享卡”一键关闭</span></label><p>应付 <b class="price">¥88.00</b></p><button class="main">开通</button></form><form method="post"><button name="act" value="off">关闭自动续费</button> <button name="act" value="quit">退订并退费</button></form><p><a href="/rules/d/vip">会员服务协议</a></p>""",
        )

    @app.get("/vip/cashier")
    def vip_cashier():
        r = need_login()
        if r:
            return r
        how = (
            "您勾选了到期自动续费 88 元/年，到期前5日提示，可以一键关闭"
            if request.args.get("renew")
            else "到期自动停止，不续费、不扣款"
        )
        return page(
            "收银台",
            f'<h1>收银台</h1><p>嘉享卡 365 日　应付总额 <b class="price">¥88.00</b></p><p><strong>{how}。可以随时退订，按剩余天数退费。</strong></p><form><fieldset><legend>支付方式</legend><label><input type="radio" name="pay" value="bank">银行卡</label><label><input type="radio" name="pay" value="ums">银联商务</label></fieldset></form><p><a class="btn line" href="/vip">返回</a></p>',
        )

    # ---------------------------------------------------- complaints etc.
    def ticket(kind, text):
        tickets.append((kind, text))
        return f"HJTS{TODAY:%Y%m%d}{len(tickets) + 318:04d}"

    def form_page(title, intro, fields, kind):
        if request.method == "POST":
            if not request.form.get("text", "").strip():
                return page(
                    title,
                    f"<h1>{title}</h1><p class='err' role='alert'>请填写内容</p><p><a href='{request.path}'>返回填写</a></p>",
                )
            no = ticket(request.form.get("kind", kind), request.form["text"])
            return page(
                title,
                f"<h1>提交成功</h1><p>受理编号：<b>{no}</b></p><p>我们在24小时内告知是否受理，七日内办结，复杂的最长不超过15日。您也可以同时向12315投诉或者起诉。</p>",
            )
        return page(
            title,
            f'<h1>{title}</h1>{intro}<form method="post" enctype="multipart/form-data">{fields}<p><button class="main">提交</button></p></form>',
        )

    @app.route("/complaint", methods=["GET", "POST"])
    def complaint():
        rep = request.args.get("kind") == "report"
        about = esc(request.args.get("about", ""))
        intro = '<p>人工电话 400-889-2637 转 3、023-6786 4159（每日 8:30—22:00）；邮箱 <a href="mailto:tousu@huijiamall.cn">tousu@huijiamall.cn</a>；市场监管部门 12315，<a href="https://www.12315.cn" rel="external">www.12315.cn</a>。不登录也可以提交。<a href="/rules/d/complaint">投诉举报办法</a></p>'
        fields = f'<fieldset><legend>类型</legend><label><input type="radio" name="kind" value="投诉"{"" if rep else " checked"}>投诉</label><label><input type="radio" name="kind" value="举报"{" checked" if rep else ""}>举报</label></fieldset><label>订单号、商品或者店铺（选填） <input name="about" value="{about}"></label><label>情况说明 <textarea name="text" rows="6" maxlength="5000" required></textarea></label><label>联系方式（匿名举报可不填） <input name="contact"></label><label>凭证（选填，每个不超过20MB） <input type="file" name="file" multiple></label>'
        return form_page("投诉举报", intro, fields, "投诉")

    @app.route("/dispute", methods=["GET", "POST"])
    def dispute():
        o = esc(request.args.get("order", ""))
        return form_page(
            "在线争议处理",
            '<p>自愿申请，不收费，一般15日内完成；不接受结果的可以投诉、仲裁或者起诉。<a href="/rules/d/dispute">争议处理规则</a></p>',
            f'<label>订单号 <input name="order" value="{o}"></label><label>您的要求和理由 <textarea name="text" rows="6" maxlength="5000" required></textarea></label><label>联系电话 <input name="contact"></label><label>凭证（选填） <input type="file" name="file" multiple></label>',
            "争议",
        )

    @app.route("/ip-complaint", methods=["GET", "POST"])
    def ip_complaint():
        return form_page(
            "知识产权投诉",
            '<p>不注册也可以提交；邮箱 <a href="mailto:ipr@huijiamall.cn">ipr@huijiamall.cn</a>。合格通知24小时内处理。<a href="/rules/d/ip">知识产权保护规则</a>　<a href="/rules/ip">知识产权公示</a></p>',
            '<label>权利人名称 <input name="owner" required></label><label>权利类型与证书号 <input name="right" required></label><label>被投诉商品网址 <input name="url" required></label><label>侵权说明和初步证据 <textarea name="text" rows="6" maxlength="5000" required></textarea></label><label>联系方式 <input name="contact" required></label><label>证据文件 <input type="file" name="file" multiple></label>',
            "知识产权",
        )

    @app.get("/licence")
    def licence():
        rows = [
            ("名称", COMPANY),
            ("统一社会信用代码", LIC),
            ("类型", "有限责任公司"),
            ("法定代表人", "罗文珺"),
            ("住所", ADDR),
            ("注册资本", "伍仟万元整"),
            ("成立日期", "2020年10月19日"),
            ("营业期限", "2020年10月19日至长期"),
            ("经营范围", "网络技术服务；互联网销售；日用百货、家用电器、服装、食品销售；第二类增值电信业务"),
            ("登记机关", "重庆市渝北区市场监督管理局"),
        ]
        t = "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows)
        p = "".join(
            f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>"
            for a, b, c in [
                ("食品经营许可证", FOOD, "2024-04-22 至 2029-04-21"),
                ("增值电信业务经营许可证（在线数据处理与交易处理、信息服务）", EDI, "2026-09-13 至 2031-09-12（续期）"),
                ("网络食品交易第三方平台提供者备案", FOODNET, "2021-10-08 备案"),
            ]
        )
        return page(
            "证照信息",
            f'<h1>证照信息</h1><h2>营业执照</h2><div class="tw"><table>{t}</table></div><h2 id="permits">行政许可与备案</h2><div class="tw"><table><tr><th>证照</th><th>编号</th><th>有效期</th></tr>{p}</table></div><h2 id="icp">网站备案</h2><p>{ICP}　主办单位：{COMPANY}</p><p>{PSB}</p><p class="m">以上信息变更后十个工作日内更新，最近核对日期 2026-11-23。入驻商家的证照在各店铺页的“证照信息”查看。</p>',
        )

    @app.get("/act/1212")
    def act1212():
        pick = [x for x in goods if x["full"]][:12]
        ear = [x for x in goods if x["kind"] == "earnest"]
        return page(
            "双12 暖冬节",
            f"""<h1>双12 暖冬节</h1><p><b>2026年12月10日 20:00 至 12月12日 23:59</b>　<a href="/rules/d/act1212">活动规则全文（11月20日公示）</a></p><ul class="plain"><li>跨店每满200减20，上不封顶</li><li>平台券满99减8，共100,000张，剩余100,000张；满299减30，共50,000张，剩余50,000张（12月10日 20:00 开始领取）</li><li>定金预售：12月1日 20:00 至 12月9日 23:59 付定金</li><li>七日无理由退货、三十日价格保护照常适用</li></ul><h2>定金预售</h2><ul class="grid">{"".join(card(x) for x in ear)}</ul><h2>满减商品</h2><p class="m">下列为目前的价格，活动尚未开始。</p><ul class="grid">{"".join(card(x) for x in pick)}</ul>""",
        )

    # ------------------------------------------------------- rule centre
    @app.get("/rules")
    @app.get("/rules/")
    @app.get("/rules/<path:rest>")
    def rules(rest=""):
        head = '<script defer src="/s/rules.js"></script>'
        body = '<div class="rc"><aside class="tree"><button type="button" id="treebtn" aria-expanded="false" aria-controls="tree">规则目录</button><nav id="tree" aria-label="规则目录"></nav></aside><section id="view" aria-live="polite"><p>正在加载……</p></section></div>'
        return page("规则中心", body, "rcpage", head)

    @app.get("/api/rc/tree")
    def rc_tree():
        cats = {}
        for k, v in DOCS.items():
            cats.setdefault(v[0], []).append({"t": v[1], "u": f"/rules/d/{k}"})
        out = [{"cat": c, "items": v} for c, v in cats.items()]
        out.append(
            {
                "cat": "公示与公告",
                "items": [
                    {"t": "公告", "u": "/rules/notices"},
                    {"t": "征求意见", "u": "/rules/consult"},
                    {"t": "处罚公示", "u": "/rules/penalties"},
                    {"t": "知识产权公示", "u": "/rules/ip"},
                    {"t": "常见问题", "u": "/rules/faq"},
                ],
            }
        )
        return jsonify(out)

    @app.get("/api/rc/doc/<doc>")
    def rc_doc(doc):
        s = source(doc, request.args.get("v")) if doc in DOCS else None
        if not s:
            return jsonify(error="没有这份文件"), 404
        vs = [{"v": DOCS[doc][2], "eff": DOCS[doc][4], "state": "现行有效" if doc != "act1212" else "已公示"}] + [
            {"v": r[0], "eff": r[2], "state": r[3]} for r in OTHER.get(doc, [])
        ]
        return jsonify(
            id=doc,
            title=s["title"],
            meta=meta_line(s),
            html=to_html(s["md"]),
            version=s["version"],
            state=s["state"],
            versions=vs,
            current=DOCS[doc][2],
        )

    def doc_text(s):
        return "\n".join([s["title"], meta_line(s), "", to_text(s["md"])])

    @app.get("/rules/download/<doc>.txt")
    def rc_download(doc):
        s = source(doc, request.args.get("v")) if doc in DOCS else None
        if doc == "draft":
            return Response(
                "\ufeff" + DRAFT[0] + "\n\n" + to_text(draft_source()),
                mimetype="text/plain",
                headers={"Content-Disposition": "attachment; filename*=UTF-8''" + quote(DRAFT[0]) + ".txt"},
            )
        if not s:
            return "not found", 404
        return Response(
            "\ufeff" + doc_text(s),
            mimetype="text/plain",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(s['title'] + s['version'])}.txt"},
        )

    @app.get("/rules/download/all.zip")
    def rc_zip():
        buf = io.BytesIO()
        with zipfile.ZipFile(buf, "w", zipfile.ZIP_DEFLATED) as z:
            for d in DOCS:
                s = source(d)
                z.writestr(f"{s['title']}{s['version']}.txt", "\ufeff" + doc_text(s))
        return Response(
            buf.getvalue(),
            mimetype="application/zip",
            headers={"Content-Disposition": "attachment; filename=huijia-rules.zip"},
        )

    @app.get("/api/rc/faq")
    def rc_faq():
        return jsonify([{"q": a, "a": b} for a, b in FAQ])

    def paged(rows, per):
        p = max(1, request.args.get("page", 1, type=int))
        return rows[(p - 1) * per : p * per], p, -(-len(rows) // per)

    @app.get("/api/rc/notices")
    def rc_notices():
        rows, p, n = paged([{"i": i, "date": d, "kind": k, "title": t} for i, (d, k, t, _) in enumerate(NOTICES)], 8)
        return jsonify(rows=rows, page=p, pages=n)

    @app.get("/api/rc/notice/<int:i>")
    def rc_notice(i):
        if i >= len(NOTICES):
            return jsonify(error="没有这条公告"), 404
        d, k, t, b = NOTICES[i]
        return jsonify(date=d, kind=k, title=t, body=b)

    PEN, IPR = penalties(), ip_rows()

    @app.get("/api/rc/penalties")
    def rc_pen():
        rows, p, n = paged(PEN, 15)
        return jsonify(head=["网店名称", "违法行为", "处理措施", "公示期限", "发布时间"], rows=rows, page=p, pages=n)

    @app.get("/api/rc/ip")
    def rc_ip():
        rows, p, n = paged(IPR, 13)
        return jsonify(
            head=["通知编号", "权利人", "权利与内容", "被通知店铺", "收到通知", "商家声明", "处理结果", "处理日期"],
            rows=rows,
            page=p,
            pages=n,
        )

    @app.route("/api/rc/consult", methods=["GET", "POST"])
    def rc_consult():
        if request.method == "POST":
            text = (request.get_json(silent=True) or request.form).get("text", "").strip()
            if not text:
                return jsonify(error="请填写意见"), 400
            return jsonify(receipt=ticket("征求意见", text[:3000]).replace("TS", "YJ"))
        return jsonify(
            title=DRAFT[0],
            start=DRAFT[1],
            end=DRAFT[2],
            changes=[
                {"old": a, "new": b}
                for a, b in [
                    ("消费者寄回商品的时间为七日，可以延长七日", "消费者寄回商品的时间为十日，可以延长十日"),
                    ("商家对完好提出异议的时间为四十八小时", "商家对完好提出异议的时间为二十四小时"),
                ]
            ],
            html=to_html(draft_source()),
        )

    @app.get("/api/rc/search")
    def rc_search():
        q = request.args.get("q", "").strip()
        out = []
        if q:
            for d, v in DOCS.items():
                text = to_text((FILES / f"{d}.md").read_text(encoding="utf-8"))
                k = text.find(q)
                if q in v[1] or k >= 0:
                    out.append({"t": v[1], "u": f"/rules/d/{d}", "x": text[max(0, k - 20) : k + 60].replace("\n", " ")})
            out += [
                {"t": "公告：" + t, "u": f"/rules/n/{i}", "x": b[:60]}
                for i, (_, _, t, b) in enumerate(NOTICES)
                if q in t + b
            ]
            out += [{"t": "常见问题：" + a, "u": "/rules/faq", "x": b[:60]} for a, b in FAQ if q in a + b]
            out += [
                {"t": t, "u": u, "x": ""}
                for t, u in (
                    ("处罚公示", "/rules/penalties"),
                    ("知识产权公示", "/rules/ip"),
                    ("征求意见", "/rules/consult"),
                )
                if q in t
            ]
        return jsonify(out)

    return app


if __name__ == "__main__":
    make_app().run(port=5077, threaded=True)
