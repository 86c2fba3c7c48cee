"""Predicates that need days: what was announced on home before it came, what stayed until its time was over, what was updated.

One visit says what a notice's own words and the home page show; what earlier runs saw (`Earlier`) says the rest. That something was not
there is said only of days on which somebody looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from gongping.detectors.announced import (
    Closing,
    Comments,
    Promotion,
    asks_for_comments,
    closing,
    comments,
    is_promotion,
    marks_on,
    marks_to,
    promotion,
    published_on,
    unnamed_pictures,
    unseen_on,
)
from gongping.detectors.licence import licence_facts, same_entity
from gongping.detectors.registers import Case, days_in
from gongping.entry import Facts
from gongping.history import Changed, Earlier, Note, Sighting
from gongping.lexicon import phrase
from gongping.lexicon.text import fold
from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_documents import DocumentPredicates
from gongping.norm.predicates_reading import small_change
from gongping.norm.predicates_registers import lists_of, workdays_after
from gongping.observations.documents import Document, HomeSeen, Mark
from gongping.observations.library import LibrarySeen, Paper

CHINA = timezone(timedelta(hours=8))

REMEDY = "每天用 --history 检测后再判断"

_FEWEST_PROBES = 5
"""Days on which home must have been seen before it can be said to show something continuously (norm.yaml 6.3)."""

_MOST_ENDS = 3
"""Days on which a promotion was said to end: it may be prolonged twice (convention)."""

_ONE_DAY = timedelta(hours=24)
_AROUND = 1500
"""Characters of home that are taken for one notice (convention)."""


@dataclass(frozen=True)
class Announced:
    """Something that was announced, judged: a caption, and the mark on home or the document that shows it."""

    about: str
    judgement: Judgement
    mark: Mark | None = None
    paper: Paper | None = None


@dataclass(frozen=True)
class Announcement:
    """Whether a platform announced what it must, with all that was seen. `lacking`: why nothing had to be announced."""

    judgement: Judgement
    seen: tuple[Announced, ...] = ()
    lacking: str = ""


class DaysPredicates(DocumentPredicates):
    """Mixed into Predicates."""

    # -- article 8 ----------------------------------------------------------------------------------------------------

    def closing_announced(
        self, home: HomeSeen, library: LibrarySeen, earlier: Earlier | None, today: date
    ) -> Announcement:
        """Whether a platform that ends says so on home for thirty days."""
        on_home = self._closings_on_home(home, library)
        judged = [
            Announced(f"终止业务的公告“{mark.label[:30]}”", self._closing(found, mark, earlier, today), mark, paper)
            for mark, paper, found in on_home
        ]
        for paper, found in _closings(library):
            if not on_home and found.ends and found.ends >= today:
                judged.append(
                    Announced(
                        f"《{paper.name[:30]}》",
                        self._off_home(home, "closing_title", paper, "终止业务的公告"),
                        None,
                        paper,
                    )
                )
        if earlier and not on_home:
            judged += [self._withdrawn(s, home, today) for s in earlier.of("closing") if s.note.text]
        if not judged:
            return Announcement(
                Judgement("held"),
                lacking=f"首页和读到的 {len(library.readable)} 份文件没有终止业务的公告，平台正常营业",
            )
        return Announcement(_worst(judged), tuple(judged))

    def _closings_on_home(self, home: HomeSeen, library: LibrarySeen) -> list[tuple[Mark, Paper | None, Closing]]:
        sight = self.sight(home.sight)
        found: list[tuple[Mark, Paper | None, Closing]] = []
        for paper, notice in _closings(library):
            marks = [m for m in marks_on(sight, "closing_title", "closing") if _leads(m, paper)]
            mark = next(iter([*marks, *_named(sight, paper.label)]), None)
            if mark:
                found.append((mark, paper, notice))
        if found:
            return found
        for mark in marks_on(sight, "ends_business", "closing", longest=400):
            around = [s.index for s in sight.ancestors(mark.seen.index) if len(sight.text_of(s.index)) <= _AROUND]
            text = sight.text_of(around[-1] if around else mark.seen.index)
            notice_ = closing(Document("notice", mark.label, sight.url, text, sight.id))
            if notice_:
                return [(mark, None, notice_)]
        return []

    def _closing(self, notice: Closing, mark: Mark, earlier: Earlier | None, today: date) -> Judgement:
        least = int(self.parameter("closing_notice_days"))
        first = min((_day(s.first_seen) for s in earlier.of("closing")), default=None) if earlier else None
        fresh = first is None and earlier is not None and _looked_yesterday(earlier)
        since = max(
            filter(
                None,
                (notice.published, first if first and self._known(earlier, first) else None, today if fresh else None),
            ),
            default=None,
        )
        measured: dict[str, Any] = {
            "公告": notice.quote,
            "写明的发布日期": str(notice.published or "") or None,
            "首次看到": str(first or (today if fresh else "")) or None,
            "终止日期": str(notice.ends or "") or None,
            "停止下单": str(notice.last_orders or "") or None,
            "写明如何处理": list(notice.handled) or None,
        }
        if notice.made_to:
            return Judgement("unknown", "公告称因监管或者司法决定停止，是否属于自行终止请人工判断", measured)
        if notice.ends is None:
            return Judgement("unknown", f"公告没有读出终止日期，请人工核对：“{notice.quote[:60]}”", measured)
        if notice.ends < today:
            return Judgement("unknown", f"公告写明 {notice.ends} 终止，日期已过，请人工核对是否仍在营业", measured)
        if since is None:
            if (notice.ends - today).days >= least:
                since = today
            else:
                return Judgement(
                    "unknown",
                    f"{notice.ends} 终止，公告没有写明发布日期，不知道何时公示；{REMEDY}",
                    measured,
                )
        for name, ends in (("终止", notice.ends), ("停止下单", notice.last_orders)):
            if ends and (ends - since).days < least:
                return Judgement(
                    "broken",
                    f"{since} 公示，{ends} 即{name}，只有 {max(0, (ends - since).days)} 天，少于 {least} 天",
                    measured,
                )
        prominent = self.home_prominent(mark)
        if not prominent.held:
            return replace(prominent, measured=measured | prominent.measured)
        lacking = [w for w in ("订单", "余额和押金", "账号和数据") if w not in notice.handled]
        if lacking:
            return Judgement("unknown", f"公告没有认出{'、'.join(lacking)}如何处理，请人工核对", measured)
        return Judgement("held", "", measured)

    def _known(self, earlier: Earlier | None, first: date) -> bool:
        """Whether somebody had looked at home within the day before a notice was seen first."""
        looked = [_day(at) for at in earlier.looked("home")] if earlier else []
        return any(0 < (first - day).days <= 1 for day in looked)

    def _off_home(self, home: HomeSeen, name: str, paper: Paper, what: str) -> Judgement:
        """A notice that was found elsewhere than on home."""
        sight = self.sight(home.sight)
        measured = {"公告": paper.name[:40], "见于": paper.found_on, "读过的首页链接数": len(home.links)}
        if unseen_on(sight, name) or phrase(name).search(home.passed):
            return Judgement("unknown", f"首页没有一直显示{what}，但在浮层或者轮播中有，请人工核对", measured)
        if unread := unnamed_pictures(sight):
            return Judgement(
                "unknown", f"首页文字中没有{what}，另有 {len(unread)} 张图片没有文字说明，请人工核对", measured
            )
        return Judgement(
            "broken",
            f"《{paper.name[:30]}》只见于{paper.found_on}，首页（读过 {len(home.links)} 个链接和按钮）没有公示",
            measured,
        )

    def _withdrawn(self, was: Sighting, home: HomeSeen, today: date) -> Announced:
        ends = next(iter(days_in(was.note.text)), None)
        measured = {"公告": was.note.key, "最后看到": f"{_day(was.last_seen)}", "终止日期": str(ends or "") or None}
        if was.note.key in home.passed or was.note.key in self.sight(home.sight).text:
            judgement = Judgement("unknown", f"“{was.note.key[:30]}”还在首页，但内容没有读到，请人工核对", measured)
        elif ends is None or ends <= today:
            judgement = Judgement("unknown", f"“{was.note.key[:30]}”不再显示，请人工核对平台是否已经终止业务", measured)
        else:
            judgement = Judgement(
                "broken", f"“{was.note.key[:30]}”写明 {ends} 终止，{_day(was.last_seen)} 之后首页不再显示", measured
            )
        return Announced(f"以前看到的公告“{was.note.key[:30]}”", judgement)

    # -- article 30 ---------------------------------------------------------------------------------------------------

    def opened_for_comment(
        self,
        home: HomeSeen,
        library: LibrarySeen,
        changed: Sequence[Changed] | None,
        earlier: Earlier | None,
        today: date,
    ) -> Announcement:
        """Whether changes to rules are opened for comment on home: the notices that are there, and, with a history, the changes that
        came without one."""
        judged = self._comment_notices(home, library, today)
        changes = [self._without_comment(c, earlier, home) for c in changed or () if earlier]
        judged += changes
        if judged:
            return Announcement(_worst(judged), tuple(judged))
        if earlier is None or not earlier.versions:
            return Announcement(
                Judgement(
                    "unknown", f"首页没有征求意见的公告，也没有以前的文本可以比较，不知道规则是否修改过；{REMEDY}"
                )
            )
        since = min(v.last_seen for v in earlier.versions)
        return Announcement(Judgement("held"), lacking=f"与 {_day(since)} 以来读到的文本相比，协议和规则没有修改")

    def _comment_notices(self, home: HomeSeen, library: LibrarySeen, today: date) -> list[Announced]:
        sight = self.sight(home.sight)
        marks = [m for m in marks_on(sight, "asks_for_comments", "comment") if asks_for_comments(m.label)]
        papers = [(p, c) for p in library.readable if (c := comments(p.document))]
        judged: list[Announced] = []
        for mark in marks:
            behind = next(((p, c) for p, c in papers if _leads(mark, p)), None)
            paper, found = behind or (None, None)
            judged.append(Announced(f"首页的征求意见公告“{mark.label[:30]}”", self._comment(mark, found), mark, paper))
        for paper, found in papers:
            if any(a.paper is paper for a in judged):
                continue
            mark_ = next(iter(_named(sight, paper.label)), None)
            if mark_:
                judged.append(
                    Announced(f"首页的征求意见公告“{mark_.label[:30]}”", self._comment(mark_, found), mark_, paper)
                )
            elif found.closes and found.closes >= today:
                judged.append(
                    Announced(
                        f"《{paper.name[:30]}》",
                        self._off_home(home, "asks_for_comments", paper, "征求意见的公告"),
                        None,
                        paper,
                    )
                )
        return judged

    def _comment(self, mark: Mark, found: Comments | None) -> Judgement:
        least = int(self.parameter("comment_period_min_days"))
        if found is None:
            return Judgement(
                "unknown", f"“{mark.label[:30]}”的内容没有读到，请人工核对期限和途径", {"标识": mark.label}
            )
        measured: dict[str, Any] = {
            "开始": str(found.opens or "") or None,
            "截止": str(found.closes or "") or None,
            "小时": found.hours,
            "天数": found.days,
            "生效": str(found.effective or "") or None,
            "写明途径": found.channel,
        }
        if found.days is not None and found.days <= 1:
            said = f"{found.hours} 小时" if found.hours else f"{found.opens} 至 {found.closes}"
            return Judgement("broken", f"征求意见只有{said}，有关各方不能充分表达意见", measured)
        since = found.opens
        if found.effective and since and found.effective <= since and not found.trial:
            return Judgement("broken", f"{found.effective} 已经生效，{since} 才征求意见", measured)
        if found.effective and found.closes and found.effective < found.closes and not found.trial:
            return Judgement("broken", f"征求意见到 {found.closes} 截止，而 {found.effective} 已经生效", measured)
        prominent = self.home_prominent(mark)
        if not prominent.held:
            return replace(prominent, measured=measured | prominent.measured)
        if found.days is None:
            return Judgement("unknown", "征求意见的公告没有读出起止日期，请人工核对", measured)
        if found.days < least:
            return Judgement("unknown", f"征求意见 {found.days} 天，少于 {least} 天，请人工判断是否充分", measured)
        if not found.channel:
            return Judgement("unknown", "征求意见的公告没有认出提意见的途径，请人工核对", measured)
        return Judgement("held", "", measured)

    def _without_comment(self, change: Changed, earlier: Earlier | None, home: HomeSeen) -> Announced:
        """A change, and whether home asked for opinions before it."""
        assert earlier is not None
        days = int(self.parameter("comment_period_min_days"))
        asked = [s for s in earlier.of("comment") if s.first_seen < earlier.now]
        before = _day(change.before.last_seen)
        measured: dict[str, Any] = {
            "上次读到": str(before),
            "删去的行": [line[:80] for line in change.gone[:5]] or None,
            "新增的行": [line[:80] for line in change.come[:5]] or None,
            "以前的征求意见公告": [s.note.key[:40] for s in asked] or None,
            "此前查看首页的次数": len(earlier.looked("home", earlier.now - timedelta(days=days + 1))),
        }
        said = f"《{change.paper.name[:30]}》与 {before} 读到的文本不同（删去 {len(change.gone)} 行，新增 {len(change.come)} 行）"
        if small_change(change):
            judgement = Judgement("unknown", f"{said}，改动很小，请人工判断是否实质修改", measured)
        elif any(_about(s.note, change.paper) for s in asked):
            judgement = Judgement("held", "", measured)
        elif asked:
            judgement = Judgement(
                "unknown", f"{said}；首页征求过意见（“{asked[-1].note.key[:30]}”），请人工核对是否就此修改", measured
            )
        elif not earlier.daily("home", days):
            judgement = Judgement(
                "unknown", f"{said}；此前 {days} 天没有每天查看首页，不知道是否征求过意见；{REMEDY}", measured
            )
        elif phrase("asks_for_comments").search(home.passed):
            judgement = Judgement("unknown", f"{said}；首页的浮层提到征求意见，请人工核对", measured)
        else:
            judgement = Judgement("broken", f"{said}，此前 {days} 天每天查看首页，都没有征求意见的公告", measured)
        return Announced(f"修改：《{change.paper.name[:30]}》", judgement, None, change.paper)

    # -- article 18 ---------------------------------------------------------------------------------------------------

    def promotion_announced(
        self, home: HomeSeen, library: LibrarySeen, earlier: Earlier | None, today: date
    ) -> Announcement:
        """Whether the period, method and rules of a platform's promotion stand on home before it begins."""
        found = [
            (m, pages, promotion(m.label, *(p.document for p in pages), today=today))
            for m, pages in self.promotions(home, library, today)
        ]
        if not found:
            return Announcement(
                Judgement("held"), lacking=f"首页（读过 {len(home.links)} 个链接和按钮）没有平台组织的集中促销"
            )
        judged = [
            Announced(
                f"首页的促销“{mark.label[:30]}”",
                self._promotion(mark, pages, seen, home, earlier, today),
                mark,
                next(iter(pages), None),
            )
            for mark, pages, seen in found
        ]
        best = next((a for a in judged if a.judgement.held), None)
        return Announcement(
            best.judgement if best and not any(a.judgement.broken for a in judged) else _worst(judged), tuple(judged)
        )

    def promotions(self, home: HomeSeen, library: LibrarySeen, today: date) -> list[tuple[Mark, list[Paper]]]:
        """The platform's promotions on home, each with the pages behind it: its venue and its rules. One whose name nobody knows is known
        by its rules, to which home leads."""
        sight = self.sight(home.sight)
        marks = [
            m
            for m in marks_on(sight, "platform_promotion", "promotion")
            if not phrase("promotion_of_a_shop").search(m.label) and not re.search(r"[¥￥$]\s*\d", m.label)
        ]
        rules = [p for p in library.papers if p.kind == "promotion"]
        named = {_promotion_named(m.label): m for m in reversed(marks)}
        found = [
            (
                m,
                [
                    p
                    for p in rules
                    if _leads(m, p)
                    or word in fold(f"{p.label} {p.name}").lower()
                    or p.label in ("活动规则", "促销规则")
                ],
            )
            for word, m in named.items()
        ]
        had = {p.document.url for _, pages in found for p in pages}
        for p in rules:
            if p.read and p.document.url not in had and is_promotion(p.document, today):
                leads = marks_to(sight, p.document.url, "promotion")
                found += [(replace(m, label=p.name[:60]), [p]) for m in leads[:1]]
        return found

    def _promotion(
        self, mark: Mark, pages: Sequence[Paper], seen: Promotion, home: HomeSeen, earlier: Earlier | None, today: date
    ) -> Judgement:
        read = [p for p in pages if p.read]
        measured: dict[str, Any] = {
            "开始": str(seen.starts or "") or None,
            "结束": str(seen.ends or "") or None,
            "已经开始": seen.runs,
            "写明规则": seen.rules,
            "写明方式": seen.method,
            "读过的页面": [p.name[:30] for p in read] or None,
        }
        name = mark.label[:30]
        if seen.ends and seen.ends < today:
            return Judgement("unknown", f"“{name}”已于 {seen.ends} 结束，请在下次促销时检测", measured)
        walled = next((p for p in pages if p.document.wall == "login"), None)
        if walled and not read:
            return Judgement("broken", f"“{name}”的规则要求先登录才能查看", measured)
        if seen.open_ended and seen.ends is None and seen.runs and read:
            return Judgement("broken", f"“{name}”没有写明结束时间，只说“{seen.open_ended}”", measured)
        if not seen.rules and not seen.method and seen.ends is None:
            if seen.runs and read and self._told_in_words(home, read):
                return Judgement(
                    "broken", f"“{name}”已经开始，首页和活动页（{read[0].name[:20]}）都没有期限、方式和规则", measured
                )
            return Judgement("unknown", f"“{name}”没有读到期限、方式和规则，请人工核对活动页", measured)
        lacking = [w for w, there in (("期限", seen.ends), ("方式", seen.method), ("规则", seen.rules)) if not there]
        if lacking:
            return Judgement("unknown", f"“{name}”没有认出{'、'.join(lacking)}，请人工核对", measured)
        prominent = self._prominent_on(home, name, pages)
        if not prominent.held:
            return replace(prominent, measured=measured | prominent.measured)
        return self._before_it_began(name, seen, pages, earlier, today, measured)

    def _prominent_on(self, home: HomeSeen, name: str, pages: Sequence[Paper]) -> Judgement:
        """Whether one of the marks of a promotion is prominent; pictures without words may be marks of it, too. What is known by its rules
        alone may be announced in words that are not known either."""
        sight = self.sight(home.sight)
        marks = marks_on(sight, "platform_promotion", "promotion")
        judged = [self.home_prominent(m) for m in marks if _promotion_named(m.label) == _promotion_named(name)]
        leads = [m for p in pages for m in marks_to(sight, p.document.url, "promotion")] if not judged else []
        order = {"held": 0, "unknown": 1, "broken": 2}
        best = min(judged or [self.home_prominent(m) for m in leads], key=lambda j: order[j.state])
        if best.broken and leads:
            return Judgement("unknown", f"“{name}”的链接：{best.zh}；首页可能另有公示，请人工核对", best.measured)
        if best.broken and unnamed_pictures(sight):
            return Judgement("unknown", f"{best.zh}；首页有图片没有文字说明，可能另有公示，请人工核对", best.measured)
        return best

    def _told_in_words(self, home: HomeSeen, pages: Sequence[Paper]) -> bool:
        """Whether home and the pages behind were read to the end: no picture without words on them, and no link to rules was left."""
        sights = dict.fromkeys(filter(None, (home.sight, *(p.document.sight for p in pages))))
        return not any(unnamed_pictures(self.sight(s)) for s in sights) and not any(
            phrase("promotion_rules").search(link.label) for link in home.links
        )

    def _before_it_began(
        self,
        name: str,
        seen: Promotion,
        pages: Sequence[Paper],
        earlier: Earlier | None,
        today: date,
        measured: dict[str, Any],
    ) -> Judgement:
        if seen.starts is None or seen.starts > today:
            return Judgement(
                "held" if seen.starts else "unknown",
                "" if seen.starts else f"“{name}”没有写明开始时间，请人工核对",
                measured,
            )
        key = _promotion_named(name)
        known = [s for s in earlier.of("promotion") if s.note.key == key] if earlier else []
        ends = list(
            dict.fromkeys(
                [*(s.note.text for s in sorted(known, key=lambda s: s.first_seen) if s.note.text), str(seen.ends)]
            )
        )
        if len(ends) > _MOST_ENDS and ends == sorted(ends):
            return Judgement("broken", f"“{name}”的结束日期一再顺延：{'、'.join(ends)}", measured)
        if any(s.note.text for s in known):
            first = min(_day(s.first_seen) for s in known if s.note.text)
            measured = measured | {"首次看到": str(first)}
            if first < seen.starts:
                return Judgement("held", "", measured)
        published = next((d for p in pages if (d := published_on(p.document))), None)
        if published and published < seen.starts:
            return Judgement("held", "", measured | {"写明的发布日期": str(published)})
        if earlier and not known and _looked_yesterday(earlier) and seen.starts >= _day(earlier.looked("home")[-1]):
            return Judgement("broken", f"“{name}”于 {seen.starts} 开始，前一日首页还没有公示期限、方式和规则", measured)
        return Judgement("unknown", f"“{name}”于 {seen.starts} 已经开始，不知道此前是否公示；{REMEDY}", measured)

    # -- article 20 ---------------------------------------------------------------------------------------------------

    def penalties_stay(self, library: LibrarySeen, earlier: Earlier | None, today: date) -> Announcement:
        """Whether each penalised seller stays in the list until the time is over."""
        lists = lists_of(library, "penalty_field")
        rows = [case for _, register in lists for case in register.cases]
        if not lists:
            return Announcement(Judgement("unknown", "没有读到违规处理公示列表（见 20.1），无从核对是否持续公示"))
        if not rows:
            return Announcement(Judgement("held"), lacking="公示列表只有栏目没有内容，没有尚未期满的处理措施")
        paper = lists[0][0]
        known = earlier.of("penalty") if earlier else []
        keys = {row_key(c) for c in rows}
        judged = [Announced(f"曾经公示：{s.note.key[:40]}", self._row_gone(s, rows, paper, earlier, today), None, paper)
                  for s in known if s.note.key not in keys and _ends(s.note.text) and _ends(s.note.text) >= today]  # type: ignore[operator]  # fmt: skip
        if judged:
            return Announcement(_worst(judged), tuple(judged))
        watched = [
            s
            for s in known
            if (end := _ends(s.note.text)) and end < today and _day(s.last_seen) >= end - timedelta(days=1)
        ]
        pending = [c for c in rows if (end := _ends(c.values.get("period", ""))) and end >= today]
        measured = {"列表行数": len(rows), "尚未期满": len(pending), "看到期满的": len(watched)}
        if watched:
            return Announcement(
                Judgement("held", "", measured), (Announced("公示列表", Judgement("held", "", measured), None, paper),)
            )
        if not any(_ends(c.values.get("period", "")) for c in rows):
            zh = "公示期限没有读出日期，请人工核对是否公示到处理措施期满"
        else:
            zh = f"{len(pending)} 行的公示期限还没有届满，一次查看不能说明公示到期满；{REMEDY}"
        return Announcement(
            Judgement("unknown", zh, measured),
            (Announced("公示列表", Judgement("unknown", zh, measured), None, paper),),
        )

    def _row_gone(
        self, was: Sighting, rows: Sequence[Case], paper: Paper, earlier: Earlier | None, today: date
    ) -> Judgement:
        assert earlier is not None
        name, _, rest = was.note.key.partition("|")
        measured = {
            "曾经公示": was.note.key,
            "公示期限": was.note.text,
            "最后看到": str(_day(was.last_seen)),
            "现有行数": len(rows),
        }
        said = f"“{name[:20]}”公示期限到 {_ends(was.note.text)}，{_day(was.last_seen)} 之后列表中没有了"
        if any(row_key(c).partition("|")[2] == rest for c in rows):
            return Judgement("unknown", f"{said}，另有一行除店名外相同，请人工核对是否改名", measured)
        if any(c.values.get("name", "").strip() and re.sub(r"\s", "", c.values["name"]) == name for c in rows):
            return Judgement("unknown", f"{said}，但另有同一网店的一行，请人工核对是否改写", measured)
        if self._has_more_pages(paper):
            return Judgement("unknown", f"{said}，列表不止一页，请人工查找其余各页", measured)
        between = [at for at in earlier.looked("penalties") if was.last_seen < at <= earlier.now - _ONE_DAY]
        if not between:
            return Judgement("unknown", f"{said}，请隔二十四小时再检测一次", measured)
        return Judgement("broken", f"{said}（{_day(between[0])}、{today} 两次查看都没有），尚未期满", measured)

    def _has_more_pages(self, paper: Paper) -> bool:
        """Whether a list goes on elsewhere: links say so, or what takes clicks without being a link or a button."""
        controls = (s for s in self.sight(paper.document.sight).elements if s.shown and (s.pointer or s.listens))
        labels = [link.label for link in paper.document.links]
        labels += [s.text for s in controls if len(s.text) <= 8]
        return any(phrase("more_pages").search(label.strip()) for label in labels)

    # -- articles 6 and 7 ---------------------------------------------------------------------------------------------

    def licence_stays(self, home: HomeSeen, earlier: Earlier | None, today: date) -> Judgement:
        """Whether home showed the licence on every day on which somebody looked."""
        now = self.licence_on_home(home, today)
        runs = [r for r in earlier.runs if {"licence", "no-licence"} & set(r.looked)] if earlier else []
        missing = sorted({_day(r.at) for r in runs if "no-licence" in r.looked})
        shown = sorted({_day(r.at) for r in runs if "licence" in r.looked})
        days = {*missing, *shown, today}
        measured = {
            "查看的天数": len(days),
            "没有公示的日期": [str(d) for d in missing] or None,
            "今日": now.zh or "已公示",
        }
        if missing and (shown or now.held):
            return Judgement(
                "broken",
                f"{'、'.join(str(d) for d in missing[:5])} 首页没有（按第六条的要求）公示证照信息，其他日期有",
                measured,
            )
        if now.broken and shown:
            return Judgement("broken", f"{shown[-1]} 首页还有证照信息，今日没有：{now.zh}", measured)
        if len(days) < _FEWEST_PROBES:
            return Judgement(
                "unknown", f"只查看了 {len(days)} 天（至少 {_FEWEST_PROBES} 天），不能说明持续公示；{REMEDY}", measured
            )
        if not now.held:
            return Judgement("unknown", f"今日的证照信息：{now.zh}", measured)
        return Judgement("held", "", measured)

    def licence_up_to_date(self, home: HomeSeen, facts: Facts, earlier: Earlier | None, today: date) -> Announcement:
        """Whether what home shows of the licence is what the register says by now."""
        documents = licence_documents(home)
        if not documents:
            return Announcement(Judgement("unknown", "没有读到证照信息（见 6.1），无从核对是否及时更新"))
        judged = [
            Announced(
                f"证照信息《{d.title[:20]}》",
                self._registered(d, facts, earlier, today),
                None,
                Paper("other", d.title, "首页", 1, d),
            )
            for d in documents
        ]
        best = next((a.judgement for a in judged if a.judgement.held), None)
        return Announcement(best or _worst(judged), tuple(judged))

    def _registered(self, document: Document, declared: Facts, earlier: Earlier | None, today: date) -> Judgement:
        shown = licence_facts(document.all_text)
        name = shown.names[0] if shown.names else ""
        measured: dict[str, Any] = {
            "名称": name or None,
            "统一社会信用代码": shown.valid_code or None,
            "营业期限至": str(shown.ends or "") or None,
        }
        if shown.ends and shown.ends < today and not shown.long_term:
            return Judgement("broken", f"公示的营业期限已于 {shown.ends} 届满，没有更新", measured)
        if not (declared.operator or declared.operator_code):
            was = [s for s in earlier.of("licence") if s.note.text not in (name, shown.valid_code)] if earlier else []
            change = f"（以前公示的是“{was[-1].note.text}”，{_day(was[-1].last_seen)} 之后有变更）" if was else ""
            return Judgement(
                "unknown",
                f"没有登记记录可以核对{change}；请在目标中声明 facts: {{operator, operator_code, operator_since}}",
                measured,
            )
        differing = []
        if declared.operator and name and not same_entity(declared.operator, name):
            differing.append(f"名称“{name}”（登记为“{declared.operator}”）")
        if declared.operator_code and shown.valid_code and declared.operator_code != shown.valid_code:
            differing.append(f"代码 {shown.valid_code}（登记为 {declared.operator_code}）")
        if not differing:
            return Judgement(
                "held" if name or shown.valid_code else "unknown",
                "" if name or shown.valid_code else "没有读出名称和代码",
                measured,
            )
        said = f"公示的{'、'.join(differing)}"
        limit = int(self.parameter("licence_update_workdays"))
        if declared.operator_since is None:
            return Judgement("unknown", f"{said}与登记不一致，没有声明何时变更（operator_since），请人工核对", measured)
        if today > workdays_after(declared.operator_since, limit):
            return Judgement(
                "broken", f"{said}，登记于 {declared.operator_since} 变更，超过 {limit} 个工作日没有更新", measured
            )
        return Judgement("unknown", f"{said}，登记于 {declared.operator_since} 变更，尚在 {limit} 个工作日内", measured)

    # -- what later days are compared with ----------------------------------------------------------------------------

    def notes_of_home(self, home: HomeSeen, library: LibrarySeen | None, today: date) -> list[Note]:
        """What a run notices on home: a closing notice, requests for opinions, promotions with their rules, the licence's fields."""
        notes = [Note("licence", key, value) for d in licence_documents(home) for key, value in _fields(d)]
        marks = marks_on(self.sight(home.sight), "asks_for_comments", "comment")
        notes += [Note("comment", m.label, m.seen.href) for m in marks if asks_for_comments(m.label)]
        if library is not None:
            closings = {m.label: str(c.ends or "") for m, _, c in self._closings_on_home(home, library)}
            labels = [m.label for m in marks_on(self.sight(home.sight), "closing_title", "closing")]
            notes += [Note("closing", label, closings.get(label, "")) for label in dict.fromkeys([*closings, *labels])]
            for mark, pages in self.promotions(home, library, today):
                seen = promotion(mark.label, *(p.document for p in pages), today=today)
                whole = seen.ends and seen.method and seen.rules
                notes.append(Note("promotion", _promotion_named(mark.label), str(seen.ends) if whole else ""))
        return notes


def penalty_notes(library: LibrarySeen) -> list[Note]:
    """The penalised sellers in the lists, each with its period."""
    return [
        Note("penalty", row_key(c), c.values.get("period", ""))
        for _, r in lists_of(library, "penalty_field")
        for c in r.cases
    ]


def row_key(case: Case) -> str:
    """What tells a row from others: the shop, its conduct, the day."""
    return "|".join(re.sub(r"\s", "", case.values.get(k, ""))[:60] for k in ("name", "conduct", "date"))


def licence_documents(home: HomeSeen) -> list[Document]:
    """The pages with the business licence that home leads to, and its data on home itself."""
    marks = home.marks_for("licence_mark", "licence_inline")
    return [d for m in marks for d in m.followed if not d.wall and licence_facts(d.all_text).codes]


def _fields(document: Document) -> Iterable[tuple[str, str]]:
    facts = licence_facts(document.all_text)
    yield from (("name", n) for n in facts.names[:1])
    if facts.valid_code:
        yield "code", facts.valid_code


def _closings(library: LibrarySeen) -> list[tuple[Paper, Closing]]:
    return [(p, c) for p in library.readable if p.kind in ("notice", "other") and (c := closing(p.document))]


def _named(sight: Any, label: str) -> list[Mark]:
    """The control on home that says just that."""
    return [
        Mark("notice", label, s, label, "link" if s.href else "control", "", max(0.0, round((s.box.bottom - sight.viewport[1]) / sight.viewport[1], 2)))
        for s in sight.elements
        if s.shown and s.operable and sight.label_of(s) == label
    ]  # fmt: skip


def _leads(mark: Mark, paper: Paper) -> bool:
    """Whether a mark on home leads to a document."""
    href = mark.seen.href.split("#", maxsplit=1)[0]
    return mark.label == paper.label or bool(href and href == paper.document.url.split("#", maxsplit=1)[0])


def _promotion_named(label: str) -> str:
    """What a label calls a promotion."""
    found = phrase("platform_promotion").search(fold(label)) or phrase("platform_promotion").search(label)
    return found[0].lower() if found else label


def _about(note: Note, paper: Paper) -> bool:
    """Whether a request for opinions names a document, or none in particular."""
    named = re.findall(r"《(.+?)》", note.key)
    plain = [re.sub(r"\W", "", n) for n in named]
    title = re.sub(r"\W", "", paper.name)
    return not plain or any(p in title or title in p for p in plain)


def _ends(period: str) -> date | None:
    days = days_in(period)
    return days[-1] if days else None


def _day(at: datetime) -> date:
    """The day in China."""
    return at.astimezone(CHINA).date()


def _looked_yesterday(earlier: Earlier) -> bool:
    """Whether home was looked at within the day before."""
    looked = earlier.looked("home")
    return bool(looked) and earlier.now - looked[-1] <= timedelta(hours=36)


def _worst(judged: Sequence[Announced]) -> Judgement:
    return both(*(a.judgement for a in judged))
