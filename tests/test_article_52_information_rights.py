"""第五十二条 明示用户信息查询、更正、删除以及用户注销的方式、程序，不设置不合理条件。"""

from __future__ import annotations

from gongping.detectors import deregistration as out
from gongping.detectors.rights import explained
from gongping.evidence.show import Evidence
from gongping.norm.predicates import Judgement, Predicates
from gongping.norm.predicates_account import NAMES
from gongping.observations.account import RIGHTS, AccountSeen, LeavingSeen
from gongping.testing import cant_tell, duty, untested

CONFIGURE = "请在 targets.yaml 的该目标下配置 accounts: {spare: {username: env:..., password: env:...}}（可以注销的备用账号），验证码固定时另配 otp"


@duty("52.1")
def test_each_right_is_explained_and_has_an_entry(account: AccountSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当明示用户信息查询、更正、删除以及用户注销的方式、程序

    Fails if: one of the four is not explained in the privacy policy, the help or the rules, has no working entry within the click
    limit of the account's home, or stands elsewhere than a document says.
    A pass does not show: that a request is answered in time (52.3), or that other documents and devices say the same.

    违反：查询、更正、删除、注销四项之一在隐私政策、帮助或者规则中没有说明，从账户首页起在规定的点击次数内没有可用的入口，或者入口不在文件所述
    之处。
    未发现违反不说明：申请得到及时答复（52.3），或者其他文件、其他设备的说法相同。
    """
    broken: list[str] = []
    unknown: list[str] = []

    def take(judgement: Judgement) -> None:
        if judgement.broken:
            broken.append(judgement.zh)
        elif judgement.unknown and judgement.zh not in unknown:
            unknown.append(judgement.zh)

    said = explained(account.documents)
    for right in RIGHTS:
        judged = norm.right_explained(account, right, said[right])
        best = next(iter(said[right]), None)
        evidence.show(
            None,
            f"{NAMES[right]}的方式、程序和时限",
            judged=judged,
            sight=best.sight if best else account.home_sight,
            place="documents",
            element=NAMES[right],
            url=best.url if best else "",
            quote=best.quote if best else "",
        )
        take(judged)
    for right in RIGHTS:
        judged, entry = norm.right_entry(account, right)
        sight = account.pages[0].sight if account.pages else account.home_sight
        evidence.show(
            entry.seen if entry else None,
            f"{NAMES[right]}的入口",
            judged=judged,
            sight=sight,
            place="account",
            element=entry.label if entry else f"{NAMES[right]}入口",
            url=entry.url if entry else "",
        )
        take(judged)
    for path in account.stated:
        judged = norm.path_true(path)
        if not judged.held:
            evidence.show(
                None,
                f"文件写明的{NAMES[path.right]}路径",
                judged=judged,
                sight=path.sight,
                place="account",
                element=" > ".join(path.steps),
                quote=path.quote,
            )
            take(judged)
    assert not broken, "；".join(dict.fromkeys(broken))
    if unknown:
        cant_tell("；".join(unknown) + ("" if account.account else f"。{CONFIGURE}"))


@duty("52.2")
def test_leaving_has_no_unreasonable_condition(
    account: AccountSeen, leaving: LeavingSeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 不得对用户信息查询、更正、删除以及用户注销设置不合理条件

    Fails if: the way out, walked up to the last click (with a spare account, past it), or a notice of it, demands what the norm's list
    calls unreasonable: identity papers or biometrics, paper or a telephone call, exact history, a quiet time or an age of the account, a
    fee, the loss of money or points, other accounts with it; more than 15 working days; a proof that cannot be given; loops of offers; or buttons that mislead.
    A pass does not show: what becomes of the data (52.4), or what other accounts (with orders, balance, debts) meet.

    违反：注销流程（走到最后一次点击之前；有备用账号的，走到最后一次点击之后）或者其公告要求规范列为不合理的条件：身份证件
    或者生物特征、纸质材料或者致电、确切的历史记录、静默期或者账户时长、费用、放弃余额或者积分、连带其他账户；超过 15 个工作日；无法提供的证明；反复挽留；或者误导的按钮。
    未发现违反不说明：数据是否真的删除（52.4），或者其他账户（有订单、余额、欠款）遇到什么。
    """
    walk = account.deregistration
    if not account.account:
        untested(f"未配置账号，没有走注销流程。{CONFIGURE}", "no account configured")
    if walk is None:
        cant_tell(f"没有到达账户首页：{account.stopped}", f"the account was not reached: {account.stopped}")
    broken: list[str] = []
    unknown: list[str] = []

    def take(judgement: Judgement, quote: str = "") -> None:
        said = judgement.zh + (f"：“{quote[:60]}”" if quote else "")
        if judgement.broken:
            broken.append(said)
        elif judgement.unknown:
            unknown.append(said)

    texts = [(f"第{s.number}步页面", s.text, s.sight, s.url) for s in walk.steps]
    texts += [("最后一次点击之后的页面", s.text, s.sight, s.url) for s in leaving.answers]
    texts += [
        (f"《{d.title}》", out.about_deregistration(d), d.sight, d.url)
        for d in (*walk.notices, *account.documents)
        if not d.wall
    ]
    for where, text, sight, url in texts:
        for demand in out.demands(text):
            judged = norm.unreasonable(demand, walk)
            evidence.show(
                None,
                f"{where}写明的条件",
                judged=judged,
                sight=sight,
                place="deregister",
                element=demand.key,
                url=url,
                quote=demand.sentence,
            )
            take(judged, demand.sentence)
        for wait in out.waits(text):
            judged = norm.wait_fair(wait)
            evidence.show(
                None,
                f"{where}写明的时间",
                judged=judged,
                sight=sight,
                place="deregister",
                element="等待时间",
                url=url,
                quote=wait.sentence,
            )
            take(judged, wait.sentence)
    for step in (*walk.steps, *leaving.demanding):
        for seen, judged in [*norm.asked_fairly(step), *norm.buttons_fair(step)]:
            evidence.show(seen, f"第{step.number}步", judged=judged, place="deregister")
            take(judged)
    for judged in (norm.retention_fair(walk), norm.verification_possible(walk)):
        last = walk.steps[-1].sight if walk.steps else account.home_sight
        evidence.show(
            None,
            "注销流程",
            judged=judged,
            sight=last,
            place="deregister",
            element="注销流程",
            走过的步骤=[f"{s.title}：{s.clicked}" for s in walk.steps],
            结束=walk.why,
        )
        take(judged)
    judged = norm.leaving_completes(leaving)
    evidence.show(
        None,
        "最后一次点击",
        judged=judged,
        sight=leaving.answers[-1].sight if leaving.answers else account.home_sight,
        place="deregister",
        element="最后一次点击",
    )
    take(judged)
    assert not broken, "；".join(dict.fromkeys(broken))
    if walk.ended != "last_click":
        unknown.append(f"没有走到最后一步：{walk.why}")
    if unknown:
        cant_tell("；".join(dict.fromkeys(unknown)))
