"""The norm's notions about a consumer's rights to its data and the way out (article 52)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongping.detectors import deregistration as out
from gongping.detectors.rights import Explained
from gongping.lexicon import words
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.account import (
    AccountSeen,
    Deregistration,
    DeregStep,
    LeavingSeen,
    Right,
    RightEntry,
    StatedPath,
)
from gongping.sight.model import Seen

NAMES: dict[Right, str] = {"query": "查询", "correct": "更正", "delete": "删除", "deregister": "注销"}

QUESTIONS_MAX = 3
"""Required questions that a deregistration may ask (lexicon of the norm, section 9: long questionnaire, more than 3)."""

RETENTION_MAX = 2
"""Pages or dialogs that try to keep the consumer (norm, 52.2: at most 2 dialogs)."""

DOCUMENT_MIN = 150
"""Characters from which on a document counts as read (convention: less is a frame without its text)."""

HOME_LINKS_MIN = 10
"""Links of home and the like that must have been read before "nothing explains it" is said (convention)."""


class AccountPredicates(BasePredicates):
    """Mixed into Predicates."""

    # -- 52.1 ----------------------------------------------------------------------------------------------------------------

    def right_explained(self, seen: AccountSeen, right: Right, said: Sequence[Explained]) -> Judgement:
        """Whether policy, help and rules explain a right with procedure and time limit. Not explained at all is broken, provided
        that the documents were read whole, or that none is linked from where they were looked for."""
        name = NAMES[right]
        read = [d for d in seen.documents if not d.wall and len(d.all_text) >= DOCUMENT_MIN]
        walled = [d for d in seen.documents if d.wall or len(d.all_text) < DOCUMENT_MIN]
        unread = "；".join(f"{d.kind}：{d.wall or '内容过少'}" for d in walled)
        measured: dict[str, Any] = {
            "读过的文件": [d.title or d.kind for d in read],
            "查找文件的页面": list(seen.searched),
            "读过的链接数": seen.links_read,
        }
        if said:
            best = said[0]
            measured |= {"说明": best.quote[:160], "所在文件": best.document, "时限": best.time or None}
            if best.state == "full":
                return Judgement("held", "", measured)
            if best.state == "no_time":
                return Judgement("unknown", f"《{best.document}》说明了{name}的方式和程序，但没有写明时限", measured)
            return Judgement("unknown", f"《{best.document}》提到{name}，没有认出具体的方式和程序", measured)
        if walled and not any(d.kind == "agreement_privacy" for d in read):
            return Judgement(
                "unknown",
                f"隐私政策等文件没有读到（{unread}），不能判断是否说明{name}",
                measured,
            )
        if walled and not read:
            return Judgement(
                "unknown",
                f"找到的文件都没有读到（{unread}）",
                measured,
            )
        if not read:
            if seen.links_read < HOME_LINKS_MIN or len(seen.searched) < 2:
                return Judgement(
                    "unknown",
                    f"没有找到隐私政策或者帮助，读过的页面不足以判断（{len(seen.searched)} 个页面、{seen.links_read} 个链接）",
                    measured,
                )
            return Judgement(
                "broken",
                f"没有任何文件说明{name}的方式和程序：{'、'.join(seen.searched)}的 {seen.links_read} 个链接中没有隐私政策、规则或者注销说明",
                measured,
            )
        if not any(d.kind == "agreement_privacy" for d in read) and len(seen.searched) < 2:
            return Judgement("unknown", f"没有读到隐私政策，不能判断是否说明{name}", measured)
        titles = "、".join(f"《{d.title}》" for d in read)
        return Judgement("broken", f"{titles}均未说明{name}的方式和程序", measured)

    def right_entry(self, seen: AccountSeen, right: Right) -> tuple[Judgement, RightEntry | None]:
        """Whether the account has a living entry to a right within account_rights_clicks_max clicks of its home, and which."""
        name = NAMES[right]
        limit = int(self.parameter("account_rights_clicks_max"))
        if not seen.account:
            return Judgement("unknown", "未配置账号，不能查看账户中的入口"), None
        if not seen.pages:
            return Judgement("unknown", f"没有到达账户首页（{seen.stopped or '原因不明'}）"), None
        mine = sorted(
            (e for e in seen.entries if e.right == right),
            key=lambda e: (e.partial, e.alive not in ("works", "unknown"), e.clicks),
        )
        measured: dict[str, Any] = {
            "点击上限": limit,
            "读过的账户页面": [" > ".join(p.path) or "账户首页" for p in seen.pages],
        }
        named = {p.steps[-1] for p in seen.stated if p.right == right and p.exists}
        # an entry for one kind of data counts where a document names it as the way to the right
        near = [
            e for e in mine if e.clicks <= limit and (not e.partial or any(n in e.label or e.label in n for n in named))
        ]
        walk = seen.deregistration
        gone = (
            right == "deregister"
            and walk is not None
            and not walk.steps
            and walk.ended == "wall"
            and "not-found" in walk.why
        )
        for e in near:
            if (e.alive == "works" or (right == "deregister" and e.alive == "unknown")) and not gone:
                return Judgement("held", "", {**measured, "点击次数": e.clicks, "路径": " > ".join(e.path)}), e
        if near:
            e = near[0]
            measured |= {"点击次数": e.clicks, "路径": " > ".join(e.path), "打开后": e.said or None}
            if e.alive == "app":
                return Judgement("unknown", f"{name}入口“{e.label}”要求到 APP 中操作", measured), e
            if (e.alive == "dead" or gone) and seen.complete:
                return Judgement(
                    "broken",
                    f"{name}入口“{' > '.join(e.path)}”不能使用（{e.said or (walk.why if gone and walk else '')}），账户中没有其他入口",
                    measured,
                ), e
            return Judgement(
                "unknown", f"{name}入口“{' > '.join(e.path)}”没有确认可以使用（{e.said or e.alive}）", measured
            ), e
        far = [e for e in mine if not e.partial]
        walls = [p for p in seen.pages if p.wall and "download" not in p.wall]
        if far:
            e = far[0]
            return Judgement(
                "broken",
                f"{name}入口“{' > '.join(e.path)}”要从账户首页点击 {e.clicks} 次，多于 {limit} 次",
                {**measured, "点击次数": e.clicks, "路径": " > ".join(e.path)},
            ), e
        if mine:
            e = mine[0]
            return Judgement(
                "unknown", f"只找到单项的{name}入口“{' > '.join(e.path)}”", {**measured, "点击次数": e.clicks}
            ), e
        measured["读过的控件"] = sorted({label for p in seen.pages for label in p.labels})[:150]
        if not seen.complete:
            return Judgement(
                "unknown", f"没有找到{name}入口，但账户页面没有读完（{seen.why_incomplete}）", measured
            ), None
        if walls:
            return Judgement("unknown", f"没有找到{name}入口，但有账户页面打不开（{walls[0].wall}）", measured), None
        return Judgement(
            "broken",
            f"账户中没有{name}入口：读完了账户首页 {limit} 次点击以内有关的 {len(seen.pages)} 个页面",
            measured,
        ), None

    def path_true(self, path: StatedPath) -> Judgement:
        """Whether the account has the path that a document names."""
        shown = " > ".join(path.steps)
        measured = {"文件": path.document, "写明的路径": shown, "缺少": path.missing or None}
        if path.exists:
            return Judgement("held", "", measured)
        if path.exists is None or path.app:
            return Judgement(
                "unknown",
                f"《{path.document}》写明的路径“{shown}”没有走通（{path.missing or '未能跟随'}）"
                + ("，该说明针对 APP" if path.app else ""),
                measured,
            )
        return Judgement("broken", f"《{path.document}》写明“{shown}”，账户中没有“{path.missing}”", measured)

    # -- 52.2 ----------------------------------------------------------------------------------------------------------------

    def unreasonable(self, demand: out.Demand, walk: Deregistration) -> Judgement:
        """unreasonable_condition: what the norm's list names. Words that leave room are no breach, nor is a telephone beside a flow
        that gets through."""
        if demand.weak:
            return Judgement("unknown", f"{demand.zh}，但只在特殊情况下适用", {"条件": demand.key})
        if demand.key == "by_phone" and walk.ended == "last_click":
            return Judgement("unknown", f"写明{demand.zh}，但在线流程可以走到最后一步", {"条件": demand.key})
        return Judgement("broken", demand.zh, {"条件": demand.key})

    def wait_fair(self, wait: out.Wait) -> Judgement:
        """A cooling-off period of at most 15 days and a review of at most dereg_processing_workdays_max working days are fair; up to
        rights_request_days_max days is doubtful."""
        fair, most = (
            int(self.parameter("dereg_processing_workdays_max")),
            int(self.parameter("rights_request_days_max")),
        )
        measured = {"天数": wait.days, "上限": fair}
        unit = "个工作日" if wait.working else "天"
        if wait.days <= fair:
            return Judgement("held", "", measured)
        if wait.kind == "review" and wait.working:
            return Judgement("broken", f"注销要等待 {wait.days} {unit}的审核或者处理，超过 {fair} 个工作日", measured)
        what = "冷静期" if wait.kind == "cooling" else "处理时间"
        if wait.days <= most:
            return Judgement("unknown", f"{what} {wait.days} {unit}，介于 {fair} 与 {most} 天之间", measured)
        return Judgement("broken", f"{what} {wait.days} {unit}，超过 {most} 天", measured)

    def asked_fairly(self, step: DeregStep) -> list[tuple[Seen, Judgement]]:
        """What the fields of a step ask for beyond what registration used: identity papers, exact history, long questionnaires."""
        found: list[tuple[Seen, Judgement]] = []
        for f in step.fields:
            if f.purpose == "document":
                found.append(
                    (
                        f.seen,
                        Judgement("broken", f"要求提供“{f.label}”，多于注册时使用的个人信息", {"必填": f.required}),
                    )
                )
            elif f.purpose == "history":
                found.append(
                    (f.seen, Judgement("broken", f"要求填写“{f.label}”，属于历史操作的精确记录", {"必填": f.required}))
                )
        questions = [f for f in step.fields if f.purpose in ("question", "reason") and f.required]
        if len(questions) > QUESTIONS_MAX:
            found.append(
                (
                    questions[0].seen,
                    Judgement(
                        "broken", f"要求回答 {len(questions)} 个必填问题后才能继续", {"必填问题数": len(questions)}
                    ),
                )
            )
        return found

    def buttons_fair(self, step: DeregStep) -> list[tuple[Seen, Judgement]]:
        """Whether the way back outdoes the way on. Misleading words on the larger button, or a way on that can hardly be read, are a
        breach; a merely larger way back is doubtful."""
        forth = next((b for b in step.buttons if b.kind == "last"), None) or next(
            (b for b in step.buttons if b.kind == "onward"), None
        )
        if forth is None:
            return []
        found: list[tuple[Seen, Judgement]] = []
        for back in (b for b in step.buttons if b.kind == "back"):
            measure = out.emphasis(back.seen, forth.seen)
            larger = measure.only_first_filled or (measure.area_ratio >= 1.5 and measure.first_px >= measure.second_px)
            if not larger:
                continue
            legible = self.legible(forth.seen, what=f"“{forth.label}”")
            measured = {
                "面积比": measure.area_ratio,
                "只有返回按钮有底色": measure.only_first_filled,
                "字号_px": [measure.first_px, measure.second_px],
                **legible.measured,
            }
            misleads = back.leads_out and not _says_back(back.label)
            if misleads:
                found.append(
                    (
                        back.seen,
                        Judgement(
                            "broken", f"醒目的按钮“{back.label}”实际上退出注销流程，“{forth.label}”不醒目", measured
                        ),
                    )
                )
            elif legible.broken and not step.retains:
                found.append((forth.seen, Judgement("broken", f"返回按钮“{back.label}”醒目，{legible.zh}", measured)))
            elif not step.retains:
                found.append(
                    (back.seen, Judgement("unknown", f"返回按钮“{back.label}”比“{forth.label}”醒目", measured))
                )
        return found

    def retention_fair(self, walk: Deregistration) -> Judgement:
        """At most two pages or dialogs that try to keep the consumer."""
        pages = [s for s in walk.steps if s.retains]
        measured = {"挽留页面数": len(pages), "上限": RETENTION_MAX}
        if len(pages) > RETENTION_MAX:
            return Judgement("broken", f"注销途中出现 {len(pages)} 个挽留页面", measured)
        return Judgement("held", "", measured)

    def verification_possible(self, walk: Deregistration) -> Judgement:
        """Whether the proof of identity that is demanded can be given."""
        if not walk.code_refused:
            return Judgement("held", "")
        asking = [s for s in walk.steps if any(f.purpose == "code" for f in s.fields)]
        other = any(f.purpose == "password" for s in asking for f in s.fields)
        measured = {"页面答复": walk.code_refused, "尝试次数": 2}
        if other:
            return Judgement("unknown", f"验证码两次都没有发出（{walk.code_refused}），但可以用密码核验", measured)
        return Judgement("broken", f"只能用验证码核验身份，而验证码两次都没有发出：{walk.code_refused}", measured)

    def leaving_completes(self, leaving: LeavingSeen) -> Judgement:
        """What came of the last click: an account that is closed, or will be, as the platform said."""
        walk = leaving.walk
        measured = {
            "备用账号": leaving.account or None,
            "平台称": {"now": "已注销", "later": "稍后注销", "no": "拒绝"}.get(leaving.promised),
            "再次登录": leaving.gone_why or None,
        }
        if walk is None or walk.ended != "left":
            return Judgement("held", "", {**measured, "没有走到最后": leaving.why})
        if leaving.promised == "later" or leaving.gone:
            return Judgement("held", "", measured)
        if leaving.promised == "no":
            return Judgement("unknown", f"最后一次点击被拒绝：{walk.why}", measured)
        if leaving.gone is False:
            said = "平台称已注销" if leaving.promised == "now" else "点击后平台没有说明结果"
            return Judgement("unknown", f"{said}，但备用账号仍然可以登录", measured)
        return Judgement("unknown", f"最后一次点击之后不知道账号是否已注销（{leaving.gone_why}）", measured)


def _says_back(label: str) -> bool:
    return bool(words("dereg_holdback").match(label))
