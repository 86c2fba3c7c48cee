"""Predicates of sellers whose service was ended: whether a shop that the platform's own list calls ended still sells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongping.detectors.registers import Case, days_in, is_masked
from gongping.lexicon import normalise, phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_registers import RegisterPredicates, lists_of
from gongping.observations.ads import SearchSeen
from gongping.observations.library import LibrarySeen, Paper
from gongping.sight.model import Seen

_NAME = 4
"""Characters of a shop's name below which it may be a brand or a word (convention)."""


@dataclass(frozen=True)
class Ended:
    """A row that says that a shop's service was ended, and where a list shows goods of a shop of that very name."""

    paper: Paper
    case: Case
    name: str
    on: date | None
    sells: Seen | None = None
    goods: str = ""


class TerminationPredicates(RegisterPredicates):
    """Mixed into Predicates."""

    def ended_shops(self, library: LibrarySeen, search: SearchSeen) -> list[Ended]:
        """The rows of the platform's lists that say so; a name that is blotted out or too short can't be looked for."""
        found = []
        for paper, register in lists_of(library, "penalty_field"):
            for case in register.cases:
                measure = case.values.get("measure", "")
                if not phrase("ends_service").search(measure) or phrase("goes_on_selling").search(measure):
                    continue
                name = case.values.get("name", "").strip()
                days = days_in(case.values.get("decision", "") or case.values.get("date", ""))
                on = days[0] if days else None
                findable = len(name) >= _NAME and not is_masked(name)
                seen, goods = next(self._sold_by(search, name), (None, "")) if findable else (None, "")
                found.append(Ended(paper, case, name, on, seen, goods))
        return found

    def _sold_by(self, search: SearchSeen, name: str) -> Iterator[tuple[Seen, str]]:
        """The cards of the lists on which the shop's name stands by itself."""
        for listing in search.listings:
            sight = self.sight(listing.listed.sight)
            for card in listing.listed.cards:
                for s in sight.within(card.seen.index):
                    if s.shown and s.words and normalise(s.words) == normalise(name):
                        yield s, card.title

    def ended_shops_are_gone(self, library: LibrarySeen, ended: list[Ended], today: date) -> Judgement:
        """Broken where a shop sells more than stall_days after the row that ends its service. That none was met proves nothing: a list
        shows some shops only."""
        limit = int(self.parameter("stall_days"))
        measured: dict[str, Any] = {
            "终止服务的记录": "、".join(f"{e.name}（{e.on or '无日期'}）" for e in ended) or None
        }
        selling = [e for e in ended if e.sells is not None]
        late = [e for e in selling if e.on and (today - e.on).days > limit]
        if late:
            said = "；".join(
                f"“{e.name}”于 {e.on} 公示“{e.case.values.get('measure', '')[:20]}”，{(today - e.on).days} 天后仍在销售“{e.goods[:30]}”"
                for e in late
                if e.on
            )
            return Judgement("broken", said, measured)
        if selling:
            zh = f"公示终止服务的“{selling[0].name}”仍有商品“{selling[0].goods[:30]}”，没有超过 {limit} 天或者没有日期，请人工复查"
            return Judgement("unknown", zh, measured)
        if ended:
            zh = f"公示终止服务的“{ended[0].name}”等 {len(ended)} 家，搜索结果中没有看到其商品，无法由公示定位店铺，请人工打开店铺并逐日复查"
            return Judgement("unknown", zh, measured)
        if not lists_of(library, "penalty_field"):
            return Judgement("unknown", "没有读到违规处理的公示列表（见 20.1），无法复查", measured)
        return Judgement("held", "公示列表中没有终止服务的记录", measured)
