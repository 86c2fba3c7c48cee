"""第六条 在首页显著位置持续公示营业执照信息、行政许可信息或者链接标识。"""

from __future__ import annotations

from datetime import date

from gongping.evidence.show import Evidence
from gongping.history import Earlier
from gongping.norm.predicates import Predicates
from gongping.observations.documents import HomeSeen
from gongping.targets import Facts
from gongping.testing import cant_tell, duty, inapplicable


@duty("6.1")
def test_home_shows_the_business_licence_or_a_mark_that_leads_to_it(
    home: HomeSeen, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当在网站首页显著位置，持续公示其营业执照信息、与其经营业务有关的行政许可信息等，或者上述信息的链接标识

    Fails if: home has no mark of the business licence, none of its marks is prominent, or what the marks lead to is dead, needs a
    login, has no valid code, has expired, or is another entity's than the one the user agreement names.
    A pass does not show: that the licence is genuine, that it is shown on every day, or that every permit needed is there.

    违反：首页没有营业执照标识，或者标识都不醒目，或者标识指向的内容打不开、须登录、没有有效的统一社会信用代码、已过期、与用户协议所载主体不一
    致。
    未发现违反不说明：执照真实、每天都公示，或者所需许可齐全。
    """
    if facts.pre_launch:
        inapplicable("目标声明平台尚未上线")
    judged = norm.licence_marks(home, today)
    if not judged:
        others = [m.label for m in home.marks_for("licence_other")]
        hidden = "；".join(link.label for link in home.hidden)
        evidence.show(
            None,
            "首页没有营业执照标识",
            judged="broken",
            sight=home.sight,
            place="home",
            element="营业执照标识",
            读过的链接数=len(home.links),
            识别图片数=home.pictures_read,
            页面屏数=home.screens,
        )
        if home.unread_pictures and not home.ocr:
            evidence.shown.clear()
            cant_tell(
                f"首页文字中没有营业执照标识，另有 {home.unread_pictures} 张图片未能识别；安装 gongping[ocr] 后重试",
                "pictures on home were not read: install gongping[ocr]",
            )
        assert judged, (
            f"首页（读过 {len(home.links)} 个链接和按钮、{home.pictures_read} 张图片）没有营业执照信息或者其链接标识"
            + (f"；源码中的“{hidden}”不可见" if hidden else "")
            + (f"；只有{'、'.join(others)}" if others else "")
        )
    for each in judged:
        mark = each.mark
        evidence.show(mark, f"首页标识“{mark.label[:20]}”", judged=each.prominent, place="home", element=mark.label)
        for document, judgement in zip(mark.followed, each.shown, strict=False):
            picture = next(iter(document.pictures), None)
            evidence.show(
                picture,
                f"“{mark.label[:20]}”打开的页面",
                judged=judgement,
                sight=document.sight,
                place="documents",
                element=mark.label,
                url=document.url,
                quote=document.all_text[:300],
                files=[document.file] if document.file else (),
            )
    if any(each.whole.held for each in judged):
        return
    unknown = [each for each in judged if each.whole.unknown]
    if unknown:
        cant_tell("；".join(f"“{each.mark.label}”：{each.whole.zh}" for each in unknown))
    broken = [each for each in judged if each.whole.broken]
    assert not broken, "；".join(f"“{each.mark.label}”：{each.whole.zh}" for each in broken)


@duty("6.2")
def test_home_shows_the_licences_that_the_business_wants(
    home: HomeSeen, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当在网站首页显著位置，持续公示其营业执照信息、与其经营业务有关的行政许可信息等，或者上述信息的链接标识

    Fails if: a licence's number was never filled in, its term is over, or it is a name whose link is dead or leads to no number; or the
    platform itself plainly sells packed food, medicine or books, and home and all that it leads to names no licence or filing for that.
    A pass does not show: that a licence is genuine, that no further one is needed, or that it stands prominently (6.1 measures the
    mark of the business licence).

    违反：许可编号是占位内容、有效期已过，或者只有名称而链接失效、所链接的页面没有编号；或者首页明显自营销售预包装食品、药品或者图书，而首页和
    所链接的页面没有相应的许可或者备案。
    未发现违反不说明：许可真实、无须其他许可，或者位置醒目（见 6.1）。
    """
    if facts.pre_launch:
        inapplicable("目标声明平台尚未上线")
    named = norm.permits_named(home)
    if nothing := norm.nothing_wants_a_permit(home, named, facts.licensed_business):
        inapplicable(nothing)
    shown = norm.permits_shown(home, named, today)
    for kind in dict.fromkeys(p.kind for p in named):
        right = norm.permit_right(kind, named, home, today)
        first = next(p for p in named if p.kind == kind)
        evidence.show(
            None, f"行政许可：{first.name}", judged=right, sight=home.sight, place="home", element=first.name, quote=first.said,
            **right.measured,
        )  # fmt: skip
    for mark in home.marks_for("permit"):
        for document in mark.followed:
            evidence.show(
                None, f"“{mark.label[:20]}”打开的页面", judged=shown, sight=document.sight, place="documents", element=mark.label,
                url=document.url, quote=document.all_text[:300],
            )  # fmt: skip
    for cards in norm.own_licensed_goods(home).values():
        for seen, said in cards[:2]:
            evidence.show(seen, f"自营商品：{said[:40]}", judged="seen", place="home", element=said[:40])
    evidence.show(None, "与经营业务有关的行政许可", judged=shown, sight=home.sight, place="home", **shown.measured)
    assert not shown.broken, shown.zh
    if shown.unknown:
        cant_tell(shown.zh)


@duty("6.3")
def test_home_shows_the_licence_on_every_day(
    home: HomeSeen, earlier: Earlier | None, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当在网站首页显著位置，持续公示其营业执照信息、与其经营业务有关的行政许可信息等，或者上述信息的链接标识

    Fails if: on one of the days on which home was looked at (`--history`) it did not show the licence as article 6 wants it, seen twice
    then, and on others it did.
    A pass does not show: that it was there at hours at which nobody looked, or for everybody who visits.

    违反：在查看过首页的日子（--history）中，有一日没有按第六条的要求公示证照信息（当时两次查看都没有），而其他日子有。
    未发现违反不说明：没有查看的时段一直公示，或者对每个访问者都公示。
    """
    if facts.pre_launch:
        inapplicable("目标声明平台尚未上线")
    judged = norm.licence_stays(home, earlier, today)
    evidence.show(
        None, "每日查看首页的证照信息", judged=judged, sight=home.sight, place="home", element="持续公示营业执照"
    )
    assert not judged.broken, judged.zh
    if judged.unknown:
        cant_tell(judged.zh)
