"""Predicates of a platform's help in disputes with sellers, as its documents state it: stepping in, and giving identity and records."""

from __future__ import annotations

from collections.abc import Iterator

from gongping.detectors.complaints import sentences
from gongping.lexicon import phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_published import HELD, Disclosure, Passage, PublishedPredicates
from gongping.norm.predicates_terms import in_force
from gongping.observations.library import LibrarySeen, Paper
from gongping.sight.blocks import Block

_HOURS = {"十二": 12, "二十四": 24, "四十八": 48}

_A_DAY = 24
"""Hours to ask the platform to step in that are no window (norm.yaml 45.1, evasions)."""


class DisputePredicates(PublishedPredicates):
    """Mixed into Predicates."""

    def steps_in(self, library: LibrarySeen) -> Disclosure:
        """Whether documents say that the platform steps into disputes, in what time; broken where it stays out of them, takes a fee, asks
        for the seller's consent, or leaves a day at most to ask for it."""
        barred = [p for paper, block, said in _sentences(library) if (p := self._barred(paper, block, said))]
        if barred:
            return Disclosure(Judgement("broken", "；".join(p.judgement.zh for p in barred[:3])), tuple(barred))
        stated = _first(library, "asks_platform_to_step_in", "写明可以申请平台介入")
        if stated is None:
            refused = [
                _barrier(paper, block, said, "平台不受理、不判断争议")
                for paper, block, said in _sentences(library)
                if phrase("judges_no_dispute").search(said)
                and not phrase("only_under_conditions").search(said)
                and not phrase("names_an_authority").search(said)
            ]
            if refused:
                return Disclosure(Judgement("broken", "；".join(p.judgement.zh for p in refused[:3])), tuple(refused))
            return Disclosure(self._not_stated(library, "平台介入争议的规定"))
        timed = _timed(library)
        if timed is None:
            zh = f"《{_name(stated)}》写明可以申请平台介入，没有认出处理的时限，请人工核对"
            return Disclosure(Judgement("unknown", zh), (stated,))
        return Disclosure(HELD, (stated, timed))

    def _barred(self, paper: Paper, block: Block, said: str) -> Passage | None:
        """A sentence that keeps a consumer from the platform's help."""
        eased = phrase("needs_nobody").search(said)
        window = phrase("window_of_hours").search(said)
        hours = next((g for g in window.groups() if g), "") if window else ""
        why = (
            "平台不介入争议"
            if phrase("keeps_out_of_disputes").search(said) and not phrase("only_under_conditions").search(said)
            else "申请平台介入须付费"
            if phrase("stepping_in_costs").search(said) and not eased and not phrase("costs_of_others").search(said)
            else "平台介入须经商家同意"
            if phrase("stepping_in_needs_seller").search(said) and not eased
            else f"申请平台介入只有 {hours} 小时"
            if hours and (_HOURS.get(hours) or int(hours)) <= _A_DAY
            else ""
        )
        return _barrier(paper, block, said, why) if why else None

    def identity_given(self, library: LibrarySeen) -> Disclosure:
        """Whether documents say that a consumer gets who the seller is and what was traded; broken where they refuse it, give a shop's name
        only, or want a court's paper for one's own order."""
        barred = [p for paper, block, said in _sentences(library) if (p := self._refused(paper, block, said))]
        if barred:
            return Disclosure(Judgement("broken", "；".join(p.judgement.zh for p in barred[:3])), tuple(barred))
        grounded = next(
            (
                x
                for x in _sentences(library)
                if phrase("records_by_court_only").search(x[2]) and not phrase("to_third_parties").search(x[2])
            ),
            None,
        )
        if grounded:
            paper, block, said = grounded
            judged = Judgement("unknown", f"《{paper.name[:20]}》：“{said[:120]}”，援引了法律依据，请人工核对")
            return Disclosure(judged, (Passage("仅向有权机关提供", judged, paper, block, said[:200]),))
        found = {
            "经营者的名称、地址和联系方式": _first(library, "helps_with_identity", "写明提供经营者身份"),
            "合同和交易记录": _first(library, "helps_with_records", "写明提供交易资料"),
        }
        passages = tuple(p for p in found.values() if p)
        if not passages:
            return Disclosure(self._not_stated(library, "协助消费者取得经营者身份和交易资料的规定"))
        missing = [what for what, p in found.items() if p is None]
        if missing:
            zh = f"《{_name(passages[0])}》没有认出提供{'、'.join(missing)}，请人工核对"
            return Disclosure(Judgement("unknown", zh), passages)
        return Disclosure(HELD, passages)

    def _refused(self, paper: Paper, block: Block, said: str) -> Passage | None:
        """A sentence that keeps identity or records from the consumer who bought."""
        if phrase("to_third_parties").search(said):
            return None
        why = (
            "不向消费者提供经营者身份或者交易资料"
            if phrase("keeps_identity_back").search(said) and not phrase("only_under_conditions").search(said)
            else "只提供店铺名称"
            if phrase("nickname_only").search(said)
            else "消费者须凭司法文书才能取得自己订单的资料"
            if phrase("records_by_court_only").search(said) and not phrase("states_its_legal_ground").search(said)
            else ""
        )
        return _barrier(paper, block, said, why) if why else None

    def _not_stated(self, library: LibrarySeen, what: str) -> Judgement:
        """Never broken: the help may be given where an order shows it."""
        absent = self.sought(library, what, "disputes", "mediation")
        zh = f"{absent.zh}，实际是否协助请人工用订单核对" if absent.broken else absent.zh
        return Judgement("unknown", zh, absent.measured)


def _sentences(library: LibrarySeen) -> Iterator[tuple[Paper, Block, str]]:
    """Every sentence of the documents in force that speak to consumers."""
    for paper in in_force(library):
        if paper.kind == "seller":
            continue
        for block in paper.document.blocks or tuple(Block(x) for x in paper.document.all_text.splitlines()):
            for said in sentences(block.text):
                yield paper, block, said


def _first(library: LibrarySeen, name: str, about: str) -> Passage | None:
    """The first sentence that says something; a heading counts only where no sentence does."""
    found = [x for x in _sentences(library) if phrase(name).search(x[2])]
    best = next((x for x in found if x[1].kind != "heading"), next(iter(found), None))
    return Passage(about, HELD, best[0], best[1], best[2][:200]) if best else None


def _timed(library: LibrarySeen) -> Passage | None:
    """The time within which a dispute is decided: in a document on disputes, or in a paragraph on stepping in."""
    for paper, block, said in _sentences(library):
        about = paper.kind in ("disputes", "mediation") or phrase("asks_platform_to_step_in").search(block.text)
        if about and phrase("dispute_decided_in").search(said):
            return Passage("写明处理时限", HELD, paper, block, said[:200])
    return None


def _barrier(paper: Paper, block: Block, said: str, why: str) -> Passage:
    judged = Judgement("broken", f"{why}：《{paper.name[:20]}》“{said[:120]}”")
    return Passage(why, judged, paper, block, said[:200])


def _name(passage: Passage) -> str:
    return passage.paper.name[:20] if passage.paper else ""
