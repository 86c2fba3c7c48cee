"""Makes the sample bundle beside this file: `python selftests/samples/make.py`. Everything in it is invented."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from gongping.evidence import annotate, manifest
from gongping.norm import load
from gongping.verdicts import Outcome, Says, Shown, Stop, SuiteInfo, Verdict, Verdicts, WaiverUsed, Where, worst

BUNDLE = Path(__file__).parent / "bundle"
LONG_CLAUSE = (
    "您理解并同意，因系统升级、商家库存变动、促销活动规则调整以及其他平台认为必要的情形，平台有权单方变更、暂停或者终止"
    "本协议项下的全部或者部分服务，无须另行通知，且不承担由此产生的任何责任；您继续使用服务的，视为接受变更后的协议。"
)


def page(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A blank shop page with a head."""
    tile = Image.new("RGB", (width, height), (246, 246, 246))
    draw = ImageDraw.Draw(tile)
    draw.rectangle((0, 0, width, 64), fill=(206, 66, 42))
    draw.text((20, 20), "样例商城", font=annotate._font(22), fill="white")
    return tile, draw


def results(width: int, columns: int) -> Image.Image:
    """A list of search results, the second and fifth with a faint advertising label."""
    tile, draw = page(width, 900)
    side = (width - 40) // columns
    for number in range(columns * 3):
        left, top = 20 + number % columns * side, 90 + number // columns * 270
        draw.rectangle((left, top, left + side - 16, top + 250), fill="white", outline=(225, 225, 225))
        draw.rectangle((left + 12, top + 12, left + side - 28, top + 150), fill=(214 - 9 * number, 222, 230))
        draw.text((left + 12, top + 165), f"手机 第 {number + 1} 款", font=annotate._font(16), fill=(40, 40, 40))
        draw.text((left + 12, top + 200), f"¥ {1999 + 310 * number}", font=annotate._font(18), fill=(206, 66, 42))
        if number in (1, 4):
            draw.text((left + side - 52, top + 230), "广告", font=annotate._font(10), fill=(225, 225, 225))
    return tile


def popup(width: int) -> Image.Image:
    """A page under a pop-up advertisement with a small close mark."""
    tile, draw = page(width, 844)
    draw.rectangle((0, 64, width, 844), fill=(120, 120, 120))
    left = (width - 320) // 2
    draw.rectangle((left, 200, left + 320, 620), fill=(255, 238, 214))
    draw.text((left + 70, 340), "新人红包 188 元", font=annotate._font(24), fill=(206, 66, 42))
    draw.rectangle((left + 60, 520, left + 260, 570), fill=(206, 66, 42))
    draw.text((left + 115, 530), "立即领取", font=annotate._font(22), fill="white")
    draw.text((left + 300, 204), "×", font=annotate._font(12), fill=(190, 180, 170))
    return tile


def jpeg(tile: Image.Image) -> bytes:
    out = io.BytesIO()
    tile.save(out, "JPEG", quality=70)
    return out.getvalue()


def pictures(folder: Path) -> None:
    mark = annotate.Mark
    labels = [
        mark((520, 321, 22, 14), "“广告”字号 10 px，对比度 1.3 : 1，低于 4.5 : 1", "broken"),
        mark((1360, 321, 22, 14), "“广告”对比度 1.3 : 1", "broken"),
        mark((20, 90, 264, 250), "自然结果第 1 名", "seen"),
    ]
    wide = results(1440, 5)
    drawn = {
        "013-1": annotate.annotate(wide, labels, 1, quality=70),
        "013-2": annotate.annotate(
            results(390, 2), [mark((20, 90, 175, 250), "没有找到“广告”", "unknown")], 1, quality=70
        ),
        "024-1": annotate.annotate(
            popup(390),
            [
                mark((35, 200, 320, 420), "弹窗广告，覆盖画面 41 %", "seen"),
                mark((333, 204, 14, 16), "关闭标志 14×16 px，小于 24×24 px；第一次点击打开了广告页", "broken"),
            ],
            1,
            quality=70,
        ),
        "024-2": annotate.annotate(popup(1440), [mark((860, 204, 14, 16), "一次点击即关闭", "held")], 1, quality=70),
        "042-1": jpeg(page(1440, 500)[0]),
    }
    for name, data in drawn.items():
        (folder / f"{name}.jpg").write_bytes(data)


def verdict(duty: str, outcome: Outcome, device: str, zh: str, **more: Any) -> Verdict:
    article = int(duty.partition(".")[0])
    return Verdict(
        duty=duty,
        article=article,
        outcome=outcome,
        device=device,
        test=more.pop("test", f"tests/test_article_{article:02}_sample.py::test_duty_{duty.replace('.', '_')}"),
        test_mode=more.pop("test_mode", "automatic"),
        says=Says(zh=zh),
        seconds=1.25,
        **more,
    )


def verdicts() -> list[Verdict]:
    failed, cant_tell, passed, inapplicable = Outcome.FAILED, Outcome.CANT_TELL, Outcome.PASSED, Outcome.INAPPLICABLE
    at = "https://shop.example/search?q=%E6%89%8B%E6%9C%BA"
    search = [Where(device="desktop", place="search", element=f"第 {n} 个结果", url=at) for n in (2, 5)]
    label = {"font_px": 10.0, "contrast": 1.31, "text": "广告", "visible": True}
    waiver = WaiverUsed(reason="SHOP-412 评价入口正在重做", owner="qa", until="2027-03-31")
    return [
        verdict(
            "6.1",
            passed,
            "desktop",
            "首页底部有“营业执照”链接，一次点击到达执照图片。",
            evidence=["evidence/042-1.jpg"],
            measured={"clicks": 1, "scroll_screens": 2.4, "contrast": 7.2},
        ),
        verdict("6.1", passed, "mobile", "首页底部有“营业执照”链接，一次点击到达执照图片。", measured={"clicks": 1}),
        verdict("6.4", inapplicable, "desktop", "没有采用电子营业执照亮照系统；这是鼓励事项，不算违反。"),
        verdict(
            "13.1",
            failed,
            "desktop",
            "第 2、5 个结果的“广告”标志不显著，对比度 1.3 : 1。",
            confirmed=True,
            where=search,
            measured={"results": 15, "ads": 2, "contrast_text_min": 4.5},
            evidence=["evidence/013-1.jpg"],
            shown=[
                Shown(
                    caption="第 2 个结果的“广告”标志",
                    where=search[0],
                    judged="broken",
                    measured=label,
                    files=["evidence/013-1.jpg", "evidence/013-1.mhtml.gz"],
                ),
                Shown(
                    caption="第 5 个结果的“广告”标志",
                    where=search[1],
                    judged="broken",
                    measured=label,
                    files=["evidence/013-1.jpg"],
                ),
            ],
        ),
        verdict(
            "13.1",
            cant_tell,
            "mobile",
            "图片中的文字未能读出：没有安装文字识别。",
            evidence=["evidence/013-2.jpg", "evidence/gone.jpg"],
            shown=[
                Shown(
                    caption="疑似广告的结果",
                    where=Where(device="mobile", place="search"),
                    judged="unknown",
                    measured={"text": None, "position": 1},
                    files=["evidence/013-2.jpg"],
                )
            ],
        ),
        verdict(
            "16.3",
            failed,
            "desktop",
            "商品页没有评价入口，商品页上的 64 个链接和按钮都已读过。",
            confirmed=True,
            waiver=waiver,
            where=[Where(device="desktop", place="product", url="https://shop.example/item/7")],
        ),
        verdict(
            "24.3",
            failed,
            "mobile",
            "关闭弹窗广告用了 2 次点击；第一次点击打开了广告页。",
            confirmed=True,
            where=[Where(device="mobile", place="home", element="新人红包", url="https://shop.example/")],
            shown=[
                Shown(
                    caption="新人红包弹窗",
                    where=Where(device="mobile", place="home"),
                    judged="broken",
                    measured={"clicks": 2, "close_px": {"value": [14, 16], "unit": "px"}, "seconds": 0.2},
                    files=["evidence/024-1.jpg"],
                )
            ],
        ),
        verdict(
            "24.3",
            passed,
            "desktop",
            "3 个弹窗广告都是一次点击即关闭。",
            shown=[
                Shown(
                    caption="新人红包弹窗",
                    where=Where(device="desktop", place="home"),
                    judged="held",
                    measured={"clicks": 1},
                    files=["evidence/024-2.jpg"],
                )
            ],
        ),
        verdict(
            "34.7",
            cant_tell,
            "desktop",
            "用户协议第 8.2 条扩大了单方变更权，但附有保留语句，须由人员判断。",
            test_mode="semiAuto",
            shown=[
                Shown(
                    caption="《用户协议》第 8.2 条",
                    quote=LONG_CLAUSE,
                    judged="unknown",
                    measured={"rule": "one_sided_change"},
                    where=Where(device="desktop", place="documents", url="https://shop.example/terms"),
                )
            ],
        ),
        verdict(
            "42.2",
            passed,
            "desktop",
            "走完 3 单结算，2 个搭售商品都没有默认选中。",
            measured={"orders": 3, "extras": 2},
        ),
        verdict("44.2", cant_tell, "desktop", "投诉页面须通过验证码。"),
        verdict("44.2", cant_tell, "mobile", "投诉页面须通过验证码。"),
        verdict(
            "44.2",
            cant_tell,
            "mobile",
            "<script>alert(1)</script> 页面标题为 </style>“&amp;”",
            test="tests/test_escape.py::test_it",
        ),
    ]


def sample() -> Verdicts:
    """A run with every outcome, a waiver, a wall, a missing picture and hostile text."""
    said = verdicts()
    duties = {each.id: worst(one.outcome for one in said if one.duty == each.id) for each in load().duties}
    articles: dict[str, list[Outcome]] = {}
    for duty, outcome in duties.items():
        articles.setdefault(duty.partition(".")[0], []).append(outcome)
    return Verdicts(
        schema=1,
        complete=True,
        target="样例商城",
        url="https://shop.example/",
        mode="observe",
        started="2026-11-25T06:30:00Z",
        seconds=83.4,
        suite=SuiteInfo(version="0.1.0", norm="渝市监发〔2020〕39号"),
        browser={"name": "chromium", "version": "156.0"},
        devices=["desktop", "mobile"],
        navigations={"desktop": 41, "mobile": 38},
        reached={"home": True, "search": True, "product": True, "cart": True, "checkout": True, "register": False},
        stops=[
            Stop(
                device="mobile", place="register", wall="captcha", detail="滑块验证码", url="https://shop.example/join"
            )
        ],
        errors=["tests/test_article_58_lists.py::test_lists: KeyError: 'total'"],
        verdicts=said,
        duties=duties,
        articles={number: worst(outcomes) for number, outcomes in articles.items()},
    )


def main() -> None:
    (BUNDLE / "evidence").mkdir(parents=True, exist_ok=True)
    pictures(BUNDLE / "evidence")
    (BUNDLE / "evidence" / "013-1.mhtml.gz").write_bytes(b"sample")
    text = json.dumps(sample().model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)
    (BUNDLE / "verdicts.json").write_text(text + "\n", encoding="utf-8")
    manifest.write(BUNDLE)


if __name__ == "__main__":
    main()
