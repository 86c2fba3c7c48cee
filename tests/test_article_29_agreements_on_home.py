"""第二十九条 在首页显著位置持续公示协议、规则和制度，便利、完整地阅览和下载。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Judgement, Predicates
from gongping.observations.documents import HomeSeen, Mark
from gongping.observations.library import Kind, LibrarySeen
from gongping.terms import show_paper
from gongping.testing import cant_tell, duty

ASKED = {
    "用户协议": ("agreement_user",),
    "交易规则": ("agreement_rules", "rule_centre"),
    "隐私政策": ("agreement_privacy",),
}
KINDS: dict[str, Kind] = {"用户协议": "user", "隐私政策": "privacy", "交易规则": "rules"}


@duty("29.1")
def test_home_shows_agreements_rules_and_privacy_policy(home: HomeSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当在网站首页显著位置持续公示相关协议、规则和制度等合同格式条款的信息或者上述信息的链接标识

    Fails if: for the user agreement, the trading rules or the privacy policy home has no mark, no prominent one, or only marks that
    are dead, need a login or do nothing.
    A pass does not show: that the texts are shown on every day, that they are current, or that nothing else had to be published.

    违反：用户协议、交易规则、隐私政策中任一项，首页没有标识、没有醒目的标识，或者标识都打不开、须登录、点击无反应。
    未发现违反不说明：文本每天都公示、是现行版本，或者没有其他应当公示的内容。
    """
    broken: list[str] = []
    unknown: list[str] = []
    for name, concepts in ASKED.items():
        marks = home.marks_for(*concepts)
        if not marks:
            evidence.show(
                None,
                f"首页没有“{name}”的标识",
                judged="broken",
                sight=home.sight,
                place="home",
                element=name,
                读过的链接数=len(home.links),
                页面屏数=home.screens,
            )
            broken.append(f"首页没有{name}的信息或者链接标识（读过 {len(home.links)} 个链接和按钮）")
            continue
        judged: list[tuple[Mark, Judgement]] = []
        for mark in marks:
            prominent = norm.home_prominent(mark)
            reached = norm.full_text_reached(mark, *concepts)
            whole = norm.both(prominent, reached)
            if not mark.followed and any(j.held for _, j in judged):
                continue
            judged.append((mark, whole))
            evidence.show(
                mark, f"{name}：首页标识“{mark.label[:20]}”", judged=whole, place="home", element=name, files=mark.files
            )
        if any(j.held for _, j in judged):
            continue
        worst = next(((m, j) for m, j in judged if j.unknown), judged[0])
        (unknown if worst[1].unknown else broken).append(f"{name}：{worst[1].zh}")
    assert not broken, "；".join(broken)
    if unknown:
        cant_tell("；".join(unknown))


@duty("29.2")
def test_agreements_rules_and_privacy_policy_can_be_downloaded_whole(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 并保证消费者和平台内经营者能够便利、完整地阅览和下载

    Fails if: the user agreement, the privacy policy or the trading rules can be read but not downloaded, or the file is empty, not
    found, or says something else than the page.
    A pass does not show: that other documents, or later versions, can be downloaded, or that files open on every device.

    违反：用户协议、隐私政策或者交易规则可以阅览但不能下载，或者下载的文件是空的、失效、与页面内容不一致。
    未发现违反不说明：其他文件、以后的版本也能下载，或者文件在任何设备上都能打开。
    """
    broken: list[str] = []
    unknown: list[str] = []
    for name, kind in KINDS.items():
        papers = [p for p in library.of(kind) if p.controls >= 0 or p.document.how == "file"]
        if not papers:
            walls = "、".join(p.document.wall for p in library.walled(kind))
            unknown.append(f"没有读到{name}{f'（{walls}）' if walls else ''}")
            continue
        judged = [(p, norm.taken_along(p, library)) for p in papers]
        paper, judgement = next(((p, j) for p, j in judged if j.held), judged[0])
        show_paper(evidence, paper, f"{name}的下载", judgement)
        if not judgement.held:
            (broken if judgement.broken else unknown).append(f"{name}《{paper.name[:20]}》：{judgement.zh}")
    assert not broken, "；".join(broken)
    if unknown:
        cant_tell("；".join(unknown))
