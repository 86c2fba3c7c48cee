"""Predicates of published lists: penalties on sellers (20.1), notices of right holders with statements and results (56.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gongping.detectors.registers import Register, days_in, is_masked, registers
from gongping.lexicon import phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_published import (
    HELD,
    Disclosure,
    Passage,
    PublishedPredicates,
    first_said,
    own_papers,
)
from gongping.norm.predicates_terms import in_force
from gongping.observations.library import Kind, LibrarySeen, Paper
from gongping.sight.blocks import Block

_NEWEST = 20
"""Rows of a list that are judged (norm.yaml 20.1: read 20 newest)."""

_SHARE = 0.95
"""Share of these rows that must carry every field (norm.yaml 20.1 and 56.1)."""

_STALE_DAYS = 180
"""Age of a list's newest row from which on nobody can tell whether it is kept up (norm.yaml 20.1 and 56.1)."""

_PENALTY: dict[str, str] = {
    "name": "网店名称",
    "conduct": "违法行为",
    "measure": "处理措施",
    "period": "公示期限",
    "date": "发布时间",
}


class RegisterPredicates(PublishedPredicates):
    """Mixed into Predicates."""

    def penalties_published(self, library: LibrarySeen, today: date) -> Disclosure:
        """Whether the penalties on sellers are published with their five fields."""
        found = lists_of(library, "penalty_field")
        if not found:
            return self._no_list(
                library,
                "违规处理公示",
                "penalties",
                first_said(in_force(library), "penalises_sellers", "写明对商家采取处理措施", HELD),
            )
        judged = [self._penalties(paper, register, today) for paper, register in found]
        return _best(judged)

    def _penalties(self, paper: Paper, register: Register, today: date) -> Disclosure:
        text = paper.document.all_text
        measured: dict[str, Any] = {"栏目": list(register.headings), "行数": len(register.cases)}
        elsewhere = {"period": "publicity_period", "date": "release_date"}
        missing = [
            name
            for key, name in _PENALTY.items()
            if key not in register.columns and not (key in elsewhere and phrase(elsewhere[key]).search(text))
        ]
        where = f"《{paper.name[:20]}》"
        if missing and (register.others or register.how != "table"):
            zh = f"{where}没有认出{'、'.join(missing)}栏（另有：{'、'.join(register.others[:6]) or '无'}），请人工核对"
            return _listed(paper, register, Judgement("unknown", zh, measured))
        if missing:
            zh = f"{where}缺少{'、'.join(missing)}栏（只有：{'、'.join(register.headings)}）"
            return _listed(paper, register, Judgement("broken", zh, measured))
        fields = [k for k in _PENALTY if k in register.columns]
        return _listed(paper, register, self._rows(where, register, fields, today, measured))

    def _rows(
        self, where: str, register: Register, fields: Sequence[str], today: date, measured: dict[str, Any]
    ) -> Judgement:
        cases = register.cases[:_NEWEST]
        if not cases:
            return Judgement("unknown", f"{where}只有栏目没有内容，可能尚无处理，请人工核对", measured)
        named = {k: register.named[k] for k in fields}
        masked = [c for c in cases if is_masked(c.values.get("name", ""))]
        if len(masked) > (1 - _SHARE) * len(cases):
            name = masked[0].values["name"]
            return Judgement("broken", f"{where}{len(masked)}/{len(cases)} 行隐去了网店名称，如“{name}”", measured)
        for key in fields:
            if not any(filled(c.values.get(key, "")) for c in cases):
                return Judgement("broken", f"{where}“{named[key]}”一栏全部为空", measured)
        if "conduct" in fields and all(phrase("generic_violation").match(c.values.get("conduct", "")) for c in cases):
            said = cases[0].values["conduct"]
            return Judgement(
                "broken", f"{where}“{named['conduct']}”一栏全部写成“{said}”，没有写明任何违法行为", measured
            )
        lacking = [c for c in cases if not all(filled(c.values.get(k, "")) for k in fields)]
        if len(lacking) > (1 - _SHARE) * len(cases):
            zh = f"{where}{len(lacking)}/{len(cases)} 行有空栏，如“{lacking[0].said[:60]}”，请人工核对"
            return Judgement("unknown", zh, measured)
        late = self._late(cases)
        if late:
            return Judgement("unknown", f"{where}{late}，请人工核对", measured)
        return _fresh(where, register, today, measured)

    def _late(self, cases: Sequence[Any]) -> str:
        """A case that was published later than penalty_publish_workdays after it was decided; "" where there is none."""
        limit = int(self.parameter("penalty_publish_workdays"))
        for case in cases:
            decided, released = days_in(case.values.get("decision", "")), days_in(case.values.get("date", ""))
            if decided and released and released[0] > workdays_after(decided[0], limit):
                return f"“{case.values.get('name', '')[:20]}”于 {decided[0]} 决定，{released[0]} 才公示，超过 {limit} 个工作日"
        return ""

    def notices_published(self, library: LibrarySeen, today: date) -> Disclosure:
        """Whether notices of right holders, statements of sellers and results are published."""
        found = lists_of(library, "ip_notice_field")
        if not found:
            rules = first_said(own_papers(library, "ip"), "ip_notice_needs", "写明受理知识产权通知", HELD)
            return self._no_list(library, "知识产权通知、声明及处理结果的公示", "ip_notices", rules)
        return _best([self._notices(paper, register, today) for paper, register in found])

    def _notices(self, paper: Paper, register: Register, today: date) -> Disclosure:
        measured: dict[str, Any] = {"栏目": list(register.headings), "行数": len(register.cases)}
        where = f"《{paper.name[:20]}》"
        cases = register.cases[:_NEWEST]
        none = phrase("none_so_far").search(paper.document.all_text)
        if "result" not in register.columns:
            others = [h for h in register.others if not phrase("heading_of_no_result").fullmatch(h.strip())]
            told = any(phrase("shows_a_result").search(c.said) for c in cases)
            if others or told or register.how != "table":
                zh = f"{where}没有认出处理结果栏（另有：{'、'.join(register.others[:6]) or '无'}），请人工核对"
                return _listed(paper, register, Judgement("unknown", zh, measured))
            zh = f"{where}没有处理结果栏（只有：{'、'.join(register.headings)}）"
            return _listed(paper, register, Judgement("broken", zh, measured))
        if not cases:
            if none:
                return _listed(paper, register, Judgement("held", "", measured | {"写明": none[0]}))
            return _listed(paper, register, Judgement("unknown", f"{where}只有栏目没有内容，请人工核对", measured))
        if not any(filled(c.values.get("result", "")) for c in cases):
            zh = f"{where}“{register.named['result']}”一栏全部为空"
            return _listed(paper, register, Judgement("broken", zh, measured))
        if "notice" not in register.columns and "right" not in register.columns:
            return _listed(paper, register, Judgement("unknown", f"{where}没有认出通知栏，请人工核对", measured))
        if "statement" not in register.columns:
            zh = f"{where}没有声明栏，请人工核对是否有经营者提交过声明"
            return _listed(paper, register, Judgement("unknown", zh, measured))
        fields = [k for k in ("notice", "result") if k in register.columns]
        lacking = [c for c in cases if not all(filled(c.values.get(k, "")) for k in fields)]
        if len(lacking) > (1 - _SHARE) * len(cases):
            zh = f"{where}{len(lacking)}/{len(cases)} 行有空栏，如“{lacking[0].said[:60]}”，请人工核对"
            return _listed(paper, register, Judgement("unknown", zh, measured))
        return _listed(paper, register, _fresh(where, register, today, measured))

    def _no_list(self, library: LibrarySeen, what: str, kind: Kind, stated: Passage | None) -> Disclosure:
        """What to say where no list was recognised: of pages that are named like it, else of the platform."""
        shown = (stated,) if stated else ()
        pages = library.of(kind)
        if pages:
            page = pages[0]
            text = page.document.all_text
            counts = first_said([page], "counts_of_notices", "只有统计数字", HELD) if kind == "ip_notices" else None
            if counts and not page.document.pictures and not page.document.links:
                zh = f"《{page.name[:20]}》只有统计数字（“{counts.quote[:60]}”），没有逐件公示通知、声明和处理结果"
                return Disclosure(Judgement("broken", zh), (replace(counts, judgement=Judgement("broken", zh)),))
            none = phrase("none_so_far").search(text)
            zh = (
                f"《{page.name[:20]}》写明“{none[0]}”，请人工核对"
                if none
                else f"《{page.name[:20]}》没有可以逐行核对的列表（可能为空、为图片、为公告文字或者只能查询），请人工核对"
            )
            return Disclosure(
                Judgement("unknown", zh), (Passage(f"没有认出列表：{what}", Judgement("unknown", zh), page), *shown)
            )
        if walls := library.walled(kind):
            zh = f"“{walls[0].label[:20]}”没有到达（{walls[0].document.wall}），未能核对{what}"
            return Disclosure(Judgement("unknown", zh), shown)
        absent = self.sought(library, what, kind)
        if absent.broken and stated is None:
            zh = f"没有找到{what}，读到的文件也没有写明平台有此类处理，可能尚无可以公示的内容，请人工核对"
            return Disclosure(Judgement("unknown", zh, absent.measured))
        if absent.broken and stated and stated.paper:
            zh = f"《{stated.paper.name[:20]}》写明“{stated.quote[:80]}”，但{absent.zh}"
            return Disclosure(Judgement("broken", zh, absent.measured), shown)
        return Disclosure(absent, shown)


def lists_of(library: LibrarySeen, concept: str) -> list[tuple[Paper, Register]]:
    """Lists of cases on any page that was read; each page's address once."""
    found: dict[str, list[tuple[Paper, Register]]] = {}
    for paper in library.papers:
        if paper.read and paper.document.url not in found:
            held = registers(paper.document, concept)
            if held:
                found[paper.document.url] = [(paper, r) for r in held]
    return [each for page in found.values() for each in page]


def filled(value: str) -> bool:
    """Whether a cell says something."""
    return bool(re.sub(r"[\s\-—–/\\.·…无暂]", "", value))


def _listed(paper: Paper, register: Register, judged: Judgement) -> Disclosure:
    first = register.cases[0] if register.cases else None
    box = (first.box if first else None) or register.box
    block = Block(first.said if first else "、".join(register.headings), box=box)
    shown = Passage(f"公示列表：{'、'.join(register.headings)[:60]}", judged, paper, block, block.text[:200])
    return Disclosure(judged, (shown,))


def _best(judged: Sequence[Disclosure]) -> Disclosure:
    """Of several lists the one that keeps the duty; else what is beyond argument, with all that was seen."""
    order = {"held": 0, "broken": 1, "unknown": 2}
    first = min(judged, key=lambda d: order[d.judgement.state])
    return Disclosure(first.judgement, tuple(p for d in judged for p in d.passages))


def _fresh(where: str, register: Register, today: date, measured: dict[str, Any]) -> Judgement:
    days = [d for value in register.values("date") for d in days_in(value) if d <= today + timedelta(days=1)]
    if not days:
        if "date" not in register.columns:
            return Judgement("unknown", f"{where}没有逐行的日期，不能判断是否及时更新，请人工核对", measured)
        return Judgement("unknown", f"{where}没有读出日期，请人工核对", measured)
    newest = max(days)
    measured = measured | {"最新一行": newest.isoformat()}
    if (today - newest).days > _STALE_DAYS:
        zh = f"{where}最新一行是 {newest}，早于 {_STALE_DAYS} 天，不能判断是否仍在公示，请人工核对"
        return Judgement("unknown", zh, measured)
    return Judgement("held", "", measured)


def workdays_after(day: date, count: int) -> date:
    """The day that lies so many working days later; weekends aside (holidays only lengthen it: a week of grace)."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day + timedelta(days=7)
